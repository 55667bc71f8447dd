//! What customers were promised, or asked for, that does not exist: for whoever owns the roadmap.
//!
//! A gap is a feature with the scopes for which it is missing, or will be late. Names that no roadmap knows are
//! gaps, too; spellings of one name are one gap. What is on time is none. Of lost deals everything counts that is
//! not available: they are demand, and never findings.

mod cluster;
mod json;
mod table;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::check::tally::Tally;
use crate::deals::{Deal, DealFeature, DealJudgement, shortfalls_in_words};
use crate::delivery::Delivery;
use crate::lint::obstacle::Standing;
use crate::model::contract::ContractStatus;
use crate::model::money::{Currency, Money, Sums};
use crate::model::scope::Cell;
use crate::model::window::{Date, Window};

use cluster::clusters;

pub(crate) use json::json;
pub(crate) use table::{csv, markdown, text};

/// All gaps of some deals.
#[derive(Debug)]
pub(crate) struct Gaps {
    /// The day they were looked for.
    pub today: Date,
    /// The gaps, those with the greatest value first.
    pub gaps: Vec<Gap>,
    /// All of them: a contract counts once, in however many gaps it is.
    pub total: Demand,
    /// Whether all of the contracts and the roadmap could be read.
    pub complete: bool,
    /// What `lint` denies of the roadmap itself: how much, and in words.
    pub roadmap_errors: (usize, Option<String>),
}

/// A feature that is missing, for some scopes or for all.
#[derive(Debug)]
pub(crate) struct Gap {
    /// The feature's id; of a feature in no roadmap the commonest way to write it.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Whether a roadmap has it.
    pub is_known: bool,
    /// Other ways in which contracts write it, where no roadmap has it.
    pub also: Vec<String>,
    /// The team that builds it.
    pub team: Option<String>,
    /// Where more can be looked up.
    pub refs: Vec<String>,
    /// Whose it is.
    pub owner: Option<String>,
    /// Who wants it.
    pub demand: Demand,
    /// What of it is missing, by scope; most wanted first.
    pub missing: Vec<MissingScope>,
}

/// A scope for which a feature is missing.
#[derive(Debug)]
pub(crate) struct MissingScope {
    /// The scope; without dimensions where the feature is missing for all.
    pub cell: Cell,
    /// The worst verdict of any promise.
    pub delivery: Delivery,
    /// The worst verdict by time alone.
    time: Delivery,
    /// The levels that are too low, by their names, in words.
    shortfalls: BTreeMap<String, String>,
    /// Whether it is gone before some contract ends.
    is_gone: bool,
    /// When it is expected.
    pub expected: Option<Window>,
    /// Who wants it.
    pub demand: Demand,
}

/// Who wants something, and what hangs on it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Demand {
    /// Contracts that are signed.
    pub signed: Contracts,
    /// Contracts that are still to be signed.
    pub drafts: Contracts,
    /// Contracts that were lost.
    pub lost: Contracts,
    /// Drafts and signed contracts of which nobody has accepted all that is missing, and no setting allows it.
    unexcused: BTreeSet<String>,
    /// The earliest last day by which a draft or a signed contract needs it.
    pub needed_by: Option<Date>,
}

/// Contracts, each counted once, with what they are worth.
#[derive(Clone, Debug, Default)]
pub(crate) struct Contracts(BTreeMap<String, Option<Money>>);

impl Contracts {
    /// How many.
    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    /// What they are worth, each currency apart.
    pub(crate) fn value(&self) -> Sums {
        self.0.values().flatten().copied().collect()
    }
}

impl Demand {
    fn add(&mut self, UnmetNeed { deal, judgement, due }: &UnmetNeed<'_>) {
        let contracts = match deal.status {
            ContractStatus::Signed => &mut self.signed,
            ContractStatus::Draft => &mut self.drafts,
            ContractStatus::Lost => &mut self.lost,
            ContractStatus::Ended => return,
        };
        // An amendment's value replaces that of what it amends.
        let value = contracts.0.entry(deal.key().to_owned()).or_default();
        *value = deal.value.or(*value);
        if judgement.standing == Standing::Broken {
            self.unexcused.insert(deal.key().to_owned());
        }
        if let Some(due) = due.filter(|_| deal.is_open()) {
            self.needed_by = Some(self.needed_by.map_or(due.latest, |known| known.min(due.latest)));
        }
    }

