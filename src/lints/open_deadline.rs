use std::collections::BTreeMap;

use super::prelude::*;
use crate::delivery::needed_day;
use crate::model::contract::{OpenEvent, Requirement};
use crate::model::deadline::DueDay;

declare_lint! {
    /// ## What it finds
    ///
    /// A milestone for which there is no day yet, where something is due after it.
    ///
    /// ## Why it matters
    ///
    /// Without a day nobody can tell whether the promise is late: not the roadmap, not the customer, not a court. It may
    /// fall due on any day that the customer chooses, before what it needs is there.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// signing: 2026-12-15
    /// milestones:
    ///   acceptance: open
    /// requirements:
    ///   - feature: audit-log
    ///     due: 30 days after acceptance
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
    /// signing: 2026-12-15
    /// milestones:
    ///   acceptance: 2027-06-30
    /// requirements:
    ///   - feature: audit-log
    ///     due: 30 days after acceptance
    /// ```
    pub(super) static LINT = {
        name: "open-deadline",
        summary: "due after an event for which there is no day yet",
        level: Level::Warn,
        accepts: AcceptanceKind::Names,
        check: Check::Contract(|judged, context| Ok(check(judged, context))),
    }
}

fn check(judged: &JudgedContract<'_>, context: &LintContext<'_>) -> Vec<Finding> {
    let contract = judged.contract;
    let Some(open) = contract.open.as_ref().filter(|_| contract.status.is_linted()) else {
        return Vec::new();
    };
    let mut hanging: BTreeMap<usize, Vec<&Promise<'_>>> = BTreeMap::new();
    // What hangs on a day of another contract is told there.
    for promise in judged.promises.iter().filter(|promise| promise.contract.deal == contract.deal) {
        if let DueDay::Open(day) = &promise.requirement.due.day {
            day.roots.iter().for_each(|&root| hanging.entry(root).or_default().push(promise));
        }
    }
    let milestones = open.milestones.iter();
    let told = milestones.filter_map(|milestone| Some((milestone, hanging.get(&milestone.place)?)));
    told.map(|(milestone, promises)| word(milestone, promises, judged, context)).collect()
}

/// What a waiver of it is for: `R2 for audit-log, 30 days after go-live`.
fn hanging(requirement: &Requirement) -> String {
    let features: Vec<&str> = requirement.features.iter().map(|promised| promised.id.as_str()).collect();
    let of = if features.is_empty() { String::new() } else { format!(" for {}", text::and_list(&features)) };
    format!("{}{of}, {}", requirement.name, requirement.due.words)
}

fn word(
    milestone: &OpenEvent,
    promises: &[&Promise<'_>],
    judged: &JudgedContract<'_>,
    context: &LintContext<'_>,
) -> Finding {
    const POINTED_AT: usize = 3;
    let name = &milestone.name.value;
    let count = text::plural(promises.len(), "promise is due", "promises are due");
    let title = format!("there is no day yet for `{name}`, and {count} after it");
    let places = promises.iter().take(POINTED_AT).map(|promise| {
        let requirement = promise.requirement;
        (requirement.due.span.unwrap_or(requirement.place), "so this has no day".to_owned())
    });
    let names: Vec<String> = promises.iter().map(|promise| promise.requirement.name.to_string()).collect();
    let more = (names.len() > POINTED_AT).then(|| format!("due after it: {}", words::some_of(&names)));
    let finding = judged
        .finding(&LINT, title)
        .about(name.as_str())
        .extent(FindingExtent::names(promises.iter().map(|promise| hanging(promise.requirement))))
        .label(milestone.span, "no day is known")
        .labels(places)
        .notes(more)
        .note("what is due then cannot be held against the roadmap, and does not count as late");
    let contract = judged.contract;
    match needed_day(contract, milestone.place, promises, context.judge) {
        Some((day, kept)) => {
            // No day helps where a feature is gone, or not for what is asked.
            let is_alone = |promise: &Promise<'_>| matches!(&promise.requirement.due.day, DueDay::Open(day) if *day.roots == [milestone.place]);
            let is_left = |promise: &&&Promise<'_>| {
                promise.delivery().is_some()
                    && is_alone(promise)
                    && !kept.iter().any(|kept| std::ptr::eq(*kept, **promise))
            };
            let left = promises.iter().filter(is_left).map(|promise| promise.requirement.name.to_string());
            let left: Vec<String> = left.collect();
            let but =
                if left.is_empty() { String::new() } else { format!(", but for {}", words::some_of(&left)) };
            let margin = context.judge.rules.margin;
            let margin = match margin {
                0 => String::new(),
                margin => format!(", with a margin of {}", text::days(margin)),
            };
            let help = format!(
                "give it a day: `{name}: {day}` is the first by which what hangs on it can be kept{but}{margin}"
            );
            let help = Help::from(help);
            finding
                .help(words::reword(contract.status, help.replacing(Some(milestone.span), day.to_string())))
        }
        None => finding.help(words::reword(
            contract.status,
            format!("give `{name}` a day, or a last one: `{name}: 2027-06-30`"),
        )),
    }
}
