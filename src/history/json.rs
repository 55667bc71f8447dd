//! How good dates were as one object, for programs. Its keys are a promise: they are added to, never changed.

use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive as _;
use serde::Serialize;

use crate::model::forecast::{STANDBYS, STEPS, Standby};
use crate::model::measured::{ENOUGH, MeasuredPlan};
use crate::model::window::Date;
use crate::output::json_object;

use super::page::briers;
use super::{History, KeptCounts, PromiseOutcome};

const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct HistoryJson<'a> {
    version: u32,
    today: String,
    rows: Vec<HistoryRowJson<'a>>,
    promises: Vec<PromiseJson<'a>>,
    cells: Vec<CellJson>,
    plans: Vec<PlanJson<'a>>,
    brier: BrierJson,
}

/// What is known of a feature, a team, a seller or a quarter.
#[derive(Serialize)]
#[serde(untagged)]
enum HistoryRowJson<'a> {
    Feature { feature: &'a str, title: &'a str, slips: Vec<SlipJson<'a>> },
    Counts(CountsJson<'a>),
}

#[derive(Serialize)]
struct SlipJson<'a> {
    on: Option<String>,
    from: &'a str,
    to: &'a str,
    days: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CountsJson<'a> {
    /// `team`, `seller` or `quarter`, with its name.
    #[serde(flatten)]
    of: BTreeMap<&'static str, &'a str>,
    kept: usize,
    missed: usize,
    open: usize,
    unshipped_at_signing: usize,
}

/// A promise that the rows of its team, its seller and its quarter count.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct PromiseJson<'a> {
    contract: &'a str,
    requirement: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    team: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    seller: &'a str,
    quarter: &'a str,
    outcome: &'static str,
    /// None where nobody knows.
    unshipped_at_signing: Option<bool>,
}

/// A plan that cells count: those of its row, by the columns in which it is a case.
#[derive(Serialize)]
struct PlanJson<'a> {
    feature: &'a str,
    on: String,
    target: String,
    row: &'static str,
    kept: [Option<bool>; 3],
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CellJson {
    row: &'static str,
    days_to_spare: i64,
    cases: usize,
    kept: usize,
    /// The share that was kept, where there are enough cases.
    offered: Option<f64>,
}

#[derive(Serialize)]
struct BrierJson {
    default: Option<f64>,
    measured: Option<f64>,
}

/// Writes all of it.
pub(crate) fn json(history: &History, today: Date) -> String {
    let features = history.features.iter().map(|feature| HistoryRowJson::Feature {
        feature: &feature.id,
        title: &feature.title,
        slips: feature
            .slips
            .iter()
            .map(|slip| SlipJson {
                on: slip.on.map(|on| on.to_string()),
                from: &slip.from,
                to: &slip.to,
                days: slip.days,
            })
            .collect(),
    });
    let teams = counts(&history.teams, "team");
    let sellers = counts(&history.sellers, "seller");
    let quarters = counts(&history.quarters, "quarter");
    let cells = (0..).zip(STANDBYS).flat_map(|(row, standby)| {
        (0..).zip(STEPS).map(move |(column, days_to_spare)| (row, standby, column, days_to_spare))
    });
    let cell = |(row, standby, column, days_to_spare): (usize, Standby, usize, i64)| {
        let cell = history.measured.cells[row][column];
        let offered = cell.share().filter(|_| cell.cases >= ENOUGH).and_then(|share| share.to_f64());
        CellJson { row: standby.name(), days_to_spare, cases: cell.cases, kept: cell.kept, offered }
    };
    let briers = briers(history);
    json_object(&HistoryJson {
        version: VERSION,
        today: today.to_string(),
        rows: features.chain(teams).chain(sellers).chain(quarters).collect(),
        promises: history.promises.iter().map(PromiseJson::of).collect(),
        cells: cells.map(cell).collect(),
        plans: history.plans.iter().map(|(feature, plan)| PlanJson::of(feature, plan)).collect(),
        brier: BrierJson {
            default: briers.and_then(|(known, _)| known.to_f64()),
            measured: briers.and_then(|(_, measured)| measured.to_f64()),
        },
    })
}

impl<'a> PromiseJson<'a> {
    fn of(promise: &'a PromiseOutcome) -> Self {
        let PromiseOutcome { contract, requirement, team, seller, quarter, counts } = promise;
        let outcome = match counts {
            KeptCounts { kept: 1.., .. } => "kept",
            KeptCounts { missed: 1.., .. } => "missed",
            _ => "open",
        };
        let unshipped_at_signing = (counts.unknown == 0).then_some(counts.unshipped > 0);
        Self { contract, requirement, team, seller, quarter, outcome, unshipped_at_signing }
    }
}

impl<'a> PlanJson<'a> {
    fn of(feature: &'a str, plan: &MeasuredPlan) -> Self {
        let &MeasuredPlan { on, standby, target, kept } = plan;
        Self { feature, on: on.to_string(), target: target.to_string(), row: standby.name(), kept }
    }
}

fn counts<'a>(
    rows: &'a BTreeMap<String, KeptCounts>,
    key: &'static str,
) -> impl Iterator<Item = HistoryRowJson<'a>> {
    rows.iter().map(move |(name, &KeptCounts { kept, missed, open, unshipped, .. })| {
        let of = BTreeMap::from([(key, name.as_str())]);
        HistoryRowJson::Counts(CountsJson { of, kept, missed, open, unshipped_at_signing: unshipped })
    })
}
