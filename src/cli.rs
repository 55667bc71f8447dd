//! What may be typed. No behaviour.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{
    Arg, ArgAction, ArgGroup, ArgMatches, Args, Command, FromArgMatches, Parser, Subcommand, ValueEnum,
};

use crate::check::levels::{LevelFlag, resolve_flag};
use crate::lint::Level;
use crate::model::calendar::Calendar;
use crate::model::date::parse_date;
use crate::model::window::Date;
use crate::output::Format;
use crate::report::By;
use crate::report::column::Column;

/// Checks what a sales contract promises against what the product can deliver, before somebody signs.
#[derive(Debug, Parser)]
#[command(name = "dealcheck", version, propagate_version = true, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Cmd,

    /// When to colour what is printed
    #[arg(long, global = true, value_enum, default_value_t = When::Auto, value_name = "WHEN")]
    pub color: When,

    /// The day to check on, instead of today
    #[arg(long, global = true, value_name = "DATE", value_parser = day, env = "DEALCHECK_TODAY", hide_env_values = true)]
    pub today: Option<Date>,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Cmd {
    /// Checks contracts against the roadmap
    #[command(after_help = LINT_HELP)]
    Lint(LintArgs),
    /// Explains a lint: what it finds, why, an example, and what to write instead
    Explain(ExplainArgs),
    /// Shows how a date is read: its days, and what decided
    Date(DateArgs),
    /// Shows what a change of the roadmap does to the deals
    #[command(after_help = IMPACT_HELP)]
    Impact(ImpactArgs),
    /// Writes what is promised, without who promised it to whom, for `impact`
    #[command(after_help = INDEX_HELP)]
    Index(IndexArgs),
    /// Writes a configuration, a roadmap and a contract to start from; never overwrites
    Init(InitArgs),
    /// Shows all deals as one picture: promises by delivery, value at risk, next deadlines
    #[command(after_help = REPORT_HELP)]
    Report(ReportArgs),
    /// Records that a finding is accepted: by whom, why, and until when
    #[command(after_help = WAIVE_HELP, override_usage = WAIVE_USAGE)]
    Waive(WaiveArgs),
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
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub roadmap: Vec<PathBuf>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,

    /// The name that standard input goes by: its ending tells the format, its folder the configuration
    #[arg(long, value_name = "FILE")]
    pub stdin_filename: Option<PathBuf>,

    /// Report only what a git revision, such as origin/main, did not have: findings that were there before are left out
    #[arg(long, value_name = "REV", value_parser = revision)]
    pub since: Option<String>,

    /// How to print findings; with a file, such as sarif=findings.sarif, where to; may be given several times
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = FormatParser, action = ArgAction::Append,
        default_value = "full", hide_default_value = false)]
    pub format: Vec<FormatArg>,

    /// The file to write to, instead of standard output; it is replaced whole, when all is written
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Show findings that a waiver covers, too
    #[arg(long)]
    pub show_waived: bool,

    /// Say which files were read, and which were left out
    #[arg(long, short)]
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
  dealcheck report deals/ --columns name,customer,value,future-features";

/// Arguments of `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Contracts and folders of contracts; without any, the contracts that dealcheck.toml names
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// What each line is about
    #[arg(long, value_enum, default_value_t = By::Contract, value_name = "WHAT")]
    pub by: By,

    /// How to print it
    #[arg(long, value_enum, default_value_t = ReportFormat::Text, value_name = "FORMAT")]
    pub format: ReportFormat,

    /// The columns of the table, in this order, between commas
    #[arg(long, value_enum, value_name = "COLUMN", value_delimiter = ',')]
    pub columns: Vec<Column>,

    /// The file to write to, instead of standard output; it is replaced whole, when all is written
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// A roadmap file, instead of those that are configured or found; may be given several times
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub roadmap: Vec<PathBuf>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
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
    /// Contracts and folders of contracts; without any, the contracts that dealcheck.toml names
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// The file to write to, instead of standard output; it is replaced whole, when all is written
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// The key of the pseudonyms; a new one is written where there is none
    #[arg(long, value_name = "FILE", default_value = "promises.key")]
    pub key: PathBuf,

    /// A roadmap file, instead of those that are configured or found; may be given several times
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub roadmap: Vec<PathBuf>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// Arguments of `impact`.
#[derive(Debug, Args)]
#[command(group(ArgGroup::new("other").required(true).args(["since", "against"])))]
pub struct ImpactArgs {
    /// Contracts and folders of contracts; without any, the contracts that dealcheck.toml names
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// The git revision whose roadmap today's is compared with
    #[arg(long, value_name = "REV", value_parser = revision)]
    pub since: Option<String>,

