//! What a configuration names: a file, a folder with all that is in it, or a pattern with wildcards. Every key that
//! names files is read in this way.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::diagnostic::Problem;

use super::decode::Text;
use super::files::{FileKind, Files, Walk, WalkError};
use super::parse::FileFormat;
use super::path::{slashes, without_dots};

/// A path or a pattern, with the folder that it is relative to.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// As it was written.
    pub text: String,
    /// The part before the first wildcard, and all of it where there is none.
    root: PathBuf,
    /// The same without links.
    real_root: PathBuf,
    /// What follows; nothing where there is no wildcard.
    globs: Option<Globs>,
}

#[derive(Clone, Debug)]
struct Globs {
    itself: GlobSet,
    /// All that is in a folder which it names.
    below: GlobSet,
}

impl Pattern {
    /// Reads what a file in `folder` names.
    ///
    /// # Errors
    ///
    /// A wildcard is not written as it should be.
    pub fn new(files: &dyn Files, folder: &Path, text: &str) -> Result<Self, globset::Error> {
        let whole = without_dots(&folder.join(text));
        // A file may have a name that looks like a pattern.
        let literal: PathBuf = if files.is_file(&whole) {
            whole.components().collect()
        } else {
            // The folder's own name is none of the pattern.
            let base = without_dots(folder);
            let own = whole.components().zip(base.components()).take_while(|(one, other)| one == other);
            let own = if Path::new(text).is_absolute() { 0 } else { own.count() };
            let parts = whole.components().enumerate();
            parts.take_while(|(at, part)| *at < own || !has_wildcard(*part)).map(|(_, part)| part).collect()
        };
        let rest = slashes(whole.strip_prefix(&literal).unwrap_or(&whole));
        let globs = if rest.is_empty() { None } else { Some(Globs::new(&rest)?) };
        let real_root = files.real(&literal);
        Ok(Self { text: text.to_owned(), root: literal, real_root, globs })
    }

    /// The problem of one that cannot be read.
    pub fn problem(text: &Text, error: &globset::Error) -> Problem {
        let title = format!("`{}` is not a pattern: {}", text.value, error.kind());
        Problem::at(text.span, title, "expected a pattern such as `contracts/**/*.yaml`")
    }

    /// The file or folder where a walk starts; it need not be there.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether it names an absolute path, or a folder that it is in.
    pub fn matches(&self, path: &Path) -> bool {
        let Some(rest) = self.rest(path) else {
            return false;
        };
        let is_match = |globs: &Globs| globs.itself.is_match(rest) || globs.below.is_match(rest);
        self.globs.as_ref().is_none_or(|globs| !rest.as_os_str().is_empty() && is_match(globs))
    }

    /// Whether it names this very path, and no folder that it is in.
    pub fn is(&self, path: &Path) -> bool {
        let is_it = |rest: &Path| match &self.globs {
            Some(globs) => globs.itself.is_match(rest),
            None => rest.as_os_str().is_empty(),
        };
        self.rest(path).is_some_and(is_it)
    }

    fn rest<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        path.strip_prefix(&self.real_root).or_else(|_| path.strip_prefix(&self.root)).ok()
    }

    /// The files that it names, in the order of their paths, and what could not be walked. Of a folder those count
    /// whose format is known.
    pub(super) fn files(&self, files: &dyn Files) -> (Vec<PathBuf>, Vec<WalkError>) {
        let (mut found, mut errors) = (Vec::new(), Vec::new());
        match files.kind(&self.root) {
            // What is no file is told by whoever reads it.
            Ok(FileKind::File | FileKind::Other) if self.globs.is_none() => found.push(self.root.clone()),
            Ok(FileKind::Folder) => {
                for step in Walk::new(files, &self.root) {
                    match step {
                        Ok(step) if step.kind == FileKind::File && self.names_file(&step.path) => {
                            found.push(step.path)
                        }
                        Ok(_) => {}
                        // A broken link of another name is none of its files.
                        Err(error) if error.is_link && !self.matches(&error.path) => {}
                        Err(error) => errors.push(error),
                    }
                }
            }
            _ => {}
        }
        (found, errors)
    }

    /// What it names where somebody typed it, in the order of the paths: files of a kind, and folders, whatever is in them; and
    /// what could not be walked.
    pub(super) fn named(
        &self,
        files: &dyn Files,
        is_kind: fn(&Path) -> bool,
    ) -> (Vec<PathBuf>, Vec<WalkError>) {
        let (mut found, mut errors) = (Vec::new(), Vec::new());
        if files.kind(&self.root).ok() != Some(FileKind::Folder) {
            return (found, errors);
        }
        let mut walk = Walk::new(files, &self.root);
        while let Some(step) = walk.next() {
            match step {
                Ok(step) if self.is(&step.path) => match step.kind {
                    FileKind::Folder => {
                        walk.pass_over();
                        found.push(step.path);
                    }
                    _ if is_kind(&step.path) => found.push(step.path),
                    _ => {}
                },
                Ok(_) => {}
                Err(error) if error.is_link && !self.matches(&error.path) => {}
                Err(error) => errors.push(error),
            }
        }
        (found, errors)
    }

    fn names_file(&self, path: &Path) -> bool {
        let is_itself = self.globs.as_ref().zip(self.rest(path));
        is_itself.is_some_and(|(globs, rest)| globs.itself.is_match(rest))
            || (FileFormat::of(&path.to_string_lossy()).is_some() && self.matches(path))
    }
}

