//! What an older version of the same files was found to have, so that only what is new is told.
//!
//! Findings are matched by their fingerprints, each as often as it was there. Those of a contract are matched within
//! it, and those of what contracts share within the group, so that the order of files makes no difference.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

use crate::input::discover::{self, Discovery};
use crate::input::revision::Revision;
use crate::lint::extent::{is_no_more, leaves_out};
use crate::lint::finding::Finding;
use crate::model::contract::Contract;
use crate::model::term::TermExcess;
use crate::model::window::Date;
use crate::text::and_list;

/// What was there before.
#[derive(Debug)]
pub struct Previous {
    /// The older version.
    pub revision: Revision,
    /// What could not be read of it, in words.
    pub unread: Vec<String>,
    /// Of each contract, by its id, with whether it was signed then.
    contracts: HashMap<String, (bool, KnownCounts)>,
    /// Ids that two contracts had: which of them a finding was about is not known.
    ambiguous: HashSet<String>,
    /// Of what contracts share, by group.
    shared: SharedCounts,
}

/// What was there before of what contracts share, by group.
pub(crate) type SharedCounts = HashMap<GroupPlace, KnownCounts>;

/// A group of contracts: its configuration and its roadmap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupPlace(Vec<PathBuf>);

impl GroupPlace {
    /// The place of a group.
    pub fn of(group: &discover::FileSet) -> Self {
        let config = group.config.iter().map(|config| &config.path);
        let roadmap = group.roadmap.iter().map(|shared| &shared.path);
        Self(config.chain(roadmap).map(|path| group.files.real(path)).collect())
    }
}

/// How often each finding was there: not accepted, and accepted.
#[derive(Clone, Debug, Default)]
pub struct KnownCounts {
    open: HashMap<String, usize>,
    waived: HashMap<String, usize>,
    /// How far each term went, by the fingerprint of its finding.
    excesses: HashMap<String, Vec<TermExcess>>,
}

impl KnownCounts {
    /// Counts findings.
    pub fn of(findings: &[Finding]) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            // Apart: a finding whose waiver has gone since then is new, since nobody stands by it any more.
            let count = if finding.waived.is_some() { &mut counts.waived } else { &mut counts.open };
            for key in finding.keys_of_known() {
                *count.entry(key).or_default() += 1;
            }
            if let Some(excess) = &finding.excess {
                counts.excesses.entry(finding.fingerprint()).or_default().push((**excess).clone());
            }
        }
        counts
    }

    fn add(&mut self, other: Self) {
        for (all, more) in [(&mut self.open, other.open), (&mut self.waived, other.waived)] {
            for (fingerprint, count) in more {
                *all.entry(fingerprint).or_default() += count;
            }
        }
        for (fingerprint, more) in other.excesses {
            self.excesses.entry(fingerprint).or_default().extend(more);
        }
    }

    /// Whether a term goes further by its fees than it did.
    fn has_grown(&self, finding: &Finding) -> bool {
        let Some(now) = &finding.excess else { return false };
        let known = self.excesses.get(&finding.fingerprint());
        known.is_some_and(|known| known.iter().all(|was| now.grew_by_fees(was)))
    }

    /// Says for what a finding is new that was there for other things.
    fn mark_new(&self, finding: &mut Finding) {
        let is_known = |counts, key: &String| known(counts, key.clone(), |_| true).is_some();
        let is_new = |key: &String| !is_known(&self.open, key) && !is_known(&self.waived, key);
        let (places, names) = (finding.place_keys(), finding.name_keys());
        if places.iter().all(is_new) {
            return;
        }
        let cells = finding.cells.iter().map(ToString::to_string).zip(&places);
        let names = names.iter().map(|(name, key)| (name.clone(), key));
        let new: Vec<String> =
            cells.chain(names).filter(|(_, key)| is_new(key)).map(|(what, _)| what).collect();
        if !new.is_empty() {
            let diagnostic = finding.diagnostic.clone();
            finding.diagnostic = diagnostic.note(format!("new for {}", and_list(&new)));
        }
    }

    /// Takes away what was there, and returns it. Nobody had accepted what is back since a waiver went; whatever is
    /// accepted now was there before in either way.
    pub fn take_from(&mut self, findings: &mut Vec<Finding>) -> Vec<Finding> {
        let not_accepted = findings.extract_if(.., |finding| {
            finding.waived.is_none() && !self.has_grown(finding) && take(&mut self.open, finding)
        });
        let mut known: Vec<Finding> = not_accepted.collect();
        known.extend(findings.extract_if(.., |finding| {
            finding.waived.is_some()
                && !self.has_grown(finding)
                && (take(&mut self.waived, finding) || take(&mut self.open, finding))
        }));
        findings.iter_mut().for_each(|finding| self.mark_new(finding));
        known
    }
}

