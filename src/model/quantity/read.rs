//! Quantities as people write them.

use rust_decimal::Decimal;

use super::super::misread::Misread;
use super::super::money::{Currency, Money, is_currency_word, starts_with_currency};
use super::super::number::{
    exact_product, parse_number, short, split_factor, split_number, within, write_number,
};
use super::super::period::Period;
use super::super::spelled::amount;
use super::super::unit::{Unit, split_last_word, split_per, unknown};
use super::{Amount, Quantity};

impl Quantity {
    /// Reads a quantity such as `365 days`, `99.95 % monthly`, `p95 200 ms`, `480000 EUR`, `unlimited`.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        let trimmed = text.trim();
        if trimmed.eq_ignore_ascii_case("unlimited") {
            return Ok(Self::Unlimited);
        }
        let (percentile, rest) =
            split_percentile(trimmed).map_err(|(misread, part)| within(misread, text, part))?;
        if starts_with_currency(rest) {
            let money = Money::parse(rest).map_err(|misread| within(misread, text, rest))?;
            return Ok(Self::Amount(Amount { percentile, ..money.into() }));
        }
        let (number, after) = split_number(rest);
        if let Some(figures) = in_figures(rest, after).map_err(|misread| within(misread, text, rest))? {
            return Self::parse(&figures).map_err(|misread| within(misread.of_all(), text, trimmed));
        }
        if number.is_empty() {
            let misread = Misread::new(
                format!("`{}` is not a quantity", short(trimmed)),
                "expected a number with a unit, such as `365 days`, or `unlimited`",
            );
            return Err(within(misread, text, trimmed));
        }
        let (unit, window) = split_window(after);
        let unit_text = unit;
        if let Some((factor, unit)) = split_factor(unit).filter(|_| Unit::parse(unit).is_err()) {
            // Where that is no money, `m` may be anything.
            if is_currency_word(unit) || Currency::parse(unit).is_ok() {
                Money::parse(rest).map_err(|misread| within(misread, text, rest))?;
            }
            if let Some(misread) = in_full(rest, number, factor, unit) {
                return Err(within(misread, text, rest));
            }
        }
        let unit = if is_currency_word(unit) {
            let money = Money::parse(rest).map_err(|misread| within(misread, text, rest))?;
            Unit::Money(money.currency)
        } else {
            Unit::parse(unit).map_err(|misread| within(misread, text, unit))?
        };
        // Nothing is promised to thousands of percent, so `99.950 %` has one reading.
        let fraction = unit == Unit::Percent;
        let value = parse_number(number, fraction, |number| {
            let blank = if unit_text.is_empty() || unit_text.starts_with('/') { "" } else { " " };
            format!("{number}{blank}{unit_text}")
        })
        .map_err(|misread| within(misread, text, number))?;
        Ok(Self::Amount(Amount { value, unit, window, percentile }))
    }

    /// As [`Self::parse`], of something that is measured: what is counted has no place there, and is a unit that is
    /// misspelled.
    pub fn parse_measure(text: &str) -> Result<Self, Misread> {
        match Self::parse(text)? {
            Self::Amount(Amount { unit: unit @ Unit::Things(_), .. }) => {
                let noun = unit.text(false);
                let part = text.rfind(&noun).and_then(|at| text.get(at..at + noun.len())).unwrap_or(text);
                Err(within(unknown(&noun), text, part))
            }
            quantity => Ok(quantity),
        }
    }

    /// Whether a text is meant as a quantity, rightly written or not: it begins with a number, and goes on as if what
    /// follows were a unit. `8x5`, `24/7`, `256-bit` and `2FA` are words.
    pub fn is_meant(text: &str) -> bool {
        let trimmed = text.trim();
        let rest = match split_percentile(trimmed) {
            Ok((None, rest)) => rest,
            Ok((Some(_), rest)) => return Self::is_meant(rest),
            Err(_) => return true,
        };
        if starts_with_currency(rest) {
            return true;
        }
        let (number, after) = split_number(rest);
        if !number.bytes().any(|byte| byte.is_ascii_digit()) {
            // `two factors` are words, `two (2) factors` and `two days` are so many.
            let is_counted = |quantity: &Self| {
                matches!(quantity, Self::Amount(Amount { unit: Unit::Things(_) | Unit::One, .. }))
            };
            return match in_figures(rest, after) {
                Ok(Some(figures)) => {
                    rest.contains('(') || Self::parse(&figures).is_ok_and(|quantity| !is_counted(&quantity))
                }
                Ok(None) => false,
                Err(_) => true,
            };
        }
        let mut following = after.chars().filter(|character| !character.is_whitespace());
        let next = (following.next(), following.next());
        let is_attached = rest.len() == number.len() + after.len();
        match next {
            (Some('x' | 'X' | '×' | '/'), Some(next)) if next.is_ascii_digit() => false,
            (Some(':'), _) => false,
            (Some('-'), Some(next)) if next.is_alphabetic() => false,
            (Some(first), _) if is_attached && first.is_alphabetic() => {
                let (unit, _) = split_window(after);
                Unit::parse(unit).is_ok() || split_factor(unit).is_some() || unknown(unit).helps.len() > 1
            }
            _ => true,
        }
    }

    /// Reads a plain length of time such as `45 days`.
    pub fn parse_duration(text: &str) -> Result<Self, Misread> {
        match Self::parse_measure(text)? {
            length @ Self::Amount(Amount { unit: Unit::Time(_), window: None, percentile: None, .. }) => {
                Ok(length)
            }
            _ => {
                let trimmed = text.trim();
                let title = format!("`{}` is not a length of time", short(trimmed));
                let misread = Misread::new(title, "expected a length of time, such as `45 days`");
                Err(within(misread, text, trimmed))
            }
        }
    }
}

