//! What differs between two judgements of the same deals.

use std::collections::{HashMap, HashSet};

use crate::deals::{Deal, Part, Pledge, Said};
use crate::delivery::Delivery;
use crate::lint::Check;
use crate::lint::finding::Finding;
use crate::model::waiver::Subject;
use crate::text::clean;

use super::{Affected, Change, Direction, Impact, What};

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
    let agreeing: Vec<&Part> = same.filter(|known| part.cell.lies_in(&known.cell)).collect();
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

impl<'d> Change<'d> {
    fn of_finding(direction: Direction, finding: &'d Finding) -> Self {
        Self {
            direction,
            requirement: subject(finding),
            what: What::Finding(finding),
            found: Some(finding).filter(|_| direction == Direction::Worse),
        }
    }
}
