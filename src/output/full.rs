//! As rustc draws its messages, with a summary at the end.

use std::fmt::Display;
use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

use crate::check::outcome::Outcome;
use crate::diagnostic::Problem;
use crate::lint::Lint;
use crate::source::{Source, Sources};
use crate::text::{clean, clean_rendered};

use super::view::{Excerpt, Place, ShownLines, View};
use super::{RenderOptions, link, write_hints, write_summary};

/// Lines between two labels of a file beyond which they are drawn as two excerpts.
const FAR_APART: usize = 50;

/// The same in bytes, for files with all they hold in one line.
const FAR_APART_IN_BYTES: usize = 10_000;

/// What was drawn of one file.
#[derive(Debug)]
pub(crate) struct FullPart {
    pub(super) text: Box<str>,
    /// The lints of what was found.
    pub(super) lints: Box<[&'static Lint]>,
}

pub(super) fn part(outcome: &Outcome<'_>, options: &RenderOptions) -> FullPart {
    FullPart::new(draw_outcome(outcome, options), outcome, options)
}

impl FullPart {
    /// What was drawn, with the lints of what was found.
    pub(super) fn new(text: String, outcome: &Outcome<'_>, options: &RenderOptions) -> Self {
        Self { text: text.into(), lints: options.shown(outcome).map(|finding| finding.lint).collect() }
    }
}

/// Writes findings as they come; then where each lint is explained, or where it was asked for the explanation; last the
/// summary, whose first sentence is what a seller reads.
pub(super) fn whole(
    parts: impl Iterator<Item = FullPart>,
    summary: impl Display,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    // In the order in which they first were found.
    let mut found: Vec<&Lint> = Vec::new();
    for part in parts {
        out.write_all(part.text.as_bytes())?;
        for lint in part.lints {
            if found.iter().all(|known| known.name != lint.name) {
                found.push(lint);
            }
        }
    }
    match options.explain {
        Some(explain) => {
            for lint in found {
                writeln!(out, "{}", explain(lint, lint.name, options.colour.out))?;
            }
        }
        None => write_hints(found.iter().map(|lint| lint.name), options, out)?,
    }
    write_summary(summary, options, out)
}

/// Draws what one file gave.
pub(crate) fn draw_outcome(outcome: &Outcome<'_>, options: &RenderOptions) -> String {
    let mut out = options.problems(outcome, problems);
    let rustc = Rustc::new(options.colour.out).linked(options.links);
    for finding in options.shown(outcome) {
        rustc.add(&mut out, &View::of_finding(finding, outcome.sources));
    }
    out
}

/// Draws what could not be read of one file.
pub(super) fn problems(outcome: &Outcome<'_>, options: &RenderOptions) -> String {
    draw_problems(outcome.problems, outcome.sources, options.colour.err)
}

/// Draws problems as rustc would.
pub(crate) fn draw_problems(problems: &[Problem], sources: Sources<'_>, colour: bool) -> String {
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

/// Draws with rustc's own renderer.
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

    fn draw(&self, view: &View<'_>) -> String {
        let level = if view.is_error { Level::ERROR } else { Level::WARNING };
        let mut title = level.primary_title(view.title);
        if let Some(lint) = view.lint {
            title = title.id(lint);
            // Where it leads: to the file that the finding is about, since explanations have no address.
            let file = view.excerpts.first().filter(|_| self.links);
            if let Some(url) = file.and_then(|excerpt| link::file(excerpt.source.name())) {
                title = title.id_url(url);
            }
        }
        let mut drawing = Drawing::default();
        view.excerpts.iter().for_each(|excerpt| drawing.excerpts(excerpt));
        let notes = view.notes.iter().map(|note| Level::NOTE.message(note.as_str()).into());
        drawing.elements.extend(notes);
        let helps = view.helps.iter().map(|help| Level::HELP.message(help.text.as_str()).into());
        drawing.elements.extend(helps);
        // The renderer makes most of what is dangerous in the lines of files visible, and not all of it.
        clean_rendered(&drawing.render(Group::with_title(title), &self.renderer)).into_owned()
    }
}

/// What is being drawn below a title.
#[derive(Default)]
pub(super) struct Drawing<'g> {
    pub(super) elements: Vec<Element<'g>>,
    /// For each named place its column, where the renderer does not know it: of a line that is too long to show it
    /// gets a part, and counts from there.
    columns: Vec<Option<usize>>,
}

impl<'g> Drawing<'g> {
    /// Adds the lines that places of one file touch; places far apart become excerpts of their own.
    pub(super) fn excerpts(&mut self, excerpt: &Excerpt<'g>) {
        let source = excerpt.source;
        // The excerpt with the primary place comes first, since that place heads the message.
        let line_of = |place: &Place<'_>| source.lines_around(place.range.clone()).1;
        let mut places = excerpt.places.clone();
        places.sort_by_key(|place| place.range.start);
        let is_near = |last: &Place<'_>, place: &Place<'_>| {
            place.range.start - last.range.start <= FAR_APART_IN_BYTES
                && line_of(place) - line_of(last) <= FAR_APART
        };
        let mut clusters: Vec<Vec<Place<'g>>> = Vec::new();
        for place in places {
            match clusters.last_mut() {
                Some(cluster) if cluster.last().is_some_and(|last| is_near(last, &place)) => {
                    cluster.push(place);
                }
                _ => clusters.push(vec![place]),
            }
        }
        clusters.sort_by_key(|cluster| !cluster.iter().any(|place| place.is_primary));
        for cluster in clusters {
            self.excerpt(source, &cluster);
        }
    }

    fn excerpt(&mut self, source: &'g Source, places: &[Place<'g>]) {
        let start = places.iter().map(|place| place.range.start).min().unwrap_or_default();
        let end = places.iter().map(|place| place.range.end).max().unwrap_or_default();
        let Some(lines) = ShownLines::around(source, start..end) else {
            return;
        };
        let name = clean(source.name());
        // An empty file has no line to draw, only a name.
        if lines.text.trim().is_empty() && places.iter().all(|place| place.range.is_empty()) {
            self.add(Origin::path(name), None);
            return;
        }
        let annotations = places.iter().map(|place| {
            let kind = if place.is_primary { AnnotationKind::Primary } else { AnnotationKind::Context };
            let words = Some(place.words).filter(|words| !words.is_empty());
            kind.span(place.range.start - lines.start..place.range.end - lines.start).label(words)
        });
        let head = places.iter().find(|place| place.is_primary).or(places.first());
        let before = head.and_then(|place| lines.text.get(..place.range.start - lines.start));
        let before = before.unwrap_or_default();
        // Only the first line that is shown can begin in the middle.
        let is_cut = lines.cut > 0 && !before.contains('\n');
        let column = is_cut.then(|| lines.cut + before.chars().count() + 1);
        let snippet =
            Snippet::source(lines.text).line_start(lines.number).path(name).annotations(annotations);
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
