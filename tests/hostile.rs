//! Inputs that nobody writes on purpose, or only somebody with one: no hang, no crash, no false verdict. They
//! are made here, since they cannot lie in a repository.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;
#[path = "hostile/formats.rs"]
mod formats;

use std::process::Stdio;

use common::{Folder, Ran, command, wait};

const ROADMAP: &str =
    "[features.audit-log]\nname = \"Audit log\"\nstatus = \"planned\"\ntarget = \"2027-Q2\"\n";

const LATE: &str =
    "contract: ACME-1\ncustomer: Acme\nrequirements:\n  - { feature: audit-log, due: 2027-01-31 }\n";

/// Deeper than any stack.
const DEEP: usize = 20_000;

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("roadmap.toml", ROADMAP);
    folder
}

/// A run on one file.
fn lint(name: &str, bytes: impl AsRef<[u8]>) -> Ran {
    let folder = folder();
    folder.write(name, bytes);
    folder.run(&["lint", name])
}

/// It ended by itself, said what was wrong in a few lines, and did not crash.
#[track_caller]
fn refused(ran: &Ran, words: &str) {
    assert_eq!(ran.status, Some(2), "{ran:#?}");
    assert!(ran.stderr.contains(words), "no `{words}` in:\n{}", ran.stderr);
    sound(ran);
}

#[track_caller]
fn sound(ran: &Ran) {
    for text in [&ran.stdout, &ran.stderr] {
        assert!(!text.contains("panicked") && !text.contains("overflow"), "{text}");
        assert!(text.len() < 20_000, "{} bytes of output: {}", text.len(), &text[..2000]);
    }
}

#[test]
fn invalid_utf8_is_refused_at_its_place() {
    refused(&lint("a.yaml", b"contract: ACME-1\ncustomer: Acm\xe9\nrequirements: []\n"), "UTF-8");
    refused(&lint("a.json", b"{ \"contract\": \"\xff\" }"), "UTF-8");
    refused(&lint("a.toml", b"contract = \"\xff\"\n"), "UTF-8");
}

#[test]
fn utf16_is_refused_with_its_name() {
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(LATE.encode_utf16().flat_map(u16::to_le_bytes));
    refused(&lint("a.yaml", bytes), "UTF-16");
}

#[test]
fn a_byte_order_mark_does_no_harm() {
    let ran = lint("a.yaml", format!("\u{feff}{LATE}"));
    assert_eq!(ran.status, Some(1), "{ran:#?}");
    assert!(ran.stderr.is_empty(), "{}", ran.stderr);
}

#[test]
fn an_empty_file_is_an_error_and_not_a_clean_contract() {
    for name in ["a.yaml", "a.json", "a.toml"] {
        refused(&lint(name, ""), "empty");
        refused(&lint(name, "\n\n"), "empty");
    }
    refused(&lint("a.yaml", "# nothing yet\n"), "empty");
}

#[test]
fn nesting_deeper_than_the_stack_is_refused() {
    let head = "contract: A\ncustomer: A\nrequirements: ";
    refused(&lint("flow.yaml", format!("{head}{}", "[".repeat(DEEP))), "deep");
    refused(&lint("closed.yaml", format!("{head}{}{}", "[".repeat(DEEP), "]".repeat(DEEP))), "deep");
    refused(&lint("table.yaml", format!("{head}{}", "{a: ".repeat(DEEP))), "deep");
    refused(&lint("block.yaml", format!("{head}\n  {}x\n", "- ".repeat(DEEP))), "deep");
    refused(&lint("a.json", format!("{{\"contract\": {}{}}}", "[".repeat(DEEP), "]".repeat(DEEP))), "deep");
    refused(&lint("b.json", format!("{{\"contract\": {}", "{\"a\":".repeat(DEEP))), "ends too early");
    let toml = "contract = \"A\"\ncustomer = \"A\"\nrequirements = ";
    refused(&lint("a.toml", format!("{toml}{}{}\n", "[".repeat(DEEP), "]".repeat(DEEP))), "deep");
    refused(&lint("b.toml", format!("{toml}{}", "{a=".repeat(DEEP))), "never closed");
    let dotted = vec!["a"; DEEP].join(".");
    refused(&lint("c.toml", format!("{toml}1\n[{dotted}]\n")), "deep");
}

#[test]
fn deep_indentation_is_refused() {
    let mut text = "contract: A\ncustomer: A\nrequirements:\n".to_owned();
    for depth in 1..2_000 {
        text += &format!("{}a:\n", " ".repeat(depth));
    }
    refused(&lint("a.yaml", text), "deep");
}