/// Takes a finding away that was there for all that it holds for now.
fn take(counts: &mut HashMap<String, usize>, finding: &Finding) -> bool {
    // Once each: one that was there may be no less than several of these.
    let keys: Option<BTreeSet<String>> =
        finding.keys().into_iter().map(|key| known(counts, key, |count| count > 0)).collect();
    // Counted down: a third finding of one fingerprint is new where there were two.
    for key in keys.iter().flatten() {
        counts.entry(key.clone()).and_modify(|count| *count -= 1);
    }
    keys.is_some()
}

/// The key that covers another one: itself, or that of something wider. The wish is about how often it was there.
fn known(counts: &HashMap<String, usize>, key: String, is_wanted: impl Fn(usize) -> bool) -> Option<String> {
    if counts.get(&key).is_some_and(|count| is_wanted(*count)) {
        return Some(key);
    }
    let others = counts
        .iter()
        .filter(|(known, count)| leaves_out(&key) && is_wanted(**count) && is_no_more(&key, known));
    others.map(|(known, _)| known).min().cloned()
}

impl Previous {
    /// Nothing yet, of a revision.
    pub fn new(revision: Revision) -> Self {
        Self {
            revision,
            unread: Vec::new(),
            contracts: HashMap::new(),
            ambiguous: HashSet::new(),
            shared: SharedCounts::new(),
        }
    }

    /// Adds what a contract had; one without an id is none that can be found again.
    pub fn add_contract(&mut self, id: String, is_agreed: bool, counts: KnownCounts) {
        // With either contract's findings, something new could pass for what the other one had.
        if self.contracts.insert(id.clone(), (is_agreed, counts)).is_some() {
            self.ambiguous.insert(id);
        }
    }

    /// Adds what the contracts of a group had together.
    pub fn add_shared(&mut self, place: GroupPlace, counts: KnownCounts) {
        self.shared.entry(place).or_default().add(counts);
    }

    /// Says which groups there are today. Where one is new and one of the older ones is gone, they are the same one with a
    /// file renamed; of several, nobody can tell which became which.
    pub fn settle_places(&mut self, today: &Discovery) {
        let today: BTreeSet<GroupPlace> = today.groups.iter().map(GroupPlace::of).collect();
        let mut gone = self.shared.keys().filter(|place| !today.contains(place));
        let mut new = today.iter().filter(|place| !self.shared.contains_key(place));
        if let (Some(old), Some(place), None, None) = (gone.next(), new.next(), gone.next(), new.next())
            && let Some(counts) = self.shared.remove(&old.clone())
        {
            self.shared.insert(place.clone(), counts);
        }
    }

