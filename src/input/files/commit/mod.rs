//! The files of a commit, by the paths that they have in a working tree. Nothing is checked out: no filter runs, no
//! attribute counts, and nothing is written.

mod objects;
mod tree;

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::path::without_dots;
use super::{Disk, Entry, Files, Kind, not_found};

use objects::Objects;
pub(in crate::input) use tree::os_string;
use tree::{Leaf, Mode, Tree};

/// As many links as lead from one to another before nobody follows them: what Linux takes.
const MOST_LINKS: usize = 40;

/// As long a path as is looked up, in bytes: git keeps folders in one another without end.
const LONGEST_PATH: usize = 4096;

/// The files of a commit, in the place of those in the repository's working tree. What lies outside of the repository
/// is this machine's.
#[derive(Debug)]
pub(in crate::input) struct Commit {
    /// The commit in hexadecimal.
    id: String,
    root: Arc<Part>,
}

/// A repository at a commit: the one that was asked for, or a submodule.
#[derive(Debug)]
struct Part {
    /// The folder of its working tree.
    folder: PathBuf,
    objects: Objects,
    top: Arc<Tree>,
    trees: Mutex<HashMap<String, Arc<Tree>>>,
    submodules: Mutex<HashMap<PathBuf, Option<Arc<Part>>>>,
}

/// A folder of a commit.
#[derive(Clone, Debug)]
struct Folder {
    path: PathBuf,
    part: Arc<Part>,
    tree: Arc<Tree>,
}

/// Where a path leads.
enum Place {
    Folder(Folder),
    File {
        path: PathBuf,
        part: Arc<Part>,
        id: String,
    },
    /// Out of the commit, to a path of this machine.
    Outside(PathBuf),
}

impl Commit {
    /// The files of what a revision names, in the repository whose working tree is in `root`, a path without links;
    /// none where it has no such commit.
    pub(in crate::input) fn new(root: &Path, revision: &str) -> io::Result<Option<Self>> {
        let part = Part::new(root, revision)?;
        Ok(part.map(|(part, id)| Self { id, root: Arc::new(part) }))
    }

    /// The commit in hexadecimal.
    pub(in crate::input) fn id(&self) -> &str {
        &self.id
    }

    /// Where a path leads. Its `..` are taken by its words, so that it may begin in a folder that was not there.
    fn place(&self, path: &Path, links: usize) -> io::Result<Place> {
        let plain = without_dots(path);
        let Ok(below) = plain.strip_prefix(&self.root.folder) else {
            return Ok(Place::Outside(path.to_owned()));
        };
        if plain.as_os_str().len() > LONGEST_PATH {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        let mut here = Folder::top(&self.root);
        let mut names = below.iter();
        while let Some(name) = names.next() {
            let (path, rest) = (here.path.join(name), names.as_path());
            // A walk up ends where a repository begins, which is no matter of its commits.
            if name == ".git" && here.path == here.part.folder {
                return Ok(Place::Outside(plain));
            }
            let leaf = here.tree.get(name).ok_or_else(not_found)?;
            here = match leaf.mode {
                Mode::Folder => Folder { path, tree: here.part.tree(&leaf.id)?, part: here.part },
                Mode::Submodule => Folder::top(&here.part.submodule(&path, &leaf.id).ok_or_else(not_found)?),
                Mode::Link if links == MOST_LINKS => {
                    return Err(io::Error::other("too many levels of symbolic links"));
                }
                Mode::Link => {
                    let target = os_string(&here.part.blob(&leaf.id)?).ok_or_else(not_found)?;
                    return match self.place(&here.path.join(target).join(rest), links + 1)? {
                        // What a link out of the repository leads to is of today.
                        Place::Outside(_) => Err(not_found()),
                        place => Ok(place),
                    };
                }
                Mode::File if rest.as_os_str().is_empty() => {
                    return Ok(Place::File { path, id: leaf.id.clone(), part: here.part });
                }
                Mode::File => return Err(io::ErrorKind::NotADirectory.into()),
            };
        }
        Ok(Place::Folder(here))
    }

    /// What a leaf of a folder is; none where nothing is there.
    fn entry(&self, folder: &Folder, leaf: &Leaf) -> Option<Entry> {
        let path = folder.path.join(&leaf.name);
        let kind = match leaf.mode {
            Mode::File => Kind::File,
            Mode::Folder => Kind::Folder,
            // A link may lead out of the repository, and a submodule may be missing.
            Mode::Link => self.kind(&path).ok().map(|_| Kind::Link)?,
            Mode::Submodule => folder.part.submodule(&path, &leaf.id).map(|_| Kind::Folder)?,
        };
        Some(Entry { name: leaf.name.clone(), kind })
    }
}

impl Files for Commit {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.place(path, 0)? {
            Place::File { part, id, .. } => part.blob(&id),
            Place::Folder(_) => Err(io::ErrorKind::IsADirectory.into()),
            Place::Outside(path) => Disk.read(&path),
        }
    }

