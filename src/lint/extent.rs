//! How far a finding goes, where that can grow while the contract stays as it is: what a waiver accepts.

use std::collections::HashSet;

use rust_decimal::Decimal;

use crate::delivery::{Arrival, Judgement, Row};
use crate::model::acceptance::Acceptance;
use crate::model::constraint::{Constraint, Relation};
use crate::model::level::{Attainment, LevelConstraint};
use crate::model::quantity::{Amount, Quantity};
use crate::model::unit::Unit;
use crate::model::window::{Date, Window};
use crate::source::{Span, Spanned};

/// How far a finding goes.
#[derive(Clone, Debug, PartialEq)]
pub enum FindingExtent {
    /// When the last of what is promised can be had.
    Delivery(Arrival),
    /// The first day on which some of it stops working.
    LastDay(Date),
    /// The levels that do not reach what is asked of them.
    Levels(Vec<MissedLevel>),
    /// What it names, of which there can be more: each once.
    Names(Vec<String>),
}

/// A level that does not reach what is asked of it.
#[derive(Clone, Debug, PartialEq)]
pub struct MissedLevel {
    /// Its name.
    pub name: String,
    /// What is asked of it.
    pub bound: LevelConstraint,
    /// What it is.
    pub reached: Attainment,
    /// Where that is written, if it is.
    pub span: Option<Span>,
}

impl FindingExtent {
    /// How far a row goes for some cells.
    pub(super) fn of_row(row: Row, cells: &[&Judgement<'_>]) -> Option<Self> {
        match row {
            Row::Sunset => {
                let days = cells.iter().filter_map(|judgement| judgement.gone);
                days.map(|gone| gone.value.earliest).min().map(Self::LastDay)
            }
            Row::LevelGap => {
                let missed = cells.iter().flat_map(|judgement| &judgement.shortfalls);
                let missed = missed.map(|(need, level)| MissedLevel {
                    name: need.name.value.to_string(),
                    bound: need.constraint.value.clone(),
                    reached: level.value.value.clone(),
                    span: Some(level.value.span),
                });
                Some(Self::levels(missed))
            }
            row if row.is_about_a_date() => {
                cells.iter().map(|judgement| judgement.arrival()).max().map(Self::Delivery)
            }
            _ => None,
        }
    }

    /// A share in percent that is more than it may be; none where it is of nothing, and more than any.
    pub(crate) fn share(name: &str, share: Option<Decimal>, most: Decimal) -> Self {
        let percent =
            |value| Quantity::Amount(Amount { value, unit: Unit::Percent, window: None, percentile: None });
        Self::Levels(vec![MissedLevel {
            name: name.to_owned(),
            bound: LevelConstraint::Quantity(Constraint {
                relation: Relation::AtMost,
                quantity: percent(most.normalize()),
            }),
            // Never less than it is.
            reached: Attainment::Quantity(share.map_or(Quantity::Unlimited, |share| {
                let rounded = share.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::AwayFromZero);
                percent(rounded.normalize())
            })),
            span: None,
        }])
    }

    /// How many there are of what there may be so many of.
    pub(crate) fn count(name: &str, count: usize, most: usize) -> Self {
        let number = |count: usize| {
            Quantity::Amount(Amount {
                value: Decimal::from(count),
                unit: Unit::One,
                window: None,
                percentile: None,
            })
        };
        Self::Levels(vec![MissedLevel {
            name: name.to_owned(),
            bound: LevelConstraint::Quantity(Constraint {
                relation: Relation::AtMost,
                quantity: number(most),
            }),
            reached: Attainment::Quantity(number(count)),
            span: None,
        }])
    }

    /// The worst of each level.
    fn levels(missed: impl Iterator<Item = MissedLevel>) -> Self {
        let mut levels: Vec<MissedLevel> = Vec::new();
        for missed in missed {
            match levels.iter_mut().find(|known| known.name == missed.name) {
                Some(known) => {
                    let worse = known.bound.worse(&known.reached, &missed.reached);
                    if worse == missed.reached {
                        known.span = missed.span;
                    }
                    known.reached = worse;
                }
                None => levels.push(missed),
            }
        }
        Self::Levels(levels)
    }

    /// A name with the day on which it is expected, which may come to be later.
    pub(crate) fn dated(name: String, expected: Option<Window>) -> String {
        expected.map_or(name.clone(), |expected| format!("{name} by {}", expected.latest))
    }

    /// A name without the day on which it is expected.
    pub(super) fn undated(name: &str) -> &str {
        let dated = name.rsplit_once(" by ").filter(|(_, day)| day.parse::<Date>().is_ok());
        dated.map_or(name, |(name, _)| name)
    }

    /// What a finding names.
    pub(crate) fn names(names: impl IntoIterator<Item = String>) -> Self {
        let mut each: Vec<String> = Vec::new();
        let mut seen = HashSet::new();
        each.extend(names.into_iter().filter(|name| seen.insert(name.clone())));
        Self::Names(each)
    }

    /// How far several findings of one lint go together.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Delivery(one), Self::Delivery(other)) => Self::Delivery(one.max(other)),
            (Self::LastDay(one), Self::LastDay(other)) => Self::LastDay(one.min(other)),
            (Self::Levels(one), Self::Levels(other)) => Self::levels(one.into_iter().chain(other)),
            (Self::Names(one), Self::Names(other)) => Self::names(one.into_iter().chain(other)),
            (one, _) => one,
        }
    }

    /// What a waiver accepts that is for so much; nothing where there is no day, or it can be had today.
    pub fn acceptance(&self) -> Option<Acceptance> {
        match self {
            Self::Delivery(Arrival::By(day)) | Self::LastDay(day) => Some(Acceptance::Day(Window::day(*day))),
            Self::Delivery(Arrival::Today | Arrival::Never) => None,
            Self::Levels(levels) => {
                let nowhere = Span { file: crate::source::FileId(u32::MAX), start: 0, end: 0 };
                let levels = levels.iter().map(|missed| {
                    let name = Spanned::new(missed.name.as_str().into(), missed.span.unwrap_or(nowhere));
                    (name, missed.reached.clone())
                });
                Some(Acceptance::Levels(levels.collect()))
            }
            Self::Names(names) => {
                let nowhere = Span { file: crate::source::FileId(u32::MAX), start: 0, end: 0 };
                let names = names.iter().map(|name| Spanned::new(name.as_str().into(), nowhere));
                Some(Acceptance::Names(names.collect()))
            }
        }
    }
}
