//! How much a term comes to: an amount, a multiple of a fee, or the greater or the lesser of several.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::model::constraint::{Constraint, Relation, no_relation, split_relation};
use crate::model::fees::{Fees, NamedFee};
use crate::model::misread::Misread;
use crate::model::money::Money;
use crate::model::number::{short, within};
use crate::model::period::Period;
use crate::model::quantity::{Amount, Incomparable, Quantity};
use crate::model::scope::same;
use crate::model::shortfall::Shortfall;
use crate::model::spelled::amount;
use crate::model::unit::Unit;

use super::Unheld;

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

/// So many times a fee: `12 months of fees`, `2 x annual fees`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FeeMultiple {
    count: Decimal,
    fee: FeeName,
    /// As it is written.
    text: CompactString,
}

/// A fee as a multiple names it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum FeeName {
    /// What is paid for a period, however it is named.
    Per(Period),
    /// What goes by this name.
    Named(CompactString),
}

/// An amount of a contract, or of what was decided on, with the fees that it is of.
pub(crate) struct PricedAmount<'a> {
    pub(crate) amount: &'a TermAmount,
    pub(crate) fees: &'a Fees,
}

/// Why two amounts cannot be held against each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Unpriced {
    /// There is no such fee.
    NoFee(Box<FeeMultiple>),
    /// It comes to more than can be held.
    TooLarge,
    /// A fee could not be read, which has been reported.
    Unreadable,
    /// They are quantities of different kinds.
    Incomparable(Incomparable),
}

