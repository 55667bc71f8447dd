use super::prelude::*;
use crate::delivery::{OpenCombination, OpenDimensions};
use crate::lint::extent;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise that says nothing about a dimension (a platform, a region, an edition) by which the roadmap
    /// limits the feature or what it waits for, where other values fare worse, or any value that the roadmap does not name: by when it is
    /// there, for how long, and whether its level is stated. It lists what holds for each, and for values of several dimensions that
    /// fare worse together than one by one. Where every feature of the roadmap is limited to the same single value, that goes
    /// without saying. The promise itself is judged by the best offer, and by values for which what it waits for is there, too.
    ///
    /// ## Why it matters
    ///
    /// Who promises a feature without saying where promises it everywhere. The customer will ask for it on the
    /// one platform it does not run on, and most customers have an edition that the roadmap does not name.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - id: R2
    ///     feature: config-drift
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.config-drift]
    /// name = "Configuration drift detection"
    /// status = "shipped"
    /// for = { platform = ["linux", "macos"] }
    ///
    /// [[features.config-drift.offers]]
    /// for = { platform = "windows" }
    /// status = "planned"
    /// target = "2027-Q2"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - id: R2
    ///     feature: config-drift
    ///     for: { platform: [linux, macos] }
    ///     due: 2027-03-31
    /// ```
    pub(super) static LINT = {
        name: "unscoped-promise",
        summary: "promised for everything, available for some",
        level: Level::Warn,
        accepts: AcceptanceKind::Names,
        check: Check::Feature(check),
    }
}

/// The most combinations that are drawn; a waiver is for all of them.
const DRAWN_COMBINATIONS: usize = 12;

fn check(case: &Case<'_, '_>) -> Option<Finding> {
    let promise = case.promise;
    let (judgement, open) = case.cells.iter().find_map(|judgement| {
        let open = OpenScope::of(case.context.judge.open_dimensions(promise, judgement));
        open.is_any().then_some((judgement, open))
    })?;
    let case = case.of(judgement);
    let feature = judgement.feature?;
    let dimensions = open.dimensions();
    let best = judgement.offer;
    let notes = open.open_dimensions().flat_map(|of| {
        let dimension = &of.dimension.name;
        let best = best.and_then(|offer| offer.scope.get(dimension));
        let is_other = move |(value, outlook): &(&str, &Outlook<'_>)| {
            outlook.is_worse || best.is_none_or(|it| !it.contains(value))
        };
        let others = of.values().filter(is_other);
        let others = others.map(|(value, outlook)| note(&open.named(dimension, value), outlook));
        others.chain([note(&any_other(dimension), of.other())])
    });
    let together = open
        .combinations
        .iter()
        .map(|combination| note(&open.words_of(combination, any_other), &combination.outlook))
        .take(DRAWN_COMBINATIONS);
    let more = open.combinations.len().saturating_sub(DRAWN_COMBINATIONS);
    let more =
        (more > 0).then(|| format!("and {}", text::plural(more, "more combination", "more combinations")));
    let help = match limit(&case, &open) {
        Some(scope) => {
            let limit = words::scope_in_yaml(&scope, promise.requirement);
            format!("limit {} with \"{limit}\"", promise.requirement.name)
        }
        None => format!("say for which {} it is promised, with `for`", text::and_list(&dimensions)),
    };
    let label = format!("no {} is named", text::or_list(&dimensions));
    let finding = case
        .at_feature(&LINT, title(feature, &open), &label)
        .labels(best.and_then(|offer| Some((offer.scope_span?, "the roadmap has it for this"))))
        .notes(notes)
        .notes(together)
        .notes(more)
        .about(format!("{} {}", judgement.cell.with_names(), dimensions.join(" ")))
        .extent(FindingExtent::names(open.worse()))
        .notes(case.clause())
        .help(case.reword(help));
    Some(finding)
}

/// What a promise leaves open that somebody may take for promised and that fares worse.
struct OpenScope<'r> {
    all: Vec<OpenDimension<'r>>,
    combinations: Vec<OpenCombination<'r>>,
}

impl<'r> OpenScope<'r> {
    fn of(open_dimensions: OpenDimensions<'r>) -> Self {
        let OpenDimensions { dimensions: all, mut combinations } = open_dimensions;
        let goes_without_saying =
            |name: &str| all.iter().any(|open| open.dimension.name == name && open.goes_without_saying());
        combinations.retain(|combination| {
            !combination.values.iter().any(|(dimension, _)| goes_without_saying(dimension))
        });
        Self { all, combinations }
    }

    fn is_any(&self) -> bool {
        self.open_dimensions().next().is_some() || !self.combinations.is_empty()
    }

