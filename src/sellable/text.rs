//! A table for a terminal.

use anstyle::{AnsiColor, Style};
use textwrap::core::display_width;

use crate::output::columns::{self, CellWrapping};

use super::sheet::{HEADS, Sheet, cells, headline, notes};

/// The column that answers.
const ANSWER: usize = 1;

pub(super) fn draw(sheet: Sheet<'_>, width: usize, colour: bool) -> String {
    let Some(headline) = headline(sheet) else {
        return String::new();
    };
    let bold = if colour { Style::new().bold() } else { Style::new() };
    let mut page = format!("{bold}{headline}{bold:#}\n");
    if !sheet.answers.is_empty() {
        page += &format!("\n{}", table(sheet, width, colour));
    }
    let notes = notes(sheet);
    if !notes.is_empty() {
        page.push('\n');
    }
    for note in notes {
        let options = textwrap::Options::new(width.max(20)).subsequent_indent("  ").break_words(false);
        page += &format!("{}\n", textwrap::fill(&note, options));
    }
    page
}

fn table(sheet: Sheet<'_>, width: usize, colour: bool) -> String {
    let rows: Vec<Vec<String>> = std::iter::once(HEADS.map(str::to_owned))
        .chain(sheet.answers.iter().map(cells))
        .map(|row| row.to_vec())
        .collect();
    let wrapping = |at| if at == ANSWER { CellWrapping::Never } else { CellWrapping::Words };
    let table = columns::table(&rows, wrapping, width);
    let mut lines = columns::lines(&table);
    if colour {
        let start = lines.first().and_then(|head| head.find(HEADS[ANSWER])).unwrap_or(usize::MAX);
        let bold = Style::new().bold();
        for (at, line) in lines.iter_mut().enumerate() {
            *line = if at == 0 { format!("{bold}{line}{bold:#}") } else { coloured(line, start) };
        }
    }
    lines.join("\n") + "\n"
}

/// A line whose answer, which begins at a column, is in colour.
fn coloured(line: &str, start: usize) -> String {
    let at = line.char_indices().map(|(at, _)| at).find(|&at| display_width(&line[..at]) == start);
    let Some((before, rest)) = at.map(|at| line.split_at(at)) else {
        return line.to_owned();
    };
    let (answer, after) = rest.split_at(rest.find("  ").unwrap_or(rest.len()));
    let colour = match answer.split([' ', ',']).next() {
        Some("yes") => AnsiColor::Green,
        Some("from") => AnsiColor::Yellow,
        Some("no" | "cannot") => AnsiColor::Red,
        _ => return line.to_owned(),
    };
    let style = Style::new().fg_color(Some(colour.into()));
    format!("{before}{style}{answer}{style:#}{after}")
}
