//! `dealcheck lint`: files in parallel, output in order, memory for a handful of files at a time.

mod outputs;
mod since;

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;

use crate::check::finding::Finding;
use crate::check::group::{Asked, ContractFile, Group};
use crate::check::{self, Seen};
use crate::cli::LintArgs;
use crate::diagnostic::Problem;
use crate::input::discover::{self, Candidate, Discovery, Request, discover};
use crate::input::read;
use crate::input::source::{FileId, Source, Span};
use crate::model::window::Date;
use crate::output::summary::Tally;
use crate::output::{Colour, Drawn, Outcome, Shown, Sources, draw_problems};
use crate::text::{self, clean};

use super::{Exit, UntilClosed};
use outputs::{Drawers, Writers};
use since::Since;

/// Files that are read, drawn and written together. Large enough to keep every core busy, small enough that
/// memory does not grow with the number of contracts.
const BATCH: usize = 1024;

/// Files that a thread takes at once. Small, so that at the end of a batch no thread waits long for another.
const SHARE: usize = 4;

/// Checks contracts and writes what was found.
pub(super) fn run(args: &LintArgs, today: Date, colour: Colour) -> io::Result<Exit> {
    let request = Request {
        paths: args.paths.clone(),
        config: args.config.clone(),
        roadmap: args.roadmap.clone(),
        stdin_name: args.stdin_filename.clone(),
        ..Request::default()
    };
    let asked = Asked { today, levels: args.levels.flags.clone(), deny_warnings: args.levels.deny_warnings };
    let shown = Shown { today, colour, waived: args.show_waived };
    let (drawers, writers) = match outputs::open(args, shown) {
        Ok(opened) => opened,
        Err(problems) => {
            let nowhere = Sources { shared: &[], own: None };
            io::stderr().write_all(draw_problems(&problems, nowhere, colour.err).as_bytes())?;
            return Ok(Exit::Unchecked);
        }
    };
    let mut run = LintRun {
        drawers: &drawers,
        writers,
        tally: Tally::default(),
        ids: HashMap::new(),
        since: None,
        verbose: args.verbose,
        wants_contracts: args.paths.is_empty(),
    };
    let folder = std::env::current_dir()?;
    match args.since.as_ref().map(|revision| Since::new(revision, &request, &folder, &asked)).transpose() {
        Ok(since) => {
            run.since = since;
            run.all(&discover(&request, &folder), &asked)?;
        }
        Err(problem) => run.problems(&[problem], Sources { shared: &[], own: None })?,
    }
    let exit = run.exit();
    run.writers.finish(&run.tally)?;
    Ok(exit)
}

struct LintRun<'d> {
    drawers: &'d Drawers,
    writers: Writers,
    tally: Tally,
    /// Where each contract id was first seen.
    ids: HashMap<String, String>,
    /// What was there before, and is not reported.
    since: Option<Since>,
    verbose: bool,
    /// Whether no path was given: then a roadmap alone is not what was asked for.
    wants_contracts: bool,
}

/// Files that wait to be written.
type Batch<'c> = Vec<(&'c Candidate, Settled)>;

/// What is kept of a file between its check and its turn to be written.
struct Settled {
    drawn: Vec<Drawn>,
    tally: Tally,
    seen: Seen,
    id: Option<(String, Span)>,
    file: ContractFile,
}

