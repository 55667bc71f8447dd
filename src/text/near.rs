//! Finds the known name that a misspelt one was meant to be.

use std::borrow::Cow;
use std::collections::HashMap;

use rapidfuzz::distance::osa;

use super::fold;

/// The name nearest to `wanted`, if it is near enough to be meant. Ignores case. Looks at the first 250 names only; a
/// [`NameIndex`] looks at more.
///
/// Restricted Damerau-Levenshtein distance of at most a third of the longer name, as rustc's `find_best_match_for_name`,
/// and less than the whole of the shorter one: `x` is not like `a`.
pub(crate) fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if wanted.len() > LONGEST_NAME {
        return None;
    }
    let wanted = Query::new(wanted);
    let near = names
        .into_iter()
        .take(MOST_NAMES)
        .filter_map(|name| Some((wanted.distance(&FoldedName::new(name), usize::MAX)?, name)));
    near.min_by_key(|&(distance, _)| distance).map(|(_, name)| name)
}

/// Whether a name is another one with a slip of the hand: a letter too many, too few or wrong, two that changed places, or
/// other marks between its words. Other digits make another name, and so does a letter of a short one.
pub(crate) fn is_slip(one: &str, other: &str) -> bool {
    const SHORT: usize = 4;
    let letters =
        |name| -> Vec<char> { fold(name).chars().filter(|letter| letter.is_alphanumeric()).collect() };
    let (one, other) = (letters(one), letters(other));
    let digits = |name: &[char]| -> String { name.iter().filter(|letter| letter.is_numeric()).collect() };
    let is_long = one.len().min(other.len()) > SHORT;
    one == other
        || (is_long && digits(&one) == digits(&other) && osa::distance(one.iter(), other.iter()) <= 1)
}

/// In bytes. A longer name is compared with none, since each comparison would take long.
const LONGEST_NAME: usize = 200;

/// The most names that one is compared with, so that an unknown name costs no more in a large roadmap.
const MOST_NAMES: usize = 250;

/// The most names of a [`NameIndex`] that one is compared with; nearly always all of about its length.
const MOST_COMPARED: usize = 1000;

/// Names for many lookups of the [`nearest`]: folded once, and compared in the order of how much their lengths differ. At
/// most [`MOST_COMPARED`] are compared, so that a lookup takes no longer among more.
#[derive(Debug, Default)]
pub(crate) struct NameIndex {
    /// By length: each with its index in `names`.
    by_length: HashMap<usize, Vec<(usize, FoldedName<'static>)>>,
    /// As they were given.
    names: Vec<Box<str>>,
}

impl NameIndex {
    /// An index of names.
    pub(crate) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_length: HashMap<usize, Vec<(usize, FoldedName<'static>)>> = HashMap::new();
        let names: Vec<Box<str>> = names.into_iter().map(Box::from).collect();
        for (index, name) in names.iter().enumerate() {
            let FoldedName { text, length } = FoldedName::new(name);
            let name = FoldedName { text: Cow::Owned(text.into_owned()), length };
            by_length.entry(length).or_default().push((index, name));
        }
        Self { by_length, names }
    }

    /// What [`nearest`] gives.
    pub(crate) fn nearest(&self, wanted: &str) -> Option<&str> {
        if wanted.len() > LONGEST_NAME {
            return None;
        }
        let wanted = Query::new(wanted);
        // A third of the longer one is at most half of the shorter one.
        let length = wanted.name.length;
        let differences = 0..=length.max(3).div_ceil(2);
        let lengths = differences.flat_map(|difference| {
            [length.checked_sub(difference), Some(length + difference).filter(|_| difference > 0)]
        });
        let names = lengths.flatten().filter_map(|length| self.by_length.get(&length)).flatten();
        let mut best: Option<(usize, usize)> = None;
        for (index, name) in names.take(MOST_COMPARED) {
            let cutoff = best.map_or(usize::MAX, |(distance, _)| distance);
            if let Some(distance) = wanted.distance(name, cutoff)
                && best.is_none_or(|best| (distance, *index) < best)
            {
                best = Some((distance, *index));
            }
        }
        best.map(|(_, index)| &*self.names[index])
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

    /// The largest distance at which another name is near.
    fn limit(&self, other: &Self) -> usize {
        self.length.max(other.length).max(3) / 3
    }
}

/// A name to compare with many others.
struct Query<'n> {
    name: FoldedName<'n>,
    comparator: osa::BatchComparator<char>,
}

impl<'n> Query<'n> {
    fn new(name: &'n str) -> Self {
        let name = FoldedName::new(name);
        Self { comparator: osa::BatchComparator::new(name.text.chars()), name }
    }

    /// The distance to another name, if that is near and at most `cutoff`.
    fn distance(&self, other: &FoldedName<'_>, cutoff: usize) -> Option<usize> {
        let below_shorter = self.name.length.min(other.length).checked_sub(1)?;
        let cutoff = self.name.limit(other).min(cutoff).min(below_shorter);
        self.comparator.distance_with_args(other.text.chars(), &osa::Args::default().score_cutoff(cutoff))
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

    #[test]
    fn a_slip_makes_no_other_name() {
        let slips = [
            ("retentoin", "retention"),
            ("Retention", "retention"),
            ("support-hours", "Support hours"),
            ("certificate", "certificates"),
            ("uptme", "uptime"),
        ];
        for (one, other) in slips {
            assert!(is_slip(one, other) && is_slip(other, one), "{one}");
        }
        let others = [
            ("rto", "rpo"),
            ("iso-27001", "iso-27002"),
            ("max-users", "min-users"),
            ("", "a"),
            ("uptime", "runtime"),
        ];
        for (one, other) in others {
            assert!(!is_slip(one, other), "{one}");
        }
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
