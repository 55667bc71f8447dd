//! How many: in digits, in words, or in both as contracts have it, `ninety (90)`.

use super::date;
use super::misread::Misread;
use super::number::{range_in, short};

/// Reads how many a text begins with, with what follows; nothing where it begins with no number, and no number where it
/// has too many digits. A number that is written twice must be the same one.
pub(super) fn amount<'a>(whole: &str, text: &'a str) -> Result<Option<(Option<u32>, &'a str)>, Misread> {
    twice(whole, text, either)
}

/// As [`amount`], which one of several: `30th`, `thirtieth (30th)`.
pub(super) fn ordinal<'a>(whole: &str, text: &'a str) -> Result<Option<(Option<u32>, &'a str)>, Misread> {
    twice(whole, text, nth)
}

/// What reads a number that a text begins with, and gives what follows.
type NumberReader = fn(&str) -> Option<(Option<u32>, &str)>;

/// A number, which may be written once more in brackets.
fn twice<'a>(
    whole: &str,
    text: &'a str,
    read: NumberReader,
) -> Result<Option<(Option<u32>, &'a str)>, Misread> {
    let Some((number, rest)) = read(text) else { return Ok(None) };
    let again = rest.trim_start().strip_prefix('(').and_then(|inner| {
        let (inner, after) = inner.split_once(')')?;
        // `thirtieth (30)` is written as well.
        let (again, left) = read(inner.trim()).or_else(|| either(inner.trim()))?;
        left.is_empty().then_some((again, after))
    });
    let Some((again, after)) = again else { return Ok(Some((number, rest))) };
    if number == again {
        return Ok(Some((number, after)));
    }
    // Neither of the two wins: a guess would move a deadline.
    let part = range_in(whole, text);
    let part = part.start..part.end - after.len();
    let written = whole.get(part.clone()).unwrap_or_default();
    let title = format!("`{}` is two numbers", short(written));
    let misread =
        Misread::new(title, "the one before the brackets and the one in them differ").part(part.clone());
    Err([number, again].into_iter().flatten().fold(misread, |misread, number| {
        let (before, behind) = (&whole[..part.start], &whole[part.end..]);
        let instead = format!("{before}{number}{behind}");
        let help = format!("write `{}` if {number} is meant", instead.trim());
        misread.instead(instead, help)
    }))
}

/// Words of which one is in each number in words: also in `a hundred`.
pub(crate) fn number_words() -> impl Iterator<Item = &'static str> {
    ONES.into_iter().chain(TENS).chain(["hundred", "thousand", "million", "billion"])
}

/// Whether a word may begin a number in words.
pub(crate) fn may_begin_number(word: &str) -> bool {
    ["a"].iter().chain(&ONES).chain(&TENS).any(|known| known.eq_ignore_ascii_case(word))
}

/// A number in digits or in words; none where it has too many digits.
fn either(text: &str) -> Option<(Option<u32>, &str)> {
    let digits = text.find(|next: char| !next.is_ascii_digit()).unwrap_or(text.len());
    if digits > 0 {
        let (digits, rest) = text.split_at(digits);
        return Some((digits.parse().ok(), rest));
    }
    let (number, rest) = number_in_words(text)?;
    Some((Some(number), rest))
}

/// Which one of several, in digits or in words, up to the ninety-ninth.
fn nth(text: &str) -> Option<(Option<u32>, &str)> {
    let digits = text.find(|next: char| !next.is_ascii_digit()).unwrap_or(text.len());
    if digits > 0 {
        let (digits, rest) = text.split_at(digits);
        let rest = ["st", "nd", "rd", "th"].iter().find_map(|end| {
            let rest = strip(rest, end).filter(|_| !rest.starts_with([' ', '-']))?;
            Some(rest)
        })?;
        return Some((digits.parse().ok(), rest));
    }
    if let Some((number, rest)) = ordinal_word(text) {
        return Some((Some(number), rest));
    }
    let (tens, rest) =
        (1..).zip(TENS).skip(1).find_map(|(number, tens)| Some((number * 10, strip(text, tens)?)))?;
    let (ones, rest) = ordinal_word(rest).filter(|(ones, _)| *ones < 10)?;
    Some((Some(tens + ones), rest))
}

fn ordinal_word(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start_matches([' ', '-']);
    let end = text.find(|next: char| !next.is_alphabetic()).unwrap_or(text.len());
    Some((date::ordinal(&text[..end])?, &text[end..]))
}

/// A number in words that a text begins with: `one hundred and twenty-five`, `two thousand`.
fn number_in_words(text: &str) -> Option<(u32, &str)> {
    let (number, rest) = hundreds(text)?;
    let Some(rest) = strip(rest, "thousand") else { return Some((number, rest)) };
    Some(match hundreds(joined(rest)) {
        Some((ones, rest)) => (number * 1000 + ones, rest),
        None => (number * 1000, rest),
    })
}

