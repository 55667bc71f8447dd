//! The cells of a row, by the keys that their columns hold.

use std::collections::HashSet;

use crate::model::date::parse_date;
use crate::model::misread::ReadError;
use crate::model::target::is_no_date;
use crate::model::window::Window;
use crate::sheet::{SheetCell, SheetRow, Spreadsheet};
use crate::text::fold;

use super::columns::{ColumnMap, Saying};
use super::dates::{as_written, of_serial, waits_for_order};
use super::profile::Profile;
use super::{ImportOptions, RowReason};

/// What has been read of one row.
pub(super) type Read<T> = Result<T, RowReason>;

/// Reads the cells of a table.
pub(super) struct CellReader<'a> {
    pub(super) sheet: &'a Spreadsheet,
    pub(super) columns: &'a ColumnMap,
    pub(super) profile: &'static Profile,
    pub(super) options: &'a ImportOptions<'a>,
}

/// A date as it will be written, and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ImportedDate {
    /// In the words of files.
    pub text: String,
    /// The days that it may be.
    pub window: Window,
}

impl ImportedDate {
    /// A day as files write it; what is longer stays in the table's words.
    pub(super) fn new(text: String, window: Window) -> Self {
        // Rewritten only where nothing is lost: a period stays what the table calls it.
        Self { text: if window.is_day() { window.latest.to_string() } else { text }, window }
    }
}

impl CellReader<'_> {
    /// Why no cell of a row can be read, where none can.
    pub(super) fn row_fault(&self, row: &SheetRow) -> Option<RowReason> {
        let helps = vec!["put the row right, or export the table again".to_owned()];
        row.fault.clone().map(|what| RowReason { header: String::new(), what, helps })
    }

    pub(super) fn reason<T: Into<String>>(
        &self,
        row: &SheetRow,
        key: &str,
        what: impl Into<String>,
        helps: impl IntoIterator<Item = T>,
    ) -> RowReason {
        let column = match self.columns.get(row, key) {
            Saying::One(column, _) | Saying::Two(column) => Some(column),
            Saying::Nothing(column) => column,
        };
        self.reason_at(column, what, helps)
    }

    pub(super) fn reason_at<T: Into<String>>(
        &self,
        column: Option<usize>,
        what: impl Into<String>,
        helps: impl IntoIterator<Item = T>,
    ) -> RowReason {
        let header = column.map(|column| self.sheet.header[column].clone()).unwrap_or_default();
        RowReason { header, what: what.into(), helps: helps.into_iter().map(Into::into).collect() }
    }

    /// What a row says of a key, if it says one thing.
    pub(super) fn cell<'r>(&self, row: &'r SheetRow, key: &str) -> Read<Option<(usize, &'r SheetCell)>> {
        match self.columns.get(row, key) {
            Saying::Nothing(_) => Ok(None),
            Saying::Two(column) => {
                let what = "several columns of this name say different things";
                Err(self.reason_at(Some(column), what, ["leave one of them"]))
            }
            Saying::One(column, cell) => match self.fault(column, cell) {
                Some(fault) => Err(fault),
                None => Ok(Some((column, cell))),
            },
        }
    }

    /// Why a cell cannot be read, where its workbook says so.
    fn fault(&self, column: usize, cell: &SheetCell) -> Option<RowReason> {
        let (what, help) = match cell {
            SheetCell::Fault(fault) => (
                format!("`{fault}` is no value"),
                "put the formula right, save the workbook and import it again",
            ),
            SheetCell::UnclearDay(_) => (
                format!("it is {}, and people may see a month or a year of it", cell.text()),
                "show the column as dates such as 2027-03-31, or write the month or the year as text, and import the workbook again",
            ),
            SheetCell::Text(_) | SheetCell::Day(_) => return None,
        };
        Some(self.reason_at(Some(column), what, [help]))
    }

    /// Whether a row leaves out a key.
    pub(super) fn is_empty(&self, row: &SheetRow, key: &str) -> bool {
        matches!(self.columns.get(row, key), Saying::Nothing(_))
    }

    pub(super) fn text(&self, row: &SheetRow, key: &str) -> Read<Option<String>> {
        Ok(self.cell(row, key)?.map(|(_, cell)| one_line(&cell.text())))
    }

    /// The texts of all cells for a key.
    pub(super) fn texts(&self, row: &SheetRow, key: &str, between: &[char]) -> Read<Vec<String>> {
        let (mut texts, mut seen) = (Vec::new(), HashSet::new());
        for (column, cell) in self.columns.all(row, key) {
            if let Some(fault) = self.fault(column, cell) {
                return Err(fault);
            }
            for text in cell.text().split(between).map(one_line).filter(|text| !text.is_empty()) {
                if seen.insert(text.clone()) {
                    texts.push(text);
                }
            }
        }
        Ok(texts)
    }

    /// A date that is no target.
    pub(super) fn date(&self, row: &SheetRow, key: &str) -> Read<Option<ImportedDate>> {
        let Some((column, cell)) = self.cell(row, key)? else { return Ok(None) };
        let text = as_written(&cell.text(), self.options.date_order).into_owned();
        let window = parse_date(&text, &self.options.vocabulary.calendar);
        let window = window.map_err(|error| self.misread(column, &cell.text(), error))?;
        Ok(Some(ImportedDate::new(text, window)))
    }

    /// A day to come, of which a table may say that it has none.
    pub(super) fn planned(&self, row: &SheetRow, key: &str) -> Read<Option<ImportedDate>> {
        let says_none = self.text(row, key)?.is_some_and(|text| is_no_date(&text));
        if says_none { Ok(None) } else { self.date(row, key) }
    }

    /// Why a date could not be read, with what to write instead.
    pub(super) fn misread(&self, column: usize, text: &str, error: ReadError) -> RowReason {
        let ReadError::Misread(misread) = error else {
            return self.reason_at(
                Some(column),
                format!("how `{text}` is read could not be told"),
                ["put the configuration right"],
            );
        };
        let mut helps: Vec<String> = misread.helps.into_iter().map(|help| help.text).collect();
        if waits_for_order(text) {
            helps.push("`--date-order dmy` reads all such days with the day first, `--date-order mdy` with the month first".to_owned());
        }
        if let Some(day) = of_serial(text) {
            helps.insert(0, format!("if it is the number of a day, show the column as dates: {day}"));
        }
        self.reason_at(Some(column), misread.title, helps)
    }
}

/// Keeps what was read, or the reason why it was not.
pub(super) fn kept<T>(read: Read<T>, reasons: &mut Vec<RowReason>) -> Option<T> {
    read.map_err(|reason| reasons.push(reason)).ok()
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether two texts are one name.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    fold(one.trim()) == fold(other.trim())
}
