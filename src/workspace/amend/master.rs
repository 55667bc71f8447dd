//! Which contracts are under which master agreements.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::input::decode::Text;
use crate::model::assemble::Vocabulary;
use crate::model::contract::ContractStatus;
use crate::source::{FileId, Span};

use super::basis::Basis;
use super::search::Search;
use super::stack::{Master, Stack};
use super::{AmendmentPlan, Layer};

/// The agreements that contracts are under.
#[derive(Debug, Default)]
pub(super) struct Masters {
    /// The contracts that are still to be kept and under each, by the file at its bottom.
    dependents: BTreeMap<FileId, Vec<Dependent>>,
    /// That file, by each file of an agreement.
    bases: HashMap<FileId, FileId>,
}

impl Masters {
    /// Whether contracts are under a file's.
    pub(super) fn contains(&self, file: FileId) -> bool {
        self.bases.contains_key(&file)
    }

    /// The contracts under a file's that are still to be kept.
    pub(super) fn of(&self, file: FileId) -> &[Dependent] {
        let base = self.bases.get(&file);
        base.and_then(|base| self.dependents.get(base)).map_or(&[], Vec::as_slice)
    }
}

/// A contract that is under an agreement.
#[derive(Debug)]
pub(super) struct Dependent {
    /// Its file, or that of one of its amendments.
    pub(super) file: FileId,
    /// What it is judged by.
    pub(super) basis: Arc<Basis>,
    /// The place of the agreement among those that it is under.
    pub(super) place: usize,
    /// Where it says so.
    pub(super) under: Span,
    /// Whether the agreement is over: then what it says is judged in the contract.
    pub(super) judges: bool,
}

impl Dependent {
    /// Whether something nearer than the agreement says what holds of a term, by its folded name.
    pub(super) fn overrides(&self, term: &str) -> bool {
        let Basis { stack, masters, .. } = &*self.basis;
        stack.states(term) || masters[..self.place].iter().any(|master| master.stack.states(term))
    }
}

/// Lays master agreements under the plans of what is under them, and tells which files those are.
pub(super) fn lay_under(
    plans: &mut HashMap<FileId, AmendmentPlan>,
    dependents: &[Arc<Layer>],
    search: &Search<'_>,
    vocabulary: &Vocabulary,
) -> Masters {
    let amended = plans.clone();
    let layers = dependents.iter().chain(search.known.values());
    let layers: HashMap<FileId, &Arc<Layer>> = layers.map(|layer| (layer.file(), layer)).collect();
    let alone = RefCell::default();
    let agreements = MasterSearch { amended: &amended, alone: &alone, search, vocabulary };
    let unamended = dependents.iter().filter(|layer| !amended.contains_key(&layer.file()));
    let unamended = unamended.map(|layer| (layer.file(), Basis::of(alone_in_stack(layer), Vec::new(), 1)));
    let files = amended.iter().filter_map(|(file, plan)| match plan {
        AmendmentPlan::Basis(basis) => Some((*file, Arc::clone(basis))),
        AmendmentPlan::Unknown(..) => None,
    });
    let files: Vec<(FileId, Arc<Basis>)> = unamended.chain(files).collect();
    let mut masters = Masters::default();
    // Files of a deal that are as far as one another are under the same.
    let mut laid: HashMap<(*const Basis, Option<ContractStatus>), Option<Arc<Basis>>> = HashMap::new();
    for (file, basis) in &files {
        let (file, Some(own)) = (*file, layers.get(file)) else { continue };
        let Some(under) = basis.stack.under() else { continue };
        let status = own.status(vocabulary);
        let key = (Arc::as_ptr(basis), status);
        let found = match laid.get(&key) {
            Some(Some(basis)) => Ok(Arc::clone(basis)),
            // What stands in another file is reported there.
            Some(None) if under.span.file != file => Err(None),
            _ => {
                let found = agreements.of(under, own, basis);
                found.map(|masters| basis.under(masters))
            }
        };
        let is_new = laid.insert(key, found.as_ref().ok().cloned()).is_none();
        let plan = match found {
            Ok(basis) => {
                for (place, Master { stack, is_over }) in basis.masters.iter().enumerate() {
                    let Some(base) = stack.base().map(|base| base.file()) else { continue };
                    if is_new {
                        masters.bases.extend(stack.layers.iter().map(|layer| (layer.file(), base)));
                    }
                    let (basis, under, judges) = (Arc::clone(&basis), under.span, *is_over);
                    let dependent = Dependent { file, basis, place, under, judges };
                    let is_kept = status.is_some_and(ContractStatus::is_linted);
                    masters.dependents.entry(base).or_default().extend(is_kept.then_some(dependent));
                }
                AmendmentPlan::Basis(basis)
            }
            Err(problem) => {
                let problems = problem.into_iter().filter(|_| under.span.file == file).collect();
                AmendmentPlan::Unknown(Arc::clone(basis), problems)
            }
        };
        plans.insert(file, plan);
    }
    // What a master says of itself depends on whether it is one.
    for dependents in masters.dependents.values_mut() {
        dependents.sort_by_key(|dependent| (dependent.under, dependent.file));
    }
    for (file, stack) in alone.into_inner() {
        if masters.contains(file) {
            plans.entry(file).or_insert_with(|| AmendmentPlan::Basis(Basis::of(stack, Vec::new(), 1)));
        }
    }
    masters
}

