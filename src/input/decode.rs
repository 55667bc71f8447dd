//! Tree to record: collects every problem of a file and keeps what is sound.
//!
//! A record holds what was written, checked for shape only: texts, lists, tables. What the texts mean (dates,
//! quantities, statuses) is the model's business. Three states of a key are told apart, because a linter that
//! takes an unreadable key for an absent one reports what is not true: see [`Field`].

use std::borrow::Cow;

use schemars::{Schema, SchemaGenerator};

use crate::diagnostic::{Help, Problem};
use crate::source::{Span, Spanned};
use crate::text;

use super::parse::{Entry, Map, Node, NodeKind};

/// Text with its place; numbers keep the form they were written in.
pub(crate) type Text = Spanned<compact_str::CompactString>;

/// What a key of a record holds.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Field<T> {
    /// The key was not written.
    #[default]
    Absent,
    /// The key was written and could not be read, or may have been lost to an error; that has been reported.
    Broken,
    /// The key's value.
    Given(T),
}

impl<T> Field<T> {
    /// The value, if there is a sound one.
    pub fn given(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Broken => None,
        }
    }

    /// The value itself, if there is a sound one.
    pub fn into_given(self) -> Option<T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Absent | Self::Broken => None,
        }
    }

    /// Whether a value was meant that could not be read.
    pub fn is_broken(&self) -> bool {
        matches!(self, Self::Broken)
    }

    /// Whether nothing was written.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// This field, or the other one where this is absent: how offers and amendments inherit.
    pub fn or<'a>(&'a self, other: &'a Self) -> &'a Self {
        if self.is_absent() { other } else { self }
    }

    /// A field whose value is read further; `None` from `read` makes it broken.
    pub fn and_then<U>(&self, read: impl FnOnce(&T) -> Option<U>) -> Field<U> {
        match self {
            Self::Absent => Field::Absent,
            Self::Broken => Field::Broken,
            Self::Given(value) => read(value).map_or(Field::Broken, Field::Given),
        }
    }

    /// An absent key becomes a broken one: it may have been written and lost.
    pub fn lose(&mut self) {
        if self.is_absent() {
            *self = Self::Broken;
        }
    }
}

/// A value that can be read from a node.
pub(crate) trait Decode: Sized {
    /// What is expected, with its article: `a date`, `a list of texts`.
    const EXPECTED: &'static str;

    /// Reads the value. `None` means that a problem has been reported.
    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self>;
}

impl Decode for Text {
    const EXPECTED: &'static str = "text";

    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        match &node.kind {
            NodeKind::Text(text) | NodeKind::Number(text)
                if text.contains(|character: char| !character.is_whitespace()) =>
            {
                Some(Self::new((*text).into(), node.span))
            }
            NodeKind::Text(_) => {
                problems.push(empty(node, key, Self::EXPECTED));
                None
            }
            _ => mismatch::<Self>(node, key, problems),
        }
    }
}

impl Decode for Spanned<bool> {
    const EXPECTED: &'static str = "`true` or `false`";

    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        match node.kind {
            NodeKind::Bool(value) => Some(Self::new(value, node.span)),
            _ => mismatch::<Self>(node, key, problems),
        }
    }
}

/// A text, or a yes or no: what a commercial term can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scalar {
    /// Text or a number as written.
    Text(Text),
    /// `true` or `false`.
    Bool(Spanned<bool>),
}

impl Scalar {
    /// Where it was written.
    pub fn span(&self) -> Span {
        match self {
            Self::Text(text) => text.span,
            Self::Bool(value) => value.span,
        }
    }
}

impl Decode for Scalar {
    const EXPECTED: &'static str = "text, `true` or `false`";

    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        match node.kind {
            NodeKind::Bool(value) => Some(Self::Bool(Spanned::new(value, node.span))),
            _ => Text::decode(node, key, problems).map(Self::Text),
        }
    }
}

/// A list, all of it or nothing: a list that lost a value would say something else. A single value stands
/// for a list of one.
impl<T: Decode> Decode for Vec<T> {
    const EXPECTED: &'static str = "a list";

    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        let NodeKind::List(nodes) = &node.kind else {
            return T::decode(node, key, problems).map(|only| vec![only]);
        };
        let items: Vec<Option<T>> = nodes.iter().map(|item| T::decode(item, key, problems)).collect();
        items.into_iter().collect()
    }
}

/// As a list, with the place of all of it.
impl<T: Decode> Decode for Spanned<Vec<T>> {
    const EXPECTED: &'static str = Vec::<T>::EXPECTED;

    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        Vec::decode(node, key, problems).map(|items| Self::new(items, node.span))
    }
}

/// A list of things that are judged one by one, with its place: an unreadable one leaves the others sound.
#[derive(Clone, Debug)]
pub struct Items<T>(pub Vec<Option<T>>, pub Span);

impl<T: Decode> Decode for Items<T> {
    const EXPECTED: &'static str = "a list";

    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        let items = match &node.kind {
            NodeKind::List(nodes) => nodes.iter().map(|item| T::decode(item, key, problems)).collect(),
            _ => vec![Some(T::decode(node, key, problems)?)],
        };
        Some(Self(items, node.span))
    }
}

