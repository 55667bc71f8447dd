//! The name that was meant, where none is spelled so.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::fold;

/// The name most like `wanted`, if one is like enough to be what was meant. Case is ignored. Of many names only the first
/// 250 are looked at: use a [`NameIndex`] for more.
///
/// Damerau-Levenshtein distance of at most a third of the longer name, as rustc's `find_best_match_for_name`, and
/// less than the whole of the shorter one: `x` is not like `a`.
pub(crate) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wanted.len() > LONGEST_NAME {
        return None;
    }
    let wanted = FoldedName::new(wanted);
    let near = names.into_iter().take(MOST_NAMES).filter_map(|name| {
        let other = FoldedName::new(name);
        match wanted.is_unlike(&other, usize::MAX) {
            true => None,
            false => Some((wanted.distance(&other, usize::MAX)?, name)),
        }
    });
    near.min_by_key(|&(distance, _)| distance).map(|(_, name)| name)
}

/// In bytes; to say of a longer one that it is like no name would take long, one name at a time.
const LONGEST_NAME: usize = 200;

/// The most names that one is held against: unknown names must cost no more where more are known.
const MOST_NAMES: usize = 250;

/// The most names of a [`NameIndex`] that are looked at for one; nearly always all of about its length.
const MOST_GLANCES: usize = 1000;

/// The most names of a [`NameIndex`] that are compared letter by letter, those with most letters in common first.
const MOST_COMPARED: usize = 100;

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
            let FoldedName { text, length, letters } = FoldedName::new(name);
            let name = FoldedName { text: Cow::Owned(text.into_owned()), length, letters };
            by_length.entry(length).or_default().push((place, name));
        }
        Self { by_length, names }
    }

    /// What [`nearest`] gives.
    pub(crate) fn nearest(&self, wanted: &str) -> Option<&str> {
        if wanted.len() > LONGEST_NAME {
            return None;
        }
        let wanted = FoldedName::new(wanted);
        // A third of the longer one is at most half of the shorter one.
        let away = 0..=wanted.length.max(3).div_ceil(2);
        let lengths = away.flat_map(|away| {
            [wanted.length.checked_sub(away), Some(wanted.length + away).filter(|_| away > 0)]
        });
        let names = lengths.flatten().filter_map(|length| self.by_length.get(&length)).flatten();
        let near = names.take(MOST_GLANCES).filter_map(|(place, name)| {
            let least = wanted.own_letters(name);
            (least <= wanted.limit(name)).then_some((least, *place, name))
        });
        let mut near = Vec::from_iter(near);
        near.sort_unstable_by_key(|&(least, place, _)| (least, place));
        let mut best: Option<(usize, usize)> = None;
        for (least, place, name) in near.into_iter().take(MOST_COMPARED) {
            let most = best.map_or(usize::MAX, |(distance, _)| distance);
            if least > most {
                break;
            }
            let found = wanted.distance(name, most).map(|distance| (distance, place));
            best = best.into_iter().chain(found).min();
        }
        best.map(|(_, place)| &*self.names[place])
    }
}

/// A name without regard to case, with what tells at a glance that it is unlike most others.
#[derive(Debug)]
struct FoldedName<'n> {
    text: Cow<'n, str>,
    length: usize,
    /// How often it has each letter; several share a place.
    letters: [u8; 64],
}

impl<'n> FoldedName<'n> {
    fn new(name: &'n str) -> Self {
        let text = fold(name);
        let (mut length, mut letters) = (0, [0u8; 64]);
        for letter in text.chars() {
            length += 1;
            let count = &mut letters[letter as usize % 64];
            *count = count.saturating_add(1);
        }
        Self { text, length, letters }
    }

    /// How far another one may be away, and be near.
    fn limit(&self, other: &Self) -> usize {
        self.length.max(other.length).max(3) / 3
    }

    /// Whether a glance tells that another one is not near, or more than so far away.
    fn is_unlike(&self, other: &Self, most: usize) -> bool {
        let most = self.limit(other).min(most);
        self.length.abs_diff(other.length) > most || self.own_letters(other) > most
    }

    /// How far it is from another one, if it is near, and no further away than this.
    fn distance(&self, other: &Self, most: usize) -> Option<usize> {
        let distance = strsim::damerau_levenshtein(&self.text, &other.text);
        let some_in_common = distance < self.length && distance < other.length;
        (distance <= self.limit(other).min(most) && some_in_common).then_some(distance)
    }

    /// How many letters one of the two has that the other has not, each of which takes a change.
    fn own_letters(&self, other: &Self) -> usize {
        let pairs = self.letters.iter().zip(&other.letters);
        let (one, two) = pairs.fold((0, 0), |(one, two), (&mine, &theirs)| {
            (one + usize::from(mine.saturating_sub(theirs)), two + usize::from(theirs.saturating_sub(mine)))
        });
        one.max(two)
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
        fn a_glance_rules_out_no_name_that_is_near(one in "[A-Da-dä-ü ]{0,8}", other in "[A-Da-dä-ü ]{0,8}") {
            let (lower, name) = (one.to_lowercase(), other.to_lowercase());
            let distance = strsim::damerau_levenshtein(&lower, &name);
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
