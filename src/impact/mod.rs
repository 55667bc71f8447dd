//! What a change of the roadmap does to the deals: the same contracts, judged with two roadmaps.
//!
//! Promises are compared part by part, by what became of them; other findings by what they are about. A part or a
//! finding is the same whatever the feature is called in either roadmap, since the contract's words have not changed.

mod json;
mod markdown;
mod text;
mod words;

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::check::finding::Finding;
use crate::deals::{Deal, Part, Pledge, Said};
use crate::delivery::Delivery;
use crate::lint::Check;
use crate::model::contract::ContractStatus;
use crate::model::money::{Money, Sums};
use crate::model::scope::Cell;
use crate::model::waiver::Subject;
use crate::text::{clean, count, plural};

pub use json::json;
pub use markdown::markdown;
pub use text::text;

/// What changes for the deals.
#[derive(Debug)]
pub struct Impact<'d> {
    /// What the roadmap is compared with, in words: `since main`.
    pub compared: String,
    /// Contracts that were judged.
    pub judged: usize,
    /// Whether all could be read, of both roadmaps.
    pub whole: bool,
    /// What changes, signed contracts first, and of those what gets worse.
    pub contracts: Vec<Affected<'d>>,
    /// Findings about no contract that are new.
    pub new: Vec<&'d Finding>,
    /// Findings about no contract that are gone.
    pub gone: Vec<&'d Finding>,
}

/// A contract for which something changes.
#[derive(Debug)]
pub struct Affected<'d> {
    /// The contract, with today's roadmap.
    pub deal: &'d Deal,
    /// Whether anything gets worse.
    pub direction: Direction,
    /// What changes: the worse first, then in the order of the contract.
    pub changes: Vec<Change<'d>>,
}

/// Which way it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// It gets worse.
    Worse,
    /// It gets better.
    Better,
}

impl Direction {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Worse => "worse",
            Self::Better => "better",
        }
    }
}

/// One thing that changes for a contract.
#[derive(Debug)]
pub struct Change<'d> {
    /// Which way.
    pub direction: Direction,
    /// The requirement, if it is about one.
    pub requirement: Option<String>,
    /// What changes.
    pub what: What<'d>,
    /// What is found today: for a promise the finding about its delivery, if there is one.
    pub found: Option<&'d Finding>,
}

/// What changes.
#[derive(Debug)]
pub enum What<'d> {
    /// What becomes of a promise.
    Part {
        /// With the other roadmap; none where what was asked for then had no such part.
        before: Option<&'d Part>,
        /// Today.
        now: &'d Part,
        /// The combinations of scope values that it goes for; none where it goes for all.
        cells: Vec<&'d Cell>,
        /// Whether the finding about the delivery is about this part, too: it is broken, or as bad as the worst.
        counts: bool,
    },
    /// Something else was found, or is not found any more.
    Finding(&'d Finding),
}

impl<'d> Change<'d> {
    fn of_finding(direction: Direction, finding: &'d Finding) -> Self {
        Self {
            direction,
            requirement: subject(finding),
            what: What::Finding(finding),
            found: Some(finding).filter(|_| direction == Direction::Worse),
        }
    }

    /// Whether it is denied today, and nobody has accepted it.
    pub fn is_denied(&self) -> bool {
        self.direction == Direction::Worse && self.counts() && self.found.is_some_and(Finding::is_denied)
    }

    fn is_of_finding(&self) -> bool {
        matches!(self.what, What::Finding(_))
    }

    fn counts(&self) -> bool {
        match self.what {
            What::Part { counts, .. } => counts,
            What::Finding(_) => true,
        }
    }

    /// Whether somebody has accepted what is found today.
    pub fn is_waived(&self) -> bool {
        self.direction == Direction::Worse && self.found.is_some_and(|finding| finding.waived.is_some())
    }

    /// What happens, in a sentence without its full stop.
    pub fn sentence(&self) -> String {
        match &self.what {
            What::Part { before, now, cells, .. } => words::of_part(*before, now, cells),
            What::Finding(finding) if self.direction == Direction::Better => {
                format!("no longer: {}", finding.diagnostic.title)
            }
            What::Finding(finding) => finding.diagnostic.title.clone(),
        }
    }

    /// Where the roadmaps say so: today's, then the other.
    pub fn places(&self) -> (Option<&str>, Option<&str>) {
        match &self.what {
            What::Part { before, now, .. } => {
                (now.place.as_deref(), before.and_then(|before| before.place.as_deref()))
            }
            What::Finding(_) => (None, None),
        }
    }

    /// The lint that finds it today, or found it.
    pub fn lint(&self) -> Option<&'static str> {
        match &self.what {
            What::Finding(finding) => Some(finding.lint.name),
            What::Part { .. } => self.found.filter(|_| self.counts()).map(|finding| finding.lint.name),
        }
    }
}

