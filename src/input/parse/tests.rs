//! What holds for all three readers, and the words that their tests speak in.

use proptest::prelude::*;

use crate::source::{FileId, Span};

use super::*;

pub(super) fn source(text: &str) -> Source {
    Source::new(FileId(0), "test", text)
}

pub(super) fn titles(problems: &[Problem]) -> Vec<String> {
    problems.iter().map(|problem| problem.diagnostic.title.clone()).collect()
}

/// A tree in one line: text in quotes, `!` for what is invalid, `…` at the end of what is cut.
pub(super) fn brief(node: Option<&Node<'_>>) -> String {
    let Some(node) = node else { return "nothing".into() };
    match &node.kind {
        NodeKind::Null => "null".into(),
        NodeKind::Bool(value) => value.to_string(),
        NodeKind::Number(text) => text.to_string(),
        NodeKind::Text(text) => format!("'{text}'"),
        NodeKind::Invalid => "!".into(),
        NodeKind::List(items) => {
            let items: Vec<_> = items.iter().map(|item| brief(Some(item))).collect();
            format!("[{}]", items.join(", "))
        }
        NodeKind::Map(map) => {
            let entries: Vec<_> = map
                .entries
                .iter()
                .map(|entry| format!("{}: {}", entry.key.value, brief(Some(&entry.value))))
                .collect();
            format!("{{{}{}}}", entries.join(", "), if map.cut { " …" } else { "" })
        }
    }
}

/// What a reader makes of a text: the tree, and the titles of its problems.
pub(super) fn read_by(format: FileFormat, text: &str) -> (String, Vec<String>) {
    let source = source(text);
    let arena = Arena::default();
    let (root, problems) = parse(&source, format, &arena);
    assert_spans(&source, root.as_ref(), &problems);
    (brief(root.as_ref()), titles(&problems))
}

/// Every span lies in the text, on boundaries of characters.
pub(super) fn assert_spans(source: &Source, root: Option<&Node<'_>>, problems: &[Problem]) {
    let check =
        |span: Span| assert!(source.text().get(span.range()).is_some(), "{span:?} in {:?}", source.text());
    for problem in problems {
        assert!(!problem.diagnostic.labels.is_empty() && !problem.diagnostic.helps.is_empty(), "{problem:?}");
        assert!(!problem.diagnostic.title.ends_with('.'), "{problem:?}");
        problem.diagnostic.labels.iter().for_each(|label| check(label.span));
    }
    let mut left: Vec<_> = root.into_iter().collect();
    while let Some(node) = left.pop() {
        check(node.span);
        match node.kind {
            NodeKind::List(items) => left.extend(items),
            NodeKind::Map(map) => map.entries.iter().for_each(|entry| {
                check(entry.key.span);
                left.push(&entry.value);
            }),
            _ => {}
        }
    }
}

fn read(text: &str, format: FileFormat) -> (String, Vec<String>) {
    let source = source(text);
    let arena = Arena::of(&source);
    let (root, problems) = parse(&source, format, &arena);
    assert_spans(&source, root.as_ref(), &problems);
    assert!(root.is_some() || !problems.is_empty(), "silence about {text:?}");
    (brief(root.as_ref()), titles(&problems))
}

fn assert_survives(text: &str) {
    for format in [FileFormat::Yaml, FileFormat::Toml, FileFormat::Json] {
        read(text, format);
    }
}

const SEEDS: [&str; 4] = [
    "contract: A-1 # ü\nfor: { region: [eu, 'us'], <<: *x }\ntext: |\n  two\n  lines 契約\nrequirements:\n  - &x\n    due: \"2027\\u00fc\"\n    feature: !t x\n  - *x\n",
    "[product]\nname = \"Fleet ü\" # x\nd = 2026-11-16\n[features.a]\naliases = [\"S\", 'T', 1.5]\nfor = { p = [\"契\"] }\n[[features.a.offers]]\nx.y = 1\nt = \"\"\"\nlong\n\"\"\"\n[a.\"b.c\"]\nz = true\n",
    "{\"contract\": \"ü\\n\", \"n\": [1.10, -2e5, null, true, {\"a\": {}}],\n \"u\": \"\\ud83d\\ude00\"}\n",
    "a = [1, 2\nb\n[t]\n[t]\nt = 1\nt = 2\nt.u = 3\n",
];

