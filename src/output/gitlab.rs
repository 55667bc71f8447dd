//! A code quality report of GitLab, which merge requests show: one list of issues, in the part of Code Climate's format
//! that GitLab reads. It has no place for what is waived, so that is left out unless people ask for it.

use std::io::{self, Write};

use serde::Serialize;

use crate::check::outcome::Outcome;
use crate::diagnostic::{Diagnostic, Problem};
use crate::lint::Level;
use crate::lint::finding::{Finding, fingerprint};
use crate::source::Sources;
use crate::text::clean;

use super::RenderOptions;
use super::fingerprints::Fingerprints;
use super::layout;
use super::repository::RepositoryRoot;

/// What a problem goes by, where a finding has its lint.
const PROBLEM: &str = "problem";

/// The list of issues is broken into lines.
const LISTS: usize = 1;

pub(super) fn part(outcome: &Outcome<'_>, options: &RenderOptions) -> Box<[Issue]> {
    let (sources, repository) = (outcome.sources, &options.repository);
    let problems = outcome.problems.iter().map(|problem| unread(problem, sources, repository));
    let findings = options.shown(outcome).map(|finding| found(finding, sources, repository));
    problems.chain(findings).collect()
}

/// Writes the list.
pub(super) fn whole(parts: impl Iterator<Item = Box<[Issue]>>, out: &mut dyn Write) -> io::Result<()> {
    let mut fingerprints = Fingerprints::default();
    let mut issues: Vec<Issue> = parts.flatten().collect();
    for issue in &mut issues {
        issue.fingerprint = fingerprints.unique(std::mem::take(&mut issue.fingerprint));
    }
    layout::write(&issues, LISTS, out)
}

/// An issue.
#[derive(Debug, Serialize)]
pub(crate) struct Issue {
    check_name: &'static str,
    description: String,
    severity: &'static str,
    location: Location,
    fingerprint: String,
}

#[derive(Debug, Serialize)]
struct Location {
    path: String,
    lines: IssueLines,
}

#[derive(Debug, Serialize)]
struct IssueLines {
    begin: usize,
    end: usize,
}

fn found(finding: &Finding, sources: Sources<'_>, repository: &RepositoryRoot) -> Issue {
    let severity = match finding.level {
        _ if finding.waived.is_some() => "info",
        Level::Allow | Level::Warn => "minor",
        Level::Deny => "major",
        Level::Forbid => "critical",
    };
    let diagnostic = &finding.diagnostic;
    let fingerprint = finding.fingerprint();
    issue(finding.lint.name, severity, diagnostic, location(diagnostic, sources, repository), fingerprint)
}

fn unread(problem: &Problem, sources: Sources<'_>, repository: &RepositoryRoot) -> Issue {
    let mut place = location(&problem.diagnostic, sources, repository);
    if let (None, Some(file)) = (problem.diagnostic.primary(), &problem.file) {
        place.path = clean(repository.locate(file).path()).into_owned();
    }
    let fingerprint = fingerprint(&[PROBLEM, &place.path, &problem.diagnostic.title]);
    issue(PROBLEM, "blocker", &problem.diagnostic, place, fingerprint)
}

fn issue(
    check_name: &'static str,
    severity: &'static str,
    diagnostic: &Diagnostic,
    location: Location,
    fingerprint: String,
) -> Issue {
    // GitLab shows the description, and not the name of the check.
    let description = format!("{check_name}: {}", diagnostic.title);
    Issue { check_name, description, severity, location, fingerprint }
}

/// GitLab knows no issue without a place: one about the whole is at the root.
fn location(diagnostic: &Diagnostic, sources: Sources<'_>, repository: &RepositoryRoot) -> Location {
    match diagnostic.primary().and_then(|label| repository.region(label.span, sources)) {
        Some(region) => Location {
            path: clean(region.file.path()).into_owned(),
            lines: IssueLines { begin: region.start.line, end: region.end.line },
        },
        None => Location { path: ".".to_owned(), lines: IssueLines { begin: 1, end: 1 } },
    }
}
