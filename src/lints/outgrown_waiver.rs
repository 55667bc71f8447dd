use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver that accepts delivery until a day (`accepts`), where the roadmap has moved the delivery past
    /// that day, or has no date any more. Of a requirement for several scopes or features the last to come
    /// counts. It covers nothing.
    ///
    /// ## Why it matters
    ///
    /// Whoever accepted a delay of a month did not accept a delay of six. The decision was about a date, and
    /// the date has changed.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// seller: dana@vendor.example
    /// requirements:
    ///   - id: R2
    ///     feature: audit-log
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    /// ```
    ///
    /// ```toml waivers.toml
    /// [[waivers]]
    /// contract = "ACME-2026-014"
    /// requirement = "R2"
    /// lint = "late-feature"
    /// reason = "Launch partner: the customer takes it in June."
    /// approved-by = "priya@vendor.example"
    /// approved-on = 2026-11-20
    /// expires = 2027-09-30
    /// accepts = 2027-05-31
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml waivers.toml
    /// [[waivers]]
    /// contract = "ACME-2026-014"
    /// requirement = "R2"
    /// lint = "late-feature"
    /// reason = "Launch partner: the customer takes it in June."
    /// approved-by = "priya@vendor.example"
    /// approved-on = 2026-11-20
    /// expires = 2027-09-30
    /// accepts = 2027-06-30
    /// ```
    pub(super) static LINT = {
        name: "outgrown-waiver",
        summary: "the delivery moved past the day that was accepted",
        level: Level::Deny,
        check: Check::Waiver(check),
    }
}

fn check(exception: &Exception<'_, '_>) -> Option<Finding> {
    let accepts = exception.waiver.accepts?;
    let subject = words::exception_subject(exception);
    let accepted = accepts.value.latest;
    let title = match exception.finding.arrival? {
        Arrival::Today => return None,
        Arrival::By(day) if day <= accepted => return None,
        Arrival::By(day) => {
            let later = text::days(days_between(accepted, day));
            format!("the delivery of {subject} moved to {day}, {later} past what was accepted")
        }
        Arrival::Never => format!("{subject} no longer has a date; delivery by {accepted} was accepted"),
    };
    let help = format!(
        "have {} decide again, and set `accepts` to the day that is accepted now",
        exception.waiver.approved_by.value
    );
    let finding = exception
        .finding(&LINT, title)
        .label(accepts.span, "accepted until this day")
        .excepted(exception)
        .help(help);
    Some(finding)
}
