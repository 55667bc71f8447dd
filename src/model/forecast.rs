//! How often plans like one are kept: a table of nine numbers, by what a team says of its target and by the days to spare.

use rust_decimal::Decimal;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Text};
use crate::input::records::ForecastRecord;
use crate::source::Spanned;

/// How long a confirmation tells something, in days.
pub(crate) const FRESH: i64 = 60;

/// The days to spare from which on the second and the third column hold: between 0, 120 and 240, and the middles of those.
const COLUMNS: [i64; 2] = [100, 215];

/// The days to spare that the columns were measured with.
pub(crate) const STEPS: [i64; 3] = [0, 120, 240];

/// The rows, in their order.
pub(crate) const STANDBYS: [Standby; 3] = [Standby::Committed, Standby::Confirmed, Standby::Stale];

/// The shares of plans that were kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForecastTable {
    /// By rows, best first, and by days to spare.
    rows: [[Decimal; 3]; 3],
    /// Whether the company measured any of it.
    pub is_own: bool,
}

/// What a team says of its target, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standby {
    /// Committed to, and confirmed within 60 days.
    Committed,
    /// Confirmed within 60 days.
    Confirmed,
    /// Not confirmed for longer.
    Stale,
}

impl Standby {
    /// What a team says that has confirmed its target lately, or not, and committed to it, or not.
    pub(crate) fn of(is_fresh: bool, is_committed: bool) -> Self {
        match (is_fresh, is_committed) {
            (true, true) => Self::Committed,
            (true, false) => Self::Confirmed,
            (false, _) => Self::Stale,
        }
    }

    /// The row's key in the configuration.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Committed => "committed",
            Self::Confirmed => "confirmed",
            Self::Stale => "stale",
        }
    }

    /// What the team had done, in words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Committed => "committed, and confirmed within 60 days",
            Self::Confirmed => "confirmed within 60 days",
            Self::Stale => "not confirmed for longer",
        }
    }
}

/// How often plans are kept, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ChanceBand {
    /// Under 0.35.
    Seldom,
    /// In between.
    AboutHalf,
    /// From 0.65.
    Mostly,
}

impl ChanceBand {
    /// All bands, from the worst.
    pub(crate) const ALL: [Self; 3] = [Self::Seldom, Self::AboutHalf, Self::Mostly];

    /// From here on about half of the plans are kept.
    // Bands and reasons are told, never a bare percentage: nine shares are not that exact.
    pub(crate) const ABOUT_HALF: Decimal = Decimal::from_parts(35, 0, 0, false, 2);

    /// From here on most of them are.
    pub(crate) const MOSTLY: Decimal = Decimal::from_parts(65, 0, 0, false, 2);

    /// The band of a chance.
    pub(crate) fn of(chance: Decimal) -> Self {
        if chance < Self::ABOUT_HALF {
            Self::Seldom
        } else if chance < Self::MOSTLY {
            Self::AboutHalf
        } else {
            Self::Mostly
        }
    }

    /// The band as it is told.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Seldom => "seldom",
            Self::AboutHalf => "about half",
            Self::Mostly => "mostly",
        }
    }
}

impl Default for ForecastTable {
    /// Measured on 2,067 plans of 660 enhancements that the Kubernetes project published over five years.
    fn default() -> Self {
        let rows = [[79, 90, 94], [25, 39, 45], [15, 27, 37]];
        Self { rows: rows.map(|row| row.map(|percent| Decimal::new(percent, 2))), is_own: false }
    }
}

impl ForecastTable {
    /// The share of plans like this one that were kept.
    pub fn chance(&self, standby: Standby, to_spare: i64) -> Decimal {
        self.rows[standby as usize][column(to_spare)]
    }

