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
    let offers = gap.feature.map_or(&[][..], |feature| &feature.offers);
    let uncovered: Vec<(&str, &str)> = gap
        .cell
        .iter()
        .filter(|(dimension, value)| {
            offers.iter().all(|offer| offer.scope.get(dimension).is_some_and(|known| !known.contains(value)))
        })
        .collect();
    let [(dimension, value), ..] = uncovered.as_slice() else {
        let title = format!("{} is not available for {} together", case.feature_name(), gap.cell);
        return case
            .at_scope(&LINT, title, "promised for all of this")
            .close(case)
            .labels(case.available())
            .helps(limit_or_ask(case, "the combination"));
    };
    let missing: Vec<&str> = uncovered.iter().map(|(_, value)| *value).collect();
    let title = format!(
        "{} is not available for {}, and no release is planned",
        case.feature_name(),
        text::and_list(&missing)
    );
    let known = words::values_of(offers.iter().map(|offer| &offer.scope), dimension);
    let label = match uncovered.as_slice() {
        [_] => has(case, offers, dimension),
        _ => "promised for all of this".to_owned(),
    };
    let helps = match text::nearest(value, known.iter().map(String::as_str)) {
        Some(near) => vec![case.reword(format!("write `{near}` if that is what is meant"))],
        None => limit_or_ask(case, &text::and_list(&missing)),
    };
    case.at_scope(&LINT, title, &label).close(case).labels(case.available()).helps(helps)
}

/// What the roadmap has of a dimension, for a label.
fn has(case: &Case<'_, '_>, offers: &[Offer], dimension: &str) -> String {
    let values = |kind: &dyn Fn(&Offer) -> bool| {
        let offers = offers.iter().filter(|offer| kind(offer));
        let mut values = words::values_of(offers.map(|offer| &offer.scope), dimension);
        if values.len() > words::SHOWN {
            values.truncate(words::SHOWN);
            values.push("and more".to_owned());
        }
        values.join(", ")
    };
    match (values(&|offer| case.is_there(offer)), values(&|offer| case.is_planned(offer))) {
        (there, _) if !there.is_empty() => format!("available for {there}"),
        (_, planned) if !planned.is_empty() => format!("planned for {planned}"),
        _ => "promised for this".to_owned(),
    }
}

fn limit_or_ask(case: &Case<'_, '_>, missing: &str) -> Vec<Help> {
    let ask = format!("ask the team for a date for {missing}, and have it added to the roadmap");
    match limit(case) {
        Some(help) => vec![case.reword(help), format!("or {ask}").into()],
        None => vec![ask.into()],
    }
}

/// What can be promised: of what is asked for, else of what the roadmap has; with the deadline where that has to
/// change, too.
pub(super) fn limit(case: &Case<'_, '_>) -> Option<String> {
    let requirement = case.promise.requirement;
    let offers = &case.judgement.feature?.offers;
    let of_offers: Vec<(Scope, bool)> = offers.iter().filter_map(|offer| asked_of(case, offer)).collect();
    // Apart, and first what only takes something away: another platform than was asked for is another deal.
    let (kept, swapped): (Vec<_>, Vec<_>) = of_offers.into_iter().partition(|(_, swapped)| !swapped);
    let name = &requirement.name;
    let words = |scopes: Vec<(Scope, bool)>| {
        let (scope, by) = case.widest(scopes.into_iter().map(|(scope, _)| scope).collect())?;
        let by = by.map(|days| format!(", with a deadline {days}")).unwrap_or_default();
        Some((words::scope_in_yaml(&scope, requirement), by))
    };
    let limit = words(kept).map(|(scope, by)| format!("limit {name} with \"{scope}\"{by}"));
    limit.or_else(|| {
        let (scope, by) = words(swapped)?;
        Some(format!("change {name} to \"{scope}\"{by}, if that serves the customer"))
    })
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
