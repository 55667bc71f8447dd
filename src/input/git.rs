//! Calls of the `git` program. It is asked, instead of reading repositories here: it knows every format of them, working
//! trees, partial clones, and whom a repository may belong to (`safe.directory`).

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::diagnostic::Problem;
use crate::text::reason;

/// Variables by which git hooks and scripts tell git which repository, index or tree is meant. They are about the
/// command that set them: what a commit hook is about is not what an older version is read from.
const OF_ANOTHER_COMMAND: [&str; 14] = [
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_COMMON_DIR", "GIT_DIR", "GIT_GLOB_PATHSPECS",
    "GIT_ICASE_PATHSPECS", "GIT_IMPLICIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_LITERAL_PATHSPECS",
    "GIT_NAMESPACE", "GIT_NOGLOB_PATHSPECS", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_SHALLOW_FILE",
    "GIT_WORK_TREE",
];

/// Settings under which git runs no program of the repository. A folder that looks like a repository of its own may
/// have come with a pull request, and so may the programs that its settings name.
const SETTINGS: [&str; 4] = [
    "core.fsmonitor=false", "core.hooksPath=/dev/null", "safe.bareRepository=explicit",
    "advice.graftFileDeprecated=false",
];

/// Why git gave no answer.
pub(super) enum Refusal {
    /// There is no git.
    NoGit(Problem),
    /// What it said.
    Said(String),
}

impl Refusal {
    /// Adds what git said to what could not be done.
    pub(super) fn explain(self, problem: Problem) -> Problem {
        match self {
            Self::NoGit(problem) => problem,
            Self::Said(words) => problem.note(format!("git says: {words}")),
        }
    }
}

/// A call of git that is about a folder and nothing else.
pub(super) fn git(folder: &Path) -> Command {
    let mut git = Command::new("git");
    for name in OF_ANOTHER_COMMAND {
        git.env_remove(name);
    }
    // What was committed counts, whatever somebody has put in its place in this clone.
    git.env("GIT_NO_REPLACE_OBJECTS", "1").env("GIT_GRAFT_FILE", "/dev/null");
    git.env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0");
    // What a partial clone has not got stays there: whom to ask, and by which program, its settings say. An older git
    // does not know the first variable, and then no protocol is left to ask by.
    git.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
    git.stdin(Stdio::null());
    for setting in SETTINGS {
        git.args(["-c", setting]);
    }
    git.arg("-C").arg(folder);
    git
}

/// Asks git something about a folder.
pub(super) fn ask(
    folder: &Path,
    args: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Result<Output, Refusal> {
    let output = git(folder).args(args).output().map_err(|error| Refusal::NoGit(no_git(&error)))?;
    if output.status.success() { Ok(output) } else { Err(Refusal::Said(words(&output))) }
}

fn no_git(error: &std::io::Error) -> Problem {
    if error.kind() == ErrorKind::NotFound {
        return Problem::of_run("older versions are asked of git, and there is no `git` on this machine")
            .help("install git, or run it where git is");
    }
    Problem::of_run(format!("cannot run `git`: {}", reason(error)))
}

/// What git said, on one line.
fn words(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let text = lines.join(" ");
    let words = text.strip_prefix("fatal: ").or_else(|| text.strip_prefix("error: ")).unwrap_or(&text);
    if words.is_empty() { format!("nothing ({})", output.status) } else { words.to_owned() }
}

/// What git answered, without the last line break.
pub(super) fn line(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).trim_end_matches(['\n', '\r']).to_owned()
}
