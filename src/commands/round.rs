//! One round over all contracts: files in parallel, what comes of them in order, memory for a handful of files at
//! a time. What is made of a file is the command's business: `lint` draws it, `report` keeps its numbers.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use rayon::prelude::*;

use crate::check::group::{Asked, ContractFile, Group};
use crate::check::{self, Seen};
use crate::cli::DealsArgs;
use crate::diagnostic::Problem;
use crate::input::discover::{self, Candidate, Discovery, Request, discover};
use crate::input::read;
use crate::input::source::{FileId, Source, Span};
use crate::lint::finding::Finding;
use crate::model::contract::Contract;
use crate::model::window::Date;
use crate::output::summary::Tally;
use crate::output::{Outcome, Sources};
use crate::text::{self, clean};

use super::account::{Account, Step};
use super::since::Since;

/// Files that are read, drawn and written together. Large enough to keep every core busy, small enough that
/// memory does not grow with the number of contracts.
const BATCH: usize = 256;

/// Files that a thread takes at once. Small, so that at the end of a batch no thread waits long for another.
const SHARE: usize = 4;

/// Makes something of what one file gave. Files are taken in parallel and know nothing of one another.
pub(super) trait Make: Sync {
    /// What is made.
    type Made: Send;

    /// Makes it.
    fn make(&self, outcome: &Outcome<'_>) -> Self::Made;
}

/// Takes what was made, in the order of the files.
pub(super) trait Take<Made>: Send {
    /// Takes what was made of one file.
    fn take(&mut self, made: Made) -> io::Result<()>;
}

/// What a round is about.
pub(super) struct Round {
    /// Which files.
    pub(super) request: Request,
    /// The day, and the levels of the command line.
    pub(super) asked: Asked,
    /// Where relative paths start.
    pub(super) folder: PathBuf,
}

impl Round {
    /// A round over deals that nothing is to be said about while it goes on.
    pub(super) fn of(deals: &DealsArgs, today: Date) -> io::Result<Self> {
        Ok(Self {
            request: Request {
                paths: deals.paths.clone(),
                config: deals.config.clone(),
                roadmap: deals.roadmap.clone(),
                stdin_name: None,
            },
            asked: Asked { today, levels: Vec::new(), deny_warnings: false },
            folder: std::env::current_dir()?,
        })
    }

    /// Checks all contracts: what `maker` makes of each is given to `taker`, and so is what is wrong with the
    /// files that they share.
    pub(super) fn go<M: Make>(&self, maker: &M, taker: &mut impl Take<M::Made>) -> io::Result<Tally> {
        self.go_since(None, maker, taker, &mut Account::new(false))
    }

    /// As [`Self::go`], with an account of how it goes, and but for what a git revision was found to have: only what
    /// is new goes on.
    pub(super) fn go_since<M: Make>(
        &self,
        revision: Option<&str>,
        maker: &M,
        taker: &mut impl Take<M::Made>,
        account: &mut Account,
    ) -> io::Result<Tally> {
        let before = |revision| Since::new(revision, &self.request, &self.folder, &self.asked);
        let since = revision.map(|revision| account.timed(Step::Before, || before(revision))).transpose();
        let mut walk = self.walk(maker, taker, account);
        match since {
            Ok(since) => {
                walk.since = since;
                let find = || discover(&self.request, &self.folder);
                let discovery = walk.account.timed(Step::Find, find);
                walk.all(&discovery, &self.asked)?;
            }
            Err(problem) => walk.problems(&[problem], Sources { shared: &[], own: None })?,
        }
        Ok(walk.tally)
    }

    /// As [`Self::go`], over files that were found already.
    pub(super) fn over<M: Make>(
        &self,
        discovery: &Discovery,
        maker: &M,
        taker: &mut impl Take<M::Made>,
    ) -> io::Result<Tally> {
        let mut account = Account::new(false);
        let mut walk = self.walk(maker, taker, &mut account);
        walk.all(discovery, &self.asked)?;
        Ok(walk.tally)
    }

    fn walk<'w, M: Make, T: Take<M::Made>>(
        &'w self,
        maker: &'w M,
        taker: &'w mut T,
        account: &'w mut Account,
    ) -> Walk<'w, M, T> {
        let (tally, ids) = (Tally::default(), HashMap::new());
        Walk { maker, taker, tally, ids, since: None, account, request: &self.request }
    }
}

