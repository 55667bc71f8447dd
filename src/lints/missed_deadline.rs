use crate::source::Spanned;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of a signed contract whose deadline has passed and that the roadmap does not show as
    /// delivered, or shows as gone by then. What came only after the last day on which it must hold, `until` or the contract's
    /// end, was never delivered.
    ///
    /// ## Why it matters
    ///
    /// The customer is waiting, and will ask. What the contract says of such a day, and what the customer is told, is
    /// better decided before they do.
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
        name: "missed-deadline",
        summary: "signed, the deadline has passed, not delivered",
        level: Level::Deny,
        check: Check::Delivery(Row::Missed, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let end = case.promise.requirement.end(case.promise.contract).given();
    if let Some((came, end)) = case.judgement.came().zip(end.copied())
        && came.value.latest > end.value.latest
    {
        return came_after(case, came, end);
    }
    let day = case.deadline().latest;
    let ago = text::days(days_between(day, case.context.today));
    let subject = case.subject();
    let title = match case.judgement.time {
        Delivery::Undated => format!("{subject} was due on {day}, {ago} ago, and has no new date"),
        _ => {
            let state = words::state(case.judgement);
            format!("{subject} was due on {day}, {ago} ago, and is not delivered: it is {state}")
        }
    };
    let instead = || {
        let is_dropped = case.judgement.delivery == Delivery::Dropped;
        is_dropped.then(|| case.replacement(case.judgement).unwrap_or_else(|| "take the promise out".into()))
    };
    let agree = match case.kept_deadline().or_else(instead) {
        Some(help) => {
            // Not "tell the customer": a finding draws no legal conclusion.
            format!("decide with legal what the customer is told, and agree on an amendment: {}", help.text)
        }
        None => {
            "ask the team for a date, decide with legal what the customer is told, and agree on an amendment"
                .to_owned()
        }
    };
    let delivered = match case.judgement.delivery {
        Delivery::Dropped => None,
        Delivery::ScopeGap => Some("if it was delivered, have it added to the roadmap as an offer"),
        _ => Some("if it was delivered, set `status = \"shipped\"` and the day in the roadmap"),
    };
    case.at_deadline(&LINT, title, "this day has passed")
        .labels(case.instead())
        .close(case)
        .chain(case)
        .notes(case.reading(CountedDay::Last))
        .help(agree)
        .helps(delivered)
}

/// It came when nobody needed it any more.
fn came_after(case: &Case<'_, '_>, came: Spanned<Window>, end: Spanned<Window>) -> Finding {
    let due = case.promise.requirement.due.window().map(|due| format!("was due on {} and ", due.latest));
    let days = text::days(days_between(end.value.latest, came.value.latest));
    let last = match case.promise.requirement.until.is_absent() {
        true => "the contract's end",
        false => "the last day on which it was needed",
    };
    let title =
        format!("{} {}came on {}, {days} after {last}", case.subject(), due.unwrap_or_default(), came.value);
    case.at_deadline(&LINT, title, "this day has passed")
        .labels(case.end())
        .label(came.span, "there since")
        .close(case)
        .notes(case.reading(CountedDay::Last))
        .help("decide with legal what the customer is told")
        .help("if it was there earlier, set that day in the roadmap; if the customer accepted it, set `met` in the contract")
}
