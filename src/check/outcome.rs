//! What a run gives of one file, or of what several share.

use crate::diagnostic::Problem;
use crate::lint::context::JudgedContract;
use crate::lint::finding::Finding;
use crate::source::Sources;

/// What one file gave.
pub struct Outcome<'a> {
    /// The contract with its verdicts, where the file holds one that is judged.
    pub judged: Option<&'a JudgedContract<'a>>,
    /// The contract with its verdicts, where it is over and nothing is looked for.
    pub over: Option<&'a JudgedContract<'a>>,
    /// The product that the roadmap is about.
    pub product: Option<&'a str>,
    /// What its lints found.
    pub findings: &'a [Finding],
    /// What could not be read.
    pub problems: &'a [Problem],
    /// The texts that are pointed into.
    pub sources: Sources<'a>,
}
