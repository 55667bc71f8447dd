//! One tree for three formats: every value and every key with its place.

use crate::source::{Span, Spanned};

/// A value in a file. It refers to the source and the [`Arena`](super::Arena) that it was read with.
#[derive(Clone, Copy, Debug)]
pub struct Node<'s> {
    /// The value's text, quotes included, surrounding blanks and line ends not.
    pub span: Span,
    /// What it is.
    pub kind: NodeKind<'s>,
}

/// What a value is, the same for every format.
#[derive(Clone, Copy, Debug)]
pub enum NodeKind<'s> {
    /// Nothing was written (`due:`), or `null`, `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, as it was written: `1.10` is not `1.1`.
    Number(&'s str),
    /// Text, and also a date or time that TOML knows as such, as it was written.
    Text(&'s str),
    /// A list.
    List(&'s [Node<'s>]),
    /// A table (map, object).
    Map(Map<'s>),
    /// Something was here that could not be read, or was ambiguous; it has been reported.
    Invalid,
}

/// The entries of a table in the order of the file; no key comes twice.
#[derive(Clone, Copy, Debug, Default)]
pub struct Map<'s> {
    /// Keys with their values.
    pub entries: &'s [Entry<'s>],
    /// Whether an error in the file's syntax may have cost entries: a key that is absent may have been lost.
    pub cut: bool,
}

/// A key with its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'s> {
    /// The key, and its place.
    pub key: Spanned<&'s str>,
    /// The value; [`NodeKind::Invalid`] where the key came twice.
    pub value: Node<'s>,
}
