//! What differs between two judgements of one feature of a promise.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::deals::{DealJudgement, DealPromise};
use crate::delivery::{Delivery, Kind};
use crate::lint::extent::MissedLevel;

use super::Direction;

/// In which respects promises are compared: time stands for existence, too.
pub(super) const KINDS: [Kind; 3] = [Kind::Time, Kind::Level, Kind::Term];

/// The judgements of a promise by the other roadmap, with their places, by the feature as it is written.
pub(super) struct Counterparts<'d>(HashMap<&'d str, Vec<(usize, &'d DealJudgement)>>);

impl<'d> Counterparts<'d> {
    pub(super) fn of(promise: &'d DealPromise) -> Self {
        let mut by_feature: HashMap<&str, Vec<_>> = HashMap::new();
        for (at, judgement) in promise.judgements.iter().enumerate() {
            by_feature.entry(&judgement.written).or_default().push((at, &**judgement));
        }
        Self(by_feature)
    }

    /// Those for the same feature that have a combination in common with it: one for the same cell, or several where one of
    /// the roadmaps limits a feature by more. What got worse than any of them got worse.
    pub(super) fn find(&self, judgement: &DealJudgement) -> Vec<(usize, &'d DealJudgement)> {
        let same = self.0.get(judgement.written.as_str()).into_iter().flatten();
        same.filter(|(_, older)| judgement.cell.lies_in(&older.cell)).copied().collect()
    }
}

/// Which way a judgement goes in one respect. What could not be judged by the other roadmap gets worse where something stands
/// in its way now.
pub(super) fn direction(
    kind: Kind,
    now: &DealJudgement,
    before: Option<&DealJudgement>,
) -> Option<Direction> {
    if now.delivery == Delivery::Unresolved {
        return None;
    }
    let before = before.filter(|before| before.delivery != Delivery::Unresolved);
    let order = match (kind, before) {
        (Kind::Time | Kind::Existence, None) => (now.time.is_broken() || now.lapse.is_some()).cmp(&false),
        (Kind::Time | Kind::Existence, Some(before)) => rank(now).cmp(&rank(before)),
        // What is not there at all says nothing of the rest.
        _ if !now.exists() => Ordering::Equal,
        (Kind::Level, before) => {
            let lacks = |judgement: &DealJudgement, other: Option<&DealJudgement>| {
                let known = |name: &String| other.is_some_and(|other| other.shortfalls.contains_key(name));
                let is_less = |level: &MissedLevel| {
                    let mut others = other.iter().flat_map(|other| &other.missed);
                    others.any(|other| {
                        other.name == level.name
                            && !level.bound.reaches_no_less(&level.reached, &other.reached)
                    })
                };
                judgement.shortfalls.keys().any(|name| !known(name)) || judgement.missed.iter().any(is_less)
            };
            match before {
                before if lacks(now, before) => Ordering::Greater,
                Some(before) if lacks(before, Some(now)) => Ordering::Less,
                _ => Ordering::Equal,
            }
        }
        // No last day is none too early.
        (Kind::Term, before) => match (now.sunset, before.and_then(|before| before.sunset)) {
            (Some(now), Some(before)) => before.cmp(&now),
            (now, before) => now.is_some().cmp(&before.is_some()),
        },
    };
    match order {
        Ordering::Greater => Some(Direction::Worse),
        Ordering::Less => Some(Direction::Better),
        Ordering::Equal => None,
    }
}

/// How bad a judgement is by existence and time. Late is late, whatever by; and no day is later than any.
pub(super) fn rank(judgement: &DealJudgement) -> (Delivery, bool, Option<i64>) {
    match judgement.time {
        Delivery::Late | Delivery::LateByDependency => {
            (Delivery::Late, judgement.days.is_none(), judgement.days)
        }
        Delivery::Tight | Delivery::Beta => (judgement.time, judgement.days.is_none(), judgement.days),
        time => (time, false, None),
    }
}
