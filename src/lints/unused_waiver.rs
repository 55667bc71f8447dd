use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver about which no finding is left, though its contract was checked.
    ///
    /// ## Why it matters
    ///
    /// Either what it accepted has been put right, and the exception is clutter, or its contract, requirement
    /// or lint is misspelt, and it does not do what somebody believes it does.
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
    /// requirement = "R3"
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
    /// of = { feature = "audit-log", due = "2027-03-31" }
    /// ```
    pub(super) static LINT = {
        name: "unused-waiver",
        summary: "a waiver that is about no finding",
        level: Level::Warn,
        check: Check::UnusedWaiver(word),
    }
}

fn word(waiver: &Waiver, _: &LintContext<'_>) -> Finding {
    let title = format!("this waiver covers nothing: {} has no such finding", words::waiver_subject(waiver));
    Finding::of_files(&LINT, title)
        .label(waiver.lint.span, "not found in the contract")
        .about(format!("{} {}", waiver.lint.value, words::waiver_subject(waiver)))
        .help("remove it: what it accepted has been put right")
        .help("if it is still meant, check `contract`, `requirement` or `term`, and `lint`")
}
