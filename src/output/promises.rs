//! Promises as rows, for the formats that list them.

use std::cmp::Reverse;
use std::collections::HashSet;

use crate::check::outcome::Outcome;
use crate::delivery::{Delivery, Judgement, Lapse, Promise};
use crate::lint::context::JudgedContract;
use crate::lint::obstacle::{Obstacle, Standing};
use crate::model::waiver::Subject;
use crate::model::window::Window;
use crate::source::Sources;
use crate::text::{and_list, clean, clean_truncated};

/// The most characters of one text in a row.
const LONGEST: usize = 200;

/// One promise. All texts are safe to show; one that there is nothing to say for is empty.
#[derive(Clone, Debug)]
pub(crate) struct PromiseRow {
    severity: RowSeverity,
    /// The contract's id.
    pub contract: String,
    /// The requirement's name.
    pub requirement: String,
    /// What is promised, by the roadmap's names.
    pub feature: String,
    /// The last day by which it is needed.
    pub due: String,
    /// The last day by which it is expected.
    pub target: String,
    /// The verdict in words.
    pub delivery: String,
    /// How late, or how early.
    pub days: String,
    /// The team that builds it.
    pub owner: String,
    /// What the contract is worth.
    pub value: String,
    /// The file and the line of the requirement.
    pub place: String,
}

/// The order of rows: broken by verdict and days, not judged, at risk, excused, fine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct RowSeverity {
    standing: Reverse<Standing>,
    delivery: Reverse<Option<Delivery>>,
    days: Reverse<i64>,
}

impl PromiseRow {
    /// The promises of a contract, in the order of its file.
    pub(super) fn all(outcome: &Outcome<'_>) -> Vec<Self> {
        let waived = outcome.findings.iter().filter(|finding| finding.waived.is_some());
        let waived: HashSet<&Subject> = waived.map(|finding| &finding.subject).collect();
        let promises = outcome
            .judged()
            .into_iter()
            .flat_map(|judged| judged.with_obstacles().zip(std::iter::repeat(judged)));
        let row = |((promise, obstacles), judged): ((&Promise<'_>, &[Obstacle]), &JudgedContract<'_>)| {
            let is_waived = waived.contains(&Subject::Requirement(promise.requirement.name.to_string()));
            Self::new(promise, obstacles, judged, is_waived, outcome.sources)
        };
        promises.map(row).collect()
    }

    fn new(
        promise: &Promise<'_>,
        obstacles: &[Obstacle],
        judged: &JudgedContract<'_>,
        is_waived: bool,
        sources: Sources<'_>,
    ) -> Self {
        let requirement = promise.requirement;
        let standing = Standing::of_promise(promise, obstacles);
        let worst = promise.worst();
        let unshipped = worst.filter(|worst| worst.delivery != Delivery::Shipped);
        let days = unshipped.and_then(|worst| worst.days);
        let due = requirement.due.window().filter(|_| !requirement.unreadable);
        let latest = |window: Option<Window>| window.map(|it| it.latest.to_string()).unwrap_or_default();
        Self {
            severity: RowSeverity {
                standing: Reverse(standing),
                delivery: Reverse(promise.delivery()),
                days: Reverse(days.unwrap_or_default()),
            },
            contract: contract(judged, sources),
            requirement: clean_truncated(&requirement.name, LONGEST).into_owned(),
            feature: clean_truncated(&feature(promise), LONGEST).into_owned(),
            due: latest(due),
            target: latest(unshipped.and_then(|worst| worst.expected)),
            delivery: clean_truncated(&delivery(promise, standing, is_waived), LONGEST).into_owned(),
            days: days.map(days_in_words).unwrap_or_default(),
            owner: worst
                .and_then(team)
                .map(|team| clean_truncated(team, LONGEST).into_owned())
                .unwrap_or_default(),
            value: judged.contract.value.map(|value| value.value.to_string()).unwrap_or_default(),
            place: line(promise, sources),
        }
    }

    /// What it comes to.
    pub(crate) fn standing(&self) -> Standing {
        self.severity.standing.0
    }

    /// Puts the worst first; what is equally bad stays in the order of the files.
    pub(super) fn sort(rows: &mut [Self]) {
        rows.sort_by_key(|row| row.severity);
    }
}

/// What a contract is called: its id, or where that could not be read its file.
pub(super) fn contract(judged: &JudgedContract<'_>, sources: Sources<'_>) -> String {
    match (&judged.contract.id, sources.get(judged.contract.file)) {
        (Some(id), _) => clean_truncated(&id.value, LONGEST).into_owned(),
        (None, Some(source)) => clean(source.name()).into_owned(),
        (None, None) => String::new(),
    }
}

/// What a promise is about: its features by the roadmap's names, or as they were written; what the contract says
/// where it names none.
pub(super) fn feature(promise: &Promise<'_>) -> String {
    let name = |id: &str| {
        let mut features = promise.judgements.iter().filter_map(|judgement| judgement.feature);
        let feature = features.find(|feature| feature.id.value == id);
        clean(feature.map_or(id, |feature| feature.title())).into_owned()
    };
    let names: Vec<String> = promise.requirement.features.iter().map(|promised| name(&promised.id)).collect();
    match (names.is_empty(), &promise.requirement.text) {
        (true, Some(text)) => clean_truncated(&text.value, LONGEST).into_owned(),
        _ => and_list(&names),
    }
}

fn delivery(promise: &Promise<'_>, standing: Standing, is_waived: bool) -> String {
    let mut words = match (promise.delivery(), promise.requirement.is_service) {
        (Some(delivery), _) => delivery.words().to_owned(),
        (None, true) => "service".to_owned(),
        (None, false) => "names no feature".to_owned(),
    };
    if let Some(worst) =
        promise.worst().filter(|worst| !worst.cell.is_empty() && worst.delivery != Delivery::Shipped)
    {
        words += &format!(" for {}", worst.cell);
    }
    let lapse = promise.judgements.iter().find_map(|judgement| judgement.lapse);
    words += match lapse {
        Some(Lapse::Missed) => ", deadline passed",
        Some(Lapse::BeforeToday) => ", due before today",
        Some(Lapse::BeforeSigning(_)) => ", due before the signing",
        None if promise.judgements.iter().any(|judgement| judgement.gone.is_some()) => {
            ", gone before the contract ends"
        }
        None => "",
    };
    if is_waived {
        // What is left is told with it: nobody has accepted that.
        let is_open = standing >= Standing::AtRisk;
        words += if is_open { ", partly waived" } else { ", waived" };
    }
    words
}

fn days_in_words(days: i64) -> String {
    match days {
        1.. => format!("{days} late"),
        0 => "same day".to_owned(),
        _ => format!("{} early", days.unsigned_abs()),
    }
}

/// The team of what decides the verdict.
fn team<'r>(judgement: &Judgement<'r>) -> Option<&'r str> {
    let offer = judgement.offer.or_else(|| judgement.feature?.offers.first())?;
    Some(offer.team.as_ref()?.value.as_str())
}

fn line(promise: &Promise<'_>, sources: Sources<'_>) -> String {
    let place = sources.place(promise.requirement.place);
    place.map(|(file, position)| format!("{file}:{}", position.line)).unwrap_or_default()
}
