//! The blocks of a Word file: what stands in a paragraph, a row, a footnote, each with the number of its clause.

use std::collections::HashMap;

use crate::document::label::{ClauseNumber, Outline, is_heading, of_cell, split};
use crate::document::{BlockKind, DocumentBlock, MOST_BLOCKS, MOST_BYTES, TableRow, one_line};

use super::numbering::Numbering;
use super::styles::Styles;
use super::{Soundly, Unsound};

/// A paragraph that is being read.
#[derive(Default)]
pub(super) struct Paragraph {
    pub(super) text: String,
    pub(super) style: Option<String>,
    pub(super) list: Option<u32>,
    pub(super) level: Option<u8>,
    pub(super) outline: Option<u8>,
    /// Whether the end of it is gone, so that the next one goes on with its text.
    pub(super) is_end_gone: bool,
    /// Whether the next one stands on its line.
    pub(super) runs_in: bool,
    pub(super) is_mark_hidden: bool,
    pub(super) has_plain: bool,
    pub(super) notes: Vec<String>,
}

/// A table that is being read, with the row that is open.
#[derive(Default)]
pub(super) struct OpenTable {
    id: usize,
    /// The cells of the row above, for those that go on in this one.
    above: Vec<String>,
    cells: Vec<String>,
    /// The footnotes that it names.
    notes: Vec<String>,
    clause: Option<String>,
    pub(super) span: usize,
    pub(super) goes_on: bool,
    pub(super) is_row_gone: bool,
    pub(super) is_cell_gone: bool,
}

impl OpenTable {
    pub(super) fn open_row(&mut self) {
        let above = std::mem::take(&mut self.cells);
        *self = Self { id: self.id, above, ..Self::default() };
    }

    pub(super) fn open_cell(&mut self) {
        self.cells.push(String::new());
        (self.span, self.goes_on, self.is_cell_gone) = (1, false, false);
    }
}

/// Makes blocks of paragraphs.
pub(super) struct BlockWriter<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    outline: Outline,
    pub(super) blocks: Vec<DocumentBlock>,
    bytes: usize,
    /// How many paragraphs there were.
    pub(super) paragraphs: usize,
    /// What the next paragraph goes on with.
    carried: Option<Paragraph>,
    pub(super) tables: Vec<OpenTable>,
    table_count: usize,
    /// What notes say, by what they are named with.
    notes: HashMap<String, NoteText>,
    /// The note that is being read.
    pub(super) note: Option<String>,
}

/// What a note says.
#[derive(Default)]
struct NoteText {
    paragraphs: Vec<String>,
    /// Whether it was told.
    is_told: bool,
}

