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

fn check(promise: &Promise<'_>, judgements: &[Judgement<'_>], context: &LintContext<'_>) -> Option<Finding> {
    let (judgement, offer) = judgements.iter().find_map(|judgement| {
        let offer = judgement.offer.filter(|_| judgement.delivery == Delivery::Shipped)?;
        (offer.status.value == Status::Deprecated && offer.sunset.is_none()).then_some((judgement, offer))
    })?;
    let feature = judgement.feature?;
    let title =
        format!("{} is deprecated, and nobody has said until when it works", words::quoted(feature.title()));
    let finding = Finding::new(&LINT, title)
        .label(judgement.written.span, "promised here")
        .label(offer.status.span, "deprecated, with no `sunset`");
    let finding = words::about(finding, promise, judgement);
    let finding = match Case::new(promise, judgement, context).replacement(judgement) {
        Some(help) => finding.help(words::reword(promise.contract, help)),
        None => finding,
    };
    Some(finding.help("ask the team until when it works, and have `sunset` set in the roadmap"))
}
