//! A help that is an edit is followed to the letter: what it replaces is replaced, and what it stood under is gone.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use common::{Folder, entries, name, root};
use serde_json::Value;

/// The beginnings of helps that name what to write instead.
const NAMING: [&str; 5] =
    ["did you mean `", "write `", "write the id `", "or write `", "write it in quotes: `"];

/// The folders below which cases are linted.
const CASES: [&str; 3] = ["tests/lints", "tests/errors", "examples"];

#[test]
fn what_a_help_replaces_is_rid_of_what_it_stands_under() {
    let mut cases = Vec::new();
    CASES.iter().for_each(|folder| find(&root().join(folder), &mut cases));
    let (mut followed, mut failed, mut unfollowed) = (0, Vec::new(), Vec::new());
    for case in cases {
        let Some(typed) = typed(&case) else { continue };
        let Some(said) = lint(&Folder::copy_of(&case), &typed) else { continue };
        for list in ["findings", "problems"] {
            let edits = list_of(&said, list).iter();
            let edits =
                edits.flat_map(|about| list_of(about, "replacements").iter().map(move |edit| (about, edit)));
            for (about, edit) in edits {
                let folder = Folder::copy_of(&case);
                if !follow(&folder, edit) {
                    continue;
                }
                let after = lint(&folder, &typed).unwrap();
                let is_left = list_of(&after, list).iter().any(|left| identity(left) == identity(about));
                let is_refused = list_of(&after, "problems").iter().any(|problem| stands_in(problem, edit));
                if is_left || is_refused {
                    failed.push(format!("{}: {}\n{edit}\n{after:#}", case.display(), about["message"]));
                }
                followed += 1;
            }
            unfollowed.extend(list_of(&said, list).iter().flat_map(|about| only_words(about, &case)));
        }
    }
    assert!(
        unfollowed.is_empty(),
        "helps that name what to write, and are no edits:\n{}",
        unfollowed.join("\n")
    );
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
    assert!(followed > 100, "only {followed} helps are edits");
}

/// The helps that name one thing to write instead of what stands there, and that no program could follow. Where there is
/// something to fill in, or more than one thing to write, nobody could.
fn only_words(about: &Value, case: &Path) -> Vec<String> {
    let edits: Vec<&Value> = list_of(about, "replacements").iter().map(|edit| &edit["help"]).collect();
    let names_one = |help: &str| {
        let named = NAMING.iter().find_map(|naming| help.strip_prefix(naming));
        named.and_then(|rest| rest.split_once('`')).is_some_and(|(what, rest)| {
            !what.contains(['…', '[', ':', '=']) && !rest.contains('`') && !rest.contains(" as ")
        })
    };
    let helps = list_of(about, "helps").iter().enumerate();
    let helps =
        helps.filter(|(at, help)| !edits.contains(&&Value::from(*at)) && names_one(help.as_str().unwrap()));
    helps.map(|(_, help)| format!("{}: {}: {help}", case.display(), about["message"])).collect()
}

fn find(folder: &Path, cases: &mut Vec<PathBuf>) {
    let here = entries(folder);
    if here.iter().any(|path| path.is_file()) {
        cases.push(folder.to_owned());
    } else {
        here.iter().filter(|path| path.is_dir()).for_each(|path| find(path, cases));
    }
}

/// The first run of a case that lints, without what says how it looks.
fn typed(case: &Path) -> Option<Vec<String>> {
    let args = fs::read_to_string(case.join("args"));
    let first = match &args {
        Ok(args) => args.lines().find(|line| line.starts_with("lint"))?,
        Err(_) if entries(case).iter().any(|path| name(path).starts_with("contract.yaml")) => {
            "lint contract.yaml"
        }
        Err(_) => "lint .",
    };
    let mut words: Vec<&str> = first.split(' ').collect();
    while let Some(at) = words.iter().position(|word| ["--format", "--color"].contains(word)) {
        words.drain(at..at + 2);
    }
    let is_plain = !first.contains(['"', '\'']) && !words.contains(&"-");
    is_plain.then(|| words.into_iter().chain(["--format", "json"]).map(str::to_owned).collect())
}

fn list_of<'v>(value: &'v Value, list: &str) -> &'v [Value] {
    value[list].as_array().unwrap()
}

/// What a run says; nothing where it could not begin.
fn lint(folder: &Folder, typed: &[String]) -> Option<Value> {
    serde_json::from_str(&folder.run(typed).stdout).ok()
}

/// What tells a finding, or a problem, from others.
fn identity(about: &Value) -> (&Value, &Value, &Value, &Value) {
    let start = &about["spans"][0]["start"]["byte"];
    match &about["fingerprint"] {
        Value::Null => (&about["file"], &about["message"], start, &Value::Null),
        fingerprint => (fingerprint, &Value::Null, &Value::Null, &Value::Null),
    }
}

/// Writes what is to be written, where it is to be written.
fn follow(folder: &Folder, edit: &Value) -> bool {
    let path = folder.path().join(edit["file"].as_str().unwrap());
    let Ok(mut bytes) = fs::read(&path) else { return false };
    let text = edit["text"].as_str().unwrap().bytes();
    bytes.splice(byte(&edit["start"])..byte(&edit["end"]), text);
    fs::write(path, bytes).unwrap();
    true
}

fn byte(point: &Value) -> usize {
    point["byte"].as_u64().unwrap().try_into().unwrap()
}

/// Whether a problem is with what was written.
fn stands_in(problem: &Value, edit: &Value) -> bool {
    let start = byte(&edit["start"]);
    let written = start..start + edit["text"].as_str().unwrap().len();
    let span = &problem["spans"][0];
    !span.is_null() && span["file"] == edit["file"] && written.contains(&byte(&span["start"]))
}
