//! The commercial terms that a sentence states.

use std::ops::Range;

use crate::model::quantity::Quantity;
use crate::model::spelled::may_begin_number;
use crate::model::term::in_full;

use super::conditions::OBLIGES;
use super::parties::Parties;
use super::words::{WordToken, phrases, says};

/// How long the customer may take to pay, and where that stands.
pub(crate) fn payment(
    text: &str,
    words: &[WordToken],
    parties: &Parties,
) -> Option<(Quantity, Range<usize>)> {
    /// The most words of a length of time.
    const LONGEST: usize = 9;
    let pays = says(words, &["pay", "payable", "payment", "invoice", "paid", "net"])
        && says(words, &["invoice", "payment", "fee", "net", "receipt"]);
    let is_vendors = |at: usize| {
        let end = at + parties.vendor.at(words, at);
        end > at && words.get(end).is_some_and(|next| OBLIGES.contains(&&*next.stem))
    };
    if !pays || (0..words.len()).any(is_vendors) {
        return None;
    }
    let is_number = |at: usize| {
        let stem = words[at].stem.as_str();
        stem.starts_with(|first: char| first.is_ascii_digit()) || stem == "net" || may_begin_number(stem)
    };
    (0..words.len()).filter(|&at| is_number(at)).find_map(|at| {
        (at + 2..=(at + LONGEST).min(words.len())).find_map(|end| {
            let place = words[at].place.start..words[end - 1].place.end;
            let length = Quantity::parse_duration(&in_full(&text[place.clone()])).ok()?;
            length.days().map(|_| (length, place))
        })
    })
}

/// Whose law governs, and where that stands.
pub(crate) fn law(text: &str, words: &[WordToken]) -> Option<(String, Range<usize>)> {
    let place = phrases(&["governed by the law of"]).find(words)?;
    let rest = &text[words.get(place.end)?.place.start..];
    let rest = rest.strip_prefix("the ").unwrap_or(rest);
    let capital = |word: &&str| word.starts_with(char::is_uppercase) || *word == "of";
    let name = rest.split_whitespace().take_while(capital).collect::<Vec<_>>().join(" ");
    let name = name.trim_end_matches(['.', ',']).to_owned();
    let start = text.len() - rest.len();
    let place = start..start + name.len();
    (!name.is_empty()).then_some((name, place))
}
