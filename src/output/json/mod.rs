//! One JSON object, for programs. Its keys are a promise: they are added to, never changed.

mod types;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use rust_decimal::prelude::ToPrimitive as _;
use schemars::{Schema, SchemaGenerator};
use serde_json::value::RawValue;

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::delivery::{Chance, Delivery, Promise};
use crate::diagnostic::{Help, Label, Problem};
use crate::lint::context::JudgedContract;
use crate::lint::finding::Finding;
use crate::lint::obstacle;
use crate::model::acceptance::Acceptance;
use crate::model::annotations::Annotations;
use crate::model::contract::Strength;
use crate::model::forecast::ChanceBand;
use crate::model::money;
use crate::model::remedy::Tier;
use crate::model::scope::{Cell, Scope};
use crate::model::waiver::{Subject, Waiver};
use crate::model::window;
use crate::source::Position;
use crate::source::Sources;
use crate::text::clean;

use types::{
    ContractJson, Edit, FindingJson, Lists, ObstacleJson, OutputJson, Point, ProblemJson, RequirementJson,
    ServiceCreditJson, SinceJson, SpanJson, Summary, Values, WaiverJson,
};
pub(crate) use types::{MoneyJson, PromiseCountsJson, WindowJson};

use super::layout::{self, ready};
use super::provenance::{CheckedSource, ProvenanceJson, checked_sources};
use super::{RenderOptions, view};

/// The version of the shape below.
const VERSION: u32 = 1;

/// The lists that are broken into lines: of contracts, findings and problems.
const LISTS: usize = 2;

/// What the object holds of one file, ready to be written.
#[derive(Debug)]
pub(crate) struct JsonPart {
    pub(super) contract: Option<Box<RawValue>>,
    pub(super) findings: Box<[Box<RawValue>]>,
    pub(super) problems: Box<[Box<RawValue>]>,
    pub(super) files: Box<[CheckedSource]>,
}

pub(super) fn part(outcome: &Outcome<'_>) -> JsonPart {
    let sources = outcome.sources;
    JsonPart {
        contract: outcome.judged().map(|judged| ready(&contract(judged, sources))),
        findings: outcome.findings.iter().map(|finding| ready(&found(finding, sources))).collect(),
        problems: outcome.problems.iter().map(|problem| ready(&unread(problem, sources))).collect(),
        files: checked_sources(outcome).into(),
    }
}

/// Writes the one object.
pub(super) fn whole(
    parts: impl Iterator<Item = JsonPart>,
    tally: &Tally,
    options: &RenderOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut whole = OutputJson {
        version: VERSION,
        today: options.today.to_string(),
        contracts: Vec::new(),
        findings: Vec::new(),
        problems: Vec::new(),
        summary: Summary::from(tally),
        provenance: ProvenanceJson::of(Vec::new()),
    };
    let mut files = Vec::new();
    for part in parts {
        files.extend(part.files);
        whole.contracts.extend(part.contract);
        whole.findings.extend(part.findings);
        whole.problems.extend(part.problems);
    }
    whole.provenance = ProvenanceJson::of(files);
    layout::write(&whole, LISTS, out)
}

/// The schema of all of it.
pub(crate) fn schema(generator: SchemaGenerator) -> Schema {
    generator.into_root_schema_for::<OutputJson>()
}

fn contract<'a>(judged: &'a JudgedContract<'_>, sources: Sources<'a>) -> ContractJson<'a> {
    let contract = judged.contract;
    let chance = judged.chance.as_ref().filter(|chance| chance.waits());
    ContractJson {
        contract: contract.id.as_ref().map(|id| clean(&id.value)),
        amends: contract.amends.as_ref().map(|id| clean(&id.value)),
        under: contract.under.as_ref().map(|id| clean(&id.value)),
        customer: contract.customer.as_ref().map(|customer| clean(&customer.value)),
        status: contract.status.to_string(),
        file: sources.get(contract.file).map(|source| clean(source.name())),
        value: contract.value.map(|value| MoneyJson::from(value.value)),
        refs: Annotations::shown_refs(contract.annotations.as_deref()),
        owner: Annotations::shown_owner(contract.annotations.as_deref()),
        note: Annotations::shown_note(contract.annotations.as_deref()),
        chance: chance.and_then(number),
        band: chance.map(|chance| chance.band().words()),
        requirements: judged
            .promises
            .iter()
            .zip(&judged.obstacles)
            .zip(judged.chances.iter().map(Option::as_ref).chain(std::iter::repeat(None)))
            .map(|((promise, obstacles), chance)| requirement(promise, obstacles, chance, sources))
            .collect(),
    }
}

