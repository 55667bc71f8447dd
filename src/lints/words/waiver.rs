//! What findings about waivers say alike.

use crate::diagnostic::Label;
use crate::lint::finding::Finding;
use crate::lint::waiver_case::WaiverCase;
use crate::model::waiver::{Subject, Waiver};

/// What a waiver is about: `R2 of ACME-2026-014`.
pub(in crate::lints) fn waiver_subject(waiver: &Waiver) -> String {
    let contract = &waiver.contract.value;
    match &waiver.subject {
        Subject::Contract => contract.to_string(),
        Subject::Requirement(name) => format!("{name} of {contract}"),
        Subject::Term(name) => format!("the term {name} of {contract}"),
    }
}

impl Finding {
    /// Points from a finding about a waiver to what it would waive.
    pub(in crate::lints) fn excepted(self, case: &WaiverCase<'_, '_>) -> Self {
        let Finding { lint, diagnostic, .. } = case.finding;
        let not_covered = |label: &Label| (label.span, format!("not covered: {}", lint.name));
        self.about(lint.name)
            .labels(diagnostic.primary().map(not_covered))
            .note("until this is put right, the waiver covers nothing")
    }
}
