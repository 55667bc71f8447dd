//! What the files of a deal are judged by, worked out once for all of them.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Scalar, Text};
use crate::input::records::ContractRecord;
use crate::model::amend::lay_over_master;
use crate::model::contract::{Contract, ContractStatus, DealReading, Due, Requirement, laid_scope};
use crate::model::window::Date;
use crate::source::{FileId, Source, Span};

use super::super::group::Group;
use super::Layer;
use super::fees::agreed_terms;
use super::stack::{Master, Stack};

/// What files are judged by: the files of a deal, then the master agreements that they are under, the nearest first.
#[derive(Debug)]
pub(in super::super) struct Basis {
    pub(in super::super) stack: Arc<Stack>,
    pub(in super::super) masters: Vec<Master>,
    /// By what is judged what is due before some days to come, on which amendments take effect; the nearest first.
    earlier: Vec<(Date, Arc<Basis>)>,
    /// How many files are still to be judged by it, before what was read of it is forgotten.
    users: AtomicUsize,
    reading: Mutex<Option<Arc<BasisReading>>>,
}

/// What all of the files have in common.
#[derive(Debug)]
struct BasisReading {
    deal: DealReading,
    under: Option<Text>,
    /// The terms of agreements that hold.
    agreed: Vec<(Text, Scalar)>,
    /// Where an agreement says nothing of terms, and that means something.
    silent: Option<Span>,
    declared: Arc<[usize]>,
    /// The files of agreements.
    masters: Vec<FileId>,
    /// Those that nobody judges.
    unjudged: HashSet<FileId>,
    /// The files that say anything of the scope, those that the others are laid over first.
    scoping: Vec<ScopingFile>,
}

/// A file that says something of the scope.
#[derive(Debug)]
struct ScopingFile {
    layer: Arc<Layer>,
    /// Whether it held from the first, however late it was signed: it amends nothing.
    is_first: bool,
}

impl Basis {
    /// What so many files are judged by.
    pub(super) fn of(stack: Arc<Stack>, masters: Vec<Master>, users: usize) -> Arc<Self> {
        let earlier = Vec::new();
        Arc::new(Self { stack, masters, earlier, users: AtomicUsize::new(users), reading: Mutex::default() })
    }

    /// The same files, of which some take effect later.
    pub(super) fn since(self: Arc<Self>, earlier: Vec<(Date, Arc<Self>)>) -> Arc<Self> {
        if earlier.is_empty() {
            return self;
        }
        let (stack, masters) = (Arc::clone(&self.stack), self.masters.clone());
        let users = AtomicUsize::new(self.users.load(Ordering::Relaxed));
        Arc::new(Self { stack, masters, earlier, users, reading: Mutex::default() })
    }

    /// The same files under some agreements.
    pub(super) fn under(&self, masters: Vec<Master>) -> Arc<Self> {
        let earlier = self.earlier.iter().map(|(day, basis)| (*day, basis.under(masters.clone()))).collect();
        Self::of(Arc::clone(&self.stack), masters, self.users.load(Ordering::Relaxed)).since(earlier)
    }

    /// Tells that a file was judged by it: after the last of them nobody asks any more, save in rare cases.
    pub(in super::super) fn judged(&self) {
        self.earlier.iter().for_each(|(_, basis)| basis.judged());
        let left =
            self.users.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |users| users.checked_sub(1));
        if left == Ok(1) {
            *self.reading.lock().unwrap_or_else(PoisonError::into_inner) = None;
            self.stack.forget();
        }
    }

    /// Whether a file is one of these.
    pub(super) fn contains(&self, file: FileId) -> bool {
        // Each order under an agreement with many amendments would copy what their files are.
        self.stack.contains(file) || self.masters.iter().any(|master| master.stack.contains(file))
    }

    /// Whether a file is another one of these.
    pub(in super::super) fn is_other(&self, other: FileId, file: FileId) -> bool {
        other != file && self.contains(other)
    }

    /// The texts of all of its files.
    pub(in super::super) fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.stack.sources().chain(self.masters.iter().flat_map(|master| master.stack.sources()))
    }

    /// What one of the files of the deal states.
    pub(in super::super) fn record(&self, group: &Group, file: FileId) -> Option<Arc<ContractRecord>> {
        self.stack.laid(group)?.record(file).map(Arc::clone)
    }

    /// What one of the files of the deal takes away that is not there.
    pub(in super::super) fn unknown(&self, group: &Group, file: FileId) -> Vec<Problem> {
        self.stack.laid(group).map(|laid| laid.unknown(file).to_vec()).unwrap_or_default()
    }

    fn reading(&self, group: &Group) -> Option<Arc<BasisReading>> {
        let mut reading = self.reading.lock().unwrap_or_else(PoisonError::into_inner);
        if reading.is_none() {
            *reading = self.read(group).map(Arc::new);
        }
        reading.clone()
    }

    fn read(&self, group: &Group) -> Option<BasisReading> {
        let laid = self.stack.laid(group)?;
        let mut record = laid.whole.clone();
        let mut declared = Arc::clone(&laid.declared);
        let mut unjudged = HashSet::new();
        for Master { stack, is_over } in &self.masters {
            let master = stack.laid(group)?;
            declared = declared.iter().chain(&*master.declared).copied().collect();
            lay_over_master(&mut record, &master.whole);
            if *is_over {
                unjudged.extend(stack.layers.iter().map(|layer| layer.record.span.file));
            }
        }
        let silent = match unjudged.is_empty() {
            true => group.add_silent(&mut record, &self.masters),
            false => None,
        };
        let agreed = agreed_terms(&record, &self.masters);
        let under = record.under.given().cloned();
        if !unjudged.is_empty() {
            // Nobody else judges what the agreement does not say.
            record.under = Field::Absent;
        }
        let masters = self.masters.iter().flat_map(|master| &master.stack.layers);
        let masters = masters.map(|layer| layer.file()).collect();
        let stacks = self.masters.iter().rev().map(|master| &master.stack).chain([&self.stack]);
        let layers = stacks.flat_map(|stack| stack.layers.iter().enumerate());
        let scoping = layers.filter(|(_, layer)| !layer.record.scope.is_absent());
        let scoping =
            scoping.map(|(at, layer)| ScopingFile { layer: Arc::clone(layer), is_first: at == 0 }).collect();
        let deal = DealReading::read(record, |file| self.contains(file), group.reading());
        Some(BasisReading { deal, under, agreed, silent, declared, masters, unjudged, scoping })
    }
}

