//! A sentence taken apart at its modal verbs: each has a subject before it, a verb behind it, and reaches as far as the next
//! one.

use std::ops::Range;

use crate::model::calendar::month_number;
use crate::model::spelled::may_begin_number;

use super::conditions::{MODALS, ModalSubject, PRESENT, PRODUCT};
use super::ruling::{ModalClause, RuledStatement};
use super::words::{WordToken, phrases, tokens};

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

/// Words that make a denial a deadline.
const LATE: &[&str] = &["later than", "any later than"];

/// What denies a verb from within an aside.
const DENIALS: &[&str] = &["at no time", "under no circumstance", "in no event", "in no case"];

impl RuledStatement<'_> {
    pub(super) fn units(&self) -> Vec<ModalClause> {
        let modals = MODALS.map(phrases);
        let modal_at = |at: usize| modals.iter().find_map(|modals| modals.at(&self.tokens, at));
        let mut found: Vec<Range<usize>> = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            match modal_at(at).filter(|_| !self.is_noun(at)) {
                Some(length) => {
                    found.push(at..at + length);
                    at += length;
                }
                None => at += 1,
            }
        }
        let mut units: Vec<ModalClause> = Vec::new();
        if found.is_empty() {
            units.extend(self.present());
        }
        for (number, modal) in found.iter().enumerate() {
            let (subject, start) = self.subject_of(number, &found);
            let end = match number + 1 < found.len() {
                true => self.subject_of(number + 1, &found).1.max(modal.end),
                false => self.tokens.len(),
            };
            let (verb, is_denied) = self.verb(modal.end);
            let from = number.checked_sub(1).map_or(0, |before| found[before].end);
            let is_denied = is_denied || self.is_neither(from, start, modal.start);
            // "Vendor shall A and shall B": the subject is that of the verb before.
            let carried = units.last().map(|unit| unit.subject).filter(|_| self.follows_and(modal.start));
            let subject = carried.unwrap_or(subject);
            let is_ensured = false;
            units.push(ModalClause {
                subject,
                modal: modal.clone(),
                verb,
                is_denied,
                is_ensured,
                is_present: false,
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
            if is_that && before.subject == ModalSubject::Vendor && !before.is_denied {
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

    /// What the vendor does, by the words of a sentence without a modal verb.
    fn present(&self) -> Option<ModalClause> {
        let own = tokens(&self.statement.lead).len();
        (own..self.tokens.len()).find_map(|start| {
            let opens = start == own || matches!(&*self.tokens[start - 1].stem, "," | ";" | "and" | "the");
            let length =
                Some(self.parties.vendor.at(&self.tokens, start)).filter(|length| opens && *length > 0)?;
            let verb = start + length;
            phrases(PRESENT).at(&self.tokens, verb)?;
            // A noun of theirs is no verb: "Vendor supports …", but "Vendor support".
            let word = &self.whole[self.tokens[verb].place.clone()];
            let is_plural = length == 1 && matches!(&*self.tokens[start].stem, "we" | "our");
            (word.ends_with('s') != is_plural).then_some(ModalClause {
                subject: ModalSubject::Vendor,
                modal: verb..verb,
                verb,
                is_denied: false,
                is_ensured: false,
                is_present: true,
                reach: start..self.tokens.len(),
            })
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
        nouns.contains(&self.tokens[at].stem.as_str())
            && before.is_some_and(|before| {
                ["the", "a", "an", "its", "it", "our", "their", "this", "'", "of", "any", "your", "no"]
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
    fn subject_of(&self, number: usize, modals: &[Range<usize>]) -> (ModalSubject, usize) {
        let modal = &modals[number];
        match number.checked_sub(1) {
            Some(_) if self.follows_and(modal.start) => (ModalSubject::Other, modal.start),
            before => self.subject(before.map_or(0, |before| modals[before].end), modal),
        }
    }

    /// Who or what stands before a modal verb, and where that begins. The nearest counts.
    fn subject(&self, from: usize, modal: &Range<usize>) -> (ModalSubject, usize) {
        let mut at = modal.start;
        while at > from {
            at -= 1;
            if matches!(self.tokens[at].stem.as_str(), ";" | ":") {
                break;
            }
            let place = self.features.get(self.features.partition_point(|place| place.end <= at));
            let place = place.filter(|place| place.end == at + 1 && place.start >= from);
            if let Some(place) = place.filter(|place| self.is_head(place.start, from)) {
                return (ModalSubject::Feature, place.start);
            }
            let is_owner = self.tokens.get(at + 1).is_some_and(|next| next.stem == "'")
                || self.tokens[at].stem.ends_with("'s");
            let side = |start: usize| {
                let vendor = self.parties.vendor.at(&self.tokens, start);
                let customer = self.parties.customer.at(&self.tokens, start);
                let product = phrases(PRODUCT).at(&self.tokens, start);
                match (vendor, customer, product) {
                    (length, other, _) if length > other => Some((ModalSubject::Vendor, length)),
                    (_, length, _) if length > 0 => Some((ModalSubject::Customer, length)),
                    (_, _, Some(length)) => Some((ModalSubject::Product, length)),
                    _ => None,
                }
            };
            // What ends here, and may have begun before.
            let found = (from..=at).rev().take(6).find_map(|start| {
                side(start).filter(|(_, length)| start + length == at + 1).map(|(side, _)| (side, start))
            });
            let is_behind = |start: usize| self.preposition_before(start, from);
            if let Some((subject, start)) = found.filter(|(_, start)| !is_owner && !is_behind(*start)) {
                return (subject, start);
            }
            // "Customer's field staff": who works for somebody.
            let is_people = (at + 1..modal.start).any(|at| PEOPLE.contains(&&*self.tokens[at].stem));
            if let Some((subject, start)) =
                found.filter(|(_, start)| is_owner && is_people && !is_behind(*start))
            {
                return (subject, start);
            }
        }
        (ModalSubject::Other, at)
    }

    /// Whether the subject of a modal verb is denied: "neither the Audit log nor Search will".
    fn is_neither(&self, from: usize, subject: usize, modal: usize) -> bool {
        const BREAKS: [&str; 6] = [",", ";", ":", ")", "but", "while"];
        let is = |at: usize, words: &[&str]| words.contains(&&*self.tokens[at].stem);
        let is_none = |at: usize| is(at, &["none"]) && self.is_at(at + 1, "of");
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
        const BOUNDARIES: [&str; 14] =
            ["and", "or", ",", "that", "which", "then", "if", ")", "(", ":", ";", "provide", "where", "when"];
        match self.before(start, from) {
            (None, _) => true,
            (Some(word), _) if BOUNDARIES.contains(&word) => true,
            // "the obligation to provide the Audit log": what is done to it.
            _ if (from + 1..start).rev().take(4).any(|at| self.is_at(at, "to")) => false,
            // "Immutable audit logs": one more word at the beginning.
            (Some(_), false) => start == from + 1,
            (Some(_), true) => !self.preposition_before(start, from) && start.saturating_sub(from) > 3,
        }
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
    fn behind_day(&self, at: usize) -> Option<usize> {
        /// The most words of one.
        const LONGEST: usize = 14;
        let is_day = |token: &WordToken| {
            DAYS.contains(&&*token.stem)
                || month_number(&token.stem).is_some()
                || token.stem.starts_with(|first: char| first.is_ascii_digit())
                || matches!(&*token.stem, "no" | "not" | "(" | ")" | ",")
                || may_begin_number(&token.stem)
        };
        let length = self.tokens[at..].iter().take_while(|token| is_day(token)).count();
        (length > 1 && length <= LONGEST && at + length < self.tokens.len()).then_some(at + length)
    }
}
