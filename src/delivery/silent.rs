//! What would come of a promise for the values that it does not name, as judgements.

use std::collections::HashMap;

use super::reach::FeatureRequirement;
use super::{Judge, Judgement, Promise};

/// What would come of a promise for values of dimensions on which it is silent, and that fare alike: of one, or of several
/// together.
pub(crate) struct SilentJudgement<'r> {
    /// Each dimension with its values; an empty one stands for any that the roadmap does not name.
    pub(crate) values: Vec<(&'r str, Vec<&'r str>)>,
    /// Whether it fares worse than what the promise is judged by.
    pub(crate) is_worse: bool,
    /// The judgement of the first of the values.
    pub(crate) judgement: Judgement<'r>,
}

impl<'r> Judge<'r> {
    /// Judges a promise for each value that it does not name, and for those of several dimensions that fare worse
    /// together. What fares alike is judged once: a dimension may have hundreds of values.
    pub(crate) fn silent_judgements(
        &self,
        promise: &Promise<'r>,
        judged: &Judgement<'r>,
    ) -> Vec<SilentJudgement<'r>> {
        let (Some(feature), Some(at)) = (judged.feature, judged.at) else {
            return Vec::new();
        };
        let silences = self.silences(promise, judged);
        if silences.dimensions.is_empty() {
            return Vec::new();
        }
        let ask =
            FeatureRequirement { contract: promise.contract, requirement: promise.requirement, at, feature };
        let judge = |values: Vec<(&'r str, Vec<&'r str>)>, is_worse: bool| {
            let firsts = values.iter().filter_map(|(name, values)| Some((*name, *values.first()?)));
            let cell = firsts.fold(judged.cell.clone(), |cell, (name, value)| cell.with(name, value));
            SilentJudgement { values, is_worse, judgement: self.cell(&ask, cell) }
        };
        let features = self.roadmap.dependencies().before(at);
        let mut all = Vec::new();
        let mut unnamed: HashMap<&str, Vec<&'r str>> = HashMap::new();
        for silence in &silences.dimensions {
            let Some(dimension) = self.roadmap.dimension(silence.dimension) else { continue };
            let worse: HashMap<&str, bool> =
                silence.values.iter().map(|value| (value.name, value.outlook.is_worse)).collect();
            for class in self.value_classes(&features, dimension) {
                let mut values = class.names;
                let is_worse = match class.is_unnamed {
                    true => silence.other.is_worse,
                    false => values.first().is_some_and(|name| worse.get(name) == Some(&true)),
                };
                if class.is_unnamed {
                    values.insert(0, "");
                    unnamed.insert(silence.dimension, values.clone());
                }
                all.push(judge(vec![(silence.dimension, values)], is_worse));
            }
        }
        all.extend(silences.combinations.into_iter().map(|combination| {
            let values = combination.values.into_iter().map(|(name, values)| match values.is_empty() {
                true => (name, unnamed.get(name).cloned().unwrap_or_default()),
                false => (name, values),
            });
            judge(values.collect(), true)
        }));
        all
    }
}
