//! TOML to tree, from the tables of `toml`.
//!
//! The reader goes on after most errors, but it invents values for broken ones, stops at a key without a
//! value, and reads on for ever inside an open bracket. So a broken text is read again with the worst places
//! blanked (bytes keep their places), and every value that an error touches is marked as invalid.

mod words;

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned as At;
use toml::de::{DeTable, DeValue, Error};

use super::yaml::duplicate;
use super::{Entry, Kind, Map, Node};
use crate::diagnostic::Problem;
use crate::input::source::{Source, Span, Spanned};

/// How often a broken text is read again before all that is left of it is given up.
const ROUNDS: usize = 16;
/// How many problems of one file are told; the rest follows from them more often than not.
const PROBLEM_LIMIT: usize = 20;
/// With more names than this written twice, nothing in the file can be trusted.
const DUPLICATE_LIMIT: usize = 200;

/// Reads a source as TOML.
pub(super) fn parse(source: &Source) -> (Option<Node<'_>>, Vec<Problem>) {
    let text = source.text();
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        return recover(source);
    }
    if table.get_ref().is_empty() {
        let problem = Problem::at(source.span(0..0), "the file is empty", "nothing is written here");
        return (None, vec![problem.help("expected a table of keys and values")]);
    }
    let reader = Reader { source, text, damage: Damage::default(), headers: Vec::new(), own: |text| text };
    (Some(reader.root(table.into_inner())), Vec::new())
}

/// Reads what is sound of a text with errors.
fn recover(source: &Source) -> (Option<Node<'_>>, Vec<Problem>) {
    let mut text = source.text().to_owned();
    let mut found: Vec<(Range<usize>, Problem)> = Vec::new();
    let mut holes: Vec<Range<usize>> = Vec::new();
    let mut everywhere = false;
    for round in 0.. {
        let (table, errors) = DeTable::parse_recoverable(&text);
        let errors = in_order(errors, text.len());
        let mut next = if round <= ROUNDS { next_holes(&text, table.get_ref(), &errors) } else { Vec::new() };
        if let (ROUNDS, Some(first)) = (round, next.first_mut()) {
            first.range.end = text.len();
            next.truncate(1);
        }
        if !next.iter().any(|hole| !text[hole.range.clone()].trim_ascii().is_empty()) {
            let (root, problems) = finish(source, &text, table.into_inner(), &errors, holes, everywhere);
            found.extend(problems);
            return (root, capped(found));
        }
        drop(table);
        for hole in next {
            everywhere |= hole.everywhere;
            let place = line_of(source.text(), hole.at.start);
            if !found.iter().rev().take(1).any(|(at, _)| line_of(source.text(), at.start) == place) {
                found.push((hole.at.clone(), problem(source, hole.at, &hole.message)));
            }
            blank(&mut text, &hole.range);
            holes.push(hole.range);
        }
    }
    (None, capped(found))
}

/// A part of the text that keeps what follows from being read.
struct Hole {
    range: Range<usize>,
    at: Range<usize>,
    message: String,
    /// Whether it may have cost any table an entry, and not only the one that it is in.
    everywhere: bool,
}

/// The errors by place; those of the reader's later passes come last otherwise.
fn in_order(errors: Vec<Error>, len: usize) -> Vec<(Range<usize>, String)> {
    let mut errors: Vec<_> = errors
        .into_iter()
        .map(|error| {
            let span = error.span().unwrap_or(len..len);
            let start = span.start.min(len);
            (start..span.end.clamp(start, len), error.message().to_owned())
        })
        .collect();
    errors.sort_by_key(|(at, _)| (at.start, at.end));
    errors
}

