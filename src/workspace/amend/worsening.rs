//! What an amendment makes worse of a contract that it leaves as it is, also where that is under the agreement that it amends.
//!
//! Each requirement is told once, in the file that holds its words. A draft amendment changes nothing of that file yet, and
//! a signed one may be checked without it: then what is worse with the amendment than without it is told at the amendment.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use compact_str::format_compact;

use crate::delivery::{Judgement, Kind, Promise, Row};
use crate::diagnostic::Problem;
use crate::input::decode::Field;
use crate::input::records::ContractRecord;
use crate::model::contract::{Contract, Requirement, Revaluation, Worsening};
use crate::model::matter::{Growth, Matter};
use crate::model::remedy::caps_as_much;
use crate::model::scope::Cell;
use crate::model::term::{AgreedTerm, PricedTerm};
use crate::model::window::days_between;
use crate::source::{FileId, Span};
use crate::text::fold;

use super::super::group::Group;
use super::basis::Basis;
use super::stack::{Master, Stack};
use super::{AmendmentPlan, Amendments, Layer, Order};

/// Whether a contract states anything that all of its requirements rest on.
fn changes_whole(record: &ContractRecord) -> bool {
    let ContractRecord { fiscal_year, effective, period, value, under, .. } = record;
    let ContractRecord { scope, strays, milestones, terms, fees, remedy_cap, .. } = record;
    let texts = [effective, value, under, remedy_cap].iter().any(|field| !field.is_absent());
    let tables = !(scope.is_absent() && milestones.is_absent() && terms.is_absent() && fees.is_absent());
    texts || tables || !fiscal_year.is_absent() || !period.is_absent() || !strays.is_empty()
}

/// What an amendment makes worse of what it leaves as it is.
#[derive(Default)]
pub(in super::super) struct Worsened {
    pub(in super::super) requirements: Vec<Requirement>,
    /// What more is asked of, and fares no worse by this roadmap: by another one it may.
    pub(in super::super) tightened: Vec<Requirement>,
    pub(in super::super) terms: Vec<(AgreedTerm, Worsening)>,
    pub(in super::super) revalued: Vec<Revaluation>,
}

/// A file whose words an amendment leaves as they are, before it and with it.
struct UntouchedFile<'a> {
    file: FileId,
    before: &'a Basis,
    after: &'a Basis,
    is_order: bool,
}

impl Group {
    /// The requirements and terms of other files that an amendment makes worse and leaves as they are, where nobody
    /// else tells of them: of what it amends, and of orders under that. What only the amendment makes unreadable is
    /// its problem.
    pub(in super::super) fn worsened(
        &self,
        basis: &Basis,
        amendment: &Contract,
        amendments: &Amendments,
        problems: &mut Vec<Problem>,
    ) -> Worsened {
        let mut worsened = Worsened::default();
        let (stack, masters) = (&basis.stack, &basis.masters);
        let laid = stack.laid(self);
        let Some(at) = laid.and_then(|laid| laid.place(amendment.file)) else { return worsened };
        let layers = &stack.layers[..at];
        let own = &stack.layers[at].record;
        let is_draft = !amendment.is_agreed(self.today());
        let told: Vec<FileId> = match is_draft {
            true => layers.iter().map(|layer| layer.file()).collect(),
            false => {
                let outside = stack.outside(|file| amendments.is_outside(file)).iter();
                outside.filter_map(|at| layers.get(*at)).map(|layer| layer.file()).collect()
            }
        };
        let mut orders = amendments.told_orders(basis, amendment.file, is_draft).peekable();
        // Requirements that are added, replaced or dropped make no others worse.
        let is_told = !told.is_empty() && changes_whole(own);
        if !is_told && orders.peek().is_none() {
            return worsened;
        }
        let before = self.before(basis, layers, own, is_draft, amendments);
        for file in told.into_iter().filter(|_| is_told) {
            let untouched = UntouchedFile { file, before: &before, after: basis, is_order: false };
            self.add_worsened(&untouched, amendment, &mut worsened, problems);
        }
        for Order { file, basis: order, place } in orders {
            let (nearer, agreement) = order.masters.split_at(place);
            let under = |stack: &Arc<Stack>, above: &[Master]| {
                let agreement = Master { stack: Arc::clone(stack), is_over: agreement[0].is_over };
                order.under([nearer, &[agreement], above].concat())
            };
            let (before, after) = (under(&before.stack, &before.masters), under(stack, masters));
            let untouched = UntouchedFile { file, before: &before, after: &after, is_order: true };
            self.add_worsened(&untouched, amendment, &mut worsened, problems);
        }
        worsened
    }

