//! What a feature is promised for, by the roadmap's own words.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::roadmap::{Feature, Roadmap};

use super::ruling::RuledStatement;
use super::sections::ColumnRole;
use super::statement::Form;
use super::words::{WordToken, matches_at, phrase};

/// Words of place, behind which values stand.
pub(super) const PLACES: [&str; 8] = ["for", "on", "in", "across", "under", "within", "running", "with"];

/// Values of a dimension that a sentence names.
#[derive(Debug)]
pub(crate) struct ScopeLimit {
    pub(crate) dimension: String,
    pub(crate) values: Vec<String>,
    /// Whether these are all: no other name stands in their list.
    pub(crate) is_whole: bool,
    /// Which words say them.
    pub(crate) words: Vec<Range<usize>>,
}

/// Words before the name of a dimension by which all its values are meant.
pub(super) const ALL_OF: [&str; 4] = ["all", "every", "each", "any"];

/// How many words behind one of them the name stands: "on all supported platforms".
pub(super) const ALL_WITHIN: usize = 2;

/// The dimensions of a roadmap, with the words of their values.
#[derive(Debug, Default)]
pub(crate) struct ScopeWords {
    /// By name, as features have it.
    dimensions: HashMap<String, DimensionWords>,
}

#[derive(Clone, Debug)]
struct DimensionWords {
    name: String,
    /// The words of its name.
    words: Vec<String>,
    /// Its values, each with its words.
    values: Vec<(String, Vec<String>)>,
}

impl ScopeWords {
    pub(crate) fn new(roadmap: &Roadmap) -> Self {
        let offers = roadmap.features.iter().flat_map(|feature| &feature.offers);
        let mut dimensions = HashMap::new();
        for name in offers.flat_map(|offer| offer.scope.dimensions()).map(|dimension| dimension.name()) {
            if !dimensions.contains_key(name)
                && let Some(known) = roadmap.dimension(name)
            {
                let values = known.values.iter().map(|value| (value.clone(), phrase(value))).collect();
                let words = DimensionWords { name: known.name.clone(), words: phrase(&known.name), values };
                dimensions.insert(name.to_owned(), words);
            }
        }
        Self { dimensions }
    }

    /// What a feature is promised for: the values of its dimensions that stand behind `for`, `on` or `in`, or in a column
    /// of their name.
    pub(crate) fn limits(
        &self,
        said: &RuledStatement<'_>,
        feature: &Feature,
        taken: &[Range<usize>],
    ) -> Vec<ScopeLimit> {
        let own = feature.offers.iter().flat_map(|offer| offer.scope.dimensions());
        let mut names: Vec<&str> = own.map(|dimension| dimension.name()).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().filter_map(|name| self.limit(said, name, taken)).collect()
    }

    /// The values of a dimension that stand behind `for`, `on` or `in`, or in a column of its name.
    pub(crate) fn limit(
        &self,
        said: &RuledStatement<'_>,
        dimension: &str,
        taken: &[Range<usize>],
    ) -> Option<ScopeLimit> {
        let dimension = self.dimensions.get(dimension)?;
        dimension.limit(said, taken, dimension.column(said))
    }

    /// The words that say of a dimension that all its values are meant: "on all platforms".
    pub(crate) fn all_of(&self, said: &RuledStatement<'_>, dimension: &str) -> Option<Range<usize>> {
        let name = &self.dimensions.get(dimension)?.words;
        let is_all = |at: &usize| {
            let place = at.checked_sub(1).map_or("", |at| said.tokens[at].stem.as_str());
            ALL_OF.contains(&&*said.tokens[*at].stem) && PLACES.contains(&place)
        };
        (0..said.tokens.len()).filter(is_all).find_map(|at| {
            let is_named = |at: &usize| matches_at(&said.tokens, *at, name);
            let name_at = (at + 1..=at + ALL_WITHIN).find(is_named)?;
            Some(at..name_at + name.len())
        })
    }

