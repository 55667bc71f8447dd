//! `confirm`.

use clap::Args;

use super::{SourceArgs, some_text};

pub(super) const CONFIRM_HELP: &str = "\
Ask the team first. The day is written as `confirmed` beside the target, also of the offers for other
scopes that have one of their own; nothing else of the file changes. `lint` then says no more that
nobody has confirmed it.

Exit status:
  0  the day is written for all of them
  2  refused: nothing is written

Examples:
  dealcheck confirm audit-log
  dealcheck confirm audit-log \"SAML single sign-on\" --roadmap product/roadmap.yaml";

/// Arguments of `confirm`.
#[derive(Debug, Args)]
pub struct ConfirmArgs {
    /// Features, by their ids, names or aliases
    #[arg(value_name = "FEATURE", required = true, value_parser = some_text)]
    pub features: Vec<String>,

    /// Which files hold.
    #[command(flatten)]
    pub source: SourceArgs,
}
