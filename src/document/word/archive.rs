//! The archive that a Word file is, and where its parts lie in it.

use std::cell::Cell;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::document::MOST_BYTES;

use super::meter::{Metered, unread};
use super::xml::{Piece, walk};
use super::{Soundly, Unsound};

/// How many times its own size a file may unpack to.
const MOST_TIMES: usize = 100;

/// What a file of a few hundred bytes may unpack to all the same.
const ALWAYS: usize = 1 << 20;

/// An archive, of which no more is unpacked than it may hold.
pub(super) struct Archive {
    zip: ZipArchive<Cursor<Vec<u8>>>,
    /// How many bytes may still be unpacked.
    left: Cell<u64>,
    /// Whether that is so few since the archive is so small.
    is_small: bool,
}

/// The names of the parts that are read.
pub(super) struct Parts {
    pub(super) document: String,
    pub(super) styles: Option<String>,
    pub(super) numbering: Option<String>,
    /// Footnotes and endnotes.
    pub(super) notes: Vec<String>,
}

impl Archive {
    pub(super) fn open(bytes: Vec<u8>) -> Soundly<Self> {
        // The compound files of old Word, which encrypted ones are, too.
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(Unsound::Locked);
        }
        let most = bytes.len().saturating_mul(MOST_TIMES).max(ALWAYS);
        let left = Cell::new(most.min(MOST_BYTES) as u64);
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| unsound(&error))?;
        Ok(Self { zip, left, is_small: most < MOST_BYTES })
    }

    /// The parts, as the relations of the archive and of its document name them.
    pub(super) fn parts(&mut self) -> Soundly<Parts> {
        let main = self.relations("", "_rels/.rels")?;
        let document = main.into_iter().find(|(kind, _)| kind == "officeDocument").map(|(_, target)| target);
        let document = document.ok_or_else(|| Unsound::broken("it has no document in it"))?;
        let (folder, file) = document.rsplit_once('/').unwrap_or(("", &document));
        let relations = if folder.is_empty() {
            format!("_rels/{file}.rels")
        } else {
            format!("{folder}/_rels/{file}.rels")
        };
        let named = match self.zip.index_for_name(&relations) {
            Some(_) => self.relations(folder, &relations)?,
            None => Vec::new(),
        };
        let of = |kind: &str| -> Vec<String> {
            named.iter().filter(|(known, _)| known == kind).map(|(_, target)| target.clone()).collect()
        };
        let notes = [of("footnotes"), of("endnotes")].concat();
        let (styles, numbering) = (of("styles").into_iter().next(), of("numbering").into_iter().next());
        Ok(Parts { document, styles, numbering, notes })
    }

    /// Relations of a part, as the last words of their kinds, with the parts that they lead to. What lies outside the
    /// archive is never opened.
    fn relations(&mut self, folder: &str, part: &str) -> Soundly<Vec<(String, String)>> {
        let mut all = Vec::new();
        walk(&self.part(part)?, |piece| {
            if let Piece::Open(element) = piece
                && element.name() == b"Relationship"
                && element.value(b"TargetMode")?.is_none_or(|mode| mode != "External")
                && let (Some(kind), Some(target)) = (element.value(b"Type")?, element.value(b"Target")?)
            {
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                all.push((kind, inside(folder, &target)));
            }
            Ok(())
        })?;
        Ok(all)
    }

    /// The bytes of a part: no more of them than may be, so that pieces of them need not be copied.
    pub(super) fn part(&mut self, name: &str) -> Soundly<Vec<u8>> {
        let (left, is_small) = (&self.left, self.is_small);
        let file = self.zip.by_name(name).map_err(|error| unsound(&error))?;
        let mut bytes = Vec::new();
        Metered { inner: file, left, is_small }.read_to_end(&mut bytes).map_err(|error| unread(&error))?;
        Ok(bytes)
    }
}

/// A part of an archive by a path from a folder of it; `..` never leads out.
fn inside(folder: &str, target: &str) -> String {
    let from_root = target.starts_with('/');
    let mut path: Vec<&str> = if from_root { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            // A name in an archive is whatever its maker wrote, and must lead to nothing outside of it.
            ".." => drop(path.pop()),
            "." | "" => {}
            step => path.push(step),
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

fn unsound(error: &ZipError) -> Unsound {
    match error {
        ZipError::UnsupportedArchive(what) if what.contains("assword") => Unsound::Locked,
        ZipError::InvalidPassword => Unsound::Locked,
        ZipError::FileNotFound => Unsound::broken("a part of it is missing"),
        ZipError::CompressionMethodNotSupported(_) | ZipError::UnsupportedArchive(_) => {
            Unsound::broken("it is packed as no program packs one")
        }
        _ => Unsound::broken("the archive is broken"),
    }
}
