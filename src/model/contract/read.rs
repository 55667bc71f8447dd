//! A contract of its record: what its keys mean together, alone or laid over others.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Items, Record, Text, missing_key};
use crate::input::records::{ContractRecord, FiscalYearRecord, RequirementRecord};
use crate::source::{FileId, Span, Spanned};

use super::super::annotations::Annotations;
use super::super::calendar::{Calendar, FiscalYear, NamedBy, parse_month};
use super::super::deadline::{EventDate, Events};
use super::super::fees::Fees;
use super::super::misread::{meaning, setting};
use super::super::money::Money;
use super::super::remedy::remedy_cap;
use super::super::roadmap::Roadmap;
use super::super::scope::Scope;
use super::super::term::AgreedTerm;
use super::super::window::Window;
use super::events::{ContractDays, days, first_day};
use super::names::{RequirementName, unique};
use super::requirement::RequirementReader;
use super::scope::{scope_in, whole_scope};
use super::terms::terms;
use super::{Contract, ContractReading, ContractStatus, Requirement};

/// Reads what a contract means. What is wrong is added to `problems`.
pub(crate) fn contract(
    mut record: ContractRecord,
    reading: ContractReading<'_>,
    problems: &mut Vec<Problem>,
) -> Contract {
    expect_keys(&record, problems);
    let promised = PromisedItems::of(std::mem::take(&mut record.requirements));
    let common = CommonPart::read(&record, reading, problems);
    let days = days(&record, &record.signing, common.calendar(reading), problems);
    let begins = begins(&record, &record.under);
    let wanted = 0..record.terms.given().map_or(0, |table| table.entries.len());
    let terms = terms(&record.terms, wanted, &common.fees, begins, reading.roadmap, problems);
    let contract = assemble(record, promised, (common, days, terms), reading, problems);
    // Here, where a contract is read alone; files of a deal are asked one by one, by `check_file`.
    unique(contract.requirements.iter().map(RequirementName::of), problems);
    contract
}

/// What a contract's own file must be like, whatever other files change of it.
pub(crate) fn check_file(record: &ContractRecord, roadmap: &Roadmap, problems: &mut Vec<Problem>) {
    expect_keys(record, problems);
    let items = record.requirements.given().into_iter().flat_map(|Items(items, _)| items.iter().enumerate());
    let named = items.filter_map(|(at, item)| Some(RequirementName::in_record(at, item.as_ref()?, roadmap)));
    unique(named, problems);
}

/// The promises of a file, with their places in the contract.
#[derive(Debug, Default)]
pub(crate) struct PromisedItems {
    pub(crate) items: Vec<(usize, RequirementRecord)>,
    /// Where the contract says that it promises nothing.
    pub(crate) empty: Option<Span>,
    /// Whether some could not be read, or which features they need.
    pub(crate) has_lost_features: bool,
}

impl PromisedItems {
    fn of(requirements: Field<Items<RequirementRecord>>) -> Self {
        let has_lost_features = has_lost_features(&requirements);
        let Field::Given(Items(items, span)) = requirements else {
            return Self { has_lost_features, ..Self::default() };
        };
        let empty = items.is_empty().then_some(span);
        let items = items.into_iter().enumerate().filter_map(|(at, item)| Some((at, item?))).collect();
        Self { items, empty, has_lost_features }
    }
}

/// What all promises of a contract rest on, besides its days.
#[derive(Clone, Debug)]
struct CommonPart {
    calendar: Option<Calendar>,
    fiscal_place: Option<Span>,
    value: Field<Spanned<Money>>,
    scope: Field<Spanned<Scope>>,
    fees: Fees,
    remedy_cap: Option<Money>,
}

