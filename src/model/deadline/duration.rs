//! How long a contract lasts.

use std::fmt;

use crate::model::date::quoted;
use crate::model::misread::Misread;
use crate::model::window::{Date, Window};

use super::{Offset, OffsetUnit, distance};

/// How long a contract lasts, such as `36 months`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duration {
    amount: i32,
    unit: OffsetUnit,
}

impl Duration {
    /// Reads a number and a unit.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        match distance(text, text.trim())? {
            Some((Some(amount @ 1..), unit, "")) if unit != OffsetUnit::BusinessDay => {
                Ok(Self { amount, unit })
            }
            _ => {
                let title = format!("`{}` is no term", quoted(text));
                let misread = Misread::new(title, "expected a number of days, weeks, months or years");
                Err(misread.help("write how long the contract lasts, such as `36 months`"))
            }
        }
    }

    /// How far a day lies after its event, as a duration from there; none for one before it, or in business days.
    pub fn of(offset: Offset) -> Option<Self> {
        match offset {
            Offset::By { amount: amount @ 1.., unit } if unit != OffsetUnit::BusinessDay => {
                Some(Self { amount, unit })
            }
            _ => None,
        }
    }

    /// The last day of what begins with a day: that before the day of the same number, or the last of the month
    /// where that has no such day (German Civil Code, sections 187(2) and 188(2) and (3)).
    pub fn last_day(self, start: Date) -> Option<Date> {
        let after = self.unit.add_days(self.amount, start)?;
        let is_cut_short =
            matches!(self.unit, OffsetUnit::Month | OffsetUnit::Year) && after.day() != start.day();
        if is_cut_short { Some(after) } else { after.yesterday().ok() }
    }

    /// The last day of what begins in a window; nothing outside the years of a date.
    pub fn last_days(self, start: Window) -> Option<Window> {
        Window::new(self.last_day(start.earliest)?, self.last_day(start.latest)?).in_years()
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Offset::By { amount: self.amount, unit: self.unit }.length())
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn last(text: &str, start: Date) -> String {
        Duration::parse(text).unwrap().last_day(start).unwrap().to_string()
    }

    #[test]
    fn a_term_ends_the_day_before_the_day_of_the_same_number() {
        assert_eq!(last("36 months", date(2027, 1, 1)), "2029-12-31");
        assert_eq!(last("12 months", date(2027, 3, 1)), "2028-02-29");
        assert_eq!(last("3 years", date(2027, 1, 15)), "2030-01-14");
        assert_eq!(last("two weeks", date(2027, 1, 1)), "2027-01-14");
        assert_eq!(last("1 day", date(2027, 1, 1)), "2027-01-01");
    }

    #[test]
    fn a_term_ends_with_a_month_that_has_no_such_day() {
        assert_eq!(last("1 month", date(2027, 3, 31)), "2027-04-30");
        assert_eq!(last("1 month", date(2027, 1, 30)), "2027-02-28");
        assert_eq!(last("1 month", date(2027, 1, 28)), "2027-02-27");
        assert_eq!(last("1 year", date(2028, 2, 29)), "2029-02-28");
        assert_eq!(last("4 years", date(2028, 2, 29)), "2032-02-28");
    }

    #[test]
    fn what_is_no_term_is_refused() {
        for text in
            ["", "36", "months", "0 months", "10 business days", "36 months after start", "999999999 days"]
        {
            assert!(Duration::parse(text).is_err(), "{text}");
        }
    }

    /// The number of days in a month, by the rule that children learn.
    fn month_length(year: i32, month: i32) -> i32 {
        match month {
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    proptest! {
        /// Written apart from the code: a day of the same number in the month that follows so many months later, less
        /// one day; the month's last day where there is none.
        #[test]
        fn a_term_and_its_last_day_agree_with_arithmetic(
            year in 1990i16..2100, month in 1i8..=12, day in 1i8..=31, amount in 1i32..=240,
        ) {
            let day = day.min(i8::try_from(month_length(year.into(), month.into())).unwrap());
            let months = i32::from(year) * 12 + i32::from(month) - 1 + amount;
            let (y, m, d) = (months.div_euclid(12), months.rem_euclid(12) + 1, i32::from(day));
            let expected = match d {
                d if d > month_length(y, m) => (y, m, month_length(y, m)),
                1 if m == 1 => (y - 1, 12, 31),
                1 => (y, m - 1, month_length(y, m - 1)),
                d => (y, m, d - 1),
            };
            let found = Duration::parse(&format!("{amount} months")).unwrap().last_day(date(year, month, day)).unwrap();
            prop_assert_eq!((i32::from(found.year()), i32::from(found.month()), i32::from(found.day())), expected);
            let years = Duration::parse(&format!("{amount} years")).unwrap().last_day(date(year, month, day));
            let same = Duration::parse(&format!("{} months", amount * 12)).unwrap().last_day(date(year, month, day));
            prop_assert_eq!(years, same);
        }
    }
}
