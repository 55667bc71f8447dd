//! How far a quantity is from a bound, in words.

use std::fmt;

use rust_decimal::Decimal;

use crate::text;

use super::constraint::{Constraint, Relation};
use super::number::at_scale;
use super::quantity::{Amount, Quantity, divide};
use super::unit::{TimeUnit, Unit};

/// How far a quantity is from a bound that it misses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortfall {
    value: Decimal,
    unit: Unit,
    /// Whether it is a whole number of days near the exact one.
    is_rounded: bool,
}

impl Shortfall {
    /// By how much a quantity misses a bound. None where the bound is kept, or the distance has no number: what is
    /// unlimited, `> 5` and 5.
    pub fn of(bound: &Constraint, value: &Quantity) -> Option<(Relation, Self)> {
        let is_missed = !bound.admits(value).ok()?;
        is_missed.then(|| Some((bound.relation, Self::between(&bound.quantity, value)?))).flatten()
    }

    /// How far apart two comparable quantities are that are not the same: in the first one's unit, else the other's, if
    /// that is exact, else in days. None where nothing is limited.
    pub(super) fn between(one: &Quantity, other: &Quantity) -> Option<Self> {
        let (Quantity::Amount(one), Quantity::Amount(other)) = (one, other) else {
            return None;
        };
        // Between a monthly and a yearly uptime there is no distance.
        one.comparable(other).ok()?;
        let scale = one.value.scale().max(other.value.scale());
        let smallest =
            |amount: &Amount| at_scale(amount.value, scale)?.checked_mul(amount.unit.factor().into());
        let apart = smallest(one)?.checked_sub(smallest(other)?)?.checked_abs()?;
        if apart == 0 {
            return None;
        }
        let written = [&one.unit, &other.unit];
        let exact = written.into_iter().find_map(|unit| Some((divide(apart, scale, unit.factor())?, unit)));
        if let Some((value, unit)) = exact {
            return Some(Self { value, unit: unit.clone(), is_rounded: false });
        }
        // Months are no decimal number of days, nor days of months: nothing else is inexact.
        let milliseconds = Decimal::try_from_i128_with_scale(apart, scale).ok()?;
        let days = milliseconds.checked_div(TimeUnit::Day.factor().into())?;
        let unit = Unit::Time(TimeUnit::Day);
        Some(Self { value: days.round(), unit, is_rounded: !days.is_integer() })
    }

    /// Whether it is more than another one; of two that no unit compares, nobody can tell that it is not.
    pub fn is_more_than(&self, other: &Self) -> bool {
        self.unit != other.unit || self.value > other.value
    }

    /// Whether it is one of time.
    pub fn is_time(&self) -> bool {
        matches!(self.unit, Unit::Time(_) | Unit::BusinessDays | Unit::BusinessHours)
    }
}

impl fmt::Display for Shortfall {
    /// Days as everywhere; between two percentages no percentage of anything.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.value.normalize();
        let is_one = value == Decimal::ONE;
        match (self.is_rounded, value.is_zero()) {
            (true, true) => return f.write_str("less than a day"),
            (true, false) => f.write_str("about ")?,
            (false, _) => {}
        }
        match (&self.unit, i64::try_from(value)) {
            (Unit::Time(TimeUnit::Day), Ok(days)) if value.is_integer() => f.write_str(&text::days(days)),
            (Unit::Time(unit), _) => write!(f, "{value} {}", unit.word(is_one)),
            (Unit::Percent, _) => write!(f, "{value} percentage {}", if is_one { "point" } else { "points" }),
            (unit, _) => Amount::of(self.value, unit.clone()).fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn short_of(bound: &str, value: &str) -> String {
        let (bound, value) = (Constraint::parse(bound).expect(bound), Quantity::parse(value).expect(value));
        Shortfall::of(&bound, &value).map_or("none".to_owned(), |(_, distance)| distance.to_string())
    }

    #[test]
    fn a_distance_is_told_in_a_unit_that_was_written() {
        for (bound, value, distance) in [
            ("<= 45 days", "90 days", "45 days"),
            (">= 1 year", "90 days", "275 days (about 9 months)"),
            (">= 365 days", "6 months", "182.5 days"),
            ("<= 45 days", "2 months", "about 16 days"),
            (">= 4 weeks", "1 month", "none"),
            ("<= 4 weeks", "1 month", "about 2 days"),
            (">= 24 h", "8 hours", "16 hours"),
            ("<= 24 h", "25 h", "1 hour"),
            ("<= 1 h", "80 min", "20 minutes"),
            ("<= 200 ms", "250 ms", "50 ms"),
            ("<= 2 months", "1 quarter", "1 month"),
            (">= 99.95 % monthly", "99.9 % monthly", "0.05 percentage points"),
            (">= 6 %", "5 %", "1 percentage point"),
            ("<= 4.3450 weeks", "1 month", "less than a day"),
            (">= 1 MB", "1 KiB", "0.998976 MB"),
            (">= 6000", "5000", "1000"),
            ("<= 5 EUR", "7 EUR", "2 EUR"),
            ("<= 5 EUR", "unlimited", "none"),
            ("<= 45 days", "30 days", "none"),
            ("> 5", "5", "none"),
            ("> 5 days", "5 %", "none"),
        ] {
            assert_eq!(short_of(bound, value), distance, "{bound}, {value}");
        }
    }

    proptest! {
        #[test]
        fn no_unit_is_told_that_nobody_wrote(one in 1..400u32, other in 1..400u32) {
            let distance = short_of(&format!("= {one} days"), &format!("{other} months"));
            let exact = (f64::from(one) - f64::from(other) * 365.0 / 12.0).abs();
            let words: Vec<&str> = distance.trim_start_matches("about ").split(' ').collect();
            if let [number, "day" | "days", ..] = words[..] {
                prop_assert!((number.parse::<f64>().unwrap() - exact).abs() <= 0.5, "{}", distance);
            } else {
                prop_assert!(distance.contains("month") || exact < 1.0, "{}", distance);
            }
        }
    }
}
