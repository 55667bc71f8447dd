//! A text that may be a date, in words and numbers.

use crate::model::calendar::month_number;

/// A period that has a name and is numbered within its year.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum PeriodUnit {
    Quarter,
    Half,
    Week,
}

/// A number, in digits or as `second`, or a word.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum DateWord {
    /// A number with how many digits it has; an ordinal in words has none.
    Number(u32, usize),
    Month(u8),
    PeriodUnit(PeriodUnit),
}

/// Which year the words of a date name, besides its number.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum YearKind {
    Bare,
    Calendar,
    Fiscal,
}

const MOST: usize = 6;

/// At most six words, each with its place and with what parts it from the one before.
pub(super) struct Tokens {
    pub(super) words: [DateWord; MOST],
    pub(super) gaps: [char; MOST],
    pub(super) places: [(usize, usize); MOST],
    pub(super) count: usize,
    pub(super) year: YearKind,
}

/// A word that is no part of a date by itself, but says how another one is meant.
enum Particle {
    Year(YearKind),
    /// `twenty`, before `first`.
    Tens(u32),
    /// `st`, `nd`, `rd` or `th` after digits.
    Suffix,
    /// `day`, after an ordinal.
    Day,
    /// `of` and `year`.
    Filler,
}

/// Splits a text; nothing if it cannot be a date.
pub(super) fn tokens(text: &str) -> Option<Tokens> {
    let mut out = Tokens {
        words: [DateWord::Number(0, 0); MOST],
        gaps: [' '; MOST],
        places: [(0, 0); MOST],
        count: 0,
        year: YearKind::Bare,
    };
    let mut rest = text;
    let mut gap = ' ';
    // What the word before leaves open, and whether it was an ordinal.
    let (mut tens, mut before_tens, mut is_ordinal) = (None, ' ', false);
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
        let at = text.len() - rest.len();
        rest = tail;
        if let Some(particle) = particle(head).filter(|_| !number) {
            let is_suffix = text[..at].ends_with(|before: char| before.is_ascii_digit())
                && matches!(out.words[..out.count], [.., DateWord::Number(_, 1 | 2)]);
            match particle {
                Particle::Year(kind) if out.year == YearKind::Bare || out.year == kind => out.year = kind,
                Particle::Filler => {}
                Particle::Tens(number) if tens.is_none() => {
                    tens = Some((number, at));
                    before_tens = std::mem::replace(&mut gap, ' ');
                    continue;
                }
                Particle::Suffix if is_suffix => is_ordinal = true,
                Particle::Day if is_ordinal => {}
                _ => return None,
            }
            if tens.is_some() {
                return None;
            }
            continue;
        }
        is_ordinal = !number && ordinal(head).is_some();
        let word = match (tens.take(), number) {
            (None, true) => (DateWord::Number(head.parse().unwrap_or(u32::MAX), head.len()), at),
            (None, false) => (word(head)?, at),
            (Some((tens, at)), _) => {
                gap = before_tens;
                let ones = ordinal(head).filter(|ones| (1..10).contains(ones))?;
                (DateWord::Number(tens + ones, 0), at)
            }
        };
        *out.words.get_mut(out.count)? = word.0;
        out.gaps[out.count] = gap;
        out.places[out.count] = (word.1, at + head.len());
        out.count += 1;
        gap = ' ';
    }
    // What is left over, before or after, is no part of a date.
    (gap == ' ' && tens.is_none() && matches!(out.gaps[0], ' ' | '\'')).then_some(out)
}

fn particle(text: &str) -> Option<Particle> {
    Some(match text {
        _ if is_one_of(text, &["of", "year"]) => Particle::Filler,
        _ if is_one_of(text, &["fy", "fiscal"]) => Particle::Year(YearKind::Fiscal),
        _ if is_one_of(text, &["cy", "calendar"]) => Particle::Year(YearKind::Calendar),
        _ if is_one_of(text, &["st", "nd", "rd", "th"]) => Particle::Suffix,
        _ if is_one_of(text, &["day"]) => Particle::Day,
        _ if is_one_of(text, &["twenty"]) => Particle::Tens(20),
        _ if is_one_of(text, &["thirty"]) => Particle::Tens(30),
        _ => return None,
    })
}

fn word(text: &str) -> Option<DateWord> {
    if let Some(month) = month_number(text) {
        return Some(DateWord::Month(month));
    }
    Some(match text {
        _ if is_one_of(text, &["q", "quarter"]) => DateWord::PeriodUnit(PeriodUnit::Quarter),
        _ if is_one_of(text, &["h", "half"]) => DateWord::PeriodUnit(PeriodUnit::Half),
        _ if is_one_of(text, &["w", "week"]) => DateWord::PeriodUnit(PeriodUnit::Week),
        _ => DateWord::Number(ordinal(text)?, 0),
    })
}

/// A number that counts, as one word.
pub(in super::super) fn ordinal(text: &str) -> Option<u32> {
    let find = |words: &[&str]| {
        let at = words.iter().position(|word| word.eq_ignore_ascii_case(text))?;
        u32::try_from(at + 1).ok()
    };
    find(&ORDINALS).or_else(|| find(&TENTHS).map(|tens| tens * 10))
}

const ORDINALS: [&str; 19] = [
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth",
];

const TENTHS: [&str; 9] = [
    "tenth", "twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth",
    "ninetieth",
];

fn is_one_of(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}
