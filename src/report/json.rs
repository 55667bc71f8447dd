//! A report as one object, for programs. Its keys are a promise: they are added to, never changed.

use rust_decimal::prelude::ToPrimitive as _;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use crate::deals::Fulfilment;
use crate::model::forecast::ChanceBand;
use crate::model::money::Money;
use crate::output::provenance::ProvenanceJson;
use crate::output::{MoneyJson, PromiseCountsJson, WindowJson, json_object};

use super::outlook::{DealOutlook, NO_FORECAST, OutlookAmount, OutlookPart, ValueOutlook};
use super::promise::{COLUMNS, CellValue, rows};
use super::{Grouping, Line, LineTotals, Report};

/// The version of the shape below.
const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct ReportJson<'a> {
    version: u32,
    today: String,
    by: String,
    lines: LinesJson<'a>,
    total: TotalsJson,
    /// What the deals are worth, by how often plans like theirs are kept; null where lines are about who sells.
    value_by_chance: Option<OutlookJson<'a>>,
    /// What `lint` denies of the roadmap itself.
    roadmap_errors: usize,
    notice: &'a str,
    /// What was counted, and by what.
    provenance: &'a ProvenanceJson,
}

/// Lines of numbers, or promises.
#[derive(Serialize)]
#[serde(untagged)]
enum LinesJson<'a> {
    Totals(Vec<LineJson<'a>>),
    Promises(Vec<PromiseLineJson>),
}

/// A promise by its columns; null where there is nothing to say.
struct PromiseLineJson([CellValue; COLUMNS.len()]);

impl Serialize for PromiseLineJson {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(COLUMNS.len()))?;
        for (column, value) in COLUMNS.iter().zip(&self.0) {
            match value {
                CellValue::Nothing => map.serialize_entry(column, &())?,
                CellValue::List(texts) => map.serialize_entry(column, texts)?,
                CellValue::Integer(number) => map.serialize_entry(column, number)?,
                other => map.serialize_entry(column, &other.to_text())?,
            }
        }
        map.end()
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct LineJson<'a> {
    /// What it is about; null for what belongs to none.
    name: Option<&'a str>,
    /// The feature's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(flatten)]
    contract: Option<DealJson<'a>>,
    #[serde(flatten)]
    counted: TotalsJson,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct DealJson<'a> {
    customer: Option<&'a str>,
    seller: Option<&'a str>,
    status: String,
    owner: Option<&'a str>,
    refs: &'a [String],
    file: &'a str,
    signing: Option<WindowJson>,
    end: Option<WindowJson>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct TotalsJson {
    contracts: usize,
    promises: usize,
    services: usize,
    unmapped: usize,
    #[serde(flatten)]
    counted: PromiseCountsJson,
    kept: usize,
    kept_late: usize,
    missed: usize,
    value: Vec<MoneyJson>,
    value_at_risk: Vec<MoneyJson>,
    remedies: Vec<MoneyJson>,
    /// What the work costs that is still to be done for the promises.
    cost: Vec<MoneyJson>,
    /// What is to be done and is not in the cost, since the roadmap states no effort for it.
    uncosted: Vec<String>,
    next_deadline: Option<String>,
    waivers: usize,
    /// Of these, those that were recorded when dealcheck came.
    baseline: usize,
    /// The share of promises about features that have shipped, in whole percent.
    coverage: Option<usize>,
    /// Specified future features that are promised: for review, never a conclusion.
    future_features: Vec<FutureFeatureJson>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct FutureFeatureJson {
    feature: String,
    expected: Option<WindowJson>,
}

/// What deals are worth, by chance.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OutlookJson<'a> {
    /// What it is not.
    notice: &'static str,
    /// Deals that wait for something, by the quarter in which the last of it is due.
    quarters: Vec<QuarterJson<'a>>,
    /// All of these together.
    all: Vec<OutlookAmountJson>,
    /// Deals that wait for no feature.
    settled: Vec<&'a str>,
    /// Deals of which a promise cannot be kept by plan, or was not judged.
    without_chance: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct QuarterJson<'a> {
    quarter: String,
    deals: Vec<DealOutlookJson<'a>>,
    amounts: Vec<OutlookAmountJson>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct DealOutlookJson<'a> {
    /// The contract's id; for amendments that of what they amend.
    contract: &'a str,
    value: Option<MoneyJson>,
    chance: Option<f64>,
    band: Option<&'static str>,
}

