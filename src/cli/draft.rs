//! Arguments of `draft`.

use std::path::PathBuf;

use clap::Args;

use crate::draft::DraftFormat;

use super::SourceArgs;

pub(super) const DRAFT_HELP: &str = "\
What is certain becomes a field; what is not stands in a comment beside it. At the end stand,
as comments, the words that were not taken, each with the reason. Nothing leaves this machine.

Without a document, the options say what the contract holds. On a terminal, what they leave out
is asked, and of each promise it is said whether it may be made.

Exit status:
  0  the draft is written
  2  nothing is written: a document, the roadmap or an option could not be read, an option is
     missing, or the file exists already

Examples:
  dealcheck draft \"Order Form 2211.docx\" --output contract.yaml && dealcheck lint contract.yaml
  dealcheck draft msa.docx annex.md --roadmap roadmap.toml --coverage
  dealcheck draft
  dealcheck draft --contract ACME-2026-014 --customer \"Acme GmbH\" --promise audit-log=2027-03-31";

/// Arguments of `draft`.
#[derive(Debug, Args)]
pub struct DraftArgs {
    /// The documents that the contract consists of: .docx, .md or .txt
    #[arg(value_name = "DOCUMENT")]
    pub documents: Vec<PathBuf>,

    /// Read the document as it was before its tracked changes, instead of with them
    #[arg(long, requires = "documents")]
    pub reject_changes: bool,

    /// What the contract holds.
    #[command(flatten)]
    pub terms: DealTermArgs,

    /// Which files hold.
    #[command(flatten)]
    pub source: SourceArgs,

    /// The file to write to, instead of standard output; never one that exists
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,

    /// Print what became of each statement, as a table; with --output, beside the draft
    #[arg(long, requires = "documents", help_heading = "Output")]
    pub coverage: bool,

    /// How to write the draft; without it, as the ending of --output says, else as YAML
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Output")]
    pub format: Option<DraftFormat>,
}

/// What a contract holds that is drafted from no document.
#[derive(Debug, Args)]
#[command(next_help_heading = "Without a document")]
pub struct DealTermArgs {
    /// Its id, unique among the contracts
    #[arg(long, value_name = "ID", conflicts_with = "documents")]
    pub contract: Option<String>,

    /// Who buys
    #[arg(long, value_name = "NAME", conflicts_with = "documents")]
    pub customer: Option<String>,

    /// Who sells: a mail address
    #[arg(long, value_name = "ADDRESS", conflicts_with = "documents")]
    pub seller: Option<String>,

    /// The planned day of signature
    #[arg(long, value_name = "DATE", conflicts_with = "documents")]
    pub signing: Option<String>,

    /// The first day of its term
    #[arg(long, value_name = "DATE", conflicts_with = "documents")]
    pub start: Option<String>,

    /// The last day of its term
    #[arg(long, value_name = "DATE", conflicts_with = "documents")]
    pub end: Option<String>,

    /// What it is worth over its term, such as "480000 EUR"
    #[arg(long, value_name = "MONEY", conflicts_with = "documents")]
    pub value: Option<String>,

    /// What all of it is for, such as platform=windows,region=eu
    #[arg(long = "for", value_name = "DIMENSION=VALUE", conflicts_with = "documents")]
    pub scope: Vec<String>,

    /// A feature that it promises, by id, name or alias, and by when: audit-log="90 days after signing"; once for each
    #[arg(long = "promise", value_name = "FEATURE=DAY", conflicts_with = "documents")]
    pub promises: Vec<String>,
}
