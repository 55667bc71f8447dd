//! Files to groups: those that share a configuration, a roadmap and waivers.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::source::FileId;
use crate::text;

use super::super::config::{ConfigFile, FolderConfig, files_called};
use super::super::decode::{Field, Text};
use super::super::files::Files;
use super::super::pattern::Pattern;
use super::walk::unwalkable;
use super::{FileSet, Request, SharedPath, shown};

/// The key of a group: its configuration, its roadmap, the nearest waivers where none are configured, and rival
/// roadmaps.
type GroupKey = (Option<PathBuf>, Vec<PathBuf>, Vec<PathBuf>, Vec<PathBuf>);

/// Forms groups of files that share a configuration, a roadmap and waivers.
pub(super) struct Grouper<'a> {
    pub(super) files: &'a Arc<dyn Files>,
    pub(super) base: &'a Path,
    pub(super) request: &'a Request,
    pub(super) groups: Vec<FileSet>,
    pub(super) index: BTreeMap<GroupKey, usize>,
}

impl Grouper<'_> {
    pub(super) fn group_of(
        &mut self,
        near: &FolderConfig,
        file: &Path,
        next_id: &dyn Fn() -> FileId,
    ) -> &mut FileSet {
        let config = near.config.clone();
        let (roadmap, problems) = self.roadmap_for(config.as_deref(), &near.roadmap, file);
        self.group(config, roadmap, problems, near, next_id)
    }

    /// The group of a roadmap that was named: the configured one where it is a part of that, else its own.
    pub(super) fn group_of_roadmap(
        &mut self,
        near: &FolderConfig,
        file: &Path,
        next_id: &dyn Fn() -> FileId,
    ) -> &mut FileSet {
        let config = near.config.clone();
        let (mut roadmap, mut problems) = self.roadmap_for(config.as_deref(), &near.roadmap, file);
        let part = roadmap.iter().any(|path| self.files.canonicalize(path).is_ok_and(|path| path == file));
        // Its findings would be about another roadmap than that which was named.
        if !part {
            roadmap = vec![file.to_owned()];
            problems = Vec::new();
        }
        self.group(config, roadmap, problems, near, next_id)
    }

    fn group(
        &mut self,
        config: Option<Arc<ConfigFile>>,
        roadmap: Vec<PathBuf>,
        mut problems: Vec<Problem>,
        near: &FolderConfig,
        next_id: &dyn Fn() -> FileId,
    ) -> &mut FileSet {
        let configured = config.as_ref().is_some_and(|config| !config.record.waivers.is_absent());
        let nearest = if configured { Vec::new() } else { near.waivers.clone() };
        let rivals = if roadmap.is_empty() { self.rivals(config.as_deref(), near) } else { &[] };
        let key = (config.as_ref().map(|config| config.path.clone()), roadmap, nearest, rivals.to_vec());
        let at = match self.index.get(&key) {
            Some(&at) => at,
            None => {
                let shared = |path: &PathBuf| SharedPath {
                    path: path.clone(),
                    name: shown(path, self.base),
                    id: next_id(),
                    is_outside: false,
                };
                let roadmap_is_whole = problems.is_empty();
                let (waivers, mut missing) = self.waivers_for(config.as_deref(), &near.waivers);
                problems.append(&mut missing);
                self.groups.push(FileSet {
                    files: Arc::clone(self.files),
                    roadmap: key.1.iter().map(shared).collect(),
                    waivers: waivers.iter().map(shared).collect(),
                    config,
                    config_is_outside: false,
                    base: self.base.to_owned(),
                    roadmap_is_whole,
                    whole_roadmap: false,
                    candidates: Vec::new(),
                    unlisted: Vec::new(),
                    claims: Vec::new(),
                    problems,
                });
                self.index.insert(key, self.groups.len() - 1);
                self.groups.len() - 1
            }
        };
        &mut self.groups[at]
    }

    /// Whether the nearest roadmap is read, since nobody says which is.
    fn is_nearest_read(&self, config: Option<&ConfigFile>) -> bool {
        self.request.roadmap.is_empty() && config.is_none_or(|config| config.record.roadmap.is_absent())
    }

    /// Roadmaps in one folder, one of which would be read if it were the only one.
    fn rivals<'n>(&self, config: Option<&ConfigFile>, near: &'n FolderConfig) -> &'n [PathBuf] {
        if self.is_nearest_read(config) && near.roadmap.len() > 1 { &near.roadmap } else { &[] }
    }

    /// The roadmap's files: `--roadmap`, else the configured ones, else the nearest `roadmap.…`. They are looked
    /// for from a file on, or from the working folder.
    pub(super) fn roadmap_for(
        &self,
        config: Option<&ConfigFile>,
        nearest: &[PathBuf],
        file: &Path,
    ) -> (Vec<PathBuf>, Vec<Problem>) {
        if !self.request.roadmap.is_empty() {
            let named = self.request.roadmap.iter().map(|path| self.base.join(path));
            return (each_once(&**self.files, named.collect()), Vec::new());
        }
        if let Some(config) = config
            && !config.record.roadmap.is_absent()
        {
            let (paths, mut problems) = self.named_files(config, &config.record.roadmap, "roadmap file");
            // With `roadmap = []` nothing was judged, and the run ended well.
            if config.record.roadmap.given().is_some_and(Vec::is_empty) {
                problems.push(self.no_roadmap_named(config));
            }
            return (paths, problems);
        }
        // One that names none has that of the configuration above it.
        if let ([], Some(config)) = (nearest, config) {
            let naming = config.of_roadmap(&**self.files);
            if naming.path != config.path {
                let beside = files_called(&**self.files, naming.folder(), "roadmap");
                return self.roadmap_for(Some(naming), &beside, file);
            }
        }
        match nearest {
            [_] => (nearest.to_vec(), Vec::new()),
            [] => {
                let (name, place) = match file == self.base {
                    true => ("this folder".to_owned(), "it"),
                    false => (shown(file, self.base), "its folder"),
                };
                let looked = match config {
                    Some(config) => format!("beside {}", shown(&config.path, self.base)),
                    None => format!("in {place} and above"),
                };
                let problem = Problem::of_run(format!("no roadmap found for {name}"))
                    .note(format!(
                        "looked for roadmap.toml, roadmap.yaml, roadmap.yml and roadmap.json {looked}"
                    ))
                    .help("name one with `--roadmap FILE`, or with `roadmap = [\"…\"]` in dealcheck.toml")
                    .help("to start with an example, run `dealcheck init`");
                (Vec::new(), vec![problem])
            }
            several => {
                let names: Vec<String> = several.iter().map(|path| shown(path, self.base)).collect();
                let problem = Problem::of_run(format!("there are two roadmaps: {}", text::and_list(&names)))
                    .help("remove one, or say which with `roadmap = [\"…\"]` in dealcheck.toml");
                (Vec::new(), vec![problem])
            }
        }
    }

    /// The files of waivers that a configuration names; without any, the nearest `waivers.…`.
    fn waivers_for(&self, config: Option<&ConfigFile>, nearest: &[PathBuf]) -> (Vec<PathBuf>, Vec<Problem>) {
        match config {
            Some(config) if !config.record.waivers.is_absent() => {
                self.named_files(config, &config.record.waivers, "file of waivers")
            }
            _ => (nearest.to_vec(), Vec::new()),
        }
    }

    fn named_files(
        &self,
        config: &ConfigFile,
        key: &Field<Vec<Text>>,
        noun: &str,
    ) -> (Vec<PathBuf>, Vec<Problem>) {
        named_files(&**self.files, config, key, noun, self.base)
    }

    fn no_roadmap_named(&self, config: &ConfigFile) -> Problem {
        let name = shown(&config.path, self.base);
        let title = format!("`roadmap` in {name} names no file, so nothing can be checked");
        Problem::in_file(&name, title)
            .help("name the roadmap's files: `roadmap = [\"roadmap.toml\"]`")
            .help("or leave `roadmap` out, and the nearest roadmap.toml is read")
    }
}

