//! `dealcheck lint`: checks contracts and writes what was found.

mod outputs;

use std::io;

use crate::cli::LintArgs;
use crate::explain;
use crate::input::discover::Request;
use crate::input::path::repository_root;
use crate::model::window::Date;
use crate::output::{Colour, RenderOptions, Repository};
use crate::workspace::group::Asked;

use super::account::{Account, Step};
use super::round::Round;
use super::{Exit, refuse, width};
use outputs::Outputs;

/// Checks contracts and writes what was found.
pub(super) fn run(args: &LintArgs, today: Date, colour: Colour) -> io::Result<Exit> {
    let folder = std::env::current_dir()?;
    let options = RenderOptions {
        waived: args.show_waived,
        links: supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        quiet: args.quiet,
        explain: args.explain.then_some(explain::page),
        width: width(),
        repository: Repository::new(repository_root(&folder).unwrap_or(&folder), &folder),
        ..RenderOptions::new(today, colour)
    };
    let outputs = match Outputs::open(args, &options) {
        Ok(outputs) => outputs,
        Err(problems) => return refuse(&problems, colour),
    };
    let round = Round {
        request: Request {
            paths: args.paths.clone(),
            config: args.config.clone(),
            roadmap: args.roadmap.clone(),
            stdin_name: args.stdin_filename.clone(),
        },
        asked: Asked { today, levels: args.levels.flags.clone(), deny_warnings: args.levels.deny_warnings },
        folder,
    };
    let mut account = Account::new(args.verbose);
    let mut parts = Vec::new();
    let tally = round.go_since(args.since.as_deref(), &outputs, &mut parts, &mut account)?;
    account.timed(Step::Write, || outputs.write(parts, &tally))?;
    account.close()?;
    Ok(Exit::of(&tally))
}
