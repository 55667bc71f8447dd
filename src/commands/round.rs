//! One round over all contracts: files in parallel, what comes of them in order. What is made of a file is the
//! command's business: `lint` draws it, `report` keeps its numbers.
//!
//! An amendment may stand in any file and change what any other one says. So nothing is given on before each file
//! has been read; but then each needs to be read only once, save those that amendments turn out to be about. What
//! is kept of a file until then is what was made of it: neither its text nor its contract.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use compact_str::CompactString;
use hashbrown::hash_map::Entry;
use hashbrown::{HashMap, HashSet};
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

/// The most files that a thread takes at once, and whose numbers are kept as one: so many that the numbers take
/// little memory, so few that little is done again for an amendment's sake.
const LARGEST_SHARE: usize = 32;

/// The shares that each thread has to take, where there are files enough: so many that at the end none waits long
/// for another.
const SHARES: usize = 16;

/// Findings about several contracts that are drawn before they are written: the texts of the contracts are read
/// again for them.
const BATCH: usize = 256;

/// How many of them a thread takes at once.
const SHARE_OF_BATCH: usize = 4;

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
        match since {
            Ok(since) => {
                let discovery = account.timed(Step::Find, || discover(&self.request, &self.folder));
                let mut walk = self.walk(maker, taker, account);
                walk.since = since;
                walk.all(&discovery, &self.asked)?;
                Ok(walk.tally)
            }
            Err(problem) => {
                let mut walk = self.walk(maker, taker, account);
                walk.problems(&[problem], Sources { shared: &[], own: None })?;
                Ok(walk.tally)
            }
        }
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
    /// The file and the line where each contract id was first seen.
    ids: HashMap<CompactString, (&'w Candidate, usize)>,
    /// What was there before, and goes no further.
    since: Option<Since>,
    account: &'w mut Account,
    request: &'w Request,
}

/// What is kept of a few files between their check and their turn to be given on.
struct Share<'c, Made> {
    candidates: &'c [Candidate],
    settled: Vec<Settled<Made>>,
    tally: Tally,
    seen: Seen,
}

/// What is kept of one of them.
struct Settled<Made> {
    made: Made,
    claim: Option<Claim>,
    left_out: bool,
    may_amend: bool,
}

/// The id that a contract goes by: contracts are told apart by their ids, in waivers and reports.
struct Claim {
    id: CompactString,
    span: Span,
    /// Its line, from 1.
    line: usize,
    /// The text around it, where it cannot be read again.
    source: Option<Box<Source>>,
}

impl Claim {
    fn of(file: &mut ContractFile, contract: Option<&Contract>, candidate: &Candidate) -> Option<Self> {
        let id = contract?.id.as_ref()?;
        let source = file.source.take_if(|source| source.id() == id.span.file)?;
        let line = source.line(id.span.start as usize);
        let source = candidate.stdin.then(|| Box::new(source));
        Some(Self { id: id.value.clone(), span: id.span, line, source })
    }
}

