//! Plain text: paragraphs between blank lines, clauses by their numbers, tables by tabs and wide gaps.

use std::io;

use crate::diagnostic::Problem;
use crate::input::read;
use crate::source::FileId;

use super::label::{Outline, is_heading, of_cell, split};
use super::{
    BlockKind, Document, DocumentBlock, MOST_BYTES, TableRow, one_line, too_large, words_on_one_line,
};

/// The text of a file, which is not too long.
pub(super) fn text(name: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    if bytes.len() > MOST_BYTES {
        return Err(too_large(name));
    }
    let source = read::bytes(io::Cursor::new(bytes), name, FileId(0)).map_err(|unread| {
        let title = unread.problem.diagnostic.title.clone();
        Problem::in_file(name, title).help("save it as UTF-8 text")
    })?;
    Ok(source.text().to_owned())
}

/// Reads a text.
pub(super) fn read(text: &str) -> Document {
    let mut reader = PlainReader::default();
    let lines = text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'));
    for (at, line) in lines.enumerate() {
        // A new page begins a line, which no editor counts.
        line.split('\u{c}').for_each(|line| reader.line(line, at + 1));
    }
    reader.flush();
    let mut blocks = reader.blocks;
    list(&mut blocks);
    Document { blocks, ..Document::default() }
}

/// Makes items of headings with numbers that stand right below each other, or follow each other behind a colon: they list
/// names, and have nothing below them.
fn list(blocks: &mut [DocumentBlock]) {
    let level = |block: &DocumentBlock| match block.kind {
        BlockKind::Heading(level @ 1..) if !block.clause.is_empty() => Some(level),
        _ => None,
    };
    let is_below = |one: &DocumentBlock, other: &DocumentBlock| {
        one.kind == other.kind && !other.clause.is_empty() && one.line + 1 == other.line
    };
    let mut start = 0;
    while start < blocks.len() {
        let Some(own) = level(&blocks[start]) else {
            start += 1;
            continue;
        };
        let count = blocks[start..].iter().take_while(|block| level(block) == Some(own)).count();
        let is_led = start > 0 && blocks[start - 1].text.ends_with(':');
        let of_list = |at: &usize| {
            is_led
                || *at > 0 && is_below(&blocks[at - 1], &blocks[*at])
                || blocks.get(at + 1).is_some_and(|next| is_below(&blocks[*at], next))
        };
        let listed: Vec<usize> = (start..start + count).filter(of_list).collect();
        for at in listed {
            blocks[at].kind = BlockKind::Item(own - 1);
        }
        start += count;
    }
}

#[derive(Default)]
struct PlainReader<'t> {
    blocks: Vec<DocumentBlock>,
    outline: Outline,
    /// The lines of the paragraph that is open, and where it begins.
    open: Vec<&'t str>,
    start: usize,
    tables: usize,
    in_table: bool,
    is_item: bool,
    /// Whether the paragraph that is open is a line with a line under it.
    is_title: bool,
    /// How far the bullets are set in that are open.
    bullets: Vec<usize>,
    /// How far the first of the open lines is set in.
    indent: usize,
}

impl<'t> PlainReader<'t> {
    fn line(&mut self, line: &'t str, number: usize) {
        // What a mail quotes is a part of it.
        let unquoted = line.trim_start_matches(['>', ' ']);
        let line = if line.trim_start().starts_with('>') { unquoted } else { line };
        let trimmed = line.trim();
        // "Services we deliver", with a line under it.
        if self.open.len() == 1 && !self.is_item && is_underline(trimmed) && is_title(self.open[0]) {
            self.is_title = true;
        }
        if trimmed.is_empty()
            || trimmed.bytes().all(|byte| matches!(byte, b'-' | b'=' | b'_' | b'*' | b'+' | b'|'))
        {
            self.flush();
            self.in_table &= trimmed.starts_with(['|', '+']);
            return;
        }
        if let Some(cells) = cells(line, self.in_table) {
            self.flush();
            self.row(cells, number);
            return;
        }
        self.in_table = false;
        let bullet = trimmed.strip_prefix(['-', '*', '•', '–', '·', '▪', '●']);
        let is_bullet = bullet.is_some_and(|rest| rest.starts_with(char::is_whitespace));
        let begins = is_bullet
            || split(trimmed, &self.outline).is_some()
            || is_field(trimmed)
            || self.open.first().is_some_and(|first| is_field(first) || goes_on_counting(first, trimmed))
            || self.is_below_heading(line);
        if begins {
            self.flush();
        }
        if self.open.is_empty() {
            self.start = number;
            self.is_item = is_bullet;
            let indent = indent(line);
            self.indent = indent;
            self.bullets.retain(|open| is_bullet && *open < indent);
            self.bullets.extend(is_bullet.then_some(indent));
        }
        self.open.push(bullet.filter(|_| is_bullet).unwrap_or(trimmed).trim());
    }

    /// Whether a line begins what stands below a heading with a number, without an empty line between: "3.1 Tour board", and
    /// then a sentence.
    fn is_below_heading(&self, line: &str) -> bool {
        /// The fewest letters of a line that a sentence goes on in, and no name with an address.
        const SHORTEST: usize = 45;
        let [heading] = self.open[..] else { return false };
        let text = line.trim();
        !self.is_item
            && indent(line) <= self.indent
            && text.starts_with(|first: char| !first.is_lowercase())
            && text.len() > heading.len().max(SHORTEST)
            && split(heading, &self.outline).is_some_and(|(_, rest)| is_heading(rest))
    }

