//! Looks for amendments, and for the contracts that they amend.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use memchr::memmem;
use rayon::prelude::*;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Text};
use crate::input::discover::{self, Candidate};
use crate::input::files::Files;
use crate::input::parse::{Arena, FileFormat, NodeKind};
use crate::input::read::{self, UnreadFile};
use crate::input::records::ContractRecord;
use crate::source::FileId;
use crate::text::NameIndex;

use super::super::group::unshown_in;
use super::Layer;

/// The first id of files that are none of the run's: discovery counts those of the run from 0 and never comes so far.
const FIRST_OUTSIDE: FileId = FileId(u32::MAX - 1_000_000);

/// Whether a text looks as if it amended a contract, or was under another one. `under` is a word of prose, too.
pub(in super::super) fn mentions(text: &str) -> bool {
    const UNDER: &str = "under";
    let is_key = |rest: &str| {
        let rest = rest.strip_prefix(['"', '\'']).unwrap_or(rest);
        rest.trim_start_matches([' ', '\t']).starts_with([':', '='])
    };
    read::mentions(text, "amends")
        || memmem::find_iter(text.as_bytes(), UNDER).any(|at| is_key(&text[at + UNDER.len()..]))
}

/// The contracts that rest on another one, among some: amendments, and what is under a master agreement.
pub(super) fn dependents(files: &dyn Files, candidates: &[&Candidate]) -> Vec<Arc<Layer>> {
    // Nearly no run has any, and a run of one file starts no threads: that takes longer than to check it.
    if candidates.is_empty() {
        return Vec::new();
    }
    let found =
        candidates.par_iter().filter_map(|candidate| layer(files, candidate, |_| true).ok().flatten());
    found.filter(is_dependent).map(Arc::new).collect()
}

/// Whether a contract rests on another one. Where it was cut off, an absent key is not known to be lost.
fn is_dependent(layer: &Layer) -> bool {
    let is_meant = |field: &Field<Text>| field.given().is_some() || (field.is_broken() && !layer.is_cut);
    is_meant(&layer.record.amends) || is_meant(&layer.record.under)
}

/// What is looked for outside of the run besides what is missing, by ids.
#[derive(Default)]
struct Wanted {
    /// Contracts whose amendments are wanted.
    amended: BTreeSet<String>,
    /// Agreements whose orders are wanted: what amends them may make those worse.
    agreements: BTreeSet<String>,
}

impl Wanted {
    /// What amendments of the run ask for: whatever else amends the same, and what is under it.
    fn of(dependents: &[Arc<Layer>]) -> Self {
        let amends = |layer: &Arc<Layer>| layer.record.amends.given().map(|base| base.value.to_string());
        let amended = dependents.iter().filter_map(amends).collect();
        let felt = dependents.iter().filter(|layer| layer.changes_orders());
        let agreements: BTreeSet<String> = felt.filter_map(amends).collect();
        let mut wanted = Self { amended, agreements: BTreeSet::new() };
        wanted.add(agreements, dependents);
        wanted
    }

    fn is_empty(&self) -> bool {
        self.amended.is_empty() && self.agreements.is_empty()
    }

    /// Whether a contract that rests on another one is looked for.
    fn asks_for(&self, layer: &Layer) -> bool {
        let rests = |field: &Field<Text>, on: &BTreeSet<String>| {
            field.given().is_some_and(|id| on.contains(id.value.as_str()))
        };
        rests(&layer.record.amends, &self.amended) || rests(&layer.record.under, &self.agreements)
    }

    /// What is asked for next, once this has been found.
    fn next(self, found: &[Arc<Layer>], dependents: &[Arc<Layer>]) -> Self {
        let ids = |layer: &Arc<Layer>| layer.id().map(str::to_owned);
        let rests = found.iter().filter(|layer| self.asks_for(layer));
        let amended = rests.filter_map(ids).collect();
        let mut agreements = BTreeSet::new();
        for layer in found {
            let is_under = |id: &Text| self.agreements.contains(id.value.as_str());
            if layer.record.under.given().is_some_and(is_under) {
                agreements.extend(layer.id().map(str::to_owned));
            }
            // The agreement itself, below what amends it.
            if layer.id().is_some_and(|id| self.agreements.contains(id)) {
                agreements.extend(layer.record.amends.given().map(|base| base.value.to_string()));
            }
        }
        let mut wanted = Self { amended, agreements: BTreeSet::new() };
        wanted.add(agreements, dependents);
        wanted
    }

