//! Work: how much a feature costs, and how much a team does.

use std::fmt;

use rust_decimal::Decimal;

use super::misread::Misread;
use super::number::{short, within, write_number};
use super::period::Period;
use super::quantity::{Amount, Quantity};
use super::unit::{TimeUnit, Unit};

/// How many days of work a team does per period: `60 days per quarter`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capacity {
    /// Days of work.
    pub days: Decimal,
    /// In which time; never a day.
    pub per: Period,
}

impl Capacity {
    /// Reads `60 days per quarter`.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        let trimmed = text.trim();
        let (days, window) = parse_work(text).map_err(|misread| {
            // What is wrong may be the period, which the reader of quantities takes for a part of the unit.
            let period = trimmed.rsplit_once(" per ").map(|(_, period)| period.trim_start());
            let wrong = period.and_then(|period| Some(within(Period::parse(period).err()?, text, period)));
            wrong.unwrap_or(misread)
        })?;
        let missing = |title: String, label: &str| {
            let days = EffortDays(days);
            let misread = Misread::new(title, label)
                .help(format!("write `{days} per month`, or per `week`, `quarter` or `year`"));
            Err(within(misread, text, trimmed))
        };
        match window {
            None => {
                missing(format!("`{}` does not say per what", short(trimmed)), "expected a period after it")
            }
            Some(Period::Day) => missing(
                format!("`{}` is a capacity per day", short(trimmed)),
                "expected a capacity per `week`, `month`, `quarter` or `year`",
            ),
            Some(per) => Ok(Self { days, per }),
        }
    }
}

impl fmt::Display for Capacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} per {}", EffortDays(self.days), self.per)
    }
}

/// Reads an effort, `120 days`, as days of work.
pub(crate) fn parse_effort(text: &str) -> Result<Decimal, Misread> {
    match parse_work(text)? {
        (days, None) => Ok(days),
        (days, Some(_)) => {
            let trimmed = text.trim();
            let misread = Misread::new(
                format!("`{}` is a capacity, not an effort", short(trimmed)),
                "expected days of work, such as `120 days`",
            )
            .instead(EffortDays(days).to_string(), format!("write `{}`", EffortDays(days)));
            Err(within(misread, text, trimmed))
        }
    }
}

/// Only days are read: a week of work is not the seven days that a week of time is.
fn parse_work(text: &str) -> Result<(Decimal, Option<Period>), Misread> {
    match Quantity::parse_measure(text)? {
        Quantity::Amount(Amount { value, unit: Unit::Time(TimeUnit::Day), window, percentile: None }) => {
            Ok((value, window))
        }
        _ => {
            let trimmed = text.trim();
            let title = format!("`{}` is not in days of work", short(trimmed));
            let misread = Misread::new(title, "expected days, such as `60 days`")
                .help("count the days: how many a week or a month of work has differs from team to team");
            Err(within(misread, text, trimmed))
        }
    }
}

/// Days of work, as they are written.
struct EffortDays(Decimal);

impl fmt::Display for EffortDays {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = if self.0 == Decimal::ONE { "day" } else { "days" };
        write!(f, "{} {unit}", write_number(self.0.normalize(), false))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn capacities_read_and_print() {
        for (text, printed) in [
            ("60 days per quarter", "60 days per quarter"),
            ("1 day/week", "1 day per week"),
            ("60.5 days yearly", "60.5 days per year"),
        ] {
            assert_eq!(Capacity::parse(text).unwrap().to_string(), printed);
        }
    }

    #[test]
    fn what_is_missing_is_said() {
        let misread = Capacity::parse("60 days").unwrap_err();
        assert_eq!(misread.title, "`60 days` does not say per what");
        assert_eq!(misread.helps, ["write `60 days per month`, or per `week`, `quarter` or `year`"]);
        let misread = Capacity::parse("60 days per fortnight").unwrap_err();
        assert_eq!((misread.title.as_str(), misread.part), ("`fortnight` is not a period", Some(12..21)));
        for text in
            ["1 day per day", "3 weeks per quarter", "60 per quarter", "unlimited", "p95 1 day per week"]
        {
            assert!(Capacity::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_effort_is_in_days() {
        assert_eq!(parse_effort("120 days"), Ok(Decimal::from(120)));
        assert_eq!(parse_effort("60 days per quarter").unwrap_err().helps, ["write `60 days`"]);
        assert_eq!(parse_effort("3 weeks").unwrap_err().title, "`3 weeks` is not in days of work");
    }

    proptest! {
        #[test]
        fn display_reads_back(mantissa in 0..1_000_000i64, scale in 0..5u32, per in 1..5usize) {
            let capacity = Capacity { days: Decimal::new(mantissa, scale), per: Period::ALL[per] };
            prop_assert_eq!(Capacity::parse(&capacity.to_string()), Ok(capacity));
        }
    }
}
