//! Why a feature may be promised or not, in the words of somebody on a call.

use crate::delivery::{Delivery, Judgement, OpenDimension, OpenDimensions, Outlook, UndatedReason};
use crate::lints::{no_date, work};
use crate::model::roadmap::{Feature, Offer};
use crate::model::scope::same;
use crate::model::status::Status;
use crate::model::window::{Date, Window};
use crate::text::{clean_truncated, days};

use super::{Answer, Limits, LintResult, Sellability, SellableQuery, spare};

/// Said of a feature whose entry in the roadmap is broken.
pub(super) const UNREAD: &str = "could not be read";
/// Said of a feature that waits for one whose entry is broken.
pub(super) const UNRESOLVED: &str = "cannot be judged: something it rests on could not be read";
/// Said of a feature whose levels are stated in another unit than was asked for.
pub(super) const INCOMPARABLE: &str = "cannot be judged: its levels cannot be held against what was asked";

/// The most characters of another feature's name in a reason.
const LONGEST: usize = 60;

/// Fills in why a feature may be promised or not, from what lint says of the promise that would be made.
pub(super) fn tell(answer: &mut Answer, linted: &LintResult<'_>, query: &SellableQuery<'_>) {
    let replacement = replacement(query);
    answer.expected = linted.last().and_then(|last| last.expected);
    answer.spare = answer.expected.map(|expected| spare(expected, query.question.deadline));
    answer.by_beta = linted.judgements().any(|judgement| judgement.by_beta);
    answer.sunset =
        linted.offers().filter_map(|offer| offer.sunset).map(|sunset| sunset.value.earliest).min();
    answer.replaced_by = replacement.map(|feature| feature.id.value.to_string());
    for need in linted.judgements().flat_map(|judgement| &judgement.unstated) {
        if !answer.unstated.iter().any(|name| *name == need.name.value) {
            answer.unstated.push(need.name.value.to_string());
        }
    }
    answer.custom_effort = linted.custom_effort(query.rules().today);
    let mut parts = Vec::new();
    if answer.sellability == Sellability::No {
        parts.push(why_not(linted));
    } else {
        let open = linted.open_dimensions(query.group.context().judge);
        answer.only = only(linted, query, &open);
        parts.push(when(linted, query, answer.sellability));
        parts.extend(on_its_way_out(linted, answer.sunset));
        parts.extend(later(&open));
        parts.extend(answer.custom_effort.map(|days| format!("{} of work for each customer", work(days))));
        parts.extend(
            answer.unstated.iter().map(|level| format!("{} not stated", clean_truncated(level, LONGEST))),
        );
    }
    parts.extend(replacement.map(|feature| format!("use {}", clean_truncated(feature.title(), LONGEST))));
    if answer.with_beta {
        parts.push("as a beta it may be promised (--beta)".to_owned());
    }
    answer.why = parts.join("; ");
}

/// The feature that takes this one's place, if the roadmap has it.
fn replacement<'a>(query: &SellableQuery<'a>) -> Option<&'a Feature> {
    let roadmap = &query.group.roadmap;
    let id = query.feature.replaced_by.as_ref()?;
    roadmap.find(&id.value).feature().and_then(|at| roadmap.features.get(at))
}

/// Since when it is there, or when it comes.
fn when(linted: &LintResult<'_>, query: &SellableQuery<'_>, sellability: Sellability) -> String {
    let Some((last, expected)) = linted.last().and_then(|last| Some((last, last.expected?))) else {
        return available(linted, query.rules().today);
    };
    let comes = coming(linted, last, expected);
    match distance(expected, query, sellability) {
        Some(distance) => format!("{comes}, {distance}"),
        None => comes,
    }
}

fn coming(linted: &LintResult<'_>, judgement: &Judgement<'_>, expected: Window) -> String {
    let comes = if judgement.by_beta { "its beta begins" } else { "ships" };
    let waits = match judgement.chain.last() {
        Some(link) => format!(" after {}", clean_truncated(link.feature.title(), LONGEST)),
        None => String::new(),
    };
    format!("{}{comes} by {}{waits}", for_cell(linted, judgement), expected.latest)
}

