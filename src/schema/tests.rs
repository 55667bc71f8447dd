//! The schemas take what the program reads, and what they say of it is so.

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::Validator;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

use crate::diagnostic::Problem;
use crate::input::decode::Record;
use crate::input::read;
use crate::input::records::{
    AgreedTermRecord, BandRecord, ConfigRecord, ContractRecord, FeatureRecord, FiscalYearRecord,
    ForecastRecord, HistoryRecord, ImportRecord, MatterRecord, MemberRecord, OfferRecord, PeriodRecord,
    ProductRecord, RemedyRecord, RequirementRecord, RoadmapRecord, StepRecord, TeamRecord, TermRecord,
    WaiverRecord, WaiversRecord,
};
use crate::lint::settings::Settings;
use crate::lints::LINTS;
use crate::model::calendar::Calendar;
use crate::model::capacity::{Capacity, parse_effort};
use crate::model::constraint::Constraint;
use crate::model::date::parse_date;
use crate::model::deadline::{DayExpr, Duration, Offset};
use crate::model::fees::VALUE;
use crate::model::level::LevelConstraint;
use crate::model::money::Money;
use crate::model::quantity::Quantity;
use crate::model::remedy::{Per, Portion};
use crate::model::target::{Targets, parse_target};
use crate::source::{FileId, Source};
use crate::workspace::levels::{WAIVED_BY, settings};

use super::meaning::{self, Grammar, Meaning};
use super::*;

/// A record as the tests see it: its name in schemas, its schema, and what decoding reports.
struct SchemaTable {
    name: String,
    schema: Value,
    keys: BTreeSet<&'static str>,
    decode: fn(&Value) -> Vec<Problem>,
}

fn table<R: Record + JsonSchema>() -> SchemaTable {
    SchemaTable {
        name: R::schema_name().into_owned(),
        schema: raw::<R>().to_value(),
        keys: R::KEYS.iter().map(|key| key.name).collect(),
        decode: |value| {
            let source = Source::new(FileId(0), "x.json", value.to_string());
            let mut problems = Vec::new();
            read::record::<R>(&source, &mut problems);
            problems
        },
    }
}

fn tables() -> Vec<SchemaTable> {
    vec![
        table::<ContractRecord>(),
        table::<AgreedTermRecord>(),
        table::<PeriodRecord>(),
        table::<RequirementRecord>(),
        table::<RemedyRecord>(),
        table::<StepRecord>(),
        table::<FiscalYearRecord>(),
        table::<ForecastRecord>(),
        table::<ImportRecord>(),
        table::<RoadmapRecord>(),
        table::<ProductRecord>(),
        table::<FeatureRecord>(),
        table::<OfferRecord>(),
        table::<HistoryRecord>(),
        table::<TeamRecord>(),
        table::<TermRecord>(),
        table::<BandRecord>(),
        table::<ConfigRecord>(),
        table::<WaiversRecord>(),
        table::<WaiverRecord>(),
        table::<MatterRecord>(),
        table::<MemberRecord>(),
    ]
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).unwrap()
}

#[test]
fn the_tables_below_are_all_there_are() {
    let known: BTreeSet<String> = tables().into_iter().map(|table| table.name).collect();
    let mut used = BTreeSet::new();
    for subject in SchemaSubject::FILES {
        let schema = subject.schema();
        used.extend(schema["$defs"].as_object().into_iter().flat_map(|tables| tables.keys().cloned()));
    }
    used.extend(["contract", "roadmap", "configuration", "file-of-waivers"].map(str::to_owned));
    assert_eq!(known, used);
}

#[test]
fn every_schema_is_one() {
    for subject in SchemaSubject::FILES.into_iter().chain([SchemaSubject::Output]) {
        let schema = subject.schema();
        assert!(jsonschema::meta::is_valid(&schema), "{subject:?}");
        for key in ["$schema", "title", "description"] {
            assert!(schema[key].is_string(), "{subject:?} has no {key}");
        }
        assert_eq!(subject.text(), subject.text());
    }
}

