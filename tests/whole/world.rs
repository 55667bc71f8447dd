//! Small worlds: a roadmap, what is configured, and contracts, as values that can be written as files.

use std::collections::BTreeMap;

use jiff::Span;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Value, json};

/// The day of the runs. A day of a world is a distance from it.
pub(crate) const TODAY: Date = date(2026, 12, 1);

/// Where something holds: values by dimension. A dimension that is not named is not limited.
pub(crate) type Scope = BTreeMap<&'static str, Vec<&'static str>>;

/// A day or a quarter.
#[derive(Clone, Copy, Debug)]
pub(crate) enum When {
    Day(i64),
    Quarter(i16, i8),
}

impl When {
    pub(crate) fn earliest(self) -> i64 {
        match self {
            Self::Day(day) => day,
            Self::Quarter(year, quarter) => distance(date(year, 3 * quarter - 2, 1)),
        }
    }

    pub(crate) fn latest(self) -> i64 {
        match self {
            Self::Day(day) => day,
            Self::Quarter(year, 4) => distance(date(year, 12, 31)),
            Self::Quarter(year, quarter) => distance(date(year, 3 * quarter + 1, 1)) - 1,
        }
    }

    fn text(self) -> String {
        match self {
            Self::Day(day) => civil(day),
            Self::Quarter(year, quarter) => format!("{year}-Q{quarter}"),
        }
    }
}

fn distance(day: Date) -> i64 {
    TODAY.until(day).unwrap().get_days().into()
}

fn civil(day: i64) -> String {
    TODAY.checked_add(Span::new().days(day)).unwrap().to_string()
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Status {
    Idea,
    Planned,
    InProgress,
    Beta,
    Shipped,
    Paused,
    Deprecated,
    Retired,
    Rejected,
}

impl Status {
    fn text(self) -> &'static str {
        match self {
            Self::Idea => "idea",
            Self::Planned => "planned",
            Self::InProgress => "in-progress",
            Self::Beta => "beta",
            Self::Shipped => "shipped",
            Self::Paused => "paused",
            Self::Deprecated => "deprecated",
            Self::Retired => "retired",
            Self::Rejected => "rejected",
        }
    }
}

/// An offer as it is written; of a further one, only levels are inherited.
#[derive(Clone, Debug)]
pub(crate) struct Offer {
    pub(crate) status: Status,
    /// The day it shipped, or the beta began; only for what is there.
    pub(crate) since: Option<i64>,
    pub(crate) target: Option<When>,
    /// The beta's own target; only for what is still to come.
    pub(crate) beta: Option<When>,
    pub(crate) sunset: Option<When>,
    pub(crate) scope: Scope,
    /// Features by number; one that is not there is unknown.
    pub(crate) depends: Vec<usize>,
    pub(crate) levels: BTreeMap<&'static str, i64>,
}

impl Offer {
    fn text(&self) -> String {
        let list = |values: &[String]| format!("[{}]", values.join(", "));
        let quoted = |value: &dyn std::fmt::Display| format!("\"{value}\"");
        let scope = self.scope.iter().map(|(dimension, values)| {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            format!("{dimension} = {}", list(&values))
        });
        let depends: Vec<String> = self.depends.iter().map(|&at| quoted(&id(at))).collect();
        let levels =
            self.levels.iter().map(|(level, value)| format!("{level} = \"{}\"", quantity(level, *value)));
        let mut text = format!("status = \"{}\"\n", self.status.text());
        text += &format!("for = {{ {} }}\n", scope.collect::<Vec<_>>().join(", "));
        text += &format!("depends-on = {}\n", list(&depends));
        text += &format!("levels = {{ {} }}\n", levels.collect::<Vec<_>>().join(", "));
        if let Some(since) = self.since {
            let key = if self.status == Status::Beta { "beta" } else { "shipped" };
            text += &format!("{key} = \"{}\"\n", civil(since));
        }
        for (key, when) in [("target", self.target), ("beta", self.beta), ("sunset", self.sunset)] {
            if let Some(when) = when {
                text += &format!("{key} = \"{}\"\n", when.text());
            }
        }
        text
    }
}

/// A level with its unit.
fn quantity(level: &str, value: i64) -> String {
    format!("{value} {}", if level == "latency" { "ms" } else { "days" })
}