/// How far it is from the day that was asked for.
fn distance(expected: Window, query: &SellableQuery<'_>, sellability: Sellability) -> Option<String> {
    let question = query.question;
    let (_, words) = question.by.as_ref()?;
    if expected.latest > question.deadline.latest {
        let late = crate::model::window::days_between(question.deadline.latest, expected.latest);
        return Some(format!("{} too late", days(late)));
    }
    Some(match (spare(expected, question.deadline), sellability) {
        (..0, _) => format!("on time only if \"{}\" means its last day", clean_truncated(words, LONGEST)),
        (0, _) => "no day to spare".to_owned(),
        (spare, Sellability::Yes) => format!("{} to spare", days(spare)),
        (spare, _) => format!("only {} to spare", days(spare)),
    })
}

fn available(linted: &LintResult<'_>, today: Date) -> String {
    let by_beta = |offer: &Offer| offer.status.value == Status::Beta;
    let since = linted.offers().filter_map(|offer| if by_beta(offer) { offer.beta } else { offer.shipped });
    // All of it is there only since the last of its offers is.
    let since = since.map(|since| since.value).max_by_key(|since| since.latest);
    let what = if linted.offers().any(by_beta) { "in beta" } else { "available" };
    match since {
        Some(since) if since.earliest > today => {
            format!("{what}, says the roadmap, since a day to come: {}", since.earliest)
        }
        Some(since) if since.latest <= today => format!("{what} since {}", since.latest),
        Some(_) | None => what.to_owned(),
    }
}

fn on_its_way_out(linted: &LintResult<'_>, sunset: Option<Date>) -> Option<String> {
    match sunset {
        Some(day) => Some(format!("gone after {day}")),
        None if linted.offers().any(|offer| offer.status.value == Status::Deprecated) => {
            Some("deprecated, and nobody has said until when it works".to_owned())
        }
        None => None,
    }
}