struct Walk<'w, M, T> {
    maker: &'w M,
    taker: &'w mut T,
    tally: Tally,
    /// Where each contract id was first seen.
    ids: HashMap<String, String>,
    /// What was there before, and goes no further.
    since: Option<Since>,
    account: &'w mut Account,
    request: &'w Request,
}

/// Files that wait to be written.
type Batch<'c, Made> = Vec<(&'c Candidate, Settled<Made>)>;

/// What is kept of a file between its check and its turn to be written. Its text and its contract are not: where
/// each thread uses the same memory for file after file, it stays in the processor's cache.
struct Settled<Made> {
    made: Made,
    tally: Tally,
    seen: Seen,
    claim: Option<Claim>,
    left_out: bool,
}

/// The id that a contract goes by.
struct Claim {
    id: String,
    span: Span,
    /// Its line, from 1.
    line: usize,
    /// The text around it, where it cannot be read again.
    source: Option<Source>,
}

impl Claim {
    fn of(file: &mut ContractFile, contract: Option<&Contract>, candidate: &Candidate) -> Option<Self> {
        let id = contract?.id.as_ref()?;
        let source = file.source.take_if(|source| source.id() == id.span.file)?;
        let line = source.line(id.span.start as usize);
        let source = candidate.stdin.then_some(source);
        Some(Self { id: id.value.to_string(), span: id.span, line, source })
    }
}

impl<M: Make, T: Take<M::Made>> Walk<'_, M, T> {
    fn all(&mut self, discovery: &Discovery, asked: &Asked) -> io::Result<()> {
        if let Some(since) = &mut self.since {
            since.settle_places(discovery);
            since.warn(self.account.is_wanted())?;
            self.tally.since = Some(since.revision.clone());
        }
        self.problems(&discovery.problems, Sources { shared: &[], own: None })?;
        for name in &discovery.excluded {
            self.account.say(&format!("left out {name}: excluded by dealcheck.toml"))?;
        }
        for group in &discovery.groups {
            self.group(group, asked)?;
        }
        // Where no path was given, a roadmap alone is not what was asked for.
        let roadmaps = if self.request.paths.is_empty() { 0 } else { self.tally.roadmaps };
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
        self.account.say_settings(found, self.request)?;
        let group = self.account.timed(Step::Share, || Group::read(found, asked));
        let shared = Sources { shared: &group.sources, own: None };
        self.problems(&group.problems, shared)?;
        let (maker, mut seen) = (self.maker, Seen::default());
        let since = self.since.take();
        let mut written: Batch<'_, M::Made> = Vec::new();
        for batch in found.candidates.chunks(BATCH) {
            // One batch is written while the next one is read and checked.
            let ((settled, took), result) = rayon::join(
                || {
                    let begun = Instant::now();
                    (settle_all(batch, &group, maker, since.as_ref()), begun.elapsed())
                },
                || self.files(std::mem::take(&mut written), &mut seen, &group),
            );
            result?;
            self.account.add(Step::Check, took);
            written = settled;
        }
        self.files(written, &mut seen, &group)?;
        self.since = since;
        self.shared(found, &group, seen)
    }

    fn files(&mut self, batch: Batch<'_, M::Made>, seen: &mut Seen, group: &Group) -> io::Result<()> {
        for (candidate, mut settled) in batch {
            seen.add(std::mem::take(&mut settled.seen));
            self.file(candidate, settled, group)?;
        }
        Ok(())
    }

    fn file(&mut self, candidate: &Candidate, settled: Settled<M::Made>, group: &Group) -> io::Result<()> {
        if settled.left_out {
            return self.account.say(&format!("left out {}: not a contract", candidate.name));
        }
        self.account.say(&format!("checked {}", candidate.name))?;
        self.tally.add(&settled.tally);
        self.take(settled.made)?;
        let problem = settled.claim.as_ref().and_then(|claim| self.claim(claim, candidate));
        let Some((problem, claim)) = problem.zip(settled.claim) else { return Ok(()) };
        let source = claim.source.or_else(|| again(candidate));
        self.problems(&[problem], Sources { shared: &group.sources, own: source.as_ref() })
    }

    /// Contracts are told apart by their ids, in waivers and reports.
    fn claim(&mut self, claim: &Claim, candidate: &Candidate) -> Option<Problem> {
        let Claim { id, span, line, .. } = claim;
        let Some(first) = self.ids.get(id) else {
            self.ids.insert(id.clone(), format!("{}:{line}", clean(&candidate.name)));
            return None;
        };
        Some(
            Problem::at(*span, format!("two contracts are called `{id}`"), "the second one")
                .note(format!("the first one is at {first}"))
                .help("give one of them another id"),
        )
    }

    /// What is found in the files that the contracts share, once all contracts are known.
    fn shared(&mut self, found: &discover::Group, group: &Group, mut seen: Seen) -> io::Result<()> {
        if found.whole_roadmap {
            self.tally.roadmaps += usize::from(!group.roadmap.files.is_empty());
        }
        let mut findings =
            self.account.timed(Step::Compare, || check::shared(group, &mut seen, found.whole_roadmap));
        if let Some(since) = &mut self.since {
            self.tally.add_known(&since.take_from_shared(found, &mut findings));
        }
        self.tally.add_findings(&findings);
        let files: HashMap<FileId, &Candidate> =
            found.candidates.iter().map(|candidate| (candidate.id, candidate)).collect();
        for batch in findings.chunks(BATCH) {
            let maker = self.maker;
            let made: Vec<M::Made> =
                batch.par_chunks(SHARE).map(|findings| make_shared(findings, group, &files, maker)).collect();
            for made in made {
                self.take(made)?;
            }
        }
        Ok(())
    }

    fn problems(&mut self, problems: &[Problem], sources: Sources<'_>) -> io::Result<()> {
        self.tally.problems += problems.len();
        let made = self.maker.make(&Outcome {
            judged: None,
            over: None,
            product: None,
            findings: &[],
            problems,
            sources,
        });
        self.take(made)
    }

    fn take(&mut self, made: M::Made) -> io::Result<()> {
        let taker = &mut self.taker;
        self.account.timed(Step::Write, || taker.take(made))
    }
}

