//! What a requirement promises without saying so: every value of a dimension on which it is silent.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::contract::Need;
use crate::model::roadmap::{KnownDimension, Offer, StatedLevel};
use crate::model::scope::Cell;
use crate::model::window::Window;
use crate::text::fold;

use super::judge::{FeatureRequirement, Judge};
use super::{Delivery, Judgement, Promise};

/// A dimension on which a requirement is silent, with what the roadmap says for each of its values.
#[derive(Clone, Debug)]
pub struct Silence<'r> {
    /// The dimension.
    pub dimension: &'r str,
    /// Every value that the roadmap knows.
    pub values: Vec<SilentValue<'r>>,
    /// What would come of a promise for a value that the roadmap does not name, which is what most customers have.
    pub other: Outlook<'r>,
    /// Other dimensions on which it is silent, and of which a value that the roadmap does not name fares no worse by
    /// itself. Together with this one it may.
    pub beside: Vec<&'r str>,
    /// Whether every offer of the roadmap is limited to the same single value: where nothing else is sold, nobody
    /// takes a promise for more.
    pub goes_without_saying: bool,
}

/// A value of a dimension, and what would come of a promise for it.
#[derive(Clone, Debug)]
pub struct SilentValue<'r> {
    /// The value, as the roadmap writes it.
    pub name: &'r str,
    /// What would come of it.
    pub outlook: Outlook<'r>,
}

/// What would come of a promise that names a value.
#[derive(Clone, Debug)]
pub struct Outlook<'r> {
    /// The verdict.
    pub delivery: Delivery,
    /// When it is expected.
    pub expected: Option<Window>,
    /// The best of the offers that cover the value.
    pub offer: Option<&'r Offer>,
    /// What it lacks that the promise, by its best offer, has.
    pub lack: Option<Lack>,
    /// The levels that are too low.
    pub shortfalls: Vec<(&'r Need, &'r StatedLevel)>,
    /// Levels that are needed and not stated.
    pub unstated: Vec<&'r Need>,
    /// Whether it is so only together with values that the roadmap does not name: see [`Silence::beside`].
    pub together: bool,
}

/// What can be had in time for a value, but is less than what the promise is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// The roadmap does not state a level that is needed.
    Level,
    /// It stops working before the contract ends.
    Term,
}

impl Lack {
    fn of(value: &Judgement<'_>, judged: &Judgement<'_>) -> Option<Self> {
        if value.gone.is_some() && judged.gone.is_none() {
            return Some(Self::Term);
        }
        let is_unstated = |judgement: &Judgement<'_>| !judgement.unstated.is_empty();
        (is_unstated(value) && !is_unstated(judged)).then_some(Self::Level)
    }
}

impl Outlook<'_> {
    /// Whether it fares worse than what a promise is judged by. What could not be read does not.
    pub fn is_worse(&self, judged: &Judgement<'_>) -> bool {
        self.delivery != Delivery::Unresolved && !self.is_as_good(judged)
    }

    /// Whether it surely fares no worse than what a promise is judged by.
    pub fn is_as_good(&self, judged: &Judgement<'_>) -> bool {
        self.delivery <= judged.delivery && self.lack.is_none()
    }
}

/// A value that no offer names, since none that is named is empty. It stands for what most customers have: a feature that
/// is rejected but for `enterprise` is rejected for every edition that the roadmap has no name for.
const UNNAMED: &str = "";

impl<'r> Judge<'r> {
    /// The dimensions on which the requirement is silent, and by which the feature of a judgement is limited, or what it
    /// waits for. It is worked out for who asks: a dimension may have hundreds of values.
    pub fn silences(&self, promise: &Promise<'r>, judgement: &Judgement<'r>) -> Vec<Silence<'r>> {
        let (Some(feature), Some(at)) = (judgement.feature, judgement.at) else {
            return Vec::new();
        };
        if matches!(judgement.delivery, Delivery::ScopeGap | Delivery::Dropped | Delivery::Unresolved) {
            return Vec::new();
        }
        let ask =
            FeatureRequirement { contract: promise.contract, requirement: promise.requirement, at, feature };
        let before = self.roadmap.dependencies().before(at);
        let is_limiting = |dimension: &&str| {
            let mut offers = before.iter().flat_map(|&at| &self.roadmap.features[at].offers);
            judgement.cell.get(dimension).is_none()
                && offers.any(|offer| offer.scope.get(dimension).is_some())
        };
        let limiting = self.roadmap.dimension_names().filter(is_limiting);
        let (mut silences, mut beside) = (Vec::new(), Vec::new());
        for dimension in limiting.filter_map(|name| self.roadmap.dimension(name)) {
            let silence = self.silence(&ask, judgement, dimension, &beside);
            // What is there for any platform, and for any region, need not be for both at once.
            if !silence.other.is_worse(judgement) {
                beside.push(silence.dimension);
            }
            silences.push(silence);
        }
        silences
    }

    /// Judges each value of a dimension, and one that nobody names. Values that the same offers name fare alike, and
    /// are judged once.
    fn silence(
        &self,
        ask: &FeatureRequirement<'r>,
        judged: &Judgement<'r>,
        dimension: &'r KnownDimension,
        beside: &[&'r str],
    ) -> Silence<'r> {
        let named_by = self.named_by(ask.at, &dimension.name);
        let others = beside.iter().fold(judged.cell.clone(), |cell, name| cell.with(name, UNNAMED));
        let judge = |cell: &Cell, name: &str, together: bool| {
            let judgement = self.cell(ask, cell.with(&dimension.name, name));
            let lack = Lack::of(&judgement, judged);
            let Judgement { delivery, expected, offer, shortfalls, unstated, .. } = judgement;
            Outlook { delivery, expected, offer, lack, shortfalls, unstated, together }
        };
        // 2,000 requirements and 1,000 countries took 18 seconds when each value was judged by itself.
        let mut by_offers: HashMap<&[usize], Outlook<'r>> = HashMap::new();
        let mut outlook = |name: &'r str| {
            let offers = named_by.get(&fold(name)).map_or(&[][..], Vec::as_slice);
            let known = by_offers.entry(offers).or_insert_with(|| {
                let alone = judge(&judged.cell, name, false);
                if beside.is_empty() || alone.is_worse(judged) {
                    return alone;
                }
                Some(judge(&others, name, true)).filter(|together| together.is_worse(judged)).unwrap_or(alone)
            });
            known.clone()
        };
        Silence {
            dimension: &dimension.name,
            values: dimension
                .values
                .iter()
                .map(|name| SilentValue { name, outlook: outlook(name) })
                .collect(),
            other: outlook(UNNAMED),
            beside: beside.to_vec(),
            goes_without_saying: dimension.is_everywhere && dimension.values.len() == 1,
        }
    }

    /// For each value of a dimension the offers that name it, of a feature and of all that it waits for.
    fn named_by(&self, at: usize, dimension: &str) -> HashMap<Cow<'r, str>, Vec<usize>> {
        let roadmap = self.roadmap;
        let features = roadmap.dependencies().before(at);
        let offers = features.iter().flat_map(|&at| &roadmap.features[at].offers);
        let mut named_by: HashMap<Cow<'r, str>, Vec<usize>> = HashMap::new();
        for (offer, limits) in offers.filter_map(|offer| offer.scope.get(dimension)).enumerate() {
            for value in limits.values() {
                named_by.entry(fold(value)).or_default().push(offer);
            }
        }
        named_by
    }
}
