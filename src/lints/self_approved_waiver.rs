use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver that the contract's own seller approved, alone or with others. Addresses are compared without regard to
    /// case and display names. It covers nothing.
    ///
    /// ## Why it matters
    ///
    /// Who is paid for the signature should not be the one who decides that the promise does not matter.
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
    /// approved-by = "Dana Brandt <dana@vendor.example>"
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
        name: "self-approved-waiver",
        summary: "approved by the contract's own seller",
        level: Level::Deny,
        check: Check::Waiver(check),
    }
}

fn check(case: &WaiverCase<'_, '_>) -> Option<Finding> {
    let approvers = &case.waiver.approved_by;
    let seller = case.party.seller.as_ref()?;
    let approver = approvers.iter().find(|who| same_address(&seller.value, &who.value))?;
    let title = format!("the waiver for {} is approved by the seller", words::waiver_subject(case.waiver));
    let mut people = case.deciders().people(case.context);
    people.retain(|person| !same_address(person, &seller.value));
    let roles: Vec<&str> = case.deciders().roles().into_iter().collect();
    let help = match (people.as_slice(), roles.as_slice()) {
        ([], []) => "have somebody else decide".to_owned(),
        ([], roles) => format!("have {} decide", text::or_list(roles)),
        (people, _) => format!("have {} decide", text::or_list(people)),
    };
    let finding = case
        .finding(&LINT, title)
        .label(approver.span, "approved by the same person")
        .label(seller.span, "who sells")
        .excepted(case)
        .help(help);
    Some(finding)
}
