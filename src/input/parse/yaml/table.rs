//! How a table grows: keys that come twice, and what `<<` merges into it.

use std::collections::HashMap;

use crate::diagnostic::Problem;
use crate::source::{Source, Span, Spanned};

use super::super::{Arena, Entry, Map, Node, NodeKind};

/// Up to this many keys a look through all of them is faster than an index.
const SMALL_MAP: usize = 16;

/// A table whose end has not come yet. Its functions are given the entries of all open tables; its own are the last.
pub(super) struct OpenMap<'s> {
    /// Where its entries begin.
    first: usize,
    pending: PendingNode<'s>,
    cut: bool,
    /// The signs of its keys: one whose sign is not there is new.
    signs: u64,
    rare: Option<Box<RareParts<'s>>>,
}

/// What the next node in a table is.
enum PendingNode<'s> {
    Key,
    ValueOf(Spanned<&'s str>),
    /// The value of `<<`.
    Merge,
    /// A value whose key has been reported.
    Dropped,
}

/// What few tables need.
#[derive(Default)]
struct RareParts<'s> {
    /// From key to place among the entries; none while the table is small.
    index: Option<HashMap<&'s str, usize>>,
    /// Where `<<` stands.
    merge_key: Option<Span>,
    merged: Vec<Node<'s>>,
}

impl<'s> OpenMap<'s> {
    /// A table that begins after so many entries of those around it.
    pub(super) fn new(first: usize) -> Self {
        Self { first, pending: PendingNode::Key, cut: false, signs: 0, rare: None }
    }

    /// Whether the next node is a key.
    pub(super) fn awaits_key(&self) -> bool {
        matches!(self.pending, PendingNode::Key)
    }

    /// Takes a key that is text.
    pub(super) fn take_key(
        &mut self,
        key: Spanned<&'s str>,
        entries: &mut Vec<Entry<'s>>,
        problems: &mut Vec<Problem>,
    ) {
        self.pending = match self.find(key.value, entries) {
            None => {
                self.signs |= sign(key.value);
                PendingNode::ValueOf(key)
            }
            Some(at) => {
                repeated(&mut entries[at], key, problems);
                PendingNode::Dropped
            }
        };
    }

    /// Takes a plain `<<` where a key is due. Of two, nobody knows which is meant to win.
    #[cold]
    pub(super) fn take_merge_key(&mut self, span: Span, problems: &mut Vec<Problem>) {
        let rare = self.rare.get_or_insert_default();
        self.pending = match rare.merge_key.replace(span) {
            None => PendingNode::Merge,
            Some(first) => {
                rare.merged.clear();
                self.cut = true;
                let list = "or copy from several in one: `<<: [*first, *second]`, where the first goes before the second";
                problems.push(duplicate("<<", span, Some(first)).help(list));
                PendingNode::Dropped
            }
        };
    }

    /// Takes the next node: the value of the key before it, or a key that is not known to be text.
    pub(super) fn take(
        &mut self,
        node: Node<'s>,
        entries: &mut Vec<Entry<'s>>,
        source: &'s Source,
        problems: &mut Vec<Problem>,
    ) {
        match self.pending {
            PendingNode::ValueOf(key) => {
                self.push(Entry { key, value: node }, entries);
                self.pending = PendingNode::Key;
            }
            _ => self.take_otherwise(node, entries, source, problems),
        }
    }

    #[cold]
    fn take_otherwise(
        &mut self,
        node: Node<'s>,
        entries: &mut Vec<Entry<'s>>,
        source: &'s Source,
        problems: &mut Vec<Problem>,
    ) {
        match std::mem::replace(&mut self.pending, PendingNode::Key) {
            PendingNode::Key => self.take_node_as_key(node, entries, source, problems),
            PendingNode::Merge => self.take_merge(node, problems),
            PendingNode::ValueOf(_) | PendingNode::Dropped => {}
        }
    }

    /// The value that was taken last, unless its key is still waiting for one.
    pub(super) fn last_value<'e>(&self, entries: &'e mut [Entry<'s>]) -> Option<&'e mut Node<'s>> {
        let last = entries[self.first..].last_mut().map(|entry| &mut entry.value);
        last.filter(|_| self.awaits_key())
    }

    /// Tells that entries may have been lost, and the value of the last key with them.
    pub(super) fn cut(&mut self) {
        self.cut = true;
        self.pending = PendingNode::Key;
    }

    /// Ends the table, with nothing of it kept.
    pub(super) fn forget(&self, entries: &mut Vec<Entry<'s>>) {
        entries.truncate(self.first);
    }

