use std::cmp::Ordering;

use crate::input::decode::Scalar;
use crate::lint::exception::required_roles;
use crate::model::constraint::Constraint;
use crate::model::quantity::{Amount, Quantity};
use crate::model::roadmap::Term;
use crate::model::term::{OutOfBounds, TermStanding, stand};
use crate::model::unit::{TimeUnit, Unit};

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A commercial term outside its standard: a number beyond the bound that the roadmap states under
    /// `[terms]`, or words that are none of the standard ones. `unlimited` is beyond every upper bound.
    ///
    /// ## Why it matters
    ///
    /// Payment, liability and support hours are where a deal is quietly paid for. Each is somebody's to decide:
    /// finance waits for the money, legal answers for the risk, support gets up at night. Terms that felt wrong
    /// at the signature feel worse afterwards.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// terms:
    ///   payment: 90 days
    /// requirements:
    ///   - feature: sso-saml
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.sso-saml]
    /// name = "SAML single sign-on"
    /// status = "shipped"
    ///
    /// [terms.payment]
    /// standard = "<= 45 days"
    /// approver = "finance"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// terms:
    ///   payment: 45 days
    /// requirements:
    ///   - feature: sso-saml
    ///     due: 2027-03-31
    /// ```
    pub(super) static LINT = {
        name: "off-standard-term",
        summary: "a commercial term outside the standard",
        level: Level::Deny,
        check: Check::Term(check),
    }
}

fn check(case: &TermCase<'_, '_>) -> Option<Finding> {
    let TermCase { name, term, contract, context } = case;
    let standard = context.roadmap.term(&name.value)?;
    // What cannot be held against the standard was reported when the contract was read.
    let title = title(name.value.trim(), term, stand(term, &standard.standard).ok()?)?;
    let allowed: Vec<String> = standard.standard.iter().map(in_words).collect();
    let roles: Vec<&str> = required_roles(&LINT, &case.subject(), context).into_iter().collect();
    let ask = match standard.standard.as_slice() {
        [] => None,
        [only] => Some(ask(name.value.trim(), term, only, ": write")),
        [first, ..] => Some(ask(name.value.trim(), term, first, ", such as")),
    };
    let approve = match roles.as_slice() {
        [] => "have the exception approved".to_owned(),
        roles => format!("have {} approve the exception", text::or_list(roles)),
    };
    let record = contract.id.as_ref().map(|id| {
        let command = waive_command(&id.value, &name.value, &roles, context);
        format!("or {approve}, and record it: `{command}`")
    });
    let decides = || format!("{} decides on exceptions", text::or_list(&roles));
    let finding = case
        .finding(&LINT, title)
        .label(term.span(), format!("standard: {}", text::or_list(&allowed)))
        .label(place(standard), "the standard is stated here")
        .notes((!roles.is_empty()).then(decides))
        .helps(ask.map(|help| words::reword(contract, help)))
        .helps(record);
    Some(finding)
}

fn title(name: &str, term: &Scalar, standing: TermStanding) -> Option<String> {
    let OutOfBounds { bound, agreed, distance } = match standing {
        TermStanding::Standard => return None,
        TermStanding::Other => {
            return Some(format!("{name} is {}, which is not standard", words::written(term)));
        }
        TermStanding::OutOfBounds(missed) => *missed,
    };
    let written = words::written(term);
    let Some(Quantity::Amount(distance)) = distance else {
        return Some(if agreed == Quantity::Unlimited {
            format!("{name} is unlimited, and the standard is {}", bound.words())
        } else {
            format!("{name} of {written} is outside the standard of {}", bound.words())
        });
    };
    let beyond = beyond(&bound, &agreed, &distance.unit);
    let than = if bound.relation == Relation::Equal { "the standard" } else { "the standard allows" };
    Some(format!("{name} of {written} is {} {beyond} than {than}", apart(distance)))
}

/// On which side of the bound it lies.
fn beyond(bound: &Constraint, agreed: &Quantity, unit: &Unit) -> &'static str {
    let is_more = agreed.compare(&bound.quantity) == Ok(Ordering::Greater);
    match (unit, is_more) {
        (Unit::Time(_), true) => "longer",
        (Unit::Time(_), false) => "shorter",
        (_, true) => "more",
        (_, false) => "less",
    }
}

/// A distance: days as everywhere, and between two percentages not a percentage of anything.
fn apart(distance: Amount) -> String {
    let whole = i64::try_from(distance.value).ok().filter(|_| distance.value.is_integer());
    match (&distance.unit, whole) {
        (Unit::Time(TimeUnit::Day), Some(days)) => text::days(days),
        (Unit::Percent, Some(1)) => "1 percentage point".to_owned(),
        (Unit::Percent, _) => format!("{} percentage points", distance.value.normalize()),
        _ => Quantity::Amount(distance).to_string(),
    }
}

/// A part of the standard as a sentence says it.
fn in_words(standard: &Scalar) -> String {
    bound(standard).map_or_else(|| words::written(standard), |bound| bound.words())
}

fn bound(standard: &Scalar) -> Option<Constraint> {
    let Scalar::Text(text) = standard else {
        return None;
    };
    Constraint::is_meant(&text.value).then(|| Constraint::parse(&text.value).ok()).flatten()
}

/// What to ask for instead.
fn ask(name: &str, term: &Scalar, standard: &Scalar, example: &str) -> Help {
    let value = match bound(standard) {
        Some(Constraint { relation: Relation::MoreThan | Relation::LessThan, .. }) => {
            return format!("ask for the standard: {}", in_words(standard)).into();
        }
        Some(bound) => bound.quantity.to_string(),
        None => words::written(standard),
    };
    Help::from(format!("ask for the standard{example} \"{name}: {value}\"")).replacing(term.span(), value)
}

/// Where the standard is stated, a list from its first entry to its last.
fn place(standard: &Term) -> crate::source::Span {
    match standard.standard.as_slice() {
        [] => standard.name.span,
        [first, .., last] => crate::source::Span { end: last.span().end, ..first.span() },
        [only] => only.span(),
    }
}

/// The command that records an exception, with all of it that is known.
fn waive_command(contract: &str, term: &str, roles: &[&str], context: &LintContext<'_>) -> String {
    let people: Vec<&String> = roles.iter().filter_map(|role| context.roles.get(*role)).flatten().collect();
    let approver = match people.as_slice() {
        [only] => in_shell(only),
        _ => "…".to_owned(),
    };
    format!(
        "dealcheck waive {} --term {} {} --reason \"…\" --approved-by {approver} --expires …",
        in_shell(contract),
        in_shell(term),
        LINT.name
    )
}

/// A word as a shell reads it.
fn in_shell(word: &str) -> String {
    let is_plain = |character: char| character.is_ascii_alphanumeric() || "-_.,/@+:#%".contains(character);
    if !word.is_empty() && !word.starts_with('#') && word.chars().all(is_plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}
