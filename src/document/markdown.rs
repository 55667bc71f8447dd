//! Markdown, as GitHub writes it: headings, lists with their numbers, tables, footnotes.

use std::collections::HashMap;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::label::{ClauseNumber, Outline, of_cell, split};
use super::{BlockKind, Document, DocumentBlock, MOST_BYTES, TableRow, one_line};

/// Lists are numbered apart from what is typed.
const LISTS: u32 = 100;

/// Parts the lines of a paragraph that nobody ended.
const SOFT_BREAK: char = '\u{2028}';

/// Reads a text in Markdown.
pub(super) fn read(text: &str) -> Document {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = MarkdownReader::new(text);
    for (event, place) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, place.start);
    }
    reader.flush();
    reader.resolve_notes();
    Document { blocks: reader.blocks, unread: reader.unread, ..Document::default() }
}

struct MarkdownReader<'t> {
    lines: LineCount<'t>,
    blocks: Vec<DocumentBlock>,
    unread: super::Unreadable,
    outline: Outline,
    text: String,
    line: usize,
    heading: Option<u8>,
    /// The next number of each list that is open; none for bullets.
    lists: Vec<Option<u64>>,
    /// The number of the item that is open, until its first block takes it.
    item: Option<Option<String>>,
    row: Option<Vec<String>>,
    tables: usize,
    /// The name of the footnote that is open.
    note: Option<String>,
    /// The names of the footnotes that the open block refers to.
    named: Vec<String>,
    /// What footnotes say, by their names.
    notes: HashMap<String, String>,
    /// What is written in HTML.
    html: String,
    struck: usize,
}

impl<'t> MarkdownReader<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            lines: LineCount { text, byte: 0, line: 1 },
            blocks: Vec::new(),
            unread: super::Unreadable::default(),
            outline: Outline::default(),
            text: String::new(),
            line: 1,
            heading: None,
            lists: Vec::new(),
            item: None,
            row: None,
            tables: 0,
            note: None,
            named: Vec::new(),
            notes: HashMap::new(),
            html: String::new(),
            struck: 0,
        }
    }

    fn event(&mut self, event: Event<'_>, start: usize) {
        match event {
            Event::Start(tag) => self.start(&tag, start),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) if self.struck == 0 => {
                if self.text.is_empty() {
                    self.line = self.lines.at(start);
                }
                self.text.push_str(&text);
            }
            Event::SoftBreak => self.text.push(SOFT_BREAK),
            Event::HardBreak => self.text.push('\n'),
            Event::FootnoteReference(name) => self.named.push(name.to_string()),
            Event::Html(html) => self.html.push_str(&html),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, start: usize) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(match level {
                    HeadingLevel::H1 => 0,
                    HeadingLevel::H2 => 1,
                    HeadingLevel::H3 => 2,
                    HeadingLevel::H4 => 3,
                    HeadingLevel::H5 => 4,
                    HeadingLevel::H6 => 5,
                });
            }
            Tag::Paragraph | Tag::CodeBlock(_) | Tag::BlockQuote(_) => self.flush(),
            Tag::List(first) => {
                self.flush();
                self.lists.push(*first);
            }
            Tag::Item => {
                self.flush();
                let number = self.lists.last_mut().and_then(|list| {
                    let number = (*list)?;
                    *list = number.checked_add(1);
                    Some(format!("{number}."))
                });
                self.item = Some(number);
                self.line = self.lines.at(start);
            }
            Tag::Table(_) => {
                self.flush();
                self.tables += 1;
            }
            Tag::TableHead | Tag::TableRow => {
                self.row = Some(Vec::new());
                self.line = self.lines.at(start);
            }
            Tag::FootnoteDefinition(name) => {
                self.flush();
                self.note = Some(name.to_string());
            }
            Tag::Strikethrough => self.struck += 1,
            Tag::Image { .. } => self.unread.pictures += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::TableCell => {
                let cell = one_line(&std::mem::take(&mut self.text));
                self.row.get_or_insert_default().push(cell);
            }
            TagEnd::TableHead | TagEnd::TableRow => {
                let cells = self.row.take().unwrap_or_default();
                let own = cells.first().and_then(|cell| of_cell(cell));
                let clause = own.map_or_else(|| self.outline.clause(), |own| self.outline.below(&own));
                let (text, table) = (cells.join(" | "), self.tables);
                let kind = BlockKind::Row(TableRow { cells, table });
                let notes = std::mem::take(&mut self.named);
                self.blocks.push(DocumentBlock { kind, clause, text, line: self.line, notes });
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.note = None;
            }
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.unread.html += usize::from(has_words(&html));
            }
            TagEnd::Strikethrough => self.struck = self.struck.saturating_sub(1),
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::CodeBlock => self.flush(),
            _ => {}
        }
    }

    /// Puts what footnotes say in the place of their names.
    fn resolve_notes(&mut self) {
        let mut bytes = 0;
        for block in &mut self.blocks {
            let said = block.notes.iter().filter_map(|name| self.notes.get(name));
            let said: Vec<String> = said.take_while(|_| bytes <= MOST_BYTES).cloned().collect();
            bytes += said.iter().map(String::len).sum::<usize>();
            block.notes = said;
        }
    }

    /// Ends the block that is open.
    fn flush(&mut self) {
        let heading = self.heading.take();
        // A line that somebody ended by hand ends what stands in it where a number begins the next.
        let lines = std::mem::take(&mut self.text);
        let mut open = String::new();
        for line in lines.lines().flat_map(listed_lines) {
            if heading.is_none() && self.row.is_none() && split(&line, &self.outline).is_some() {
                self.write(std::mem::take(&mut open), None);
            }
            join(&mut open, line);
        }
        drop(lines);
        self.write(open, heading);
    }

    fn write(&mut self, text: String, heading: Option<u8>) {
        if text.is_empty() {
            return;
        }
        let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
        let numbered = match self.item.take() {
            Some(Some(number)) => {
                // A number that is typed after that of the list is the clause's own.
                let label = ClauseNumber { text: number, list: LISTS + u32::from(depth), level: 0 };
                Some((label, text.clone()))
            }
            _ => split(&text, &self.outline).map(|(label, rest)| (label, rest.to_owned())),
        };
        let (opened, text) = match numbered {
            Some((label, rest)) => (Some(self.outline.open(&label)), rest),
            None => (None, text),
        };
        if heading.is_some() && opened.is_none() {
            self.outline.clear();
        }
        let clause = opened.as_ref().map_or_else(|| self.outline.clause(), |(clause, _)| clause.clone());
        let kind = match (heading, opened) {
            (Some(level), _) => BlockKind::Heading(level),
            (None, _) if self.note.is_some() => BlockKind::Note,
            (None, Some((_, depth))) => BlockKind::Item(depth),
            (None, None) if depth > 0 => {
                // Bullets within bullets.
                let bullets = self.lists.iter().filter(|first| first.is_none()).count();
                let inner = u8::try_from(bullets.saturating_sub(1)).unwrap_or(u8::MAX);
                BlockKind::Item(self.outline.depth().saturating_add(inner))
            }
            (None, None) => BlockKind::Paragraph,
        };
        if let Some(name) = &self.note {
            join(self.notes.entry(name.clone()).or_default(), text.clone());
        }
        let notes = std::mem::take(&mut self.named);
        self.blocks.push(DocumentBlock { kind, clause, text, line: self.line, notes });
    }
}

