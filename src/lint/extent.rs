//! How far a finding goes, where that can grow while the contract stays as it is: what a waiver accepts.

use std::collections::{BTreeSet, HashSet};
use std::fmt;
use std::hash::{Hash, Hasher};

use rust_decimal::{Decimal, RoundingStrategy};

use crate::delivery::{Arrival, Judgement, Row};
use crate::model::acceptance::Acceptance;
use crate::model::constraint::{Constraint, Relation};
use crate::model::contract::Need;
use crate::model::level::{Attainment, LevelConstraint};
use crate::model::quantity::{Amount, Quantity};
use crate::model::roadmap::StatedLevel;
use crate::model::unit::Unit;
use crate::model::window::{Date, Window};
use crate::source::{Span, Spanned};
use crate::text::fold;

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
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Hash for MissedLevel {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.name.hash(hasher);
    }
}

impl MissedLevel {
    /// Those of a judgement.
    pub(crate) fn all(shortfalls: &[(&Need, &StatedLevel)]) -> impl Iterator<Item = Self> {
        shortfalls.iter().map(|(need, level)| Self {
            name: need.name.value.to_string(),
            bound: need.constraint.value.clone(),
            reached: level.value.value.clone(),
            span: Some(level.value.span),
        })
    }

    /// What is asked of it and not reached: `retention >= 365 days`, `certificates ISO 27001`.
    fn names(&self) -> Vec<String> {
        match self.bound.missing(&self.reached).as_slice() {
            [] => vec![format!("{} {}", self.name, self.bound)],
            missing => missing.iter().map(|word| format!("{} {word}", self.name)).collect(),
        }
    }
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
                let missed = cells.iter().flat_map(|judgement| MissedLevel::all(&judgement.shortfalls));
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
        let percent = |value: Decimal| Amount::of(value.normalize(), Unit::Percent).into();
        // Never less than it is.
        let up = |share: Decimal| share.round_dp_with_strategy(2, RoundingStrategy::AwayFromZero);
        let reached = share.map_or(Quantity::Unlimited, |share| percent(up(share)));
        Self::at_most(name, percent(most), reached)
    }

    /// How many there are of what there may be so many of.
    pub(crate) fn count(name: &str, count: usize, most: usize) -> Self {
        let number = |count: usize| Amount::of(count.into(), Unit::One).into();
        Self::at_most(name, number(most), number(count))
    }

    fn at_most(name: &str, most: Quantity, reached: Quantity) -> Self {
        Self::Levels(vec![MissedLevel {
            name: name.to_owned(),
            bound: LevelConstraint::Quantity(Constraint { relation: Relation::AtMost, quantity: most }),
            reached: Attainment::Quantity(reached),
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

    /// What a finding names.
    pub(crate) fn names(names: impl IntoIterator<Item = String>) -> Self {
        let mut each: Vec<String> = Vec::new();
        let mut seen = HashSet::new();
        each.extend(names.into_iter().filter(|name| seen.insert(name.clone())));
        Self::Names(each)
    }

    /// What `--since` knows it by, of what it names: each name with how it fares, without its day.
    pub(super) fn keys(&self) -> Vec<(String, String)> {
        self.all_names().iter().map(|name| (name.clone(), NameKey::of(name).to_string())).collect()
    }

    /// The same, with what is milder: what had no date has one now, or what was gone is planned.
    pub(super) fn keys_of_known(&self) -> Vec<String> {
        let names = self.all_names().into_iter();
        names.flat_map(|name| NameKey::of(&name).and_milder()).map(|key| key.to_string()).collect()
    }

    /// What it names, each word that a level lacks by itself.
    fn all_names(&self) -> Vec<String> {
        match self {
            Self::Names(names) => names.clone(),
            Self::Levels(levels) => levels.iter().flat_map(MissedLevel::names).collect(),
            Self::Delivery(_) | Self::LastDay(_) => Vec::new(),
        }
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
                let levels = levels.iter().map(|missed| {
                    let name =
                        Spanned::new(missed.name.as_str().into(), missed.span.unwrap_or(Span::NOWHERE));
                    (name, missed.reached.clone())
                });
                Some(Acceptance::Levels(levels.collect()))
            }
            Self::Names(names) => {
                let names = names.iter().map(|name| Spanned::new(name.as_str().into(), Span::NOWHERE));
                Some(Acceptance::Names(names.collect()))
            }
        }
    }
}

/// All values of a dimension but some, as a finding names them: `any platform but (linux, macos)`.
pub(crate) fn all_but(dimension: &str, named: &[&str]) -> String {
    format!("any {dimension}{BUT}{})", named.join(", "))
}

const BUT: &str = " but (";

/// A name of an extent with what it leaves out: it is no more than another one that leaves out no more.
#[derive(PartialEq)]
struct NameShape {
    /// The name without what it leaves out.
    name: String,
    /// What it leaves out, in each place where it leaves something out.
    left_out: Vec<BTreeSet<String>>,
}

impl NameShape {
    fn of(name: &str) -> Self {
        let name = fold(name.trim());
        let (mut shape, mut rest) = (Self { name: String::new(), left_out: Vec::new() }, &*name);
        while let Some((before, after)) = rest.split_once(BUT)
            && let Some((values, after)) = after.split_once(')')
        {
            shape.name += before;
            shape.name += BUT;
            shape.left_out.push(values.split(", ").map(str::to_owned).collect());
            rest = after;
        }
        shape.name += rest;
        shape
    }
}

/// Whether a name of an extent is no more than another one: the same, where it leaves out at least the same values.
pub(crate) fn is_no_more(now: &str, known: &str) -> bool {
    let (now, known) = (NameShape::of(now), NameShape::of(known));
    now.name == known.name
        && now.left_out.iter().zip(&known.left_out).all(|(now, known)| known.is_subset(now))
}

/// Whether what a name goes for may be more or less of the same.
pub(crate) fn leaves_out(name: &str) -> bool {
    name.contains(BUT)
}

/// Why something that a finding names will not be there, as `unscoped-promise` writes it after the name.
const GONE: [&str; 2] = [" (no longer available)", " (will not be built)"];

/// A name of an extent without its day: one that moves makes no finding new.
#[derive(Debug, PartialEq)]
struct NameKey {
    name: String,
    has_day: bool,
}

impl NameKey {
    /// Reads `windows by 2027-06-30` and `windows (stops working on 2027-06-30)`.
    fn of(name: &str) -> Self {
        let (name, day) = split_day(name);
        let until = name.strip_suffix(')').and_then(|name| name.rsplit_once(" on "));
        let until = until.filter(|(_, day)| day.parse::<Date>().is_ok());
        let name = until.map_or(name, |(name, _)| name);
        Self { name: fold(name).into_owned(), has_day: day.is_some() || until.is_some() }
    }

    /// It, and what is milder.
    fn and_milder(self) -> Vec<Self> {
        let spared = GONE.iter().find_map(|gone| self.name.strip_suffix(gone));
        let names = [self.name.as_str()].into_iter().chain(spared);
        let all = names.flat_map(|name| [false, true].map(|has_day| Self { name: name.to_owned(), has_day }));
        all.filter(|key| key.has_day || !self.has_day).collect()
    }
}

impl fmt::Display for NameKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.name, if self.has_day { " by" } else { "" })
    }
}

