use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise for a platform, region, edition or other scope that the roadmap does not name for the feature,
    /// not even with a plan.
    ///
    /// ## Why it matters
    ///
    /// It works in the demo, which ran on Linux. For Windows somebody has to build it, for this customer alone,
    /// after the contract has been signed.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - id: R2
    ///     feature: config-drift
    ///     for: { platform: [linux, windows] }
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.config-drift]
    /// name = "Configuration drift detection"
    /// status = "shipped"
    /// for = { platform = ["linux", "macos"] }
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
    ///     for: { platform: linux }
    ///     due: 2027-03-31
    /// ```
    pub(super) static LINT = {
        name: "scope-gap",
        summary: "not available for what the contract asks, and not planned",
        level: Level::Deny,
        check: Check::Delivery(Row::ScopeGap, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let gap = case.judgement;
    let Some(feature) = gap.feature else {
        let title = format!("{} is not available", case.subject());
        return case.close(case.at_scope(&LINT, title, "promised for this"));
    };
    let uncovered: Vec<(&str, &str)> = gap
        .cell
        .iter()
        .filter(|(dimension, value)| {
            feature
                .offers
                .iter()
                .all(|offer| offer.scope.get(dimension).is_some_and(|known| !known.contains(value)))
        })
        .collect();
    let [(dimension, value), ..] = uncovered.as_slice() else {
        let title = format!("{} is not available for {} together", case.feature_name(), gap.cell);
        let finding = case.close(case.at_scope(&LINT, title, "promised for all of this"));
        return offers(finding, feature)
            .help(case.reword("promise it for one of the combinations that the roadmap has"));
    };
    let missing: Vec<&str> = uncovered.iter().map(|(_, value)| *value).collect();
    let title = format!(
        "{} is not available for {}, and no release is planned",
        case.feature_name(),
        text::and_list(&missing)
    );
    let available = words::values_of(feature.offers.iter().map(|offer| &offer.scope), dimension);
    let label = format!("available for {}", available.join(", "));
    let finding = offers(case.close(case.at_scope(&LINT, title, &label)), feature);
    if let Some(near) = text::nearest(value, available.iter().map(String::as_str)) {
        return finding.help(case.reword(format!("write `{near}` if that is what is meant")));
    }
    let name = &case.promise.requirement.name;
    let kept = case.promise.requirement.scope.get(dimension).into_iter().flat_map(|asked| asked.values());
    let kept: Vec<String> =
        kept.filter(|asked| available.iter().any(|known| same(known, asked))).map(str::to_owned).collect();
    let limit = words::scope_in_yaml(dimension, if kept.is_empty() { &available } else { &kept });
    finding
        .help(case.reword(format!("limit {name} with \"{limit}\"")))
        .help(format!("or ask the team for a date for {value}, and have it added to the roadmap"))
}

fn offers(finding: Finding, feature: &Feature) -> Finding {
    let spans = feature.offers.iter().filter_map(|offer| offer.scope_span);
    let mut seen = Vec::new();
    spans.fold(finding, |finding, span| {
        if seen.contains(&span) {
            return finding;
        }
        seen.push(span);
        finding.label(span, "the roadmap has it for this")
    })
}
