//! A revision of a git repository, laid out as files.
//!
//! It asks the `git` program instead of reading the repository itself: that knows every format of repository, working
//! trees, partial clones, filters such as LFS, and whom a repository may belong to (`safe.directory`). What it lays
//! out is what a checkout would hold. The user's index and working tree are only read.

mod request;
mod roadmap;
mod tree;

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::diagnostic::Problem;

use super::path::slashes;
use super::path::without_dots;
use super::read::plain;

pub use request::OldRequest;
pub use roadmap::{OldRoadmaps, replace_roadmap};
pub use tree::OldTree;

/// Variables by which git hooks and scripts tell git which repository, index or tree is meant. They are about the
/// command that set them: a commit hook's index is not one to lay out an old tree in.
const OF_ANOTHER_COMMAND: [&str; 14] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_DIR",
    "GIT_GLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS",
    "GIT_IMPLICIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE",
    "GIT_NOGLOB_PATHSPECS",
    "GIT_OBJECT_DIRECTORY",
    "GIT_PREFIX",
    "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// Settings under which git runs no program of the repository but filters, and writes an index that is whole.
const SETTINGS: [&str; 5] = [
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.sparseCheckout=false",
    "core.splitIndex=false",
    "index.sparse=false",
];

/// A git repository with its working tree.
#[derive(Debug)]
pub struct Repository {
    root: PathBuf,
}

/// A revision of a repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// As it was typed.
    pub name: String,
    /// The commit, in hexadecimal.
    pub commit: String,
}

impl Repository {
    /// The repository that all of some paths lie in: that of the working folder, or where a path lies elsewhere,
    /// that of the path. Paths need not exist.
    ///
    /// # Errors
    ///
    /// There is none, or not all lie in it, or there is no git.
    pub fn of_all(paths: &[PathBuf], folder: &Path) -> Result<Self, Problem> {
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

    /// The repository that a folder lies in.
    fn of(folder: &Path) -> Result<Self, Problem> {
        let no_repository = |reason: &str| {
            Problem::of_run("an older version was asked for, and git finds no repository with files here")
                .note(format!("git says: {reason}"))
                .help("run it in a checkout of the repository")
        };
        let mut git = git(folder);
        let output = git.args(["rev-parse", "--show-toplevel"]).output().map_err(|error| no_git(&error))?;
        if !output.status.success() {
            return Err(no_repository(&words(&output)));
        }
        let root = PathBuf::from(line(&output));
        let root = root.canonicalize().map_err(|error| no_repository(&plain(&error)))?;
        Ok(Self { root })
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

    /// Looks up a revision: a commit, a branch, a tag, or anything else that names a commit.
    ///
    /// # Errors
    ///
    /// This clone does not have it.
    pub fn revision(&self, name: &str) -> Result<Revision, Problem> {
        let commit = format!("{name}^{{commit}}");
        match self.ask(["rev-parse", "--verify", "--quiet", &commit]) {
            Ok(output) => Ok(Revision { name: name.to_owned(), commit: line(&output) }),
            Err(Refusal::NoGit(problem)) => Err(problem),
            Err(Refusal::Said(_)) => Err(self.unknown(name)),
        }
    }

    fn unknown(&self, name: &str) -> Problem {
        let problem = Problem::of_run(format!("there is no revision `{name}` in this clone"));
        let asked = |args: &[&str]| self.ask(args).map(|output| line(&output)).unwrap_or_default();
        if asked(&["rev-parse", "--is-shallow-repository"]) == "true" {
            return problem
                .note("this clone is shallow: it was made without the older commits, and perhaps without other branches")
                .help("on GitHub Actions, add `with: { fetch-depth: 0 }` to the step `actions/checkout`")
                .help("elsewhere, fetch what is missing: `git fetch --depth=1 origin main`, and compare with `FETCH_HEAD`");
        }
        let refs = asked(&["for-each-ref", "--format=%(refname:short)"]);
        let refs: Vec<&str> = refs.lines().collect();
        match refs.iter().find(|known| known.strip_suffix(name).is_some_and(|rest| rest.ends_with('/'))) {
            Some(remote) => problem.help(format!("did you mean `{remote}`?")),
            None => problem.help_nearest(name, refs, "name a commit, a branch or a tag that `git log` knows"),
        }
    }

    /// Runs git in the repository.
    fn ask(&self, args: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Result<Output, Refusal> {
        run(git(&self.root).args(args))
    }
}

/// Why git gave no answer.
enum Refusal {
    /// There is no git.
    NoGit(Problem),
    /// What it said.
    Said(String),
}

impl Refusal {
    /// As a problem, with what could not be done.
    fn problem(self, title: String) -> Problem {
        match self {
            Self::NoGit(problem) => problem,
            Self::Said(words) => Problem::of_run(title).note(format!("git says: {words}")),
        }
    }
}

fn run(git: &mut Command) -> Result<Output, Refusal> {
    let output = git.output().map_err(|error| Refusal::NoGit(no_git(&error)))?;
    if output.status.success() { Ok(output) } else { Err(Refusal::Said(words(&output))) }
}

/// A call of git that is about a folder and nothing else.
fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    for name in OF_ANOTHER_COMMAND {
        git.env_remove(name);
    }
    git.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    git.stdin(Stdio::null());
    for setting in SETTINGS {
        git.args(["-c", setting]);
    }
    git.arg("-C").arg(folder);
    git
}

fn no_git(error: &std::io::Error) -> Problem {
    if error.kind() == ErrorKind::NotFound {
        return Problem::of_run("an older version was asked for, and there is no `git` on this machine")
            .help("install git, or run it where git is");
    }
    Problem::of_run(format!("cannot run `git`: {}", plain(error)))
}

/// What git said, on one line.
fn words(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    let said: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let said = said.join(" ");
    let said = said.strip_prefix("fatal: ").or_else(|| said.strip_prefix("error: ")).unwrap_or(&said);
    if said.is_empty() { format!("nothing ({})", output.status) } else { said.to_owned() }
}

/// What git answered, without the last line break.
fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end_matches(['\n', '\r']).to_owned()
}
