//! YAML (1.2 core schema) to tree, from the events of `granit-parser`.
//!
//! Open lists and tables stand on a stack of our own, so nesting costs no call stack, and an error of the
//! syntax closes what is open: what was sound before it survives, marked as cut.

mod words;

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag, options};

use super::{Entry, Kind, Map, Node};
use crate::diagnostic::Problem;
use crate::input::source::{Source, Span, Spanned};

/// How many nodes aliases may copy in one file, and anchors keep: enough for any honest file.
const NODE_BUDGET: usize = 100_000;
/// How deep a tree may be; the parser holds what is written to it, we hold what aliases add.
const DEPTH_LIMIT: usize = 255;
/// Up to this many keys a look through all of them is faster than an index.
const SMALL_MAP: usize = 16;

/// Reads a source as YAML.
pub(super) fn parse(source: &Source) -> (Option<Node<'_>>, Vec<Problem>) {
    let mut reading = read(source, 1024);
    if reading.root.is_none() && reading.syntax.is_none() {
        let end = source.text().len();
        let problem = Problem::at(source.span(end..end), "the file is empty", "nothing is written here");
        reading.problems.push(problem.help("expected a table of keys and values"));
    }
    reading.problems.extend(reading.syntax);
    (reading.root, reading.problems)
}

/// What the reader made of a text.
pub(super) struct Reading<'s> {
    /// The tree, as far as it could be read.
    pub(super) root: Option<Node<'s>>,
    /// Everything but an error of the syntax, in the order of the file.
    pub(super) problems: Vec<Problem>,
    /// The error of the syntax at which reading ended.
    pub(super) syntax: Option<Problem>,
}

/// Reads a source as YAML or JSON; JSON is a part of YAML. Keys may be as long as `key_length` characters;
/// the parser looks as far ahead, and tells nothing of a bracket before that.
pub(super) fn read(source: &Source, key_length: usize) -> Reading<'_> {
    let text = source.text();
    let options = options! {
        emit_comments: false,
        emit_unresolved_aliases: true,
        simple_key_max_lookahead: key_length,
        flow_nesting_limit: DEPTH_LIMIT,
        block_nesting_limit: DEPTH_LIMIT,
    };
    let mut builder = Builder {
        source,
        open: Vec::new(),
        root: None,
        anchors: HashMap::new(),
        kept: 0,
        copied: 0,
        over_budget: false,
        last_end: 0,
        documents: 0,
        problems: Vec::new(),
    };
    let mut syntax = None;
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, span)) => {
                if !builder.take(event, &span) {
                    break;
                }
            }
            Err(error) => {
                syntax = Some(builder.syntax_problem(&error));
                builder.doubt_last(&error);
                break;
            }
        }
    }
    builder.close_all();
    // `---` alone is as empty as nothing.
    builder.root.take_if(|root| matches!(root.kind, Kind::Null) && root.span.range().is_empty());
    Reading { root: builder.root, problems: builder.problems, syntax }
}

/// A list or table whose end has not come yet.
struct Frame<'s> {
    start: usize,
    block: bool,
    anchor: usize,
    /// It had a tag that means nothing here.
    invalid: bool,
    body: Body<'s>,
}

enum Body<'s> {
    List(Vec<Node<'s>>),
    Map(OpenMap<'s>),
}

#[derive(Default)]
struct OpenMap<'s> {
    map: Map<'s>,
    /// From key to place in `map.entries`; none while the map is small.
    index: Option<HashMap<Cow<'s, str>, usize>>,
    merged: Vec<Node<'s>>,
    pending: Pending<'s>,
}

/// What the next node in a table is.
#[derive(Default)]
enum Pending<'s> {
    #[default]
    Key,
    ValueOf(Spanned<Cow<'s, str>>),
    /// The value of `<<`.
    Merge,
    /// A value whose key has been reported.
    Dropped,
}

impl<'s> OpenMap<'s> {
    fn find(&self, key: &str) -> Option<usize> {
        match &self.index {
            None => self.map.entries.iter().position(|entry| *entry.key.value == *key),
            Some(index) => index.get(key).copied(),
        }
    }

    fn push(&mut self, entry: Entry<'s>) {
        let at = self.map.entries.len();
        if let Some(index) = &mut self.index {
            index.insert(entry.key.value.clone(), at);
        } else if at == SMALL_MAP {
            let keys = self.map.entries.iter().chain([&entry]).map(|entry| entry.key.value.clone());
            self.index = Some(keys.enumerate().map(|(at, key)| (key, at)).collect());
        }
        self.map.entries.push(entry);
    }

