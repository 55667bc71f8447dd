//! Arguments of `import`.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};

use crate::import::{DateOrder, GonePolicy, PROFILES};

pub(super) const IMPORT_HELP: &str = "\
Nothing is guessed. A row with a status that has no meaning, a date with two readings or no name is left out and
told, with its number, its column and what to write. Which column holds what is told, too.

Exit status:
  0  all rows are in
  2  rows were left out, or nothing is written: the table could not be read, or the file exists already

Examples:
  dealcheck import jira.csv --as roadmap --only \"Issue Type=Epic\" --status \"Done=shipped\" --output roadmap.toml
  dealcheck import jira.csv --as roadmap --update roadmap.toml --rejects left-out.csv
  dealcheck import crm.csv --as contracts --status \"Closed Lost=lost\" --output contracts/
  dealcheck import plan.xlsx --as roadmap --map target=\"Go-live\" --date-order dmy --dry-run";

/// Arguments of `import`.
#[derive(Clone, Debug, Args)]
pub struct ImportArgs {
    /// The table: .csv, .tsv or .xlsx, with what its columns are called in its first row
    #[arg(value_name = "FILE")]
    pub file: PathBuf,

    /// What its rows are
    #[arg(long = "as", value_enum, value_name = "WHAT")]
    pub kind: ImportKind,

    /// The tool that it is from, where its header does not tell
    #[arg(long, value_name = "NAME", value_parser = profile_names(), help_heading = "Input")]
    pub profile: Option<String>,

    /// The sheet of a workbook that has several
    #[arg(long, value_name = "NAME", help_heading = "Input")]
    pub sheet: Option<String>,

    /// The column that holds a key, such as target="Go-live"
    #[arg(long, value_name = "KEY=HEADER", action = ArgAction::Append, value_parser = pair, help_heading = "Input")]
    pub map: Vec<(String, String)>,

    /// What a word for a status means, such as Done=shipped; else `[statuses]` of the configuration says
    #[arg(long, value_name = "WORD=STATUS", action = ArgAction::Append, value_parser = pair, help_heading = "Input")]
    pub status: Vec<(String, String)>,

    /// The rows that are meant, such as "Issue Type=Epic"; of several values of one column any
    #[arg(long, value_name = "HEADER=VALUE", action = ArgAction::Append, value_parser = pair, help_heading = "Input")]
    pub only: Vec<(String, String)>,

    /// Whether the day or the month comes first in days such as 03/04/2027
    #[arg(long, value_enum, value_name = "ORDER", help_heading = "Input")]
    pub date_order: Option<DateOrder>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub config: Option<PathBuf>,

    /// The file to write to, instead of standard output, or the folder for contracts; never over a file
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,

    /// The roadmap to bring up to date, instead of a new one: rows are known by their `ref`, what people wrote stays, and the change is shown
    #[arg(long, value_name = "FILE", conflicts_with = "output", help_heading = "Output")]
    pub update: Option<PathBuf>,

    /// What becomes of features of the same tool that the table no longer has; else they are kept
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "Output")]
    pub gone: Option<GonePolicy>,

    /// The file for the rows that are left out, each with the reason, to be put right and imported again; never one that exists
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub rejects: Option<PathBuf>,

    /// Write no file, and tell what would come of it
    #[arg(long, help_heading = "Output")]
    pub dry_run: bool,
}

/// What the rows of a table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportKind {
    /// Features, a row each
    Roadmap,
    /// Promises, a row each; those of one contract go into one file
    Contracts,
}

fn profile_names() -> Vec<&'static str> {
    PROFILES.iter().map(|profile| profile.name).collect()
}

fn pair(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=').map(|(one, other)| (one.trim(), other.trim()));
    match pair {
        Some((one, other)) if !one.is_empty() && !other.is_empty() => Ok((one.to_owned(), other.to_owned())),
        _ => Err("expected two texts with `=` between them".to_owned()),
    }
}
