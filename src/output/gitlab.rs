//! A code quality report of GitLab, which merge requests show: one list of issues. GitLab has no place for what is
//! waived, so that is left out unless people ask for it.

use std::io::{self, Write};

use serde::Serialize;

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::diagnostic::{Diagnostic, Problem};
use crate::lint::Level;
use crate::lint::finding::{Finding, fingerprint};
use crate::source::Sources;
use crate::text::clean;

use super::fingerprints::{Fingerprints, add};
use super::repository::Repository;
use super::{Assemble, Draw, Drawn, Shown};

/// What a problem goes by, where a finding has its lint.
const PROBLEM: &str = "problem";

/// The format.
pub(super) struct Gitlab(pub(super) Shown, pub(super) Repository);

impl Draw for Gitlab {
    fn draw(&self, outcome: &Outcome<'_>) -> Drawn {
        let Self(shown, repository) = self;
        let mut drawn = Drawn::default();
        for finding in outcome.findings.iter().filter(|finding| shown.shows(finding)) {
            let issue = found(finding, outcome.sources, repository);
            add(&mut drawn.findings, &finding.fingerprint(), &issue);
        }
        for problem in outcome.problems {
            let issue = unread(problem, outcome.sources, repository);
            let parts = [PROBLEM, &issue.location.path, &problem.diagnostic.title];
            add(&mut drawn.problems, &fingerprint(&parts), &issue);
        }
        drawn
    }
}

/// The list, written as it comes.
#[derive(Default)]
pub(super) struct Report {
    issues: usize,
    fingerprints: Fingerprints,
}

impl Assemble for Report {
    fn add(&mut self, drawn: Drawn, out: &mut dyn Write) -> io::Result<()> {
        for part in [&drawn.problems, &drawn.findings] {
            for (object, fingerprint) in self.fingerprints.of(part) {
                out.write_all(if self.issues == 0 { b"[\n  " } else { b",\n  " })?;
                self.issues += 1;
                out.write_all(object)?;
                write!(out, ",\"fingerprint\":\"{fingerprint}\"}}")?;
            }
        }
        Ok(())
    }

    fn finish(&mut self, _: &Tally, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(if self.issues == 0 { b"[]\n" } else { b"\n]\n" })
    }
}

/// An issue, but for its fingerprint.
#[derive(Serialize)]
struct Issue<'a> {
    check_name: &'a str,
    description: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

fn found<'a>(finding: &'a Finding, sources: Sources<'_>, repository: &Repository) -> Issue<'a> {
    let severity = match finding.level {
        _ if finding.waived.is_some() => "info",
        Level::Allow | Level::Warn => "minor",
        Level::Deny => "major",
        Level::Forbid => "critical",
    };
    issue(
        finding.lint.name,
        severity,
        &finding.diagnostic,
        location(&finding.diagnostic, sources, repository),
    )
}

fn unread(problem: &Problem, sources: Sources<'_>, repository: &Repository) -> Issue<'static> {
    let mut place = location(&problem.diagnostic, sources, repository);
    if let (None, Some(file)) = (problem.diagnostic.primary(), &problem.file) {
        place.path = clean(repository.locate(file).path()).into_owned();
    }
    issue(PROBLEM, "blocker", &problem.diagnostic, place)
}

fn issue<'a>(
    check_name: &'a str,
    severity: &'static str,
    said: &Diagnostic,
    location: Location,
) -> Issue<'a> {
    // GitLab shows the description, and not the name of the check.
    Issue { check_name, description: format!("{check_name}: {}", said.title), severity, location }
}

/// GitLab knows no issue without a place: one about the whole is at the root.
fn location(said: &Diagnostic, sources: Sources<'_>, repository: &Repository) -> Location {
    match said.primary().and_then(|label| repository.region(label, sources)) {
        Some(region) => Location {
            path: clean(region.file.path()).into_owned(),
            lines: Lines { begin: region.start.line, end: region.end.line },
        },
        None => Location { path: ".".to_owned(), lines: Lines { begin: 1, end: 1 } },
    }
}
