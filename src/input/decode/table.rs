//! Tables whose keys are fixed: what they take, and what is said of a key that they do not.

use std::borrow::Cow;

use schemars::{Schema, SchemaGenerator};

use crate::diagnostic::{Help, Problem};
use crate::source::{Span, Spanned};
use crate::text;

use super::super::parse::{Entry, Map, Node, NodeKind};
use super::{is_extension, wrong_kind};

/// A table whose keys are fixed. Made by `record!`.
pub trait Record: Default {
    /// The table in words, with its article: `a requirement`.
    const NOUN: &'static str;
    /// What it is.
    const DOC: &'static str;
    /// Every key it takes.
    const KEYS: &'static [Key];
    /// How a dimension of its scope is written, with `KEY` for its name; none where it has no scope.
    const DIMENSIONS: Option<&'static str>;

    /// Reads the value of a key; `false` where the key is not one of this record's.
    fn set(&mut self, key: &str, value: &Node<'_>, problems: &mut Vec<Problem>) -> bool;
    /// Tells that a key may have been written and lost.
    fn lose(&mut self, key: &str);
    /// Keeps an unknown key that resembles none, where it may be a dimension of the scope.
    fn stray(&mut self, key: &Spanned<&str>);
    /// Whether the key was not written.
    fn lacks(&self, key: &str) -> bool;
    /// Where the record stands: its first key, and all of it.
    fn place(&mut self, anchor: Span, whole: Span);
    /// Every key with the shape of its value.
    fn shapes(generator: &mut SchemaGenerator) -> Vec<(&'static str, Schema)>;
}

/// A key of a record.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// The key as written.
    pub name: &'static str,
    /// What it means; the first line says it in short.
    pub doc: &'static str,
    /// What people write for it that is not it, in lower case and in one word.
    pub also: &'static [&'static str],
    /// Whether a record without it is incomplete.
    pub required: bool,
    /// Whether it is what the record is there for: where it is absent, any unknown key may have been meant as it.
    pub main: bool,
}

/// Reads all of a file as a table with fixed keys.
pub(crate) fn decode_file<R: Record>(node: &Node<'_>, problems: &mut Vec<Problem>) -> Option<R> {
    decode_table(node, None, problems)
}

/// Reads the value of a key as a table with fixed keys.
pub(crate) fn decode_record<R: Record>(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<R> {
    decode_table(node, Some(key), problems)
}

/// Reads a table with fixed keys: every key is tried, unknown and missing ones are reported.
fn decode_table<R: Record>(node: &Node<'_>, key: Option<&str>, problems: &mut Vec<Problem>) -> Option<R> {
    let NodeKind::Map(map) = &node.kind else {
        if !matches!(node.kind, NodeKind::Invalid) {
            problems.push(wrong_kind(node, key, R::NOUN).help(format!(
                "{} is a table with the keys {}",
                R::NOUN,
                known_keys(R::KEYS)
            )));
        }
        return None;
    };
    let mut record = R::default();
    let own = |entry: &&Entry<'_>| !is_extension(entry.key.value);
    let anchor = map.entries.iter().find(own).or(map.entries.first());
    let anchor = anchor.map_or(node.span, |entry| entry.key.span);
    record.place(anchor, node.span);
    let mut unknown = Vec::new();
    for (at, entry) in map.entries.iter().enumerate() {
        if is_extension(entry.key.value) || rest_of_value(map, at).is_some() {
            continue;
        }
        if let Some(broken) = rest_of_value(map, at + 1) {
            problems.push(broken.problem());
            record.lose(entry.key.value);
        } else if !record.set(entry.key.value, &entry.value, problems) {
            unknown.push(&entry.key);
        }
    }
    for key in unknown {
        let near = meant(key.value, R::KEYS);
        let main = || R::KEYS.iter().find(|known| known.main).map(|known| known.name);
        match near.or_else(main) {
            // A misspelt key is not an absent one: no finding may rest on a slip.
            Some(meant) => record.lose(meant),
            None => record.stray(key),
        }
        let is_written = map.entries.iter().any(|entry| Some(entry.key.value) == near);
        problems.push(unknown_key::<R>(key, near, is_written));
    }
    complete(&mut record, map, anchor, problems);
    Some(record)
}

/// A value that a comma ends too early: what stands before the comma, and after it.
pub(super) struct BrokenValue<'s> {
    first: Spanned<&'s str>,
    rest: Spanned<&'s str>,
}

/// The value before an entry that is no entry but the rest of it: in `{ value: 7,500 EUR }` the comma ends the value, and
/// what follows is a key of its own, with nothing for a value.
pub(super) fn rest_of_value<'s>(map: &Map<'s>, at: usize) -> Option<BrokenValue<'s>> {
    let rest = map.entries.get(at)?;
    let NodeKind::Null = rest.value.kind else { return None };
    let before = &map.entries[at.checked_sub(1)?].value;
    let (NodeKind::Number(first) | NodeKind::Text(first)) = before.kind else { return None };
    let is_next =
        rest.key.span.start.checked_sub(before.span.end).is_some_and(|apart| (1..=2).contains(&apart));
    let ends_in_digit = first.ends_with(|last: char| last.is_ascii_digit());
    let is_rest = is_next && ends_in_digit && rest.key.value.starts_with(|c: char| c.is_ascii_digit());
    is_rest.then(|| BrokenValue { first: Spanned::new(first, before.span), rest: rest.key })
}

