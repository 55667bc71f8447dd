//! Reads what a decision was about, as a waiver's `of` has it.

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Record};
use crate::input::records::MatterRecord;
use crate::model::assemble::scope_of;
use crate::model::calendar::Calendar;
use crate::model::contract::{ACCEPTED, Need, Strength};
use crate::model::date::parse_date;
use crate::model::fees::Fees;
use crate::model::level::LevelScales;
use crate::model::misread::{ReadError, meaning, one_of};
use crate::model::money::Money;
use crate::model::remedy::RemedyReading;
use crate::model::scope::Scope;
use crate::model::window::{Date, Window};
use crate::source::Spanned;

use super::{Matter, RequirementMatter, TermMatter};

/// Reads which words a decision was about: of a contract as a whole, or of what is said of a requirement or a term.
pub(in crate::model) fn words_matter(record: &MatterRecord, problems: &mut Vec<Problem>) -> Option<Matter> {
    if record.words.is_broken() {
        return None;
    }
    let words = record.words.given().filter(|words| !words.is_empty());
    if words.is_none() || !states_only(record, &["words"]) {
        let title =
            "a decision about words was about these alone, and one about a contract as a whole about no more";
        problems.push(
            Problem::at(record.anchor, title, "expected `words` alone")
                .help("leave `of` out, or name the requirement as `requirement` or the term as `term`"),
        );
        return None;
    }
    words.cloned().map(Matter::Words)
}

/// Reads what a decision about a term was about.
pub(in crate::model) fn term_matter(record: &MatterRecord, problems: &mut Vec<Problem>) -> Option<Matter> {
    if !states_only(record, &["value", "fees"]) || record.value.is_absent() {
        let title = "a decision about a term was about its value, and nothing else";
        problems.push(
            Problem::at(record.anchor, title, "expected `value` alone")
                .help("write the value that was accepted: `of = { value = \"90 days\" }`"),
        );
        return None;
    }
    let before = problems.len();
    let fees = Fees::read(&record.fees, &Field::Absent, problems);
    let value = record.value.given()?.clone();
    (problems.len() == before && !record.fees.is_broken()).then_some(Matter::Term(TermMatter { value, fees }))
}

/// Whether a decision states nothing but some keys.
fn states_only(record: &MatterRecord, keys: &[&str]) -> bool {
    MatterRecord::KEYS.iter().all(|key| keys.contains(&key.name) || record.lacks(key.name))
}

/// Reads what a decision about a requirement was about.
pub(in crate::model) fn requirement_matter(
    record: &MatterRecord,
    calendar: &Calendar,
    scales: &LevelScales,
    problems: &mut Vec<Problem>,
) -> Option<Matter> {
    if !record.value.is_absent() || !record.fees.is_absent() {
        let title = "a requirement has no value: a decision about one was about what it promises";
        problems.push(
            Problem::at(
                record.anchor,
                title,
                "expected `feature`, `due`, `for`, `needs`, `accept`, `strength`, `remedy`",
            )
            .help("leave `value` and `fees` out, or name the term that was decided on as `term`"),
        );
        return None;
    }
    let due = meaning(&record.due, problems, |text| days(text, calendar));
    let until = meaning(&record.until, problems, |text| days(text, calendar));
    let scope = record.scope.and_then(|table| scope_of(table, problems));
    let accept = meaning(&record.accept, problems, |text| one_of(text, &ACCEPTED, "what `accept` takes"));
    let strength = meaning(&record.strength, problems, |text| one_of(text, &Strength::ALL, "a strength"));
    let needs = record.needs.and_then(|table| {
        let needs = table.entries.iter().map(|(name, field)| Need::read(name, field, scales, problems));
        let needs: Option<Vec<Need>> = needs.collect::<Vec<_>>().into_iter().collect();
        needs.filter(|_| !table.cut)
    });
    // A remedy is compared by its delays, whatever the day that they count from.
    let day = due.given().map_or(Date::constant(2000, 1, 1), |due| due.value.latest);
    let owed = RemedyReading { promise: None, calendar, due: day, problems }.remedy(&record.remedy);
    let remedy_cap = meaning(&record.remedy_cap, problems, Money::parse);
    let is_broken = record.feature.is_broken()
        || remedy_cap.is_broken()
        || due.is_broken()
        || until.is_broken()
        || scope.is_broken()
        || accept.is_broken()
        || strength.is_broken()
        || needs.is_broken()
        || owed.is_none() && !record.remedy.is_absent();
    (!is_broken).then(|| {
        Matter::Requirement(Box::new(RequirementMatter {
            features: record.feature.given().cloned().unwrap_or_default(),
            due: due.given().copied(),
            until: until.given().copied(),
            scope: scope.into_given().unwrap_or_else(|| Spanned::new(Scope::default(), record.anchor)),
            needs: needs.into_given().unwrap_or_default(),
            accepts_beta: accept.given().is_some_and(|accept| accept.value == "beta"),
            strength: strength.given().map(|strength| strength.value),
            remedy: owed,
            remedy_cap: remedy_cap.given().map(|cap| cap.value),
        }))
    })
}

/// A day, or a first and a last one as `waive` writes them; a period as a contract's deadline would be read.
fn days(text: &str, calendar: &Calendar) -> Result<Window, ReadError> {
    match text.split_once(" to ") {
        Some((first, last)) => {
            let (first, last) = (parse_date(first, calendar)?, parse_date(last, calendar)?);
            Ok(Window::new(first.earliest, last.latest))
        }
        None => calendar.reading(parse_date(text, calendar)?).ok_or(ReadError::Reported),
    }
}
