//! One contract: its promises judged, its lints run, its findings with their levels and waivers.

use std::collections::HashMap;
use std::sync::Arc;

use crate::delivery::{Delivery, Judgement, Promise, Row};
use crate::diagnostic::Problem;
use crate::lint::Level;
use crate::lint::case::{Case, PromiseCase, TermCase};
use crate::lint::context::{JudgedContract, LintContext};
use crate::lint::document_case::DocumentsCase;
use crate::lint::finding::Finding;
use crate::lint::obstacle::Obstacle;
use crate::lint::portfolio::{self, Party};
use crate::lint::said::{ContractDates, SaidPromise, by_requirement};
use crate::model::contract::{Contract, Requirement, Worsening};
use crate::model::term::AgreedTerm;
use crate::model::waiver::Subject;
use crate::model::window::Date;
use crate::prose::documents::ContractDocuments;
use crate::text::clean;
use crate::workspace::waivers::Waivers;

use super::facts::SharedFacts;
use super::levels::set_levels;
use super::waive;

/// What came of checking one contract.
pub(crate) struct CheckedContract<'r> {
    /// The contract with its verdicts.
    pub judged: JudgedContract<'r>,
    /// What lints found, in the order of the file.
    pub findings: Vec<Finding>,
    /// What lints could not compare.
    pub problems: Vec<Problem>,
    waivers: Vec<usize>,
    /// What waivers are held against, where some are about it.
    party: Option<Arc<Party>>,
    today: Date,
}

/// Judges a contract and runs every lint that looks at one. A lost deal is judged by its reasons; deals that are over
/// are not linted.
pub(crate) fn contract<'r>(
    contract: &'r Contract,
    documents: &'r ContractDocuments,
    waivers: &Waivers,
    context: &LintContext<'r>,
) -> CheckedContract<'r> {
    // What a lost deal was lost for is demand, which `gaps` counts.
    let asked =
        if contract.lost_because.is_empty() { &contract.requirements } else { &contract.lost_because };
    let promises: Vec<Promise<'_>> =
        asked.iter().map(|requirement| context.judge.promise(contract, requirement)).collect();
    let (obstacles, chances, chance) = (Vec::new(), Vec::new(), None);
    let mut judged = JudgedContract { contract, documents, promises, obstacles, chances, chance };
    let (mut findings, mut problems, mut used) = (Vec::new(), Vec::new(), Vec::new());
    if !contract.status.is_linted() {
        return CheckedContract {
            judged,
            findings,
            problems,
            waivers: used,
            party: None,
            today: context.today,
        };
    }
    let promises = &judged.promises;
    judged.obstacles = promises.iter().map(|promise| Obstacle::all(promise, context.active)).collect();
    let dates = ContractDates::new(contract, context);
    let said = dates.promises(documents, context);
    if context.tells_chances {
        let forecaster = context.forecaster();
        judged.chances = promises.iter().map(|promise| forecaster.of_promise(promise)).collect();
        judged.chance = forecaster.of_contract(promises);
    }
    let by_requirement = by_requirement(contract, &said);
    for (at, (promise, obstacles)) in judged.promises.iter().zip(&judged.obstacles).enumerate() {
        let said = by_requirement.get(&at).map_or(&[][..], Vec::as_slice);
        findings.extend(of_promise(promise, obstacles, said, &dates, context));
    }
    for check in &context.active.contract {
        match check(&judged, context) {
            Ok(found) => findings.extend(found),
            Err(problem) => problems.push(problem),
        }
    }
    if !documents.is_empty() {
        let case = DocumentsCase { judged: &judged, promises: &said, context };
        findings.extend(context.active.documents.iter().flat_map(|check| check(&case)));
    }
    for term in &contract.terms {
        let case = TermCase { term, contract, context };
        let found = context.active.term.iter().filter_map(|check| check(&case));
        // What is decided by the contract's own fees, though an agreement says it, or what nobody else judges.
        let under = contract.under.as_ref().filter(|_| term.name.span.file != contract.file);
        let under = under.map(|under| (under.span, "under this agreement"));
        findings.extend(found.map(|finding| finding.labels(under)));
    }
    for (term, worsening) in &contract.worsened_terms {
        let case = TermCase { term, contract: &worsening.contract, context };
        let found = context.active.term.iter().filter_map(|check| check(&case));
        findings.extend(found.map(|finding| term_at_amendment(finding, term, worsening)));
    }
    // Levels come first: no waiver covers what is forbidden.
    set_levels(&mut findings, context);
    let id = contract.id.as_ref().map(|id| id.value.as_str()).filter(|id| waivers.are_about(id));
    let standard = |name: &str| context.roadmap.term(name);
    let party = id.and_then(|id| Party::of(contract, &waivers.subjects(id), standard)).map(Arc::new);
    if let Some(party) = &party {
        used = waive::apply(waivers, &mut findings, party, context);
        // Once more, for the findings about waivers, which stand in other files.
        set_levels(&mut findings, context);
    }
    // Last, since a waiver may have been found at fault by then.
    mark_waived(&mut judged, &findings);
    CheckedContract { judged, findings, problems, waivers: used, party, today: context.today }
}

