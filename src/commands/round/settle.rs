//! Contracts read and judged in parallel, and what is kept of each until its turn to be given on.
//!
//! An amendment may stand in any file and change what any other one says. So nothing is given on before each file
//! has been read; but then each needs to be read only once, save those that amendments turn out to be about. What
//! is kept of a file until then is what was made of it: neither its text nor its contract.

use compact_str::CompactString;
use rayon::prelude::*;

use crate::check::outcome::Outcome;
use crate::check::tally::Tally;
use crate::check::{self, Seen};
use crate::input::discover::{self, Candidate};
use crate::model::contract::Contract;
use crate::source::Sources;
use crate::source::{Source, Span};
use crate::workspace::group::{ContractFile, Group};

use super::super::since::Since;
use super::Make;

/// The most files that a thread takes at once, and whose numbers are kept as one: so many that the numbers take
/// little memory, so few that little is done again for an amendment's sake.
const LARGEST_SHARE: usize = 32;

/// The shares that each thread has to take, where there are files enough: so many that at the end none waits long
/// for another.
const SHARES: usize = 16;

/// What is kept of a few files between their check and their turn to be given on.
pub(super) struct Share<'c, Made> {
    pub(super) candidates: &'c [Candidate],
    pub(super) settled: Vec<Settled<Made>>,
    pub(super) tally: Tally,
    pub(super) seen: Seen,
}

/// What is kept of one of them.
pub(super) struct Settled<Made> {
    pub(super) made: Made,
    pub(super) claim: Option<Claim>,
    pub(super) left_out: bool,
    may_amend: bool,
}

/// The id that a contract goes by: contracts are told apart by their ids, in waivers and reports.
pub(super) struct Claim {
    pub(super) id: CompactString,
    pub(super) span: Span,
    /// Its line, from 1.
    pub(super) line: usize,
    /// The text around it, where it cannot be read again.
    pub(super) source: Option<Box<Source>>,
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

/// Reads and judges the files of a group in parallel, and those that amendments are about once more.
pub(super) fn settle_all<'c, M: Make>(
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
    let mut checked = linted.map(|contract| check::contract(contract, &group.waivers, &group.context()));
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
    let over = over.map(|contract| check::judged(contract, &group.context()));
    let texts = file.texts(&group.sources);
    let sources = Sources { shared: &texts, own: file.source.as_ref() };
    let problems = &file.problems;
    let product = group.roadmap.product.as_ref().map(|product| product.value.as_str());
    let made = maker.make(&Outcome { judged, over: over.as_ref(), product, findings, problems, sources });
    let (left_out, may_amend) = (file.left_out, file.may_amend);
    let claim = Claim::of(&mut file, contract.as_ref(), candidate);
    Settled { made, claim, left_out, may_amend }
}