/// The unnamed dimensions in which not everything may be promised, with the values that may: those that may by
/// themselves, or those of the offers that do together.
fn only(
    linted: &LintResult<'_>,
    query: &SellableQuery<'_>,
    open: &[(Delivery, OpenDimensions<'_>)],
) -> Limits {
    let mut only = Limits::new();
    let dimensions = || open.iter().flat_map(|(_, open)| &open.dimensions);
    for open in dimensions().filter(|open| !is_for_all(open)) {
        let good = open.values().filter(|(_, outlook)| may_be(outlook));
        limit(&mut only, &open.dimension.name, good.map(|(value, _)| value.to_owned()).collect());
    }
    let is_for_all = open.iter().all(|(_, open)| is_for_everything(open));
    // Values that may be promised each by itself may still fail together.
    if is_for_all || !only.is_empty() && linted.may_be_for(&only, query) {
        return only;
    }
    let is_silent = |name: &str| dimensions().any(|open| same(&open.dimension.name, name));
    let mut of_offers = Limits::new();
    for judgement in linted.judgements() {
        let within = judgement.assumed.iter().filter(|(name, value)| is_silent(name) && !value.is_empty());
        for (name, value) in within {
            limit(&mut of_offers, name, vec![value.to_owned()]);
        }
    }
    for dimension in linted.offers().flat_map(|offer| offer.scope.dimensions()) {
        if is_silent(dimension.name()) {
            limit(&mut of_offers, dimension.name(), dimension.values().map(str::to_owned).collect());
        }
    }
    // What it waits for may be limited where it is not itself.
    if of_offers.is_empty() { only } else { of_offers }
}

/// Whether it may be promised for all that was not named.
pub(super) fn is_for_everything(open: &OpenDimensions<'_>) -> bool {
    open.dimensions.iter().all(is_for_all)
        && open.combinations.iter().all(|combination| may_be(&combination.outlook))
}

/// Whether it may be promised for every value of a dimension, also for those that the roadmap does not name.
fn is_for_all(open: &OpenDimension<'_>) -> bool {
    open.classes().all(|(_, outlook)| may_be(outlook))
}

fn may_be(outlook: &Outlook<'_>) -> bool {
    outlook.judgement.delivery <= Delivery::OnTrack && outlook.lack.is_none()
}

/// Limits a dimension to some values, of those that it is limited to already.
fn limit(limits: &mut Limits, dimension: &str, values: Vec<String>) {
    match limits.iter_mut().find(|(known, _)| same(known, dimension)) {
        Some((_, known)) => known.retain(|value| values.iter().any(|other| same(other, value))),
        None => limits.push((dimension.to_owned(), values)),
    }
}

impl Answer {
    /// What it may be promised for, where that is not everything; one text for each dimension.
    pub(super) fn limits(&self) -> Vec<String> {
        let limit = |(dimension, values): &(String, Vec<String>)| {
            let values: Vec<_> = values.iter().map(|value| clean_truncated(value, LONGEST)).collect();
            match values.as_slice() {
                [] => format!("say for which {}", clean_truncated(dimension, LONGEST)),
                values => format!("for {} only", values.join(", ")),
            }
        };
        self.only.iter().map(limit).collect()
    }

    /// Why, with what it is limited to.
    pub(super) fn why_in_full(&self) -> String {
        let parts: Vec<String> = std::iter::once(self.why.clone()).chain(self.limits()).collect();
        parts.join("; ")
    }
}

/// Values of dimensions that were not named and for which it comes in time, but later than for others.
fn later(open: &[(Delivery, OpenDimensions<'_>)]) -> Vec<String> {
    let mut later = Vec::new();
    for (delivery, open) in open {
        for (value, outlook) in open.dimensions.iter().flat_map(OpenDimension::values) {
            let Judgement { delivery: of_value, expected, .. } = outlook.judgement;
            let comes = of_value == Delivery::OnTrack && of_value > *delivery;
            if let Some(expected) = expected.filter(|_| comes) {
                let words =
                    format!("for {} it ships by {}", clean_truncated(value, LONGEST), expected.latest);
                // Each combination that is asked for may say the same.
                if !later.contains(&words) {
                    later.push(words);
                }
            }
        }
    }
    later
}

fn why_not(linted: &LintResult<'_>) -> String {
    let Some(worst) = linted.worst().filter(|worst| worst.delivery > Delivery::OnTrack) else {
        return match linted.denied() {
            Some(finding) => format!("{} ({})", finding.diagnostic.title, finding.lint.name),
            None => "nobody can say".to_owned(),
        };
    };
    let subject = for_cell(linted, worst);
    match worst.delivery {
        Delivery::ScopeGap => format!("not for {}", worst.cell),
        Delivery::LevelGap => match worst.shortfalls.first() {
            Some((need, level)) => {
                let (name, needed) = (clean_truncated(&level.name, LONGEST), &need.constraint.value);
                let gap = needed.gap_in_words(&name, &level.value.value);
                let gap =
                    gap.unwrap_or_else(|| format!("{name} is {}, not {}", level.value.value, needed.words()));
                format!("{subject}{gap}")
            }
            None => format!("{subject}at a lower level"),
        },
        Delivery::Dropped => format!("{subject}{}", dropped(worst.offer)),
        Delivery::Beta => format!("{subject}in beta only, with no date for its release"),
        delivery => match (worst.undated, worst.expected, worst.chain.last()) {
            (Some(reason), _, Some(link)) => {
                format!(
                    "{subject}waits for {}, which {}",
                    clean_truncated(link.feature.title(), LONGEST),
                    no_date(reason)
                )
            }
            (Some(reason), _, None) => format!("{subject}{}", undated(reason)),
            (None, Some(expected), _) => coming(linted, worst, expected),
            (None, None, _) => format!("{subject}{}", delivery.words()),
        },
    }
}

fn undated(reason: UndatedReason) -> String {
    format!("no date: it {}", no_date(reason))
}

fn dropped(offer: Option<&Offer>) -> String {
    match offer.map(|offer| (offer.status.value, offer.sunset)) {
        Some((Status::Rejected, _)) => "decided against".to_owned(),
        Some((Status::Retired, None)) => "no longer available".to_owned(),
        Some((_, Some(sunset))) => format!("gone after {}", sunset.value.earliest),
        Some((_, None)) | None => "dropped".to_owned(),
    }
}

/// Names the combination, where several were asked for.
fn for_cell(linted: &LintResult<'_>, judgement: &Judgement<'_>) -> String {
    if linted.judgements().nth(1).is_some() && !judgement.cell.is_empty() {
        format!("for {}: ", judgement.cell)
    } else {
        String::new()
    }
}
