use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of a level (an uptime, a retention, a rate) of a feature for which the roadmap gives no evidence. Where
    /// the level is too low, or the feature is not there for what is promised, there are other lints.
    ///
    /// ## Why it matters
    ///
    /// A level in the roadmap is what the team expects. Until a benchmark or a reference shows that it is reached, the
    /// contract turns that into a guarantee.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-03-31
    ///     needs: { retention: ">= 365 days" }
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// levels = { retention = "400 days" }
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// levels = { retention = "400 days" }
    /// evidence = ["https://vendor.example/benchmarks/audit-log"]
    /// ```
    pub(super) static LINT = {
        name: "unproven-level",
        summary: "a level is promised, and the feature has no evidence",
        level: Level::Allow,
        check: Check::Feature(check),
    }
}

fn check(case: &Case<'_, '_>) -> Option<Finding> {
    let needs = &case.promise.requirement.needs;
    let need = needs.first()?;
    let (judgement, offer) = case.cells.iter().find_map(|judgement| {
        let offer = judgement.offer.filter(|offer| offer.evidence.is_empty())?;
        // Each of these has a lint of its own, and evidence would not help.
        let is_met = judgement.delivery.exists() && judgement.delivery != Delivery::LevelGap;
        is_met.then_some((judgement, offer))
    })?;
    let case = case.of(judgement);
    let names: Vec<String> = needs.iter().map(|need| need.name.value.to_string()).collect();
    let title = format!("there is no evidence for the {} of {}", text::or_list(&names), case.subject());
    let stated = offer.levels.get(&need.name.value);
    let finding = case
        .at_feature(&LINT, title, "promised here")
        .label(need.constraint.span, format!("needs {}", need.constraint.value.words()))
        .labels(stated.map(|level| (level.value.span, format!("stated as {}", level.value.value))))
        .note("the roadmap names no reference, no benchmark and no case study")
        .notes(case.clause())
        .help("add `evidence` for it to the roadmap, once somebody has measured it");
    Some(finding)
}
