//! What a promise would come to if it were written otherwise: a help is named only where following it does what
//! it says.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::ops::RangeBounds;

use crate::model::contract::{Contract, Requirement};
use crate::model::roadmap::Offer;
use crate::model::scope::Cell;
use crate::model::window::{Date, add_days};

use super::{Delivery, Judge, Judgement, Kind, Promise, Row};

/// A requirement as it could be written instead, to be rid of a row that holds for a feature, or of none in
/// particular. Other obstacles that it has already may stay, since they have findings of their own; no new one may come.
pub(crate) struct Alternative<'c> {
    contract: &'c Contract,
    requirement: Requirement,
    judge: Judge<'c>,
    /// What may stay: nothing worse of the same kind, feature and cell.
    before: Hurdles,
}

/// The worst row of each kind that stands in the way of each feature, by its place in the roadmap, in each cell.
type Hurdles = HashMap<(Kind, Option<usize>), HashMap<Cell, Row>>;

/// What stands in the way of some judgements, but for what is on time and not there yet.
fn hurdles<'j>(judgements: impl IntoIterator<Item = &'j Judgement<'j>>) -> Hurdles {
    let mut hurdles = Hurdles::new();
    for judgement in judgements {
        for (kind, rows) in judgement.obstacles() {
            for row in rows.into_iter().filter(|row| *row != Row::Unshipped) {
                let cells = hurdles.entry((kind, judgement.at)).or_default();
                let worst = cells.entry(judgement.cell.clone()).or_insert(row);
                *worst = row.max(*worst);
            }
        }
    }
    hurdles
}

/// The days by which something can be promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Days {
    /// The first.
    pub(crate) first: Date,
    /// The last, where a later day would not do.
    pub(crate) last: Option<Date>,
    /// Whether all of it is there today, so that nothing can slip.
    pub(crate) there: bool,
}

impl fmt::Display for Days {
    /// After `a deadline`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.last {
            None => write!(f, "of {} or later", self.first),
            Some(last) if last == self.first => write!(f, "of {last}"),
            Some(last) => write!(f, "from {} to {last}", self.first),
        }
    }
}

