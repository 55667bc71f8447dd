//! Bounds on what a term comes to.

use std::borrow::Cow;
use std::fmt;

use crate::model::constraint::{Constraint, Relation, no_relation, one_way, split_relation};
use crate::model::misread::Misread;
use crate::model::number::within;

use super::amount::{TermAmount, in_full, is_of_fees, spells_number, split_extreme};

/// A bound on what a term comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AmountBound {
    /// How it must stand to the amount.
    pub(crate) relation: Relation,
    /// The amount.
    pub(crate) amount: TermAmount,
}

impl AmountBound {
    /// Whether a text is meant as a bound, rightly written or not; else it is words.
    pub(super) fn is_meant(text: &str) -> bool {
        if Constraint::is_meant(&in_full(text)) {
            return true;
        }
        let amount = split_relation(text.trim()).map_or(text.trim(), |(_, amount)| amount);
        // Words that begin with a number are words, unless it is a number of something.
        split_extreme(amount).is_some()
            || is_of_fees(amount)
            || spells_number(amount) && TermAmount::parse(amount).is_ok_and(|amount| amount.is_measured())
    }

    pub(super) fn parse(text: &str) -> Result<Self, Misread> {
        let full = in_full(text);
        let misread = match Constraint::parse(&full) {
            Ok(Constraint { relation, quantity }) => {
                return Ok(Self { relation, amount: TermAmount::Plain(quantity) });
            }
            Err(misread) => match full {
                Cow::Borrowed(_) => misread,
                Cow::Owned(_) => misread.of_all(),
            },
        };
        match split_relation(text.trim()) {
            Some((relation, amount)) if TermAmount::is_meant(amount) => {
                let amount = TermAmount::parse(amount).map_err(|misread| within(misread, text, amount))?;
                one_way(text, &amount)?;
                Ok(Self { relation, amount })
            }
            None if TermAmount::is_meant(text.trim()) => {
                let amount = TermAmount::parse(text)?;
                Err(no_relation(text.trim(), &amount))
            }
            _ => Err(misread),
        }
    }

    /// In words: `at most 45 days`.
    pub(super) fn words(&self) -> String {
        format!("{} {}", self.relation.words(), self.amount)
    }
}

impl fmt::Display for AmountBound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.relation.sign(), self.amount)
    }
}
