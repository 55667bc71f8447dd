//! Quantities: an exact number with a unit.

mod compare;

use std::fmt;

use rust_decimal::Decimal;

use super::misread::Misread;
use super::money::{Currency, Money, is_currency_word, starts_with_currency};
use super::number::{exact_product, parse_number, short, split_factor, split_number, within, write_number};
use super::period::Period;
use super::spelled::amount;
use super::unit::{TimeUnit, Unit, split_last_word, split_per, unknown};

pub(crate) use compare::Incomparable;

/// What can be asked for or reached. Equality is of the words, `compare` of what they mean: `365 days` and
/// `1 year` are not equal, and compare as equal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// More than any amount: it exceeds every upper bound and satisfies every lower one.
    Unlimited,
    /// So much.
    Amount(Amount),
}

/// A number with its unit, and how it is measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// The number, never negative.
    pub value: Decimal,
    /// Of what.
    pub unit: Unit,
    /// The window it is measured over: `99.95 % monthly`.
    pub window: Option<Period>,
    /// The percentile it is a value of: the 95 of `p95 200 ms`.
    pub percentile: Option<Decimal>,
}

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

    /// Reads a share: a plain percentage such as `2 %`.
    pub fn parse_percent(text: &str) -> Result<Self, Misread> {
        Self::parse_plain(text, "a share", "expected a percentage, such as `2 %`", |unit| {
            *unit == Unit::Percent
        })
    }

    /// Reads a plain length of time such as `45 days`.
    pub fn parse_duration(text: &str) -> Result<Self, Misread> {
        let is_time = |unit: &Unit| matches!(unit, Unit::Time(_));
        Self::parse_plain(text, "a length of time", "expected a length of time, such as `45 days`", is_time)
    }

    /// Reads an amount with no window or percentile, in a unit of one kind.
    fn parse_plain(
        text: &str,
        what: &str,
        label: &str,
        is_kind: impl Fn(&Unit) -> bool,
    ) -> Result<Self, Misread> {
        match Self::parse_measure(text)? {
            Self::Amount(amount)
                if is_kind(&amount.unit) && amount.window.is_none() && amount.percentile.is_none() =>
            {
                Ok(Self::Amount(amount))
            }
            _ => {
                let trimmed = text.trim();
                Err(within(Misread::new(format!("`{}` is not {what}", short(trimmed)), label), text, trimmed))
            }
        }
    }

    /// The number of days, where it is a time that is an exact decimal number of days.
    pub fn days(&self) -> Option<Decimal> {
        match self {
            Self::Amount(Amount { value, unit: Unit::Time(TimeUnit::Day), .. }) => Some(*value),
            Self::Amount(Amount { value, unit: Unit::Time(unit), .. }) => {
                let smallest = value.mantissa().checked_mul(unit.factor().into())?;
                divide(smallest, value.scale(), TimeUnit::Day.factor())
            }
            _ => None,
        }
    }

    /// The percentage, where it is one that is measured over no window.
    pub fn percent(&self) -> Option<Decimal> {
        match self {
            Self::Amount(Amount { value, unit: Unit::Percent, window: None, percentile: None }) => {
                Some(*value)
            }
            _ => None,
        }
    }

    /// The window that it is measured over, where it has one.
    pub fn window(&self) -> Option<Period> {
        match self {
            Self::Amount(amount) => amount.window,
            Self::Unlimited => None,
        }
    }

    /// The money, where it is money.
    pub fn money(&self) -> Option<Money> {
        match self {
            Self::Amount(Amount { value, unit: Unit::Money(currency), .. }) => {
                Some(Money { amount: *value, currency: *currency })
            }
            _ => None,
        }
    }
}

/// `dividend × 10^-scale ÷ divisor`, where that is an exact decimal number.
pub(super) fn divide(mut dividend: i128, mut scale: u32, divisor: u64) -> Option<Decimal> {
    let divisor = i128::from(divisor);
    // A quotient without an end, as of one third, outgrows the integer before long: then there is none.
    while dividend.checked_rem(divisor)? != 0 {
        dividend = dividend.checked_mul(10)?;
        scale += 1;
    }
    Decimal::try_from_i128_with_scale(dividend.checked_div(divisor)?, scale)
        .ok()
        .map(|value| value.normalize())
}

