//! `dealcheck explain`: one lint as a page, or all as a table.

use crate::cli::{ExplainArgs, PageFormat};
use crate::{documentation, explain, lints};

use super::{Ending, Exit, pager, width};

/// Explains what was asked for.
pub(super) fn run(args: &ExplainArgs, colour: bool) -> Ending {
    // A name that is none was refused with the arguments.
    let lint = args.lint.as_deref().and_then(|name| Some((name, lints::find(name)?)));
    let text = match (lint, args.format) {
        (Some((typed, lint)), PageFormat::Text) => explain::page(lint, typed, colour),
        (Some((typed, lint)), PageFormat::Markdown) => explain::markdown(lint, typed),
        (None, PageFormat::Text) => documentation::overview(width(), colour),
        (None, PageFormat::Markdown) => documentation::table(),
    };
    pager::show(&text, !args.no_pager)?;
    Ok(Exit::Clean)
}
