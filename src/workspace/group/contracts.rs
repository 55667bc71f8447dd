//! The contracts of a group, read one by one.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Problem;
use crate::index;
use crate::input::decode::Text;
use crate::input::discover::{self, Candidate, UnlistedFile};
use crate::input::parse::Arena;
use crate::input::read::{self, Role};
use crate::input::records::ContractRecord;
use crate::model::contract::{self, Contract};
use crate::source::{FileId, Source, Span};

use super::super::amend::{AmendmentPlan, Amendments, Basis, mentions, stated_terms};
use super::{Group, unshown_in};

/// A file that was read as a contract.
#[derive(Debug, Default)]
pub struct ContractFile {
    /// Its text, where it has one.
    pub source: Option<Source>,
    /// The texts of contracts that it amends, or that amend it.
    pub further: Vec<Arc<Source>>,
    /// The contract, as far as it is sound; of a file of promises all contracts.
    pub contracts: Vec<Contract>,
    /// What could not be read of it.
    pub problems: Vec<Problem>,
    /// Whether it was passed over: found in a folder, and no contract.
    pub left_out: bool,
    /// Whether its text looks as if it amended a contract, or was under one.
    pub may_amend: bool,
}

impl ContractFile {
    /// The texts that its findings point into, besides its own.
    pub fn texts<'a>(&self, shared: &'a [Arc<Source>]) -> Cow<'a, [Arc<Source>]> {
        if self.further.is_empty() { shared.into() } else { [shared, &self.further].concat().into() }
    }
}

impl Group {
    /// Looks for amendments among those contracts of the group that may be some ([`ContractFile::may_amend`]), and
    /// for what they amend.
    pub fn amendments(&self, group: &discover::FileSet, may_amend: &[&Candidate]) -> Amendments {
        let mut amendments = Amendments::find(group, may_amend, &self.vocabulary, &self.roadmap, self.today);
        // What is amended and no file of the run is read by nobody else: what is wrong with it would go untold.
        for layer in amendments.outside.clone() {
            let mut found = layer.problems.clone();
            if layer.record.contract.given().is_some() {
                let file = layer.source.id();
                let contract =
                    self.meaning(ContractRecord::clone(&layer.record), file, false, &amendments, &mut found);
                contract.into_iter().for_each(|contract| amendments.add_agreement(contract));
            }
            read::sort(&mut found);
            amendments.problems.append(&mut found);
        }
        amendments
    }

    /// Reads a contract.
    pub fn contract(&self, candidate: &Candidate, amendments: &Amendments) -> ContractFile {
        // A roadmap or a file of waivers that lies among the contracts was read for the group.
        if candidate.is_shared {
            return ContractFile { left_out: true, ..ContractFile::default() };
        }
        let read = if candidate.stdin {
            read::bytes(std::io::stdin().lock(), &candidate.name, candidate.id)
        } else {
            read::source(&*self.files, &candidate.path, &candidate.name, candidate.id)
        };
        let source = match read {
            Ok(source) => source,
            Err(unread) => {
                let mut problems = vec![unread.problem];
                if candidate.is_outside {
                    problems = unshown_in(candidate.id, &candidate.name, problems);
                }
                return ContractFile { source: unread.source, problems, ..ContractFile::default() };
            }
        };
        if candidate.promises {
            let (contracts, problems) = self.promises(&source);
            return ContractFile { source: Some(source), contracts, problems, ..ContractFile::default() };
        }
        // Noted while the text is here: to look through all files for amendments was a twentieth of a run.
        let may_amend = !candidate.stdin && mentions(source.text());
        // Most files of a folder are no contracts, and a glance at the text spares to parse them.
        if !candidate.named && !read::may_be(source.text(), Role::Contract) {
            return ContractFile { left_out: true, may_amend, ..ContractFile::default() };
        }
        let mut file = self.read_text(source, candidate.named, candidate.stdin, amendments);
        if candidate.is_outside {
            file.problems = unshown_in(candidate.id, &candidate.name, file.problems);
        }
        ContractFile { may_amend, ..file }
    }

