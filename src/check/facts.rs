//! What is kept of contracts for the lints that look at what they share.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::lint::portfolio::{CustomWork, Party, UnshippedPromise};

/// What must be known of all contracts of a group before what they share can be linted. It grows with what is
/// promised and not there, not with what is signed.
#[derive(Debug, Default)]
pub(crate) struct SharedFacts {
    /// The features that some contract names.
    pub(super) features: BTreeSet<usize>,
    /// Waivers that are about some finding.
    pub(super) waivers: BTreeSet<usize>,
    /// Contracts that were judged in full and that some waiver is about.
    pub(super) contracts: BTreeSet<String>,
    /// What is promised and not there.
    pub(super) promises: Vec<UnshippedPromise>,
    /// What is to be done for single customers.
    pub(super) custom: Vec<CustomWork>,
    /// Whether something that they rest on could not be read: a waiver may be for what is found of that.
    pub(super) is_cut: bool,
}

impl SharedFacts {
    /// The contracts that promise what is not there, or work for their customers alone.
    pub(super) fn parties(&self) -> impl Iterator<Item = &Arc<Party>> {
        let parties = self.promises.iter().map(|promise| &promise.contract);
        let mut known = HashSet::new();
        parties
            .chain(self.custom.iter().map(|work| &work.contract))
            .filter(move |party| known.insert(Arc::as_ptr(party)))
    }

    /// Adds what was seen of further contracts.
    pub(crate) fn add(&mut self, mut other: Self) {
        self.features.extend(other.features);
        self.waivers.extend(other.waivers);
        self.contracts.extend(other.contracts);
        self.promises.append(&mut other.promises);
        self.custom.append(&mut other.custom);
        self.is_cut |= other.is_cut;
    }
}
