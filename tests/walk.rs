//! Which files of a folder are contracts: none that looks like one is left unread with status 0.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use common::{Folder, LATE, ROADMAP, Ran};
use dealcheck::Request;
use dealcheck::internals::{Arena, FileFormat, parse};
use dealcheck::run;
use dealcheck::{CheckOptions, Workspace};
use dealcheck::{FileId, Source};
use dealcheck::{Files, Memory};
use proptest::prelude::*;

/// A contract that can be kept: to have found nothing is not why a run fails.
fn folder() -> Folder {
    let folder = Folder::new();
    folder.write("roadmap.toml", ROADMAP);
    folder.write("deals/sound.yaml", LATE.replace("ACME-1", "SOUND").replace("2027-01-31", "2027-12-31"));
    folder
}

/// What a contract in JSON holds.
const FLAT: &str = r#""contract": "A", "customer": "X", "requirements": []"#;

/// A run on a folder with one further file.
fn walk(name: &str, bytes: impl AsRef<[u8]>) -> Ran {
    let folder = folder();
    folder.write(&format!("deals/{name}"), bytes);
    folder.run(&["lint", "deals"])
}

#[test]
fn a_broken_contract_is_told() {
    let utf16: Vec<u8> = LATE.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf16_be: Vec<u8> = LATE.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let files: [(&str, &[u8]); 23] = [
        ("comment.json", br#"{"contract": "A", /* who */ "customer": "X", "requirements": []}"#),
        ("escape.json", br#"{"contract": "A\q", "customer": "X", "requirements": []}"#),
        ("surrogate.json", br#"{"contract": "\ud800", "customer": "X", "requirements": []}"#),
        ("control.json", b"{\"contract\": \"A\x01\", \"customer\": \"X\", \"requirements\": []}"),
        ("colon.json", br#"{"contract": "A", "customer" "X", "requirements": []}"#),
        ("escaped.json", br#"{"\u0063ontract": "A", "c\u0075stomer" "X"}"#),
        ("flow.yaml", b"{contract: A, customer: X, requirements: [}"),
        ("flow-tail.yaml", b"{contract: A, customer: X}}"),
        ("cr.yaml", b"contract: A\rcustomer: [X\rrequirements: []\r"),
        ("cr-comment.yaml", b"# of 2026\rcontract: A\rcustomer: [X\r"),
        ("cr.toml", b"contract = 'A'\rcustomer = 'X'\r"),
        ("cr-comment.toml", b"# of 2026\rcontract = 'A'\rcustomer = 'X'\r"),
        ("escaped.yaml", br#"{"\x63ontract": A, "\u0063ustomer": X, x: [}"#),
        ("escaped.toml", b"\"\\u0063ontract\" = 'A'\n\"\\U00000063ustomer\" = 'X'\nx = \n"),
        ("features.yaml", b"contract: A\ncustomer: X\nrequirements: []\nfeatures: {}\n"),
        ("product.toml", b"contract = 'A'\ncustomer = 'X'\nrequirements = []\nproduct = {}\n"),
        ("utf16.yaml", &utf16),
        ("utf16-be.yaml", &utf16_be),
        ("list.yaml", b"- contract: A\n  customer: X\n  requirements: []\n"),
        ("documents.yaml", b"{}\n---\ncontract: A\ncustomer: X\nrequirements: []\n"),
        ("quoted.yaml", b"'contract: A, customer: X'\n"),
        ("capital.yaml", b"Contract: A\nCUSTOMER: X\n"),
        ("broken.YML", b"contract: A\ncustomer: [\n"),
    ];
    for (name, bytes) in files {
        let ran = walk(name, bytes);
        assert_eq!(ran.status, Some(2), "{name}: {ran:#?}");
        assert!(ran.stderr.contains(name), "no `{name}` in:\n{}", ran.stderr);
    }
}

#[test]
fn a_contract_with_keys_that_are_written_otherwise_is_judged() {
    let json = r#"{"\u0063ontract": "ACME-1", "c\u0075stomer": "A", "requirements": [{"feature": "audit-log", "due": "2027-01-31"}]}"#;
    let escaped = LATE.replace("contract", r#""\x63ontract""#).replace("customer", r#""\U00000063ustomer""#);
    let over_lines = LATE
        .replace("contract:", "? \"con\\\n  tract\"\n:")
        .replace("customer:", "? \"custo\\\n  mer\"\n:")
        .replace("requirements:", "? \"require\\\n  ments\"\n:");
    for (name, text) in [
        ("escaped.yaml", escaped.as_str()),
        ("escaped.json", json),
        ("over-lines.yaml", &over_lines),
        ("over-lines-crlf.yaml", &over_lines.replace('\n', "\r\n")),
        ("upper.YML", LATE),
        ("cr.yaml", &LATE.replace('\n', "\r")),
        (
            "drop.yaml",
            "contract: ACME-1\nrequirements: [{ feature: audit-log, due: 2027-01-31 }]\ncustomer: X\n",
        ),
    ] {
        let ran = walk(name, text);
        assert_eq!(ran.status, Some(1), "{name}: {ran:#?}");
        assert!(ran.stdout.contains("[late-feature]"), "{name}: {ran:#?}");
    }
}

/// Whoever writes such a file means a contract.
#[test]
fn what_is_nearly_a_contract_is_told() {
    let nested = format!("deal:\n  {}", LATE.replace('\n', "\n  "));
    let listed = "contracts:\n  - { contract: A, customer: X, requirements: [] }\n";
    for (name, text) in [
        ("client.yaml", LATE.replace("customer", "client").as_str()),
        ("promises.yaml", &LATE.replace("requirements", "promises").replace("contract", "agreement")),
        ("misspelt.yaml", &LATE.replace("customer", "custmer").replace("requirements", "requirments")),
        ("misspelt.toml", "contarct = 'A'\ncustomer = 'X'\nrequirement = []\n"),
        ("capital.json", r#"{"Client": "X", "Promises": []}"#),
        ("comment.jsonc", "{\"contract\": \"A\", // of 2026\n\"customer\": \"X\", \"requirements\": []}"),
        ("plain.json5", "{contract: 'A', customer: 'X', requirements: []}"),
        ("sound.jsonc", r#"{"contract": "A", "customer": "X"}"#),
        ("nested.yaml", &nested),
        ("noted.yaml", &format!("x-note: 2\n{nested}")),
        ("listed.yaml", listed),
        ("numbered.yaml", &format!("version: 1\n{nested}")),
        ("without-a-number.yaml", &format!("version: 1\n{}", nested.replace("contract:", "id:"))),
        ("below-its-name.yaml", "contracts:\n  A:\n    customer: X\n    requirements: [{ feature: sso }]\n"),
        ("promises-below-its-name.yaml", "contracts: { A: { requirments: { feature: sso } } }\n"),
        ("deep.yaml", &format!("data: 1\nall:\n  - {}", nested.replace('\n', "\n    "))),
        ("amendment.toml", "version = 1\n[deal]\namends = 'A'\ndrop = 'R1'\n"),
        ("contract.json", &format!("{{\"version\": 1, \"contract\": {{{FLAT}}}}}")),
        ("late.ymal", LATE),
        ("late.yaml.", LATE),
        ("late.yaml.txt", LATE),
        ("late.YML.TXT", LATE),
        ("late.yaml\u{200b}", LATE),
        ("late.yaml ", LATE),
        ("late.y\u{430}ml", LATE),
        ("late.jsonl", &format!("{{{FLAT}}}\n")),
        ("late.ndjson", &format!("{{{FLAT}}}\n")),
        ("late.yaml (1)", LATE),
        ("late.yml(2)", LATE),
    ] {
        let ran = walk(name, text);
        assert_eq!(ran.status, Some(2), "{name}: {ran:#?}");
        // What nobody sees is escaped where it is told.
        let name = name.trim_end_matches('\u{200b}');
        assert!(ran.stderr.contains(name), "no `{name}` in:\n{}", ran.stderr);
    }
}

/// What has no promise, or was written by dealcheck itself, is no contract wherever it lies.
#[test]
fn what_names_contracts_and_promises_nothing_is_passed_over() {
    let folder = folder();
    folder.write("late.yaml", LATE);
    for (name, args) in [
        ("lint.json", ["lint", "--format", "json"].as_slice()),
        ("sarif.json", &["lint", "--format", "sarif"]),
        ("report.json", &["report", "--format", "json"]),
        ("index.json", &["index"]),
        ("schema.json", &["schema", "contract"]),
    ] {
        let written = folder.run(args).stdout;
        assert!(written.contains("contract"), "{name}: {written}");
        assert_eq!(walk(name, &written).status, Some(0), "{name}: {written}");
    }
    for (name, text) in [
        ("invoices.yaml", "version: 1\ninvoices: [{ contract: A, customer: X, amount: 5 }]\n"),
        ("waived.yaml", "version: 1\nwaivers: [{ contract: A, requirement: R1, lint: late-feature }]\n"),
        ("own.yaml", "version: 1\nx-old: { contract: A, customer: X, requirements: [{ feature: sso }] }\n"),
    ] {
        let ran = walk(name, text);
        assert_eq!(ran.status, Some(0), "{name}: {ran:#?}");
    }
}

#[test]
fn what_an_editor_keeps_beside_a_contract_is_passed_over() {
    for name in ["late.yaml~", "late.yaml.bak", "late.yaml.orig", "late.xml"] {
        assert_eq!(walk(name, LATE).status, Some(0), "{name}");
    }
}

#[test]
fn a_pattern_that_the_shell_left_is_expanded() {
    let folder = folder();
    for name in ["deals/late.yaml", "more/late.yaml", "more/[1].yaml", "more/below/late.yaml"] {
        folder.write(name, LATE.replace("ACME-1", &name.replace(['/', '.', '[', ']'], "-")));
    }
    folder.write("deals/notes.txt", "nothing");
    folder.write("deals/.hidden.yaml", LATE);
    let contracts = |pattern: &str| {
        let ran = folder.run(&["lint", pattern, "--format", "json"]);
        ran.stdout.matches("\"status\":\"draft\"").count()
    };
    assert_eq!(contracts("deals/*.yaml"), 2);
    assert_eq!(contracts("*/late.yaml"), 2);
    assert_eq!(contracts("**/late.yaml"), 3);
    assert_eq!(contracts("mor*"), 3);
    assert_eq!(contracts("deals/*"), 2);
    // A name that is there is no pattern.
    assert_eq!(contracts("more/[1].yaml"), 1);
    for pattern in ["deals/*.toml", "no/*.yaml", "deals/[.yaml"] {
        let ran = folder.run(&["lint", "deals/sound.yaml", pattern]);
        assert_eq!(ran.status, Some(2), "{pattern}: {}", ran.stderr);
        assert!(ran.stderr.contains(pattern), "{}", ran.stderr);
    }
    for command in ["report", "gaps"] {
        assert_eq!(folder.run(&[command, "deals/*.yaml"]).status, Some(0), "{command}");
    }
}

#[test]
fn the_folder_that_a_run_begins_in_is_no_pattern() {
    let folder = folder();
    folder.write("deals[1]/c/late.yaml", LATE);
    folder.write("deals1/c/sound.yaml", LATE.replace("2027-01-31", "2027-12-31"));
    folder.write("deals[1]/dealcheck.toml", "roadmap = [\"../roadmap.toml\"]\ncontracts = [\"c/*.yaml\"]\n");
    for args in [&["lint", "c/*.yaml"][..], &["lint"]] {
        let ran = common::command(&folder.path().join("deals[1]"), args).output().unwrap();
        let told = String::from_utf8_lossy(&ran.stdout);
        assert_eq!(ran.status.code(), Some(1), "{args:?}: {told}");
        assert!(told.contains("c/late.yaml"), "{told}");
    }
}

#[test]
fn a_part_of_a_roadmap_is_no_contract() {
    let folder = folder();
    folder.write("terms.toml", "[terms.payment]\nstandard = \"<= 45 days\"\n");
    folder.write("dealcheck.toml", "roadmap = [\"roadmap.toml\", \"terms.toml\"]\n");
    let ran = folder.run(&["lint", "terms.toml"]);
    assert_eq!(ran.status, Some(0), "{ran:#?}");
}

#[test]
fn what_lies_below_the_folder_of_a_pattern_is_listed_or_told() {
    let folder = folder();
    folder.write("deals/sub/bad.yaml", LATE);
    folder.write("dealcheck.toml", "contracts = [\"deals/sound.yaml\"]\n");
    let ran = folder.run(&["lint"]);
    assert!(ran.stdout.contains("deals/sub/bad.yaml looks like a contract"), "{ran:#?}");
    folder.write("dealcheck.toml", "contracts = [\"deals/sound.yaml\", \"deals/sub/bad.yaml\"]\n");
    let ran = folder.run(&["lint"]);
    assert!(!ran.stdout.contains("looks like a contract"), "{ran:#?}");
}

#[test]
fn what_a_nested_configuration_leaves_out_is_said() {
    let folder = folder();
    folder.write("dealcheck.toml", "nested = [\"emea\"]\n");
    folder.write("emea/dealcheck.toml", "roadmap = [\"../roadmap.toml\"]\nexclude = [\"*\"]\n");
    folder.write("emea/one.yaml", LATE);
    let ran = folder.run(&["lint", "."]);
    let said = "`exclude` in emea/dealcheck.toml, a nested configuration, leaves out";
    assert!(ran.stderr.contains(said), "{ran:#?}");
    let ran = folder.run(&["lint", "deals"]);
    assert!(!ran.stderr.contains(said), "{ran:#?}");
}

#[test]
fn an_amendment_that_only_drops_is_read() {
    let ran = walk("drop.yaml", "amends: SOUND\ndrop: [nothing]\n");
    assert_eq!(ran.status, Some(2), "{ran:#?}");
    assert!(ran.stderr.contains("deals/drop.yaml:2"), "{}", ran.stderr);
}

#[test]
fn what_is_no_contract_is_passed_over() {
    for (name, text) in [
        ("map.yaml", "features: { a: { status: shipped } }\n"),
        ("prose.yaml", "note: the contract of a customer\n"),
        ("template.yaml", "# contract: A\n# customer: X\n"),
        ("list.yaml", "- contract\n- customer\n"),
        ("compose.yaml", "services: [a\n"),
        ("people.yaml", "customer: X\ncontact: Y\n"),
        ("api.json", r#"{"client": "X", "contract": "Y"}"#),
        ("python.yaml", "requirements: [a]\nabout: the client\n"),
        ("settings.jsonc", "{\"a\": 1, // of a customer\n}"),
        ("._sound.yaml", "contract: [\ncustomer: X\n"),
    ] {
        let ran = walk(name, text);
        assert_eq!(ran.status, Some(0), "{name}: {ran:#?}");
    }
}

#[test]
fn a_broken_roadmap_is_told_once() {
    let folder = folder();
    folder.write("deals/roadmap.toml", format!("# what a contract promises a customer\n{ROADMAP}x =\n"));
    let ran = folder.run(&["lint", "deals"]);
    assert_eq!(ran.status, Some(2), "{ran:#?}");
    assert_eq!(ran.stderr.matches("a value is missing").count(), 1, "{}", ran.stderr);
}

#[test]
fn hidden_files_are_passed_over_and_said() {
    let folder = folder();
    folder.write("deals/.one.yaml", LATE);
    let ran = folder.run(&["lint", "deals", "--verbose"]);
    assert_eq!(ran.status, Some(0), "{ran:#?}");
    assert!(ran.stderr.contains("left out deals/.one.yaml: its name begins with a dot"), "{}", ran.stderr);
    let ran = folder.run(&["lint", "deals/.one.yaml"]);
    assert_eq!(ran.status, Some(1), "{ran:#?}");
    folder.write("dealcheck.toml", "contracts = [\"deals/*.yaml\"]\n");
    assert_eq!(folder.run(&["lint"]).status, Some(0));
}

#[cfg(unix)]
#[test]
fn what_is_locked_by_an_editor_does_no_harm() {
    let folder = folder();
    std::os::unix::fs::symlink("user@host.1234:5678", folder.path().join("deals/.#one.yaml")).unwrap();
    assert_eq!(folder.run(&["lint", "deals"]).status, Some(0));
    assert_eq!(folder.run(&["lint", "deals/.#one.yaml"]).status, Some(2));
}

#[cfg(unix)]
#[test]
fn a_contract_that_a_pattern_names_over_a_link_is_checked() {
    let folder = folder();
    folder.write("store/a.yaml", LATE);
    folder.write("dealcheck.toml", "contracts = [\"deals/*.yaml\", \"deals/late-*/**\"]\n");
    folder.write(
        "deals/late-1/sound.yaml",
        "contract: KEPT\ncustomer: A\nrequirements: [{ feature: audit-log, due: 2028-01-01 }]\n",
    );
    for (target, link) in [("../store/a.yaml", "deals/a.yaml"), ("../store", "deals/late-2")] {
        let link = folder.path().join(link);
        std::os::unix::fs::symlink(target, &link).unwrap();
        let ran = folder.run(&["lint", "--format", "concise"]);
        assert!(ran.stdout.contains("a.yaml:4:32: error[late-feature]"), "{ran:#?}");
        std::fs::remove_file(link).unwrap();
    }
}

/// A way in which a file gets broken.
#[derive(Clone, Debug)]
enum Harm {
    Remove(usize, usize),
    Insert(usize, &'static str),
    Byte(usize, u8),
    CarriageReturns,
    Utf16,
}

/// What has a meaning in some format.
const SNIPPETS: [&str; 34] = [
    "\n", "\r", "\0", " ", "\t", "#", "//", "/*", "*/", "\"", "'", "\\", "\\u0063", "\\x63", "{", "}", "[",
    "]", ":", ": ", ",", "- ", "---\n", "...\n", "%YAML 1.2\n", "&a ", "*a ", "<<: *a\n", "!!str ", "|\n",
    "> ", "= ", "features: {}\n", "\u{feff}",
];

fn any_harm() -> impl Strategy<Value = Harm> {
    prop_oneof![
        (0..200usize, 1..40usize).prop_map(|(at, length)| Harm::Remove(at, length)),
        (0..200usize, prop::sample::select(&SNIPPETS[..])).prop_map(|(at, text)| Harm::Insert(at, text)),
        (0..200usize, any::<u8>()).prop_map(|(at, byte)| Harm::Byte(at, byte)),
        Just(Harm::CarriageReturns),
        Just(Harm::Utf16),
    ]
}

impl Harm {
    fn done_to(&self, bytes: &mut Vec<u8>) {
        let end = bytes.len();
        match *self {
            Self::Remove(at, length) => _ = bytes.drain(at.min(end)..(at + length).min(end)),
            Self::Insert(at, text) => _ = bytes.splice(at.min(end)..at.min(end), text.bytes()),
            Self::Byte(at, byte) => {
                if let Some(old) = bytes.get_mut(at) {
                    *old = byte;
                }
            }
            Self::CarriageReturns => {
                bytes.iter_mut().filter(|byte| **byte == b'\n').for_each(|byte| *byte = b'\r')
            }
            Self::Utf16 => *bytes = bytes.iter().flat_map(|&byte| [byte, 0]).collect(),
        }
    }
}

const KEYS: [&str; 5] = ["contract", "customer", "requirements", "amends", "drop"];

/// Whether other readers than ours find the keys of a contract, or none finds anything where its words stand.
fn is_contract(name: &str, bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).replace('\0', "");
    let words = KEYS.iter().filter(|key| text.contains(**key)).count() >= 2;
    let keys = if name.ends_with("json") {
        serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(bytes)
            .map(|map| map.keys().cloned().collect::<Vec<String>>())
            .ok()
    } else if name.ends_with("toml") {
        let document =
            str::from_utf8(bytes).ok().and_then(|text| text.parse::<toml_edit::DocumentMut>().ok());
        document.map(|table| table.iter().map(|(key, _)| key.to_owned()).collect())
    } else {
        serde_yaml::from_slice::<serde_yaml::Mapping>(bytes)
            .map(|map| map.keys().filter_map(|key| key.as_str().map(str::to_owned)).collect())
            .ok()
    };
    let is_comment = |line: &str| line.trim_start().starts_with('#') || line.trim().is_empty();
    match keys {
        Some(keys) => keys.iter().filter(|key| KEYS.contains(&key.as_str())).count() >= 2,
        None => words && cannot_be_parsed(name, &text) && !text.split(['\n', '\r']).all(is_comment),
    }
}

/// Whether our reader finds a mistake: some YAML is one to one reader and none to another.
fn cannot_be_parsed(name: &str, text: &str) -> bool {
    let source = Source::new(FileId(0), name, text);
    let arena = Arena::of(&source);
    !parse(&source, FileFormat::of(name).unwrap(), &arena).1.is_empty()
}

/// Whether a file of a folder was judged, or anything was said of it.
fn is_told(name: &str, bytes: &[u8]) -> bool {
    let sound = LATE.replace("ACME-1", "SOUND");
    let texts = [("roadmap.toml", ROADMAP.as_bytes()), ("deals/sound.yaml", sound.as_bytes()), (name, bytes)];
    let texts = texts.map(|(name, text)| (Path::new("/").join(name), text.to_vec()));
    let files: Arc<dyn Files> = Arc::new(Memory::alone(texts));
    let request = Request { paths: vec![PathBuf::from("deals")], ..Request::default() };
    let workspace = Workspace::find_in(
        &files,
        &request,
        Path::new("/"),
        CheckOptions::on(jiff::civil::date(2026, 11, 22)),
    );
    let tally = run(&workspace, |_| ()).tally;
    tally.contracts() > 1 || tally.over > 0 || tally.problems > 0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4000))]

    #[test]
    fn whatever_is_done_to_a_contract_it_is_judged_or_told(
        contract in prop::sample::select(vec![
            ("deals/a.yaml", LATE),
            ("deals/b.yaml", "{contract: A, customer: X, requirements: [{feature: audit-log}]}"),
            ("deals/c.YML", "\"contract\": A\n'customer': X\nrequirements:\n- feature: audit-log\n"),
            ("deals/d.toml", "contract = 'A'\ncustomer = 'X'\n[[requirements]]\nfeature = 'audit-log'\n"),
            ("deals/e.json", r#"{"contract": "A", "customer": "X", "requirements": [{"feature": "audit-log"}]}"#),
            ("deals/f.yaml", "amends: SOUND\ndrop: [audit-log]\n"),
        ]),
        harms in prop::collection::vec(any_harm(), 1..6),
    ) {
        let (name, text) = contract;
        let mut bytes = text.as_bytes().to_vec();
        harms.iter().for_each(|harm| harm.done_to(&mut bytes));
        if is_contract(name, &bytes) {
            prop_assert!(is_told(name, &bytes), "{name}: {:?}", String::from_utf8_lossy(&bytes));
        }
    }
}
