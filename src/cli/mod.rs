//! What may be typed. No behaviour.

mod help;
mod levels;

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgGroup, Args, Command, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::model::calendar::Calendar;
use crate::model::date::parse_date;
use crate::model::window::Date;
use crate::output::Format;
use crate::output::sellable::SellableFormat;
use crate::report::By;
use crate::report::column::Column;
use crate::schema::Subject;

pub use levels::LevelArgs;

use help::{CHECK, OVERVIEW, SET_UP, UNDERSTAND};
use levels::LintName;

/// Checks what a sales contract promises against what the product can deliver, before somebody signs.
#[derive(Debug, Parser)]
#[command(name = "dealcheck", version, propagate_version = true, disable_help_subcommand = true)]
#[command(disable_help_flag = true, disable_version_flag = true)]
#[command(help_template = help::template(), subcommand_value_name = "COMMAND")]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{ENVIRONMENT}"))]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Cmd,

    /// What holds for every command.
    #[command(flatten)]
    pub global: GlobalArgs,
}

const EXAMPLES: &str = "\
Examples:
  dealcheck init deals && dealcheck lint deals
  dealcheck lint contract.yaml
  dealcheck explain late-feature
  dealcheck date \"Q3 2027\"

`dealcheck COMMAND --help` says more of a command, with examples.";

const ENVIRONMENT: &str = "\
Environment:
  DEALCHECK_TODAY  the day to check on, as --today
  NO_COLOR         no colour, unless --color asks for it
  CLICOLOR_FORCE   colour where there is no terminal, too
  FORCE_HYPERLINK  1: names of lints lead to the file they are about; 0: never
  PAGER            shows explanations longer than the screen; else less does";

/// Arguments that may stand before a command and after it.
#[derive(Debug, Args)]
#[command(next_help_heading = help::GLOBAL)]
pub struct GlobalArgs {
    /// When to colour what is printed
    #[arg(long, global = true, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    pub color: When,

    /// The day to check on, instead of today
    #[arg(long, global = true, value_name = "DATE", value_parser = day, env = "DEALCHECK_TODAY", hide_env_values = true)]
    pub today: Option<Date>,

    /// Print help; with --help, more than with -h
    #[arg(long, short, global = true, action = ArgAction::Help)]
    help: Option<bool>,

    /// Print the version, with the commit that it was built from
    #[arg(long, short = 'V', global = true, action = ArgAction::Version)]
    version: Option<bool>,
}

/// A command. Its heading is the one that it stands under in `dealcheck --help`.
#[derive(Debug, Subcommand)]
pub enum Cmd {
    /// Checks contracts against the roadmap
    #[command(after_help = LINT_HELP, subcommand_help_heading = CHECK)]
    Lint(LintArgs),
    /// Records that a finding is accepted: by whom, why, and until when
    #[command(after_help = WAIVE_HELP, override_usage = WAIVE_USAGE, subcommand_help_heading = CHECK)]
    Waive(WaiveArgs),
    /// Shows all deals as one picture: promises by delivery, value at risk, next deadlines
    #[command(after_help = REPORT_HELP, subcommand_help_heading = OVERVIEW)]
    Report(ReportArgs),
    /// Shows what customers were promised that does not exist, and what hangs on it
    #[command(after_help = GAPS_HELP, subcommand_help_heading = OVERVIEW)]
    Gaps(GapsArgs),
    /// Says what may be promised: by a day, for a scope, at a level
    #[command(after_help = SELLABLE_HELP, subcommand_help_heading = OVERVIEW)]
    Sellable(SellableArgs),
    /// Shows what a change of the roadmap does to the deals
    #[command(after_help = IMPACT_HELP, subcommand_help_heading = OVERVIEW)]
    Impact(ImpactArgs),
    /// Writes what is promised, without who promised it to whom, for `impact`
    #[command(after_help = INDEX_HELP, subcommand_help_heading = OVERVIEW)]
    Index(IndexArgs),
    /// Explains a lint: what it finds, why, an example, and what to write instead
    #[command(subcommand_help_heading = UNDERSTAND)]
    Explain(ExplainArgs),
    /// Shows how a date is read: its days, and what decided
    #[command(subcommand_help_heading = UNDERSTAND)]
    Date(DateArgs),
    /// Writes a configuration, a roadmap and a contract to start from, with schemas for editors; never overwrites
    #[command(subcommand_help_heading = SET_UP)]
    Init(InitArgs),
    /// Prints the JSON Schema of a file or of the JSON output, for editors and programs
    #[command(subcommand_help_heading = SET_UP)]
    Schema(SchemaArgs),
    /// Writes a script that lets a shell complete commands, options and the names of lints
    #[command(subcommand_help_heading = SET_UP)]
    Completions(CompletionsArgs),
    /// Writes the manual page
    #[command(subcommand_help_heading = SET_UP)]
    Man(ManArgs),
}

