//! One run: files in parallel, what came of them in order.
//!
//! An amendment may stand in any file and change what any other one says. So nothing is told before each file has been
//! read; but then each is read only once, save those that amendments turn out to be about.

use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use compact_str::CompactString;
use rayon::prelude::*;

use crate::check;
use crate::diagnostic::Problem;
use crate::input::discover::{Candidate, FileSet, LeftOut, LeftOutReason};
use crate::input::files::Files;
use crate::input::read;
use crate::lint::finding::Finding;
use crate::model::contract::Contract;
use crate::source::{FileId, Source, Sources, Span};
use crate::text::{clean, plural};
use crate::workspace::amend::Amendments;
use crate::workspace::group::{ContractFile, Group, unshown_in};
use crate::workspace::previous::{GroupPlace, Previous, SharedCounts};
use crate::workspace::{Expected, Workspace};

use super::outcome::{Outcome, OutcomeSubject};
use super::shared;
use super::shared::SharedFacts;
use super::tally::Tally;

/// The most files that a thread takes at once, and whose numbers are kept as one: so many that the numbers take
/// little memory, so few that little is done again for an amendment's sake.
const LARGEST_SHARE: usize = 32;

/// The shares that each thread has to take, where there are files enough: so many that at the end none waits long
/// for another.
const SHARES: usize = 16;

/// Findings about several contracts that are told at once: the texts of the contracts are read again for them.
const BATCH: usize = 4;

/// What came of a run.
#[derive(Debug)]
pub struct Run<T> {
    /// What was kept of each outcome, in the order in which it is told.
    pub parts: Vec<T>,
    /// The numbers.
    pub tally: Tally,
    /// How long it took.
    pub steps: Steps,
}

/// How long the steps of a run took.
#[derive(Clone, Copy, Debug, Default)]
pub struct Steps {
    /// To read configurations, roadmaps and waivers.
    pub share: Duration,
    /// To read and check contracts.
    pub check: Duration,
    /// To check what contracts share.
    pub compare: Duration,
}

