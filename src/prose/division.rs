//! Whether a day, a level or a scope stands with a part alone of what a sentence promises.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::roadmap::{Feature, Roadmap};

use super::dates::{DateRole, NamedDate};
use super::levels::{LevelNeed, needs, stated};
use super::promise::PromiseGroup;
use super::ruling::RuledStatement;
use super::scopes::{PLACES, ScopeWords};

/// Words that add something to what was said.
const JOINTS: [&str; 5] = ["and", "or", "but", "plus", ";"];

/// The most words between a comma, or a day, and the value that it is for: ", for customers in the US".
const NEAR: usize = 6;

impl RuledStatement<'_> {
    /// Whether a day, a level or a scope stands with a part alone of what is promised: between two features or two values
    /// that it is for, in what is added to the rest, beside another one, or where two verbs promise.
    pub(super) fn is_divided(
        &self,
        group: &PromiseGroup,
        dates: &[NamedDate],
        roadmap: &Roadmap,
        scopes: &ScopeWords,
    ) -> bool {
        let part = &group.part;
        let own = dates.iter().filter(|date| part.contains(&date.words.start) && self.is_near(date, group));
        let own: Vec<&NamedDate> = own.filter(|date| date.role != DateRole::Reference).collect();
        let is_other = |pair: &[&NamedDate]| pair[0].window != pair[1].window;
        let days: Vec<&NamedDate> = own.iter().filter(|date| date.is_due()).copied().collect();
        if days.windows(2).any(is_other) {
            return true;
        }
        let mut marks: Vec<Range<usize>> = own.iter().map(|date| date.words.clone()).collect();
        let closed: Vec<Range<usize>> = dates
            .iter()
            .map(|date| date.words.clone())
            .chain(self.conditions())
            .chain([0..part.start, part.end..self.tokens.len()])
            .collect();
        // By dimension, in the order of the sentence.
        let mut places: BTreeMap<String, Vec<Range<usize>>> = BTreeMap::new();
        for feature in group.features.iter().flat_map(|(mention, _)| &mention.features) {
            let Some(feature) = roadmap.features.get(*feature) else { continue };
            for limit in scopes.limits(self, feature, &closed) {
                places.entry(limit.dimension).or_default().extend(limit.words);
            }
            let levels = self.levels_of(feature, &closed);
            if levels.windows(2).any(|pair| pair[0].0.is_other_of(&pair[1].0)) {
                return true;
            }
            marks.extend(levels.into_iter().map(|(_, words)| words));
        }
        places.values_mut().for_each(|places| places.sort_by_key(|place| place.start));
        let all = || places.values().flatten();
        marks.iter().chain(all()).any(|mark| self.is_added(mark.start))
            || self.has_two_verbs(group) && !marks.is_empty()
            || group.features.windows(2).any(|pair| {
                let between = pair[0].0.words.end..pair[1].0.words.start;
                pair[0].0.features != pair[1].0.features && marks.iter().any(|mark| is_within(mark, &between))
            })
            || places.values().any(|places| places.windows(2).any(|pair| self.is_apart(pair, &marks)))
            || marks.iter().any(|mark| all().any(|place| self.is_added_behind(mark.end, place.start)))
    }

    /// The levels that it names of a feature.
    fn levels_of(&self, feature: &Feature, closed: &[Range<usize>]) -> Vec<(LevelNeed, Range<usize>)> {
        needs(&self.whole, &self.tokens, &stated(feature).collect::<Vec<_>>(), closed)
    }

    /// Whether no other feature stands between a day and those of a group.
    pub(crate) fn is_near(&self, date: &NamedDate, group: &PromiseGroup) -> bool {
        let is_own = |place: &Range<usize>| {
            group
                .features
                .iter()
                .any(|(mention, _)| mention.words.start < place.end && place.start < mention.words.end)
        };
        group.features.is_empty()
            || group.features.iter().any(|(mention, _)| {
                let between = match mention.words.start < date.words.start {
                    true => mention.words.end..date.words.start,
                    false => date.words.end..mention.words.start,
                };
                !self.features.iter().any(|place| is_within(place, &between) && !is_own(place))
            })
    }

    /// Whether words are added to what was said: "the Audit log for Linux and, from 2028, for Windows".
    fn is_added(&self, start: usize) -> bool {
        let words = (start.saturating_sub(NEAR)..start).rev();
        let comma = words
            .take_while(|&at| self.tokens[at].is_word() || self.is_at(at, ","))
            .find(|&at| self.is_at(at, ","));
        comma.and_then(|comma| comma.checked_sub(1)).is_some_and(|before| self.is_joint(before))
    }

    /// Whether what stands behind a day or a level is added to what has it: "for Windows by 2028 and for Linux".
    fn is_added_behind(&self, end: usize, place: usize) -> bool {
        let joint = (end..place).find(|&at| self.is_joint(at)).unwrap_or(place);
        (end..place).len() <= NEAR
            && (joint..place).any(|at| PLACES.contains(&&*self.tokens[at].stem))
            && !self.units.iter().any(|unit| (end..place).contains(&unit.modal.start))
    }

    /// Whether a day or a level stands with one of two values alone.
    fn is_apart(&self, values: &[Range<usize>], marks: &[Range<usize>]) -> bool {
        let between = values[0].end..values[1].start;
        let has = |mark: &str| between.clone().any(|at| self.is_at(at, mark));
        let is_led = between.clone().any(|at| PLACES.contains(&&*self.tokens[at].stem));
        marks.iter().any(|mark| {
            is_within(mark, &between) || has(";") || is_led && has(",") && mark.start >= values[1].end
        })
    }

    /// Whether two of its features are objects of different verbs.
    fn has_two_verbs(&self, group: &PromiseGroup) -> bool {
        let verb = |at: usize| self.units.iter().position(|unit| unit.reach.contains(&at));
        let mut verbs = group.features.iter().filter_map(|(mention, _)| verb(mention.words.start));
        verbs.next().is_some_and(|first| verbs.any(|verb| verb != first))
    }

    fn is_joint(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|word| JOINTS.contains(&&*word.stem))
    }
}

fn is_within(words: &Range<usize>, of: &Range<usize>) -> bool {
    of.start <= words.start && words.end <= of.end
}
