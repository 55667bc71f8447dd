//! Texts that are at hand.

use std::collections::BTreeMap;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use super::super::path::without_dots;
use super::{FileKind, Files, FolderEntry, not_found};

/// Texts by their paths, in place of what other files say there, or alone.
#[derive(Debug, Default)]
pub struct Memory {
    /// By absolute paths without links.
    texts: BTreeMap<PathBuf, Vec<u8>>,
    below: Option<Arc<dyn Files>>,
    /// The commit that the texts are of.
    revision: Option<String>,
}

impl Memory {
    /// Texts and nothing else. Their paths are absolute and without links.
    pub fn alone(texts: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Self {
        Self { texts: texts.into_iter().collect(), ..Self::default() }
    }

    /// Texts that are laid over other files. Their paths are absolute and without links.
    pub fn over(below: Arc<dyn Files>, texts: impl IntoIterator<Item = (PathBuf, Vec<u8>)>) -> Self {
        Self { texts: texts.into_iter().collect(), below: Some(below), revision: None }
    }

    /// The same texts, which are those of a commit.
    #[must_use]
    pub fn of_revision(self, commit: &str) -> Self {
        Self { revision: Some(commit.to_owned()), ..self }
    }

    /// The paths of texts that lie below a folder, from there on.
    fn inside<'m>(&'m self, folder: &'m Path) -> impl Iterator<Item = &'m Path> {
        let after =
            self.texts.range(folder.to_owned()..).map_while(move |(path, _)| path.strip_prefix(folder).ok());
        after.filter(|path| !path.as_os_str().is_empty())
    }

    fn below<T>(&self, ask: impl FnOnce(&dyn Files) -> io::Result<T>) -> io::Result<T> {
        self.below.as_deref().map_or_else(|| Err(not_found()), ask)
    }
}

impl Files for Memory {
    fn revision(&self) -> Option<&str> {
        self.revision.as_deref()
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.texts.get(&without_dots(path)) {
            Some(text) => Ok(text.clone()),
            None => self.below(|below| below.read(path)),
        }
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        let name = without_dots(path);
        if self.texts.contains_key(&name) {
            Ok(FileKind::File)
        } else if self.inside(&name).next().is_some() {
            Ok(FileKind::Folder)
        } else {
            self.below(|below| below.kind(path))
        }
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        match self.below(|below| below.canonicalize(path)) {
            Err(_) if self.kind(path).is_ok() => Ok(without_dots(path)),
            real => real,
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        let name = without_dots(folder);
        let mut entries = BTreeMap::new();
        for path in self.inside(&name) {
            let mut parts = path.components();
            if let Some(Component::Normal(name)) = parts.next() {
                let kind = if parts.next().is_some() { FileKind::Folder } else { FileKind::File };
                entries.insert(name.to_owned(), kind);
            }
        }
        match self.below(|below| below.list(folder)) {
            Ok(below) => {
                for FolderEntry { name, kind } in below {
                    entries.entry(name).or_insert(kind);
                }
            }
            Err(error) if entries.is_empty() => return Err(error),
            Err(_) => {}
        }
        Ok(entries.into_iter().map(|(name, kind)| FolderEntry { name, kind }).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::super::Disk;
    use super::*;

    fn names(files: &dyn Files, folder: &str) -> Vec<(String, FileKind)> {
        let entries = files.list(Path::new(folder)).unwrap().into_iter();
        entries.map(|entry| (entry.name.into_string().unwrap(), entry.kind)).collect()
    }

    #[test]
    fn texts_lie_in_folders() {
        let text = |path: &str| (PathBuf::from(path), path.as_bytes().to_vec());
        let alone = Memory::alone([text("/no/a/x"), text("/no/b"), text("/no/a-b")]);
        let both = [("a", FileKind::Folder), ("a-b", FileKind::File), ("b", FileKind::File)];
        assert_eq!(names(&alone, "/no"), both.map(|(name, kind)| (name.to_owned(), kind)));
        assert_eq!(alone.read(Path::new("/no/a/../b")).unwrap(), b"/no/b");
        assert_eq!(alone.kind(Path::new("/no/a")).unwrap(), FileKind::Folder);
        assert_eq!(alone.kind(Path::new("/no/c")).unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn a_text_hides_the_file_of_its_path_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().canonicalize().unwrap().join(name);
        for name in ["a", "b"] {
            std::fs::write(path(name), "old").unwrap();
        }
        let files = Memory::over(Arc::new(Disk), [(path("a"), b"new".to_vec()), (path("c"), Vec::new())]);
        let read = |name: &str| String::from_utf8(files.read(&path(name)).unwrap()).unwrap();
        assert_eq!((read("a"), read("b"), read("c")), ("new".into(), "old".into(), String::new()));
        let all = files.list(&path("")).unwrap().len();
        assert_eq!(all, 3);
    }
}
