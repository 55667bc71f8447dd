//! One JSON object, for programs. Its keys are a promise: they are added to, never changed.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use rust_decimal::prelude::ToPrimitive as _;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::check::counts::Counts;
use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::delivery::{Chance, Delivery, Kind, Promise};
use crate::diagnostic::{Help, Label, Problem};
use crate::lint::Level;
use crate::lint::context::JudgedContract;
use crate::lint::finding::Finding;
use crate::lint::obstacle::{self, Standing};
use crate::model::acceptance::Acceptance;
use crate::model::annotations::Annotations;
use crate::model::contract::{ContractStatus, KINDS, Strength};
use crate::model::forecast::ChanceBand;
use crate::model::money;
use crate::model::remedy::Tier;
use crate::model::scope::{Cell, Scope};
use crate::model::waiver::{Subject, Waiver};
use crate::model::window;
use crate::source::Position;
use crate::source::Sources;
use crate::text::clean;

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

/// What `lint --format json` prints. Every key is always there; keys are added, and none is changed.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "output")]
struct OutputJson {
    /// The version of this format.
    #[schemars(extend("const" = VERSION))]
    version: u32,
    /// The day of the check.
    #[schemars(extend("format" = "date"))]
    today: String,
    /// The contracts that were judged.
    #[schemars(with = "Vec<ContractJson>")]
    contracts: Vec<Box<RawValue>>,
    /// What the lints found.
    #[schemars(with = "Vec<FindingJson>")]
    findings: Vec<Box<RawValue>>,
    /// What could not be read.
    #[schemars(with = "Vec<ProblemJson>")]
    problems: Vec<Box<RawValue>>,
    /// All of it in numbers.
    summary: Summary,
    /// What was checked, and by what.
    provenance: ProvenanceJson,
}

/// A contract with what becomes of its promises.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "contract")]
struct ContractJson<'a> {
    /// The contract's id; null where it could not be read.
    contract: Option<Cow<'a, str>>,
    /// The id of the contract that this one amends.
    amends: Option<Cow<'a, str>>,
    /// The id of the master agreement that it is under.
    under: Option<Cow<'a, str>>,
    /// The customer.
    customer: Option<Cow<'a, str>>,
    /// How far the deal is.
    #[schemars(extend("enum" = ContractStatus::ALL.map(|status| status.to_string())))]
    status: String,
    /// The file, as it was named, with `/`.
    file: Option<Cow<'a, str>>,
    /// The total value over the term.
    value: Option<MoneyJson>,
    /// Where more can be looked up: tickets, pages, CRM ids.
    refs: Vec<String>,
    /// Whose it is.
    owner: Option<String>,
    /// What somebody noted of it.
    note: Option<String>,
    /// How likely all of its promises are kept together, from 0 to 1; null where one of them cannot be by plan,
    /// and where none waits for a feature.
    chance: Option<f64>,
    /// The same in words.
    #[schemars(extend("enum" = bands()))]
    band: Option<&'static str>,
    /// The promises, in the order of the file.
    requirements: Vec<RequirementJson<'a>>,
}

/// An amount of money.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "money")]
pub(crate) struct MoneyJson {
    /// The amount, exact, as a decimal number in a text.
    // Not a number: most programs read those of JSON as binary fractions.
    amount: String,
    /// The currency: three letters, such as `EUR`.
    currency: String,
}

