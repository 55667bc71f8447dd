//! A table in markdown, as GitHub and GitLab read it.

use super::{HEADS, Sheet, cells, headline, notes};

pub(super) fn draw(sheet: Sheet<'_>) -> String {
    let Some(headline) = headline(sheet) else {
        return String::new();
    };
    let mut page = format!("**{}**\n", escaped(&headline));
    if !sheet.answers.is_empty() {
        page += &format!("\n{}| --- | --- | --- |\n", row(&HEADS));
        page.extend(sheet.answers.iter().map(|answer| row(&cells(answer))));
    }
    for note in notes(sheet) {
        page += &format!("\n{}\n", escaped(&note));
    }
    page
}

fn row(cells: &[impl AsRef<str>]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| escaped(cell.as_ref())).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// Text that is only text: neither markup nor HTML, nor the end of a cell.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => out.extend(['\\', character]),
            // No mention.
            '@' => out.push_str("&#64;"),
            _ => out.push(character),
        }
    }
    // No address.
    out.replace("://", "&#58;//")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup() {
        assert_eq!(
            escaped("a|b <b> *x* [y](z) `c` \\| @all"),
            "a\\|b &lt;b&gt; \\*x\\* \\[y\\](z) \\`c\\` \\\\\\| &#64;all"
        );
    }
}
