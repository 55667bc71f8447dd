//! What code scanning, GitHub and GitLab are given: SARIF that its schema accepts, paths from the repository's
//! root, and nothing of a contract that these hosts would take for their own words.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use common::{Folder, LATE, ROADMAP, Ran, command, root};
use dealcheck::LINTS;
use dealcheck::Level;
use dealcheck::internals as documentation;
use serde_json::{Value, json};

fn example(name: &str) -> Folder {
    Folder::copy_of(&root().join("examples").join(name))
}

fn workspace() -> Folder {
    Folder::copy_of(&root().join("tests/formats/workspace"))
}

/// What a format gives, which must be JSON.
fn report(folder: &Folder, format: &str, args: &[&str]) -> Value {
    parsed(&folder.run(&[&["lint", "--format", format], args].concat()))
}

fn parsed(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:#?}"))
}

fn results(sarif: &Value) -> &Vec<Value> {
    sarif["runs"][0]["results"].as_array().unwrap()
}

/// The schema of SARIF, with the formats of its texts.
static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = fs::read_to_string(root().join("tests/sarif/sarif-schema-2.1.0.json")).unwrap();
    // This pattern has a bracket too many, which the standard's errata mend.
    let schema = schema.replace("^[a-zA-Z]{2}|^[a-zA-Z]{2}-[a-zA-Z]{2}]?$", "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$");
    let schema: Value = serde_json::from_str(&schema).unwrap();
    jsonschema::draft7::options().should_validate_formats(true).build(&schema).unwrap()
});

fn mistakes(sarif: &Value) -> Vec<String> {
    SCHEMA.iter_errors(sarif).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[track_caller]
fn valid(sarif: &Value) {
    assert_eq!(mistakes(sarif), Vec::<String>::new());
}

#[test]
fn sarif_is_what_its_schema_says() {
    valid(&report(&workspace(), "sarif", &[]));
    valid(&report(&workspace(), "sarif", &["deals/globex.json", "-A", "tight-deadline"]));
    valid(&report(&workspace(), "sarif", &["nowhere.yaml"]));
    for example in common::entries(&root().join("examples")) {
        let sarif = report(&Folder::copy_of(&example), "sarif", &["."]);
        assert!(!results(&sarif).is_empty(), "{}", example.display());
        valid(&sarif);
    }
}

#[test]
fn the_schema_refuses_what_is_wrong() {
    let sarif = report(&workspace(), "sarif", &[]);
    let place = "/runs/0/results/0/locations/0/physicalLocation";
    for (pointer, wrong) in [("region/startLine", json!(0)), ("artifactLocation/uri", json!("a b.yaml"))] {
        let mut sarif = sarif.clone();
        *sarif.pointer_mut(&format!("{place}/{pointer}")).unwrap() = wrong;
        assert_eq!(mistakes(&sarif).len(), 1, "{pointer}");
    }
}

#[test]
fn sarif_of_the_workspace() {
    let mut sarif = report(&workspace(), "sarif", &[]);
    let rules = sarif["runs"][0]["tool"]["driver"]["rules"].as_array_mut().unwrap();
    rules.iter_mut().for_each(|rule| *rule = rule["id"].take());
    let actual = format!("{:#}\n", sarif);
    let path = root().join("tests/sarif/expected.json");
    if common::is_update() {
        return fs::write(path, actual).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    snapbox::assert_data_eq!(actual, snapbox::Data::text(expected).raw());
}

#[test]
fn every_lint_is_a_rule() {
    let sarif = report(&workspace(), "sarif", &[]);
    let driver = &sarif["runs"][0]["tool"]["driver"];
    assert_eq!(driver["name"], "dealcheck");
    assert_eq!(driver["version"], env!("CARGO_PKG_VERSION"));
    let rules = driver["rules"].as_array().unwrap();
    assert_eq!(rules.len(), LINTS.len());
    for (rule, lint) in rules.iter().zip(LINTS) {
        assert_eq!(rule["id"], lint.name);
        assert_eq!(rule["shortDescription"]["text"], lint.summary);
        let level = match lint.level {
            Level::Allow => json!({ "enabled": false, "level": "warning" }),
            Level::Warn => json!({ "enabled": true, "level": "warning" }),
            Level::Deny | Level::Forbid => json!({ "enabled": true, "level": "error" }),
        };
        assert_eq!(rule["defaultConfiguration"], level, "{}", lint.name);
        let length = rule["fullDescription"]["text"].as_str().unwrap().chars().count();
        assert!((20..1024).contains(&length), "{}: GitHub shows up to 1024 characters", lint.name);
        let (text, markdown) = (rule["help"]["text"].as_str(), rule["help"]["markdown"].as_str());
        for heading in documentation::headings(lint) {
            assert!(text.unwrap().contains(&format!("{heading}\n\n")), "{}: {heading}", lint.name);
            assert!(markdown.unwrap().contains(&format!("## {heading}\n\n")), "{}: {heading}", lint.name);
        }
    }
    for result in results(&sarif) {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], LINTS[index].name);
    }
}

