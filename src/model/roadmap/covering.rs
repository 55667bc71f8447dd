//! Which offers of a feature cover a cell, where there are many.

use std::collections::HashMap;

use crate::model::scope::{Cell, Dimension};

use super::{Feature, Offer, name_key};

/// So many offers are found by looking at each.
const FEW: usize = 16;

/// The offers of a feature by the values of the dimension in which most of them are limited.
#[derive(Debug)]
pub(in crate::model) struct OfferIndex {
    dimension: String,
    /// The places of the offers that have a value.
    named: HashMap<Box<str>, Vec<usize>>,
    /// The places of those that are not limited in it.
    unlimited: Vec<usize>,
}

impl OfferIndex {
    /// That of some offers; none for few.
    fn of(offers: &[Offer]) -> Option<Self> {
        if offers.len() <= FEW {
            return None;
        }
        let mut counts: HashMap<_, usize> = HashMap::new();
        for dimension in offers.iter().flat_map(|offer| offer.scope.dimensions()) {
            *counts.entry(name_key(dimension.name())).or_default() += 1;
        }
        // Of several, always the same one.
        let (dimension, _) =
            counts.into_iter().max_by(|(one, few), (other, many)| (few, other).cmp(&(many, one)))?;
        let mut index =
            Self { dimension: dimension.into_owned(), named: HashMap::new(), unlimited: Vec::new() };
        for (place, offer) in offers.iter().enumerate() {
            match offer.scope.get(&index.dimension).map(Dimension::values) {
                None => index.unlimited.push(place),
                Some(values) => values
                    .for_each(|value| index.named.entry(name_key(value).into()).or_default().push(place)),
            }
        }
        Some(index)
    }

    /// The places of the offers that may cover a cell, in their order; none if all may.
    fn places(&self, cell: &Cell) -> Option<Vec<usize>> {
        let value = cell.get(&self.dimension)?;
        let named = self.named.get(&*name_key(value)).into_iter().flatten();
        let mut places: Vec<usize> = self.unlimited.iter().chain(named).copied().collect();
        places.sort_unstable();
        Some(places)
    }
}

impl Feature {
    /// The offers that cover a cell, in their order.
    pub(crate) fn covering<'f, 'c>(
        &'f self,
        cell: &'c Cell,
    ) -> impl Iterator<Item = &'f Offer> + use<'f, 'c> {
        let index = self.index.get_or_init(|| OfferIndex::of(&self.offers).map(Box::new));
        let places = index.as_ref().and_then(|index| index.places(cell));
        let all = if places.is_none() { self.offers.as_slice() } else { &[] };
        let some = places.into_iter().flatten().filter_map(|place| self.offers.get(place));
        all.iter().chain(some).filter(|offer| offer.scope.covers(cell))
    }
}
