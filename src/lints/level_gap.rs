use compact_str::CompactString;

use crate::model::constraint::Constraint;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of a level (an uptime, a retention, a rate) that every offer of the feature states and that
    /// none reaches.
    ///
    /// ## Why it matters
    ///
    /// The feature is there, so nobody looks twice; the number in the contract is the customer's, not the
    /// product's.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-03-31
    ///     needs: { retention: ">= 365 days" }
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "shipped"
    /// levels = { retention = "90 days" }
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-03-31
    ///     needs: { retention: ">= 90 days" }
    /// ```
    pub(super) static LINT = {
        name: "level-gap",
        summary: "it does not reach the level that the contract needs",
        level: Level::Deny,
        check: Check::Delivery(Row::LevelGap, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let Some((need, level)) = case.judgement.shortfall else {
        let title = format!("{} does not reach what the contract needs", case.subject());
        return case.close(case.at_feature(&LINT, title, "promised here"));
    };
    let name = &need.name.value;
    let (needed, stated) = (&need.constraint.value, &level.value.value);
    let title = format!("the {name} of {} is {stated}", case.subject());
    let title = match needed.shortfall(stated) {
        Some(distance) => {
            let beside = match needed.relation {
                Relation::AtLeast | Relation::MoreThan => "short of",
                Relation::AtMost | Relation::LessThan => "over",
                Relation::Equal => "away from",
            };
            format!("{title}, {distance} {beside} what the contract needs")
        }
        None => format!("{title}; the contract needs {}", needed.words()),
    };
    let id = case.judgement.feature.map_or("", |feature| &feature.id.value);
    let finding = Finding::new(&LINT, title)
        .feature(id)
        .about(format!("{name} {}", case.judgement.cell.with_names()))
        .label(need.constraint.span, format!("needs {}", needed.words()))
        .label(case.judgement.written.span, "promised here")
        .label(level.value.span, format!("reaches {stated}"));
    let finding = case.close(finding);
    let ask = format!(
        "ask the team for a date for {}, and have it added to the roadmap as an offer",
        needed.words()
    );
    match what_there_is(case) {
        Some(help) => finding.help(case.reword(help)).help(format!("or {ask}")),
        None => finding.help(ask),
    }
}

/// The levels that can be promised, with the deadline where that has to change, too.
pub(super) fn what_there_is(case: &Case<'_, '_>) -> Option<String> {
    let mut lowered = case.what_if(|requirement| {
        requirement.features.retain(|promised| promised.target.feature() == case.judgement.at);
    });
    // Each platform may reach another level, so that one round need not be enough.
    let most = case.judgement.feature?.offers.len() * case.promise.requirement.needs.len();
    for _ in 0..most {
        let Some((name, constraint)) = lower(&lowered.promise()) else { break };
        lowered.change(|requirement| {
            for need in requirement.needs.iter_mut().filter(|need| need.name.value == name) {
                need.constraint.value = constraint.clone();
            }
        });
    }
    let asked = case.promise.requirement.needs.iter().zip(&lowered.requirement().needs);
    let changed = asked.filter(|(asked, need)| asked.constraint.value != need.constraint.value);
    let needs: Vec<String> =
        changed.map(|(_, need)| format!("`{}: \"{}\"`", need.name.value, need.constraint.value)).collect();
    let help = format!("ask for what there is: {}", text::and_list(&needs));
    if lowered.holds() {
        return Some(help);
    }
    Some(format!("{help}, with a deadline {}", lowered.days()?))
}

/// A level that is missed, with the bound that is kept: by as much as there is.
fn lower(promise: &Promise<'_>) -> Option<(CompactString, Constraint)> {
    let (need, level) = promise.judgements.iter().find_map(|judgement| judgement.shortfall)?;
    let relation = match need.constraint.value.relation {
        Relation::MoreThan => Relation::AtLeast,
        Relation::LessThan => Relation::AtMost,
        kept => kept,
    };
    Some((need.name.value.clone(), Constraint { relation, quantity: level.value.value.clone() }))
}