    /// Adds agreements, the run's orders under them, and all that amends either.
    fn add(&mut self, mut agreements: BTreeSet<String>, dependents: &[Arc<Layer>]) {
        if agreements.is_empty() {
            return;
        }
        let mut under: HashMap<&str, Vec<&str>> = HashMap::new();
        let mut amends: HashMap<&str, &str> = HashMap::new();
        for layer in dependents {
            let Some(id) = layer.id() else { continue };
            if let Some(agreement) = layer.record.under.given() {
                under.entry(&agreement.value).or_default().push(id);
            }
            amends.extend(layer.record.amends.given().map(|base| (id, &*base.value)));
        }
        while let Some(id) = agreements.pop_first() {
            let orders = under.get(&*id).into_iter().flatten().map(|order| (*order).to_owned());
            let orders = Vec::from_iter(orders);
            let base = amends.get(&*id).map(|base| (*base).to_owned());
            // Once each: they may lead in a circle.
            if self.agreements.insert(id) {
                agreements.extend(base);
                self.amended.extend(orders.iter().cloned());
                agreements.extend(orders);
            }
        }
    }
}

/// What was found of the contracts that are amended.
pub(super) struct Search<'g> {
    group: &'g discover::FileSet,
    /// Contracts that rest on others, or that others rest on, by id.
    pub(super) known: BTreeMap<String, Arc<Layer>>,
    /// Ids of contracts that are there, and too broken to be amended.
    pub(super) damaged: BTreeSet<String>,
    /// What was found outside of the run.
    pub(super) outside: Vec<Arc<Layer>>,
    /// What could not be read at all outside of the run, where something is missing.
    pub(super) unread: Vec<Problem>,
    /// Contracts outside of the run of which a second one has the id: nobody knows which of them is meant.
    pub(super) twins: Vec<(Arc<Layer>, Arc<Layer>)>,
    /// Ids of other contracts, where something is missing.
    others: NameIndex,
}

impl<'g> Search<'g> {
    /// Looks for what amendments amend.
    pub(super) fn new(group: &'g discover::FileSet, amendments: &[Arc<Layer>]) -> Self {
        let mut known: BTreeMap<String, Arc<Layer>> = BTreeMap::new();
        for amendment in amendments {
            if let Some(id) = amendment.id() {
                known.entry(id.to_owned()).or_insert_with(|| Arc::clone(amendment));
            }
        }
        let mut search = Self {
            group,
            known,
            damaged: BTreeSet::new(),
            outside: Vec::new(),
            unread: Vec::new(),
            twins: Vec::new(),
            others: NameIndex::default(),
        };
        let mut open = search.missing(amendments);
        // What amends a contract, or is under one that is amended, is looked for, too, and what amends that.
        let mut wanted = Wanted::of(amendments);
        let mut further: Option<Vec<Candidate>> = None;
        // What is amended may amend something itself.
        while !open.is_empty() || !wanted.is_empty() {
            let twins = search.twins.len();
            let mut found = search.take(&group.candidates, &mut open, &Wanted::default());
            // The run tells of two among its own.
            search.twins.truncate(twins);
            wanted.amended.extend(open.iter().cloned());
            if !wanted.is_empty() {
                let further = further.get_or_insert_with(|| search.further(amendments));
                let asked = std::mem::take(&mut wanted);
                let outside = search.take(further, &mut open, &asked);
                wanted = asked.next(&outside, amendments);
                search.outside.extend(outside.iter().cloned());
                found.extend(outside);
            }
            if !open.is_empty() {
                let further = further.as_deref().unwrap_or_default();
                search.note_others(further);
            }
            open = search.missing(&found);
        }
        search
    }