fn mutated() -> impl Strategy<Value = String> {
    let cut = (
        any::<prop::sample::Index>(),
        0usize..4,
        prop::sample::select(vec![
            "", "\"", "[", "]", "{", "}", "\n", "=", ":", "-", " ", "\t", "'", "#", ",", "ü", "\u{1}",
            "\"\"\"", "&x ", "*x", ".", "|\n", "\r", "\u{feff}", "[[",
        ]),
    );
    (0..SEEDS.len(), prop::collection::vec(cut, 1..5)).prop_map(|(seed, cuts)| {
        let mut text: Vec<char> = SEEDS[seed].chars().collect();
        for (at, length, put) in cuts {
            let at = at.index(text.len() + 1);
            let end = (at + length).min(text.len());
            text.splice(at..end, put.chars());
        }
        text.into_iter().collect()
    })
}

fn value() -> impl Strategy<Value = serde_json::Value> {
    let text =
        prop_oneof!["[a-z0-9:#\\[{ ,'\"\\\\ü契\n-]{0,8}", "true|no|017|~|1\\.10|null|- a|2026-01-15|0x1F"];
    let leaf = prop_oneof![
        any::<bool>().prop_map(Into::into),
        any::<i32>().prop_map(Into::into),
        (-1000i32..1000).prop_map(|n| (f64::from(n) / 8.0).into()),
        text.clone().prop_map(Into::into),
    ];
    let tree = leaf.prop_recursive(3, 24, 5, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Into::into),
            prop::collection::btree_map(text.clone(), inner, 0..5)
                .prop_map(|map| serde_json::Value::Object(map.into_iter().collect())),
        ]
    });
    prop::collection::btree_map("[a-z]{1,6}", tree, 1..5)
        .prop_map(|map| serde_json::Value::Object(map.into_iter().collect()))
}

fn expected(value: &serde_json::Value) -> String {
    use serde_json::Value as V;
    match value {
        V::String(text) => format!("'{text}'"),
        V::Array(items) => format!("[{}]", items.iter().map(expected).collect::<Vec<_>>().join(", ")),
        V::Object(map) => {
            let entries: Vec<_> =
                map.iter().map(|(key, value)| format!("{key}: {}", expected(value))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

fn as_toml(value: &serde_json::Value) -> String {
    use serde_json::Value as V;
    match value {
        V::Object(map) => {
            let entries: Vec<_> = map
                .iter()
                .map(|(key, value)| format!("{} = {}", V::from(key.as_str()), as_toml(value)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
        V::Array(items) => format!("[{}]", items.iter().map(as_toml).collect::<Vec<_>>().join(", ")),
        other => other.to_string(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        assert_survives(&text);
    }

    #[test]
    fn any_likely_text_is_survived(text in "[a-c:\\[\\]{}=\"'.,#|>&*!?%@`<~ \t\n-]{0,40}") {
        assert_survives(&text);
    }

    #[test]
    fn broken_files_are_survived(text in mutated()) {
        assert_survives(&text);
    }

    #[test]
    fn the_tree_is_what_others_read(value in value()) {
        let wanted = (expected(&value), Vec::new());
        prop_assert_eq!(&read(&value.to_string(), FileFormat::Json), &wanted);
        prop_assert_eq!(&read(&serde_json::to_string_pretty(&value).unwrap(), FileFormat::Json), &wanted);
        let yaml = serde_yaml::to_string(&value).unwrap();
        prop_assert_eq!(&read(&yaml, FileFormat::Yaml), &wanted, "{}", yaml);
        let lines: Vec<_> = value.as_object().unwrap().iter().map(|(key, value)| format!("{key} = {}\n", as_toml(value))).collect();
        prop_assert_eq!(&read(&lines.concat(), FileFormat::Toml), &wanted);
    }
}
