//! How much a term comes to: an amount, a multiple of a fee, or the greater or the lesser of several.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use rust_decimal::Decimal;

use crate::model::constraint::Relation;
use crate::model::fees::Fees;
use crate::model::misread::Misread;
use crate::model::number::{short, within};
use crate::model::quantity::{Amount, Quantity};
use crate::model::scope::same;
use crate::model::shortfall::Shortfall;
use crate::model::spelled::amount;
use crate::model::unit::Unit;

use super::fee_multiple::{FeeMultiple, Unpriced};

/// More parts than this are not told apart: a term has two.
const MOST_PARTS: usize = 8;

/// How much a term comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TermAmount {
    /// So much.
    Plain(Quantity),
    /// So many times what is paid regularly.
    Fees(FeeMultiple),
    /// The greatest or the least of these.
    Several(Extreme, Vec<TermAmount>),
}

/// Which of several holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extreme {
    /// The greatest.
    Greater,
    /// The least.
    Lesser,
}

/// An amount of a contract, or of what was decided on, with the fees that it is of.
pub(crate) struct PricedAmount<'a> {
    pub(crate) amount: &'a TermAmount,
    pub(crate) fees: &'a Fees,
}

impl TermAmount {
    /// Reads how much a term comes to.
    pub(super) fn parse(text: &str) -> Result<Self, Misread> {
        let trimmed = text.trim();
        let Some((extreme, rest)) = split_extreme(trimmed) else {
            return atom(trimmed).map_err(|misread| within(misread, text, trimmed));
        };
        let parts = parts(rest).map_err(|misread| within(misread, text, trimmed).of_all())?;
        Ok(Self::Several(extreme, parts))
    }

    /// Whether a text is one that only a term can hold: no plain quantity, whether it is rightly written or not.
    pub(super) fn is_meant(text: &str) -> bool {
        split_extreme(text).is_some() || is_of_fees(text) || spells_number(text)
    }

    /// Whether it has no limit.
    pub(super) fn is_unlimited(&self) -> bool {
        *self == Self::Plain(Quantity::Unlimited)
    }

    /// Whether it is of some unit, rather than a number of things, which may be a name.
    pub(super) fn is_measured(&self) -> bool {
        match self {
            Self::Plain(Quantity::Amount(amount)) => !matches!(amount.unit, Unit::One | Unit::Things(_)),
            Self::Plain(Quantity::Unlimited) => false,
            Self::Fees(_) | Self::Several(..) => true,
        }
    }

    /// The names of the fees that it may be a multiple of, as contracts have them.
    pub(super) fn fee_names(&self) -> Vec<String> {
        match self {
            Self::Plain(_) => Vec::new(),
            Self::Fees(multiple) => multiple.fee_names(),
            Self::Several(_, parts) => parts.iter().flat_map(Self::fee_names).collect(),
        }
    }
}

