//! What currencies are worth in each other: exact, and never turned round.
//!
//! A rate is used as it is written, by multiplication. Its inverse is seldom a decimal number, so to hold euros
//! against dollars by a rate from dollars to euros it is the dollars that are converted.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, KnownTable, Text};
use crate::source::{Span, Spanned};

use super::misread::{meaning, value};
use super::money::{Currency, Money};
use super::number::exact_product;

/// What one unit of each currency is worth in another.
#[derive(Clone, Debug, Default)]
pub struct Rates {
    rates: BTreeMap<Currency, Rate>,
    /// Whether a rate could not be read, so that one that is not found may yet have been written.
    incomplete: bool,
}

/// What one unit of a currency is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The currency.
    pub of: Currency,
    /// What one unit of it is worth.
    pub worth: Money,
    /// Where that is written.
    pub span: Span,
}

/// Two amounts in one currency, with the rates that were used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Common {
    /// The first amount.
    pub one: Money,
    /// The other amount.
    pub other: Money,
    /// The rates that were used: none where the currency was the same.
    pub used: Vec<Rate>,
}

/// Why two amounts cannot be held against each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConversionError {
    /// Nothing says what one currency is worth in the other.
    NoRate,
    /// A rate could not be read, which has been reported.
    Reported,
    /// 28 digits do not hold what one is worth in the other.
    TooLarge,
}

impl Rates {
    /// Reads the table of a configuration; what is wrong with it is added to `problems`.
    pub fn read(field: &Field<KnownTable<Text>>, problems: &mut Vec<Problem>) -> Self {
        let mut read = Self { incomplete: field.is_broken(), ..Self::default() };
        let Some(KnownTable(table)) = field.given() else {
            return read;
        };
        read.incomplete |= table.cut;
        for (name, worth) in &table.entries {
            let of = value(name, problems, Currency::parse);
            let worth = meaning(worth, problems, Money::parse);
            match (of, worth.given().copied()) {
                (Some(of), Some(worth)) if read.is_sound(of, worth, problems) => {
                    let rate = Rate { of: of.value, worth: worth.value, span: worth.span };
                    read.rates.insert(of.value, rate);
                }
                _ => read.incomplete = true,
            }
        }
        read
    }

    fn is_sound(&self, of: Spanned<Currency>, worth: Spanned<Money>, problems: &mut Vec<Problem>) -> bool {
        let (from, to) = (of.value, worth.value.currency);
        if worth.value.amount.is_zero() {
            let title = format!("one {from} is worth something");
            problems.push(Problem::at(worth.span, title, "expected more than zero"));
            return false;
        }
        if from == to {
            problems.push(
                Problem::at(worth.span, format!("{from} is given in itself"), "expected another currency")
                    .label(of.span, "the same one")
                    .help("remove this line: amounts of one currency need no rate"),
            );
            return false;
        }
        let back = self.rates.get(&to).filter(|back| back.worth.currency == from);
        if let Some(back) = back.filter(|back| !agree(back.worth.amount, worth.value.amount)) {
            let title = format!("the rates of {from} and {to} contradict each other");
            problems.push(
                Problem::at(worth.span, title, format!("one {from} is worth {}", worth.value))
                    .label(back.span, format!("one {to} is worth {}", back.worth))
                    .help("remove one of them: either serves both ways"),
            );
            return false;
        }
        true
    }

    /// Two amounts in one currency: that of either, or a third one in which both are given.
    pub fn common(&self, one: Money, other: Money) -> Result<Common, ConversionError> {
        if one.currency == other.currency {
            return Ok(Common { one, other, used: Vec::new() });
        }
        let rate = |money: Money| self.rates.get(&money.currency);
        let into = |money: Money, to: Currency| rate(money).filter(|rate| rate.worth.currency == to);
        let convert = |money: Money, rate: &Rate| {
            let amount = exact_product(money.amount, rate.worth.amount).ok_or(ConversionError::TooLarge)?;
            Ok(Money { amount, currency: rate.worth.currency })
        };
        if let Some(rate) = into(one, other.currency) {
            return Ok(Common { one: convert(one, rate)?, other, used: vec![*rate] });
        }
        if let Some(rate) = into(other, one.currency) {
            return Ok(Common { one, other: convert(other, rate)?, used: vec![*rate] });
        }
        match (rate(one), rate(other)) {
            (Some(first), Some(second)) if first.worth.currency == second.worth.currency => Ok(Common {
                one: convert(one, first)?,
                other: convert(other, second)?,
                used: vec![*first, *second],
            }),
            _ if self.incomplete => Err(ConversionError::Reported),
            _ => Err(ConversionError::NoRate),
        }
    }
}

