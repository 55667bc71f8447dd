//! `dealcheck explain`: one lint as a page, or all as a table.

use std::io::{self, IsTerminal};

use crate::cli::{ExplainArgs, PageFormat};
use crate::{explain, lints};

use super::{Exit, pager};

/// How wide the table is where nothing says how wide the page is.
const PIPED: usize = 100;

/// Explains what was asked for.
pub(super) fn run(args: &ExplainArgs, colour: bool) -> io::Result<Exit> {
    // A name that is none was refused with the arguments.
    let lint = args.lint.as_deref().and_then(|name| Some((name, lints::find(name)?)));
    let text = match (lint, args.format) {
        (Some((typed, lint)), PageFormat::Text) => explain::page(lint, typed, colour),
        (Some((typed, lint)), PageFormat::Markdown) => explain::markdown(lint, typed),
        (None, PageFormat::Text) => explain::overview(width(), colour),
        (None, PageFormat::Markdown) => explain::table(),
    };
    pager::show(&text, !args.no_pager)?;
    Ok(Exit::Clean)
}

fn width() -> usize {
    let terminal = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
    terminal.map_or(PIPED, |(terminal_size::Width(columns), _)| columns.into())
}
