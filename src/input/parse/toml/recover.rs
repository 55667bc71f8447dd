//! What is sound of a text with errors.
//!
//! The reader stops at a key without a value, and reads on for ever inside an open bracket. So the text is read
//! again with the worst places blanked (bytes keep their places) until nothing more is won.

use std::borrow::Cow;
use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

use crate::diagnostic::Problem;
use crate::source::Source;

use super::super::{Arena, Node};
use super::TomlReader;
use super::clash::{DUPLICATE_LIMIT, Draft, clash, is_clash};
use super::damage::Damage;
use super::outline::{TableShape, line_of, next_header, shape};
use super::words::{capped, is_missing_key, problem};

/// How often a broken text is read again before all that is left of it is given up.
const ROUNDS: usize = 16;

/// Reads what is sound of a text with errors.
pub(super) fn recover<'s>(source: &'s Source, arena: &'s Arena) -> (Option<Node<'s>>, Vec<Problem>) {
    let mut text = source.text().to_owned();
    let mut found: Vec<(Range<usize>, Problem)> = Vec::new();
    let mut holes: Vec<Range<usize>> = Vec::new();
    let mut everywhere = false;
    for round in 0.. {
        let (table, errors) = DeTable::parse_recoverable(&text);
        let errors = in_order(errors, text.len());
        let mut next = if round <= ROUNDS { next_holes(&text, table.get_ref(), &errors) } else { Vec::new() };
        if let (ROUNDS, Some(first)) = (round, next.first_mut()) {
            first.range.end = text.len();
            next.truncate(1);
        }
        if !next.iter().any(|hole| !text[hole.range.clone()].trim_ascii().is_empty()) {
            let (root, problems) =
                finish(source, arena, &text, table.into_inner(), &errors, holes, everywhere);
            found.extend(problems);
            return (root, capped(found));
        }
        drop(table);
        for hole in next {
            everywhere |= hole.everywhere;
            let place = line_of(source.text(), hole.at.start);
            // Several errors in one line have one cause.
            if found.last().is_none_or(|(at, _)| line_of(source.text(), at.start) != place) {
                found.push((hole.at.clone(), problem(source, hole.at, &hole.message)));
            }
            blank(&mut text, &hole.range);
            holes.push(hole.range);
        }
    }
    (None, capped(found))
}

/// A part of the text that keeps what follows from being read.
struct Hole {
    range: Range<usize>,
    at: Range<usize>,
    message: String,
    /// Whether it may have cost any table an entry, and not only the one that it is in.
    everywhere: bool,
}

/// The errors by place; those of the reader's later passes come last otherwise.
fn in_order(errors: Vec<Error>, len: usize) -> Vec<(Range<usize>, String)> {
    let mut errors: Vec<_> = errors
        .into_iter()
        .map(|error| {
            let span = error.span().unwrap_or(len..len);
            let start = span.start.min(len);
            (start..span.end.clamp(start, len), error.message().to_owned())
        })
        .collect();
    errors.sort_by_key(|(at, _)| (at.start, at.end));
    errors
}

fn next_holes(text: &str, table: &DeTable<'_>, errors: &[(Range<usize>, String)]) -> Vec<Hole> {
    let mut statements = Vec::new();
    collect_statements(text, table, &mut statements);
    statements.sort_by_key(|(whole, _)| whole.start);
    let around = |at: usize| {
        let after = statements.partition_point(|(whole, _)| whole.start <= at);
        after.checked_sub(1).map(|i| &statements[i]).filter(|(whole, _)| at <= whole.end)
    };
    // A bracket or quote that swallows the rest hides every error after its start.
    let open = errors.iter().find(|(_, message)| swallows(message)).map(|(at, message)| {
        // The reader may have left an open table before it came to the end.
        let left_open =
            statements.iter().take_while(|(whole, _)| whole.start <= at.start).find(|(_, value)| {
                let value = &text[value.clone()];
                (value.starts_with('[') && !value.ends_with(']'))
                    || (value.starts_with('{') && !value.ends_with('}'))
            });
        let (start, opener) = left_open
            .or_else(|| around(at.start))
            .map_or((at.start, at.start), |(whole, value)| (whole.start, value.start));
        let start = line_of(text, start).start;
        let string = message.starts_with("invalid multi-line");
        let end = if string { text.len() } else { next_header(text, line_of(text, opener).end) };
        let width = if string { 3 } else { 1 };
        Hole {
            range: start..end,
            at: opener..(opener + width).min(end),
            message: message.clone(),
            everywhere: string,
        }
    });
    let limit = open.as_ref().map_or(text.len() + 1, |hole| hole.range.start);
    let mut holes: Vec<Hole> = Vec::new();
    for (at, message) in errors.iter().take_while(|(at, _)| at.start < limit) {
        let line = line_of(text, at.start);
        if holes.last().is_some_and(|hole| line.start < hole.range.end) {
            continue;
        }
        let header = text[line.clone()].trim_start().starts_with('[')
            && around(at.start).is_none()
            && !is_clash(message);
        if header {
            let end = next_header(text, line.end);
            holes.push(Hole {
                range: line.start..end,
                at: at.clone(),
                message: message.clone(),
                everywhere: true,
            });
        } else if stops(message) {
            holes.push(Hole { range: line, at: at.clone(), message: message.clone(), everywhere: false });
        }
    }
    if holes.is_empty() { open.into_iter().collect() } else { holes }
}

