//! A table for a terminal, with the words of `lint`'s summary below it.

use comfy_table::CellAlignment;

use crate::lint::obstacle::Standing;
use crate::output::columns::{self, CellWrapping};
use crate::text::{and_list, clean_truncated, or_list};

use super::column::{Column, default_columns, drop_order};
use super::outlook::ValueOutlook;
use super::{Line, LineTotals, Report};

/// How long a bar is.
const BAR: usize = 6;

/// Said below a table that lists future features.
const REVIEW: &str = "Specified future features are listed for review. Whether revenue waits for \
                                 any of them is for finance to decide, and is not said here.";

/// Said below a table in which something is tight.
const TIGHT: &str = "tight: on time by the roadmap, with less to spare than the margin";

/// Said below a table of the room at signing.
const AT_SIGNING: &str = "slack: days from the last day of the target to that of the deadline; at signing as the last roadmap \
                          had it that was committed until then, and \"no roadmap\" where none was";

/// How many features a line below the table lists before it counts the others.
const MAX_NAMED: usize = 8;

/// The most characters of a feature's name there.
const MAX_NAME_CHARS: usize = 80;

/// Draws a report for a width in columns of a terminal. Where nobody chose the columns, some may be left out.
pub(crate) fn terminal(report: &Report<'_>, chosen: &[Column], width: usize) -> String {
    let (columns, left_out) = match chosen {
        [] => fit_columns(report, width),
        chosen => (chosen.to_vec(), Vec::new()),
    };
    let rows = rows(report, &columns);
    let mut table = columns::table(&rows, |at| wrapping(columns[at]), width);
    for (column, shown) in columns.iter().zip(table.column_iter_mut()) {
        if column.is_right_aligned() {
            shown.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut out = String::new();
    if !report.lines.is_empty() {
        for line in columns::lines(&table) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    if !left_out.is_empty() {
        let names: Vec<String> = left_out.iter().map(|column| column.title(report.by)).collect();
        out.push_str(&format!("\nno room for {}: `--columns` chooses columns\n", or_list(&names)));
    }
    for note in notes(report, &columns) {
        out.push_str(&format!("\n{note}\n"));
    }
    if columns.contains(&Column::Chance) {
        out.push_str(&format!("\n{}\n", ValueOutlook::of(&report.deals).lines().join("\n")));
    }
    format!("{out}\n{}\n{}\n", report.tally, report.notice)
}

/// What is to be known of the columns that are shown.
pub(super) fn notes(report: &Report<'_>, columns: &[Column]) -> Vec<String> {
    let is_review = columns.iter().any(|column| column.needs_review_note());
    let is_tight = columns.contains(&Column::Tight) && report.total.totals.promises.of(Standing::AtRisk) > 0;
    let is_at_signing = columns.contains(&Column::SlackAtSigning);
    let note = |is_shown: bool, words: &str| is_shown.then(|| words.to_owned());
    let notes = [
        note(is_review, REVIEW),
        uncosted(report, columns),
        note(is_tight, TIGHT),
        note(is_at_signing, AT_SIGNING),
    ];
    notes.into_iter().flatten().collect()
}

/// What is not in the cost, where that is shown.
fn uncosted(report: &Report<'_>, columns: &[Column]) -> Option<String> {
    let names: Vec<String> = report
        .total
        .totals
        .uncosted
        .iter()
        .map(|(title, _)| clean_truncated(title, MAX_NAME_CHARS).into_owned())
        .collect();
    let is_shown = columns.contains(&Column::Cost) && !names.is_empty();
    is_shown.then(|| {
        let shown: Vec<&str> = names.iter().take(MAX_NAMED).map(String::as_str).collect();
        let more = names.len() - shown.len();
        let names = if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { and_list(&shown) };
        format!("Not in the cost, since the roadmap states no effort for it: {names}.")
    })
}

/// The usual columns, less those for which there is no room.
fn fit_columns(report: &Report<'_>, width: usize) -> (Vec<Column>, Vec<Column>) {
    let mut columns = default_columns(report);
    let mut left_out = Vec::new();
    for column in drop_order(report.by) {
        if min_width(report, &columns) <= width {
            break;
        }
        if let Some(at) = columns.iter().position(|known| *known == column) {
            left_out.push(columns.remove(at));
        }
    }
    (columns, left_out)
}

/// The least width that a table takes, with room enough for its words to be read.
fn min_width(report: &Report<'_>, columns: &[Column]) -> usize {
    columns::least(&rows(report, columns), |at| wrapping(columns[at]), |at| min_legible_width(columns[at]))
}

/// How wide a column of words is at least, if its texts are.
fn min_legible_width(column: Column) -> usize {
    if column == Column::Name { 20 } else { 14 }
}

/// Words may be wrapped; a number, an amount, a day or a bar may not.
fn wrapping(column: Column) -> CellWrapping {
    if column == Column::Name || column.wraps() { CellWrapping::Words } else { CellWrapping::Never }
}

/// The table, with its heading, and with all of it in the last row.
fn rows(report: &Report<'_>, columns: &[Column]) -> Vec<Vec<String>> {
    let header = columns.iter().map(|column| column.title(report.by)).collect();
    let row = |line| columns.iter().map(|column| cell(*column, line)).collect();
    std::iter::once(header).chain(report.lines_and_total().map(row)).collect()
}

fn cell(column: Column, line: &Line<'_>) -> String {
    match (column, column.money(&line.totals)) {
        (Column::Coverage, _) => bar(&line.totals),
        (_, Some(sums)) => sums.iter().map(|sum| sum.in_words()).collect::<Vec<_>>().join("\n"),
        _ => column.cell(line),
    }
}

/// The share that has shipped, as a bar and in percent.
fn bar(totals: &LineTotals) -> String {
    let (Some(share), Some(words)) = (totals.coverage(), totals.coverage_words()) else {
        return String::new();
    };
    let full = BAR * share / 100;
    format!("{}{} {words:>6}", "█".repeat(full), "░".repeat(BAR - full))
}
