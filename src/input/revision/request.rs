//! What was asked for, asked of a revision.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Problem;

use super::super::discover::Request;
use super::super::files::{Disk, Files};
use super::super::path::shown;
use super::{Repository, Revision};

/// A request about a revision.
#[derive(Debug)]
pub(crate) struct OldRequest {
    /// The request. Its paths start from where those of today do.
    pub request: Request,
    /// The revision.
    pub revision: Revision,
    /// Its files.
    pub files: Arc<dyn Files>,
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
    pub(crate) fn new(revision: &str, request: &Request, folder: &Path) -> Result<Self, Problem> {
        let folder = Disk.real(folder);
        let paths = paths(request)?;
        let inside: Vec<PathBuf> = paths.iter().chain(&request.config).cloned().collect();
        let old = Repository::of_all(&inside, &folder)?.at(revision)?;
        let older = |paths: &[PathBuf]| -> Result<Vec<PathBuf>, Problem> {
            let mut all = Vec::new();
            for path in paths {
                let older = old.older(&folder.join(path))?;
                all.extend(older.iter().map(|path| PathBuf::from(shown(path, &folder))));
            }
            Ok(all)
        };
        let request = Request {
            paths: older(&paths)?,
            config: older(request.config.as_slice())?.into_iter().next(),
            roadmap: older(&request.roadmap)?,
            stdin_name: None,
            force_exclude: request.force_exclude,
            claims: request.claims.clone(),
        };
        let is_empty = request.paths.is_empty() && !paths.is_empty();
        Ok(Self { request, revision: old.revision, files: old.files, is_empty })
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
