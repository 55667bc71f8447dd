use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A service of a signed contract whose day is over, where nobody says that it was done.
    ///
    /// ## Why it matters
    ///
    /// No roadmap knows of a training or a report. Whether it was done is known to those who did it and to the customer,
    /// who may be waiting. A promise that nobody confirms is counted as neither kept nor missed.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// status: signed
    /// signing: 2026-06-01
    /// requirements:
    ///   - id: training
    ///     kind: service
    ///     text: Vendor trains two administrators.
    ///     due: 2026-09-30
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// status: signed
    /// signing: 2026-06-01
    /// requirements:
    ///   - id: training
    ///     kind: service
    ///     text: Vendor trains two administrators.
    ///     due: 2026-09-30
    ///     met: 2026-09-21
    ///     ref: https://vendor.example/tickets/TRAIN-12
    /// ```
    pub(super) static LINT = {
        name: "unconfirmed-service",
        summary: "a signed service past its day, and nobody says it was done",
        level: Level::Warn,
        check: Check::Promise(check),
    }
}

fn check(case: &PromiseCase<'_, '_>) -> Option<Finding> {
    let requirement = case.promise.requirement;
    let is_owed = requirement.is_service && case.promise.status() == ContractStatus::Signed;
    let span =
        requirement.due.span.filter(|_| is_owed && !requirement.unreadable && requirement.met.is_none())?;
    let last = requirement.due.window().filter(|due| due.has_passed(case.context.today))?.latest;
    let distance = text::days(days_between(last, case.context.today));
    let title = format!("this service was due {distance} ago, and nobody says that it was done");
    let finding = case
        .finding(&LINT, title)
        .label(span, format!("due by {last}"))
        .notes(words::clause(requirement))
        .help("once the customer has accepted it, add the day and where that can be looked up, such as `met: 2026-09-21` and `ref: TRAIN-12`");
    Some(finding)
}
