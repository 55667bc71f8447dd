//! The name that was meant, where none is spelled so.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rapidfuzz::distance::osa;

use super::fold;

/// The name most like `wanted`, if one is like enough to be what was meant. Case is ignored. Of many names only the first
/// 250 are looked at: use a [`NameIndex`] for more.
///
/// Restricted Damerau-Levenshtein distance of at most a third of the longer name, as rustc's `find_best_match_for_name`,
/// and less than the whole of the shorter one: `x` is not like `a`.
pub(crate) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wanted.len() > LONGEST_NAME {
        return None;
    }
    let wanted = WantedName::new(wanted);
    let near = names
        .into_iter()
        .take(MOST_NAMES)
        .filter_map(|name| Some((wanted.distance(&FoldedName::new(name), usize::MAX)?, name)));
    near.min_by_key(|&(distance, _)| distance).map(|(_, name)| name)
}

/// In bytes; to say of a longer one that it is like no name would take long, one name at a time.
const LONGEST_NAME: usize = 200;

/// The most names that one is held against: unknown names must cost no more where more are known.
const MOST_NAMES: usize = 250;

/// The most names of a [`NameIndex`] that one is compared with; nearly always all of about its length.
const MOST_COMPARED: usize = 1000;

/// Names of which the [`nearest`] is asked for again and again: folded once, and looked at in the order of how much their
/// length differs. Only so many are that a name takes no longer where there are more.
#[derive(Debug, Default)]
pub(crate) struct NameIndex {
    /// By length, in the order in which they were given.
    by_length: BTreeMap<usize, Vec<(usize, FoldedName<'static>)>>,
    /// As they were given.
    names: Vec<Box<str>>,
}

impl NameIndex {
    /// An index of names.
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_length: BTreeMap<usize, Vec<(usize, FoldedName<'static>)>> = BTreeMap::new();
        let names: Vec<Box<str>> = names.into_iter().map(Box::from).collect();
        for (place, name) in names.iter().enumerate() {
            let FoldedName { text, length } = FoldedName::new(name);
            let name = FoldedName { text: Cow::Owned(text.into_owned()), length };
            by_length.entry(length).or_default().push((place, name));
        }
        Self { by_length, names }
    }

    /// What [`nearest`] gives.
    pub(crate) fn nearest(&self, wanted: &str) -> Option<&str> {
        if wanted.len() > LONGEST_NAME {
            return None;
        }
        let wanted = WantedName::new(wanted);
        // A third of the longer one is at most half of the shorter one.
        let away = 0..=wanted.name.length.max(3).div_ceil(2);
        let lengths = away.flat_map(|away| {
            [wanted.name.length.checked_sub(away), Some(wanted.name.length + away).filter(|_| away > 0)]
        });
        let names = lengths.flatten().filter_map(|length| self.by_length.get(&length)).flatten();
        let mut best: Option<(usize, usize)> = None;
        for (place, name) in names.take(MOST_COMPARED) {
            let most = best.map_or(usize::MAX, |(distance, _)| distance);
            let found = wanted.distance(name, most).map(|distance| (distance, *place));
            best = best.into_iter().chain(found).min();
        }
        best.map(|(_, place)| &*self.names[place])
    }
}

/// A name without regard to case.
#[derive(Debug)]
struct FoldedName<'n> {
    text: Cow<'n, str>,
    /// In letters.
    length: usize,
}

impl<'n> FoldedName<'n> {
    fn new(name: &'n str) -> Self {
        let text = fold(name);
        let length = text.chars().count();
        Self { text, length }
    }

    /// How far another one may be away, and be near.
    fn limit(&self, other: &Self) -> usize {
        self.length.max(other.length).max(3) / 3
    }
}

/// A name that was meant to be one of many.
struct WantedName<'n> {
    name: FoldedName<'n>,
    letters: osa::BatchComparator<char>,
}

impl<'n> WantedName<'n> {
    fn new(name: &'n str) -> Self {
        let name = FoldedName::new(name);
        Self { letters: osa::BatchComparator::new(name.text.chars()), name }
    }

    /// How far it is from another one, if it is near, and no further away than this.
    fn distance(&self, other: &FoldedName<'_>, most: usize) -> Option<usize> {
        let in_common = self.name.length.min(other.length).checked_sub(1)?;
        let most = self.name.limit(other).min(most).min(in_common);
        self.letters.distance_with_args(other.text.chars(), &osa::Args::default().score_cutoff(most))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_nearest_name_is_near() {
        let names = ["requirements", "milestones", "for", "due"];
        assert_eq!(nearest("requirments", names), Some("requirements"));
        assert_eq!(nearest("DUE", names), Some("due"));
        assert_eq!(nearest("penalty", names), None);
        assert_eq!(nearest("x", ["a", "b"]), None);
    }

    proptest! {
        #[test]
        fn a_name_is_near_by_its_distance_alone(one in "[A-Da-dä-ü ]{0,8}", other in "[A-Da-dä-ü ]{0,8}") {
            let (lower, name) = (one.to_lowercase(), other.to_lowercase());
            let distance = osa::distance(lower.chars(), name.chars());
            let lengths = [lower.chars().count(), name.chars().count()];
            let limit = lengths.into_iter().max().unwrap_or_default().max(3) / 3;
            let near = distance <= limit && lengths.into_iter().all(|length| distance < length);
            prop_assert_eq!(nearest(&one, [other.as_str()]).is_some(), near);
        }

        #[test]
        fn an_index_finds_the_same(one in "[A-Da-dä ]{0,9}", names in prop::collection::vec("[a-dä ]{0,9}", 0..12)) {
            let index = NameIndex::new(names.iter().map(String::as_str));
            prop_assert_eq!(index.nearest(&one), nearest(&one, names.iter().map(String::as_str)));
        }
    }
}
