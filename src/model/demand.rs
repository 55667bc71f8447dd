//! Whether a team can do all that it has to do by each day: demand against supply.
//!
//! All work may begin today and can be interrupted. Then a team that always does what is due first keeps every
//! deadline that can be kept, and it keeps all of them if, and only if, for every deadline the work that is due
//! by then is no more than the team can do until then. That earliest-deadline-first is best is shown by C. L.
//! Liu and J. W. Layland, "Scheduling Algorithms for Multiprogramming in a Hard-Real-Time Environment" (Journal
//! of the ACM 20, 1973); the test by what is demanded up to each deadline, the demand bound function, is that of
//! S. K. Baruah, A. K. Mok and L. E. Rosier, "Preemptively Scheduling Hard-Real-Time Sporadic Tasks on One
//! Processor" (IEEE Real-Time Systems Symposium, 1990).

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::capacity::Capacity;
use super::number::{exact_product, exact_sum};
use super::period::Period;
use super::window::{Date, add_days, days_between};

/// Work that is due by a day. The same work may be due to several, and is done once, by the first of its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Job<K> {
    /// Which work: what is equal is the same.
    pub work: K,
    /// Days of work.
    pub effort: Decimal,
    /// The last day on which it may be done.
    pub deadline: Date,
    /// Whether it is agreed; otherwise it is only proposed.
    pub is_signed: bool,
}

/// The first deadline by which more work is due than a team can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Overload {
    /// The deadline.
    pub by: Date,
    /// Days of work that are agreed by then.
    pub signed: Decimal,
    /// Days of work with what is proposed.
    pub all: Decimal,
    /// What the team can do until then.
    pub supply: Supply,
    /// Whether all that is agreed can be done, by every deadline.
    pub by_drafts: bool,
}

/// What a team can do between two days. Its capacity is spread evenly over the days of the calendar; a year is
/// 12 months and 365 days, as for quantities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Supply {
    // The days of work are `worked / of`, kept as a fraction, since a month of 365/12 days leaves no decimal.
    worked: Decimal,
    of: Decimal,
}

impl Supply {
    /// What can be done from one day on until another is over; none where 28 digits do not hold it.
    pub(crate) fn between(capacity: Capacity, today: Date, by: Date) -> Option<Self> {
        let (period, parts) = match capacity.per {
            Period::Day => (1, 1),
            Period::Week => (7, 1),
            Period::Month => (365, 12),
            Period::Quarter => (365, 4),
            Period::Year => (365, 1),
        };
        let days = days_between(today, by).max(0).checked_mul(parts)?;
        Some(Self { worked: exact_product(capacity.days, Decimal::from(days))?, of: Decimal::from(period) })
    }

    /// Whether some work is more than can be done; work that 28 digits do not hold is.
    fn is_exceeded_by(&self, work: Decimal) -> bool {
        exact_product(work, self.of).is_none_or(|work| work > self.worked)
    }

    /// The share of what can be done that some work takes, in percent; none where nothing can be done.
    pub(crate) fn share(&self, work: Decimal) -> Option<Decimal> {
        work.checked_mul(self.of)?.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(self.worked)
    }

    /// The days of work that can be done, to 28 digits.
    pub(crate) fn days(&self) -> Decimal {
        self.worked / self.of
    }
}

/// The day on which a team that begins today is done with some work; none where that is never, or beyond the
/// calendar.
pub(crate) fn done_by(work: Decimal, capacity: Capacity, today: Date) -> Option<Date> {
    let a_day = Supply::between(capacity, today, today.tomorrow().ok()?)?;
    let days = exact_product(work, a_day.of)?.checked_div(a_day.worked)?.ceil();
    add_days(today, i64::try_from(days).ok()?)
}

