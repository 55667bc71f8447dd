//! What the decoder takes, told to editors as JSON Schemas. They come from the same records, so that a key is
//! declared once; what its text must say beyond being text is for those to add who read it.

use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use crate::source::Spanned;

use super::decode::{Items, KnownTable, Record, Scalar, Table, Text};

/// Some character that is no blank, as [`str::trim`] sees blanks: editors know neither U+0085 as one nor U+FEFF
/// as none.
pub(super) const NOT_BLANK: &str = r"[^\s\u0085]|\uFEFF";

/// A value whose shape editors can be told. Its schema takes what the decoder takes, and refuses what it refuses.
pub(crate) trait Shape {
    /// The schema of the value.
    fn shape(generator: &mut SchemaGenerator) -> Schema;
}

impl Shape for Text {
    fn shape(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"], "pattern": NOT_BLANK })
    }
}

impl Shape for Spanned<bool> {
    fn shape(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "boolean" })
    }
}

impl Shape for Scalar {
    fn shape(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number", "boolean"], "pattern": NOT_BLANK })
    }
}

/// A single value stands for a list of one. Said without `anyOf`, of which editors show every branch.
impl<T: Shape> Shape for Vec<T> {
    fn shape(generator: &mut SchemaGenerator) -> Schema {
        let value = T::shape(generator);
        let mut either = value.clone();
        match either.get_mut("type") {
            Some(Value::Array(kinds)) => kinds.push("array".into()),
            Some(kind) => *kind = Value::Array(vec![kind.take(), "array".into()]),
            None => {}
        }
        either.insert("items".to_owned(), value.into());
        either
    }
}

impl<T: Shape> Shape for Spanned<Vec<T>> {
    fn shape(generator: &mut SchemaGenerator) -> Schema {
        Vec::<T>::shape(generator)
    }
}

/// Records have more than a type, so that these are two branches. Where neither fits, editors speak of the first.
impl<T: Shape> Shape for Items<T> {
    fn shape(generator: &mut SchemaGenerator) -> Schema {
        let item = T::shape(generator);
        json_schema!({ "anyOf": [{ "type": "array", "items": item }, item] })
    }
}

impl<T: Shape> Shape for Table<T> {
    fn shape(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": T::shape(generator) })
    }
}

impl<T: Shape> Shape for KnownTable<T> {
    fn shape(generator: &mut SchemaGenerator) -> Schema {
        let mut schema = Table::<T>::shape(generator);
        schema.insert("patternProperties".to_owned(), extensions());
        schema
    }
}

/// What a table takes besides its own keys: anything under a key that begins with `x-`.
pub(crate) fn extensions() -> Value {
    json!({ "^x-": {} })
}

/// The name of a record in a schema: `fiscal-year` for a fiscal year.
pub(crate) fn name(noun: &str) -> String {
    noun.split_once(' ').map_or(noun, |(_, bare)| bare).replace(' ', "-")
}

/// The schema of a table with fixed keys.
pub(super) fn record<R: Record>(generator: &mut SchemaGenerator) -> Schema {
    let mut properties = Map::new();
    for (key, mut schema) in R::shapes(generator) {
        let doc = R::KEYS.iter().find(|known| known.name == key).map_or("", |known| known.doc);
        schema.insert("description".to_owned(), prose(doc).into());
        properties.insert(key.to_owned(), schema.into());
    }
    let mut schema = json_schema!({
        "title": R::NOUN,
        "description": prose(R::DOC),
        "type": "object",
        "properties": properties,
        "patternProperties": extensions(),
        "additionalProperties": false,
    });
    let required: Vec<Value> = R::KEYS.iter().filter(|key| key.required).map(|key| key.name.into()).collect();
    if !required.is_empty() {
        schema.insert("required".to_owned(), required.into());
    }
    schema
}

/// A documentation comment as one line.
fn prose(doc: &str) -> String {
    doc.split_whitespace().collect::<Vec<_>>().join(" ")
}
