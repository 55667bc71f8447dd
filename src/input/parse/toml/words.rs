//! Errors of TOML's syntax in words that need no knowledge of it.

use std::ops::Range;

use crate::diagnostic::{Help, Problem};
use crate::source::Source;

use super::outline::line_of;

/// How many problems of one file are told; the rest follows from them more often than not.
pub(super) const PROBLEM_LIMIT: usize = 20;

/// The problems by place, and not more than a reader can take in.
pub(super) fn capped(mut found: Vec<(Range<usize>, Problem)>) -> Vec<Problem> {
    found.sort_by_key(|(at, _)| at.start);
    let more = found.len().saturating_sub(PROBLEM_LIMIT);
    let mut problems: Vec<_> = found.into_iter().take(PROBLEM_LIMIT).map(|(_, problem)| problem).collect();
    if more > 0
        && let Some(last) = problems.pop()
    {
        problems.push(last.note(format!("{more} more problems in this file are not shown")));
    }
    problems
}

/// An error in words that need no knowledge of TOML; the parser's own stay as a note.
pub(super) fn problem(source: &Source, at: Range<usize>, message: &str) -> Problem {
    let text = source.text();
    let boundary = |mut byte: usize| {
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    let at = boundary(at.start)..boundary(at.end);
    if let Some(value) = text_without_quotes(text, &at) {
        let written = &text[value.clone()];
        let help = Help::from(format!("write it in quotes: `\"{written}\"`"));
        let value = source.span(value);
        return Problem::at(value, "a text is not in quotes", "expected quotes around this")
            .note(format!("the reader of TOML says: {message}"))
            .help(help.replacing(value, written));
    }
    let is_header = text[line_of(text, at.start)].trim_start().starts_with('[');
    let (title, label, help) = match is_missing_key(message) && !is_header {
        true => ("a key is missing", "expected a key before this", "write `key = \"value\"`"),
        false => plain_words(message, text[at.clone()].is_empty()),
    };
    Problem::at(source.span(at), title, label).note(format!("the reader of TOML says: {message}")).help(help)
}

/// The value in which an error lies, where that is a text without quotes: a word, a release such as `4.2.1`, a date that
/// TOML does not have, such as `2027-01`.
fn text_without_quotes(text: &str, at: &Range<usize>) -> Option<Range<usize>> {
    let line = line_of(text, at.start);
    let begin = line.start + text[line.start..at.start].rfind(['=', ',', '[', '{'])? + 1;
    let end =
        text[begin..line.end].find([',', ']', '}', '#', '\n', '\r']).map_or(line.end, |end| begin + end);
    let value = &text[begin..end];
    let begin = begin + value.len() - value.trim_start().len();
    let range = begin..begin + value.trim().len();
    let value = value.trim();
    if !range.contains(&at.start) || value.contains(['"', '\'', '\\', '=', '[', '{', ':']) {
        return None;
    }
    let is_bool = ["true", "false"].iter().any(|word| word.starts_with(&value.to_ascii_lowercase()));
    let is_day = value.len() == 10
        && value.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let has_words = value.contains(|c: char| c.is_alphabetic()) && !is_bool;
    let is_version = value.matches('.').count() > 1;
    let is_period = value.starts_with(|c: char| c.is_ascii_digit()) && value.contains('-');
    (!is_day && (has_words || is_version || is_period)).then_some(range)
}

/// Whether an error is about a key, or the name of a table, that is not there.
pub(super) fn is_missing_key(message: &str) -> bool {
    message.starts_with("unquoted keys cannot be empty")
}

/// Title, label and help of an error.
fn plain_words(message: &str, nothing: bool) -> (&'static str, &'static str, &'static str) {
    let starts = |words: &[&str]| words.iter().any(|word| message.starts_with(word));
    if starts(&["key with no value", "missing value for key"]) {
        (
            "a key has no `=` and no value",
            "expected `=` and a value after the key",
            "write `key = \"value\"`, or put `#` before a remark",
        )
    } else if starts(&["missing value"]) || (nothing && starts(&["string values must be quoted"])) {
        ("a value is missing", "expected a value here", "write a value, or remove the key")
    } else if starts(&["string values must be quoted"]) {
        ("a text is not in quotes", "expected quotes around this", "write text in quotes: `\"…\"`")
    } else if starts(&[
        "unclosed array table", "unclosed table", "invalid table", "unquoted keys cannot be empty",
    ]) {
        (
            "a table's name is not written as it should be",
            "expected a name in brackets",
            "write `[name]`, or `[[name]]` for an entry of a list",
        )
    } else if starts(&["unclosed"]) {
        ("a bracket is opened and never closed", "opened here", "close `[` with `]`, and `{` with `}`")
    } else if starts(&["invalid multi-line", "invalid basic string", "invalid literal string"]) {
        (
            "a quote is opened and never closed, or holds what it cannot",
            "expected the closing quote",
            "close the text with the same quotes that open it, on the same line for single ones",
        )
    } else if starts(&["invalid date", "invalid time", "invalid datetime", "invalid offset"])
        || message.contains("date")
    {
        (
            "a date or time does not exist",
            "not a date",
            "write a date as `2027-03-31`, and any other text in quotes",
        )
    } else if starts(&["invalid boolean"]) {
        (
            "a value is neither `true` nor `false`",
            "expected `true`, `false`, or text in quotes",
            "write text in quotes: `\"…\"`",
        )
    } else if starts(&["missing escaped value", "too few unicode", "invalid value"]) {
        (
            "a backslash is followed by something unknown",
            "not a known escape",
            "write a backslash twice (`\\\\`), or use single quotes",
        )
    } else if starts(&["missing comma"]) {
        ("a comma is missing", "expected a comma before this", "part the entries with `,`")
    } else if starts(&["extra comma"]) {
        ("there is a comma too many", "expected a value before this comma", "remove the comma")
    } else if starts(&["cannot recurse", "recursion limit"]) {
        ("values are nested too deeply", "too deep from here", "write the values with fewer levels")
    } else if message.contains("number")
        || message.contains("integer")
        || message.contains("digit")
        || message.contains("zero")
        || message.contains("sign")
    {
        (
            "a number is not written as TOML asks",
            "not a number",
            "write it as `17` or `-1.5`, or as text in quotes",
        )
    } else {
        (
            "the file is not valid TOML",
            "cannot be read here",
            "check the quotes, brackets and `=` of this line",
        )
    }
}
