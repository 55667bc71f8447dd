//! What a text may name, at a glance: most texts of requirements name no day and no amount, and are not taken apart.

use std::sync::LazyLock;

use crate::model::calendar::{MONTHS, month_number};
use crate::model::deadline::Events;
use crate::model::spelled::number_words;

use super::belonging::IN_AT_ONCE;
use super::scopes::{ALL_OF, ALL_WITHIN};

/// What a text may name. It may name less, and never more.
#[derive(Debug)]
pub(crate) struct TextGlance<'t> {
    pub(crate) text: &'t str,
    /// What its words begin with, and where they stand; none where that is not known of one.
    beginnings: Option<Vec<(u16, usize)>>,
    /// Whether it has a number, in digits or in words.
    pub(crate) has_number: bool,
    /// Whether it has a number, a month or a word for an event: one of these is in each day.
    pub(crate) may_name_day: bool,
}

/// A word by which something is known.
enum GlanceWord {
    Number(&'static str),
    Event(&'static str),
    /// The letters that a month begins with.
    Month(&'static str),
}

/// Words by which something is known.
struct GlanceWordList {
    /// Each with what it begins with, in the order of that.
    words: Vec<(Option<u16>, GlanceWord)>,
    /// What any of them begins with.
    beginnings: Beginnings,
}

static KNOWN: LazyLock<GlanceWordList> = LazyLock::new(|| {
    let first = |text: &'static str| words(text).next().unwrap_or(text);
    let numbers = number_words().map(|word| (first(word), GlanceWord::Number(first(word))));
    let events = Events::words_of_all().map(|word| (first(word), GlanceWord::Event(first(word))));
    let months = MONTHS.iter().filter_map(|month| month.get(..3));
    let months = months.map(|month| (month, GlanceWord::Month(month)));
    let known: Vec<_> = numbers.chain(events).chain(months).collect();
    let beginnings = Beginnings::of(known.iter().map(|(word, _)| *word));
    let mut words: Vec<_> =
        known.into_iter().map(|(word, known)| (beginning(word.as_bytes()), known)).collect();
    words.sort_by_key(|(beginning, _)| *beginning);
    GlanceWordList { words, beginnings }
});

impl GlanceWordList {
    /// Those that a word may be: what begins as it does, and what has no known beginning.
    fn like(&self, word: &str) -> impl Iterator<Item = &GlanceWord> {
        let first = beginning(word.as_bytes());
        let open = self.words.partition_point(|(known, _)| known.is_none());
        let (open, known) = self.words.split_at(open);
        let alike = match first {
            Some(_) => {
                let start = known.partition_point(|(known, _)| *known < first);
                let end = known.partition_point(|(known, _)| *known <= first);
                &known[start..end]
            }
            None => known,
        };
        open.iter().chain(alike).map(|(_, known)| known)
    }
}

impl<'t> TextGlance<'t> {
    /// A glance at a text, for a contract with these events.
    pub(crate) fn of(text: &'t str, events: &Events) -> Self {
        let has_digit = text.bytes().fold(false, |known, byte| known | byte.is_ascii_digit());
        let has_number = has_digit || !text.is_ascii() && text.contains(char::is_numeric);
        let mut glance = Self { text, beginnings: beginnings(text), has_number, may_name_day: has_number };
        if has_number {
            return glance;
        }
        for word in glance.words_among(&KNOWN.beginnings) {
            for known in KNOWN.like(word) {
                match *known {
                    GlanceWord::Number(number) => glance.has_number |= number.eq_ignore_ascii_case(word),
                    GlanceWord::Event(event) => glance.may_name_day |= event.eq_ignore_ascii_case(word),
                    GlanceWord::Month(month) => {
                        let is_begun = word.get(..3).is_some_and(|begun| begun.eq_ignore_ascii_case(month));
                        glance.may_name_day |= is_begun && month_number(word).is_some();
                    }
                }
            }
        }
        glance.may_name_day |= glance.has_number || glance.may_name(events.own_names());
        glance
    }

    /// Its words that may be among some others: all that begin as one of them does.
    fn words_among<'a>(&'a self, others: &'a Beginnings) -> Vec<&'t str> {
        match &self.beginnings {
            Some(known) => {
                let may_be = known.iter().filter(|(beginning, _)| others.have(*beginning));
                may_be.filter_map(|(_, at)| words(&self.text[*at..]).next()).collect()
            }
            None => words(self.text).collect(),
        }
    }

    /// Whether it may name one of several things, in one number or another.
    pub(crate) fn may_name<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> bool {
        names.into_iter().any(|name| {
            let Some(name) = first_word(name) else { return true };
            let known = self.beginnings.as_ref().zip(beginning(name.as_bytes()));
            known.is_none_or(|(known, name)| known.iter().any(|(known, _)| *known == name))
                && words(name).take(1).any(|first| words(self.text).any(|word| are_alike(word, first)))
        })
    }

    /// Whether it may say that something is there at once: "from the first day".
    pub(crate) fn may_be_at_once(&self) -> bool {
        self.has_one_of(&IN_AT_ONCE)
    }

    fn has_one_of(&self, list: &[&str]) -> bool {
        let is_one = |word: &str| list.iter().any(|known| known.eq_ignore_ascii_case(word));
        self.may_name(list.iter().copied()) && words(self.text).any(is_one)
    }

    /// Whether it may mean all values of a dimension: "on all platforms".
    pub(crate) fn may_name_all_of(&self, dimension: &str) -> bool {
        // What hyphens join is one word to the reader: "all third-party platforms".
        const WITHIN: usize = 3 * ALL_WITHIN;
        let is_all = |word: &str| ALL_OF.iter().any(|all| all.eq_ignore_ascii_case(word));
        let is_name = |word: &str| words(dimension).take(1).all(|first| are_alike(word, first));
        self.may_name([dimension])
            && self.has_one_of(&ALL_OF)
            && words(self.text)
                .enumerate()
                .filter(|(_, word)| is_all(word))
                .any(|(at, _)| words(self.text).skip(at + 1).take(WITHIN).any(is_name))
    }

    /// Whether one of its words begins as one of some others does.
    pub(super) fn may_have_one_of(&self, others: &Beginnings) -> bool {
        self.beginnings.as_ref().is_none_or(|known| known.iter().any(|(known, _)| others.have(*known)))
    }
}

/// What some words begin with. Nearly no text has one of them, and that tells so for all at once.
#[derive(Debug)]
pub(super) struct Beginnings {
    /// A bit for each beginning.
    known: Vec<u64>,
    /// Whether there may be others.
    is_open: bool,
}

impl Beginnings {
    /// Those of the first words of some names.
    pub(super) fn of<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut all = Self { known: vec![0; 1 << 9], is_open: false };
        for name in names {
            match first_word(name).and_then(|word| beginning(word.as_bytes())) {
                Some(known) => all.known[usize::from(known >> 6)] |= 1 << (known & 63),
                None => all.is_open = true,
            }
        }
        all
    }

    fn have(&self, beginning: u16) -> bool {
        self.is_open || self.known[usize::from(beginning >> 6)] & 1 << (beginning & 63) != 0
    }
}

/// What each word of a text begins with, and where it stands.
fn beginnings(text: &str) -> Option<Vec<(u16, usize)>> {
    let bytes = text.as_bytes();
    let is_letter = |byte: &u8| matches!(LETTERS[usize::from(*byte)], 1..=DIGIT);
    let mut all = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if is_letter(byte) {
            all.push((beginning(&bytes[at..])?, at));
            at += 1;
            while bytes.get(at).is_some_and(is_letter) {
                at += 1;
            }
        } else if *byte >= 0xc0 && text[at..].starts_with(char::is_alphanumeric) {
            // As good as a letter of ASCII, or more.
            return None;
        } else {
            at += 1;
        }
    }
    Some(all)
}

/// What stands for a digit among letters.
const DIGIT: u8 = 27;
/// What stands for all that is in no word.
const END: u8 = 0;
/// What stands for what may be in one, and is not of ASCII.
const OTHER: u8 = 255;

/// The place of each letter in the alphabet, from 1, by its byte.
const LETTERS: [u8; 256] = {
    let mut letters = [OTHER; 256];
    let mut byte = 0;
    while byte < 128 {
        letters[byte] = match byte as u8 {
            letter @ b'a'..=b'z' => letter - b'a' + 1,
            letter @ b'A'..=b'Z' => letter - b'A' + 1,
            b'0'..=b'9' => DIGIT,
            b' '..=b'~' => END,
            _ => OTHER,
        };
        byte += 1;
    }
    letters
};

/// A name from its first letter or digit on.
fn first_word(name: &str) -> Option<&str> {
    name.find(char::is_alphanumeric).map(|at| &name[at..])
}

/// The first three letters of the word that a text begins with, in small ones, as a number of 15 bits; none where one of
/// them is not of ASCII, or where there may be more than is seen. An `s` that comes third may be that of a plural.
fn beginning(text: &[u8]) -> Option<u16> {
    let mut number = 0;
    for (byte, place) in text.iter().zip([10, 5, 0]) {
        match LETTERS[usize::from(*byte)] {
            OTHER => return None,
            END => break,
            letter if place == 0 && letter == LETTERS[b's' as usize] => break,
            letter => number |= u16::from(letter) << place,
        }
    }
    Some(number)
}

/// The words of a text: letters and digits between what is neither.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether two words may differ by number alone: by their ends, and what is short has no end.
fn are_alike(one: &str, other: &str) -> bool {
    let alike = small(one).zip(small(other)).take_while(|(one, other)| one == other).count();
    alike >= 3 || alike + 1 >= small(one).count().max(small(other).count())
}

/// The letters of a word, in small ones.
fn small(word: &str) -> impl Iterator<Item = char> {
    word.chars().flat_map(char::to_lowercase)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::calendar::Calendar;
    use crate::model::deadline::EventDate;
    use crate::model::quantity::Quantity;
    use crate::model::window::{Date, Window};
    use crate::prose::belonging::AT_ONCE;
    use crate::prose::dates::DateReader;
    use crate::prose::levels::needs;
    use crate::prose::words::tokens;

    fn events() -> Events {
        let mut events = Events::new();
        for name in ["signing", "start", "end", "go-live", "Deliveries accepted"] {
            events.push(name, EventDate::Known(Window::day(Date::constant(2027, 1, 4))));
        }
        events
    }

    #[test]
    fn most_texts_name_nothing() {
        let events = events();
        let glance = |text| TextGlance::of(text, &events);
        let plain =
            glance("Vendor shall report every change of a managed server as described in the order form.");
        assert!(!plain.has_number && !plain.may_name_day);
        assert!(glance("within thirty days of signing").has_number);
        assert!(glance("by the end of March").may_name_day && !glance("by the end of March").has_number);
        assert!(glance("before GO LIVE").may_name_day && glance("after each delivery").may_name_day);
        assert!(glance("on Windows servers").may_name(["windows"]));
        assert!(glance("for Linuxes").may_name(["Mac", "Linux"]));
        assert!(glance("für „Linux“").may_name(["Linux"]) && glance("pour le café").may_name(["Cafés"]));
        assert!(glance("in the US").may_name(["us"]) && !glance("for all users").may_name(["us"]));
        assert!(!glance("on Windows").may_name(["linux"]));
        let not_at_once = glance("as described in the order form of each user, with access for the firm");
        assert!(!not_at_once.may_be_at_once());
        AT_ONCE.iter().for_each(|words| assert!(glance(words).may_be_at_once(), "{words}"));
        let all = |text| ["region", "operating system"].iter().any(|name| glance(text).may_name_all_of(name));
        assert!(all("in ALL Regions") && all("on every third-party operating system"));
        assert!(
            !all("in the region for all of our users")
                && !all("each user, as long as he has a role, of a region")
                && !all("on all")
        );
        let titles = Beginnings::of(["Audit log", "PC", "Übersicht"].into_iter());
        assert!(glance("each AUDIT").may_have_one_of(&titles) && titles.is_open);
        let titles = Beginnings::of(["(Audit) log", "PC", "CMSs"].into_iter());
        assert!(
            ["an audit-log", "two PCs", "a CMS", "au\u{ad}dits"]
                .map(glance)
                .iter()
                .all(|it| it.may_have_one_of(&titles))
        );
        assert!(!glance("an auction of places").may_have_one_of(&titles));
        assert!(glance("a ten-day period").has_number && !glance("each tenant of a vendor").may_name_day);
    }

    proptest! {
        #[test]
        fn what_is_read_was_seen(words in proptest::collection::vec(prop_oneof![
            Just("by"), Just("within"), Just("before"), Just("after"), Just("on"), Just("the"), Just("of"), Just("end"),
            Just("a"), Just("ninety"), Just("(90)"), Just("hundred"), Just("days"), Just("month"), Just("Q3"), Just("2027"),
            Just("31"), Just("March"), Just("Sept."), Just("signing"), Just("signature"), Just("date"), Just("effective"),
            Just("this"), Just("Agreement"), Just("hereof"), Just("start"), Just("term"), Just("contract"), Just("expiry"),
            Just("go-live"), Just("deliveries"), Just("accepted"), Just("later"), Just("and"), Just("first"), Just("half"),
            Just("year"), Just("at least"), Just("users"), Just("uptime"), Just("%"), Just("Monday"), Just("execution"),
        ], 0..9)) {
            let text = words.join(" ");
            let (events, calendar) = (events(), Calendar::default());
            let glance = TextGlance::of(&text, &events);
            let dates = DateReader::new(&events, &calendar).dates(&text, &tokens(&text));
            prop_assert!(dates.is_empty() || glance.may_name_day, "{:?}", dates);
            let stated = [Quantity::parse("90 days"), Quantity::parse("99.9 %"), Quantity::parse("100 users")];
            let stated: Vec<(&str, &Quantity)> =
                ["retention", "uptime", "users"].into_iter().zip(stated.iter().flatten()).collect();
            let levels = needs(&text, &tokens(&text), &stated, &[]);
            prop_assert!(levels.is_empty() || glance.has_number, "{:?}", levels);
        }
    }
}
