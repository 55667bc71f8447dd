//! Errors of YAML's syntax in words that need no knowledge of it.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use crate::diagnostic::Problem;
use crate::source::Source;

/// An error of the syntax in words that need no knowledge of YAML; the parser's own stay as a note. `bracket` is
/// where the first open one stands: left open on an earlier line, it is the likelier cause of some errors.
pub(super) fn syntax_problem(
    source: &Source,
    format: &str,
    error: &ScanError,
    bracket: Option<usize>,
) -> Problem {
    let text = source.text();
    let mut at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let span = source.span(place(text, at, error.kind()));
    let note = format!("the reader of {format} says: {}", error.info());
    let unclosed = bracket.filter(|&bracket| {
        let astray = matches!(
            error.kind(),
            ErrorKind::MappingValueNotAllowed
                | ErrorKind::InvalidColonPlacement
                | ErrorKind::BlockEntryInFlowCollection
                | ErrorKind::InvalidFlowScalarIndent
        );
        astray && text.get(bracket..at).is_some_and(|between| between.contains('\n'))
    });
    if let Some(bracket) = unclosed {
        let (title, _, help) = plain_words(&ErrorKind::UnexpectedEofFlowSequence);
        let problem = Problem::at(source.span(bracket..bracket + 1), title, "opened here");
        return problem.label(span, "reading broke off here").note(note).help(help);
    }
    let (title, label, help) = match error.kind() {
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => (
            "a text holds a control character",
            "not allowed in a file",
            "remove the character, or write it as an escape in double quotes, such as `\\x1b`",
        ),
        kind => plain_words(kind),
    };
    Problem::at(span, title, label).note(note).help(help)
}

/// What is wrong, where the parser stopped near it.
fn place(text: &str, at: usize, kind: &ErrorKind) -> Range<usize> {
    use ErrorKind as E;
    let first =
        |at: usize| text[at..].chars().next().filter(|c| !c.is_whitespace()).map_or(0, char::len_utf8);
    match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart => tab(text, at),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => {
            wrong_escape(&text[at..]).map(|escape| at + escape.start..at + escape.end)
        }
        E::UnexpectedCharacter { character } => {
            text[at..].find(*character).map(|after| at + after..at + after + character.len_utf8())
        }
        // The whole of what lacks its colon.
        E::SimpleKeyExpected | E::InvalidSimpleKey => {
            text[at..].find(char::is_whitespace).filter(|&end| end > 0).map(|end| at..at + end)
        }
        _ => None,
    }
    .unwrap_or(at..at + first(at))
}

/// The tab that a line is indented with: that of the line where the parser stopped, or of a later one.
fn tab(text: &str, at: usize) -> Option<Range<usize>> {
    let mut start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    for line in text[start..].split_inclusive('\n') {
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            return Some(start + tab..start + tab + 1);
        }
        start += line.len();
    }
    None
}

/// The first escape of a text in double quotes that means nothing.
fn wrong_escape(quoted: &str) -> Option<Range<usize>> {
    let mut rest = quoted.char_indices();
    while let Some((start, character)) = rest.next() {
        if character != '\\' {
            continue;
        }
        let (at, named) = rest.next()?;
        let digits = match named {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            '0' | 'a' | 'b' | 't' | '\t' | 'n' | 'v' | 'f' | 'r' | 'e' | ' ' | '"' | '/' | '\\' | 'N'
            | '_' | 'L' | 'P' | '\n' | '\r' => continue,
            _ => return Some(start..at + named.len_utf8()),
        };
        let hex = quoted[at + 1..].chars().take(digits).take_while(char::is_ascii_hexdigit).count();
        let code = quoted.get(at + 1..at + 1 + digits).filter(|_| hex == digits);
        let code = code.and_then(|code| u32::from_str_radix(code, 16).ok());
        // Half of a pair is no character by itself; the parser knows whether the other half follows.
        if code.is_none_or(|code| char::from_u32(code).is_none()) {
            return Some(start..at + 1 + hex);
        }
    }
    None
}

/// Title, label and help of an error.
fn plain_words(kind: &ErrorKind) -> (&'static str, &'static str, &'static str) {
    use ErrorKind as E;
    match kind {
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabInPlainScalar
        | E::TabAtBlockScalarStart => (
            "a line is indented with a tab",
            "the tab is here",
            "indent with spaces; tabs are not allowed in YAML",
        ),
        E::SimpleKeyExpected | E::InvalidSimpleKey => (
            "a key has no colon",
            "expected `: ` after a key",
            "write `key: value`; text that goes over several lines needs quotes or `|`",
        ),
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => (
            "a quote is opened and never closed",
            "the quoted text starts here",
            "close the text with the same quote that opens it",
        ),
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => (
            "something follows a quoted text on its line",
            "expected nothing more here",
            "put the whole text in quotes, and write a quote inside of it twice (`''`) or as `\\\"`",
        ),
        E::UnclosedFlowCollection { .. }
        | E::UnexpectedEofFlowSequence
        | E::UnexpectedEofFlowMapping
        | E::UnexpectedEofImplicitFlowMapping => (
            "a bracket is opened and never closed", "opened here, or before here",
            "close `[` with `]`, and `{` with `}`",
        ),
        E::MismatchedFlowCollectionEnd { .. } | E::MisplacedFlowCollectionEnd => (
            "a closing bracket does not match",
            "no bracket of this kind is open",
            "close `[` with `]`, and `{` with `}`; put text with brackets in quotes",
        ),
        E::ExpectedFlowSequenceSeparator | E::ExpectedFlowMappingSeparator => (
            "a comma or a closing bracket is missing",
            "expected a comma or a closing bracket before this",
            "part the entries with `,` and close the bracket",
        ),
        E::MappingValueNotAllowed | E::MappingKeyNotAllowed | E::InvalidColonPlacement => (
            "a colon stands where no key can be",
            "this cannot be a key or its value",
            "put text that holds `: ` in quotes, and check that the line is indented as those above it",
        ),
        E::InvalidIndentation
        | E::ExpectedBlockMappingKey
        | E::ExpectedBlockSequenceEntry
        | E::InvalidBlockScalarIndent
        | E::InvalidQuotedScalarIndent
        | E::InvalidFlowScalarIndent
        | E::BlockSequenceEntryNotAllowed => (
            "a line does not fit in with those above it",
            "unexpected here",
            "start the keys of a table, and the `-` of a list, in the same column; put text with special characters in quotes",
        ),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => (
            "a backslash is followed by something unknown",
            "not a known escape",
            "write a backslash twice (`\\\\`), or use single quotes",
        ),
        E::RecursionLimitExceeded => {
            ("values are nested too deeply", "too deep from here", "write the values with fewer levels")
        }
        E::UnexpectedCharacter { .. } => (
            "a character cannot start a text",
            "not allowed here",
            "put the text in quotes, or remove the character",
        ),
        _ => (
            "the file is not valid YAML",
            "cannot be read from here",
            "check the brackets, quotes and indentation here and on the line above",
        ),
    }
}