    /// Adds what `<<` brings: a key that is there already wins.
    fn merge(&mut self, from: Node<'s>) {
        let Kind::Map(from) = from.kind else { return };
        self.map.cut |= from.cut;
        for entry in from.entries {
            if self.find(&entry.key.value).is_none() {
                self.push(entry);
            }
        }
    }
}

/// A finished node that aliases may name.
enum Anchored<'s> {
    Node { node: Node<'s>, nodes: usize, depth: usize },
    TooLarge,
}

struct Builder<'s> {
    source: &'s Source,
    open: Vec<Frame<'s>>,
    root: Option<Node<'s>>,
    anchors: HashMap<usize, Anchored<'s>>,
    kept: usize,
    copied: usize,
    over_budget: bool,
    /// Where the last node ended: the end of a block, whose own span runs on to the next token.
    last_end: usize,
    documents: usize,
    problems: Vec<Problem>,
}

impl<'s> Builder<'s> {
    /// Takes the next event; `false` where reading shall end.
    fn take(&mut self, event: Event<'s>, span: &granit_parser::Span) -> bool {
        let Some(range) = span.byte_range() else { return true };
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let span = self.scalar_span(range, style);
                let merge = style == ScalarStyle::Plain && text == "<<" && tag.is_none();
                let kind = match &tag {
                    None if style == ScalarStyle::Plain => plain(text),
                    None => Kind::Text(text),
                    Some(tag) => tagged(text, style, tag).unwrap_or_else(|| self.report_tag(span)),
                };
                self.finish(Node { span, kind }, anchor, merge);
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.open(range.start, style, anchor, tag.as_deref(), "seq", Body::List(Vec::new()));
            }
            Event::MappingStart(style, anchor, tag) => {
                self.open(range.start, style, anchor, tag.as_deref(), "map", Body::Map(OpenMap::default()));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(frame) = self.open.pop() {
                    if !frame.block {
                        self.last_end = range.end;
                    }
                    self.close(frame);
                }
            }
            Event::Alias(id) => {
                let span = self.source.span(range.clone());
                let kind_or_node = self.copy_of(id, span);
                self.last_end = range.end;
                self.finish_at_last_end(kind_or_node.unwrap_or(Node { span, kind: Kind::Invalid }));
            }
            Event::UnresolvedAlias(name) => {
                let span = self.source.span(range.clone());
                let problem = Problem::at(
                    span,
                    format!("`*{name}` refers to nothing"),
                    "nothing of this name before here",
                );
                self.problems.push(problem.help(format!(
                    "mark the value it shall repeat with `&{name}`, or write text that starts with `*` in quotes"
                )));
                self.last_end = range.end;
                self.finish_at_last_end(Node { span, kind: Kind::Invalid });
            }
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let span = self.source.span(range);
                    let problem = Problem::at(
                        span,
                        "the file holds more than one document",
                        "a second document starts here",
                    );
                    self.problems.push(
                        problem.help("put each document in a file of its own; only the first one was read"),
                    );
                    return false;
                }
            }
            _ => {}
        }
        true
    }

    fn open(
        &mut self,
        start: usize,
        style: StructureStyle,
        anchor: usize,
        tag: Option<&Tag>,
        core: &str,
        body: Body<'s>,
    ) {
        let invalid = tag.is_some_and(|tag| !tag.is_yaml_core_schema_tag(core) && !is_plain_bang(tag));
        if invalid {
            self.report_tag(self.source.span(start..start));
        }
        // An empty block ends where it starts.
        self.last_end = start;
        self.open.push(Frame { start, block: style == StructureStyle::Block, anchor, invalid, body });
    }

    fn report_tag(&mut self, span: Span) -> Kind<'s> {
        let text = self.source.text();
        // The tag stands before its value, perhaps on an earlier line.
        let end = span.start as usize;
        let tag =
            text[..end].trim_end().rsplit(char::is_whitespace).next().filter(|word| word.starts_with('!'));
        let span = tag.map_or(span, |tag| {
            let start = text[..end].trim_end().len() - tag.len();
            self.source.span(start..start + tag.len())
        });
        let problem = Problem::at(span, "tags are not used here", "a word that starts with `!` is a tag");
        self.problems.push(problem.help("remove the tag, or write text that starts with `!` in quotes"));
        Kind::Invalid
    }

    /// The place of a scalar without what the parser adds around it.
    fn scalar_span(&mut self, range: std::ops::Range<usize>, style: ScalarStyle) -> Span {
        let text = self.source.text();
        let mut start = range.start;
        let mut end = range.end;
        if matches!(style, ScalarStyle::Literal | ScalarStyle::Folded) {
            // The parser's span starts at the first line of the text, ours at the `|` or `>` before it.
            let before = text.get(self.last_end..start).unwrap_or("");
            let mark = before.rfind(['|', '>']).filter(|&mark| !before[..mark].contains('#'));
            start = mark.map_or(start, |mark| self.last_end + mark);
        }
        if text.as_bytes().get(..end).and_then(<[u8]>::last).is_some_and(u8::is_ascii_whitespace) {
            end = start + text.get(start..end).unwrap_or("").trim_end().len();
        }
        self.last_end = end;
        self.source.span(start..end)
    }

    /// Closes a list or table.
    fn close(&mut self, frame: Frame<'s>) {
        let span = self.source.span(frame.start..self.last_end.max(frame.start));
        let kind = match frame.body {
            Body::List(items) => Kind::List(items),
            Body::Map(mut open) => {
                for from in std::mem::take(&mut open.merged) {
                    open.merge(from);
                }
                Kind::Map(open.map)
            }
        };
        let kind = if frame.invalid { Kind::Invalid } else { kind };
        self.finish(Node { span, kind }, frame.anchor, false);
    }

    /// Closes everything that is open after an error: entries may be missing in all of it.
    fn close_all(&mut self) {
        while let Some(mut frame) = self.open.pop() {
            if let Body::Map(open) = &mut frame.body {
                open.map.cut = true;
                open.pending = Pending::Key;
            }
            // What was about to become a key is dropped with its value.
            let is_key = matches!(self.open.last(), Some(Frame { body: Body::Map(open), .. }) if matches!(open.pending, Pending::Key));
            if !is_key {
                self.close(frame);
            }
        }
    }

    /// A node is complete: keeps it for aliases if it has a name, and puts it where it belongs.
    fn finish(&mut self, node: Node<'s>, anchor: usize, merge: bool) {
        if anchor != 0 {
            let anchored = match measure(&node, NODE_BUDGET.saturating_sub(self.kept)) {
                Some((nodes, depth)) => {
                    self.kept += nodes;
                    Anchored::Node { node: node.clone(), nodes, depth }
                }
                None => Anchored::TooLarge,
            };
            self.anchors.insert(anchor, anchored);
        }
        let Some(Frame { body, .. }) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        let open = match body {
            Body::List(items) => return items.push(node),
            Body::Map(open) => open,
        };
        match std::mem::take(&mut open.pending) {
            Pending::ValueOf(key) => open.push(Entry { key, value: node }),
            Pending::Key if merge => open.pending = Pending::Merge,
            Pending::Key => open.pending = take_key(open, node, self.source, &mut self.problems),
            Pending::Dropped => {}
            Pending::Merge => take_merge(open, node, &mut self.problems),
        }
    }

    /// A value that an error follows on its line is not what was meant, such as `1 c` in `b: 1`, `c: 2`
    /// where the second line is indented too far.
    fn doubt_last(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0);
        let between = self.source.text().get(self.last_end..at);
        if !between.is_some_and(|between| between.bytes().all(|byte| byte == b' ')) {
            return;
        }
        let last = match self.open.last_mut().map(|frame| &mut frame.body) {
            Some(Body::List(items)) => items.last_mut(),
            Some(Body::Map(open)) if matches!(open.pending, Pending::Key) => {
                open.map.entries.last_mut().map(|entry| &mut entry.value)
            }
            _ => None,
        };
        if let Some(last) = last {
            last.kind = Kind::Invalid;
        }
    }

    /// Words for an error of the syntax; a bracket left open on an earlier line is the likelier cause.
    fn syntax_problem(&self, error: &ScanError) -> Problem {
        let text = self.source.text();
        let at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
        let open = self.open.iter().find(|frame| !frame.block).map(|frame| frame.start);
        let unclosed = open.filter(|&open| {
            let astray = matches!(
                error.kind(),
                ErrorKind::MappingValueNotAllowed
                    | ErrorKind::InvalidColonPlacement
                    | ErrorKind::BlockEntryInFlowCollection
                    | ErrorKind::InvalidFlowScalarIndent
            );
            astray && text.get(open..at).is_some_and(|between| between.contains('\n'))
        });
        let problem = syntax_problem(self.source, error);
        let Some(open) = unclosed else { return problem };
        let (title, _, help) = words::plain_words(&ErrorKind::UnexpectedEofFlowSequence);
        let mut better = Problem::at(self.source.span(open..open + 1), title, "opened here").help(help);
        better.diagnostic.notes = problem.diagnostic.notes;
        match problem.diagnostic.labels.into_iter().next() {
            Some(label) => better.label(label.span, "reading broke off here"),
            None => better,
        }
    }

    fn finish_at_last_end(&mut self, node: Node<'s>) {
        self.finish(node, 0, false);
    }

    /// A copy of what an alias names, or why there is none.
    fn copy_of(&mut self, id: usize, span: Span) -> Option<Node<'s>> {
        let problem = match self.anchors.get(&id) {
            None => {
                Problem::at(span, "a value cannot contain itself", "repeats a value that is not finished yet")
                    .help("write out what is meant instead of the alias")
            }
            Some(Anchored::Node { depth, .. }) if depth + self.open.len() > DEPTH_LIMIT => {
                Problem::at(span, "values are nested too deeply", "what is repeated here makes it too deep")
                    .help("write the values with fewer levels")
            }
            Some(Anchored::Node { node, nodes, .. }) if self.copied + nodes <= NODE_BUDGET => {
                self.copied += nodes;
                return Some(node.clone());
            }
            Some(_) if self.over_budget => return None,
            Some(_) => {
                self.over_budget = true;
                Problem::at(span, "aliases make the file too large", "too much has been repeated up to here")
                    .note(format!("aliases may repeat {NODE_BUDGET} values in a file"))
                    .help("write out what is meant instead of repeating it with aliases")
            }
        };
        self.problems.push(problem);
        None
    }
}