/// A feature's id.
pub(crate) fn id(at: usize) -> String {
    format!("f{at}")
}

#[derive(Clone, Debug)]
pub(crate) struct Requirement {
    /// By number; one that is not there is unknown.
    pub(crate) features: Vec<usize>,
    pub(crate) scope: Scope,
    /// The operator and the value.
    pub(crate) needs: BTreeMap<&'static str, (&'static str, i64)>,
    pub(crate) due: Option<When>,
    pub(crate) accepts_beta: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Contract {
    pub(crate) id: String,
    pub(crate) is_signed: bool,
    pub(crate) signing: Option<i64>,
    pub(crate) start: Option<i64>,
    pub(crate) end: Option<i64>,
    pub(crate) scope: Scope,
    /// By their ids.
    pub(crate) requirements: Vec<(String, Requirement)>,
}

impl Contract {
    fn text(&self) -> String {
        let requirements = self.requirements.iter().map(|(id, requirement)| {
            let features: Vec<String> = requirement.features.iter().map(|&at| self::id(at)).collect();
            let needs = requirement.needs.iter().map(|(level, (sign, value))| {
                (level.to_string(), json!(format!("{sign} {}", quantity(level, *value))))
            });
            let mut text = json!({
                "id": id,
                "feature": features,
                "for": requirement.scope,
                "needs": needs.collect::<serde_json::Map<String, Value>>(),
                "accept": if requirement.accepts_beta { "beta" } else { "ga" },
            });
            if let Some(due) = requirement.due {
                text["due"] = json!(due.text());
            }
            text
        });
        let mut text = json!({
            "contract": self.id,
            "customer": "A",
            "status": if self.is_signed { "signed" } else { "draft" },
            "for": self.scope,
            "requirements": requirements.collect::<Vec<_>>(),
        });
        if let Some(signing) = self.signing {
            text["signing"] = json!(civil(signing));
        }
        let period = [("start", self.start), ("end", self.end)];
        let period = period.into_iter().filter_map(|(key, day)| Some((key.to_owned(), json!(civil(day?)))));
        let period: serde_json::Map<String, Value> = period.collect();
        if !period.is_empty() {
            text["period"] = json!(period);
        }
        text.to_string()
    }
}

/// What is configured: levels by lint, and how dates are held.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) levels: BTreeMap<&'static str, &'static str>,
    pub(crate) margin: i64,
    pub(crate) bare_end: bool,
}

impl Config {
    pub(crate) fn defaults() -> Self {
        Self { levels: BTreeMap::new(), margin: 30, bare_end: false }
    }

    fn text(&self) -> String {
        let mut text = if self.bare_end { "bare-period = \"end\"\n" } else { "" }.to_owned();
        text += "[lints]\n";
        for (lint, level) in &self.levels {
            if *lint != "tight-deadline" {
                text += &format!("{lint} = \"{level}\"\n");
            }
        }
        let tight = self.levels.get("tight-deadline").unwrap_or(&"warn");
        text + &format!("tight-deadline = {{ level = \"{tight}\", margin = \"{} days\" }}\n", self.margin)
    }
}

#[derive(Clone, Debug)]
pub(crate) struct World {
    /// The offers of each feature, by its number.
    pub(crate) features: Vec<Vec<Offer>>,
    /// In which order the features stand in their file.
    pub(crate) order: Vec<usize>,
    pub(crate) config: Config,
    pub(crate) contracts: Vec<Contract>,
}

