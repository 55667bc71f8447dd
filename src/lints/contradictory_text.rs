use std::cmp::Ordering;
use std::ops::Range;

use crate::model::contract::{Need, Requirement};
use crate::model::level::LevelConstraint;
use crate::model::misread::place_of;
use crate::model::prose::{ProseWord, due_days, named_amounts, prose_words};
use crate::model::quantity::Quantity;
use crate::model::roadmap::Roadmap;

use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// A requirement whose `text` says something else than its other keys: another day, something that it is not limited to,
    /// another value of a level, or, where it is a service, a feature of the roadmap. Only what is certain counts: days in figures
    /// or with the name of a month, values behind `for`, `on` or `in`, amounts in the sentence that names the level.
    ///
    /// ## Why it matters
    ///
    /// The text is what was signed, and the other keys are what is checked. Where they differ, the check is of another
    /// promise than the customer has. A service is held against no roadmap at all: a feature that is called one has passed
    /// every check.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - id: R2
    ///     kind: service
    ///     text: Vendor shall provide the audit log export.
    ///     due: 2027-03-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "idea"
    /// ```
    ///
    /// ## Instead
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - id: R2
    ///     text: Vendor shall provide the audit log export.
    ///     feature: audit-log
    ///     due: 2027-03-31
    /// ```
    pub(super) static LINT = {
        name: "contradictory-text",
        summary: "a requirement's text says something else than its other keys",
        level: Level::Warn,
        check: Check::Promise(check),
    }
}

/// One way in which a text says something else.
struct Contradiction {
    /// What the text says: `the text says 31 March 2027`.
    says: String,
    /// What the other key says, after `and`.
    but: String,
    /// Where in the text.
    part: Range<usize>,
    /// The place that says otherwise, with words.
    other: Option<(Span, String)>,
}

fn check(case: &PromiseCase<'_, '_>) -> Option<Finding> {
    let promise = case.promise;
    let (requirement, roadmap) = (promise.requirement, case.context.roadmap);
    let text = requirement.text.as_ref().filter(|_| !requirement.unreadable)?;
    if requirement.is_service {
        return named_by_service(case, text);
    }
    let words = prose_words(&text.value);
    let day = of_day(requirement, text, &words);
    let scope = of_scope(requirement, text, &words, roadmap);
    let levels = of_levels(requirement, text, &words);
    let mut found = day.into_iter().chain(scope).chain(levels);
    let first = found.next()?;
    let rest: Vec<Contradiction> = found.collect();
    let title = format!("the text of {} says {}, and {}", requirement.name, first.says, first.but);
    let place = |one: &Contradiction| (place_of(text, one.part.clone()), format!("it says {}", one.says));
    let (span, label) = place(&first);
    let finding = case
        .finding(&LINT, title)
        .label(span, label)
        .labels(first.other)
        .notes(rest.iter().map(|one| format!("it also says {}, and {}", one.says, one.but)))
        .notes(clause(requirement, text, span))
        .help(words::reword(
            promise.status(),
            "let both say what was agreed: what is not in the other keys is not checked",
        ));
    Some(finding)
}

/// A service that promises a feature.
fn named_by_service(case: &PromiseCase<'_, '_>, text: &Text) -> Option<Finding> {
    let requirement = case.promise.requirement;
    let named = case.context.roadmap.promised_in(&text.value);
    let (feature, part) = named.first()?;
    let mut others: Vec<String> = Vec::new();
    for (other, _) in &named[1..] {
        let name = words::quoted(other.title());
        if !std::ptr::eq(*other, *feature) && !others.contains(&name) {
            others.push(name);
        }
    }
    let name = words::quoted(feature.title());
    let title = format!("{} is said to be a service, and its text names {name}, a feature", requirement.name);
    let help = format!(
        "if the feature is promised, write `feature: {}` instead of `kind: service`",
        feature.id.value
    );
    let span = place_of(text, part.clone());
    let finding = case
        .finding(&LINT, title)
        .about(feature.id.value.as_str())
        .label(span, "names a feature of the roadmap")
        .label(feature.id.span, "it is in the roadmap")
        .notes(clause(requirement, text, span))
        .notes((!others.is_empty()).then(|| format!("it names {} as well", words::some_of(&others))))
        .note("a service is held against no roadmap: nobody has checked that it can be kept")
        .help(words::reword(case.promise.status(), help))
        .help("if it needs no feature, say what is done, or record that as a waiver");
    Some(finding)
}

/// Where the text stands in the contract; also its words, where they are not drawn: a text of several lines is as far as its
/// first.
fn clause(requirement: &Requirement, text: &Text, drawn: Span) -> Option<String> {
    match &requirement.clause {
        _ if drawn == text.span => words::clause(requirement),
        clause => clause.as_ref().map(|clause| format!("promised in {}", clause.value)),
    }
}

/// Another day than `due`, for certain: none of those that the text names can be the same.
fn of_day(requirement: &Requirement, text: &Text, words: &[ProseWord]) -> Option<Contradiction> {
    let (span, deadline) = requirement.due.span.zip(requirement.due.deadline())?;
    let days = due_days(&text.value, words);
    let is_same = |window: &Window| {
        let all = [Some(deadline.window), Some(deadline.written), deadline.unmoved];
        all.into_iter().flatten().any(|due| window.earliest <= due.latest && due.earliest <= window.latest)
    };
    let (_, part) = days.first().filter(|_| !days.iter().any(|(window, _)| is_same(window)))?;
    let due = deadline.window;
    Some(Contradiction {
        says: text.value.get(part.clone())?.to_owned(),
        but: format!("it is due {due}"),
        part: part.clone(),
        other: Some((span, format!("due {due}"))),
    })
}

/// Values of a dimension that the requirement is not for.
fn of_scope(
    requirement: &Requirement,
    text: &Text,
    words: &[ProseWord],
    roadmap: &Roadmap,
) -> Option<Contradiction> {
    requirement.scope.dimensions().find_map(|dimension| {
        let known = roadmap.dimension(dimension.name())?;
        let named = known.named_in(&text.value, words);
        let (value, part) = named.into_iter().find(|(value, _)| !dimension.contains(value))?;
        let values: Vec<&str> = dimension.values().collect();
        Some(Contradiction {
            says: words::quoted(text.value.get(part.clone()).unwrap_or(value)),
            but: format!("its {} is {}", dimension.name(), text::and_list(&values)),
            part,
            other: requirement.scope_span.map(|span| (span, "what it is for".to_owned())),
        })
    })
}

/// Another amount of a level than what is needed.
fn of_levels(requirement: &Requirement, text: &Text, words: &[ProseWord]) -> Vec<Contradiction> {
    let of_need = |need: &Need| {
        let LevelConstraint::Quantity(bound) = &need.constraint.value else { return None };
        let amounts = named_amounts(&text.value, words, &need.name.value, &bound.quantity);
        let is_same = |quantity: &Quantity| quantity.compare(&bound.quantity) == Ok(Ordering::Equal);
        let (_, part) = amounts.first().filter(|_| !amounts.iter().any(|(amount, _)| is_same(amount)))?;
        let name = &need.name.value;
        Some(Contradiction {
            says: format!("{name} of {}", text.value.get(part.clone())?),
            but: format!("it needs {}", need.constraint.value.words()),
            part: part.clone(),
            other: Some((need.constraint.span, format!("needs {}", need.constraint.value.words()))),
        })
    };
    requirement.needs.iter().filter_map(of_need).collect()
}
