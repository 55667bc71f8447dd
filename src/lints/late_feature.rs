use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise whose deadline comes before the feature does: the last day of the target is after the last day
    /// that the deadline can mean. It is certain when even the target's first day is too late, otherwise possible.
    ///
    /// ## Why it matters
    ///
    /// The customer plans with the date in the contract. The team plans with the date in the roadmap. Nobody has
    /// told either that they differ, and the difference is paid for in credits, in escalations, or in a release
    /// that is rushed.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-01-31
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
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-07-30
    /// ```
    pub(super) static LINT = {
        name: "late-feature",
        summary: "the feature ships after the contract needs it",
        level: Level::Deny,
        check: Check::Delivery(Row::Late, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let late = case.judgement;
    let Some(expected) = late.expected else {
        return case.close(case.at_deadline(
            &LINT,
            format!("{} is late", case.subject()),
            "needed by this day",
        ));
    };
    let distance = text::days(words::days_late(expected, case.deadline()));
    let (ships, certainty) = if late.certain {
        ("ships", "certain: even the first day of its target")
    } else {
        ("may ship", "possible: the first day of its target")
    };
    let title = format!("{} {ships} {distance} after the contract needs it", case.subject());
    let finding = case.at_deadline(&LINT, title, "needed by this day");
    let finding = case.label_when(finding, late.offer, case.planned(expected));
    let early = words::days_late(Window::day(expected.earliest), case.deadline());
    let spare = if late.certain {
        format!("{certainty} is {} too late", text::days(early))
    } else {
        format!("{certainty}, {}, would be in time", expected.earliest)
    };
    let finding = words::note_all(case.chain(case.close(finding)).note(spare), case.reading());
    finding.help(case.later_deadline(expected))
}
