//! The table of deliveries.

use std::cmp::Reverse;

use crate::input::decode::{Field, Text};
use crate::model::contract::{Contract, ContractStatus, PromisedFeature, Requirement};
use crate::model::deadline::DueDay;
use crate::model::roadmap::{Offer, Reference, Roadmap};
use crate::model::scope::Cell;
use crate::model::status::Status;
use crate::model::window::{Window, days_between};
use crate::source::Spanned;

use super::lapse::{Lapse, LapseCase};
use super::offer_rank::OfferRank;
use super::reach::{FeatureRequirement, Reach};
use super::release::{
    Availability, CellRequirement, DependencyOffers, Release, gone_before, is_dropped, stayed_to_the_end,
};
use super::{Delivery, Judgement, Promise, Rules, UndatedReason};

/// Judges promises against one roadmap.
#[derive(Clone, Copy, Debug)]
pub struct Judge<'r> {
    /// The roadmap.
    pub roadmap: &'r Roadmap,
    /// The day, and what counts as tight.
    pub rules: Rules,
}

/// What one offer comes to; the best of them gives the judgement.
struct OfferJudgement {
    delivery: Delivery,
    expected: Option<Window>,
    undated: Option<UndatedReason>,
    by_beta: bool,
    release: Option<Release>,
}

impl OfferJudgement {
    fn plain(delivery: Delivery) -> Self {
        Self { delivery, expected: None, undated: None, by_beta: false, release: None }
    }
}

