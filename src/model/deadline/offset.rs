//! How far a deadline lies from its event: `90 days after`, `before`.

use std::fmt;

use crate::model::calendar::Calendar;
use crate::model::date::{quoted, strip_words};
use crate::model::misread::Misread;
use crate::model::spelled::{amount, ordinal};
use crate::model::window::{Date, Window};

/// A unit of the distance from an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OffsetUnit {
    /// A day of the calendar.
    Day,
    /// A day on which business is done.
    BusinessDay,
    /// Seven days.
    Week,
    /// A month, which clamps to the last day of a shorter one.
    Month,
    /// A year, likewise.
    Year,
}

/// How far a deadline lies from its event. In words `90 days after` or `before`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offset {
    /// So much after it; a negative amount lies before it.
    By {
        /// How many.
        amount: i32,
        /// Of what.
        unit: OffsetUnit,
    },
    /// The day before it begins.
    Before,
}

impl Offset {
    /// Whether only business days count.
    pub fn counts_business_days(self) -> bool {
        matches!(self, Self::By { unit: OffsetUnit::BusinessDay, .. })
    }

    /// Whether it lies after the event.
    pub fn is_after(self) -> bool {
        matches!(self, Self::By { amount: 1.., .. })
    }

    /// Whether it lies before the event.
    pub(super) fn is_before(self) -> bool {
        matches!(self, Self::Before | Self::By { amount: ..0, .. })
    }

    /// Both ends moved; nothing outside the years of a date. The day itself does not count, and months are
    /// added once and clamp to the end of the month (German Civil Code, sections 187(1) and 188).
    pub(super) fn shift(self, window: Window, calendar: &Calendar) -> Option<Window> {
        let first = self.day_after(window.earliest, calendar)?;
        // `before Q2` is before its first day: with both ends moved, days within the quarter would count.
        let last = if self.is_before() { first } else { self.day_after(window.latest, calendar)? };
        Window::new(first, last).in_years()
    }

    /// The day that lies so far after another.
    pub fn day_after(self, day: Date, calendar: &Calendar) -> Option<Date> {
        match self {
            Self::By { amount, unit } => unit.add(amount, day, calendar),
            Self::Before => day.yesterday().ok(),
        }
    }

    /// Reads a delay: a number and a unit, such as `10 business days`.
    pub fn parse_delay(text: &str) -> Result<Self, Misread> {
        match distance(text, text.trim())? {
            Some((Some(amount), unit, "")) => Ok(Self::By { amount, unit }),
            _ => {
                let title = format!("`{}` is no length of a delay", quoted(text));
                let label = "expected a number of days, business days, weeks, months or years";
                Err(Misread::new(title, label).help("write how long, such as `10 days`"))
            }
        }
    }

    /// The distance without its direction: `10 days`.
    pub fn length(self) -> String {
        let words = self.to_string();
        let length = words.strip_suffix(" after").or_else(|| words.strip_suffix(" before"));
        length.unwrap_or(&words).to_owned()
    }
}

impl OffsetUnit {
    pub(super) fn add(self, amount: i32, day: Date, calendar: &Calendar) -> Option<Date> {
        match self {
            Self::BusinessDay => calendar.add_business_days(day, amount.into()),
            _ => self.add_days(amount, day),
        }
    }

    /// As [`Self::add`], for all but business days.
    pub(super) fn add_days(self, amount: i32, day: Date) -> Option<Date> {
        // The checked constructors: an amount may be beyond what a span holds.
        let span = jiff::Span::new();
        let span = match self {
            Self::BusinessDay => return None,
            Self::Day => span.try_days(amount),
            Self::Week => span.try_weeks(amount),
            // Months at once, not one after another: 31 January and two months is 31 March, over 28 February it would
            // be 28 March.
            Self::Month => span.try_months(amount),
            Self::Year => span.try_years(amount),
        };
        day.checked_add(span.ok()?).ok()
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::By { amount, unit } = *self else {
            return f.write_str("before");
        };
        let unit = match unit {
            OffsetUnit::Day => "day",
            OffsetUnit::BusinessDay => "business day",
            OffsetUnit::Week => "week",
            OffsetUnit::Month => "month",
            OffsetUnit::Year => "year",
        };
        let direction = if amount < 0 { "before" } else { "after" };
        let amount = amount.unsigned_abs();
        let plural = if amount == 1 { "" } else { "s" };
        write!(f, "{amount} {unit}{plural} {direction}")
    }
}

const UNITS: &[(&[&str], OffsetUnit)] = &[
    (&["business", "days"], OffsetUnit::BusinessDay),
    (&["business", "day"], OffsetUnit::BusinessDay),
    (&["working", "days"], OffsetUnit::BusinessDay),
    (&["working", "day"], OffsetUnit::BusinessDay),
    (&["calendar", "days"], OffsetUnit::Day),
    (&["calendar", "day"], OffsetUnit::Day),
    (&["calendar", "weeks"], OffsetUnit::Week),
    (&["calendar", "week"], OffsetUnit::Week),
    (&["calendar", "months"], OffsetUnit::Month),
    (&["calendar", "month"], OffsetUnit::Month),
    (&["days"], OffsetUnit::Day),
    (&["day"], OffsetUnit::Day),
    (&["weeks"], OffsetUnit::Week),
    (&["week"], OffsetUnit::Week),
    (&["months"], OffsetUnit::Month),
    (&["month"], OffsetUnit::Month),
    (&["years"], OffsetUnit::Year),
    (&["year"], OffsetUnit::Year),
];

/// How many of a unit a text begins with, and what follows.
pub(super) type LeadingDistance<'a> = (Option<i32>, OffsetUnit, &'a str);

/// No distance between two dates has more days than this.
const MOST: u32 = 200_000;

/// A number that can lead to a date.
fn within_reach(number: Option<u32>) -> Option<i32> {
    number.filter(|number| *number <= MOST).and_then(|number| i32::try_from(number).ok())
}

/// A number and a unit, with what follows; no number where it is too big to lead to a date.
pub(super) fn distance<'a>(whole: &str, text: &'a str) -> Result<Option<LeadingDistance<'a>>, Misread> {
    let which = strip_words(text, &["the"]).unwrap_or(text);
    if let Some((amount, rest)) = ordinal(whole, which)? {
        // The third month after something is none that is over by then: only days are counted so.
        let rest = rest.trim_start_matches(|next: char| next == '-' || next.is_whitespace());
        let day = UNITS.iter().filter(|(words, _)| words.last() == Some(&"day"));
        let mut found =
            day.filter_map(|&(words, unit)| Some((within_reach(amount), unit, strip_words(rest, words)?)));
        if let Some(found) = found.next() {
            return Ok(Some(found));
        }
    }
    let article = || ["an", "a", "the"].iter().find_map(|word| Some((Some(1), strip_words(text, &[word])?)));
    let Some((amount, rest)) = amount(whole, text)?.or_else(article) else { return Ok(None) };
    let rest = rest.trim_start_matches(|next: char| next == '-' || next.is_whitespace());
    Ok(UNITS.iter().find_map(|&(words, unit)| Some((within_reach(amount), unit, strip_words(rest, words)?))))
}
