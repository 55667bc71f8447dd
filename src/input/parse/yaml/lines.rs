//! The tree of a text that is written as most are, line by line: tables and lists by indentation, scalars and brackets
//! that end on their line, texts below `|` and `>`, comments.
//!
//! It is here for speed: reading YAML was more than half of a run, and takes a twentieth of that so.
//!
//! Nothing of it is a judgement. Whatever else a line holds, wrong or only rare, all of the text is left to
//! `granit-parser`, and what is read is to the byte what that makes of it: tests hold the two against each other. A
//! construct is read here only if every text of it is: where in doubt, `None`.

mod letters;

use std::borrow::Cow;

use memchr::{memchr, memchr2, memchr3};

use crate::diagnostic::Problem;
use crate::source::{Source, Spanned};

use super::builder::Builder;
use super::{Arena, Node, NodeKind, scalar};
use letters::{IS_KEY, begins_key, is_ordinary};

/// How deep tables and lists are read here, and how long a key is; less than YAML sets a limit to.
const MOST_DEPTH: usize = 64;
const MOST_KEY: usize = 512;

/// Reads a text, if it is written as most are.
pub(super) fn read<'s>(source: &'s Source, arena: &'s Arena) -> Option<(Option<Node<'s>>, Vec<Problem>)> {
    let text = source.text();
    if !is_ordinary(text) {
        return None;
    }
    let builder = Builder::new(source, arena);
    let mut lines = LineReader { text, builder, blocks: Vec::with_capacity(8), waiting: None };
    let mut start = 0;
    while start < text.len() {
        start = lines.line(start)?;
    }
    lines.end_value();
    while !lines.blocks.is_empty() {
        lines.close_block();
    }
    let Builder { root, problems, .. } = lines.builder;
    // Of a text that holds nothing, more is to be said.
    root.is_some().then_some((root, problems))
}

/// A table or list that is written by indentation, and open.
#[derive(Clone, Copy)]
struct OpenBlock {
    indent: usize,
    is_list: bool,
}

struct LineReader<'s> {
    text: &'s str,
    builder: Builder<'s>,
    blocks: Vec<OpenBlock>,
    /// The colon of a key with nothing after it: its value stands on the lines below, or nowhere.
    waiting: Option<usize>,
}

impl<'s> LineReader<'s> {
    /// Reads the line that starts here, and those that belong to its value; gives where the next one starts. `None`
    /// here and below where it is not written as most are.
    fn line(&mut self, start: usize) -> Option<usize> {
        let first = self.after_blanks(start);
        match self.byte(first) {
            b'\n' => return Some(first + 1),
            b'#' => return Some(self.line_end(first) + 1),
            _ => {}
        }
        let is_item = self.byte(first) == b'-' && self.byte(first + 1) == b' ';
        let item = if is_item { self.after_blanks(first + 1) } else { first };
        self.find_block(first - start, is_item, first, item)?;
        if !is_item {
            let (key, colon) = self.key(first)?;
            return self.entry(key, colon);
        }
        let Some((key, colon)) = self.key(item) else {
            return self.value(item);
        };
        self.open_block(item - start, false, item)?;
        self.entry(key, colon)
    }

    /// Closes and opens what is written by indentation, until the innermost is what a line belongs to that starts at
    /// `first`, and whose content is at `content`.
    fn find_block(&mut self, indent: usize, is_item: bool, first: usize, content: usize) -> Option<()> {
        let Some(&top) = self.blocks.last() else {
            return (indent == 0 && !is_item).then(|| self.open_block(0, false, first))?;
        };
        if self.waiting.is_some() {
            if indent > top.indent {
                self.waiting = None;
                return self.open_block(indent, is_item, first);
            }
            if indent == top.indent && is_item {
                self.waiting = None;
                // Of a list that is indented no further than its key, the parser tells its first item as its start.
                return self.open_block(indent, true, content);
            }
            self.end_value();
        }
        while let Some(&top) = self.blocks.last() {
            if top.indent < indent || (top.indent == indent && top.is_list == is_item) {
                break;
            }
            self.close_block();
        }
        self.blocks.last().filter(|top| top.indent == indent && top.is_list == is_item).map(|_| ())
    }

    fn open_block(&mut self, indent: usize, is_list: bool, start: usize) -> Option<()> {
        let frame = if is_list { self.builder.list(start, true) } else { self.builder.map(start, true) };
        self.builder.open(frame);
        self.blocks.push(OpenBlock { indent, is_list });
        (self.builder.open.len() < MOST_DEPTH).then_some(())
    }

