//! The deadline of a requirement: a date, or a distance from an event of the contract.

mod amount;
mod choice;
mod delay;
mod duration;
mod events;
mod words;

use std::fmt;
use std::ops::Range;

use crate::input::decode::Field;

use super::calendar::{BarePeriod, Calendar};
use super::date::{
    DateLead, DateUnread, FORMS, LEADS, WrittenDate, as_typed, is_typed, parse_date, quoted, read_date,
    strip_time, strip_words,
};
use super::misread::{Misread, ReadError};
use super::window::{Date, Window};

pub(crate) use amount::is_one_number;
use amount::{amount, ordinal};
pub(crate) use choice::{DayChoice, DayExpr};
pub(crate) use duration::Duration;
pub(crate) use events::{EventDate, EventSource, Events, OpenCount, OpenDay};
use words::{no_event, outside, undated, unknown, unknown_unit};

/// A unit of the distance from an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum OffsetUnit {
    Day,
    BusinessDay,
    Week,
    Month,
    Year,
}

/// How far a deadline lies from its event. In words `90 days after` or `before`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset(Distance);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Distance {
    /// So much after it; a negative amount lies before it.
    By { amount: i32, unit: OffsetUnit },
    /// The day before it begins.
    Before,
}

/// A deadline as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DueExpr(Expr);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Expr {
    Date(WrittenDate),
    Event { offset: Option<Offset>, name: Box<str>, part: Range<usize> },
}

/// A deadline with its days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// The days it may mean: the strict reading is the earliest, the lenient one the latest.
    pub window: Window,
    /// What decided between the readings.
    pub reading: Reading,
    /// The days it would mean without `bare-period` and `weekend`.
    pub written: Window,
    /// The days it would mean without `weekend`, where that moved it.
    pub unmoved: Option<Window>,
    /// What it counts from, where it is relative.
    pub from: Option<Anchor>,
    /// Of which days it is the later or the earlier, where it is that.
    pub choice: Option<DayChoice>,
}

/// What a text about a day comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DueDay {
    /// A day, or one of several.
    On(Deadline),
    /// No day yet: it hangs on events for which there is none.
    Open(OpenDay),
    /// No day at all: when it is available.
    WhenAvailable,
}

/// What decided how a deadline is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// It is one day.
    Day,
    /// It is a period, and both its first and its last day are meant.
    Both,
    /// It is a period, and `bare-period = "end"` makes it the last day.
    End,
    /// It is a period with `in` before it, which means its last day.
    In,
}

/// The event that a relative deadline counts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The event's name, as the contract has it.
    pub event: String,
    /// Its days, as they are read.
    pub date: Window,
    /// How far from it; nothing for the event itself.
    pub offset: Option<Offset>,
}

impl DueExpr {
    /// Reads a deadline. Whether its event exists is known only when it is resolved.
    pub(crate) fn parse(text: &str, calendar: &Calendar) -> Result<Self, ReadError> {
        let read = as_typed(text, |text| match read_date(text, calendar) {
            Ok(date) => Ok(Self(Expr::Date(date))),
            Err(DateUnread::Wrong(error)) => Err(error),
            Err(DateUnread::NotADate) => Ok(Self::counted(text, calendar)?),
        })?;
        Ok(read.in_text(text))
    }

    /// Reads a deadline that is a date.
    pub(crate) fn parse_date(text: &str, calendar: &Calendar) -> Result<Self, ReadError> {
        parse_date(text, calendar)?;
        Self::parse(text, calendar)
    }

    /// Where the event stands in a text that was read as it was typed.
    fn in_text(mut self, text: &str) -> Self {
        if let Expr::Event { part, .. } = &mut self.0
            && !is_typed(text)
        {
            *part = 0..text.len();
        }
        self
    }

