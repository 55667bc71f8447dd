//! Word: a `.docx` is an archive of XML files, of which the text, its numbers, its styles and its notes are read.

mod archive;
mod blocks;
mod meter;
mod numbering;
mod styles;
mod walk;
mod xml;

use crate::diagnostic::Problem;

use super::{Document, TrackedChanges, too_large};

use archive::Archive;
use numbering::Numbering;
use styles::Styles;
use walk::Walker;

/// Why a Word file cannot be read.
#[derive(Debug, PartialEq, Eq)]
enum Unsound {
    /// It is no archive, or a broken one.
    Broken(String),
    /// It is locked by a password, or a `.doc`.
    Locked,
    /// It unpacks to more than it may.
    Bomb,
    /// It has more text than is read.
    TooLarge,
}

type Soundly<T> = Result<T, Unsound>;

impl Unsound {
    fn broken(what: impl Into<String>) -> Self {
        Self::Broken(what.into())
    }

    fn problem(self, name: &str) -> Problem {
        match self {
            Self::Broken(what) => Problem::in_file(name, format!("{name} is no sound Word file: {what}"))
                .help("open it in Word or LibreOffice, and save it again as .docx"),
            Self::Locked => {
                Problem::in_file(name, format!("{name} is encrypted, or a .doc under another name"))
                    .help("open it in Word or LibreOffice, and save it as .docx without a password")
            }
            Self::Bomb => {
                Problem::in_file(name, format!("{name} unpacks to more than a hundred times its size"))
                    .note("what does so is made to exhaust memory")
                    .help("open it in Word or LibreOffice, and save it again as .docx")
            }
            Self::TooLarge => too_large(name),
        }
    }
}

/// Reads a Word file.
pub(super) fn read(name: &str, bytes: Vec<u8>, changes: TrackedChanges) -> Result<Document, Problem> {
    document(bytes, changes).map_err(|unsound| unsound.problem(name))
}

fn document(bytes: Vec<u8>, changes: TrackedChanges) -> Soundly<Document> {
    let mut archive = Archive::open(bytes)?;
    let parts = archive.parts()?;
    let styles = match &parts.styles {
        Some(part) => Styles::read(&archive.part(part)?)?,
        None => Styles::default(),
    };
    let numbering = match &parts.numbering {
        Some(part) => Numbering::read(&archive.part(part)?, &styles)?,
        None => Numbering::default(),
    };
    let mut walker = Walker::new(&styles, numbering, changes);
    for notes in &parts.notes {
        walker.notes(&archive.part(notes)?)?;
    }
    walker.document(&archive.part(&parts.document)?)?;
    Ok(walker.finish())
}
