//! One line for each finding, as compilers and editors read them: `path:line:column: error[lint]: title`.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::check::outcome::Outcome;
use crate::diagnostic::Diagnostic;
use crate::lint::finding::FindingStatus;
use crate::source::Sources;

use super::{RenderOptions, link};

pub(super) fn part(outcome: &Outcome<'_>, options: &RenderOptions) -> Box<str> {
    let mut out = options.problems(outcome, problems);
    for finding in options.shown(outcome) {
        let place = place(&finding.diagnostic, None, outcome.sources);
        let file = finding.diagnostic.primary().and_then(|label| outcome.sources.get(label.span.file));
        let url = file.filter(|_| options.links).and_then(|file| link::file(file.name()));
        let lint = link::linked(finding.lint.name, url.as_deref());
        line(&mut out, &place, finding.status(), Some(&lint), &finding.diagnostic, options.colour.out);
    }
    out.into()
}

/// A line for each thing that could not be read.
pub(super) fn problems(outcome: &Outcome<'_>, options: &RenderOptions) -> String {
    let mut out = String::new();
    for problem in outcome.problems {
        let place = place(&problem.diagnostic, problem.file.as_deref(), outcome.sources);
        line(&mut out, &place, FindingStatus::Denied, None, &problem.diagnostic, options.colour.err);
    }
    out
}

fn line(
    out: &mut String,
    place: &str,
    status: FindingStatus,
    lint: Option<&str>,
    diagnostic: &Diagnostic,
    colour: bool,
) {
    let (word, shade) = match status {
        FindingStatus::Denied => ("error", AnsiColor::BrightRed),
        FindingStatus::Warned => ("warning", AnsiColor::Yellow),
        FindingStatus::Waived => ("waived", AnsiColor::Cyan),
    };
    let style = if colour { Style::new().bold().fg_color(Some(shade.into())) } else { Style::new() };
    let lint = lint.map(|lint| format!("[{lint}]")).unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{place}{style}{word}{lint}{style:#}: {}", diagnostic.title);
}

fn place(diagnostic: &Diagnostic, file: Option<&str>, sources: Sources<'_>) -> String {
    match diagnostic.primary().and_then(|label| sources.place(label.span)) {
        Some((name, at)) => format!("{}{name}:{}:{}: ", here(&name), at.line, at.column),
        None => file.map(|file| format!("{}{file}: ", here(file))).unwrap_or_default(),
    }
}

/// What keeps a line that begins with a file's name from being a command to a build log, as `::error::` is.
fn here(name: &str) -> &'static str {
    if name.starts_with("::") { "./" } else { "" }
}
