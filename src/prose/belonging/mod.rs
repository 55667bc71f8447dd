//! Whether a day, a beta or a platform is said of the delivery of a feature, and of nothing else in its sentence: of no
//! other verb, of no noun that stands before it, of nothing that is denied or past.

mod first_day;
mod words;

use std::ops::Range;

use crate::prose::conditions::ModalSubject;
use crate::prose::dates::{DateRole, NamedDate};
use crate::prose::parties::DocumentParty;
use crate::prose::promise::PromiseGroup;
use crate::prose::ruling::{ModalClause, RuledMention, RuledStatement};

#[cfg(test)]
pub(super) use words::AT_ONCE;
pub(super) use words::IN_AT_ONCE;
use words::{
    ARTICLES, BEFORE_VERBS, DATED_NOUNS, DELIVERS, FINITE, IN_DOCUMENT, IRREGULAR, KEEPS, KEPT, NEGATIONS,
    NO_VERBS, OPENS, OTHER_VERBS, PARTICIPLES, PAST, PLAIN, PRICES,
};

impl RuledStatement<'_> {
    /// Whether a day is certainly said of the delivery of a group's features.
    pub(crate) fn is_day_of(&self, date: &NamedDate, group: &PromiseGroup, dates: &[NamedDate]) -> bool {
        let mut idle: Vec<Range<usize>> = dates.iter().map(|date| date.words.clone()).collect();
        if group.is_to_keep() {
            // "Shall not be discontinued, or moved to another plan, before 2028".
            let be = |end: usize| usize::from(self.is_at(end - 1, "be"));
            idle.extend(self.denials().map(|denial| denial.start..denial.end + be(denial.end)));
            let or = (1..self.tokens.len()).filter(|&at| matches!(self.stem(at - 1), "or" | "nor"));
            idle.extend(or.map(|at| at..at + 1 + usize::from(self.is_at(at, "to"))));
        }
        let is_price = |at: usize| PRICES.contains(&self.stem(at));
        let is_by =
            ["by", "before", "later than", "on or before"].iter().any(|lead| date.lead.ends_with(lead))
                || date.lead.starts_with("at the latest");
        let is_priced = match date.role {
            DateRole::Until => group.part.clone().any(is_price),
            DateRole::Deadline if is_by => false,
            _ => date.words.start.checked_sub(1).is_some_and(is_price),
        };
        !is_priced && self.is_of_delivery(&date.words, &group.features, &idle)
    }

    /// Whether the day of an end is certainly that of a group's features, and of nothing that comes with them.
    pub(crate) fn is_end_of(&self, date: &NamedDate, group: &PromiseGroup, dates: &[NamedDate]) -> bool {
        let idle: Vec<Range<usize>> = dates.iter().map(|date| date.words.clone()).collect();
        self.is_day_of(date, group, dates) && self.is_kept_until(date, &group.features, &idle)
    }

    /// Whether some words are certainly said of the delivery of features. `idle` are others of their kind.
    pub(crate) fn is_of_delivery(
        &self,
        words: &Range<usize>,
        features: &[RuledMention],
        idle: &[Range<usize>],
    ) -> bool {
        let idle = &[idle, std::slice::from_ref(words)].concat()[..];
        let neighbour = words.start.checked_sub(1);
        let is_of_other = neighbour.is_some_and(|at| {
            NEGATIONS.contains(&self.stem(at))
                || DATED_NOUNS.contains(&self.stem(at)) && !self.is_named(at..at + 1)
                || self.is_other_verb(at, words.start, idle)
        });
        if is_of_other {
            return false;
        }
        let places = || features.iter().map(|(mention, _)| &mention.words);
        let before = places().filter(|place| place.end <= words.start).max_by_key(|place| place.end);
        let behind = places().filter(|place| place.start >= words.end).min_by_key(|place| place.start);
        match (before, behind) {
            (Some(feature), _) => self.goes_on(feature.end..words.start, idle),
            (None, Some(feature)) => self.leads_to(words, feature.start, idle),
            (None, None) => true,
        }
    }

    /// Whether nothing between a feature and what stands behind it has that as its own.
    fn goes_on(&self, between: Range<usize>, idle: &[Range<usize>]) -> bool {
        let Range { start, end } = between;
        // What is in brackets, and a clause that a comma closes, is said beside it: "which users need, by 31 March".
        let mut beside: Vec<Range<usize>> = Vec::new();
        let open = (start..end)
            .rev()
            .find(|&at| matches!(self.stem(at), "which" | "that" | "who" | "whose" | "where"));
        beside.extend(open.filter(|_| self.is_at(end.wrapping_sub(1), ",")).map(|open| open..end));
        let brackets = (start..end).filter(|&at| self.is_at(at, "("));
        beside.extend(brackets.filter_map(|open| {
            let close = (open..end).find(|&at| self.is_at(at, ")"))?;
            Some(open..close + 1)
        }));
        let is_beside = |at: usize| beside.iter().any(|beside| beside.contains(&at));
        let is_break = |at: usize| {
            matches!(self.stem(at), ";" | ":" | "|" | "." | "?" | "(")
                || OPENS.contains(&self.stem(at))
                || self.is_behind_dash(at)
        };
        let last = (start..end).rev().find(|&at| is_break(at) && !is_beside(at));
        let from = match last {
            // A cell, or a sentence, says itself what it says.
            Some(last) if matches!(self.stem(last), "|" | "." | "?") => last + 1,
            Some(last) => {
                let from = if self.is_behind_dash(last) { last } else { last + 1 };
                return (from..end).all(|at| self.is_plain(at, idle));
            }
            None => start,
        };
        let own = self.own_verb(from, end, idle);
        !(from..end).any(|at| !own.contains(&at) && !is_beside(at) && self.is_other_verb(at, end, idle))
    }

    /// Whether what stands before a feature is said of its verb, and not of one before.
    fn leads_to(&self, words: &Range<usize>, feature: usize, idle: &[Range<usize>]) -> bool {
        let is_end = |at: &usize| matches!(self.stem(*at), ";" | "." | "|" | ":");
        let mut from = (0..words.start).rev().find(is_end).map_or(0, |end| end + 1);
        // "Shall train users and, by 31 March 2027, deliver".
        let joint =
            words.start.checked_sub(1).map(|at| if self.is_at(at, ",") { at.wrapping_sub(1) } else { at });
        if joint.is_some_and(|at| matches!(self.stem(at), "and" | "but")) {
            from = words.start;
        }
        // "Deliver the following by 1 May 2027: …".
        let is_led = (words.end..feature).any(|at| self.is_at(at, ":"))
            || words.start < self.own && self.own <= feature;
        let is_other = |at: usize, end: usize| {
            self.is_other_verb(at, end, idle) && !(is_led && DELIVERS.contains(&self.stem(at)))
        };
        let others = |mut range: Range<usize>| {
            let end = range.end;
            range.find(|&at| is_other(at, end))
        };

        if others(from..words.start).is_some() || (words.end..feature).any(|at| self.is_at(at, ";")) {
            return false;
        }
        let modals = |range: Range<usize>| {
            let mut all: Vec<usize> = self.units.iter().map(|unit| unit.modal.start).collect();
            all.retain(|modal| range.contains(modal));
            all.dedup();
            all
        };
        let (before, between) = (modals(from..words.start), modals(words.end..feature));
        if between.len() > 1 {
            return false;
        }
        // "By 1 May 2027 Vendor shall train users and provide SSO".
        others(words.end..feature)
            .is_none_or(|other| before.is_empty() && between.first().is_some_and(|modal| *modal <= other))
    }

    /// The verb that a feature is the subject of: "the Audit log shall record all changes by 31 March".
    fn own_verb(&self, feature: usize, end: usize, idle: &[Range<usize>]) -> Range<usize> {
        let own = self.units.iter().find(|unit| (feature..end).contains(&unit.modal.start));
        let is_subject = |from: usize, verb: usize| {
            !(from..verb).any(|at| self.is_at(at, ",") || self.is_other_verb(at, end, idle))
                && (from..verb).all(|at| self.parties.vendor.at(&self.tokens, at) == 0)
        };
        let is_own = |own: &&ModalClause| {
            let before = own.modal.start.checked_sub(1).map_or("", |before| self.stem(before));
            (own.subject == ModalSubject::Feature || matches!(before, "it" | "they" | "this" | "which"))
                && is_subject(feature, own.modal.start)
        };
        match own.filter(is_own) {
            Some(own) => {
                own.modal.start..own.modal.end.max(own.verb + 1) + usize::from(self.is_at(own.verb, "be"))
            }
            None => feature..feature,
        }
    }

    /// Whether a word is a verb of something else than a delivery, or a participle that tells more of a noun, which no
    /// comma closes before an end.
    fn is_other_verb(&self, at: usize, end: usize, idle: &[Range<usize>]) -> bool {
        let stem = self.stem(at);
        let Some(token) = self.tokens.get(at).filter(|token| token.is_word()) else { return false };
        if self.is_named(at..at + 1) || idle.iter().any(|idle| idle.contains(&at)) {
            return false;
        }
        let before = at.checked_sub(1).map_or("", |before| self.stem(before));
        let next = self.stem(at + 1);
        let is_closed = || (at + 1..end).any(|at| self.is_at(at, ","));
        let is_idle = |at: usize| idle.iter().any(|idle| idle.contains(&at));
        let opens = || {
            let length = |party: usize| {
                at.checked_sub(party).is_some_and(|start| {
                    self.parties.vendor.at(&self.tokens, start) == party
                        || self.parties.customer.at(&self.tokens, start) == party
                })
            };
            at == self.own && self.own > 0 || BEFORE_VERBS.contains(&before) || length(1) || length(2)
        };
        match stem {
            "was" | "were" | "had" | "did" | "been" => return true,
            "is" | "are" | "has" | "have" | "doe" | "do" => {
                return self.delivered(at).is_none()
                    && !self.has_day_behind(at + 1)
                    && !self.is_plain(at + 1, idle);
            }
            _ => {}
        }
        if self.is_participle(at) {
            return match PARTICIPLES.contains(&stem) {
                true => PAST.contains(&before) || self.is_bare_behind_kept(at),
                false => {
                    let goes_on = next.is_empty()
                        || !next.starts_with(char::is_alphanumeric)
                        || NO_VERBS.contains(&next)
                        || next.ends_with("ly")
                        || is_idle(at + 1);
                    // "Switched on for all pages", "listed in Exhibit 1".
                    let says_nothing = matches!(
                        (stem, next),
                        ("made", "available") | ("switched" | "turned", "on") | ("put", "into")
                    ) || IN_DOCUMENT.contains(&stem) && next == "in" && !is_idle(at + 1);
                    goes_on && !says_nothing && !is_closed()
                }
            };
        }
        let word = self.whole[token.place.clone()].to_lowercase();
        if FINITE.contains(&word.as_str()) && before != "as" {
            return !(DELIVERS.contains(&stem) && self.has_own_object(at, idle));
        }
        if OTHER_VERBS.contains(&stem) && opens() {
            return true;
        }
        if DELIVERS.contains(&stem) {
            return opens() && !self.has_own_object(at, idle);
        }
        let is_small = !token.is_capital && !self.is_plain(at, idle) && !NO_VERBS.contains(&stem);
        let is_joined = matches!(before, "and" | "or" | "but" | "then" | "also" | "," | ";" | "to");
        let is_verb = is_joined && (ARTICLES.contains(&next) || matches!(next, "it" | "them"));
        let is_gerund = stem.ends_with("ing")
            && stem.len() > 4
            && !is_closed()
            && matches!(before, "," | "while" | "when" | "after" | "before" | "by" | "upon" | "without");

        is_small && !stem.ends_with("ly") && (is_verb || is_gerund)
    }

    /// Whether a verb of delivery has a feature as its object, or none of its own: "and provides it", "to deliver by".
    fn has_own_object(&self, verb: usize, idle: &[Range<usize>]) -> bool {
        let mut at = verb + 1;
        loop {
            let party =
                self.parties.vendor.at(&self.tokens, at).max(self.parties.customer.at(&self.tokens, at));
            match self.stem(at) {
                _ if party > 0 && !self.is_named(at..at + 1) => at += party,
                stem if ARTICLES.contains(&stem) || stem.ends_with("ly") => at += 1,
                _ => break,
            }
        }
        self.tokens.get(at).is_none_or(|word| {
            !word.is_word()
                || self.is_named(at..at + 1)
                || self.is_plain(at, idle)
                || NO_VERBS.contains(&self.stem(at))
        })
    }

    fn is_participle(&self, at: usize) -> bool {
        const NONE: &[&str] = &["need", "speed", "exceed", "seed", "indeed", "feed", "proceed", "embed"];
        let stem = self.stem(at);
        stem.ends_with("ed") && !stem.ends_with("seed") && stem.len() > 4 && !NONE.contains(&stem)
            || IRREGULAR.contains(&stem)
            || PARTICIPLES.contains(&stem)
    }

    /// Whether a participle tells more of what is kept: "maintain the Audit log delivered in May".
    fn is_bare_behind_kept(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.stem(before));
        let unit = self.units.iter().find(|unit| unit.reach.contains(&at));
        !matches!(before, "be" | "is" | "are" | "and" | "or" | "being" | "to")
            && unit.is_some_and(|unit| KEEPS.contains(&self.stem(unit.verb)))
    }

    /// Whether a word speaks of nothing but a delivery.
    fn is_plain(&self, at: usize, idle: &[Range<usize>]) -> bool {
        let Some(token) = self.tokens.get(at) else { return true };
        let is_party = |party: &DocumentParty| {
            (at.saturating_sub(3)..=at).any(|start| start + party.at(&self.tokens, start) > at)
        };
        let is_past = PAST.contains(&self.stem(at.wrapping_sub(1))) && PARTICIPLES.contains(&self.stem(at));
        !token.is_word()
            || PLAIN.contains(&&*token.stem) && !is_past
            || self.is_named(at..at + 1)
            || idle.iter().any(|idle| idle.contains(&at))
            || is_party(&self.parties.vendor)
            || is_party(&self.parties.customer)
    }

    /// Whether a dash that stands by itself stands before a word.
    fn is_behind_dash(&self, at: usize) -> bool {
        let end = |at: usize| self.tokens.get(at).map(|token| token.place.clone());
        let Some((before, own)) = at.checked_sub(1).and_then(end).zip(end(at)) else { return false };
        let between = self.whole.get(before.end..own.start).unwrap_or_default();
        [" – ", " — ", " - ", "—"].iter().any(|dash| between.contains(dash))
    }

    /// Whether what stands around the day of an end speaks of nothing but that a feature is there.
    fn is_kept_until(&self, date: &NamedDate, features: &[RuledMention], idle: &[Range<usize>]) -> bool {
        let own = |at: usize| {
            let stem = self.stem(at);
            self.is_plain(at, idle) || KEEPS.contains(&stem) || KEPT.contains(&stem) || stem.ends_with("ly")
        };
        let before = features
            .iter()
            .map(|(mention, _)| mention.words.end)
            .filter(|end| *end <= date.words.start)
            .max();
        match before {
            Some(feature) => (feature..date.words.start).all(own),
            None => (self.own.min(date.words.start)..date.words.start).all(own),
        }
    }
}
