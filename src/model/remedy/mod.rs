//! What is owed when a promise is missed: credits for the delay, up to a cap, and what the customer may do then.

mod compare;
mod contradictions;
mod per;
mod read;
#[cfg(test)]
mod tests;

use std::fmt;

use compact_str::CompactString;
use rust_decimal::Decimal;

use super::constraint::Constraint;
use super::deadline::Offset;
use super::misread::Misread;
use super::money::Money;
use super::number::{exact_product, exact_sum, short};
use super::quantity::{Amount, Quantity};
use super::window::Date;

pub(crate) use compare::{RemedyEntry, caps_as_much};
pub(crate) use per::Per;
pub(crate) use read::RemedyReading;
pub(in crate::model) use read::remedy_cap;

/// What is owed when a promise is missed: all parts together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remedy {
    /// What is owed for delay.
    pub parts: Vec<RemedyPart>,
    /// What is owed for a lower level.
    pub tiers: Vec<Tier>,
    /// When the customer may end the contract.
    pub termination: Option<Termination>,
    /// Whether nothing else can be owed.
    pub is_sole: bool,
}

/// A share of something, or a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portion {
    /// A share, in percent.
    Share(Decimal),
    /// A sum.
    Sum(Money),
}

/// What shares are of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RemedyBase {
    /// Its name or sum as written; none where nothing is named, and the contract's value is meant.
    pub name: Option<CompactString>,
    /// How much it is; none where the contract does not state what it is worth.
    pub amount: Option<Money>,
}

/// One way in which delay is owed for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemedyPart {
    /// How it adds up.
    pub accrual: Accrual,
    /// What shares are of.
    pub base: RemedyBase,
    /// The most that can be owed.
    pub cap: Option<Portion>,
}

/// How what is owed adds up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accrual {
    /// So much for each period.
    Rate(PeriodCredit),
    /// So much from when on; the last step that was reached holds.
    Steps(Vec<Step>),
}

/// So much for each period of delay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodCredit {
    /// How much.
    pub credit: Portion,
    /// For what.
    pub per: Per,
    /// The deadline.
    pub due: Date,
    /// What is free.
    pub free: Option<FreeDelay>,
}

/// A delay that is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FreeDelay {
    /// How long.
    pub length: Offset,
    /// Its last day.
    pub last: Date,
    /// Whether all days count where the delay is longer.
    pub is_lost: bool,
}

/// What is owed from when on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// The delay after which it holds.
    pub after: Offset,
    /// The last day before it holds.
    pub last: Date,
    /// How much.
    pub credit: Portion,
}

/// A service credit: what is owed where a level is missed by so much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    /// The level.
    pub level: CompactString,
    /// What it is then.
    pub bound: Constraint,
    /// What is owed, at most the cap.
    pub credit: Portion,
    /// What shares are of.
    pub base: RemedyBase,
}

/// When the customer may end the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Termination {
    /// After which delay.
    pub after: Offset,
    /// The first day.
    pub first: Date,
    /// What is paid back then.
    pub refund: Option<Portion>,
    /// What shares are of.
    pub base: RemedyBase,
}

/// What a delay comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    /// The periods of delay that count; of steps, how many were reached.
    pub count: i64,
    /// The credits for all of them.
    pub sum: Portion,
    /// What is owed of that: at most the cap.
    pub owed: Portion,
}

impl Portion {
    /// Reads `2 %` or `500 EUR`.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        match Quantity::parse(text)? {
            Quantity::Amount(Amount { window: Some(_), .. } | Amount { percentile: Some(_), .. }) => None,
            quantity => quantity.percent().map(Self::Share).or(quantity.money().map(Self::Sum)),
        }
        .ok_or_else(|| {
            let title = format!("`{}` is neither a share nor a sum", short(text.trim()));
            Misread::new(title, "expected a share such as `2 %`, or a sum such as `500 EUR`")
        })
    }

    /// Whether it is a share.
    pub const fn is_share(self) -> bool {
        matches!(self, Self::Share(_))
    }

    /// How much it is of something; none where that is not known, or cannot be held exactly.
    pub fn of(self, base: &RemedyBase) -> Option<Money> {
        match self {
            Self::Share(share) => base.amount?.percent(share),
            Self::Sum(sum) => Some(sum),
        }
    }

    /// So many times it; none where that cannot be held exactly.
    fn times(self, count: i64) -> Option<Self> {
        let count = Decimal::from(count);
        match self {
            Self::Share(share) => exact_product(share, count).map(Self::Share),
            Self::Sum(sum) => sum.times(count).map(Self::Sum),
        }
    }

    /// The smaller of two; none where they cannot be compared.
    fn min(self, other: Self, base: &RemedyBase) -> Option<Self> {
        Some(match (self, other) {
            (Self::Share(one), Self::Share(other)) => Self::Share(one.min(other)),
            _ => {
                let (one, other) = (self.of(base)?, other.of(base)?);
                if one.currency != other.currency {
                    return None;
                }
                Self::Sum(if one.amount <= other.amount { one } else { other })
            }
        })
    }

    /// How many times another one it is.
    fn over(self, other: Self, base: &RemedyBase) -> Option<Decimal> {
        match (self, other) {
            (Self::Share(one), Self::Share(other)) => one.checked_div(other),
            _ => self.of(base)?.amount.checked_div(other.of(base)?.amount),
        }
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        match self {
            Self::Share(share) => share.is_zero(),
            Self::Sum(sum) => sum.amount.is_zero(),
        }
    }
}

