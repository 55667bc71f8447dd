//! A table in markdown, as GitHub and GitLab read it.

use crate::output::markup::{escape, table};

use super::sheet::{HEADS, Sheet, cells, headline, notes};

pub(super) fn draw(sheet: Sheet<'_>) -> String {
    let Some(headline) = headline(sheet) else {
        return String::new();
    };
    let mut page = format!("**{}**\n", escape(&headline));
    if !sheet.answers.is_empty() {
        page += &format!("\n{}", table(&HEADS, |_| false, sheet.answers.iter().map(cells)));
    }
    for note in notes(sheet) {
        page += &format!("\n{}\n", escape(&note));
    }
    page
}