const LINT_HELP: &str = "\
Exit status:
  0  nothing is denied; there may be warnings
  1  something is denied
  2  not all could be checked: a mistake in a file, in the arguments, or no contract found

Examples:
  dealcheck lint contract.yaml
  dealcheck lint deals/ --deny-warnings --format concise
  dealcheck lint deals/ --format full --format json=findings.json
  dealcheck lint deals/ --since origin/main
  dealcheck lint contract.yaml --roadmap ../product/roadmap.toml -A unshipped-feature
  cat contract.yaml | dealcheck lint - --stdin-filename deals/acme.yaml";

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On terminals, unless NO_COLOR is set; everywhere if CLICOLOR_FORCE is
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Arguments of `lint`.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// Contracts, folders of contracts, roadmaps, or - for standard input; without any, the contracts that
    /// dealcheck.toml names
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// A roadmap file, instead of those that are configured or found; may be given several times
    #[arg(long, value_name = "FILE", action = ArgAction::Append, help_heading = "Input")]
    pub roadmap: Vec<PathBuf>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub config: Option<PathBuf>,

    /// The name that standard input goes by: its ending tells the format, its folder the configuration
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub stdin_filename: Option<PathBuf>,

    /// Report only what a git revision, such as origin/main, did not have: findings that were there before are left out
    #[arg(long, value_name = "REV", value_parser = revision, help_heading = "Input")]
    pub since: Option<String>,

    /// How to print findings; with a file, such as sarif=findings.sarif, where to; may be given several times
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = FormatParser, action = ArgAction::Append,
        default_value = "full", hide_default_value = false, help_heading = "Output")]
    pub format: Vec<FormatArg>,

    /// The file to write to, instead of standard output; it is replaced whole, when all is written
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,

    /// Show findings that a waiver covers, too
    #[arg(long, help_heading = "Output")]
    pub show_waived: bool,

    /// After the findings, explain each lint that was found, once; only with --format full
    #[arg(long, help_heading = "Output")]
    pub explain: bool,

    /// Print findings, and what could not be read, and nothing else: no summary
    #[arg(long, short, help_heading = "Output", conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say which files were read and which were left out, which settings hold and why, and how long each step took
    #[arg(long, short, help_heading = "Output")]
    pub verbose: bool,

    /// Levels of lints.
    #[command(flatten)]
    pub levels: LevelArgs,
}

const REPORT_HELP: &str = "\
Exit status:
  0  the report is written, whatever it says
  2  not all could be read: a mistake in a file, in the arguments, or no contract found

Examples:
  dealcheck report deals/
  dealcheck report deals/ --by seller
  dealcheck report deals/ --format csv --output deals.csv
  dealcheck report deals/ --format html --output deals.html
  dealcheck report deals/ --columns name,customer,value,future-features";

/// Which deals a command is about.
#[derive(Debug, Args)]
pub struct DealsArgs {
    /// Contracts and folders of contracts; without any, the contracts that dealcheck.toml names
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// A roadmap file, instead of those that are configured or found; may be given several times
    #[arg(long, value_name = "FILE", action = ArgAction::Append, help_heading = "Input")]
    pub roadmap: Vec<PathBuf>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub config: Option<PathBuf>,
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Which deals.
    #[command(flatten)]
    pub deals: DealsArgs,

    /// What each line is about
    #[arg(long, value_enum, default_value_t = By::Contract, value_name = "WHAT")]
    pub by: By,

    /// How to print it
    #[arg(long, value_enum, default_value_t = ReportFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: ReportFormat,

    /// The columns of the table, in this order, between commas
    #[arg(long, value_enum, value_name = "COLUMN", value_delimiter = ',', help_heading = "Output")]
    pub columns: Vec<Column>,

