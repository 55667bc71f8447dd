//! How a tree is put together from what stands in a text, in its order.

use crate::diagnostic::Problem;
use crate::source::{Source, Spanned};

use super::alias::Anchors;
use super::table::OpenMap;
use super::{Arena, Entry, Node, NodeKind};

/// How many tables and lists can be open, and entries and items held for them, before there is more room made.
const ROOM: usize = 32;

/// A list or table whose end has not come yet.
pub(super) struct Frame<'s> {
    pub(super) start: usize,
    /// Whether it is written below each other, without brackets.
    pub(super) block: bool,
    pub(super) anchor: usize,
    /// It had a tag that means nothing here.
    pub(super) invalid: bool,
    pub(super) body: Body<'s>,
}

pub(super) enum Body<'s> {
    /// A list, and where its items begin.
    List(usize),
    Map(OpenMap<'s>),
}

/// Tables and lists grow on stacks that all open ones share, and are copied to the arena when they are complete: so
/// none takes memory of its own, and none grows where it stays.
pub(super) struct Builder<'s> {
    pub(super) source: &'s Source,
    pub(super) arena: &'s Arena,
    pub(super) open: Vec<Frame<'s>>,
    /// The entries of all tables that are open, those of the innermost last.
    pub(super) entries: Vec<Entry<'s>>,
    /// The items of all lists that are open, those of the innermost last.
    pub(super) items: Vec<Node<'s>>,
    pub(super) root: Option<Node<'s>>,
    pub(super) anchors: Anchors<'s>,
    pub(super) documents: usize,
    /// Where the last node ended: the end of a block, whose own span runs on to the next token.
    pub(super) last_end: usize,
    pub(super) problems: Vec<Problem>,
}

impl<'s> Builder<'s> {
    pub(super) fn new(source: &'s Source, arena: &'s Arena) -> Self {
        Self {
            source,
            arena,
            open: Vec::with_capacity(ROOM),
            entries: Vec::with_capacity(ROOM),
            items: Vec::with_capacity(ROOM),
            root: None,
            anchors: Anchors::default(),
            documents: 0,
            last_end: 0,
            problems: Vec::new(),
        }
    }

    /// A list that begins here.
    pub(super) fn list(&self, start: usize, block: bool) -> Frame<'s> {
        Frame { start, block, anchor: 0, invalid: false, body: Body::List(self.items.len()) }
    }

    /// A table that begins here.
    pub(super) fn map(&self, start: usize, block: bool) -> Frame<'s> {
        let body = Body::Map(OpenMap::new(self.entries.len()));
        Frame { start, block, anchor: 0, invalid: false, body }
    }

    pub(super) fn open(&mut self, frame: Frame<'s>) {
        // An empty block ends where it starts.
        self.last_end = frame.start;
        self.open.push(frame);
    }

    /// Closes a list or table.
    pub(super) fn close(&mut self, mut frame: Frame<'s>) {
        let span = self.source.span(frame.start..self.last_end.max(frame.start));
        let kind = match &mut frame.body {
            &mut Body::List(first) => {
                let items = self.arena.items(&self.items[first..]);
                self.items.truncate(first);
                NodeKind::List(items)
            }
            Body::Map(open) => NodeKind::Map(open.finish(&mut self.entries, self.arena)),
        };
        let node = Node { span, kind: if frame.invalid { NodeKind::Invalid } else { kind } };
        if frame.anchor != 0 {
            self.anchors.keep(frame.anchor, node);
        }
        self.put(node);
    }

    /// Closes everything that is open after an error: entries may be missing in all of it.
    pub(super) fn close_all(&mut self) {
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

    /// Takes a key that is text.
    pub(super) fn key(&mut self, key: Spanned<&'s str>) {
        self.last_end = key.span.range().end;
        if let Some(Frame { body: Body::Map(open), .. }) = self.open.last_mut() {
            open.take_key(key, &mut self.entries, &mut self.problems);
        }
    }

    /// Puts a node that is complete where it belongs.
    pub(super) fn put(&mut self, node: Node<'s>) {
        match self.open.last_mut().map(|frame| &mut frame.body) {
            Some(Body::Map(open)) => open.take(node, &mut self.entries, self.source, &mut self.problems),
            Some(Body::List(_)) => self.items.push(node),
            None => {
                self.root.get_or_insert(node);
            }
        }
    }
}
