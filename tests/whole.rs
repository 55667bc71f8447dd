//! Every promise is judged whole: what stands in its way is what a judge finds that was written apart, and no obstacle
//! hides another, be it waived or allowed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

#[path = "whole/judge.rs"]
mod judge;

#[path = "whole/world.rs"]
mod world;

use std::collections::{BTreeMap, BTreeSet};

use common::Folder;
use dealcheck::LINTS;
use judge::{Cell, Row, judge};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::Deserialize;
use world::{Config, World, any_world};

/// What the lint is called now that is about a signed contract whose day has passed.
fn missed_deadline() -> &'static str {
    let names = ["missed-deadline", "missed-deadline"];
    names.into_iter().find(|name| LINTS.iter().any(|lint| lint.name == *name)).unwrap()
}

/// Whether a lint is about a day that is over, and stands in place of others.
fn is_over(lint: &str) -> bool {
    ["past-deadline", missed_deadline()].contains(&lint)
}

/// The lints that tell of obstacles.
fn lints() -> Vec<&'static str> {
    vec![
        "unknown-feature",
        "dropped-feature",
        "scope-gap",
        "level-gap",
        "undated-feature",
        "late-feature",
        "late-dependency",
        "beta-feature",
        "tight-deadline",
        "unshipped-feature",
        "past-deadline",
        missed_deadline(),
        "sunset-feature",
    ]
}

/// What the program says, as far as this is about it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Output {
    contracts: Vec<Judged>,
    findings: Vec<Finding>,
    problems: Vec<serde_json::Value>,
}

#[derive(Debug, Deserialize)]
struct Judged {
    contract: String,
    requirements: Vec<Promise>,
}

#[derive(Debug, Deserialize)]
struct Promise {
    requirement: String,
    delivery: Option<String>,
    obstacles: Option<Vec<Obstacle>>,
}

impl Promise {
    fn obstacles(&self) -> &[Obstacle] {
        let obstacles = self.obstacles.as_deref();
        obstacles.unwrap_or_else(|| panic!("{} has no obstacles, not even an empty list", self.requirement))
    }
}

/// An obstacle as the JSON has it: for one or several cells.
#[derive(Clone, Debug, Deserialize)]
struct Obstacle {
    lint: String,
    kind: String,
    feature: String,
    cells: Vec<Cell>,
    days: Option<i64>,
    level: String,
    waived: Option<serde_json::Value>,
}

impl Obstacle {
    /// Its cells, of which there is one where no scope matters.
    fn cells(&self) -> Vec<Cell> {
        if self.cells.is_empty() { vec![Cell::new()] } else { self.cells.clone() }
    }
}

#[derive(Debug, Deserialize)]
struct Finding {
    lint: String,
    contract: Option<String>,
    requirement: Option<String>,
    feature: Option<String>,
    waived: Option<serde_json::Value>,
}

/// A contract's id and a requirement's.
type Place = (String, String);

/// A lint, where it was found, and the feature.
type Found = (String, Option<String>, Option<String>, Option<String>);

/// Lint, kind, feature and cell of an obstacle, and the requirement in whose way it stands.
type Key = (Place, String, String, String, Cell);

/// What no order changes: obstacles with their days, and deliveries.
type Judgements = (BTreeSet<(Key, Option<i64>)>, BTreeMap<Place, Option<String>>);

impl Output {
    fn of(world: &World) -> Self {
        Self::of_files(&world.files(), &[])
    }

    fn of_files(files: &[(String, String)], args: &[&str]) -> Self {
        let folder = Folder::new();
        for (name, text) in files {
            folder.write(name, text);
        }
        let mut all = vec!["lint", "--format", "json", "--today", "2026-12-01"];
        all.extend(args);
        all.push(".");
        let ran = folder.run(&all);
        let output = serde_json::from_str(&ran.stdout);
        let output: Self = output.unwrap_or_else(|error| panic!("{error}: {ran:#?}\n{}", told(files)));
        assert!(output.problems.is_empty(), "{:#?}\n{}", output.problems, told(files));
        output
    }

    fn promises(&self) -> impl Iterator<Item = (Place, &Promise)> {
        self.contracts.iter().flat_map(|contract| {
            let place = |promise: &Promise| (contract.contract.clone(), promise.requirement.clone());
            contract.requirements.iter().map(move |promise| (place(promise), promise))
        })
    }