/// Checks every contract of a workspace, in parallel, and keeps of each what the command asks for, in the order in
/// which it is told.
///
/// `keep` must be pure: it is called again for files that an amendment turns out to concern, and the later answer
/// stands. What the workspace says was there before is taken away before it is called.
pub fn run<T: Send>(workspace: &Workspace, keep: impl Fn(&Outcome<'_>) -> T + Sync) -> Run<T> {
    let found = &workspace.found;
    let previous = workspace.previous.as_ref();
    let mut run = Run { parts: Vec::new(), tally: Tally::default(), steps: Steps::default() };
    run.tally.since = previous.map(|previous| previous.revision.clone());
    let mut known = previous.map(|previous| previous.shared()).unwrap_or_default();
    let mut ids = HashMap::new();
    run.tell(OutcomeSubject::Run, &found.problems, Sources::NONE, &keep);
    for LeftOut { name, why } in &found.left_out {
        let why = match why {
            LeftOutReason::Excluded => "excluded by dealcheck.toml",
            LeftOutReason::Hidden => "its name begins with a dot",
        };
        run.tell(OutcomeSubject::LeftOut { name, why }, &[], Sources::NONE, &keep);
    }
    for files in &found.groups {
        run.add_group(files, workspace, &mut known, &mut ids, &keep);
    }
    let roadmaps = if workspace.expected == Expected::Contracts { 0 } else { run.tally.roadmaps };
    let looked_at = run.tally.contracts() + run.tally.over + roadmaps + found.settings + run.tally.problems;
    if looked_at == 0 && workspace.expected != Expected::Nothing && !found.excludes_named {
        let is_excluded = |left_out: &&LeftOut| left_out.why == LeftOutReason::Excluded;
        let excluded = found.left_out.iter().filter(is_excluded).count();
        run.tell(OutcomeSubject::Run, &[no_contract(excluded)], Sources::NONE, &keep);
    }
    run
}

impl<T: Send> Run<T> {
    /// Checks the contracts of a group, and what they share.
    fn add_group<'w>(
        &mut self,
        files: &'w FileSet,
        workspace: &'w Workspace,
        known: &mut SharedCounts,
        ids: &mut HashMap<CompactString, (&'w Candidate, usize)>,
        keep: &(impl Fn(&Outcome<'_>) -> T + Sync),
    ) {
        let begun = Instant::now();
        let group = Arc::new(Group::read(files, &workspace.options));
        self.steps.share += begun.elapsed();

        let begun = Instant::now();
        let check = |candidates, amendments: &Amendments| {
            let mut share = Batch::of(candidates);
            for candidate in share.candidates {
                share.add(candidate, &group, amendments, workspace.previous.as_ref(), keep);
            }
            share
        };
        let unamended = Amendments::default();
        let mut shares: Vec<Batch<'_, T>> = match in_shares(&files.candidates)[..] {
            // To start threads takes longer than to check a file.
            [only] => vec![check(only, &unamended)],
            ref shares => shares.par_iter().map(|candidates| check(candidates, &unamended)).collect(),
        };
        let may_amend: Vec<&Candidate> =
            shares.iter().flat_map(|share| share.may_amend.iter().copied()).collect();
        let amendments = group.amendments(files, &may_amend);
        let is_concerned =
            |share: &Batch<'_, T>| share.candidates.iter().any(|candidate| amendments.concern(candidate.id));
        if shares.iter().any(is_concerned) {
            let concerned = shares.par_iter_mut().filter(|share| is_concerned(share));
            concerned.for_each(|share| *share = check(share.candidates, &amendments));
        }
        self.steps.check += begun.elapsed();

        let sources: Vec<Arc<Source>> = group.sources.iter().cloned().chain(amendments.sources()).collect();
        let problems = [&*group.problems, &amendments.problems].concat();
        let shared_sources = Sources { shared: &sources, own: None };
        self.tell(OutcomeSubject::Group(files, &group), &problems, shared_sources, keep);
        self.parts.reserve_exact(files.candidates.len());
        let mut seen = SharedFacts { is_cut: !amendments.problems.is_empty(), ..SharedFacts::default() };
        if shares.iter().any(|share| share.tally.contracts() > 0) {
            self.tally.reviews.add(group.roadmap.reviewed.map(|reviewed| reviewed.value));
        }
        for share in shares {
            seen.add(share.seen);
            self.tally.add(&share.tally);
            for (part, claim) in share.parts {
                self.parts.push(part);
                let Some(claim) = claim else { continue };
                match ids.entry(claim.id) {
                    Entry::Vacant(free) => _ = free.insert((claim.candidate, claim.line)),
                    Entry::Occupied(first) => {
                        let (name, line) = (clean(&first.get().0.name), first.get().1);
                        let problem = two_of(first.key(), claim.span, &format!("{name}:{line}"));
                        let source =
                            claim.source.or_else(|| again(&*files.files, claim.candidate).map(Box::new));
                        self.tell(
                            OutcomeSubject::Run,
                            &[problem],
                            Sources { shared: &[], own: source.as_deref() },
                            keep,
                        );
                    }
                }
            }
        }

        let begun = Instant::now();
        self.tally.roadmaps += usize::from(files.whole_roadmap && !group.roadmap.files.is_empty());
        let mut findings = shared(&group, &mut seen, files.whole_roadmap, &group.unlisted(files));
        if workspace.previous.is_some() {
            let counts = known.entry(GroupPlace::of(files)).or_default();
            self.tally.add_known(&counts.take_from(&mut findings));
        }
        self.tally.add_findings(&findings);
        let labels = findings.iter().flat_map(|finding| &finding.diagnostic.labels);
        let wanted: HashSet<FileId> = labels.map(|label| label.span.file).collect();
        let candidates = files.candidates.iter().filter(|candidate| wanted.contains(&candidate.id));
        let candidates: HashMap<FileId, &Candidate> =
            candidates.map(|candidate| (candidate.id, candidate)).collect();
        let told = |batch: &[Finding]| {
            // The texts of contracts were not kept.
            let labels = batch.iter().flat_map(|finding| &finding.diagnostic.labels);
            let wanted: BTreeSet<FileId> = labels.map(|label| label.span.file).collect();
            let contracts = wanted
                .iter()
                .filter_map(|file| candidates.get(file))
                .filter_map(|file| again(&*files.files, file));
            let texts: Vec<Arc<Source>> = sources.iter().cloned().chain(contracts.map(Arc::new)).collect();
            let sources = Sources { shared: &texts, own: None };
            keep(&Outcome {
                about: OutcomeSubject::Shared(files, &group),
                findings: batch,
                problems: &[],
                sources,
            })
        };
        if findings.len() > BATCH {
            self.parts.par_extend(findings.par_chunks(BATCH).map(told));
        } else {
            self.parts.extend(findings.chunks(BATCH).map(told));
        }
        self.steps.compare += begun.elapsed();
    }

    /// Keeps what is told of no contract.
    fn tell(
        &mut self,
        about: OutcomeSubject<'_>,
        problems: &[Problem],
        sources: Sources<'_>,
        keep: &impl Fn(&Outcome<'_>) -> T,
    ) {
        self.tally.problems += problems.len();
        self.parts.push(keep(&Outcome { about, findings: &[], problems, sources }));
    }
}

/// The files of a few, checked one after another by one thread.
struct Batch<'w, T> {
    candidates: &'w [Candidate],
    /// What was kept, in the order of the files.
    parts: Vec<(T, Option<IdClaim<'w>>)>,
    /// Files that may amend a contract.
    may_amend: Vec<&'w Candidate>,
    tally: Tally,
    seen: SharedFacts,
}

/// Files that threads take at once. Standard input cannot be read twice: it is a share of its own, which no amendment
/// is about.
fn in_shares(candidates: &[Candidate]) -> Vec<&[Candidate]> {
    let threads = if candidates.len() > 1 { rayon::current_num_threads() } else { 1 };
    let share = (candidates.len() / (SHARES * threads)).clamp(1, LARGEST_SHARE);
    let alike = candidates.chunk_by(|one, other| one.stdin == other.stdin);
    alike.flat_map(|files| files.chunks(share)).collect()
}

impl<'w, T> Batch<'w, T> {
    fn of(candidates: &'w [Candidate]) -> Self {
        let parts = Vec::with_capacity(candidates.len());
        Self {
            candidates,
            parts,
            may_amend: Vec::new(),
            tally: Tally::default(),
            seen: SharedFacts::default(),
        }
    }

    /// Reads and checks a file. Everything that depends on other files comes later, in order.
    fn add(
        &mut self,
        candidate: &'w Candidate,
        group: &Arc<Group>,
        amendments: &Amendments,
        previous: Option<&Previous>,
        keep: &impl Fn(&Outcome<'_>) -> T,
    ) {
        let file = group.contract(candidate, amendments);
        let texts = file.texts(&group.sources);
        let sources = Sources { shared: &texts, own: file.source.as_ref() };
        if file.may_amend {
            self.may_amend.push(candidate);
        }
        self.tally.problems += file.problems.len();
        if file.left_out || file.contracts.is_empty() {
            let about = match file.left_out {
                true => OutcomeSubject::LeftOut { name: &candidate.name, why: "not a contract" },
                false => OutcomeSubject::Contract(candidate, group, None),
            };
            self.parts
                .push((keep(&Outcome { about, findings: &[], problems: &file.problems, sources }), None));
        }
        for contract in &file.contracts {
            let mut checked = check::contract(contract, &group.waivers, &group.context());
            self.tally.problems += checked.problems.len();
            let mut problems = [&*file.problems, &checked.problems].concat();
            if candidate.is_outside {
                problems = unshown_in(candidate.id, &candidate.name, problems);
            }
            if let Some(previous) = previous {
                let id = contract.id.as_ref().map(|id| id.value.as_str());
                self.tally.add_known(&previous.take_from_contract(id, &mut checked.findings));
            }
            self.tally.add_contract(&checked.judged);
            self.tally.add_findings(&checked.findings);
            self.seen.add(checked.seen(problems.is_empty()));
            let about = OutcomeSubject::Contract(candidate, group, Some(&checked.judged));
            let part = keep(&Outcome { about, findings: &checked.findings, problems: &problems, sources });
            self.parts.push((part, IdClaim::of(contract, &file, candidate)));
        }
    }
}

/// The id that a contract goes by. Contracts are told apart by their ids, in waivers and reports.
struct IdClaim<'w> {
    id: CompactString,
    span: Span,
    /// Its line, from 1.
    line: usize,
    candidate: &'w Candidate,
    /// The text around it, where it cannot be read again.
    source: Option<Box<Source>>,
}

impl<'w> IdClaim<'w> {
    /// The claim of a contract on its id; none where nobody gave it: the ids of promises are checked where they are
    /// read.
    fn of(contract: &Contract, file: &ContractFile, candidate: &'w Candidate) -> Option<Self> {
        let id = contract.id.as_ref().filter(|_| !candidate.promises)?;
        let source = file.source.as_ref().filter(|source| source.id() == id.span.file)?;
        let line = source.line(id.span.start as usize);
        let source = candidate.stdin.then(|| Box::new(source.clone()));
        Some(Self { id: id.value.clone(), span: id.span, line, candidate, source })
    }
}

fn two_of(id: &str, second: Span, first: &str) -> Problem {
    Problem::at(second, format!("two contracts are called `{id}`"), "the second one")
        .note(format!("the first one is at {first}"))
        .help("give one of them another id")
}

/// The text of a contract that was read before and not kept. Standard input cannot be read twice.
fn again(files: &dyn Files, candidate: &Candidate) -> Option<Source> {
    if candidate.stdin {
        return None;
    }
    read::source(files, &candidate.path, &candidate.name, candidate.id).ok()
}

fn no_contract(left_out: usize) -> Problem {
    let problem = Problem::of_run("no contract found")
        .note("a contract is a .yaml, .toml or .json file with at least two of the keys `contract`, `customer`, `requirements`")
        .help("name a contract or a folder of contracts, or run `dealcheck init` to start with an example");
    match left_out {
        0 => problem,
        left_out => problem.note(format!(
            "{} left out by `exclude` in dealcheck.toml; `--verbose` says which",
            plural(left_out, "file or folder was", "files or folders were")
        )),
    }
}