/// A text whose number stands in words, or in both, with it in figures: `ten (10) years` is `10 years`.
fn in_figures(text: &str, after: &str) -> Result<Option<String>, Misread> {
    let is_in_words = text.starts_with(char::is_alphabetic);
    if !is_in_words && !after.starts_with('(') {
        return Ok(None);
    }
    let read = amount(text, text)?.filter(|(_, rest)| is_in_words || rest.len() < after.len());
    Ok(read.and_then(|(number, rest)| Some(format!("{} {}", number?, rest.trim_start()))))
}

/// The misreading of `10k users`, where the number and what is counted are sound.
fn in_full(written: &str, number: &str, factor: Decimal, unit: &str) -> Option<Misread> {
    let is_short = factor == Decimal::ONE_THOUSAND || !unit.is_empty();
    let value = Decimal::from_str_exact(number).ok().filter(|_| is_short && Unit::parse(unit).is_ok())?;
    let blank = if unit.is_empty() || unit.starts_with('/') { "" } else { " " };
    let full = format!("{}{blank}{unit}", write_number(exact_product(value, factor)?, false));
    let misread =
        Misread::new(format!("`{}` is not written in full", short(written)), "expected all digits of it");
    Some(misread.instead(&full, format!("write `{full}`")))
}

/// Splits `p95` off; in an error, the slice is the part that is wrong.
fn split_percentile(text: &str) -> Result<(Option<Decimal>, &str), (Misread, &str)> {
    let Some(after) =
        text.strip_prefix(['p', 'P']).filter(|after| after.starts_with(|c: char| c.is_ascii_digit()))
    else {
        return Ok((None, text));
    };
    let (number, rest) = after
        .find(|character: char| !character.is_ascii_digit() && !matches!(character, '.' | ','))
        .map_or((after, ""), |end| after.split_at(end));
    let value = Decimal::from_str_exact(number)
        .ok()
        .filter(|value| !number.ends_with('.') && *value > Decimal::ZERO && *value < Decimal::ONE_HUNDRED);
    match value {
        Some(value) => Ok((Some(value.normalize()), rest.trim_start())),
        None => {
            let part = text.get(..1 + number.len()).unwrap_or(text);
            let title = format!("`{}` is not a percentile", short(part));
            Err((Misread::new(title, "expected a percentile between `p0` and `p100`, such as `p99.9`"), part))
        }
    }
}

/// Splits `monthly`, `per month` or `/month` off the end of a unit.
fn split_window(text: &str) -> (&str, Option<Period>) {
    let text = text.trim();
    let (before, last) = split_last_word(text);
    if let Some(period) = Period::from_adverb(last) {
        return (before, Some(period));
    }
    match split_per(text, Period::from_noun) {
        Some((before, period)) => (before, Some(period)),
        None => (text, None),
    }
}
