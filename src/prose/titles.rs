//! Which lines are titles, and say what stands below them.

use crate::document::{BlockKind, DocumentBlock};

use super::words::{WordToken, phrases, says, tokens};

/// Whether a line is no sentence, and stands alone above others: what they are about.
pub(super) fn stands_alone(
    block: &DocumentBlock,
    before: Option<&DocumentBlock>,
    next: Option<&DocumentBlock>,
) -> bool {
    /// The fewest letters of what it stands above, if that is no item and no row.
    const SHORTEST: usize = 40;
    let is_led = before.is_some_and(|before| before.text.ends_with([':', ',', '—', '–']));
    let is_above = next.is_some_and(|next| match next.kind {
        BlockKind::Heading(_) => false,
        BlockKind::Item(_) | BlockKind::Row(_) => true,
        _ => next.text.len() >= SHORTEST,
    });
    block.kind == BlockKind::Paragraph && !is_led && is_above && is_bare_title(&block.text)
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
        "shall", "will", "must", "may", "can", "is", "are", "has", "have", "include", "provide", "agree",
        "to", "undertake", "commit", "guarantee", "warrant",
    ];
    text.starts_with(char::is_uppercase)
        && !text.ends_with(['.', ':', ';', ',', '?', '!', '-', '–', '—'])
        && text.split_whitespace().nth(LONGEST).is_none()
        && !says(&tokens(text), VERBS)
}

/// Whether a clause is a title that asks what stands below it: "What will be delivered and when".
pub(super) fn is_asked_title(text: &str) -> bool {
    const ASKS: [&str; 5] = ["What ", "How ", "Where ", "Who ", "Why "];
    ASKS.iter().any(|asks| text.starts_with(asks)) && !text.ends_with(['.', ':', ';', ','])
}

/// Whether a heading obliges somebody: "Vendor shall provide the Audit log by 31 March 2027."
pub(super) fn is_promise(text: &str) -> bool {
    /// The most words of a mere title.
    const SHORT: usize = 4;
    const OBLIGES: &[&str] = &["shall", "will", "must", "undertake to", "agree to", "commit to"];
    !text.ends_with('?')
        && text.split_whitespace().nth(SHORT).is_some()
        && phrases(OBLIGES).find(&tokens(text)).is_some_and(|modal| modal.start > 0)
}
