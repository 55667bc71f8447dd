//! Tasks, as minutes and plans list them: "Vendor: extend the Audit log", "Owen (Vendor): …".

use super::conditions::ModalSubject;
use super::ruling::RuledStatement;
use super::verbs::PRESENT;
use super::words::phrases;

impl RuledStatement<'_> {
    /// Whether a verb stands behind a label, as in a list of tasks: "Vendor: extend the Audit log".
    pub(super) fn is_task(&self, at: usize) -> bool {
        const IMPROVES: &[&str] = &[
            "accelerate",
            "adapt",
            "allow",
            "change",
            "expand",
            "expose",
            "improve",
            "increase",
            "let",
            "raise",
            "reduce",
            "shorten",
            "show",
            "speed up",
        ];
        let (_, delivers) = PRESENT[0];
        at > self.own
            && (matches!(self.stem(at - 1), ":" | "—") || self.has_dash_before(at))
            && !self.is_named(at..at + 1)
            && [IMPROVES, delivers].iter().any(|verbs| phrases(verbs).at(&self.tokens, at).is_some())
            && !self.whole[self.tokens[at].place.clone()].ends_with('s')
    }

    /// Whether a dash stands right before a word.
    fn has_dash_before(&self, at: usize) -> bool {
        let between = self.tokens[at - 1].place.end..self.tokens[at].place.start;
        self.whole.get(between).is_some_and(|between| matches!(between, " - " | " – "))
    }

    /// Whose task stands behind a label that ends at a colon, and where the label begins: "Owen (Vendor):", "Action for
    /// Vendor:".
    pub(super) fn who_has_task(&self, colon: usize) -> Option<(ModalSubject, usize)> {
        /// The most words of a label.
        const LONGEST: usize = 9;
        let mut label = (colon.saturating_sub(LONGEST).max(self.own)..colon).rev();
        // What stands in brackets says more of who stands before them.
        label.find_map(|at| Some((self.party_at(at)?, at)))
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
}
