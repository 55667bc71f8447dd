//! Money: an amount in one currency, and sums that never mix two.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::text::{and_list, fold, group_digits, in_backticks, or_list};

use super::misread::Misread;
use super::number::{
    exact_product, parse_number, range_in, short, split_factor, split_number, within, write_number,
};

/// A currency: an alphabetic code of ISO 4217. Other capital letters before a number (`ISO 27001`, `TLS 1.3`) are no
/// money, or a certificate would be compared as a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads a code; lower case and signs are errors that show the code.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        let code = text.trim();
        if let Some(currency) = Self::from_code(code) {
            return Ok(currency);
        }
        let misread = Misread::new(
            format!("`{}` is not a currency", short(code)),
            "expected the three letters of a currency in ISO 4217, such as `EUR`",
        );
        Err(match (Self::from_code(&code.to_ascii_uppercase()), meant(code)) {
            (Some(currency), _) => misread.instead(currency.to_string(), format!("write `{currency}`")),
            (_, Some(CurrencyWords { codes, others })) => {
                let codes = in_backticks(codes);
                misread.help(format!("write {}{others}", or_list(&codes)))
            }
            _ => misread,
        })
    }

    /// The currency of a code in capital letters.
    pub(super) fn from_code(code: &str) -> Option<Self> {
        let letters: [u8; 3] = code.as_bytes().try_into().ok()?;
        // What is looked for is one of a list.
        let is_code =
            letters.iter().all(u8::is_ascii_uppercase) && iso_currency::Currency::from_code(code).is_some();
        is_code.then_some(Self(letters))
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What a sign or a word for money may stand for.
struct CurrencyWords {
    codes: &'static [&'static str],
    /// What follows where it may be yet another.
    others: &'static str,
}

/// What a sign, or a word, or a code in small letters may stand for.
fn meant(unit: &str) -> Option<CurrencyWords> {
    let (codes, others): (&[&str], &str) = match fold(unit).as_ref() {
        "€" | "euro" | "euros" => (&["EUR"], ""),
        "£" | "pound" | "pounds" => (&["GBP"], ""),
        // Never read, only offered: many countries call their money so.
        "$" | "dollar" | "dollars" => (&["USD"], ", or the code of another dollar"),
        "us$" | "us dollars" => (&["USD"], ""),
        "a$" | "au$" => (&["AUD"], ""),
        "c$" | "ca$" => (&["CAD"], ""),
        "¥" | "yen" => (&["JPY", "CNY"], ""),
        "₹" | "rupees" => (&["INR"], ""),
        _ => return None,
    };
    Some(CurrencyWords { codes, others })
}

/// Whether a text is a sign or a word for money that is no code.
pub(super) fn is_currency_word(unit: &str) -> bool {
    meant(unit).is_some()
}

/// Whether a text starts as money with its currency first, rightly (`EUR 5`) or wrongly (`€5`).
pub(super) fn starts_with_currency(text: &str) -> bool {
    let sign = text.chars().next().is_some_and(is_sign);
    let code = text.get(..3).is_some_and(|code| Currency::from_code(code).is_some());
    let dollars = text.find('$').and_then(|at| text.get(..=at)).is_some_and(is_currency_word);
    sign || dollars
        || code
            && text.get(3..).is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

fn is_sign(character: char) -> bool {
    matches!(character, '€' | '£' | '$' | '¥' | '₹')
}

/// An exact amount in one currency, never negative. It prints with the decimals it was written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much.
    pub amount: Decimal,
    /// Of what.
    pub currency: Currency,
}

