//! Real git repositories, and the program run in them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{Ran, TODAY, command, write};

/// A repository in a temporary folder.
pub(crate) struct Repository(TempDir);

impl Repository {
    /// One without a commit.
    pub(crate) fn new() -> Self {
        let repository = Self(TempDir::new().unwrap());
        repository.git(&["init", "-q", "-b", "main"]);
        repository
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn git(&self, args: &[&str]) -> String {
        git(self.path(), args)
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        write(self.path(), name, text)
    }

    /// Commits all that is there, on the day of every run.
    pub(crate) fn commit(&self) {
        self.commit_on(TODAY);
    }

    /// Commits all that is there, on a day.
    pub(crate) fn commit_on(&self, day: &str) {
        self.git(&["add", "-A"]);
        self.git_on(day, &["commit", "-q", "-m", "x"]);
    }

    /// Runs git on a day.
    pub(crate) fn git_on(&self, day: &str, args: &[&str]) -> String {
        git_on(self.path(), day, args)
    }

    /// Runs `dealcheck` at its root.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        run(self.path(), args)
    }
}

/// Runs git on the day of every run, with no settings of this machine.
pub(crate) fn git(folder: &Path, args: &[&str]) -> String {
    git_on(folder, TODAY, args)
}

/// Runs git on a day.
fn git_on(folder: &Path, day: &str, args: &[&str]) -> String {
    let moment = format!("{day}T12:00:00 +0000");
    let output = Command::new("git")
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .envs([("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@vendor.example")])
        .envs([("GIT_AUTHOR_DATE", &moment), ("GIT_COMMITTER_DATE", &moment)])
        .envs([("GIT_COMMITTER_NAME", "a"), ("GIT_COMMITTER_EMAIL", "a@vendor.example")])
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Runs `dealcheck`, with further variables.
pub(crate) fn run_with(
    folder: &Path,
    args: &[&str],
    variables: &[(&str, &Path)],
    stdin: Option<&Path>,
) -> Ran {
    let mut command = command(folder, args);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").envs(variables.iter().copied());
    if let Some(path) = stdin {
        command.stdin(fs::File::open(path).unwrap());
    }
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Runs `dealcheck` in a folder.
pub(crate) fn run(folder: &Path, args: &[&str]) -> Ran {
    run_with(folder, args, &[], None)
}