impl fmt::Display for Portion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Share(share) => write!(f, "{} %", share.normalize()),
            Self::Sum(sum) => sum.fmt(f),
        }
    }
}

impl RemedyPart {
    /// What is owed when a thing comes on a day; none where that is nothing, or cannot be held exactly.
    pub fn credit(&self, delivered: Date) -> Option<Credit> {
        let (count, sum) = match &self.accrual {
            Accrual::Rate(PeriodCredit { credit, per, due, free }) => {
                let after = match free {
                    Some(free) if delivered <= free.last => return None,
                    // A grace is free for good; beyond an `if-over` every day counts, from the deadline on.
                    Some(free) if !free.is_lost => free.last,
                    Some(_) | None => *due,
                };
                let count = per.count(after, delivered);
                (count, credit.times(count)?)
            }
            Accrual::Steps(steps) => {
                let reached = steps.iter().take_while(|step| delivered > step.last).count();
                (i64::try_from(reached).ok()?, steps.get(reached.checked_sub(1)?)?.credit)
            }
        };
        let owed = self.capped(sum)?;
        (!owed.is_zero()).then_some(Credit { count, sum, owed })
    }

    /// The most that can be owed, however long the delay; none where nothing bounds it.
    pub fn most(&self) -> Option<Portion> {
        match &self.accrual {
            Accrual::Rate(PeriodCredit { credit, per: Per::Once, .. }) => self.capped(*credit),
            Accrual::Rate(_) => self.cap,
            Accrual::Steps(steps) => self.capped(steps.last()?.credit),
        }
    }

    /// After how many periods the cap is reached; none where there is none, or no credit.
    pub fn periods_to_cap(&self) -> Option<Decimal> {
        match &self.accrual {
            Accrual::Rate(PeriodCredit { credit, .. }) => Some(self.cap?.over(*credit, &self.base)?.ceil()),
            Accrual::Steps(_) => None,
        }
    }

    fn capped(&self, sum: Portion) -> Option<Portion> {
        self.cap.map_or(Some(sum), |cap| sum.min(cap, &self.base))
    }
}

impl Remedy {
    /// What is owed in money when a thing comes on a day: of all parts, each with its credit, the sum where it can be
    /// worked out exactly.
    pub fn owed(&self, delivered: Date) -> (Vec<(&RemedyPart, Credit)>, Option<Money>) {
        let credits = self.parts.iter().filter_map(|part| Some((part, part.credit(delivered)?)));
        let credits: Vec<(&RemedyPart, Credit)> = credits.collect();
        let mut amounts = credits.iter().map(|(part, credit)| credit.owed.of(&part.base));
        // One part without a sum, and there is none: what is left would be told as all of it.
        let first = amounts.next().flatten();
        let money = amounts.fold(first, |sum, amount| add(sum?, amount?));
        (credits, money)
    }

    /// The levels for which there are service credits, each with the most that one period can cost.
    pub fn service_credits(&self) -> Vec<&Tier> {
        let mut most: Vec<&Tier> = Vec::new();
        for tier in &self.tiers {
            let times = |known: &Tier| tier.credit.over(known.credit, &tier.base);
            match most.iter_mut().find(|known| known.level == tier.level) {
                Some(known) if times(known).is_some_and(|times| times > Decimal::ONE) => *known = tier,
                Some(_) => {}
                None => most.push(tier),
            }
        }
        most
    }
}

/// The exact sum of two amounts of one currency.
fn add(one: Money, other: Money) -> Option<Money> {
    let amount = exact_sum(one.amount, other.amount)?;
    (one.currency == other.currency).then_some(Money { amount, ..one })
}