/// Whether one rate is the inverse of the other, to the decimals that either is written with.
fn agree(one: Decimal, other: Decimal) -> bool {
    // |1 - one * other| <= one * half a unit of the other's last decimal: multiplied out, since the inverse
    // itself may have no end.
    let rounds_to = |rate: Decimal, inverse: Decimal| {
        let half = Decimal::try_from_i128_with_scale(5, inverse.scale() + 1).ok()?;
        let product = exact_product(rate, inverse)?;
        Some((Decimal::ONE - product).abs() <= exact_product(rate, half)?)
    };
    [(one, other), (other, one)]
        .into_iter()
        .any(|(rate, inverse)| rounds_to(rate, inverse).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::input::read;
    use crate::input::records::ConfigRecord;
    use crate::source::{FileId, Source};

    use super::*;

    fn read(text: &str) -> (Rates, Vec<String>) {
        let source = Source::new(FileId(0), "dealcheck.toml", format!("[rates]\n{text}"));
        let mut problems = Vec::new();
        let record = read::record::<ConfigRecord>(&source, &mut problems);
        let rates = Rates::read(&record.unwrap().rates, &mut problems);
        (rates, problems.into_iter().map(|problem| problem.diagnostic.title).collect())
    }

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    fn common(rates: &str, one: &str, other: &str) -> Result<(String, String), ConversionError> {
        let (rates, _) = read(rates);
        rates.common(money(one), money(other)).map(|both| (both.one.to_string(), both.other.to_string()))
    }

    #[test]
    fn either_amount_is_converted_by_the_rate_as_it_is_written() {
        let both = |one: &str, other: &str| Ok((one.to_owned(), other.to_owned()));
        let rates = "USD = \"0.92 EUR\"\nGBP = \"1.17 EUR\"";
        assert_eq!(common("", "5 EUR", "6 EUR"), both("5 EUR", "6 EUR"));
        assert_eq!(common(rates, "100 USD", "6 EUR"), both("92 EUR", "6 EUR"));
        assert_eq!(common(rates, "6 EUR", "100 USD"), both("6 EUR", "92 EUR"));
        assert_eq!(common(rates, "100 GBP", "100 USD"), both("117 EUR", "92 EUR"));
        assert_eq!(common(rates, "6 EUR", "6 CHF"), Err(ConversionError::NoRate));
        assert_eq!(common("USD = \"five EUR\"", "6 EUR", "6 CHF"), Err(ConversionError::Reported));
        assert_eq!(
            common(rates, "6 EUR", "7922816251426433759354395033 USD"),
            Err(ConversionError::TooLarge)
        );
    }

    #[test]
    fn rates_that_cannot_be_are_answered() {
        for (text, title) in [
            ("usd = \"0.92 EUR\"", "`usd` is not a currency"),
            ("USD = 0.92", "`0.92` is not an amount of money"),
            ("USD = \"0 EUR\"", "one USD is worth something"),
            ("USD = \"1 USD\"", "USD is given in itself"),
            ("EUR = \"1.2 USD\"\nUSD = \"0.92 EUR\"", "the rates of USD and EUR contradict each other"),
        ] {
            assert_eq!(read(text).1, [title], "{text}");
        }
        assert_eq!(read("EUR = \"1.0870 USD\"\nUSD = \"0.92 EUR\"").1, [] as [&str; 0]);
        assert_eq!(read("EUR = \"4 USD\"\nUSD = \"0.25 EUR\"").1, [] as [&str; 0]);
    }

    proptest! {
        #[test]
        fn the_order_of_two_amounts_does_not_matter(
            amounts in prop::array::uniform2(0..1_000_000_000i64),
            codes in prop::array::uniform2(prop::sample::select(&["EUR", "USD", "GBP"][..])),
        ) {
            let (rates, _) = read("USD = \"0.92 EUR\"\nGBP = \"1.17 EUR\"");
            let [one, other] = [0, 1].map(|at| money(&format!("{} {}", amounts[at], codes[at])));
            let there = rates.common(one, other).unwrap();
            let back = rates.common(other, one).unwrap();
            prop_assert_eq!((there.one, there.other), (back.other, back.one));
        }

        #[test]
        fn a_rounded_inverse_agrees(mantissa in 1..100_000i64, scale in 0..5u32, places in 2..8u32) {
            let rate = Decimal::new(mantissa, scale);
            let inverse = (Decimal::ONE / rate).round_dp(places);
            prop_assert!(inverse.is_zero() || agree(rate, inverse));
        }
    }
}
