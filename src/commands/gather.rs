//! Contracts to deals: what `lint` would find, kept as data for commands that count.

use std::collections::HashMap;
use std::io::{self, Write};

use crate::check::finding::Finding;
use crate::deals::{Deal, Said, pledges};
use crate::model::window::Date;
use crate::output::summary::Tally;
use crate::output::{Outcome, Sources, draw_problems};

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
}

/// Gathers the deals of a round. What could not be read is told on standard error, as `lint` tells it.
pub(super) fn gather(round: &Round<'_>, draw: Option<&DrawFinding>, colour: bool) -> io::Result<Gathered> {
    let mut heap = Heap { gathered: Gathered::default(), ids: HashMap::new() };
    let tally = round.go(&Maker { draw, colour, today: round.asked.today }, &mut heap)?;
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
        let Outcome { judged, over, findings, problems, sources } = *outcome;
        let drawn = |finding| self.draw.map(|draw| draw(finding, sources)).unwrap_or_default();
        let said = findings.iter().map(|finding| Said { finding: finding.clone(), drawn: drawn(finding) });
        let deal = judged.or(over).map(|deal| {
            let file = sources.get(deal.contract.file).map_or("", |source| source.name());
            let mut tally = Tally::default();
            if judged.is_some() {
                tally.add_contract(deal);
            }
            let pledges = pledges(deal, sources, self.today);
            Deal { pledges, tally, ..Deal::of(deal.contract, file, problems.is_empty()) }
        });
        Made { deal, said: said.collect(), problems: draw_problems(problems, sources, self.colour) }
    }
}

struct Heap {
    gathered: Gathered,
    /// Where the deal of an id is. An id that comes twice has been reported; the first keeps it.
    ids: HashMap<String, usize>,
}

impl Take<Made> for Heap {
    fn take(&mut self, made: Made) -> io::Result<()> {
        UntilClosed::new(io::stderr()).write_all(made.problems.as_bytes())?;
        let Gathered { deals, rest, .. } = &mut self.gathered;
        if let Some(mut deal) = made.deal {
            deal.findings = made.said;
            if let Some(id) = &deal.id {
                self.ids.entry(id.clone()).or_insert(deals.len());
            }
            deals.push(deal);
            return Ok(());
        }
        for said in made.said {
            match said.finding.contract.as_ref().and_then(|id| self.ids.get(id)) {
                Some(&at) => deals[at].findings.push(said),
                None => rest.push(said),
            }
        }
        Ok(())
    }
}
