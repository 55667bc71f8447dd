//! Where the contracts of a run are: in which group, and in which file.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::PathBuf;

use compact_str::CompactString;

use crate::input::discover::{Candidate, FileSet};
use crate::input::path::shown;
use crate::lint::waiver_case::ContractPlace;
use crate::model::waiver::Waiver;
use crate::source::FileId;

use super::family::CheckedFileSet;

/// The contracts of a run.
pub(super) struct ContractPlaces<'w> {
    groups: &'w [FileSet],
    /// Those that are linted, by their ids, each with its group; none where two have an id. Nobody asks for those of a
    /// group that is alone.
    by_id: HashMap<CompactString, Option<(usize, &'w Candidate)>>,
    /// The first group that each file of waivers is for.
    first_reader: HashMap<PathBuf, usize>,
    by_file: OnceCell<HashMap<FileId, &'w Candidate>>,
}

impl<'w> ContractPlaces<'w> {
    /// Of what was checked of each group.
    pub(super) fn of<T>(groups: &'w [FileSet], sets: &[CheckedFileSet<'w, T>]) -> Self {
        let (mut by_id, mut first_reader) = (HashMap::new(), HashMap::new());
        if groups.len() > 1 {
            let claims =
                sets.iter().enumerate().flat_map(|(at, set)| set.claims().map(move |claim| (at, claim)));
            for (at, claim) in claims.filter(|(_, claim)| claim.is_linted) {
                match by_id.entry(claim.id.clone()) {
                    Entry::Vacant(free) => _ = free.insert(Some((at, claim.candidate))),
                    // Which of two contracts of one id a waiver means nobody can tell.
                    Entry::Occupied(mut other) => _ = other.insert(None),
                }
            }
            for (at, group) in groups.iter().enumerate() {
                for file in &group.waivers {
                    first_reader.entry(group.files.real(&file.path)).or_insert(at);
                }
            }
        }
        Self { groups, by_id, first_reader, by_file: OnceCell::new() }
    }

    /// Where a waiver's contract is, if the waivers of another group than the waiver's own are for it, and this is none
    /// of them. Of a file that is for several groups it is told once.
    pub(super) fn beside(&self, group: usize, waiver: &Waiver) -> Option<ContractPlace> {
        let (at, candidate) = (*self.by_id.get(&waiver.contract.value)?)?;
        let (own, other) = (&self.groups[group], &self.groups[at]);
        let read = own.waivers.iter().find(|file| file.id == waiver.place.file)?;
        let real = own.files.real(&read.path);
        let is_read_there = other.waivers.iter().any(|file| other.files.real(&file.path) == real);
        if at == group || is_read_there || self.first_reader.get(&real) != Some(&group) {
            return None;
        }
        let file = candidate.name.clone();
        let waivers = match (other.waivers.first(), &other.config) {
            (Some(waivers), _) => waivers.name.clone(),
            (None, Some(config)) => format!("a waivers.toml beside {}", shown(&config.path, &own.base)),
            (None, None) => format!("a waivers.toml beside {file}"),
        };
        Some(ContractPlace { file, waivers })
    }

    /// The file of an id.
    pub(super) fn file(&self, id: FileId) -> Option<&'w Candidate> {
        let all = || self.groups.iter().flat_map(|group| &group.candidates);
        self.by_file
            .get_or_init(|| all().map(|candidate| (candidate.id, candidate)).collect())
            .get(&id)
            .copied()
    }
}