impl Amount {
    /// So much of a unit.
    pub(crate) fn of(value: Decimal, unit: Unit) -> Self {
        Self { value, unit, window: None, percentile: None }
    }
}

impl From<Amount> for Quantity {
    fn from(amount: Amount) -> Self {
        Self::Amount(amount)
    }
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self::of(money.amount, Unit::Money(money.currency))
    }
}

impl From<Money> for Quantity {
    fn from(money: Money) -> Self {
        Self::Amount(money.into())
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
pub(super) fn split_percentile(text: &str) -> Result<(Option<Decimal>, &str), (Misread, &str)> {
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

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unlimited => f.write_str("unlimited"),
            Self::Amount(amount) => amount.fmt(f),
        }
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(percentile) = self.percentile {
            write!(f, "p{percentile} ")?;
        }
        match &self.unit {
            Unit::Money(currency) => Money { amount: self.value, currency: *currency }.fmt(f)?,
            unit => {
                f.write_str(&write_number(self.value.normalize(), *unit == Unit::Percent))?;
                let unit = unit.text(self.value == Decimal::ONE);
                if !unit.is_empty() && !unit.starts_with('/') {
                    f.write_str(" ")?;
                }
                f.write_str(&unit)?;
            }
        }
        self.window.map_or(Ok(()), |window| write!(f, " {}", window.adverb()))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use std::cmp::Ordering;

    use super::*;
    use crate::model::unit::{BitUnit, ByteUnit, Counted};

    pub(crate) fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap_or_else(|misread| panic!("{text}: {misread:?}"))
    }

    fn compare(one: &str, other: &str) -> Result<Ordering, Incomparable> {
        quantity(one).compare(&quantity(other))
    }

    #[test]
    fn numbers_are_read_in_words_as_contracts_have_them() {
        for (text, expected) in [
            ("ten (10) years", "10 years"),
            ("ninety days", "90 days"),
            ("30 (thirty) days", "30 days"),
            ("twenty-five users", "25 users"),
        ] {
            assert_eq!(quantity(text).to_string(), expected);
        }
        for text in ["ten (12) years", "ten", "a day", "ten (about 10) years", "99.95 (about) %"] {
            let read = Quantity::parse(text);
            assert!(read.is_err() || text == "ten", "{text}: {read:?}");
        }
        for (text, is_meant) in
            [("two (2) factors", true), ("ninety days", true), ("two factors", false), ("one", false)]
        {
            assert_eq!(Quantity::is_meant(text), is_meant, "{text}");
        }
    }

    #[test]
    fn quantities_print_canonically() {
        for (text, printed) in [
            ("365 days", "365 days"),
            ("1.0 days", "1 day"),
            ("99.950%", "99.95 %"),
            ("99.95 % per month", "99.95 % monthly"),
            ("99.95 % per calendar month", "99.95 % monthly"),
            ("99.9 % annually", "99.9 % yearly"),
            ("P95 200ms", "p95 200 ms"),
            ("p99.9 0.5 s weekly", "p99.9 0.5 s weekly"),
            ("1000 /s", "1000/s"),
            ("1000 req/s", "1000 requests/s"),
            ("1000 requests per second", "1000 requests/s"),
            ("EUR 480000.50", "480000.50 EUR"),
            ("5 GB per month", "5 GB monthly"),
            ("7", "7"),
            ("1.1250 s", "1.1250 s"),
            (" Unlimited ", "unlimited"),
        ] {
            assert_eq!(quantity(text).to_string(), printed);
        }
    }

    #[test]
    fn times_and_data_are_exact() {
        for (one, other) in [
            ("1 year", "365 days"),
            ("12 months", "1 year"),
            ("1 quarter", "3 months"),
            ("36 h", "1.5 days"),
            ("1 KiB", "1024 B"),
            ("60/min", "1/s"),
            ("1 Gbps", "1000 Mbit/s"),
            ("8 kbit", "8000 bits"),
            ("1 user", "1 Users"),
            ("2 business days", "2 working days"),
            ("1 MB/s", "1000 kB/s"),
            ("5.0 EUR", "5 EUR"),
        ] {
            assert_eq!(compare(one, other), Ok(Ordering::Equal), "{one}, {other}");
        }
        assert_eq!(compare("1 month", "30.41666666666666666666666666 days"), Ok(Ordering::Greater));
        let largest = Decimal::MAX.to_string();
        assert_eq!(compare(&format!("{largest} years"), &format!("{largest} months")), Ok(Ordering::Greater));
        assert_eq!(compare("unlimited", "5 EUR"), Ok(Ordering::Greater));
    }

