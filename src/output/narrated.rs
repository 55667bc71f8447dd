//! As sentences, a thing a line, for screen readers and braille.

use std::fmt::Write as _;

use crate::check::outcome::Outcome;
use crate::source::Source;
use crate::text::{brief, clean};

use super::RenderOptions;
use super::full::FullPart;
use super::view::{Place, View};

/// The most characters that are said of a file's own words.
const LONGEST: usize = 80;

pub(super) fn part(outcome: &Outcome<'_>, options: &RenderOptions) -> FullPart {
    let findings = options.shown(outcome);
    let findings = findings.map(|finding| narrate(&View::of_finding(finding, outcome.sources)));
    let text = std::iter::once(options.problems(outcome, problems)).chain(findings).collect();
    FullPart::new(text, outcome, options)
}

/// Tells what could not be read.
pub(super) fn problems(outcome: &Outcome<'_>, _: &RenderOptions) -> String {
    let problems = outcome.problems.iter();
    problems.map(|problem| narrate(&View::of_problem(problem, outcome.sources))).collect()
}

/// What is wrong; then each place once, with its words and what is said of it, as one comes to them from the top of each
/// file; then why, and what to do.
fn narrate(view: &View<'_>) -> String {
    let kind = if view.is_error { "Error" } else { "Warning" };
    let lint = view.lint.map(|lint| format!(" {lint}")).unwrap_or_default();
    let mut out = format!("{kind}{lint}: {}\n", view.title);
    for excerpt in &view.excerpts {
        let mut places: Vec<&Place<'_>> = excerpt.places.iter().collect();
        places.sort_by_key(|place| place.range.start);
        for (at, place) in places.into_iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{}", sentence(excerpt.source, place, at == 0));
        }
    }
    for note in &view.notes {
        let _ = writeln!(out, "Note: {note}");
    }
    for help in view.helps {
        let _ = writeln!(out, "Help: {}", help.text);
    }
    out + "\n"
}

/// `In deals/acme.yaml, line 8, column 10, "2027-01-31": needed by this day`; in the same file `Line 9, …`.
fn sentence(source: &Source, place: &Place<'_>, is_first: bool) -> String {
    let at = source.position(place.range.start);
    let file = if is_first { format!("In {}, line", clean(source.name())) } else { "Line".to_owned() };
    let mut sentence = format!("{file} {}, column {}", at.line, at.column);
    let words = source.text().get(place.range.clone()).unwrap_or_default();
    if !words.is_empty() {
        sentence += &format!(", {}", quoted(words));
    }
    if !place.words.is_empty() {
        sentence += &format!(": {}", place.words);
    }
    sentence
}

/// The file's own words in quotes, unless they have some.
fn quoted(words: &str) -> String {
    let words = brief(words, LONGEST);
    if words.starts_with(['"', '\'']) { words.into_owned() } else { format!("\"{words}\"") }
}
