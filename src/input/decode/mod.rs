//! Tree to record: collects every problem of a file and keeps what is sound.
//!
//! A record holds what was written, checked for shape only: texts, lists, tables. What the texts mean (dates,
//! quantities, statuses) is the model's business. Three states of a key are told apart, because a linter that
//! takes an unreadable key for an absent one reports what is not true: see [`Field`].

mod table;

use crate::diagnostic::Problem;
use crate::source::{Span, Spanned};

use super::parse::{Node, NodeKind};
use table::{dots_in_name, rest_of_value};

pub(crate) use table::{COMMON_DIMENSIONS, decode_file, decode_record, in_one_word, missing_key};
pub(crate) use table::{Key, Record};

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
                    // One mistake, told once: what was said of the parts follows from it.
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

/// The beginning of a table or a list, where its problems are told: the bracket that opens it, else its first entry.
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