impl PricedAmount<'_> {
    /// Whether it keeps a bound.
    pub(crate) fn keeps(&self, relation: Relation, bound: &PricedAmount<'_>) -> Result<bool, Unpriced> {
        use Extreme::{Greater, Lesser};
        use TermAmount::Several;
        let is_upper = match relation {
            Relation::Equal => {
                return all([Relation::AtLeast, Relation::AtMost]
                    .into_iter()
                    .map(|it| self.keeps(it, bound)));
            }
            Relation::AtMost | Relation::LessThan => true,
            Relation::AtLeast | Relation::MoreThan => false,
        };
        let with = |amount| Self { amount, fees: self.fees }.keeps(relation, bound);
        let against = |amount| self.keeps(relation, &PricedAmount { amount, fees: bound.fees });
        match (self.amount, bound.amount, is_upper) {
            // What all must keep comes before what one must.
            (Several(Greater, parts), _, true) | (Several(Lesser, parts), _, false) => {
                all(parts.iter().map(with))
            }
            (_, Several(Lesser, parts), true) | (_, Several(Greater, parts), false) => {
                all(parts.iter().map(against))
            }
            (Several(_, parts), _, _) => any(parts.iter().map(with)),
            (_, Several(_, parts), _) => any(parts.iter().map(against)),
            _ => self.compare(bound).map(|order| relation.admits(order)),
        }
    }

    /// How far it is from a bound, where both are limited and not the same.
    pub(super) fn distance(&self, bound: &PricedAmount<'_>) -> Option<Shortfall> {
        Shortfall::between(&bound.quantity().ok()?, &self.quantity().ok()?)
    }

    /// How it is to another one.
    pub(super) fn compare(&self, other: &PricedAmount<'_>) -> Result<Ordering, Unpriced> {
        let is_of_one_contract = self.fees == other.fees;
        if let (TermAmount::Fees(one), TermAmount::Fees(another)) = (self.amount, other.amount) {
            if let Some(order) = one.compare(another).filter(|_| is_of_one_contract) {
                return Ok(order);
            }
            // Twelve months of a fee are more than six, whatever the fee is.
            let order = one.months().zip(another.months()).filter(|_| is_of_one_contract);
            if let (Err(_), Some((one, another))) = (self.quantity(), order) {
                return Ok(one.cmp(&another));
            }
        }
        match (self.amount, other.amount) {
            (one, another) if one.is_unlimited() || another.is_unlimited() => {
                Ok(one.is_unlimited().cmp(&another.is_unlimited()))
            }
            _ => self.quantity()?.compare(&other.quantity()?).map_err(Unpriced::Incomparable),
        }
    }

    /// What it comes to by the fees.
    fn quantity(&self) -> Result<Quantity, Unpriced> {
        match self.amount {
            TermAmount::Plain(quantity) => Ok(quantity.clone()),
            TermAmount::Fees(multiple) => multiple.money(self.fees).map(Quantity::from),
            TermAmount::Several(extreme, parts) => {
                let wanted = match extreme {
                    Extreme::Greater => Ordering::Greater,
                    Extreme::Lesser => Ordering::Less,
                };
                let priced = parts.iter().map(|amount| PricedAmount { amount, fees: self.fees }.quantity());
                let extreme = priced.reduce(|one, other| {
                    let (one, other) = (one?, other?);
                    let order = other.compare(&one).map_err(Unpriced::Incomparable)?;
                    Ok(if order == wanted { other } else { one })
                });
                extreme.unwrap_or(Err(Unpriced::Unreadable))
            }
        }
    }
}

/// Whether one of some is `decisive`: then it decides, and what the others come to need not be known.
fn decided(held: impl Iterator<Item = Result<bool, Unpriced>>, decisive: bool) -> Result<bool, Unpriced> {
    let mut unheld = None;
    for held in held {
        match held {
            Ok(held) if held == decisive => return Ok(decisive),
            Ok(_) => {}
            Err(why) => unheld = unheld.or(Some(why)),
        }
    }
    unheld.map_or(Ok(!decisive), Err)
}

fn all(held: impl Iterator<Item = Result<bool, Unpriced>>) -> Result<bool, Unpriced> {
    decided(held, false)
}

fn any(held: impl Iterator<Item = Result<bool, Unpriced>>) -> Result<bool, Unpriced> {
    decided(held, true)
}

/// What follows `greater of` or `lesser of`.
pub(super) fn split_extreme(text: &str) -> Option<(Extreme, &str)> {
    const WORDS: [(&str, Extreme); 6] = [
        ("greater", Extreme::Greater),
        ("higher", Extreme::Greater),
        ("larger", Extreme::Greater),
        ("lesser", Extreme::Lesser),
        ("lower", Extreme::Lesser),
        ("smaller", Extreme::Lesser),
    ];
    let text = after(text, "the").unwrap_or(text);
    WORDS.iter().find_map(|&(known, extreme)| Some((extreme, after(after(text, known)?, "of")?)))
}

/// What follows a word that a text begins with.
fn after<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (first, rest) = text.trim_start().split_once(char::is_whitespace)?;
    first.eq_ignore_ascii_case(word).then_some(rest)
}

