//! What may be typed. No behaviour.

mod confirm;
mod draft;
mod help;
mod import;
mod levels;
mod lint;
mod meant;
mod overview;
mod waive;

use std::path::PathBuf;

use clap::{ArgAction, ArgMatches, Args, CommandFactory, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::input::discover::Request;
use crate::model::calendar::Calendar;
use crate::model::date::parse_date;
use crate::model::misread::ReadError;
use crate::model::window::Date;
use crate::schema::SchemaSubject;

pub(crate) use confirm::ConfirmArgs;
pub(crate) use draft::{DealTermArgs, DraftArgs};
pub(crate) use import::{ImportArgs, ImportKind};
pub(crate) use levels::LevelArgs;
pub(crate) use lint::{FormatArg, LintArgs};
pub(crate) use overview::{
    DealsArgs, GapsArgs, GapsFormat, HistoryArgs, HistoryFormat, ImpactArgs, ImpactFormat, IndexArgs,
    ReportArgs, ReportFormat, SellableArgs,
};
pub(crate) use waive::WaiveArgs;

use confirm::CONFIRM_HELP;
use draft::DRAFT_HELP;
use help::{CHECK, OVERVIEW, SET_UP, UNDERSTAND};
use import::IMPORT_HELP;
use levels::LintName;
use lint::LINT_HELP;
use overview::{GAPS_HELP, HISTORY_HELP, IMPACT_HELP, INDEX_HELP, REPORT_HELP, SELLABLE_HELP};
use waive::{WAIVE_HELP, WAIVE_USAGE};

/// Checks what a sales contract promises against what the product can deliver, before somebody signs.
#[derive(Debug, Parser)]
#[command(name = "dealcheck", version, propagate_version = true, disable_help_subcommand = true)]
// They are among the global arguments, under one heading with these.
#[command(disable_help_flag = true, disable_version_flag = true)]
#[command(subcommand_value_name = "COMMAND")]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{ENVIRONMENT}"))]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Cmd,

    /// What holds for every command.
    #[command(flatten)]
    pub global: GlobalArgs,
}

impl Cli {
    /// Takes what was typed apart. The page of help is laid out only where it may be asked for: that takes a third of a
    /// short run.
    pub fn arguments(version: &'static str) -> Result<ArgMatches, clap::Error> {
        let command = || Self::command().version(version);
        let matches = command().try_get_matches().or_else(|_| help::laid_out(command()).try_get_matches());
        matches.map_err(meant::instead)
    }

    /// What is printed for a command with a flag, such as `--help`, that ends in no run.
    pub fn told(version: &'static str, command: Option<&str>, flag: &str) -> Option<clap::Error> {
        let words = ["dealcheck"].into_iter().chain(command).chain([flag]);
        let told = help::laid_out(Self::command().version(version)).try_get_matches_from(words);
        told.map_err(meant::instead).err()
    }
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
    #[arg(long, global = true, value_enum, default_value_t = ColourChoice::Auto, value_name = "WHEN")]
    pub color: ColourChoice,

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
    #[command(visible_alias = "check", after_help = LINT_HELP, subcommand_help_heading = CHECK)]
    Lint(LintArgs),
    /// Records that a finding is accepted: by whom, why, and until when
    #[command(after_help = WAIVE_HELP, override_usage = WAIVE_USAGE, subcommand_help_heading = CHECK)]
    Waive(WaiveArgs),
    /// Records that a team stands by its target today
    #[command(after_help = CONFIRM_HELP, subcommand_help_heading = CHECK)]
    Confirm(ConfirmArgs),
    /// Shows all deals as one picture: promises by delivery, value at risk, next deadlines
    #[command(after_help = REPORT_HELP, subcommand_help_heading = OVERVIEW)]
    Report(ReportArgs),
    /// Shows what customers were promised that does not exist, and what those contracts are worth
    #[command(after_help = GAPS_HELP, subcommand_help_heading = OVERVIEW)]
    Gaps(GapsArgs),
    /// Says what may be promised: by a day, for a scope, at a level
    #[command(after_help = SELLABLE_HELP, subcommand_help_heading = OVERVIEW)]
    Sellable(SellableArgs),
    /// Shows what a change of the roadmap does to the deals
    #[command(after_help = IMPACT_HELP, subcommand_help_heading = OVERVIEW)]
    Impact(ImpactArgs),
    /// Shows how good dates were: targets that moved, promises that were kept, plans that were
    #[command(after_help = HISTORY_HELP, subcommand_help_heading = OVERVIEW)]
    History(HistoryArgs),
    /// Writes what is promised, without who promised it to whom, for `impact`
    #[command(after_help = INDEX_HELP, subcommand_help_heading = OVERVIEW)]
    Index(IndexArgs),
    /// Explains a lint: what it finds, why, an example, and what to write instead
    #[command(subcommand_help_heading = UNDERSTAND)]
    Explain(ExplainArgs),
    /// Shows how a date is read: its days, and what decided
    #[command(subcommand_help_heading = UNDERSTAND)]
    Date(DateArgs),
    /// Says more of a command, as `--help` after it does
    #[command(after_help = "Examples:\n  dealcheck help\n  dealcheck help lint", subcommand_help_heading = UNDERSTAND)]
    Help(HelpArgs),
    /// Prints the version, as `--version` does
    #[command(after_help = "Example:\n  dealcheck version", subcommand_help_heading = UNDERSTAND)]
    Version,
    /// Drafts a contract file from Word, Markdown or text: the words that promise, with what is certain of them
    #[command(after_help = DRAFT_HELP, subcommand_help_heading = SET_UP)]
    Draft(DraftArgs),
    /// Makes a roadmap, or contracts, of a table that another tool exported: Jira, Linear, Aha!, Productboard, GitHub Projects, a CRM, a spreadsheet
    #[command(after_help = IMPORT_HELP, subcommand_help_heading = SET_UP)]
    Import(ImportArgs),
    /// Writes a configuration, a roadmap and a contract to start from, with schemas for editors; never overwrites
    #[command(subcommand_help_heading = SET_UP)]
    Init(InitArgs),
    /// Prints the JSON Schema of a file or of the JSON output, for editors and programs
    #[command(subcommand_help_heading = SET_UP)]
    Schema(SchemaArgs),
    /// Writes a script that lets a shell complete commands, options and the names of lints
    #[command(subcommand_help_heading = SET_UP)]
    Completions(CompletionsArgs),
    /// Writes the manual: a page for each command
    #[command(subcommand_help_heading = SET_UP)]
    Man(ManArgs),
}