#[test]
fn a_run_with_problems_did_not_succeed() {
    let run = |args: &[&str]| report(&workspace(), "sarif", args)["runs"][0]["invocations"][0].take();
    let clean = run(&["deals/globex.json"]);
    assert_eq!(clean, json!({ "executionSuccessful": true, "toolExecutionNotifications": [] }));
    let problems = run(&["deals/globex.json", "nowhere.yaml"]);
    assert_eq!(problems["executionSuccessful"], false);
    let problem = &problems["toolExecutionNotifications"][0];
    assert_eq!(problem["level"], "error");
    assert_eq!(problem["message"]["text"], "cannot read nowhere.yaml: no such file or directory.");
    let file = &problem["locations"][0]["physicalLocation"]["artifactLocation"];
    assert_eq!(*file, json!({ "uri": "nowhere.yaml", "uriBaseId": "%SRCROOT%" }));
}

#[test]
fn what_is_waived_is_marked_or_left_out() {
    let folder = example("terms-felt-wrong");
    let summary = &report(&folder, "json", &[])["summary"];
    let count = |key: &str| usize::try_from(summary[key].as_u64().unwrap()).unwrap();
    let (open, waived) = (count("denied") + count("warned"), count("waived"));
    assert!(waived > 0);

    let sarif = report(&folder, "sarif", &[]);
    let suppressed: Vec<&Value> =
        results(&sarif).iter().filter(|result| result.get("suppressions").is_some()).collect();
    assert_eq!((results(&sarif).len(), suppressed.len()), (open + waived, waived));
    for result in suppressed {
        let suppression = &result["suppressions"][0];
        assert_eq!((&suppression["kind"], &suppression["status"]), (&json!("external"), &json!("accepted")));
        assert!(!suppression["justification"].as_str().unwrap().is_empty());
        assert!(suppression["properties"]["approved-by"].as_str().unwrap().contains('@'));
        let place = &suppression["location"]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "waivers.toml");
    }

    let issues = |args: &[&str]| report(&folder, "gitlab", args).as_array().unwrap().clone();
    assert_eq!(issues(&[]).len(), open);
    let all = issues(&["--show-waived"]);
    assert_eq!(all.iter().filter(|issue| issue["severity"] == "info").count(), waived);

    let annotations = |args: &[&str]| folder.run(&[&["lint", "--format", "github"], args].concat()).stdout;
    let commands = |text: &str| text.lines().filter(|line| line.starts_with("::")).count();
    assert_eq!(commands(&annotations(&[])), open);
    let all = annotations(&["--show-waived"]);
    assert_eq!(commands(&all), open + waived);
    let notices: Vec<&str> = all.lines().filter(|line| line.starts_with("::notice ")).collect();
    assert_eq!(notices.len(), waived);
    assert!(notices.iter().all(|notice| notice.contains("%0Anote: waived by ")), "{notices:#?}");
}

/// A repository whose contracts are judged from a folder in it, by a roadmap that lies outside.
fn nested() -> Folder {
    let folder = Folder::new();
    folder.write("product/roadmap.toml", ROADMAP);
    folder.write("sales/.git/HEAD", "ref: refs/heads/main\n");
    folder.write("sales/deals/emea/acme.yaml", LATE);
    folder.write(
        "sales/deals/emea/dealcheck.toml",
        "roadmap = [\"../../../product/roadmap.toml\"]\ncontracts = [\"*.yaml\"]\n",
    );
    folder
}