/// Amounts of one currency.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct OutlookAmountJson {
    currency: String,
    value: String,
    /// What is kept in 65 of 100 cases.
    mostly_at_least: String,
    /// What is exceeded in fewer than 35 of 100.
    seldom_more_than: String,
    /// `exact`, or `simulated`, with the same numbers in each run.
    method: &'static str,
}

impl<'a> OutlookJson<'a> {
    fn of(outlook: &ValueOutlook<'a>) -> Self {
        let quarter = |(quarter, part): &(String, OutlookPart<'a>)| QuarterJson {
            quarter: quarter.clone(),
            deals: part.deals.iter().map(DealOutlookJson::of).collect(),
            amounts: part.amounts.iter().map(OutlookAmountJson::of).collect(),
        };
        let ids = |part: &OutlookPart<'a>| part.deals.iter().map(|outlook| outlook.deal.key()).collect();
        Self {
            notice: NO_FORECAST,
            quarters: outlook.quarters.iter().map(quarter).collect(),
            all: outlook.all.amounts.iter().map(OutlookAmountJson::of).collect(),
            settled: ids(&outlook.settled),
            without_chance: ids(&outlook.unforecastable),
        }
    }
}

impl<'a> DealOutlookJson<'a> {
    fn of(outlook: &DealOutlook<'a>) -> Self {
        Self {
            contract: outlook.deal.key(),
            value: outlook.value.map(MoneyJson::from),
            chance: outlook.chance().and_then(|chance| chance.round_dp(2).to_f64()),
            band: outlook.band().map(ChanceBand::words),
        }
    }
}

impl OutlookAmountJson {
    fn of(amount: &OutlookAmount) -> Self {
        let shown = |money: Money| money.amount.to_string();
        Self {
            currency: amount.value.currency.to_string(),
            value: shown(amount.value),
            mostly_at_least: shown(amount.likely_at_least),
            seldom_more_than: shown(amount.unlikely_above),
            method: if amount.is_exact { "exact" } else { "simulated" },
        }
    }
}

/// Writes a report with everything that any column shows.
pub(crate) fn json(report: &Report<'_>, provenance: &ProvenanceJson) -> String {
    let whole = ReportJson {
        version: VERSION,
        today: report.today.to_string(),
        by: report.by.name(),
        lines: match report.by {
            Grouping::Promise => LinesJson::Promises(rows(report).into_iter().map(PromiseLineJson).collect()),
            _ => LinesJson::Totals(report.lines.iter().map(line_json).collect()),
        },
        total: TotalsJson::from(&report.total.totals),
        // A chance is nobody's, and least of all a seller's.
        value_by_chance: (report.by != Grouping::Seller)
            .then(|| OutlookJson::of(&ValueOutlook::of(&report.deals))),
        roadmap_errors: report.tally.roadmap_errors,
        notice: &report.notice,
        provenance,
    };
    json_object(&whole)
}

fn line_json<'a>(line: &'a Line<'_>) -> LineJson<'a> {
    LineJson {
        name: line.name.as_deref(),
        id: line.id.as_deref(),
        contract: line.deal.map(|deal| DealJson {
            customer: deal.customer.as_deref(),
            seller: deal.seller.as_deref(),
            status: deal.status.to_string(),
            owner: deal.owner.as_deref(),
            refs: &deal.refs,
            file: &deal.file,
            signing: deal.signing.map(WindowJson::from),
            end: deal.end.map(WindowJson::from),
        }),
        counted: TotalsJson::from(&line.totals),
    }
}

impl From<&LineTotals> for TotalsJson {
    fn from(totals: &LineTotals) -> Self {
        let (promises, future) = (&totals.promises, totals.future.iter());
        Self {
            contracts: totals.contracts.len(),
            promises: promises.requirements,
            services: promises.services,
            unmapped: promises.unmapped,
            counted: PromiseCountsJson::from(promises),
            kept: totals.outcome(Fulfilment::Kept),
            kept_late: totals.outcome(Fulfilment::KeptLate),
            missed: totals.outcome(Fulfilment::Missed),
            value: totals.value().into(),
            value_at_risk: totals.value_at_risk().into(),
            // Exact, as in the JSON of `lint`: programs round where they show it.
            remedies: totals.remedies.total().into(),
            cost: totals.cost().into(),
            uncosted: totals.uncosted.iter().map(|(title, _)| title.clone()).collect(),
            next_deadline: totals.next_deadline.map(|day| day.to_string()),
            waivers: totals.waivers,
            baseline: totals.baseline,
            coverage: totals.coverage(),
            future_features: future
                .map(|((title, _), expected)| FutureFeatureJson {
                    feature: title.clone(),
                    expected: expected.map(WindowJson::from),
                })
                .collect(),
        }
    }
}
