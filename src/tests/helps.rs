//! A help is followed: what it says to write is written, and the finding is gone.
use super::worlds::{CONFIGURATIONS, TODAY, any_roadmap, day, group};
use crate::check;
use crate::diagnostic::{Help, Replacement};
use crate::lint::Check;
use crate::lint::finding::Finding;
use crate::model::window::{Date, add_days};
use crate::prose::documents::ContractDocuments;
use crate::source::{FileId, Source};
use crate::workspace::group::Group;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A contract with one requirement.
#[derive(Clone, Debug)]
struct Contract {
    keys: Value,
    requirement: Value,
}

impl Contract {
    fn with(&self, key: &str, value: Value) -> Self {
        let mut contract = self.clone();
        contract.requirement[key] = value;
        contract
    }

    /// The contract without features that the roadmap does not have.
    fn of(&self, roadmap: &str) -> Self {
        let known = |id: &&Value| roadmap.contains(&format!("[features.{}]", id.as_str().unwrap()));
        let features: Vec<&Value> =
            self.requirement["feature"].as_array().unwrap().iter().filter(known).collect();
        if features.is_empty() {
            self.with("feature", json!("f0"))
        } else {
            self.with("feature", json!(features))
        }
    }

    fn by(&self, day: Date) -> Self {
        self.with("due", json!(day.to_string()))
    }

    fn text(&self) -> String {
        let mut text = self.keys.clone();
        text["requirements"] = json!([self.requirement]);
        text.to_string()
    }

    /// The contract as a help that is an edit has it.
    fn edited(&self, replacement: &Replacement) -> Self {
        let mut text = self.text();
        let source = Source::new(FileId(9), "contract.json", text.as_str());
        text.replace_range(replacement.span.range(), &replacement.written(&source).unwrap());
        let mut keys: Value = serde_json::from_str(&text).unwrap();
        let requirement = keys["requirements"][0].take();
        keys.as_object_mut().unwrap().remove("requirements");
        Self { keys, requirement }
    }

    fn read(&self, group: &Group) -> crate::model::contract::Contract {
        let text = self.text();
        let file = group.contract_of(Source::new(FileId(9), "contract.json", text.as_str()), true);
        assert!(file.problems.is_empty(), "{:#?}\n{text}", file.problems);
        file.contracts.into_iter().next().unwrap()
    }

    /// The last day that the deadline can mean.
    fn deadline(&self, group: &Group) -> Date {
        self.read(group).requirements[0].due.window().unwrap().latest
    }

    /// What lint denies of its delivery, and a deadline that is tight.
    fn findings(&self, group: &Group) -> Vec<Finding> {
        let contract = self.read(group);
        let mut findings =
            check::contract(&contract, ContractDocuments::NONE, &group.waivers, &group.context()).findings;
        findings.retain(|finding| match finding.lint.check {
            Check::Delivery(..) => finding.lint.name != "unshipped-feature",
            _ => finding.lint.name == "sunset-feature",
        });
        findings
    }

    /// The dimensions that lint finds open, with the feature.
    fn open(&self, group: &Group) -> Vec<Finding> {
        let contract = self.read(group);
        let mut findings =
            check::contract(&contract, ContractDocuments::NONE, &group.waivers, &group.context()).findings;
        findings.retain(|finding| finding.lint.name == "unscoped-promise");
        findings
    }
}

/// What a finding is about, by its lint, and how bad it is among those of its kind.
fn rank(lint: &str) -> (&'static str, usize) {
    let kinds: [(&str, &[&str]); 4] = [
        ("existence", &["scope-gap", "dropped-feature", "unknown-feature"]),
        ("level", &["level-gap"]),
        ("time", &["tight-deadline", "beta-feature", "late-dependency", "late-feature", "undated-feature"]),
        ("term", &["sunset-feature"]),
    ];
    let place = |lints: &[&str]| lints.iter().position(|known| *known == lint);
    // A day that is over is the worst, of whatever kind.
    kinds.iter().find_map(|(kind, lints)| Some((*kind, place(lints)?))).unwrap_or(("over", 0))
}

