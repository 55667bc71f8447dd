//! A judge that was written apart, from the tables of the design: it tries every offer for every cell, and is neither
//! quick nor able to explain itself.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::world::{Contract, Offer, Requirement, Scope, Status, When, World, id};

/// Before every day of a world.
const EVER: i64 = -100_000;

/// One value in each dimension that is asked for and matters.
pub(crate) type Cell = BTreeMap<String, String>;

/// What stands in the way, in one cell.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Obstacle {
    pub(crate) lint: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) feature: String,
    pub(crate) cell: Cell,
    /// How late, or how long before the end; where the design leaves open whether there is a number, each answer.
    pub(crate) days: Vec<Option<i64>>,
}

/// What the judge says of a requirement.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) delivery: Row,
    pub(crate) obstacles: BTreeSet<Obstacle>,
}

/// The rows of the table, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Row {
    Unknown,
    Dropped,
    ScopeGap,
    LevelGap,
    Undated,
    Late,
    LateByDependency,
    Beta,
    Tight,
    OnTrack,
    Shipped,
}

impl Row {
    /// As the JSON has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Dropped => "dropped",
            Self::ScopeGap => "scope-gap",
            Self::LevelGap => "level-gap",
            Self::Undated => "undated",
            Self::Late => "late",
            Self::LateByDependency => "late-by-dependency",
            Self::Beta => "beta",
            Self::Tight => "tight",
            Self::OnTrack => "on-track",
            Self::Shipped => "shipped",
        }
    }

    fn lint(self) -> Option<&'static str> {
        Some(match self {
            Self::Unknown => "unknown-feature",
            Self::Dropped => "dropped-feature",
            Self::ScopeGap => "scope-gap",
            Self::LevelGap => "level-gap",
            Self::Undated => "undated-feature",
            Self::Late => "late-feature",
            Self::LateByDependency => "late-dependency",
            Self::Beta => "beta-feature",
            Self::Tight => "tight-deadline",
            Self::OnTrack => "unshipped-feature",
            Self::Shipped => return None,
        })
    }

    /// The row that a lint is about; the days that are over are about any.
    pub(crate) fn of(lint: &str) -> Option<Self> {
        let rows = [
            Self::Unknown,
            Self::Dropped,
            Self::ScopeGap,
            Self::LevelGap,
            Self::Undated,
            Self::Late,
            Self::LateByDependency,
            Self::Beta,
            Self::Tight,
            Self::OnTrack,
        ];
        rows.into_iter().find(|row| row.lint() == Some(lint))
    }
}

/// The level of a lint as the configuration has it: 0 for `allow`, 1 for `warn`, 2 for `deny`.
pub(crate) fn level(world: &World, lint: &str) -> usize {
    let default = if ["tight-deadline", "unshipped-feature"].contains(&lint) { "warn" } else { "deny" };
    let level = world.config.levels.get(lint).copied().unwrap_or(default);
    ["allow", "warn", "deny"].iter().position(|other| *other == level).unwrap()
}

pub(crate) fn judge(world: &World, contract: &Contract, requirement: &Requirement) -> Verdict {
    let due = requirement.due.map(|due| (due.earliest(), due.latest()));
    let first = contract.start.or(contract.signing).unwrap_or(0);
    let (earliest, latest) = due.unwrap_or((first, first));
    let mut scope = contract.scope.clone();
    scope.extend(requirement.scope.clone());
    let ask = Ask {
        world,
        contract,
        requirement,
        scope,
        strict: if world.config.bare_end { latest } else { earliest },
        deadline: latest,
    };
    let mut verdict = Verdict { delivery: Row::Shipped, obstacles: BTreeSet::new() };
    for &feature in &requirement.features {
        ask.feature(feature, &mut verdict);
    }
    verdict
}

struct Ask<'w> {
    world: &'w World,
    contract: &'w Contract,
    requirement: &'w Requirement,
    scope: Scope,
    /// The first day that the deadline can mean.
    strict: i64,
    /// The last one.
    deadline: i64,
}

