//! YAML to tree.
//!
//! Open lists and tables stand on a stack of our own, so nesting costs no call stack, and an error of the
//! syntax closes what is open: what was sound before it survives, marked as cut.

mod alias;
mod builder;
mod events;
mod lines;
mod scalar;
mod table;
mod words;

use crate::diagnostic::Problem;
use crate::source::Source;

use super::{Arena, Entry, Node, NodeKind};

pub(super) use events::read;
pub(super) use table::duplicate;

/// How deep a tree may be; the parser holds what is written to it, we hold what aliases add.
const DEPTH_LIMIT: usize = 255;

/// What is said of an error at which reading ended: there may be more of them.
pub(super) const REST: &str = "the rest of the file was not read";

/// Reads a source as YAML.
pub(super) fn parse<'s>(source: &'s Source, arena: &'s Arena) -> (Option<Node<'s>>, Vec<Problem>) {
    if let Some(read) = lines::read(source, arena) {
        return read;
    }
    // YAML 1.2.2 lets a key without `?` be 1,024 characters long.
    let mut reading = read(source, arena, "YAML", 1024);
    if reading.root.is_none() && reading.syntax.is_none() {
        let end = source.text().len();
        let problem = Problem::at(source.span(end..end), "the file is empty", "nothing is written here");
        reading.problems.push(problem.help("expected a table of keys and values"));
    }
    reading.problems.extend(reading.syntax);
    (reading.root, reading.problems)
}

/// What the reader made of a text.
pub(super) struct YamlReading<'s> {
    /// The tree, as far as it could be read.
    pub(super) root: Option<Node<'s>>,
    /// Everything but an error of the syntax, in the order of the file.
    pub(super) problems: Vec<Problem>,
    /// The error of the syntax at which reading ended.
    pub(super) syntax: Option<Problem>,
}

#[cfg(test)]
mod tests {
    use super::super::FileFormat;
    use super::super::tests::{read_by, source, titles};
    use super::*;

    fn read_brief(text: &str) -> (String, Vec<String>) {
        read_by(FileFormat::Yaml, text)
    }

