use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of a signed contract whose deadline has passed and that the roadmap does not show as
    /// delivered, or shows as gone by then.
    ///
    /// ## Why it matters
    ///
    /// From this day on the customer may have a claim: credits, damages, or a way out of the contract. It is
    /// better that we write to them than that they write to us.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// status: signed
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2026-10-01
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "in-progress"
    /// target = "2027-Q2"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// shipped = 2026-09-28
    /// ```
    pub(super) static LINT = {
        name: "breached-deadline",
        summary: "signed, the deadline has passed, not delivered",
        level: Level::Deny,
        check: Check::Delivery(Row::Breached, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let day = case.deadline().latest;
    let ago = text::days(days_between(day, case.run.today));
    let title = format!(
        "{} was due on {day}, {ago} ago, and is not delivered: it is {}",
        case.subject(),
        words::state(case.judgement)
    );
    let finding = case.at_deadline(&LINT, title, "this day has passed");
    let finding = case.chain(case.close(now(case, finding)));
    let finding = match case.judgement.expected {
        Some(expected) => finding.help(format!(
            "tell the customer, and agree on an amendment with a new deadline: the roadmap says {}",
            expected.latest
        )),
        None if case.judgement.delivery == Delivery::Dropped => {
            let instead = words::replacement(case.run.roadmap, case.judgement.feature);
            let instead = instead.unwrap_or_else(|| "take the promise out".to_owned());
            finding.help(format!("tell the customer, and agree on an amendment: {instead}"))
        }
        None => finding.help("ask the team for a date, tell the customer, and agree on an amendment"),
    };
    match case.judgement.delivery {
        Delivery::Dropped => finding,
        Delivery::LevelGap | Delivery::ScopeGap => {
            finding.help("if it was delivered, have it added to the roadmap as an offer")
        }
        _ => finding.help("if it was delivered, set `status = \"shipped\"` and the day in the roadmap"),
    }
}

/// Labels what the roadmap has instead.
fn now(case: &Case<'_, '_>, finding: Finding) -> Finding {
    let judgement = case.judgement;
    let Some(offer) = judgement.offer else { return finding };
    if let Some(sunset) = offer.sunset.filter(|_| judgement.delivery == Delivery::Dropped) {
        return finding.label(sunset.span, format!("its last day was {}", sunset.value.earliest));
    }
    match (judgement.shortfall, judgement.undated) {
        (Some((need, level)), _) => finding
            .label(level.value.span, format!("reaches {}", level.value.value))
            .label(need.constraint.span, format!("needs {}", need.constraint.value.words())),
        (None, Some(reason)) if judgement.chain.is_empty() => {
            finding.label(offer.when_span(), format!("it {}", words::no_date(reason)))
        }
        (None, _) if judgement.delivery == Delivery::ScopeGap => {
            finding.label(offer.scope_span.unwrap_or(offer.place), "the roadmap has it for this")
        }
        (None, _) => finding.label(offer.when_span(), format!("it is {}", words::state(judgement))),
    }
}