    /// The ids that some layers rest on, and that nobody has looked for.
    fn missing(&self, layers: &[Arc<Layer>]) -> BTreeSet<String> {
        let wanted = layers.iter().flat_map(|layer| [&layer.record.amends, &layer.record.under]);
        let wanted = wanted.filter_map(Field::given);
        let is_open = |id: &&str| !self.known.contains_key(*id) && !self.damaged.contains(*id);
        wanted.map(|id| id.value.as_str()).filter(is_open).map(str::to_owned).collect()
    }

    /// Takes from some files the contracts that are looked for, and those that rest on some others.
    fn take(
        &mut self,
        candidates: &[Candidate],
        open: &mut BTreeSet<String>,
        wanted: &Wanted,
    ) -> Vec<Arc<Layer>> {
        let ids = open.iter().chain(&wanted.amended).chain(&wanted.agreements);
        let ids: Vec<String> = ids.cloned().collect::<BTreeSet<String>>().into_iter().collect();
        if ids.is_empty() || candidates.is_empty() {
            return Vec::new();
        }
        // Of more ids than it can look for at once, any text may hold one.
        // All ids at once: a search for each took the square where many contracts are amended.
        let searcher = AhoCorasick::new(&ids).ok();
        let is_wanted = |text: &str| searcher.as_ref().is_none_or(|searcher| searcher.is_match(text));
        let files = candidates.par_iter().filter(|candidate| !candidate.stdin);
        let found: Vec<Layer> = files
            .filter_map(|candidate| layer(&*self.group.files, candidate, is_wanted).ok().flatten())
            .collect();
        // The ids of contracts that may stand in a text that cannot be read.
        let named = |text: &str| -> BTreeSet<String> {
            let all = || (0..ids.len()).collect::<BTreeSet<usize>>();
            let places = searcher.as_ref().map_or_else(all, |searcher| {
                searcher.find_overlapping_iter(text).map(|found| found.pattern().as_usize()).collect()
            });
            let ids = places.into_iter().map(|place| ids[place].clone());
            ids.filter(|id| names_contract(text, id)).collect()
        };
        let broken: Vec<BTreeSet<String>> = (found.iter())
            .map(|layer| if layer.id().is_none() { named(layer.source.text()) } else { BTreeSet::new() })
            .collect();
        let mut taken = Vec::new();
        for (layer, broken) in found.into_iter().zip(broken) {
            let layer = Arc::new(layer);
            if let Some(id) = layer.id() {
                // The first of two with one id; that there are two is told by the run.
                if open.remove(id) || (wanted.asks_for(&layer) && !self.known.contains_key(id)) {
                    self.known.insert(id.to_owned(), Arc::clone(&layer));
                    taken.push(layer);
                } else if let Some(first) = taken.iter().find(|taken| taken.id() == Some(id))
                    // One file may be found in two ways.
                    && first.source.text() != layer.source.text()
                {
                    self.twins.push((Arc::clone(first), layer));
                }
                continue;
            }
            let broken: Vec<String> = broken.into_iter().filter(|id| open.remove(id)).collect();
            if !broken.is_empty() {
                self.damaged.extend(broken);
                taken.push(layer);
            }
        }
        taken
    }

    /// The files outside of the run that are looked through.
    fn further(&self, amendments: &[Arc<Layer>]) -> Vec<Candidate> {
        let files: BTreeSet<FileId> = amendments.iter().map(|amendment| amendment.file()).collect();
        let folders: BTreeSet<PathBuf> = self
            .group
            .candidates
            .iter()
            .filter(|candidate| files.contains(&candidate.id))
            .filter_map(|candidate| candidate.path.parent().map(PathBuf::from))
            .collect();
        let own: HashSet<&Path> = self.group.candidates.iter().map(|candidate| &*candidate.path).collect();
        let mut further = discover::further_contracts(self.group, &folders, FIRST_OUTSIDE);
        further.retain(|candidate| !own.contains(&*candidate.path));
        further
    }

