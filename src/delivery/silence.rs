//! What a requirement promises without saying so: every value of a dimension on which it is silent.

use std::collections::HashMap;

use crate::model::contract::Need;
use crate::model::roadmap::{KnownDimension, Offer, StatedLevel};
use crate::model::window::{Date, Window};

use super::combination::ValueClass;
use super::judge::Judge;
use super::reach::FeatureRequirement;
use super::{Delivery, Judgement, Promise};

/// All on which a requirement is silent.
#[derive(Clone, Debug, Default)]
pub struct Silences<'r> {
    /// The dimensions.
    pub dimensions: Vec<Silence<'r>>,
    /// Values of several dimensions that fare worse together than the promise does and than all but one of them do.
    pub combinations: Vec<SilentCombination<'r>>,
}

/// Values of different dimensions.
#[derive(Clone, Debug)]
pub struct SilentCombination<'r> {
    /// Each dimension with its values, any of which is meant; none for those that no offer names.
    pub values: Vec<(&'r str, Vec<&'r str>)>,
    /// What would come of it.
    pub outlook: Outlook<'r>,
}

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

/// What would come of a promise that names a value, or several of different dimensions.
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
    fn new(judgement: &Judgement<'r>, judged: &Judgement<'_>) -> Self {
        let &Judgement { delivery, expected, offer, .. } = judgement;
        let (shortfalls, unstated) = (judgement.shortfalls.clone(), judgement.unstated.clone());
        let (lack, is_worse) = (Lack::of(judgement, judged), is_worse(judgement, judged));
        Self { delivery, expected, offer, lack, shortfalls, unstated, is_worse }
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

/// The day on which something comes that is late; none for what is in time.
fn lateness(judgement: &Judgement<'_>) -> Option<Date> {
    let is_late = matches!(judgement.time, Delivery::Beta | Delivery::LateByDependency | Delivery::Late);
    judgement.expected.filter(|_| is_late).map(|expected| expected.latest)
}

/// More combinations than this are not looked at one by one.
const MOST_COMBINATIONS: usize = 1000;

impl<'r> Judge<'r> {
    /// What a requirement does not say, of the dimensions by which the feature of a judgement is limited, or what it
    /// waits for. It is worked out for who asks: a dimension may have hundreds of values.
    pub fn silences(&self, promise: &Promise<'r>, judgement: &Judgement<'r>) -> Silences<'r> {
        let (Some(feature), Some(at)) = (judgement.feature, judgement.at) else {
            return Silences::default();
        };
        if matches!(judgement.delivery, Delivery::ScopeGap | Delivery::Dropped | Delivery::Unresolved) {
            return Silences::default();
        }
        let ask =
            FeatureRequirement { contract: promise.contract, requirement: promise.requirement, at, feature };
        let features = self.roadmap.dependencies().before(at);
        let dimensions = self.open_dimensions(&features, &judgement.cell);
        let classes: Vec<_> = dimensions
            .iter()
            .map(|dimension| (*dimension, self.value_classes(&features, dimension)))
            .collect();
        Silences {
            dimensions: classes
                .iter()
                .map(|(dimension, classes)| self.silence(&ask, judgement, dimension, classes))
                .collect(),
            combinations: self.combinations(&ask, judgement, &classes),
        }
    }

    /// Judges each value of a dimension, and one that nobody names.
    fn silence(
        &self,
        ask: &FeatureRequirement<'r>,
        judged: &Judgement<'r>,
        dimension: &'r KnownDimension,
        classes: &[ValueClass<'r>],
    ) -> Silence<'r> {
        // 2,000 requirements and 1,000 countries took 18 seconds when each value was judged by itself.
        let outlook = |class: &ValueClass<'r>| {
            let cell = judged.cell.with(&dimension.name, class.value());
            Outlook::new(&self.cell(ask, cell), judged)
        };
        let mut outlooks: HashMap<&str, Outlook<'r>> = HashMap::new();
        let mut other = None;
        for class in classes {
            let outlook = outlook(class);
            outlooks.extend(class.names.iter().map(|&name| (name, outlook.clone())));
            other = Some(outlook).filter(|_| class.is_unnamed).or(other);
        }
        let known = dimension
            .values
            .iter()
            .filter_map(|name| Some(SilentValue { name, outlook: outlooks.remove(name.as_str())? }));
        Silence {
            dimension: &dimension.name,
            values: known.collect(),
            other: other.unwrap_or_else(|| Outlook::new(judged, judged)),
            goes_without_saying: dimension.is_everywhere && dimension.values.len() == 1,
        }
    }

    /// Combinations of values that fare worse together than with one of them left out: what is there for any platform,
    /// and for any region, need not be for both at once. Of more than can be looked at, the one that has no value that an
    /// offer names: none has fewer offers.
    fn combinations(
        &self,
        ask: &FeatureRequirement<'r>,
        judged: &Judgement<'r>,
        classes: &[(&'r KnownDimension, Vec<ValueClass<'r>>)],
    ) -> Vec<SilentCombination<'r>> {
        if classes.len() < 2 {
            return Vec::new();
        }
        // In each place of a combination, 0 stands for the dimension's being left out.
        let sizes: Vec<usize> = classes.iter().map(|(_, classes)| classes.len() + 1).collect();
        let all = sizes.iter().try_fold(1usize, |all, size| all.checked_mul(*size));
        let judgement_of = |chosen: &[usize]| {
            let named = classes.iter().zip(chosen).filter_map(|((dimension, classes), &at)| {
                Some((&dimension.name, classes.get(at.checked_sub(1)?)?))
            });
            let cell = named.fold(judged.cell.clone(), |cell, (name, class)| cell.with(name, class.value()));
            self.cell(ask, cell)
        };
        let told = |chosen: &[usize], judgement: &Judgement<'r>| SilentCombination {
            values: classes
                .iter()
                .zip(chosen)
                .filter_map(|((dimension, classes), &at)| {
                    let class = classes.get(at.checked_sub(1)?)?;
                    let names = if class.is_unnamed { Vec::new() } else { class.names.clone() };
                    Some((dimension.name.as_str(), names))
                })
                .collect(),
            outlook: Outlook::new(judgement, judged),
        };
        let without_one = |chosen: &[usize]| -> Vec<Vec<usize>> {
            let places = (0..chosen.len()).filter(|&place| chosen[place] > 0);
            places
                .map(|place| {
                    let mut fewer = chosen.to_vec();
                    fewer[place] = 0;
                    fewer
                })
                .collect()
        };
        let Some(all) = all.filter(|all| *all <= MOST_COMBINATIONS) else {
            let unnamed: Vec<usize> = classes.iter().map(|(_, classes)| classes.len()).collect();
            let judgement = judgement_of(&unnamed);
            let adds = |place: usize| {
                let mut alone = vec![0; unnamed.len()];
                alone[place] = unnamed[place];
                is_worse(&judgement, &judgement_of(&alone))
            };
            let is_told = is_worse(&judgement, judged) && (0..unnamed.len()).all(adds);
            return is_told.then(|| told(&unnamed, &judgement)).into_iter().collect();
        };
        let mut known: HashMap<Vec<usize>, Judgement<'r>> = HashMap::with_capacity(all);
        let mut combinations = Vec::new();
        for number in 0..all {
            let mut rest = number;
            // The last dimension changes first, as in the order of the files; what leaves more out has a lower number.
            let mut chosen: Vec<usize> =
                sizes.iter().rev().map(|size| (rest % size, rest /= size).0).collect();
            chosen.reverse();
            let judgement = judgement_of(&chosen);
            let fewer = without_one(&chosen);
            let adds = |fewer: &Vec<usize>| known.get(fewer).is_some_and(|known| is_worse(&judgement, known));
            if fewer.len() > 1 && is_worse(&judgement, judged) && fewer.iter().all(adds) {
                combinations.push(told(&chosen, &judgement));
            }
            known.insert(chosen, judgement);
        }
        combinations
    }
}
