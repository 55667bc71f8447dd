//! `dealcheck.toml`: found above the files it is about, read once, its patterns ready to match.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostic::Problem;
use crate::source::{FileId, Source, Span};

use super::decode::{Field, KnownTable, Record, Table, Text};
use super::files::Files;
use super::path::shown;
use super::pattern::Pattern;
use super::read::{self, UnreadFile};
use super::records::ConfigRecord;

/// The configuration's file name.
pub(crate) const FILE_NAME: &str = "dealcheck.toml";

/// A configuration file with what came of reading it.
#[derive(Debug)]
pub struct ConfigFile {
    /// The file's absolute path.
    pub path: PathBuf,
    /// Its text; absent only where the file could not be read at all.
    pub source: Option<Arc<Source>>,
    /// What it says; empty where it could not be read.
    pub record: ConfigRecord,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// What its `contracts` names, as far as that could be read.
    pub contracts: Vec<Pattern>,
    /// The configuration above it in the same repository, which allows for it: what that forbids is forbidden here.
    pub outer: Option<Arc<Self>>,
    exclude: Vec<Exclude>,
    nested: Vec<Pattern>,
}

/// A pattern of `exclude`.
#[derive(Debug)]
struct Exclude {
    pattern: Pattern,
    /// Whether it has left anything out.
    is_used: AtomicBool,
}

impl ConfigFile {
    /// Reads a configuration. Its errors come back in `problems`, and what is sound holds.
    pub fn read(files: &dyn Files, path: &Path, name: &str, id: FileId) -> Self {
        let (source, record, mut problems) = match read::source(files, path, name, id) {
            // A file of comments alone is a configuration that changes nothing.
            Ok(source) if read::holds_nothing(source.text()) => (Some(source), None, Vec::new()),
            Ok(source) => {
                let mut problems = Vec::new();
                let record = read::record(&source, &mut problems);
                (Some(source), Some(record), problems)
            }
            Err(unread) => {
                let UnreadFile { source, problem } = *unread;
                (source, Some(None), vec![problem])
            }
        };
        let record = record.map(|record| record.unwrap_or_else(lost)).unwrap_or_default();
        let folder = path.parent().unwrap_or(Path::new(""));
        let contracts = patterns(files, &record.contracts, folder, &mut problems);
        let exclude = patterns(files, &record.exclude, folder, &mut problems).into_iter();
        let exclude = exclude.map(|pattern| Exclude { pattern, is_used: AtomicBool::new(false) }).collect();
        let nested = patterns(files, &record.nested, folder, &mut problems);
        read::sort(&mut problems);
        let (path, source) = (path.to_owned(), source.map(Arc::new));
        Self { path, source, record, problems, contracts, outer: None, exclude, nested }
    }

    /// The same below another one: what it does not say, that one says. Nobody is freed of what the desk decided by a
    /// file that is empty.
    fn below(mut self, outer: Option<Arc<Self>>) -> Self {
        if let Some(outer) = &outer {
            self.record.fill_in(&outer.record);
        }
        Self { outer, ..self }
    }

    /// The configuration that says which roadmap holds: this one, or the nearest above that names one or has one beside it.
    pub fn of_roadmap(&self, files: &dyn Files) -> &Self {
        let mut chain = std::iter::once(self).chain(self.outer().map(|outer| &**outer));
        let has_one = |config: &&Self| {
            !config.record.roadmap.is_absent() || !files_called(files, config.folder(), "roadmap").is_empty()
        };
        chain.find(has_one).unwrap_or(self)
    }

    /// The configurations above it, the nearest first.
    pub fn outer(&self) -> impl Iterator<Item = &Arc<Self>> {
        std::iter::successors(self.outer.as_ref(), |config| config.outer.as_ref())
    }

    /// Whether a folder may have a configuration of its own.
    fn allows_for(&self, folder: &Path) -> bool {
        self.nested.iter().any(|pattern| pattern.is(folder))
    }

    /// The folder that its paths are relative to.
    pub fn folder(&self) -> &Path {
        self.path.parent().unwrap_or(Path::new(""))
    }

    /// Whether `contracts` names a file, by one of its paths.
    pub fn names(&self, paths: [&Path; 2]) -> bool {
        self.contracts.iter().any(|pattern| paths.into_iter().any(|path| pattern.matches(path)))
    }

    /// Whether `exclude` leaves a file or a folder out, by one of its paths.
    pub fn excludes(&self, paths: [&Path; 2]) -> bool {
        let leaves_out = |exclude: &Exclude| {
            let leaves_out = paths.into_iter().any(|path| exclude.pattern.matches(path));
            if leaves_out {
                exclude.is_used.store(true, Ordering::Relaxed);
            }
            leaves_out
        };
        // Each is asked, so that each is known to be used.
        self.exclude.iter().filter(|exclude| leaves_out(exclude)).count() > 0
    }

