//! Which files a run is about: walks folders, finds configurations and roadmaps, forms groups. Paths only; the
//! texts are read later, but for configurations, which say where to look.

mod boundary;
mod claims;
mod found;
mod groups;
mod walk;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::source::FileId;

use boundary::Boundary;
use claims::claims;
pub use found::Request;
pub(crate) use found::{
    Candidate, Discovery, FileSet, LeftOut, LeftOutReason, SharedPath, UnlistedFile, UnusedExclude,
};
use groups::Grouper;
pub(in crate::input) use groups::named_roadmap;
use walk::{Finder, role_of_named};

use super::config::{ConfigFile, FILE_NAME, FolderConfig, Nearest};
use super::files::{Disk, FileKind, Files, FolderEntry};
use super::parse::FileFormat;
use super::path::{shown, slashes};
use super::read::Role;

/// How standard input is shown where it goes by no name.
pub(crate) const STDIN: &str = "<stdin>";

/// Finds the files of a run. `folder` is the folder that relative paths start from.
pub(crate) fn discover(files: &Arc<dyn Files>, request: &Request, folder: &Path) -> Discovery {
    let base = files.real(folder);
    let ids = std::cell::Cell::new(0);
    let next_id = || FileId(ids.replace(ids.get() + 1));
    let read_config = |path: &Path| ConfigFile::read(&**files, path, &shown(path, &base), next_id());
    let fixed = request.config.as_ref().map(|path| named_config(&**files, path, &base, next_id()));
    let fixed = fixed.map(|config| FolderConfig::beside(&**files, Arc::new(config)));
    let mut finder = Finder {
        files: &**files,
        base: &base,
        fixed,
        nearest: Nearest::new(&**files, &base, read_config),
        seen: HashSet::new(),
        found: Vec::new(),
        roadmaps: Vec::new(),
        settings: Vec::new(),
        unlisted: Vec::new(),
        walked: Vec::new(),
        out: Discovery::default(),
    };
    finder.request(request);
    finder.find_unused_excludes();
    let Finder { found, roadmaps, settings, unlisted, seen, mut out, fixed, mut nearest, .. } = finder;

    let mut near = |file: &Path| match &fixed {
        Some(found) => found.clone(),
        None => nearest.to(file.parent().unwrap_or(&base)).clone(),
    };
    let boundary = Boundary::new(&**files, request, &base);
    let mut grouper = Grouper { files, base: &base, request, groups: Vec::new(), index: BTreeMap::new() };
    // The paths without links, which to find again would take a call for each folder of each.
    let mut real: HashMap<FileId, PathBuf> = HashMap::with_capacity(found.len());
    for (file, candidate) in found {
        let near = near(&file);
        let group = grouper.group_of(&near, &file, &next_id);
        let is_outside = !candidate.stdin && boundary.is_outside(candidate.path.parent(), &file);
        let id = next_id();
        group.candidates.push(Candidate { id, is_outside, ..candidate });
        real.insert(id, file);
    }
    for file in roadmaps {
        let near = near(&file);
        grouper.group_of_roadmap(&near, &file, &next_id).whole_roadmap = true;
    }
    for file in claims(&**files, request, &base, &mut out.problems) {
        let near = near(&file);
        let group = grouper.group_of(&near, &file, &next_id);
        let (name, id) = (shown(&file, &base), next_id());
        group.claims.push(SharedPath { name, id, path: file, is_outside: false });
    }
    out.settings = settings.len();
    for file in settings {
        let near = near(&file);
        grouper.group_of(&near, &file, &next_id);
    }
    // The patterns of a configuration may begin in one another's folders: what one passes over another may name.
    let mut once = HashSet::new();
    for (file, unlisted) in unlisted {
        if !seen.contains(file.as_os_str()) && once.insert(file.clone()) {
            let near = near(&file);
            let group = grouper.group_of(&near, &file, &next_id);
            let id = next_id();
            group.unlisted.push(UnlistedFile { file: Candidate { id, ..unlisted.file }, ..unlisted });
            real.insert(id, file);
        }
    }
    if request.paths.is_empty() {
        // Where it names no contract that is there, what is wrong with it is told all the same.
        let near = near(&base.join(FILE_NAME));
        let config = near.config.as_ref().map(|config| &config.path);
        let has_group = |group: &FileSet| group.config.as_ref().map(|config| &config.path) == config;
        if config.is_some() && !grouper.groups.iter().any(has_group) {
            grouper.group_of(&near, &base, &next_id);
        }
        grouper.groups.iter_mut().for_each(|group| group.whole_roadmap = true);
    }
    out.groups = grouper.groups;
    out.problems.extend(nearest.strays(&base));
    let shared = out.groups.iter().flat_map(FileSet::shared_paths);
    let shared: HashSet<PathBuf> = shared.map(|path| files.real(path)).collect();
    let is_shared = |file: &Candidate| real.get(&file.id).is_some_and(|real| shared.contains(real));
    for group in &mut out.groups {
        group.note_outside(&boundary);
        group.candidates.sort_by(|one, other| one.path.cmp(&other.path));
        for candidate in group.candidates.iter_mut().filter(|candidate| !candidate.stdin) {
            // What is named as a contract, and says that it is one, is never taken for something else alone.
            let is_contract = || role_of_named(&**files, &candidate.path, &candidate.name) == Role::Contract;
            candidate.is_shared = is_shared(candidate) && !(candidate.named && is_contract());
        }
        group.unlisted.retain(|unlisted| !is_shared(&unlisted.file));
    }
    out
}

