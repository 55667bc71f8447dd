//! JSON to tree: `serde_json` judges the syntax, the reader of YAML builds the tree.
//!
//! Every JSON text is a YAML text of the same meaning, but not the other way round, so the strict check
//! comes first. The tree is read even where it fails, and what is sound of it is kept.

use serde::de::IgnoredAny;
use serde_json::error::Category;

use crate::diagnostic::Problem;
use crate::source::Source;

use super::yaml::{self, YamlReading};
use super::{Arena, Entry, Map, Node, NodeKind};

/// Room for quotes, blanks and line breaks between a key and its colon.
const SLACK: usize = 64;

/// Reads a source as JSON.
pub(super) fn parse<'s>(source: &'s Source, arena: &'s Arena) -> (Option<Node<'s>>, Vec<Problem>) {
    let text = source.text();
    if text.trim_ascii().is_empty() {
        let problem = Problem::at(source.span(0..0), "the file is empty", "nothing is written here");
        return (None, vec![problem.help("expected a table of keys and values: `{ … }`")]);
    }
    let strict = serde_json::from_str::<IgnoredAny>(text);
    let YamlReading { mut root, mut problems, syntax } =
        yaml::read(source, arena, "JSON", longest_string(text) + SLACK);
    match strict {
        Ok(_) => problems.extend(syntax),
        Err(error) => {
            let at = place(text, &error);
            let comment = text[at..].starts_with(['/', '#']);
            root = root.map(|root| doubt(root, at, comment, arena));
            // What the reader of YAML says about it beyond this has the same cause.
            if let Some(Node { kind: NodeKind::Map(map), .. }) = &mut root {
                map.cut = true;
            }
            let problem = syntax_problem(source, at, &error);
            let ended = syntax.is_some() && !error.is_eof();
            problems.push(if ended { problem.note(yaml::REST) } else { problem });
        }
    }
    (root, problems)
}

/// How long a key may be, at most: the reader of YAML has to be told, since YAML itself ends one at 1,024.
fn longest_string(text: &str) -> usize {
    let (mut longest, mut start, mut inside, mut escaped) = (0, 0, false, false);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if inside => escaped = true,
            b'"' => {
                if inside {
                    longest = longest.max(at - start);
                }
                (inside, start) = (!inside, at);
            }
            _ => {}
        }
    }
    longest
}

/// What is no JSON is nothing, whatever it would be in YAML: a text without quotes, or a comment, which may have
/// become a part of a key.
fn doubt<'s>(node: Node<'s>, at: usize, comment: bool, arena: &'s Arena) -> Node<'s> {
    if !node.span.range().contains(&at) {
        return node;
    }
    let kind = match node.kind {
        NodeKind::Map(map) => {
            let sound = map.entries.iter().filter(|entry| !(comment && entry.key.span.range().contains(&at)));
            let entries =
                sound.map(|&Entry { key, value }| Entry { key, value: doubt(value, at, comment, arena) });
            NodeKind::Map(Map { entries: arena.items(&entries.collect::<Vec<_>>()), cut: map.cut })
        }
        NodeKind::List(items) => {
            let items = items.iter().map(|&item| doubt(item, at, comment, arena));
            NodeKind::List(arena.items(&items.collect::<Vec<_>>()))
        }
        _ => NodeKind::Invalid,
    };
    Node { span: node.span, kind }
}

/// The byte that an error is about.
fn place(text: &str, error: &serde_json::Error) -> usize {
    if error.is_eof() {
        return text.trim_end().len();
    }
    let at = offset(text, error.line(), error.column());
    // Of these the place before is told.
    match error.to_string().starts_with("control character") {
        true => text[at..].find(|c: char| c.is_ascii_control()).map_or(at, |after| at + after),
        false => at,
    }
}

fn syntax_problem(source: &Source, at: usize, error: &serde_json::Error) -> Problem {
    let text = source.text();
    let words = error.to_string();
    let said = words.rsplit_once(" at line ").map_or(words.as_str(), |(words, _)| words);
    // A `}` where a key is due follows a comma.
    let words = match text[at..].chars().next() {
        Some('}') if said == "key must be a string" => "trailing comma",
        Some('/' | '#') => "comment",
        _ => said,
    };
    let (title, label, help) = plain_words(words, error.classify());
    let width = text[at..].chars().next().filter(|c| !c.is_whitespace()).map_or(0, char::len_utf8);
    Problem::at(source.span(at..at + width), title, label)
        .note(format!("the reader of JSON says: {said}"))
        .help(help)
}

