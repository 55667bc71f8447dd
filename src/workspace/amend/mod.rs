//! Which contracts amend which. Amendments are few: they are looked for by a glance at the texts.

mod basis;
mod chain;
mod fees;
mod master;
mod order;
mod plans;
mod search;
mod stack;
mod worsening;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::diagnostic::Problem;
use crate::input::decode::Field;
use crate::input::discover::{self, Candidate};
use crate::input::records::ContractRecord;
use crate::model::assemble::Vocabulary;
use crate::model::calendar::Calendar;
use crate::model::contract::{Contract, ContractStatus, DealShare};
use crate::model::date::parse_date;
use crate::model::roadmap::Roadmap;
use crate::model::window::Window;
use crate::source::{FileId, Source, Span};
use crate::text::{clean, fold};

use super::group::Group;

pub(super) use basis::Basis;
use master::{Dependent, Masters};
use plans::plans;
use search::Search;
pub(super) use search::mentions;
pub(super) use stack::stated_terms;

/// A contract file that amends, or is amended.
#[derive(Debug)]
pub(super) struct Layer {
    /// Its text.
    pub(super) source: Arc<Source>,
    /// What it states, as far as it could be read.
    pub(super) record: Arc<ContractRecord>,
    /// What could not be read of it.
    pub(super) problems: Vec<Problem>,
    /// Whether an error in the file's syntax may have cost a part of it.
    is_cut: bool,
    /// How far the deal is, once that was asked.
    status: OnceLock<Option<ContractStatus>>,
}

impl Layer {
    fn new(source: Source, record: ContractRecord, problems: Vec<Problem>, is_cut: bool) -> Self {
        Self { source: Arc::new(source), record: Arc::new(record), problems, is_cut, status: OnceLock::new() }
    }

    fn file(&self) -> FileId {
        self.source.id()
    }

    fn id(&self) -> Option<&str> {
        self.record.contract.given().map(|id| id.value.as_str())
    }

    /// Whether it may make orders worse under what it amends: by scope, terms or another agreement.
    fn changes_orders(&self) -> bool {
        let record = &self.record;
        let says = !record.scope.is_absent() || !record.under.is_absent() || !record.strays.is_empty();
        // By terms, too: they may hang on the fees of what is under it.
        let says = says || !record.terms.is_absent();
        says && record.amends.given().is_some()
    }

    /// How far the deal is, unless that could not be read.
    fn status(&self, vocabulary: &Vocabulary) -> Option<ContractStatus> {
        *self.status.get_or_init(|| match &self.record.status {
            Field::Absent => Some(ContractStatus::Draft),
            Field::Broken => None,
            Field::Given(text) => ContractStatus::parse(&text.value, &vocabulary.contract_statuses).ok(),
        })
    }

    /// How far the deal is today: what is marked as signed on a day to come is a draft until then.
    fn standing(&self, vocabulary: &Vocabulary, today: Date) -> Option<ContractStatus> {
        let is_to_come = || self.signing(&vocabulary.calendar).is_some_and(|day| day.earliest > today);
        match self.status(vocabulary) {
            Some(ContractStatus::Signed) if is_to_come() => Some(ContractStatus::Draft),
            status => status,
        }
    }

    fn signing(&self, calendar: &Calendar) -> Option<Window> {
        self.record.signing.given().and_then(|text| parse_date(&text.value, calendar).ok())
    }
}

/// Whether an amendment holds, or held until the end. Of a deal that is over, whatever was signed is over, too, and
/// still agreed.
fn is_in_force(status: Option<ContractStatus>, base: Option<ContractStatus>) -> bool {
    status == Some(ContractStatus::Signed)
        || (status == Some(ContractStatus::Ended) && base == Some(ContractStatus::Ended))
}

