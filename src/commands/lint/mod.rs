//! `dealcheck lint`: checks contracts and writes what was found.

mod outputs;

use std::io;

use crate::check::group::Asked;
use crate::cli::LintArgs;
use crate::input::discover::Request;
use crate::model::window::Date;
use crate::output::{Colour, Shown};

use super::round::Round;
use super::{Exit, refuse, width};

/// Checks contracts and writes what was found.
pub(super) fn run(args: &LintArgs, today: Date, colour: Colour) -> io::Result<Exit> {
    let shown = Shown { today, colour, waived: args.show_waived, width: width() };
    let (drawers, mut writers) = match outputs::open(args, shown) {
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
        asked: Asked { today, levels: args.levels.flags.clone(), deny_warnings: args.levels.deny_warnings },
        verbose: args.verbose,
        folder: std::env::current_dir()?,
    };
    let tally = round.go(&drawers, &mut writers)?;
    writers.finish(&tally)?;
    Ok(Exit::of(&tally))
}
