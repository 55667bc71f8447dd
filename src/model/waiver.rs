//! Recorded, approved exceptions to findings.

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Text};
use crate::input::records::{WaiverRecord, WaiversRecord};
use crate::source::{Span, Spanned};

use super::calendar::Calendar;
use super::date::parse_date;
use super::misread::meaning;
use super::window::{Date, Window};

/// One decision.
#[derive(Debug, Clone)]
pub struct Waiver {
    /// Where it begins.
    pub place: Span,
    /// The contract's id.
    pub contract: Text,
    /// What in the contract it is about.
    pub subject: Subject,
    /// The lint's name as written.
    pub lint: Text,
    /// Why.
    pub reason: Text,
    /// Who decided.
    pub approved_by: Text,
    /// When.
    pub approved_on: Option<Spanned<Window>>,
    /// The latest delivery that is accepted.
    pub accepts: Option<Spanned<Window>>,
    /// The last day on which it holds.
    pub expires: Spanned<Window>,
}

/// What in a contract a waiver, or a finding, is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The contract as a whole.
    Contract,
    /// A requirement, by its name.
    Requirement(String),
    /// A commercial term, by its name.
    Term(String),
}

impl Waiver {
    /// Whether it no longer holds, or does not hold yet, on a day.
    pub fn is_expired(&self, today: Date) -> bool {
        self.expires.value.has_passed(today)
            || self.approved_on.is_some_and(|approved| approved.value.earliest > today)
    }
}

/// Reads a file of waivers. One that is broken covers nothing, and has been reported.
pub fn waivers(record: &WaiversRecord, calendar: &Calendar, problems: &mut Vec<Problem>) -> Vec<Waiver> {
    let items: &[Option<WaiverRecord>] = record.waivers.given().map_or(&[], |Items(items, _)| items);
    items.iter().flatten().filter_map(|record| waiver(record, calendar, problems)).collect()
}

fn waiver(record: &WaiverRecord, calendar: &Calendar, problems: &mut Vec<Problem>) -> Option<Waiver> {
    let mut date = |field: &Field<Text>| meaning(field, problems, |text| parse_date(text, calendar));
    let (approved_on, accepts, expires) =
        (date(&record.approved_on), date(&record.accepts), date(&record.expires));
    if let (Some(requirement), Some(term)) = (record.requirement.given(), record.term.given()) {
        problems.push(
            Problem::at(term.span, "a waiver is about a requirement or a term, not both", "the term")
                .label(requirement.span, "the requirement")
                .help("write two waivers"),
        );
        return None;
    }
    let broken = approved_on.is_broken()
        || accepts.is_broken()
        || record.requirement.is_broken()
        || record.term.is_broken();
    let subject = match (record.requirement.given(), record.term.given()) {
        (Some(requirement), _) => Subject::Requirement(requirement.value.to_string()),
        (None, Some(term)) => Subject::Term(term.value.to_string()),
        (None, None) => Subject::Contract,
    };
    let waiver = Waiver {
        place: record.anchor,
        contract: record.contract.given()?.clone(),
        subject,
        lint: record.lint.given()?.clone(),
        reason: record.reason.given()?.clone(),
        approved_by: record.approved_by.given()?.clone(),
        approved_on: approved_on.given().copied(),
        accepts: accepts.given().copied(),
        expires: *expires.given()?,
    };
    (!broken).then_some(waiver)
}

/// Whether two addresses are the same person's: case does not count, nor does a display name as in
/// `Priya Nair <priya@vendor.example>` (the `name-addr` of RFC 5322, section 3.4).
pub fn same_address(one: &str, other: &str) -> bool {
    address(one).eq_ignore_ascii_case(address(other))
}

fn address(text: &str) -> &str {
    let inner = text.rsplit_once('<').and_then(|(_, rest)| rest.split_once('>')).map(|(inner, _)| inner);
    inner.unwrap_or(text).trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_compare_without_names_and_case() {
        assert!(same_address("Priya Nair <priya@vendor.example>", "PRIYA@vendor.example"));
        assert!(same_address("<a@b>", " a@b "));
        assert!(!same_address("priya@vendor.example", "priya@other.example"));
    }
}
