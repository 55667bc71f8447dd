//! `confirm`: the day stands beside the target, and nothing else of the file has changed.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::fs;

use common::{Folder, Ran};

/// Confirms features in a roadmap of this name and text; returns the run and what the file holds then.
fn confirmed(name: &str, text: &str, features: &[&str]) -> (Ran, String) {
    let folder = Folder::new();
    let path = folder.write(name, text);
    let ran = folder.run(&[&["confirm"], features].concat());
    (ran, fs::read_to_string(path).unwrap())
}

#[track_caller]
fn becomes(name: &str, before: &str, after: &str) {
    let (ran, text) = confirmed(name, before, &["audit"]);
    assert_eq!(ran.stderr, "");
    assert_eq!(text, after);
    assert_eq!(ran.status, Some(0));
    // Once more changes nothing.
    let (ran, text) = confirmed(name, &text, &["Audit log"]);
    assert_eq!((ran.status, text.as_str()), (Some(0), after), "{}", ran.stderr);
}

#[test]
fn the_day_is_written_beside_the_target() {
    becomes(
        "roadmap.toml",
        "# Ours\n[features.audit]\nname = \"Audit log\"\nstatus = 'planned'\n  target   =   \"2027-Q2\" # says Ann\n\n[features.sso]\nstatus = 'idea'\n",
        "# Ours\n[features.audit]\nname = \"Audit log\"\nstatus = 'planned'\n  target   =   \"2027-Q2\" # says Ann\n  confirmed = 2026-11-22\n\n[features.sso]\nstatus = 'idea'\n",
    );
    becomes(
        "roadmap.toml",
        "[features]\naudit = { name = 'Audit log', status = 'planned', target = '2027-Q2' } # x\n",
        "[features]\naudit = { name = 'Audit log', status = 'planned', target = '2027-Q2', confirmed = 2026-11-22 } # x\n",
    );
    becomes(
        "roadmap.toml",
        "features.audit.target = 2027-03-31\r\nfeatures.audit.status = 'planned'\r\nfeatures.audit.name = 'Audit log'",
        "features.audit.target = 2027-03-31\r\nfeatures.audit.confirmed = 2026-11-22\r\nfeatures.audit.status = 'planned'\r\nfeatures.audit.name = 'Audit log'",
    );
    becomes(
        "roadmap.toml",
        "\u{feff}[features.audit]\nconfirmed = \"2026-10\" # before\nname = 'Audit log'\nstatus = 'planned'\ntarget = '2027-Q2'",
        "\u{feff}[features.audit]\nconfirmed = 2026-11-22 # before\nname = 'Audit log'\nstatus = 'planned'\ntarget = '2027-Q2'",
    );
    becomes(
        "roadmap.yaml",
        "features:\n  audit: # ours\n    name: Audit log\n    target: 2027-Q2   # says Ann\n    status: planned\n",
        "features:\n  audit: # ours\n    name: Audit log\n    target: 2027-Q2   # says Ann\n    confirmed: 2026-11-22\n    status: planned\n",
    );
    becomes(
        "roadmap.yaml",
        "features: { audit: { name: Audit log, status: planned, target: 2027-Q2 } }\n",
        "features: { audit: { name: Audit log, status: planned, target: 2027-Q2, confirmed: 2026-11-22 } }\n",
    );
    becomes(
        "roadmap.json",
        "{\n  \"features\": {\n    \"audit\": {\n      \"name\": \"Audit log\", \"status\": \"planned\",\n      \"target\": \"2027-Q2\",\n      \"team\": \"a\"\n    }\n  }\n}\n",
        "{\n  \"features\": {\n    \"audit\": {\n      \"name\": \"Audit log\", \"status\": \"planned\",\n      \"target\": \"2027-Q2\",\n      \"confirmed\": \"2026-11-22\",\n      \"team\": \"a\"\n    }\n  }\n}\n",
    );
    becomes(
        "roadmap.json",
        "{\"features\": {\"audit\": {\"name\": \"Audit log\", \"status\": \"planned\", \"target\": \"2027-Q2\"}}}",
        "{\"features\": {\"audit\": {\"name\": \"Audit log\", \"status\": \"planned\", \"target\": \"2027-Q2\", \"confirmed\": \"2026-11-22\"}}}",
    );
}