    /// Every obstacle, with the requirement.
    fn obstacles(&self) -> impl Iterator<Item = (Place, &Obstacle)> {
        self.promises().flat_map(|(place, promise)| {
            promise.obstacles().iter().map(move |obstacle| (place.clone(), obstacle))
        })
    }

    /// Every obstacle in each of its cells, with what the program says of it.
    fn keys(&self) -> BTreeMap<Key, &Obstacle> {
        let keys = self.obstacles().flat_map(|(place, obstacle)| {
            let key = |cell| {
                let Obstacle { lint, kind, feature, .. } = obstacle.clone();
                (place.clone(), lint, kind, feature, cell)
            };
            obstacle.cells().into_iter().map(key).map(|key| (key, obstacle)).collect::<Vec<_>>()
        });
        keys.collect()
    }

    /// What was found, whether it is waived or not.
    fn found(&self, is_waived: bool) -> BTreeSet<Found> {
        let findings = self.findings.iter().filter(|finding| finding.waived.is_some() == is_waived);
        findings
            .map(|Finding { lint, contract, requirement, feature, .. }| {
                (lint.clone(), contract.clone(), requirement.clone(), feature.clone())
            })
            .collect()
    }

    fn set(&self) -> Judgements {
        let keys = self.keys().into_iter().map(|(key, obstacle)| (key, obstacle.days)).collect();
        (keys, self.promises().map(|(place, promise)| (place, promise.delivery.clone())).collect())
    }
}

/// Files as somebody can write them down.
fn told(files: &[(String, String)]) -> String {
    files.iter().map(|(name, text)| format!("--- {name}\n{text}\n")).collect()
}

/// How much of a world is told where something is wrong with it.
fn world_told(world: &World) -> String {
    told(&world.files())
}

/// Everything that the judge says of a world.
fn verdicts(world: &World) -> BTreeMap<Place, judge::Verdict> {
    let requirements = world.contracts.iter().flat_map(|contract| {
        contract.requirements.iter().map(move |(id, requirement)| {
            ((contract.id.clone(), id.clone()), judge(world, contract, requirement))
        })
    });
    requirements.collect()
}