impl Affected<'_> {
    /// Whether the contract is signed.
    pub fn is_signed(&self) -> bool {
        self.deal.status == ContractStatus::Signed
    }
}

/// Compares deals with what becomes of them by another roadmap. `whole` tells that all of today's could be read, and all of the other: without the first,
/// what is not found any more may only be hidden.
pub fn impact<'d>(
    compared: String,
    whole: [bool; 2],
    now: (&'d [Deal], &'d [Said]),
    before: (&'d [Deal], &'d [Said]),
) -> Impact<'d> {
    let [is_whole, was_whole] = whole;
    let older: HashMap<_, &Deal> = before.0.iter().map(|deal| (key(deal), deal)).collect();
    let open: Vec<&Deal> = now.0.iter().filter(|deal| deal.is_open()).collect();
    let judged = open.len();
    let pairs = open.into_iter().filter_map(|deal| Some((deal, *older.get(&key(deal))?)));
    let mut contracts: Vec<Affected<'d>> =
        pairs.filter_map(|(now, before)| affected(now, before, is_whole)).collect();
    // A stable sort: what is alike stays in the order of the files.
    contracts.sort_by_key(|affected| (!affected.is_signed(), affected.direction));
    let (new, mut gone) = differences(now.1, before.1, &Names::default());
    gone.retain(|_| is_whole);
    Impact { compared, judged, whole: is_whole && was_whole, contracts, new, gone }
}

/// What tells a deal from all others.
fn key(deal: &Deal) -> (&str, Option<&str>) {
    (deal.file.as_str(), deal.id.as_deref())
}

fn affected<'d>(now: &'d Deal, before: &'d Deal, whole: bool) -> Option<Affected<'d>> {
    let mut changes: Vec<Change<'d>> = Vec::new();
    let mut names = Names::default();
    for (now_pledge, before_pledge) in pairs(&now.pledges, &before.pledges) {
        names.learn(now_pledge, before_pledge);
        let found = about_delivery(now_pledge, &now.findings);
        let of_parts = changes_of(now_pledge, before_pledge, found);
        if of_parts.is_empty() {
            changes.extend(change_of_level(found, about_delivery(before_pledge, &before.findings)));
        }
        changes.extend(of_parts);
    }
    let worse: HashSet<String> = changes
        .iter()
        .filter(|change| change.direction == Direction::Worse)
        .filter_map(|change| change.requirement.clone())
        .collect();
    let (new, gone) = differences(&now.findings, &before.findings, &names);
    let own = |finding: &&'d Finding| !is_about_delivery(finding);
    // What is not said any more of a promise that is worse kept is no good news.
    let is_good =
        |finding: &&'d Finding| names.subject(finding, true).is_none_or(|name| !worse.contains(&name));
    let new = new.into_iter().filter(own).map(|finding| Change::of_finding(Direction::Worse, finding));
    let gone = gone.into_iter().filter(own).filter(is_good);
    changes.extend(new.chain(gone.map(|finding| Change::of_finding(Direction::Better, finding))));
    changes.retain(|change| whole || !(change.direction == Direction::Better && change.is_of_finding()));
    changes.sort_by_key(|change| change.direction);
    let direction = changes.first()?.direction;
    Some(Affected { deal: now, direction, changes })
}

/// The finding about the delivery of a promise.
fn about_delivery<'d>(pledge: &Pledge, findings: &'d [Said]) -> Option<&'d Finding> {
    findings.iter().map(|said| &said.finding).find(|finding| {
        is_about_delivery(finding) && subject(finding).as_deref() == Some(pledge.requirement.as_str())
    })
}

/// The same delivery may be denied by one lint, and reported as a warning by another.
fn change_of_level<'d>(now: Option<&'d Finding>, before: Option<&'d Finding>) -> Option<Change<'d>> {
    let is_denied = |finding: Option<&Finding>| finding.is_some_and(|finding| finding.level.is_denied());
    match (is_denied(now), is_denied(before)) {
        (true, false) => now.map(|finding| Change::of_finding(Direction::Worse, finding)),
        (false, true) => before.map(|finding| Change::of_finding(Direction::Better, finding)),
        _ => None,
    }
}

/// The promises of a contract, as they are by either roadmap. A requirement without an id is called as its feature,
/// whose id may differ; their order does not, unless an amendment drops one by such a name.
fn pairs<'d>(now: &'d [Pledge], before: &'d [Pledge]) -> Vec<(&'d Pledge, &'d Pledge)> {
    if now.len() == before.len() {
        return now.iter().zip(before).collect();
    }
    let of = |pledge: &Pledge| before.iter().find(|known| known.requirement == pledge.requirement);
    now.iter().filter_map(|pledge| Some((pledge, of(pledge)?))).collect()
}

