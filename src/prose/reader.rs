//! The names of a roadmap, taken apart once for all prose that is read.

use std::sync::OnceLock;

use crate::model::roadmap::Roadmap;

use super::glance::{Beginnings, TextGlance};
use super::names::FeatureNames;
use super::parties::Parties;
use super::scopes::ScopeWords;

/// The names of a roadmap, taken apart when the first prose is read.
#[derive(Debug, Default)]
pub struct RoadmapNames {
    features: OnceLock<FeatureNames>,
    /// What features are called beside their ids.
    titles: OnceLock<Beginnings>,
    scopes: OnceLock<ScopeWords>,
    parties: OnceLock<Parties>,
}

impl RoadmapNames {
    /// What its features are called.
    pub(crate) fn features(&self, roadmap: &Roadmap) -> &FeatureNames {
        self.features.get_or_init(|| FeatureNames::new(roadmap))
    }

    /// Whether a text may call a feature what it is called beside its id.
    pub(crate) fn may_be_called_in(&self, glance: &TextGlance<'_>, roadmap: &Roadmap) -> bool {
        let titles =
            || roadmap.features.iter().flat_map(|feature| feature.name.iter().chain(&feature.aliases));
        let titles = self.titles.get_or_init(|| Beginnings::of(titles().map(|title| title.value.as_str())));
        glance.may_have_one_of(titles)
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