fn requirement<'a>(
    promise: &'a Promise<'_>,
    obstacles: &'a [obstacle::Obstacle],
    chance: Option<&Chance>,
    sources: Sources<'_>,
) -> RequirementJson<'a> {
    let requirement = promise.requirement;
    let worst = promise.worst();
    let late = worst.filter(|worst| matches!(worst.delivery, Delivery::Late | Delivery::LateByDependency));
    let readable = !requirement.unreadable;
    let (owed, termination) = (promise.owed(), promise.termination());
    RequirementJson {
        requirement: clean(&requirement.name),
        kind: if requirement.is_service { "service" } else { "feature" },
        features: promise.requirement.features.iter().map(|promised| clean(&promised.id)).collect(),
        strength: requirement.strength.map(Strength::name),
        delivery: promise.delivery().map(Delivery::name),
        certain: late.filter(|late| late.expected.is_some()).map(|late| late.certain),
        days: worst.and_then(|worst| worst.days),
        deadline: requirement.due.window().filter(|_| readable).map(WindowJson::from),
        until: requirement.until.given().map(|until| until.value.into()),
        met: requirement.met.map(|met| met.value.into()),
        target: worst.and_then(|worst| worst.expected).map(WindowJson::from),
        at_least: owed.as_ref().map(|owed| owed.at_least),
        owed: owed.and_then(|owed| owed.money).map(MoneyJson::from),
        terminable: termination.map(|termination| termination.first.to_string()),
        refund: termination
            .and_then(|termination| termination.refund?.of(&termination.base))
            .map(MoneyJson::from),
        service_credits: promise.service_credits().into_iter().map(service_credit).collect(),
        cell: worst.map(|worst| values(&worst.cell)).unwrap_or_default(),
        refs: Annotations::shown_refs(requirement.annotations.as_deref()),
        owner: Annotations::shown_owner(requirement.annotations.as_deref()),
        note: Annotations::shown_note(requirement.annotations.as_deref()),
        chance: chance.and_then(number),
        band: chance.map(|chance| chance.band().words()),
        reasons: chance
            .map(|chance| {
                let sources = chance.sources().into_iter().map(str::to_owned);
                chance.reasons().into_iter().chain(sources).collect()
            })
            .unwrap_or_default(),
        obstacles: obstacles.iter().flat_map(|obstacle| of_obstacle(obstacle, promise, sources)).collect(),
    }
}

/// A chance with two digits.
fn number(chance: &Chance) -> Option<f64> {
    // Two digits, since the table that it comes from has no more.
    chance.value().round_dp(2).to_f64()
}

fn bands() -> Vec<Option<&'static str>> {
    ChanceBand::ALL.map(|band| Some(band.words())).into_iter().chain([None]).collect()
}

fn service_credit(tier: &Tier) -> ServiceCreditJson<'_> {
    ServiceCreditJson {
        level: clean(&tier.level),
        at: tier.bound.to_string(),
        most: tier.credit.of(&tier.base).map(MoneyJson::from),
    }
}

fn lists(scope: &Scope) -> Lists<'_> {
    scope.dimensions().map(|it| (clean(it.name()), it.values().map(clean).collect())).collect()
}

fn values(cell: &Cell) -> Values<'_> {
    cell.iter().map(|(name, value)| (clean(name), clean(value))).collect()
}

/// An obstacle, apart for each number of days.
fn of_obstacle<'a>(
    obstacle: &'a obstacle::Obstacle,
    promise: &'a Promise<'_>,
    sources: Sources<'_>,
) -> Vec<ObstacleJson<'a>> {
    let mut all: Vec<ObstacleJson<'a>> = Vec::new();
    for judgement in obstacle.cells.iter().map(|&at| &promise.judgements[at]) {
        let days = obstacle.days(judgement, promise);
        let cell = (!judgement.cell.is_empty()).then(|| values(&judgement.cell));
        match all.iter_mut().find(|known| known.days == days) {
            Some(known) => known.cells.extend(cell),
            None => all.push(ObstacleJson {
                lint: obstacle.lint.name,
                kind: obstacle.kind.name(),
                feature: clean(judgement.id()),
                cells: cell.into_iter().collect(),
                days,
                level: obstacle.level.name(),
                waived: obstacle.waived.as_deref().map(|waiver| waived(waiver, sources)),
            }),
        }
    }
    all
}

fn found<'a>(finding: &'a Finding, sources: Sources<'a>) -> FindingJson<'a> {
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

fn waived<'a>(waiver: &'a Waiver, sources: Sources<'_>) -> WaiverJson<'a> {
    let (file, position) = sources.place(waiver.place).unzip();
    let latest = |window: window::Window| window.latest.to_string();
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

impl From<window::Window> for WindowJson {
    fn from(window: window::Window) -> Self {
        Self { earliest: window.earliest.to_string(), latest: window.latest.to_string() }
    }
}

impl From<Position> for Point {
    fn from(Position { line, column, byte }: Position) -> Self {
        Self { line, column, byte }
    }
}

impl From<money::Money> for MoneyJson {
    fn from(money: money::Money) -> Self {
        // As a text, which stays exact: most readers of JSON make a binary fraction of a number.
        Self { amount: money.amount.to_string(), currency: money.currency.to_string() }
    }
}

impl From<&Tally> for Summary {
    fn from(tally: &Tally) -> Self {
        Self {
            contracts: tally.contracts(),
            requirements: tally.promises.requirements,
            promises: PromiseCountsJson::from(&tally.promises),
            terms: tally.terms,
            waived_terms: tally.waived_terms,
            reviewed: tally.reviews.days.filter(|_| !tally.reviews.is_partial).map(WindowJson::from),
            value: tally.value().iter().map(MoneyJson::from).collect(),
            value_at_risk: tally.value_at_risk().iter().map(MoneyJson::from).collect(),
            remedies: tally.owed.total().iter().map(MoneyJson::from).collect(),
            denied: tally.denied,
            warned: tally.warned,
            waived: tally.waived,
            baseline: tally.baseline,
            since: tally.since.as_ref().map(|since| SinceJson {
                revision: clean(&since.name).into_owned(),
                commit: since.commit.clone(),
                known: tally.known,
            }),
        }
    }
}
