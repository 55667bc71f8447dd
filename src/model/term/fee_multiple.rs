//! Multiples of a fee: `12 months of fees`, `150 % of the annual fees`.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

use compact_str::CompactString;
use rust_decimal::Decimal;

use crate::model::fees::{Fees, NamedFee};
use crate::model::misread::Misread;
use crate::model::money::Money;
use crate::model::number::short;
use crate::model::period::Period;
use crate::model::quantity::Incomparable;

use super::Unheld;

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

impl FeeMultiple {
    /// Reads `12 months of fees`, `2 x annual fees`, `150 % of the annual fees`.
    pub(super) fn parse(text: &str) -> Result<Self, Misread> {
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

    /// The names of the fees that it may be a multiple of, as contracts have them.
    pub(super) fn fee_names(&self) -> Vec<String> {
        if let FeeName::Named(name) = &self.fee {
            return vec![name.to_string()];
        }
        let periods = [Period::Week, Period::Month, Period::Quarter, Period::Year].into_iter();
        let names = |period| FeeName::Per(period).names().into_iter().map(Cow::into_owned).collect();
        periods.flat_map(|period| -> Vec<String> { names(period) }).collect()
    }

    /// How it is to another one of the same fee.
    pub(super) fn compare(&self, other: &Self) -> Option<Ordering> {
        (self.fee == other.fee).then(|| self.count.cmp(&other.count))
    }

    /// How many months of fees it is.
    pub(super) fn months(&self) -> Option<Decimal> {
        match &self.fee {
            FeeName::Per(period) => self.count.checked_mul(period.months()?.into()),
            FeeName::Named(_) => None,
        }
    }

    /// What it comes to. What is not named for its period is taken from what is named for another one.
    pub(super) fn money(&self, fees: &Fees) -> Result<Money, Unpriced> {
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
        let own = own.months().ok_or_else(unknown)?;
        for period in [Period::Month, Period::Quarter, Period::Year] {
            if let (Some(NamedFee::Known(fee)), Some(other)) =
                (found(&FeeName::Per(period).names()), period.months())
            {
                let whole = fee.times(self.count).and_then(|fee| fee.times(own.into()));
                let amount = whole.and_then(|whole| whole.amount.checked_div(other.into()));
                return amount.map(|amount| Money { amount, ..fee }).ok_or(Unpriced::TooLarge);
            }
        }
        Err(unknown())
    }
}

impl fmt::Display for FeeMultiple {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
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
