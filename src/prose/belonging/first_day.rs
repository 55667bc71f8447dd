//! From when on a feature is there where no day of delivery is said: from the first day of a time over which it is kept, or at
//! once.

use std::ops::Range;

use crate::prose::dates::NamedDate;
use crate::prose::promise::PromiseGroup;
use crate::prose::ruling::RuledStatement;
use crate::prose::words::phrases;

use super::words::{AT_ONCE, KEEPS, NEGATIONS, NOW, RELEASES};

impl RuledStatement<'_> {
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
        match (has(KEEPS) || has(&["support"]), has(RELEASES)) {
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
            "after", "following", "upon", "before", "prior", "when", "if", "once", "preceding", "of",
            "notify", "inform",
        ];
        const OF_CONTRACT: &[&str] = &["term", "contract", "agreement", "subscription", "period"];
        const NO_DUTY: &[&str] = &[
            "not obliged", "not be obliged", "not obligated", "not be obligated", "not be bound",
            "not be required",
        ];
        if self.tokens.get(group.part.clone()).is_some_and(|part| phrases(NO_DUTY).find(part).is_some()) {
            return None;
        }
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
