//! Which contracts amend which. Amendments are few: they are looked for by a glance at the texts, so that
//! a folder without any is read once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Problem;
use crate::input::decode::Text;
use crate::input::discover::{self, Candidate};
use crate::input::parse::{Format, parse};
use crate::input::read;
use crate::input::records::ContractRecord;
use crate::input::source::{FileId, Source};
use crate::model::calendar::Calendar;
use crate::model::date::parse_date;
use crate::model::window::Window;
use crate::text;

/// A contract file that amends, or is amended.
#[derive(Debug)]
pub(super) struct Layer {
    /// Its text.
    pub(super) source: Arc<Source>,
    /// What it states.
    pub(super) record: ContractRecord,
}

/// What a file is judged by.
#[derive(Debug, Clone)]
pub(super) enum Plan {
    /// The base, then amendments in the order in which they hold; the file is one of them.
    Layers(Vec<Arc<Layer>>),
    /// An amendment that cannot be laid over anything.
    Problem(Problem),
    /// A file of a deal whose amendments have no order, which is reported at those.
    Unordered,
}

/// The amendments among the contracts of a group.
#[derive(Debug, Default)]
pub(super) struct Amendments {
    plans: HashMap<FileId, Plan>,
}

impl Amendments {
    /// Looks for amendments and what they amend: among the contracts of the run, then among the configured
    /// ones, then in the amendment's folder.
    pub(super) fn find(group: &discover::Group, calendar: &Calendar) -> Self {
        let amendments: Vec<Arc<Layer>> = group
            .candidates
            .par_iter()
            .filter(|candidate| !candidate.stdin)
            .map_init(Vec::new, |bytes, candidate| {
                read::file_mentions(&candidate.path, "amends", bytes)
                    .then(|| layer(candidate, |_| true))
                    .flatten()
            })
            .flatten()
            .filter(|layer| !layer.record.amends.is_absent())
            .map(Arc::new)
            .collect();
        if amendments.is_empty() {
            return Self::default();
        }
        let mut known: BTreeMap<String, Arc<Layer>> = BTreeMap::new();
        for amendment in &amendments {
            if let Some(id) = amendment.record.contract.given() {
                known.entry(id.value.to_string()).or_insert_with(|| Arc::clone(amendment));
            }
        }
        let mut loaded = amendments.clone();
        // What is amended may amend something itself.
        while !loaded.is_empty() {
            loaded = load_bases(&loaded, group, &mut known);
        }
        Self::plan(&amendments, &known, calendar)
    }

    /// What a file is judged by, if it amends or is amended.
    pub(super) fn of(&self, file: FileId) -> Option<&Plan> {
        self.plans.get(&file)
    }

    fn plan(amendments: &[Arc<Layer>], known: &BTreeMap<String, Arc<Layer>>, calendar: &Calendar) -> Self {
        let mut plans = HashMap::new();
        let mut signed: BTreeMap<FileId, Vec<&Arc<Layer>>> = BTreeMap::new();
        let mut drafts: Vec<(&Arc<Layer>, Arc<Layer>)> = Vec::new();
        for amendment in amendments {
            let file = amendment.source.id();
            match base_of(amendment, known) {
                Err(Some(problem)) => drop(plans.insert(file, Plan::Problem(problem))),
                Err(None) => {}
                Ok(base) if is_signed(amendment) => {
                    signed.entry(base.source.id()).or_default().push(amendment);
                }
                Ok(base) => drafts.push((amendment, base)),
            }
        }
        let bases: BTreeMap<FileId, &Arc<Layer>> =
            known.values().map(|layer| (layer.source.id(), layer)).collect();
        let mut in_force: BTreeMap<FileId, Vec<Arc<Layer>>> = BTreeMap::new();
        for (file, mut amendments) in signed {
            let Some(base) = bases.get(&file) else { continue };
            let undated = undated(&amendments, calendar);
            amendments.sort_by_key(|amendment| (signing(amendment, calendar), amendment.source.id()));
            let layers: Vec<Arc<Layer>> =
                std::iter::once(*base).chain(amendments.iter().copied()).map(Arc::clone).collect();
            plans.insert(file, Plan::Layers(layers.clone()));
            for amendment in amendments {
                plans.insert(amendment.source.id(), Plan::Layers(layers.clone()));
            }
            if !undated.is_empty() {
                // Nobody knows what holds, so nothing of the deal is judged.
                plans.extend(layers.iter().map(|layer| (layer.source.id(), Plan::Unordered)));
                plans.extend(undated.into_iter().map(|(file, problem)| (file, Plan::Problem(problem))));
            }
            in_force.insert(file, layers);
        }
        for (draft, base) in drafts {
            let mut layers = in_force.get(&base.source.id()).cloned().unwrap_or_else(|| vec![base]);
            layers.push(Arc::clone(draft));
            plans.insert(draft.source.id(), Plan::Layers(layers));
        }
        Self { plans }
    }
}

