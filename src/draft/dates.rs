//! The days that a sentence names, read by the model's own parser.

use std::ops::Range;

use crate::model::calendar::Calendar;
use crate::model::deadline::{Deadline, DueDay, DueExpr, EventDate, Events, is_one_number};
use crate::model::window::{Date, Window};

use super::words::{WordToken, known_phrase, matches_at, tokens};

/// The most words of a date.
const LONGEST: usize = 18;

/// A day, a period or a distance that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedDate {
    /// Which words.
    pub(super) words: Range<usize>,
    /// As a contract file writes it.
    pub(super) written: String,
    pub(super) window: Window,
    /// What the words before it make of it.
    pub(super) role: DateRole,
    /// The event it hangs on, for which the document gives no day.
    pub(super) waits_for: Option<&'static str>,
}

/// What a date is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateRole {
    /// `by`, `no later than`, `within`, `in`: the day by which.
    Deadline,
    /// `from`: the day on which something is there.
    From,
    /// `until`: how long it holds.
    Until,
    /// `dated`, `as of`: the day of something else.
    Reference,
    /// Nothing stands before it.
    Bare,
}

/// What stands before a date, the longer before what it begins with.
const LEADS: &[(&str, DateRole)] = &[
    ("no later than", DateRole::Deadline),
    ("not later than", DateRole::Deadline),
    ("on or before", DateRole::Deadline),
    ("at the latest by", DateRole::Deadline),
    ("at the latest on", DateRole::Deadline),
    ("at the latest", DateRole::Deadline),
    ("in the course of", DateRole::Deadline),
    ("prior to", DateRole::Deadline),
    ("by", DateRole::Deadline),
    ("before", DateRole::Deadline),
    ("within", DateRole::Deadline),
    ("in", DateRole::Deadline),
    ("during", DateRole::Deadline),
    ("on", DateRole::Deadline),
    ("at", DateRole::Deadline),
    ("upon", DateRole::Deadline),
    ("starting from", DateRole::From),
    ("starting on", DateRole::From),
    ("starting", DateRole::From),
    ("beginning on", DateRole::From),
    ("with effect from", DateRole::From),
    ("as from", DateRole::From),
    ("from", DateRole::From),
    ("until", DateRole::Until),
    ("through", DateRole::Until),
    ("till", DateRole::Until),
    ("dated as of", DateRole::Reference),
    ("dated", DateRole::Reference),
    ("as of", DateRole::Reference),
    ("since", DateRole::Reference),
    ("made on", DateRole::Reference),
];

/// Words of contracts for the day of signature; what a document calls itself stands after `this`.
const SIGNING: [&str; 14] = [
    "the date of this",
    "date of this",
    "the date hereof",
    "date hereof",
    "signature of this",
    "the signature of this",
    "the signing of this",
    "signing of this",
    "execution of this",
    "the execution of this",
    "the effective date of this",
    "the effective date",
    "effective date",
    "the date of signature of this",
];

/// What contracts call themselves.
const DOCUMENTS: [&str; 14] = [
    "order form",
    "agreement",
    "contract",
    "statement of work",
    "letter",
    "order",
    "sow",
    "master agreement",
    "amendment",
    "addendum",
    "exhibit",
    "schedule",
    "offer",
    "services agreement",
];

/// The dates of a text, in its order.
pub(super) fn dates(text: &str, words: &[WordToken], events: &Events, calendar: &Calendar) -> Vec<NamedDate> {
    let mut all: Vec<NamedDate> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match date_at(text, words, at, events, calendar) {
            Some(date) => {
                at = date.words.end;
                all.push(date);
            }
            None => at += 1,
        }
    }
    all
}

/// The day that a cell of a table names, all of it.
pub(super) fn whole(text: &str, events: &Events, calendar: &Calendar) -> Option<NamedDate> {
    let words = tokens(text);
    let date = date_at(text, &words, 0, events, calendar)?;
    (date.words.end == words.len()).then_some(date)
}

