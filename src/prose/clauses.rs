//! A sentence taken apart at its modal verbs: each has a subject before it, a verb behind it, and reaches as far as the next
//! one.

use std::ops::Range;

use crate::model::calendar::month_number;
use crate::model::spelled::may_begin_number;

use super::conditions::{DELIVERED, DUTIES, MODALS, ModalSubject, OFFER, PRESENT, PRODUCT};
use super::ruling::{ModalClause, RuledStatement};
use super::words::{WordToken, phrases};

/// Who works for a party.
const PEOPLE: [&str; 16] = [
    "staff",
    "personnel",
    "employee",
    "user",
    "administrator",
    "team",
    "driver",
    "operator",
    "engineer",
    "worker",
    "technician",
    "agent",
    "clerk",
    "manager",
    "auditor",
    "developer",
];

/// Words of the days that may stand between a modal verb and its verb: "shall, by no later than 31 March 2027, deliver".
const DAYS: [&str; 34] = [
    "by",
    "on",
    "before",
    "within",
    "from",
    "until",
    "during",
    "after",
    "following",
    "prior",
    "later",
    "than",
    "later",
    "the",
    "of",
    "end",
    "day",
    "week",
    "month",
    "year",
    "quarter",
    "business",
    "calendar",
    "working",
    "effective",
    "date",
    "signature",
    "signing",
    "first",
    "second",
    "third",
    "fourth",
    "last",
    "or",
];

/// Words for a delivery, of which a feature is not what it is about, but what it is.
pub(super) const DELIVERIES: &[&str] = &[
    "delivery",
    "provision",
    "release",
    "completion",
    "implementation",
    "availability",
    "introduction",
    "rollout",
    "roll out",
    "handover",
    "hand over",
    "launch",
    "installation",
    "activation",
    "date",
    "deadline",
    "setup",
    "set up",
    "configuration",
    "integration",
    "development",
];

/// Words that make a denial a deadline.
const LATE: &[&str] = &["later than", "any later than"];

/// What denies a verb from within an aside.
const DENIALS: &[&str] = &["at no time", "under no circumstance", "in no event", "in no case"];

/// A verb that a sentence is taken apart at.
struct FoundVerb {
    words: Range<usize>,
    /// Its subject and where that begins, where it is no modal verb.
    present: Option<(ModalSubject, usize)>,
}