/// The parts of `A and B`, and of `A, B and C`. A number in words may hold an `and` of its own.
fn parts(text: &str) -> Result<Vec<TermAmount>, Misread> {
    const AND: &str = " and ";
    const COMMA: &str = ", ";
    let lower = text.to_ascii_lowercase();
    let places = |word| lower.match_indices(word).take(MOST_PARTS + 1);
    let mut separators: Vec<(usize, &str)> = places(AND).chain(places(COMMA)).collect();
    separators.sort_unstable();
    if separators.len() > 2 * MOST_PARTS || places(AND).count() > MOST_PARTS {
        return Err(Misread::new("this names too many amounts", "expected two or three"));
    }
    let mut fault = None;
    for (at, separator) in separators {
        let (first, rest) = (&text[..at], &text[at + separator.len()..]);
        let first = match atom(first.trim().trim_end_matches(',')) {
            Ok(first) => first,
            Err(misread) => {
                fault = fault.or(Some(misread));
                continue;
            }
        };
        let rest = match atom(rest.trim()) {
            Ok(rest) if separator == AND => Ok(vec![rest]),
            Ok(_) => continue,
            Err(misread) => parts(rest).map_err(|_| misread),
        };
        match rest {
            Ok(rest) => return Ok(std::iter::once(first).chain(rest).collect()),
            Err(misread) => fault = fault.or(Some(misread)),
        }
    }
    Err(fault.unwrap_or_else(|| {
        Misread::new(format!("`{}` is one thing", short(text.trim())), "the greater or lesser of what?")
            .help("name two amounts, as in `greater of 100000 EUR and 12 months of fees`")
    }))
}

/// One amount.
fn atom(text: &str) -> Result<TermAmount, Misread> {
    let plain = in_full(text);
    let plain = in_digits(&plain)?;
    if is_of_fees(&plain) {
        return FeeMultiple::parse(&plain).map(TermAmount::Fees);
    }
    let read = Quantity::parse(&plain).map(TermAmount::Plain);
    read.map_err(|misread| if plain == text { misread } else { misread.of_all() })
}

pub(super) fn is_of_fees(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    text.contains(char::is_whitespace) && (same(last, "fees") || same(last, "fee"))
}

/// Whether a text begins with a number in words, or with one that is written twice.
pub(super) fn spells_number(text: &str) -> bool {
    !matches!(in_digits(text), Ok(Cow::Borrowed(_)))
}

/// A number in words, and one that is written twice, in digits: `thirty (30) days` are `30 days`.
fn in_digits(text: &str) -> Result<Cow<'_, str>, Misread> {
    let Some((Some(number), rest)) = amount(text, text).map_err(Misread::of_all)? else {
        return Ok(text.into());
    };
    let written = &text[..text.len() - rest.len()];
    if written.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(text.into());
    }
    Ok(Cow::Owned(format!("{number} {}", rest.trim())))
}

/// A period for payment as a quantity: `net 30`, `30 days net` and `net thirty (30) days` are 30 days. A bound too:
/// `<= net 30`.
pub(crate) fn in_full(text: &str) -> Cow<'_, str> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_net = |word: &&&str| word.eq_ignore_ascii_case("net");
    if words.iter().filter(is_net).count() != 1 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return text.into();
    }
    let rest: Vec<&str> = words.iter().filter(|word| !is_net(word)).copied().collect();
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_bare = rest.last().map(|last| last.trim_matches(['(', ')'])).as_ref().is_some_and(is_number);
    Cow::Owned(rest.join(" ") + if is_bare { " days" } else { "" })
}

impl fmt::Display for TermAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(quantity) => quantity.fmt(f),
            Self::Fees(multiple) => multiple.fmt(f),
            Self::Several(extreme, parts) => {
                let parts: Vec<String> = parts.iter().map(Self::to_string).collect();
                let word = if *extreme == Extreme::Greater { "greater" } else { "lesser" };
                write!(f, "the {word} of {}", parts.join(" and "))
            }
        }
    }
}

/// An amount of nothing in the unit of a bound, where that is one plain amount.
pub(super) fn nothing_in(bound: &TermAmount) -> Option<Quantity> {
    match bound {
        TermAmount::Plain(Quantity::Amount(amount)) => {
            Some(Quantity::Amount(Amount { value: Decimal::ZERO, ..amount.clone() }))
        }
        _ => None,
    }
}
