//! The text of a Word file, as its reader sees it.

use std::collections::HashMap;
use std::io::BufRead;

use crate::document::label::{ClauseNumber, Outline, is_heading, of_cell, split};
use crate::document::{
    BlockKind, Document, DocumentBlock, MOST_BLOCKS, MOST_BYTES, TableRow, TrackedChanges, Unreadable,
    one_line,
};

use super::numbering::Numbering;
use super::styles::Styles;
use super::xml::{Element, Piece, walk};
use super::{Soundly, Unsound};

/// The elements that matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Paragraph,
    ParagraphProperties,
    RunProperties,
    Run,
    Text,
    Table,
    RowOfTable,
    RowProperties,
    Cell,
    CellProperties,
    Note,
    Deleted,
    Inserted,
    Other,
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    list: Option<u32>,
    level: Option<u8>,
    outline: Option<u8>,
    /// Whether the end of it is gone, so that the next one goes on with its text.
    is_end_gone: bool,
    /// Whether the next one stands on its line.
    runs_in: bool,
    is_mark_hidden: bool,
    has_plain: bool,
    notes: Vec<String>,
}

#[derive(Default)]
struct OpenTable {
    id: usize,
    /// The cells of the row above, for those that go on in this one.
    above: Vec<String>,
    cells: Vec<String>,
    clause: Option<String>,
    span: usize,
    goes_on: bool,
    is_row_gone: bool,
    is_cell_gone: bool,
}

/// Reads the parts that hold text.
pub(super) struct Walker<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    changes: TrackedChanges,
    outline: Outline,
    blocks: Vec<DocumentBlock>,
    unread: Unreadable,
    changed: usize,
    bytes: usize,
    path: Vec<Tag>,
    /// How many elements are open in one that is passed over.
    passed_over: usize,
    /// What is passed over, where that is counted.
    counting: Option<Uncounted>,
    paragraph: Option<Paragraph>,
    /// What the next paragraph goes on with.
    carried: Option<Paragraph>,
    is_run_hidden: bool,
    is_run_bold: bool,
    paragraphs: usize,
    tables: Vec<OpenTable>,
    table_count: usize,
    notes: HashMap<String, Vec<String>>,
    /// The note that is being read.
    note: Option<String>,
    /// What tells footnotes and endnotes apart.
    kind_of_note: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Uncounted {
    Picture,
    Object,
    TextBox,
}

