//! Contracts to deals: what `lint` would find, kept as data for commands that count.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{self, Write};
use std::path::Path;

use crate::check::outcome::{Outcome, OutcomeSubject};
use crate::check::run;
use crate::check::tally::Tally;
use crate::cli::DealsArgs;
use crate::deals::{Deal, DrawnFinding, promises};
use crate::lint::finding::Finding;
use crate::model::config::People;
use crate::model::window::Date;
use crate::output::draw_problems;
use crate::source::Sources;
use crate::text::{brief, clean};
use crate::workspace::{CheckOptions, Workspace};

use super::log::stderr;
use super::verbose;

/// How a finding is drawn, where a command shows it with its lines.
pub(super) type DrawFinding = dyn Fn(&Finding, Sources<'_>) -> String + Sync;

/// The most characters of a notice.
const LONGEST: usize = 600;

/// All deals of a run.
#[derive(Debug, Default)]
pub(super) struct Deals {
    /// The deals, in the order of the files: open, ended and lost.
    pub(super) deals: Vec<Deal>,
    /// Findings that are about no contract: the roadmap's, the waivers'.
    pub(super) rest: Vec<DrawnFinding>,
    /// The numbers of the run, as `lint` counts them.
    pub(super) tally: Tally,
    /// The notices of the configurations, each once.
    pub(super) notices: BTreeSet<String>,
    /// Whether some configuration wants no seller and no team named: then none is.
    pub(super) leaves_people_out: bool,
    /// What could not be read, as it was told.
    told: HashSet<String>,
}

/// The deals that are asked for.
pub(super) fn workspace(deals: &DealsArgs, folder: &Path, today: Date) -> Workspace {
    Workspace::find(&deals.source.request(&deals.paths), folder, CheckOptions::on(today))
}

/// Collects deals. What could not be read is told on standard error, as `lint` tells it.
pub(super) fn collect(workspace: &Workspace, draw: Option<&DrawFinding>, colour: bool) -> io::Result<Deals> {
    let run = run(workspace, |outcome| CollectedPart::of(outcome, draw, colour, workspace.options.today));
    verbose::excludes(&workspace.found, false)?;
    let mut deals = Deals { tally: run.tally, ..Deals::default() };
    // Where the deal of an id is. An id that comes twice has been reported; the first keeps it.
    let mut ids = HashMap::new();
    for part in run.parts {
        deals.tell(part.problems)?;
        deals.notices.extend(part.notice);
        deals.leaves_people_out |= part.leaves_people_out;
        deals.add(part.deal, part.said, &mut ids);
    }
    if deals.leaves_people_out {
        deals.deals.iter_mut().for_each(Deal::leave_people_out);
    }
    Ok(deals)
}

/// Collects the same deals with another roadmap. What was told before is not told again, and what becomes of a
/// contract's own words with a roadmap that it was not written for is no mistake: only what is wrong with that
/// roadmap counts among the problems.
pub(super) fn collect_again(workspace: &Workspace, before: &Deals, colour: bool) -> io::Result<Deals> {
    let run = run(workspace, |outcome| CollectedPart::of(outcome, None, colour, workspace.options.today));
    let mut deals = Deals { tally: run.tally, told: before.told.clone(), ..Deals::default() };
    deals.tally.problems = 0;
    let mut ids = HashMap::new();
    for part in run.parts {
        if part.deal.is_none() {
            deals.tally.problems += usize::from(deals.tell(part.problems)?);
        }
        deals.add(part.deal, part.said, &mut ids);
    }
    Ok(deals)
}

impl Deals {
    /// Tells what could not be read, once; returns whether it was new.
    fn tell(&mut self, problems: String) -> io::Result<bool> {
        if problems.is_empty() || self.told.contains(&problems) {
            return Ok(false);
        }
        stderr().write_all(problems.as_bytes())?;
        Ok(self.told.insert(problems))
    }

    /// Adds a deal with its findings; those of several contracts go to the deals that they are about.
    fn add(&mut self, deal: Option<Deal>, said: Vec<DrawnFinding>, ids: &mut HashMap<String, usize>) {
        if let Some(deal) = deal {
            if let Some(id) = &deal.id {
                ids.entry(id.clone()).or_insert(self.deals.len());
            }
            self.deals.push(Deal { findings: said, ..deal });
            return;
        }
        for said in said {
            match said.finding.contract.as_ref().and_then(|id| ids.get(id)) {
                Some(&at) => self.deals[at].findings.push(said),
                None => self.rest.push(said),
            }
        }
    }
}

/// What one outcome gives.
struct CollectedPart {
    deal: Option<Deal>,
    said: Vec<DrawnFinding>,
    problems: String,
    notice: Option<String>,
    leaves_people_out: bool,
}

impl CollectedPart {
    fn of(outcome: &Outcome<'_>, draw: Option<&DrawFinding>, colour: bool, today: Date) -> Self {
        let &Outcome { ref about, findings, problems, sources } = outcome;
        let drawn = |finding| draw.map(|draw| draw(finding, sources)).unwrap_or_default();
        let said =
            findings.iter().map(|finding| DrawnFinding { finding: finding.clone(), drawn: drawn(finding) });
        let deal = match about {
            OutcomeSubject::Contract(_, group, Some(judged)) => {
                let file = sources.get(judged.contract.file).map_or("", |source| source.name());
                let mut tally = Tally::default();
                if judged.contract.status.is_linted() {
                    tally.add_contract(judged);
                }
                let product = group.roadmap.product.as_ref().map(|name| clean(&name.value).into_owned());
                let promises = promises(judged, sources, today);
                Some(Deal {
                    promises,
                    tally,
                    product,
                    ..Deal::of(judged.contract, file, problems.is_empty())
                })
            }
            OutcomeSubject::Contract(..)
            | OutcomeSubject::Run
            | OutcomeSubject::Group(..)
            | OutcomeSubject::LeftOut { .. }
            | OutcomeSubject::Shared(..) => None,
        };
        let reporting = match about {
            OutcomeSubject::Group(_, group) => Some(&group.reporting),
            _ => None,
        };
        Self {
            deal,
            said: said.collect(),
            problems: draw_problems(problems, sources, colour),
            notice: reporting
                .and_then(|known| known.notice.as_ref())
                .map(|text| brief(&text.value, LONGEST).into_owned()),
            leaves_people_out: reporting.is_some_and(|known| known.people == People::Off),
        }
    }
}
