//! The lints that are on, sorted by what they look at: worked out once, since it is asked for every promise.

use crate::delivery::Row;

use super::settings::Settings;
use super::{Check, Level, Lint, OfContract, OfPortfolio, OfPromise, OfRoadmap, OfTerm, OfWaiver, Word};

/// The checks of the lints that are not allowed.
#[derive(Debug, Default)]
pub struct Active {
    words: Vec<(Row, Level, Word)>,
    /// Of promises, besides their delivery.
    pub promise: Vec<OfPromise>,
    /// Of contracts with all their promises.
    pub contract: Vec<OfContract>,
    /// Of commercial terms.
    pub term: Vec<OfTerm>,
    /// Of all contracts of a group together.
    pub portfolio: Vec<OfPortfolio>,
    /// Of the roadmap.
    pub roadmap: Vec<OfRoadmap>,
    /// Of waivers that are about none.
    pub unused_waiver: Vec<OfWaiver>,
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
                Check::Promise(check) => active.promise.push(check),
                Check::Contract(check) => active.contract.push(check),
                Check::Term(check) => active.term.push(check),
                Check::Portfolio(check) => active.portfolio.push(check),
                Check::Roadmap(check) => active.roadmap.push(check),
                // Asked of every waiver, on or off: one with a fault covers nothing.
                Check::Waiver(_) => {}
                Check::UnusedWaiver(check) => active.unused_waiver.push(check),
            }
        }
        active
    }

    /// The level of the lint that words a row, and its words.
    pub fn words(&self, row: Row) -> Option<(Level, Word)> {
        self.words.iter().find(|(of, ..)| *of == row).map(|&(_, level, word)| (level, word))
    }
}