/// Whether a finding is gone, and nothing has come that was not there: what is left was found beside it, or is milder
/// than what was.
fn is_rid(finding: &Finding, before: &[Finding], after: &[Finding]) -> bool {
    let others = || {
        before
            .iter()
            .filter(|other| (other.lint.name, &other.feature) != (finding.lint.name, &finding.feature))
    };
    let was_there = |left: &Finding| {
        let (kind, bad) = rank(left.lint.name);
        others().filter(|before| before.feature == left.feature).any(|before| {
            let (was, as_bad) = rank(before.lint.name);
            was == kind && as_bad >= bad || was == "over" && matches!(kind, "time" | "existence")
        })
    };
    after.iter().all(was_there)
}

/// The days that a help names: `a deadline of 2027-07-30 or later`, `a deadline from 2027-07-30 to 2027-08-31`.
fn days(help: &str) -> Option<(Date, Option<Date>)> {
    let (_, words) = help.split_once("a deadline ")?;
    let words: Vec<&str> = words.split([' ', ',']).collect();
    match words.as_slice() {
        ["from", first, "to", last, ..] => Some((first.parse().unwrap(), Some(last.parse().unwrap()))),
        ["of", first, "or", "later", ..] => Some((first.parse().unwrap(), None)),
        ["of", only, ..] => Some((only.parse().unwrap(), Some(only.parse().unwrap()))),
        _ => panic!("no days are named in: {help}"),
    }
}

fn between<'h>(help: &'h str, before: &str, after: &str) -> Option<&'h str> {
    Some(help.split_once(before)?.1.split_once(after)?.0)
}

/// What a help says to write after `for`: it is YAML, and the values here need no quotes.
fn scope(help: &str) -> Option<Value> {
    let written = between(help, "\"for: ", "\"")?;
    Some(serde_yaml::from_str(written).unwrap())
}

/// The contract as a help has it: as an edit, or else by its words, and for each day that it names. Nothing where it
/// names none of what is written.
fn followed(contract: &Contract, finding: &Finding, help: &Help) -> Vec<Contract> {
    let edited = help.replacement.as_ref().map(|replacement| contract.edited(replacement));
    // What one feature reaches says nothing of the others.
    let is_level = help.text.contains("`retention: \"");
    let edited = match edited {
        Some(edited) if is_level => Some(edited.with("feature", json!(finding.feature))),
        edited => edited,
    };
    let in_words = edited.is_none() || days(&help.text).is_some();
    let in_words = in_words.then(|| by_words(contract, finding, &help.text));
    in_words.into_iter().flatten().chain(edited).collect()
}

fn by_words(contract: &Contract, finding: &Finding, help: &str) -> Vec<Contract> {
    let contract = if let Some(feature) = between(help, "`feature: ", "`") {
        contract.with("feature", json!(feature))
    } else if let Some((feature, gone)) = between(help, "write `", "`").zip(between(help, "` for `", "`")) {
        let features = contract.requirement["feature"].as_array().unwrap().iter();
        let features = features.map(|known| if known == gone { json!(feature) } else { known.clone() });
        contract.with("feature", features.collect())
    } else if let Some(gone) = between(help, "take `", "` out: ") {
        let features = contract.requirement["feature"].as_array().unwrap().iter();
        contract.with("feature", features.filter(|known| *known != gone).cloned().collect())
    // What one feature reaches says nothing of the others.
    } else if let Some(bound) = between(help, "`retention: \"", "\"`") {
        contract.with("needs", json!({ "retention": bound })).with("feature", json!(finding.feature))
    } else if let Some(scope) = scope(help) {
        contract.with("for", scope)
    } else if let Some(due) = between(help, "\"due: ", "\"") {
        contract.with("due", json!(due))
    } else {
        contract.clone()
    };
    match days(help) {
        Some((first, last)) => {
            let last = last.unwrap_or(add_days(first, 400).unwrap());
            let middle = add_days(first, first.duration_until(last).as_hours() / 48).unwrap();
            [first, middle, last].map(|day| contract.by(day)).to_vec()
        }
        None if help.contains(": ") && !says_nothing_to_write(help) => vec![contract],
        None => Vec::new(),
    }
}

/// Whether a help is for somebody else to follow, or goes further than one finding.
fn says_nothing_to_write(help: &str) -> bool {
    let others = ["ask the team", "accept: beta", "take the promise out", "if it was", "promise it until"];
    let more = ["have the target brought forward", "put right what could not be read"];
    others.iter().chain(&more).any(|words| help.contains(words))
}