/// A promise with its verdict.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "requirement")]
struct RequirementJson<'a> {
    /// Its id; without one the ids of its features, or `#3` for the third.
    requirement: Cow<'a, str>,
    /// Whether it promises features, or a service, which needs none.
    #[schemars(extend("enum" = KINDS))]
    kind: &'static str,
    /// The promised features, by id.
    features: Vec<Cow<'a, str>>,
    /// What the clause promises, where that is not the thing itself: efforts, or only a target.
    #[schemars(extend("enum" = Strength::ALL.map(|strength| Some(strength.name())).into_iter().chain([None]).collect::<Vec<_>>()))]
    strength: Option<&'static str>,
    /// What becomes of it. Null for services and where no feature is named: nothing was judged.
    #[schemars(extend("enum" = Delivery::WORST_FIRST.map(|delivery| Some(delivery.name())).into_iter().chain([None]).collect::<Vec<_>>()))]
    delivery: Option<&'static str>,
    /// For what is late: whether it is so even by the first day of its target.
    certain: Option<bool>,
    /// Days from the deadline to the delivery: more than zero where it is late, less where there are days to spare.
    days: Option<i64>,
    /// By when it is promised; null where no day is, and where that could not be read.
    deadline: Option<WindowJson>,
    /// How long it must hold, where it says so itself.
    until: Option<WindowJson>,
    /// The day on which the customer accepted it.
    met: Option<WindowJson>,
    /// When it is expected; null where the roadmap has no date for it.
    target: Option<WindowJson>,
    /// What it would owe by then, where it is late: at most what the contract caps all its remedies at.
    owed: Option<MoneyJson>,
    /// Whether more may be owed, since nothing says that this is the sole remedy. Null where nothing is owed.
    at_least: Option<bool>,
    /// The first day on which the customer may end the contract, where it is so late, or has no date.
    terminable: Option<String>,
    /// What is paid back then.
    refund: Option<MoneyJson>,
    /// The most that one period can cost for each level that has service credits. No forecast.
    service_credits: Vec<ServiceCreditJson<'a>>,
    /// The combination of scope values that the verdict is about.
    cell: Values<'a>,
    /// Where more can be looked up: tickets, pages, CRM ids.
    refs: Vec<String>,
    /// Whose it is.
    owner: Option<String>,
    /// What somebody noted of it.
    note: Option<String>,
    /// How likely it is kept, from 0 to 1, where it is on time by plan and has not shipped: as plans like it were.
    chance: Option<f64>,
    /// The same in words.
    #[schemars(extend("enum" = bands()))]
    band: Option<&'static str>,
    /// Why that is so.
    reasons: Vec<String>,
    /// What stands in its way, the worst first: one of each lint, feature and number of days.
    obstacles: Vec<ObstacleJson<'a>>,
}

/// What a level can cost, where it is missed.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "service-credit")]
struct ServiceCreditJson<'a> {
    /// The level.
    level: Cow<'a, str>,
    /// What it is then, as a constraint.
    at: String,
    /// The most that one period can cost; null where the contract does not state what it is a share of.
    most: Option<MoneyJson>,
}

/// A scope: dimensions with their values.
type Lists<'a> = BTreeMap<Cow<'a, str>, Vec<Cow<'a, str>>>;

/// A value of each dimension.
type Values<'a> = BTreeMap<Cow<'a, str>, Cow<'a, str>>;

/// One reason why a promise cannot be kept as it stands.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "obstacle")]
struct ObstacleJson<'a> {
    /// The lint that tells of it.
    lint: &'static str,
    /// What it is about. Obstacles of different kinds do not depend on each other.
    #[schemars(extend("enum" = Kind::ALL.map(Kind::name)))]
    kind: &'static str,
    /// The feature's id, or what was written where the roadmap has no such feature.
    feature: Cow<'a, str>,
    /// The combinations of scope values that it holds for; none where no scope matters.
    cells: Vec<Values<'a>>,
    /// Days that it is late; of what is gone, days before the contract ends.
    days: Option<i64>,
    /// How the lint counts: `allow` where nobody is told.
    #[schemars(extend("enum" = Level::ALL.map(Level::name)))]
    level: &'static str,
    /// The waiver that covers it; null where none does.
    waived: Option<WaiverJson<'a>>,
}

/// A window of days; both are the same where it is one day.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "window")]
pub(crate) struct WindowJson {
    /// The first day.
    #[schemars(extend("format" = "date"))]
    earliest: String,
    /// The last day.
    #[schemars(extend("format" = "date"))]
    latest: String,
}

/// What a lint found.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "finding")]
struct FindingJson<'a> {
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
struct WaiverJson<'a> {
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

