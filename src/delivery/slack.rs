//! How much room a promise has: days from what is expected to its deadline, today and on the day of its signature.

use crate::model::contract::ContractStatus;
use crate::model::evidence::Evidence;
use crate::model::status::Status;
use crate::model::window::{Date, days_between};

use super::{Delivery, Judgement, Promise};

/// How much room there is; the least is the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Slack {
    /// No roadmap of that day is known.
    NoRoadmap,
    /// The roadmap has nothing that would do.
    NotPlanned,
    /// There is no day on which it is expected.
    NoDate,
    /// Days to spare; below zero where it is late.
    Days(i64),
    /// It was there already.
    Shipped,
}

impl Slack {
    /// What there is today; nothing of what could not be judged, and of what is promised for no day.
    pub(crate) fn today(judgement: &Judgement<'_>) -> Option<Self> {
        match judgement.time {
            Delivery::Unresolved | Delivery::Unscheduled => None,
            Delivery::Unknown | Delivery::Dropped | Delivery::ScopeGap => Some(Self::NotPlanned),
            Delivery::Shipped => Some(Self::Shipped),
            _ => Some(judgement.days.map_or(Self::NoDate, |late| Self::Days(-late))),
        }
    }

    /// What there was on a day, by the last roadmap that was committed until then, of something that is needed by another
    /// day; nothing of what today's roadmap does not have. The offer's own target counts.
    pub(crate) fn on(
        day: Date,
        judgement: &Judgement<'_>,
        evidence: &Evidence,
        needed: Option<Date>,
    ) -> Option<Self> {
        let (at, offer) = judgement.place()?;
        // Git knows no roadmap of that day: that is not the same as a roadmap without the feature.
        if evidence.since.is_none_or(|since| since > day) {
            return Some(Self::NoRoadmap);
        }
        let Some(state) = evidence.of(at, offer)?.state_on(day) else { return Some(Self::NotPlanned) };
        Some(match (state.status, state.target) {
            (status, _) if status.is_released() => Self::Shipped,
            (Status::Rejected | Status::Retired, _) => Self::NotPlanned,
            (Status::Idea | Status::Paused, _) => Self::NoDate,
            (_, target) => target
                .zip(needed)
                .map_or(Self::NoDate, |(target, needed)| Self::Days(days_between(target.latest, needed))),
        })
    }

    /// A number of days, or why there is none.
    pub(crate) fn words(self) -> String {
        match self {
            Self::NoRoadmap => "no roadmap".to_owned(),
            Self::NotPlanned => "not planned".to_owned(),
            Self::NoDate => "no date".to_owned(),
            Self::Days(days) => days.to_string(),
            Self::Shipped => "shipped".to_owned(),
        }
    }
}

impl Promise<'_> {
    /// The least room that there is today.
    pub(crate) fn slack(&self) -> Option<Slack> {
        self.judgements.iter().filter_map(Slack::today).min()
    }

    /// The least that there was on the day of the signature; nothing of a draft, and where today's roadmap lacks some of it.
    pub(crate) fn slack_at_signing(&self, evidence: &Evidence) -> Option<Slack> {
        let day = self.contract.signing.filter(|_| self.status() == ContractStatus::Signed)?;
        let needed = self.requirement.due.window().filter(|_| !self.requirement.unreadable);
        let needed = needed.map(|needed| needed.latest);
        let slack = |judgement| Slack::on(day.value.latest, judgement, evidence, needed);
        self.judgements.iter().map(slack).collect::<Option<Vec<_>>>()?.into_iter().min()
    }
}
