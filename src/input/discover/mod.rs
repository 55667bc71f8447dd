//! Which files a run is about: walks folders, finds configurations and roadmaps, forms groups. Paths only; the
//! texts are read later, but for configurations, which say where to look.

mod groups;
mod walk;

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::source::FileId;

use groups::Grouper;
pub(in crate::input) use groups::named_roadmap;
use walk::Finder;

use super::config::{ConfigFile, Nearest};
use super::files::{Disk, FileKind, Files};
use super::parse::Format;
use super::path::{shown, slashes};

/// How standard input is shown where it goes by no name.
pub const STDIN: &str = "<stdin>";

/// What the user asked for.
#[derive(Debug, Default)]
pub struct Request {
    /// Files, folders and `-`; none means the configured contracts.
    pub paths: Vec<PathBuf>,
    /// `--config`
    pub config: Option<PathBuf>,
    /// `--roadmap`
    pub roadmap: Vec<PathBuf>,
    /// `--stdin-filename`
    pub stdin_name: Option<PathBuf>,
}

/// A file that is, or may be, a contract.
#[derive(Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is; `-` for standard input.
    pub path: PathBuf,
    /// How it is shown: as it was given, with `/`.
    pub name: String,
    /// The id its spans will carry.
    pub id: FileId,
    /// Whether the user or the configuration named it; others are passed over unless they look like contracts.
    pub named: bool,
    /// Whether it is standard input.
    pub stdin: bool,
    /// Whether it is a file of promises, which holds several contracts.
    pub promises: bool,
}

impl Candidate {
    /// A file of promises. No file that is looked for has so high an id.
    pub fn promises(path: &Path) -> Self {
        let id = FileId(u32::MAX / 2);
        Self { path: path.to_owned(), name: slashes(path), id, named: true, stdin: false, promises: true }
    }
}

/// A file that the contracts of a group share.
#[derive(Debug)]
pub struct SharedPath {
    /// Where it is.
    pub path: PathBuf,
    /// How it is shown.
    pub name: String,
    /// The id its spans will carry.
    pub id: FileId,
}

/// Contracts that share a configuration and a roadmap.
#[derive(Debug)]
pub struct FileSet {
    /// Where its files are read.
    pub files: Arc<dyn Files>,
    /// The configuration, if there is one.
    pub config: Option<Arc<ConfigFile>>,
    /// The roadmap's files.
    pub roadmap: Vec<SharedPath>,
    /// The files of waivers.
    pub waivers: Vec<SharedPath>,
    /// The folder that paths are shown from.
    pub base: PathBuf,
    /// Whether every file of the roadmap was found.
    pub roadmap_is_whole: bool,
    /// Whether all of the roadmap is to be linted, not only what contracts reach.
    pub whole_roadmap: bool,
    /// The files to check, in the order of their paths.
    pub candidates: Vec<Candidate>,
    /// Why there is no roadmap, or what is wrong with its paths.
    pub problems: Vec<Problem>,
}

/// All that a run is about.
#[derive(Debug, Default)]
pub struct Discovery {
    /// Groups in the order their first files were found.
    pub groups: Vec<FileSet>,
    /// Paths that could not be walked or found.
    pub problems: Vec<Problem>,
    /// How many configurations and files of waivers were named.
    pub settings: usize,
    /// Folders and files that were left out because of `exclude`, as shown.
    pub excluded: Vec<String>,
}