impl<'r> Judge<'r> {
    /// Judges one requirement: every feature that it names, in every cell that it asks for.
    pub fn promise(&self, contract: &'r Contract, requirement: &'r Requirement) -> Promise<'r> {
        let contract = requirement.contract(contract);
        let mut judgements = Vec::with_capacity(requirement.features.len());
        if !requirement.is_service {
            for promised in &requirement.features {
                self.feature(contract, requirement, promised, &mut judgements);
            }
        }
        Promise { contract, requirement, judgements }
    }

    fn feature(
        &self,
        contract: &'r Contract,
        requirement: &'r Requirement,
        promised: &'r PromisedFeature,
        judgements: &mut Vec<Judgement<'r>>,
    ) {
        let at = match promised.target {
            // Nothing else that could not be read makes an unknown feature known.
            Reference::Unknown => {
                judgements.push(blank(Delivery::Unknown, &promised.text));
                return;
            }
            _ if requirement.unreadable => None,
            Reference::Feature(at)
                if requirement.scope_unreadable && self.roadmap.dependencies().is_limited(at) =>
            {
                None
            }
            Reference::Feature(at) if requirement.end(contract).is_broken() && self.goes(at) => None,
            Reference::Feature(at) => Some(at),
            Reference::Unreadable | Reference::Ambiguous => None,
        };
        let Some(at) = at.filter(|&at| !self.roadmap.features[at].unreadable) else {
            judgements.push(blank(Delivery::Unresolved, &promised.text));
            return;
        };
        let feature = &self.roadmap.features[at];
        for cell in self.cells(requirement, at) {
            let met = requirement.met_for(&cell);
            let ask = FeatureRequirement { contract, requirement, at, feature, met };
            let mut judgement = self.cell(&ask, cell);
            judgement.written = &promised.text;
            judgements.push(judgement);
        }
    }

    /// Whether any offer of a feature has a last day: how long it must hold decides then.
    fn goes(&self, at: usize) -> bool {
        self.roadmap.features[at].offers.iter().any(|offer| offer.sunset.is_some())
    }

    /// The requested combinations, over the dimensions that limit the feature or a dependency.
    fn cells(&self, requirement: &Requirement, at: usize) -> Vec<Cell> {
        if requirement.scope.is_empty() || !self.roadmap.dependencies().is_limited(at) {
            return vec![Cell::default()];
        }
        let features = self.roadmap.dependencies().before(at);
        let limited = |dimension: &str| {
            features
                .iter()
                .flat_map(|&at| &self.roadmap.features[at].offers)
                .any(|offer| offer.scope.get(dimension).is_some())
        };
        // More than `MAX_CELLS` combinations are an error of the contract, and then its requirement is unreadable.
        requirement.scope.cells(limited).unwrap_or_default()
    }

    /// Judges one cell by the best offer that covers it. In open dimensions that limit dependencies the best value
    /// counts.
    pub(super) fn cell(&self, ask: &FeatureRequirement<'r>, cell: Cell) -> Judgement<'r> {
        let offers: &'r [Offer] = &ask.feature.offers;
        let blank = Judgement {
            feature: Some(ask.feature),
            at: Some(ask.at),
            ..blank(Delivery::ScopeGap, &ask.feature.id)
        };
        let within = self.cells_within(ask.at, &cell);
        let cells = if within.is_empty() { std::slice::from_ref(&cell) } else { &within };
        let with_dependencies = |cell| {
            let asked = self.asked(ask, cell);
            (asked, DependencyOffers::new(self.roadmap, ask.at, asked))
        };
        let cells: Vec<(CellRequirement<'_>, DependencyOffers<'_>)> =
            cells.iter().map(with_dependencies).collect();
        let covering = cells.iter().flat_map(|(asked, dependencies)| {
            let covering = ask.feature.covering(asked.cell);
            let judged =
                |offer| (offer, self.offer(ask.at, offer, *asked, dependencies), Reach::of(offer, ask));
            covering.map(move |offer| ((asked, dependencies), judged(offer)))
        });
        let best = covering.min_by_key(|(_, (offer, judged, reach))| {
            let is_missed = self.lapse(ask, judged.delivery, Some(offer), judged.by_beta).is_some();
            let fails = gone_in_term(offer, ask).is_some() || is_missed;
            OfferRank {
                is_dropped: judged.delivery == Delivery::Dropped,
                reach: reach.rank(),
                is_unsure: judged.delivery > Delivery::Tight || fails,
                is_read: judged.delivery != Delivery::Unresolved,
                delivery: judged.delivery,
                is_deprecated: offer.status.value == Status::Deprecated,
                has_no_date: judged.expected.is_none() && judged.delivery != Delivery::Shipped,
                expected: match judged.delivery {
                    Delivery::Shipped => offer.since(judged.by_beta).map(|since| since.value),
                    _ => judged.expected,
                }
                .map(|days| days.latest),
                low_levels: reach.low.len(),
                ends: offer.sunset.is_some(),
                last_day: offer.sunset.map(|sunset| Reverse(sunset.value.earliest)),
                is_missed,
            }
        });
        let Some(((asked, dependencies), (offer, judged, reach))) = best else {
            // What the customer accepted was there, whatever the roadmap covers today.
            if ask.met.is_some() {
                return Judgement { delivery: Delivery::Shipped, time: Delivery::Shipped, cell, ..blank };
            }
            let lapse = self.lapse(ask, Delivery::ScopeGap, offers.first(), false);
            return Judgement { offer: offers.first(), lapse, cell, ..blank };
        };
        // Of what is not there neither a level nor an end is told.
        let exists = judged.delivery != Delivery::Dropped;
        let is_low = exists && !reach.low.is_empty();
        // Of what is promised for no day, it is late on the day after it need no longer hold.
        let is_late = matches!(judged.delivery, Delivery::Late | Delivery::LateByDependency);
        let last_day = if is_late { asked.last_day() } else { asked.deadline };
        Judgement {
            delivery: if is_low { Delivery::LevelGap } else { judged.delivery },
            time: judged.delivery,
            offer: Some(offer),
            expected: judged.expected,
            by_beta: judged.by_beta,
            certain: last_day.zip(judged.expected).is_some_and(|(last_day, expected)| {
                expected.earliest.max(self.rules.today) > last_day.latest
            }),
            has_deadline: asked.deadline.is_some(),
            days: last_day.and_then(|deadline| {
                let expected = judged.expected.or_else(|| delivered_late(offer, &judged, ask, deadline))?;
                Some(days_between(deadline.latest, expected.latest))
            }),
            undated: judged.undated,
            chain: judged.release.map(|release| dependencies.chain(&release)).unwrap_or_default(),
            builds: if judged.delivery.is_unshipped() {
                dependencies.builds(self.roadmap, ask.at, offer, judged.release.as_ref())
            } else {
                Vec::new()
            },
            shortfalls: if is_low { reach.low } else { Vec::new() },
            unstated: reach.unstated,
            lapse: self.lapse(ask, judged.delivery, Some(offer), judged.by_beta),
            // Whatever the time row says: what ships late may be gone too soon as well, and one never hides the
            // other.
            gone: gone_in_term(offer, ask).filter(|_| exists),
            assumed: if within.is_empty() { Cell::default() } else { asked.cell.clone() },
            cell: cell.clone(),
            ..blank
        }
    }

    /// The rows of the table of deliveries that are about existence and time, for one offer.
    fn offer(
        &self,
        at: usize,
        offer: &Offer,
        asked: CellRequirement<'_>,
        dependencies: &DependencyOffers<'_>,
    ) -> OfferJudgement {
        if asked.is_met {
            // Accepted is kept: no status or target that the roadmap states today takes that back, only its end does.
            return OfferJudgement::plain(if is_lost(offer, asked) {
                Delivery::Dropped
            } else {
                Delivery::Shipped
            });
        }
        if is_dropped(offer, asked) {
            return OfferJudgement::plain(Delivery::Dropped);
        }
        if offer.is_available(asked.accepts_beta) || stayed_to_the_end(offer, asked) {
            let by_beta = offer.status.value == Status::Beta;
            return OfferJudgement { by_beta, ..OfferJudgement::plain(Delivery::Shipped) };
        }
        let release = dependencies.release(self.roadmap, at, offer, asked);
        let released = self.timed(release, asked, false);
        let beta = dependencies.beta(self.roadmap, at, offer, asked);
        let beta = beta.filter(|beta| !gone_before(offer, beta)).map(|beta| self.timed(beta, asked, true));
        let is_gone = gone_before(offer, &release);
        if is_gone && (beta.is_none() || !asked.accepts_beta) {
            return OfferJudgement::plain(Delivery::Dropped);
        }
        // Who accepts a beta is served by whichever of beta and release comes first.
        if asked.accepts_beta {
            let rank = |judged: &OfferJudgement| {
                let has_no_day = judged.delivery == Delivery::Unscheduled && judged.expected.is_none();
                let expected = judged.expected.map(|expected| expected.latest);
                (preference(judged.delivery), has_no_day, expected)
            };
            return match beta {
                Some(beta) if is_gone || rank(&beta) < rank(&released) => beta,
                _ => released,
            };
        }
        // A beta is there by a day, or it is no matter.
        let Some(deadline) = asked.deadline else { return released };
        // A beta that nobody accepted is told only instead of a worse row: what ships in time is not in beta only.
        let missed = (Delivery::LateByDependency..=Delivery::Undated).contains(&released.delivery);
        let begun = offer.status.value == Status::Beta
            && offer.beta.is_none_or(|beta| beta.value.earliest <= deadline.latest);
        if missed && (begun || beta.is_some_and(|beta| beta.delivery <= Delivery::Tight)) {
            return OfferJudgement { delivery: Delivery::Beta, ..released };
        }
        released
    }

    /// The rows of the table that are about time, from worst to best, for a release that has not come.
    fn timed(&self, release: Release, asked: CellRequirement<'_>, by_beta: bool) -> OfferJudgement {
        let (expected, undated) = release.with_dependencies.date();
        let Some(deadline) = asked.deadline else {
            // What comes only when it need no longer hold is never there in time.
            let is_late = |window: Window| asked.end.is_some_and(|end| window.latest > end.latest);
            let delivery = match (release.own, release.with_dependencies) {
                (Availability::At(own), _) if is_late(own) => Delivery::Late,
                (Availability::At(_), Availability::At(held)) if is_late(held) => Delivery::LateByDependency,
                (_, Availability::Never(reason)) if asked.is_when_available && reason.is_final() => {
                    Delivery::LateByDependency
                }
                (Availability::At(_) | Availability::Never(_), Availability::Never(_)) => {
                    if asked.is_when_available { Delivery::Unscheduled } else { Delivery::Undated }
                }
                (Availability::Never(_), _) if !asked.is_when_available => Delivery::Undated,
                (Availability::At(_), Availability::At(_)) | (Availability::Never(_), _) => {
                    Delivery::Unscheduled
                }
                _ => Delivery::Unresolved,
            };
            return OfferJudgement { delivery, expected, undated, by_beta, release: Some(release) };
        };
        // The deadline's last day decides what is late, its first what is tight: its lenient and its strict reading. What
        // comes only when it need no longer hold is late whatever the deadline.
        let last = asked.last_day().map_or(deadline.latest, |last| last.latest);
        let is_late = |window: Window| window.latest > last;
        let is_tight = |window: Window| days_between(window.latest, deadline.earliest) < self.rules.margin;
        let (delivery, expected, undated) = match (release.own, release.with_dependencies) {
            (Availability::Never(reason), _) => (Delivery::Undated, None, Some(reason)),
            // Late by itself is late, whatever it waits for; but when it comes is for that to say.
            (Availability::At(own), _) if is_late(own) => (Delivery::Late, expected, undated),
            (Availability::At(_), Availability::Never(_)) => (Delivery::LateByDependency, None, undated),
            (Availability::At(_), Availability::At(held)) if is_late(held) => {
                (Delivery::LateByDependency, expected, None)
            }
            (Availability::At(_), Availability::At(held)) if is_tight(held) => {
                (Delivery::Tight, expected, None)
            }
            (Availability::At(_), Availability::At(_)) => (Delivery::OnTrack, expected, None),
            (Availability::At(_) | Availability::Available | Availability::Unreadable, _) => {
                (Delivery::Unresolved, None, None)
            }
        };
        OfferJudgement { delivery, expected, undated, by_beta, release: Some(release) }
    }

    fn lapse(
        &self,
        ask: &FeatureRequirement<'_>,
        delivery: Delivery,
        offer: Option<&Offer>,
        by_beta: bool,
    ) -> Option<Lapse> {
        LapseCase { delivery, offer, by_beta }.lapse(ask, self.rules.today)
    }

    fn asked<'a>(&self, ask: &FeatureRequirement<'_>, cell: &'a Cell) -> CellRequirement<'a> {
        CellRequirement {
            cell,
            deadline: ask.requirement.due.window(),
            end: ask.requirement.end(ask.contract).given().map(|end| end.value),
            is_met: ask.met.is_some(),
            is_when_available: ask.requirement.due.day == DueDay::WhenAvailable,
            accepts_beta: ask.requirement.accepts_beta,
            today: self.rules.today,
        }
    }
}