impl<'a> Walker<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: Numbering, changes: TrackedChanges) -> Self {
        Self {
            styles,
            numbering,
            changes,
            outline: Outline::default(),
            blocks: Vec::new(),
            unread: Unreadable::default(),
            changed: 0,
            bytes: 0,
            path: Vec::new(),
            passed_over: 0,
            counting: None,
            paragraph: None,
            carried: None,
            is_run_hidden: false,
            is_run_bold: false,
            paragraphs: 0,
            tables: Vec::new(),
            table_count: 0,
            notes: HashMap::new(),
            note: None,
            kind_of_note: "",
        }
    }

    /// Reads the part of footnotes or endnotes, which are told where the document names them.
    pub(super) fn notes(&mut self, part: impl BufRead) -> Soundly<()> {
        walk(part, |piece| self.piece(piece))?;
        self.paragraphs = 0;
        Ok(())
    }

    /// Reads the document itself.
    pub(super) fn document(&mut self, part: impl BufRead) -> Soundly<()> {
        walk(part, |piece| self.piece(piece))?;
        self.end_of_text()
    }

    pub(super) fn finish(self) -> Document {
        Document { name: String::new(), blocks: self.blocks, unread: self.unread, changes: self.changed }
    }

    fn piece(&mut self, piece: Piece<'_>) -> Soundly<()> {
        match piece {
            Piece::Open(element) if self.passed_over > 0 => {
                self.passed_over += 1;
                match element.name() {
                    b"txbxContent" if self.counting.is_some() => self.counting = Some(Uncounted::TextBox),
                    _ => {}
                }
                Ok(())
            }
            Piece::Open(element) => self.open(&element),
            Piece::Close if self.passed_over > 0 => {
                self.passed_over -= 1;
                if self.passed_over == 0 {
                    match self.counting.take() {
                        Some(Uncounted::Picture) => self.unread.pictures += 1,
                        Some(Uncounted::Object) => self.unread.objects += 1,
                        Some(Uncounted::TextBox) => self.unread.text_boxes += 1,
                        None => {}
                    }
                }
                Ok(())
            }
            Piece::Close => self.close(),
            Piece::Text(text) => {
                if self.passed_over == 0 && self.path.last() == Some(&Tag::Text) && !self.is_run_hidden {
                    self.push(&text);
                    let is_bold = self.is_run_bold;
                    if let Some(paragraph) = &mut self.paragraph {
                        paragraph.has_plain |= !is_bold && !text.trim().is_empty();
                    }
                }
                Ok(())
            }
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.paragraph.as_mut().filter(|_| !self.is_run_hidden) {
            paragraph.text.push_str(text);
        }
    }

    fn pass_over(&mut self, counting: Option<Uncounted>) {
        self.passed_over = 1;
        self.counting = counting;
    }

    fn open(&mut self, element: &Element<'_>) -> Soundly<()> {
        let parent = self.path.last().copied().unwrap_or(Tag::Other);
        let before = self.path.len().checked_sub(2).and_then(|at| self.path.get(at)).copied();
        let accept = self.changes == TrackedChanges::Accept;
        let in_mark = parent == Tag::RunProperties && before == Some(Tag::ParagraphProperties);
        let tag = match (parent, element.name()) {
            // What another program would show instead.
            (
                _,
                b"Fallback" | b"sdtPr" | b"sdtEndPr" | b"rt" | b"sectPr" | b"tblPrChange" | b"sectPrChange",
            )
            | (_, b"tcPrChange" | b"trPrChange" | b"tblGridChange" | b"numberingChange" | b"tblPr") => {
                self.pass_over(None);
                return Ok(());
            }
            (_, b"drawing" | b"pict") => {
                self.pass_over(Some(Uncounted::Picture));
                return Ok(());
            }
            (_, b"object" | b"altChunk" | b"subDoc") => {
                self.pass_over(Some(Uncounted::Object));
                return Ok(());
            }
            (Tag::ParagraphProperties, b"pPrChange") => {
                self.changed += 1;
                if accept {
                    self.pass_over(None);
                    return Ok(());
                }
                if let Some(paragraph) = &mut self.paragraph {
                    (paragraph.style, paragraph.list, paragraph.level) = (None, None, None);
                }
                Tag::Other
            }
            (Tag::RunProperties, b"rPrChange") => {
                self.changed += 1;
                if accept {
                    self.pass_over(None);
                    return Ok(());
                }
                if !in_mark {
                    self.is_run_hidden = false;
                }
                Tag::Other
            }
            (Tag::RunProperties, b"del" | b"moveFrom" | b"ins" | b"moveTo") => {
                let is_gone = accept == matches!(element.name(), b"del" | b"moveFrom");
                if let Some(paragraph) = self.paragraph.as_mut().filter(|_| in_mark) {
                    paragraph.is_end_gone |= is_gone;
                }
                self.changed += usize::from(in_mark);
                Tag::Other
            }
            (Tag::RowProperties, b"del" | b"ins") => {
                self.changed += 1;
                let is_gone = accept == (element.name() == b"del");
                self.tables.iter_mut().next_back().into_iter().for_each(|table| table.is_row_gone |= is_gone);
                Tag::Other
            }
            (Tag::CellProperties, b"cellDel" | b"cellIns") => {
                self.changed += 1;
                let is_gone = accept == (element.name() == b"cellDel");
                self.tables
                    .iter_mut()
                    .next_back()
                    .into_iter()
                    .for_each(|table| table.is_cell_gone |= is_gone);
                Tag::Other
            }
            (_, b"del" | b"moveFrom") => {
                self.changed += 1;
                if accept {
                    self.pass_over(None);
                    return Ok(());
                }
                Tag::Deleted
            }
            (_, b"ins" | b"moveTo") => {
                self.changed += 1;
                if !accept {
                    self.pass_over(None);
                    return Ok(());
                }
                Tag::Inserted
            }
            (Tag::RunProperties, b"vanish") => {
                let is_on = element.is_on()?;
                match &mut self.paragraph {
                    Some(paragraph) if in_mark => paragraph.is_mark_hidden = is_on,
                    _ => self.is_run_hidden = is_on,
                }
                Tag::Other
            }
            (Tag::RunProperties, b"specVanish") => {
                if let Some(paragraph) = self.paragraph.as_mut().filter(|_| in_mark) {
                    paragraph.runs_in = element.is_on()?;
                }
                Tag::Other
            }
            (Tag::RunProperties, b"b") => {
                self.is_run_bold = element.is_on()?;
                Tag::Other
            }
            (Tag::RunProperties, b"rStyle") => {
                if !in_mark {
                    self.is_run_hidden |= self.styles.is_hidden(element.val()?.as_deref());
                }
                Tag::Other
            }
            (_, b"p") if parent != Tag::Run => {
                self.end_paragraph()?;
                self.paragraph = Some(Paragraph::default());
                Tag::Paragraph
            }
            (_, b"pPr") => Tag::ParagraphProperties,
            (_, b"rPr") => Tag::RunProperties,
            (_, b"r") => {
                let style = self.paragraph.as_ref().and_then(|paragraph| paragraph.style.as_deref());
                self.is_run_hidden = self.styles.is_hidden(self.styles.of_paragraph(style));
                self.is_run_bold = false;
                Tag::Run
            }
            (Tag::Run, b"t" | b"delText") => Tag::Text,
            (Tag::Run, b"tab" | b"br" | b"cr" | b"ptab" | b"sym") => {
                self.push(" ");
                Tag::Other
            }
            (Tag::Run, b"noBreakHyphen") => {
                self.push("-");
                Tag::Other
            }
            (Tag::Run, name @ (b"footnoteReference" | b"endnoteReference")) => {
                let kind = if name == b"footnoteReference" { "footnote" } else { "endnote" };
                if let (Some(paragraph), Some(id)) = (&mut self.paragraph, element.value(b"id")?) {
                    paragraph.notes.push(format!("{kind} {id}"));
                }
                Tag::Other
            }
            (_, b"footnote" | b"endnote") => {
                self.kind_of_note = if element.name() == b"footnote" { "footnote" } else { "endnote" };
                self.note = element.value(b"id")?.map(|id| format!("{} {id}", self.kind_of_note));
                Tag::Note
            }
            (_, name @ (b"pStyle" | b"numId" | b"ilvl" | b"outlineLvl")) => {
                if let Some(paragraph) = &mut self.paragraph {
                    let number = || -> Soundly<Option<u32>> { element.number(b"val") };
                    match name {
                        b"pStyle" => paragraph.style = element.val()?,
                        b"numId" => paragraph.list = number()?,
                        b"ilvl" => paragraph.level = number()?.and_then(|level| u8::try_from(level).ok()),
                        _ => paragraph.outline = number()?.and_then(|level| u8::try_from(level).ok()),
                    }
                }
                Tag::Other
            }
            (_, b"tbl") => {
                self.end_paragraph()?;
                self.end_of_text()?;
                self.table_count += 1;
                self.tables.push(OpenTable { id: self.table_count, ..OpenTable::default() });
                Tag::Table
            }
            (_, b"tr") => {
                if let Some(table) = self.tables.last_mut() {
                    let above = std::mem::take(&mut table.cells);
                    *table = OpenTable { id: table.id, above, ..OpenTable::default() };
                }
                Tag::RowOfTable
            }
            (_, b"trPr") => Tag::RowProperties,
            (_, b"tc") => {
                if let Some(table) = self.tables.last_mut() {
                    table.cells.push(String::new());
                    (table.span, table.goes_on, table.is_cell_gone) = (1, false, false);
                }
                Tag::Cell
            }
            (_, b"tcPr") => Tag::CellProperties,
            (Tag::CellProperties, b"gridSpan") => {
                let span = element.number(b"val")?.unwrap_or(1).clamp(1, 64);
                self.tables.iter_mut().next_back().into_iter().for_each(|table| table.span = span as usize);
                Tag::Other
            }
            (Tag::CellProperties, b"vMerge") => {
                let goes_on = element.val()?.is_none_or(|value| value != "restart");
                self.tables.iter_mut().next_back().into_iter().for_each(|table| table.goes_on = goes_on);
                Tag::Other
            }
            _ => Tag::Other,
        };
        self.path.push(tag);
        Ok(())
    }

    fn close(&mut self) -> Soundly<()> {
        match self.path.pop() {
            Some(Tag::Paragraph) => self.end_paragraph()?,
            Some(Tag::Cell) => {
                self.end_of_text()?;
                self.end_cell();
            }
            Some(Tag::RowOfTable) => self.end_row()?,
            Some(Tag::Table) => drop(self.tables.pop()),
            Some(Tag::Note) => {
                self.end_of_text()?;
                self.note = None;
            }
            _ => {}
        }
        Ok(())
    }

    /// Ends a paragraph, unless the next one goes on with it.
    fn end_paragraph(&mut self) -> Soundly<()> {
        let Some(mut paragraph) = self.paragraph.take() else { return Ok(()) };
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
    fn end_of_text(&mut self) -> Soundly<()> {
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
                self.notes.entry(note.clone()).or_default().push(text);
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
            return self.within_limits();
        }
        let style = self.styles.of_paragraph(paragraph.style.as_deref());
        let heading = paragraph.outline.filter(|level| *level < 9).map(|level| level + 1);
        let heading = heading.or_else(|| self.styles.heading(style));
        let is_numbered = label.is_some();
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
            (_, None) if is_numbered => (BlockKind::Item(self.outline.depth()), self.outline.clause()),
            (_, None) => (BlockKind::Paragraph, self.outline.clause()),
        };
        if !rest.is_empty() {
            self.block(kind, clause.clone(), rest.to_owned())?;
        }
        for note in paragraph.notes {
            // A note is told once, however often it is named.
            for text in self.notes.remove(&note).unwrap_or_default() {
                self.block(BlockKind::Note, clause.clone(), text)?;
            }
        }
        Ok(())
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

    fn end_cell(&mut self) {
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

    fn end_row(&mut self) -> Soundly<()> {
        let Some(table) = self.tables.last_mut() else { return Ok(()) };
        let is_empty = table.cells.iter().all(String::is_empty);
        if table.is_row_gone || is_empty {
            return Ok(());
        }
        let cells = table.cells.clone();
        let filled: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        let text = filled.join(" | ");
        let (own, id) = (table.clause.take(), table.id);
        if self.tables.len() > 1 {
            // A table in a cell is a part of that cell.
            let outer = self.tables.iter_mut().rev().nth(1).and_then(|table| table.cells.last_mut());
            if let Some(cell) = outer {
                let between = if cell.is_empty() { "" } else { "; " };
                *cell += &format!("{between}{text}");
                self.bytes += text.len();
            }
            return self.within_limits();
        }
        let own = own.or_else(|| cells.first().and_then(|cell| of_cell(cell)));
        let own = own.or_else(|| {
            cells.first().and_then(|cell| split(cell, &self.outline)).map(|(label, _)| label.text)
        });
        let clause = own.map_or_else(|| self.outline.clause(), |own| self.outline.below(&own));
        self.block(BlockKind::Row(TableRow { cells, table: id }), clause, text)
    }

    fn block(&mut self, kind: BlockKind, clause: String, text: String) -> Soundly<()> {
        self.bytes += text.len() + clause.len();
        self.blocks.push(DocumentBlock { kind, clause, text, line: self.paragraphs });
        self.within_limits()
    }

    fn within_limits(&self) -> Soundly<()> {
        let is_within = self.bytes <= MOST_BYTES && self.blocks.len() <= MOST_BLOCKS;
        if is_within { Ok(()) } else { Err(Unsound::TooLarge) }
    }
}
