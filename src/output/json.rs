//! One JSON object, for programs. Its keys are a promise: they are added to, never changed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::check::finding::Finding;
use crate::check::run::JudgedContract;
use crate::delivery::{Delivery, Promise};
use crate::diagnostic::{Label, Problem};
use crate::input::source::Position;
use crate::model::money;
use crate::model::waiver::{Subject, Waiver};
use crate::model::window::{self, Date};
use crate::text::clean;

use super::summary::Tally;
use super::{Assemble, Draw, Drawn, Outcome, Sources, view};

/// The version of the shape below.
const VERSION: u32 = 1;

/// The format.
pub(super) struct Json;

impl Draw for Json {
    fn draw(&self, outcome: &Outcome<'_>) -> Drawn {
        let sources = outcome.sources;
        Drawn {
            contract: elements(outcome.judged.iter().map(|judged| contract(judged, sources))),
            findings: elements(outcome.findings.iter().map(|finding| found(finding, sources))),
            problems: elements(outcome.problems.iter().map(|problem| unread(problem, sources))),
        }
    }
}

/// The one object. Contracts are written as they come; findings and problems wait for their turn.
pub(super) struct Object {
    today: Date,
    contracts: usize,
    findings: Vec<u8>,
    problems: Vec<u8>,
}

impl Object {
    pub(super) fn new(today: Date) -> Self {
        Self { today, contracts: 0, findings: Vec::new(), problems: Vec::new() }
    }

    fn start(&self, out: &mut dyn Write) -> io::Result<()> {
        let today = self.today;
        write!(out, "{{\n  \"version\": {VERSION},\n  \"today\": \"{today}\",\n  \"contracts\": [")
    }
}

impl Assemble for Object {
    fn add(&mut self, drawn: Drawn, out: &mut dyn Write) -> io::Result<()> {
        if !drawn.contract.is_empty() {
            if self.contracts == 0 {
                self.start(out)?;
            }
            self.contracts += 1;
            let comma = usize::from(self.contracts == 1);
            out.write_all(&drawn.contract[comma..])?;
        }
        self.findings.extend(drawn.findings);
        self.problems.extend(drawn.problems);
        Ok(())
    }

    fn finish(&mut self, tally: &Tally, out: &mut dyn Write) -> io::Result<()> {
        if self.contracts == 0 {
            self.start(out)?;
        }
        let list = |bytes: &[u8]| String::from_utf8_lossy(bytes.get(1..).unwrap_or_default()).into_owned();
        let (findings, problems) = (list(&self.findings), list(&self.problems));
        let summary = serde_json::to_string(&Summary::from(tally))?;
        write!(
            out,
            "\n  ],\n  \"findings\": [{findings}\n  ],\n  \"problems\": [{problems}\n  ],\n  \"summary\": {summary}\n}}\n"
        )
    }
}

