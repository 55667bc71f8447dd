use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver for a signed contract that was approved after the signing. It covers its finding. A baseline, which was
    /// recorded for what was there when dealcheck came, is never late.
    ///
    /// ## Why it matters
    ///
    /// An approval is asked for while something can still be changed. Afterwards it is a report. An auditor reads which of
    /// the two it was.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// seller: dana@vendor.example
    /// status: signed
    /// signing: 2026-11-16
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
    /// expires = 2027-09-30
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
    /// approved-on = 2026-11-13
    /// accepts = 2027-06-30
    /// expires = 2027-09-30
    /// of = { feature = "audit-log", due = "2027-03-31" }
    /// ```
    pub(super) static LINT = {
        name: "late-waiver",
        summary: "a waiver that was approved after the contract was signed",
        level: Level::Warn,
        check: Check::CoveringWaiver(check),
    }
}

fn check(case: &WaiverCase<'_, '_>) -> Option<Finding> {
    let WaiverCase { waiver, party, .. } = case;
    let signing = party.signing.filter(|_| party.status == ContractStatus::Signed && !waiver.is_baseline)?;
    // By the last day of both: an approval "in November" may be after a signing in it.
    let late = days_between(signing.value.latest, waiver.approved_on.value.latest);
    if late <= 0 {
        return None;
    }
    let (subject, late) = (words::waiver_subject(case.waiver), text::days(late));
    let finding = case
        .finding(&LINT, format!("the waiver for {subject} was approved {late} after the signing"))
        .label(waiver.approved_on.span, "approved on this day")
        .label(signing.span, "signed by this day")
        .about(case.finding.lint.name)
        .help("if it was decided before, and recorded later, set `approved-on` to the day of the decision")
        .help("if it was there when dealcheck came, say so with `baseline = true`");
    Some(finding)
}
