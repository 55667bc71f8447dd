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
    let Some(offer) = case.judgement.offer else {
        let title = format!("{} is dropped", case.subject());
        return case.at_feature(&LINT, title, "promised here").close(case);
    };
    let (title, span, label) = match (offer.status.value, offer.sunset) {
        (Status::Rejected, _) => {
            (format!("{} will not be built", case.subject()), offer.status.span, "decided against".to_owned())
        }
        (Status::Retired, _) | (_, None) => {
            (format!("{} is no longer available", case.subject()), offer.status.span, "retired".to_owned())
        }
        (_, Some(sunset)) => (
            format!(
                "{} stops working on {}, {}",
                case.subject(),
                sunset.value.earliest,
                match days_between(sunset.value.earliest, case.deadline().latest) {
                    0 => "the day the contract needs it".to_owned(),
                    days => format!("{} before the contract needs it", text::days(days)),
                }
            ),
            sunset.span,
            words::last_day(sunset.value),
        ),
    };
    let goes_by_dates = span != offer.status.span;
    case.at_feature(&LINT, title, "promised here")
        .label(span, label)
        .close(case)
        .notes(case.reading(Counts::Last).filter(|_| goes_by_dates))
        .help(case.instead_of(case.judgement))
}