/// A line, taken apart where the lines that it was typed in are items of a list: "(a) …", "(b) …"; "5.1 …", "5.2 …".
fn listed_lines(line: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut last: Option<TypedNumber> = None;
    for part in line.split(SOFT_BREAK) {
        let own = TypedNumber::of(part);
        // "As set out in (a) or", "(b)" within a sentence follows no item.
        let begins = own.as_ref().is_some_and(|own| match &last {
            Some(last) => last.is_before(own),
            None => own.is_first() || all.is_empty(),
        });
        match all.last_mut() {
            Some(open) if !begins => join(open, one_line(part)),
            _ => all.push(one_line(part)),
        }
        last = if begins { own } else { last };
    }
    all
}

/// A number that somebody typed before an item: `(a)`, `(2)`, `5.1`.
#[derive(Debug)]
struct TypedNumber {
    /// What stands before its last part.
    head: String,
    last: u32,
    is_letter: bool,
}

impl TypedNumber {
    fn of(text: &str) -> Option<Self> {
        let (label, _) = text.trim_start().split_once(' ')?;
        let bracketed = label.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
        if let Some(inner) = bracketed {
            let letter = inner.bytes().next().filter(|first| inner.len() == 1 && first.is_ascii_lowercase());
            let last = letter.map(u32::from).or_else(|| inner.parse().ok())?;
            return Some(Self { head: "(".to_owned(), last, is_letter: letter.is_some() });
        }
        let (head, last) = label.trim_end_matches('.').rsplit_once('.')?;
        let is_number = !head.is_empty() && head.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        let last = last.parse().ok().filter(|_| is_number)?;
        Some(Self { head: head.to_owned(), last, is_letter: false })
    }

    fn is_first(&self) -> bool {
        self.head == "(" && self.last == if self.is_letter { u32::from(b'a') } else { 1 }
    }

    fn is_before(&self, next: &Self) -> bool {
        self.head == next.head && self.is_letter == next.is_letter && self.last + 1 == next.last
    }
}

/// Goes on with a line, which is not copied where it is the first.
fn join(text: &mut String, line: String) {
    match (text.is_empty(), line.is_empty()) {
        (true, _) => *text = line,
        (false, true) => {}
        (false, false) => {
            text.push(' ');
            text.push_str(&line);
        }
    }
}

/// Whether a piece of HTML has words outside of tags and comments.
fn has_words(html: &str) -> bool {
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        if rest[..open].contains(char::is_alphanumeric) {
            return true;
        }
        let end = if rest[open..].starts_with("<!--") { "-->" } else { ">" };
        match rest[open..].find(end) {
            Some(close) => rest = &rest[open + close + end.len()..],
            None => return false,
        }
    }
    rest.contains(char::is_alphanumeric)
}

/// The lines of a text, counted on and on.
struct LineCount<'t> {
    text: &'t str,
    byte: usize,
    line: usize,
}

impl LineCount<'_> {
    fn at(&mut self, byte: usize) -> usize {
        if let Some(between) = self.text.as_bytes().get(self.byte..byte) {
            let next = self.text.as_bytes().get(byte).copied();
            let after = between.iter().skip(1).copied().chain(next);
            let ends = between.iter().zip(after.map(Some).chain([None]));
            self.line +=
                ends.filter(|(end, next)| **end == b'\n' || **end == b'\r' && *next != Some(b'\n')).count();
            self.byte = byte;
        }
        self.line
    }
}