    fn kind(&self, path: &Path) -> io::Result<Kind> {
        match self.place(path, 0)? {
            Place::File { .. } => Ok(Kind::File),
            Place::Folder(_) => Ok(Kind::Folder),
            Place::Outside(path) => Disk.kind(&path),
        }
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        match self.place(path, 0)? {
            Place::File { path, .. } | Place::Folder(Folder { path, .. }) => Ok(path),
            Place::Outside(path) => Disk.canonicalize(&path),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        match self.place(folder, 0)? {
            Place::Folder(folder) => {
                Ok(folder.tree.leaves().iter().filter_map(|leaf| self.entry(&folder, leaf)).collect())
            }
            Place::File { .. } => Err(io::ErrorKind::NotADirectory.into()),
            Place::Outside(path) => Disk.list(&path),
        }
    }
}

impl Folder {
    /// The root of a repository.
    fn top(part: &Arc<Part>) -> Self {
        Self { path: part.folder.clone(), tree: Arc::clone(&part.top), part: Arc::clone(part) }
    }
}

impl Part {
    fn new(folder: &Path, revision: &str) -> io::Result<Option<(Self, String)>> {
        let objects = Objects::of(folder)?;
        let Some(commit) = objects.get(&format!("{revision}^{{commit}}"))? else {
            return Ok(None);
        };
        let top =
            commit.bytes.strip_prefix(b"tree ").and_then(|rest| rest.split(|&byte| byte == b'\n').next());
        let top = String::from_utf8_lossy(top.unwrap_or_default());
        let top = Arc::new(read_tree(&objects, &top)?);
        let (trees, submodules) = Default::default();
        Ok(Some((Self { folder: folder.to_owned(), objects, top, trees, submodules }, commit.id)))
    }

    fn tree(&self, id: &str) -> io::Result<Arc<Tree>> {
        let mut trees = self.trees.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tree) = trees.get(id) {
            return Ok(Arc::clone(tree));
        }
        let tree = Arc::new(read_tree(&self.objects, id)?);
        trees.insert(id.to_owned(), Arc::clone(&tree));
        Ok(tree)
    }

    fn blob(&self, id: &str) -> io::Result<Vec<u8>> {
        self.objects.get(id)?.map(|object| object.bytes).ok_or_else(|| lost(id))
    }

    /// The submodule in a folder at a commit, as far as this checkout has it.
    fn submodule(&self, folder: &Path, commit: &str) -> Option<Arc<Self>> {
        let mut submodules = self.submodules.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Part::new(folder, commit).ok().flatten().map(|(part, _)| Arc::new(part));
        let known = submodules.entry(folder.to_owned());
        known.or_insert_with(|| if folder.join(".git").exists() { new() } else { None }).clone()
    }
}

fn read_tree(objects: &Objects, id: &str) -> io::Result<Tree> {
    let object = objects.get(id)?.filter(|object| object.kind == "tree").ok_or_else(|| lost(id))?;
    Tree::read(&object.bytes, object.id.len() / 2).ok_or_else(|| lost(id))
}

fn lost(id: &str) -> io::Error {
    io::Error::other(format!("git has no sound object {id}"))
}