/// Finds the files of a run. `folder` is the folder that relative paths start from.
pub fn discover(files: &Arc<dyn Files>, request: &Request, folder: &Path) -> Discovery {
    let base = files.real(folder);
    let ids = std::cell::Cell::new(0);
    let next_id = || FileId(ids.replace(ids.get() + 1));
    let read_config = |path: &Path| ConfigFile::read(&**files, path, &shown(path, &base), next_id());
    let fixed = request.config.as_ref().map(|path| Arc::new(named_config(&**files, path, &base, next_id())));
    let mut finder = Finder {
        files: &**files,
        base: &base,
        fixed,
        nearest: Nearest::new(&**files, read_config),
        seen: HashSet::new(),
        found: Vec::new(),
        roadmaps: Vec::new(),
        settings: Vec::new(),
        out: Discovery::default(),
    };
    finder.request(request);
    let Finder { found, roadmaps, settings, mut out, fixed, mut nearest, .. } = finder;

    let mut grouper =
        Grouper { files, base: &base, request, fixed, groups: Vec::new(), index: BTreeMap::new() };
    for (file, candidate) in found {
        let near = nearest.to(file.parent().unwrap_or(&base));
        let group = grouper.group_of(near, &file, &next_id);
        group.candidates.push(Candidate { id: next_id(), ..candidate });
    }
    for file in roadmaps {
        let near = nearest.to(file.parent().unwrap_or(&base));
        grouper.group_of_roadmap(near, &file, &next_id).whole_roadmap = true;
    }
    out.settings = settings.len();
    for file in settings {
        let near = nearest.to(file.parent().unwrap_or(&base));
        grouper.group_of(near, &file, &next_id);
    }
    if request.paths.is_empty() {
        // Where it names no contract that is there, what is wrong with it is told all the same.
        let near = nearest.to(&base);
        let config = grouper.fixed.as_ref().or(near.config.as_ref()).map(|config| &config.path);
        let has_group = |group: &FileSet| group.config.as_ref().map(|config| &config.path) == config;
        if config.is_some() && !grouper.groups.iter().any(has_group) {
            grouper.group_of(near, &base, &next_id);
        }
        grouper.groups.iter_mut().for_each(|group| group.whole_roadmap = true);
    }
    out.groups = grouper.groups;
    for group in &mut out.groups {
        group.candidates.sort_by(|one, other| one.path.cmp(&other.path));
    }
    out
}

/// The configuration that holds in a folder: the one that is named, else the nearest. For commands that look at
/// nothing else.
pub fn configuration(named: Option<&Path>, folder: &Path, id: FileId) -> Option<Arc<ConfigFile>> {
    let base = Disk.real(folder);
    let read_config = |path: &Path| ConfigFile::read(&Disk, path, &shown(path, &base), id);
    match named {
        Some(path) => Some(Arc::new(named_config(&Disk, path, &base, id))),
        None => Nearest::new(&Disk, read_config).to(&base).config.clone(),
    }
}

/// The configuration and the roadmap that hold in a folder, for commands that look at no contract and no waiver.
pub fn here(request: &Request, folder: &Path) -> FileSet {
    let files: Arc<dyn Files> = Arc::new(Disk);
    let base = files.real(folder);
    let ids = std::cell::Cell::new(0);
    let next_id = || FileId(ids.replace(ids.get() + 1));
    let fixed = request.config.as_ref().map(|path| Arc::new(named_config(&*files, path, &base, next_id())));
    let read_config = |path: &Path| ConfigFile::read(&*files, path, &shown(path, &base), next_id());
    let found = Nearest::new(&*files, read_config).to(&base).clone();
    let config = fixed.or(found.config);
    let (groups, index) = (Vec::new(), BTreeMap::new());
    let grouper = Grouper { files: &files, base: &base, request, fixed: None, groups, index };
    let (roadmap, problems) = grouper.roadmap_for(config.as_deref(), &found.roadmap, &base);
    let shared = |path: PathBuf| SharedPath { name: shown(&path, &base), id: next_id(), path };
    FileSet {
        config,
        roadmap: roadmap.into_iter().map(shared).collect(),
        waivers: Vec::new(),
        roadmap_is_whole: problems.is_empty(),
        whole_roadmap: false,
        candidates: Vec::new(),
        problems,
        base: base.clone(),
        files: Arc::clone(&files),
    }
}

fn named_config(files: &dyn Files, path: &Path, base: &Path, id: FileId) -> ConfigFile {
    ConfigFile::read(files, &files.real(&base.join(path)), &slashes(path), id)
}

/// Contracts that a run does not name and that may be amended by one that it does: the configured ones, then
/// those in some folders. Their ids begin with `first`.
pub fn further_contracts(group: &FileSet, folders: &BTreeSet<PathBuf>, first: FileId) -> Vec<Candidate> {
    let config = group.config.as_deref();
    let patterns = config.into_iter().flat_map(|config| &config.contracts);
    let configured = patterns.flat_map(|pattern| pattern.files(&*group.files).0);
    let beside = folders.iter().flat_map(|folder| {
        let entries = group.files.list(folder).unwrap_or_default().into_iter();
        entries.filter(|entry| entry.kind == FileKind::File).map(|entry| folder.join(entry.name))
    });
    configured
        .chain(beside)
        .filter(|path| config.is_none_or(|config| !config.excludes(path)))
        .map(|path| (shown(&path, &group.base), path))
        .filter(|(name, _)| Format::of(name).is_some())
        .zip(first.0..)
        .map(|((name, path), id)| Candidate {
            path,
            name,
            id: FileId(id),
            named: false,
            stdin: false,
            promises: false,
        })
        .collect()
}
