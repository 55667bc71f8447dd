//! What lies in the repository, and what a link or a configuration leads out of it to.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use super::super::files::Files;
use super::Request;

/// Tells files that nobody named and that lie outside of the repository: whoever wrote the path that leads there need
/// not be allowed to read them.
pub(super) struct Boundary<'f> {
    files: &'f dyn Files,
    /// What the command line named, without links.
    named: Vec<PathBuf>,
    /// The folder that was asked about last, with the root of its repository without links: the files of a folder come one
    /// after another.
    last: RefCell<Option<(PathBuf, Option<PathBuf>)>>,
}

impl<'f> Boundary<'f> {
    pub(super) fn new(files: &'f dyn Files, request: &Request, base: &Path) -> Self {
        let paths = request.paths.iter().chain(&request.config).chain(&request.roadmap);
        let named = paths.map(|path| files.real(&base.join(path))).collect();
        Self { files, named, last: RefCell::default() }
    }

    /// Whether a file, by its path without links, lies outside of the repository of the folder that a path to it starts
    /// in.
    pub(super) fn is_outside(&self, from: Option<&Path>, real: &Path) -> bool {
        let Some(from) = from else { return false };
        let mut last = self.last.borrow_mut();
        let known = last.take().filter(|(folder, _)| folder == from);
        let (_, root) = last.insert(known.unwrap_or_else(|| (from.to_owned(), self.root_of(from))));
        let is_inside = root.as_ref().is_none_or(|root| real.starts_with(root));
        // Who named it on the command line can read it; who only wrote a path in the repository need not.
        !is_inside && !self.named.iter().any(|named| real.starts_with(named))
    }

    fn root_of(&self, folder: &Path) -> Option<PathBuf> {
        let is_root = |folder: &&Path| self.files.kind(&folder.join(".git")).is_ok();
        folder.ancestors().find(is_root).map(|root| self.files.real(root))
    }
}
