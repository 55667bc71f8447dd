//! `index`: what is promised, without who promised it to whom; and `impact` by it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use common::repository::Repository;
use common::{Folder, Ran, root};
use serde_json::Value;

const ROADMAP: &str = "\
[features.audit-log]
name = \"Audit log\"
aliases = [\"Protocol\"]
status = \"planned\"
target = \"2027-03-31\"
levels = { retention = \"365 days\", certificates = [\"ISO 27001\"] }

[features.patching]
status = \"shipped\"
for = { platform = [\"linux\"] }
";

/// Everything that somebody may not see is in capitals, or is a number that is found nowhere else.
const CONTRACT: &str = "\
contract: SECRET-ID-1
customer: SECRET CUSTOMER GmbH
seller: secret.seller@vendor.example
ref: [SECRET-REF-1]
owner: secret.owner@vendor.example
note: SECRET NOTE
x-own: SECRET OWN
status: signed
signing: 2026-09-09
period: { start: 2027-01-07, end: 2029-12-31 }
value: 987654 EUR
for: { platform: linux }
milestones: { SECRET-MILESTONE: 2027-06-30 }
documents: [SECRET-DOCUMENT.docx]
terms: { SECRET-TERM: { value: SECRET-STANDARD, ref: SECRET-REF-3, note: SECRET NOTE } }
requirements:
  - id: SECRET-REQUIREMENT
    clause: SECRET CLAUSE 4.2
    text: SECRET TEXT of the contract.
    ref: SECRET-REF-2
    owner: secret.owner@vendor.example
    note: SECRET NOTE
    feature: protocol
    due: 10 days after SECRET-MILESTONE
    needs: { retention: \">= 90 days\", certificates: [ISO 27001, SECRET CERTIFICATE], SECRET-LEVEL: \">= 1 secretthings\" }
    accept: beta
    remedy: { per: week, credit: 7.77 %, cap: 33.3 % }
  - feature: [patching, SECRET FEATURE]
    for: { platform: [linux, SECRET-PLATFORM] }
    due: Q2 2027
  - id: SECRET-SERVICE
    kind: service
    text: SECRET TRAINING.
";

fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("roadmap.toml", ROADMAP);
    folder.write("SECRET-FOLDER/SECRET-FILE.yaml", CONTRACT);
    folder.write(
        "waivers.toml",
        "[[waivers]]\ncontract = \"SECRET-ID-1\"\nlint = \"unshipped-share\"\nreason = \"SECRET REASON\"\n\
        approved-by = \"SECRET-APPROVER@vendor.example\"\napproved-on = 2026-11-20\nexpires = 2027-12-31\n",
    );
    folder
}

fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path().join(name)).unwrap()
}

fn status(ran: &Ran, status: i32) {
    assert_eq!(ran.status, Some(status), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn nothing_that_is_secret_is_in_it() {
    let folder = folder();
    status(&folder.run(&["index", ".", "-o", "promises.json"]), 0);
    let written = read(&folder, "promises.json");
    let key = read(&folder, "promises.key");
    let lower = written.to_lowercase();
    let numbers =
        ["987654", "7.77", "33.3", "2026-09-09", "2027-01-07", "4.2", "EUR", "vendor.example", key.trim()];
    for secret in ["secret"].iter().chain(&numbers) {
        assert!(!lower.contains(&secret.to_lowercase()), "{secret}: {written}");
    }
    // No other word of the contract is in it, either: what is left is the product's, a key of the file or a number.
    let known = [
        "version", "contracts", "contract", "customer", "status", "signed", "end", "promises", "promise",
        "feature", "due", "for", "needs", "accept", "beta", "earliest", "latest", "unknown", "protocol",
        "patching", "platform", "linux", "retention", "days", "certificates", "iso",
    ];
    let words = lower.split(|character: char| !character.is_ascii_alphanumeric());
    let is_pseudonym = |word: &&str| word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_number = |word: &&str| word.bytes().all(|byte| byte.is_ascii_digit());
    let others: Vec<&str> =
        words.filter(|word| !known.contains(word) && !is_pseudonym(word) && !is_number(word)).collect();
    assert_eq!(others, Vec::<&str>::new());
}

#[test]
fn what_impact_needs_is_in_it() {
    let folder = folder();
    status(&folder.run(&["index", ".", "-o", "promises.json"]), 0);
    let written: Value = serde_json::from_str(&read(&folder, "promises.json")).unwrap();
    let contract = &written["contracts"][0];
    assert_eq!((&contract["status"], &contract["end"]["latest"]), (&"signed".into(), &"2029-12-31".into()));
    let promises = contract["promises"].as_array().unwrap();
    assert_eq!(promises.len(), 2);
    let audit = promises.iter().find(|promise| promise["feature"][0] == "Protocol").unwrap();
    assert_eq!(audit["due"], serde_json::json!({ "earliest": "2027-07-10", "latest": "2027-07-10" }));
    assert_eq!((&audit["accept"], &audit["needs"]["retention"]), (&"beta".into(), &">= 90 days".into()));
    let certificates = &audit["needs"]["certificates"];
    assert_eq!(certificates[0], "ISO 27001");
    assert!(certificates[1].as_str().unwrap().starts_with("unknown-"));
    assert_eq!(audit["for"], serde_json::json!({ "platform": ["linux"] }));
    let both = promises.iter().find(|promise| promise["feature"][0] == "patching").unwrap();
    assert_eq!(both["due"], serde_json::json!({ "earliest": "2027-04-01", "latest": "2027-06-30" }));
    assert!(both["feature"][1].as_str().unwrap().starts_with("unknown-"));
}

#[test]
fn a_pseudonym_stays_under_its_key_and_only_there() {
    let folder = folder();
    let key = ["index", "SECRET-FOLDER", "--key", "k"];
    let one = folder.run(&key);
    status(&one, 0);
    assert!(one.stderr.starts_with("wrote k: keep it with the contracts"), "{}", one.stderr);
    let written = read(&folder, "k");
    let again = folder.run(&key);
    assert_eq!((again.stdout.as_str(), again.stderr.as_str()), (one.stdout.as_str(), ""));
    assert_eq!(read(&folder, "k"), written);
    assert_ne!(folder.run(&["index", ".", "--key", "other"]).stdout, one.stdout);
    // What is beside it changes nothing of it, and neither does the order of the files.
    folder.write("A.yaml", CONTRACT.replace("SECRET-ID-1", "SECRET-ID-2"));
    let more = folder.run(&["index", ".", "--key", "k"]).stdout;
    let (one, more): (Value, Value) =
        (serde_json::from_str(&one.stdout).unwrap(), serde_json::from_str(&more).unwrap());
    let more = more["contracts"].as_array().unwrap();
    assert!(more.contains(&one["contracts"][0]));
    assert!(more.len() == 2 && more[0]["customer"] == more[1]["customer"]);
    assert!(more[0]["contract"].as_str() < more[1]["contract"].as_str());
    #[cfg(unix)]
    {
        let metadata = std::fs::metadata(folder.path().join("k")).unwrap();
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777, 0o600);
    }
}

#[test]
fn nothing_is_written_unless_all_is_read() {
    let folder = folder();
    folder.write("bad.yaml", "contract: BAD\ncustomer: [\n");
    let ran = folder.run(&["index", ".", "-o", "promises.json"]);
    status(&ran, 2);
    assert!(
        ran.stderr.contains("bad.yaml:2")
            && ran.stderr.ends_with("nothing was written: put this right first\n")
    );
    folder.write("bad.yaml", CONTRACT);
    let ran = folder.run(&["index", ".", "-o", "promises.json"]);
    status(&ran, 2);
    assert!(ran.stderr.contains("two contracts are called `SECRET-ID-1`"), "{}", ran.stderr);
    let ran = folder.run(&["index", "roadmap.toml", "-o", "promises.json"]);
    status(&ran, 2);
    assert!(ran.stderr.contains("no contract found"), "{}", ran.stderr);
    for name in ["promises.json", "promises.key"] {
        assert!(!folder.path().join(name).exists(), "{name}");
    }
    for text in ["", "secret", "\u{fffd}"] {
        folder.write("k", text);
        let ran = folder.run(&["index", "SECRET-FOLDER", "--key", "k"]);
        status(&ran, 2);
        assert!(ran.stderr.contains("k is no key"), "{}", ran.stderr);
        assert_eq!(read(&folder, "k"), text);
    }
}

#[test]
fn impact_by_promises_is_impact_by_contracts() {
    for (home, roadmap, from, to) in [
        ("it-works-on-linux", "roadmap.yaml", "2027-Q3", "2026-Q4"),
        ("half-the-contract", "roadmap.toml", "2027-Q2", "2027-Q1"),
        ("roadmap-nobody-reads", "roadmap.toml", "2026-Q3", "2027-Q1"),
        ("roadmap-nobody-reads", "roadmap.toml", "sunset = 2027-09-30", "sunset = 2026-12-31"),
        ("three-months-said-sales", "roadmap.toml", "target = 2027-04-30", "target = 2027-05-28"),
    ] {
        let folder = Folder::copy_of(&root().join("examples").join(home));
        let now = read(&folder, roadmap);
        assert!(now.contains(from), "{home}");
        folder.write(&format!("other.{}", roadmap.rsplit('.').next().unwrap()), now.replace(from, to));
        status(&folder.run(&["index", ".", "-o", "promises.json"]), 0);
        let messages = |args: &[&str]| {
            let other = if roadmap.ends_with("yaml") { "other.yaml" } else { "other.toml" };
            let all: Vec<&str> =
                ["impact", "--against", other, "--format", "json"].iter().chain(args).copied().collect();
            let ran = folder.run(&all);
            let output: Value = serde_json::from_str(&ran.stdout).unwrap();
            let contracts = output["contracts"].as_array().unwrap();
            // What hangs on values, terms and waivers is not in the file.
            let changes = contracts.iter().flat_map(|contract| contract["changes"].as_array().unwrap());
            let mut messages: Vec<String> = changes
                .filter(|change| !change["now"].is_null())
                .map(|change| format!("{} {} {}", change["message"], change["denied"], change["cells"]))
                .collect();
            messages.sort();
            messages
        };
        let by_contracts = messages(&["."]);
        assert!(!by_contracts.is_empty(), "{home}, {from}");
        assert_eq!(messages(&["--promises", "promises.json"]), by_contracts, "{home}");
    }
}

/// What a draft amendment would make of promises whose words it leaves as they are, all of it in time by this roadmap.
#[test]
fn what_draft_amendments_ask_more_of_is_in_it() {
    let roadmap = |eu: &str, apac: &str, sunset: &str| {
        format!(
            "[features.a]\nname = \"Alpha\"\nstatus = \"planned\"\ntarget = \"{eu}\"\nfor = {{ region = \"eu\" }}\n\
            {sunset}\n[[features.a.offers]]\nstatus = \"planned\"\ntarget = \"{apac}\"\nfor = {{ region = \"apac\" }}\n"
        )
    };
    let order = "contract: O\ncustomer: X\nunder: M\nstatus: signed\nsigning: 2026-10-15\nrequirements:\n  - id: R1\n    \
        feature: a\n    due: 2027-08-31\n";
    let master = "contract: M\ncustomer: X\nstatus: signed\nsigning: 2026-03-01\nfor: { region: eu }\nrequirements: []\n";
    let contract = "contract: M\ncustomer: X\nstatus: signed\nsigning: 2026-10-15\nfor: { region: eu }\n\
        period: { start: 2027-01-01, end: 2029-12-31 }\nmilestones: { go-live: 2027-08-31 }\nrequirements:\n  - id: R1\n    \
        feature: a\n    due: go-live\n";
    for (base, order, change, [eu, apac, sunset]) in [
        // A wider scope of what is ordered under an agreement, and of a contract.
        (master, order, "for: { region: [eu, apac] }\n", ["2027-06-30", "2028-03-31", ""]),
        (contract, "", "for: { region: [eu, apac] }\n", ["2027-06-30", "2028-03-31", ""]),
        // A scope where there was none.
        (
            &*master.replace("for: { region: eu }\n", ""),
            order,
            "for: { region: apac }\n",
            ["2027-06-30", "2028-03-31", ""],
        ),
        // An earlier day, and a later end.
        (contract, "", "milestones: { go-live: 2027-07-31 }\n", ["2027-08-15", "2027-07-15", ""]),
        (
            contract,
            "",
            "period: { start: 2027-01-01, end: 2031-12-31 }\n",
            ["2027-06-30", "2027-07-15", "sunset = 2030-12-31"],
        ),
    ] {
        let folder = Folder::new();
        let before = roadmap("2027-06-30", "2027-07-15", "");
        folder.write("roadmap.toml", &before);
        folder.write("c/m.yaml", base);
        if !order.is_empty() {
            folder.write("c/o.yaml", order);
        }
        folder.write("c/ma.yaml", format!("contract: MA\namends: M\nsigning: 2026-12-20\n{change}"));
        status(&folder.run(&["index", "c", "-o", "i.json"]), 0);
        folder.write("before.toml", before);
        folder.write("roadmap.toml", roadmap(eu, apac, sunset));
        let impact = |args: &[&str]| {
            let ran =
                folder.run(&[&["impact", "--against", "before.toml", "--format", "json"], args].concat());
            let output: Value = serde_json::from_str(&ran.stdout).unwrap();
            let contracts = output["contracts"].as_array().unwrap().iter();
            let fares = contracts.map(|contract| format!("{} {}", contract["status"], contract["direction"]));
            fares.collect::<Vec<String>>()
        };
        let by_contracts = impact(&["c"]);
        assert!(by_contracts.iter().any(|contract| contract.contains("draft")), "{change}: {by_contracts:?}");
        assert_eq!(impact(&["--promises", "i.json"]), by_contracts, "{change}");
    }
}

#[test]
fn promises_lie_in_the_repository_of_the_roadmap() {
    let folder = folder();
    status(&folder.run(&["index", ".", "-o", "promises.json"]), 0);
    let product = Repository::new();
    product.write("promises.json", read(&folder, "promises.json"));
    product.write("roadmap.toml", ROADMAP);
    product.commit();
    product.write("roadmap.toml", ROADMAP.replace("2027-03-31", "2027-07-20"));
    let ran = product.run(&["impact", "--promises", "promises.json", "--since", "main"]);
    status(&ran, 1);
    assert!(ran.stdout.contains("roadmap.toml:5, before main:roadmap.toml:5"), "{}", ran.stdout);
}

#[test]
fn promises_are_judged_by_both_readings_and_name_nobody() {
    let folder = folder();
    status(&folder.run(&["index", ".", "-o", "promises.json"]), 0);
    let product = Folder::new();
    product.write("promises.json", read(&folder, "promises.json"));
    product.write("roadmap.toml", ROADMAP);
    let impact = ["impact", "--promises", "promises.json", "--against", "roadmap.toml"];
    let ran = product.run(&impact);
    assert_eq!(ran.stdout, "nothing changes for the contract, against roadmap.toml\n", "{}", ran.stderr);
    product.write("before.toml", ROADMAP);
    product.write(
        "roadmap.toml",
        ROADMAP
            .replace("2027-03-31", "2027-07-20")
            .replace("status = \"shipped\"", "status = \"shipped\"\nsunset = 2027-05-01"),
    );
    let ran = product.run(&["impact", "--promises", "promises.json", "--against", "before.toml"]);
    status(&ran, 1);
    let words = "\"Audit log\" for linux moves from 2027-03-31 to 2027-07-20: 10 days late, was on time [late-feature, denied]";
    let words = words.replace(" for linux", "");
    let told = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(&words), "{}", ran.stdout);
    assert!(told.contains("\"patching\" for linux is dropped, was available"), "{}", ran.stdout);
    assert!(
        ran.stdout.starts_with("1 signed contract gets worse (2 changes), against before.toml\n"),
        "{}",
        ran.stdout
    );
}

#[test]
fn what_is_no_file_of_promises_is_an_error_at_its_place() {
    let good = "{\"version\": 1, \"contracts\": [{\"contract\": \"contract-1\", \"customer\": \"customer-1\", \"status\": \"signed\",\n\
        \"promises\": [{\"promise\": \"promise-1\", \"feature\": [\"audit-log\"], \"due\": {\"earliest\": \"2027-01-01\", \"latest\": \"2027-06-30\"}}]}]}\n";
    let folder = Folder::new();
    folder.write("roadmap.toml", ROADMAP);
    let run = |text: &str| {
        folder.write("p.json", text);
        folder.run(&["impact", "--promises", "p.json", "--against", "roadmap.toml"])
    };
    let ran = run(good);
    assert_eq!(
        (ran.status, ran.stdout.as_str()),
        (Some(0), "nothing changes for the contract, against roadmap.toml\n"),
        "{}",
        ran.stderr
    );
    let twice = good.replace("}]}]}", "}]},\n{\"contract\": \"contract-1\", \"customer\": \"c\", \"status\": \"draft\", \"promises\": []}]}");
    for (text, words) in [
        (String::new(), "p.json"),
        ("[]".to_owned(), "a file of promises"),
        ("{}".to_owned(), "needs the key `contracts`"),
        ("{\"contracts\": []}".to_owned(), "needs the key `version`"),
        (CONTRACT.to_owned(), "p.json:1"),
        ("{\"contract\": \"A\", \"customer\": \"B\"}".to_owned(), "a file of promises has no key `contract`"),
        (good.replace("\"version\": 1", "\"version\": 2"), "this file of promises has the version 2"),
        (good.replace("2027-06-30", "2026-06-30"), "the last day is before the first"),
        (good.replace("2027-06-30", "soon"), "--> p.json:2"),
        (good.replace("\"signed\"", "\"sealed\""), "is not a contract's status"),
        (good.replace("\"signed\"", "\"closed\""), "signed, or ended?"),
        (good.replace("[\"audit-log\"]", "{}"), "--> p.json:2"),
        (good.replace("\"due\"", "\"dew\""), "a promise has no key `dew`"),
        (good.replace("\"latest\"", "\"last\""), "a first and a last day has no key `last`"),
        (
            good.replace(
                "\"promise\": \"promise-1\"",
                "\"for\": {\"region\": [\"eu\"]}, \"promise\": \"promise-1\"",
            ),
            "no feature in the roadmap is limited by `region`",
        ),
        (twice, "`contract-1` is listed twice"),
        (good[..good.len() / 2].to_owned(), "p.json"),
    ] {
        let ran = run(&text);
        assert_eq!(ran.status, Some(2), "{text}\n{}{}", ran.stdout, ran.stderr);
        assert!(ran.stderr.contains(words), "{words}\n{}", ran.stderr);
        let mut told: Vec<&str> = ran.stderr.split("\n\n").collect();
        let all = told.len();
        told.sort_unstable();
        told.dedup();
        assert_eq!(told.len(), all, "told twice: {}", ran.stderr);
    }
    let ran = folder.run(&["impact", "--promises", "nowhere.json", "--against", "roadmap.toml"]);
    status(&ran, 2);
    assert!(ran.stderr.contains("cannot read nowhere.json"), "{}", ran.stderr);
    folder.write("p.json", good);
    status(&folder.run(&["impact", "deals", "--promises", "p.json", "--against", "roadmap.toml"]), 2);
}

#[test]
fn what_cannot_be_read_of_a_promise_is_no_finding() {
    let file = |due: &str| {
        format!(
            "{{\"version\": 1, \"contracts\": [{{\"contract\": \"contract-1\", \"customer\": \"customer-1\", \
            \"status\": \"signed\", \"promises\": [{{\"promise\": \"promise-1\", \"feature\": [\"audit-log\"]{due}}}]}}]}}\n"
        )
    };
    let folder = Folder::new();
    folder.write(
        "before.toml",
        ROADMAP.replace("status = \"planned\"\ntarget = \"2027-03-31\"", "status = \"shipped\""),
    );
    folder.write("roadmap.toml", ROADMAP);
    let impact = |due: &str| {
        folder.write("p.json", file(due));
        folder.run(&["impact", "--promises", "p.json", "--against", "before.toml"])
    };
    let window = "{\"earliest\": \"2026-12-01\", \"latest\": \"2026-12-01\"}";
    let ran = impact(&format!(", \"due\": {window}"));
    assert!(ran.stdout.contains("late-feature"), "{}{}", ran.stdout, ran.stderr);
    for due in [
        ", \"unscheduled\": \"opne\"".to_owned(),
        ", \"unscheduled\": {}".to_owned(),
        ", \"due\": \"2026-12-01\"".to_owned(),
        format!(", \"due\": {window}, \"unscheduled\": \"opne\""),
        format!(", \"due\": {window}, \"until\": \"2026-12-01\""),
    ] {
        let ran = impact(&due);
        status(&ran, 2);
        assert!(!ran.stdout.contains("late"), "{due}: {}{}", ran.stdout, ran.stderr);
    }
}

/// How a contract spells the product's words would tell it from others.
#[test]
fn known_words_are_spelled_as_in_the_roadmap() {
    let contract = |id: &str, words: [&str; 7]| {
        let [feature, dimension, value, level, bound, words, word] = words;
        format!(
            "contract: {id}\ncustomer: X\nstatus: signed\nrequirements:\n  - id: R\n    feature: [{feature}]\n    due: 2027-06-30\n    \
            for: {{ {dimension}: [{value}] }}\n    needs: {{ {level}: \"{bound}\", {words}: [{word}] }}\n"
        )
    };
    let folder = Folder::new();
    folder.write("roadmap.toml", ROADMAP);
    let plain = [
        "audit-log, patching", "platform", "linux, amiga", "retention", ">= 90 days", "certificates",
        "ISO 27001, Own",
    ];
    let other = [
        "AUDIT-Log, pAtching", "PlatForm", "LiNuX, AMIGA", "ReTention", ">= 90 DAYS", "CertifiCates",
        "iso27001, oWn",
    ];
    folder.write("plain.yaml", contract("A", plain));
    folder.write("other.yaml", contract("B", other));
    let ran = folder.run(&["index", "."]);
    status(&ran, 0);
    let written: Value = serde_json::from_str(&ran.stdout).unwrap();
    let promise = |contract: usize| {
        let mut promise = written["contracts"][contract]["promises"][0].clone();
        promise["promise"] = Value::Null;
        promise
    };
    assert_eq!(promise(0), promise(1));
    assert_eq!(promise(0)["feature"], serde_json::json!(["audit-log", "patching"]));
    assert_eq!(promise(0)["for"]["platform"][0], "linux");
    assert_eq!(promise(0)["needs"]["certificates"][0], "ISO 27001");
    // Aliases and names, too.
    folder.write(
        "other.yaml",
        contract("B", other).replace("AUDIT-Log", "PROTOCOL").replace("pAtching", "PATCHING"),
    );
    let ran = folder.run(&["index", "other.yaml"]);
    assert!(ran.stdout.contains("\"Protocol\"") && ran.stdout.contains("\"patching\""), "{}", ran.stdout);
}

#[test]
fn a_key_is_not_written_over() {
    let folder = folder();
    status(&folder.run(&["index", ".", "--key", "promises.key", "--output", "promises.json"]), 0);
    let key = read(&folder, "promises.key");
    for (key, output) in [("promises.key", "./promises.key"), ("new", "./new")] {
        let ran = folder.run(&["index", ".", "--key", key, "--output", output]);
        status(&ran, 2);
        assert!(ran.stderr.contains("cannot be both the key and what is written with it"), "{}", ran.stderr);
    }
    assert_eq!(read(&folder, "promises.key"), key);
    assert!(!folder.path().join("new").exists());
}

#[cfg(unix)]
#[test]
fn a_key_that_others_can_read_is_said() {
    let folder = folder();
    let args = ["index", ".", "--key", "promises.key", "--output", "promises.json"];
    status(&folder.run(&args), 0);
    assert!(!folder.run(&args).stderr.contains("warning"));
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o644);
    std::fs::set_permissions(folder.path().join("promises.key"), mode).unwrap();
    let ran = folder.run(&args);
    status(&ran, 0);
    assert!(ran.stderr.starts_with("warning: others can read promises.key"), "{}", ran.stderr);
}
