//! `dealcheck schema`: the JSON Schema of a file or of the JSON output.

use std::io::{self, Write};

use crate::cli::SchemaArgs;

use super::{Ending, Exit, UntilClosed};

/// Prints the schema that was asked for.
pub(super) fn run(args: &SchemaArgs) -> Ending {
    let mut out = UntilClosed::new(io::stdout());
    out.write_all(args.subject.text().as_bytes())?;
    out.flush()?;
    Ok(Exit::Clean)
}