    /// Whether a value of a dimension that a sentence is limited by stands somewhere else in it, so that it may be promised
    /// as well: "for Linux; Windows follows".
    pub(crate) fn names_more(
        &self,
        said: &RuledStatement<'_>,
        limit: &ScopeLimit,
        taken: &[Range<usize>],
    ) -> bool {
        const OUT: [&str; 7] = ["not", "nor", "except", "excluding", "without", "than", "but"];
        const MORE: [&str; 9] = [
            "other", "others", "further", "such", "example", "including", "particular", "especially", "first",
        ];
        let Some(own) = self.dimensions.values().find(|own| own.name == limit.dimension) else {
            return false;
        };
        let is_taken = |at: usize| taken.iter().chain(&limit.words).any(|taken| taken.contains(&at));
        let is_out =
            |at: usize| said.tokens[at.saturating_sub(4)..at].iter().any(|word| OUT.contains(&&*word.stem));
        let is_value = |value: &str, at: usize, end: usize| {
            let place = said.tokens[at].place.start..said.tokens[end - 1].place.end;
            let is_small =
                !said.whole[place].contains(|letter: char| letter.is_uppercase() || letter.is_ascii_digit());
            !limit.values.iter().any(|known| known == value) && !is_small
        };
        let names = own.values.iter().any(|(value, words)| {
            (0..said.tokens.len()).any(|at| {
                matches_at(&said.tokens, at, words)
                    && is_value(value, at, at + words.len())
                    && !is_taken(at)
                    && !is_out(at)
            })
        });
        // "On Linux first", "on platforms such as Linux".
        let (first, last) = match (
            limit.words.iter().map(|words| words.start).min(),
            limit.words.iter().map(|words| words.end).max(),
        ) {
            (Some(first), Some(last)) => (first, last),
            _ => return names,
        };
        let around = first.saturating_sub(3)..(last + 2).min(said.tokens.len());
        names
            || around.into_iter().any(|at| !is_taken(at) && MORE.contains(&&*said.tokens[at].stem))
            || self.all_of(said, &own.name).is_some()
    }
}

impl DimensionWords {
    /// The words of a row's cell in a column of its name.
    fn column(&self, said: &RuledStatement<'_>) -> Option<Range<usize>> {
        let Form::Row(cells) = &said.statement.form else { return None };
        let mut columns = cells.iter().map(|(column, _)| column);
        let own = columns.find(|column| match column {
            ColumnRole::Other(head) => phrase(head) == self.words,
            _ => false,
        });
        said.cell_words(own?)
    }

    fn limit(
        &self,
        said: &RuledStatement<'_>,
        taken: &[Range<usize>],
        column: Option<Range<usize>>,
    ) -> Option<ScopeLimit> {
        let (text, tokens) = (&*said.whole, &said.tokens[..]);
        let is_in_column = |at: usize| column.as_ref().is_some_and(|column| column.contains(&at));
        let mut limit = ScopeLimit {
            dimension: self.name.clone(),
            values: Vec::new(),
            is_whole: true,
            words: Vec::new(),
        };
        let mut is_doubtful = false;
        for (value, words) in &self.values {
            let is_meant = |at: &usize| {
                let place = tokens[*at].place.start..tokens[at + words.len() - 1].place.end;
                // Values are words, too: `us`, `it`, "in standard formats".
                let is_small =
                    !text[place].contains(|letter: char| letter.is_uppercase() || letter.is_ascii_digit());
                let is_word = is_small && (value.len() <= 3 || self.is_of_another(tokens, at + words.len()));
                !taken.iter().any(|taken| taken.contains(at))
                    && (is_in_column(*at) || !is_word && self.is_behind(tokens, *at, words.len()))
            };
            let there = (0..tokens.len()).filter(|&at| matches_at(tokens, at, words));
            let mut places: Vec<usize> = there.filter(is_meant).collect();
            places.retain(|&at| {
                let denial = self.denial_before(tokens, at);
                is_doubtful |= denial == Some(false);
                denial.is_none()
            });
            if places.is_empty() {
                continue;
            }
            limit.values.push(value.clone());
            for at in places {
                let end = at + words.len();
                limit.is_whole &= !self.leads_to_another(text, tokens, end);
                let noun = tokens.get(end).filter(|next| self.is_noun(&next.stem));
                limit.words.push(at..end + usize::from(noun.is_some()));
            }
        }
        // What else stands in its column may be another value.
        let is_said = |at: usize| {
            limit.words.iter().any(|words| words.contains(&at))
                || !tokens[at].is_word()
                || ["and", "or", "only"].contains(&&*tokens[at].stem)
        };
        let is_other = column.is_some_and(|mut column| column.any(|at| !is_said(at)));
        limit.is_whole &= !is_other;
        (!limit.values.is_empty() && !is_doubtful).then_some(limit)
    }

