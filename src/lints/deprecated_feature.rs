use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of something that is deprecated and for which no last day has been announced.
    ///
    /// ## Why it matters
    ///
    /// It works today and will not for ever. A new contract is the worst place to depend on it.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: soap-api
    ///     due: 2027-01-01
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.soap-api]
    /// name = "SOAP API"
    /// status = "deprecated"
    /// replaced-by = "bulk-api"
    ///
    /// [features.bulk-api]
    /// name = "Bulk API"
    /// status = "shipped"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: bulk-api
    ///     due: 2027-01-01
    /// ```
    pub(super) static LINT = {
        name: "deprecated-feature",
        summary: "deprecated, with no last day announced",
        level: Level::Warn,
        check: Check::Feature(check),
    }
}

fn check(case: &Case<'_, '_>) -> Option<Finding> {
    let (judgement, offer) = case.cells.iter().find_map(|judgement| {
        let offer = judgement.offer.filter(|_| judgement.delivery == Delivery::Shipped)?;
        // With a last day it is for `sunset-feature` and `dropped-feature` to say whether that is too early.
        (offer.status.value == Status::Deprecated && offer.sunset.is_none()).then_some((judgement, offer))
    })?;
    let case = case.of(judgement);
    let title = format!("{} is deprecated, and nobody has said until when it works", case.feature_name());
    let finding = case
        .at_feature(&LINT, title, "promised here")
        .label(offer.status.span, "deprecated, with no `sunset`")
        .about_cell(&judgement.cell, "")
        .notes(case.clause())
        .helps(case.replacement(judgement).map(|help| case.reword(help)))
        .help("ask the team until when it works, and have `sunset` set in the roadmap");
    Some(finding)
}
