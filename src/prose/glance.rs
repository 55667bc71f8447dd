//! What a text may name, at a glance: most texts of requirements name no day and no amount, and are not taken apart.

use std::sync::LazyLock;

use crate::model::calendar::{MONTHS, month_number};
use crate::model::deadline::Events;
use crate::model::spelled::number_words;

/// What a text may name. It may name less, and never more.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TextGlance {
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

/// The words by which something is known, by their first letter: they are looked up for each word of each text.
static KNOWN: LazyLock<[Vec<GlanceWord>; 26]> = LazyLock::new(|| {
    let mut known: [Vec<GlanceWord>; 26] = Default::default();
    let mut add = |text: &'static str, of: fn(&'static str) -> GlanceWord| {
        let word = words(text).next().unwrap_or(text);
        known
            .iter_mut()
            .skip(letter(word).unwrap_or(usize::MAX))
            .take(1)
            .for_each(|known| known.push(of(word)));
    };
    number_words().for_each(|word| add(word, GlanceWord::Number));
    Events::words_of_all().for_each(|word| add(word, GlanceWord::Event));
    MONTHS.iter().filter_map(|month| month.get(..3)).for_each(|month| add(month, GlanceWord::Month));
    known
});

/// Which letter a word begins with, from 0.
fn letter(word: &str) -> Option<usize> {
    let first = word.as_bytes().first()?.to_ascii_lowercase();
    first.checked_sub(b'a').map(usize::from)
}

impl TextGlance {
    /// A glance at a text, for a contract with these events.
    pub(crate) fn of(text: &str, events: &Events) -> Self {
        let has_digit = text.bytes().any(|byte| byte.is_ascii_digit());
        if has_digit || !text.is_ascii() && text.contains(char::is_numeric) {
            return Self { has_number: true, may_name_day: true };
        }
        let mut glance = Self::default();
        for word in words(text) {
            for known in letter(word).and_then(|at| KNOWN.get(at)).into_iter().flatten() {
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
        glance.may_name_day |= glance.has_number || may_name(text, events.own_names());
        glance
    }
}

/// Whether a text may name one of several things, in one number or another.
pub(crate) fn may_name<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> bool {
    let mut known: Option<Vec<&str>> = None;
    names.into_iter().any(|name| {
        let Some(first) = words(name).next() else { return true };
        known.get_or_insert_with(|| words(text).collect()).iter().any(|word| are_alike(word, first))
    })
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether two words may differ by number alone: by their ends, and what is short has no end.
fn are_alike(one: &str, other: &str) -> bool {
    // Most words differ in their first letter, and need no closer look.
    if let (&[first, _, ..], &[begun, _, ..]) = (one.as_bytes(), other.as_bytes())
        && first.is_ascii()
        && begun.is_ascii()
        && !first.eq_ignore_ascii_case(&begun)
    {
        return false;
    }
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
        let glance = |text| TextGlance::of(text, &events());
        let plain =
            glance("Vendor shall report every change of a managed server as described in the order form.");
        assert!(!plain.has_number && !plain.may_name_day);
        assert!(glance("within thirty days of signing").has_number);
        assert!(glance("by the end of March").may_name_day && !glance("by the end of March").has_number);
        assert!(glance("before GO LIVE").may_name_day && glance("after each delivery").may_name_day);
        assert!(may_name("on Windows servers", ["windows"]) && may_name("for Linuxes", ["Mac", "Linux"]));
        assert!(
            may_name("in the US", ["us"])
                && !may_name("for all users", ["us"])
                && !may_name("on Windows", ["linux"])
        );
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