    /// What is no date: an event, or a distance from one.
    fn counted(text: &str, calendar: &Calendar) -> Result<Self, Misread> {
        let mut rest = text.trim();
        rest = strip_time(rest).unwrap_or(rest);
        // Before a number stands none of the words below; most distances begin with one.
        while !rest.starts_with(|first: char| first.is_ascii_digit()) {
            // `the day before go-live` is a distance; before an event it is taken off with that.
            let leads = LEADS.iter().chain(EVENT_LEADS).filter(|words| **words != ["the"]);
            let Some(after) = leads.into_iter().find_map(|words| strip_lead(rest, words)) else { break };
            rest = strip_time(after).unwrap_or(after);
        }
        for words in BEFORE {
            if let Some(event) = strip_words(rest, words) {
                return Self::event(text, event, Some(Distance::Before), calendar);
            }
        }
        if strip_words(rest, &["after"]).is_some() {
            let misread = Misread::new(
                format!("`{}` has no last day", quoted(text)),
                "expected a distance from the event",
            );
            return Err(misread.help("write how long after it, such as `30 days after signing`"));
        }
        let within = strip_words(rest, &["within"]);
        let counted = within.unwrap_or(rest);
        let counted = strip_words(counted, &["a", "period", "of"]).unwrap_or(counted);
        match distance(text, counted)? {
            Some(distance) => Self::relative(text, distance, within.is_some(), calendar),
            None => match unknown_unit(text, counted) {
                Some(misread) => Err(misread),
                None if within.is_some() => Err(no_event(text)),
                None => Self::event(text, rest, None, calendar),
            },
        }
    }

    /// What follows a number and a unit.
    fn relative(
        text: &str,
        (amount, unit, rest): (Option<i32>, OffsetUnit, &str),
        within: bool,
        calendar: &Calendar,
    ) -> Result<Self, Misread> {
        let amount = amount.ok_or_else(|| outside(text))?;
        let after = ["after", "from", "following"].iter().find_map(|word| strip_words(rest, &[word]));
        if let Some(event) = after.or_else(|| strip_words(rest, &["of"]).filter(|_| within)) {
            return Self::event(text, event, Some(Distance::By { amount, unit }), calendar);
        }
        match BEFORE.iter().find_map(|words| strip_words(rest, words)) {
            Some(event) if !within => {
                Self::event(text, event, Some(Distance::By { amount: -amount, unit }), calendar)
            }
            Some(_) => {
                Err(Misread::new(format!("`{}` has no single last day", quoted(text)), "within, and before")
                    .help("write it without `within`, such as `30 days before go-live`"))
            }
            None => Err(no_event(text)),
        }
    }

    fn event(text: &str, name: &str, offset: Option<Distance>, calendar: &Calendar) -> Result<Self, Misread> {
        let name = strip_lead(name, &["the"]).unwrap_or(name);
        if name.is_empty() && offset.is_some() {
            return Err(no_event(text));
        }
        let is_date = || offset.is_some() && read_date(name, calendar).is_ok();
        if !name.contains(char::is_alphabetic) && !is_date() {
            // Only a date can be meant; the error says what one looks like.
            let title = match quoted(text).as_str() {
                "" => "an empty text is neither a date nor an event".to_owned(),
                text => format!("`{text}` is neither a date nor an event"),
            };
            return Err(Misread::new(title, "expected a date or an event").help(FORMS));
        }
        // What is left is always the end of the text.
        let end = text.trim_end().len();
        let part = end.saturating_sub(name.len())..end;
        Ok(Self(Expr::Event { offset: offset.map(Offset), name: name.into(), part }))
    }

    /// Whether it is an event alone, so that a milestone may be called so.
    pub(crate) fn is_event(&self) -> bool {
        matches!(self.0, Expr::Event { offset: None, .. })
    }

    /// How far it lies from which event, as that is written; no distance for an event itself.
    pub(super) fn distance(&self) -> Option<(&str, Option<Offset>)> {
        match &self.0 {
            Expr::Date(_) => None,
            Expr::Event { offset, name, .. } => Some((name, *offset)),
        }
    }

