//! The schemas and the program agree about real files: an editor that knows a schema marks what the program cannot
//! read, and nothing that it can.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use common::{Folder, Ran, command, entries, name, root, wait};
use dealcheck::LINTS;
use dealcheck::internals as documentation;
use dealcheck::internals::SchemaSubject;
use dealcheck::internals::{self as read, Role};
use dealcheck::internals::{Arena, FileFormat, parse};
use dealcheck::internals::{ConfigRecord, ContractRecord, RoadmapRecord, WaiversRecord};
use dealcheck::{FileId, Source};
use jsonschema::Validator;
use serde_json::{Map, Value};

/// The validators of the four files, and of the output.
struct Schemas(Vec<(SchemaSubject, Validator)>);

impl Schemas {
    fn new() -> Self {
        let subjects = SchemaSubject::FILES.into_iter().chain([SchemaSubject::Output]);
        Self(subjects.map(|subject| (subject, validator(&subject.schema()))).collect())
    }

    fn errors(&self, subject: SchemaSubject, value: &Value) -> Vec<String> {
        let (_, validator) = self.0.iter().find(|(known, _)| *known == subject).unwrap();
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).unwrap()
}

/// A file as another reader than ours sees it; `None` where it cannot be read.
fn other_reading(format: FileFormat, text: &str) -> Option<Value> {
    match format {
        FileFormat::Json => serde_json::from_str(text).ok(),
        FileFormat::Toml => Some(of_toml(text.parse::<toml_edit::DocumentMut>().ok()?.as_table())),
        FileFormat::Yaml => {
            let mut value: serde_yaml::Value = serde_yaml::from_str(text).ok()?;
            value.apply_merge().ok()?;
            of_yaml(value)
        }
    }
}

fn of_toml(table: &dyn toml_edit::TableLike) -> Value {
    fn item(item: &toml_edit::Item) -> Value {
        match item {
            toml_edit::Item::Value(plain) => value(plain),
            toml_edit::Item::ArrayOfTables(tables) => tables.iter().map(|table| of_toml(table)).collect(),
            toml_edit::Item::Table(table) => of_toml(table),
            toml_edit::Item::None => Value::Null,
        }
    }
    fn value(plain: &toml_edit::Value) -> Value {
        match plain {
            toml_edit::Value::String(text) => text.value().as_str().into(),
            toml_edit::Value::Integer(number) => (*number.value()).into(),
            toml_edit::Value::Float(number) => (*number.value()).into(),
            toml_edit::Value::Boolean(truth) => (*truth.value()).into(),
            // Editors see a date as text.
            toml_edit::Value::Datetime(day) => day.value().to_string().into(),
            toml_edit::Value::Array(values) => values.iter().map(value).collect(),
            toml_edit::Value::InlineTable(table) => of_toml(table),
        }
    }
    table.iter().map(|(key, of_key)| (key.to_owned(), item(of_key))).collect::<Map<_, _>>().into()
}

fn of_yaml(value: serde_yaml::Value) -> Option<Value> {
    Some(match value {
        serde_yaml::Value::Mapping(table) => {
            let entries = table.into_iter().map(|(key, value)| {
                let key = match of_yaml(key)? {
                    Value::String(key) => key,
                    other => other.to_string(),
                };
                Some((key, of_yaml(value)?))
            });
            entries.collect::<Option<Map<_, _>>>()?.into()
        }
        serde_yaml::Value::Sequence(values) => {
            values.into_iter().map(of_yaml).collect::<Option<Vec<_>>>()?.into()
        }
        serde_yaml::Value::Tagged(_) => return None,
        plain => serde_json::to_value(plain).ok()?,
    })
}

