//! What the prose of a requirement says, word by word: which features it names, which days, values and amounts. It takes
//! what is certain, and passes over the rest: a finding about somebody's words must not rest on a guess.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::calendar::Calendar;
use super::date::parse_date;
use super::quantity::{Amount, Quantity};
use super::window::Window;

/// A word of a text, or a sign that is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ProseWord {
    /// In small letters, without the `s` of a plural.
    stem: String,
    /// Where it stands.
    place: Range<usize>,
    /// The number of its sentence.
    sentence: usize,
}

/// Takes a text apart. Hyphens part words, but not within a number: `2027-03-31` is one word.
pub(crate) fn prose_words(text: &str) -> Vec<ProseWord> {
    let mut words: Vec<ProseWord> = Vec::new();
    let (mut sentence, mut before) = (0, 0);
    let mut letters = text.char_indices().peekable();
    while let Some((start, first)) = letters.next() {
        if !first.is_alphanumeric() && first != '%' {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some(&(at, letter)) = letters.peek().filter(|_| first != '%') {
            let is_digit = |letter: Option<char>| letter.is_some_and(|letter| letter.is_ascii_digit());
            let is_within = matches!(letter, '-' | '.' | ',')
                && is_digit(text[..at].chars().next_back())
                && is_digit(text[at + letter.len_utf8()..].chars().next());
            if !letter.is_alphanumeric() && !is_within {
                break;
            }
            end = at + letter.len_utf8();
            letters.next();
        }
        let ends = |(at, mark): (usize, char)| {
            let is_last = text[before + at + mark.len_utf8()..].starts_with(char::is_whitespace);
            matches!(mark, '.' | ';' | '!' | '?') && is_last || mark == '\n' && at > 0
        };
        if !words.is_empty() && text[before..start].char_indices().any(ends) {
            sentence += 1;
        }
        words.push(ProseWord { stem: stem(&text[start..end]), place: start..end, sentence });
        before = end;
    }
    words
}

fn stem(word: &str) -> String {
    let small = word.to_lowercase();
    match small.strip_suffix('s') {
        Some(stem) if stem.len() > 2 && !stem.ends_with(['s', 'i', 'u']) => stem.to_owned(),
        _ => small,
    }
}

/// Names, each of something that is known by its place.
#[derive(Debug, Default)]
pub(crate) struct ProseNames {
    /// By their first words, the longest first.
    names: HashMap<String, Vec<(Vec<String>, usize)>>,
    /// All of their words.
    words: HashSet<String>,
}

/// A place in a text where something is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedPlace {
    /// Which of the things.
    pub at: usize,
    /// Where it stands.
    pub place: Range<usize>,
    /// The words of it.
    words: Range<usize>,
}

impl ProseNames {
    /// Of some names.
    pub(crate) fn new<'a>(names: impl Iterator<Item = (usize, &'a str)>) -> Self {
        let mut all = Self::default();
        for (at, name) in names {
            let stems: Vec<String> = prose_words(name).into_iter().map(|word| word.stem).collect();
            all.words.extend(stems.iter().cloned());
            if let Some(first) = stems.first() {
                all.names.entry(first.clone()).or_default().push((stems, at));
            }
        }
        for names in all.names.values_mut() {
            names.sort_by_key(|(stems, _)| std::cmp::Reverse(stems.len()));
        }
        all
    }

    /// The places where a text has a name, the longest where several begin. A name of one word that may be any word of
    /// the language counts only where it is written as a name.
    pub(crate) fn places(&self, text: &str, words: &[ProseWord]) -> Vec<NamedPlace> {
        self.places_of_any(words, |at, length| length > 1 || is_written_as_name(text, words, at))
    }

    /// The places of names of which something holds: the word that each begins with, and how many it has.
    fn places_of_any(&self, words: &[ProseWord], is_meant: impl Fn(usize, usize) -> bool) -> Vec<NamedPlace> {
        let mut all = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let names = self.names.get(&words[at].stem).into_iter().flatten();
            let found = names
                .into_iter()
                .find(|(stems, _)| begins_with(&words[at..], stems) && is_meant(at, stems.len()));
            let Some((stems, known)) = found else {
                at += 1;
                continue;
            };
            let end = at + stems.len();
            let place = words[at].place.start..words[end - 1].place.end;
            all.push(NamedPlace { at: *known, place, words: at..end });
            at = end;
        }
        all
    }
}

