//! Errors of TOML's syntax in words that need no knowledge of it.

use std::ops::Range;

use crate::diagnostic::Problem;
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
    let is_header = text[line_of(text, at.start)].trim_start().starts_with('[');
    let (title, label, help) = match is_missing_key(message) && !is_header {
        true => ("a key is missing", "expected a key before this", "write `key = \"value\"`"),
        false => plain_words(message, text[at.clone()].is_empty()),
    };
    Problem::at(source.span(at), title, label).note(format!("the reader of TOML says: {message}")).help(help)
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
        "unclosed array table",
        "unclosed table",
        "invalid table",
        "unquoted keys cannot be empty",
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