#[test]
fn schema_and_decoder_have_the_same_keys() {
    for SchemaTable { name, schema, keys, decode } in tables() {
        let properties = schema["properties"].as_object().unwrap();
        assert_eq!(properties.keys().map(String::as_str).collect::<BTreeSet<_>>(), keys, "{name}");
        let unknown = |key: &str| {
            let problems = decode(&json!({ key: null }));
            problems.iter().any(|problem| problem.diagnostic.title.contains(&format!("has no key `{key}`")))
        };
        for (key, of_key) in properties {
            assert!(!unknown(key), "{name} has no key {key}");
            assert!(of_key["description"].as_str().is_some_and(|words| words.len() > 5), "{name} {key}");
        }
        assert!(unknown("nonsense"));
        assert!(!validator(&schema).is_valid(&json!({ "nonsense": 1 })), "{name}");
    }
}

#[test]
fn every_text_has_a_meaning() {
    let mut there = BTreeSet::new();
    for SchemaTable { name, schema, .. } in tables() {
        for (key, mut of_key) in schema["properties"].as_object().unwrap().clone() {
            let mut has_text = false;
            texts(&mut of_key, &mut |_| has_text = true);
            if has_text {
                let is_list = of_key.get("items").is_some();
                let has_words = meaning::of(&name, &key)
                    .is_some_and(|meaning| !matches!(meaning, Meaning::Any | Meaning::Like(_)));
                assert!(!(is_list && has_words), "{name} {key}: a list of words would lose its being a list");
                there.insert((name.clone(), key));
            }
        }
    }
    let mut known = BTreeSet::new();
    for (table, key, _) in meaning::all() {
        assert!(known.insert((table.to_owned(), key.to_owned())), "{table} {key} comes twice");
    }
    assert_eq!(there, known, "what schema::meaning says, and the records that hold texts");
}

#[test]
fn words_are_sharpened_wherever_they_stand() {
    for subject in SchemaSubject::FILES {
        let whole = subject.schema();
        for (table, key, meaning) in meaning::all() {
            let schema = match &whole["$defs"][table] {
                Value::Null
                    if whole["title"].as_str().map(crate::input::shape::name).as_deref() == Some(table) =>
                {
                    &whole
                }
                schema => schema,
            };
            let schema = schema["properties"][key].to_string();
            let words = match meaning {
                _ if schema == "null" => continue,
                Meaning::Any => continue,
                Meaning::Like(grammar) => grammar.examples().iter().map(|&text| text.to_owned()).collect(),
                Meaning::OneOf(words)
                | Meaning::Exactly(words)
                | Meaning::Best(words)
                | Meaning::Among(words, _) => words(),
                Meaning::Lints => LINTS.iter().map(|lint| lint.name.to_owned()).collect(),
            };
            for word in words {
                assert!(schema.contains(&json!(word).to_string()), "{subject:?} {table} {key}: {word}");
            }
        }
    }
}

