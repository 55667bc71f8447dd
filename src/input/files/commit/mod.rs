//! The files of a commit, by the paths that they have in a working tree. Nothing is checked out: no filter runs, no
//! attribute counts, and nothing is written.

mod main_line;
mod objects;
mod tree;

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::super::path::without_dots;
use super::{Disk, FileKind, Files, FolderEntry, checked_out, not_found};

pub(in crate::input) use main_line::{CommitRecord, MainLine};
use objects::Objects;
pub(in crate::input) use tree::os_string;
use tree::{Leaf, Mode, Tree};

/// As many links as lead from one to another before nobody follows them: what Linux takes.
const MOST_LINKS: usize = 40;

/// As long a path as is looked up, in bytes: git keeps folders in one another without end.
const LONGEST_PATH: usize = 4096;

/// The largest file that is kept until it is read, in bytes.
const LARGEST_AHEAD: u64 = 1 << 20;

/// The files of a commit, in the place of those in the repository's working tree. What lies outside of the repository
/// is this machine's.
#[derive(Debug)]
pub(in crate::input) struct Commit {
    /// The commit in hexadecimal.
    id: String,
    root: Arc<Store>,
}

/// A repository at a commit: the one that was asked for, or a submodule.
#[derive(Debug)]
struct Store {
    /// The folder of its working tree.
    folder: PathBuf,
    objects: Objects,
    top: Arc<Tree>,
    trees: Mutex<HashMap<String, Arc<Tree>>>,
    submodules: Mutex<HashMap<PathBuf, Option<Arc<Store>>>>,
    /// Files of the working tree that are still what the commit has, and will be read soon: most are, and git, which is one
    /// process, need not be asked.
    ahead: Mutex<HashMap<String, Vec<u8>>>,
}

/// A folder of a commit.
#[derive(Clone, Debug)]
struct Folder {
    path: PathBuf,
    store: Arc<Store>,
    tree: Arc<Tree>,
}

/// Where a path leads.
enum PathEnd {
    Folder(Folder),
    File {
        path: PathBuf,
        store: Arc<Store>,
        id: String,
    },
    /// Out of the commit, to a path of this machine.
    Outside(PathBuf),
}

impl Commit {
    /// The files of what a revision names, in the repository whose working tree is in `root`, a path without links;
    /// none where it has no such commit.
    pub(in crate::input) fn new(root: &Path, revision: &str) -> io::Result<Option<Self>> {
        let store = Store::new(root, revision)?;
        Ok(store.map(|(store, id)| Self { id, root: Arc::new(store) }))
    }

    /// The commit in hexadecimal.
    pub(in crate::input) fn id(&self) -> &str {
        &self.id
    }

    /// Where a path leads. Its `..` are taken by its words, so that it may begin in a folder that was not there.
    fn place(&self, path: &Path, links: usize) -> io::Result<PathEnd> {
        let plain = without_dots(path);
        let Ok(below) = plain.strip_prefix(&self.root.folder) else {
            return Ok(PathEnd::Outside(path.to_owned()));
        };
        if plain.as_os_str().len() > LONGEST_PATH {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        let mut here = Folder::top(&self.root);
        let mut names = below.iter();
        while let Some(name) = names.next() {
            let (path, rest) = (here.path.join(name), names.as_path());
            // A walk up ends where a repository begins, which is no matter of its commits.
            if name == ".git" && here.path == here.store.folder {
                return Ok(PathEnd::Outside(plain));
            }
            let leaf = here.tree.get(name).ok_or_else(not_found)?;
            here = match leaf.mode {
                Mode::Folder => Folder { path, tree: here.store.tree(&leaf.id)?, store: here.store },
                Mode::Submodule => Folder::top(&here.store.submodule(&path, &leaf.id).ok_or_else(not_found)?),
                Mode::Link if links == MOST_LINKS => {
                    return Err(io::Error::other("too many levels of symbolic links"));
                }
                Mode::Link => {
                    let target = os_string(&here.store.blob(&leaf.id)?).ok_or_else(not_found)?;
                    return match self.place(&here.path.join(target).join(rest), links + 1)? {
                        // What a link out of the repository leads to is of today.
                        PathEnd::Outside(_) => Err(not_found()),
                        place => Ok(place),
                    };
                }
                Mode::File if rest.as_os_str().is_empty() => {
                    return Ok(PathEnd::File { path, id: leaf.id.clone(), store: here.store });
                }
                Mode::File => return Err(io::ErrorKind::NotADirectory.into()),
            };
        }
        Ok(PathEnd::Folder(here))
    }

    /// What a leaf of a folder is; none where nothing is there.
    fn entry(&self, folder: &Folder, leaf: &Leaf) -> Option<FolderEntry> {
        let path = folder.path.join(&leaf.name);
        let kind = match leaf.mode {
            Mode::File => FileKind::File,
            Mode::Folder => FileKind::Folder,
            // A link may lead out of the repository, and a submodule may be missing.
            Mode::Link => self.kind(&path).ok().map(|_| FileKind::Link)?,
            Mode::Submodule => folder.store.submodule(&path, &leaf.id).map(|_| FileKind::Folder)?,
        };
        Some(FolderEntry { name: leaf.name.clone(), kind })
    }
}

impl Files for Commit {
    fn revision(&self) -> Option<&str> {
        Some(&self.id)
    }