    fn close_block(&mut self) {
        self.blocks.pop();
        self.close(self.builder.last_end);
    }

    fn close(&mut self, end: usize) {
        self.builder.last_end = end;
        if let Some(frame) = self.builder.open.pop() {
            self.builder.close(frame);
        }
    }

    /// Ends the value of the last key, which is nothing if nothing came.
    fn end_value(&mut self) {
        if let Some(colon) = self.waiting.take() {
            self.put(colon, colon, NodeKind::Null);
        }
    }

    /// A key without quotes, and where its colon is.
    fn key(&self, start: usize) -> Option<(Spanned<&'s str>, usize)> {
        let bytes = self.text.as_bytes();
        let length = bytes[start..].iter().take_while(|&&byte| IS_KEY[usize::from(byte)]).count();
        let colon = start + length;
        let is_whole = begins_key(self.byte(start))
            && self.byte(colon) == b':'
            && matches!(self.byte(colon + 1), b' ' | b'\n')
            && bytes[colon - 1] != b' '
            && length < MOST_KEY;
        let span = self.builder.source.span(start..colon);
        is_whole.then(|| (Spanned::new(&self.text[start..colon], span), colon))
    }

    /// Reads what follows a key on its line.
    fn entry(&mut self, key: Spanned<&'s str>, colon: usize) -> Option<usize> {
        self.builder.key(key);
        let value = self.after_blanks(colon + 1);
        match self.byte(value) {
            b'\n' => {
                self.waiting = Some(colon);
                Some(value + 1)
            }
            b'#' => {
                self.waiting = Some(colon);
                Some(self.line_end(value) + 1)
            }
            _ => self.value(value),
        }
    }

    /// Reads a value that begins on this line.
    fn value(&mut self, start: usize) -> Option<usize> {
        let end = match self.byte(start) {
            b'"' | b'\'' => self.quoted(start)?,
            b'[' | b'{' => self.brackets(start)?,
            b'|' | b'>' => return self.text_below(start),
            _ => self.plain(start)?,
        };
        let after = self.after_blanks(end);
        match self.byte(after) {
            b'\n' => Some(after + 1),
            b'#' if after > end => Some(self.line_end(after) + 1),
            _ => None,
        }
    }

    /// A text in quotes, without escapes.
    fn quoted(&mut self, start: usize) -> Option<usize> {
        let quote = self.byte(start);
        let rest = &self.text.as_bytes()[start + 1..];
        let end = match quote {
            b'"' => memchr3(b'"', b'\\', b'\n', rest)?,
            _ => memchr2(b'\'', b'\n', rest)?,
        } + start
            + 1;
        if self.byte(end) != quote || quote == b'\'' && self.byte(end + 1) == b'\'' {
            return None;
        }
        self.put(start, end + 1, NodeKind::Text(&self.text[start + 1..end]));
        Some(end + 1)
    }

    /// A scalar without quotes that is in no brackets.
    fn plain(&mut self, start: usize) -> Option<usize> {
        self.may_begin_plain(start)?;
        let bytes = self.text.as_bytes();
        let line = &bytes[start..self.line_end(start)];
        let (mut from, mut length) = (0, line.len());
        while let Some(found) = memchr2(b':', b'#', &line[from..]) {
            let at = from + found;
            match line[at] {
                b':' if matches!(line.get(at + 1), None | Some(b' ')) => return None,
                b'#' if line[at - 1] == b' ' => {
                    length = at;
                    break;
                }
                _ => from = at + 1,
            }
        }
        Some(self.put_plain(start, start + length))
    }

    /// A scalar without quotes between brackets.
    fn plain_in_brackets(&mut self, start: usize) -> Option<usize> {
        self.may_begin_plain(start)?;
        let mut end = start;
        loop {
            match self.byte(end) {
                b',' | b']' | b'}' => break,
                b'\n' | b'[' | b'{' | b'#' => return None,
                b':' if matches!(self.byte(end + 1), b' ' | b'\n' | b',' | b'[' | b']' | b'{' | b'}') => {
                    return None;
                }
                _ => end += 1,
            }
        }
        Some(self.put_plain(start, end))
    }

