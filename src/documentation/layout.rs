//! What stands in an explanation, in order, whatever it is written on.

use crate::delivery::Kind;
use crate::input::config::FILE_NAME;
use crate::lint::{Check, Lint};

use super::{Block, EXAMPLE, EXAMPLE_DAY, blocks};

/// A lint's explanation: name, level, summary, documentation, options. `typed` may be an old name; `output` is that
/// of its example, if shown.
pub(super) fn explanation(lint: &Lint, typed: &str, output: Option<&str>) -> Vec<Block> {
    let mut page = Vec::new();
    if typed != lint.name {
        let renamed = format!("`{typed}` is now called `{}`; the old name still works.", lint.name);
        page.push(Block::Opening(renamed));
    }
    page.push(Block::Title(format!("{}: {}", lint.name, lint.summary)));
    page.push(Block::Opening(format!("Level: {}, unless something else is set.", lint.level)));
    if let Check::Delivery(row, _) = lint.check {
        page.push(Block::Opening(obstacle(row.kind())));
    }
    let mut docs = blocks(lint.docs).into_iter().peekable();
    let mut in_example = false;
    while let Some(block) = docs.next() {
        in_example = in_example || block.is_heading(EXAMPLE);
        page.extend(block.file().map(|file| Block::words(format!("{file}:"))));
        page.push(block);
        if in_example && docs.peek().is_none_or(|next| matches!(next, Block::Heading(_))) {
            in_example = false;
            page.extend(output.into_iter().flat_map(shown));
        }
    }
    page.extend(options(lint));
    page
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

fn shown(output: &str) -> [Block; 2] {
    [
        Block::words(format!("What `dealcheck lint` says to that, on {EXAMPLE_DAY}:")),
        Block::code("text", output.to_owned()),
    ]
}

fn options(lint: &Lint) -> Vec<Block> {
    let listed = lint.options.iter().map(|option| {
        let text = format!("`{}`, {} by default. {}", option.name, option.default_text(), option.doc);
        Block::Words { bullet: "- ", text }
    });
    let bullet = if lint.options.is_empty() { "" } else { "- " };
    let text = "As with every lint, `level` is `allow`, `warn`, `deny` or `forbid`, and `waived-by` lists the roles that may \
                waive what it finds."
        .to_owned();
    let mut settings = vec![format!("level = \"{}\"", lint.level)];
    settings.extend(lint.options.iter().map(|option| format!("{} = {}", option.name, option.default_text())));
    let settings = format!("[lints]\n{} = {{ {} }}", lint.name, settings.join(", "));
    std::iter::once(Block::Heading("Options".to_owned()))
        .chain(listed)
        .chain([
            Block::Words { bullet, text },
            Block::words(format!("They are set in {FILE_NAME}, for example:")),
            Block::code("toml", settings),
        ])
        .collect()
}
