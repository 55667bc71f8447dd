//! How good dates were: targets that moved back, promises that were kept and missed, and how many of the plans of each kind
//! were kept, measured on the company's own roadmap.

mod json;
mod page;

use std::collections::BTreeMap;

use crate::deals::{Fulfilment, outcome};
use crate::delivery::{Promise, Slack};
use crate::lint::context::{JudgedContract, LintContext};
use crate::model::contract::ContractStatus;
use crate::model::evidence::{Evidence, Slip};
use crate::model::forecast::ForecastTable;
use crate::model::measured::{Measured, MeasuredPlan};
use crate::model::roadmap::Feature;
use crate::model::window::{Date, quarter};
use crate::text::clean;

pub(crate) use json::json;
pub(crate) use page::{markdown, text};

/// How good dates were.
#[derive(Debug, Default)]
pub(crate) struct History {
    features: Vec<FeatureHistory>,
    teams: BTreeMap<String, KeptCounts>,
    sellers: BTreeMap<String, KeptCounts>,
    quarters: BTreeMap<String, KeptCounts>,
    /// The promises that are counted.
    promises: Vec<PromiseOutcome>,
    measured: Measured,
    /// The plans that are counted, each with the id of its feature.
    plans: Vec<(String, MeasuredPlan)>,
    forecast: ForecastTable,
    /// Whether any older version of a roadmap was read.
    has_versions: bool,
}

/// A feature whose target moved back.
#[derive(Debug)]
struct FeatureHistory {
    id: String,
    title: String,
    slips: Vec<SlipRecord>,
}

/// A target that moved back.
#[derive(Debug)]
struct SlipRecord {
    on: Option<Date>,
    from: String,
    to: String,
    days: i64,
}

/// What came of signed promises.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct KeptCounts {
    kept: usize,
    /// Kept late counts as missed.
    missed: usize,
    open: usize,
    /// Those of which the roadmap said on the day of signing that they had not shipped.
    unshipped: usize,
    /// Those of which nobody knows, since no roadmap of that day is known.
    unknown: usize,
}

/// What came of a signed promise.
#[derive(Debug)]
struct PromiseOutcome {
    contract: String,
    requirement: String,
    team: String,
    seller: String,
    quarter: String,
    counts: KeptCounts,
}

impl KeptCounts {
    fn add(&mut self, other: Self) {
        self.kept += other.kept;
        self.missed += other.missed;
        self.open += other.open;
        self.unshipped += other.unshipped;
        self.unknown += other.unknown;
    }
}

impl History {
    /// What a roadmap tells.
    pub(crate) fn of_roadmap(context: &LintContext<'_>) -> Self {
        let evidence = context.evidence;
        let features = (0..).zip(&context.roadmap.features);
        let is_whole = evidence.record != Measured::default();
        let plans = features.clone().filter(|_| is_whole).flat_map(|(at, feature)| {
            let offers = (0..feature.offers.len()).filter_map(move |offer| evidence.of(at, offer));
            let plans = offers.flat_map(|offer| MeasuredPlan::all(&offer.states, context.today));
            plans.map(|plan| (clean(&feature.id.value).into_owned(), plan))
        });
        Self {
            plans: plans.filter(|(_, plan)| plan.kept.iter().any(Option::is_some)).collect(),
            features: features
                .filter_map(|(at, feature)| FeatureHistory::of(feature, at, evidence))
                .collect(),
            measured: evidence.record.clone(),
            forecast: context.forecast.clone(),
            has_versions: evidence.since.is_some(),
            ..Self::default()
        }
    }

