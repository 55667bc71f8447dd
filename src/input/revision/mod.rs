//! A revision of a git repository: which one is meant, its files, and what they are called today.

mod request;
mod roadmap;
mod versions;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Problem;
use crate::source::FileId;
use crate::text::reason;

use super::files::{Commit, Disk, Files, os_string};
use super::git::{Refusal, ask, line};
use super::parse::FileFormat;
use super::path::{repository_root, slashes, without_dots};
use super::read::{self, Role};

pub(crate) use request::OldRequest;
pub(crate) use roadmap::{put_old_roadmaps, replace_roadmap};
pub(crate) use versions::{FileVersion, FileVersions, NoVersions, VersionStep};

/// A git repository with its working tree.
#[derive(Debug)]
struct Repository {
    root: PathBuf,
    /// Whether the clone was made without the older commits.
    is_shallow: bool,
}

/// A revision of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// As it was typed.
    pub name: String,
    /// The commit that is compared with, in hexadecimal: where the branch that is checked out left the one that was
    /// typed.
    pub commit: String,
    /// Why that is not known, and the commit is the one that was typed.
    pub caveat: Option<String>,
}

/// The files of a revision.
#[derive(Debug)]
struct OldFiles {
    repository: Repository,
    revision: Revision,
    files: Arc<Commit>,
    /// Files that are called otherwise today, by their paths then and now.
    renamed: OnceLock<Vec<(PathBuf, PathBuf)>>,
}

impl Repository {
    /// The repository that all of some paths lie in: that of the working folder, or where a path lies elsewhere,
    /// that of the path. Paths need not exist.
    ///
    /// # Errors
    ///
    /// There is none, or not all lie in it, or there is no git.
    fn of_all(paths: &[PathBuf], folder: &Path) -> Result<Self, Problem> {
        let here = Self::of(folder);
        let is_here = |path: &Path| here.as_ref().is_ok_and(|here| here.relative(path).is_some());
        let elsewhere = paths.iter().find(|path| !is_here(&folder.join(path)));
        let repository = match elsewhere {
            Some(path) => {
                let path = folder.join(path);
                let folders = path.ancestors().filter(|folder| folder.is_dir());
                folders.map(Self::of).next().and_then(Result::ok).map_or(here, Ok)?
            }
            None => here?,
        };
        match paths.iter().find(|path| repository.relative(&folder.join(path)).is_none()) {
            None => Ok(repository),
            Some(path) => {
                let name = slashes(path);
                let title =
                    format!("{name} lies outside of the git repository, so there is no older version of it");
                let root = slashes(&repository.root);
                Err(Problem::in_file(&name, title)
                    .note(format!("the repository is {root}"))
                    .help("check what lies in different repositories in runs of their own"))
            }
        }
    }

    /// The repository that a folder lies in. Git is asked about its root alone: a folder below that looks like a
    /// repository may have come with a pull request, and would have git run what its settings name.
    fn of(folder: &Path) -> Result<Self, Problem> {
        let no_repository =
            Problem::of_run("an older version was asked for, and git finds no repository with files here")
                .help("run it in a checkout of the repository");
        let folder = Disk.real(folder);
        let Some(root) = repository_root(&folder) else {
            let reason =
                "there is no `.git` here or above: this is not a git repository, or has no work tree";
            return Err(no_repository.note(reason));
        };
        // One call for both: to start git takes longer than what it does.
        let asked = ["rev-parse", "--show-toplevel", "--is-shallow-repository"];
        let output = ask(root, asked).map_err(|refusal| unreadable(root, refusal))?;
        let answer = output.stdout.strip_suffix(b"\n").unwrap_or_default();
        let at = answer.iter().rposition(|&byte| byte == b'\n').unwrap_or(answer.len());
        let (top, is_shallow) = answer.split_at(at);
        let is_root = |top: OsString| Disk.real(Path::new(&top)) == root;
        if os_string(top).is_some_and(is_root) {
            return Ok(Self { root: root.to_owned(), is_shallow: is_shallow != b"\nfalse" });
        }
        let title = "git takes another folder for the root of the repository";
        Err(Problem::of_run(title)
            .note(format!("the nearest folder with `.git` is {}", slashes(root)))
            .note(format!("git says: {}", String::from_utf8_lossy(top)))
            .help(
                "run it where both are the same: this `.git` may be broken, or `core.worktree` be set in it",
            ))
    }

