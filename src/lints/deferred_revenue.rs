use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of a feature that is named and that does not exist yet: on time, late or without a date.
    ///
    /// ## Why it matters
    ///
    /// A specified future feature can be a performance obligation of its own: a distinct good or service that
    /// the contract promises beside what the customer gets today (ASC 606-10-25-14 to 25-22, IFRS 15.22 to 30).
    /// Then a part of the price belongs to it, and is revenue only when it is delivered. Whether it is one
    /// depends on what the contract says and on how the feature would be sold alone. This finding is for the
    /// review of finance, never a conclusion.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// value: 480000 EUR
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-09-30
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    ///
    /// [features.sso-saml]
    /// name = "SAML single sign-on"
    /// status = "shipped"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// value: 480000 EUR
    /// requirements:
    ///   - feature: sso-saml
    ///     due: 2027-09-30
    /// ```
    pub(super) static LINT = {
        name: "deferred-revenue",
        summary: "a specified future feature, for which revenue may have to wait",
        level: Level::Allow,
        check: Check::Feature(check),
    }
}

fn check(case: &Case<'_, '_>) -> Option<Finding> {
    let judgement = case.cells.iter().find(|judgement| judgement.delivery.is_unshipped())?;
    let case = &case.of(judgement);
    let title = format!(
        "{} is a specified future feature: revenue for it may have to wait until it is delivered",
        case.subject()
    );
    let when = match (judgement.expected, judgement.undated) {
        (Some(expected), _) => case.planned(expected),
        (None, Some(reason)) => format!("it {}", words::no_date(reason)),
        (None, None) => "it has no date".to_owned(),
    };
    let expected = match judgement.expected {
        Some(expected) if expected.is_day() => format!("it is expected on {expected}"),
        Some(expected) => format!("it is expected between {} and {}", expected.earliest, expected.latest),
        None => "the roadmap does not say when it is delivered".to_owned(),
    };
    let worth = match case.promise.contract.value {
        Some(value) => format!("{expected}; the contract is worth {}", value.value),
        None => format!("{expected}; the contract states no value"),
    };
    let finding = case
        .at_feature(&LINT, title, "promised here, not delivered yet")
        .labels(case.when(when))
        .chain(case)
        .notes(case.clause())
        .note(worth)
        .note(
            "a promise of a distinct good or service, as a specified upgrade can be, is a performance \
             obligation of its own: ASC 606-10-25-14 to 25-22, IFRS 15.22 to 30",
        )
        .note("this is for review, not a conclusion: finance decides")
        .help("have finance look at it, and record what they decide as a waiver")
        .helps(case.is_draft().then_some("or leave it out, and sell what is delivered today"));
    Some(finding)
}
