//! Promises that were judged, as data.

use std::collections::HashMap;
use std::sync::Arc;

use crate::delivery::{Build, Delivery, Judgement, Link, Promise, owed_together};
use crate::input::decode::Text;
use crate::lint::context::{JudgedContract, LintContext};
use crate::lint::extent::MissedLevel;
use crate::lint::obstacle::{Obstacle, Standing};
use crate::model::annotations::Annotations;
use crate::model::contract::ContractStatus;
use crate::model::money::Money;
use crate::model::roadmap::Offer;
use crate::model::window::Date;
use crate::source::Sources;
use crate::text::clean;

use super::{
    DealFeature, DealJudgement, DealPromise, DealWork, FeatureKey, Fulfilment, SharedTexts, WorkKey,
};

/// The promises of a contract, as data.
pub(crate) fn promises(
    judged: &JudgedContract<'_>,
    sources: Sources<'_>,
    context: &LintContext<'_>,
    shared: &SharedTexts,
) -> Vec<DealPromise> {
    let owed =
        owed_together(&judged.promises).into_iter().map(|owed| owed.filter(|owed| !owed.amount.is_zero()));
    judged
        .with_obstacles()
        .zip(owed)
        .zip(judged.chances.iter().map(Option::as_ref).chain(std::iter::repeat(None)))
        .map(|(((promise, obstacles), owed), chance)| DealPromise {
            owed,
            chance: chance.map(|chance| Box::new((chance.band(), chance.reasons()))),
            ..deal_promise(promise, obstacles, sources, context, shared)
        })
        .collect()
}

fn deal_promise(
    promise: &Promise<'_>,
    obstacles: &[Obstacle],
    sources: Sources<'_>,
    context: &LintContext<'_>,
    shared: &SharedTexts,
) -> DealPromise {
    let requirement = promise.requirement;
    let shown = |text: &Option<Text>| text.as_ref().map(|text| clean(&text.value).into_owned());
    let worst = promise.worst();
    let today = context.today;
    let mut custom: HashMap<*const Judgement<'_>, Build<'_>> = HashMap::new();
    custom
        .extend(promise.custom_work(today).map(|(judgement, build)| (std::ptr::from_ref(judgement), build)));
    let work = |judgement: &Judgement<'_>| {
        let rate =
            context.economics.day_rate.map(|rate| rate.value).filter(|_| promise.contract.status.is_linted());
        let custom = custom.get(&std::ptr::from_ref(judgement));
        rate.map(|rate| work(judgement, custom, rate, (sources, shared)))
    };
    let is_worst = |judgement: &Judgement<'_>| worst.is_some_and(|worst| std::ptr::eq(worst, judgement));
    let file = sources.get(requirement.place.file).map_or("", |source| source.name());
    DealPromise {
        requirement: clean(&requirement.name).into_owned(),
        place: (shared.files.of(file.into(), || file), requirement.place.start),
        clause: requirement.clause.as_ref().map(|clause| clean(&clause.value).into()),
        text: shown(&requirement.text),
        is_service: requirement.is_service,
        strength: requirement.strength,
        delivery: promise.delivery(),
        fault: promise.fault(),
        standing: Standing::of_promise(promise, obstacles),
        obstacles: obstacles.into(),
        outcome: outcome(promise, today),
        deadline: requirement.due.window().filter(|_| !requirement.unreadable),
        is_dated: requirement.due.span.is_some(),
        owed: None,
        remedy_cap: promise.contract.remedy_cap,
        is_unreadable: requirement.unreadable,
        worst: promise.judgements.iter().position(is_worst),
        judgements: (promise.judgements.iter().enumerate())
            .map(|(at, judgement)| {
                let standing = Standing::of_judgement(at, judgement, obstacles);
                let work = work(judgement).unwrap_or_default();
                let judgement = deal_judgement(judgement, standing, sources, shared);
                shared.judgements.of(DealJudgement { work, ..judgement })
            })
            .collect(),
        silent: Vec::new(),
        slack_at_signing: promise
            .slack_at_signing(context.evidence)
            .filter(|_| promise.delivery() != Some(Delivery::Unscheduled)),
        slack: promise.slack(),
        chance: None,
    }
}

/// The worst of what came of its features. What cannot be judged has no outcome.
pub(crate) fn outcome(promise: &Promise<'_>, today: Date) -> Option<Fulfilment> {
    let (requirement, due) = (promise.requirement, promise.requirement.due.window());
    if let Some(met) = requirement.met.filter(|_| requirement.is_service) {
        let is_late = due.is_some_and(|due| due.latest < met.value.latest);
        return Some(if is_late { Fulfilment::KeptLate } else { Fulfilment::Kept });
    }
    // What came when it was needed no longer was missed, also where no day was promised.
    let is_lapsed = promise.judgements.iter().any(|judgement| judgement.lapse.is_some());
    let is_over = promise.status() == ContractStatus::Signed
        && (requirement.met.is_some() || is_lapsed || due?.has_passed(today));
    let judged = promise.judgements.iter().filter(|_| is_over).map(|judgement| match judgement.delivery {
        Delivery::Unresolved | Delivery::Unknown => None,
        _ if judgement.lapse.is_some() || !judgement.shortfalls.is_empty() => Some(Fulfilment::Missed),
        _ if judgement.days.is_some_and(|days| days > 0) => Some(Fulfilment::KeptLate),
        _ => Some(Fulfilment::Kept),
    });
    judged.collect::<Option<Vec<_>>>()?.into_iter().max()
}

