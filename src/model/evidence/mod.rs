//! What is known of how good targets are: when each was last confirmed, and how it moved. It comes from the roadmap
//! itself, and from older versions of it.

mod builder;
mod version;

use super::measured::{Measured, OfferState};
use super::roadmap::{Offer, Roadmap};
use super::window::{Date, Window, add_days, days_between};

pub(crate) use builder::EvidenceBuilder;
pub(crate) use version::{FeatureVersion, RoadmapVersion, reads_alike};

/// What is known of the targets of a roadmap.
#[derive(Debug, Default)]
pub struct Evidence {
    /// By the places of features and of their offers.
    features: Vec<Vec<OfferEvidence>>,
    /// How many plans were kept, as far as versions of all features were read: those of some would all be open ones.
    pub(crate) record: Measured,
    /// The day of the first version that was read.
    pub since: Option<Date>,
    /// Why older versions were not looked at that may be there, in words.
    pub caveat: Option<String>,
    /// Which older versions could not be read in full, in words.
    pub(crate) unread: Option<String>,
}

/// What is known of the target of an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OfferEvidence {
    /// When somebody last said that it holds, or showed it by changing the offer's entry.
    pub confirmation: Option<Confirmation>,
    /// What the target was, from the first to today's, each other than the one before.
    pub targets: Vec<PastTarget>,
    /// What the offer was in older versions, from the first on; each differs from the one before.
    pub states: Vec<OfferState>,
}

/// That somebody stood by a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// The day.
    pub on: Date,
    /// What tells it.
    pub by: ConfirmationSource,
}

/// What tells that somebody stood by a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmationSource {
    /// `confirmed` in the roadmap.
    Roadmap,
    /// The commit that changed the offer's entry.
    Commit,
    /// A change of the offer's entry that is in no commit yet.
    WorkingTree,
}

/// What a target was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastTarget {
    /// The first day on which it is known to have been so.
    pub since: Option<Date>,
    /// When it was planned to ship; none where there was no date.
    pub window: Option<Window>,
    /// What was written for it.
    pub text: String,
}

/// A target that moved back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip<'e> {
    /// The first day on which the later target is known.
    pub on: Option<Date>,
    /// The target that it was, or the last one before there was none for a time.
    pub from: &'e PastTarget,
    /// The later one.
    pub to: &'e PastTarget,
    /// Days from the last day of the one to that of the other.
    pub days: i64,
}

impl Evidence {
    /// What the roadmap itself says.
    pub(crate) fn of_roadmap(roadmap: &Roadmap, today: Date) -> Self {
        let offer = |offer: &Offer| OfferEvidence {
            confirmation: said(offer, today),
            targets: together(vec![PastTarget::today(offer)], offer),
            states: Vec::new(),
        };
        let features = roadmap.features.iter();
        let features = features.map(|feature| feature.offers.iter().map(offer).collect()).collect();
        Self { features, record: Measured::default(), since: None, caveat: None, unread: None }
    }

    /// The same, with what there is to say of older versions.
    #[must_use]
    pub(crate) fn with_caveat(self, caveat: Option<String>) -> Self {
        Self { caveat, ..self }
    }

    /// The same, with which older versions could not be read in full.
    #[must_use]
    pub(crate) fn with_unread(self, unread: Option<String>) -> Self {
        Self { unread, ..self }
    }

    /// What is known of an offer, by the places of its feature and of itself.
    pub fn of(&self, feature: usize, offer: usize) -> Option<&OfferEvidence> {
        self.features.get(feature)?.get(offer)
    }
}

impl OfferEvidence {
    /// What it was on a day, by the last version until then.
    pub(crate) fn state_on(&self, day: Date) -> Option<&OfferState> {
        self.states.iter().rev().find(|state| state.since <= day)
    }

    /// How often and how far the target moved back.
    pub fn slips(&self) -> Vec<Slip<'_>> {
        let mut slips = Vec::new();
        let mut before: Option<(&PastTarget, Window)> = None;
        for to in &self.targets {
            let Some(window) = to.window else { continue };
            if let Some((from, old)) = before
                && window.latest > old.latest
            {
                slips.push(Slip { on: to.since, from, to, days: days_between(old.latest, window.latest) });
            }
            before = Some((to, window));
        }
        slips
    }
}

impl PastTarget {
    fn today(offer: &Offer) -> Self {
        let window = offer.target.map(|target| target.value);
        Self { since: None, window, text: target_text(offer) }
    }
}

fn target_text(offer: &Offer) -> String {
    offer.target_text.as_ref().map(|text| text.value.trim().to_owned()).unwrap_or_default()
}

/// The confirmation that the roadmap states. What is said of a day to come nobody can know.
fn said(offer: &Offer, today: Date) -> Option<Confirmation> {
    let on = offer.confirmed?.value.earliest;
    (on <= today).then_some(Confirmation { on, by: ConfirmationSource::Roadmap })
}

/// What a target was by older versions, the last one first, and by the roadmap's own `history`; from the first on.
fn together(mut versions: Vec<PastTarget>, offer: &Offer) -> Vec<PastTarget> {
    versions.reverse();
    let Some(now) = versions.pop() else { return Vec::new() };
    let said = offer.history.iter().map(|former| PastTarget {
        since: Some(former.on.earliest),
        window: former.target,
        text: former.text.value.trim().to_owned(),
    });
    // A commit of the same day, or of the one before elsewhere on earth, has what came after.
    let said = said.map(|target| (target.since.and_then(|on| add_days(on, -1)), target));
    let seen = versions.into_iter().map(|target| (target.since, target));
    let mut all: Vec<(Option<Date>, PastTarget)> = said.chain(seen).collect();
    all.sort_by_key(|(on, _)| *on);
    let mut targets: Vec<PastTarget> = Vec::new();
    for target in all.into_iter().map(|(_, target)| target).chain([now]) {
        match targets.last_mut() {
            Some(last) if last.window == target.window => {
                last.since = last.since.into_iter().chain(target.since).min();
                last.text = target.text;
            }
            _ => targets.push(target),
        }
    }
    targets
}

#[cfg(test)]
mod tests;
