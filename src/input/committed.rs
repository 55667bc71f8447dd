//! Whether files are what the commit that is checked out has.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;

use super::git::{ask, git, line};
use super::path::repository_root;

/// The commit that is checked out, and the files that are as it has them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CommittedFiles {
    /// The commit in hexadecimal; none where no repository is known.
    pub(crate) commit: Option<String>,
    /// For each file whether it is exactly what the commit has.
    pub(crate) are_committed: Vec<bool>,
}

/// Compares files with the commit that is checked out, byte by byte: no filter runs, and no attribute counts. A file
/// outside of the repository of the first one is not committed.
pub(crate) fn committed(files: &[PathBuf]) -> CommittedFiles {
    let real: Vec<Option<PathBuf>> = files.iter().map(|file| file.canonicalize().ok()).collect();
    let root = real.iter().flatten().next().and_then(|file| repository_root(file.parent()?));
    let none = || CommittedFiles { commit: None, are_committed: vec![false; files.len()] };
    let Some(root) = root.map(Path::to_owned) else { return none() };
    let Ok(head) = ask(&root, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]) else { return none() };
    let commit = line(&head);
    let Some(known) = entries(&root, &commit) else { return none() };
    let inside = |file: &PathBuf| Some(file.strip_prefix(&root).ok()?.to_str()?.to_owned());
    let names: Vec<Option<String>> = real.iter().map(|file| inside(file.as_ref()?)).collect();
    // A name with a line break cannot be asked for, and is then not said to be committed.
    let asked = |name: &&String| known.contains_key(*name) && !name.contains('\n');
    let asked: Vec<&String> = names.iter().flatten().filter(asked).collect();
    let Some(hashes) = hashes(&root, &asked) else { return none() };
    let hashes: HashMap<&str, String> = asked.iter().map(|name| name.as_str()).zip(hashes).collect();
    let is_committed = |name: &Option<String>| {
        let name = name.as_deref();
        name.is_some_and(|name| hashes.get(name).is_some_and(|hash| known.get(name) == Some(hash)))
    };
    CommittedFiles { commit: Some(commit), are_committed: names.iter().map(is_committed).collect() }
}

/// The files of a commit, each with the name of what it holds. Links are none.
fn entries(root: &Path, commit: &str) -> Option<HashMap<String, String>> {
    let listed = ask(root, ["ls-tree", "-r", "-z", "--full-tree", commit]).ok()?;
    let entry = |entry: &[u8]| {
        let (head, name) = std::str::from_utf8(entry).ok()?.split_once('\t')?;
        let mut head = head.split(' ');
        let (mode, kind, id) = (head.next()?, head.next()?, head.next()?);
        (kind == "blob" && mode.starts_with("100")).then(|| (name.to_owned(), id.to_owned()))
    };
    Some(listed.stdout.split(|byte| *byte == 0).filter_map(entry).collect())
}

/// What git would call the bytes of some files, in their order.
fn hashes(root: &Path, names: &[&String]) -> Option<Vec<String>> {
    let mut git = git(root);
    // Filters are programs that the repository's settings name.
    git.args(["hash-object", "--no-filters", "--stdin-paths"]);
    let mut git = git.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let mut questions = git.stdin.take()?;
    let asked: String = names.iter().map(|name| format!("{name}\n")).collect();
    // It answers while it is asked: neither may wait for the other.
    let asking = thread::spawn(move || questions.write_all(asked.as_bytes()));
    let answer = git.wait_with_output().ok()?;
    asking.join().ok()?.ok()?;
    let answers: Vec<String> = String::from_utf8(answer.stdout).ok()?.lines().map(str::to_owned).collect();
    (answer.status.success() && answers.len() == names.len()).then_some(answers)
}