    /// Finds the days of a deadline among the events of its contract.
    pub(crate) fn resolve(
        &self,
        text: &str,
        events: &Events,
        calendar: &Calendar,
    ) -> Result<DueDay, ReadError> {
        let (offset, name, part) = match &self.0 {
            Expr::Date(date) => return Deadline::dated(*date, calendar).map(DueDay::On),
            Expr::Event { offset, name, part } => (*offset, name, part),
        };
        let at = |misread: Misread| ReadError::Misread(misread.part(part.clone()));
        // What counts from no event may count from a date.
        let dated = || offset.and_then(|_| read_date(name, calendar).ok());
        let (event, date) = match events.place(name) {
            Some(place) if events.date(place) == EventDate::Open => {
                return Ok(DueDay::Open(OpenDay { roots: events.roots(place), count: None }));
            }
            Some(place) => (events.name(place), events.date(place)),
            None if let Some(date) = dated() => (&**name, EventDate::Known(date.window)),
            None if events.incomplete => return Err(ReadError::Reported),
            None => {
                // Where the name does not stand as it is, nothing can be written in its place.
                let is_there = text.get(part.clone()) == Some(&**name);
                let place = if is_there { part.clone() } else { usize::MAX..usize::MAX };
                return Err(at(unknown(name, events, offset.is_none()).around(text, place)));
            }
        };
        let date = match date {
            EventDate::Known(date) => date,
            EventDate::Missing => return Err(at(undated(event, events))),
            EventDate::Unreadable | EventDate::Pending | EventDate::Open => return Err(ReadError::Reported),
        };
        if offset.is_some_and(Offset::counts_business_days) && calendar.holidays.is_broken() {
            return Err(ReadError::Reported);
        }
        let shift = |window: Window| match offset {
            Some(offset) => offset.shift(window, calendar),
            None => Some(window),
        };
        // An event that is a window has a first day and a last one, but only one day before it begins.
        let read = if offset == Some(Offset(Distance::Before)) { Some(date) } else { calendar.reading(date) };
        let read = read.ok_or(ReadError::Reported)?;
        let both = shift(date).zip(shift(read));
        let (written, window) = both.ok_or_else(|| {
            let words = offset.map(|offset| offset.to_string()).unwrap_or_default();
            outside(&format!("{words} {event} ({read})"))
        })?;
        let from = Some(Anchor { event: event.to_owned(), date: read, offset });
        let window = calendar.reading(window).ok_or(ReadError::Reported)?;
        let reading = Reading::of(written, calendar);
        let deadline = Deadline { window, reading, written, unmoved: None, from, choice: None };
        // What must be there by an event, or before it, is of no use on a later day.
        let is_moved = offset.is_some_and(Offset::is_after);
        let deadline = if is_moved { deadline.off_weekend(calendar)? } else { deadline };
        Ok(DueDay::On(deadline))
    }
}

impl DueDay {
    /// The deadline, where there is a day.
    pub fn deadline(&self) -> Option<&Deadline> {
        match self {
            Self::On(deadline) => Some(deadline),
            Self::Open(_) | Self::WhenAvailable => None,
        }
    }

    /// The deadline itself, where there is a day.
    pub fn into_deadline(self) -> Option<Deadline> {
        match self {
            Self::On(deadline) => Some(deadline),
            Self::Open(_) | Self::WhenAvailable => None,
        }
    }

    /// The days that it may mean, where there are any.
    pub fn window(&self) -> Option<Window> {
        self.deadline().map(|deadline| deadline.window)
    }
}

impl Reading {
    fn of(written: Window, calendar: &Calendar) -> Self {
        match calendar.bare_period {
            _ if written.is_day() => Self::Day,
            Field::Given(BarePeriod::End) => Self::End,
            Field::Given(BarePeriod::Cautious) | Field::Absent | Field::Broken => Self::Both,
        }
    }
}

