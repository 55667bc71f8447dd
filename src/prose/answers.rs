//! Questions and requirements with the line that answers them.

use std::ops::Range;

use crate::document::{BlockKind, DocumentBlock};

use super::sections::ColumnRole;
use super::words::{phrases, says, sentences, tokens};

/// Questions that are answered with yes in the same breath, with the answer: "SSO? Yes, that is in."
pub(crate) const ASKED_AND_ANSWERED: &[&str] = &[
    "? yes", "? a : yes", "? answer : yes", "? response : yes", "? included", "? confirmed", "? absolutely",
    "? of course", "? certainly", "? no problem", "? sure", "? agreed", "? covered", "? done", "? supported",
];

/// Sentences, of which one that asks and is answered with yes is one with its answer.
pub(super) fn answered(mut parts: Vec<Range<usize>>, text: &str) -> Vec<Range<usize>> {
    for at in (1..parts.len()).rev() {
        let both = parts[at - 1].start..parts[at].end;
        if text[parts[at - 1].clone()].ends_with('?')
            && says(&tokens(&text[both.clone()]), ASKED_AND_ANSWERED)
        {
            parts.splice(at - 1..=at, [both]);
        }
    }
    parts
}

/// Whether a text answers with yes, and says no more: "A: Yes, certainly."
fn is_plain_yes(text: &str) -> bool {
    const YES: &[&str] = &["yes", "certainly", "of course", "absolutely", "confirmed", "definitely"];
    /// The most words of such an answer.
    const LONGEST: usize = 6;
    let label = ["A: ", "A. ", "Answer: "].iter().find_map(|label| text.strip_prefix(label));
    let text = label.unwrap_or(text);
    let first = sentences(text).into_iter().next().map_or("", |first| &text[first]);
    let is_short = first.split_whitespace().nth(LONGEST).is_none();
    is_short && phrases(YES).at(&tokens(first), 0).is_some()
}

/// A requirement with the line that answers it, as a row would have them: "R1 Seat maps … Answer: fulfilled."
pub(super) fn answer_line(
    block: &DocumentBlock,
    parts: &[Range<usize>],
    next: Option<&DocumentBlock>,
) -> Option<Vec<(ColumnRole, String)>> {
    const LABELS: [&str; 5] = ["Answer: ", "Response: ", "Reply: ", "Vendor response: ", "Our answer: "];
    let labelled =
        |text: &str| LABELS.iter().find(|label| text.starts_with(**label)).map(|label| label.len());
    let text = &*block.text;
    // "Q: Will the Audit log be there by March 2027?", "A: Yes, certainly."
    if let ([_], Some(next)) = (parts, next)
        && text.ends_with('?')
        && !matches!(next.kind, BlockKind::Row(_))
        && is_plain_yes(&next.text)
    {
        return Some(vec![
            (ColumnRole::Deliverable, text.to_owned()),
            (ColumnRole::Answer, "yes".to_owned()),
        ]);
    }
    let within = parts.iter().skip(1).find_map(|part| Some(part.start + labelled(&text[part.clone()])?));
    let (asked, answer) = match within {
        Some(answer) => text.split_at(answer),
        None => {
            let next =
                next.filter(|next| labelled(text).is_none() && !matches!(next.kind, BlockKind::Row(_)))?;
            (text, &next.text[labelled(&next.text)?..])
        }
    };
    Some(vec![
        (ColumnRole::Deliverable, asked.trim_end().to_owned()),
        (ColumnRole::Answer, answer.to_owned()),
    ])
}
