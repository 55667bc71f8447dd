//! A text that may be a date, in words and numbers.

use crate::model::calendar::month_number;

/// A period that has a name and is numbered within its year.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum PeriodUnit {
    Quarter,
    Half,
    Week,
}

/// A run of digits or of letters.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum DateWord {
    Number(u32, usize),
    Month(u8),
    PeriodUnit(PeriodUnit),
    Fiscal,
    Ordinal,
}

/// At most six words, each with its place and with what parts it from the one before.
pub(super) struct Tokens {
    pub(super) words: [DateWord; 6],
    pub(super) gaps: [char; 6],
    pub(super) places: [(usize, usize); 6],
    pub(super) count: usize,
}

/// Splits a text that starts at a byte of the whole one; nothing if it cannot be a date.
pub(super) fn tokens(text: &str, start: usize) -> Option<Tokens> {
    let mut out = Tokens { words: [DateWord::Ordinal; 6], gaps: [' '; 6], places: [(0, 0); 6], count: 0 };
    let mut rest = text;
    let mut gap = ' ';
    while let Some(first) = rest.chars().next() {
        if !first.is_ascii_alphanumeric() {
            let parts =
                first.is_whitespace() || (gap == ' ' && matches!(first, '-' | '/' | '.' | ',' | '\'' | '’'));
            if !parts {
                return None;
            }
            if !first.is_whitespace() {
                gap = if first == '’' { '\'' } else { first };
            }
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let number = first.is_ascii_digit();
        let alike = |next: char| if number { next.is_ascii_digit() } else { next.is_ascii_alphabetic() };
        let (head, tail) = rest.split_at(rest.find(|next| !alike(next)).unwrap_or(rest.len()));
        let at = start + text.len() - rest.len();
        rest = tail;
        let fiscal_before = out.count > 0 && out.words[out.count - 1] == DateWord::Fiscal;
        let word = if number {
            DateWord::Number(head.parse().unwrap_or(u32::MAX), head.len())
        } else if is_one_of(head, &["of"]) || (fiscal_before && is_one_of(head, &["year"])) {
            continue;
        } else {
            word(head)?
        };
        *out.words.get_mut(out.count)? = word;
        out.gaps[out.count] = gap;
        out.places[out.count] = (at, at + head.len());
        out.count += 1;
        gap = ' ';
    }
    // What is left over, before or after, is no part of a date.
    (gap == ' ' && matches!(out.gaps[0], ' ' | '\'')).then_some(out)
}

fn word(text: &str) -> Option<DateWord> {
    if let Some(month) = month_number(text) {
        return Some(DateWord::Month(month));
    }
    Some(match text {
        _ if is_one_of(text, &["q", "quarter"]) => DateWord::PeriodUnit(PeriodUnit::Quarter),
        _ if is_one_of(text, &["h", "half"]) => DateWord::PeriodUnit(PeriodUnit::Half),
        _ if is_one_of(text, &["w", "week"]) => DateWord::PeriodUnit(PeriodUnit::Week),
        _ if is_one_of(text, &["fy", "fiscal"]) => DateWord::Fiscal,
        _ if is_one_of(text, &["st", "nd", "rd", "th"]) => DateWord::Ordinal,
        _ => return None,
    })
}

fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}
