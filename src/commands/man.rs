//! `dealcheck man`: the manual, a page for each command, from the command line as it is declared.

use std::io::Write;

use clap::{Command, CommandFactory};
use clap_mangen::Man;

use crate::cli::{Cli, ManArgs};
use crate::input::path::slashes;
use crate::text::{clean, count};

use super::destination::Destination;
use super::log::stdout;
use super::{Ending, Exit};

/// Writes the pages.
pub(super) fn run(args: &ManArgs) -> Ending {
    let mut root = Cli::command();
    root.build();
    let commands: Vec<&Command> = std::iter::once(&root).chain(root.get_subcommands()).collect();
    for &command in &commands {
        let page = Man::new(command.clone());
        let mut to = Destination::of(Some(&args.folder.join(page.get_filename())))?;
        page.render(&mut to)?;
        to.commit()?;
    }
    let (pages, folder) = (count(commands.len(), "page"), slashes(&args.folder));
    writeln!(stdout(), "wrote {pages} to {}", clean(&folder))?;
    Ok(Exit::Clean)
}
