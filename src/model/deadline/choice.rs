//! The later or the earlier of several days.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::calendar::Calendar;
use crate::model::date::{quoted, same_words};
use crate::model::misread::{Misread, ReadError};
use crate::model::window::Window;
use crate::text::and_list;

use super::{Deadline, DueDay, DueExpr, Events, Offset, OpenCount, OpenDay, Reading};

/// A day as a contract writes it: a deadline, the later or the earlier of several, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayExpr(DayForm);

#[derive(Clone, Debug, PartialEq, Eq)]
enum DayForm {
    One(DueExpr),
    Several { pick: Pick, parts: Vec<Part> },
    WhenAvailable,
}

/// Which of several days counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pick {
    Later,
    Earlier,
}

/// One of several days.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    /// What is read: the words of its own, after those that stand before all of them.
    text: String,
    /// How many bytes of it stand before all of them.
    lead: usize,
    /// Where the words of its own stand.
    place: Range<usize>,
    due: DueExpr,
}

/// The later or the earlier of several days, each worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayChoice {
    pick: Pick,
    parts: Vec<Deadline>,
    /// The events without a day that may come before the earliest of these.
    open: Vec<usize>,
}

impl DayExpr {
    /// Reads a day. Whether its events exist is known only when it is resolved.
    pub fn parse(text: &str, calendar: &Calendar) -> Result<Self, ReadError> {
        if is_when_available(text) {
            return Ok(Self(DayForm::WhenAvailable));
        }
        let Some(ChoiceText { pick, lead, parts }) = ChoiceText::find(text) else {
            return DueExpr::parse(text, calendar).map(|due| Self(DayForm::One(due)));
        };
        if parts.len() < 2 {
            let title = format!("`{}` names one day", quoted(text));
            let label = format!("the {} of which days?", pick.word());
            let example = format!("{} of 2027-03-31 and go-live", pick.word());
            return Err(Misread::new(title, label).help(format!("name two, such as `{example}`")).into());
        }
        let parts = parts.into_iter().map(|place| {
            let own = &text[place.clone()];
            if ChoiceText::find(own).is_some() {
                let misread = Misread::new(
                    format!("`{}` is a choice within a choice", quoted(text)),
                    "one of the days is one of several days itself",
                );
                return Err(misread.part(place).help("make the inner one a milestone, and name that").into());
            }
            let whole = format!("{lead}{own}");
            match DueExpr::parse(&whole, calendar) {
                Ok(due) => Ok(Part { text: whole, lead: lead.len(), place, due }),
                Err(error) => Err(outer(error, text, &whole, lead.len(), place)),
            }
        });
        Ok(Self(DayForm::Several { pick, parts: parts.collect::<Result<_, _>>()? }))
    }

    /// Whether it is an event alone, so that a milestone may be called so.
    pub fn is_event(&self) -> bool {
        matches!(&self.0, DayForm::One(due) if due.is_event())
    }

    /// The deadlines of which it is made.
    fn parts(&self) -> impl Iterator<Item = &DueExpr> {
        let (one, several) = match &self.0 {
            DayForm::One(due) => (Some(due), &[][..]),
            DayForm::Several { parts, .. } => (None, parts.as_slice()),
            DayForm::WhenAvailable => (None, &[][..]),
        };
        one.into_iter().chain(several.iter().map(|part| &part.due))
    }

    /// The distances that it lies from events, with these as they are written; none for an event itself.
    pub fn distances(&self) -> impl Iterator<Item = (&str, Option<Offset>)> {
        self.parts().filter_map(DueExpr::distance)
    }

    /// Finds the days among the events of a contract. `text` is what was read. The later of several days is known once
    /// all are, the earlier once one is.
    pub fn resolve(&self, text: &str, events: &Events, calendar: &Calendar) -> Result<DueDay, ReadError> {
        let open = |roots| {
            let count = Some(OpenCount::Written(self.clone(), text.into()));
            DueDay::Open(OpenDay { roots, count })
        };
        let (pick, parts) = match &self.0 {
            DayForm::One(due) => {
                return Ok(match due.resolve(text, events, calendar)? {
                    DueDay::Open(OpenDay { roots, .. }) => open(roots),
                    day => day,
                });
            }
            DayForm::Several { pick, parts } => (*pick, parts),
            DayForm::WhenAvailable => return Ok(DueDay::WhenAvailable),
        };
        let (mut known, mut roots) = (Vec::with_capacity(parts.len()), BTreeSet::new());
        for part in parts {
            let day = part.due.resolve(&part.text, events, calendar);
            match day.map_err(|error| outer(error, text, &part.text, part.lead, part.place.clone()))? {
                DueDay::On(deadline) => known.push(deadline),
                DueDay::Open(open) => roots.extend(open.roots.iter().copied()),
                DueDay::WhenAvailable => {}
            }
        }
        if known.is_empty() || (pick == Pick::Later && !roots.is_empty()) {
            return Ok(open(roots.into_iter().collect()));
        }
        let roots = roots.into_iter().collect();
        pick.of(known, roots, calendar).map(DueDay::On).ok_or(ReadError::Reported)
    }
}

