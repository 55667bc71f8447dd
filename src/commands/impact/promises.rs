//! Deals out of a file of promises, by two roadmaps.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::path::Path;

use crate::check::group::{Asked, Group};
use crate::check::waive::Waivers;
use crate::check::{self, Seen};
use crate::deals::{Deal, Said, pledges};
use crate::diagnostic::Problem;
use crate::input::discover::Discovery;
use crate::input::files::Disk;
use crate::input::path::slashes;
use crate::input::read;
use crate::output::{Colour, Sources, draw_problems};
use crate::source::{FileId, Source};

use super::super::UntilClosed;
use super::super::gather::{Gathered, Heap};

/// Judges the promises of a file by two roadmaps: today's, and the other.
pub(super) fn gather(
    file: &Path,
    found: [&Discovery; 2],
    asked: &Asked,
    colour: Colour,
) -> io::Result<(Gathered, Gathered)> {
    let name = slashes(file);
    // No other file of the run has so high an id.
    let id = FileId(u32::MAX);
    let (source, unread) = match read::source(&Disk, file, &name, id) {
        Ok(source) => (source, None),
        Err(unread) => {
            (unread.source.unwrap_or_else(|| Source::new(id, name.as_str(), "")), Some(unread.problem))
        }
    };
    let mut told = Told { seen: BTreeSet::new(), colour };
    if let Some(problem) = unread {
        told.tell(&[problem], Sources { shared: &[], own: Some(&source) })?;
        return Ok((Heap::of(Vec::new(), Vec::new(), 1), Heap::of(Vec::new(), Vec::new(), 0)));
    }
    let [now, before] = found;
    Ok((judge(&source, now, asked, &mut told, false)?, judge(&source, before, asked, &mut told, true)?))
}

/// Judges the promises by one roadmap. `again` tells that another was there before: what is wrong with the promises
/// themselves has been told.
fn judge(
    source: &Source,
    found: &Discovery,
    asked: &Asked,
    told: &mut Told,
    again: bool,
) -> io::Result<Gathered> {
    told.tell(&found.problems, Sources { shared: &[], own: None })?;
    let mut problems = found.problems.len();
    let (mut deals, mut shared) = (Vec::new(), Vec::new());
    for found in &found.groups {
        let group = Group::read(found, asked);
        let sources = Sources { shared: &group.sources, own: Some(source) };
        problems += told.tell(&group.problems, sources)?;
        let (contracts, unread) = group.promises(source);
        if !again {
            problems += told.tell(&unread, sources)?;
        }
        let mut seen = Seen::default();
        for contract in contracts.iter().filter(|contract| contract.status.is_linted()) {
            // Whom a waiver is about is not known here.
            let checked = check::contract(contract, &Waivers::default(), &group.run());
            seen.add(checked.seen(unread.is_empty()));
            let findings = checked.findings.iter().cloned();
            deals.push(Deal {
                pledges: pledges(&checked.judged, sources, asked.today),
                findings: findings.map(|finding| Said { finding, drawn: String::new() }).collect(),
                ..Deal::of(contract, source.name(), unread.is_empty())
            });
        }
        shared.extend(check::shared(&group, &mut seen, false));
    }
    Ok(Heap::of(deals, shared, problems))
}

/// What has been told of what could not be read.
struct Told {
    seen: BTreeSet<String>,
    colour: Colour,
}

impl Told {
    /// Tells problems that are new; returns how many there are.
    fn tell(&mut self, problems: &[Problem], sources: Sources<'_>) -> io::Result<usize> {
        let mut new = 0;
        for problem in problems {
            let drawn = draw_problems(std::slice::from_ref(problem), sources, self.colour.err);
            if self.seen.insert(drawn.clone()) {
                new += 1;
                UntilClosed::new(io::stderr()).write_all(drawn.as_bytes())?;
            }
        }
        Ok(new)
    }
}
