use super::prelude::*;
use super::scope_gap;

declare_lint! {
    /// ## What it finds
    ///
    /// A draft that promises, by a day that is already over or lies before its own signature, something that
    /// was not available by then. Also a service for such a day: no roadmap knows whether it was done.
    ///
    /// ## Why it matters
    ///
    /// The contract would be broken on the day it is signed. Mostly the draft was copied from an older one, or
    /// the signature has slipped and the dates have not.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2026-10-01
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
        name: "past-deadline",
        summary: "a draft promises a day that is over, or before signing",
        level: Level::Deny,
        check: Check::Delivery(Row::Past, word),
        of_services: of_service,
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let judgement = case.judgement;
    let day = case.deadline().latest;
    let (before, label) = when(day, judgement.lapse, case.context.today);
    let fares = match judgement.time {
        Delivery::Shipped => "was not there by then".to_owned(),
        Delivery::Undated => "has no date".to_owned(),
        _ => format!("is {}", words::state(judgement)),
    };
    let title = format!("{} is promised for {day}, {before}, and {fares}", case.subject());
    let by_signing = matches!(judgement.lapse, Some(Lapse::BeforeSigning(_)));
    let signing = case.promise.contract.signing.filter(|_| by_signing);
    let finding = case
        .at_deadline(&LINT, title, label)
        .labels(signing.map(|signing| (signing.span, "signed on this day")))
        .labels(case.instead())
        .close(case)
        .chain(case)
        .notes(case.reading(CountedDay::Last));
    let other = if judgement.delivery == Delivery::ScopeGap { scope_gap::limit(case) } else { None };
    match other {
        Some(help) => finding.help(help),
        None => finding.later_deadline(case),
    }
}

/// How far before what a day is that is over.
fn when(day: Date, lapse: Option<Lapse>, today: Date) -> (String, &'static str) {
    match lapse {
        Some(Lapse::BeforeSigning(signing)) => {
            let distance = text::days(days_between(day, signing.earliest));
            (format!("{distance} before the contract is signed"), "this day is before the signature")
        }
        _ => {
            let distance = text::days(days_between(day, today));
            (format!("{distance} before today"), "this day is over")
        }
    }
}

/// A service, of which a draft says by when. One that says nothing is promised from the first day on, and may last.
fn of_service(case: &PromiseCase<'_, '_>) -> Option<Finding> {
    let Promise { contract, requirement, .. } = case.promise;
    let is_promised = requirement.is_service && case.promise.status() == ContractStatus::Draft;
    let span = requirement.due.span.filter(|_| is_promised && !requirement.unreadable)?;
    let day = requirement.due.window()?.latest;
    let lapse = Lapse::of_draft(day, contract.signing.map(|signing| signing.value), case.context.today)?;
    let (before, label) = when(day, Some(lapse), case.context.today);
    let signing = contract.signing.filter(|_| matches!(lapse, Lapse::BeforeSigning(_)));
    let finding = case
        .finding(&LINT, format!("this service is promised for {day}, {before}"))
        .label(span, label)
        .labels(signing.map(|signing| (signing.span, "signed on this day")))
        .notes(words::clause(requirement))
        .notes(words::reading(requirement, CountedDay::Last))
        .help("promise it for a day after the signature that is still to come; what has been done need not be promised");
    Some(finding)
}
