//! `dealcheck history`: how good dates were.

use std::collections::BTreeSet;
use std::io::Write as _;

use crate::check::outcome::{Outcome, OutcomeSubject};
use crate::cli::{HistoryArgs, HistoryFormat};
use crate::history::{History, json, markdown, text};
use crate::model::config::People;
use crate::model::window::Date;
use crate::output::{Colour, draw_problems};
use crate::workspace::CheckOptions;

use super::destination::Destination;
use super::log::{stderr, warn};
use super::progress::run as check;
use super::{Ending, Exit, deals, table_width};

/// What is kept of an outcome.
struct HistoryPart {
    history: History,
    problems: String,
    leaves_people_out: bool,
    /// Which older versions of the roadmap could not be read in full, in words.
    unread: Option<String>,
}

/// Reads older versions of the roadmaps, and writes what came of plans and promises.
pub(super) fn run(args: &HistoryArgs, today: Date, colour: Colour) -> Ending {
    let to = Destination::of(args.to.output.as_deref())?;
    let options = CheckOptions { history: true, documents: false, ..CheckOptions::on(today) };
    let workspace = deals::workspace(&args.deals, &std::env::current_dir()?, options);
    let run = check(&workspace, |outcome| HistoryPart::of(outcome, colour.err));
    let mut history = History::default();
    let mut leaves_people_out = false;
    let mut unread = BTreeSet::new();
    for part in run.parts {
        stderr().write_all(part.problems.as_bytes())?;
        leaves_people_out |= part.leaves_people_out;
        unread.extend(part.unread);
        history.add(part.history);
    }
    if leaves_people_out {
        history.leave_people_out();
    }
    warn(run.caveats.union(&unread))?;
    let drawn = match args.format {
        HistoryFormat::Text => text(&history, table_width(args.to.output.is_none())),
        HistoryFormat::Markdown => markdown(&history),
        HistoryFormat::Json => json(&history, today),
    };
    to.finish(&drawn)?;
    Ok(Exit::of_reading(run.tally.is_complete()))
}

impl HistoryPart {
    fn of(outcome: &Outcome<'_>, colour: bool) -> Self {
        let (mut leaves_people_out, mut unread) = (false, None);
        let history = match outcome.about {
            OutcomeSubject::Group(_, group) => {
                let context = group.context();
                leaves_people_out = group.reporting.people == People::Off;
                unread.clone_from(&context.evidence.unread);
                History::of_roadmap(&context)
            }
            OutcomeSubject::Contract(_, group, Some(judged)) => {
                History::of_contract(judged, &group.context())
            }
            _ => History::default(),
        };
        let problems = draw_problems(outcome.problems, outcome.sources, colour);
        Self { history, problems, leaves_people_out, unread }
    }
}
