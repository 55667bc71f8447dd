//! Tests about the tests and the messages: nothing is forgotten, and all messages speak alike.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use common::{entries, name, root};
use dealcheck::lints::LINTS;
use walkdir::WalkDir;

/// Every `expected.txt`, with its path below `tests/`.
fn expectations() -> Vec<(String, String)> {
    fn find(folder: &Path, files: &mut Vec<PathBuf>) {
        for path in entries(folder) {
            if path.is_dir() {
                find(&path, files);
            } else if name(&path) == "expected.txt" {
                files.push(path);
            }
        }
    }
    let mut files = Vec::new();
    find(&root().join("tests"), &mut files);
    files
        .into_iter()
        .map(|file| {
            let path = file.strip_prefix(root().join("tests")).unwrap().to_string_lossy().replace('\\', "/");
            (path, fs::read_to_string(file).unwrap())
        })
        .collect()
}

/// A message as the full format draws it.
struct Message<'t> {
    /// The lint; none for a problem.
    lint: Option<&'t str>,
    title: &'t str,
    body: Vec<&'t str>,
}

impl<'t> Message<'t> {
    fn all(text: &'t str) -> Vec<Self> {
        let mut messages: Vec<Self> = Vec::new();
        let mut open = false;
        for line in text.lines() {
            if let Some((lint, title)) = head(line) {
                messages.push(Self { lint, title, body: Vec::new() });
                open = true;
            } else if line.is_empty() {
                open = false;
            } else if let Some(message) = messages.last_mut().filter(|_| open) {
                message.body.push(line);
            }
        }
        messages
    }

    fn helps(&self) -> usize {
        let helps = self.body.iter().filter(|line| line.trim_start().starts_with("= help: "));
        helps.filter(|line| !line.contains("= help: for more, run `dealcheck explain ")).count()
    }

    /// The words below the excerpts.
    fn labels(&self) -> impl Iterator<Item = &'t str> {
        self.body.iter().filter_map(|line| {
            let below = line.trim_start().strip_prefix('|')?;
            let words = below.trim_start_matches([' ', '|', '^', '-', '_', '/']);
            (!words.is_empty()).then_some(words)
        })
    }
}

/// `error[lint]: title` or `error: title`, as the first line of a message.
fn head(line: &str) -> Option<(Option<&str>, &str)> {
    let rest = line.strip_prefix("error").or_else(|| line.strip_prefix("warning"))?;
    match rest.strip_prefix('[') {
        Some(rest) => rest.split_once("]: ").map(|(lint, title)| (Some(lint), title)),
        None => rest.strip_prefix(": ").map(|title| (None, title)),
    }
}

fn complain(wrong: &[String], what: &str) {
    assert!(wrong.is_empty(), "{what}:\n  {}", wrong.join("\n  "));
}

#[test]
fn every_lint_has_a_case_that_fires_and_one_that_is_quiet() {
    let mut wrong = Vec::new();
    for lint in LINTS {
        let cases: Vec<String> = entries(&root().join("tests/lints").join(lint.name))
            .iter()
            .filter_map(|case| fs::read_to_string(case.join("expected.txt")).ok())
            .collect();
        let fires = |text: &String| text.contains(&format!("[{}]", lint.name));
        // A run that could not check all of it is quiet for another reason.
        let is_quiet = |text: &String| !fires(text) && !text.contains("exit status: 2");
        for (there, kind) in [(cases.iter().any(fires), "fires it"), (cases.iter().any(is_quiet), "is quiet")]
        {
            if !there {
                wrong.push(format!("tests/lints/{}/ has no case that {kind}", lint.name));
            }
        }
    }
    complain(&wrong, "lints without cases");
}

/// The rooms of the library: each may know its own floor and those before.
const FLOORS: [&[&str]; 18] = [
    &["text"],
    &["source"],
    &["diagnostic"],
    &["input"],
    &["model"],
    &["index"],
    &["delivery"],
    &["lint"],
    &["lints"],
    &["workspace"],
    &["check"],
    &["documentation"],
    &["output"],
    &["explain", "sellable"],
    &["deals", "schema"],
    &["gaps", "impact", "report"],
    &["cli"],
    &["commands"],
];

