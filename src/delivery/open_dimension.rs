//! What a requirement promises without saying so: every value of a dimension that it leaves open.

use std::collections::HashMap;

use crate::model::contract::Need;
use crate::model::roadmap::{KnownDimension, StatedLevel};
use crate::model::window::Date;

use super::combination::{ValueClass, ValueClasses};
use super::judge::Judge;
use super::reach::FeatureRequirement;
use super::{Delivery, Judgement, Promise};

/// All that a requirement leaves open.
#[derive(Clone, Debug, Default)]
pub(crate) struct OpenDimensions<'r> {
    /// The dimensions.
    pub(crate) dimensions: Vec<OpenDimension<'r>>,
    /// Values of several dimensions that fare worse together than the promise, and than they do with one of them left out.
    pub(crate) combinations: Vec<OpenCombination<'r>>,
}

/// Values of different dimensions.
#[derive(Clone, Debug)]
pub(crate) struct OpenCombination<'r> {
    /// Each dimension with its values, any of which is meant.
    pub(crate) values: Vec<(&'r str, ValueClass<'r>)>,
    /// What would come of it.
    pub(crate) outlook: Outlook<'r>,
}

/// A dimension that a requirement leaves open, with what would come of a promise for each of its values.
#[derive(Clone, Debug)]
pub(crate) struct OpenDimension<'r> {
    /// The dimension.
    pub(crate) dimension: &'r KnownDimension,
    /// Values that offers name, by how they fare.
    pub(crate) named: Vec<(ValueClass<'r>, Outlook<'r>)>,
    /// The values that no offer names, and all that the roadmap does not know: what most customers have.
    pub(crate) unnamed: (ValueClass<'r>, Outlook<'r>),
}

impl<'r> OpenDimension<'r> {
    /// What would come of values that fare alike.
    pub(crate) fn classes(&self) -> impl Iterator<Item = (&ValueClass<'r>, &Outlook<'r>)> {
        self.named.iter().chain([&self.unnamed]).map(|(class, outlook)| (class, outlook))
    }

    /// What would come of a value that the roadmap does not name.
    pub(crate) fn other(&self) -> &Outlook<'r> {
        &self.unnamed.1
    }

    /// What would come of each value that the roadmap knows, in its order.
    pub(crate) fn values(&self) -> impl Iterator<Item = (&'r str, &Outlook<'r>)> {
        let mut outlooks: HashMap<&str, &Outlook<'r>> = HashMap::new();
        for (class, outlook) in self.classes() {
            outlooks.extend(class.names.iter().map(|name| (*name, outlook)));
        }
        let values = self.dimension.values.iter();
        values.filter_map(move |name| Some((name.as_str(), *outlooks.get(name.as_str())?)))
    }

    /// Whether any value fares worse than what the promise is judged by.
    pub(crate) fn has_worse(&self) -> bool {
        self.classes().any(|(_, outlook)| outlook.is_worse)
    }

    /// Whether every offer of the roadmap is limited to the same single value: where nothing else is sold, nobody
    /// takes a promise for more.
    pub(crate) fn goes_without_saying(&self) -> bool {
        self.dimension.is_everywhere && self.dimension.values.len() == 1
    }
}

/// What would come of a promise that names a value, or several of different dimensions.
#[derive(Clone, Debug)]
pub(crate) struct Outlook<'r> {
    /// How it would be judged.
    pub(crate) judgement: Judgement<'r>,
    /// What it lacks that the promise, by its best offer, has.
    pub(crate) lack: Option<Lack>,
    /// Whether it fares worse than what the promise is judged by. What could not be read does not.
    pub(crate) is_worse: bool,
}