/// What our reader says of a file: what it is, and whether its shape is sound. `None` where the syntax is not, or
/// where it is none of the four files.
fn our_reading(path: &Path, text: &str) -> Option<(SchemaSubject, bool)> {
    let file = name(path);
    let source = Source::new(FileId(0), &*file, text);
    let arena = Arena::default();
    let (node, problems) = parse(&source, FileFormat::of(&file)?, &arena);
    if !problems.is_empty() {
        return None;
    }
    let node = node.as_ref();
    let subject = match read::role(node, false, source.text()) {
        _ if file == "dealcheck.toml" => SchemaSubject::Config,
        Role::Roadmap => SchemaSubject::Roadmap,
        Role::Contract => SchemaSubject::Contract,
        Role::Settings => SchemaSubject::Waivers,
        Role::Other if file.starts_with("roadmap.") => SchemaSubject::Roadmap,
        Role::Other if file.starts_with("contract") => SchemaSubject::Contract,
        Role::Other => return None,
    };
    let problems = match subject {
        SchemaSubject::Contract => read::record_of::<ContractRecord>(node, problems).1,
        SchemaSubject::Roadmap => read::record_of::<RoadmapRecord>(node, problems).1,
        SchemaSubject::Config => read::record_of::<ConfigRecord>(node, problems).1,
        SchemaSubject::Waivers | SchemaSubject::Output => read::record_of::<WaiversRecord>(node, problems).1,
    };
    Some((subject, problems.is_empty()))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let (folders, files): (Vec<_>, Vec<_>) = entries(folder).into_iter().partition(|path| path.is_dir());
    files.into_iter().chain(folders.iter().flat_map(|folder| self::files(folder))).collect()
}

/// Whether the case that a file belongs to ends with something that could not be read.
fn is_reported(file: &Path) -> bool {
    let cases = file.ancestors().filter_map(|folder| fs::read_to_string(folder.join("expected.txt")).ok());
    cases.take(1).any(|expected| expected.contains("exit status: 2"))
}

#[test]
fn files_that_can_be_read_are_valid_and_others_are_not() {
    let schemas = Schemas::new();
    let (mut sound, mut unsound) = (0, 0);
    let mut wrong = Vec::new();
    for file in ["examples", "tests"].iter().flat_map(|folder| files(&root().join(folder))) {
        let Some(text) = fs::read_to_string(&file).ok() else { continue };
        let Some((subject, is_sound)) = our_reading(&file, &text) else { continue };
        let Some(value) = FileFormat::of(&name(&file)).and_then(|format| other_reading(format, &text)) else {
            wrong.push(format!("{}: only we can read it", file.display()));
            continue;
        };
        let errors = schemas.errors(subject, &value);
        // A schema knows the words and the keys that only the model asks for.
        let agrees = is_sound == errors.is_empty() || (is_sound && is_reported(&file));
        if !agrees {
            wrong.push(format!("{}: sound: {is_sound}, {errors:?}", file.display()));
        }
        sound += usize::from(errors.is_empty());
        unsound += usize::from(!errors.is_empty());
    }
    assert!(wrong.is_empty(), "schema and program disagree:\n{}", wrong.join("\n"));
    assert!(sound > 400 && unsound > 10, "{sound} valid, {unsound} not");
}

#[test]
fn what_is_written_for_users_is_valid() {
    let schemas = Schemas::new();
    let start = Folder::new();
    assert_eq!(start.run(&["init"]).status, Some(0));
    let mut texts: Vec<(String, String)> = ["dealcheck.toml", "roadmap.toml", "contracts/example.yaml"]
        .map(|file| (file.to_owned(), fs::read_to_string(start.path().join(file)).unwrap()))
        .into();
    for lint in LINTS {
        texts.extend(documentation::example(lint).into_iter().chain(documentation::instead(lint)));
    }
    assert!(texts.len() > 2 * LINTS.len());
    // A document has no schema.
    for (file, text) in texts.into_iter().filter(|(file, _)| FileFormat::of(file).is_some()) {
        let (subject, is_sound) = our_reading(Path::new(&file), &text).unwrap();
        let value = other_reading(FileFormat::of(&file).unwrap(), &text).unwrap();
        assert!(is_sound);
        assert_eq!(schemas.errors(subject, &value), Vec::<String>::new(), "{file}:\n{text}");
    }
}

#[test]
fn every_file_of_a_start_names_its_schema() {
    let start = Folder::new();
    assert_eq!(start.run(&["init"]).status, Some(0));
    for (file, mark, subject) in [
        ("dealcheck.toml", "#:schema ", SchemaSubject::Config),
        ("roadmap.toml", "#:schema ", SchemaSubject::Roadmap),
        ("contracts/example.yaml", "# yaml-language-server: $schema=", SchemaSubject::Contract),
    ] {
        let path = start.path().join(file);
        let text = fs::read_to_string(&path).unwrap();
        let named = text.lines().next().unwrap().strip_prefix(mark).unwrap();
        let schema = fs::read_to_string(path.parent().unwrap().join(named)).unwrap();
        assert_eq!(schema, subject.text(), "{file}");
    }
    assert!(start.path().join(".dealcheck/waivers.schema.json").is_file());
}

