//! When an offer can be had, with all that it waits for.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::model::roadmap::{Dependency, Feature, Offer, Reference, Roadmap};
use crate::model::scope::Cell;
use crate::model::status::Status;
use crate::model::window::{Date, Window, days_between};

use super::{Build, Link, UndatedReason};

/// When something can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Availability {
    /// Today.
    Available,
    /// In this window.
    At(Window),
    /// There is no date.
    Never(UndatedReason),
    /// What it waits for could not be read.
    Unreadable,
}

impl Availability {
    /// The days, or why there are none. Neither is said of what is there, or could not be read.
    pub(super) fn date(self) -> (Option<Window>, Option<UndatedReason>) {
        match self {
            Self::At(window) => (Some(window), None),
            Self::Never(reason) => (None, Some(reason)),
            Self::Available | Self::Unreadable => (None, None),
        }
    }
}

/// When an offer can be had: by its own dates, and with what it depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Release {
    /// By its own dates alone.
    pub(super) own: Availability,
    /// With its dependencies.
    pub(super) with_dependencies: Availability,
    /// The dependency that decides, where one does.
    by: Option<usize>,
    /// Whether a beta of what it depends on is enough: for a beta that is accepted.
    on_betas: bool,
}

impl Release {
    /// One that waits for nothing.
    fn at(when: Availability) -> Self {
        Self { own: when, with_dependencies: when, by: None, on_betas: false }
    }
}

/// What is asked of a cell, the same for a feature and for all that it depends on.
#[derive(Clone, Copy, Debug)]
pub(super) struct CellRequirement<'a> {
    pub(super) cell: &'a Cell,
    pub(super) deadline: Option<Window>,
    /// Until when it must hold.
    pub(super) end: Option<Window>,
    pub(super) is_when_available: bool,
    pub(super) is_met: bool,
    pub(super) accepts_beta: bool,
    pub(super) today: Date,
}

impl CellRequirement<'_> {
    /// The last days on which it is in time: those of the deadline, or of the end where that comes first.
    pub(super) fn last_day(&self) -> Option<Window> {
        let ends_first = |end: &Window| self.deadline.is_none_or(|deadline| end.latest < deadline.latest);
        self.end.filter(ends_first).or(self.deadline)
    }
}

/// The best offer of each feature that another one depends on, for one cell.
#[derive(Debug, Default)]
pub(super) struct DependencyOffers<'r> {
    /// For a release.
    released: HashMap<usize, DependencyOffer<'r>>,
    /// For a beta: betas count where they are accepted.
    begun: HashMap<usize, DependencyOffer<'r>>,
}

#[derive(Clone, Copy, Debug)]
struct DependencyOffer<'r> {
    feature: &'r Feature,
    offer: Option<&'r Offer>,
    release: Release,
}

impl<'r> DependencyOffers<'r> {
    /// Works out all that a feature waits for, in the order in which it can be known: no recursion, so that
    /// no roadmap is too deep.
    pub(super) fn new(roadmap: &'r Roadmap, feature: usize, asked: CellRequirement<'_>) -> Self {
        let mut offers = Self::default();
        if !roadmap.dependencies().has_any(feature) {
            return offers;
        }
        let before = roadmap.dependencies().before(feature);
        for &at in before.iter().filter(|&&at| at != feature) {
            // `before` lists what each one waits for before itself.
            let released = offers.best_of(roadmap, at, CellRequirement { accepts_beta: false, ..asked });
            offers.released.insert(at, released);
            if asked.accepts_beta {
                let begun = offers.best_of(roadmap, at, asked);
                offers.begun.insert(at, begun);
            }
        }
        offers
    }