/// An offer as it is for one cell.
#[derive(Clone, Debug)]
struct Case {
    /// Dropped, or a row of time.
    row: Row,
    /// The day it is there or, for what is there, since when; none where there is no day.
    day: Option<i64>,
    /// Whether it can be had today as it was promised.
    is_there: bool,
    low: Vec<&'static str>,
    unstated: usize,
    is_deprecated: bool,
    /// The first day on which it may be gone.
    sunset: Option<i64>,
    since: Option<i64>,
    /// Whether it was there at some time, as far as the roadmap tells.
    had_shipped: bool,
}

/// A row for one cell that may be reported.
struct Candidate {
    row: Option<Row>,
    lint: &'static str,
    kind: &'static str,
    days: Vec<Option<i64>>,
}

impl Ask<'_> {
    fn level(&self, lint: &str) -> usize {
        level(self.world, lint)
    }

    /// Whether the deadline is over: before today or, in a draft, before its own signing.
    fn is_over(&self) -> bool {
        let before_signing = self.contract.signing.is_some_and(|signing| self.deadline < signing);
        self.deadline < 0 || (!self.contract.is_signed && before_signing)
    }

    /// The last day on which it is in time: the deadline, or the contract's end where that comes first.
    fn last(&self) -> i64 {
        self.contract.end.map_or(self.deadline, |end| end.min(self.deadline))
    }

    fn over_lint(&self) -> &'static str {
        if self.contract.is_signed { super::missed_deadline() } else { "past-deadline" }
    }

    fn feature(&self, feature: usize, verdict: &mut Verdict) {
        if feature >= self.world.features.len() {
            verdict.delivery = verdict.delivery.min(Row::Unknown);
            verdict.obstacles.insert(Obstacle {
                lint: "unknown-feature",
                kind: "existence",
                feature: id(feature),
                cell: Cell::new(),
                days: vec![None],
            });
            return;
        }
        let cells = self.cells(feature);
        let per_cell: Vec<Vec<Candidate>> =
            cells.iter().map(|cell| self.cell(feature, cell, verdict)).collect();
        for (at, (cell, candidates)) in cells.iter().zip(&per_cell).enumerate() {
            for candidate in candidates {
                // Mild rows of time are left out where another cell has a worse one that is reported.
                let is_mild = matches!(candidate.row, Some(Row::Tight | Row::OnTrack))
                    && candidate.kind == "time"
                    && self.level(candidate.lint) == 1;
                let is_worse = |other: &Candidate| {
                    other.kind != "term" && other.row < candidate.row && self.level(other.lint) > 0
                };
                let others = per_cell.iter().enumerate().filter(|(other, _)| *other != at);
                if is_mild && others.flat_map(|(_, others)| others).any(is_worse) {
                    continue;
                }
                verdict.obstacles.insert(Obstacle {
                    lint: candidate.lint,
                    kind: candidate.kind,
                    feature: id(feature),
                    cell: cell.clone(),
                    days: candidate.days.clone(),
                });
            }
        }
    }

    /// Every combination of what is asked for, in the dimensions that limit the feature or what it depends on.
    fn cells(&self, feature: usize) -> Vec<Cell> {
        let reached = self.waited_for(feature);
        let offers = || reached.iter().flat_map(|&at| &self.world.features[at]);
        let mut cells = vec![Cell::new()];
        for (dimension, values) in &self.scope {
            if !offers().any(|offer| offer.scope.contains_key(dimension)) {
                continue;
            }
            let with = |cell: &Cell, value: &&str| {
                let mut cell = cell.clone();
                cell.insert((*dimension).to_owned(), (*value).to_owned());
                cell
            };
            cells = cells.iter().flat_map(|cell| values.iter().map(|value| with(cell, value))).collect();
        }
        cells
    }

    /// The features that a feature's offers depend on, but for unknown ones.
    fn edges(&self, feature: usize) -> Vec<usize> {
        let all = self.world.features[feature].iter().flat_map(|offer| &offer.depends).copied();
        all.filter(|&to| to < self.world.features.len()).collect()
    }

    /// A feature and all that it leads to by what features depend on.
    fn reached(&self, feature: usize) -> BTreeSet<usize> {
        let mut reached = BTreeSet::from([feature]);
        while let Some(next) = reached.iter().flat_map(|&at| self.edges(at)).find(|to| !reached.contains(to))
        {
            reached.insert(next);
        }
        reached
    }

    /// A feature and all that it waits for: the edges of circles are passed over.
    fn waited_for(&self, feature: usize) -> BTreeSet<usize> {
        let mut all = BTreeSet::from([feature]);
        let next = |all: &BTreeSet<usize>| {
            let edges = all.iter().flat_map(|&at| self.edges(at).into_iter().map(move |to| (at, to)));
            let mut open = edges.filter(|(at, to)| !all.contains(to) && !self.reached(*to).contains(at));
            open.next().map(|(_, to)| to)
        };
        while let Some(to) = next(&all) {
            all.insert(to);
        }
        all
    }

    /// What may be reported for a cell, one row of time at most.
    fn cell(&self, feature: usize, cell: &Cell, verdict: &mut Verdict) -> Vec<Candidate> {
        let best = self.best(feature, cell);
        let missing = match &best {
            None => Some(Row::ScopeGap),
            Some(case) if case.row == Row::Dropped => Some(Row::Dropped),
            Some(_) => None,
        };
        let over = |kind, days| Candidate { row: None, lint: self.over_lint(), kind, days };
        let of = |row: Row, kind, days| Some(Candidate { row: Some(row), lint: row.lint()?, kind, days });
        if let Some(row) = missing {
            verdict.delivery = verdict.delivery.min(row);
            // What was there by the day and went after it was dropped, not missed.
            let went_after = best.as_ref().is_some_and(|case| self.went_after(case));
            let over = (self.is_over() && !went_after).then(|| over("existence", vec![None]));
            return self.highest(over, [of(row, "existence", vec![None]), None]).into_iter().collect();
        }
        let case = best.unwrap();
        let mut found = Vec::new();
        verdict.delivery = verdict.delivery.min(case.row);
        if !case.low.is_empty() {
            verdict.delivery = verdict.delivery.min(Row::LevelGap);
        }
        found.extend(case.low.iter().filter_map(|_| of(Row::LevelGap, "level", vec![None])));
        let is_late = matches!(case.row, Row::Late | Row::LateByDependency);
        let last = if is_late { self.last() } else { self.deadline };
        let late = case.day.map(|day| day - last).filter(|&days| days > 0);
        let days = |row| match row {
            Row::Late | Row::LateByDependency => vec![late],
            Row::Undated | Row::Tight | Row::OnTrack => vec![None],
            // Whether how late the release is belongs to these is not said.
            _ => vec![late, None],
        };
        // For a deadline that is over, whether the day by which something is late is told is not said either.
        let over = self.is_past(&case).then(|| over("time", vec![late, None]));
        let row = of(case.row, "time", days(case.row));
        let unshipped = if case.is_there { None } else { of(Row::OnTrack, "time", vec![None]) };
        found.extend(self.highest(over, [row, unshipped]));
        if let Some(sunset) = case.sunset {
            let lint = "sunset-feature";
            match self.contract.end {
                None => found.push(Candidate { row: None, lint, kind: "term", days: vec![None] }),
                Some(end) if sunset < end => {
                    found.push(Candidate { row: None, lint, kind: "term", days: vec![Some(end - sunset)] });
                }
                Some(_) => {}
            }
        }
        found
    }

    /// Of what holds, from the worst (a day that is over, the row that explains it, that it has not shipped): what has
    /// the highest level, the worse when equal.
    fn highest(&self, over: Option<Candidate>, rows: [Option<Candidate>; 2]) -> Option<Candidate> {
        let [row, unshipped] = rows;
        let all = [over, row, unshipped].into_iter().flatten();
        let all = all.enumerate().max_by_key(|(at, candidate)| (self.level(candidate.lint), Reverse(*at)));
        all.map(|(_, candidate)| candidate)
    }

    /// Whether something that is no more was there by the deadline, as far as the roadmap tells.
    fn went_after(&self, case: &Case) -> bool {
        let in_time = self.contract.is_signed || case.since.is_none_or(|since| since <= self.deadline);
        case.had_shipped && in_time && case.sunset.is_none_or(|sunset| sunset > self.deadline)
    }

    /// Whether the deadline is over, and it was not there by then.
    fn is_past(&self, case: &Case) -> bool {
        let was_there = case.day.is_some_and(|day| day <= self.deadline);
        let is_kept = case.is_there && (self.contract.is_signed || was_there);
        self.is_over() && !is_kept
    }

    /// The best of the offers that cover a cell, for any of the values of dimensions that it leaves open and in which what
    /// is waited for is limited: that has to be there for the same values.
    fn best(&self, feature: usize, cell: &Cell) -> Option<Case> {
        let waited_for = self.waited_for(feature);
        let offers =
            || waited_for.iter().filter(|&&at| at != feature).flat_map(|&at| &self.world.features[at]);
        let open: BTreeSet<&str> = offers().flat_map(|offer| offer.scope.keys().copied()).collect();
        let mut cells = vec![cell.clone()];
        for dimension in open.into_iter().filter(|dimension| !cell.contains_key(*dimension)) {
            let of_offers =
                self.world.features.iter().flatten().filter_map(|offer| offer.scope.get(dimension));
            let values: BTreeSet<&str> = of_offers.flatten().copied().chain(["nobody-names-it"]).collect();
            let with = |cell: &Cell, value: &&str| {
                let mut cell = cell.clone();
                cell.insert(dimension.to_owned(), (*value).to_owned());
                cell
            };
            cells = cells.iter().flat_map(|cell| values.iter().map(|value| with(cell, value))).collect();
        }
        let accepts_beta = self.requirement.accepts_beta;
        let cases = cells.iter().flat_map(|cell| self.cases(feature, cell, true, accepts_beta)).enumerate();
        cases.min_by_key(|(at, case)| self.order(case, *at)).map(|(_, case)| case)
    }

    /// The offers that cover a cell; a dependency is not asked for levels.
    fn cases(&self, feature: usize, cell: &Cell, has_levels: bool, accepts_beta: bool) -> Vec<Case> {
        let covers = |offer: &&Offer| {
            cell.iter().all(|(dimension, value)| match offer.scope.get(dimension.as_str()) {
                Some(values) => values.contains(&value.as_str()),
                None => true,
            })
        };
        let offers = self.world.features[feature].iter().filter(covers);
        offers.map(|offer| self.case(feature, offer, cell, has_levels, accepts_beta)).collect()
    }

    fn order(&self, case: &Case, at: usize) -> impl Ord + use<> {
        let levels = match (case.low.len(), case.unstated) {
            (0, 0) => 0,
            (0, _) => 1,
            _ => 2,
        };
        let is_gone = case.sunset.is_some_and(|sunset| self.contract.end.is_none_or(|end| sunset < end));
        (
            case.row == Row::Dropped,
            levels,
            case.row <= Row::Beta || self.is_past(case) || is_gone,
            Reverse(case.row),
            case.is_deprecated,
            // What is no more has no day.
            case.day.filter(|_| case.row != Row::Dropped).unwrap_or(i64::MAX),
            case.low.len(),
            // Not in the design's list: without it, the order of offers changes what is found about the term.
            Reverse(case.sunset.unwrap_or(i64::MAX)),
            // Nor this: what was there once is no missed day.
            self.is_past(case) && !self.went_after(case),
            at,
        )
    }

    fn case(&self, feature: usize, offer: &Offer, cell: &Cell, has_levels: bool, accepts_beta: bool) -> Case {
        let (row, day, is_there) = self.arrival(feature, offer, cell, accepts_beta);
        let inherited = &self.world.features[feature][0].levels;
        let needs = self.requirement.needs.iter().filter(|_| has_levels);
        let mut low = Vec::new();
        let mut unstated = 0;
        for (&name, &(sign, needed)) in needs {
            match offer.levels.get(name).or_else(|| inherited.get(name)) {
                None => unstated += 1,
                Some(&stated) => {
                    let is_reached = match sign {
                        ">=" => stated >= needed,
                        ">" => stated > needed,
                        "<=" => stated <= needed,
                        _ => stated < needed,
                    };
                    if !is_reached {
                        low.push(name);
                    }
                }
            }
        }
        Case {
            row,
            day,
            is_there,
            low,
            unstated,
            is_deprecated: offer.status == Status::Deprecated,
            sunset: offer.sunset.map(When::earliest),
            since: offer.since,
            had_shipped: offer.since.is_some() && offer.status != Status::Beta
                || matches!(offer.status, Status::Shipped | Status::Deprecated | Status::Retired),
        }
    }

    /// The row, the day and whether it is there: of the release, or of the better of it and an accepted beta.
    fn arrival(
        &self,
        feature: usize,
        offer: &Offer,
        cell: &Cell,
        accepts_beta: bool,
    ) -> (Row, Option<i64>, bool) {
        match offer.status {
            Status::Retired | Status::Rejected => return (Row::Dropped, None, false),
            Status::Shipped | Status::Deprecated => {
                let row = if self.is_gone(offer, &[]) { Row::Dropped } else { Row::Shipped };
                return (row, Some(offer.since.unwrap_or(EVER)), true);
            }
            _ => {}
        }
        // A release rests on releases.
        let waits = self.waits(feature, offer, cell, false);
        // A target that has passed is none, and an idea has none that counts.
        let has_days = !matches!(offer.status, Status::Idea | Status::Paused);
        let is_unsound = |&to: &usize| to >= self.world.features.len() || self.reached(to).contains(&feature);
        let is_unsound = offer.depends.iter().any(is_unsound);
        let planned =
            |when: Option<When>| when.filter(|_| has_days).map(When::latest).filter(|&latest| latest >= 0);
        let release = self.planned(offer, planned(offer.target), waits, is_unsound);
        let beta = if offer.status == Status::Beta {
            let row = if self.is_gone(offer, &[]) { Row::Dropped } else { Row::Shipped };
            (row, Some(offer.since.unwrap_or(EVER)), true)
        } else {
            self.planned(
                offer,
                planned(offer.beta),
                self.waits(feature, offer, cell, accepts_beta),
                is_unsound,
            )
        };
        // Where no beta is planned, or its day has passed, there is none to wait for.
        if accepts_beta && (planned(offer.beta).is_some() || offer.status == Status::Beta) {
            return [release, beta]
                .into_iter()
                .max_by_key(|(row, day, _)| (*row, Reverse(day.unwrap_or(i64::MAX))))
                .unwrap();
        }
        let covers = beta.0 != Row::Dropped && beta.1.is_some_and(|day| day <= self.deadline);
        match release {
            (Row::Undated | Row::Late | Row::LateByDependency, day, _) if covers => (Row::Beta, day, false),
            _ => release,
        }
    }

    /// The row of what is to come on a day of its own, and waits for others.
    fn planned(
        &self,
        offer: &Offer,
        own: Option<i64>,
        waits: Option<i64>,
        is_unsound: bool,
    ) -> (Row, Option<i64>, bool) {
        let day = own.and_then(|own| Some(own.max(waits?)));
        // What would be in time, and waits for nothing that is known or for itself, has no date.
        let is_none = is_unsound && day.is_some_and(|day| day <= self.last());
        let (own, day) = if is_none { (None, None) } else { (own, day) };
        let row = match (own, day) {
            _ if self.is_gone(offer, &[own, day]) => Row::Dropped,
            (None, _) => Row::Undated,
            (Some(own), _) if own > self.last() => Row::Late,
            (_, None) => Row::LateByDependency,
            (_, Some(day)) if day > self.last() => Row::LateByDependency,
            (_, Some(day)) if self.strict - day < self.world.config.margin => Row::Tight,
            _ => Row::OnTrack,
        };
        (row, day, false)
    }

    /// Whether the last day is on or before the deadline, or before a day on which it could ship.
    fn is_gone(&self, offer: &Offer, ships: &[Option<i64>]) -> bool {
        let Some(sunset) = offer.sunset.map(When::earliest) else { return false };
        sunset <= self.deadline || ships.iter().flatten().any(|&day| sunset < day)
    }

    /// The day from which everything is there that an offer depends on; none where there is no such day.
    fn waits(&self, feature: usize, offer: &Offer, cell: &Cell, accepts_beta: bool) -> Option<i64> {
        let mut last = EVER;
        for &to in &offer.depends {
            // What waits for such has no date in any case.
            if to >= self.world.features.len() || self.reached(to).contains(&feature) {
                continue;
            }
            // Of what a feature waits for, the best offer is the one that is there first, and is not dropped; what is
            // there already was never waited for.
            let cases =
                self.cases(to, cell, false, accepts_beta).into_iter().filter(|case| case.row != Row::Dropped);
            last =
                last.max(cases.filter_map(|case| if case.is_there { Some(EVER) } else { case.day }).min()?);
        }
        Some(last)
    }
}
