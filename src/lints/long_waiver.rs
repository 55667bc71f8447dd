use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A waiver that lasts longer than `max-days` from the day of approval, or whose reason is shorter than three words. It
    /// covers its finding. One that `expires` at the `end` of a signed contract may last as long as that.
    ///
    /// ## Why it matters
    ///
    /// An exception is granted for a time, so that somebody looks again, and with a reason, so that whoever looks knows
    /// whether it still holds.
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
    /// reason = "Launch partner."
    /// approved-by = "priya@vendor.example"
    /// approved-on = 2026-11-20
    /// accepts = 2027-06-30
    /// expires = 2029-12-31
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
        name: "long-waiver",
        summary: "a waiver that lasts long, or whose reason is no sentence",
        level: Level::Warn,
        options: &[LintOption::days("max-days", 365, "how long a waiver may last")],
        check: Check::CoveringWaiver(check),
    }
}

/// So many words are a reason.
const WORDS: usize = 3;

fn check(case: &WaiverCase<'_, '_>) -> Option<Finding> {
    let WaiverCase { waiver, party, context, .. } = case;
    let subject = words::waiver_subject(case.waiver);
    let most = context.settings.number(&LINT, "max-days");
    let is_with_the_contract = waiver.expires.value == Expiry::End && party.status == ContractStatus::Signed;
    let lasts = waiver
        .expires
        .value
        .last_day(party.end)
        .filter(|_| !is_with_the_contract)
        .map(|last| days_between(waiver.approved_on.value.latest, last))
        .filter(|days| *days > most);
    let is_word = |word: &&str| word.contains(char::is_alphanumeric);
    let is_short = waiver.reason.value.split_whitespace().filter(is_word).count() < WORDS;
    let finding = match lasts {
        Some(days) => case
            .finding(&LINT, format!("the waiver for {subject} lasts {}", text::days(days)))
            .label(waiver.expires.span, format!("over {} after the approval", text::days(most)))
            .label(waiver.approved_on.span, "approved on this day")
            .labels(is_short.then_some((waiver.reason.span, "not much of a reason, either")))
            .help("name a day on which somebody looks at it again"),
        None if is_short => case
            .finding(&LINT, format!("the waiver for {subject} gives no reason that can be followed"))
            .label(waiver.reason.span, "shorter than three words"),
        None => return None,
    };
    let help = is_short
        .then_some("say why it is accepted, so that whoever looks again can tell whether it still holds");
    Some(finding.about(case.finding.lint.name).helps(help))
}
