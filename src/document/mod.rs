//! Prose: Word, Markdown and plain text, as blocks with the numbers of their clauses.
//!
//! Nothing here knows what a promise is. A document comes from a stranger: every reader has its limits, opens no other
//! file, follows no link and runs nothing.

mod label;
mod markdown;
mod place;
mod plain;
mod word;

use std::io;
use std::path::Path;

use crate::diagnostic::Problem;
use crate::input::files::{Files, content_hash};
use crate::text::{and_list, plural, reason, shell_path};

/// The most bytes of a text, and of what a Word file unpacks to.
const MOST_BYTES: usize = 64 << 20;

/// The most blocks of a document.
const MOST_BLOCKS: usize = 1_000_000;

/// What a document says, in its order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Document {
    /// The path, as it is shown.
    pub name: String,
    /// Paragraphs, headings, items of lists, rows of tables, footnotes.
    pub blocks: Vec<DocumentBlock>,
    /// What is in it and cannot be read.
    pub unread: Unreadable,
    /// How many changes are tracked in it, which were taken as accepted, or as rejected.
    pub changes: usize,
    /// The text that it was read from, where it is one.
    pub text: Option<String>,
    /// A hash of the file.
    pub hash: String,
}

/// What a document holds that is no text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unreadable {
    /// Pictures, drawings and charts.
    pub pictures: usize,
    /// Files of other programs.
    pub objects: usize,
    /// Boxes of text beside the text.
    pub text_boxes: usize,
    /// Pieces of HTML with words in them.
    pub html: usize,
}

impl Unreadable {
    /// What there is, in words: `2 pictures and 1 text box`; nothing where there is none.
    pub(crate) fn words(self) -> Option<String> {
        let kinds = [
            (self.pictures, "picture", "pictures"),
            (self.objects, "embedded object", "embedded objects"),
            (self.text_boxes, "text box", "text boxes"),
            (self.html, "piece of HTML", "pieces of HTML"),
        ];
        let found = kinds.into_iter().filter(|(number, ..)| *number > 0);
        let words: Vec<String> = found.map(|(number, one, many)| plural(number, one, many)).collect();
        (!words.is_empty()).then(|| and_list(&words))
    }
}

/// A piece of a document that stands by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DocumentBlock {
    /// What it is.
    pub kind: BlockKind,
    /// The number of its clause with its parents, as the document shows them: `2.3 (a)`; that of the clause above it where
    /// it has none of its own.
    pub clause: String,
    /// Its words, without the number, on one line.
    pub text: String,
    /// Its line, or the number of its paragraph in Word; from 1.
    pub line: usize,
    /// Its footnotes, which are blocks as well.
    pub notes: Vec<String>,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// A title (0) or a heading (from 1).
    Heading(u8),
    /// A paragraph that is none of the others.
    Paragraph,
    /// An item of a list, or a numbered clause: how deep it stands.
    Item(u8),
    /// A row of a table.
    Row(TableRow),
    /// A footnote.
    Note,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TableRow {
    /// Its cells, from the first column on; one that spans columns stands in the first of them.
    pub cells: Vec<String>,
    /// Which table of the document it is in.
    pub table: usize,
}

/// What becomes of changes that are tracked in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TrackedChanges {
    /// The document reads as if all were accepted.
    Accept,
    /// It reads as it did before them.
    Reject,
}

/// Reads the document in a file. What is too large is not read into memory first.
pub(crate) fn open(
    files: &dyn Files,
    path: &Path,
    name: &str,
    changes: TrackedChanges,
) -> Result<Document, Problem> {
    let bytes = files.read_within(path, MOST_BYTES as u64).map_err(|error| match error.kind() {
        io::ErrorKind::FileTooLarge => too_large(name),
        _ => Problem::in_file(name, format!("cannot read {name}: {}", reason(&error))),
    })?;
    read(path, name, bytes, changes)
}

/// Reads a document. What it is, its name says.
pub(crate) fn read(
    path: &Path,
    name: &str,
    bytes: Vec<u8>,
    changes: TrackedChanges,
) -> Result<Document, Problem> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    let hash = content_hash(&bytes);
    let document = match ending.as_str() {
        "docx" => word::read(name, bytes, changes)?,
        "md" | "markdown" => of_text(name, bytes, markdown::read)?,
        "txt" | "text" => of_text(name, bytes, plain::read)?,
        other => return Err(unknown(name, other)),
    };
    if document.blocks.len() > MOST_BLOCKS {
        return Err(Problem::in_file(name, format!("{name} has more than {MOST_BLOCKS} paragraphs")));
    }
    Ok(Document { name: name.to_owned(), hash, ..document })
}

fn of_text(name: &str, bytes: Vec<u8>, read: fn(&str) -> Document) -> Result<Document, Problem> {
    let text = plain::text(name, bytes)?;
    let document = read(&text);
    Ok(Document { text: Some(text), ..document })
}

fn unknown(name: &str, ending: &str) -> Problem {
    let problem = Problem::in_file(name, format!("{name} is no document that can be read"));
    let path = shell_path(name);
    match ending {
        "pdf" => problem.help(format!("convert it: `pdftotext -layout {path}` writes a .txt beside it")),
        "doc" | "rtf" | "odt" | "docm" => {
            problem.help(format!("convert it: `soffice --headless --convert-to docx {path}`"))
        }
        _ => problem.help("expected a .docx, .md or .txt file"),
    }
}

/// The problem of a file that holds too much.
fn too_large(name: &str) -> Problem {
    Problem::in_file(name, format!("{name} holds more than {} MiB of text", MOST_BYTES >> 20))
        .help("split it, or leave out what is no part of the contract")
}

/// The words of a text on one line.
fn one_line(text: &str) -> String {
    // Most texts are on one already; to look at all of their bytes is quicker than to stop at one.
    let is_sound = |pair: &[u8]| matches!(pair[0], b' '..=b'~') & (pair != b"  ");
    let is_plain = text.as_bytes().windows(2).fold(true, |known, pair| known & is_sound(pair));
    if is_plain && text.ends_with(|last: char| last.is_ascii_graphic()) && !text.starts_with(' ') {
        return text.to_owned();
    }
    words_on_one_line(text.len(), text.split_whitespace())
}

/// Some words on one line, of about so many bytes.
fn words_on_one_line<'t>(bytes: usize, words: impl Iterator<Item = &'t str>) -> String {
    let mut line = String::with_capacity(bytes);
    for word in words {
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests;
