//! SARIF 2.1.0, the exchange format of analysers, as GitHub's code scanning and others read it:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.
//!
//! What is waived is there with its waiver (`suppressions`), and what could not be read makes the run one that did
//! not succeed (`toolExecutionNotifications`), so that no list of results passes for the whole.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};
use serde_sarif::sarif::{
    ArtifactLocation, Invocation, Location, Message, MultiformatMessageString, Notification,
    PhysicalLocation, PropertyBag, ReportingConfiguration, ReportingDescriptor, ResultLevel, Suppression,
    Tool, ToolComponent, Version,
};
use serde_sarif::sarif::{Region as TextRegion, Result as Found};

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::diagnostic::{Diagnostic, Label, Problem};
use crate::documentation;
use crate::lint::finding::Finding;
use crate::lint::{Level, Lint};
use crate::lints::LINTS;
use crate::model::waiver::{Subject, Waiver};
use crate::model::window::Window;
use crate::source::Sources;
use crate::text::clean;

use super::fingerprints::{Fingerprints, add};
use super::repository::{Located, Repository};
use super::{Assemble, Draw, Drawn, view};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name that paths from the repository's root are relative to. Where that lies is for the reader to know: it
/// differs from machine to machine.
const ROOT: &str = "%SRCROOT%";

/// The key of our fingerprints. GitHub knows only `primaryLocationLineHash`, a hash of the line's text that its
/// upload computes itself, and complains of any other value there.
const FINGERPRINT: &str = "dealcheck/v1";

/// The format.
pub(super) struct Sarif(pub(super) Repository);

impl Draw for Sarif {
    fn draw(&self, outcome: &Outcome<'_>) -> Drawn {
        let places = Places { sources: outcome.sources, repository: &self.0 };
        let mut drawn = Drawn::default();
        for finding in outcome.findings {
            add(&mut drawn.findings, &finding.fingerprint(), &result(finding, places));
        }
        for problem in outcome.problems {
            drawn.problems.extend_from_slice(b",\n        ");
            // A vector takes all that is written.
            let _ = serde_json::to_writer(&mut drawn.problems, &notification(problem, places));
        }
        drawn
    }
}

/// The one run. Results are written as they come; problems wait for their turn.
#[derive(Default)]
pub(super) struct Log {
    started: bool,
    results: usize,
    fingerprints: Fingerprints,
    problems: Vec<u8>,
}

impl Log {
    fn start(&mut self, out: &mut dyn Write) -> io::Result<()> {
        if std::mem::replace(&mut self.started, true) {
            return Ok(());
        }
        let version = Version::V2_1_0;
        writeln!(out, "{{\n  \"$schema\": \"{SCHEMA}\",\n  \"version\": \"{version}\",\n  \"runs\": [{{")?;
        writeln!(out, "    \"tool\": {},", serde_json::to_string(&tool())?)?;
        writeln!(out, "    \"columnKind\": \"unicodeCodePoints\",")?;
        let root = json!({ ROOT: { "description": { "text": "The root of the repository." } } });
        writeln!(out, "    \"originalUriBaseIds\": {root},")?;
        write!(out, "    \"results\": [")
    }
}

impl Assemble for Log {
    fn add(&mut self, drawn: Drawn, out: &mut dyn Write) -> io::Result<()> {
        self.start(out)?;
        self.problems.extend(drawn.problems);
        for (object, fingerprint) in self.fingerprints.of(&drawn.findings) {
            out.write_all(if self.results == 0 { b"\n      " } else { b",\n      " })?;
            self.results += 1;
            out.write_all(object)?;
            write!(out, ",\"partialFingerprints\":{{\"{FINGERPRINT}\":\"{fingerprint}\"}}}}")?;
        }
        Ok(())
    }

    fn finish(&mut self, _: &Tally, out: &mut dyn Write) -> io::Result<()> {
        self.start(out)?;
        let invocation = Invocation::builder().execution_successful(self.problems.is_empty()).build();
        let invocation = serde_json::to_string(&invocation)?;
        let open = invocation.strip_suffix('}').unwrap_or(&invocation);
        write!(out, "\n    ],\n    \"invocations\": [\n      {open},\"toolExecutionNotifications\":[")?;
        out.write_all(self.problems.get(1..).unwrap_or_default())?;
        out.write_all(b"]}\n    ]\n  }]\n}\n")
    }
}

