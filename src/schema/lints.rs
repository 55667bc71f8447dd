//! The schema of `[lints]`: every lint with its level, its options and who may waive it.

use schemars::SchemaGenerator;
use serde_json::{Map, Value, json};

use crate::input::decode::Text;
use crate::input::shape::{Shape, extensions};
use crate::lint::{Lint, LintOption, OptionKind};
use crate::lints::{LINTS, RENAMED};
use crate::workspace::levels::{LEVEL, WAIVED_BY};

use super::{generator, meaning};

/// The settings of every lint, by name.
pub(super) fn settings() -> Value {
    let mut properties = Map::new();
    let mut generator = generator();
    for lint in LINTS {
        properties.insert(lint.name.to_owned(), setting(lint, &mut generator));
    }
    for (old, new) in RENAMED {
        if let Some(mut setting) = properties.get(*new).cloned() {
            describe(&mut setting, format!("Now called `{new}`; the old name still works."));
            setting["deprecated"] = true.into();
            properties.insert((*old).to_owned(), setting);
        }
    }
    table(properties)
}

/// A table of these keys.
fn table(properties: Map<String, Value>) -> Value {
    json!({
        "type": "object",
        "properties": properties,
        "patternProperties": extensions(),
        "additionalProperties": false,
    })
}

fn setting(lint: &Lint, generator: &mut SchemaGenerator) -> Value {
    let mut keys = Map::new();
    let level = json!({ "enum": meaning::levels(), "default": lint.level.name() });
    let mut described = level.clone();
    described["description"] = format!("How a finding counts; `{}` unless set.", lint.level).into();
    keys.insert(LEVEL.to_owned(), described);
    let mut roles = Vec::<Text>::shape(generator).to_value();
    roles["description"] = "The roles, of those under `[roles]`, that may waive what it finds.".into();
    keys.insert(WAIVED_BY.to_owned(), roles);
    for option in lint.options {
        keys.insert(option.name.to_owned(), value(option, generator));
    }
    let mut setting = json!({ "anyOf": [level, table(keys)] });
    describe(&mut setting, format!("{}. `{}` unless set.", capitalised(lint.summary), lint.level));
    setting
}

/// Describes a lint also where it is a level, since taplo completes a key by what its branches say.
fn describe(setting: &mut Value, words: String) {
    setting["anyOf"][0]["description"] = words.clone().into();
    setting["description"] = words.into();
}

/// The value of an option. Editors cannot tell whether a text is the quantity that is asked for.
fn value(option: &LintOption, generator: &mut SchemaGenerator) -> Value {
    let mut shape = match option.kind {
        OptionKind::Days | OptionKind::Percent => Text::shape(generator).to_value(),
        OptionKind::Count => {
            json!({ "type": ["integer", "string"], "minimum": 0, "maximum": u32::MAX, "pattern": r"^\+?[0-9]+$" })
        }
    };
    let default = option.default_text();
    shape["description"] = option.doc.into();
    shape["default"] = serde_json::from_str(&default).unwrap_or(Value::String(default));
    shape
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
