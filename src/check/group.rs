//! Contracts that share a configuration and a roadmap: both are read once, the contracts one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::delivery::{Judge, Rules};
use crate::diagnostic::Problem;
use crate::input::decode::{Decode, Text};
use crate::input::discover::{self, Candidate, SharedPath};
use crate::input::parse::{Format, parse};
use crate::input::read::{self, Role};
use crate::input::records::{ConfigRecord, ContractRecord, RoadmapRecord, WaiversRecord};
use crate::input::source::Source;
use crate::lints;
use crate::model::assemble::{RoadmapFile, Vocabulary, assemble};
use crate::model::config::{Economics, economics, vocabulary};
use crate::model::contract::{self, Contract, Reading};
use crate::model::roadmap::{Reference, Roadmap};
use crate::model::waiver::waivers;
use crate::model::window::Date;

use super::levels::{LevelFlag, Settings};
use super::run::Run;
use super::waive::Waivers;

/// A group that is ready to check contracts.
#[derive(Debug)]
pub struct Group {
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
    roles: BTreeMap<String, Vec<String>>,
    vocabulary: Vocabulary,
    economics: Economics,
    today: Date,
}

/// What the command line says of a run.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The day of the check.
    pub today: Date,
    /// Levels, in the order of the command line.
    pub levels: Vec<LevelFlag>,
    /// `--deny-warnings`
    pub deny_warnings: bool,
}

impl Group {
    /// Reads a group's configuration and roadmap.
    pub fn read(group: &discover::Group, asked: &Asked) -> Self {
        let mut sources = Vec::new();
        let mut problems = Vec::new();
        let record = group.config.as_ref().map(|config| {
            sources.extend(config.source.clone());
            problems.extend(config.problems.iter().cloned());
            &config.record
        });
        let vocabulary = record.map(|record| vocabulary(record, &mut problems)).unwrap_or_default();
        let economics = record.map(|record| economics(record, &mut problems)).unwrap_or_default();
        let settings = Settings::new(record, &asked.levels, asked.deny_warnings, &mut problems);
        problems.extend(group.problems.iter().cloned());

        let mut files: Vec<RoadmapFile> = Vec::new();
        for path in &group.roadmap {
            let (source, record, mut found) = read_shared::<RoadmapRecord>(path, "the roadmap");
            sources.extend(source);
            problems.append(&mut found);
            files.push((path.id, record));
        }
        let incomplete = files.is_empty() || !group.problems.is_empty();
        let mut found = Vec::new();
        let roadmap = assemble(&files, &vocabulary, incomplete, &mut found);
        problems.append(&mut found);
        let mut decisions = Vec::new();
        for path in &group.waivers {
            let (source, record, mut found) = read_shared::<WaiversRecord>(path, "the file of waivers");
            sources.extend(source);
            problems.append(&mut found);
            if let Some(record) = record {
                decisions.extend(waivers(&record, &vocabulary.calendar, &mut problems));
            }
        }
        let waivers = Waivers::new(decisions, &mut problems);
        let roles = record.map(roles).unwrap_or_default();
        read::sort(&mut problems);
        Self {
            sources,
            problems,
            roadmap,
            settings,
            waivers,
            roles,
            vocabulary,
            economics,
            today: asked.today,
        }
    }

    /// What lints are given.
    pub fn run(&self) -> Run<'_> {
        let rules = Rules { today: self.today, margin: lints::margin(&self.settings) };
        Run {
            today: self.today,
            roadmap: &self.roadmap,
            settings: &self.settings,
            roles: &self.roles,
            economics: &self.economics,
            judge: Judge { roadmap: &self.roadmap, rules },
        }
    }

    /// Reads a contract.
    pub fn contract(&self, candidate: &Candidate) -> ContractFile {
        let read = if candidate.stdin {
            read::bytes(std::io::stdin().lock(), &candidate.name, candidate.id)
        } else {
            read::source(&candidate.path, &candidate.name, candidate.id)
        };
        let source = match read {
            Ok(source) => source,
            Err(unread) => {
                return ContractFile {
                    source: unread.source,
                    problems: vec![unread.problem],
                    ..ContractFile::default()
                };
            }
        };
        if !candidate.named && !read::may_be(source.text(), Role::Contract) {
            return ContractFile { left_out: true, ..ContractFile::default() };
        }
        let (contract, problems, left_out) = self.contract_in(&source, candidate.named);
        ContractFile { source: Some(source), contract, problems, left_out }
    }

    fn contract_in(&self, source: &Source, named: bool) -> (Option<Contract>, Vec<Problem>, bool) {
        let format = Format::of(source.name()).unwrap_or(Format::Yaml);
        let (node, problems) = parse(source, format);
        if !named && read::role(node.as_ref(), !problems.is_empty(), source.text()) != Role::Contract {
            return (None, Vec::new(), true);
        }
        let (record, mut problems) = read::record::<ContractRecord>(node.as_ref(), "the file", problems);
        let contract = record.map(|record| {
            let reading =
                Reading { roadmap: &self.roadmap, calendar: &self.vocabulary.calendar, today: self.today };
            contract::contract(&record, reading, &mut problems)
        });
        read::sort(&mut problems);
        (contract, problems, false)
    }
}

/// Reads a file that the contracts of a group share.
fn read_shared<R: Decode>(path: &SharedPath, noun: &str) -> (Option<Arc<Source>>, Option<R>, Vec<Problem>) {
    match read::source(&path.path, &path.name, path.id) {
        Ok(source) => {
            let format = Format::of(&path.name).unwrap_or(Format::Toml);
            let (node, problems) = parse(&source, format);
            let (record, problems) = read::record::<R>(node.as_ref(), noun, problems);
            (Some(Arc::new(source)), record, problems)
        }
        Err(unread) => (unread.source.map(Arc::new), None, vec![unread.problem]),
    }
}

fn roles(record: &ConfigRecord) -> BTreeMap<String, Vec<String>> {
    let entries = record.roles.given().into_iter().flat_map(|table| &table.entries);
    let people = |people: &Vec<Text>| people.iter().map(|person| person.value.clone()).collect();
    entries.filter_map(|(role, field)| Some((role.value.clone(), field.given().map(people)?))).collect()
}

/// A file that was read as a contract.
#[derive(Debug, Default)]
pub struct ContractFile {
    /// Its text, where it has one.
    pub source: Option<Source>,
    /// The contract, as far as it is sound.
    pub contract: Option<Contract>,
    /// What could not be read of it.
    pub problems: Vec<Problem>,
    /// Whether it was passed over: found in a folder, and no contract.
    pub left_out: bool,
}

/// The features that a contract names.
pub fn named_features(contract: &Contract) -> BTreeSet<usize> {
    contract
        .requirements
        .iter()
        .flat_map(|requirement| &requirement.features)
        .filter_map(|promised| match promised.target {
            Reference::Feature(at) => Some(at),
            _ => None,
        })
        .collect()
}