    #[test]
    fn what_cannot_be_compared_says_why() {
        for (one, other, why) in [
            ("1 day", "5 %", "one is in `days`, the other in `%`"),
            ("5", "5 GB", "one is a bare number, the other in `GB`"),
            ("99 % monthly", "99 % yearly", "one is per month, the other per year"),
            ("99 % monthly", "99 %", "one is per month, the other for no stated period"),
            ("p95 1 s", "p99 1 s", "one is for p95, the other for p99"),
            ("5 EUR", "5 USD", "one is in EUR, the other in USD"),
            ("5 req/s", "5 events/s", "one is of requests, the other of events"),
            ("5 MB/s", "5/s", "one is in `MB/s`, the other in `/s`"),
            ("8 Gbit/s", "1 GB/s", "one is in `Gbit/s`, the other in `GB/s`"),
            ("8 bits", "1 B", "one is in `bit`, the other in `B`"),
            ("5 users", "5 seats", "one is in `users`, the other in `seats`"),
            ("5 users", "5", "one is in `users`, the other a bare number"),
            ("1 business day", "1 day", "one is in `business days`, the other in `days`"),
            (
                "8 business hours",
                "1 business day",
                "one is in `business hours`, the other in `business days`",
            ),
        ] {
            assert_eq!(compare(one, other).unwrap_err().to_string(), why);
        }
        assert_eq!(compare("5 req/s", "5/s"), Ok(Ordering::Equal));
    }

