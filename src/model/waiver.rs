//! Recorded, approved exceptions to findings.

use std::fmt;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Text};
use crate::input::records::{WaiverRecord, WaiversRecord};
use crate::source::{Span, Spanned};
use crate::text;

use super::acceptance::{self, Acceptance, AcceptanceKind};
use super::annotations::Annotations;
use super::calendar::Calendar;
use super::date::parse_date;
use super::level::LevelScales;
use super::matter::{Matter, is_feature, requirement_matter, term_matter, words_matter};
use super::misread::{ReadError, meaning};
use super::roadmap::Roadmap;
use super::scope::Scope;
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
    /// The features that it is for; none where it is for all.
    pub features: Vec<Text>,
    /// What of the requirement's scope it is for; none where it is for all.
    pub scopes: Vec<Spanned<Scope>>,
    /// The lint's name as written.
    pub lint: Text,
    /// Why.
    pub reason: Text,
    /// Who decided: one or several together.
    pub approved_by: Vec<Text>,
    /// When.
    pub approved_on: Spanned<Window>,
    /// What is accepted of what is found.
    pub accepts: Option<Spanned<Acceptance>>,
    /// How long it holds.
    pub expires: Spanned<Expiry>,
    /// By which clause or letter the customer knows.
    pub disclosed: Option<Text>,
    /// Whether it was recorded for what was there when dealcheck came.
    pub is_baseline: bool,
    /// What was decided on, as it stood.
    pub of: Option<Spanned<Matter>>,
    /// Where more can be looked up, and whose it is.
    pub annotations: Option<Box<Annotations>>,
}

/// How long a waiver holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expiry {
    /// Until the last day of these.
    On(Window),
    /// As long as the contract.
    End,
}

impl Expiry {
    /// Its word for the end of the contract.
    pub const END: &str = "end";

    fn parse(text: &str, calendar: &Calendar) -> Result<Self, ReadError> {
        match text.trim().eq_ignore_ascii_case(Self::END) {
            true => Ok(Self::End),
            false => parse_date(text, calendar).map(Self::On),
        }
    }

    /// The last day on which a waiver of a contract holds that ends on a day; none where nobody knows.
    pub fn last_day(self, end: Option<Window>) -> Option<Date> {
        match self {
            Self::On(days) => Some(days.latest),
            Self::End => end.map(|end| end.latest),
        }
    }
}

impl fmt::Display for Expiry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::On(days) => days.latest.fmt(f),
            Self::End => f.write_str("the end of the contract"),
        }
    }
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
    /// Whether it is for a feature of its requirement.
    pub fn is_for(&self, feature: &str, roadmap: &Roadmap) -> bool {
        self.features.is_empty() || self.features.iter().any(|known| is_feature(known, feature, roadmap))
    }

    /// Those who decided: `finn@vendor.example and lena@vendor.example`.
    pub fn approvers(&self) -> String {
        let who: Vec<&str> = self.approved_by.iter().map(|who| who.value.as_str()).collect();
        text::and_list(&who)
    }
}

/// Reads a file of waivers. One that is broken covers nothing, and has been reported. `kind` tells what a waiver of a lint
/// can accept.
pub(crate) fn waivers(
    record: &WaiversRecord,
    kind: impl Fn(&str) -> Option<AcceptanceKind>,
    calendar: &Calendar,
    scales: &LevelScales,
    problems: &mut Vec<Problem>,
) -> Vec<Waiver> {
    let items: &[Option<WaiverRecord>] = record.waivers.given().map_or(&[], |Items(items, _)| items);
    let kind = |record: &WaiverRecord| kind(&record.lint.given()?.value);
    let read = |record| waiver(record, kind(record), calendar, scales, problems);
    items.iter().flatten().filter_map(read).collect()
}

