//! What a promise that is late would owe.

use std::collections::{BTreeMap, HashMap};

use crate::model::contract::Contract;
use crate::model::money::{Money, Sums};
use crate::model::remedy::{Credit, Remedy, RemedyPart, Termination, Tier};
use crate::model::window::Date;

use super::{Delivery, Promise};

/// What a late promise would owe by the day on which it is expected.
#[derive(Clone, Debug)]
pub struct Owed<'r> {
    /// What was agreed.
    pub remedy: &'r Remedy,
    /// The day on which the last of what is promised is expected.
    pub by: Date,
    /// The parts of the remedy that come to something, with what the delay comes to.
    pub credits: Vec<(&'r RemedyPart, Credit)>,
    /// What that is in money, exactly, where it can be worked out: at most what the contract caps all its remedies at.
    pub money: Option<Money>,
    /// That cap, where it is what bounds the sum.
    pub cap: Option<Money>,
}

impl<'r> Promise<'r> {
    /// What it would owe, where it is late and all of it has a date. A remedy is owed once for a requirement, so the last
    /// delivery counts.
    pub fn owed(&self) -> Option<Owed<'r>> {
        let remedy = self.requirement.remedy.as_ref().filter(|_| !self.has_endless_delay())?;
        let by = self.expected_by()?;
        let (credits, money) = remedy.owed(by);
        if credits.is_empty() {
            return None;
        }
        let cap = self
            .contract
            .remedy_cap
            .zip(money)
            .filter(|(cap, money)| is_over(*money, *cap))
            .map(|(cap, _)| cap);
        Some(Owed { remedy, by, credits, money: cap.or(money), cap })
    }

    /// What lets the customer end the contract, where the delay is so long, or has no end.
    pub fn termination(&self) -> Option<&'r Termination> {
        let termination = self.requirement.remedy.as_ref()?.termination.as_ref()?;
        // A delay without a date outlasts every delay that was agreed.
        let is_reached =
            self.has_endless_delay() || self.expected_by().is_some_and(|by| by >= termination.first);
        is_reached.then_some(termination)
    }

    /// For each level with service credits the most that one period can cost. No forecast: levels are measured later.
    pub fn service_credits(&self) -> Vec<&'r Tier> {
        self.requirement.remedy.as_ref().map(Remedy::service_credits).unwrap_or_default()
    }

    /// Whether its delay has no end that is known: something is not there in time, and nobody says when it will be.
    pub(crate) fn has_endless_delay(&self) -> bool {
        self.requirement.due.window().is_some()
            && self.judgements.iter().any(|judgement| {
                let is_known = !matches!(judgement.delivery, Delivery::Unknown | Delivery::Unresolved);
                judgement.delivery.is_broken() && is_known && judgement.expected.is_none()
            })
    }

    /// The last expected day of all that is due on a day.
    fn expected_by(&self) -> Option<Date> {
        // Without a day that it is due on nothing is late.
        self.requirement.due.window()?;
        let expected = self.judgements.iter().filter_map(|judgement| judgement.expected);
        expected.map(|expected| expected.latest).max()
    }
}

/// What each promise adds to what its contract would owe. The contract's cap on all remedies is used up in the order of
/// the promises, so that sums are right. Among those of an amendment may be some of an order, which has a cap of its own.
pub(crate) fn owed_together(promises: &[Promise<'_>]) -> Vec<Option<Money>> {
    let mut left: HashMap<*const Contract, Option<Money>> = HashMap::new();
    let mut take = |contract: &Contract, money: Money| {
        let left = left.entry(std::ptr::from_ref(contract)).or_insert(contract.remedy_cap);
        match left {
            Some(left) if left.currency == money.currency => {
                // The cap is for all remedies of the contract together; counted by each, a sum would exceed it.
                let taken = if is_over(money, *left) { *left } else { money };
                left.amount -= taken.amount;
                taken
            }
            _ => money,
        }
    };
    let owed = |promise: &Promise<'_>| Some(take(promise.contract, promise.owed()?.money?));
    promises.iter().map(owed).collect()
}

/// What deals would owe: each at most what it caps all its remedies at, however many files it consists of.
#[derive(Clone, Debug, Default)]
pub struct OwedSums {
    uncapped: Sums,
    /// By the deal: its cap, and what it would owe without.
    capped: BTreeMap<String, (Money, Sums)>,
}

impl OwedSums {
    /// Adds what a deal would owe for a promise.
    pub fn add(&mut self, deal: &str, cap: Option<Money>, owed: Money) {
        match cap {
            Some(cap) => self.capped(deal, cap).add(owed),
            None => self.uncapped.add(owed),
        }
    }

    /// Adds what others would owe.
    pub fn add_all(&mut self, other: &Self) {
        self.uncapped.add_all(&other.uncapped);
        for (deal, (cap, owed)) in &other.capped {
            self.capped(deal, *cap).add_all(owed);
        }
    }

    /// What a deal with a cap would owe so far. Of two caps, as where a draft amends it, the higher one counts.
    fn capped(&mut self, deal: &str, cap: Money) -> &mut Sums {
        let (known, owed) = self.capped.entry(deal.to_owned()).or_insert_with(|| (cap, Sums::default()));
        if is_over(cap, *known) {
            *known = cap;
        }
        owed
    }

    /// All of it, each currency apart.
    pub fn total(&self) -> Sums {
        let mut total = self.uncapped.clone();
        for (cap, owed) in self.capped.values() {
            owed.iter().for_each(|owed| total.add(if is_over(owed, *cap) { *cap } else { owed }));
        }
        total
    }
}

fn is_over(money: Money, cap: Money) -> bool {
    money.currency == cap.currency && money.amount > cap.amount
}
