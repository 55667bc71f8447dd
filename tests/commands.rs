//! `explain` and `date` as they are typed: what they print, where, and how they end.

use std::fs;
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

#[test]
fn dates_are_explained() {
    let folder = TempDir::new().unwrap();
    let runs: &[&[&str]] = &[
        &["date", "2027-03-31"],
        &["date", "Q3 2027"],
        &["date", "end of Q3 2027"],
        &["date", "90 days after signing", "--event", "signing=2026-03-31"],
        &[
            "date",
            "30 days before go-live",
            "--event",
            "go-live=1 month after signing",
            "--event",
            "signing=2026-12-15",
        ],
        &["date", "10 business days after signing", "--event", "signing=2026-12-18"],
        &["date", "30 days after go-live", "--event", "go-live=Q2 2027"],
    ];
    assert_data_eq!(transcript(folder.path(), runs), file!["commands/date.txt"].raw());
}

#[test]
fn dates_are_read_as_the_configuration_above_says() {
    let folder = TempDir::new().unwrap();
    let config = "# How our dates are read.\n\
        fiscal-year = { start = \"February\", named-by = \"end\" }\n\
        holidays = [2026-12-25, 2027-01-01]\n\
        bare-period = \"end\"\n";
    fs::write(folder.path().join("dealcheck.toml"), config).unwrap();
    fs::write(folder.path().join("other.toml"), "bare-period = \"cautious\"\n").unwrap();
    fs::write(folder.path().join("broken.toml"), "bare-period = \"late\"\n").unwrap();
    let deals = folder.path().join("deals");
    fs::create_dir(&deals).unwrap();
    let runs: &[&[&str]] = &[
        &["date", "Q3 2027"],
        &["date", "FY27-Q1"],
        &["date", "10 business days after signing", "--event", "signing=2026-12-18"],
        &["date", "1 month after start", "--event", "start=FY28"],
        &["date", "Q3 2027", "--config", "../other.toml"],
        &["date", "Q3 2027", "--config", "../broken.toml"],
        &["date", "Q3 2027", "--config", "../absent.toml"],
    ];
    assert_data_eq!(transcript(&deals, runs), file!["commands/date-config.txt"].raw());
}

#[test]
fn what_is_no_date_is_pointed_at() {
    let folder = TempDir::new().unwrap();
    let runs: &[&[&str]] = &[
        &["date", ""],
        &["date", "TBD"],
        &["date", "03/04/2027"],
        &["date", "FY27-Q1"],
        &["date", "2027-02-30"],
        &["date", "90 days after signing"],
        &["date", "golive", "--event", "go-live=2027-03-31"],
        &["date", "30 days after go-live", "--event", "go-live"],
        &["date", "30 days after go-live", "--event", "go-live=soon"],
        &["date", "go-live", "--event", "go-live=3 days after start"],
        &["date", "signing", "--event", "signing=2027-01-01", "--event", "signature=2027-01-02"],
        &["date", "200000 days after signing", "--event", "signing=2027-01-01"],
        &["date", "a\u{1b}[31mred"],
    ];
    assert_data_eq!(transcript(folder.path(), runs), file!["commands/date-errors.txt"].raw());
}
