use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver on a draft for something that cannot be kept as it stands (it does not exist, is at too low a level, comes
    /// too late, or is gone too soon) that does not say by which clause or letter the customer knows (`disclosed`). It covers
    /// its finding.
    ///
    /// ## Why it matters
    ///
    /// An approval accepts our risk. It does not make the promise honest: the customer still reads a date that we know will
    /// not hold. Before the signature, that can be told.
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
    /// approved-on = 2026-11-20
    /// accepts = 2027-06-30
    /// expires = 2027-09-30
    /// disclosed = "Exhibit B, 2.1: delivered with the second quarter release"
    /// of = { feature = "audit-log", due = "2027-03-31" }
    /// ```
    pub(super) static LINT = {
        name: "undisclosed-waiver",
        summary: "a draft's waiver that does not say how the customer knows",
        level: Level::Warn,
        check: Check::CoveringWaiver(check),
    }
}

fn check(case: &WaiverCase<'_, '_>) -> Option<Finding> {
    let WaiverCase { waiver, party, finding, .. } = case;
    let breaks = finding.lint.breaks_a_promise() && party.status == ContractStatus::Draft;
    if !breaks || waiver.disclosed.is_some() {
        return None;
    }
    let subject = words::waiver_subject(case.waiver);
    let title = format!("the waiver for {subject} does not say how the customer knows");
    let place = finding.diagnostic.primary().map(|label| (label.span, "what the customer reads"));
    let found = case
        .finding(&LINT, title)
        .label(waiver.lint.span, "accepted by us")
        .labels(place)
        .about(finding.lint.name)
        .help("name the clause or the letter: `disclosed = \"…\"`")
        .help("or write into the contract what can be kept");
    Some(found)
}