/// What a file is judged by.
#[derive(Debug, Clone)]
pub(super) enum AmendmentPlan {
    /// These files; it is one of them.
    Basis(Arc<Basis>),
    /// Nothing, since it is not known what holds: only what is wrong with it is told, as one of these files if any
    /// are known. The problems are the reason, unless that is reported elsewhere.
    Unknown(Arc<Basis>, Vec<Problem>),
}

impl AmendmentPlan {
    pub(super) fn basis(&self) -> &Arc<Basis> {
        match self {
            Self::Basis(basis) | Self::Unknown(basis, _) => basis,
        }
    }
}

/// A contract under an agreement.
pub(super) struct Order<'a> {
    file: FileId,
    /// What it is judged by.
    pub(super) basis: &'a Basis,
    /// Which of the masters the agreement is.
    place: usize,
}

/// The amendments among the contracts of a group.
#[derive(Debug, Default)]
pub struct Amendments {
    plans: HashMap<FileId, AmendmentPlan>,
    /// Files that others are under.
    masters: Masters,
    /// Files that are amended and are none of the run's: nobody else reports what is wrong with them.
    pub(super) outside: Vec<Arc<Layer>>,
    outside_files: HashSet<FileId>,
    /// Files that are none of the run's and have the id of one that is amended: for what is told of them.
    seconds: Vec<Arc<Layer>>,
    /// The terms of agreements that are none of the run's, and that contracts of the run are under.
    agreements: Vec<OutsideAgreement>,
    /// What could not be read of what is amended, or of what was looked through in vain.
    pub problems: Vec<Problem>,
}

/// A file of a master agreement that is none of the run's: nobody else judges what it says of terms.
#[derive(Debug)]
pub struct OutsideAgreement {
    /// What it says of terms, and nothing of what it promises by itself.
    pub contract: Contract,
    /// Where contracts of the run say that they are under it.
    pub rests: Vec<Span>,
}

impl Amendments {
    /// Looks for amendments among some of the contracts of the run, and for what they amend: among all of them, then
    /// among the configured ones, then in the amendment's folder.
    pub(super) fn find(
        group: &discover::FileSet,
        may_amend: &[&Candidate],
        vocabulary: &Vocabulary,
        roadmap: &Roadmap,
        today: Date,
    ) -> Self {
        let dependents = search::dependents(&*group.files, may_amend);
        if dependents.is_empty() {
            return Self::default();
        }
        let search = Search::new(group, &dependents);
        let dependents: Vec<Arc<Layer>> = dependents.iter().chain(&search.outside).map(Arc::clone).collect();
        let is_amendment = |layer: &&Arc<Layer>| !layer.record.amends.is_absent();
        let amendments: Vec<Arc<Layer>> = dependents.iter().filter(is_amendment).map(Arc::clone).collect();
        let mut plans = plans(&amendments, &search, vocabulary, roadmap, today);
        let masters = master::lay_under(&mut plans, &dependents, &search, vocabulary);
        let twins = search.twins.iter().filter_map(|(first, second)| {
            let (id, place) = (second.record.contract.given()?, first.record.contract.given()?.span);
            let line = first.source.line(place.start as usize);
            let first = format!("{}:{line}", clean(first.source.name()));
            Some((two_contracts(&id.value, id.span, &first), Arc::clone(second)))
        });
        let (twins, seconds): (Vec<Problem>, Vec<Arc<Layer>>) = twins.unzip();
        let problems = search.unread.into_iter().chain(twins).collect();
        let outside_files = search.outside.iter().map(|layer| layer.file()).collect();
        let (outside, agreements) = (search.outside, Vec::new());
        Self { plans, masters, outside, outside_files, seconds, agreements, problems }
    }

    /// Whether a file amends or is amended, so that it says something else than by itself.
    pub fn concern(&self, file: FileId) -> bool {
        self.plans.contains_key(&file)
    }

