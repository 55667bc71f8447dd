//! A date as a window of days, and distances between days.

use std::fmt;
use std::ops::RangeInclusive;

/// A day of the civil calendar, with no time and no zone.
pub type Date = jiff::civil::Date;

/// The years a date may lie in; any other is a slip of the hand.
// Also what bounds loops over days: no date in a file leads further.
pub(crate) const YEARS: RangeInclusive<i16> = 1900..=2199;

/// The days that a date may mean, from the earliest to the latest; a day is a window of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    /// The first day; never after `latest`.
    pub earliest: Date,
    /// The last day.
    pub latest: Date,
}

impl Window {
    /// The window of one day.
    pub fn day(day: Date) -> Self {
        Self { earliest: day, latest: day }
    }

    /// The window between two days, both included, in whichever order they come.
    pub fn new(one: Date, other: Date) -> Self {
        Self { earliest: one.min(other), latest: one.max(other) }
    }

    /// Whether it is a single day.
    pub fn is_day(self) -> bool {
        self.earliest == self.latest
    }

    /// Whether its latest day is before today.
    pub fn has_passed(self, today: Date) -> bool {
        self.latest < today
    }

    /// Whether every day of the other window is one of this.
    pub fn contains(self, other: Self) -> bool {
        self.earliest <= other.earliest && other.latest <= self.latest
    }

    /// Whether both may be the same day.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.earliest <= other.latest && other.earliest <= self.latest
    }

    /// The later of two windows, end by end.
    pub(crate) fn later(self, other: Self) -> Self {
        Self { earliest: self.earliest.max(other.earliest), latest: self.latest.max(other.latest) }
    }

    /// The earlier of two windows, end by end.
    pub(super) fn earlier(self, other: Self) -> Self {
        Self { earliest: self.earliest.min(other.earliest), latest: self.latest.min(other.latest) }
    }

    /// Whole months from the first of a month on; nothing for a month that does not exist.
    pub(super) fn months(year: i16, first: u8, count: u8) -> Option<Self> {
        let month = |number: u8| Date::new(year, i8::try_from(number).ok()?, 1).ok();
        let last = first.checked_add(count)?.checked_sub(1)?;
        Some(Self::new(month(first)?, month(last)?.last_of_month()))
    }

    /// The window, if all of it lies in [`YEARS`].
    pub(super) fn in_years(self) -> Option<Self> {
        (YEARS.contains(&self.earliest.year()) && YEARS.contains(&self.latest.year())).then_some(self)
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_day() {
            write!(f, "{}", self.latest)
        } else {
            write!(f, "{} to {}", self.earliest, self.latest)
        }
    }
}

/// A day later or earlier; none beyond the calendar.
pub(crate) fn add_days(day: Date, days: i64) -> Option<Date> {
    day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

/// The quarter of the calendar that a day lies in: `2027-Q1`.
pub(crate) fn quarter(day: Date) -> String {
    format!("{}-Q{}", day.year(), (day.month() + 2) / 3)
}

/// The days from one day to another: positive when the second is later.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    // Civil days have 24 hours each, so the division is exact.
    from.duration_until(to).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn windows_print_and_pass() {
        let quarter = Window::new(date(2027, 6, 30), date(2027, 4, 1));
        assert_eq!(quarter.to_string(), "2027-04-01 to 2027-06-30");
        assert_eq!(Window::day(date(2027, 3, 31)).to_string(), "2027-03-31");
        assert!(!quarter.has_passed(date(2027, 6, 30)));
        assert!(quarter.has_passed(date(2027, 7, 1)));
    }

    #[test]
    fn distances_have_a_sign() {
        assert_eq!(days_between(date(2026, 3, 31), date(2026, 6, 29)), 90);
        assert_eq!(days_between(date(2027, 1, 1), date(2026, 12, 31)), -1);
        assert_eq!(days_between(date(1900, 1, 1), date(2199, 12, 31)), 109_572);
    }
}
