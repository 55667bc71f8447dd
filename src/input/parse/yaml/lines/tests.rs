//! What is read line by line, held against `granit-parser` and `serde_yaml`.

use std::path::Path;

use proptest::prelude::*;
use serde_yaml::Value;
use walkdir::WalkDir;

use super::super::super::tests::source;
use super::super::events;
use super::*;

/// Whether a text is read line by line; then `granit-parser` makes the same of it, places included.
fn is_read(text: &str) -> bool {
    let (source, arena) = (source(text), Arena::default());
    let Some(read) = read(&source, &arena) else { return false };
    let full = events::read(&source, &arena, "YAML", 1024);
    assert!(full.syntax.is_none(), "{text:?}: {:?}", full.syntax);
    assert_eq!(format!("{read:?}"), format!("{:?}", (full.root, full.problems)), "{text:?}");
    true
}

/// All YAML of the cases and the examples.
fn files() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["tests", "examples"].map(|folder| WalkDir::new(root.join(folder)).sort_by_file_name());
    let paths = files.into_iter().flatten().map(|file| file.unwrap().into_path());
    let is_yaml = |path: &Path| path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    paths.filter(|path| is_yaml(path)).filter_map(|path| std::fs::read_to_string(path).ok()).collect()
}

/// Whether `serde_yaml` read the same, which takes more notations for numbers.
fn is_same(node: &Node<'_>, value: &Value) -> bool {
    match (&node.kind, value) {
        (NodeKind::Null, Value::Null) => true,
        (NodeKind::Bool(own), Value::Bool(other)) => own == other,
        (NodeKind::Number(own), Value::Number(other)) => own.parse().ok() == other.as_f64(),
        (NodeKind::Text(own), Value::String(other)) => own == other,
        (NodeKind::Text(own), Value::Number(_)) => own.starts_with(['.', '+', '-', '0']),
        (NodeKind::List(own), Value::Sequence(other)) => {
            own.len() == other.len() && own.iter().zip(other).all(|(own, other)| is_same(own, other))
        }
        (NodeKind::Map(own), Value::Mapping(other)) => {
            let same = |entry: &super::super::Entry<'_>| {
                // A key is text here, also where it is a number there.
                let key = entry.key.value;
                let value = other.get(key).or_else(|| other.get(Value::from(key.parse::<u64>().ok()?)));
                value.is_some_and(|value| is_same(&entry.value, value))
            };
            own.entries.len() == other.len() && own.entries.iter().all(same)
        }
        _ => false,
    }
}

#[test]
fn nearly_all_that_is_sound_is_read_line_by_line() {
    let (mut sound, mut by_lines) = (0, 0);
    for text in files() {
        let (source, arena) = (source(&text), Arena::default());
        let full = events::read(&source, &arena, "YAML", 1024);
        sound += usize::from(full.syntax.is_none());
        by_lines += usize::from(is_read(&text));
        let value = serde_yaml::from_str::<Value>(&text).and_then(|mut value| {
            value.apply_merge()?;
            Ok(value)
        });
        if let (Ok(value), Some(root), []) = (value, full.root, full.problems.as_slice()) {
            assert!(full.syntax.is_some() || is_same(&root, &value), "{text}");
        }
    }
    assert!(sound > 300 && by_lines * 10 > sound * 9, "{by_lines} of {sound}");
}

#[test]
fn most_ways_to_write_a_contract_are_read_line_by_line() {
    for text in [
        "a: 1\n",
        "a:\n",
        "a: # b\nc:   \n",
        "a: b # c\n  # d\ne: f#g # h\n",
        "a:\n- b\n-  c: 1\n   d:\n   - e\nf: g\n",
        "a:\n  - b: 1\n    c: [d, \"e, f\", 'g', {h: i: }]\n",
        "a:\n  - b: {c: d, e: [], f: {}, g: [{h: 1}, 2]} # i\n",
        "a: \"b: # c\"\nd: ''\ne: 'f \\ g'\n",
        "a: |\n  b: c\n    # d\n\n  e\n\n# f\ng: |-\n h\ni: >\n  j\n  k \n\n\n  l\nm: >-\n  n\n",
        "a:\n  - |\n    b\n  - >-\n    c\n",
        "größe: 5 – „zwölf“ € 契約\n",
        "a: http://b/c?d#e\nf: 12:30\ng: -5\nh: >\n  1\n",
        "a: 1\nb: 2\na: 3\n",
        "a-b c.d/e (f): ~\n",
    ] {
        assert_eq!(is_read(text), !text.contains("h: i: "), "{text:?}");
    }
}