#[test]
fn examples_are_read() {
    let calendar = Calendar::default();
    let reads = |grammar: Grammar, text: &str| match grammar {
        Grammar::Date => parse_date(text, &calendar).is_ok(),
        Grammar::Day => parse_date(text, &calendar).is_ok_and(|window| window.is_day()),
        Grammar::Duration => Duration::parse(text).is_ok(),
        Grammar::Deadline => DayExpr::parse(text, &calendar).is_ok(),
        Grammar::Target => {
            let targets = Targets { calendar: &calendar, releases: &BTreeMap::new(), reviewed: None };
            parse_target(text, &targets).is_ok()
        }
        Grammar::Money => Money::parse(text).is_ok(),
        Grammar::Portion => Portion::parse(text).is_ok(),
        Grammar::Base => text == VALUE || text == "monthly" || Money::parse(text).is_ok(),
        Grammar::Delay => Offset::parse_delay(text).is_ok(),
        Grammar::Level => Quantity::parse(text).is_ok() || LevelConstraint::is_meant_as_words(text),
        Grammar::Need => Constraint::parse(text).is_ok() || LevelConstraint::is_meant_as_words(text),
        Grammar::Term => Quantity::parse(text).is_ok() || !Constraint::is_meant(text),
        Grammar::Standard => Constraint::parse(text).is_ok() || !Constraint::is_meant(text),
        Grammar::Capacity => Capacity::parse(text).is_ok(),
        Grammar::Effort => parse_effort(text).is_ok(),
        Grammar::Pattern => globset::Glob::new(text).is_ok(),
    };
    let mut seen = 0;
    for (table, key, meaning) in meaning::all() {
        let Meaning::Like(grammar) = meaning else { continue };
        for example in grammar.examples() {
            assert!(reads(grammar, example), "{table} {key}: {example}");
            seen += 1;
        }
    }
    assert!(seen > 50);
}

#[test]
fn every_lint_can_be_set_as_the_schema_says() {
    let schema = SchemaSubject::Config.schema();
    let lints = schema["properties"]["lints"]["properties"].as_object().unwrap();
    assert!(LINTS.iter().all(|lint| lints.contains_key(lint.name)));
    let mut set = Map::new();
    for (lint, of_lint) in lints {
        let mut table = Map::new();
        for (key, of_key) in of_lint["anyOf"][1]["properties"].as_object().unwrap() {
            let value = if key == WAIVED_BY { json!(["finance"]) } else { of_key["default"].clone() };
            assert!(!value.is_null(), "{lint} {key} has no default");
            table.insert(key.clone(), value);
        }
        set.insert(lint.clone(), table.into());
    }
    let config = json!({ "roles": { "finance": "finn@vendor.example" }, "lints": set });
    assert!(validator(&schema).is_valid(&config));
    let source = Source::new(FileId(0), "dealcheck.json", config.to_string());
    let mut problems = Vec::new();
    let record = read::record::<ConfigRecord>(&source, &mut problems).unwrap();
    let read = settings(Some(&record), &[], &[], false, &mut problems);
    assert!(problems.is_empty(), "{problems:#?}");
    let defaults = Settings::of_lints(LINTS);
    for lint in LINTS {
        assert_eq!(read.level(lint), defaults.level(lint), "{}", lint.name);
        assert_eq!(read.of(lint).options, defaults.of(lint).options, "{}", lint.name);
    }
    for wrong in [
        json!({ "late-feture": "deny" }),
        json!({ "late-feature": "Deny" }),
        json!({ "late-feature": { "margin": "1 day" } }),
    ] {
        assert!(!validator(&schema).is_valid(&json!({ "lints": wrong })), "{wrong}");
    }
}

#[test]
fn periods_of_remedies_are_taken_as_they_are_read() {
    let schema = SchemaSubject::Contract.schema();
    let per = &schema["$defs"]["remedy"]["properties"]["per"];
    let validator = validator(per);
    let words = Per::words();
    let others =
        ["weeks", "per week", "full", "once a week", "full  Week", " ONCE ", "begun\tday", "week full", ""];
    for text in words.iter().map(String::as_str).chain(others) {
        assert_eq!(validator.is_valid(&json!(text)), Per::parse(text).is_ok(), "{text}");
    }
    assert!(words.iter().all(|text| Per::parse(text).is_ok()));
}

/// Makes values that a schema takes, with a mistake here and there.
struct ValueMaker<'s> {
    defs: &'s Value,
    choices: std::vec::IntoIter<u8>,
}