/// How many worlds are tried, unless the environment says it; where something is wrong with one it is told whole, so
/// that seeds need not be kept.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases: std::env::var("PROPTEST_CASES").map_or(cases, |cases| cases.parse().unwrap()),
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn the_delivery_is_the_one_of_a_judge_written_apart(world in any_world()) {
        let output = Output::of(&world);
        let verdicts = verdicts(&world);
        for (place, promise) in output.promises() {
            let delivery = promise.delivery.as_deref();
            prop_assert_eq!(delivery, Some(verdicts[&place].delivery.name()), "{:?}\n{}", place, world_told(&world));
        }
    }

    #[test]
    fn the_obstacles_are_those_of_a_judge_written_apart(world in any_world()) {
        let output = Output::of(&world);
        let mut expected: BTreeMap<Key, Vec<Option<i64>>> = BTreeMap::new();
        for (place, verdict) in verdicts(&world) {
            for judge::Obstacle { lint, kind, feature, cell, days } in verdict.obstacles {
                let key = (place.clone(), lint.to_owned(), kind.to_owned(), feature, cell);
                expected.insert(key, days);
            }
        }
        let keys = output.keys();
        let (found, wanted): (BTreeSet<_>, BTreeSet<_>) = (keys.keys().collect(), expected.keys().collect());
        let missing: Vec<_> = wanted.difference(&found).collect();
        let surplus: Vec<_> = found.difference(&wanted).collect();
        prop_assert!(
            missing.is_empty() && surplus.is_empty(),
            "missing: {:#?}\nsurplus: {:#?}\n{}", missing, surplus, world_told(&world)
        );
        for (place, obstacle) in output.obstacles() {
            // What holds for several cells shows the worst of them, and no day is worse than any.
            let Obstacle { lint, kind, feature, .. } = obstacle.clone();
            let of = |cell| &expected[&(place.clone(), lint.clone(), kind.clone(), feature.clone(), cell)];
            let days: Vec<_> = obstacle.cells().into_iter().map(of).collect();
            let latest = days.iter().filter_map(|days| days[0]).max();
            let is_open = days.iter().any(|days| days.len() > 1);
            let has_none = days.iter().any(|days| days[0].is_none());
            let is_right = match obstacle.days {
                None => is_open || has_none,
                Some(_) => obstacle.days == latest && (is_open || !has_none),
            };
            prop_assert!(is_right, "{:?}: {:#?}\nexpected: {:?}\n{}", place, obstacle, days, world_told(&world));
            let level = ["allow", "warn", "deny"][judge::level(&world, &obstacle.lint)];
            prop_assert_eq!(&obstacle.level, level, "{:#?}\n{}", obstacle, world_told(&world));
            prop_assert!(obstacle.waived.is_none(), "{:#?}\n{}", obstacle, world_told(&world));
        }
    }

    #[test]
    fn what_is_found_is_what_the_judge_finds_and_is_not_allowed(world in any_world()) {
        let output = Output::of(&world);
        let lints = lints();
        let mut found = output.found(false);
        found.retain(|(lint, ..)| lints.contains(&lint.as_str()));
        let mut wanted = BTreeSet::new();
        for ((contract, requirement), verdict) in verdicts(&world) {
            for obstacle in verdict.obstacles {
                if judge::level(&world, obstacle.lint) > 0 {
                    let place = (Some(contract.clone()), Some(requirement.clone()));
                    wanted.insert((obstacle.lint.to_owned(), place.0, place.1, Some(obstacle.feature)));
                }
            }
        }
        let missing: Vec<_> = wanted.difference(&found).collect();
        let surplus: Vec<_> = found.difference(&wanted).collect();
        prop_assert!(
            missing.is_empty() && surplus.is_empty(),
            "missing: {:#?}\nsurplus: {:#?}\n{}", missing, surplus, world_told(&world)
        );
    }
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn whatever_a_promise_lint_finds_is_an_obstacle_and_the_other_way_round(world in any_world()) {
        let output = Output::of(&world);
        let lints = lints();
        let mut found = output.found(false);
        found.retain(|(lint, ..)| lints.contains(&lint.as_str()));
        let obstacles = output.obstacles().filter(|(_, obstacle)| obstacle.level != "allow");
        let obstacles: BTreeSet<Found> = obstacles
            .map(|((contract, requirement), obstacle)| {
                let Obstacle { lint, feature, .. } = obstacle.clone();
                (lint, Some(contract), Some(requirement), Some(feature))
            })
            .collect();
        prop_assert_eq!(found, obstacles, "{}", world_told(&world));
    }

    #[test]
    fn the_delivery_is_the_worst_row(world in any_world()) {
        let world = World { config: Config::defaults(), ..world };
        let output = Output::of(&world);
        for (place, promise) in output.promises() {
            let obstacles = promise.obstacles();
            let rows = obstacles.iter().filter_map(|obstacle| Row::of(&obstacle.lint));
            let worst = rows.min().unwrap_or(Row::Shipped);
            // A day that is over stands in place of the row that explains it, which may be any.
            if obstacles.iter().any(|obstacle| is_over(&obstacle.lint)) {
                continue;
            }
            let delivery = promise.delivery.as_deref();
            prop_assert_eq!(delivery, Some(worst.name()), "{:?}\n{}", place, world_told(&world));
        }
    }

    #[test]
    fn what_is_worst_comes_first(world in any_world()) {
        let output = Output::of(&world);
        for (place, promise) in output.promises() {
            // Term is no row, and a day that is over is worse than the other rows of time.
            let rank = |obstacle: &Obstacle| match &*obstacle.kind {
                "time" if is_over(&obstacle.lint) => Some(Row::Undated),
                _ => Row::of(&obstacle.lint),
            };
            let ranks: Vec<Row> = promise.obstacles().iter().filter_map(rank).collect();
            prop_assert!(ranks.is_sorted(), "{:?}: {:#?}\n{}", place, promise, world_told(&world));
        }
    }

    #[test]
    fn what_is_allowed_takes_away_itself_alone(world in any_world(), lint in select(lints())) {
        let mut allowing = world.clone();
        allowing.config.levels.insert(lint, "allow");
        let (before, after) = (Output::of(&world), Output::of(&allowing));
        let without: BTreeSet<Found> =
            before.found(false).into_iter().filter(|(other, ..)| other != lint).collect();
        let found = after.found(false);
        let lost: Vec<_> = without.difference(&found).collect();
        prop_assert!(lost.is_empty(), "allowed {}, lost: {:#?}\n{}", lint, lost, world_told(&world));
        prop_assert!(found.iter().all(|(other, ..)| other != lint), "{}\n{}", lint, world_told(&world));

        let (before, after) = (before.keys(), after.keys());
        for (key, obstacle) in &before {
            let is_kept = obstacle.lint == lint || obstacle.level == "allow" || after.contains_key(key);
            prop_assert!(is_kept, "allowed {}, lost: {:?}\n{}", lint, key, world_told(&world));
        }
        // What an allowed row stood for may show in its place, and a mild row that a reported one stood above.
        for (key, obstacle) in &after {
            let is_existence = is_over(lint) || is_over(&obstacle.lint);
            let is_let_through = obstacle.kind == "time" || is_existence && obstacle.kind == "existence";
            let is_explained = before.contains_key(key) || is_let_through || obstacle.level == "allow";
            prop_assert!(is_explained, "allowed {}, new: {:?}\n{}", lint, key, world_told(&world));
        }
    }

    #[test]
    fn what_is_waived_takes_away_itself_alone(world in any_world(), lint in select(lints()), at in any::<Index>()) {
        let before = Output::of(&world);
        let places: Vec<Place> = before.promises().map(|(place, _)| place).collect();
        // One that is found, where there is one.
        let found: Vec<&Finding> =
            before.findings.iter().filter(|finding| lints().contains(&finding.lint.as_str())).collect();
        let (lint, place) = if found.is_empty() {
            (lint, at.get(&places).clone())
        } else {
            let Finding { lint, contract, requirement, .. } = at.get(&found);
            (lint.as_str(), (contract.clone().unwrap(), requirement.clone().unwrap()))
        };
        let mut files = world.files();
        files.push(("waivers.toml".to_owned(), waiver(&place.0, &place.1, lint)));
        let after = Output::of_files(&files, &[]);
        let is_it = |(other, contract, requirement, _): &Found| {
            other == lint && contract.as_ref() == Some(&place.0) && requirement.as_ref() == Some(&place.1)
        };
        let (waived, rest): (BTreeSet<Found>, BTreeSet<Found>) =
            before.found(false).into_iter().partition(is_it);
        let mut now = after.found(false);
        now.retain(|(lint, ..)| !lint.ends_with("-waiver"));
        prop_assert_eq!(now, rest, "waived {} of {:?}\n{}", lint, place, world_told(&world));
        prop_assert_eq!(after.found(true), waived, "waived {} of {:?}\n{}", lint, place, world_told(&world));
        prop_assert_eq!(before.set(), after.set(), "waived {} of {:?}\n{}", lint, place, world_told(&world));
        for (other, obstacle) in after.obstacles() {
            let is_it = other == place && obstacle.lint == lint && obstacle.level != "allow";
            prop_assert_eq!(obstacle.waived.is_some(), is_it, "{:#?}\n{}", obstacle, world_told(&world));
        }
    }

    #[test]
    fn order_changes_nothing(world in any_world(), by in 1usize..8) {
        let (before, after) = (Output::of(&world), Output::of(&world.reordered(by)));
        let what = || format!("{}\n{}", world_told(&world), world_told(&world.reordered(by)));
        // What is about several places is told at the first of them in the file.
        let found = |output: &Output| -> BTreeSet<_> {
            let found = output.found(false).into_iter().map(|(lint, contract, requirement, feature)| match &*lint {
                "dependency-cycle" => (lint, None, None, None),
                "serial-promise" => (lint, contract, None, None),
                "repeated-promise" => (lint, contract, None, feature),
                _ => (lint, contract, requirement, feature),
            });
            found.collect()
        };
        prop_assert_eq!(found(&before), found(&after), "{}", what());
        prop_assert_eq!(before.set(), after.set(), "{}", what());
    }
}

