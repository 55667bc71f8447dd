//! Errors of TOML's syntax in words that need no knowledge of it.

/// Title, label and help of an error.
pub(super) fn plain_words(message: &str, nothing: bool) -> (&'static str, &'static str, &'static str) {
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
