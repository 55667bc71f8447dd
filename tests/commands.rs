//! `explain` as they are typed: what they print, where, and how they end.

use std::path::Path;
use std::process::Command;

use snapbox::{assert_data_eq, file};
use tempfile::TempDir;

/// Runs the program; what came of it is one text that a person can read.
fn dealcheck(folder: &Path, today: &str, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_dealcheck"))
        .args(arguments)
        .current_dir(folder)
        .env("DEALCHECK_TODAY", today)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    let typed: Vec<String> = arguments
        .iter()
        .map(|word| {
            if word.is_empty() || word.contains(|c: char| c == ' ' || c.is_control()) {
                format!("{word:?}")
            } else {
                (*word).to_owned()
            }
        })
        .collect();
    let mut text = format!("$ dealcheck {}\n", typed.join(" "));
    let status = output.status.code().unwrap();
    for (name, stream) in [("stdout", output.stdout), ("stderr", output.stderr)] {
        let stream = String::from_utf8(stream).unwrap();
        if !stream.is_empty() {
            text.push_str(&format!("{name}:\n{}\n", stream.trim_end()));
        }
    }
    text.push_str(&format!("exit status: {status}\n\n"));
    (status, text)
}

fn transcript(folder: &Path, runs: &[&[&str]]) -> String {
    runs.iter().map(|arguments| dealcheck(folder, "2026-12-01", arguments).1).collect()
}

#[test]
fn a_lint_is_explained() {
    let folder = TempDir::new().unwrap();
    let runs: &[&[&str]] =
        &[&["explain", "tight-deadline"], &["explain", "late-feture"], &["explain", "vibes"]];
    assert_data_eq!(transcript(folder.path(), runs), file!["commands/explain.txt"].raw());
}
