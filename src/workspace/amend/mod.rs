//! Which contracts amend which. Amendments are few: they are looked for by a glance at the texts.

mod fees;
mod master;
mod order;
mod search;
mod worsening;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Text};
use crate::input::discover::{self, Candidate};
use crate::input::records::ContractRecord;
use crate::model::assemble::Vocabulary;
use crate::model::calendar::Calendar;
use crate::model::contract::{Contract, ContractStatus, DealShare};
use crate::model::date::parse_date;
use crate::model::money::Money;
use crate::model::roadmap::Roadmap;
use crate::model::window::Window;
use crate::source::{FileId, Source, Span};
use crate::text::{clean, fold};

pub(super) use fees::{agreed_terms, stated_terms};
use master::{Dependent, Masters};
use order::{SignedAmendment, SignedOrder};
use search::Search;
pub(super) use search::mentions;

/// A contract file that amends, or is amended.
#[derive(Debug)]
pub(super) struct Layer {
    /// Its text.
    pub(super) source: Arc<Source>,
    /// What it states, as far as it could be read.
    pub(super) record: ContractRecord,
    /// What could not be read of it.
    pub(super) problems: Vec<Problem>,
    /// Whether an error in the file's syntax may have cost a part of it.
    is_cut: bool,
    /// How far the deal is, once that was asked.
    status: OnceLock<Option<ContractStatus>>,
}

impl Layer {
    fn new(source: Source, record: ContractRecord, problems: Vec<Problem>, is_cut: bool) -> Self {
        Self { source: Arc::new(source), record, problems, is_cut, status: OnceLock::new() }
    }

    fn file(&self) -> FileId {
        self.source.id()
    }

    fn id(&self) -> Option<&str> {
        self.record.contract.given().map(|id| id.value.as_str())
    }

