//! Whether files are what the commit that is checked out has.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use super::files::{LARGEST, checked_out};
use super::git::{ask, line};
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
    let is_committed = |file: &Option<PathBuf>| {
        let file = file.as_deref()?;
        let object = known.get(file.strip_prefix(&root).ok()?.to_str()?)?;
        checked_out(file, object, LARGEST)
    };
    let are_committed = real.iter().map(|file| is_committed(file).is_some()).collect();
    CommittedFiles { commit: Some(commit), are_committed }
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
