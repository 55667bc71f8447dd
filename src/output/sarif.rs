//! SARIF 2.1.0, the exchange format of analysers, as GitHub's code scanning and others read it:
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.
//!
//! What is waived is there with its waiver (`suppressions`), and what could not be read makes the run one that did
//! not succeed (`toolExecutionNotifications`), so that no list of results passes for the whole.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use serde_sarif::sarif::{
    ArtifactChange, ArtifactContent, ArtifactLocation, Fix, Location, Message, MultiformatMessageString,
    Notification, PhysicalLocation, PropertyBag, Replacement, ReportingConfiguration, ReportingDescriptor,
    ResultLevel, Suppression, Tool, ToolComponent, Version,
};
use serde_sarif::sarif::{Region as TextRegion, Result as SarifResult};

use crate::check::outcome::Outcome;
use crate::diagnostic::{Diagnostic, Help, Label, Problem};
use crate::documentation;
use crate::lint::finding::Finding;
use crate::lint::{Level, Lint};
use crate::lints::LINTS;
use crate::model::waiver::{Subject, Waiver};
use crate::model::window::Window;
use crate::source::{Sources, Span};
use crate::text::clean;

use super::fingerprints::Fingerprints;
use super::layout::{self, ready};
use super::repository::{FileLocation, RepositoryRoot};
use super::{RenderOptions, link, view};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The name that paths from the repository's root are relative to. Where that lies is for the reader to know: it
/// differs from machine to machine.
const ROOT: &str = "%SRCROOT%";

/// The key of our fingerprints. GitHub knows only `primaryLocationLineHash`, a hash of the line's text that its
/// upload computes itself, and complains of any other value there.
const FINGERPRINT: &str = "dealcheck/v1";

/// The lists that are broken into lines: of runs, and in a run those of results and invocations.
const LISTS: usize = 4;

/// What the run holds of one file, ready to be written: of a result as a value, most of the memory is for what it has
/// not.
#[derive(Debug)]
pub(crate) struct SarifPart {
    /// Each with its fingerprint, which may come twice.
    pub(super) results: Box<[(String, Box<RawValue>)]>,
    pub(super) problems: Box<[Box<RawValue>]>,
}

pub(super) fn part(outcome: &Outcome<'_>, options: &RenderOptions) -> SarifPart {
    let places = Places { sources: outcome.sources, repository: &options.repository };
    let results = outcome.findings.iter().map(|finding| {
        let fingerprint = finding.fingerprint();
        let result = ready(&result(finding, &fingerprint, places));
        (fingerprint, result)
    });
    let problems = outcome.problems.iter().map(|problem| ready(&notification(problem, places)));
    SarifPart { results: results.collect(), problems: problems.collect() }
}

/// Writes the one run.
pub(super) fn whole(parts: impl Iterator<Item = SarifPart>, out: &mut dyn Write) -> io::Result<()> {
    let (mut results, mut problems) = (Vec::new(), Vec::new());
    let mut fingerprints = Fingerprints::default();
    for part in parts {
        for (fingerprint, result) in part.results {
            let unique = fingerprints.unique(fingerprint.clone());
            results.push(if unique == fingerprint { result } else { renamed(&result, unique)? });
        }
        problems.extend(part.problems);
    }
    let root = ArtifactLocation::builder().description(message("The root of the repository.")).build();
    let log = SarifLog {
        schema: SCHEMA,
        version: Version::V2_1_0.to_string(),
        runs: [SarifRun {
            tool: tool(),
            column_kind: "unicodeCodePoints",
            original_uri_base_ids: BTreeMap::from([(ROOT, root)]),
            results,
            invocations: [Invocation {
                execution_successful: problems.is_empty(),
                tool_execution_notifications: problems,
            }],
        }],
    };
    layout::write(&log, LISTS, out)
}

