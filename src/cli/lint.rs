//! `lint`, and the formats that it is asked for.

use std::ffi::OsStr;
use std::path::PathBuf;

use clap::builder::{EnumValueParser, PossibleValue, TypedValueParser};
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, Args, Command, ValueEnum};

use crate::output::Format;

use super::levels::LintName;
use super::{LevelArgs, OutputArgs, SourceArgs, revision};

pub(super) const LINT_HELP: &str = "\
Exit status:
  0  nothing is denied; there may be warnings
  1  something is denied
  2  not all could be checked: a mistake in a file, in the arguments, or no contract found

Examples:
  dealcheck lint contract.yaml
  dealcheck lint deals/ --deny-warnings --format concise
  dealcheck lint deals/ --format full --format json=findings.json
  dealcheck lint deals/ --since origin/main
  dealcheck lint deals/ --statistics
  dealcheck lint --claims 'site/**/*.md'
  dealcheck lint deals/ --only late-feature,scope-gap
  dealcheck lint contract.yaml --roadmap ../product/roadmap.toml -A unshipped-feature
  cat contract.yaml | dealcheck lint - --stdin-filename deals/acme.yaml";

/// Arguments of `lint`.
#[derive(Debug, Args)]
pub struct LintArgs {
    /// Contracts, folders of contracts, roadmaps, or - for standard input; without any, the contracts that
    /// dealcheck.toml names
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,

    /// Which files hold.
    #[command(flatten)]
    pub source: SourceArgs,

    /// The name that standard input goes by: its ending tells the format, its folder the configuration
    #[arg(long, value_name = "FILE", help_heading = "Input")]
    pub stdin_filename: Option<PathBuf>,

    /// Leave out what `exclude` in dealcheck.toml names also where a path names it, as hooks do that name all files
    #[arg(long, help_heading = "Input")]
    pub force_exclude: bool,

    /// Hold what a document says is available against the roadmap, too: a .md, .txt or .docx file, or a pattern such as
    /// 'site/**/*.md'; may be given several times
    #[arg(long, value_name = "GLOB", action = ArgAction::Append, help_heading = "Input")]
    pub claims: Vec<PathBuf>,

    /// Report only what a git revision, such as origin/main, did not have: findings that were there before are left out
    #[arg(long, value_name = "REV", value_parser = revision, help_heading = "Input")]
    pub since: Option<String>,

    /// How to print findings; with a file, such as sarif=findings.sarif, where to; may be given several times
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = FormatParser, action = ArgAction::Append,
        default_value = "full", hide_default_value = false, help_heading = "Output")]
    pub format: Vec<FormatArg>,

    /// Where it goes.
    #[command(flatten)]
    pub to: OutputArgs,

    /// Show findings that a waiver covers, too
    #[arg(long, help_heading = "Output")]
    pub show_waived: bool,

    /// Say how many findings there are of each lint, and not where
    #[arg(long, help_heading = "Output", conflicts_with_all = ["format", "explain", "show_waived"])]
    pub statistics: bool,

    /// After the findings, explain each lint that was found, once; only with --format full
    #[arg(long, help_heading = "Output")]
    pub explain: bool,

    /// Print findings, and what could not be read, and nothing else: no summary
    #[arg(long, short, help_heading = "Output", conflicts_with = "verbose")]
    pub quiet: bool,

    /// Say which files were read and which were left out, which settings hold and why, and how long each step took
    #[arg(long, short, help_heading = "Output")]
    pub verbose: bool,

    /// Report these lints and no others, between commas: those that are allowed are switched on, and what is forbidden is
    /// reported all the same
    #[arg(long, value_name = "LINT", value_parser = LintName, value_delimiter = ',', action = ArgAction::Append,
        hide_possible_values = true, help_heading = "Levels")]
    pub only: Vec<String>,

    /// Levels of lints.
    #[command(flatten)]
    pub levels: LevelArgs,
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
