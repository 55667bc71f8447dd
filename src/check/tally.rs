//! What came of a run in numbers.

use std::collections::BTreeMap;

use crate::delivery::{Delivery, OwedSums, owed_together};
use crate::input::revision::Revision;
use crate::lint::Check;
use crate::lint::context::JudgedContract;
use crate::lint::finding::{Finding, FindingStatus};
use crate::lint::obstacle::Standing;
use crate::model::contract::ContractStatus;
use crate::model::money::{Money, Sums};
use crate::model::window::Window;

use super::counts::{CountedPromise, Counts};

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
    /// Files of collateral that were held against a roadmap.
    pub claims: usize,
    /// The promises of the judged contracts.
    pub promises: Counts,
    /// When the roadmaps that they were held against were reviewed.
    pub reviews: Reviews,
    /// What the judged contracts are worth that amend none.
    pub own_value: Sums,
    /// What deals are worth of which only amendments are judged, by their ids.
    pub amended: BTreeMap<String, Money>,
    /// What the deals with a broken promise are worth, by their ids: a deal counts once, however many of its
    /// amendments break a promise.
    pub at_risk: BTreeMap<String, Money>,
    /// What late promises will owe by the day on which they are expected.
    pub owed: OwedSums,
    /// Commercial terms that are off the standard, and that nobody has accepted.
    pub terms: usize,
    /// Commercial terms that are off the standard, and that a waiver covers.
    pub waived_terms: usize,
    /// Findings of these about the roadmap itself, which no verdict allows for.
    pub roadmap_errors: usize,
    /// Findings that make the run fail.
    pub denied: usize,
    /// Findings that do not.
    pub warned: usize,
    /// Findings that a waiver covers.
    pub waived: usize,
    /// Of these, those that were recorded when dealcheck came.
    pub baseline: usize,
    /// Where only what is new since a revision is reported: that revision.
    pub since: Option<Revision>,
    /// Findings that were there before, and that nothing else here counts.
    pub known: usize,
    /// Findings left out by `--only`, and counted nowhere else.
    pub unasked: usize,
    /// What could not be read.
    pub problems: usize,
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
        let mut is_broken = false;
        for (promise, obstacles) in judged.with_obstacles() {
            let standing = Standing::of_promise(promise, obstacles);
            is_broken |= standing == Standing::Broken;
            self.promises.add(CountedPromise {
                delivery: promise.delivery(),
                fault: promise.fault(),
                standing,
                is_service: promise.requirement.is_service,
                strength: promise.requirement.strength,
            });
        }
        let name = judged.contract.deal.as_deref().unwrap_or_default();
        for (promise, owed) in judged.promises.iter().zip(owed_together(&judged.promises)) {
            owed.into_iter().for_each(|owed| self.owed.add(name, promise.contract.remedy_cap, owed));
        }
        let Some(value) = judged.contract.deal_value() else {
            return;
        };
        let deal = judged.contract.deal.as_ref();
        match deal.filter(|_| judged.contract.share.is_some()) {
            None => self.own_value.add(value),
            // Several amendments of a deal may count for it, where the contract itself does not.
            Some(deal) if judged.contract.counts_value() => {
                _ = self.amended.entry(deal.clone()).or_insert(value)
            }
            Some(_) => {}
        }
        if let Some(deal) = deal.filter(|_| is_broken) {
            self.at_risk.entry(deal.clone()).or_insert(value);
        }
    }

    /// Counts findings.
    pub fn add_findings(&mut self, findings: &[Finding]) {
        self.add_terms(findings);
        for finding in findings {
            match finding.status() {
                FindingStatus::Denied => self.denied += 1,
                FindingStatus::Warned => self.warned += 1,
                FindingStatus::Waived => self.waived += 1,
            }
        }
        let is_of_roadmap = |finding: &&Finding| matches!(finding.lint.check, Check::Roadmap(_));
        self.roadmap_errors +=
            findings.iter().filter(is_of_roadmap).filter(|finding| finding.is_denied()).count();
        let is_baseline =
            |finding: &&Finding| finding.waived.as_ref().is_some_and(|waiver| waiver.is_baseline);
        self.baseline += findings.iter().filter(is_baseline).count();
    }

    /// Counts findings that were there before: they are not reported, but a term that is off the standard still is.
    pub fn add_known(&mut self, findings: &[Finding]) {
        self.known += findings.len();
        self.add_terms(findings);
    }

    /// Counts findings that nobody asked for, as those that were there before.
    pub fn add_unasked(&mut self, findings: &[Finding]) {
        self.unasked += findings.len();
        self.add_terms(findings);
    }

    fn add_terms(&mut self, findings: &[Finding]) {
        // A finding about a waiver for a term stands beside the one about the term.
        let own = findings.iter().filter(|finding| matches!(finding.lint.check, Check::Term(_)));
        for finding in own.filter(|finding| finding.level.is_denied()) {
            match finding.waived {
                Some(_) => self.waived_terms += 1,
                None => self.terms += 1,
            }
        }
    }

    /// Adds the numbers of a part.
    pub fn add(&mut self, other: &Self) {
        self.drafts += other.drafts;
        self.signed += other.signed;
        self.over += other.over;
        self.roadmaps += other.roadmaps;
        self.claims += other.claims;
        self.promises.add_all(&other.promises);
        self.reviews.add_all(&other.reviews);
        self.own_value.add_all(&other.own_value);
        for (all, more) in [(&mut self.at_risk, &other.at_risk), (&mut self.amended, &other.amended)] {
            for (deal, value) in more {
                all.entry(deal.clone()).or_insert(*value);
            }
        }
        self.owed.add_all(&other.owed);
        self.roadmap_errors += other.roadmap_errors;
        self.denied += other.denied;
        self.warned += other.warned;
        self.waived += other.waived;
        self.baseline += other.baseline;
        self.known += other.known;
        self.unasked += other.unasked;
        self.terms += other.terms;
        self.waived_terms += other.waived_terms;
        self.problems += other.problems;
    }

    /// Whether all that was looked at could be read and judged.
    pub fn is_complete(&self) -> bool {
        self.problems == 0 && self.promises.delivered(Delivery::Unresolved) == 0
    }

    /// Contracts that were judged.
    pub fn contracts(&self) -> usize {
        self.drafts + self.signed
    }

    /// What the deals are worth, each once.
    pub fn value(&self) -> Sums {
        let mut sums = self.own_value.clone();
        self.amended.values().for_each(|value| sums.add(*value));
        sums
    }

    /// What the deals are worth of which a promise is broken.
    pub fn value_at_risk(&self) -> Sums {
        self.at_risk.iter().map(|(deal, value)| *self.amended.get(deal).unwrap_or(value)).collect()
    }
}

/// The days on which roadmaps were reviewed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reviews {
    /// From the first to the last; none where no roadmap states one.
    pub days: Option<Window>,
    /// Whether some roadmap states none.
    pub is_partial: bool,
}

impl Reviews {
    /// The roadmaps in words: `the roadmap reviewed 2026-11-16`.
    pub fn words(&self) -> String {
        match (self.days, self.is_partial) {
            (None, _) => "the roadmap".to_owned(),
            (Some(_), true) => "roadmaps of which not all say when they were reviewed".to_owned(),
            (Some(days), false) if days.is_day() => format!("the roadmap reviewed {}", days.latest),
            (Some(days), false) => format!("roadmaps reviewed {} to {}", days.earliest, days.latest),
        }
    }

    /// Counts a roadmap.
    pub fn add(&mut self, reviewed: Option<Window>) {
        self.add_all(&Self { days: reviewed, is_partial: reviewed.is_none() });
    }

    fn add_all(&mut self, other: &Self) {
        self.is_partial |= other.is_partial;
        self.days = match (self.days, other.days) {
            (Some(one), Some(other)) => Some(Window {
                earliest: one.earliest.min(other.earliest),
                latest: one.latest.max(other.latest),
            }),
            (one, other) => one.or(other),
        };
    }
}
