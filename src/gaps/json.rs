//! Gaps as one object, for programs. Its keys are a promise: they are added to, never changed.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::output::{JsonMoney as Money, JsonWindow as Window, json_object};

use super::{Contracts, Demand, Gap, Gaps};

/// The version of the shape below.
const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Whole<'a> {
    version: u32,
    today: String,
    gaps: Vec<OneGap<'a>>,
    total: Wanted,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OneGap<'a> {
    feature: &'a str,
    name: &'a str,
    /// Whether a roadmap has it.
    known: bool,
    also: &'a [String],
    team: Option<&'a str>,
    #[serde(flatten)]
    wanted: Wanted,
    missing: Vec<OneScope<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OneScope<'a> {
    cell: BTreeMap<&'a str, &'a str>,
    delivery: &'static str,
    shortfall: Option<String>,
    missing: String,
    expected: Option<Window>,
    #[serde(flatten)]
    wanted: Wanted,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Wanted {
    signed: Worth,
    drafts: Worth,
    lost: Worth,
    /// Of the signed ones and drafts, those of which all that is missing is waived, or allowed by the settings.
    excused: Worth,
    needed_by: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Worth {
    contracts: usize,
    value: Vec<Money>,
}

/// Writes gaps with everything that a table shows.
pub fn json(gaps: &Gaps) -> String {
    let whole = Whole {
        version: VERSION,
        today: gaps.today.to_string(),
        gaps: gaps.gaps.iter().map(one).collect(),
        total: Wanted::from(&gaps.total),
    };
    json_object(&whole)
}

fn one(gap: &Gap) -> OneGap<'_> {
    let missing = gap.missing.iter().map(|missing| OneScope {
        cell: missing.cell.iter().collect(),
        delivery: missing.delivery.name(),
        shortfall: missing.shortfall(),
        missing: missing.words(),
        expected: missing.expected.map(Window::from),
        wanted: Wanted::from(&missing.demand),
    });
    OneGap {
        feature: &gap.id,
        name: &gap.title,
        known: gap.is_known,
        also: &gap.also,
        team: gap.team.as_deref(),
        wanted: Wanted::from(&gap.demand),
        missing: missing.collect(),
    }
}

impl From<&Demand> for Wanted {
    fn from(demand: &Demand) -> Self {
        Self {
            signed: Worth::from(&demand.signed),
            drafts: Worth::from(&demand.drafts),
            lost: Worth::from(&demand.lost),
            excused: Worth::from(&demand.excused()),
            needed_by: demand.needed_by.map(|day| day.to_string()),
        }
    }
}

impl From<&Contracts> for Worth {
    fn from(contracts: &Contracts) -> Self {
        Self { contracts: contracts.count(), value: contracts.value().iter().map(Money::from).collect() }
    }
}
