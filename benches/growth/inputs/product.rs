//! Much in a roadmap, and many waivers.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::deals::contracts_of_one_feature;
use super::*;

pub(super) fn features(folder: &Path, number: usize) {
    roadmap(folder, &each(number, |at| planned(at, "")));
    one_promise(folder);
}

pub(super) fn aliases(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, &format!("aliases = [{}]", each(number, |at| format!("\"Alias {at}\", ")))));
    contract(folder, 0, 0, &requirements(number, |at| format!("feature: alias {at}, due: 2027-03-31")));
}

pub(super) fn features_twice(folder: &Path, number: usize) {
    put(folder, "dealcheck.toml", "roadmap = [\"one.toml\", \"two.toml\"]\n");
    put(folder, "one.toml", &each(number, |at| planned(at, "")));
    put(folder, "two.toml", &each(number, |at| planned(at, "")));
    contract(folder, 0, 0, &requirements(number, |at| format!("feature: feature-{at}, due: 2027-03-31")));
}

fn offers(number: usize) -> String {
    let offer = |at| {
        format!(
            "[[features.feature-0.offers]]\nfor = {{ platform = [\"p{at}\"] }}\nstatus = \"planned\"\ntarget = \"2027-Q{}\"\n",
            2 + at % 3
        )
    };
    planned(0, &format!("for = {{ platform = [\"p\"] }}\n{}", each(number, offer)))
}

pub(super) fn offers_one_promised(folder: &Path, number: usize) {
    roadmap(folder, &offers(number));
    contract(
        folder,
        0,
        0,
        &requirements(1, |_| "feature: feature-0, due: 2027-03-31, for: { platform: p1 }".to_owned()),
    );
}

pub(super) fn offers_each_promised(folder: &Path, number: usize) {
    roadmap(folder, &offers(number));
    let all = each(number, |at| format!("p{at}, "));
    contract(
        folder,
        0,
        0,
        &requirements(1, |_| format!("feature: feature-0, due: 2027-03-31, for: {{ platform: [{all}] }}")),
    );
}

pub(super) fn offers_unscoped(folder: &Path, number: usize) {
    roadmap(folder, &offers(number));
    one_promise(folder);
}

pub(super) fn levels(folder: &Path, number: usize) {
    let all = each(number, |at| format!("level-{at} = \"{} days\", ", 1 + at % 9));
    roadmap(folder, &planned(0, &format!("levels = {{ {all} }}")));
    // A line each: between two places of one line all of it is drawn.
    let needs = each(number, |at| format!("      level-{at}: \">= 5 days\"\n"));
    let text = format!("requirements:\n  - feature: feature-0\n    due: 2027-03-31\n    needs:\n{needs}");
    contract(folder, 0, 0, &text);
}

/// Few promises: each rests on all of the row.
pub(super) fn dependencies_in_a_row(folder: &Path, number: usize) {
    row(folder, number, "");
    contract(folder, 0, 0, &requirements(10, |_| "feature: feature-0, due: 2027-03-31".to_owned()));
}

/// So many pairs of a promise with what it rests on.
pub(super) fn promises_in_a_row(folder: &Path, number: usize) {
    let features = (2.0 * number as f64).sqrt() as usize;
    row(folder, features, "");
    contract(folder, 0, 0, &requirements(features, |at| format!("feature: feature-{at}, due: 2027-03-31")));
}

pub(super) fn work_in_a_row(folder: &Path, number: usize) {
    row(folder, number, "team = \"builders\"\neffort = \"5 days\"\n");
    let known = std::fs::read_to_string(folder.join("roadmap.toml")).expect("just written");
    roadmap(folder, &format!("{known}[teams.builders]\ncapacity = \"60 days per quarter\"\n"));
    contract(folder, 0, 0, &requirements(10, |_| "feature: feature-0, due: 2027-03-31".to_owned()));
}

