use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver whose approver is in none of the roles that may decide: those in the lint's `waived-by`, and
    /// for a commercial term the term's `approver`. Authority is judged on the day of approval: who has left a role
    /// since decided rightly, and who came into it later did not. It covers nothing.
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

fn check(case: &WaiverCase<'_, '_>) -> Option<Finding> {
    let WaiverCase { waiver, context, .. } = case;
    let deciders = case.deciders();
    if deciders.include(waiver, context) {
        return None;
    }
    let (on, named) = (waiver.approved_on, deciders.roles());
    let was_out = |who: &Text| {
        let mut own = named.iter().flat_map(|role| context.roles.times(role, &who.value)).peekable();
        // A member on another day is told apart from a stranger: then it is the day that has to be looked at.
        own.peek().is_some() && own.all(|member| !member.is_in_on(on.value))
    };
    let was_out = waiver.approved_by.iter().any(was_out);
    let (title, label) = match &deciders {
        Deciders::Groups(groups) if groups.iter().all(|roles| roles.len() == 1) => match was_out {
            true => (
                format!("is approved by somebody who was not in {deciders} on that day"),
                format!("not in {deciders} on {}", on.value),
            ),
            false => {
                (format!("is approved by somebody who is not in {deciders}"), format!("not in {deciders}"))
            }
        },
        Deciders::Groups(_) | Deciders::Anybody => {
            (format!("is for {deciders} to approve"), "not enough by itself".to_owned())
        }
        Deciders::Nobody => {
            ("is for what nobody may waive: it lies beyond every band".to_owned(), "not even this".to_owned())
        }
    };
    let people = deciders.people(context);
    let help = match deciders {
        Deciders::Nobody => {
            "have the contract changed to what a band accepts, or the bands, in the roadmap".to_owned()
        }
        Deciders::Groups(ref groups) if groups.iter().any(|roles| roles.len() > 1) => {
            format!("have {deciders} decide")
        }
        _ if people.is_empty() => {
            let roles = Vec::from_iter(deciders.roles()).join(", ");
            format!("say who may decide, under `[roles]` in dealcheck.toml: `{roles} = [\"…\"]`")
        }
        _ => format!("have {} decide", text::or_list(&people)),
    };
    let finding = case
        .finding(&LINT, format!("the waiver for {} {title}", words::waiver_subject(case.waiver)))
        .labels(waiver.approved_by.iter().map(|who| (who.span, &label)))
        .labels(was_out.then_some((on.span, "the day of approval")))
        .excepted(case)
        .help(help);
    Some(finding)
}