    /// What the files below an amendment are judged by without it.
    fn before(
        &self,
        basis: &Basis,
        layers: &[Arc<Layer>],
        own: &ContractRecord,
        is_draft: bool,
        amendments: &Amendments,
    ) -> Arc<Basis> {
        let plan = |layer: Option<&Arc<Layer>>| layer.and_then(|layer| amendments.of(layer.file()));
        let masters = match plan(layers.first()) {
            _ if own.under.is_absent() => basis.masters.as_slice(),
            Some(AmendmentPlan::Basis(basis)) if is_draft => &basis.masters,
            // It is not known what held before.
            _ => &[],
        };
        let known = plan(layers.last()).map(AmendmentPlan::basis);
        match known.filter(|known| known.stack.layers.len() == layers.len()) {
            Some(known) if known.masters.is_empty() && masters.is_empty() => Arc::clone(known),
            Some(known) => known.under(masters.to_vec()),
            None => Basis::of(Stack::of(layers.to_vec()), masters.to_vec(), 1),
        }
    }

    /// Adds what of a file is worse off with an amendment.
    fn add_worsened(
        &self,
        UntouchedFile { file, before, after, is_order }: &UntouchedFile<'_>,
        amendment: &Contract,
        worsened: &mut Worsened,
        problems: &mut Vec<Problem>,
    ) {
        let (mut known, mut found) = (Vec::new(), Vec::new());
        let (before, after) = (self.view(before, *file, &mut known), self.view(after, *file, &mut found));
        let known: HashSet<_> = known.iter().map(identity).collect();
        // What cannot be read with or without the amendment is told where it stands.
        found.retain(|problem| is_in(problem, *file) && !known.contains(&identity(problem)));
        problems.append(&mut found);
        let (Some(before), Some(mut after), Some(amends)) = (before, after, &amendment.amends) else {
            return;
        };
        if !after.status.is_linted() {
            return;
        }
        let id = after.id.take().map(|id| id.value.to_string());
        let order = id.clone().filter(|_| *is_order);
        // What is found is found of the amendment.
        after.id.clone_from(&amendment.id);
        after.annotations.clone_from(&amendment.annotations);
        let requirements = std::mem::take(&mut after.requirements);
        let terms = std::mem::take(&mut after.terms);
        let outcomes = self.outcomes(&before);
        let dated = before.requirements.iter().filter(|requirement| requirement.due.window().is_some());
        let dated: HashSet<Span> = dated.map(|requirement| requirement.place).collect();
        let is_worse = |requirement: &Requirement| {
            // What has lost its day cannot be held against the roadmap any more.
            if requirement.due.window().is_none() && dated.contains(&requirement.place) {
                return true;
            }
            if owes_more(&before, &after, requirement) {
                return true;
            }
            let promise = self.context().judge.promise(&after, requirement);
            worst_rows(&promise).into_iter().any(|(key, now)| match outcomes.get(&key) {
                Some(before) => now > *before,
                None => true,
            })
        };
        let is_worth_less = match (after.value, before.value) {
            // What cannot be compared counts as less: promises were held against another value, or against none.
            (Some(now), Some(before)) if now.value.currency == before.value.currency => {
                now.value.amount < before.value.amount
            }
            (now, _) => now.is_some(),
        };
        if is_worth_less && !is_order {
            worsened.revalued.push(Revaluation {
                of: id.unwrap_or_default(),
                worsening: Worsening {
                    amends: amends.span,
                    contract: Arc::new(Contract { requirements: requirements.clone(), ..after.clone() }),
                    order: None,
                },
            });
        }
        let (worse, others): (Vec<_>, Vec<_>) = requirements.into_iter().partition(is_worse);
        let tightened = others.into_iter().filter(|now| self.asks_for_more(&after, now, &before));
        let tightened: Vec<Requirement> = tightened.collect();
        let contract = Arc::new(after);
        let worsening =
            Worsening { amends: amends.span, contract: Arc::clone(&contract), order: order.clone() };
        let terms = terms.into_iter().filter(|term| self.is_worsened(term, &contract, &before));
        // A draft that changes the fees judges what hangs on them itself, and a term of its own where no order's fees decide.
        let told_already: HashSet<Span> = amendment.terms.iter().map(|term| term.name.span).collect();
        let hangs_on_fees = |term: &AgreedTerm| {
            let standard = self.roadmap.term(&term.name.value);
            standard.zip(term.value.as_ref()).is_some_and(|(standard, value)| standard.hangs_on_fees(value))
        };
        let terms = terms
            .filter(|term| !told_already.contains(&term.name.span) || (*is_order && hangs_on_fees(term)));
        // The amendment's own words can be changed as long as it is a draft, whoever is under it.
        let own =
            Contract { status: amendment.status, requirements: Vec::new(), ..Contract::clone(&contract) };
        let own = Worsening { contract: Arc::new(own), ..worsening.clone() };
        worsened.terms.extend(terms.map(|term| {
            let is_own = term.name.span.file == amendment.file;
            (term, if is_own { own.clone() } else { worsening.clone() })
        }));
        let told = |requirement: Requirement| Requirement {
            // Two contracts may have promises of one name.
            name: match &order {
                Some(order) => format_compact!("{order}/{}", requirement.name),
                None => requirement.name.clone(),
            },
            worsening: Some(Box::new(worsening.clone())),
            ..requirement
        };
        worsened.requirements.extend(worse.into_iter().map(told));
        worsened.tightened.extend(tightened.into_iter().map(told));
    }

