use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise that would be kept if it were only for the feature itself, and that is late, or has no date,
    /// because of something that the feature depends on. Of what is promised for `when available` that is told only
    /// where what it depends on will not come at all, or comes after the last day on which it must hold.
    ///
    /// ## Why it matters
    ///
    /// The team that was asked said yes, and was right about its own work. The team it waits for was not asked.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-06-30
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "in-progress"
    /// target = "2027-03"
    /// depends-on = ["event-store"]
    ///
    /// [features.event-store]
    /// name = "Event store"
    /// status = "planned"
    /// target = "2027-Q3"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-12-15
    /// ```
    pub(super) static LINT = {
        name: "late-dependency",
        summary: "late only because of what the feature depends on",
        level: Level::Deny,
        check: Check::Delivery(Row::LateByDependency, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let late = case.judgement;
    let Some(expected) = late.expected else {
        return undated(case);
    };
    let ships = if late.certain { "ships" } else { "may ship" };
    let distance = text::days(words::days_late(expected, case.last_days()));
    let title = format!("{} {ships} {distance} after {}, {}", case.subject(), case.after_what(), waits(case));
    case.too_late(&LINT, title)
        .labels(own(case))
        .close(case)
        .chain(case)
        .notes(case.reading(CountedDay::Last))
        .later_deadline(case)
}

/// Says of what waits for something that has no date that it has none either, and how it does by itself.
fn undated(case: &Case<'_, '_>) -> Finding {
    let title = format!("{} has no date that can be promised, {}", case.subject(), waits(case));
    case.too_late(&LINT, title)
        .labels(own(case))
        .close(case)
        .chain(case)
        .helps(case.kept_deadline().map(|help| case.reword(help)))
        .help(ASK)
}

/// What helps where nobody knows when that will be there.
pub(super) const ASK: &str =
    "ask the team that it waits for when that will be there, and have it set in the roadmap";

/// What something waits for, as a reason.
pub(super) fn waits(case: &Case<'_, '_>) -> String {
    match case.judgement.chain.last() {
        Some(last) => format!("since it waits for {}", words::quoted(last.feature.title())),
        None => "since it waits for something else".to_owned(),
    }
}

/// The date that it would have if it waited for nothing: that of the beta, where that is what waits.
fn own(case: &Case<'_, '_>) -> Option<(Span, String)> {
    let Judgement { offer, by_beta, .. } = case.judgement;
    let offer = offer.filter(|offer| !matches!(offer.status.value, Status::Idea | Status::Paused))?;
    let date = offer.planned(*by_beta).filter(|date| !date.value.has_passed(case.context.today))?;
    case.when(format!("{}, by itself in time", case.planned(date.value)))
}
