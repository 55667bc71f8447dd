//! A table for a terminal, with the words of `lint`'s summary below it.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, Width, presets};

use crate::text::{and_list, brief, or_list};

use super::column::{Column, for_people, least_missed};
use super::{Numbers, Report};

/// How long a bar is.
const BAR: usize = 6;

/// Said below a table that lists future features.
pub(super) const REVIEW: &str = "Specified future features are listed for review. Whether revenue waits for \
                                 any of them is for finance to decide, and is not said here.";

/// The least room for what a line is about, such as a contract's id.
const NAME: usize = 20;

/// The least room for other words.
const WORDS: usize = 14;

/// How many features a line below the table lists before it counts the others.
const SHOWN: usize = 8;

/// The most characters of a feature's name there.
const LONGEST: usize = 80;

/// Between two columns.
const GAP: usize = 2;

/// Draws a report for a width in columns of a terminal. Where nobody chose the columns, some may be left out.
pub(crate) fn text(report: &Report<'_>, chosen: &[Column], width: usize) -> String {
    let (columns, left_out) = match chosen {
        [] => fitting(report, width),
        chosen => (chosen.to_vec(), Vec::new()),
    };
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    let rows = rows(report, &columns);
    for row in &rows {
        table.add_row(row);
    }
    for (at, (column, shown)) in columns.iter().zip(table.column_iter_mut()).enumerate() {
        shown.set_padding((0, GAP as u16));
        if column.is_number() {
            shown.set_cell_alignment(CellAlignment::Right);
        }
        shown.set_constraint(match least(*column) {
            Some(least) => ColumnConstraint::LowerBoundary(Width::Fixed(widest(&rows, at).min(least) as u16)),
            None => ColumnConstraint::ContentWidth,
        });
    }
    let mut out = String::new();
    for line in table.lines().filter(|_| !report.lines.is_empty()) {
        out.push_str(line.trim_end());
        out.push('\n');
    }
    if !left_out.is_empty() {
        let names: Vec<&str> = left_out.iter().map(|column| column.title(report.by)).collect();
        out.push_str(&format!("\nno room for {}: `--columns` chooses columns\n", or_list(&names)));
    }
    if columns.iter().any(|column| column.is_for_review()) {
        out.push_str(&format!("\n{REVIEW}\n"));
    }
    if let Some(note) = uncosted(report, &columns) {
        out.push_str(&format!("\n{note}\n"));
    }
    format!("{out}\n{}\n{}\n", report.tally, report.notice)
}

/// What is not in the cost, where that is shown.
pub(super) fn uncosted(report: &Report<'_>, columns: &[Column]) -> Option<String> {
    let names: Vec<String> =
        report.total.uncosted.iter().map(|name| brief(name, LONGEST).into_owned()).collect();
    let is_shown = columns.contains(&Column::Cost) && !names.is_empty();
    is_shown.then(|| {
        let shown: Vec<&str> = names.iter().take(SHOWN).map(String::as_str).collect();
        let more = names.len() - shown.len();
        let names = if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { and_list(&shown) };
        format!("Not in the cost, since the roadmap states no effort for it: {names}.")
    })
}

/// The usual columns, less those for which there is no room.
fn fitting(report: &Report<'_>, width: usize) -> (Vec<Column>, Vec<Column>) {
    let mut columns = for_people(report);
    let mut left_out = Vec::new();
    for column in least_missed(report.by) {
        if room(report, &columns) <= width {
            break;
        }
        if let Some(at) = columns.iter().position(|known| *known == column) {
            left_out.push(columns.remove(at));
        }
    }
    (columns, left_out)
}

/// The least width that a table takes.
fn room(report: &Report<'_>, columns: &[Column]) -> usize {
    let rows = rows(report, columns);
    let of =
        |(at, column): (usize, &Column)| widest(&rows, at).min(least(*column).unwrap_or(usize::MAX)) + GAP;
    columns.iter().enumerate().map(of).sum()
}

fn widest(rows: &[Vec<String>], at: usize) -> usize {
    let lines = rows.iter().flat_map(|row| row[at].lines());
    lines.map(textwrap::core::display_width).max().unwrap_or_default()
}

/// The least room for words, which may be wrapped; a number, an amount, a day or a bar may not.
fn least(column: Column) -> Option<usize> {
    match column {
        Column::Name => Some(NAME),
        column => column.is_words().then_some(WORDS),
    }
}

/// The table, with its heading, and with all of it in the last row.
fn rows(report: &Report<'_>, columns: &[Column]) -> Vec<Vec<String>> {
    let row = |cell: &dyn Fn(Column) -> String| columns.iter().map(|column| cell(*column)).collect();
    let mut rows: Vec<Vec<String>> = vec![row(&|column| column.title(report.by).to_owned())];
    for line in &report.lines {
        rows.push(row(&|column| cell(column, &line.numbers, || column.cell(line))));
    }
    if report.lines.len() > 1 {
        rows.push(row(&|column| match column {
            Column::Name => "all".to_owned(),
            Column::FutureFeatures | Column::Uncosted => String::new(),
            column => cell(column, &report.total, || column.number(&report.total)),
        }));
    }
    rows
}

fn cell(column: Column, numbers: &Numbers, other: impl Fn() -> String) -> String {
    match (column, column.money(numbers)) {
        (Column::Coverage, _) => bar(numbers),
        (_, Some(sums)) => sums.iter().map(|sum| sum.to_string()).collect::<Vec<_>>().join("\n"),
        _ => other(),
    }
}

/// The share that has shipped, as a bar and in percent.
fn bar(numbers: &Numbers) -> String {
    let (Some(share), Some(words)) = (numbers.coverage(), numbers.coverage_words()) else {
        return String::new();
    };
    let full = BAR * share / 100;
    format!("{}{} {words:>6}", "█".repeat(full), "░".repeat(BAR - full))
}
