use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise that is on time by plan with less than the margin to spare, when the deadline is read strictly: a
    /// deadline of `Q3 2027` may mean its first day.
    ///
    /// ## Why it matters
    ///
    /// Plans slip. A promise that is kept only if nothing slips, or only if the customer reads the deadline as we
    /// do, is kept by luck.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: cost-index
    ///     due: Q2 2027
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.cost-index]
    /// name = "Commodity cost index"
    /// status = "in-progress"
    /// target = "2027-04"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: cost-index
    ///     due: end of Q2 2027
    /// ```
    pub(super) static LINT = {
        name: "tight-deadline",
        summary: "on time by plan, with less than a month to spare",
        level: Level::Warn,
        options: &[LintOption::days(
            "margin",
            30,
            "Days between the target and the deadline under which a promise is tight."
        )],
        check: Check::Delivery(Row::Tight, word),
    }
}

/// Days to spare under which a promise is tight.
pub(super) fn margin(settings: &Settings) -> i64 {
    settings.number(&LINT, "margin")
}

fn word(case: &Case<'_, '_>) -> Finding {
    let tight = case.judgement;
    let deadline = case.deadline();
    let Some(expected) = tight.expected else {
        return case.close(case.at_deadline(
            &LINT,
            format!("{} is tight", case.subject()),
            "needed by this day",
        ));
    };
    let spare = days_between(expected.latest, deadline.earliest);
    let written = case.promise.requirement.due.words.trim();
    let (title, label) = if spare < 0 && !deadline.is_day() {
        (
            format!("{} is on time only if \"{written}\" means its last day", case.subject()),
            format!("may mean {} or {}", deadline.earliest, deadline.latest),
        )
    } else {
        let leaves = if spare == 0 { "no day".to_owned() } else { format!("only {}", text::days(spare)) };
        (
            format!("{} leaves {leaves} before the contract needs it", case.subject()),
            "needed by this day".to_owned(),
        )
    };
    let finding = case.at_deadline(&LINT, title, &label);
    let finding = case.label_when(finding, tight.offer, case.planned(expected));
    let finding = case.chain(case.close(finding));
    let margin = case.run.judge.rules.margin;
    let whole = days_between(expected.latest, deadline.latest);
    if !deadline.is_day() && whole >= margin {
        let help = format!("write \"due: end of {written}\", which leaves {}", text::days(whole));
        return finding.help(case.reword(help));
    }
    finding.help(case.later_deadline(expected))
}
