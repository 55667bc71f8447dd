//! What became of each statement, as a table.

use comfy_table::{ContentArrangement, Table, presets};

use crate::text::{clean, clean_truncated, count};

use super::{CoveredStatement, DraftedContract};

/// The most characters of a statement that are shown.
pub(super) const LONGEST: usize = 160;

/// A table of the statements, in the order of the documents, as wide as this.
pub(crate) fn table(draft: &DraftedContract, width: usize) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table.set_header(["clause", "words", "taken as"]);
    for covered in &draft.coverage {
        table.add_row([
            place(covered),
            clean_truncated(&covered.text, LONGEST).into_owned(),
            outcome(covered),
        ]);
    }
    let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    let taken = draft.coverage.iter().filter(|covered| covered.taken.is_ok()).count();
    let all = count(draft.coverage.len(), "statement");
    let promises = count(draft.requirements.len(), "promise");
    let unread: String = draft.unread.iter().map(|what| format!("{}\n", clean(what))).collect();
    format!("{}\n\n{all}, {taken} of them taken as {promises}\n{unread}", lines.join("\n"))
}

/// Where a statement stands.
pub(super) fn place(covered: &CoveredStatement) -> String {
    let parts = [&covered.document, &covered.clause].map(|part| clean(part).into_owned());
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What became of it.
pub(super) fn outcome(covered: &CoveredStatement) -> String {
    match &covered.taken {
        Ok(ids) => ids.join(", "),
        Err(why) => why.clone(),
    }
}
