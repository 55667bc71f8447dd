//! What the roadmap says will happen to each promise: requirement × roadmap → verdict with its evidence.
//!
//! A requirement is judged feature by feature and cell by cell, a cell being one value for each dimension it
//! names. Per cell the best of the offers that cover it counts, over the cells the worst. Every verdict comes
//! with what it rests on, so that a lint only has to put it into words.

mod chance;
mod combination;
mod judge;
mod lapse;
mod offer_rank;
mod open;
mod open_dimension;
mod owed;
mod reach;
mod release;
mod slack;
#[cfg(test)]
pub(crate) mod tests;
mod verdict;
pub(crate) mod what_if;

use std::cmp::Reverse;

use crate::input::decode::Text;
use crate::model::contract::{Contract, ContractStatus, Need, Requirement};
use crate::model::roadmap::{Feature, Offer, StatedLevel};
use crate::model::scope::Cell;
use crate::model::window::{Date, Window, add_days};
use crate::source::Spanned;

pub(crate) use chance::{Chance, Forecaster};
pub(crate) use combination::ValueClass;
pub(crate) use judge::Judge;
pub(crate) use lapse::Lapse;
pub(crate) use open::needed_day;
pub(crate) use open_dimension::{Lack, OpenCombination, OpenDimension, OpenDimensions, Outlook};
pub(crate) use owed::{Owed, OwedSums, owed_together};
pub(crate) use release::unsound_dependency;
pub(crate) use slack::Slack;
pub use verdict::Delivery;
pub(crate) use verdict::{Kind, Row};

/// What a verdict depends on besides the contract and the roadmap.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// The day of the check.
    pub today: Date,
    /// Days to spare under which a promise is tight.
    pub margin: i64,
}

impl Rules {
    /// The first deadline that keeps the margin after what is expected; none beyond the calendar.
    pub fn first_day(&self, expected: Window) -> Option<Date> {
        add_days(expected.latest, self.margin)
    }
}

/// The verdict on one feature in one cell, with what it rests on.
#[derive(Clone, Debug)]
pub struct Judgement<'r> {
    /// The verdict: the worst row over existence, level and time.
    pub delivery: Delivery,
    /// The row of time alone, also beside a level that is too low; as [`Self::delivery`] where existence fails.
    pub time: Delivery,
    /// The feature as the requirement names it.
    pub written: &'r Text,
    /// The feature in the roadmap, if there is one.
    pub feature: Option<&'r Feature>,
    /// The feature's place in [`Roadmap::features`](crate::model::roadmap::Roadmap::features).
    pub at: Option<usize>,
    /// The combination of scope values that was judged; only dimensions that matter to the feature.
    pub cell: Cell,
    /// The cell with the values that were assumed in dimensions which the requirement leaves open and which limit a dependency;
    /// without any dimension where there is none. An empty value stands for what no offer names.
    pub assumed: Cell,
    /// The best of the offers that cover the cell; for a scope gap the first.
    pub offer: Option<&'r Offer>,
    /// The expected days: the target, or that of an accepted beta, moved by dependencies.
    pub expected: Option<Window>,
    /// Whether it is the beta that is expected, or available.
    pub by_beta: bool,
    /// Whether it is late even if it comes on the first day of its target.
    pub certain: bool,
    /// Whether the contract says by when.
    pub has_deadline: bool,
    /// Days from the deadline's latest day to the latest expected one: positive when late.
    pub days: Option<i64>,
    /// Why it has no date.
    pub undated: Option<UndatedReason>,
    /// What it waits for: each feature with the offer that decides, down to the one that moves the date.
    pub chain: Vec<Link<'r>>,
    /// What somebody still has to build before it is there: the offer, then what that waits for, each once.
    /// Empty where it is available, and where no offer would do.
    pub builds: Vec<Build<'r>>,
    /// The levels that are too low.
    pub shortfalls: Vec<(&'r Need, &'r StatedLevel)>,
    /// Levels that are needed and that the offer does not state.
    pub unstated: Vec<&'r Need>,
    /// Whether the day is over: then this says more than the verdict.
    pub lapse: Option<Lapse>,
    /// Its last day, where that is before the promise need no longer hold.
    pub gone: Option<Spanned<Window>>,
}

/// When something that is promised can be had, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arrival {
    /// Today.
    Today,
    /// On this day at the latest.
    By(Date),
    /// There is no date.
    Never,
}

