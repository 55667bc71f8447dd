//! The numbers of a run in words: the first sentence is all that a seller has to read.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;

use crate::check::tally::Tally;
use crate::delivery::Delivery;
use crate::lint::obstacle::Standing;
use crate::model::money::{Currency, Money};
use crate::text::{self, and_list, clean, group_numbers};

impl Tally {
    /// The first sentence, for readers in a hurry: what is new, by which roadmap, what cannot be kept, and what those
    /// contracts are worth.
    pub fn headline(&self) -> String {
        let all = self.standing();
        match (self.news(), self.contracts()) {
            (None, _) => all,
            (Some(news), 0) => format!("{all}: {news}"),
            // What follows is about all promises, those of which nothing is shown included.
            (Some(news), _) => format!("{news}; in all: {all}"),
        }
    }

    /// How many findings are new, where only these are shown.
    pub fn news(&self) -> Option<String> {
        let since = self.since.as_ref()?;
        let new = match self.denied + self.warned {
            0 => "no new finding".to_owned(),
            new => group_numbers(&text::count(new, "new finding")),
        };
        Some(format!("{new} since {}", clean(&since.name)))
    }

    /// How all promises stand. It is what the roadmap says, as of the day on which somebody went through it.
    pub fn standing(&self) -> String {
        let by = match self.promises.promises() {
            0 => String::new(),
            _ => format!("By {}, ", self.reviews.words()),
        };
        group_numbers(&by) + &self.verdict()
    }

    /// The headline without the roadmap it rests on.
    pub fn verdict(&self) -> String {
        group_numbers(&self.words())
    }

    fn words(&self) -> String {
        let promises = self.promises.promises();
        let of = |count: usize| match promises {
            1 => "the only promise".to_owned(),
            _ => format!("{count} of {promises} promises"),
        };
        let [broken, tight, unjudged, waived, allowed] = [
            (Standing::Broken, "cannot be kept", "cannot be kept"),
            (Standing::AtRisk, "is at risk", "are at risk"),
            (Standing::Unjudged, "could not be judged", "could not be judged"),
            (Standing::Waived, "is waived", "are waived"),
            (Standing::Allowed, "is allowed to fail", "are allowed to fail"),
        ]
        .map(|(standing, one, several)| (self.promises.of(standing), one, several));
        let is_open = [broken, tight, unjudged].iter().any(|(count, ..)| *count > 0);
        let is_excused = [waived, allowed].iter().any(|(count, ..)| *count > 0);
        let kept = (self.promises.kept(), "can be kept", "can be kept");
        let first = if is_excused && !is_open { Some(kept) } else { None };
        let mut parts = Vec::new();
        for (count, one, several) in first.into_iter().chain([broken, tight, unjudged, waived, allowed]) {
            if count > 0 {
                let subject = if parts.is_empty() { of(count) } else { count.to_string() };
                parts.push(format!("{subject} {}", if count == 1 { one } else { several }));
            }
        }
        // Beside an error in a file nobody can say that all promises can be kept.
        let read = if self.problems > 0 && !is_open { "of what could be read, " } else { "" };
        let mut headline = match parts.as_slice() {
            [] if self.contracts() == 0 => return self.no_contract(),
            // What was lost to a mistake in a file may be a promise.
            [] if promises == 0 && self.problems > 0 => "no promise could be judged".to_owned(),
            [] if promises == 0 => "no promise is about a feature".to_owned(),
            [] => format!("{read}{} can be kept", all_of(promises)),
            parts => format!("{read}{}", parts.join(", ")),
        };
        // What is promised for no day is in time whatever the roadmap says.
        headline += &match (self.promises.delivered(Delivery::Unscheduled), promises) {
            (0, _) => String::new(),
            (_, 1) => ", and has no fixed day".to_owned(),
            (unscheduled, _) => format!(", {} no fixed day", text::plural(unscheduled, "has", "have")),
        };
        let are = |count: usize| if count == 1 { "is" } else { "are" };
        if self.terms > 0 {
            headline +=
                &format!(", {} {} off the standard", text::count(self.terms, "term"), are(self.terms));
        }
        headline += &match (self.waived_terms, self.terms) {
            (0, _) => String::new(),
            (waived, 0) => {
                format!(", {} off the standard {} waived", text::count(waived, "term"), are(waived))
            }
            (waived, _) => format!(", {waived} more {} waived", are(waived)),
        };
        if let Some(at_risk) = self.worth_at_risk() {
            let them = match (self.at_risk.len(), broken.0) {
                (_, 1) => "contains it",
                (1, _) => "contains them",
                _ => "contain one",
            };
            let contracts = text::count(self.at_risk.len(), "contract");
            headline += &format!("; {contracts} worth {at_risk} {them}");
        }
        headline
    }

