//! What older versions of a roadmap tell of its targets, on real git repositories: whatever is no change of a target's
//! entry confirms nothing, and what cannot be read is no reason for a finding.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::fs;
use std::path::Path;

use common::Folder;
use common::repository::{Repository, run, run_with};
use snapbox::{assert_data_eq, file};
use tempfile::TempDir;

const AUDIT: &str = "\
[features.audit]
name = \"Audit\"
status = \"planned\"
target = \"2027-Q2\"
effort = \"20 days\"
";

const OTHER: &str = "\
[features.sso]
name = \"SSO\"
status = \"planned\"
target = \"2027-Q1\"
confirmed = 2026-11-20
";

const CONTRACT: &str = "\
contract: ACME-1
customer: Acme
requirements:
  - feature: audit
    due: 2027-12-31
";

/// A repository of a contract and a roadmap, which was committed long ago.
fn planned() -> Repository {
    let repository = Repository::new();
    repository.write("acme.yaml", CONTRACT);
    repository.write("roadmap.toml", format!("{AUDIT}\n{OTHER}"));
    repository.commit_on("2026-02-10");
    repository
}

/// The titles of what is found about targets, and the warnings of the run.
fn told(repository: &Repository) -> (Vec<String>, String) {
    let only = ["--only", "unconfirmed-target", "--only", "slipping-feature"];
    let args = [&["lint", "acme.yaml", "--format", "json"], &only[..]].concat();
    let ran = run(repository.path(), &args);
    let output: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(output["problems"].as_array().unwrap().len(), 0, "{}", ran.stdout);
    let findings = output["findings"].as_array().unwrap().iter();
    (findings.map(|finding| finding["message"].as_str().unwrap().to_owned()).collect(), ran.stderr)
}

fn found(repository: &Repository) -> Vec<String> {
    let (found, warnings) = told(repository);
    assert_eq!(warnings, "");
    found
}

const STALE: &str = "nobody has confirmed the target of \"Audit\" for 285 days (about 9 months)";

#[test]
fn what_changes_nothing_confirms_nothing() {
    let repository = planned();
    assert_eq!(found(&repository), [STALE]);
    // Order, comments, layout, other words for the same, a neighbour.
    let reworded = AUDIT.replace("\"2027-Q2\"", "'Q2 2027' # as ever").replace("planned", "scheduled");
    let versions = [
        format!("{OTHER}\n\n# Audits\n{AUDIT}"),
        format!("{reworded}\n{OTHER}"),
        format!("{reworded}\n{}", OTHER.replace("2026-11-20", "2026-11-21")),
        format!(
            "[features]\naudit = {{ name = \"Audit\", status = \"planned\", target = \"2027-Q2\", effort = \"20 days\" }}\n{OTHER}"
        ),
        // What cannot be read, and an entry that is there again after it.
        "[features.audit\n".to_owned(),
        format!("{AUDIT}\n{OTHER}"),
        // What cannot be read of the entry, by its kind, its meaning or its key, and what is no key.
        format!("{}\n{OTHER}", AUDIT.replace("\"20 days\"", "[]")),
        format!("{AUDIT}\n{OTHER}"),
        format!("{}\n{OTHER}", AUDIT.replace("20 days", "much")),
        format!("{AUDIT}\n{OTHER}"),
        format!("{}\n{OTHER}", AUDIT.replace("effort", "efort")),
        format!("{AUDIT}history = [\"2027-Q1\"]\n{OTHER}"),
        format!("{AUDIT}confirmed = \"yesterday\"\n{OTHER}"),
        format!("{AUDIT}ref = {{}}\n{OTHER}"),
        format!("{AUDIT}qqq = 1\n{OTHER}"),
        format!("{AUDIT}\n{OTHER}"),
    ];
    for (at, version) in (1..).zip(versions) {
        repository.write("roadmap.toml", version);
        repository.commit_on(&format!("2026-11-{at:02}"));
    }
    assert_eq!(found(&repository), [STALE]);
    // Whatever is edited and not committed next to it, too.
    repository.write("roadmap.toml", format!("{AUDIT}\n{}", OTHER.replace("2027-Q1", "2027-01")));
    assert_eq!(found(&repository), [STALE]);
}

/// What is passed over is missed where a history is told.
#[test]
fn versions_that_cannot_be_read_are_said() {
    let repository = planned();
    let said = |repository: &Repository| run(repository.path(), &["history"]).stderr;
    assert_eq!(said(&repository), "");
    let versions = [
        ("2026-03-01", "[features.audit\n".to_owned()),
        ("2026-03-02", format!("{AUDIT}\n{OTHER}")),
        ("2026-03-03", format!("{}\n{OTHER}", AUDIT.replace("planned", "plannd"))),
        ("2026-03-04", format!("{AUDIT}\n{OTHER}")),
    ];
    let mut commits = Vec::new();
    for (day, version) in versions {
        repository.write("roadmap.toml", version);
        repository.commit_on(day);
        commits.push(repository.git(&["rev-parse", "--short=12", "HEAD"]).trim().to_owned());
    }
    let expected = format!(
        "warning: 2 older versions of the roadmap cannot be read in full, and what cannot be read is passed over: \
        2026-03-03 ({}) and 2026-03-01 ({})\n",
        commits[2], commits[0]
    );
    assert_eq!(said(&repository), expected);
    // Elsewhere nobody can put that right, and no finding rests on it.
    assert_eq!(found(&repository), [STALE]);
}