impl CommonPart {
    fn read(record: &ContractRecord, reading: ContractReading<'_>, problems: &mut Vec<Problem>) -> Self {
        let calendar = own_calendar(&record.fiscal_year, reading.calendar, problems);
        let value = meaning(&record.value, problems, Money::parse);
        let scope = record.scope.and_then(|table| scope_in(table, reading.roadmap, problems));
        let scope = whole_scope(scope, &record.strays, reading.roadmap);
        let fees = Fees::read(&record.fees, &value.and_then(|value| Some(value.value)), problems);
        let remedy_cap = remedy_cap(&record.remedy_cap, &fees, problems);
        let fiscal_place = record.fiscal_year.given().map(|year| year.anchor);
        Self { calendar, fiscal_place, value, scope, fees, remedy_cap }
    }

    fn calendar<'a>(&'a self, reading: ContractReading<'a>) -> &'a Calendar {
        self.calendar.as_ref().unwrap_or(reading.calendar)
    }
}

/// Where a contract begins of which silence about terms is its own.
fn begins(record: &ContractRecord, under: &Field<Text>) -> Option<Span> {
    let begins = record.contract.given().map_or(record.anchor, |id| id.span);
    (record.amends.is_absent() && under.is_absent()).then_some(begins)
}

/// Files of a deal that are laid over one another, and read once: what is common to all of them.
#[derive(Debug)]
pub(crate) struct DealReading {
    record: ContractRecord,
    common: CommonPart,
    days: ContractDays,
    /// Whether they are others with another day of signature.
    rests_on_signing: bool,
    /// The places of the terms that each file states.
    terms: HashMap<FileId, Vec<usize>>,
    /// What is wrong, by the files that it stands in.
    problems: HashMap<Option<FileId>, Vec<Problem>>,
}

impl DealReading {
    /// Reads all but what each file has for itself. `is_one` knows the files that are laid over one another.
    pub(crate) fn read(
        record: ContractRecord,
        is_one: impl Fn(FileId) -> bool,
        reading: ContractReading<'_>,
    ) -> Self {
        let mut found = Vec::new();
        let common = CommonPart::read(&record, reading, &mut found);
        let mut wrong = Vec::new();
        let days = days(&record, &Field::Absent, common.calendar(reading), &mut wrong);
        // What is wrong with a day is told with those that there are, of which the signing is one.
        let rests_on_signing = days.hangs_on_signing || !wrong.is_empty();
        let mut problems: HashMap<Option<FileId>, Vec<Problem>> = HashMap::new();
        for problem in found {
            let file = problem.diagnostic.primary().map(|label| label.span.file);
            problems.entry(file.filter(|file| is_one(*file))).or_default().push(problem);
        }
        let mut terms: HashMap<FileId, Vec<usize>> = HashMap::new();
        let stated = record.terms.given().into_iter().flat_map(|table| &table.entries);
        for (at, (name, _)) in stated.enumerate() {
            terms.entry(name.span.file).or_default().push(at);
        }
        Self { record, common, days, rests_on_signing, terms, problems }
    }

    /// A contract as one of the files sees it, with the terms of that and of some others. Of what is wrong with all of them
    /// only what stands in no other file is added.
    pub(crate) fn contract(
        &self,
        own: ContractRecord,
        promised: PromisedItems,
        others: &[FileId],
        reading: ContractReading<'_>,
        problems: &mut Vec<Problem>,
    ) -> Contract {
        let Self { record, common, days, rests_on_signing, .. } = self;
        let file = own.span.file;
        let wrong = [Some(file), None].into_iter().filter_map(|file| self.problems.get(&file));
        problems.extend(wrong.flatten().cloned());
        let calendar = common.calendar(reading);
        let days = match rests_on_signing {
            true => super::events::days(record, &own.signing, calendar, problems),
            false => days.signed(&own.signing, calendar, problems),
        };
        let begins = begins(&own, &record.under);
        let wanted: BTreeSet<usize> = match begins {
            // What is silent is known of all of them.
            Some(_) => (0..record.terms.given().map_or(0, |table| table.entries.len())).collect(),
            None => {
                let files = others.iter().chain([&file]);
                files.filter_map(|file| self.terms.get(file)).flatten().copied().collect()
            }
        };
        let terms = terms(&record.terms, wanted, &common.fees, begins, reading.roadmap, problems);
        let own = ContractRecord {
            customer: record.customer.clone(),
            seller: record.seller.clone(),
            under: record.under.clone(),
            lost_because: record.lost_because.clone(),
            ..own
        };
        assemble(own, promised, (common.clone(), days, terms), reading, problems)
    }
}