impl Pick {
    fn word(self) -> &'static str {
        match self {
            Self::Later => "later",
            Self::Earlier => "earlier",
        }
    }

    /// Of windows the one that counts, end by end.
    fn window(self, windows: impl Iterator<Item = Window>) -> Option<Window> {
        windows.reduce(match self {
            Self::Later => Window::later,
            Self::Earlier => Window::earlier,
        })
    }

    fn of(self, parts: Vec<Deadline>, open: Vec<usize>, calendar: &Calendar) -> Option<Deadline> {
        let written = self.window(parts.iter().map(|part| part.written))?;
        let window = self.window(parts.iter().map(|part| part.window))?;
        let counted = self.window(parts.iter().map(Deadline::counted))?;
        let reading = match Reading::of(written, calendar) {
            Reading::Both if counted.is_day() => Reading::In,
            reading => reading,
        };
        let unmoved = (counted != window).then_some(counted);
        let choice = Some(DayChoice { pick: self, parts, open });
        Some(Deadline { window, reading, written, unmoved, from: None, choice })
    }
}

impl DayChoice {
    /// The days of which it is one.
    pub fn parts(&self) -> impl Iterator<Item = &Deadline> {
        self.parts.iter()
    }

    /// The events without a day that may come before the earliest of these.
    pub fn open(&self) -> &[usize] {
        &self.open
    }

    /// How it came to its days, a sentence a step.
    pub(super) fn steps(&self, window: Window) -> Vec<String> {
        let mut steps: Vec<String> = self.parts().flat_map(Deadline::steps).collect();
        let days: Vec<String> = self.parts().map(|part| part.counted().to_string()).collect();
        steps.push(format!("the {} of {} is {window}", self.pick.word(), and_list(&days)));
        steps
    }
}

/// Whether no day is promised: `if and when available`.
fn is_when_available(text: &str) -> bool {
    const WORDS: [&str; 7] = [
        "when available", "as available", "if and when available", "when and if available",
        "upon general availability", "on general availability", "when generally available",
    ];
    // Nearly all texts are a date or a distance.
    text.trim_start().starts_with(['w', 'W', 'i', 'I', 'u', 'U', 'o', 'O', 'a', 'A'])
        && WORDS.iter().any(|words| same_words(words, text))
}

/// What is wrong with one of several days, as a mistake of the whole text.
fn outer(error: ReadError, text: &str, whole: &str, lead: usize, place: Range<usize>) -> ReadError {
    let ReadError::Misread(mut misread) = error else { return error };
    misread.part = Some(match misread.part.take() {
        Some(part) if part.start >= lead => place.start + part.start - lead..place.start + part.end - lead,
        _ => place.clone(),
    });
    for help in &mut misread.helps {
        help.instead =
            help.instead.take().and_then(|instead| Some(instead.strip_prefix(&whole[..lead])?.to_owned()));
    }
    ReadError::Misread(misread.around(text, place))
}

/// A text that names several days, taken apart.
struct ChoiceText<'a> {
    pick: Pick,
    /// The words before all of them, such as `30 days after`.
    lead: &'a str,
    /// Where the words of each stand.
    parts: Vec<Range<usize>>,
}

const LATER: [&str; 4] = ["later", "latest", "last", "later to occur"];
const EARLIER: [&str; 5] = ["earlier", "earliest", "first", "sooner", "earlier to occur"];

/// One of these ends a word of every choice.
const PICKS: [&str; 8] = ["later", "latest", "last", "earlier", "earliest", "first", "sooner", "occur"];

fn ends_with(word: &str, end: &str) -> bool {
    let start = word.len().checked_sub(end.len());
    start.is_some_and(|start| word.as_bytes()[start..].eq_ignore_ascii_case(end.as_bytes()))
}

