//! As sentences, a thing a line, for screen readers and braille: `miette`'s narration of findings.

use std::fmt;

use miette::{Diagnostic, LabeledSpan, NarratableReportHandler, Severity, SourceCode};

use crate::check::outcome::Outcome;
use crate::text::clean;

use super::view::View;
use super::{Draw, Drawn, Shown};

/// The format.
pub(super) struct Narrated(pub(super) Shown);

impl Draw for Narrated {
    fn draw(&self, outcome: &Outcome<'_>) -> Drawn {
        let Self(shown) = self;
        let findings = outcome.findings.iter().filter(|finding| shown.shows(finding));
        let findings: String =
            findings.map(|finding| narrate(&View::of_finding(finding, outcome.sources))).collect();
        let problems = outcome.problems.iter();
        let problems: String =
            problems.map(|problem| narrate(&View::of_problem(problem, outcome.sources))).collect();
        Drawn { findings: findings.into_bytes(), problems: problems.into_bytes(), ..Drawn::default() }
    }

    fn has_problems_apart(&self) -> bool {
        true
    }
}

fn narrate(view: &View<'_>) -> String {
    let mut out = String::new();
    let handler = NarratableReportHandler::new().without_cause_chain().with_context_lines(0);
    // Writing to a string cannot fail, and every label lies in its file.
    let _ = handler.render_report(&mut out, &Narration(view));
    // The handler shows the lines of files as they are.
    let lines: Vec<_> = out.trim_end().lines().map(clean).collect();
    lines.join("\n") + "\n\n"
}

/// A finding or a problem whose lines all begin with what they are, as those of its related diagnostics do.
#[derive(Debug)]
struct Narration<'v, 'a>(&'v View<'a>);

impl fmt::Display for Narration<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.0.severity() {
            Some(Severity::Warning) => "Warning",
            Some(Severity::Advice) => "Advice",
            Some(Severity::Error) | None => "Error",
        };
        write!(f, "{kind}: {}", self.0)
    }
}

impl std::error::Error for Narration<'_, '_> {}

impl Diagnostic for Narration<'_, '_> {
    fn code<'s>(&'s self) -> Option<Box<dyn fmt::Display + 's>> {
        self.0.code()
    }

    fn severity(&self) -> Option<Severity> {
        self.0.severity()
    }

    fn help<'s>(&'s self) -> Option<Box<dyn fmt::Display + 's>> {
        let helps = self.0.help()?.to_string();
        Some(Box::new(helps.replace('\n', "\ndiagnostic help: ")))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.0.source_code()
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.0.labels()
    }

    fn related<'s>(&'s self) -> Option<Box<dyn Iterator<Item = &'s dyn Diagnostic> + 's>> {
        self.0.related()
    }
}
