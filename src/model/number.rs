//! Decimal numbers as people write them, read so strictly that none can be meant in two ways.

use std::borrow::Cow;
use std::ops::Range;

use rust_decimal::Decimal;

use super::misread::Misread;

/// Splits the number that a text starts with from what follows it. Separators between digits belong to the
/// number, blanks too, so that `1 000 EUR` is a badly written thousand and not a one.
pub(super) fn split_number(text: &str) -> (&str, &str) {
    let mut end = 0;
    let mut blank = None;
    for (at, character) in text.char_indices() {
        let belongs = match character {
            '+' | '-' | '\u{2212}' => at == 0,
            '.' | ',' | '_' | '\'' | '\u{2019}' => blank.is_none(),
            _ => character.is_ascii_digit(),
        };
        if belongs {
            end = at + character.len_utf8();
            blank = None;
        } else if character.is_whitespace() && end > 0 && blank.is_none() {
            blank = Some(at);
        } else {
            break;
        }
    }
    (text.get(..end).unwrap_or_default(), text.get(end..).unwrap_or_default().trim_start())
}

/// Words that stand for zeros, as in `480k`. They are never read, only written out.
const FACTORS: &[(&str, i64)] = &[
    ("k", 1_000),
    ("thousand", 1_000),
    ("m", 1_000_000),
    ("mn", 1_000_000),
    ("mio", 1_000_000),
    ("million", 1_000_000),
    ("b", 1_000_000_000),
    ("bn", 1_000_000_000),
    ("billion", 1_000_000_000),
];

