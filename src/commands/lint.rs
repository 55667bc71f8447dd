//! `dealcheck lint`: files in parallel, output in order, memory for a handful of files at a time.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};
use std::sync::Arc;

use rayon::prelude::*;

use crate::check::group::{Asked, ContractFile, Group, named_features};
use crate::check::portfolio::{self, Commitment};
use crate::check::{self, finding::Finding};
use crate::cli::LintArgs;
use crate::diagnostic::Problem;
use crate::input::discover::{self, Candidate, Discovery, Request, discover};
use crate::input::read;
use crate::input::source::{FileId, Source, Span};
use crate::model::window::Date;
use crate::output::summary::Tally;
use crate::output::{self, Colour, Drawn, Outcome, Output, Shown, Sources};
use crate::text::clean;

use super::{Exit, UntilClosed};

/// Files that are read, drawn and written together. Large enough to keep every core busy, small enough that
/// memory does not grow with the number of contracts.
const BATCH: usize = 256;

/// Checks contracts and writes what was found.
pub(super) fn run(args: &LintArgs, today: Date, colour: Colour) -> io::Result<Exit> {
    let request = Request {
        paths: args.paths.clone(),
        config: args.config.clone(),
        roadmap: args.roadmap.clone(),
        stdin_name: args.stdin_filename.clone(),
    };
    let asked = Asked { today, levels: args.levels.flags.clone(), deny_warnings: args.levels.deny_warnings };
    let out = Box::new(io::BufWriter::new(UntilClosed::new(io::stdout())));
    let err = Box::new(UntilClosed::new(io::stderr()));
    let shown = Shown { today, colour, waived: args.show_waived };
    let mut run = LintRun {
        output: output::output(args.format, shown, out, err),
        tally: Tally::default(),
        ids: HashMap::new(),
        verbose: args.verbose,
        wants_contracts: args.paths.is_empty(),
    };
    run.all(&discover(&request, &std::env::current_dir()?), &asked)?;
    Ok(run.exit())
}

struct LintRun<'w> {
    output: Box<dyn Output + 'w>,
    tally: Tally,
    /// Where each contract id was first seen.
    ids: HashMap<String, String>,
    verbose: bool,
    /// Whether no path was given: then a roadmap alone is not what was asked for.
    wants_contracts: bool,
}

/// What the contracts of a group have in common, gathered as they are checked.
#[derive(Default)]
struct Seen {
    /// Features that some contract names.
    features: BTreeSet<usize>,
    /// Waivers that are about some finding.
    waivers: BTreeSet<usize>,
    /// What is promised and not there.
    commitments: Vec<Commitment>,
    /// Contracts that were checked in full.
    checked: BTreeSet<String>,
}

impl Seen {
    fn add(&mut self, settled: &mut Settled) {
        self.commitments.append(&mut settled.commitments);
        self.features.extend(&settled.features);
        self.waivers.extend(&settled.used_waivers);
        if let Some((id, _)) = settled.id.as_ref().filter(|_| settled.tally.is_complete()) {
            self.checked.insert(id.clone());
        }
    }
}

/// What is kept of a file between its check and its turn to be written.
struct Settled {
    drawn: Drawn,
    tally: Tally,
    features: BTreeSet<usize>,
    used_waivers: Vec<usize>,
    commitments: Vec<Commitment>,
    id: Option<(String, Span)>,
    file: ContractFile,
}

