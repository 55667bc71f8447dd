//! A finding or a problem with its sources, as the protocol of `miette` has it, so that any handler can draw it.
//!
//! `miette` knows one source for each diagnostic, and no notes: a label in another file travels as a related
//! diagnostic with that file as its source, a note as one without labels, both with the severity of advice.
//! Helps are one text there, a line each.

use std::fmt;
use std::ops::Range;

use miette::{
    Diagnostic, LabeledSpan, MietteError, MietteSpanContents, Severity, SourceCode, SourceSpan, SpanContents,
};

use crate::diagnostic::{self, Label, Problem};
use crate::lint::finding::Finding;
use crate::lint::settings::Origin;
use crate::source::Source;
use crate::source::Sources;
use crate::text::clean;

use super::link;

/// Something to draw.
#[derive(Debug)]
pub(super) struct View<'a> {
    code: Option<&'static str>,
    severity: Severity,
    title: &'a str,
    helps: Vec<String>,
    excerpt: Option<Excerpt<'a>>,
    related: Vec<Box<dyn Diagnostic + Send + Sync + 'a>>,
}

impl<'a> View<'a> {
    /// A finding, with where its level was set.
    pub(super) fn of_finding(finding: &'a Finding, sources: Sources<'a>) -> Self {
        let severity = if finding.level.is_denied() { Severity::Error } else { Severity::Warning };
        let mut view = Self::new(&finding.diagnostic, sources, Some(finding.lint.name), severity);
        let notes = [waiver_note(finding), level_note(finding, sources)];
        for note in notes.into_iter().flatten() {
            view.related.push(Box::new(Note(note)));
        }
        view.helps.push(format!("for more, run `dealcheck explain {}`", finding.lint.name));
        view
    }

    /// A problem.
    pub(super) fn of_problem(problem: &'a Problem, sources: Sources<'a>) -> Self {
        Self::new(&problem.diagnostic, sources, None, Severity::Error)
    }

    fn new(
        diagnostic: &'a diagnostic::Diagnostic,
        sources: Sources<'a>,
        code: Option<&'static str>,
        severity: Severity,
    ) -> Self {
        // Labels of one file are drawn together, files in the order in which they are first named.
        let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
        for (at, label) in diagnostic.labels.iter().enumerate() {
            let Some(source) = sources.get(label.span.file) else { continue };
            let labelled = labelled(label, source, at == 0);
            match excerpts.iter_mut().find(|excerpt| excerpt.source.id() == source.id()) {
                Some(excerpt) => excerpt.labels.push(labelled),
                None => excerpts.push(Excerpt { source, labels: vec![labelled] }),
            }
        }
        let mut excerpts = excerpts.into_iter();
        let excerpt = excerpts.next();
        let mut related: Vec<Box<dyn Diagnostic + Send + Sync + 'a>> =
            excerpts.map(|excerpt| Box::new(Elsewhere(excerpt)) as Box<_>).collect();
        for note in &diagnostic.notes {
            related.push(Box::new(Note(note.clone())));
        }
        Self {
            code,
            severity,
            title: &diagnostic.title,
            helps: diagnostic.helps.iter().map(|help| help.text.clone()).collect(),
            excerpt,
            related,
        }
    }
}

/// Says who accepted a finding, until when and why.
pub(super) fn waiver_note(finding: &Finding) -> Option<String> {
    let waiver = finding.waived.as_deref()?;
    let by = clean(&waiver.approved_by.value);
    Some(format!("waived by {by} until {}: {}", waiver.expires.value.latest, clean(&waiver.reason.value)))
}

/// Says where a level was set, if anybody set it.
pub(super) fn level_note(finding: &Finding, sources: Sources<'_>) -> Option<String> {
    let level = finding.level;
    match &finding.origin {
        Origin::Default => None,
        Origin::Config(span) => {
            let (name, position) = sources.place(*span)?;
            Some(format!("`{level}` is set in {name}:{}", position.line))
        }
        Origin::Flag(flag) => Some(format!("`{level}` is set on the command line, by `{}`", clean(flag))),
        Origin::DenyWarnings => Some("a warning that `--deny-warnings` makes an error".to_owned()),
    }
}

