//! All deals of a run as data: one [`Deal`] a contract, one [`DealPromise`] a requirement, one [`DealJudgement`] for each
//! feature and cell of it. What `report`, `gaps` and `impact` count, and nothing that they would have to judge
//! again: verdicts come from [`delivery`](crate::delivery), findings from [`check`](crate::check).
//!
//! Texts are safe to show in a terminal; a format escapes them for itself. A deal owns what it holds, so that
//! the contract's own text and tree need not be kept.

mod chance;
mod judged;
mod shared;
mod silent;

use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;

use crate::check::tally::Tally;
use crate::delivery::{Delivery, Lapse, Row, Slack};
use crate::input::decode::Text;
use crate::lint::extent::MissedLevel;
use crate::lint::finding::Finding;
use crate::lint::obstacle::{Obstacle, Standing};
use crate::model::annotations::Annotations;
use crate::model::contract::{Contract, ContractStatus, Strength};
use crate::model::forecast::ChanceBand;
use crate::model::money::Money;
use crate::model::scope::Cell;
use crate::model::term::{AgreedTerm, written};
use crate::model::waiver::Subject;
use crate::model::window::{Date, Window};
use crate::text::clean;

pub(crate) use chance::DealChance;
pub(crate) use judged::{outcome, promises};
pub(crate) use shared::SharedTexts;
pub(crate) use silent::{SILENT_LINT, SilentOutlook, add_silent_outlooks};

/// A contract with what came of its promises.
#[derive(Debug)]
pub(crate) struct Deal {
    /// The contract's id.
    pub id: Option<String>,
    /// The file's path, as it was given.
    pub file: String,
    /// The contract that it amends.
    pub amends: Option<String>,
    /// The id of the deal: the contract's own, or for an amendment that of the contract at the bottom.
    pub deal: Option<String>,
    /// The customer.
    pub customer: Option<String>,
    /// Who sells.
    pub seller: Option<String>,
    /// How far it is.
    pub status: ContractStatus,
    /// The product that its roadmap is about.
    pub product: Option<String>,
    /// Planned or actual day of signature.
    pub signing: Option<Window>,
    /// The last day of the term.
    pub end: Option<Window>,
    /// Where more can be looked up.
    pub refs: Vec<String>,
    /// Whose it is.
    pub owner: Option<String>,
    /// What the deal is worth over the term.
    pub value: Option<Money>,
    /// Whether that is counted with this file of it.
    pub counts_value: bool,
    /// The promises, in the order of the file; of a lost deal what it was lost for.
    pub promises: Vec<DealPromise>,
    /// The commercial terms that it states, or is silent about and ought not to be, each with its value.
    pub terms: Vec<(String, Option<String>)>,
    /// What the lints found, waived or not; nothing for a contract that is over.
    pub findings: Vec<DrawnFinding>,
    /// How likely all of its promises are kept, where that is asked, all of the file could be read, and none of them is broken
    /// by plan.
    pub(crate) chance: Option<DealChance>,
    /// The contract's numbers, as `lint` counts them. The findings are counted by the run.
    pub tally: Tally,
    /// Whether all of the file could be read.
    pub whole: bool,
}

/// One promise: a requirement of a contract.
#[derive(Debug)]
pub(crate) struct DealPromise {
    /// The requirement's name.
    pub requirement: String,
    /// The file that states it, and at which byte: the same whatever roadmap it is judged by.
    pub(crate) place: (Arc<str>, u32),
    /// Where the contract's prose states it.
    pub clause: Option<CompactString>,
    /// What the prose says.
    pub text: Option<String>,
    /// Whether it is an obligation that needs no feature.
    pub is_service: bool,
    /// How much the clause promises, where that is not the thing itself.
    pub strength: Option<Strength>,
    /// The verdict; none for services and where no feature is named.
    pub delivery: Option<Delivery>,
    /// What breaks it where the verdict does not say so.
    pub fault: Option<Row>,
    /// What it comes to.
    pub standing: Standing,
    /// What stands in its way, by the places of its judgements.
    pub obstacles: Box<[Obstacle]>,
    /// How it came out, where a signed contract's deadline is over.
    pub outcome: Option<Fulfilment>,
    /// The deadline, by both readings; none where it could not be read.
    pub deadline: Option<Window>,
    /// Whether the contract states a deadline; else it is promised from the first day.
    pub is_dated: bool,
    /// What it adds to what its contract would owe, where it is late.
    pub owed: Option<Money>,
    /// The most that all remedies of its contract together can come to.
    pub remedy_cap: Option<Money>,
    /// Whether something of it could not be read.
    pub is_unreadable: bool,
    /// The judgement with the worst verdict, by its place in `judgements`.
    pub worst: Option<usize>,
    /// A verdict for each feature and cell.
    pub judgements: Box<[Arc<DealJudgement>]>,
    /// The outlook for values that it does not name, on demand.
    pub(crate) silent: Vec<SilentOutlook>,
    /// How much room it had on the day of the signature, where older roadmaps were read.
    pub(crate) slack_at_signing: Option<Slack>,
    /// How much room it has.
    pub(crate) slack: Option<Slack>,
    /// The chance of its plans, with reasons, on demand.
    pub(crate) chance: Option<Box<(ChanceBand, Vec<String>)>>,
}