#[test]
fn what_is_rare_or_wrong_is_left_alone() {
    for text in [
        "", "\n", "# a\n", "a\n", "- a\n", "---\na: 1\n", "a: 1\n---\nb: 2\n", "a: 1\n...\n", " a: 1\n",
        "a: 1\n b: 2\n", "a: b\n  c\n", "a: b: c\n", "a: b:\n", "a:b\n", "a : b\n", "a: &b c\n", "a: *b\n",
        "a: !b c\n", "a: @b\n", "a: `b\n", "a: %b\n", "a: - b\n", "a: ? b\n", "? a\n", "a: 'b' c\n",
        "a: 'b'# c\n", "a: 'b''c'\n", "a: \"b\\nc\"\n", "a: \"b\n", "a: [b\n", "a: [b\n  ]\n", "a: [b, ]\n",
        "a: [b: c]\n", "a: {b}\n", "a: {b: c: d}\n", "a: {b:c}\n", "a: {b: }\n", "a: [b]]\n", "a: [b}\n",
        "a: [b] c\n", "a: [[b] c]\n", "a:\n  - b\n c: d\n", "a:\n  b: 1\n c: 2\n", "a:\n  b\n",
        "- a\n b: 1\n", "a:\n- b\n  c: 1\n", "a: 1\n- b\n", "a:\tb\n", "a: b\r\n", "a: b\u{a0}\n",
        "a: b\u{85}c\n", "a: b\u{feff}\n", "a\u{1}: b\n", "a: |2\n   b\n", "a: |\nb: 1\n", "a: |+\n  b\n",
        "a: >\n  b\n   c\n", "a: |\n  b", "a:\n  b: |\n    c\n   d\n", "a: >=\n", "<<: {a: 1}\n",
        "\"a\": 1\n", "a:\n  -\n    b: 1\n", "a:\n  - - b\n",
    ] {
        assert!(!is_read(text), "{text:?}");
    }
    assert!(!is_read(&format!("a: {}{}\n", "[".repeat(100), "]".repeat(100))));
    assert!(!is_read(&format!("{}: 1\n", "a".repeat(2000))));
    let steps: String = (0..300).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
    assert!(!is_read(&steps));
}

/// Files with some of their lines, and with marks of YAML put anywhere.
fn mutated() -> impl Strategy<Value = String> {
    const PUT: [&str; 50] = [
        "", "\"", "'", "[", "]", "{", "}", "\n", "\n\n", ":", ": ", " :", "-", "- ", " ", "  ", "\t", "#",
        " #", "# ", ",", ", ", "ü", "\u{1}", "&x ", "*x", ".", "|\n", ">\n", "|-\n", ">-\n", "\r", "\r\n",
        "\u{feff}", "? ", "!t ", "---\n", "...\n", "%", "@", "`", "<<: ", "\\", "\u{85}", "\u{2028}",
        "\u{a0}", "~", "a: ", "\n  ", "\n    - ",
    ];
    let files = files();
    let change = (any::<prop::sample::Index>(), 0usize..4, prop::sample::select(PUT.to_vec()));
    let changes = prop::collection::vec(change, 0..4);
    (prop::sample::select(files), any::<prop::sample::Index>(), changes).prop_map(|(text, from, changes)| {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let from = if from.index(3) == 0 { from.index(lines.len().max(1)) } else { 0 };
        let mut text: Vec<char> = lines.iter().skip(from).take(20).flat_map(|line| line.chars()).collect();
        for (at, length, put) in changes {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            text.splice(at..end, put.chars());
        }
        text.into_iter().collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changed_files_are_read_as_by_the_parser(text in mutated()) {
        is_read(&text);
    }

    #[test]
    fn likely_texts_are_read_as_by_the_parser(
        lines in prop::collection::vec(" {0,5}(- ){0,2}([abc] ?[:#] ?){0,2}[-ab:#,'\"|>\\[\\]{}&* ]{0,6}", 1..7),
    ) {
        is_read(&(lines.join("\n") + "\n"));
    }
}