impl<'a> ChoiceText<'a> {
    fn find(text: &'a str) -> Option<Self> {
        // Nearly all texts are a date or a distance.
        let is_pick = |word: &str| PICKS.iter().any(|pick| ends_with(word, pick));
        if !text.split_whitespace().any(is_pick) {
            return None;
        }
        let lower = text.to_ascii_lowercase();
        Self::of(text, &lower).or_else(|| Self::whichever(text, &lower))
    }

    /// `the later of A and B`, with words such as `30 days after` before it.
    fn of(text: &'a str, lower: &str) -> Option<Self> {
        let picks = [(Pick::Later, &LATER[..2]), (Pick::Earlier, &EARLIER[..2])];
        let further = [(Pick::Later, &LATER[3..]), (Pick::Earlier, &EARLIER[3..])];
        // But for `last` and `first`: "the first of May" is a date.
        let found = picks.into_iter().chain(further).flat_map(|(pick, words)| {
            words.iter().filter_map(move |word| {
                let phrase = format!("{word} of ");
                let is_whole = |at: &usize| !lower[..*at].ends_with(char::is_alphanumeric);
                let at = lower.match_indices(&phrase).map(|(at, _)| at).find(is_whole)?;
                Some((at, at + phrase.len(), pick))
            })
        });
        let (start, end, pick) = found.min_by_key(|(start, ..)| *start)?;
        let before = lower[..start].trim_end();
        let lead = match before.strip_suffix("the") {
            // "the" belongs to the choice, not to the distance: "30 days after the later of".
            Some(rest) if !rest.ends_with(char::is_alphanumeric) => &text[..rest.len()],
            _ => &text[..start],
        };
        Some(Self { pick, lead, parts: parts(lower, end..lower.len()) })
    }

    /// `A or B, whichever is later`.
    fn whichever(text: &'a str, lower: &str) -> Option<Self> {
        let at = lower.find("whichever ")?;
        let tail = lower[at..].split_whitespace().skip(1);
        let mut words = tail.filter(|word| !["is", "comes", "occurs", "falls", "the"].contains(word));
        let (word, None) = (words.next()?, words.next()) else { return None };
        let pick = match word {
            _ if LATER.contains(&word) => Pick::Later,
            _ if EARLIER.contains(&word) => Pick::Earlier,
            _ => return None,
        };
        let end = text[..at].trim_end().trim_end_matches(',').len();
        Some(Self { pick, lead: "", parts: parts(lower, 0..end) })
    }
}

/// Where the words of each of several days stand, between commas and `and` or `or`.
fn parts(lower: &str, within: Range<usize>) -> Vec<Range<usize>> {
    let mut cuts = Vec::new();
    for word in [" and ", " or ", ","] {
        let found = lower[within.clone()].match_indices(word);
        cuts.extend(found.map(|(at, cut)| (within.start + at, within.start + at + cut.len())));
    }
    cuts.sort_unstable();
    // `31 March, 2027` has a comma within.
    let is_year = |at: usize| {
        let rest = lower[at..within.end].trim_start();
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        digits == 4 && !rest[4..].starts_with('-')
    };
    cuts.retain(|&(start, end)| lower.as_bytes().get(start) != Some(&b',') || !is_year(end));
    let mut places = Vec::new();
    let mut from = within.start;
    for (start, end) in cuts.into_iter().chain([(within.end, within.end)]) {
        if from <= start {
            places.extend(trimmed(lower, from..start));
        }
        from = end;
    }
    places
}

