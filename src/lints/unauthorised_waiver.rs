use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver whose approver is in none of the roles that may decide: those in the lint's `waived-by`, and
    /// for a commercial term the term's `approver`. It covers nothing.
    ///
    /// ## Why it matters
    ///
    /// A signature counts if the one who signs may. Otherwise it is an opinion.
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
    /// approved-by = "sam@vendor.example"
    /// approved-on = 2026-11-20
    /// accepts = 2027-06-30
    /// expires = 2027-09-30
    /// of = { feature = "audit-log", due = "2027-03-31" }
    /// ```
    ///
    /// ```toml dealcheck.toml
    /// roadmap = ["roadmap.toml"]
    /// waivers = ["waivers.toml"]
    ///
    /// [roles]
    /// product = ["priya@vendor.example"]
    ///
    /// [lints]
    /// late-feature = { level = "deny", waived-by = ["product"] }
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
        name: "unauthorised-waiver",
        summary: "approved by somebody who may not",
        level: Level::Deny,
        check: Check::Waiver(check),
    }
}

fn check(exception: &Exception<'_, '_>) -> Option<Finding> {
    let (approver, roles) = (&exception.waiver.approved_by, exception.roles());
    if is_authorised(&approver.value, &roles, exception.context) {
        return None;
    }
    let roles: Vec<&str> = roles.into_iter().collect();
    let title = format!(
        "the waiver for {} is approved by somebody who is not in {}",
        words::exception_subject(exception),
        text::or_list(&roles)
    );
    let people = words::who_may_decide(exception);
    let help = if people.is_empty() {
        let roles = roles.join(", ");
        format!("say who may decide, under `[roles]` in dealcheck.toml: `{roles} = [\"…\"]`")
    } else {
        format!("have {} decide", text::or_list(&people))
    };
    let finding = exception
        .finding(&LINT, title)
        .label(approver.span, format!("not in {}", text::or_list(&roles)))
        .excepted(exception)
        .help(help);
    Some(finding)
}
