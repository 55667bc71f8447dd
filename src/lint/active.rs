//! The lints that are on, sorted by what they look at: worked out once, since it is asked for every promise.

use crate::delivery::Row;

use super::settings::Settings;
use super::{
    Check, Level, Lint, OfClaims, OfContract, OfDocuments, OfFeature, OfPortfolio, OfPromise, OfProse,
    OfRoadmap, OfTerm, OfUnlisted, OfWaiver, Word,
};

/// The checks of the lints that are not allowed.
#[derive(Debug, Default)]
pub struct ActiveLints {
    words: Vec<Wording>,
    /// Of whole promises, besides their delivery.
    pub promise: Vec<OfPromise>,
    /// Of the features of promises, besides their delivery.
    pub feature: Vec<OfFeature>,
    /// Of contracts with all their promises.
    pub contract: Vec<OfContract>,
    /// Of what is said of promises.
    pub prose: Vec<OfProse>,
    /// Of the documents of contracts.
    pub documents: Vec<OfDocuments>,
    /// Of commercial terms.
    pub term: Vec<OfTerm>,
    /// Of all contracts of a group together.
    pub portfolio: Vec<OfPortfolio>,
    /// Of the roadmap.
    pub roadmap: Vec<OfRoadmap>,
    /// Of collateral.
    pub claims: Vec<OfClaims>,
    /// Of files that look like contracts and that nobody checks.
    pub unlisted: Vec<OfUnlisted>,
    /// Of waivers that are about none.
    pub unused_waiver: Vec<OfWaiver>,
    /// Whether any of them asks for older versions of the roadmap.
    pub rests_on_history: bool,
    /// Whether one that looks at single contracts does.
    pub contracts_rest_on_history: bool,
}

impl ActiveLints {
    /// Of some lints those that the settings leave on.
    pub fn new(lints: &[&'static Lint], settings: &Settings) -> Self {
        let mut active = Self::default();
        for &lint in lints {
            let level = settings.level(lint);
            if lint.rests_on_history && level > Level::Allow {
                active.rests_on_history = true;
                active.contracts_rest_on_history |= !matches!(lint.check, Check::Portfolio(_));
            }
            active.promise.extend(lint.of_services.filter(|_| level > Level::Allow));
            match lint.check {
                // What is allowed is told of in the output for programs.
                Check::Delivery(row, word) => active.words.push(Wording { row, lint, level, word }),
                _ if level == Level::Allow => {}
                Check::Promise(check) => active.promise.push(check),
                Check::Feature(check) => active.feature.push(check),
                Check::Contract(check) => active.contract.push(check),
                Check::Documents(check) => active.documents.push(check),
                Check::Prose(of_promise, of_documents) => {
                    active.prose.push(of_promise);
                    active.documents.push(of_documents);
                }
                Check::Term(check) => active.term.push(check),
                Check::Portfolio(check) => active.portfolio.push(check),
                Check::Roadmap(check) => active.roadmap.push(check),
                Check::Claims(check) => active.claims.push(check),
                Check::Unlisted(check) => active.unlisted.push(check),
                // Asked of every waiver, on or off: one with a fault covers nothing.
                Check::Waiver(_) | Check::CoveringWaiver(_) => {}
                Check::UnusedWaiver(check) => active.unused_waiver.push(check),
            }
        }
        active
    }

    /// Whether any looks at what documents say.
    pub fn reads_documents(&self) -> bool {
        !self.documents.is_empty()
    }

    /// Who puts a row into words; none where no lint does.
    pub fn wording(&self, row: Row) -> Option<&Wording> {
        self.words.iter().find(|wording| wording.row == row)
    }
}

/// A row of the table of deliveries with the lint that puts it into words.
#[derive(Clone, Copy, Debug)]
pub struct Wording {
    /// The row.
    pub row: Row,
    /// The lint.
    pub lint: &'static Lint,
    /// The lint's level.
    pub level: Level,
    /// The words.
    pub word: Word,
}