#[test]
fn paths_begin_at_the_root_of_the_repository() {
    let folder = nested();
    let below = folder.path().join("sales/deals/emea");
    let run = |format: &str| {
        let output = command(&below, &["lint", "--format", format]).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    let sarif: Value = serde_json::from_str(&run("sarif")).unwrap();
    valid(&sarif);
    let result = &results(&sarif)[0];
    let file = |location: &Value| location["physicalLocation"]["artifactLocation"].clone();
    let contract = json!({ "uri": "deals/emea/acme.yaml", "uriBaseId": "%SRCROOT%" });
    assert_eq!(file(&result["locations"][0]), contract);
    let roadmap = file(&result["relatedLocations"][1]);
    let uri = roadmap["uri"].as_str().unwrap();
    assert!(uri.starts_with("file:///") && uri.ends_with("/product/roadmap.toml"), "{uri}");
    assert_eq!(roadmap.get("uriBaseId"), None);

    let issues: Value = serde_json::from_str(&run("gitlab")).unwrap();
    assert_eq!(issues[0]["location"]["path"], "deals/emea/acme.yaml");
    assert!(run("github").contains(",file=deals/emea/acme.yaml,line=4,"));
}

#[test]
fn no_two_findings_have_one_fingerprint() {
    let folder = Folder::new();
    folder.write("roadmap.toml", ROADMAP);
    for name in ["a.yaml", "b.yaml", "c.yaml"] {
        folder.write(name, LATE);
    }
    let sarif = report(&folder, "sarif", &["."]);
    let key = "dealcheck/v1";
    let prints: Vec<&str> =
        results(&sarif).iter().map(|it| it["partialFingerprints"][key].as_str().unwrap()).collect();
    let one = report(&folder, "json", &["a.yaml"])["findings"][0]["fingerprint"].take();
    let one = one.as_str().unwrap();
    assert_eq!(prints, [one, &format!("{one}:2"), &format!("{one}:3")]);

    let issues = report(&folder, "gitlab", &["."]);
    let mut prints: Vec<&str> =
        issues.as_array().unwrap().iter().map(|it| it["fingerprint"].as_str().unwrap()).collect();
    assert!(prints.len() > 3, "problems are issues, too: {issues:#}");
    prints.sort_unstable();
    let all = prints.len();
    prints.dedup();
    assert_eq!(prints.len(), all);
}

#[test]
fn threads_change_no_byte() {
    let folder = Folder::new();
    folder.write("roadmap.toml", ROADMAP);
    for number in 0..300 {
        let text = if number % 7 == 0 {
            "contract: [".to_owned()
        } else {
            LATE.replace("ACME-1", &format!("A-{}", number / 2))
        };
        folder.write(&format!("deals/{number:04}.yaml"), text);
    }
    for format in ["sarif", "github", "gitlab"] {
        let run = |threads: &str| {
            let mut command = command(folder.path(), &["lint", "deals", "--format", format]);
            command.env("RAYON_NUM_THREADS", threads).output().unwrap()
        };
        let (one, many) = (run("1"), run("8"));
        assert_eq!(one.status.code(), Some(2), "{format}");
        assert!(one.stdout.len() > 50_000, "{format}");
        assert!(one.stdout == many.stdout, "{format} differs");
    }
}

/// Words of a contract that would be commands, links or controls to somebody.
const HOSTILE: &str = "contract: \"A\\n::error::x\"\ncustomer: A\nrequirements:\n  - feature: audit-log\n    \
    id: \"R1\\r\\n::stop-commands::x\"\n    clause: \"[here](https://evil.example) %0A::error::y\"\n    \
    text: \"\\u202e ##[error]z \\e[31m <script> {0} \\\\[a](1)\"\n    due: 2027-01-31\n";

#[test]
fn words_of_a_contract_are_no_commands() {
    let folder = Folder::new();
    folder.write("roadmap.toml", ROADMAP);
    let name = if cfg!(unix) { "deals/a,line=1::b%0A\n::error::c.yaml" } else { "deals/a,b%0A.yaml" };
    folder.write(name, HOSTILE);
    for format in ["sarif", "github", "gitlab"] {
        let text = folder.run(&["lint", "deals", "--format", format]).stdout;
        for forbidden in ['\u{1b}', '\u{202e}', '\r'] {
            assert!(!text.contains(forbidden), "{format}: {forbidden:?} in {text}");
        }
    }
    let github = folder.run(&["lint", "deals", "--format", "github"]).stdout;
    let commands: Vec<&str> = github.lines().filter(|line| line.trim_start().starts_with("::")).collect();
    assert_eq!(commands.len(), 1, "{github}");
    let (properties, message) = commands[0].strip_prefix("::error ").unwrap().split_once("::").unwrap();
    assert_eq!(properties.matches(",line=").count(), 1, "{properties}");
    assert!(message.contains("%250A::error::y"), "{message}");

    let sarif = report(&folder, "sarif", &["deals"]);
    valid(&sarif);
    let message = results(&sarif)[0]["message"]["text"].as_str().unwrap();
    assert!(message.contains("\\[here\\](https://evil.example)"), "{message}");
    let issues = report(&folder, "gitlab", &["deals"]);
    assert_eq!(issues.as_array().unwrap().len(), 1);
    assert!(!Path::new(issues[0]["location"]["path"].as_str().unwrap()).is_absolute());
}
