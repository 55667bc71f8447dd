//! As rustc draws its messages, with a summary at the end.

use std::fmt;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use miette::{Diagnostic, LabeledSpan, ReportHandler, Severity, SourceCode};

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::diagnostic::Problem;
use crate::lint::Lint;
use crate::source::Sources;
use crate::text::clean_drawing;

use super::view::View;
use super::{Assemble, Draw, Drawn, Shown};

/// Lines between two labels of a file beyond which they are drawn as two excerpts.
const FAR_APART: usize = 50;

/// The same in bytes, for files with all they hold in one line.
const FAR_APART_IN_BYTES: usize = 10_000;

/// The format.
pub(super) struct Full(pub(super) Shown);

impl Draw for Full {
    fn draw(&self, outcome: &Outcome<'_>) -> Drawn {
        let Self(shown) = self;
        let mut findings = String::new();
        let rustc = Rustc::new(shown.colour.out).linked(shown.links);
        let mut lints = Vec::new();
        for finding in outcome.findings.iter().filter(|finding| shown.shows(finding)) {
            rustc.add(&mut findings, &View::of_finding(finding, outcome.sources));
            lints.extend(shown.explain.map(|_| finding.lint));
        }
        let problems = draw_problems(outcome.problems, outcome.sources, shown.colour.err);
        let (findings, problems) = (findings.into_bytes(), problems.into_bytes());
        Drawn { findings, problems, lints, ..Drawn::default() }
    }

    fn has_problems_apart(&self) -> bool {
        true
    }
}

/// Findings as they come; then, where it was asked for, what explains them; last the summary, whose first sentence
/// is what a seller reads.
pub(super) struct Text {
    shown: Shown,
    /// Lints that were found, in the order in which they first were.
    found: Vec<&'static Lint>,
}

impl Text {
    pub(super) fn new(shown: Shown) -> Self {
        Self { shown, found: Vec::new() }
    }
}

impl Assemble for Text {
    fn add(&mut self, drawn: Drawn, out: &mut dyn Write) -> io::Result<()> {
        for lint in drawn.lints {
            if self.found.iter().all(|known| known.name != lint.name) {
                self.found.push(lint);
            }
        }
        out.write_all(&drawn.problems)?;
        out.write_all(&drawn.findings)
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        for (explain, lint) in
            self.shown.explain.iter().flat_map(|it| self.found.iter().map(move |lint| (it, lint)))
        {
            writeln!(out, "{}", explain(lint, lint.name, self.shown.colour.out))?;
        }
        if self.shown.quiet { Ok(()) } else { write!(out, "{tally}") }
    }
}

/// As the format draws what could not be read, with nothing else.
pub(super) struct Unread(pub(super) Shown);

impl Draw for Unread {
    fn draw(&self, outcome: &Outcome<'_>) -> Drawn {
        let problems = draw_problems(outcome.problems, outcome.sources, self.0.colour.err);
        Drawn { problems: problems.into_bytes(), ..Drawn::default() }
    }
}

/// Draws problems as rustc would.
pub fn draw_problems(problems: &[Problem], sources: Sources<'_>, colour: bool) -> String {
    let rustc = Rustc::new(colour);
    let mut out = String::new();
    for problem in problems {
        rustc.add(&mut out, &View::of_problem(problem, sources));
    }
    out
}

/// Draws a finding or a problem as rustc would, without colour.
pub(super) fn plain(view: &View<'_>) -> String {
    Rustc::new(false).draw(view)
}

/// A handler of `miette` diagnostics that draws with rustc's own renderer.
struct Rustc {
    renderer: Renderer,
    /// Whether the name of a lint leads to the file that the finding is about.
    links: bool,
}

impl Rustc {
    fn new(colour: bool) -> Self {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        Self { renderer, links: false }
    }

    fn linked(self, links: bool) -> Self {
        Self { renderer: self.renderer.hyperlink(links), links }
    }

    fn add(&self, out: &mut String, view: &View<'_>) {
        out.push_str(&self.draw(view));
        out.push_str("\n\n");
    }

    fn draw(&self, diagnostic: &dyn Diagnostic) -> String {
        let level = match diagnostic.severity() {
            Some(Severity::Warning) => Level::WARNING,
            Some(Severity::Advice) => Level::NOTE,
            Some(Severity::Error) | None => Level::ERROR,
        };
        let mut title = level.primary_title(diagnostic.to_string());
        if let Some(code) = diagnostic.code() {
            title = title.id(code.to_string());
            if self.links
                && let Some(url) = diagnostic.url()
            {
                title = title.id_url(url.to_string());
            }
        }
        let mut drawing = Drawing::default();
        let mut notes = Vec::new();
        for part in std::iter::once(diagnostic).chain(diagnostic.related().into_iter().flatten()) {
            match (part.source_code(), part.labels()) {
                (Some(source), Some(labels)) => drawing.excerpts(source, labels.collect()),
                _ if std::ptr::addr_eq(part, diagnostic) => {}
                _ => notes.push(part.to_string()),
            }
        }
        drawing.elements.extend(notes.into_iter().map(|note| Level::NOTE.message(note).into()));
        if let Some(helps) = diagnostic.help() {
            let helps = helps.to_string();
            let helps = helps.lines().map(|help| Level::HELP.message(help.to_owned()).into());
            drawing.elements.extend(helps);
        }
        // The renderer makes most of what is dangerous in the lines of files visible, and not all of it.
        clean_drawing(&drawing.render(Group::with_title(title), &self.renderer)).into_owned()
    }
}

