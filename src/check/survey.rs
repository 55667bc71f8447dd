//! Contracts and their findings as data, for a command that asks what `lint` would find and draws nothing.

use std::collections::HashMap;

use rayon::prelude::*;

use crate::input::discover::{self, Candidate};
use crate::lint::Check;
use crate::lint::finding::Finding;
use crate::workspace::group::{ContractFile, Group};

use super::Seen;

/// What the contracts of a group gave.
#[derive(Debug)]
pub struct Survey {
    /// The files that are contracts, in the order of their paths.
    pub files: Vec<Surveyed>,
    /// Findings that are about none of these contracts, nor about waivers: the roadmap's, the portfolio's.
    pub rest: Vec<Finding>,
}

/// One contract.
#[derive(Debug)]
pub struct Surveyed {
    /// The file, its problems, and the contract as far as it is sound. Its text is kept where there are problems.
    pub file: ContractFile,
    /// The file's path as it is shown.
    pub name: String,
    /// The file's place in the group's candidates.
    pub candidate: usize,
    /// What the lints found, waived or not; nothing for a contract that is over.
    pub findings: Vec<Finding>,
}

impl Surveyed {
    /// The contract's id.
    pub fn id(&self) -> Option<&str> {
        self.file.contract.as_ref()?.id.as_ref().map(|id| id.value.as_str())
    }
}

/// Checks the contracts of a group as `lint` does.
pub fn survey(found: &discover::Group, group: &Group) -> Survey {
    let settled: Vec<(Surveyed, Seen)> = found
        .candidates
        .par_iter()
        .enumerate()
        .filter_map(|(at, candidate)| settle(at, candidate, group))
        .collect();
    let mut files = Vec::new();
    let mut seen = Seen::default();
    for (surveyed, of_file) in settled {
        files.push(surveyed);
        seen.add(of_file);
    }
    let ids: HashMap<String, usize> =
        files.iter().enumerate().filter_map(|(at, file)| Some((file.id()?.to_owned(), at))).collect();
    let mut rest = Vec::new();
    for finding in super::shared(group, &mut seen, found.whole_roadmap) {
        match finding.contract.as_ref().and_then(|id| ids.get(id)) {
            Some(&at) => files[at].findings.push(finding),
            None if matches!(finding.lint.check, Check::UnusedWaiver(_)) => {}
            None => rest.push(finding),
        }
    }
    Survey { files, rest }
}

/// Reads and judges one file; none where it is no contract.
pub(super) fn settle(at: usize, candidate: &Candidate, group: &Group) -> Option<(Surveyed, Seen)> {
    let mut file = group.contract(candidate);
    if file.left_out {
        return None;
    }
    if file.problems.is_empty() {
        file.source = None;
        file.further = Vec::new();
    }
    let (mut findings, mut seen) = (Vec::new(), Seen::default());
    if let Some(contract) = file.contract.as_ref().filter(|contract| contract.status.is_linted()) {
        let checked = super::contract(contract, &group.waivers, &group.context());
        seen = checked.seen(file.problems.is_empty());
        findings = checked.findings;
    }
    Some((Surveyed { file, name: candidate.name.clone(), candidate: at, findings }, seen))
}