/// Marks the obstacles of which a finding is waived.
fn mark_waived(judged: &mut JudgedContract<'_>, findings: &[Finding]) {
    let mut waived = HashMap::new();
    for finding in findings {
        if let (Some(waiver), Subject::Requirement(name)) = (&finding.waived, &finding.subject) {
            waived.insert((finding.lint.name, name.as_str(), finding.feature.as_deref()), waiver);
        }
    }
    if waived.is_empty() {
        return;
    }
    for (promise, obstacles) in judged.promises.iter().zip(&mut judged.obstacles) {
        for obstacle in obstacles {
            // A finding has its feature made safe to show, and is looked up by that.
            let feature = clean(promise.judgements[obstacle.cells[0]].id());
            let about = (obstacle.lint.name, promise.requirement.name.as_str(), Some(&*feature));
            obstacle.waived = waived.get(&about).map(|waiver| (*waiver).clone());
        }
    }
}

fn of_promise<'r>(
    promise: &Promise<'r>,
    obstacles: &[Obstacle],
    said: &[SaidPromise<'_>],
    dates: &ContractDates<'r>,
    context: &LintContext<'r>,
) -> Vec<Finding> {
    let mut findings = of_obstacles(promise, obstacles, context);
    let case = PromiseCase { promise, said, dates, context };
    findings.extend(context.active.promise.iter().filter_map(|check| check(&case)));
    findings.extend(context.active.prose.iter().flat_map(|check| check(&case)));
    for cells in promise.judgements.chunk_by(|one, other| std::ptr::eq(one.written, other.written)) {
        let case = Case { promise, judgement: &cells[0], row: None, cells: &Vec::from_iter(cells), context };
        findings.extend(context.active.feature.iter().filter_map(|check| check(&case)));
    }
    let requirement = promise.requirement;
    let replaced = requirement.replaces.map(|replaced| (replaced, "replaced by the amendment"));
    let strength = requirement
        .strength
        .map(|strength| format!("the clause promises {}, and counts as any other", strength.words()));
    let told = findings.into_iter().map(|finding| finding.labels(replaced).notes(&strength));
    match &requirement.worsening {
        None => told.collect(),
        Some(worsening) => told.map(|finding| at_amendment(finding, promise, worsening)).collect(),
    }
}

/// Moves a finding about words that an amendment leaves as they are to the amendment: only that can be changed.
fn at_amendment(finding: Finding, promise: &Promise<'_>, worsening: &Worsening) -> Finding {
    let name = &promise.requirement.name;
    let instead = match &worsening.order {
        None => format!("or state `{name}` in the amendment, with words that can be kept"),
        Some(order) => format!(
            "or state `for` in `{order}`, by an amendment of it: that goes before what the agreement says"
        ),
    };
    finding.first_label(worsening.amends, leaves(name)).help(instead)
}

/// Moves a finding about a term to the amendment whose fees make it worse.
fn term_at_amendment(finding: Finding, term: &AgreedTerm, worsening: &Worsening) -> Finding {
    let name = term.name.value.trim();
    match &worsening.order {
        None => finding
            .first_label(worsening.amends, leaves(name))
            .help(format!("or state `{name}` in the amendment, with what is standard by its fees")),
        Some(order) => {
            let label = format!("judged by the fees of `{order}`, which is under what this amends");
            finding.about(order).first_label(worsening.amends, label)
        }
    }
}

fn leaves(name: &str) -> String {
    format!("leaves `{name}` as it is, which is worse off with this amendment")
}

/// The findings about obstacles: one for each lint and feature, which names all cells and shows the worst. A waiver for it
/// covers them all, and so is held against the last of them to come.
fn of_obstacles(promise: &Promise<'_>, obstacles: &[Obstacle], context: &LintContext<'_>) -> Vec<Finding> {
    let mut groups: Vec<(Row, Vec<&Judgement<'_>>)> = Vec::new();
    let mut places = HashMap::new();
    for obstacle in obstacles.iter().filter(|obstacle| obstacle.level > Level::Allow) {
        let cells = obstacle.cells.iter().map(|&at| &promise.judgements[at]);
        let feature = promise.judgements[obstacle.cells[0]].written;
        // `Past` and `Missed` stand for rows of existence and of time: two obstacles, and one finding.
        let place = *places.entry((obstacle.row, std::ptr::from_ref(feature))).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, others)) => others.extend(cells),
            None => groups.push((obstacle.row, cells.collect())),
        }
    }
    let findings = groups.iter().filter_map(|(row, cells)| {
        // `max_by_key` takes the last of several that are equal; the first one in the file is to be shown.
        let judgement = cells.iter().rev().max_by_key(|judgement| judgement.severity_by(*row))?;
        let word = context.active.wording(*row)?.word;
        Some(word(&Case { promise, judgement, row: Some(*row), cells, context }))
    });
    findings.collect()
}

impl CheckedContract<'_> {
    /// What the lints of all contracts need to know of this one; nothing of one that is over.
    ///
    /// `whole` tells that all of its file could be read: only then is a waiver that is about nothing unused.
    pub(crate) fn shared_facts(&self, whole: bool) -> SharedFacts {
        let JudgedContract { contract, promises, .. } = &self.judged;
        if !contract.status.is_linted() {
            return SharedFacts::default();
        }
        let judged = promises.iter().all(|promise| promise.delivery() != Some(Delivery::Unresolved));
        SharedFacts {
            features: contract.requirements.iter().flat_map(Requirement::known_features).collect(),
            waivers: self.waivers.iter().copied().collect(),
            contracts: contract
                .id
                .iter()
                .filter(|_| whole && judged && self.party.is_some())
                .map(|id| id.value.to_string())
                .collect(),
            promises: portfolio::promises(&self.judged, self.party.as_ref()),
            custom: portfolio::custom_work(&self.judged, self.party.as_ref(), self.today),
            is_cut: false,
        }
    }
}