    fn read_ahead(&self, paths: &mut dyn Iterator<Item = &Path>) {
        let mut ids = Vec::new();
        for path in paths {
            match self.place(path, 0) {
                Ok(PathEnd::File { path, store, id }) if Arc::ptr_eq(&store, &self.root) => {
                    match checked_out(&path, &id, LARGEST_AHEAD) {
                        Some(bytes) => store.put_ahead(id, bytes),
                        None => ids.push(id),
                    }
                }
                _ => {}
            }
        }
        self.root.objects.ask_ahead(ids);
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.place(path, 0)? {
            PathEnd::File { store, id, .. } => store.take_ahead(&id).map_or_else(|| store.blob(&id), Ok),
            PathEnd::Folder(_) => Err(io::ErrorKind::IsADirectory.into()),
            PathEnd::Outside(path) => Disk.read(&path),
        }
    }

    fn kind(&self, path: &Path) -> io::Result<FileKind> {
        match self.place(path, 0)? {
            PathEnd::File { .. } => Ok(FileKind::File),
            PathEnd::Folder(_) => Ok(FileKind::Folder),
            PathEnd::Outside(path) => Disk.kind(&path),
        }
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        match self.place(path, 0)? {
            PathEnd::File { path, .. } | PathEnd::Folder(Folder { path, .. }) => Ok(path),
            PathEnd::Outside(path) => Disk.canonicalize(&path),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<FolderEntry>> {
        match self.place(folder, 0)? {
            PathEnd::Folder(folder) => {
                Ok(folder.tree.leaves().iter().filter_map(|leaf| self.entry(&folder, leaf)).collect())
            }
            PathEnd::File { .. } => Err(io::ErrorKind::NotADirectory.into()),
            PathEnd::Outside(path) => Disk.list(&path),
        }
    }
}

impl Folder {
    /// The root of a repository.
    fn top(store: &Arc<Store>) -> Self {
        Self { path: store.folder.clone(), tree: Arc::clone(&store.top), store: Arc::clone(store) }
    }
}

impl Store {
    fn new(folder: &Path, revision: &str) -> io::Result<Option<(Self, String)>> {
        let objects = Objects::of(folder)?;
        let Some(commit) = objects.get(&format!("{revision}^{{commit}}"))? else {
            return Ok(None);
        };
        let top =
            commit.bytes.strip_prefix(b"tree ").and_then(|rest| rest.split(|&byte| byte == b'\n').next());
        let top = String::from_utf8_lossy(top.unwrap_or_default());
        let top = Arc::new(read_tree(&objects, &top)?);
        let (trees, submodules, ahead) = Default::default();
        let store = Self { folder: folder.to_owned(), objects, top, trees, submodules, ahead };
        Ok(Some((store, commit.id)))
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

    fn put_ahead(&self, id: String, bytes: Vec<u8>) {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner).insert(id, bytes);
    }

    fn take_ahead(&self, id: &str) -> Option<Vec<u8>> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner).remove(id)
    }

    fn blob(&self, id: &str) -> io::Result<Vec<u8>> {
        self.objects.get(id)?.map(|object| object.bytes).ok_or_else(|| lost(id))
    }

    /// The submodule in a folder at a commit, as far as this checkout has it.
    fn submodule(&self, folder: &Path, commit: &str) -> Option<Arc<Self>> {
        let mut submodules = self.submodules.lock().unwrap_or_else(PoisonError::into_inner);
        let new = || Store::new(folder, commit).ok().flatten().map(|(store, _)| Arc::new(store));
        let known = submodules.entry(folder.to_owned());
        known.or_insert_with(|| if folder.join(".git").exists() { new() } else { None }).clone()
    }
}

fn read_tree(objects: &Objects, id: &str) -> io::Result<Tree> {
    let object = objects.get(id)?.filter(|object| object.kind == "tree").ok_or_else(|| lost(id))?;
    Tree::read(&object.bytes, object.id.len() / 2).ok_or_else(|| lost(id))
}

fn lost(id: &str) -> io::Error {
    io::Error::other(format!(
        "this clone has no sound object {id} (`git fetch --refetch` gets what a partial one lacks)"
    ))
}