pub(super) fn deal_judgement(
    judgement: &Judgement<'_>,
    standing: Standing,
    sources: Sources<'_>,
    shared: &SharedTexts,
) -> DealJudgement {
    DealJudgement {
        feature: promised(judgement, sources, shared),
        written: clean(&judgement.written.value).into(),
        place: place(judgement, sources, shared),
        waits_for: decisive(judgement).map(|link| clean(link.feature.title()).into_owned()),
        cell: judgement.cell.clone(),
        delivery: judgement.delivery,
        time: judgement.time,
        shortfalls: (judgement.shortfalls.iter())
            .map(|(need, level)| {
                let (name, asked) = (clean(&need.name.value), &need.constraint.value);
                let gap = asked.gap_in_words(&name, &level.value.value);
                let gap = gap.unwrap_or_else(|| format!("{name} {asked}, not {}", level.value.value));
                (name.to_string(), clean(&gap).into_owned())
            })
            .collect(),
        missed: MissedLevel::all(&judgement.shortfalls).collect(),
        fault: judgement.fault(),
        standing,
        sunset: judgement.gone.map(|gone| gone.value.earliest),
        lapse: judgement.lapse,
        expected: judgement.expected,
        days: judgement.days,
        certain: judgement.certain,
        work: Vec::new(),
    }
}

/// What is still to be done for a promised feature, at what a day of work costs.
fn work(
    judgement: &Judgement<'_>,
    custom: Option<&Build<'_>>,
    rate: Money,
    (sources, shared): (Sources<'_>, &SharedTexts),
) -> Vec<DealWork> {
    let shown = |text: &str| clean(text).into_owned();
    let build = |build: &Build<'_>| DealWork {
        key: WorkKey {
            feature: FeatureKey {
                id: shown(&build.feature.id.value),
                roadmap: sources.get(build.feature.id.span.file).map(|source| shown(source.name())),
            },
            offer: build.offer,
            is_custom: build.is_custom,
        },
        title: shown(build.feature.title()),
        cost: build.effort().and_then(|days| rate.times(days)),
    };
    // What no offer would do for has to be built as well, and nobody has said what that takes.
    let is_lacking =
        matches!(judgement.delivery, Delivery::LevelGap | Delivery::ScopeGap | Delivery::Unknown);
    let lacking = is_lacking.then(|| {
        let promised = promised(judgement, sources, shared);
        let key = WorkKey { feature: promised.key(), offer: None, is_custom: false };
        DealWork { key, title: promised.title.clone(), cost: None }
    });
    judgement.builds.iter().chain(custom).map(build).chain(lacking).collect()
}

/// What a promise is late by: the last feature that it waits for, whose date decides.
fn decisive<'a>(judgement: &'a Judgement<'_>) -> Option<&'a Link<'a>> {
    judgement.chain.last().filter(|_| judgement.delivery == Delivery::LateByDependency)
}

fn place(judgement: &Judgement<'_>, sources: Sources<'_>, shared: &SharedTexts) -> Option<Arc<str>> {
    let (feature, offer) = match decisive(judgement) {
        Some(link) => (Some(link.feature), link.offer),
        None => (judgement.feature, judgement.offer),
    };
    let span = offer.map(Offer::when_span).or(feature.map(|feature| feature.id.span))?;
    sources.get(span.file)?;
    let place = || sources.place(span).map(|(file, position)| format!("{file}:{}", position.line));
    Some(shared.places.of(span, || place().unwrap_or_default()))
}

fn promised(judgement: &Judgement<'_>, sources: Sources<'_>, shared: &SharedTexts) -> Arc<DealFeature> {
    let shown = |text: &str| clean(text).into_owned();
    let Some(feature) = judgement.feature else {
        let written = shown(&judgement.written.value);
        let title = written.clone();
        let (roadmap, team, refs, owner) = Default::default();
        return Arc::new(DealFeature { id: written, title, roadmap, team, refs, owner });
    };
    let mut offers = judgement.offer.into_iter().chain(feature.offers.first());
    let team = offers.find_map(|offer| offer.team.as_ref());
    shared.features.of((feature.id.span, team.map(|team| team.span)), || DealFeature {
        id: shown(&feature.id.value),
        title: shown(feature.title()),
        roadmap: sources.get(feature.id.span.file).map(|source| shown(source.name())),
        team: team.map(|team| shown(&team.value)),
        refs: Annotations::shown_refs(feature.annotations.as_deref()),
        owner: Annotations::shown_owner(feature.annotations.as_deref()),
    })
}