impl BasisReading {
    /// What of a contract's promises was accepted before their scope was changed: that alone. A file without a day of signature
    /// may have been signed on any, and one that is not signed has changed nothing of it.
    fn limit_accepted(&self, contract: &mut Contract, group: &Group) {
        if self.scoping.iter().all(|file| file.is_first) {
            return;
        }
        let vocabulary = group.vocabulary();
        for requirement in &mut contract.requirements {
            let Some(met) = requirement.met.filter(|_| !requirement.scope_unreadable) else { continue };
            let held = |file: &&ScopingFile| {
                let is_signed = file.layer.status(vocabulary) != Some(ContractStatus::Draft);
                let signing = file.layer.signing(&vocabulary.calendar).filter(|_| is_signed);
                file.is_first || signing.is_some_and(|signing| signing.latest <= met.value.latest)
            };
            let tables = self.scoping.iter().filter(held).map(|file| &file.layer.record.scope);
            let accepted = laid_scope(tables, &group.roadmap);
            let accepted = accepted.map(|scope| scope.overridden_by(&requirement.own_scope));
            // What was accepted and cannot be read is nothing that is known.
            requirement.accepted = Some(accepted.unwrap_or_default())
                .filter(|accepted| *accepted != requirement.scope)
                .map(Box::new);
        }
    }
}

impl Group {
    /// What holds of a contract with its amendments and the agreements that it is under, of which the words of one file are
    /// to be judged; and what is wrong in it.
    pub(in super::super) fn view(
        &self,
        basis: &Basis,
        file: FileId,
        problems: &mut Vec<Problem>,
    ) -> Option<Contract> {
        let (laid, reading) = (basis.stack.laid(self)?, basis.reading(self)?);
        let mut part = laid.of_file(file)?;
        let (record, promised) = (std::mem::take(&mut part.record), std::mem::take(&mut part.promised));
        let others = reading.masters.as_slice();
        let mut contract = reading.deal.contract(record, promised, others, self.reading(), problems);
        reading.limit_accepted(&mut contract, self);
        contract.under.clone_from(&reading.under);
        contract.declared_elsewhere = Arc::clone(&reading.declared);
        for term in contract.terms.iter_mut().filter(|term| Some(term.name.span) == reading.silent) {
            term.is_silent = true;
        }
        // Each is judged once: where the contract says that it is under the agreement, and in a draft that changes the fees.
        let own = laid.record(file)?;
        let changes_fees = !contract.is_agreed(self.today()) && own.fees.given().is_some();
        let says_so = contract.under.as_ref().is_some_and(|under| under.span.file == file);
        let by_own_fees = match says_so || changes_fees {
            true => self.by_own_fees(&reading.agreed, &basis.masters, &contract, problems),
            false => HashSet::new(),
        };
        part.own_words(&mut contract, |term| {
            let place = term.name.span;
            (says_so && reading.unjudged.contains(&place.file)) || by_own_fees.contains(&place)
        });
        // The nearest day is the last to have its say.
        for (day, earlier) in basis.earlier.iter().rev().filter(|(_, earlier)| earlier.stack.contains(file)) {
            let before = self.view(earlier, file, problems)?.requirements.into_iter();
            let is_before = |due: &Due| due.window().is_some_and(|window| window.earliest < *day);
            let before: HashMap<Span, Requirement> = before
                .filter(|requirement| is_before(&requirement.due))
                .map(|requirement| (requirement.place, requirement))
                .collect();
            contract.requirements.retain(|requirement| !before.contains_key(&requirement.place));
            contract.requirements.extend(before.into_values());
            contract.requirements.sort_by_key(|requirement| requirement.place);
        }
        Some(contract)
    }
}
