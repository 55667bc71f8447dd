//! Whether a day, a beta or a platform is said of the delivery of a feature, and of nothing else in its sentence: of no
//! other verb, of no noun that stands before it, of nothing that is denied or past.

use std::ops::Range;

use super::conditions::ModalSubject;
use super::dates::{DateRole, NamedDate};
use super::parties::DocumentParty;
use super::promise::PromiseGroup;
use super::ruling::{ModalClause, RuledMention, RuledStatement};
use super::words::phrases;

/// Words that say of a feature that it is delivered, and those of grammar: beside them nothing else is spoken of.
const PLAIN: &[&str] = &[
    "the",
    "a",
    "an",
    "this",
    "these",
    "those",
    "such",
    "it",
    "its",
    "their",
    "our",
    "your",
    "we",
    "you",
    "they",
    "them",
    "us",
    "all",
    "any",
    "each",
    "every",
    "both",
    "shall",
    "will",
    "must",
    "to",
    "be",
    "is",
    "are",
    "for",
    "of",
    "in",
    "on",
    "by",
    "at",
    "with",
    "within",
    "from",
    "as",
    "under",
    "into",
    "per",
    "no",
    "later",
    "than",
    "latest",
    "and",
    "or",
    "also",
    "hereby",
    "then",
    "deliver",
    "delivered",
    "delivery",
    "provide",
    "provided",
    "provision",
    "supply",
    "supplied",
    "give",
    "given",
    "make",
    "made",
    "available",
    "availability",
    "offer",
    "offered",
    "enable",
    "enabled",
    "delivering",
    "providing",
    "making",
    "put",
    "operation",
    "service",
    "yes",
    "compliant",
    "ship",
    "shipped",
    "release",
    "released",
    "launch",
    "launched",
    "implement",
    "implemented",
    "include",
    "included",
    "install",
    "installed",
    "complete",
    "completed",
    "completion",
    "live",
    "ready",
    "active",
    "activated",
    "activate",
    "deploy",
    "deployed",
    "furnish",
    "furnished",
    "introduce",
    "introduced",
    "go",
    "come",
    "place",
    "due",
    "date",
    "deadline",
    "day",
    "operational",
    "usable",
    "accessible",
    "receive",
    "get",
    "have",
    "obtain",
    "access",
    "rollout",
    "roll",
    "rolled",
    "out",
    "hand",
    "handed",
    "over",
    "feature",
    "function",
    "module",
    "component",
    "deliverable",
    "new",
    "whole",
    "entire",
    "full",
    "respectively",
];

/// Words that say that something which is there stays, and for whom.
const KEPT: &[&str] = &[
    "keep",
    "kept",
    "maintain",
    "maintained",
    "operate",
    "operated",
    "operating",
    "operation",
    "host",
    "hosted",
    "run",
    "running",
    "remain",
    "stay",
    "retain",
    "retained",
    "continue",
    "continued",
    "sustain",
    "production",
    "unchanged",
    "supported",
    "user",
    "tenant",
    "site",
    "location",
    "customer",
    "client",
    "current",
    "existing",
];

/// Verbs of what is kept over a time.
const KEEPS: &[&str] = &[
    "keep",
    "kept",
    "maintain",
    "maintained",
    "operate",
    "operated",
    "operating",
    "host",
    "hosted",
    "run",
    "running",
    "remain",
    "stay",
    "retain",
    "retained",
    "continue",
    "support",
    "supported",
    "sustain",
];

/// Verbs of what is done at one time.
const RELEASES: &[&str] = &[
    "deliver",
    "delivered",
    "delivery",
    "ship",
    "shipped",
    "release",
    "released",
    "launch",
    "launched",
    "introduce",
    "introduced",
    "complete",
    "completed",
    "implement",
    "implemented",
    "install",
    "installed",
    "roll",
    "rolled",
    "develop",
    "developed",
    "build",
    "built",
    "add",
    "added",
    "extend",
    "extended",
];

/// Verbs of delivery, which with another object deliver something else.
const DELIVERS: &[&str] = &[
    "deliver",
    "provide",
    "supply",
    "give",
    "make",
    "offer",
    "enable",
    "ship",
    "release",
    "launch",
    "implement",
    "install",
    "deploy",
    "introduce",
    "activate",
    "maintain",
    "operate",
    "host",
    "keep",
    "run",
    "grant",
    "complete",
];

