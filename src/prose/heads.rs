//! Whether the name of a feature is what is spoken of, and not what something else is done to.

use super::ruling::RuledStatement;
use super::verbs::DELIVERIES;
use super::words::{WordToken, phrases};

/// What is measured of a feature.
const LEVELS: &[&str] = &[
    "uptime", "response time", "latency", "throughput", "retention", "retention period", "load time",
    "accuracy", "capacity", "recovery time",
];

impl RuledStatement<'_> {
    /// Where a subject begins whose head is a feature, or its delivery: "delivery of the Audit log".
    pub(super) fn head_of(&self, start: usize, from: usize) -> Option<usize> {
        if self.is_head(start, from) {
            return Some(start);
        }
        let (word, _) = self.before(start, from);
        word.filter(|word| matches!(*word, "of" | "for"))?;
        let at = (from..start).rev().find(|&at| matches!(&*self.tokens[at].stem, "of" | "for"))?;
        let noun = (from..at).rev().take(2).find(|&noun| {
            [DELIVERIES, LEVELS].iter().any(|list| phrases(list).at(&self.tokens, noun) == Some(at - noun))
        })?;
        (!self.preposition_before(noun, from)).then_some(noun)
    }

    /// The word before some words, articles and the like aside, and whether there was such a one.
    pub(super) fn before(&self, start: usize, from: usize) -> (Option<&str>, bool) {
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
    pub(super) fn preposition_before(&self, start: usize, from: usize) -> bool {
        const PREPOSITIONS: [&str; 18] = [
            "by", "between", "per", "from", "of", "to", "in", "for", "with", "about", "under", "using", "on",
            "within", "through", "via", "at", "into",
        ];
        // "All of our plans".
        let is_counted = || {
            let of = (from..start).rev().find(|&at| self.is_at(at, "of"));
            of.is_some_and(|of| {
                of > from && matches!(self.stem(of - 1), "all" | "each" | "both" | "any" | "most")
            })
        };
        self.before(start, from)
            .0
            .is_some_and(|word| PREPOSITIONS.contains(&word) && !(word == "of" && is_counted()))
    }

    /// Whether a feature's name is what is spoken of, and not what something else is done to.
    pub(super) fn is_head(&self, start: usize, from: usize) -> bool {
        const BOUNDARIES: [&str; 31] = [
            ".", "!", "both", "furthermore", "moreover", "additionally", "however", "therefore", "also",
            "today", "now", "currently", "finally", "and", "or", ",", "that", "which", "then", "if", ")",
            "(", ":", ";", "|", "provide", "where", "when", "whether", "how", "why",
        ];
        // "Persons who use the Audit log".
        if (from..start).rev().take(4).any(|at| matches!(self.stem(at), "who" | "whose" | "whom")) {
            return false;
        }
        match self.before(start, from) {
            (None, _) => true,
            // "Prices for A and B are": what is listed is what its first is.
            (Some("and" | "or" | ","), _) if self.listed_before(start, from).is_some() => {
                self.listed_before(start, from).is_some_and(|first| self.is_head(first, from))
            }
            (Some(word), _) if BOUNDARIES.contains(&word) => true,
            // "7.2 The Audit log", as an amendment quotes it.
            (Some(word), true)
                if word.starts_with(|first: char| first.is_ascii_digit()) && word.contains('.') =>
            {
                true
            }
            // "Entries received by Search are posted": what it handles is what is in it.
            (Some("by"), _) if self.is_handled_before(start, from) => true,
            // "Approvals, along with the Audit log, are included".
            (Some("with" | "as"), _) if self.is_joined_by_phrase(start, from) => true,
            // "the obligation to provide the Audit log": what is done to it.
            _ if (from + 1..start).rev().take(4).any(|at| self.is_at(at, "to")) => false,
            // "Immutable audit logs", "a searchable audit log": one more word, or two behind an article.
            (Some(_), false) => start == from + 1 || self.has_article_before(start, from),
            (Some(_), true) => !self.preposition_before(start, from) && start.saturating_sub(from) > 3,
        }
    }

    /// Whether a participle and a `by` stand before some words: "received by the Audit log".
    fn is_handled_before(&self, start: usize, from: usize) -> bool {
        let by = (from..start).rev().take(3).find(|&at| self.is_at(at, "by"));
        by.is_some_and(|by| by > from + 1 && self.stem(by - 1).ends_with("ed"))
    }

    /// Where the list of features begins that one ends: "the Audit log and Search shall be delivered".
    pub(super) fn first_of_list(&self, start: usize, from: usize) -> usize {
        let mut first = start;
        while let Some(before) = self.listed_before(first, from) {
            first = before;
        }
        // What is listed behind a verb is what that is done to: "shall provide Search, and the Audit log is included".
        const OPENS: [&str; 13] =
            [",", ";", ":", ".", "|", "(", ")", "that", "which", "both", "if", "where", "when"];
        let opens = self.before(first, from).0.is_none_or(|word| OPENS.contains(&word));
        if opens { first } else { start }
    }

    /// The feature before one that is listed with it.
    pub(super) fn listed_before(&self, start: usize, from: usize) -> Option<usize> {
        let joint = (from..start).rev().find(|&at| matches!(self.stem(at), "and" | "or" | ","))?;
        let end = joint - usize::from(joint > from && self.is_at(joint - 1, ","));
        let before = self.features.iter().find(|feature| feature.end == end && feature.start >= from);
        before.map(|feature| feature.start)
    }

    /// Whether some words are one more of a list: "along with the Audit log".
    fn is_joined_by_phrase(&self, start: usize, from: usize) -> bool {
        const JOINTS: &[&str] = &["along with", "together with", "as well as"];
        let is_joint = |end: usize| end > from + 1 && phrases(JOINTS).ends_at(&self.tokens, end);
        (start.saturating_sub(2)..=start).any(is_joint)
    }

    /// Whether an article stands a word or two before some words, and hangs on no other ones.
    pub(super) fn has_article_before(&self, start: usize, from: usize) -> bool {
        let articles = (start.saturating_sub(3).max(from)..start).rev();
        let mut articles =
            articles.filter(|&at| matches!(&*self.tokens[at].stem, "a" | "an" | "the" | "our"));
        articles.next().is_some_and(|article| {
            !self.preposition_before(article, from)
                && (article == from || !self.tokens[article - 1].is_word() || self.is_at(article - 1, "and"))
                && self.tokens[article..start].iter().all(WordToken::is_word)
                && !(article..start)
                    .any(|at| matches!(self.stem(at), "for" | "of" | "in" | "on" | "to" | "with"))
        })
    }
}