    /// What the contracts are worth that contain a broken promise, in the few currencies that most of them have.
    fn worth_at_risk(&self) -> Option<String> {
        const NAMED: usize = 3;
        let mut contracts: BTreeMap<Currency, usize> = BTreeMap::new();
        self.at_risk.values().for_each(|value| *contracts.entry(value.currency).or_default() += 1);
        let mut sums: Vec<Money> = self.value_at_risk().iter().collect();
        sums.sort_by_key(|sum| Reverse(contracts.get(&sum.currency).copied().unwrap_or_default()));
        let mut words: Vec<String> = sums.iter().take(NAMED).map(Money::to_string).collect();
        let others = sums.len().saturating_sub(NAMED);
        if others > 0 {
            words.push(format!("more in {}", text::plural(others, "other currency", "other currencies")));
        }
        (!words.is_empty()).then(|| and_list(&words))
    }

    fn no_contract(&self) -> String {
        let roadmaps = (self.roadmaps > 0).then(|| text::count(self.roadmaps, "roadmap"));
        let claims =
            (self.claims > 0).then(|| text::plural(self.claims, "file of claims", "files of claims"));
        let checked: Vec<String> = roadmaps.into_iter().chain(claims).collect();
        match (self.over, self.roadmaps + self.claims) {
            (0, 0) => "no contract was checked".to_owned(),
            (0, _) => format!("checked {}", and_list(&checked)),
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

/// The summary as people read it.
impl Tally {
    /// What is wrong with the roadmap itself, in words; none where nothing is.
    pub fn roadmap_errors(&self) -> Option<String> {
        let errors = text::count(self.roadmap_errors, "error");
        (self.roadmap_errors > 0).then(|| format!("{errors} of its own"))
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.headline())?;
        let mut lines = String::new();
        self.lines(&mut lines)?;
        f.write_str(&group_numbers(&lines))?;
        if let Some(since) = &self.since {
            let known = match self.known {
                0 => "no finding was there before".to_owned(),
                1 => "1 finding that was there before is not shown".to_owned(),
                known => group_numbers(&format!("{known} findings that were there before are not shown")),
            };
            writeln!(f, "  since {}: {known}", clean(&since.name))?;
        }
        Ok(())
    }
}

impl Tally {
    /// The lines below the headline, but for that with the name of a revision.
    fn lines(&self, f: &mut impl fmt::Write) -> fmt::Result {
        if self.claims > 0 && self.contracts() > 0 {
            writeln!(f, "  claims: {}", text::count(self.claims, "file"))?;
        }
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
            let promises = &self.promises;
            match promises.requirements {
                0 => writeln!(f, "  promises: 0")?,
                all => writeln!(f, "  promises: {all} ({})", promises.words())?,
            }
            if let Some(strengths) = promises.strengths() {
                writeln!(f, "  of these, {strengths}")?;
            }
            if !self.value().is_empty() {
                writeln!(f, "  value: {}", self.value())?;
            }
            let owed = self.owed.total();
            if !owed.is_empty() {
                let owed: Vec<Money> = owed.iter().map(Money::rounded).collect();
                writeln!(f, "  late promises would owe: {} by their expected delivery", and_list(&owed))?;
            }
        }
        if let Some(errors) = self.roadmap_errors() {
            writeln!(f, "  roadmap: {errors}")?;
        }
        let findings = [(self.denied, "error"), (self.warned, "warning")];
        let mut findings: Vec<String> = findings
            .into_iter()
            .filter(|&(count, _)| count > 0)
            .map(|(count, word)| text::count(count, word))
            .collect();
        if self.waived > 0 {
            findings.push(match self.baseline {
                0 => format!("{} waived", self.waived),
                baseline => format!("{} waived, of which {baseline} as a baseline", self.waived),
            });
        }
        if !findings.is_empty() {
            writeln!(f, "  findings: {}", findings.join(", "))?;
        }
        if self.unasked > 0 {
            let findings = text::plural(self.unasked, "finding", "findings");
            writeln!(f, "  left out: {findings} of lints that `--only` does not name")?;
        }
        if self.problems > 0 {
            writeln!(f, "  not checked in full: {} above", text::count(self.problems, "problem"))?;
        }
        Ok(())
    }
}
