use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of something that is not available today, even where the roadmap says that it will be in time.
    ///
    /// ## Why it matters
    ///
    /// A plan is not a fact. Whoever signs should know which promises rest on one.
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
    /// Promise what has shipped. Where the plan is good enough, say so once, with a name, in a waiver or with
    /// `unshipped-feature = "allow"`.
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
    let title = format!("{} is not available yet", case.subject());
    let judgement = case.judgement;
    let finding = case.at_feature(&LINT, title, "promised here");
    let finding = match judgement.expected {
        Some(expected) => case.label_when(finding, judgement.offer, case.planned(expected)),
        None => finding,
    };
    case.close(finding)
        .help("where the plan is good enough, say so in a waiver, or allow `unshipped-feature`")
}
