//! What is wrong with a text that is no date.

use std::ops::Range;

use crate::model::calendar::MONTHS;
use crate::model::misread::Misread;
use crate::model::window::{Date, Window, YEARS};
use crate::text::{in_backticks, or_list};

use super::DateUnread;

/// A date in numbers, the year last. Where its order depends on who reads it, it is none.
pub(super) fn numeric(
    [a, b, c]: [u32; 3],
    digits: usize,
    hyphens: bool,
    text: &str,
) -> Result<Window, DateUnread> {
    let year = |number: u32| if digits == 2 { number + 2000 } else { number };
    let date = |year: u32, month: u32, day: u32| {
        Date::new(year.try_into().ok()?, month.try_into().ok()?, day.try_into().ok()?).ok()
    };
    // `27-03-31` may be the ISO form without its century.
    let short = digits == 2 && hyphens;
    let found = [date(year(c), b, a), date(year(c), a, b), short.then(|| date(year(a), b, c)).flatten()];
    let mut readings: Vec<Date> =
        found.into_iter().flatten().filter(|day| YEARS.contains(&day.year())).collect();
    readings.sort_unstable();
    readings.dedup();
    Err(match readings[..] {
        [] => {
            Misread::new(format!("`{}` is no day", quoted(text)), "neither day and month nor month and day")
                .help("write a day as `2027-03-31`: year, month, day")
                .into()
        }
        // `31.03.2027` and `05.05.2027` are one day, whoever reads them.
        [day] if digits == 4 => return Ok(Window::day(day)),
        [day] => not_iso(text, day.to_string()),
        _ => {
            let days = in_backticks(&readings);
            let title = format!("`{}` is ambiguous: it may be {}", quoted(text), or_list(&days));
            let misread = Misread::new(title, "day first or month first");
            let write = |misread: Misread, day: &Date| {
                misread.instead(day.to_string(), format!("write `{day}`, if that is meant"))
            };
            readings.iter().fold(misread, write).into()
        }
    })
}

/// What ends before it begins.
pub(super) fn backwards(text: &str, first: Window, last: Window) -> DateUnread {
    let title = format!("`{}` ends before it begins", quoted(text));
    let misread = Misread::new(title, format!("begins {}, ends {}", first.earliest, last.latest));
    let turned = Window::new(first.earliest.min(last.earliest), first.latest.max(last.latest));
    misread
        .help("give each end its own year, such as `November 2026 to February 2027`")
        .instead(turned.to_string(), format!("write `{turned}` if the ends are the wrong way round"))
        .into()
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