    /// Drafts and signed contracts of which all that is missing is waived, or allowed by the settings.
    pub(crate) fn excused(&self) -> Contracts {
        let open = self.signed.0.iter().chain(&self.drafts.0);
        let excused = open.filter(|(deal, _)| !self.unexcused.contains(*deal));
        Contracts(excused.map(|(deal, value)| (deal.clone(), *value)).collect())
    }

    /// Whether a deal wants it that is not lost.
    fn is_open(&self) -> bool {
        self.signed.count() + self.drafts.count() > 0
    }

    /// How many contracts, of all kinds.
    pub(crate) fn count(&self) -> usize {
        self.signed.count() + self.drafts.count() + self.lost.count()
    }

    /// What orders gaps: the value in each of the currencies, then the number of contracts.
    fn weight(&self, currencies: &[Currency]) -> (Vec<rust_decimal::Decimal>, usize) {
        let kinds = [&self.signed, &self.drafts, &self.lost];
        let amount = |currency: &Currency| {
            let sums = kinds.iter().flat_map(|kind| kind.0.values().flatten());
            let of = sums.filter(|money| money.currency == *currency).map(|money| money.amount);
            of.fold(rust_decimal::Decimal::ZERO, rust_decimal::Decimal::saturating_add)
        };
        (currencies.iter().map(amount).collect(), self.count())
    }
}

/// Something that a deal wants and that does not exist.
struct UnmetNeed<'d> {
    deal: &'d Deal,
    judgement: &'d DealJudgement,
    due: Option<Window>,
}

/// Finds the gaps of some deals.
pub(crate) fn gaps(deals: &[Deal], tally: &Tally, today: Date) -> Gaps {
    let wants: Vec<UnmetNeed<'_>> = deals.iter().flat_map(wants).collect();
    let mut total = Demand::default();
    wants.iter().for_each(|want| total.add(want));
    let currencies = currencies(&total);
    let unknown = wants.iter().filter(|want| want.judgement.feature.roadmap.is_none());
    let spellings = clusters(unknown.map(|want| want.judgement.feature.id.as_str()));
    let mut by_feature: BTreeMap<(Option<&str>, &str), Vec<&UnmetNeed<'_>>> = BTreeMap::new();
    for want in &wants {
        let DealFeature { id, roadmap, .. } = &*want.judgement.feature;
        let name = if roadmap.is_none() { spellings.get(id.as_str()).copied() } else { None };
        by_feature.entry((roadmap.as_deref(), name.unwrap_or(id))).or_default().push(want);
    }
    let mut gaps: Vec<Gap> = by_feature.iter().map(|((_, id), wants)| gap(id, wants, &currencies)).collect();
    gaps.sort_by_cached_key(|gap| std::cmp::Reverse(gap.demand.weight(&currencies)));
    let roadmap_errors = (tally.roadmap_errors, tally.roadmap_errors());
    Gaps { today, gaps, total, complete: tally.is_complete(), roadmap_errors }
}

fn wants(deal: &Deal) -> impl Iterator<Item = UnmetNeed<'_>> {
    deal.promises.iter().flat_map(move |promise| {
        let judgements = promise.judgements.iter().filter(move |judgement| is_unmet(deal, judgement));
        judgements.map(move |judgement| UnmetNeed { deal, judgement, due: promise.deadline })
    })
}

fn is_unmet(deal: &Deal, judgement: &DealJudgement) -> bool {
    if deal.status == ContractStatus::Lost {
        return !matches!(judgement.delivery, Delivery::Shipped | Delivery::Unresolved);
    }
    let is_broken = judgement.delivery.is_broken() || judgement.fault.is_some();
    // What is promised for no day waits for it all the same.
    deal.is_open() && (is_broken || judgement.delivery == Delivery::Unscheduled)
}

/// Leaves of a deal what [`gaps`] counts.
pub(crate) fn keep_unmet(deal: &mut Deal) {
    deal.findings = Vec::new();
    let mut promises = std::mem::take(&mut deal.promises);
    promises.retain(|promise| promise.judgements.iter().any(|judgement| is_unmet(deal, judgement)));
    promises.shrink_to_fit();
    deal.promises = promises;
}

