use super::late_dependency;
use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise for which a beta is there by the deadline, the release is not, and the contract does not
    /// accept a beta.
    ///
    /// ## Why it matters
    ///
    /// A beta has no support, no service level and no references; a customer who was promised a product will
    /// not take it for one. A customer who knows it, and wants to be first, often will.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: route-planner
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.route-planner]
    /// name = "Route planner"
    /// status = "beta"
    /// beta = 2026-10-05
    /// target = "2027-Q3"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: route-planner
    ///     due: 2027-03-31
    ///     accept: beta
    /// ```
    pub(super) static LINT = {
        name: "beta-feature",
        summary: "only a beta is there by the deadline, and none is accepted",
        level: Level::Deny,
        check: Check::Delivery(Row::Beta, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let judgement = case.judgement;
    let begins = judgement.offer.map(|offer| match (offer.status.value, offer.beta) {
        (Status::Beta, Some(since)) => (since.span, format!("in beta since {}", since.value.earliest)),
        (_, Some(planned)) => (planned.span, format!("its beta is planned by {}", planned.value.latest)),
        (_, None) => (offer.status.span, "in beta".to_owned()),
    });
    let release = match (judgement.expected, judgement.undated) {
        (None, _) if !judgement.chain.is_empty() => {
            format!("the release has no date, {}", late_dependency::waits(case))
        }
        (Some(expected), _) => format!(
            "the release is planned by {}, {} after the contract needs it",
            expected.latest,
            text::days(words::days_late(expected, case.deadline()))
        ),
        (None, Some(reason)) => format!("the release {}", words::no_date(reason)),
        (None, None) => "the release has no date".to_owned(),
    };
    let title = format!("only a beta of {} is there by the day the contract needs it", case.subject());
    case.at_deadline(&LINT, title, "needed by this day")
        .labels(begins)
        .close(case)
        .chain(case)
        .note(release)
        .notes(case.reading(CountedDay::Last))
        .help(case.reword("write \"accept: beta\" if the customer takes a beta, as a launch partner does"))
        .helps(case.kept_deadline().map(|help| case.reword(help)))
}
