//! Text for messages: plurals, lists and numbers, escaping and quoting, case, and the name that was meant.

mod clean;
mod near;
mod quote;

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

pub(crate) use clean::{
    clean, clean_rendered, clean_truncated, decode_file_name, defuse_command, is_unseen, stand_in_byte,
};
pub(crate) use near::{NameIndex, is_slip, nearest};
pub(crate) use quote::{shell_path, shell_quote, toml_key, toml_string};

/// `1 contract`, `2 contracts`, `0 contracts`.
pub(crate) fn count(number: usize, singular: &str) -> String {
    plural(number, singular, &format!("{singular}s"))
}

/// `1 is`, `2 are`: for a plural that is more than an s.
pub(crate) fn plural(number: usize, singular: &str, plural: &str) -> String {
    if number == 1 { format!("1 {singular}") } else { format!("{number} {plural}") }
}

/// Words between backticks, as messages quote what is typed.
pub(crate) fn in_backticks<T: Display>(words: impl IntoIterator<Item = T>) -> Vec<String> {
    words.into_iter().map(|word| format!("`{word}`")).collect()
}

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn and_list<T: Display>(items: &[T]) -> String {
    join_list(items, "and")
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn or_list<T: Display>(items: &[T]) -> String {
    join_list(items, "or")
}

fn join_list<T: Display>(items: &[T], word: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.to_string(),
        [rest @ .., last] => {
            let rest: Vec<String> = rest.iter().map(T::to_string).collect();
            format!("{} {word} {last}", rest.join(", "))
        }
    }
}

/// A distance in words: `1 day`, `30 days`, and from 100 on with months: `150 days (about 5 months)`. The sign is dropped.
pub(crate) fn days(number: i64) -> String {
    let number = number.unsigned_abs();
    let words = if number == 1 { "1 day".to_owned() } else { format!("{number} days") };
    if number < 100 {
        return words;
    }
    let months = (number as f64 / (365.0 / 12.0)).round() as u64;
    if months < 24 {
        format!("{words} (about {months} months)")
    } else {
        format!("{words} (about {} years)", (number as f64 / 365.0 * 2.0).round() / 2.0)
    }
}

/// `part` of `whole` in percent, rounded. Some but not all is never 0 or 100; none if `whole` is 0.
pub(crate) fn percent(part: usize, whole: usize) -> Option<usize> {
    let nearest = (200 * part + whole).checked_div(2 * whole)?;
    Some(if part == 0 || part == whole { nearest } else { nearest.clamp(1, 99) })
}

/// The same in words: `44 %`, `< 1 %`, `> 99 %`.
pub(crate) fn percent_words(part: usize, whole: usize) -> Option<String> {
    let percent = percent(part, whole)?;
    Some(match percent {
        1 if 200 * part < whole => "< 1 %".to_owned(),
        99 if 200 * (whole - part) < whole => "> 99 %".to_owned(),
        _ => format!("{percent} %"),
    })
}

/// Bytes in hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // A String takes everything.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Folds case: two texts differ in case alone if and only if their folds are equal.
pub(crate) fn fold(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase()) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(folded(text).collect())
    }
}

/// The characters of [`fold`]. A final `ς` becomes `σ`: both have the same capital.
pub(crate) fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars().flat_map(char::to_lowercase).map(|letter| if letter == 'ς' { 'σ' } else { letter })
}

/// The operating system's message, without its error number, and with a small first letter.
pub(crate) fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    let text = text.split_once(" (os error").map_or(text.as_str(), |(plain, _)| plain).to_owned();
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => text,
    }
}

/// Groups the digits that a text begins with by threes, from five digits on, with a narrow no-break space (SI Brochure,
/// 5.4.4).
pub(crate) fn group_digits(text: &str) -> String {
    let whole = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let mut out = String::with_capacity(text.len() + whole);
    for (at, digit) in text[..whole].char_indices() {
        if at > 0 && (whole - at).is_multiple_of(3) && whole > 4 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out + &text[whole..]
}

/// Groups the digits of all numbers. For our own words only: a number in a text of a file stays as it was written.
pub(crate) fn group_numbers(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        let end = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        out.push_str(before);
        out.push_str(&group_digits(&number[..end]));
        rest = &number[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_in_words() {
        assert_eq!(days(1), "1 day");
        assert_eq!(days(-99), "99 days");
        assert_eq!(days(150), "150 days (about 5 months)");
        assert_eq!(days(365), "365 days (about 12 months)");
        assert_eq!(days(1095), "1095 days (about 3 years)");
    }

    #[test]
    fn a_part_is_neither_none_nor_all() {
        let shares = [(0, 7), (1, 100_000), (1, 200), (21, 47), (2, 3), (99_999, 100_000), (3, 3)];
        let words = ["0 %", "< 1 %", "1 %", "45 %", "67 %", "> 99 %", "100 %"];
        for ((part, whole), words) in shares.into_iter().zip(words) {
            assert_eq!(percent_words(part, whole).as_deref(), Some(words));
        }
        assert_eq!((percent(1, 100_000), percent(99_999, 100_000), percent(0, 0)), (Some(1), Some(99), None));
    }

    #[test]
    fn lists_read_aloud() {
        assert_eq!(and_list(&["a"]), "a");
        assert_eq!(and_list(&["a", "b"]), "a and b");
        assert_eq!(or_list(&["a", "b", "c"]), "a, b or c");
    }

    #[test]
    fn case_makes_no_difference() {
        for text in ["ΟΔΟΣ", "οδος", "οδοσ"] {
            assert_eq!(fold(text), "οδοσ");
            assert!(crate::model::scope::same(text, "Οδος"));
        }
        assert_eq!(fold("Straße A"), "straße a");
    }

    #[test]
    fn digits_stand_in_groups() {
        let shown = |text: &str| group_digits(text).replace('\u{202f}', "_");
        assert_eq!(shown("480000 EUR"), "480_000 EUR");
        assert_eq!(shown("1234567.50 USD"), "1_234_567.50 USD");
        assert_eq!(shown("4800 EUR"), "4800 EUR");
        assert_eq!(shown("7"), "7");
        assert_eq!(shown(""), "");
        let words = group_numbers("12345 of 1234567.25 by 2026-11-16").replace('\u{202f}', "_");
        assert_eq!(words, "12_345 of 1_234_567.25 by 2026-11-16");
        assert_eq!(group_numbers(&group_numbers("12345678")), group_numbers("12345678"));
    }
}
