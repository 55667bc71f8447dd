//! Features followed back through versions of their roadmap.

use std::collections::BTreeSet;

use crate::model::measured::Measured;
use crate::model::roadmap::{Offer, Roadmap};
use crate::model::window::Date;
use crate::text::fold;

use super::version::{FeatureVersion, OfferReading, OfferVersion, RoadmapVersion};
use super::{Confirmation, ConfirmationSource, Evidence, OfferEvidence, PastTarget, said, together};

/// Gathers what older versions of a roadmap tell, from the last one to the first.
#[derive(Debug)]
pub(crate) struct EvidenceBuilder<'r> {
    roadmap: &'r Roadmap,
    features: Vec<FeatureTrack>,
    /// The day of the first version so far.
    since: Option<Date>,
}

/// A feature, followed back.
#[derive(Debug)]
struct FeatureTrack {
    /// Its place in the roadmap.
    at: usize,
    id: String,
    /// What else leads to it today, without regard to case.
    names: BTreeSet<String>,
    offers: Vec<OfferTrack>,
}

/// An offer, followed back.
#[derive(Debug)]
struct OfferTrack {
    today: OfferVersion,
    /// Its scope in the earliest version so far.
    scope: String,
    /// The first day from which on it reads as today.
    same_since: Option<Date>,
    /// Whether a version was read that differs from today's.
    is_changed: bool,
    /// From the last one to the first.
    targets: Vec<PastTarget>,
    /// From the last one to the first, each with the first day on which it was so.
    states: Vec<(Date, OfferReading)>,
}

impl<'r> EvidenceBuilder<'r> {
    /// Nothing yet, of some features by their places.
    pub(crate) fn new(roadmap: &'r Roadmap, wanted: &BTreeSet<usize>) -> Self {
        let track = |at: usize| {
            let feature = roadmap.features.get(at)?;
            let offers = feature.offers.iter().map(|offer| OfferTrack::of(OfferVersion::of(offer)));
            Some(FeatureTrack {
                at,
                id: fold(feature.id.value.trim()).into_owned(),
                names: roadmap.further_names(at).collect(),
                offers: offers.collect(),
            })
        };
        let features = wanted.iter().filter_map(|&at| track(at)).collect();
        Self { roadmap, features, since: None }
    }

    /// The ids that the features may have had, without regard to case.
    pub(crate) fn ids(&self) -> BTreeSet<String> {
        let ids = self.features.iter().flat_map(|track| track.names.iter().chain([&track.id]));
        ids.cloned().collect()
    }

    /// Adds the version before those that were added.
    pub(crate) fn add(&mut self, version: &RoadmapVersion) {
        self.since = Some(version.day);
        for track in &mut self.features {
            match track.version(version) {
                Some(FeatureVersion(Some(offers))) => track.add(offers, version.day),
                // Of what could not be read nothing is known.
                Some(FeatureVersion(None)) => {}
                // It may stand in what was lost.
                None if !version.is_whole => {}
                None => track.offers.iter_mut().for_each(OfferTrack::end),
            }
        }
    }

    /// What is known now.
    pub(crate) fn build(self, today: Date) -> Evidence {
        let mut evidence = Evidence::of_roadmap(self.roadmap, today);
        evidence.since = self.since;
        let is_whole = self.features.len() == self.roadmap.features.len();
        for track in self.features {
            let offers = self.roadmap.features[track.at].offers.iter().zip(track.offers);
            evidence.features[track.at] = offers.map(|(offer, track)| track.evidence(offer, today)).collect();
        }
        // Of some features alone the table would be wrong: what still waits is always among those that are asked for.
        if is_whole {
            evidence.record =
                Measured::of(evidence.features.iter().flatten().map(|offer| &*offer.states), today);
        }
        evidence
    }
}

impl FeatureTrack {
    /// What it was: what had its id, else the one that had another of its names. One that was made of several is new.
    fn version<'v>(&self, version: &'v RoadmapVersion) -> Option<&'v FeatureVersion> {
        version.feature(&self.id).or_else(|| {
            let mut former = self.names.iter().filter_map(|name| version.feature(name));
            former.next().filter(|_| former.next().is_none())
        })
    }

    fn add(&mut self, offers: &[OfferVersion], day: Date) {
        let matches = self.matches(offers);
        for (track, found) in self.offers.iter_mut().zip(matches) {
            match found.and_then(|at| offers.get(at)) {
                Some(version) => track.add(version, day),
                None => track.end(),
            }
        }
    }

    /// Which offer of an older version each offer was: the first is the feature's own, the others are known by their
    /// scopes, or else by their places.
    fn matches(&self, offers: &[OfferVersion]) -> Vec<Option<usize>> {
        let mut free = vec![true; offers.len()];
        let mut matches: Vec<Option<usize>> = vec![None; self.offers.len()];
        let take = |free: &mut Vec<bool>, matches: &mut Vec<Option<usize>>, of: usize, at: usize| {
            free[at] = false;
            matches[of] = Some(at);
        };
        // The first is the feature's own keys in every version, whatever scope it has there.
        if !offers.is_empty() && !self.offers.is_empty() {
            take(&mut free, &mut matches, 0, 0);
        }
        for (of, track) in self.offers.iter().enumerate().skip(1) {
            let same = (0..offers.len()).find(|&at| free[at] && offers[at].reading.scope == track.scope);
            if let Some(at) = same {
                take(&mut free, &mut matches, of, at);
            }
        }
        for of in 0..self.offers.len().min(offers.len()) {
            if matches[of].is_none() && free[of] {
                take(&mut free, &mut matches, of, of);
            }
        }
        matches
    }
}

impl OfferTrack {
    fn of(today: OfferVersion) -> Self {
        let now = PastTarget { since: None, window: today.target, text: today.text.clone() };
        let scope = today.reading.scope.clone();
        Self { today, scope, same_since: None, is_changed: false, targets: vec![now], states: Vec::new() }
    }

    /// There was none: whoever put it there stood by it.
    fn end(&mut self) {
        self.is_changed = true;
    }

    fn add(&mut self, version: &OfferVersion, day: Date) {
        self.is_changed |= version.reading != self.today.reading;
        if !self.is_changed {
            self.same_since = Some(day);
        }
        self.scope.clone_from(&version.reading.scope);
        match self.states.last_mut() {
            Some((since, reading)) if *reading == version.reading => *since = day,
            _ => self.states.push((day, version.reading.clone())),
        }
        match self.targets.last_mut() {
            Some(last) if last.window == version.target => {
                last.since = Some(day);
                last.text.clone_from(&version.text);
            }
            _ => self.targets.push(PastTarget {
                since: Some(day),
                window: version.target,
                text: version.text.clone(),
            }),
        }
    }

    fn evidence(self, offer: &Offer, today: Date) -> OfferEvidence {
        let states = self.states.iter().rev().map(|(since, reading)| reading.state(*since)).collect();
        let shown = match self.same_since {
            // The day was another one where it was committed, perhaps.
            Some(day) => Some(Confirmation { on: day.min(today), by: ConfirmationSource::Commit }),
            None if self.is_changed => Some(Confirmation { on: today, by: ConfirmationSource::WorkingTree }),
            None => None,
        };
        OfferEvidence {
            // What the roadmap says goes first: it is somebody's word, and git only shows that an entry changed.
            confirmation: said(offer, today).or(shown),
            targets: together(self.targets, offer),
            states,
        }
    }
}