impl LintRun<'_> {
    fn all(&mut self, discovery: &Discovery, asked: &Asked) -> io::Result<()> {
        self.problems(&discovery.problems, Sources { shared: &[], own: None })?;
        for name in &discovery.excluded {
            self.say(&format!("left out {name}: excluded by dealcheck.toml"))?;
        }
        for group in &discovery.groups {
            self.group(group, asked)?;
        }
        let roadmaps = if self.wants_contracts { 0 } else { self.tally.roadmaps };
        let found = self.tally.contracts() + self.tally.over + roadmaps;
        if found == 0 && self.tally.problems == 0 {
            let problem = Problem::of_run("no contract found")
                .note("a contract is a .yaml, .toml or .json file with at least two of the keys `contract`, `customer`, `requirements`")
                .help("name a contract or a folder of contracts, or run `dealcheck init` to start with an example");
            self.problems(&[problem], Sources { shared: &[], own: None })?;
        }
        self.output.finish(&self.tally)
    }

    fn group(&mut self, found: &discover::Group, asked: &Asked) -> io::Result<()> {
        self.say_group(found)?;
        let group = Group::read(found, asked);
        let shared = Sources { shared: &group.sources, own: None };
        self.problems(&group.problems, shared)?;
        let mut seen = Seen::default();
        for batch in found.candidates.chunks(BATCH) {
            let output = &*self.output;
            let settled: Vec<Settled> =
                batch.par_iter().map(|candidate| settle(candidate, &group, output)).collect();
            for (candidate, mut settled) in batch.iter().zip(settled) {
                seen.add(&mut settled);
                self.file(candidate, settled, &group)?;
            }
        }
        self.shared(found, &group, seen)
    }

    fn file(&mut self, candidate: &Candidate, settled: Settled, group: &Group) -> io::Result<()> {
        if settled.file.left_out {
            return self.say(&format!("left out {}: not a contract", candidate.name));
        }
        self.say(&format!("checked {}", candidate.name))?;
        self.tally.add(&settled.tally);
        self.output.write(settled.drawn)?;
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
        let (name, position) = sources.place(span)?;
        let place = format!("{name}:{}", position.line);
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
        let features: Vec<usize> = if found.whole_roadmap {
            self.tally.roadmaps += usize::from(!group.roadmap.files.is_empty());
            (0..group.roadmap.features.len()).collect()
        } else {
            check::reached(&group.roadmap, &seen.features).into_iter().collect()
        };
        let run = group.run();
        let (mut findings, used) = check::portfolio(&seen.commitments, &group.waivers, &run);
        seen.waivers.extend(used);
        let contracts = reread(found, &findings);
        findings.extend(check::roadmap(&run, &features));
        findings.extend(check::unused_waivers(&group.waivers, &seen.waivers, &seen.checked, &run));
        self.tally.add_findings(&findings);
        let texts: Vec<Arc<Source>> = group.sources.iter().cloned().chain(contracts).collect();
        let sources = Sources { shared: &texts, own: None };
        let outcome = Outcome { judged: None, findings: &findings, problems: &[], sources };
        let drawn = self.output.draw(&outcome);
        self.output.write(drawn)
    }

    fn problems(&mut self, problems: &[Problem], sources: Sources<'_>) -> io::Result<()> {
        self.tally.problems += problems.len();
        let drawn = self.output.draw(&Outcome { judged: None, findings: &[], problems, sources });
        self.output.write(drawn)
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

/// Reads the contracts again that findings about several of them point into: their texts were not kept.
fn reread(group: &discover::Group, findings: &[Finding]) -> Vec<Arc<Source>> {
    let labels = findings.iter().flat_map(|finding| &finding.diagnostic.labels);
    let files: BTreeSet<FileId> = labels.map(|label| label.span.file).collect();
    let named = group.candidates.iter().filter(|candidate| !candidate.stdin && files.contains(&candidate.id));
    named
        .filter_map(|candidate| read::source(&candidate.path, &candidate.name, candidate.id).ok())
        .map(Arc::new)
        .collect()
}

/// Reads, judges and draws one file. Everything that depends on other files comes later, in order.
fn settle(candidate: &Candidate, group: &Group, output: &dyn Output) -> Settled {
    let mut file = group.contract(candidate);
    let mut tally = Tally::default();
    let run = group.run();
    let mut judged = None;
    let mut findings: Vec<Finding> = Vec::new();
    let mut features = BTreeSet::new();
    let mut used_waivers = Vec::new();
    let mut commitments = Vec::new();
    let contract = file.contract.take();
    match &contract {
        Some(contract) if contract.status.is_linted() => {
            let mut checked = check::contract(contract, &group.waivers, &run);
            file.problems.append(&mut checked.problems);
            used_waivers = checked.used_waivers;
            commitments = portfolio::commitments(&checked.judged);
            features = named_features(contract);
            tally.add_contract(&checked.judged);
            tally.add_findings(&checked.findings);
            findings = checked.findings;
            judged = Some(checked.judged);
        }
        Some(_) => tally.over += 1,
        None => {}
    }
    tally.problems = file.problems.len();
    let sources = Sources { shared: &group.sources, own: file.source.as_ref() };
    let outcome = Outcome { judged: judged.as_ref(), findings: &findings, problems: &file.problems, sources };
    let drawn = output.draw(&outcome);
    let id = contract.as_ref().and_then(|contract| contract.id.as_ref());
    let id = id.map(|id| (id.value.clone(), id.span));
    Settled { drawn, tally, features, used_waivers, commitments, id, file }
}
