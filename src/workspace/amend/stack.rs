//! The files of a deal, laid over one another once for all of them.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::input::decode::{Scalar, Text};
use crate::input::records::ContractRecord;
use crate::model::amend::LaidFiles;
use crate::model::contract::ContractStatus;
use crate::model::money::Money;
use crate::source::{FileId, Source};
use crate::text::fold;

use super::super::group::Group;
use super::{Layer, is_in_force};

/// A term as a file states it.
pub(in super::super) type StatedTerm<'a> = (&'a Text, &'a Scalar);

/// The terms that a contract states.
pub(in super::super) fn stated_terms(record: &ContractRecord) -> impl Iterator<Item = StatedTerm<'_>> {
    let stated = record.terms.given().into_iter().flat_map(|table| &table.entries);
    stated.filter_map(|(name, setting)| Some((name, setting.given()?.value()?)))
}

/// The files of a deal laid over one another: the base, then amendments in the order in which they hold.
#[derive(Debug, Default)]
pub(in super::super) struct Stack {
    pub(in super::super) layers: Vec<Arc<Layer>>,
    files: HashSet<FileId>,
    laid: Mutex<Option<Arc<LaidFiles>>>,
    value: OnceLock<ValueInForce>,
    terms: OnceLock<HashSet<String>>,
    under: OnceLock<Option<Text>>,
    outside: OnceLock<Vec<usize>>,
}

/// What a deal is worth in force, and which file of the run counts that.
#[derive(Clone, Copy, Debug)]
pub(super) struct ValueInForce {
    pub(super) value: Option<Money>,
    pub(super) counting: Option<FileId>,
}

impl Stack {
    pub(super) fn of(layers: Vec<Arc<Layer>>) -> Arc<Self> {
        let files = layers.iter().map(|layer| layer.file()).collect();
        Arc::new(Self { layers, files, ..Self::default() })
    }

    /// Whether a file is one of these.
    pub(super) fn contains(&self, file: FileId) -> bool {
        self.files.contains(&file)
    }

    /// The file at the bottom.
    pub(super) fn base(&self) -> Option<&Arc<Layer>> {
        self.layers.first()
    }

    /// What the last of its files that says so is under.
    pub(super) fn under(&self) -> Option<&Text> {
        let last = || self.layers.iter().rev().find_map(|layer| layer.record.under.given());
        self.under.get_or_init(|| last().cloned()).as_ref()
    }

    pub(super) fn layer(&self, file: FileId) -> Option<&Arc<Layer>> {
        self.layers.iter().find(|layer| layer.file() == file)
    }

    /// The places of those of its files that are none of the run's.
    pub(super) fn outside(&self, is_outside: impl Fn(FileId) -> bool) -> &[usize] {
        let layers = || self.layers.iter().enumerate();
        self.outside.get_or_init(|| {
            layers().filter(|(_, layer)| is_outside(layer.file())).map(|(at, _)| at).collect()
        })
    }

    /// The texts of its files.
    pub(in super::super) fn sources(&self) -> impl Iterator<Item = &Arc<Source>> {
        self.layers.iter().map(|layer| &layer.source)
    }

    /// What comes of them; it is kept until [`Self::forget`].
    pub(super) fn laid(&self, group: &Group) -> Option<Arc<LaidFiles>> {
        let mut laid = self.laid.lock().unwrap_or_else(PoisonError::into_inner);
        if laid.is_none() {
            let records = self.layers.iter().map(|layer| Arc::clone(&layer.record)).collect();
            *laid = LaidFiles::of(records, &group.roadmap).map(Arc::new);
        }
        laid.clone()
    }

    pub(super) fn forget(&self) {
        // Memory is for what is found: what was laid goes once all files of the deal were judged.
        *self.laid.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Whether it says anything of a term, by its folded name.
    pub(super) fn states(&self, term: &str) -> bool {
        let stated = || self.layers.iter().flat_map(|layer| stated_terms(&layer.record));
        // Asked for each term of each order under an agreement.
        let names = || stated().map(|(name, _)| fold(&name.value).into_owned()).collect();
        self.terms.get_or_init(names).contains(term)
    }

    /// What the deal is worth in force: what the contract at the bottom and what is signed say. It is counted with the first
    /// of these files that the run judges.
    pub(super) fn value(&self, group: &Group, is_outside: impl Fn(FileId) -> bool) -> ValueInForce {
        let vocabulary = group.vocabulary();
        *self.value.get_or_init(|| {
            let standing = |layer: &Arc<Layer>| layer.standing(vocabulary, group.today());
            let base = self.base().and_then(standing);
            let holds = |(at, layer): &(usize, &Arc<Layer>)| *at == 0 || is_in_force(standing(layer), base);
            let in_force = Vec::from_iter(self.layers.iter().enumerate().filter(holds));
            let stated =
                |(_, layer): &(usize, &Arc<Layer>)| Money::parse(&layer.record.value.given()?.value).ok();
            let is_judged = |(_, layer): &&(usize, &Arc<Layer>)| {
                !is_outside(layer.file()) && layer.status(vocabulary).is_some_and(ContractStatus::is_linted)
            };
            let value = in_force.iter().rev().find_map(stated);
            let counting = in_force.iter().find(is_judged).filter(|_| value.is_some());
            ValueInForce { value, counting: counting.map(|(_, layer)| layer.file()) }
        })
    }
}

/// A master agreement with what amends it.
#[derive(Clone, Debug)]
pub(in super::super) struct Master {
    /// Its files.
    pub(in super::super) stack: Arc<Stack>,
    /// Whether it is over: then nobody judges what it says, save in what is under it.
    pub(in super::super) is_over: bool,
}
