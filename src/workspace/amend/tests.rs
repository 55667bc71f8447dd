use std::collections::BTreeMap;
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::date;

use super::*;
use crate::input::discover::Request;
use crate::input::files::{Files, Memory};
use crate::workspace::{CheckOptions, Workspace};

const ROADMAP: &str = "[features.f]\nstatus = 'planned'\ntarget = '2027-06-30'\n";

/// What each contract of a folder is judged by, by its name.
fn bases(contracts: &[(String, String)]) -> BTreeMap<String, Arc<Basis>> {
    let roadmap = ("roadmap.toml".to_owned(), ROADMAP.to_owned());
    let texts = contracts.iter().chain([&roadmap]);
    let texts = texts.map(|(name, text)| (Path::new("/").join(name), text.as_bytes().to_vec()));
    let files: Arc<dyn Files> = Arc::new(Memory::alone(texts));
    let options = CheckOptions::on(date(2026, 11, 22));
    let workspace = Workspace::find_in(&files, &Request::default(), Path::new("/"), options);
    let set = &workspace.found.groups[0];
    let candidates: Vec<&Candidate> = set.candidates.iter().collect();
    let amendments = Group::read(set, &workspace.options).amendments(set, &candidates);
    let basis = |candidate: &Candidate| match amendments.of(candidate.id) {
        Some(AmendmentPlan::Basis(basis)) => Some((candidate.name.clone(), Arc::clone(basis))),
        _ => None,
    };
    set.candidates.iter().filter_map(basis).collect()
}

fn contract(id: &str, rest: &str) -> (String, String) {
    let text =
        format!("contract: {id}\n{rest}requirements: [{{ id: R-{id}, feature: f, due: 2027-12-31 }}]\n");
    (format!("{id}.yaml"), text)
}

fn signed_base() -> (String, String) {
    contract("C-0", "customer: C\nstatus: signed\nsigning: 2026-01-01\n")
}

fn amendment(at: usize, base: usize, status: &str) -> (String, String) {
    let signing = date(2026, 1, 1) + jiff::Span::new().days(i64::try_from(at).unwrap());
    contract(&format!("C-{at}"), &format!("amends: C-{base}\nstatus: {status}\nsigning: {signing}\n"))
}

fn different<'b>(bases: impl IntoIterator<Item = &'b Arc<Basis>>) -> usize {
    bases.into_iter().map(Arc::as_ptr).collect::<HashSet<_>>().len()
}

#[test]
fn what_is_signed_is_laid_over_one_another_once() {
    for is_chain in [true, false] {
        let amendments = (1..30).map(|at| amendment(at, if is_chain { at - 1 } else { 0 }, "signed"));
        let bases = bases(&Vec::from_iter(amendments.chain([signed_base()])));
        assert_eq!((bases.len(), different(bases.values())), (30, 1));
        let order: Vec<&str> = bases["C-7.yaml"].stack.layers.iter().filter_map(|layer| layer.id()).collect();
        assert_eq!(order, (0..30).map(|at| format!("C-{at}")).collect::<Vec<_>>());
    }
}

#[test]
fn each_draft_is_laid_over_what_is_signed_and_what_it_amends() {
    let amendments = (1..9).map(|at| amendment(at, at - 1, if at < 5 { "signed" } else { "draft" }));
    let bases = bases(&Vec::from_iter(amendments.chain([signed_base()])));
    assert_eq!((bases.len(), different(bases.values())), (9, 1 + 4));
    assert_eq!(bases["C-6.yaml"].stack.layers.len(), 7);
}

#[test]
fn an_agreement_is_laid_once_for_all_that_is_under_it() {
    let agreement = [signed_base(), amendment(1, 0, "signed"), amendment(2, 0, "signed")];
    let order = |at| contract(&format!("O-{at}"), "customer: C\nunder: C-0\nstatus: signed\n");
    let bases = bases(&Vec::from_iter((0..50).map(order).chain(agreement)));
    let orders: Vec<(&String, &Arc<Basis>)> =
        bases.iter().filter(|(name, _)| name.starts_with('O')).collect();
    assert_eq!(orders.len(), 50);
    for (name, basis) in orders {
        // Each has its own words, and the same agreement above them.
        assert_eq!(basis.stack.layers[0].source.name(), name);
        assert!(Arc::ptr_eq(&basis.masters[0].stack, &bases["C-0.yaml"].stack));
    }
}