    /// The roadmap file that today's is compared with: as it was before; may be given several times
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub against: Vec<PathBuf>,

    /// A file of promises that `dealcheck index` wrote, instead of contracts
    #[arg(long, value_name = "FILE", conflicts_with = "paths")]
    pub promises: Option<PathBuf>,

    /// How to print it
    #[arg(long, value_enum, default_value_t = ImpactFormat::Text, value_name = "FORMAT")]
    pub format: ImpactFormat,

    /// The file to write to, instead of standard output; it is replaced whole, when all is written
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,

    /// Today's roadmap, instead of the one that is configured or found; may be given several times
    #[arg(long, value_name = "FILE", action = ArgAction::Append)]
    pub roadmap: Vec<PathBuf>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
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

/// Levels of lints on the command line, in its order.
#[derive(Debug, Default)]
pub struct LevelArgs {
    /// What was typed.
    pub flags: Vec<LevelFlag>,
    /// `--deny-warnings`
    pub deny_warnings: bool,
}

/// The flags that give a level: short, long, level.
const LEVEL_FLAGS: [(char, &str, &str, Level, &str); 4] = [
    ('A', "-A", "allow", Level::Allow, "Do not look for this"),
    ('W', "-W", "warn", Level::Warn, "Report this, and do not fail for it"),
    ('D', "-D", "deny", Level::Deny, "Report this, and fail for it"),
    ('F', "-F", "forbid", Level::Forbid, "As --deny, and nothing lowers it"),
];

/// Written by hand, since only the position of each flag among the others tells which came last.
impl Args for LevelArgs {
    fn augment_args(command: Command) -> Command {
        let command = LEVEL_FLAGS.into_iter().fold(command, |command, (short, _, long, _, help)| {
            command.arg(
                Arg::new(long)
                    .short(short)
                    .long(long)
                    .value_name("LINT")
                    .help(help)
                    .help_heading("Levels")
                    .action(ArgAction::Append)
                    .value_parser(|name: &str| resolve_flag(name).map(|lint| lint.name.to_owned())),
            )
        });
        command.arg(
            Arg::new("deny-warnings")
                .long("deny-warnings")
                .help("Fail for everything that is reported; for CI")
                .help_heading("Levels")
                .action(ArgAction::SetTrue),
        )
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for LevelArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut levels = Self::default();
        levels.update_from_arg_matches(matches)?;
        Ok(levels)
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        let mut typed = Vec::new();
        for (_, flag, long, level, _) in LEVEL_FLAGS {
            let lints = matches.get_many::<String>(long).into_iter().flatten();
            for (at, lint) in matches.indices_of(long).into_iter().flatten().zip(lints) {
                typed.push((at, LevelFlag { flag, level, lint: lint.clone() }));
            }
        }
        typed.sort_by_key(|(at, _)| *at);
        self.flags = typed.into_iter().map(|(_, flag)| flag).collect();
        self.deny_warnings = matches.get_flag("deny-warnings");
        Ok(())
    }
}

/// Arguments of `explain`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  dealcheck explain late-feature")]
pub struct ExplainArgs {
    /// The lint; without it, all lints as a table
    #[arg(value_name = "LINT", value_parser = |name: &str| resolve_flag(name).map(|_| name.to_owned()))]
    pub lint: Option<String>,
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
    #[arg(long, value_name = "FILE")]
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
    #[arg(long, value_name = "FILE", num_args = 1, action = ArgAction::Append)]
    pub roadmap: Vec<PathBuf>,

    /// The configuration, instead of the nearest dealcheck.toml
    #[arg(long, value_name = "FILE")]
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
