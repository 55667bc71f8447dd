use crate::model::evidence::ConfirmationSource;
use crate::model::forecast::ChanceBand;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise that is on time by plan, where plans like this one are seldom kept: fewer than 35 in 100. What counts is whether
    /// the team has `committed` to its target, whether it was confirmed within 60 days (as for `unconfirmed-target`), and the days
    /// to spare.
    ///
    /// How many plans of a kind were kept, a table says, which was measured on 2,067 plans that the Kubernetes project
    /// published; `[forecast]` in the configuration takes the place of it. It is a table about plans, and says nothing of
    /// a single one for certain.
    ///
    /// It is for product and the desk: a comment on a pull request (`--format markdown`) counts the finding, and does not
    /// show it. What becomes remarks beside a change (`github`, `gitlab`, `junit`, `sarif`) leaves it out, and a line on
    /// standard error counts it. Where git does not tell all, as in a shallow clone, a target without a stated day counts as confirmed.
    ///
    /// ## Why it matters
    ///
    /// What is on time by plan is not on time yet. Of plans that nobody has confirmed for long, and that leave no days to
    /// spare, 15 in 100 were kept; of those that a team has committed to and confirmed of late, 79.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
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
    /// confirmed = 2026-08-14
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    /// confirmed = 2026-11-20
    /// committed = true
    /// ```
    pub(super) static LINT = {
        name: "unlikely-deadline",
        summary: "on time by plan, and plans like it are seldom kept",
        level: Level::Allow,
        rests_on_history: true,
        tells_chances: true,
        check: Check::Feature(check),
    }
}

fn check(case: &Case<'_, '_>) -> Option<Finding> {
    let context = case.context;
    let forecaster = context.forecaster();
    let unlikely =
        case.cells.iter().filter_map(|judgement| Some((*judgement, forecaster.of_feature(judgement)?.1)));
    let unlikely = unlikely.filter(|(_, chance)| ChanceBand::of(chance.value) == ChanceBand::Seldom);
    let (judgement, chance) = unlikely.min_by_key(|(_, chance)| chance.value)?;
    let case = case.of(judgement);
    let (offer, expected) = (judgement.offer?, judgement.expected?);
    let title = format!("{} is on time by plan, and plans like this one are seldom kept", case.subject());
    let needed = case.promise.requirement.due.window()?.latest;
    let later = context.forecast.needed(chance.standby).and_then(|days| add_days(expected.latest, days));
    let later = later.map(|day| {
        case.reword(format!("agree on {day} or later, with which plans like it are kept more often"))
    });
    let said = match chance.confirmation {
        Some(said) if said.by == ConfirmationSource::Roadmap => {
            offer.confirmed.map(|confirmed| confirmed.span)
        }
        _ => None,
    };
    let finding = case
        .at_feature(&LINT, title, &format!("needed by {needed}"))
        .label(said.unwrap_or(offer.when_span()), &chance.reasons[0])
        .notes(&chance.reasons[1..])
        .note(chance.source)
        .notes(case.clause())
        .help("have the team confirm the target, and commit to it: `confirmed` and `committed = true`")
        .helps(later);
    Some(finding)
}
