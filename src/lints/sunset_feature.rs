use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of something that is there at the deadline and stops working before the contract ends. Without
    /// an end of the contract, any last day is before it. That the customer has accepted it (`met`) does not make it
    /// last.
    ///
    /// ## Why it matters
    ///
    /// The customer buys it for the whole term. The announcement of its end will reach them as a broken
    /// promise.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// period: { start: 2027-01-01, end: 2029-12-31 }
    /// requirements:
    ///   - feature: soap-api
    ///     due: 2027-01-01
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.soap-api]
    /// name = "SOAP API"
    /// status = "deprecated"
    /// sunset = 2027-09-30
    /// replaced-by = "bulk-api"
    ///
    /// [features.bulk-api]
    /// name = "Bulk API"
    /// status = "shipped"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// period: { start: 2027-01-01, end: 2029-12-31 }
    /// requirements:
    ///   - feature: bulk-api
    ///     due: 2027-01-01
    /// ```
    pub(super) static LINT = {
        name: "sunset-feature",
        summary: "there at the deadline, gone before the contract ends",
        level: Level::Deny,
        check: Check::Delivery(Row::Sunset, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    // `Judgement::obstacles` gives this row for what is gone alone. No finding at all would be a yes.
    let Some(sunset) = case.judgement.gone else { unreachable!("what is gone has a last day") };
    let last_day = sunset.value.earliest;
    let requirement = case.promise.requirement;
    let end = requirement.end(case.promise.contract).given();
    let until = case.end_in_words();
    let when = match end {
        Some(end) => {
            format!("{} before {until}", text::days(days_between(last_day, end.value.latest)))
        }
        None => "and the contract names no end".to_owned(),
    };
    let title = format!("{} stops working on {last_day}, {when}", case.feature_name());
    let help = case
        .replacement(case.judgement)
        .unwrap_or_else(|| "promise it until its last day only, or ask the team what takes its place".into());
    case.at_feature(&LINT, title, "promised for the whole term")
        .labels(case.end())
        .label(sunset.span, words::last_day(sunset.value))
        .notes(case.clause())
        .notes(case.others())
        .help(case.reword(help))
}