/// Verbs of something else.
const OTHER_VERBS: &[&str] = &[
    "train",
    "teach",
    "follow",
    "take",
    "begin",
    "start",
    "end",
    "pay",
    "send",
    "migrate",
    "convert",
    "test",
    "review",
    "sign",
    "occur",
    "expire",
    "apply",
    "join",
    "move",
    "accept",
    "report",
    "inform",
    "notify",
    "tell",
    "meet",
    "assist",
    "help",
    "advise",
    "consult",
    "answer",
    "design",
    "document",
    "write",
    "configure",
    "set",
    "onboard",
    "invoice",
    "bill",
    "order",
    "transfer",
    "import",
    "clean",
    "perform",
    "conduct",
    "hold",
    "visit",
    "hire",
    "appoint",
    "submit",
    "prepare",
    "present",
    "show",
    "demonstrate",
    "explain",
    "approve",
    "agree",
    "decide",
    "discuss",
    "plan",
    "schedule",
    "remove",
    "retire",
    "discontinue",
    "withdraw",
    "replace",
    "switch",
    "stop",
    "close",
    "leave",
    "return",
    "repair",
    "correct",
    "fix",
    "renew",
    "increase",
    "reduce",
    "lower",
    "raise",
    "charge",
    "develop",
    "support",
    "educate",
    "instruct",
];

/// Those of them that are seldom nouns, as they stand behind who does it: "the training takes place".
const FINITE: &[&str] = &[
    "follows", "takes", "begins", "starts", "ends", "comes", "becomes", "happens", "occurs", "expires",
    "applies", "trains", "sends", "pays", "joins", "migrates", "remains", "arrives", "teaches", "provides",
    "delivers", "goes",
];

/// Participles of delivery.
const PARTICIPLES: &[&str] = &[
    "delivered",
    "provided",
    "supplied",
    "furnished",
    "released",
    "shipped",
    "launched",
    "enabled",
    "activated",
    "installed",
    "implemented",
    "introduced",
    "completed",
    "included",
    "offered",
    "granted",
    "deployed",
    "finished",
    "rolled",
    "handed",
    "added",
    "integrated",
    "configured",
    "built",
    "supported",
    "maintained",
    "operated",
    "hosted",
    "kept",
    "retained",
    "promised",
    "committed",
    "guaranteed",
    "given",
    "extended",
    "continued",
];

/// Other participles that do not end as most do.
const IRREGULAR: &[&str] = &[
    "made", "sent", "paid", "held", "written", "taken", "begun", "sold", "bought", "shown", "seen", "met",
    "done", "known", "drawn", "put", "brought", "led", "found", "taught",
];

/// Words that are no verbs, and behind which a participle or a day goes on.
const NO_VERBS: &[&str] = &[
    "including",
    "plus",
    "with",
    "without",
    "for",
    "of",
    "in",
    "on",
    "at",
    "by",
    "from",
    "to",
    "under",
    "within",
    "between",
    "among",
    "during",
    "after",
    "before",
    "over",
    "per",
    "via",
    "through",
    "across",
    "as",
    "than",
    "like",
    "except",
    "excluding",
    "not",
    "both",
    "all",
    "so",
    "because",
    "if",
    "when",
    "while",
    "where",
    "which",
    "that",
    "who",
    "also",
    "only",
    "even",
    "well",
    "namely",
    "such",
    "together",
    "along",
    "alongside",
    "respectively",
    "upon",
    "until",
    "since",
    "about",
    "regarding",
    "concerning",
    "towards",
    "against",
    "and",
    "or",
    "but",
    "no",
    "later",
    "prior",
    "till",
    "into",
];

/// Words that a noun follows.
const ARTICLES: &[&str] = &[
    "the", "a", "an", "all", "its", "their", "our", "your", "each", "any", "every", "this", "these", "those",
];

/// Words that open a part of a sentence with a verb of its own.
const OPENS: &[&str] = &[
    "which", "who", "whose", "that", "where", "when", "while", "whilst", "whereas", "so", "because",
    "although", "though", "since", "after", "until",
];

/// What has days of its own: "orders by 30 June", "entries from 1 January".
const DATED_NOUNS: &[&str] = &[
    "entrie",
    "entry",
    "order",
    "request",
    "record",
    "data",
    "invoice",
    "transaction",
    "ticket",
    "booking",
    "payment",
    "change",
    "event",
    "file",
    "document",
    "message",
    "figure",
    "contract",
    "registration",
    "backlog",
    "history",
    "archive",
    "case",
    "claim",
    "shipment",
    "purchase",
    "training",
    "workshop",
    "course",
    "valid",
    "effective",
    "current",
    "applicable",
    "known",
    "state",
    "status",
];

/// What somebody pays.
const PRICES: &[&str] = &[
    "free",
    "charge",
    "cost",
    "price",
    "fee",
    "discount",
    "rate",
    "trial",
    "payment",
    "gratis",
    "complimentary",
    "warranty",
    "licence",
    "license",
];

/// What takes back what stands behind it.
const NEGATIONS: &[&str] = &["not", "never", "nor", "neither", "than", "without", "unlike"];

/// What makes a delivery one that was.
const PAST: &[&str] = &[
    "first",
    "already",
    "originally",
    "initially",
    "last",
    "previously",
    "was",
    "were",
    "been",
    "had",
    "as",
    "once",
    "formerly",
    "earlier",
    "recently",
    "when",
];

