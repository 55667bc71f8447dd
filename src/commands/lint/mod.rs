//! `dealcheck lint`: checks contracts and writes what was found.

mod outputs;

use std::io::{self, Write};

use crate::check::group::Asked;
use crate::cli::LintArgs;
use crate::input::discover::Request;
use crate::model::window::Date;
use crate::output::{Colour, Shown, Sources, draw_problems};

use super::Exit;
use super::round::Round;

/// Checks contracts and writes what was found.
pub(super) fn run(args: &LintArgs, today: Date, colour: Colour) -> io::Result<Exit> {
    let shown = Shown { today, colour, waived: args.show_waived };
    let (drawers, mut writers) = match outputs::open(args, shown) {
        Ok(opened) => opened,
        Err(problems) => {
            let nowhere = Sources { shared: &[], own: None };
            io::stderr().write_all(draw_problems(&problems, nowhere, colour.err).as_bytes())?;
            return Ok(Exit::Unchecked);
        }
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
        folder: &std::env::current_dir()?,
    };
    let tally = round.go_since(args.since.as_deref(), &drawers, &mut writers)?;
    writers.finish(&tally)?;
    Ok(Exit::of(&tally))
}