#[test]
fn files_may_move() {
    let repository = planned();
    repository.write("dealcheck.toml", "roadmap = ['product/**/*.*']\n");
    fs::create_dir(repository.path().join("product")).unwrap();
    repository.git(&["mv", "roadmap.toml", "product/plan.toml"]);
    repository.commit_on("2026-11-10");
    assert_eq!(found(&repository), [STALE]);
    // One file becomes two, then a folder of another name, then another format.
    repository.write("product/plan.toml", OTHER);
    repository.write("product/audit.toml", AUDIT);
    repository.commit_on("2026-11-11");
    repository.write("dealcheck.toml", "roadmap = ['plans/*.*']\n");
    repository.git(&["mv", "product", "plans"]);
    repository.commit_on("2026-11-12");
    assert_eq!(found(&repository), [STALE]);
    fs::remove_file(repository.path().join("plans/audit.toml")).unwrap();
    let yaml = "features:\n  audit: { name: Audit, status: planned, target: 2027-Q2, effort: 20 days }\n";
    repository.write("plans/audit.yaml", yaml);
    repository.commit_on("2026-11-13");
    assert_eq!(found(&repository), [STALE]);
}

/// An id that is renamed with the old one kept as an alias goes on: neither is it new, nor confirmed by that.
#[test]
fn ids_may_be_renamed() {
    let repository = planned();
    for (day, target) in [("2026-03-02", "2027-Q3"), ("2026-04-02", "2027-Q4")] {
        repository.write("roadmap.toml", format!("{}\n{OTHER}", AUDIT.replace("2027-Q2", target)));
        repository.commit_on(day);
    }
    let slipped = "\"Audit\" moved back twice: 2027-Q2 → 2027-Q3 → 2027-Q4, 184 days in 9 months";
    let stale = STALE.replace("285 days (about 9 months)", "234 days (about 8 months)");
    let expected = [slipped.to_owned(), stale];
    assert_eq!(found(&repository), expected);
    let last = AUDIT.replace("2027-Q2", "2027-Q4");
    let renamed = |id: &str, aliases: &str| {
        let entry = last.replace("[features.audit]", &format!("[features.{id}]\naliases = [{aliases}]"));
        repository.write("roadmap.toml", format!("{entry}\n{OTHER}"));
    };
    // Not committed yet, then on another branch, then merged.
    renamed("audit-trail", "\"AUDIT\"");
    assert_eq!(found(&repository), expected);
    repository.git(&["checkout", "-q", "-b", "rename"]);
    repository.commit_on("2026-11-10");
    assert_eq!(found(&repository), expected);
    repository.git(&["checkout", "-q", "main"]);
    repository.write("note.txt", "");
    repository.commit_on("2026-11-11");
    repository.git_on("2026-11-12", &["merge", "-q", "--no-edit", "rename"]);
    assert_eq!(found(&repository), expected);
    // Once more, and the file with it.
    renamed("trail", "\"audit-trail\", \"audit\"");
    repository.write("dealcheck.toml", "roadmap = ['plan.toml']\n");
    repository.git(&["mv", "roadmap.toml", "plan.toml"]);
    repository.commit_on("2026-11-13");
    assert_eq!(found(&repository), expected);
}

/// What older versions tell of the roadmap that is compared with is not new: where nothing is done, time passes for both.
#[test]
fn what_was_unconfirmed_before_is_not_new() {
    let repository = planned();
    for (day, target) in [("2026-03-02", "2027-Q3"), ("2026-04-02", "2027-Q4")] {
        repository.write("roadmap.toml", format!("{}\n{OTHER}", AUDIT.replace("2027-Q2", target)));
        repository.commit_on(day);
    }
    let last = AUDIT.replace("2027-Q2", "2027-Q4");
    repository.write("roadmap.toml", format!("{last}\n{}", OTHER.replace("2027-Q1", "2027-Q2")));
    let impact = |since: &str| repository.run(&["impact", "--since", since]).stdout;
    assert_eq!(impact("main"), "nothing changes for the contract, since main\n");
    // A slip that was none before is.
    let ran = impact("main~1");
    assert!(ran.contains("\"Audit\" moved back twice") && !ran.contains("unconfirmed-target"), "{ran}");
}

/// What was made of several is new, since nobody knows whose target it has.
#[test]
fn what_several_features_became_is_new() {
    let repository = planned();
    let one = AUDIT.replace("[features.audit]", "[features.trail]\naliases = [\"audit\", \"sso\"]");
    repository.write("roadmap.toml", one);
    repository.commit_on("2026-11-10");
    assert_eq!(found(&repository), Vec::<String>::new());
}

