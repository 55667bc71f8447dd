//! Where files are read: a disk, memory, or a commit. Whoever finds and reads files is given a [`Files`], and does not
//! know which it is.

mod checked_out;
mod commit;
mod disk;
mod memory;
mod walk;

use std::ffi::OsString;
use std::fmt::Debug;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::text::hex;

pub(in crate::input) use checked_out::checked_out;
pub(in crate::input) use commit::{Commit, CommitRecord, MainLine, os_string};
pub use disk::Disk;
pub use memory::Memory;
pub(in crate::input) use walk::{Step, Walk, WalkError};

/// The largest file that is read, in bytes. Places are kept in 32 bits; real contracts are a thousandth of it.
pub(in crate::input) const LARGEST: u64 = 1 << 30;

/// A hash of what a file holds, in hexadecimal digits: the SHA-256.
pub(crate) fn content_hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Files by their paths. Paths are absolute, and those of a commit are the ones that its files have when they are
/// checked out.
pub trait Files: Debug + Send + Sync {
    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is larger than 1 GiB ([`io::ErrorKind::FileTooLarge`]).
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// The bytes of a file that may be no larger than this.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is larger ([`io::ErrorKind::FileTooLarge`]).
    fn read_within(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let bytes = self.read(path)?;
        if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
    }

    /// What is at a path. Links are followed, so it is never [`FileKind::Link`].
    ///
    /// # Errors
    ///
    /// There is nothing, or nobody may know.
    fn kind(&self, path: &Path) -> io::Result<FileKind>;

    /// A path without links, `.` and `..`.
    ///
    /// # Errors
    ///
    /// There is nothing at it.
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf>;

    /// What lies in a folder, in the order of the bytes of the names.
    ///
    /// # Errors
    ///
    /// It is no folder, or cannot be read.
    fn list(&self, folder: &Path) -> io::Result<Vec<FolderEntry>>;

    /// Says which files will be read soon, by this thread, and in this order.
    fn read_ahead(&self, _paths: &mut dyn Iterator<Item = &Path>) {}

    /// The commit up to which the history of its files is known; none where they are of none.
    fn revision(&self) -> Option<&str> {
        None
    }

    /// Whether there is a file at a path.
    fn is_file(&self, path: &Path) -> bool {
        self.kind(path).is_ok_and(|kind| kind == FileKind::File)
    }

    /// Whether there is a folder at a path.
    fn is_folder(&self, path: &Path) -> bool {
        self.kind(path).is_ok_and(|kind| kind == FileKind::Folder)
    }

    /// A path without links, or as it is where nothing is there.
    fn real(&self, path: &Path) -> PathBuf {
        self.canonicalize(path).unwrap_or_else(|_| path.to_owned())
    }
}

/// What is at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A file.
    File,
    /// A folder.
    Folder,
    /// A link, wherever it leads.
    Link,
    /// Anything else, such as a pipe.
    Other,
}

/// What lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderEntry {
    /// Its name.
    pub name: OsString,
    /// What it is. Links are not followed.
    pub kind: FileKind,
}

fn not_found() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, "no such file or directory")
}

/// All that a reader gives, about so many bytes, unless it is too much.
pub(in crate::input) fn bounded(reader: impl Read, length: usize) -> io::Result<Vec<u8>> {
    within(reader, length, LARGEST)
}

fn within(reader: impl Read, length: usize, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length + 1);
    reader.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most { Err(too_large()) } else { Ok(bytes) }
}

fn too_large() -> io::Error {
    io::ErrorKind::FileTooLarge.into()
}
