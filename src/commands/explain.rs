//! `dealcheck explain`: one lint as a page, or all as a table.

use std::io::{self, Write};

use crate::cli::ExplainArgs;
use crate::{explain, lints};

use super::{Exit, UntilClosed, width};

/// Explains what was asked for.
pub(super) fn run(args: &ExplainArgs, colour: bool) -> io::Result<Exit> {
    // A name that is none was refused with the arguments.
    let lint = args.lint.as_deref().and_then(|name| Some((name, lints::find(name)?)));
    let text = match lint {
        Some((typed, lint)) => explain::page(lint, typed, colour),
        None => explain::overview(width(), colour),
    };
    let mut out = UntilClosed::new(io::stdout());
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Clean)
}
