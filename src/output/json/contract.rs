//! Contracts, with what becomes of their promises.

use std::borrow::Cow;

use rust_decimal::prelude::ToPrimitive as _;
use schemars::JsonSchema;
use serde::Serialize;

use crate::delivery::{Chance, Delivery, Kind, Promise};
use crate::lint::Level;
use crate::lint::context::JudgedContract;
use crate::lint::obstacle::Obstacle;
use crate::model::annotations::Annotations;
use crate::model::contract::{ContractStatus, KINDS, Strength};
use crate::model::forecast::ChanceBand;
use crate::model::remedy::Tier;
use crate::source::Sources;
use crate::text::clean;

use super::finding::{WaiverJson, waived};
use super::values::{MoneyJson, Values, WindowJson, values};

/// A contract with what becomes of its promises.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "contract")]
pub(super) struct ContractJson<'a> {
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
    /// Whether more may be owed, since nothing says that this is the sole remedy, or something that is promised has no date. Null where nothing is owed.
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

/// A contract with its promises, as the object holds it.
pub(super) fn contract<'a>(judged: &'a JudgedContract<'_>, sources: Sources<'a>) -> ContractJson<'a> {
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
    obstacles: &'a [Obstacle],
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

/// An obstacle, apart for each number of days.
fn of_obstacle<'a>(
    obstacle: &'a Obstacle,
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
