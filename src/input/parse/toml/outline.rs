//! How a text is laid out: lines, headers, and which values are tables below headers.

use std::ops::Range;

use toml::Spanned as At;
use toml::de::{DeTable, DeValue};

pub(super) enum TableShape<'a, 't> {
    /// Tables that headers or dotted keys make.
    Tables(Vec<&'a DeTable<'t>>),
    /// A value that is written out after a `=`.
    Inline,
}

pub(super) fn shape<'a, 't>(text: &str, key: Range<usize>, value: &'a At<DeValue<'t>>) -> TableShape<'a, 't> {
    match value.get_ref() {
        DeValue::Table(table) if is_outline(text, &key, &value.span()) => TableShape::Tables(vec![table]),
        DeValue::Array(items) if is_tables(text, value) => {
            TableShape::Tables(items.iter().filter_map(|item| item.get_ref().as_table()).collect())
        }
        _ => TableShape::Inline,
    }
}

/// Whether a table with this span stands below a header, or was made by a dotted key; others start with `{`.
pub(super) fn is_outline(text: &str, key: &Range<usize>, span: &Range<usize>) -> bool {
    span == key || text.as_bytes().get(span.start) != Some(&b'{')
}

/// Whether an array is made of `[[headers]]`: it then has the place of the first one.
pub(super) fn is_tables(text: &str, array: &At<DeValue<'_>>) -> bool {
    array.get_ref().as_array().and_then(|items| items.iter().next()).is_some_and(|first| {
        first.get_ref().is_table()
            && first.span().start == array.span().start
            && text[array.span().start..].starts_with('[')
    })
}

/// The line that a byte is in, without its line break.
pub(super) fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text.as_bytes()[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |before| before + 1);
    start..line_end(text, at)
}

pub(super) fn line_end(text: &str, at: usize) -> usize {
    text.as_bytes()[at..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |after| at + after)
}

/// Where the next line starts that can only be a header; what is before it belongs to something broken.
pub(super) fn next_header(text: &str, from: usize) -> usize {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if at > from && header_path(line).is_some() {
            return at;
        }
        at += line.len();
    }
    text.len()
}

/// The names in a header line.
pub(super) fn header_path(line: &str) -> Option<Vec<&str>> {
    let line = line.trim().strip_prefix('[')?;
    let line = line.strip_prefix('[').unwrap_or(line);
    let (names, after) = line.split_once(']')?;
    let after = after.trim_start_matches(']').trim_start();
    let names = names.trim();
    let is_name = |c: char| c.is_alphanumeric() || "-_.\"' ".contains(c);
    let sound =
        names.starts_with(|c: char| c.is_alphabetic() || "_\"'".contains(c)) && names.chars().all(is_name);
    (sound && (after.is_empty() || after.starts_with('#'))).then(|| names_of(names))
}

/// The names of a dotted key; dots in quotes part nothing.
pub(super) fn names_of(dotted: &str) -> Vec<&str> {
    let mut quote = None;
    dotted
        .split(|c: char| {
            match quote {
                Some(open) if open == c => quote = None,
                None if c == '"' || c == '\'' => quote = Some(c),
                _ => {}
            }
            c == '.' && quote.is_none()
        })
        .map(|name| name.trim().trim_matches(['"', '\'']))
        .collect()
}
