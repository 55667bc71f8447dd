//! What was checked, and by what: the version of the program, and the files with what they hold.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use schemars::JsonSchema;
use serde::Serialize;

use crate::check::outcome::{Outcome, OutcomeSubject};
use crate::input::committed::committed;
use crate::input::discover::{Candidate, SharedPath};
use crate::input::files::{Files, content_hash};
use crate::prose::documents::DocumentFile;
use crate::text::clean;

/// The program, as it names itself.
const PROGRAM: &str = concat!("dealcheck ", env!("CARGO_PKG_VERSION"));

/// A file that was checked, or that others were checked with.
#[derive(Clone, Debug)]
pub(crate) struct CheckedSource {
    path: PathBuf,
    record: FileJson,
}

/// What a file may be.
const ROLES: [&str; 5] = [CONFIGURATION, ROADMAP, WAIVERS, CONTRACT, DOCUMENT];
const CONFIGURATION: &str = "configuration";
const ROADMAP: &str = "roadmap";
const WAIVERS: &str = "waivers";
const CONTRACT: &str = "contract";
const DOCUMENT: &str = "document";

/// A file with what it holds.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "file")]
pub(crate) struct FileJson {
    /// The file, as it was named, with `/`.
    pub(crate) file: String,
    /// What it is: a contract, one of its documents, or what contracts are checked with.
    #[schemars(extend("enum" = ROLES))]
    pub(crate) role: &'static str,
    /// The SHA-256 of its bytes, in hexadecimal; null where it cannot be read again.
    pub(crate) sha256: Option<String>,
    /// Whether it is exactly what `commit` has.
    pub(crate) committed: bool,
}

/// What was checked, and by what.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "provenance")]
pub(crate) struct ProvenanceJson {
    /// The program and its version.
    pub(crate) program: &'static str,
    /// The commit that is checked out; null where there is no repository.
    pub(crate) commit: Option<String>,
    /// The files.
    pub(crate) files: Vec<FileJson>,
}

/// The files that an outcome is about, with what they hold.
pub(crate) fn checked_sources(outcome: &Outcome<'_>) -> Vec<CheckedSource> {
    match outcome.about {
        OutcomeSubject::Contract(candidate, group, judged) => {
            let Candidate { path, name, is_outside, .. } = candidate;
            let own = (!candidate.stdin)
                .then(|| CheckedSource::new(&*group.files, path, name, *is_outside, CONTRACT));
            let documents = judged.iter().flat_map(|judged| &judged.documents.files);
            let documents = documents.map(|DocumentFile { path, name, is_outside }| {
                CheckedSource::new(&*group.files, path, name, *is_outside, DOCUMENT)
            });
            own.into_iter().chain(documents).collect()
        }
        OutcomeSubject::Group(found, _) => {
            let files = &*found.files;
            let config = found.config.iter().filter_map(|config| {
                let (path, name) = (&config.path, config.source.as_ref()?.name());
                Some(CheckedSource::new(files, path, name, found.config_is_outside, CONFIGURATION))
            });
            let shared = |role: &'static str| {
                move |SharedPath { path, name, is_outside, .. }: &SharedPath| {
                    CheckedSource::new(files, path, name, *is_outside, role)
                }
            };
            let roadmap = found.roadmap.iter().map(shared(ROADMAP));
            config.chain(roadmap).chain(found.waivers.iter().map(shared(WAIVERS))).collect()
        }
        _ => Vec::new(),
    }
}

impl CheckedSource {
    /// A file with what it holds. Of what is read but once, as a pipe is, that is not known; of what lies outside of the
    /// repository nobody is told who may not read it.
    fn new(files: &dyn Files, path: &Path, name: &str, is_outside: bool, role: &'static str) -> Self {
        let bytes = Some(path).filter(|path| !is_outside && files.is_file(path));
        let bytes = bytes.and_then(|path| files.read(path).ok());
        let sha256 = bytes.map(|bytes| content_hash(&bytes));
        let record = FileJson { file: clean(name).into_owned(), role, sha256, committed: false };
        Self { path: path.to_owned(), record }
    }
}

impl ProvenanceJson {
    /// What some files come to together.
    pub(crate) fn of(mut sources: Vec<CheckedSource>) -> Self {
        // A file of promises holds several contracts, and several contracts may consist of one document.
        let mut seen = HashSet::new();
        sources.retain(|source| seen.insert(source.path.clone()));
        let (paths, mut files): (Vec<PathBuf>, Vec<FileJson>) =
            sources.into_iter().map(|source| (source.path, source.record)).unzip();
        // All files in one call: each call starts git.
        let known = committed(&paths);
        for (file, is_committed) in files.iter_mut().zip(known.are_committed) {
            file.committed = is_committed && file.sha256.is_some();
        }
        Self { program: PROGRAM, commit: known.commit, files }
    }
}
