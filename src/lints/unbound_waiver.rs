use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver that does not say what was decided on (`of`), or for a delivery that has a day does not say which day is
    /// accepted (`accepts`). It covers its finding as it is, and will cover it as it becomes. The help has the lines to
    /// add, as things stand today.
    ///
    /// ## Why it matters
    ///
    /// A decision is about something: payment after 90 days, a delivery in June. If the waiver does not say so, it also
    /// covers what nobody has decided on.
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
    /// of = { feature = "audit-log", due = "2027-03-31" }
    /// ```
    pub(super) static LINT = {
        name: "unbound-waiver",
        summary: "a waiver that does not say what was decided on",
        level: Level::Warn,
        check: Check::CoveringWaiver(check),
    }
}

fn check(case: &WaiverCase<'_, '_>) -> Option<Finding> {
    let WaiverCase { waiver, finding, .. } = case;
    let now = case.matter()?.bound(finding.lint.is_about_the_end());
    let accepts = match finding.arrival {
        Some(Arrival::By(day)) if waiver.accepts.is_none() && finding.lint.is_about_a_date() => {
            Some(format!("`accepts = {day}`"))
        }
        _ => None,
    };
    let of = match &waiver.of {
        None => Some(format!("`of = {now}`")),
        // The rest stands there already.
        Some(of) => match (&of.value, &now) {
            (Matter::Requirement(of), Matter::Requirement(now)) if of.until.is_none() => {
                now.until.map(|until| format!("`until = \"{}\"` to `of`", until.value.latest))
            }
            _ => None,
        },
    };
    let missing = [("which day is accepted", &accepts), ("what was decided on", &of)];
    let missing: Vec<&str> =
        missing.iter().filter(|(_, line)| line.is_some()).map(|(what, _)| *what).collect();
    if missing.is_empty() {
        return None;
    }
    let subject = words::case_subject(case);
    let title = format!("the waiver for {subject} does not say {}", text::and_list(&missing));
    let lines = [accepts, of]
        .into_iter()
        .flatten()
        .map(|line| format!("if it is for what is there today, add {line}"));
    let finding = case
        .finding(&LINT, title)
        .label(waiver.lint.span, "covered, whatever becomes of it")
        .about(finding.lint.name)
        .helps(lines);
    Some(finding)
}
