//! Explanations in markdown, for pages of documentation.

use crate::lint::Lint;
use crate::lints::LINTS;

use super::Block;
use super::layout::explanation;

/// A lint's page in markdown. `typed` may be an old name; `output` is that of its example, if shown. A paragraph is
/// one line, so that no word of it begins a list by chance.
pub(crate) fn markdown(lint: &Lint, typed: &str, output: Option<&str>) -> String {
    let blocks = explanation(lint, typed, output).into_iter().map(|block| match block {
        Block::Title(text) => format!("# {text}"),
        Block::Heading(text) => format!("## {text}"),
        Block::Opening(text) => text,
        Block::Words { bullet, text } => format!("{bullet}{text}"),
        Block::Code { language, text, .. } => format!("```{language}\n{}\n```", text.trim_end()),
    });
    blocks.collect::<Vec<_>>().join("\n\n") + "\n"
}

/// All lints as a table.
pub fn table() -> String {
    let mut table = String::from("| lint | default | finds |\n| --- | --- | --- |\n");
    for lint in LINTS {
        let summary = lint.summary.replace('|', "\\|");
        table.push_str(&format!("| `{}` | {} | {summary} |\n", lint.name, lint.level));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::documentation::{blocks, headings};

    fn words(markdown: &str) -> Vec<String> {
        let words = blocks(markdown).into_iter().filter_map(|block| match block {
            Block::Words { bullet, text } => Some(format!("{bullet}{text}")),
            _ => None,
        });
        words.collect()
    }

    #[test]
    fn what_is_read_from_a_page_is_what_the_lint_says() {
        for lint in LINTS {
            let page = markdown(lint, lint.name, None);
            let read: Vec<String> = blocks(&page)
                .into_iter()
                .filter_map(|block| match block {
                    Block::Heading(text) => Some(text),
                    _ => None,
                })
                .collect();
            let title = format!("{}: {}", lint.name, lint.summary);
            let expected: Vec<String> =
                [title].into_iter().chain(headings(lint)).chain(["Options".to_owned()]).collect();
            assert_eq!(read, expected, "{page}");
            let said = words(&page);
            for words in words(lint.docs) {
                assert!(said.contains(&words), "{words:?} of {}:\n{page}", lint.name);
            }
        }
    }

    #[test]
    fn an_old_name_is_answered_with_the_new_one() {
        let page = markdown(crate::lints::find("late-feature").unwrap(), "tardy-feature", None);
        assert!(page.contains("`tardy-feature` is now called `late-feature`"), "{page}");
    }
}
