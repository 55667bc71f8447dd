//! What goes to files is what standard output would have got, and a file is written whole or not at all.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use common::{Folder, root};

/// The formats that `--help` names.
fn formats() -> Vec<String> {
    let help = lint(root(), &["--help"]).stdout;
    let help = String::from_utf8(help).unwrap();
    let list = help.split("--format <FORMAT[=FILE]>").nth(1).unwrap();
    // What belongs to an option is indented below it.
    list.lines()
        .skip(1)
        .take_while(|line| line.is_empty() || line.starts_with("        "))
        .filter_map(|line| line.trim().strip_prefix("- ")?.split_once(':'))
        .map(|(name, _)| name.to_owned())
        .collect()
}

fn lint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dealcheck"))
        .arg("lint")
        .args(arguments)
        .current_dir(folder)
        .env("DEALCHECK_TODAY", "2026-11-22")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap()
}

fn workspace() -> Folder {
    Folder::copy_of(&root().join("tests/formats/workspace"))
}

#[test]
fn one_run_serves_every_format() {
    let formats = formats();
    assert!(formats.len() > 2 && formats.iter().any(|format| format == "json"), "{formats:?}");
    let folder = workspace();
    let files: Vec<String> = formats.iter().map(|format| format!("--format={format}=out.{format}")).collect();
    let mut arguments: Vec<&str> = files.iter().map(String::as_str).collect();
    arguments.extend(["--format=concise", "deals/acme.yaml", "deals/globex.json"]);
    let all = lint(folder.path(), &arguments);
    for format in &formats {
        let alone = lint(folder.path(), &["--format", format, "deals/acme.yaml", "deals/globex.json"]);
        assert_eq!(alone.status.code(), all.status.code(), "{format}");
        let written = fs::read(folder.path().join(format!("out.{format}"))).unwrap();
        assert_eq!(
            String::from_utf8(written).unwrap(),
            String::from_utf8(alone.stdout.clone()).unwrap(),
            "{format}"
        );
        if format == "concise" {
            assert_eq!(all.stdout, alone.stdout);
        }
    }
}

#[test]
fn problems_are_shown_where_nothing_else_is() {
    let folder = workspace();
    let run = lint(folder.path(), &["deals", "nowhere.yaml", "--format", "json", "-o", "findings.json"]);
    assert_eq!(run.status.code(), Some(2));
    assert!(run.stdout.is_empty());
    assert!(String::from_utf8(run.stderr).unwrap().contains("cannot read nowhere.yaml"));
    assert!(
        fs::read_to_string(folder.path().join("findings.json")).unwrap().contains("cannot read nowhere.yaml")
    );
    let run = lint(folder.path(), &["deals", "nowhere.yaml", "--format", "json"]);
    assert!(run.stderr.is_empty());
}

#[test]
fn a_text_file_holds_its_problems() {
    let folder = workspace();
    lint(folder.path(), &["deals", "nowhere.yaml", "--color=always", "--output", "findings.txt"]);
    let text = fs::read_to_string(folder.path().join("findings.txt")).unwrap();
    assert!(text.contains("cannot read nowhere.yaml") && text.contains("error[late-feature]"));
    assert!(!text.contains('\u{1b}'), "a file takes no colour");
}

#[cfg(unix)]
#[test]
fn a_file_is_replaced_whole_and_its_link_stays() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = workspace();
    let (real, link) = (folder.path().join("real.txt"), folder.path().join("link.txt"));
    fs::write(&real, "before").unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink(&real, &link).unwrap();
    lint(folder.path(), &["-o", "link.txt"]);
    assert!(link.is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("error[late-feature]"));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    let left = fs::read_dir(folder.path())
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with(".dealcheck-"));
    assert_eq!(left.count(), 0, "nothing is left behind");
}

