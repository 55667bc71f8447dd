//! Parts of a sentence that say what something is done for, and what somebody decides on.

use super::ruling::RuledStatement;

impl RuledStatement<'_> {
    /// Whether words open what something is done for: "so that SSO", "in order that the Audit log".
    pub(super) fn opens_purpose(&self, start: usize) -> bool {
        const ARTICLES: [&str; 6] = ["the", "a", "an", "all", "any", "our"];
        let articles = (0..start).rev().take_while(|&at| ARTICLES.contains(&self.stem(at))).count();
        let that = (start - articles).wrapping_sub(1);
        self.is_at(that, "that") && matches!(self.stem(that.wrapping_sub(1)), "so" | "order" | "end")
            || self.is_at(that, "so")
    }

    /// Whether a modal verb is said of whom somebody decides on: "is responsible for determining who may".
    pub(super) fn is_who_decided(&self, modal: usize) -> bool {
        /// The most words of those who are decided on.
        const LONGEST: usize = 4;
        const DECIDES: [&str; 21] = [
            "agree",
            "choose",
            "choosing",
            "clarify",
            "clarifying",
            "decide",
            "decided",
            "deciding",
            "decision",
            "define",
            "defining",
            "determine",
            "determined",
            "determining",
            "establish",
            "identify",
            "instruct",
            "judge",
            "say",
            "specify",
            "tell",
        ];
        let asked = (modal.saturating_sub(LONGEST)..modal)
            .rev()
            .find(|&at| matches!(self.stem(at), "who" | "whom" | "which" | "what"));
        asked.is_some_and(|at| {
            // "Devices on which" is no question.
            let is_about = self.is_at(at, "who") && matches!(self.stem(at.wrapping_sub(1)), "on" | "of");
            at > 0 && (is_about || DECIDES.contains(&self.stem(at - 1)))
        })
    }
}
