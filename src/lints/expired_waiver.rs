use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver that no longer holds, or that says it was approved on a day to come, or in a period that is not
    /// over. It covers nothing: its finding is back.
    ///
    /// ## Why it matters
    ///
    /// An exception is granted for a time, so that somebody looks again. This is the time.
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
    /// accepts = 2027-06-30
    /// expires = 2026-10-31
    /// of = { feature = "audit-log", due = "2027-03-31" }
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
    /// accepts = 2027-06-30
    /// expires = 2027-09-30
    /// of = { feature = "audit-log", due = "2027-03-31" }
    /// ```
    pub(super) static LINT = {
        name: "expired-waiver",
        summary: "a waiver past its end, or approved in the future",
        level: Level::Deny,
        check: Check::Waiver(check),
    }
}

fn check(case: &WaiverCase<'_, '_>) -> Option<Finding> {
    let WaiverCase { waiver, context: LintContext { today, .. }, party, .. } = case;
    let subject = words::waiver_subject(case.waiver);
    let (approved, expires) = (waiver.approved_on, waiver.expires);
    let who = waiver.approvers();
    let again = format!("put right what it waived, or have {who} decide again");
    let (title, span, label, help) = match expires.value.last_day(party.end) {
        None => {
            let title = format!("the waiver for {subject} lasts until the end of a contract that has none");
            (title, expires.span, "which day is this?", "write a day, or the contract's `period`".to_owned())
        }
        Some(last) if last < *today => {
            let ago = text::days(days_between(last, *today));
            let title = format!("the waiver for {subject} expired {ago} ago");
            (title, expires.span, "it held until this day", again)
        }
        Some(_) if approved.value.earliest > *today => {
            let title = format!("the waiver for {subject} is approved in the future");
            (title, approved.span, "this day is to come", again)
        }
        // What is not over has not certainly happened.
        Some(_) if approved.value.latest > *today => {
            let title = format!("nobody can tell whether the waiver for {subject} is approved yet");
            let help = format!("write the day of the decision, such as `approved-on = {today}`");
            (title, approved.span, "this is not over yet", help)
        }
        Some(_) => return None,
    };
    Some(case.finding(&LINT, title).label(span, label).excepted(case).help(help))
}
