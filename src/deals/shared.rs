//! What many deals say alike.

use std::hash::{BuildHasher, Hash};
use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::{DefaultHashBuilder, HashMap, HashTable};

use super::{DealFeature, DealJudgement};
use crate::source::Span;

/// What the promises of many deals say alike, kept once: most promises of a portfolio are about the same features.
#[derive(Debug, Default)]
pub(crate) struct SharedTexts {
    /// By where the roadmap has the feature, and who builds it.
    pub(super) features: Once<(Span, Option<Span>), DealFeature>,
    /// By name: files outside of the run have the same ids in each group.
    pub(super) files: Once<Box<str>, str>,
    /// Files with their lines.
    pub(super) places: Once<Span, str>,
    pub(super) judgements: Shared<DealJudgement>,
}

/// Values that are made once for each key.
#[derive(Debug)]
pub(super) struct Once<K, T: ?Sized>(Mutex<HashMap<K, Arc<T>>>);

/// Values of which each is kept once.
#[derive(Debug)]
pub(super) struct Shared<T: ?Sized> {
    hasher: DefaultHashBuilder,
    known: Mutex<HashTable<Arc<T>>>,
}

impl<K, T: ?Sized> Default for Once<K, T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: ?Sized> Default for Shared<T> {
    fn default() -> Self {
        Self { hasher: DefaultHashBuilder::default(), known: Mutex::default() }
    }
}

impl<K: Eq + Hash, T: ?Sized> Once<K, T> {
    /// The value of a key.
    pub(super) fn of<V: Into<Arc<T>>>(&self, key: K, make: impl FnOnce() -> V) -> Arc<T> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(key).or_insert_with(|| make().into()))
    }
}

impl<T: Eq + Hash> Shared<T> {
    /// The one that is kept of those that are equal.
    pub(super) fn of(&self, value: T) -> Arc<T> {
        // Before the others have to wait.
        let hash = self.hasher.hash_one(&value);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = known.entry(hash, |other| **other == value, |other| self.hasher.hash_one(other));
        Arc::clone(kept.or_insert_with(|| Arc::new(value)).get())
    }
}