/// A waiver of one lint for one requirement.
fn waiver(contract: &str, requirement: &str, lint: &str) -> String {
    format!(
        "[[waivers]]\ncontract = \"{contract}\"\nrequirement = \"{requirement}\"\nlint = \"{lint}\"\n\
         reason = \"We know and accept it.\"\napproved-by = \"priya@vendor.example\"\napproved-on = 2026-11-20\n\
         expires = 2027-06-30\n"
    )
}

/// A lint and the requirement it is found for.
type Line = (&'static str, &'static str);

/// A world in which obstacles stand beside one another.
struct Pair {
    roadmap: &'static str,
    contract: &'static str,
    config: &'static str,
    both: [Line; 2],
}

impl Pair {
    fn run(&self, waivers: &str, args: &[&str]) -> Output {
        let contract = format!("contract: C\ncustomer: A\n{}", self.contract);
        let files = [
            ("roadmap.toml", self.roadmap),
            ("dealcheck.toml", self.config),
            ("waivers.toml", waivers),
            ("contract.yaml", &contract),
        ];
        Output::of_files(&files.map(|(name, text)| (name.to_owned(), text.to_owned())), args)
    }

    /// Lints and requirements of what is found.
    fn found(output: &Output, is_waived: bool) -> BTreeSet<(String, String)> {
        let found = output.found(is_waived).into_iter();
        found.filter_map(|(lint, _, requirement, _)| Some((lint, requirement?))).collect()
    }