fn swallows(message: &str) -> bool {
    message.starts_with("unclosed array,")
        || message.starts_with("unclosed inline table")
        || (message.starts_with("invalid multi-line")
            && message.ends_with(['`', '\''])
            && message.contains("string, expected"))
}

/// Whether the reader drops all that follows such an error.
fn stops(message: &str) -> bool {
    ["key with no value", "missing value for key", "invalid key-value pair", "invalid key"]
        .iter()
        .any(|start| message.starts_with(start))
}

/// The keys with values that stand below headers: whole, and the value alone.
fn collect_statements(text: &str, table: &DeTable<'_>, into: &mut Vec<(Range<usize>, Range<usize>)>) {
    for (key, value) in table.iter() {
        match shape(text, key.span(), value) {
            TableShape::Tables(tables) => {
                for table in tables {
                    collect_statements(text, table, into);
                }
            }
            TableShape::Inline => {
                into.push((key.span().start..value.span().end.max(key.span().end), value.span()))
            }
        }
    }
}

/// Replaces a part with spaces, so that all that stays keeps its place.
fn blank(text: &mut String, range: &Range<usize>) {
    let spaces: String =
        text[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range.clone(), &spaces);
}

fn finish<'s>(
    source: &'s Source,
    arena: &'s Arena,
    text: &str,
    table: DeTable<'_>,
    errors: &[(Range<usize>, String)],
    holes: Vec<Range<usize>>,
    everywhere: bool,
) -> (Option<Node<'s>>, Vec<(Range<usize>, Problem)>) {
    let mut headers = Vec::new();
    collect_headers(text, &table, &mut headers);
    headers.sort_unstable();
    let unknown =
        |message: &str| message.starts_with("cannot recurse") || stops(message) || swallows(message);
    let damage = Damage::new(
        errors.iter().map(|(at, message)| (at.clone(), is_clash(message))).chain(
            holes.into_iter().map(|hole| (hole.start..hole.end.saturating_sub(1).max(hole.start), false)),
        ),
        everywhere || errors.iter().any(|(_, message)| unknown(message)),
    );
    // The text that was read is gone before the tree is.
    let own = |arena: &'s Arena, text: Cow<'_, str>| arena.text(Cow::Owned(text.into_owned()));
    let reader = TomlReader { source, arena, text, damage, headers, own };
    let mut root = Draft::Read(reader.root(table));
    let mut found = Vec::new();
    let mut last_line = None;
    let mut clashes = 0;
    // Where a key is missing the reader makes an empty one up, and what stands below a header that is there twice
    // it reads as if it stood below the first: what clashes there is not what is wrong.
    let makes_up_keys = errors.iter().any(|(_, message)| is_missing_key(message));
    let mut below_twice = 0..0;
    for (at, message) in errors {
        if is_clash(message) {
            let line = line_of(text, at.start);
            let is_made_up = makes_up_keys && matches!(&text[at.clone()], "" | "\"\"" | "''");
            if is_made_up || below_twice.contains(&at.start) {
                continue;
            }
            if text[line.clone()].trim_start().starts_with('[') {
                below_twice = line.end..next_header(text, line.end);
            }
            clashes += 1;
            if clashes <= DUPLICATE_LIMIT {
                found.push((at.clone(), clash(source, text, &mut root, at.clone(), message)));
            }
            continue;
        }
        // Several errors in one line have one cause.
        let line = line_of(text, at.start).start;
        if last_line != Some(line) {
            found.push((at.clone(), problem(source, at.clone(), message)));
        }
        last_line = Some(line);
    }
    ((clashes <= DUPLICATE_LIMIT).then(|| root.finish(arena)), found)
}

fn collect_headers(text: &str, table: &DeTable<'_>, into: &mut Vec<usize>) {
    for (key, value) in table.iter() {
        let TableShape::Tables(tables) = shape(text, key.span(), value) else { continue };
        match value.get_ref() {
            DeValue::Array(items) => into.extend(items.iter().map(|item| item.span().start)),
            _ if value.span() != key.span() => into.push(value.span().start),
            _ => {}
        }
        for table in tables {
            collect_headers(text, table, into);
        }
    }
}
