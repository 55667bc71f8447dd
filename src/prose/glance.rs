//! What a text may name, at a glance: most texts of requirements name no day and no amount, and are not taken apart.

use std::sync::LazyLock;

use crate::model::calendar::{MONTHS, month_number};
use crate::model::deadline::Events;
use crate::model::spelled::number_words;

/// What a text may name. It may name less, and never more.
#[derive(Debug)]
pub(crate) struct TextGlance<'t> {
    pub(super) text: &'t str,
    /// What its words begin with; none where that is not known of one.
    beginnings: Option<Vec<u16>>,
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

/// The words by which something is known, with what they begin with.
static KNOWN: LazyLock<(Vec<GlanceWord>, Beginnings)> = LazyLock::new(|| {
    let first = |text: &'static str| words(text).next().unwrap_or(text);
    let numbers = number_words().map(|word| GlanceWord::Number(first(word)));
    let events = Events::words_of_all().map(|word| GlanceWord::Event(first(word)));
    let months = MONTHS.iter().filter_map(|month| month.get(..3)).map(GlanceWord::Month);
    let known: Vec<GlanceWord> = numbers.chain(events).chain(months).collect();
    let words = known.iter().map(|word| match *word {
        GlanceWord::Number(word) | GlanceWord::Event(word) | GlanceWord::Month(word) => word,
    });
    let beginnings = Beginnings::of(words);
    (known, beginnings)
});

impl<'t> TextGlance<'t> {
    /// A glance at a text, for a contract with these events.
    pub(crate) fn of(text: &'t str, events: &Events) -> Self {
        let has_digit = text.bytes().fold(false, |known, byte| known | byte.is_ascii_digit());
        let has_number = has_digit || !text.is_ascii() && text.contains(char::is_numeric);
        let mut glance = Self { text, beginnings: beginnings(text), has_number, may_name_day: has_number };
        if has_number {
            return glance;
        }
        let (known, beginnings) = &*KNOWN;
        if glance.may_have_one_of(beginnings) {
            let may_be = |word: &&str| beginning(word).is_none_or(|first| beginnings.have(first));
            let words = words(text).filter(may_be);
            for (word, known) in words.flat_map(|word| known.iter().map(move |known| (word, known))) {
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

    /// Whether it may name one of several things, in one number or another.
    pub(crate) fn may_name<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> bool {
        names.into_iter().any(|name| {
            let Some(name) = name.find(char::is_alphanumeric).map(|at| &name[at..]) else { return true };
            let known = self.beginnings.as_ref().zip(beginning(name));
            known.is_none_or(|(known, name)| known.contains(&name))
                && words(name).take(1).any(|first| words(self.text).any(|word| are_alike(word, first)))
        })
    }

    /// Whether one of its words may be one of some others.
    pub(super) fn may_have_one_of(&self, others: &Beginnings) -> bool {
        self.beginnings.as_ref().is_none_or(|known| known.iter().any(|known| others.have(*known)))
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
    pub(super) fn of<'a>(words: impl Iterator<Item = &'a str>) -> Self {
        let mut all = Self { known: vec![0; 1 << 9], is_open: false };
        for word in words {
            match beginning(word) {
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

/// What each word of a text begins with.
fn beginnings(text: &str) -> Option<Vec<u16>> {
    let mut all = Vec::with_capacity(text.len() / 6);
    let mut is_within = false;
    for (at, byte) in text.bytes().enumerate() {
        let is_letter = byte.is_ascii_alphanumeric();
        // What begins with several bytes may be a mark, or a letter that is as good as one of ASCII.
        if is_letter && !is_within || byte >= 0xc0 && text[at..].starts_with(char::is_alphanumeric) {
            all.push(beginning(&text[at..])?);
        }
        is_within = is_letter;
    }
    Some(all)
}

/// The first three letters of the word that a text begins with, in small ones, as a number of 15 bits; none where one of
/// them is not of ASCII, or where there may be more than is seen. An `s` that comes third may be that of a plural.
fn beginning(text: &str) -> Option<u16> {
    let mut number = 0;
    let mut letters = text.bytes().map(|byte| byte.to_ascii_lowercase());
    for place in [10, 5, 0] {
        let letter = match letters.next() {
            Some(b's') if place == 0 => break,
            Some(letter @ b'a'..=b'z') => letter - b'a' + 1,
            Some(b'0'..=b'9') => 27,
            Some(b' '..=b'~') | None => break,
            Some(_) => return None,
        };
        number |= u16::from(letter) << place;
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