    /// What a release, or a beta that may rest on betas, can wait for.
    fn for_release(&self, on_betas: bool) -> &HashMap<usize, DependencyOffer<'r>> {
        if on_betas { &self.begun } else { &self.released }
    }

    fn best_of(&self, roadmap: &'r Roadmap, at: usize, asked: CellRequirement<'_>) -> DependencyOffer<'r> {
        let feature = &roadmap.features[at];
        if feature.unreadable {
            return DependencyOffer { feature, offer: None, release: Release::at(Availability::Unreadable) };
        }
        feature
            .covering(asked.cell)
            .map(|offer| DependencyOffer {
                feature,
                offer: Some(offer),
                release: self.soonest(roadmap, at, offer, asked),
            })
            .min_by_key(|best| rank(best.release.with_dependencies))
            .unwrap_or(DependencyOffer {
                feature,
                offer: None,
                release: Release::at(Availability::Never(UndatedReason::NotCovered)),
            })
    }

    /// The sooner of an offer's release and, where a beta is accepted, its beta.
    fn soonest(&self, roadmap: &Roadmap, at: usize, offer: &Offer, asked: CellRequirement<'_>) -> Release {
        if is_dropped(offer, asked) {
            return Release::at(Availability::Never(UndatedReason::Dropped));
        }
        if offer.is_available(asked.accepts_beta) || stayed_to_the_end(offer, asked) {
            return Release::at(Availability::Available);
        }
        let beta = self.beta(roadmap, at, offer, asked).filter(|_| asked.accepts_beta);
        [Some(self.release(roadmap, at, offer, asked)), beta]
            .into_iter()
            .flatten()
            .filter(|release| !gone_before(offer, release))
            .min_by_key(|release| rank(release.with_dependencies))
            .unwrap_or(Release::at(Availability::Never(UndatedReason::Dropped)))
    }

    /// When an offer that has not shipped will.
    pub(super) fn release(
        &self,
        roadmap: &Roadmap,
        at: usize,
        offer: &Offer,
        asked: CellRequirement<'_>,
    ) -> Release {
        let own = match (offer.status.value, offer.target) {
            // Before the target: a date beside "idea" or "paused" is one that nobody works towards.
            (Status::Idea, _) => Availability::Never(UndatedReason::Idea),
            (Status::Paused, _) => Availability::Never(UndatedReason::Paused),
            (_, None) => Availability::Never(UndatedReason::NoTarget),
            // A target that has passed is a plan that nobody looked after, and no date to promise by.
            (_, Some(target)) if target.value.has_passed(asked.today) => Availability::Never(
                UndatedReason::TargetPassed(days_between(target.value.latest, asked.today)),
            ),
            (_, Some(target)) => Availability::At(target.value),
        };
        self.hold(roadmap, at, offer, own, asked, false)
    }

    /// When the beta of an offer will begin, if one is planned. One that should have begun has not: only the
    /// status says that a beta has begun.
    pub(super) fn beta(
        &self,
        roadmap: &Roadmap,
        at: usize,
        offer: &Offer,
        asked: CellRequirement<'_>,
    ) -> Option<Release> {
        // An idea's beta is as little planned as the idea.
        let planned = matches!(offer.status.value, Status::Planned | Status::InProgress);
        let beta = offer.beta.filter(|beta| planned && !beta.value.has_passed(asked.today))?;
        Some(self.hold(roadmap, at, offer, Availability::At(beta.value), asked, asked.accepts_beta))
    }

    /// Moves a date behind all that the offer depends on.
    fn hold(
        &self,
        roadmap: &Roadmap,
        at: usize,
        offer: &Offer,
        own: Availability,
        asked: CellRequirement<'_>,
        on_betas: bool,
    ) -> Release {
        let mut release = Release { on_betas, ..Release::at(own) };
        // From the worst: no date ever, unreadable, the later date. What is unreadable may yet be in time, no date cannot.
        for dependency in &offer.depends_on {
            let (held, by) = match dependency.target {
                Reference::Unknown => continue,
                // Of a circle, the edges are cut.
                Reference::Feature(to) => match self.for_release(on_betas).get(&to) {
                    Some(best) => (best.release.with_dependencies, Some(to)),
                    None => continue,
                },
                Reference::Unreadable | Reference::Ambiguous => (Availability::Unreadable, None),
            };
            match (release.with_dependencies, held) {
                // What will not come at all is worse than what has no date yet.
                (Availability::Never(one), Availability::Never(other)) => {
                    if other.is_final() && !one.is_final() {
                        release.with_dependencies = held;
                        release.by = by;
                    }
                }
                (_, Availability::Available) | (Availability::Never(_), _) => {}
                (Availability::At(one), Availability::At(other)) => {
                    release.with_dependencies = Availability::At(one.later(other));
                    if other.latest > one.latest {
                        release.by = by;
                    }
                }
                (Availability::Unreadable, Availability::At(_) | Availability::Unreadable) => {}
                (Availability::At(_) | Availability::Available | Availability::Unreadable, _) => {
                    release.with_dependencies = held;
                    release.by = by;
                }
            }
        }
        let is_in_time = |days: Window| asked.last_day().is_none_or(|last| days.latest <= last.latest);
        match (release.with_dependencies, unsound_dependency(roadmap, at, offer)) {
            // A date that waits for nobody knows what is none, though the roadmap's own finding says so of no promise. What is
            // late in any case stays so, and what is due when it is there is not due before.
            (Availability::At(days), Some((_, reason))) if is_in_time(days) && !asked.is_when_available => {
                Release { on_betas: release.on_betas, ..Release::at(Availability::Never(reason)) }
            }
            _ => release,
        }
    }

    /// What has to be built before an offer is there, by a release or a beta: the offer itself, then what it waits for, each
    /// once.
    pub(super) fn builds(
        &self,
        roadmap: &'r Roadmap,
        at: usize,
        offer: &'r Offer,
        release: Option<&Release>,
    ) -> Vec<Build<'r>> {
        let best = self.for_release(release.is_some_and(|release| release.on_betas));
        let mut builds = vec![Build::new(&roadmap.features[at], at, Some(offer))];
        let mut seen = HashSet::from([at]);
        let mut open = VecDeque::from([(at, offer)]);
        while let Some((from, offer)) = open.pop_front() {
            for dependency in &offer.depends_on {
                let Reference::Feature(to) = dependency.target else { continue };
                let Some(best) = best.get(&to).filter(|_| !roadmap.dependencies().in_cycle(from, to)) else {
                    continue;
                };
                if best.release.own == Availability::Available || !seen.insert(to) {
                    continue;
                }
                let dropped = best.release.own == Availability::Never(UndatedReason::Dropped);
                // It still has to be built, but by an offer that nobody has made yet.
                let next = best.offer.filter(|_| !dropped);
                builds.push(Build::new(best.feature, to, next));
                open.extend(next.map(|next| (to, next)));
            }
        }
        builds
    }

    /// The features that hold a release up, from the nearest to the one that decides.
    pub(super) fn chain(&self, release: &Release) -> Vec<Link<'r>> {
        let mut chain = Vec::new();
        let mut release = *release;
        while let Some(best) = release.by.and_then(|at| self.for_release(release.on_betas).get(&at)) {
            let (expected, undated) = best.release.with_dependencies.date();
            chain.push(Link { feature: best.feature, offer: best.offer, expected, undated });
            release = best.release;
        }
        chain
    }
}

