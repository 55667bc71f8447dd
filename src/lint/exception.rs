//! A waiver held against a finding, and who may decide about one.

use std::collections::BTreeSet;

use crate::model::matter::{Growth, Matter};
use crate::model::waiver::{Subject, Waiver, same_address};

use super::Lint;
use super::context::LintContext;
use super::finding::Finding;
use super::portfolio::Party;

/// A waiver held against a finding that it is about.
pub struct Exception<'a, 'r> {
    /// The waiver.
    pub waiver: &'a Waiver,
    /// The finding.
    pub finding: &'a Finding,
    /// The contract.
    pub party: &'a Party,
    /// What the contract is checked with.
    pub context: &'a LintContext<'r>,
}

impl<'a> Exception<'a, '_> {
    /// What the waiver is about, as it stands today; nothing for the contract as a whole, and where it could not be read.
    pub fn matter(&self) -> Option<&'a Matter> {
        self.party.matters.get(&self.waiver.subject)
    }

    /// In which ways that is worse than what was decided on. Of a requirement only the features count that the waiver is
    /// for.
    pub fn growth(&self) -> Vec<Growth<'a>> {
        let (Some(of), Some(now)) = (&self.waiver.of, self.matter()) else {
            return Vec::new();
        };
        let roadmap = self.context.roadmap;
        let standard = match &self.waiver.subject {
            Subject::Term(name) => roadmap.term(name).map_or(&[][..], |term| &term.standard),
            Subject::Contract | Subject::Requirement(_) => &[],
        };
        let mut growth = of.value.growth(now, roadmap, standard);
        growth.retain(|growth| match growth {
            Growth::Feature(text) => self.waiver.is_for(&text.value, roadmap),
            _ => true,
        });
        growth
    }

    /// A finding about the waiver, at no place yet: it is about what the waiver is for.
    pub fn finding(&self, lint: &'static Lint, title: impl AsRef<str>) -> Finding {
        let Finding { contract, subject, .. } = self.finding;
        Finding { subject: subject.clone(), ..Finding::of_contracts(contract.as_deref(), lint, title) }
    }

    /// The roles one of which must have approved: the lint's `waived-by`, and the approver of the term that
    /// the finding is about. None means that anybody may.
    pub fn roles(&self) -> BTreeSet<&str> {
        required_roles(self.finding.lint, &self.finding.subject, self.context)
    }
}

/// The roles that may waive a lint's findings about something.
pub fn required_roles<'r>(lint: &Lint, subject: &Subject, context: &LintContext<'r>) -> BTreeSet<&'r str> {
    let approver = match subject {
        Subject::Term(name) => context.roadmap.term(name).and_then(|term| term.approver.as_ref()),
        Subject::Contract | Subject::Requirement(_) => None,
    };
    let roles = context.settings.of(lint).waived_by.iter().chain(approver);
    roles.map(|role| role.value.as_str()).collect()
}

/// Whether an approver is in one of the roles. No roles means that anybody may approve.
pub fn is_authorised(approver: &str, roles: &BTreeSet<&str>, context: &LintContext<'_>) -> bool {
    let holds = |role: &&str| {
        context
            .roles
            .get(*role)
            .is_some_and(|people| people.iter().any(|person| same_address(person, approver)))
    };
    roles.is_empty() || roles.iter().any(holds)
}