fn subject(finding: &Finding) -> Option<String> {
    match &finding.subject {
        Subject::Requirement(name) => Some(clean(name).into_owned()),
        Subject::Term(name) => Some(format!("term {}", clean(name))),
        Subject::Contract => None,
    }
}

/// What is said of a promise's delivery is compared by the delivery.
fn is_about_delivery(finding: &Finding) -> bool {
    matches!(finding.lint.check, Check::Delivery(..))
}

/// What becomes otherwise of a promise, feature by feature; cells that fare alike are told together.
fn changes_of<'d>(now: &'d Pledge, before: &'d Pledge, found: Option<&'d Finding>) -> Vec<Change<'d>> {
    let mut changes: Vec<Change<'d>> = Vec::new();
    for part in &now.parts {
        let older = counterpart(part, &before.parts);
        let Some(direction) = direction(part, older) else { continue };
        let cell = Some(&part.cell).filter(|cell| cell.iter().next().is_some());
        let alike = changes.iter_mut().find_map(|change| match &mut change.what {
            What::Part { before, now, cells, .. } if is_alike(now, part) && fares_alike(*before, older) => {
                Some(cells)
            }
            _ => None,
        });
        match alike {
            Some(cells) => cells.extend(cell),
            None => changes.push(Change {
                direction,
                requirement: Some(now.requirement.clone()),
                what: What::Part {
                    before: older,
                    now: part,
                    cells: cell.into_iter().collect(),
                    counts: part.is_broken || Some(part.delivery) == now.delivery,
                },
                found,
            }),
        }
    }
    changes
}

fn is_alike(one: &Part, other: &Part) -> bool {
    one.written == other.written
        && (one.delivery, one.expected, one.days) == (other.delivery, other.expected, other.days)
}

fn fares_alike(one: Option<&Part>, other: Option<&Part>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => is_alike(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// The part of a promise by the other roadmap: for the same feature and cell. A roadmap that limits a feature by
/// more makes more cells; then it is the worst one that the cell lies in.
fn counterpart<'d>(part: &Part, before: &'d [Part]) -> Option<&'d Part> {
    let same = before.iter().filter(|known| known.written == part.written);
    let agrees = |known: &&Part| {
        known.cell.iter().all(|(name, value)| part.cell.get(name).is_none_or(|own| own == value))
    };
    let agreeing: Vec<&Part> = same.filter(agrees).collect();
    let exact = agreeing.iter().find(|known| known.cell == part.cell);
    exact.or_else(|| agreeing.iter().max_by_key(|known| known.delivery)).copied()
}

/// Which way a part goes: by its verdict, and where that stays, by its days. What could not be judged by the other
/// roadmap gets worse where the promise is broken now.
fn direction(now: &Part, before: Option<&Part>) -> Option<Direction> {
    if now.delivery == Delivery::Unresolved {
        return None;
    }
    let Some(before) = before.filter(|before| before.delivery != Delivery::Unresolved) else {
        return now.is_broken.then_some(Direction::Worse);
    };
    // Late is late, whatever by; and no day is later than any.
    let rank = |part: &Part| match part.delivery {
        Delivery::Late | Delivery::LateByDependency => (Delivery::Late, part.days.is_none(), part.days),
        Delivery::Tight | Delivery::Beta => (part.delivery, part.days.is_none(), part.days),
        delivery => (delivery, false, None),
    };
    match rank(now).cmp(&rank(before)) {
        std::cmp::Ordering::Greater => Some(Direction::Worse),
        std::cmp::Ordering::Less => Some(Direction::Better),
        std::cmp::Ordering::Equal => None,
    }
}

/// What requirements and features were called by the other roadmap, and are today.
#[derive(Default)]
struct Names {
    requirements: HashMap<String, String>,
    features: HashMap<String, String>,
}

impl Names {
    fn learn(&mut self, now: &Pledge, before: &Pledge) {
        self.requirements.insert(before.requirement.clone(), now.requirement.clone());
        for (now, before) in
            now.parts.iter().filter_map(|part| Some((part, counterpart(part, &before.parts)?)))
        {
            self.features.insert(before.feature.id.clone(), now.feature.id.clone());
        }
    }

    /// The requirement that a finding is about, as it is called today.
    fn subject(&self, finding: &Finding, is_older: bool) -> Option<String> {
        let name = subject(finding)?;
        Some(self.requirements.get(&name).filter(|_| is_older).cloned().unwrap_or(name))
    }