    /// What came of the promises of a contract that was signed, whether or not it has ended.
    pub(crate) fn of_contract(judged: &JudgedContract<'_>, context: &LintContext<'_>) -> Self {
        let mut history = Self::default();
        let contract = judged.contract;
        if contract.status == ContractStatus::Signed {
            for promise in &judged.promises {
                let Some(counts) = record(promise, context) else { continue };
                let team = promise.worst().and_then(|worst| worst.offer?.team.as_ref());
                let signing = promise.contract.signing.map(|signing| signing.value.latest);
                let quarter = signing.map(quarter);
                let text = |text: Option<&str>| {
                    text.map_or_else(|| "none".to_owned(), |text| clean(text).into_owned())
                };
                let seller = contract.seller.as_ref().map(|seller| seller.value.as_str());
                let record = PromiseOutcome {
                    contract: text(contract.id.as_ref().map(|id| id.value.as_str())),
                    requirement: clean(&promise.requirement.name).into_owned(),
                    team: text(team.map(|team| team.value.as_str())),
                    seller: text(seller),
                    quarter: text(quarter.as_deref()),
                    counts,
                };
                history.teams.entry(record.team.clone()).or_default().add(counts);
                history.sellers.entry(record.seller.clone()).or_default().add(counts);
                history.quarters.entry(record.quarter.clone()).or_default().add(counts);
                history.promises.push(record);
            }
        }
        history
    }

    /// Adds what another roadmap or contract tells.
    pub(crate) fn add(&mut self, other: Self) {
        self.features.extend(other.features);
        for (all, more) in [
            (&mut self.teams, other.teams),
            (&mut self.sellers, other.sellers),
            (&mut self.quarters, other.quarters),
        ] {
            more.into_iter().for_each(|(name, record)| all.entry(name).or_default().add(record));
        }
        self.promises.extend(other.promises);
        self.measured.merge(&other.measured);
        self.plans.extend(other.plans);
        if other.forecast.is_own {
            self.forecast = other.forecast;
        }
        self.has_versions |= other.has_versions;
    }

    /// Leaves out who sells and who builds.
    pub(crate) fn leave_people_out(&mut self) {
        self.teams.clear();
        self.sellers.clear();
        for promise in &mut self.promises {
            (promise.team, promise.seller) = (String::new(), String::new());
        }
    }
}

impl FeatureHistory {
    fn of(feature: &Feature, at: usize, evidence: &Evidence) -> Option<Self> {
        let offers = (0..feature.offers.len()).filter_map(|offer| evidence.of(at, offer));
        // What further offers inherit is told once.
        let mut slips: Vec<SlipRecord> = Vec::new();
        let mut told = Vec::new();
        for offer in offers.filter(|offer| !offer.slips().is_empty()) {
            if !told.contains(&&offer.targets) {
                slips.extend(offer.slips().iter().map(SlipRecord::of));
                told.push(&offer.targets);
            }
        }
        let (id, title) = (clean(&feature.id.value).into_owned(), clean(feature.title()).into_owned());
        (!slips.is_empty()).then_some(Self { id, title, slips })
    }
}

impl SlipRecord {
    fn of(slip: &Slip<'_>) -> Self {
        let text = |text: &str| clean(text).into_owned();
        Self { on: slip.on, from: text(&slip.from.text), to: text(&slip.to.text), days: slip.days }
    }
}

/// What came of a promise; nothing of a service, and of what could not be judged.
fn record(promise: &Promise<'_>, context: &LintContext<'_>) -> Option<KeptCounts> {
    if promise.judgements.is_empty() {
        return None;
    }
    let mut record = KeptCounts::default();
    match outcome(promise, context.today) {
        Some(Fulfilment::Kept) => record.kept = 1,
        // Who was promised a day did not get it.
        Some(Fulfilment::KeptLate | Fulfilment::Missed) => record.missed = 1,
        None => record.open = 1,
    }
    match promise.slack_at_signing(context.evidence) {
        Some(Slack::Shipped) => {}
        Some(Slack::NotPlanned | Slack::NoDate | Slack::Days(_)) => record.unshipped = 1,
        Some(Slack::NoRoadmap) | None => record.unknown = 1,
    }
    Some(record)
}
