//! What is wrong with a text that is no date, and what to write instead.

use std::ops::Range;

use crate::model::calendar::{Calendar, MONTHS};
use crate::model::misread::Misread;
use crate::model::window::{Date, YEARS};
use crate::text::or_list;

use super::{DateUnread, folded, read_iso, read_period, strip_words, whole};

/// Words that name no day, however they are meant, as [`folded`] has them.
const VAGUE: &[&str] = &[
    "soon",
    "asap",
    "as soon as possible",
    "tbd",
    "tba",
    "tbc",
    "later",
    "now",
    "next",
    "shortly",
    "n/a",
    "immediately",
    "eventually",
    "upon release",
    "on release",
    "when available",
    "next week",
    "next month",
    "next quarter",
    "next year",
    "this month",
    "this quarter",
    "this year",
    "month",
    "quarter",
    "year",
    "eom",
    "eoq",
    "eoy",
];

/// Words that blur the date after them, with what to write in place of the two for a whole year.
const BLUR: &[(&[&str], &str)] = &[
    (&["early"], "Q1 "),
    (&["mid"], "end of June "),
    (&["middle", "of"], "end of June "),
    (&["late"], "Q4 "),
    (&["spring"], "Q2 "),
    (&["summer"], "Q3 "),
    (&["autumn"], "Q4 "),
    (&["fall"], "Q4 "),
    (&["winter"], "Q1 "),
    (&["around"], ""),
    (&["about"], ""),
    (&["approximately"], ""),
    (&["circa"], ""),
];

/// Looks at what was no date for what it was meant to be: vague words, a time of day, an open end.
pub(super) fn explain(text: &str, rest: &str, start: usize, calendar: &Calendar) -> DateUnread {
    // What starts with a number starts with none of the words.
    if rest.starts_with(|first: char| first.is_ascii_digit()) {
        return explain_number(text, rest, start);
    }
    let is_vague = |words| VAGUE.contains(&folded(words).collect::<String>().as_str());
    if is_vague(rest) || (rest.len() < text.len() && is_vague(text)) {
        return vague(text).help("write a day such as `2027-03-31`, or a period such as `Q2 2027`").into();
    }
    if let Some(after) = strip_words(rest, &["after"])
        && read_period(after, 0, calendar).is_ok()
    {
        let title = format!("`{}` has no last day", quoted(text));
        let misread = Misread::new(title, "expected a day or a period");
        return misread.help("write the last day that is meant, such as `2027-03-31`").into();
    }
    for (words, instead) in BLUR {
        let Some(window) = strip_words(rest, words).and_then(|date| read_period(date, 0, calendar).ok())
        else {
            continue;
        };
        let year = window.latest.year();
        let whole = whole(year).is_ok_and(|whole| whole == window) && !instead.is_empty();
        let write = if whole { format!("{instead}{year}") } else { window.latest.to_string() };
        return vague(text).help(format!("write a day or a period, such as `{write}`")).into();
    }
    DateUnread::NotADate
}

/// Looks for a time of day after a day.
fn explain_number(text: &str, rest: &str, start: usize) -> DateUnread {
    let day = rest.get(..10).and_then(|day| read_iso(day.as_bytes())).filter(|day| day.is_day());
    if let (Some(day), Some(time)) = (day, rest.get(10..))
        && time.trim_start_matches([' ', 'T', 't']).starts_with(|next: char| next.is_ascii_digit())
        && time.starts_with([' ', 'T', 't'])
    {
        let title = format!("`{}` has a time of day; dates here are whole days", quoted(text));
        let misread = Misread::new(title, "expected the day only");
        return misread
            .part(start + 10..start + rest.len())
            .instead(day.to_string(), format!("write `{day}`"))
            .into();
    }
    DateUnread::NotADate
}

fn vague(text: &str) -> Misread {
    Misread::new(
        format!("`{}` is vague: nobody can tell the day it means", quoted(text)),
        "expected a day or a period",
    )
}