fn next_holes(text: &str, table: &DeTable<'_>, errors: &[(Range<usize>, String)]) -> Vec<Hole> {
    let mut statements = Vec::new();
    collect_statements(text, table, &mut statements);
    statements.sort_by_key(|(whole, _)| whole.start);
    let around = |at: usize| {
        let after = statements.partition_point(|(whole, _)| whole.start <= at);
        after.checked_sub(1).map(|i| &statements[i]).filter(|(whole, _)| at <= whole.end)
    };
    // A bracket or quote that swallows the rest hides every error after its start.
    let open = errors.iter().find(|(_, message)| swallows(message)).map(|(at, message)| {
        // The reader may have left an open table before it came to the end.
        let left_open =
            statements.iter().take_while(|(whole, _)| whole.start <= at.start).find(|(_, value)| {
                let value = &text[value.clone()];
                (value.starts_with('[') && !value.ends_with(']'))
                    || (value.starts_with('{') && !value.ends_with('}'))
            });
        let (start, opener) = left_open
            .or_else(|| around(at.start))
            .map_or((at.start, at.start), |(whole, value)| (whole.start, value.start));
        let start = line_of(text, start).start;
        let string = message.starts_with("invalid multi-line");
        let end = if string { text.len() } else { next_header(text, line_of(text, opener).end) };
        let width = if string { 3 } else { 1 };
        Hole {
            range: start..end,
            at: opener..(opener + width).min(end),
            message: message.clone(),
            everywhere: string,
        }
    });
    let limit = open.as_ref().map_or(text.len() + 1, |hole| hole.range.start);
    let mut holes: Vec<Hole> = Vec::new();
    for (at, message) in errors.iter().take_while(|(at, _)| at.start < limit) {
        let line = line_of(text, at.start);
        if holes.last().is_some_and(|hole| line.start < hole.range.end) {
            continue;
        }
        let header = text[line.clone()].trim_start().starts_with('[')
            && around(at.start).is_none()
            && !is_clash(message);
        if header {
            let end = next_header(text, line.end);
            holes.push(Hole {
                range: line.start..end,
                at: at.clone(),
                message: message.clone(),
                everywhere: true,
            });
        } else if stops(message) {
            holes.push(Hole { range: line, at: at.clone(), message: message.clone(), everywhere: false });
        }
    }
    if holes.is_empty() { open.into_iter().collect() } else { holes }
}

fn swallows(message: &str) -> bool {
    message.starts_with("unclosed array,")
        || message.starts_with("unclosed inline table")
        || (message.starts_with("invalid multi-line")
            && message.ends_with(['`', '\''])
            && message.contains("string, expected"))
}

/// Whether the reader drops all that follows such an error.
fn stops(message: &str) -> bool {
    ["key with no value", "missing value for key", "invalid key-value pair", "invalid key"]
        .iter()
        .any(|start| message.starts_with(start))
}

/// Whether an error is about names that exist already.
fn is_clash(message: &str) -> bool {
    message.starts_with("duplicate key") || message.starts_with("cannot extend")
}

/// The keys with values that stand below headers: whole, and the value alone.
fn collect_statements(text: &str, table: &DeTable<'_>, into: &mut Vec<(Range<usize>, Range<usize>)>) {
    for (key, value) in table.iter() {
        match shape(text, key.span(), value) {
            Shape::Tables(tables) => {
                for table in tables {
                    collect_statements(text, table, into);
                }
            }
            Shape::Inline => {
                into.push((key.span().start..value.span().end.max(key.span().end), value.span()))
            }
        }
    }
}

enum Shape<'a, 't> {
    /// Tables that headers or dotted keys make.
    Tables(Vec<&'a DeTable<'t>>),
    /// A value that is written out after a `=`.
    Inline,
}

fn shape<'a, 't>(text: &str, key: Range<usize>, value: &'a At<DeValue<'t>>) -> Shape<'a, 't> {
    match value.get_ref() {
        DeValue::Table(table) if is_outline(text, &key, &value.span()) => Shape::Tables(vec![table]),
        DeValue::Array(items) if is_tables(text, value) => {
            Shape::Tables(items.iter().filter_map(|item| item.get_ref().as_table()).collect())
        }
        _ => Shape::Inline,
    }
}

/// Whether a table with this span stands below a header, or was made by a dotted key; others start with `{`.
fn is_outline(text: &str, key: &Range<usize>, span: &Range<usize>) -> bool {
    span == key || text.as_bytes().get(span.start) != Some(&b'{')
}

/// Whether an array is made of `[[headers]]`: it then has the place of the first one.
fn is_tables(text: &str, array: &At<DeValue<'_>>) -> bool {
    array.get_ref().as_array().and_then(|items| items.iter().next()).is_some_and(|first| {
        first.get_ref().is_table()
            && first.span().start == array.span().start
            && text[array.span().start..].starts_with('[')
    })
}

