//! The grammar of a written date: a day, a month, a quarter, a half, a year, a fiscal period or an ISO week,
//! or all from one of them to another, behind words such as `end of` and `before`.

mod ends;
mod explain;
mod period;
#[cfg(test)]
mod tests;
mod tokens;
mod typed;
mod words;

use super::calendar::{Calendar, Quarters};
use super::misread::{Misread, ReadError};
use super::number::within;
use super::window::{Date, Window};

use ends::{read_ends, strip_edges};
use explain::{explain, two_quarters};
use typed::typed_for;
use words::{not_a_date, outside};

pub(super) use tokens::ordinal;
pub(super) use typed::{as_typed, is_typed};
pub(super) use words::{FORMS, quoted};

/// Reads a date as the window of days that it may mean.
pub(crate) fn parse_date(text: &str, calendar: &Calendar) -> Result<Window, ReadError> {
    as_typed(text, |text| {
        read_date(text, calendar).map(|date| date.window).map_err(|unread| match unread {
            DateUnread::Wrong(error) => error,
            DateUnread::NotADate => not_a_date(text).into(),
        })
    })
}

/// A date as it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenDate {
    /// The days that it may mean.
    pub(super) window: Window,
    /// What the word before it makes of it as a deadline.
    pub(super) lead: DateLead,
}

/// What the word before a date says of when in it something happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateLead {
    /// By then: there is no word, or one such as `by`.
    By,
    /// At some time in it: `in`, `during`.
    In,
    /// Before it, so that no later day will do.
    Before,
}

/// Why a text was not read as a date.
#[derive(Debug)]
pub(super) enum DateUnread {
    /// It looks like none, and may be something else.
    NotADate,
    /// It was meant as one, and cannot be read.
    Wrong(ReadError),
}

impl From<Misread> for DateUnread {
    fn from(misread: Misread) -> Self {
        Self::Wrong(misread.into())
    }
}

impl DateUnread {
    /// Narrows what is wrong with a part of a text to that part.
    fn within(self, text: &str, part: &str) -> Self {
        match self {
            Self::Wrong(ReadError::Misread(misread)) => within(misread, text, part).into(),
            other => other,
        }
    }
}

/// Words that may stand before a date and before a distance, and leave it as it is. Longer ones before the shorter
/// ones that they start with.
pub(super) const LEADS: &[&[&str]] = &[
    &["on", "or", "before"],
    &["on", "or", "prior", "to"],
    &["no", "later", "than"],
    &["not", "later", "than"],
    &["at", "the", "latest", "by"],
    &["close", "of", "business"],
    &["cob"],
    &["end", "of", "business"],
    &["end", "of", "the", "day"],
    &["end", "of", "day"],
    &["eod"],
    &["by"],
    &["until"],
    &["on"],
    &["the"],
];

/// Words before a period in which something happens.
const IN_LEADS: &[&[&str]] = &[&["in", "the", "course", "of"], &["in"], &["during"], &["within"]];

/// Reads a date, telling apart what is none and what is a wrong one.
pub(super) fn read_date(text: &str, calendar: &Calendar) -> Result<WrittenDate, DateUnread> {
    let trimmed = text.trim();
    if let Some(window) = read_iso(trimmed.as_bytes(), calendar) {
        return Ok(WrittenDate { window, lead: DateLead::By });
    }
    if !calendar.leaves_quarters_open() {
        return read_in(text, trimmed, calendar);
    }
    let [one, other] = [Quarters::Calendar, Quarters::Fiscal]
        .map(|quarters| read_in(text, trimmed, &calendar.with_quarters(quarters)));
    let (one, other) = (one?, other?);
    if one == other { Ok(one) } else { Err(two_quarters(text, one.window, other.window, calendar)) }
}

fn read_in(text: &str, trimmed: &str, calendar: &Calendar) -> Result<WrittenDate, DateUnread> {
    let mut rest = trimmed.strip_suffix(',').unwrap_or(trimmed);
    let (mut is_in, mut is_by) = (false, false);
    if let Some(after) = strip_time(rest) {
        (is_by, rest) = (true, after);
    }
    // Most texts start with a number, and no word does.
    while rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
        let lead = |leads: &[&'static [&'static str]]| {
            leads.iter().find_map(|&words| Some((words, strip_words(rest, words)?)))
        };
        if let Some((words, after)) = lead(LEADS) {
            is_by |= words != ["the"];
            rest = strip_time(after).unwrap_or(after);
        } else if let Some((_, after)) = lead(IN_LEADS) {
            is_in = true;
            rest = after;
        } else {
            break;
        }
    }
    let ended = strip_end(rest);
    let (mut window, is_before) = read_ends(ended, calendar).map_err(|unread| match unread {
        DateUnread::NotADate => {
            let bare = strip_edges(ended);
            explain(trimmed, bare, calendar).within(text, bare)
        }
        wrong => wrong.within(text, ended),
    })?;
    window = window.in_years().ok_or_else(|| outside(trimmed))?;
    let lead = match (is_before, is_in && !is_by) {
        (true, _) => DateLead::Before,
        (false, true) => DateLead::In,
        (false, false) => DateLead::By,
    };
    Ok(WrittenDate { window, lead })
}

