//! What a company counts its days by: its fiscal year, its holidays, and how it reads a bare period.

use std::borrow::Cow;
use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Weekday;

use crate::input::decode::Field;
use crate::text::nearest;

use super::misread::Misread;
use super::window::{Date, Window};

/// The settings that decide how a date is read. With a broken one nothing is read that it decides: with the
/// default in its place, contracts would be held to days that nobody meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// The fiscal year, if it was configured.
    pub fiscal_year: Field<FiscalYear>,
    /// Days that are no business days, besides Saturdays and Sundays.
    pub holidays: Field<BTreeSet<Date>>,
    /// How a deadline that is a period is read.
    pub bare_period: Field<BarePeriod>,
    /// Which year a quarter or half is of that does not say so.
    pub quarters: Field<Quarters>,
    /// What becomes of a deadline on a day that is no business day.
    pub weekend: Field<Weekend>,
}

/// Which year a quarter or half such as `Q2 2027` is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quarters {
    /// The calendar year.
    Calendar,
    /// The fiscal year of that number.
    Fiscal,
}

/// What becomes of a deadline on a Saturday, a Sunday or a holiday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weekend {
    /// It stays where it is.
    #[default]
    Stay,
    /// It is the next business day (German Civil Code, section 193).
    NextBusinessDay,
}

/// How a deadline such as `Q3 2027` is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BarePeriod {
    /// It may mean the first day as well as the last.
    #[default]
    Cautious,
    /// It means the last day.
    End,
}

/// Which calendar year gives a fiscal year its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedBy {
    /// The one it starts in.
    Start,
    /// The one it ends in.
    End,
}

/// A fiscal year that starts with a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FiscalYear {
    start_month: u8,
    named_by: NamedBy,
}

impl Calendar {
    /// Whether it is a working day: neither a Saturday, nor a Sunday, nor a holiday, as in Regulation (EEC,
    /// Euratom) No 1182/71, article 2(2).
    fn is_business_day(&self, day: Date) -> bool {
        let is_holiday = self.holidays.given().is_some_and(|holidays| holidays.contains(&day));
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday
    }

    /// The day a number of business days after another, or before it when negative; nothing where that leaves
    /// the years a date may lie in. The day itself does not count (Regulation 1182/71, article 3(1); US
    /// Federal Rules of Civil Procedure, rule 6(a)(1)(A)).
    pub fn add_business_days(&self, day: Date, number: i64) -> Option<Date> {
        let mut day = day;
        let mut left = number.unsigned_abs();
        while left > 0 {
            day = if number > 0 { day.tomorrow() } else { day.yesterday() }.ok()?;
            // Ends the loop: `999999999 business days` would otherwise go through all of them.
            Window::day(day).in_years()?;
            left -= u64::from(self.is_business_day(day));
        }
        Some(day)
    }

    /// The calendar by which the days of events are counted, which no weekend moves.
    pub fn of_events(&self) -> Cow<'_, Self> {
        match self.weekend {
            // Section 193 moves the day on which something is owed, not the days from which it is counted.
            Field::Absent => Cow::Borrowed(self),
            Field::Given(_) | Field::Broken => Cow::Owned(Self { weekend: Field::Absent, ..self.clone() }),
        }
    }

    /// A deadline as `weekend` moves it off days without business; none where the setting or the holidays could not
    /// be read.
    pub fn off_weekend(&self, window: Window) -> Option<Window> {
        match self.weekend {
            Field::Broken => None,
            Field::Absent | Field::Given(Weekend::Stay) => Some(window),
            Field::Given(Weekend::NextBusinessDay) if self.holidays.is_broken() => None,
            Field::Given(Weekend::NextBusinessDay) => {
                // A day that stays one leaves the years a date may lie in.
                let moved = |day: Date| match self.is_business_day(day) {
                    true => day,
                    false => self.add_business_days(day, 1).unwrap_or(day),
                };
                Some(Window::new(moved(window.earliest), moved(window.latest)))
            }
        }
    }

    /// Which year a quarter or half is of that does not say so; none where nobody knows.
    pub fn bare_quarters(&self) -> Option<Quarters> {
        match (&self.quarters, &self.fiscal_year) {
            (Field::Given(quarters), _) => Some(*quarters),
            (Field::Broken, _) | (Field::Absent, Field::Broken) => None,
            // Where a fiscal year is moved and nothing is set, the reader of dates asks instead: see
            // `leaves_quarters_open`.
            (Field::Absent, Field::Absent | Field::Given(_)) => Some(Quarters::Calendar),
        }
    }

    /// Whether a quarter may be of two years, and no setting decides.
    pub fn leaves_quarters_open(&self) -> bool {
        let is_moved = self.fiscal_year.given().is_some_and(|year| year.start_month > 1);
        is_moved && self.quarters.is_absent()
    }

    /// The calendar with that setting.
    #[must_use]
    pub fn with_quarters(&self, quarters: Quarters) -> Self {
        Self { quarters: Field::Given(quarters), ..self.clone() }
    }

    /// A deadline or an event as `bare-period` reads it: a period may be its last day. None where the setting could
    /// not be read.
    pub fn reading(&self, window: Window) -> Option<Window> {
        match self.bare_period {
            _ if window.is_day() => Some(window),
            Field::Broken => None,
            Field::Absent | Field::Given(BarePeriod::Cautious) => Some(window),
            Field::Given(BarePeriod::End) => Some(Window::day(window.latest)),
        }
    }
}

