//! How a contract's term compares with the standard.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::input::decode::{Scalar, Text};
use crate::model::constraint::Relation;
use crate::model::fees::Fees;
use crate::model::level::{LevelConstraint, LevelScale, bound_on};
use crate::model::misread::Misread;
use crate::model::quantity::Incomparable;
use crate::model::scope::same;
use crate::model::shortfall::Shortfall;

use super::amount::{PricedAmount, TermAmount, nothing_in};
use super::bound::AmountBound;
use super::fee_multiple::Unpriced;
use super::{Term, TermReach};

/// How a contract's term compares with the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TermStanding {
    /// It is what is standard.
    Standard,
    /// It misses a bound.
    OutOfBounds(Box<OutOfBounds>),
    /// It is none of the words that are standard.
    Other,
}

/// A term that misses a bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct OutOfBounds {
    /// The bound.
    pub(crate) bound: TermBound,
    /// Whether it has no limit.
    pub(crate) is_unlimited: bool,
    /// Whether it is more than the bound.
    pub(crate) is_more: bool,
    /// How far it is from the bound, where that can be said in a number.
    pub(crate) distance: Option<Shortfall>,
}

/// How far a term goes beyond the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TermExcess {
    pub(super) standing: TermStanding,
    pub(super) reach: TermReach,
    /// The fees that this hangs on.
    pub(super) fees: Fees,
}

impl TermExcess {
    /// Whether it is further than another one, apart from words that have no order.
    pub(super) fn goes_further(&self, was: &Self) -> bool {
        use TermStanding::{Other, OutOfBounds};
        self.reach > was.reach
            || match (&self.standing, &was.standing) {
                (OutOfBounds(now), OutOfBounds(before)) => match (&now.distance, &before.distance) {
                    (Some(now), Some(before)) => now.is_more_than(before),
                    // What has no distance is unlimited, or just on the bound.
                    (Some(_), None) => !before.is_unlimited,
                    (None, _) => now.is_unlimited && !before.is_unlimited,
                },
                (Other, Other) => false,
                _ => true,
            }
    }

    /// Whether fees that are others by now have taken the same term further.
    pub(crate) fn grew_by_fees(&self, was: &Self) -> bool {
        self.fees != was.fees && self.goes_further(was)
    }
}

/// Why a term cannot be held against the standard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unheld {
    /// It is not what the standard asks for.
    Misread(Misread),
    /// It depends on a fee that the contract does not name.
    Unpriced(Misread),
    /// It is a quantity of another kind.
    Incomparable(Incomparable),
    /// The standard, or a fee, could not be read, which has been reported.
    Reported,
}

/// A term with the fees that it may be a multiple of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PricedTerm<'a> {
    /// The term.
    pub(crate) value: &'a Scalar,
    /// The fees.
    pub(crate) fees: &'a Fees,
}

/// A part of a standard that is a bound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TermBound {
    /// On an amount.
    Amount(AmountBound),
    /// On a scale of words.
    Step(LevelConstraint),
}

