//! From documents to contract files: what is drafted is read by `lint` without a problem, in each format; nothing is
//! written over; hostile files end in a plain error.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::path::Path;

use common::docx::{Docx, item, p, styled, table};
use common::{Folder, Ran};
use snapbox::{assert_data_eq, file};

const ROADMAP: &str = "
[features.audit-log]
name = \"Audit log\"
status = \"planned\"
target = \"2027-Q1\"
for = { platform = [\"linux\", \"windows\"] }
levels = { retention = \"90 days\" }

[features.sso]
name = \"Single sign-on\"
aliases = [\"SSO\"]
status = \"shipped\"
";

/// A contract with a promise of each kind, and text that would break a file that did not quote it.
fn contract() -> Docx {
    let cells = |cells: [&str; 3]| cells.map(p);
    let rows = [
        cells(["No.", "Deliverable", "Date"]),
        cells(["1", "SSO: \"all\" # users", "Q1 2027"]),
        cells(["2", "Workshop", "TBD"]),
    ];
    let rows: Vec<&[String]> = rows.iter().map(|row| &row[..]).collect();
    let body = [
        p(
            "Agreement No. A-7 dated 1 December 2026 between Acme: \"Nord\" GmbH (the “Customer”) and Vend Ltd (the “Vendor”).",
        ),
        styled("heading 1", "Scope of work"),
        item(1, 0, "The Vendor shall:"),
        item(
            1,
            1,
            "provide the Audit log on Windows for at least 365 days, within thirty (30) days after the date of this Agreement; and",
        ),
        item(1, 1, "enable SSO \\ \u{202e}\u{7f} 'so' by 03/04/2027."),
        table(&rows),
        p("yes: no, [x], {y}, & *z* !t %u @v `w` - ? | >"),
    ];
    let style =
        "<w:style w:type=\"paragraph\" w:styleId=\"heading 1\"><w:name w:val=\"heading 1\"/></w:style>";
    Docx::new(body.concat()).numbered().styles(style)
}

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("roadmap.toml", ROADMAP);
    folder.write("docs/Our contract.docx", contract().bytes());
    folder
}

#[track_caller]
fn well(ran: &Ran) {
    assert_eq!(ran.status, Some(0), "{ran:#?}");
    assert_eq!(ran.stderr, "");
}

#[test]
fn each_draft_is_linted_without_a_problem() {
    for format in ["yaml", "toml", "json"] {
        let folder = folder();
        let file = format!("drafts/draft.{format}");
        folder.write("drafts/keep", "");
        well(&folder.run(&["draft", "docs/Our contract.docx", "--output", &file]));
        let ran = folder.run(&["lint", &file, "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(json["problems"], serde_json::json!([]), "{format}: {ran:#?}");
        let contract = &json["contracts"][0];
        assert_eq!(
            (contract["contract"].as_str(), contract["customer"].as_str()),
            (Some("A-7"), Some("Acme: \"Nord\" GmbH"))
        );
        let requirements = contract["requirements"].as_array().unwrap();
        assert_eq!(requirements.len(), 4, "{json:#}");
        assert_eq!(requirements[0]["deadline"]["latest"], "2026-12-31");
        let text = std::fs::read_to_string(folder.path().join(&file)).unwrap();
        assert!(text.contains("../docs/Our contract.docx"), "{text}");
        assert!(!text.contains(['\u{202e}', '\u{7f}']), "{text}");
    }
}

#[test]
fn the_whole_draft_is_as_a_person_would_write_it() {
    let ran = folder().run(&["draft", "docs/Our contract.docx"]);
    well(&ran);
    assert_data_eq!(ran.stdout, file!["draft/contract.yaml"].raw());
}

#[test]
fn every_statement_is_in_the_coverage() {
    let ran = folder().run(&["draft", "docs/Our contract.docx", "--coverage"]);
    well(&ran);
    assert_data_eq!(ran.stdout, file!["draft/coverage.txt"].raw());
}

#[test]
fn changes_are_read_as_accepted_unless_they_are_rejected() {
    let folder = folder();
    let body = "<w:p><w:r><w:t>Vendor shall provide SSO by </w:t></w:r><w:del><w:r><w:delText>1 May 2027</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t>1 June 2027</w:t></w:r></w:ins></w:p>";
    folder.write("a.docx", Docx::new(body).bytes());
    assert!(folder.run(&["draft", "a.docx"]).stdout.contains("due: 2027-06-01"));
    assert!(folder.run(&["draft", "a.docx", "--reject-changes"]).stdout.contains("due: 2027-05-01"));
}

#[test]
fn nothing_is_written_over() {
    let folder = folder();
    folder.write("mine.yaml", "mine");
    let ran = folder.run(&["draft", "docs/Our contract.docx", "-o", "mine.yaml"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.contains("mine.yaml exists; nothing was written"), "{}", ran.stderr);
    assert_eq!(std::fs::read_to_string(folder.path().join("mine.yaml")).unwrap(), "mine");
}

#[test]
fn a_name_that_is_told_moves_no_cursor() {
    let folder = folder();
    let promise = ["draft", "--contract", "A-1", "--customer", "Acme", "--promise", "sso"];
    let ran = folder.run(&[&promise, &["-o", "a\u{1b}[2J.yaml"][..]].concat());
    assert_eq!(ran.status, Some(0), "{ran:#?}");
    assert!(ran.stderr.contains(r"next: run `dealcheck lint 'a\u{1b}[2J.yaml'`"), "{}", ran.stderr);
    assert!(!ran.stderr.contains('\u{1b}'), "{}", ran.stderr);
}

#[test]
fn what_cannot_be_read_is_an_error_and_no_draft() {
    let folder = folder();
    folder.write("broken.docx", "PK\u{3}\u{4}");
    folder.write("a.pdf", "%PDF");
    folder.write("long.txt", "One.\n\n".repeat(25_100));
    folder.write("wide.txt", "a ".repeat(5 << 20));
    for (file, words) in [
        ("broken.docx", "is no sound Word file"),
        ("a.pdf", "pdftotext -layout"),
        ("long.txt", "long.txt has more than 25000 sentences"),
        ("wide.txt", "wide.txt has more than 8 MiB of text"),
        ("gone.md", "cannot read gone.md"),
    ] {
        let ran = folder.run(&["draft", "docs/Our contract.docx", file, "-o", "new.yaml"]);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
        assert!(!Path::new(&folder.path().join("new.yaml")).exists());
    }
}

#[test]
fn a_document_without_a_promise_is_an_empty_contract() {
    let folder = folder();
    folder.write(
        "a.txt",
        "Either party may end this agreement. Vendor shall treat what Customer says as confidential.\n",
    );
    well(&folder.run(&["draft", "a.txt", "-o", "a.yaml"]));
    let ran = folder.run(&["lint", "a.yaml"]);
    assert_eq!(ran.status, Some(1), "{ran:#?}");
    assert!(ran.stdout.contains("empty-contract"));
}

/// Waits on a terminal for some words, and types an answer.
#[cfg(unix)]
fn answer(terminal: &mut rexpect::session::PtySession, words: &str, typed: &str) {
    terminal.exp_string(words).unwrap_or_else(|error| panic!("{words}: {error}"));
    terminal.send(typed).unwrap();
    terminal.flush().unwrap();
}

#[cfg(unix)]
fn on_a_terminal(folder: &Folder) -> rexpect::session::PtySession {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_dealcheck"));
    command.args(["draft", "--today", "2026-12-01", "--color", "never"]).current_dir(folder.path());
    rexpect::session::spawn_command(command, Some(20_000)).unwrap()
}

#[cfg(unix)]
#[test]
fn a_contract_is_asked_for_on_a_terminal() {
    let folder = folder();
    let mut terminal = on_a_terminal(&folder);
    answer(&mut terminal, "Customer", "Acme: Nord\r");
    answer(&mut terminal, "Id of the contract", "ACME 1\r");
    answer(&mut terminal, "who sells", "dana@vendor.example\r");
    answer(&mut terminal, "day of signature", "soon\r");
    // What cannot be read is asked again, with what is wrong with it.
    terminal.exp_string("vague").unwrap();
    answer(&mut terminal, "day of signature", "\u{15}2027-01-15\r");
    answer(&mut terminal, "First day", "\r");
    answer(&mut terminal, "Last day", "\r");
    answer(&mut terminal, "worth", "480000 EUR\r");
    answer(&mut terminal, "What is promised", "audit\r");
    answer(&mut terminal, "By when", "2027-01-31\r");
    answer(&mut terminal, "For which platform", "\u{1b}[B \r");
    // What `sellable` says of it, and what may be done.
    terminal.exp_string("may not be promised by 2027-01-31 for windows, but from 2027-04-30 on").unwrap();
    answer(&mut terminal, "What then", "\r");
    answer(&mut terminal, "By when", "2027-06-30\r");
    answer(&mut terminal, "For which platform", "\u{1b}[B \r");
    terminal.exp_string("may be promised by 2027-06-30 for windows").unwrap();
    answer(&mut terminal, "What else", "single\r");
    answer(&mut terminal, "By when", "90 days after signing\r");
    terminal.exp_string("may be promised by 2027-04-15").unwrap();
    answer(&mut terminal, "What else", "\r");
    answer(&mut terminal, "The file to write it to", "\r");
    terminal.exp_eof().unwrap();
    assert_data_eq!(
        std::fs::read_to_string(folder.path().join("acme-1.yaml")).unwrap(),
        file!["draft/by-question.yaml"]
    );
    let ran = folder.run(&["lint", "acme-1.yaml", "--today", "2026-12-01"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stdout);
}

#[cfg(unix)]
#[test]
fn questions_that_are_broken_off_write_nothing() {
    let folder = folder();
    let mut terminal = on_a_terminal(&folder);
    answer(&mut terminal, "Customer", "Acme\r");
    answer(&mut terminal, "Id of the contract", "\u{3}");
    terminal.exp_eof().unwrap();
    assert!(!folder.path().join("acme.yaml").exists());
}

#[test]
fn options_say_what_a_contract_holds() {
    let folder = folder();
    let draft = |options: &[&str]| {
        let given = ["draft", "--today", "2026-12-01", "--contract", "A-1", "--customer", "Acme"];
        folder.run(&[&given, options].concat())
    };
    let ran = draft(&[
        "--promise", "audit log=2027-01-31", "--promise", "sso", "--for", "platform=linux,platform=windows",
    ]);
    assert_data_eq!(format!("{}---\n{}", ran.stdout, ran.stderr), file!["draft/by-options.txt"]);
    for (options, wrong) in [
        (&["--promise", "audit-log=soon"][..], "`soon` is vague"),
        (&["--promise", "audit-lgo"], "the roadmap has no feature \"audit-lgo\""),
        (&["--promise", "sso", "--for", "platform"], "`--for platform` is no dimension with its value"),
        (
            &["--promise", "sso", "--for", "plattform=linux"],
            "no feature in the roadmap is limited by `plattform`",
        ),
        (
            &["--promise", "sso", "--start", "2027-02-01", "--end", "2027-01-01"],
            "the contract ends before it starts",
        ),
        (&["--promise", "sso", "--value", "480.000 EUR"], "480.000 EUR"),
        (&[], "a contract needs --promise <FEATURE=DAY>, and there is nobody to ask"),
    ] {
        let ran = draft(&[options, &["--output", "new.yaml"]].concat());
        assert_eq!(ran.status, Some(2), "{options:?}: {}", ran.stdout);
        assert!(ran.stderr.contains(wrong), "{options:?}: {}", ran.stderr);
        assert!(!folder.path().join("new.yaml").exists(), "{options:?}");
    }
}
