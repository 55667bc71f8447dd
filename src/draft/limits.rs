//! The scopes and the levels that a sentence names, by the roadmap's own words and the model's own parsers.

use std::ops::Range;

use crate::model::constraint::Constraint;
use crate::model::level::Attainment;
use crate::model::quantity::Quantity;
use crate::model::roadmap::{Feature, Roadmap};

use super::dates::plain_quantity;
use super::words::{WordToken, matches_at, phrase};

/// The most words of a bound.
const LONGEST: usize = 9;

/// Values of a dimension.
pub(super) type ScopeLimit = (String, Vec<String>);

/// What a feature is promised for: the values of its dimensions that stand behind `for`, `on` or `in`.
pub(super) fn scope(
    text: &str,
    tokens: &[WordToken],
    feature: &Feature,
    roadmap: &Roadmap,
    taken: &[Range<usize>],
) -> Vec<ScopeLimit> {
    let mut all: Vec<ScopeLimit> = Vec::new();
    let own = feature
        .offers
        .iter()
        .flat_map(|offer| offer.scope.dimensions())
        .map(|dimension| dimension.name().to_owned());
    let mut names: Vec<String> = own.collect();
    names.sort_unstable();
    names.dedup();
    for known in names.iter().filter_map(|name| roadmap.dimension(name)) {
        let mut values = Vec::new();
        for value in &known.values {
            let words = phrase(value);
            let there = (0..tokens.len()).filter(|&at| {
                matches_at(tokens, at, &words) && !taken.iter().any(|taken| taken.contains(&at))
            });
            let is_meant = |at: usize| {
                let written = text
                    .get(tokens[at].place.start..tokens[at + words.len() - 1].place.end)
                    .unwrap_or_default();
                // Short values are words, too: `us`, `it`.
                let is_short = value.len() <= 3 && !written.contains(char::is_uppercase);
                !is_short && is_behind(tokens, at, &known.values, &known.name)
            };
            if there.clone().any(is_meant) {
                values.push(value.clone());
            }
        }
        if !values.is_empty() {
            all.push((known.name.clone(), values));
        }
    }
    all
}

/// Whether a word stands in a list behind a word of place, or before the name of its dimension.
fn is_behind(tokens: &[WordToken], at: usize, values: &[String], dimension: &str) -> bool {
    const PLACES: [&str; 8] = ["for", "on", "in", "across", "under", "within", "running", "with"];
    let is_value = |stem: &str| values.iter().any(|value| phrase(value).iter().any(|word| word == stem));
    let between =
        ["and", "or", ",", "the", "both", "all", "including", "(", "/", "region", "device", "server", "user"];
    let mut before = at;
    while before > 0 {
        before -= 1;
        let stem = tokens[before].stem.as_str();
        if PLACES.contains(&stem) {
            return true;
        }
        if !between.contains(&stem) && !is_value(stem) {
            break;
        }
    }
    tokens.get(at + 1).is_some_and(|next| next.stem == phrase(dimension).concat())
}

/// A level that a sentence asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum LevelNeed {
    /// This level must be reached.
    Sure(String, String),
    /// It may be one of these.
    Unsure(Vec<String>, String),
}

/// The levels that must be reached: what is bounded, and comparable with what the feature states.
pub(super) fn needs(
    text: &str,
    tokens: &[WordToken],
    feature: &Feature,
    taken: &[Range<usize>],
) -> Vec<LevelNeed> {
    let stated: Vec<(&str, &Quantity)> = feature
        .offers
        .iter()
        .flat_map(|offer| &offer.levels)
        .filter_map(|level| match &level.value.value {
            Attainment::Quantity(quantity) => Some((level.name.as_str(), quantity)),
            // Words are promised by name, and no bound says which.
            Attainment::Texts(_) | Attainment::Step(_) => None,
        })
        .collect();
    let mut all = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let is_taken = taken.iter().any(|taken| taken.contains(&at));
        let found = if is_taken { None } else { bound_at(text, tokens, at) };
        let Some((bound, is_bounded, end)) = found else {
            at += 1;
            continue;
        };
        let mut like: Vec<&str> = stated
            .iter()
            .filter(|(_, value)| value.compare(&bound.quantity).is_ok())
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
            (_, [one]) if is_bounded => all.push(LevelNeed::Sure((*one).to_owned(), written)),
            ([one], _) if is_bounded => all.push(LevelNeed::Sure((*one).to_owned(), written)),
            _ => all.push(LevelNeed::Unsure(like.iter().map(|name| (*name).to_owned()).collect(), written)),
        }
        at = end;
    }
    all
}

/// A bound that begins at a word, whether it says that it is one, and where it ends.
fn bound_at(text: &str, tokens: &[WordToken], at: usize) -> Option<(Constraint, bool, usize)> {
    let most = (at + LONGEST).min(tokens.len());
    let begins_bound = ["at", "no", "not", "minimum", "more", "less", "up", ">", "<", "≥", "≤", "exactly"]
        .contains(&tokens[at].stem.as_str());
    let is_number = tokens[at].stem.starts_with(|first: char| first.is_ascii_digit());
    if !begins_bound && !is_number {
        return None;
    }
    (at + 1..=most).rev().find_map(|end| {
        let slice = plain_quantity(&text[tokens[at].place.start..tokens[end - 1].place.end]);
        let has_unit = slice.bytes().any(|byte| byte.is_ascii_digit())
            && slice.chars().any(|letter| letter.is_alphabetic() || letter == '%');
        if !has_unit {
            return None;
        }
        if is_number {
            // A share has one direction; a length of time may be a most or a least.
            let bound = Constraint::parse(&format!(">= {slice}")).ok()?;
            return Some((bound, slice.contains('%'), end));
        }
        let slice = slice.replacen("minimum of", "at least", 1).replacen("a minimum", "at least", 1);
        Some((Constraint::parse(&slice).ok()?, true, end))
    })
}
