//! A file's text with the name it is shown by, and places in it.

use std::ops::{Deref, Range};
use std::sync::{Arc, OnceLock};

use memchr::memchr2_iter;

use crate::text::clean;

/// A file of this run. Ids order as the files were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one file. It always lies on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file the range is in.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The place of what no file holds: no file that is found has so high an id.
    pub(crate) const NOWHERE: Self = Self { file: FileId(u32::MAX), start: 0, end: 0 };

    /// The range of bytes, without its file.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value with the place it was written at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where it was written.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value at a place.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

impl<T> Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// A line and a column, both from 1; the column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
    /// Byte from the start of the file, from 0.
    pub byte: usize,
}

/// The text of one file. Lines are indexed once, at the first question about them.
#[derive(Clone, Debug)]
pub struct Source {
    id: FileId,
    name: String,
    text: String,
    /// How many bytes of the file stand before the text.
    before: usize,
    line_starts: OnceLock<Vec<u32>>,
}

impl Source {
    /// A source shown as `name`. The text must be under 4 GiB, and without a byte order mark.
    pub fn new(id: FileId, name: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id, name: name.into(), text: text.into(), before: 0, line_starts: OnceLock::new() }
    }

    /// The same, of a file that begins with a byte order mark: its bytes are counted from there on.
    #[must_use]
    pub fn after_mark(self) -> Self {
        Self { before: '\u{feff}'.len_utf8(), ..self }
    }

    /// The id that spans into this file carry.
    pub fn id(&self) -> FileId {
        self.id
    }

    /// The path as it was given, with `/`; not yet made safe to show.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// A span in this file. Ends past 4 GiB are clamped; readers refuse such files.
    pub fn span(&self, range: Range<usize>) -> Span {
        let clamp = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Span { file: self.id, start: clamp(range.start), end: clamp(range.end) }
    }

    /// The line and column of a byte of the text; one past the end is the end.
    pub fn position(&self, byte: usize) -> Position {
        let byte = byte.min(self.text.len());
        let line = self.line_index(byte);
        let start = self.line_starts()[line] as usize;
        let column = self.text.get(start..byte).map_or(0, |before| before.chars().count()) + 1;
        Position { line: line + 1, column, byte: self.before + byte }
    }

    /// The line of a byte, from 1; for one question about a file, this needs no index.
    pub fn line(&self, byte: usize) -> usize {
        let bytes = self.text.as_bytes();
        let ends = line_ends(bytes).take_while(|&end| end < byte.min(bytes.len()));
        ends.count() + 1
    }

    /// The bytes of the whole lines that a range touches, with the number (from 1) of the first.
    pub fn lines_around(&self, range: Range<usize>) -> (Range<usize>, usize) {
        let starts = self.line_starts();
        let first = self.line_index(range.start.min(self.text.len()));
        let last = self.line_index(range.end.max(range.start).min(self.text.len()));
        let end = starts.get(last + 1).map_or(self.text.len(), |&next| next as usize);
        (starts[first] as usize..end, first + 1)
    }

    /// The bytes of the lines from one number to before another, from 1; to the end of the text without that.
    pub fn lines(&self, first: usize, end: Option<usize>) -> Range<usize> {
        let start_of = |line: usize| {
            let start = self.line_starts().get(line.saturating_sub(1));
            start.map_or(self.text.len(), |&start| start as usize)
        };
        let start = start_of(first);
        start..end.map_or(self.text.len(), start_of).max(start)
    }

    fn line_index(&self, byte: usize) -> usize {
        self.line_starts().partition_point(|&start| start as usize <= byte) - 1
    }

    fn line_starts(&self) -> &[u32] {
        self.line_starts.get_or_init(|| {
            let ends = line_ends(self.text.as_bytes());
            std::iter::once(0).chain(ends.map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX))).collect()
        })
    }
}

/// The last bytes of the ends of lines. A CR that no LF follows ends a line, too, as YAML has it.
fn line_ends(bytes: &[u8]) -> impl Iterator<Item = usize> {
    let is_end = |&at: &usize| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
    memchr2_iter(b'\n', b'\r', bytes).filter(is_end)
}

/// The texts that findings point into: the roadmap's and the configuration's, and the contract's own.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// What the contracts of a group share.
    pub shared: &'a [Arc<Source>],
    /// The contract's.
    pub own: Option<&'a Source>,
}

impl<'a> Sources<'a> {
    /// No text at all.
    pub const NONE: Self = Self { shared: &[], own: None };

    /// The text of a file.
    pub fn get(&self, file: FileId) -> Option<&'a Source> {
        self.own
            .filter(|own| own.id() == file)
            .or_else(|| self.shared.iter().map(Arc::as_ref).find(|source| source.id() == file))
    }

    /// A place as people name it: the file's name, made safe to show, and the position in it.
    pub fn place(&self, span: Span) -> Option<(String, Position)> {
        let source = self.get(span.file)?;
        Some((clean(source.name()).into_owned(), source.position(span.start as usize)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_bytes_do_not() {
        let source = Source::new(FileId(0), "a.yaml", "a: ü\nbé: 1\n");
        assert_eq!(source.position(6), Position { line: 2, column: 1, byte: 6 });
        assert_eq!(source.position(9), Position { line: 2, column: 3, byte: 9 });
        assert_eq!(source.position(999).line, 3);
        let source = Source::new(FileId(0), "a.yaml", "a: b").after_mark();
        assert_eq!(source.position(3), Position { line: 1, column: 4, byte: 6 });
    }

    #[test]
    fn every_end_of_a_line_counts() {
        let source = Source::new(FileId(0), "a.yaml", "a\r\nb\rc\nd\r\r");
        let lines = |byte| (source.position(byte).line, source.line(byte));
        for (byte, line) in [(0, 1), (2, 1), (3, 2), (4, 2), (5, 3), (7, 4), (9, 5), (10, 6)] {
            assert_eq!(lines(byte), (line, line), "{byte}");
        }
        assert_eq!(source.lines_around(5..6), (5..7, 3));
    }

    #[test]
    fn lines_around_are_whole_lines() {
        let source = Source::new(FileId(0), "a.yaml", "one\ntwo\nthree");
        assert_eq!(source.lines_around(5..6), (4..8, 2));
        assert_eq!(source.lines_around(5..9), (4..13, 2));
        assert_eq!(source.lines_around(13..13), (8..13, 3));
    }
}
