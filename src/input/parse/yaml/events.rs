//! The tree from the events of `granit-parser`, which reads all that YAML is.

use std::ops::Range;

use granit_parser::{self as parser, Event, Parser, ScalarStyle, ScanError, StructureStyle, Tag, options};

use crate::diagnostic::Problem;
use crate::source::{Source, Span, Spanned};

use super::builder::{Body, Builder, Frame};
use super::{Arena, DEPTH_LIMIT, Node, NodeKind, REST, YamlReading, scalar, words};

/// Reads a source as YAML or JSON, which messages call `format`; JSON is a part of YAML. Keys may be as long as
/// `key_length` characters; the parser looks as far ahead, and tells nothing of a bracket before that.
pub(in super::super) fn read<'s>(
    source: &'s Source,
    arena: &'s Arena,
    format: &str,
    key_length: usize,
) -> YamlReading<'s> {
    let text = source.text();
    let options = options! {
        emit_comments: false,
        // An alias to nothing costs its own value, and not the rest of the file.
        emit_unresolved_aliases: true,
        simple_key_max_lookahead: key_length,
        flow_nesting_limit: DEPTH_LIMIT,
        block_nesting_limit: DEPTH_LIMIT,
    };
    let mut builder = Builder::new(source, arena);
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
    builder.root.take_if(|root| matches!(root.kind, NodeKind::Null) && root.span.range().is_empty());
    YamlReading { root: builder.root, problems: builder.problems, syntax }
}

/// The bytes of a place that the parser tells, which it always knows of a text.
fn bytes(at: &parser::Span) -> Range<usize> {
    at.byte_range().unwrap_or_default()
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
                self.open(self.list(range.start, style == StructureStyle::Block));
            }
            Event::MappingStart(style, 0, None) => {
                self.open(self.map(range.start, style == StructureStyle::Block));
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
                let list = self.list(range.start, style == StructureStyle::Block);
                self.open_marked(list, anchor, tag.as_deref(), "seq");
            }
            Event::MappingStart(style, anchor, tag) => {
                let map = self.map(range.start, style == StructureStyle::Block);
                self.open_marked(map, anchor, tag.as_deref(), "map");
            }
            Event::Alias(id) => {
                let span = self.source.span(range.clone());
                let named = self.anchors.named_by(id, span, self.open.len(), &mut self.problems);
                self.last_end = range.end;
                self.put(named.unwrap_or(Node { span, kind: NodeKind::Invalid }));
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
                self.put(Node { span, kind: NodeKind::Invalid });
            }
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let span = self.source.span(range);
                    let problem = Problem::at(
                        span, "the file holds more than one document", "a second document starts here",
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
                    open.take_merge_key(span, &mut self.problems);
                } else {
                    open.take_key(Spanned::new(text, span), &mut self.entries, &mut self.problems);
                }
            }
            _ => {
                let kind = if plain { scalar::plain(text) } else { NodeKind::Text(text) };
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
            None => NodeKind::Text(text),
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
                open.take_merge_key(span, &mut self.problems);
            }
            _ => self.put(node),
        }
    }

    fn open_marked(&mut self, frame: Frame<'s>, anchor: usize, tag: Option<&Tag>, core: &str) {
        let invalid =
            tag.is_some_and(|tag| !tag.is_yaml_core_schema_tag(core) && !scalar::is_plain_bang(tag));
        if invalid {
            self.report_tag(self.source.span(frame.start..frame.start));
        }
        self.open(Frame { anchor, invalid, ..frame });
    }

    fn report_tag(&mut self, span: Span) -> NodeKind<'s> {
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
        NodeKind::Invalid
    }

    /// A value that an error follows on its line is not what was meant, such as `1 c` in `b: 1`, `c: 2`
    /// where the second line is indented too far. Nor is nothing, where the error stands in place of it.
    fn doubt_last(&mut self, error: &ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0);
        let between = self.source.text().get(self.last_end..at);
        let follows = between.is_some_and(|between| between.bytes().all(|byte| byte == b' '));
        let is_nothing = |node: &Node<'_>| match &node.kind {
            NodeKind::Null => true,
            NodeKind::Text(text) => text.is_empty(),
            _ => false,
        };
        let last = match self.open.last().map(|frame| &frame.body) {
            Some(Body::List(first)) => self.items[*first..].last_mut(),
            Some(Body::Map(open)) => open.last_value(&mut self.entries),
            None => None,
        };
        if let Some(last) = last.filter(|last| follows || is_nothing(last)) {
            last.kind = NodeKind::Invalid;
        }
    }
}