impl Deadline {
    /// A deadline that is a date.
    fn dated(date: WrittenDate, calendar: &Calendar) -> Result<Self, ReadError> {
        let deadline = match date.lead {
            DateLead::In if !date.window.is_day() => Self {
                window: Window::day(date.window.latest),
                reading: Reading::In,
                written: date.window,
                unmoved: None,
                from: None,
                choice: None,
            },
            DateLead::In | DateLead::By | DateLead::Before => Self::on(date.window, calendar)?,
        };
        if date.lead == DateLead::Before { Ok(deadline) } else { deadline.off_weekend(calendar) }
    }

    /// The deadline as `weekend` has it.
    fn off_weekend(self, calendar: &Calendar) -> Result<Self, ReadError> {
        let window = calendar.off_weekend(self.window).ok_or(ReadError::Reported)?;
        Ok(Self { window, unmoved: (window != self.window).then_some(self.window), ..self })
    }

    /// The first day of something, which counts from nothing, and which no weekend moves.
    pub fn on(written: Window, calendar: &Calendar) -> Result<Self, ReadError> {
        let window = calendar.reading(written).ok_or(ReadError::Reported)?;
        let reading = Reading::of(written, calendar);
        Ok(Self { window, reading, written, unmoved: None, from: None, choice: None })
    }

    /// A deadline of one day, which can be read in one way only.
    pub fn day(day: Date) -> Self {
        let day = Window::day(day);
        Self { window: day, reading: Reading::Day, written: day, unmoved: None, from: None, choice: None }
    }

    /// The days it would mean without `weekend`.
    pub fn counted(&self) -> Window {
        self.unmoved.unwrap_or(self.window)
    }

    /// The days that `weekend` moved, each with the day that it became.
    pub fn moves(&self) -> impl Iterator<Item = (Date, Date)> {
        let (from, to) = (self.counted(), self.window);
        let ends = [(from.earliest, to.earliest), (from.latest, to.latest)];
        let is_first = move |at: usize| at == 0 || ends[0] != ends[1];
        ends.into_iter()
            .enumerate()
            .filter_map(move |(at, (from, to))| (from != to && is_first(at)).then_some((from, to)))
    }

    /// How it was counted, a sentence a step.
    pub fn steps(&self) -> Vec<String> {
        let mut steps: Vec<String> =
            self.choice.iter().flat_map(|choice| choice.steps(self.counted())).collect();
        if let Some(Anchor { event, date, offset }) = &self.from {
            steps.push(match offset {
                None => format!("{event} is {date}"),
                Some(offset) => format!("{offset} {event} ({date}) is {}", self.counted()),
            });
        }
        steps
    }

    /// The events that it counts from, each with the days that it comes to from there.
    pub fn anchors(&self) -> impl Iterator<Item = (&Anchor, Window)> {
        let parts = self.choice.iter().flat_map(DayChoice::parts).chain([self]);
        parts.filter_map(|part| Some((part.from.as_ref()?, part.window)))
    }
}

impl Offset {
    /// Whether only business days count.
    pub fn counts_business_days(self) -> bool {
        matches!(self.0, Distance::By { unit: OffsetUnit::BusinessDay, .. })
    }

    /// Whether it lies after the event.
    pub fn is_after(self) -> bool {
        matches!(self.0, Distance::By { amount: 1.., .. })
    }

    /// Both ends moved; nothing outside the years of a date. The day itself does not count, and months are
    /// added once and clamp to the end of the month (German Civil Code, sections 187(1) and 188).
    fn shift(self, window: Window, calendar: &Calendar) -> Option<Window> {
        let window = match self.0 {
            Distance::Before => Window::day(window.earliest.yesterday().ok()?),
            Distance::By { amount, unit } => {
                let day = |day: Date| unit.add(amount, day, calendar);
                Window::new(day(window.earliest)?, day(window.latest)?)
            }
        };
        window.in_years()
    }
}

impl OffsetUnit {
    fn add(self, amount: i32, day: Date, calendar: &Calendar) -> Option<Date> {
        match self {
            Self::BusinessDay => calendar.add_business_days(day, amount.into()),
            _ => self.add_days(amount, day),
        }
    }