/// A table whose keys are names that the user chooses.
#[derive(Clone, Debug)]
pub struct Table<T> {
    /// Names and what they stand for, in the order of the file. Never [`Field::Absent`].
    pub entries: Vec<(Text, Field<T>)>,
    /// All of the table.
    pub span: Span,
    /// Whether entries may have been lost to an error in the file's syntax.
    pub cut: bool,
}

impl<T: Decode> Decode for Table<T> {
    const EXPECTED: &'static str = "a table of names with values";

    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        decode_entries(node, key, |_| false, problems)
    }
}

fn decode_entries<T: Decode>(
    node: &Node<'_>,
    key: &str,
    is_passed_over: impl Fn(&str) -> bool,
    problems: &mut Vec<Problem>,
) -> Option<Table<T>> {
    let NodeKind::Map(map) = &node.kind else {
        return mismatch::<Table<T>>(node, key, problems);
    };
    let mut entries = Vec::with_capacity(map.entries.len());
    let mut cut = map.cut;
    for (at, entry) in map.entries.iter().enumerate() {
        if is_passed_over(entry.key.value) || rest_of_value(map, at).is_some() {
            continue;
        }
        let name = Text::new(entry.key.value.into(), entry.key.span);
        let value = match rest_of_value(map, at + 1) {
            Some(broken) => {
                problems.push(broken.problem());
                Field::Broken
            }
            None => {
                let told = problems.len();
                let value = T::decode(&entry.value, &name.value, problems);
                if value.is_none()
                    && let Some(problem) = dots_in_name(entry)
                {
                    problems.truncate(told);
                    problems.push(problem);
                    // What its names are is not known.
                    cut = true;
                }
                value.map_or(Field::Broken, Field::Given)
            }
        };
        entries.push((name, value));
    }
    Some(Table { entries, span: node.span, cut })
}

/// A table whose keys are names that dealcheck knows, such as those of lints: what begins with `x-` is none of them.
#[derive(Clone, Debug)]
pub struct KnownTable<T>(pub Table<T>);

impl<T: Decode> Decode for KnownTable<T> {
    const EXPECTED: &'static str = Table::<T>::EXPECTED;

    fn decode(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<Self> {
        decode_entries(node, key, is_extension, problems).map(Self)
    }
}

/// Whether a key is the user's own: what stands there is passed over, and may be what YAML copies from. In tables whose keys
/// are names of the user's it is a name as any other: a level or a dimension that nobody looks at would be a yes.
pub(crate) fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

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
struct BrokenValue<'s> {
    first: Spanned<&'s str>,
    rest: Spanned<&'s str>,
}

/// The value before an entry that is no entry but the rest of it: in `{ value: 7,500 EUR }` the comma ends the value, and
/// what follows is a key of its own, with nothing for a value.
fn rest_of_value<'s>(map: &Map<'s>, at: usize) -> Option<BrokenValue<'s>> {
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
fn dots_in_name(entry: &Entry<'_>) -> Option<Problem> {
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
    fn problem(&self) -> Problem {
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
    let names: Vec<String> = keys.iter().map(|key| format!("`{}`", key.name)).collect();
    text::and_list(&names)
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

#[cold]
pub(super) fn mismatch<T: Decode>(node: &Node<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<T> {
    if !matches!(node.kind, NodeKind::Invalid) {
        problems.push(wrong_kind(node, Some(key), T::EXPECTED));
    }
    None
}

/// The problem of a value of another kind; without a key it is all of the file.
fn wrong_kind(node: &Node<'_>, key: Option<&str>, expected: &str) -> Problem {
    if let (NodeKind::Null, Some(key)) = (&node.kind, key) {
        return empty(node, key, expected);
    }
    let found = match &node.kind {
        NodeKind::Null => "nothing".to_owned(),
        NodeKind::Bool(value) => format!("`{value}`"),
        NodeKind::Number(number) => format!("the number {number}"),
        NodeKind::Text(_) => "text".to_owned(),
        NodeKind::List(_) => "a list".to_owned(),
        NodeKind::Map(_) | NodeKind::Invalid => "a table".to_owned(),
    };
    let problem = Problem::at(
        first_line(node),
        match key {
            Some(key) => format!("expected {expected} for `{key}`, found {found}"),
            None => format!("expected {expected}, found {found}"),
        },
        format!("expected {expected}"),
    );
    match node.kind {
        NodeKind::Bool(value) if expected == Text::EXPECTED => {
            problem.help(format!("if the text `{value}` is meant, put it in quotes"))
        }
        _ => problem,
    }
}

/// Tables and lists can be long; what is wrong with one is said at its beginning: the bracket that opens it, or
/// where there is none the first of what it holds.
fn first_line(node: &Node<'_>) -> Span {
    let first = match &node.kind {
        NodeKind::Map(map) => map.entries.first().map(|entry| entry.key.span),
        NodeKind::List(items) => items.first().map(first_line),
        _ => None,
    };
    first.filter(|first| first.start == node.span.start).unwrap_or(node.span)
}

#[cold]
fn empty(node: &Node<'_>, key: &str, expected: &str) -> Problem {
    Problem::at(node.span, format!("`{key}` has no value"), format!("expected {expected} here"))
        .help(format!("give `{key}` a value, or remove it"))
}
