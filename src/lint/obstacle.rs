//! What stands in the way of a promise, as it is told: which row of each cell, by the levels of the lints.

use std::cmp::Reverse;

use crate::delivery::{Judgement, Kind, Promise, Row};
use crate::model::contract::Contract;
use crate::model::waiver::Waiver;
use crate::model::window::days_between;

use super::active::{Active, Wording};
use super::{Level, Lint};

/// One reason why a promise cannot be kept as it stands, of one feature, for all cells that it holds for. What is
/// waived is one, too, and so is what is allowed.
#[derive(Clone, Debug)]
pub struct Obstacle {
    /// The row of the table.
    pub row: Row,
    /// What it is about.
    pub kind: Kind,
    /// The lint that tells of it.
    pub lint: &'static Lint,
    /// The lint's level.
    pub level: Level,
    /// The cells that it holds for, by the places of their judgements in the promise.
    pub cells: Vec<usize>,
    /// The waiver that covers it.
    pub waived: Option<Box<Waiver>>,
}

impl Obstacle {
    /// How many days it is about: those that something is late, or is gone before the contract ends.
    pub fn days(&self, judgement: &Judgement<'_>, contract: &Contract) -> Option<i64> {
        match self.kind {
            Kind::Existence | Kind::Level => None,
            Kind::Time if matches!(self.row, Row::Unshipped | Row::Tight) => None,
            Kind::Time => judgement.days.filter(|days| *days > 0),
            Kind::Term => {
                let sunset = judgement.offer?.sunset?.value.earliest;
                Some(days_between(sunset, contract.end.given()?.value.latest))
            }
        }
    }

    /// Whether it counts: nobody has accepted it, and nobody has said that it is not looked for.
    pub fn is_open(&self) -> bool {
        self.level > Level::Allow && self.waived.is_none()
    }

    /// What stands in the way of a promise, the worst first.
    pub fn all(promise: &Promise<'_>, active: &Active) -> Vec<Self> {
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

fn of_feature(cells: &[Judgement<'_>], first: usize, active: &Active) -> Vec<Obstacle> {
    let mut obstacles: Vec<Obstacle> = Vec::new();
    for (at, judgement) in cells.iter().enumerate() {
        for (kind, rows) in judgement.obstacles() {
            let Some(&Wording { row, lint, level, .. }) = told(&rows, active) else { continue };
            match obstacles.iter_mut().find(|known| known.row == row && known.kind == kind) {
                Some(known) => known.cells.push(first + at),
                None => {
                    obstacles.push(Obstacle { row, kind, lint, level, cells: vec![first + at], waived: None })
                }
            }
        }
    }
    // What is only to come, or close, need not be said of a cell where another one is worse off.
    let told: Vec<(u8, Vec<usize>)> = obstacles
        .iter()
        .filter(|obstacle| obstacle.level > Level::Allow && obstacle.kind != Kind::Term)
        .map(|obstacle| (severity(obstacle.row), obstacle.cells.clone()))
        .collect();
    for obstacle in obstacles.iter_mut().filter(|obstacle| obstacle.level == Level::Warn) {
        let worse =
            told.iter().filter(|(row, _)| severity(obstacle.row) < *row && severity(obstacle.row) < 2);
        let worse: Vec<&Vec<usize>> = worse.map(|(_, cells)| cells).collect();
        obstacle.cells.retain(|cell| !worse.iter().any(|cells| cells.iter().any(|other| other != cell)));
    }
    obstacles.retain(|obstacle| !obstacle.cells.is_empty());
    obstacles
}

/// How bad a row is: what is only to come, what is close, what breaks the promise.
fn severity(row: Row) -> u8 {
    match row {
        Row::Unshipped => 0,
        Row::Tight => 1,
        _ => 2,
    }
}

/// Of rows that hold, the worst first, the one whose lint has the highest level, the worse when equal.
fn told<'a>(rows: &[Row], active: &'a Active) -> Option<&'a Wording> {
    let wordings = rows.iter().filter_map(|row| active.wording(*row));
    wordings.reduce(|best, next| if next.level > best.level { next } else { best })
}
