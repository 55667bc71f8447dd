//! The files of a revision in a temporary folder.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::diagnostic::Problem;
use crate::source::FileId;

use super::super::parse::Format;
use super::super::read::{self, Role};
use super::{Refusal, Repository, Revision, git, run};

/// The files of a revision that `dealcheck` reads, laid out in a folder that is gone when this is dropped. It looks
/// like the root of a repository, so that nothing above it is found.
#[derive(Debug)]
pub struct OldTree {
    /// Keeps the folder.
    _temporary: TempDir,
    repository: PathBuf,
    folder: PathBuf,
    /// Files that are called otherwise today, by their names then and now.
    renamed: Vec<(PathBuf, PathBuf)>,
}

/// What git has for a path.
struct Entry<'o> {
    mode: &'o [u8],
    /// The blob; of a submodule the commit.
    object: &'o str,
    path: &'o [u8],
}

impl Entry<'_> {
    fn is_link(&self) -> bool {
        self.mode == b"120000"
    }

    fn is_submodule(&self) -> bool {
        self.mode == b"160000"
    }

    fn path(&self) -> Option<&Path> {
        std::str::from_utf8(self.path).ok().map(Path::new)
    }

    /// The path and the commit of a submodule.
    fn submodule(&self) -> Option<(&Path, &str)> {
        Some((self.path().filter(|_| self.is_submodule())?, self.object))
    }
}

impl Repository {
    /// Lays a revision out. `named` are files that are wanted whatever their names end in.
    ///
    /// # Errors
    ///
    /// Git cannot.
    pub fn tree(&self, revision: &Revision, named: &[PathBuf]) -> Result<OldTree, Problem> {
        let cannot = || format!("cannot read the files of `{}`", revision.name);
        let failed = |error: std::io::Error| {
            Problem::of_run(cannot()).note(format!("in a temporary folder: {}", read::plain(&error)))
        };
        let temporary = tempfile::Builder::new().prefix("dealcheck-").tempdir().map_err(failed)?;
        let room = temporary.path().canonicalize().map_err(failed)?;
        let folder = room.join("tree");
        let named: BTreeSet<PathBuf> = named.iter().filter_map(|path| self.relative(path)).collect();
        let renamed = self.renamed(&revision.commit).map_err(|refusal| refusal.problem(cannot()))?;
        let renames = renamed.iter().filter(|(_, now)| named.contains(now)).map(|(then, _)| then.clone());
        let named: BTreeSet<PathBuf> = renames.chain(named.iter().cloned()).collect();
        let laid_out = lay_out(&self.root, &revision.commit, &folder, &room.join("index"), &named);
        let links = laid_out.map_err(|failure| match failure {
            Failure::Git(refusal) => refusal.problem(cannot()),
            Failure::Folder(error) => failed(error),
        })?;
        // What a link out of the tree leads to is not old.
        for link in links {
            if !link.canonicalize().is_ok_and(|target| target.starts_with(&folder)) {
                fs::remove_file(&link).map_err(failed)?;
            }
        }
        Ok(OldTree { _temporary: temporary, repository: self.root.clone(), folder, renamed })
    }

    /// Files that have other names today than in a commit, as far as git sees it: then and now.
    fn renamed(&self, commit: &str) -> Result<Vec<(PathBuf, PathBuf)>, Refusal> {
        let asked = ["diff-index", "-z", "-M", "--diff-filter=R", "--name-status", commit, "--"];
        let patterns = Format::ENDINGS.map(|(ending, _)| format!(":(icase)*.{ending}"));
        let output = self.ask(asked.into_iter().chain(patterns.iter().map(String::as_str)))?;
        let mut parts = output.stdout.split(|&byte| byte == 0).map(|part| std::str::from_utf8(part).ok());
        let mut renamed = Vec::new();
        while let (Some(_), Some(then), Some(now)) = (parts.next(), parts.next(), parts.next()) {
            renamed.extend(then.zip(now).map(|(then, now)| (PathBuf::from(then), PathBuf::from(now))));
        }
        Ok(renamed)
    }
}

enum Failure {
    Git(Refusal),
    Folder(std::io::Error),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Folder(error)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Git(refusal)
    }
}