impl<'w, M: Make, T: Take<M::Made>> Walk<'w, M, T> {
    fn all(&mut self, discovery: &'w Discovery, asked: &Asked) -> io::Result<()> {
        if let Some(since) = &mut self.since {
            since.settle_places(discovery);
            since.warn(self.account.is_wanted())?;
            self.tally.since = Some(since.revision.clone());
        }
        self.problems(&discovery.problems, Sources { shared: &[], own: None })?;
        for name in &discovery.excluded {
            self.account.say(|| format!("left out {name}: excluded by dealcheck.toml"))?;
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

    fn group(&mut self, found: &'w discover::Group, asked: &Asked) -> io::Result<()> {
        self.account.say_settings(found, self.request)?;
        let mut group = self.account.timed(Step::Share, || Group::read_unamended(found, asked));
        let (maker, since) = (self.maker, self.since.as_ref());
        let shares = self.account.timed(Step::Check, || settle_all(found, &mut group, maker, since));
        self.problems(&group.problems, Sources { shared: &group.sources, own: None })?;
        let mut seen = Seen::default();
        self.ids.reserve(found.candidates.len());
        for share in shares {
            seen.add(share.seen);
            self.tally.add(&share.tally);
            for (candidate, settled) in share.candidates.iter().zip(share.settled) {
                self.file(candidate, settled, &group)?;
            }
        }
        self.shared(found, &group, seen)
    }

    fn file(&mut self, candidate: &'w Candidate, settled: Settled<M::Made>, group: &Group) -> io::Result<()> {
        if settled.left_out {
            return self.account.say(|| format!("left out {}: not a contract", candidate.name));
        }
        self.account.say(|| format!("checked {}", candidate.name))?;
        self.take(settled.made)?;
        let Some(claim) = settled.claim else { return Ok(()) };
        let problem = match self.ids.entry(claim.id) {
            Entry::Vacant(free) => {
                free.insert((candidate, claim.line));
                return Ok(());
            }
            Entry::Occupied(taken) => {
                let (first, line) = taken.get();
                Problem::at(
                    claim.span,
                    format!("two contracts are called `{}`", taken.key()),
                    "the second one",
                )
                .note(format!("the first one is at {}:{line}", clean(&first.name)))
                .help("give one of them another id")
            }
        };
        let source = claim.source.or_else(|| again(candidate).map(Box::new));
        self.problems(&[problem], Sources { shared: &group.sources, own: source.as_deref() })
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
        let labels = findings.iter().flat_map(|finding| &finding.diagnostic.labels);
        let wanted: HashSet<FileId> = labels.map(|label| label.span.file).collect();
        let wanted = found.candidates.iter().filter(|candidate| wanted.contains(&candidate.id));
        let files: HashMap<FileId, &Candidate> = wanted.map(|candidate| (candidate.id, candidate)).collect();
        for batch in findings.chunks(BATCH) {
            let make = |findings| make_shared(findings, group, &files, self.maker);
            let made: Vec<M::Made> = batch.par_chunks(SHARE_OF_BATCH).map(make).collect();
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

/// Reads and judges the files of a group in parallel, and those that amendments are about once more.
fn settle_all<'c, M: Make>(
    found: &'c discover::Group,
    group: &mut Group,
    maker: &M,
    since: Option<&Since>,
) -> Vec<Share<'c, M::Made>> {
    let unamended = &*group;
    let settle = |files| settle_share(files, unamended, maker, since);
    let share = (found.candidates.len() / (SHARES * rayon::current_num_threads())).clamp(1, LARGEST_SHARE);
    // Standard input cannot be read twice: it is a share of its own, which no amendment is about.
    let alike = found.candidates.chunk_by(|one, other| one.stdin == other.stdin);
    let shares: Vec<&[Candidate]> = alike.flat_map(|files| files.chunks(share)).collect();
    let mut shares: Vec<_> = shares.into_par_iter().map(settle).collect();
    let may_amend: Vec<&Candidate> = shares
        .iter()
        .flat_map(|share| share.candidates.iter().zip(&share.settled))
        .filter_map(|(candidate, settled)| settled.may_amend.then_some(candidate))
        .collect();
    if !may_amend.is_empty() {
        group.amend(found, &may_amend);
        let amended = |candidate: &Candidate| group.is_amended(candidate.id);
        shares
            .par_iter_mut()
            .filter(|share| share.candidates.iter().any(amended))
            .for_each(|share| *share = settle_share(share.candidates, group, maker, since));
    }
    shares
}

/// Reads and judges a few files, one after another.
fn settle_share<'c, M: Make>(
    candidates: &'c [Candidate],
    group: &Group,
    maker: &M,
    since: Option<&Since>,
) -> Share<'c, M::Made> {
    let mut share = Share {
        candidates,
        settled: Vec::with_capacity(candidates.len()),
        tally: Tally::default(),
        seen: Seen::default(),
    };
    for candidate in candidates {
        let settled = settle(candidate, group, maker, since, &mut share.tally, &mut share.seen);
        share.settled.push(settled);
    }
    share
}

/// Reads and judges one file. Everything that depends on other files comes later, in order.
fn settle<M: Make>(
    candidate: &Candidate,
    group: &Group,
    maker: &M,
    since: Option<&Since>,
    tally: &mut Tally,
    seen: &mut Seen,
) -> Settled<M::Made> {
    let mut file = group.contract(candidate);
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
    tally.problems += file.problems.len();
    let (judged, findings) = match &checked {
        Some(checked) => {
            tally.add_contract(&checked.judged);
            tally.add_findings(&checked.findings);
            seen.add(checked.seen(file.problems.is_empty()));
            (Some(&checked.judged), checked.findings.as_slice())
        }
        None => (None, [].as_slice()),
    };
    let over = over.map(|contract| check::judged(contract, &group.run()));
    let texts = file.texts(&group.sources);
    let sources = Sources { shared: &texts, own: file.source.as_ref() };
    let problems = &file.problems;
    let product = group.roadmap.product.as_ref().map(|product| product.value.as_str());
    let made = maker.make(&Outcome { judged, over: over.as_ref(), product, findings, problems, sources });
    let (left_out, may_amend) = (file.left_out, file.may_amend);
    let claim = Claim::of(&mut file, contract.as_ref(), candidate);
    Settled { made, claim, left_out, may_amend }
}
