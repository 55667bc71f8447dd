//! `dealcheck lint`: files in parallel, output in order, memory for a handful of files at a time.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Write};

use rayon::prelude::*;

use crate::check::group::{Asked, ContractFile, Group, named_features};
use crate::check::{self, finding::Finding};
use crate::cli::LintArgs;
use crate::diagnostic::Problem;
use crate::input::discover::{self, Candidate, Discovery, Request, discover};
use crate::input::source::Span;
use crate::model::window::Date;
use crate::output::summary::Tally;
use crate::output::{self, Colour, Drawn, Outcome, Output, Sources};
use crate::text::clean;

use super::{Exit, UntilClosed};

/// Files that are read, drawn and written together. Large enough to keep every core busy, small enough that
/// memory does not grow with the number of contracts.
const BATCH: usize = 256;

/// Files that a thread takes at once. Small, so that at the end of a batch no thread waits long for another.
const SHARE: usize = 4;

/// Checks contracts and writes what was found.
pub fn run(args: &LintArgs, today: Date, colour: Colour) -> io::Result<Exit> {
    let request = Request {
        paths: args.paths.clone(),
        config: args.config.clone(),
        roadmap: args.roadmap.clone(),
        stdin_name: args.stdin_filename.clone(),
    };
    let asked = Asked { today, levels: args.levels.flags.clone(), deny_warnings: args.levels.deny_warnings };
    let out = Box::new(io::BufWriter::new(UntilClosed::new(io::stdout())));
    let err = Box::new(UntilClosed::new(io::stderr()));
    let mut run = LintRun {
        output: output::output(args.format, today, colour, out, err),
        tally: Tally::default(),
        ids: HashMap::new(),
        verbose: args.verbose,
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
}

/// What is kept of a file between its check and its turn to be written.
struct Settled {
    drawn: Drawn,
    tally: Tally,
    features: BTreeSet<usize>,
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
        let found = self.tally.contracts() + self.tally.over + self.tally.roadmaps;
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
        let mut named = BTreeSet::new();
        for batch in found.candidates.chunks(BATCH) {
            let output = &*self.output;
            let settled: Vec<Settled> = batch
                .par_iter()
                .with_max_len(SHARE)
                .map(|candidate| settle(candidate, &group, output))
                .collect();
            for (candidate, settled) in batch.iter().zip(settled) {
                named.extend(&settled.features);
                self.file(candidate, settled, &group)?;
            }
        }
        self.roadmap(found, &group, &named)
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

    fn roadmap(&mut self, found: &discover::Group, group: &Group, named: &BTreeSet<usize>) -> io::Result<()> {
        let features: Vec<usize> = if found.whole_roadmap {
            self.tally.roadmaps += usize::from(!group.roadmap.files.is_empty());
            (0..group.roadmap.features.len()).collect()
        } else {
            check::reached(&group.roadmap, named).into_iter().collect()
        };
        let findings = check::roadmap(&group.run(), &features);
        self.tally.add_findings(&findings);
        let sources = Sources { shared: &group.sources, own: None };
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

/// Reads, judges and draws one file. Everything that depends on other files comes later, in order.
fn settle(candidate: &Candidate, group: &Group, output: &dyn Output) -> Settled {
    let mut file = group.contract(candidate);
    let mut tally = Tally { problems: file.problems.len(), ..Tally::default() };
    let run = group.run();
    let mut judged = None;
    let mut findings: Vec<Finding> = Vec::new();
    let mut features = BTreeSet::new();
    let contract = file.contract.take();
    match &contract {
        Some(contract) if contract.status.is_linted() => {
            let (contract, found) = check::contract(contract, &run);
            features = named_features(contract.contract);
            tally.add_contract(&contract);
            tally.add_findings(&found);
            findings = found;
            judged = Some(contract);
        }
        Some(_) => tally.over += 1,
        None => {}
    }
    let sources = Sources { shared: &group.sources, own: file.source.as_ref() };
    let outcome = Outcome { judged: judged.as_ref(), findings: &findings, problems: &file.problems, sources };
    let drawn = output.draw(&outcome);
    let id = contract.as_ref().and_then(|contract| contract.id.as_ref());
    let id = id.map(|id| (clean(&id.value).into_owned(), id.span));
    Settled { drawn, tally, features, id, file }
}