/// Lays a commit of a repository out in a folder, with the submodules that this checkout has. Returns the links.
fn lay_out(
    repository: &Path,
    commit: &str,
    folder: &Path,
    index: &Path,
    named: &BTreeSet<PathBuf>,
) -> Result<Vec<PathBuf>, Failure> {
    // The walk for configurations ends where a repository begins.
    fs::create_dir_all(folder.join(".git"))?;
    let own = || {
        let mut git = git(repository);
        git.env("GIT_INDEX_FILE", index);
        git
    };
    run(own().args(["read-tree", commit]))?;
    let listed = run(own().args(["ls-files", "-z", "--stage"]))?.stdout;
    let entries: Vec<Entry<'_>> = listed.split(|&byte| byte == 0).filter_map(entry).collect();
    let mut wanted = tempfile::tempfile()?;
    for entry in entries.iter().filter(|entry| is_wanted(entry, named)) {
        wanted.write_all(entry.path)?;
        wanted.write_all(b"\0")?;
    }
    wanted.seek(SeekFrom::Start(0))?;
    // Git takes this as the beginning of each path.
    let mut prefix = folder.as_os_str().to_owned();
    prefix.push("/");
    let mut prefixed = OsString::from("--prefix=");
    prefixed.push(prefix);
    run(own().args(["checkout-index", "-q", "-f", "-z", "--stdin"]).arg(prefixed).stdin(wanted))?;
    let links = entries.iter().filter(|entry| entry.is_link());
    let mut links: Vec<PathBuf> = links.filter_map(Entry::path).map(|path| folder.join(path)).collect();
    for (path, commit) in entries.iter().filter_map(Entry::submodule) {
        let within = repository.join(path);
        let its_commit = format!("{commit}^{{commit}}");
        // One that this checkout does not have is as a folder that is not there.
        if within.join(".git").exists() && run(git(&within).args(["cat-file", "-e", &its_commit])).is_ok() {
            let named = named.iter().filter_map(|named| named.strip_prefix(path).ok().map(Path::to_owned));
            let index = index.with_extension(commit);
            links.extend(lay_out(&within, commit, &folder.join(path), &index, &named.collect())?);
        }
    }
    Ok(links)
}

/// `mode object stage<tab>path`
fn entry(record: &[u8]) -> Option<Entry<'_>> {
    let tab = record.iter().position(|&byte| byte == b'\t')?;
    let mut words = record[..tab].split(|&byte| byte == b' ');
    let (mode, object) = (words.next()?, std::str::from_utf8(words.next()?).ok()?);
    Some(Entry { mode, object, path: &record[tab + 1..] })
}

/// Whether `dealcheck` may read it: contracts, roadmaps, configurations and waivers, links to them, and what was
/// named. A repository of deals is full of documents, which are large and which nothing reads.
fn is_wanted(entry: &Entry<'_>, named: &BTreeSet<PathBuf>) -> bool {
    let is_data = || Format::of(&String::from_utf8_lossy(entry.path)).is_some();
    let is_named = || entry.path().is_some_and(|path| named.contains(path));
    !entry.is_submodule() && (entry.is_link() || is_data() || is_named())
}

impl OldTree {
    /// The folder that the files lie in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The root of the repository.
    pub fn repository(&self) -> &Path {
        &self.repository
    }

    /// What stands for a path of the repository in the old tree: the path itself, or where it was not there, what
    /// has been renamed to it, or to something below it.
    pub(super) fn older(&self, path: &Path) -> Vec<PathBuf> {
        let same = self.folder.join(path);
        if same.exists() {
            return vec![same];
        }
        let renamed = self.renamed.iter().filter(|(_, now)| now.starts_with(path));
        let renamed = renamed.map(|(then, now)| (self.folder.join(then), now == path));
        renamed.filter(|(then, is_named)| *is_named || may_be_contract(then)).map(|(then, _)| then).collect()
    }
}

/// Whether a file looks like a contract: what lies in a folder is passed over otherwise.
fn may_be_contract(path: &Path) -> bool {
    let source = read::source(path, "", FileId(0));
    source.is_ok_and(|source| read::may_be(source.text(), Role::Contract))
}
