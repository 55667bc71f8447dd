//! Gaps as one object, for programs. Its keys are a promise: they are added to, never changed.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::output::{MoneyJson, WindowJson, json_object};

use super::{Contracts, Demand, Gap, Gaps};

/// The version of the shape below.
const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct GapsJson<'a> {
    version: u32,
    today: String,
    gaps: Vec<GapJson<'a>>,
    total: DemandJson,
    /// What `lint` denies of the roadmap itself.
    roadmap_errors: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct GapJson<'a> {
    feature: &'a str,
    name: &'a str,
    /// Whether a roadmap has it.
    known: bool,
    also: &'a [String],
    team: Option<&'a str>,
    refs: &'a [String],
    owner: Option<&'a str>,
    #[serde(flatten)]
    wanted: DemandJson,
    missing: Vec<MissingJson<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct MissingJson<'a> {
    cell: BTreeMap<&'a str, &'a str>,
    delivery: &'static str,
    shortfall: Option<String>,
    missing: String,
    expected: Option<WindowJson>,
    #[serde(flatten)]
    wanted: DemandJson,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct DemandJson {
    signed: WorthJson,
    drafts: WorthJson,
    lost: WorthJson,
    /// Of the signed ones and drafts, those of which all that is missing is waived, or allowed by the settings.
    excused: WorthJson,
    needed_by: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct WorthJson {
    contracts: usize,
    value: Vec<MoneyJson>,
}

/// Writes gaps with everything that a table shows.
pub(crate) fn json(gaps: &Gaps) -> String {
    let whole = GapsJson {
        version: VERSION,
        today: gaps.today.to_string(),
        gaps: gaps.gaps.iter().map(one).collect(),
        total: DemandJson::from(&gaps.total),
        roadmap_errors: gaps.roadmap_errors.0,
    };
    json_object(&whole)
}

fn one(gap: &Gap) -> GapJson<'_> {
    let missing = gap.missing.iter().map(|missing| MissingJson {
        cell: missing.cell.iter().collect(),
        delivery: missing.delivery.name(),
        shortfall: missing.shortfall(),
        missing: missing.words(),
        expected: missing.expected.map(WindowJson::from),
        wanted: DemandJson::from(&missing.demand),
    });
    GapJson {
        feature: &gap.id,
        name: &gap.title,
        known: gap.is_known,
        also: &gap.also,
        team: gap.team.as_deref(),
        refs: &gap.refs,
        owner: gap.owner.as_deref(),
        wanted: DemandJson::from(&gap.demand),
        missing: missing.collect(),
    }
}

impl From<&Demand> for DemandJson {
    fn from(demand: &Demand) -> Self {
        Self {
            signed: WorthJson::from(&demand.signed),
            drafts: WorthJson::from(&demand.drafts),
            lost: WorthJson::from(&demand.lost),
            excused: WorthJson::from(&demand.excused()),
            needed_by: demand.needed_by.map(|day| day.to_string()),
        }
    }
}

impl From<&Contracts> for WorthJson {
    fn from(contracts: &Contracts) -> Self {
        Self { contracts: contracts.count(), value: contracts.value().into() }
    }
}