/// Reads a contract whose text looks as if it were wanted. What is wrong with it is reported in its own turn.
fn layer(candidate: &Candidate, wanted: impl Fn(&str) -> bool) -> Option<Layer> {
    let source = read::source(&candidate.path, &candidate.name, candidate.id).ok()?;
    if !wanted(source.text()) {
        return None;
    }
    let (node, problems) = parse(&source, Format::of(source.name())?);
    let record = read::record::<ContractRecord>(node.as_ref(), "the file", problems).0?;
    drop(node);
    Some(Layer { source: Arc::new(source), record })
}

/// Loads what some amendments amend; returns what was loaded and is an amendment, too.
fn load_bases(
    amendments: &[Arc<Layer>],
    group: &discover::Group,
    known: &mut BTreeMap<String, Arc<Layer>>,
) -> Vec<Arc<Layer>> {
    let mut wanted: BTreeSet<&str> = amendments.iter().filter_map(|amendment| amends(amendment)).collect();
    wanted.retain(|id| !known.contains_key(*id));
    let mut loaded = Vec::new();
    let mut take = |candidates: &[Candidate], wanted: &mut BTreeSet<&str>| {
        if wanted.is_empty() {
            return;
        }
        let found: Vec<Layer> = candidates
            .par_iter()
            .filter(|candidate| !candidate.stdin)
            .filter_map(|candidate| layer(candidate, |text| wanted.iter().any(|id| text.contains(id))))
            .collect();
        for layer in found {
            let id = layer.record.contract.given().map(|id| id.value.clone());
            if let Some(id) = id.filter(|id| wanted.remove(id.as_str())) {
                let layer = Arc::new(layer);
                loaded.extend(Some(Arc::clone(&layer)).filter(|layer| !layer.record.amends.is_absent()));
                known.insert(id.into(), layer);
            }
        }
    };
    take(&group.candidates, &mut wanted);
    let folders: BTreeSet<PathBuf> = group
        .candidates
        .iter()
        .filter(|candidate| amendments.iter().any(|amendment| amendment.source.id() == candidate.id))
        .filter_map(|candidate| candidate.path.parent().map(PathBuf::from))
        .collect();
    let first_free = FileId(u32::MAX - 1_000_000);
    let further =
        if wanted.is_empty() { Vec::new() } else { discover::further_contracts(group, &folders, first_free) };
    take(&further, &mut wanted);
    loaded
}

fn amends(amendment: &Layer) -> Option<&str> {
    amendment.record.amends.given().map(|id| id.value.as_str())
}

fn is_signed(layer: &Layer) -> bool {
    layer.record.status.given().is_some_and(|status| status.value.trim().eq_ignore_ascii_case("signed"))
}

fn signing(layer: &Layer, calendar: &Calendar) -> Option<Window> {
    layer.record.signing.given().and_then(|text| parse_date(&text.value, calendar).ok())
}

/// The contract at the bottom of a chain of amendments; no problem where it was reported already.
fn base_of(amendment: &Layer, known: &BTreeMap<String, Arc<Layer>>) -> Result<Arc<Layer>, Option<Problem>> {
    let mut below: Vec<&Text> = Vec::new();
    let mut text = amendment.record.amends.given().ok_or(None)?;
    loop {
        if below.iter().any(|seen| seen.value == text.value) {
            let first = below[0];
            return Err(Some(
                Problem::at(
                    first.span,
                    "these amendments amend one another",
                    "amends a contract that amends this one",
                )
                .help("one of them must amend the contract itself"),
            ));
        }
        below.push(text);
        let Some(base) = known.get(text.value.as_str()) else {
            let own = amendment.record.contract.given().map(|id| id.value.as_str());
            let names = known.keys().map(String::as_str).filter(|name| Some(*name) != own);
            return Err(Some(
                Problem::at(
                    below[0].span,
                    format!("there is no contract `{}` to amend", text.value),
                    "no such contract",
                )
                .note("looked among the contracts of this run, the configured ones, and in this folder")
                .help_nearest(
                    &text.value,
                    names,
                    "name the contract's file on the command line, too",
                ),
            ));
        };
        match base.record.amends.given() {
            Some(next) => text = next,
            None => return Ok(Arc::clone(base)),
        }
    }
}

/// Of several signed amendments each needs a day of signature, or nobody knows which came last.
fn undated(amendments: &[&Arc<Layer>], calendar: &Calendar) -> Vec<(FileId, Problem)> {
    let undated: Vec<&&Arc<Layer>> =
        amendments.iter().filter(|amendment| signing(amendment, calendar).is_none()).collect();
    if amendments.len() < 2 || undated.len() < 2 {
        return Vec::new();
    }
    undated
        .iter()
        .filter_map(|amendment| {
            let text = amendment.record.amends.given()?;
            let title =
                format!("{} of `{}` have no `signing`", text::count(undated.len(), "amendment"), text.value);
            let problem = Problem::at(text.span, title, "which of them holds?")
                .help("add `signing`, the day of signature, to each: a later one replaces an earlier one");
            Some((amendment.source.id(), problem))
        })
        .collect()
}
