//! What a decision is about, as it stood when it was taken. A waiver covers that and what is milder, and nothing worse.

use std::fmt::{self, Write as _};

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Scalar, Text};
use crate::input::records::MatterRecord;
use crate::source::{Span, Spanned};
use crate::text::{toml_key, toml_text};

use super::assemble::scope_of;
use super::calendar::Calendar;
use super::constraint::Relation;
use super::contract::{ACCEPTED, Contract, Need, Requirement, Strength};
use super::date::parse_date;
use super::fees::Fees;
use super::level::{LevelConstraint, LevelScales};
use super::misread::{ReadError, meaning, one_of};
use super::money::Money;
use super::remedy::{Remedy, RemedyEntry, RemedyReading};
use super::roadmap::Roadmap;
use super::scope::{Dimension, Scope, same};
use super::term::{PricedTerm, Term, term_fees};
use super::window::{Date, Window};

/// What a decision is about.
#[derive(Clone, Debug)]
pub enum Matter {
    /// The value of a commercial term.
    Term(TermMatter),
    /// A requirement.
    Requirement(Box<RequirementMatter>),
    /// Words of the contract's documents, each as a hash.
    Words(Vec<Text>),
}

/// What of a term a decision is about.
#[derive(Clone, Debug)]
pub struct TermMatter {
    /// Its value.
    pub value: Scalar,
    /// The fees that the value is a multiple of, and no others.
    pub fees: Fees,
}

/// What of a requirement a decision is about.
#[derive(Clone, Debug)]
pub struct RequirementMatter {
    /// What it promises: features by their ids, or as they were written.
    pub features: Vec<Text>,
    /// The days by which it must be met. A decision that names none was about a promise from the first day, or for no day.
    pub due: Option<Spanned<Window>>,
    /// How long it must hold, where the decision is about that.
    pub until: Option<Spanned<Window>>,
    /// What it is for.
    pub scope: Spanned<Scope>,
    /// The levels that it must reach.
    pub needs: Vec<Need>,
    /// Whether the customer takes a beta.
    pub accepts_beta: bool,
    /// How much the clause promises, where that is not the thing itself.
    pub strength: Option<Strength>,
    /// What is owed when it is missed.
    pub remedy: Option<Remedy>,
    /// The most that all remedies of the contract can come to.
    pub remedy_cap: Option<Money>,
}

/// One way in which something is worse than what was decided on.
#[derive(Clone, Debug)]
pub enum Growth<'a> {
    /// The term has another value, which is not nearer to the standard.
    Value {
        /// The value that was decided on.
        was: &'a TermMatter,
        /// The value now.
        is: &'a TermMatter,
    },
    /// One more feature is promised.
    Feature(&'a Text),
    /// It is due earlier.
    Deadline {
        /// When it was due; none where the decision names no day.
        was: Option<Spanned<Window>>,
        /// When it is due now.
        is: Spanned<Window>,
    },
    /// It must hold for longer.
    End {
        /// Until when it had to hold.
        was: Spanned<Window>,
        /// Until when it must hold now; for ever where there is none.
        is: Option<Spanned<Window>>,
    },
    /// It is for more: these values of a dimension, or any where there are none.
    Scope {
        /// The dimension that was decided on.
        was: &'a Dimension,
        /// The values that came to it.
        values: Vec<&'a str>,
        /// Where the scope is written now.
        span: Span,
    },
    /// A level must be higher.
    Level {
        /// What was asked of the level, if anything.
        was: Option<&'a Need>,
        /// What is asked of it now.
        is: &'a Need,
    },
    /// The customer no longer takes a beta.
    Release,
    /// The clause promises more than efforts, or than a target.
    Strength(Strength),
    /// More is owed.
    Remedy {
        /// What was owed, if anything.
        was: Option<&'a Remedy>,
    },
}

impl Matter {
    /// What a decision about a term would be about today.
    pub fn of_term(contract: &Contract, value: &Scalar) -> Self {
        let names = term_fees(value);
        Self::Term(TermMatter { value: value.clone(), fees: contract.fees.only(&names) })
    }

