//! A file of promises to contracts, as far as they are in it.

use std::collections::HashMap;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Text};
use crate::input::records::{
    ContractRecord, PromiseRecord, PromisesRecord, PromisingRecord, RequirementRecord, WindowRecord,
};
use crate::model::calendar::Calendar;
use crate::model::contract::{self, Contract, ContractReading};
use crate::model::date::parse_date;
use crate::model::deadline::{Deadline, DueDay, OpenDay};
use crate::model::misread::{choice, meaning};
use crate::model::window::Window;
use crate::source::{Span, Spanned};

use super::{OPEN, VERSION, WHEN_AVAILABLE};

/// Reads what is promised. What is wrong is added to `problems`.
pub(crate) fn contracts(
    record: PromisesRecord,
    reading: ContractReading<'_>,
    problems: &mut Vec<Problem>,
) -> Vec<Contract> {
    if let Some(version) = record.version.given().filter(|version| version.value != VERSION.to_string()) {
        let title = format!("this file of promises has the version {}", version.value);
        problems.push(
            Problem::at(version.span, title, format!("expected {VERSION}"))
                .help("write it again with this version of `dealcheck index`, or update dealcheck"),
        );
        return Vec::new();
    }
    let items = record.contracts.into_given().map_or_else(Vec::new, |Items(items, _)| items);
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut contracts = Vec::new();
    for item in items.into_iter().flatten() {
        if let Some(id) = item.contract.given() {
            match seen.get(id.value.as_str()) {
                Some(first) => problems.push(
                    Problem::at(id.span, format!("`{}` is listed twice", id.value), "the second one")
                        .label(*first, "the first one")
                        .help("write the file again with `dealcheck index`"),
                ),
                None => {
                    seen.insert(id.value.to_string(), id.span);
                }
            }
        }
        contracts.push(contract(item, reading, problems));
    }
    contracts
}

fn contract(record: PromisingRecord, reading: ContractReading<'_>, problems: &mut Vec<Problem>) -> Contract {
    let items = record.promises.into_given().map_or_else(Vec::new, |Items(items, _)| items);
    let items: Vec<PromiseRecord> = items.into_iter().flatten().collect();
    let dues: Vec<Field<Spanned<Window>>> = items.iter().map(|item| window(&item.due, problems)).collect();
    let days: Vec<Option<DueDay>> =
        items.iter().zip(&dues).map(|(item, due)| day(item, due, problems)).collect();
    let ends: Vec<_> =
        items.iter().map(|item| (window(&item.until, problems), window(&item.met, problems))).collect();
    let end = window(&record.end, problems);
    let requirements = items.into_iter().zip(&dues).map(|(item, due)| Some(requirement(item, due)));
    let deal = record.deal.into_given();
    let whole = ContractRecord {
        anchor: record.anchor,
        span: record.span,
        contract: record.contract,
        customer: record.customer,
        status: record.status,
        requirements: Field::Given(Items(requirements.collect(), record.span)),
        ..ContractRecord::default()
    };
    let mut contract = contract::contract(whole, reading, problems);
    // Amendments lie in it as they work out, so there is no `amends` to find the deal by.
    if let Some(deal) = deal {
        contract.deal = Some(deal.value.into());
    }
    contract.end = end;
    // What promises no feature may promise services, which are not listed.
    contract.empty = None;
    // Days were read as days; what they are the first and the last of is a window again.
    for (requirement, day) in contract.requirements.iter_mut().zip(days) {
        if let Some(day) = day {
            requirement.due.day = day;
        }
    }
    for (requirement, (until, met)) in contract.requirements.iter_mut().zip(ends) {
        requirement.unreadable |= until.is_broken() || met.is_broken();
        (requirement.until, requirement.met) = (until, met.into_given());
    }
    contract
}

/// When a promise is due; nothing where that is today, or could not be read.
fn day(record: &PromiseRecord, due: &Field<Spanned<Window>>, problems: &mut Vec<Problem>) -> Option<DueDay> {
    let unscheduled = meaning(&record.unscheduled, problems, |text| {
        choice(text, "unscheduled", &[(OPEN, false), (WHEN_AVAILABLE, true)])
    });
    match (unscheduled.given(), due.given()) {
        (Some(word), _) if word.value => Some(DueDay::WhenAvailable),
        (Some(_), _) => Some(DueDay::Open(OpenDay { roots: [].into(), count: None })),
        (None, Some(due)) => {
            let window = due.value;
            Some(DueDay::On(Deadline { window, written: window, ..Deadline::day(window.latest) }))
        }
        (None, None) => None,
    }
}

fn requirement(record: PromiseRecord, due: &Field<Spanned<Window>>) -> RequirementRecord {
    let day = |due: &Spanned<Window>| Some(Text::new(due.latest.to_string().into(), due.span));
    RequirementRecord {
        anchor: record.anchor,
        span: record.span,
        id: record.promise,
        feature: record.feature,
        due: due.and_then(day),
        scope: record.scope,
        accept: record.accept,
        needs: record.needs,
        ..RequirementRecord::default()
    }
}

/// A first and a last day, at the place of the last.
fn window(record: &Field<WindowRecord>, problems: &mut Vec<Problem>) -> Field<Spanned<Window>> {
    let calendar = Calendar::default();
    record.and_then(|record| {
        let mut day = |field: &Field<Text>| {
            meaning(field, problems, |text| parse_date(text, &calendar)).given().copied()
        };
        let (earliest, latest) = (day(&record.earliest), day(&record.latest));
        let (earliest, latest) = (earliest?, latest?);
        if latest.latest < earliest.earliest {
            problems.push(
                Problem::at(latest.span, "the last day is before the first", "the last day")
                    .label(earliest.span, "the first day"),
            );
            return None;
        }
        let window = Window { earliest: earliest.earliest, latest: latest.latest };
        Some(Spanned::new(window, latest.span))
    })
}