fn any_due() -> impl Strategy<Value = String> {
    let periods = prop::sample::select(vec!["2026-12", "2027-01", "Q1 2027", "Q4 2026"]);
    prop_oneof![3 => (-30i64..100).prop_map(day), 1 => periods.prop_map(str::to_owned)]
}

fn any_contract() -> impl Strategy<Value = Contract> {
    let features = prop::sample::subsequence(vec!["f0", "f1", "f2", "f3", "all"], 1..3);
    let platform = prop::sample::subsequence(vec!["linux", "windows", "bsd"], 0..=2);
    let region = prop::sample::select(vec![vec![], vec![], vec!["eu"], vec!["us", "eu"]]);
    let needs = prop::option::of(1i64..4);
    let signing = prop::option::weighted(0.3, 1i64..40);
    let end = prop::option::weighted(0.5, 30i64..200);
    (features, (platform, region), needs, any_due(), any::<bool>(), any::<bool>(), signing, end).prop_map(
        |(features, (platform, region), needs, due, beta, signed, signing, end)| {
            let mut keys = json!({ "contract": "C", "customer": "A" });
            keys["period"] = match end {
                Some(end) => json!({ "start": TODAY.to_string(), "end": day(end) }),
                None => json!({ "start": TODAY.to_string(), "end": "2035-12-31" }),
            };
            match signing {
                _ if signed => keys["status"] = json!("signed"),
                Some(signing) => keys["signing"] = json!(day(signing)),
                None => {}
            }
            let mut requirement = json!({ "id": "R1", "feature": features, "due": due });
            requirement["accept"] = json!(if beta { "beta" } else { "ga" });
            requirement["for"] = json!({});
            for (dimension, values) in [("platform", platform), ("region", region)] {
                if !values.is_empty() {
                    requirement["for"][dimension] = json!(values);
                }
            }
            if let Some(needs) = needs {
                let sign = if beta { ">=" } else { ">" };
                requirement["needs"] = json!({ "retention": format!("{sign} {needs} days") });
            }
            Contract { keys, requirement }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whoever_follows_a_help_is_rid_of_the_finding(
        roadmap in any_roadmap(), contract in any_contract(),
        config in prop::sample::select(CONFIGURATIONS.to_vec()),
    ) {
        let group = group(("roadmap.toml", &roadmap), Some(config));
        let contract = contract.of(&roadmap);
        for finding in contract.open(&group) {
            let before = contract.findings(&group);
            for help in &finding.diagnostic.helps {
                let Some(scope) = scope(&help.text) else { continue };
                let limited = contract.with("for", scope);
                let left = limited.open(&group).into_iter().find(|left| left.feature == finding.feature);
                prop_assert!(left.is_none(), "{}\n{:#?}\n{limited:?}\n{:#?}", roadmap, finding, left);
                let left = limited.findings(&group);
                let was_there = |left: &Finding| before.iter().any(|it| it.feature == left.feature);
                prop_assert!(left.iter().all(was_there), "{}\n{:#?}\n{limited:?}\n{:#?}", roadmap, finding, left);
            }
        }
        let before = contract.findings(&group);
        for finding in &before {
            let mut names_a_day = false;
            for help in &finding.diagnostic.helps {
                names_a_day |= days(&help.text).is_some() || help.text.contains("\"due: ");
                for other in followed(&contract, finding, help) {
                    let left = other.findings(&group);
                    prop_assert!(is_rid(finding, &before, &left), "{}\n{:#?}\n{other:?}\n{:#?}", roadmap, finding, left);
                }
            }
            // Where nothing else is in the way and no day is named, there is none.
            let is_about_a_date = matches!(
                finding.lint.name, "late-feature" | "late-dependency" | "tight-deadline" | "past-deadline"
            );
            // Where what is unshipped is denied, it hides what is tight.
            if is_about_a_date && before.len() == 1 && finding.cells.len() == 1 && !names_a_day && !config.contains("unshipped-feature") {
                let from = contract.deadline(&group).max(TODAY);
                for offset in 0..130 {
                    let day = add_days(from, offset).unwrap();
                    let left = contract.by(day).findings(&group);
                    prop_assert!(!is_rid(finding, &before, &left), "{}\n{:#?}\n{}", roadmap, finding, day);
                }
            }
        }
    }
}
