//! Where the sections of a document end: by the numbers of its clauses, and by lines that are titles though nothing marks
//! them.

use crate::document::{BlockKind, DocumentBlock};

use super::sections::SectionKind;
use super::words::{WordToken, says, sentences, tokens};

/// What a heading opens.
pub(super) struct OpenSection {
    pub(super) level: u8,
    pub(super) kind: SectionKind,
    /// The number of the heading, and its block.
    pub(super) clause: String,
    pub(super) block: usize,
}

/// Whether a clause has a higher number than another one that is called alike: `Section 3 a)` behind `Section 1`, `2.1` and
/// `2.` behind `1.`. What has one number alone may be an item of a list below it, unless it begins a section.
pub(super) fn follows(before: &str, clause: &str, begins: bool) -> bool {
    let numbers = |clause: &str| -> Option<(String, Vec<u32>)> {
        let digits = clause.find(|letter: char| letter.is_ascii_digit())?;
        let (kind, rest) = clause.split_at(digits);
        let end = rest.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(rest.len());
        let parts = rest[..end].split('.').map_while(|part| part.parse().ok()).collect();
        Some((kind.to_lowercase(), parts))
    };
    let (Some((kind, before)), Some((other, numbers))) = (numbers(before), numbers(clause)) else {
        return false;
    };
    let is_named = kind.contains(|letter: char| letter.is_alphabetic() || letter == '§');
    let is_sure = is_named || kind.is_empty() && (begins || numbers.len() > 1 && !clause.contains(' '));
    kind == other && is_sure && numbers.iter().take(before.len()).gt(before.iter())
}

/// Whether the last one of some blocks has the number after that of the first, and none between them has a number of that
/// kind: "2. Vendor shall …" behind "1. Definitions".
pub(super) fn goes_on_with(before: &str, blocks: &[DocumentBlock]) -> bool {
    /// The most blocks that are asked.
    const MOST: usize = 200;
    let number = |clause: &str| -> Option<u32> { clause.strip_suffix('.')?.parse().ok() };
    let [_, between @ .., last] = blocks else { return false };
    let is_next = number(before).zip(number(&last.clause)).is_some_and(|(before, last)| last == before + 1);
    is_next
        && matches!(last.kind, BlockKind::Item(_))
        && between.len() <= MOST
        && between.iter().all(|block| block.kind != BlockKind::Item(0) || number(&block.clause).is_none())
}

/// Whether a clause ends a section whose heading has no number: "§ 1" ends "Preamble", and "1." what was told.
pub(super) fn ends_unnumbered(open: &OpenSection, block: &DocumentBlock, begins: bool) -> bool {
    let first = block.clause.split(' ').next().unwrap_or_default();
    let is_named = ["§", "section", "article", "clause"].iter().any(|name| first.eq_ignore_ascii_case(name));
    // Recitals are numbered as well: "1. The Client runs …".
    let is_title = sentences(&block.text).first().is_some_and(|first| is_title(&block.text[first.clone()]));
    let is_number = first.starts_with(|first: char| first.is_ascii_digit())
        && (begins || is_title || is_dotted(&block.clause));
    let is_agreed = ["agree as follows", "agreed as follows", "NOW, THEREFORE", "Now, therefore"]
        .iter()
        .any(|agreed| block.text.contains(agreed));
    let is_item = matches!(block.kind, BlockKind::Item(_));
    if open.kind == SectionKind::Told && is_agreed {
        return true;
    }
    open.clause.is_empty()
        && is_item
        && (open.kind == SectionKind::Told && (is_number || is_named)
            || open.kind == SectionKind::Excluded && is_named)
}

/// Whether a block that no mark makes a heading begins a section: a line without a verb, above what stands in it.
pub(super) fn begins_section(block: &DocumentBlock, next: Option<&DocumentBlock>) -> bool {
    const ASKS: [&str; 5] = ["What ", "How ", "Where ", "Who ", "Why "];
    let is_above = |own: u8| match next.map(|next| &next.kind) {
        Some(BlockKind::Item(depth)) => *depth > own,
        Some(BlockKind::Paragraph | BlockKind::Row(_)) => true,
        _ => false,
    };
    let is_question =
        ASKS.iter().any(|asks| block.text.starts_with(asks)) && !block.text.ends_with(['.', ':', ';', ',']);
    match block.kind {
        BlockKind::Heading(_) => true,
        BlockKind::Item(own) => is_above(own) && (is_bare_title(&block.text) || is_question),
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

/// Whether the first sentence of a clause is its title: "2.3 Acceptance of Deliverables. Vendor shall …".
pub(super) fn is_title(text: &str) -> bool {
    /// The most words of a title.
    const LONGEST: usize = 9;
    // Most sentences are longer: a quick look spares taking them apart.
    if !text.ends_with(['.', ':']) || text.split_whitespace().nth(2 * LONGEST).is_some() {
        return false;
    }
    let words = tokens(text);
    let is_small = |word: &&WordToken| word.place.len() <= 4 || !word.is_word();
    let (small, large): (Vec<_>, Vec<_>) = words.iter().partition(is_small);
    small.len() + large.len() <= LONGEST + 1
        && words.iter().any(|word| word.is_capital)
        && large.iter().all(|word| word.is_capital)
        && !small.iter().any(|word| ["will", "must", "may", "can", "is", "are", "has"].contains(&&*word.stem))
        && !words.iter().any(|word| word.stem.starts_with(|first: char| first.is_ascii_digit()))
        && !words.iter().any(|word| word.stem == "shall")
}

/// Whether a clause in which others stand is no sentence, but what they are about: "Subject matter of the contract".
pub(super) fn is_bare_title(text: &str) -> bool {
    /// The most words of one.
    const LONGEST: usize = 9;
    /// What a sentence has that its items go on with: "Vendor shall".
    const VERBS: &[&str] = &[
        "shall",
        "will",
        "must",
        "may",
        "can",
        "is",
        "are",
        "has",
        "have",
        "include",
        "provide",
        "agree",
        "to",
        "undertake",
        "commit",
        "guarantee",
        "warrant",
    ];
    text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', ':', ';', ',', '?', '!', '-', '–', '—'])
        && text.split_whitespace().nth(LONGEST).is_none()
        && !says(&tokens(text), VERBS)
}