fn waiver(
    record: &WaiverRecord,
    kind: Option<AcceptanceKind>,
    calendar: &Calendar,
    scales: &LevelScales,
    problems: &mut Vec<Problem>,
) -> Option<Waiver> {
    let approved_on = meaning(&record.approved_on, problems, |text| parse_date(text, calendar));
    let accepts =
        record.accepts.and_then(|written| Acceptance::read(written, kind, calendar, scales, problems));
    let expires = meaning(&record.expires, problems, |text| Expiry::parse(text, calendar));
    if let Some([]) = record.approved_by.given().map(Vec::as_slice) {
        problems.push(
            Problem::at(record.anchor, "nobody has approved this waiver", "`approved-by` is an empty list")
                .help("name who decided, such as `approved-by = \"priya@vendor.example\"`"),
        );
        return None;
    }
    if let (Some(requirement), Some(term)) = (record.requirement.given(), record.term.given()) {
        problems.push(
            Problem::at(term.span, "a waiver is about a requirement or a term, not both", "the term")
                .label(requirement.span, "the requirement")
                .help("write two waivers"),
        );
        return None;
    }
    let of = match (&record.of, record.requirement.given(), record.term.given()) {
        (Field::Given(of), ..) if !of.words.is_absent() => Some(words_matter(of, problems)),
        (Field::Given(of), Some(_), _) => Some(requirement_matter(of, calendar, scales, problems)),
        (Field::Given(of), None, Some(_)) => Some(term_matter(of, problems)),
        (Field::Given(of), None, None) => Some(words_matter(of, problems)),
        (Field::Absent, ..) => None,
        (Field::Broken, ..) => Some(None),
    };
    // An empty list is no list: read as one, it would cover every feature.
    if let Some([]) = record.feature.given().map(Vec::as_slice) {
        let title = "this waiver is for no feature";
        problems.push(Problem::at(record.anchor, title, "`feature` is an empty list").help(
            "name the features that it is for, or remove `feature`: then it is for all of the requirement",
        ));
        return None;
    }
    if let Some(first) = record.feature.given().and_then(|features| features.first())
        && record.requirement.is_absent()
    {
        problems.push(only_of_requirements(first.span, "feature"));
        return None;
    }
    let scopes = acceptance::scopes(&record.scopes, record.anchor, problems)?;
    if let Some(scope) = scopes.first().filter(|_| record.requirement.is_absent()) {
        problems.push(only_of_requirements(scope.span, "for"));
        return None;
    }
    // Without what these say it would cover more than was decided.
    let broken = accepts.is_broken()
        || record.disclosed.is_broken()
        || record.baseline.is_broken()
        || record.requirement.is_broken()
        || record.term.is_broken()
        || record.feature.is_broken()
        || matches!(of, Some(None));
    let subject = match (record.requirement.given(), record.term.given()) {
        (Some(requirement), _) => Subject::Requirement(requirement.value.to_string()),
        (None, Some(term)) => Subject::Term(term.value.to_string()),
        (None, None) => Subject::Contract,
    };
    let waiver = Waiver {
        place: record.anchor,
        contract: record.contract.given()?.clone(),
        subject,
        features: record.feature.given().cloned().unwrap_or_default(),
        scopes,
        lint: record.lint.given()?.clone(),
        reason: record.reason.given()?.clone(),
        approved_by: record.approved_by.given()?.clone(),
        approved_on: *approved_on.given()?,
        accepts: accepts.into_given(),
        expires: *expires.given()?,
        disclosed: record.disclosed.given().cloned(),
        is_baseline: record.baseline.given().is_some_and(|baseline| baseline.value),
        annotations: Annotations::of(&record.refs, &record.owner, &record.note),
        of: of.flatten().zip(record.of.given()).map(|(of, record)| Spanned::new(of, record.anchor)),
    };
    (!broken).then_some(waiver)
}

/// The problem of a waiver about a contract as a whole that has a key which says more of a requirement or a term.
fn only_of_requirements(span: Span, key: &str) -> Problem {
    let title = format!("a waiver about the contract as a whole takes no `{key}`");
    Problem::at(span, title, "of which requirement?")
        .help(format!("name the requirement as `requirement`, or remove `{key}`"))
}

/// Whether two addresses are the same person's: case does not count, nor does a display name as in
/// `Priya Nair <priya@vendor.example>` (the `name-addr` of RFC 5322, section 3.4).
pub(crate) fn same_address(one: &str, other: &str) -> bool {
    address(one).eq_ignore_ascii_case(address(other))
}

/// What two texts have in common that name the same mail address.
pub(crate) fn address_key(text: &str) -> String {
    address(text).to_ascii_lowercase()
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
