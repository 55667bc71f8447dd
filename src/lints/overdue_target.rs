use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A target that has passed, for a feature that has not shipped: the last day of the target is before today.
    ///
    /// ## Why it matters
    ///
    /// Either it has shipped, and nobody may sell it yet, or it is late, and nobody has said until when. A promise
    /// of it has no date until somebody does.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: bank-feeds
    ///     due: 2027-06-30
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.bank-feeds]
    /// name = "Direct bank feeds"
    /// status = "in-progress"
    /// target = "2026-Q3"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml roadmap.toml
    /// [features.bank-feeds]
    /// name = "Direct bank feeds"
    /// status = "in-progress"
    /// target = "2027-Q1"
    /// history = [{ on = 2026-02-10, target = "2026-Q3" }]
    /// ```
    pub(super) static LINT = {
        name: "overdue-target",
        summary: "a target that has passed, for a feature that has not shipped",
        level: Level::Warn,
        check: Check::Roadmap(check),
    }
}

fn check(context: &LintContext<'_>, features: &[usize]) -> Vec<Finding> {
    let targets = words::stated(context, features, |offer| offer.target);
    targets.iter().filter_map(|target| word(target, context)).collect()
}

fn word(target: &words::StatedDay<'_>, context: &LintContext<'_>) -> Option<Finding> {
    let status = target.offer.status;
    if !status.is_before_release() || !target.window.has_passed(context.today) {
        return None;
    }
    let passed = target.window.latest;
    let ago = text::days(days_between(passed, context.today));
    let title = format!("{} should have shipped {ago} ago", target.subject());
    let (note, help) = match status.value {
        // No promise rests on the target of these, so none loses its date.
        Status::Idea | Status::Paused => (None, "remove the target until it is planned, or set a new one"),
        _ => (
            Some("until it has a new target, promises that rest on this one have no date"),
            "set a new target; or pause it with `status = \"paused\"`, without a target",
        ),
    };
    let finding = target
        .finding(&LINT, title, "")
        .label(target.window.span, format!("this target passed on {passed}"))
        .label(status.span, still(status.value))
        .notes(note)
        .help("if it has shipped, write `status = \"shipped\"`, and its day in `shipped`")
        .help(help);
    Some(finding)
}

fn still(status: Status) -> String {
    match status {
        Status::Idea => "still an idea".to_owned(),
        Status::Beta => "still in beta".to_owned(),
        other => format!("still {}", other.words()),
    }
}