/// The text without the words after a date that say no more than that the whole day counts.
fn strip_end(text: &str) -> &str {
    let text = text.trim_end();
    let ends = ["close of business", "end of business", "end of day", "cob", "eod"];
    let stripped = ends.iter().find_map(|end| {
        let (head, tail) = text.split_at_checked(text.len().checked_sub(end.len())?)?;
        let head = tail.eq_ignore_ascii_case(end).then_some(head)?;
        head.ends_with([' ', ',']).then(|| head.trim_end_matches([' ', ',']))
    });
    let at_time = || {
        let (day, time) = [" at ", ", ", " by "].iter().find_map(|before| text.rsplit_once(before))?;
        is_time(time).then_some(day.trim_end_matches([' ', ',']))
    };
    stripped.or_else(at_time).unwrap_or(text)
}

/// The text after a time of day and `on`: of a deadline the whole day counts.
pub(super) fn strip_time(text: &str) -> Option<&str> {
    if !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let (time, day) = text.split_once(" on ")?;
    is_time(time.trim_end_matches([' ', ','])).then(|| day.trim_start())
}

/// Whether a text is a time of day, with or without its zone: `5:00 p.m. CET`. Midnight may be that of either day, and is
/// none.
fn is_time(text: &str) -> bool {
    let number = |text: &str, most: u32| {
        let digits = text.find(|next: char| !next.is_ascii_digit()).unwrap_or(text.len());
        let number = text[..digits].parse().ok().filter(|number: &u32| *number <= most && digits <= 2)?;
        Some((number, text[digits..].to_owned()))
    };
    let Some((hour, rest)) = number(text.trim(), 23) else { return false };
    let (has_minutes, minutes, rest) = match rest.strip_prefix([':', '.']).and_then(|rest| number(rest, 59)) {
        Some((minutes, rest)) => (true, minutes, rest),
        None => (false, 0, rest),
    };
    let rest = rest.trim_start();
    let half = ["a.m.", "am", "p.m.", "pm"].iter().find_map(|half| {
        let (head, tail) = rest.split_at_checked(half.len())?;
        head.eq_ignore_ascii_case(half).then_some((half.starts_with('a'), tail))
    });
    let is_midnight =
        minutes == 0 && hour == 0 || half.is_some_and(|(is_morning, _)| is_morning && hour == 12);
    let zone = half.map_or(rest, |(_, zone)| zone).trim().trim_matches(['(', ')']);
    let is_short = zone.len() <= 5 && zone.bytes().all(|letter| letter.is_ascii_uppercase());
    let is_long = zone.len() <= 40
        && zone.split_whitespace().last().is_some_and(|last| last.eq_ignore_ascii_case("time"))
        && zone.chars().all(|letter| letter.is_alphabetic() || letter == ' ');
    let is_clock = match half {
        Some(_) => (1..=12).contains(&hour),
        None => has_minutes,
    };
    is_clock && !is_midnight && (is_short || is_long)
}

/// The forms that nearly all files use, without a look at anything else.
fn read_iso(text: &[u8], calendar: &Calendar) -> Option<Window> {
    let digit = |at: usize| text.get(at).filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0');
    let two = |at| Some(10 * digit(at)? + digit(at + 1)?);
    let year = || Some(100 * i16::from(two(0)?) + i16::from(two(2)?));
    let window = match text {
        [_, _, _, _, b'-', _, _, b'-', _, _] => {
            let day = Date::new(year()?, i8::try_from(two(5)?).ok()?, i8::try_from(two(8)?).ok()?).ok()?;
            Window::day(day)
        }
        [_, _, _, _, b'-', b'Q' | b'q', quarter @ b'1'..=b'4']
            if calendar.bare_quarters() == Some(Quarters::Calendar) && !calendar.leaves_quarters_open() =>
        {
            Window::months(year()?, (quarter - b'1') * 3 + 1, 3)?
        }
        _ => return None,
    };
    window.in_years()
}

/// The text after some whole words, which blanks or hyphens may part.
pub(super) fn strip_words<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let mut rest = text;
    for word in words {
        let (head, tail) = rest.split_at_checked(word.len())?;
        if !head.eq_ignore_ascii_case(word)
            || tail.starts_with(|next: char| next.is_alphanumeric() || next == '/')
        {
            return None;
        }
        rest = tail.trim_start_matches(|next: char| next == '-' || next.is_whitespace());
    }
    Some(rest)
}

/// Whether two texts are the same words, whatever their case and whether blanks, hyphens or underscores part them.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || folded(one).eq(folded(other))
}

/// The words of a text in lower case, with one blank between them.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    let words = text.split(|c| matches!(typed_for(c), ' ' | '-' | '_')).filter(|word| !word.is_empty());
    words.flat_map(|word| std::iter::once(' ').chain(word.chars().flat_map(char::to_lowercase))).skip(1)
}
