//! Contracts that share a configuration and a roadmap: both are read once, the contracts one by one.

mod contracts;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use crate::delivery::{Judge, Rules};
use crate::diagnostic::Problem;
use crate::input::decode::Record;
use crate::input::discover::{self, SharedPath};
use crate::input::files::Files;
use crate::input::read;
use crate::input::records::WaiversRecord;
use crate::lint::active::ActiveLints;
use crate::lint::context::LintContext;
use crate::lint::settings::Settings;
use crate::lints::{self, LINTS};
use crate::model::assemble::{RoadmapFile, Vocabulary, assemble};
use crate::model::config::{Economics, Reporting, economics, reporting, vocabulary};
use crate::model::contract::ContractReading;
use crate::model::evidence::Evidence;
use crate::model::forecast::ForecastTable;
use crate::model::roadmap::Roadmap;
use crate::model::role::{Roles, roles};
use crate::model::waiver::waivers;
use crate::model::window::Date;
use crate::prose::reader::RoadmapNames;
use crate::source::{FileId, Source};
use crate::text::clean;

use super::CheckOptions;
use super::HistoryProgress;
use super::history;
use super::levels::settings;
use super::waivers::{Waivers, accepted_by, unknown_lints};

pub(crate) use contracts::ContractFile;

/// A group that is ready to check contracts.
#[derive(Debug)]
pub struct Group {
    /// Where its contracts are read.
    pub files: Arc<dyn Files>,
    /// The texts of the configuration and the roadmap.
    pub sources: Vec<Arc<Source>>,
    /// What could not be read of them.
    pub problems: Vec<Problem>,
    /// The roadmap.
    pub roadmap: Roadmap,
    /// Levels and options.
    pub settings: Settings,
    /// Accepted findings.
    pub waivers: Waivers,
    /// What reports say of people, and what stands under them.
    pub reporting: Reporting,
    active: ActiveLints,
    roles: Roles,
    vocabulary: Vocabulary,
    economics: Economics,
    names: RoadmapNames,
    forecast: ForecastTable,
    tells_chances: bool,
    /// Whether anybody asks what documents say.
    pub(super) reads_documents: bool,
    tells_history: bool,
    today: Date,
    progress: HistoryProgress,
    /// Where the roadmap's files lie.
    roadmap_paths: Vec<PathBuf>,
    /// What the roadmap itself tells of its targets.
    evidence: Evidence,
    /// What older versions tell, too, once they are asked for.
    history: OnceLock<Evidence>,
}

impl Group {
    /// Reads a group's configuration, roadmap and waivers.
    pub fn read(group: &discover::FileSet, options: &CheckOptions) -> Self {
        Self::read_from(group, Arc::clone(&group.files), options)
    }

    /// Reads them where they have other texts than those that were found.
    pub(crate) fn read_from(
        group: &discover::FileSet,
        shared: Arc<dyn Files>,
        options: &CheckOptions,
    ) -> Self {
        let mut sources = Vec::new();
        let mut problems = Vec::new();
        let record = group.config.as_ref().map(|config| {
            sources.extend(config.source.clone());
            problems.extend(config.problems.iter().cloned());
            &config.record
        });
        problems.extend(group.problems.iter().cloned());
        let mut files: Vec<RoadmapFile> = Vec::new();
        for path in &group.roadmap {
            let (source, record) = read_shared(&*shared, path, &mut problems);
            sources.extend(source);
            files.push((path.id, record));
        }
        let mut decisions: Vec<WaiversRecord> = Vec::new();
        for path in &group.waivers {
            let mut found = Vec::new();
            let (source, record) = read_shared(&*shared, path, &mut found);
            // A file of waivers begins as a comment, and is one again when the last waiver has ended.
            if !source.as_ref().is_some_and(|source| read::holds_nothing(source.text())) {
                problems.append(&mut found);
            }
            sources.extend(source);
            decisions.extend(record);
        }
        // What is not found may stand in a roadmap that could not be read: then no feature is called unknown.
        let incomplete = files.is_empty() || !group.roadmap_is_whole;
        let vocabulary = record.map(|config| vocabulary(config, &mut problems)).unwrap_or_default();
        let economics = record.map(|config| economics(config, &mut problems)).unwrap_or_default();
        let forecast = record.and_then(|config| config.forecast.given());
        let forecast = forecast.map(|table| ForecastTable::read(table, &mut problems)).unwrap_or_default();
        let roles = record.map(|config| roles(&config.roles, &mut problems)).unwrap_or_default();
        let reporting = record.map(|config| reporting(config, &mut problems)).unwrap_or_default();
        for outer in group.config.iter().flat_map(|config| config.outer()) {
            sources.extend(outer.source.clone());
            problems.extend(outer.problems.iter().cloned());
        }
        let settings = settings(record, &options.levels, &options.only, options.deny_warnings, &mut problems);
        let roadmap = assemble(&files, &vocabulary, incomplete, &mut problems);
        decisions.iter().for_each(|record| unknown_lints(record, &mut problems));
        let decisions = decisions.iter();
        let decisions = decisions
            .flat_map(|record| {
                waivers(record, accepted_by, &vocabulary.calendar, &roadmap.scales, &mut problems)
            })
            .collect();
        let waivers = Waivers::new(decisions, &mut problems);
        read::sort(&mut problems);
        let outside = group.roadmap.iter().chain(&group.waivers).filter(|file| file.is_outside);
        for file in outside {
            problems = unshown_in(file.id, &file.name, problems);
        }
        if let Some(source) =
            group.config.iter().filter(|_| group.config_is_outside).find_map(|config| config.source.as_ref())
        {
            problems = unshown_in(source.id(), source.name(), problems);
        }
        let active = ActiveLints::new(LINTS, &settings);
        Self {
            files: shared,
            roadmap_paths: group.roadmap.iter().map(|file| file.path.clone()).collect(),
            evidence: Evidence::of_roadmap(&roadmap, options.today),
            history: OnceLock::new(),
            sources,
            problems,
            roadmap,
            waivers,
            reporting,
            settings,
            roles,
            vocabulary,
            economics,
            names: RoadmapNames::default(),
            forecast,
            tells_chances: options.chances,
            reads_documents: options.documents && active.reads_documents(),
            active,
            tells_history: options.history,
            today: options.today,
            progress: options.progress.clone(),
        }
    }

