use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise that needs a level (an uptime, a retention, a rate) which the roadmap does not state for the
    /// feature. The promise is judged as if the level were reached.
    ///
    /// ## Why it matters
    ///
    /// Nobody has checked it. The number came with the customer's list of requirements and was agreed to with
    /// the rest.
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
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// levels = { retention = "400 days" }
    /// ```
    pub(super) static LINT = {
        name: "unknown-level",
        summary: "the roadmap does not state a level that is needed",
        level: Level::Warn,
        check: Check::Feature(check),
    }
}

fn check(case: &Case<'_, '_>) -> Option<Finding> {
    let is_open = |judgement: &&&Judgement<'_>| {
        !judgement.unstated.is_empty() && judgement.delivery != Delivery::Dropped
    };
    let judgement = case.cells.iter().find(is_open)?;
    let case = case.of(judgement);
    let (offer, need) = (judgement.offer?, judgement.unstated.first()?);
    let names: Vec<String> = judgement.unstated.iter().map(|need| need.name.value.to_string()).collect();
    let title = format!("the roadmap states no {} for {}", text::or_list(&names), case.feature_name());
    let least = words::level_texts(&need.constraint.value.least().texts());
    let level = format!("levels = {{ {} = {least} }}", need.name.value);
    let near = case.context.roadmap.near_level(&need.name.value);
    let finding = case
        .finding(&LINT, title)
        .label(need.constraint.span, format!("needs {}", need.constraint.value.words()))
        .label(case.written(), "promised here")
        .label(offer.place, format!("no `{}` among its levels", need.name.value))
        .about_cell(&judgement.cell, &format!(" {}", names.join(" ")))
        .notes(case.clause())
        .note("until the roadmap says otherwise, it counts as reached")
        .helps(near.map(|near| Help::from(format!("did you mean `{near}`?")).replacing(need.name.span, near)))
        .help(format!("ask the team what it reaches, and have it added to the roadmap: `{level}`"));
    Some(finding)
}
