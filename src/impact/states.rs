//! Which deals differ between two judgements, from one number of each.

use std::collections::hash_map::RandomState;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash, Hasher};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::deals::{Deal, DealJudgement, DealPromise};
use crate::lint::finding::Finding;
use crate::lint::obstacle::Obstacle;

use super::compare::FindingKey;
use super::judgements::rank;

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
    promise.silent.len().hash(hasher);
    for silent in &promise.silent {
        (silent.of, &silent.values, silent.is_worse).hash(hasher);
        add_judgement(&silent.judgement, hasher);
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
    (finding.level, finding.waived.is_some(), finding.name_keys(), &finding.about_cell).hash(hasher);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::deals::DealFeature;
    use crate::delivery::{Delivery, Lapse};
    use crate::lint::Level;
    use crate::lint::obstacle::Standing;
    use crate::lints::LINTS;
    use crate::model::scope::Cell;
    use crate::model::waiver::Subject;
    use crate::model::window::Date;

    fn feature(id: &str) -> Arc<DealFeature> {
        let (id, title) = (id.to_owned(), "Drift".to_owned());
        Arc::new(DealFeature { id, title, roadmap: None, team: None, refs: Vec::new(), owner: None })
    }

    fn judgement() -> DealJudgement {
        DealJudgement {
            feature: feature("drift"),
            written: "drift".into(),
            place: None,
            waits_for: None,
            cell: Cell::default(),
            delivery: Delivery::Late,
            time: Delivery::Late,
            shortfalls: [("retention".to_owned(), "90 days, not 365".to_owned())].into(),
            missed: Vec::new(),
            fault: None,
            standing: Standing::Broken,
            sunset: None,
            lapse: None,
            expected: None,
            days: Some(30),
            certain: true,
            work: Vec::new(),
        }
    }

    /// The number of what is added.
    fn number<T>(value: &T, add: impl Fn(&T, &mut std::hash::DefaultHasher)) -> u64 {
        let mut hasher = std::hash::DefaultHasher::new();
        add(value, &mut hasher);
        hasher.finish()
    }

    #[test]
    fn each_thing_that_can_change_is_in_the_number() {
        let of = |change: &dyn Fn(&mut DealJudgement)| {
            let mut judgement = judgement();
            change(&mut judgement);
            number(&judgement, add_judgement)
        };
        let same = of(&|_| ());
        let changes: [&dyn Fn(&mut DealJudgement); 9] = [
            &|it| it.feature = feature("drift-2"),
            &|it| it.written = "drift-2".into(),
            &|it| it.cell = it.cell.with("os", "lin"),
            &|it| it.delivery = Delivery::LevelGap,
            &|it| it.time = Delivery::Unscheduled,
            &|it| it.days = Some(31),
            &|it| it.lapse = Some(Lapse::Missed),
            &|it| it.sunset = Some(Date::constant(2027, 12, 31)),
            &|it| it.shortfalls = [("retention".to_owned(), "1 day, not 365".to_owned())].into(),
        ];
        for (at, change) in changes.iter().enumerate() {
            assert_ne!(of(change), same, "{at}");
        }
        // The other roadmap is another file, and a feature may have moved within it.
        let moved = |it: &mut DealJudgement| {
            it.place = Some("main:roadmap.toml:7".into());
            it.feature = Arc::new(DealFeature {
                roadmap: Some("main:roadmap.toml".to_owned()),
                ..(*it.feature).clone()
            });
        };
        assert_eq!(of(&moved), same);

        let of = |change: &dyn Fn(&mut Finding)| {
            let mut finding = Finding::of_files(LINTS[0], "x").about("x");
            change(&mut finding);
            number(&finding, add_finding)
        };
        let same = of(&|_| ());
        let changes: [&dyn Fn(&mut Finding); 5] = [
            &|it| it.lint = LINTS[1],
            &|it| it.about = "y".to_owned(),
            &|it| it.feature = Some("drift".to_owned()),
            &|it| it.subject = Subject::Requirement("R1".into()),
            &|it| it.level = Level::Forbid,
        ];
        for (at, change) in changes.iter().enumerate() {
            assert_ne!(of(change), same, "{at}");
        }
    }
}