impl FiscalYear {
    /// A fiscal year from its first month (1 to 12); nothing for another number.
    pub fn new(start_month: u8, named_by: NamedBy) -> Option<Self> {
        (1..=12).contains(&start_month).then_some(Self { start_month, named_by })
    }

    /// The first month, 1 to 12.
    pub fn start_month(self) -> u8 {
        self.start_month
    }

    /// Which calendar year gives it its number.
    pub fn named_by(self) -> NamedBy {
        self.named_by
    }

    /// The whole fiscal year of a number. One that starts in January is the calendar year, however named.
    pub fn year(self, number: i16) -> Option<Window> {
        self.months(number, 0, 12)
    }

    /// Some months of the fiscal year of a number, after those to skip.
    pub(super) fn months(self, number: i16, skip: u8, count: u8) -> Option<Window> {
        let year = match self.named_by {
            // FY27 that starts in February 2026 and ends in January 2027; one from January starts and ends in its own
            // year.
            NamedBy::End if self.start_month > 1 => number.checked_sub(1)?,
            NamedBy::Start | NamedBy::End => number,
        };
        let start = Date::new(year, i8::try_from(self.start_month).ok()?, 1).ok()?;
        let first = start.checked_add(i32::from(skip).months()).ok()?;
        let after = first.checked_add(i32::from(count).months()).ok()?;
        Some(Window::new(first, after.yesterday().ok()?))
    }
}

impl NamedBy {
    /// The setting's values.
    pub const CHOICES: &[(&str, Self)] = &[("start", Self::Start), ("end", Self::End)];
}

impl BarePeriod {
    /// The setting's values.
    pub const CHOICES: &[(&str, Self)] = &[("cautious", Self::Cautious), ("end", Self::End)];
}

impl Quarters {
    /// The setting's values.
    pub const CHOICES: &[(&str, Self)] = &[("calendar", Self::Calendar), ("fiscal", Self::Fiscal)];
}

impl Weekend {
    /// The setting's values.
    pub const CHOICES: &[(&str, Self)] =
        &[("stay", Self::Stay), ("next-business-day", Self::NextBusinessDay)];
}

/// The months as they are written out.
pub(crate) const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
];

/// The number of a month from its name or the first three letters of it (and `Sept`), in any case.
pub(crate) fn month_number(name: &str) -> Option<u8> {
    let at = MONTHS.iter().position(|month| {
        let short = month.get(..3).is_some_and(|short| short.eq_ignore_ascii_case(name));
        short
            || month.eq_ignore_ascii_case(name)
            || (*month == "September" && name.eq_ignore_ascii_case("sept"))
    })?;
    u8::try_from(at + 1).ok()
}

