//! `explain`, `date` and `init` as they are typed: what they print, where, and how they end.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

use std::fs;
use std::path::{Path, PathBuf};
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
            "date", "30 days before go-live", "--event", "go-live=1 month after signing", "--event",
            "signing=2026-12-15",
        ],
        &["date", "10 business days after signing", "--event", "signing=2026-12-18"],
        &["date", "30 days after go-live", "--event", "go-live=Q2 2027"],
        &[
            "date",
            "15 business days after acceptance",
            "--event",
            "acceptance=later of 2027-02-01 and 30 days after go-live",
            "--event",
            "go-live=2 weeks after the effective date",
            "--event",
            "effective=2027-01-01",
        ],
        &["date", "in the second quarter of calendar year 2027"],
        &["date", "July to September 2027"],
        &["date", "30.06.2027"],
        &["date", "no later than ninety (90) days following 31 March 2027"],
    ];
    assert_data_eq!(transcript(folder.path(), runs), file!["commands/date.txt"].raw());
}

#[test]
fn dates_are_read_as_the_configuration_above_says() {
    let folder = TempDir::new().unwrap();
    let config = "# How our dates are read.\n\
        fiscal-year = { start = \"February\", named-by = \"end\" }\n\
        holidays = [2026-12-25, 2027-01-01]\n\
        bare-period = \"end\"\n\
        quarters = \"fiscal\"\n\
        weekend = \"next-business-day\"\n";
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
        &["date", "Q3 CY2027"],
        &["date", "within ten (10) calendar days of signing", "--event", "signing=2026-12-15"],
        &["date", "before 2027-01-04"],
        &["date", "Q3 2027", "--config", "../other.toml"],
        &["date", "Q3 2027", "--config", "../broken.toml"],
        &["date", "Q3 2027", "--config", "../absent.toml"],
    ];
    assert_data_eq!(transcript(&deals, runs), file!["commands/date-config.txt"].raw());
}

#[test]
fn dates_hang_on_the_events_of_a_contract() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("dealcheck.toml", "fiscal-year = { start = \"February\", named-by = \"end\" }\n");
    write(
        "acme.yaml",
        "contract: ACME-1\n\
         customer: Acme\n\
         signing: 2026-12-15\n\
         period: { start: go-live, term: 36 months }\n\
         fiscal-year: { start: July, named-by: start }\n\
         milestones:\n  \
           acceptance: 10 business days after go-live\n  \
           go-live: 90 days after signing\n  \
           rollout: open\n  \
           training: 2 weeks after rollout\n\
         requirements:\n  \
           - { feature: sso, due: 30 days after acceptance }\n",
    );
    write("amendment.yaml", "contract: ACME-1-A1\namends: ACME-1\nmilestones: { go-live: 2027-05-03 }\n");
    write(
        "circle.yaml",
        "contract: ACME-2\ncustomer: Acme\nmilestones: { a: 1 day after b, b: 1 day after a }\nrequirements: []\n",
    );
    write("roadmap.toml", "[features.sso]\nstatus = \"shippd\"\n");
    let runs: &[&[&str]] = &[
        &["date", "30 days after acceptance", "--contract", "acme.yaml"],
        &["date", "end", "--contract", "acme.yaml"],
        &["date", "later of FY27-Q1 and acceptance", "--contract", "acme.yaml"],
        &["date", "30 days after acceptance", "--contract", "amendment.yaml"],
        &["date", "30 days after training", "--contract", "acme.yaml"],
        &["date", "upon general availability", "--contract", "acme.yaml"],
        &["date", "30 days after acceptence", "--contract", "acme.yaml"],
        &["date", "a", "--contract", "circle.yaml"],
        &["date", "go-live", "--contract", "absent.yaml"],
        &["date", "go-live", "--contract", "roadmap.toml"],
        &["date", "go-live", "--contract", "acme.yaml", "--event", "go-live=2027-01-01"],
    ];
    assert_data_eq!(transcript(folder.path(), runs), file!["commands/date-contract.txt"].raw());
}