/// A contract of what was read of it: of its record all that is left.
fn assemble(
    record: ContractRecord,
    promised: PromisedItems,
    (common, days, terms): (CommonPart, ContractDays, Vec<AgreedTerm>),
    reading: ContractReading<'_>,
    problems: &mut Vec<Problem>,
) -> Contract {
    let CommonPart { calendar: own_calendar, fiscal_place, value, scope, fees, remedy_cap } = common;
    let calendar = own_calendar.as_ref().unwrap_or(reading.calendar);
    let status = meaning(&record.status, problems, |text| ContractStatus::parse(text, reading.statuses));
    let first_day = first_day(&days, calendar, reading.today);
    let ContractDays { signing, start, end, events, open, .. } = days;
    let mut reader = RequirementReader {
        reading: ContractReading { calendar, ..reading },
        events: &events,
        first_day,
        scope,
        fees: &fees,
        // A draft, a signed deal and one that is over are judged by different rows: which, is not known.
        unreadable: status.is_broken(),
        is_draft: match &status {
            Field::Absent => true,
            Field::Broken => false,
            Field::Given(status) => status.value == ContractStatus::Draft,
        },
        promised_on: promised_on(&record, &signing, &start, &events),
        problems,
    };
    let requirements = promised.items.into_iter().map(|(at, item)| reader.requirement(at, item)).collect();
    let lost_because = lost_because(record.lost_because, &status, &mut reader);
    let signing = signing
        .given()
        .and_then(|signing| Some(Spanned::new(calendar.reading(signing.value)?, signing.span)));
    let own_calendar = own_calendar.zip(fiscal_place);
    Contract {
        calendar: own_calendar.map(|(calendar, place)| Box::new(Spanned::new(calendar, place))),
        file: record.span.file,
        deal: record.contract.given().map(|id| id.value.to_string()),
        id: record.contract.into_given(),
        amends: record.amends.into_given(),
        under: record.under.into_given(),
        is_master: false,
        customer: record.customer.into_given(),
        seller: record.seller.into_given(),
        status: status.given().map_or(ContractStatus::Draft, |status| status.value),
        signing,
        start: start.given().copied(),
        end,
        events,
        open,
        value: value.given().copied(),
        share: None,
        fees,
        remedy_cap,
        terms,
        worsened_terms: Vec::new(),
        tightened: Vec::new(),
        revalued: Vec::new(),
        documents: record.documents.into_given().unwrap_or_default(),
        declared_elsewhere: Arc::default(),
        has_lost_features: promised.has_lost_features,
        requirements,
        empty: promised.empty,
        lost_because,
        annotations: Annotations::of(&record.refs, &record.owner, &record.note),
    }
}

/// The first day on which something may have been accepted that a file promises: its signing, or the contract's first day
/// where that comes before it.
fn promised_on(
    record: &ContractRecord,
    signing: &Field<Spanned<Window>>,
    start: &Field<Spanned<Window>>,
    events: &Events,
) -> Option<Spanned<Window>> {
    let signing = *signing.given()?;
    // What an amendment states is stated on the day of its signing, however long the contract has lasted.
    if !record.amends.is_absent() {
        return Some(signing);
    }
    let start = match start {
        Field::Given(start) => Some(start.value),
        Field::Absent => None,
        Field::Broken => return None,
    };
    let effective = match events.find("effective") {
        Some((_, EventDate::Known(day))) => Some(day),
        Some((_, EventDate::Missing)) | None => None,
        Some(_) => return None,
    };
    let is_later = [start, effective].into_iter().flatten().all(|day| signing.value.earliest <= day.earliest);
    let first = [start, effective].into_iter().flatten().map(|day| day.earliest).min();
    let first = first.filter(|_| !is_later).map_or(signing.value, Window::day);
    Some(Spanned::new(first, signing.span))
}

