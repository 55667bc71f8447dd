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
        return limit_or_ask(case, offers(case, finding, feature), feature, "the combination");
    };
    let missing: Vec<&str> = uncovered.iter().map(|(_, value)| *value).collect();
    let title = format!(
        "{} is not available for {}, and no release is planned",
        case.feature_name(),
        text::and_list(&missing)
    );
    let known = words::values_of(feature.offers.iter().map(|offer| &offer.scope), dimension);
    let label = match uncovered.as_slice() {
        [_] => has(case, feature, dimension),
        _ => "promised for all of this".to_owned(),
    };
    let finding = offers(case, case.close(case.at_scope(&LINT, title, &label)), feature);
    if let Some(near) = text::nearest(value, known.iter().map(String::as_str)) {
        return finding.help(case.reword(format!("write `{near}` if that is what is meant")));
    }
    limit_or_ask(case, finding, feature, &text::and_list(&missing))
}

/// What the roadmap has of a dimension, for a label.
fn has(case: &Case<'_, '_>, feature: &Feature, dimension: &str) -> String {
    let values = |kind: fn(&Case<'_, '_>, &Offer) -> bool| {
        let offers = feature.offers.iter().filter(|offer| kind(case, offer));
        words::values_of(offers.map(|offer| &offer.scope), dimension).join(", ")
    };
    match (values(is_there), values(is_planned)) {
        (there, _) if !there.is_empty() => format!("available for {there}"),
        (_, planned) if !planned.is_empty() => format!("planned for {planned}"),
        _ => "promised for this".to_owned(),
    }
}

/// Labels what the roadmap has, or plans.
fn offers(case: &Case<'_, '_>, finding: Finding, feature: &Feature) -> Finding {
    let mut seen = Vec::new();
    feature.offers.iter().fold(finding, |finding, offer| {
        let Some(span) = offer.scope_span.filter(|span| !seen.contains(span)) else { return finding };
        let label = match (is_there(case, offer), is_planned(case, offer)) {
            (true, _) => "the roadmap has it for this",
            (_, true) => "the roadmap plans it for this",
            _ => return finding,
        };
        seen.push(span);
        finding.label(span, label)
    })
}

fn is_there(case: &Case<'_, '_>, offer: &Offer) -> bool {
    let takes_beta = case.promise.requirement.accepts_beta;
    let stays = offer.sunset.is_none_or(|sunset| sunset.value.earliest > case.deadline().latest);
    stays
        && match offer.status.value {
            Status::Shipped | Status::Deprecated => true,
            Status::Beta => takes_beta,
            _ => false,
        }
}

fn is_planned(case: &Case<'_, '_>, offer: &Offer) -> bool {
    matches!(offer.status.value, Status::Planned | Status::InProgress | Status::Beta)
        && offer.target.is_some_and(|target| !target.value.has_passed(case.run.today))
}

fn limit_or_ask(case: &Case<'_, '_>, finding: Finding, feature: &Feature, missing: &str) -> Finding {
    let ask = format!("ask the team for a date for {missing}, and have it added to the roadmap");
    match limit(case, feature) {
        Some(help) => finding.help(case.reword(help)).help(format!("or {ask}")),
        None => finding.help(ask),
    }
}

/// What can be promised: of what is asked for, else of what the roadmap has.
fn limit(case: &Case<'_, '_>, feature: &Feature) -> Option<String> {
    let requirement = case.promise.requirement;
    let name = &requirement.name;
    let scopes = || feature.offers.iter().filter_map(|offer| asked_of(case, offer));
    let kept = case.widest(scopes().filter(|(_, swapped)| !swapped).map(|(scope, _)| scope));
    if let Some(scope) = kept {
        return Some(format!("limit {name} with \"{}\"", words::scope_in_yaml(&scope, requirement)));
    }
    let other = case.widest(scopes().map(|(scope, _)| scope))?;
    Some(format!(
        "change {name} to \"{}\" if that serves the customer",
        words::scope_in_yaml(&other, requirement)
    ))
}

/// What a requirement asks for, as far as an offer has it. Of a dimension of which it has nothing that is asked
/// for, what it has instead: then the promise is another.
fn asked_of(case: &Case<'_, '_>, offer: &Offer) -> Option<(Scope, bool)> {
    let asked = &case.promise.requirement.scope;
    let (mut only, mut swapped) = (Scope::default(), false);
    for (dimension, _) in case.judgement.cell.iter() {
        let Some(offered) = offer.scope.get(dimension) else { continue };
        let common: Vec<&str> =
            asked.get(dimension)?.values().filter(|value| offered.contains(value)).collect();
        swapped |= common.is_empty();
        let values = if common.is_empty() { offered.values().collect() } else { common };
        only.add(dimension, values).ok()?;
    }
    Some((asked.overridden_by(&only), swapped))
}
