use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of something that was retired or rejected, or whose last day is on or before the deadline.
    ///
    /// ## Why it matters
    ///
    /// It was in the product once, or on the roadmap, and the slides still show it. The team has moved on:
    /// building it again, or keeping it alive for one customer, costs more than most contracts bring.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: soap-api
    ///     due: 2027-12-31
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
    /// requirements:
    ///   - feature: bulk-api
    ///     due: 2027-12-31
    /// ```
    pub(super) static LINT = {
        name: "dropped-feature",
        summary: "retired, rejected, or gone by the deadline",
        level: Level::Deny,
        check: Check::Delivery(Row::Dropped, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let offer = case.judgement.offer;
    let at_status = |label: &str| offer.map(|offer| (offer.status.span, label.to_owned()));
    let goes = offer.and_then(|offer| offer.sunset);
    let (title, label, reading) = match (offer.map(|offer| offer.status.value), goes) {
        (Some(Status::Rejected), _) => {
            (format!("{} will not be built", case.subject()), at_status("decided against"), Vec::new())
        }
        (Some(Status::Retired), _) | (_, None) => {
            (format!("{} is no longer available", case.subject()), at_status("retired"), Vec::new())
        }
        (_, Some(sunset)) => {
            let last_day = sunset.value.earliest;
            let before = match days_between(last_day, case.deadline().latest) {
                _ if !case.judgement.has_deadline => "before anybody needs it".to_owned(),
                0 => "the day the contract needs it".to_owned(),
                days => format!("{} before the contract needs it", text::days(days)),
            };
            let title = format!("{} stops working on {last_day}, {before}", case.subject());
            let label = Some((sunset.span, words::last_day(sunset.value)));
            (title, label, case.reading(CountedDay::Last))
        }
    };
    case.at_feature(&LINT, title, "promised here")
        .labels(label)
        .close(case)
        .notes(reading)
        .help(case.instead_of(case.judgement))
}
