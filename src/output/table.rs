//! The promises as a table, the worst first.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use comfy_table::{ContentArrangement, ContentLineStyle, LineStyle, TableStyle};

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::lint::obstacle::Standing;

use super::columns::{self, CellWrapping};
use super::promises::PromiseRow;
use super::{RenderOptions, full, write_summary};

/// What was drawn of one file.
#[derive(Debug)]
pub(crate) struct TablePart {
    pub(super) problems: Box<str>,
    pub(super) rows: Vec<PromiseRow>,
}

pub(super) fn part(outcome: &Outcome<'_>, options: &RenderOptions) -> TablePart {
    TablePart { problems: options.problems(outcome, full::problems).into(), rows: PromiseRow::all(outcome) }
}

pub(super) fn whole(
    parts: impl Iterator<Item = TablePart>,
    tally: &Tally,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut rows = Vec::new();
    for part in parts {
        out.write_all(part.problems.as_bytes())?;
        rows.extend(part.rows);
    }
    if !rows.is_empty() {
        PromiseRow::sort(&mut rows);
        for (line, standing) in lines(&rows, options.width) {
            let style = if options.colour.out { style(standing) } else { Style::new() };
            writeln!(out, "{style}{line}{style:#}")?;
        }
        writeln!(out)?;
    }
    write_summary(tally, options, out)?;
    if !options.quiet && tally.denied + tally.warned > 0 {
        writeln!(out, "  to see the findings, run `dealcheck lint --format full`")?;
    }
    Ok(())
}

/// What the columns are called.
const HEAD: [&str; 7] = ["contract", "requirement", "feature", "due", "target", "delivery", "days"];

/// What begins the line between two rows, which is not printed. No text of a row holds it.
const BETWEEN: char = '\0';

/// The columns of words, of which a word is broken where there is no room for it.
const WORDS: std::ops::Range<usize> = 0..3;

/// Blanks around the text of a column.
const PADDING: usize = 2;

/// Every line begins with a border, also one of a cell that is cut into lines: to a build log, one that begins with
/// `::` would be a command.
const STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none().left('|'))
    .header_separator(LineStyle::none().left('|').fill('-'))
    .content_lines(ContentLineStyle::none().left('|'))
    .row_separator(LineStyle::none().left(BETWEEN).fill(BETWEEN));

/// The lines of the table, each with what its row comes to; nothing for the head.
fn lines(rows: &[PromiseRow], width: usize) -> Vec<(String, Option<Standing>)> {
    let cells = rows.iter().map(|row| {
        [&row.contract, &row.requirement, &row.feature, &row.due, &row.target, &row.delivery, &row.days]
            .map(String::clone)
    });
    let cells = std::iter::once(HEAD.map(str::to_owned)).chain(cells).map(Vec::from);
    let wrapping = |at| if WORDS.contains(&at) { CellWrapping::Words } else { CellWrapping::Blanks };
    let room = width.saturating_sub(1 + PADDING * HEAD.len());
    let mut wrapped = columns::wrapped(&cells.collect::<Vec<_>>(), wrapping, room).into_iter();
    let mut table = comfy_table::Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(wrapped.next().unwrap_or_default());
    table.add_rows(wrapped);
    let mut lines = Vec::new();
    let mut standings = rows.iter().map(PromiseRow::standing);
    let mut standing = None;
    for line in table.lines() {
        if line.starts_with(BETWEEN) {
            standing = standings.next();
            continue;
        }
        lines.push((line.trim_end().to_owned(), standing));
        // The head ends with the line below it.
        if standing.is_none() && lines.last().is_some_and(|(line, _)| line.starts_with("|-")) {
            standing = standings.next();
        }
    }
    lines
}

/// Colour only repeats what the column of deliveries says.
fn style(standing: Option<Standing>) -> Style {
    let style = Style::new();
    match standing {
        None => style.bold(),
        Some(Standing::Broken) => style.fg_color(Some(AnsiColor::BrightRed.into())),
        Some(Standing::AtRisk | Standing::Unjudged) => style.fg_color(Some(AnsiColor::Yellow.into())),
        Some(Standing::Waived | Standing::Allowed | Standing::Fine) => style,
    }
}