    /// Takes what was there before away from the findings of a contract; returns it. Of one that was signed since then,
    /// that is nothing: what was a draft's plan is what is owed now.
    pub fn take_from_contract(
        &self,
        contract: &Contract,
        today: Date,
        findings: &mut Vec<Finding>,
    ) -> Vec<Finding> {
        let id = contract.id.as_ref().map(|id| id.value.as_str()).filter(|id| !self.ambiguous.contains(*id));
        let Some((was_agreed, counts)) = id.and_then(|id| self.contracts.get(id)) else { return Vec::new() };
        if contract.is_agreed(today) && !was_agreed {
            let since =
                format!("new since {}: the contract was not signed then, and is now", self.revision.name);
            for finding in findings {
                finding.diagnostic = finding.diagnostic.clone().note(since.clone());
            }
            return Vec::new();
        }
        counts.clone().take_from(findings)
    }

    /// What contracts had together: taken from as groups come.
    pub fn shared(&self) -> SharedCounts {
        self.shared.clone()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lint::extent::FindingExtent;
    use crate::lints::LINTS;
    use crate::model::waiver::{Expiry, Subject, Waiver};
    use crate::model::window::Window;
    use crate::source::{FileId, Source, Spanned};

    fn waiver() -> Waiver {
        let source = Source::new(FileId(0), "waivers.toml", "x");
        let text = || Spanned::new("x".into(), source.span(0..1));
        let day = Window::day(jiff::civil::date(2027, 1, 1));
        Waiver {
            contract: text(),
            subject: Subject::Contract,
            features: Vec::new(),
            scopes: Vec::new(),
            of: None,
            lint: text(),
            reason: text(),
            approved_by: vec![text()],
            approved_on: Spanned::new(day, source.span(0..1)),
            accepts: None,
            expires: Spanned::new(Expiry::On(day), source.span(0..1)),
            disclosed: None,
            is_baseline: false,
            annotations: None,
            place: source.span(0..1),
        }
    }

    /// Findings about a few things, some of them accepted.
    fn findings(written: &[(u8, bool)]) -> Vec<Finding> {
        let finding = |&(about, waived): &(u8, bool)| Finding {
            waived: waived.then(|| Box::new(waiver())),
            ..Finding::of_files(LINTS[0], "x").about(about.to_string())
        };
        written.iter().map(finding).collect()
    }

    fn count(findings: &[(u8, bool)], about: u8, waived: bool) -> usize {
        findings.iter().filter(|finding| **finding == (about, waived)).count()
    }

    #[test]
    fn what_was_no_less_is_taken_once_for_all_of_it() {
        let finding = |names: &[&str]| {
            let names = names.iter().map(|name| (*name).to_owned());
            Finding::of_files(LINTS[0], "x").about("x").extent(FindingExtent::names(names))
        };
        let wide = "any platform but (linux)";
        let narrow = [wide, "any platform but (linux, macos)"];
        let mut known = KnownCounts::of(&[finding(&[wide])]);
        let mut left = vec![finding(&narrow), finding(&[wide])];
        assert_eq!(known.take_from(&mut left).len(), 1);
        assert_eq!(left.len(), 1, "it was there once");
    }

    proptest! {
        #[test]
        fn what_is_open_is_known_as_often_as_it_was_open(
            before in proptest::collection::vec((0..3u8, any::<bool>()), 0..12),
            now in proptest::collection::vec((0..3u8, any::<bool>()), 0..12),
        ) {
            let mut left = findings(&now);
            let known = KnownCounts::of(&findings(&before)).take_from(&mut left);
            prop_assert_eq!(left.len() + known.len(), now.len());
            for about in 0..3 {
                let new = |waived: bool| {
                    let is_one = |finding: &&Finding| {
                        finding.about == about.to_string() && finding.waived.is_some() == waived
                    };
                    left.iter().filter(is_one).count()
                };
                let (was_open, was_waived) = (count(&before, about, false), count(&before, about, true));
                let (open, waived) = (count(&now, about, false), count(&now, about, true));
                prop_assert_eq!(new(false), open.saturating_sub(was_open));
                prop_assert_eq!(new(true), waived.saturating_sub(was_waived + was_open.saturating_sub(open)));
            }
        }
    }
}