/// Where labels are looked up.
#[derive(Clone, Copy)]
struct Places<'a> {
    sources: Sources<'a>,
    repository: &'a Repository,
}

fn tool() -> Tool {
    let driver = ToolComponent::builder()
        .name(env!("CARGO_PKG_NAME"))
        .version(env!("CARGO_PKG_VERSION"))
        .short_description(text(env!("CARGO_PKG_DESCRIPTION")))
        .rules(LINTS.iter().map(|lint| rule(lint)).collect::<Vec<_>>())
        .build();
    Tool::builder().driver(driver).build()
}

fn rule(lint: &Lint) -> ReportingDescriptor {
    let help = MultiformatMessageString::builder()
        .text(documentation::page(lint, lint.name, None, false))
        .markdown(documentation::markdown(lint, lint.name, None))
        .build();
    ReportingDescriptor::builder()
        .id(lint.name)
        .short_description(text(lint.summary))
        .full_description(text(&documentation::what_it_finds(lint)))
        .help(help)
        .default_configuration(
            ReportingConfiguration::builder()
                .enabled(lint.level != Level::Allow)
                .level(json!(level(lint.level)))
                .build(),
        )
        .build()
}

fn level(level: Level) -> ResultLevel {
    if level.is_denied() { ResultLevel::Error } else { ResultLevel::Warning }
}

/// A result, but for its fingerprint.
fn result(finding: &Finding, places: Places<'_>) -> Found {
    let said = &finding.diagnostic;
    let rule = LINTS.iter().position(|lint| lint.name == finding.lint.name).unwrap_or_default();
    let level_note = view::level_note(finding, places.sources);
    let (primary, others) = said.labels.split_at(said.labels.len().min(1));
    let mut result = Found::builder()
        .rule_id(finding.lint.name)
        .rule_index(number(rule))
        .level(level(finding.level))
        .message(whole(said, level_note))
        .locations(locations(primary, places))
        .related_locations(locations(others, places))
        .properties(subject(finding))
        .build();
    result.suppressions = finding.waived.as_deref().map(|waiver| vec![suppression(waiver, places)]);
    result
}

/// What a finding is about.
fn subject(finding: &Finding) -> PropertyBag {
    let (requirement, term) = match &finding.subject {
        Subject::Contract => (None, None),
        Subject::Requirement(name) => (Some(name), None),
        Subject::Term(name) => (None, Some(name)),
    };
    bag([
        ("contract", finding.contract.as_deref()),
        ("requirement", requirement.map(String::as_str)),
        ("term", term.map(String::as_str)),
        ("feature", finding.feature.as_deref()),
    ])
}

fn suppression(waiver: &Waiver, places: Places<'_>) -> Suppression {
    let latest = |window: Window| window.latest.to_string();
    let approved_on = waiver.approved_on.map(|day| latest(day.value));
    let accepts = waiver.accepts.map(|day| latest(day.value));
    let place = Label { span: waiver.place, text: String::new() };
    let mut suppression = Suppression::builder()
        .kind("external")
        .status("accepted")
        .justification(clean(&waiver.reason.value))
        .properties(bag([
            ("approved-by", Some(waiver.approved_by.value.as_str())),
            ("approved-on", approved_on.as_deref()),
            ("accepts", accepts.as_deref()),
            ("expires", Some(&latest(waiver.expires.value))),
        ]))
        .build();
    suppression.location = location(&place, places);
    suppression
}

fn bag<const N: usize>(properties: [(&str, Option<&str>); N]) -> PropertyBag {
    let given = properties.into_iter().filter_map(|(key, value)| Some((key, value?)));
    let given: BTreeMap<String, Value> =
        given.map(|(key, value)| (key.to_owned(), Value::from(clean(value)))).collect();
    PropertyBag::builder().additional_properties(given).build()
}

fn notification(problem: &Problem, places: Places<'_>) -> Notification {
    let said = &problem.diagnostic;
    let mut locations = locations(&said.labels, places);
    if let (true, Some(file)) = (locations.is_empty(), &problem.file) {
        let physical =
            PhysicalLocation::builder().artifact_location(artifact(&places.repository.locate(file))).build();
        locations.push(Location::builder().physical_location(physical).build());
    }
    Notification::builder().level("error").message(whole(said, None)).locations(locations).build()
}

