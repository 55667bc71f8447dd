//! Verbs that say without a modal verb what is so: "Vendor keeps", "the Platform supports", "the Audit log is included".

use std::ops::Range;

use super::conditions::ModalSubject;
use super::ruling::RuledStatement;
use super::verbs::{DELIVERED, DELIVERIES, PRESENT};
use super::words::phrases;

/// A verb that a sentence is taken apart at.
#[derive(Clone, Debug)]
pub(super) struct FoundVerb {
    pub(super) words: Range<usize>,
    /// Its subject and where that begins, where it is no modal verb.
    pub(super) present: Option<(ModalSubject, usize)>,
}

impl RuledStatement<'_> {
    /// A verb at a place that says without a modal verb what is so: "Vendor keeps …", "the Platform supports …".
    pub(super) fn present_at(&self, at: usize, before: Option<&FoundVerb>) -> Option<FoundVerb> {
        let lists = PRESENT
            .iter()
            .filter_map(|(subjects, verbs)| Some((*subjects, phrases(verbs).at(&self.tokens, at)?)));
        let mut lists: Vec<_> = lists.collect();
        if matches!(&*self.tokens[at].stem, "is" | "are" | "remain" | "stay" | "become")
            && let Some(length) = self.delivered(at)
        {
            lists.push((&[ModalSubject::Feature, ModalSubject::Offer], length));
        }
        // "that the Audit log be available", "the deadline for the Audit log is 31 March".
        let is_wish = self.is_at(at, "be") && self.delivered(at).is_some();
        let is_day =
            self.is_at(at, "is") && self.has_day_behind(at + 1 + usize::from(self.is_at(at + 1, "now")));
        if is_wish || is_day {
            let from = before.map_or(0, |before| before.words.end);
            let (subject, start, end) = self.subject_before(from, at, true)?;
            let is_said = if is_wish {
                start > from && self.is_that_before(start)
            } else {
                start + 1 < end && self.is_delivery(start)
            };
            return (subject == ModalSubject::Feature && is_said && self.is_joined(subject, end..at))
                .then_some(FoundVerb { words: at..at + 1, present: Some((subject, start)) });
        }
        let is_to = self.is_to_deliver(at);
        let is_passive = self.is_passive(at);
        if lists.is_empty() && !is_to && !is_passive || self.is_named(at..at + 1) {
            return None;
        }
        let from = before.map_or(0, |before| before.words.end);
        let found = |words: Range<usize>, subject| Some(FoundVerb { words, present: Some(subject) });
        // "Vendor operates A and makes B available".
        if let Some((subject, start)) = before.and_then(|before| before.present)
            && self.follows_and(at)
            && let Some((_, length)) = lists.iter().find(|(subjects, _)| subjects.contains(&subject))
            && self.is_verb_of(at, start..start + 1)
        {
            return found(at..at + length, (subject, at));
        }
        let Some((subject, start, end)) = self.subject_before(from, at, true) else {
            // "The following interfaces are provided: …".
            let follows = (at.saturating_sub(8).max(from)..at).any(|at| self.is_at(at, "following"));
            return match lists.last() {
                Some((_, length)) if follows => found(at..at + length, (ModalSubject::Offer, from)),
                _ if is_passive => found(at..at + 2, (ModalSubject::Other, from)),
                _ => None,
            };
        };
        if is_to {
            // "Vendor to deliver …", as minutes have it.
            let opens = start == 0 || !self.tokens[start - 1].is_word();
            return if subject == ModalSubject::Vendor && end == at && opens {
                found(at..at + 1, (subject, start))
            } else {
                None
            };
        }
        if is_passive && matches!(subject, ModalSubject::Customer | ModalSubject::Offer) {
            return found(at..at + 2, (ModalSubject::Other, start));
        }
        let (_, length) = lists.into_iter().find(|(subjects, _)| subjects.contains(&subject))?;
        let is_own = self.is_verb_of(at, start..end) && self.is_joined(subject, end..at);
        if is_own && !self.is_aside(start, from) { found(at..at + length, (subject, start)) } else { None }
    }

    /// Whether a `that` stands before some words, articles aside.
    pub(super) fn is_that_before(&self, start: usize) -> bool {
        self.before(start, 0).0 == Some("that")
    }

    /// Whether a word is a noun of delivery.
    pub(super) fn is_delivery(&self, at: usize) -> bool {
        phrases(DELIVERIES).at(&self.tokens, at).is_some()
            || self.is_at(at + 1, "date") && self.is_at(at, "delivery")
    }

    /// Whether a day with a number stands at a place.
    pub(super) fn has_day_behind(&self, at: usize) -> bool {
        let length = self.length_of_day(at);
        length > 1
            && self.tokens[at..at + length]
                .iter()
                .any(|word| word.stem.starts_with(|first: char| first.is_ascii_digit()))
    }

    /// How many words from `is` or `be` on say that something is delivered, or there.
    pub(super) fn delivered(&self, at: usize) -> Option<usize> {
        const BEFORE: [&str; 22] = [
            "be",
            "is",
            "are",
            "been",
            "have",
            "has",
            "remain",
            "stay",
            "become",
            "and",
            "also",
            "already",
            "now",
            "always",
            "still",
            "ready",
            "then",
            "both",
            "therefore",
            "made",
            "to",
            "either",
        ];
        /// The most words before the one that says it.
        const LONGEST: usize = 6;
        let is_before = |at: usize| {
            let stem = &*self.tokens[at].stem;
            BEFORE.contains(&stem) || stem.ends_with("ly")
        };
        let delivered = phrases(DELIVERED);
        let mut end = at;
        while end < self.tokens.len() && end < at + LONGEST {
            if end > at
                && let Some(length) = delivered.at(&self.tokens, end)
            {
                return Some(end + length - at);
            }
            if !is_before(end) {
                return None;
            }
            end += 1;
        }
        None
    }

    /// Whether something is said to be done by means of a feature: "access is restricted by Role-based access control".
    pub(super) fn is_passive(&self, at: usize) -> bool {
        /// The most words between that and the feature.
        const LONGEST: usize = 6;
        let is_done = |at: usize| {
            self.tokens.get(at).is_some_and(|word| {
                word.stem.ends_with("ed") || matches!(&*word.stem, "kept" | "held" | "written")
            })
        };
        let first = self.features.partition_point(|feature| feature.start < at);
        let near = self.features.get(first).filter(|feature| feature.start <= at + LONGEST);
        let is_relative = at > 0 && matches!(&*self.tokens[at - 1].stem, "who" | "which" | "that");
        matches!(&*self.tokens[at].stem, "is" | "are")
            && !is_relative
            && is_done(at + 1)
            && near.is_some_and(|feature| self.is_means(feature.start) || self.is_in(feature.start, at + 2))
    }

    /// Whether a subject stands in a part of a sentence that says nothing by itself: "devices on which the Mobile app …".
    pub(super) fn is_aside(&self, start: usize, from: usize) -> bool {
        const OPENS: [&str; 16] = [
            "which", "before", "since", "where", "whose", "whether", "when", "unless", "until", "once",
            "because", "how", "what", "if", "while", "after",
        ];
        self.before(start, from).0.is_some_and(|word| OPENS.contains(&word))
    }

    /// Whether a `to` stands there with a verb of delivery behind it.
    pub(super) fn is_to_deliver(&self, at: usize) -> bool {
        let (_, verbs) = PRESENT[0];
        self.is_at(at, "to") && phrases(verbs).at(&self.tokens, at + 1).is_some()
    }

    /// Whether a word is the verb of a subject, and no noun: "Vendor supports …", but "Vendor support".
    pub(super) fn is_verb_of(&self, at: usize, subject: Range<usize>) -> bool {
        const BEFORE_NOUNS: [&str; 14] =
            ["the", "a", "an", "its", "it", "our", "your", "their", "any", "all", "no", "of", "for", "other"];
        let is_noun = at > subject.end && BEFORE_NOUNS.contains(&&*self.tokens[at - 1].stem);
        if is_noun {
            return false;
        }
        let ends_with_s = |at: usize| self.whole[self.tokens[at].place.clone()].ends_with(['s', 'S']);
        let Some(last) = subject.end.checked_sub(1) else { return false };
        if matches!(&*self.tokens[at].stem, "is" | "are" | "has" | "have") {
            return true;
        }
        let is_several = subject.len() == 1 && matches!(&*self.tokens[last].stem, "we" | "you" | "team")
            || ends_with_s(last) && subject.len() <= 2
            || (subject.start.saturating_sub(4)..subject.start).any(|at| self.is_at(at, "and"));
        // What is long may be one or several: "Customer-managed keys become".
        let is_long = subject.len() > 2 && ends_with_s(last);
        // A name that ends so may be of one: "Acme Systems delivers".
        is_long || ends_with_s(at) != is_several || ends_with_s(at) && ends_with_s(last)
    }

    /// Whether nothing stands between a subject and its verb that would be one of its own.
    pub(super) fn is_joined(&self, subject: ModalSubject, between: Range<usize>) -> bool {
        /// The most words between them.
        const LONGEST: usize = 8;
        const PARTS: [&str; 12] =
            ["that", "which", "who", "whose", "whether", "if", "where", "when", "because", ";", ":", "|"];
        const IDLE: [&str; 17] = [
            "not",
            "also",
            "hereby",
            "further",
            "then",
            "will",
            "already",
            ",",
            ")",
            "\"",
            "now",
            "both",
            "do",
            "doe",
            "it",
            "therefore",
            "additionally",
        ];
        let is_near = matches!(subject, ModalSubject::Feature | ModalSubject::Offer | ModalSubject::Product);
        between.len() <= LONGEST
            && between.clone().all(|at| {
                let word = &*self.tokens[at].stem;
                match is_near {
                    true => !PARTS.contains(&word),
                    false => IDLE.contains(&word) || word.ends_with("ly"),
                }
            })
    }
}
