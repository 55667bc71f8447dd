//! Which contracts are under which master agreements.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::input::decode::Text;
use crate::model::assemble::Vocabulary;
use crate::model::contract::ContractStatus;
use crate::source::{FileId, Span};
use crate::text::fold;

use super::fees::stated_terms;
use super::search::Search;
use super::{AmendmentPlan, Layer, Master};

/// The files of agreements, each with the contracts that are still to be kept and under it.
pub(super) type Masters = BTreeMap<FileId, Vec<Dependent>>;

/// A contract that is under an agreement.
#[derive(Clone, Debug)]
pub(super) struct Dependent {
    /// Its file, or that of one of its amendments.
    pub(super) file: FileId,
    /// Where it says so.
    pub(super) under: Span,
    /// The terms, folded, of which something nearer than the agreement says what holds.
    pub(super) overrides: Arc<HashSet<String>>,
    /// Whether the agreement is over: then what it says is judged in the contract.
    pub(super) judges: bool,
}

/// Lays master agreements under the plans of what is under them, and tells which files those are.
pub(super) fn lay_under(
    plans: &mut HashMap<FileId, AmendmentPlan>,
    dependents: &[Arc<Layer>],
    search: &Search<'_>,
    vocabulary: &Vocabulary,
) -> Masters {
    let amended = plans.clone();
    let agreements = MasterSearch { amended: &amended, search, vocabulary };
    let alone = dependents.iter().filter(|layer| !amended.contains_key(&layer.file()));
    let alone = alone.map(|layer| (layer.file(), vec![Arc::clone(layer)]));
    let files = amended.iter().filter_map(|(file, plan)| match plan {
        AmendmentPlan::Layers(layers, _) => Some((*file, layers.clone())),
        AmendmentPlan::Unknown(..) => None,
    });
    let mut masters = Masters::new();
    for (file, layers) in alone.chain(files) {
        let Some(under) = under(&layers).cloned() else { continue };
        let own = layers.iter().find(|layer| layer.file() == file);
        let plan = match own.map(|own| agreements.of(&under, own, &layers)) {
            Some(Ok(found)) => {
                let is_kept =
                    own.and_then(|own| own.status(vocabulary)).is_some_and(ContractStatus::is_linted);
                let names = |layers: &[Arc<Layer>]| {
                    let stated = layers.iter().flat_map(|layer| stated_terms(&layer.record));
                    stated.map(|(name, _)| fold(&name.value).into_owned()).collect::<HashSet<String>>()
                };
                let mut overrides = names(&layers);
                for master in &found {
                    let overrides_so_far = Arc::new(overrides.clone());
                    let dependent = Dependent {
                        file,
                        under: under.span,
                        overrides: overrides_so_far,
                        judges: master.is_over,
                    };
                    for layer in &master.layers {
                        masters.entry(layer.file()).or_default().extend(is_kept.then(|| dependent.clone()));
                    }
                    overrides.extend(names(&master.layers));
                }
                AmendmentPlan::Layers(layers, found)
            }
            Some(Err(problem)) => {
                // What stands in another file is reported there.
                let problems = problem.into_iter().filter(|_| under.span.file == file);
                AmendmentPlan::Unknown(layers, problems.collect())
            }
            None => continue,
        };
        plans.insert(file, plan);
    }
    // What a master says of itself depends on whether it is one.
    for dependents in masters.values_mut() {
        dependents.sort_by_key(|dependent| dependent.under);
    }
    for &file in masters.keys() {
        let layer = search.known.values().find(|layer| layer.file() == file);
        if let (Some(layer), false) = (layer, plans.contains_key(&file)) {
            plans.insert(file, AmendmentPlan::Layers(vec![Arc::clone(layer)], Vec::new()));
        }
    }
    masters
}

/// What the last of some layers that says so is under.
fn under(layers: &[Arc<Layer>]) -> Option<&Text> {
    layers.iter().rev().find_map(|layer| layer.record.under.given())
}

/// Looks for master agreements.
struct MasterSearch<'a, 'g> {
    amended: &'a HashMap<FileId, AmendmentPlan>,
    search: &'a Search<'g>,
    vocabulary: &'a Vocabulary,
}

impl MasterSearch<'_, '_> {
    /// The agreements that a contract is under, step by step; no problem where it is reported elsewhere.
    fn of(&self, first: &Text, own: &Layer, layers: &[Arc<Layer>]) -> Result<Vec<Master>, Option<Problem>> {
        let mut seen: HashSet<FileId> = layers.iter().map(|layer| layer.file()).collect();
        let mut masters = Vec::new();
        let mut text = first.clone();
        loop {
            let Some(master) = self.search.known.get(text.value.as_str()) else {
                let is_reported = self.search.damaged.contains(text.value.as_str());
                let not_found = || self.search.not_found(first, &text, "to be under", own.id());
                return Err((!is_reported).then(not_found));
            };
            if !seen.insert(master.file()) {
                return Err(Some(in_circles(first, masters.is_empty())));
            }
            if let Some(base) = master.record.amends.given() {
                let title = format!("`{}` is an amendment, and no contract is under one", text.value);
                let help = format!("name the agreement that it amends: `under: {}`", base.value);
                return Err(Some(Problem::at(first.span, title, "no agreement of its own").help(help)));
            }
            let in_force = match self.amended.get(&master.file()) {
                Some(AmendmentPlan::Layers(layers, _)) => layers.clone(),
                // It is told there why nobody knows what holds.
                Some(AmendmentPlan::Unknown(..)) => return Err(None),
                None => vec![Arc::clone(master)],
            };
            let status = master.status(self.vocabulary).ok_or(None)?;
            let is_over = status == ContractStatus::Ended;
            if let Some(problem) = unfit(first, &text, status, own.status(self.vocabulary)) {
                return Err(Some(problem));
            }
            let next = under(&in_force).cloned();
            masters.push(Master { layers: in_force, is_over });
            match next {
                Some(next) => text = next,
                None => return Ok(masters),
            }
        }
    }
}

/// Why nothing can be under an agreement, or not any more.
fn unfit(asks: &Text, master: &Text, status: ContractStatus, own: Option<ContractStatus>) -> Option<Problem> {
    let name = &master.value;
    let (title, label, help) = match (status, own) {
        (ContractStatus::Lost, _) => (
            format!("`{name}` is lost, and nothing is under it"),
            "never agreed",
            "name the agreement that was signed, or leave `under` out",
        ),
        (ContractStatus::Ended, Some(ContractStatus::Draft)) => (
            format!("`{name}` has ended, and what is signed from now on is not under it"),
            "over before this is signed",
            "name the agreement that holds now, or leave `under` out and state the terms",
        ),
        (ContractStatus::Draft, Some(ContractStatus::Signed)) => (
            format!("this contract is signed, and `{name}`, which it is under, is a draft"),
            "not signed yet",
            "have the agreement signed, and write `status: signed` there",
        ),
        _ => return None,
    };
    Some(Problem::at(asks.span, title, label).help(help))
}

fn in_circles(under: &Text, is_alone: bool) -> Problem {
    let (title, label) = match is_alone {
        true => ("a contract cannot be under itself", "this leads back to the contract"),
        false => ("these agreements are under one another", "under an agreement that is under it"),
    };
    Problem::at(under.span, title, label).help("name the agreement whose terms hold, or leave `under` out")
}
