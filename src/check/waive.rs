//! Which waiver covers which finding. A waiver that a lint finds fault with covers nothing.

use std::collections::{BTreeSet, HashMap};

use crate::delivery::Arrival;
use crate::diagnostic::Problem;
use crate::input::decode::{Items, Text};
use crate::input::records::WaiversRecord;
use crate::lint::exception::Exception;
use crate::lint::finding::Finding;
use crate::lint::run::Run;
use crate::lint::{Check, Level, Lint};
use crate::lints::{self, LINTS};
use crate::model::waiver::Waiver;
use crate::model::window::Date;
use crate::text;

/// The waivers of a group.
#[derive(Debug, Default)]
pub struct Waivers {
    all: Vec<(Waiver, &'static Lint)>,
    by_contract: HashMap<String, Vec<usize>>,
}

impl Waivers {
    /// Sorts waivers by contract. A lint that has no date to accept is reported, one that does not exist has been.
    pub fn new(waivers: Vec<Waiver>, problems: &mut Vec<Problem>) -> Self {
        let mut known = Self::default();
        for waiver in waivers {
            let Some(lint) = lints::find(&waiver.lint.value) else { continue };
            if let Some(accepts) = waiver.accepts.filter(|_| !lint.is_about_a_date()) {
                problems.push(
                    Problem::at(
                        accepts.span,
                        format!("`{}` is not about a date", lint.name),
                        "no date to accept",
                    )
                    .help("remove `accepts`"),
                );
                continue;
            }
            known.by_contract.entry(waiver.contract.value.to_string()).or_default().push(known.all.len());
            known.all.push((waiver, lint));
        }
        known
    }

    /// Whether any waiver is about a contract.
    pub fn are_about(&self, contract: &str) -> bool {
        self.by_contract.contains_key(contract)
    }

    /// Marks the findings of a contract that a waiver covers, and adds what is wrong with waivers. Returns the
    /// waivers that are about some finding.
    pub fn apply(
        &self,
        findings: &mut Vec<Finding>,
        contract: &str,
        seller: Option<&Text>,
        run: &Run<'_>,
    ) -> Vec<usize> {
        let Some(of_contract) = self.by_contract.get(contract) else {
            return Vec::new();
        };
        let mut used = Vec::new();
        let mut faults = Vec::new();
        for &at in of_contract {
            let (waiver, lint) = &self.all[at];
            let mut about = findings
                .iter_mut()
                .filter(|finding| finding.lint.name == lint.name && finding.subject == waiver.subject)
                .peekable();
            if about.peek().is_none() {
                continue;
            }
            used.push(at);
            let mut told = BTreeSet::new();
            for finding in about {
                let found = faults_of(&Exception { waiver, finding, seller, run });
                if finding.level == Level::Forbid {
                    let said = finding.diagnostic.clone();
                    finding.diagnostic =
                        said.note("there is a waiver for it, and no waiver covers what is forbidden");
                } else if found.is_empty() {
                    finding.waived = Some(Box::new(waiver.clone()));
                }
                let is_on = |fault: &Finding| run.settings.level(fault.lint) > Level::Allow;
                faults.extend(found.into_iter().filter(is_on).filter(|fault| told.insert(fault.lint.name)));
            }
        }
        for fault in &mut faults {
            fault.contract = Some(text::clean(contract).into_owned());
        }
        findings.append(&mut faults);
        used
    }

    /// The waivers that are about no finding, of contracts that were checked in full, with settings that were read
    /// in full.
    pub fn unused(&self, used: &BTreeSet<usize>, checked: &BTreeSet<String>, run: &Run<'_>) -> Vec<Finding> {
        let open = self.all.iter().enumerate().filter(|(at, (waiver, lint))| {
            !used.contains(at)
                && checked.contains(waiver.contract.value.as_str())
                && run.settings.level(lint) > Level::Allow
                // What is found in several contracts together may need one that was not checked.
                && !matches!(lint.check, Check::Portfolio(_))
        });
        let words = |waiver: &Waiver| {
            let word = |lint: &&'static Lint| match lint.check {
                Check::UnusedWaiver(word) => Some(word(waiver, run)),
                _ => None,
            };
            run.active.others().iter().filter_map(word).collect::<Vec<_>>()
        };
        open.flat_map(|(_, (waiver, _))| words(waiver)).collect()
    }
}

/// Reports the lints that a file of waivers names and that do not exist, whatever else is wrong with the waiver.
pub fn unknown_lints(record: &WaiversRecord, problems: &mut Vec<Problem>) {
    let waivers = record.waivers.given().map_or(&[][..], |Items(waivers)| waivers);
    let named = waivers.iter().flatten().filter_map(|waiver| waiver.lint.given());
    for lint in named.filter(|lint| lints::find(&lint.value).is_none()) {
        let title = format!("there is no lint `{}`", lint.value);
        let names = LINTS.iter().map(|lint| lint.name);
        problems.push(Problem::at(lint.span, title, "unknown lint").help_nearest(
            &lint.value,
            names,
            "`dealcheck explain` lists all lints",
        ));
    }
}

/// What makes a waiver cover nothing of a finding, as the lints of this run have it.
pub fn faults_of(exception: &Exception<'_, '_>) -> Vec<Finding> {
    let fault = |lint: &&'static Lint| match lint.check {
        Check::Waiver(check) => check(exception),
        _ => None,
    };
    // A waiver with a fault covers nothing, whether or not anybody wants to read of it.
    let faults = LINTS.iter().filter_map(fault);
    faults.map(|fault| Finding { subject: exception.finding.subject.clone(), ..fault }).collect()
}

/// The latest day of delivery that a waiver for a finding should accept.
pub fn accepted(finding: &Finding) -> Option<Date> {
    match finding.arrival? {
        Arrival::By(day) => Some(day),
        Arrival::Today | Arrival::Never => None,
    }
}
