//! Which promise of today is which one by the other roadmap.

use std::collections::{BTreeMap, HashSet, VecDeque};

use crate::deals::DealPromise;

/// A promise's file and its place in that, and its name, as far as they tell.
type MatchingKey<'d> = (&'d str, u32, &'d str);

/// The promises of a contract, as they are by either roadmap, and the names of those that only today's has.
pub(super) fn pairs<'d>(
    now: &'d [DealPromise],
    before: &'d [DealPromise],
) -> (Vec<(&'d DealPromise, &'d DealPromise)>, HashSet<&'d str>) {
    let mut older_of: Vec<Option<&DealPromise>> = vec![None; now.len()];
    let mut left: Vec<&DealPromise> = before.iter().collect();
    // A requirement without an id is called as its feature, whose id may differ; its place in the files does not.
    let keys: [fn(&'d DealPromise) -> MatchingKey<'d>; 3] = [
        |promise| (&promise.place.0, promise.place.1, &promise.requirement),
        |promise| (&promise.place.0, promise.place.1, ""),
        |promise| ("", 0, &promise.requirement),
    ];
    for key in keys {
        let mut older: BTreeMap<_, VecDeque<&DealPromise>> = BTreeMap::new();
        left.drain(..).for_each(|promise| older.entry(key(promise)).or_default().push_back(promise));
        for (promise, of) in now.iter().zip(&mut older_of).filter(|(_, of)| of.is_none()) {
            *of = older.get_mut(&key(promise)).and_then(VecDeque::pop_front);
        }
        left.extend(older.into_values().flatten());
    }
    let of_both = now.iter().zip(&older_of).filter_map(|(now, before)| Some((now, (*before)?)));
    let only_now = now.iter().zip(&older_of).filter(|(_, before)| before.is_none());
    (of_both.collect(), only_now.map(|(promise, _)| promise.requirement.as_str()).collect())
}
