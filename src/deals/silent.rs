//! What would come of promises for values that they do not name, as data.

use crate::delivery::{Judgement, ValueClass};
use crate::lint::Level;
use crate::lint::context::{JudgedContract, LintContext};
use crate::lint::obstacle::Standing;
use crate::lints;
use crate::source::Sources;
use crate::text::clean;

use super::judged::deal_judgement;
use super::{DealJudgement, DealPromise, SharedTexts};

/// What would come of a promise for values of dimensions on which it is silent, and that fare alike: of one, or of several
/// together.
#[derive(Debug)]
pub(crate) struct SilentOutlook {
    /// The judgement that is silent, by its place in those of the promise.
    pub(crate) of: usize,
    /// Each dimension with its values; an empty one stands for any that the roadmap does not name.
    pub(crate) values: Vec<(String, Vec<String>)>,
    /// Whether they fare worse than what the promise is judged by.
    pub(crate) is_worse: bool,
    /// What would come of them. Levels that are not stated count among those that are too low.
    pub(crate) judgement: DealJudgement,
}

/// The lint that tells of them.
pub(crate) const SILENT_LINT: &str = "unscoped-promise";

/// Adds to the promises of a contract what would come of them for values that they do not name, unless nobody wants to know.
pub(crate) fn add_silent_outlooks(
    promises: &mut [DealPromise],
    judged: &JudgedContract<'_>,
    sources: Sources<'_>,
    context: &LintContext<'_>,
    shared: &SharedTexts,
) {
    if lints::find(SILENT_LINT).is_none_or(|lint| context.settings.level(lint) == Level::Allow) {
        return;
    }
    let shown = |text: &str| clean(text).into_owned();
    let shown_values = |(name, class): &(&str, &ValueClass<'_>)| {
        let any_other = class.is_unnamed.then(String::new);
        (shown(name), any_other.into_iter().chain(class.names.iter().map(|value| shown(value))).collect())
    };
    for (deal, (promise, obstacles)) in promises.iter_mut().zip(judged.with_obstacles()) {
        for (of, judgement) in promise.judgements.iter().enumerate() {
            let standing = Standing::of_judgement(of, judgement, obstacles);
            let open_dimensions = context.judge.open_dimensions(promise, judgement);
            let alone = open_dimensions.dimensions.iter().flat_map(|open| {
                open.classes().map(|(class, outlook)| (vec![(open.dimension.name.as_str(), class)], outlook))
            });
            let together = open_dimensions.combinations.iter().map(|combination| {
                let values = combination.values.iter().map(|(name, class)| (*name, class));
                (values.collect(), &combination.outlook)
            });
            let all: Vec<(Vec<(&str, &ValueClass<'_>)>, _)> = alone.chain(together).collect();
            deal.silent.extend(all.into_iter().map(|(values, silent)| SilentOutlook {
                of,
                values: values.iter().map(shown_values).collect(),
                is_worse: silent.is_worse,
                judgement: outlook(&silent.judgement, judgement, standing, sources, shared),
            }));
        }
    }
}

fn outlook(
    silent: &Judgement<'_>,
    judged: &Judgement<'_>,
    standing: Standing,
    sources: Sources<'_>,
    shared: &SharedTexts,
) -> DealJudgement {
    let mut outlook = deal_judgement(silent, standing, sources, shared);
    if judged.unstated.is_empty() {
        outlook.shortfalls.extend(silent.unstated.iter().map(|need| {
            let (name, asked) = (clean(&need.name.value), &need.constraint.value);
            (name.to_string(), clean(&format!("{name} {asked}, not stated")).into_owned())
        }));
    }
    outlook
}
