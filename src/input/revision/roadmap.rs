//! The roadmap as it was: that of a revision, for the contracts of today.

use std::path::{Path, PathBuf};

use crate::diagnostic::Problem;
use crate::source::FileId;
use crate::text;

use super::super::config::{ConfigFile, files_called};
use super::super::discover::{Discovery, Group, SharedPath, StandIn, named_roadmap};
use super::super::path::slashes;
use super::{OldTree, Repository, Revision};

/// The roadmaps of a revision. Its files are there as long as this is.
#[derive(Debug)]
pub struct OldRoadmaps {
    /// One for each repository that a roadmap lies in, by its root.
    trees: Vec<(Repository, Revision, OldTree)>,
}

impl OldRoadmaps {
    /// Gives every group the roadmap that it had at a revision of the repository which its roadmap lies in.
    /// `named` tells that the roadmap's files were named on the command line, not by a configuration.
    ///
    /// # Errors
    ///
    /// The revision cannot be had, or there was no roadmap.
    pub fn put(
        discovery: &mut Discovery,
        revision: &str,
        named: bool,
        folder: &Path,
    ) -> Result<Self, Problem> {
        let roadmaps = discovery.groups.iter().flat_map(|group| &group.roadmap);
        let all: Vec<PathBuf> = roadmaps.map(|shared| shared.path.clone()).collect();
        let mut old = Self { trees: Vec::new() };
        let mut next = last_id(discovery);
        for group in discovery.groups.iter_mut().filter(|group| !group.roadmap.is_empty()) {
            let at = old.tree_of(group, revision, &all, folder)?;
            let (repository, revision, tree) = &old.trees[at];
            let paths = files(group, repository, revision, tree, named)?;
            let roadmap = paths.into_iter().map(|path| {
                let below = path.strip_prefix(tree.folder()).unwrap_or(&path);
                let name = format!("{}:{}", revision.name, slashes(below));
                next.0 += 1;
                SharedPath { name, id: next, path }
            });
            group.roadmap = roadmap.collect();
            group.roadmap_is_whole = true;
        }
        Ok(old)
    }

    /// The tree for a group, by its place.
    fn tree_of(
        &mut self,
        group: &Group,
        revision: &str,
        named: &[PathBuf],
        folder: &Path,
    ) -> Result<usize, Problem> {
        let paths: Vec<PathBuf> = group.roadmap.iter().map(|shared| shared.path.clone()).collect();
        let repository = Repository::of_all(&paths, folder)?;
        if let Some(at) = self.trees.iter().position(|(known, ..)| known.root == repository.root) {
            return Ok(at);
        }
        let revision = repository.revision(revision)?;
        let tree = repository.tree(&revision, named)?;
        self.trees.push((repository, revision, tree));
        Ok(self.trees.len() - 1)
    }
}

/// The roadmap's files of a group in an old tree: those that its configuration named then; without any, today's
/// files as they were, or what else was called `roadmap.…` in their folder.
fn files(
    group: &Group,
    repository: &Repository,
    revision: &Revision,
    tree: &OldTree,
    named: bool,
) -> Result<Vec<PathBuf>, Problem> {
    let config = group.config.as_ref().filter(|_| !named);
    let config = config.and_then(|config| Some((config, repository.relative(&config.path)?)));
    let config = config.and_then(|(config, path)| {
        let id = config.source.as_ref().map_or(FileId(0), |source| source.id());
        let name = format!("{}:{}", revision.name, slashes(&path));
        tree.older(&path).first().map(|path| ConfigFile::read(path, &name, id))
    });
    if let Some(config) = config.filter(|config| !config.record.roadmap.is_absent()) {
        let stand_in = StandIn { folder: tree.folder().to_owned(), of: tree.repository().to_owned() };
        let (paths, problems) = named_roadmap(&config, &stand_in);
        return match problems.into_iter().next() {
            None => Ok(paths),
            // Its place is in a text that is not at hand.
            Some(problem) => {
                Err(Problem::of_run(format!("`{}`: {}", revision.name, problem.diagnostic.title)))
            }
        };
    }
    let mut paths = Vec::new();
    for path in group.roadmap.iter().filter_map(|shared| repository.relative(&shared.path)) {
        let same = tree.older(&path);
        let beside = || files_called(&tree.folder().join(path.parent().unwrap_or(&path)), "roadmap");
        for path in if same.is_empty() { beside() } else { same } {
            if !paths.contains(&path) {
                paths.push(path);
            }
        }
    }
    if paths.is_empty() {
        let names: Vec<&str> = group.roadmap.iter().map(|shared| shared.name.as_str()).collect();
        let title = format!("there was no roadmap at `{}`: no {}", revision.name, text::or_list(&names));
        return Err(
            Problem::of_run(title).help("compare with a later revision, or with a file: `--against FILE`")
        );
    }
    Ok(paths)
}

/// Gives every group another roadmap.
///
/// # Errors
///
/// The groups have different roadmaps: one cannot stand for all.
pub fn replace_roadmap(discovery: &mut Discovery, files: &[PathBuf], folder: &Path) -> Result<(), Problem> {
    let names = |group: &Group| {
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
            SharedPath { path: folder.join(path), name: slashes(path), id: next }
        });
        group.roadmap = other.collect();
        group.roadmap_is_whole = true;
    }
    Ok(())
}

/// The last id that some file of a run has.
fn last_id(discovery: &Discovery) -> FileId {
    let of = |group: &Group| {
        let shared = group.roadmap.iter().chain(&group.waivers).map(|shared| shared.id);
        let config =
            group.config.iter().filter_map(|config| config.source.as_ref()).map(|source| source.id());
        shared.chain(config).chain(group.candidates.iter().map(|candidate| candidate.id)).max()
    };
    discovery.groups.iter().filter_map(of).max().unwrap_or(FileId(0))
}
