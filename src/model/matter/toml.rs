//! Writes what a decision was about, as a waiver's `of` has it.

use std::fmt::{self, Write as _};

use crate::input::decode::Scalar;
use crate::model::fees::Fees;
use crate::model::remedy::{Remedy, RemedyEntry};
use crate::model::scope::Scope;
use crate::model::window::Window;
use crate::source::Spanned;
use crate::text::{toml_key, toml_string};

use super::{Matter, RequirementMatter, TermMatter};

impl fmt::Display for Matter {
    /// As a waiver's `of` holds it, in TOML.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = match self {
            Self::Term(TermMatter { value, fees }) => {
                let value = match value {
                    Scalar::Bool(value) => value.value.to_string(),
                    Scalar::Text(text) => toml_string(text.value.trim()),
                };
                let fees = (!fees.is_empty()).then(|| ("fees", fees_in_toml(fees)));
                std::iter::once(("value", value)).chain(fees).collect()
            }
            Self::Requirement(matter) => matter.entries(),
            Self::Words(words) => {
                let words: Vec<&str> = words.iter().map(|words| words.value.as_str()).collect();
                vec![("words", list(&words))]
            }
        };
        f.write_str(&table(entries.iter().map(|(key, value)| (*key, value.clone()))))
    }
}

impl RequirementMatter {
    fn entries(&self) -> Vec<(&'static str, String)> {
        let window = |window: &Spanned<Window>| toml_string(&window.value.to_string());
        let texts: Vec<&str> = self.features.iter().map(|text| text.value.as_str()).collect();
        let needs = self.needs.iter().map(|it| (it.name.value.as_str(), list(&it.constraint.value.texts())));
        [
            (!texts.is_empty()).then(|| ("feature", list(&texts))),
            self.due.as_ref().map(|due| ("due", window(due))),
            self.until.as_ref().map(|until| ("until", window(until))),
            (!self.scope.value.is_empty()).then(|| ("for", scope_in_toml(&self.scope.value))),
            (!self.needs.is_empty()).then(|| ("needs", table(needs))),
            self.accepts_beta.then(|| ("accept", toml_string("beta"))),
            self.strength.map(|strength| ("strength", toml_string(strength.name()))),
            self.remedy.as_ref().map(|remedy| ("remedy", owed(remedy))),
            self.remedy_cap.as_ref().map(|cap| ("remedy-cap", toml_string(&cap.to_string()))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

/// What is owed, as a remedy or a list of them.
fn owed(remedy: &Remedy) -> String {
    one_or_list(remedy.entries().iter().map(of_entries))
}

fn of_entries(entries: &Vec<(&'static str, RemedyEntry)>) -> String {
    table(entries.iter().map(|(key, entry)| (*key, of_entry(entry))))
}

fn of_entry(entry: &RemedyEntry) -> String {
    match entry {
        RemedyEntry::Text(text) => toml_string(text),
        RemedyEntry::Yes => "true".to_owned(),
        RemedyEntry::Tables(tables) => {
            let tables: Vec<String> = tables.iter().map(of_entries).collect();
            format!("[{}]", tables.join(", "))
        }
        RemedyEntry::Table(entries) => {
            table(entries.iter().map(|(key, entry)| (key.as_str(), of_entry(entry))))
        }
    }
}

/// A list of texts; of one, the text.
pub(crate) fn list<T: AsRef<str>>(texts: &[T]) -> String {
    one_or_list(texts.iter().map(|text| toml_string(text.as_ref())))
}

/// A list in TOML; of one value, that.
pub(in crate::model) fn one_or_list(values: impl Iterator<Item = String>) -> String {
    match values.collect::<Vec<_>>().as_slice() {
        [only] => only.clone(),
        values => format!("[{}]", values.join(", ")),
    }
}

/// Fees as a table in TOML.
pub(crate) fn fees_in_toml(fees: &Fees) -> String {
    table(fees.known().map(|(name, fee)| (name, toml_string(&fee.to_string()))))
}

/// A scope as a table in TOML.
pub(in crate::model) fn scope_in_toml(scope: &Scope) -> String {
    table(scope.dimensions().map(|it| (it.name(), list(&it.values().collect::<Vec<_>>()))))
}

/// A table in TOML, on one line.
pub(in crate::model) fn table<'a>(entries: impl Iterator<Item = (&'a str, String)>) -> String {
    let mut out = String::from("{");
    for (at, (key, value)) in entries.enumerate() {
        let key = toml_key(key);
        let comma = if at == 0 { "" } else { "," };
        let _ = write!(out, "{comma} {key} = {value}");
    }
    out + " }"
}
