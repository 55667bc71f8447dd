//! Paths to candidates: what a user names, and what folders hold.

use std::collections::HashSet;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::source::FileId;
use crate::text::reason;

use super::super::config::{ConfigFile, FILE_NAME, FolderConfig, Nearest};
use super::super::files::{FileKind, Files, Step, Walk, WalkError};
use super::super::parse::FileFormat;
use super::super::path::{shown, shown_from, slashes};
use super::super::pattern::{self, Pattern};
use super::super::read::{self, Role};
use super::{Candidate, Discovery, LeftOut, LeftOutReason, Request, STDIN, UnlistedFile, UnusedExclude};

/// Finds the files that a request is about.
pub(super) struct Finder<'a> {
    pub(super) files: &'a dyn Files,
    pub(super) base: &'a Path,
    /// What holds by `--config`, wherever a file lies.
    pub(super) fixed: Option<FolderConfig>,
    pub(super) nearest: Nearest<'a>,
    /// Absolute paths of files and of linked folders. They are canonical, so that they are compared by their
    /// bytes, which is quicker than by their parts.
    pub(super) seen: HashSet<OsString>,
    /// Absolute paths with the candidates they become.
    pub(super) found: Vec<(PathBuf, Candidate)>,
    /// Absolute paths of roadmaps that were named.
    pub(super) roadmaps: Vec<PathBuf>,
    /// Absolute paths of configurations and files of waivers that were named: they are read with their group.
    pub(super) settings: Vec<PathBuf>,
    /// Absolute paths of files that the configuration does not name.
    pub(super) unlisted: Vec<(PathBuf, UnlistedFile)>,
    /// Absolute paths of the folders that were walked.
    pub(super) walked: Vec<PathBuf>,
    pub(super) out: Discovery,
}

