use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A feature that shipped less than 90 days ago, for which the roadmap gives no evidence, in a contract that
    /// needs it on the first day of its term. A feature whose roadmap entry does not say when it shipped is left
    /// alone.
    ///
    /// ## Why it matters
    ///
    /// What has just shipped works in the demonstration. Nobody knows yet whether it works at the size of this
    /// customer, and no other customer can be asked.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// period: { start: 2027-01-01 }
    /// requirements:
    ///   - feature: bulk-api
    ///     due: start
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.bulk-api]
    /// name = "Bulk API"
    /// status = "shipped"
    /// shipped = 2026-11-04
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml roadmap.toml
    /// [features.bulk-api]
    /// name = "Bulk API"
    /// status = "shipped"
    /// shipped = 2026-11-04
    /// evidence = ["https://vendor.example/case/initech"]
    /// ```
    pub(super) static LINT = {
        name: "unproven-feature",
        summary: "just shipped, without evidence, and needed on the first day",
        level: Level::Allow,
        options: &[LintOption::days(
            "min-age",
            90,
            "Days since its release from which on a feature counts as proven."
        )],
        check: Check::Feature(check),
    }
}

fn check(case: &Case<'_, '_>) -> Option<Finding> {
    let (context, contract, due) = (case.context, case.promise.contract, &case.promise.requirement.due);
    let signing = case.promise.contract.signing;
    let first = contract.start.or(signing).map_or(context.today, |day| day.value.latest);
    if due.span.is_some() && due.window().is_none_or(|window| window.latest > first) {
        return None;
    }
    let min_age = context.settings.number(&LINT, "min-age");
    let (judgement, shipped, age) = case.cells.iter().find_map(|judgement| {
        let offer = judgement.offer.filter(|offer| offer.evidence.is_empty())?;
        let shipped = offer.shipped?;
        let age = days_between(shipped.value.earliest, context.today);
        let is_new = judgement.delivery == Delivery::Shipped && !judgement.by_beta && age < min_age;
        // A release that is still to come contradicts itself, for which there is a lint.
        (is_new && shipped.value.latest <= context.today).then_some((judgement, shipped, age))
    })?;
    let case = case.of(judgement);
    let since = match age {
        0 => "today".to_owned(),
        _ if shipped.value.is_day() => format!("only {} ago", text::days(age)),
        _ => format!("at most {} ago", text::days(age)),
    };
    let title = format!("{} shipped {since}, and the contract needs it on its first day", case.subject());
    let needed = match due.span {
        None => format!("needed from the first day: {}, {first}", due.words),
        Some(_) => format!("needed on the first day, {first}"),
    };
    let later = match (contract.start, signing) {
        (Some(_), _) => Some(format!("{} after start", plain_days(min_age))),
        (None, Some(_)) => Some(format!("{} after signing", plain_days(min_age))),
        (None, None) => add_days(context.today, min_age).map(|day| day.to_string()),
    };
    let finding = case
        .at_feature(&LINT, title, &needed)
        .label(shipped.span, "nobody has used it for longer")
        .note("the roadmap gives no evidence that it holds: no reference, no benchmark, no case study")
        .notes(case.clause())
        .help("add `evidence` for it to the roadmap, once somebody has some")
        .helps(later.map(|day| case.reword(format!("leave time to try it: `due: {day}`"))));
    Some(finding)
}

/// A distance as a deadline is written.
fn plain_days(days: i64) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}