    /// What a finding is about: the parts of its fingerprint, by today's names.
    fn about(&self, finding: &Finding, is_older: bool) -> About {
        let feature = finding.feature.as_ref();
        let known = feature.and_then(|feature| self.features.get(feature)).filter(|_| is_older);
        About {
            lint: finding.lint.name,
            subject: self.subject(finding, is_older),
            feature: known.or(feature).cloned(),
            about: finding.about.clone(),
        }
    }
}

/// What makes two findings the same.
#[derive(PartialEq, Eq, Hash)]
struct About {
    lint: &'static str,
    subject: Option<String>,
    feature: Option<String>,
    about: String,
}

/// What is found now and was not, and what was found and is not.
fn differences<'d>(
    now: &'d [Said],
    before: &'d [Said],
    names: &Names,
) -> (Vec<&'d Finding>, Vec<&'d Finding>) {
    let mut older: HashMap<About, Vec<&'d Finding>> = HashMap::new();
    for said in before {
        older.entry(names.about(&said.finding, true)).or_default().push(&said.finding);
    }
    let mut new = Vec::new();
    for said in now {
        match older.get_mut(&names.about(&said.finding, false)) {
            Some(known) if !known.is_empty() => {
                known.remove(0);
            }
            _ => new.push(&said.finding),
        }
    }
    let left: Vec<*const Finding> = older.into_values().flatten().map(std::ptr::from_ref).collect();
    let is_left = |finding: &&'d Finding| left.contains(&std::ptr::from_ref(*finding));
    (new, before.iter().map(|said| &said.finding).filter(is_left).collect())
}

/// Deals that a change is about, each once however many files it consists of.
#[derive(Debug, Default)]
pub struct Deals {
    /// What each is worth, where that is known.
    deals: BTreeMap<String, Option<Money>>,
    /// Promises and findings that go the same way.
    changes: usize,
}

impl Deals {
    /// How many.
    pub fn count(&self) -> usize {
        self.deals.len()
    }

    /// How many promises, or other things that are found in them, go the same way.
    pub fn changes(&self) -> usize {
        self.changes
    }

    /// What they are worth.
    pub fn value(&self) -> Sums {
        let mut sums = Sums::default();
        for value in self.deals.values().flatten() {
            // A sum beyond 28 digits is no money.
            let _ = sums.add(*value);
        }
        sums
    }
}

impl<'d> Impact<'d> {
    /// The deals that go one way. One that gets worse in any of its files does not get better.
    pub fn deals(&self, signed: bool, direction: Direction) -> Deals {
        let key =
            |deal: &Deal| deal.deal.clone().or_else(|| deal.id.clone()).unwrap_or_else(|| deal.file.clone());
        let of = |wanted: Direction| {
            let of_kind = self.contracts.iter().filter(move |affected| affected.is_signed() == signed);
            of_kind.filter(move |affected| affected.direction == wanted)
        };
        let worse: HashSet<String> = of(Direction::Worse).map(|affected| key(affected.deal)).collect();
        let mut deals = Deals::default();
        for affected in of(direction) {
            if direction == Direction::Worse || !worse.contains(&key(affected.deal)) {
                let changes = affected.changes.iter().filter(|change| change.direction == direction);
                deals.changes += changes.count();
                deals.deals.insert(key(affected.deal), affected.deal.value);
            }
        }
        deals
    }

    /// Whether a signed contract gets worse by something that is denied and that nobody has accepted.
    pub fn breaks_signed(&self) -> bool {
        let signed = self.contracts.iter().filter(|affected| affected.is_signed());
        signed.flat_map(|affected| &affected.changes).any(Change::is_denied)
    }

    /// Whether nothing changes.
    pub fn is_calm(&self) -> bool {
        self.contracts.is_empty() && self.new.is_empty() && self.gone.is_empty()
    }

    /// All of it in a sentence.
    pub fn headline(&self) -> String {
        let mut parts = Vec::new();
        for direction in [Direction::Worse, Direction::Better] {
            for (signed, one, several) in
                [(true, "signed contract gets", "signed contracts get"), (false, "draft gets", "drafts get")]
            {
                let deals = self.deals(signed, direction);
                if deals.count() == 0 {
                    continue;
                }
                let mut part = format!("{} {}", plural(deals.count(), one, several), direction.name());
                let value = deals.value();
                part += &match value.is_empty() {
                    false => format!(" ({value})"),
                    true => format!(" ({})", count(deals.changes(), "change")),
                };
                parts.push(part);
            }
        }
        let read = if self.whole { "" } else { "of what could be read, " };
        match (parts.is_empty(), self.judged) {
            (false, _) => format!("{read}{}, {}", parts.join(", "), self.compared),
            (true, 1) => format!("{read}nothing changes for the contract, {}", self.compared),
            (true, judged) => format!("{read}nothing changes for {judged} contracts, {}", self.compared),
        }
    }
}