    /// The dimensions of which some value fares worse by itself.
    fn open_dimensions(&self) -> impl Iterator<Item = &OpenDimension<'r>> {
        self.all.iter().filter(|open| !open.goes_without_saying() && open.has_worse())
    }

    /// The dimensions that should have been named.
    fn dimensions(&self) -> Vec<&'r str> {
        let alone: Vec<&str> = self.open_dimensions().map(|open| open.dimension.name.as_str()).collect();
        let is_in = |dimension: &str| {
            let mut all = self.combinations.iter().flat_map(|combination| &combination.values);
            all.any(|(name, _)| *name == dimension)
        };
        let dimensions = self.all.iter().map(|open| open.dimension.name.as_str());
        dimensions.filter(|dimension| alone.contains(dimension) || is_in(dimension)).collect()
    }

    /// What fares worse than the promise.
    fn worse(&self) -> Vec<String> {
        let of_dimension = |open: &OpenDimension<'_>| {
            let named = |value| self.named(&open.dimension.name, value);
            let values = open.values().map(|(value, outlook)| (named(value), outlook));
            let all = values.chain([(any_but(open), open.other())]);
            let worse = all.filter(|(_, outlook)| outlook.is_worse);
            worse.map(|(name, outlook)| extent(&name, outlook)).collect::<Vec<_>>()
        };
        let any = |dimension: &str| {
            let open = self.all.iter().find(|open| open.dimension.name == dimension);
            open.map_or_else(|| any_other(dimension), any_but)
        };
        let together = self.combinations.iter();
        let together =
            together.map(|combination| extent(&self.words_of(combination, any), &combination.outlook));
        self.open_dimensions().flat_map(of_dimension).chain(together).collect()
    }

    /// A value, with its dimension where another one has a value of that name, too.
    fn named(&self, dimension: &str, value: &str) -> String {
        let is_other = |open: &&OpenDimension<'_>| open.dimension.name != dimension;
        let is_shared = self
            .all
            .iter()
            .filter(is_other)
            .any(|open| open.values().any(|(other, _)| text::fold(other) == text::fold(value)));
        if is_shared { format!("{dimension} {value}") } else { value.to_owned() }
    }

    /// `us with any other platform`
    fn words_of(&self, combination: &OpenCombination<'_>, any_other: impl Fn(&str) -> String) -> String {
        let words = combination.values.iter().map(|(dimension, class)| match class.is_unnamed {
            true => any_other(dimension),
            false => {
                let names: Vec<String> =
                    class.names.iter().map(|value| self.named(dimension, value)).collect();
                text::and_list(&names)
            }
        });
        words.collect::<Vec<_>>().join(" with ")
    }
}

/// What is promised too much: the known values that fare worse, or all but those that do not.
fn title(feature: &Feature, open: &OpenScope<'_>) -> String {
    let every: Vec<String> = open.dimensions().iter().map(|name| format!("every {name}")).collect();
    let promised = format!("{} is promised for {}", words::quoted(feature.title()), text::and_list(&every));
    let names = |wanted: &dyn Fn(&Outlook<'_>) -> bool| {
        let of_dimension = |of: &OpenDimension<'_>| {
            let values = of.values().filter(|(_, outlook)| wanted(outlook));
            values.map(|(value, _)| open.named(&of.dimension.name, value)).collect::<Vec<_>>()
        };
        open.open_dimensions().flat_map(of_dimension).collect::<Vec<_>>()
    };
    let missing = names(&|outlook| outlook.is_worse);
    let good = names(&|outlook| outlook.is_as_good());
    match (missing.as_slice(), good.as_slice()) {
        _ if open.open_dimensions().next().is_none() => {
            format!("{promised}, and not there for all of them together")
        }
        ([], []) => promised,
        ([], good) => format!("{promised}, not for {} alone", text::and_list(good)),
        (missing, _) => format!("{promised}, {} included", text::and_list(missing)),
    }
}

/// A value with what it comes to: what was accepted of one that is late is not accepted of one that is less, or gone.
fn extent(name: &str, outlook: &Outlook<'_>) -> String {
    let judgement = &outlook.judgement;
    let low = judgement.shortfalls.iter();
    let low = low.map(|(need, level)| format!("{} of {}", need.name.value, level.value.value));
    let unstated = judgement.unstated.iter().filter(|_| outlook.lack == Some(Lack::Level));
    let unstated = unstated.map(|need| format!("{} not stated", need.name.value));
    let levels: Vec<String> = low.chain(unstated).collect();
    let mut name = name.to_owned();
    if !levels.is_empty() {
        name = format!("{name} with {}", text::and_list(&levels));
    }
    if judgement.delivery == Delivery::Dropped || outlook.lack == Some(Lack::Term) {
        name = format!("{name} ({})", dropped(judgement.offer));
    }
    FindingExtent::dated(name, judgement.expected)
}

