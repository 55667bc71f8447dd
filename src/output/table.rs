//! The promises as a table, the worst first.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use comfy_table::{ContentArrangement, ContentLineStyle, LineStyle, TableStyle};
use textwrap::WordSplitter;
use textwrap::core::display_width;

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

/// The columns of words, of which a word is broken where there is no room for it.
const WORDS: std::ops::Range<usize> = 0..3;

/// The least room for words.
const LEAST: usize = 6;

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
            .map(String::as_str)
    });
    let cells: Vec<[&str; HEAD.len()]> = std::iter::once(HEAD).chain(cells).collect();
    let widths = widths(&cells, width.saturating_sub(1 + PADDING * HEAD.len()));
    let mut wrapped = cells.iter().map(|row| {
        let cells = row.iter().zip(widths).enumerate();
        cells.map(|(at, (cell, width))| textwrap::fill(cell, wrapping(at, width))).collect::<Vec<_>>()
    });
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

/// How a text of a column is parted into lines: a day and a number at blanks alone, a word behind a hyphen, too.
fn wrapping(column: usize, width: usize) -> textwrap::Options<'static> {
    let hyphens = match WORDS.contains(&column) {
        true => WordSplitter::HyphenSplitter,
        false => WordSplitter::NoHyphenation,
    };
    textwrap::Options::new(width.max(1)).word_splitter(hyphens)
}

/// How wide each column is, of so many characters: as its longest word, and wider where there is room. Where there is none,
/// the widest words are broken.
fn widths(cells: &[[&str; HEAD.len()]], room: usize) -> [usize; HEAD.len()] {
    let widest = |at: usize, wrapped: &dyn Fn(&str) -> usize| {
        cells.iter().map(|row| wrapped(row[at])).max().unwrap_or_default()
    };
    let whole: [usize; HEAD.len()] = std::array::from_fn(|at| widest(at, &display_width));
    let mut widths: [usize; HEAD.len()] = std::array::from_fn(|at| {
        // Wrapped as narrowly as can be, a line is a word.
        let options = wrapping(at, 1).break_words(false);
        let words = |cell: &str| {
            textwrap::wrap(cell, &options).iter().map(|word| display_width(word)).max().unwrap_or_default()
        };
        widest(at, &words)
    });
    while widths.iter().sum::<usize>() > room {
        let Some(at) = WORDS.filter(|&at| widths[at] > LEAST).max_by_key(|&at| widths[at]) else { break };
        widths[at] -= 1;
    }
    while widths.iter().sum::<usize>() < room {
        // What lacks least comes first: then most columns are whole.
        let lacking = (0..HEAD.len()).filter(|&at| widths[at] < whole[at]);
        let Some(at) = lacking.min_by_key(|&at| whole[at] - widths[at]) else { break };
        widths[at] += 1;
    }
    widths
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
