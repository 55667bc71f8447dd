//! One round over all contracts: files in parallel, what comes of them in order. What is made of a file is the
//! command's business: `lint` draws it, `report` keeps its numbers.

mod settle;

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use compact_str::CompactString;
use hashbrown::hash_map::Entry;
use hashbrown::{HashMap, HashSet};
use rayon::prelude::*;

use crate::check::group::{Asked, Group};
use crate::check::{self, Seen};
use crate::cli::DealsArgs;
use crate::diagnostic::Problem;
use crate::input::discover::{self, Candidate, Discovery, Request, discover};
use crate::input::files::Files;
use crate::input::read;
use crate::lint::finding::Finding;
use crate::model::window::Date;
use crate::output::summary::Tally;
use crate::output::{Outcome, Sources};
use crate::source::{FileId, Source};
use crate::text::{self, clean};

use super::account::{Account, Step};
use super::since::Since;
use settle::{Settled, settle_all};

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
        let source = claim.source.or_else(|| again(&*group.files, candidate).map(Box::new));
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
fn again(files: &dyn Files, candidate: &Candidate) -> Option<Source> {
    read::source(files, &candidate.path, &candidate.name, candidate.id).ok()
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
        .filter_map(|candidate| again(&*group.files, candidate))
        .map(Arc::new);
    let texts: Vec<Arc<Source>> = group.sources.iter().cloned().chain(contracts).collect();
    let sources = Sources { shared: &texts, own: None };
    maker.make(&Outcome { judged: None, over: None, product: None, findings, problems: &[], sources })
}
