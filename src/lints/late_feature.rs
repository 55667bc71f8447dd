use super::late_dependency;
use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise whose deadline comes before the feature does: the last day of the target is after the last day
    /// that the deadline can mean. It is certain when even the target's first day is too late, otherwise possible.
    /// What is promised for no day, such as `when available`, or for a day after the last one on which it must hold
    /// (`until`, or the contract's end), is late when it comes after that.
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
        return without_a_date(case);
    };
    let distance = text::days(words::days_late(expected, case.last_days()));
    let ships = if late.certain { "ships" } else { "may ship" };
    let title = format!("{} {ships} {distance} after {}", case.subject(), case.after_what());
    let forward = || {
        let deadline = case.last_days().latest;
        format!("or have the target brought forward: the contract needs it by {deadline}")
    };
    case.too_late(&LINT, title)
        .labels(case.when(case.planned(expected)))
        .close(case)
        .chain(case)
        .note(certainty(case, late, expected))
        .notes(case.reading(CountedDay::Last))
        .later_deadline(case)
        .helps((!case.is_draft()).then(forward))
}

/// Late by its own plan, and no day can be named, since what it waits for has none.
fn without_a_date(case: &Case<'_, '_>) -> Finding {
    let late = case.judgement;
    let own = late.offer.and_then(|offer| offer.planned(late.by_beta));
    let planned = match own.map(|own| words::days_late(own.value, case.last_days())) {
        Some(days) => format!("is planned for {} after {}", text::days(days), case.after_what()),
        None => "is late".to_owned(),
    };
    let (waits, help) = match late.chain.last().and_then(|last| Some((last, last.undated?))) {
        Some((last, reason)) => (
            format!("waits for {}, which {}", words::quoted(last.feature.title()), words::no_date(reason)),
            late_dependency::ASK,
        ),
        None => (
            "what it waits for could not be read".to_owned(),
            "a day can be named once what the roadmap says of it is put right",
        ),
    };
    let title = format!("{} {planned}, and {waits}", case.subject());
    case.too_late(&LINT, title)
        .labels(own.and_then(|own| case.when(case.planned(own.value))))
        .close(case)
        .chain(case)
        .help(help)
}

/// Whether it is late in any case, or only if its target is used up.
fn certainty(case: &Case<'_, '_>, late: &Judgement<'_>, expected: Window) -> String {
    let target = late.offer.and_then(|offer| offer.target_text.as_ref()).filter(|_| late.chain.is_empty());
    let target = match target {
        _ if late.by_beta => "the time planned for its beta",
        // What names no day by itself, such as `now` or a release, has no first one either.
        Some(text) if text.value.contains(|c: char| c.is_ascii_digit()) => text.value.trim(),
        Some(_) => "its target",
        None => "the time planned",
    };
    let early = days_between(case.last_days().latest, expected.earliest);
    match (late.certain, early) {
        (true, 1..) if expected.is_day() => "certain: the roadmap names a day, not a period".to_owned(),
        (true, 1..) => format!("certain: even the first day of {target} is {} too late", text::days(early)),
        (true, _) => "certain: the deadline has passed".to_owned(),
        (false, _) => format!("possible: the first day of {target}, {}, would be in time", expected.earliest),
    }
}
