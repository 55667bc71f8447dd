//! All that `lint` would find, kept as data: what there is to decide about.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::check::outcome::{Outcome, OutcomeSubject};
use crate::diagnostic::Problem;
use crate::input::discover::FileSet;
use crate::lint::finding::Finding;
use crate::lint::{Check, Lint};
use crate::model::contract::Contract;
use crate::model::waiver::Subject;
use crate::output::draw_problems;
use crate::workspace::Workspace;
use crate::workspace::group::Group;

use super::super::progress::run;

/// A run's groups.
pub(super) struct CheckedGroups<'w> {
    pub(super) groups: Vec<CheckedGroup<'w>>,
    /// What is wrong with the run as a whole, as drawn: with two contracts of one id, for example.
    pub(super) problems: String,
}

/// A group of contracts.
pub(super) struct CheckedGroup<'w> {
    pub(super) found: &'w FileSet,
    pub(super) group: Arc<Group>,
    /// What could not be read of the files that they share, each as drawn.
    pub(super) problems: Vec<(Problem, String)>,
    pub(super) files: Vec<CheckedFile>,
    /// How many findings are about none of these contracts, nor about waivers: the roadmap's.
    pub(super) rest: usize,
}

/// A file with a contract.
pub(super) struct CheckedFile {
    pub(super) path: PathBuf,
    /// The path as it is shown.
    pub(super) name: String,
    /// The contract, as far as it could be read.
    pub(super) contract: Option<Contract>,
    /// What the lints found, waived or not; nothing for a contract that is over.
    pub(super) findings: Vec<Finding>,
    /// What could not be read or compared, as drawn.
    pub(super) problems: String,
}

impl CheckedFile {
    /// The contract's id.
    pub(super) fn id(&self) -> Option<&str> {
        self.contract.as_ref()?.id.as_ref().map(|id| id.value.as_str())
    }

    /// Every lint that still finds something in a contract, with what it is about, each once: the contract as a
    /// whole, then its requirements and its terms in the order of the file.
    pub(super) fn open_findings(&self) -> Vec<(Subject, &'static Lint)> {
        let Some(contract) = &self.contract else {
            return Vec::new();
        };
        let requirements = places(contract.requirements.iter().map(|requirement| requirement.name.as_str()));
        let terms = places(contract.told_terms().map(|(term, _)| term.name.value.as_str()));
        let at = |places: &HashMap<&str, usize>, name: &str| places.get(name).copied().unwrap_or(0);
        let place = |subject: &Subject| match subject {
            Subject::Contract => (0, 0),
            Subject::Requirement(name) => (1, at(&requirements, name)),
            Subject::Term(name) => (2, at(&terms, name)),
        };
        // What is still to be put right about a waiver was decided on when that was recorded.
        let is_open = |finding: &&Finding| {
            finding.waived.is_none() && !matches!(finding.lint.check, Check::CoveringWaiver(_))
        };
        let open = self.findings.iter().filter(is_open);
        let mut open: Vec<_> = open.map(|finding| (finding.subject.clone(), finding.lint)).collect();
        open.sort_by_key(|(subject, lint)| (place(subject), lint.name));
        open.dedup_by(|one, other| one.0 == other.0 && one.1.name == other.1.name);
        open
    }
}

/// Where each name stands first.
fn places<'n>(names: impl Iterator<Item = &'n str>) -> HashMap<&'n str, usize> {
    let mut places = HashMap::new();
    names.enumerate().for_each(|(at, name)| {
        places.entry(name).or_insert(at);
    });
    places
}

/// What is kept of one outcome.
enum CheckedPart {
    Run(String),
    Group(Arc<Group>, Vec<(Problem, String)>),
    File(Box<CheckedFile>),
    Shared(Vec<Finding>),
    LeftOut,
}

impl CheckedPart {
    fn of(outcome: &Outcome<'_>, colour: bool) -> Self {
        let Outcome { about, findings, problems, sources } = outcome;
        let drawn = |problems: &[Problem]| draw_problems(problems, *sources, colour);
        match *about {
            OutcomeSubject::Run => Self::Run(drawn(problems)),
            OutcomeSubject::LeftOut { .. } => Self::LeftOut,
            OutcomeSubject::Group(_, group) => {
                let each =
                    problems.iter().map(|problem| (problem.clone(), drawn(std::slice::from_ref(problem))));
                Self::Group(Arc::clone(group), each.collect())
            }
            OutcomeSubject::Contract(candidate, _, judged) => Self::File(Box::new(CheckedFile {
                path: candidate.path.clone(),
                name: candidate.name.clone(),
                contract: judged.map(|judged| judged.contract.clone()),
                findings: findings.to_vec(),
                problems: drawn(problems),
            })),
            OutcomeSubject::Shared(..) => Self::Shared(findings.to_vec()),
        }
    }
}

impl<'w> CheckedGroups<'w> {
    /// Checks a workspace as `lint` does.
    pub(super) fn of(workspace: &'w Workspace, colour: bool) -> Self {
        let mut checked = Self { groups: Vec::new(), problems: String::new() };
        let mut sets = workspace.found.groups.iter();
        // Where the contract of an id is, in the group that is being told.
        let mut ids = HashMap::new();
        for part in run(workspace, |outcome| CheckedPart::of(outcome, colour)).parts {
            match (part, checked.groups.last_mut()) {
                (CheckedPart::Run(problems), _) => checked.problems += &problems,
                (CheckedPart::LeftOut, _) => {}
                (CheckedPart::Group(group, problems), _) => {
                    ids.clear();
                    let groups = sets.next().map(|found| CheckedGroup {
                        found,
                        group,
                        problems,
                        files: Vec::new(),
                        rest: 0,
                    });
                    checked.groups.extend(groups);
                }
                (CheckedPart::File(file), Some(group)) => {
                    ids.extend(file.id().map(|id| (id.to_owned(), group.files.len())));
                    group.files.push(*file);
                }
                (CheckedPart::Shared(findings), Some(group)) => {
                    for finding in findings {
                        match finding.contract.as_ref().and_then(|id| ids.get(id)) {
                            Some(&at) => group.files[at].findings.push(finding),
                            None if matches!(finding.lint.check, Check::UnusedWaiver(_)) => {}
                            None => group.rest += 1,
                        }
                    }
                }
                // What lies in no group is nothing that anybody could decide about.
                (CheckedPart::File(_) | CheckedPart::Shared(_), None) => {}
            }
        }
        checked
    }

    /// All files, each with its group, in their order.
    pub(super) fn files(&self) -> impl Iterator<Item = (&CheckedGroup<'w>, &CheckedFile)> {
        self.groups.iter().flat_map(|group| group.files.iter().map(move |file| (group, file)))
    }
}
