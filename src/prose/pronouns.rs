//! Sentences that go on with what the one before them promises: "It shall also run offline."

use super::verbs::OBLIGES_THINGS;
use super::words::{phrases, says, tokens};

/// What such a sentence begins with, and what may stand between that and its verb.
const PRONOUNS: &[&str] = &[
    "it",
    "they",
    "these",
    "this",
    "this feature",
    "this function",
    "this module",
    "such feature",
    "such function",
    "such module",
    "the feature",
    "the function",
    "the module",
];

/// How many words at the beginning of some words are a pronoun, with a verb behind it that obliges a thing; 0 for none.
pub(super) fn pronoun(text: &str) -> usize {
    // Most sentences begin otherwise: a quick look spares taking them apart.
    if !["It", "Th", "Such "].iter().any(|begins| text.starts_with(begins)) {
        return 0;
    }
    /// The letters that the pronoun and the verb have at most.
    const BEGINNING: usize = 60;
    let end = (0..=BEGINNING.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let words = tokens(&text[..end]);
    let length = phrases(PRONOUNS).at(&words, 0).unwrap_or(0);
    let Some(modal) = phrases(OBLIGES_THINGS).at(&words, length) else { return 0 };
    // Who informs is a party.
    let behind = words.get(length + modal..).unwrap_or_default();
    if says(&behind[..behind.len().min(2)], &["notify", "inform", "pay", "invoice", "bear"]) {
        0
    } else {
        length
    }
}