/// The run in numbers.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "summary")]
struct Summary {
    /// Contracts that were judged.
    contracts: usize,
    /// Their requirements, services included.
    requirements: usize,
    /// How many promises have each verdict; those that none has are left out.
    #[schemars(extend("propertyNames" = serde_json::json!({ "enum": Delivery::WORST_FIRST.map(Delivery::name) })))]
    by_delivery: BTreeMap<&'static str, usize>,
    /// Of those whose verdict is good, how many are gone before they need no longer hold.
    #[schemars(extend("propertyNames" = serde_json::json!({ "enum": Delivery::WORST_FIRST.map(Delivery::name) })))]
    gone: BTreeMap<&'static str, usize>,
    /// Promises that cannot be kept as they stand, which nobody has accepted.
    broken: usize,
    /// Promises that can be kept, with little time to spare.
    tight: usize,
    /// Promises that could not be judged.
    unjudged: usize,
    /// Promises that cannot be kept as they stand, or are tight, and that a waiver covers.
    waived_promises: usize,
    /// Promises that cannot be kept as they stand, and whose lints are allowed.
    allowed_promises: usize,
    /// Promises of efforts alone; they are among the others, too.
    efforts: StrengthJson,
    /// Promises that only name a target; they are among the others, too.
    targets: StrengthJson,
    /// Terms off the standard, which nobody has accepted.
    terms: usize,
    /// Terms off the standard, that a waiver covers.
    waived_terms: usize,
    /// From the first to the last day on which the roadmaps were reviewed; null where not all say so.
    reviewed: Option<WindowJson>,
    /// What the contracts are worth, by currency.
    value: Vec<MoneyJson>,
    /// What the deals are worth of which a promise is broken.
    value_at_risk: Vec<MoneyJson>,
    /// What late promises would owe by their expected delivery.
    remedies: Vec<MoneyJson>,
    /// Findings that make the run fail.
    denied: usize,
    /// Findings that do not.
    warned: usize,
    /// Findings that a waiver covers.
    waived: usize,
    /// Of these, those that were recorded when dealcheck came.
    baseline: usize,
    /// The older version, where what it was found to have is left out.
    since: Option<SinceJson>,
}

/// Promises whose clauses promise less than the thing itself.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "strength")]
pub(crate) struct StrengthJson {
    /// All of them.
    promises: usize,
    /// Those that cannot be kept as they stand, which nobody has accepted.
    broken: usize,
}

impl StrengthJson {
    /// Those of a strength.
    pub(crate) fn of(counts: &Counts, strength: Strength) -> Self {
        let [promises, broken] = counts.of_strength(strength);
        Self { promises, broken }
    }
}

/// An older version, what was there being left out.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "since")]
struct SinceJson {
    /// The revision, as it was typed.
    revision: String,
    /// The commit that it names.
    commit: String,
    /// Findings that were there before, and are left out.
    known: usize,
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
        at_least: owed.as_ref().map(|owed| !owed.remedy.is_sole),
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
        Self { amount: money.amount.to_string(), currency: money.currency.to_string() }
    }
}

impl From<&Tally> for Summary {
    fn from(tally: &Tally) -> Self {
        Self {
            contracts: tally.contracts(),
            requirements: tally.promises.requirements,
            by_delivery: named(tally.promises.by_delivery()),
            gone: named(tally.promises.gone()),
            broken: tally.promises.of(Standing::Broken),
            tight: tally.promises.of(Standing::AtRisk),
            unjudged: tally.promises.of(Standing::Unjudged),
            waived_promises: tally.promises.of(Standing::Waived),
            allowed_promises: tally.promises.of(Standing::Allowed),
            efforts: StrengthJson::of(&tally.promises, Strength::Efforts),
            targets: StrengthJson::of(&tally.promises, Strength::Target),
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

fn named(counts: impl Iterator<Item = (Delivery, usize)>) -> BTreeMap<&'static str, usize> {
    counts.map(|(delivery, count)| (delivery.name(), count)).collect()
}
