//! Nothing that comes from a file is a command to a build log, in any format of any command.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use common::Folder;

/// The commands of a line, as the runners of GitHub Actions and the agents of Azure Pipelines read it.
fn command(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let is_of_github = line.strip_prefix("::").is_some_and(|rest| rest.contains("::"));
    (is_of_github || line.contains("##[") || line.contains("##vso[")).then_some(line)
}

const ATTACK: &str = "::error::x";

/// A folder in which whatever can have a name is called as a command.
fn folder() -> Folder {
    let folder = Folder::new();
    // The last word comes to the beginning of a line where the text is wrapped.
    let long = format!("{} {ATTACK} ##[error]x ##vso[task.complete]x", "word ".repeat(24));
    folder.write(
        "roadmap.toml",
        format!(
            "[product]\nname = \"{ATTACK}\"\nreviewed = 2026-01-01\n\
             [features.\"{ATTACK}\"]\nname = \"{long}\"\nstatus = \"planned\"\ntarget = \"2027-Q2\"\n\
             team = \"\u{2003}{ATTACK}\"\neffort = \"400 days\"\nfor = {{ platform = [\"{ATTACK}\"] }}\n\
             [features.b]\nname = \"\\n{ATTACK}\"\nstatus = \"shipped\"\nlevels = {{ uptime = \"1 %\" }}\n\
             depends-on = [\"##[error]x\"]\n[teams.\"\u{2003}{ATTACK}\"]\ncapacity = \"1 day per year\"\n\
             [terms.\"{ATTACK}\"]\nstandard = \"<= 1 day\"\napprover = \"{ATTACK}\"\n"
        ),
    );
    let contract = |id: &str| {
        format!(
            "contract: \"{id}\"\ncustomer: \"\\u2003{ATTACK}\"\nseller: \"{ATTACK}\"\nvalue: 10 EUR\n\
             documents: [\"{ATTACK}.txt\", \"{ATTACK} ##[error].docx\"]\n\
             terms: {{ \"{ATTACK}\": 9 days }}\nrequirements:\n\
             - {{ id: \"{ATTACK}\", feature: \"{ATTACK}\", due: 2027-01-31, clause: \"{ATTACK}\", text: \"{long}\" }}\n\
             - {{ id: \" ##[x]\", feature: b, needs: {{ uptime: '>= 9 %' }}, for: {{ platform: linux }} }}\n\
             - {{ id: \"c\", feature: \"\\n{ATTACK}y\" }}\n"
        )
    };
    let said = format!("{ATTACK}\n\n{ATTACK} Vendor shall provide the\n::error::y and {ATTACK} by [●].\n");
    for document in ["deals/::error::x.txt", "::error::x.txt"] {
        folder.write(document, &said);
    }
    for (at, name) in [
        "::error::a.yaml", " ::error::b.yaml", "\u{2003}::stop-commands::c.yaml", "d\n::error::d.yaml",
        "##[error]e.yaml", "##vso[task.complete]f.yaml", ":::error::g.yaml",
    ]
    .iter()
    .enumerate()
    {
        folder.write(&format!("deals/{name}"), contract(&format!("{ATTACK}{at}")));
        folder.write(name, contract(&format!("##[error]{at}")));
        folder.write(&format!("broken/{name}"), "contract: [\ncustomer: ::error::x\n");
    }
    folder
}

