//! The events that a deadline may count from.

use crate::model::date::same_words;
use crate::model::window::Window;

/// What a contract knows of the day of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventDate {
    /// The days it may fall on, before `bare-period` is applied.
    Known(Window),
    /// The contract gives none.
    Missing,
    /// The contract gives one that could not be read, which was reported there.
    Unreadable,
    /// Another milestone, from which a milestone cannot count.
    Milestone,
}

/// The events of a contract, in the order in which messages list them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Events {
    pub(super) known: Vec<(String, EventDate)>,
    pub(super) incomplete: bool,
}

impl Events {
    /// No events.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an event; of two of the same name, the first counts.
    pub fn push(&mut self, name: impl Into<String>, date: EventDate) {
        self.known.push((name.into(), date));
    }

    /// Tells that events may have been lost to an error: a name that is not found is not unknown.
    pub fn lose(&mut self) {
        self.incomplete = true;
    }

    /// The event of a name, or of a common way to say it: case does not count, nor do the blanks, hyphens and
    /// underscores between words. `effective date` is never guessed: it need not be the day of signature.
    pub fn find(&self, name: &str) -> Option<(&str, EventDate)> {
        let same = |wanted: &str| self.known.iter().find(|(name, _)| same_words(name, wanted));
        let alias =
            || ALIASES.iter().find(|(alias, _)| same_words(alias, name)).and_then(|(_, event)| same(event));
        let undated = || {
            let (head, tail) = name.split_at_checked(name.len().checked_sub(5)?)?;
            (same_words(tail, "date") && tail.starts_with([' ', '-', '_'])).then(|| same(head)).flatten()
        };
        same(name).or_else(alias).or_else(undated).map(|(name, date)| (name.as_str(), *date))
    }

    /// The names of the events that have a date.
    pub(super) fn dated(&self) -> impl Iterator<Item = &str> {
        self.known
            .iter()
            .filter(|(_, date)| matches!(date, EventDate::Known(_)))
            .map(|(name, _)| name.as_str())
    }
}

/// Other words for the three events that every contract has.
const ALIASES: &[(&str, &str)] = &[
    ("signature", "signing"),
    ("signature date", "signing"),
    ("date of signing", "signing"),
    ("date of signature", "signing"),
    ("contract signing", "signing"),
    ("contract signature", "signing"),
    ("contract start", "start"),
    ("start of term", "start"),
    ("start of the term", "start"),
    ("contract end", "end"),
    ("end of term", "end"),
    ("end of the term", "end"),
];
