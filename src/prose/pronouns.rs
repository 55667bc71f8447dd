//! Sentences that go on with what the one before them promises: "It shall also run offline."

use std::sync::Arc;

use super::statement::{Form, Statement};
use super::verbs::OBLIGES_THINGS;
use super::words::{phrases, tokens};

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

/// The longest sentence that a pronoun is looked up in, in bytes.
const LONGEST: usize = 1000;

/// How many words at the beginning of some words are a pronoun, with a verb behind it that obliges a thing; 0 for none.
fn pronoun(text: &str) -> usize {
    // Most sentences begin otherwise: a quick look spares taking them apart.
    if !["It", "Th", "Such "].iter().any(|begins| text.starts_with(begins)) {
        return 0;
    }
    /// The letters that the pronoun and the verb have at most.
    const BEGINNING: usize = 60;
    let end = (0..=BEGINNING.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    let words = tokens(&text[..end]);
    let length = phrases(PRONOUNS).at(&words, 0).unwrap_or(0);
    if phrases(OBLIGES_THINGS).at(&words, length).is_some() { length } else { 0 }
}

impl Statement {
    /// How many of its words are a pronoun for what the sentence before it is about; 0 for none.
    pub(super) fn pronoun(&self) -> usize {
        if self.about.is_some() { pronoun(&self.text) } else { 0 }
    }
}

/// Ties sentences that begin with a pronoun to the sentence before them, or to what that one is about.
pub(super) fn tie(statements: &mut [Statement]) {
    for at in 1..statements.len() {
        let (before, rest) = statements.split_at_mut(at);
        let (before, this) = (&before[at - 1], &mut rest[0]);
        let is_prose = |it: &Statement| matches!(it.form, Form::Sentence | Form::Item);
        if is_prose(this) && is_prose(before) && before.text.len() <= LONGEST && pronoun(&this.text) > 0 {
            this.about = before.about.clone().or_else(|| Some(Arc::new(before.clone())));
        }
    }
}
