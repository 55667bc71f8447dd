//! What the lints' documentation says is what happens: the example of every lint fires it, what to write instead does
//! not, and the book has it word by word. `UPDATE=1 cargo test --test docs` writes the pages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use common::{Folder, book};
use dealcheck::LINTS;
use dealcheck::internals as documentation;

/// The day on which the examples are right.
const DAY: &str = "2026-12-01";

/// The lints that the waivers among some files are about.
fn waived(files: &[(String, String)]) -> Vec<&str> {
    let lines =
        files.iter().filter(|(name, _)| name.starts_with("waivers.")).flat_map(|(_, text)| text.lines());
    lines.filter_map(|line| line.strip_prefix("lint = \"")?.strip_suffix('"')).collect()
}

/// The lints whose findings nobody has accepted on some files, while all are off but one and those that waivers are
/// about: there must be a finding for a waiver to be about.
fn fired(lint: &str, files: &[(String, String)]) -> Result<Vec<String>, String> {
    let folder = Folder::new();
    for (name, text) in files {
        folder.write(name, text);
    }
    let mut args = vec!["lint", "--today", DAY, "--format", "json"];
    // A roadmap alone is checked where it is named.
    let is_contract =
        |name: &str| !name.starts_with("roadmap.") && !name.starts_with("site/") && name != "dealcheck.toml";
    if !files.iter().any(|(name, _)| is_contract(name)) {
        args.push("roadmap.toml");
    }
    for (name, _) in files.iter().filter(|(name, _)| name.starts_with("site/")) {
        args.extend(["--claims", name]);
    }
    let waived = waived(files);
    for other in LINTS.iter().filter(|other| other.name != lint && !waived.contains(&other.name)) {
        args.extend(["-A", other.name]);
    }
    args.extend(["-D", lint]);
    let ran = folder.run(&args);
    let output: serde_json::Value =
        serde_json::from_str(&ran.stdout).map_err(|_| format!("{}{}", ran.stdout, ran.stderr))?;
    let problems = output["problems"].as_array().unwrap();
    if !problems.is_empty() || ran.status == Some(2) {
        return Err(format!("could not be checked: {problems:#?}{}", ran.stderr));
    }
    let findings =
        output["findings"].as_array().unwrap().iter().filter(|finding| finding["waived"].is_null());
    Ok(findings.map(|finding| finding["lint"].as_str().unwrap().to_owned()).collect())
}

#[test]
fn the_example_of_every_lint_fires_it() {
    let mut wrong = Vec::new();
    for lint in LINTS {
        let files = documentation::example(lint);
        let waived = waived(&files);
        match fired(lint.name, &files) {
            Ok(fired) if !fired.iter().any(|name| name == lint.name) => {
                wrong.push(format!("{}: it is not among {fired:?}", lint.name));
            }
            Ok(fired) if fired.iter().any(|name| name != lint.name && !waived.contains(&name.as_str())) => {
                wrong.push(format!("{}: fires {fired:?}", lint.name));
            }
            Ok(_) => {}
            Err(error) => wrong.push(format!("{}: {error}", lint.name)),
        }
    }
    assert!(wrong.is_empty(), "examples that do not fire their lint alone:\n{}", wrong.join("\n"));
}

#[test]
fn what_to_write_instead_is_quiet() {
    let mut wrong = Vec::new();
    for lint in LINTS {
        match fired(lint.name, &documentation::instead(lint)) {
            Ok(fired) if fired.is_empty() => {}
            Ok(fired) => wrong.push(format!("{}: still fires {fired:?}", lint.name)),
            Err(error) => wrong.push(format!("{}: {error}", lint.name)),
        }
    }
    assert!(wrong.is_empty(), "advice that does not help:\n{}", wrong.join("\n"));
}

/// A page a lint, from its own documentation.
#[test]
fn every_lint_has_its_page() {
    let _turn = book::turn();
    let wrong: Vec<String> = LINTS
        .iter()
        .filter_map(|lint| book::hold(&page(lint.name), &documentation::markdown(lint, lint.name)).err())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let pages: Vec<String> =
        book::docs().into_iter().filter(|name| name.starts_with("docs/lints/")).collect();
    let expected: Vec<String> = LINTS.iter().map(|lint| page(lint.name)).collect();
    assert_eq!(pages, expected, "a page that is of no lint can go");
}

fn page(lint: &str) -> String {
    format!("docs/lints/{lint}.md")
}

#[test]
fn the_table_of_lints_is_theirs() {
    let mut table = documentation::table();
    for lint in LINTS {
        let name = format!("| `{}` |", lint.name);
        assert!(table.contains(&name));
        table = table.replace(&name, &format!("| [`{0}`](lints/{0}.md) |", lint.name));
    }
    book::hold_part("docs/lints.md", "lints", &table);
}

#[test]
fn the_table_of_contents_has_every_lint() {
    let lines = LINTS.iter().map(|lint| format!("  - [{0}](lints/{0}.md)\n", lint.name));
    book::hold_part("docs/SUMMARY.md", "lints", &lines.collect::<String>());
}

#[test]
fn the_rules_of_promises_are_theirs() {
    book::hold_part("docs/draft.md", "rules", &dealcheck::internals::rules_table());
}
