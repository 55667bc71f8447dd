//! What stands in the way of a promise, as it is told: which row of each cell, by the levels of the lints.

use std::cmp::Reverse;

use crate::delivery::{Delivery, Judgement, Kind, Promise, Row};
use crate::model::waiver::Waiver;
use crate::model::window::days_between;

use super::active::{ActiveLints, Wording};
use super::{Level, Lint};

/// One reason why a promise cannot be kept as it stands, of one feature, for all cells that it holds for. What is
/// waived is one, too, and so is what is allowed.
#[derive(Clone, Debug)]
pub struct Obstacle {
    /// The row of the table that is told.
    pub row: Row,
    /// The worst row that holds and is not allowed; where the lint of a milder one has a higher level, that is told.
    worst: Row,
    /// What it is about.
    pub kind: Kind,
    /// The lint that tells of it.
    pub lint: &'static Lint,
    /// The lint's level.
    pub level: Level,
    /// The cells that it holds for, by the places of their judgements in the promise, which ascend.
    pub cells: Vec<usize>,
    /// The waiver that covers it.
    pub waived: Option<Box<Waiver>>,
}

impl Obstacle {
    /// How many days it is about: those that something is late, or is gone before the contract ends.
    pub fn days(&self, judgement: &Judgement<'_>, promise: &Promise<'_>) -> Option<i64> {
        match self.kind {
            Kind::Existence | Kind::Level => None,
            Kind::Time if matches!(self.row, Row::Unshipped | Row::Tight) => None,
            Kind::Time => judgement.days.filter(|days| *days > 0),
            Kind::Term => {
                let end = promise.requirement.end(promise.contract);
                Some(days_between(judgement.gone?.value.earliest, end.given()?.value.latest))
            }
        }
    }

    /// Whether it counts: nobody has accepted it, and nobody has said that it is not looked for.
    pub fn is_open(&self) -> bool {
        self.level > Level::Allow && self.waived.is_none()
    }

    /// What a promise comes to where nothing else stands in its way.
    fn standing(&self) -> Standing {
        match self.worst {
            // On time: every promise of the future is unshipped.
            Row::Unshipped => Standing::Fine,
            _ if self.waived.is_some() => Standing::Waived,
            Row::Tight if self.is_open() => Standing::AtRisk,
            Row::Tight => Standing::Fine,
            _ if self.is_open() => Standing::Broken,
            _ => Standing::Allowed,
        }
    }

    /// What stands in the way of a promise, the worst first.
    pub fn all(promise: &Promise<'_>, active: &ActiveLints) -> Vec<Self> {
        let mut all: Vec<Self> = Vec::new();
        let of_features = promise.judgements.chunk_by(|one, other| std::ptr::eq(one.written, other.written));
        let mut first = 0;
        for cells in of_features {
            all.extend(of_feature(cells, first, active));
            first += cells.len();
        }
        all.sort_by_key(|obstacle| (obstacle.kind, Reverse(obstacle.row)));
        all
    }
}

/// What a promise, or a part of it, comes to, once waivers and levels are settled. A promise counts once, by the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// It can be kept, or needs no feature.
    Fine,
    /// It cannot be kept as it stands, and the lints that say so are allowed.
    Allowed,
    /// It cannot be kept as it stands, or is tight, and somebody has accepted that.
    Waived,
    /// It can be kept, with little time to spare.
    AtRisk,
    /// What it rests on could not be read, or it names no feature.
    Unjudged,
    /// It cannot be kept as it stands, or was not kept.
    Broken,
}

impl Standing {
    /// Each of them, from the best to the worst.
    pub const ALL: [Self; 6] =
        [Self::Fine, Self::Allowed, Self::Waived, Self::AtRisk, Self::Unjudged, Self::Broken];

    /// What a promise comes to.
    pub fn of_promise(promise: &Promise<'_>, obstacles: &[Obstacle]) -> Self {
        let own = match promise.delivery() {
            Some(Delivery::Unresolved) => Self::Unjudged,
            None if !promise.requirement.is_service => Self::Unjudged,
            _ => Self::Fine,
        };
        let judgements = promise.judgements.iter().enumerate();
        judgements
            .map(|(at, judgement)| Self::of_judgement(at, judgement, obstacles))
            .max()
            .unwrap_or(own)
            .max(own)
    }

    /// What a promise comes to for one feature and cell: the judgement at this place.
    pub fn of_judgement(at: usize, judgement: &Judgement<'_>, obstacles: &[Obstacle]) -> Self {
        let own = match judgement.delivery {
            Delivery::Unresolved => Self::Unjudged,
            // Where the lint is allowed, a milder row may be told in its place.
            _ if judgement.is_broken() => Self::Allowed,
            _ => Self::Fine,
        };
        let here = obstacles.iter().filter(|obstacle| obstacle.cells.binary_search(&at).is_ok());
        here.map(Obstacle::standing).max().unwrap_or(own).max(own)
    }
}

fn of_feature(cells: &[Judgement<'_>], first: usize, active: &ActiveLints) -> Vec<Obstacle> {
    let mut obstacles: Vec<Obstacle> = Vec::new();
    for (at, judgement) in cells.iter().enumerate() {
        for (kind, rows) in judgement.obstacles() {
            let Some(&Wording { row, lint, level, .. }) = strictest(&rows, active) else { continue };
            let is_looked_for =
                |row: &&Row| active.wording(**row).is_some_and(|wording| wording.level > Level::Allow);
            let worst = rows.iter().find(is_looked_for).copied().unwrap_or(row);
            let same = |other: &&mut Obstacle| (other.row, other.worst, other.kind) == (row, worst, kind);
            match obstacles.iter_mut().find(same) {
                Some(obstacle) => obstacle.cells.push(first + at),
                None => {
                    let cells = vec![first + at];
                    obstacles.push(Obstacle { row, worst, kind, lint, level, cells, waived: None });
                }
            }
        }
    }
    // What is only to come, or close, need not be said of a cell where another one is worse off. Who set it to `deny` wants
    // to hear of it all the same. Whether the worse one is waived makes no difference: waivers come later.
    let reported: Vec<(u8, Vec<usize>)> = obstacles
        .iter()
        .filter(|obstacle| obstacle.level > Level::Allow && obstacle.kind != Kind::Term)
        .map(|obstacle| (severity(obstacle.row), obstacle.cells.clone()))
        .collect();
    for obstacle in obstacles.iter_mut().filter(|obstacle| obstacle.level == Level::Warn) {
        let worse = reported
            .iter()
            .filter(|(other, _)| severity(obstacle.row) < *other && severity(obstacle.row) < 2);
        let worse: Vec<&Vec<usize>> = worse.map(|(_, cells)| cells).collect();
        obstacle.cells.retain(|cell| !worse.iter().any(|cells| cells.iter().any(|other| other != cell)));
    }
    obstacles.retain(|obstacle| !obstacle.cells.is_empty());
    obstacles
}

/// The severity of a row: only to come, close, broken.
fn severity(row: Row) -> u8 {
    match row {
        Row::Unshipped => 0,
        Row::Tight => 1,
        _ => 2,
    }
}

/// Of rows that hold, the worst first, the one whose lint has the highest level, the worse when equal.
fn strictest<'a>(rows: &[Row], active: &'a ActiveLints) -> Option<&'a Wording> {
    let wordings = rows.iter().filter_map(|row| active.wording(*row));
    wordings.reduce(|best, next| if next.level > best.level { next } else { best })
}
