//! What a run is asked for, and what is found for it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::source::{FileId, Span};

use super::super::config::ConfigFile;
use super::super::files::Files;
use super::super::path::slashes;
use super::boundary::Boundary;

/// What the user asked for.
#[derive(Debug, Default)]
pub struct Request {
    /// Files, folders and `-`; none means the configured contracts.
    pub paths: Vec<PathBuf>,
    /// `--config`
    pub config: Option<PathBuf>,
    /// `--roadmap`
    pub roadmap: Vec<PathBuf>,
    /// `--stdin-filename`
    pub stdin_name: Option<PathBuf>,
    /// `--force-exclude`
    pub force_exclude: bool,
    /// `--claims`: documents, or patterns of them.
    pub claims: Vec<PathBuf>,
}

/// A file that is, or may be, a contract.
#[derive(Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is; `-` for standard input.
    pub path: PathBuf,
    /// How it is shown: as it was given, with `/`.
    pub name: String,
    /// The id its spans will carry.
    pub id: FileId,
    /// Whether the user or the configuration named it; others are passed over unless they look like contracts.
    pub named: bool,
    /// Whether it is standard input.
    pub stdin: bool,
    /// Whether it is a file of promises, which holds several contracts.
    pub promises: bool,
    /// Whether it is read as a configuration, a roadmap or a file of waivers already.
    pub is_shared: bool,
    /// Whether it lies outside of the repository, and nobody named it: of what is wrong with it no word is told.
    pub is_outside: bool,
}

impl Candidate {
    /// A file in a folder.
    pub(super) fn at(path: PathBuf, name: String, named: bool) -> Self {
        let (stdin, promises, is_shared, is_outside) = (false, false, false, false);
        Self { path, name, id: FileId(0), named, stdin, promises, is_shared, is_outside }
    }

    /// Standard input, by a name.
    pub(super) fn stdin(name: String) -> Self {
        Self { stdin: true, ..Self::at(PathBuf::from("-"), name, true) }
    }

    /// A file of promises. No file that is looked for has so high an id.
    pub fn promises(path: &Path) -> Self {
        let id = FileId(u32::MAX / 2);
        Self { id, promises: true, ..Self::at(path.to_owned(), slashes(path), true) }
    }
}

/// A file that `contracts` in a configuration does not name, below where one of its patterns begins.
#[derive(Debug)]
pub struct UnlistedFile {
    /// The file.
    pub file: Candidate,
    /// The pattern.
    pub pattern: Span,
}

/// A folder or a file that is not looked at.
#[derive(Debug)]
pub struct LeftOut {
    /// Its path as it is shown.
    pub name: String,
    /// The reason.
    pub why: LeftOutReason,
}

/// Why a folder or a file is not looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LeftOutReason {
    /// `exclude` says so.
    Excluded,
    /// Its name begins with a dot.
    Hidden,
}

/// A pattern of `exclude` that leaves nothing out.
#[derive(Debug)]
pub struct UnusedExclude {
    /// The pattern as it was written.
    pub pattern: String,
    /// The configuration as it is shown.
    pub config: String,
}

/// A file that the contracts of a group share.
#[derive(Debug)]
pub struct SharedPath {
    /// Where it is.
    pub path: PathBuf,
    /// How it is shown.
    pub name: String,
    /// The id its spans will carry.
    pub id: FileId,
    /// See [`Candidate::is_outside`].
    pub is_outside: bool,
}

/// Contracts that share a configuration and a roadmap.
#[derive(Debug)]
pub struct FileSet {
    /// Where its files are read.
    pub files: Arc<dyn Files>,
    /// The configuration, if there is one.
    pub config: Option<Arc<ConfigFile>>,
    /// See [`Candidate::is_outside`].
    pub config_is_outside: bool,
    /// The roadmap's files.
    pub roadmap: Vec<SharedPath>,
    /// The files of waivers.
    pub waivers: Vec<SharedPath>,
    /// The folder that paths are shown from.
    pub base: PathBuf,
    /// Whether every file of the roadmap was found.
    pub roadmap_is_whole: bool,
    /// Whether all of the roadmap is to be linted, not only what contracts reach.
    pub whole_roadmap: bool,
    /// The files to check, in the order of their paths.
    pub candidates: Vec<Candidate>,
    /// The files beside them that nobody checks.
    pub unlisted: Vec<UnlistedFile>,
    /// Collateral that is held against the roadmap.
    pub claims: Vec<SharedPath>,
    /// Why there is no roadmap, or what is wrong with its paths.
    pub problems: Vec<Problem>,
}

impl FileSet {
    /// Notes which of the files that its contracts share lie outside of the repository.
    pub(super) fn note_outside(&mut self, boundary: &Boundary<'_>) {
        let files = &*self.files;
        let from = self.config.as_ref().map(|config| config.folder().to_owned());
        for file in self.roadmap.iter_mut().chain(&mut self.waivers) {
            let from = from.as_deref().or(file.path.parent());
            file.is_outside = boundary.is_outside(from, &files.real(&file.path));
        }
        self.config_is_outside = self
            .config
            .as_ref()
            .is_some_and(|config| boundary.is_outside(config.path.parent(), &files.real(&config.path)));
    }

    /// Where the files lie that its contracts share.
    pub(super) fn shared_paths(&self) -> impl Iterator<Item = &Path> {
        let config = self.config.iter().map(|config| config.path.as_path());
        config.chain(self.roadmap.iter().chain(&self.waivers).map(|shared| shared.path.as_path()))
    }
}

/// All that a run is about.
#[derive(Debug, Default)]
pub struct Discovery {
    /// Groups in the order their first files were found.
    pub groups: Vec<FileSet>,
    /// Paths that could not be walked or found.
    pub problems: Vec<Problem>,
    /// How many configurations and files of waivers were named.
    pub settings: usize,
    /// Folders and files that were left out.
    pub left_out: Vec<LeftOut>,
    /// Whether a file that was named was left out because of `exclude`.
    pub excludes_named: bool,
    /// Patterns of `exclude` that left nothing out.
    pub unused_excludes: Vec<UnusedExclude>,
    /// How much a configuration below another one left out, by the configuration as it is shown.
    pub nested_excludes: BTreeMap<String, usize>,
}
