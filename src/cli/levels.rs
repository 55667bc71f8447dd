//! Lints as they are named on the command line, and the flags that give them a level.

use std::ffi::OsStr;

use clap::builder::{PossibleValue, TypedValueParser};
use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches};

use crate::lint::Level;
use crate::lints::{self, LINTS};
use crate::workspace::levels::{LevelFlag, resolve_flag};

/// Reads the name of a lint, as typed: an old name stays one. Shells complete the names of today.
#[derive(Clone)]
pub(super) struct LintName;

impl TypedValueParser for LintName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        let known = |name: &str| resolve_flag(name).map(|_| name.to_owned());
        TypedValueParser::parse_ref(&known, command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(LINTS.iter().map(|lint| PossibleValue::new(lint.name).help(lint.summary))))
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
                    .hide_possible_values(true)
                    .value_parser(LintName),
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
                let lint = lints::find(lint).map_or_else(|| lint.clone(), |lint| lint.name.to_owned());
                typed.push((at, LevelFlag { flag, level, lint }));
            }
        }
        typed.sort_by_key(|(at, _)| *at);
        self.flags = typed.into_iter().map(|(_, flag)| flag).collect();
        self.deny_warnings = matches.get_flag("deny-warnings");
        Ok(())
    }
}
