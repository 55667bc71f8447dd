//! What differs between two judgements of the same deals.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::check::tally::Tally;
use crate::deals::{Deal, DealJudgement, DealPromise, DrawnFinding, SILENT_LINT};
use crate::delivery::Kind;
use crate::lint::Check;
use crate::lint::finding::Finding;
use crate::lint::obstacle::Obstacle;
use crate::model::scope::Cell;
use crate::model::waiver::Subject;
use crate::text::{clean, fold};

use super::judgements::{Counterparts, KINDS, direction};
use super::pairs::pairs;
use super::silent::silent_changes;
use super::{Change, ChangeKind, DealImpact, Direction, Impact};

/// Compares deals with what becomes of them by another roadmap. Of today's, the ids of features come along by what else these
/// are called, in which old ids are found. `whole` tells of either whether all of it could be read:
/// what is not found any more today may only be hidden by an error.
pub(crate) fn impact<'d>(
    compared: String,
    whole: [bool; 2],
    now: (&'d [Deal], &'d [DrawnFinding], &Tally, &HashMap<String, String>),
    before: (&OlderDeals<'d>, &'d [DrawnFinding]),
) -> Impact<'d> {
    let [is_whole, was_whole] = whole;
    let open: Vec<&Deal> = now.0.iter().filter(|deal| deal.is_open()).collect();
    let judged = open.len();
    let pairs = open.into_iter().filter_map(|deal| Some((deal, *before.0.0.get(&key(deal))?)));
    let mut contracts: Vec<DealImpact<'d>> =
        pairs.filter_map(|(now, before)| affected(now, before, is_whole)).collect();
    // A stable sort: what is alike stays in the order of the files.
    contracts.sort_by_key(|affected| (!affected.is_signed(), affected.direction));
    let (new, mut gone) = differences(now.1, before.1, &Renames::of(before.1, now.3));
    // A finding that is gone may only be hidden by what could not be read; a new one is there all the same.
    gone.retain(|_| is_whole);
    let roadmap_errors = (now.2.roadmap_errors, now.2.roadmap_errors());
    Impact { compared, judged, whole: is_whole && was_whole, contracts, new, gone, roadmap_errors }
}

/// The deals by the other roadmap.
pub(crate) struct OlderDeals<'d>(HashMap<DealKey<'d>, &'d Deal>);

impl<'d> OlderDeals<'d> {
    /// These deals.
    pub(crate) fn new(deals: &'d [Deal]) -> Self {
        Self(deals.iter().map(|deal| (key(deal), deal)).collect())
    }
}

/// What tells a deal from all others.
type DealKey<'d> = (&'d str, Option<&'d str>);

fn key(deal: &Deal) -> DealKey<'_> {
    (deal.file.as_str(), deal.id.as_deref())
}

fn affected<'d>(now: &'d Deal, before: &'d Deal, whole: bool) -> Option<DealImpact<'d>> {
    let mut changes: Vec<Change<'d>> = Vec::new();
    let mut names = Renames::default();
    let found = [&now.findings, &before.findings].map(|findings| PromiseFindings::of(findings));
    let (pairs, unpaired) = pairs(&now.promises, &before.promises);
    let mut compared = HashSet::new();
    for (now_promise, before_promise) in pairs {
        compared.insert(now_promise.requirement.as_str());
        names.learn(now_promise, before_promise);
        changes.extend(changes_of((now_promise, &found[0]), (before_promise, &found[1])));
        changes.extend(silent_changes_of((now_promise, &found[0]), (before_promise, &found[1])));
    }
    compared.retain(|name| !unpaired.contains(name));
    let worse: HashSet<String> = changes
        .iter()
        .filter(|change| change.direction == Direction::Worse)
        .filter_map(|change| change.requirement.clone())
        .collect();
    let (new, gone) = differences(&now.findings, &before.findings, &names);
    // An amendment may spoil a promise of another file by today's roadmap alone: then only the finding tells of it.
    let is_alone = |finding: &Finding| subject(finding).is_none_or(|name| !compared.contains(name.as_str()));
    let is_own = |finding: &&'d Finding| !is_about_delivery(finding);
    // What is not said any more of a promise that is worse kept is no good news.
    let is_good =
        |finding: &&'d Finding| names.subject(finding, true).is_none_or(|name| !worse.contains(&name));
    let new = new.into_iter().filter(|finding| is_own(finding) || is_alone(finding));
    let new = new.map(|finding| Change::of_finding(Direction::Worse, finding));
    // A promise that is not judged here any more is no good news: it may be as broken without the amendment.
    let gone = gone.into_iter().filter(is_own).filter(is_good);
    changes.extend(new.chain(gone.map(|finding| Change::of_finding(Direction::Better, finding))));
    // Where not all could be read, a finding that is not there need not be gone.
    changes.retain(|change| whole || !(change.direction == Direction::Better && change.is_of_finding()));
    changes.sort_by_key(|change| change.direction);
    let direction = changes.first()?.direction;
    Some(DealImpact { deal: now, direction, changes })
}

