//! Tasks that name who does them, as minutes list them: "Acme / Ms Lee: enable the Audit log", "Acme (Ms Lee): …".

use std::ops::Range;

use super::parties::DocumentParty;
use super::ruling::RuledStatement;
use super::verbs::PRESENT;
use super::words::{WordToken, phrases};

/// Tasks of who makes software, beside those of who sells it.
const MAKES: &[&str] = &[
    "adapt",
    "adjust",
    "change",
    "correct",
    "expand",
    "finish",
    "improve",
    "publish",
    "put",
    "show",
    "finalise",
    "finalize",
    "go live",
    "connect",
    "integrate",
    "open",
    "increase",
    "raise",
    "migrate the",
    "restore",
];

impl RuledStatement<'_> {
    /// Whether it is a task of software that names the vendor as who does it.
    pub(super) fn is_task_of_vendor(&self) -> bool {
        let (_, verbs) = PRESENT[0];
        self.task().is_some_and(|(who, verb)| {
            let does = [verbs, MAKES].iter().any(|verbs| phrases(verbs).at(&self.tokens, verb).is_some());
            does && self.is_among(&self.parties.vendor, &who) && !self.is_among(&self.parties.customer, &who)
        })
    }

    /// Whether it is a task that names the customer as who does it.
    pub(super) fn is_task_of_customer(&self) -> bool {
        self.task().is_some_and(|(who, _)| {
            self.is_among(&self.parties.customer, &who) && !self.is_among(&self.parties.vendor, &who)
        })
    }

    fn is_among(&self, party: &DocumentParty, who: &Range<usize>) -> bool {
        who.clone().any(|at| party.at(&self.tokens, at) > 0)
    }

    /// Who a task is of, and where its verb stands.
    fn task(&self) -> Option<(Range<usize>, usize)> {
        /// The most words of who does it.
        const LONGEST: usize = 10;
        let start = self.behind_label();
        let colon = (start + 1..self.tokens.len().min(start + LONGEST)).find(|&at| self.is_at(at, ":"))?;
        let is_who = |at: usize| {
            let word = &self.tokens[at];
            word.is_capital
                || !word.is_word()
                || word.stem.len() == 1
                || matches!(&*word.stem, "and" | "of" | "for" | "the" | "van" | "von" | "de" | "der")
        };
        // "Acme: to enable".
        let verb = colon + 1 + usize::from(self.is_at(colon + 1, "to"));
        let is_named = self.tokens.get(verb).is_some_and(WordToken::is_word);
        ((start..colon).all(is_who) && is_named && !self.is_named(start..colon))
            .then_some((start..colon, verb))
    }
}
