//! The lints that are on, sorted by what they look at: worked out once, since it is asked for every promise.

use crate::delivery::Row;

use super::settings::Settings;
use super::{Check, Level, Lint, Word};

/// The lints of a run that are not allowed.
#[derive(Debug, Default)]
pub struct Active {
    lints: Vec<&'static Lint>,
    promise: Vec<&'static Lint>,
    words: Vec<(Row, Level, Word)>,
}

impl Active {
    /// Of some lints those that the settings leave on.
    pub fn new(lints: &[&'static Lint], settings: &Settings) -> Self {
        let mut active = Self::default();
        for &lint in lints {
            let level = settings.level(lint);
            if level == Level::Allow {
                continue;
            }
            match lint.check {
                Check::Delivery(row, word) => active.words.push((row, level, word)),
                Check::Promise(_) => active.promise.push(lint),
                _ => active.lints.push(lint),
            }
        }
        active
    }

    /// The level of the lint that words a row, and its words.
    pub fn words(&self, row: Row) -> Option<(Level, Word)> {
        self.words.iter().find(|(of, ..)| *of == row).map(|&(_, level, word)| (level, word))
    }

    /// The lints that look at each promise, besides its delivery.
    pub fn of_promises(&self) -> &[&'static Lint] {
        &self.promise
    }

    /// The lints that look at anything larger than a promise.
    pub fn others(&self) -> &[&'static Lint] {
        &self.lints
    }
}