/// A label, cut at the end of its first line: what is wrong with a block of text is said at its beginning.
fn labelled(label: &Label, source: &Source, primary: bool) -> LabeledSpan {
    let range = label.span.range();
    let text = source.text().get(range.clone()).unwrap_or_default();
    let length = text.find(['\n', '\r']).unwrap_or(text.len());
    let span = SourceSpan::from((range.start, length));
    let words = Some(label.text.clone()).filter(|text| !text.is_empty());
    if primary {
        LabeledSpan::new_primary_with_span(words, span)
    } else {
        LabeledSpan::new_with_span(words, span)
    }
}

/// Labels in one file.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    source: &'a Source,
    labels: Vec<LabeledSpan>,
}

impl SourceCode for Excerpt<'_> {
    /// The lines around a span, whole unless they are very long, found through the source's index: `miette`'s own sources count lines from the
    /// start of the file at every call.
    fn read_span<'s>(
        &'s self,
        span: &SourceSpan,
        _lines_before: usize,
        _lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'s> + 's>, MietteError> {
        let span = span.offset()..span.offset() + span.len();
        let (lines, number) = self.source.lines_around(span.clone());
        let shown = window(self.source.text(), lines.clone(), span);
        let text = self.source.text().get(shown.clone()).ok_or(MietteError::OutOfBounds)?;
        let before = self.source.text().get(lines.start..shown.start).unwrap_or_default();
        Ok(Box::new(MietteSpanContents::new_named(
            clean(self.source.name()).into_owned(),
            text.as_bytes(),
            SourceSpan::from((shown.start, shown.len())),
            number - 1,
            before.chars().count(),
            text.lines().count(),
        )))
    }
}

/// What stands beyond so many bytes on either side of a span is not shown: a file may be one line of a megabyte,
/// and a renderer goes through all that it is given.
const FAR: usize = 1_000;

/// So many bytes are shown then, more than fit into a line of a terminal: the renderer says that there are more.
const NEAR: usize = 300;

/// The part of some lines that is shown, on the boundaries of characters.
fn window(text: &str, lines: Range<usize>, span: Range<usize>) -> Range<usize> {
    let mut shown = lines.clone();
    if span.start.saturating_sub(lines.start) > FAR {
        shown.start = span.start - NEAR;
    }
    if lines.end.saturating_sub(span.end) > FAR {
        shown.end = span.end + NEAR;
    }
    while !text.is_char_boundary(shown.start) {
        shown.start -= 1;
    }
    while !text.is_char_boundary(shown.end) {
        shown.end += 1;
    }
    shown
}

/// Labels in a further file.
#[derive(Debug)]
struct Elsewhere<'a>(Excerpt<'a>);

/// A reason.
#[derive(Debug)]
struct Note(String);

impl fmt::Display for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title)
    }
}

impl std::error::Error for View<'_> {}

impl Diagnostic for View<'_> {
    fn code<'s>(&'s self) -> Option<Box<dyn fmt::Display + 's>> {
        self.code.map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    /// Where the code leads: to the file that the finding is about, since explanations have no address.
    fn url<'s>(&'s self) -> Option<Box<dyn fmt::Display + 's>> {
        let url = link::file(self.excerpt.as_ref()?.source.name())?;
        Some(Box::new(url))
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn help<'s>(&'s self) -> Option<Box<dyn fmt::Display + 's>> {
        (!self.helps.is_empty()).then(|| Box::new(self.helps.join("\n")) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.excerpt.as_ref().map(|excerpt| Box::new(excerpt.labels.iter().cloned()) as Box<_>)
    }

    fn related<'s>(&'s self) -> Option<Box<dyn Iterator<Item = &'s dyn Diagnostic> + 's>> {
        Some(Box::new(self.related.iter().map(|related| related.as_ref() as &dyn Diagnostic)))
    }
}

impl fmt::Display for Elsewhere<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "see {}", clean(self.0.source.name()))
    }
}

impl std::error::Error for Elsewhere<'_> {}

impl Diagnostic for Elsewhere<'_> {
    fn severity(&self) -> Option<Severity> {
        Some(Severity::Advice)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.0)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        Some(Box::new(self.0.labels.iter().cloned()))
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Note {}

impl Diagnostic for Note {
    fn severity(&self) -> Option<Severity> {
        Some(Severity::Advice)
    }
}
