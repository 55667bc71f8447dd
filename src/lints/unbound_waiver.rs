use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver that does not say what was decided on (`of`), nor what is accepted of what the roadmap says (`accepts`: the
    /// day of delivery, the last day on which it works, the level that it reaches, the share that is not there), nor for
    /// what of the scope it is (`for`), where the finding is for some of it. It covers its finding as it is, and will cover
    /// it as it becomes. The help has the lines to add, as things stand today.
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
    let accepts =
        finding.extent.as_ref().filter(|_| waiver.accepts.is_none()).and_then(FindingExtent::acceptance);
    let is_part = waiver.scopes.is_empty() && asks_for_more(case.asked(), &finding.cells);
    let scopes = is_part.then(|| scopes_in_toml(&scopes_of(&finding.cells, case.asked())));
    let missing: Vec<(&str, String)> = [
        accepts.map(|accepts| (what_is_accepted(&accepts), format!("`accepts = {accepts}`"))),
        scopes.map(|scopes| ("what of its scope it is for", format!("`for = {scopes}`"))),
        subject(case),
    ]
    .into_iter()
    .flatten()
    .collect();
    if missing.is_empty() {
        return None;
    }
    let (what, lines): (Vec<&str>, Vec<String>) = missing.into_iter().unzip();
    let subject = words::waiver_subject(case.waiver);
    let title = format!("the waiver for {subject} does not say {}", text::and_list(&what));
    let lines = lines.into_iter().map(|line| format!("if it is for what is there today, add {line}"));
    let finding = case
        .finding(&LINT, title)
        .label(waiver.lint.span, "covered, whatever becomes of it")
        .about(finding.lint.name)
        .helps(lines);
    Some(finding)
}

fn what_is_accepted(accepts: &Acceptance) -> &'static str {
    match accepts {
        Acceptance::Day(_) => "which day is accepted",
        Acceptance::Levels(_) => "how much is accepted",
        Acceptance::Names(_) => "which of it is accepted",
    }
}

/// What is still to be said of what was decided on: all of it, or what is missing beside the rest.
fn subject(case: &WaiverCase<'_, '_>) -> Option<(&'static str, String)> {
    const ALL: &str = "what was decided on";
    if let Some(words) = &case.finding.words {
        return case.waiver.of.is_none().then(|| (ALL, format!("`of = {{ words = \"{words}\" }}`")));
    }
    let now = case.matter()?.bound(case.finding.lint.is_about_the_end());
    let Some(of) = &case.waiver.of else { return Some((ALL, format!("`of = {now}`"))) };
    if let (Matter::Term(of), Matter::Term(now)) = (&of.value, &now) {
        let is_priced = of.fees.is_empty() && !now.fees.is_empty();
        let line = || format!("`fees = {}` to `of`", fees_in_toml(&now.fees));
        return is_priced.then(|| ("with which fees it was accepted", line()));
    }
    let (Matter::Requirement(of), Matter::Requirement(now)) = (&of.value, &now) else { return None };
    if let Some(until) = now.until.filter(|_| of.until.is_none()) {
        return Some((ALL, format!("`until = \"{}\"` to `of`", until.value.latest)));
    }
    let base = of.unnamed_base(now)?;
    Some(("what the remedy's shares are of", format!("`of = \"{base}\"` to the `remedy` of `of`")))
}
