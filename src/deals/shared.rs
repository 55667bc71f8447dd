//! What many deals say alike.

use std::collections::HashSet;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use super::{DealFeature, DealJudgement};

/// What the promises of many deals say alike, kept once: most promises of a portfolio are about the same features.
#[derive(Debug, Default)]
pub(crate) struct SharedTexts {
    pub(super) features: Shared<DealFeature>,
    pub(super) places: Shared<str>,
    pub(super) judgements: Shared<DealJudgement>,
}

/// Values of which each is kept once.
#[derive(Debug)]
pub(super) struct Shared<T: ?Sized>(Mutex<HashSet<Arc<T>>>);

impl<T: ?Sized> Default for Shared<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: ?Sized + Eq + Hash> Shared<T> {
    /// The one that is kept of those that are equal.
    pub(super) fn of(&self, value: impl Into<Arc<T>>) -> Arc<T> {
        let value = value.into();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(&value) {
            return Arc::clone(known);
        }
        known.insert(Arc::clone(&value));
        value
    }
}