#[test]
fn no_line_is_a_command() {
    let folder = folder();
    let waive = ["waive", "deals", "--all-findings", "--reason", ATTACK, "--approved-by", "a@vendor.example"];
    let mut runs: Vec<Vec<String>> = Vec::new();
    let mut add = |args: &[&str]| runs.push(args.iter().map(|&arg| arg.to_owned()).collect());
    for path in ["deals", ".", "broken"] {
        for format in ["full", "concise", "json", "sarif", "gitlab", "junit", "markdown", "narrated", "table"]
        {
            add(&["lint", path, "--format", format, "--verbose"]);
        }
        for format in ["text", "markdown", "json", "csv", "html"] {
            for by in ["contract", "feature", "team", "seller", "customer"] {
                add(&["report", path, "--format", format, "--by", by]);
            }
        }
        for format in ["text", "markdown", "json", "csv"] {
            add(&["gaps", path, "--format", format]);
        }
        for format in ["text", "markdown", "json"] {
            add(&["impact", path, "--against", "roadmap.toml", "--format", format]);
        }
        add(&["lint", path, "--explain"]);
    }
    for format in ["text", "markdown", "json"] {
        add(&["sellable", "--format", format]);
        add(&["sellable", ATTACK, "--for", "platform=::error::x", "--format", format]);
    }
    for name in
        ["::error::a.yaml", " ::error::b.yaml", "\u{2003}::stop-commands::c.yaml", "d\n::error::d.yaml"]
    {
        add(&["lint", name, "--format", "concise"]);
        add(&["lint", &format!("--{name}")]);
        add(&["lint", &format!("no{name}")]);
        add(&["explain", name]);
        add(&["date", name]);
        add(&["lint", "deals", "--since", name]);
        add(&["index", "deals", "--key", "key", "--output", name]);
        add(&["init", name]);
        add(&[
            "waive", name, "R", "late-feature", "--reason", "x", "--approved-by", "a@b", "--expires",
            "2027-01-01",
        ]);
    }
    // What was added since: tables, drafts, confirmations, histories, claims, numbers.
    folder.write("plan/roadmap.toml", format!("[features.a]\nname = \"{ATTACK}\"\nref = \"A-1\"\nstatus = \"planned\"\ntarget = \"2027-Q2\"\nnote = \"\"\"\n{ATTACK}\n\u{2003}{ATTACK}\n\"\"\"\n"));
    let rows = format!(
        "A-1,{ATTACK}1,planned,2027-Q3,{ATTACK}\nA-2,\u{2003}{ATTACK}2,{ATTACK},2027-Q3,\n,\"x\n{ATTACK}\",planned,{ATTACK},\n"
    );
    for name in ["plan/::error::p.csv", "plan/##[error]p.csv"] {
        folder.write(name, format!("Key,Name,Status,Target,::error::Team\n{rows}"));
        for how in [
            &["--dry-run"][..],
            &["--update", "plan/roadmap.toml", "--dry-run"],
            &["--map", ATTACK],
            &["--only", "Name=::error::x"],
        ] {
            add(&[&["import", name, "--as", "roadmap"], how].concat());
        }
    }
    folder.write("plan/crm.csv", format!("Contract,Customer,Feature,Due,Status\n{ATTACK},{ATTACK},{ATTACK},{ATTACK},{ATTACK}\n{ATTACK}2,{ATTACK},b,2027-03-31,draft\n"));
    add(&["import", "plan/crm.csv", "--as", "contracts", "--output", "plan/::error::deals"]);
    for document in ["::error::x.txt", "deals/::error::x.txt"] {
        add(&["draft", document]);
        add(&["draft", document, "--coverage"]);
        add(&["lint", "deals", "--claims", document]);
    }
    for format in ["text", "markdown", "json"] {
        add(&["history", "--format", format]);
    }
    for format in ["text", "csv", "json", "ics"] {
        add(&["report", "deals", "--by", "promise", "--format", format]);
        add(&["report", "deals", "--format", format]);
    }
    add(&["confirm", ATTACK]);
    add(&["confirm", "b", "\u{2003}::error::y", "--roadmap", "plan/roadmap.toml"]);
    add(&["confirm", "a", "--roadmap", "plan/roadmap.toml"]);
    add(&["lint", "deals", "--statistics"]);
    add(&["lint", "deals", "--only", ATTACK]);
    add(&["report", "deals", "--since", ATTACK, "--by", "team"]);
    add(&[&waive[..], &["--expires", "2027-12-31", "--dry-run"]].concat());
    add(&[&waive[..], &["--expires", "2027-12-31"]].concat());
    add(&[&waive[..], &["--expires", "2027-12-31"]].concat());
    for args in &runs {
        let ran = folder.run(args);
        for line in ran.stdout.lines().chain(ran.stderr.lines()).flat_map(|line| line.split('\r')) {
            assert_eq!(command(line), None, "{args:?}");
        }
    }
    // The format that is made of commands has none but its own.
    let ran = folder.run(&["lint", "deals", "--format", "github"]);
    for line in ran.stdout.lines().filter_map(command) {
        assert!(["::error ", "::warning ", "::notice "].iter().any(|own| line.starts_with(own)), "{line}");
    }
    assert_eq!(ran.stderr.lines().find_map(command), None);
}