fn date_at(
    text: &str,
    words: &[WordToken],
    at: usize,
    events: &Events,
    calendar: &Calendar,
) -> Option<NamedDate> {
    let lead = LEADS.iter().find(|(lead, _)| matches_at(words, at, &known_phrase(lead)));
    let (role, start) = match lead {
        Some((lead, role)) => (*role, at + known_phrase(lead).len()),
        None => (DateRole::Bare, at),
    };
    let first = words.get(start)?;
    // A date without a word before it begins with a number or the name of a period.
    let may_begin = lead.is_some()
        || first.stem.starts_with(|letter: char| letter.is_ascii_digit())
        || [
            "end", "first", "second", "third", "fourth", "last", "q1", "q2", "q3", "q4", "h1", "h2", "eoy",
            "fy", "quarter", "calendar", "mid", "year", "thirty", "sixty", "ninety", "ten", "five", "two",
            "three", "six", "twelve",
        ]
        .contains(&first.stem.as_str())
        || MONTHS.iter().any(|month| first.stem.starts_with(month));
    if !may_begin {
        return None;
    }
    // The lead is a part of some forms: "within 30 days of", "before Q3".
    let lead_words = lead.map_or("", |(lead, _)| lead);
    let most = (start + LONGEST).min(words.len());
    for end in (start + 1..=most).rev() {
        if !words[end - 1].is_word() && words[end - 1].stem != ")" {
            continue;
        }
        let slice = plain(&text[words[start].place.start..words[end - 1].place.end]);
        let (written, expression) = match lead_words {
            "within" => {
                let spelled = format!("within {slice}");
                let after = spelled.clone();
                (after.trim_start_matches("within ").replacen(" of ", " after ", 1), spelled)
            }
            "before" | "prior to" => (format!("before {slice}"), format!("before {slice}")),
            _ => (slice.clone(), slice.clone()),
        };
        // An event by itself is a day only behind a word that says so.
        let is_counted = slice.bytes().any(|byte| byte.is_ascii_digit());
        if !is_counted && role == DateRole::Bare {
            continue;
        }
        if let Some((deadline, waits_for)) = resolve(&expression, events, calendar) {
            let written = if is_a_date(&deadline) && deadline.window.is_day() {
                deadline.window.latest.to_string()
            } else if resolve(&written, events, calendar)
                .is_some_and(|(again, _)| again.window == deadline.window)
            {
                written
            } else {
                expression
            };
            // What lies in a period has one reading: its last day.
            let is_in = matches!(lead_words, "in" | "during" | "in the course of");
            let (window, written) = match is_a_date(&deadline) && is_in {
                true => (Window::day(deadline.window.latest), deadline.window.latest.to_string()),
                false => (deadline.window, written),
            };
            return Some(NamedDate { words: at..end, written, window, role, waits_for });
        }
    }
    None
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Whether a deadline counts from no event.
fn is_a_date(deadline: &Deadline) -> bool {
    deadline.anchors().next().is_none()
}

/// The days of a text; where the only thing that lacks is the day of signing, those that it would have, and its name.
fn resolve(text: &str, events: &Events, calendar: &Calendar) -> Option<(Deadline, Option<&'static str>)> {
    let expression = DueExpr::parse(text, calendar).ok()?;
    if let Ok(DueDay::On(deadline)) = expression.resolve(text, events, calendar) {
        return Some((deadline, None));
    }
    let mut supposed = Events::new();
    supposed.push("signing", EventDate::Known(Window::day(Date::constant(2027, 1, 1))));
    match expression.resolve(text, &supposed, calendar) {
        Ok(DueDay::On(deadline)) => Some((deadline, Some("signing"))),
        _ => None,
    }
}

/// A text without what only lawyers write: `thirty (30) days after the date of this Order Form` is
/// `30 days after signing`.
fn plain(text: &str) -> String {
    let words = tokens(text);
    // The words that stay, each behind what parts it from the one before.
    let mut kept: Vec<String> = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while at < words.len() {
        let word = &words[at];
        let gap = if kept.is_empty() { "" } else { &text[from..word.place.start] };
        let is_digits =
            |at: usize| words.get(at).is_some_and(|word| word.stem.bytes().all(|byte| byte.is_ascii_digit()));
        let is_mark = |at: usize, mark: &str| words.get(at).is_some_and(|word| word.stem == mark);
        let (end, written) = if is_mark(at, "(") && is_digits(at + 1) && is_mark(at + 2, ")") {
            let digits = &text[words[at + 1].place.clone()];
            let last = kept.len();
            let is_number = |from: &usize| is_one_number(kept[*from..].concat().trim());
            // No number is so long in words; to look further would cost the square of a sentence.
            let said = (last.saturating_sub(12)..last).find(is_number).unwrap_or(last);
            // What says two numbers stays as it is, and is read as neither.
            if said < last && !is_one_number(&format!("{} ({digits})", kept[said..].concat().trim())) {
                (at + 1, text[word.place.clone()].to_owned())
            } else {
                kept.truncate(said);
                (at + 3, digits.to_owned())
            }
        } else if let Some(end) = signing(&words, at) {
            (end, "signing".to_owned())
        } else {
            (at + 1, text[word.place.clone()].to_owned())
        };
        let gap = if kept.is_empty() { "" } else { gap };
        kept.push(format!("{gap}{written}"));
        from = words[end - 1].place.end;
        at = end;
    }
    kept.concat().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where the words for the day of signature end, if they begin here.
fn signing(words: &[WordToken], at: usize) -> Option<usize> {
    let longest = |names: &[&'static str], at: usize| {
        names
            .iter()
            .map(|name| known_phrase(name))
            .filter(|name| matches_at(words, at, name))
            .max_by_key(|name| name.len())
    };
    let found = longest(&SIGNING, at)?;
    let end = at + found.len();
    match found.last().is_some_and(|word| word == "this") {
        true => Some(end + longest(&DOCUMENTS, end)?.len()),
        false => Some(end),
    }
}

/// A quantity as the model reads it: `at least ten (10) years` is `at least 10 years`.
pub(super) fn plain_quantity(text: &str) -> String {
    plain(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lawyers_words_are_taken_away() {
        for (text, expected) in [
            ("one hundred and eighty (180) days after the date of this Order Form", "180 days after signing"),
            ("at least ten (10) years", "at least 10 years"),
            ("thirty (30) days of the Effective Date", "30 days of signing"),
            ("26 February 2027", "26 February 2027"),
            ("thirty (300) days after signing", "thirty (300) days after signing"),
            ("and ninety (60) days", "and ninety (60) days"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }
}
