//! What a configuration means, but for the levels of lints, which are the check's.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Table, Text};
use crate::input::records::ConfigRecord;
use crate::source::Spanned;
use crate::text;

use super::assemble::Vocabulary;
use super::calendar::{BarePeriod, Calendar, Quarters, Weekend};
use super::contract::fiscal_year;
use super::date::parse_date;
use super::misread::{Misread, meaning, setting, twins, value};
use super::money::Money;
use super::rates::Rates;
use super::status::{self, ContractStatus, Status, Statuses};
use super::window::Date;

/// Reads how dates and statuses are to be read; what is wrong with the configuration is added to `problems`.
pub(crate) fn vocabulary(record: &ConfigRecord, problems: &mut Vec<Problem>) -> Vocabulary {
    let calendar = Calendar {
        bare_period: setting(&record.bare_period, "bare-period", BarePeriod::CHOICES, problems),
        quarters: setting(&record.quarters, "quarters", Quarters::CHOICES, problems),
        weekend: setting(&record.weekend, "weekend", Weekend::CHOICES, problems),
        fiscal_year: record.fiscal_year.and_then(|record| fiscal_year(record, problems)),
        holidays: record.holidays.and_then(|texts| holidays(texts, problems)),
    };
    let contract_statuses =
        statuses(&record.contract_statuses, ContractStatus::parse_meaning, |_, _| false, problems);
    // Nor is a preview there because somebody calls it shipped; that it is less than it is taken for may be.
    let ships = |own: Status, given: Status| given.is_released() && !own.is_released();
    let statuses = statuses(&record.statuses, Status::parse_meaning, ships, problems);
    Vocabulary { calendar, statuses, contract_statuses }
}

fn statuses<S: Copy + PartialEq + fmt::Display>(
    field: &Field<Table<Text>>,
    parse: impl Fn(&str) -> Result<S, Misread>,
    says_more: impl Fn(S, S) -> bool,
    problems: &mut Vec<Problem>,
) -> Statuses<S> {
    let Some(table) = field.given() else {
        return Statuses { incomplete: field.is_broken(), ..Statuses::default() };
    };
    let note = "case, blanks, hyphens and underscores make no difference";
    let twins = twins(&table.entries, status::folded, "words for a status", note, problems);
    let mut words = BTreeMap::new();
    for (at, (word, field)) in table.entries.iter().enumerate() {
        let status = meaning(field, problems, &parse);
        // No contract is over, and no feature is there, because a word was given another sense.
        if let (Ok(own), Some(given)) = (parse(&word.value), status.given())
            && own != given.value
            && let is_name = own.to_string().eq_ignore_ascii_case(word.value.trim())
            && (is_name || says_more(own, given.value))
        {
            let written = text::clean_truncated(word.value.trim(), 60);
            let title = match is_name {
                true => format!("`{written}` is a status already"),
                false => format!("`{written}` says `{own}`, and makes no feature shipped"),
            };
            let problem = Problem::at(word.span, title, "it keeps its meaning");
            problems.push(problem.help("give a meaning to words that are none of the statuses"));
            continue;
        }
        let status = status.given().filter(|_| !twins.contains(&at));
        words.insert(word.value.to_string(), status.map(|status| status.value));
    }
    Statuses { words, incomplete: table.cut }
}

/// What reports say of people, and what stands under them.
#[derive(Clone, Debug, Default)]
pub struct Reporting {
    /// The notice, where the company has words of its own.
    pub notice: Option<Text>,
    /// Whether sellers and teams are named.
    pub people: People,
}

/// Whether reports name those who sell and those who build.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum People {
    /// They do.
    #[default]
    On,
    /// They do not.
    Off,
}

impl People {
    /// The setting's values.
    pub const CHOICES: &[(&str, Self)] = &[("on", Self::On), ("off", Self::Off)];
}

/// Reads what reports say; what is wrong is added to `problems`. Where nobody can read whether people may be named,
/// they are not.
pub(crate) fn reporting(record: &ConfigRecord, problems: &mut Vec<Problem>) -> Reporting {
    let people = match setting(&record.people, "people", People::CHOICES, problems) {
        Field::Absent => People::On,
        Field::Given(people) => people,
        Field::Broken => People::Off,
    };
    Reporting { notice: record.notice.given().cloned(), people }
}

/// What work costs, and what currencies are worth in each other.
#[derive(Clone, Debug, Default)]
pub struct Economics {
    /// What a day of work costs.
    pub day_rate: Option<Spanned<Money>>,
    /// What currencies are worth in each other.
    pub rates: Rates,
}

/// Reads what work costs; what is wrong is added to `problems`.
pub(crate) fn economics(record: &ConfigRecord, problems: &mut Vec<Problem>) -> Economics {
    let day_rate = meaning(&record.day_rate, problems, parse_day_rate);
    Economics { day_rate: day_rate.given().copied(), rates: Rates::read(&record.rates, problems) }
}

fn parse_day_rate(text: &str) -> Result<Money, Misread> {
    let rate = Money::parse(text)?;
    if rate.amount.is_zero() {
        let title = "a day of work costs something";
        let misread = Misread::new(title, "expected more than zero, such as `900 EUR`");
        return Err(misread.help("leave `day-rate` out where the cost of work is not to be checked"));
    }
    Ok(rate)
}

/// All holidays, or none where one of them could not be read.
fn holidays(texts: &[Text], problems: &mut Vec<Problem>) -> Option<BTreeSet<Date>> {
    let days: Vec<Option<Date>> = texts.iter().map(|text| holiday(text, problems)).collect();
    days.into_iter().collect()
}

fn holiday(text: &Text, problems: &mut Vec<Problem>) -> Option<Date> {
    let window = value(text, problems, |text| parse_date(text, &Calendar::default()))?;
    if !window.is_day() {
        let title = format!("`{}` is not one day", text.value);
        problems.push(Problem::at(text.span, title, "expected a day, such as `2026-12-25`"));
        return None;
    }
    Some(window.earliest)
}
