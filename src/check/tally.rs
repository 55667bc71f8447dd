//! What came of a run in numbers.

use std::collections::BTreeMap;

use crate::delivery::Delivery;
use crate::input::revision::Revision;
use crate::lint::Check;
use crate::lint::context::JudgedContract;
use crate::lint::finding::Finding;
use crate::model::contract::ContractStatus;
use crate::model::money::{Money, Sums};
use crate::model::waiver::Subject;

/// The numbers of a run. Those of files and groups are added up.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Contracts that were judged and are drafts.
    pub drafts: usize,
    /// Contracts that were judged and are signed.
    pub signed: usize,
    /// Contracts that are ended or lost, and were not judged.
    pub over: usize,
    /// Roadmaps that were linted for their own sake.
    pub roadmaps: usize,
    /// Requirements of the judged contracts, services included.
    pub requirements: usize,
    /// Requirements that need no feature.
    pub services: usize,
    /// Requirements that need a feature and name none.
    pub unmapped: usize,
    /// Promises that cannot be kept, or were not.
    pub broken: usize,
    /// Promises that are tight.
    pub tight: usize,
    /// What the judged contracts are worth.
    pub value: Sums,
    /// What the deals with a broken promise are worth, by their ids: a deal counts once, however many of its
    /// amendments break a promise.
    pub at_risk: BTreeMap<String, Money>,
    /// What late promises will owe by the day on which they are expected.
    pub owed: Sums,
    /// Commercial terms that are off the standard, and that nobody has accepted.
    pub terms: usize,
    /// Findings that make the run fail.
    pub denied: usize,
    /// Findings that do not.
    pub warned: usize,
    /// Findings that a waiver covers.
    pub waived: usize,
    /// Where only what is new since a revision is reported: that revision.
    pub since: Option<Revision>,
    /// Findings that were there before, and that nothing else here counts.
    pub known: usize,
    /// What could not be read.
    pub problems: usize,
    /// Promises by verdict, in the order of [`Delivery::WORST_FIRST`].
    pub by_delivery_worst_first: [usize; Delivery::WORST_FIRST.len()],
}

impl Tally {
    /// Counts a contract; of one that is over nothing but that.
    pub fn add_contract(&mut self, judged: &JudgedContract<'_>) {
        match judged.contract.status {
            ContractStatus::Draft => self.drafts += 1,
            ContractStatus::Signed => self.signed += 1,
            ContractStatus::Ended | ContractStatus::Lost => {
                self.over += 1;
                return;
            }
        }
        let mut broken = 0;
        for promise in &judged.promises {
            self.requirements += 1;
            self.services += usize::from(promise.requirement.is_service);
            let Some(delivery) = promise.delivery() else {
                self.unmapped += usize::from(!promise.requirement.is_service);
                continue;
            };
            if let Some(at) = Delivery::WORST_FIRST.iter().position(|known| *known == delivery) {
                self.by_delivery_worst_first[at] += 1;
            }
            if let Some(owed) = promise.owed().and_then(|owed| owed.money) {
                self.owed.add(owed);
            }
            broken += usize::from(promise.is_broken());
            self.tight += usize::from(!promise.is_broken() && delivery == Delivery::Tight);
        }
        self.broken += broken;
        let Some(value) = judged.contract.value.map(|value| value.value) else {
            return;
        };
        // An amendment changes what its base is worth; it is not worth so much once more.
        if judged.contract.amends.is_none() {
            self.value.add(value);
        }
        if let Some(deal) = judged.contract.deal.as_ref().filter(|_| broken > 0) {
            self.at_risk.insert(deal.clone(), value);
        }
    }

    /// Counts findings.
    pub fn add_findings(&mut self, findings: &[Finding]) {
        let waived = findings.iter().filter(|finding| finding.waived.is_some()).count();
        let denied = findings.iter().filter(|finding| finding.is_denied()).count();
        self.terms += terms(findings);
        self.denied += denied;
        self.waived += waived;
        self.warned += findings.len() - denied - waived;
    }

    /// Counts findings that were there before: they are not reported, and the terms stay as they are.
    pub fn add_known(&mut self, findings: &[Finding]) {
        self.known += findings.len();
        self.terms += terms(findings);
    }

    /// Adds the numbers of a part.
    pub fn add(&mut self, other: &Self) {
        self.drafts += other.drafts;
        self.signed += other.signed;
        self.over += other.over;
        self.roadmaps += other.roadmaps;
        self.requirements += other.requirements;
        self.services += other.services;
        self.unmapped += other.unmapped;
        self.broken += other.broken;
        self.tight += other.tight;
        self.value.add_all(&other.value);
        self.at_risk.extend(other.at_risk.iter().map(|(deal, value)| (deal.clone(), *value)));
        self.owed.add_all(&other.owed);
        self.denied += other.denied;
        self.warned += other.warned;
        self.waived += other.waived;
        self.known += other.known;
        self.terms += other.terms;
        self.problems += other.problems;
        for (sum, more) in self.by_delivery_worst_first.iter_mut().zip(other.by_delivery_worst_first) {
            *sum += more;
        }
    }

    /// Whether all that was looked at could be read and judged.
    pub fn is_complete(&self) -> bool {
        self.problems == 0 && self.by_delivery().all(|(delivery, _)| delivery != Delivery::Unresolved)
    }

    /// Contracts that were judged.
    pub fn contracts(&self) -> usize {
        self.drafts + self.signed
    }

    /// How many promises have each verdict that any has, worst first.
    pub fn by_delivery(&self) -> impl Iterator<Item = (Delivery, usize)> {
        Delivery::WORST_FIRST.into_iter().zip(self.by_delivery_worst_first).filter(|&(_, count)| count > 0)
    }

    /// What hangs on promises that cannot be kept.
    pub fn value_at_risk(&self) -> Sums {
        let mut sums = Sums::default();
        for value in self.at_risk.values() {
            sums.add(*value);
        }
        sums
    }

    /// Promises that are about features.
    pub fn promises(&self) -> usize {
        self.requirements - self.services
    }
}

/// Commercial terms that are off the standard, of all that was found.
fn terms(findings: &[Finding]) -> usize {
    let is_term = |finding: &&Finding| matches!(finding.subject, Subject::Term(_)) && finding.is_denied();
    // A finding about a waiver for a term stands beside the one about the term.
    let is_own = |finding: &&Finding| matches!(finding.lint.check, Check::Term(_));
    findings.iter().filter(is_term).filter(is_own).count()
}