/// The text of a contract that was read before and not kept.
fn again(candidate: &Candidate) -> Option<Source> {
    read::source(&candidate.path, &candidate.name, candidate.id).ok()
}

/// Takes findings that may point into several contracts, whose texts were not kept: they are read again.
fn make_shared<M: Make>(
    findings: &[Finding],
    group: &Group,
    files: &HashMap<FileId, &Candidate>,
    maker: &M,
) -> M::Made {
    let labels = findings.iter().flat_map(|finding| &finding.diagnostic.labels);
    let wanted: BTreeSet<FileId> = labels.map(|label| label.span.file).collect();
    let contracts = wanted
        .iter()
        .filter_map(|file| files.get(file))
        .filter(|candidate| !candidate.stdin)
        .filter_map(|candidate| again(candidate))
        .map(Arc::new);
    let texts: Vec<Arc<Source>> = group.sources.iter().cloned().chain(contracts).collect();
    let sources = Sources { shared: &texts, own: None };
    maker.make(&Outcome { judged: None, over: None, product: None, findings, problems: &[], sources })
}

/// Reads and judges files in parallel.
fn settle_all<'c, M: Make>(
    batch: &'c [Candidate],
    group: &Group,
    maker: &M,
    since: Option<&Since>,
) -> Batch<'c, M::Made> {
    batch
        .par_iter()
        .with_max_len(SHARE)
        .map(|candidate| (candidate, settle(candidate, group, maker, since)))
        .collect()
}

/// Reads and judges one file. Everything that depends on other files comes later, in order.
fn settle<M: Make>(
    candidate: &Candidate,
    group: &Group,
    maker: &M,
    since: Option<&Since>,
) -> Settled<M::Made> {
    let mut file = group.contract(candidate);
    let mut tally = Tally::default();
    let contract = file.contract.take();
    let (linted, over) = match &contract {
        Some(contract) if contract.status.is_linted() => (Some(contract), None),
        contract => (None, contract.as_ref()),
    };
    tally.over += usize::from(over.is_some());
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
    let over = over.map(|contract| check::judged(contract, &group.run()));
    let texts = file.texts(&group.sources);
    let sources = Sources { shared: &texts, own: file.source.as_ref() };
    let problems = &file.problems;
    let product = group.roadmap.product.as_ref().map(|product| product.value.as_str());
    let made = maker.make(&Outcome { judged, over: over.as_ref(), product, findings, problems, sources });
    let left_out = file.left_out;
    let claim = Claim::of(&mut file, contract.as_ref(), candidate);
    Settled { made, tally, seen, claim, left_out }
}