impl ReportHandler for Rustc {
    fn debug(&self, diagnostic: &dyn Diagnostic, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.draw(diagnostic))
    }
}

/// What is being drawn below a title.
#[derive(Default)]
pub(super) struct Drawing<'g> {
    pub(super) elements: Vec<Element<'g>>,
    /// For each place that is named, its column where the renderer does not know it: it counts from the first
    /// character that it is given, which is not the first of a line that is too long to show.
    columns: Vec<Option<usize>>,
}

impl<'g> Drawing<'g> {
    /// Adds the lines that the labels of one file touch; labels far apart become excerpts of their own.
    pub(super) fn excerpts(&mut self, source: &dyn SourceCode, mut labels: Vec<LabeledSpan>) {
        // The excerpt with the primary label comes first, since its place heads the message.
        let line_of =
            |label: &LabeledSpan| source.read_span(label.inner(), 0, 0).map_or(0, |lines| lines.line());
        labels.sort_by_key(|label| label.offset());
        let is_near = |last: &LabeledSpan, label: &LabeledSpan| {
            label.offset() - last.offset() <= FAR_APART_IN_BYTES
                && line_of(label) - line_of(last) <= FAR_APART
        };
        let mut clusters: Vec<Vec<LabeledSpan>> = Vec::new();
        for label in labels {
            match clusters.last_mut() {
                Some(cluster) if cluster.last().is_some_and(|last| is_near(last, &label)) => {
                    cluster.push(label);
                }
                _ => clusters.push(vec![label]),
            }
        }
        clusters.sort_by_key(|cluster| !cluster.iter().any(LabeledSpan::primary));
        for cluster in clusters {
            self.excerpt(source, &cluster);
        }
    }

    fn excerpt(&mut self, source: &dyn SourceCode, labels: &[LabeledSpan]) {
        let start = labels.iter().map(LabeledSpan::offset).min().unwrap_or_default();
        let end = labels.iter().map(|label| label.offset() + label.len()).max().unwrap_or_default();
        let Ok(lines) = source.read_span(&(start, end - start).into(), 0, 0) else {
            return;
        };
        let base = lines.span().offset();
        let name = lines.name().map(str::to_owned);
        let text = String::from_utf8_lossy(lines.data()).into_owned();
        if text.trim().is_empty() && labels.iter().all(LabeledSpan::is_empty) {
            if let Some(name) = name {
                self.add(Origin::path(name), None);
            }
            return;
        }
        let annotations = labels.iter().map(|label| {
            let kind = if label.primary() { AnnotationKind::Primary } else { AnnotationKind::Context };
            let from = label.offset() - base;
            kind.span(from..from + label.len()).label(label.label().map(str::to_owned))
        });
        let head = labels.iter().find(|label| label.primary()).or(labels.first());
        let before = head.and_then(|label| text.get(..label.offset() - base)).unwrap_or_default();
        let is_cut = lines.column() > 0 && !before.contains('\n');
        let column = is_cut.then(|| lines.column() + before.chars().count() + 1);
        let snippet = Snippet::source(text).line_start(lines.line() + 1).path(name).annotations(annotations);
        self.add(snippet, column);
    }

    fn add(&mut self, element: impl Into<Element<'g>>, column: Option<usize>) {
        self.elements.push(element.into());
        self.columns.push(column);
    }

    /// Draws it in a group.
    pub(super) fn render(self, group: Group<'g>, renderer: &Renderer) -> String {
        let drawn = renderer.render(&[group.elements(self.elements)]);
        if self.columns.iter().all(Option::is_none) {
            return drawn;
        }
        let mut columns = self.columns.into_iter();
        let lines = drawn.split_inclusive('\n').map(|line| match is_place(line) {
            true => with_column(line, columns.next().flatten()),
            false => line.to_owned(),
        });
        lines.collect()
    }
}

/// Whether a line of a drawing names a place: an arrow comes first then, but for blanks and colours.
fn is_place(line: &str) -> bool {
    let mut rest = line.trim_start();
    while let Some((_, after)) = rest.strip_prefix("\u{1b}[").and_then(|colour| colour.split_once('m')) {
        rest = after.trim_start();
    }
    rest.starts_with("--> ") || rest.starts_with("::: ")
}

/// A line that names a place, with another column.
fn with_column(line: &str, column: Option<usize>) -> String {
    match (line.rsplit_once(':'), column) {
        (Some((place, drawn)), Some(column)) => {
            format!("{place}:{column}{}", drawn.trim_start_matches(|c: char| c.is_ascii_digit()))
        }
        _ => line.to_owned(),
    }
}