fn alone_in_stack(layer: &Arc<Layer>) -> Arc<Stack> {
    Stack::of(vec![Arc::clone(layer)])
}

/// Looks for master agreements.
struct MasterSearch<'a, 'g> {
    amended: &'a HashMap<FileId, AmendmentPlan>,
    /// Agreements that nothing amends, once they were asked for.
    alone: &'a RefCell<HashMap<FileId, Arc<Stack>>>,
    search: &'a Search<'g>,
    vocabulary: &'a Vocabulary,
}

impl MasterSearch<'_, '_> {
    /// The agreements that a contract is under, step by step; no problem where it is reported elsewhere.
    fn of(&self, first: &Text, own: &Layer, basis: &Basis) -> Result<Vec<Master>, Option<Problem>> {
        let mut seen: HashSet<FileId> = HashSet::new();
        let mut masters = Vec::new();
        let mut text = first.clone();
        loop {
            let Some(master) = self.search.known.get(text.value.as_str()) else {
                let is_reported = self.search.damaged.contains(text.value.as_str());
                let not_found = || self.search.not_found(first, &text, "to be under", own.id());
                return Err((!is_reported).then(not_found));
            };
            if basis.contains(master.file()) || !seen.insert(master.file()) {
                return Err(Some(in_circles(first, masters.is_empty())));
            }
            if let Some(base) = master.record.amends.given() {
                let title = format!("`{}` is an amendment, and no contract is under one", text.value);
                let help = format!("name the agreement that it amends: `under: {}`", base.value);
                return Err(Some(Problem::at(first.span, title, "no agreement of its own").help(help)));
            }
            let stack = match self.amended.get(&master.file()) {
                Some(AmendmentPlan::Basis(basis)) => Arc::clone(&basis.stack),
                // It is told there why nobody knows what holds.
                Some(AmendmentPlan::Unknown(..)) => return Err(None),
                None => {
                    let mut alone = self.alone.borrow_mut();
                    Arc::clone(alone.entry(master.file()).or_insert_with(|| alone_in_stack(master)))
                }
            };
            let status = master.status(self.vocabulary).ok_or(None)?;
            let is_over = status == ContractStatus::Ended;
            if let Some(problem) = unfit(first, &text, status, own.status(self.vocabulary)) {
                return Err(Some(problem));
            }
            let next = stack.under().cloned();
            masters.push(Master { stack, is_over });
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