    /// As [`Self::add`], for all but business days.
    fn add_days(self, amount: i32, day: Date) -> Option<Date> {
        // The checked constructors: an amount may be beyond what a span holds.
        let span = jiff::Span::new();
        let span = match self {
            Self::BusinessDay => return None,
            Self::Day => span.try_days(amount),
            Self::Week => span.try_weeks(amount),
            Self::Month => span.try_months(amount),
            Self::Year => span.try_years(amount),
        };
        day.checked_add(span.ok()?).ok()
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Distance::By { amount, unit } = self.0 else {
            return f.write_str("before");
        };
        let unit = match unit {
            OffsetUnit::Day => "day",
            OffsetUnit::BusinessDay => "business day",
            OffsetUnit::Week => "week",
            OffsetUnit::Month => "month",
            OffsetUnit::Year => "year",
        };
        let direction = if amount < 0 { "before" } else { "after" };
        let amount = amount.unsigned_abs();
        let plural = if amount == 1 { "" } else { "s" };
        write!(f, "{amount} {unit}{plural} {direction}")
    }
}

/// Words that may stand before an event, besides those before a date.
const EVENT_LEADS: &[&[&str]] = &[&["upon"], &["at"], &["as", "of"]];

/// Words for what lies before an event.
const BEFORE: &[&[&str]] = &[&["before"], &["prior", "to"]];

const UNITS: &[(&[&str], OffsetUnit)] = &[
    (&["business", "days"], OffsetUnit::BusinessDay),
    (&["business", "day"], OffsetUnit::BusinessDay),
    (&["working", "days"], OffsetUnit::BusinessDay),
    (&["working", "day"], OffsetUnit::BusinessDay),
    (&["calendar", "days"], OffsetUnit::Day),
    (&["calendar", "day"], OffsetUnit::Day),
    (&["calendar", "weeks"], OffsetUnit::Week),
    (&["calendar", "week"], OffsetUnit::Week),
    (&["calendar", "months"], OffsetUnit::Month),
    (&["calendar", "month"], OffsetUnit::Month),
    (&["days"], OffsetUnit::Day),
    (&["day"], OffsetUnit::Day),
    (&["weeks"], OffsetUnit::Week),
    (&["week"], OffsetUnit::Week),
    (&["months"], OffsetUnit::Month),
    (&["month"], OffsetUnit::Month),
    (&["years"], OffsetUnit::Year),
    (&["year"], OffsetUnit::Year),
];

/// What follows some words that stand before a name. They are a part of it where nothing follows (`end` is an
/// event), and where a hyphen does (`on-site-test` is one, too).
fn strip_lead<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let rest = strip_words(text, words)?;
    let before = text.get(..text.len() - rest.len())?;
    (!rest.is_empty() && before.ends_with(char::is_whitespace)).then_some(rest)
}

/// How many of a unit a text begins with, and what follows.
type LeadingDistance<'a> = (Option<i32>, OffsetUnit, &'a str);