    /// What counts of a deal's value with an amendment; nothing of a contract that amends none.
    pub(super) fn deal_share(
        &self,
        basis: &Basis,
        own: &ContractRecord,
        contract: &Contract,
        group: &Group,
    ) -> Option<DealShare> {
        own.amends.given()?;
        let in_force = basis.stack.value(group, |file| self.is_outside(file));
        Some(DealShare {
            value: in_force.value.or(contract.value.map(|value| value.value)),
            is_counted_elsewhere: in_force.counting.is_some_and(|file| file != own.span.file),
        })
    }

    /// Whether other contracts are under a file's.
    pub(super) fn is_master(&self, file: FileId) -> bool {
        self.masters.contains(file)
    }

    /// Whether a contract that is still to be kept is under a file's: what hangs on fees is judged there.
    pub(super) fn bears(&self, file: FileId) -> bool {
        self.masters.of(file).iter().any(|dependent| !self.is_outside(dependent.file))
    }

    /// The orders under an agreement that an amendment of it may make worse; none unless it changes scope, terms or the agreement
    /// above.
    pub(super) fn orders(&self, basis: &Basis, amendment: FileId) -> impl Iterator<Item = Order<'_>> {
        let own = basis.stack.layer(amendment);
        let base = basis.stack.base().filter(|_| own.is_some_and(|own| own.changes_orders()));
        let dependents = base.into_iter().flat_map(|base| self.masters.of(base.file()));
        dependents.map(|Dependent { file, basis, place, .. }| Order { file: *file, basis, place: *place })
    }

    /// Those of them that are told with the amendment: all with a draft, and what nobody else tells of.
    pub(super) fn told_orders(
        &self,
        basis: &Basis,
        amendment: FileId,
        is_draft: bool,
    ) -> impl Iterator<Item = Order<'_>> {
        let may_be_told = is_draft || !self.outside_files.is_empty();
        let orders = may_be_told.then(|| self.orders(basis, amendment)).into_iter().flatten();
        orders.filter(move |order| is_draft || self.is_outside(order.file))
    }

    /// What an agreement that is none of the run's says of terms, if contracts of the run are under it.
    pub(super) fn add_agreement(&mut self, contract: Contract) {
        let dependents = self.masters.of(contract.file).iter();
        let dependents: Vec<&Dependent> =
            dependents.filter(|it| !it.judges && !self.is_outside(it.under.file)).collect();
        let mut rests: Vec<Span> = dependents.iter().map(|dependent| dependent.under).collect();
        rests.dedup();
        if !rests.is_empty() {
            let mut contract = Contract { requirements: Vec::new(), empty: None, ..contract };
            contract.terms.retain(|term| {
                let name = fold(&term.name.value);
                dependents.iter().any(|dependent| !dependent.overrides(&name))
            });
            self.agreements.push(OutsideAgreement { contract, rests });
        }
    }

    /// The terms of agreements that are none of the run's, and that contracts of the run are under.
    pub fn agreements(&self) -> &[OutsideAgreement] {
        &self.agreements
    }

    /// The texts of what is amended and is none of the run's.
    pub fn sources(&self) -> impl Iterator<Item = Arc<Source>> {
        self.outside.iter().chain(&self.seconds).map(|layer| Arc::clone(&layer.source))
    }

    /// Whether a file is none of the run's, so that what is found of it is told nowhere.
    fn is_outside(&self, file: FileId) -> bool {
        self.outside_files.contains(&file)
    }

    /// What a file is judged by, if it amends or is amended.
    pub(super) fn of(&self, file: FileId) -> Option<&AmendmentPlan> {
        self.plans.get(&file)
    }
}

/// The problem of a contract whose id another one has, which stands at a line of a file.
pub(crate) fn two_contracts(id: &str, second: Span, first: &str) -> Problem {
    Problem::at(second, format!("two contracts are called `{id}`"), "the second one")
        .note(format!("the first one is at {first}"))
        .help("give one of them another id")
}

#[cfg(test)]
mod tests;
