//! The words that several lints share: where they point, what they call things, which way out they name.

mod case;
mod contradiction;
mod remedy;
mod stated;
mod suggest;
mod term;
mod waiver;

use std::collections::HashSet;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::delivery::{Delivery, Judgement, Link, UndatedReason};
use crate::lint::context::LintContext;
use crate::lint::portfolio::UnshippedPromise;
use crate::model::contract::Requirement;
use crate::model::deadline::{Deadline, Reading};
use crate::model::roadmap::{Feature, Offer};
use crate::model::scope::{Dimension, Scope};
use crate::model::window::{Window, days_between};
use crate::source::Span;
use crate::text;

pub(super) use contradiction::{Contradiction, contradictions, decided_on, names_of, own_features};
pub(super) use stated::{StatedDay, stated};
pub(super) use suggest::reword;
pub(super) use term::{silence_means, standard_in_words, standard_value, written};
pub(super) use waiver::waiver_subject;

/// What a feature is called: `"Audit log"`.
pub(super) fn quoted(name: &str) -> String {
    format!("\"{}\"", text::clean_truncated(name, 300))
}

/// A feature in the words of the roadmap, in quotes.
fn feature_name(judgement: &Judgement<'_>) -> String {
    quoted(judgement.feature.map_or(&judgement.written.value, Feature::title))
}

/// A feature in the words of the roadmap, with the cell that is judged: `"Audit log" for windows`.
fn subject(judgement: &Judgement<'_>) -> String {
    let feature = feature_name(judgement);
    if judgement.cell.is_empty() { feature } else { format!("{feature} for {}", judgement.cell) }
}

/// How many names a message lists before it counts the others.
pub(super) const SHOWN: usize = 8;

/// A list that is not too long to read: `a, b, c and 3 more`.
pub(super) fn some_of(names: &[String]) -> String {
    first_of(SHOWN, names.iter(), names.len())
}

/// As [`some_of`], of names of which only the first are worked out.
pub(super) fn first_of(most: usize, names: impl Iterator<Item = impl ToString>, count: usize) -> String {
    let mut shown: Vec<String> = names.take(most).map(|name| name.to_string()).collect();
    if count > most {
        shown.push(format!("{} more", count - most));
    }
    text::and_list(&shown)
}

/// Names, each once, in their order.
pub(super) fn each_once(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut known = HashSet::new();
    names.filter(|name| known.insert(name.clone())).collect()
}

/// What is underlined of a text, which may be long.
pub(super) fn beginning(text: &str) -> Range<usize> {
    const SHOWN: usize = 40;
    0..text.char_indices().nth(SHOWN).map_or(text.len(), |(end, _)| end)
}

/// What is written for a level: a text, or a list of them.
pub(super) fn level_texts(texts: &[String]) -> String {
    let texts: Vec<String> =
        texts.iter().map(|text| format!("\"{}\"", text::clean_truncated(text, 100))).collect();
    match texts.as_slice() {
        [only] => only.clone(),
        all => format!("[{}]", all.join(", ")),
    }
}

/// A feature, with the scope of an offer that says itself when: `"Audit log" for windows`.
pub(super) fn target_name(feature: &Feature, offer: &Offer) -> String {
    let name = quoted(feature.title());
    match feature.offers.first() {
        Some(own) if own.when_span() != offer.when_span() => {
            format!("{name} for {}", offer.scope.values_in_words())
        }
        _ => name,
    }
}

/// The contract's own words: `Exhibit B, 2.1: "Vendor shall …"`.
pub(super) fn clause(requirement: &Requirement) -> Option<String> {
    let text = requirement.text.as_ref().map(|text| quoted(text.value.trim()));
    match (&requirement.clause, text) {
        (Some(clause), Some(text)) => Some(format!("{}: {text}", clause.value)),
        (Some(clause), None) => Some(format!("promised in {}", clause.value)),
        (None, text) => text,
    }
}

/// Where the text of a requirement stands in the contract; also its words, where they are not drawn: a text of several lines is
/// as far as its first.
pub(super) fn clause_beside_text(requirement: &Requirement, is_drawn: bool) -> Option<String> {
    match &requirement.clause {
        _ if !is_drawn => clause(requirement),
        clause => clause.as_ref().map(|clause| format!("promised in {}", clause.value)),
    }
}

/// Which day of a deadline that is none counts.
#[derive(Clone, Copy)]
pub(super) enum CountedDay {
    /// The strict reading: what is on time may be tight.
    First,
    /// The lenient reading: what is late is late.
    Last,
}

/// How a deadline was read that is no day, or that `weekend` moved.
pub(super) fn reading(requirement: &Requirement, counts: CountedDay) -> Vec<String> {
    let Some(deadline) = requirement.due.deadline() else { return Vec::new() };
    let written = requirement.due.words.trim();
    let days = deadline.counted();
    let reading = match deadline.reading {
        Reading::Day => None,
        Reading::Both => Some(format!(
            "\"{written}\" may mean any day from {} to {}; this is by its {} day",
            days.earliest,
            days.latest,
            match counts {
                CountedDay::First => "first",
                CountedDay::Last => "last",
            }
        )),
        Reading::End => Some(format!(
            "\"{written}\" is read as its last day, {}, since `bare-period` is `end`",
            days.latest
        )),
        Reading::In => Some(format!("\"{written}\" is read as its last day, {}", days.latest)),
    };
    reading.into_iter().chain(moves(requirement)).collect()
}

