//! How two quantities compare, exactly, and why some cannot.

use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use super::super::money::Currency;
use super::super::period::Period;
use super::super::unit::{Counted, Unit};
use super::{Amount, Quantity};

/// Why two quantities cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incomparable {
    /// They measure different things; the two units, empty for a bare number.
    Units(String, String),
    /// They are amounts of different currencies.
    Currencies(Currency, Currency),
    /// They are rates of different things.
    Nouns(String, String),
    /// They are measured over different windows.
    Windows(Option<Period>, Option<Period>),
    /// They are values of different percentiles.
    Percentiles(Option<Decimal>, Option<Decimal>),
    /// One is words, and no amount.
    Words {
        /// Whether that is the first.
        first: bool,
    },
}

impl Quantity {
    /// Which of two is more, exactly.
    pub fn compare(&self, other: &Self) -> Result<Ordering, Incomparable> {
        match (self, other) {
            (Self::Unlimited, Self::Unlimited) => Ok(Ordering::Equal),
            (Self::Unlimited, Self::Amount(_)) => Ok(Ordering::Greater),
            (Self::Amount(_), Self::Unlimited) => Ok(Ordering::Less),
            (Self::Amount(one), Self::Amount(other)) => {
                one.comparable(other)?;
                // Nearly always the unit is the same, and then so is what a number counts.
                if one.unit == other.unit {
                    return Ok(one.value.cmp(&other.value));
                }
                Ok(one.in_smallest_units().cmp(&other.in_smallest_units()))
            }
        }
    }
}

impl Amount {
    pub(in super::super) fn comparable(&self, other: &Self) -> Result<(), Incomparable> {
        let units = || {
            let name = |amount: &Self| amount.unit.text(false);
            Err(Incomparable::Units(name(self), name(other)))
        };
        match (&self.unit, &other.unit) {
            (Unit::Money(one), Unit::Money(other)) if one != other => {
                return Err(Incomparable::Currencies(*one, *other));
            }
            (Unit::Rate { of: one, .. }, Unit::Rate { of: other, .. }) => match (one, other) {
                (Counted::Noun(one), Counted::Noun(other)) if one != other => {
                    return Err(Incomparable::Nouns(one.to_string(), other.to_string()));
                }
                (Counted::Bytes(_), Counted::Bytes(_)) | (Counted::Bits(_), Counted::Bits(_)) => {}
                (Counted::Bytes(_) | Counted::Bits(_), _) | (_, Counted::Bytes(_) | Counted::Bits(_)) => {
                    return units();
                }
                // What a service answers is called so; nobody would leave out that something else is counted.
                (Counted::Noun(noun), Counted::Unsaid) | (Counted::Unsaid, Counted::Noun(noun))
                    if **noun != *"requests" =>
                {
                    return units();
                }
                _ => {}
            },
            (Unit::Things(one), Unit::Things(other)) if !one.is(other) => return units(),
            (one, other) if std::mem::discriminant(one) != std::mem::discriminant(other) => return units(),
            _ => {}
        }
        if self.window != other.window {
            return Err(Incomparable::Windows(self.window, other.window));
        }
        if self.percentile != other.percentile {
            return Err(Incomparable::Percentiles(self.percentile, other.percentile));
        }
        Ok(())
    }

    /// Value × factor × 10^28 as an integer: at most 96 + 52 + 94 bits, so it always fits.
    fn in_smallest_units(&self) -> U320 {
        let mut wide = U320::from(self.value.mantissa().unsigned_abs());
        wide.multiply(self.unit.factor());
        for _ in self.value.scale()..28 {
            wide.multiply(10);
        }
        wide
    }
}

/// An unsigned integer of 320 bits, the most significant limb first so that it orders as a number.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct U320([u64; 5]);

impl From<u128> for U320 {
    fn from(value: u128) -> Self {
        Self([0, 0, 0, (value >> 64) as u64, value as u64])
    }
}

impl U320 {
    fn multiply(&mut self, factor: u64) {
        let mut carry = 0;
        for limb in self.0.iter_mut().rev() {
            let product = u128::from(*limb) * u128::from(factor) + carry;
            *limb = product as u64;
            carry = product >> 64;
        }
    }
}

impl Incomparable {
    /// What the first of the two is, and the second, as it reads after `is`.
    pub fn sides(&self) -> (String, String) {
        let unit =
            |unit: &str| if unit.is_empty() { "a bare number".to_owned() } else { format!("in `{unit}`") };
        let per = |window: &Option<Period>| match window {
            Some(window) => format!("per {window}"),
            None => "for no stated period".to_owned(),
        };
        let percentile = |percentile: &Option<Decimal>| match percentile {
            Some(percentile) => format!("for p{percentile}"),
            None => "for no stated percentile".to_owned(),
        };
        match self {
            Self::Units(one, other) => (unit(one), unit(other)),
            Self::Currencies(one, other) => (format!("in {one}"), format!("in {other}")),
            Self::Nouns(one, other) => (format!("of {one}"), format!("of {other}")),
            Self::Windows(one, other) => (per(one), per(other)),
            Self::Percentiles(one, other) => (percentile(one), percentile(other)),
            Self::Words { first } => {
                let side = |is_words| if is_words { "in words" } else { "an amount" }.to_owned();
                (side(*first), side(!*first))
            }
        }
    }
}

impl fmt::Display for Incomparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (one, other) = self.sides();
        write!(f, "one is {one}, the other {other}")
    }
}

impl std::error::Error for Incomparable {}
