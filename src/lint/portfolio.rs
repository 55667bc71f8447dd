//! What is kept of each contract for the lints that look at all contracts together: only what is promised and
//! not there, so that memory grows with what is wrong, not with what is signed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::delivery::{Delivery, Judgement, Lapse, Promise};
use crate::input::decode::Text;
use crate::model::annotations::Annotations;
use crate::model::contract::{Contract, ContractStatus};
use crate::model::matter::Matter;
use crate::model::roadmap::Roadmap;
use crate::model::term::{AgreedTerm, Term};
use crate::model::waiver::Subject;
use crate::model::window::{Date, Window};
use crate::source::{Span, Spanned};
use crate::text::clean;

use super::Lint;
use super::context::JudgedContract;
use super::finding::{CONTRACT, Finding};

/// Something that a contract promises and that is not available today.
#[derive(Clone, Debug)]
pub struct UnshippedPromise {
    /// The contract.
    pub contract: Arc<Party>,
    /// The requirement's name.
    pub requirement: String,
    /// The feature, by its place in the roadmap.
    pub feature: usize,
    /// The offer that counts, by its place in the feature; none where no offer covers it.
    pub offer: Option<usize>,
    /// The last day by which it is needed, where a day is promised.
    pub deadline: Option<Date>,
    /// When it is expected.
    pub expected: Option<Window>,
    /// The verdict.
    pub delivery: Delivery,
    /// Whether the deadline of a signed contract has passed.
    pub is_missed: bool,
    /// What has to be built for it: features with the offers that would do, by their places in the roadmap. What
    /// it waits for is among them.
    pub builds: Vec<(usize, Option<usize>)>,
    /// Where the requirement names the feature.
    pub span: Span,
    /// Where more can be looked up about the requirement.
    pub annotations: Option<Box<Annotations>>,
}

impl UnshippedPromise {
    /// A finding about several contracts that rests with the requirement of this one, at no place yet.
    pub fn finding(&self, roadmap: &Roadmap, lint: &'static Lint, title: impl AsRef<str>) -> Finding {
        let finding = match roadmap.features.get(self.feature) {
            Some(feature) => Finding::of_feature(feature, lint, title),
            None => Finding::of_files(lint, title),
        };
        let finding = finding
            .refs(CONTRACT, self.contract.annotations.as_deref())
            .refs(&self.requirement, self.annotations.as_deref());
        Finding {
            contract: Some(clean(&self.contract.id).into_owned()),
            subject: Subject::Requirement(self.requirement.clone()),
            ..finding
        }
    }
}

impl UnshippedPromise {
    /// How soon it is needed; by id as well, so that the order of the files does not show in what is told first.
    pub fn need(&self) -> (bool, Option<Date>, &str) {
        (self.deadline.is_none(), self.deadline, self.contract.id.as_str())
    }
}

/// Where the features of a roadmap are in another one that is made of the same files.
pub(crate) enum FeaturePlaces {
    /// Where they are in the first.
    Same,
    /// There, or nowhere.
    At(Vec<Option<usize>>),
}

impl FeaturePlaces {
    /// Where the features of one roadmap are in the other.
    pub(crate) fn between(one: &Roadmap, other: &Roadmap) -> Self {
        let ids = one.features.iter().map(|feature| &feature.id.value);
        let others = other.features.iter().map(|feature| &feature.id.value);
        // Two groups nearly always name the files in one order: then no place changes, and nothing is looked up.
        if ids.clone().eq(others.clone()) {
            return Self::Same;
        }
        let places: HashMap<_, usize> = others.zip(0..).collect();
        Self::At(ids.map(|id| places.get(id).copied()).collect())
    }

    fn of(&self, feature: usize) -> Option<usize> {
        match self {
            Self::Same => Some(feature),
            Self::At(places) => places.get(feature).copied().flatten(),
        }
    }
}