/// Why something has no date that can be promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UndatedReason {
    /// An idea: nobody has planned it.
    Idea,
    /// Paused.
    Paused,
    /// No target is stated.
    NoTarget,
    /// The target has passed, so many days ago.
    TargetPassed(i64),
    /// It waits for something that the roadmap does not have.
    UnknownDependency,
    /// It waits for itself, in a circle.
    CircularDependency,
    /// It is retired or rejected, or gone by then; only said of what something depends on.
    Dropped,
    /// It is not available for the cell; only said of what something depends on.
    NotCovered,
}

impl UndatedReason {
    /// Whether it will not come at all, whatever day is set.
    fn is_final(self) -> bool {
        matches!(self, Self::Dropped | Self::NotCovered)
    }
}

/// A feature that something waits for.
#[derive(Clone, Copy, Debug)]
pub struct Link<'r> {
    /// The feature.
    pub feature: &'r Feature,
    /// Its offer that decides; none where no offer covers the cell.
    pub offer: Option<&'r Offer>,
    /// When it is expected, moved by what it depends on itself.
    pub expected: Option<Window>,
    /// Why it has no date.
    pub undated: Option<UndatedReason>,
}

/// Something that somebody still has to do: to build it, or to make it work for a customer.
#[derive(Clone, Copy, Debug)]
pub struct Build<'r> {
    /// The feature.
    pub feature: &'r Feature,
    /// Its place in [`Roadmap::features`](crate::model::roadmap::Roadmap::features).
    pub at: usize,
    /// The offer, by its place in the feature; none where no offer would do.
    pub offer: Option<usize>,
    /// Whether it is work for this customer alone.
    pub is_custom: bool,
}

impl<'r> Build<'r> {
    fn new(feature: &'r Feature, at: usize, offer: Option<&Offer>) -> Self {
        Self { feature, at, offer: offer.map(|offer| offer.at), is_custom: false }
    }

    /// The offer.
    pub fn offer(&self) -> Option<&'r Offer> {
        self.feature.offers.get(self.offer?)
    }

    /// Days of work, where the roadmap states them.
    pub fn effort(&self) -> Option<rust_decimal::Decimal> {
        let offer = self.offer()?;
        let effort = if self.is_custom { offer.custom_effort } else { offer.effort };
        Some(effort?.value)
    }
}

/// A requirement of a contract with its verdict.
#[derive(Debug)]
pub struct Promise<'r> {
    /// The contract.
    pub contract: &'r Contract,
    /// The requirement.
    pub requirement: &'r Requirement,
    /// One judgement for each feature and cell. Empty for services and where no feature is named.
    pub judgements: Vec<Judgement<'r>>,
}

impl<'r> Promise<'r> {
    /// How far the deal is in the file that holds its words.
    pub fn status(&self) -> ContractStatus {
        self.contract.status
    }

    /// The worst judgement, the first of those where several are equally bad.
    pub fn worst(&self) -> Option<&Judgement<'r>> {
        // From the back, since `max_by_key` takes the last of several that are equal.
        self.judgements.iter().rev().max_by_key(|judgement| judgement.severity())
    }

    /// The verdict; none for services and where no feature is named.
    pub fn delivery(&self) -> Option<Delivery> {
        // Where `feature` itself could not be read there is no judgement, and yet a feature was promised.
        let lost = self.requirement.unreadable && !self.requirement.is_service;
        self.worst().map(|judgement| judgement.delivery).or(lost.then_some(Delivery::Unresolved))
    }

    /// What is still to be done for this customer alone: nothing where the customer has accepted it, or a signed contract's
    /// day is over and it is there.
    pub fn custom_work(&self, today: Date) -> impl Iterator<Item = (&Judgement<'r>, Build<'r>)> {
        let is_over = self.contract.status == ContractStatus::Signed
            && self.requirement.due.window().is_some_and(|due| due.has_passed(today));
        let is_done = move |judgement: &Judgement<'_>| {
            self.requirement.met_for(&judgement.cell).is_some()
                || is_over && judgement.delivery == Delivery::Shipped && judgement.lapse.is_none()
        };
        let to_do = self.judgements.iter().filter(move |judgement| !is_done(judgement));
        to_do.filter_map(|judgement| Some((judgement, judgement.custom_work()?)))
    }

    /// What breaks it where its verdict does not say so: the day is over, or it is gone before the contract ends.
    pub fn fault(&self) -> Option<Row> {
        let is_fine = self.delivery().is_some_and(|delivery| delivery <= Delivery::Tight);
        self.judgements.iter().filter(|_| is_fine).filter_map(Judgement::fault).min()
    }
}

/// How bad a judgement is beside others of the same promise; the greater, the worse. The order in which the
/// contract names its features and scopes is no part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Severity {
    delivery: Delivery,
    is_lapsed: bool,
    arrival: Arrival,
    certain: bool,
    days: Option<i64>,
}

