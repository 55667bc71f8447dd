//! What a configuration means, but for the levels of lints, which are the check's.

use crate::diagnostic::Problem;
use crate::input::decode::Text;
use crate::input::records::ConfigRecord;

use super::assemble::Vocabulary;
use super::calendar::{BarePeriod, Calendar};
use super::contract::fiscal_year;
use super::date::parse_date;
use super::misread::{meaning, value};
use super::money::Money;
use super::status::Status;

/// Reads how dates and statuses are to be read; what is wrong with the configuration is added to `problems`.
pub fn vocabulary(record: &ConfigRecord, problems: &mut Vec<Problem>) -> Vocabulary {
    let bare_period = meaning(&record.bare_period, problems, BarePeriod::parse);
    let mut calendar = Calendar {
        fiscal_year: record.fiscal_year.given().and_then(|record| fiscal_year(record, problems)),
        bare_period: bare_period.given().map(|period| period.value).unwrap_or_default(),
        ..Calendar::default()
    };
    for text in record.holidays.given().into_iter().flatten() {
        holiday(text, &mut calendar, problems);
    }
    meaning(&record.day_rate, problems, Money::parse);
    let mut vocabulary = Vocabulary { calendar, ..Vocabulary::default() };
    for (word, field) in record.statuses.given().iter().flat_map(|table| &table.entries) {
        let status = meaning(field, problems, |text| Status::parse(text, &Default::default()));
        if let Some(status) = status.given() {
            vocabulary.statuses.insert(word.value.clone(), status.value);
        }
    }
    vocabulary
}

fn holiday(text: &Text, calendar: &mut Calendar, problems: &mut Vec<Problem>) {
    let Some(window) = value(text, problems, |text| parse_date(text, &Calendar::default())) else {
        return;
    };
    if window.is_day() {
        calendar.holidays.insert(window.earliest);
    } else {
        let title = format!("`{}` is not one day", text.value);
        problems.push(Problem::at(text.span, title, "expected a day, such as `2026-12-25`"));
    }
}