impl UnshippedPromise {
    /// The same by the places that features have in another roadmap.
    pub(crate) fn moved(&self, places: &FeaturePlaces) -> Option<Self> {
        let feature = places.of(self.feature)?;
        let builds = self.builds.iter().filter_map(|(at, offer)| Some((places.of(*at)?, *offer))).collect();
        Some(Self { feature, builds, ..self.clone() })
    }
}

impl CustomWork {
    /// The same by the places that features have in another roadmap.
    pub(crate) fn moved(&self, places: &FeaturePlaces) -> Option<Self> {
        Some(Self { feature: places.of(self.feature)?, ..self.clone() })
    }
}

/// Work that a contract needs done for its customer alone, whether or not the feature has shipped.
#[derive(Clone, Debug)]
pub struct CustomWork {
    /// The contract.
    pub contract: Arc<Party>,
    /// The feature, by its place in the roadmap.
    pub feature: usize,
    /// The offer, by its place in the feature.
    pub offer: usize,
    /// The last day by which it is needed, where a day is promised.
    pub deadline: Option<Date>,
    /// Where the requirement names the feature.
    pub span: Span,
}

/// A contract, as far as others need to know it.
#[derive(Clone, Debug)]
pub struct Party {
    /// The contract's id.
    pub id: String,
    /// The id of the deal: for an amendment that of the contract at the bottom.
    pub deal: String,
    /// The customer, as written.
    pub customer: String,
    /// Who sells.
    pub seller: Option<Text>,
    /// Draft or signed.
    pub status: ContractStatus,
    /// The day of signature.
    pub signing: Option<Spanned<Window>>,
    /// The last day of the contract.
    pub end: Option<Window>,
    /// What waivers of it are about, as it stands.
    pub matters: BTreeMap<Subject, Matter>,
    /// Where more can be looked up about it.
    pub annotations: Option<Box<Annotations>>,
}

impl Party {
    /// What others need to know of a contract, and what some waivers of it are held against; nothing of a contract
    /// without an id.
    pub fn of<'t>(
        contract: &Contract,
        waived: &BTreeSet<&Subject>,
        standard: impl Fn(&str) -> Option<&'t Term>,
    ) -> Option<Self> {
        let id = contract.id.as_ref()?;
        let mut matters: BTreeMap<Subject, Matter> = BTreeMap::new();
        let told = contract.told_terms().filter(|_| !waived.is_empty());
        for (AgreedTerm { name, value, .. }, contract) in told {
            let subject = Subject::Term(name.value.to_string());
            let Some(value) = value.as_ref().filter(|_| waived.contains(&subject)) else { continue };
            let standard = standard(&name.value);
            let matter = Matter::of_term(contract, value, standard);
            // One waiver is for a term of an agreement in each contract under it.
            let worst = match matters.remove(&subject) {
                Some(known) => known.worse_term(matter, standard),
                None => matter,
            };
            matters.insert(subject, worst);
        }
        let requirements = contract.requirements.iter().filter(|_| !waived.is_empty());
        matters.extend(requirements.filter_map(|requirement| {
            let subject = Subject::Requirement(requirement.name.to_string());
            let is_waived = waived.contains(&subject);
            Some((subject, is_waived.then(|| Matter::of_requirement(contract, requirement))??))
        }));
        Some(Self {
            id: id.value.to_string(),
            deal: contract.deal.clone().unwrap_or_else(|| id.value.to_string()),
            customer: contract
                .customer
                .as_ref()
                .map(|customer| customer.value.to_string())
                .unwrap_or_default(),
            seller: contract.seller.clone(),
            status: contract.status,
            signing: contract.signing,
            end: contract.end.given().map(|end| end.value),
            matters,
            annotations: contract.annotations.clone(),
        })
    }
}

/// All contracts of a group together.
#[derive(Debug)]
pub struct Portfolio<'a> {
    /// What is promised and not there, in the order of the files.
    pub promises: &'a [UnshippedPromise],
    /// What is to be done for single customers, in the order of the files.
    pub custom: &'a [CustomWork],
}

