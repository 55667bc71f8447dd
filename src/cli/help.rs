//! How `dealcheck --help` looks: commands by what they are for.

use std::fmt::Write as _;

use clap::builder::StyledStr;
use clap::{Command, Subcommand};

use super::Cmd;

/// Commands that look at contracts.
pub(super) const CHECK: &str = "Check";
/// Commands that look at all deals together.
pub(super) const OVERVIEW: &str = "See the whole";
/// Commands that say what something means.
pub(super) const UNDERSTAND: &str = "Understand";
/// Commands that are run once.
pub(super) const SET_UP: &str = "Set up";

/// The heading of what holds for every command.
pub(super) const GLOBAL: &str = "Global options";

/// The program with its help. clap knows one heading for all commands; here each stands below its own, in the lines
/// and the columns that clap gives it.
pub(super) fn laid_out(command: Command) -> Command {
    command.help_template(template())
}

fn template() -> StyledStr {
    let commands = Cmd::augment_subcommands(Command::new("dealcheck").disable_help_subcommand(true));
    let listed = commands.clone().help_template("{subcommands}").render_help().to_string();
    let (header, literal) = (*commands.get_styles().get_header(), *commands.get_styles().get_literal());
    let mut headings: Vec<&str> = Vec::new();
    for heading in commands.get_subcommands().filter_map(Command::get_subcommand_help_heading) {
        if !headings.contains(&heading) {
            headings.push(heading);
        }
    }
    let mut help = StyledStr::from("{about-with-newline}\n{usage-heading} {usage}\n");
    for heading in headings {
        // Writing to a text cannot fail.
        let _ = writeln!(help, "\n{header}{heading}:{header:#}");
        let is_here = |command: &&Command| command.get_subcommand_help_heading() == Some(heading);
        for name in commands.get_subcommands().filter(is_here).map(Command::get_name) {
            for line in lines_of(name, &listed) {
                let _ = match line.strip_prefix(&format!("  {name}")) {
                    Some(rest) => writeln!(help, "  {literal}{name}{literal:#}{rest}"),
                    None => writeln!(help, "{line}"),
                };
            }
        }
    }
    let _ = write!(help, "\n{header}{GLOBAL}:{header:#}\n{{options}}{{after-help}}\n");
    help
}

/// The lines of a command in the list of all: its name and its summary, which may need several.
fn lines_of<'l>(name: &str, listed: &'l str) -> impl Iterator<Item = &'l str> {
    let begins = |line: &str| line.starts_with("  ") && !line.starts_with("   ");
    let of_this = move |line: &str| line.split_whitespace().next() == Some(name) && begins(line);
    let mut lines = listed.lines().skip_while(move |line| !of_this(line));
    let first = lines.next();
    first.into_iter().chain(lines.take_while(move |line| !begins(line)))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::Cli;

    #[test]
    fn every_command_stands_below_a_heading() {
        let commands = Cmd::augment_subcommands(Command::new("dealcheck"));
        let help = laid_out(Cli::command()).render_help().to_string();
        for command in commands.get_subcommands() {
            assert!(command.get_subcommand_help_heading().is_some(), "{}", command.get_name());
            let line = format!("\n  {} ", command.get_name());
            assert_eq!(help.matches(&line).count(), 1, "{}:\n{help}", command.get_name());
        }
    }

    #[test]
    fn every_command_shows_how_it_is_typed() {
        let mut tried = 0;
        let (mut root, mut helps) = (Cli::command(), Vec::new());
        root.build();
        helps.push(root.get_after_help().cloned());
        for command in root.get_subcommands() {
            let help = command.get_after_help().cloned();
            let typed = format!("\n  dealcheck {}", command.get_name());
            let shows = |help: &StyledStr| format!("\n{help}").replace("| ", "\n  ").contains(&typed);
            assert!(help.as_ref().is_some_and(shows), "{} has no example", command.get_name());
            helps.push(help);
        }
        for help in helps.into_iter().flatten() {
            for example in examples(&help.to_string()) {
                if let Err(error) = Cli::command().try_get_matches_from(&example) {
                    panic!("{example:?}:\n{error}");
                }
                tried += 1;
            }
        }
        assert!(tried > 15, "only {tried} examples were found");
    }

    /// The commands of this program that an example types, in words as a shell parts them.
    fn examples(help: &str) -> Vec<Vec<String>> {
        let lines = help.replace("\\\n", " ");
        let lines = lines.lines().filter(|line| line.starts_with("  ") && line.contains("dealcheck "));
        let commands = lines.flat_map(|line| {
            let mut commands = vec![vec![]];
            for word in words(line) {
                match word.as_str() {
                    "|" | "&&" | ">" => commands.push(Vec::new()),
                    _ => commands.last_mut().unwrap().push(word),
                }
            }
            commands
        });
        commands.filter(|command| command.first().is_some_and(|word| word == "dealcheck")).collect()
    }

    fn words(line: &str) -> Vec<String> {
        let (mut words, mut quoted) = (vec![String::new()], false);
        for character in line.trim().chars() {
            match character {
                '"' => quoted = !quoted,
                ' ' if !quoted => words.push(String::new()),
                _ => words.last_mut().unwrap().push(character),
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }
}
