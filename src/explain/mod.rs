//! What a lint really says to the files of its example: its documentation, with that below the example.

use std::sync::Arc;

use crate::check::outcome::{About, Outcome};
use crate::check::{self, Seen};
use crate::diagnostic::Problem;
use crate::documentation::{self, EXAMPLE_DAY};
use crate::input::config::FILE_NAME;
use crate::input::parse::{Arena, Format, parse};
use crate::input::read::{self, Role};
use crate::lint::finding::Finding;
use crate::lint::{Level, Lint};
use crate::output::{self, Colour, Repository, Shown};
use crate::source::{FileId, Source, Sources};
use crate::workspace::CheckOptions;
use crate::workspace::group::{ContractFile, Group, Texts};
use crate::workspace::levels::LevelFlag;

/// A lint's page for a terminal. `typed` is the name that it was asked for by, which may be an old one.
pub fn page(lint: &Lint, typed: &str, colour: bool) -> String {
    documentation::page(lint, typed, Some(&output(lint, colour)), colour)
}

/// The same in markdown.
pub fn markdown(lint: &Lint, typed: &str) -> String {
    documentation::markdown(lint, typed, Some(&output(lint, false)))
}

/// What `lint` says to a lint's example.
fn output(lint: &Lint, colour: bool) -> String {
    check_files(lint, documentation::example(lint), colour)
}

/// What a lint says to some files that are only in memory.
fn check_files(lint: &Lint, files: Vec<(String, String)>, colour: bool) -> String {
    let (mut texts, mut contracts) = (Texts::default(), Vec::new());
    for (id, (name, text)) in (0..).map(FileId).zip(files) {
        let source = Source::new(id, name, text);
        match role(&source) {
            _ if source.name() == FILE_NAME => texts.config = Some(source),
            Some(Role::Roadmap) => texts.roadmap.push(source),
            Some(Role::Contract) => contracts.push(source),
            Some(Role::Settings | Role::Other) | None => texts.waivers.push(source),
        }
    }
    let asked = CheckOptions { today: EXAMPLE_DAY, levels: switched_on(lint), deny_warnings: false };
    let group = Group::of_sources(texts, &asked);
    let shown = Shown::new(EXAMPLE_DAY, Colour { out: colour, err: colour });
    let (drawer, _) = output::format(output::Format::Full, shown, &Repository::default());
    let mut drawn = Vec::new();
    let mut draw = |findings: Vec<Finding>, problems: &[Problem], sources: Sources<'_>| {
        let own: Vec<Finding> =
            findings.into_iter().filter(|finding| finding.lint.name == lint.name).collect();
        let part = drawer.draw(&Outcome { about: About::Run, findings: &own, problems, sources });
        drawn.extend([part.problems, part.findings].concat());
    };
    draw(Vec::new(), &group.problems, Sources { shared: &group.sources, own: None });
    let whole_roadmap = contracts.is_empty();
    let mut seen = Seen::default();
    let mut sources = group.sources.clone();
    for source in contracts {
        let ContractFile { source, contracts, problems, .. } = group.contract_of(source, true);
        let linted = contracts.first().filter(|contract| contract.status.is_linted());
        let checked = linted.map(|contract| check::contract(contract, &group.waivers, &group.context()));
        let own = Sources { shared: &group.sources, own: source.as_ref() };
        let findings = checked.map(|checked| {
            seen.add(checked.seen(problems.is_empty()));
            checked.findings
        });
        draw(findings.unwrap_or_default(), &problems, own);
        sources.extend(source.map(Arc::new));
    }
    let findings = check::shared(&group, &mut seen, whole_roadmap);
    draw(findings, &[], Sources { shared: &sources, own: None });
    String::from_utf8_lossy(&drawn).into_owned()
}

fn role(source: &Source) -> Option<Role> {
    let arena = Arena::of(source);
    let (node, problems) = parse(source, Format::of(source.name())?, &arena);
    Some(read::role(node.as_ref(), !problems.is_empty(), source.text()))
}

/// What switches a lint on that is off by default.
fn switched_on(lint: &Lint) -> Vec<LevelFlag> {
    match lint.level {
        Level::Allow => vec![LevelFlag { flag: "-W", level: Level::Warn, lint: lint.name.to_owned() }],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lints::LINTS;

    #[test]
    fn every_example_gives_output() {
        for lint in LINTS {
            let drawn = output(lint, false);
            assert!(drawn.contains(&format!("[{}]", lint.name)), "{}:\n{drawn}", lint.name);
        }
    }

    #[test]
    fn what_the_example_gives_stands_in_a_fence() {
        for lint in LINTS {
            let page = markdown(lint, lint.name);
            let fenced = page
                .split("```")
                .any(|fence| fence.starts_with("text\n") && fence.contains(&format!("[{}]: ", lint.name)));
            assert!(fenced, "{page}");
            assert!(!page.contains('\u{1b}'), "{page}");
        }
    }
}
