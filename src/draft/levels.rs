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

/// Values of a dimension that a sentence names.
pub(super) struct ScopeLimit {
    pub(super) dimension: String,
    pub(super) values: Vec<String>,
    /// Whether these are all: no other name stands in their list.
    pub(super) is_whole: bool,
}

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
        let (mut values, mut is_whole) = (Vec::new(), true);
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
            let mut meant = there.filter(|&at| is_meant(at)).peekable();
            if meant.peek().is_some() {
                values.push(value.clone());
            }
            is_whole &= !meant.any(|at| leads_to_another(text, tokens, at + words.len(), &known.values));
        }
        if !values.is_empty() {
            all.push(ScopeLimit { dimension: known.name.clone(), values, is_whole });
        }
    }
    all
}

/// Whether a list goes on behind a value with a name that is none of the values: `Windows and Mac`. What the roadmap does
/// not know is promised all the same.
fn leads_to_another(text: &str, tokens: &[WordToken], end: usize, values: &[String]) -> bool {
    let stem = |at: usize| tokens.get(at).map_or("", |token| token.stem.as_str());
    let is_joint = |at: usize| ["and", "or", "/", "&"].contains(&stem(at));
    let name = match stem(end) {
        // A comma begins another clause as well, unless the list goes on behind the name.
        "," if is_joint(end + 1) => end + 2,
        "," if is_joint(end + 2) || stem(end + 2) == "," => end + 1,
        _ if is_joint(end) => end + 1,
        _ => return false,
    };
    let Some(token) = tokens.get(name) else { return false };
    let is_value = values.iter().any(|value| matches_at(tokens, name, &phrase(value)));
    // Who does something else begins another clause.
    let is_subject = ["shall", "will", "must", "may"].contains(&stem(name + 1));
    text[token.place.clone()].contains(char::is_uppercase) && !is_value && !is_subject
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
) -> Vec<(LevelNeed, Range<usize>)> {
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
        // Behind `within` a length of time is a deadline's.
        let is_taken =
            taken.iter().any(|taken| taken.contains(&at)) || at > 0 && tokens[at - 1].stem == "within";
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
            (_, [one]) | ([one], _) if is_bounded => {
                all.push((LevelNeed::Sure((*one).to_owned(), written), at..end));
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

/// The numbers of a sentence that stand in none of its fields, each with the word behind it: a person has to read them.
pub(super) fn unread_numbers<'t>(
    text: &'t str,
    tokens: &'t [WordToken],
    taken: &'t [Range<usize>],
) -> impl Iterator<Item = &'t str> {
    const REFERENCES: [&str; 10] = [
        "section",
        "clause",
        "exhibit",
        "schedule",
        "annex",
        "article",
        "paragraph",
        "appendix",
        "version",
        "no",
    ];
    let is_unread = |&at: &usize| {
        let is_number = tokens[at].stem.starts_with(|first: char| first.is_ascii_digit());
        // The first word is the number of an item, and a day of figures is told apart.
        let is_reference = at == 0 || REFERENCES.contains(&tokens[at - 1].stem.as_str());
        let is_of_day =
            [at.wrapping_sub(1), at + 1].iter().filter_map(|&at| tokens.get(at)).any(|it| it.stem == "/");
        is_number && !is_reference && !is_of_day && !taken.iter().any(|taken| taken.contains(&at))
    };
    (0..tokens.len()).filter(is_unread).map(|at| {
        let next = tokens.get(at + 1).filter(|next| next.is_word() || next.stem == "%");
        let end = next.map_or(tokens[at].place.end, |next| next.place.end);
        &text[tokens[at].place.start..end]
    })
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
