use super::prelude::*;

/// More candidates than this would be a list to search, not an answer.
const CANDIDATES: usize = 3;

declare_lint! {
    /// ## What it finds
    ///
    /// A requirement that does not say which feature it needs, and is not marked as a service either. What the
    /// roadmap has under similar words is offered.
    ///
    /// ## Why it matters
    ///
    /// Nobody has checked it. It may be available, it may be years away, and the contract promises it either way.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - text: Vendor shall keep an audit log of all changes.
    ///     due: 2027-01-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// shipped = 2026-05-04
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - text: Vendor shall keep an audit log of all changes.
    ///     feature: audit-log
    ///     due: 2027-01-31
    /// ```
    pub(super) static LINT = {
        name: "unmapped-requirement",
        summary: "it names no feature, so nobody has checked it",
        level: Level::Deny,
        check: Check::Promise(check),
    }
}

fn check(case: &PromiseCase<'_, '_>) -> Option<Finding> {
    let requirement = case.promise.requirement;
    if requirement.is_service || requirement.unreadable || !requirement.features.is_empty() {
        return None;
    }
    let title = format!(
        "requirement {} names no feature, so nobody has checked that it can be met",
        requirement.name
    );
    let (place, question) = match &requirement.text {
        Some(text) => (text.span, "which feature does this need?"),
        None => (requirement.place, "which feature does this requirement need?"),
    };
    let is_drawn = requirement.text.as_ref().is_some_and(|it| it.span.range().len() <= it.value.len() + 2);
    let text = requirement.text.as_ref().map_or("", |text| &text.value);
    let candidates = case.context.roadmap.candidates(text);
    let meant = candidates.iter().take(CANDIDATES).map(|feature| match &feature.name {
        Some(name) => {
            let name = words::quoted(&name.value);
            format!("add `feature: {}` if {name} is what is meant", feature.id.value)
        }
        None => format!("add `feature: {}` if that is what is meant", feature.id.value),
    });
    let ask = "add `feature` with what it needs; ask product if the roadmap does not have it";
    let finding = case
        .finding(&LINT, title)
        .naming([text])
        .label(place, question)
        .notes(words::clause_beside_text(requirement, is_drawn))
        .helps(meant)
        .helps(candidates.is_empty().then_some(ask))
        .help("add `kind: service` if it needs no feature");
    Some(finding)
}
