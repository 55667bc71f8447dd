//! What a text may name, at a glance: most texts of requirements name no day and no amount, and are not taken apart.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::model::calendar::{MONTHS, month_number};
use crate::model::deadline::Events;
use crate::model::spelled::number_words;

/// What a text may name. It may name less, and never more.
#[derive(Clone, Debug)]
pub(crate) struct TextGlance {
    /// In small letters.
    small: String,
    /// Whether it has a number, in digits or in words.
    pub(crate) has_number: bool,
    /// Whether it has a number, a month or a word for an event: one of these is in each day.
    pub(crate) may_name_day: bool,
}

/// Words of which one is in each number in words, and one in the names of each event that all contracts have; and what
/// the names of months begin with.
struct GlanceWords {
    numbers: HashSet<&'static str>,
    events: HashSet<&'static str>,
    months: HashSet<String>,
}

static KNOWN: LazyLock<GlanceWords> = LazyLock::new(|| GlanceWords {
    numbers: number_words().collect(),
    events: Events::words_of_all().collect(),
    months: MONTHS.iter().filter_map(|month| Some(month.get(..3)?.to_lowercase())).collect(),
});

impl TextGlance {
    /// A glance at a text, for a contract with these events.
    pub(crate) fn of(text: &str, events: &Events) -> Self {
        let small = text.to_lowercase();
        let words = || small.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        let is_number = |word: &str| word.contains(char::is_numeric) || KNOWN.numbers.contains(word);
        let is_month = |word: &str| {
            word.get(..3).is_some_and(|start| KNOWN.months.contains(start)) && month_number(word).is_some()
        };
        let is_event = |word: &str| KNOWN.events.contains(word) || events.may_be_called(word);
        let has_number = words().any(is_number);
        let may_name_day = has_number || words().any(|word| is_month(word) || is_event(word));
        Self { small, has_number, may_name_day }
    }

    /// Whether it may name something, in one number or another.
    pub(crate) fn may_name(&self, name: &str) -> bool {
        let first = name.split(|letter: char| !letter.is_alphanumeric()).find(|word| !word.is_empty());
        // The ends of words differ by number.
        let start = first.map(|word| word.chars().take(3).flat_map(char::to_lowercase).collect::<String>());
        start.is_none_or(|start| self.small.contains(&start))
    }
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
        assert!(!plain.has_number && !plain.may_name_day && !plain.may_name("linux"));
        assert!(glance("within thirty days of signing").has_number);
        assert!(glance("by the end of March").may_name_day && !glance("by the end of March").has_number);
        assert!(glance("before GO LIVE").may_name_day && glance("after each delivery").may_name_day);
        assert!(glance("on Windows servers").may_name("windows") && glance("for Linuxes").may_name("Linux"));
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
