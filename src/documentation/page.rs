//! Explanations for a terminal.

use anstyle::Style;
use comfy_table::{ContentArrangement, Table, presets};

use crate::lint::Lint;
use crate::lints::LINTS;

use super::Block;
use super::layout::explanation;

/// How wide the prose of a page is, wherever it is read.
const PAGE: usize = 80;

/// A lint's page. `typed` may be an old name; `output` is that of its example, if shown.
pub(crate) fn page(lint: &Lint, typed: &str, output: Option<&str>, colour: bool) -> String {
    let style = if colour { Style::new().bold() } else { Style::new() };
    let blocks = explanation(lint, typed, output).into_iter().map(|block| match block {
        Block::Title(text) | Block::Heading(text) => format!("{style}{text}{style:#}"),
        Block::Opening(text) => filled("", &text),
        Block::Words { bullet, text } => filled(&format!("  {bullet}"), &text),
        Block::Code { text, .. } => textwrap::indent(text.trim_end(), "    "),
    });
    blocks.collect::<Vec<_>>().join("\n\n") + "\n"
}

/// A paragraph whose lines hang below what its first one begins with.
fn filled(first: &str, text: &str) -> String {
    let next = " ".repeat(first.len());
    let options = textwrap::Options::new(PAGE)
        .initial_indent(first)
        .subsequent_indent(&next)
        .break_words(false)
        .word_splitter(textwrap::WordSplitter::NoHyphenation);
    textwrap::fill(text, options)
}

/// All lints, for a terminal of some width.
pub(crate) fn overview(width: usize, colour: bool) -> String {
    let style = if colour { Style::new().bold() } else { Style::new() };
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    table.add_row(["lint", "default", "finds"]);
    table.add_rows(LINTS.iter().map(|lint| [lint.name, lint.level.name(), lint.summary]));
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let mut lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
    if let Some(head) = lines.first_mut() {
        *head = format!("{style}{head}{style:#}");
    }
    lines.push(String::new());
    lines.push("To read more about one: `dealcheck explain LINT`".to_owned());
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_narrow_but_for_what_is_shown() {
        for lint in LINTS {
            let page = page(lint, lint.name, None, false);
            assert!(page.starts_with(&format!("{}: ", lint.name)));
            assert!(!page.contains("##") && !page.contains("```"), "{page}");
            let wide = page.lines().find(|line| !line.starts_with("    ") && line.chars().count() > PAGE);
            assert_eq!(wide, None);
        }
    }

    #[test]
    fn an_old_name_is_answered_with_the_new_one() {
        let page = page(crate::lints::find("late-feature").unwrap(), "tardy-feature", None, false);
        assert!(
            page.starts_with("`tardy-feature` is now called `late-feature`; the old name still works.\n")
        );
    }

    #[test]
    fn the_overview_fits_a_terminal() {
        for width in [60, 100] {
            let overview = overview(width, false);
            assert!(overview.lines().all(|line| line.chars().count() <= width), "{overview}");
        }
        assert_eq!(overview(100, true).matches('\u{1b}').count(), 2);
    }
}
