//! What stands beside a feature, and what that makes of it: a day, a noun that it belongs to, a verb that it is the means of.

use std::ops::Range;

use crate::model::calendar::month_number;

use super::ruling::{ModalClause, RuledStatement};
use super::verbs::{DELIVERED, DELIVERIES, FUNCTIONS, HANDLED, LESSONS, PRODUCT};
use super::words::{WordToken, phrases};

impl RuledStatement<'_> {
    /// Whether a feature is what something else is about, which is promised in its place: "a plan for the Audit log".
    pub(super) fn is_behalf(&self, start: usize, nouns: &'static [&'static str]) -> bool {
        /// The most words between such a noun and the preposition.
        const LONGEST: usize = 6;
        const PREPOSITIONS: [&str; 6] = ["of", "for", "on", "about", "regarding", "concerning"];
        const ARTICLES: [&str; 14] =
            ["the", "a", "an", "any", "all", "its", "it", "our", "your", "\"", "new", "such", "each", "use"];
        let is_article = |at: usize| {
            let stem = &*self.tokens[at].stem;
            ARTICLES.contains(&stem) || stem.ends_with("'s")
        };
        let Some(at) = (0..start).rev().find(|&at| !is_article(at)) else { return false };
        // "Covering Search and the Audit log": what is listed is named for the same.
        if let Some(before) = self.listed_before(start, 0).filter(|before| *before < start) {
            return self.is_behalf(before, nouns);
        }
        let nouns = phrases(nouns);
        // "On-site training Audit log", in a list.
        if self.units.is_empty() && at + 1 == start && nouns.at(&self.tokens, at).is_some() {
            return true;
        }
        // "Training day: Audit log".
        if self.is_at(at, ":") && at < self.own {
            return false;
        }
        // "Vendor: Audit log live by 30 June".
        let is_of_party = || (self.own..at).any(|who| self.parties.vendor.at(&self.tokens, who) > 0);
        if self.is_at(at, ":") && is_of_party() {
            return false;
        }
        if self.is_at(at, ":") {
            return self.units.is_empty()
                && (at.saturating_sub(LONGEST)..at).any(|noun| nouns.at(&self.tokens, noun).is_some());
        }
        // "Two days of training at the town hall covering Search".
        const ASIDES: &[&str] = &["among other thing", "amongst other thing", "in particular", "inter alia"];
        let is_covered = |at: usize| {
            matches!(self.stem(at), "covering" | "introducing" | "explaining" | "showing" | "teaching")
        };
        let is_beside =
            |from: usize| is_covered(from) && phrases(ASIDES).at(&self.tokens, from + 1) == Some(at - from);
        if is_covered(at) || (at.saturating_sub(3)..at).any(is_beside) {
            return (at.saturating_sub(2 * LONGEST)..at)
                .any(|at| phrases(LESSONS).at(&self.tokens, at).is_some());
        }
        if !PREPOSITIONS.contains(&&*self.tokens[at].stem) {
            return false;
        }
        // "Training of administrators for the Audit log", "workshops on Search and on the Audit log".
        let longest =
            if matches!(self.stem(at.wrapping_sub(1)), "and" | "or") { 2 * LONGEST } else { LONGEST };
        let before = (at.saturating_sub(longest)..at).rev().take_while(|&at| self.tokens[at].is_word());
        before.into_iter().any(|noun| {
            // "Vendor shall be responsible for": the party is no such noun.
            let is_party = self.tokens[noun].is_capital && self.parties.vendor.at(&self.tokens, noun) > 0;
            let Some(length) = nouns.at(&self.tokens, noun).filter(|_| !is_party) else { return false };
            noun + length == at
                || (noun + length..at).any(|at| PREPOSITIONS.contains(&&*self.tokens[at].stem))
        })
    }

    /// Whether a feature belongs to another noun, which is no delivery: "certificates for the Audit log".
    pub(super) fn is_dependent(&self, start: usize) -> bool {
        /// What says of a feature that somebody has it.
        const NEAR: [&str; 22] = [
            "export", "extract", "download", "dump", "switch", "content", "version", "turn", "as", "access",
            "use", "right", "benefit", "entitlement", "copy", "mean", "way", "help", "able", "entitled",
            "going", "free",
        ];
        const PREPOSITIONS: [&str; 8] = ["of", "for", "on", "to", "in", "about", "from", "at"];
        const ARTICLES: [&str; 8] = ["the", "a", "an", "all", "its", "our", "your", "new"];
        let Some(at) = (0..start).rev().find(|&at| !ARTICLES.contains(&&*self.tokens[at].stem)) else {
            return false;
        };
        let noun = at.checked_sub(1).map(|noun| &self.tokens[noun]);
        PREPOSITIONS.contains(&&*self.tokens[at].stem)
            && noun.is_some_and(|noun| noun.is_word() && !NEAR.contains(&&*noun.stem))
            && !phrases(DELIVERIES).ends_at(&self.tokens, at)
            && !phrases(FUNCTIONS).ends_at(&self.tokens, at)
    }

    /// Whether a day stands behind a feature, and nothing but what says that it is delivered then.
    pub(super) fn is_dated(&self, end: usize) -> bool {
        /// The most words between them.
        const LONGEST: usize = 10;
        const JOINTS: [&str; 15] = [
            ":", "|", "(", ",", "by", "on", "before", "within", "from", "until", "due", "in", "no", "latest",
            "date",
        ];
        // "Audit log export: 31 March" is of another thing.
        const GOES_ON: [&str; 32] = [
            "for", "with", "in", "on", "by", "from", "to", "at", "of", "available", "ready", "live", "due",
            "delivered", "released", "until", "before", "within", "including", "incl", "and", "or", "as",
            "go", "no", "not", "delivery", "release", "is", "completed", "complete", "installed",
        ];
        if self.tokens.get(end).is_some_and(|next| next.is_word() && !GOES_ON.contains(&&*next.stem))
            && !self.is_number(end)
        {
            return false;
        }
        // "Audit log, if ordered by 31 March, is priced at".
        // "Audit log, presented on 12 January 2026" tells what was.
        const CLOSES: [&str; 17] = [
            "if", "unless", "when", "since", "presented", "demonstrated", "discussed", "shown", "mentioned",
            "announced", "postponed", "reported", "tested", "reviewed", "requested", "invoiced", "paid",
        ];
        let is_open = |at: &usize| !CLOSES.contains(&self.stem(*at));
        (end..(end + LONGEST).min(self.tokens.len())).take_while(is_open).any(|at| {
            let length = self.length_of_day(at + 1);
            // "| 1 day" tells how long, "| 1 day after signing" by when.
            let is_length =
                self.is_at(at, "|") && length <= 2 && self.is_number(at + 1) && self.has_unit(at + 2);
            !is_length && JOINTS.contains(&&*self.tokens[at].stem) && self.is_day(at + 1..at + 1 + length)
        })
    }

    /// Whether a word is a unit of time.
    fn has_unit(&self, at: usize) -> bool {
        matches!(self.stem(at), "day" | "week" | "month" | "hour" | "year")
    }

    /// Whether words with a number tell a day or a time, and no amount or share: "| 31 March", not "| 30 %".
    pub(super) fn is_day(&self, words: Range<usize>) -> bool {
        const UNITS: [&str; 5] = ["day", "week", "month", "year", "quarter"];
        let words = self.tokens.get(words).unwrap_or_default();
        let is_date = |stem: &str| {
            let is_year = stem.len() == 4 && (stem.starts_with("202") || stem.starts_with("203"));
            // "31.03.2027" and "31.03", not "3,200.00", "31.00" and "1.5".
            let parts: Vec<&str> = stem.split('.').collect();
            let is_month = |part: &str| part.len() == 2 && (1..=12).contains(&part.parse().unwrap_or(0));
            // Nor are "2.0.1" and "10.15.7", which are versions.
            let is_whole = parts.len() == 3
                && matches!(parts[2].len(), 2 | 4)
                && (1..=31).contains(&parts[0].parse().unwrap_or(0))
                && (1..=12).contains(&parts[1].parse().unwrap_or(0))
                || parts.len() == 3 && parts[0].len() == 4;
            let is_pointed = is_whole || parts.len() == 2 && parts[0].len() == 2 && is_month(parts[1]);
            is_year || stem.contains(['-', '/']) || is_pointed && !stem.contains(',')
        };
        let has_digit = |stem: &str| stem.bytes().any(|byte| byte.is_ascii_digit());
        words.iter().any(|word| has_digit(&word.stem))
            && words.iter().any(|word| {
                let stem = &*word.stem;
                UNITS.contains(&stem) || month_number(stem).is_some() || has_digit(stem) && is_date(stem)
            })
    }

    /// Whether something is handled in a feature that is said to be done behind a place: "recorded in the Audit log".
    pub(super) fn is_in(&self, start: usize, verb: usize) -> bool {
        let before = self.before_articles(start).checked_sub(1);
        before
            .is_some_and(|before| matches!(self.stem(before), "in" | "to" | "into" | "on" | "from" | "over"))
            && (phrases(HANDLED).ends_at(&self.tokens, verb)
                || self.is_at(verb.wrapping_sub(1), "made") && self.is_at(verb, "available"))
    }

    /// Whether a name stands in what follows where it is not there in time: "If the Audit log is not delivered by …".
    pub(super) fn is_late(&self, words: &Range<usize>) -> bool {
        /// The most words between what opens the clause and the name.
        const NEAR: usize = 6;
        let is_opener = |at: usize| matches!(self.stem(at), "if" | "should" | "where");
        // "Customer may terminate if the Audit log is not available by …".
        let mut near = (self.own..words.start).rev().take(NEAR).take_while(|&at| self.tokens[at].is_word());
        let opens = is_opener(self.own);
        let end = self.tokens.len();
        let comma = (words.end..end).find(|&at| self.is_at(at, ",")).unwrap_or(end);
        let mut not = (words.end..comma).filter(|&at| self.is_at(at, "not"));
        let is_not = not.any(|not| {
            self.delivered(not + 1).is_some() || phrases(DELIVERED).at(&self.tokens, not + 1).is_some()
        });
        // "If Vendor fails to deliver the Audit log by".
        const FAILS: &[&str] =
            &["fail to deliver", "fail to provide", "fail to release", "fail to make", "fail to ship"];
        let fails = || {
            (words.start.saturating_sub(NEAR).max(self.own)..words.start)
                .any(|at| phrases(FAILS).at(&self.tokens, at).is_some())
        };
        // "If Vendor fails to release the Audit log by that date, it shall do so by 31 March".
        if opens && fails() && (comma..end).any(|at| self.is_at(at, "do") && self.is_at(at + 1, "so")) {
            return true;
        }
        (opens || near.any(is_opener))
            && (is_not || fails())
            && (words.end..comma).any(|at| {
                matches!(&*self.tokens[at].stem, "by" | "before" | "on" | "within")
                    && match opens {
                        true => self.length_of_day(at + 1) > 0,
                        false => self.has_day_behind(at + 1),
                    }
            })
    }

    /// Whether a word begins with a digit: "Mobile app 12 weeks after signing".
    pub(super) fn is_number(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|word| word.stem.starts_with(|first: char| first.is_ascii_digit()))
    }

    /// Whether a feature is what something is made with: "can be exported by Bulk export".
    pub(super) fn is_means(&self, start: usize) -> bool {
        const MEANS: &[&str] = &[
            "by", "by way of", "through", "via", "using", "with", "by means of", "with the help of",
            "by use of",
        ];
        phrases(MEANS).ends_at(&self.tokens, self.before_articles(start))
    }

    /// Where the articles begin that stand before some words.
    fn before_articles(&self, start: usize) -> usize {
        const ARTICLES: [&str; 8] = ["the", "a", "an", "our", "its", "it", "their", "own"];
        start - (0..start).rev().take_while(|&at| ARTICLES.contains(&self.stem(at))).count()
    }

    /// Whether what it goes on with is a list of what people do: "Consultant will provide the following Services".
    pub(super) fn is_list_of_services(&self) -> bool {
        const WORK: &[&str] = &["service :", "following service", "task", "activitie", "following work"];
        phrases(WORK).find(&self.tokens[..self.own]).is_some()
            || self.stem(self.own.wrapping_sub(1)) == "service"
    }

    /// Whether what is the customer's stands behind a place, so that work is done on it: "against Customer's directory".
    pub(super) fn is_on_customers(&self, end: usize) -> bool {
        /// The most words between them.
        const LONGEST: usize = 10;
        const ONTO: [&str; 6] = ["against", "with", "to", "into", "in", "from"];
        /// The most words between what it is done with and whose that is.
        const NEAR: usize = 4;
        let reach = end..(end + LONGEST).min(self.tokens.len());
        let places = reach.clone().filter(|&at| ONTO.contains(&self.stem(at)));
        let mut places = places.flat_map(|at| at + 1..(at + NEAR).min(reach.end));
        places.any(|at| {
            let length = self.parties.customer.at(&self.tokens, at);
            let owner = self.stem(at).trim_end_matches("'s").trim_end_matches("s'");
            self.is_at(at, "your") && self.tokens.get(at + 1).is_some_and(WordToken::is_word)
                || length > 0 && self.is_at(at + length, "'")
                || owner.len() < self.stem(at).len() && self.parties.customer.is_called(owner)
        })
    }

    /// Whether the product is named as a place: "in the Platform", "from the said programs".
    pub(super) fn is_in_product(&self) -> bool {
        const IN: [&str; 13] = [
            "in", "within", "inside", "into", "of", "from", "on", "through", "by", "via", "to", "with",
            "that",
        ];
        const ARTICLES: [&str; 7] = ["the", "our", "its", "such", "this", "offered", "said"];
        /// The most words of its name, with the article.
        const LONGEST: usize = 4;
        (1..self.tokens.len()).any(|at| {
            let is_product = phrases(PRODUCT).at(&self.tokens, at).is_some()
                || self.parties.product_at(&self.tokens, at) > 0;
            let is_of_name = |at: &usize| ARTICLES.contains(&self.stem(*at)) || self.tokens[*at].is_capital;
            let name = (0..at).rev().take(LONGEST).take_while(is_of_name).count();
            is_product && at > name && IN.contains(&self.stem(at - 1 - name))
        })
    }

    /// Whether a verb is what somebody else than the vendor does: "is delivered by Customer".
    pub(super) fn is_by_other(&self, unit: &ModalClause) -> bool {
        const OTHERS: &[&str] = &[
            "third party", "partner", "affiliate", "subcontractor", "another", "other", "others",
            "each party", "either party", "your own", "your team", "your staff", "your people", "your user",
            "your administrator", "your colleague", "your side",
        ];
        /// How far behind the verb whoever does it stands.
        const LONGEST: usize = 10;
        // "Shall be capable of export by Customer" is what it is for.
        // "Shall let a clerk go on with what was begun by another".
        const PASSIVE: [&str; 7] = ["be", "is", "are", "take", "come", "happen", "follow"];
        if !PASSIVE.contains(&self.stem(unit.verb)) {
            return false;
        }
        const FOR_OTHERS: &[&str] =
            &["be capable", "be able", "be usable", "be accessible", "be searchable", "permit"];
        if phrases(FOR_OTHERS).at(&self.tokens, unit.verb).is_some() {
            return false;
        }
        let reach = unit.modal.start..(unit.modal.start + LONGEST).min(self.tokens.len());
        reach.into_iter().filter(|&at| self.is_at(at, "by")).any(|by| {
            let at = by
                + 1
                + usize::from(
                    self.tokens.get(by + 1).is_some_and(|word| matches!(&*word.stem, "the" | "a" | "our")),
                );
            // "Can be filtered by user".
            let is_criterion = at == by + 1
                && self
                    .tokens
                    .get(at)
                    .is_some_and(|word| !word.is_capital && !self.whole[word.place.clone()].ends_with('s'));
            self.parties.customer.at(&self.tokens, at) > 0 && !self.is_named(at..at + 1) && !is_criterion
                || phrases(OTHERS).at(&self.tokens, at).is_some()
        })
    }
}
