use super::prelude::*;

declare_lint! {
    /// ## What it finds
    ///
    /// Features that wait for each other, directly or through others, or a feature that waits for itself.
    ///
    /// ## Why it matters
    ///
    /// Taken at its word, none of them could ever ship. At least one of these dependencies is not meant, and as long as
    /// nobody knows which, none of them has a date that can be promised: each promise that would be in time is `undated-feature`.
    ///
    /// ## Example
    ///
    /// ```yaml contract.yaml
    /// contract: ACME-2026-014
    /// customer: Acme Robotics GmbH
    /// requirements:
    ///   - feature: audit-log
    ///     due: 2027-12-31
    /// ```
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    /// depends-on = ["event-store"]
    ///
    /// [features.event-store]
    /// name = "Event store"
    /// status = "in-progress"
    /// target = "2027-Q1"
    /// depends-on = ["audit-log"]
    /// ```
    ///
    /// ## Instead
    ///
    /// ```toml roadmap.toml
    /// [features.audit-log]
    /// name = "Audit log"
    /// status = "planned"
    /// target = "2027-Q2"
    /// depends-on = ["event-store"]
    ///
    /// [features.event-store]
    /// name = "Event store"
    /// status = "in-progress"
    /// target = "2027-Q1"
    /// ```
    pub(super) static LINT = {
        name: "dependency-cycle",
        summary: "features that wait for each other",
        level: Level::Deny,
        check: Check::Roadmap(check),
    }
}

fn check(context: &LintContext<'_>, features: &[usize]) -> Vec<Finding> {
    // Features come in the order of the files.
    let cycles = context.roadmap.dependencies().cycles.iter();
    let reached = cycles.filter(|cycle| cycle.iter().any(|at| features.binary_search(at).is_ok()));
    reached.filter_map(|cycle| word(cycle, context)).collect()
}

fn word(cycle: &[usize], context: &LintContext<'_>) -> Option<Finding> {
    let way = context.roadmap.way_around(cycle);
    let (first, _) = *way.first()?;
    let name = |at: usize| words::quoted(context.roadmap.features[at].title());
    let names: Vec<String> = way.iter().map(|&(at, _)| name(at)).collect();
    let title = match names.as_slice() {
        [itself] => format!("{itself} waits for itself"),
        [_, _] => format!("{} wait for each other", text::and_list(&names)),
        _ => format!("{} wait for each other in a circle", words::some_of(&names)),
    };
    let ids: Vec<&str> = way.iter().map(|&(at, _)| context.roadmap.features[at].id.value.as_str()).collect();
    let links = way.iter().enumerate().take(words::SHOWN).map(|(at, (_, dependency))| {
        let (next, _) = way.get(at + 1).copied().unwrap_or(way[0]);
        let label = match names.len() {
            1 => "this is the feature itself".to_owned(),
            _ => format!("{} waits for {}", names[at], name(next)),
        };
        (dependency.text.span, label)
    });
    let others: Vec<String> =
        cycle.iter().filter(|&at| !way.iter().any(|(on, _)| on == at)).map(|&at| name(at)).collect();
    let others = match others.as_slice() {
        [] => None,
        [other] => Some(format!("{other} waits in a circle with {}, too", name(first))),
        _ => Some(format!("{} wait in a circle with {}, too", words::some_of(&others), name(first))),
    };
    let (note, help) = match names.len() {
        1 => (
            "until then it has no date that can be promised",
            "remove this dependency: nothing can ship before itself",
        ),
        _ => (
            "until the circle is broken, none of them has a date that can be promised",
            "remove one of these dependencies",
        ),
    };
    let finding = Finding::of_feature(&context.roadmap.features[first], &LINT, title)
        .about(ids.join(" "))
        .labels(links)
        .notes(others)
        .note(note)
        .help(help);
    Some(finding)
}