/// The dependency of an offer that leaves it without a date: one that the roadmap does not have, or that waits for it in
/// turn.
pub(crate) fn unsound_dependency<'r>(
    roadmap: &Roadmap,
    at: usize,
    offer: &'r Offer,
) -> Option<(&'r Dependency, UndatedReason)> {
    offer.depends_on.iter().find_map(|dependency| match dependency.target {
        Reference::Unknown => Some((dependency, UndatedReason::UnknownDependency)),
        Reference::Feature(to) if roadmap.dependencies().in_cycle(at, to) => {
            Some((dependency, UndatedReason::CircularDependency))
        }
        _ => None,
    })
}

/// Whether an offer is retired, rejected, or gone by the deadline.
pub(super) fn is_dropped(offer: &Offer, asked: CellRequirement<'_>) -> bool {
    // Where no day is promised, what is there today is not gone yet.
    let by = asked.deadline.map_or(asked.today, |deadline| deadline.latest);
    let is_gone = matches!(offer.status.value, Status::Retired | Status::Rejected);
    is_gone && !stayed_to_the_end(offer, asked)
        // On or before: on the day of its sunset it counts as gone.
        || offer.sunset.is_some_and(|sunset| sunset.value.earliest <= by)
}

/// Whether an offer that is retired was there as long as it had to hold.
pub(super) fn stayed_to_the_end(offer: &Offer, asked: CellRequirement<'_>) -> bool {
    let end = asked.end.filter(|end| end.has_passed(asked.today));
    let stayed = end.zip(offer.sunset).is_some_and(|(end, sunset)| sunset.value.earliest >= end.latest);
    offer.status.value == Status::Retired && stayed
}

/// Whether an offer is gone before it could ship: before the last day of its target, by itself or with what it waits
/// for.
pub(super) fn gone_before(offer: &Offer, release: &Release) -> bool {
    // Its own day, too: where what it waits for has no date, nothing is held, and it may still be gone by then.
    let days = [release.own, release.with_dependencies].map(|when| when.date().0);
    let ships = days.into_iter().flatten().map(|days| days.latest).max();
    offer.sunset.is_some_and(|sunset| ships.is_some_and(|ships| sunset.value.earliest < ships))
}

/// Orders by how soon something can be had. What could not be read may come before all that has a date.
pub(super) fn rank(when: Availability) -> (u8, Option<Date>) {
    match when {
        Availability::Available => (0, None),
        Availability::Unreadable => (1, None),
        Availability::At(window) => (2, Some(window.latest)),
        Availability::Never(reason) => (3 + u8::from(reason.is_final()), None),
    }
}
