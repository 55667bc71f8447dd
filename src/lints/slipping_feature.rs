use crate::lint::portfolio::{Portfolio, UnshippedPromise};
use crate::model::evidence::{OfferEvidence, PastTarget, Slip};

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A promised feature that has not shipped and whose target moved back twice or more. What the target was, the
    /// feature's `history` says, and where the roadmap lies in git, its older versions; both are read together.
    ///
    /// ## Why it matters
    ///
    /// A plan that moved twice is no plan for the day that is promised. What was in the way then may be in the way still,
    /// and the customer is told the third date as if it were the first.
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
    /// status = "in-progress"
    /// target = "2027-Q2"
    /// confirmed = 2026-11-02
    /// history = [
    ///   { on = 2026-02-10, target = "2026-Q3" },
    ///   { on = 2026-06-30, target = "2026-Q4" },
    /// ]
    /// ```
    ///
    /// ## Instead
    ///
    /// Ask the team what is different this time, and promise what has moved once at most.
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "in-progress"
    /// target = "2027-Q2"
    /// confirmed = 2026-11-02
    /// history = [{ on = 2026-06-30, target = "2026-Q4" }]
    /// ```
    pub(super) static LINT = {
        name: "slipping-feature",
        summary: "promised, and its target moved back twice or more",
        level: Level::Warn,
        rests_on_history: true,
        check: Check::Portfolio(check),
    }
}

/// From so many moves on a feature slips.
const SLIPS: usize = 2;

fn check(portfolio: &Portfolio<'_>, context: &LintContext<'_>) -> Vec<Finding> {
    let mut told: Vec<(usize, Span)> = Vec::new();
    let mut findings = Vec::new();
    for ((at, place), promises) in portfolio.awaited(|promise| promise.delivery.is_unshipped()) {
        let Some((feature, offer)) = context.roadmap.offer(at, place) else { continue };
        // Further offers inherit the words of the feature. Features may share them, and each is told.
        if told.contains(&(at, offer.when_span())) {
            continue;
        }
        let evidence = context.evidence.of(at, place);
        if let Some(finding) =
            evidence.and_then(|evidence| word((feature, offer), evidence, &promises, context))
        {
            told.push((at, offer.when_span()));
            findings.push(finding);
        }
    }
    findings
}

fn word(
    (feature, offer): (&Feature, &Offer),
    evidence: &OfferEvidence,
    promises: &[&UnshippedPromise],
    context: &LintContext<'_>,
) -> Option<Finding> {
    let slips = evidence.slips();
    let (first, last) = (slips.first()?.from, slips.last()?);
    let moved = days_between(
        first.window?.latest,
        evidence.targets.iter().rev().find_map(|target| target.window)?.latest,
    );
    // What moved back and is now planned for the old day again does not slip.
    if slips.len() < SLIPS || moved <= 0 {
        return None;
    }
    let name = words::target_name(feature, offer);
    let times = if slips.len() == 2 { "twice".to_owned() } else { format!("{} times", slips.len()) };
    let title = format!(
        "{name} moved back {times}: {}, {}{}",
        in_words(&evidence.targets),
        text::count(usize::try_from(moved).unwrap_or(usize::MAX), "day"),
        first.since.map(|since| within(since, context.today)).unwrap_or_default()
    );
    let source = if context.evidence.since.is_some() {
        "as the older versions of the roadmap tell"
    } else {
        "as `history` in the roadmap tells"
    };
    let promised = promises.first().map(|promise| {
        let by = promise.deadline.map(|by| format!(" by {by}")).unwrap_or_default();
        (promise.span, format!("promised here{by}"))
    });
    let needed = promises.iter().filter_map(|promise| promise.deadline).min();
    let room = add_days(last.to.window?.latest, last.days);
    let room = room.filter(|day| offer.target.is_some() && needed.is_some_and(|needed| needed < *day));
    let finding = Finding::of_feature(feature, &LINT, title)
        .about(offer.scope.to_string())
        .label(offer.when_span(), label(last))
        .labels(promised)
        .note(source)
        .help("ask the team what is different this time")
        .helps(room.map(|day| {
            format!("a deadline of {day} or later leaves room for another move like the last one")
        }));
    Some(finding)
}

fn label(last: &Slip<'_>) -> String {
    let days = text::count(usize::try_from(last.days).unwrap_or(usize::MAX), "day");
    match last.on {
        Some(on) => format!("moved back by {days} on {on}"),
        None => format!("moved back by {days} the last time"),
    }
}

/// `2026-Q3 → 2026-Q4 → 2027-Q2`
fn in_words(targets: &[PastTarget]) -> String {
    const FIRST: usize = 3;
    let known: Vec<&PastTarget> = targets.iter().skip_while(|target| target.window.is_none()).collect();
    // A release that moved keeps its name.
    let moved = |target: &PastTarget| {
        known.iter().any(|other| other.text == target.text && other.window != target.window)
    };
    let word = |target: &&PastTarget| match target.window {
        Some(window) if moved(target) => {
            format!("{} ({})", text::clean_truncated(&target.text, 40), window.latest)
        }
        _ if target.text.is_empty() => "no target".to_owned(),
        _ => text::clean_truncated(&target.text, 40).into_owned(),
    };
    let words: Vec<String> = known.iter().map(word).collect();
    if words.len() <= words::SHOWN {
        return words.join(" → ");
    }
    let last = words.len() - (words::SHOWN - FIRST);
    format!("{} → … → {}", words[..FIRST].join(" → "), words[last..].join(" → "))
}

/// ` in 9 months`
fn within(since: Date, today: Date) -> String {
    let days = days_between(since, today);
    match days * 12 / 365 {
        _ if days < 1 => String::new(),
        0 => format!(" in {}", text::days(days)),
        1 => " in a month".to_owned(),
        months => format!(" in {months} months"),
    }
}
