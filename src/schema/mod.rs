//! JSON Schemas, for editors and programs: of the files, from the records that read them, and of the JSON output,
//! from the types that write it. What the records know as text only is made sharper here by those who know
//! what the text means.

mod lints;
mod meaning;

use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

use crate::input::records::{ConfigRecord, ContractRecord, RoadmapRecord, WaiversRecord};
use crate::model::contract::EXPECTED_KEYS;
use crate::output::json_schema;

use meaning::Meaning;

/// What there is a schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum SchemaSubject {
    /// A contract
    Contract,
    /// A roadmap
    Roadmap,
    /// The configuration, dealcheck.toml
    Config,
    /// A file of waivers
    Waivers,
    /// What `lint --format json` prints
    Output,
}

impl SchemaSubject {
    /// The files that people write.
    pub const FILES: [Self; 4] = [Self::Contract, Self::Roadmap, Self::Config, Self::Waivers];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contract => "contract",
            Self::Roadmap => "roadmap",
            Self::Config => "config",
            Self::Waivers => "waivers",
            Self::Output => "output",
        }
    }

    /// Its schema, as JSON Schema 2020-12.
    pub fn schema(self) -> Value {
        match self {
            Self::Contract => contract(),
            Self::Roadmap => roadmap(),
            Self::Config => of::<ConfigRecord>(),
            Self::Waivers => of::<WaiversRecord>(),
            Self::Output => output(),
        }
    }

    /// What a file of its schema is called.
    pub fn file_name(self) -> String {
        format!("{}.schema.json", self.name())
    }

    /// Its schema as a file.
    pub fn text(self) -> String {
        format!("{:#}\n", self.schema())
    }
}

fn contract() -> Value {
    let mut schema = of::<ContractRecord>();
    schema["if"] = json!({ "required": ["amends"] });
    schema["else"] = json!({ "required": EXPECTED_KEYS });
    schema
}

fn roadmap() -> Value {
    let mut schema = of::<RoadmapRecord>();
    schema["$defs"]["feature"]["required"] = json!(["status"]);
    schema
}

fn output() -> Value {
    let mut schema = json_schema(generator().settings().clone().for_serialize().into_generator());
    RecursiveTransform(drop_machine_format).transform(&mut schema);
    schema.to_value()
}

/// JSON has numbers, not numbers of 64 bits.
fn drop_machine_format(schema: &mut Schema) {
    if schema.get("format").is_some_and(|format| format == "uint" || format == "int64" || format == "uint32")
    {
        schema.remove("format");
    }
}

fn of<R: JsonSchema>() -> Value {
    let mut schema = raw::<R>().to_value();
    let table = R::schema_name();
    refine(&table, &mut schema);
    if let Some(tables) = schema.get_mut("$defs").and_then(Value::as_object_mut) {
        for (table, schema) in tables {
            refine(table, schema);
        }
    }
    schema
}

/// The schema as the records give it.
fn raw<R: JsonSchema>() -> Schema {
    generator().into_root_schema_for::<R>()
}

fn generator() -> SchemaGenerator {
    SchemaSettings::draft2020_12().into_generator()
}

/// Sharpens what the keys of a table may say.
fn refine(table: &str, schema: &mut Value) {
    let Some(keys) = schema.get_mut("properties").and_then(Value::as_object_mut) else { return };
    for (key, schema) in keys {
        if let Some(meaning) = meaning::of(table, key) {
            sharpen(schema, meaning);
        }
    }
}

fn sharpen(schema: &mut Value, meaning: Meaning) {
    match meaning {
        Meaning::Any => {}
        Meaning::Like(grammar) => texts(schema, &mut |text| text["examples"] = json!(grammar.examples())),
        Meaning::OneOf(words) => words_in_any_case(schema, &words(), &words()),
        Meaning::Among(best, all) => words_in_any_case(schema, &best(), &all()),
        Meaning::Exactly(words) => {
            let words = words();
            texts(schema, &mut |text| replace(text, json!({ "enum": words })));
        }
        Meaning::Best(words) => {
            let words = words();
            texts(schema, &mut |text| {
                // What describes the key stays with it.
                let mut other = text.clone();
                other.as_object_mut().and_then(|other| other.remove("description"));
                replace(text, json!({ "anyOf": [{ "enum": words }, other] }));
            });
        }
        Meaning::Lints => replace(schema, lints::settings()),
    }
}

/// Takes some words in any case, and names the best of them.
fn words_in_any_case(schema: &mut Value, best: &[String], all: &[String]) {
    let other = json!({ "type": "string", "pattern": in_any_case(all) });
    texts(schema, &mut |text| replace(text, json!({ "anyOf": [{ "enum": best }, other] })));
}

/// Every place in the schema of a key where a text may stand.
fn texts(schema: &mut Value, change: &mut impl FnMut(&mut Value)) {
    if takes_text(schema) {
        return change(schema);
    }
    for key in ["items", "additionalProperties"] {
        if let Some(inner) = schema.get_mut(key) {
            texts(inner, change);
        }
    }
    for inner in schema.get_mut("anyOf").and_then(Value::as_array_mut).into_iter().flatten() {
        texts(inner, change);
    }
}

fn takes_text(schema: &Value) -> bool {
    let kinds = &schema["type"];
    kinds == "string" || kinds.as_array().is_some_and(|kinds| kinds.contains(&json!("string")))
}

/// Puts another schema in the place of one, under the same description.
fn replace(schema: &mut Value, mut by: Value) {
    if let Some(description) = schema.get("description") {
        by["description"] = description.clone();
    }
    *schema = by;
}

/// A pattern for words that are read without regard to case and to the blanks around them. It is written out letter
/// by letter, since editors know no flag for it.
fn in_any_case(words: &[String]) -> String {
    let letter = |letter: char| match (letter.to_ascii_lowercase(), letter.to_ascii_uppercase()) {
        (' ', _) => r"[\s\u0085]+".to_owned(),
        (lower, upper) if lower == upper => letter.to_string(),
        (lower, upper) => format!("[{lower}{upper}]"),
    };
    let words: Vec<String> = words.iter().map(|word| word.chars().map(letter).collect()).collect();
    format!(r"^[\s\u0085]*({})[\s\u0085]*$", words.join("|"))
}

#[cfg(test)]
mod tests;