/// Whether requirements could not be read, or which features they need.
pub(crate) fn has_lost_features(requirements: &Field<Items<RequirementRecord>>) -> bool {
    let items = requirements.given().map_or(&[][..], |Items(items, _)| items);
    let is_lost =
        |item: &Option<RequirementRecord>| item.as_ref().is_none_or(|item| item.feature.is_broken());
    requirements.is_broken() || items.iter().any(is_lost)
}

/// What a lost deal was lost for: each feature is asked for as a requirement with nothing else would ask for it.
fn lost_because(
    features: Field<Vec<Text>>,
    status: &Field<Spanned<ContractStatus>>,
    reader: &mut RequirementReader<'_>,
) -> Vec<Requirement> {
    let features = features.into_given().unwrap_or_default();
    let status = match status {
        Field::Absent => ContractStatus::Draft,
        // Nobody knows what the deal is judged by: the promises, which are counted, and not judged either.
        Field::Broken => return Vec::new(),
        Field::Given(status) => status.value,
    };
    if let Some(first) = features.first().filter(|_| status != ContractStatus::Lost) {
        let title = format!("`lost-because` says why a deal was lost, and this one is {status}");
        reader.problems.push(
            Problem::at(first.span, title, "a reason to lose it")
                .help("write `status: lost`, or leave `lost-because` out"),
        );
        return Vec::new();
    }
    let asked = |(at, feature): (usize, Text)| {
        reader
            .requirement(at, RequirementRecord { feature: Field::Given(vec![feature]), ..Default::default() })
    };
    features.into_iter().enumerate().map(asked).collect()
}

/// The keys that a contract needs besides those that an amendment needs.
pub(crate) const EXPECTED_KEYS: [&str; 2] = ["customer", "requirements"];

/// An amendment states only what it changes; every other contract must say what is promised to whom.
fn expect_keys(record: &ContractRecord, problems: &mut Vec<Problem>) {
    if !record.amends.is_absent() {
        return;
    }
    if let Some(first) = record.drop.given().and_then(|names| names.first()) {
        let title = "`drop` takes requirements out of another contract, and this one amends none";
        problems.push(
            Problem::at(first.span, title, "taken out of which contract?")
                .help("add `amends: ID` with the id of that contract, or leave `drop` out"),
        );
    }
    for key in ContractRecord::KEYS.iter().filter(|key| EXPECTED_KEYS.contains(&key.name)) {
        if record.lacks(key.name) {
            problems.push(missing_key(key, ContractRecord::NOUN, record.anchor));
        }
    }
}

/// The calendar with the customer's own fiscal year, where the contract states one.
fn own_calendar(
    fiscal_year: &Field<FiscalYearRecord>,
    calendar: &Calendar,
    problems: &mut Vec<Problem>,
) -> Option<Calendar> {
    if fiscal_year.is_absent() {
        return None;
    }
    let fiscal_year = fiscal_year.and_then(|record| self::fiscal_year(record, problems));
    Some(Calendar { fiscal_year, ..calendar.clone() })
}

/// Reads when a fiscal year begins and what it is named by.
pub(crate) fn fiscal_year(record: &FiscalYearRecord, problems: &mut Vec<Problem>) -> Option<FiscalYear> {
    let start = meaning(&record.start, problems, parse_month);
    let named_by = setting(&record.named_by, "named-by", NamedBy::CHOICES, problems);
    FiscalYear::new(start.given()?.value, *named_by.given()?)
}
