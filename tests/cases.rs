//! Every folder with an `args`, a `contract.*` or an `expected.txt` below the folders of `KINDS` in `tests` is a
//! test: the real binary runs in a copy of it, and all that a user sees is held against `expected.txt`. `UPDATE=1 cargo test --test cases` writes what came out; read it.
//!
//! `args` holds what is typed after `dealcheck`, a line for each run, with quotes as in a shell. Without it the
//! run is `lint contract.yaml`, or `lint .` where there is none. `stdin` is what the runs read from standard
//! input. A case of `tests/formats` runs in `tests/formats/workspace`, one of `tests/stories` in the example of
//! its name, one of `tests/reports` among all examples, and one of a folder in it in its own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use common::{Folder, entries, is_update, name, root};
use libtest_mimic::{Arguments, Failed, Trial};

const KINDS: [&str; 8] = ["lints", "errors", "formats", "gaps", "import", "reports", "sellable", "stories"];

/// Inputs that several cases share; not a case.
const WORKSPACE: &str = "tests/formats/workspace";

fn main() -> ExitCode {
    let mut cases = Vec::new();
    for kind in KINDS {
        find(&root().join("tests").join(kind), &mut cases);
    }
    let trials = cases
        .into_iter()
        .map(|case| {
            let path = case.strip_prefix(root().join("tests")).unwrap().to_string_lossy().replace('\\', "/");
            Trial::test(path, move || check(&case))
        })
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Folders that are cases; what lies in a case belongs to it.
fn find(folder: &Path, cases: &mut Vec<PathBuf>) {
    let here = entries(folder);
    let is_mark = |path: &&PathBuf| {
        let name = name(path);
        path.is_file() && (name == "args" || name == "expected.txt" || name.starts_with("contract."))
    };
    if folder == root().join(WORKSPACE) {
        return;
    }
    if here.iter().any(|path| is_mark(&path)) {
        cases.push(folder.to_owned());
        return;
    }
    for path in here.iter().filter(|path| path.is_dir()) {
        find(path, cases);
    }
}

fn check(case: &Path) -> Result<(), Failed> {
    let folder = Folder::copy_of(&home(case));
    for own in ["args", "expected.txt"] {
        let _ = fs::remove_file(folder.path().join(own));
    }
    let stdin = case.join("stdin");
    let stdin = stdin.exists().then_some(stdin.as_path());
    let mut runs = Vec::new();
    for typed in typed(case) {
        let ran = folder.run_with(&words(&typed)?, stdin);
        runs.push(ran.transcript(&typed));
    }
    compare(&case.join("expected.txt"), &runs.join("\n"))
}

/// Where a case runs.
fn home(case: &Path) -> PathBuf {
    let kind = case.parent().unwrap();
    if kind == root().join("tests/formats") {
        root().join(WORKSPACE)
    } else if kind == root().join("tests/stories") {
        root().join("examples").join(name(case))
    } else if kind == root().join("tests/reports") {
        root().join("examples")
    } else {
        case.to_owned()
    }
}

/// What is typed after `dealcheck`, run by run.
fn typed(case: &Path) -> Vec<String> {
    match fs::read_to_string(case.join("args")) {
        Ok(text) => text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect(),
        Err(_) if case.join("contract.yaml").exists() => vec!["lint contract.yaml".to_owned()],
        Err(_) => vec!["lint .".to_owned()],
    }
}

/// The words of a line; quotes keep blanks, as in a shell.
fn words(line: &str) -> Result<Vec<String>, Failed> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for character in line.chars() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, ' ') => words.extend(word.take()),
            _ => word.get_or_insert_default().push(character),
        }
    }
    if quote.is_some() {
        return Err(format!("a quote is not closed in `{line}`").into());
    }
    words.extend(word);
    Ok(words)
}

fn compare(file: &Path, actual: &str) -> Result<(), Failed> {
    if is_update() {
        return Ok(fs::write(file, actual)?);
    }
    let expected = fs::read_to_string(file)
        .map_err(|_| format!("{} is missing; UPDATE=1 writes it:\n\n{actual}", file.display()))?;
    let expected = snapbox::Data::text(expected.replace("\r\n", "\n")).raw();
    let actual = snapbox::Data::text(actual).raw();
    snapbox::Assert::new()
        .try_eq(Some(&file.display()), actual, expected)
        .map_err(|difference| format!("{difference}\nUPDATE=1 cargo test --test cases accepts it").into())
}
