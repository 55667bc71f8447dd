//! `dealcheck impact`: what a change of the roadmap does to the deals.

use std::path::Path;

use crate::cli::{ImpactArgs, ImpactFormat};
use crate::deals::Deal;
use crate::diagnostic::Problem;
use crate::impact::{DealStates, Impact, OlderDeals, impact, json, markdown, text};
use crate::input::discover::Discovery;
use crate::input::path::slashes;
use crate::input::revision::{put_old_roadmaps, replace_roadmap};
use crate::model::window::Date;
use crate::output::Colour;
use crate::text::{and_list, clean};
use crate::workspace::{CheckOptions, Workspace};

use super::deals::{self, DealNeeds, Deals};
use super::destination::Destination;
use super::{Ending, Exit, log, terminal_width};

/// How wide sentences are where no terminal says so.
const PROSE: usize = 80;

/// Judges the deals with two roadmaps and writes what differs.
pub(super) fn run(args: &ImpactArgs, today: Date, colour: Colour) -> Ending {
    let folder = std::env::current_dir()?;
    let find = || match &args.promises {
        // Promises lie in no folder of contracts: what holds is what holds here.
        Some(file) => {
            Workspace::of_promises(&args.deals.source.request(&[]), &folder, file, CheckOptions::on(today))
        }
        None => deals::workspace(&args.deals, &folder, CheckOptions::on(today)),
    };
    let (workspace, mut other) = (find(), find());
    let to = Destination::of(args.to.output.as_deref())?;
    log::warn(put_other(&mut other.found, args, &folder)?)?;
    // Most deals are the same by both roadmaps, and of those nothing is kept.
    let states = DealStates::default();
    let needs = |trim| DealNeeds { draw: None, trim, with_files: false, with_silent: true };
    let note = |deal: &mut Deal| states.note(deal);
    let (mut before, again) = deals::gather_twice(&other, needs(&note), colour.err);
    let trim = |deal: &mut Deal| {
        leave_prose_out(deal);
        states.leave_equal_out(deal);
    };
    let now = deals::collect(&workspace, needs(&trim), colour.err)?;
    let mut older_deals = std::mem::take(&mut before.deals);
    states.put_back(&mut older_deals, |files| again(files, needs(&leave_prose_out)));
    let older = OlderDeals::new(&older_deals);
    before.tell_beside(&now)?;
    let compared = match &args.since {
        Some(revision) => format!("since {}", clean(revision)),
        None => {
            let files: Vec<String> = args.against.iter().map(|file| slashes(file)).collect();
            format!("against {}", clean(&and_list(&files)))
        }
    };
    let whole = [&now, &before].map(|deals| deals.tally.problems == 0);
    let named = (&*now.deals, &*now.rest, &now.tally, &now.features);
    let impact = impact(compared, whole, named, (&older, &before.rest));
    let width = terminal_width().filter(|_| args.to.output.is_none()).unwrap_or(PROSE);
    to.finish(&drawn(&impact, args.format, width, today))?;
    Ok(exit(&impact, &now, &before))
}

/// Gives the contracts the other roadmap.
fn put_other(other: &mut Discovery, args: &ImpactArgs, folder: &Path) -> Result<Option<String>, Problem> {
    match &args.since {
        Some(revision) => put_old_roadmaps(other, revision, !args.deals.source.roadmap.is_empty(), folder),
        None => replace_roadmap(other, &args.against, folder).map(|()| None),
    }
}

/// What a contract says is no part of how it fares.
fn leave_prose_out(deal: &mut Deal) {
    for promise in &mut deal.promises {
        (promise.clause, promise.text) = (None, None);
    }
}

fn drawn(impact: &Impact<'_>, format: ImpactFormat, width: usize, today: Date) -> String {
    match format {
        ImpactFormat::Text => text(impact, width),
        ImpactFormat::Markdown => markdown(impact),
        ImpactFormat::Json => json(impact, today),
    }
}

fn exit(impact: &Impact<'_>, now: &Deals, before: &Deals) -> Exit {
    if !now.tally.is_complete() || before.tally.problems > 0 {
        Exit::Unchecked
    } else if impact.breaks_signed() || impact.breaks_roadmap() {
        Exit::Denied
    } else {
        Exit::Clean
    }
}
