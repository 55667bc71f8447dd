//! Parts of a sentence that say what something is done for, and what somebody asks or decides on.

use super::ruling::RuledStatement;

impl RuledStatement<'_> {
    /// Whether words open what something is done for, or tell what it is done with: "so that SSO", "in order that the Audit
    /// log", "an account in which Search".
    pub(super) fn opens_purpose(&self, start: usize) -> bool {
        const ARTICLES: [&str; 6] = ["the", "a", "an", "all", "any", "our"];
        let start = self.first_of_list(start, 0);
        let articles = (0..start).rev().take_while(|&at| ARTICLES.contains(&self.stem(at))).count();
        let that = (start - articles).wrapping_sub(1);
        self.is_at(that, "that") && matches!(self.stem(that.wrapping_sub(1)), "so" | "order" | "end")
            || self.is_at(that, "so")
            || self.is_at(that, "which")
                && matches!(self.stem(that.wrapping_sub(1)), "in" | "on" | "with" | "for")
    }

    /// Whether a verb stands in what somebody asks, or in who does something: "asks when the depot can start", "decides who
    /// may view it".
    pub(super) fn is_asked_beside(&self, from: usize, modal: usize) -> bool {
        /// The most words between what opens the clause and its verb.
        const LONGEST: usize = 12;
        /// The same, of who does it.
        const NEAR: usize = 5;
        const ASKS: [&str; 30] = [
            "ask", "asked", "asking", "wonder", "wondered", "know", "inquire", "inquired", "enquire",
            "enquired", "question", "clarify", "unclear", "unknown", "decide", "determine", "discuss",
            "check", "choose", "choosing", "clarifying", "decided", "deciding", "decision", "define",
            "defining", "determined", "determining", "identify", "specify",
        ];
        let plain = (from.max(modal.saturating_sub(LONGEST))..modal)
            .rev()
            .take_while(|&at| self.tokens[at].is_word());
        plain.into_iter().any(|at| match self.stem(at) {
            "whether" => true,
            "who" | "whoever" => {
                at > self.own && modal - at <= NEAR && matches!(self.stem(modal), "may" | "can" | "might")
            }
            "when" | "how" | "why" | "if" | "where" | "what" | "which" | "whom" => {
                at.checked_sub(1).is_some_and(|before| ASKS.contains(&self.stem(before)))
            }
            _ => false,
        })
    }
}