/// The problem of a name with dots that is not in quotes: in `4.2 = "2027-01-20"` of TOML `4` is a table.
pub(super) fn dots_in_name(entry: &Entry<'_>) -> Option<Problem> {
    let NodeKind::Map(inner) = entry.value.kind else { return None };
    let (mut name, mut span, mut next) = (entry.key.value.to_owned(), entry.key.span, inner.entries.first());
    while let Some(entry) = next.filter(|entry| entry.key.span.start == span.end + 1) {
        name = format!("{name}.{}", entry.key.value);
        span.end = entry.key.span.end;
        next = match entry.value.kind {
            NodeKind::Map(inner) => inner.entries.first(),
            _ => None,
        };
    }
    let is_dotted = span.end > entry.key.span.end && !name.contains(['"', '\\']);
    let title = format!("the dots of `{name}` part it into several names");
    let help = Help::from(format!("write it in quotes: `\"{name}\"`")).replacing(span, name.clone());
    is_dotted.then(|| Problem::at(span, title, "a name with dots stands in quotes").help(help))
}

impl BrokenValue<'_> {
    pub(super) fn problem(&self) -> Problem {
        let Self { first, rest } = self;
        let (first, rest_text) = (first.value, rest.value);
        let span = Span { end: rest.span.end, ..self.first.span };
        let digits = rest_text.bytes().take_while(u8::is_ascii_digit).count();
        let apart = rest.span.start - self.first.span.end;
        let blank = if apart > 1 { " " } else { "" };
        let problem = Problem::at(
            span,
            format!("the comma in `{first},{blank}{rest_text}` ends the value"),
            "between braces a comma stands before the next key",
        );
        let value = format!("{first},{blank}{rest_text}");
        let quote =
            Help::from(format!("if it is a part of the value, put all of it in quotes: `\"{value}\"`"));
        // Only groups of three are thousands.
        if digits != 3 {
            return problem.help(quote.replacing(span, value));
        }
        let number = format!("{first}{rest_text}");
        let help = Help::from(format!("write `{number}` if it separates thousands"));
        problem.help(help.replacing(span, number)).help(quote)
    }
}

fn complete<R: Record>(record: &mut R, map: &Map<'_>, anchor: Span, problems: &mut Vec<Problem>) {
    for key in R::KEYS {
        if map.cut {
            record.lose(key.name);
        } else if key.required && record.lacks(key.name) {
            problems.push(missing_key(key, R::NOUN, anchor));
            record.lose(key.name);
        }
    }
}

/// The problem of a table that lacks a key.
pub(crate) fn missing_key(key: &Key, noun: &str, anchor: Span) -> Problem {
    let bare = noun.split_once(' ').map_or(noun, |(_, bare)| bare);
    Problem::at(
        anchor,
        format!("{noun} needs the key `{}`", key.name),
        format!("this {bare} has no `{}`", key.name),
    )
    .help(format!("add `{}`: {}", key.name, short(key.doc)))
}

/// A key in small letters and in one word.
pub(crate) fn in_one_word(key: &str) -> Cow<'_, str> {
    const BETWEEN: [char; 3] = ['-', '_', ' '];
    let word = text::fold(key);
    if word.contains(BETWEEN) { word.replace(BETWEEN, "").into() } else { word }
}

/// The key that an unknown one was meant as: the one that people call so, else the one that is spelled most like it.
fn meant(key: &str, keys: &'static [Key]) -> Option<&'static str> {
    let word = in_one_word(key);
    let called = keys.iter().find(|known| known.also.contains(&&*word));
    called.map(|known| known.name).or_else(|| text::nearest(key, keys.iter().map(|known| known.name)))
}

/// What is near may be written beside it already: then it is for people to say which of the two is right.
fn unknown_key<R: Record>(key: &Spanned<&str>, near: Option<&str>, is_written: bool) -> Problem {
    let noun = R::NOUN;
    let problem = Problem::at(key.span, format!("{noun} has no key `{}`", key.value), "unknown key");
    match near {
        Some(near) if is_written => {
            return problem
                .help(format!("`{near}`, which it may be meant as, is there already: keep one of them"));
        }
        Some(near) => return problem.did_you_mean(near),
        None => {}
    }
    let listed = || format!("the keys of {noun} are {}", known_keys(R::KEYS));
    let Some(form) = R::DIMENSIONS else {
        return problem.help(listed());
    };
    match common_dimension(key.value) {
        Some(dimension) => problem.help(format!("did you mean `{}`?", form.replace("KEY", dimension))),
        None => problem.help(listed()).help(format!(
            "if `{0}` is a dimension of scopes, write it as `{1}`",
            key.value,
            form.replace("KEY", key.value)
        )),
    }
}

/// Dimensions that most products have.
pub(crate) const COMMON_DIMENSIONS: [&str; 8] =
    ["platform", "region", "edition", "deployment", "os", "country", "plan", "tier"];

/// The dimension that most products have and that a key names, in the singular or in the plural.
fn common_dimension(key: &str) -> Option<&'static str> {
    let key = text::fold(key);
    let singular = key.strip_suffix("ies").map(|stem| format!("{stem}y"));
    let singular = singular.as_deref().or_else(|| key.strip_suffix('s'));
    let named = |dimension: &&str| *dimension == key || singular == Some(*dimension);
    COMMON_DIMENSIONS.into_iter().find(named)
}

fn known_keys(keys: &[Key]) -> String {
    text::and_list(&text::in_backticks(keys.iter().map(|key| key.name)))
}

/// The first sentence of a key's documentation, as it reads after a colon.
fn short(doc: &str) -> String {
    let sentence = doc.trim().split(['.', '\n']).next().unwrap_or_default();
    let mut characters = sentence.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}