impl RuledStatement<'_> {
    pub(super) fn units(&self) -> Vec<ModalClause> {
        let modals = MODALS.map(phrases);
        let modal_at = |at: usize| modals.iter().find_map(|modals| modals.at(&self.tokens, at));
        let mut found: Vec<FoundVerb> = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let modal = modal_at(at).filter(|_| !self.is_noun(at));
            let modal = modal.map(|length| FoundVerb { words: at..at + length, present: None });
            match modal.or_else(|| self.present_at(at, found.last())) {
                Some(verb) => {
                    at = verb.words.end.max(at + 1);
                    found.push(verb);
                }
                None => at += 1,
            }
        }
        let mut units: Vec<ModalClause> = Vec::new();
        for (number, verb) in found.iter().enumerate() {
            let modal = &verb.words;
            let (subject, start) = self.subject_of(number, &found);
            let end = match found.get(number + 1).map(|next| next.words.start) {
                // "An Audit log that cannot be changed" belongs to the verb before as well.
                Some(next) if self.is_at(next - 1, "that") || self.is_at(next - 1, "which") => next,
                Some(_) => self.subject_of(number + 1, &found).1.max(modal.end),
                None => self.tokens.len(),
            };
            let (verb_at, is_denied) = self.verb(modal.end);
            let from = number.checked_sub(1).map_or(0, |before| found[before].words.end);
            // "does not include".
            let is_behind_not =
                modal.start > from && matches!(&*self.tokens[modal.start - 1].stem, "not" | "never");
            let is_denied = is_denied || is_behind_not || self.is_neither(from, start, modal.start);
            // "Vendor shall A and shall B": the subject is that of the verb before.
            let is_carried = verb.present.is_none() && self.follows_and(modal.start);
            let carried = units.last().map(|unit| unit.subject).filter(|_| is_carried);
            units.push(ModalClause {
                subject: carried.unwrap_or(subject),
                modal: modal.clone(),
                verb: if verb.present.is_some() && !is_denied { modal.start } else { verb_at },
                is_denied,
                is_ensured: false,
                is_aside: subject == ModalSubject::Feature && self.is_aside(start, from),
                is_present: verb.present.is_some(),
                reach: start..end,
            });
        }
        // Who agrees that something will be, promises it.
        for at in 1..units.len() {
            let before = &units[at - 1];
            let promises = [
                "agree",
                "undertake",
                "guarantee",
                "warrant",
                "represent",
                "covenant",
                "commit",
                "ensure",
                "promise",
                "confirm",
            ];
            let is_at = |at: usize| self.tokens.get(at).is_some_and(|word| promises.contains(&&*word.stem));
            let is_that = is_at(before.modal.start) || is_at(before.verb);
            let is_agreed = || {
                let start = before.modal.start;
                (start.saturating_sub(2)..start).any(|at| self.is_at(at, "partie"))
            };
            if is_that && before.is_denied {
                // "Vendor does not warrant that it will".
                units[at].is_denied = true;
            } else if is_that && (before.subject == ModalSubject::Vendor || is_agreed()) {
                // That something can be done is what is promised then.
                let modal = before.modal.clone();
                let unit = &mut units[at];
                unit.is_ensured = unit.subject != ModalSubject::Customer;
                if unit.subject == ModalSubject::Other {
                    unit.subject = ModalSubject::Vendor;
                    unit.modal = modal;
                }
            }
        }
        units
    }

    /// A verb at a place that says without a modal verb what is so: "Vendor keeps …", "the Platform supports …".
    fn present_at(&self, at: usize, before: Option<&FoundVerb>) -> Option<FoundVerb> {
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
    fn is_that_before(&self, start: usize) -> bool {
        self.before(start, 0).0 == Some("that")
    }

    /// Whether a word is a noun of delivery.
    fn is_delivery(&self, at: usize) -> bool {
        phrases(DELIVERIES).at(&self.tokens, at).is_some()
            || self.is_at(at + 1, "date") && self.is_at(at, "delivery")
    }

    /// Whether a day with a number stands at a place.
    fn has_day_behind(&self, at: usize) -> bool {
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
    fn is_passive(&self, at: usize) -> bool {
        /// The most words between that and the feature.
        const LONGEST: usize = 6;
        let is_done = |at: usize| self.tokens.get(at).is_some_and(|word| word.stem.ends_with("ed"));
        let first = self.features.partition_point(|feature| feature.start < at);
        let near = self.features.get(first).filter(|feature| feature.start <= at + LONGEST);
        let is_relative = at > 0 && matches!(&*self.tokens[at - 1].stem, "who" | "which" | "that");
        matches!(&*self.tokens[at].stem, "is" | "are")
            && !is_relative
            && is_done(at + 1)
            && near.is_some_and(|feature| self.is_means(feature.start) || self.is_in(feature.start, at + 2))
    }

    /// Whether a subject stands in a part of a sentence that says nothing by itself: "devices on which the Mobile app …".
    fn is_aside(&self, start: usize, from: usize) -> bool {
        const OPENS: [&str; 16] = [
            "which", "before", "since", "where", "whose", "whether", "when", "unless", "until", "once",
            "because", "how", "what", "if", "while", "after",
        ];
        self.before(start, from).0.is_some_and(|word| OPENS.contains(&word))
    }

    /// Whether a `to` stands there with a verb of delivery behind it.
    fn is_to_deliver(&self, at: usize) -> bool {
        let (_, verbs) = PRESENT[0];
        self.is_at(at, "to") && phrases(verbs).at(&self.tokens, at + 1).is_some()
    }

    /// Whether a word is the verb of a subject, and no noun: "Vendor supports …", but "Vendor support".
    fn is_verb_of(&self, at: usize, subject: Range<usize>) -> bool {
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
    fn is_joined(&self, subject: ModalSubject, between: Range<usize>) -> bool {
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

    /// Whether a word that may be a verb is a noun here: "the plan", "a commitment".
    fn is_noun(&self, at: usize) -> bool {
        let nouns = [
            "plan",
            "hope",
            "aim",
            "promise",
            "guarantee",
            "will",
            "can",
            "must",
            "want",
            "warrant",
            "intend",
            "seek",
        ];
        let before = at.checked_sub(1).map(|before| self.tokens[before].stem.as_str());
        let is_number = |stem: &str| stem.starts_with(|first: char| first.is_ascii_digit());
        if self.tokens[at].stem == "may" {
            // The month.
            let next = self.tokens.get(at + 1).map(|next| next.stem.as_str());
            let is_behind =
                |before| ["in", "by", "of", "before", "until", "from", "end", "since"].contains(&before);
            return next.is_some_and(is_number)
                || before.is_some_and(|before| is_number(before) || is_behind(before));
        }
        // "You can expect …": no verb that leaves it open.
        if self.tokens[at].stem == "expect" && before == Some("can") {
            return true;
        }
        nouns.contains(&self.tokens[at].stem.as_str())
            && before.is_some_and(|before| {
                [
                    "the", "a", "an", "its", "it", "our", "their", "this", "'", "of", "any", "your", "no",
                    "every", "each", "all", "per",
                ]
                .contains(&before)
            })
            && !self.tokens.get(at + 1).is_some_and(|next| next.stem == "be" && before != Some("a"))
            && before != Some("it")
    }

    fn follows_and(&self, modal: usize) -> bool {
        let before = |steps: usize| modal.checked_sub(steps).map(|at| self.tokens[at].stem.as_str());
        matches!(before(1), Some("and" | "or" | "but" | ";" | ","))
            || matches!((before(2), before(1)), (Some("and"), Some("also")))
    }

    /// The subject of one of the modal verbs, and where it begins.
    fn subject_of(&self, number: usize, verbs: &[FoundVerb]) -> (ModalSubject, usize) {
        let FoundVerb { words: modal, present } = &verbs[number];
        if let Some(found) = present {
            return *found;
        }
        match number.checked_sub(1) {
            Some(_) if self.follows_and(modal.start) => (ModalSubject::Other, modal.start),
            before => {
                let from = before.map_or(0, |before| verbs[before].words.end);
                self.subject(from, modal)
            }
        }
    }

    /// Who or what stands before a modal verb, and where that begins. The nearest counts.
    fn subject(&self, from: usize, modal: &Range<usize>) -> (ModalSubject, usize) {
        if phrases(DUTIES).at(&self.tokens, modal.start).is_some() {
            match self.owns_duty(modal.start, from) {
                Some(true) => return (ModalSubject::Vendor, modal.start),
                Some(false) => return (ModalSubject::Other, modal.start),
                None => {}
            }
        }
        if let Some((subject, start, _)) = self.subject_before(from, modal.start, false) {
            return (subject, start);
        }
        let breaks = |at: &usize| matches!(&*self.tokens[*at].stem, ";" | ":" | "|");
        (ModalSubject::Other, (from..modal.start).rev().find(breaks).unwrap_or(from))
    }

    /// Whether a duty is the vendor's: "Vendor's obligation", "our promise", "Vendor is under a duty"; none where it is no noun.
    fn owns_duty(&self, duty: usize, from: usize) -> Option<bool> {
        let owner = duty.checked_sub(1).map(|at| &*self.tokens[at].stem)?;
        let is_vendor = |word: &str| self.parties.vendor.is_called(word);
        if let Some(owner) = owner.strip_suffix("'s").or_else(|| owner.strip_suffix("s'")) {
            return Some(is_vendor(owner));
        }
        let is_vendors = match owner {
            "our" | "my" => is_vendor("we") || owner == "my",
            "it" | "its" | "a" | "an" | "the" => {
                const TAKES: [&str; 5] = ["under", "has", "have", "assume", "accept"];
                let verb = duty.checked_sub(2).map(|at| &*self.tokens[at].stem);
                let is_taken =
                    matches!(owner, "it" | "its") || verb.is_some_and(|verb| TAKES.contains(&verb));
                let before = self.subject_before(0, duty, false);
                let named = (0..duty).rev().take(8).any(|at| self.parties.vendor.at(&self.tokens, at) > 0);
                is_taken
                    && named
                    && before.is_none_or(|(subject, ..)| subject == ModalSubject::Vendor)
                    && duty > from
            }
            _ => return None,
        };
        Some(is_vendors)
    }

    /// The subject before a verb, with where it begins and ends. What is bought as a whole is one for some verbs alone.
    fn subject_before(
        &self,
        from: usize,
        verb: usize,
        is_present: bool,
    ) -> Option<(ModalSubject, usize, usize)> {
        let mut at = verb;
        while at > from {
            at -= 1;
            if matches!(self.tokens[at].stem.as_str(), ";" | ":" | "|") {
                break;
            }
            let place = self.features.get(self.features.partition_point(|place| place.end <= at));
            if let Some(place) = place.filter(|place| place.contains(&at)) {
                if place.start < from {
                    break;
                }
                if let Some(start) = self.head_of(place.start, from) {
                    return Some((ModalSubject::Feature, start, place.end));
                }
                // A party's name in it is none: "the Customer portal".
                at = place.start;
                continue;
            }
            let is_owner = self.tokens.get(at + 1).is_some_and(|next| next.stem == "'")
                || self.tokens[at].stem.ends_with("'s");
            let side = |start: usize| {
                let vendor = self.parties.vendor.at(&self.tokens, start);
                let customer = self.parties.customer.at(&self.tokens, start);
                let product = phrases(PRODUCT).at(&self.tokens, start);
                let offer = phrases(OFFER).at(&self.tokens, start).filter(|_| is_present);
                match (vendor, customer, product, offer) {
                    (length, other, ..) if length > other => Some((ModalSubject::Vendor, length)),
                    (_, length, ..) if length > 0 => Some((ModalSubject::Customer, length)),
                    (_, _, Some(length), _) => Some((ModalSubject::Product, length)),
                    (.., Some(length)) => Some((ModalSubject::Offer, length)),
                    _ => None,
                }
            };
            // What ends here, and may have begun before.
            let found = (from..=at).rev().take(6).find_map(|start| {
                side(start).filter(|(_, length)| start + length == at + 1).map(|(side, _)| (side, start))
            });
            // A sub-processor is another one.
            let is_sub = |start: usize| start > 0 && self.is_at(start - 1, "sub");
            let is_behind = |start: usize| self.preposition_before(start, from) || is_sub(start);
            // "The Audit log module": a word for what a feature is.
            let named = found.and_then(|(side, start)| {
                let first = self.features.partition_point(|feature| feature.end < start);
                let is_thing = matches!(side, ModalSubject::Product | ModalSubject::Offer);
                self.features
                    .get(first)
                    .filter(|feature| is_thing && feature.end == start && feature.start >= from)
            });
            if let Some(start) = named.and_then(|named| self.head_of(named.start, from)) {
                return Some((ModalSubject::Feature, start, at + 1));
            }
            if let Some((subject, start)) = found.filter(|(_, start)| !is_owner && !is_behind(*start)) {
                return Some((subject, start, at + 1));
            }
            // "Your people".
            if self.is_at(at, "your") && at + 2 == verb && !is_present {
                return Some((ModalSubject::Customer, at, verb));
            }
            // "Customer's field staff": who works for somebody.
            let is_people = (at + 1..verb).any(|at| PEOPLE.contains(&&*self.tokens[at].stem));
            if let Some((subject, start)) =
                found.filter(|(_, start)| is_owner && is_people && !is_behind(*start))
            {
                return Some((subject, start, at + 1));
            }
        }
        None
    }

    /// Where a subject begins whose head is a feature, or its delivery: "delivery of the Audit log".
    fn head_of(&self, start: usize, from: usize) -> Option<usize> {
        if self.is_head(start, from) {
            return Some(start);
        }
        let (word, _) = self.before(start, from);
        word.filter(|word| matches!(*word, "of" | "for"))?;
        let at = (from..start).rev().find(|&at| matches!(&*self.tokens[at].stem, "of" | "for"))?;
        let noun = (from..at)
            .rev()
            .take(2)
            .find(|&noun| phrases(DELIVERIES).at(&self.tokens, noun) == Some(at - noun))?;
        (!self.preposition_before(noun, from)).then_some(noun)
    }

    /// Whether the subject of a modal verb is denied: "neither the Audit log nor Search will".
    fn is_neither(&self, from: usize, subject: usize, modal: usize) -> bool {
        const BREAKS: [&str; 6] = [",", ";", ":", ")", "but", "while"];
        let is = |at: usize, words: &[&str]| words.contains(&&*self.tokens[at].stem);
        let is_none = |at: usize| is(at, &["none"]) && self.is_at(at + 1, "of") || is(at, &["nobody"]);
        let denial = (from..modal).rev().find(|&at| is(at, &["neither", "nor"]) || is_none(at));
        // "Although neither is there today, Vendor shall": the denial is of another verb.
        denial.is_some_and(|denial| {
            matches!(self.before(subject, from).0, Some("neither" | "nor"))
                || !(denial..modal).any(|at| is(at, &BREAKS))
        })
    }

    /// The word before some words, articles and the like aside, and whether there was such a one.
    fn before(&self, start: usize, from: usize) -> (Option<&str>, bool) {
        const ARTICLES: [&str; 16] = [
            "the", "a", "an", "all", "any", "each", "its", "it", "our", "your", "such", "said", "this",
            "new", "\"", "every",
        ];
        // What an item goes on with stands in another place.
        let from = if self.own <= start { from.max(self.own) } else { from };
        let mut at = start;
        while at > from && ARTICLES.contains(&self.tokens[at - 1].stem.as_str()) {
            at -= 1;
        }
        ((at > from).then(|| self.tokens[at - 1].stem.as_str()), at < start)
    }

    /// Whether some words hang on others: "use of the Product", "attempts to change the Audit log".
    fn preposition_before(&self, start: usize, from: usize) -> bool {
        const PREPOSITIONS: [&str; 14] = [
            "of", "to", "in", "for", "with", "about", "under", "using", "on", "within", "through", "via",
            "at", "into",
        ];
        self.before(start, from).0.is_some_and(|word| PREPOSITIONS.contains(&word))
    }

    /// Whether a feature's name is what is spoken of, and not what something else is done to.
    fn is_head(&self, start: usize, from: usize) -> bool {
        const BOUNDARIES: [&str; 18] = [
            "and", "or", ",", "that", "which", "then", "if", ")", "(", ":", ";", "|", "provide", "where",
            "when", "whether", "how", "why",
        ];
        match self.before(start, from) {
            (None, _) => true,
            (Some(word), _) if BOUNDARIES.contains(&word) => true,
            // "the obligation to provide the Audit log": what is done to it.
            _ if (from + 1..start).rev().take(4).any(|at| self.is_at(at, "to")) => false,
            // "Immutable audit logs", "a searchable audit log": one more word, or two behind an article.
            (Some(_), false) => start == from + 1 || self.has_article_before(start, from),
            (Some(_), true) => !self.preposition_before(start, from) && start.saturating_sub(from) > 3,
        }
    }

    /// Whether an article stands a word or two before some words, and hangs on no other ones.
    fn has_article_before(&self, start: usize, from: usize) -> bool {
        let articles = (start.saturating_sub(3).max(from)..start).rev();
        let mut articles =
            articles.filter(|&at| matches!(&*self.tokens[at].stem, "a" | "an" | "the" | "our"));
        articles.next().is_some_and(|article| {
            !self.preposition_before(article, from)
                && (article == from || !self.tokens[article - 1].is_word() || self.is_at(article - 1, "and"))
                && self.tokens[article..start].iter().all(WordToken::is_word)
        })
    }

    /// Where the words end that stand between a modal verb and its verb: "shall, at no charge, provide".
    fn behind_aside(&self, from: usize) -> usize {
        /// The most words of such an aside.
        const LONGEST: usize = 16;
        if self.tokens.get(from).is_none_or(|token| token.stem != ",") {
            return from;
        }
        let inner = self.tokens[from + 1..].iter().take(LONGEST);
        inner.into_iter().position(|token| token.stem == ",").map_or(from, |length| from + length + 2)
    }

    /// The verb after a modal verb, and whether it is denied.
    fn verb(&self, from: usize) -> (usize, bool) {
        let mut at = self.behind_aside(from);
        let mut is_denied = phrases(DENIALS).find(&self.tokens[from..at]).is_some();
        while let Some(token) = self.tokens.get(at) {
            match token.stem.as_str() {
                // "at no extra cost" denies no verb.
                "no" if self.is_at(at.wrapping_sub(1), "at") && !self.is_at(at + 1, "time") => break,
                "not" | "never" | "neither" | "nor" | "no" => match self.after_denial(at) {
                    Some(next) => {
                        at = next;
                        continue;
                    }
                    None => is_denied = true,
                },
                "," if self.behind_aside(at) > at => {
                    at = self.behind_aside(at);
                    continue;
                }
                "by" | "within" | "on" | "before" | "from" | "until" => match self.behind_day(at) {
                    Some(next) => {
                        at = next;
                        continue;
                    }
                    None => break,
                },
                "to" | "that" | ":" | "," | "also" | "further" | "hereby" | "promptly" | "continue"
                | "then" | "and" | "at" | "all" | "times" | "time" | "otherwise" | "additionally" | "use"
                | "\"" | "(" | ")" | "either" | "only" | "it" => {
                    // "use reasonable efforts to deliver": the verb is what the efforts are for.
                    if token.stem == "use" {
                        let ahead = self.tokens.get(at..(at + 8).min(self.tokens.len())).unwrap_or_default();
                        let efforts = ahead.iter().position(|token| {
                            matches!(token.stem.as_str(), "effort" | "endeavour" | "endeavor")
                        });
                        match efforts {
                            Some(efforts) => at += efforts,
                            None => break,
                        }
                    }
                }
                word if word.ends_with("ly")
                    && word != "apply"
                    && word != "supply"
                    && word != "materially" => {}
                word if word.len() == 1 && word.starts_with(char::is_alphanumeric) => {}
                _ => break,
            }
            at += 1;
        }
        // Who shall not be late, shall be in time.
        let is_late =
            || (at..self.tokens.len().min(at + 24)).any(|at| phrases(LATE).at(&self.tokens, at).is_some());
        (at, is_denied && !is_late())
    }

    /// Where a verb goes on behind a `not` that denies nothing: "not only", "not fail to", "no later than 31 March".
    fn after_denial(&self, at: usize) -> Option<usize> {
        const IDLE: &[&str] =
            &["only", "just", "merely", "fail to", "omit to", "neglect to", "refuse to", "later than"];
        let length = phrases(IDLE).at(&self.tokens, at + 1)?;
        let end = at + 1 + length;
        match &*self.tokens[at + 1].stem {
            "later" => self.behind_day(at + 1),
            _ => Some(end),
        }
    }

    /// Where a day ends that stands between a modal verb and its verb.
    pub(super) fn behind_day(&self, at: usize) -> Option<usize> {
        /// The most words of one.
        const LONGEST: usize = 14;
        let length = self.length_of_day(at);
        (length > 1 && length <= LONGEST && at + length < self.tokens.len()).then_some(at + length)
    }

    /// How many words that may say a day begin at a place.
    pub(super) fn length_of_day(&self, at: usize) -> usize {
        let is_day = |token: &WordToken| {
            DAYS.contains(&&*token.stem)
                || month_number(&token.stem).is_some()
                || token.stem.starts_with(|first: char| first.is_ascii_digit())
                || matches!(&*token.stem, "no" | "not" | "(" | ")" | ",")
                || may_begin_number(&token.stem)
        };
        self.tokens.get(at..).unwrap_or_default().iter().take_while(|token| is_day(token)).count()
    }
}