    /// Where one of the patterns of `contracts` stands.
    pub(super) fn place_of(&self, pattern: &Pattern) -> Option<Span> {
        let texts = self.record.contracts.given().into_iter().flatten();
        texts.into_iter().find(|text| text.value == pattern.text.as_str()).map(|text| text.span)
    }

    /// The patterns of `exclude` that left nothing out so far.
    pub fn unused_excludes(&self) -> impl Iterator<Item = &Pattern> {
        let unused = self.exclude.iter().filter(|exclude| !exclude.is_used.load(Ordering::Relaxed));
        unused.map(|exclude| &exclude.pattern)
    }
}

impl ConfigRecord {
    /// Takes from the configuration above what this one does not say. Paths are each one's own.
    fn fill_in(&mut self, above: &Self) {
        fn or<T: Clone>(own: &mut Field<T>, above: &Field<T>) {
            *own = own.or(above).clone();
        }
        fn entries<T: Clone>(own: &mut Field<Table<T>>, above: &Field<Table<T>>) {
            match (&mut *own, above) {
                (Field::Given(own), Field::Given(above)) => {
                    let stated: HashSet<&str> =
                        own.entries.iter().map(|(name, _)| name.value.as_str()).collect();
                    let is_new = |(name, _): &&(Text, Field<T>)| !stated.contains(name.value.as_str());
                    let new: Vec<_> = above.entries.iter().filter(is_new).cloned().collect();
                    own.entries.extend(new);
                    own.cut |= above.cut;
                }
                _ => or(own, above),
            }
        }
        or(&mut self.fiscal_year, &above.fiscal_year);
        or(&mut self.holidays, &above.holidays);
        or(&mut self.bare_period, &above.bare_period);
        or(&mut self.quarters, &above.quarters);
        or(&mut self.weekend, &above.weekend);
        or(&mut self.day_rate, &above.day_rate);
        or(&mut self.people, &above.people);
        or(&mut self.notice, &above.notice);
        or(&mut self.forecast, &above.forecast);
        or(&mut self.import, &above.import);
        entries(&mut self.roles, &above.roles);
        entries(&mut self.statuses, &above.statuses);
        entries(&mut self.contract_statuses, &above.contract_statuses);
        or(&mut self.rates, &above.rates);
        // One after the other, so that what is forbidden above stays so.
        if let Field::Given(KnownTable(above)) = &above.lints {
            let mut lints = above.clone();
            if let Field::Given(KnownTable(own)) = &self.lints {
                lints.entries.extend(own.entries.iter().cloned());
                lints.cut |= own.cut;
            }
            self.lints = Field::Given(KnownTable(lints));
        }
    }
}

/// What a configuration says of which nothing can be read: every key may have been written.
fn lost() -> ConfigRecord {
    let mut record = ConfigRecord::default();
    for key in ConfigRecord::KEYS {
        record.lose(key.name);
    }
    record
}

fn patterns(
    files: &dyn Files,
    texts: &Field<Vec<Text>>,
    folder: &Path,
    problems: &mut Vec<Problem>,
) -> Vec<Pattern> {
    let mut read = |text: &Text| {
        let pattern = Pattern::new(files, folder, &text.value);
        pattern.map_err(|error| problems.push(Pattern::problem(text, &error))).ok()
    };
    texts.given().into_iter().flatten().filter_map(&mut read).collect()
}

/// Looks up which configuration and which roadmap are nearest to a folder, each folder once.
pub(crate) struct Nearest<'a> {
    files: &'a dyn Files,
    /// The root of the repository that the working folder lies in.
    own_root: Option<PathBuf>,
    read: Box<dyn FnMut(&Path) -> ConfigFile + 'a>,
    folders: HashMap<PathBuf, FolderConfig>,
    /// Configurations below another one that does not allow for them: they hold for nothing.
    strays: Vec<(PathBuf, Arc<ConfigFile>)>,
    /// The folder that was asked about last, with the answer.
    last: (PathBuf, FolderConfig),
}

/// What holds in a folder: what lies nearest to it, in it or above it, as far as the repository's root. Beside or below
/// a configuration only what lies in its own folder counts: whoever adds a contract adds no roadmap and no waiver to it.
#[derive(Clone, Default)]
pub(crate) struct FolderConfig {
    /// The configuration.
    pub config: Option<Arc<ConfigFile>>,
    /// Files called `roadmap.…`, all in one folder; more than one is a mistake of the user's.
    pub roadmap: Vec<PathBuf>,
    /// Files called `waivers.…`, all in one folder.
    pub waivers: Vec<PathBuf>,
}

