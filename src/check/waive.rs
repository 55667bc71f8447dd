//! Which waiver covers which finding. A waiver that a lint finds fault with covers nothing.

use std::collections::{BTreeSet, HashMap};

use crate::delivery::Arrival;
use crate::input::decode::Text;
use crate::lint::context::LintContext;
use crate::lint::exception::Exception;
use crate::lint::finding::Finding;
use crate::lint::{Check, Level, Lint};
use crate::lints::LINTS;
use crate::model::waiver::Subject;
use crate::model::window::Date;
use crate::workspace::waivers::Waivers;

/// Marks the findings of a contract that a waiver covers, and adds what is wrong with waivers. Returns the waivers that
/// are about some finding, by their places.
pub(super) fn apply(
    waivers: &Waivers,
    findings: &mut Vec<Finding>,
    contract: &str,
    seller: Option<&Text>,
    context: &LintContext<'_>,
) -> Vec<usize> {
    let mut used = Vec::new();
    let mut faults = Vec::new();
    let mut by_subject: HashMap<(&str, Subject), Vec<usize>> = HashMap::new();
    for (place, finding) in findings.iter().enumerate() {
        by_subject.entry((finding.lint.name, finding.subject.clone())).or_default().push(place);
    }
    for (at, waiver, lint) in waivers.of(contract) {
        let Some(about) = by_subject.get(&(lint.name, waiver.subject.clone())) else { continue };
        used.push(at);
        let mut told = BTreeSet::new();
        for &place in about {
            let finding = &mut findings[place];
            let found = faults_of(&Exception { waiver, finding, seller, context });
            if finding.level == Level::Forbid {
                let said = finding.diagnostic.clone();
                finding.diagnostic =
                    said.note("there is a waiver for it, and no waiver covers what is forbidden");
            } else if found.is_empty() {
                finding.waived = Some(Box::new(waiver.clone()));
            }
            let is_on = |fault: &Finding| context.settings.level(fault.lint) > Level::Allow;
            faults.extend(found.into_iter().filter(is_on).filter(|fault| told.insert(fault.lint.name)));
        }
    }
    findings.append(&mut faults);
    used
}

/// The findings about waivers that are about no finding, of contracts that were checked in full, with settings that
/// were read in full.
pub(super) fn unused(
    waivers: &Waivers,
    used: &BTreeSet<usize>,
    checked: &BTreeSet<String>,
    context: &LintContext<'_>,
) -> Vec<Finding> {
    let open = waivers.all().enumerate().filter(|(at, (waiver, lint))| {
        !used.contains(at)
            && checked.contains(waiver.contract.value.as_str())
            && context.settings.level(lint) > Level::Allow
            // What is found in several contracts together may need one that was not checked.
            && !matches!(lint.check, Check::Portfolio(_))
    });
    open.flat_map(|(_, (waiver, _))| context.active.unused_waiver.iter().map(|word| word(waiver, context)))
        .collect()
}

/// What makes a waiver cover nothing of a finding: whether or not anybody wants to read of it.
pub fn faults_of(exception: &Exception<'_, '_>) -> Vec<Finding> {
    let fault =
        |lint: &&'static Lint| if let Check::Waiver(check) = lint.check { check(exception) } else { None };
    LINTS.iter().filter_map(fault).collect()
}

/// The latest day of delivery that a waiver for a finding should accept.
pub fn accepted(finding: &Finding) -> Option<Date> {
    match finding.arrival? {
        Arrival::By(day) => Some(day),
        Arrival::Today | Arrival::Never => None,
    }
}
