//! What a scalar is, and where.

use std::ops::Range;

use granit_parser::{ScalarStyle, Tag};

use super::super::NodeKind;

/// The place of a scalar without what the parser adds around it; `before` is where the last node ended.
pub(super) fn place(text: &str, range: Range<usize>, style: ScalarStyle, before: usize) -> Range<usize> {
    let is_block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
    let Range { start, end } = range;
    let start = if is_block { block_start(text, start, before) } else { start };
    let last = end.checked_sub(1).and_then(|last| text.as_bytes().get(last));
    let is_longer = last.is_some_and(u8::is_ascii_whitespace);
    start..if is_longer { trimmed_end(text, start..end) } else { end }
}

/// Where a text below a `|` or `>` starts: the parser's span starts at its first line, ours at the mark before it.
#[cold]
fn block_start(text: &str, start: usize, before: usize) -> usize {
    let between = text.get(before..start).unwrap_or("");
    let mark = between.rfind(['|', '>']).filter(|&mark| !between[..mark].contains('#'));
    mark.map_or(start, |mark| before + mark)
}

#[cold]
fn trimmed_end(text: &str, range: Range<usize>) -> usize {
    range.start + text.get(range).unwrap_or("").trim_end().len()
}

/// A lone `!`, which asks for text.
pub(super) fn is_plain_bang(tag: &Tag) -> bool {
    tag.handle().len() + tag.suffix().len() <= 1
}

/// What a scalar with a tag is; `None` where the tag means nothing here.
pub(super) fn tagged<'s>(text: &'s str, style: ScalarStyle, tag: &Tag) -> Option<NodeKind<'s>> {
    let core = tag.core_suffix();
    if core == Some("str") || is_plain_bang(tag) {
        return Some(NodeKind::Text(text));
    }
    if !matches!(style, ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) {
        return None;
    }
    let kind = plain(text);
    let fits = match (core?, &kind) {
        ("null", NodeKind::Null) | ("bool", NodeKind::Bool(_)) | ("float", NodeKind::Number(_)) => true,
        ("int", NodeKind::Number(text)) => !text.contains(['.', 'e', 'E']),
        _ => false,
    };
    fits.then_some(kind)
}

/// What an unquoted scalar is by YAML 1.2's core schema; other notations of numbers stay text.
pub(super) fn plain(text: &str) -> NodeKind<'_> {
    match text.as_bytes().first() {
        None => NodeKind::Null,
        Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b'~' | b'n' | b'N' | b't' | b'T' | b'f' | b'F') => {
            special(text).unwrap_or(NodeKind::Text(text))
        }
        Some(_) => NodeKind::Text(text),
    }
}

/// What a text is that is more than text, or begins so.
fn special(text: &str) -> Option<NodeKind<'_>> {
    match text {
        "~" | "null" | "Null" | "NULL" => Some(NodeKind::Null),
        "true" | "True" | "TRUE" => Some(NodeKind::Bool(true)),
        "false" | "False" | "FALSE" => Some(NodeKind::Bool(false)),
        _ => is_number(text).then_some(NodeKind::Number(text)),
    }
}

/// `1`, `-1.5`, `.5`, `1e9`, but not `017`, which is a number to some and a code to others.
fn is_number(text: &str) -> bool {
    let digits = |text: &mut &[u8]| {
        let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        *text = &text[count..];
        count
    };
    let mut rest = text.as_bytes();
    if let [b'+' | b'-', after @ ..] = rest {
        rest = after;
    }
    let leading_zero = rest.first() == Some(&b'0');
    let whole = digits(&mut rest);
    if leading_zero && whole > 1 {
        return false;
    }
    let mut fraction = 0;
    if let [b'.', after @ ..] = rest {
        rest = after;
        fraction = digits(&mut rest);
    }
    if whole + fraction == 0 {
        return false;
    }
    if let [b'e' | b'E', after @ ..] = rest {
        rest = after;
        if let [b'+' | b'-', after @ ..] = rest {
            rest = after;
        }
        if digits(&mut rest) == 0 {
            return false;
        }
    }
    rest.is_empty()
}