/// A place without the blanks around it and a number such as `(i)` before it; nothing where nothing is left.
fn trimmed(text: &str, place: Range<usize>) -> Option<Range<usize>> {
    let own = text.get(place.clone())?;
    let end = place.start + own.trim_end().len();
    let mut rest = own.trim_start();
    if let Some((number, after)) = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'))
        && number.len() <= 4
        && number.chars().all(char::is_alphanumeric)
        && !number.is_empty()
        && after.starts_with(' ')
    {
        rest = after.trim_start();
    }
    let start = place.end - rest.len();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::super::EventDate;
    use super::*;

    fn read(text: &str, events: &Events) -> Result<Deadline, String> {
        let calendar = Calendar::default();
        let day = DayExpr::parse(text, &calendar).and_then(|day| day.resolve(text, events, &calendar));
        day.map(|day| day.into_deadline().expect("a day")).map_err(|error| match error {
            ReadError::Misread(misread) => {
                format!("{}|{}", misread.title, &text[misread.part.unwrap_or(0..0)])
            }
            ReadError::Reported => "reported".to_owned(),
        })
    }

    fn events() -> Events {
        let mut events = Events::new();
        events.push("signing", EventDate::Known(Window::day(date(2026, 12, 15))));
        events.push("go-live", EventDate::Known(Window::new(date(2027, 2, 1), date(2027, 2, 28))));
        events.push("lost", EventDate::Unreadable);
        events
    }

    #[test]
    fn every_way_to_say_a_choice_is_read() {
        for (forms, expected) in [
            (
                "later of 2027-02-10 and go-live|the later of go-live and 2027-02-10|latest of go-live, 2027-02-10|\
                 by the Later of (a) 2027-02-10, and (b) the go-live date|2027-02-10 or go-live, whichever is later|\
                 later of February 10, 2027 and go-live|the later to occur of signing, go-live or 10 February 2027|\
                 go-live or 2027-02-10, whichever comes last|no later than the later of 2027-02-10 and go-live",
                "2027-02-10 to 2027-02-28",
            ),
            (
                "earlier of 2027-02-10 and go-live|2027-02-10 or go-live, whichever occurs first|sooner of go-live and 2027-02-10",
                "2027-02-01 to 2027-02-10",
            ),
            (
                "30 days after the later of signing and go-live|within 30 days of the later of signing and go-live|\
                 later of 30 days after signing and 30 days after go-live",
                "2027-03-03 to 2027-03-30",
            ),
        ] {
            for form in forms.split('|') {
                let found = read(form.trim(), &events()).map(|deadline| deadline.window.to_string());
                assert_eq!(found.as_deref(), Ok(expected), "{form}");
            }
        }
    }

    #[test]
    fn mistakes_stand_at_the_day_that_is_wrong() {
        for (text, wrong) in [
            (
                "later of go-live and golive",
                "`golive` is neither a date nor an event of this contract|golive",
            ),
            (
                "10 days after the earlier of kick-off and go-live",
                "`kick-off` is no event of this contract|kick-off",
            ),
            ("later of 2027-02-30 and go-live", "`2027-02-30` is no day: February 2027 has 28 days|30"),
            ("later of go-live", "`later of go-live` names one day|"),
            ("later of go-live and lost", "reported"),
            (
                "later of go-live and the earlier of signing and go-live",
                "`later of go-live and the earlier of signing and go-live` is a choice within a choice|the earlier of signing",
            ),
            ("later of soon and go-live", "`soon` is vague: nobody can tell the day it means|soon"),
        ] {
            assert_eq!(read(text, &events()), Err(wrong.to_owned()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_later_is_the_greater(
            one in 0i64..2000, other in 0i64..2000, lengths in (0i64..90, 0i64..90), amount in 0u32..60,
            unit in prop::sample::select(vec!["days", "business days", "weeks", "months"]),
        ) {
            let window = |from: i64, length: i64| {
                let day = |offset: i64| date(2026, 1, 1).checked_add(offset.days()).unwrap();
                Window::new(day(from), day(from + length))
            };
            let mut events = Events::new();
            events.push("a", EventDate::Known(window(one, lengths.0)));
            events.push("b", EventDate::Known(window(other, lengths.1)));
            let days = |text: &str| read(text, &events).unwrap().window;
            let (a, b) = (days("a"), days("b"));
            let (later, earlier) = (days("later of a and b"), days("earlier of a and b"));
            prop_assert_eq!((later.earliest, later.latest), (a.earliest.max(b.earliest), a.latest.max(b.latest)));
            prop_assert_eq!((earlier.earliest, earlier.latest), (a.earliest.min(b.earliest), a.latest.min(b.latest)));
            prop_assert_eq!(later, days("later of b and a"));
            // A distance from the later is the later of the distances.
            let after = |event: &str| format!("{amount} {unit} after {event}");
            let spread = format!("later of {} and {}", after("a"), after("b"));
            prop_assert_eq!(days(&after("the later of a and b")), days(&spread));
        }

        #[test]
        fn no_text_panics(
            text in "(by |30 days after )?(the )?(later|earlier|latest) of [a-zé0-9 ,()-]{0,30}( and | or |, )[a-z0-9é ,-]{0,20}(, whichever is (the )?later)?",
        ) {
            if let Err(error) = read(&text, &events()) {
                prop_assert!(!error.is_empty());
            }
        }
    }
}