fn take_key<'s>(
    open: &mut OpenMap<'s>,
    node: Node<'s>,
    source: &'s Source,
    problems: &mut Vec<Problem>,
) -> Pending<'s> {
    let key = match node.kind {
        Kind::Text(text) | Kind::Number(text) => text,
        Kind::Bool(_) | Kind::Null => Cow::Borrowed(source.text().get(node.span.range()).unwrap_or("")),
        Kind::Invalid => return Pending::Dropped,
        Kind::List(_) | Kind::Map(_) => {
            let problem = Problem::at(node.span, "a key must be text", "a list or a table cannot be a key");
            problems.push(
                problem.help("write a word, then `: `, then the value; put text with `{` or `[` in quotes"),
            );
            return Pending::Dropped;
        }
    };
    let Some(at) = open.find(&key) else {
        return Pending::ValueOf(Spanned::new(key, node.span));
    };
    let first = &mut open.map.entries[at];
    first.value.kind = Kind::Invalid;
    problems.push(duplicate(&key, node.span, Some(first.key.span)));
    Pending::Dropped
}

/// The problem of a key that was written twice.
pub(super) fn duplicate(key: &str, again: Span, first: Option<Span>) -> Problem {
    let problem = Problem::at(again, format!("`{key}` is written twice"), "written again here");
    let problem = match first {
        Some(first) => problem.label(first, "first written here"),
        None => problem,
    };
    problem.help("remove one of the two; neither was used")
}

