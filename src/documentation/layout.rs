//! What stands in an explanation, in order, whatever it is written on.

use crate::delivery::Kind;
use crate::input::config::FILE_NAME;
use crate::lint::{Check, Lint};

use super::{Block, EXAMPLE, EXAMPLE_DAY, blocks};

/// What an explanation is written on.
pub(super) trait Paper {
    /// The first line.
    fn title(&mut self, text: &str);
    /// The heading of a section.
    fn heading(&mut self, text: &str);
    /// A paragraph before the first section.
    fn opening(&mut self, text: &str);
    /// A paragraph in a section.
    fn words(&mut self, bullet: &str, text: &str);
    /// Text that stays as it is.
    fn code(&mut self, language: &str, text: &str);
}

/// Writes a lint's explanation: its name, level and summary, its documentation, its options. `typed` is the name that
/// it was asked for by, which may be an old one; `output` is what its example gives, where that is shown.
pub(super) fn lay_out(lint: &Lint, typed: &str, output: Option<&str>, paper: &mut dyn Paper) {
    if typed != lint.name {
        paper.opening(&format!("`{typed}` is now called `{}`; the old name still works.", lint.name));
    }
    paper.title(&format!("{}: {}", lint.name, lint.summary));
    paper.opening(&format!("Level: {}, unless something else is set.", lint.level));
    if let Check::Delivery(row, _) = lint.check {
        paper.opening(&obstacle(row.kind()));
    }
    let mut in_example = false;
    for block in blocks(lint.docs) {
        if in_example && matches!(block, Block::Heading(_)) {
            show(output, paper);
        }
        match &block {
            Block::Heading(text) => {
                in_example = block.is_heading(EXAMPLE);
                paper.heading(text);
            }
            Block::Words { bullet, text } => paper.words(bullet, text),
            Block::Code { language, file, text } => {
                if let Some(file) = file {
                    paper.words("", &format!("{file}:"));
                }
                paper.code(language, text);
            }
        }
    }
    if in_example {
        show(output, paper);
    }
    options(lint, paper);
}

/// What a lint that tells of an obstacle leaves standing.
fn obstacle(kind: Kind) -> String {
    let others: Vec<&str> = Kind::ALL.into_iter().filter(|other| *other != kind).map(Kind::name).collect();
    format!(
        "It tells of an obstacle of {}. Whoever waives or allows it is not rid of others beside it, of {}.",
        kind.name(),
        others.join(", ")
    )
}

fn show(output: Option<&str>, paper: &mut dyn Paper) {
    if let Some(output) = output {
        paper.words("", &format!("What `dealcheck lint` says to that, on {EXAMPLE_DAY}:"));
        paper.code("text", output);
    }
}

fn options(lint: &Lint, paper: &mut dyn Paper) {
    paper.heading("Options");
    for option in lint.options {
        paper
            .words("- ", &format!("`{}`, {} by default. {}", option.name, option.default_text(), option.doc));
    }
    paper.words(
        if lint.options.is_empty() { "" } else { "- " },
        "As with every lint, `level` is `allow`, `warn`, `deny` or `forbid`, and `waived-by` lists the roles \
         that may waive what it finds.",
    );
    paper.words("", &format!("They are set in {FILE_NAME}, for example:"));
    let mut settings = vec![format!("level = \"{}\"", lint.level)];
    settings.extend(lint.options.iter().map(|option| format!("{} = {}", option.name, option.default_text())));
    paper.code("toml", &format!("[lints]\n{} = {{ {} }}", lint.name, settings.join(", ")));
}
