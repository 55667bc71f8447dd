//! Who or what a verb is said of.

use std::ops::Range;

use super::conditions::ModalSubject;
use super::parties::DocumentParty;
use super::present::FoundVerb;
use super::ruling::RuledStatement;
use super::verbs::{DENIALS, DUTIES, OBLIGES, OBLIGES_THINGS, OFFER, PRODUCT};
use super::words::{phrases, tokens};

/// Who works for a party.
const PEOPLE: [&str; 58] = [
    "accountant", "analyst", "buyer", "citizen", "colleague", "controller", "crew", "department",
    "dispatcher", "guest", "inspector", "mechanic", "member", "nurse", "officer", "official", "owner",
    "patient", "people", "person", "planner", "player", "pupil", "secretary", "student", "supervisor",
    "staff", "personnel", "employee", "user", "administrator", "team", "driver", "operator", "engineer",
    "worker", "technician", "agent", "clerk", "manager", "auditor", "developer", "doctor", "head", "lead",
    "leader", "parent", "pharmacist", "physician", "reader", "reviewer", "signatory", "teacher", "tenant",
    "trainer", "applicant", "chair", "clinician",
];

/// Who works on a product, and is none.
const PRODUCT_PEOPLE: [&str; 8] =
    ["team", "manager", "management", "owner", "designer", "lead", "specialist", "engineer"];

/// What makes another one of a party, behind it: "another vendor".
const OTHERS: [&str; 10] =
    ["sub", "other", "another", "third", "several", "competing", "most", "many", "some", "previous"];

