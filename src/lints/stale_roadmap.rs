use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A roadmap that product and sales have not gone through together for over 30 days. It is quiet where the
    /// roadmap does not say when it was `reviewed`.
    ///
    /// ## Why it matters
    ///
    /// Every check here is as good as the roadmap. Plans change each month, and what was moved or dropped in a
    /// meeting goes on being sold until somebody writes it down.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-01-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [product]
    /// name = "Fleetwise"
    /// reviewed = 2026-09-30
    ///
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// shipped = 2026-05-04
    /// ```
    ///
    /// ## Instead
    ///
    /// Go through the roadmap together, feature by feature, and write down the day.
    ///
    /// ```toml roadmap.toml
    /// [product]
    /// name = "Fleetwise"
    /// reviewed = 2026-11-27
    ///
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// shipped = 2026-05-04
    /// ```
    pub(super) static LINT = {
        name: "stale-roadmap",
        summary: "nobody has gone through the roadmap for over a month",
        level: Level::Warn,
        options: &[LintOption::days("max-age", 30, "Days after which a review of the roadmap is too old.")],
        check: Check::Roadmap(check),
    }
}

fn check(context: &LintContext<'_>, _: &[usize]) -> Vec<Finding> {
    let Some(reviewed) = context.roadmap.reviewed else {
        return Vec::new();
    };
    let max_age = context.settings.number(&LINT, "max-age");
    let age = days_between(reviewed.latest, context.today);
    if age <= max_age {
        return Vec::new();
    }
    let roadmap = match &context.roadmap.product {
        Some(product) => format!("the roadmap of {}", words::quoted(&product.value)),
        None => "the roadmap".to_owned(),
    };
    let title = format!("{roadmap} was last reviewed {} ago", text::days(age));
    let finding = Finding::of_files(&LINT, title)
        .label(reviewed.span, format!("a review is good for {}", text::days(max_age)))
        .note("what was moved or dropped since then may still be sold")
        .help(format!("go through it with product and sales, then set `reviewed = {}`", context.today));
    vec![finding]
}