    fn holds(found: &BTreeSet<(String, String)>, (lint, requirement): (&str, &str)) -> bool {
        found.contains(&(lint.to_owned(), requirement.to_owned()))
    }

    fn both_show(&self) {
        let found = Self::found(&self.run("", &[]), false);
        for one in self.both {
            assert!(Self::holds(&found, one), "{one:?} is not found: {found:?}");
        }
    }

    fn shows_beside_what_is_waived(&self) {
        for (one, other) in self.ways() {
            let output = self.run(&waiver("C", one.1, one.0), &[]);
            let (found, waived) = (Self::found(&output, false), Self::found(&output, true));
            assert!(Self::holds(&waived, one), "{one:?} is not waived: {waived:?}");
            assert!(Self::holds(&found, other), "with {one:?} waived, {other:?} is not found: {found:?}");
        }
    }

    fn shows_beside_what_is_allowed(&self) {
        for (one, other) in self.ways() {
            let found = Self::found(&self.run("", &["-A", one.0]), false);
            assert!(!Self::holds(&found, one), "{one:?} is allowed and found: {found:?}");
            assert!(Self::holds(&found, other), "with {one:?} allowed, {other:?} is not found: {found:?}");
        }
    }

    fn ways(&self) -> [(Line, Line); 2] {
        let [one, other] = self.both;
        [(one, other), (other, one)]
    }
}

/// Three tests of each pair: both show; one is waived, and the other shows; one is allowed, and the other shows.
macro_rules! pairs {
    ($($name:ident: $both:expr, $config:literal, $roadmap:literal, $contract:literal;)*) => {$(
        mod $name {
            use super::Pair;

            const PAIR: Pair = Pair { roadmap: $roadmap, contract: $contract, config: $config, both: $both };

            #[test]
            fn both_show() {
                PAIR.both_show();
            }

            #[test]
            fn one_is_waived_and_the_other_shows() {
                PAIR.shows_beside_what_is_waived();
            }

            #[test]
            fn one_is_allowed_and_the_other_shows() {
                PAIR.shows_beside_what_is_allowed();
            }
        }
    )*};
}

