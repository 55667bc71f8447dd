//! All that lies in a folder and below it.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::vec;

use super::{FileKind, Files, FolderEntry};

/// A walk through a folder and all below it, in the order of names. It follows each link once, passes over names that
/// begin with a dot, and never enters a folder that it is in already.
#[derive(Debug)]
pub(in crate::input) struct Walk<'f> {
    files: &'f dyn Files,
    /// The folder that comes next.
    next: Option<OpenFolder>,
    /// The folders that the walk is in, each with what is left of it.
    open: Vec<(OpenFolder, vec::IntoIter<FolderEntry>)>,
    /// The links to folders that were followed, by where they really lie: two links in each of thirty folders would
    /// make a thousand million ways.
    followed: HashSet<PathBuf>,
    /// The files that were passed over since their names begin with a dot.
    hidden: Vec<PathBuf>,
}

#[derive(Clone, Debug)]
struct OpenFolder {
    path: PathBuf,
    /// The same without links.
    real: PathBuf,
}

/// Something that the walk came to.
#[derive(Debug)]
pub(in crate::input) struct Step {
    /// Its path, below the folder where the walk began.
    pub(in crate::input) path: PathBuf,
    /// The same without links.
    pub(in crate::input) real: PathBuf,
    /// What it is, or where it leads.
    pub(in crate::input) kind: FileKind,
    /// Whether it is a link.
    pub(in crate::input) is_link: bool,
}

/// A folder that cannot be entered, or a link that leads nowhere.
#[derive(Debug)]
pub(in crate::input) struct WalkError {
    pub(in crate::input) path: PathBuf,
    pub(in crate::input) is_link: bool,
    pub(in crate::input) error: io::Error,
}

impl<'f> Walk<'f> {
    /// Begins at a folder.
    pub(in crate::input) fn new(files: &'f dyn Files, top: &Path) -> Self {
        let place = OpenFolder { path: top.to_owned(), real: files.real(top) };
        let (open, followed, hidden) = Default::default();
        Self { files, next: Some(place), open, followed, hidden }
    }

    /// The files that were passed over since their names begin with a dot.
    pub(in crate::input) fn hidden(self) -> Vec<PathBuf> {
        self.hidden
    }

    /// Does not enter the folder that came last.
    pub(in crate::input) fn pass_over(&mut self) {
        self.next = None;
    }

    /// What an entry of the innermost folder is; nothing where it is not to be looked at.
    fn step(&mut self, place: &OpenFolder, entry: &FolderEntry) -> Result<Option<Step>, WalkError> {
        let path = place.path.join(&entry.name);
        let is_link = entry.kind == FileKind::Link;
        // An editor's lock beside a contract is often a link that leads nowhere: no reason to fail.
        if entry.name.as_encoded_bytes().starts_with(b".") {
            if entry.kind != FileKind::Folder {
                self.hidden.push(path);
            }
            return Ok(None);
        }
        let (kind, real) = if is_link {
            let target = self.files.canonicalize(&path).and_then(|real| Ok((self.files.kind(&real)?, real)));
            match target {
                Ok(target) => target,
                Err(error) => return Err(WalkError { path, is_link, error }),
            }
        } else {
            (entry.kind, place.real.join(&entry.name))
        };
        if kind == FileKind::Folder {
            let is_open = |real: &Path| self.open.iter().any(|(open, _)| open.real == real);
            if is_link
                && (place.real == real
                    || is_open(&real)
                    || !self.followed.insert(place.real.join(&entry.name)))
            {
                return Ok(None);
            }
            self.next = Some(OpenFolder { path: path.clone(), real: real.clone() });
        }
        Ok(Some(Step { path, real, kind, is_link }))
    }
}

impl Iterator for Walk<'_> {
    type Item = Result<Step, WalkError>;

    fn next(&mut self) -> Option<Self::Item> {
        // Entered only now, since whoever walks may have passed it over.
        if let Some(place) = self.next.take() {
            match self.files.list(&place.real) {
                Ok(entries) => self.open.push((place, entries.into_iter())),
                Err(error) => return Some(Err(WalkError { path: place.path, is_link: false, error })),
            }
        }
        while let Some((place, mut entries)) = self.open.pop() {
            let Some(entry) = entries.next() else { continue };
            let step = self.step(&place, &entry);
            self.open.push((place, entries));
            if let Some(step) = step.transpose() {
                return Some(step);
            }
        }
        None
    }
}
