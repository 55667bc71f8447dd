//! The values that a dimension has, by how they fare.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::roadmap::{KnownDimension, Offer};
use crate::model::scope::Cell;
use crate::text::fold;

use super::Judge;

/// Stands for every value that no offer names; a name is never empty, so it is none of them. Most customers have such a value: a
/// feature that is rejected but for `enterprise` is rejected for every edition that the roadmap has no name for.
const UNNAMED: &str = "";

/// More combinations than this are not judged one by one to find the best.
const MOST_COMBINATIONS: usize = 256;

/// Values of a dimension that the same offers name, and that fare alike.
#[derive(Clone, Debug)]
pub(crate) struct ValueClass<'r> {
    /// The values, as the roadmap first writes them.
    pub(crate) names: Vec<&'r str>,
    /// Whether no offer names them: then they stand for all that the roadmap does not know, too.
    pub(crate) is_unnamed: bool,
}

/// All values of a dimension.
#[derive(Clone, Debug)]
pub(super) struct ValueClasses<'r> {
    pub(super) dimension: &'r KnownDimension,
    /// Those that some offer names.
    pub(super) named: Vec<ValueClass<'r>>,
    /// Those that none does.
    pub(super) unnamed: ValueClass<'r>,
}

impl<'r> ValueClass<'r> {
    /// A value that fares as all of them.
    pub(super) fn value(&self) -> &'r str {
        self.names.first().copied().filter(|_| !self.is_unnamed).unwrap_or(UNNAMED)
    }
}

impl<'r> ValueClasses<'r> {
    /// Those that some offer names, then those that none does.
    pub(super) fn all(&self) -> impl Iterator<Item = &ValueClass<'r>> {
        self.named.iter().chain([&self.unnamed])
    }

    pub(super) fn len(&self) -> usize {
        self.named.len() + 1
    }
}

impl<'r> Judge<'r> {
    /// The dimensions that a cell leaves open, and by which some features are limited.
    pub(super) fn unstated_dimensions(&self, features: &[usize], cell: &Cell) -> Vec<&'r KnownDimension> {
        // A cell that leaves nothing open is asked about for each of many offers.
        if self.roadmap.dimension_names().all(|name| cell.get(name).is_some()) {
            return Vec::new();
        }
        let offers = features.iter().flat_map(|&at| &self.roadmap.features[at].offers);
        let mut dimensions = self.roadmap.limiting(offers);
        dimensions.retain(|dimension| cell.get(&dimension.name).is_none());
        dimensions
    }

    /// The values of a dimension by the offers of some features that name them.
    pub(super) fn value_classes(
        &self,
        features: &[usize],
        dimension: &'r KnownDimension,
    ) -> ValueClasses<'r> {
        let named_by = self.named_by(features, &dimension.name);
        let mut places: HashMap<&[usize], usize> = HashMap::new();
        let mut named: Vec<ValueClass<'r>> = Vec::new();
        let mut unnamed = ValueClass { names: Vec::new(), is_unnamed: true };
        for name in &dimension.values {
            match named_by.get(&fold(name)) {
                None => unnamed.names.push(name),
                Some(offers) => {
                    let place = *places.entry(offers).or_insert(named.len());
                    if place == named.len() {
                        named.push(ValueClass { names: Vec::new(), is_unnamed: false });
                    }
                    named[place].names.push(name);
                }
            }
        }
        ValueClasses { dimension, named, unnamed }
    }

    /// The cells that a cell may stand for, with values in its open dimensions that limit some dependency. Feature
    /// and dependencies must be there for the same values.
    pub(super) fn cells_within(&self, at: usize, cell: &Cell) -> Vec<Cell> {
        let roadmap = self.roadmap;
        if !roadmap.dependencies().has_any(at) || !roadmap.dependencies().is_limited(at) {
            return Vec::new();
        }
        let features = roadmap.dependencies().before(at);
        let dependencies: Vec<usize> = features.iter().copied().filter(|&feature| feature != at).collect();
        let dimensions = self.unstated_dimensions(&dependencies, cell);
        if dimensions.is_empty() {
            return Vec::new();
        }
        let classes: Vec<_> =
            dimensions.into_iter().map(|dimension| self.value_classes(&features, dimension)).collect();
        let all = classes.iter().fold(1usize, |all, classes| all.saturating_mul(classes.len()));
        if all > MOST_COMBINATIONS {
            // Those that some offer is made for: the best may be another one, and is none that is not there.
            let of_offer = |offer: &Offer| {
                classes.iter().fold(
                    cell.clone(),
                    |cell, ValueClasses { dimension: KnownDimension { name, .. }, .. }| {
                        let values = offer.scope.get(name);
                        cell.with(name, values.and_then(|known| known.values().next()).unwrap_or(UNNAMED))
                    },
                )
            };
            return features.iter().flat_map(|&at| &roadmap.features[at].offers).map(of_offer).collect();
        }
        let mut cells = vec![cell.clone()];
        for classes in &classes {
            let with = |cell: &Cell| {
                let cell = cell.clone();
                classes.all().map(move |class| cell.with(&classes.dimension.name, class.value()))
            };
            cells = cells.iter().flat_map(with).collect();
        }
        cells
    }

    /// For each value of a dimension the offers of some features that name it.
    fn named_by(&self, features: &[usize], dimension: &str) -> HashMap<Cow<'r, str>, Vec<usize>> {
        let offers = features.iter().flat_map(|&at| &self.roadmap.features[at].offers);
        let mut named_by: HashMap<Cow<'r, str>, Vec<usize>> = HashMap::new();
        for (offer, limits) in offers.filter_map(|offer| offer.scope.get(dimension)).enumerate() {
            for value in limits.values() {
                named_by.entry(fold(value)).or_default().push(offer);
            }
        }
        named_by
    }
}
