//! TOML to tree, from the tables of `toml`.
//!
//! The reader goes on after most errors, but it invents values for broken ones, stops at a key without a
//! value, and reads on for ever inside an open bracket. So a broken text is read again with the worst places
//! blanked (bytes keep their places), and every value that an error touches is marked as invalid.

mod clash;
mod damage;
mod outline;
mod recover;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned as At;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Problem;
use crate::source::{Source, Span, Spanned};

use super::{Arena, Entry, Map, Node, NodeKind};

use damage::Damage;
use outline::{is_outline, is_tables, line_end};
use recover::recover;

/// Reads a source as TOML.
pub(super) fn parse<'s>(source: &'s Source, arena: &'s Arena) -> (Option<Node<'s>>, Vec<Problem>) {
    let text = source.text();
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return recover(source, arena);
    }
    if table.get_ref().is_empty() {
        let problem = Problem::at(source.span(0..0), "the file is empty", "nothing is written here");
        return (None, vec![problem.help("expected a table of keys and values")]);
    }
    let (damage, headers) = (Damage::default(), Vec::new());
    let reader = TomlReader { source, arena, text, damage, headers, own: Arena::text };
    (Some(reader.root(table.into_inner())), Vec::new())
}

/// Turns the reader's tables into nodes. It is recursive, as the reader is, which refuses more than 80 levels.
struct TomlReader<'s, 't> {
    source: &'s Source,
    arena: &'s Arena,
    /// The text that was read: the source's own, or with parts of it blanked.
    text: &'t str,
    damage: Damage,
    /// Where headers begin, in order; none where nothing is damaged.
    headers: Vec<usize>,
    /// Makes a text live as long as the tree: one that was read is part of the source, one with blanked parts is not.
    own: fn(&'s Arena, Cow<'t, str>) -> &'s str,
}

