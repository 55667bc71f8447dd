//! Names that are defined twice: both places are told, and neither value is let through.

use std::ops::Range;

use crate::diagnostic::Problem;
use crate::source::{Source, Span, Spanned};

use super::super::yaml::duplicate;
use super::super::{Arena, Entry, Map, Node, NodeKind};
use super::outline::{header_path, line_of, names_of};

/// With more names than this written twice, nothing in the file can be trusted.
pub(super) const DUPLICATE_LIMIT: usize = 200;

/// Whether an error is about names that exist already.
pub(super) fn is_clash(message: &str) -> bool {
    message.starts_with("duplicate key") || message.starts_with("cannot extend")
}

/// A name that was defined before: tells both places, and lets neither value through.
pub(super) fn clash(
    source: &Source,
    text: &str,
    root: &mut Draft<'_>,
    at: Range<usize>,
    message: &str,
) -> Problem {
    let line = line_of(text, at.start);
    let before = &text[line.start..at.end];
    let name = text[at.clone()].trim_matches(['"', '\'']);
    let header = before.trim_start().starts_with('[');
    let mut path = Vec::new();
    if !header {
        path = text[..line.start].lines().rev().find_map(header_path).unwrap_or_default();
    }
    path.extend(names_of(before.trim_start().trim_start_matches('[')));
    let again = source.span(at.clone());
    let mut first = root.invalidate(&path, at.start).filter(|first| *first != again);
    if header && first.is_none() {
        // The reader keeps the last header's place; the first is found in the text.
        let mut start = 0;
        for line in text[..line.start].split_inclusive('\n') {
            if header_path(line).is_some_and(|earlier| earlier == path) {
                let indent = line.len() - line.trim_start().len();
                first = Some(source.span(start + indent..start + line.trim_end().len()));
                break;
            }
            start += line.len();
        }
    }
    if message.starts_with("duplicate key") {
        let problem = duplicate(name, again, first);
        let is_table = header && !before.trim_start().starts_with("[[");
        return match is_table {
            true => problem.help(format!("or, for a list, write `[[{}]]` above each entry", path.join("."))),
            false => problem,
        };
    }
    let problem =
        Problem::at(again, format!("`{name}` is a value, and cannot hold keys"), "used as a table here");
    let problem = match first {
        Some(first) => problem.label(first, "written as a value here"),
        None => problem,
    };
    problem.help("rename one of the two; neither was used")
}

/// A tree that clashes are still found in: taken apart where they were.
pub(super) enum Draft<'s> {
    /// All of it as it was read.
    Read(Node<'s>),
    List(Span, Vec<Draft<'s>>),
    /// A table that has lost something.
    Cut(Span, Vec<(Spanned<&'s str>, Draft<'s>)>),
}

impl<'s> Draft<'s> {
    /// Marks what a path leads to as invalid, or the table that it is lost in as cut; gives the key's place.
    fn invalidate(&mut self, path: &[&str], before: usize) -> Option<Span> {
        let mut draft = self;
        let mut found = None;
        for name in path {
            draft.take_apart();
            let entries = match draft {
                Self::Cut(_, entries) => entries,
                Self::List(_, items) => {
                    let last = items.iter().rposition(|item| (item.span().start as usize) < before)?;
                    items[last].take_apart();
                    let Self::Cut(_, entries) = &mut items[last] else { return None };
                    entries
                }
                Self::Read(_) => return found,
            };
            let (key, value) = entries.iter_mut().find(|(key, _)| key.value == *name)?;
            found = Some(key.span);
            draft = value;
        }
        *draft = Self::Read(Node { span: draft.span(), kind: NodeKind::Invalid });
        found
    }

    fn span(&self) -> Span {
        match self {
            Self::Read(node) => node.span,
            Self::List(span, _) | Self::Cut(span, _) => *span,
        }
    }

    fn take_apart(&mut self) {
        let Self::Read(Node { span, kind }) = *self else { return };
        match kind {
            NodeKind::List(items) => {
                *self = Self::List(span, items.iter().copied().map(Self::Read).collect())
            }
            NodeKind::Map(map) => {
                let entries = map.entries.iter().map(|entry| (entry.key, Self::Read(entry.value)));
                *self = Self::Cut(span, entries.collect());
            }
            _ => {}
        }
    }

    /// The tree with all that was marked.
    pub(super) fn finish(self, arena: &'s Arena) -> Node<'s> {
        match self {
            Self::Read(node) => node,
            Self::List(span, items) => {
                let items: Vec<_> = items.into_iter().map(|item| item.finish(arena)).collect();
                Node { span, kind: NodeKind::List(arena.items(&items)) }
            }
            Self::Cut(span, entries) => {
                let entries =
                    entries.into_iter().map(|(key, value)| Entry { key, value: value.finish(arena) });
                let entries: Vec<_> = entries.collect();
                Node { span, kind: NodeKind::Map(Map { entries: arena.items(&entries), cut: true }) }
            }
        }
    }
}
