//! Runs the real binary in a folder of its own, with nothing of this machine's around it.
#![allow(dead_code, reason = "each test file uses a part")]

pub(crate) mod book;
#[allow(dead_code, reason = "each test file uses a part")]
pub(crate) mod docx;
pub(crate) mod repository;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The day on which every test runs, unless its arguments say otherwise.
pub(crate) const TODAY: &str = "2026-11-22";

/// A roadmap with one feature, which is planned.
pub(crate) const ROADMAP: &str =
    "[features.audit-log]\nname = \"Audit log\"\nstatus = \"planned\"\ntarget = \"2027-Q2\"\n";

/// A contract that needs it before that.
pub(crate) const LATE: &str =
    "contract: ACME-1\ncustomer: Acme\nrequirements:\n  - { feature: audit-log, due: 2027-01-31 }\n";

/// Longer than any run takes, even on a busy machine; whoever waits longer hangs.
const PATIENCE: Duration = Duration::from_secs(240);

/// Writes a file, and the folders above it.
pub(crate) fn write(folder: &Path, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    path
}

/// A folder that is gone after the test. It looks like a repository's root, so that no configuration and no
/// roadmap above it is ever found.
pub(crate) struct Folder(tempfile::TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        Self(folder)
    }

    /// A copy of a folder.
    pub(crate) fn copy_of(original: &Path) -> Self {
        let folder = Self::new();
        copy(original, folder.path());
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        write(self.path(), name, text)
    }

    /// Runs `dealcheck` in this folder.
    pub(crate) fn run(&self, args: &[impl AsRef<str>]) -> Ran {
        self.run_with(args, None)
    }

    /// Runs `dealcheck` in this folder with something on its standard input.
    pub(crate) fn run_with(&self, args: &[impl AsRef<str>], stdin: Option<&Path>) -> Ran {
        let streams = tempfile::tempdir().unwrap();
        let (out, err) = (streams.path().join("out"), streams.path().join("err"));
        let mut child = command(self.path(), args)
            .stdin(stdin.map_or_else(Stdio::null, |path| File::open(path).unwrap().into()))
            .stdout(File::create(&out).unwrap())
            .stderr(File::create(&err).unwrap())
            .spawn()
            .unwrap();
        let status = wait(&mut child);
        let read = |path| String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        Ran { status, stdout: read(&out), stderr: read(&err) }
    }
}

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Ran {
    /// The exit status; none where a signal ended it.
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    /// The run as `expected.txt` holds it.
    pub(crate) fn transcript(&self, typed: &str) -> String {
        let status = self.status.map_or_else(|| "ended by a signal".to_owned(), |status| status.to_string());
        let mut text = format!("$ dealcheck {typed}\nexit status: {status}\n");
        for (name, stream) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !stream.is_empty() {
                text += &format!("--- {name}\n{}", untimed(stream));
                if !stream.ends_with('\n') {
                    text += "\n(no newline at the end)\n";
                }
            }
        }
        text
    }
}

/// A stream without how long a step took, as `--verbose` tells it.
fn untimed(stream: &str) -> String {
    let line = |line: &str| match line.strip_prefix("took ").and_then(|rest| rest.split_once(" ms ")) {
        Some((number, rest)) if number.parse::<f64>().is_ok() => format!("took [TIME] ms {rest}"),
        _ => line.to_owned(),
    };
    stream.split_inclusive('\n').map(line).collect()
}

/// `dealcheck` with its arguments, with nothing of the environment that it reads.
pub(crate) fn command(folder: &Path, args: &[impl AsRef<str>]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dealcheck"));
    command.args(args.iter().map(AsRef::as_ref)).current_dir(folder).env_clear();
    for name in ["PATH", "SystemRoot"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    command.env("DEALCHECK_TODAY", TODAY).env("NO_COLOR", "1");
    command
}

/// Waits for a child, and ends one that hangs.
pub(crate) fn wait(child: &mut std::process::Child) -> Option<i32> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        if begun.elapsed() > PATIENCE {
            child.kill().unwrap();
            child.wait().unwrap();
            panic!("still running after {} seconds", PATIENCE.as_secs());
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Whether what is expected is to be written instead of compared: with `UPDATE=1`, or as snapbox's own snapshots are.
pub(crate) fn is_update() -> bool {
    let is = |name: &str, wanted: &str| std::env::var_os(name).is_some_and(|value| value == wanted);
    is("UPDATE", "1") || is("SNAPSHOTS", "overwrite")
}

/// This repository's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a folder holds, by name.
pub(crate) fn entries(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// A file's or folder's own name.
pub(crate) fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

pub(crate) fn copy(from: &Path, to: &Path) {
    for path in entries(from) {
        let target = to.join(name(&path));
        if path.is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}