/// Words that say of a feature that it is there from the first day.
const AT_ONCE: &[&str] = &[
    "immediately",
    "at once",
    "right away",
    "straight away",
    "straightaway",
    "forthwith",
    "without delay",
    "without undue delay",
    "with immediate effect",
    "from the first day",
    "from the very first day",
    "on the first day",
    "from day one",
    "from day 1",
    "from the outset",
    "from the beginning",
    "from the start",
    "instantly",
    "as of now",
    "as of today",
    "from now on",
    "from today",
];

/// Words that say that it is there, where something else follows.
const NOW: &[&str] = &["now", "today", "already", "at present", "currently"];

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
            at == self.own && self.own > 0
                || matches!(
                    before,
                    "to" | "and"
                        | "or"
                        | ","
                        | ";"
                        | "not"
                        | "also"
                        | "then"
                        | "shall"
                        | "will"
                        | "must"
                        | "may"
                        | "can"
                        | "who"
                        | "which"
                        | "that"
                        | "it"
                        | "they"
                        | "we"
                        | "you"
                        | "but"
                        | "hereby"
                )
                || length(1)
                || length(2)
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
                    const IN_DOCUMENT: &[&str] = &[
                        "listed",
                        "described",
                        "specified",
                        "set",
                        "defined",
                        "named",
                        "mentioned",
                        "stated",
                        "identified",
                    ];
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
            self.is_plain(at, idle) || KEPT.contains(&self.stem(at)) || self.stem(at).ends_with("ly")
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

    /// Whether a time is one over which something is kept, so that it is there from its first day on: "operate the Audit
    /// log during 2028". None where that is not certain: "provide it during 2028".
    pub(crate) fn is_kept_during(&self, date: &NamedDate, group: &PromiseGroup) -> Option<bool> {
        if date.period.is_none() {
            return Some(false);
        }
        let has = |verbs: &[&str]| {
            let near = self.units.iter().filter(|unit| {
                unit.reach.contains(&date.words.start)
                    || group.features.iter().any(|(mention, _)| unit.reach.contains(&mention.words.start))
            });
            let mut words = near.flat_map(|unit| unit.modal.start..unit.reach.end);
            words.any(|at| verbs.contains(&self.stem(at)) && !self.is_named(at..at + 1))
        };
        match (has(KEEPS), has(RELEASES)) {
            (true, false) => Some(true),
            (true, true) => None,
            (false, false) if date.lead == "during" && !self.units.is_empty() => None,
            (false, _) => Some(false),
        }
    }

    /// The words that say of a group's features that they are there from the first day. `is_sure` where nothing else may
    /// be meant by them.
    pub(crate) fn immediacy(
        &self,
        group: &PromiseGroup,
        dates: &[NamedDate],
        is_sure: bool,
    ) -> Option<Range<usize>> {
        const BEHIND: &[&str] = &[
            "after",
            "following",
            "upon",
            "before",
            "prior",
            "when",
            "if",
            "once",
            "preceding",
            "of",
            "notify",
            "inform",
            "if",
        ];
        const OF_CONTRACT: &[&str] = &["term", "contract", "agreement", "subscription", "period"];
        let idle: Vec<Range<usize>> = dates.iter().map(|date| date.words.clone()).collect();
        let conditions = self.conditions();
        let (at_once, now) = (phrases(AT_ONCE), phrases(NOW));
        let found = group.part.clone().find_map(|at| {
            let length = at_once.at(&self.tokens, at);
            let is_weak = length.is_none();
            let length = length.or_else(|| now.at(&self.tokens, at).filter(|_| !is_sure))?;
            let words = at..at + length;
            let next = self.stem(words.end);
            let is_denied = (at.saturating_sub(3)..at).any(|at| NEGATIONS.contains(&self.stem(at)));
            let is_of_contract =
                next == "of" && (words.end + 1..words.end + 4).any(|at| OF_CONTRACT.contains(&self.stem(at)));
            let is_other = BEHIND.contains(&next) && !is_of_contract
                || is_weak
                    && !(matches!(next, "and" | "but" | "," | ";" | ")" | "." | "|" | "")
                        && self.stem(words.end + 1) != "therefore")
                || idle
                    .iter()
                    .chain(&conditions)
                    .any(|other| other.start < words.end && words.start < other.end);
            let is_own = !is_denied && !is_other && self.is_of_delivery(&words, &group.features, &idle);
            is_own.then_some(words)
        });
        // "Without undue delay, but no later than 31 March 2027": that day is the last.
        found.filter(|words| {
            !dates.iter().any(|date| {
                let between = words.end..date.words.start;
                (date.lead.ends_with("later than")
                    || date.lead.starts_with("at the latest")
                    || date.lead == "on or before")
                    && between.start <= between.end
                    && between.into_iter().all(|at| {
                        matches!(
                            self.stem(at),
                            "," | "and" | "but" | "or" | "in" | "any" | "event" | "case" | "however"
                        )
                    })
            })
        })
    }
}
