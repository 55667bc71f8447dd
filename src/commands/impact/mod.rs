//! `dealcheck impact`: what a change of the roadmap does to the deals.

mod promises;

use std::io::{self, Write as _};
use std::path::Path;

use crate::check::group::Asked;
use crate::cli::{ImpactArgs, ImpactFormat};
use crate::diagnostic::Problem;
use crate::impact::{Impact, impact, json, markdown, text};
use crate::input::discover::{Discovery, Request, discover, slashes};
use crate::input::revision::{OldRoadmaps, replace_roadmap};
use crate::model::window::Date;
use crate::output::{Colour, Sources, draw_problems};
use crate::text::{and_list, clean};

use super::destination::Destination;
use super::gather::{Gathered, gather_again, gather_over};
use super::round::Round;
use super::{Exit, UntilClosed};

/// Judges the deals with two roadmaps and writes what differs.
pub(super) fn run(args: &ImpactArgs, today: Date, colour: Colour) -> io::Result<Exit> {
    let folder = std::env::current_dir()?;
    let round = Round {
        request: match &args.promises {
            Some(_) => promises::request(args),
            None => Request {
                paths: args.paths.clone(),
                config: args.config.clone(),
                roadmap: args.roadmap.clone(),
                stdin_name: None,
            },
        },
        asked: Asked { today, levels: Vec::new(), deny_warnings: false },
        verbose: false,
        folder: &folder,
    };
    let found = discover(&round.request, &folder);
    let mut other = discover(&round.request, &folder);
    let to = args.output.as_deref().map_or_else(|| Ok(Destination::stdout()), Destination::file);
    let opened = to.and_then(|to| Ok((to, put_other(&mut other, args, &folder)?)));
    // The old roadmap's files are there as long as they are held.
    let (mut to, _held) = match opened {
        Ok(opened) => opened,
        Err(problem) => return refuse(&problem, colour),
    };
    let (now, before) = match &args.promises {
        Some(file) => promises::gather(file, [&found, &other], &round.asked, colour)?,
        None => {
            let now = gather_over(&round, &found, colour.err)?;
            let before = gather_again(&round, &other, &now, colour.err)?;
            (now, before)
        }
    };
    let compared = match &args.since {
        Some(revision) => format!("since {}", clean(revision)),
        None => {
            let files: Vec<String> = args.against.iter().map(|file| slashes(file)).collect();
            format!("against {}", clean(&and_list(&files)))
        }
    };
    let whole = [&now, &before].map(|gathered| gathered.tally.problems == 0);
    let impact = impact(compared, whole, (&now.deals, &now.rest), (&before.deals, &before.rest));
    to.write_all(drawn(&impact, args.format, today).as_bytes())?;
    to.commit()?;
    Ok(exit(&impact, &now, &before))
}

/// Gives the contracts the other roadmap.
fn put_other(
    other: &mut Discovery,
    args: &ImpactArgs,
    folder: &Path,
) -> Result<Option<OldRoadmaps>, Problem> {
    match &args.since {
        Some(revision) => OldRoadmaps::put(other, revision, !args.roadmap.is_empty(), folder).map(Some),
        None => replace_roadmap(other, &args.against, folder).map(|()| None),
    }
}

fn refuse(problem: &Problem, colour: Colour) -> io::Result<Exit> {
    let nowhere = Sources { shared: &[], own: None };
    let drawn = draw_problems(std::slice::from_ref(problem), nowhere, colour.err);
    UntilClosed::new(io::stderr()).write_all(drawn.as_bytes())?;
    Ok(Exit::Unchecked)
}

fn drawn(impact: &Impact<'_>, format: ImpactFormat, today: Date) -> String {
    match format {
        ImpactFormat::Text => text(impact),
        ImpactFormat::Markdown => markdown(impact),
        ImpactFormat::Json => json(impact, today),
    }
}

fn exit(impact: &Impact<'_>, now: &Gathered, before: &Gathered) -> Exit {
    if now.tally.problems > 0 || before.tally.problems > 0 {
        Exit::Unchecked
    } else if impact.breaks_signed() {
        Exit::Denied
    } else {
        Exit::Clean
    }
}