pairs! {
    existence_of_two_features: [("unknown-feature", "R"), ("dropped-feature", "R")], "[lints]", r#"
[features.soap]
status = "retired"
"#, "
requirements:
- {id: R, feature: [soap, nope], due: 2027-03-01}
";
    existence_beside_time_of_another_feature: [("unknown-feature", "R"), ("late-feature", "R")], "[lints]", r#"
[features.late]
status = "planned"
target = "2027-06-01"
"#, "
requirements:
- {id: R, feature: [late, nope], due: 2027-03-01}
";
    existence_beside_level_over_two_cells: [("scope-gap", "R"), ("level-gap", "R")], "[lints]", r#"
[features.log]
status = "shipped"
for = { platform = ["linux"] }
levels = { retention = "30 days" }
"#, r#"
requirements:
- {id: R, feature: log, due: 2027-03-01, for: {platform: [linux, windows]}, needs: {retention: ">= 90 days"}}
"#;
    existence_beside_time_over_two_cells: [("scope-gap", "R"), ("late-feature", "R")], "[lints]", r#"
[features.log]
status = "planned"
target = "2027-06-01"
for = { platform = ["linux"] }
"#, "
requirements:
- {id: R, feature: log, due: 2027-03-01, for: {platform: [linux, windows]}}
";
    existence_beside_term_over_two_cells: [("scope-gap", "R"), ("sunset-feature", "R")], "[lints]", r#"
[features.log]
status = "shipped"
sunset = 2028-03-31
for = { platform = ["linux"] }
"#, "
period: {start: 2027-01-01, end: 2029-12-31}
requirements:
- {id: R, feature: log, due: 2027-03-01, for: {platform: [linux, windows]}}
";
    level_beside_time: [("level-gap", "R"), ("late-feature", "R")], "[lints]", r#"
[features.log]
status = "planned"
target = "2027-06-01"
levels = { retention = "30 days" }
"#, r#"
requirements:
- {id: R, feature: log, due: 2027-03-01, needs: {retention: ">= 90 days"}}
"#;
    level_beside_a_dependency: [("level-gap", "R"), ("late-dependency", "R")], "[lints]", r#"
[features.log]
status = "planned"
target = "2027-01-01"
depends-on = ["store"]
levels = { retention = "30 days" }

[features.store]
status = "planned"
target = "2027-06-01"
"#, r#"
requirements:
- {id: R, feature: log, due: 2027-03-01, needs: {retention: ">= 90 days"}}
"#;
    level_beside_a_day_that_is_over: [("level-gap", "R"), ("past-deadline", "R")], "[lints]", r#"
[features.log]
status = "planned"
target = "2027-06-01"
levels = { retention = "30 days" }
"#, r#"
requirements:
- {id: R, feature: log, due: 2026-11-01, needs: {retention: ">= 90 days"}}
"#;
    level_beside_term: [("level-gap", "R"), ("sunset-feature", "R")], "[lints]", r#"
[features.log]
status = "shipped"
sunset = 2028-03-31
levels = { retention = "30 days" }
"#, r#"
period: {start: 2027-01-01, end: 2029-12-31}
requirements:
- {id: R, feature: log, due: 2027-03-01, needs: {retention: ">= 90 days"}}
"#;
    time_beside_term: [("late-feature", "R"), ("sunset-feature", "R")], "[lints]", r#"
[features.log]
status = "planned"
target = "2027-05-01"
sunset = 2028-03-31
"#, "
period: {start: 2027-01-01, end: 2029-12-31}
requirements:
- {id: R, feature: log, due: 2027-03-01}
";
    time_beside_term_without_an_end: [("undated-feature", "R"), ("sunset-feature", "R")], "[lints]", r#"
[features.log]
status = "paused"
sunset = 2028-03-31
"#, "
requirements:
- {id: R, feature: log, due: 2027-03-01}
";
    a_day_that_is_over_beside_term: [("past-deadline", "R"), ("sunset-feature", "R")], "[lints]", r#"
[features.log]
status = "planned"
target = "2027-05-01"
sunset = 2028-03-31
"#, "
period: {start: 2026-01-01, end: 2029-12-31}
requirements:
- {id: R, feature: log, due: 2026-11-01}
";
    time_over_two_cells: [("late-feature", "R"), ("undated-feature", "R")], "[lints]", r#"
[features.log]
status = "planned"
target = "2027-05-01"
for = { platform = ["linux"] }

[[features.log.offers]]
status = "idea"
for = { platform = ["windows"] }
"#, "
requirements:
- {id: R, feature: log, due: 2027-03-01, for: {platform: [linux, windows]}}
";
    time_over_two_cells_of_which_one_is_denied_though_on_track: [("late-feature", "R"), ("unshipped-feature", "R")],
    "[lints]\nunshipped-feature = \"deny\"", r#"
[features.log]
status = "planned"
target = "2027-05-01"
for = { platform = ["linux"] }

[[features.log.offers]]
status = "planned"
target = "2027-01-01"
for = { platform = ["windows"] }
"#, "
requirements:
- {id: R, feature: log, due: 2027-03-01, for: {platform: [linux, windows]}}
";
    beta_beside_term: [("beta-feature", "R"), ("sunset-feature", "R")], "[lints]", r#"
[features.log]
status = "beta"
target = "2027-05-01"
sunset = 2028-03-31
"#, "
period: {start: 2027-01-01, end: 2029-12-31}
requirements:
- {id: R, feature: log, due: 2027-03-01}
";
    mild_time_beside_term: [("tight-deadline", "R"), ("sunset-feature", "R")], "[lints]", r#"
[features.log]
status = "planned"
target = "2027-02-15"
sunset = 2028-03-31
"#, "
period: {start: 2027-01-01, end: 2029-12-31}
requirements:
- {id: R, feature: log, due: 2027-03-01}
";
}