#[test]
fn any_field_of_the_entry_confirms() {
    for (from, to) in [("20 days", "15 days"), ("2027-Q2", "2027-05"), ("planned", "in-progress")] {
        let repository = planned();
        repository.write("roadmap.toml", format!("{}\n{OTHER}", AUDIT.replace(from, to)));
        // Not committed yet.
        assert_eq!(found(&repository), Vec::<String>::new(), "{to}");
        repository.commit_on("2026-09-23");
        assert_eq!(found(&repository), Vec::<String>::new(), "{to}");
        let ran =
            repository.run(&["lint", "acme.yaml", "--only", "unconfirmed-target", "--today", "2026-11-23"]);
        assert!(
            ran.stdout.contains("nobody has confirmed the target of \"Audit\" for 61 days"),
            "{}",
            ran.stdout
        );
        assert!(ran.stdout.contains("its entry last changed on 2026-09-23"), "{}", ran.stdout);
    }
}

#[test]
fn the_main_line_decides() {
    let repository = planned();
    repository.git(&["checkout", "-q", "-b", "plan"]);
    repository.write("roadmap.toml", format!("{}\n{OTHER}", AUDIT.replace("2027-Q2", "2027-Q3")));
    repository.commit_on("2026-03-01");
    repository.git(&["checkout", "-q", "main"]);
    repository.write("note.txt", "");
    repository.commit_on("2026-08-01");
    repository.git_on("2026-08-14", &["merge", "-q", "--no-edit", "plan"]);
    assert_eq!(
        found(&repository),
        ["nobody has confirmed the target of \"Audit\" for 100 days (about 3 months)"]
    );
}

/// Where both sides of a merge changed an entry, the branch got what it did not have on the day of the merge.
#[test]
fn both_sides_of_a_merge_may_change_an_entry() {
    let days = |days: &str| [format!("nobody has confirmed the target of \"Audit\" for {days}")];
    for (is_taken, expected) in
        [(true, days("100 days (about 3 months)")), (false, days("173 days (about 6 months)"))]
    {
        let repository = planned();
        repository.git(&["checkout", "-q", "-b", "plan"]);
        repository.write("roadmap.toml", format!("{}\n{OTHER}", AUDIT.replace("2027-Q2", "2027-Q3")));
        repository.commit_on("2026-07-01");
        repository.git(&["checkout", "-q", "main"]);
        let own = AUDIT.replace("20 days", "15 days");
        repository.write("roadmap.toml", format!("{own}\n{OTHER}"));
        repository.commit_on("2026-06-02");
        repository.git_on("2026-08-14", &["merge", "-q", "-s", "ours", "--no-commit", "plan"]);
        if is_taken {
            repository.write("roadmap.toml", format!("{}\n{OTHER}", own.replace("2027-Q2", "2027-Q3")));
        }
        repository.commit_on("2026-08-14");
        assert_eq!(found(&repository), expected);
        let ran = repository.run(&["history", "--format", "json"]);
        let slip = r#"{ "on": "2026-08-14", "from": "2027-Q2", "to": "2027-Q3", "days": 92 }"#;
        let told: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let slip: serde_json::Value = serde_json::from_str(slip).unwrap();
        let expected = if is_taken { vec![slip] } else { Vec::new() };
        let slips = told["rows"].as_array().unwrap().iter().find_map(|row| row["slips"].as_array().cloned());
        assert_eq!(slips.unwrap_or_default(), expected);
    }
}

#[test]
fn moves_are_told_in_words() {
    let repository = planned();
    for (day, target) in [("2026-05-04", "2027-Q3"), ("2026-06-04", "2027-Q4"), ("2026-11-02", "2028-Q1")] {
        repository.write("roadmap.toml", format!("{}\n{OTHER}", AUDIT.replace("2027-Q2", target)));
        repository.commit_on(day);
    }
    assert_eq!(
        found(&repository),
        ["\"Audit\" moved back 3 times: 2027-Q2 → 2027-Q3 → 2027-Q4 → 2028-Q1, 275 days in 9 months"]
    );
}

#[test]
fn a_roadmap_in_which_nothing_is_confirmed_is_one_finding() {
    let repository = planned();
    let ids = ["a", "b", "c"];
    let feature = |id: &str| format!("[features.{id}]\nstatus = 'planned'\ntarget = '2027-Q1'\n\n");
    repository.write("roadmap.toml", ids.map(feature).concat());
    let promise = |id: &str| format!("  - feature: {id}\n    due: 2027-12-31\n");
    repository.write(
        "acme.yaml",
        format!("contract: A\ncustomer: A\nrequirements:\n{}", ids.map(promise).concat()),
    );
    repository.commit_on("2026-09-22");
    assert_eq!(found(&repository), ["nobody has confirmed 3 targets that promises rest on for over 60 days"]);
}

#[test]
fn where_the_history_is_cut_off_nothing_rests_on_it() {
    let repository = planned();
    repository.write("note.txt", "");
    repository.commit();
    let clone = Repository::new();
    let url = format!("file://{}", repository.path().display());
    clone.git(&["fetch", "-q", "--depth", "1", &url, "main"]);
    clone.git(&["checkout", "-q", "FETCH_HEAD"]);
    let (found, warnings) = told(&clone);
    // How old the target is lies beyond the cut: it may be of yesterday.
    assert_eq!(found, Vec::<String>::new());
    assert!(warnings.starts_with("warning: this clone is shallow"), "{warnings}");
    // What the roadmap itself says holds all the same.
    let stated = AUDIT.replace("effort", "confirmed = 2026-02-10\neffort");
    clone.write("roadmap.toml", format!("{stated}\n{OTHER}"));
    assert_eq!(told(&clone).0, [STALE]);
    assert_eq!(warnings.lines().count(), 1, "{warnings}");

    let blob = repository.git(&["rev-parse", "HEAD:roadmap.toml"]);
    let (start, rest) = blob.trim().split_at(2);
    fs::remove_file(repository.path().join(".git/objects").join(start).join(rest)).unwrap();
    let (found, warnings) = told(&repository);
    assert_eq!(found, Vec::<String>::new());
    assert!(warnings.starts_with("warning: git does not tell how the roadmap changed"), "{warnings}");
}

