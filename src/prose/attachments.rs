//! Parts of a contract that a document says belong to it, and that may stand in another file: "Exhibit B, which is incorporated
//! by reference".

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::statement::Statement;
use super::words::{WordToken, glance, says, tokens};

/// What such a part is called, before its letter or number.
const KINDS: [&str; 6] = ["exhibit", "schedule", "annex", "appendix", "attachment", "addendum"];

/// Words that make it a part.
const INCORPORATES: &[&str] = &[
    "incorporated",
    "incorporate",
    "form part",
    "forms part",
    "form a part",
    "form an integral part",
    "made a part",
    "made part",
    "integral part",
    "is part of this",
    "are part of this",
    "attached",
    "annexed",
    "appended",
];

/// The longest letter or number: `B-12`.
const LONGEST: usize = 4;

/// A part of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AttachedPart {
    /// What it is told from others by.
    pub(crate) key: String,
    /// What it is called.
    pub(crate) name: String,
    /// Where it is named.
    pub(crate) place: Range<usize>,
}

/// The parts that a statement says belong to the contract.
pub(crate) fn attachments(statement: &Statement) -> Vec<AttachedPart> {
    /// Few sentences name a part.
    static MAY: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| glance(&KINDS));
    // What stands first may have been read as the number of the clause.
    let is_first = statement.place.start == 0 && attachment_of(&statement.clause).is_some();
    let may = || is_first || MAY.as_ref().is_none_or(|may| may.is_match(&statement.text));
    if !statement.is_judged() || !may() {
        return Vec::new();
    }
    let before = if is_first { statement.clause.len() + 1 } else { 0 };
    let text = match is_first {
        true => Cow::Owned(format!("{} {}", statement.clause, statement.text)),
        false => Cow::Borrowed(statement.text.as_str()),
    };
    let text = &*text;
    let words = tokens(text);
    if !says(&words, INCORPORATES) {
        return Vec::new();
    }
    let named = (0..words.len()).filter_map(|at| {
        let label = words.get(at + 1).filter(|_| is_label(text, &words, at))?;
        let place = words[at].place.start..label.place.end;
        let part = AttachedPart {
            key: format!("{} {}", words[at].stem, label.stem),
            name: text[place.clone()].to_owned(),
            place: match place.start.checked_sub(before) {
                Some(start) => start..place.end - before,
                None => 0..statement.text.len(),
            },
        };
        Some(part)
    });
    named.collect()
}

/// What a title is the title of: `Exhibit B – Service description`.
pub(crate) fn attachment_of(title: &str) -> Option<String> {
    /// The longest title, in bytes.
    const LONGEST: usize = 120;
    if title.is_empty() || title.len() > LONGEST || title.ends_with(['.', ';']) {
        return None;
    }
    let words = tokens(title);
    let at = (0..words.len().min(3)).find(|&at| is_label(title, &words, at))?;
    Some(format!("{} {}", words[at].stem, words[at + 1].stem))
}

/// Whether a word and the next one are what a part is called.
fn is_label(text: &str, words: &[WordToken], at: usize) -> bool {
    let Some(label) = words.get(at + 1) else { return false };
    let written = &text[label.place.clone()];
    KINDS.contains(&&*words[at].stem)
        && written.len() <= LONGEST
        && written.chars().all(|letter| letter.is_ascii_digit() || letter.is_ascii_uppercase())
}