/// Which of several verdicts is the best, the lowest first. What could not be read may be in time: only what
/// surely is in time is better.
fn preference(delivery: Delivery) -> (bool, bool, Delivery) {
    (delivery > Delivery::Tight, delivery != Delivery::Unresolved, delivery)
}

/// Whether an accepted offer is gone, with no last day to tell that by.
fn is_lost(offer: &Offer, asked: CellRequirement<'_>) -> bool {
    let is_told = |sunset: Window| asked.end.is_none_or(|end| sunset.earliest < end.latest);
    offer.status.value == Status::Retired
        && asked.end.is_none_or(|end| !end.has_passed(asked.today))
        && !offer.sunset.is_some_and(|sunset| is_told(sunset.value))
}

/// The last day of an offer that stops working before the contract ends; without an end, any sunset does.
fn gone_in_term(offer: &Offer, ask: &FeatureRequirement<'_>) -> Option<Spanned<Window>> {
    // The first day of a sunset window counts, the last of the end's: the reading that promises less.
    offer.sunset.filter(|sunset| match ask.requirement.end(ask.contract) {
        Field::Absent => true,
        Field::Broken => false,
        Field::Given(end) => sunset.value.earliest < end.value.latest,
    })
}

/// The day of delivery, where a signed contract's feature came after its deadline.
fn delivered_late(
    offer: &Offer,
    judged: &OfferJudgement,
    ask: &FeatureRequirement<'_>,
    deadline: Window,
) -> Option<Window> {
    let delivered = matches!(judged.delivery, Delivery::Shipped | Delivery::Dropped);
    let since = ask.met.or_else(|| offer.since(judged.by_beta)).filter(|_| delivered)?.value;
    (ask.contract.status == ContractStatus::Signed && since.latest > deadline.latest).then_some(since)
}

fn blank<'r>(delivery: Delivery, written: &'r Text) -> Judgement<'r> {
    Judgement {
        delivery,
        time: delivery,
        written,
        feature: None,
        at: None,
        cell: Cell::default(),
        assumed: Cell::default(),
        offer: None,
        expected: None,
        by_beta: false,
        certain: false,
        has_deadline: true,
        days: None,
        undated: None,
        chain: Vec::new(),
        builds: Vec::new(),
        shortfalls: Vec::new(),
        unstated: Vec::new(),
        lapse: None,
        gone: None,
    }
}
