//! What a requirement promises without saying so: every value of a dimension on which it is silent.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::model::contract::Need;
use crate::model::roadmap::{KnownDimension, Offer, StatedLevel};
use crate::model::scope::Cell;
use crate::model::window::{Date, Window};
use crate::text::fold;

use super::judge::Judge;
use super::reach::FeatureRequirement;
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

/// What would come of a promise that names a value: the worst of what it comes to by itself and together with values
/// of other dimensions that the roadmap does not name.
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
    /// Whether it fares worse than what the promise is judged by. What could not be read does not.
    pub is_worse: bool,
    /// The dimensions of the values that the roadmap does not name and together with which it is so.
    pub beside: Vec<&'r str>,
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

impl<'r> Outlook<'r> {
    fn new(judgement: Judgement<'r>, judged: &Judgement<'_>, beside: &[&'r str]) -> Self {
        let (lack, is_worse) = (Lack::of(&judgement, judged), is_worse(&judgement, judged));
        let Judgement { delivery, expected, offer, shortfalls, unstated, .. } = judgement;
        Self { delivery, expected, offer, lack, shortfalls, unstated, is_worse, beside: beside.to_vec() }
    }

    /// Whether it surely fares no worse than what the promise is judged by.
    pub fn is_as_good(&self) -> bool {
        self.delivery != Delivery::Unresolved && !self.is_worse
    }
}

/// Whether one judgement of a promise is worse than another in any way: in its verdict, its time, its levels, or how
/// long it lasts. Of two that are late the later is worse. What could not be read is not known to be.
fn is_worse(one: &Judgement<'_>, other: &Judgement<'_>) -> bool {
    if one.delivery == Delivery::Unresolved {
        return false;
    }
    let is_lower = |(need, level): &(&Need, &StatedLevel)| {
        let known = other.shortfalls.iter().find(|(known, _)| std::ptr::eq(*known, *need));
        known.is_some_and(|(_, known)| {
            !need.constraint.value.reaches_no_less(&level.value.value, &known.value.value)
        })
    };
    one.delivery > other.delivery
        || one.time > other.time
        || Lack::of(one, other).is_some()
        || lateness(one).zip(lateness(other)).is_some_and(|(one, other)| one > other)
        || one.shortfalls.iter().any(is_lower)
}

/// Of what is worse than a promise is judged by, what is told: the verdict first.
fn rank(judgement: &Judgement<'_>) -> (Delivery, Delivery, bool, bool, Option<Date>) {
    let (gone, unstated) = (judgement.gone.is_some(), !judgement.unstated.is_empty());
    (judgement.delivery, judgement.time, gone, unstated, lateness(judgement))
}

/// The day on which something comes that is late; none for what is in time.
fn lateness(judgement: &Judgement<'_>) -> Option<Date> {
    let is_late = matches!(judgement.time, Delivery::Beta | Delivery::LateByDependency | Delivery::Late);
    judgement.expected.filter(|_| is_late).map(|expected| expected.latest)
}

/// A value that no offer names, since none that is named is empty. It stands for what most customers have: a feature that
/// is rejected but for `enterprise` is rejected for every edition that the roadmap has no name for.
const UNNAMED: &str = "";

/// Dimensions with which another one is looked at together: of each a value that the roadmap does not name.
struct Company<'r> {
    dimensions: Vec<&'r str>,
    cell: Cell,
}

impl<'r> Company<'r> {
    fn of(judged: &Judgement<'_>) -> Self {
        Self { dimensions: Vec::new(), cell: judged.cell.clone() }
    }

    fn add(&mut self, dimension: &'r str) {
        self.dimensions.push(dimension);
        self.cell = self.cell.with(dimension, UNNAMED);
    }
}