fn row(folder: &Path, number: usize, fields: &str) {
    let next = |at: usize| {
        if at + 1 < number { format!("depends-on = [\"feature-{}\"]\n", at + 1) } else { String::new() }
    };
    roadmap(folder, &each(number, |at| planned(at, &format!("{fields}{}", next(at)))));
}

pub(super) fn dependencies_of_one(folder: &Path, number: usize) {
    let all = each(number.saturating_sub(1), |at| format!("\"feature-{}\", ", at + 1));
    roadmap(
        folder,
        &each(number, |at| {
            planned(at, &if at == 0 { format!("depends-on = [{all}]") } else { String::new() })
        }),
    );
    one_promise(folder);
}

pub(super) fn dependencies_on_one(folder: &Path, number: usize) {
    roadmap(
        folder,
        &each(number, |at| planned(at, if at == 0 { "" } else { "depends-on = [\"feature-0\"]" })),
    );
    contract(folder, 0, 0, &requirements(number, |at| format!("feature: feature-{at}, due: 2027-03-31")));
}

/// So many dependencies between as few features as can have them.
pub(super) fn dense_dependencies(folder: &Path, number: usize) {
    dense(folder, (2.0 * number as f64).sqrt() as usize);
    one_promise(folder);
}

/// So many edges are looked at in all: each promise looks at those of all that it waits for.
pub(super) fn promises_of_the_dense(folder: &Path, number: usize) {
    let features = (6.0 * number as f64).cbrt() as usize;
    dense(folder, features);
    contract(folder, 0, 0, &requirements(features, |at| format!("feature: feature-{at}, due: 2027-03-31")));
}

fn dense(folder: &Path, features: usize) {
    let later = |at: usize| each(features - at - 1, |more| format!("\"feature-{}\", ", at + more + 1));
    roadmap(folder, &each(features, |at| planned(at, &format!("depends-on = [{}]", later(at)))));
}

pub(super) fn circle(folder: &Path, number: usize) {
    roadmap(
        folder,
        &each(number, |at| planned(at, &format!("depends-on = [\"feature-{}\"]", (at + 1) % number))),
    );
    contract(folder, 0, 0, &requirements(number, |at| format!("feature: feature-{at}, due: 2027-03-31")));
}

pub(super) fn releases(folder: &Path, number: usize) {
    let all = each(number, |at| format!("\"v{at}.1\" = \"2027-08-{:02}\"\n", 1 + at % 28));
    let feature = |at: usize| planned(at, "").replace("2027-Q3", &format!("v{at}.1"));
    roadmap(folder, &format!("{}[releases]\n{all}", each(number, feature)));
    contract(folder, 0, 0, &requirements(number, |at| format!("feature: feature-{at}, due: 2027-03-31")));
}

pub(super) fn teams(folder: &Path, number: usize) {
    let all = each(number, |at| format!("[teams.team-{at}]\ncapacity = \"60 days per quarter\"\n"));
    let feature = |at: usize| planned(at, &format!("team = \"team-{at}\"\neffort = \"120 days\""));
    roadmap(folder, &format!("{}{all}", each(number, feature)));
    for at in 0..number {
        contract(folder, at, at, &requirements(1, |_| format!("feature: feature-{at}, due: 2027-03-31")));
    }
}

pub(super) fn roadmap_files(folder: &Path, number: usize) {
    put(folder, "dealcheck.toml", "roadmap = [\"road/*.toml\"]\ncontracts = [\"deals/**\"]\n");
    for at in 0..number {
        put(folder, &format!("road/{at}.toml"), &planned(at, ""));
    }
    contract(folder, 0, 0, &requirements(number, |at| format!("feature: feature-{at}, due: 2027-03-31")));
}

pub(super) fn history(folder: &Path, number: usize) {
    let all = each(number, |at| format!("{{ on = {}-02-10, target = \"2026-Q3\" }}, ", 2000 + at % 26));
    roadmap(folder, &planned(0, &format!("history = [{all}]")));
    one_promise(folder);
}

