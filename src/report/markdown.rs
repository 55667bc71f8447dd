//! A table for a page or a comment.

use crate::output::escape_markdown as escape;

use super::Report;
use super::column::{Column, for_people};
use super::outlook::ValueOutlook;
use super::terminal::{REVIEW, at_signing, tight, uncosted};

/// Writes a report, with the first sentence of `lint`'s summary above it.
pub(crate) fn markdown(report: &Report<'_>, chosen: &[Column]) -> String {
    let columns = &if chosen.is_empty() { for_people(report) } else { chosen.to_vec() };
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let summary = report.tally.to_string();
    let (headline, rest) = summary.split_once('\n').unwrap_or((&summary, ""));
    let mut out = format!("**{}**\n\n", escape(headline));
    out.push_str(&row(columns.iter().map(|column| column.title(report.by)).collect()));
    let ruler = columns.iter().map(|column| if column.is_number() { "--:" } else { "---" }.to_owned());
    out.push_str(&row(ruler.collect()));
    for line in report.rows() {
        let cells = columns.iter().map(|column| match column.money(&line.numbers) {
            Some(sums) => escape(&sums.in_words()),
            None => escape(&column.cell(line)),
        });
        out.push_str(&row(cells.collect()));
    }
    let rest: Vec<String> = rest.lines().map(|line| format!("- {}\n", escape(line.trim()))).collect();
    out.push_str(&format!("\n{}", rest.concat()));
    if columns.iter().any(|column| column.is_for_review()) {
        out.push_str(&format!("\n{REVIEW}\n"));
    }
    if let Some(note) = uncosted(report, columns) {
        out.push_str(&format!("\n{}\n", escape(&note)));
    }
    if let Some(note) = tight(report, columns) {
        out.push_str(&format!("\n{}\n", escape(note)));
    }
    if let Some(note) = at_signing(columns) {
        out.push_str(&format!("\n{}\n", escape(note)));
    }
    if columns.contains(&Column::Chance) {
        let lines = ValueOutlook::of(&report.deals).lines();
        let lines: Vec<String> = lines.iter().map(|line| escape(line.trim())).collect();
        out.push_str(&format!("\n{}\n", lines.join("\n- ").replacen('\n', "\n\n", 1)));
    }
    out.push_str(&format!("\n{}\n", escape(&report.notice)));
    out
}
