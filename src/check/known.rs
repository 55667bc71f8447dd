//! What an older version of the same files was found to have, so that only what is new is reported.
//!
//! Findings are matched by their fingerprints, each as often as it was there. Those of a contract are matched within
//! it, and those of what contracts share within the group, so that the order of files makes no difference.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::PathBuf;

use rayon::prelude::*;

use crate::input::discover;

use crate::lint::finding::Finding;

use super::Seen;
use super::group::Group;
use super::survey::settle;

/// Findings that were there before.
#[derive(Debug, Default)]
pub struct Known {
    /// Of each contract, by its id.
    contracts: HashMap<String, Counts>,
    /// Ids that two contracts had: which of them a finding was about is not known.
    ambiguous: HashSet<String>,
    /// Of what contracts share, by group.
    shared: HashMap<Place, Counts>,
    /// What could not be read, the first of it in words.
    pub unread: Vec<String>,
}

/// A group of contracts: its configuration and its roadmap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place(Vec<PathBuf>);

impl Place {
    /// The place of a group.
    pub fn of(group: &discover::Group) -> Self {
        let config = group.config.iter().map(|config| &config.path);
        let roadmap = group.roadmap.iter().map(|shared| &shared.path);
        Self(config.chain(roadmap).map(|path| group.files.real(path)).collect())
    }
}

/// How often each finding was there: not accepted, and accepted.
#[derive(Clone, Debug, Default)]
struct Counts {
    open: HashMap<String, usize>,
    waived: HashMap<String, usize>,
}

impl Counts {
    fn of(findings: &[Finding]) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            let of = if finding.waived.is_some() { &mut counts.waived } else { &mut counts.open };
            *of.entry(finding.fingerprint()).or_default() += 1;
        }
        counts
    }

    fn add(&mut self, other: Self) {
        for (all, more) in [(&mut self.open, other.open), (&mut self.waived, other.waived)] {
            for (fingerprint, count) in more {
                *all.entry(fingerprint).or_default() += count;
            }
        }
    }

    /// Takes away what was there, and returns it. Nobody had accepted what is back since a waiver went; whatever is
    /// accepted now was there before in either way.
    fn take_from(&mut self, findings: &mut Vec<Finding>) -> Vec<Finding> {
        let not_accepted =
            findings.extract_if(.., |finding| finding.waived.is_none() && take(&mut self.open, finding));
        let mut known: Vec<Finding> = not_accepted.collect();
        known.extend(findings.extract_if(.., |finding| {
            finding.waived.is_some() && (take(&mut self.waived, finding) || take(&mut self.open, finding))
        }));
        known
    }
}

fn take(counts: &mut HashMap<String, usize>, finding: &Finding) -> bool {
    match counts.get_mut(&finding.fingerprint()) {
        Some(count) if *count > 0 => {
            *count -= 1;
            true
        }
        _ => false,
    }
}

impl Known {
    /// Adds what a group of the older version was found to have. Nothing of its contracts is kept.
    pub fn add(&mut self, place: Place, found: &discover::Group, group: &Group) {
        self.unread.extend(group.problems.iter().map(|problem| problem.diagnostic.title.clone()));
        let settled: Vec<(Option<String>, Counts, Vec<String>, Seen)> = found
            .candidates
            .par_iter()
            .enumerate()
            .filter_map(|(at, candidate)| {
                let (surveyed, seen) = settle(at, candidate, group)?;
                let problems = surveyed.file.problems.iter();
                let unread = problems.map(|problem| problem.diagnostic.title.clone()).collect();
                Some((surveyed.id().map(str::to_owned), Counts::of(&surveyed.findings), unread, seen))
            })
            .collect();
        let mut seen = Seen::default();
        for (id, counts, unread, of_file) in settled {
            self.unread.extend(unread);
            seen.add(of_file);
            let Some(id) = id else { continue };
            if self.contracts.insert(id.clone(), counts).is_some() && self.ambiguous.insert(id.clone()) {
                self.unread.push(format!("two contracts are called `{id}`"));
            }
        }
        let shared = super::shared(group, &mut seen, found.whole_roadmap);
        self.shared.entry(place).or_default().add(Counts::of(&shared));
    }

    /// Says which groups there are today. Where one of them is new and one of the older ones is gone, it is the same
    /// with another name.
    pub fn settle_places(&mut self, today: &BTreeSet<Place>) {
        let mut gone = self.shared.keys().filter(|place| !today.contains(place));
        let mut new = today.iter().filter(|place| !self.shared.contains_key(place));
        if let (Some(old), Some(place), None, None) = (gone.next(), new.next(), gone.next(), new.next())
            && let Some(counts) = self.shared.remove(&old.clone())
        {
            self.shared.insert(place.clone(), counts);
        }
    }

    /// Takes what was there before away from the findings of a contract; returns it. A contract without an id
    /// is none that was there before.
    pub fn take_from_contract(&self, id: Option<&str>, findings: &mut Vec<Finding>) -> Vec<Finding> {
        let known = id.filter(|id| !self.ambiguous.contains(*id)).and_then(|id| self.contracts.get(id));
        known.map(|counts| counts.clone().take_from(findings)).unwrap_or_default()
    }

    /// Takes what was there before away from the findings of what a group shares; returns it.
    pub fn take_from_shared(&mut self, place: &Place, findings: &mut Vec<Finding>) -> Vec<Finding> {
        self.shared.get_mut(place).map(|counts| counts.take_from(findings)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::lints::LINTS;
    use crate::model::waiver::{Subject, Waiver};
    use crate::model::window::Window;
    use crate::source::{FileId, Source, Spanned};

    fn waiver() -> Waiver {
        let source = Source::new(FileId(0), "waivers.toml", "x");
        let text = || Spanned::new("x".into(), source.span(0..1));
        let day = Window::day(jiff::civil::date(2027, 1, 1));
        Waiver {
            contract: text(),
            subject: Subject::Contract,
            lint: text(),
            reason: text(),
            approved_by: text(),
            approved_on: None,
            accepts: None,
            expires: Spanned::new(day, source.span(0..1)),
            place: source.span(0..1),
        }
    }

    /// Findings about a few things, some of them accepted.
    fn findings(written: &[(u8, bool)]) -> Vec<Finding> {
        let finding = |&(about, waived): &(u8, bool)| Finding {
            waived: waived.then(|| Box::new(waiver())),
            ..Finding::new(LINTS[0], "x").about(about.to_string())
        };
        written.iter().map(finding).collect()
    }

    fn count(findings: &[(u8, bool)], about: u8, waived: bool) -> usize {
        findings.iter().filter(|finding| **finding == (about, waived)).count()
    }

    proptest! {
        #[test]
        fn what_is_open_is_known_as_often_as_it_was_open(
            before in proptest::collection::vec((0..3u8, any::<bool>()), 0..12),
            now in proptest::collection::vec((0..3u8, any::<bool>()), 0..12),
        ) {
            let mut left = findings(&now);
            let known = Counts::of(&findings(&before)).take_from(&mut left);
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
