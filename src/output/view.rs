//! A finding or a problem with its sources: what every format that is for people to read at length draws.

use std::borrow::Cow;
use std::ops::Range;

use crate::diagnostic::{self, Help, Problem};
use crate::lint::finding::Finding;
use crate::lint::settings::Origin;
use crate::source::{Source, Sources};
use crate::text::clean;

/// Something to draw.
#[derive(Debug)]
pub(super) struct View<'a> {
    /// The lint; none of a problem.
    pub(super) lint: Option<&'static str>,
    /// Whether it makes the run fail.
    pub(super) is_error: bool,
    /// What is wrong.
    pub(super) title: &'a str,
    /// Places, by file, in the order in which the files are first named; the first is the primary one.
    pub(super) excerpts: Vec<Excerpt<'a>>,
    /// Reasons.
    pub(super) notes: Vec<String>,
    /// Ways out.
    pub(super) helps: &'a [Help],
}

/// Places in one file.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    /// The file.
    pub(super) source: &'a Source,
    /// The places, in the order in which they are named.
    pub(super) places: Vec<Place<'a>>,
}

/// A place, with what is said of it.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    /// Its bytes, as far as the end of their first line: what is wrong with a block of text is said at its beginning.
    pub(super) range: Range<usize>,
    /// Whether it is what somebody must change.
    pub(super) is_primary: bool,
    /// What is said of it; may be empty.
    pub(super) words: &'a str,
}

impl<'a> View<'a> {
    /// A finding, with where its level was set.
    pub(super) fn of_finding(finding: &'a Finding, sources: Sources<'a>) -> Self {
        let mut view = Self::new(&finding.diagnostic, sources);
        view.lint = Some(finding.lint.name);
        view.is_error = finding.level.is_denied();
        view.notes.extend([waiver_note(finding), level_note(finding, sources)].into_iter().flatten());
        view
    }

    /// A problem.
    pub(super) fn of_problem(problem: &'a Problem, sources: Sources<'a>) -> Self {
        Self::new(&problem.diagnostic, sources)
    }

    fn new(diagnostic: &'a diagnostic::Diagnostic, sources: Sources<'a>) -> Self {
        let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
        for (at, label) in diagnostic.labels.iter().enumerate() {
            let Some(source) = sources.get(label.span.file) else { continue };
            let range = label.span.range();
            let text = source.text().get(range.clone()).unwrap_or_default();
            let length = text.find(['\n', '\r']).unwrap_or(text.len());
            let range = range.start..range.start + length;
            let place = Place { range, is_primary: at == 0, words: &label.text };
            match excerpts.iter_mut().find(|excerpt| excerpt.source.id() == source.id()) {
                Some(excerpt) => excerpt.places.push(place),
                None => excerpts.push(Excerpt { source, places: vec![place] }),
            }
        }
        Self {
            lint: None,
            is_error: true,
            title: &diagnostic.title,
            excerpts,
            notes: diagnostic.notes.clone(),
            helps: &diagnostic.helps,
        }
    }
}

/// Says who accepted a finding, until when and why.
pub(super) fn waiver_note(finding: &Finding) -> Option<String> {
    let waiver = finding.waived.as_deref()?;
    let by = waiver.approvers();
    let as_what = if waiver.is_baseline { "as a baseline " } else { "" };
    let words = format!("waived {as_what}by {by} until {}: {}", waiver.expires.value, waiver.reason.value);
    Some(clean(&words).into_owned())
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

/// The lines that some bytes of a file touch, whole unless they are very long.
pub(super) struct ShownLines<'a> {
    /// The text; all of its lines end in LF.
    pub(super) text: Cow<'a, str>,
    /// Where it starts in the file.
    pub(super) start: usize,
    /// The number of its first line, from 1.
    pub(super) number: usize,
    /// The characters of its first line that are not shown.
    pub(super) cut: usize,
}

impl<'a> ShownLines<'a> {
    /// The lines around some bytes, found through the source's index.
    pub(super) fn around(source: &'a Source, range: Range<usize>) -> Option<Self> {
        let (lines, number) = source.lines_around(range.clone());
        let shown = window(source.text(), lines.clone(), range);
        let cut = source.text().get(lines.start..shown.start).unwrap_or_default().chars().count();
        let text = lines_in_lf(source.text().get(shown.clone())?);
        Some(Self { text, start: shown.start, number, cut })
    }
}

/// A text, with LF in the place of a CR that ends a line alone.
fn lines_in_lf(text: &str) -> Cow<'_, str> {
    if !text.contains('\r') {
        return Cow::Borrowed(text);
    }
    let mut letters = text.chars().peekable();
    let mut lines = String::with_capacity(text.len());
    while let Some(letter) = letters.next() {
        lines.push(if letter == '\r' && letters.peek() != Some(&'\n') { '\n' } else { letter });
    }
    Cow::Owned(lines)
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