/// How a promise came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Fulfilment {
    /// Delivered by its deadline.
    Kept,
    /// Delivered after its deadline.
    KeptLate,
    /// Not delivered yet.
    Missed,
}

/// The verdict on one feature in one cell.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DealJudgement {
    /// The feature.
    pub feature: Arc<DealFeature>,
    /// The feature as the contract names it.
    pub written: CompactString,
    /// Where the roadmap says when it is there, or when that is there which it is late by: `roadmap.toml:12`.
    pub place: Option<Arc<str>>,
    /// What it is late by, where that is not its own date.
    pub waits_for: Option<String>,
    /// The combination of scope values that was judged.
    pub cell: Cell,
    /// The verdict.
    pub delivery: Delivery,
    /// The verdict by time alone, also beside a level that is too low.
    pub time: Delivery,
    /// The levels that are too low, by their names: what is asked for, and what there is.
    pub shortfalls: BTreeMap<String, String>,
    /// The same levels, to be compared.
    pub missed: Vec<MissedLevel>,
    /// What breaks it where the verdict does not say so.
    pub fault: Option<Row>,
    /// What it comes to for this feature and cell.
    pub standing: Standing,
    /// The last day on which it works, where it is gone before it need no longer hold.
    pub sunset: Option<Date>,
    /// Whether the day is over: then this says more than the verdict.
    pub lapse: Option<Lapse>,
    /// When it is expected.
    pub expected: Option<Window>,
    /// Days from the deadline's last day to the last expected one: positive when late.
    pub days: Option<i64>,
    /// Whether it is late even if it comes on the first day of its target.
    pub certain: bool,
    /// What is still to be done for it, where a day of work has a price.
    pub work: Vec<DealWork>,
}

/// Something that is still to be done for a promise.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct DealWork {
    /// What is the same work: the feature, by its roadmap and its id, the offer, and whether it is for this customer alone.
    pub key: WorkKey,
    /// What the feature is called.
    pub title: String,
    /// What it costs; none where the roadmap states no effort for it.
    pub cost: Option<Money>,
}

/// What tells work apart.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct WorkKey {
    /// What it is done for.
    pub feature: FeatureKey,
    offer: Option<usize>,
    /// Whether it is done for each customer.
    pub is_custom: bool,
}

/// A feature that some contract promises.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct DealFeature {
    /// The id, or what was written where the roadmap has no such feature.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The roadmap's file that has it; none where no roadmap has it.
    pub roadmap: Option<String>,
    /// The team that builds it, or the offer that the verdict rests on.
    pub team: Option<String>,
    /// Where more can be looked up.
    pub refs: Vec<String>,
    /// Whose it is.
    pub owner: Option<String>,
}

/// What tells features apart: two roadmaps may have one of the same id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct FeatureKey {
    /// The feature's id.
    pub id: String,
    /// The roadmap's file that has it; none where no roadmap has it.
    pub roadmap: Option<String>,
}

impl DealFeature {
    /// What tells it apart, whichever of its offers is promised.
    pub(crate) fn key(&self) -> FeatureKey {
        FeatureKey { id: self.id.clone(), roadmap: self.roadmap.clone() }
    }
}

impl WorkKey {
    /// What ships for all: a feature of a roadmap, in one of its offers.
    pub(crate) fn of_feature(feature: FeatureKey, offer: usize) -> Self {
        Self { feature, offer: Some(offer), is_custom: false }
    }
}

/// A finding, as a format that shows its lines has drawn it.
#[derive(Debug)]
pub(crate) struct DrawnFinding {
    /// The finding.
    pub finding: Finding,
    /// The drawing; empty where nobody asked for one.
    pub drawn: String,
}

impl DrawnFinding {
    /// Whether it is about a requirement, by its name as it is shown.
    pub(crate) fn is_about_requirement(&self, name: &str) -> bool {
        matches!(&self.finding.subject, Subject::Requirement(requirement) if clean(requirement) == name)
    }

    /// Whether it is about a term, by its name as it is shown.
    pub(crate) fn is_about_term(&self, name: &str) -> bool {
        matches!(&self.finding.subject, Subject::Term(term) if clean(term) == name)
    }
}