    /// Ends the table, with all that is merged into it.
    pub(super) fn finish(&mut self, entries: &mut Vec<Entry<'s>>, arena: &'s Arena) -> Map<'s> {
        if let Some(rare) = &mut self.rare {
            for from in std::mem::take(&mut rare.merged) {
                self.merge(from, entries);
            }
        }
        let map = Map { entries: arena.items(&entries[self.first..]), cut: self.cut };
        self.forget(entries);
        map
    }

    /// Where among the entries a key is.
    fn find(&self, key: &str, entries: &[Entry<'s>]) -> Option<usize> {
        if self.signs & sign(key) == 0 { None } else { self.look_for(key, entries) }
    }

    #[cold]
    fn look_for(&self, key: &str, entries: &[Entry<'s>]) -> Option<usize> {
        match self.rare.as_ref().and_then(|rare| rare.index.as_ref()) {
            None => {
                let at = entries[self.first..].iter().position(|entry| entry.key.value == key)?;
                Some(self.first + at)
            }
            Some(index) => index.get(key).copied(),
        }
    }

    fn push(&mut self, entry: Entry<'s>, entries: &mut Vec<Entry<'s>>) {
        entries.push(entry);
        if entries.len() - self.first > SMALL_MAP {
            self.index_last(entries);
        }
    }

    #[cold]
    fn index_last(&mut self, entries: &[Entry<'s>]) {
        let index = self.rare.get_or_insert_default().index.get_or_insert_default();
        // All of them, as soon as there are enough.
        let from = if index.is_empty() { self.first } else { entries.len() - 1 };
        index.extend(entries.iter().enumerate().skip(from).map(|(at, entry)| (entry.key.value, at)));
    }

    /// Adds what `<<` brings: a key that is there already wins.
    fn merge(&mut self, from: Node<'s>, entries: &mut Vec<Entry<'s>>) {
        let NodeKind::Map(from) = from.kind else { return };
        self.cut |= from.cut;
        for entry in from.entries {
            if self.find(entry.key.value, entries).is_none() {
                self.signs |= sign(entry.key.value);
                self.push(*entry, entries);
            }
        }
    }

    fn take_node_as_key(
        &mut self,
        node: Node<'s>,
        entries: &mut Vec<Entry<'s>>,
        source: &'s Source,
        problems: &mut Vec<Problem>,
    ) {
        let key = match node.kind {
            NodeKind::Text(text) | NodeKind::Number(text) => text,
            NodeKind::Bool(_) | NodeKind::Null => source.text().get(node.span.range()).unwrap_or(""),
            NodeKind::Invalid => {
                self.pending = PendingNode::Dropped;
                return;
            }
            NodeKind::List(_) | NodeKind::Map(_) => {
                let problem =
                    Problem::at(node.span, "a key must be text", "a list or a table cannot be a key");
                problems.push(
                    problem
                        .help("write a word, then `: `, then the value; put text with `{` or `[` in quotes"),
                );
                self.pending = PendingNode::Dropped;
                return;
            }
        };
        self.take_key(Spanned::new(key, node.span), entries, problems);
    }

    fn take_merge(&mut self, node: Node<'s>, problems: &mut Vec<Problem>) {
        let operands = match node.kind {
            NodeKind::Invalid => {
                self.cut = true;
                return;
            }
            NodeKind::List(items) => items,
            _ => std::slice::from_ref(&node),
        };
        for &operand in operands {
            match operand.kind {
                NodeKind::Map(_) => self.rare.get_or_insert_default().merged.push(operand),
                NodeKind::Invalid => self.cut = true,
                _ => {
                    self.cut = true;
                    let problem = Problem::at(
                        operand.span, "`<<` takes a table to copy keys from", "this is not a table",
                    );
                    problems.push(
                        problem.help("write `<<: *name`, where `&name` marks a table, or put `<<` in quotes"),
                    );
                }
            }
        }
    }
}

/// One bit of many for a key, so that most new keys are known to be so without a look at the others.
fn sign(key: &str) -> u64 {
    let first = key.as_bytes().first().copied().unwrap_or_default();
    1 << ((usize::from(first) ^ (key.len() << 3)) % 64)
}

/// Neither value of a key that was written twice is let through.
#[cold]
fn repeated(first: &mut Entry<'_>, again: Spanned<&str>, problems: &mut Vec<Problem>) {
    first.value.kind = NodeKind::Invalid;
    problems.push(duplicate(again.value, again.span, Some(first.key.span)));
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
