//! Which clause is beside another one, and none of it: what a document numbers goes on where the numbers do, whatever its
//! headings look like.

use crate::document::{BlockKind, DocumentBlock};

use super::sections::SectionKind;

/// What a heading opens.
pub(super) struct OpenSection {
    pub(super) level: u8,
    pub(super) kind: SectionKind,
    /// The number of the heading.
    pub(super) clause: String,
    /// How deep items stand that are numbered as the heading is.
    depth: u8,
    /// Whether a list below it is numbered from the start, so that its numbers are none of the heading's.
    has_list: bool,
}

impl OpenSection {
    pub(super) fn new(level: u8, kind: SectionKind, clause: &str, depth: u8) -> Self {
        Self { level, kind, clause: clause.to_owned(), depth, has_list: false }
    }

    /// Whether a clause has the next number: `2.` behind `1.`, and no item of a list below it.
    fn goes_on_with(&mut self, clause: &str, depth: u8) -> bool {
        let Some((before, next)) = number(&self.clause).zip(number(clause)) else { return false };
        if before.0 != next.0 || depth > self.depth {
            return false;
        }
        self.has_list |= next.1 <= before.1;
        !self.has_list && next.1 == before.1 + 1
    }
}

/// The open section that an item is beside, if any: `Section 3` is beside `Section 1`, and `2.` beside `1.`.
pub(super) fn sibling(sections: &mut [OpenSection], block: &DocumentBlock) -> Option<usize> {
    let clause = &block.clause;
    let goes_on = |open: &mut OpenSection| match block.kind {
        BlockKind::Heading(_) => false,
        BlockKind::Item(depth) => follows(&open.clause, clause) || open.goes_on_with(clause, depth),
        _ => follows(&open.clause, clause),
    };
    sections.iter_mut().position(goes_on)
}

/// Whether what a clause says goes on in no item behind it: in none with the next number, as `3.` behind `2.`.
pub(super) fn ends_with(clause: &str, item: &DocumentBlock, before: Option<&DocumentBlock>) -> bool {
    let is_next = number(clause)
        .zip(number(&item.clause))
        .is_some_and(|(before, next)| before.0 == next.0 && next.1 == before.1 + 1);
    // A list below the clause may be numbered as clauses are: `1.`, `2.`.
    let is_of_list = before.is_some_and(|before| before.kind == item.kind && before.clause == clause);
    is_next && !is_of_list
}

/// A number with what it stands in: `2.` in nothing, `2.3` in `2`, `Part II 4.` in `Part II`.
fn number(clause: &str) -> Option<(&str, u32)> {
    let trimmed = clause.trim_end_matches(['.', ')']);
    let digits = trimmed.bytes().rev().take_while(u8::is_ascii_digit).count();
    let (parent, number) = trimmed.split_at(trimmed.len() - digits);
    let is_number = parent.is_empty() || parent.ends_with(['.', ' ']);
    Some((parent.trim_end_matches(['.', ' ']), number.parse().ok()?)).filter(|_| is_number)
}

/// Whether a clause has a higher number than another one that is called alike: `Section 3 a)` behind `Section 1`. What has
/// a number alone may be an item of a list below it.
fn follows(before: &str, clause: &str) -> bool {
    let number = |clause: &str| -> Option<(String, u32)> {
        let digits = clause.find(|letter: char| letter.is_ascii_digit())?;
        let (kind, rest) = clause.split_at(digits);
        let is_named = kind.contains(|letter: char| letter.is_alphabetic() || letter == '§');
        if !is_named {
            return None;
        }
        let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        Some((kind.to_lowercase(), rest[..end].parse().ok()?))
    };
    let numbers = number(before).zip(number(clause));
    numbers.is_some_and(|((kind, before), (other, number))| kind == other && number > before)
}
