//! Verbs that say without a modal verb what is so: "Vendor keeps", "the Platform supports", "the Audit log is included".

use std::ops::Range;

use crate::model::spelled::may_begin_number;

use super::conditions::ModalSubject;
use super::ruling::RuledStatement;
use super::verbs::{ABOUT_IT, DELIVERED, DELIVERIES, HANDLED, PRESENT};
use super::words::{WordToken, phrases};

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
        // "The Audit log is kept for each tenant", "stays readable".
        if matches!(self.stem(at), "is" | "are" | "remain" | "stay") && !self.is_said_about(at) {
            lists.push((&[ModalSubject::Feature], 1));
        }
        // "The Audit log has a filter"; "has been tested" and "has the same force" say nothing of the kind.
        const QUANTITIES: [&str; 9] = ["a", "an", "its", "it", "their", "several", "two", "many", "gained"];
        if matches!(self.stem(at), "has" | "have") && !QUANTITIES.contains(&self.stem(at + 1)) {
            lists.retain(|(subjects, length)| *length > 1 || !subjects.contains(&ModalSubject::Feature));
        }
        // "It has since bought another product" tells what was.
        if matches!(self.stem(at), "has" | "have") && self.is_at(at + 1, "since") {
            return None;
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
        // "There is an Audit log for each tenant".
        if self.is_at(at, "there") && matches!(self.stem(at + 1), "is" | "are") {
            let opens = !self.is_aside(at, before.map_or(0, |before| before.words.end));
            return opens
                .then_some(FoundVerb { words: at + 1..at + 2, present: Some((ModalSubject::Offer, at)) });
        }
        let is_to = self.is_to_deliver(at);
        // "Results are anonymised by the Platform".
        let by_product = || {
            /// How far behind the verb the product stands.
            const LONGEST: usize = 8;
            matches!(self.stem(at), "is" | "are")
                && self.is_done(at + 1)
                && self.is_done_by_product(at + 2..(at + LONGEST).min(self.tokens.len()))
        };
        let is_passive = self.is_passive(at) || by_product();
        // "The Audit log should keep …" says what somebody wishes; in "as separate lines" there is no verb.
        let before_verb = self.stem(at.wrapping_sub(1));
        let is_none =
            matches!(before_verb, "should" | "could" | "would" | "might" | "as" | "a" | "an" | "the");
        if lists.is_empty() && !is_to && !is_passive || is_none || self.is_named(at..at + 1) {
            return None;
        }
        let from = before.map_or(0, |before| before.words.end);
        let found = |words: Range<usize>, subject| Some(FoundVerb { words, present: Some(subject) });
        // "Vendor operates A and makes B available".
        if let Some((subject, start)) = before.and_then(|before| before.present)
            && self.follows_and(at)
            && !(self.own > 0 && at == self.behind_label())
            && let Some((_, length)) = lists.iter().find(|(subjects, _)| subjects.contains(&subject))
            && self.is_verb_of(at, start..start + 1)
        {
            return found(at..at + length, (subject, at));
        }
        let Some((subject, start, end)) = self.subject_before(from, at, true) else {
            // "The following interfaces are provided: …".
            let opening = if at < self.own { from } else { from.max(self.own) };
            let follows = (at.saturating_sub(8).max(opening)..at).any(|at| self.is_at(at, "following"))
                && self.delivered(at).is_some();
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
        const BEFORE: [&str; 23] = [
            "hereby", "be", "is", "are", "been", "have", "has", "remain", "stay", "become", "and", "also",
            "already", "now", "always", "still", "ready", "then", "both", "therefore", "made", "to",
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
            if end > at && self.can_be_done(end) {
                return Some(end + 1 - at);
            }
            if !is_before(end) {
                return None;
            }
            end += 1;
        }
        None
    }

    /// Whether an adjective says that people can do something with it: "searchable", "downloadable", "visible".
    fn can_be_done(&self, at: usize) -> bool {
        const OTHERS: [&str; 48] = [
            "able", "acceptable", "accountable", "admissible", "answerable", "applicable", "assignable",
            "attributable", "billable", "capable", "chargeable", "comparable", "deductible", "desirable",
            "eligible", "enforceable", "equitable", "favourable", "feasible", "foreseeable", "impossible",
            "inapplicable", "invoiceable", "liable", "negotiable", "payable", "permissible", "profitable",
            "punishable", "reasonable", "refundable", "reimbursable", "reliable", "renewable", "repayable",
            "responsible", "severable", "suitable", "terminable", "transferable", "unable", "unacceptable",
            "unavailable", "unreasonable", "unsuitable", "unusable", "valuable", "vulnerable",
        ];
        let stem = self.stem(at);
        (stem.ends_with("able") || stem.ends_with("ible"))
            && !OTHERS.contains(&stem)
            && !stem.starts_with("non")
            && !self.is_named(at..at + 1)
    }

    /// Whether something is said to be done by means of a feature: "access is restricted by Role-based access control".
    pub(super) fn is_passive(&self, at: usize) -> bool {
        /// The most words between that and the feature.
        const LONGEST: usize = 8;
        let first = self.features.partition_point(|feature| feature.start < at);
        let near = self.features.get(first).filter(|feature| feature.start <= at + LONGEST);
        let is_relative = at > 0 && matches!(&*self.tokens[at - 1].stem, "who" | "which" | "that");
        matches!(&*self.tokens[at].stem, "is" | "are")
            && !is_relative
            && self.is_done(at + 1)
            && near.is_some_and(|feature| self.is_means(feature.start) || self.is_in(feature.start, at + 2))
    }

    /// Whether what stands at a place is done to data by a product: "be detected", "be automatically marked".
    pub(super) fn is_handled(&self, at: usize) -> bool {
        let adverbs = (at + 1..self.tokens.len()).take_while(|&at| self.stem(at).ends_with("ly")).count();
        matches!(self.stem(at), "be" | "is" | "are")
            && (phrases(HANDLED).at(&self.tokens, at + 1 + adverbs).is_some()
                || self.can_be_done(at + 1 + adverbs))
    }

    /// Whether a verb says what is done to a thing, or what it does by itself: "be closed", "continue to work".
    pub(super) fn happens(&self, at: usize) -> bool {
        const BY_ITSELF: [&str; 16] = [
            "work", "run", "function", "operate", "pass", "flow", "appear", "go", "move", "arrive", "land",
            "open", "close", "start", "end", "synchronise",
        ];
        let adverbs = (at + 1..self.tokens.len()).take_while(|&at| self.stem(at).ends_with("ly")).count();
        self.is_at(at, "be") && self.is_done(at + 1 + adverbs) || BY_ITSELF.contains(&self.stem(at))
    }

    /// Whether a word is the participle of a verb.
    fn is_done(&self, at: usize) -> bool {
        const IRREGULAR: [&str; 18] = [
            "kept", "held", "written", "set", "made", "built", "shown", "drawn", "sent", "run", "taken",
            "given", "done", "met", "read", "put", "fed", "driven",
        ];
        let stem = self.stem(at);
        stem.ends_with("ed") || IRREGULAR.contains(&stem)
    }

    /// Whether what an `is` says of something is no way in which it works: "is priced", "is under consideration".
    pub(super) fn is_said_about(&self, at: usize) -> bool {
        let adverbs = (at + 1..self.tokens.len()).take_while(|&at| {
            matches!(self.stem(at), "also" | "now" | "then" | "currently" | "still" | "already" | "therefore")
                || self.stem(at).ends_with("ly")
        });
        let said = at + 1 + adverbs.count();
        !self.tokens.get(said).is_some_and(WordToken::is_word)
            || self.is_number(said)
            || may_begin_number(self.stem(said))
            || phrases(ABOUT_IT).at(&self.tokens, said).is_some()
    }

    /// Whether a subject stands in a part of a sentence that says nothing by itself: "devices on which the Mobile app …".
    pub(super) fn is_aside(&self, start: usize, from: usize) -> bool {
        const OPENS: [&str; 16] = [
            "which", "before", "since", "where", "whose", "whether", "when", "unless", "until", "once",
            "because", "how", "what", "if", "while", "after",
        ];
        let opens = self.before(start, from).0.filter(|word| OPENS.contains(word));
        // "What we bring is an Audit log", "What Customer gets:".
        opens.is_some_and(|word| word != "what" || !self.is_all_that(start))
    }

    /// Whether a clause with `what` says what there is: "What we bring is an Audit log", "What Customer gets:".
    fn is_all_that(&self, start: usize) -> bool {
        /// The most words of such a clause.
        const LONGEST: usize = 10;
        let end = (start..self.tokens.len().min(start + LONGEST))
            .find(|&at| matches!(self.stem(at), "is" | "are" | ":") || self.own > 0 && at == self.own);
        start <= 2 && end.is_some()
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
        // "Exhibits, schedules, and addenda".
        let is_listed =
            self.is_at(at.wrapping_sub(1), ",") && matches!(self.stem(at + 1), "," | "and" | "or");
        if is_noun || is_listed {
            return false;
        }
        let ends_with_s = |at: usize| self.whole[self.tokens[at].place.clone()].ends_with(['s', 'S']);
        let Some(last) = subject.end.checked_sub(1) else { return false };
        if matches!(&*self.tokens[at].stem, "is" | "are" | "has" | "have") {
            return true;
        }
        let is_several = subject.len() == 1 && matches!(&*self.tokens[last].stem, "we" | "you" | "team")
            || ends_with_s(last) && subject.len() <= 2
            || (subject.start.saturating_sub(4)..subject.end).any(|at| {
                // "Hosting is in Oslo, and the Audit log applies to it": an `and` between clauses makes no list.
                self.is_at(at, "and") && !self.is_at(at.wrapping_sub(1), ",") && !self.is_named(at..at + 1)
            });
        // What is long may be one or several: "Customer-managed keys become".
        let is_long = subject.len() > 2 && ends_with_s(last);
        // A name that ends so may be of one: "Acme Systems delivers".
        is_long || ends_with_s(at) != is_several || ends_with_s(at) && ends_with_s(last)
    }

    /// Whether nothing stands between a subject and its verb that would be one of its own.
    pub(super) fn is_joined(&self, subject: ModalSubject, between: Range<usize>) -> bool {
        /// The most words between them.
        const LONGEST: usize = 8;
        const PARTS: [&str; 17] = [
            ".", "list", "catalogue", "catalog", "sheet", "that", "which", "who", "whose", "whether", "if",
            "where", "when", "because", ";", ":", "|",
        ];
        const IDLE: [&str; 17] = [
            "not", "also", "hereby", "further", "then", "will", "already", ",", ")", "\"", "now", "both",
            "do", "doe", "it", "therefore", "additionally",
        ];
        // "All customers on this plan have access".
        let is_behind = subject == ModalSubject::Customer
            && between.len() <= 4
            && matches!(self.stem(between.start), "on" | "of" | "in" | "at");
        let is_near = matches!(subject, ModalSubject::Feature | ModalSubject::Offer | ModalSubject::Product);
        between.len() <= LONGEST
            && between.clone().all(|at| {
                let word = &*self.tokens[at].stem;
                match is_near {
                    true => !PARTS.contains(&word),
                    false => IDLE.contains(&word) || word.ends_with("ly") || is_behind,
                }
            })
    }
}
