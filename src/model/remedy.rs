//! What is owed when a promise is missed: a credit for each period of delay, up to a cap.

use jiff::ToSpan;
use rust_decimal::Decimal;

use super::number::exact_product;
use super::unit::Period;
use super::window::{Date, days_between};

/// What is owed when a promise is missed, as shares of the contract's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// The period that each credit is for. One that has started counts in full.
    pub per: Period,
    /// The share owed for each, in percent.
    pub credit: Decimal,
    /// The most that can be owed, in percent.
    pub cap: Option<Decimal>,
}

/// What a delay comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The periods of delay that have started.
    pub periods: i64,
    /// The credits for all of them, in percent.
    pub sum: Decimal,
    /// What is owed of that, in percent: at most the cap.
    pub owed: Decimal,
}

impl Remedy {
    /// What is owed when a thing that was due on one day comes on another; none where 28 digits do not hold it.
    pub fn credit(&self, due: Date, delivered: Date) -> Option<Credit> {
        let periods = started(self.per, due, delivered);
        let sum = exact_product(self.credit, Decimal::from(periods))?;
        Some(Credit { periods, sum, owed: self.cap.map_or(sum, |cap| cap.min(sum)) })
    }

    /// After how many started periods the cap is reached; none where there is none, or no credit.
    pub fn periods_to_cap(&self) -> Option<Decimal> {
        Some(self.cap?.checked_div(self.credit)?.ceil())
    }
}

/// How many periods have started between the day on which something was due and the day on which it comes.
/// Months, quarters and years are counted from the due day and clamp to the end of a month, as deadlines do.
fn started(per: Period, due: Date, delivered: Date) -> i64 {
    let days = days_between(due, delivered).max(0);
    let months = match per {
        Period::Day => return days,
        Period::Week => return whole_up(days, 7),
        Period::Month => 1,
        Period::Quarter => 3,
        Period::Year => 12,
    };
    let month = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
    let apart = month(delivered) - month(due);
    let reached = |months: i64| {
        let span = 0.days().try_months(months).ok();
        span.and_then(|span| due.checked_add(span).ok()).is_some_and(|day| day >= delivered)
    };
    if days == 0 {
        return 0;
    }
    // The due day moved by the months between the two lies before the other day or not, and a month on it does.
    let of_months = if reached(apart) { apart } else { apart + 1 };
    let periods = whole_up(of_months, months);
    if reached(periods * months) { periods } else { periods + 1 }
}

fn whole_up(number: i64, by: i64) -> i64 {
    (number + by - 1).div_euclid(by)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn remedy(per: Period, credit: i64, cap: Option<i64>) -> Remedy {
        Remedy { per, credit: Decimal::from(credit), cap: cap.map(Decimal::from) }
    }

    #[test]
    fn a_started_period_counts_in_full() {
        let due = date(2027, 1, 31);
        for (per, delivered, periods) in [
            (Period::Day, date(2027, 2, 3), 3),
            (Period::Week, date(2027, 2, 7), 1),
            (Period::Week, date(2027, 2, 8), 2),
            (Period::Month, date(2027, 2, 1), 1),
            (Period::Month, date(2027, 2, 28), 1),
            (Period::Month, date(2027, 3, 1), 2),
            (Period::Month, date(2027, 3, 31), 2),
            (Period::Quarter, date(2027, 4, 30), 1),
            (Period::Quarter, date(2027, 5, 1), 2),
            (Period::Year, date(2028, 2, 1), 2),
            (Period::Month, due, 0),
            (Period::Month, date(2026, 3, 1), 0),
        ] {
            assert_eq!(started(per, due, delivered), periods, "{per} {delivered}");
        }
    }

    #[test]
    fn the_cap_is_the_most() {
        let weekly = remedy(Period::Week, 2, Some(10));
        let credit = weekly.credit(date(2027, 1, 31), date(2027, 6, 30)).unwrap();
        assert_eq!((credit.periods, credit.sum, credit.owed), (22, Decimal::from(44), Decimal::TEN));
        assert_eq!(weekly.periods_to_cap(), Some(Decimal::from(5)));
        assert_eq!(remedy(Period::Week, 3, Some(10)).periods_to_cap(), Some(Decimal::from(4)));
        assert_eq!(remedy(Period::Week, 0, Some(10)).periods_to_cap(), None);
        assert_eq!(remedy(Period::Week, 2, None).periods_to_cap(), None);
    }

    fn any_remedy() -> impl Strategy<Value = Remedy> {
        (0..Period::ALL.len(), 0..100i64, prop::option::of(0..100i64))
            .prop_map(|(per, credit, cap)| remedy(Period::ALL[per], credit, cap))
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (0..40_000i64).prop_map(|days| date(2000, 1, 1).checked_add(days.days()).unwrap())
    }

    proptest! {
        #[test]
        fn later_is_never_cheaper(remedy in any_remedy(), due in any_day(), days in prop::array::uniform2(any_day())) {
            let [soon, late] = [days[0].min(days[1]), days[0].max(days[1])];
            let [soon, late] = [soon, late].map(|day| remedy.credit(due, day).unwrap());
            prop_assert!(soon.owed <= late.owed && soon.periods <= late.periods);
        }

        #[test]
        fn never_over_the_cap_and_nothing_when_on_time(remedy in any_remedy(), due in any_day(), day in any_day()) {
            let credit = remedy.credit(due, day).unwrap();
            prop_assert!(remedy.cap.is_none_or(|cap| credit.owed <= cap));
            prop_assert!(credit.owed <= credit.sum);
            prop_assert_eq!(credit.periods == 0, day <= due);
        }

        #[test]
        fn the_last_period_has_started_and_is_not_over(per in 0..3usize, due in any_day(), day in any_day()) {
            let months = [1, 3, 12][per];
            let periods = started([Period::Month, Period::Quarter, Period::Year][per], due, day);
            let end = |periods: i64| due.checked_add((periods * months).months()).unwrap();
            prop_assert!(day <= end(periods));
            prop_assert!(periods == 0 || day > end(periods - 1));
        }
    }
}
