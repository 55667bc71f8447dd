//! Ids for features, from what people call them.

use std::collections::{HashMap, HashSet};

use crate::text::fold;

use super::feature::ImportedFeature;

/// The longest id, in characters.
const LONGEST: usize = 60;

/// The ids and names of a roadmap. Contracts read an id before a name, so no id may be another feature's name.
#[derive(Debug, Default)]
pub(super) struct KnownNames {
    ids: HashSet<String>,
    /// The last number behind a stem that many ids share.
    counts: HashMap<String, u32>,
    /// Names and aliases, each with a number that stands for its feature.
    names: HashMap<String, usize>,
}

impl KnownNames {
    /// Notes an id that is taken.
    pub(super) fn take_id(&mut self, id: &str) {
        self.ids.insert(fold(id.trim()).into_owned());
    }

    /// Notes a name of a feature.
    pub(super) fn take_name(&mut self, name: &str, feature: usize) {
        self.names.entry(fold(name.trim()).into_owned()).or_insert(feature);
    }

    /// An id for a feature, which is taken from then on.
    pub(super) fn id(&mut self, feature: &ImportedFeature, number: usize) -> String {
        let of_name = in_words(&feature.name);
        let of_key = feature.reference.as_deref().map(in_words).unwrap_or_default();
        let stem = [&of_name, &of_key].into_iter().find(|stem| !stem.is_empty()).cloned();
        let stem = stem.unwrap_or_else(|| "feature".to_owned());
        let with_key = (!of_key.is_empty() && of_key != stem).then(|| format!("{stem}-{of_key}"));
        let last = self.counts.get(&stem).copied().unwrap_or(1);
        let counted = (last + 1..).map(|count: u32| (format!("{stem}-{count}"), count));
        let mut candidates =
            std::iter::once(stem.clone()).chain(with_key).map(|id| (id, last)).chain(counted);
        let is_free = |(id, _): &(String, u32)| {
            let id = fold(id);
            !self.ids.contains(&*id) && self.names.get(&*id).is_none_or(|owner| *owner == number)
        };
        let (id, count) = candidates.find(is_free).unwrap_or((stem.clone(), last));
        self.counts.insert(stem, count);
        self.take_id(&id);
        id
    }
}

/// A text in small letters, with hyphens between its words.
pub(super) fn in_words(text: &str) -> String {
    let mut id = String::new();
    for letter in text.chars().flat_map(char::to_lowercase) {
        if letter.is_alphanumeric() {
            id.push(letter);
        } else if !matches!(letter, '\'' | '\u{2019}') && !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    let short: String = id.chars().take(LONGEST).collect();
    let is_cut = short.len() < id.len();
    let whole =
        if is_cut { short.rsplit_once('-').map_or(short.as_str(), |(whole, _)| whole) } else { &short };
    whole.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_made_of_the_words_of_a_name() {
        for (name, id) in [
            ("Recipe scaling, in grams", "recipe-scaling-in-grams"),
            ("  Won't  do (yet) ", "wont-do-yet"),
            ("C++", "c"),
            ("Überlauf: Ä/Ö", "überlauf-ä-ö"),
            ("42", "42"),
            ("???", ""),
        ] {
            assert_eq!(in_words(name), id);
        }
        assert_eq!(in_words(&"word ".repeat(30)), ["word"; 12].join("-"));
    }
}
