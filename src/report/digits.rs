//! Numbers for people: long ones in groups of digits, alike on a page and on a terminal.

use crate::check::tally::Tally;

/// Groups of three digits, apart by a narrow space that does not break (SI Brochure, section 5.4.4); four
/// digits stay together.
pub(super) fn grouped(text: &str) -> String {
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

/// The numbers of words in which no text of a file is.
pub(super) fn in_words(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, number) = rest.split_at(at);
        let end = number.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(number.len());
        out.push_str(before);
        out.push_str(&grouped(&number[..end]));
        rest = &number[end..];
    }
    out + rest
}

/// The summary of a run. The name of a revision is left as it is.
pub(super) fn summary(tally: &Tally) -> String {
    let summary = tally.to_string();
    if tally.since.is_some() { summary } else { in_words(&summary) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_stand_in_groups() {
        let shown = |text: &str| grouped(text).replace('\u{202f}', "_");
        assert_eq!(shown("480000 EUR"), "480_000 EUR");
        assert_eq!(shown("1234567.50 USD"), "1_234_567.50 USD");
        assert_eq!(shown("4800 EUR"), "4800 EUR");
        assert_eq!(shown("7"), "7");
        assert_eq!(shown(""), "");
    }
}