#[test]
fn schemas_are_taken_for_nothing_else() {
    let start = Folder::new();
    assert_eq!(start.run(&["init"]).status, Some(0));
    let before = start.run(&["lint"]);
    let verbose = start.run(&["lint", ".", "--verbose"]);
    assert!(!verbose.stderr.contains("schema") && !verbose.stdout.contains("schema"), "{verbose:#?}");
    // Nor where they lie openly, beside the roadmap and the contracts.
    for subject in SchemaSubject::FILES {
        start.write(&subject.file_name(), subject.text());
        start.write(&format!("schemas/{}", subject.file_name()), subject.text());
    }
    let after = start.run(&["lint", "."]);
    assert_eq!((before.status, before.stdout), (after.status, after.stdout));
    assert_eq!(after.stderr, "");
}

#[test]
fn mistakes_are_marked_by_both() {
    let schemas = Schemas::new();
    let roadmap = "[features.sso]\nstatus = \"shipped\"\n";
    let requirements = "requirements:\n  - feature: sso\n";
    for contract in [
        format!("contract: A\n{requirements}"),
        "contract: A\ncustomer: B\n".to_owned(),
        format!("customer: B\n{requirements}"),
        format!("contract: A\ncustomer: B\n{requirements}    remedy: {{ per: weeks, credit: 1 % }}\n"),
        format!("contract: A\ncustomer: ''\n{requirements}"),
        format!("contract: true\ncustomer: B\n{requirements}"),
        format!("contract: A\ncustomer: [B]\n{requirements}"),
        format!("contract: A\ncustomer: B\nperiod: 2027\n{requirements}"),
        format!("contract: A\ncustomer: B\nperiod: {{ begin: 2027-01-01 }}\n{requirements}"),
        format!("contract: A\ncustomer: B\nfor: eu\n{requirements}"),
        format!("contract: A\ncustomer: B\nterms: {{ payment: [1] }}\n{requirements}"),
        format!("contract: A\ncustomer: B\nfiscal-year: {{ start: May, named-by: middle }}\n{requirements}"),
        format!("contract: A\ncustomer: B\n{requirements}    kind: thing\n"),
        format!("contract: A\ncustomer: B\n{requirements}    accept: alpha\n"),
        format!("contract: A\ncustomer: B\n{requirements}    remedy: {{ percent: 2 % }}\n"),
        format!("contract: A\ncustomer: B\n{requirements}    feture: sso\n"),
        "contract: A\ncustomer: B\nrequirements: [[{ feature: sso }]]\n".to_owned(),
    ] {
        refused(
            &schemas,
            SchemaSubject::Contract,
            &[("contract.yaml", &contract), ("roadmap.toml", roadmap)],
        );
    }
    let contract = format!("contract: A\ncustomer: B\n{requirements}");
    for more in [
        "[features.x]\nname = \"no status\"\n",
        "[features.x]\nstatus = true\n",
        "[features.x]\nstatus = \"idea\"\ncommitted = \"yes\"\n",
        "[features.x]\nstatus = \"idea\"\nhistory = { on = 2026-01-01 }\n",
        "[features.x]\nstatus = \"idea\"\n[[features.x.offers]]\nname = \"x\"\n",
        "[teams.x]\n",
        "[terms.x]\napprover = \"legal\"\n",
    ] {
        let roadmap = format!("{more}{roadmap}");
        refused(
            &schemas,
            SchemaSubject::Roadmap,
            &[("roadmap.toml", &roadmap), ("contract.yaml", &contract)],
        );
    }
    for config in [
        "bare-period = \"late\"\n",
        "holidays = { christmas = 2026-12-25 }\n",
        "[lints]\nlate-feture = \"deny\"\n",
        "[lints]\nlate-feature = \"Deny\"\n",
        "[lints]\nlate-feature = true\n",
        "[lints]\nlate-feature = { margin = \"1 day\" }\n",
        "[lints]\nrepeated-promise = { level = \"loud\" }\n",
        "[lints]\nunshipped-share = { minimum = \"many\" }\n",
        "[lints]\nlate-feature = { waived-by = true }\n",
    ] {
        let files = [("dealcheck.toml", config), ("contract.yaml", &contract), ("roadmap.toml", roadmap)];
        refused(&schemas, SchemaSubject::Config, &files);
    }
    let sound = "contract = \"A\"\nlint = \"late-feature\"\nreason = \"x\"\napproved-by = \"x\"\napproved-on = 2026-11-20\nexpires = 2030-01-01\n";
    for (from, to) in [
        ("late-feature", "late-feture"),
        ("reason = \"x\"\n", ""),
        ("reason", "because"),
        ("2030-01-01", "false"),
    ] {
        let waivers = format!("[[waivers]]\n{}", sound.replace(from, to));
        let files = [("waivers.toml", &*waivers), ("contract.yaml", &contract), ("roadmap.toml", roadmap)];
        refused(&schemas, SchemaSubject::Waivers, &files);
    }
}

