use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of something that is not available today, even where the roadmap says that it will be in time. Where
    /// people read at length (`full`, `narrated`, `markdown`), three and more such promises of a contract that nothing else
    /// is to be said of are told in a line each, unless the lint is denied.
    ///
    /// ## Why it matters
    ///
    /// A plan is not a fact: of plans to ship in the very next release, about one in four holds where the team
    /// has not committed to it. Whoever signs should know which promises rest on one.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-12-31
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
    /// Promise what has shipped. Where promising a plan is the rule of the house, say so once, with
    /// `unshipped-feature = "allow"` under `[lints]`.
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// shipped = 2026-10-12
    /// ```
    pub(super) static LINT = {
        name: "unshipped-feature",
        summary: "on time by plan, but not available today",
        level: Level::Warn,
        check: Check::Delivery(Row::Unshipped, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let judgement = case.judgement;
    let label = match judgement.expected {
        Some(expected) => case.when(case.planned(expected)),
        None => judgement.offer.map(|offer| (offer.status.span, "not shipped".to_owned())),
    };
    let needed = judgement.expected.map(|expected| {
        let Window { earliest, latest } = case.deadline();
        match days_between(expected.latest, earliest) {
            spare @ 0.. => (
                format!("the contract needs it by {earliest}: {} to spare", text::days(spare)),
                case.reading(CountedDay::First),
            ),
            _ => (format!("the contract needs it by {latest}"), case.reading(CountedDay::Last)),
        }
    });
    let (needed, reading) = needed.unzip();
    let title = format!("{} is promised and not available yet", case.subject());
    case.at_feature(&LINT, title, "promised here")
        .item(item(case))
        .labels(label)
        .notes(needed)
        .notes(reading.unwrap_or_default())
        .close(case)
        .chain(case)
        .help(if case.is_draft() {
            "promise what has shipped, or have the person who answers for the plan agree to the date"
        } else {
            "the contract is signed: tell the team that a customer waits for this date"
        })
}

/// In a line what is merely planned: for all that is asked for, in time by its first day, and waiting for nothing.
fn item(case: &Case<'_, '_>) -> Option<ListItem> {
    let expected = case.judgement.expected.filter(|_| case.judgement.chain.is_empty())?;
    let needed = case.promise.requirement.due.window()?.earliest;
    let spare = match days_between(expected.latest, needed) {
        ..0 => return None,
        0 => "on the day it is needed".to_owned(),
        days => format!("{} before it is needed", text::days(days)),
    };
    let is_plain = case.others().is_none() && case.promise.requirement.remedy.is_none();
    let (name, subject) = (&case.promise.requirement.name, case.subject());
    let words = format!("{name}, {subject}: {}, {spare}", case.planned(expected));
    is_plain.then_some(ListItem { heading: "promises are planned, and not available yet", words })
}