    /// Where something is missing: which contracts there are, and what could not be read.
    fn note_others(&mut self, further: &[Candidate]) {
        let is_contract = |text: &str| text.contains("contract");
        let look = |candidates: &[Candidate]| -> Vec<Result<Option<Layer>, Problem>> {
            let files = candidates.par_iter().filter(|candidate| !candidate.stdin);
            files.map(|candidate| layer(&*self.group.files, candidate, is_contract)).collect()
        };
        let (own, outside) = (look(&self.group.candidates), look(further));
        let key = |problem: &Problem| {
            let at = problem.diagnostic.primary().map(|label| label.span);
            (problem.file.clone(), problem.diagnostic.title.clone(), at)
        };
        let in_run: HashSet<_> = own.iter().filter_map(|found| found.as_ref().err()).map(key).collect();
        self.unread = outside.iter().filter_map(|found| found.as_ref().err()).cloned().collect();
        self.unread.retain(|problem| !in_run.contains(&key(problem)));
        let layers = own.iter().chain(&outside).filter_map(|found| found.as_ref().ok()?.as_ref());
        self.others = NameIndex::new(layers.filter_map(Layer::id));
    }

    /// The problem of a contract that is not there. `asks` is where it is asked for, by itself or over others.
    pub(super) fn not_found(&self, asks: &Text, wanted: &Text, what: &str, own: Option<&str>) -> Problem {
        let title = format!("there is no contract `{}` {what}", wanted.value);
        let near = self.others.nearest(&wanted.value).filter(|name| Some(*name) != own);
        let problem = Problem::at(asks.span, title, "no such contract")
            .note("looked among the contracts of this run with the same configuration, the configured ones, and in this folder");
        let problem = match self.unread.as_slice() {
            [] => problem,
            _ => problem.note("some files there could not be read, and it may be in one of them"),
        };
        problem.help_near(near, "name the contract's file on the command line, too")
    }
}

/// Reads a contract whose text looks as if it were wanted. The problem is that of a file that has no text.
fn layer(
    files: &dyn Files,
    candidate: &Candidate,
    wanted: impl Fn(&str) -> bool,
) -> Result<Option<Layer>, Problem> {
    let unshown = |problems| match candidate.is_outside {
        true => unshown_in(candidate.id, &candidate.name, problems),
        false => problems,
    };
    let (source, problems) = match read::source(files, &candidate.path, &candidate.name, candidate.id) {
        Ok(source) => (source, Vec::new()),
        Err(unread) => {
            let UnreadFile { source, problem } = *unread;
            let problems = unshown(vec![problem.clone()]);
            (source.ok_or_else(|| problems.first().cloned().unwrap_or(problem))?, problems)
        }
    };
    if FileFormat::of(source.name()).is_none() || !wanted(source.text()) {
        return Ok(None);
    }
    if !problems.is_empty() {
        let record = ContractRecord::default();
        return Ok(Some(Layer::new(source, record, problems, true)));
    }
    let arena = Arena::of(&source);
    let (node, found) = read::tree(&source, &arena);
    let (record, problems) = read::record_of::<ContractRecord>(node.as_ref(), found);
    let problems = unshown(problems);
    let is_cut = node.is_some_and(|node| matches!(node.kind, NodeKind::Map(map) if map.cut));
    let mut record = record.unwrap_or_default();
    if let Field::Given(Items(items, _)) = &mut record.requirements
        && is_cut
    {
        // There may have been further ones.
        items.push(None);
    }
    Ok(Some(Layer::new(source, record, problems, is_cut)))
}

/// Whether a text that cannot be read seems to be that of a contract of this id: `contract: ID`, `"contract": "ID"`.
fn names_contract(text: &str, id: &str) -> bool {
    text.match_indices("contract").any(|(at, key)| {
        let rest = text[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
        let value =
            rest.strip_prefix([':', '=']).map(|value| value.trim_start_matches([' ', '\t', '"', '\'']));
        let after = value.and_then(|value| value.strip_prefix(id));
        after.is_some_and(|after| {
            !after.starts_with(|next: char| next.is_alphanumeric() || "-_./".contains(next))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_of_a_broken_contract_is_found_in_its_text() {
        assert!(names_contract("contract: ACME-1\ncustomer: [", "ACME-1"));
        assert!(names_contract("{\"customer\": 1, \"contract\" : \"ACME-1\",}", "ACME-1"));
        assert!(names_contract("contract = 'ACME-1'\n= 3", "ACME-1"));
        assert!(!names_contract("contract: ACME-1-A1\namends: ACME-1", "ACME-1"));
        assert!(!names_contract("contract: X # of ACME-1", "ACME-1"));
    }
}
