//! The run: contracts to findings. Knows levels; knows no output.

pub mod known;
pub mod outcome;
pub mod survey;
pub mod tally;
#[cfg(test)]
mod tests;
pub mod waive;

use std::collections::{BTreeMap, BTreeSet};

use crate::delivery::{Delivery, Promise};
use crate::diagnostic::Problem;
use crate::lint::Case;
use crate::lint::context::{JudgedContract, LintContext};
use crate::lint::finding::Finding;
use crate::lint::portfolio::{self, Commitment, Party, Portfolio};
use crate::model::contract::Contract;
use crate::model::roadmap::Roadmap;
use crate::model::waiver::Subject;
use crate::text::clean;
use crate::workspace::group::Group;
use crate::workspace::waivers::Waivers;

/// What came of checking one contract.
pub struct Checked<'r> {
    /// The contract with its verdicts.
    pub judged: JudgedContract<'r>,
    /// What lints found, in the order of the file.
    pub findings: Vec<Finding>,
    /// What lints could not compare.
    pub problems: Vec<Problem>,
    waivers: Vec<usize>,
    has_waivers: bool,
}

/// What must be known of all contracts of a group before what they share can be linted. It grows with what is
/// promised and not there, not with what is signed.
#[derive(Debug, Default)]
pub struct Seen {
    /// For each feature of the roadmap, up to the last one that some contract names, whether one does.
    features: Vec<bool>,
    /// Waivers that are about some finding.
    waivers: BTreeSet<usize>,
    /// Contracts that were judged in full and that some waiver is about.
    contracts: BTreeSet<String>,
    /// What is promised and not there.
    commitments: Vec<Commitment>,
}

impl Seen {
    /// Adds what was seen of further contracts.
    pub fn add(&mut self, mut other: Self) {
        if self.features.len() < other.features.len() {
            std::mem::swap(&mut self.features, &mut other.features);
        }
        for (known, named) in self.features.iter_mut().zip(other.features) {
            *known |= named;
        }
        self.waivers.extend(other.waivers);
        self.contracts.extend(other.contracts);
        self.commitments.append(&mut other.commitments);
    }
}

impl Checked<'_> {
    /// What is to be remembered of the contract.
    ///
    /// `whole` tells that all of its file could be read: only then is a waiver that is about nothing unused.
    pub fn seen(&self, whole: bool) -> Seen {
        let JudgedContract { contract, promises } = &self.judged;
        let promised = contract.requirements.iter().flat_map(|requirement| &requirement.features);
        let mut features = Vec::new();
        for at in promised.filter_map(|promised| promised.target.feature()) {
            if features.len() <= at {
                features.resize(at + 1, false);
            }
            features[at] = true;
        }
        let judged = promises.iter().all(|promise| promise.delivery() != Some(Delivery::Unresolved));
        Seen {
            features,
            waivers: self.waivers.iter().copied().collect(),
            contracts: contract
                .id
                .iter()
                .filter(|_| whole && judged && self.has_waivers)
                .map(|id| id.value.to_string())
                .collect(),
            commitments: portfolio::commitments(&self.judged),
        }
    }
}

/// Judges a contract. Of a deal that says what it was lost for, that is judged.
pub fn judged<'r>(contract: &'r Contract, context: &LintContext<'r>) -> JudgedContract<'r> {
    let asked =
        if contract.lost_because.is_empty() { &contract.requirements } else { &contract.lost_because };
    let promises = asked.iter().map(|requirement| context.judge.promise(contract, requirement)).collect();
    JudgedContract { contract, promises }
}

/// Judges a contract and runs every lint that looks at one.
pub fn contract<'r>(contract: &'r Contract, waivers: &Waivers, context: &LintContext<'r>) -> Checked<'r> {
    let judged = judged(contract, context);
    let mut findings = Vec::new();
    for promise in &judged.promises {
        findings.extend(of_promise(promise, context));
    }
    let mut problems = Vec::new();
    for check in &context.active.contract {
        match check(&judged, context) {
            Ok(found) => findings.extend(found),
            Err(problem) => problems.push(problem),
        }
    }
    for (name, term) in &contract.terms {
        let found = context.active.term.iter().filter_map(|check| check(name, term, contract, context));
        findings
            .extend(found.map(|found| Finding { subject: Subject::Term(name.value.to_string()), ..found }));
    }
    for finding in &mut findings {
        finding.contract = contract.id.as_ref().map(|id| clean(&id.value).into_owned());
    }
    finish(&mut findings, context);
    let id = contract.id.as_ref().map(|id| id.value.as_str()).filter(|id| waivers.are_about(id));
    let used = match id {
        Some(id) => waive::apply(waivers, &mut findings, id, contract.seller.as_ref(), context),
        None => Vec::new(),
    };
    if id.is_some() {
        finish(&mut findings, context);
    }
    Checked { judged, findings, problems, waivers: used, has_waivers: id.is_some() }
}

