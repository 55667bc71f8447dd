//! What a run gives of one file, or of what several share.

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::input::discover::{Candidate, FileSet};
use crate::lint::context::JudgedContract;
use crate::lint::finding::Finding;
use crate::source::Sources;
use crate::workspace::group::Group;

/// What a run gives at once. It lends what it speaks of.
pub struct Outcome<'a> {
    /// What it is about.
    pub about: OutcomeSubject<'a>,
    /// What the lints found, waived or not.
    pub findings: &'a [Finding],
    /// What could not be read.
    pub problems: &'a [Problem],
    /// The texts that are pointed into.
    pub sources: Sources<'a>,
}

/// What an outcome is about.
#[derive(Clone, Copy)]
pub enum OutcomeSubject<'a> {
    /// The run: what was looked for in vain.
    Run,
    /// The files that the contracts of a group share.
    Group(&'a FileSet, &'a Arc<Group>),
    /// A file or a folder that was found and is not checked.
    LeftOut {
        /// Its path as it is shown.
        name: &'a str,
        /// The reason.
        why: &'a str,
    },
    /// A file that was read as a contract; none where it holds nothing that can be judged.
    Contract(&'a Candidate, &'a Arc<Group>, Option<&'a JudgedContract<'a>>),
    /// Some of what the contracts of a group come to together.
    Shared(&'a FileSet, &'a Arc<Group>),
}

impl<'a> Outcome<'a> {
    /// The contract with its verdicts, where it is still to be kept.
    pub fn judged(&self) -> Option<&'a JudgedContract<'a>> {
        self.contract().filter(|judged| judged.contract.status.is_linted())
    }

    /// Findings that tell how likely something is kept.
    pub(crate) fn tells_chances(&self) -> impl Iterator<Item = &'a Finding> {
        self.findings.iter().filter(|finding| finding.lint.tells_chances)
    }

    /// The contract with its verdicts, also where the deal is over or lost and nothing is looked for.
    pub fn contract(&self) -> Option<&'a JudgedContract<'a>> {
        match self.about {
            OutcomeSubject::Contract(_, _, judged) => judged,
            OutcomeSubject::Run
            | OutcomeSubject::Group(..)
            | OutcomeSubject::LeftOut { .. }
            | OutcomeSubject::Shared(..) => None,
        }
    }
}
