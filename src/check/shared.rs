//! What contracts share: the lints that look at all of them together, at the roadmap and at waivers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::input::discover::UnlistedFile;
use crate::lint::context::LintContext;
use crate::lint::finding::Finding;
use crate::lint::portfolio::Party;
use crate::lint::waiver_case::ContractPlace;
use crate::model::roadmap::Roadmap;
use crate::model::waiver::{Subject, Waiver};
use crate::prose::documents::ContractDocuments;
use crate::text::{clean, plural};
use crate::workspace::amend::{Amendments, OutsideAgreement};
use crate::workspace::group::Group;
use crate::workspace::waivers::Waivers;

use super::facts::SharedFacts;
use super::family::Comparison;
use super::levels::set_levels;
use super::waive;

/// What is found of all contracts together where there are no others.
pub(crate) fn alone(group: &Group, facts: &SharedFacts) -> Vec<Finding> {
    settled(Comparison::alone(group, facts), &group.waivers, &group.context()).0
}

/// What the lints that look at the roadmap find of a feature, and of all that it depends on.
pub(crate) fn of_roadmap(group: &Group, feature: usize) -> Vec<Finding> {
    let context = group.context();
    let features = reached(context.roadmap, &BTreeSet::from([feature]));
    let mut findings: Vec<Finding> =
        context.active.roadmap.iter().flat_map(|check| check(&context, &features)).collect();
    set_levels(&mut findings, &context);
    findings
}

/// What is found of what contracts share: of all of them together, and by the lints that look at the roadmap, the waivers,
/// and what lies beside contracts. Without `whole_roadmap` only features that some contract reaches are looked at.
/// `elsewhere` knows the contracts of other groups.
pub(super) fn shared(
    group: &Group,
    facts: &mut SharedFacts,
    comparison: Comparison,
    whole_roadmap: bool,
    unlisted: &[&UnlistedFile],
    elsewhere: impl Fn(&Waiver) -> Option<ContractPlace>,
) -> Vec<Finding> {
    let context = group.context();
    // Before the waivers: `unused-waiver` must know those that are used here, too.
    let (mut findings, used) = settled(comparison, &group.waivers, &context);
    facts.waivers.extend(used);
    let features: Vec<usize> = if whole_roadmap {
        (0..context.roadmap.features.len()).collect()
    } else {
        reached(context.roadmap, &facts.features)
    };
    let mut of_files = waive::misplaced(&group.waivers, &elsewhere, &context);
    if !facts.is_cut && group.problems.is_empty() {
        of_files.extend(waive::unused(&group.waivers, &facts.waivers, &facts.contracts, &context));
    }
    of_files.extend(context.active.roadmap.iter().flat_map(|check| check(&context, &features)));
    let of_unlisted =
        unlisted.iter().flat_map(|file| context.active.unlisted.iter().map(|check| check(file)));
    of_files.extend(of_unlisted);
    set_levels(&mut of_files, &context);
    findings.append(&mut of_files);
    findings
}

/// What is off the standard in agreements that contracts of the run are under, and that are none of it themselves.
pub(crate) fn terms_outside(group: &Group, amendments: &Amendments, facts: &mut SharedFacts) -> Vec<Finding> {
    let context = group.context();
    let mut findings = Vec::new();
    for OutsideAgreement { contract, rests } in amendments.agreements() {
        // Of its terms alone: `Amendments::add_agreement` left its promises out.
        let checked = super::contract(contract, ContractDocuments::NONE, &group.waivers, &context);
        facts.waivers.extend(checked.shared_facts(false).waivers);
        let of_terms = checked.findings.into_iter();
        let of_terms = of_terms.filter(|finding| matches!(finding.subject, Subject::Term(_)));
        let further = (rests.len() > 1)
            .then(|| format!("{} here are under it", plural(rests.len(), "contract", "contracts")));
        let first =
            rests.first().map(|rest| (*rest, "under this agreement, which is not checked itself here"));
        findings.extend(of_terms.map(|finding| finding.labels(first).notes(&further)));
    }
    findings
}

/// What was found of all contracts together, waived as what is found of a contract is; and the waivers that are about some
/// of it, by their places.
fn settled(
    comparison: Comparison,
    waivers: &Waivers,
    context: &LintContext<'_>,
) -> (Vec<Finding>, Vec<usize>) {
    let Comparison { mut findings, parties } = comparison;
    set_levels(&mut findings, context);
    let parties: BTreeMap<&str, &Arc<Party>> = parties
        .iter()
        .map(|party| (party.id.as_str(), party))
        .filter(|(id, _)| waivers.are_about(id))
        .collect();
    let mut by_contract: BTreeMap<Option<String>, Vec<Finding>> = BTreeMap::new();
    for finding in findings {
        by_contract.entry(finding.contract.clone()).or_default().push(finding);
    }
    let mut used = Vec::new();
    for (id, party) in parties {
        let Some(own) = by_contract.get_mut(&Some(clean(id).into_owned())) else { continue };
        used.extend(waive::apply(waivers, own, party, context));
    }
    let mut findings: Vec<Finding> = by_contract.into_values().flatten().collect();
    set_levels(&mut findings, context);
    (findings, used)
}

/// The features that contracts reach, dependencies included, in the order of the roadmap.
fn reached(roadmap: &Roadmap, named: &BTreeSet<usize>) -> Vec<usize> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<usize> = named.iter().copied().collect();
    while let Some(at) = open.pop() {
        if reached.insert(at) {
            let offers = &roadmap.features[at].offers;
            let dependencies = offers.iter().flat_map(|offer| &offer.depends_on);
            open.extend(dependencies.filter_map(|dependency| dependency.target.feature()));
        }
    }
    reached.into_iter().collect()
}
