//! Blanks that somebody was to fill in: `[●]`, `TBD`, `within ____ days`. A checkbox, the line for a signature and what was
//! blacked out are none.

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// The most characters in the brackets of a blank.
const LONGEST: usize = 60;

/// What blanks begin with.
static BEGINS: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(["[", "{", "_", "●", "TB"]).ok());

/// The blanks of a text, in its order.
pub(crate) fn blanks(text: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut at = 0;
    let Some(begins) = &*BEGINS else { return all };
    while let Some(start) = begins.find(&text[at..]).map(|found| at + found.start()) {
        let rest = &text[start..];
        let letter = rest.chars().next().unwrap_or_default();
        // What is longer is no blank, and is not looked through.
        let near = || rest.char_indices().nth(LONGEST).map_or(rest, |(end, _)| &rest[..end]);
        let found = match letter {
            '[' => bracketed(text, start, near()),
            '{' if rest.starts_with("{{") => near().find("}}").map(|length| start + length + 2),
            '_' | '●' => {
                let end = start + rest.find(|other| other != letter).unwrap_or(rest.len());
                let is_line = letter != '_' || end - start > 1;
                let is_blank = || is_within_sentence(text, start..end) || is_awaited(text, start..end);
                if !(is_line && is_blank()) {
                    at = end;
                    continue;
                }
                Some(end)
            }
            'T' if is_to_be_done(text, start) => Some(start + 3),
            _ => None,
        };
        at = found.unwrap_or(start + letter.len_utf8());
        all.extend(found.map(|end| start..end));
    }
    all
}

/// Where brackets end that stand for something to be filled in.
fn bracketed(text: &str, start: usize, near: &str) -> Option<usize> {
    const VERBS: [&str; 8] = ["insert", "enter", "fill", "tbd", "tbc", "tba", "complete", "specify"];
    const NOUNS: [&str; 6] = ["name", "date", "address", "amount", "number", "title"];
    const PARTIES: [&str; 6] = ["CUSTOMER", "CLIENT", "VENDOR", "SUPPLIER", "COMPANY", "PARTY"];
    let length = near.find(']')?;
    let (inner, end) = (text[start + 1..start + length].trim(), start + length + 1);
    let marks =
        |set: &str| inner.chars().all(|letter| set.contains(letter) || letter == ' ' || letter == '/');
    let is_mark = !inner.is_empty() && (marks("●•■_?") || inner.len() > 1 && (marks("X") || marks("x")));
    let words: Vec<String> = inner.split_whitespace().map(str::to_lowercase).collect();
    let first = words.first().map_or("", |word| word.trim_end_matches(':'));
    let asks = VERBS.contains(&first) || inner.to_lowercase().starts_with("to be ");
    let is_noun = words.len() <= 4
        && inner.chars().all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | '\'' | '’'))
        && (words.last().is_some_and(|last| NOUNS.contains(&last.as_str())) || PARTIES.contains(&inner));
    let is_empty = inner.is_empty() && is_within_sentence(text, start..end);
    (is_mark || asks || is_noun || is_empty || leaves_open(&words)).then_some(end)
}

/// Whether words say what somebody has to do first: `Vendor to confirm`.
fn leaves_open(words: &[String]) -> bool {
    const VERBS: [&str; 12] = [
        "be", "confirm", "provide", "complete", "insert", "advise", "specify", "supply", "agree", "discuss",
        "decide", "determine",
    ];
    let is_open = |pair: &[String]| {
        let [who, to, verb] = pair else { return false };
        who != "how" && to == "to" && VERBS.contains(&verb.as_str())
    };
    words.len() <= 8 && words.windows(3).any(is_open)
}

/// Whether a sentence waits for what is to be filled in, though no word of it follows, or the word before begins it. None where
/// somebody signs: a line for that has a label, stands alone, or is spoken of as one.
fn is_awaited(text: &str, blank: Range<usize>) -> bool {
    const ENDS: [&str; 8] = ["is", "are", "be", "exceed", "within", "than", "least", "most"];
    const DAYS: [&str; 7] = ["by", "on", "before", "until", "till", "from", "after"];
    const LENGTHS: [&str; 4] = ["within", "after", "for", "over"];
    const SIGNS: [&str; 9] = [
        "signed", "executed", "witness", "signature", "signatory", "done at", "done in", "made on",
        "entered into",
    ];
    /// How far around it is looked, in characters.
    const FAR: usize = 200;
    let (before, after) = (&text[..blank.start], &text[blank.end..]);
    let before = before.char_indices().rev().nth(FAR).map_or(before, |(start, _)| &before[start..]);
    let after = after.char_indices().nth(FAR).map_or(after, |(end, _)| &after[..end]);
    let near = before.to_lowercase();
    if SIGNS.iter().any(|words| near.contains(words)) {
        return false;
    }
    let is_money = before.ends_with(['$', '€', '£', '¥']);
    if !is_money && !before.ends_with([' ', '(']) {
        return false;
    }
    let word = before.trim_end().rsplit([' ', '(']).next().unwrap_or_default();
    let is_currency = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let word = word.to_lowercase();
    let is = |words: &[&str]| words.contains(&word.as_str());
    let after = after.trim_start();
    let is_end = after.is_empty() || after.starts_with(['.', ';', ',']);
    let is_duty = [" shall ", " will ", " must "].iter().any(|duty| after.contains(duty));
    let is_small = after.starts_with(char::is_lowercase);
    is_money
        || is_end && (is_currency || is(&ENDS))
        || is(&DAYS)
            && (after.starts_with(|digit: char| digit.is_ascii_digit()) || after.starts_with(", ") && is_duty)
        || is(&LENGTHS) && is_small && !after.starts_with("day of")
}

