use std::collections::BTreeSet;

use crate::model::roadmap::{Dependency, Reference};

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A feature that depends on something which is not in the roadmap.
    ///
    /// ## Why it matters
    ///
    /// What a feature waits for can move its date. If nobody can look up when that comes, there is no date that can be
    /// promised: each promise of it that would be in time is `undated-feature`.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-12-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    /// depends-on = ["event-stor"]
    ///
    /// [features.event-store]
    /// name = "Event store"
    /// status = "in-progress"
    /// target = "2027-Q1"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    /// depends-on = ["event-store"]
    ///
    /// [features.event-store]
    /// name = "Event store"
    /// status = "in-progress"
    /// target = "2027-Q1"
    /// ```
    pub(super) static LINT = {
        name: "unknown-dependency",
        summary: "a feature depends on one that is not in the roadmap",
        level: Level::Deny,
        check: Check::Roadmap(check),
    }
}

fn check(context: &LintContext<'_>, features: &[usize]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for feature in features.iter().filter_map(|&at| context.roadmap.features.get(at)) {
        let mut told = BTreeSet::new();
        for dependency in feature.offers.iter().flat_map(|offer| &offer.depends_on) {
            if dependency.target == Reference::Unknown && told.insert(dependency.text.span) {
                findings.push(word(feature, dependency, context));
            }
        }
    }
    findings
}

fn word(feature: &Feature, dependency: &Dependency, context: &LintContext<'_>) -> Finding {
    let written = dependency.text.value.trim();
    let name = words::quoted(feature.title());
    let title = format!("{name} waits for {}, which is not in the roadmap", words::quoted(written));
    let help = match context.roadmap.nearest(written).filter(|near| near.id.value != feature.id.value) {
        Some(near) => Help::from(format!("did you mean `{}`?", near.id.value))
            .replacing(dependency.text.span, near.id.value.as_str()),
        None => "add the feature to the roadmap, or remove it from `depends-on`".into(),
    };
    Finding::of_feature(feature, &LINT, title)
        .about(written)
        .label(dependency.text.span, "there is no feature of this name")
        .note(format!("until it is found, {name} has no date that can be promised"))
        .help(help)
}