/// Finds the first deadline after today by which more is due than can be done. If what is agreed can be done
/// and what is proposed cannot be done besides, it is the first deadline of both together.
///
/// What is overdue has to be done first, and so counts at every later deadline.
pub(crate) fn overload<K: Ord + Copy>(jobs: &[Job<K>], capacity: Capacity, today: Date) -> Option<Overload> {
    let due = |with_drafts: bool| {
        let mut first: BTreeMap<K, (Date, Decimal)> = BTreeMap::new();
        // Where nothing is left to do, no deadline can be missed.
        let left = jobs.iter().filter(|job| !job.effort.is_zero());
        for job in left.filter(|job| with_drafts || job.is_signed) {
            // Two contracts that wait for one feature need it built once, by the earlier day.
            let entry = first.entry(job.work).or_insert((job.deadline, job.effort));
            entry.0 = entry.0.min(job.deadline);
        }
        let mut due: Vec<(Date, Decimal)> = first.into_values().collect();
        due.sort_unstable_by_key(|&(deadline, _)| deadline);
        due
    };
    let (signed, all) = (due(false), due(true));
    let of_signed = first_exceeded(&signed, capacity, today);
    let by = of_signed.or_else(|| first_exceeded(&all, capacity, today))?;
    Some(Overload {
        by,
        signed: demand(&signed, by)?,
        all: demand(&all, by)?,
        supply: Supply::between(capacity, today, by)?,
        by_drafts: of_signed.is_none(),
    })
}

/// The first deadline of work, in the order in which it is due, that cannot be kept.
fn first_exceeded(due: &[(Date, Decimal)], capacity: Capacity, today: Date) -> Option<Date> {
    let mut demand = Decimal::ZERO;
    for (at, &(deadline, effort)) in due.iter().enumerate() {
        demand = exact_sum(demand, effort)?;
        // What is due by a day counts together.
        let is_last = due.get(at + 1).is_none_or(|next| next.0 > deadline);
        if is_last && deadline > today && Supply::between(capacity, today, deadline)?.is_exceeded_by(demand) {
            return Some(deadline);
        }
    }
    None
}