impl Money {
    /// Reads `480000 EUR` or `EUR 480000`.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        let trimmed = text.trim();
        let written = WrittenMoney::new(trimmed);
        let WrittenMoney { number, factor, unit } = &written;
        if number.is_empty() || unit.is_empty() {
            let misread = Misread::new(
                format!("`{}` is not an amount of money", short(trimmed)),
                "expected an amount and a currency, such as `480000 EUR`",
            );
            return Err(within(misread, text, trimmed));
        }
        let currency = Currency::parse(unit).map_err(|misread| {
            let Misread { title, label, .. } = misread;
            let plain = Misread::new(title, label).part(range_in(text, unit));
            match Currency::from_code(&unit.to_ascii_uppercase()) {
                Some(currency) => written.instead(plain, currency.code(), ""),
                None => meant(unit).into_iter().fold(plain, |plain, CurrencyWords { codes, others }| {
                    codes.iter().fold(plain, |plain, code| written.instead(plain, code, others))
                }),
            }
        })?;
        if factor.is_some() {
            let misread = Misread::new(
                format!("`{}` is not written in full", short(trimmed)),
                "expected all digits of the amount",
            );
            return Err(written.instead(misread.part(range_in(text, trimmed)), currency.code(), ""));
        }
        let amount = parse_number(number, false, |number| format!("{number} {currency}"))
            .map_err(|misread| within(misread, text, number))?;
        Ok(Self { amount, currency })
    }
}

/// The parts of an amount of money, whatever stands first.
struct WrittenMoney<'t> {
    number: &'t str,
    factor: Option<Decimal>,
    unit: &'t str,
}

impl<'t> WrittenMoney<'t> {
    fn new(text: &'t str) -> Self {
        let signs = text.find(|c: char| c.is_ascii_digit()).map(|at| text.split_at(at));
        if let Some((before, after)) = signs
            && !before.is_empty()
            && !before.ends_with(['+', '-', '.', ',', '\u{2212}'])
        {
            let unit = before.trim_end();
            let (number, rest) = split_number(after);
            return match split_factor(rest) {
                _ if rest.is_empty() => Self { number, factor: None, unit },
                Some((factor, "")) => Self { number, factor: Some(factor), unit },
                _ => Self { number: after, factor: None, unit },
            };
        }
        let (number, unit) = split_number(text);
        match split_factor(unit).filter(|_| Currency::from_code(unit).is_none()) {
            Some((factor, unit)) if !unit.is_empty() => Self { number, factor: Some(factor), unit },
            _ => Self { number, factor: None, unit },
        }
    }

    /// Adds what to write instead, in a currency: all readings of the number. With `others`, that is one currency of
    /// several, and for people to choose.
    fn instead(&self, misread: Misread, code: &str, others: &str) -> Misread {
        let full = |number: &str| match self.factor {
            None => format!("{number} {code}"),
            Some(factor) => {
                let product = Decimal::from_str_exact(number).ok().and_then(|it| exact_product(it, factor));
                let product = product.map(|product| write_number(product, false));
                format!("{} {code}", product.as_deref().unwrap_or(number))
            }
        };
        let add = |misread: Misread, number: &str, words: String| match others {
            "" => misread.instead(full(number), words),
            others => misread.help(words + others),
        };
        match parse_number(self.number, false, full) {
            Ok(_) => add(misread, self.number, format!("write `{}`", full(self.number))),
            Err(unread) => unread.helps.into_iter().fold(misread, |misread, help| match help.instead {
                Some(number) => add(misread, &number, help.text),
                None => misread,
            }),
        }
    }
}

impl Money {
    /// So many times this amount; none where that cannot be held exactly.
    pub fn times(self, number: Decimal) -> Option<Self> {
        Some(Self { amount: exact_product(self.amount, number)?, ..self })
    }

    /// So many percent of this amount; none where that cannot be held exactly.
    pub fn percent(self, share: Decimal) -> Option<Self> {
        self.times(exact_product(share, Decimal::new(1, 2))?)
    }

    /// For people, with the digits in groups.
    pub(crate) fn in_words(self) -> String {
        group_digits(&self.to_string())
    }

    /// The amount as it is shown where it was calculated: to two decimals, or to none where it is whole.
    #[must_use]
    pub fn rounded(self) -> Self {
        // As people round; `Decimal` by itself takes a half to the even digit.
        let half_up = RoundingStrategy::MidpointAwayFromZero;
        let mut amount = self.amount.round_dp_with_strategy(2, half_up).normalize();
        if amount.scale() > 0 {
            amount.rescale(2);
        }
        Self { amount, ..self }
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", write_number(self.amount, false), self.currency)
    }
}