/// Whether words of a sentence stand on both sides: a line for a signature ends one, and a day of signing has its own.
fn is_within_sentence(text: &str, blank: Range<usize>) -> bool {
    let before = text[..blank.start].trim_end();
    let word = before.rsplit([' ', '(']).next().unwrap_or_default();
    let is_small = |word: &str| !word.is_empty() && word.chars().all(char::is_lowercase);
    let is_currency = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let after = text[blank.end..].trim_start();
    let next = after.split([' ', ',', '.', ';', ')']).next().unwrap_or_default();
    let goes_on = is_small(next) || after.starts_with(['(', '%']);
    let is_apart = text[..blank.start].ends_with([' ', '(', '[']);
    is_apart && (is_small(word) || is_currency) && goes_on && !after.starts_with("day of") && word != "by"
}

/// Whether `TBD` stands there, as a word that is not spoken about.
fn is_to_be_done(text: &str, start: usize) -> bool {
    let rest = text[start..].strip_prefix("TBD");
    let before = text[..start].chars().next_back();
    let is_apart = |letter: Option<char>| {
        letter
            .is_none_or(|letter| !letter.is_alphanumeric() && !matches!(letter, '"' | '“' | '”' | '-' | '_'))
    };
    rest.is_some_and(|rest| is_apart(before) && is_apart(rest.chars().next()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<&str> {
        blanks(text).into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn what_is_still_to_be_filled_in_is_a_blank() {
        for (text, blank) in [
            ("The term begins on [●].", "[●]"),
            ("within [__] days", "[__]"),
            ("by [insert date] at the latest", "[insert date]"),
            ("[Customer name] (“Customer”)", "[Customer name]"),
            ("[CUSTOMER] shall pay", "[CUSTOMER]"),
            ("fees of USD ____ per month", "____"),
            ("within ____ (__) days", "____"),
            ("within [ ] days of receipt", "[ ]"),
            ("Delivery date: TBD", "TBD"),
            ("shall be delivered by {{ date }}.", "{{ date }}"),
            ("[to be agreed between the parties]", "[to be agreed between the parties]"),
            ("within ● days of", "●"),
            ("[XX] users", "[XX]"),
            ("Within ____ days", "____"),
            ("The fee is ________.", "________"),
            ("Fee: EUR ____", "____"),
            ("The fee is $____.", "____"),
            ("By ____ 2027 Vendor shall deliver it.", "____"),
            ("to be delivered by ____ 2027", "____"),
            ("On ______, Vendor shall deliver the module.", "______"),
            ("[Vendor to confirm]", "[Vendor to confirm]"),
            ("[price to be agreed]", "[price to be agreed]"),
        ] {
            assert_eq!(found(text), [blank], "{text}");
        }
    }

    #[test]
    fn what_an_ordinary_agreement_has_is_none() {
        for text in [
            "By: ____________ Name: ____________ Title: ____________",
            "executed by ______ on behalf of",
            "IN WITNESS WHEREOF, on this ____ day of ____, 2027",
            "[x] Yes [ ] No",
            "[ ] Enterprise edition",
            "[***] per user",
            "[Signature page follows]",
            "[Intentionally omitted]",
            "[Reserved]",
            "“TBD” means to be determined.",
            "he said [sic] so [...] and went",
            "see [1] and [2]",
            "● Audit log",
            "the file audit_log_v2",
            "snake__case",
            "the CTBDX module",
            "Date: ____ 2027",
            "Bergen, ____ 2026",
            "______________________",
            "______________ ______________",
            "Signed by ____, on ____ 2027, for Vendor, which shall be bound.",
            "By ______",
            "Done in Oslo on ____ 2027",
            "This Agreement is entered into on ____ 2027",
            "By ______, Director",
            "Name ______ Title ______",
            "[how to provide feedback]",
            "[Signature page to follow]",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    proptest! {
        #[test]
        fn places_are_on_characters_and_in_order(text in "(\\[|\\]|●|_|TBD|\\{\\{|\\}\\}| |ü|x|insert|day of|\\(){0,24}|.{0,40}") {
            let places = blanks(&text);
            prop_assert!(places.iter().all(|place| text.get(place.clone()).is_some_and(|part| !part.is_empty())));
            prop_assert!(places.windows(2).all(|pair| pair[0].end <= pair[1].start));
        }
    }
}