impl Unpriced {
    /// Why a term as it is written cannot be held against a standard.
    pub(super) fn of_term(self, written: &str, fees: &Fees) -> Unheld {
        match self {
            Self::NoFee(multiple) => Unheld::Unpriced(multiple.no_fee(written, fees)),
            Self::TooLarge => {
                Unheld::Misread(Misread::new("this comes to more than can be held", "too large"))
            }
            Self::Unreadable => Unheld::Reported,
            Self::Incomparable(why) => Unheld::Incomparable(why),
        }
    }
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
    fn is_measured(&self) -> bool {
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
            Self::Fees(FeeMultiple { fee: FeeName::Named(name), .. }) => vec![name.to_string()],
            Self::Fees(_) => {
                let periods = [Period::Week, Period::Month, Period::Quarter, Period::Year].into_iter();
                let names = |period| FeeName::Per(period).names().into_iter().map(Cow::into_owned).collect();
                periods.flat_map(|period| -> Vec<String> { names(period) }).collect()
            }
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

    /// How far it is from a bound, where both are one amount and not the same.
    pub(super) fn distance(&self, bound: &PricedAmount<'_>) -> Option<Shortfall> {
        Shortfall::between(&bound.quantity().ok()?, &self.quantity().ok()?)
    }

    /// How it is to another one, where both are one amount.
    pub(super) fn compare(&self, other: &PricedAmount<'_>) -> Result<Ordering, Unpriced> {
        let is_of_one_contract = self.fees == other.fees;
        if let (TermAmount::Fees(one), TermAmount::Fees(another)) = (self.amount, other.amount) {
            if is_of_one_contract && one.fee == another.fee {
                return Ok(one.count.cmp(&another.count));
            }
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

    /// What it comes to by the fees, where it is one amount.
    fn quantity(&self) -> Result<Quantity, Unpriced> {
        match self.amount {
            TermAmount::Plain(quantity) => Ok(quantity.clone()),
            TermAmount::Fees(multiple) => multiple.money(self.fees).map(Quantity::from),
            TermAmount::Several(..) => Err(Unpriced::Unreadable),
        }
    }
}

/// Whether all hold; where one does not, whatever the others are.
fn all(held: impl Iterator<Item = Result<bool, Unpriced>>) -> Result<bool, Unpriced> {
    let mut unheld = None;
    for held in held {
        match held {
            Ok(false) => return Ok(false),
            Ok(true) => {}
            Err(why) => unheld = unheld.or(Some(why)),
        }
    }
    unheld.map_or(Ok(true), Err)
}

/// Whether any holds, whatever the others are.
fn any(held: impl Iterator<Item = Result<bool, Unpriced>>) -> Result<bool, Unpriced> {
    let mut unheld = None;
    for held in held {
        match held {
            Ok(true) => return Ok(true),
            Ok(false) => {}
            Err(why) => unheld = unheld.or(Some(why)),
        }
    }
    unheld.map_or(Ok(false), Err)
}

impl FeeMultiple {
    /// Reads `12 months of fees`, `2 x annual fees`, `150 % of the annual fees`.
    fn parse(text: &str) -> Result<Self, Misread> {
        let misread = || {
            Misread::new(
                format!("`{}` does not say how many of which fees", short(text.trim())),
                "expected a multiple of fees",
            )
            .help("say how many, as in `12 months of fees`, `2 x annual fees` or `150 % of annual fees`")
        };
        let folded = text.to_lowercase().replace('×', " x ").replace('%', " % ").replace('’', "'");
        let words: Vec<&str> = folded.split_whitespace().filter(|word| *word != "the").collect();
        let [number, middle @ .., fees] = words.as_slice() else { return Err(misread()) };
        let (number, middle) = match (number.strip_suffix('x'), middle) {
            (Some(number), middle) => (number, [&["x"], middle].concat()),
            (None, middle) => (*number, middle.to_vec()),
        };
        let count = Decimal::from_str_exact(number).ok().filter(|count| !count.is_sign_negative());
        let count = count.filter(|_| matches!(*fees, "fee" | "fees")).ok_or_else(misread)?;
        // What holds an `and` is more than a name.
        let middle = Some(middle).filter(|middle| !middle.contains(&"and")).ok_or_else(misread)?;
        let period = |word: &str| {
            let word = word.trim_end_matches('\'').trim_end_matches("'s");
            Period::from_noun(word.strip_suffix('s').unwrap_or(word))
        };
        let (count, fee) = match middle.as_slice() {
            [word, "of"] | [word] if period(word).is_some() => {
                (count, period(word).map(FeeName::Per).ok_or_else(misread)?)
            }
            ["x" | "times", name @ ..] if !name.is_empty() => (count, FeeName::of(&name.join(" "))),
            ["%" | "percent", "of", name @ ..] if !name.is_empty() => {
                let share = count.checked_div(Decimal::ONE_HUNDRED).ok_or_else(misread)?;
                (share, FeeName::of(&name.join(" ")))
            }
            _ => return Err(misread()),
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        Ok(Self { count, fee, text: text.into() })
    }

    /// The misreading of a term of which some fee is not named by the contract. Where the term names it itself, another
    /// name may be meant; else it is the standard that asks for it.
    fn no_fee(&self, written: &str, fees: &Fees) -> Misread {
        let name = &self.fee.names()[0];
        let own = match &self.fee {
            FeeName::Named(name) => written.to_ascii_lowercase().find(name.as_str()),
            FeeName::Per(_) => None,
        };
        match own.map(|at| at..at + name.len()) {
            Some(part) => fees.unknown(name).around(written, part.clone()).part(part),
            None => Fees::unnamed(name),
        }
    }

    /// How many months of fees it is.
    fn months(&self) -> Option<Decimal> {
        match &self.fee {
            FeeName::Per(period) => self.count.checked_mul(months(*period)?.into()),
            FeeName::Named(_) => None,
        }
    }

    /// What it comes to. What is not named for its period is taken from what is named for another one.
    fn money(&self, fees: &Fees) -> Result<Money, Unpriced> {
        let names = self.fee.names();
        let found = |names: &[Cow<'_, str>]| {
            let found = names.iter().map(|name| fees.find(name));
            found.reduce(|one, other| if one == NamedFee::Unknown { other } else { one })
        };
        match found(&names).unwrap_or(NamedFee::Unknown) {
            NamedFee::Known(fee) => return fee.times(self.count).ok_or(Unpriced::TooLarge),
            NamedFee::Unreadable => return Err(Unpriced::Unreadable),
            NamedFee::Unknown => {}
        }
        let unknown = || Unpriced::NoFee(Box::new(self.clone()));
        let FeeName::Per(own) = self.fee else { return Err(unknown()) };
        let own = months(own).ok_or_else(unknown)?;
        for period in [Period::Month, Period::Quarter, Period::Year] {
            if let (Some(NamedFee::Known(fee)), Some(other)) =
                (found(&FeeName::Per(period).names()), months(period))
            {
                let whole = fee.times(self.count).and_then(|fee| fee.times(own.into()));
                let amount = whole.and_then(|whole| whole.amount.checked_div(other.into()));
                return amount.map(|amount| Money { amount, ..fee }).ok_or(Unpriced::TooLarge);
            }
        }
        Err(unknown())
    }
}

impl FeeName {
    fn of(name: &str) -> Self {
        Period::from_adverb(name).map_or_else(|| Self::Named(name.into()), Self::Per)
    }

    /// The names that it may have among a contract's fees.
    fn names(&self) -> Vec<Cow<'_, str>> {
        match self {
            Self::Per(Period::Year) => vec!["annual".into(), "yearly".into(), "year".into()],
            Self::Per(period) => vec![period.adverb().into(), period.noun().into()],
            Self::Named(name) => vec![name.as_str().into()],
        }
    }
}

const fn months(period: Period) -> Option<u8> {
    match period {
        Period::Month => Some(1),
        Period::Quarter => Some(3),
        Period::Year => Some(12),
        Period::Day | Period::Week => None,
    }
}

/// What follows `greater of` or `lesser of`.
fn split_extreme(text: &str) -> Option<(Extreme, &str)> {
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

/// The parts of `A and B`. A number in words may hold an `and` of its own.
fn parts(text: &str) -> Result<Vec<TermAmount>, Misread> {
    let lower = text.to_ascii_lowercase();
    let ands: Vec<usize> = lower.match_indices(" and ").map(|(at, _)| at).take(MOST_PARTS + 1).collect();
    if ands.len() > MOST_PARTS {
        return Err(Misread::new("this names too many amounts", "expected two or three"));
    }
    let mut fault = None;
    for at in ands {
        let (first, rest) = (&text[..at], &text[at + " and ".len()..]);
        let first = match atom(first.trim().trim_end_matches(',')) {
            Ok(first) => first,
            Err(misread) => {
                fault = fault.or(Some(misread));
                continue;
            }
        };
        let rest = match atom(rest.trim()) {
            Ok(rest) => Ok(vec![rest]),
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

fn is_of_fees(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    text.contains(char::is_whitespace) && (same(last, "fees") || same(last, "fee"))
}

/// Whether a text begins with a number in words, or with one that is written twice.
fn spells_number(text: &str) -> bool {
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

impl fmt::Display for TermAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plain(quantity) => quantity.fmt(f),
            Self::Fees(multiple) => f.write_str(&multiple.text),
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