    #[test]
    fn misreadings_stand_at_their_place() {
        for (text, part, help) in [
            ("480.000 EUR", "480.000", "write `480000 EUR` if it separates thousands"),
            ("1.250 days", "1.250", "write `1250 days` if it separates thousands"),
            (" p95 1,5 ms", "1,5", "write `1.5 ms`"),
            ("1,5 %", "1,5", "write `1.5 %`"),
            ("1 000/s", "1 000", "write `1000/s`"),
            ("10 days2 monthly", "days2", "did you mean `days`?"),
            ("10 Tb", "Tb", "write `Tbit` for bits"),
            ("10 bussiness days", "bussiness days", "did you mean `business days`?"),
            (" 10k users", "10k users", "write `10000 users`"),
            ("7,500 users", "7,500", "write `7500 users` if it separates thousands"),
            ("€480k", "€", "write `480000 EUR`"),
            ("480k EUR", "480k EUR", "write `480000 EUR`"),
            ("€480000", "€", "write `480000 EUR`"),
            ("480000 €", "€", "write `480000 EUR`"),
        ] {
            let misread = Quantity::parse(text).unwrap_err();
            assert_eq!((&text[misread.part.unwrap()], misread.helps[0].text.as_str()), (part, help));
        }
        for text in ["", "days", "-5 days", "p95", "p100 5 ms", "p0 5 ms", "p95 unlimited", "5 days 3 h"] {
            assert!(Quantity::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn days_are_exact_or_none() {
        assert_eq!(quantity("2 weeks").days(), Some(Decimal::from(14)));
        assert_eq!(quantity("12 months").days(), Some(Decimal::from(365)));
        assert_eq!(quantity("1 month").days(), None);
        assert_eq!(quantity("5").days(), None);
    }

    #[test]
    fn shares_and_lengths_are_plain() {
        assert_eq!(Quantity::parse_percent("2 %"), Ok(quantity("2 %")));
        assert_eq!(Quantity::parse_duration("6 weeks"), Ok(quantity("6 weeks")));
        assert_eq!(Quantity::parse_percent("2 % monthly").unwrap_err().title, "`2 % monthly` is not a share");
        for text in ["2", "2 %", "unlimited", "p95 2 days", "2 days monthly"] {
            assert!(Quantity::parse_duration(text).is_err(), "{text}");
        }
    }

    fn any_unit() -> impl Strategy<Value = Unit> {
        let currency = |code| Currency::from_code(code).unwrap();
        let mut units =
            vec![Unit::One, Unit::Percent, Unit::Money(currency("EUR")), Unit::Money(currency("USD"))];
        units.extend(TimeUnit::ALL.iter().copied().map(Unit::Time));
        units.extend(ByteUnit::ALL.iter().copied().map(Unit::Bytes));
        units.extend(BitUnit::ALL.iter().copied().map(Unit::Bits));
        units.extend([Unit::BusinessDays, Unit::BusinessHours]);
        units.extend(["users", "User", "seats"].map(|word| Unit::parse(word).unwrap()));
        for &per in crate::model::unit::Tick::ALL {
            let noun = Counted::Noun("requests".into());
            for of in [Counted::Unsaid, noun, Counted::Bytes(ByteUnit::MiB), Counted::Bits(BitUnit::Mbit)] {
                units.push(Unit::Rate { of, per });
            }
        }
        prop::sample::select(units)
    }

    pub(crate) fn any_quantity() -> impl Strategy<Value = Quantity> {
        let window = prop::option::weighted(0.2, prop::sample::select(&Period::ALL[..]));
        let percentile = prop::option::weighted(0.2, Just(Decimal::new(999, 1)));
        let number = prop_oneof![0..10i64, 0..=i64::MAX];
        prop_oneof![
            1 => Just(Quantity::Unlimited),
            20 => (number, 0..6u32, any_unit(), window, percentile).prop_map(|(number, scale, unit, window, percentile)| {
                Quantity::Amount(Amount { value: Decimal::new(number, scale), unit, window, percentile })
            })
        ]
    }

    fn any_time() -> impl Strategy<Value = Quantity> {
        (0..400i64, 0..2u32, prop::sample::select(TimeUnit::ALL)).prop_map(|(number, scale, unit)| {
            let value = Decimal::new(number, scale);
            Quantity::Amount(Amount::of(value, Unit::Time(unit)))
        })
    }

    proptest! {
        #[test]
        fn display_reads_back(quantity in any_quantity()) {
            prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
        }

        #[test]
        fn comparison_is_antisymmetric(one in any_quantity(), other in any_quantity()) {
            let back = other.compare(&one).map(Ordering::reverse);
            prop_assert_eq!(one.compare(&other).ok(), back.ok());
            prop_assert_eq!(one.compare(&one), Ok(Ordering::Equal));
        }

        #[test]
        fn what_compares_is_in_one_order(all in prop::array::uniform3(any_quantity())) {
            let [one, other, third] = &all;
            // Through rates that do not say of what, which compare with all that do, nothing follows.
            let is_unsaid = |quantity: &Quantity| {
                matches!(quantity, Quantity::Amount(Amount { unit: Unit::Rate { of: Counted::Unsaid, .. }, .. }))
            };
            let known = !all.iter().any(|it| is_unsaid(it) || *it == Quantity::Unlimited);
            if let (Ok(first), Ok(second), true) = (one.compare(other), other.compare(third), known) {
                let across = one.compare(third);
                prop_assert!(across.is_ok());
                if first == second {
                    prop_assert_eq!(across, Ok(first));
                }
            }
        }

        #[test]
        fn times_are_totally_ordered(mut times in prop::collection::vec(any_time(), 3)) {
            times.sort_by(|one, other| one.compare(other).unwrap());
            prop_assert!(times[0].compare(&times[2]).unwrap().is_le());
            // The oracle: whole milliseconds, since a tenth of the smallest unit is still exact in tenths.
            let tenths = |time: &Quantity| match time {
                Quantity::Amount(amount) => super::super::number::at_scale(amount.value, 1).unwrap() * i128::from(amount.unit.factor()),
                Quantity::Unlimited => unreachable!(),
            };
            prop_assert_eq!(times[0].compare(&times[1]), Ok(tenths(&times[0]).cmp(&tenths(&times[1]))));
        }

        #[test]
        fn nothing_panics(text in ".*", near in "(p9[0-9.,]{0,3} )?[-0-9., ]{0,9}[ /a-zA-Z%€]{0,9}( per [a-z]{1,6})?") {
            for text in [text, near] {
                if let Ok(quantity) = Quantity::parse(&text) {
                    prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
                }
            }
        }
    }
}
