//! What a lint is given to look at. A case makes the findings about it, so that none can leave out what its fingerprint
//! rests on: the contract, the subject, the feature.

use std::collections::HashSet;

use crate::delivery::{Judgement, Promise, Row};
use crate::model::contract::{Contract, Need};
use crate::model::term::AgreedTerm;
use crate::model::waiver::Subject;

use super::Lint;
use super::context::LintContext;

use super::extent::FindingExtent;
use super::finding::{Finding, feature_in_quotes};
use super::said::{ContractDates, SaidPromise};

/// A promise as a whole.
pub struct PromiseCase<'a, 'r> {
    /// The promise.
    pub promise: &'a Promise<'r>,
    /// What the contract's documents say of it, in their order.
    pub(crate) said: &'a [SaidPromise<'a>],
    /// How days in its words are read.
    pub(crate) dates: &'a ContractDates<'r>,
    /// What the promise is judged with.
    pub context: &'a LintContext<'r>,
}

impl PromiseCase<'_, '_> {
    /// A finding about the promise, at no place yet.
    pub fn finding(&self, lint: &'static Lint, title: impl AsRef<str>) -> Finding {
        of_promise(self.promise, lint, title)
    }
}

/// A promised feature, in one or more cells.
#[derive(Clone, Copy)]
pub struct Case<'a, 'r> {
    /// The promise.
    pub promise: &'a Promise<'r>,
    /// The judgement that is told: of a row the worst of those that it holds for, else the first that is of interest.
    pub judgement: &'a Judgement<'r>,
    /// The row of the table that is told; none where a lint looks at more than the delivery.
    pub row: Option<Row>,
    /// The judgements of all cells of the feature, or of those that the row holds for.
    pub cells: &'a [&'a Judgement<'r>],
    /// What the promise is judged with.
    pub context: &'a LintContext<'r>,
}

impl<'a, 'r> Case<'a, 'r> {
    /// The case with another of its cells told.
    pub fn of(&self, judgement: &'a Judgement<'r>) -> Self {
        Self { judgement, ..*self }
    }

    /// A finding about the feature, at no place yet. Of a row it tells the cells, and what a waiver can accept.
    pub fn finding(&self, lint: &'static Lint, title: impl AsRef<str>) -> Finding {
        let cells = self.row.map_or(&[][..], |_| self.cells);
        let missed = cells.iter().filter(|_| self.row == Some(Row::LevelGap)).flat_map(|judgement| {
            let name =
                |(need, _): &(&Need, _)| format!("{} {}", judgement.cell.with_names(), need.name.value);
            judgement.shortfalls.iter().map(name)
        });
        let finding = Finding {
            cells: cells.iter().map(|judgement| judgement.cell.clone()).collect(),
            extent: self.row.and_then(|row| FindingExtent::of_row(row, cells)),
            ..self.with_refs(of_promise(self.promise, lint, title).feature(self.judgement.id()))
        };
        finding.naming(missed)
    }

    /// Says where more can be looked up about the feature, and about its offers that the finding is about.
    fn with_refs(&self, finding: Finding) -> Finding {
        let Some(feature) = self.judgement.feature else { return finding };
        let name = feature_in_quotes(feature);
        let mut finding = finding.refs(&name, feature.annotations.as_deref());
        let judgements = if self.row.is_some() { self.cells } else { &[self.judgement] };
        let mut told = HashSet::new();
        for offer in judgements.iter().filter_map(|judgement| judgement.offer) {
            // One offer may stand behind several cells, and is named once.
            if offer.annotations.is_some() && told.insert(std::ptr::from_ref(offer)) {
                let what_for = offer.scope.values_in_words();
                finding = finding.refs(&format!("{name} for {what_for}"), offer.annotations.as_deref());
            }
        }
        finding
    }
}

fn of_promise(promise: &Promise<'_>, lint: &'static Lint, title: impl AsRef<str>) -> Finding {
    let requirement = promise.requirement;
    let subject = Subject::Requirement(requirement.name.to_string());
    let finding = Finding { subject, ..Finding::of_contract(promise.contract, lint, title) };
    finding.refs(&requirement.name, requirement.annotations.as_deref())
}

/// A commercial term of a contract.
pub struct TermCase<'a, 'r> {
    /// The term.
    pub term: &'a AgreedTerm,
    /// The contract.
    pub contract: &'a Contract,
    /// What it is held against.
    pub context: &'a LintContext<'r>,
}

impl TermCase<'_, '_> {
    /// What findings are about.
    pub fn subject(&self) -> Subject {
        Subject::Term(self.term.name.value.to_string())
    }

    /// A finding about the term, at no place yet.
    pub fn finding(&self, lint: &'static Lint, title: impl AsRef<str>) -> Finding {
        let standard = self.context.roadmap.term(&self.term.name.value);
        let reach = standard.map(|standard| standard.reach(self.term.value.as_ref(), &self.contract.fees));
        let finding = Finding::of_contract(self.contract, lint, title);
        let name = self.term.name.value.trim();
        let finding = finding.refs(name, self.term.annotations.as_deref()).refs(
            &format!("the standard of {name}"),
            standard.and_then(|standard| standard.annotations.as_deref()),
        );
        Finding { subject: self.subject(), reach, ..finding }
    }
}
