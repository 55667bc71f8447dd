//! Files that are read and checked in parallel, batch by batch.

use std::sync::Arc;

use compact_str::CompactString;
use rayon::prelude::*;

use crate::check;
use crate::input::discover::{Candidate, FileSet};
use crate::lint::finding::Finding;
use crate::model::contract::Contract;
use crate::source::{Source, Sources, Span};
use crate::workspace::Workspace;
use crate::workspace::amend::Amendments;
use crate::workspace::group::{ContractFile, Group, unshown_in};

use super::facts::SharedFacts;
use super::outcome::{Outcome, OutcomeSubject};
use super::tally::Tally;
use super::together;

/// The most files of a [`Batch`], whose numbers are kept as one: so many that the numbers take little memory, so few that
/// little is done again for an amendment's sake.
const LARGEST_BATCH: usize = 32;

/// The batches for each thread, where there are files enough: so many that at the end none waits long for another.
const BATCHES: usize = 16;

/// Reads and checks the files of a group, those that amendments are about a second time: only when all have been read is
/// it known which those are.
pub(super) fn check_files<'w, T: Send>(
    files: &'w FileSet,
    group: &Arc<Group>,
    workspace: &Workspace,
    keep: &(impl Fn(&Outcome<'_>) -> T + Sync),
) -> (Vec<Batch<'w, T>>, Amendments) {
    let check = |candidates, amendments: &Amendments| {
        let mut batch = Batch::of(candidates);
        files.files.read_ahead(&mut candidates.iter().map(|candidate| &*candidate.path));
        for candidate in candidates {
            batch.add(candidate, files, group, amendments, workspace, keep);
        }
        batch
    };
    let unamended = Amendments::default();
    let mut batches: Vec<Batch<'w, T>> = match in_batches(&files.candidates)[..] {
        // To start threads takes longer than to check a file.
        [only] => vec![check(only, &unamended)],
        ref batches => batches.par_iter().map(|candidates| check(candidates, &unamended)).collect(),
    };
    let may_amend: Vec<&Candidate> =
        batches.iter().flat_map(|batch| batch.may_amend.iter().copied()).collect();
    let amendments = group.amendments(files, &may_amend);
    let is_concerned =
        |batch: &Batch<'_, T>| batch.candidates.iter().any(|candidate| amendments.concern(candidate.id));
    if batches.iter().any(is_concerned) {
        let concerned = batches.par_iter_mut().filter(|batch| is_concerned(batch));
        // By whole batches: what a batch has counted cannot be taken out for one file of it.
        concerned.for_each(|batch| *batch = check(batch.candidates, &amendments));
    }
    (batches, amendments)
}

/// Files that one thread checks, one after another.
pub(super) struct Batch<'w, T> {
    candidates: &'w [Candidate],
    /// What was kept, in the order of the files.
    pub(super) parts: Vec<(T, Option<IdClaim<'w>>)>,
    /// Files that may amend a contract.
    may_amend: Vec<&'w Candidate>,
    pub(super) tally: Tally,
    pub(super) facts: SharedFacts,
}

/// The files of each batch. Standard input cannot be read twice: it is a batch of its own, which no amendment is about.
fn in_batches(candidates: &[Candidate]) -> Vec<&[Candidate]> {
    // What contracts share lies among them, and is not checked as one.
    let contracts = candidates.iter().filter(|candidate| !candidate.is_shared).count();
    let size = match contracts {
        ..=1 => LARGEST_BATCH,
        _ => (contracts / (BATCHES * rayon::current_num_threads())).clamp(1, LARGEST_BATCH),
    };
    let alike = candidates.chunk_by(|one, other| one.stdin == other.stdin);
    alike.flat_map(|files| files.chunks(size)).collect()
}

impl<'w, T> Batch<'w, T> {
    pub(super) fn of(candidates: &'w [Candidate]) -> Self {
        let parts = Vec::with_capacity(candidates.len());
        Self {
            candidates,
            parts,
            may_amend: Vec::new(),
            tally: Tally::default(),
            facts: SharedFacts::default(),
        }
    }

    /// Reads and checks a file. Everything that depends on other files comes later, in order.
    pub(super) fn add(
        &mut self,
        candidate: &'w Candidate,
        files: &FileSet,
        group: &Arc<Group>,
        amendments: &Amendments,
        workspace: &Workspace,
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
            let documents = group.documents(contract, candidate, files);
            let mut checked = check::contract(contract, &documents, &group.waivers, &group.context());
            self.tally.problems += checked.problems.len();
            let mut problems = [&*file.problems, &checked.problems].concat();
            if !problems.is_empty() {
                // What could not be read of it may be what breaks it.
                checked.judged.chance = None;
            }
            if candidate.is_outside {
                // A link in a pull request must not print what its author may not read.
                problems = unshown_in(candidate.id, &candidate.name, problems);
            }
            // Before anything is counted or kept: what was there before is one number, and no more.
            if let Some(previous) = &workspace.previous {
                self.tally.add_known(
                    &previous.take_from_contract(contract, workspace.options.today, &mut checked.findings),
                );
            }
            self.tally.add_unasked(&workspace.options.take_unasked(&mut checked.findings));
            if workspace.options.together {
                together::merge_items(&mut checked.findings);
            }
            checked.findings.iter_mut().for_each(Finding::note_refs);
            // All promises, whatever was taken from the findings: what is known or not asked for is promised all the
            // same.
            self.tally.add_contract(&checked.judged);
            self.tally.add_findings(&checked.findings);
            self.facts.add(checked.shared_facts(problems.is_empty()));
            let about = OutcomeSubject::Contract(candidate, group, Some(&checked.judged));
            let found: Vec<Arc<Source>> = documents.sources().collect();
            let texts = if found.is_empty() { texts.clone() } else { [&*texts, &found].concat().into() };
            let sources = Sources { shared: &texts, own: file.source.as_ref() };
            let part = keep(&Outcome { about, findings: &checked.findings, problems: &problems, sources });
            self.parts.push((part, IdClaim::of(contract, &file, candidate)));
        }
    }
}

/// The id that a contract goes by. Contracts are told apart by their ids, in waivers and reports.
pub(super) struct IdClaim<'w> {
    pub(super) id: CompactString,
    pub(super) span: Span,
    /// Whether it is linted.
    pub(super) is_linted: bool,
    /// Its line, from 1.
    pub(super) line: usize,
    pub(super) candidate: &'w Candidate,
    /// The text around it, where it cannot be read again.
    pub(super) source: Option<Box<Source>>,
}

impl<'w> IdClaim<'w> {
    /// The claim of a contract on its id; none where nobody gave it: the ids of promises are checked where they are
    /// read.
    fn of(contract: &Contract, file: &ContractFile, candidate: &'w Candidate) -> Option<Self> {
        let id = contract.id.as_ref().filter(|_| !candidate.promises)?;
        let source = file.source.as_ref().filter(|source| source.id() == id.span.file)?;
        let line = source.line(id.span.start as usize);
        let source = candidate.stdin.then(|| Box::new(source.clone()));
        let is_linted = contract.status.is_linted();
        Some(Self { id: id.value.clone(), span: id.span, is_linted, line, candidate, source })
    }
}
