//! The levels that a sentence names, by the roadmap's own words and the model's own parsers.

use std::ops::Range;

use crate::model::constraint::Constraint;
use crate::model::level::Attainment;
use crate::model::quantity::{Amount, Quantity};
use crate::model::roadmap::Feature;
use crate::model::spelled::may_begin_number;

use super::words::{WordToken, matches_at, phrase};

/// The most words of a bound.
const LONGEST: usize = 9;

/// A level that a sentence asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LevelNeed {
    /// This level must be reached.
    Sure(String, String),
    /// This level is named, and nothing says whether that is the least or the most.
    Named(String, String),
    /// It may be one of these.
    Unsure(Vec<String>, String),
}

impl LevelNeed {
    /// Whether another one may be of the same level, at another value.
    pub(super) fn is_other_of(&self, other: &Self) -> bool {
        let bound = |need: &Self| match need {
            Self::Sure(_, bound) | Self::Named(_, bound) | Self::Unsure(_, bound) => bound.clone(),
        };
        let names = |need: &Self| match need {
            Self::Sure(name, _) | Self::Named(name, _) => vec![name.clone()],
            Self::Unsure(names, _) => names.clone(),
        };
        let own = names(self);
        names(other).iter().any(|name| own.contains(name)) && bound(self) != bound(other)
    }
}

/// The levels that a feature states as quantities.
pub(crate) fn stated(feature: &Feature) -> impl Iterator<Item = (&str, &Quantity)> {
    let levels = feature.offers.iter().flat_map(|offer| &offer.levels);
    levels.filter_map(|level| match &level.value.value {
        Attainment::Quantity(quantity) => Some((level.name.as_str(), quantity)),
        // Words are promised by name, and no bound says which.
        Attainment::Texts(_) | Attainment::Step(_) => None,
    })
}

/// The levels that must be reached: what is bounded, and comparable with what is stated.
pub(crate) fn needs(
    text: &str,
    tokens: &[WordToken],
    stated: &[(&str, &Quantity)],
    taken: &[Range<usize>],
) -> Vec<(LevelNeed, Range<usize>)> {
    let mut all = Vec::new();
    let mut at = if stated.is_empty() { tokens.len() } else { 0 };
    while at < tokens.len() {
        // Behind `within` a length of time is a deadline's.
        let is_taken =
            taken.iter().any(|taken| taken.contains(&at)) || at > 0 && tokens[at - 1].stem == "within";
        let found = if is_taken { None } else { bound_at(text, tokens, at, taken) };
        let Some((bound, is_bounded, end)) = found else {
            at += 1;
            continue;
        };
        let mut like: Vec<&str> = stated
            .iter()
            .filter(|(_, value)| value.compare(&measured_as(&bound.quantity, value)).is_ok())
            .map(|(name, _)| *name)
            .collect();
        like.sort_unstable();
        like.dedup();
        let named: Vec<&str> = like
            .iter()
            .copied()
            .filter(|name| (0..tokens.len()).any(|at| matches_at(tokens, at, &phrase(name))))
            .collect();
        let written = bound.to_string();
        match (&like[..], &named[..]) {
            ([], _) => {}
            (_, [one]) | ([one], _) if is_bounded => {
                let start = named_before(tokens, at, &phrase(one));
                all.push((LevelNeed::Sure((*one).to_owned(), written), start..end));
            }
            (_, [one]) => {
                let start = named_before(tokens, at, &phrase(one));
                all.push((LevelNeed::Named((*one).to_owned(), written), start..end));
            }
            _ => {
                let names = like.iter().map(|name| (*name).to_owned()).collect();
                all.push((LevelNeed::Unsure(names, written), at..end));
            }
        }
        at = end;
    }
    all
}

/// A quantity, measured as another one is where it does not say how: over a month, of 99 in 100.
pub(crate) fn measured_as(quantity: &Quantity, other: &Quantity) -> Quantity {
    match (quantity, other) {
        (Quantity::Amount(amount), Quantity::Amount(other)) => Quantity::Amount(Amount {
            window: amount.window.or(other.window),
            percentile: amount.percentile.or(other.percentile),
            ..amount.clone()
        }),
        _ => quantity.clone(),
    }
}

/// Where a bound begins with the name of its level: "an uptime of at least …".
fn named_before(tokens: &[WordToken], bound: usize, name: &[String]) -> usize {
    let joint = bound.checked_sub(1).filter(|&at| matches!(&*tokens[at].stem, "of" | "is" | ":"));
    let start = joint.unwrap_or(bound).checked_sub(name.len());
    start.filter(|&start| matches_at(tokens, start, name)).unwrap_or(bound)
}

/// Words that a unit of several words ends with: "per second", "% monthly", "business days".
const TIMES: [&str; 17] = [
    "second", "minute", "hour", "day", "week", "month", "quarter", "year", "daily", "weekly", "monthly",
    "quarterly", "yearly", "annually", "s", "h", "min",
];

/// A bound that begins at a word, whether it says that it is one, and where it ends.
fn bound_at(
    text: &str,
    tokens: &[WordToken],
    at: usize,
    taken: &[Range<usize>],
) -> Option<(Constraint, bool, usize)> {
    const BEGINNINGS: [&str; 13] =
        ["at", "no", "not", "minimum", "a", "more", "less", ">", "<", "≥", "≤", "=", "exactly"];
    let stem = tokens[at].stem.as_str();
    let is_number = |stem: &str| {
        stem.starts_with(|first: char| first.is_ascii_digit()) || stem != "a" && may_begin_number(stem)
    };
    let begins = is_number(stem);
    // "1 000 users" are not none.
    let before = text[..tokens[at].place.start]
        .trim_end_matches(|mark: char| mark.is_whitespace() || "'’".contains(mark));
    let is_group = stem.len() == 3 && stem.bytes().all(|byte| byte.is_ascii_digit());
    if is_group && before.ends_with(|last: char| last.is_ascii_digit()) {
        return None;
    }
    if !begins && !BEGINNINGS.contains(&stem) {
        return None;
    }
    let most = (at + LONGEST).min(tokens.len());
    let is_end = |end: usize| {
        matches!(&*tokens[end].stem, "," | ";" | "|" | "\"") || taken.iter().any(|taken| taken.contains(&end))
    };
    let most = (at..most).find(|&end| is_end(end)).unwrap_or(most);
    let number = (at..most).find(|&number| is_number(&tokens[number].stem))?;
    // A number needs a unit behind it; one of several words ends with a time.
    let is_unit = |end: &usize| {
        let (last, before) = (&tokens[end - 1], &tokens[end - 2].stem);
        TIMES.contains(&&*last.stem)
            || last.stem == "%"
            || last.is_word() && (is_number(before) || before == ")")
    };
    let ends = (number + 2..=most).rev().filter(is_unit);
    ends.into_iter().find_map(|end| {
        let slice = &text[tokens[at].place.start..tokens[end - 1].place.end];
        if begins {
            // A share has one direction; a length of time may be a most or a least.
            let bound = Constraint::parse(&format!(">= {slice}")).ok()?;
            return Some((bound, slice.contains('%'), end));
        }
        Some((Constraint::parse(slice).ok()?, true, end))
    })
}
