//! Many names that nobody knows.

use std::path::Path;

use super::product::features;
use super::*;

pub(super) fn unknown_milestones(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    let all = each(number, |at| format!("  event-{at}: 2027-03-31\n"));
    let promises = requirements(number, |at| format!("feature: feature-0, due: 30 days after evnet-{at}"));
    contract(folder, 0, 0, &format!("milestones:\n{all}{promises}"));
}

pub(super) fn unknown_dropped(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    contract(folder, 0, 0, &requirements(number, |_| "feature: feature-0, due: 2027-03-31".to_owned()));
    let all = each(number, |at| format!("Q{at}, "));
    put(folder, "deals/a.yaml", &format!("contract: ACME-A\namends: ACME-0\ndrop: [{all}]\n"));
}

pub(super) fn unknown_terms(folder: &Path, number: usize) {
    let standard = each(number, |at| format!("[terms.term-{at}]\nstandard = \"<= 45 days\"\n"));
    roadmap(folder, &format!("{}{standard}", planned(0, "")));
    let all = each(number, |at| format!("  tern-{at}: 90 days\n"));
    contract(
        folder,
        0,
        0,
        &format!("terms:\n{all}{}", requirements(1, |_| "feature: feature-0, due: 2027-12-31".to_owned())),
    );
}

pub(super) fn unknown_features(folder: &Path, number: usize) {
    roadmap(folder, &each(number, |at| planned(at, "")));
    contract(folder, 0, 0, &requirements(number, |at| format!("feature: fetaure-{at}, due: 2027-03-31")));
}

pub(super) fn unknown_dependencies(folder: &Path, number: usize) {
    roadmap(folder, &each(number, |at| planned(at, &format!("depends-on = [\"fetaure-{at}\"]"))));
    contract(folder, 0, 0, &requirements(number, |at| format!("feature: feature-{at}, due: 2027-03-31")));
}

pub(super) fn unknown_values(folder: &Path, number: usize) {
    let all = each(number, |at| format!("\"value-{at}\", "));
    roadmap(folder, &planned(0, &format!("for = {{ platform = [{all}] }}")));
    contract(
        folder,
        0,
        0,
        &requirements(number, |at| {
            format!("feature: feature-0, due: 2027-03-31, for: {{ platform: vlaue-{at} }}")
        }),
    );
}

pub(super) fn unknown_dimensions(folder: &Path, number: usize) {
    let all = each(number, |at| format!("dimension-{at} = \"a\", "));
    roadmap(folder, &planned(0, &format!("for = {{ {all} }}")));
    contract(
        folder,
        0,
        0,
        &requirements(number, |at| {
            format!("feature: feature-0, due: 2027-03-31, for: {{ diemnsion-{at}: a }}")
        }),
    );
}

pub(super) fn unknown_levels(folder: &Path, number: usize) {
    let all = each(number, |at| format!("level-{at} = \"5 days\", "));
    roadmap(folder, &planned(0, &format!("levels = {{ {all} }}")));
    contract(
        folder,
        0,
        0,
        &requirements(number, |at| {
            format!("feature: feature-0, due: 2027-03-31, needs: {{ lveels-{at}: \">= 5 days\" }}")
        }),
    );
}

pub(super) fn unknown_lints(folder: &Path, number: usize) {
    put(
        folder,
        "dealcheck.toml",
        &format!(
            "contracts = [\"deals/**\"]\n[lints]\n{}",
            each(number, |at| format!("late-feature{at} = \"warn\"\n"))
        ),
    );
    features(folder, 1);
}

pub(super) fn unknown_keys(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    contract(
        folder,
        0,
        0,
        &format!(
            "{}{}",
            each(number, |at| format!("requirement{at}: a\n")),
            requirements(1, |_| "feature: feature-0".to_owned())
        ),
    );
}

pub(super) fn repeated_keys(folder: &Path, number: usize) {
    roadmap(folder, &planned(0, ""));
    contract(
        folder,
        0,
        0,
        &format!(
            "{}{}",
            "status: draft\n".repeat(number),
            requirements(1, |_| "feature: feature-0".to_owned())
        ),
    );
}
