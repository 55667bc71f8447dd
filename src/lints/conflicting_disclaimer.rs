use crate::model::contract::Requirement;
use crate::prose::disclaimers::disclaims_future;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A sentence in the contract's `documents` that disclaims future functionality ("not contingent on the delivery of any
    /// future functionality or features"), where the contract promises something with a date that is not available today. A
    /// sentence that leaves out what the contract itself promises is quiet.
    ///
    /// ## Why it matters
    ///
    /// The contract says both that something will be delivered, and that nothing to come was promised. Which of the two holds
    /// is then for a dispute to settle; what was meant can be written in a line.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// documents: [agreement.md]
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-12-31
    /// ```
    ///
    /// ```text agreement.md
    /// # Order form
    ///
    /// 1. Vendor shall provide the Audit log by 31 December 2027.
    /// 2. Customer's purchase is not contingent on the delivery of any future functionality or features.
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
    /// ```text agreement.md
    /// # Order form
    ///
    /// 1. Vendor shall provide the Audit log by 31 December 2027.
    /// 2. Except as set out in section 1, Customer's purchase is not contingent on the delivery of any future functionality or
    ///    features.
    /// ```
    pub(super) static LINT = {
        name: "conflicting-disclaimer",
        summary: "a document disclaims what the contract promises",
        level: Level::Warn,
        check: Check::Documents(|case| check(case).into_iter().collect()),
    }
}

fn check(case: &DocumentsCase<'_, '_>) -> Option<Finding> {
    let promised: Vec<(&Requirement, Span)> =
        case.judged.promises.iter().filter_map(promised_for_a_day).collect();
    let (requirement, due) = promised.first()?;
    let said = case.documents().read.iter().flat_map(|document| {
        document
            .sentences()
            .filter(|statement| disclaims_future(statement))
            .map(move |statement| (document, statement))
    });
    let (document, statement) = said.into_iter().next()?;
    let place = document.place_in_words(statement);
    let others: Vec<String> = promised[1..].iter().map(|(other, _)| other.name.to_string()).collect();
    let title =
        format!("{place} disclaims future functionality, and {} promises some with a date", requirement.name);
    let finding = case
        .finding(&LINT, title, [&statement.text])
        .label(document.place(statement), "disclaimed here")
        .label(*due, "promised by this day, and not available today")
        .notes((!others.is_empty()).then(|| format!("the same holds for {}", words::some_of(&others))))
        .help(words::reword(
            case.contract().status,
            "say in the disclaimer that it is not about what the contract itself promises, or promise no date",
        ));
    Some(finding)
}

/// A promise with a date of its own of what is not available today.
fn promised_for_a_day<'r>(promise: &Promise<'r>) -> Option<(&'r Requirement, Span)> {
    let requirement = promise.requirement;
    let is_unshipped = promise.judgements.iter().any(|judgement| judgement.delivery.is_unshipped());
    requirement.due.deadline().filter(|_| is_unshipped && requirement.worsening.is_none())?;
    Some((requirement, requirement.due.span?))
}
