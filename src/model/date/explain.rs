//! What a text was meant to be that is no date, or more than one, and what to write instead.

use crate::model::calendar::{Calendar, Quarters};
use crate::model::misread::Misread;
use crate::model::window::{Date, Window};

use super::ends::read_ends;
use super::period::{read_period, whole};
use super::words::quoted;
use super::{DateUnread, folded, read_in, strip_words};

/// Words that name no day, however they are meant, as [`folded`] has them.
const VAGUE: &[&str] = &[
    "soon", "asap", "as soon as possible", "tbd", "tba", "tbc", "later", "now", "next", "shortly", "n/a",
    "immediately", "eventually", "upon release", "on release", "when available", "next week", "next month",
    "next quarter", "next year", "this month", "this quarter", "this year", "month", "quarter", "year",
    "eom", "eoq", "eoy",
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
    (&["or", "about"], ""),
    (&["around"], ""),
    (&["about"], ""),
    (&["approximately"], ""),
    (&["circa"], ""),
];

/// Looks at what was no date for what it was meant to be: vague words, a time of day, an open end.
pub(super) fn explain(text: &str, rest: &str, calendar: &Calendar) -> DateUnread {
    // What starts with a number starts with none of the words.
    if rest.starts_with(|first: char| first.is_ascii_digit()) {
        return explain_number(text, rest);
    }
    let is_vague = |words| VAGUE.contains(&folded(words).collect::<String>().as_str());
    if is_vague(rest) || (rest.len() < text.len() && is_vague(text)) {
        return vague(text).help("write a day such as `2027-03-31`, or a period such as `Q2 2027`").into();
    }
    if let Some(after) = strip_words(rest, &["after"])
        && read_ends(after, calendar).is_ok()
    {
        let title = format!("`{}` has no last day", quoted(text));
        let misread = Misread::new(title, "expected a day or a period");
        return misread.help("write the last day that is meant, such as `2027-03-31`").into();
    }
    for (words, instead) in BLUR {
        let Some(window) = strip_words(rest, words).and_then(|date| read_period(date, calendar).ok()) else {
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
fn explain_number(text: &str, rest: &str) -> DateUnread {
    let day = rest.get(..10).and_then(|day| day.parse::<Date>().ok());
    if let (Some(day), Some(time)) = (day, rest.get(10..))
        && time.trim_start_matches([' ', 'T', 't']).starts_with(|next: char| next.is_ascii_digit())
        && time.starts_with([' ', 'T', 't'])
    {
        let title = format!("`{}` has a time of day; dates here are whole days", quoted(text));
        let misread = Misread::new(title, "expected the day only");
        return misread.part(10..rest.len()).instead(day.to_string(), format!("write `{day}`")).into();
    }
    DateUnread::NotADate
}

fn vague(text: &str) -> Misread {
    Misread::new(
        format!("`{}` is vague: nobody can tell the day it means", quoted(text)),
        "expected a day or a period",
    )
}

/// The problem of a quarter or half that may be of the calendar or the fiscal year.
pub(super) fn two_quarters(
    text: &str,
    by_calendar: Window,
    by_fiscal: Window,
    calendar: &Calendar,
) -> DateUnread {
    let title = format!("`{}` may be of the calendar year or of the fiscal year", quoted(text));
    let readings = [("CY", "calendar", by_calendar), ("FY", "fiscal", by_fiscal)];
    let misread =
        readings.into_iter().fold(Misread::new(title, "two readings"), |misread, (mark, year, window)| {
            let written = with_year_marked(text.trim(), mark)
                .filter(|written| {
                    [Quarters::Calendar, Quarters::Fiscal].into_iter().all(|quarters| {
                        let calendar = calendar.with_quarters(quarters);
                        read_in(written, written, &calendar).is_ok_and(|date| date.window == window)
                    })
                })
                .unwrap_or_else(|| window.to_string());
            let help = format!("write `{written}` for {window}, by the {year} year");
            misread.instead(written, help)
        });
    let settings = "or say how all are read: `quarters = \"calendar\"` or `\"fiscal\"` in dealcheck.toml";
    misread.help(settings).into()
}

/// A text with letters before its years, which are its numbers of four digits, or where there are none, of two.
fn with_year_marked(text: &str, mark: &str) -> Option<String> {
    [4, 2].into_iter().find_map(|digits| {
        let mut out = String::new();
        let mut is_marked = false;
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let end = rest.find(|next: char| next.is_ascii_digit() != first.is_ascii_digit());
            let (run, tail) = rest.split_at(end.unwrap_or(rest.len()));
            if first.is_ascii_digit() && run.len() == digits {
                is_marked = true;
                out.truncate(out.trim_end_matches(['\'', '’']).len());
                if out.ends_with(|before: char| before.is_alphanumeric()) {
                    out.push(' ');
                }
                out.push_str(mark);
            }
            out.push_str(run);
            rest = tail;
        }
        is_marked.then_some(out)
    })
}
