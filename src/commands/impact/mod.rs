//! `dealcheck impact`: what a change of the roadmap does to the deals.

mod promises;

use std::io::{self, Write as _};
use std::path::Path;

use crate::cli::{ImpactArgs, ImpactFormat};
use crate::diagnostic::Problem;
use crate::impact::{Impact, impact, json, markdown, text};
use crate::input::discover::{Discovery, discover, here};
use crate::input::path::slashes;
use crate::input::revision::{put_old_roadmaps, replace_roadmap};
use crate::model::window::Date;
use crate::output::Colour;
use crate::text::{and_list, clean};

use super::destination::Destination;
use super::gather::{Gathered, gather_again, gather_over};
use super::round::Round;
use super::{Exit, refuse};

/// Judges the deals with two roadmaps and writes what differs.
pub(super) fn run(args: &ImpactArgs, today: Date, colour: Colour) -> io::Result<Exit> {
    let round = Round::of(&args.deals, today)?;
    let find = || match args.promises {
        // Promises lie in no folder of contracts: what holds is what holds here.
        Some(_) => Discovery { groups: vec![here(&round.request, &round.folder)], ..Discovery::default() },
        None => discover(&round.request, &round.folder),
    };
    let (found, mut other) = (find(), find());
    let to = Destination::of(args.output.as_deref());
    let opened = to.and_then(|to| put_other(&mut other, args, &round.folder).map(|()| to));
    let mut to = match opened {
        Ok(to) => to,
        Err(problem) => return refuse(&[problem], colour),
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
fn put_other(other: &mut Discovery, args: &ImpactArgs, folder: &Path) -> Result<(), Problem> {
    match &args.since {
        Some(revision) => put_old_roadmaps(other, revision, !args.deals.roadmap.is_empty(), folder),
        None => replace_roadmap(other, &args.against, folder),
    }
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