/// Splits a word that stands for zeros off the beginning of what follows a number, in any case.
pub(super) fn split_factor(text: &str) -> Option<(Decimal, &str)> {
    let end = text.find(|character: char| !character.is_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    let &(_, factor) = FACTORS.iter().find(|(known, _)| known.eq_ignore_ascii_case(word))?;
    Some((Decimal::from(factor), rest.trim_start()))
}

/// Reads a number written plainly. `around` puts a number into its unit, for the helps. A `fraction` can
/// only have decimals after its point; elsewhere `480.000` may be thousands, and is refused.
pub(super) fn parse_number(
    written: &str,
    fraction: bool,
    around: impl Fn(&str) -> String,
) -> Result<Decimal, Misread> {
    let bare = written.strip_prefix('+').unwrap_or(written);
    if bare.starts_with(['-', '\u{2212}']) {
        return Err(Misread::new(format!("`{}` is negative", short(written)), "expected zero or more"));
    }
    if let Some((whole, decimals)) = bare.split_once(['.', ',']).filter(|&(a, b)| digits(a) && digits(b)) {
        let comma = !bare.contains('.');
        // `480.000` is 480 in London and 480,000 in Berlin, and contracts come from both.
        if (comma || !fraction) && looks_grouped(whole, decimals) {
            return Err(ambiguous(bare, whole, decimals, fraction, around));
        }
        if comma {
            let plain = format!("{whole}.{decimals}");
            return Err(Misread::new(
                format!("`{}` has a decimal comma", short(bare)),
                "expected a decimal point",
            )
            .instead(&plain, format!("write `{}`", around(&plain))));
        }
    } else if !digits(bare) {
        let misread = Misread::new(
            format!("`{}` is not a plain number", short(bare)),
            "expected digits, with at most a decimal point between them",
        );
        return Err(match ungrouped(bare) {
            Some(plain) => misread.instead(&plain, format!("write `{}`", around(&plain))),
            None => misread,
        });
    }
    Decimal::from_str_exact(bare).map_err(|_| {
        Misread::new(format!("`{}` has too many digits", short(bare)), "at most 28 digits can be told apart")
    })
}

fn ambiguous(
    written: &str,
    whole: &str,
    decimals: &str,
    fraction: bool,
    around: impl Fn(&str) -> String,
) -> Misread {
    let mut plain = format!("{whole}.{decimals}").trim_end_matches('0').trim_end_matches('.').to_owned();
    if !fraction && plain.len() == whole.len() + 4 {
        plain.push('0');
    }
    let thousands = format!("{whole}{decimals}");
    Misread::new(
        format!("`{}` can be read in two ways", short(written)),
        "the separator may be one of thousands or of decimals",
    )
    .instead(&thousands, format!("write `{}` if it separates thousands", around(&thousands)))
    .instead(&plain, format!("write `{}` if it separates decimals", around(&plain)))
}

/// Whether the digits around a separator may as well be a number in thousands.
fn looks_grouped(whole: &str, decimals: &str) -> bool {
    whole.len() <= 3 && !whole.starts_with('0') && decimals.len() == 3
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The plain form of a number with separated groups, if there is just one: `1_000`, `1.000.000`, `1,234.50`,
/// and the Indian `4,80,000`.
fn ungrouped(written: &str) -> Option<String> {
    let is_separator = |character: char| !character.is_ascii_digit();
    let (grouped, decimals) = match written.rsplit_once(['.', ',']) {
        Some(("", decimals)) => return digits(decimals).then(|| format!("0.{decimals}")),
        Some((grouped, "")) => (grouped, ""),
        Some((grouped, decimals)) if !grouped.contains(written.get(grouped.len()..)?.chars().next()?) => {
            (grouped, decimals)
        }
        _ => (written, ""),
    };
    let mut separators = grouped.matches(is_separator);
    let first = separators.next();
    let sound = separators.all(|other| Some(other) == first)
        && (decimals.is_empty() || digits(decimals))
        && grouped.split(is_separator).enumerate().all(|(at, group)| match at {
            0 if first.is_none() => digits(group),
            0 => digits(group) && group.len() <= 3,
            _ => digits(group) && (2..=3).contains(&group.len()),
        });
    let whole: String = grouped.chars().filter(char::is_ascii_digit).collect();
    match sound {
        false => None,
        true if decimals.is_empty() => Some(whole),
        true => Some(format!("{whole}.{decimals}")),
    }
}

/// A number so that [`parse_number`] reads it back: three decimals, which could be thousands, become four.
pub(super) fn write_number(value: Decimal, fraction: bool) -> String {
    let mut text = value.to_string();
    let grouped = text.split_once('.').is_some_and(|(whole, decimals)| looks_grouped(whole, decimals));
    if grouped && !fraction {
        text.push('0');
    }
    text
}

/// The exact sum, or none where 28 digits do not hold it; `Decimal`'s own sum rounds then.
pub(super) fn exact_sum(one: Decimal, other: Decimal) -> Option<Decimal> {
    let scale = one.scale().max(other.scale());
    // In `i128`, since `Decimal` rounds what its 96 bits do not hold, and says nothing of it.
    let sum = at_scale(one, scale)?.checked_add(at_scale(other, scale)?)?;
    Decimal::try_from_i128_with_scale(sum, scale).ok()
}

/// The exact product, or none where 28 digits do not hold it; `Decimal`'s own product rounds then.
pub(super) fn exact_product(one: Decimal, other: Decimal) -> Option<Decimal> {
    let (one, other) = (one.normalize(), other.normalize());
    let product = one.mantissa().checked_mul(other.mantissa())?;
    let product = Decimal::try_from_i128_with_scale(product, one.scale().checked_add(other.scale())?).ok()?;
    Some(product.normalize())
}

/// The number in units of `10^-scale`, if that is whole and fits.
pub(super) fn at_scale(value: Decimal, scale: u32) -> Option<i128> {
    value.mantissa().checked_mul(10i128.checked_pow(scale.checked_sub(value.scale())?)?)
}

/// The bytes that a part of a text, given as a slice of it, stands at.
pub(super) fn range_in(text: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize).min(text.len());
    start..(start + part.len()).min(text.len())
}

/// Narrows a misread part of a text, given as a slice of it, to the same bytes of the text.
pub(super) fn within(misread: Misread, text: &str, part: &str) -> Misread {
    let outer = range_in(text, part);
    let inner = misread.part.clone().unwrap_or(0..part.len());
    let misread = misread.around(text, outer.clone());
    if outer.len() == text.len() && misread.part.is_none() {
        return misread;
    }
    misread.part(outer.start + inner.start..outer.start + inner.end)
}

/// A text to quote in a sentence: its start, where it is long.
pub(super) fn short(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(40) {
        Some((end, _)) => Cow::Owned(format!("{}…", text.get(..end).unwrap_or_default())),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn helps(written: &str) -> Vec<String> {
        let misread = parse_number(written, false, str::to_owned).unwrap_err();
        misread.helps.into_iter().map(|help| help.text).collect()
    }

    #[test]
    fn grouped_numbers_are_refused_with_their_plain_form() {
        for (written, plain) in [
            ("1_000", "1000"),
            ("1 000", "1000"),
            ("1'000", "1000"),
            ("1.000.000", "1000000"),
            ("1,234.50", "1234.50"),
            ("1.234,50", "1234.50"),
            ("4,80,000", "480000"),
            ("1,5", "1.5"),
            (".5", "0.5"),
            ("5.", "5"),
        ] {
            assert_eq!(helps(written), [format!("write `{plain}`")], "{written}");
        }
        for written in ["1.2.3", "1__0", "+", "", "1,.5", ",", "1.000,000.5"] {
            assert_eq!(helps(written), [] as [&str; 0], "{written}");
        }
    }

    #[test]
    fn three_decimals_may_be_thousands() {
        assert_eq!(
            helps("480.125"),
            ["write `480125` if it separates thousands", "write `480.1250` if it separates decimals"]
        );
        for plain in ["0.125", "1234.567", "480.1250"] {
            assert!(parse_number(plain, false, str::to_owned).is_ok(), "{plain}");
        }
        assert!(parse_number("99.950", true, str::to_owned).is_ok());
        assert!(parse_number(&"9".repeat(40), true, str::to_owned).is_err());
        assert!(parse_number(&format!("0.{}", "1".repeat(40)), true, str::to_owned).is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(mantissa in 0..=i64::MAX, scale in 0..28u32, fraction: bool) {
            let value = Decimal::new(mantissa, scale);
            let text = write_number(value, fraction);
            prop_assert_eq!(parse_number(&text, fraction, str::to_owned), Ok(value));
        }

        #[test]
        fn nothing_panics(text in ".*", numeric in "[-+0-9., _']*") {
            for text in [text, numeric] {
                let (number, rest) = split_number(&text);
                prop_assert!(text.starts_with(number) && text.ends_with(rest));
                let _ = parse_number(&text, false, str::to_owned);
            }
        }
    }
}