impl World {
    /// The files, by their names.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let mut roadmap = String::new();
        for &at in &self.order {
            for (number, offer) in self.features[at].iter().enumerate() {
                roadmap += &match number {
                    0 => format!("[features.{}]\n", id(at)),
                    _ => format!("[[features.{}.offers]]\n", id(at)),
                };
                roadmap += &offer.text();
            }
        }
        // So that every dimension and level can be asked for.
        roadmap += "[features.all]\nstatus = \"shipped\"\n";
        roadmap += "for = { platform = [\"linux\", \"windows\"], region = [\"eu\", \"us\"] }\n";
        roadmap += "levels = { retention = \"90 days\", latency = \"10 ms\" }\n";
        let mut files =
            vec![("roadmap.toml".to_owned(), roadmap), ("dealcheck.toml".to_owned(), self.config.text())];
        for (at, contract) in self.contracts.iter().enumerate() {
            files.push((format!("contracts/c{at}.json"), contract.text()));
        }
        files
    }

    /// The same, in another order wherever there is one.
    pub(crate) fn reordered(&self, by: usize) -> Self {
        let mut world = self.clone();
        turn(&mut world.order, by);
        turn(&mut world.contracts, by);
        for offers in &mut world.features {
            // What the first offer states is inherited, so that one that states more than another cannot lead.
            let before = offers.clone();
            turn(offers, by);
            let lends = |offers: &[Offer]| {
                let others = |level: &&str| offers.iter().all(|offer| offer.levels.contains_key(level));
                !offers[0].levels.keys().all(others)
            };
            if lends(&before) || lends(offers) {
                *offers = before;
            }
            offers.iter_mut().for_each(|offer| offer.scope.values_mut().for_each(|values| turn(values, by)));
        }
        for contract in &mut world.contracts {
            contract.scope.values_mut().for_each(|values| turn(values, by));
            turn(&mut contract.requirements, by);
            for (_, requirement) in &mut contract.requirements {
                turn(&mut requirement.features, by);
                requirement.scope.values_mut().for_each(|values| turn(values, by));
            }
        }
        world
    }
}

/// Another order of the same: turned, and for odd numbers also back to front.
fn turn<T>(list: &mut [T], by: usize) {
    if !list.is_empty() {
        list.rotate_left(by / 2 % list.len());
    }
    if by % 2 == 1 {
        list.reverse();
    }
}

/// Days that lie on, just before and just after what matters: today, the margins, one another.
const DAYS: [i64; 16] = [-31, -1, 0, 1, 10, 23, 24, 30, 31, 45, 59, 60, 61, 75, 90, 120];
/// Days around the ends of periods, too.
const SUNSETS: [i64; 16] = [-31, -1, 0, 1, 10, 30, 45, 60, 61, 90, 120, 149, 150, 151, 170, 300];

fn any_when(days: &'static [i64]) -> impl Strategy<Value = When> {
    let quarters = vec![(2026, 3), (2026, 4), (2027, 1), (2027, 1), (2027, 2)];
    prop_oneof![
        5 => select(days).prop_map(When::Day),
        1 => select(quarters).prop_map(|(year, quarter)| When::Quarter(year, quarter)),
    ]
}

/// Values of a dimension, in which an offer is limited or for which something is promised.
fn any_scope(platforms: &'static [&'static str], chance: f64) -> impl Strategy<Value = Scope> {
    let platform = prop::option::weighted(chance, subsequence(platforms, 1..=2));
    let region = prop::option::weighted(chance / 2.0, subsequence(&["eu", "us"], 1..=2));
    (platform, region).prop_map(|(platform, region)| {
        let dimensions = [("platform", platform), ("region", region)];
        dimensions.into_iter().filter_map(|(dimension, values)| Some((dimension, values?))).collect()
    })
}

fn any_offer(features: usize) -> impl Strategy<Value = Offer> {
    let status = prop_oneof![
        1 => Just(Status::Idea),
        5 => Just(Status::Planned),
        2 => Just(Status::InProgress),
        2 => Just(Status::Beta),
        4 => Just(Status::Shipped),
        1 => Just(Status::Paused),
        1 => Just(Status::Deprecated),
        1 => Just(Status::Retired),
        1 => Just(Status::Rejected),
    ];
    let since = prop::option::weighted(0.4, select(vec![-90i64, -31, -30, -1, 0]));
    let whens = (
        prop::option::weighted(0.85, any_when(&DAYS)),
        prop::option::weighted(0.3, any_when(&DAYS)),
        prop::option::weighted(0.3, any_when(&SUNSETS)),
    );
    // One that is unknown now and then.
    let depends = subsequence((0..=features).collect::<Vec<_>>(), 0..=2.min(features));
    let levels = (
        prop::option::weighted(0.4, select(vec![30i64, 60])),
        prop::option::weighted(0.3, select(vec![50i64, 200])),
    );
    (status, since, whens, any_scope(&["linux", "windows"], 0.5), depends, levels).prop_map(
        |(status, since, (target, beta, sunset), scope, depends, (retention, latency))| {
            let is_there = matches!(status, Status::Shipped | Status::Deprecated);
            let levels = [("retention", retention), ("latency", latency)];
            Offer {
                status,
                since: since.filter(|_| is_there || status == Status::Beta),
                target,
                // What a beta was to be for what has shipped, or has begun, is history.
                beta: beta.filter(|_| !is_there && status != Status::Beta),
                sunset,
                scope,
                depends,
                levels: levels.into_iter().filter_map(|(level, value)| Some((level, value?))).collect(),
            }
        },
    )
}

