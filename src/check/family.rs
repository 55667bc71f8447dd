//! Groups of contracts that share a roadmap.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::input::discover::FileSet;
use crate::lint::finding::Finding;
use crate::lint::{Check, Level};
use crate::workspace::amend::Amendments;
use crate::workspace::group::Group;

use super::batch::Batch;
use super::shared::SharedFacts;

/// Groups with one roadmap: what they promise is built by the same teams, whatever configuration a contract lies under.
pub(super) struct RoadmapFamily<'w, T> {
    pub(super) sets: Vec<CheckedFileSet<'w, T>>,
    /// What was told of no single contract, with the highest level at which it was.
    told: HashMap<(&'static str, String), Level>,
}

/// A group of contracts that are checked, each for itself.
pub(super) struct CheckedFileSet<'w, T> {
    pub(super) files: &'w FileSet,
    pub(super) group: Arc<Group>,
    pub(super) batches: Vec<Batch<'w, T>>,
    pub(super) amendments: Amendments,
    pub(super) facts: SharedFacts,
}

/// Groups by their roadmap, in the order in which they were found. One without a roadmap is for itself.
pub(super) fn families(groups: &[FileSet]) -> Vec<Vec<&FileSet>> {
    let mut families: Vec<Vec<&FileSet>> = Vec::new();
    let mut known: HashMap<Vec<PathBuf>, usize> = HashMap::new();
    for group in groups {
        let roadmap: Vec<PathBuf> =
            group.roadmap.iter().map(|shared| group.files.real(&shared.path)).collect();
        let next = families.len();
        let at = if roadmap.is_empty() { next } else { *known.entry(roadmap).or_insert(next) };
        if at == next {
            families.push(Vec::new());
        }
        families[at].push(group);
    }
    families
}

impl<'w, T> RoadmapFamily<'w, T> {
    /// Of what was checked of its groups.
    pub(super) fn of(sets: Vec<CheckedFileSet<'w, T>>) -> Self {
        Self { sets, told: HashMap::new() }
    }

    /// What the contracts of the other groups promise that is not there.
    pub(super) fn beside(&self, at: usize) -> SharedFacts {
        let others =
            || self.sets.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, set)| &set.facts);
        SharedFacts {
            promises: others().flat_map(|facts| &facts.promises).cloned().collect(),
            custom: others().flat_map(|facts| &facts.custom).cloned().collect(),
            ..SharedFacts::default()
        }
    }

    /// Takes away what was told with another group, at the same level or a higher one.
    pub(super) fn take_told(&mut self, findings: &mut Vec<Finding>) {
        if self.sets.len() == 1 {
            return;
        }
        findings.retain(|finding| {
            let is_of_all = finding.contract.is_none() && matches!(finding.lint.check, Check::Portfolio(_));
            let key = (finding.lint.name, finding.diagnostic.title.clone());
            let is_told = self.told.get(&key).is_some_and(|level| *level >= finding.level);
            if is_of_all && !is_told {
                self.told.insert(key, finding.level);
            }
            !is_of_all || !is_told
        });
    }
}
