//! Whoever adds a contract adds nothing that undoes what the deal desk decided.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use common::{Folder, LATE, ROADMAP, Ran, command};

const WAIVER: &str = "[[waivers]]\ncontract = \"ACME-1\"\nrequirement = \"audit-log\"\nlint = \"late-feature\"\n\
                      reason = \"x\"\napproved-by = \"a@vendor.example\"\napproved-on = 2026-11-20\nexpires = 2027-12-31\n";

/// A repository with a configuration at its root, and a contract below that nobody can keep.
fn desk(config: &str) -> Folder {
    let folder = Folder::new();
    folder.write("dealcheck.toml", config);
    folder.write("roadmap.toml", ROADMAP);
    folder.write("contracts/emea/acme.yaml", LATE);
    folder
}

fn run_in(folder: &Folder, below: &str, args: &[&str]) -> Ran {
    let output = command(&folder.path().join(below), args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
}

/// Every way to get at the contract.
const WAYS: [(&str, &[&str]); 8] = [
    (".", &["lint"]),
    (".", &["lint", "contracts/emea/acme.yaml"]),
    ("contracts/emea", &["lint"]),
    ("contracts/emea", &["lint", "acme.yaml"]),
    (".", &["report"]),
    (".", &["gaps", "contracts"]),
    ("contracts/emea", &["date", "Q3 2027"]),
    ("contracts/emea", &["sellable"]),
];

#[test]
fn a_configuration_below_another_one_is_an_error() {
    for config in
        ["", "[lints]\nlate-feature = \"allow\"\n", "exclude = [\"*\"]\n", "contracts = []\n", "= broken"]
    {
        let folder = desk("contracts = [\"contracts\"]\n");
        folder.write("contracts/emea/dealcheck.toml", config);
        for (below, args) in WAYS {
            let ran = run_in(&folder, below, args);
            assert_eq!(ran.status, Some(2), "{config:?}, {args:?} in {below}: {ran:#?}");
            assert!(ran.stderr.contains("which holds here"), "{args:?}: {}", ran.stderr);
            assert_eq!(ran.stderr.matches("which holds here").count(), 1, "{args:?}: {}", ran.stderr);
            if args[0] == "lint" {
                assert!(ran.stdout.contains("error[late-feature]"), "{args:?}: {}", ran.stdout);
            }
        }
    }
}

/// A submodule is somebody else's repository; what is checked out within one's own is not for them to undo.
#[test]
fn a_repository_within_the_own_one_has_no_desk_of_its_own() {
    let folder = desk("contracts = [\"contracts/**/acme.yaml\"]\n");
    folder.write(".git/HEAD", "ref: refs/heads/main\n");
    folder.write("contracts/emea/.git", "gitdir: ../../.git/modules/emea\n");
    folder.write("contracts/emea/roadmap.toml", "[features.audit-log]\nstatus = \"shipped\"\n");
    let ways = [&["lint"][..], &["lint", "contracts/emea/acme.yaml"], &["lint", "contracts/emea/*.yaml"]];
    for args in ways {
        assert_eq!(folder.run(args).status, Some(1), "{args:?}: {:#?}", folder.run(args));
    }
    folder.write("contracts/emea/dealcheck.toml", "[lints]\nlate-feature = \"allow\"\n");
    for args in ways {
        let ran = folder.run(args);
        assert_eq!(ran.status, Some(2), "{args:?}: {ran:#?}");
        assert!(ran.stdout.contains("error[late-feature]"), "{args:?}: {ran:#?}");
    }
}

#[test]
fn a_folder_that_is_named_has_its_own_configuration() {
    for nested in ["contracts/emea", "contracts/*", "./contracts/emea/"] {
        let folder = desk(&format!("nested = [\"{nested}\"]\n"));
        folder.write(
            "contracts/emea/dealcheck.toml",
            "roadmap = \"../../roadmap.toml\"\n[lints]\nlate-feature = \"allow\"\n",
        );
        let ran = folder.run(&["lint", "contracts"]);
        assert_eq!(ran.status, Some(0), "{nested}: {ran:#?}");
        folder.write("contracts/emea/west/dealcheck.toml", "");
        folder.write("contracts/emea/west/b.yaml", LATE.replace("ACME-1", "B"));
        assert_eq!(folder.run(&["lint", "contracts"]).status, Some(2));
    }
    let folder = desk("nested = [\"contracts\"]\n");
    folder.write("contracts/emea/dealcheck.toml", "");
    assert_eq!(folder.run(&["lint", "contracts"]).status, Some(2), "another folder is named");
}

#[test]
fn what_is_forbidden_stays_forbidden_below() {
    for outer in ["late-feature = \"forbid\"", "late-feature = { level = \"forbid\" }"] {
        let folder = desk(&format!("nested = [\"contracts/emea\"]\n[lints]\n{outer}\n"));
        let inner = "roadmap = \"../../roadmap.toml\"\n[lints]\nlate-feature = \"allow\"\n";
        folder.write("contracts/emea/dealcheck.toml", inner);
        folder.write("contracts/emea/waivers.toml", WAIVER);
        for (below, args) in
            [(".", vec!["lint", "contracts"]), ("contracts/emea", vec!["lint", "-A", "late-feature"])]
        {
            let ran = run_in(&folder, below, &args);
            assert_eq!(ran.status, Some(1), "{args:?}: {ran:#?}");
            assert!(ran.stdout.contains("no waiver covers what is forbidden"), "{}", ran.stdout);
        }
    }
    let folder = desk("nested = [\"contracts/emea\"]\n[lints]\nlate-feature = \"forbit\"\n");
    folder.write(
        "contracts/emea/dealcheck.toml",
        "roadmap = \"../../roadmap.toml\"\n[lints]\nlate-feature = \"allow\"\n",
    );
    let ran = run_in(&folder, "contracts/emea", &["lint"]);
    assert_eq!(ran.status, Some(2), "{ran:#?}");
    assert!(ran.stderr.contains("`forbit` is not a level"), "{}", ran.stderr);
}

#[test]
fn a_roadmap_or_a_waiver_beside_a_contract_counts_for_nothing() {
    let folder = desk("");
    folder.write("contracts/emea/roadmap.toml", ROADMAP.replace("2027-Q2", "2026-12-01"));
    folder.write("contracts/emea/waivers.toml", WAIVER);
    for (below, args) in &WAYS[..4] {
        let ran = run_in(&folder, below, args);
        assert_eq!(ran.status, Some(1), "{args:?} in {below}: {ran:#?}");
        assert!(ran.stdout.contains("error[late-feature]"), "{}", ran.stdout);
    }
    // Where there is none beside the configuration, none is taken.
    std::fs::remove_file(folder.path().join("roadmap.toml")).unwrap();
    let ran = folder.run(&["lint"]);
    assert_eq!(ran.status, Some(2), "{ran:#?}");
    assert!(ran.stderr.contains("beside dealcheck.toml"), "{}", ran.stderr);
    // With no configuration the nearest ones hold.
    std::fs::remove_file(folder.path().join("dealcheck.toml")).unwrap();
    assert_eq!(folder.run(&["lint", "contracts"]).status, Some(0));
}

/// What decides has its own owners wherever it may count: the last pattern that fits is theirs, not that of contracts.
#[test]
fn the_owners_of_the_book_own_what_decides() {
    let page = std::fs::read_to_string(common::root().join("docs/set-up-a-desk.md")).unwrap();
    let block = page.split("```text\n").map(|rest| rest.split("```").next().unwrap());
    let block = block.into_iter().find(|block| block.contains("@company/sales")).unwrap();
    let patterns: Vec<(&str, &str)> = block.lines().filter_map(|line| line.split_once(' ')).collect();
    // As git reads them: a name without a slash is meant in every folder.
    let fits = |pattern: &str, path: &str| match pattern.strip_prefix('/') {
        Some(folder) if folder.ends_with('/') => path.starts_with(folder),
        Some(file) => path == file,
        None => {
            let name = path.rsplit('/').next().unwrap();
            pattern.strip_suffix('*').map_or(name == pattern, |begins| name.starts_with(begins))
        }
    };
    let owner = |path: &str| {
        let last = patterns.iter().rev().find(|(pattern, _)| fits(pattern, path));
        last.map(|(_, owner)| owner.trim())
    };
    for folder in ["", "emea/", "contracts/", "contracts/emea/"] {
        let of = |name: &str| owner(&format!("{folder}{name}"));
        assert_eq!(of("dealcheck.toml"), Some("@company/deal-desk"), "{folder}");
        for ending in ["toml", "yaml", "yml", "json"] {
            assert_eq!(of(&format!("waivers.{ending}")), Some("@company/deal-desk"), "{folder}");
            assert_eq!(of(&format!("roadmap.{ending}")), Some("@company/product"), "{folder}");
        }
    }
    assert_eq!(owner("contracts/acme.yaml"), Some("@company/sales"));
}

/// Words of a file that a pull request leads to and that its author may not read.
const SECRET: &str = "hunter2";

#[cfg(unix)]
#[test]
fn no_word_of_a_file_outside_is_told() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    let secret = |name: &str, text: &str| {
        let path = outside.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let broken = secret("broken.yaml", &format!("password: [{SECRET}\n{SECRET}: {SECRET}\n"));
    let odd = secret(
        "odd.toml",
        &format!("[features.a]\nstatus = \"{SECRET}\"\ntarget = \"{SECRET}\"\n{SECRET} = 1\n"),
    );
    let bytes = outside.path().join("bytes.yaml");
    std::fs::write(&bytes, [SECRET.as_bytes(), b"\xff: contract customer\n"].concat()).unwrap();
    let deal = secret(
        "deal.yaml",
        &format!(
            "contract: ACME-2\ncustomer: A\namends: {SECRET}\nvalue: {SECRET}\nrequirements: {SECRET}\n"
        ),
    );
    for (target, link) in [
        (&broken, "roadmap.toml"),
        (&odd, "roadmap.toml"),
        (&bytes, "roadmap.toml"),
        (&broken, "waivers.toml"),
        (&odd, "waivers.toml"),
        (&broken, "dealcheck.toml"),
        (&odd, "dealcheck.toml"),
        (&bytes, "contracts/b.yaml"),
        (&deal, "contracts/b.yaml"),
    ] {
        let folder = desk("contracts = [\"contracts\"]\n");
        folder.write("other.toml", ROADMAP);
        let _ = std::fs::remove_file(folder.path().join(link));
        symlink(target, folder.path().join(link)).unwrap();
        for format in
            ["full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "narrated", "table"]
        {
            let ran = folder.run(&["lint", "--format", format]);
            assert_eq!(ran.status, Some(2), "{link}: {ran:#?}");
            let told = format!("{}{}", ran.stdout, ran.stderr);
            assert!(!told.contains(SECRET), "{link} to {}, {format}:\n{told}", target.display());
            assert!(told.contains("leads out of the repository"), "{link}, {format}:\n{told}");
        }
        for command in ["report", "gaps", "impact", "sellable", "waive"] {
            let more: &[&str] = match command {
                "impact" => &["--against", "other.toml"],
                "waive" => &[
                    "--all-findings", "--reason", "x", "--approved-by", "a@vendor.example", "--expires",
                    "2027-12-31",
                ],
                _ => &[],
            };
            let ran = folder.run(&[&[command], more].concat());
            // `sellable` reads neither waivers nor contracts.
            assert!(ran.status == Some(2) || command == "sellable", "{link}, {command}: {ran:#?}");
            let told = format!("{}{}", ran.stdout, ran.stderr);
            assert!(!told.contains(SECRET), "{link} to {}, {command}:\n{told}", target.display());
        }
    }
    // A path does as well as a link; what the command line names is shown.
    let folder = desk(&format!("roadmap = [\"{}\"]\n", odd.display()));
    let ran = folder.run(&["lint"]);
    assert!(ran.status == Some(2) && !ran.stderr.contains(SECRET), "{ran:#?}");
    let ran = folder.run(&["lint", "--roadmap", odd.to_str().unwrap()]);
    assert!(ran.stderr.contains(SECRET), "{}", ran.stderr);
}