fn any_requirement(features: usize) -> impl Strategy<Value = Requirement> {
    let named = prop_oneof![
        12 => subsequence((0..features).collect::<Vec<_>>(), 1..=features),
        1 => subsequence((0..=features).collect::<Vec<_>>(), 1..=features + 1),
    ];
    let need = |signs: &'static [&'static str], values: &'static [i64]| {
        prop::option::weighted(0.35, (select(signs), select(values)))
    };
    let needs = (need(&[">=", ">"], &[30, 60]), need(&["<=", "<"], &[50, 200]));
    let due = prop::option::weighted(0.9, any_when(&DAYS));
    let scope = any_scope(&["linux", "windows", "bsd"], 0.6);
    (named, scope, needs, due, prop::bool::weighted(0.35)).prop_map(
        |(features, scope, (retention, latency), due, accepts_beta)| {
            let needs = [("retention", retention), ("latency", latency)];
            let needs = needs.into_iter().filter_map(|(level, need)| Some((level, need?))).collect();
            Requirement { features, scope, needs, due, accepts_beta }
        },
    )
}

fn any_contract(features: usize) -> impl Strategy<Value = Contract> {
    let days = (
        prop::option::weighted(0.4, select(&DAYS[..])),
        prop::option::weighted(0.4, select(&DAYS[..])),
        prop::option::weighted(0.7, select(vec![150i64, 170])),
    );
    let requirements = prop::collection::vec(any_requirement(features), 1..4);
    (prop::bool::weighted(0.3), days, any_scope(&["linux", "windows"], 0.2), requirements).prop_map(
        |(is_signed, (signing, start, end), scope, requirements)| Contract {
            id: String::new(),
            is_signed,
            signing,
            // A period without an end is none.
            start: start.filter(|_| end.is_some()),
            end,
            scope,
            requirements: requirements
                .into_iter()
                .enumerate()
                .map(|(at, requirement)| (format!("R{at}"), requirement))
                .collect(),
        },
    )
}

/// Levels that differ from what holds unless something is said.
fn any_config() -> impl Strategy<Value = Config> {
    let level = || select(vec!["allow", "allow", "warn", "deny"]);
    let levels = prop::collection::btree_map(select(super::lints()), level(), 0..5);
    // What rows of time stand for one another by.
    let times =
        vec!["undated-feature", "late-feature", "tight-deadline", "unshipped-feature", "past-deadline"];
    let times = prop::collection::btree_map(select(times), level(), 1..4);
    let levels = prop_oneof![3 => Just(BTreeMap::new()), 4 => levels, 4 => times];
    (levels, select(vec![30, 30, 7, 0]), prop::bool::weighted(0.2))
        .prop_map(|(levels, margin, bare_end)| Config { levels, margin, bare_end })
}

pub(crate) fn any_world() -> impl Strategy<Value = World> {
    (1usize..4).prop_flat_map(|features| {
        let offers = prop::collection::vec(any_offer(features), 1..4);
        let offers = prop::collection::vec(offers, features);
        let contracts = prop::collection::vec(any_contract(features), 1..4);
        let has_circles = prop::bool::weighted(0.15);
        (offers, any_config(), contracts, has_circles).prop_map(
            |(mut features, config, mut contracts, has_circles)| {
                for (at, offers) in features.iter_mut().enumerate() {
                    offers.iter_mut().for_each(|offer| offer.depends.retain(|&to| to > at || has_circles));
                }
                for (at, contract) in contracts.iter_mut().enumerate() {
                    contract.id = format!("C{at}");
                }
                World { order: (0..features.len()).collect(), features, config, contracts }
            },
        )
    })
}