/// The line that a byte is in, without its line break.
fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text.as_bytes()[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |before| before + 1);
    start..line_end(text, at)
}

fn line_end(text: &str, at: usize) -> usize {
    text.as_bytes()[at..].iter().position(|&byte| byte == b'\n').map_or(text.len(), |after| at + after)
}

/// Where the next line starts that can only be a header; what is before it belongs to something broken.
fn next_header(text: &str, from: usize) -> usize {
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        if at > from && header_path(line).is_some() {
            return at;
        }
        at += line.len();
    }
    text.len()
}

/// The names in a header line.
fn header_path(line: &str) -> Option<Vec<&str>> {
    let line = line.trim().strip_prefix('[')?;
    let line = line.strip_prefix('[').unwrap_or(line);
    let (names, after) = line.split_once(']')?;
    let after = after.trim_start_matches(']').trim_start();
    let names = names.trim();
    let is_name = |c: char| c.is_alphanumeric() || "-_.\"' ".contains(c);
    let sound =
        names.starts_with(|c: char| c.is_alphabetic() || "_\"'".contains(c)) && names.chars().all(is_name);
    (sound && (after.is_empty() || after.starts_with('#'))).then(|| names_of(names))
}

/// The names of a dotted key; dots in quotes part nothing.
fn names_of(dotted: &str) -> Vec<&str> {
    let mut quote = None;
    dotted
        .split(|c: char| {
            match quote {
                Some(open) if open == c => quote = None,
                None if c == '"' || c == '\'' => quote = Some(c),
                _ => {}
            }
            c == '.' && quote.is_none()
        })
        .map(|name| name.trim().trim_matches(['"', '\'']))
        .collect()
}

/// Replaces a part with spaces, so that all that stays keeps its place.
fn blank(text: &mut String, range: &Range<usize>) {
    let spaces: String =
        text[range.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(range.clone(), &spaces);
}

type Found = Vec<(Range<usize>, Problem)>;

fn finish<'s>(
    source: &'s Source,
    text: &str,
    table: DeTable<'_>,
    errors: &[(Range<usize>, String)],
    holes: Vec<Range<usize>>,
    everywhere: bool,
) -> (Option<Node<'s>>, Found) {
    let mut headers = Vec::new();
    collect_headers(text, &table, &mut headers);
    headers.sort_unstable();
    let unknown =
        |message: &str| message.starts_with("cannot recurse") || stops(message) || swallows(message);
    let damage = Damage::new(
        errors.iter().map(|(at, message)| (at.clone(), is_clash(message))).chain(
            holes.into_iter().map(|hole| (hole.start..hole.end.saturating_sub(1).max(hole.start), false)),
        ),
        everywhere || errors.iter().any(|(_, message)| unknown(message)),
    );
    let reader = Reader { source, text, damage, headers, own: |text| Cow::Owned(text.into_owned()) };
    let mut root = reader.root(table);
    let mut found = Found::new();
    let mut last_line = None;
    let mut clashes = 0;
    for (at, message) in errors {
        if is_clash(message) {
            clashes += 1;
            if clashes <= DUPLICATE_LIMIT {
                found.push((at.clone(), clash(source, text, &mut root, at.clone(), message)));
            }
            continue;
        }
        // Several errors in one line have one cause.
        let line = line_of(text, at.start).start;
        if last_line != Some(line) {
            found.push((at.clone(), problem(source, at.clone(), message)));
        }
        last_line = Some(line);
    }
    ((clashes <= DUPLICATE_LIMIT).then_some(root), found)
}

fn collect_headers(text: &str, table: &DeTable<'_>, into: &mut Vec<usize>) {
    for (key, value) in table.iter() {
        let Shape::Tables(tables) = shape(text, key.span(), value) else { continue };
        match value.get_ref() {
            DeValue::Array(items) => into.extend(items.iter().map(|item| item.span().start)),
            _ if value.span() != key.span() => into.push(value.span().start),
            _ => {}
        }
        for table in tables {
            collect_headers(text, table, into);
        }
    }
}

/// Where errors are.
#[derive(Default)]
struct Damage {
    /// Sorted by start; the second is the furthest end up to here.
    places: Vec<(usize, usize)>,
    /// The same without the errors about names: those leave the name itself readable.
    unreadable: Vec<(usize, usize)>,
    everywhere: bool,
}

