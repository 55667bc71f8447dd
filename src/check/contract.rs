//! One contract: its promises judged, its lints run, its findings with their levels and waivers.

use crate::delivery::{Delivery, Promise};
use crate::diagnostic::Problem;
use crate::lint::Case;
use crate::lint::context::{JudgedContract, LintContext};
use crate::lint::finding::Finding;
use crate::lint::portfolio;
use crate::model::contract::Contract;
use crate::model::waiver::Subject;
use crate::text::clean;
use crate::workspace::waivers::Waivers;

use super::levels::set_levels;
use super::shared::Seen;
use super::waive;

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

/// Judges a contract and runs every lint that looks at one. Of a deal that says what it was lost for, that is judged;
/// of a deal that is over nothing is looked for.
pub fn contract<'r>(contract: &'r Contract, waivers: &Waivers, context: &LintContext<'r>) -> Checked<'r> {
    let asked =
        if contract.lost_because.is_empty() { &contract.requirements } else { &contract.lost_because };
    let promises = asked.iter().map(|requirement| context.judge.promise(contract, requirement)).collect();
    let judged = JudgedContract { contract, promises };
    if !contract.status.is_linted() {
        return Checked {
            judged,
            findings: Vec::new(),
            problems: Vec::new(),
            waivers: Vec::new(),
            has_waivers: false,
        };
    }
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
    set_levels(&mut findings, context);
    let id = contract.id.as_ref().map(|id| id.value.as_str()).filter(|id| waivers.are_about(id));
    let used = match id {
        Some(id) => waive::apply(waivers, &mut findings, id, contract.seller.as_ref(), context),
        None => Vec::new(),
    };
    if id.is_some() {
        set_levels(&mut findings, context);
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

impl Checked<'_> {
    /// What is to be remembered of the contract; nothing of one that is over.
    ///
    /// `whole` tells that all of its file could be read: only then is a waiver that is about nothing unused.
    pub fn seen(&self, whole: bool) -> Seen {
        let JudgedContract { contract, promises } = &self.judged;
        if !contract.status.is_linted() {
            return Seen::default();
        }
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
            is_cut: false,
        }
    }
}
