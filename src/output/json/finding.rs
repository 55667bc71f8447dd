//! What was found, what covers it, and what could not be read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{Help, Label, Problem};
use crate::lint::Level;
use crate::lint::finding::Finding;
use crate::model::acceptance::Acceptance;
use crate::model::annotations::Annotations;
use crate::model::waiver::{Subject, Waiver};
use crate::model::window::Window;
use crate::source::{Position, Sources};
use crate::text::clean;

use super::super::view;
use super::values::{Lists, lists};

/// What a lint found.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "finding")]
pub(super) struct FindingJson<'a> {
    /// The lint's name.
    lint: &'static str,
    /// How it counts.
    #[schemars(extend("enum" = Level::ALL.map(Level::name)))]
    level: &'static str,
    /// The id of the contract that it is about.
    contract: Option<&'a str>,
    /// The requirement that it is about.
    requirement: Option<Cow<'a, str>>,
    /// The commercial term that it is about.
    term: Option<Cow<'a, str>>,
    /// The id of the feature that it is about.
    feature: Option<&'a str>,
    /// What is wrong, in a sentence.
    message: &'a str,
    /// Where more can be looked up about the contract, the requirement, the feature, the offer or the term.
    refs: Vec<&'a str>,
    /// What else there is to know.
    notes: Vec<Cow<'a, str>>,
    /// What can be done.
    helps: Vec<&'a str>,
    /// The helps that are no more than an edit, as edits. Each is an edit by itself.
    replacements: Vec<Edit<'a>>,
    /// Names the finding: it stays the same when lines move or words are polished.
    fingerprint: String,
    /// The waiver that covers it; null where none does.
    waived: Option<WaiverJson<'a>>,
    /// The places that it points at, the primary one first.
    spans: Vec<SpanJson<'a>>,
}

/// A waiver that covers a finding.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "waiver")]
pub(super) struct WaiverJson<'a> {
    /// The file that it is in.
    file: Option<String>,
    /// The line that it begins on, from 1.
    line: Option<usize>,
    /// Why the finding is accepted.
    reason: Cow<'a, str>,
    /// Who accepted it, one or several together.
    approved_by: Vec<Cow<'a, str>>,
    /// The day of the decision.
    #[schemars(extend("format" = "date"))]
    approved_on: String,
    /// The day that is accepted: the latest of delivery, or the last on which it works.
    #[schemars(extend("format" = "date"))]
    accepts: Option<String>,
    /// The levels and shares that are accepted, by name.
    levels: BTreeMap<Cow<'a, str>, String>,
    /// What is accepted of what the finding names.
    names: Vec<Cow<'a, str>>,
    /// What of the scope it is for: it holds for each of these; empty where it is for all.
    #[serde(rename = "for")]
    scopes: Vec<Lists<'a>>,
    /// The last day on which it holds.
    #[schemars(extend("format" = "date"))]
    expires: String,
    /// By which clause or letter the customer knows; null where nobody has said so.
    disclosed: Option<Cow<'a, str>>,
    /// Whether it was recorded for what was there when dealcheck came.
    baseline: bool,
    /// Where more can be looked up about the decision.
    refs: Vec<String>,
    /// Whose it is.
    owner: Option<String>,
    /// What somebody noted of it.
    note: Option<String>,
}

/// Something that could not be read.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "problem")]
pub(crate) struct ProblemJson<'a> {
    /// The file; null where it is about no file.
    file: Option<Cow<'a, str>>,
    /// What is wrong, in a sentence.
    message: &'a str,
    /// What else there is to know.
    notes: &'a [String],
    /// What can be done.
    helps: Vec<&'a str>,
    /// The helps that are no more than an edit, as edits. Each is an edit by itself.
    replacements: Vec<Edit<'a>>,
    /// The places that it points at, the primary one first.
    spans: Vec<SpanJson<'a>>,
}

/// What to write at a place instead of what stands there.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "replacement")]
struct Edit<'a> {
    /// The help that it follows, by its place among the helps, from 0.
    help: usize,
    /// The file, as it was named, with `/`.
    file: Cow<'a, str>,
    /// Where what is replaced begins.
    start: Point,
    /// Where it ends: behind its last character.
    end: Point,
    /// What to write there, with the quotes that the file needs.
    text: String,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "span")]
struct SpanJson<'a> {
    /// The file, as it was named, with `/`.
    file: Cow<'a, str>,
    /// Whether it is the place of the words that are wrong; the others say why.
    primary: bool,
    /// What there is to see.
    label: &'a str,
    /// Where it begins.
    start: Point,
    /// Where it ends: behind its last character.
    end: Point,
}

/// A point in a file.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "point")]
struct Point {
    /// The line, from 1.
    line: usize,
    /// The column in characters (Unicode scalar values), from 1.
    column: usize,
    /// The byte in the file, from 0.
    byte: usize,
}