impl<'a> Portfolio<'a> {
    /// What promises wait for: features with their offers, by their places, each with the promises that need it, the one
    /// that needs it first before the others.
    pub fn awaited(
        &self,
        counts: impl Fn(&UnshippedPromise) -> bool,
    ) -> BTreeMap<(usize, usize), Vec<&'a UnshippedPromise>> {
        let mut awaited: BTreeMap<(usize, usize), Vec<&UnshippedPromise>> = BTreeMap::new();
        for promise in self.promises.iter().filter(|promise| counts(promise)) {
            for &(feature, offer) in &promise.builds {
                let Some(offer) = offer else { continue };
                awaited.entry((feature, offer)).or_default().push(promise);
            }
        }
        for promises in awaited.values_mut() {
            promises.sort_by_key(|promise| promise.need());
        }
        awaited
    }
}

/// What a contract promises that is not available today. Contracts without an id cannot be told apart, and have
/// been reported.
pub(crate) fn promises(judged: &JudgedContract<'_>, party: Option<&Arc<Party>>) -> Vec<UnshippedPromise> {
    let open = judged.promises.iter().flat_map(|promise| {
        promise
            .judgements
            .iter()
            .filter(|judgement| is_open(judgement))
            .map(move |judgement| (promise, judgement))
    });
    let mut open = open.peekable();
    let Some(party) = open.peek().and_then(|_| shared_party(judged.contract, party)) else {
        return Vec::new();
    };
    open.filter_map(|(promise, judgement)| {
        let party = party_of(promise, judged.contract, &party);
        Some(UnshippedPromise {
            contract: party,
            requirement: promise.requirement.name.to_string(),
            feature: judgement.at?,
            offer: judgement.offer.map(|offer| offer.at),
            deadline: promise.requirement.due.window().map(|window| window.latest),
            expected: judgement.expected,
            delivery: judgement.delivery,
            is_missed: judgement.lapse == Some(Lapse::Missed),
            builds: judgement.builds.iter().map(|build| (build.at, build.offer)).collect(),
            span: judgement.written.span,
            annotations: promise.requirement.annotations.clone(),
        })
    })
    .collect()
}

/// What a contract needs done for its customer alone.
pub(crate) fn custom_work(
    judged: &JudgedContract<'_>,
    party: Option<&Arc<Party>>,
    today: Date,
) -> Vec<CustomWork> {
    let work = judged.promises.iter().flat_map(|promise| {
        promise.custom_work(today).map(move |(judgement, build)| (promise, judgement, build))
    });
    let mut work = work.peekable();
    let Some(party) = work.peek().and_then(|_| shared_party(judged.contract, party)) else {
        return Vec::new();
    };
    work.filter_map(|(promise, judgement, build)| {
        Some(CustomWork {
            contract: party_of(promise, judged.contract, &party),
            feature: build.at,
            offer: build.offer?,
            deadline: promise.requirement.due.window().map(|window| window.latest),
            span: judgement.written.span,
        })
    })
    .collect()
}

/// What others need to know of a contract, made once; nothing of one without an id.
fn shared_party(contract: &Contract, party: Option<&Arc<Party>>) -> Option<Arc<Party>> {
    match party {
        Some(party) => Some(Arc::clone(party)),
        None => Party::of(contract, &BTreeSet::new(), |_| None).map(Arc::new),
    }
}

/// Who promises: with an amendment of an agreement the deal under it, of which the words are.
fn party_of(promise: &Promise<'_>, told_with: &Contract, party: &Arc<Party>) -> Arc<Party> {
    match promise.contract {
        own if own.deal == told_with.deal => Arc::clone(party),
        own => Arc::new(Party {
            deal: own.deal.clone().unwrap_or_default(),
            customer: own.customer.as_ref().map_or_else(String::new, |customer| customer.value.to_string()),
            ..Party::clone(party)
        }),
    }
}

/// Whether somebody still has to build it for the promise to be kept.
fn is_open(judgement: &Judgement<'_>) -> bool {
    (Delivery::OnTrack..=Delivery::ScopeGap).contains(&judgement.delivery)
}
