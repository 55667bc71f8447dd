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

use crate::diagnostic::Problem;
use crate::input::discover::{Candidate, FileSet, LeftOut, LeftOutReason};
use crate::input::files::Files;
use crate::input::read;
use crate::lint::finding::Finding;
use crate::model::waiver::Waiver;
use crate::source::{FileId, Source, Sources};
use crate::text::{clean, plural};
use crate::workspace::amend::{Amendments, two_contracts};
use crate::workspace::group::Group;
use crate::workspace::previous::{GroupPlace, SharedCounts};
use crate::workspace::{Expected, Workspace};

use super::batch::{Batch, IdClaim, check_files};
use super::claims::claims;
use super::facts::SharedFacts;
use super::family::{CheckedFileSet, Comparison, compare};
use super::outcome::{Outcome, OutcomeSubject};
use super::places::ContractPlaces;
use super::shared::{shared, terms_outside};

use super::tally::Tally;
use super::together;

/// The findings about several contracts that are told at once: the texts of those contracts are in memory meanwhile.
const FINDINGS: usize = 4;

/// What came of a run.
#[derive(Debug)]
pub struct Run<'w, T> {
    /// What was kept of each outcome, in the order in which it is told.
    pub parts: Vec<T>,
    /// The numbers.
    pub tally: Tally,
    /// How long it took.
    pub steps: Steps,
    /// What there is to say of what findings do not rest on, though they might.
    pub caveats: BTreeSet<String>,
    /// The groups, as their contracts were checked.
    groups: Vec<CheckBasis<'w>>,
}