    /// Whether the list that a value stands in is taken out: surely in "but not in the US", and perhaps in "not yet
    /// available in the US".
    fn denial_before(&self, tokens: &[WordToken], at: usize) -> Option<bool> {
        const DENIALS: [&str; 10] =
            ["not", "nor", "never", "except", "excluding", "save", "without", "than", "outside", "but"];
        /// The most words between a denial and what it denies.
        const LONGEST: usize = 4;
        let place = (0..at).rev().find(|&place| PLACES.contains(&&*tokens[place].stem))?;
        let is_denial = |word: &WordToken| DENIALS.contains(&&*word.stem);
        let before = tokens[..place].iter().rev().take_while(|word| word.is_word()).take(LONGEST);
        let steps = before.into_iter().position(is_denial)?;
        let denial = place - 1 - steps;
        let is_idle = tokens.get(denial + 1).is_some_and(|word| matches!(&*word.stem, "only" | "just" | "later"))
            // "no later than", "at more than"
            || tokens[denial].stem == "than" && (steps > 0 || tokens[..denial].last().is_none_or(|word| word.stem != "other"))
            || tokens[denial].stem == "but" && steps > 0;
        (!is_idle).then_some(steps == 0)
    }

    /// Whether a word is what the values are of: "Windows servers", "the EU region".
    fn is_noun(&self, stem: &str) -> bool {
        ["region", "device", "server", "user", "customer", "edition", "environment"].contains(&stem)
            || matches!(&self.words[..], [name] if name == stem)
    }

    /// Whether another noun stands behind a value, which then tells what kind of that is meant.
    fn is_of_another(&self, tokens: &[WordToken], end: usize) -> bool {
        const GOES_ON: [&str; 24] = [
            "and", "or", "by", "with", "for", "on", "in", "no", "not", "within", "before", "from", "as",
            "at", "until", "only", "alone", "is", "are", "shall", "will", "must", "during", "to",
        ];
        let next = tokens.get(end).filter(|next| next.is_word());
        next.is_some_and(|next| {
            let is_value = self.values.iter().any(|(_, words)| matches_at(tokens, end, words));
            !GOES_ON.contains(&&*next.stem) && !is_value && !self.is_noun(&next.stem)
        })
    }

    /// Whether a list goes on behind a value with a name that is none of the values: `Windows and Mac`. What the roadmap
    /// does not know is promised all the same.
    fn leads_to_another(&self, text: &str, tokens: &[WordToken], end: usize) -> bool {
        let stem = |at: usize| tokens.get(at).map_or("", |token| token.stem.as_str());
        let is_joint = |at: usize| ["and", "or", "/", "&"].contains(&stem(at));
        let name = match stem(end) {
            // A comma begins another clause as well, unless the list goes on behind the name.
            "," if is_joint(end + 1) => end + 2,
            "," if is_joint(end + 2) || stem(end + 2) == "," => end + 1,
            _ if is_joint(end) => end + 1,
            _ => return false,
        };
        let Some(token) = tokens.get(name) else { return false };
        let is_value = self.values.iter().any(|(_, words)| matches_at(tokens, name, words));
        // Who does something else begins another clause.
        let is_subject = ["shall", "will", "must", "may"].contains(&stem(name + 1));
        text[token.place.clone()].contains(char::is_uppercase) && !is_value && !is_subject
    }

    /// Whether a value stands in a list behind a word of place, or before the name of its dimension.
    fn is_behind(&self, tokens: &[WordToken], at: usize, length: usize) -> bool {
        const BETWEEN: [&str; 9] = ["and", "or", ",", "the", "both", "all", "including", "(", "/"];
        let is_value =
            |stem: &str| self.values.iter().any(|(_, words)| words.iter().any(|word| word == stem));
        let before = tokens[..at].iter().rev().map(|token| token.stem.as_str());
        let first = before.into_iter().find(|stem| {
            PLACES.contains(stem) || !BETWEEN.contains(stem) && !is_value(stem) && !self.is_noun(stem)
        });
        first.is_some_and(|stem| PLACES.contains(&stem)) || matches_at(tokens, at + length, &self.words)
    }
}
