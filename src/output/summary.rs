//! The numbers of a run in words: the first sentence is all that a seller has to read.

use std::fmt;

use crate::check::tally::Tally;
use crate::delivery::Delivery;
use crate::model::money::{Money, Sums};
use crate::text::{self, and_list, clean};

impl Tally {
    /// All that somebody in a hurry has to read: what cannot be kept, and what hangs on it.
    pub fn headline(&self) -> String {
        let all = self.headline_of_all();
        let Some(since) = &self.since else {
            return all;
        };
        let new = match self.denied + self.warned {
            0 => "no new finding".to_owned(),
            new => text::count(new, "new finding"),
        };
        let name = clean(&since.name);
        match self.contracts() {
            0 => format!("{all}: {new} since {name}"),
            // What follows is about all promises, those of which nothing is shown included.
            _ => format!("{new} since {name}; in all, {all}"),
        }
    }

    fn headline_of_all(&self) -> String {
        let promises = self.promises();
        let unresolved = self.by_delivery().find(|(delivery, _)| *delivery == Delivery::Unresolved);
        let unjudged = self.unmapped + unresolved.map_or(0, |(_, count)| count);
        let of = |count: usize| match promises {
            1 => "the only promise".to_owned(),
            _ => format!("{count} of {promises} promises"),
        };
        let mut parts = Vec::new();
        if self.broken > 0 {
            parts.push(format!("{} cannot be kept", of(self.broken)));
        }
        if self.tight > 0 {
            let count = if parts.is_empty() { of(self.tight) } else { self.tight.to_string() };
            parts.push(format!("{count} {} at risk", if self.tight == 1 { "is" } else { "are" }));
        }
        if unjudged > 0 {
            let count = if parts.is_empty() { of(unjudged) } else { unjudged.to_string() };
            parts.push(format!("{count} could not be judged"));
        }
        let mut headline = match parts.as_slice() {
            [] if self.contracts() == 0 => return self.no_contract(),
            // What was lost to a mistake in a file may be a promise.
            [] if promises == 0 && self.problems > 0 => "no promise could be judged".to_owned(),
            [] if self.problems > 0 => format!("of what could be read, {} can be kept", all_of(promises)),
            [] if promises == 0 => "no promise is about a feature".to_owned(),
            [] => format!("{} can be kept", all_of(promises)),
            parts => parts.join(", "),
        };
        if self.terms > 0 {
            headline += &format!(", {} off the standard", text::plural(self.terms, "term is", "terms are"));
        }
        let at_risk = self.value_at_risk();
        if !at_risk.is_empty() {
            let one = self.broken == 1;
            headline += &format!("; {} on {}", hang(&at_risk), if one { "it" } else { "them" });
        }
        headline
    }

    fn no_contract(&self) -> String {
        match (self.over, self.roadmaps) {
            (0, 0) => "no contract was checked".to_owned(),
            (0, roadmaps) => format!("checked {}", text::count(roadmaps, "roadmap")),
            (over, _) => format!("no contract to check: {} ended or lost", text::plural(over, "is", "are")),
        }
    }
}

fn all_of(promises: usize) -> String {
    match promises {
        1 => "the only promise".to_owned(),
        2 => "both promises".to_owned(),
        _ => format!("all {promises} promises"),
    }
}

fn hang(sums: &Sums) -> String {
    let single = sums.iter().count() == 1 && sums.iter().all(|sum| sum.amount == rust_decimal::Decimal::ONE);
    format!("{sums} {}", if single { "hangs" } else { "hang" })
}

/// The summary as people read it.
impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.headline())?;
        if self.contracts() > 0 {
            let mut kinds = Vec::new();
            for (count, kind) in [(self.drafts, "draft"), (self.signed, "signed")] {
                if count > 0 {
                    kinds.push(format!("{count} {kind}"));
                }
            }
            if self.over > 0 {
                kinds.push(format!("{} ended or lost and not checked", self.over));
            }
            writeln!(f, "  contracts: {} ({})", self.contracts(), kinds.join(", "))?;
            let mut promises: Vec<String> =
                self.by_delivery().map(|(delivery, count)| format!("{count} {}", delivery.words())).collect();
            if self.unmapped > 0 {
                promises.insert(0, format!("{} naming no feature", self.unmapped));
            }
            if self.services > 0 {
                promises.push(text::count(self.services, "service"));
            }
            match promises.as_slice() {
                [] => writeln!(f, "  promises: {}", self.requirements)?,
                kinds => writeln!(f, "  promises: {} ({})", self.requirements, kinds.join(", "))?,
            }
            if !self.value.is_empty() {
                writeln!(f, "  value: {}", self.value)?;
            }
            if !self.owed.is_empty() {
                let owed: Vec<Money> = self.owed.iter().map(Money::rounded).collect();
                writeln!(f, "  late promises owe: {} by their expected delivery", and_list(&owed))?;
            }
        }
        let findings = [(self.denied, "error"), (self.warned, "warning")];
        let mut findings: Vec<String> = findings
            .into_iter()
            .filter(|&(count, _)| count > 0)
            .map(|(count, word)| text::count(count, word))
            .collect();
        if self.waived > 0 {
            findings.push(format!("{} waived", self.waived));
        }
        if !findings.is_empty() {
            writeln!(f, "  findings: {}", findings.join(", "))?;
        }
        if self.problems > 0 {
            writeln!(f, "  not checked in full: {} above", text::count(self.problems, "problem"))?;
        }
        if let Some(since) = &self.since {
            let known = match self.known {
                0 => "no finding was there before".to_owned(),
                1 => "1 finding that was there before is not shown".to_owned(),
                known => format!("{known} findings that were there before are not shown"),
            };
            writeln!(f, "  since {}: {known}", clean(&since.name))?;
        }
        Ok(())
    }
}