/// All that the contracts of a group were checked by.
#[derive(Debug)]
struct CheckBasis<'w> {
    files: &'w FileSet,
    group: Arc<Group>,
    amendments: Amendments,
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
pub fn run<T: Send>(workspace: &Workspace, keep: impl Fn(&Outcome<'_>) -> T + Sync) -> Run<'_, T> {
    let found = &workspace.found;
    let previous = workspace.previous.as_ref();
    let mut run = Run {
        parts: Vec::new(),
        tally: Tally::default(),
        steps: Steps::default(),
        caveats: BTreeSet::new(),
        groups: Vec::new(),
    };
    run.tally.since = previous.map(|previous| previous.revision.clone());
    let mut shared_before = previous.map(|previous| previous.shared()).unwrap_or_default();
    // Across all groups: a waiver or a report that names an id must mean one contract.
    let mut ids = TakenIds::new();
    run.tell(OutcomeSubject::Run, &found.problems, Sources::NONE, &keep);
    for LeftOut { name, why } in &found.left_out {
        let why = match why {
            LeftOutReason::Excluded => "excluded by dealcheck.toml",
            LeftOutReason::Hidden => "its name begins with a dot",
        };
        run.tell(OutcomeSubject::LeftOut { name, why }, &[], Sources::NONE, &keep);
    }
    let mut sets: Vec<CheckedFileSet<'_, T>> =
        found.groups.iter().map(|files| run.check_set(files, workspace, &keep)).collect();
    let begun = Instant::now();
    compare(&mut sets);
    run.steps.compare += begun.elapsed();
    let places = ContractPlaces::of(&found.groups, &sets);
    // Only now, in order: what a group has in common with another had to be compared first.
    for (at, set) in sets.into_iter().enumerate() {
        run.add_set((at, set), &places, workspace, &mut shared_before, &mut ids, &keep);
    }
    // A wrong path must not be green. Nor must a run over the configured contracts that read their roadmap alone; only what
    // a hook names and the configuration excludes was left out on purpose.
    let roadmaps = if workspace.expected == Expected::Contracts { 0 } else { run.tally.roadmaps };
    let looked_at = run.tally.contracts() + run.tally.over + roadmaps + run.tally.claims;
    let looked_at = looked_at + found.settings + run.tally.problems;
    if looked_at == 0 && workspace.expected != Expected::Nothing && !found.excludes_named {
        let is_excluded = |left_out: &&LeftOut| left_out.why == LeftOutReason::Excluded;
        let excluded = found.left_out.iter().filter(is_excluded).count();
        run.tell(OutcomeSubject::Run, &[no_contract(excluded)], Sources::NONE, &keep);
    }
    run
}

impl<'w, T: Send> Run<'w, T> {
    /// Checks some of the contracts again, as they were checked, and keeps more of them than of all.
    pub(crate) fn again<U: Send>(
        &self,
        workspace: &Workspace,
        is_wanted: impl Fn(&Candidate) -> bool + Sync,
        keep: impl Fn(&Outcome<'_>) -> U + Sync,
    ) -> Vec<U> {
        let of_group = |CheckBasis { files, group, amendments }: &CheckBasis<'w>| -> Vec<U> {
            let wanted = files.candidates.par_iter().filter(|candidate| is_wanted(candidate));
            let batches = wanted.map(|candidate| {
                let mut batch = Batch::of(std::slice::from_ref(candidate));
                batch.add(candidate, files, group, amendments, workspace, &keep);
                batch.parts
            });
            batches.flatten().map(|(part, _)| part).collect()
        };
        self.groups.iter().flat_map(of_group).collect()
    }

    /// Checks the contracts of a group.
    fn check_set(
        &mut self,
        files: &'w FileSet,
        workspace: &Workspace,
        keep: &(impl Fn(&Outcome<'_>) -> T + Sync),
    ) -> CheckedFileSet<'w, T> {
        let begun = Instant::now();
        let group = Arc::new(Group::read(files, &workspace.options));
        // Before the threads start, which would all wait for the first of them to ask git.
        group.read_history_for_contracts();
        self.steps.share += begun.elapsed();

        let begun = Instant::now();
        let (mut batches, amendments) = check_files(files, &group, workspace, keep);
        let mut facts = SharedFacts { is_cut: !amendments.problems.is_empty(), ..SharedFacts::default() };
        batches.iter_mut().for_each(|batch| facts.add(std::mem::take(&mut batch.facts)));
        self.steps.check += begun.elapsed();
        CheckedFileSet { files, group, batches, amendments, facts, comparison: Comparison::default() }
    }

    /// Tells what was found of the contracts of a group, and checks what they share, also with those of other groups.
    fn add_set(
        &mut self,
        (at, set): (usize, CheckedFileSet<'w, T>),
        places: &ContractPlaces<'w>,
        workspace: &'w Workspace,
        previous: &mut SharedCounts,
        ids: &mut TakenIds<'w>,
        keep: &(impl Fn(&Outcome<'_>) -> T + Sync),
    ) {
        let CheckedFileSet { files, group, batches, amendments, mut facts, comparison } = set;
        let sources: Vec<Arc<Source>> = group.sources.iter().cloned().chain(amendments.sources()).collect();
        let problems = [&*group.problems, &amendments.problems].concat();
        let shared_sources = Sources { shared: &sources, own: None };
        self.tell(OutcomeSubject::Group(files, &group), &problems, shared_sources, keep);
        self.parts.reserve_exact(files.candidates.len());
        // A roadmap that nothing was held against is none that the summary's first sentence rests on.
        if batches.iter().any(|batch| batch.tally.contracts() > 0) {
            self.tally.reviews.add(group.roadmap.reviewed.map(|reviewed| reviewed.value));
        }
        for batch in batches {
            self.tally.add(&batch.tally);
            for (part, claim) in batch.parts {
                self.parts.push(part);
                if let Some(claim) = claim {
                    self.take_id(claim, ids, &*files.files, keep);
                }
            }
        }

        let begun = Instant::now();
        self.tally.roadmaps += usize::from(files.whole_roadmap && !group.roadmap.files.is_empty());
        // First, since its waivers count as used for `unused-waiver` below.
        let mut findings = terms_outside(&group, &amendments, &mut facts);
        let (unlisted, elsewhere) = (group.unlisted(files), |waiver: &Waiver| places.beside(at, waiver));
        findings.extend(shared(&group, &mut facts, comparison, files.whole_roadmap, &unlisted, elsewhere));
        self.caveats.extend(group.history_caveat().map(str::to_owned));
        let mut claimed = claims(files, &group);
        self.tally.claims += files.claims.len();
        findings.append(&mut claimed.findings);
        self.tell(OutcomeSubject::Run, &claimed.problems, Sources::NONE, keep);
        let sources = [sources, claimed.sources].concat();
        if workspace.previous.is_some() {
            let counts = previous.entry(GroupPlace::of(files)).or_default();
            self.tally.add_known(&counts.take_from(&mut findings));
        }
        // After what was there before: of one finding only one of the two counts.
        self.tally.add_unasked(&workspace.options.take_unasked(&mut findings));
        if workspace.options.together {
            together::merge_alike(&mut findings);
        }
        findings.iter_mut().for_each(Finding::note_refs);
        self.tally.add_findings(&findings);
        self.tell_shared((files, &group), places, &findings, &sources, keep);
        self.steps.compare += begun.elapsed();
        self.groups.push(CheckBasis { files, group, amendments });
    }

    /// Tells of a contract whose id another one of the run has, in whatever group: waivers and reports know contracts by
    /// their ids alone.
    fn take_id(
        &mut self,
        claim: IdClaim<'w>,
        ids: &mut TakenIds<'w>,
        files: &dyn Files,
        keep: &impl Fn(&Outcome<'_>) -> T,
    ) {
        match ids.entry(claim.id) {
            Entry::Vacant(free) => _ = free.insert((claim.candidate, claim.line)),
            Entry::Occupied(first) => {
                let (name, line) = (clean(&first.get().0.name), first.get().1);
                let problem = two_contracts(first.key(), claim.span, &format!("{name}:{line}"));
                let source = claim.source.or_else(|| again(files, claim.candidate).map(Box::new));
                let sources = Sources { shared: &[], own: source.as_deref() };
                self.tell(OutcomeSubject::Run, &[problem], sources, keep);
            }
        }
    }

    /// Keeps the findings about what contracts share. The texts of contracts were not kept: those that the findings point
    /// into are read again, for a few findings at a time.
    fn tell_shared(
        &mut self,
        (files, group): (&FileSet, &Arc<Group>),
        places: &ContractPlaces<'_>,
        findings: &[Finding],
        sources: &[Arc<Source>],
        keep: &(impl Fn(&Outcome<'_>) -> T + Sync),
    ) {
        let shared: HashSet<FileId> = sources.iter().map(|source| source.id()).collect();
        let wanted: HashSet<FileId> = pointed_into(findings).filter(|file| !shared.contains(file)).collect();
        let contracts = wanted.into_iter().filter_map(|file| Some((file, places.file(file)?)));
        let contracts: HashMap<FileId, &Candidate> = contracts.collect();
        let outcome = |batch: &[Finding]| {
            let wanted: BTreeSet<FileId> = pointed_into(batch).collect();
            let contracts = wanted.iter().filter_map(|file| contracts.get(file));
            let contracts = contracts.filter_map(|candidate| again(&*files.files, candidate));
            let texts: Vec<Arc<Source>> = sources.iter().cloned().chain(contracts.map(Arc::new)).collect();
            keep(&Outcome {
                about: OutcomeSubject::Shared(files, group),
                findings: batch,
                problems: &[],
                sources: Sources { shared: &texts, own: None },
            })
        };
        // A run over one contract has few, and starts no threads for them.
        if findings.len() > FINDINGS {
            self.parts.par_extend(findings.par_chunks(FINDINGS).map(outcome));
        } else {
            self.parts.extend(findings.chunks(FINDINGS).map(outcome));
        }
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

/// The contracts that have each id so far, with the lines of the ids.
type TakenIds<'w> = HashMap<CompactString, (&'w Candidate, usize)>;

/// The files that findings point into.
fn pointed_into(findings: &[Finding]) -> impl Iterator<Item = FileId> {
    findings.iter().flat_map(|finding| &finding.diagnostic.labels).map(|label| label.span.file)
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
