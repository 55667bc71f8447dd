//! `lint` reads the documents of a contract: what they say is drawn where it stands, in every format; waivers and `--since`
//! know it; what cannot or must not be read is told, and none of its words.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use common::docx::{Docx, item, p};
use common::repository::Repository;
use common::{Folder, Ran};
use serde_json::Value;

const ROADMAP: &str = "
[features.audit-log]
name = \"Audit log\"
status = \"planned\"
target = \"2027-Q4\"

[features.fax]
name = \"Fax gateway\"
status = \"retired\"
sunset = 2026-06-30

[features.sso]
name = \"Single sign-on\"
status = \"shipped\"
";

const CONTRACT: &str = "
contract: HAL-1
customer: Halden Timber AS
seller: dana@vendor.example
signing: 2026-12-15
documents: [msa.docx]
requirements:
  - { feature: sso, due: 2027-03-31 }
";

fn agreement(more: &[String]) -> Vec<u8> {
    let body = [
        p("Agreement between Papertrail Ltd (“Vendor”) and Halden Timber AS (“Customer”)."),
        item(1, 0, "Services"),
        item(1, 1, "Vendor shall provide Single sign-on."),
        item(1, 1, "The Audit log will be made available by 31 March 2027."),
    ];
    Docx::new([&body[..], more].concat().concat()).numbered().bytes()
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("roadmap.toml", ROADMAP);
    folder.write("contract.yaml", CONTRACT);
    folder.write("msa.docx", agreement(&[]));
    folder
}

/// The lints of the findings, each with its message.
fn findings(ran: &Ran) -> Vec<(String, String)> {
    let output: Value = serde_json::from_str(&ran.stdout).unwrap_or_else(|_| panic!("{ran:?}"));
    assert_eq!(output["problems"].as_array().unwrap().len(), 0, "{}", ran.stdout);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let open = output["findings"].as_array().unwrap().iter().filter(|finding| finding["waived"].is_null());
    open.map(|finding| (text(&finding["lint"]), text(&finding["message"]))).collect()
}

fn lints(ran: &Ran) -> Vec<String> {
    findings(ran).into_iter().map(|(lint, _)| lint).collect()
}

#[test]
fn a_word_file_is_drawn_as_its_paragraph_with_its_clause() {
    let ran = folder().run(&["lint", "contract.yaml", "--quiet"]);
    let drawn = "\
warning[undeclared-promise]: clause 1.2 of msa.docx promises \"Audit log\", and no requirement declares it
 --> msa.docx:4:5
  |
4 | 1.2 The Audit log will be made available by 31 March 2027.
  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ promised here
  |
 ::: contract.yaml:6:13
  |
6 | documents: [msa.docx]
  |             -------- read with this contract
  |
 ::: roadmap.toml:2:11
  |
2 | [features.audit-log]
  |           --------- planned in the roadmap
";
    assert!(ran.stdout.starts_with(drawn), "{}", ran.stdout);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
}

