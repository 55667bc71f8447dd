//! The files of this machine.

use std::fs::{self, File, FileType};
use std::io;
use std::path::{Path, PathBuf};

use super::{FileKind, Files, FolderEntry, LARGEST, within};

/// The files of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

impl Files for Disk {
    fn revision(&self) -> Option<&str> {
        Some("HEAD")
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.read_within(path, LARGEST)
    }

    fn read_within(&self, path: &Path, most: u64) -> io::Result<Vec<u8>> {
        let metadata = fs::metadata(path)?;
        // To open a pipe waits for somebody who writes, perhaps for ever.
        if kind(metadata.file_type()) == FileKind::Other {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a pipe or a device, and no file"));
        }
        // The length is a hint only: it spares most of the calls that read a file bit by bit.
        let length = metadata.len().min(most);
        within(File::open(path)?, usize::try_from(length).unwrap_or(0), most)
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        Ok(kind(fs::metadata(path)?.file_type()))
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        path.canonicalize()
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            // The folder itself says what its entries are: a call for each of them would take as long as the rest.
            Ok(FolderEntry { kind: kind(entry.file_type()?), name: entry.file_name() })
        };
        let mut entries: Vec<FolderEntry> = fs::read_dir(folder)?.map(entry).collect::<io::Result<_>>()?;
        entries.sort_unstable_by(|one, other| one.name.cmp(&other.name));
        Ok(entries)
    }
}

fn kind(of: FileType) -> FileKind {
    if of.is_file() {
        FileKind::File
    } else if of.is_dir() {
        FileKind::Folder
    } else if of.is_symlink() {
        FileKind::Link
    } else {
        FileKind::Other
    }
}
