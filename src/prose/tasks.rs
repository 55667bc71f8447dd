//! Tasks that name who does them, as minutes list them: "Acme / Ms Lee: enable the Audit log", "Acme (Ms Lee): …".

use std::ops::Range;

use super::conditions::ModalSubject;
use super::parties::DocumentParty;
use super::ruling::RuledStatement;
use super::verbs::PRESENT;
use super::words::{WordToken, phrases};

/// Tasks of who makes software, beside those of who sells it.
const MAKES: &[&str] = &[
    "adapt", "adjust", "change", "correct", "expand", "finish", "improve", "publish", "put", "show",
    "finalise", "finalize", "go live", "connect", "integrate", "open", "increase", "raise", "migrate the",
    "restore", "accelerate", "allow", "expose", "let", "reduce", "shorten", "speed up",
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

    /// Whether what has to be done begins with one of these.
    pub(super) fn task_begins(&self, list: &'static [&'static str]) -> bool {
        self.task().is_some_and(|(_, verb)| phrases(list).at(&self.tokens, verb).is_some())
    }

    /// The party that a name at a place is of.
    pub(super) fn party_at(&self, at: usize) -> Option<ModalSubject> {
        let vendor = self.parties.vendor.at(&self.tokens, at);
        let customer = self.parties.customer.at(&self.tokens, at);
        let is_owner = self.is_at(at + vendor.max(customer), "'");
        match vendor.cmp(&customer) {
            _ if is_owner || self.is_named(at..at + 1) => None,
            std::cmp::Ordering::Greater => Some(ModalSubject::Vendor),
            std::cmp::Ordering::Less => Some(ModalSubject::Customer),
            std::cmp::Ordering::Equal => None,
        }
    }

    fn is_among(&self, party: &DocumentParty, who: &Range<usize>) -> bool {
        who.clone().any(|at| party.at(&self.tokens, at) > 0)
    }

    /// Who a task is of, and where its verb stands.
    fn task(&self) -> Option<(Range<usize>, usize)> {
        /// The most words of who does it.
        const LONGEST: usize = 10;
        let start = self.behind_label();
        let reach = start + 1..self.tokens.len().min(start + LONGEST);
        // "Acme: enable", "Acme - enable".
        let mark = reach.into_iter().find(|&at| self.is_at(at, ":") || self.is_behind_stroke(at))?;
        let (colon, behind) = (mark, mark + usize::from(self.is_at(mark, ":")));
        let is_who = |at: usize| {
            let word = &self.tokens[at];
            word.is_capital
                || !word.is_word()
                || word.stem.len() == 1
                || matches!(&*word.stem, "and" | "of" | "for" | "the" | "van" | "von" | "de" | "der")
        };
        // "Acme: to enable".
        let verb = behind + usize::from(self.is_at(behind, "to"));
        let is_named = self.tokens.get(verb).is_some_and(WordToken::is_word);
        ((start..colon).all(is_who) && is_named && !self.is_named(start..colon))
            .then_some((start..colon, verb))
    }

    /// Whether a stroke with blanks around it stands before a word.
    fn is_behind_stroke(&self, at: usize) -> bool {
        let between = at.checked_sub(1).and_then(|before| {
            self.whole.get(self.tokens[before].place.end..self.tokens.get(at)?.place.start)
        });
        between.is_some_and(|between| matches!(between.trim(), "-" | "–" | "—") && between.starts_with(' '))
    }
}