    /// Whether more is asked of the roadmap by a requirement than before, whatever that says today.
    fn asks_for_more(&self, contract: &Contract, now: &Requirement, before: &Contract) -> bool {
        let Some(was) = before.requirements.iter().find(|was| was.place == now.place) else {
            return true;
        };
        let limits_more = now.scope.dimensions().any(|dimension| was.scope.get(dimension.name()).is_none());
        let matters = (Matter::of_requirement(before, was), Matter::of_requirement(contract, now));
        let (Some(was), Some(now)) = matters else { return true };
        let growth = was.growth(&now, &self.roadmap, None);
        // What it says nothing of may be any of the values; of those that are named, each must be there.
        limits_more || growth.iter().any(|growth| !matches!(growth, Growth::Remedy { .. }))
    }

    /// Whether a term goes beyond the standard, and further than before.
    fn is_worsened(&self, term: &AgreedTerm, now: &Contract, before: &Contract) -> bool {
        let Some((standard, value)) = self.roadmap.term(&term.name.value).zip(term.value.as_ref()) else {
            return false;
        };
        let was = before.terms.iter().find(|was| fold(&was.name.value) == fold(&term.name.value));
        let was = was.and_then(|was| Some(PricedTerm { value: was.value.as_ref()?, fees: &before.fees }));
        standard.goes_further(PricedTerm { value, fees: &now.fees }, was)
    }

    /// What stands in the way of each promise of a contract.
    fn outcomes(&self, contract: &Contract) -> HashMap<ObstaclePlace, ObstacleRank> {
        let judge = self.context().judge;
        let promises = contract.requirements.iter().map(|requirement| judge.promise(contract, requirement));
        promises.flat_map(|promise| worst_rows(&promise)).collect()
    }
}

/// Whether what a contract owes for a requirement that is not kept is more than it was.
fn owes_more(before: &Contract, now: &Contract, requirement: &Requirement) -> bool {
    let Some(remedy) = &requirement.remedy else { return false };
    let is_as_capped = caps_as_much(now.remedy_cap, before.remedy_cap);
    let was = before.requirements.iter().find(|was| was.place == requirement.place);
    let was = was.and_then(|was| was.remedy.as_ref());
    !(is_as_capped && was.is_some_and(|was| remedy.owes_no_more(was)))
}

/// Which obstacle it is: the feature where a requirement names it, the cell, and what it is about.
type ObstaclePlace = (Span, Cell, Kind);

/// How bad it is, the greater the worse: the row, and for how many days that is.
type ObstacleRank = (Row, Option<i64>);

fn worst_rows(promise: &Promise<'_>) -> Vec<(ObstaclePlace, ObstacleRank)> {
    let of_judgement = |judgement: &Judgement<'_>| {
        let place = (judgement.written.span, judgement.cell.clone());
        let rows = judgement.obstacles().into_iter();
        let worst = rows.filter_map(|(kind, rows)| Some((kind, rows.into_iter().max()?)));
        let ranked = worst.map(|(kind, row)| (kind, (row, days(row, judgement, promise))));
        ranked.map(move |(kind, rank)| ((place.0, place.1.clone(), kind), rank)).collect::<Vec<_>>()
    };
    promise.judgements.iter().flat_map(of_judgement).collect()
}

/// For how many days a row breaks a promise.
fn days(row: Row, judgement: &Judgement<'_>, promise: &Promise<'_>) -> Option<i64> {
    match row.kind() {
        Kind::Existence | Kind::Level => None,
        Kind::Time => judgement.days.filter(|_| row.is_broken()),
        Kind::Term => match promise.requirement.end(promise.contract) {
            Field::Given(end) => Some(days_between(judgement.gone?.value.earliest, end.value.latest)),
            Field::Absent | Field::Broken => Some(i64::MAX),
        },
    }
}

/// What tells problems apart.
fn identity(problem: &Problem) -> (String, Option<Span>) {
    let place = problem.diagnostic.primary().map(|label| label.span);
    (problem.diagnostic.title.clone(), place)
}

fn is_in(problem: &Problem, file: FileId) -> bool {
    problem.diagnostic.primary().is_some_and(|label| label.span.file == file)
}