impl<'r> Judgement<'r> {
    /// The places of the feature in the roadmap and of the offer in the feature, where there are both.
    pub(crate) fn place(&self) -> Option<(usize, usize)> {
        Some((self.at?, self.offer?.at))
    }

    /// What has to be done for each customer before it works, where the roadmap says so of the offer that counts.
    fn custom_work(&self) -> Option<Build<'r>> {
        let build = Build { is_custom: true, ..Build::new(self.feature?, self.at?, self.offer) };
        (self.delivery.exists() && build.effort().is_some()).then_some(build)
    }
}

impl Judgement<'_> {
    /// The feature's id, or what was written where the roadmap has no such feature.
    pub fn id(&self) -> &str {
        self.feature.map_or(&self.written.value, |feature| &feature.id.value)
    }

    /// How bad it is beside others of the same promise.
    pub fn severity(&self) -> Severity {
        Severity {
            delivery: self.delivery,
            is_lapsed: self.lapse.is_some(),
            arrival: self.arrival(),
            certain: self.certain,
            days: self.days,
        }
    }

    /// How bad it is beside others for which the same row holds.
    pub fn severity_by(&self, row: Row) -> (Option<Reverse<Date>>, Severity) {
        let gone = self.gone.filter(|_| row == Row::Sunset);
        let severity = Severity { delivery: self.time, ..self.severity() };
        (gone.map(|gone| Reverse(gone.value.earliest)), severity)
    }

    /// Since when it is there, where it is and the roadmap says so.
    pub fn came(&self) -> Option<Spanned<Window>> {
        let offer = self.offer.filter(|_| matches!(self.delivery, Delivery::Shipped | Delivery::Dropped))?;
        offer.since(self.by_beta)
    }

    /// When it can be had.
    pub fn arrival(&self) -> Arrival {
        match (self.delivery, self.expected) {
            (Delivery::Shipped, _) => Arrival::Today,
            (_, Some(expected)) => Arrival::By(expected.latest),
            (_, None) => Arrival::Never,
        }
    }

    /// Whether what it rests on could not be read. It may still be known that it is late by itself, but not
    /// when it comes.
    pub fn is_unread(&self) -> bool {
        match self.delivery {
            Delivery::Unresolved => true,
            Delivery::Late => self.expected.is_none() && self.undated.is_none(),
            _ => false,
        }
    }

    /// See [`Promise::fault`].
    pub fn fault(&self) -> Option<Row> {
        if self.delivery.is_broken() {
            return None;
        }
        self.lapse.map(Lapse::row).or(self.gone.is_some().then_some(Row::Sunset))
    }

    /// Whether it is reason enough that the promise cannot be kept, or was not kept.
    pub fn is_broken(&self) -> bool {
        self.delivery.is_broken() || self.lapse.is_some() || self.gone.is_some()
    }

    /// Whether it can be had today, also where it will be gone by the deadline. What could not be judged is
    /// not said to be missing.
    pub fn is_available(&self, today: Date) -> bool {
        match self.delivery {
            Delivery::Shipped | Delivery::Unresolved => true,
            Delivery::Dropped => self.offer.is_some_and(|offer| {
                offer.is_available(false) && offer.sunset.is_none_or(|sunset| !sunset.value.has_passed(today))
            }),
            _ => false,
        }
    }

    /// The obstacles, by kind. Of existence and time all rows that hold, the worst first: which one is told depends
    /// on levels, so that an allowed lint hides no denied one.
    pub fn obstacles(&self) -> Vec<(Kind, Vec<Row>)> {
        let lapse = self.lapse.map(Lapse::row);
        // Reported as an error, which ends the run with status 2 already.
        if self.delivery == Delivery::Unresolved {
            return Vec::new();
        }
        // Of what is not there, no level, day or end is asked for.
        if let Some(row) = self.delivery.row().filter(|row| row.kind() == Kind::Existence) {
            return vec![(Kind::Existence, lapse.into_iter().chain([row]).collect())];
        }
        let mut obstacles = Vec::new();
        if !self.shortfalls.is_empty() {
            obstacles.push((Kind::Level, vec![Row::LevelGap]));
        }
        let own = self.time.row().filter(|row| row.kind() == Kind::Time);
        // What is late or tight is unshipped, too. Of what is promised for no day, only that there is none is told.
        let unshipped = (self.has_deadline && self.time.is_unshipped()).then_some(Row::Unshipped);
        let time: Vec<Row> = [lapse, own, unshipped].into_iter().flatten().collect();
        if !time.is_empty() {
            obstacles.push((Kind::Time, time));
        }
        if self.gone.is_some() {
            obstacles.push((Kind::Term, vec![Row::Sunset]));
        }
        obstacles
    }
}