impl LintRun<'_> {
    fn all(&mut self, discovery: &Discovery, asked: &Asked) -> io::Result<()> {
        if let Some(since) = &mut self.since {
            since.settle_places(discovery);
            since.warn(self.verbose)?;
            self.tally.since = Some(since.revision.clone());
        }
        self.problems(&discovery.problems, Sources { shared: &[], own: None })?;
        for name in &discovery.excluded {
            self.say(&format!("left out {name}: excluded by dealcheck.toml"))?;
        }
        for group in &discovery.groups {
            self.group(group, asked)?;
        }
        let roadmaps = if self.wants_contracts { 0 } else { self.tally.roadmaps };
        let found = self.tally.contracts() + self.tally.over + roadmaps + discovery.settings;
        if found == 0 && self.tally.problems == 0 {
            let problem = Problem::of_run("no contract found")
                .note("a contract is a .yaml, .toml or .json file with at least two of the keys `contract`, `customer`, `requirements`")
                .help("name a contract or a folder of contracts, or run `dealcheck init` to start with an example");
            let problem = match discovery.excluded.len() {
                0 => problem,
                left_out => problem.note(format!(
                    "{} left out by `exclude` in dealcheck.toml; `--verbose` says which",
                    text::plural(left_out, "file or folder was", "files or folders were")
                )),
            };
            self.problems(&[problem], Sources { shared: &[], own: None })?;
        }
        Ok(())
    }

    fn group(&mut self, found: &discover::Group, asked: &Asked) -> io::Result<()> {
        self.say_group(found)?;
        let group = Group::read(found, asked);
        let shared = Sources { shared: &group.sources, own: None };
        self.problems(&group.problems, shared)?;
        let (drawers, mut seen) = (self.drawers, Seen::default());
        let since = self.since.take();
        let mut written: Batch<'_> = Vec::new();
        for batch in found.candidates.chunks(BATCH) {
            // One batch is written while the next one is read and checked.
            let (settled, result) = rayon::join(
                || settle_all(batch, &group, drawers, since.as_ref()),
                || self.files(std::mem::take(&mut written), &mut seen, &group),
            );
            result?;
            written = settled;
        }
        self.files(written, &mut seen, &group)?;
        self.since = since;
        self.shared(found, &group, seen)
    }

    fn files(&mut self, batch: Batch<'_>, seen: &mut Seen, group: &Group) -> io::Result<()> {
        for (candidate, mut settled) in batch {
            seen.add(std::mem::take(&mut settled.seen));
            self.file(candidate, settled, group)?;
        }
        Ok(())
    }

    fn file(&mut self, candidate: &Candidate, settled: Settled, group: &Group) -> io::Result<()> {
        if settled.file.left_out {
            return self.say(&format!("left out {}: not a contract", candidate.name));
        }
        self.say(&format!("checked {}", candidate.name))?;
        self.tally.add(&settled.tally);
        self.writers.write(settled.drawn)?;
        if let Some((id, span)) = settled.id {
            let sources = Sources { shared: &group.sources, own: settled.file.source.as_ref() };
            if let Some(problem) = self.claim(&id, span, sources) {
                self.problems(&[problem], sources)?;
            }
        }
        Ok(())
    }

    /// Contracts are told apart by their ids, in waivers and reports.
    fn claim(&mut self, id: &str, span: Span, sources: Sources<'_>) -> Option<Problem> {
        let source = sources.get(span.file)?;
        let place = format!("{}:{}", clean(source.name()), source.line(span.start as usize));
        let Some(first) = self.ids.get(id) else {
            self.ids.insert(id.to_owned(), place);
            return None;
        };
        Some(
            Problem::at(span, format!("two contracts are called `{id}`"), "the second one")
                .note(format!("the first one is at {first}"))
                .help("give one of them another id"),
        )
    }

    /// What is found in the files that the contracts share, once all contracts are known.
    fn shared(&mut self, found: &discover::Group, group: &Group, mut seen: Seen) -> io::Result<()> {
        if found.whole_roadmap {
            self.tally.roadmaps += usize::from(!group.roadmap.files.is_empty());
        }
        let mut findings = check::shared(group, &mut seen, found.whole_roadmap);
        if let Some(since) = &mut self.since {
            self.tally.add_known(&since.take_from_shared(found, &mut findings));
        }
        self.tally.add_findings(&findings);
        let files: HashMap<FileId, &Candidate> =
            found.candidates.iter().map(|candidate| (candidate.id, candidate)).collect();
        for batch in findings.chunks(BATCH) {
            let drawn: Vec<Vec<Drawn>> = batch
                .par_chunks(SHARE)
                .map(|findings| draw_shared(findings, group, &files, self.drawers))
                .collect();
            for drawn in drawn {
                self.writers.write(drawn)?;
            }
        }
        Ok(())
    }

    fn problems(&mut self, problems: &[Problem], sources: Sources<'_>) -> io::Result<()> {
        self.tally.problems += problems.len();
        let drawn = self.drawers.draw(&Outcome { judged: None, findings: &[], problems, sources });
        self.writers.write(drawn)
    }

    fn say_group(&self, found: &discover::Group) -> io::Result<()> {
        if let Some(source) = found.config.as_ref().and_then(|config| config.source.as_ref()) {
            self.say(&format!("configuration {}", source.name()))?;
        }
        for roadmap in &found.roadmap {
            self.say(&format!("roadmap {}", roadmap.name))?;
        }
        Ok(())
    }

    fn say(&self, line: &str) -> io::Result<()> {
        if self.verbose {
            writeln!(UntilClosed::new(io::stderr()), "{}", clean(line))?;
        }
        Ok(())
    }

    fn exit(&self) -> Exit {
        if self.tally.problems > 0 {
            Exit::Unchecked
        } else if self.tally.denied > 0 {
            Exit::Denied
        } else {
            Exit::Clean
        }
    }
}

