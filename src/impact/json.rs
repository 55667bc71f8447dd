//! As one object, for programs. Its keys are a promise: they are added to, never changed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use crate::deals::DealJudgement;
use crate::lint::finding::Finding;
use crate::model::window::Date;
use crate::output::{MoneyJson, WindowJson, json_object};
use crate::text::clean;

use super::{AffectedDeals, Change, ChangeKind, DealImpact, Direction, Impact};

/// The version of the shape below.
const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ImpactJson<'a> {
    version: u32,
    today: String,
    compared: &'a str,
    contracts: Vec<AffectedJson<'a>>,
    roadmap: Vec<RoadmapFindingJson<'a>>,
    summary: ImpactSummaryJson,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct AffectedJson<'a> {
    contract: Option<&'a str>,
    customer: Option<&'a str>,
    status: String,
    file: &'a str,
    value: Option<MoneyJson>,
    direction: &'static str,
    changes: Vec<ChangeJson<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ChangeJson<'a> {
    direction: &'static str,
    requirement: Option<&'a str>,
    message: String,
    /// The lint that finds it today; for what is gone, the one that found it.
    lint: Option<&'static str>,
    /// Denied today, and accepted by nobody.
    denied: bool,
    waived: bool,
    /// In which respect it changes, where it is about what becomes of a promise: time stands for existence, too.
    kind: Option<&'static str>,
    /// The feature, where it is about what becomes of one.
    feature: Option<&'a str>,
    /// The combinations of scope values that it goes for; an empty value is any that the roadmap does not name.
    cells: Vec<BTreeMap<Cow<'a, str>, Cow<'a, str>>>,
    before: Option<StateJson<'a>>,
    now: Option<StateJson<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct StateJson<'a> {
    delivery: &'static str,
    days: Option<i64>,
    target: Option<WindowJson>,
    /// The levels that are too low.
    shortfalls: Vec<&'a str>,
    /// The last day on which it works, where it is gone before it need no longer hold.
    sunset: Option<String>,
    place: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct RoadmapFindingJson<'a> {
    change: &'static str,
    lint: &'static str,
    feature: Option<&'a str>,
    message: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ImpactSummaryJson {
    contracts: usize,
    signed_worse: AffectedDealsJson,
    drafts_worse: AffectedDealsJson,
    signed_better: AffectedDealsJson,
    drafts_better: AffectedDealsJson,
    /// Whether a signed contract gets worse by something that is denied and accepted by nobody.
    breaks_signed: bool,
    /// What `lint` denies of today's roadmap itself.
    roadmap_errors: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct AffectedDealsJson {
    contracts: usize,
    changes: usize,
    value: Vec<MoneyJson>,
}

/// Writes what changes.
pub(crate) fn json(impact: &Impact<'_>, today: Date) -> String {
    let counted = |signed, direction| AffectedDealsJson::from(&impact.deals(signed, direction));
    let new = impact.new.iter().map(|finding| one_finding("new", finding));
    let gone = impact.gone.iter().map(|finding| one_finding("gone", finding));
    let whole = ImpactJson {
        version: VERSION,
        today: today.to_string(),
        compared: &impact.compared,
        contracts: impact.contracts.iter().map(one_contract).collect(),
        roadmap: new.chain(gone).collect(),
        summary: ImpactSummaryJson {
            contracts: impact.judged,
            signed_worse: counted(true, Direction::Worse),
            drafts_worse: counted(false, Direction::Worse),
            signed_better: counted(true, Direction::Better),
            drafts_better: counted(false, Direction::Better),
            breaks_signed: impact.breaks_signed(),
            roadmap_errors: impact.roadmap_errors.0,
        },
    };
    json_object(&whole)
}

fn one_contract<'a>(affected: &'a DealImpact<'_>) -> AffectedJson<'a> {
    let deal = affected.deal;
    AffectedJson {
        contract: deal.id.as_deref(),
        customer: deal.customer.as_deref(),
        status: deal.status.to_string(),
        file: &deal.file,
        value: deal.value.map(MoneyJson::from),
        direction: affected.direction.name(),
        changes: affected.changes.iter().map(one_change).collect(),
    }
}

fn one_change<'a>(change: &'a Change<'_>) -> ChangeJson<'a> {
    let (kind, feature, cells, before, now) = match &change.what {
        ChangeKind::Part { kind, before, now, cells } => (
            Some(kind.name()),
            Some(now.feature.id.as_str()),
            cells.as_slice(),
            before.map(StateJson::from),
            Some(StateJson::from(*now)),
        ),
        ChangeKind::Finding(finding) => (None, finding.feature.as_deref(), [].as_slice(), None, None),
    };
    ChangeJson {
        direction: change.direction.name(),
        requirement: change.requirement.as_deref(),
        message: change.sentence(),
        lint: change.lint(),
        denied: change.is_denied(),
        waived: change.is_waived(),
        kind,
        feature,
        cells: cells
            .iter()
            .map(|cell| cell.iter().map(|(name, value)| (clean(name), clean(value))).collect())
            .collect(),
        before,
        now,
    }
}

fn one_finding<'a>(change: &'static str, finding: &'a Finding) -> RoadmapFindingJson<'a> {
    RoadmapFindingJson {
        change,
        lint: finding.lint.name,
        feature: finding.feature.as_deref(),
        message: &finding.diagnostic.title,
    }
}

impl<'a> From<&'a DealJudgement> for StateJson<'a> {
    fn from(judgement: &'a DealJudgement) -> Self {
        Self {
            delivery: judgement.delivery.name(),
            days: judgement.days,
            target: judgement.expected.map(WindowJson::from),
            shortfalls: judgement.shortfalls.values().map(String::as_str).collect(),
            sunset: judgement.sunset.map(|day| day.to_string()),
            place: judgement.place.as_deref(),
        }
    }
}

impl From<&AffectedDeals> for AffectedDealsJson {
    fn from(deals: &AffectedDeals) -> Self {
        Self { contracts: deals.count(), changes: deals.changes(), value: deals.value().into() }
    }
}
