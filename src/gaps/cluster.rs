//! Spellings of one name: `lot-traking` and `Lot tracking` are one wish.

use std::collections::{BTreeMap, BTreeSet};

use crate::text::nearest;

/// The name that stands for each of some names: of those that are like each other the commonest, and of equally
/// common ones the first. A name may come several times.
///
/// Names are compared only with those that share a word's first three letters, so that many thousands of
/// different names take no time.
pub(super) fn clusters<'a>(names: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, &'a str> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    let mut commonest: Vec<&str> = counts.keys().copied().collect();
    commonest.sort_by_key(|name| std::cmp::Reverse(counts[name]));
    let mut heads: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut found: BTreeMap<&str, &str> = BTreeMap::new();
    for name in commonest {
        let starts = starts(name);
        let near: Vec<(String, &str)> = starts
            .iter()
            .filter_map(|start| heads.get(start))
            .flatten()
            .map(|head| (plain(head), *head))
            .collect();
        let head = nearest(&plain(name), near.iter().map(|(plain, _)| plain.as_str()))
            .and_then(|found| near.iter().find(|(plain, _)| plain == found))
            .map_or(name, |(_, head)| *head);
        found.insert(name, head);
        if head == name {
            starts.into_iter().for_each(|start| heads.entry(start).or_default().push(name));
        }
    }
    found
}

/// A name without case and punctuation.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(|character| character.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// How the words of a name begin.
fn starts(name: &str) -> BTreeSet<String> {
    let words = name.split(|character: char| !character.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(|word| word.to_lowercase().chars().take(3).collect()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_name_are_one() {
        let names = ["lot-tracking", "Lot tracking", "lot-traking", "lot-tracking", "voice", "Pick by voice"];
        let found = clusters(names.into_iter());
        assert_eq!(found["lot-traking"], "lot-tracking");
        assert_eq!(found["Lot tracking"], "lot-tracking");
        assert_eq!(found["voice"], "voice");
        assert_eq!(found["Pick by voice"], "Pick by voice");
    }

    proptest! {
        #[test]
        fn who_stands_for_others_stands_for_itself(names in proptest::collection::vec("[a-c ]{0,6}", 0..12)) {
            let found = clusters(names.iter().map(String::as_str));
            for name in &names {
                let head = found[name.as_str()];
                prop_assert_eq!(found[head], head);
            }
        }

        #[test]
        fn the_order_of_the_contracts_does_not_matter(names in proptest::collection::vec("[a-c-]{1,5}", 0..10)) {
            let forward = clusters(names.iter().map(String::as_str));
            let backward = clusters(names.iter().rev().map(String::as_str));
            prop_assert_eq!(forward, backward);
        }
    }
}
