//! Contracts that share a configuration and a roadmap: both are read once, the contracts one by one.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::delivery::{Judge, Rules};
use crate::diagnostic::Problem;
use crate::index;
use crate::input::decode::{Record, Text};
use crate::input::discover::{self, Candidate, SharedPath, UnlistedFile};
use crate::input::files::Files;
use crate::input::parse::{Arena, FileFormat, parse};
use crate::input::read::{self, Role};
use crate::input::records::{ContractRecord, WaiversRecord};
use crate::lint::active::ActiveLints;
use crate::lint::context::LintContext;
use crate::lint::settings::Settings;
use crate::lints::{self, LINTS};
use crate::model::assemble::{RoadmapFile, Vocabulary, assemble};
use crate::model::config::{Economics, Reporting, economics, reporting, vocabulary};
use crate::model::contract::{self, Contract, ContractReading, ContractStatus};
use crate::model::evidence::Evidence;
use crate::model::forecast::ForecastTable;
use crate::model::roadmap::Roadmap;
use crate::model::role::{Roles, roles};
use crate::model::waiver::waivers;
use crate::model::window::Date;
use crate::prose::reader::RoadmapNames;
use crate::source::{FileId, Source, Span};
use crate::text::clean;

use super::CheckOptions;
use super::HistoryWatch;
use super::amend::{AmendmentPlan, Amendments, Basis, mentions, stated_terms};
use super::history;
use super::levels::settings;
use super::waivers::{Waivers, accepted_by, unknown_lints};

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
    watch: HistoryWatch,
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
            watch: options.watch.clone(),
        }
    }

    /// Looks for amendments among those contracts of the group that may be some ([`ContractFile::may_amend`]), and
    /// for what they amend.
    pub fn amendments(&self, group: &discover::FileSet, may_amend: &[&Candidate]) -> Amendments {
        let mut amendments = Amendments::find(group, may_amend, &self.vocabulary, &self.roadmap, self.today);
        // What is amended and no file of the run is read by nobody else: what is wrong with it would go untold.
        for layer in amendments.outside.clone() {
            let mut found = layer.problems.clone();
            if layer.record.contract.given().is_some() {
                let file = layer.source.id();
                let contract =
                    self.meaning(ContractRecord::clone(&layer.record), file, false, &amendments, &mut found);
                contract.into_iter().for_each(|contract| amendments.add_agreement(contract));
            }
            read::sort(&mut found);
            amendments.problems.append(&mut found);
        }
        amendments
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
                let with = (&self.vocabulary, self.today, &self.watch);
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

    /// Reads a contract.
    pub fn contract(&self, candidate: &Candidate, amendments: &Amendments) -> ContractFile {
        // A roadmap or a file of waivers that lies among the contracts was read for the group.
        if candidate.is_shared {
            return ContractFile { left_out: true, ..ContractFile::default() };
        }
        let read = if candidate.stdin {
            read::bytes(std::io::stdin().lock(), &candidate.name, candidate.id)
        } else {
            read::source(&*self.files, &candidate.path, &candidate.name, candidate.id)
        };
        let source = match read {
            Ok(source) => source,
            Err(unread) => {
                let mut problems = vec![unread.problem];
                if candidate.is_outside {
                    problems = unshown_in(candidate.id, &candidate.name, problems);
                }
                return ContractFile { source: unread.source, problems, ..ContractFile::default() };
            }
        };
        if candidate.promises {
            let (contracts, problems) = self.promises(&source);
            return ContractFile { source: Some(source), contracts, problems, ..ContractFile::default() };
        }
        let may_amend = !candidate.stdin && mentions(source.text());
        if !candidate.named && !read::may_be(source.text(), Role::Contract) {
            return ContractFile { left_out: true, may_amend, ..ContractFile::default() };
        }
        let mut file = self.read_text(source, candidate.named, candidate.stdin, amendments);
        if candidate.is_outside {
            file.problems = unshown_in(candidate.id, &candidate.name, file.problems);
        }
        ContractFile { may_amend, ..file }
    }

    /// The files that look like contracts, of those that the configuration does not name. One that cannot be read may
    /// be one.
    pub fn unlisted<'f>(&self, files: &'f discover::FileSet) -> Vec<&'f UnlistedFile> {
        let looks_like_contract = |unlisted: &&UnlistedFile| {
            let UnlistedFile { file, .. } = unlisted;
            let source = match read::source(&*self.files, &file.path, &file.name, file.id) {
                Ok(source) => source,
                Err(_) => return true,
            };
            if !read::may_be(source.text(), Role::Contract) {
                return false;
            }
            let arena = Arena::of(&source);
            let (node, problems) =
                parse(&source, FileFormat::of(&file.name).unwrap_or(FileFormat::Yaml), &arena);
            read::looks_like_contract(node.as_ref(), !problems.is_empty(), source.text())
        };
        // A run of one file starts no threads, which takes longer than to check it.
        if self.active.unlisted.is_empty() || files.unlisted.is_empty() {
            return Vec::new();
        }
        files.unlisted.par_iter().filter(looks_like_contract).collect()
    }

    /// Reads a contract whose text is at hand; one that nobody named may turn out to be none.
    pub fn contract_of(&self, source: Source, named: bool) -> ContractFile {
        self.read_text(source, named, false, &Amendments::default())
    }

    fn read_text(&self, source: Source, named: bool, stdin: bool, amendments: &Amendments) -> ContractFile {
        let (contract, problems, left_out) = self.contract_in(&source, named, stdin, amendments);
        let basis = amendments.of(source.id()).map(AmendmentPlan::basis);
        let is_draft = contract.as_ref().is_some_and(|contract| contract.status == ContractStatus::Draft);
        let orders = basis.map(|basis| amendments.told_orders(basis, source.id(), is_draft));
        let orders = orders.into_iter().flatten().flat_map(|order| order.basis.stack.sources());
        let texts = basis.into_iter().flat_map(|basis| basis.sources()).chain(orders);
        let further = texts.map(Arc::clone).collect();
        basis.into_iter().for_each(|basis| basis.judged());
        let contracts = contract.into_iter().collect();
        ContractFile { source: Some(source), further, contracts, problems, left_out, may_amend: false }
    }

    /// Reads the contracts of a file of promises.
    fn promises(&self, source: &Source) -> (Vec<Contract>, Vec<Problem>) {
        let mut problems = Vec::new();
        let record = read_as(source, &mut problems);
        let contracts = record.map(|record| index::contracts(record, self.reading(), &mut problems));
        read::sort(&mut problems);
        (contracts.unwrap_or_default(), problems)
    }

    fn contract_in(
        &self,
        source: &Source,
        named: bool,
        stdin: bool,
        amendments: &Amendments,
    ) -> (Option<Contract>, Vec<Problem>, bool) {
        let format = FileFormat::of(source.name()).unwrap_or(FileFormat::Yaml);
        let arena = Arena::of(source);
        let (node, problems) = parse(source, format, &arena);
        if !named && !read::looks_like_contract(node.as_ref(), !problems.is_empty(), source.text()) {
            return (None, Vec::new(), true);
        }
        if stdin && problems.is_empty() {
            let other = match read::role(node.as_ref(), false, source.text()) {
                Role::Roadmap => Some("a roadmap"),
                Role::Settings => Some("waivers"),
                Role::Contract | Role::Other => None,
            };
            if let Some(other) = other {
                return (None, vec![only_contracts(source, other)], false);
            }
        }
        let (record, mut problems) = read::record::<ContractRecord>(node.as_ref(), problems);
        // Before the record is turned into values: a thread then never holds a file's tree and its values at once.
        drop(arena);
        let contract =
            record.and_then(|record| self.meaning(record, source.id(), stdin, amendments, &mut problems));
        read::sort(&mut problems);
        (contract, problems, false)
    }

    /// What a contract's record means, with its amendments. What is wrong in a further file is reported there.
    fn meaning(
        &self,
        record: ContractRecord,
        file: FileId,
        stdin: bool,
        amendments: &Amendments,
        problems: &mut Vec<Problem>,
    ) -> Option<Contract> {
        match amendments.of(file) {
            None => match (record.amends.given(), record.under.given()) {
                (None, None) => Some(contract::contract(record, self.reading(), problems)),
                (Some(base), _) => {
                    problems.push(not_looked_for(base, "amends", stdin));
                    None
                }
                (None, Some(master)) => {
                    problems.push(not_looked_for(master, "under", stdin));
                    None
                }
            },
            Some(AmendmentPlan::Basis(basis)) => {
                let mut contract = self.laid_over(basis, file, amendments, problems)?;
                problems.extend(basis.unknown(self, file));
                let worsened = self.worsened(basis, &contract, amendments, problems);
                contract.requirements.extend(worsened.requirements);
                contract.tightened = worsened.tightened;
                contract.worsened_terms = worsened.terms;
                contract.revalued = worsened.revalued;
                contract.is_master = amendments.is_master(file);
                Some(contract)
            }
            Some(AmendmentPlan::Unknown(basis, reason)) => {
                problems.extend(reason.iter().cloned());
                // For its mistakes. What it drops in vain is none: that may be there once the order of the files is known.
                self.laid_over(basis, file, amendments, problems);
                None
            }
        }
    }

    /// A contract with its amendments, as one of the files sees it.
    fn laid_over(
        &self,
        basis: &Basis,
        file: FileId,
        amendments: &Amendments,
        problems: &mut Vec<Problem>,
    ) -> Option<Contract> {
        let mut found = Vec::new();
        let own = basis.record(self, file)?;
        contract::check_file(&own, &self.roadmap, &mut found);
        let mut contract = self.view(basis, file, &mut found)?;
        contract.share = amendments.deal_share(basis, &own, &contract, self);
        let mut unpriced: HashSet<Span> = HashSet::new();
        let bears = amendments.bears(file) || amendments.orders(basis, file).next().is_some();
        if bears {
            unpriced.extend(self.unpriced(stated_terms(&own), &contract.fees));
        }
        // Of an agreement that is over, silence is judged in the contract like its own.
        let masters = &basis.masters;
        let is_told_of_agreement = !masters.is_empty() && masters.iter().all(|master| !master.is_over);
        if bears || is_told_of_agreement {
            unpriced.extend(self.unpriced_silence(&contract.fees));
        }
        found.retain(|problem| {
            let place = problem.diagnostic.primary().map(|label| label.span);
            place.is_none_or(|place| !basis.is_other(place.file, file) && !unpriced.contains(&place))
        });
        problems.append(&mut found);
        Some(contract)
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

/// The problem of standard input that is no contract.
fn only_contracts(source: &Source, other: &str) -> Problem {
    let title = format!("standard input holds {other}, and only a contract can be checked there");
    Problem::in_file(source.name(), title).help("name the file itself instead of `-`")
}

/// The problem of a contract that rests on one for which nobody looked.
fn not_looked_for(base: &Text, key: &str, stdin: bool) -> Problem {
    const LABEL: &str = "its contract was not looked for";
    if stdin {
        let title = match key {
            "under" => format!("from standard input nothing can be under `{}`", base.value),
            _ => format!("`{}` cannot be amended from standard input", base.value),
        };
        let what = if key == "under" { "contract" } else { "amendment" };
        return Problem::at(base.span, title, LABEL).help(format!("name the {what}'s file instead of `-`"));
    }
    let title = format!("`{}` was not looked for, since `{key}` is written in another way", base.value);
    Problem::at(base.span, title, LABEL).help(format!("write the key as `{key}`"))
}

/// Reads a file that the contracts of a group share.
fn read_shared<R: Record>(
    files: &dyn Files,
    path: &SharedPath,
    problems: &mut Vec<Problem>,
) -> (Option<Arc<Source>>, Option<R>) {
    match read::source(files, &path.path, &path.name, path.id) {
        Ok(source) => {
            let record = read_as(&source, problems);
            (Some(Arc::new(source)), record)
        }
        Err(unread) => {
            problems.push(unread.problem);
            (unread.source.map(Arc::new), None)
        }
    }
}

/// Reads a text as a record, in the format that its name tells; what contracts share is TOML otherwise.
pub(crate) fn read_as<R: Record>(source: &Source, problems: &mut Vec<Problem>) -> Option<R> {
    let arena = Arena::of(source);
    let (node, found) = parse(source, FileFormat::of(source.name()).unwrap_or(FileFormat::Toml), &arena);
    let (record, mut found) = read::record(node.as_ref(), found);
    problems.append(&mut found);
    record
}

/// A file that was read as a contract.
#[derive(Debug, Default)]
pub struct ContractFile {
    /// Its text, where it has one.
    pub source: Option<Source>,
    /// The texts of contracts that it amends, or that amend it.
    pub further: Vec<Arc<Source>>,
    /// The contract, as far as it is sound; of a file of promises all contracts.
    pub contracts: Vec<Contract>,
    /// What could not be read of it.
    pub problems: Vec<Problem>,
    /// Whether it was passed over: found in a folder, and no contract.
    pub left_out: bool,
    /// Whether its text looks as if it amended a contract, or was under one.
    pub may_amend: bool,
}

impl ContractFile {
    /// The texts that its findings point into, besides its own.
    pub fn texts<'a>(&self, shared: &'a [Arc<Source>]) -> Cow<'a, [Arc<Source>]> {
        if self.further.is_empty() { shared.into() } else { [shared, &self.further].concat().into() }
    }
}
