//! One line for each finding, as compilers and editors read them: `path:line:column: error[lint]: title`.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

use crate::check::outcome::Outcome;
use crate::diagnostic::{Diagnostic, Problem};
use crate::source::Sources;

use super::{Draw, Drawn, Shown, link};

/// The format.
pub(super) struct Concise(pub(super) Shown);

impl Draw for Concise {
    fn draw(&self, outcome: &Outcome<'_>) -> Drawn {
        let Self(shown) = self;
        let mut findings = String::new();
        for finding in outcome.findings.iter().filter(|finding| shown.shows(finding)) {
            let kind = if finding.level.is_denied() { Kind::Error } else { Kind::Warning };
            let place = place(&finding.diagnostic, None, outcome.sources);
            let file = finding.diagnostic.primary().and_then(|label| outcome.sources.get(label.span.file));
            let url = file.filter(|_| shown.links).and_then(|file| link::file(file.name()));
            let lint = link::linked(finding.lint.name, url.as_deref());
            line(&mut findings, &place, kind, Some(&lint), &finding.diagnostic, shown.colour.out);
        }
        let mut problems = String::new();
        for problem in outcome.problems {
            let place = problem_place(problem, outcome.sources);
            line(&mut problems, &place, Kind::Error, None, &problem.diagnostic, shown.colour.err);
        }
        Drawn { findings: findings.into_bytes(), problems: problems.into_bytes(), ..Drawn::default() }
    }

    fn has_problems_apart(&self) -> bool {
        true
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Error,
    Warning,
}

fn line(out: &mut String, place: &str, kind: Kind, lint: Option<&str>, said: &Diagnostic, colour: bool) {
    let (word, shade) = match kind {
        Kind::Error => ("error", AnsiColor::BrightRed),
        Kind::Warning => ("warning", AnsiColor::Yellow),
    };
    let style = if colour { Style::new().bold().fg_color(Some(shade.into())) } else { Style::new() };
    let lint = lint.map(|lint| format!("[{lint}]")).unwrap_or_default();
    // Writing to a string cannot fail.
    let _ = writeln!(out, "{place}{style}{word}{lint}{style:#}: {}", said.title);
}

fn problem_place(problem: &Problem, sources: Sources<'_>) -> String {
    place(&problem.diagnostic, problem.file.as_deref(), sources)
}

fn place(said: &Diagnostic, file: Option<&str>, sources: Sources<'_>) -> String {
    match said.primary().and_then(|label| sources.place(label.span)) {
        Some((name, at)) => format!("{}{name}:{}:{}: ", here(&name), at.line, at.column),
        None => file.map(|file| format!("{}{file}: ", here(file))).unwrap_or_default(),
    }
}

/// What keeps a line that begins with a file's name from being a command to a build log, as `::error::` is.
fn here(name: &str) -> &'static str {
    if name.starts_with("::") { "./" } else { "" }
}
