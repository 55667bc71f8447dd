//! `dealcheck completions`: a script for a shell, from the command line as it is declared.

use std::io::{self, Write};

use clap::builder::PossibleValue;
use clap::{Command, CommandFactory};
use clap_complete::Shell;

use crate::cli::{Cli, CompletionsArgs};

use super::{Ending, Exit, UntilClosed};

const NAME: &str = "dealcheck";

/// Writes the script.
pub(super) fn run(args: &CompletionsArgs) -> Ending {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), NAME, &mut script);
    if args.shell == Shell::Fish {
        for command in Cli::command().get_subcommands() {
            script.extend(fish_values(command).into_bytes());
        }
    }
    let mut out = UntilClosed::new(io::stdout());
    out.write_all(&script)?;
    out.flush()?;
    Ok(Exit::Clean)
}

/// What fish offers for the arguments of a command that are no options: `clap_complete` leaves them to files.
fn fish_values(command: &Command) -> String {
    let values: Vec<PossibleValue> =
        command.get_positionals().flat_map(clap::Arg::get_possible_values).collect();
    if values.is_empty() {
        return String::new();
    }
    // The words of `-a` are read once more, so what is told of a value is quoted in them as well.
    let quoted = |text: &str| format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"));
    let words = values.iter().map(|value| {
        let help = value.get_help().map(ToString::to_string).unwrap_or_default();
        format!("{}\\t{}", value.get_name(), quoted(&help))
    });
    let words = quoted(&words.collect::<Vec<_>>().join("\n"));
    format!("complete -c {NAME} -n \"__fish_{NAME}_using_subcommand {}\" -f -a {words}\n", command.get_name())
}