fn begins_with(words: &[ProseWord], stems: &[String]) -> bool {
    let words = words.get(..stems.len());
    words.is_some_and(|words| words.iter().zip(stems).all(|(word, stem)| word.stem == *stem))
}

/// Whether a word is no common one: it has a digit, or a capital that no sentence begins with.
fn is_written_as_name(text: &str, words: &[ProseWord], at: usize) -> bool {
    let word = &text[words[at].place.clone()];
    let begins = at == 0 || words[at - 1].sentence != words[at].sentence;
    word.contains(|letter: char| letter.is_ascii_digit())
        || word.chars().skip(usize::from(begins)).any(char::is_uppercase)
}

/// Words further away say nothing of a name.
const FAR: usize = 16;

/// Whether what is named is only what something else is about: `training in …`, `documentation of …`.
pub(crate) fn is_topic(words: &[ProseWord], named: &NamedPlace) -> bool {
    const PREPOSITIONS: [&str; 8] = ["in", "on", "about", "of", "for", "with", "using", "to"];
    const ARTICLES: [&str; 5] = ["the", "a", "our", "use", "its"];
    const TOPICAL: [&str; 15] = [
        "train",
        "training",
        "workshop",
        "course",
        "webinar",
        "demonstration",
        "demo",
        "documentation",
        "manual",
        "guide",
        "consulting",
        "consultation",
        "onboarding",
        "report",
        "session",
    ];
    let sentence = words[named.words.start].sentence;
    let before =
        words[..named.words.start].iter().rev().take(FAR).take_while(|word| word.sentence == sentence);
    let mut before = before.skip_while(|word| ARTICLES.contains(&word.stem.as_str())).peekable();
    before.peek().is_some_and(|word| PREPOSITIONS.contains(&word.stem.as_str()))
        && before.any(|word| TOPICAL.contains(&word.stem.as_str()))
}

/// The days by which a text says that something is due, written in figures or with the name of a month.
pub(crate) fn due_days(text: &str, words: &[ProseWord]) -> Vec<(Window, Range<usize>)> {
    const LEADS: [&[&str]; 7] = [
        &["by"],
        &["before"],
        &["no", "later", "than"],
        &["not", "later", "than"],
        &["on", "or", "before"],
        &["prior", "to"],
        &["at", "the", "latest", "by"],
    ];
    const LONGEST: usize = 4;
    let calendar = Calendar::default();
    let mut days = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let is_lead = |lead: &&&[&str]| {
            let there = words.get(at..at + lead.len());
            there.is_some_and(|there| there.iter().zip(**lead).all(|(word, lead)| word.stem == *lead))
        };
        let Some(lead) = LEADS.iter().find(is_lead) else {
            at += 1;
            continue;
        };
        let mut first = at + lead.len();
        if words.get(first).is_some_and(|word| word.stem == "the") {
            first += 1;
        }
        let day = (first + 1..=(first + LONGEST).min(words.len())).rev().find_map(|end| {
            let place = words[first].place.start..words[end - 1].place.end;
            let written = &text[place.clone()];
            Some((parse_date(written, &calendar).ok().filter(|_| is_certain_day(written))?, place, end))
        });
        at = first;
        if let Some((window, place, end)) = day {
            days.push((window, place));
            at = end;
        }
    }
    days
}

/// Whether a text is a day or a month in any calendar: no quarter, and no year alone.
fn is_certain_day(text: &str) -> bool {
    let has_month = text.split(|letter: char| !letter.is_alphabetic()).any(|word| {
        let word = word.to_lowercase();
        word.len() > 2 && super::calendar::MONTHS.iter().any(|month| month.to_lowercase().starts_with(&word))
    });
    let figures = text.split(['-', '.']).filter(|part| !part.is_empty());
    has_month
        || figures.count() == 3 && text.bytes().all(|byte| byte.is_ascii_digit() || b"-.".contains(&byte))
}

