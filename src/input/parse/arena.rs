//! Where trees lie.

use std::borrow::Cow;

use bumpalo::Bump;

use crate::source::Source;

/// Up to this many bytes there is room from the start.
const MOST_ROOM: usize = 1 << 20;

/// Where the tables and lists of trees lie, and texts that do not stand in their source as they are. All of it goes with
/// the arena, at once: a tree itself is a few references, which cost nothing to copy or drop.
#[derive(Debug, Default)]
pub struct Arena(Bump);

impl Arena {
    /// An arena with room for the tree of a source. It grows where that is not enough.
    pub fn of(source: &Source) -> Self {
        // What most contracts take; room that is left over is never touched.
        Self(Bump::with_capacity((source.text().len() * 3).min(MOST_ROOM)))
    }

    /// Keeps a text for as long as the tree.
    pub(super) fn text<'s>(&'s self, text: Cow<'s, str>) -> &'s str {
        match text {
            Cow::Borrowed(text) => text,
            Cow::Owned(text) => self.0.alloc_str(&text),
        }
    }

    /// Keeps the items of a list, or the entries of a table, for as long as the tree.
    pub(super) fn items<T: Copy>(&self, items: &[T]) -> &[T] {
        self.0.alloc_slice_copy(items)
    }
}
