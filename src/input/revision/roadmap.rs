//! The roadmap as it was: that of a revision, for the contracts of today.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::source::FileId;
use crate::text;
use crate::text::reason;

use super::super::config::{ConfigFile, files_called};
use super::super::discover::{Discovery, FileSet, SharedPath, named_roadmap};
use super::super::files::{Files, Memory};
use super::super::path::slashes;
use super::{OldFiles, Repository};

/// Gives every group the roadmap that it had at a revision of the repository which its roadmap lies in.
/// `named` tells that the roadmap's files were named on the command line, not by a configuration. Returns what there is to
/// say of what it was compared with.
///
/// # Errors
///
/// The revision cannot be had, or there was no roadmap.
pub(crate) fn put_old_roadmaps(
    discovery: &mut Discovery,
    revision: &str,
    named: bool,
    folder: &Path,
) -> Result<Option<String>, Problem> {
    let mut all: Vec<OldFiles> = Vec::new();
    let mut next = last_id(discovery);
    for group in discovery.groups.iter_mut().filter(|group| !group.roadmap.is_empty()) {
        let paths: Vec<PathBuf> = group.roadmap.iter().map(|shared| shared.path.clone()).collect();
        let repository = Repository::of_all(&paths, folder)?;
        let known = all.iter().position(|known| known.repository.root == repository.root);
        let at = known.unwrap_or(all.len());
        if known.is_none() {
            all.push(repository.at(revision)?);
        }
        put(group, &all[at], named, &mut next)?;
    }
    Ok(all.into_iter().find_map(|old| old.revision.caveat))
}

/// Lays the roadmap of a revision over a group's files.
fn put(group: &mut FileSet, old: &OldFiles, named: bool, next: &mut FileId) -> Result<(), Problem> {
    let (mut roadmap, mut texts) = (Vec::new(), Vec::new());
    for path in files(group, old, named)? {
        let name = old.name(&path);
        let path = old.files.real(&path);
        let cannot = |error| Problem::in_file(&name, format!("cannot read {name}: {}", reason(&error)));
        texts.push((path.clone(), old.files.read(&path).map_err(cannot)?));
        next.0 += 1;
        roadmap.push(SharedPath { path, name, id: *next, is_outside: false });
    }
    let texts = Memory::over(Arc::clone(&group.files), texts);
    group.files = Arc::new(texts.of_revision(&old.revision.commit));
    group.roadmap = roadmap;
    group.roadmap_is_whole = true;
    Ok(())
}

/// The roadmap's files of a group at a revision: those that its configuration named then; without any, today's
/// files as they were, or what else was called `roadmap.…` in their folder.
fn files(group: &FileSet, old: &OldFiles, named: bool) -> Result<Vec<PathBuf>, Problem> {
    let is_inside = |config: &ConfigFile| old.repository.relative(&config.path).is_some();
    let naming = group.config.as_deref().map(|config| config.of_roadmap(&*group.files));
    if let Some(config) = naming.filter(|config| !named && is_inside(config))
        && let Some(path) = old.older(&config.path)?.first()
    {
        let id = config.source.as_ref().map_or(FileId(0), |source| source.id());
        let config = ConfigFile::read(&*old.files, path, &old.name(path), id);
        if !config.record.roadmap.is_absent() {
            let (paths, problems) = named_roadmap(&*old.files, &config, &old.repository.root);
            return match problems.into_iter().next() {
                None => Ok(paths),
                // Its place is in a text that is not at hand.
                Some(problem) => {
                    Err(Problem::of_run(format!("`{}`: {}", old.revision.name, problem.diagnostic.title)))
                }
            };
        }
    }
    let mut paths = Vec::new();
    for shared in &group.roadmap {
        let mut older = old.older(&shared.path)?;
        if older.is_empty() {
            let folder = shared.path.parent().unwrap_or(&shared.path);
            older = files_called(&*old.files, folder, "roadmap");
        }
        for path in older {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    if paths.is_empty() {
        let names: Vec<&str> = group.roadmap.iter().map(|shared| shared.name.as_str()).collect();
        let title = format!("there was no roadmap at `{}`: no {}", old.revision.name, text::or_list(&names));
        return Err(
            Problem::of_run(title).help("compare with a later revision, or with a file: `--against FILE`")
        );
    }
    Ok(paths)
}

impl OldFiles {
    /// How a file is shown: `REV:path`.
    fn name(&self, path: &Path) -> String {
        let below = path.strip_prefix(&self.repository.root).unwrap_or(path);
        format!("{}:{}", self.revision.name, slashes(below))
    }
}

/// Gives every group another roadmap.
///
/// # Errors
///
/// The groups have different roadmaps: one cannot stand for all.
pub(crate) fn replace_roadmap(
    discovery: &mut Discovery,
    files: &[PathBuf],
    folder: &Path,
) -> Result<(), Problem> {
    let names = |group: &FileSet| {
        let names: Vec<&str> = group.roadmap.iter().map(|shared| shared.name.as_str()).collect();
        text::and_list(&names)
    };
    let mut roadmaps: Vec<String> = Vec::new();
    for group in &discovery.groups {
        let names = names(group);
        if !roadmaps.contains(&names) {
            roadmaps.push(names);
        }
    }
    if let [first, second, ..] = roadmaps.as_slice() {
        let title = format!("these contracts have several roadmaps: {first}, and {second}");
        return Err(Problem::of_run(title)
            .help("name contracts of one of them, or say which is meant with `--roadmap FILE`"));
    }
    let mut next = last_id(discovery);
    for group in &mut discovery.groups {
        let other = files.iter().map(|path| {
            next.0 += 1;
            SharedPath { path: folder.join(path), name: slashes(path), id: next, is_outside: false }
        });
        group.roadmap = other.collect();
        group.roadmap_is_whole = true;
    }
    Ok(())
}

/// The last id that some file of a run has.
fn last_id(discovery: &Discovery) -> FileId {
    let of = |group: &FileSet| {
        let shared = group.roadmap.iter().chain(&group.waivers).map(|shared| shared.id);
        let config =
            group.config.iter().filter_map(|config| config.source.as_ref()).map(|source| source.id());
        shared.chain(config).chain(group.candidates.iter().map(|candidate| candidate.id)).max()
    };
    discovery.groups.iter().filter_map(of).max().unwrap_or(FileId(0))
}
