//! Which parts of a text errors have made doubtful.

use std::ops::Range;

/// Where errors are.
#[derive(Default)]
pub(super) struct Damage {
    /// Sorted by start; the second is the furthest end up to here.
    pub(super) places: Vec<(usize, usize)>,
    /// The same without the errors about names: those leave the name itself readable.
    pub(super) unreadable: Vec<(usize, usize)>,
    pub(super) everywhere: bool,
}

impl Damage {
    pub(super) fn new(places: impl Iterator<Item = (Range<usize>, bool)>, everywhere: bool) -> Self {
        let mut all: Vec<_> = places.collect();
        all.sort_by_key(|(at, _)| at.start);
        let reach = |with_clashes: bool| {
            let mut furthest = 0;
            let places = all.iter().filter(|(_, clash)| with_clashes || !clash);
            places
                .map(|(at, _)| {
                    furthest = furthest.max(at.end);
                    (at.start, furthest)
                })
                .collect()
        };
        Self { places: reach(true), unreadable: reach(false), everywhere }
    }

    pub(super) fn touches(places: &[(usize, usize)], range: &Range<usize>) -> bool {
        let after = places.partition_point(|&(start, _)| start <= range.end);
        after.checked_sub(1).is_some_and(|last| places[last].1 >= range.start)
    }
}