    fn may_begin_plain(&self, start: usize) -> Option<()> {
        match self.byte(start) {
            b'-' => self.byte(start + 1).is_ascii_digit().then_some(()),
            b'\n' | b' ' | b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!'
            | b'|' | b'>' | b'\'' | b'"' | b'%' | b'@' | b'`' => None,
            _ => Some(()),
        }
    }

    fn put_plain(&mut self, start: usize, end: usize) -> usize {
        let text = self.text[start..end].trim_end_matches(' ');
        let end = start + text.len();
        self.put(start, end, scalar::plain(text));
        end
    }

    /// A list or table in brackets that are closed on the same line; gives where they end.
    fn brackets(&mut self, start: usize) -> Option<usize> {
        let is_map = self.byte(start) == b'{';
        let (frame, closing) = match is_map {
            true => (self.builder.map(start, false), b'}'),
            false => (self.builder.list(start, false), b']'),
        };
        self.builder.open(frame);
        if self.builder.open.len() >= MOST_DEPTH {
            return None;
        }
        let mut at = self.after_blanks(start + 1);
        let mut is_complete = self.byte(at) == closing;
        while !is_complete {
            if is_map {
                let (key, colon) = self.key(at)?;
                self.builder.key(key);
                at = self.after_blanks(colon + 1);
            }
            let end = match self.byte(at) {
                b'"' | b'\'' => self.quoted(at)?,
                b'[' | b'{' => self.brackets(at)?,
                _ => self.plain_in_brackets(at)?,
            };
            at = self.after_blanks(end);
            match self.byte(at) {
                b',' => at = self.after_blanks(at + 1),
                byte => {
                    is_complete = byte == closing;
                    is_complete.then_some(())?;
                }
            }
        }
        self.close(at + 1);
        Some(at + 1)
    }

    /// A text on the lines below its mark; gives where the line after it starts.
    fn text_below(&mut self, mark: usize) -> Option<usize> {
        let is_folded = self.byte(mark) == b'>';
        let is_stripped = self.byte(mark + 1) == b'-';
        let head = mark + 1 + usize::from(is_stripped);
        let outer = self.blocks.last()?.indent;
        let first = self.after_blanks(head + 1);
        let indent = first - (head + 1);
        if self.byte(head) != b'\n' || self.byte(first) == b'\n' || indent <= outer {
            return None;
        }
        let mut value = String::new();
        let (mut start, mut end, mut blank) = (head + 1, head, 0);
        while start < self.text.len() {
            let content = self.after_blanks(start);
            if self.byte(content) == b'\n' {
                if content > start + indent {
                    return None;
                }
                blank += 1;
                start = content + 1;
                continue;
            }
            match content - start {
                more if more > indent && is_folded => return None,
                more if more >= indent => {}
                less if less > outer => return None,
                _ => break,
            }
            if !value.is_empty() {
                match is_folded {
                    true if blank == 0 => value.push(' '),
                    true => value.extend(std::iter::repeat_n('\n', blank)),
                    false => value.extend(std::iter::repeat_n('\n', blank + 1)),
                }
            }
            (blank, end) = (0, self.line_end(start));
            value.push_str(&self.text[start + indent..end]);
            start = end + 1;
        }
        // A text whose last line has no end is one without a line break to some.
        if end >= self.text.len() {
            return None;
        }
        if !is_stripped {
            value.push('\n');
        }
        let end = self.before_blanks(end) + 1;
        self.put(mark, end, NodeKind::Text(self.builder.arena.text(Cow::Owned(value))));
        Some(start)
    }

    fn put(&mut self, start: usize, end: usize, kind: NodeKind<'s>) {
        self.builder.last_end = end;
        let span = self.builder.source.span(start..end);
        self.builder.put(Node { span, kind });
    }

    /// The byte at a place; a line feed at the end of the text.
    fn byte(&self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(b'\n')
    }

    /// The first place from here on that is no blank.
    fn after_blanks(&self, at: usize) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        at + rest.iter().take_while(|&&byte| byte == b' ').count()
    }

    /// The last place before here that is no blank; there is one.
    fn before_blanks(&self, at: usize) -> usize {
        let blanks = self.text.as_bytes()[..at].iter().rev().take_while(|&&byte| byte == b' ').count();
        at - blanks - 1
    }

    fn line_end(&self, at: usize) -> usize {
        memchr(b'\n', &self.text.as_bytes()[at..]).map_or(self.text.len(), |length| at + length)
    }
}

#[cfg(test)]
mod tests;