    /// The day of the run.
    pub(super) fn today(&self) -> Date {
        self.today
    }

    /// Whether a lint that is on asks what older versions of the roadmap tell.
    pub(crate) fn asks_for_history(&self) -> bool {
        self.active.rests_on_history
    }

    /// Reads older versions before any contract is looked at, where each is asked for them: of all features, since what
    /// became of those that have shipped tells how good plans are.
    pub(crate) fn read_history_for_contracts(&self) {
        if self.tells_history || self.tells_chances || self.active.contracts_rest_on_history {
            self.read_history(&(0..self.roadmap.features.len()).collect());
        }
    }

    /// Reads what older versions of the roadmap tell of some features, by their places: that takes a while, so it is done
    /// once, where something rests on it.
    pub(crate) fn read_history(&self, features: &BTreeSet<usize>) {
        if let Some(revision) = self.files.revision().filter(|_| !features.is_empty()) {
            let (roadmap, paths) = (&self.roadmap, &self.roadmap_paths);
            self.history.get_or_init(|| {
                let with = (&self.vocabulary, self.today, &self.progress);
                history::evidence(roadmap, features, paths, revision, with)
            });
        }
    }

    /// What there is to say where there are older versions of the roadmap and they cannot be read.
    pub(crate) fn history_caveat(&self) -> Option<&str> {
        self.history.get()?.caveat.as_deref()
    }

    /// What lints are given.
    pub fn context(&self) -> LintContext<'_> {
        let rules = Rules { today: self.today, margin: lints::margin(&self.settings) };
        LintContext {
            today: self.today,
            roadmap: &self.roadmap,
            settings: &self.settings,
            active: &self.active,
            roles: &self.roles,
            economics: &self.economics,
            evidence: self.history.get().unwrap_or(&self.evidence),
            forecast: &self.forecast,
            tells_chances: self.tells_chances,
            judge: Judge { roadmap: &self.roadmap, rules },
            calendar: &self.vocabulary.calendar,
            names: &self.names,
        }
    }

    /// How dates and statuses are read.
    pub(crate) fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// What contracts are read with.
    pub fn reading(&self) -> ContractReading<'_> {
        ContractReading {
            roadmap: &self.roadmap,
            calendar: &self.vocabulary.calendar,
            statuses: &self.vocabulary.contract_statuses,
            today: self.today,
        }
    }
}

/// Problems, those in a file outside of the repository as one that has none of the file's words: a pull request could
/// link to what its author may not read, and have CI print it.
pub(crate) fn unshown_in(file: FileId, name: &str, problems: Vec<Problem>) -> Vec<Problem> {
    let shown = clean(name);
    let is_there = |problem: &Problem| {
        problem.file.as_deref() == Some(&*shown)
            || problem.diagnostic.labels.iter().any(|label| label.span.file == file)
    };
    let (inside, mut problems): (Vec<Problem>, Vec<Problem>) = problems.into_iter().partition(is_there);
    if !inside.is_empty() {
        problems.push(
            Problem::in_file(name, format!("{name} leads out of the repository, and cannot be read in full"))
                .note("what is wrong with it is not shown: who sees this may not be meant to read that file")
                .help("keep it in the repository, or name it on the command line"),
        );
    }
    problems
}

/// Reads a file that the contracts of a group share.
fn read_shared<R: Record>(
    files: &dyn Files,
    path: &SharedPath,
    problems: &mut Vec<Problem>,
) -> (Option<Arc<Source>>, Option<R>) {
    match read::source(files, &path.path, &path.name, path.id) {
        Ok(source) => {
            let record = read::record(&source, problems);
            (Some(Arc::new(source)), record)
        }
        Err(unread) => {
            problems.push(unread.problem);
            (unread.source.map(Arc::new), None)
        }
    }
}
