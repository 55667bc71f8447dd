//! Which files belong together: configurations, groups of contracts with one roadmap, amendments, waivers; and what was
//! there before. Reads them; finds nothing.

pub(crate) mod amend;
mod documents;
mod entries;
pub(crate) mod group;
mod history;
pub(crate) mod levels;
pub(crate) mod previous;
pub(crate) mod waivers;

use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Problem;
use crate::input::discover::{self, Candidate, Discovery, Request, discover};
use crate::input::files::{Disk, Files};
use crate::lint::Level;
use crate::lint::finding::Finding;
use crate::model::window::Date;

use levels::LevelFlag;
use previous::Previous;

/// What the command line says of a check.
#[derive(Clone, Debug)]
pub struct CheckOptions {
    /// The day of the check.
    pub today: Date,
    /// Levels, in the order of the command line.
    pub levels: Vec<LevelFlag>,
    /// `--deny-warnings`
    pub deny_warnings: bool,
    /// The lints that are reported, by their names; all where none is named.
    pub only: Vec<&'static str>,
    /// Whether what is found alike is told as one finding: for people who read all of it, not for programs that look one up.
    pub together: bool,
    /// Whether it is asked how likely promises are kept.
    pub chances: bool,
    /// Whether it is asked what older versions of the roadmap tell of each feature.
    pub history: bool,
    /// Whether documents are read: not for who asks for no findings.
    pub documents: bool,
    /// Who is told how many older versions were read.
    pub(crate) progress: HistoryProgress,
}

/// Who is told how many older versions of a roadmap were read, of how many, while they are.
#[derive(Clone, Default)]
pub(crate) struct HistoryProgress(Arc<OnceLock<ProgressFn>>);

/// Takes how many versions were read, and of how many.
type ProgressFn = Box<dyn Fn(usize, usize) + Send + Sync>;

impl HistoryProgress {
    /// Tells somebody from now on, unless somebody is told already.
    pub(crate) fn subscribe(&self, told: impl Fn(usize, usize) + Send + Sync + 'static) {
        let _ = self.0.set(Box::new(told));
    }

    fn report(&self, versions: usize, of: usize) {
        if let Some(told) = self.0.get() {
            told(versions, of);
        }
    }
}

impl fmt::Debug for HistoryProgress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HistoryProgress").field(&self.0.get().is_some()).finish()
    }
}

impl CheckOptions {
    /// A check on a day, with the levels of the configuration.
    pub fn on(today: Date) -> Self {
        Self {
            today,
            levels: Vec::new(),
            deny_warnings: false,
            only: Vec::new(),
            together: false,
            chances: false,
            history: false,
            documents: true,
            progress: HistoryProgress::default(),
        }
    }

    /// Takes the findings away that nobody asked for. What is forbidden nobody need ask for.
    pub(crate) fn take_unasked(&self, findings: &mut Vec<Finding>) -> Vec<Finding> {
        let is_asked = |finding: &Finding| self.only.contains(&finding.lint.name);
        // Else `--only` would be a way around what the desk has forbidden.
        let is_unasked = |finding: &mut Finding| finding.level != Level::Forbid && !is_asked(finding);
        if self.only.is_empty() { Vec::new() } else { findings.extract_if(.., is_unasked).collect() }
    }
}

/// All that a run is about.
#[derive(Debug)]
pub struct Workspace {
    /// The files.
    pub found: Discovery,
    /// The day, and the levels of the command line.
    pub options: CheckOptions,
    /// What it takes for the run not to have looked at nothing.
    pub expected: Expected,
    /// What was there before, and is not told again.
    pub previous: Option<Previous>,
}

/// What a run must find: one that looked at nothing has not passed, or a wrong path would be green in CI.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// Contracts.
    Contracts,
    /// Contracts, or a roadmap that was named.
    ContractsOrRoadmap,
    /// Nothing in particular.
    Nothing,
}

impl Workspace {
    /// Finds the files that a request is about, on the disk. Relative paths start from `folder`.
    pub fn find(request: &Request, folder: &Path, options: CheckOptions) -> Self {
        Self::find_in(&(Arc::new(Disk) as Arc<dyn Files>), request, folder, options)
    }

    /// Finds the files that a request is about.
    pub fn find_in(files: &Arc<dyn Files>, request: &Request, folder: &Path, options: CheckOptions) -> Self {
        let expected =
            if request.paths.is_empty() { Expected::Contracts } else { Expected::ContractsOrRoadmap };
        Self { found: discover(files, request, folder), options, expected, previous: None }
    }

    /// A run that cannot begin, and says why.
    pub fn unfound(problem: Problem, options: CheckOptions) -> Self {
        let found = Discovery { problems: vec![problem], ..Discovery::default() };
        Self { found, options, expected: Expected::Nothing, previous: None }
    }

    /// The same, but for what was there before.
    #[must_use]
    pub fn since(self, mut previous: Previous) -> Self {
        previous.settle_places(&self.found);
        Self { previous: Some(previous), ..self }
    }

    /// What holds in a folder, with no contract but those of a file of promises, which belong to no folder.
    pub fn of_promises(request: &Request, folder: &Path, promises: &Path, options: CheckOptions) -> Self {
        let mut group = discover::here(request, folder);
        group.candidates.push(Candidate::promises(promises));
        let found = Discovery { groups: vec![group], ..Discovery::default() };
        Self { found, options, expected: Expected::Nothing, previous: None }
    }
}
