//! YAML (1.2 core schema) to tree, from the events of `granit-parser`.
//!
//! Open lists and tables stand on a stack of our own, so nesting costs no call stack, and an error of the
//! syntax closes what is open: what was sound before it survives, marked as cut.

mod alias;
mod scalar;
mod table;
mod words;

use std::ops::Range;

use granit_parser::{self as parser, Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag, options};

use crate::diagnostic::Problem;
use crate::source::{Source, Span, Spanned};

use super::{Arena, Entry, Kind, Node};

use alias::Anchors;
use table::OpenMap;

pub(super) use table::duplicate;

/// How deep a tree may be; the parser holds what is written to it, we hold what aliases add.
const DEPTH_LIMIT: usize = 255;

/// What is said of an error at which reading ended: there may be more of them.
pub(super) const REST: &str = "the rest of the file was not read";

/// Reads a source as YAML.
pub(super) fn parse<'s>(source: &'s Source, arena: &'s Arena) -> (Option<Node<'s>>, Vec<Problem>) {
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
pub(super) struct Reading<'s> {
    /// The tree, as far as it could be read.
    pub(super) root: Option<Node<'s>>,
    /// Everything but an error of the syntax, in the order of the file.
    pub(super) problems: Vec<Problem>,
    /// The error of the syntax at which reading ended.
    pub(super) syntax: Option<Problem>,
}

/// Reads a source as YAML or JSON, which messages call `format`; JSON is a part of YAML. Keys may be as long as
/// `key_length` characters; the parser looks as far ahead, and tells nothing of a bracket before that.
pub(super) fn read<'s>(source: &'s Source, arena: &'s Arena, format: &str, key_length: usize) -> Reading<'s> {
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
        arena,
        open: Vec::with_capacity(ROOM),
        entries: Vec::with_capacity(ROOM),
        items: Vec::with_capacity(ROOM),
        root: None,
        anchors: Anchors::default(),
        last_end: 0,
        documents: 0,
        problems: Vec::new(),
    };
    let mut syntax = None;
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok((event, at)) => {
                if !builder.take(event, bytes(&at)) {
                    break;
                }
            }
            Err(error) => {
                let bracket = builder.open.iter().find(|frame| !frame.block).map(|frame| frame.start);
                let problem = words::syntax_problem(source, format, &error, bracket);
                let after = text.get(error.marker().byte_offset().unwrap_or(text.len())..).unwrap_or("");
                let more = after.lines().skip(1).any(|line| !line.trim_ascii().is_empty());
                syntax = Some(if more { problem.note(REST) } else { problem });
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

/// How many tables and lists can be open, and entries and items held for them, before there is more room made.
const ROOM: usize = 32;

/// A list or table whose end has not come yet.
struct Frame<'s> {
    start: usize,
    block: bool,
    anchor: usize,
    /// It had a tag that means nothing here.
    invalid: bool,
    body: Body<'s>,
}

impl<'s> Frame<'s> {
    fn new(style: StructureStyle, start: usize, body: Body<'s>) -> Self {
        Self { start, block: style == StructureStyle::Block, anchor: 0, invalid: false, body }
    }
}

enum Body<'s> {
    /// A list, and where its items begin.
    List(usize),
    Map(OpenMap<'s>),
}

/// The bytes of a place that the parser tells, which it always knows of a text.
fn bytes(at: &parser::Span) -> Range<usize> {
    at.byte_range().unwrap_or_default()
}

/// Tables and lists grow on stacks that all open ones share, and are copied to the arena when they are complete: so
/// none takes memory of its own, and none grows where it stays.
struct Builder<'s> {
    source: &'s Source,
    arena: &'s Arena,
    open: Vec<Frame<'s>>,
    /// The entries of all tables that are open, those of the innermost last.
    entries: Vec<Entry<'s>>,
    /// The items of all lists that are open, those of the innermost last.
    items: Vec<Node<'s>>,
    root: Option<Node<'s>>,
    anchors: Anchors<'s>,
    /// Where the last node ended: the end of a block, whose own span runs on to the next token.
    last_end: usize,
    documents: usize,
    problems: Vec<Problem>,
}

impl<'s> Builder<'s> {
    /// Takes the next event; `false` where reading shall end.
    fn take(&mut self, event: Event<'s>, range: Range<usize>) -> bool {
        // Nearly no value has an anchor (0 is none) or a tag.
        match event {
            Event::Scalar(text, style, 0, None) => {
                let text = self.arena.text(text);
                self.scalar(text, style, range);
            }
            Event::SequenceStart(style, 0, None) => {
                let body = Body::List(self.items.len());
                self.open(Frame::new(style, range.start, body));
            }
            Event::MappingStart(style, 0, None) => {
                let body = Body::Map(OpenMap::new(self.entries.len()));
                self.open(Frame::new(style, range.start, body));
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(frame) = self.open.pop() {
                    if !frame.block {
                        self.last_end = range.end;
                    }
                    self.close(frame);
                }
            }
            event => return self.take_rare(event, range),
        }
        true
    }