impl RuledStatement<'_> {
    /// Whether those who do something are people, whoever they work for: "the harbour engineer may".
    pub(super) fn is_of_people(&self, subject: Range<usize>) -> bool {
        const BEHIND: [&str; 18] = [
            "who", "whose", "of", "in", "at", "on", "with", "from", "for", "and", "or", ",", "(", ")",
            "that", "without", "under", "as",
        ];
        let end = subject.end;
        // "Driver tablets" are no people.
        let is_head = |at: usize| at + 1 == end || BEHIND.contains(&self.stem(at + 1));
        subject
            .into_iter()
            .any(|at| PEOPLE.contains(&self.stem(at)) && is_head(at) && !self.is_named(at..at + 1))
    }

    /// The subject of one of the modal verbs, and where it begins.
    pub(super) fn subject_of(&self, number: usize, verbs: &[FoundVerb]) -> (ModalSubject, usize) {
        let FoundVerb { words: modal, present } = &verbs[number];
        if let Some(found) = present {
            return *found;
        }
        // What stands in a remark is no subject of what follows it.
        if let Some(open) = self.remark_before(modal.start) {
            let ends = verbs[..number].iter().rev().map(|verb| verb.words.end);
            let from = ends.into_iter().find(|end| *end <= open).unwrap_or(0);
            if let Some((subject, start, _)) = self.subject_before(from, open, false) {
                return (subject, start);
            }
        }
        // "Customer has taken SSO into use, and will use the Audit log": what a verb was done to is no subject.
        if number == 0
            && self.follows_and(modal.start)
            && let Some(party) = self.party_at(self.own + usize::from(self.is_at(self.own, "the")))
        {
            return (party, modal.start);
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
    pub(super) fn subject(&self, from: usize, modal: &Range<usize>) -> (ModalSubject, usize) {
        if phrases(DUTIES).at(&self.tokens, modal.start).is_some() {
            match self.owns_duty(modal.start, from) {
                Some(true) => return (ModalSubject::Vendor, modal.start),
                Some(false) => return (ModalSubject::Other, modal.start),
                None => {}
            }
        }
        // "There shall be an Audit log".
        if modal.start > from && self.is_at(modal.start - 1, "there") {
            return (ModalSubject::Offer, modal.start - 1);
        }
        let before = self.subject_before(from, modal.start, false);
        // "Mr Ebel commits on behalf of Vendor".
        let behalf = phrases(&["on behalf of", "for and on behalf of"]).at(&self.tokens, modal.end);
        let is_behalf = behalf.is_some_and(|length| {
            let at = modal.end + length;
            self.parties.vendor.at(&self.tokens, at + usize::from(self.is_at(at, "the"))) > 0
        });
        if is_behalf && before.is_none() {
            return (ModalSubject::Vendor, self.clause_before(from, modal.start));
        }
        if let Some((subject, start, _)) = before {
            return (subject, start);
        }
        if let Some((subject, _)) = self.turned(modal) {
            return (subject, from);
        }
        (ModalSubject::Other, self.clause_before(from, modal.start))
    }

    /// Where the clause of a verb begins whose subject is not known: at a mark, or behind an `and` that opens it, so that what
    /// stands before belongs to the verb before: "The app shall work offline, and the data shall …".
    fn clause_before(&self, from: usize, verb: usize) -> usize {
        const OPENS: [&str; 10] = ["the", "all", "each", "any", "such", "no", "this", "these", "its", "our"];
        let begins = |at: &usize| {
            let (at, is_joint) =
                (*at, matches!(&*self.tokens[*at].stem, "and" | "but" | "so" | "while" | "whereas"));
            matches!(
                &*self.tokens[at].stem,
                ";" | ":" | "|" | "which" | "who" | "wherein" | "whereby" | "where"
            ) || self.is_at(at, "that") && at > from && self.opens_clause(at)
                || self.opens_time(at)
                || is_joint
                    && at > from
                    && (self.is_at(at - 1, ",") || OPENS.iter().any(|word| self.is_at(at + 1, word)))
        };
        (from..verb).rev().find(begins).unwrap_or(from)
    }

    /// Whether a `that` opens a clause of its own, and tells nothing of a noun: "so that", "in such a manner that".
    fn opens_clause(&self, that: usize) -> bool {
        const BEFORE: [&str; 10] =
            ["intent", "so", "such", "order", "provided", "condition", "manner", "way", "extent", ","];
        self.is_at(that, "that") && that > 0 && BEFORE.contains(&self.stem(that - 1))
    }

    /// Whether a clause begins that tells when something is: "before another user can open it".
    fn opens_time(&self, at: usize) -> bool {
        matches!(self.stem(at), "before" | "until")
            && !self.is_number(at + 1)
            && self.length_of_day(at + 1) < 2
    }

    /// The party that stands behind its modal verb, and where it ends: "Under no circumstances shall Vendor …".
    pub(super) fn turned(&self, modal: &Range<usize>) -> Option<(ModalSubject, usize)> {
        let start = modal.end + usize::from(self.is_at(modal.end, "the"));
        let is_modal = matches!(&*self.tokens[modal.start].stem, "shall" | "will" | "must");
        let vendor = self.parties.vendor.at(&self.tokens, start);
        let customer = self.parties.customer.at(&self.tokens, start);
        match vendor.max(customer) {
            // "In no event shall the Audit log be delivered later".
            0 => {
                let feature = self.features.iter().find(|feature| feature.start == start)?;
                let is_denied = is_modal && phrases(DENIALS).ends_at(&self.tokens, modal.start);
                is_denied.then_some((ModalSubject::Feature, feature.end))
            }
            _ if !is_modal => None,
            length if vendor > customer => Some((ModalSubject::Vendor, start + length)),
            length => Some((ModalSubject::Customer, start + length)),
        }
    }

    /// Whether a duty is the vendor's: "Vendor's obligation", "our promise", "Vendor is under a duty"; none where it is no noun.
    pub(super) fn owns_duty(&self, duty: usize, from: usize) -> Option<bool> {
        let owner = duty.checked_sub(1).map(|at| &*self.tokens[at].stem)?;
        let is_vendor = |word: &str| self.parties.vendor.is_called(word);
        if let Some(owner) = owner.strip_suffix("'s").or_else(|| owner.strip_suffix("s'")) {
            return Some(is_vendor(owner));
        }
        let is_vendors = match owner {
            "our" | "my" => is_vendor("we") || owner == "my",
            // "Vendor has no duty to".
            "no" => false,
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
    pub(super) fn subject_before(
        &self,
        from: usize,
        verb: usize,
        is_present: bool,
    ) -> Option<(ModalSubject, usize, usize)> {
        if let Some(feature) = self.feature_before_which(verb).filter(|feature| feature.start >= from) {
            return Some((ModalSubject::Feature, feature.start, verb));
        }
        // A sentence of its own does not go on with the words before it.
        let pronoun = self.statement.pronoun();
        let is_meant = || self.features.last().is_some_and(|feature| feature.end == self.own);
        if pronoun > 0 && from <= self.own && verb == self.own + pronoun {
            if self.is_at(self.own, "it") && self.features.iter().any(|feature| feature.start > verb) {
                let sides = [
                    (ModalSubject::Vendor, &self.parties.vendor),
                    (ModalSubject::Customer, &self.parties.customer),
                ];
                if let Some((subject, _)) = sides.into_iter().find(|(_, side)| self.goes_on_with(side)) {
                    return Some((subject, self.own, verb));
                }
            }
            if is_meant() {
                return Some((ModalSubject::Feature, 0, verb));
            }
        }
        let is_whole = self.own > 0 && verb > self.own && self.tokens[self.own].is_capital;
        let from = if is_whole { from.max(self.own) } else { from };
        let mut at = verb;
        while at > from {
            at -= 1;
            // "Extend the Audit log so that drivers can".
            if matches!(self.tokens[at].stem.as_str(), ";" | ":" | "|")
                || self.opens_clause(at)
                || self.opens_time(at)
                || self.ends_title(at)
            {
                break;
            }
            let place = self.features.get(self.features.partition_point(|place| place.end <= at));
            if let Some(place) = place.filter(|place| place.contains(&at)) {
                if place.start < from {
                    break;
                }
                if let Some(start) = self.head_of(place.start, from) {
                    return Some((ModalSubject::Feature, self.first_of_list(start, from), place.end));
                }
                // A party's name in it is none: "the Customer portal".
                at = place.start;
                continue;
            }
            // "It also offers …".
            if is_present
                && at == self.own
                && self.is_at(at, "it")
                && !self.goes_on_with(&self.parties.customer)
            {
                let is_vendors = self.goes_on_with(&self.parties.vendor);
                let subject = match is_vendors {
                    true => ModalSubject::Vendor,
                    false if self.goes_on_with_product(verb) => ModalSubject::Product,
                    false => ModalSubject::Other,
                };
                return Some((subject, at, at + 1));
            }
            let is_owner = self.tokens.get(at + 1).is_some_and(|next| next.stem == "'")
                || self.tokens[at].stem.ends_with("'s");
            // What ends here, and may have begun before.
            let names = (from..=at).rev().take(6).filter_map(|start| {
                let side = self.side_at(start, verb, is_present);
                side.filter(|(_, length)| start + length == at + 1).map(|(side, _)| (side, start))
            });
            let found = names.min_by_key(|(_, start)| *start);
            // A sub-processor is another one.
            let is_sub = |start: usize| start > 0 && OTHERS.contains(&self.stem(start - 1));
            // "With it you can".
            let is_pronoun = |start: usize| matches!(self.stem(start), "you" | "we");
            let is_behind =
                |start: usize| !is_pronoun(start) && self.preposition_before(start, from) || is_sub(start);
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
            let whole = found.filter(|(_, start)| !is_owner && !is_behind(*start));
            // "Customer's legacy system" is the customer's.
            if let Some((_, start)) = found
                .filter(|(side, start)| *side == ModalSubject::Product && self.is_of_customer(*start, from))
            {
                return Some((ModalSubject::Customer, start, at + 1));
            }
            if let Some((subject, start)) = whole {
                return Some((subject, start, at + 1));
            }
            // "Your people".
            if self.is_at(at, "your") && at + 2 == verb {
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

    /// Who or what some words before a verb call by its name or its role, and how many they are.
    fn side_at(&self, start: usize, verb: usize, is_present: bool) -> Option<(ModalSubject, usize)> {
        let vendor = self.parties.vendor.at(&self.tokens, start);
        let customer = self.parties.customer.at(&self.tokens, start);
        // "All user actions".
        let customer = if self.is_deed(start + customer) { 0 } else { customer };
        let product = phrases(PRODUCT).at(&self.tokens, start).or_else(|| self.own_name(start, verb));
        // "The product team", "the Product Manager".
        let product = product.filter(|length| !PRODUCT_PEOPLE.contains(&self.stem(start + length)));
        let offer = phrases(OFFER).at(&self.tokens, start).filter(|_| is_present);
        match (vendor, customer, product, offer) {
            (length, other, Some(named), _) if named >= length.max(other) => {
                Some((ModalSubject::Product, named))
            }
            (length, other, ..) if length > other => Some((ModalSubject::Vendor, length)),
            (_, length, ..) if length > 0 => Some((ModalSubject::Customer, length)),
            (_, _, Some(length), _) => Some((ModalSubject::Product, length)),
            (.., Some(length)) => Some((ModalSubject::Offer, length)),
            // "Each site gets its own Sandbox".
            _ if is_present && matches!(self.stem(start), "each" | "every") => {
                let is_bought =
                    [OFFER, PRODUCT].iter().any(|list| phrases(list).at(&self.tokens, start + 1).is_some());
                (!is_bought).then_some((ModalSubject::Customer, 2))
            }
            _ => None,
        }
    }

    /// Whether a point ends a title, behind which a sentence begins: "4. Archive. Ten years of letters are kept".
    fn ends_title(&self, at: usize) -> bool {
        let is_word = at.checked_sub(1).is_some_and(|before| self.stem(before).len() > 3);
        is_word && self.is_at(at, ".") && self.tokens.get(at + 1).is_some_and(|next| next.is_capital)
    }

    /// The feature that a `which` right before a verb stands for, where something is done in it, to it or by it: "shall be
    /// registered in the Audit log, which will be kept".
    fn feature_before_which(&self, verb: usize) -> Option<Range<usize>> {
        const HANDLES: [&str; 10] =
            ["in", "into", "to", "with", "by", "via", "through", "from", "using", "on"];
        let which = verb.checked_sub(1).filter(|&at| matches!(self.stem(at), "which" | "that"))?;
        let end = which - usize::from(self.is_at(which.checked_sub(1)?, ","));
        let feature = self.features.iter().find(|feature| feature.end == end)?;
        let (before, _) = self.before(feature.start, 0);
        before.is_some_and(|before| HANDLES.contains(&before)).then(|| feature.clone())
    }

    /// Whether the sentence before it, which its pronoun stands for, begins with a party: "It also checks".
    fn goes_on_with(&self, party: &DocumentParty) -> bool {
        self.statement.about.as_deref().is_some_and(|about| {
            let words = tokens(&about.text);
            let at = usize::from(words.first().is_some_and(|word| word.stem == "the"));
            party.at(&words, at).max(party.at(&words, 0)) > 0
        })
    }

    /// Whether a word is what somebody does, behind who does it.
    fn is_deed(&self, at: usize) -> bool {
        const DEEDS: [&str; 9] = [
            "action", "activity", "activitie", "change", "event", "interaction", "login", "operation",
            "session",
        ];
        DEEDS.contains(&self.stem(at))
    }

    /// Whether the beginning of the sentence before names the product: "It" is then no information and no fee. Where there is
    /// no such sentence, what "it includes" may be anything.
    fn goes_on_with_product(&self, verb: usize) -> bool {
        /// The words with which a sentence begins.
        const BEGINNING: usize = 8;
        let Some(about) = self.statement.about.as_deref() else {
            return !matches!(self.stem(verb), "include" | "contain" | "comprise" | "cover");
        };
        let words = tokens(&about.text);
        (0..words.len().min(BEGINNING))
            .any(|at| phrases(PRODUCT).at(&words, at).is_some() || self.parties.product_at(&words, at) > 0)
    }

    /// Whether a system is the customer's: "Customer's legacy system", "your current system".
    fn is_of_customer(&self, start: usize, from: usize) -> bool {
        /// The most words between the owner and the system.
        const LONGEST: usize = 3;
        (start.saturating_sub(LONGEST + 1).max(from)..start).any(|at| {
            let owner = self.stem(at).strip_suffix("'s").or_else(|| self.stem(at).strip_suffix("s'"));
            matches!(
                self.stem(at),
                "your" | "existing" | "legacy" | "previous" | "competitor's" | "incumbent"
            ) || owner.is_some_and(|owner| self.parties.customer.is_called(owner))
                || self.is_at(at + 1, "'") && self.parties.customer.ends_at(&self.tokens, at + 1)
        })
    }

    /// How many words the name of the product has that stands at a place, before a verb of things: who agrees to something is
    /// the vendor, whose name it may be as well.
    fn own_name(&self, at: usize, verb: usize) -> Option<usize> {
        let length = self.parties.product_at(&self.tokens, at);
        let is_of_party = phrases(OBLIGES).at(&self.tokens, verb).is_some()
            && phrases(OBLIGES_THINGS).at(&self.tokens, verb).is_none();
        (length > 0 && !is_of_party).then_some(length)
    }
}
