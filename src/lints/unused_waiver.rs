use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver about which no finding is left, though its contract was checked; and one whose contract lies under another
    /// configuration, which has waivers of its own.
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

fn word(waiver: &Waiver, elsewhere: Option<&ContractPlace>) -> Finding {
    let subject = words::waiver_subject(waiver);
    let finding = |title| Finding::of_files(&LINT, title).about(format!("{} {subject}", waiver.lint.value));
    if let (None, Some(of)) =
        (elsewhere, waiver.of.as_ref().filter(|of| matches!(of.value, Matter::Words(_))))
    {
        return finding(format!(
            "this waiver covers nothing: {subject} has no such finding with the words that it is for"
        ))
        .label(of.span, "decided on these words")
        .help("remove it: the words have been put right, or changed")
        .help("what is found of other words needs a decision of its own: run `dealcheck waive`");
    }
    let Some(ContractPlace { file, waivers }) = elsewhere else {
        return finding(format!("this waiver covers nothing: {subject} has no such finding"))
            .label(waiver.lint.span, "not found in the contract")
            .help("remove it: what it accepted has been put right")
            .help("if it is still meant, check `contract`, `requirement` or `term`, and `lint`");
    };
    finding(format!("this waiver covers nothing: {} has other waivers", waiver.contract.value))
        .label(waiver.contract.span, format!("in {file}, which these waivers are not for"))
        .help(format!("move it to {waivers}"))
}