impl<'a> BlockWriter<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            outline: Outline::default(),
            blocks: Vec::new(),
            bytes: 0,
            paragraphs: 0,
            carried: None,
            tables: Vec::new(),
            table_count: 0,
            notes: HashMap::new(),
            note: None,
        }
    }

    pub(super) fn open_table(&mut self) {
        self.table_count += 1;
        self.tables.push(OpenTable { id: self.table_count, ..OpenTable::default() });
    }

    pub(super) fn end_table(&mut self) {
        self.tables.pop();
    }

    /// Ends a paragraph, unless the next one goes on with it.
    pub(super) fn end_paragraph(&mut self, mut paragraph: Paragraph) -> Soundly<()> {
        self.paragraphs += 1;
        if let Some(carried) = self.carried.take() {
            // The longer one grows: many ends in a row may be gone.
            let Paragraph { mut text, mut notes, style, list, level, outline, runs_in, has_plain, .. } =
                carried;
            text.push_str(if runs_in { " " } else { "" });
            text.push_str(&paragraph.text);
            notes.append(&mut paragraph.notes);
            paragraph = Paragraph { text, notes, has_plain: has_plain || paragraph.has_plain, ..paragraph };
            if runs_in {
                paragraph = Paragraph { style, list, level, outline, ..paragraph };
                // A heading that runs in is the beginning of its clause.
                paragraph.has_plain = true;
            }
        }
        if paragraph.text.len() > MOST_BYTES {
            return Err(Unsound::TooLarge);
        }
        if paragraph.is_end_gone || paragraph.runs_in {
            self.carried = Some(paragraph);
            return Ok(());
        }
        self.write(paragraph)
    }

    /// Writes what was to go on in a paragraph that does not come.
    pub(super) fn end_of_text(&mut self) -> Soundly<()> {
        match self.carried.take() {
            Some(carried) if !carried.text.trim().is_empty() => self.write(carried),
            _ => Ok(()),
        }
    }

    fn write(&mut self, paragraph: Paragraph) -> Soundly<()> {
        let text = one_line(&paragraph.text);
        if let Some(note) = &self.note {
            self.bytes += text.len();
            if !text.is_empty() {
                self.notes.entry(note.clone()).or_default().paragraphs.push(text);
            }
            return self.within_limits();
        }
        let is_unseen = paragraph.is_mark_hidden && text.is_empty();
        let label = if is_unseen { None } else { self.label(&paragraph) };
        if let Some(table) = self.tables.last_mut() {
            let number = label.map(|label| label.text).filter(|number| !number.is_empty());
            if let Some(number) = &number
                && table.cells.len() == 1
                && table.clause.is_none()
            {
                table.clause = Some(number.clone());
            }
            let words: Vec<String> = number.into_iter().chain((!text.is_empty()).then_some(text)).collect();
            if let Some(cell) = table.cells.last_mut() {
                let blank = if cell.is_empty() || words.is_empty() { "" } else { " " };
                let words = format!("{blank}{}", words.join(" "));
                self.bytes += words.len();
                *cell += &words;
            }
            table.notes.extend(paragraph.notes);
            return self.within_limits();
        }
        let style = self.styles.of_paragraph(paragraph.style.as_deref());
        let heading = paragraph.outline.filter(|level| *level < 9).map(|level| level + 1);
        let heading = heading.or_else(|| self.styles.heading(style));
        let is_numbered = label.is_some();
        // Bullets within bullets.
        let level = label.as_ref().map_or(0, |label| label.level);
        let label = label.filter(|label| !label.text.is_empty());
        let (label, rest) = match label {
            Some(label) => (Some(label), text.as_str()),
            None if is_numbered => (None, text.as_str()),
            None => {
                split(&text, &self.outline).map_or((None, text.as_str()), |(label, rest)| (Some(label), rest))
            }
        };
        let by_look = !paragraph.has_plain && is_heading(rest);
        let opened = label.map(|label| self.outline.open(&label));
        let (kind, clause) = match (heading, opened) {
            (Some(level), Some((clause, _))) => (BlockKind::Heading(level), clause),
            (None, Some((clause, depth))) if by_look => (BlockKind::Heading(depth + 1), clause),
            (None, Some((clause, depth))) => (BlockKind::Item(depth), clause),
            (heading, None) if heading.is_some() || (by_look && !is_numbered) => {
                self.outline.clear();
                (BlockKind::Heading(heading.unwrap_or(u8::from(!self.blocks.is_empty()))), String::new())
            }
            (_, None) if is_numbered => {
                (BlockKind::Item(self.outline.depth().saturating_add(level)), self.outline.clause())
            }
            (_, None) => (BlockKind::Paragraph, self.outline.clause()),
        };
        self.block(kind, clause, rest.to_owned(), paragraph.notes)
    }

    /// The number of a paragraph, by itself or by its style.
    fn label(&mut self, paragraph: &Paragraph) -> Option<ClauseNumber> {
        let style = self.styles.of_paragraph(paragraph.style.as_deref());
        let by_style = self.styles.number(style);
        let (list, level) = match paragraph.list {
            Some(list) => {
                let of_style =
                    paragraph.style.as_deref().and_then(|style| self.numbering.level_of_style(list, style));
                (list, paragraph.level.or(of_style).unwrap_or_default())
            }
            None => {
                let (list, level, by) = by_style?;
                let of_style = self.numbering.level_of_style(list, style.unwrap_or(&by));
                let of_style = of_style.or_else(|| self.numbering.level_of_style(list, &by));
                (list, paragraph.level.or(of_style).or(level).unwrap_or_default())
            }
        };
        self.numbering.next(list, level)
    }

    pub(super) fn end_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let at = table.cells.len().saturating_sub(1);
        if table.is_cell_gone {
            table.cells.pop();
            return;
        }
        if table.goes_on
            && let Some(above) = table.above.get(at)
        {
            table.cells[at].clone_from(above);
            self.bytes += above.len();
        }
        table.cells.extend((1..table.span).map(|_| String::new()));
    }

    pub(super) fn end_row(&mut self) -> Soundly<()> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let is_empty = table.cells.iter().all(String::is_empty);
        if table.is_row_gone || is_empty {
            return Ok(());
        }
        let cells = table.cells.clone();
        let filled: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        let text = filled.join(" | ");
        let (own, id, notes) = (table.clause.take(), table.id, std::mem::take(&mut table.notes));
        if self.tables.len() > 1 {
            // A table in a cell is a part of that cell.
            let outer = self.tables.iter_mut().rev().nth(1).and_then(|table| table.cells.last_mut());
            if let Some(cell) = outer {
                let between = if cell.is_empty() { "" } else { "; " };
                *cell += &format!("{between}{text}");
                self.bytes += text.len();
            }
            if let Some(outer) = self.tables.iter_mut().rev().nth(1) {
                outer.notes.extend(notes);
            }
            return self.within_limits();
        }
        let own = own.or_else(|| cells.first().and_then(|cell| of_cell(cell)));
        let own = own.or_else(|| {
            cells.first().and_then(|cell| split(cell, &self.outline)).map(|(label, _)| label.text)
        });
        let clause = own.map_or_else(|| self.outline.clause(), |own| self.outline.below(&own));
        self.block(BlockKind::Row(TableRow { cells, table: id }), clause, text, notes)
    }

    /// Adds a block, and the notes that it names behind it. A note is a block of its own once, however often it is named.
    fn block(
        &mut self,
        kind: BlockKind,
        clause: String,
        text: String,
        mut named: Vec<String>,
    ) -> Soundly<()> {
        named.dedup();
        let (mut notes, mut untold) = (Vec::new(), Vec::new());
        for note in named {
            if let Some(note) = self.notes.get_mut(&note) {
                let said = note.paragraphs.join(" ");
                self.bytes += said.len();
                notes.extend((!said.is_empty()).then_some(said));
                if !std::mem::replace(&mut note.is_told, true) {
                    untold.extend(note.paragraphs.iter().cloned());
                }
            }
            self.within_limits()?;
        }
        self.bytes += text.len() + clause.len();
        let line = self.paragraphs;
        if !text.is_empty() {
            self.blocks.push(DocumentBlock { kind, clause: clause.clone(), text, line, notes });
        }
        for text in untold {
            self.bytes += text.len() + clause.len();
            let (kind, clause) = (BlockKind::Note, clause.clone());
            self.blocks.push(DocumentBlock { kind, clause, text, line, notes: Vec::new() });
        }
        self.within_limits()
    }

    fn within_limits(&self) -> Soundly<()> {
        let is_within = self.bytes <= MOST_BYTES && self.blocks.len() <= MOST_BLOCKS;
        if is_within { Ok(()) } else { Err(Unsound::TooLarge) }
    }
}
