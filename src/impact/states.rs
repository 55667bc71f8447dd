//! Which deals differ between two judgements, from one number of each.

use std::collections::hash_map::RandomState;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::deals::{Deal, DealJudgement, DealPromise};
use crate::lint::finding::Finding;
use crate::lint::obstacle::Obstacle;

use super::compare::{FindingKey, rank};

/// What deals were by the other roadmap, a number each: a portfolio is long, and most of it is the same by both roadmaps.
/// The numbers are of a hash with a random key, so that nobody can write two deals of one number.
#[derive(Debug, Default)]
pub(crate) struct DealStates {
    hasher: RandomState,
    known: Mutex<HashMap<DealPlace, KnownState>>,
}

/// What tells a deal from all others: its file and its id.
type DealPlace = (String, Option<String>);

#[derive(Debug)]
struct KnownState {
    state: u64,
    is_changed: bool,
}

impl DealStates {
    /// Notes how a deal is by the other roadmap, and empties it.
    pub(crate) fn note(&self, deal: &mut Deal) {
        let state = KnownState { state: self.state(deal), is_changed: false };
        self.known().insert(place(deal), state);
        empty(deal);
    }

    /// Empties a deal of today where nothing of it changed.
    pub(crate) fn leave_equal_out(&self, deal: &mut Deal) {
        let state = self.state(deal);
        let mut known = self.known();
        // What was no deal by the other roadmap is compared with nothing.
        let Some(older) = known.get_mut(&place(deal)) else { return empty(deal) };
        older.is_changed = older.state != state;
        if !older.is_changed {
            empty(deal);
        }
    }

    /// Fills those of the emptied deals that did change, from the files of these, read once more.
    pub(crate) fn put_back(&self, deals: &mut [Deal], read: impl FnOnce(&HashSet<String>) -> Vec<Deal>) {
        let known = self.known();
        let changed = known.iter().filter(|(_, state)| state.is_changed);
        let files: HashSet<String> = changed.map(|((file, _), _)| file.clone()).collect();
        if files.is_empty() {
            return;
        }
        let mut whole: HashMap<DealPlace, Deal> =
            read(&files).into_iter().map(|deal| (place(&deal), deal)).collect();
        for deal in deals {
            let is_changed = known.get(&place(deal)).is_some_and(|state| state.is_changed);
            if let Some(whole) = whole.remove(&place(deal)).filter(|_| is_changed) {
                deal.promises = whole.promises;
                // Those about several contracts have stayed.
                deal.findings.splice(0..0, whole.findings);
            }
        }
    }

    fn known(&self) -> MutexGuard<'_, HashMap<DealPlace, KnownState>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A number that differs wherever [`impact`](super::impact) could tell of a change.
    fn state(&self, deal: &Deal) -> u64 {
        let mut hasher = self.hasher.build_hasher();
        deal.promises.len().hash(&mut hasher);
        for promise in &deal.promises {
            add_promise(promise, &mut hasher);
        }
        for drawn in &deal.findings {
            add_finding(&drawn.finding, &mut hasher);
        }
        hasher.finish()
    }
}

fn place(deal: &Deal) -> DealPlace {
    (deal.file.clone(), deal.id.clone())
}

fn empty(deal: &mut Deal) {
    (deal.promises, deal.findings) = (Vec::new(), Vec::new());
}

fn add_promise(promise: &DealPromise, hasher: &mut impl Hasher) {
    promise.requirement.hash(hasher);
    promise.obstacles.len().hash(hasher);
    for Obstacle { lint, kind, level, cells, .. } in &promise.obstacles {
        (lint.name, kind, level, cells).hash(hasher);
    }
    promise.judgements.len().hash(hasher);
    for judgement in &promise.judgements {
        add_judgement(judgement, hasher);
    }
}

fn add_judgement(judgement: &DealJudgement, hasher: &mut impl Hasher) {
    // A feature lies in another file by either roadmap.
    (&judgement.feature.id, &judgement.written, &judgement.cell).hash(hasher);
    // What a promise on time waits for may move, and it is on time.
    (judgement.delivery, rank(judgement), judgement.lapse.is_some()).hash(hasher);
    (judgement.sunset, &judgement.shortfalls).hash(hasher);
}

fn add_finding(finding: &Finding, hasher: &mut impl Hasher) {
    FindingKey::of(finding).hash(hasher);
    (finding.level, finding.waived.is_some()).hash(hasher);
}