/// The elements of a list, each on a line of its own after a comma. The list's first comma is dropped when it
/// is written.
fn elements<T: Serialize>(items: impl Iterator<Item = T>) -> Vec<u8> {
    let mut out = Vec::new();
    for item in items {
        out.extend_from_slice(b",\n    ");
        // These types hold only texts and numbers: they always serialize, and a vector takes all that is written.
        let _ = serde_json::to_writer(&mut out, &item);
    }
    out
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Contract<'a> {
    contract: Option<Cow<'a, str>>,
    amends: Option<Cow<'a, str>>,
    customer: Option<Cow<'a, str>>,
    status: String,
    file: Option<Cow<'a, str>>,
    value: Option<Money>,
    requirements: Vec<Requirement<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Money {
    amount: String,
    currency: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Requirement<'a> {
    requirement: Cow<'a, str>,
    kind: &'static str,
    features: Vec<Cow<'a, str>>,
    /// Absent for services and where no feature is named: nothing was judged.
    delivery: Option<&'static str>,
    /// For what is late: whether it is so even by the first day of its target.
    certain: Option<bool>,
    days: Option<i64>,
    deadline: Option<Window>,
    target: Option<Window>,
    /// What it will owe by then, where it is late.
    owed: Option<Money>,
    /// The combination of scope values that the verdict is about.
    cell: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Window {
    earliest: String,
    latest: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Found<'a> {
    lint: &'static str,
    level: &'static str,
    contract: Option<&'a str>,
    requirement: Option<Cow<'a, str>>,
    term: Option<Cow<'a, str>>,
    feature: Option<&'a str>,
    message: &'a str,
    notes: Vec<Cow<'a, str>>,
    helps: &'a [String],
    fingerprint: String,
    /// The waiver that covers it.
    waived: Option<Waived<'a>>,
    spans: Vec<Place<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Waived<'a> {
    file: Option<String>,
    line: Option<usize>,
    reason: Cow<'a, str>,
    approved_by: Cow<'a, str>,
    approved_on: Option<String>,
    accepts: Option<String>,
    expires: String,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Unread<'a> {
    file: Option<Cow<'a, str>>,
    message: &'a str,
    notes: &'a [String],
    helps: &'a [String],
    spans: Vec<Place<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Place<'a> {
    file: Cow<'a, str>,
    primary: bool,
    label: &'a str,
    start: Point,
    end: Point,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Point {
    line: usize,
    column: usize,
    byte: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Summary {
    contracts: usize,
    requirements: usize,
    by_delivery: BTreeMap<&'static str, usize>,
    value: Vec<Money>,
    value_at_risk: Vec<Money>,
    /// What late promises will owe by their expected delivery.
    remedies: Vec<Money>,
    denied: usize,
    warned: usize,
    waived: usize,
    /// Only where what was there before is left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<Since>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Since {
    revision: String,
    commit: String,
    known: usize,
}

fn contract<'a>(judged: &'a JudgedContract<'_>, sources: Sources<'a>) -> Contract<'a> {
    let contract = judged.contract;
    Contract {
        contract: contract.id.as_ref().map(|id| clean(&id.value)),
        amends: contract.amends.as_ref().map(|id| clean(&id.value)),
        customer: contract.customer.as_ref().map(|customer| clean(&customer.value)),
        status: contract.status.to_string(),
        file: sources.get(contract.file).map(|source| clean(source.name())),
        value: contract.value.map(|value| Money::from(value.value)),
        requirements: judged.promises.iter().map(requirement).collect(),
    }
}

fn requirement<'a>(promise: &'a Promise<'_>) -> Requirement<'a> {
    let requirement = promise.requirement;
    let worst = promise.worst();
    let late = worst.filter(|worst| matches!(worst.delivery, Delivery::Late | Delivery::LateByDependency));
    let readable = !requirement.unreadable;
    Requirement {
        requirement: clean(&requirement.name),
        kind: if requirement.is_service { "service" } else { "feature" },
        features: promise.requirement.features.iter().map(|promised| clean(&promised.id)).collect(),
        delivery: promise.delivery().map(Delivery::name),
        certain: late.filter(|late| late.expected.is_some()).map(|late| late.certain),
        days: worst.and_then(|worst| worst.days),
        deadline: readable.then(|| requirement.due.deadline.window.into()),
        target: worst.and_then(|worst| worst.expected).map(Window::from),
        owed: promise.owed().and_then(|owed| owed.money).map(Money::from),
        cell: worst
            .map(|worst| worst.cell.iter().map(|(name, value)| (clean(name), clean(value))).collect())
            .unwrap_or_default(),
    }
}

fn found<'a>(finding: &'a Finding, sources: Sources<'a>) -> Found<'a> {
    let said = &finding.diagnostic;
    let notes = said.notes.iter().map(|note| Cow::Borrowed(note.as_str()));
    Found {
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
        message: &said.title,
        notes: notes.chain(view::level_note(finding, sources).map(Cow::Owned)).collect(),
        helps: &said.helps,
        fingerprint: finding.fingerprint(),
        waived: finding.waived.as_deref().map(|waiver| waived(waiver, sources)),
        spans: places(&said.labels, sources),
    }
}

fn waived<'a>(waiver: &'a Waiver, sources: Sources<'_>) -> Waived<'a> {
    let (file, position) = sources.place(waiver.place).unzip();
    let latest = |window: window::Window| window.latest.to_string();
    Waived {
        file,
        line: position.map(|position| position.line),
        reason: clean(&waiver.reason.value),
        approved_by: clean(&waiver.approved_by.value),
        approved_on: waiver.approved_on.map(|day| latest(day.value)),
        accepts: waiver.accepts.map(|day| latest(day.value)),
        expires: latest(waiver.expires.value),
    }
}

fn unread<'a>(problem: &'a Problem, sources: Sources<'a>) -> Unread<'a> {
    let said = &problem.diagnostic;
    let source = said.primary().and_then(|label| sources.get(label.span.file));
    Unread {
        file: source.map(|source| clean(source.name())).or(problem.file.as_deref().map(Cow::Borrowed)),
        message: &said.title,
        notes: &said.notes,
        helps: &said.helps,
        spans: places(&said.labels, sources),
    }
}

fn places<'a>(labels: &'a [Label], sources: Sources<'a>) -> Vec<Place<'a>> {
    let place = |(at, label): (usize, &'a Label)| {
        let source = sources.get(label.span.file)?;
        let range = label.span.range();
        Some(Place {
            file: clean(source.name()),
            primary: at == 0,
            label: &label.text,
            start: source.position(range.start).into(),
            end: source.position(range.end).into(),
        })
    };
    labels.iter().enumerate().filter_map(place).collect()
}

impl From<window::Window> for Window {
    fn from(window: window::Window) -> Self {
        Self { earliest: window.earliest.to_string(), latest: window.latest.to_string() }
    }
}

impl From<Position> for Point {
    fn from(Position { line, column, byte }: Position) -> Self {
        Self { line, column, byte }
    }
}

impl From<money::Money> for Money {
    fn from(money: money::Money) -> Self {
        Self { amount: money.amount.to_string(), currency: money.currency.to_string() }
    }
}

impl From<&Tally> for Summary {
    fn from(tally: &Tally) -> Self {
        Self {
            contracts: tally.contracts(),
            requirements: tally.requirements,
            by_delivery: tally.by_delivery().map(|(delivery, count)| (delivery.name(), count)).collect(),
            value: tally.value.iter().map(Money::from).collect(),
            value_at_risk: tally.value_at_risk().iter().map(Money::from).collect(),
            remedies: tally.owed.iter().map(Money::from).collect(),
            denied: tally.denied,
            warned: tally.warned,
            waived: tally.waived,
            since: tally.since.as_ref().map(|since| Since {
                revision: clean(&since.name).into_owned(),
                commit: since.commit.clone(),
                known: tally.known,
            }),
        }
    }
}
