//! Which waiver covers which finding. A waiver that a lint finds fault with covers nothing.

use std::collections::{BTreeSet, HashMap};

use crate::lint::context::LintContext;
use crate::lint::finding::Finding;
use crate::lint::portfolio::Party;
use crate::lint::waiver_case::{ContractPlace, WaiverCase};
use crate::lint::{Check, Level, Lint};
use crate::lints::LINTS;
use crate::model::matter::Matter;
use crate::model::waiver::{Expiry, Subject, Waiver};
use crate::model::window::Window;
use crate::workspace::waivers::Waivers;

/// Marks the findings of a contract that a waiver covers, and adds what is wrong with waivers. Returns the waivers that
/// are about some finding, by their places.
pub(super) fn apply(
    waivers: &Waivers,
    findings: &mut Vec<Finding>,
    party: &Party,
    context: &LintContext<'_>,
) -> Vec<usize> {
    let mut used = Vec::new();
    let mut faults = Vec::new();
    let mut by_subject: HashMap<(&str, Subject), Vec<usize>> = HashMap::new();
    for (place, finding) in findings.iter().enumerate() {
        by_subject.entry((finding.lint.name, finding.subject.clone())).or_default().push(place);
    }
    let mut alike: HashMap<(&str, &Subject), Vec<&Waiver>> = HashMap::new();
    for (_, waiver, lint) in waivers.of(&party.id) {
        alike.entry((lint.name, &waiver.subject)).or_default().push(waiver);
    }
    for (at, waiver, lint) in waivers.of(&party.id) {
        let mut others = alike[&(lint.name, &waiver.subject)].iter().copied();
        let beside = others.find(|other| other.place != waiver.place);
        let Some(about) = by_subject.get(&(lint.name, waiver.subject.clone())) else { continue };
        // A requirement that names several features has several findings; what is wrong with the waiver is told once.
        let mut told = BTreeSet::new();
        for &place in about {
            let finding = &mut findings[place];
            if !is_about(waiver, lint, finding, context) {
                continue;
            }
            // Also where it covers nothing: `unused-waiver` is about waivers without a finding, others tell the
            // fault.
            if used.last() != Some(&at) {
                used.push(at);
            }
            let case = WaiverCase { waiver, finding, party, beside, context };
            let mut found = faults_of(&case);
            // Told at the finding: the waiver itself is in order, and would hold were the level lower.
            if finding.level == Level::Forbid {
                let diagnostic = finding.diagnostic.clone();
                finding.diagnostic =
                    diagnostic.note("there is a waiver for it, and no waiver covers what is forbidden");
            } else if found.is_empty() {
                found = doubts_of(&case);
                let mut waiver = waiver.clone();
                // `expires = "end"` is told as the day that it comes to for this contract.
                if let Some(last) = waiver.expires.value.last_day(party.end) {
                    waiver.expires.value = Expiry::On(Window::day(last));
                }
                finding.waived = Some(Box::new(waiver));
            }
            let is_on = |fault: &Finding| context.settings.level(fault.lint) > Level::Allow;
            faults.extend(found.into_iter().filter(is_on).filter(|fault| told.insert(fault.lint.name)));
        }
    }
    findings.append(&mut faults);
    used
}

/// The findings about unused waivers, of contracts and settings that were read in full.
pub(super) fn unused(
    waivers: &Waivers,
    used: &BTreeSet<usize>,
    checked: &BTreeSet<String>,
    context: &LintContext<'_>,
) -> Vec<Finding> {
    let open = waivers.all().enumerate().filter(|(at, (waiver, lint))| {
        !used.contains(at)
            // A run over one contract says nothing of the waivers of others.
            && checked.contains(waiver.contract.value.as_str())
            && context.settings.level(lint) > Level::Allow
            // What is found in several contracts together may need one that was not checked.
            && !matches!(lint.check, Check::Portfolio(_))
    });
    open.flat_map(|(_, (waiver, _))| context.active.unused_waiver.iter().map(|word| word(waiver, None)))
        .collect()
}

/// The findings about waivers whose contracts other waivers are for: `elsewhere` knows where they are.
pub(super) fn misplaced(
    waivers: &Waivers,
    elsewhere: &impl Fn(&Waiver) -> Option<ContractPlace>,
    context: &LintContext<'_>,
) -> Vec<Finding> {
    let placed = waivers.all().filter_map(|(waiver, _)| Some((waiver, elsewhere(waiver)?)));
    placed
        .flat_map(|(waiver, place)| {
            context.active.unused_waiver.iter().map(move |word| word(waiver, Some(&place)))
        })
        .collect()
}

/// Whether a waiver is about a finding of its contract.
pub(crate) fn is_about(waiver: &Waiver, lint: &Lint, finding: &Finding, context: &LintContext<'_>) -> bool {
    let is_for = |feature: &String| waiver.is_for(feature, context.roadmap);
    finding.lint.name == lint.name
        && finding.subject == waiver.subject
        && is_about_words(waiver, finding)
        && finding.feature.as_ref().map_or(waiver.features.is_empty(), is_for)
}

/// Whether a waiver is about the words that a finding is about, if it is about any: words that were changed since are others,
/// and no decision about a requirement or a term is one about what somebody said of it.
fn is_about_words(waiver: &Waiver, finding: &Finding) -> bool {
    match (waiver.of.as_ref().map(|of| &of.value), &finding.words) {
        (None, _) => true,
        (Some(Matter::Words(known)), Some(words)) => known.iter().any(|known| *known.value == **words),
        (Some(of), words) => words.is_none() && !matches!(of, Matter::Words(_)),
    }
}

/// What makes a waiver cover nothing of a finding. Lints that are allowed are asked, too: `-A expired-waiver` must not
/// revive what has expired.
pub(crate) fn faults_of(case: &WaiverCase<'_, '_>) -> Vec<Finding> {
    let fault = |lint: &&'static Lint| if let Check::Waiver(check) = lint.check { check(case) } else { None };
    LINTS.iter().filter_map(fault).collect()
}

/// What is to be put right about a waiver that covers a finding.
fn doubts_of(case: &WaiverCase<'_, '_>) -> Vec<Finding> {
    let doubt = |lint: &&'static Lint| {
        if let Check::CoveringWaiver(check) = lint.check { check(case) } else { None }
    };
    LINTS.iter().filter_map(doubt).collect()
}

#[cfg(test)]
mod tests;
