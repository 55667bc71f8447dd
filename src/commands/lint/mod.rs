//! `dealcheck lint`: checks contracts and writes what was found.

mod outputs;

use std::time::Instant;

use crate::check::Steps;
use crate::check::outcome::Outcome;
use crate::cli::LintArgs;
use crate::explain;
use crate::input::discover::Request;
use crate::input::path::repository_root;
use crate::lints;
use crate::model::window::Date;
use crate::output::{Colour, RenderOptions, RepositoryRoot};
use crate::workspace::{CheckOptions, Workspace};

use super::{CommandRefusal, Ending, Exit, log, progress, since, verbose, width};
use outputs::Outputs;

/// Checks contracts and writes what was found.
pub(super) fn run(args: &LintArgs, today: Date, colour: Colour) -> Ending {
    let begun = Instant::now();
    let folder = std::env::current_dir()?;
    let render = RenderOptions {
        waived: args.show_waived,
        links: supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        quiet: args.quiet,
        explain: args.explain.then_some(explain::page),
        width: width(),
        repository: RepositoryRoot::new(repository_root(&folder).unwrap_or(&folder), &folder),
        ..RenderOptions::new(today, colour)
    };
    let outputs = Outputs::open(args, render).map_err(CommandRefusal::Problems)?;
    let request = Request {
        stdin_name: args.stdin_filename.clone(),
        force_exclude: args.force_exclude,
        claims: args.claims.clone(),
        ..args.source.request(&args.paths)
    };
    let options = CheckOptions {
        levels: args.levels.flags.clone(),
        deny_warnings: args.levels.deny_warnings,
        chances: outputs.tell_chances(),
        only: args.only.iter().filter_map(|lint| lints::find(lint)).map(|lint| lint.name).collect(),
        together: outputs.are_at_length(),
        ..CheckOptions::on(today)
    };
    let since = args.since.as_ref().map(|revision| since::previous(revision, &request, &folder, &options));
    let before = begun.elapsed();
    let workspace = match since {
        Some(Err(problem)) => Workspace::unfound(problem, options),
        Some(Ok(previous)) => Workspace::find(&request, &folder, options).since(previous),
        None => Workspace::find(&request, &folder, options),
    };
    let find = begun.elapsed() - before;
    let told = |outcome: &Outcome<'_>| {
        if args.verbose { verbose::outcome(outcome, &request) } else { String::new() }
    };
    let run = progress::run(&workspace, |outcome| outputs.keep(told(outcome), outcome));
    let writing = Instant::now();
    if let Some(previous) = &workspace.previous {
        since::warn(previous, args.verbose)?;
    }
    log::warn(&run.caveats)?;
    verbose::excludes(&workspace.found, args.verbose)?;
    outputs.write(run.parts, &run.tally)?;
    if args.verbose {
        let Steps { share, check, compare } = run.steps;
        let since = args.since.iter().map(|_| (before, "check the older version"));
        verbose::steps(since.chain([
            (find, "find files and configurations"),
            (share, "read roadmaps and waivers"),
            (check, "read and check contracts"),
            (compare, "check what contracts share"),
            (writing.elapsed(), "write"),
            (begun.elapsed(), "do all of it"),
        ]))?;
    }
    Ok(Exit::of(&run.tally))
}
