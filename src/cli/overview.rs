//! Commands that look at all deals, or at the whole roadmap.

use std::path::PathBuf;

use clap::{ArgAction, ArgGroup, Args, ValueEnum};

use crate::report::Grouping;
use crate::report::column::Column;
use crate::sellable::SellableFormat;

use super::{OutputArgs, SourceArgs, revision};

pub(super) const REPORT_HELP: &str = "\
Exit status:
  0  the report is written, whatever it says
  2  not all could be read: a mistake in a file, in the arguments, or no contract found

Examples:
  dealcheck report deals/
  dealcheck report deals/ --by seller
  dealcheck report deals/ --format csv --output deals.csv
  dealcheck report deals/ --format html --output deals.html
  dealcheck report deals/ --format xlsx --output deals.xlsx
  dealcheck report deals/ --by promise --format csv --output promises.csv
  dealcheck report deals/ --columns name,customer,value,future-features";

/// Which deals a command is about.
#[derive(Debug, Args)]
pub struct DealsArgs {
    /// Contracts and folders of contracts; without any, the contracts that dealcheck.toml names
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Which files hold.
    #[command(flatten)]
    pub source: SourceArgs,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Which deals.
    #[command(flatten)]
    pub deals: DealsArgs,

    /// What each line is about
    #[arg(long, value_enum, default_value_t = Grouping::Contract, value_name = "WHAT")]
    pub by: Grouping,

    /// How to print it
    #[arg(long, value_enum, default_value_t = ReportFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: ReportFormat,

    /// What was newly promised since a git revision, such as main or a tag of last week, or for another day, of what each team owns: with
    /// --by team, as markdown
    #[arg(long, value_name = "REV", value_parser = revision)]
    pub since: Option<String>,

    /// The columns of the table, in this order, between commas
    #[arg(long, value_enum, value_name = "COLUMN", value_delimiter = ',', help_heading = "Output")]
    pub columns: Vec<Column>,

    /// Where it goes.
    #[command(flatten)]
    pub to: OutputArgs,
}

/// The formats of `report`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// A table for a terminal, with a summary
    Text,
    /// A table for a page or a comment
    Markdown,
    /// A table for spreadsheets
    Csv,
    /// One JSON object
    Json,
    /// Deadlines that are still to be kept, as calendar entries
    Ics,
    /// A page for a board: a summary, a timeline, and contract by contract what was found
    Html,
    /// A workbook: contracts, promises, findings and terms; with --by promise, promises alone
    Xlsx,
}

pub(super) const GAPS_HELP: &str = "\
A gap is a feature that a draft or a signed contract promises and that will not be there by its
deadline, or that a lost deal asked for and that is not there. What is on time is no gap.

Exit status:
  0  the gaps are written, whether there are any or not
  2  not all could be read: a mistake in a file, in the arguments, or no contract found

Examples:
  dealcheck gaps deals/
  dealcheck gaps deals/ --format csv --output gaps.csv";

/// Arguments of `gaps`.
#[derive(Debug, Args)]
pub struct GapsArgs {
    /// Which deals.
    #[command(flatten)]
    pub deals: DealsArgs,

    /// How to print them
    #[arg(long, value_enum, default_value_t = GapsFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: GapsFormat,

    /// Where it goes.
    #[command(flatten)]
    pub to: OutputArgs,
}

pub(super) const HISTORY_HELP: &str = "\
What targets were, git tells, and `history` in the roadmap. Where the roadmap lies in a shallow clone,
get all commits first: `git fetch --unshallow`.

Exit status:
  0  the history is written, whatever it says
  2  not all could be read: a mistake in a file, in the arguments, or no contract found

Examples:
  dealcheck history deals/
  dealcheck history deals/ --format markdown --output history.md";

/// Arguments of `history`.
#[derive(Debug, Args)]
pub struct HistoryArgs {
    /// Which deals.
    #[command(flatten)]
    pub deals: DealsArgs,

    /// How to print it
    #[arg(long, value_enum, default_value_t = HistoryFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: HistoryFormat,

    /// Where it goes.
    #[command(flatten)]
    pub to: OutputArgs,
}

/// The formats of `history`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum HistoryFormat {
    /// Tables for a terminal
    Text,
    /// Tables for a page
    Markdown,
    /// One JSON object
    Json,
}

/// The formats of `gaps`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum GapsFormat {
    /// A table for a terminal
    Text,
    /// A table for a page or a comment
    Markdown,
    /// A table for spreadsheets
    Csv,
    /// One JSON object
    Json,
}

