use std::collections::HashSet;

use rust_decimal::Decimal;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A draft of which over 20 % is not available today, counted in requirements that name a feature, where there
    /// are five or more of them.
    ///
    /// ## Why it matters
    ///
    /// One promise for later can be kept. A contract that is made of them commits the whole roadmap to one customer,
    /// and costs more than it brings in.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: sso-saml
    ///     due: 2027-09-30
    ///   - feature: bulk-api
    ///     due: 2027-09-30
    ///   - feature: user-roles
    ///     due: 2027-09-30
    ///   - feature: audit-log
    ///     due: 2027-09-30
    ///   - feature: config-drift
    ///     due: 2027-09-30
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.sso-saml]
    /// name = "SAML single sign-on"
    /// status = "shipped"
    ///
    /// [features.bulk-api]
    /// name = "Bulk API"
    /// status = "shipped"
    ///
    /// [features.user-roles]
    /// name = "User roles"
    /// status = "shipped"
    ///
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    ///
    /// [features.config-drift]
    /// name = "Configuration drift detection"
    /// status = "in-progress"
    /// target = "2027-03"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: sso-saml
    ///     due: 2027-09-30
    ///   - feature: bulk-api
    ///     due: 2027-09-30
    ///   - feature: user-roles
    ///     due: 2027-09-30
    /// ```
    pub(super) static LINT = {
        name: "unshipped-share",
        summary: "too much of a draft is not available today",
        level: Level::Warn,
        options: &[
            LintOption::percent("share", 20, "The share of a draft that may be unavailable today."),
            LintOption::count("minimum", 5, "Requirements with a feature under which a draft is not judged."),
        ],
        accepts: AcceptanceKind::Levels,
        check: Check::Contract(|judged, context| Ok(check(judged, context).into_iter().collect())),
    }
}

fn check(judged: &JudgedContract<'_>, context: &LintContext<'_>) -> Option<Finding> {
    let contract = judged.contract;
    if contract.status != ContractStatus::Draft {
        return None;
    }
    let promises: Vec<&Promise<'_>> =
        judged.promises.iter().filter(|promise| !promise.judgements.is_empty()).collect();
    let is_missing = |judgement: &&Judgement<'_>| !judgement.is_available(context.today);
    let missing = promises.iter().filter(|promise| promise.judgements.iter().any(|one| is_missing(&one)));
    let missing = missing.count();
    let most = context.settings.option(&LINT, "share");
    let minimum = context.settings.number(&LINT, "minimum");
    let share = Decimal::from(missing * 100).checked_div(Decimal::from(promises.len()))?;
    if share <= most || i64::try_from(promises.len()).is_ok_and(|count| count < minimum) {
        return None;
    }
    let missing_parts = promises.iter().flat_map(|promise| promise.judgements.iter().filter(is_missing));
    let mut seen = HashSet::new();
    let names = missing_parts
        .map(|judgement| judgement.feature.map_or(&*judgement.written.value, Feature::title))
        .filter(|name| seen.insert(*name));
    let names: Vec<String> = names.map(words::quoted).collect();
    let are = if missing == 1 { "is" } else { "are" };
    let title = format!(
        "{missing} of {} ({} %) {are} not available today",
        text::count(promises.len(), "promise"),
        words::rounded(share, most)
    );
    let span = contract.id.as_ref().map_or(promises[0].requirement.place, |id| id.span);
    let finding = judged
        .finding(&LINT, title)
        .extent(FindingExtent::share("share", Some(share), most))
        .label(span, format!("over the {} % that a draft may promise ahead", most.normalize()))
        .note(format!("not available today: {}", words::some_of(&names)))
        .help("limit the draft to what has shipped")
        .help("for what must stay, ask product before anybody signs, and record the answer as a waiver");
    Some(finding)
}