fn subject(finding: &Finding) -> Option<String> {
    match &finding.subject {
        Subject::Requirement(name) => Some(clean(name).into_owned()),
        Subject::Term(name) => Some(format!("term {}", clean(name))),
        Subject::Contract => None,
    }
}

/// Whether a finding is compared by the delivery that it is about: a promise that was two weeks late and is ten has the
/// same finding, and got worse.
fn is_about_delivery(finding: &Finding) -> bool {
    matches!(finding.lint.check, Check::Delivery(..))
}

/// The first finding of each lint about a feature of a promise.
struct PromiseFindings<'d>(HashMap<(&'d str, &'d str, String), &'d Finding>);

impl<'d> PromiseFindings<'d> {
    fn of(findings: &'d [DrawnFinding]) -> Self {
        let mut first = HashMap::new();
        for finding in findings.iter().map(|drawn| &drawn.finding) {
            if let (Some(feature), Some(subject)) = (finding.feature.as_deref(), subject(finding)) {
                first.entry((finding.lint.name, feature, subject)).or_insert(finding);
            }
        }
        Self(first)
    }
}

/// A promise, and what was found of the promises of its contract.
type FoundPromise<'d, 'f> = (&'d DealPromise, &'f PromiseFindings<'d>);

/// What becomes otherwise of a promise, obstacle by obstacle; cells that fare alike are told together.
fn changes_of<'d>(now: FoundPromise<'d, '_>, before: FoundPromise<'d, '_>) -> Vec<Change<'d>> {
    let mut changes: Vec<Change<'d>> = Vec::new();
    let counterparts = Counterparts::of(before.0);
    let mut feature = "";
    let mut own = 0;
    for (at, judgement) in now.0.judgements.iter().enumerate() {
        if judgement.written != feature {
            (feature, own) = (&judgement.written, changes.len());
        }
        let older = counterparts.find(judgement);
        let alike = older.windows(2).all(|two| is_alike(two[0].1, two[1].1));
        let older_or_none = older.iter().copied().map(Some).chain(older.is_empty().then_some(None));
        for older in older_or_none {
            let cell = match older {
                Some((_, older)) if !alike => common_cell(&judgement.cell, &older.cell),
                _ => Cow::Borrowed(&judgement.cell),
            };
            add_changes((now, at), (before, older), cell, &mut changes, own);
        }
    }
    changes
}

/// What becomes of values that a promise does not name. A finding that is new or gone says so by itself.
fn silent_changes_of<'d>(now: FoundPromise<'d, '_>, before: FoundPromise<'d, '_>) -> Vec<Change<'d>> {
    let found = |(promise, found): FoundPromise<'d, '_>, feature: &str| {
        found.0.get(&(SILENT_LINT, feature, promise.requirement.clone())).copied()
    };
    let mut changes = silent_changes(now.0, before.0);
    changes.retain_mut(|change| {
        let ChangeKind::Part { before: Some(older), now: judgement, .. } = &change.what else { return true };
        let (is_found, was_found) = (found(now, &judgement.feature.id), found(before, &older.feature.id));
        change.found = is_found;
        match change.direction {
            Direction::Worse => is_found.is_none() || was_found.is_some(),
            Direction::Better => is_found.is_some() && was_found.is_some(),
        }
    });
    changes
}

/// The combinations that two cells have in common: one may be limited by what the other is not.
fn common_cell<'d>(now: &'d Cell, before: &Cell) -> Cow<'d, Cell> {
    let further: Vec<(&str, &str)> = before.iter().filter(|(name, _)| now.get(name).is_none()).collect();
    match further.is_empty() {
        true => Cow::Borrowed(now),
        false => {
            Cow::Owned(further.into_iter().fold(now.clone(), |cell, (name, value)| cell.with(name, value)))
        }
    }
}