/// The lints that are found in a world, and not waived.
fn all_found(
    config: &'static str,
    roadmap: &'static str,
    contract: &'static str,
    waivers: &str,
) -> Vec<String> {
    let pair = Pair { roadmap, contract, config, both: [("", ""); 2] };
    Pair::found(&pair.run(waivers, &[]), false).into_iter().map(|(lint, _)| lint).collect()
}

#[test]
fn all_three_kinds_show_at_once() {
    let found = all_found(
        "",
        r#"
[features.log]
status = "planned"
target = "2027-05-01"
sunset = 2028-03-31
levels = { retention = "30 days" }
"#,
        r#"
period: {start: 2027-01-01, end: 2029-12-31}
requirements:
- {id: R, feature: log, due: 2027-03-01, needs: {retention: ">= 90 days"}}
"#,
        "",
    );
    assert_eq!(found, ["late-feature", "level-gap", "sunset-feature"]);
}

#[test]
fn what_was_there_at_a_lower_level_is_a_level_gap_alone() {
    let found = all_found(
        "",
        r#"
[features.log]
status = "shipped"
levels = { retention = "30 days" }
"#,
        r#"
requirements:
- {id: R, feature: log, due: 2026-11-01, needs: {retention: ">= 90 days"}}
"#,
        "",
    );
    assert_eq!(found, ["level-gap"]);
}

#[test]
fn what_is_only_warned_about_hides_nothing_that_is_denied() {
    let roadmap = r#"
[features.log]
status = "planned"
target = "2027-05-01"
"#;
    let contract = "
requirements:
- {id: R, feature: log, due: 2027-03-01}
";
    let config = "[lints]\nlate-feature = \"warn\"\nunshipped-feature = \"deny\"\n";
    assert_eq!(all_found(config, roadmap, contract, ""), ["unshipped-feature"]);
}

#[test]
fn what_would_be_gone_before_it_ships_is_dropped() {
    let roadmap = r#"
[features.log]
status = "planned"
target = "2027-06-01"
sunset = 2027-05-01
"#;
    let contract = "
requirements:
- {id: R, feature: log, due: 2027-03-01}
";
    assert_eq!(all_found("", roadmap, contract, ""), ["dropped-feature"]);
}

#[test]
fn an_offer_that_stays_is_better_than_one_that_is_gone_before_the_end() {
    let roadmap = r#"
[features.log]
status = "shipped"
sunset = 2028-03-31

[[features.log.offers]]
status = "planned"
target = "2027-02-15"
"#;
    let contract = "
period: {start: 2027-01-01, end: 2029-12-31}
requirements:
- {id: R, feature: log, due: 2027-03-01}
";
    assert_eq!(all_found("", roadmap, contract, ""), ["tight-deadline"]);
}

#[test]
fn a_mild_row_is_left_out_beside_a_worse_one_even_where_that_is_waived() {
    let roadmap = r#"
[features.log]
status = "planned"
target = "2027-05-01"
for = { platform = ["linux"] }

[[features.log.offers]]
status = "planned"
target = "2027-02-15"
for = { platform = ["windows"] }
"#;
    let contract = "
requirements:
- {id: R, feature: log, due: 2027-03-01, for: {platform: [linux, windows]}}
";
    assert_eq!(all_found("", roadmap, contract, ""), ["late-feature"]);
    let waiver = waiver("C", "R", "late-feature");
    assert_eq!(all_found("", roadmap, contract, &waiver), ["unbound-waiver", "undisclosed-waiver"]);
    let denied = "[lints]\ntight-deadline = \"deny\"\n";
    assert_eq!(all_found(denied, roadmap, contract, ""), ["late-feature", "tight-deadline"]);
    let allowed = "[lints]\nlate-feature = \"allow\"\n";
    assert_eq!(all_found(allowed, roadmap, contract, ""), ["tight-deadline"]);
}