/// Reads the month that a fiscal year starts with: a name, or a number from 1 to 12.
pub(crate) fn parse_month(text: &str) -> Result<u8, Misread> {
    let name = text.trim();
    let number = name.parse().ok().filter(|number| (1..=12).contains(number));
    if let Some(month) = month_number(name).or(number) {
        return Ok(month);
    }
    Err(Misread::new(format!("`{name}` is no month"), "expected the name of a month, such as `February`")
        .did_you_mean(nearest(name, MONTHS)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::misread::choice;
    use super::*;

    fn december() -> Calendar {
        let holidays = Field::Given([date(2026, 12, 25), date(2027, 1, 1)].into());
        Calendar { holidays, ..Calendar::default() }
    }

    #[test]
    fn business_days_skip_weekends_and_holidays() {
        let calendar = december();
        assert_eq!(calendar.add_business_days(date(2026, 12, 18), 10), Some(date(2027, 1, 5)));
        assert_eq!(calendar.add_business_days(date(2027, 1, 5), -10), Some(date(2026, 12, 18)));
        assert_eq!(calendar.add_business_days(date(2026, 12, 19), 0), Some(date(2026, 12, 19)));
        assert_eq!(calendar.add_business_days(date(2026, 12, 19), 1), Some(date(2026, 12, 21)));
        assert_eq!(calendar.add_business_days(date(2026, 12, 18), i64::MAX), None);
        assert_eq!(calendar.add_business_days(date(2026, 12, 18), i64::MIN), None);
    }

    #[test]
    fn fiscal_years_are_named_by_either_end() {
        let year = |month, named_by| FiscalYear::new(month, named_by).and_then(|fiscal| fiscal.year(2027));
        let window = |from, to| Some(Window::new(from, to));
        assert_eq!(year(2, NamedBy::End), window(date(2026, 2, 1), date(2027, 1, 31)));
        assert_eq!(year(2, NamedBy::Start), window(date(2027, 2, 1), date(2028, 1, 31)));
        assert_eq!(year(1, NamedBy::End), window(date(2027, 1, 1), date(2027, 12, 31)));
        assert_eq!(year(1, NamedBy::Start), year(1, NamedBy::End));
        assert_eq!(FiscalYear::new(13, NamedBy::End), None);
    }

    #[test]
    fn settings_are_read_in_any_case() {
        assert_eq!(parse_month("february"), Ok(2));
        assert_eq!(parse_month("SEPT"), Ok(9));
        assert_eq!(parse_month("12"), Ok(12));
        assert_eq!(parse_month("Febuary").unwrap_err().helps, ["did you mean `February`?"]);
        assert_eq!(parse_month("13").unwrap_err().title, "`13` is no month");
        assert_eq!(choice("End", "named-by", NamedBy::CHOICES), Ok(NamedBy::End));
        let misread = choice("cautios", "bare-period", BarePeriod::CHOICES).unwrap_err();
        assert_eq!(misread.helps, ["did you mean `cautious`?"]);
    }

    prop_compose! {
        fn any_day()(offset in 0i64..100_000) -> Date {
            date(1910, 1, 1).checked_add(offset.days()).unwrap()
        }
    }

    proptest! {
        #[test]
        fn business_days_land_on_business_days(
            day in any_day(), number in prop_oneof![-60i64..0, 1i64..60],
            free in prop::collection::btree_set(0i64..90, 0..8),
        ) {
            let holidays = free.into_iter().map(|n| day.checked_add(n.days()).unwrap()).collect();
            let calendar = Calendar { holidays: Field::Given(holidays), ..Calendar::default() };
            let there = calendar.add_business_days(day, number).unwrap();
            prop_assert!(calendar.is_business_day(there));
            let back = calendar.add_business_days(there, -number).unwrap();
            if calendar.is_business_day(day) {
                prop_assert_eq!(back, day);
            } else if number > 0 {
                // From a day that is none, the first step back is the business day before it.
                prop_assert!(back <= day);
            } else {
                prop_assert!(back >= day);
            }
        }

        #[test]
        fn business_days_are_monotone(day in any_day(), later in 0i64..30, number in -60i64..60) {
            let calendar = december();
            let shift = |day: Date, number| calendar.add_business_days(day, number).unwrap();
            prop_assert!(shift(day, number) <= shift(day.checked_add(later.days()).unwrap(), number));
            prop_assert!(shift(day, number) <= shift(day, number + 1));
        }
    }
}