    fn row(&mut self, cells: Vec<String>, line: usize) {
        if !self.in_table {
            self.tables += 1;
            self.in_table = true;
        }
        let own = cells.first().and_then(|cell| of_cell(cell));
        let clause = own.map_or_else(|| self.outline.clause(), |own| self.outline.below(&own));
        let text = cells.join(" | ");
        self.blocks.push(DocumentBlock {
            kind: BlockKind::Row(TableRow { cells, table: self.tables }),
            clause,
            text,
            line,
            notes: Vec::new(),
        });
    }

    fn flush(&mut self) {
        let lines = std::mem::take(&mut self.open);
        if lines.is_empty() {
            return;
        }
        let bytes = lines.iter().map(|line| line.len() + 1).sum();
        let text = words_on_one_line(bytes, lines.iter().flat_map(|line| line.split_whitespace()));
        let line = self.start;
        let (label, text) = match split(&text, &self.outline) {
            Some((label, rest)) if !self.is_item => (Some(label), rest.to_owned()),
            _ => (None, text),
        };
        let is_title = std::mem::take(&mut self.is_title);
        let is_heading = is_title || lines.len() == 1 && !self.is_item && is_heading(&text);
        let heading = is_heading.then_some(());
        let (kind, clause) = match (label, heading) {
            (Some(label), heading) => {
                let (clause, depth) = self.outline.open(&label);
                (heading.map_or(BlockKind::Item(depth), |()| BlockKind::Heading(depth + 1)), clause)
            }
            (None, Some(())) => {
                self.outline.clear();
                (BlockKind::Heading(if self.blocks.is_empty() { 0 } else { 1 }), String::new())
            }
            (None, None) if self.is_item => {
                // Bullets within bullets.
                let inner = u8::try_from(self.bullets.len().saturating_sub(1)).unwrap_or(u8::MAX);
                (BlockKind::Item(self.outline.depth().saturating_add(inner)), self.outline.clause())
            }
            (None, None) => (BlockKind::Paragraph, self.outline.clause()),
        };
        if !text.is_empty() {
            self.blocks.push(DocumentBlock { kind, clause, text, line, notes: Vec::new() });
        }
    }
}

/// How far a line is set in.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether a line has the next number behind that of another one, as lists of actions have them: `A2` behind `A1`.
fn goes_on_counting(first: &str, line: &str) -> bool {
    let label = |line: &str| -> Option<(String, u32)> {
        let label = line.split(char::is_whitespace).next()?;
        let label = label.trim_start_matches(['"', '“', '„']).trim_end_matches([':', '.', ')']);
        let letters = label.trim_end_matches(|last: char| last.is_ascii_digit());
        let is_label = (1..=4).contains(&letters.len())
            && letters.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
        Some((letters.to_owned(), label[letters.len()..].parse().ok()?)).filter(|_| is_label)
    };
    let labels = label(first).zip(label(line));
    labels.is_some_and(|((letters, before), (others, next))| letters == others && next == before + 1)
}

/// Whether a line is one that is drawn under a title.
fn is_underline(line: &str) -> bool {
    /// The shortest of these.
    const SHORTEST: usize = 3;
    line.len() >= SHORTEST && (line.bytes().all(|byte| byte == b'-') || line.bytes().all(|byte| byte == b'='))
}

/// Whether a line may be a title where one is drawn under it.
fn is_title(line: &str) -> bool {
    /// The longest title, in bytes.
    const LONGEST: usize = 80;
    line.len() <= LONGEST && !line.ends_with(['.', ';', ',', ':']) && !is_field(line)
}

/// Whether a line is a field of its own, as the head of a mail or of a form has them: `Date: 3 March 2027`.
fn is_field(line: &str) -> bool {
    let Some((name, value)) = line.split_once(": ") else { return false };
    let words = name.split_whitespace().count();
    words <= 3
        && name.starts_with(char::is_uppercase)
        && name.len() <= 30
        && !value.is_empty()
        && value.len() <= 80
}

/// The cells of a line that is a row: between bars, tabs or wide gaps.
fn cells(line: &str, in_table: bool) -> Option<Vec<String>> {
    let line = line.trim();
    let is_framed = line.len() > 1 && line.starts_with('|') && line.ends_with('|');
    let is_barred = is_framed || line.contains(" | ");
    let cells: Vec<String> = if is_barred {
        let inner = line.strip_prefix('|').unwrap_or(line);
        inner.strip_suffix('|').unwrap_or(inner).split('|').map(one_line).collect()
    } else {
        // Most lines have no gap.
        if !line.contains('\t') && !line.contains("   ") {
            return None;
        }
        let gaps = line.replace('\t', "   ");
        gaps.split("   ").map(one_line).filter(|cell| !cell.is_empty()).collect()
    };
    // A number, a bullet, and a wide gap are the beginning of a clause, but below the head of a table: "Ref   Deliverable".
    let is_clause = cells.len() == 2
        && !in_table
        && (of_cell(&cells[0]).is_some() || matches!(cells[0].as_str(), "-" | "*" | "•" | "–" | "·"))
        && !is_barred;
    (cells.len() > 1 && !is_clause).then_some(cells)
}