impl TermBound {
    /// The text of a value, where that is meant as a bound: on a scale every text is one.
    pub(super) fn meant<'a>(value: &'a Scalar, scale: Option<&Arc<LevelScale>>) -> Option<&'a Text> {
        match value {
            Scalar::Text(text) if scale.is_some() || AmountBound::is_meant(&text.value) => Some(text),
            Scalar::Text(_) | Scalar::Bool(_) => None,
        }
    }

    pub(super) fn parse(text: &str, scale: Option<&Arc<LevelScale>>) -> Result<Self, Misread> {
        match scale {
            Some(scale) => bound_on(scale, text).map(Self::Step),
            None => AmountBound::parse(text).map(Self::Amount),
        }
    }

    /// The bound that a part of a standard is, where it is one.
    pub(super) fn of(value: &Scalar, scale: Option<&Arc<LevelScale>>) -> Option<Self> {
        Self::parse(&Self::meant(value, scale)?.value, scale).ok()
    }

    /// How a term must stand to it.
    pub(crate) fn relation(&self) -> Relation {
        match self {
            Self::Amount(bound) => bound.relation,
            Self::Step(LevelConstraint::Step(relation, _)) => *relation,
            Self::Step(_) => Relation::Equal,
        }
    }

    /// In words: `at most 45 days`.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Amount(bound) => bound.words(),
            Self::Step(bound) => bound.words(),
        }
    }

    /// The value that is just within it; none where it leaves that out.
    pub(crate) fn value(&self) -> Option<String> {
        match (self.relation(), self) {
            (Relation::MoreThan | Relation::LessThan, _) => None,
            (_, Self::Amount(bound)) => Some(bound.amount.to_string()),
            (_, Self::Step(bound)) => Some(bound.least().to_string()),
        }
    }

    /// The names of the fees that it may be a multiple of.
    pub(super) fn fee_names(&self) -> Vec<String> {
        match self {
            Self::Amount(bound) => bound.amount.fee_names(),
            Self::Step(_) => Vec::new(),
        }
    }

    /// Whether another one lets through what this one does not.
    pub(super) fn goes_further(&self, outer: &Self) -> Result<bool, Unpriced> {
        let is_upper = |bound: &Self| matches!(bound.relation(), Relation::AtMost | Relation::LessThan);
        let is_lower = |bound: &Self| matches!(bound.relation(), Relation::AtLeast | Relation::MoreThan);
        let order = match (self, outer) {
            (Self::Amount(inner), Self::Amount(outer)) => {
                let fees = &Fees::default();
                let priced = |amount| PricedAmount { amount, fees };
                match (&inner.amount, &outer.amount) {
                    // Which of several is the greater hangs on the fees of each contract; so bands of them are taken
                    // as they stand.
                    (TermAmount::Several(..), _) | (_, TermAmount::Several(..)) => return Ok(true),
                    (inner, outer) => priced(inner).compare(&priced(outer))?,
                }
            }
            (Self::Step(inner), Self::Step(outer)) => match inner.compare(outer) {
                Some((_, _, order)) => order,
                None => return Ok(true),
            },
            _ => return Ok(true),
        };
        Ok(match (is_upper(self) && is_upper(outer), is_lower(self) && is_lower(outer)) {
            (true, _) => order.is_lt(),
            (_, true) => order.is_gt(),
            _ => true,
        })
    }

    /// Holds a term against it: nothing where it is within.
    fn hold(
        &self,
        term: PricedTerm<'_>,
        scale: Option<&Arc<LevelScale>>,
    ) -> Result<Option<OutOfBounds>, Unheld> {
        let written = written(term.value);
        let missed = |is_unlimited, is_more, distance| {
            Some(OutOfBounds { bound: self.clone(), is_unlimited, is_more, distance })
        };
        match (self, scale) {
            (Self::Step(bound), Some(scale)) => {
                let reached = scale.reached(&written).map_err(Unheld::Misread)?;
                let is_within = bound.admits(&reached).map_err(Unheld::Incomparable)?;
                Ok(if is_within { None } else { missed(false, false, None) })
            }
            (Self::Step(_), None) => Err(Unheld::Reported),
            (Self::Amount(bound), _) => {
                let amount = amount(&written, bound).map_err(Unheld::Misread)?;
                let agreed = PricedAmount { amount: &amount, fees: term.fees };
                let bound_amount = PricedAmount { amount: &bound.amount, fees: term.fees };
                let keeps = agreed.keeps(bound.relation, &bound_amount);
                if keeps.map_err(|why| why.of_term(&written, term.fees))? {
                    return Ok(None);
                }
                let is_more = agreed.compare(&bound_amount) == Ok(Ordering::Greater);
                Ok(missed(amount.is_unlimited(), is_more, agreed.distance(&bound_amount)))
            }
        }
    }
}

impl fmt::Display for TermBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(bound) => bound.fmt(f),
            Self::Step(bound) => bound.fmt(f),
        }
    }
}

impl Term {
    /// A part of the standard, where it is a bound.
    pub(crate) fn bound(&self, value: &Scalar) -> Option<TermBound> {
        TermBound::of(value, self.scale.as_ref())
    }