/// The files that hold for what is asked.
#[derive(Clone, Debug, Args)]
pub struct SourceArgs {
    /// A roadmap file, instead of those that are configured or found; may be given several times
    #[arg(long, value_name = "FILE", action = ArgAction::Append, help_heading = "Input")]
    pub roadmap: Vec<PathBuf>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub config: Option<PathBuf>,
}

impl SourceArgs {
    /// A request about these paths.
    pub fn request(&self, paths: &[PathBuf]) -> Request {
        let (config, roadmap) = (self.config.clone(), self.roadmap.clone());
        Request { paths: paths.to_vec(), config, roadmap, ..Request::default() }
    }
}

/// Where the answer goes.
#[derive(Debug, Args)]
pub struct OutputArgs {
    /// The file to write to, instead of standard output; it is replaced whole, when all is written
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub output: Option<PathBuf>,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ColourChoice {
    /// On terminals, unless NO_COLOR is set; everywhere if CLICOLOR_FORCE is
    Auto,
    /// Always
    Always,
    /// Never
    Never,
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

/// Arguments of `date`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealcheck date \"Q3 2027\"
  dealcheck date \"90 days after signing\" --event signing=2026-03-31
  dealcheck date \"30 days after acceptance\" --contract contracts/acme.yaml

What is no day: a deadline may be \"when available\", or hang on a milestone that is \"open\": then it
has none. \"TBD\" and \"later\" say of a target or a release that it has no date yet; as a deadline they
are errors.")]
pub struct DateArgs {
    /// A date as contracts and roadmaps write it
    #[arg(value_name = "EXPRESSION")]
    pub expression: String,

    /// An event that the date may refer to, such as signing=2026-03-31
    #[arg(long, value_name = "NAME=DATE")]
    pub event: Vec<String>,

    /// The contract whose events the date may refer to
    #[arg(long, value_name = "FILE", conflicts_with = "event", help_heading = "Input")]
    pub contract: Option<PathBuf>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub config: Option<PathBuf>,
}

/// Arguments of `help`.
#[derive(Debug, Args)]
pub struct HelpArgs {
    /// The command; without it, what holds for all, and a list of them
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
}

/// Arguments of `init`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealcheck init deals && dealcheck lint deals
  dealcheck init deals --preset report-only")]
pub struct InitArgs {
    /// The folder to write to
    #[arg(value_name = "FOLDER", default_value = ".")]
    pub folder: PathBuf,

    /// How strict the configuration is
    #[arg(long, value_enum, default_value_t = Preset::Balanced, value_name = "PRESET")]
    pub preset: Preset,
}

/// How strict a configuration is to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Preset {
    /// What is not there on the day of signing fails the run, and so does all that leaves doubts
    SellWhatShips,
    /// What cannot be kept fails the run, what may be late is a warning
    Balanced,
    /// Nothing fails the run yet: to see what an existing portfolio holds
    ReportOnly,
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
Example:
  dealcheck man ~/.local/share/man/man1 && man dealcheck-lint")]
pub struct ManArgs {
    /// The folder to write to, such as ~/.local/share/man/man1
    #[arg(value_name = "FOLDER")]
    pub folder: PathBuf,
}

/// Arguments of `schema`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  dealcheck schema contract > contract.schema.json")]
pub struct SchemaArgs {
    /// What the schema is of
    #[arg(value_enum, value_name = "WHAT")]
    pub subject: SchemaSubject,
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
        Err(ReadError::Misread(misread)) => Err(misread.title),
        Ok(_) | Err(ReadError::Reported) => Err("expected one day, such as 2026-11-22".to_owned()),
    }
}
