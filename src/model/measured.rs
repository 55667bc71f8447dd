//! How good plans were: what a roadmap planned on the first day of each quarter, held against what came of it.

use jiff::civil::date;
use rust_decimal::Decimal;

use super::forecast::{FRESH, ForecastTable, STEPS, Standby};
use super::status::Status;
use super::window::{Date, Window, add_days, days_between};

/// So many cases of a kind tell something.
pub(crate) const ENOUGH: usize = 20;

/// What an offer was from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfferState {
    /// The first day on which it was so.
    pub since: Date,
    /// How far it was.
    pub status: Status,
    /// When it was planned to ship.
    pub target: Option<Window>,
    /// Whether its team had committed to that.
    pub committed: bool,
    /// When that was confirmed, as the roadmap said.
    pub confirmed: Option<Window>,
    /// When it had shipped, as the roadmap said.
    pub shipped: Option<Window>,
}

/// The plans of one cell of the table: how many, and how many of them were kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct MeasuredCell {
    pub(crate) cases: usize,
    pub(crate) kept: usize,
}

impl MeasuredCell {
    /// The share that was kept, where there are cases.
    pub(crate) fn share(self) -> Option<Decimal> {
        (self.cases > 0).then(|| (Decimal::from(self.kept) / Decimal::from(self.cases)).round_dp(2))
    }
}

/// A table that was measured, by what teams said of their targets and by the days to spare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Measured {
    pub(crate) cells: [[MeasuredCell; 3]; 3],
}

/// What was planned on the first day of a quarter, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MeasuredPlan {
    /// The day.
    pub(crate) on: Date,
    /// What the team had said of the target.
    pub(crate) standby: Standby,
    /// When it was planned to ship.
    pub(crate) target: Window,
    /// Whether it was kept with so many days to spare as each column has; none where that is open.
    pub(crate) kept: [Option<bool>; 3],
}

impl MeasuredPlan {
    /// Those of an offer, by what it was from the first state on.
    pub(crate) fn all(states: &[OfferState], today: Date) -> impl Iterator<Item = Self> {
        let shipped = shipped_on(states);
        let days = states.first().into_iter().flat_map(move |first| quarters(first.since, today));
        days.filter_map(move |on| {
            let state = &states[states.iter().rposition(|state| state.since <= on)?];
            let target = state.target.filter(|target| target.latest >= on)?;
            let is_planned = matches!(state.status, Status::Planned | Status::InProgress | Status::Beta);
            // Only what was still to come on that day was a plan.
            if !is_planned || shipped.is_some_and(|shipped| shipped <= on) {
                return None;
            }
            // Without a word of its own an entry was last confirmed when it last changed, as for today's targets.
            let confirmed = state.confirmed.map_or(state.since, |said| said.earliest);
            let standby = Standby::of(days_between(confirmed, on) <= FRESH, state.committed);
            let kept = STEPS.map(|spare| {
                let deadline = add_days(target.latest, spare)?;
                let kept = shipped.is_some_and(|shipped| shipped <= deadline);
                // What is still open on its day is no case yet.
                (kept || deadline < today).then_some(kept)
            });
            Some(Self { on, standby, target, kept })
        })
    }
}

impl Measured {
    /// Adds what was planned for an offer, from the first state on.
    fn add(&mut self, states: &[OfferState], today: Date) {
        for plan in MeasuredPlan::all(states, today) {
            let cells = &mut self.cells[plan.standby as usize];
            for (cell, kept) in cells.iter_mut().zip(plan.kept).filter_map(|(cell, kept)| Some((cell, kept?)))
            {
                cell.cases += 1;
                cell.kept += usize::from(kept);
            }
        }
    }

    /// Measures all offers of a roadmap, by what each was.
    pub(crate) fn of<'e>(offers: impl Iterator<Item = &'e [OfferState]>, today: Date) -> Self {
        let mut measured = Self::default();
        offers.for_each(|states| measured.add(states, today));
        measured
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        for (cell, more) in self.cells.iter_mut().flatten().zip(other.cells.iter().flatten()) {
            cell.cases += more.cases;
            cell.kept += more.kept;
        }
    }

    /// The mean square of what a table was wrong by, from 0 to 1: the less, the better. None without cases.
    pub(crate) fn brier(&self, table: impl Fn(usize, usize) -> Decimal) -> Option<Decimal> {
        let (mut sum, mut cases) = (Decimal::ZERO, 0);
        for (row, cells) in self.cells.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let share = table(row, column);
                let missed = cell.cases - cell.kept;
                sum += Decimal::from(cell.kept) * (Decimal::ONE - share) * (Decimal::ONE - share);
                sum += Decimal::from(missed) * share * share;
                cases += cell.cases;
            }
        }
        (cases > 0).then(|| (sum / Decimal::from(cases)).round_dp(3))
    }

    /// What the table says that was measured here; where there is no case, what the other one says.
    pub(crate) fn share(&self, otherwise: &ForecastTable, row: usize, column: usize) -> Decimal {
        self.cells[row][column].share().unwrap_or_else(|| otherwise.share(row, column))
    }
}

/// The day on which something was there: what the roadmap says, else the day on which it said so.
fn shipped_on(states: &[OfferState]) -> Option<Date> {
    let shipped = states.iter().find(|state| state.status.is_released())?;
    Some(shipped.shipped.map_or(shipped.since, |said| said.latest))
}

/// The first days of quarters between two days.
fn quarters(from: Date, to: Date) -> impl Iterator<Item = Date> {
    let all = (from.year()..=to.year()).flat_map(|year| [1, 4, 7, 10].map(|month| date(year, month, 1)));
    all.filter(move |day| *day >= from && *day <= to)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = date(2026, 11, 22);

    fn state(since: Date, status: Status, target: Option<Date>) -> OfferState {
        let target = target.map(Window::day);
        OfferState { since, status, target, committed: false, confirmed: None, shipped: None }
    }

    #[test]
    fn plans_of_each_quarter_are_cases() {
        let states = [
            state(date(2025, 2, 1), Status::Planned, Some(date(2025, 9, 30))),
            state(date(2025, 9, 1), Status::Planned, Some(date(2025, 12, 31))),
            state(date(2026, 1, 20), Status::Shipped, None),
        ];
        let mut measured = Measured::default();
        measured.add(&states, TODAY);
        let cell = |cases, kept| MeasuredCell { cases, kept };
        // On April 1 the plan was 59 days old, on July 1 150 days, on October 1 the new one 30.
        assert_eq!(
            measured.cells,
            [[cell(0, 0); 3], [cell(2, 0), cell(2, 2), cell(2, 2)], [cell(1, 0), cell(1, 1), cell(1, 1)],]
        );
        let half = measured.brier(|_, _| Decimal::new(5, 1)).unwrap();
        assert_eq!(half, Decimal::new(25, 2));
        assert_eq!(
            measured.brier(|row, column| measured.share(&ForecastTable::default(), row, column)),
            Some(Decimal::new(0, 0))
        );
    }

    #[test]
    fn what_is_open_is_no_case() {
        let states = [state(date(2026, 3, 1), Status::Planned, Some(date(2026, 10, 31)))];
        let mut measured = Measured::default();
        measured.add(&states, TODAY);
        // The day has passed, and 120 days more have not.
        assert_eq!(measured.cells.map(|row| row.map(|cell| cell.cases)), [[0; 3], [1, 0, 0], [2, 0, 0]]);
    }
}