    /// The files that look like contracts, of those that the configuration does not name. One that cannot be read may
    /// be one.
    pub fn unlisted<'f>(&self, files: &'f discover::FileSet) -> Vec<&'f UnlistedFile> {
        let looks_like_contract = |unlisted: &&UnlistedFile| {
            let UnlistedFile { file, .. } = unlisted;
            let source = match read::source(&*self.files, &file.path, &file.name, file.id) {
                Ok(source) => source,
                Err(_) => return true,
            };
            if !read::may_be(source.text(), Role::Contract) {
                return false;
            }
            let arena = Arena::of(&source);
            let (node, problems) = read::tree(&source, &arena);
            read::looks_like_contract(node.as_ref(), !problems.is_empty(), source.text())
        };
        // A run of one file starts no threads, which takes longer than to check it.
        if self.active.unlisted.is_empty() || files.unlisted.is_empty() {
            return Vec::new();
        }
        files.unlisted.par_iter().filter(looks_like_contract).collect()
    }

    /// Reads a contract whose text is at hand; one that nobody named may turn out to be none.
    pub fn contract_of(&self, source: Source, named: bool) -> ContractFile {
        self.read_text(source, named, false, &Amendments::default())
    }

    fn read_text(&self, source: Source, named: bool, stdin: bool, amendments: &Amendments) -> ContractFile {
        let (contract, problems, left_out) = self.contract_in(&source, named, stdin, amendments);
        let basis = amendments.of(source.id()).map(AmendmentPlan::basis);
        let is_draft = contract.as_ref().is_some_and(|contract| !contract.is_agreed(self.today()));
        let orders = basis.map(|basis| amendments.told_orders(basis, source.id(), is_draft));
        let orders = orders.into_iter().flatten().flat_map(|order| order.basis.stack.sources());
        let texts = basis.into_iter().flat_map(|basis| basis.sources()).chain(orders);
        let further = texts.map(Arc::clone).collect();
        basis.into_iter().for_each(|basis| basis.judged());
        let contracts = contract.into_iter().collect();
        ContractFile { source: Some(source), further, contracts, problems, left_out, may_amend: false }
    }

    /// Reads the contracts of a file of promises.
    fn promises(&self, source: &Source) -> (Vec<Contract>, Vec<Problem>) {
        let mut problems = Vec::new();
        let record = read::record(source, &mut problems);
        let contracts = record.map(|record| index::read_contracts(record, self.reading(), &mut problems));
        read::sort(&mut problems);
        (contracts.unwrap_or_default(), problems)
    }

    fn contract_in(
        &self,
        source: &Source,
        named: bool,
        stdin: bool,
        amendments: &Amendments,
    ) -> (Option<Contract>, Vec<Problem>, bool) {
        let arena = Arena::of(source);
        let (node, problems) = read::tree(source, &arena);
        if !named && !read::looks_like_contract(node.as_ref(), !problems.is_empty(), source.text()) {
            return (None, Vec::new(), true);
        }
        if stdin && problems.is_empty() {
            let other = match read::role(node.as_ref(), false, source.text()) {
                Role::Roadmap => Some("a roadmap"),
                Role::Settings => Some("waivers"),
                Role::Contract | Role::Other => None,
            };
            if let Some(other) = other {
                return (None, vec![only_contracts(source, other)], false);
            }
        }
        let (record, mut problems) = read::record_of::<ContractRecord>(node.as_ref(), problems);
        // Before the record is turned into values: a thread then never holds a file's tree and its values at once.
        drop(arena);
        let contract =
            record.and_then(|record| self.meaning(record, source.id(), stdin, amendments, &mut problems));
        read::sort(&mut problems);
        (contract, problems, false)
    }

    /// What a contract's record means, with its amendments. What is wrong in a further file is reported there.
    fn meaning(
        &self,
        record: ContractRecord,
        file: FileId,
        stdin: bool,
        amendments: &Amendments,
        problems: &mut Vec<Problem>,
    ) -> Option<Contract> {
        match amendments.of(file) {
            None => match (record.amends.given(), record.under.given()) {
                (None, None) => Some(contract::contract(record, self.reading(), problems)),
                (Some(base), _) => {
                    problems.push(not_looked_for(base, "amends", stdin));
                    None
                }
                (None, Some(master)) => {
                    problems.push(not_looked_for(master, "under", stdin));
                    None
                }
            },
            Some(AmendmentPlan::Basis(basis)) => {
                let mut contract = self.laid_over(basis, file, amendments, problems)?;
                problems.extend(basis.unknown(self, file));
                let worsened = self.worsened(basis, &contract, amendments, problems);
                contract.requirements.extend(worsened.requirements);
                contract.tightened = worsened.tightened;
                contract.worsened_terms = worsened.terms;
                contract.revalued = worsened.revalued;
                contract.is_master = amendments.is_master(file);
                Some(contract)
            }
            Some(AmendmentPlan::Unknown(basis, reason)) => {
                problems.extend(reason.iter().cloned());
                // For its mistakes. What it drops in vain is none: that may be there once the order of the files is known.
                self.laid_over(basis, file, amendments, problems);
                None
            }
        }
    }

    /// A contract with its amendments, as one of the files sees it.
    fn laid_over(
        &self,
        basis: &Basis,
        file: FileId,
        amendments: &Amendments,
        problems: &mut Vec<Problem>,
    ) -> Option<Contract> {
        let mut found = Vec::new();
        let own = basis.record(self, file)?;
        // Each file by itself: that a name is used twice does not show once files are laid over one another.
        contract::check_file(&own, &self.roadmap, &mut found);
        let mut contract = self.view(basis, file, &mut found)?;
        contract.share = amendments.deal_share(basis, &own, &contract, self);
        let mut unpriced: HashSet<Span> = HashSet::new();
        let bears = amendments.bears(file) || amendments.orders(basis, file).next().is_some();
        if bears {
            unpriced.extend(self.unpriced(stated_terms(&own), &contract.fees));
        }
        // Of an agreement that is over, silence is judged in the contract like its own.
        let masters = &basis.masters;
        let is_told_of_agreement = !masters.is_empty() && masters.iter().all(|master| !master.is_over);
        if bears || is_told_of_agreement {
            unpriced.extend(self.unpriced_silence(&contract.fees));
        }
        found.retain(|problem| {
            let place = problem.diagnostic.primary().map(|label| label.span);
            place.is_none_or(|place| !basis.is_other(place.file, file) && !unpriced.contains(&place))
        });
        problems.append(&mut found);
        Some(contract)
    }
}

/// The problem of standard input that is no contract.
fn only_contracts(source: &Source, other: &str) -> Problem {
    let title = format!("standard input holds {other}, and only a contract can be checked there");
    Problem::in_file(source.name(), title).help("name the file itself instead of `-`")
}

/// The problem of a contract that rests on one for which nobody looked.
fn not_looked_for(base: &Text, key: &str, stdin: bool) -> Problem {
    const LABEL: &str = "its contract was not looked for";
    if stdin {
        let title = match key {
            "under" => format!("from standard input nothing can be under `{}`", base.value),
            _ => format!("`{}` cannot be amended from standard input", base.value),
        };
        let what = if key == "under" { "contract" } else { "amendment" };
        return Problem::at(base.span, title, LABEL).help(format!("name the {what}'s file instead of `-`"));
    }
    let title = format!("`{}` was not looked for, since `{key}` is written in another way", base.value);
    Problem::at(base.span, title, LABEL).help(format!("write the key as `{key}`"))
}
