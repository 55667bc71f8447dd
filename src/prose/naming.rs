//! Where in a sentence a feature is named, and what that makes of it: an example, the customer's own, a part of another name.

use std::ops::Range;

use super::parties::DocumentParty;
use super::ruling::{ModalClause, RuledStatement};
use super::verbs::{OTHER_THINGS, PRODUCT};
use super::words::{WordToken, phrases};

impl RuledStatement<'_> {
    /// Whether a word stands in a list of examples: "tools such as A, B and C", "(e.g., A, B)".
    pub(super) fn is_example(&self, at: usize) -> bool {
        const EXAMPLES: &[&str] = &["such as", "for example", "e.g", "for instance", "like"];
        /// The most words of such a list.
        const LONGEST: usize = 24;
        let examples = phrases(EXAMPLES);
        let start = self.tokens[..at].iter().rev().take(LONGEST).position(|token| {
            matches!(&*token.stem, ";" | ")" | ":" | "|") || matches!(&*token.stem, "shall" | "will" | "must")
        });
        let from = at - start.unwrap_or(LONGEST.min(at));
        // "I would like to confirm" gives none.
        let is_wish = |at: usize| self.is_at(at, "like") && self.is_at(at.wrapping_sub(1), "would");
        (from..at).any(|from| examples.at(&self.tokens, from).is_some() && !is_wish(from))
    }

    /// Whether a word is of something that is the customer's: "integrations with Customer's ERP".
    pub(super) fn is_customers_own(&self, words: &Range<usize>) -> bool {
        // "The Audit log of the Customer".
        let behind = words.end + 1 + usize::from(self.is_at(words.end + 1, "the"));
        let length = self.parties.customer.at(&self.tokens, behind);
        // "Screening of customers and suppliers" is of anybody's.
        let is_of_many = behind == words.end + 1
            && self.tokens.get(behind).is_some_and(|who| {
                let who = &self.whole[who.place.clone()];
                who.starts_with(char::is_lowercase) && who.ends_with('s')
            });
        if self.is_at(words.end, "of") && length > 0 && !is_of_many && !self.is_at(behind + length, "'") {
            return true;
        }
        let at = words.start;
        // "We will keep your Rota history": what the customer has of it is the product's.
        const ONTO: [&str; 8] = ["to", "with", "from", "into", "against", "in", "of", "on"];
        if at > 0 && self.is_at(at - 1, "your") && at > 1 && !ONTO.contains(&self.stem(at - 2)) {
            return false;
        }
        /// The most words between the owner and the name.
        const LONGEST: usize = 5;
        let is_of_list = |token: &WordToken| {
            token.is_capital || matches!(&*token.stem, "," | "(" | "and" | "or" | "/" | "including")
        };
        // "Your package includes the Audit log": what stands before a verb owns nothing behind it.
        let verb = self.units.iter().map(|unit| unit.verb + 1).filter(|verb| *verb <= at).max();
        // What stands within the words that items go on with owns none of them: "included in Customer's plan from May:".
        let is_led_by_owner = || {
            let last = self.own.checked_sub(1).map_or("", |last| self.stem(last));
            matches!(last, "your" | "existing" | "'") || last.ends_with("'s") || last.ends_with("s'")
        };
        let from = if at >= self.own && !is_led_by_owner() { self.own } else { 0 };
        let before = &self.tokens[verb.unwrap_or(0).max(from)..at];
        let list =
            before.iter().rev().take_while(|token| is_of_list(token) && !token.stem.ends_with("'s")).count();
        let head = before[..before.len() - list].iter().rev().take(LONGEST);
        let ends =
            |token: &&WordToken| matches!(&*token.stem, "that" | "through" | "via" | "by" | "using" | "into");
        head.take_while(|token| token.is_word() && !ends(token)).any(|token| {
            let name = token.stem.strip_suffix("'s").or_else(|| token.stem.strip_suffix("s'"));
            token.stem == "existing"
                || token.stem == "your"
                || name.is_some_and(|name| self.parties.customer.is_called(name))
        })
    }

    /// Whether what is named is about how the vendor itself works: "an audit log of its employees' access".
    pub(super) fn is_vendors_own(&self, end: usize) -> bool {
        let is =
            |at: usize, stems: &[&str]| self.tokens.get(at).is_some_and(|word| stems.contains(&&*word.stem));
        // "an audit log of access by its staff".
        let is_access = is(end + 1, &["access", "login", "all", "each"]);
        let by = (end + 2..end + 5).find(|&at| is_access && is(at, &["by", "of"]));
        let owner = by.map_or(end, |by| by) + 1;
        let behind_owner = match self.parties.vendor.at(&self.tokens, owner) {
            _ if is(owner, &["it", "its", "their", "our"]) => owner + 1,
            length if length > 0 && is(owner + length, &["'"]) => owner + length + 1,
            _ => return false,
        };
        is(end, &["of", "for"])
            && self.tokens.get(behind_owner).is_some_and(WordToken::is_word)
            && phrases(PRODUCT).at(&self.tokens, behind_owner).is_none()
    }

    /// Whether a modal verb is said of what was named last before it: "the Audit log, which Vendor shall deliver", "the Audit
    /// log, and Vendor shall deliver it".
    pub(super) fn is_meant_by_pronoun(&self, unit: &ModalClause, words: &Range<usize>) -> bool {
        /// The most words between the name and the verb.
        const LONGEST: usize = 24;
        /// The most words between the verb and the pronoun.
        const OBJECT: usize = 2;
        let start = unit.reach.start;
        if start < words.end || unit.modal.start > words.end + LONGEST {
            return false;
        }
        let is =
            |at: usize, stems: &[&str]| self.tokens.get(at).is_some_and(|word| stems.contains(&&*word.stem));
        let object = unit.verb + 1..(unit.verb + 1 + OBJECT).min(unit.reach.end);
        let is_relative = start > 0 && is(start - 1, &["which", "that"]);
        let is_object = object.clone().any(|at| {
            is(at, &["it", "them", "same", "these", "those", "this", "that"])
                && !is(at + 1, &["'"])
                && self.ends_object(at + 1)
        });
        // "Questions about the Audit log go to your employer; if we get them, we pass them on."
        const PREPOSITIONS: [&str; 9] =
            ["about", "concerning", "from", "in", "of", "on", "regarding", "to", "within"];
        let article = usize::from(is(words.start.wrapping_sub(1), &["the", "our", "its"]));
        let is_aside = is(words.start.wrapping_sub(1 + article), &PREPOSITIONS);
        let is_plural = object.clone().any(|at| is(at, &["them", "these", "those"]));
        (is_relative || is_object && !(is_aside && is_plural))
            && !self.is_named(words.end..object.end.max(words.end))
    }

    /// Whether nothing but names of features stands in a place.
    pub(super) fn is_list_of_features(&self, mut place: Range<usize>) -> bool {
        place.all(|at| {
            self.is_named(at..at + 1) || matches!(self.stem(at), "," | "and" | "or" | "the" | "\"" | "both")
        })
    }

    /// Whether a feature's name stands in a place, or a part of it.
    pub(super) fn is_named(&self, place: Range<usize>) -> bool {
        let first = self.features.partition_point(|feature| feature.end <= place.start);
        self.features.get(first).is_some_and(|feature| feature.start < place.end)
    }

    /// Whether a verb has the object of the next one: "Vendor shall deliver, and Customer shall accept, the Audit log".
    pub(super) fn shares_object(&self, unit: &ModalClause, words: &Range<usize>) -> bool {
        let next = self.units.iter().find(|next| next.reach.start >= unit.reach.end);
        (self.is_at(unit.verb + 1, ",") || self.is_at(unit.verb + 2, ","))
            && next.is_some_and(|next| {
                (self.is_at(next.verb + 1, ",") || self.is_at(next.verb + 2, ","))
                    && words.start > next.verb
                    && words.end <= next.reach.end
            })
    }

    /// Whether no noun stands at a place, which would be what an `its` before it is of.
    fn ends_object(&self, at: usize) -> bool {
        const GOES_ON: [&str; 22] = [
            "by", "in", "on", "at", "before", "no", "not", "within", "available", "from", "for", "to",
            "until", "during", "and", "or", "as", "if", "live", "ready", "with", "without",
        ];
        self.tokens.get(at).is_none_or(|next| !next.is_word() || GOES_ON.contains(&&*next.stem))
    }

    /// Whether a word stands in what a sentence depends on: "if the Audit log is replaced, …".
    pub(super) fn is_in_condition(&self, at: usize) -> bool {
        const OPENS: [&str; 14] = [
            "if", "where", "when", "whenever", "once", "until", "unless", "after", "before", "while",
            "because", "since", "although", "should",
        ];
        let opens = self.tokens.get(self.own).is_some_and(|word| OPENS.contains(&&*word.stem));
        // ", that we guarantee" opens no sentence.
        let ends = |at: usize| self.is_at(at, ",") && !matches!(self.stem(at + 1), "that" | "which");
        let comma = || (self.own..self.tokens.len()).find(|&at| ends(at));
        opens && comma().is_some_and(|comma| (self.own..comma).contains(&at))
    }

    /// Whether a name of one word is the first part of another one: "Search staff". What else may follow a name has no end:
    /// a list of the nouns that make another thing of it hides no promise that has other words.
    pub(super) fn is_compound(&self, words: &Range<usize>) -> bool {
        if words.len() > 1 {
            return false;
        }
        // "guarantees that Search returns": a verb stands behind it.
        let mut before = words.start.saturating_sub(2).max(self.own)..words.start;
        if before.any(|at| self.is_at(at, "that")) || self.has_verb_behind(words.end) {
            return false;
        }
        self.is_last_of_name(words.start)
            || self.tokens.get(words.end).is_some_and(|next| !next.is_capital)
                && phrases(OTHER_THINGS).at(&self.tokens, words.end).is_some()
                && !self.is_named(words.end..words.end + 1)
    }

    /// Whether the word behind a name is its verb: "The Archive stores every message".
    fn has_verb_behind(&self, end: usize) -> bool {
        const DETERMINERS: [&str; 10] =
            ["the", "a", "an", "all", "every", "each", "any", "your", "our", "their"];
        let verb = self.tokens.get(end).map_or("", |verb| &self.whole[verb.place.clone()]);
        verb.ends_with('s') && !verb.ends_with("ss") && DETERMINERS.contains(&self.stem(end + 1))
    }

    /// Whether a name of one word is the last one of a longer name: "the Service Desk Portal".
    fn is_last_of_name(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).filter(|&before| before > self.own) else { return false };
        let party = |party: &DocumentParty| party.ends_at(&self.tokens, at);
        self.tokens[before].is_capital
            && self.tokens[at].is_capital
            && self.tokens[before - 1].is_word()
            && self.tokens[before].stem.len() > 2
            && phrases(PRODUCT).at(&self.tokens, before).is_none()
            && !party(&self.parties.vendor)
            && !party(&self.parties.customer)
            && !self.is_named(before..at)
    }

    /// Whether a name is written as any noun is: "an audit trail of all invoices".
    pub(super) fn is_general(&self, words: &Range<usize>) -> bool {
        let Some(name) = self.tokens.get(words.clone()) else { return false };
        let is_small = name.iter().all(|word| {
            !self.whole[word.place.clone()]
                .contains(|letter: char| letter.is_uppercase() || letter.is_ascii_digit())
        });
        let before = self.tokens[..words.start].iter().rev().take(2);
        let is_for_customer =
            (words.end..self.tokens.len()).any(|at| self.parties.customer.at(&self.tokens, at) > 0);
        is_small
            && !is_for_customer
            && !self.is_in_product()
            && self.is_at(words.end, "of")
            && before.into_iter().any(|word| matches!(&*word.stem, "a" | "an"))
    }

    /// Whether a name stands in a phrase before the subject, as what the sentence is about: "For the Audit log, Vendor
    /// shall …".
    pub(super) fn is_fronted(&self, unit: &ModalClause, words: &Range<usize>) -> bool {
        const FRONTS: &[&str] = &[
            "for", "as for", "with respect to", "with regard to", "in respect of", "as regard", "in",
            "within", "with", "using", "by means of", "thanks to", "through", "via",
        ];
        /// The most words before the name.
        const LONGEST: usize = 24;
        let from = self.units.iter().map(|unit| unit.modal.end).take_while(|end| *end <= words.start).last();
        let from = from.unwrap_or(0).max(words.start.saturating_sub(LONGEST));
        let next = self.units.iter().find(|unit| unit.modal.start >= words.end);
        if unit.reach.start < words.end || next.is_none_or(|next| next.modal != unit.modal) {
            return false;
        }
        // What lies between the preposition and the name is a list of names.
        let is_of_list = |at: usize| {
            let token = &self.tokens[at];
            token.is_capital
                || self.features.iter().any(|feature| feature.contains(&at))
                || matches!(&*token.stem, "the" | "," | "and" | "or" | "\"" | "both" | "our" | "its")
        };
        // "Audit log: you will have it": what all that follows is about.
        if self.tokens.get(words.end).is_some_and(|mark| mark.stem == ":") && words.start <= from + 2 {
            return !self.features.iter().any(|feature| feature.start >= words.end);
        }
        let fronts = phrases(FRONTS);
        (from..words.start).any(|at| {
            let opens = at == from || matches!(&*self.tokens[at - 1].stem, "," | ";" | ":" | ")" | "and");
            let front = fronts.at(&self.tokens, at).filter(|_| opens);
            front.is_some_and(|length| (at + length..words.start).all(is_of_list))
        })
    }
}