fn locations(labels: &[Label], places: Places<'_>) -> Vec<Location> {
    labels.iter().filter_map(|label| location(label, places)).collect()
}

fn location(label: &Label, places: Places<'_>) -> Option<Location> {
    let region = places.repository.region(label, places.sources)?;
    let (start, end) = (region.start, region.end);
    let text = TextRegion::builder()
        .start_line(number(start.line))
        .start_column(number(start.column))
        .end_line(number(end.line))
        .end_column(number(end.column))
        .build();
    let physical = PhysicalLocation::builder().artifact_location(artifact(&region.file)).region(text).build();
    let mut location = Location::builder().physical_location(physical).build();
    location.message = Some(message(&label.text)).filter(|_| !label.text.is_empty());
    Some(location)
}

fn artifact(file: &Located) -> ArtifactLocation {
    let outside = |uri: String| ArtifactLocation::builder().uri(uri).build();
    match file {
        Located::Inside(path) => ArtifactLocation::builder().uri(encoded(path)).uri_base_id(ROOT).build(),
        Located::Outside(path) if path.starts_with('/') => outside(format!("file://{}", encoded(path))),
        // A drive of Windows.
        Located::Outside(path) if path.contains(":/") => outside(format!("file:///{}", encoded(path))),
        Located::Outside(path) => outside(encoded(path)),
    }
}

/// A path as a part of a URI: what RFC 3986, section 2.3, does not call unreserved is written as bytes.
fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// All that is said: sentences for those who see only a message.
fn whole(said: &Diagnostic, level_note: Option<String>) -> Message {
    let notes = said.notes.iter().chain(&level_note).map(|note| format!("note: {note}"));
    let helps = said.helps.iter().map(|help| format!("help: {help}"));
    let full_stop = if said.title.ends_with(['.', '!', '?']) { "" } else { "." };
    let lines: Vec<String> =
        std::iter::once(format!("{}{full_stop}", said.title)).chain(notes).chain(helps).collect();
    message(&lines.join("\n"))
}

/// A message. Words that would be read as a link (section 3.11.6) are escaped: they came from a file.
fn message(text: &str) -> Message {
    let mut escaped = String::with_capacity(text.len());
    let has_link = text.contains("](");
    for character in text.chars() {
        if has_link && matches!(character, '\\' | '[' | ']') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    Message::builder().text(escaped).build()
}

fn text(text: &str) -> MultiformatMessageString {
    MultiformatMessageString::builder().text(text).build()
}

fn number(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_parts_of_uris() {
        for (path, uri) in [
            ("deals/acme.yaml", "deals/acme.yaml"),
            ("deals/a b#1?.yaml", "deals/a%20b%231%3F.yaml"),
            ("c:d.yaml", "c%3Ad.yaml"),
            ("100%/ü\n\u{202e}.yaml", "100%25/%C3%BC%0A%E2%80%AE.yaml"),
            ("<stdin>", "%3Cstdin%3E"),
        ] {
            assert_eq!(encoded(path), uri);
        }
    }

    #[test]
    fn what_lies_outside_is_absolute() {
        let uri = |path: &str| artifact(&Located::Outside(path.to_owned()));
        assert_eq!(uri("/a b/roadmap.toml").uri.unwrap(), "file:///a%20b/roadmap.toml");
        assert_eq!(uri("C:/a/roadmap.toml").uri.unwrap(), "file:///C%3A/a/roadmap.toml");
        assert_eq!(uri("../roadmap.toml").uri.unwrap(), "../roadmap.toml");
        assert_eq!(uri("../roadmap.toml").uri_base_id, None);
    }

    #[test]
    fn words_of_a_file_are_no_link() {
        let shown = |text: &str| message(text).text.unwrap();
        assert_eq!(shown("[late](1) \\ [x]"), "\\[late\\](1) \\\\ \\[x\\]");
        assert_eq!(shown("#3 [sic] \\u{1b}"), "#3 [sic] \\u{1b}");
    }
}
