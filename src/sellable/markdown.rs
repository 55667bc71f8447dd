//! A table in markdown, as GitHub and GitLab read it.

use crate::output::escape_markdown;

use super::sheet::{HEADS, Sheet, cells, headline, notes};

pub(super) fn draw(sheet: Sheet<'_>) -> String {
    let Some(headline) = headline(sheet) else {
        return String::new();
    };
    let mut page = format!("**{}**\n", escape_markdown(&headline));
    if !sheet.answers.is_empty() {
        page += &format!("\n{}| --- | --- | --- |\n", row(&HEADS));
        page.extend(sheet.answers.iter().map(|answer| row(&cells(answer))));
    }
    for note in notes(sheet) {
        page += &format!("\n{}\n", escape_markdown(&note));
    }
    page
}

fn row(cells: &[impl AsRef<str>]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| escape_markdown(cell.as_ref())).collect();
    format!("| {} |\n", cells.join(" | "))
}
