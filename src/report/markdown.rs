//! A table for a page or a comment.

use crate::output::escape_markdown as escape;

use super::Report;
use super::column::{Column, for_people};
use super::terminal::{REVIEW, uncosted};

/// Writes a report, with the first sentence of `lint`'s summary above it.
pub(crate) fn markdown(report: &Report<'_>, chosen: &[Column]) -> String {
    let columns = &if chosen.is_empty() { for_people(report) } else { chosen.to_vec() };
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let summary = report.tally.to_string();
    let (headline, rest) = summary.split_once('\n').unwrap_or((&summary, ""));
    let mut out = format!("**{}**\n\n", escape(headline));
    out.push_str(&row(columns.iter().map(|column| column.title(report.by).to_owned()).collect()));
    let ruler = columns.iter().map(|column| if column.is_number() { "--:" } else { "---" }.to_owned());
    out.push_str(&row(ruler.collect()));
    for line in &report.lines {
        out.push_str(&row(columns.iter().map(|column| escape(&column.cell(line))).collect()));
    }
    if report.lines.len() > 1 {
        let all = columns.iter().map(|column| match column {
            Column::Name => "all".to_owned(),
            Column::FutureFeatures | Column::Uncosted => String::new(),
            column => escape(&column.number(&report.total)),
        });
        out.push_str(&row(all.collect()));
    }
    let rest: Vec<String> = rest.lines().map(|line| format!("- {}\n", escape(line.trim()))).collect();
    out.push_str(&format!("\n{}", rest.concat()));
    if columns.iter().any(|column| column.is_for_review()) {
        out.push_str(&format!("\n{REVIEW}\n"));
    }
    if let Some(note) = uncosted(report, columns) {
        out.push_str(&format!("\n{}\n", escape(&note)));
    }
    out.push_str(&format!("\n{}\n", escape(&report.notice)));
    out
}