/// What a lint found, as the object holds it.
pub(super) fn found<'a>(finding: &'a Finding, sources: Sources<'a>) -> FindingJson<'a> {
    let diagnostic = &finding.diagnostic;
    let notes = diagnostic.notes.iter().map(|note| Cow::Borrowed(note.as_str()));
    FindingJson {
        lint: finding.lint.name,
        level: finding.level.name(),
        contract: finding.contract.as_deref(),
        requirement: match &finding.subject {
            Subject::Requirement(name) => Some(clean(name)),
            Subject::Contract | Subject::Term(_) => None,
        },
        term: match &finding.subject {
            Subject::Term(name) => Some(clean(name)),
            Subject::Contract | Subject::Requirement(_) => None,
        },
        feature: finding.feature.as_deref(),
        message: &diagnostic.title,
        refs: finding.refs.iter().flat_map(|(_, refs)| refs).map(String::as_str).collect(),
        notes: notes.chain(view::level_note(finding, sources).map(Cow::Owned)).collect(),
        helps: diagnostic.helps.iter().map(|help| help.text.as_str()).collect(),
        replacements: edits(&diagnostic.helps, sources),
        fingerprint: finding.fingerprint(),
        waived: finding.waived.as_deref().map(|waiver| waived(waiver, sources)),
        spans: places(&diagnostic.labels, sources),
    }
}

/// A waiver, as what it covers holds it.
pub(super) fn waived<'a>(waiver: &'a Waiver, sources: Sources<'_>) -> WaiverJson<'a> {
    let (file, position) = sources.place(waiver.place).unzip();
    let latest = |window: Window| window.latest.to_string();
    let accepts = waiver.accepts.as_ref().map(|accepts| &accepts.value);
    WaiverJson {
        file,
        line: position.map(|position| position.line),
        reason: clean(&waiver.reason.value),
        approved_by: waiver.approved_by.iter().map(|who| clean(&who.value)).collect(),
        approved_on: latest(waiver.approved_on.value),
        accepts: accepts.and_then(Acceptance::day).map(latest),
        levels: match accepts {
            Some(Acceptance::Levels(levels)) => levels
                .iter()
                .map(|(name, level)| (clean(&name.value), clean(&level.to_string()).into_owned()))
                .collect(),
            _ => BTreeMap::new(),
        },
        names: match accepts {
            Some(Acceptance::Names(names)) => names.iter().map(|name| clean(&name.value)).collect(),
            _ => Vec::new(),
        },
        scopes: waiver.scopes.iter().map(|scope| lists(&scope.value)).collect(),
        expires: waiver.expires.value.to_string(),
        disclosed: waiver.disclosed.as_ref().map(|by| clean(&by.value)),
        baseline: waiver.is_baseline,
        refs: Annotations::shown_refs(waiver.annotations.as_deref()),
        owner: Annotations::shown_owner(waiver.annotations.as_deref()),
        note: Annotations::shown_note(waiver.annotations.as_deref()),
    }
}

/// What could not be read, as every object holds it.
pub(crate) fn unread<'a>(problem: &'a Problem, sources: Sources<'a>) -> ProblemJson<'a> {
    let diagnostic = &problem.diagnostic;
    let source = diagnostic.primary().and_then(|label| sources.get(label.span.file));
    ProblemJson {
        file: source.map(|source| clean(source.name())).or(problem.file.as_deref().map(Cow::Borrowed)),
        message: &diagnostic.title,
        notes: &diagnostic.notes,
        helps: diagnostic.helps.iter().map(|help| help.text.as_str()).collect(),
        replacements: edits(&diagnostic.helps, sources),
        spans: places(&diagnostic.labels, sources),
    }
}

fn edits<'a>(helps: &'a [Help], sources: Sources<'a>) -> Vec<Edit<'a>> {
    let edit = |(at, help): (usize, &'a Help)| {
        let replacement = help.replacement.as_ref()?;
        let source = sources.get(replacement.span.file)?;
        let range = replacement.span.range();
        Some(Edit {
            help: at,
            file: clean(source.name()),
            start: source.position(range.start).into(),
            end: source.position(range.end).into(),
            text: replacement.written(source)?,
        })
    };
    helps.iter().enumerate().filter_map(edit).collect()
}

fn places<'a>(labels: &'a [Label], sources: Sources<'a>) -> Vec<SpanJson<'a>> {
    let place = |(at, label): (usize, &'a Label)| {
        let source = sources.get(label.span.file)?;
        let range = label.span.range();
        Some(SpanJson {
            file: clean(source.name()),
            primary: at == 0,
            label: &label.text,
            start: source.position(range.start).into(),
            end: source.position(range.end).into(),
        })
    };
    labels.iter().enumerate().filter_map(place).collect()
}

impl From<Position> for Point {
    fn from(Position { line, column, byte }: Position) -> Self {
        Self { line, column, byte }
    }
}
