//! The promises as a table, the worst first.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use comfy_table::{ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, TableStyle, Width};

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;

use super::promises::{Group, Row};
use super::{Assemble, Draw, Drawn, Shown, full};

/// The format.
pub(super) struct Table(pub(super) Shown);

impl Draw for Table {
    fn draw(&self, outcome: &Outcome<'_>) -> Drawn {
        let problems = full::draw_problems(outcome.problems, outcome.sources, self.0.colour.err);
        Drawn { rows: Row::all(outcome), problems: problems.into_bytes(), ..Drawn::default() }
    }

    fn has_problems_apart(&self) -> bool {
        true
    }
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

/// The rows, until all are known.
pub(super) struct Rows {
    shown: Shown,
    rows: Vec<Row>,
}

impl Rows {
    pub(super) fn new(shown: Shown) -> Self {
        Self { shown, rows: Vec::new() }
    }

    /// The lines of the table, each with what its row comes to; nothing for the head.
    fn lines(&self) -> Vec<(String, Option<Group>)> {
        let mut table = comfy_table::Table::new();
        table.load_style(STYLE).set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(self.shown.width).unwrap_or(u16::MAX));
        table.set_header(HEAD);
        table.add_rows(self.rows.iter().map(|row| {
            [&row.contract, &row.requirement, &row.feature, &row.due, &row.target, &row.delivery, &row.days]
        }));
        let widths = table.column_max_content_widths();
        for uncut in UNCUT {
            let least = widths.iter().zip(uncut).map(|(&width, most)| width.min(most) + PADDING);
            if usize::from(least.clone().sum::<u16>()) < self.shown.width {
                for (column, least) in table.column_iter_mut().zip(least) {
                    column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
                }
                break;
            }
        }
        let mut lines = Vec::new();
        let mut groups = self.rows.iter().map(Row::group);
        let mut group = None;
        for line in table.lines() {
            if line.starts_with(BETWEEN) {
                group = groups.next();
                continue;
            }
            lines.push((line.trim_end().to_owned(), group));
            // The head ends with the line below it.
            if group.is_none() && lines.last().is_some_and(|(line, _)| line.starts_with("|-")) {
                group = groups.next();
            }
        }
        lines
    }
}

impl Assemble for Rows {
    fn add(&mut self, drawn: Drawn, out: &mut dyn Write) -> io::Result<()> {
        self.rows.extend(drawn.rows);
        out.write_all(&drawn.problems)
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        Row::sort(&mut self.rows);
        if !self.rows.is_empty() {
            for (line, group) in self.lines() {
                let style = if self.shown.colour.out { style(group) } else { Style::new() };
                writeln!(out, "{style}{line}{style:#}")?;
            }
            writeln!(out)?;
        }
        if self.shown.quiet {
            return Ok(());
        }
        write!(out, "{tally}")?;
        if tally.denied + tally.warned > 0 {
            writeln!(out, "  to see the findings, run `dealcheck lint --format full`")?;
        }
        Ok(())
    }
}

/// Colour only repeats what the column of deliveries says.
fn style(group: Option<Group>) -> Style {
    let style = Style::new();
    match group {
        None => style.bold(),
        Some(Group::Broken) => style.fg_color(Some(AnsiColor::BrightRed.into())),
        Some(Group::AtRisk | Group::Unjudged) => style.fg_color(Some(AnsiColor::Yellow.into())),
        Some(Group::Fine) => style,
    }
}
