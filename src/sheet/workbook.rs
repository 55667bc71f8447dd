//! Excel workbooks: typed cells, days of both epochs, and what formulas came to when the workbook was saved.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::io::{Cursor, Read};
use std::sync::Arc;

use calamine::{
    Data, DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Style, Xlsx, XlsxError,
};
use jiff::civil::Date;
use zip::ZipArchive;

use crate::diagnostic::Problem;
use crate::text::{and_list, in_backticks, nearest};

use super::shown::ShownPeriod;
use super::{LONGEST_CELL, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, SheetCell, SheetRow, too_large, too_many};

/// How many times its own size a workbook may unpack to.
const MOST_TIMES: usize = 100;

/// What a workbook of a few hundred bytes may unpack to all the same.
const ALWAYS: usize = 1 << 20;

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Reads the rows of a sheet: the one that is named, else the only one that holds anything.
pub(super) fn read(name: &str, bytes: &[u8], wanted: Option<&str>) -> Result<Vec<SheetRow>, Problem> {
    // The compound files of old Excel, which encrypted ones are, too.
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        return Err(Problem::in_file(name, format!("{name} is encrypted, or an .xls under another name"))
            .help("open it in Excel or LibreOffice, and save it as .xlsx without a password"));
    }
    unpack(name, bytes)?;
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| unsound(name, &error))?;
    let sheet = chosen(name, &mut workbook, wanted)?;
    rows(name, &mut workbook, &sheet)
}

/// Unpacks all parts once and keeps nothing, so that whoever reads them later meets no more than a workbook may hold.
fn unpack(name: &str, bytes: &[u8]) -> Result<(), Problem> {
    let broken = || broken(name, "the archive is broken");
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    let most = bytes.len().saturating_mul(MOST_TIMES).max(ALWAYS);
    let mut left = most.min(MOST_BYTES) as u64;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|_| broken())?;
        let read = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).map_err(|_| broken())?;
        left = match left.checked_sub(read) {
            Some(left) => left,
            None if most >= MOST_BYTES => return Err(too_large(name)),
            None => {
                let title = format!("{name} unpacks to more than a hundred times its size");
                return Err(Problem::in_file(name, title)
                    .note("what does so is made to exhaust memory")
                    .help("open it in Excel or LibreOffice, and save it again as .xlsx"));
            }
        };
    }
    Ok(())
}

/// The name of the sheet that is meant.
fn chosen(name: &str, workbook: &mut Workbook<'_>, wanted: Option<&str>) -> Result<String, Problem> {
    let sheets = workbook.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let sheets: Vec<(String, bool)> =
        sheets.map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible)).collect();
    if let Some(wanted) = wanted {
        if let Some((sheet, _)) = sheets.iter().find(|(sheet, _)| sheet == wanted) {
            return Ok(sheet.clone());
        }
        let problem = Problem::in_file(name, format!("{name} has no sheet `{wanted}`"));
        let near = nearest(wanted, sheets.iter().map(|(sheet, _)| sheet.as_str()));
        return Err(problem.help_near(near, format!("its sheets are {}", names(&sheets))));
    }
    let mut filled = Vec::new();
    for sheet in sheets {
        let mut reader = workbook.worksheet_cells_reader(&sheet.0).map_err(|error| unsound(name, &error))?;
        while let Some(cell) = reader.next_cell().map_err(|error| unsound(name, &error))? {
            if *cell.get_value() != DataRef::Empty {
                filled.push(sheet);
                break;
            }
        }
    }
    // What is hidden is no second table to people who see one.
    let seen: Vec<(String, bool)> = filled.iter().filter(|(_, is_visible)| *is_visible).cloned().collect();
    match if seen.is_empty() { filled } else { seen }.as_slice() {
        [] => Ok(Err(Problem::in_file(name, format!("{name} is empty"))
            .help("expected a table whose first row says what the columns are called"))?),
        [(only, _)] => Ok(only.clone()),
        several => {
            let title = format!("{name} has several sheets: {}", names(several));
            Err(Problem::in_file(name, title).help(format!("say which: `--sheet \"{}\"`", several[0].0)))
        }
    }
}

fn names(sheets: &[(String, bool)]) -> String {
    and_list(&in_backticks(sheets.iter().map(|(sheet, _)| sheet)))
}

/// The rows of a sheet. Memory is taken for cells that are there, never for what the sheet says that it spans.
fn rows(name: &str, workbook: &mut Workbook<'_>, sheet: &str) -> Result<Vec<SheetRow>, Problem> {
    let unsound = |error: XlsxError| unsound(name, &error);
    let periods = periods(workbook, sheet).map_err(unsound)?;
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(unsound)?;
    let mut rows: BTreeMap<u32, SheetRow> = BTreeMap::new();
    let mut size = 0;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(unsound)? {
        let (row, column) = cell.pos;
        if row as usize >= MOST_ROWS {
            return Err(too_many(name, MOST_ROWS, "rows"));
        }
        if column as usize >= MOST_COLUMNS {
            return Err(too_many(name, MOST_COLUMNS, "columns"));
        }
        let Some(value) = value(&cell.value, cell.formula.is_some()) else { continue };
        let value = match (periods.get(&cell.pos), value) {
            (Some((shown, code)), SheetCell::Day(day)) => as_shown(day, *shown, code),
            (_, value) => value,
        };
        // One text may stand in many cells.
        size += value.text().len();
        if size > MOST_BYTES {
            return Err(too_large(name));
        }
        let number = row as usize + 1;
        let row = rows.entry(row).or_insert_with(|| SheetRow { number, ..SheetRow::default() });
        if value.text().len() > LONGEST_CELL {
            row.fault = Some(format!("a cell of it is longer than {} MiB", LONGEST_CELL >> 20));
            continue;
        }
        match row.cells.entry(column as usize) {
            Entry::Vacant(place) => drop(place.insert(value)),
            Entry::Occupied(_) => row.fault = Some("a cell of it is written twice".to_owned()),
        }
    }
    drop(reader);
    let merged = workbook.merge_cells_by_sheet_name(sheet).map_err(unsound)?;
    fill_merged(&mut rows, merged, size).ok_or_else(|| too_large(name))?;
    Ok(rows.into_values().collect())
}