impl Globs {
    fn new(pattern: &str) -> Result<Self, globset::Error> {
        let set = |pattern: &str| {
            // Without it `*` takes in `/`, and `contracts/*.yaml` the archive below.
            let glob = GlobBuilder::new(pattern).literal_separator(true).build()?;
            GlobSetBuilder::new().add(glob).build()
        };
        Ok(Self { itself: set(pattern)?, below: set(&format!("{pattern}/**"))? })
    }
}

/// Whether a path that is not there is meant as a pattern.
pub(super) fn is_pattern(path: &Path) -> bool {
    path.components().any(has_wildcard)
}

fn has_wildcard(part: Component<'_>) -> bool {
    part.as_os_str().to_string_lossy().contains(['*', '?', '[', '{'])
}

#[cfg(test)]
mod tests {
    use super::super::files::Disk;
    use super::*;

    fn names(folder: &str, text: &str, path: &str) -> bool {
        Pattern::new(&Disk, Path::new(folder), text).unwrap().matches(Path::new(path))
    }

    #[test]
    fn a_pattern_starts_where_its_file_lies() {
        assert!(names("/no/deals", "contracts/**/*.yaml", "/no/deals/contracts/a/b.yaml"));
        assert!(names("/no/deals", "./contracts/*.yaml", "/no/deals/contracts/b.yaml"));
        assert!(names("/no/deals", "../contracts/**/*.yaml", "/no/contracts/a/b.yaml"));
        assert!(names("/no/deals", "/no/contracts/*.yaml", "/no/contracts/b.yaml"));
        assert!(!names("/no/deals", "*.yaml", "/no/deals/contracts/b.yaml"));
        assert!(!names("/no/deals", "contracts/*.yaml", "/no/contracts/b.yaml"));
    }

    #[test]
    fn a_folder_stands_for_what_is_in_it() {
        assert!(names("/no", "contracts", "/no/contracts/a/b.yaml"));
        assert!(names("/no", "contracts/", "/no/contracts"));
        assert!(names("/no", "*/archive", "/no/contracts/archive/a/b.yaml"));
        assert!(!names("/no", "contracts", "/no/contracts-of-old/b.yaml"));
        assert!(!names("/no", "contracts/**", "/no/contracts"));
    }

    #[test]
    fn a_walk_starts_where_a_pattern_is_literal() {
        let root = |text: &str| Pattern::new(&Disk, Path::new("/no"), text).unwrap().root().to_owned();
        assert_eq!(root("./contracts/**/*.yaml"), Path::new("/no/contracts"));
        assert_eq!(root("a/b.yaml"), Path::new("/no/a/b.yaml"));
        assert_eq!(root("*.yaml"), Path::new("/no"));
    }

    #[test]
    fn a_pattern_that_is_none_is_told() {
        assert!(Pattern::new(&Disk, Path::new("/no"), "[").is_err());
        assert!(Pattern::new(&Disk, Path::new("/no"), &"[a-z]?".repeat(100_000)).is_err());
    }

    /// Two links in each of thirty folders make a thousand million ways to the last one.
    #[cfg(unix)]
    #[test]
    fn links_are_followed_once() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        for at in 0..30 {
            std::fs::create_dir_all(place(&format!("rows/{at}"))).unwrap();
            for link in ["one", "two"].iter().filter(|_| at < 29) {
                std::os::unix::fs::symlink(format!("../{}", at + 1), place(&format!("rows/{at}/{link}")))
                    .unwrap();
            }
        }
        std::fs::write(place("rows/29/roadmap.toml"), "").unwrap();
        let pattern = Pattern::new(&Disk, folder.path(), "rows/**/roadmap.toml").unwrap();
        let (found, errors) = pattern.files(&Disk);
        assert!((1..=60).contains(&found.len()) && errors.is_empty(), "{}", found.len());
    }
}
