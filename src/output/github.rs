//! Workflow commands of GitHub Actions: what the runner reads in a log and shows beside the lines of a pull
//! request. The escaping is that of `command.ts` in GitHub's own toolkit for actions.

use std::borrow::Cow;

use crate::check::outcome::Outcome;
use crate::diagnostic::{Diagnostic, Problem};
use crate::lint::finding::{Finding, FindingStatus};
use crate::source::Sources;
use crate::text::clean;

use super::repository::{Region, RepositoryRoot};
use super::{RenderOptions, view};

pub(super) fn part(outcome: &Outcome<'_>, options: &RenderOptions) -> Box<str> {
    let (sources, repository) = (outcome.sources, &options.repository);
    let problems = outcome.problems.iter().map(|problem| unread(problem, sources, repository));
    let findings = options.shown(outcome).map(|finding| found(finding, sources, repository));
    problems.chain(findings).collect()
}

fn found(finding: &Finding, sources: Sources<'_>, repository: &RepositoryRoot) -> String {
    let lint = finding.lint.name;
    let command = match finding.status() {
        FindingStatus::Denied => "error",
        FindingStatus::Warned => "warning",
        FindingStatus::Waived => "notice",
    };
    let mut lines = message(&finding.diagnostic, sources);
    let notes = [view::waiver_note(finding), view::level_note(finding, sources)];
    lines.extend(notes.into_iter().flatten().map(|note| format!("note: {note}")));
    lines.extend(helps(&finding.diagnostic));
    lines.push(format!("help: for more, run `dealcheck explain {lint}`"));
    let mut properties = vec![("title", format!("dealcheck ({lint})"))];
    properties.extend(place(&finding.diagnostic, sources, repository));
    write(command, &properties, &lines.join("\n"))
}

fn unread(problem: &Problem, sources: Sources<'_>, repository: &RepositoryRoot) -> String {
    let mut lines = message(&problem.diagnostic, sources);
    lines.extend(helps(&problem.diagnostic));
    let mut properties = vec![("title", "dealcheck".to_owned())];
    properties.extend(place(&problem.diagnostic, sources, repository));
    // Only a title so far: what could not be read has no place, and is named all the same.
    if let (1, Some(file)) = (properties.len(), &problem.file) {
        properties.push(("file", clean(repository.locate(file).path()).into_owned()));
    }
    write("error", &properties, &lines.join("\n"))
}

/// The title, every place, also the first, since a log shows only the message, and the reasons.
fn message(diagnostic: &Diagnostic, sources: Sources<'_>) -> Vec<String> {
    let mut lines = vec![diagnostic.title.clone()];
    for label in &diagnostic.labels {
        let Some((name, at)) = sources.place(label.span) else { continue };
        let colon = if label.text.is_empty() { "" } else { ": " };
        lines.push(format!("{name}:{}:{}{colon}{}", at.line, at.column, label.text));
    }
    lines.extend(diagnostic.notes.iter().map(|note| format!("note: {note}")));
    lines
}

fn helps(diagnostic: &Diagnostic) -> impl Iterator<Item = String> {
    diagnostic.helps.iter().map(|help| format!("help: {}", help.text))
}

/// Where an annotation goes. What spans lines is shown at the first, and without columns, which the runner takes
/// only within a line.
fn place(
    diagnostic: &Diagnostic,
    sources: Sources<'_>,
    repository: &RepositoryRoot,
) -> Vec<(&'static str, String)> {
    let Some(Region { file, start, end }) =
        diagnostic.primary().and_then(|label| repository.region(label.span, sources))
    else {
        return Vec::new();
    };
    let mut properties = vec![("file", clean(file.path()).into_owned()), ("line", start.line.to_string())];
    if start.line == end.line {
        properties.push(("col", start.column.to_string()));
        properties.push(("endLine", end.line.to_string()));
        properties.push(("endColumn", end.column.to_string()));
    }
    properties
}

fn write(command: &str, properties: &[(&str, String)], message: &str) -> String {
    let properties: Vec<String> =
        properties.iter().map(|(key, value)| format!("{key}={}", escape_property(value))).collect();
    format!("::{command} {}::{}\n", properties.join(","), escape_data(message))
}

fn escape_data(text: &str) -> Cow<'_, str> {
    escape(text, &['%', '\r', '\n'])
}

fn escape_property(text: &str) -> Cow<'_, str> {
    escape(text, &['%', '\r', '\n', ':', ','])
}

fn escape<'a>(text: &'a str, special: &[char]) -> Cow<'a, str> {
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if special.contains(&character) {
            out.push_str(&format!("%{:02X}", u32::from(character)));
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_as_the_toolkit_does() {
        for (text, data, property) in [
            ("plain ü", "plain ü", "plain ü"),
            ("100 %", "100 %25", "100 %25"),
            ("%0A stays", "%250A stays", "%250A stays"),
            ("a\r\nb", "a%0D%0Ab", "a%0D%0Ab"),
            ("C:/a,b.yaml", "C:/a,b.yaml", "C%3A/a%2Cb.yaml"),
            ("::error::x", "::error::x", "%3A%3Aerror%3A%3Ax"),
            ("##[error]x;", "##[error]x;", "##[error]x;"),
        ] {
            assert_eq!(escape_data(text), data);
            assert_eq!(escape_property(text), property);
        }
    }

    #[test]
    fn nothing_in_a_text_ends_its_command() {
        let line = write("error", &[("file", "a::b,line=1\n".to_owned())], "x\n::stop-commands::y");
        assert_eq!(line, "::error file=a%3A%3Ab%2Cline=1%0A::x%0A::stop-commands::y\n");
    }
}
