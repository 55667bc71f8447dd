//! The run in numbers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::check::counts::Counts;
use crate::check::tally::Tally;
use crate::delivery::Delivery;
use crate::lint::obstacle::Standing;
use crate::model::contract::Strength;
use crate::text::clean;

use super::values::{MoneyJson, WindowJson};

/// The run in numbers.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "summary")]
pub(super) struct Summary {
    /// Contracts that were judged.
    contracts: usize,
    /// Their requirements, services included.
    requirements: usize,
    #[serde(flatten)]
    promises: PromiseCountsJson,
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

/// Promises by what becomes of them.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) struct PromiseCountsJson {
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
}

/// Promises whose clauses promise less than the thing itself.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "strength")]
struct StrengthJson {
    /// All of them.
    promises: usize,
    /// Those that cannot be kept as they stand, which nobody has accepted.
    broken: usize,
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

impl From<&Tally> for Summary {
    fn from(tally: &Tally) -> Self {
        Self {
            contracts: tally.contracts(),
            requirements: tally.promises.requirements,
            promises: PromiseCountsJson::from(&tally.promises),
            terms: tally.terms,
            waived_terms: tally.waived_terms,
            reviewed: tally.reviews.days.filter(|_| !tally.reviews.is_partial).map(WindowJson::from),
            value: tally.value().into(),
            value_at_risk: tally.value_at_risk().into(),
            remedies: tally.owed.total().into(),
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

impl From<&Counts> for PromiseCountsJson {
    fn from(counts: &Counts) -> Self {
        let named = |(delivery, count): (Delivery, usize)| (delivery.name(), count);
        Self {
            by_delivery: counts.by_delivery().map(named).collect(),
            gone: counts.gone().map(named).collect(),
            broken: counts.of(Standing::Broken),
            tight: counts.of(Standing::AtRisk),
            unjudged: counts.of(Standing::Unjudged),
            waived_promises: counts.of(Standing::Waived),
            allowed_promises: counts.of(Standing::Allowed),
            efforts: StrengthJson::of(counts, Strength::Efforts),
            targets: StrengthJson::of(counts, Strength::Target),
        }
    }
}

impl StrengthJson {
    /// Those of a strength.
    fn of(counts: &Counts, strength: Strength) -> Self {
        let [promises, broken] = counts.of_strength(strength);
        Self { promises, broken }
    }
}