impl<'s, 't> TomlReader<'s, 't> {
    fn root(&self, table: DeTable<'t>) -> Node<'s> {
        let mut map = self.map(table);
        map.cut |= !self.damage.places.is_empty();
        Node { span: self.source.span(0..self.text.trim_end().len()), kind: NodeKind::Map(map) }
    }

    fn map(&self, table: DeTable<'t>) -> Map<'s> {
        let mut entries = Vec::with_capacity(table.len());
        let mut cut = self.damage.everywhere;
        for (key, value) in table {
            let at = key.span();
            // A key that cannot be read was made up by the reader.
            if Damage::touches(&self.damage.unreadable, &at) {
                cut = true;
                continue;
            }
            let value = self.value(&at, value);
            cut |= match value.kind {
                NodeKind::Map(inner) => inner.cut,
                NodeKind::List(items) => {
                    items.iter().any(|item| matches!(item.kind, NodeKind::Map(inner) if inner.cut))
                }
                _ => false,
            };
            let key = Spanned::new((self.own)(self.arena, key.into_inner()), self.source.span(at));
            entries.push(Entry { key, value });
        }
        self.in_order(entries, cut)
    }

    /// A table of entries, which the reader may give in any order.
    fn in_order(&self, mut entries: Vec<Entry<'s>>, cut: bool) -> Map<'s> {
        entries.sort_unstable_by_key(|entry| entry.key.span.start);
        Map { entries: self.arena.items(&entries), cut }
    }

    fn value(&self, key: &Range<usize>, value: At<DeValue<'t>>) -> Node<'s> {
        let at = value.span();
        let span = self.source.span(at.clone());
        let tables = is_tables(self.text, &value);
        match value.into_inner() {
            DeValue::Table(table) if is_outline(self.text, key, &at) => {
                Node { span, kind: NodeKind::Map(self.outline(&at, table)) }
            }
            DeValue::Array(items) if tables => {
                let items = items.into_iter().map(|item| {
                    let at = item.span();
                    let span = self.source.span(at.clone());
                    match item.into_inner() {
                        DeValue::Table(table) => Node { span, kind: NodeKind::Map(self.outline(&at, table)) },
                        other => self.inline(span, other),
                    }
                });
                Node { span, kind: self.list(items) }
            }
            // The reader makes a value up where it cannot read one: all up to the line's end is in doubt.
            _ if !self.damage.places.is_empty()
                && Damage::touches(&self.damage.places, &(key.start..line_end(self.text, at.end))) =>
            {
                Node { span, kind: NodeKind::Invalid }
            }
            value => self.inline(span, value),
        }
    }

    /// A table below a header, whose body runs to the next header.
    fn outline(&self, at: &Range<usize>, table: DeTable<'t>) -> Map<'s> {
        let mut map = self.map(table);
        if !self.damage.places.is_empty() {
            let next = self.headers.partition_point(|&start| start <= at.start);
            let end = self.headers.get(next).map_or(self.text.len(), |next| next.saturating_sub(1));
            map.cut |= Damage::touches(&self.damage.places, &(at.start..end.max(at.start)));
        }
        map
    }

    fn list(&self, items: impl Iterator<Item = Node<'s>>) -> NodeKind<'s> {
        NodeKind::List(self.arena.items(&items.collect::<Vec<_>>()))
    }

    fn inline(&self, span: Span, value: DeValue<'t>) -> Node<'s> {
        let raw = || self.source.text().get(span.range()).unwrap_or("");
        let kind = match value {
            DeValue::String(text) => NodeKind::Text((self.own)(self.arena, text)),
            DeValue::Boolean(value) => NodeKind::Bool(value),
            // As it was written: the model reads dates in one way, whatever the format.
            DeValue::Datetime(_) => NodeKind::Text(raw()),
            DeValue::Integer(_) => NodeKind::Number(raw()),
            // `inf` and `nan` are numbers to TOML, and no quantity to anybody.
            DeValue::Float(float) if float.as_str().contains(['i', 'n']) => NodeKind::Text(raw()),
            DeValue::Float(_) => NodeKind::Number(raw()),
            DeValue::Array(items) => self.list(
                items.into_iter().map(|item| self.inline(self.source.span(item.span()), item.into_inner())),
            ),
            DeValue::Table(table) => {
                let entries = table.into_iter().map(|(key, value)| {
                    let key_span = self.source.span(key.span());
                    let value = self.inline(self.source.span(value.span()), value.into_inner());
                    Entry { key: Spanned::new((self.own)(self.arena, key.into_inner()), key_span), value }
                });
                NodeKind::Map(self.in_order(entries.collect(), false))
            }
        };
        Node { span, kind }
    }
}

#[cfg(test)]
mod tests {
    use super::super::FileFormat;
    use super::super::tests::{brief, read_by, source};
    use super::words::PROBLEM_LIMIT;
    use super::*;

    fn read(text: &str) -> (String, Vec<String>) {
        read_by(FileFormat::Toml, text)
    }

    #[test]
    fn values_keep_what_was_written() {
        let text = "z = 1.10\nd = 2026-01-01\nh = 0x1F\nu = 1_000\ni = -inf\nb = true\na.c = 'x'\n[t]\n[[l]]\nk = [1, {m = 2}]\n[l.n]\n";
        let tree = "{z: 1.10, d: '2026-01-01', h: 0x1F, u: 1_000, i: '-inf', b: true, a: {c: 'x'}, t: {}, l: [{k: [1, {m: 2}], n: {}}]}";
        assert_eq!(read(text), (tree.into(), vec![]));
        for empty in ["", "\n", "# note\n"] {
            assert_eq!(read(empty), ("nothing".into(), vec!["the file is empty".into()]));
        }
    }

    #[test]
    fn no_value_is_made_up() {
        for (text, title) in [
            ("status = shipped", "a text is not in quotes"),
            ("due = 2026-13-45", "a date or time does not exist"),
            ("x = ", "a value is missing"),
            ("x = tru", "a value is neither `true` nor `false`"),
            ("x = 017", "a number is not written as TOML asks"),
            ("x = 1 y", "a text is not in quotes"),
            ("x = [1 2]", "a text is not in quotes"),
            ("x = \"\\q\"", "a backslash is followed by something unknown"),
            ("x = \"y", "a quote is opened and never closed, or holds what it cannot"),
            ("x = {a = 1, a = 2}", "`a` is written twice"),
        ] {
            let (tree, problems) = read(&format!("a = 1\n{text}\nb = 2\n[t]\nc = 3\n"));
            let key = text.split(' ').next().unwrap_or_default();
            assert_eq!(
                (tree, problems),
                (format!("{{a: 1, {key}: !, b: 2, t: {{c: 3}} …}}"), vec![title.to_owned()]),
                "{text}"
            );
        }
    }

    #[test]
    fn what_stands_after_something_broken_is_read() {
        for (text, tree, title) in [
            ("a = 1\nb\nc = 3\n[t]\nd = 4\n", "{a: 1, c: 3, t: {d: 4} …}", "a key has no `=` and no value"),
            ("[s]\nb: 1\n[t]\nd = 4\n", "{s: { …}, t: {d: 4} …}", "a key has no `=` and no value"),
            ("a = [1, 2\nb = 3\n[t]\nc = 4\n", "{t: {c: 4} …}", "a bracket is opened and never closed"),
            (
                "z = 1\na = { b = 1\nc = 2\n[t]\nd = 1", "{z: 1, t: {d: 1} …}",
                "a bracket is opened and never closed",
            ),
            ("[a\nx = 1\n[b]\ny = 1", "{b: {y: 1 …} …}", "a table's name is not written as it should be"),
            ("a = 1\n= 3\n\"\" = 4\nb = 2", "{a: 1, b: 2 …}", "a key is missing"),
            ("[]\nx = 1\n[b]\ny = 1", "{b: {y: 1 …} …}", "a table's name is not written as it should be"),
            (
                "y = 1\na = \"\"\"x\nb = 1\n[t]\nc = 1\n",
                "{y: 1 …}",
                "a quote is opened and never closed, or holds what it cannot",
            ),
        ] {
            assert_eq!(read(text), (tree.into(), vec![title.to_owned()]), "{text}");
        }
    }

    #[test]
    fn a_name_written_twice_is_nobody() {
        for (text, tree, labels) in [
            ("a = 1\na = 2\nb = 3\n", "{a: !, b: 3 …}", 2),
            ("[a]\nx = 1\n[b]\n[a]\ny = 2\n", "{b: {}, a: ! …}", 2),
            ("[a]\nb = 1\n[a.b]\nc = 1\n", "{a: {b: ! …} …}", 1),
            ("a = 1\n[[a]]\nb = 1", "{a: ! …}", 2),
            ("[t]\na.b = 1\na.b.c = 3\n", "{t: {a: {b: ! …} …} …}", 2),
            ("[[l]]\nx = 1\n[[l]]\nx = 1\nx = 2\n", "{l: [{x: 1}, {x: ! …}] …}", 2),
            ("[l]\nx = 1\n[l]\nx = 2\n[m]\ny = 1", "{l: !, m: {y: 1} …}", 2),
        ] {
            let source = source(text);
            let arena = Arena::default();
            let (root, problems) = parse(&source, &arena);
            assert_eq!(brief(root.as_ref()), tree, "{text}");
            assert_eq!(
                problems.iter().map(|p| p.diagnostic.labels.len()).collect::<Vec<_>>(),
                [labels],
                "{text}"
            );
        }
    }

    #[test]
    fn many_errors_are_capped_and_fast() {
        let text: String = (0..20_000).map(|n| format!("k{n} = x{n}\n")).collect();
        let (tree, problems) = read(&text);
        assert_eq!((tree.matches('!').count(), problems.len()), (20_000, PROBLEM_LIMIT));
        for line in ["b\n", "[a\n", "a = [\n", "a = 1\n", "[t]\n", "a = \"\"\"\n"] {
            assert!(read(&line.repeat(5_000)).1.len() <= PROBLEM_LIMIT, "{line}");
        }
    }

    #[test]
    fn deep_nesting_is_a_plain_problem() {
        let texts = [
            format!("a = {}", "[".repeat(20_000)),
            format!("a = {}{}", "[".repeat(20_000), "]".repeat(20_000)),
            format!("a = {}", "{b = ".repeat(20_000)),
            format!("{}a = 1", "a.".repeat(20_000)),
            format!("[{}a]\nb = 1", "a.".repeat(20_000)),
        ];
        let run = move || texts.iter().for_each(|text| assert!(!read(text).1.is_empty()));
        let small = std::thread::Builder::new().stack_size(2 << 20).spawn(run);
        assert!(small.is_ok_and(|thread| thread.join().is_ok()));
    }
}