/// The files that a configuration names as its roadmap.
pub(in crate::input) fn named_roadmap(
    files: &dyn Files,
    config: &ConfigFile,
    base: &Path,
) -> (Vec<PathBuf>, Vec<Problem>) {
    named_files(files, config, &config.record.roadmap, "roadmap file", base)
}

/// The files that a key of a configuration names; each entry is a path or a pattern. Paths are shown from `base`.
fn named_files(
    files: &dyn Files,
    config: &ConfigFile,
    key: &Field<Vec<Text>>,
    noun: &str,
    base: &Path,
) -> (Vec<PathBuf>, Vec<Problem>) {
    let mut paths = Vec::new();
    let mut problems = Vec::new();
    for text in key.given().into_iter().flatten() {
        let (found, errors) = match Pattern::new(files, config.folder(), &text.value) {
            Ok(pattern) => pattern.files(files),
            Err(error) => {
                problems.push(Pattern::problem(text, &error));
                continue;
            }
        };
        if found.is_empty() && errors.is_empty() {
            let title = format!("there is no {noun} `{}`", text.value);
            problems.push(
                Problem::at(text.span, title, "no such file")
                    .help("paths are relative to the folder of this configuration"),
            );
        }
        problems.extend(errors.iter().map(|error| unwalkable(error, base)));
        paths.extend(found);
    }
    (each_once(files, paths), problems)
}

/// Files without those that were named before, also by another path.
fn each_once(files: &dyn Files, paths: Vec<PathBuf>) -> Vec<PathBuf> {
    let mut seen = HashSet::new();
    paths.into_iter().filter(|path| seen.insert(files.real(path))).collect()
}
