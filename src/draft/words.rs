//! The words of a text, with their places in it.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

/// A word or a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct WordToken {
    /// In lower case, without the s of a plural.
    pub(super) stem: String,
    /// Where it stands.
    pub(super) place: Range<usize>,
}

impl WordToken {
    /// Whether it is a word, and no mark.
    pub(super) fn is_word(&self) -> bool {
        self.stem.starts_with(char::is_alphanumeric)
    }
}

/// Takes a text apart. Hyphens part words; points within numbers and apostrophes within words do not.
pub(super) fn tokens(text: &str) -> Vec<WordToken> {
    let mut all = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, first)) = letters.next() {
        if !first.is_alphanumeric() {
            if !first.is_whitespace() && !matches!(first, '-' | '‑' | '–') {
                let end = start + first.len_utf8();
                let stem = match first {
                    '“' | '”' | '„' | '«' | '»' => "\"".to_owned(),
                    '’' | '‘' => "'".to_owned(),
                    other => other.to_string(),
                };
                all.push(WordToken { stem, place: start..end });
            }
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some(&(at, next)) = letters.peek() {
            let after = text[at + next.len_utf8()..].chars().next();
            let before = text[..at].chars().next_back();
            let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
            let joins = match next {
                '.' | ',' => is_digit(before) && is_digit(after),
                '\'' | '’' => after.is_some_and(char::is_alphabetic),
                _ => false,
            };
            if !next.is_alphanumeric() && !joins {
                break;
            }
            end = at + next.len_utf8();
            letters.next();
        }
        all.push(WordToken { stem: stem(&text[start..end]), place: start..end });
    }
    all
}

/// A word in lower case and without the s of a plural.
pub(super) fn stem(word: &str) -> String {
    let lower = word.to_lowercase().replace('’', "'");
    match lower.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'i', 'u', '\'']) => stem.to_owned(),
        _ => lower,
    }
}

/// The stems of a phrase.
pub(super) fn phrase(text: &str) -> Vec<String> {
    tokens(text).into_iter().map(|token| token.stem).collect()
}

/// How many words of a phrase begin at a place, if all do.
pub(super) fn matches_at(tokens: &[WordToken], at: usize, phrase: &[String]) -> bool {
    let end = at + phrase.len();
    !phrase.is_empty()
        && tokens
            .get(at..end)
            .is_some_and(|found| found.iter().zip(phrase).all(|(token, stem)| token.stem == *stem))
}

thread_local! {
    /// The phrases of the rules, which are asked for at each sentence, taken apart once.
    static PHRASES: RefCell<HashMap<&'static str, Rc<[String]>>> = RefCell::default();
}

/// The stems of a phrase of the rules.
pub(super) fn known_phrase(text: &'static str) -> Rc<[String]> {
    PHRASES.with_borrow_mut(|known| Rc::clone(known.entry(text).or_insert_with(|| phrase(text).into())))
}

/// Where a phrase stands.
pub(super) fn find(tokens: &[WordToken], text: &'static str) -> Option<usize> {
    let phrase = known_phrase(text);
    (0..tokens.len()).find(|&at| matches_at(tokens, at, &phrase))
}

/// Whether one of some phrases stands there.
pub(super) fn says(tokens: &[WordToken], phrases: &[&'static str]) -> bool {
    phrases.iter().any(|text| find(tokens, text).is_some())
}

/// Words after which a point ends no sentence.
const ABBREVIATIONS: [&str; 28] = [
    "no", "nos", "inc", "ltd", "co", "corp", "art", "sec", "mr", "mrs", "ms", "dr", "approx", "incl", "vs",
    "st", "e.g", "i.e", "etc", "cf", "al", "nr", "para", "fig", "ver", "max", "min", "dept",
];

/// The sentences of a text, as places in it.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, mark) in text.char_indices().filter(|(_, mark)| matches!(mark, '.' | '?' | '!')) {
        let after = &text[at + 1..];
        let closed = after.trim_start_matches(['"', '”', '’', ')', '\'']);
        let next = closed.trim_start().chars().next();
        let begins = closed.starts_with(char::is_whitespace) && next.is_some_and(|next| !next.is_lowercase());
        let word = text[start..at].rsplit([' ', '(', '“', '"']).next().unwrap_or_default();
        let is_initial = word.chars().count() == 1 && word.starts_with(char::is_uppercase);
        let is_short = ABBREVIATIONS.contains(&word.to_lowercase().as_str()) || (mark == '.' && is_initial);
        if begins && !(mark == '.' && is_short) {
            let end = at + 1 + (after.len() - closed.len());
            all.push(start..end);
            start = end;
        }
    }
    all.push(start..text.len());
    let trimmed = |place: Range<usize>| {
        let part = &text[place.clone()];
        let start = place.start + part.len() - part.trim_start().len();
        start..start + part.trim().len()
    };
    all.into_iter().map(trimmed).filter(|place| !place.is_empty()).collect()
}
