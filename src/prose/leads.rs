//! Words that others go on with: a block above its items, and the list within a sentence.

use std::ops::Range;

use crate::document::{BlockKind, DocumentBlock};

use super::sections::is_of_section;
use super::siblings::starts_again;
use super::words::{is_quoted_head, says, sentences, tokens};

/// Whether an item follows a block that stands in it.
pub(super) fn goes_on(block: &DocumentBlock, next: Option<&DocumentBlock>) -> bool {
    match (&block.kind, next.map(|next| &next.kind)) {
        (BlockKind::Item(own), Some(BlockKind::Item(depth))) if depth > own => true,
        // "1. Ordered services", above a list that is numbered from the start.
        (BlockKind::Item(own), Some(BlockKind::Item(depth))) => {
            let starts = next.is_some_and(|next| starts_again(&block.clause, &next.clause));
            depth == own && starts && is_of_section(&block.text)
        }
        // "3. Scope of services", above a paragraph.
        (BlockKind::Item(0), Some(BlockKind::Paragraph | BlockKind::Row(_))) => is_of_section(&block.text),
        _ => false,
    }
}

/// Whether the items that follow a block go on with its last sentence.
pub(super) fn leads_on(block: &DocumentBlock, next: Option<&DocumentBlock>) -> bool {
    let depth = match next.map(|next| &next.kind) {
        Some(BlockKind::Item(depth)) => depth,
        Some(BlockKind::Row(_)) => {
            return (block.text.ends_with(':') || announces(&block.text)) && !is_quoted_head(&block.text);
        }
        _ => return false,
    };
    let is_deeper = match block.kind {
        BlockKind::Item(own) => *depth > own,
        _ => true,
    };
    is_deeper
        && !is_quoted_head(&block.text)
        && (block.text.ends_with([':', '—', '–'])
            || ends_open(&block.text)
            || announces(&block.text)
            // "Vendor undertakes vis-à-vis Acme", "to release the Audit log".
            || next.is_some_and(|next| next.text.starts_with("to ")) && !block.text.ends_with(['.', ';', ',']))
}

/// Whether the last sentence of a text announces a list: "The System shall have the functions of the following items."
fn announces(text: &str) -> bool {
    const LIST: &[&str] = &["the following", "as follow", "listed below", "described below", "set out below"];
    text.ends_with('.')
        && sentences(text).last().is_some_and(|last| {
            let last = &text[last.clone()];
            (last.contains("follow") || last.contains("below")) && says(&tokens(last), LIST)
        })
}

/// Whether a text ends within a sentence: "Vendor shall". A name, a number and a bracket end more than that.
fn ends_open(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.starts_with(char::is_lowercase) && last.ends_with(char::is_alphabetic)
}

/// A list within a sentence, `Vendor shall: (a) …; (b) …`: the words before it, and its items.
pub(super) fn inline_items(text: &str) -> Option<(Range<usize>, Vec<Range<usize>>)> {
    let marker = |label: &str| text.find(&format!("({label}) "));
    let labels = [
        ["a", "b", "c", "d", "e", "f", "g", "h"],
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"],
        ["1", "2", "3", "4", "5", "6", "7", "8"],
    ];
    labels.iter().find_map(|labels| {
        let mut starts = Vec::new();
        for label in labels {
            match marker(label) {
                Some(at) if starts.last().is_none_or(|before| at > *before) => starts.push(at),
                _ => break,
            }
        }
        if starts.len() < 2 {
            return None;
        }
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let item = |(start, end): (&usize, usize)| {
            let part = text[*start..end].trim_end();
            *start..*start + part.len()
        };
        let lead = text[..starts[0]].trim_end_matches([':', ' ']).len();
        Some((0..lead, starts.iter().zip(ends).map(item).collect()))
    })
}
