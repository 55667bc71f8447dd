//! The rows that were left out, as a table to put right and import again.

use crate::sheet::{SheetCell, Spreadsheet, csv, inert, is_guarded};

use super::LeftOutRow;

/// The header of the column that says why. A table that has it is one of rejected rows.
pub(super) const WHY: &str = "Left out because";

/// Writes the rows that were left out, with all their columns and one more that says why.
pub(crate) fn rejects(sheet: &Spreadsheet, left_out: &[LeftOutRow]) -> String {
    let columns: Vec<usize> = (0..sheet.header.len()).filter(|&at| sheet.header[at] != WHY).collect();
    let header = columns.iter().map(|&at| inert(sheet.header[at].clone())).chain([WHY.to_owned()]).collect();
    let rows = left_out.iter().map(|left_out| {
        let row = &sheet.rows[left_out.at];
        // What could not be told apart into cells would read as if it could, once it is written in quotes.
        let cells = |at: &usize| row.cells.get(at).filter(|_| row.fault.is_none());
        let cells = columns.iter().map(|at| cells(at).map(written).unwrap_or_default());
        let reasons: Vec<String> = left_out.reasons.iter().map(super::RowReason::words).collect();
        let why = format!("row {}: {}", left_out.number, reasons.join("; "));
        cells.chain([inert(why)]).collect()
    });
    csv(std::iter::once(header).chain(rows))
}

fn written(cell: &SheetCell) -> String {
    match cell {
        SheetCell::Text(text) | SheetCell::Fault(text) => inert(text.clone()),
        SheetCell::Day(day) => day.to_string(),
        SheetCell::UnclearDay(_) => inert(cell.text().into_owned()),
    }
}

/// Whether a table is one of rejected rows.
pub(super) fn is_rejects(sheet: &Spreadsheet) -> bool {
    sheet.header.iter().any(|header| header == WHY)
}

/// Takes away the guards before formulas, in a table of rejected rows.
pub(crate) fn unguarded(mut sheet: Spreadsheet) -> Spreadsheet {
    if !is_rejects(&sheet) {
        return sheet;
    }
    let unguard = |text: &mut String| {
        if is_guarded(text) {
            text.remove(0);
        }
    };
    sheet.header.iter_mut().for_each(unguard);
    for row in &mut sheet.rows {
        for cell in row.cells.values_mut() {
            if let SheetCell::Text(text) = cell {
                unguard(text);
            }
        }
    }
    sheet
}