/// A name, and the day after it, as in `windows by 2027-06-30`.
pub(crate) fn split_day(name: &str) -> (&str, Option<Date>) {
    let name = name.trim();
    let day = name.rsplit_once(" by ").and_then(|(rest, day)| Some((rest, day.parse().ok()?)));
    day.map_or((name, None), |(rest, day)| (rest, Some(day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_while_its_day_moves_and_where_it_gets_better() {
        for (before, now, is_known) in [
            ("windows", "Windows", true),
            ("windows by 2027-06-30", "windows by 2027-09-30", true),
            ("windows by 2027-06-30", "windows", false),
            ("windows by 2027-06-30", "windows (no longer available)", false),
            ("windows by 2027-06-30", "windows with retention of 1 day by 2027-06-30", false),
            ("windows", "windows by 2027-06-30", true),
            ("windows", "windows (no longer available)", false),
            ("windows (no longer available)", "windows by 2027-06-30", true),
            ("windows (will not be built)", "windows", true),
            ("windows (arm)", "windows", false),
            ("windows (stops working on 2027-06-30)", "windows (stops working on 2027-03-31)", true),
            ("windows (stops working on 2027-06-30)", "windows (no longer available)", false),
            ("windows (stops working on 2027-06-30)", "windows", false),
            ("windows", "linux", false),
        ] {
            let names = |name: &str| FindingExtent::names([name.to_owned()]);
            let (known, keys) = (names(before).keys_of_known(), names(now).keys());
            assert_eq!(keys.iter().all(|(_, key)| known.contains(key)), is_known, "{before} and {now}");
        }
    }
}
