//! The text of a Word file, as its reader sees it.

use crate::document::{Document, TrackedChanges, Unreadable};

use super::Soundly;
use super::blocks::{BlockWriter, OpenTable, Paragraph};
use super::numbering::Numbering;
use super::styles::{Styles, UnreadMarks, unread_mark};
use super::xml::{Element, Piece, walk};

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

/// Reads the parts that hold text.
pub(super) struct Walker<'a> {
    styles: &'a Styles,
    writer: BlockWriter<'a>,
    changes: TrackedChanges,
    unread: Unreadable,
    changed: usize,
    path: Vec<Tag>,
    /// How many elements are open in one that is passed over.
    passed_over: usize,
    /// What is passed over, where that is counted.
    counting: Option<Uncounted>,
    paragraph: Option<Paragraph>,
    run_marks: UnreadMarks,
    is_run_bold: bool,
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
            writer: BlockWriter::new(styles, numbering),
            changes,
            unread: Unreadable::default(),
            changed: 0,
            path: Vec::new(),
            passed_over: 0,
            counting: None,
            paragraph: None,
            run_marks: UnreadMarks::default(),
            is_run_bold: false,
            kind_of_note: "",
        }
    }

    /// Reads the part of footnotes or endnotes, which are told where the document names them.
    pub(super) fn notes(&mut self, part: &[u8]) -> Soundly<()> {
        walk(part, |piece| self.piece(piece))?;
        self.writer.paragraphs = 0;
        Ok(())
    }

    /// Reads the document itself.
    pub(super) fn document(&mut self, part: &[u8]) -> Soundly<()> {
        walk(part, |piece| self.piece(piece))?;
        self.writer.end_of_text()
    }

    pub(super) fn finish(self) -> Document {
        Document {
            blocks: self.writer.blocks,
            unread: self.unread,
            changes: self.changed,
            ..Document::default()
        }
    }

    fn piece(&mut self, piece: Piece<'_>) -> Soundly<()> {
        match piece {
            Piece::Open(element) if self.passed_over > 0 => {
                self.passed_over += 1;
                match element.name() {
                    // A text box stands within a drawing, and holds text that is lost: it is not told as a picture.
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
                if self.passed_over == 0 && self.path.last() == Some(&Tag::Text) && self.is_run_read() {
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
        let is_read = self.is_run_read();
        if let Some(paragraph) = self.paragraph.as_mut().filter(|_| is_read) {
            paragraph.text.push_str(text);
        }
    }

    /// Whether the text of the run is read: what is hidden or struck through is not.
    fn is_run_read(&self) -> bool {
        self.run_marks == UnreadMarks::default()
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
                    // What it holds are the properties before the change: they replace all of the new ones.
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
                    self.run_marks = UnreadMarks::default();
                }
                Tag::Other
            }
            // On the mark of a paragraph it is the break behind it that goes or comes, and joins two of them.
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
                self.in_table(|table| table.is_row_gone |= is_gone);
                Tag::Other
            }
            (Tag::CellProperties, b"cellDel" | b"cellIns") => {
                self.changed += 1;
                let is_gone = accept == (element.name() == b"cellDel");
                self.in_table(|table| table.is_cell_gone |= is_gone);
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
            (Tag::RunProperties, name) if let Some(mark) = unread_mark(name) => {
                let is_on = element.is_on()?;
                match &mut self.paragraph {
                    Some(paragraph) if in_mark => paragraph.is_mark_hidden |= is_on && name == b"vanish",
                    _ => self.run_marks[mark] = is_on,
                }
                Tag::Other
            }
            // Word's style separator: a heading that the text runs on from, in the same line.
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
                    let style = self.styles.unread_marks(element.val()?.as_deref());
                    self.run_marks.iter_mut().zip(style).for_each(|(mark, of_style)| *mark |= of_style);
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
                self.run_marks = self.styles.unread_marks(self.styles.of_paragraph(style));
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
                self.writer.note = element.value(b"id")?.map(|id| format!("{} {id}", self.kind_of_note));
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
                self.writer.end_of_text()?;
                self.writer.open_table();
                Tag::Table
            }
            (_, b"tr") => {
                self.in_table(OpenTable::open_row);
                Tag::RowOfTable
            }
            (_, b"trPr") => Tag::RowProperties,
            (_, b"tc") => {
                self.in_table(OpenTable::open_cell);
                Tag::Cell
            }
            (_, b"tcPr") => Tag::CellProperties,
            (Tag::CellProperties, b"gridSpan") => {
                let span = element.number(b"val")?.unwrap_or(1).clamp(1, 64);
                self.in_table(|table| table.span = span as usize);
                Tag::Other
            }
            (Tag::CellProperties, b"vMerge") => {
                let goes_on = element.val()?.is_none_or(|value| value != "restart");
                self.in_table(|table| table.goes_on = goes_on);
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
                self.writer.end_of_text()?;
                self.writer.end_cell();
            }
            Some(Tag::RowOfTable) => self.writer.end_row()?,
            Some(Tag::Table) => self.writer.end_table(),
            Some(Tag::Note) => {
                self.writer.end_of_text()?;
                self.writer.note = None;
            }
            _ => {}
        }
        Ok(())
    }

    /// Changes the table that is open, if there is one.
    fn in_table(&mut self, change: impl FnOnce(&mut OpenTable)) {
        if let Some(table) = self.writer.tables.last_mut() {
            change(table);
        }
    }

    fn end_paragraph(&mut self) -> Soundly<()> {
        match self.paragraph.take() {
            Some(paragraph) => self.writer.end_paragraph(paragraph),
            None => Ok(()),
        }
    }
}