/// A number and a unit, with what follows; no number where it is too big to lead to a date.
fn distance<'a>(whole: &str, text: &'a str) -> Result<Option<LeadingDistance<'a>>, Misread> {
    let which = strip_words(text, &["the"]).unwrap_or(text);
    if let Some((amount, rest)) = ordinal(whole, which)? {
        // The third month after something is none that is over by then: only days are counted so.
        let rest = rest.trim_start_matches(|next: char| next == '-' || next.is_whitespace());
        let day = UNITS.iter().filter(|(words, _)| words.last() == Some(&"day"));
        let mut found = day.filter_map(|&(words, unit)| Some((amount, unit, strip_words(rest, words)?)));
        if let Some(found) = found.next() {
            return Ok(Some(found));
        }
    }
    let article = || ["an", "a", "the"].iter().find_map(|word| Some((Some(1), strip_words(text, &[word])?)));
    let Some((amount, rest)) = amount(whole, text)?.or_else(article) else { return Ok(None) };
    let rest = rest.trim_start_matches(|next: char| next == '-' || next.is_whitespace());
    Ok(UNITS.iter().find_map(|&(words, unit)| Some((amount, unit, strip_words(rest, words)?))))
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::model::calendar::Weekend;
    use crate::model::window::days_between;

    fn events(signing: Window) -> Events {
        let mut events = Events::new();
        events.push("signing", EventDate::Known(signing));
        events.push("start", EventDate::Missing);
        events.push("end", EventDate::Unreadable);
        events.push("go-live", EventDate::Known(Window::new(date(2027, 7, 1), date(2027, 9, 30))));
        events.push("on-site-test", EventDate::Known(Window::day(date(2027, 8, 2))));
        events
    }

    fn resolve(text: &str, signing: Window, calendar: &Calendar) -> Result<Deadline, ReadError> {
        let day = DayExpr::parse(text, calendar)?.resolve(text, &events(signing), calendar)?;
        Ok(day.into_deadline().expect("a day"))
    }

    fn from(signing: Date, text: &str) -> String {
        let holidays = Field::Given([date(2026, 12, 25), date(2027, 1, 1)].into());
        let calendar = Calendar { holidays, ..Calendar::default() };
        match resolve(text, Window::day(signing), &calendar) {
            Ok(deadline) => deadline.window.to_string(),
            Err(ReadError::Misread(misread)) => format!("error: {}", misread.title),
            Err(ReadError::Reported) => "reported".to_owned(),
        }
    }

    #[test]
    fn the_worked_dates_hold() {
        assert_eq!(from(date(2026, 11, 30), "3 months after signing"), "2027-02-28");
        assert_eq!(from(date(2026, 3, 31), "90 days after signing"), "2026-06-29");
        assert_eq!(from(date(2026, 12, 18), "10 business days after signing"), "2027-01-05");
    }

    #[test]
    fn every_form_is_read() {
        let signing = date(2026, 12, 15);
        for (forms, expected) in [
            ("signing|by Signing|the signing date|on contract signing|signature|until signing", "2026-12-15"),
            (
                "a week after signing|one week from the signing|within 7 days of signing|within 7 days after signing|\
              7 calendar days following signing|7-days after signing",
                "2026-12-22",
            ),
            ("before signing|the day before signing|1 day before signing", "2026-12-14"),
            (
                "the 30th day after signing|on the thirtieth (30th) day following signing|by thirtieth day after signing|\
                 no later than 5:00 p.m. CET on the thirtieth (30) day after signing|17:00 on the 30th day after signing",
                "2027-01-14",
            ),
            (
                "the twenty-first (21st) calendar day after signing|by the 21st day after signing",
                "2027-01-05",
            ),
            ("the tenth (10th) business day after signing|10th business day from signing", "2026-12-30"),
            ("as of signing|as of the signing date", "2026-12-15"),
            ("2 years after signing|by two years after signing", "2028-12-15"),
            ("before go-live|before the Go Live", "2027-06-30"),
            ("1 day before go-live|the day before go-live", "2027-06-30 to 2027-09-29"),
            (
                "go-live|Go Live|by go_live|go-live date|go\u{2011}live|by\u{a0}go–live",
                "2027-07-01 to 2027-09-30",
            ),
            ("1 day after go live", "2027-07-02 to 2027-10-01"),
            ("on-site-test|by on-site-test|the on-site test|on on-site test|“on‑site test”", "2027-08-02"),
            ("end|by end|the end|30 days after end|end of the term", "reported"),
            ("end of Q2 2027", "2027-06-30"),
        ] {
            for form in forms.split('|') {
                assert_eq!(from(signing, form), expected, "{form}");
            }
        }
    }

    #[test]
    fn errors_stand_at_the_event() {
        let wrong = |text: &str| match resolve(text, Window::day(date(2026, 12, 15)), &Calendar::default()) {
            Err(ReadError::Misread(misread)) => misread,
            other => panic!("{text}: {other:?}"),
        };
        let misread = wrong("30 days after go-liev ");
        assert_eq!(misread.title, "`go-liev` is no event of this contract");
        assert_eq!(misread.label, "expected `signing`, `go-live` or `on-site-test`");
        assert_eq!((misread.helps[0].text.as_str(), misread.part), ("did you mean `go-live`?", Some(14..21)));
        let misread = wrong("by start");
        assert_eq!((misread.title.as_str(), misread.part), ("`start` has no date", Some(3..8)));
        for (text, title) in [
            ("acceptance date", "`acceptance date` is neither a date nor an event of this contract"),
            ("soon", "`soon` is vague: nobody can tell the day it means"),
            ("90 days", "`90 days` has no event to count from"),
            ("within a month", "`within a month` has no event to count from"),
            ("5 days after", "`5 days after` has no event to count from"),
            ("after signing", "`after signing` has no last day"),
            ("within 5 days before signing", "`within 5 days before signing` has no single last day"),
            ("", "an empty text is neither a date nor an event"),
        ] {
            assert_eq!(wrong(text).title, title);
        }
        for text in
            ["999999999999 days", "200000 years", "200000 business days", "100000 days", "3000 months"]
        {
            assert!(
                wrong(&format!("{text} after signing")).title.contains("lies outside the years"),
                "{text}"
            );
        }
    }

    #[test]
    fn a_unit_that_is_none_is_named() {
        let wrong = |text: &str| match DueExpr::parse(text, &Calendar::default()) {
            Err(ReadError::Misread(misread)) => {
                let helps: Vec<String> = misread.helps.into_iter().map(|help| help.text).collect();
                (misread.title, text[misread.part.unwrap()].to_owned(), helps)
            }
            other => panic!("{text}: {other:?}"),
        };
        let dyas = ("deadlines do not count in `dyas`".to_owned(), "dyas".to_owned());
        for text in ["30 dyas after start", " by 30 dyas  before the start", "within 30-dyas of start"] {
            let (title, part, helps) = wrong(text);
            assert_eq!(((title, part), helps), (dyas.clone(), vec!["did you mean `days`?".to_owned()]));
        }
        assert_eq!(wrong("2 quarters after start").2, ["write `6 months`"]);
        assert_eq!(wrong("5 full moons after start").1, "full moons");
    }

    #[test]
    fn a_broken_setting_leaves_what_it_decides_unread() {
        let signing = Window::day(date(2026, 12, 18));
        let calendar =
            Calendar { bare_period: Field::Broken, holidays: Field::Broken, ..Calendar::default() };
        let is_read = |text: &str| match resolve(text, signing, &calendar) {
            Ok(_) => true,
            Err(ReadError::Reported) => false,
            Err(ReadError::Misread(misread)) => panic!("{text}: {misread:?}"),
        };
        for text in ["2027-03-31", "end of Q1 2027", "signing", "5 days after signing"] {
            assert!(is_read(text), "{text}");
        }
        for text in ["Q1 2027", "go-live", "30 days after go-live", "5 business days after signing"] {
            assert!(!is_read(text), "{text}");
        }
    }

    #[test]
    fn steps_explain_how_it_was_counted() {
        let signing = Window::day(date(2026, 3, 31));
        let mut calendar = Calendar::default();
        let deadline = resolve("90 days after signing", signing, &calendar).unwrap();
        assert_eq!(deadline.steps(), ["90 days after signing (2026-03-31) is 2026-06-29"]);
        let deadline = resolve("Q3 2027", signing, &calendar).unwrap();
        assert_eq!((deadline.reading, deadline.steps().len()), (Reading::Both, 0));
        calendar.bare_period = Field::Given(BarePeriod::End);
        let deadline = resolve("go-live", signing, &calendar).unwrap();
        assert_eq!((deadline.reading, deadline.window), (Reading::End, Window::day(date(2027, 9, 30))));
        assert_eq!(deadline.steps(), ["go-live is 2027-09-30"]);
        let before = resolve("before go-live", signing, &calendar).unwrap();
        assert_eq!(before.steps(), ["before go-live (2027-07-01 to 2027-09-30) is 2027-06-30"]);
    }

    /// The day to which a weekend moves another, found by the day of the week that days have had since 1 January 2000, a
    /// Saturday, and by looking at every holiday.
    fn next_business_day(day: Date, holidays: &[Date]) -> Date {
        let mut number = date(2000, 1, 1).until(day).unwrap().get_days();
        let on = |number: i32| date(2000, 1, 1).checked_add(number.days()).unwrap();
        while number.rem_euclid(7) < 2 || holidays.contains(&on(number)) {
            number += 1;
        }
        on(number)
    }

    proptest! {
        #[test]
        fn a_weekend_moves_a_deadline_to_the_next_business_day(
            start in -3_000i64..12_000, length in 0i64..12, amount in 1u32..60,
            unit in prop::sample::select(vec!["days", "business days", "weeks", "months"]),
            free in prop::collection::btree_set(0i64..90, 0..25),
        ) {
            let day = |offset: i64| date(2000, 1, 1).checked_add(offset.days()).unwrap();
            let signing = Window::new(day(start), day(start + length));
            let text = format!("{amount} {unit} after signing");
            let mut calendar = Calendar::default();
            let counted = resolve(&text, signing, &calendar).unwrap().window;
            let near = days_between(day(0), counted.earliest) - 10;
            let holidays: Vec<Date> = free.iter().map(|offset| day(near + offset)).collect();
            calendar.holidays = Field::Given(holidays.iter().copied().collect());
            let counted = resolve(&text, signing, &calendar).unwrap().window;
            calendar.weekend = Field::Given(Weekend::NextBusinessDay);
            let moved = resolve(&text, signing, &calendar).unwrap();
            let expected = [counted.earliest, counted.latest].map(|day| next_business_day(day, &holidays));
            prop_assert_eq!(moved.window, Window::new(expected[0], expected[1]));
            prop_assert_eq!(moved.counted(), counted);
            // What must be there before an event would come too late.
            let before = format!("{amount} {unit} before signing");
            let kept = resolve(&before, signing, &calendar).unwrap();
            prop_assert_eq!(kept.window, kept.counted());
        }

        #[test]
        fn resolving_is_monotone(
            start in 0i64..36_000, length in 0i64..100, later in 0i64..100, amount in 0u32..100, before: bool,
            unit in prop::sample::select(vec!["days", "business days", "weeks", "months", "years"]),
        ) {
            let day = |offset: i64| date(2000, 1, 1).checked_add(offset.days()).unwrap();
            let text = format!("{amount} {unit} {} signing", if before { "before" } else { "after" });
            let mut calendar = Calendar::default();
            let signing = Window::new(day(start), day(start + length));
            let cautious = resolve(&text, signing, &calendar).unwrap();
            let moved = Window::new(day(start + later), day(start + length + later));
            let next = resolve(&text, moved, &calendar).unwrap();
            prop_assert!(cautious.window.earliest <= next.window.earliest);
            prop_assert!(cautious.window.latest <= next.window.latest);
            calendar.bare_period = Field::Given(BarePeriod::End);
            let end = resolve(&text, signing, &calendar).unwrap();
            prop_assert_eq!(end.window, Window::day(cautious.window.latest));
            prop_assert_eq!(end.written, cautious.window);
        }

        #[test]
        fn nothing_panics(
            text in prop_oneof![
                any::<String>(),
                "(within |by |before )?[0-9a-z]{0,12} (business )?(day|month|year)s? (after|before|of)? ?(the )?[a-zé -]{0,8}",
            ],
        ) {
            if let Err(ReadError::Misread(Misread { part: Some(part), .. })) =
                resolve(&text, Window::day(date(2026, 1, 31)), &Calendar::default())
            {
                prop_assert!(text.get(part).is_some());
            }
        }
    }
}
