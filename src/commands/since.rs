//! `--since`: what a git revision was found to have, by the same check.

use std::io::{self, Write};
use std::path::Path;

use crate::check::outcome::{Outcome, OutcomeSubject};
use crate::diagnostic::Problem;
use crate::input::discover::{Request, discover};
use crate::input::revision::{OldRequest, Revision};
use crate::model::window::Date;
use crate::text::clean;
use crate::workspace::previous::{GroupPlace, KnownCounts, Previous};
use crate::workspace::{CheckOptions, Expected, Workspace};

use super::deals::{self, DealNeeds, Deals};
use super::log::{stderr, warn as warn_of};
use super::progress::run;

/// What is kept of an outcome of the older version.
struct PreviousOutcome {
    unread: Vec<String>,
    counts: Option<(Owner, KnownCounts)>,
}

/// What findings were about.
enum Owner {
    /// Its id, and whether it was signed by today.
    Contract(String, bool),
    Shared(GroupPlace),
}

/// Checks a revision, as the request says and on the same day.
///
/// # Errors
///
/// The revision cannot be had. What cannot be read of it is no error: its findings are unknown, and so new.
pub(super) fn previous(
    revision: &str,
    request: &Request,
    folder: &Path,
    options: &CheckOptions,
) -> Result<Previous, Problem> {
    let old = OldRequest::new(revision, request, folder)?;
    let mut previous = Previous::new(old.revision);
    if old.is_empty {
        return Ok(previous);
    }
    let found = discover(&old.files, &old.request, folder);
    // Today's are compared with these before they are put together.
    let (today, options) = (options.today, CheckOptions { together: false, ..options.clone() });
    let workspace = Workspace { found, options, expected: Expected::Nothing, previous: None };
    for PreviousOutcome { unread, counts } in run(&workspace, |outcome| keep(outcome, today)).parts {
        previous.unread.extend(unread);
        match counts {
            Some((Owner::Contract(id, is_agreed), counts)) => previous.add_contract(id, is_agreed, counts),
            Some((Owner::Shared(place), counts)) => previous.add_shared(place, counts),
            None => {}
        }
    }
    Ok(previous)
}

/// The deals of a revision, judged on the same day. What could not be read of them is missing, and nothing is told of it.
///
/// # Errors
///
/// The revision cannot be had.
pub(super) fn older_deals(
    revision: &str,
    request: &Request,
    folder: &Path,
    today: Date,
) -> Result<(Deals, Revision), Problem> {
    let old = OldRequest::new(revision, request, folder)?;
    if old.is_empty {
        return Ok((Deals::default(), old.revision));
    }
    let found = discover(&old.files, &old.request, folder);
    let options = CheckOptions::on(today);
    let workspace = Workspace { found, options, expected: Expected::Nothing, previous: None };
    let needs = DealNeeds { draw: None, trim: &|_| (), with_files: false, with_silent: false };
    Ok((deals::gather(&workspace, needs, false), old.revision))
}

fn keep(outcome: &Outcome<'_>, today: Date) -> PreviousOutcome {
    let owner = match outcome.about {
        OutcomeSubject::Contract(_, _, Some(judged)) => {
            let contract = judged.contract;
            contract.id.as_ref().map(|id| Owner::Contract(id.value.to_string(), contract.is_agreed(today)))
        }
        OutcomeSubject::Shared(files, _) => Some(Owner::Shared(GroupPlace::of(files))),
        OutcomeSubject::Contract(..)
        | OutcomeSubject::Run
        | OutcomeSubject::Group(..)
        | OutcomeSubject::LeftOut { .. } => None,
    };
    PreviousOutcome {
        unread: outcome.problems.iter().map(|problem| problem.diagnostic.title.clone()).collect(),
        counts: owner.map(|owner| (owner, KnownCounts::of(outcome.findings))),
    }
}

/// Warns that a revision could not be read in full; with `verbose`, of each problem.
pub(super) fn warn(previous: &Previous, verbose: bool) -> io::Result<()> {
    warn_of(&previous.revision.caveat)?;
    let Some((first, rest)) = previous.unread.split_first() else {
        return Ok(());
    };
    let revision = &previous.revision.name;
    let more = if rest.is_empty() || verbose { String::new() } else { format!(" (and {} more)", rest.len()) };
    let mut lines = vec![format!(
        "warning: {revision} cannot be read in full, so what was there before may be shown as new: {first}{more}"
    )];
    lines.extend(rest.iter().filter(|_| verbose).map(|title| format!("  also: {title}")));
    let mut err = stderr();
    lines.iter().try_for_each(|line| writeln!(err, "{}", clean(line)))
}