#[test]
fn what_is_no_date_is_pointed_at() {
    let folder = TempDir::new().unwrap();
    let config = "fiscal-year = { start = \"February\", named-by = \"end\" }\n";
    fs::write(folder.path().join("moved-year.toml"), config).unwrap();
    let runs: &[&[&str]] = &[
        &["date", ""],
        &["date", "TBD"],
        &["date", "03/04/2027"],
        &["date", "FY27-Q1"],
        &["date", "2027-02-30"],
        &["date", "Tuesday, 30 June 2027"],
        &["date", "ninety (60) days after signing", "--event", "signing=2027-01-01"],
        &["date", "November to February 2027"],
        &["date", "by end of Q2 2027", "--config", "moved-year.toml"],
        &["date", "90 days after signing"],
        &["date", "golive", "--event", "go-live=2027-03-31"],
        &["date", "30 days after go-live", "--event", "go-live"],
        &["date", "30 days after go-live", "--event", "go-live=soon"],
        &["date", "go-live", "--event", "go-live=3 days after start"],
        &[
            "date", "go-live", "--event", "go-live=3 days after review", "--event",
            "review=3 days after go-live",
        ],
        &["date", "signing", "--event", "signing=2027-01-01", "--event", "signature=2027-01-02"],
        &["date", "200000 days after signing", "--event", "signing=2027-01-01"],
        &["date", "a\u{1b}[31mred"],
        &["date", "go live $(id)"],
    ];
    assert_data_eq!(transcript(folder.path(), runs), file!["commands/date-errors.txt"].raw());
}

#[test]
fn a_start_is_written_once_and_teaches_one_error() {
    let folder = TempDir::new().unwrap();
    let runs: &[&[&str]] = &[&["init", "deals"], &["lint", "deals"], &["init", "deals"]];
    assert_data_eq!(transcript(folder.path(), runs), file!["commands/init.txt"].raw());
}

#[test]
fn a_preset_decides_what_fails() {
    for (preset, status, said) in [
        ("sell-what-ships", 1, "findings: 2 errors\n"),
        ("balanced", 1, "findings: 1 error, 1 warning\n"),
        ("report-only", 0, "findings: 2 warnings\n"),
    ] {
        let folder = TempDir::new().unwrap();
        assert_eq!(dealcheck(folder.path(), "2026-12-01", &["init", "--preset", preset]).0, 0);
        let (code, text) = dealcheck(folder.path(), "2026-12-01", &["lint"]);
        assert_eq!(code, status, "{preset}:\n{text}");
        assert!(text.contains(said), "{preset}:\n{text}");
        let written = std::fs::read_to_string(folder.path().join("dealcheck.toml")).unwrap();
        assert!(!written.contains("{{"), "{written}");
    }
}

#[test]
fn the_example_is_put_right_as_it_says() {
    for today in ["2026-12-01", "2026-11-30", "2028-02-29", "2027-08-31", "2027-01-31"] {
        let folder = TempDir::new().unwrap();
        assert_eq!(dealcheck(folder.path(), today, &["init"]).0, 0);
        let (status, text) = dealcheck(folder.path(), today, &["lint"]);
        assert_eq!(status, 1, "{today}:\n{text}");
        assert!(text.contains("error[late-feature]: \"Audit log\" ships 60 days after"), "{today}:\n{text}");
        assert!(text.contains("findings: 1 error, 1 warning\n"), "{today}:\n{text}");
        assert!(text.contains("1 shipped"), "{today}:\n{text}");

        let path = folder.path().join("contracts/example.yaml");
        let contract = fs::read_to_string(&path).unwrap();
        let better = contract.lines().find_map(|line| line.strip_prefix("  #   due: ")).unwrap();
        let (before, promise) = contract.split_once("- feature: audit-log\n").unwrap();
        let now = promise.lines().find_map(|line| line.strip_prefix("    due: ")).unwrap();
        let fixed = format!("{before}- feature: audit-log\n{}", promise.replacen(now, better, 1));
        fs::write(&path, fixed).unwrap();
        let (status, text) = dealcheck(folder.path(), today, &["lint"]);
        assert_eq!(status, 0, "{today}:\n{text}");
        assert!(!text.contains("error"), "{today}:\n{text}");
    }
}

#[test]
fn nothing_is_written_where_something_is_in_the_way() {
    for in_the_way in [
        "dealcheck.toml", "roadmap.toml", "contracts/example.yaml", "contracts",
        ".dealcheck/contract.schema.json", ".dealcheck",
    ] {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join(in_the_way);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "mine").unwrap();
        let before = files(folder.path());
        let (status, text) = dealcheck(folder.path(), "2026-12-01", &["init"]);
        assert_eq!(status, 2, "{text}");
        assert!(text.contains(in_the_way) && text.contains("nothing was written"), "{text}");
        assert_eq!(files(folder.path()), before);
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect();
    files.sort();
    files
}
