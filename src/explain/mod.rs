//! What a lint really says to the files of its example: its documentation, with that below the example.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::outcome::Outcome;
use crate::check::run;
use crate::documentation::{self, EXAMPLE_DAY};
use crate::input::config::FILE_NAME;
use crate::input::discover::Request;
use crate::input::files::{Files, Memory};
use crate::input::parse::FileFormat;
use crate::input::path::slashes;
use crate::lint::finding::Finding;
use crate::lint::{Check, Level, Lint};
use crate::output::{Colour, RenderOptions, draw_outcome};
use crate::workspace::levels::LevelFlag;
use crate::workspace::{CheckOptions, Workspace};

/// The folder that the files of an example seem to lie in.
const ROOT: &str = "/";

/// A lint's page for a terminal. `typed` is the name that it was asked for by, which may be an old one.
pub(crate) fn page(lint: &Lint, typed: &str, colour: bool) -> String {
    documentation::page(lint, typed, Some(&output(lint, colour)), colour)
}

/// The same in markdown.
pub fn markdown(lint: &Lint, typed: &str) -> String {
    documentation::markdown(lint, typed, Some(&output(lint, false)))
}

/// What a lint says to its example, of which nothing lies in a folder.
fn output(lint: &Lint, colour: bool) -> String {
    let example = documentation::example(lint);
    let is_shared = |name: &str| {
        let is_document = FileFormat::of(name).is_none();
        is_document || ["roadmap.", "waivers.", FILE_NAME].iter().any(|shared| name.starts_with(shared))
    };
    let contracts =
        example.iter().map(|(name, _)| PathBuf::from(name)).filter(|name| !is_shared(&slashes(name)));
    let mut paths: Vec<PathBuf> = contracts.collect();
    if matches!(lint.check, Check::Unlisted(_)) {
        // It is about what the configuration names.
        paths.clear();
    } else if paths.is_empty() {
        paths.push(PathBuf::from("roadmap.toml"));
    }
    let claims = example.iter().map(|(name, _)| PathBuf::from(name));
    let claims = claims
        .filter(|name| matches!(lint.check, Check::Claims(_)) && FileFormat::of(&slashes(name)).is_none());
    let claims: Vec<PathBuf> = claims.collect();
    let texts = example.into_iter().map(|(name, text)| (Path::new(ROOT).join(name), text.into_bytes()));
    let files: Arc<dyn Files> = Arc::new(Memory::alone(texts));
    let check = CheckOptions { levels: switched_on(lint), ..CheckOptions::on(EXAMPLE_DAY) };
    let workspace =
        Workspace::find_in(&files, &Request { paths, claims, ..Request::default() }, Path::new(ROOT), check);
    let options = RenderOptions::new(EXAMPLE_DAY, Colour { out: colour, err: colour });
    let drawn = run(&workspace, |outcome| {
        let of_lint = outcome.findings.iter().filter(|finding| finding.lint.name == lint.name);
        let findings: Vec<Finding> = of_lint.cloned().collect();
        let &Outcome { about, problems, sources, .. } = outcome;
        draw_outcome(&Outcome { about, findings: &findings, problems, sources }, &options)
    });
    drawn.parts.concat()
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
