//! Contracts to deals: what `lint` would find, kept as data for commands that count.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::io::{self, Write};
use std::path::Path;

use crate::check::outcome::{Outcome, OutcomeSubject};
use crate::check::tally::Tally;
use crate::cli::DealsArgs;
use crate::deals::{Deal, DealChance, DrawnFinding, SharedTexts, add_silent_outlooks, promises};
use crate::input::discover::Candidate;
use crate::lint::finding::Finding;
use crate::model::config::People;
use crate::output::draw_problems;
use crate::output::provenance::{CheckedSource, checked_sources};
use crate::source::Sources;
use crate::text::{clean, clean_truncated};
use crate::workspace::{CheckOptions, Workspace};

use super::log::{stderr, warn};
use super::progress::run;
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
    /// The ids of features by what else they are called, without regard to case.
    pub(super) features: HashMap<String, String>,
    /// The files that were read, where they are told of.
    pub(super) files: Vec<CheckedSource>,
    /// What there is to say of what was not looked at.
    caveats: BTreeSet<String>,
    /// What could not be read, as it is told, and whether it is of a contract.
    problems: Vec<(bool, String)>,
    /// What of it was told.
    told: HashSet<String>,
}

/// The deals that are asked for.
pub(super) fn workspace(deals: &DealsArgs, folder: &Path, options: CheckOptions) -> Workspace {
    Workspace::find(&deals.source.request(&deals.paths), folder, options)
}

/// What a command needs of deals.
#[derive(Clone, Copy)]
pub(super) struct DealNeeds<'n> {
    /// How a finding is drawn, where it is shown with its lines.
    pub(super) draw: Option<&'n DrawFinding>,
    /// Takes from a deal what nobody will ask for: a portfolio is long, and all of it is kept.
    pub(super) trim: &'n (dyn Fn(&mut Deal) + Sync),
    /// Whether the files are told of that they were read from.
    pub(super) with_files: bool,
    /// Whether what would come of values that promises do not name is compared.
    pub(super) with_silent: bool,
}

/// Collects deals. What could not be read is told on standard error, as `lint` tells it.
pub(super) fn collect(workspace: &Workspace, needs: DealNeeds<'_>, colour: bool) -> io::Result<Deals> {
    let mut deals = gather(workspace, needs, colour);
    verbose::excludes(&workspace.found, false)?;
    warn(&deals.caveats)?;
    for (_, problems) in std::mem::take(&mut deals.problems) {
        deals.tell(problems)?;
    }
    Ok(deals)
}

/// Collects deals, and tells nothing.
pub(super) fn gather(workspace: &Workspace, needs: DealNeeds<'_>, colour: bool) -> Deals {
    gather_twice(workspace, needs, colour).0
}

