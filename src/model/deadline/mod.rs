//! The deadline of a requirement: a date, or a distance from an event of the contract.

mod choice;
mod day;
mod duration;
mod events;
mod offset;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use super::calendar::Calendar;
use super::date::{
    DateUnread, FORMS, LEADS, WrittenDate, as_typed, is_typed, parse_date, quoted, read_date, strip_time,
    strip_words,
};
use super::misread::{Misread, ReadError};
use super::window::Window;

pub(crate) use choice::DayExpr;
pub(crate) use day::{Anchor, Deadline, DueDay, Reading};
pub(crate) use duration::Duration;
pub(crate) use events::{EventDate, EventSource, Events, OpenCount, OpenDay};
pub(crate) use offset::Offset;
use offset::{OffsetUnit, distance};
use words::{no_event, outside, undated, unknown, unknown_unit};

/// A deadline as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DueExpr(Expr);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Expr {
    Date(WrittenDate),
    Event { offset: Option<Offset>, name: Box<str>, part: Range<usize> },
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
                return Self::event(text, event, Some(Offset::Before), calendar);
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
            return Self::event(text, event, Some(Offset::By { amount, unit }), calendar);
        }
        match BEFORE.iter().find_map(|words| strip_words(rest, words)) {
            Some(event) if !within => {
                Self::event(text, event, Some(Offset::By { amount: -amount, unit }), calendar)
            }
            Some(_) => {
                Err(Misread::new(format!("`{}` has no single last day", quoted(text)), "within, and before")
                    .help("write it without `within`, such as `30 days before go-live`"))
            }
            None => Err(no_event(text)),
        }
    }

    fn event(text: &str, name: &str, offset: Option<Offset>, calendar: &Calendar) -> Result<Self, Misread> {
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
        Ok(Self(Expr::Event { offset, name: name.into(), part }))
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
        // An event that is a window has a first day and a last one, but begins on one day alone.
        let is_before = offset.is_some_and(Offset::is_before);
        let read = if is_before { Some(date) } else { calendar.reading(date) };
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

/// Words that may stand before an event, besides those before a date.
const EVENT_LEADS: &[&[&str]] = &[&["upon"], &["at"], &["as", "of"]];

/// Words for what lies before an event.
const BEFORE: &[&[&str]] = &[&["before"], &["prior", "to"]];

/// What follows some words that stand before a name. They are a part of it where nothing follows (`end` is an
/// event), and where a hyphen does (`on-site-test` is one, too).
fn strip_lead<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let rest = strip_words(text, words)?;
    let before = text.get(..text.len() - rest.len())?;
    (!rest.is_empty() && before.ends_with(char::is_whitespace)).then_some(rest)
}
