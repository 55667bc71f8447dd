//! The first gate: which features of the roadmap a text names.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use aho_corasick::AhoCorasick;

use crate::model::roadmap::Roadmap;

use super::words::{WordToken, is_unseen, phrase, tokens};

/// The features that share a name.
#[derive(Clone, Debug)]
struct NameEntry {
    features: Vec<usize>,
    is_id: bool,
}

/// What the features of a roadmap are called.
#[derive(Debug, Default)]
pub(crate) struct FeatureNames {
    /// By all words, with a space between them.
    names: HashMap<String, NameEntry>,
    /// By all words without a space: several may be one, with what no reader sees between them.
    joined: HashMap<String, NameEntry>,
    /// How many words the names have that begin with a word, the most first.
    lengths: HashMap<String, Vec<usize>>,
    /// Looks for what of each name begins with the first letter or digit in it, up to the next mark; none where some name has
    /// no letter and no digit, which may stand anywhere.
    finder: Option<BeginningFinder>,
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
        let mut known: HashMap<Vec<String>, (Vec<usize>, bool)> = HashMap::new();
        let mut beginnings = BTreeSet::new();
        for (at, feature) in roadmap.features.iter().enumerate() {
            let names = feature.name.iter().chain(&feature.aliases).map(|name| (name, false));
            for (name, is_id) in names.chain([(&feature.id, true)]) {
                let words = phrase(&name.value);
                let beginning =
                    words.iter().flat_map(|word| word.split(is_mark)).find(|part| !part.is_empty());
                beginnings.insert(beginning.map(str::to_owned));
                let (features, is_only_id) = known.entry(words).or_insert((Vec::new(), true));
                *is_only_id &= is_id;
                if features.last() != Some(&at) {
                    features.push(at);
                }
            }
        }
        let mut all = Self { finder: BeginningFinder::new(beginnings), ..Self::default() };
        for (words, (features, is_id)) in known {
            let Some(first) = words.first() else { continue };
            let entry = NameEntry { features, is_id };
            if words.len() > 1 {
                let joined = all.joined.entry(words.concat());
                let joined = joined.or_insert(NameEntry { features: Vec::new(), is_id });
                joined.features.extend(&entry.features);
                joined.is_id &= is_id;
            }
            all.lengths.entry(first.clone()).or_default().push(words.len());
            all.names.insert(words.join(" "), entry);
        }
        for lengths in all.lengths.values_mut() {
            lengths.sort_unstable_by(|one, other| other.cmp(one));
            lengths.dedup();
        }
        for joined in all.joined.values_mut() {
            joined.features.sort_unstable();
            joined.features.dedup();
        }
        all
    }

    /// Whether each name has a letter or a digit.
    pub(crate) fn are_of_words(&self) -> bool {
        self.finder.is_some()
    }

    /// Whether a text can name a feature at all: a look at its words that is quicker than to take it apart.
    pub(crate) fn may_be_in(&self, text: &str) -> bool {
        self.finder.as_ref().is_none_or(|finder| finder.may_be_in(text))
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
            let stem = tokens[at].stem.as_str();
            let lengths = self.lengths.get(stem).into_iter().flatten();
            let named = lengths.into_iter().find_map(|&length| {
                let words: Vec<&str> =
                    tokens.get(at..at + length)?.iter().map(|token| token.stem.as_str()).collect();
                Some((self.names.get(&words.join(" "))?, length))
            });
            let joined = || {
                let entry = self.joined.get(stem)?;
                has_unseen(&text[tokens[at].place.clone()]).then_some((entry, 1))
            };
            let Some((NameEntry { features, is_id }, length)) = named.or_else(joined) else {
                at += 1;
                continue;
            };
            let end = at + length;
            let is_common = length == 1 && is_common(text, tokens, at);
            all.push(Mention { features: features.clone(), words: at..end, is_common, is_id: *is_id });
            at = end;
        }
        all
    }
}

/// Looks for the beginnings of names, without regard to case.
#[derive(Debug)]
struct BeginningFinder {
    /// Whole words, then what words begin with whose other letters have no one other case.
    patterns: AhoCorasick,
    whole: usize,
}

impl BeginningFinder {
    /// Looks for these, if each name has one.
    fn new(beginnings: BTreeSet<Option<String>>) -> Option<Self> {
        /// Signs that are letters in small.
        const SIGNS: [&str; 2] = ["\u{212a}", "\u{212b}"];
        let beginnings: Vec<String> = beginnings.into_iter().collect::<Option<_>>()?;
        let (mut all, others): (Vec<String>, Vec<String>) =
            beginnings.into_iter().partition(|it| it.is_ascii());
        let whole = all.len();
        for other in others {
            let plain: String = other.chars().take_while(char::is_ascii).collect();
            match other.chars().next().filter(|_| plain.is_empty()) {
                Some(first) => all.extend([first.to_string(), first.to_uppercase().collect()]),
                None => all.push(plain),
            }
        }
        all.extend(SIGNS.map(str::to_owned));
        let patterns = AhoCorasick::builder().ascii_case_insensitive(true).build(all).ok()?;
        Some(Self { patterns, whole })
    }

    fn may_be_in(&self, text: &str) -> bool {
        let is_end = |behind: &str| !behind.starts_with(char::is_alphanumeric);
        has_unseen(text)
            || self.patterns.find_overlapping_iter(text).any(|found| {
                let (before, behind) = (&text[..found.start()], &text[found.end()..]);
                let is_plural = || behind.strip_prefix(['s', 'S']).is_some_and(is_end);
                found.pattern().as_usize() >= self.whole
                    || !before.ends_with(char::is_alphanumeric) && (is_end(behind) || is_plural())
            })
    }
}

/// Whether a text has what no reader sees.
pub(super) fn has_unseen(text: &str) -> bool {
    // To look at all bytes is quicker than to stop at one.
    let has_control = text.bytes().fold(false, |known, byte| known | byte.is_ascii_control());
    has_control || !text.is_ascii() && text.contains(is_unseen)
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