    /// Whether a term is what another one was, or nearer to what is standard: by every bound of the standard, as if the
    /// other one were a bound itself, and by how far each lies beyond it, which may hang on fees.
    pub(crate) fn is_no_worse(&self, is: PricedTerm<'_>, was: PricedTerm<'_>) -> bool {
        let scale = self.scale.as_ref();
        let bounds: Vec<TermBound> = self.standard.iter().filter_map(|value| self.bound(value)).collect();
        let (is_written, was_written) = (written(is.value), written(was.value));
        let keeps = |bound: &TermBound| {
            let relation = match bound.relation() {
                Relation::AtLeast | Relation::MoreThan => Relation::AtLeast,
                Relation::AtMost | Relation::LessThan => Relation::AtMost,
                Relation::Equal => Relation::Equal,
            };
            match (bound, scale) {
                (TermBound::Amount(bound), _) => {
                    let (one, other) = (amount(&is_written, bound).ok()?, amount(&was_written, bound).ok()?);
                    let one = PricedAmount { amount: &one, fees: is.fees };
                    one.keeps(relation, &PricedAmount { amount: &other, fees: was.fees }).ok()
                }
                (TermBound::Step(_), Some(scale)) => {
                    let bound =
                        bound_on(scale, &format!("{} {}", relation.sign(), was_written.trim())).ok()?;
                    bound.admits(&scale.reached(&is_written).ok()?).ok()
                }
                (TermBound::Step(_), None) => None,
            }
        };
        !bounds.is_empty()
            && bounds.iter().all(|bound| keeps(bound) == Some(true))
            && !self.goes_further(is, Some(was))
    }
}

/// Holds a term against a standard: bounds, or words of which any is standard. It is standard where any part
/// of the standard admits it, whatever the others say.
pub(super) fn stand(
    term: PricedTerm<'_>,
    standard: &[Scalar],
    scale: Option<&Arc<LevelScale>>,
) -> Result<TermStanding, Unheld> {
    let mut missed = None;
    let mut unheld = None;
    let mut has_words = false;
    for scalar in standard {
        match (scalar, term.value) {
            _ if truth(scalar).is_some() && truth(scalar) == truth(term.value) => {
                return Ok(TermStanding::Standard);
            }
            (Scalar::Text(bound), _) if TermBound::meant(scalar, scale).is_some() => {
                let bound = TermBound::parse(&bound.value, scale).map_err(|_| Unheld::Reported);
                match bound.and_then(|bound| bound.hold(term, scale)) {
                    Ok(None) => return Ok(TermStanding::Standard),
                    Ok(Some(out)) => missed = missed.or(Some(TermStanding::OutOfBounds(Box::new(out)))),
                    Err(why) => unheld = unheld.or(Some(why)),
                }
            }
            (Scalar::Text(standard), Scalar::Text(term))
                if same(standard.value.trim(), term.value.trim()) =>
            {
                return Ok(TermStanding::Standard);
            }
            _ => has_words = true,
        }
    }
    // A miss before what could not be held: one part of a standard that says how far off it is tells more.
    match (missed, unheld) {
        // Of a fee that could not be read nobody knows what it is out of.
        (_, Some(Unheld::Reported)) => Err(Unheld::Reported),
        (Some(missed), _) => Ok(missed),
        // Where words may be standard, words that are not are no misreading.
        (None, Some(Unheld::Misread(_) | Unheld::Unpriced(_))) if has_words => Ok(TermStanding::Other),
        (None, Some(why)) => Err(why),
        (None, None) => Ok(TermStanding::Other),
    }
}

/// Reads what is held against a bound. What may be none is answered with the forms that are.
fn amount(term: &str, bound: &AmountBound) -> Result<TermAmount, Misread> {
    let trimmed = term.trim();
    let is_nothing = ["none", "no", "false", "no cap", "no limit", "uncapped", "not capped"];
    if is_nothing.iter().any(|word| same(word, trimmed)) {
        let title = format!("`{trimmed}` may mean that there is no limit, or that there is nothing at all");
        let misread = Misread::new(title, "no limit, or nothing?");
        let misread = misread.instead("unlimited", "write `unlimited` if there is no limit");
        return Err(match nothing_in(&bound.amount) {
            Some(nothing) => {
                misread.instead(nothing.to_string(), format!("write `{nothing}` if there is nothing at all"))
            }
            None => misread,
        });
    }
    TermAmount::parse(term)
}

/// Whether a value is a yes or a no, as YAML 1.1 has it or between quotes.
fn truth(value: &Scalar) -> Option<bool> {
    match value {
        Scalar::Bool(value) => Some(value.value),
        Scalar::Text(text) => {
            let said = |words: [&str; 2]| words.iter().any(|word| same(word, text.value.trim()));
            if said(["yes", "true"]) { Some(true) } else { said(["no", "false"]).then_some(false) }
        }
    }
}

/// A term as it is written.
pub(crate) fn written(value: &Scalar) -> Cow<'_, str> {
    match value {
        Scalar::Bool(value) => value.value.to_string().into(),
        Scalar::Text(text) => text.value.as_str().into(),
    }
}