pub(super) const IMPACT_HELP: &str = "\
The contracts are today's, judged with both roadmaps; only the roadmap differs.

Exit status:
  0  no signed contract gets worse, except by what is only a warning or is waived
  1  a signed contract gets worse, or an error of the roadmap itself is new
  2  not all could be read: a mistake in a file, in the arguments, or no contract found

Examples:
  dealcheck impact deals/ --since origin/main
  dealcheck impact deals/ --since origin/main --format markdown
  dealcheck impact deals/ --roadmap proposal.toml --against roadmap.toml
  dealcheck impact --promises promises.json --since origin/main";

pub(super) const INDEX_HELP: &str = "\
The file has no names, no texts, no values and no terms: what stands for contracts, customers and
requirements are pseudonyms under a key, which is made if it is not there. Keep the key with the contracts.
Of a draft amendment it has all of which more would be asked, also in contracts that it leaves as they are.

Exit status:
  0  the file is written
  2  nothing is written: not all could be read, or no contract was found

Example:
  dealcheck index deals/ --key deals/promises.key --output promises.json";

/// Arguments of `index`.
#[derive(Debug, Args)]
pub struct IndexArgs {
    /// Which deals.
    #[command(flatten)]
    pub deals: DealsArgs,

    /// Where it goes.
    #[command(flatten)]
    pub to: OutputArgs,

    /// The key of the pseudonyms; a new one is written where there is none
    #[arg(long, value_name = "FILE", default_value = "promises.key")]
    pub key: PathBuf,
}

/// Arguments of `impact`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("other").required(true).args(["since", "against"])))]
pub struct ImpactArgs {
    /// Which deals.
    #[command(flatten)]
    pub deals: DealsArgs,

    /// The git revision whose roadmap today's is compared with
    #[arg(long, value_name = "REV", value_parser = revision, help_heading = "The other roadmap")]
    pub since: Option<String>,

    /// The roadmap file that today's is compared with: as it was before; may be given several times
    #[arg(long, value_name = "FILE", action = ArgAction::Append, help_heading = "The other roadmap")]
    pub against: Vec<PathBuf>,

    /// A file of promises that `dealcheck index` wrote, instead of contracts
    #[arg(long, value_name = "FILE", conflicts_with = "paths", help_heading = "Input")]
    pub promises: Option<PathBuf>,

    /// How to print it
    #[arg(long, value_enum, default_value_t = ImpactFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: ImpactFormat,

    /// Where it goes.
    #[command(flatten)]
    pub to: OutputArgs,
}

/// The formats of `impact`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImpactFormat {
    /// For a terminal
    Text,
    /// For a comment on a change of the roadmap
    Markdown,
    /// One JSON object
    Json,
}

pub(super) const SELLABLE_HELP: &str = "\
A promise that is made as it says gives no error in `dealcheck lint`, and no `tight-deadline`: the
levels and the margin of dealcheck.toml count.

Exit status:
  0  all could be read, also where something may not be promised: --format json says which
  2  not all could be read: a mistake in a file or in the arguments

Examples:
  dealcheck sellable
  dealcheck sellable --by 2027-03-31 --for platform=windows,region=eu
  dealcheck sellable audit-log \"SAML 2.0\" --by \"Q2 2027\" --needs \"retention >= 365 days\"
  dealcheck sellable --by 2027-06-30 --for platform=linux,platform=windows --beta --format markdown";

/// Arguments of `sellable`.
#[derive(Debug, Args)]
pub struct SellableArgs {
    /// Features, by id, name or alias; without any, all of the roadmap
    #[arg(value_name = "FEATURE")]
    pub features: Vec<String>,

    /// The day or period by which the customer needs it, as contracts write it; without it, today
    #[arg(long, value_name = "DATE")]
    pub by: Option<String>,

    /// What it is for: a value of each dimension, between commas or in several --for; of a dimension that is named
    /// twice, both values
    #[arg(long = "for", value_name = "DIMENSION=VALUE", action = ArgAction::Append)]
    pub scope: Vec<String>,

    /// A level that it must reach, such as "retention >= 365 days" or "certificates: ISO 27001"; may be given several times
    #[arg(long, value_name = "LEVEL=BOUND", action = ArgAction::Append)]
    pub needs: Vec<String>,

    /// The customer takes a beta
    #[arg(long)]
    pub beta: bool,

    /// Which files hold.
    #[command(flatten)]
    pub source: SourceArgs,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = SellableFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: SellableFormat,
}