/// The values of a dimension that a text names behind a word of place, as names are written or before the dimension's
/// own name: `on Windows`, `for the enterprise edition`. None where the sentence takes something out.
pub(crate) fn named_values(
    text: &str,
    words: &[ProseWord],
    dimension: &str,
    values: &ProseNames,
) -> Vec<NamedPlace> {
    const PLACES: [&str; 7] = ["for", "on", "in", "across", "under", "both", "all"];
    const BETWEEN: [&str; 9] = ["and", "or", "the", "server", "device", "user", "region", "managed", "all"];
    const OUT: [&str; 12] = [
        "except",
        "excluding",
        "excluded",
        "exclude",
        "other",
        "not",
        "no",
        "without",
        "unles",
        "unless",
        "from",
        "than",
    ];
    let dimension = stem(dimension);
    let with_out = words.iter().filter(|word| OUT.contains(&word.stem.as_str()));
    let with_out: HashSet<usize> = with_out.map(|word| word.sentence).collect();
    let is_meant = |named: &NamedPlace| {
        let first = named.words.start;
        let sentence = words[first].sentence;
        let mut before = words[..first].iter().rev().take_while(|word| word.sentence == sentence);
        let lead = before.find(|word| {
            !BETWEEN.contains(&word.stem.as_str()) && !values.words.contains(word.stem.as_str())
        });
        let is_placed = lead.is_some_and(|word| PLACES.contains(&word.stem.as_str()));
        let is_of_dimension = words.get(named.words.end).is_some_and(|next| next.stem == dimension);
        let is_named = is_written_as_name(text, words, first);
        (is_of_dimension || is_named && is_placed) && !with_out.contains(&sentence)
    };
    values.places_of_any(words, |_, _| true).into_iter().filter(is_meant).collect()
}

