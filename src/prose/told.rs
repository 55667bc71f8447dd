//! Whether what a sentence denies is said of a feature that it names, or of something else in it.

use std::ops::Range;

use super::conditions::ModalSubject;
use super::ruling::{ModalClause, RuledStatement};
use super::words::phrases;

impl RuledStatement<'_> {
    /// Whether one of these phrases is said of what is named at some words.
    pub(super) fn is_told(
        &self,
        list: &'static [&'static str],
        unit: Option<&ModalClause>,
        words: Option<&Range<usize>>,
    ) -> bool {
        let said = phrases(list);
        let mut places = (0..self.tokens.len()).filter_map(|at| Some(at..at + said.at(&self.tokens, at)?));
        match words {
            Some(words) => places.any(|place| self.is_said_of(&place, unit, words)),
            None => places.next().is_some(),
        }
    }

    fn is_said_of(&self, said: &Range<usize>, unit: Option<&ModalClause>, words: &Range<usize>) -> bool {
        let is_behind = said.start >= words.end;
        let between = if is_behind { words.end..said.start } else { said.end..words.start };
        let is_apart = between.clone().any(|at| self.is_at(at, ";"))
            || self.is_in_remark(said, words)
            || unit.is_some_and(|unit| self.is_of_verb_before(said, unit))
            || is_behind && self.is_in_limit(between)
            || is_behind
                && (self.is_said_of_next(said, unit, words) || self.is_said_of_party(said, unit, words));
        !is_apart
    }

    /// Whether what stands before a phrase opens a limit in time, which the phrase belongs to: "until Customer has confirmed
    /// that it no longer needs it".
    fn is_in_limit(&self, mut between: Range<usize>) -> bool {
        between
            .rfind(|&at| matches!(self.stem(at), "until" | "unless" | "once" | "after" | "because" | ","))
            .is_some_and(|at| !self.is_at(at, ","))
    }

    /// Whether a phrase stands in a remark that the sentence goes on behind, and that what is named is none of: ", which is
    /// no longer a beta, by 31 March".
    fn is_in_remark(&self, said: &Range<usize>, words: &Range<usize>) -> bool {
        /// The most words of one.
        const LONGEST: usize = 24;
        let open = (said.start.saturating_sub(LONGEST)..said.start)
            .rev()
            .take_while(|&at| !matches!(self.stem(at), ";" | "|" | ")"))
            .find(|&at| self.is_at(at, ",") && self.opens_remark(at));
        let Some(open) = open else { return false };
        let close = (said.end..self.tokens.len()).find(|&at| matches!(self.stem(at), "," | ";"));
        close.is_some_and(|close| {
            self.is_at(close, ",") && !(open..close).contains(&words.start) && close + 1 < self.tokens.len()
        })
    }

    /// Whether a phrase is said of another feature, which stands right before it: "Search; and the Audit log is not included".
    fn is_said_of_next(&self, said: &Range<usize>, unit: Option<&ModalClause>, words: &Range<usize>) -> bool {
        const VERBS: [&str; 7] = ["is", "are", "shall", "will", "be", "however", "being"];
        let start = (words.end..said.start).rev().find(|&at| !VERBS.contains(&self.stem(at)));
        let next = start.and_then(|last| self.features.iter().find(|feature| feature.end == last + 1));
        let Some(next) = next.filter(|next| next.start >= words.end) else { return false };
        let is_object =
            unit.is_some_and(|unit| unit.subject != ModalSubject::Feature && unit.verb < words.start);
        let is_one = self.is_at(next.end, "is") || self.is_at(said.start, "is");
        !self.is_list_of_features(words.end..next.start)
            || is_object && (is_one || self.is_at(words.end, ","))
    }

    /// Whether a phrase is said of who promises, in a later part of the sentence: "Vendor shall provide Search, and shall not
    /// be liable for delays". What is said of the promise itself is none: "but does not guarantee this".
    fn is_said_of_party(
        &self,
        said: &Range<usize>,
        unit: Option<&ModalClause>,
        words: &Range<usize>,
    ) -> bool {
        const OF_IT: [&str; 7] = ["this", "it", "these", "such", "delivery", "the", "so"];
        let Some(unit) = unit.filter(|unit| unit.subject == ModalSubject::Vendor && !unit.is_denied) else {
            return false;
        };
        let joint = (words.end..said.start).rev().find(|&at| matches!(self.stem(at), "and" | "but"));
        let Some(joint) = joint.filter(|_| unit.modal.start < words.start) else { return false };
        let start = joint + 1 + usize::from(self.is_at(joint + 1, "the"));
        let party = self.parties.vendor.at(&self.tokens, start);
        let is_verb = matches!(self.stem(start + party), "shall" | "will" | "doe" | "do" | "is" | "are");
        is_verb && !OF_IT.contains(&self.stem(said.end))
    }

    /// Whether a phrase is said in an earlier part of the sentence than that of a verb which promises: "is not part of release
    /// 4, and will be delivered", "is offered as it is, and Vendor shall …".
    fn is_of_verb_before(&self, said: &Range<usize>, unit: &ModalClause) -> bool {
        if said.end > unit.modal.start || unit.is_denied {
            return false;
        }
        match unit.subject {
            ModalSubject::Feature => self.follows_and(unit.modal.start),
            ModalSubject::Vendor => {
                let start = unit.reach.start;
                let joint = start.checked_sub(1 + usize::from(self.is_at(start.wrapping_sub(1), "the")));
                start >= said.end && joint.is_some_and(|at| matches!(self.stem(at), "and" | "but"))
            }
            _ => false,
        }
    }

    /// Whether one of these phrases stands before a word, articles aside, or before a feature that an `and` joins it to.
    pub(super) fn is_excepted(&self, start: usize, list: &'static [&'static str]) -> bool {
        const ARTICLES: [&str; 6] = ["the", "a", "an", "any", "our", "its"];
        let mut end = start;
        loop {
            while end > 0 && ARTICLES.contains(&self.stem(end - 1)) {
                end -= 1;
            }
            if phrases(list).ends_at(&self.tokens, end) {
                return true;
            }
            let joint = end.checked_sub(1).filter(|&at| matches!(self.stem(at), "and" | "or"));
            let before = joint.and_then(|at| self.features.iter().find(|feature| feature.end == at));
            match before {
                Some(before) => end = before.start,
                None => return false,
            }
        }
    }
}
