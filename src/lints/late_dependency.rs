use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise that would be kept if it were only for the feature itself, and that is late, or has no date,
    /// because of something that the feature depends on.
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
    let waits = match late.chain.last() {
        Some(last) => format!("since it waits for {}", words::quoted(last.feature.title())),
        None => "since it waits for something else".to_owned(),
    };
    let Some(expected) = late.expected else {
        let title = format!("{} has no date that can be promised, {waits}", case.subject());
        let finding = case.chain(case.close(case.at_deadline(&LINT, title, "needed by this day")));
        return finding
            .help("ask the team that it waits for when that will be there, and have it set in the roadmap");
    };
    let ships = if late.certain { "ships" } else { "may ship" };
    let distance = text::days(words::days_late(expected, case.deadline()));
    let title = format!("{} {ships} {distance} after the contract needs it, {waits}", case.subject());
    let finding = case.at_deadline(&LINT, title, "needed by this day");
    let own = late.offer.and_then(|offer| offer.target).map(|target| target.value.latest);
    let finding = match own {
        Some(own) => {
            case.label_when(finding, late.offer, format!("planned to ship by {own}, by itself in time"))
        }
        None => finding,
    };
    let finding = words::note_all(case.chain(case.close(finding)), case.reading());
    finding.help(case.later_deadline(expected))
}
