//! Collateral, held against the roadmap: each file by itself, in parallel.

use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Problem;
use crate::input::discover::{FileSet, SharedPath};
use crate::lint::document_case::ClaimsCase;
use crate::lint::finding::Finding;
use crate::source::Source;
use crate::workspace::group::Group;

use super::levels::set_levels;

/// What came of collateral.
#[derive(Debug, Default)]
pub(super) struct CheckedClaims {
    pub(super) findings: Vec<Finding>,
    /// What could not be read.
    pub(super) problems: Vec<Problem>,
    /// The texts that something was found in.
    pub(super) sources: Vec<Arc<Source>>,
}

/// Checks the collateral of a group. Of a file in which nothing is found nothing stays.
pub(super) fn claims(files: &FileSet, group: &Group) -> CheckedClaims {
    let context = group.context();
    // A run without any starts no threads, which takes longer than to check a contract.
    if context.active.claims.is_empty() || files.claims.is_empty() {
        return CheckedClaims::default();
    }
    let check = |SharedPath { path, name, id, .. }: &SharedPath| {
        let read = group.read_document(path, name, *id)?;
        let findings: Vec<Finding> = context
            .active
            .claims
            .iter()
            .flat_map(|check| check(&ClaimsCase { document: &read, context: &context }))
            .collect();
        Ok((findings, read.source()))
    };
    let found: Vec<Result<_, Problem>> = files.claims.par_iter().map(check).collect();
    let mut checked = CheckedClaims::default();
    for found in found {
        match found {
            Ok((findings, source)) => {
                checked.findings.extend(findings);
                checked.sources.extend(source);
            }
            Err(problem) => checked.problems.push(problem),
        }
    }
    set_levels(&mut checked.findings, &context);
    checked.findings.iter_mut().for_each(Finding::note_refs);
    checked
}
