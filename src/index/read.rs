//! Reads contracts back from a file of promises.

use std::collections::HashMap;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Text};
use crate::input::records::{
    ContractRecord, IndexedContractRecord, IndexedPromiseRecord, PromiseFileRecord, RequirementRecord,
    WindowRecord,
};
use crate::model::calendar::Calendar;
use crate::model::contract::{self, Contract, ContractReading};
use crate::model::date::parse_date;
use crate::model::deadline::{Deadline, DueDay, OpenDay};
use crate::model::misread::{choice, meaning};
use crate::model::window::Window;
use crate::source::{Span, Spanned};

use super::{OPEN, VERSION, WHEN_AVAILABLE};

/// Reads the contracts of a file of promises. What is wrong is added to `problems`.
pub(crate) fn read_contracts(
    record: PromiseFileRecord,
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
        contracts.push(read_contract(item, reading, problems));
    }
    contracts
}

/// The days of a promise, as the file has them.
struct IndexedDays {
    due: Field<DueDay>,
    until: Field<Spanned<Window>>,
    met: Field<Spanned<Window>>,
}

fn read_contract(
    record: IndexedContractRecord,
    reading: ContractReading<'_>,
    problems: &mut Vec<Problem>,
) -> Contract {
    let mut days: Vec<IndexedDays> = Vec::new();
    let mut read_promise = |item: IndexedPromiseRecord| {
        let due = read_window(&item.due, problems);
        days.push(IndexedDays {
            due: due_day(&item, &due, problems),
            until: read_window(&item.until, problems),
            met: read_window(&item.met, problems),
        });
        requirement(item, &due)
    };
    let requirements = match record.promises {
        Field::Given(Items(items, span)) => {
            Field::Given(Items(items.into_iter().map(|item| item.map(&mut read_promise)).collect(), span))
        }
        Field::Absent | Field::Broken => Field::Broken,
    };
    let end = read_window(&record.end, problems);
    let whole = ContractRecord {
        anchor: record.anchor,
        span: record.span,
        contract: record.contract,
        customer: record.customer,
        status: record.status,
        requirements,
        ..ContractRecord::default()
    };
    let mut contract = contract::contract(whole, reading, problems);
    // Amendments are in the file as they work out: there is no `amends` from which the deal would follow.
    if let Some(deal) = record.deal.into_given() {
        contract.deal = Some(deal.value.into());
    }
    contract.end = end;
    // What promises no feature may promise services, which are not listed.
    contract.empty = None;
    for (requirement, IndexedDays { due, until, met }) in contract.requirements.iter_mut().zip(days) {
        requirement.unreadable |= due.is_broken() || until.is_broken() || met.is_broken();
        // A requirement is read with the last day alone; here it gets its window back.
        if let Field::Given(day) = due {
            requirement.due.day = day;
        }
        (requirement.until, requirement.met) = (until, met.into_given());
    }
    contract
}

/// When a promise is due; absent where that is today.
fn due_day(
    record: &IndexedPromiseRecord,
    due: &Field<Spanned<Window>>,
    problems: &mut Vec<Problem>,
) -> Field<DueDay> {
    let unscheduled = meaning(&record.unscheduled, problems, |text| {
        choice(text, "unscheduled", &[(OPEN, false), (WHEN_AVAILABLE, true)])
    });
    match unscheduled {
        Field::Broken => Field::Broken,
        Field::Given(word) if word.value => Field::Given(DueDay::WhenAvailable),
        Field::Given(_) => Field::Given(DueDay::Open(OpenDay { roots: [].into(), count: None })),
        Field::Absent => due.and_then(|due| {
            let window = due.value;
            Some(DueDay::On(Deadline { window, written: window, ..Deadline::day(window.latest) }))
        }),
    }
}

fn requirement(record: IndexedPromiseRecord, due: &Field<Spanned<Window>>) -> RequirementRecord {
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

/// Reads a window. Its place is that of the last day.
fn read_window(record: &Field<WindowRecord>, problems: &mut Vec<Problem>) -> Field<Spanned<Window>> {
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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::input::read;
    use crate::model::roadmap::Roadmap;
    use crate::model::status::Statuses;
    use crate::source::{FileId, Source};

    #[test]
    fn promises_that_cannot_be_read_are_missed() {
        let one = r#"{ "promise": "p", "feature": ["a"], "due": { "earliest": "2027-01-01", "latest": "2027-01-01" } }"#;
        for (promises, read, is_lost) in [
            (format!("[{one}]"), 1, false),
            ("[]".to_owned(), 0, false),
            ("\"x\"".to_owned(), 0, true),
            (format!("[\"x\", {one}]"), 1, true),
        ] {
            let contract = r#""contract": "c", "customer": "d", "status": "signed""#;
            let text =
                format!(r#"{{ "version": 1, "contracts": [{{ {contract}, "promises": {promises} }}] }}"#);
            let source = Source::new(FileId(0), "promises.json", text);
            let mut problems = Vec::new();
            let record = read::record(&source, &mut problems).unwrap();
            let reading = ContractReading {
                roadmap: &Roadmap::default(),
                calendar: &Calendar::default(),
                statuses: &Statuses::default(),
                today: date(2026, 11, 22),
            };
            let contracts = read_contracts(record, reading, &mut problems);
            let [contract] = contracts.as_slice() else { panic!("{contracts:?}") };
            assert_eq!(
                (contract.requirements.len(), contract.has_lost_features),
                (read, is_lost),
                "{promises}"
            );
            assert_eq!(problems.len(), usize::from(is_lost), "{problems:?}");
        }
    }
}