    /// The file to write to, instead of standard output; it is replaced whole, when all is written
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
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
}

const GAPS_HELP: &str = "\
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

    /// The file to write to, instead of standard output; it is replaced whole, when all is written
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
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

const IMPACT_HELP: &str = "\
The contracts are today's, judged with both roadmaps; only the roadmap differs.

Exit status:
  0  no signed contract gets worse, except by what is only a warning or is waived
  1  a signed contract gets worse
  2  not all could be read: a mistake in a file, in the arguments, or no contract found

Examples:
  dealcheck impact deals/ --since origin/main
  dealcheck impact deals/ --since origin/main --format markdown
  dealcheck impact deals/ --roadmap proposal.toml --against roadmap.toml
  dealcheck impact --promises promises.json --since origin/main";

const INDEX_HELP: &str = "\
The file has no names, no texts, no values and no terms: what stands for contracts, customers and
requirements are pseudonyms under a key, which is made if it is not there. Keep the key with the contracts.

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

    /// The file to write to, instead of standard output; it is replaced whole, when all is written
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,

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

    /// The file to write to, instead of standard output; it is replaced whole, when all is written
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
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

/// A format, and the file that it goes to; without one, standard output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormatArg {
    /// How to print.
    pub format: Format,
    /// Where to.
    pub file: Option<PathBuf>,
}

/// Reads `FORMAT` and `FORMAT=FILE`. What is no format is refused as in any list of possible values.
#[derive(Clone)]
struct FormatParser;

impl TypedValueParser for FormatParser {
    type Value = FormatArg;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<FormatArg, clap::Error> {
        let text = value.to_str().unwrap_or_default();
        let (name, file) =
            text.split_once('=').map_or((value, None), |(name, file)| (OsStr::new(name), Some(file)));
        let format = EnumValueParser::<Format>::new().parse_ref(command, argument, name)?;
        if file == Some("") {
            let message = format!("no file is named after `{text}`\n");
            return Err(clap::Error::raw(ErrorKind::ValueValidation, message).with_cmd(command));
        }
        Ok(FormatArg { format, file: file.map(PathBuf::from) })
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Format::value_variants().iter().filter_map(ValueEnum::to_possible_value)))
    }
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealcheck explain
  dealcheck explain late-feature
  dealcheck explain --format markdown late-feature > late-feature.md")]
pub struct ExplainArgs {
    /// The lint; without it, all lints as a table
    #[arg(value_name = "LINT", value_parser = LintName, hide_possible_values = true)]
    pub lint: Option<String>,

    /// How to print the explanation
    #[arg(long, value_enum, default_value_t = PageFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: PageFormat,

    /// Never show what is longer than the screen through a pager
    #[arg(long, help_heading = "Output")]
    pub no_pager: bool,
}

/// How an explanation is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// For a terminal; what is longer than the screen is shown through $PAGER
    Text,
    /// For a page of documentation
    Markdown,
}

const SELLABLE_HELP: &str = "\
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

    /// A level that it must reach, such as "retention >= 365 days"; may be given several times
    #[arg(long, value_name = "LEVEL=BOUND", action = ArgAction::Append)]
    pub needs: Vec<String>,

    /// The customer takes a beta
    #[arg(long)]
    pub beta: bool,

    /// A roadmap file, instead of those that are configured or found; may be given several times
    #[arg(long, value_name = "FILE", action = ArgAction::Append, help_heading = "Input")]
    pub roadmap: Vec<PathBuf>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub config: Option<PathBuf>,

    /// How to print the answer
    #[arg(long, value_enum, default_value_t = SellableFormat::Text, value_name = "FORMAT", help_heading = "Output")]
    pub format: SellableFormat,
}

/// Arguments of `date`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealcheck date \"Q3 2027\"
  dealcheck date \"90 days after signing\" --event signing=2026-03-31")]
pub struct DateArgs {
    /// A date as contracts and roadmaps write it
    #[arg(value_name = "EXPRESSION")]
    pub expression: String,

