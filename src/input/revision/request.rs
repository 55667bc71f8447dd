//! What was asked for, asked of an old tree.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diagnostic::Problem;

use super::super::discover::{Request, StandIn};
use super::super::path::shown;
use super::{OldTree, Repository, Revision};

/// A request about an old tree.
#[derive(Debug)]
pub struct OldRequest {
    /// The request.
    pub request: Request,
    /// The folder that its paths start from.
    pub folder: PathBuf,
    /// What stands for the repository.
    pub stand_in: StandIn,
    /// The revision.
    pub revision: Revision,
    /// The folders themselves, as long as this is here.
    pub tree: OldTree,
    /// Whether paths were named and nothing of them was there: then no contract is asked for.
    pub is_empty: bool,
}

impl OldRequest {
    /// Asks of a revision what is asked for today. What was not there then is not asked for; a roadmap outside of the
    /// repository is today's.
    ///
    /// # Errors
    ///
    /// The revision cannot be had, a path lies outside of the repository, or standard input has no name.
    pub fn new(revision: &str, request: &Request, folder: &Path) -> Result<Self, Problem> {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        let paths = paths(request)?;
        let inside: Vec<PathBuf> = paths.iter().chain(&request.config).cloned().collect();
        let repository = Repository::of_all(&inside, &folder)?;
        let revision = repository.revision(revision)?;
        let single: Vec<PathBuf> =
            request.config.iter().chain(&request.roadmap).map(|path| folder.join(path)).collect();
        let tree = repository.tree(&revision, &single)?;
        let old_folder = match repository.relative(&folder) {
            Some(below) => tree.folder().join(below),
            None => tree.folder().to_owned(),
        };
        // It need not have been there, and something else may have been there instead.
        let old_folder = match fs::create_dir_all(&old_folder) {
            Ok(()) => old_folder,
            Err(_) => tree.folder().to_owned(),
        };
        let older = |path: &PathBuf| match repository.relative(&folder.join(path)) {
            Some(path) => tree.older(&path),
            None => vec![folder.join(path)],
        };
        let relative = |path: PathBuf| match path.strip_prefix(tree.folder()) {
            Ok(_) => PathBuf::from(shown(&path, &old_folder)),
            Err(_) => path,
        };
        let all = |paths: &[PathBuf]| paths.iter().flat_map(older).map(relative).collect::<Vec<_>>();
        let old = Request {
            paths: all(&paths),
            config: request.config.iter().flat_map(older).map(relative).next(),
            roadmap: all(&request.roadmap),
            stdin_name: None,
        };
        let is_empty = old.paths.is_empty() && !paths.is_empty();
        let stand_in = StandIn { folder: tree.folder().to_owned(), of: tree.repository().to_owned() };
        Ok(Self { request: old, stand_in, folder: old_folder, revision, tree, is_empty })
    }
}

/// The paths of a request. Standard input is the file that it goes by.
fn paths(request: &Request) -> Result<Vec<PathBuf>, Problem> {
    let path = |path: &PathBuf| match &request.stdin_name {
        _ if path.as_os_str() != "-" => Ok(path.clone()),
        Some(name) => Ok(name.clone()),
        None => Err(Problem::of_run("standard input has no name, so there is no older version of it")
            .help("add `--stdin-filename FILE`")),
    };
    request.paths.iter().map(path).collect()
}
