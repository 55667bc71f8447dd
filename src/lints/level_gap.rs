use compact_str::CompactString;

use crate::model::constraint::Constraint;
use crate::model::contract::Need;
use crate::model::roadmap;

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
    let Some(&(need, level)) = case.judgement.shortfalls.first() else {
        unreachable!("a level gap is a gap of some level");
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
    let others = case.judgement.shortfalls.iter().skip(1).flat_map(|(need, level)| {
        let needs = format!("needs {}, too", need.constraint.value.words());
        [(need.constraint.span, needs), (level.value.span, format!("reaches {}", level.value.value))]
    });
    let ask = format!(
        "ask the team for a date for {}, and have it added to the roadmap as an offer",
        needed.words()
    );
    let helps = match what_there_is(case) {
        Some(help) => vec![case.reword(help), format!("or {ask}").into()],
        None => vec![ask.into()],
    };
    case.finding(&LINT, title)
        .label(need.constraint.span, format!("needs {}", needed.words()))
        .label(case.written(), "promised here")
        .label(level.value.span, format!("reaches {stated}"))
        .labels(others)
        .close(case)
        .helps(helps)
}

/// The levels that can be promised, with the deadline where that has to change, too.
pub(super) fn what_there_is(case: &Case<'_, '_>) -> Option<Help> {
    // The best offer may be another one for lower levels, and each platform may reach another: as many rounds as
    // there are offers are enough.
    let mut lowered = case.what_if(|requirement| {
        requirement.features.retain(|promised| promised.target.feature() == case.judgement.at);
    });
    for _ in &case.judgement.feature?.offers {
        let lower = lower(&lowered.promise());
        if lower.is_empty() {
            break;
        }
        lowered.change(|requirement| {
            for need in &mut requirement.needs {
                if let Some((_, constraint)) = lower.iter().find(|(name, _)| *name == need.name.value) {
                    need.constraint.value = constraint.clone();
                }
            }
        });
    }
    let asked = case.promise.requirement.needs.iter().zip(&lowered.requirement().needs);
    let changed = asked.filter(|(asked, need)| asked.constraint.value != need.constraint.value);
    let changed: Vec<&Need> = changed.map(|(_, need)| need).collect();
    let needs: Vec<String> =
        changed.iter().map(|need| format!("`{}: \"{}\"`", need.name.value, need.constraint.value)).collect();
    let help = format!("ask for what there is: {}", text::and_list(&needs));
    match (lowered.holds(), changed.as_slice()) {
        (true, [need]) => {
            Some(Help::from(help).replacing(need.constraint.span, need.constraint.value.to_string()))
        }
        (true, _) => Some(help.into()),
        (false, _) => Some(format!("{help}, with a deadline {}", lowered.days()?).into()),
    }
}

/// The levels that are missed, each with the bound that is kept: by as much as there is.
fn lower(promise: &Promise<'_>) -> Vec<(CompactString, Constraint)> {
    let missed = promise.judgements.iter().flat_map(|judgement| &judgement.shortfalls);
    let kept = |&(need, level)| {
        let (need, level): (&Need, &roadmap::StatedLevel) = (need, level);
        let relation = match need.constraint.value.relation {
            Relation::MoreThan => Relation::AtLeast,
            Relation::LessThan => Relation::AtMost,
            kept => kept,
        };
        (need.name.value.clone(), Constraint { relation, quantity: level.value.value.clone() })
    };
    missed.map(kept).collect()
}