/// Collects deals, and tells nothing; also collects some of them again, by the names of their files.
pub(super) fn gather_twice<'w>(
    workspace: &'w Workspace,
    needs: DealNeeds<'_>,
    colour: bool,
) -> (Deals, impl FnOnce(&HashSet<String>, DealNeeds<'_>) -> Vec<Deal> + use<'w>) {
    let shared = SharedTexts::default();
    let mut run = run(workspace, |outcome| CollectedPart::of(outcome, needs, colour, &shared));
    let parts = std::mem::take(&mut run.parts);
    let mut deals = Deals { tally: run.tally.clone(), caveats: run.caveats.clone(), ..Deals::default() };
    // Where the deal of an id is. An id that comes twice has been reported; the first keeps it.
    let mut ids = HashMap::new();
    for part in parts {
        if !part.problems.is_empty() {
            deals.problems.push((part.deal.is_some(), part.problems));
        }
        deals.files.extend(part.files);
        deals.features.extend(part.features);
        deals.notices.extend(part.notice);
        deals.leaves_people_out |= part.leaves_people_out;
        deals.add(part.deal, part.said, &mut ids);
    }
    if deals.leaves_people_out {
        deals.deals.iter_mut().for_each(|deal| deal.leave_people_out(&shared));
    }
    let leaves_people_out = deals.leaves_people_out;
    let again = move |files: &HashSet<String>, needs: DealNeeds<'_>| {
        let is_wanted = |candidate: &Candidate| files.contains(&*clean(&candidate.name));
        let parts =
            run.again(workspace, is_wanted, |outcome| CollectedPart::of(outcome, needs, colour, &shared));
        let mut deals: Vec<Deal> = parts.into_iter().filter_map(|part| part.deal).collect();
        deals.iter_mut().filter(|_| leaves_people_out).for_each(|deal| deal.leave_people_out(&shared));
        deals
    };
    (deals, again)
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

    /// Tells what could not be read with another roadmap than before. What was told before is not told again, and what
    /// becomes of a contract's own words with a roadmap that it was not written for is no mistake: only what is wrong with
    /// that roadmap counts among the problems.
    pub(super) fn tell_beside(&mut self, told: &Self) -> io::Result<()> {
        self.told.clone_from(&told.told);
        self.tally.problems = 0;
        for (_, problems) in std::mem::take(&mut self.problems).into_iter().filter(|(is_own, _)| !is_own) {
            self.tally.problems += usize::from(self.tell(problems)?);
        }
        Ok(())
    }

    /// Adds a deal; findings of several contracts go to the deals that they are about.
    fn add(&mut self, deal: Option<Deal>, said: Vec<DrawnFinding>, ids: &mut HashMap<String, usize>) {
        if let Some(deal) = deal {
            if let Some(id) = &deal.id {
                ids.entry(id.clone()).or_insert(self.deals.len());
            }
            self.deals.push(deal);
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
    features: Vec<(String, String)>,
    files: Vec<CheckedSource>,
}

impl CollectedPart {
    fn of(outcome: &Outcome<'_>, needs: DealNeeds<'_>, colour: bool, shared: &SharedTexts) -> Self {
        let &Outcome { ref about, findings, problems, sources } = outcome;
        let drawn = |finding| needs.draw.map(|draw| draw(finding, sources)).unwrap_or_default();
        let mut said: Vec<DrawnFinding> = (findings.iter())
            .map(|finding| DrawnFinding { finding: finding.clone(), drawn: drawn(finding) })
            .collect();
        let deal = match about {
            OutcomeSubject::Contract(_, group, Some(judged)) => {
                let file = sources.get(judged.contract.file).map_or("", |source| source.name());
                let mut tally = Tally::default();
                if judged.contract.status.is_linted() {
                    tally.add_contract(judged);
                }
                let product = group.roadmap.product.as_ref().map(|name| clean(&name.value).into_owned());
                let mut promises = promises(judged, sources, &group.context(), shared);
                if needs.with_silent {
                    add_silent_outlooks(&mut promises, judged, sources, &group.context(), shared);
                }
                let mut deal = Deal {
                    promises,
                    findings: std::mem::take(&mut said),
                    tally,
                    chance: DealChance::of(judged, &group.context(), sources),
                    product,
                    ..Deal::of(judged.contract, file, problems.is_empty())
                };
                (needs.trim)(&mut deal);
                Some(deal)
            }
            OutcomeSubject::Contract(..)
            | OutcomeSubject::Run
            | OutcomeSubject::Group(..)
            | OutcomeSubject::LeftOut { .. }
            | OutcomeSubject::Shared(..) => None,
        };
        let group = match about {
            OutcomeSubject::Group(_, group) => Some(group),
            _ => None,
        };
        let reporting = group.map(|group| &group.reporting);
        let features = group.into_iter().flat_map(|group| {
            let features = group.roadmap.features.iter().enumerate();
            features.flat_map(|(at, feature)| {
                let names = group.roadmap.further_names(at);
                names.map(|name| (name, feature.id.value.to_string()))
            })
        });
        Self {
            deal,
            said,
            problems: draw_problems(problems, sources, colour),
            notice: reporting
                .and_then(|known| known.notice.as_ref())
                .map(|text| clean_truncated(&text.value, LONGEST).into_owned()),
            leaves_people_out: reporting.is_some_and(|known| known.people == People::Off),
            features: features.collect(),
            files: if needs.with_files { checked_sources(outcome) } else { Vec::new() },
        }
    }
}