/// The days of a deadline that `weekend` moved.
pub(super) fn moves(requirement: &Requirement) -> impl Iterator<Item = String> {
    let moves = requirement.due.deadline().into_iter().flat_map(Deadline::moves);
    moves.map(|(from, to)| {
        format!("{from} is no business day, so the deadline is {to}, since `weekend` is `next-business-day`")
    })
}

/// Until when something works, for a label. Of several days, the first counts.
pub(super) fn last_day(sunset: Window) -> String {
    if sunset.is_day() {
        return format!("its last day is {}", sunset.latest);
    }
    format!("its last day may be any from {} to {}; the first counts", sunset.earliest, sunset.latest)
}

/// How something fares, after `is`.
pub(super) fn state(judgement: &Judgement<'_>) -> String {
    match (judgement.time, judgement.expected) {
        (Delivery::Beta, _) | (_, None) => state_of(judgement.time).to_owned(),
        (_, Some(expected)) => format!("planned for {expected}"),
    }
}

/// How a verdict without a date reads, after `is`.
pub(super) fn state_of(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Shipped => "available today",
        Delivery::Undated | Delivery::LateByDependency => "without a date",
        Delivery::Beta => "in beta only",
        Delivery::ScopeGap => "not available",
        Delivery::LevelGap => "at a lower level",
        Delivery::Unknown => "not in the roadmap",
        other => other.words(),
    }
}

/// How something fares that something else waits for, after its name.
fn link_state(link: &Link<'_>) -> String {
    match (link.expected, link.undated) {
        (Some(expected), _) => format!("is planned to ship by {}", expected.latest),
        (None, Some(reason)) => no_date(reason),
        (None, None) => "could not be read".to_owned(),
    }
}

/// Why there is no date, for a label, or after `it`.
pub(crate) fn no_date(reason: UndatedReason) -> String {
    match reason {
        UndatedReason::Idea => "is an idea, not planned".to_owned(),
        UndatedReason::Paused => "is paused".to_owned(),
        UndatedReason::NoTarget => "has no target".to_owned(),
        UndatedReason::TargetPassed(ago) => format!("has a target that passed {} ago", text::days(ago)),
        UndatedReason::UnknownDependency => "waits for something that is not in the roadmap".to_owned(),
        UndatedReason::CircularDependency => "waits for itself, in a circle".to_owned(),
        UndatedReason::Dropped => "is dropped".to_owned(),
        UndatedReason::NotCovered => "is not available for this scope".to_owned(),
    }
}

/// `for: { platform: linux, region: [eu, us] }`, as a contract writes it.
/// Of what the contract's own `for` says, only what a requirement changes is said again.
pub(super) fn scope_in_yaml(scope: &Scope, requirement: &Requirement) -> String {
    let of_contract = |dimension: &str| {
        let same = scope.get(dimension) == requirement.scope.get(dimension);
        same && requirement.own_scope.get(dimension).is_none()
    };
    let dimensions: Vec<String> = scope
        .iter()
        .filter(|(dimension, _)| !of_contract(dimension))
        .map(|(dimension, values)| match values {
            [only] => format!("{dimension}: {only}"),
            several => format!("{dimension}: [{}]", several.join(", ")),
        })
        .collect();
    format!("for: {{ {} }}", dimensions.join(", "))
}

/// The values of a dimension that some scopes name, in their order: so many that nobody reads more.
pub(super) fn values_of<'s>(scopes: impl Iterator<Item = &'s Scope>, dimension: &str) -> Vec<String> {
    const MOST: usize = 250;
    let mut known = HashSet::new();
    let values = scopes.filter_map(|scope| scope.get(dimension)).flat_map(Dimension::values);
    let new = values.filter(|value| known.insert(text::fold(value).into_owned()));
    new.take(MOST).map(str::to_owned).collect()
}

/// Days by which a delivery comes after a deadline's latest day.
pub(super) fn days_late(expected: Window, deadline: Window) -> i64 {
    days_between(deadline.latest, expected.latest)
}

/// What the roadmap says of when something comes that a contract promises, with its place.
pub(super) fn planned_for(promise: &UnshippedPromise, context: &LintContext<'_>) -> Option<(Span, String)> {
    let (_, offer) = context.roadmap.offer(promise.feature, promise.offer?)?;
    Some(match promise.expected {
        Some(expected) => (offer.when_span(), format!("expected by {}", expected.latest)),
        None => (offer.when_span(), "the roadmap has no date for it".to_owned()),
    })
}

/// Days of work, as a plan counts them: `60 days`, `0.5 days`.
pub(crate) fn work(days: Decimal) -> String {
    let unit = if days == Decimal::ONE { "day" } else { "days" };
    format!("{} {unit}", days.normalize())
}

/// A share in whole percent, or as exact as it takes to be seen to be over the limit.
pub(super) fn rounded(share: Decimal, limit: Decimal) -> Decimal {
    let exact = [0, 1, 2].map(|places| share.round_dp(places)).into_iter().find(|share| *share > limit);
    exact.unwrap_or(share).normalize()
}
