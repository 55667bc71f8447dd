//! The promises as a table, the worst first.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use comfy_table::{ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, TableStyle, Width};

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::lint::obstacle::Standing;

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

/// How wide each column may be before it is cut into lines, where the page has the room: ids and dates of the usual
/// length, else dates.
const UNCUT: [[u16; HEAD.len()]; 2] = [[20, 11, 10, 10, 10, 10, 9], [8, 6, 8, 10, 10, 8, 9]];

/// Blanks around the text of a column.
const PADDING: u16 = 2;

/// Every line begins with a border, also one of a cell that is cut into lines: to a build log, one that begins with
/// `::` would be a command.
const STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none().left('|'))
    .header_separator(LineStyle::none().left('|').fill('-'))
    .content_lines(ContentLineStyle::none().left('|'))
    .row_separator(LineStyle::none().left(BETWEEN).fill(BETWEEN));

/// The lines of the table, each with what its row comes to; nothing for the head.
fn lines(rows: &[PromiseRow], width: usize) -> Vec<(String, Option<Standing>)> {
    let mut table = comfy_table::Table::new();
    table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table.set_header(HEAD);
    table.add_rows(rows.iter().map(|row| {
        [&row.contract, &row.requirement, &row.feature, &row.due, &row.target, &row.delivery, &row.days]
    }));
    let widths = table.column_max_content_widths();
    for uncut in UNCUT {
        let least = widths.iter().zip(uncut).map(|(&width, most)| width.min(most) + PADDING);
        if usize::from(least.clone().sum::<u16>()) < width {
            for (column, least) in table.column_iter_mut().zip(least) {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
            }
            break;
        }
    }
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
