//! A draft as a file: YAML, TOML or JSON.

use serde_json::{Map, Value};

use crate::text::{clean, clean_truncated, is_unseen};

use super::coverage::{LONGEST, outcome, place};
use super::{DraftLine, DraftValue, DraftedContract};

/// The formats of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum DraftFormat {
    /// With comments
    Yaml,
    /// With comments
    Toml,
    /// Without comments, which JSON has none of: see --coverage
    Json,
}

/// Writes a draft.
pub(crate) fn write(draft: &DraftedContract, format: DraftFormat) -> String {
    match format {
        DraftFormat::Yaml => yaml(draft),
        DraftFormat::Toml => toml(draft),
        DraftFormat::Json => json(draft),
    }
}

/// What stands at the beginning.
const INTRODUCTION: &str = "A draft: what is not certain stands in comments. Read it beside the documents before anybody relies on it.";

fn introduction(draft: &DraftedContract) -> String {
    if draft.is_read { format!("{}\n", comment(INTRODUCTION)) } else { String::new() }
}

fn comment(text: &str) -> String {
    format!("# {}", clean(text))
}

fn yaml(draft: &DraftedContract) -> String {
    let mut out = introduction(draft);
    for line in &draft.fields {
        out += &yaml_line(line, "", "");
    }
    if draft.requirements.is_empty() {
        out += "requirements: [] # nothing in the documents is a promise about a feature of the roadmap\n";
    } else {
        out += "requirements:\n";
    }
    for requirement in &draft.requirements {
        for (at, line) in requirement.iter().enumerate() {
            out += &yaml_line(line, "    ", if at == 0 { "  - " } else { "    " });
        }
    }
    out + &accounts(draft)
}

fn yaml_line(line: &DraftLine, indent: &str, first: &str) -> String {
    match line {
        DraftLine::Comment(text) => format!("{indent}{}\n", comment(text)),
        DraftLine::Field(key, value) => format!("{first}{key}: {}\n", flow(value, ": ", scalar)),
    }
}

/// A value on one line.
fn flow(value: &DraftValue, between: &str, scalar: fn(&str) -> String) -> String {
    match value {
        DraftValue::Text(text) => scalar(text),
        DraftValue::List(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| scalar(text)).collect();
            format!("[{}]", texts.join(", "))
        }
        DraftValue::Table(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| {
                    format!("{}{between}{}", bare_or(key, scalar), flow(value, between, scalar))
                })
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

fn bare_or(key: &str, scalar: fn(&str) -> String) -> String {
    let is_bare = key.starts_with(|first: char| first.is_ascii_alphabetic())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare { scalar_bare(key) } else { scalar(key) }
}

/// A key as it is, unless YAML takes it for something else.
fn scalar_bare(key: &str) -> String {
    if is_literal(key) { quoted(key) } else { key.to_owned() }
}

fn is_literal(text: &str) -> bool {
    ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text.to_lowercase().as_str())
}

/// A text as YAML reads it: bare where nothing in it means anything else.
pub(crate) fn scalar(text: &str) -> String {
    let is_word = |letter: char| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_' | '.' | '/');
    let is_plain = text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(is_word)
        && text.len() <= 60
        && !text.ends_with([' ', '.'])
        && !is_literal(text);
    let is_day = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(at, byte)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() });
    if is_plain || is_day { text.to_owned() } else { quoted(text) }
}

/// A text in quotes, in which what nobody sees is written out; the same in YAML, TOML and JSON.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            letter if is_unseen(letter) => {
                let code = u32::from(letter);
                out.push_str(&if code > 0xffff {
                    format!("\\U{code:08x}")
                } else {
                    format!("\\u{code:04x}")
                });
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

fn toml(draft: &DraftedContract) -> String {
    let mut out = introduction(draft);
    let line = |line: &DraftLine| match line {
        DraftLine::Comment(text) => format!("{}\n", comment(text)),
        DraftLine::Field(key, value) => format!("{key} = {}\n", flow(value, " = ", quoted)),
    };
    out.extend(draft.fields.iter().map(line));
    if draft.requirements.is_empty() {
        out += "requirements = [] # nothing in the documents is a promise about a feature of the roadmap\n";
    }
    for requirement in &draft.requirements {
        out += "\n[[requirements]]\n";
        out.extend(requirement.iter().map(line));
    }
    out + &accounts(draft)
}

/// What was not taken, so that a person can see that every statement was looked at.
fn accounts(draft: &DraftedContract) -> String {
    if !draft.is_read {
        return String::new();
    }
    let mut out = String::from("\n# Not taken:\n");
    for covered in draft.coverage.iter().filter(|covered| covered.taken.is_err()) {
        let place = place(covered);
        let blank = if place.is_empty() { "" } else { " " };
        let words =
            format!("{place}{blank}{} ({})", clean_truncated(&covered.text, LONGEST), outcome(covered));
        out += &format!("{}\n", comment(&format!("- {words}")));
    }
    for unread in &draft.unread {
        out += &format!("{}\n", comment(unread));
    }
    out
}

fn json(draft: &DraftedContract) -> String {
    fn value(of: &DraftValue) -> Value {
        match of {
            DraftValue::Text(text) => Value::String(text.clone()),
            DraftValue::List(texts) => texts.iter().cloned().collect(),
            DraftValue::Table(entries) => {
                Value::Object(entries.iter().map(|(key, of)| (key.clone(), value(of))).collect())
            }
        }
    }
    let object = |lines: &[DraftLine]| -> Map<String, Value> {
        lines
            .iter()
            .filter_map(|line| match line {
                DraftLine::Field(key, of) => Some(((*key).to_owned(), value(of))),
                DraftLine::Comment(_) => None,
            })
            .collect()
    };
    let mut contract = object(&draft.fields);
    let requirements = draft.requirements.iter().map(|lines| Value::Object(object(lines))).collect();
    contract.insert("requirements".to_owned(), Value::Array(requirements));
    let text = serde_json::to_string_pretty(&Value::Object(contract)).unwrap_or_default();
    // What nobody sees can only stand in a text, where an escape means the same.
    let mut out = String::with_capacity(text.len() + 1);
    for letter in text.chars() {
        match letter {
            letter if letter != '\n' && is_unseen(letter) => {
                let units = letter
                    .encode_utf16(&mut [0; 2])
                    .iter()
                    .map(|unit| format!("\\u{unit:04x}"))
                    .collect::<String>();
                out.push_str(&units);
            }
            letter => out.push(letter),
        }
    }
    out.push('\n');
    out
}
