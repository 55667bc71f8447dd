//! The commits that a branch was at, one after the other, and what lay where at each.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};

use super::super::super::git::{Refusal, ask};
use super::objects::Objects;
use super::tree::{Mode, Tree};
use super::{lost, read_tree};

/// As many folders as are kept at hand: those above a few files, of one commit and the one before.
const KEPT_TREES: usize = 64;

/// A repository whose branches are followed back.
#[derive(Debug)]
pub(in crate::input) struct MainLine {
    /// The folder of its working tree, a path without links.
    root: PathBuf,
    objects: Objects,
    trees: Mutex<HashMap<String, Arc<Tree>>>,
}

/// A commit, as far as it says when it was made and what was there.
#[derive(Clone, Debug)]
pub(in crate::input) struct CommitRecord {
    /// The day on which it was made, where it was made.
    pub(in crate::input) day: Date,
    /// The commit before it on the same branch.
    pub(in crate::input) parent: Option<String>,
    tree: String,
}

impl MainLine {
    pub(in crate::input) fn of(root: &Path) -> io::Result<Self> {
        Ok(Self { root: root.to_owned(), objects: Objects::of(root)?, trees: Mutex::default() })
    }

    /// The commits up to a revision that changed any of some files, the last one first. Of a merge only the branch that it
    /// was made on is followed. Paths start from the root.
    pub(in crate::input) fn changes(
        &self,
        revision: &str,
        paths: &[PathBuf],
    ) -> Result<Vec<String>, Refusal> {
        // The options of no configuration count, and no pattern.
        let asked = ["--literal-pathspecs", "rev-list", "--first-parent", revision, "--"].map(OsString::from);
        let output = ask(
            &self.root,
            asked.iter().map(OsString::as_os_str).chain(paths.iter().map(|path| path.as_os_str())),
        )?;
        Ok(String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect())
    }

    /// What a commit says.
    pub(in crate::input) fn commit(&self, id: &str) -> io::Result<CommitRecord> {
        let object =
            self.objects.get(id)?.filter(|object| object.kind == "commit").ok_or_else(|| lost(id))?;
        CommitRecord::read(&object.bytes).ok_or_else(|| lost(id))
    }

    /// The object of a file at a commit; none where there is no file.
    pub(in crate::input) fn file(&self, commit: &CommitRecord, path: &Path) -> io::Result<Option<String>> {
        let mut tree = self.tree(&commit.tree)?;
        let mut names = path.iter();
        while let Some(name) = names.next() {
            let Some(leaf) = tree.get(name) else { return Ok(None) };
            tree = match leaf.mode {
                Mode::Folder => self.tree(&leaf.id)?,
                Mode::File if names.as_path().as_os_str().is_empty() => return Ok(Some(leaf.id.clone())),
                Mode::File | Mode::Link | Mode::Submodule => return Ok(None),
            };
        }
        Ok(None)
    }

    /// The files of a commit that the one after it does not have, or not as they were.
    pub(in crate::input) fn left(
        &self,
        before: &CommitRecord,
        after: &CommitRecord,
    ) -> io::Result<Vec<PathBuf>> {
        let mut left = Vec::new();
        let mut open = vec![(PathBuf::new(), self.tree(&before.tree)?, Some(self.tree(&after.tree)?))];
        while let Some((folder, before, after)) = open.pop() {
            for leaf in before.leaves() {
                let same = |name: &OsStr| after.as_ref()?.get(name);
                let now = same(&leaf.name);
                if now.is_some_and(|now| now.id == leaf.id) {
                    continue;
                }
                let path = folder.join(&leaf.name);
                match leaf.mode {
                    Mode::File => left.push(path),
                    Mode::Folder => {
                        let now = now.filter(|now| now.mode == Mode::Folder);
                        let now = now.map(|now| self.tree(&now.id)).transpose()?;
                        open.push((path, self.tree(&leaf.id)?, now));
                    }
                    Mode::Link | Mode::Submodule => {}
                }
            }
        }
        left.sort();
        Ok(left)
    }

    /// What an object holds.
    pub(in crate::input) fn blob(&self, id: &str) -> io::Result<Vec<u8>> {
        self.objects.get(id)?.map(|object| object.bytes).ok_or_else(|| lost(id))
    }

    fn tree(&self, id: &str) -> io::Result<Arc<Tree>> {
        let mut trees = self.trees.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tree) = trees.get(id) {
            return Ok(Arc::clone(tree));
        }
        if trees.len() >= KEPT_TREES {
            trees.clear();
        }
        let tree = Arc::new(read_tree(&self.objects, id)?);
        trees.insert(id.to_owned(), Arc::clone(&tree));
        Ok(tree)
    }
}

impl CommitRecord {
    /// Reads the lines before the message. The committer's day counts: that on which the branch got it.
    fn read(bytes: &[u8]) -> Option<Self> {
        let head = bytes.split(|&byte| byte == b'\n').take_while(|line| !line.is_empty());
        let (mut tree, mut parent, mut day) = (None, None, None);
        for line in head {
            let line = String::from_utf8_lossy(line);
            let Some((key, value)) = line.split_once(' ') else { continue };
            match key {
                "tree" => tree = tree.or(Some(value.to_owned())),
                "parent" => parent = parent.or(Some(value.to_owned())),
                "committer" => day = day.or(day_of(value)),
                _ => {}
            }
        }
        Some(Self { day: day?, parent, tree: tree? })
    }
}

/// The day in `Ann <ann@vendor.example> 1767225600 +0100`.
fn day_of(signature: &str) -> Option<Date> {
    let (_, moment) = signature.rsplit_once('>')?;
    let (seconds, zone) = moment.trim().split_once(' ')?;
    let zone: i32 = zone.parse().ok()?;
    let offset = Offset::from_seconds((zone / 100 * 60 + zone % 100) * 60).unwrap_or(Offset::UTC);
    let moment = Timestamp::from_second(seconds.parse().ok()?).ok()?;
    Some(moment.to_zoned(TimeZone::fixed(offset)).date())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_commit_was_made_on_the_day_of_those_who_made_it() {
        let read = |moment: &str| {
            let text = format!(
                "tree 1\nparent 2\nparent 3\nauthor A <a> 0 +0000\ncommitter A > B <a> {moment}\ngpgsig x\n y\n\ntree 4\n"
            );
            CommitRecord::read(text.as_bytes())
        };
        let days = ["1767225600 +0000", "1767225600 -0130", "1767222000 +0100", "1767225600 +9999"];
        let read_days: Vec<Date> = days.iter().map(|moment| read(moment).unwrap().day).collect();
        assert_eq!(read_days, [date(2026, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 1)]);
        let commit = read("0 +0000").unwrap();
        assert_eq!((commit.tree.as_str(), commit.parent.as_deref()), ("1", Some("2")));
        assert!(read("soon").is_none());
        assert!(read("99999999999999999 +0000").is_none());
    }
}