/// The configuration that holds in a folder: the one that is named, else the nearest. For commands that look at
/// nothing else.
pub(crate) fn configuration(
    named: Option<&Path>,
    folder: &Path,
    id: FileId,
) -> (Option<Arc<ConfigFile>>, Vec<Problem>) {
    let base = Disk.real(folder);
    let read_config = |path: &Path| ConfigFile::read(&Disk, path, &shown(path, &base), id);
    match named {
        Some(path) => (Some(Arc::new(named_config(&Disk, path, &base, id))), Vec::new()),
        None => {
            let mut nearest = Nearest::new(&Disk, &base, read_config);
            (nearest.to(&base).config.clone(), nearest.strays(&base).collect())
        }
    }
}

/// The configuration and the roadmap that hold in a folder, for commands that look at no contract and no waiver.
pub(crate) fn here(request: &Request, folder: &Path) -> FileSet {
    let files: Arc<dyn Files> = Arc::new(Disk);
    let base = files.real(folder);
    let ids = std::cell::Cell::new(0);
    let next_id = || FileId(ids.replace(ids.get() + 1));
    let fixed = request.config.as_ref().map(|path| named_config(&*files, path, &base, next_id()));
    let read_config = |path: &Path| ConfigFile::read(&*files, path, &shown(path, &base), next_id());
    let (found, strays): (_, Vec<Problem>) = match fixed {
        Some(config) => (FolderConfig::beside(&*files, Arc::new(config)), Vec::new()),
        None => {
            let mut nearest = Nearest::new(&*files, &base, read_config);
            (nearest.to(&base).clone(), nearest.strays(&base).collect())
        }
    };
    let config = found.config;
    let (groups, index) = (Vec::new(), BTreeMap::new());
    let grouper = Grouper { files: &files, base: &base, request, groups, index };
    let (roadmap, mut problems) = grouper.roadmap_for(config.as_deref(), &found.roadmap, &base);
    problems.extend(strays);
    let shared =
        |path: PathBuf| SharedPath { name: shown(&path, &base), id: next_id(), path, is_outside: false };
    let mut group = FileSet {
        config,
        config_is_outside: false,
        roadmap: roadmap.into_iter().map(shared).collect(),
        waivers: Vec::new(),
        roadmap_is_whole: problems.is_empty(),
        whole_roadmap: false,
        candidates: Vec::new(),
        unlisted: Vec::new(),
        claims: Vec::new(),
        problems,
        base: base.clone(),
        files: Arc::clone(&files),
    };
    group.note_outside(&Boundary::new(&*files, request, &base));
    group
}

/// Whether a path that a file in some folder names leads out of the repository.
pub(crate) fn is_outside(files: &dyn Files, folder: &Path, path: &Path) -> bool {
    Boundary::new(files, &Request::default(), folder).is_outside(Some(folder), &files.real(path))
}

fn named_config(files: &dyn Files, path: &Path, base: &Path, id: FileId) -> ConfigFile {
    ConfigFile::read(files, &files.real(&base.join(path)), &slashes(path), id)
}

/// Contracts outside of the run that one of it may amend: the configured ones, then those in some folders. Ids begin
/// with `first`.
pub(crate) fn further_contracts(
    group: &FileSet,
    folders: &BTreeSet<PathBuf>,
    first: FileId,
) -> Vec<Candidate> {
    let config = group.config.as_deref();
    let patterns = config.into_iter().flat_map(|config| &config.contracts);
    let configured = patterns.flat_map(|pattern| pattern.files(&*group.files).0);
    let beside = folders.iter().flat_map(|folder| {
        let entries = group.files.list(folder).unwrap_or_default().into_iter();
        let is_shown = |entry: &FolderEntry| !entry.name.as_encoded_bytes().starts_with(b".");
        let files = entries.filter(|entry| entry.kind == FileKind::File).filter(is_shown);
        files.map(|entry| folder.join(entry.name))
    });
    let boundary = Boundary::new(&*group.files, &Request::default(), &group.base);
    configured
        .chain(beside)
        .filter(|path| config.is_none_or(|config| !config.excludes([path; 2])))
        .map(|path| (shown(&path, &group.base), path))
        .filter(|(name, _)| FileFormat::of(name).is_some())
        .zip(first.0..)
        .map(|((name, path), id)| {
            let is_outside = boundary.is_outside(path.parent(), &group.files.real(&path));
            Candidate { id: FileId(id), is_outside, ..Candidate::at(path, name, false) }
        })
        .collect()
}