fn take_merge<'s>(open: &mut OpenMap<'s>, node: Node<'s>, problems: &mut Vec<Problem>) {
    let operands = match node.kind {
        Kind::Invalid => {
            open.map.cut = true;
            return;
        }
        Kind::List(items) => items,
        kind => vec![Node { span: node.span, kind }],
    };
    for operand in operands {
        match operand.kind {
            Kind::Map(_) => open.merged.push(operand),
            Kind::Invalid => open.map.cut = true,
            _ => {
                open.map.cut = true;
                let problem =
                    Problem::at(operand.span, "`<<` takes a table to copy keys from", "this is not a table");
                problems.push(
                    problem.help("write `<<: *name`, where `&name` marks a table, or put `<<` in quotes"),
                );
            }
        }
    }
}

/// How many nodes a tree has and how deep it is; `None` once there are more than `limit`.
fn measure(node: &Node<'_>, limit: usize) -> Option<(usize, usize)> {
    let mut left = vec![(node, 0)];
    let (mut nodes, mut deepest) = (0, 0);
    while let Some((node, depth)) = left.pop() {
        nodes += 1;
        deepest = deepest.max(depth);
        let inner = match &node.kind {
            Kind::List(items) => items.len(),
            Kind::Map(map) => map.entries.len(),
            _ => continue,
        };
        if nodes + left.len() + inner > limit {
            return None;
        }
        match &node.kind {
            Kind::List(items) => left.extend(items.iter().map(|item| (item, depth + 1))),
            Kind::Map(map) => left.extend(map.entries.iter().map(|entry| (&entry.value, depth + 1))),
            _ => {}
        }
        deepest = deepest.max(depth + 1);
    }
    (nodes <= limit).then_some((nodes, deepest))
}