#[test]
fn a_run_that_is_refused_writes_nothing() {
    let folder = workspace();
    fs::write(folder.path().join("findings.json"), "before").unwrap();
    let run =
        lint(folder.path(), &["--format", "json=findings.json", "--format", "concise=nowhere/findings.txt"]);
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(fs::read_to_string(folder.path().join("findings.json")).unwrap(), "before");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_named() {
    let folder = workspace();
    let run = lint(folder.path(), &["--output", "/dev/full", "deals/acme.yaml"]);
    assert_eq!(run.status.code(), Some(2));
    assert_eq!(
        String::from_utf8(run.stderr).unwrap(),
        "error: cannot write: /dev/full: no space left on device\n"
    );
}

/// Contracts that each promise something that comes too late, and some that cannot be read.
fn many(contracts: usize, broken: usize) -> Folder {
    let folder = Folder::new();
    folder.write(
        "roadmap.toml",
        "[features.audit-log]\nstatus = \"planned\"\ntarget = \"2027-Q2\"\nteam = \"core\"\n",
    );
    for number in 0..contracts {
        let text = format!(
            "contract: ACME-{number:04}\ncustomer: Acme\nrequirements:\n  - {{ feature: audit-log, due: 2027-01-31 }}\n"
        );
        folder.write(&format!("deals/{number:04}.yaml"), text);
    }
    for number in 0..broken {
        folder.write(&format!("deals/broken-{number}.yaml"), "contract: A\ncustomer: [\n");
    }
    folder
}

#[test]
fn every_format_has_the_same_bytes_for_any_number_of_threads() {
    let folder = many(300, 5);
    for format in formats() {
        let run = |threads: &str| {
            let mut command = common::command(folder.path(), &["lint", "deals", "--format", &format]);
            let output = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
            (output.status.code(), output.stdout, output.stderr)
        };
        let one = run("1");
        assert_eq!(one.0, Some(2), "{format}");
        assert!(run("7") == one, "{format} differs");
    }
}

#[test]
fn an_amendment_is_found_wherever_it_stands_among_many_contracts() {
    let folder = many(300, 0);
    for (file, number) in [("0150-change", "0299"), ("last", "0000")] {
        let (deal, of) = (format!("ACME-{number}"), format!("deals/{number}.yaml"));
        let draft = std::fs::read_to_string(folder.path().join(&of)).unwrap();
        folder.write(&of, format!("{draft}status: signed\nsigning: 2026-10-01\n"));
        let text = format!(
            "contract: {deal}-A1\namends: {deal}\nstatus: signed\nsigning: 2026-11-02\n\
             requirements:\n  - {{ feature: audit-log, due: 2027-12-31 }}\n"
        );
        folder.write(&format!("deals/{file}.yaml"), text);
    }
    // What is typed in can be read only once, however often other files are.
    let typed =
        "contract: TYPED\ncustomer: Acme\nrequirements:\n  - { feature: audit-log, due: 2027-01-31 }\n";
    folder.write("typed", typed);
    let run = |threads: &str| {
        let arguments = ["lint", "-", "deals", "--stdin-filename", "deals/x.yaml", "--format", "concise"];
        let mut command = common::command(folder.path(), &arguments);
        command.stdin(std::fs::File::open(folder.path().join("typed")).unwrap());
        let output = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert_eq!((output.status.code(), output.stderr), (Some(1), Vec::new()), "{threads}");
        String::from_utf8(output.stdout).unwrap()
    };
    let found = run("1");
    let late: Vec<&str> = found.lines().filter(|line| line.contains("late-feature")).collect();
    assert_eq!(late.len(), 299, "{found}");
    assert!(late[0].starts_with("deals/0001.yaml:") && late[297].starts_with("deals/0298.yaml:"), "{found}");
    assert!(late[298].starts_with("deals/x.yaml:"), "{found}");
    for threads in ["2", "7"] {
        assert!(run(threads) == found, "{threads} threads differ");
    }
}

#[test]
fn a_comment_is_as_long_as_github_takes_and_says_what_it_leaves_out() {
    let ran = many(700, 3).run(&["lint", "deals", "--format", "markdown"]);
    let text = &ran.stdout;
    assert!(text.len() <= 65_536 && text.len() > 60_000, "{} bytes", text.len());
    let left_out = |noun: &str, format: &str| {
        let line = format!(" {noun} are left out here; `dealcheck lint --format {format}` shows all.");
        let line = text.lines().find_map(|text| text.strip_suffix(&line));
        line.unwrap_or_else(|| panic!("nothing says which {noun} are left out: {text}"))
            .parse::<usize>()
            .unwrap()
    };
    let rows = text.lines().filter(|line| line.starts_with("| **late**, 150 late |")).count();
    assert_eq!(rows + left_out("promises", "table"), 700);
    let findings = text.matches("<summary><b>late-feature</b>").count();
    assert_eq!(findings + left_out("findings", "full"), 700);
    assert!(text.matches("<summary><b>problem</b>").count() >= 3 && !text.contains("problems are left out"));
    assert_eq!(text.matches("<details>").count(), text.matches("</details>").count());
}

#[test]
fn a_test_says_all_that_is_about_its_requirement() {
    // What is found about all contracts together is known when their tests are long drawn.
    let folder = Folder::copy_of(&root().join("tests/lints/repeated-promise/three-others"));
    let ran = folder.run(&["lint", ".", "-D", "repeated-promise", "--format", "junit"]);
    let report = quick_junit::Report::deserialize_from_str(&ran.stdout).unwrap();
    let json = folder.run(&["lint", ".", "--format", "json"]).stdout;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let requirements = json["summary"]["requirements"].as_u64().unwrap();
    assert_eq!(report.tests as u64, requirements, "{}", ran.stdout);
    assert!(report.failures > 0 && ran.stdout.contains("type=\"repeated-promise\""), "{}", ran.stdout);
}

#[test]
fn a_table_is_as_wide_as_a_page() {
    let ran = Folder::copy_of(&root().join("examples")).run(&["lint", ".", "--format", "table"]);
    let table: Vec<&str> = ran.stdout.lines().filter(|line| line.starts_with('|')).collect();
    assert!(table.len() > 40);
    assert_eq!(table.iter().find(|line| line.chars().count() > 100), None);
}