    /// What a decision about a requirement would be about today; nothing where it could not be read.
    pub fn of_requirement(contract: &Contract, requirement: &Requirement) -> Option<Self> {
        if requirement.unreadable || requirement.scope_unreadable {
            return None;
        }
        let place = requirement.id_span.unwrap_or(requirement.place);
        let features = requirement.features.iter();
        Some(Self::Requirement(Box::new(RequirementMatter {
            features: features.map(|it| Text::new(it.id.clone(), it.text.span)).collect(),
            due: (requirement.due.window())
                .map(|due| Spanned::new(due, requirement.due.span.unwrap_or(place))),
            until: requirement.end(contract).given().copied(),
            scope: Spanned::new(requirement.scope.clone(), requirement.scope_span.unwrap_or(place)),
            needs: requirement.needs.clone(),
            accepts_beta: requirement.accepts_beta,
            strength: requirement.strength,
            remedy: requirement.remedy.clone(),
            remedy_cap: contract.remedy_cap.filter(|_| requirement.remedy.is_some()),
        })))
    }

    /// The same without what only decisions about the end of a promise are about, where this is none.
    #[must_use]
    pub fn bound(&self, is_about_the_end: bool) -> Self {
        match self {
            Self::Requirement(matter) if !is_about_the_end => {
                Self::Requirement(Box::new(RequirementMatter { until: None, ..(**matter).clone() }))
            }
            other => other.clone(),
        }
    }

    /// In which ways something is worse than this. Features may be called by any of their names; a term is worse where
    /// it is no nearer to the standard.
    pub fn growth<'a>(
        &'a self,
        now: &'a Self,
        roadmap: &Roadmap,
        standard: Option<&Term>,
    ) -> Vec<Growth<'a>> {
        match (self, now) {
            (Self::Term(was), Self::Term(is)) => {
                let grown = !is_no_worse(is, was, standard);
                grown.then_some(Growth::Value { was, is }).into_iter().collect()
            }
            (Self::Requirement(was), Self::Requirement(is)) => was.growth(is, roadmap),
            // Other words are another finding, which a decision about these is not about.
            _ => Vec::new(),
        }
    }
}

impl RequirementMatter {
    /// What shares of the remedy are of today, where the decision names none: then it is about any.
    pub fn unnamed_base(&self, now: &Self) -> Option<Money> {
        self.remedy.as_ref()?.unnamed_base(now.remedy.as_ref()?)
    }

    fn growth<'a>(&'a self, now: &'a Self, roadmap: &Roadmap) -> Vec<Growth<'a>> {
        let mut growth = Vec::new();
        let is_known = |text: &Text| self.features.iter().any(|known| is_feature(known, text, roadmap));
        growth.extend(now.features.iter().filter(|text| !is_known(text)).map(Growth::Feature));
        if let Some(is) = now.due {
            let is_later = |was: Spanned<Window>| {
                was.value.earliest <= is.value.earliest && was.value.latest <= is.value.latest
            };
            if !self.due.is_some_and(is_later) {
                growth.push(Growth::Deadline { was: self.due, is });
            }
        }
        if let Some(was) = self.until
            && now.until.is_none_or(|is| is.value.latest > was.value.latest)
        {
            growth.push(Growth::End { was, is: now.until });
        }
        for was in self.scope.value.dimensions() {
            let is = now.scope.value.get(was.name());
            let values: Vec<&str> =
                is.into_iter().flat_map(Dimension::values).filter(|value| !was.contains(value)).collect();
            if is.is_none() || !values.is_empty() {
                growth.push(Growth::Scope { was, values, span: now.scope.span });
            }
        }
        for is in &now.needs {
            let mut same = self.needs.iter().filter(|was| self::same(&was.name.value, &is.name.value));
            let is_no_more = |was: &Need| demands_no_more(&is.constraint.value, &was.constraint.value);
            if !same.clone().any(is_no_more) {
                growth.push(Growth::Level { was: same.next(), is });
            }
        }
        if self.accepts_beta && !now.accepts_beta {
            growth.push(Growth::Release);
        }
        if let Some(was) = self.strength.filter(|was| now.strength.is_none_or(|is| is.binds_more(*was))) {
            growth.push(Growth::Strength(was));
        }
        let is_as_capped = self.remedy_cap.is_none_or(|was| {
            now.remedy_cap.is_some_and(|is| is.currency == was.currency && is.amount <= was.amount)
        });
        if let Some(is) = &now.remedy
            && !(is_as_capped && self.remedy.as_ref().is_some_and(|was| is.owes_no_more(was)))
        {
            growth.push(Growth::Remedy { was: self.remedy.as_ref() });
        }
        growth
    }
}

