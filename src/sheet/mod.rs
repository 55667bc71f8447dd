//! Tables: csv, tsv and Excel workbooks, as rows whose numbers are those that a spreadsheet shows.
//!
//! Nothing here knows what a column means. A table comes from a stranger: every reader has its limits, takes up no
//! memory for what a file only claims to hold, opens no other file and computes no formula.

mod delimited;
mod encoding;
mod shown;
mod workbook;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;

use crate::diagnostic::Problem;
use crate::text::shell_path;

pub(crate) use delimited::{csv, inert, is_guarded};

/// The most bytes of a table, packed and unpacked.
pub(crate) const MOST_BYTES: usize = 256 << 20;

/// The most rows of a table, as in a spreadsheet.
const MOST_ROWS: usize = 1_048_576;

/// The most columns of a table, as in a spreadsheet.
const MOST_COLUMNS: usize = 16_384;

/// The longest text of a cell, in bytes.
const LONGEST_CELL: usize = 1 << 20;

/// A table with a header.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spreadsheet {
    /// What the columns are called, from the first on; empty where one is not.
    pub header: Vec<String>,
    /// The rows below the header that hold anything.
    pub rows: Vec<SheetRow>,
}

/// A row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SheetRow {
    /// Its number, as a spreadsheet shows it: the first row is 1.
    pub number: usize,
    /// Its cells by their columns from 0, without those that are blank.
    pub cells: BTreeMap<usize, SheetCell>,
    /// Why it cannot be told what stands in it.
    pub fault: Option<String>,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SheetCell {
    /// A text or a number, as it is written out.
    Text(String),
    /// A day.
    Day(Date),
    /// What a spreadsheet shows where it has no value, such as `#REF!`.
    Fault(String),
    /// A day of which people may see a part alone, with the format that shows it, if known.
    UnclearDay(String),
}

impl SheetCell {
    /// As it is written out, without blanks around it.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) | Self::Fault(text) => text.trim().into(),
            Self::Day(day) => day.to_string().into(),
            Self::UnclearDay(format) if format.is_empty() => "a day in an unknown format".into(),
            Self::UnclearDay(format) => format!("a day shown as {format}").into(),
        }
    }
}

/// Reads a table. What it is, its name says. Of a workbook with several sheets one has to be named.
pub(crate) fn read(
    path: &Path,
    name: &str,
    bytes: &[u8],
    wanted: Option<&str>,
) -> Result<Spreadsheet, Problem> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let is_workbook = ending == "xlsx";
    if bytes.len() > MOST_BYTES {
        return Err(too_large(name));
    }
    if let (Some(wanted), false) = (wanted, is_workbook) {
        let problem = Problem::in_file(name, format!("{name} has no sheet `{wanted}`: it is no workbook"));
        return Err(problem.help("leave out `--sheet`"));
    }
    let rows = match ending.as_str() {
        "xlsx" => workbook::read(name, bytes, wanted)?,
        "csv" => delimited::read(name, &encoding::decode(name, bytes)?, None)?,
        "tsv" => delimited::read(name, &encoding::decode(name, bytes)?, Some(b'\t'))?,
        other => return Err(unknown(name, other)),
    };
    with_header(name, rows)
}

/// Takes the first row for the header.
fn with_header(name: &str, rows: Vec<SheetRow>) -> Result<Spreadsheet, Problem> {
    let mut rows = rows.into_iter();
    let Some(first) = rows.next() else {
        return Err(Problem::in_file(name, format!("{name} is empty"))
            .help("expected a table whose first row says what the columns are called"));
    };
    if let Some(fault) = first.fault {
        let title = format!("the header of {name}, row {}, cannot be read: {fault}", first.number);
        return Err(Problem::in_file(name, title).help("export the table again, or put the row right"));
    }
    let width = first.cells.last_key_value().map_or(0, |(last, _)| last + 1);
    let mut header = vec![String::new(); width];
    for (column, cell) in first.cells {
        header[column] = cell.text().split_whitespace().collect::<Vec<_>>().join(" ");
    }
    Ok(Spreadsheet { header, rows: rows.collect() })
}

fn unknown(name: &str, ending: &str) -> Problem {
    let problem = Problem::in_file(name, format!("{name} is no table that can be read"));
    match ending {
        "xls" | "xlsm" | "xlsb" | "ods" | "fods" | "numbers" => {
            problem.help(format!("convert it: `soffice --headless --convert-to xlsx {}`", shell_path(name)))
        }
        _ => problem.help("expected a .csv, .tsv or .xlsx file"),
    }
}

/// The problem of a table that holds too much.
pub(crate) fn too_large(name: &str) -> Problem {
    Problem::in_file(name, format!("{name} holds more than {} MiB", MOST_BYTES >> 20))
        .help("export fewer columns or fewer rows")
}

fn too_many(name: &str, most: usize, what: &str) -> Problem {
    Problem::in_file(name, format!("{name} has more than {most} {what}")).help("export fewer of them")
}

#[cfg(test)]
mod tests;
