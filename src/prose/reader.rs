//! The names of a roadmap, taken apart once for all prose that is read.

use std::sync::OnceLock;

use crate::model::roadmap::Roadmap;

use super::names::FeatureNames;
use super::parties::Parties;
use super::scopes::ScopeWords;

/// The names of a roadmap, taken apart when the first prose is read.
#[derive(Debug, Default)]
pub struct RoadmapNames {
    features: OnceLock<FeatureNames>,
    scopes: OnceLock<ScopeWords>,
    parties: OnceLock<Parties>,
}

impl RoadmapNames {
    /// What its features are called.
    pub(crate) fn features(&self, roadmap: &Roadmap) -> &FeatureNames {
        self.features.get_or_init(|| FeatureNames::new(roadmap))
    }

    /// Who promises, and to whom, where no document says so.
    pub(crate) fn parties(&self) -> &Parties {
        self.parties.get_or_init(|| Parties::find(std::iter::empty(), None))
    }

    /// What they are for.
    pub(crate) fn scopes(&self, roadmap: &Roadmap) -> &ScopeWords {
        self.scopes.get_or_init(|| ScopeWords::new(roadmap))
    }
}