#[test]
fn each_target_of_a_feature_is_confirmed() {
    let text = "\
features:
  audit:
    name: Audit log
    status: planned
    target: 2027-Q1
    for: { platform: linux }
    offers:
      - target: 2027-Q2
        for: { platform: windows }
        status: planned
      - for: { platform: macos }
      - for: { platform: bsd }
        status: shipped
";
    let (ran, written) = confirmed("roadmap.yaml", text, &["audit"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    let expected = text
        .replace("    target: 2027-Q1\n", "    target: 2027-Q1\n    confirmed: 2026-11-22\n")
        .replace("      - target: 2027-Q2\n", "      - target: 2027-Q2\n        confirmed: 2026-11-22\n");
    assert_eq!(written, expected);
    assert_eq!(
        ran.stdout,
        "confirmed on 2026-11-22, in roadmap.yaml:\n\n  \"Audit log\": 2027-Q1\n  \"Audit log\" for windows: 2027-Q2\n"
    );
}

#[test]
fn what_cannot_be_written_is_said() {
    let text = "[features.audit]\nname = 'Audit log'\nstatus = 'planned'\ntarget = '2027-Q2'\n\n[features.sso]\nstatus = 'shipped'\n";
    for (feature, words) in
        [("audi", "did you mean `audit`?"), ("sso", "\"sso\" has no target that anybody could confirm")]
    {
        let (ran, written) = confirmed("roadmap.toml", text, &["audit", feature]);
        assert_eq!((ran.status, written.as_str()), (Some(2), text));
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
    }
    // A file that cannot be read is not changed.
    let broken = format!("{text}target = \n");
    let (ran, written) = confirmed("roadmap.toml", &broken, &["audit"]);
    assert_eq!((ran.status, written), (Some(2), broken));
    let elsewhere = "x-day: &day 2027-Q2\nfeatures:\n  audit:\n    status: planned\n    target: *day\n";
    let (ran, written) = confirmed("roadmap.yaml", elsewhere, &["audit"]);
    assert_eq!((ran.status, written.as_str()), (Some(2), elsewhere), "{}", ran.stderr);
    assert!(ran.stderr.contains("by hand"), "{}", ran.stderr);
}

/// Whatever is written into an entry that features share is said of all of them: so all of them have to be named.
#[test]
fn nothing_is_confirmed_that_is_not_named() {
    for shared in [
        "features:\n  audit: &a\n    status: planned\n    target: 2027-Q2\n  sso: *a\n",
        "x-b: &b {status: planned, target: 2027-Q2}\nfeatures: {audit: *b, sso: {<<: *b, name: sso}}\n",
        "features:\n  audit: &a\n    status: planned\n    target: 2027-Q2\n  sso: {<<: *a, target: 2027-Q3}\n",
    ] {
        let (ran, written) = confirmed("roadmap.yaml", shared, &["audit"]);
        assert_eq!((ran.status, written.as_str()), (Some(2), shared), "{}", ran.stdout);
        let words = "\"sso\" would be confirmed with \"audit\": they share what is written";
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
        let (ran, written) = confirmed("roadmap.yaml", shared, &["audit", "sso"]);
        assert_eq!(ran.status, Some(0), "{}", ran.stderr);
        assert!(written.contains("confirmed: 2026-11-22"), "{written}");
        for line in ["\"audit\": 2027-Q2", "\"sso\": 2027-Q"] {
            assert!(ran.stdout.contains(line), "{}", ran.stdout);
        }
    }
    // What has a day of its own keeps it.
    let own = "features:\n  audit: &a\n    status: planned\n    target: 2027-Q2\n  sso: {<<: *a, confirmed: 2026-01-01}\n";
    let (ran, written) = confirmed("roadmap.yaml", own, &["audit"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert_eq!(written, own.replace("Q2\n", "Q2\n    confirmed: 2026-11-22\n"));
    // What was confirmed today by itself is nothing new.
    let today = own.replace("2026-01-01", "2026-11-22");
    assert_eq!(confirmed("roadmap.yaml", &today, &["audit"]).0.status, Some(0));
}

#[test]
fn what_cannot_hold_is_not_confirmed() {
    let entry = "[features.audit]\nname = 'Audit log'\nstatus = 'planned'\n";
    for (target, words, help) in [
        (
            "target = '2025-Q1'\n",
            "the target of \"Audit log\" has passed: its last day was 2025-03-31",
            "write the new target",
        ),
        (
            "target = '2027-Q2'\nconfirmed = 2026-11-25\n",
            "the roadmap says that the target of \"Audit log\" was confirmed on 2026-11-25, and today is 2026-11-22",
            "take that day out of the entry",
        ),
    ] {
        let text = format!("{entry}{target}");
        let (ran, written) = confirmed("roadmap.toml", &text, &["audit"]);
        assert_eq!((ran.status, written), (Some(2), text), "{}", ran.stdout);
        assert!(ran.stderr.contains(words) && ran.stderr.contains(help), "{}", ran.stderr);
    }
    // A quarter that has begun has not passed.
    let (ran, _) = confirmed("roadmap.toml", &format!("{entry}target = '2026-Q4'\n"), &["audit"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
}

#[test]
fn lint_then_has_nothing_to_say() {
    let folder = Folder::new();
    folder
        .write("acme.yaml", "contract: A\ncustomer: A\nrequirements: { feature: audit, due: 2027-12-31 }\n");
    folder.write(
        "roadmap.toml",
        "[features.audit]\nstatus = 'planned'\ntarget = '2027-Q2'\nconfirmed = 2026-01-01\n",
    );
    let lint = || folder.run(&["lint", "acme.yaml", "--only", "unconfirmed-target"]).stdout;
    assert!(lint().contains("warning[unconfirmed-target]"));
    assert_eq!(folder.run(&["confirm", "audit"]).status, Some(0));
    assert!(!lint().contains("warning[unconfirmed-target]"));
}
