//! Explanations for a terminal.

use anstyle::Style;
use comfy_table::{ContentArrangement, Table, presets};

use crate::lint::Lint;
use crate::lints::LINTS;

use super::layout::{Paper, lay_out};

/// How wide the prose of a page is, wherever it is read.
const PAGE: usize = 80;

/// A lint's page. `typed` is the name that it was asked for by, which may be an old one; `output` is what
/// its example gives, where that is shown.
pub(crate) fn page(lint: &Lint, typed: &str, output: Option<&str>, colour: bool) -> String {
    let mut page = TerminalPage { out: String::new(), colour };
    lay_out(lint, typed, output, &mut page);
    page.out.truncate(page.out.trim_end().len());
    page.out.push('\n');
    page.out
}

/// A page as it grows: blocks with an empty line after each.
struct TerminalPage {
    out: String,
    colour: bool,
}

impl TerminalPage {
    fn fill(&mut self, indent: &str, bullet: &str, text: &str) {
        let first = format!("{indent}{bullet}");
        let next = " ".repeat(first.len());
        let options = textwrap::Options::new(PAGE)
            .initial_indent(&first)
            .subsequent_indent(&next)
            .break_words(false)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        self.out.push_str(&textwrap::fill(text, options));
        self.out.push_str("\n\n");
    }
}

impl Paper for TerminalPage {
    fn title(&mut self, text: &str) {
        self.heading(text);
    }

    fn heading(&mut self, text: &str) {
        let style = if self.colour { Style::new().bold() } else { Style::new() };
        self.out.push_str(&format!("{style}{text}{style:#}\n\n"));
    }

    fn opening(&mut self, text: &str) {
        self.fill("", "", text);
    }

    fn words(&mut self, bullet: &str, text: &str) {
        self.fill("  ", bullet, text);
    }

    fn code(&mut self, _: &str, text: &str) {
        self.out.push_str(&textwrap::indent(text.trim_end(), "    "));
        self.out.push_str("\n\n");
    }
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