pub(super) fn broken_toml(folder: &Path, number: usize) {
    roadmap(folder, &format!("{}{}", planned(0, ""), each(number, |at| format!("key-{at} = = \"\n"))));
    one_promise(folder);
}

pub(super) fn waivers_of_one(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    contract(folder, 0, 0, &requirements(number, |_| "feature: feature-0, due: 2027-03-31".to_owned()));
    put(
        folder,
        "waivers.toml",
        &each(number, |at| waiver(0, &format!("requirement = \"R{at}\""), "late-feature")),
    );
}

pub(super) fn waivers_of_each(folder: &Path, number: usize) {
    contracts_of_one_feature(folder, number);
    put(folder, "waivers.toml", &each(number, |at| waiver(at, "requirement = \"R0\"", "late-feature")));
}

pub(super) fn waivers_of_one_finding(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    one_promise(folder);
    put(folder, "waivers.toml", &waiver(0, "requirement = \"R0\"", "late-feature").repeat(number));
}

pub(super) fn waivers_of_nothing(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    contract(folder, 0, 0, &requirements(number, |_| "feature: feature-0, due: 2027-03-31".to_owned()));
    put(
        folder,
        "waivers.toml",
        &each(number, |at| waiver(0, &format!("requirement = \"Q{at}\""), "late-feature")),
    );
}

pub(super) fn waivers_of_what_is_shared(folder: &Path, number: usize) {
    contracts_of_one_feature(folder, number);
    put(folder, "waivers.toml", &each(number, |at| waiver(at, "requirement = \"R0\"", "repeated-promise")));
}

pub(super) fn roles(folder: &Path, number: usize) {
    let members = each(number, |at| format!("\"p{at}@vendor.example\", "));
    let config = format!(
        "contracts = [\"deals/**\"]\n[roles]\nproduct = [{members}\"priya@vendor.example\"]\n[lints]\nlate-feature = {{ waived-by = [\"product\"] }}\n"
    );
    put(folder, "dealcheck.toml", &config);
    waivers_of_one(folder, number);
}

pub(super) fn rows_of_a_sheet(folder: &Path, number: usize) {
    roadmap(folder, &each(number, |at| planned(at, &format!("ref = \"BAKE-{at}\""))));
    let rows =
        each(number, |at| format!("Epic,BAKE-{at},Feature number {at},Planned,2027-0{}-15\n", at % 9 + 1));
    put(folder, "export.csv", &format!("Issue Type,Issue key,Summary,Status,Due date\n{rows}"));
}

/// A repository whose every commit moves a target.
pub(super) fn commits_of_a_history(folder: &Path, number: usize) {
    let features = |moved: usize| {
        each(20, |at| {
            let month = if at == moved % 20 { moved % 12 + 1 } else { 6 };
            format!("[features.feature-{at}]\nstatus = \"planned\"\ntarget = \"2028-{month:02}\"\n")
        })
    };
    let commits = each(number, |at| {
        let (text, day) = (features(at), 1_700_000_000 + at * 86_400);
        let length = text.len();
        format!(
            "commit refs/heads/main\ncommitter Bench <bench@vendor.example> {day} +0000\ndata 5\nMoved\n\
             M 100644 inline roadmap.toml\ndata {length}\n{text}\n"
        )
    });
    git(folder, &["init", "--quiet", "--initial-branch", "main"], "");
    git(folder, &["fast-import", "--quiet"], &commits);
    git(folder, &["checkout", "--quiet", "main"], "");
    one_promise(folder);
}

fn git(folder: &Path, arguments: &[&str], input: &str) {
    let mut command = Command::new("git");
    let mut child = command.args(arguments).current_dir(folder).stdin(Stdio::piped()).spawn().expect("git");
    child.stdin.take().expect("git's input").write_all(input.as_bytes()).expect("git reads");
    assert!(child.wait().expect("git").success(), "git {arguments:?}");
}
