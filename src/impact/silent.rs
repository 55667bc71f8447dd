//! What becomes otherwise of the values that a promise does not name.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::deals::{DealJudgement, DealPromise, SilentOutlook};
use crate::delivery::Kind;
use crate::model::scope::Cell;
use crate::text::fold;

use super::judgements::{Counterparts, KINDS, direction, rank};
use super::{Change, ChangeKind, Direction};

/// What becomes of the values that a promise does not name: who promises something without saying where promises it
/// everywhere. What either roadmap does not name fares as anything that it does not name.
pub(super) fn silent_changes<'d>(now: &'d DealPromise, before: &'d DealPromise) -> Vec<Change<'d>> {
    let mut changes: Vec<Change<'d>> = Vec::new();
    let counterparts = Counterparts::of(before);
    let (known, older_known) = (SilentIndex::all(now), SilentIndex::all(before));
    for is in &now.silent {
        let judged = &now.judgements[is.of];
        // What could not be had for any value is lost for none.
        for (older_of, older) in counterparts.find(judged).into_iter().filter(|(_, older)| older.exists()) {
            let older_known = older_known.get(older_of);
            let own = changes.len();
            for point in points(is, &known[is.of], older_known) {
                let was = older_known.and_then(|known| known.find(&point));
                let was_worse = was.is_some_and(|was| was.is_worse);
                let was = was.map_or(older, |was| &was.judgement);
                for kind in KINDS {
                    let direction = direction(kind, &is.judgement, Some(was)).filter(|way| match way {
                        Direction::Worse => is.is_worse,
                        Direction::Better => was_worse,
                    });
                    if let Some(direction) = direction {
                        let cell = point
                            .iter()
                            .fold(judged.cell.clone(), |cell, (name, value)| cell.with(name, value));
                        add(&mut changes, own, (direction, kind), (&is.judgement, was), cell, now);
                    }
                }
            }
        }
    }
    changes
}

/// A value for each of some dimensions.
type CellValues<'d> = Vec<(&'d str, &'d str)>;

/// The combinations of values that an outlook is about; of those that its roadmap does not name, also each that the other one
/// does.
fn points<'d>(
    outlook: &'d SilentOutlook,
    known: &SilentIndex<'d>,
    other: Option<&SilentIndex<'d>>,
) -> Vec<CellValues<'d>> {
    let mut points: Vec<CellValues<'d>> = vec![Vec::new()];
    for (dimension, values) in &outlook.values {
        let key = fold(dimension);
        let mut all: Vec<&str> = values.iter().map(String::as_str).collect();
        if let Some(others) = other.and_then(|other| other.values.get(&key)).filter(|_| all.contains(&"")) {
            let own = known.values.get(&key);
            let is_unnamed = |value: &&str| own.is_none_or(|own| !own.places.contains_key(&fold(value)));
            all.extend(others.names.iter().copied().filter(is_unnamed));
        }
        let with = |point: &CellValues<'d>, value| {
            point.iter().copied().chain([(dimension.as_str(), value)]).collect()
        };
        points = points.iter().flat_map(|point| all.iter().map(move |value| with(point, *value))).collect();
    }
    points
}

/// What would come of a judgement that is silent, by the values.
#[derive(Default)]
struct SilentIndex<'d> {
    values: HashMap<Cow<'d, str>, KnownValues<'d>>,
    combinations: Vec<&'d SilentOutlook>,
}

/// The values of a dimension.
#[derive(Default)]
struct KnownValues<'d> {
    /// As the roadmap has them, and in its order.
    names: Vec<&'d str>,
    /// What would come of each by itself.
    places: HashMap<Cow<'d, str>, &'d SilentOutlook>,
}

impl<'d> SilentIndex<'d> {
    /// That of each judgement of a promise.
    fn all(promise: &'d DealPromise) -> Vec<Self> {
        let mut all: Vec<Self> = promise.judgements.iter().map(|_| Self::default()).collect();
        for outlook in &promise.silent {
            let index = &mut all[outlook.of];
            match outlook.values.as_slice() {
                [(dimension, names)] => {
                    let known = index.values.entry(fold(dimension)).or_default();
                    known.names.extend(names.iter().map(String::as_str));
                    known.places.extend(names.iter().map(|name| (fold(name), outlook)));
                }
                _ => index.combinations.push(outlook),
            }
        }
        all
    }

    /// The worst that would come of a combination of values.
    fn find(&self, point: &CellValues<'_>) -> Option<&'d SilentOutlook> {
        let alone = point.iter().filter_map(|(dimension, value)| {
            let known = self.values.get(&fold(dimension))?;
            known.places.get(&fold(value)).or_else(|| known.places.get("")).copied()
        });
        let together = self.combinations.iter().copied().filter(|outlook| self.is_in(point, outlook));
        alone.chain(together).max_by_key(|outlook| {
            let judgement = &outlook.judgement;
            (outlook.is_worse, outlook.values.len(), judgement.delivery, rank(judgement))
        })
    }

    fn is_in(&self, point: &CellValues<'_>, outlook: &SilentOutlook) -> bool {
        outlook.values.iter().all(|(dimension, values)| {
            let key = fold(dimension);
            let value = point.iter().find(|(name, _)| fold(name) == key).map(|(_, value)| fold(value));
            let known = self.values.get(&key);
            value.is_some_and(|value| {
                let is_named = known.is_some_and(|known| known.places.contains_key(&value));
                values.iter().any(|one| if is_named { fold(one) == value } else { one.is_empty() })
            })
        })
    }
}

/// Adds what becomes of a value; what fares alike is told together with it, from a place of the changes on.
fn add<'d>(
    changes: &mut Vec<Change<'d>>,
    own: usize,
    (direction, kind): (Direction, Kind),
    (is, was): (&'d DealJudgement, &'d DealJudgement),
    cell: Cell,
    promise: &DealPromise,
) {
    let alike = changes[own..].iter_mut().find_map(|change| match &mut change.what {
        ChangeKind::Part { kind: known, before: Some(before), now, cells }
            if *known == kind && std::ptr::eq(*before, was) && std::ptr::eq(*now, is) =>
        {
            Some(cells)
        }
        _ => None,
    });
    match alike {
        // Both roadmaps name it.
        Some(cells) if cells.iter().any(|known| known.lies_in(&cell)) => {}
        Some(cells) => cells.push(Cow::Owned(cell)),
        None => changes.push(Change {
            direction,
            requirement: Some(promise.requirement.clone()),
            what: ChangeKind::Part { kind, before: Some(was), now: is, cells: vec![Cow::Owned(cell)] },
            found: None,
        }),
    }
}
