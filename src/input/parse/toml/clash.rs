//! Names that are defined twice: both places are told, and neither value is let through.

use std::ops::Range;

use super::super::yaml::duplicate;
use super::super::{Kind, Node};
use super::outline::{header_path, line_of, names_of};
use crate::diagnostic::Problem;
use crate::input::source::{Source, Span};

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
    root: &mut Node<'_>,
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
    let mut first = invalidate(root, &path, at.start).filter(|first| *first != again);
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

/// Marks what a path leads to as invalid, or the table that it is lost in as cut; gives the key's place.
fn invalidate(root: &mut Node<'_>, path: &[&str], before: usize) -> Option<Span> {
    let mut node = root;
    let mut found = None;
    for name in path {
        let map = match &mut node.kind {
            Kind::Map(map) => map,
            Kind::List(items) => {
                let last = items.iter().rposition(|item| (item.span.start as usize) < before)?;
                let Kind::Map(map) = &mut items[last].kind else { return None };
                map
            }
            _ => return found,
        };
        map.cut = true;
        let entry = map.entries.iter_mut().find(|entry| *entry.key.value == **name)?;
        found = Some(entry.key.span);
        node = &mut entry.value;
    }
    node.kind = Kind::Invalid;
    found
}