/// The currencies, the one with the most contracts first. Amounts of different ones cannot be compared, so gaps are
/// ordered by the first, then by the second, and so on.
fn currencies(total: &Demand) -> Vec<Currency> {
    let mut counts: BTreeMap<Currency, usize> = BTreeMap::new();
    for money in
        [&total.signed, &total.drafts, &total.lost].into_iter().flat_map(|kind| kind.0.values().flatten())
    {
        *counts.entry(money.currency).or_default() += 1;
    }
    let mut currencies: Vec<Currency> = counts.keys().copied().collect();
    currencies.sort_by_key(|currency| std::cmp::Reverse(counts[currency]));
    currencies
}

fn gap(id: &str, wants: &[&UnmetNeed<'_>], currencies: &[Currency]) -> Gap {
    let mut demand = Demand::default();
    let mut missing: Vec<MissingScope> = Vec::new();
    let mut places: HashMap<&Cell, usize> = HashMap::new();
    let mut also: BTreeSet<&str> = BTreeSet::new();
    for want in wants {
        demand.add(want);
        also.insert(&want.judgement.feature.id);
        let judgement = want.judgement;
        let at = *places.entry(&judgement.cell).or_insert_with(|| {
            missing.push(MissingScope::new(judgement));
            missing.len() - 1
        });
        missing[at].add(want);
    }
    missing.sort_by_cached_key(|missing| std::cmp::Reverse(missing.demand.weight(currencies)));
    also.remove(id);
    let feature: &Arc<DealFeature> = &wants[0].judgement.feature;
    let is_known = feature.roadmap.is_some();
    Gap {
        id: id.to_owned(),
        title: if is_known { feature.title.clone() } else { id.to_owned() },
        is_known,
        also: also.into_iter().map(str::to_owned).collect(),
        team: feature.team.clone(),
        refs: feature.refs.clone(),
        owner: feature.owner.clone(),
        demand,
        missing,
    }
}

impl MissingScope {
    fn new(judgement: &DealJudgement) -> Self {
        Self {
            cell: judgement.cell.clone(),
            delivery: judgement.delivery,
            time: judgement.time,
            shortfalls: BTreeMap::new(),
            is_gone: false,
            expected: judgement.expected,
            demand: Demand::default(),
        }
    }

    fn add(&mut self, want: &UnmetNeed<'_>) {
        let judgement = want.judgement;
        self.delivery = self.delivery.max(judgement.delivery);
        self.time = self.time.max(judgement.time);
        self.shortfalls.extend(judgement.shortfalls.clone());
        self.is_gone |= judgement.sunset.is_some();
        self.expected = self.expected.or(judgement.expected);
        self.demand.add(want);
    }

    /// The levels that are too low, in words.
    pub(crate) fn shortfall(&self) -> Option<String> {
        shortfalls_in_words(&self.shortfalls)
    }

    /// What is missing, in words.
    pub(crate) fn words(&self) -> String {
        // A lost deal waits for nothing any more.
        let late = if self.demand.is_open() { "late" } else { "planned" };
        let time = match self.time {
            Delivery::Unknown => Some("in no roadmap"),
            Delivery::ScopeGap => Some("not available"),
            Delivery::Dropped => Some("dropped"),
            Delivery::Undated => Some("no date"),
            Delivery::Beta => Some("beta only"),
            Delivery::Late | Delivery::LateByDependency => Some(late),
            Delivery::Unscheduled => Some("promised for no day"),
            Delivery::Tight
            | Delivery::OnTrack
            | Delivery::LevelGap
            | Delivery::Shipped
            | Delivery::Unresolved => None,
        };
        let gone = self.is_gone.then(|| "gone in the term".to_owned());
        let all: Vec<String> =
            time.map(str::to_owned).into_iter().chain(self.shortfall()).chain(gone).collect();
        match all.as_slice() {
            [] if self.delivery == Delivery::Shipped => "due before it was there".to_owned(),
            [] => "planned".to_owned(),
            all => all.join("; "),
        }
    }
}
