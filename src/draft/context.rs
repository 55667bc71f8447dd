//! What statements are judged with.

use crate::model::roadmap::Roadmap;

use super::facts::Facts;
use crate::prose::dates::DateReader;
use crate::prose::names::FeatureNames;
use crate::prose::parties::Parties;
use crate::prose::scopes::ScopeWords;

/// What is known of the roadmap, of the documents, and of what is said in them of the whole contract.
pub(super) struct DraftContext<'a> {
    pub(super) roadmap: &'a Roadmap,
    pub(super) scopes: ScopeWords,
    pub(super) dates: DateReader<'a>,
    pub(super) names: &'a FeatureNames,
    pub(super) parties: &'a Parties,
    pub(super) facts: &'a Facts,
}

impl DraftContext<'_> {
    pub(super) fn id(&self, feature: usize) -> &str {
        &self.roadmap.features[feature].id.value
    }
}
