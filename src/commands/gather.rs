//! Contracts to deals: what `lint` would find, kept as data for commands that count.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::deals::{Deal, Said, pledges};
use crate::input::discover::Discovery;
use crate::lint::finding::Finding;
use crate::model::window::Date;
use crate::output::draw_problems;
use crate::source::Sources;
use crate::text::clean;

use super::UntilClosed;
use super::round::{Make, Round, Take};

/// How a finding is drawn, where a command shows it with its lines.
pub(super) type DrawFinding = dyn Fn(&Finding, Sources<'_>) -> String + Sync;

/// All deals of a run.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    /// The deals, in the order of the files: open, closed and lost.
    pub(super) deals: Vec<Deal>,
    /// Findings that are about no contract: the roadmap's, the waivers'.
    pub(super) rest: Vec<Said>,
    /// The numbers of the run, as `lint` counts them.
    pub(super) tally: Tally,
    /// What could not be read, as it was told.
    told: HashSet<String>,
    /// How often something was told that is about no contract.
    told_of_rest: usize,
}

/// Gathers the deals of a round. What could not be read is told on standard error, as `lint` tells it.
pub(super) fn gather(round: &Round, draw: Option<&DrawFinding>, colour: bool) -> io::Result<Gathered> {
    let mut heap = Heap::default();
    let tally = round.go(&Maker { draw, colour, today: round.asked.today }, &mut heap)?;
    Ok(Gathered { tally, ..heap.gathered })
}

/// Gathers the deals of files that were found already.
pub(super) fn gather_over(round: &Round, found: &Discovery, colour: bool) -> io::Result<Gathered> {
    let mut heap = Heap::default();
    let tally = round.over(found, &Maker { draw: None, colour, today: round.asked.today }, &mut heap)?;
    Ok(Gathered { tally, ..heap.gathered })
}

/// Gathers the same deals with another roadmap. What was told before is not told again, and what becomes of a
/// contract's own words with a roadmap that it was not written for is no mistake: only what is wrong with that
/// roadmap counts among the problems.
pub(super) fn gather_again(
    round: &Round,
    found: &Discovery,
    before: &Gathered,
    colour: bool,
) -> io::Result<Gathered> {
    let gathered = Gathered { told: before.told.clone(), ..Gathered::default() };
    let mut heap = Heap { gathered, again: true, ..Heap::default() };
    let mut tally = round.over(found, &Maker { draw: None, colour, today: round.asked.today }, &mut heap)?;
    tally.problems = heap.gathered.told_of_rest;
    Ok(Gathered { tally, ..heap.gathered })
}

struct Maker<'a> {
    draw: Option<&'a DrawFinding>,
    colour: bool,
    today: Date,
}

/// What one file gave.
struct Made {
    deal: Option<Deal>,
    said: Vec<Said>,
    problems: String,
}

impl Make for Maker<'_> {
    type Made = Made;

    fn make(&self, outcome: &Outcome<'_>) -> Made {
        let Outcome { judged, over, product, findings, problems, sources } = *outcome;
        let drawn = |finding| self.draw.map(|draw| draw(finding, sources)).unwrap_or_default();
        let said = findings.iter().map(|finding| Said { finding: finding.clone(), drawn: drawn(finding) });
        let deal = judged.or(over).map(|deal| {
            let file = sources.get(deal.contract.file).map_or("", |source| source.name());
            let mut tally = Tally::default();
            if judged.is_some() {
                tally.add_contract(deal);
            }
            let pledges = pledges(deal, sources, self.today);
            let product = product.map(|product| clean(product).into_owned());
            Deal { pledges, tally, product, ..Deal::of(deal.contract, file, problems.is_empty()) }
        });
        Made { deal, said: said.collect(), problems: draw_problems(problems, sources, self.colour) }
    }
}

#[derive(Default)]
pub(super) struct Heap {
    gathered: Gathered,
    /// Whether the deals were gathered before.
    again: bool,
    /// Where the deal of an id is. An id that comes twice has been reported; the first keeps it.
    ids: HashMap<String, usize>,
}

impl Heap {
    /// Gathers what was judged elsewhere; what could not be read of it has been told.
    pub(super) fn of(deals: Vec<Deal>, findings: Vec<Finding>, problems: usize) -> Gathered {
        let ids = deals.iter().enumerate().filter_map(|(at, deal)| Some((deal.id.clone()?, at))).collect();
        let tally = Tally { problems, ..Tally::default() };
        let mut heap = Self { gathered: Gathered { deals, tally, ..Gathered::default() }, ids, again: false };
        heap.share(findings.into_iter().map(|finding| Said { finding, drawn: String::new() }));
        heap.gathered
    }

    /// Gives each finding to the deal that it is about.
    fn share(&mut self, said: impl IntoIterator<Item = Said>) {
        let Gathered { deals, rest, .. } = &mut self.gathered;
        for said in said {
            match said.finding.contract.as_ref().and_then(|id| self.ids.get(id)) {
                Some(&at) => deals[at].findings.push(said),
                None => rest.push(said),
            }
        }
    }

    fn tell(&mut self, made: &Made) -> io::Result<()> {
        let Gathered { told, told_of_rest, .. } = &mut self.gathered;
        if made.problems.is_empty()
            || self.again && made.deal.is_some()
            || !told.insert(made.problems.clone())
        {
            return Ok(());
        }
        *told_of_rest += usize::from(made.deal.is_none());
        UntilClosed::new(io::stderr()).write_all(made.problems.as_bytes())
    }
}

impl Take<Made> for Heap {
    fn take(&mut self, made: Made) -> io::Result<()> {
        self.tell(&made)?;
        let Gathered { deals, .. } = &mut self.gathered;
        if let Some(mut deal) = made.deal {
            deal.findings = made.said;
            if let Some(id) = &deal.id {
                self.ids.entry(id.clone()).or_insert(deals.len());
            }
            deals.push(deal);
            return Ok(());
        }
        self.share(made.said);
        Ok(())
    }
}