/// Adds what becomes otherwise of one judgement, as compared with one of the other roadmap; what fares alike is told
/// together with it, from a place of the changes on.
fn add_changes<'d>(
    (now, at): (FoundPromise<'d, '_>, usize),
    (before, older): (FoundPromise<'d, '_>, Option<(usize, &'d DealJudgement)>),
    cell: Cow<'d, Cell>,
    changes: &mut Vec<Change<'d>>,
    own: usize,
) {
    let judgement = &now.0.judgements[at];
    let older_at = older.map(|(at, _)| at);
    let older = older.map(|(_, older)| older);
    for kind in KINDS {
        let found = finding(now, at, kind);
        let Some(direction) = direction(kind, judgement, older) else {
            // Whether a day is over is no part of the state.
            if kind != Kind::Time {
                continue;
            }
            let was_found = older_at.and_then(|at| finding(before, at, kind));
            let change = change_of_level(found, was_found);
            // One finding is told once, however many cells it holds for.
            let is_new =
                |change: &Change<'_>| !changes[own..].iter().any(|other| other.is_same_finding(change));
            let change = change.filter(is_new);
            changes.extend(change);
            continue;
        };
        let cell = Some(&cell).filter(|cell| !cell.is_empty()).cloned();
        let alike = changes[own..].iter_mut().find_map(|change| match &mut change.what {
            ChangeKind::Part { kind: other, before, now, cells }
                if *other == kind && is_alike(now, judgement) && fares_alike(*before, older) =>
            {
                Some(cells)
            }
            _ => None,
        });
        match alike {
            // What stands for several of the other roadmap that fare alike is told once.
            Some(cells) if cells.last() == cell.as_ref() => {}
            Some(cells) => cells.extend(cell),
            None => changes.push(Change {
                direction,
                requirement: Some(now.0.requirement.clone()),
                what: ChangeKind::Part {
                    kind,
                    before: older,
                    now: judgement,
                    cells: cell.into_iter().collect(),
                },
                found,
            }),
        }
    }
}

/// The finding about what stands in the way of a judgement, in one respect.
fn finding<'d>((promise, found): FoundPromise<'d, '_>, at: usize, kind: Kind) -> Option<&'d Finding> {
    let is_about = |obstacle: &&Obstacle| {
        let is_kind = obstacle.kind == kind || (kind == Kind::Time && obstacle.kind == Kind::Existence);
        is_kind && obstacle.cells.contains(&at)
    };
    let lint = promise.obstacles.iter().find(is_about)?.lint.name;
    let feature = promise.judgements[at].feature.id.as_str();
    found.0.get(&(lint, feature, promise.requirement.clone())).copied()
}

/// The same state may be denied by one lint, and reported as a warning by another.
fn change_of_level<'d>(now: Option<&'d Finding>, before: Option<&'d Finding>) -> Option<Change<'d>> {
    let is_denied = |finding: Option<&Finding>| finding.is_some_and(|finding| finding.level.is_denied());
    match (is_denied(now), is_denied(before)) {
        (true, false) => now.map(|finding| Change::of_finding(Direction::Worse, finding)),
        (false, true) => before.map(|finding| Change::of_finding(Direction::Better, finding)),
        _ => None,
    }
}

fn is_alike(one: &DealJudgement, other: &DealJudgement) -> bool {
    let state =
        |judgement: &DealJudgement| (judgement.time, judgement.expected, judgement.days, judgement.sunset);
    one.written == other.written && state(one) == state(other) && one.shortfalls == other.shortfalls
}

fn fares_alike(one: Option<&DealJudgement>, other: Option<&DealJudgement>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => is_alike(one, other),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// What requirements and features were called by the other roadmap, and are today.
#[derive(Default)]
struct Renames {
    requirements: HashMap<String, String>,
    features: HashMap<String, String>,
}

impl Renames {
    /// Those of features that findings are about.
    fn of(before: &[DrawnFinding], features: &HashMap<String, String>) -> Self {
        let ids = before.iter().filter_map(|drawn| drawn.finding.feature.as_ref());
        let renamed = ids.filter_map(|id| Some((id.clone(), features.get(&*fold(id.trim()))?.clone())));
        Self { requirements: HashMap::new(), features: renamed.collect() }
    }

    fn learn(&mut self, now: &DealPromise, before: &DealPromise) {
        self.requirements.insert(before.requirement.clone(), now.requirement.clone());
        let counterparts = Counterparts::of(before);
        for judgement in &now.judgements {
            for (_, older) in counterparts.find(judgement) {
                self.features.insert(older.feature.id.clone(), judgement.feature.id.clone());
            }
        }
    }

    /// The requirement that a finding is about, as it is called today.
    fn subject(&self, finding: &Finding, is_older: bool) -> Option<String> {
        let name = subject(finding)?;
        Some(self.requirements.get(&name).filter(|_| is_older).cloned().unwrap_or(name))
    }

    /// What a finding is about: the parts of its fingerprint, by today's names.
    fn about(&self, finding: &Finding, is_older: bool) -> FindingKey {
        let key = FindingKey::of(finding);
        if !is_older {
            return key;
        }
        let renamed = |known: &HashMap<String, String>, name: Option<String>| {
            name.map(|name| known.get(&name).cloned().unwrap_or(name))
        };
        FindingKey {
            subject: renamed(&self.requirements, key.subject),
            feature: renamed(&self.features, key.feature),
            ..key
        }
    }
}

/// What makes two findings the same, apart from the cell that they are about.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct FindingKey {
    lint: &'static str,
    subject: Option<String>,
    feature: Option<String>,
    about: String,
}

impl FindingKey {
    pub(super) fn of(finding: &Finding) -> Self {
        Self {
            lint: finding.lint.name,
            subject: subject(finding),
            feature: finding.feature.clone(),
            about: finding.about_in_cell().to_owned(),
        }
    }
}

/// What is found now and was not, or names more than it did; and what was found and is not.
fn differences<'d>(
    now: &'d [DrawnFinding],
    before: &'d [DrawnFinding],
    names: &Renames,
) -> (Vec<&'d Finding>, Vec<&'d Finding>) {
    let mut older: HashMap<FindingKey, Vec<&'d Finding>> = HashMap::new();
    for drawn in before {
        older.entry(names.about(&drawn.finding, true)).or_default().push(&drawn.finding);
    }
    let mut new = Vec::new();
    for said in now.iter().map(|drawn| &drawn.finding) {
        let known = older.get_mut(&names.about(said, false)).and_then(|known| take_same(known, said));
        match known {
            // Values that a promise does not name are compared one by one.
            Some(known) if said.lint.name == SILENT_LINT || !said.names_more_than(known) => {}
            _ => new.push(said),
        }
    }
    // What is found for a part of a cell by now is no longer found for the whole, and that is no good news.
    let is_narrower = |older: &Finding| {
        now.iter().any(|now| {
            names.about(&now.finding, false) == names.about(older, true) && is_in(&now.finding, older)
        })
    };
    let left = older.into_values().flatten().filter(|finding| !is_narrower(finding));
    let left: Vec<*const Finding> = left.map(std::ptr::from_ref).collect();
    let is_left = |finding: &&'d Finding| left.contains(&std::ptr::from_ref(*finding));
    (new, before.iter().map(|said| &said.finding).filter(is_left).collect())
}

/// Takes the counterpart of a finding out. One of a whole cell stays for further parts of it, since the roadmap may
/// limit a feature by more.
fn take_same<'d>(known: &mut Vec<&'d Finding>, now: &Finding) -> Option<&'d Finding> {
    match known.iter().position(|older| older.about_cell == now.about_cell) {
        Some(same) => Some(known.remove(same)),
        None => known.iter().find(|older| is_in(now, older)).copied(),
    }
}

/// Whether a finding is about a part of the cell that another one is about.
fn is_in(now: &Finding, older: &Finding) -> bool {
    now.about_cell.as_ref().zip(older.about_cell.as_ref()).is_some_and(|(now, older)| now.is_in(older))
}

impl<'d> Change<'d> {
    fn is_same_finding(&self, other: &Self) -> bool {
        matches!((&self.what, &other.what), (ChangeKind::Finding(one), ChangeKind::Finding(other)) if std::ptr::eq(*one, *other))
    }

    fn of_finding(direction: Direction, finding: &'d Finding) -> Self {
        Self {
            direction,
            requirement: subject(finding),
            what: ChangeKind::Finding(finding),
            found: Some(finding).filter(|_| direction == Direction::Worse),
        }
    }
}