/// What can be had in time for a value, but is less than what the promise is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lack {
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
    fn new(judgement: Judgement<'r>, judged: &Judgement<'_>) -> Self {
        let (lack, is_worse) = (Lack::of(&judgement, judged), is_worse(&judgement, judged));
        Self { judgement, lack, is_worse }
    }

    /// Whether it surely fares no worse than what the promise is judged by.
    pub(crate) fn is_as_good(&self) -> bool {
        self.judgement.delivery != Delivery::Unresolved && !self.is_worse
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
    pub(crate) fn open_dimensions(
        &self,
        promise: &Promise<'r>,
        judgement: &Judgement<'r>,
    ) -> OpenDimensions<'r> {
        let (Some(feature), Some(at)) = (judgement.feature, judgement.at) else {
            return OpenDimensions::default();
        };
        // Nearly all features are for everybody.
        let is_judged =
            !matches!(judgement.delivery, Delivery::ScopeGap | Delivery::Dropped | Delivery::Unresolved);
        if !is_judged || !self.roadmap.dependencies().is_limited(at) {
            return OpenDimensions::default();
        }
        let Promise { contract, requirement, .. } = *promise;
        let met = requirement.met_for(&judgement.cell);
        let ask = FeatureRequirement { contract, requirement, at, feature, met };
        let features = self.roadmap.dependencies().before(at);
        let dimensions = self.unstated_dimensions(&features, &judgement.cell).into_iter();
        let classes: Vec<_> = dimensions.map(|dimension| self.value_classes(&features, dimension)).collect();
        let combinations = self.combinations(&ask, judgement, &classes);
        let judge = |classes| self.judge_open(&ask, judgement, classes);
        OpenDimensions { dimensions: classes.into_iter().map(judge).collect(), combinations }
    }

    /// Judges each value of a dimension, and one that nobody names.
    fn judge_open(
        &self,
        ask: &FeatureRequirement<'r>,
        judged: &Judgement<'r>,
        classes: ValueClasses<'r>,
    ) -> OpenDimension<'r> {
        let ValueClasses { dimension, named, unnamed } = classes;
        // 2,000 requirements and 1,000 countries took 18 seconds when each value was judged by itself.
        let outlook = |class: ValueClass<'r>| {
            let cell = judged.cell.with(&dimension.name, class.value());
            (class, Outlook::new(self.cell(ask, cell), judged))
        };
        OpenDimension {
            dimension,
            named: named.into_iter().map(outlook).collect(),
            unnamed: outlook(unnamed),
        }
    }

    /// Combinations of values that fare worse together than with one of them left out: what is there for any platform,
    /// and for any region, need not be for both at once.
    fn combinations(
        &self,
        ask: &FeatureRequirement<'r>,
        judged: &Judgement<'r>,
        dimensions: &[ValueClasses<'r>],
    ) -> Vec<OpenCombination<'r>> {
        if dimensions.len() < 2 {
            return Vec::new();
        }
        // In each place of a combination, 0 stands for the dimension's being left out.
        let sizes: Vec<usize> = dimensions.iter().map(|classes| classes.len() + 1).collect();
        let all = sizes.iter().try_fold(1usize, |all, size| all.checked_mul(*size));
        let named = |chosen: &[usize]| -> Vec<(&'r str, &ValueClass<'r>)> {
            let named = dimensions.iter().zip(chosen).filter(|(_, at)| **at > 0);
            named
                .filter_map(|(classes, at)| {
                    Some((classes.dimension.name.as_str(), classes.all().nth(at - 1)?))
                })
                .collect()
        };
        let judgement_of = |chosen: &[usize]| {
            let named = named(chosen).into_iter();
            let cell = named.fold(judged.cell.clone(), |cell, (name, class)| cell.with(name, class.value()));
            self.cell(ask, cell)
        };
        let told = |chosen: &[usize], judgement: &Judgement<'r>| OpenCombination {
            values: named(chosen).into_iter().map(|(name, class)| (name, class.clone())).collect(),
            outlook: Outlook::new(judgement.clone(), judged),
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
        let candidates = match all {
            Some(all) if all <= MOST_COMBINATIONS => every_choice(&sizes, all),
            _ => some_choices(&sizes),
        };
        let mut known: HashMap<Vec<usize>, Judgement<'r>> = HashMap::with_capacity(candidates.len());
        let mut combinations = Vec::new();
        for chosen in candidates {
            let judgement = judgement_of(&chosen);
            let fewer = without_one(&chosen);
            let is_more = match fewer.iter().map(|fewer| known.get(fewer)).collect::<Option<Vec<_>>>() {
                Some(fewer) => fewer.into_iter().all(|fewer| is_worse(&judgement, fewer)),
                None => known.values().all(|fewer| is_worse(&judgement, fewer)),
            };
            if fewer.len() > 1 && is_worse(&judgement, judged) && is_more {
                combinations.push(told(&chosen, &judgement));
            }
            known.insert(chosen, judgement);
        }
        combinations
    }
}