/// A lone `!`, which asks for text.
fn is_plain_bang(tag: &Tag) -> bool {
    tag.handle().len() + tag.suffix().len() <= 1
}

fn tagged<'s>(text: Cow<'s, str>, style: ScalarStyle, tag: &Tag) -> Option<Kind<'s>> {
    let core = tag.core_suffix();
    if core == Some("str") || is_plain_bang(tag) {
        return Some(Kind::Text(text));
    }
    if !matches!(style, ScalarStyle::Plain | ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) {
        return None;
    }
    let kind = plain(text);
    let fits = match (core?, &kind) {
        ("null", Kind::Null) | ("bool", Kind::Bool(_)) | ("float", Kind::Number(_)) => true,
        ("int", Kind::Number(text)) => !text.contains(['.', 'e', 'E']),
        _ => false,
    };
    fits.then_some(kind)
}

/// What an unquoted scalar is by YAML 1.2's core schema; other notations of numbers stay text.
fn plain(text: Cow<'_, str>) -> Kind<'_> {
    match text.as_bytes().first() {
        None => Kind::Null,
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') if is_number(&text) => Kind::Number(text),
        Some(b'~' | b'n' | b'N') if matches!(&*text, "~" | "null" | "Null" | "NULL") => Kind::Null,
        Some(b't' | b'T') if matches!(&*text, "true" | "True" | "TRUE") => Kind::Bool(true),
        Some(b'f' | b'F') if matches!(&*text, "false" | "False" | "FALSE") => Kind::Bool(false),
        Some(_) => Kind::Text(text),
    }
}

/// `1`, `-1.5`, `.5`, `1e9`, but not `017`, which is a number to some and a code to others.
fn is_number(text: &str) -> bool {
    let digits = |text: &mut &[u8]| {
        let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
        *text = &text[count..];
        count
    };
    let mut rest = text.as_bytes();
    if let [b'+' | b'-', after @ ..] = rest {
        rest = after;
    }
    let leading_zero = rest.first() == Some(&b'0');
    let whole = digits(&mut rest);
    if leading_zero && whole > 1 {
        return false;
    }
    let mut fraction = 0;
    if let [b'.', after @ ..] = rest {
        rest = after;
        fraction = digits(&mut rest);
    }
    if whole + fraction == 0 {
        return false;
    }
    if let [b'e' | b'E', after @ ..] = rest {
        rest = after;
        if let [b'+' | b'-', after @ ..] = rest {
            rest = after;
        }
        if digits(&mut rest) == 0 {
            return false;
        }
    }
    rest.is_empty()
}

/// An error of the syntax in words that need no knowledge of YAML; the parser's own stay as a note.
fn syntax_problem(source: &Source, error: &ScanError) -> Problem {
    let text = source.text();
    let mut at = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let (title, label, help) = words::plain_words(error.kind());
    let width = text[at..].chars().next().filter(|c| !c.is_whitespace()).map_or(0, char::len_utf8);
    let problem = Problem::at(source.span(at..at + width), title, label);
    problem.note(format!("the reader of YAML says: {}", error.info())).help(help)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_spans, brief, source, titles};
    use super::*;

    fn read_brief(text: &str) -> (String, Vec<String>) {
        let source = source(text);
        let (root, problems) = parse(&source);
        assert_spans(&source, root.as_ref(), &problems);
        (brief(root.as_ref()), titles(&problems))
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
    }

    #[test]
    fn spans_are_what_was_written() {
        let text =
            "a: |  # note\n  x\n  y\n\nb:\n  - 'q'\n  - c: 1\n\n# end\nd: !!str >-\n  z\ne: {f: g } \n";
        let source = source(text);
        let (root, problems) = parse(&source);
        assert!(problems.is_empty());
        let Some(Node { kind: Kind::Map(map), span }) = root else { panic!("no table") };
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
    fn deep_nesting_is_a_plain_problem() {
        for part in ["[", "{a: ", "- ", "? ", "- - ", "[{a: "] {
            let (_, problems) = read_brief(&part.repeat(20_000));
            assert_eq!(problems, ["values are nested too deeply"], "{part}");
        }
        let steps: String = (0..2_000).map(|n| format!("{}a:\n", " ".repeat(n))).collect();
        assert_eq!(read_brief(&steps).1, ["values are nested too deeply"]);
    }
}