#[test]
fn aliases_do_not_multiply() {
    let mut text = "contract: A\ncustomer: A\na0: &a0 [x]\n".to_owned();
    for level in 1..=9 {
        let nine = vec![format!("*a{}", level - 1); 9].join(", ");
        text += &format!("a{level}: &a{level} [{nine}]\n");
    }
    text += "requirements: *a9\n";
    let ran = lint("a.yaml", text);
    assert_eq!(ran.status, Some(2));
    sound(&ran);
}

#[test]
fn an_anchor_that_holds_itself_is_refused() {
    let ran = lint("a.yaml", "contract: A\ncustomer: A\nrequirements: &r\n  - *r\n");
    assert_eq!(ran.status, Some(2));
    sound(&ran);
    let ran = lint("a.yaml", "contract: A\ncustomer: A\nfor: &r\n  <<: *r\nrequirements: []\n");
    assert_eq!(ran.status, Some(2));
    sound(&ran);
}

#[test]
fn a_line_of_five_megabytes_is_read_and_not_shown_whole() {
    let long = "x".repeat(5_000_000);
    let ran = lint(
        "a.yaml",
        format!("contract: A\ncustomer: A\nrequirements:\n  - {{ feature: {long}, due: 2027-01-31 }}\n"),
    );
    sound(&ran);
    let ran = lint(
        "a.json",
        format!(
            "{{\"contract\": \"A\", \"customer\": \"{long}\", \"requirements\": [{{\"feature\": \"audit-log\", \"due\": \"soon\"}}]}}"
        ),
    );
    refused(&ran, "soon");
    let ran = lint(
        "b.json",
        format!(
            "{{\"contract\": \"A\", \"customer\": \"{long}\", \"requirements\": [{{\"feature\": \"audit-log\", \"due\": \"2027-01-31\"}}]}}"
        ),
    );
    assert_eq!(ran.status, Some(1));
    sound(&ran);
}

#[test]
fn characters_that_move_the_cursor_are_made_visible() {
    let ran = lint(
        "a.yaml",
        "contract: \"A\\e[2J\"\ncustomer: A\nrequirements:\n  - feature: audit-log\n    text: \"x\\u202ey\\e]0;z\\a\"\n    due: 2027-01-31\n",
    );
    assert_eq!(ran.status, Some(1), "{ran:#?}");
    for forbidden in ['\u{1b}', '\u{202e}', '\u{7}'] {
        assert!(!ran.stdout.contains(forbidden), "{forbidden:?} in {}", ran.stdout);
    }
}

#[test]
fn a_path_that_does_not_exist_is_an_error() {
    let ran = folder().run(&["lint", "nowhere.yaml"]);
    refused(&ran, "nowhere.yaml");
}

#[test]
fn one_path_that_does_not_exist_leaves_the_others_checked() {
    let folder = folder();
    folder.write("a.yaml", LATE);
    let ran = folder.run(&["lint", "nowhere.yaml", "a.yaml"]);
    refused(&ran, "nowhere.yaml");
    assert!(ran.stdout.contains("error[late-feature]"), "{}", ran.stdout);
}

#[test]
fn a_folder_without_a_contract_is_not_a_success() {
    refused(&folder().run(&["lint", "."]), "no contract found");
}

#[test]
fn a_file_that_is_walked_into_as_a_folder_is_an_error() {
    let folder = folder();
    folder.write("a.yaml", LATE);
    let ran = folder.run(&["lint", "a.yaml/deals"]);
    refused(&ran, "a.yaml/deals");
}

#[test]
fn numbers_beyond_the_calendar_are_errors() {
    let many = "9".repeat(40);
    for due in [
        "99999-01-01",
        "0000-00-00",
        &format!("{many} days after signing"),
        "9223372036854775807 months after signing",
        "4000000000 years after signing",
        &format!("{many} business days after signing"),
        "999999999 business days after signing",
        &format!("Q{many} 2027"),
        &format!("2027-W{many}"),
        &format!("FY{many}-Q1"),
    ] {
        let text = format!(
            "contract: A\ncustomer: A\nsigning: 2026-12-01\nrequirements:\n  - feature: audit-log\n    due: {due}\n"
        );
        let ran = lint("a.yaml", text);
        assert_eq!(ran.status, Some(2), "{due}: {ran:#?}");
        sound(&ran);
    }
}