/// Whether two texts name one feature.
pub(crate) fn is_feature(one: &str, other: &str, roadmap: &Roadmap) -> bool {
    let known = roadmap.find(one).feature();
    same(one.trim(), other.trim()) || known.is_some() && known == roadmap.find(other).feature()
}

/// Whether a term is what another one is, or nearer to what is standard. Of fees that a decision does not state, those of
/// today are taken.
fn is_no_worse(is: &TermMatter, was: &TermMatter, standard: Option<&Term>) -> bool {
    let fees = if was.fees.is_empty() { &is.fees } else { &was.fees };
    let is_alike = match (&is.value, &was.value) {
        (Scalar::Bool(is), Scalar::Bool(was)) => return is.value == was.value,
        (Scalar::Text(is), Scalar::Text(was)) => same(is.value.trim(), was.value.trim()),
        _ => return false,
    };
    let is_as_priced = is.fees == *fees || is.fees.is_empty();
    let priced = |value, fees| PricedTerm { value, fees };
    is_alike && is_as_priced
        || standard
            .is_some_and(|term| term.is_no_worse(priced(&is.value, &is.fees), priced(&was.value, fees)))
}

/// Whether everything that keeps one bound keeps another one.
fn demands_no_more(is: &LevelConstraint, was: &LevelConstraint) -> bool {
    use Relation::{AtLeast, AtMost, Equal, LessThan, MoreThan};
    if let (LevelConstraint::Texts(_), LevelConstraint::Texts(_)) = (is, was) {
        return is.missing(&was.least()).is_empty();
    }
    let Some((is_relation, was_relation, order)) = is.compare(was) else {
        return is == was;
    };
    match (was_relation, is_relation) {
        (AtLeast, AtLeast) | (MoreThan, MoreThan | AtLeast) => order.is_le(),
        (AtLeast, MoreThan) => order.is_lt(),
        (AtMost, AtMost) | (LessThan, LessThan | AtMost) => order.is_ge(),
        (AtMost, LessThan) => order.is_gt(),
        (Equal, _) => is_relation.admits(order.reverse()),
        (AtLeast | MoreThan, AtMost | LessThan | Equal) | (AtMost | LessThan, AtLeast | MoreThan | Equal) => {
            false
        }
    }
}

