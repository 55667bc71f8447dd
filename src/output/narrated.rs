//! As sentences, a thing a line, for screen readers and braille.

use std::fmt::Write as _;

use crate::check::outcome::Outcome;
use crate::model::window::Date;
use crate::source::Source;
use crate::text::{clean, clean_truncated};

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
    let mut out = format!("{kind}{lint}: {}\n", spoken(view.title));
    for excerpt in &view.excerpts {
        let mut places: Vec<&Place<'_>> = excerpt.places.iter().collect();
        places.sort_by_key(|place| place.range.start);
        for (at, place) in places.into_iter().enumerate() {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{}", sentence(excerpt.source, place, at == 0));
        }
    }
    for note in &view.notes {
        let _ = writeln!(out, "Note: {}", spoken(note));
    }
    for help in view.helps {
        let _ = writeln!(out, "Help: {}", spoken(&help.text));
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
        sentence += &format!(": {}", spoken(place.words));
    }
    sentence
}

/// Words as one says them: `31 March 2027`, and each number whole. What stands in backticks is to be typed, and stays.
pub(super) fn spoken(text: &str) -> String {
    // The narrow blanks that group digits: with them a voice would say two numbers.
    let text = text.replace('\u{202f}', "");
    let parts = text.split('`').enumerate();
    let parts = parts.map(|(at, part)| if at % 2 == 0 { with_dates(part) } else { part.to_owned() });
    parts.collect::<Vec<_>>().join("`")
}

fn with_dates(text: &str) -> String {
    const LENGTH: usize = "2027-03-31".len();
    // In a name, a path or a number it is no date.
    let goes_on = |next: char| next.is_alphanumeric() || matches!(next, '-' | '_' | '/' | '\\');
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find(|next: char| next.is_ascii_digit()) {
        let is_begun = rest[..at].ends_with(|before| goes_on(before) || before == '.');
        let end = rest[at..].find(|next: char| !goes_on(next)).map_or(rest.len(), |end| at + end);
        let is_named =
            rest[end..].strip_prefix('.').is_some_and(|after| after.starts_with(char::is_alphanumeric));
        let day = (end - at == LENGTH && !is_begun && !is_named)
            .then(|| rest[at..end].parse::<Date>().ok())
            .flatten();
        out += &rest[..at];
        out += &day.map_or_else(|| rest[at..end].to_owned(), |day| day.strftime("%-d %B %Y").to_string());
        rest = &rest[end..];
    }
    out + rest
}

/// The file's own words in quotes, unless they have some.
fn quoted(words: &str) -> String {
    let words = clean_truncated(words, LONGEST);
    if words.starts_with(['"', '\'']) { words.into_owned() } else { format!("\"{words}\"") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_said() {
        for (written, said) in [
            ("planned to ship by 2027-03-31", "planned to ship by 31 March 2027"),
            ("2027-01-01 to 2027-03-31, 89 days", "1 January 2027 to 31 March 2027, 89 days"),
            ("(was 2026-12-05).", "(was 5 December 2026)."),
            ("write `due: 2027-07-30` or later", "write `due: 2027-07-30` or later"),
            (
                "ACME-2026-01-31, in logs/2026-01-31.yaml and 2026-01-31.yaml",
                "ACME-2026-01-31, in logs/2026-01-31.yaml and 2026-01-31.yaml",
            ),
            ("2027-13-45 and 2027-Q2", "2027-13-45 and 2027-Q2"),
            ("worth 480\u{202f}000 EUR", "worth 480000 EUR"),
            ("größer als 5", "größer als 5"),
        ] {
            assert_eq!(spoken(written), said);
        }
    }
}
