//! What a text about a day comes to, and what decided.

use crate::input::decode::Field;
use crate::model::calendar::{BarePeriod, Calendar};
use crate::model::date::{DateLead, WrittenDate};
use crate::model::misread::ReadError;
use crate::model::window::{Date, Window};

use super::choice::DayChoice;
use super::events::OpenDay;
use super::offset::Offset;

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
    /// The days of which it is the later or the earlier.
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
    pub(super) fn of(written: Window, calendar: &Calendar) -> Self {
        match calendar.bare_period {
            _ if written.is_day() => Self::Day,
            Field::Given(BarePeriod::End) => Self::End,
            Field::Given(BarePeriod::Cautious) | Field::Absent | Field::Broken => Self::Both,
        }
    }
}

impl Deadline {
    /// A deadline that is a date.
    pub(super) fn dated(date: WrittenDate, calendar: &Calendar) -> Result<Self, ReadError> {
        let deadline = match date.lead {
            // "In Q3" has until the last day of Q3, whatever `bare-period` says of a bare `Q3`.
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
        // `before 3 May 2027`, a Monday, is a Sunday: moved, it would be that Monday.
        if date.lead == DateLead::Before { Ok(deadline) } else { deadline.off_weekend(calendar) }
    }

    /// The deadline as `weekend` has it.
    pub(super) fn off_weekend(self, calendar: &Calendar) -> Result<Self, ReadError> {
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
