use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of something that is not available today, even where the roadmap says that it will be in time.
    ///
    /// ## Why it matters
    ///
    /// A plan is not a fact: of plans to ship in the very next release, about one in four holds where the team
    /// has not committed to it. Whoever signs should know which promises rest on one.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-12-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    /// ```
    ///
    /// ## Instead
    ///
    /// Promise what has shipped. Where promising a plan is the rule of the house, say so once, with
    /// `unshipped-feature = "allow"` under `[lints]`.
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// shipped = 2026-10-12
    /// ```
    pub(super) static LINT = {
        name: "unshipped-feature",
        summary: "on time by plan, but not available today",
        level: Level::Warn,
        check: Check::Delivery(Row::Unshipped, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let judgement = case.judgement;
    let label = match judgement.expected {
        Some(expected) => case.when(case.planned(expected)),
        None => judgement.offer.map(|offer| (offer.status.span, "not shipped".to_owned())),
    };
    let needed = judgement.expected.map(|expected| {
        let Window { earliest, latest } = case.deadline();
        match days_between(expected.latest, earliest) {
            spare @ 0.. => (
                format!("the contract needs it by {earliest}: {} to spare", text::days(spare)),
                case.reading(CountedDay::First),
            ),
            _ => (format!("the contract needs it by {latest}"), case.reading(CountedDay::Last)),
        }
    });
    let (needed, reading) = needed.unzip();
    let title = format!("{} is promised and not available yet", case.subject());
    case.at_feature(&LINT, title, "promised here")
        .labels(label)
        .notes(needed)
        .notes(reading.unwrap_or_default())
        .close(case)
        .chain(case)
        .help(if case.is_draft() {
            "promise what has shipped, or have the person who answers for the plan agree to the date"
        } else {
            "the contract is signed: tell the team that a customer waits for this date"
        })
}