/// Each choice of a value in each dimension, by its place, where 0 leaves the dimension out. The last dimension changes first,
/// as in the order of the files; what leaves more out comes before what it is a part of.
fn every_choice(sizes: &[usize], all: usize) -> Vec<Vec<usize>> {
    let mut choices = vec![Vec::with_capacity(sizes.len())];
    choices.reserve(all);
    for size in sizes {
        choices =
            choices.iter().flat_map(|begun| (0..*size).map(|at| [&begun[..], &[at]].concat())).collect();
    }
    choices
}

/// Of more choices than can be looked at: none, each of one dimension, and each of two, or of too many of those too the ones of
/// the values that no offer names, which come last: none has fewer offers. Then those of all dimensions.
fn some_choices(sizes: &[usize]) -> Vec<Vec<usize>> {
    let named = |size: &usize| size - 1;
    let all: usize = sizes.iter().map(named).sum();
    let pairs = (all.saturating_mul(all) - sizes.iter().map(|size| named(size).pow(2)).sum::<usize>()) / 2;
    let first = |size: usize| if pairs > MOST_COMBINATIONS { named(&size) } else { 1 };
    let none = vec![0; sizes.len()];
    let with = |choice: &[usize], at: usize, value: usize| {
        let mut choice = choice.to_vec();
        choice[at] = value;
        choice
    };
    let mut choices = vec![none.clone()];
    for (at, size) in sizes.iter().enumerate() {
        choices.extend((1..*size).map(|value| with(&none, at, value)));
    }
    for (two, size) in sizes.iter().enumerate() {
        for (one, before) in sizes[..two].iter().enumerate() {
            for value in first(*before)..*before {
                let half = with(&none, one, value);
                choices.extend((first(*size)..*size).map(|value| with(&half, two, value)));
            }
        }
    }
    if sizes.len() > 2 {
        choices.push(sizes.iter().map(named).collect());
    }
    choices
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_each_choice_the_parts_come_first() {
        let choices = every_choice(&[2, 3, 2], 12);
        assert_eq!(choices.len(), 12);
        assert_eq!(choices[..4], [[0, 0, 0], [0, 0, 1], [0, 1, 0], [0, 1, 1]]);
        let some = some_choices(&[3, 2, 2]);
        assert_eq!(some[..5], [[0, 0, 0], [1, 0, 0], [2, 0, 0], [0, 1, 0], [0, 0, 1]]);
        assert_eq!(some[5..], [[1, 1, 0], [2, 1, 0], [1, 0, 1], [2, 0, 1], [0, 1, 1], [2, 1, 1]]);
        let many = some_choices(&[101, 101]);
        assert_eq!((many.len(), &many[201]), (202, &vec![100, 100]));
        for choices in [choices, some, some_choices(&[3, 5])] {
            let is_part = |one: &[usize], of: &[usize]| {
                one != of && one.iter().zip(of).all(|(one, of)| *one == 0 || one == of)
            };
            for (at, choice) in choices.iter().enumerate() {
                assert!(!choices[at + 1..].iter().any(|later| is_part(later, choice)), "{choice:?}");
            }
        }
    }
}
