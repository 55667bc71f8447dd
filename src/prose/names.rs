//! The first gate: which features of the roadmap a text names.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::model::roadmap::Roadmap;

use super::words::{WordToken, is_unseen, matches_at, phrase, tokens};

/// The words of a name, with the features that are called so.
#[derive(Debug)]
struct NameEntry {
    words: Vec<String>,
    features: Vec<usize>,
    is_id: bool,
}

/// What the features of a roadmap are called.
#[derive(Debug, Default)]
pub(crate) struct FeatureNames {
    /// By their first words, the longest first: all words, with the features that are called so.
    names: HashMap<String, Vec<NameEntry>>,
    /// What of each name begins with the first letter or digit in it, up to the next mark.
    beginnings: HashSet<String>,
    /// Whether some name has no letter and no digit.
    has_mark: bool,
}

/// A place where features are named: one, or several that share the name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) features: Vec<usize>,
    /// Which words.
    pub(crate) words: Range<usize>,
    /// Whether it is a common word, which need not mean the feature.
    pub(crate) is_common: bool,
    /// Whether it is an id, which documents seldom know.
    pub(crate) is_id: bool,
}

impl FeatureNames {
    pub(crate) fn new(roadmap: &Roadmap) -> Self {
        let mut all = Self::default();
        for (at, feature) in roadmap.features.iter().enumerate() {
            let names = feature.name.iter().chain(&feature.aliases).map(|name| (name, false));
            for (name, is_id) in names.chain([(&feature.id, true)]) {
                let words = phrase(&name.value);
                let beginning =
                    words.iter().flat_map(|word| word.split(is_mark)).find(|part| !part.is_empty());
                match beginning {
                    Some(beginning) => _ = all.beginnings.insert(beginning.to_owned()),
                    None => all.has_mark = true,
                }
                let Some(first) = words.first() else { continue };
                let entries = all.names.entry(first.clone()).or_default();
                match entries.iter_mut().find(|known| known.words == words) {
                    Some(known) => {
                        known.is_id &= is_id;
                        if !known.features.contains(&at) {
                            known.features.push(at);
                        }
                    }
                    None => entries.push(NameEntry { words, features: vec![at], is_id }),
                }
            }
        }
        for entries in all.names.values_mut() {
            entries.sort_by_key(|known| std::cmp::Reverse(known.words.len()));
        }
        all
    }

    /// Whether a text can name a feature at all: a look at its words that is quicker than to take it apart.
    pub(crate) fn may_be_in(&self, text: &str) -> bool {
        let mut word = String::new();
        let may_begin = |word: &str| {
            self.beginnings.contains(word)
                || word.strip_suffix('s').is_some_and(|stem| self.beginnings.contains(stem))
        };
        self.has_mark
            || text.contains(is_unseen)
            || text.split(is_mark).filter(|part| !part.is_empty()).any(|part| {
                word.clear();
                word.extend(part.chars().flat_map(char::to_lowercase));
                may_begin(&word)
            })
    }

    /// The features that a sentence names for certain.
    pub(crate) fn named_in(&self, text: &str) -> Vec<Mention> {
        if !self.may_be_in(text) {
            return Vec::new();
        }
        let mut mentions = self.mentions(text, &tokens(text));
        mentions.retain(|mention| !mention.is_common);
        mentions
    }

    /// The features that a text names, each of them where its longest name stands.
    pub(crate) fn mentions(&self, text: &str, tokens: &[WordToken]) -> Vec<Mention> {
        let mut all = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let entries = self.names.get(&tokens[at].stem).into_iter().flatten();
            let found = entries.into_iter().find(|known| matches_at(tokens, at, &known.words));
            let Some(NameEntry { words, features, is_id }) = found else {
                at += 1;
                continue;
            };
            let end = at + words.len();
            let is_common = words.len() == 1 && is_common(text, tokens, at);
            all.push(Mention { features: features.clone(), words: at..end, is_common, is_id: *is_id });
            at = end;
        }
        all
    }
}

fn is_mark(letter: char) -> bool {
    !letter.is_alphanumeric()
}

/// Whether a name of one word is written as any common word is: small, or at the beginning of a sentence.
fn is_common(text: &str, tokens: &[WordToken], at: usize) -> bool {
    let word = &text[tokens[at].place.clone()];
    let is_plain = word.chars().skip(1).all(char::is_lowercase);
    let quoted = at > 0 && tokens[at - 1].stem == "\"";
    let begins = at == 0 || matches!(tokens[at - 1].stem.as_str(), "." | ":" | ";" | ")");
    is_plain && !quoted && (begins || word.starts_with(char::is_lowercase))
}