/// Draws findings that may point into several contracts, whose texts were not kept: they are read again.
fn draw_shared(
    findings: &[Finding],
    group: &Group,
    files: &HashMap<FileId, &Candidate>,
    drawers: &Drawers,
) -> Vec<Drawn> {
    let labels = findings.iter().flat_map(|finding| &finding.diagnostic.labels);
    let wanted: BTreeSet<FileId> = labels.map(|label| label.span.file).collect();
    let contracts = wanted
        .iter()
        .filter_map(|file| files.get(file))
        .filter(|candidate| !candidate.stdin)
        .filter_map(|candidate| read::source(&candidate.path, &candidate.name, candidate.id).ok())
        .map(Arc::new);
    let texts: Vec<Arc<Source>> = group.sources.iter().cloned().chain(contracts).collect();
    let sources = Sources { shared: &texts, own: None };
    drawers.draw(&Outcome { judged: None, findings, problems: &[], sources })
}

/// Reads, judges and draws files in parallel.
fn settle_all<'c>(
    batch: &'c [Candidate],
    group: &Group,
    drawers: &Drawers,
    since: Option<&Since>,
) -> Batch<'c> {
    batch
        .par_iter()
        .with_max_len(SHARE)
        .map(|candidate| (candidate, settle(candidate, group, drawers, since)))
        .collect()
}

/// Reads, judges and draws one file. Everything that depends on other files comes later, in order.
fn settle(candidate: &Candidate, group: &Group, drawers: &Drawers, since: Option<&Since>) -> Settled {
    let mut file = group.contract(candidate);
    let mut tally = Tally::default();
    let contract = file.contract.take();
    let linted = contract.as_ref().filter(|contract| contract.status.is_linted());
    tally.over += usize::from(contract.is_some() && linted.is_none());
    let mut checked = linted.map(|contract| check::contract(contract, &group.waivers, &group.run()));
    if let Some(checked) = &mut checked {
        file.problems.append(&mut checked.problems);
        if let Some(since) = since {
            let id = checked.judged.contract.id.as_ref().map(|id| id.value.as_str());
            tally.add_known(&since.take_from_contract(id, &mut checked.findings));
        }
    }
    tally.problems = file.problems.len();
    let (judged, findings, seen) = match &checked {
        Some(checked) => {
            tally.add_contract(&checked.judged);
            tally.add_findings(&checked.findings);
            (Some(&checked.judged), checked.findings.as_slice(), checked.seen(file.problems.is_empty()))
        }
        None => (None, [].as_slice(), Seen::default()),
    };
    let texts = file.texts(&group.sources);
    let sources = Sources { shared: &texts, own: file.source.as_ref() };
    let drawn = drawers.draw(&Outcome { judged, findings, problems: &file.problems, sources });
    let id = contract.as_ref().and_then(|contract| contract.id.as_ref());
    let id = id.map(|id| (id.value.clone(), id.span));
    Settled { drawn, tally, seen, id, file }
}