    fn tree(text: &str) -> String {
        let (tree, problems) = read_brief(text);
        assert!(problems.is_empty(), "{text}: {problems:?}");
        tree
    }

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        assert_eq!(
            tree("[true, False, ~, null, 1.10, -5, +.5, 1e9]"),
            "[true, false, null, null, 1.10, -5, +.5, 1e9]"
        );
        assert_eq!(
            tree("[017, 0x1F, no, yes, on, 2026-01-15, 1.2.3, 1_000, .inf, '1', \"true\", 1e]"),
            "['017', '0x1F', 'no', 'yes', 'on', '2026-01-15', '1.2.3', '1_000', '.inf', '1', 'true', '1e']"
        );
        assert_eq!(tree("a: !!str 5\nb: ! 5\nc: !!int '7'\nd: !!null ''"), "{a: '5', b: '5', c: 7, d: null}");
        assert_eq!(tree("1: a\ntrue: b\n~: c"), "{1: 'a', true: 'b', ~: 'c'}");
        assert_eq!(tree(": a\n~: b"), "{: 'a', ~: 'b'}");
    }

    #[test]
    fn spans_are_what_was_written() {
        let text =
            "a: |  # note\n  x\n  y\n\nb:\n  - 'q'\n  - c: 1\n\n# end\nd: !!str >-\n  z\ne: {f: g } \n";
        let source = source(text);
        let arena = Arena::default();
        let (root, problems) = parse(&source, &arena);
        assert!(problems.is_empty());
        let Some(Node { kind: NodeKind::Map(map), span }) = root else { panic!("no table") };
        let texts: Vec<_> = map.entries.iter().map(|entry| &text[entry.value.span.range()]).collect();
        assert_eq!(texts, ["|  # note\n  x\n  y", "- 'q'\n  - c: 1", ">-\n  z", "{f: g }"]);
        assert_eq!(&text[span.range()], text.trim_end());
    }

    #[test]
    fn a_key_written_twice_is_nobody() {
        let (tree, problems) = read_brief("a: 1\nb: 2\na: {c: 3}\n");
        assert_eq!(tree, "{a: !, b: 2}");
        assert_eq!(problems, ["`a` is written twice"]);
        let many: String = (0..40).map(|n| format!("k{n}: 1\n")).collect();
        assert_eq!(read_brief(&format!("{many}k3: 1\nk33: 2\nk33: 2\n")).1.len(), 3);
    }

    #[test]
    fn merges_yield_to_what_is_written() {
        assert_eq!(tree("a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}"), "{a: {x: 1, y: 2}, b: {y: 3, x: 1}}");
        assert_eq!(
            tree("- &a {x: 1}\n- &b {x: 2, y: 2}\n- <<: [*a, *b]\n- '<<': 1"),
            "[{x: 1}, {x: 2, y: 2}, {x: 1, y: 2}, {<<: 1}]"
        );
        assert_eq!(read_brief("a: {<<: 5}").1, ["`<<` takes a table to copy keys from"]);
    }

    #[test]
    fn aliases_end_well() {
        assert_eq!(tree("a: &x 1\nb: *x\n*x : c"), "{a: 1, b: 1, 1: 'c'}");
        assert_eq!(read_brief("a: &a [*a]").1, ["a value cannot contain itself"]);
        assert_eq!(read_brief("a: *b\nc: 1"), ("{a: !, c: 1}".into(), vec!["`*b` refers to nothing".into()]));
        let mut laughs = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for n in 1..12 {
            let before = format!("*a{}, ", n - 1).repeat(9);
            laughs += &format!("a{n}: &a{n} [{before}]\n");
        }
        assert_eq!(read_brief(&laughs).1, ["aliases make the file too large"]);
        let mut deep = String::from("a0: &a0 [1]\n");
        for n in 1..400 {
            deep += &format!("a{n}: &a{n} [*a{}]\n", n - 1);
        }
        assert!(read_brief(&deep).1.iter().all(|title| title == "values are nested too deeply"));
    }

    #[test]
    fn what_has_no_meaning_here_is_told() {
        assert_eq!(read_brief("a: !x 1\nb: !y {c: 1}\nd: 2").0, "{a: !, b: !, d: 2}");
        assert_eq!(read_brief("a: !x 1\nb: !!set {c: 1}").1, ["tags are not used here"; 2]);
        assert_eq!(read_brief("? [1, 2]\n: 3\nb: 4"), ("{b: 4}".into(), vec!["a key must be text".into()]));
        assert_eq!(
            read_brief("a: 1\n---\nb: 2"),
            ("{a: 1}".into(), vec!["the file holds more than one document".into()])
        );
        for empty in ["", "\n\n", "# note\n", "---\n", "---\n...\n"] {
            assert_eq!(read_brief(empty), ("nothing".into(), vec!["the file is empty".into()]), "{empty:?}");
        }
    }

    #[test]
    fn an_error_of_the_syntax_keeps_what_is_sound() {
        for (text, tree, title) in [
            ("a: 1\nb:\n\t- 2\n", "{a: 1 …}", "a line is indented with a tab"),
            ("a: 1\nb: [2, 3\nc: 4\n", "{a: 1, b: [2] …}", "a bracket is opened and never closed"),
            ("a: 1\nb: \"x\nc: 4\n", "{a: 1 …}", "a quote is opened and never closed"),
            ("a:\n  b: 1\n   c: 2\n", "{a: {b: ! …} …}", "a colon stands where no key can be"),
            ("a: 1\nb\nc: 2\n", "{a: 1 …}", "a key has no colon"),
            ("a: b: c\n", "{a: ! …}", "a colon stands where no key can be"),
            ("a: @x\n", "{ …}", "a character cannot start a text"),
            ("a: 'x' y\n", "{ …}", "something follows a quoted text on its line"),
            ("a:\n- b: |\nc\nd: 1\n", "{a: [{b: ! …}] …}", "a key has no colon"),
            ("a: 1\n? {b: [2, {c: 3, d\n", "{a: 1 …}", "a bracket is opened and never closed"),
        ] {
            let (got, problems) = read_brief(text);
            assert_eq!(
                (got.as_str(), problems.as_slice()),
                (tree, [title.to_owned()].as_slice()),
                "{text:?}"
            );
        }
    }

    #[test]
    fn an_error_of_the_syntax_stands_where_it_is() {
        for (text, wrong, title) in [
            ("a: 1\nb:\n\t- 2\n", "\t", "a line is indented with a tab"),
            ("- a: b\n\tc: d\n", "\t", "a line is indented with a tab"),
            ("- a:\tb\n  c: d\n \t e: f\n", "\t", "a line is indented with a tab"),
            ("a: \"b\\tc\\qd\"\n", "\\q", "a backslash is followed by something unknown"),
            ("a: \"\\\\ \\u00g0\"\n", "\\u00", "a backslash is followed by something unknown"),
            ("a: 1\ndue 2027-01-31\n", "due", "a key has no colon"),
            ("a: x\u{1b}y\n", "\u{1b}", "a text holds a control character"),
        ] {
            let source = source(text);
            let arena = Arena::default();
            let (_, problems) = parse(&source, &arena);
            let place = problems[0].diagnostic.labels[0].span.range();
            assert_eq!((titles(&problems), &text[place]), (vec![title.to_owned()], wrong), "{text:?}");
        }
        let tab = source("- a:\tb\n  c: d\n \t e: f\n");
        assert_eq!(parse(&tab, &Arena::default()).1[0].diagnostic.labels[0].span.start, 15);
    }

    #[test]
    fn deep_nesting_is_a_plain_problem() {
        for part in ["[", "{a: ", "- ", "? ", "- - ", "[{a: "] {
            let (_, problems) = read_brief(&part.repeat(20_000));
            assert_eq!(problems, ["values are nested too deeply"], "{part}");
        }
        let steps: String = (0..2_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
        assert_eq!(read_brief(&steps).1, ["values are nested too deeply"]);
    }
}
