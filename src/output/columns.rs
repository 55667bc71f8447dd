//! How wide the columns of a table are, and where their texts are parted into lines.

use comfy_table::{ContentArrangement, Table, presets};
use textwrap::WordSplitter;
use textwrap::core::display_width;

/// Between two columns.
const GAP: usize = 2;

/// The least room for words, where there is not enough for all of each.
const LEAST: usize = 6;

/// How a text of a column is parted into lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CellWrapping {
    /// At blanks and behind hyphens; in a word where there is no room for it.
    Words,
    /// At blanks alone, as a day and a number.
    Blanks,
    /// Not at all.
    Never,
}

impl CellWrapping {
    fn fill(self, cell: &str, width: usize) -> String {
        match self.options(width) {
            Some(options) => textwrap::fill(cell, options),
            None => cell.to_owned(),
        }
    }

    fn options(self, width: usize) -> Option<textwrap::Options<'static>> {
        let splitter = match self {
            Self::Words => WordSplitter::HyphenSplitter,
            Self::Blanks => WordSplitter::NoHyphenation,
            Self::Never => return None,
        };
        Some(textwrap::Options::new(width.max(1)).word_splitter(splitter))
    }

    /// How wide the widest part of a text is that stays together.
    fn least(self, cell: &str) -> usize {
        match self.options(1) {
            // Wrapped as narrowly as can be, a line is a word.
            Some(options) => widest(&textwrap::fill(cell, options.break_words(false))),
            None => widest(cell),
        }
    }
}

/// A table of cells without borders, for a width in columns of a terminal.
pub(crate) fn table(rows: &[Vec<String>], wrapping: impl Fn(usize) -> CellWrapping, width: usize) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let gaps = rows.first().map_or(0, |row| row.len().saturating_sub(1)) * GAP;
    table.add_rows(wrapped(rows, wrapping, width.saturating_sub(gaps)));
    table.column_iter_mut().for_each(|column| _ = column.set_padding((0, GAP as u16)));
    table
}

/// The lines of a table.
pub(crate) fn lines(table: &Table) -> Vec<String> {
    table.lines().map(|line| line.trim_end().to_owned()).collect()
}

/// The least width of a table in which no word is broken, and no text is narrower than is legible.
pub(crate) fn least(
    rows: &[Vec<String>],
    wrapping: impl Fn(usize) -> CellWrapping,
    legible: impl Fn(usize) -> usize,
) -> usize {
    let widths = columns(rows, |at, cell| wrapping(at).least(cell).max(widest(cell).min(legible(at))));
    widths.iter().sum::<usize>() + widths.len().saturating_sub(1) * GAP
}

/// The cells of a table, wrapped for so many characters.
pub(super) fn wrapped(
    rows: &[Vec<String>],
    wrapping: impl Fn(usize) -> CellWrapping,
    room: usize,
) -> Vec<Vec<String>> {
    let widths = widths(rows, &wrapping, room);
    let wrap = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate();
        cells.map(|(at, (cell, width))| wrapping(at).fill(cell, *width)).collect()
    };
    rows.iter().map(wrap).collect()
}

/// How wide each column is, of so many characters: as its longest word, and wider where there is room. Where there is none,
/// the widest words are broken.
fn widths(rows: &[Vec<String>], wrapping: &impl Fn(usize) -> CellWrapping, room: usize) -> Vec<usize> {
    let whole = columns(rows, |_, cell| widest(cell));
    let mut widths = columns(rows, |at, cell| wrapping(at).least(cell));
    while widths.iter().sum::<usize>() > room {
        let words = (0..widths.len()).filter(|&at| wrapping(at) == CellWrapping::Words && widths[at] > LEAST);
        let Some(at) = words.max_by_key(|&at| widths[at]) else { break };
        widths[at] -= 1;
    }
    while widths.iter().sum::<usize>() < room {
        // What lacks least comes first: then most columns are whole.
        let lacking = (0..widths.len()).filter(|&at| widths[at] < whole[at]);
        let Some(at) = lacking.min_by_key(|&at| whole[at] - widths[at]) else { break };
        widths[at] += 1;
    }
    widths
}

/// The most of something in each column.
fn columns(rows: &[Vec<String>], of: impl Fn(usize, &str) -> usize) -> Vec<usize> {
    let count = rows.first().map_or(0, Vec::len);
    (0..count).map(|at| rows.iter().map(|row| of(at, &row[at])).max().unwrap_or_default()).collect()
}

fn widest(text: &str) -> usize {
    text.lines().map(display_width).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(width: usize) -> Vec<String> {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows =
            [row(["feature", "for", "value"]), row(["Configuration drift detection", "eu-west", "100 EUR"])];
        let wrapping = |at| if at < 2 { CellWrapping::Words } else { CellWrapping::Never };
        lines(&table(&rows, wrapping, width))
    }

    #[test]
    fn words_stay_whole_where_there_is_room() {
        assert_eq!(drawn(80)[1], "Configuration drift detection  eu-west  100 EUR");
        let narrow = [
            "feature        for   value", "Configuration  eu-   100 EUR", "drift          west", "detection",
        ];
        assert_eq!(drawn(28), narrow);
        assert!(drawn(10).iter().all(|line| !line.contains("Configuration")));
    }
}
