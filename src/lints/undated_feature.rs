use super::late_dependency;
use crate::delivery::unsound_dependency;
use crate::model::target::is_no_date;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of something that is only an idea, is paused, has no target, or has a target that has passed
    /// without the feature having shipped.
    ///
    /// ## Why it matters
    ///
    /// There is no day on which it will be there, so there is none that can be promised. A target in the past
    /// is the roadmap's way of saying that nobody has looked.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: bank-feeds
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.bank-feeds]
    /// name = "Direct bank feeds"
    /// status = "in-progress"
    /// target = "2026-Q3"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml roadmap.toml
    /// [features.bank-feeds]
    /// name = "Direct bank feeds"
    /// status = "in-progress"
    /// target = 2027-02-26
    /// ```
    pub(super) static LINT = {
        name: "undated-feature",
        summary: "the feature has no date that can be promised",
        level: Level::Deny,
        check: Check::Delivery(Row::Undated, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    if !case.judgement.chain.is_empty() {
        return waiting(case);
    }
    let why = case.judgement.offer.map(|offer| match case.judgement.undated {
        Some(UndatedReason::TargetPassed(ago)) => {
            (offer.when_span(), format!("this target passed {} ago", text::days(ago)))
        }
        Some(UndatedReason::NoTarget)
            if offer.target_text.as_ref().is_some_and(|text| !is_no_date(&text.value)) =>
        {
            (offer.when_span(), "this release has no date yet".to_owned())
        }
        Some(reason) => {
            let roadmap = case.context.roadmap;
            let unsound = case.judgement.at.and_then(|at| unsound_dependency(roadmap, at, offer));
            let span = match (reason, unsound) {
                (UndatedReason::NoTarget, _) => offer.when_span(),
                (
                    UndatedReason::UnknownDependency | UndatedReason::CircularDependency,
                    Some((dependency, _)),
                ) => dependency.text.span,
                _ => offer.status.span,
            };
            (span, format!("it {}", words::no_date(reason)))
        }
        None => (offer.status.span, "no date".to_owned()),
    });
    let ask = match case.judgement.undated {
        Some(UndatedReason::TargetPassed(_)) => {
            "ask the team for a new target, and have it set in the roadmap"
        }
        Some(UndatedReason::UnknownDependency | UndatedReason::CircularDependency) => {
            "ask the team what it waits for, and have the roadmap say so"
        }
        _ => "ask the team for a target, and have it set in the roadmap",
    };
    let title = format!("{} has no date that can be promised", case.subject());
    let finding = case.at_deadline(&LINT, title, "needed by this day").labels(why).close(case);
    if case.is_draft() {
        finding.help(ask).help("until there is one, take the promise out")
    } else {
        finding.help(format!("the contract is signed: {ask}"))
    }
}

/// Says of what is promised for no day, and waits for something that has no date, that it has none either.
fn waiting(case: &Case<'_, '_>) -> Finding {
    let title =
        format!("{} has no date that can be promised, {}", case.subject(), late_dependency::waits(case));
    case.at_deadline(&LINT, title, "needed by this day").close(case).chain(case).help(late_dependency::ASK)
}