/// The amounts that a sentence with a level's name states, of those that can be held against another one. Distances in time
/// behind `within` or `after` are of something else.
pub(crate) fn named_amounts(
    text: &str,
    words: &[ProseWord],
    level: &str,
    needed: &Quantity,
) -> Vec<(Quantity, Range<usize>)> {
    let stems: Vec<String> = prose_words(level).into_iter().map(|word| word.stem).collect();
    let named = |at: usize| !stems.is_empty() && begins_with(&words[at..], &stems);
    let mut sentences: Vec<usize> =
        (0..words.len()).filter(|&at| named(at)).map(|at| words[at].sentence).collect();
    sentences.dedup();
    let Quantity::Amount(needed_amount) = needed else { return Vec::new() };
    let mut amounts = Vec::new();
    for at in 0..words.len() {
        let is_number = text[words[at].place.clone()].starts_with(|first: char| first.is_ascii_digit());
        let is_of_another =
            at > 0 && ["within", "after", "every", "each", "per"].contains(&words[at - 1].stem.as_str());
        if !is_number || is_of_another || sentences.binary_search(&words[at].sentence).is_err() {
            continue;
        }
        let amount = (at + 1..=(at + 2).min(words.len())).rev().find_map(|end| {
            let place = words[at].place.start..words[end - 1].place.end;
            let Ok(Quantity::Amount(amount)) = Quantity::parse(&text[place.clone()]) else { return None };
            // What it is measured over stands elsewhere in the sentence, or nowhere.
            let (window, percentile) = (needed_amount.window, needed_amount.percentile);
            let quantity = Quantity::Amount(Amount { window, percentile, ..amount });
            quantity.compare(needed).is_ok().then_some((quantity, place))
        });
        amounts.extend(amount);
    }
    amounts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn named<'t>(names: &[&str], text: &'t str) -> Vec<&'t str> {
        let known = ProseNames::new(names.iter().copied().enumerate());
        let words = prose_words(text);
        let places = known.places(text, &words).into_iter().filter(|named| !is_topic(&words, named));
        places.map(|named| &text[named.place]).collect()
    }

    #[test]
    fn names_are_whole_words_and_the_longest() {
        let names = ["Audit log", "audit-log-export", "SSO", "Reports", "Slack"];
        assert_eq!(named(&names, "Vendor keeps audit logs."), ["audit logs"]);
        assert_eq!(named(&names, "an AUDIT-LOG export, and SSO"), ["AUDIT-LOG export", "SSO"]);
        assert_eq!(named(&names, "the audit, logged; preaudit log"), [""; 0]);
        assert_eq!(named(&names, "Reports are sent. Slack is cut, and reports are slack."), [""; 0]);
        assert_eq!(named(&names, "It posts to Slack."), ["Slack"]);
    }

    #[test]
    fn what_a_training_is_about_is_not_promised() {
        let names = ["Audit log"];
        assert_eq!(named(&names, "Vendor trains two administrators in the use of the audit log."), [""; 0]);
        assert_eq!(named(&names, "Documentation of the audit log is sent."), [""; 0]);
        assert_eq!(named(&names, "Vendor trains two people. It provides the audit log."), ["audit log"]);
        assert_eq!(named(&names, "Vendor trains two people and provides an audit log."), ["audit log"]);
    }

    #[test]
    fn days_stand_behind_a_word_of_deadlines() {
        let days = |text: &'static str| {
            let found = due_days(text, &prose_words(text)).into_iter();
            found.map(|(window, place)| (window.to_string(), &text[place])).collect::<Vec<_>>()
        };
        for (text, day, written) in [
            ("available by 31 March 2027.", "2027-03-31", "31 March 2027"),
            ("no later than 2027-03-31, on Linux", "2027-03-31", "2027-03-31"),
            ("on or before March 31, 2027", "2027-03-31", "March 31, 2027"),
            ("by the end of March 2027", "2027-03-31", "end of March 2027"),
        ] {
            assert_eq!(days(text), [(day.to_owned(), written)], "{text}");
        }
        for text in [
            "from 2027-03-31",
            "by 2027",
            "by Q2 2027",
            "by 30 days",
            "by 03/04/2027",
            "the law of 2027-03-31",
        ] {
            assert_eq!(days(text), [], "{text}");
        }
    }

    #[test]
    fn values_stand_behind_a_word_of_place() {
        let platforms = ["linux", "windows"].map(str::to_owned);
        let editions = ["standard", "enterprise"].map(str::to_owned);
        let values = |dimension: &str, values: &[String], text: &str| {
            let names = ProseNames::new(values.iter().enumerate().map(|(at, value)| (at, value.as_str())));
            let found = named_values(text, &prose_words(text), dimension, &names).into_iter();
            found.map(|named| values[named.at].clone()).collect::<Vec<_>>()
        };
        assert_eq!(values("platform", &platforms, "on all Windows servers"), ["windows"]);
        assert_eq!(values("platform", &platforms, "for Linux and Windows"), ["linux", "windows"]);
        assert_eq!(values("edition", &editions, "in the enterprise edition"), ["enterprise"]);
        for text in
            ["opens windows", "migrates from Windows", "for all but not for Windows", "Windows is old"]
        {
            assert_eq!(values("platform", &platforms, text), [""; 0], "{text}");
        }
        assert_eq!(values("edition", &editions, "in standard formats"), [""; 0]);
    }

    #[test]
    fn amounts_stand_in_the_sentence_of_their_level() {
        let amounts = |level: &str, needed: &str, text: &'static str| {
            let found = named_amounts(text, &prose_words(text), level, &Quantity::parse(needed).unwrap());
            found.into_iter().map(|(_, place)| &text[place]).collect::<Vec<_>>()
        };
        assert_eq!(amounts("retention", "365 days", "a retention of 90 days"), ["90 days"]);
        assert_eq!(amounts("uptime", "99.95 % monthly", "The uptime is 99.9 %."), ["99.9 %"]);
        for text in [
            "Kept for 90 days.",
            "Retention is set within 30 days.",
            "retention. 90 days",
            "retention of 5 users",
        ] {
            assert_eq!(amounts("retention", "365 days", text), [""; 0], "{text}");
        }
    }

    proptest! {
        #[test]
        fn places_are_on_characters_and_in_order(text in "([aA]udit[- ]?logs?|by|2027-03-31|ü|[.;,%]|\\n| |for|Windows|uptime|99.9 %){0,12}|.{0,40}") {
            let words = prose_words(&text);
            prop_assert!(words.windows(2).all(|pair| pair[0].place.end <= pair[1].place.start));
            prop_assert!(words.iter().all(|word| text.get(word.place.clone()).is_some()));
            let names = ProseNames::new(["Audit log"].into_iter().enumerate());
            for named in names.places(&text, &words) {
                prop_assert!(text.get(named.place.clone()).is_some());
                is_topic(&words, &named);
            }
            named_values(&text, &words, "platform", &names);
            named_amounts(&text, &words, "uptime", &Quantity::parse("99.95 %").unwrap());
            for (_, place) in due_days(&text, &words) {
                prop_assert!(text.get(place).is_some());
            }
        }
    }
}