#[test]
fn a_room_knows_those_before_it_alone() {
    let floor = |room: &str| FLOORS.iter().position(|floor| floor.contains(&room));
    let mut wrong = Vec::new();
    for room in entries(&root().join("src")) {
        let name = room.file_stem().unwrap().to_string_lossy().into_owned();
        let Some(own) = floor(&name) else {
            assert!(matches!(name.as_str(), "lib" | "main"), "{name} stands on no floor");
            continue;
        };
        for file in WalkDir::new(&room).into_iter().map(Result::unwrap) {
            // Tests may draw what they test.
            if !file.file_type().is_file() || file.file_name() == "tests.rs" {
                continue;
            }
            let text = fs::read_to_string(file.path()).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for after in code.split("crate::").skip(1) {
                let known: String =
                    after.chars().take_while(|it| it.is_alphanumeric() || *it == '_').collect();
                if floor(&known).is_some_and(|known| known > own) {
                    wrong.push(format!("{} knows {known}", file.path().display()));
                }
            }
        }
    }
    complain(&wrong, "rooms that know a later one");
}

#[test]
fn every_folder_of_lint_cases_is_called_as_a_lint() {
    let known: BTreeSet<&str> = LINTS.iter().map(|lint| lint.name).collect();
    let folders = entries(&root().join("tests/lints"));
    let orphans: Vec<String> =
        folders.iter().map(|path| name(path)).filter(|name| !known.contains(name.as_str())).collect();
    complain(&orphans, "folders of tests/lints/ that are no lints");
}

#[test]
fn every_case_holds_what_it_is_about() {
    let mut wrong = Vec::new();
    for (path, text) in expectations() {
        if !text.starts_with("$ dealcheck") || !text.contains("\nexit status: ") {
            wrong.push(format!("{path} is no transcript"));
        }
    }
    complain(&wrong, "expectations that are cut");
}

#[test]
fn titles_are_one_sentence_without_a_full_stop() {
    let mut wrong = Vec::new();
    for (path, text) in expectations() {
        for message in Message::all(&text).iter().filter(|message| message.title.ends_with('.')) {
            wrong.push(format!("{path}: {}", message.title));
        }
    }
    complain(&wrong, "titles that end in a full stop");
}

#[test]
fn labels_are_lower_case_without_a_full_stop() {
    let mut wrong = Vec::new();
    for (path, text) in expectations() {
        for label in Message::all(&text).iter().flat_map(Message::labels) {
            if label.starts_with(|first: char| first.is_uppercase()) || label.ends_with('.') {
                wrong.push(format!("{path}: {label}"));
            }
        }
    }
    complain(&wrong, "labels that begin in upper case or end in a full stop");
}

#[test]
fn every_finding_helps() {
    let mut wrong = Vec::new();
    for (path, text) in expectations() {
        for message in Message::all(&text).iter().filter(|message| message.lint.is_some()) {
            if message.helps() == 0 {
                wrong.push(format!("{path}: {}", message.title));
            }
        }
    }
    complain(&wrong, "findings without a way out");
}

#[test]
fn every_finding_in_an_expectation_is_of_a_lint() {
    let mut wrong = Vec::new();
    for (path, text) in expectations() {
        for lint in Message::all(&text).iter().filter_map(|message| message.lint) {
            if dealcheck::lints::find(lint).is_none() {
                wrong.push(format!("{path}: {lint}"));
            }
        }
    }
    complain(&wrong, "findings of lints that do not exist");
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut in_dependencies = false;
    let mut wrong = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies");
        } else if in_dependencies && line.contains(" = ") && !line.contains("# ") {
            wrong.push(line.to_owned());
        }
    }
    complain(&wrong, "dependencies without a comment that says what they are for");
}