fn demand(due: &[(Date, Decimal)], by: Date) -> Option<Decimal> {
    let due = due.iter().filter(|(deadline, _)| *deadline <= by);
    due.map(|(_, effort)| *effort).try_fold(Decimal::ZERO, exact_sum)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const TODAY: Date = date(2026, 12, 1);

    fn job(work: u32, effort: i64, deadline: Date, is_signed: bool) -> Job<u32> {
        Job { work, effort: Decimal::from(effort), deadline, is_signed }
    }

    fn capacity(text: &str) -> Capacity {
        Capacity::parse(text).unwrap()
    }

    #[test]
    fn the_first_deadline_that_cannot_be_kept_is_found() {
        // A year on, a team of 10 days a quarter can do 40.
        let year = date(2027, 12, 1);
        let jobs = [job(1, 30, year, true), job(2, 10, year, true), job(3, 50, date(2029, 1, 1), false)];
        let quarterly = capacity("10 days per quarter");
        assert_eq!(overload(&jobs[..2], quarterly, TODAY), None);
        let found = overload(&jobs, quarterly, TODAY).unwrap();
        assert!(found.by_drafts);
        assert_eq!((found.by, found.signed, found.all), (date(2029, 1, 1), 40.into(), 90.into()));
        let more = [&jobs[..], &[job(4, 1, date(2027, 6, 1), false)]].concat();
        let found = overload(&more, quarterly, TODAY).unwrap();
        assert_eq!((found.by, found.signed, found.all), (year, 40.into(), 41.into()));
        assert_eq!(found.supply.days(), 40.into());
        assert_eq!(found.supply.share(found.all), Some(Decimal::new(1025, 1)));
    }

    #[test]
    fn the_same_work_counts_once_at_its_first_deadline() {
        let (soon, late) = (date(2027, 1, 1), date(2029, 1, 1));
        let jobs = [job(1, 8, late, true), job(1, 8, soon, false), job(1, 8, late, false)];
        let found = overload(&jobs, capacity("10 days per quarter"), TODAY).unwrap();
        assert_eq!((found.by, found.signed, found.all), (soon, 0.into(), 8.into()));
        assert_eq!(overload(&jobs[..1], capacity("10 days per quarter"), TODAY), None);
    }

    #[test]
    fn what_is_overdue_comes_first() {
        let overdue = job(1, 5, date(2026, 11, 1), true);
        assert_eq!(overload(&[overdue], capacity("1 day per week"), TODAY), None);
        let next = job(2, 1, date(2026, 12, 29), true);
        assert_eq!(overload(&[next], capacity("1 day per week"), TODAY), None);
        let found = overload(&[overdue, next], capacity("1 day per week"), TODAY).unwrap();
        assert_eq!((found.by, found.signed), (next.deadline, 6.into()));
    }

    /// Does the work day by day, what is due first first, and tells the first deadline that is missed. Work and
    /// days of the team are counted in parts of a day, so that both are whole.
    fn simulate(jobs: &[Job<u32>], days: i64, per: Period) -> Option<Date> {
        let (period, parts) = match per {
            Period::Week => (7, 1),
            Period::Month => (365, 12),
            Period::Quarter => (365, 4),
            _ => (365, 1),
        };
        let mut open: Vec<(Date, i64)> = Vec::new();
        for work in 0..8 {
            let same = jobs.iter().filter(|job| job.work == work);
            if let Some(first) = same.min_by_key(|job| job.deadline) {
                let effort = i64::try_from(first.effort.mantissa()).unwrap();
                open.push((first.deadline, effort * period));
            }
        }
        open.sort_unstable();
        let last = open.last()?.0;
        let mut day = TODAY;
        while day < last {
            day = day.tomorrow().unwrap();
            let mut left = days * parts;
            for (_, effort) in &mut open {
                let done = left.min(*effort);
                *effort -= done;
                left -= done;
            }
            if open.iter().any(|&(deadline, effort)| deadline == day && effort > 0) {
                return Some(day);
            }
        }
        None
    }

    fn any_jobs() -> impl Strategy<Value = Vec<Job<u32>>> {
        let job = (0..8u32, -40..400i64, any::<bool>()).prop_map(|(work, days, is_signed)| {
            // The same work takes the same time, whoever waits for it.
            job(work, [3, 40, 0, 7, 15, 60, 1, 22][work as usize], TODAY + days.days(), is_signed)
        });
        prop::collection::vec(job, 0..12)
    }

    proptest! {
        #[test]
        fn work_is_done_on_the_first_day_on_which_it_can_be(work in 0..500i64, days in 1..60i64, per in 1..5usize) {
            let capacity = Capacity { days: days.into(), per: Period::ALL[per] };
            let done = done_by(work.into(), capacity, TODAY).unwrap();
            let enough = |day: Date| !Supply::between(capacity, TODAY, day).unwrap().is_exceeded_by(work.into());
            prop_assert!(enough(done));
            prop_assert!(done == TODAY || !enough(done.yesterday().unwrap()));
        }

        #[test]
        fn it_is_what_working_day_by_day_comes_to(jobs in any_jobs(), days in 0..60i64, per in 1..5usize) {
            let per = Period::ALL[per];
            let found = overload(&jobs, Capacity { days: days.into(), per }, TODAY);
            let signed: Vec<Job<u32>> = jobs.iter().copied().filter(|job| job.is_signed).collect();
            let missed = simulate(&signed, days, per);
            prop_assert_eq!(found.filter(|found| !found.by_drafts).map(|found| found.by), missed);
            if missed.is_none() {
                prop_assert_eq!(found.map(|found| found.by), simulate(&jobs, days, per));
            }
            if let Some(Overload { signed, all, supply, by_drafts, .. }) = found {
                let demand = if by_drafts { all } else { signed };
                prop_assert!(supply.is_exceeded_by(demand));
                prop_assert!(signed <= all);
            }
        }
    }
}