    /// Takes an event that files have once, or few have at all; `false` where reading shall end.
    #[cold]
    fn take_rare(&mut self, event: Event<'s>, range: Range<usize>) -> bool {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let text = self.arena.text(text);
                self.marked_scalar(text, style, range, anchor, tag.as_deref());
            }
            Event::SequenceStart(style, anchor, tag) => {
                let list = Frame::new(style, range.start, Body::List(self.items.len()));
                self.open_marked(list, anchor, tag.as_deref(), "seq");
            }
            Event::MappingStart(style, anchor, tag) => {
                let map = Frame::new(style, range.start, Body::Map(OpenMap::new(self.entries.len())));
                self.open_marked(map, anchor, tag.as_deref(), "map");
            }
            Event::Alias(id) => {
                let span = self.source.span(range.clone());
                let named = self.anchors.named_by(id, span, self.open.len(), &mut self.problems);
                self.last_end = range.end;
                self.put(named.unwrap_or(Node { span, kind: Kind::Invalid }));
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
                self.put(Node { span, kind: Kind::Invalid });
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

    /// Takes a scalar that has neither an anchor nor a tag.
    fn scalar(&mut self, text: &'s str, style: ScalarStyle, range: Range<usize>) {
        let span = self.scalar_span(style, range);
        let plain = style == ScalarStyle::Plain;
        match self.open.last_mut() {
            // A key is text whatever it would be as a value. For one that is not there the parser makes a text up.
            Some(Frame { body: Body::Map(open), .. }) if open.awaits_key() && span.start < span.end => {
                if plain && text == "<<" {
                    open.take_merge_key();
                } else {
                    open.take_key(Spanned::new(text, span), &mut self.entries, &mut self.problems);
                }
            }
            _ => {
                let kind = if plain { scalar::plain(text) } else { Kind::Text(text) };
                self.put(Node { span, kind });
            }
        }
    }

    fn scalar_span(&mut self, style: ScalarStyle, range: Range<usize>) -> Span {
        let place = scalar::place(self.source.text(), range, style, self.last_end);
        self.last_end = place.end;
        self.source.span(place)
    }

    fn marked_scalar(
        &mut self,
        text: &'s str,
        style: ScalarStyle,
        range: Range<usize>,
        anchor: usize,
        tag: Option<&Tag>,
    ) {
        let span = self.scalar_span(style, range);
        let kind = match tag {
            None if style == ScalarStyle::Plain => scalar::plain(text),
            None => Kind::Text(text),
            Some(tag) => scalar::tagged(text, style, tag).unwrap_or_else(|| self.report_tag(span)),
        };
        let node = Node { span, kind };
        if anchor != 0 {
            self.anchors.keep(anchor, node);
        }
        match self.open.last_mut() {
            Some(Frame { body: Body::Map(open), .. })
                if open.awaits_key() && style == ScalarStyle::Plain && text == "<<" && tag.is_none() =>
            {
                open.take_merge_key();
            }
            _ => self.put(node),
        }
    }

    fn open(&mut self, frame: Frame<'s>) {
        // An empty block ends where it starts.
        self.last_end = frame.start;
        self.open.push(frame);
    }

    fn open_marked(&mut self, frame: Frame<'s>, anchor: usize, tag: Option<&Tag>, core: &str) {
        let invalid =
            tag.is_some_and(|tag| !tag.is_yaml_core_schema_tag(core) && !scalar::is_plain_bang(tag));
        if invalid {
            self.report_tag(self.source.span(frame.start..frame.start));
        }
        self.open(Frame { anchor, invalid, ..frame });
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

    /// Closes a list or table.
    fn close(&mut self, mut frame: Frame<'s>) {
        let span = self.source.span(frame.start..self.last_end.max(frame.start));
        let kind = match &mut frame.body {
            &mut Body::List(first) => {
                let items = self.arena.items(&self.items[first..]);
                self.items.truncate(first);
                Kind::List(items)
            }
            Body::Map(open) => Kind::Map(open.finish(&mut self.entries, self.arena)),
        };
        let node = Node { span, kind: if frame.invalid { Kind::Invalid } else { kind } };
        if frame.anchor != 0 {
            self.anchors.keep(frame.anchor, node);
        }
        self.put(node);
    }

    /// Closes everything that is open after an error: entries may be missing in all of it.
    fn close_all(&mut self) {
        while let Some(mut frame) = self.open.pop() {
            if let Body::Map(open) = &mut frame.body {
                open.cut();
            }
            // What was about to become a key is dropped with its value.
            let is_key = match self.open.last() {
                Some(Frame { body: Body::Map(open), .. }) => open.awaits_key(),
                _ => false,
            };
            match frame.body {
                _ if !is_key => self.close(frame),
                Body::List(first) => self.items.truncate(first),
                Body::Map(open) => open.forget(&mut self.entries),
            }
        }
    }

    /// Puts a node that is complete where it belongs.
    fn put(&mut self, node: Node<'s>) {
        match self.open.last_mut().map(|frame| &mut frame.body) {
            Some(Body::Map(open)) => open.take(node, &mut self.entries, self.source, &mut self.problems),
            Some(Body::List(_)) => self.items.push(node),
            None => {
                self.root.get_or_insert(node);
            }
        }
    }

    /// A value that an error follows on its line is not what was meant, such as `1 c` in `b: 1`, `c: 2`
    /// where the second line is indented too far. Nor is nothing, where the error stands in place of it.
    fn doubt_last(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0);
        let between = self.source.text().get(self.last_end..at);
        let follows = between.is_some_and(|between| between.bytes().all(|byte| byte == b' '));
        let is_nothing = |node: &Node<'_>| match &node.kind {
            Kind::Null => true,
            Kind::Text(text) => text.is_empty(),
            _ => false,
        };
        let last = match self.open.last().map(|frame| &frame.body) {
            Some(Body::List(first)) => self.items[*first..].last_mut(),
            Some(Body::Map(open)) => open.last_value(&mut self.entries),
            None => None,
        };
        if let Some(last) = last.filter(|last| follows || is_nothing(last)) {
            last.kind = Kind::Invalid;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{assert_spans, brief, source, titles};
    use super::*;

    fn read_brief(text: &str) -> (String, Vec<String>) {
        let source = source(text);
        let arena = Arena::default();
        let (root, problems) = parse(&source, &arena);
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
