//! A contract with its amendments: what an amendment states replaces what the base states.

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Table, Text};
use crate::input::records::{ContractRecord, PeriodRecord, RequirementRecord};
use crate::input::source::{FileId, Span};

use super::contract::{Contract, requirement_name};
use super::roadmap::Roadmap;
use super::scope::same;

/// A contract as one of its files sees it: all that holds, and which words of the file still count.
#[derive(Debug)]
pub struct Amended {
    /// What holds.
    pub record: ContractRecord,
    /// The id of the base.
    deal: Option<String>,
    /// Requirements that replace others: where they begin, and where the replaced ones do.
    pub replaced: Vec<(Span, Span)>,
}

/// Lays amendments over a base, in the order in which they were signed. The result is what `file` is judged by:
/// it has that file's id, status and day of signature. An unknown `drop` is reported.
pub fn amended(
    layers: &[&ContractRecord],
    file: FileId,
    roadmap: &Roadmap,
    problems: &mut Vec<Problem>,
) -> Option<Amended> {
    let (base, amendments) = layers.split_first()?;
    let own = layers.iter().find(|layer| layer.span.file == file)?;
    let mut record = ContractRecord::clone(base);
    let mut replaced = Vec::new();
    let mut requirements = items(&base.requirements);
    for amendment in amendments {
        drop_requirements(&mut requirements, amendment, roadmap, problems);
        replace_requirements(&mut requirements, amendment, roadmap, &mut replaced);
        customer_and_terms(&mut record, amendment);
    }
    if !record.requirements.is_broken() {
        record.requirements = Field::Given(Items(requirements.into_iter().map(Some).collect()));
    }
    record.anchor = own.anchor;
    record.span = own.span;
    record.contract = own.contract.clone();
    record.status = own.status.clone();
    record.signing = own.signing.or(&base.signing).clone();
    record.amends = own.amends.clone();
    record.drop = Field::Absent;
    let deal = base.contract.given().map(|id| id.value.to_string());
    Some(Amended { record, deal, replaced })
}

fn items(field: &Field<Items<RequirementRecord>>) -> Vec<RequirementRecord> {
    field.given().map(|Items(items)| items.iter().flatten().cloned().collect()).unwrap_or_default()
}

fn drop_requirements(
    requirements: &mut Vec<RequirementRecord>,
    amendment: &ContractRecord,
    roadmap: &Roadmap,
    problems: &mut Vec<Problem>,
) {
    for name in amendment.drop.given().into_iter().flatten() {
        let names: Vec<String> = names(requirements, roadmap);
        match names.iter().position(|known| *known == name.value) {
            Some(at) => drop(requirements.remove(at)),
            None => problems.push(
                Problem::at(
                    name.span,
                    format!("there is no requirement `{}` to drop", name.value),
                    "no such requirement",
                )
                .help_nearest(
                    &name.value,
                    names.iter().map(String::as_str),
                    "name a requirement of the contract that this one amends",
                ),
            ),
        }
    }
}

fn replace_requirements(
    requirements: &mut Vec<RequirementRecord>,
    amendment: &ContractRecord,
    roadmap: &Roadmap,
    replaced: &mut Vec<(Span, Span)>,
) {
    for requirement in items(&amendment.requirements) {
        let name = requirement_name(usize::MAX, &requirement, roadmap);
        match names(requirements, roadmap).iter().position(|known| *known == name) {
            Some(at) => {
                replaced.push((requirement.anchor, requirements[at].anchor));
                requirements[at] = requirement;
            }
            None => requirements.push(requirement),
        }
    }
}

fn names(requirements: &[RequirementRecord], roadmap: &Roadmap) -> Vec<String> {
    requirements.iter().enumerate().map(|(at, record)| requirement_name(at, record, roadmap).into()).collect()
}

impl Amended {
    /// Leaves the requirements and terms whose words stand in the contract's own file: those of its other files
    /// are judged there.
    pub fn own_words(&self, contract: &mut Contract) {
        let file = contract.file;
        contract.deal.clone_from(&self.deal);
        contract.requirements.retain(|requirement| requirement.place.file == file);
        contract.terms.retain(|(name, _)| name.span.file == file);
        for requirement in &mut contract.requirements {
            let replaced = self.replaced.iter().find(|(new, _)| *new == requirement.place);
            requirement.replaces = replaced.map(|&(_, old)| old);
        }
    }
}

/// All but the requirements: keys replace keys, and in tables entries replace entries.
fn customer_and_terms(record: &mut ContractRecord, amendment: &ContractRecord) {
    record.customer = amendment.customer.or(&record.customer).clone();
    record.seller = amendment.seller.or(&record.seller).clone();
    record.value = amendment.value.or(&record.value).clone();
    record.documents = amendment.documents.or(&record.documents).clone();
    record.fiscal_year = amendment.fiscal_year.or(&record.fiscal_year).clone();
    record.period = period(&record.period, &amendment.period);
    record.scope = table(&record.scope, &amendment.scope);
    record.milestones = table(&record.milestones, &amendment.milestones);
    record.terms = table(&record.terms, &amendment.terms);
}

fn period(base: &Field<PeriodRecord>, amendment: &Field<PeriodRecord>) -> Field<PeriodRecord> {
    match (base, amendment) {
        (Field::Given(base), Field::Given(amendment)) => Field::Given(PeriodRecord {
            start: amendment.start.or(&base.start).clone(),
            end: amendment.end.or(&base.end).clone(),
            ..amendment.clone()
        }),
        _ => amendment.or(base).clone(),
    }
}

fn table<T: Clone>(base: &Field<Table<T>>, amendment: &Field<Table<T>>) -> Field<Table<T>> {
    let (Field::Given(base), Field::Given(amendment)) = (base, amendment) else {
        return amendment.or(base).clone();
    };
    let stated = |name: &Text| amendment.entries.iter().any(|(known, _)| same(&known.value, &name.value));
    let kept = base.entries.iter().filter(|(name, _)| !stated(name)).cloned();
    Field::Given(Table {
        entries: kept.chain(amendment.entries.iter().cloned()).collect(),
        span: amendment.span,
        cut: base.cut || amendment.cut,
    })
}