/// A plan of an age that nobody knows is seldom kept only where a new one is, too.
#[test]
fn where_the_history_is_cut_off_no_chance_rests_on_it() {
    for (due, entry, expected) in [
        ("2027-12-31", AUDIT.to_owned(), [true, false]),
        ("2027-07-01", AUDIT.to_owned(), [true, true]),
        ("2027-07-01", format!("{AUDIT}committed = true\n"), [false, false]),
    ] {
        let repository = planned();
        repository.write("note.txt", "");
        repository.write("acme.yaml", CONTRACT.replace("2027-12-31", due));
        repository.write("roadmap.toml", format!("{entry}\n{OTHER}"));
        repository.commit_on("2026-11-16");
        let clone = Repository::new();
        let url = format!("file://{}", repository.path().display());
        clone.git(&["fetch", "-q", "--depth", "1", &url, "main"]);
        clone.git(&["checkout", "-q", "FETCH_HEAD"]);
        for (folder, is_found) in [&repository, &clone].into_iter().zip(expected) {
            let ran =
                folder.run(&["lint", "acme.yaml", "--only", "unlikely-deadline", "-W", "unlikely-deadline"]);
            assert_eq!(ran.stdout.contains("seldom kept"), is_found, "{due} {}", ran.stdout);
            // Nor is a chance told that rests on it, and it is said why.
            let ran = folder.run(&["lint", "acme.yaml", "--format", "json"]);
            let untold = "git does not tell when its target was last confirmed, so it counts as confirmed";
            assert_eq!(ran.stdout.contains(untold), std::ptr::eq(folder, &clone), "{}", ran.stdout);
        }
    }
}

/// Where there is a history and git does not tell it, a line says so, as for a shallow clone.
#[test]
fn a_history_that_git_does_not_tell_is_missed() {
    let repository = planned();
    let args = ["lint", "acme.yaml", "--only", "unconfirmed-target"];
    let nowhere = TempDir::new().unwrap();
    for (variable, value, words) in [
        ("PATH", nowhere.path(), "there is no `git` on this machine"),
        ("GIT_TEST_ASSUME_DIFFERENT_OWNER", Path::new("1"), "belongs to another user"),
    ] {
        let ran = run_with(repository.path(), &args, &[(variable, value)], None);
        assert!(!ran.stdout.contains("unconfirmed-target]"), "{}", ran.stdout);
        assert!(
            ran.stderr.starts_with("warning: git does not tell how the roadmap changed"),
            "{}",
            ran.stderr
        );
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
        // Where there is none, nothing is missed.
        let plain = TempDir::new().unwrap();
        fs::write(plain.path().join("acme.yaml"), CONTRACT).unwrap();
        fs::write(plain.path().join("roadmap.toml"), AUDIT).unwrap();
        assert_eq!(run_with(plain.path(), &args, &[(variable, value)], None).stderr, "");
    }
}

/// A clone that has lost what is checked out is no new one.
#[test]
fn a_history_of_which_the_last_commit_is_missing_is_missed() {
    let args = ["lint", "acme.yaml", "--only", "unconfirmed-target"];
    let repository = planned();
    fs::write(repository.path().join(".git/refs/heads/main"), "1".repeat(40)).unwrap();
    let ran = repository.run(&args);
    assert!(ran.stderr.starts_with("warning: git does not tell how the roadmap changed"), "{ran:#?}");
    assert!(ran.stderr.contains("`HEAD` names a commit that this clone has not got"), "{ran:#?}");
    // One that has no commit yet has lost none.
    fs::remove_file(repository.path().join(".git/refs/heads/main")).unwrap();
    assert_eq!(repository.run(&args).stderr, "");
}

/// What somebody has put in the place of commits in this clone was never committed.
#[test]
fn what_is_put_in_the_place_of_a_commit_does_not_count() {
    let repository = planned();
    for (day, target) in [("2026-05-04", "2027-Q3"), ("2026-11-20", "2027-Q4")] {
        repository.write("roadmap.toml", format!("{}\n{OTHER}", AUDIT.replace("2027-Q2", target)));
        repository.commit_on(day);
    }
    let slipped = ["\"Audit\" moved back twice: 2027-Q2 → 2027-Q3 → 2027-Q4, 184 days in 9 months"];
    assert_eq!(found(&repository), slipped);
    repository.git(&["replace", "HEAD", "HEAD~2"]);
    assert_eq!(found(&repository), slipped);
    repository.git(&["replace", "-d", "HEAD"]);
    let head = repository.git(&["rev-parse", "HEAD"]);
    repository.write(".git/info/grafts", head);
    assert_eq!(found(&repository), slipped);
}

