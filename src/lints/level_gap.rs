use std::collections::HashMap;

use compact_str::CompactString;

use crate::model::contract::Need;
use crate::model::level::LevelConstraint;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promise of a level (an uptime, a retention, a rate, a certificate) that every offer of the feature states
    /// and that none reaches. Of levels that are words, each that is needed must be among those that are stated; an
    /// order under `[scales]` in the roadmap makes more than that enough.
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
        accepts: AcceptanceKind::Levels,
        check: Check::Delivery(Row::LevelGap, word),
    }
}

fn word(case: &Case<'_, '_>) -> Finding {
    let Some(&(need, level)) = case.judgement.shortfalls.first() else {
        // `Judgement::obstacles` gives this row for shortfalls alone. No finding at all would be a yes.
        unreachable!("a level gap is a gap of some level");
    };
    let name = &need.name.value;
    let (needed, stated) = (&need.constraint.value, &level.value.value);
    let subject = case.subject();
    let missing: Vec<String> = needed.missing(stated).into_iter().map(words::quoted).collect();
    let title = match (needed.shortfall(stated), missing.as_slice()) {
        (Some((relation, distance)), _) => match relation {
            Relation::AtLeast | Relation::MoreThan => {
                format!("{subject} falls {distance} short of the {name} that the contract needs")
            }
            Relation::AtMost | Relation::LessThan => {
                format!("{subject} is {distance} over the {name} that the contract allows")
            }
            Relation::Equal => {
                format!("{subject} is {distance} away from the {name} that the contract needs")
            }
        },
        (None, []) => {
            let needed = needed.words();
            format!("{subject} does not have the {name} that the contract needs: {stated}, not {needed}")
        }
        (None, missing) => {
            let are = if missing.len() == 1 { "is" } else { "are" };
            format!("{} {are} missing from the {name} of {subject}", text::and_list(missing))
        }
    };
    let others = case.judgement.shortfalls.get(1..).unwrap_or_default();
    let (drawn, further) = others.split_at(others.len().min(words::SHOWN - 1));
    let further = (!further.is_empty()).then(|| {
        let names: Vec<&str> = further.iter().map(|(need, _)| need.name.value.as_str()).collect();
        let levels = text::plural(names.len(), "level is", "levels are");
        format!("{levels} not reached either: {}", text::and_list(&names))
    });
    let drawn = drawn.iter().flat_map(|(need, level)| {
        let needs = format!("needs {}, too", need.constraint.value.words());
        [(need.constraint.span, needs), (level.value.span, reaches(&level.value.value))]
    });
    let wanted = match needed.missing(stated).as_slice() {
        [] => needed.words(),
        missing => text::and_list(missing),
    };
    let ask = format!("ask the team for a date for {wanted}, and have it added to the roadmap as an offer");
    let mut helps: Vec<Help> = or_more(case, need).map(|help| case.reword(help)).into_iter().collect();
    helps.extend(what_there_is(case).map(|help| case.reword(help)));
    let ask = if helps.is_empty() { ask } else { format!("or {ask}") };
    helps.push(ask.into());
    case.finding(&LINT, title)
        .label(need.constraint.span, format!("needs {}", needed.words()))
        .label(case.written(), "promised here")
        .label(level.value.span, reaches(stated))
        .labels(drawn)
        .notes(further)
        .close(case)
        .helps(helps)
}

/// For a word of a scale, beyond which the feature is: that more will do.
fn or_more(case: &Case<'_, '_>, need: &Need) -> Option<Help> {
    let at_least = need.constraint.value.at_least()?;
    let written = at_least.texts().concat();
    let mut widened = case.what_if(|requirement| {
        requirement.features.retain(|promised| promised.target.feature() == case.judgement.at);
    });
    widened.change(|requirement| {
        let same = requirement.needs.iter_mut().find(|other| other.name.value == need.name.value);
        same.into_iter().for_each(|other| other.constraint.value = at_least.clone());
    });
    let help = format!("write `{}: \"{written}\"` if more will do", need.name.value);
    widened.holds().then(|| Help::from(help).replacing(need.constraint.span, written))
}

fn reaches(stated: &Attainment) -> String {
    match stated {
        Attainment::Texts(_) => format!("there is {stated}"),
        stated => format!("reaches {stated}"),
    }
}

/// The levels that can be promised, with the deadline where that has to change, too.
fn what_there_is(case: &Case<'_, '_>) -> Option<Help> {
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
                if let Some(constraint) = lower.get(&need.name.value) {
                    need.constraint.value = constraint.clone();
                }
            }
        });
    }
    let asked = case.promise.requirement.needs.iter().zip(&lowered.requirement().needs);
    let changed = asked.filter(|(asked, need)| asked.constraint.value != need.constraint.value);
    let changed: Vec<&Need> = changed.map(|(_, need)| need).collect();
    let needs: Vec<String> = changed.iter().map(|need| in_yaml(need)).collect();
    let help = format!("ask for what there is: {}", text::and_list(&needs));
    match (lowered.holds(), changed.as_slice()) {
        (true, [need]) => {
            let texts = need.constraint.value.texts();
            let only = <[String; 1]>::try_from(texts).ok().map(|[only]| only);
            Some(match only {
                Some(only) => Help::from(help).replacing(need.constraint.span, only),
                None => help.into(),
            })
        }
        (true, _) => Some(help.into()),
        (false, _) => Some(format!("{help}, with a deadline {}", lowered.days()?).into()),
    }
}

/// `retention: ">= 90 days"`, as a contract writes it.
fn in_yaml(need: &Need) -> String {
    format!("`{}: {}`", need.name.value, words::level_texts(&need.constraint.value.texts()))
}

/// The levels that are missed, each with the bound that is kept: by as much as there is in the first cell that misses it.
fn lower(promise: &Promise<'_>) -> HashMap<CompactString, LevelConstraint> {
    let mut lower = HashMap::new();
    let missed = promise.judgements.iter().flat_map(|judgement| &judgement.shortfalls);
    for (need, level) in missed {
        if let Some(kept) = need.constraint.value.lowered_to(&level.value.value) {
            lower.entry(need.name.value.clone()).or_insert(kept);
        }
    }
    lower
}
