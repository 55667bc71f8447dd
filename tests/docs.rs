//! What is documented is what happens: the example of every lint fires it, what to write instead does not, and
//! the README says of the program what the program says of itself. `UPDATE=1 cargo test` writes that part of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::path::Path;
use std::sync::Mutex;

use common::Folder;
use dealcheck::documentation;
use dealcheck::lints::LINTS;

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
    if files.iter().all(|(name, _)| name.starts_with("roadmap.") || name == "dealcheck.toml") {
        args.push("roadmap.toml");
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

const README: &str = "README.md";

#[test]
fn the_readme_lists_every_lint() {
    hold("lints", &dealcheck::documentation::table());
}

#[test]
fn the_readme_shows_what_may_be_promised() {
    hold_output("sellable", "it-works-on-linux", "sellable --by 2027-03-31 --for platform=windows");
}

#[test]
fn the_readme_shows_what_is_missing() {
    hold_output("gaps", "it-works-on-linux", "gaps");
}

#[test]
fn the_readme_shows_a_report() {
    hold_output(
        "report",
        "",
        "report --by seller --columns name,contracts,promises,broken,kept,missed,value-at-risk,coverage",
    );
}

#[test]
fn the_readme_shows_what_a_change_of_the_roadmap_does() {
    hold_output("impact", "it-works-on-linux", "impact --against roadmap-of-june.yaml");
}

/// Holds a part of the README equal to what a command prints in an example.
fn hold_output(mark: &str, example: &str, typed: &str) {
    let folder = Folder::copy_of(&common::root().join("examples").join(example));
    let ran = folder.run(&typed.split(' ').collect::<Vec<_>>());
    let place = if example.is_empty() { "examples".to_owned() } else { format!("examples/{example}") };
    hold(mark, &format!("In `{place}`:\n\n```\n$ dealcheck {typed}\n{}```\n", ran.stdout));
}

/// One test writes the README at a time.
static WRITER: Mutex<()> = Mutex::new(());

/// Holds the part of the README between two marks equal to a text.
fn hold(mark: &str, expected: &str) {
    let _writer = WRITER.lock();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(README);
    let readme = std::fs::read_to_string(&path).unwrap();
    let (open, close) = (format!("<!-- {mark} -->\n"), format!("<!-- /{mark} -->"));
    let marked = readme.split_once(&open).and_then(|(before, rest)| {
        let (now, after) = rest.split_once(&close)?;
        Some((before, now, after))
    });
    let (before, now, after) = marked.unwrap_or_else(|| panic!("{README} has no {open}… {close}"));
    if common::is_update() {
        std::fs::write(&path, format!("{before}{open}{expected}{close}{after}")).unwrap();
        return;
    }
    assert_eq!(now, expected, "{README} is out of date between {open}and {close}: run `UPDATE=1 cargo test`");
}