/// Features that share an entry are promised apart.
#[test]
fn each_of_several_features_with_one_entry_is_told() {
    let folder = Folder::new();
    folder.write(
        "roadmap.yaml",
        "x-b: &b { status: planned, target: 2027-Q2, confirmed: 2026-02-10, history: [{ on: 2026-02-10, target: 2026-Q3 }, { on: 2026-06-30, target: 2026-Q4 }] }\nfeatures: { a: *b, b: { <<: *b, name: B } }\n",
    );
    folder.write(
        "acme.yaml",
        "contract: A\ncustomer: A\nrequirements: [{ feature: a, due: 2027-12-31 }, { feature: b, due: 2027-12-31 }]\n",
    );
    let only = ["--only", "unconfirmed-target", "--only", "slipping-feature"];
    let ran = folder.run(&[&["lint", "acme.yaml", "--format", "concise"], &only[..]].concat());
    for words in
        ["the target of \"a\"", "the target of \"B\"", "\"a\" moved back twice", "\"B\" moved back twice"]
    {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
}

/// A comment on a pull request says nothing of a chance: that is for product and the desk.
#[test]
fn a_comment_tells_no_chance() {
    let repository = planned();
    let lint = |format: &str| {
        repository.run(&[
            "lint", "acme.yaml", "--only", "unlikely-deadline", "-D", "unlikely-deadline", "--format", format,
        ])
    };
    assert!(lint("full").stdout.contains("plans like this one are seldom kept"));
    let comment = lint("markdown");
    assert_eq!(comment.status, Some(1), "{}", comment.stderr);
    for words in ["seldom", "unlikely", "plans", "chance"] {
        assert!(!comment.stdout.contains(words), "{words}: {}", comment.stdout);
    }
    // Nor does it hide that something was found.
    let left_out = "1 finding is left out here; `dealcheck lint --format full` shows all.";
    assert!(comment.stdout.contains(left_out), "{}", comment.stdout);
}

#[test]
fn outside_of_git_only_the_roadmap_tells() {
    let folder = Folder::new();
    folder.write("acme.yaml", CONTRACT);
    folder.write("roadmap.toml", AUDIT);
    let ran = folder.run(&["lint", "acme.yaml", "--only", "unconfirmed-target"]);
    assert!(!ran.stdout.contains("unconfirmed-target]"), "{}", ran.stdout);
    assert_eq!(ran.stderr, "");
    // Nor does a file that is in no commit yet.
    let repository = Repository::new();
    repository.write("note.txt", "");
    repository.commit_on("2026-01-01");
    repository.write("acme.yaml", CONTRACT);
    repository.write("roadmap.toml", AUDIT);
    assert_eq!(found(&repository), Vec::<String>::new());
}

#[test]
fn what_was_there_before_has_its_own_history() {
    let repository = planned();
    let since = |repository: &Repository| {
        repository.run(&["lint", "acme.yaml", "--since", "main", "--only", "unconfirmed-target"])
    };
    repository.git(&["checkout", "-q", "-b", "deal"]);
    repository.write("acme.yaml", CONTRACT.replace("2027-12-31", "2027-12-30"));
    repository.commit_on("2026-11-20");
    let ran = since(&repository);
    assert!(ran.stdout.contains("1 finding that was there before is not shown"), "{}", ran.stdout);
}

/// A contract with one promise, signed on a day.
fn signed(id: &str, signing: &str, feature: &str, due: &str) -> String {
    format!(
        "contract: {id}\ncustomer: Acme\nseller: dana@vendor.example\nstatus: signed\nsigning: {signing}\nrequirements:\n  - feature: {feature}\n    due: {due}\n"
    )
}

#[test]
fn a_history_is_what_was_done() {
    let repository = Repository::new();
    let roadmap = |audit: &str, sso: &str| {
        format!(
            "[features.audit]\nname = \"Audit\"\nteam = \"core\"\n{audit}\n[features.sso]\nname = \"SSO\"\nteam = \"identity\"\n{sso}"
        )
    };
    let planned = |target: &str| format!("status = 'planned'\ntarget = '{target}'\n");
    let versions = [
        ("2025-01-10", roadmap(&planned("2025-Q2"), &planned("2025-Q1"))),
        ("2025-03-20", roadmap(&planned("2025-Q2"), "status = 'shipped'\nshipped = 2025-03-15\n")),
        ("2025-05-02", roadmap(&planned("2025-Q4"), "status = 'shipped'\nshipped = 2025-03-15\n")),
        ("2025-12-01", roadmap(&planned("2026-Q2"), "status = 'shipped'\nshipped = 2025-03-15\n")),
        (
            "2026-05-20",
            roadmap(
                "status = 'shipped'\nshipped = 2026-05-18\n",
                "status = 'shipped'\nshipped = 2025-03-15\n",
            ),
        ),
    ];
    for (day, text) in versions {
        repository.write("roadmap.toml", text);
        repository.commit_on(day);
    }
    // Before any roadmap, before its release, after it; kept, kept late, open.
    repository.write("deals/a.yaml", signed("A-1", "2024-12-01", "sso", "2025-06-30"));
    repository.write("deals/b.yaml", signed("B-1", "2025-03-31", "audit", "2025-12-31"));
    repository.write("deals/c.yaml", signed("C-1", "2026-06-01", "audit", "2027-01-31"));
    repository.commit_on("2026-06-02");
    let ran = repository.run(&["history", "deals", "--format", "json"]);
    assert_eq!((ran.status, ran.stderr.as_str()), (Some(0), ""));
    let told: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let row = |key: &str, name: &str| {
        let row = told["rows"].as_array().unwrap().iter().find(|row| row[key] == name).unwrap();
        ["kept", "missed", "open", "unshipped-at-signing"].map(|number| row[number].as_u64().unwrap())
    };
    assert_eq!(row("team", "core"), [0, 1, 1, 1]);
    assert_eq!(row("team", "identity"), [1, 0, 0, 0]);
    assert_eq!(row("seller", "dana@vendor.example"), [1, 1, 1, 1]);
    assert_eq!(row("quarter", "2025-Q1"), [0, 1, 0, 1]);
    let audit = &told["rows"].as_array().unwrap()[0];
    assert_eq!(audit["feature"], "audit");
    assert_eq!(
        audit["slips"],
        serde_json::json!([
            { "on": "2025-05-02", "from": "2025-Q2", "to": "2025-Q4", "days": 184 },
            { "on": "2025-12-01", "from": "2025-Q4", "to": "2026-Q2", "days": 181 },
        ])
    );
    // By the first days of five quarters, of which two saw a plan that was 60 days old or less: of December, and of May.
    let cells: Vec<[u64; 2]> = told["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| ["cases", "kept"].map(|number| cell[number].as_u64().unwrap()))
        .collect();
    assert_eq!(cells[3..], [[2, 1], [2, 1], [2, 2], [3, 1], [3, 1], [3, 2]]);
    // Each number is that of its cases.
    let list = |key: &str| told[key].as_array().unwrap().clone();
    let outcomes: Vec<_> = list("promises")
        .iter()
        .map(|promise| {
            (promise["contract"].clone(), promise["outcome"].clone(), promise["unshipped-at-signing"].clone())
        })
        .collect();
    let null = serde_json::Value::Null;
    assert_eq!(
        outcomes,
        [
            ("A-1".into(), "kept".into(), null),
            ("B-1".into(), "missed".into(), true.into()),
            ("C-1".into(), "open".into(), false.into())
        ]
    );
    for (at, cell) in list("cells").iter().enumerate() {
        let plans = list("plans").into_iter().filter(|plan| plan["row"] == cell["row"]);
        let kept: Vec<bool> = plans.filter_map(|plan| plan["kept"][at % 3].as_bool()).collect();
        assert_eq!(
            cells[at],
            [kept.len() as u64, kept.iter().filter(|kept| **kept).count() as u64],
            "{cell}"
        );
    }
    // Nobody is named where nobody is to be.
    repository.write("dealcheck.toml", "people = 'off'\n");
    let ran = repository.run(&["history", "deals", "--format", "json"]);
    assert!(!ran.stdout.contains("core") && !ran.stdout.contains("dana"), "{}", ran.stdout);
    let ran = repository.run(&["history", "deals"]);
    assert!(!ran.stdout.contains("by team") && !ran.stdout.contains("dana"), "{}", ran.stdout);
}

/// The second of the stories: three months, said sales; six, said the roadmap; and then it slipped again.
#[test]
fn the_second_story_as_a_history() {
    let repository = Repository::new();
    let story = common::root().join("examples/three-months-said-sales");
    let read = |name: &str| fs::read_to_string(story.join(name)).unwrap();
    let now = read("roadmap.toml");
    let from = now.find("history = [").unwrap();
    let until = now[from..].find("]\n").unwrap() + from + 2;
    let without = format!("{}{}", &now[..from], &now[until..]);
    repository.write("dealcheck.toml", read("dealcheck.toml"));
    repository.write("mail.txt", read("mail.txt"));
    let load = "target = \"2027-Q2\"\n# It has slipped";
    for (day, target) in [("2026-02-10", "2026-Q3"), ("2026-06-22", "2026-Q4"), ("2026-09-07", "2027-Q2")] {
        let text = without.replace(load, &format!("target = \"{target}\"\n# It has slipped"));
        repository.write("roadmap.toml", text);
        repository.commit_on(day);
    }
    repository.write("contract-v1.yaml", read("contract-v1.yaml"));
    repository.write("contract-v2.yaml", read("contract-v2.yaml"));
    repository.commit_on("2026-11-18");
    let mut told = String::new();
    for args in [
        &["lint", "contract-v2.yaml", "-W", "unlikely-deadline"][..],
        &["report", "--columns", "name,promises,chance,slack"],
        &["confirm", "load-forecast", "grid-map", "peak-alerts"],
        &["lint", "contract-v2.yaml"],
        &["report", "--columns", "name,promises,chance"],
        &["history"],
    ] {
        told += &repository.run(args).transcript(&args.join(" "));
        told.push('\n');
    }
    assert_data_eq!(told, file!["stories/three-months-said-sales/as-a-history.txt"].raw());
}

/// Remarks beside a change tell no chance either, and standard error counts what they leave out.
#[test]
fn remarks_of_a_review_tell_no_chance() {
    let repository = planned();
    for format in ["github", "gitlab", "junit", "sarif"] {
        let ran = repository.run(&[
            "lint", "acme.yaml", "--only", "unlikely-deadline", "-D", "unlikely-deadline", "--format", format,
        ]);
        assert_eq!(ran.status, Some(1), "{format}: {}", ran.stderr);
        // The rules of SARIF are listed, whatever was found.
        let told = ran.stdout.split("\"results\"").last().unwrap();
        for words in ["seldom", "unlikely", "plans"] {
            assert!(!told.contains(words), "{format}, {words}: {told}");
        }
        let left_out = "warning: 1 finding is left out of what a review shows";
        assert!(ran.stderr.starts_with(left_out), "{format}: {}", ran.stderr);
    }
}

/// Beside a seller stands no chance.
#[test]
fn a_chance_is_told_of_no_seller() {
    let repository = planned();
    let ran = repository.run(&["report", "--columns", "seller,chance"]);
    assert_eq!(ran.status, Some(2));
    let ran = repository.run(&["report", "--by", "seller", "--format", "json"]);
    assert!(ran.stdout.contains("\"value-by-chance\": null"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("seldom"), "{}", ran.stdout);
}

/// Where there are enough plans of one's own, it is said how many of those were kept.
#[test]
fn own_plans_are_counted_where_there_are_enough() {
    for (count, is_counted) in [(20, true), (19, false)] {
        let repository = Repository::new();
        let roadmap = |later: bool| {
            let feature = |at: usize| {
                let rest = match (later, at) {
                    (true, ..4) => "status = 'shipped'\nshipped = 2025-06-15\n",
                    (true, _) => "status = 'planned'\ntarget = '2027-Q2'\n",
                    (false, _) => "status = 'planned'\ntarget = '2025-Q2'\n",
                };
                format!("[features.f{at}]\n{rest}\n")
            };
            (0..count).map(feature).collect::<String>()
        };
        repository.write("roadmap.toml", roadmap(false));
        repository.commit_on("2025-01-10");
        repository.write("roadmap.toml", roadmap(true));
        repository.write(
            "acme.yaml",
            "contract: A-1\ncustomer: Acme\nrequirements:\n  - feature: f9\n    due: 2027-06-30\n",
        );
        repository.commit_on("2025-12-01");
        let ran = repository.run(&["lint", "acme.yaml", "-W", "unlikely-deadline"]);
        let own = "= note: of 20 plans of ours like it, 4 were kept";
        assert_eq!(ran.stdout.contains(own), is_counted, "{}", ran.stdout);
        assert!(ran.stdout.contains("so say 2,067 plans that the Kubernetes project published"));
        // What one contract waits for does not decide what is counted.
        let ran = repository.run(&["lint", "acme.yaml", "--format", "json"]);
        assert_eq!(ran.stdout.contains("of 20 plans of ours like it, 4 were kept"), is_counted);
    }
}

/// How much room there was at signing, the roadmap of that day tells.
#[test]
fn a_ledger_tells_the_room_at_signing() {
    let repository = Repository::new();
    let audit = |rest: &str| format!("[features.audit]\n{rest}\n[features.sso]\nstatus = 'shipped'\n");
    repository.write("roadmap.toml", audit("status = 'planned'\ntarget = '2025-Q2'\n"));
    repository.commit_on("2025-01-10");
    repository.write("roadmap.toml", audit("status = 'planned'\ntarget = '2025-Q4'\n"));
    repository.commit_on("2025-05-02");
    let map = "\n[features.map]\nstatus = 'idea'\n";
    repository.write("roadmap.toml", audit("status = 'planned'\ntarget = '2027-Q1'\n") + map);
    repository.commit_on("2026-01-15");
    for (id, signing, feature, due) in [
        ("A-BEFORE", "2024-12-01", "audit", "2027-06-30"),
        ("B-FIRST", "2025-01-10", "audit", "2025-12-31"),
        ("C-SECOND", "2025-05-02", "audit", "2026-03-31"),
        ("D-SHIPPED", "2025-05-02", "sso", "2026-03-31"),
        ("E-UNKNOWN", "2025-05-02", "map", "2027-03-31"),
        ("F-IDEA", "2026-02-01", "map", "2027-03-31"),
    ] {
        repository.write(&format!("deals/{id}.yaml"), signed(id, signing, feature, due));
    }
    repository.write("deals/draft.yaml", CONTRACT);
    repository.commit_on("2026-02-02");
    let args = ["report", "deals", "--columns", "name,slack-at-signing,slack", "--format", "csv"];
    let ran = repository.run(&args);
    let mut lines: Vec<&str> = ran.stdout.lines().collect();
    lines[1..].sort_unstable();
    assert_eq!(
        lines,
        [
            "contract,slack at signing,slack", "A-BEFORE,no roadmap,91", "ACME-1,,275", "B-FIRST,184,-455",
            "C-SECOND,90,-365", "D-SHIPPED,shipped,shipped", "E-UNKNOWN,not planned,no date",
            "F-IDEA,no date,no date",
        ]
    );
    let ran = repository.run(&["report", "deals", "--by", "promise", "--format", "csv"]);
    assert!(
        ran.stdout.lines().any(|line| line.starts_with("B-FIRST") && line.ends_with(",184,-455")),
        "{}",
        ran.stdout
    );
    let ran = repository.run(&["history", "deals"]);
    assert!(ran.stdout.contains("no roadmap is known of the day of signing of 1 promise"), "{}", ran.stdout);
    // Outside of git nobody knows.
    let folder = Folder::new();
    folder.write("roadmap.toml", audit("status = 'planned'\ntarget = '2027-Q1'\n"));
    folder.write("deal.yaml", signed("A", "2025-01-10", "audit", "2027-12-31"));
    let ran = folder.run(&["report", "--columns", "name,slack-at-signing,slack"]);
    assert!(ran.stdout.contains("A               no roadmap    275\n"), "{}", ran.stdout);
    assert!(ran.stdout.contains("\"no roadmap\" where none was"), "{}", ran.stdout);
}

/// However a roadmap is written, and in how many files, its history is the same: entries are cut out of each text, and what
/// cannot be cut is read as a whole.
#[test]
fn the_same_history_is_read_of_every_format() {
    let steps = [
        ("2025-01-10", "2025-Q2", "2025-Q3", "2025-03-31"),
        ("2025-05-02", "2025-Q4", "2025-Q3", "2025-03-31"),
        ("2025-06-02", "2025-Q4", "2026-Q1", "2025-09-30"),
        ("2025-12-01", "2026-Q2", "2027-Q1", "2025-09-30"),
    ];
    type Writer = fn(&str, &str, &str) -> Vec<(&'static str, String)>;
    let writers: [Writer; 6] = [
        |a, b, day| {
            vec![(
                "roadmap.toml",
                format!(
                    "[releases]\n\"R1\" = \"{day}\"\n[features.a]\nstatus = 'planned'\ntarget = '{a}'\n[features.b]\nstatus = 'planned'\ntarget = '{b}'\n[features.c]\nstatus = 'planned'\ntarget = 'R1'\n"
                ),
            )]
        },
        |a, b, day| {
            vec![(
                "roadmap.yaml",
                format!(
                    "releases:\n  R1: {day}\nfeatures:\n  a:\n    status: planned\n    target: {a}\n  b: {{ status: planned, target: {b} }}\n  c:\n    status: planned\n    target: R1\n"
                ),
            )]
        },
        // What stands elsewhere is no entry of its own.
        |a, b, day| {
            vec![(
                "roadmap.yaml",
                format!(
                    "x-plan: &plan\n  status: planned\n  target: {a}\nreleases: {{ R1: {day} }}\nfeatures:\n  a:\n    <<: *plan\n  b: &b\n    status: planned\n    target: {b}\n  c:\n    <<: *b\n    target: R1\n"
                ),
            )]
        },
        |a, b, day| {
            vec![(
                "roadmap.yaml",
                format!(
                    "releases: {{ R1: {day} }}\nfeatures: {{ a: {{ status: planned, target: {a} }}, b: {{ status: planned, target: {b} }},\n  c: {{ status: planned, target: R1 }} }}\n"
                ),
            )]
        },
        |a, b, day| {
            vec![(
                "roadmap.json",
                format!(
                    "{{\"features\": {{\"a\": {{\"status\": \"planned\", \"target\": \"{a}\"}}, \"b\": {{\"status\": \"planned\", \"target\": \"{b}\"}}, \"c\": {{\"status\": \"planned\", \"target\": \"R1\"}}}}, \"releases\": {{\"R1\": \"{day}\"}}}}\n"
                ),
            )]
        },
        |a, b, day| {
            vec![
                ("roadmap/1.toml", format!("[features.a]\nstatus = 'planned'\ntarget = '{a}'\n")),
                (
                    "roadmap/2.yaml",
                    format!(
                        "features:\n  b: {{ status: planned, target: {b} }}\n  c: {{ status: planned, target: R1 }}\n"
                    ),
                ),
                ("roadmap/3.json", format!("{{\"releases\": {{\"R1\": \"{day}\"}}}}\n")),
            ]
        },
    ];
    for writer in writers {
        let repository = Repository::new();
        let mut name = "";
        for (on, a, b, day) in steps {
            for (file, text) in writer(a, b, day) {
                name = file;
                repository.write(file, text);
            }
            repository.commit_on(on);
        }
        let config = name.split('/').next().unwrap();
        repository.write("dealcheck.toml", format!("roadmap = '{config}'\n"));
        repository.write("acme.yaml", CONTRACT.replace("audit", "a"));
        let ran = repository.run(&["history", "--format", "json"]);
        assert_eq!(ran.stderr, "", "{name}");
        let told: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        let slips: Vec<String> = told["rows"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|row| row["feature"].is_string())
            .flat_map(|row| {
                let slips = row["slips"].as_array().unwrap().iter();
                slips.map(move |slip| {
                    format!("{} {} {} {}", row["feature"], slip["on"], slip["from"], slip["days"])
                })
            })
            .collect();
        assert_eq!(
            slips.join("; ").replace('"', ""),
            "a 2025-05-02 2025-Q2 184; a 2025-12-01 2025-Q4 181; b 2025-06-02 2025-Q3 182; b 2025-12-01 2026-Q1 365; \
             c 2025-06-02 R1 183",
            "{name}"
        );
    }
}
