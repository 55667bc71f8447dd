//! The versions of some files: what they held at each commit that changed one of them.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::diagnostic::Problem;
use crate::source::FileId;
use crate::text::reason;

use super::super::files::{CommitRecord, Disk, Files as _, MainLine};
use super::super::git::Refusal;
use super::super::parse::FileFormat;
use super::super::path::{repository_root, slashes};
use super::super::read::{self, Role};
use super::{Repository, lost};

/// How often files that come from others are followed: whoever renames a roadmap more often has no roadmap.
const MOST_MOVES: usize = 64;

/// How many files a roadmap may have come from at once.
const MOST_SOURCES: usize = 16;

/// The versions of some files along the branch that they are on.
#[derive(Debug)]
pub(crate) struct FileVersions {
    line: MainLine,
    /// From the last one to the first.
    pub steps: Vec<VersionStep>,
}

/// What some files were from a commit on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct VersionStep {
    /// The commit, in hexadecimal.
    pub commit: String,
    /// The day of the commit. It is never after that of a later one: clocks differ.
    pub day: Date,
    /// The files that were there.
    pub files: Vec<FileVersion>,
}

/// A file at a commit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FileVersion {
    /// Its path below the root, as it is shown.
    pub name: String,
    /// The object that it was, in hexadecimal.
    pub blob: String,
}

/// Why there are no versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoVersions {
    /// The files lie in no repository, or in none that has a commit.
    NotInGit,
    /// The clone was made without the older commits.
    Shallow,
    /// Git refuses, in its words, or has not got all that it should have.
    Unread(String),
}

impl FileVersions {
    /// The versions of some files up to a revision, along the first parents of merges and through renames. Paths are
    /// absolute.
    pub(crate) fn of(paths: &[PathBuf], revision: &str) -> Result<Self, NoVersions> {
        let folder = paths.first().and_then(|path| path.parent()).ok_or(NoVersions::NotInGit)?;
        let repository =
            Repository::of_all(paths, folder).map_err(|problem| no_repository(paths, &problem))?;
        let below: Option<Vec<PathBuf>> = paths.iter().map(|path| repository.relative(path)).collect();
        let below = below.ok_or(NoVersions::NotInGit)?;
        // Whether the revision is there is asked where its commits are not to be had: each call of git takes a while.
        let why = |reason| match repository.has_commit(revision) {
            true => reason,
            false if repository.has_lost(revision) => NoVersions::Unread(lost(revision)),
            false => NoVersions::NotInGit,
        };
        Self::up_to(revision, &repository, below).map_err(why)
    }

    fn up_to(revision: &str, repository: &Repository, paths: Vec<PathBuf>) -> Result<Self, NoVersions> {
        if repository.is_shallow {
            return Err(NoVersions::Shallow);
        }
        let line = MainLine::of(&repository.root).map_err(|error| unread(&error))?;
        let mut versions = Self { line, steps: Vec::new() };
        versions.walk(revision, paths)?;
        Ok(versions)
    }

    /// What a file held.
    ///
    /// # Errors
    ///
    /// This clone has not got it, or it is too large.
    pub(crate) fn read(&self, file: &FileVersion) -> Result<Vec<u8>, NoVersions> {
        self.line.blob(&file.blob).map_err(|error| unread(&error))
    }

    /// Follows files back, and from there on those that they came from, too.
    fn walk(&mut self, revision: &str, mut paths: Vec<PathBuf>) -> Result<(), NoVersions> {
        let mut next = Some(revision.to_owned());
        let mut moves = 0;
        while let Some(start) = next.take() {
            let commits = self.line.changes(&start, &paths).map_err(refused)?;
            let mut commits = commits.iter().peekable();
            let mut record = commits.peek().map(|id| self.record(id)).transpose()?;
            while let (Some(id), Some(commit)) = (commits.next(), record.take()) {
                let files = self.files(&commit, &paths)?;
                let before = commits.peek().map(|id| self.record(id)).transpose()?;
                let known =
                    before.as_ref().map(|before| self.files(before, &paths)).transpose()?.unwrap_or_default();
                let is_new = |file: &FileVersion| known.iter().all(|before| before.name != file.name);
                let come = files.iter().any(is_new);
                self.push(id, &commit, files);
                if come
                    && moves < MOST_MOVES
                    && let Some(parent) = &commit.parent
                {
                    let from = self.sources(parent, &commit, &paths)?;
                    if !from.is_empty() {
                        moves += 1;
                        paths.extend(from);
                        next = Some(parent.clone());
                        break;
                    }
                }
                record = before;
            }
        }
        Ok(())
    }

    fn record(&self, id: &str) -> Result<CommitRecord, NoVersions> {
        self.line.commit(id).map_err(|error| unread(&error))
    }

    fn push(&mut self, id: &str, commit: &CommitRecord, files: Vec<FileVersion>) {
        let day = self.steps.last().map_or(commit.day, |later| later.day.min(commit.day));
        self.steps.push(VersionStep { commit: id.to_owned(), day, files });
    }

    fn files(&self, commit: &CommitRecord, paths: &[PathBuf]) -> Result<Vec<FileVersion>, NoVersions> {
        let mut files = Vec::new();
        for path in paths {
            if let Some(blob) = self.line.file(commit, path).map_err(|error| unread(&error))? {
                files.push(FileVersion { name: slashes(path), blob });
            }
        }
        Ok(files)
    }

    /// The files that what is new at a commit may have come from: roadmaps that it took away or changed.
    fn sources(
        &self,
        parent: &str,
        commit: &CommitRecord,
        paths: &[PathBuf],
    ) -> Result<Vec<PathBuf>, NoVersions> {
        let before = self.record(parent)?;
        let left = self.line.left(&before, commit).map_err(|error| unread(&error))?;
        let known: BTreeSet<&Path> = paths.iter().map(PathBuf::as_path).collect();
        let mut from = Vec::new();
        for path in left {
            if known.contains(path.as_path()) || FileFormat::of(&slashes(&path)).is_none() {
                continue;
            }
            if self.is_roadmap(&before, &path)? {
                from.push(path);
            }
            if from.len() > MOST_SOURCES {
                return Ok(Vec::new());
            }
        }
        Ok(from)
    }

    fn is_roadmap(&self, commit: &CommitRecord, path: &Path) -> Result<bool, NoVersions> {
        let blob = self.line.file(commit, path).map_err(|error| unread(&error))?;
        let Some(blob) = blob else { return Ok(false) };
        let bytes = self.line.blob(&blob).map_err(|error| unread(&error))?;
        let source = read::bytes(bytes.as_slice(), &slashes(path), FileId(0));
        Ok(source.is_ok_and(|source| read::role_of(&source) == Role::Roadmap))
    }
}

/// Why files have no repository: whoever has none is told nothing, and whoever has one that is not read is told so.
fn no_repository(paths: &[PathBuf], problem: &Problem) -> NoVersions {
    let lies_in_one =
        |path: &PathBuf| Disk.real(path).parent().is_some_and(|folder| repository_root(folder).is_some());
    let title = &problem.diagnostic.title;
    // So git says of a `.git` that is none.
    if paths.iter().any(lies_in_one) && !title.contains("not a git repository") {
        NoVersions::Unread(title.clone())
    } else {
        NoVersions::NotInGit
    }
}

fn refused(refusal: Refusal) -> NoVersions {
    match refusal {
        Refusal::NoGit(problem) => NoVersions::Unread(problem.diagnostic.title),
        Refusal::Said(words) => NoVersions::Unread(words),
    }
}

fn unread(error: &io::Error) -> NoVersions {
    NoVersions::Unread(reason(error))
}