/// A result with another fingerprint.
fn renamed(result: &RawValue, fingerprint: String) -> serde_json::Result<Box<RawValue>> {
    let mut result: SarifResult = serde_json::from_str(result.get())?;
    result.partial_fingerprints = Some(BTreeMap::from([(FINGERPRINT.to_owned(), fingerprint)]));
    Ok(ready(&result))
}

/// The whole, whose parts are ready.
#[derive(Serialize)]
struct SarifLog {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: String,
    runs: [SarifRun; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifRun {
    tool: Tool,
    column_kind: &'static str,
    original_uri_base_ids: BTreeMap<&'static str, ArtifactLocation>,
    results: Vec<Box<RawValue>>,
    invocations: [Invocation; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Box<RawValue>>,
}

/// Where labels are looked up.
#[derive(Clone, Copy)]
struct Places<'a> {
    sources: Sources<'a>,
    repository: &'a RepositoryRoot,
}

fn tool() -> Tool {
    let driver = ToolComponent::builder()
        .name(env!("CARGO_PKG_NAME"))
        .version(env!("CARGO_PKG_VERSION"))
        .short_description(text(env!("CARGO_PKG_DESCRIPTION")))
        // All of them, not those that fired: `rule_index` stays the same from run to run.
        .rules(LINTS.iter().map(|lint| rule(lint)).collect::<Vec<_>>())
        .build();
    Tool::builder().driver(driver).build()
}

/// Where a lint's page of the book is, in the repository that the package names; none where it names none.
fn help_uri(repository: &str, lint: &Lint) -> Option<String> {
    let repository = repository.trim_end_matches('/');
    (!repository.is_empty()).then(|| format!("{repository}/blob/main/docs/lints/{}.md", lint.name))
}

fn rule(lint: &Lint) -> ReportingDescriptor {
    let help = MultiformatMessageString::builder()
        .text(documentation::page(lint, lint.name, None, false))
        .markdown(documentation::markdown(lint, lint.name, None))
        .build();
    let mut rule = ReportingDescriptor::builder()
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
        .build();
    rule.help_uri = help_uri(env!("CARGO_PKG_REPOSITORY"), lint);
    rule
}

fn level(level: Level) -> ResultLevel {
    if level.is_denied() { ResultLevel::Error } else { ResultLevel::Warning }
}

/// A result.
fn result(finding: &Finding, fingerprint: &str, places: Places<'_>) -> SarifResult {
    let diagnostic = &finding.diagnostic;
    let rule = LINTS.iter().position(|lint| lint.name == finding.lint.name).unwrap_or_default();
    let level_note = view::level_note(finding, places.sources);
    let (primary, others) = diagnostic.labels.split_at(diagnostic.labels.len().min(1));
    let mut result = SarifResult::builder()
        .rule_id(finding.lint.name)
        .rule_index(number(rule))
        .level(level(finding.level))
        .message(sentences(diagnostic, level_note))
        .locations(locations(primary, places))
        .related_locations(locations(others, places))
        .properties(subject(finding))
        .partial_fingerprints(BTreeMap::from([(FINGERPRINT.to_owned(), fingerprint.to_owned())]))
        .build();
    let fixes: Vec<Fix> = diagnostic.helps.iter().filter_map(|help| fix(help, places)).collect();
    result.fixes = (!fixes.is_empty()).then_some(fixes);
    result.suppressions = finding.waived.as_deref().map(|waiver| vec![suppression(waiver, places)]);
    result
}

/// A help that is no more than an edit.
fn fix(help: &Help, places: Places<'_>) -> Option<Fix> {
    let replacement = help.replacement.as_ref()?;
    let written = replacement.written(places.sources.get(replacement.span.file)?)?;
    let (file, region) = region(replacement.span, places)?;
    let replacement = Replacement::builder()
        .deleted_region(region)
        .inserted_content(ArtifactContent::builder().text(written).build())
        .build();
    let change = ArtifactChange::builder().artifact_location(file).replacements(vec![replacement]).build();
    Some(Fix::builder().description(message(&help.text)).artifact_changes(vec![change]).build())
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
    let accepts = waiver.accepts.as_ref().map(|accepts| accepts.value.to_string());
    let place = Label { span: waiver.place, text: String::new() };
    let mut suppression = Suppression::builder()
        // Section 3.35.2: it stands in a file of waivers, not beside the words that it is for.
        .kind("external")
        .status("accepted")
        .justification(clean(&waiver.reason.value))
        .properties(bag([
            ("approved-by", Some(waiver.approvers().as_str())),
            ("approved-on", Some(&latest(waiver.approved_on.value))),
            ("accepts", accepts.as_deref()),
            ("expires", Some(&waiver.expires.value.to_string())),
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
    let diagnostic = &problem.diagnostic;
    let mut locations = locations(&diagnostic.labels, places);
    if let (true, Some(file)) = (locations.is_empty(), &problem.file) {
        let physical =
            PhysicalLocation::builder().artifact_location(artifact(&places.repository.locate(file))).build();
        locations.push(Location::builder().physical_location(physical).build());
    }
    Notification::builder().level("error").message(sentences(diagnostic, None)).locations(locations).build()
}

fn locations(labels: &[Label], places: Places<'_>) -> Vec<Location> {
    labels.iter().filter_map(|label| location(label, places)).collect()
}

fn location(label: &Label, places: Places<'_>) -> Option<Location> {
    let (file, region) = region(label.span, places)?;
    let physical = PhysicalLocation::builder().artifact_location(file).region(region).build();
    let mut location = Location::builder().physical_location(physical).build();
    location.message = Some(message(&label.text)).filter(|_| !label.text.is_empty());
    Some(location)
}

fn region(span: Span, places: Places<'_>) -> Option<(ArtifactLocation, TextRegion)> {
    let region = places.repository.region(span, places.sources)?;
    let (start, end) = (region.start, region.end);
    let text = TextRegion::builder()
        .start_line(number(start.line))
        .start_column(number(start.column))
        .end_line(number(end.line))
        .end_column(number(end.column))
        .build();
    Some((artifact(&region.file), text))
}

fn artifact(file: &FileLocation) -> ArtifactLocation {
    let outside = |uri: String| ArtifactLocation::builder().uri(uri).build();
    match file {
        FileLocation::Inside(path) => {
            ArtifactLocation::builder().uri(encoded(path)).uri_base_id(ROOT).build()
        }
        FileLocation::Outside(path) if path.starts_with('/') => outside(format!("file://{}", encoded(path))),
        // A drive of Windows.
        FileLocation::Outside(path) if path.contains(":/") => outside(format!("file:///{}", encoded(path))),
        FileLocation::Outside(path) => outside(encoded(path)),
    }
}

/// A path as a part of a URI.
fn encoded(path: &str) -> String {
    link::encoded(path, b"/")
}

/// All that is said: sentences for those who see only a message.
fn sentences(diagnostic: &Diagnostic, level_note: Option<String>) -> Message {
    let notes = diagnostic.notes.iter().chain(&level_note).map(|note| format!("note: {note}"));
    let helps = diagnostic.helps.iter().map(|help| format!("help: {}", help.text));
    let full_stop = if diagnostic.title.ends_with(['.', '!', '?']) { "" } else { "." };
    let lines: Vec<String> =
        std::iter::once(format!("{}{full_stop}", diagnostic.title)).chain(notes).chain(helps).collect();
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
    fn pages_of_lints_are_in_the_repository_that_the_package_names() {
        let lint = crate::lints::find("late-feature").unwrap();
        let uri = help_uri("https://code.example/team/dealcheck/", lint);
        assert_eq!(
            uri.as_deref(),
            Some("https://code.example/team/dealcheck/blob/main/docs/lints/late-feature.md")
        );
        assert_eq!(help_uri("", lint), None);
    }

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
        let uri = |path: &str| artifact(&FileLocation::Outside(path.to_owned()));
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