#[test]
fn a_reader_that_goes_away_changes_neither_status_nor_words() {
    let folder = folder();
    for number in 0..2_000 {
        folder.write(&format!("deals/{number:04}.yaml"), LATE.replace("ACME-1", &format!("ACME-{number}")));
    }
    let errors = folder.path().join("errors");
    for format in ["full", "concise", "json"] {
        let mut child = command(folder.path(), &["lint", "deals", "--format", format])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(std::fs::File::create(&errors).unwrap())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        assert_eq!(wait(&mut child), Some(1), "{format}");
        assert_eq!(std::fs::read_to_string(&errors).unwrap(), "", "{format}");
    }
    let mut child = command(folder.path(), &["lint", "deals", "nowhere"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop((child.stdout.take(), child.stderr.take()));
    assert_eq!(wait(&mut child), Some(2));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn links_that_lead_back_are_followed_once() {
        let folder = folder();
        folder.write("deals/acme/a.yaml", LATE);
        symlink("..", folder.path().join("deals/acme/up")).unwrap();
        symlink(".", folder.path().join("deals/here")).unwrap();
        symlink("one", folder.path().join("deals/two")).unwrap();
        let ran = folder.run(&["lint", "deals", "--format", "concise"]);
        assert_eq!(ran.stdout.matches("[late-feature]").count(), 1, "{ran:#?}");
        sound(&ran);
    }

    #[test]
    fn a_contract_that_two_folders_lead_to_is_checked_once() {
        let folder = folder();
        folder.write("deals/real/a.yaml", LATE);
        symlink("real", folder.path().join("deals/alias")).unwrap();
        symlink("real/a.yaml", folder.path().join("deals/b.yaml")).unwrap();
        let ran = folder.run(&["lint", "deals", "--format", "concise"]);
        assert_eq!(ran.status, Some(1), "{ran:#?}");
        assert_eq!(ran.stdout.matches("[late-feature]").count(), 1, "{ran:#?}");
        let ran = folder.run(&["lint", "deals/real/a.yaml", "deals", "deals/alias", "--format", "concise"]);
        assert_eq!(ran.stdout.matches("[late-feature]").count(), 1, "{ran:#?}");
    }

    #[test]
    fn a_link_to_nothing_is_said_and_the_rest_checked() {
        let folder = folder();
        folder.write("deals/a.yaml", LATE);
        symlink("gone.yaml", folder.path().join("deals/b.yaml")).unwrap();
        let ran = folder.run(&["lint", "deals"]);
        refused(&ran, "deals/b.yaml");
        assert!(ran.stdout.contains("[late-feature]"), "{}", ran.stdout);
    }

    #[test]
    fn a_link_to_nothing_among_the_roadmaps_files_is_said() {
        let folder = folder();
        folder.write("deals/a.yaml", LATE.replace("feature: ", "feature: other-"));
        folder.write("deals/dealcheck.toml", "roadmap = [\"maps/*.toml\"]\n");
        folder.write("deals/maps/a.toml", "[features.x]\nstatus = \"shipped\"\n");
        symlink("gone.md", folder.path().join("deals/maps/b.md")).unwrap();
        let ran = folder.run(&["lint", "deals/a.yaml"]);
        assert!(ran.stdout.contains("[unknown-feature]"), "a link that is no part of it: {ran:#?}");
        symlink("gone.toml", folder.path().join("deals/maps/b.toml")).unwrap();
        let ran = folder.run(&["lint", "deals/a.yaml"]);
        refused(&ran, "deals/maps/b.toml");
        assert!(!ran.stdout.contains("[unknown-feature]"), "it may stand in what was not read: {ran:#?}");
    }

    #[test]
    fn what_may_not_be_read_is_said_and_the_rest_checked() {
        let folder = folder();
        folder.write("deals/a.yaml", LATE);
        let locked = folder.write("deals/locked/b.yaml", LATE);
        let inner = locked.parent().unwrap();
        std::fs::set_permissions(inner, std::fs::Permissions::from_mode(0o000)).unwrap();
        // To root, nothing is locked.
        let is_locked = std::fs::read_dir(inner).is_err();
        let ran = folder.run(&["lint", "deals"]);
        std::fs::set_permissions(inner, std::fs::Permissions::from_mode(0o755)).unwrap();
        if is_locked {
            refused(&ran, "deals/locked");
            assert!(ran.stdout.contains("[late-feature]"), "{}", ran.stdout);
        }
    }

    #[test]
    fn a_pipe_ends_in_a_message() {
        let folder = folder();
        folder.write("deals/a.yaml", LATE);
        folder.write(
            "desk/named.toml",
            "roadmap = [\"pipe.toml\"]\nwaivers = [\"pipe.yaml\"]\ncontracts = [\"pipe.yaml\"]\n",
        );
        for pipe in
            ["deals/b.yaml", "desk/pipe.toml", "desk/pipe.yaml", "below/dealcheck.toml", "waivers.toml"]
        {
            let path = folder.path().join(pipe);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            let made = std::process::Command::new("mkfifo").arg(path).status();
            if !made.is_ok_and(|status| status.success()) {
                return;
            }
        }
        folder.write("below/a.yaml", LATE);
        let ran = folder.run(&["lint", "deals"]);
        assert_eq!(ran.stdout.matches("[late-feature]").count(), 1, "{ran:#?}");
        refused(&ran, "cannot read deals/b.yaml: it is a pipe");
        for args in [
            &["lint", "deals/b.yaml"][..],
            &["lint", "deals/a.yaml", "--roadmap", "desk/pipe.toml"],
            &["lint", "deals/a.yaml", "--config", "desk/pipe.toml"],
            &["lint", "deals/a.yaml", "--config", "desk/named.toml"],
            &["lint", "--config", "desk/named.toml"],
            &["lint", "below/a.yaml"],
            &["lint", "below"],
            &["report", "deals/b.yaml"],
            &["sellable", "--roadmap", "desk/pipe.toml"],
            &["index", "deals", "--key", "desk/pipe.yaml"],
            &["impact", "deals/a.yaml", "--against", "desk/pipe.toml"],
            &["date", "2027", "--config", "desk/pipe.toml"],
        ] {
            refused(&folder.run(args), "it is a pipe");
        }
        let waive = ["waive", "ACME-1", "audit-log", "late-feature", "--reason", "x", "--approved-by"];
        let ran = folder.run(
            &[
                &waive[..],
                &["p@vendor.example", "--expires", "2027-09-30", "--file", "waivers.toml", "deals/a.yaml"],
            ]
            .concat(),
        );
        assert_eq!(ran.status, Some(2), "{ran:#?}");
    }

    #[test]
    fn a_name_that_is_no_text_keeps_its_bytes() {
        use std::os::unix::ffi::OsStrExt;
        let folder = folder();
        std::fs::create_dir(folder.path().join("deals")).unwrap();
        let name = std::ffi::OsStr::from_bytes(b"deals/caf\xe9.yaml");
        if std::fs::write(folder.path().join(name), LATE).is_err() {
            return;
        }
        let ran = folder.run(&["lint", "deals", "--format", "sarif"]);
        assert!(ran.stdout.contains("\"deals/caf%E9.yaml\""), "{ran:#?}");
        let ran = folder.run(&["lint", "deals"]);
        assert!(ran.stdout.contains("deals/caf\\xe9.yaml:4"), "{ran:#?}");
    }

    #[test]
    fn more_threads_than_a_system_has_end_in_a_message() {
        let folder = folder();
        folder.write("a.yaml", LATE);
        folder.write("b.yaml", LATE.replace("ACME-1", "ACME-2"));
        let run = |threads: &str| {
            let mut command = command(folder.path(), &["lint", "."]);
            let ran = command.env("RAYON_NUM_THREADS", threads).output().unwrap();
            (ran.status.code(), String::from_utf8_lossy(&ran.stderr).into_owned())
        };
        let (status, said) = run("10000");
        assert!(status == Some(2) && said.contains("10000 threads"), "{status:?} {said}");
        assert_eq!(run("2").0, Some(1));
    }

    #[test]
    fn a_signal_leaves_no_half_written_file() {
        for signal in ["INT", "TERM", "HUP"] {
            let folder = folder();
            let mut child = command(folder.path(), &["lint", "-", "--format", "json=out.json"])
                .stdin(Stdio::piped())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let unfinished = || {
                let names = common::entries(folder.path()).into_iter().map(|path| common::name(&path));
                names.filter(|name| name.starts_with(".dealcheck-")).count()
            };
            // It waits for standard input, with the file begun.
            while unfinished() == 0 {
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            let id = child.id().to_string();
            assert!(
                std::process::Command::new("kill")
                    .args([&format!("-{signal}"), &id])
                    .status()
                    .unwrap()
                    .success()
            );
            assert_ne!(wait(&mut child), Some(0));
            assert_eq!(unfinished(), 0, "{signal}");
        }
    }
}