/// Totals, each currency apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sums(BTreeMap<Currency, Decimal>);

impl Sums {
    /// Adds an amount to the total of its currency. Where 28 digits do not hold the total, its last digits are
    /// rounded: an amount is never left out.
    pub fn add(&mut self, money: Money) {
        let total = self.0.entry(money.currency).or_default();
        *total = total.checked_add(money.amount).unwrap_or(Decimal::MAX);
    }

    /// Adds every total of another.
    pub fn add_all(&mut self, other: &Self) {
        other.iter().for_each(|money| self.add(money));
    }

    /// The totals, by currency code.
    pub fn iter(&self) -> impl Iterator<Item = Money> + '_ {
        self.0.iter().map(|(&currency, &amount)| Money { amount, currency })
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The totals as people read them: see [`Money::rounded`].
    pub fn rounded(&self) -> Self {
        self.iter().map(Money::rounded).collect()
    }

    /// The total of one currency, as programs read it; nothing where there is none.
    pub(crate) fn written_in(&self, currency: Currency) -> String {
        self.0.get(&currency).map(Decimal::to_string).unwrap_or_default()
    }

    /// For people, with the digits in groups.
    pub(crate) fn in_words(&self) -> String {
        and_list(&self.iter().map(Money::in_words).collect::<Vec<_>>())
    }
}

impl FromIterator<Money> for Sums {
    fn from_iter<I: IntoIterator<Item = Money>>(all: I) -> Self {
        let mut sums = Self::default();
        all.into_iter().for_each(|money| sums.add(money));
        sums
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&and_list(&self.iter().collect::<Vec<_>>()))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn money(text: &str) -> Money {
        Money::parse(text).unwrap_or_else(|misread| panic!("{misread:?}"))
    }

    fn misread(text: &str) -> Misread {
        Money::parse(text).unwrap_err()
    }

    #[test]
    fn money_prints_as_it_was_written() {
        assert_eq!(money("480000 EUR").to_string(), "480000 EUR");
        assert_eq!(money("EUR 480000.50").to_string(), "480000.50 EUR");
        assert_eq!(money(" 0.500KWD ").to_string(), "0.500 KWD");
    }

    #[test]
    fn separators_show_both_readings() {
        for text in ["480.000 EUR", "480,000 EUR", "EUR 480.000"] {
            let misread = misread(text);
            assert_eq!(misread.helps[0].text, "write `480000 EUR` if it separates thousands");
            assert_eq!(misread.helps[1].text, "write `480 EUR` if it separates decimals");
            assert_eq!(text[misread.part.unwrap()].len(), 7);
        }
    }

    #[test]
    fn other_forms_say_what_to_write() {
        assert_eq!(misread("5 eur").helps, ["write `5 EUR`"]);
        assert_eq!(misread("€480000").helps, ["write `480000 EUR`"]);
        assert_eq!(misread("$5").helps, ["write `5 USD`, or the code of another dollar"]);
        assert_eq!(misread("5 €").part, Some(2..5));
        assert_eq!(misread("-5 EUR").title, "`-5` is negative");
        assert_eq!(misread("1 000 EUR").helps, ["write `1000 EUR`"]);
        assert_eq!(misread("¥5").helps, ["write `5 JPY`", "write `5 CNY`"]);
        for text in ["", "EUR", "5", "five EUR", "5 EURO", "EUR 5 EUR", "5 ISO", "ISO 27001", "TLS 1.3"] {
            misread(text);
        }
    }