    /// Where the shares come from.
    pub(crate) fn source(&self) -> &'static str {
        match self.is_own {
            true => "so says the table under `[forecast]` in the configuration",
            false => {
                "so say 2,067 plans that the Kubernetes project published: there is no table of your own under `[forecast]`"
            }
        }
    }

    /// The share in a row and a column.
    pub(crate) fn share(&self, row: usize, column: usize) -> Decimal {
        self.rows[row][column]
    }

    /// The fewest days to spare with which plans like this one are in a better band than the worst.
    pub fn needed(&self, standby: Standby) -> Option<i64> {
        let days = [0, COLUMNS[0], COLUMNS[1]];
        days.into_iter().find(|days| ChanceBand::of(self.chance(standby, *days)) > ChanceBand::Seldom)
    }

    /// Reads a table, of which each row may be left out; what is wrong with it is added to `problems`.
    pub(crate) fn read(record: &ForecastRecord, problems: &mut Vec<Problem>) -> Self {
        let mut table = Self::default();
        let rows = [&record.committed, &record.confirmed, &record.stale];
        for (row, field) in table.rows.iter_mut().zip(rows) {
            if let Some(read) = self::row(field, problems) {
                *row = read;
                table.is_own = true;
            }
        }
        table
    }
}

/// The column of the table for some days to spare.
pub(crate) fn column(to_spare: i64) -> usize {
    COLUMNS.iter().filter(|from| to_spare >= **from).count()
}

fn row(field: &Field<Spanned<Vec<Text>>>, problems: &mut Vec<Problem>) -> Option<[Decimal; 3]> {
    let texts = field.given()?;
    let share = |text: &Text| {
        let share: Option<Decimal> = text.value.trim().parse().ok();
        share.filter(|share| (Decimal::ZERO..=Decimal::ONE).contains(share))
    };
    if let Some(wrong) = texts.value.iter().find(|text| share(text).is_none()) {
        let title = format!("`{}` is no share of plans", wrong.value);
        problems.push(
            Problem::at(wrong.span, title, "expected a number from 0 to 1")
                .help("write 0.25 for a quarter of the plans"),
        );
        return None;
    }
    let shares: Vec<Decimal> = texts.value.iter().filter_map(share).collect();
    let row = match <[Decimal; 3]>::try_from(shares) {
        Ok(row) => row,
        Err(shares) => {
            let title = format!("a row of the forecast has three shares, and this one {}", shares.len());
            problems.push(
                Problem::at(texts.span, title, "expected three numbers")
                    .help("write one for no days to spare, one from 100 days on, and one from 215 days on"),
            );
            return None;
        }
    };
    // A deadline that is later is kept at least as often, since whatever met the earlier one meets it.
    let Some(at) = (1..row.len()).find(|&at| row[at] < row[at - 1]) else { return Some(row) };
    let title = format!("`{}` is less than `{}` before it", row[at], row[at - 1]);
    let label = "expected as large a share: more days to spare are kept no less often";
    let help = "write the larger share for the larger number of days";
    problems.push(Problem::at(texts.value[at].span, title, label).help(help));
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// More days, a fresher confirmation and a commitment never make a promise less likely to be kept.
        #[test]
        fn chances_are_monotone(days in -400..400i64, more in 0..400i64, standby in 0..3usize, better in 0..3usize) {
            let all = [Standby::Committed, Standby::Confirmed, Standby::Stale];
            let (standby, better) = (all[standby.max(better)], all[better.min(standby)]);
            let table = ForecastTable::default();
            prop_assert!(table.chance(better, days + more) >= table.chance(standby, days));
            let needed = table.needed(standby);
            prop_assert_eq!(
                ChanceBand::of(table.chance(standby, days)) > ChanceBand::Seldom,
                needed.is_some_and(|needed| days.max(0) >= needed)
            );
        }
    }

    #[test]
    fn bands_begin_where_they_say() {
        let bands = [0, 34, 35, 64, 65, 100].map(|percent| ChanceBand::of(Decimal::new(percent, 2)));
        assert_eq!(
            bands,
            [
                ChanceBand::Seldom,
                ChanceBand::Seldom,
                ChanceBand::AboutHalf,
                ChanceBand::AboutHalf,
                ChanceBand::Mostly,
                ChanceBand::Mostly
            ]
        );
    }
}