impl ValueMaker<'_> {
    /// One of some things; the first where no choice is left.
    fn pick(&mut self, of: usize) -> usize {
        usize::from(self.choices.next().unwrap_or(0)) % of
    }

    fn text(&mut self) -> Value {
        let texts = [
            "draft", "2027-03-31", "x", "", " ", "\u{85}", "\u{feff}", "\u{3000}\t", "true", "a b", " 1 ",
            "\u{200b}",
        ];
        texts[self.pick(texts.len())].into()
    }

    fn anything(&mut self) -> Value {
        match self.pick(8) {
            0 => Value::Null,
            1 => true.into(),
            2 => 5.into(),
            3 => json!(-1.5e300),
            4 => json!([]),
            5 => json!({}),
            6 => json!([self.text(), null]),
            _ => self.text(),
        }
    }

    fn value(&mut self, schema: &Value) -> Value {
        if self.pick(24) == 23 {
            return self.anything();
        }
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
            return self.value(&self.defs[name]);
        }
        if let Some(choices) = schema["anyOf"].as_array() {
            let at = self.pick(choices.len());
            return self.value(&choices[at]);
        }
        match schema["type"].as_str() {
            Some("boolean") => (self.pick(2) == 0).into(),
            Some("array") => (0..self.pick(3)).map(|_| self.value(&schema["items"])).collect(),
            Some("object") => self.object(schema),
            _ if self.pick(8) == 7 => 4.2.into(),
            _ => self.text(),
        }
    }

    fn object(&mut self, schema: &Value) -> Value {
        let mut object = Map::new();
        let Some(properties) = schema["properties"].as_object() else {
            for name in ["a", "b c", "x-a"].into_iter().take(self.pick(4)) {
                object.insert(name.to_owned(), self.value(&schema["additionalProperties"]));
            }
            return object.into();
        };
        let required = schema["required"].as_array();
        for (key, of_key) in properties {
            let rarely = if required.is_some_and(|keys| keys.contains(&json!(key))) { 1..16 } else { 0..2 };
            if rarely.contains(&self.pick(16)) {
                object.insert(key.clone(), self.value(of_key));
            }
        }
        match self.pick(16) {
            15 => drop(object.insert("nonsense".to_owned(), 1.into())),
            14 => drop(object.insert("x-nonsense".to_owned(), self.anything())),
            _ => {}
        }
        object.into()
    }
}

#[test]
fn the_schema_of_a_table_takes_what_the_decoder_takes() {
    let tables: Vec<(SchemaTable, Validator)> = tables()
        .into_iter()
        .map(|table| {
            let validator = validator(&table.schema);
            (table, validator)
        })
        .collect();
    let choices = prop::collection::vec(any::<u8>(), 0..120);
    let run = TestRunner::new(ProptestConfig { cases: 500, ..ProptestConfig::default() }).run(
        &choices,
        |choices| {
            for (SchemaTable { name, schema, decode, .. }, validator) in &tables {
                let value =
                    ValueMaker { defs: &schema["$defs"], choices: choices.clone().into_iter() }.value(schema);
                let problems = decode(&value);
                let errors: Vec<String> =
                    validator.iter_errors(&value).map(|error| error.to_string()).collect();
                let agree = problems.is_empty() == errors.is_empty();
                prop_assert!(agree, "{}: {}\n{:?}\n{:?}", name, value, problems, errors);
            }
            Ok(())
        },
    );
    run.unwrap();
}

proptest! {
    #[test]
    fn words_are_taken_as_they_are_read(
        word in prop::sample::select(vec!["draft", "SIGNED", "Ended", "closed", "lost", "drafts", "sign ed", ""]),
        before in "[ \t\u{85}\u{3000}]{0,2}", after in "[ \n\u{85}x]{0,2}",
    ) {
        let words = ["draft", "signed", "ended", "lost"].map(str::to_owned);
        let schema = json!({ "pattern": in_any_case(&words) });
        let text = format!("{before}{word}{after}");
        let is_read = words.iter().any(|known| known.eq_ignore_ascii_case(text.trim()));
        prop_assert_eq!(validator(&schema).is_valid(&json!(text)), is_read);
    }
}