impl<'c> Alternative<'c> {
    /// A requirement of a contract with a change, to be rid of a row that holds for a feature.
    pub(crate) fn new(
        promise: &Promise<'c>,
        judge: Judge<'c>,
        rid_of: Option<(Row, &[&Judgement<'_>])>,
        change: impl FnOnce(&mut Requirement),
    ) -> Self {
        let mut before = hurdles(&promise.judgements);
        for (row, judgement) in
            rid_of.into_iter().flat_map(|(row, cells)| cells.iter().map(move |judgement| (row, judgement)))
        {
            for (kind, _) in judgement.obstacles().iter().filter(|(_, rows)| rows.contains(&row)) {
                before.remove(&(*kind, judgement.at));
            }
        }
        // What is only close goes untold beside what is worse, and so would come unannounced.
        if rid_of.is_some() {
            before.values_mut().for_each(|cells| cells.retain(|_, row| *row != Row::Tight));
        }
        let mut requirement = promise.requirement.clone();
        change(&mut requirement);
        Self { contract: promise.contract, requirement, judge, before }
    }

    /// Writes it otherwise still.
    pub(crate) fn change(&mut self, change: impl FnOnce(&mut Requirement)) {
        change(&mut self.requirement);
    }

    /// The requirement as it stands now.
    pub(crate) fn requirement(&self) -> &Requirement {
        &self.requirement
    }

    /// What would come of it.
    pub(crate) fn promise(&self) -> Promise<'_> {
        self.judge.promise(self.contract, &self.requirement)
    }

    /// Whether nothing would stand in its way but what stands there now and may stay, and all of it could be judged.
    pub(crate) fn holds(&self) -> bool {
        let promise = self.promise();
        // A help must not lead to what nobody could judge.
        let is_read = promise.judgements.iter().all(|judgement| !judgement.is_unread());
        is_read && self.may_stay(&hurdles(&promise.judgements))
    }

    fn may_stay(&self, hurdles: &Hurdles) -> bool {
        hurdles.iter().all(|(of, cells)| {
            let Some(before) = self.before.get(of) else { return cells.is_empty() };
            let was = |cell: &Cell| {
                // What is limited to more has cells of its own.
                let around = |(known, _): &(&Cell, &Row)| cell.lies_in(known);
                before.get(cell).or_else(|| before.iter().filter(around).map(|(_, row)| row).max())
            };
            cells.iter().all(|(cell, row)| was(cell).is_some_and(|before| row <= before))
        })
    }

    /// The day on which a feature is gone all the same, before the promise need no longer hold.
    pub(crate) fn gone(&self, at: Option<usize>) -> Option<Date> {
        let promise = self.promise();
        let of_feature = promise.judgements.iter().filter(|judgement| judgement.at == at);
        of_feature.filter_map(|judgement| Some(judgement.gone?.value.earliest)).min()
    }

    /// As [`Self::holds`], with another deadline.
    pub(crate) fn holds_by(&mut self, day: Date) -> bool {
        self.requirement.due.set(day);
        self.holds()
    }

    /// The deadlines that would hold, from the first day that the deadline can mean, on or after today and the
    /// signing.
    pub(crate) fn days(&mut self) -> Option<Days> {
        // The days on which the verdict can change are those of the roadmap; no others are tried.
        let features = self.closure();
        let (judge, from) = (self.judge, self.from());
        let first = if self.holds_by(from) {
            from
        } else {
            first_after(judge, &features, from, |day| self.holds_by(day))?
        };
        let end = first_gone(judge, &features, first.., |day| self.holds_by(day));
        self.requirement.due.set(first);
        let is_there = |judgement: &Judgement<'_>| judgement.delivery == Delivery::Shipped;
        let there = first == from && self.promise().judgements.iter().all(is_there);
        Some(Days { first, last: end.and_then(|end| add_days(end, -1)), there })
    }

    /// What stands in the way of every deadline, put into words: what is wrong even when all that is planned is
    /// there.
    pub(crate) fn obstacle<T>(mut self, word: impl FnOnce(&Judgement<'_>) -> T) -> Option<T> {
        let features = self.closure();
        let from = self.from();
        let day = begins(self.judge, &features).last().map_or(from, |&day| day.max(from));
        self.requirement.due.set(day);
        let promise = self.promise();
        let is_new =
            |judgement: &&Judgement<'_>| judgement.is_unread() || !self.may_stay(&hurdles([*judgement]));
        let obstacles = promise.judgements.iter().filter(is_new);
        obstacles.max_by_key(|judgement| judgement.delivery).map(word)
    }

    fn from(&self) -> Date {
        let signing = self.contract.signing.map(|signing| signing.value.latest);
        let today = self.judge.rules.today;
        let earliest = self.requirement.due.window().map_or(today, |window| window.earliest);
        earliest.max(today).max(signing.unwrap_or(earliest))
    }

    /// The features that are promised, and all that they wait for.
    fn closure(&self) -> Vec<usize> {
        let dependencies = self.judge.roadmap.dependencies();
        self.requirement.known_features().flat_map(|at| dependencies.before(at)).collect()
    }
}

/// The first day after another by which something may be promised that rests on some features. That begins when
/// the margin after something that is planned is over, or when what would be gone too soon is gone and no longer
/// counts. It ends when something is gone: between two ends, a day by which it may be promised is followed by such
/// days only.
pub(crate) fn first_after(
    judge: Judge<'_>,
    features: &[usize],
    from: Date,
    mut may_by: impl FnMut(Date) -> bool,
) -> Option<Date> {
    let mut days = begins(judge, features);
    let ends = sunsets(judge, features);
    days.extend(add_days(from, 1).iter().chain(&ends));
    let days: Vec<Date> = days.into_iter().filter(|&day| day > from).collect();
    let ended = |day: &Date| ends.range(..=*day).count();
    days.chunk_by(|one, other| ended(one) == ended(other)).find_map(|days| {
        let first = days.partition_point(|&day| !may_by(day));
        days.get(first).copied()
    })
}

/// The first of some days by which something may no longer be promised, given that it may by the first of all:
/// something is gone then, or another offer is taken.
pub(crate) fn first_gone(
    judge: Judge<'_>,
    features: &[usize],
    days: impl RangeBounds<Date>,
    mut may_by: impl FnMut(Date) -> bool,
) -> Option<Date> {
    let mut ends = sunsets(judge, features);
    // Another offer may be the better one once it is in time.
    let rivals = features
        .iter()
        .filter(|&&at| judge.roadmap.features.get(at).is_some_and(|feature| feature.offers.len() > 1));
    let rivals: Vec<usize> = rivals.copied().collect();
    let planned = offers(judge, &rivals).flat_map(|offer| [offer.target, offer.beta]).flatten();
    ends.extend(planned.map(|window| window.value.latest));
    ends.range(days).copied().find(|&end| !may_by(end))
}

/// The days on which the margin after something that is planned is over.
fn begins(judge: Judge<'_>, features: &[usize]) -> BTreeSet<Date> {
    let planned = offers(judge, features).flat_map(|offer| [offer.target, offer.beta]).flatten();
    planned.filter_map(|window| judge.rules.first_day(window.value)).collect()
}

/// The days from which something no longer works.
fn sunsets(judge: Judge<'_>, features: &[usize]) -> BTreeSet<Date> {
    offers(judge, features).filter_map(|offer| offer.sunset).map(|sunset| sunset.value.earliest).collect()
}

fn offers<'r>(judge: Judge<'r>, features: &[usize]) -> impl Iterator<Item = &'r Offer> {
    features.iter().filter_map(|&at| judge.roadmap.features.get(at)).flat_map(|feature| &feature.offers)
}