    /// An event that the date may refer to, such as signing=2026-03-31
    #[arg(long, value_name = "NAME=DATE")]
    pub event: Vec<String>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub config: Option<PathBuf>,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  dealcheck init deals && dealcheck lint deals")]
pub struct InitArgs {
    /// The folder to write to
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,
}

/// Arguments of `completions`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealcheck completions bash > ~/.local/share/bash-completion/completions/dealcheck
  dealcheck completions zsh > ~/.zfunc/_dealcheck
  dealcheck completions fish > ~/.config/fish/completions/dealcheck.fish")]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Arguments of `man`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealcheck man | man -l -
  dealcheck man > ~/.local/share/man/man1/dealcheck.1")]
pub struct ManArgs;

/// Arguments of `schema`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  dealcheck schema contract > contract.schema.json")]
pub struct SchemaArgs {
    /// What the schema is of
    #[arg(value_enum, value_name = "WHAT")]
    pub subject: Subject,
}

const WAIVE_USAGE: &str = "\
dealcheck waive <CONTRACT> [REQUIREMENT] <LINT> --reason <TEXT> --approved-by <WHO> --expires <DATE> [OPTIONS]
       dealcheck waive <CONTRACT> --term <TERM> <LINT> --reason <TEXT> --approved-by <WHO> --expires <DATE> [OPTIONS]
       dealcheck waive --all-findings [CONTRACT]... --reason <TEXT> --approved-by <WHO> --expires <DATE> [OPTIONS]";

const WAIVE_HELP: &str = "\
What `dealcheck lint` would not accept is refused: a finding that is not there, somebody who may
not decide, a day that has passed. The file keeps its comments and its layout.

Exit status:
  0  the waiver is written; with --all-findings, one for every finding of a contract
  1  --all-findings: some findings could not be waived, and are listed
  2  refused: nothing is written

Examples:
  dealcheck waive ACME-2026-014 R2 late-feature --approved-by priya@vendor.example \\
      --expires 2027-09-30 --reason \"Launch partner: takes the beta until the release.\"
  dealcheck waive ACME-2026-014 --term payment off-standard-term --approved-by cfo@vendor.example \\
      --expires 2027-09-30 --reason \"Paid in advance for the first year.\"
  dealcheck waive --all-findings --approved-by priya@vendor.example --expires 2027-06-30 \\
      --reason \"Found when dealcheck was set up; each is looked at by June.\"";

/// Arguments of `waive`.
#[derive(Debug, Args)]
pub struct WaiveArgs {
    /// The contract, by its id or its file; the requirement, unless the finding is about a term or the contract as
    /// a whole; the lint. With --all-findings: contracts, or files and folders of them
    #[arg(value_name = "CONTRACT [REQUIREMENT] LINT", num_args = 0..)]
    pub what: Vec<String>,

    /// The commercial term that the finding is about, instead of a requirement
    #[arg(long, value_name = "TERM", conflicts_with = "all_findings")]
    pub term: Option<String>,

    /// Why it is accepted
    #[arg(long, value_name = "TEXT", value_parser = some_text)]
    pub reason: String,

    /// Who accepts it: a mail address
    #[arg(long, value_name = "WHO", value_parser = some_text)]
    pub approved_by: String,

    /// The last day on which the waiver holds
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub expires: Date,

    /// The day of the decision, instead of today
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub approved_on: Option<Date>,

    /// The latest day of delivery that is accepted, instead of the one that is expected now
    #[arg(long, value_name = "DATE", value_parser = day, conflicts_with = "all_findings")]
    pub accepts: Option<Date>,

    /// Accept every finding of the contracts as it is today: for those who begin with dealcheck late
    #[arg(long)]
    pub all_findings: bool,

    /// The file of waivers, instead of the one that is configured or nearest
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// The roadmap's files, instead of those that are configured or found
    #[arg(long, value_name = "FILE", num_args = 1, action = ArgAction::Append, help_heading = "Input")]
    pub roadmap: Vec<PathBuf>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub config: Option<PathBuf>,
}

fn some_text(text: &str) -> Result<String, String> {
    if text.trim().is_empty() { Err("it is empty".to_owned()) } else { Ok(text.to_owned()) }
}

fn revision(text: &str) -> Result<String, String> {
    // Git would take it for an option.
    if text.starts_with('-') { Err("no revision begins with `-`".to_owned()) } else { some_text(text) }
}

fn day(text: &str) -> Result<Date, String> {
    match parse_date(text, &Calendar::default()) {
        Ok(window) if window.is_day() => Ok(window.earliest),
        Ok(_) => Err("expected one day, such as 2026-11-22".to_owned()),
        Err(misread) => Err(misread.title),
    }
}
