//! How good dates were, for people: tables for a terminal or a page.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use crate::model::forecast::{STANDBYS, STEPS};
use crate::model::measured::ENOUGH;
use crate::output::markup::escape;
use crate::text::count;

use super::{History, KeptCounts};

/// A part of the page.
struct HistorySection {
    title: String,
    head: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    /// What to know of it.
    notes: Vec<String>,
}

/// For a terminal.
pub(crate) fn text(history: &History, width: usize) -> String {
    let section = |section: HistorySection| {
        let mut table = Table::new();
        let width = u16::try_from(width).unwrap_or(u16::MAX);
        table
            .load_style(presets::NOTHING)
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width);
        table.set_header(&section.head).add_rows(&section.rows);
        for (at, column) in table.column_iter_mut().enumerate() {
            column.set_padding((0, 2));
            if at > 0 && section.head.get(at).is_some_and(|head| is_number(head)) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        let lines: Vec<String> = table.lines().map(|line| format!("  {}", line.trim_end())).collect();
        let body = if section.rows.is_empty() { String::new() } else { lines.join("\n") + "\n" };
        let notes: String = section.notes.iter().map(|note| format!("  {note}\n")).collect();
        format!("{}\n{body}{notes}", section.title)
    };
    sections(history).into_iter().map(section).collect::<Vec<_>>().join("\n")
}

/// For a page.
pub(crate) fn markdown(history: &History) -> String {
    let row = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| escape(cell)).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let section = |section: HistorySection| {
        let head: Vec<String> = section.head.iter().map(|&head| head.to_owned()).collect();
        let rule: Vec<&str> =
            section.head.iter().map(|head| if is_number(head) { "---:" } else { "---" }).collect();
        let rows: String = section.rows.iter().map(|cells| row(cells)).collect();
        let table = match section.rows.is_empty() {
            true => String::new(),
            false => format!("\n{}| {} |\n{rows}", row(&head), rule.join(" | ")),
        };
        let notes: String = section.notes.iter().map(|note| format!("\n{}\n", escape(note))).collect();
        format!("## {}\n{table}{notes}", section.title)
    };
    sections(history).into_iter().map(section).collect::<Vec<_>>().join("\n")
}

fn is_number(head: &str) -> bool {
    !matches!(
        head,
        "feature"
            | "on"
            | "from"
            | "to"
            | "team"
            | "seller"
            | "signed in"
            | "the team had"
            | "for [forecast]"
    )
}

fn sections(history: &History) -> Vec<HistorySection> {
    let mut sections = vec![slips(history)];
    for (title, name, records) in [
        ("Signed promises by team", "team", &history.teams),
        ("Signed promises by seller", "seller", &history.sellers),
        ("Signed promises by quarter of signing", "signed in", &history.quarters),
    ] {
        if !records.is_empty() {
            let head = vec![name, "kept", "missed", "open", "unshipped at signing"];
            let rows = records.iter().map(|(name, record)| [vec![name.clone()], cells(record)].concat());
            let unknown: usize = records.values().map(|record| record.unknown).sum();
            let note = format!("no roadmap is known of the day of signing of {}", count(unknown, "promise"));
            let notes = if unknown > 0 { vec![note] } else { Vec::new() };
            sections.push(HistorySection { title: title.to_owned(), head, rows: rows.collect(), notes });
        }
    }
    sections.push(table(history));
    sections
}

fn slips(history: &History) -> HistorySection {
    let rows = history.features.iter().flat_map(|feature| {
        feature.slips.iter().map(|slip| {
            let on = slip.on.map(|on| on.to_string()).unwrap_or_default();
            vec![feature.title.clone(), on, slip.from.clone(), slip.to.clone(), slip.days.to_string()]
        })
    });
    let rows: Vec<Vec<String>> = rows.collect();
    let mut notes = Vec::new();
    if rows.is_empty() {
        notes.push("no target is known to have moved back".to_owned());
    }
    if !history.has_versions {
        notes.push("no older version of the roadmap was read: this is what `history` in it tells".to_owned());
    }
    HistorySection {
        title: "Targets that moved back".to_owned(),
        head: vec!["feature", "on", "from", "to", "days"],
        rows,
        notes,
    }
}

fn cells(record: &KeptCounts) -> Vec<String> {
    [record.kept, record.missed, record.open, record.unshipped].map(|number| number.to_string()).into()
}

/// The table that was measured here.
fn table(history: &History) -> HistorySection {
    let mut rows = Vec::new();
    for (row, standby) in STANDBYS.into_iter().enumerate() {
        for (column, spare) in STEPS.into_iter().enumerate() {
            let cell = history.measured.cells[row][column];
            let offered = match cell.share() {
                Some(share) if cell.cases >= ENOUGH => share.to_string(),
                _ => "too few".to_owned(),
            };
            let known = history.forecast.share(row, column).to_string();
            let numbers = [spare.to_string(), cell.cases.to_string(), cell.kept.to_string(), known, offered];
            rows.push([vec![standby.words().to_owned()], numbers.to_vec()].concat());
        }
    }
    let mut notes = vec![
        "each plan is looked at on the first day of each quarter; what is open on its day is no case yet"
            .to_owned(),
        format!("fewer than {ENOUGH} cases say little, and are not offered for `[forecast]`"),
    ];
    if let Some((known, measured)) = briers(history) {
        notes.push(format!(
            "wrong by (Brier score, less is better): {known} by the table in use, {measured} by the one measured here, on the same cases that it was made of"
        ));
    }
    let head = vec!["the team had", "days to spare", "cases", "kept", "in use", "for [forecast]"];
    HistorySection { title: "Plans that were kept".to_owned(), head, rows, notes }
}

/// The Brier scores of the table in use and of the one that was measured.
pub(super) fn briers(history: &History) -> Option<(rust_decimal::Decimal, rust_decimal::Decimal)> {
    let History { measured, forecast, .. } = history;
    let known = measured.brier(|row, column| forecast.share(row, column))?;
    Some((known, measured.brier(|row, column| measured.share(forecast, row, column))?))
}
