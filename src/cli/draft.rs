//! Arguments of `draft`.

use std::path::PathBuf;

use clap::Args;

use crate::draft::DraftFormat;

use super::SourceArgs;

pub(super) const DRAFT_HELP: &str = "\
What is certain becomes a field; what is not stands in a comment beside it. At the end stand, as comments, the
words that were not taken, each with the reason. Nothing leaves this machine.

Exit status:
  0  the draft is written
  2  nothing is written: a document or the roadmap could not be read, or the file exists already

Examples:
  dealcheck draft \"Order Form 2211.docx\" --output contract.yaml && dealcheck lint contract.yaml
  dealcheck draft msa.docx annex.md --roadmap roadmap.toml --coverage";

/// Arguments of `draft`.
#[derive(Debug, Args)]
pub struct DraftArgs {
    /// The documents that the contract consists of: .docx, .md or .txt
    #[arg(value_name = "DOCUMENT", required = true)]
    pub documents: Vec<PathBuf>,

    /// Read the document as it was before its tracked changes, instead of with them
    #[arg(long)]
    pub reject_changes: bool,

    /// Which files hold.
    #[command(flatten)]
    pub source: SourceArgs,

    /// The file to write to, instead of standard output; never one that exists
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,

    /// Print what became of each statement, as a table; with --output, beside the draft
    #[arg(long, help_heading = "Output")]
    pub coverage: bool,

    /// How to write the draft; without it, as the ending of --output says, else as YAML
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    pub format: Option<DraftFormat>,
}
