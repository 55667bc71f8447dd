//! Versions of a roadmap, as far as evidence rests on them: what each entry says, whatever way it is written.

use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::input::decode::Text;
use crate::model::level::Attainment;
use crate::model::measured::OfferState;
use crate::model::roadmap::{Offer, Roadmap};
use crate::model::scope::Scope;
use crate::model::status::Status;
use crate::model::window::{Date, Window};
use crate::text::fold;

use super::target_text;

/// A version of a roadmap, as far as evidence rests on it.
#[derive(Debug)]
pub(crate) struct RoadmapVersion {
    pub(super) day: Date,
    /// By their ids without regard to case.
    features: HashMap<String, FeatureVersion>,
    /// Whether what is not found was not there.
    pub(super) is_whole: bool,
}

/// A feature in a version of a roadmap: its offers; nothing of one that could not be read.
#[derive(Clone, Debug)]
pub(crate) struct FeatureVersion(pub(super) Option<Arc<[OfferVersion]>>);

/// An offer in a version of a roadmap.
#[derive(Clone, Debug)]
pub(super) struct OfferVersion {
    /// What the entry says.
    pub(super) reading: OfferReading,
    pub(super) target: Option<Window>,
    pub(super) text: String,
}

impl RoadmapVersion {
    /// A roadmap as it was from a day on.
    pub(crate) fn new(roadmap: &Roadmap, day: Date) -> Self {
        let unreadable = roadmap.unreadable.iter().map(|id| (id.clone(), FeatureVersion(None)));
        let features = roadmap.features.iter().map(|feature| {
            let offers = || feature.offers.iter().map(OfferVersion::of).collect();
            // Without what could not be read it would look as if it had been changed, and so confirmed.
            let version = FeatureVersion((!feature.is_partial).then(offers));
            (fold(feature.id.value.trim()).into_owned(), version)
        });
        Self { day, features: unreadable.chain(features).collect(), is_whole: !roadmap.incomplete }
    }

    /// All that is asked for of a roadmap as it was from a day on.
    pub(crate) fn of_features(features: HashMap<String, FeatureVersion>, day: Date) -> Self {
        Self { day, features, is_whole: true }
    }

    /// Whether something of it could not be read.
    pub(crate) fn is_partial(&self) -> bool {
        !self.is_whole || self.features.values().any(|feature| feature.0.is_none())
    }

    /// A feature, by its id without regard to case.
    pub(crate) fn feature(&self, id: &str) -> Option<&FeatureVersion> {
        self.features.get(id)
    }
}

impl OfferVersion {
    pub(super) fn of(offer: &Offer) -> Self {
        Self {
            reading: OfferReading::of(offer),
            target: offer.target.map(|target| target.value),
            text: target_text(offer),
        }
    }
}

/// A scope, whatever the order and the case that it is written in.
fn scope_key(scope: &Scope) -> String {
    let dimension = |(name, values): (&str, &[Arc<str>])| {
        let mut values: Vec<String> = values.iter().map(|value| fold(value).into_owned()).collect();
        values.sort();
        format!("{}={}", fold(name), values.join(","))
    };
    let mut dimensions: Vec<String> = scope.iter().map(dimension).collect();
    // Who only puts an entry in another order has not stood by its target.
    dimensions.sort();
    dimensions.join(";")
}

/// Whether two offers say the same.
pub(crate) fn reads_alike(one: &Offer, other: &Offer) -> bool {
    OfferReading::of(one) == OfferReading::of(other)
}

/// All that an offer says, whatever its order, its layout and the ways to write a date.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct OfferReading {
    pub(super) scope: String,
    status: Status,
    committed: bool,
    days: [Option<Window>; 5],
    history: Vec<(Window, Option<Window>)>,
    levels: Vec<(String, Attainment)>,
    depends_on: Vec<String>,
    efforts: [Option<Decimal>; 2],
    team: Vec<String>,
    evidence: Vec<String>,
    refs: Vec<String>,
    owner: Vec<String>,
    note: Vec<String>,
}

impl OfferReading {
    fn of(offer: &Offer) -> Self {
        fn texts<'t>(texts: impl IntoIterator<Item = &'t Text>) -> Vec<String> {
            texts.into_iter().map(|text| text.value.trim().to_owned()).collect()
        }
        let Offer { target, shipped, beta, sunset, confirmed, effort, custom_effort, .. } = offer;
        let levels = offer.levels.into_iter();
        let levels = levels.map(|level| (fold(&level.name).into_owned(), level.value.value.clone()));
        let depends_on = offer.depends_on.iter().map(|on| fold(on.text.value.trim()).into_owned());
        let (mut levels, mut depends_on) = (Vec::from_iter(levels), Vec::from_iter(depends_on));
        levels.sort_by(|(one, _), (other, _)| one.cmp(other));
        depends_on.sort();
        let annotations = offer.annotations.as_deref();
        Self {
            scope: scope_key(&offer.scope),
            status: offer.status.value,
            committed: offer.committed,
            days: [target, shipped, beta, sunset, confirmed].map(|day| day.map(|window| window.value)),
            history: offer.history.iter().map(|former| (former.on, former.target)).collect(),
            levels,
            depends_on,
            efforts: [effort, custom_effort].map(|effort| effort.map(|days| days.value)),
            team: texts(&offer.team),
            evidence: texts(&offer.evidence),
            refs: texts(annotations.iter().flat_map(|annotations| &annotations.refs)),
            owner: texts(annotations.and_then(|annotations| annotations.owner.as_ref())),
            note: texts(annotations.and_then(|annotations| annotations.note.as_ref())),
        }
    }
}

impl OfferReading {
    pub(super) fn state(&self, since: Date) -> OfferState {
        let [target, shipped, _, _, confirmed] = self.days;
        OfferState { since, status: self.status, target, committed: self.committed, confirmed, shipped }
    }
}