impl Deal {
    /// What a contract is, with no promises yet.
    pub(crate) fn of(contract: &Contract, file: &str, whole: bool) -> Self {
        let shown = |text: &Option<Text>| text.as_ref().map(|text| clean(&text.value).into_owned());
        Self {
            id: shown(&contract.id),
            file: clean(file).into_owned(),
            amends: shown(&contract.amends),
            deal: contract.deal.as_deref().map(|deal| clean(deal).into_owned()),
            customer: shown(&contract.customer),
            seller: shown(&contract.seller),
            status: contract.status,
            product: None,
            signing: contract.signing.map(|signing| signing.value),
            end: contract.end.given().map(|end| end.value),
            refs: Annotations::shown_refs(contract.annotations.as_deref()),
            owner: Annotations::shown_owner(contract.annotations.as_deref()),
            value: contract.deal_value(),
            counts_value: contract.counts_value(),
            promises: Vec::new(),
            terms: contract
                .terms
                .iter()
                .map(|term| (clean(&term.name.value).into_owned(), agreed(term)))
                .collect(),
            findings: Vec::new(),
            chance: None,
            tally: Tally::default(),
            whole,
        }
    }

    /// Leaves out who sells, who builds, and whose it is.
    pub(crate) fn leave_people_out(&mut self, shared: &SharedTexts) {
        (self.seller, self.owner) = (None, None);
        for judgement in self.promises.iter_mut().flat_map(|promise| &mut promise.judgements) {
            let nobodys = DealFeature { team: None, owner: None, ..(*judgement.feature).clone() };
            let feature = Arc::new(nobodys);
            *judgement = shared.judgements.of(DealJudgement { feature, ..DealJudgement::clone(judgement) });
        }
    }

    /// What the deal is worth, where this file is the one to count it by: an amendment is not worth so much
    /// once more.
    pub(crate) fn own_value(&self) -> Option<Money> {
        self.value.filter(|_| self.counts_value)
    }

    /// What it is called: its id, or else its file.
    pub(crate) fn name(&self) -> &str {
        self.id.as_ref().unwrap_or(&self.file)
    }

    /// What tells deals apart: a contract counts once, however many files it consists of.
    pub(crate) fn key(&self) -> &str {
        self.deal.as_ref().or(self.id.as_ref()).unwrap_or(&self.file)
    }

    /// How many of its findings a waiver covers.
    pub(crate) fn waived(&self) -> usize {
        self.findings.iter().filter(|said| said.finding.waived.is_some()).count()
    }

    /// Whether `lint` judges it.
    pub(crate) fn is_open(&self) -> bool {
        self.status.is_linted()
    }
}

/// What was agreed, in words; none where silence is all there is.
fn agreed(term: &AgreedTerm) -> Option<String> {
    term.value.as_ref().filter(|_| !term.is_silent).map(|value| clean(&written(value)).into_owned())
}

impl DealJudgement {
    /// Whether there is such a thing at all; where there is not, nothing else is asked of it.
    pub(crate) fn exists(&self) -> bool {
        self.time.exists()
    }

    /// The verdict in words, with what breaks it where the verdict does not say so.
    pub(crate) fn verdict(&self) -> String {
        verdict_in_words(self.delivery, self.fault, self.lapse)
    }

    /// The levels that are too low, in words.
    pub(crate) fn shortfall(&self) -> Option<String> {
        shortfalls_in_words(&self.shortfalls)
    }
}

fn verdict_in_words(delivery: Delivery, fault: Option<Row>, lapse: Option<Lapse>) -> String {
    let fault = match (fault, lapse) {
        (None, _) => "",
        (_, Some(Lapse::Missed | Lapse::BeforeToday)) => ", its day is over",
        (_, Some(Lapse::BeforeSigning(_))) => ", due before the signature",
        (_, None) => ", gone before the contract ends",
    };
    format!("{}{fault}", delivery.words())
}

/// Levels that are too low, by their names, in one text; none where there is none.
pub(crate) fn shortfalls_in_words(shortfalls: &BTreeMap<String, String>) -> Option<String> {
    let shortfalls: Vec<&str> = shortfalls.values().map(String::as_str).collect();
    (!shortfalls.is_empty()).then(|| shortfalls.join("; "))
}

impl DealPromise {
    /// The judgement that the verdict rests on.
    pub(crate) fn worst_judgement(&self) -> Option<&DealJudgement> {
        self.judgements.get(self.worst?).map(|judgement| &**judgement)
    }

    /// The verdict in words, with what breaks it where the verdict does not say so.
    pub(crate) fn verdict(&self) -> String {
        let lapse = self.judgements.iter().find_map(|judgement| judgement.lapse);
        match self.delivery {
            Some(delivery) => verdict_in_words(delivery, self.fault, lapse),
            None if self.is_service => "service".to_owned(),
            None => "naming no feature".to_owned(),
        }
    }
}
