//! What a lint's documentation becomes: a page for a terminal or in markdown, a line of a table, and the files of
//! its example. Nothing else reads `docs`.

mod layout;
mod markdown;
mod page;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::lint::Lint;
use crate::model::window::Date;

pub(crate) use markdown::markdown;
pub use markdown::table;
pub(crate) use page::{overview, page};

/// The day on which examples are checked.
pub(crate) const EXAMPLE_DAY: Date = jiff::civil::date(2026, 12, 1);

const EXAMPLE: &str = "Example";
const INSTEAD: &str = "Instead";

/// The files of a lint's example, each with its name.
pub fn example(lint: &Lint) -> Vec<(String, String)> {
    files_under(lint, EXAMPLE)
}

/// The files of what to write instead; what is not shown there again is as in the example.
pub fn instead(lint: &Lint) -> Vec<(String, String)> {
    let mut files = example(lint);
    for (name, text) in files_under(lint, INSTEAD) {
        match files.iter_mut().find(|(known, _)| *known == name) {
            Some((_, before)) => *before = text,
            None => files.push((name, text)),
        }
    }
    files
}

/// The files below a heading of a lint's documentation, such as the one that begins with `yaml contract.yaml`.
fn files_under(lint: &Lint, heading: &str) -> Vec<(String, String)> {
    let of_heading = blocks(lint.docs).into_iter().skip_while(|block| !block.is_heading(heading)).skip(1);
    of_heading
        .take_while(|block| !matches!(block, Block::Heading(_)))
        .filter_map(|block| match block {
            Block::Code { file: Some(file), text, .. } => Some((file, text)),
            _ => None,
        })
        .collect()
}

/// The headings of a lint's documentation, in order.
pub fn headings(lint: &Lint) -> Vec<String> {
    let headings = blocks(lint.docs).into_iter().filter_map(|block| match block {
        Block::Heading(text) => Some(text),
        _ => None,
    });
    headings.collect()
}

/// The first paragraph of a lint's documentation: what it finds.
pub(crate) fn what_it_finds(lint: &Lint) -> String {
    let first = blocks(lint.docs).into_iter().find_map(|block| match block {
        Block::Words { text, .. } => Some(text),
        _ => None,
    });
    first.unwrap_or_else(|| lint.summary.to_owned())
}

/// A part of a lint's documentation, or of an explanation.
enum Block {
    /// The first line of an explanation.
    Title(String),
    /// A paragraph before the first section of an explanation.
    Opening(String),
    Heading(String),
    /// Words, and what stands before their first line.
    Words {
        bullet: &'static str,
        text: String,
    },
    Code {
        language: String,
        file: Option<String>,
        text: String,
    },
}

impl Block {
    fn words(text: String) -> Self {
        Self::Words { bullet: "", text }
    }

    fn code(language: &str, text: String) -> Self {
        Self::Code { language: language.to_owned(), file: None, text }
    }

    /// The name of the file that it is the text of.
    fn file(&self) -> Option<&str> {
        if let Self::Code { file, .. } = self { file.as_deref() } else { None }
    }

    fn is_heading(&self, wanted: &str) -> bool {
        matches!(self, Self::Heading(text) if text == wanted)
    }
}

fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut text = String::new();
    let (mut language, mut file) = (String::new(), None);
    let mut bullet = "";
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match &kind {
                    CodeBlockKind::Fenced(info) => info.as_ref(),
                    CodeBlockKind::Indented => "",
                };
                let mut words = info.split_whitespace().map(str::to_owned);
                (language, file) = (words.next().unwrap_or_default(), words.next());
            }
            Event::Start(Tag::Item) => bullet = "- ",
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => text.push_str(&words),
            Event::Code(words) => text.extend(["`", &*words, "`"]),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(TagEnd::Heading(_)) => blocks.push(Block::Heading(std::mem::take(&mut text))),
            Event::End(TagEnd::CodeBlock) => {
                let (language, file) = (std::mem::take(&mut language), file.take());
                blocks.push(Block::Code { language, file, text: std::mem::take(&mut text) });
            }
            Event::End(TagEnd::Paragraph | TagEnd::Item) if !text.is_empty() => {
                let bullet = std::mem::take(&mut bullet);
                blocks.push(Block::Words { bullet, text: std::mem::take(&mut text) });
            }
            _ => {}
        }
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lint(name: &str) -> &'static Lint {
        crate::lints::find(name).unwrap()
    }

    #[test]
    fn files_keep_their_indentation() {
        let files = example(lint("late-feature"));
        assert_eq!(files.len(), 2);
        assert_eq!(files[0].0, "contract.yaml");
        assert!(
            files[0].1.ends_with("requirements:\n  - feature: audit-log\n    due: 2027-01-31\n"),
            "{files:?}"
        );
    }

    #[test]
    fn what_to_write_instead_replaces_files() {
        let (before, after) = (example(lint("late-feature")), instead(lint("late-feature")));
        assert_ne!(before[0], after[0]);
        assert_eq!(before[1], after[1]);
    }
}