/// A date in numbers whose order depends on who reads it.
pub(super) fn numeric([a, b, c]: [u32; 3], digits: usize, hyphens: bool, text: &str) -> DateUnread {
    let year = |number: u32| if digits == 2 { number + 2000 } else { number };
    let date = |year: u32, month: u32, day: u32| {
        Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
    };
    let short = digits == 2 && hyphens;
    let found = [date(year(c), b, a), date(year(c), a, b), short.then(|| date(year(a), b, c)).flatten()];
    let mut readings: Vec<Date> =
        found.into_iter().flatten().filter(|day| YEARS.contains(&day.year())).collect();
    readings.sort_unstable();
    readings.dedup();
    match readings[..] {
        [] => {
            Misread::new(format!("`{}` is no day", quoted(text)), "neither day and month nor month and day")
                .help("write a day as `2027-03-31`: year, month, day")
                .into()
        }
        [day] => not_iso(text, day.to_string()),
        _ => {
            let days: Vec<String> = readings.iter().map(|day| format!("`{day}`")).collect();
            let title = format!("`{}` is ambiguous: it may be {}", quoted(text), or_list(&days));
            let misread = Misread::new(title, "day first or month first");
            let write = |misread: Misread, day: &Date| {
                misread.instead(day.to_string(), format!("write `{day}`, if that is meant"))
            };
            readings.iter().fold(misread, write).into()
        }
    }
}

pub(super) fn compact(text: &str, number: u32) -> DateUnread {
    let date = (i16::try_from(number / 10_000).ok())
        .zip(i8::try_from(number / 100 % 100).ok())
        .zip(i8::try_from(number % 100).ok())
        .and_then(|((year, month), day)| Date::new(year, month, day).ok());
    date.map_or(DateUnread::NotADate, |day| not_iso(text, day.to_string()))
}

pub(super) fn not_iso(text: &str, reading: String) -> DateUnread {
    let title = format!("`{}` is not written as a date here", quoted(text));
    Misread::new(title, "expected the year first").instead(&reading, format!("write `{reading}`")).into()
}

pub(super) fn no_year(text: &str, month: u8, number: u32) -> DateUnread {
    let name = MONTHS[usize::from(month.clamp(1, 12)) - 1];
    let title = format!("`{}` has no year, or half of one", quoted(text));
    let misread = Misread::new(title, "expected a year of four digits");
    if (10..100).contains(&number) {
        misread.help(format!("write `{name} 20{number}`, or a day such as `2027-{month:02}-01`")).into()
    } else {
        misread.help(format!("write a day such as `2027-{month:02}-01`")).into()
    }
}

pub(super) fn outside(text: &str) -> Misread {
    let title = format!("`{}` lies outside the years {} to {}", quoted(text), YEARS.start(), YEARS.end());
    Misread::new(title, format!("expected a year from {} to {}", YEARS.start(), YEARS.end()))
}

pub(super) fn impossible(
    text: &str,
    what: &str,
    number: u32,
    expected: &str,
    place: Range<usize>,
) -> Misread {
    let title = format!("`{}` is no date: {what} {number}", quoted(text));
    Misread::new(title, format!("expected {expected}")).part(place)
}

/// The start of a text that a title can hold.
pub(in super::super) fn quoted(text: &str) -> String {
    let text = text.trim();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The help that lists the forms of a date.
pub(in super::super) const FORMS: &str = "write a day such as `2027-03-31` or `31 March 2027`, or a period such as `2027-03`, \
     `Q2 2027`, `H1 2027`, `2027`, `FY27-Q1`, `2027-W14` or `end of Q2 2027`";

pub(super) fn not_a_date(text: &str) -> Misread {
    let title = if text.trim().is_empty() {
        "an empty text is no date".to_owned()
    } else {
        format!("`{}` is not a date", quoted(text))
    };
    Misread::new(title, "expected a day or a period").help(FORMS)
}