    #[test]
    fn what_people_write_leads_to_what_is_read() {
        let both = ["480000 EUR", "480 EUR"];
        for (text, right) in [
            ("€480,000", &both[..]),
            ("€ 480.000", &both),
            ("480,000 €", &both),
            ("480,000 euros", &both),
            ("480,000 eur", &both),
            ("€480k", &["480000 EUR"]),
            ("480k EUR", &["480000 EUR"]),
            ("EUR 480K", &["480000 EUR"]),
            ("480 thousand euros", &["480000 EUR"]),
            ("€1.2M", &["1200000 EUR"]),
            ("1,2 million EUR", &["1200000 EUR"]),
            ("€1.250m", &["1250000000 EUR", "1250000 EUR"]),
            ("EUR 2 bn", &["2000000000 EUR"]),
            ("€480,000.00", &["480000.00 EUR"]),
            ("480.000,50 €", &["480000.50 EUR"]),
            ("US$ 480,000.00", &["480000.00 USD"]),
            ("480'000 CHF", &["480000 CHF"]),
            ("480 000 EUR", &["480000 EUR"]),
        ] {
            let misread = misread(text);
            let instead: Vec<&str> =
                misread.helps.iter().filter_map(|help| help.instead.as_deref()).collect();
            assert_eq!(instead, right, "{text}");
            instead.iter().for_each(|text| _ = money(text));
        }
        let dollars = ["write `480000 USD` if it separates thousands, or the code of another dollar"];
        assert_eq!(misread("$480,000").helps[..1], dollars);
        assert_eq!(misread("$480k").helps, ["write `480000 USD`, or the code of another dollar"]);
        for text in ["€480kk", "EUR 5 days", "480 k", "5 EUR k"] {
            assert!(misread(text).helps.is_empty(), "{text}");
        }
    }

    #[test]
    fn sums_keep_currencies_apart() {
        let mut sums = Sums::default();
        for text in ["20000 USD", "600000 EUR", "40000 EUR"] {
            sums.add(money(text));
        }
        assert_eq!(sums.to_string(), "640000 EUR and 20000 USD");
        let large = Money { amount: Decimal::MAX, ..money("1 EUR") };
        sums.add(large);
        assert_eq!(sums.to_string(), format!("{} EUR and 20000 USD", Decimal::MAX));
    }

    #[test]
    fn no_amount_is_left_out_of_a_sum() {
        let mut sums = Sums::default();
        let tiny = Money { amount: Decimal::new(1, 28), ..money("1 EUR") };
        sums.add(tiny);
        sums.add(money("480000 EUR"));
        assert_eq!(sums.iter().map(|sum| sum.rounded().to_string()).collect::<Vec<_>>(), ["480000 EUR"]);
    }

    #[test]
    fn what_is_calculated_is_exact_and_shown_to_two_decimals() {
        let value = money("480000.50 EUR");
        assert_eq!(value.percent(Decimal::new(125, 1)).unwrap().amount.to_string(), "60000.0625");
        assert_eq!(value.percent(Decimal::new(125, 1)).unwrap().rounded().to_string(), "60000.06 EUR");
        assert_eq!(money("0.5 EUR").times(Decimal::ONE).unwrap().rounded().to_string(), "0.50 EUR");
        assert_eq!(money("900.00 EUR").times(Decimal::from(60)).unwrap().rounded().to_string(), "54000 EUR");
        assert_eq!(money("0.005 EUR").rounded().to_string(), "0.01 EUR");
        let large = Money { amount: Decimal::MAX, ..value };
        assert_eq!(large.times(Decimal::TEN), None);
        assert_eq!(large.times(Decimal::ONE), Some(large));
    }

    fn any_money() -> impl Strategy<Value = Money> {
        let currency = prop::sample::select(&["EUR", "USD", "KWD"][..]);
        (0..=i64::MAX, 0..6u32, currency).prop_map(|(mantissa, scale, code)| Money {
            amount: Decimal::new(mantissa, scale),
            currency: Currency::from_code(code).unwrap(),
        })
    }

    proptest! {
        #[test]
        fn display_reads_back(money in any_money()) {
            prop_assert_eq!(Money::parse(&money.to_string()), Ok(money));
        }

        #[test]
        fn sums_do_not_depend_on_order(all in prop::collection::vec(any_money(), 0..8)) {
            let (mut one, mut other) = (Sums::default(), Sums::default());
            all.iter().for_each(|&money| one.add(money));
            all.iter().rev().for_each(|&money| other.add(money));
            prop_assert_eq!(one, other);
        }

        #[test]
        fn nothing_panics(text in ".*", near in "[-+€$ 0-9.,A-Zeur]{0,12}") {
            let _ = Money::parse(&text);
            let _ = Money::parse(&near);
        }
    }
}