/// The first file is not valid, and the program cannot read it.
#[track_caller]
fn refused(schemas: &Schemas, subject: SchemaSubject, files: &[(&str, &str)]) {
    let (file, text) = files[0];
    let value = other_reading(FileFormat::of(file).unwrap(), text).unwrap();
    assert!(!schemas.errors(subject, &value).is_empty(), "valid:\n{text}");
    let folder = Folder::new();
    for (name, text) in files {
        folder.write(name, text);
    }
    let ran = folder.run(&["lint", "contract.yaml"]);
    assert!(ran.status == Some(2) && ran.stderr.contains(file), "{text}\n{ran:#?}");
}

/// The schema of the output, with no key beside those that it names.
fn strict() -> Validator {
    fn close(schema: &mut Value) {
        match schema {
            Value::Object(keys) => {
                if keys.contains_key("properties") {
                    keys.insert("additionalProperties".to_owned(), false.into());
                }
                keys.values_mut().for_each(close);
            }
            Value::Array(values) => values.iter_mut().for_each(close),
            _ => {}
        }
    }
    let mut schema = SchemaSubject::Output.schema();
    close(&mut schema);
    validator(&schema)
}

fn printed(ran: &Ran) -> Value {
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{error}: {ran:#?}"))
}

#[test]
fn what_is_printed_is_as_its_schema_says() {
    let strict = strict();
    let mut folders = entries(&root().join("examples"));
    folders.push(root().join("tests/formats/workspace"));
    folders.push(root().join("tests/errors/findings-beside-errors"));
    folders.push(root().join("tests/errors/several-errors-in-one-file"));
    folders.extend(entries(&root().join("tests/lints")).iter().flat_map(|lint| entries(lint)));
    let (mut findings, mut problems, mut waived) = (0, 0, 0);
    for original in folders {
        let output = printed(&Folder::copy_of(&original).run(&["lint", ".", "--format", "json"]));
        let errors: Vec<String> = strict.iter_errors(&output).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{}:\n{errors:#?}", original.display());
        findings += output["findings"].as_array().unwrap().len();
        problems += output["problems"].as_array().unwrap().len();
        waived += output["summary"]["waived"].as_u64().unwrap();
    }
    assert!(findings > 100 && problems > 3 && waived > 0, "{findings} {problems} {waived}");
    let missing = printed(&Folder::new().run(&["lint", "nowhere.yaml", "--format", "json"]));
    assert!(strict.is_valid(&missing), "{missing:#}");
}

#[test]
fn every_key_that_is_printed_says_what_it_holds() {
    let schema = SchemaSubject::Output.schema();
    let tables = schema["$defs"].as_object().unwrap().iter().map(|(name, table)| (name.as_str(), table));
    for (name, table) in tables.chain([("output", &schema)]) {
        assert!(table["description"].is_string(), "{name}");
        let properties = table["properties"].as_object().unwrap();
        assert_eq!(properties.len(), table["required"].as_array().unwrap().len(), "{name}");
        for (key, of_key) in properties {
            assert!(of_key["description"].is_string(), "{name}.{key} has no documentation");
        }
    }
}

#[test]
fn the_command_prints_the_schema() {
    let folder = Folder::new();
    for subject in SchemaSubject::FILES.into_iter().chain([SchemaSubject::Output]) {
        let ran = folder.run(&["schema", subject.name()]);
        assert_eq!((ran.status, ran.stdout, ran.stderr), (Some(0), subject.text(), String::new()));
    }
    let wrong = folder.run(&["schema", "contrat"]);
    assert_eq!(wrong.status, Some(2));
    assert!(wrong.stderr.contains("'contract'") && wrong.stdout.is_empty(), "{wrong:#?}");
    let help = folder.run(&["schema", "--help"]).stdout;
    assert!(help.contains("dealcheck schema contract > contract.schema.json"), "{help}");
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = Folder::new();
    let mut child = command(folder.path(), &["schema", "config"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(wait(&mut child), Some(0));
    let mut said = String::new();
    std::io::Read::read_to_string(&mut child.stderr.take().unwrap(), &mut said).unwrap();
    assert_eq!(said, "");
}