    /// Whether it amends something in such a way that what is under that may be worse off: by what is promised for which
    /// scope.
    fn changes_orders(&self) -> bool {
        let record = &self.record;
        let says = !record.scope.is_absent() || !record.under.is_absent() || !record.strays.is_empty();
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

    fn signing(&self, calendar: &Calendar) -> Option<Window> {
        self.record.signing.given().and_then(|text| parse_date(&text.value, calendar).ok())
    }
}

/// Whether an amendment holds, or held until the end: of a deal that is over, all that was signed is over as well, and what
/// was agreed before still is.
fn is_in_force(status: Option<ContractStatus>, base: Option<ContractStatus>) -> bool {
    status == Some(ContractStatus::Signed)
        || (status == Some(ContractStatus::Ended) && base == Some(ContractStatus::Ended))
}

/// Files laid over one another: the base, then amendments in the order in which they hold.
type Layers = Vec<Arc<Layer>>;

/// What a file is judged by.
#[derive(Debug, Clone)]
pub(super) enum AmendmentPlan {
    /// These files; it is one of them. Then the master agreements that they are under, the nearest first.
    Layers(Layers, Vec<Master>),
    /// Nothing, since it is not known what holds: only what is wrong with it is told, as one of these files if any
    /// are known. The problems are the reason, unless that is reported elsewhere.
    Unknown(Layers, Vec<Problem>),
}

/// A master agreement with what amends it.
#[derive(Debug, Clone)]
pub(super) struct Master {
    /// Its files.
    pub(super) layers: Layers,
    /// Whether it is over: then nobody judges what it says, save in what is under it.
    pub(super) is_over: bool,
}

/// A contract under an agreement.
pub(super) struct Order<'a> {
    file: FileId,
    /// What it is judged by.
    pub(super) layers: &'a [Arc<Layer>],
    masters: &'a [Master],
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
    pub(super) outside: Layers,
    outside_files: HashSet<FileId>,
    /// Files that are none of the run's and have the id of one that is amended: for what is told of them.
    seconds: Layers,
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
    ) -> Self {
        let dependents = search::dependents(&*group.files, may_amend);
        if dependents.is_empty() {
            return Self::default();
        }
        let search = Search::new(group, &dependents);
        let dependents: Layers = dependents.iter().chain(&search.outside).map(Arc::clone).collect();
        let is_amendment = |layer: &&Arc<Layer>| !layer.record.amends.is_absent();
        let amendments: Layers = dependents.iter().filter(is_amendment).map(Arc::clone).collect();
        let mut plans = plans(&amendments, &search, vocabulary, roadmap);
        let masters = master::lay_under(&mut plans, &dependents, &search, vocabulary);
        let twins = search.twins.iter().filter_map(|(first, second)| {
            let (id, place) = (second.record.contract.given()?, first.record.contract.given()?.span);
            let line = first.source.line(place.start as usize);
            let problem =
                Problem::at(id.span, format!("two contracts are called `{}`", id.value), "the second one")
                    .note(format!("the first one is at {}:{line}", clean(first.source.name())))
                    .help("give one of them another id");
            Some((problem, Arc::clone(second)))
        });
        let (twins, seconds): (Vec<Problem>, Layers) = twins.unzip();
        let problems = search.unread.into_iter().chain(twins).collect();
        let outside_files = search.outside.iter().map(|layer| layer.file()).collect();
        let (outside, agreements) = (search.outside, Vec::new());
        Self { plans, masters, outside, outside_files, seconds, agreements, problems }
    }

    /// Whether a file amends or is amended, so that it says something else than by itself.
    pub fn concern(&self, file: FileId) -> bool {
        self.plans.contains_key(&file)
    }

    /// What counts of a deal's value with an amendment; nothing of a contract that amends none. In force is what the contract
    /// at the bottom and what is signed say; it is counted with the first of these files that the run judges.
    pub(super) fn deal_share(
        &self,
        layers: &[Arc<Layer>],
        own: &ContractRecord,
        contract: &Contract,
        vocabulary: &Vocabulary,
    ) -> Option<DealShare> {
        own.amends.given()?;
        let base = layers.first().and_then(|base| base.status(vocabulary));
        let in_force: Vec<&Arc<Layer>> = layers
            .iter()
            .enumerate()
            .filter(|(at, layer)| *at == 0 || is_in_force(layer.status(vocabulary), base))
            .map(|(_, layer)| layer)
            .collect();
        let stated = |layer: &&Arc<Layer>| Money::parse(&layer.record.value.given()?.value).ok();
        let value = in_force.iter().rev().find_map(stated);
        let is_judged = |layer: &&&Arc<Layer>| {
            !self.is_outside(layer.file()) && layer.status(vocabulary).is_some_and(ContractStatus::is_linted)
        };
        let counting = in_force.iter().find(is_judged).filter(|_| value.is_some());
        Some(DealShare {
            value: value.or(contract.value.map(|value| value.value)),
            is_counted_elsewhere: counting.is_some_and(|layer| layer.file() != own.span.file),
        })
    }

    /// Whether other contracts are under a file's.
    pub(super) fn is_master(&self, file: FileId) -> bool {
        self.masters.contains_key(&file)
    }

    /// Whether a contract that is still to be kept is under a file's: what hangs on fees is judged there.
    pub(super) fn bears(&self, file: FileId) -> bool {
        let is_judged = |dependent: &Dependent| !self.is_outside(dependent.file);
        self.masters.get(&file).is_some_and(|dependents| dependents.iter().any(is_judged))
    }

    /// What an amendment of an agreement may make worse without a word of its own: the files of the contracts under it, each
    /// with what it is judged by and its place among the agreements. An amendment that changes no scope changes none.
    pub(super) fn orders(&self, layers: &[Arc<Layer>], amendment: FileId) -> Vec<Order<'_>> {
        let own = layers.iter().find(|layer| layer.file() == amendment);
        let is_felt = own.is_some_and(|own| own.changes_orders());
        let Some(base) = layers.first().filter(|_| is_felt) else { return Vec::new() };
        let dependents = self.masters.get(&base.file()).into_iter().flatten();
        let order = |dependent: &Dependent| match self.plans.get(&dependent.file)? {
            AmendmentPlan::Layers(layers, masters) => {
                let place = masters.iter().position(|master| master.layers[0].file() == base.file())?;
                Some(Order { file: dependent.file, layers, masters, place })
            }
            AmendmentPlan::Unknown(..) => None,
        };
        dependents.filter_map(order).collect()
    }

    /// What an agreement that is none of the run's says of terms, if contracts of the run are under it.
    pub(super) fn add_agreement(&mut self, contract: Contract) {
        let dependents = self.masters.get(&contract.file).into_iter().flatten();
        let dependents: Vec<&Dependent> =
            dependents.filter(|it| !it.judges && !self.is_outside(it.under.file)).collect();
        let mut rests: Vec<Span> = dependents.iter().map(|dependent| dependent.under).collect();
        rests.dedup();
        if !rests.is_empty() {
            let mut contract = Contract { requirements: Vec::new(), empty: None, ..contract };
            contract.terms.retain(|term| {
                let name = fold(&term.name.value);
                dependents.iter().any(|dependent| !dependent.overrides.contains(&*name))
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

/// A contract with what amends it.
struct AmendedDeal {
    base: Arc<Layer>,
    signed: Vec<SignedAmendment>,
    /// Those that nobody has signed, each with what it amends that nobody has signed either.
    drafts: Vec<(Arc<Layer>, Layers)>,
    /// Whether nobody can tell which amendments hold.
    is_unclear: bool,
}

fn plans(
    amendments: &[Arc<Layer>],
    search: &Search<'_>,
    vocabulary: &Vocabulary,
    roadmap: &Roadmap,
) -> HashMap<FileId, AmendmentPlan> {
    let mut plans = HashMap::new();
    let mut deals: BTreeMap<FileId, AmendedDeal> = BTreeMap::new();
    for amendment in amendments {
        let mut below = match below(amendment, search) {
            Ok(below) => below,
            Err(problem) => {
                plans.insert(amendment.file(), AmendmentPlan::Unknown(Vec::new(), Vec::from_iter(problem)));
                continue;
            }
        };
        let Some(base) = below.pop() else { continue };
        let deal = deals.entry(base.file()).or_insert_with(|| AmendedDeal {
            base,
            signed: Vec::new(),
            drafts: Vec::new(),
            is_unclear: false,
        });
        let status = amendment.status(vocabulary);
        deal.is_unclear |= status.is_none();
        if is_in_force(status, deal.base.status(vocabulary)) {
            let below = below.iter().map(|layer| layer.file()).collect();
            deal.signed.push(SignedAmendment { layer: Arc::clone(amendment), below });
        } else {
            // The signed ones hold for the deal as a whole, and are laid under every draft.
            below.retain(|layer| !is_in_force(layer.status(vocabulary), deal.base.status(vocabulary)));
            below.reverse();
            deal.drafts.push((Arc::clone(amendment), below));
        }
    }
    for deal in deals.into_values() {
        plans.extend(deal.plans(&vocabulary.calendar, roadmap));
    }
    plans
}

impl AmendedDeal {
    fn plans(self, calendar: &Calendar, roadmap: &Roadmap) -> Vec<(FileId, AmendmentPlan)> {
        // Where nobody can tell what is in force, nothing of the deal is judged: in no order is a yes safe.
        let SignedOrder { signed, reasons, is_clear } = SignedOrder::of(self.signed, calendar, roadmap);
        let is_unclear = self.is_unclear || !is_clear;
        let plan = |file: FileId, layers: Layers| {
            let reasons = || reasons.iter().filter(|(of, _)| *of == file).map(|(_, problem)| problem.clone());
            (
                file,
                if is_unclear {
                    AmendmentPlan::Unknown(layers, reasons().collect())
                } else {
                    AmendmentPlan::Layers(layers, Vec::new())
                },
            )
        };
        let mut plans = Vec::new();
        let in_force: Layers = std::iter::once(self.base).chain(signed).collect();
        if in_force.len() > 1 || is_unclear {
            plans.extend(in_force.iter().map(|layer| plan(layer.file(), in_force.clone())));
        }
        for (draft, below) in self.drafts {
            let file = draft.file();
            plans.push(plan(file, in_force.iter().cloned().chain(below).chain([draft]).collect()));
        }
        plans
    }
}

/// What an amendment amends, step by step, down to the contract at the bottom; no problem where it is reported
/// elsewhere.
fn below(amendment: &Layer, search: &Search<'_>) -> Result<Layers, Option<Problem>> {
    let mut below: Layers = Vec::new();
    let mut seen = HashSet::from([amendment.file()]);
    let first = amendment.record.amends.given().ok_or(None)?;
    let mut text = first;
    loop {
        let Some(base) = search.known.get(text.value.as_str()) else {
            let is_reported = search.damaged.contains(text.value.as_str());
            return Err((!is_reported).then(|| search.not_found(first, text, "to amend", amendment.id())));
        };
        if !seen.insert(base.file()) {
            return Err(Some(in_circles(first, below.is_empty())));
        }
        below.push(Arc::clone(base));
        match base.record.amends.given() {
            Some(next) => text = next,
            None => return Ok(below),
        }
    }
}

fn in_circles(amends: &Text, is_alone: bool) -> Problem {
    if is_alone {
        return Problem::at(amends.span, "a contract cannot amend itself", "this is the contract's own id")
            .help("name the contract whose words change, or leave `amends` out");
    }
    Problem::at(amends.span, "these amendments amend one another", "amends a contract that amends this one")
        .help("one of them must amend the contract itself")
}
