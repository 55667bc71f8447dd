//! How often a deal is kept, by what it waits for.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::lint::context::{JudgedContract, LintContext};
use crate::model::forecast::ChanceBand;
use crate::source::Sources;
use crate::text::clean;

use super::{FeatureKey, WorkKey};

/// How likely a deal is kept, as far as one file of it says.
#[derive(Clone, Debug, Default)]
pub(crate) struct DealChance {
    /// What has to ship first, and how often plans like that are kept.
    pub(crate) features: BTreeMap<WorkKey, Decimal>,
}

impl DealChance {
    /// What a contract waits for; nothing where a promise cannot be kept by plan, or that was not asked.
    pub(crate) fn of(
        judged: &JudgedContract<'_>,
        context: &LintContext<'_>,
        sources: Sources<'_>,
    ) -> Option<Self> {
        let feature = |((at, offer), chance): ((usize, usize), Decimal)| {
            let id = &context.roadmap.features.get(at)?.id;
            let roadmap = sources.get(id.span.file).map(|source| clean(source.name()).into_owned());
            let feature = FeatureKey { id: clean(&id.value).into_owned(), roadmap };
            Some((WorkKey::of_feature(feature, offer), chance))
        };
        let features = judged.chance.as_ref()?.features();
        Some(Self { features: features.map(feature).collect::<Option<_>>()? })
    }

    /// Adds what another file of the deal waits for.
    pub(crate) fn add(&mut self, other: &Self) {
        for (key, chance) in &other.features {
            let known = self.features.entry(key.clone()).or_insert(*chance);
            // A feature that two promises need counts once.
            *known = (*known).min(*chance);
        }
    }

    /// How often plans like it are kept, from 0 to 1; none where it waits for nothing.
    pub(crate) fn value(&self) -> Option<Decimal> {
        // What deals share is counted once, so the rest is taken to be independent.
        (!self.features.is_empty()).then(|| self.features.values().product())
    }

    /// The same in words.
    pub(crate) fn band(&self) -> Option<ChanceBand> {
        self.value().map(ChanceBand::of)
    }
}