    /// A path as it is called in the repository; none where it lies outside. It need not exist.
    fn relative(&self, path: &Path) -> Option<PathBuf> {
        // What exists of it may go over links.
        let real = path.ancestors().find_map(|existing| {
            let rest = path.strip_prefix(existing).ok()?;
            Some(existing.canonicalize().ok()?.join(rest))
        })?;
        without_dots(&real).strip_prefix(&self.root).ok().map(Path::to_owned)
    }

    /// The files of a revision: a commit, a branch, a tag, or anything else that names a commit.
    ///
    /// # Errors
    ///
    /// This clone does not have it.
    fn at(self, name: &str) -> Result<OldFiles, Problem> {
        // It is asked for in a line.
        let commit = if name.contains(['\n', '\0']) { Ok(None) } else { Commit::new(&self.root, name) };
        match commit {
            Ok(Some(files)) => {
                let (files, caveat) = self.where_it_began(name, files)?;
                let revision = Revision { name: name.to_owned(), commit: files.id().to_owned(), caveat };
                Ok(OldFiles { repository: self, revision, files: Arc::new(files), renamed: OnceLock::new() })
            }
            Ok(None) => Err(self.unknown(name)),
            Err(error) => Err(cannot_read(name).note(reason(&error))),
        }
    }

    /// The commit where the branch that is checked out left another one: what went on there since then, the branch
    /// neither did nor undid. Where it is not known, the other one, and why.
    fn where_it_began(&self, name: &str, other: Commit) -> Result<(Commit, Option<String>), Problem> {
        // Compared with the tip of `main`, a branch would be charged with what `main` has put right since.
        let base = self.asked(&["merge-base", "HEAD", other.id()]);
        if base == other.id() {
            return Ok((other, None));
        }
        let caveat = if !base.is_empty() {
            let base =
                Commit::new(&self.root, &base).map_err(|error| cannot_read(name).note(reason(&error)))?;
            return base.map(|base| (base, None)).ok_or_else(|| self.unknown(name));
        } else if self.has_lost("HEAD") {
            return Err(cannot_read(name)
                .note(lost("HEAD"))
                .help("`git fetch --refetch` gets what is missing, or check out another commit"));
        } else if self.is_shallow {
            format!(
                "this clone is shallow, and where the branch left `{name}` is not in it: what `{name}` changed since then \
                 is told of the branch; `git fetch --unshallow` gets all commits"
            )
        } else {
            format!("`{name}` has no commit in common with what is checked out, and is compared as it is")
        };
        Ok((other, Some(caveat)))
    }

    /// What git answers; nothing where it refuses.
    fn asked(&self, args: &[&str]) -> String {
        ask(&self.root, args).map(|output| line(&output)).unwrap_or_default()
    }

    /// Whether a revision names a commit that is not there: a clone is broken, where one without any commit is only new.
    fn has_lost(&self, revision: &str) -> bool {
        self.names(revision) && !self.has_commit(revision)
    }

    fn has_commit(&self, revision: &str) -> bool {
        self.names(&format!("{revision}^{{commit}}"))
    }

    /// Whether a name is one of an object.
    fn names(&self, name: &str) -> bool {
        !self.asked(&["rev-parse", "--verify", "--quiet", name]).is_empty()
    }

