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
    /// The last number of a list below it that is numbered from the start, so that its numbers are none of the heading's.
    list: Option<u32>,
}

impl OpenSection {
    pub(super) fn new(level: u8, kind: SectionKind, clause: &str, depth: u8) -> Self {
        Self { level, kind, clause: clause.to_owned(), depth, list: None }
    }

    /// Whether an item is of the list below it.
    pub(super) fn lists(&self, clause: &str, depth: u8) -> bool {
        let number = numbers(&self.clause, clause).filter(|_| depth <= self.depth);
        number.is_some_and(|(_, number)| self.list == Some(number))
    }

    /// Whether a clause has a higher number: `2.` behind `1.`, and no item of a list below it.
    fn goes_on_with(&mut self, clause: &str, depth: u8) -> bool {
        let Some((before, next)) = numbers(&self.clause, clause).filter(|_| depth <= self.depth) else {
            return false;
        };
        let is_of_list = next <= before || self.list.is_some_and(|last| next <= last + 1);
        if is_of_list {
            self.list = Some(next);
        }
        !is_of_list
    }
}

/// The open section that an item is beside, if any: `Section 3` is beside `Section 1`, and `2.` beside `1.`.
pub(super) fn sibling(sections: &mut [OpenSection], block: &DocumentBlock) -> Option<usize> {
    let clause = &block.clause;
    let goes_on = |open: &mut OpenSection| match block.kind {
        // "2. Services" is none of "1. Definitions", though it is written smaller.
        BlockKind::Heading(level) => level > open.level && open.goes_on_with(clause, level - 1),
        BlockKind::Item(depth) => {
            follows(&open.clause, clause) || open.goes_on_with(clause, depth) || ends_bare(open, clause)
        }
        _ => follows(&open.clause, clause),
    };
    sections.iter_mut().position(goes_on)
}

/// Whether a clause ends a section whose heading has no number: "§ 1" and "1.1" end "Preamble".
fn ends_bare(open: &OpenSection, clause: &str) -> bool {
    let first = clause.split(' ').next().unwrap_or_default();
    let is_named = ["§", "section", "article", "clause"].iter().any(|name| first.eq_ignore_ascii_case(name));
    open.clause.is_empty()
        && match open.kind {
            SectionKind::Recitals => is_named || is_dotted(clause),
            SectionKind::Excluded => is_named,
            _ => false,
        }
}

/// Whether the last number of a clause has several parts: `2.3`.
pub(super) fn is_dotted(clause: &str) -> bool {
    let last = clause.rsplit(' ').next().unwrap_or_default().trim_end_matches('.');
    let mut numbers = last.split('.');
    last.contains('.')
        && numbers.all(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether what a clause says goes on in no item behind it: in none with the next number, as `3.` behind `2.`.
pub(super) fn ends_with(clause: &str, item: &DocumentBlock, before: Option<&DocumentBlock>) -> bool {
    let is_next = numbers(clause, &item.clause).is_some_and(|(before, next)| next == before + 1);
    // A list below the clause may be numbered as clauses are: `1.`, `2.`.
    let is_of_list = before.is_some_and(|before| before.kind == item.kind && before.clause == clause);
    is_next && !is_of_list
}

/// Whether a clause that follows another one is the first of a list below it, numbered from the start.
pub(super) fn starts_again(clause: &str, next: &str) -> bool {
    numbers(clause, next).is_some_and(|(before, next)| next == 1 && before >= 1)
}

/// The numbers of two clauses that are counted together, and stand in the same one.
fn numbers(before: &str, next: &str) -> Option<(u32, u32)> {
    let both = |read: fn(&str) -> Option<u32>| {
        let (before, next) = number(before, read).zip(number(next, read))?;
        (before.0 == next.0).then_some((before.1, next.1))
    };
    both(decimal).or_else(|| both(roman)).or_else(|| both(letter))
}

/// A number with what it stands in: `2.` in nothing, `2.3` in `2`, `Part II 4.` in `Part II`.
fn number(clause: &str, read: fn(&str) -> Option<u32>) -> Option<(&str, u32)> {
    let trimmed = clause.trim_end_matches(['.', ')']);
    let start = trimmed.rfind(['.', ' ']).map_or(0, |mark| mark + 1);
    let (parent, last) = trimmed.split_at(start);
    Some((parent.trim_end_matches(['.', ' ']), read(last)?))
}

fn decimal(number: &str) -> Option<u32> {
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| number.parse().ok())?
}

/// `IV`, as headings are counted.
fn roman(number: &str) -> Option<u32> {
    let value = |letter: char| match letter {
        'I' => Some(1_u32),
        'V' => Some(5),
        'X' => Some(10),
        _ => None,
    };
    let values: Vec<u32> = number.chars().map(value).collect::<Option<_>>()?;
    let is_before_larger = |at: usize| values.get(at + 1).is_some_and(|next| *next > values[at]);
    // A letter before a larger one takes from it.
    let taken: u32 = (0..values.len()).filter(|&at| is_before_larger(at)).map(|at| values[at]).sum();
    let plain: u32 = (0..values.len()).filter(|&at| !is_before_larger(at)).map(|at| values[at]).sum();
    (!values.is_empty() && values.len() <= 6).then(|| plain.saturating_sub(taken))
}

/// `B`, as parts are counted.
fn letter(number: &str) -> Option<u32> {
    match number.as_bytes() {
        [letter @ b'A'..=b'Z'] => Some(u32::from(*letter)),
        _ => None,
    }
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