impl<'a> Nearest<'a> {
    /// A lookup that reads a configuration by `read`, for who works in a folder.
    pub(crate) fn new(files: &'a dyn Files, base: &Path, read: impl FnMut(&Path) -> ConfigFile + 'a) -> Self {
        let own_root = base.ancestors().find(|folder| is_root(files, folder)).map(Path::to_owned);
        Self {
            files,
            own_root,
            read: Box::new(read),
            folders: HashMap::new(),
            strays: Vec::new(),
            last: Default::default(),
        }
    }

    /// The problems of configurations that hold for nothing. Paths are shown from `base`.
    pub(crate) fn strays(&self, base: &Path) -> impl Iterator<Item = Problem> {
        self.strays.iter().map(move |(path, outer)| stray(path, outer, base))
    }

    /// The configurations that were found.
    pub(crate) fn configs(&self) -> Vec<Arc<ConfigFile>> {
        let mut configs: Vec<Arc<ConfigFile>> =
            self.folders.values().filter_map(|found| found.config.clone()).collect();
        configs.sort_by(|one, other| one.path.cmp(&other.path));
        configs.dedup_by(|one, other| one.path == other.path);
        configs
    }

    /// What is nearest to an absolute folder.
    pub(crate) fn to(&mut self, folder: &Path) -> &FolderConfig {
        // The files of a folder come one after another, and to compare a path is quicker than to hash it.
        if self.last.0 != folder {
            if !self.folders.contains_key(folder) {
                self.look(folder);
            }
            self.last = (folder.to_owned(), self.folders[folder].clone());
        }
        &self.last.1
    }

    fn look(&mut self, folder: &Path) {
        let unknown: Vec<&Path> =
            folder.ancestors().take_while(|above| !self.folders.contains_key(*above)).collect();
        let mut found = match folder.ancestors().nth(unknown.len()) {
            Some(known) => self.folders[known].clone(),
            None => FolderConfig::default(),
        };
        for folder in unknown.into_iter().rev() {
            // A repository is a world of its own: what lies above its root is not for it. But one within that of the
            // working folder, a submodule, is a part of that: it would undo what is decided there.
            let is_within = |root: &PathBuf| folder != root && folder.starts_with(root);
            if is_root(self.files, folder) && !self.own_root.as_ref().is_some_and(is_within) {
                found = FolderConfig::default();
            }
            let config = folder.join(FILE_NAME);
            // What is called so and is no file is told when it is read: nothing holds in its place.
            if self.files.kind(&config).is_ok() {
                match &found.config {
                    Some(outer) if !outer.allows_for(folder) => self.strays.push((config, Arc::clone(outer))),
                    outer => {
                        let config = (self.read)(&config).below(outer.clone());
                        found = FolderConfig::beside(self.files, Arc::new(config));
                    }
                }
            } else if found.config.is_none() {
                for (stem, known) in [("roadmap", &mut found.roadmap), ("waivers", &mut found.waivers)] {
                    let files = files_called(self.files, folder, stem);
                    if !files.is_empty() {
                        *known = files;
                    }
                }
            }
            self.folders.insert(folder.to_owned(), found.clone());
        }
    }
}

/// Whether a folder is the root of a repository.
fn is_root(files: &dyn Files, folder: &Path) -> bool {
    files.kind(&folder.join(".git")).is_ok()
}

impl FolderConfig {
    /// What holds by a configuration.
    pub(crate) fn beside(files: &dyn Files, config: Arc<ConfigFile>) -> Self {
        let called = |stem| files_called(files, config.folder(), stem);
        Self { roadmap: called("roadmap"), waivers: called("waivers"), config: Some(config) }
    }
}

fn stray(path: &Path, outer: &ConfigFile, base: &Path) -> Problem {
    let (name, outer_name) = (shown(path, base), shown(&outer.path, base));
    let folder = shown(path.parent().unwrap_or(path), outer.folder());
    Problem::in_file(&name, format!("{name} is below {outer_name}, which holds here"))
        .note("a second configuration would undo what the first one denies, for all that lies beside it")
        .help(format!("remove it, or let it hold by `nested = [\"{folder}\"]` in {outer_name}"))
}

/// The files of a folder that are called `stem.…`.
pub(super) fn files_called(files: &dyn Files, folder: &Path, stem: &str) -> Vec<PathBuf> {
    ["toml", "yaml", "yml", "json"]
        .into_iter()
        .map(|extension| folder.join(format!("{stem}.{extension}")))
        .filter(|path| files.is_file(path))
        .collect()
}