    fn unknown(&self, name: &str) -> Problem {
        let problem = Problem::of_run(format!("there is no revision `{name}` in this clone"));
        if self.is_shallow {
            return problem
                .note("this clone is shallow: it was made without the older commits, and perhaps without other branches")
                .help("on GitHub Actions, add `with: { fetch-depth: 0 }` to the step `actions/checkout`")
                .help("elsewhere, fetch what is missing: `git fetch --unshallow`, then `git fetch origin main`, and compare with `FETCH_HEAD`");
        }
        let refs = self.asked(&["for-each-ref", "--format=%(refname:short)"]);
        let refs: Vec<&str> = refs.lines().collect();
        match refs.iter().find(|known| known.strip_suffix(name).is_some_and(|rest| rest.ends_with('/'))) {
            Some(remote) => problem.help(format!("did you mean `{remote}`?")),
            None => problem.help_nearest(name, refs, "name a commit, a branch or a tag that `git log` knows"),
        }
    }
}

impl OldFiles {
    /// What was there for an absolute path of today: the path itself, or what has been renamed to it, or to
    /// something below it. A path that leads out of the repository is the same for both.
    fn older(&self, path: &Path) -> Result<Vec<PathBuf>, Problem> {
        let Some(below) = self.repository.relative(path) else {
            return Ok(vec![Disk.real(path)]);
        };
        let same = self.repository.root.join(&below);
        if self.files.kind(&same).is_ok() {
            return Ok(vec![same]);
        }
        let renamed = self.renamed()?.iter().filter(|(_, now)| now.starts_with(&below));
        let renamed = renamed.map(|(then, now)| (self.repository.root.join(then), *now == below));
        let is_meant = |(then, is_named): &(PathBuf, bool)| *is_named || self.may_be_contract(then);
        Ok(renamed.filter(is_meant).map(|(then, _)| then).collect())
    }

    /// Files that have other names today, as far as git sees it: then and now.
    fn renamed(&self) -> Result<&[(PathBuf, PathBuf)], Problem> {
        if let Some(renamed) = self.renamed.get() {
            return Ok(renamed);
        }
        // Compared with the index, which knows the new names: to compare with the working tree, git would run the
        // filters that its attributes name.
        let asked = [
            "diff-index", "--cached", "-z", "-M", "--diff-filter=R", "--name-status", &self.revision.commit,
            "--",
        ];
        // Git compares each removed file with each added one: of other files it need not.
        let patterns = FileFormat::ENDINGS.map(|(ending, _)| format!(":(icase)*.{ending}"));
        let output = ask(&self.repository.root, asked.into_iter().chain(patterns.iter().map(String::as_str)))
            .map_err(|refusal| refusal.explain(cannot_read(&self.revision.name)))?;
        let mut parts = output.stdout.split(|&byte| byte == 0).map(os_string);
        let mut renamed = Vec::new();
        while let (Some(_), Some(then), Some(now)) = (parts.next(), parts.next(), parts.next()) {
            renamed.extend(then.zip(now).map(|(then, now)| (PathBuf::from(then), PathBuf::from(now))));
        }
        Ok(self.renamed.get_or_init(|| renamed))
    }

    /// Whether a file looks like a contract: what lies in a folder is passed over otherwise.
    fn may_be_contract(&self, path: &Path) -> bool {
        let source = read::source(&*self.files, path, "", FileId(0));
        source.is_ok_and(|source| read::may_be(source.text(), Role::Contract))
    }
}

/// The problem of a repository that is there and that git does not read. Where a format has one line for it, that says
/// all.
fn unreadable(root: &Path, refusal: Refusal) -> Problem {
    let words = match refusal {
        Refusal::NoGit(problem) => return problem,
        Refusal::Said(words) => words,
    };
    if words.contains("dubious ownership") {
        let root = slashes(root).replace('\'', r"'\''");
        return Problem::of_run(format!(
            "the repository belongs to another user, so git does not read it: to trust it, run `git config --global \
             --add safe.directory '{root}'`"
        ))
        .note("a folder that is mounted into a container belongs to whom it belongs outside")
        .note(format!("git says: {words}"));
    }
    Problem::of_run(format!("git does not read the repository: {words}"))
}

/// Why the commit of a revision cannot be had.
fn lost(revision: &str) -> String {
    format!("`{revision}` names a commit that this clone has not got")
}

fn cannot_read(revision: &str) -> Problem {
    Problem::of_run(format!("cannot read the files of `{revision}`"))
}