/// The byte of a line and column (both from 1, columns in bytes), on a character's boundary.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start = match line.checked_sub(2) {
        None => 0,
        Some(before) => text.match_indices('\n').nth(before).map_or(text.len(), |(at, _)| at + 1),
    };
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn plain_words(words: &str, category: Category) -> (&'static str, &'static str, &'static str) {
    if category == Category::Eof {
        return (
            "the file ends too early", "something is still open at the end", "close every `{`, `[` and `\"`",
        );
    }
    match words {
        "trailing comma" => (
            "a comma has nothing after it",
            "expected a value or a key after the comma before this",
            "remove the last comma",
        ),
        "comment" => ("JSON has no comments", "this is no JSON", "remove the comment, or use YAML or TOML"),
        "key must be a string" => (
            "a key is not in double quotes",
            "expected a `\"` here",
            "write keys in double quotes: `\"key\": value`",
        ),
        "expected `:`" => ("a key has no colon", "expected `:` before this", "write `\"key\": value`"),
        "expected `,` or `}`" | "expected `,` or `]`" => (
            "a comma or a closing bracket is missing",
            "expected it before this",
            "part the entries with `,` and close the bracket",
        ),
        "trailing characters" => (
            "something follows the end of the value",
            "expected the end of the file",
            "remove what follows the last closing bracket",
        ),
        "recursion limit exceeded" => {
            ("values are nested too deeply", "too deep from here", "write the values with fewer levels")
        }
        "invalid number" => (
            "a number is not written as JSON asks",
            "not a number",
            "write it as `17` or `-1.5`, or as text in double quotes",
        ),
        "invalid escape" => (
            "a backslash is followed by something unknown",
            "not a known escape",
            "write a backslash twice (`\\\\`)",
        ),
        "expected value" | "expected ident" => (
            "a value is missing, or is not written as JSON asks",
            "expected a value here",
            "write text in double quotes; comments and single quotes are not allowed in JSON",
        ),
        _ if words.starts_with("control character") => (
            "a text goes over several lines, or has a tab in it",
            "not allowed inside of quotes",
            "write a line break as `\\n` and a tab as `\\t`",
        ),
        _ => (
            "the file is not valid JSON",
            "cannot be read from here",
            "check the brackets, quotes and commas here",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::FileFormat;
    use super::super::tests::{read_by, source};
    use super::*;

    fn read(text: &str) -> (String, Vec<String>) {
        read_by(FileFormat::Json, text)
    }

    #[test]
    fn json_is_read_as_written() {
        let text =
            "{\"a\": 1.10, \"b\": \"1\",\n\t\"c\"\n: [null, true, -2E5, \"\\ud83d\\ude00\", \"http://x#y\"]}";
        assert_eq!(
            read(text),
            ("{a: 1.10, b: '1', c: [null, true, -2E5, '😀', 'http://x#y']}".into(), vec![])
        );
        let long = "k".repeat(5_000);
        assert_eq!(read(&format!("{{\"{long}\": 1}}")).0, format!("{{{long}: 1}}"));
        assert_eq!(read("{\"a\": 1, \"a\": 2}"), ("{a: !}".into(), vec!["`a` is written twice".into()]));
        assert_eq!(read(" \n").1, ["the file is empty"]);
    }

    #[test]
    fn what_json_does_not_allow_is_told_once() {
        for (text, tree, title, at) in [
            ("{\"a\": 1,}", "{a: 1 …}", "a comma has nothing after it", 8),
            ("{'a': 1}", "{a: 1 …}", "a key is not in double quotes", 1),
            ("{a: 1}", "{a: 1 …}", "a key is not in double quotes", 1),
            ("{\"ü\": 1 \"b\": 2}", "{ü: ! …}", "a comma or a closing bracket is missing", 9),
            ("{\"a\": 1,\n \"b\": 01}", "{a: 1, b: ! …}", "a number is not written as JSON asks", 16),
            ("{\"a\": 1", "nothing", "the file ends too early", 7),
            ("{\"a\": no}", "{a: ! …}", "a value is missing, or is not written as JSON asks", 7),
            ("{\"a\": [1, // b\n 2]}", "{a: [1, !] …}", "JSON has no comments", 10),
            ("/* b */{\"a\":1}", "!", "JSON has no comments", 0),
            ("/* b */ {\"a\": 1}", "{ …}", "JSON has no comments", 0),
            (
                "{\"a\": \"x\ty\", \"b\": 1}",
                "{a: !, b: 1 …}",
                "a text goes over several lines, or has a tab in it",
                8,
            ),
            ("{\"a\": 1} x", "{a: 1 …}", "something follows the end of the value", 9),
        ] {
            assert_eq!(read(text), (tree.into(), vec![title.into()]), "{text}");
            let (source, start) = (source(text), at);
            assert_eq!(
                parse(&source, &Arena::default()).1[0].diagnostic.labels[0].span.start,
                start,
                "{text}"
            );
        }
        let many: String = (0..40).map(|n| format!("\"k{n}\": {n}, ")).collect();
        assert!(read(&format!("{{{many}\"z\": [")).0.starts_with("{k0: 0, k1: 1, "));
        assert_eq!(read(&("[".repeat(20_000) + &"]".repeat(20_000))).1, ["values are nested too deeply"]);
        assert_eq!(read(&"{\"a\":".repeat(20_000)).1, ["the file ends too early"]);
    }
}