/// A number format: what it shows of a day, and how it is written.
type NumberFormat = (ShownPeriod, Arc<str>);

/// The cells whose numbers are shown as something else than a day, each with its format.
fn periods(workbook: &mut Workbook<'_>, sheet: &str) -> Result<HashMap<(u32, u32), NumberFormat>, XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    let of_style = |style: &Style| {
        let code = style.number_format.as_ref().map_or("", |format| &format.format_code);
        (ShownPeriod::of(style), Arc::from(code))
    };
    let styles: Vec<NumberFormat> = reader.styles().iter().map(of_style).collect();
    let mut periods = HashMap::new();
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        if let (DataRef::DateTime(_) | DataRef::DateTimeIso(_), Some((shown, code))) =
            (cell.get_value(), styles.get(style))
            && *shown != ShownPeriod::Day
        {
            periods.insert(cell.get_position(), (*shown, Arc::clone(code)));
        }
    }
    Ok(periods)
}

/// A day as people see it: a month or a year is no day, though Excel keeps its first.
fn as_shown(day: Date, shown: ShownPeriod, code: &str) -> SheetCell {
    match shown {
        ShownPeriod::Month => SheetCell::Text(format!("{:04}-{:02}", day.year(), day.month())),
        ShownPeriod::Year => SheetCell::Text(format!("{:04}", day.year())),
        // A month that is typed becomes its first day.
        ShownPeriod::Unknown if day.day() > 1 => SheetCell::Day(day),
        ShownPeriod::Unknown => SheetCell::UnclearDay(String::new()),
        ShownPeriod::Unclear => SheetCell::UnclearDay(code.to_owned()),
        ShownPeriod::Day => SheetCell::Day(day),
    }
}

/// What a cell takes up besides its text, about.
const CELL: usize = 64;

/// Puts the value of a cell merged over rows into each of them, as people see it; none where that is too much. A cell
/// merged over columns belongs to the first, which has the header.
fn fill_merged(
    rows: &mut BTreeMap<u32, SheetRow>,
    mut merged: Vec<Dimensions>,
    mut size: usize,
) -> Option<()> {
    let header = rows.first_key_value().map_or(0, |(row, _)| *row);
    merged.sort_unstable_by_key(|cells| (cells.start.1, cells.start.0));
    let mut before: Option<Dimensions> = None;
    for cells in merged.into_iter().filter(|cells| header < cells.start.0 && cells.start.0 < cells.end.0) {
        let (first, column) = cells.start;
        // No spreadsheet merges a cell twice.
        let is_twice = |before: Dimensions| before.start.1 == column && first <= before.end.0;
        if before.is_some_and(is_twice) {
            continue;
        }
        before = Some(cells);
        let cell = rows.get(&first).and_then(|row| row.cells.get(&(column as usize))).cloned();
        let Some(cell) = cell else { continue };
        for (_, row) in rows.range_mut(first + 1..=cells.end.0) {
            size = size.checked_add(cell.text().len() + CELL).filter(|size| *size <= MOST_BYTES)?;
            row.cells.entry(column as usize).or_insert_with(|| cell.clone());
        }
    }
    Some(())
}

/// What stands in a cell; nothing in a blank one.
fn value(value: &DataRef<'_>, is_formula: bool) -> Option<SheetCell> {
    let text = match value {
        DataRef::DateTime(day) => return Some(moment(day)),
        DataRef::DateTimeIso(text) => match text.get(..10).and_then(|day| day.parse().ok()) {
            Some(day) => return Some(SheetCell::Day(day)),
            None => text.clone(),
        },
        DataRef::Error(error) => return Some(SheetCell::Fault(error.to_string())),
        DataRef::Empty if is_formula => {
            return Some(SheetCell::Fault("a formula without a value".to_owned()));
        }
        DataRef::Empty => return None,
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        other => Data::from(other.clone()).to_string(),
    };
    (!text.trim().is_empty()).then_some(SheetCell::Text(text))
}

/// A number that is shown as a moment: its day, unless it is a time of day or a duration.
fn moment(moment: &ExcelDateTime) -> SheetCell {
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    let parts = (i16::try_from(year).ok(), i8::try_from(month).ok(), i8::try_from(day).ok());
    let day = match parts {
        (Some(year), Some(month), Some(day)) if moment.is_datetime() && moment.as_f64() >= 1.0 => {
            Date::new(year, month, day).ok()
        }
        _ => None,
    };
    day.map_or_else(|| SheetCell::Text(moment.as_f64().to_string()), SheetCell::Day)
}

fn broken(name: &str, what: &str) -> Problem {
    Problem::in_file(name, format!("{name} is no sound Excel workbook: {what}"))
        .help("open it in Excel or LibreOffice, and save it again as .xlsx")
}

fn unsound(name: &str, error: &XlsxError) -> Problem {
    broken(name, &error.to_string())
}
