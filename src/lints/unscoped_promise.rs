use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise that says nothing about a dimension (a platform, a region, an edition) by which the roadmap
    /// limits the feature, where the dimension's other values fare worse.
    ///
    /// ## Why it matters
    ///
    /// Who promises a feature without saying where promises it everywhere. The customer will ask for it on the
    /// one platform it does not run on.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - id: R2
    ///     feature: config-drift
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.config-drift]
    /// name = "Configuration drift detection"
    /// status = "shipped"
    /// for = { platform = ["linux", "macos"] }
    ///
    /// [[features.config-drift.offers]]
    /// for = { platform = "windows" }
    /// status = "planned"
    /// target = "2027-Q2"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - id: R2
    ///     feature: config-drift
    ///     for: { platform: [linux, macos] }
    ///     due: 2027-03-31
    /// ```
    pub(super) static LINT = {
        name: "unscoped-promise",
        summary: "promised for everything, available for some",
        level: Level::Warn,
        check: Check::Promise(check),
    }
}

fn check(promise: &Promise<'_>, run: &Run<'_>) -> Option<Finding> {
    let (judgement, silence) = promise.judgements.iter().find_map(|judgement| {
        let worse =
            |value: &Value<'_>| value.delivery > judgement.delivery && value.delivery != Delivery::Unresolved;
        let silences = run.judge.silences(promise, judgement);
        let silence = silences.into_iter().find(|silence| silence.values.iter().any(worse))?;
        Some((judgement, silence))
    })?;
    let feature = judgement.feature?;
    let dimension = silence.dimension;
    let (good, worse): (Vec<&Value<'_>>, Vec<&Value<'_>>) =
        silence.values.iter().partition(|value| value.delivery <= judgement.delivery);
    let good: Vec<String> = good.iter().map(|value| value.name.to_owned()).collect();
    let missing: Vec<&str> = worse.iter().map(|value| value.name).collect();
    let name = words::quoted(feature.title());
    let title = format!("{name} is promised for every {dimension}, {} included", text::and_list(&missing));
    let finding =
        Finding::new(&LINT, title).label(judgement.written.span, format!("no {dimension} is named"));
    let finding = match judgement.offer.and_then(|offer| offer.scope_span) {
        Some(span) => finding.label(span, "the roadmap has it for this"),
        None => finding,
    };
    let finding = worse.iter().fold(finding, |finding, value| {
        let planned = match (value.delivery, value.expected) {
            (Delivery::ScopeGap, _) => "not available, and no release is planned".to_owned(),
            (_, Some(expected)) => format!("planned for {expected}"),
            (delivery, None) => words::state_of(delivery).to_owned(),
        };
        finding.note(format!("{}: {planned}", value.name))
    });
    let finding = words::about(finding, promise, judgement);
    let finding = Finding { about: format!("{} {dimension}", finding.about), ..finding };
    if good.is_empty() {
        return Some(finding.help(format!("say for which {dimension} it is promised, with `for`")));
    }
    let limit = words::scope_in_yaml(dimension, &good);
    let help = format!("limit {} with \"{limit}\"", promise.requirement.name);
    Some(finding.help(words::reword(promise.contract, help)))
}
