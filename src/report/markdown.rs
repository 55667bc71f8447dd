//! A table for a page or a comment.

use crate::output::markup::{self, escape};

use super::column::{Column, default_columns};
use super::outlook::ValueOutlook;
use super::terminal::notes;
use super::{Line, Report};

/// Writes a report, with the first sentence of `lint`'s summary above it.
pub(crate) fn markdown(report: &Report<'_>, chosen: &[Column]) -> String {
    let columns = &if chosen.is_empty() { default_columns(report) } else { chosen.to_vec() };
    let summary = report.tally.to_string();
    let (headline, rest) = summary.split_once('\n').unwrap_or((&summary, ""));
    let mut out = format!("**{}**\n\n", escape(headline));
    let head: Vec<String> = columns.iter().map(|column| column.title(report.by)).collect();
    let cell = |column: &Column, line: &Line<'_>| match column.money(&line.totals) {
        Some(sums) => sums.in_words(),
        None => column.cell(line),
    };
    let rows = report
        .lines_and_total()
        .map(|line| columns.iter().map(|column| cell(column, line)).collect::<Vec<_>>());
    out.push_str(&markup::table(&head, |at| columns[at].is_right_aligned(), rows));
    let rest: Vec<String> = rest.lines().map(|line| format!("- {}\n", escape(line.trim()))).collect();
    out.push_str(&format!("\n{}", rest.concat()));
    for note in notes(report, columns) {
        out.push_str(&format!("\n{}\n", escape(&note)));
    }
    if columns.contains(&Column::Chance) {
        let lines = ValueOutlook::of(&report.deals).lines();
        let lines: Vec<String> = lines.iter().map(|line| escape(line.trim())).collect();
        if let [heading, items @ ..] = lines.as_slice() {
            let items: Vec<String> = items.iter().map(|item| format!("- {item}\n")).collect();
            out.push_str(&format!("\n{heading}\n\n{}", items.concat()));
        }
    }
    out.push_str(&format!("\n{}\n", escape(&report.notice)));
    out
}