/// A number below a thousand.
fn hundreds(text: &str) -> Option<(u32, &str)> {
    // `a` alone begins no number, only `a hundred` and `a thousand` do.
    let article =
        strip(text, "a").filter(|rest| strip(rest, "hundred").or(strip(rest, "thousand")).is_some());
    let (number, rest) = match article {
        Some(rest) => (1, rest),
        None => tens(text)?,
    };
    let Some(rest) = strip(rest, "hundred").filter(|_| (1..10).contains(&number)) else {
        return Some((number, rest));
    };
    Some(match tens(joined(rest)) {
        Some((ones, rest)) => (number * 100 + ones, rest),
        None => (number * 100, rest),
    })
}

/// A number below a hundred.
fn tens(text: &str) -> Option<(u32, &str)> {
    let one_of = |words: &[&str], text: &'_ str| {
        (1..).zip(words).find_map(|(number, word)| Some((number, text.len() - strip(text, word)?.len())))
    };
    if let Some((number, length)) = one_of(&ONES, text) {
        return Some((number, &text[length..]));
    }
    let (tens, length) = one_of(&TENS, text)?;
    let rest = &text[length..];
    Some(match one_of(&ONES[..9], rest) {
        Some((ones, length)) => (tens * 10 + ones, &rest[length..]),
        None => (tens * 10, rest),
    })
}

/// What follows `and` between the words of a number.
fn joined(text: &str) -> &str {
    strip(text, "and").filter(|rest| tens(rest).is_some()).unwrap_or(text)
}

/// What follows a word; a blank or a hyphen parts it from the next.
fn strip<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let text = text.trim_start_matches([' ', '-']);
    let (head, tail) = text.split_at_checked(word.len())?;
    let is_word = head.eq_ignore_ascii_case(word) && !tail.starts_with(|next: char| next.is_alphanumeric());
    is_word.then_some(tail)
}

const ONES: [&str; 19] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
];

const TENS: [&str; 9] = ["ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A number as a dictionary of its words has it, each combination written out: apart from what reads it.
    fn spelled(number: u32, and: &str, hyphen: &str) -> String {
        let small = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
                     sixteen seventeen eighteen nineteen";
        let small: Vec<&str> = small.split_whitespace().collect();
        match number {
            0..20 => small[number as usize].to_owned(),
            20..100 => {
                let ten = match number / 10 {
                    2 => "twenty",
                    3 => "thirty",
                    4 => "forty",
                    5 => "fifty",
                    8 => "eighty",
                    other => {
                        return [small[other as usize], "ty", &rest(number % 10, hyphen, and, hyphen)]
                            .concat();
                    }
                };
                format!("{ten}{}", rest(number % 10, hyphen, and, hyphen))
            }
            100..1000 => {
                let hundreds = small[(number / 100) as usize];
                format!("{hundreds} hundred{}", rest(number % 100, &format!(" {and}"), and, hyphen))
            }
            _ => {
                let thousands = spelled(number / 1000, and, hyphen);
                let joint = if number % 1000 < 100 { format!(" {and}") } else { " ".to_owned() };
                format!("{thousands} thousand{}", rest(number % 1000, &joint, and, hyphen))
            }
        }
    }

    fn rest(number: u32, joint: &str, and: &str, hyphen: &str) -> String {
        if number == 0 { String::new() } else { format!("{joint}{}", spelled(number, and, hyphen)) }
    }

    fn read(text: &str) -> Option<(Option<u32>, &str)> {
        amount(text, text).unwrap()
    }

    #[test]
    fn numbers_are_read_in_words_and_in_digits() {
        for (text, number) in [
            ("ninety (90) days", 90),
            ("Ninety (90)days", 90),
            ("90 (ninety) days", 90),
            ("ninety ( 90 ) days", 90),
            ("one hundred eighty (180) days", 180),
            ("a hundred and one days", 101),
            ("two thousand days", 2000),
            ("twenty one days", 21),
        ] {
            let (read, rest) = read(text).unwrap();
            assert_eq!((read, rest.trim()), (Some(number), "days"), "{text}");
        }
        assert_eq!(read("900000 days"), Some((Some(900_000), " days")));
        assert_eq!(read("99999999999 days"), Some((None, " days")));
        assert_eq!(read("ninety (about 90) days"), Some((Some(90), " (about 90) days")));
        for text in ["days", "(90) days", "ninetyfive days", "hundred days", "a day", ""] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn two_numbers_must_be_one() {
        let text = "within ninety (60) days of signing";
        let misread = amount(text, &text[7..]).unwrap_err();
        assert_eq!(misread.title, "`ninety (60)` is two numbers");
        assert_eq!(misread.part, Some(7..18));
        assert_eq!(
            misread.helps,
            [
                "write `within 90 days of signing` if 90 is meant",
                "write `within 60 days of signing` if 60 is meant"
            ]
        );
    }

    proptest! {
        #[test]
        fn a_number_in_words_is_the_number(
            number in 1u32..200_000, and in prop::sample::select(vec!["", "and "]),
            hyphen in prop::sample::select(vec!["-", " "]),
        ) {
            let words = spelled(number, and, hyphen);
            let expected = Some(number);
            for text in [format!("{words} days"), format!("{words} ({number}) days"), format!("{number} ({words}) days")] {
                prop_assert_eq!(read(&text), Some((expected, " days")), "{}", text);
            }
            let other = number + 1;
            let text = format!("{words} ({other}) days");
            prop_assert!(amount(&text, &text).is_err());
        }
    }
}