impl Finder<'_> {
    /// Finds what paths lead to; without any, what is configured.
    pub(super) fn request(&mut self, request: &Request) {
        if request.paths.is_empty() {
            self.configured();
        }
        if let Some(name) = &request.stdin_name
            && !request.paths.iter().any(|path| path.as_os_str() == "-")
        {
            let name = slashes(name);
            let title = format!("{name} is to name standard input, which is not read");
            self.out.problems.push(
                Problem::in_file(&name, title)
                    .help("add `-` to the paths to read standard input, or leave `--stdin-filename` out"),
            );
        }
        for path in &request.paths {
            if path.as_os_str() == "-" {
                self.stdin(request.stdin_name.as_deref());
                continue;
            }
            self.named(path, request.force_exclude);
        }
    }

    /// What the user named: a file, a folder, or a pattern that the shell left as it is.
    fn named(&mut self, path: &Path, force_exclude: bool) {
        let absolute = self.base.join(path);
        match self.files.kind(&absolute) {
            Ok(FileKind::Folder) => self.walk(path, None),
            // A hook passes whatever changed, what was moved into the archive as well.
            Ok(_) if force_exclude && self.is_excluded(&absolute) => {
                self.leave_out(slashes(path), LeftOutReason::Excluded);
                self.out.excludes_named = true;
            }
            Ok(_) => self.file(path, &absolute),
            Err(error) if error.kind() == ErrorKind::NotFound && pattern::is_pattern(path) => {
                self.pattern(path, force_exclude);
            }
            Err(error) => {
                let name = slashes(path);
                let title = format!("cannot read {name}: {}", reason(&error));
                self.out.problems.push(Problem::in_file(&name, title));
            }
        }
    }

    /// All that a pattern names, as if the shell had named it.
    fn pattern(&mut self, path: &Path, force_exclude: bool) {
        let text = slashes(path);
        let (paths, errors) = match Pattern::new(self.files, self.base, &text) {
            Ok(pattern) => {
                pattern.named(self.files, |path| FileFormat::of(&path.to_string_lossy()).is_some())
            }
            Err(error) => {
                let title = format!("`{text}` is not a pattern: {}", error.kind());
                let problem = Problem::in_file(&text, title);
                self.out
                    .problems
                    .push(problem.help("name a file, a folder, or a pattern such as `deals/*.yaml`"));
                return;
            }
        };
        if paths.is_empty() && errors.is_empty() {
            let problem = Problem::in_file(&text, format!("`{text}` matches no file"));
            let help = "`*` stands for any part of a name, and `**` goes into folders";
            self.out.problems.push(problem.help(help));
        }
        self.out.problems.extend(errors.iter().map(|error| unwalkable(error, self.base)));
        for path in paths {
            self.named(&shown_from(&path, self.base), force_exclude);
        }
    }

    /// Notes the patterns of `exclude` that left nothing out of a walked folder.
    pub(super) fn find_unused_excludes(&mut self) {
        let configs: Vec<Arc<ConfigFile>> = match &self.fixed {
            Some(found) => found.config.clone().into_iter().collect(),
            None => self.nearest.configs(),
        };
        for config in configs {
            let is_about = |folder: &PathBuf| self.walked.iter().any(|walked| folder.starts_with(walked));
            let unused =
                config.unused_excludes().filter(|pattern| is_about(&self.files.real(pattern.root())));
            let config = shown(&config.path, self.base);
            let unused =
                unused.map(|pattern| UnusedExclude { pattern: pattern.text.clone(), config: config.clone() });
            self.out.unused_excludes.extend(unused);
        }
    }

    fn leave_out(&mut self, name: String, why: LeftOutReason) {
        self.out.left_out.push(LeftOut { name, why });
    }

    fn is_excluded(&mut self, path: &Path) -> bool {
        let real = self.files.real(path);
        let config = self.config_of(real.parent().unwrap_or(&real));
        config.is_some_and(|config| config.excludes([path, &real]))
    }

    fn config_of(&mut self, folder: &Path) -> Option<Arc<ConfigFile>> {
        match &self.fixed {
            Some(found) => found.config.clone(),
            None => self.nearest.to(folder).config.clone(),
        }
    }

    /// What is checked when no path is given: the files that the configuration names, else this folder.
    fn configured(&mut self) {
        let Some(config) = self.config_of(self.base) else {
            // An older version need not have had the working folder.
            if self.files.is_folder(self.base) {
                self.walk(Path::new("."), None);
            }
            return;
        };
        let folder = shown_from(config.folder(), self.base);
        if config.record.contracts.given().is_none() {
            return self.walk(&folder, None);
        }
        // Whatever they exclude is looked for where they are meant to.
        self.walked.push(config.folder().to_owned());
        let mut begun = HashSet::new();
        for pattern in &config.contracts {
            let mut root = shown_from(pattern.root(), self.base);
            let absolute = self.base.join(&root);
            let kind = self.files.kind(&absolute).ok();
            if kind == Some(FileKind::File) {
                self.file(&root, &absolute);
                // Beside it may lie what nobody names.
                root.pop();
            }
            // One walk finds what any of the patterns names.
            let is_walked = matches!(kind, Some(FileKind::Folder | FileKind::File));
            if is_walked && begun.insert(self.files.real(&self.base.join(&root))) {
                self.walk(&root, Some((&config, pattern)));
            }
            let named = |(file, _): &(PathBuf, Candidate)| pattern.matches(file);
            if !self.found.iter().any(named) {
                let place = shown(&config.path, self.base);
                let title = format!("`{}`, of `contracts` in {place}, matches no file", pattern.text);
                self.out.problems.push(Problem::in_file(&place, title).help(
                    "patterns are relative to the folder of the configuration, and `**` goes into folders",
                ));
            }
        }
    }

    fn stdin(&mut self, name: Option<&Path>) {
        let shown = name.map_or_else(|| STDIN.to_owned(), slashes);
        let near = self.base.join(name.unwrap_or(Path::new("stdin.yaml")));
        self.found.push((near, Candidate::stdin(shown)));
    }

    /// A file that the user named.
    fn file(&mut self, path: &Path, absolute: &Path) {
        let absolute = self.files.real(absolute);
        if !self.seen.insert(absolute.as_os_str().to_owned()) {
            return;
        }
        let name = slashes(path);
        if FileFormat::of(&name).is_none() {
            let title =
                format!("{name} is not a contract: its name ends in none of .yaml, .yml, .toml, .json");
            self.out.problems.push(Problem::in_file(&name, title));
            return;
        }
        match role_of_named(self.files, &absolute, &name) {
            Role::Roadmap => self.roadmaps.push(absolute),
            Role::Settings => self.settings.push(absolute),
            Role::Contract | Role::Other => self.push(absolute, path, true),
        }
    }

    fn push(&mut self, absolute: PathBuf, path: &Path, named: bool) {
        let candidate = self.candidate(path, named);
        self.found.push((absolute, candidate));
    }

    fn candidate(&self, path: &Path, named: bool) -> Candidate {
        let path = path.strip_prefix("./").unwrap_or(path);
        Candidate::at(self.base.join(path), slashes(path), named)
    }

    /// Walks a folder. With `only`, the folder is where one of the patterns of a configuration begins, and what none
    /// of them names is not checked.
    fn walk(&mut self, root: &Path, only: Option<(&Arc<ConfigFile>, &Pattern)>) {
        let files = self.files;
        let top = files.real(&self.base.join(root));
        // The folder of the last file, and how it is shown: files of a folder come one after another.
        let mut last = (PathBuf::new(), PathBuf::new());
        let mut walk = Walk::new(files, &top);
        while let Some(step) = walk.next() {
            let Step { path, real, kind, is_link } = match step {
                Ok(step) => step,
                Err(error) => {
                    self.out.problems.push(unwalkable(&error, self.base));
                    continue;
                }
            };
            let config = self.config_of(real.parent().unwrap_or(&top));
            if let Some(config) = config.as_ref().filter(|config| config.excludes([&path, &real])) {
                if config.outer().next().is_some() {
                    *self.out.nested_excludes.entry(shown(&config.path, self.base)).or_default() += 1;
                }
                self.leave_out(shown(&path, self.base), LeftOutReason::Excluded);
                walk.pass_over();
                continue;
            }
            // Whether a file of it is meant may hang on the path that leads there.
            if kind == FileKind::Folder
                && is_link
                && only.is_none()
                && !self.seen.insert(real.as_os_str().to_owned())
            {
                walk.pass_over();
            }
            let Some(name) = path.file_name().filter(|_| kind != FileKind::Folder) else { continue };
            let text = path.to_string_lossy();
            // `.ymal` would be passed over with status 0.
            if FileFormat::is_misspelt(&text) && self.seen.insert(real.as_os_str().to_owned()) {
                self.out.problems.extend(misspelt(files, &path, &shown(&path, self.base)));
            }
            if FileFormat::of(&text).is_none() {
                continue;
            }
            let folder = path.parent().unwrap_or(&top);
            if last.0 != folder {
                last = (folder.to_owned(), root.join(folder.strip_prefix(&top).unwrap_or(folder)));
            }
            let shown = last.1.join(name);
            match only {
                Some((only, pattern)) if !only.names([&path, &real]) => {
                    // One that is nested says itself what is checked there.
                    let is_listed = config.is_some_and(|config| config.names([&path, &real]));
                    if let Some(pattern) = only.place_of(pattern).filter(|_| !is_listed) {
                        let file = self.candidate(&shown, false);
                        self.unlisted.push((real, UnlistedFile { file, pattern }));
                    }
                }
                _ if self.seen.insert(real.as_os_str().to_owned()) => {
                    // A pattern that takes in a configuration does not make it a contract.
                    let named = name != FILE_NAME
                        && config.as_ref().is_some_and(|config| config.names([&path, &real]));
                    self.push(real, &shown, named);
                }
                _ => {}
            }
        }
        for path in walk.hidden() {
            if FileFormat::of(&path.to_string_lossy()).is_some() {
                self.leave_out(shown(&path, self.base), LeftOutReason::Hidden);
            }
        }
        self.walked.push(top);
    }
}

/// The problem of what could not be walked.
pub(super) fn unwalkable(error: &WalkError, base: &Path) -> Problem {
    let name = shown(&error.path, base);
    Problem::in_file(&name, format!("cannot read {name}: {}", reason(&error.error)))
}

/// The problem of a file that looks like a contract and has a misspelt ending.
fn misspelt(files: &dyn Files, path: &Path, name: &str) -> Option<Problem> {
    let source = match read::source(files, path, name, FileId(0)) {
        Ok(source) => source,
        Err(unread) => return Some(unread.problem),
    };
    let title =
        format!("{name} looks like a contract, but its name ends in none of .yaml, .yml, .toml, .json");
    let problem =
        Problem::in_file(name, title).help("rename it, or leave it out by `exclude` in dealcheck.toml");
    read::looks_like_contract(None, true, source.text()).then_some(problem)
}

/// What a named file is. What cannot be read is left to the reader of contracts, which says so.
pub(super) fn role_of_named(files: &dyn Files, path: &Path, name: &str) -> Role {
    if path.file_name().is_some_and(|name| name == FILE_NAME) {
        return Role::Settings;
    }
    read::source(files, path, name, FileId(0)).map_or(Role::Other, |source| read::role_of(&source))
}
