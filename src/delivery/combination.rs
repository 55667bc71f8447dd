//! The values of dimensions on which a requirement is silent.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::roadmap::{KnownDimension, Offer};
use crate::model::scope::Cell;
use crate::text::fold;

use super::Judge;

/// A value that no offer names, since none that is named is empty. It stands for what most customers have: a feature that
/// is rejected but for `enterprise` is rejected for every edition that the roadmap has no name for.
const UNNAMED: &str = "";

/// More combinations than this are not judged one by one to find the best.
const MOST_COMBINATIONS: usize = 256;

/// Values of a dimension that the same offers name, and that fare alike.
#[derive(Clone, Debug)]
pub(super) struct ValueClass<'r> {
    /// The values, as the roadmap first writes them.
    pub(super) names: Vec<&'r str>,
    /// Whether no offer names them: then they stand for all that the roadmap does not know, too.
    pub(super) is_unnamed: bool,
}

impl<'r> ValueClass<'r> {
    /// A value that fares as all of them.
    pub(super) fn value(&self) -> &'r str {
        self.names.first().copied().filter(|_| !self.is_unnamed).unwrap_or(UNNAMED)
    }
}

impl<'r> Judge<'r> {
    /// The dimensions that a cell leaves open, and by which some features are limited.
    pub(super) fn open_dimensions(&self, features: &[usize], cell: &Cell) -> Vec<&'r KnownDimension> {
        let roadmap = self.roadmap;
        let is_limiting = |dimension: &&str| {
            let mut offers = features.iter().flat_map(|&at| &roadmap.features[at].offers);
            cell.get(dimension).is_none() && offers.any(|offer| offer.scope.get(dimension).is_some())
        };
        let limiting = roadmap.dimension_names().filter(is_limiting);
        limiting.filter_map(|name| roadmap.dimension(name)).collect()
    }

    /// The values of a dimension by the offers of some features that name them; last those that none names.
    pub(super) fn value_classes(
        &self,
        features: &[usize],
        dimension: &'r KnownDimension,
    ) -> Vec<ValueClass<'r>> {
        let named_by = self.named_by(features, &dimension.name);
        let mut places: HashMap<&[usize], usize> = HashMap::new();
        let mut classes: Vec<ValueClass<'r>> = Vec::new();
        let mut unnamed = ValueClass { names: Vec::new(), is_unnamed: true };
        for name in &dimension.values {
            match named_by.get(&fold(name)) {
                None => unnamed.names.push(name),
                Some(offers) => {
                    let place = *places.entry(offers).or_insert(classes.len());
                    if place == classes.len() {
                        classes.push(ValueClass { names: Vec::new(), is_unnamed: false });
                    }
                    classes[place].names.push(name);
                }
            }
        }
        classes.push(unnamed);
        classes
    }

    /// The cells that a cell may stand for, by the values of the dimensions that it leaves open and by which something that
    /// the feature waits for is limited: what it waits for has to be there for the same values as the feature itself.
    pub(super) fn cells_within(&self, at: usize, cell: &Cell) -> Vec<Cell> {
        let roadmap = self.roadmap;
        if !roadmap.dependencies().has_any(at) {
            return Vec::new();
        }
        let features = roadmap.dependencies().before(at);
        let waits: Vec<usize> = features.iter().copied().filter(|&feature| feature != at).collect();
        let dimensions = self.open_dimensions(&waits, cell);
        let classes: Vec<_> = dimensions
            .iter()
            .map(|dimension| (dimension.name.as_str(), self.value_classes(&features, dimension)))
            .collect();
        let all = classes.iter().fold(1usize, |all, (_, classes)| all.saturating_mul(classes.len()));
        if classes.is_empty() {
            return Vec::new();
        }
        if all > MOST_COMBINATIONS {
            // Those that some offer is made for: the best may be another one, and is none that is not there.
            let of_offer = |offer: &Offer| {
                classes.iter().fold(cell.clone(), |cell, (name, _)| {
                    let values = offer.scope.get(name);
                    cell.with(name, values.and_then(|known| known.values().next()).unwrap_or(UNNAMED))
                })
            };
            return features.iter().flat_map(|&at| &roadmap.features[at].offers).map(of_offer).collect();
        }
        let mut cells = vec![cell.clone()];
        for (name, classes) in &classes {
            let with = |cell: &Cell| {
                let cell = cell.clone();
                classes.iter().map(move |class| cell.with(name, class.value()))
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
