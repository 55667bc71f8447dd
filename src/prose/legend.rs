//! What a document says of the letters by which it answers: "C = compliant; R = with a later release; N = not compliant".

use std::collections::HashMap;

use crate::document::DocumentBlock;

use super::words::{WordToken, phrases, says, tokens};

/// Letters with the word of an answer that each stands for.
#[derive(Debug, Default)]
pub(super) struct AnswerLegend(HashMap<String, &'static str>);

/// The most letters of a mark.
const LONGEST_MARK: usize = 3;

impl AnswerLegend {
    /// What the blocks of a document say. Two letters at least, of which one is a yes and one is none.
    pub(super) fn find(blocks: &[DocumentBlock]) -> Self {
        let mut all = HashMap::new();
        for block in blocks {
            for part in block.text.split([';', ',']) {
                let Some((mark, meaning)) = marked(part) else { continue };
                if let Some(answer) = answer(&tokens(meaning)) {
                    all.entry(mark.to_owned()).or_insert(answer);
                }
            }
        }
        let is_told = all.values().any(|answer| *answer == YES) && all.values().any(|answer| *answer != YES);
        Self(if is_told { all } else { HashMap::new() })
    }

    /// The word that a cell stands for, if it is nothing but one of the letters.
    pub(super) fn answer(&self, cell: &str) -> Option<&'static str> {
        self.0.get(cell.trim_matches(|mark: char| !mark.is_alphanumeric())).copied()
    }
}

const YES: &str = "yes";

/// A mark and what stands behind it: "C: Compliant", "N = not", "| P | planned |", "FC (fully compliant)".
fn marked(part: &str) -> Option<(&str, &str)> {
    const JOINTS: [&str; 9] = [" = ", "=", ": ", " – ", " — ", " - ", " | ", " (", " means "];
    let mut parts: Vec<(&str, &str)> = JOINTS.iter().filter_map(|joint| part.split_once(joint)).collect();
    parts.sort_by_key(|(before, _)| before.len());
    // "Answers: S = standard": what stands before is no mark.
    parts.into_iter().find_map(|(before, meaning)| {
        let mark = before.rsplit([' ', '"', '“', '(', '\'']).find(|word| !word.is_empty())?;
        let mark = mark.trim_end_matches(['"', '”', ')', '\'']);
        let is_mark = !mark.is_empty()
            && mark.len() <= LONGEST_MARK
            && mark.bytes().all(|byte| byte.is_ascii_uppercase());
        is_mark.then_some((mark, meaning))
    })
}

/// The word of an answer that a meaning comes to.
fn answer(meaning: &[WordToken]) -> Option<&'static str> {
    const NO: &[&str] = &["not", "no", "non", "unsupported", "cannot", "none"];
    const LATER: &[&str] =
        &["roadmap", "planned", "future release", "future version", "under consideration", "later release"];
    const OPTION: &[&str] =
        &["option", "optional", "optionally", "at extra", "additional cost", "chargeable"];
    const PART: &[&str] = &["partly", "partial", "partially", "in part", "workaround", "third party"];
    const FULL: &[&str] = &[
        "yes", "compliant", "comply", "complie", "full", "fully", "standard", "in the standard", "included",
        "available", "supported", "met", "fulfilled", "out of the box", "delivered", "will be delivered",
        "configurable", "configuration", "by configuration", "native", "part of the standard", "will be",
    ];
    let begins = |list| phrases(list).at(meaning, 0).is_some();
    if begins(NO) {
        Some("no")
    } else if says(meaning, LATER) {
        Some("planned")
    } else if says(meaning, OPTION) {
        Some("optional")
    } else if begins(PART) {
        Some("partial")
    } else if begins(FULL) {
        Some(YES)
    } else {
        None
    }
}
