//! `dealcheck lint`: checks contracts and writes what was found.

mod outputs;

use std::io;

use crate::cli::LintArgs;
use crate::explain;
use crate::input::discover::Request;
use crate::input::path::repository_root;
use crate::model::window::Date;
use crate::output::{Colour, Repository, Shown};
use crate::workspace::group::CheckOptions;

use super::account::{Account, Step};
use super::round::Round;
use super::{Exit, refuse, width};

/// Checks contracts and writes what was found.
pub(super) fn run(args: &LintArgs, today: Date, colour: Colour) -> io::Result<Exit> {
    let shown = Shown {
        waived: args.show_waived,
        links: supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        quiet: args.quiet,
        explain: args.explain.then_some(explain::page),
        width: width(),
        ..Shown::new(today, colour)
    };
    let folder = std::env::current_dir()?;
    let repository = Repository::new(repository_root(&folder).unwrap_or(&folder), &folder);
    let (drawers, mut writers) = match outputs::open(args, shown, &repository) {
        Ok(opened) => opened,
        Err(problems) => return refuse(&problems, colour),
    };
    let round = Round {
        request: Request {
            paths: args.paths.clone(),
            config: args.config.clone(),
            roadmap: args.roadmap.clone(),
            stdin_name: args.stdin_filename.clone(),
        },
        asked: CheckOptions {
            today,
            levels: args.levels.flags.clone(),
            deny_warnings: args.levels.deny_warnings,
        },
        folder,
    };
    let mut account = Account::new(args.verbose);
    let tally = round.go_since(args.since.as_deref(), &drawers, &mut writers, &mut account)?;
    account.timed(Step::Write, || writers.finish(&tally))?;
    account.close()?;
    Ok(Exit::of(&tally))
}