/// What holds for a value.
fn note(value: &str, outlook: &Outlook<'_>) -> String {
    format!("{value}: {}", fares(outlook))
}

fn any_other(dimension: &str) -> String {
    format!("any other {dimension}")
}

/// Any value that no offer names, with those that some does: what becomes one of the others is more.
fn any_but(open: &OpenDimension<'_>) -> String {
    let named: Vec<&str> = open.named.iter().flat_map(|(class, _)| &class.names).copied().collect();
    extent::all_but(&open.dimension.name, &named)
}

fn fares(outlook: &Outlook<'_>) -> String {
    let judgement = &outlook.judgement;
    match (judgement.delivery, judgement.expected) {
        (Delivery::ScopeGap, _) => "not available, and no release is planned".to_owned(),
        (Delivery::LevelGap, _) => words::state_of(judgement.delivery).to_owned(),
        (Delivery::Dropped, _) => dropped(judgement.offer),
        _ if outlook.lack == Some(Lack::Term) => dropped(judgement.offer),
        _ if outlook.lack == Some(Lack::Level) => "at a level that the roadmap does not state".to_owned(),
        (_, Some(expected)) => format!("planned for {expected}"),
        (delivery, None) => words::state_of(delivery).to_owned(),
    }
}

fn dropped(offer: Option<&Offer>) -> String {
    match offer.map(|offer| (offer.status.value, offer.sunset)) {
        Some((Status::Rejected, _)) => "will not be built".to_owned(),
        Some((Status::Retired, _)) | None => "no longer available".to_owned(),
        Some((_, Some(sunset))) => format!("stops working on {}", sunset.value.earliest),
        Some((_, None)) => words::state_of(Delivery::Dropped).to_owned(),
    }
}

/// The scope for which the promise fares as it does now and leaves nothing open: all values that fare so by
/// themselves, or where those do not do together, those of the offer that does.
fn limit(case: &Case<'_, '_>, open: &OpenScope<'_>) -> Option<Scope> {
    let offer = case.judgement.offer?;
    let good = |open: &OpenDimension<'_>| -> Vec<String> {
        let good = open.values().filter(|(_, outlook)| outlook.is_as_good());
        good.map(|(value, _)| value.to_owned()).collect()
    };
    let of_offer = |open: &OpenDimension<'_>| -> Vec<String> {
        // What it waits for may be there for one of the offer's values alone.
        let dimension = &open.dimension.name;
        if let Some(value) = case.judgement.assumed.get(dimension).filter(|value| !value.is_empty()) {
            return vec![value.to_owned()];
        }
        let values = offer.scope.get(dimension).into_iter().flat_map(|dimension| dimension.values());
        values.map(str::to_owned).collect()
    };
    let all: Vec<&OpenDimension<'_>> = open.all.iter().collect();
    let worse: Vec<&OpenDimension<'_>> = open.open_dimensions().collect();
    let one = || all.iter().map(|open| limited(case, std::slice::from_ref(open), of_offer));
    [limited(case, &worse, good), limited(case, &all, good)]
        .into_iter()
        .chain(one())
        .chain([limited(case, &all, of_offer)])
        .flatten()
        .find(|scope| leaves_nothing_open(case, scope))
}

fn leaves_nothing_open(case: &Case<'_, '_>, scope: &Scope) -> bool {
    let limited = case.what_if(|requirement| requirement.scope = scope.clone());
    let promise = limited.promise();
    let leaves_open = |judgement: &Judgement<'_>| {
        judgement.at == case.judgement.at
            && OpenScope::of(case.context.judge.open_dimensions(&promise, judgement)).is_any()
    };
    // What is limited may be another feature of the requirement, too.
    let risk = |judgement: &Judgement<'_>| (judgement.is_broken(), judgement.time == Delivery::Tight);
    let before = |at: Option<usize>| {
        case.promise.judgements.iter().filter(|judgement| judgement.at == at).map(risk).max()
    };
    let breaks = |judgement: &Judgement<'_>| Some(risk(judgement)) > before(judgement.at);
    promise.delivery() <= case.promise.delivery()
        && !promise.judgements.iter().any(|judgement| leaves_open(judgement) || breaks(judgement))
}

/// The requirement's scope with values for the dimensions on which it is silent; an offer that is not limited in one
/// leaves it out.
fn limited(
    case: &Case<'_, '_>,
    open_dimensions: &[&OpenDimension<'_>],
    values: impl Fn(&OpenDimension<'_>) -> Vec<String>,
) -> Option<Scope> {
    let mut only = Scope::default();
    for open in open_dimensions {
        let values = values(open);
        if !values.is_empty() {
            only.add(&open.dimension.name, values).ok()?;
        }
    }
    (!only.is_empty()).then(|| case.promise.requirement.scope.overridden_by(&only))
}
