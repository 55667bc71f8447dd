use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A contract that is marked as signed, and whose day of signing is still to come. Of a period such as `Q1 2027`
    /// the first day counts.
    ///
    /// ## Why it matters
    ///
    /// One of the two is not true. If the deal is still a draft, its words can be changed, and it is judged as if they
    /// could not; if it is signed, all that is due some days after the signing is due sooner than it seems.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// status: signed
    /// signing: 2026-12-15
    /// requirements:
    ///   - feature: audit-log
    ///     due: 30 days after signing
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
    /// status: draft
    /// signing: 2026-12-15
    /// requirements:
    ///   - feature: audit-log
    ///     due: 30 days after signing
    /// ```
    pub(super) static LINT = {
        name: "future-signing",
        summary: "marked as signed, and the day of signing is to come",
        level: Level::Warn,
        check: Check::Contract(|judged, context| Ok(check(judged, context).into_iter().collect())),
    }
}

fn check(judged: &JudgedContract<'_>, context: &LintContext<'_>) -> Option<Finding> {
    let contract = judged.contract;
    if contract.status != ContractStatus::Signed {
        return None;
    }
    // The day of a base is told at the base, not once more at each amendment that states none.
    let signing = contract.signing.filter(|signing| signing.span.file == contract.file)?;
    let first = signing.value.earliest;
    if first <= context.today {
        return None;
    }
    let distance = text::days(days_between(context.today, first));
    let title = format!("the contract is marked as signed, but its day of signing is {distance} from now");
    let label = match signing.value.is_day() {
        true => format!("still to come: {first}"),
        false => format!("still to come: {first} at the earliest"),
    };
    Some(
        judged
            .finding(&LINT, title)
            .label(signing.span, label)
            .note(match contract.amends {
                Some(_) => "until that day, the contract that it amends is judged as it stands",
                None => "it is judged as signed: what it promises can no longer be changed",
            })
            .help("if nobody has signed yet, write `draft` as its `status`")
            .help("if it is signed, write the day on which it was as its `signing`"),
    )
}
