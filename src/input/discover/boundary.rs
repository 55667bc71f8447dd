//! What lies in the repository, and what a link or a configuration leads out of it to.

use std::path::{Path, PathBuf};

use super::super::files::Files;
use super::Request;

/// Tells files that nobody named and that lie outside of the repository: whoever wrote the path that leads there need
/// not be allowed to read them.
pub(super) struct Boundary<'f> {
    files: &'f dyn Files,
    /// What the command line named, without links.
    named: Vec<PathBuf>,
}

impl<'f> Boundary<'f> {
    pub(super) fn new(files: &'f dyn Files, request: &Request, base: &Path) -> Self {
        let paths = request.paths.iter().chain(&request.config).chain(&request.roadmap);
        Self { files, named: paths.map(|path| files.real(&base.join(path))).collect() }
    }

    /// Whether a file lies outside of the repository of the folder that a path to it starts in.
    pub(super) fn is_outside(&self, from: Option<&Path>, path: &Path) -> bool {
        let is_root = |folder: &&Path| self.files.kind(&folder.join(".git")).is_ok();
        let Some(root) = from.and_then(|from| from.ancestors().find(is_root)) else {
            return false;
        };
        let real = self.files.real(path);
        !real.starts_with(self.files.real(root)) && !self.named.iter().any(|named| real.starts_with(named))
    }
}
