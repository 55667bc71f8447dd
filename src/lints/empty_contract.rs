use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A draft or a signed contract that promises nothing: its list of requirements is empty. An amendment may leave
    /// the promises as they are, and is left alone.
    ///
    /// ## Why it matters
    ///
    /// A contract with an empty list passes every other check. Mostly nobody has written the promises down yet, and
    /// the customer's copy is full of them.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements: []
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// shipped = 2026-05-04
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-01-31
    /// ```
    pub(super) static LINT = {
        name: "empty-contract",
        summary: "it promises nothing, so there is nothing to check",
        level: Level::Deny,
        check: Check::Contract(|judged, _| Ok(check(judged).into_iter().collect())),
    }
}

fn check(judged: &JudgedContract<'_>) -> Option<Finding> {
    let contract = judged.contract;
    let empty = contract.empty.filter(|_| contract.amends.is_none() && !contract.is_master)?;
    let what = if contract.status == ContractStatus::Draft { "draft" } else { "signed contract" };
    let title = format!("this {what} promises nothing");
    Some(
        judged
            .finding(&LINT, title)
            .label(empty, "nothing to check")
            .help("list what the contract promises under `requirements`, each with its `feature`")
            .help("a master agreement promises nothing by itself: check it together with a contract that is `under` it")
            .help("what needs no feature is promised by `kind: service` and a `text`"),
    )
}