impl Damage {
    fn new(places: impl Iterator<Item = (Range<usize>, bool)>, everywhere: bool) -> Self {
        let mut all: Vec<_> = places.collect();
        all.sort_by_key(|(at, _)| at.start);
        let reach = |with_clashes: bool| {
            let mut furthest = 0;
            let kept = all.iter().filter(|(_, clash)| with_clashes || !clash);
            kept.map(|(at, _)| {
                furthest = furthest.max(at.end);
                (at.start, furthest)
            })
            .collect()
        };
        Self { places: reach(true), unreadable: reach(false), everywhere }
    }

    fn touches(places: &[(usize, usize)], range: &Range<usize>) -> bool {
        let after = places.partition_point(|&(start, _)| start <= range.end);
        after.checked_sub(1).is_some_and(|last| places[last].1 >= range.start)
    }
}

/// Turns the reader's tables into nodes. It is recursive, as the reader is, which refuses more than 80 levels.
struct Reader<'s, 't> {
    source: &'s Source,
    /// The text that was read: the source's own, or with parts of it blanked.
    text: &'t str,
    damage: Damage,
    headers: Vec<usize>,
    own: fn(Cow<'t, str>) -> Cow<'s, str>,
}

impl<'s, 't> Reader<'s, 't> {
    fn root(&self, table: DeTable<'t>) -> Node<'s> {
        let mut map = self.map(table);
        map.cut |= !self.damage.places.is_empty();
        Node { span: self.source.span(0..self.text.trim_end().len()), kind: Kind::Map(map) }
    }

    fn map(&self, table: DeTable<'t>) -> Map<'s> {
        let mut map = Map { entries: Vec::with_capacity(table.len()), cut: self.damage.everywhere };
        for (key, value) in table {
            let at = key.span();
            // A key that cannot be read was made up by the reader.
            if Damage::touches(&self.damage.unreadable, &at) {
                map.cut = true;
                continue;
            }
            let value = self.value(&at, value);
            map.cut |= match &value.kind {
                Kind::Map(inner) => inner.cut,
                Kind::List(items) => {
                    items.iter().any(|item| matches!(&item.kind, Kind::Map(inner) if inner.cut))
                }
                _ => false,
            };
            let key = Spanned::new((self.own)(key.into_inner()), self.source.span(at));
            map.entries.push(Entry { key, value });
        }
        map.entries.sort_unstable_by_key(|entry| entry.key.span.start);
        map
    }

    fn value(&self, key: &Range<usize>, value: At<DeValue<'t>>) -> Node<'s> {
        let at = value.span();
        let span = self.source.span(at.clone());
        let tables = is_tables(self.text, &value);
        match value.into_inner() {
            DeValue::Table(table) if is_outline(self.text, key, &at) => {
                Node { span, kind: Kind::Map(self.outline(&at, table)) }
            }
            DeValue::Array(items) if tables => {
                let items = items.into_iter().map(|item| {
                    let at = item.span();
                    let span = self.source.span(at.clone());
                    match item.into_inner() {
                        DeValue::Table(table) => Node { span, kind: Kind::Map(self.outline(&at, table)) },
                        other => self.inline(span, other),
                    }
                });
                Node { span, kind: Kind::List(items.collect()) }
            }
            // The reader makes a value up where it cannot read one: all up to the line's end is in doubt.
            _ if !self.damage.places.is_empty()
                && Damage::touches(&self.damage.places, &(key.start..line_end(self.text, at.end))) =>
            {
                Node { span, kind: Kind::Invalid }
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

    fn inline(&self, span: Span, value: DeValue<'t>) -> Node<'s> {
        let raw = || Cow::Borrowed(self.source.text().get(span.range()).unwrap_or(""));
        let kind = match value {
            DeValue::String(text) => Kind::Text((self.own)(text)),
            DeValue::Boolean(value) => Kind::Bool(value),
            DeValue::Datetime(_) => Kind::Text(raw()),
            DeValue::Integer(_) => Kind::Number(raw()),
            DeValue::Float(float) if float.as_str().contains(['i', 'n']) => Kind::Text(raw()),
            DeValue::Float(_) => Kind::Number(raw()),
            DeValue::Array(items) => Kind::List(
                items
                    .into_iter()
                    .map(|item| self.inline(self.source.span(item.span()), item.into_inner()))
                    .collect(),
            ),
            DeValue::Table(table) => {
                let mut entries: Vec<_> = table
                    .into_iter()
                    .map(|(key, value)| {
                        let key_span = self.source.span(key.span());
                        let value = self.inline(self.source.span(value.span()), value.into_inner());
                        Entry { key: Spanned::new((self.own)(key.into_inner()), key_span), value }
                    })
                    .collect();
                entries.sort_unstable_by_key(|entry| entry.key.span.start);
                Kind::Map(Map { entries, cut: false })
            }
        };
        Node { span, kind }
    }
}

/// A name that was defined before: tells both places, and lets neither value through.
fn clash(source: &Source, text: &str, root: &mut Node<'_>, at: Range<usize>, message: &str) -> Problem {
    let line = line_of(text, at.start);
    let before = &text[line.start..at.end];
    let name = text[at.clone()].trim_matches(['"', '\'']);
    let header = before.trim_start().starts_with('[');
    let mut path = Vec::new();
    if !header {
        path = text[..line.start].lines().rev().find_map(header_path).unwrap_or_default();
    }
    path.extend(names_of(before.trim_start().trim_start_matches('[')));
    let again = source.span(at.clone());
    let mut first = invalidate(root, &path, at.start).filter(|first| *first != again);
    if header && first.is_none() {
        // The reader keeps the last header's place; the first is found in the text.
        let mut start = 0;
        for line in text[..line.start].split_inclusive('\n') {
            if header_path(line).is_some_and(|earlier| earlier == path) {
                let indent = line.len() - line.trim_start().len();
                first = Some(source.span(start + indent..start + line.trim_end().len()));
                break;
            }
            start += line.len();
        }
    }
    if message.starts_with("duplicate key") {
        return duplicate(name, again, first);
    }
    let problem =
        Problem::at(again, format!("`{name}` is a value, and cannot hold keys"), "used as a table here");
    let problem = match first {
        Some(first) => problem.label(first, "written as a value here"),
        None => problem,
    };
    problem.help("rename one of the two; neither was used")
}

/// Marks what a path leads to as invalid, or the table that it is lost in as cut; gives the key's place.
fn invalidate(root: &mut Node<'_>, path: &[&str], before: usize) -> Option<Span> {
    let mut node = root;
    let mut found = None;
    for name in path {
        let map = match &mut node.kind {
            Kind::Map(map) => map,
            Kind::List(items) => {
                let last = items.iter().rposition(|item| (item.span.start as usize) < before)?;
                let Kind::Map(map) = &mut items[last].kind else { return None };
                map
            }
            _ => return found,
        };
        map.cut = true;
        let entry = map.entries.iter_mut().find(|entry| *entry.key.value == **name)?;
        found = Some(entry.key.span);
        node = &mut entry.value;
    }
    node.kind = Kind::Invalid;
    found
}

/// The problems by place, and not more than a reader can take in.
fn capped(mut found: Found) -> Vec<Problem> {
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
fn problem(source: &Source, at: Range<usize>, message: &str) -> Problem {
    let text = source.text();
    let boundary = |mut byte: usize| {
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    let at = boundary(at.start)..boundary(at.end);
    let (title, label, help) = words::plain_words(message, text[at.clone()].is_empty());
    Problem::at(source.span(at), title, label).note(format!("the reader of TOML says: {message}")).help(help)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_spans, brief, source, titles};
    use super::*;

    fn read(text: &str) -> (String, Vec<String>) {
        let source = source(text);
        let (root, problems) = parse(&source);
        assert_spans(&source, root.as_ref(), &problems);
        (brief(root.as_ref()), titles(&problems))
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
                "z = 1\na = { b = 1\nc = 2\n[t]\nd = 1",
                "{z: 1, t: {d: 1} …}",
                "a bracket is opened and never closed",
            ),
            ("[a\nx = 1\n[b]\ny = 1", "{b: {y: 1 …} …}", "a table's name is not written as it should be"),
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
        ] {
            let source = source(text);
            let (root, problems) = parse(&source);
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
