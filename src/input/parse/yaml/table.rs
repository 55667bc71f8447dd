//! How a table grows: keys that come twice, and what `<<` merges into it.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::{Entry, Kind, Map, Node};
use crate::diagnostic::Problem;
use crate::input::source::{Source, Span, Spanned};

/// Up to this many keys a look through all of them is faster than an index.
const SMALL_MAP: usize = 16;

/// A table whose end has not come yet.
#[derive(Default)]
pub(super) struct OpenMap<'s> {
    map: Map<'s>,
    /// From key to place in `map.entries`; none while the map is small.
    index: Option<HashMap<Cow<'s, str>, usize>>,
    merged: Vec<Node<'s>>,
    pending: Pending<'s>,
}

/// What the next node in a table is.
#[derive(Default)]
enum Pending<'s> {
    #[default]
    Key,
    ValueOf(Spanned<Cow<'s, str>>),
    /// The value of `<<`.
    Merge,
    /// A value whose key has been reported.
    Dropped,
}

impl<'s> OpenMap<'s> {
    /// A table that is expected to have so many entries.
    pub(super) fn with_room(entries: usize) -> Self {
        Self { map: Map { entries: Vec::with_capacity(entries), cut: false }, ..Self::default() }
    }

    /// Takes the next node: a key, or the value of the key before it. `merge` tells a plain `<<`.
    pub(super) fn take(
        &mut self,
        node: Node<'s>,
        merge: bool,
        source: &'s Source,
        problems: &mut Vec<Problem>,
    ) {
        match std::mem::take(&mut self.pending) {
            Pending::ValueOf(key) => self.push(Entry { key, value: node }),
            Pending::Key if merge => self.pending = Pending::Merge,
            Pending::Key => self.pending = self.take_key(node, source, problems),
            Pending::Dropped => {}
            Pending::Merge => self.take_merge(node, problems),
        }
    }

    /// Whether the next node is a key.
    pub(super) fn awaits_key(&self) -> bool {
        matches!(self.pending, Pending::Key)
    }

    /// The value that was taken last, unless its key is still waiting for one.
    pub(super) fn last_value(&mut self) -> Option<&mut Node<'s>> {
        let last = self.map.entries.last_mut().map(|entry| &mut entry.value);
        last.filter(|_| matches!(self.pending, Pending::Key))
    }

    /// Tells that entries may have been lost, and the value of the last key with them.
    pub(super) fn cut(&mut self) {
        self.map.cut = true;
        self.pending = Pending::Key;
    }

    /// The table with all that is merged into it.
    pub(super) fn finish(mut self) -> Map<'s> {
        for from in std::mem::take(&mut self.merged) {
            self.merge(from);
        }
        self.map
    }

    fn find(&self, key: &str) -> Option<usize> {
        match &self.index {
            None => self.map.entries.iter().position(|entry| *entry.key.value == *key),
            Some(index) => index.get(key).copied(),
        }
    }

    fn push(&mut self, entry: Entry<'s>) {
        let at = self.map.entries.len();
        if let Some(index) = &mut self.index {
            index.insert(entry.key.value.clone(), at);
        } else if at == SMALL_MAP {
            let keys = self.map.entries.iter().chain([&entry]).map(|entry| entry.key.value.clone());
            self.index = Some(keys.enumerate().map(|(at, key)| (key, at)).collect());
        }
        self.map.entries.push(entry);
    }

    /// Adds what `<<` brings: a key that is there already wins.
    fn merge(&mut self, from: Node<'s>) {
        let Kind::Map(from) = from.kind else { return };
        self.map.cut |= from.cut;
        for entry in from.entries {
            if self.find(&entry.key.value).is_none() {
                self.push(entry);
            }
        }
    }

    fn take_key(&mut self, node: Node<'s>, source: &'s Source, problems: &mut Vec<Problem>) -> Pending<'s> {
        let key = match node.kind {
            Kind::Text(text) | Kind::Number(text) => text,
            Kind::Bool(_) | Kind::Null => Cow::Borrowed(source.text().get(node.span.range()).unwrap_or("")),
            Kind::Invalid => return Pending::Dropped,
            Kind::List(_) | Kind::Map(_) => {
                let problem =
                    Problem::at(node.span, "a key must be text", "a list or a table cannot be a key");
                problems.push(
                    problem
                        .help("write a word, then `: `, then the value; put text with `{` or `[` in quotes"),
                );
                return Pending::Dropped;
            }
        };
        let Some(at) = self.find(&key) else {
            return Pending::ValueOf(Spanned::new(key, node.span));
        };
        let first = &mut self.map.entries[at];
        first.value.kind = Kind::Invalid;
        problems.push(duplicate(&key, node.span, Some(first.key.span)));
        Pending::Dropped
    }

    fn take_merge(&mut self, node: Node<'s>, problems: &mut Vec<Problem>) {
        let operands = match node.kind {
            Kind::Invalid => {
                self.map.cut = true;
                return;
            }
            Kind::List(items) => items,
            kind => vec![Node { span: node.span, kind }],
        };
        for operand in operands {
            match operand.kind {
                Kind::Map(_) => self.merged.push(operand),
                Kind::Invalid => self.map.cut = true,
                _ => {
                    self.map.cut = true;
                    let problem = Problem::at(
                        operand.span,
                        "`<<` takes a table to copy keys from",
                        "this is not a table",
                    );
                    problems.push(
                        problem.help("write `<<: *name`, where `&name` marks a table, or put `<<` in quotes"),
                    );
                }
            }
        }
    }
}

/// The problem of a key that was written twice.
pub(in super::super) fn duplicate(key: &str, again: Span, first: Option<Span>) -> Problem {
    let problem = Problem::at(again, format!("`{key}` is written twice"), "written again here");
    let problem = match first {
        Some(first) => problem.label(first, "first written here"),
        None => problem,
    };
    problem.help("remove one of the two; neither was used")
}
