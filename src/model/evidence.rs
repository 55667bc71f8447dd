//! What is known of how good targets are: when each was last confirmed, and how it moved. It comes from the roadmap
//! itself, and from older versions of it.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rust_decimal::Decimal;

use crate::input::decode::Text;
use crate::text::fold;

use super::level::Attainment;
use super::measured::{Measured, OfferState};
use super::roadmap::{Offer, Roadmap};
use super::scope::Scope;
use super::status::Status;
use super::window::{Date, Window, add_days, days_between};

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
        Self { features, record: Measured::default(), since: None, caveat: None }
    }

    /// The same, with what there is to say of older versions.
    #[must_use]
    pub(crate) fn with_caveat(self, caveat: Option<String>) -> Self {
        Self { caveat, ..self }
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

/// A version of a roadmap, as far as evidence rests on it.
#[derive(Debug)]
pub(crate) struct RoadmapVersion {
    day: Date,
    /// By their ids without regard to case.
    features: HashMap<String, FeatureVersion>,
    /// Whether what is not found was not there.
    is_whole: bool,
}

/// A feature in a version of a roadmap: its offers; nothing of one that could not be read.
#[derive(Clone, Debug)]
pub(crate) struct FeatureVersion(Option<Arc<[OfferVersion]>>);

/// An offer in a version of a roadmap.
#[derive(Clone, Debug)]
struct OfferVersion {
    /// What the entry says.
    reading: OfferReading,
    target: Option<Window>,
    text: String,
}

impl RoadmapVersion {
    /// A roadmap as it was from a day on.
    pub(crate) fn new(roadmap: &Roadmap, day: Date) -> Self {
        let unreadable = roadmap.unreadable.iter().map(|id| (id.clone(), FeatureVersion(None)));
        let features = roadmap.features.iter().map(|feature| {
            let offers = || feature.offers.iter().map(OfferVersion::of).collect();
            let version = FeatureVersion((!feature.unreadable).then(offers));
            (fold(feature.id.value.trim()).into_owned(), version)
        });
        Self { day, features: unreadable.chain(features).collect(), is_whole: !roadmap.incomplete }
    }

    /// All that is asked for of a roadmap as it was from a day on.
    pub(crate) fn of_features(features: HashMap<String, FeatureVersion>, day: Date) -> Self {
        Self { day, features, is_whole: true }
    }

    /// A feature, by its id without regard to case.
    pub(crate) fn feature(&self, id: &str) -> Option<&FeatureVersion> {
        self.features.get(id)
    }
}

impl OfferVersion {
    fn of(offer: &Offer) -> Self {
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
    dimensions.sort();
    dimensions.join(";")
}

/// Whether two offers say the same.
pub(crate) fn reads_alike(one: &Offer, other: &Offer) -> bool {
    OfferReading::of(one) == OfferReading::of(other)
}

/// All that an offer says, whatever its order, its layout and the ways to write a date.
#[derive(Clone, Debug, PartialEq)]
struct OfferReading {
    scope: String,
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
    fn state(&self, since: Date) -> OfferState {
        let [target, shipped, _, _, confirmed] = self.days;
        OfferState { since, status: self.status, target, committed: self.committed, confirmed, shipped }
    }
}

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
        version.features.get(&self.id).or_else(|| {
            let mut former = self.names.iter().filter_map(|name| version.features.get(name));
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
            confirmation: said(offer, today).or(shown),
            targets: together(self.targets, offer),
            states,
        }
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