/// Reads which words a decision was about: of a contract as a whole, or of what is said of a requirement or a term.
pub(super) fn words_matter(record: &MatterRecord, problems: &mut Vec<Problem>) -> Option<Matter> {
    let is_alone = [
        record.value.is_absent(),
        record.fees.is_absent(),
        record.feature.is_absent(),
        record.due.is_absent(),
        record.until.is_absent(),
        record.scope.is_absent(),
        record.needs.is_absent(),
        record.accept.is_absent(),
        record.strength.is_absent(),
        record.remedy.is_absent(),
        record.remedy_cap.is_absent(),
    ];
    if record.words.is_broken() {
        return None;
    }
    let words = record.words.given().filter(|words| !words.is_empty());
    if words.is_none() || is_alone.contains(&false) {
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
pub(super) fn term_matter(record: &MatterRecord, problems: &mut Vec<Problem>) -> Option<Matter> {
    let MatterRecord { value, fees, feature, due, until, scope, needs, accept, strength, .. } = record;
    let MatterRecord { remedy, remedy_cap, .. } = record;
    let others = [feature.is_absent(), due.is_absent(), until.is_absent(), scope.is_absent()];
    let mut others = others.into_iter().chain([
        needs.is_absent(),
        accept.is_absent(),
        strength.is_absent(),
        remedy.is_absent(),
        remedy_cap.is_absent(),
    ]);
    if !others.all(|is_absent| is_absent) || value.is_absent() {
        let title = "a decision about a term was about its value, and nothing else";
        problems.push(
            Problem::at(record.anchor, title, "expected `value` alone")
                .help("write the value that was accepted: `of = { value = \"90 days\" }`"),
        );
        return None;
    }
    let before = problems.len();
    let fees = Fees::read(fees, &Field::Absent, problems);
    let value = value.given()?.clone();
    (problems.len() == before && !record.fees.is_broken()).then_some(Matter::Term(TermMatter { value, fees }))
}

/// Reads what a decision about a requirement was about.
pub(super) fn requirement_matter(
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
        let needs = table.entries.iter().map(|(name, field)| {
            let written = field.given()?;
            let constraint = LevelConstraint::read(name, written, scales, problems)?;
            Some(Need { name: name.clone(), constraint: Spanned::new(constraint, written.span) })
        });
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

impl fmt::Display for Matter {
    /// As a waiver's `of` holds it, in TOML.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = match self {
            Self::Term(TermMatter { value, fees }) => {
                let value = match value {
                    Scalar::Bool(value) => value.value.to_string(),
                    Scalar::Text(text) => toml_text(text.value.trim()),
                };
                let fees = (!fees.is_empty()).then(|| ("fees", fees_in_toml(fees)));
                std::iter::once(("value", value)).chain(fees).collect()
            }
            Self::Requirement(matter) => matter.entries(),
            Self::Words(words) => {
                let words: Vec<&str> = words.iter().map(|words| words.value.as_str()).collect();
                vec![("words", list(&words))]
            }
        };
        f.write_str(&table(entries.iter().map(|(key, value)| (*key, value.clone()))))
    }
}

impl RequirementMatter {
    fn entries(&self) -> Vec<(&'static str, String)> {
        let window = |window: &Spanned<Window>| toml_text(&window.value.to_string());
        let texts: Vec<&str> = self.features.iter().map(|text| text.value.as_str()).collect();
        let needs = self.needs.iter().map(|it| (it.name.value.as_str(), list(&it.constraint.value.texts())));
        [
            (!texts.is_empty()).then(|| ("feature", list(&texts))),
            self.due.as_ref().map(|due| ("due", window(due))),
            self.until.as_ref().map(|until| ("until", window(until))),
            (!self.scope.value.is_empty()).then(|| ("for", scope_in_toml(&self.scope.value))),
            (!self.needs.is_empty()).then(|| ("needs", table(needs))),
            self.accepts_beta.then(|| ("accept", toml_text("beta"))),
            self.strength.map(|strength| ("strength", toml_text(strength.name()))),
            self.remedy.as_ref().map(|remedy| ("remedy", owed(remedy))),
            self.remedy_cap.as_ref().map(|cap| ("remedy-cap", toml_text(&cap.to_string()))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// What is owed, as a remedy or a list of them.
fn owed(remedy: &Remedy) -> String {
    let tables: Vec<String> = remedy.entries().iter().map(of_entries).collect();
    match tables.as_slice() {
        [only] => only.clone(),
        tables => format!("[{}]", tables.join(", ")),
    }
}

fn of_entries(entries: &Vec<(&'static str, RemedyEntry)>) -> String {
    table(entries.iter().map(|(key, entry)| (*key, of_entry(entry))))
}

fn of_entry(entry: &RemedyEntry) -> String {
    match entry {
        RemedyEntry::Text(text) => toml_text(text),
        RemedyEntry::Yes => "true".to_owned(),
        RemedyEntry::Tables(tables) => {
            let tables: Vec<String> = tables.iter().map(of_entries).collect();
            format!("[{}]", tables.join(", "))
        }
        RemedyEntry::Table(entries) => {
            table(entries.iter().map(|(key, entry)| (key.as_str(), of_entry(entry))))
        }
    }
}

/// A list of texts; of one, the text.
pub(crate) fn list<T: AsRef<str>>(texts: &[T]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| toml_text(text.as_ref())).collect();
    match texts.as_slice() {
        [only] => only.clone(),
        texts => format!("[{}]", texts.join(", ")),
    }
}

/// Fees as a table in TOML.
pub(crate) fn fees_in_toml(fees: &Fees) -> String {
    table(fees.known().map(|(name, fee)| (name, toml_text(&fee.to_string()))))
}

/// A scope as a table in TOML.
pub(super) fn scope_in_toml(scope: &Scope) -> String {
    table(scope.dimensions().map(|it| (it.name(), list(&it.values().collect::<Vec<_>>()))))
}

/// A table in TOML, on one line.
pub(super) fn table<'a>(entries: impl Iterator<Item = (&'a str, String)>) -> String {
    let mut out = String::from("{");
    for (at, (key, value)) in entries.enumerate() {
        let key = toml_key(key);
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(out, "{comma} {key} = {value}");
    }
    out + " }"
}
