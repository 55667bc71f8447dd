//! The run: contracts to findings. Knows levels; knows no output.

pub mod finding;
pub mod group;
pub mod levels;
pub mod portfolio;
pub mod run;
pub mod waive;

use std::collections::{BTreeMap, BTreeSet};

use crate::delivery::{Promise, Row};
use crate::diagnostic::Problem;
use crate::lint::{Case, Check, Level, Lint};
use crate::lints::LINTS;
use crate::model::contract::Contract;
use crate::model::roadmap::{Reference, Roadmap};
use crate::model::waiver::Subject;
use crate::text::clean;

use finding::Finding;
use portfolio::{Commitment, Party, Portfolio};
use run::{JudgedContract, Run};
use waive::Waivers;

/// What came of one contract.
pub struct Checked<'r> {
    /// The contract with its verdicts.
    pub judged: JudgedContract<'r>,
    /// What its lints found, in the order of the file.
    pub findings: Vec<Finding>,
    /// What its lints could not compare.
    pub problems: Vec<Problem>,
    /// The waivers that are about some finding.
    pub used_waivers: Vec<usize>,
}

/// Judges a contract and runs every lint that looks at one.
pub fn contract<'r>(contract: &'r Contract, waivers: &Waivers, run: &Run<'r>) -> Checked<'r> {
    let promises: Vec<Promise<'r>> =
        contract.requirements.iter().map(|requirement| run.judge.promise(contract, requirement)).collect();
    let judged = JudgedContract { contract, promises };
    let mut findings = Vec::new();
    for promise in &judged.promises {
        let mut of_promise: Vec<Finding> = delivery(promise, run).into_iter().collect();
        for lint in active(run) {
            if let Check::Promise(check) = lint.check {
                of_promise.extend(check(promise, run));
            }
        }
        for finding in &mut of_promise {
            finding.subject = Subject::Requirement(promise.requirement.name.clone());
        }
        findings.append(&mut of_promise);
    }
    let mut problems = Vec::new();
    for lint in active(run) {
        match lint.check {
            Check::Contract(check) => findings.extend(check(&judged, run)),
            Check::Comparison(check) => match check(&judged, run) {
                Ok(found) => findings.extend(found),
                Err(problem) => problems.push(problem),
            },
            _ => {}
        }
    }
    for (name, term) in &contract.terms {
        for lint in active(run) {
            if let Check::Term(check) = lint.check
                && let Some(finding) = check(name, term, contract, run)
            {
                findings.push(Finding { subject: Subject::Term(name.value.clone()), ..finding });
            }
        }
    }
    for finding in &mut findings {
        finding.contract = contract.id.as_ref().map(|id| clean(&id.value).into_owned());
    }
    finish(&mut findings, run);
    let used_waivers = match &contract.id {
        Some(id) => waivers.apply(&mut findings, &id.value, contract.seller.as_ref(), run),
        None => Vec::new(),
    };
    finish(&mut findings, run);
    Checked { judged, findings, problems, used_waivers }
}

/// Runs the lints that look at the roadmap, for these of its features.
pub fn roadmap(run: &Run<'_>, features: &[usize]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for lint in active(run) {
        if let Check::Roadmap(check) = lint.check {
            findings.extend(check(run, features));
        }
    }
    finish(&mut findings, run);
    findings
}

/// The features that contracts reach, dependencies included.
pub fn reached(roadmap: &Roadmap, named: &BTreeSet<usize>) -> BTreeSet<usize> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<usize> = named.iter().copied().collect();
    while let Some(at) = open.pop() {
        if reached.insert(at) {
            let offers = &roadmap.features[at].offers;
            open.extend(offers.iter().flat_map(|offer| &offer.depends_on).filter_map(|dependency| {
                match dependency.target {
                    Reference::Feature(to) => Some(to),
                    _ => None,
                }
            }));
        }
    }
    reached
}

/// The one finding about a promise's delivery: of all rows that hold, the one whose lint has the highest level;
/// the worse row, and then the first judgement, where levels are equal.
fn delivery(promise: &Promise<'_>, run: &Run<'_>) -> Option<Finding> {
    let rows = promise
        .judgements
        .iter()
        .rev()
        .flat_map(|judgement| judgement.rows().map(move |row| (judgement, row)));
    let candidates = rows.filter_map(|(judgement, row)| {
        let (lint, word) = words_for(row)?;
        let level = run.settings.level(lint);
        (level > Level::Allow).then_some((level, row, judgement, word))
    });
    let (_, _, judgement, word) = candidates.max_by_key(|&(level, row, ..)| (level, row))?;
    let finding = word(&Case { promise, judgement, run });
    Some(Finding { expected: judgement.expected, ..finding })
}

type Word = fn(&Case<'_, '_>) -> Finding;

fn words_for(row: Row) -> Option<(&'static Lint, Word)> {
    LINTS.iter().find_map(|lint| match lint.check {
        Check::Delivery(of, word) if of == row => Some((*lint, word)),
        _ => None,
    })
}

fn active(run: &Run<'_>) -> impl Iterator<Item = &'static Lint> {
    LINTS.iter().copied().filter(|lint| run.settings.level(lint) > Level::Allow)
}

/// Runs the lints that look at all contracts together. Their findings are waived as those of a contract are.
pub fn portfolio(commitments: &[Commitment], waivers: &Waivers, run: &Run<'_>) -> (Vec<Finding>, Vec<usize>) {
    let mut findings = Vec::new();
    for lint in active(run) {
        if let Check::Portfolio(check) = lint.check {
            findings.extend(check(&Portfolio { commitments }, run));
        }
    }
    finish(&mut findings, run);
    let mut used = Vec::new();
    let parties: BTreeMap<&str, &Party> = commitments
        .iter()
        .map(|commitment| (commitment.contract.id.as_str(), &*commitment.contract))
        .collect();
    for (id, party) in parties {
        let (mut own, others) =
            findings.into_iter().partition(|finding| finding.contract.as_deref() == Some(id));
        findings = others;
        used.extend(waivers.apply(&mut own, id, party.seller.as_ref(), run));
        findings.append(&mut own);
    }
    finish(&mut findings, run);
    (findings, used)
}

/// The findings about waivers that cover nothing.
pub fn unused_waivers(
    waivers: &Waivers,
    used: &BTreeSet<usize>,
    checked: &BTreeSet<String>,
    run: &Run<'_>,
) -> Vec<Finding> {
    let mut findings = waivers.unused(used, checked, run);
    finish(&mut findings, run);
    findings
}

/// Gives findings their levels, says who set those, and puts them in the order of the files.
fn finish(findings: &mut [Finding], run: &Run<'_>) {
    for finding in findings.iter_mut() {
        let setting = run.settings.of(finding.lint);
        finding.level = setting.level;
        finding.origin = setting.origin.clone();
    }
    findings.sort_by(|one, other| {
        let place = |finding: &Finding| finding.diagnostic.primary().map(|label| label.span);
        (place(one), one.lint.name).cmp(&(place(other), other.lint.name))
    });
}