#[test]
fn every_format_tells_it() {
    let folder = folder();
    folder.write("gone.yaml", CONTRACT.replace("HAL-1", "HAL-2").replace("msa.docx", "gone.docx"));
    for format in ["full", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "narrated"] {
        let ran = folder.run(&["lint", ".", "--format", format]);
        for words in
            ["Audit log", "msa.docx", "undeclared-promise", "cannot read gone.docx", "unread-document"]
        {
            assert!(ran.stdout.contains(words), "{format}, {words}");
        }
    }
    let ran = folder.run(&["lint", "contract.yaml", "--format", "json"]);
    let output: Value = serde_json::from_str(&ran.stdout).unwrap();
    let span = &output["findings"][0]["spans"][0];
    assert_eq!((&span["file"], &span["start"]["line"]), (&"msa.docx".into(), &4.into()), "{output:#}");
    let files = output["provenance"]["files"].as_array().unwrap();
    let read = files.iter().find(|file| file["role"] == "document").unwrap();
    assert_eq!(read["file"], "msa.docx");
    assert_eq!(read["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn what_is_still_open_in_a_word_file_is_told() {
    let folder = folder();
    let changed =
        "<w:p><w:ins w:id=\"1\" w:author=\"a\"><w:r><w:t>New words.</w:t></w:r></w:ins></w:p>".to_owned();
    let text_box = "<w:p><w:r><w:pict><w:txbxContent><w:p/></w:txbxContent></w:pict></w:r></w:p>".to_owned();
    folder.write("msa.docx", agreement(&[changed, text_box, p("It begins on [●].")]));
    let ran = folder.run(&["lint", "contract.yaml", "--format", "json"]);
    let told = [
        ("unfilled-blank", "1 change is still tracked in msa.docx"),
        ("unread-document", "1 text box in msa.docx could not be read"),
        (
            "undeclared-promise",
            "clause 1.2 of msa.docx promises \"Audit log\", and no requirement declares it",
        ),
        ("unfilled-blank", "clause 1.2 of msa.docx has a blank that nobody has filled in"),
    ];
    assert_eq!(findings(&ran), told.map(|(lint, message)| (lint.to_owned(), message.to_owned())));
}

#[test]
fn only_sentences_that_are_new_are_told_since_a_revision() {
    let repository = Repository::new();
    for (name, bytes) in
        [("roadmap.toml", ROADMAP.into()), ("contract.yaml", CONTRACT.into()), ("msa.docx", agreement(&[]))]
    {
        repository.write(name, bytes);
    }
    repository.commit();
    let since = ["lint", "--since", "main", "--format", "json", "contract.yaml"];
    assert_eq!(lints(&repository.run(&since)), [""; 0]);
    repository.write("msa.docx", agreement(&[item(1, 1, "Vendor shall provide the Fax gateway.")]));
    let new = findings(&repository.run(&since));
    assert!(matches!(&new[..], [(_, message)] if message.contains("\"Fax gateway\"")), "{new:?}");
    // One that is new of a feature that was promised, in the place of another one, or with a blank.
    let audit = item(1, 1, "Vendor shall keep the Audit log for ever.");
    repository.write("msa.docx", agreement(std::slice::from_ref(&audit)));
    assert_eq!(lints(&repository.run(&since)), ["undeclared-promise"]);
    repository.commit();
    assert_eq!(lints(&repository.run(&since)), [""; 0]);
    let blank = |text: &str| agreement(&[audit.clone(), p(text)]);
    repository.write("msa.docx", blank("It begins on [●]."));
    repository.commit();
    repository.write("msa.docx", blank("It ends on [●]."));
    assert_eq!(lints(&repository.run(&since)), ["unfilled-blank"]);
    // One that is gone makes the rest no news.
    repository.write("msa.docx", Docx::new(p("It begins on [●].")).bytes());
    assert_eq!(lints(&repository.run(&since)), [""; 0]);
    repository.write("msa.docx", agreement(&[]));
    assert_eq!(lints(&repository.run(&since)), [""; 0]);
    // Another day than that of the fields.
    let sso = |day: &str| Docx::new(p(&format!("Vendor shall provide Single sign-on by {day}."))).bytes();
    repository.write("msa.docx", sso("31 January 2027"));
    repository.commit();
    repository.write("msa.docx", sso("28 February 2027"));
    assert_eq!(lints(&repository.run(&since)), ["contradictory-text"]);
    // What was there was missing.
    repository.commit();
    std::fs::remove_file(repository.path().join("msa.docx")).unwrap();
    assert_eq!(lints(&repository.run(&since)), ["unread-document"]);
}

#[test]
fn a_waiver_covers_the_sentences_that_were_decided_on() {
    let folder = folder();
    let waive = [
        "waive", "HAL-1", "undeclared-promise", "--reason", "It is in the annex of June.", "--approved-by",
        "priya@vendor.example", "--expires", "2027-06-30",
    ];
    let ran = folder.run(&[&waive[..], &["contract.yaml"]].concat()[..9]);
    assert_eq!(ran.status, Some(0), "{}{}", ran.stdout, ran.stderr);
    let waivers = std::fs::read_to_string(folder.path().join("waivers.toml")).unwrap();
    assert!(waivers.contains("of = { words = \""), "{waivers}");
    let lint = ["lint", "contract.yaml", "--format", "json"];
    assert_eq!(lints(&folder.run(&lint)), [""; 0]);
    // Another sentence was never decided on.
    folder.write("msa.docx", agreement(&[item(1, 1, "Vendor shall keep the Audit log for ever.")]));
    assert_eq!(lints(&folder.run(&lint)), ["undeclared-promise", "unused-waiver"]);
    // A waiver that names no words covers any, and is asked to.
    let of = waivers.lines().find(|line| line.starts_with("of = ")).unwrap();
    folder.write("waivers.toml", waivers.replace(of, ""));
    let told = findings(&folder.run(&lint));
    assert!(matches!(&told[..], [(lint, _)] if lint == "unbound-waiver"), "{told:?}");
    let ran = folder.run(&["lint", "contract.yaml"]);
    assert!(ran.stdout.contains("add `of = { words = \""), "{}", ran.stdout);
}

/// Has what is found by a lint waived.
fn waive(folder: &Folder, lint: &str) {
    let decided = ["--reason", "Read by Priya.", "--approved-by", "priya@vendor.example"];
    let args = [&["waive", "HAL-1", lint][..], &decided, &["--expires", "2027-06-30"]].concat();
    let ran = folder.run(&args);
    assert_eq!(ran.status, Some(0), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn a_waiver_covers_what_was_not_read_as_it_was() {
    let text_box = |text: &str| {
        format!("<w:p><w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>", p(text))
    };
    let word = |boxes: &[String]| Some(Docx::new([&[p("Terms.")], boxes].concat().concat()).bytes());
    let changed = |text: &str| {
        let run = format!("<w:r><w:t>{text}</w:t></w:r>");
        word(&[format!("<w:p><w:ins w:id=\"1\" w:author=\"a\">{run}</w:ins></w:p>")])
    };
    for (name, lint, states) in [
        (
            "msa.docx",
            "unread-document",
            vec![
                word(&[text_box("In the box.")]),
                word(&[text_box("In the box, all is free.")]),
                word(&[text_box("In the box."), text_box("In the next one.")]),
                None,
            ],
        ),
        ("msa.pdf", "unread-document", vec![Some(b"%PDF-1".to_vec()), Some(b"%PDF-2".to_vec()), None]),
        ("gone.txt", "unread-document", vec![None, Some(b"\xff\xfe\xff".to_vec())]),
        ("msa.docx", "unfilled-blank", vec![changed("EUR 10."), changed("EUR 1.")]),
    ] {
        let folder = Folder::new();
        folder.write("roadmap.toml", ROADMAP);
        folder.write("contract.yaml", CONTRACT.replace("msa.docx", name));
        let path = folder.path().join(name);
        let lay = |state: &Option<Vec<u8>>| match state {
            Some(bytes) => std::fs::write(&path, bytes).unwrap(),
            None => _ = std::fs::remove_file(&path),
        };
        let lint_it = ["lint", "contract.yaml", "--format", "json"];
        lay(&states[0]);
        assert_eq!(lints(&folder.run(&lint_it)), [lint], "{name}");
        waive(&folder, lint);
        assert_eq!(lints(&folder.run(&lint_it)), [""; 0], "{name}");
        for state in &states[1..] {
            lay(state);
            let told = lints(&folder.run(&lint_it));
            assert!(told.iter().any(|told| told != "unused-waiver"), "{name}: {told:?}");
            assert!(told.contains(&"unused-waiver".to_owned()), "{name}: {told:?}");
        }
    }
}

#[test]
fn a_sentence_that_is_too_much_to_be_judged_is_told() {
    let folder = folder();
    let lint = ["lint", "contract.yaml", "--format", "json"];
    for (text, why) in [
        ("Vendor shall provide the Fax gateway ".to_owned() + &"x ".repeat(17_000), "longer than 32 KiB"),
        ("Vendor shall pay ".to_owned() + &"x ".repeat(17_000), "longer than 32 KiB"),
        ("Vendor shall provide the Audit log, ".repeat(65), "names features more than 64 times"),
    ] {
        folder.write("msa.docx", Docx::new([p("Terms."), p(&text)].concat()).bytes());
        let told = ("unread-document".to_owned(), format!("a sentence in msa.docx was not read: {why}"));
        assert_eq!(findings(&folder.run(&lint)), [told]);
        waive(&folder, "unread-document");
        assert_eq!(lints(&folder.run(&lint)), [""; 0]);
        folder.write("msa.docx", Docx::new(p(&format!("{text}, Fax gateway"))).bytes());
        assert!(lints(&folder.run(&lint)).contains(&"unread-document".to_owned()));
        std::fs::remove_file(folder.path().join("waivers.toml")).unwrap();
    }
    let drawn = folder.run(&["lint", "contract.yaml", "--quiet"]).stdout;
    assert!(drawn.len() < 3000, "{drawn}");
}

#[test]
fn a_command_that_is_suggested_runs_nothing_else() {
    let folder = folder();
    folder.write("x; touch pwned; y.md", "1. The Audit log will be made available by 31 March 2027.\n");
    folder.write("$(touch pwned).pdf", "%PDF-1");
    folder.write(
        "contract.yaml",
        CONTRACT.replace("[msa.docx]", "['x; touch pwned; y.md', $(touch pwned).pdf]"),
    );
    let told = folder.run(&["lint", "contract.yaml"]).stdout;
    for command in ["`dealcheck draft 'x; touch pwned; y.md'`", "`pdftotext -layout '$(touch pwned).pdf'`"] {
        assert!(told.contains(command), "{told}");
    }
    // What begins with a hyphen is no option.
    folder.write("-x.md", "1. The Audit log will be made available by 31 March 2027.\n");
    folder.write("-y.pdf", "%PDF-1");
    folder.write("contract.yaml", CONTRACT.replace("[msa.docx]", "[-x.md, -y.pdf]"));
    let told = folder.run(&["lint", "contract.yaml"]).stdout;
    for command in ["`dealcheck draft ./-x.md`", "`pdftotext -layout ./-y.pdf`"] {
        assert!(told.contains(command), "{told}");
    }
}

#[test]
fn documents_are_looked_for_beside_the_file_that_names_them() {
    let folder = folder();
    folder.write("deals/contract.yaml", CONTRACT.replace("msa.docx", "../msa.docx"));
    assert_eq!(
        lints(&folder.run(&["lint", "deals/contract.yaml", "--format", "json"])),
        ["undeclared-promise"]
    );
    let piped = folder.path().join("deals/contract.yaml");
    let args = ["lint", "-", "--stdin-filename", "deals/contract.yaml", "--format", "json"];
    assert_eq!(lints(&folder.run_with(&args, Some(&piped))), ["undeclared-promise"]);
    let piped = folder.path().join("contract.yaml");
    assert_eq!(
        lints(&folder.run_with(&["lint", "-", "--format", "json"], Some(&piped))),
        ["undeclared-promise"]
    );
}

#[cfg(unix)]
#[test]
fn what_lies_outside_of_the_repository_is_not_read() {
    use std::os::unix::fs::symlink;
    let outside = Folder::new();
    let secret = outside.write("secret.txt", "Vendor shall provide the Audit log. SECRET [●]");
    let folder = folder();
    symlink(&secret, folder.path().join("link.txt")).unwrap();
    let named = format!("[link.txt, \"{}\"]", secret.display());
    folder.write("contract.yaml", CONTRACT.replace("[msa.docx]", &named));
    for format in ["full", "json", "sarif", "markdown"] {
        let ran = folder.run(&["lint", "contract.yaml", "--format", format]);
        assert!(!ran.stdout.contains("SECRET"), "{format}");
        assert!(ran.stdout.contains("outside of the repository"), "{format}");
    }
    let ran = folder.run(&["lint", "contract.yaml", "--format", "json"]);
    let output: Value = serde_json::from_str(&ran.stdout).unwrap();
    let documents =
        output["provenance"]["files"].as_array().unwrap().iter().filter(|file| file["role"] == "document");
    assert!(documents.into_iter().all(|file| file["sha256"].is_null()), "{output:#}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_document_that_anybody_waits_for() {
    let folder = folder();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("pipe.txt")).status().unwrap();
    assert!(made.success());
    folder.write("contract.yaml", CONTRACT.replace("msa.docx", "pipe.txt"));
    assert_eq!(lints(&folder.run(&["lint", "contract.yaml", "--format", "json"])), ["unread-document"]);
}

#[test]
fn what_nobody_sees_is_written_out() {
    let folder = folder();
    let hostile =
        "1.1 Vendor\u{202e} shall provide the Au\u{ad}dit\u{200b} log \u{1b}[31m\u{7}\u{2066}now.\n";
    folder.write("msa.txt", hostile);
    folder.write("contract.yaml", CONTRACT.replace("docx", "txt"));
    for format in
        ["full", "concise", "table", "json", "sarif", "github", "gitlab", "junit", "markdown", "narrated"]
    {
        let ran = folder.run(&["lint", "contract.yaml", "--format", format]);
        let is_unseen = |letter: char| matches!(letter, '\u{1b}' | '\u{7}' | '\u{202e}' | '\u{2066}');
        assert!(!ran.stdout.contains(is_unseen), "{format}: {}", ran.stdout);
    }
    assert_eq!(lints(&folder.run(&["lint", "contract.yaml", "--format", "json"])), ["undeclared-promise"]);
}

#[test]
fn a_contract_that_is_over_is_not_read() {
    let folder = folder();
    folder.write(
        "contract.yaml",
        CONTRACT.replace("signing:", "status: lost\nsigning:").replace("msa", "gone"),
    );
    assert_eq!(lints(&folder.run(&["lint", "contract.yaml", "--format", "json"])), [""; 0]);
    // Nor is one that nobody asks about.
    folder.write("contract.yaml", CONTRACT.replace("msa", "gone"));
    let off = ["lint", "contract.yaml", "--format", "json", "-A", "unread-document"];
    assert_eq!(lints(&folder.run(&off)), [""; 0]);
}

/// What a product is made of: names that any agreement may have for other things.
fn ordinary_names() -> String {
    let names = [
        "Search", "Reports", "API", "Audit log", "Single sign-on", "Mobile app", "Dashboard", "Data export",
        "Integrations", "Workflow automation", "Anomaly detection", "Role management", "Offline mode",
        "Backups", "Notifications", "Support",
    ];
    let feature = |(at, name): (usize, &&str)| {
        let status = ["shipped", "planned", "idea", "retired"][at % 4];
        format!(
            "[features.f{at}]\nname = \"{name}\"\nstatus = \"{status}\"\nfor = {{ platform = [\"linux\", \"windows\"] }}\n"
        )
    };
    names.iter().enumerate().map(feature).collect()
}

/// A contract that promises all of these, and the terms that the agreements have.
fn promises_of_all(document: &str) -> String {
    let law = if document.contains("consulting") { "Norway" } else { "Oregon" };
    let terms = format!("terms: {{ payment: net 30, governing-law: {law} }}\n");
    // Which agreement the other two are is not told by their names.
    let is_named = !document.starts_with("plain") && !document.starts_with("word");
    let terms = if is_named { terms } else { String::new() };
    let requirement =
        |at: usize| format!("  - {{ feature: f{at}, due: 2027-09-30, for: {{ platform: linux }} }}\n");
    let requirements: String = (0..16).map(requirement).collect();
    format!(
        "contract: ALL\ncustomer: Customer\ndocuments: [{document}]\n{terms}requirements:\n{requirements}"
    )
}

#[test]
fn ordinary_agreements_give_no_finding() {
    let folder = Folder::new();
    folder.write("roadmap.toml", ordinary_names());
    let agreements = common::entries(&common::root().join("tests/agreements"));
    assert!(agreements.len() > 1);
    for agreement in agreements {
        let name = common::name(&agreement);
        let text = std::fs::read_to_string(&agreement).unwrap();
        let plain: String =
            text.lines().map(|line| line.trim_start_matches(['#', ' ']).replace("**", "") + "\n").collect();
        let paragraphs: String = plain.split("\n\n").map(p).collect();
        let contract = "contract: A-1\ncustomer: Customer\nrequirements:\n  - { kind: service, text: advice, due: 2027-01-31 }\n";
        let versions: [(&str, Vec<u8>); 3] = [
            (&name, text.clone().into()),
            ("plain.txt", plain.into()),
            ("word.docx", Docx::new(paragraphs).bytes()),
        ];
        for (version, bytes) in versions {
            folder.write(version, bytes);
            folder.write("contract.yaml", format!("{contract}documents: [{version}]\n"));
            let ran = folder.run(&["lint", "contract.yaml", "--format", "json"]);
            assert_eq!(findings(&ran), [], "{name} as {version}");
            // Nor does one contradict a contract that promises all of it; what it disclaims it disclaims.
            folder.write("all.yaml", promises_of_all(version));
            let ran = folder.run(&["lint", "all.yaml", "--format", "json"]);
            let told = findings(&ran).into_iter().filter(|(lint, _)| {
                ["contradictory-text", "undeclared-promise", "unfilled-blank", "unread-document"]
                    .contains(&&**lint)
            });
            assert_eq!(told.collect::<Vec<_>>(), [], "{name} as {version}");
        }
    }
}

#[test]
fn only_claims_that_are_new_are_told_since_a_revision() {
    let repository = Repository::new();
    repository.write("roadmap.toml", ROADMAP);
    repository.write("site/a.md", "The Audit log is now available.\n");
    repository.commit();
    let since = ["lint", "--claims", "site/**/*.md", "--since", "main", "--format", "json"];
    assert_eq!(lints(&repository.run(&since)), [""; 0]);
    repository.write("site/deep/b.md", "# News\n\nThe Fax gateway is live.\n");
    let told = findings(&repository.run(&since));
    assert!(
        matches!(&told[..], [(lint, message)] if lint == "stale-claim" && message.contains("Fax gateway"))
    );
    let ran = repository.run(&["lint", "--claims", "site/page.html"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stdout);
}

#[test]
fn what_is_hostile_ends_within_its_limits() {
    let folder = Folder::new();
    folder.write("roadmap.toml", ROADMAP);
    let many = |text: &str| text.repeat(2_000_000 / text.len());
    let requirement = |at: usize| {
        format!(
            "  - {{ id: R{at}, clause: \"{at}\", text: Vendor shall provide the Audit log., feature: audit-log, due: 2027-12-31 }}\n"
        )
    };
    let requirements: String = (0..500).map(requirement).collect();
    for (name, text) in [
        ("promises.txt", "Vendor shall provide the Audit log by 31 March 2027.\n\n".repeat(20_000)),
        ("brackets.txt", many("[")),
        ("lines.txt", many("_")),
        ("open.txt", many("{{ ")),
        ("money.txt", many("Customer shall pay each invoice within ten days. ")),
        ("future.txt", many("not contingent on future functionality ")),
    ] {
        folder.write(name, text);
        let contract = "contract: A\ncustomer: A\nterms: { payment: 30 days }\n";
        folder
            .write("contract.yaml", format!("{contract}documents: [{name}]\nrequirements:\n{requirements}"));
        // A run that hangs is ended, and has no status.
        let ran = folder.run(&[
            "lint", "contract.yaml", "--claims", name, "--quiet", "--format", "concise", "-W",
            "missing-disclaimer",
        ]);
        assert!(ran.status.is_some(), "{name}: {}", ran.stderr);
    }
}
