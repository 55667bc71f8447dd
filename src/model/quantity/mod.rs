//! Quantities: an exact number with a unit.

mod compare;
mod read;

use std::fmt;

use rust_decimal::Decimal;

use super::money::Money;
use super::number::write_number;
use super::period::Period;
use super::unit::{TimeUnit, Unit};

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
    use crate::model::money::Currency;
    use crate::model::unit::{BitUnit, ByteUnit, Counted, Tick};

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
            ("50/s", "50 users/s", "one is in `/s`, the other in `users/s`"),
            ("50 events/s", "50/s", "one is in `events/s`, the other in `/s`"),
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
    fn lengths_are_plain() {
        assert_eq!(Quantity::parse_duration("6 weeks"), Ok(quantity("6 weeks")));
        let misread = Quantity::parse_duration("2 % monthly").unwrap_err();
        assert_eq!(misread.title, "`2 % monthly` is not a length of time");
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
        for &per in Tick::ALL {
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