impl<'r> Judge<'r> {
    /// The dimensions on which the requirement is silent, and by which the feature of a judgement is limited, or what it
    /// waits for. It is worked out for who asks: a dimension may have hundreds of values.
    ///
    /// What is there for any platform, and for any region, need not be for both at once. That is told of one of the two,
    /// since a promise that names its values is kept: of one that is told of anyway, or else of the last. So a
    /// dimension is looked at together with those before it, and those of which no value fares worse by itself come
    /// first. For values that the roadmap does not name in any of them, some outlook is as bad as what comes of those.
    pub fn silences(&self, promise: &Promise<'r>, judgement: &Judgement<'r>) -> Vec<Silence<'r>> {
        let (Some(feature), Some(at)) = (judgement.feature, judgement.at) else {
            return Vec::new();
        };
        if matches!(judgement.delivery, Delivery::ScopeGap | Delivery::Dropped | Delivery::Unresolved) {
            return Vec::new();
        }
        let ask =
            FeatureRequirement { contract: promise.contract, requirement: promise.requirement, at, feature };
        let features = self.roadmap.dependencies().before(at);
        let is_limiting = |dimension: &&str| {
            let mut offers = features.iter().flat_map(|&at| &self.roadmap.features[at].offers);
            judgement.cell.get(dimension).is_none()
                && offers.any(|offer| offer.scope.get(dimension).is_some())
        };
        let limiting = self.roadmap.dimension_names().filter(is_limiting);
        let limiting = limiting.filter_map(|name| self.roadmap.dimension(name)).enumerate();
        let mut limiting: Vec<(usize, &KnownDimension)> = limiting.collect();
        limiting.sort_by_cached_key(|(_, dimension)| {
            is_worse(&self.cell(&ask, judgement.cell.with(&dimension.name, UNNAMED)), judgement)
        });
        let mut silences = Vec::new();
        let (mut earlier, mut kept) = (Company::of(judgement), Company::of(judgement));
        for (place, dimension) in limiting {
            let companies = [&earlier, &kept].into_iter().filter(|company| !company.dimensions.is_empty());
            let mut companies: Vec<&Company<'_>> = companies.collect();
            // The kept ones are among the earlier, and may be all of them.
            companies.dedup_by_key(|company| company.dimensions.len());
            let silence = self.silence(&ask, judgement, dimension, &companies);
            earlier.add(silence.dimension);
            if !silence.other.is_worse {
                kept.add(silence.dimension);
            }
            silences.push((place, silence));
        }
        silences.sort_by_key(|&(place, _)| place);
        silences.into_iter().map(|(_, silence)| silence).collect()
    }

    /// Judges each value of a dimension, and one that nobody names, by itself and together with values that nobody names
    /// of other dimensions. Values that the same offers name fare alike, and are judged once.
    fn silence(
        &self,
        ask: &FeatureRequirement<'r>,
        judged: &Judgement<'r>,
        dimension: &'r KnownDimension,
        companies: &[&Company<'r>],
    ) -> Silence<'r> {
        let named_by = self.named_by(ask.at, &dimension.name);
        let judged_without = |company: &&Company<'_>| self.cell(ask, company.cell.clone());
        let without: Vec<Judgement<'r>> = companies.iter().map(judged_without).collect();
        let worst = |name: &str| {
            let mut worst = self.cell(ask, judged.cell.with(&dimension.name, name));
            let mut beside: &[&str] = &[];
            for (company, without) in companies.iter().zip(&without) {
                let together = self.cell(ask, without.cell.with(&dimension.name, name));
                // What is as bad whatever the value is for the other dimensions to tell.
                let counts = is_worse(&together, without) && is_worse(&together, judged);
                let is_unknown = worst.delivery == Delivery::Unresolved;
                if counts && (is_unknown || rank(&together) > rank(&worst)) {
                    (worst, beside) = (together, &company.dimensions);
                }
            }
            Outlook::new(worst, judged, beside)
        };
        // 2,000 requirements and 1,000 countries took 18 seconds when each value was judged by itself.
        let mut by_offers: HashMap<&[usize], Outlook<'r>> = HashMap::new();
        let mut outlook = |name: &'r str| {
            let offers = named_by.get(&fold(name)).map_or(&[][..], Vec::as_slice);
            by_offers.entry(offers).or_insert_with(|| worst(name)).clone()
        };
        Silence {
            dimension: &dimension.name,
            values: dimension
                .values
                .iter()
                .map(|name| SilentValue { name, outlook: outlook(name) })
                .collect(),
            other: outlook(UNNAMED),
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
