//! The releases that a table has dates for: they go into `[releases]`, so that a target can name them.

use std::collections::{BTreeMap, HashMap};

use crate::model::date::parse_date;
use crate::model::target::is_no_date;
use crate::model::window::Window;
use crate::sheet::SheetRow;
use crate::text::fold;

use super::cells::{CellReader, ImportedDate, Read, is_same};

/// The releases of a table and of the roadmap that is updated.
pub(super) struct TableReleases {
    /// With their dates, or known to have none.
    pub known: BTreeMap<String, Option<Window>>,
    /// Those that the table has a date for, by their names without regard to case, each with the first row that says so.
    dated: HashMap<String, (String, ImportedDate, usize)>,
}

impl TableReleases {
    /// What some rows say of releases. What one row says, another may leave empty.
    pub(super) fn of(cells: &CellReader<'_>, rows: &[usize]) -> Self {
        let mut known = cells.options.releases.clone();
        let mut dated = HashMap::new();
        for row in rows.iter().map(|&at| &cells.sheet.rows[at]).filter(|row| row.fault.is_none()) {
            let (Ok(releases), Ok(Some(date))) = (names(cells, row), cells.planned(row, "release-date"))
            else {
                continue;
            };
            if let [release] = releases.as_slice()
                && can_be_named(cells, release)
            {
                dated.entry(fold(release).into_owned()).or_insert((release.clone(), date, row.number));
            }
        }
        for (name, date, _) in dated.values() {
            known.retain(|known, _| !is_same(known, name));
            known.insert(name.clone(), Some(date.window));
        }
        Self { known, dated }
    }

    /// Those with a date in the table that some targets name, by their names.
    pub(super) fn named<'t>(
        &self,
        targets: impl Iterator<Item = &'t ImportedDate>,
    ) -> Vec<(String, ImportedDate)> {
        let named = targets.filter_map(|target| self.dated.get(&*fold(&target.text)));
        let named: BTreeMap<&String, &ImportedDate> = named.map(|(name, date, _)| (name, date)).collect();
        named.into_iter().map(|(name, date)| (name.clone(), date.clone())).collect()
    }

    /// A release that is known, as a target names it.
    pub(super) fn find(&self, name: &str) -> Option<Option<Window>> {
        self.known.iter().find(|(known, _)| is_same(known, name)).map(|(_, window)| *window)
    }

    /// The date of the release that a row is assigned to, where the row states one; and why that cannot be, where another
    /// row states another.
    pub(super) fn date(&self, cells: &CellReader<'_>, row: &SheetRow) -> Read<Option<ImportedDate>> {
        let Some(date) = cells.planned(row, "release-date")? else { return Ok(None) };
        let releases = names(cells, row)?;
        let [release] = releases.as_slice() else { return Ok(Some(date)) };
        let Some((name, first, number)) = self.dated.get(&*fold(release)) else { return Ok(Some(date)) };
        if first.window != date.window {
            let what = format!(
                "`{}` differs from `{}` in row {number}, which has the same release",
                date.text, first.text
            );
            return Err(cells.reason(row, "release-date", what, ["write one of the two in both"]));
        }
        Ok(Some(ImportedDate { text: name.clone(), window: date.window }))
    }
}

/// The releases that a row is assigned to.
pub(super) fn names(cells: &CellReader<'_>, row: &SheetRow) -> Read<Vec<String>> {
    cells.texts(row, "release", &[';', ',', '\n'])
}

/// Whether a text is the name of a release, and no date that a target could be.
fn can_be_named(cells: &CellReader<'_>, text: &str) -> bool {
    let counts_from_review = ["now", "next"].iter().any(|word| is_same(word, text));
    !is_no_date(text) && !counts_from_review && parse_date(text, &cells.options.vocabulary.calendar).is_err()
}