fn of_promise(promise: &Promise<'_>, context: &LintContext<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = delivery(promise, context).into_iter().collect();
    findings.extend(context.active.promise.iter().filter_map(|check| check(promise, context)));
    for finding in &mut findings {
        finding.subject = Subject::Requirement(promise.requirement.name.to_string());
        if let Some(replaced) = promise.requirement.replaces {
            finding.diagnostic = finding.diagnostic.clone().label(replaced, "replaced by the amendment");
        }
    }
    findings
}

/// Runs the lints that look at what contracts share: all of them together, the roadmap, the waivers. Without
/// `whole_roadmap` only features that some contract reaches are looked at.
pub fn shared(group: &Group, seen: &mut Seen, whole_roadmap: bool) -> Vec<Finding> {
    let context = group.context();
    let (mut findings, used) = portfolio(&seen.commitments, &group.waivers, &context);
    seen.waivers.extend(used);
    let features: Vec<usize> = if whole_roadmap {
        (0..context.roadmap.features.len()).collect()
    } else {
        reached(context.roadmap, &seen.features)
    };
    let mut of_files = if group.problems.is_empty() {
        waive::unused(&group.waivers, &seen.waivers, &seen.contracts, &context)
    } else {
        // What could not be read may be what a waiver's finding rests on.
        Vec::new()
    };
    of_files.extend(context.active.roadmap.iter().flat_map(|check| check(&context, &features)));
    finish(&mut of_files, &context);
    findings.append(&mut of_files);
    findings
}

/// Runs the lints that look at all contracts together. Their findings are waived as those of a contract are.
fn portfolio(
    commitments: &[Commitment],
    waivers: &Waivers,
    context: &LintContext<'_>,
) -> (Vec<Finding>, Vec<usize>) {
    let portfolio = Portfolio { commitments };
    let mut findings: Vec<Finding> =
        context.active.portfolio.iter().flat_map(|check| check(&portfolio, context)).collect();
    finish(&mut findings, context);
    let parties: BTreeMap<&str, &Party> = commitments
        .iter()
        .map(|commitment| (commitment.contract.id.as_str(), &*commitment.contract))
        .filter(|(id, _)| waivers.are_about(id))
        .collect();
    let mut used = Vec::new();
    for (id, party) in parties {
        let shown = clean(id);
        let of_party = |finding: &Finding| finding.contract.as_deref() == Some(&*shown);
        let (mut own, others) = findings.into_iter().partition(of_party);
        findings = others;
        used.extend(waive::apply(waivers, &mut own, id, party.seller.as_ref(), context));
        findings.append(&mut own);
    }
    finish(&mut findings, context);
    (findings, used)
}

/// The features that contracts reach, dependencies included, in the order of the roadmap.
fn reached(roadmap: &Roadmap, named: &[bool]) -> Vec<usize> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<usize> = (0..).zip(named).filter(|(_, named)| **named).map(|(at, _)| at).collect();
    while let Some(at) = open.pop() {
        if reached.insert(at) {
            let offers = &roadmap.features[at].offers;
            let dependencies = offers.iter().flat_map(|offer| &offer.depends_on);
            open.extend(dependencies.filter_map(|dependency| dependency.target.feature()));
        }
    }
    reached.into_iter().collect()
}

/// The one finding about a promise's delivery: of all rows that hold, the one whose lint has the highest level;
/// where levels are equal the worse row, then the worst of the cells and features, then the first. A waiver for it
/// covers them all, and so is held against the last of them to come.
fn delivery(promise: &Promise<'_>, context: &LintContext<'_>) -> Option<Finding> {
    let rows = promise
        .judgements
        .iter()
        .rev()
        .flat_map(|judgement| judgement.rows().map(move |row| (judgement, row)));
    let candidates = rows.filter_map(|(judgement, row)| {
        let (level, word) = context.active.words(row)?;
        Some((level, row, judgement, word))
    });
    let candidates: Vec<_> = candidates.collect();
    let arrival = candidates.iter().map(|(_, _, judgement, _)| judgement.arrival()).max();
    let (_, _, judgement, word) = candidates
        .into_iter()
        .max_by_key(|&(level, row, judgement, _)| (level, judgement.rank(row), judgement.severity()))?;
    let finding = word(&Case { promise, judgement, context });
    Some(Finding { arrival, ..finding })
}

/// Gives findings their levels, says who set those, and puts them in the order of the files.
fn finish(findings: &mut [Finding], context: &LintContext<'_>) {
    for finding in findings.iter_mut() {
        let setting = context.settings.of(finding.lint);
        finding.level = setting.level;
        finding.origin = setting.origin.clone();
    }
    findings.sort_by(|one, other| {
        let place = |finding: &Finding| finding.diagnostic.primary().map(|label| label.span);
        (place(one), one.lint.name).cmp(&(place(other), other.lint.name))
    });
}
