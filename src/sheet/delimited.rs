//! Tables as text: cells between commas, semicolons or tabs.

use csv::{ReaderBuilder, StringRecord, Writer};

use crate::diagnostic::Problem;

use super::{LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, SheetCell, SheetRow, too_many};

/// What stands between cells.
const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// Reads the rows of a text.
pub(super) fn read(name: &str, text: &str, delimiter: Option<u8>) -> Result<Vec<SheetRow>, Problem> {
    let (text, stated) = stated(text);
    let delimiter = delimiter.or(stated).unwrap_or_else(|| most_used(text));
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let (mut rows, mut record) = (Vec::new(), StringRecord::new());
    let mut number = 0;
    let mut named: Option<Vec<bool>> = None;
    let mut start = 0;
    loop {
        // The text is in memory and is UTF-8: nothing can be wrong with reading it.
        if !reader.read_record(&mut record).unwrap_or(false) {
            return Ok(rows);
        }
        let end = usize::try_from(reader.position().byte()).unwrap_or(text.len()).min(text.len());
        let raw = text.get(start..end).unwrap_or_default();
        let raw = if start > 0 && text[..start].ends_with('\r') { raw.trim_start_matches('\n') } else { raw };
        start = end;
        // The reader passes over lines without anything on them, which a spreadsheet shows.
        let blank = blank_lines(raw);
        number += blank.0 + 1;
        if number > MOST_ROWS {
            return Err(too_many(name, MOST_ROWS, "rows"));
        }
        if record.len() > MOST_COLUMNS {
            return Err(too_many(name, MOST_COLUMNS, "columns"));
        }
        let is_filled = |cell: &str| !cell.trim().is_empty();
        if named.is_none() && record.iter().any(is_filled) {
            named = Some(record.iter().map(is_filled).collect());
        }
        // Before the cells are believed: readers of csv guess at such quotes, each in its own way.
        let fault = quote_fault(&raw[blank.1..], delimiter).map(str::to_owned);
        let fault = fault.or_else(|| row_fault(&record, named.as_deref().unwrap_or_default()));
        let is_over = fault.as_deref() == Some(UNCLOSED);
        let cells = record
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.trim().is_empty() && cell.len() <= LONGEST_CELL);
        let cells = cells.map(|(column, cell)| (column, SheetCell::Text(cell.to_owned()))).collect();
        let row = SheetRow { number, cells, fault };
        if !row.cells.is_empty() || row.fault.is_some() {
            rows.push(row);
        }
        if is_over {
            return Ok(rows);
        }
    }
}

/// The delimiter that a first line `sep=;` states, which Excel obeys and does not show, and the text after it.
fn stated(text: &str) -> (&str, Option<u8>) {
    let stated = text.strip_prefix("sep=").and_then(|rest| {
        let delimiter = *rest.as_bytes().first().filter(|first| DELIMITERS.contains(first))?;
        let rest = rest[1..].strip_prefix("\r\n").or_else(|| rest[1..].strip_prefix(['\n', '\r']))?;
        Some((rest, Some(delimiter)))
    });
    stated.unwrap_or((text, None))
}

/// The delimiter that the first row has most of, outside of quotes.
fn most_used(text: &str) -> u8 {
    let (mut counts, mut quoted) = ([0; DELIMITERS.len()], false);
    for byte in text.trim_start().bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(at) = DELIMITERS.iter().position(|&delimiter| delimiter == byte) {
                    counts[at] += 1;
                }
            }
        }
    }
    // The first of those that are as frequent.
    let best = (0..counts.len()).rev().max_by_key(|&at| counts[at]).unwrap_or_default();
    DELIMITERS[best]
}

/// How many empty lines a text begins with, and where they end.
fn blank_lines(raw: &str) -> (usize, usize) {
    let (mut lines, mut rest) = (0, raw);
    while let Some(next) = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\n', '\r'])) {
        (lines, rest) = (lines + 1, next);
    }
    (lines, raw.len() - rest.len())
}

/// What is wrong with the cells of a row. One that has no header may be the rest of a text with a comma in it.
fn row_fault(record: &StringRecord, named: &[bool]) -> Option<String> {
    let mut cells = record.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty());
    if let Some((column, _)) = cells.find(|(column, _)| !named.get(*column).is_some_and(|is_named| *is_named))
    {
        return Some(format!("its cell {} stands below no header", column + 1));
    }
    let longest = record.iter().map(str::len).max().unwrap_or_default();
    (longest > LONGEST_CELL).then(|| format!("a cell of it is longer than {} MiB", LONGEST_CELL >> 20))
}

const UNCLOSED: &str = "a quote that opens in it never closes, so that nothing after it can be read";

/// What is wrong with the quotes of a row: readers guess then, and one cell may swallow rows.
fn quote_fault(row: &str, delimiter: u8) -> Option<&'static str> {
    let bytes = row.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'"' {
            at += 1;
            loop {
                match (bytes.get(at), bytes.get(at + 1)) {
                    (None, _) => return Some(UNCLOSED),
                    (Some(b'"'), Some(b'"')) => at += 2,
                    (Some(b'"'), _) => break,
                    _ => at += 1,
                }
            }
            at += 1;
            if bytes.get(at).is_some_and(|&next| next != delimiter && next != b'\n' && next != b'\r') {
                return Some("a cell of it goes on after the quote that ends it");
            }
        }
        while at < bytes.len() && bytes[at] != delimiter {
            at += 1;
        }
        at += 1;
    }
    None
}

/// Writes rows as a table for a spreadsheet: RFC 4180. All have as many cells as the first, and a text from elsewhere is
/// [`inert`].
pub(crate) fn csv(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = Writer::from_writer(Vec::new());
    for row in rows {
        // A vector takes all that is written.
        let _ = writer.write_record(row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// A text that no spreadsheet takes for a formula: <https://owasp.org/www-community/attacks/CSV_Injection>.
pub(crate) fn inert(text: String) -> String {
    if is_formula(&text) { format!("'{text}") } else { text }
}

/// Whether a text has the guard that [`inert`] puts before what may be a formula.
pub(crate) fn is_guarded(text: &str) -> bool {
    text.strip_prefix('\'').is_some_and(is_formula)
}

fn is_formula(text: &str) -> bool {
    text.trim_start().starts_with(['=', '+', '-', '@']) || text.starts_with(['\t', '\r'])
}
