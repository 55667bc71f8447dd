//! Deals summed up: a line for each contract, feature, seller, team, customer or quarter, and a total. The promises are
//! counted as [`Tally`] counts them, so that a report, its formats and `lint` never disagree.

pub(crate) mod column;
mod csv;
mod digest;
mod distribution;
pub(crate) mod html;
mod ics;
mod json;
mod markdown;
mod outlook;
mod promise;
mod terminal;
mod xlsx;

use std::collections::{BTreeMap, BTreeSet};

use crate::check::counts::{CountedPromise, Counts};
use crate::check::tally::Tally;
use crate::deals::{Deal, DealJudgement, DealPromise, DrawnFinding, FeatureKey, Fulfilment, WorkKey};
use crate::delivery::{Delivery, OwedSums};
use crate::lint::obstacle::Standing;
use crate::model::money::{Money, Sums};
use crate::model::window::{Date, Window, quarter};
use crate::text;

pub(crate) use csv::csv;
pub(crate) use digest::{digest, promised_days};
pub(crate) use ics::ics;
pub(crate) use json::json;
pub(crate) use markdown::markdown;
pub(crate) use terminal::terminal;
pub(crate) use xlsx::xlsx;

/// What a line is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Grouping {
    /// A contract
    Contract,
    /// A feature
    Feature,
    /// Who sells
    Seller,
    /// The team that builds
    Team,
    /// A customer
    Customer,
    /// A quarter of the calendar in which promises are due
    Deadline,
    /// A promise, for programs: with --format csv, json or xlsx
    Promise,
}

impl Grouping {
    /// The word for it, as it is typed and as columns are headed.
    pub fn name(self) -> String {
        value_name(self)
    }
}

/// A value of an option, as it is typed. Headings are these words, so that people can type what they read.
fn value_name(value: impl clap::ValueEnum) -> String {
    value.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// A report.
#[derive(Debug)]
pub(crate) struct Report<'d> {
    /// The day of the report.
    pub today: Date,
    /// What lines are about.
    pub by: Grouping,
    /// The lines: worst first, quarters in their order.
    pub lines: Vec<Line<'d>>,
    /// All of it: a contract counts once, in however many lines it is.
    pub total: Line<'d>,
    /// The run's numbers, as `lint` says them.
    pub tally: &'d Tally,
    /// The deals that the lines are about: drafts and signed ones.
    pub deals: Vec<&'d Deal>,
    /// What the report is, and is not.
    pub notice: String,
}

/// A line of a report: a group of promises and its totals.
#[derive(Debug, Default)]
pub(crate) struct Line<'d> {
    /// What it is about, as people call it; none for what belongs to none.
    pub name: Option<String>,
    /// Whether it is that of all the others.
    pub is_total: bool,
    /// The feature's id, where it is about one.
    pub id: Option<String>,
    /// The contract, where it is about one.
    pub deal: Option<&'d Deal>,
    /// Its totals.
    pub totals: LineTotals,
}

/// The totals of a line.
#[derive(Clone, Debug, Default)]
pub(crate) struct LineTotals {
    /// Contracts, by their deals.
    pub contracts: BTreeSet<String>,
    /// Promises.
    pub promises: Counts,
    /// Promises by how they came out: kept, kept late, missed.
    pub outcomes: BTreeMap<Fulfilment, usize>,
    /// What the deals are worth.
    value: BTreeMap<String, Money>,
    /// What the deals with a broken promise are worth.
    at_risk: BTreeMap<String, Money>,
    /// What late promises would owe.
    pub remedies: OwedSums,
    /// The work still to be done: once for all deals, or for each deal where it is `is_custom`.
    costs: BTreeMap<(WorkKey, Option<String>), Money>,
    /// The features whose work has no price, since the roadmap states no effort; by their titles.
    pub uncosted: BTreeSet<(String, FeatureKey)>,
    /// The next day on which something is due that is not there yet.
    pub next_deadline: Option<Date>,
    /// Findings that a waiver covers.
    pub waivers: usize,
    /// Of these, those of the baseline.
    pub baseline: usize,
    /// Specified future features that are promised, by their titles, with when they are expected.
    pub future: BTreeMap<(String, FeatureKey), Option<Window>>,
}

impl LineTotals {
    /// How many promises have this outcome.
    pub(crate) fn outcome(&self, outcome: Fulfilment) -> usize {
        self.outcomes.get(&outcome).copied().unwrap_or_default()
    }

    /// What the deals are worth.
    pub(crate) fn value(&self) -> Sums {
        self.value.values().copied().collect()
    }

    /// What the contracts are worth of which a promise is broken.
    pub(crate) fn value_at_risk(&self) -> Sums {
        self.at_risk.values().copied().collect()
    }

    /// What the remaining work costs.
    pub(crate) fn cost(&self) -> Sums {
        self.costs.values().copied().collect()
    }

    /// The share of promises about features that have shipped, in whole percent.
    pub(crate) fn coverage(&self) -> Option<usize> {
        text::percent(self.promises.delivered(Delivery::Shipped), self.promises.promises())
    }

    /// The same, in words.
    pub(crate) fn coverage_words(&self) -> Option<String> {
        text::percent_words(self.promises.delivered(Delivery::Shipped), self.promises.promises())
    }

    fn add(&mut self, deal: &Deal, promise: &LinePart<'_>, today: Date) {
        let LinePart { promise, counted, judgements } = promise;
        self.promises.add(*counted);
        if let Some(outcome) = promise.outcome {
            *self.outcomes.entry(outcome).or_default() += 1;
        }
        if let Some(owed) = promise.owed {
            self.remedies.add(deal.key(), promise.remedy_cap, owed);
        }
        if counted.delivery != Some(Delivery::Shipped)
            && let Some(due) = promise.deadline.map(|due| due.latest).filter(|due| *due >= today)
        {
            self.next_deadline = Some(self.next_deadline.map_or(due, |next| next.min(due)));
        }
        for judgement in judgements.iter().filter(|judgement| judgement.delivery.is_unshipped()) {
            let feature = (judgement.feature.title.clone(), judgement.feature.key());
            let last = self.future.entry(feature).or_insert(judgement.expected);
            // No date is later than any.
            *last = last
                .zip(judgement.expected)
                .map(|(one, other)| std::cmp::max_by_key(one, other, |days| days.latest));
        }
        for work in judgements.iter().flat_map(|judgement| &judgement.work) {
            let deal = work.key.is_custom.then(|| deal.key().to_owned());
            match work.cost {
                Some(cost) => _ = self.costs.insert((work.key.clone(), deal), cost),
                None => _ = self.uncosted.insert((work.title.clone(), work.key.feature.clone())),
            }
        }
        // By the deal: an amendment that breaks a promise puts the same sum at risk, not another one.
        if counted.standing == Standing::Broken
            && let (Some(key), Some(value)) = (&deal.deal, deal.value)
        {
            self.at_risk.entry(key.clone()).or_insert(value);
        }
    }

    fn add_waivers<'d>(&mut self, drawn: impl Iterator<Item = &'d DrawnFinding>) {
        for waiver in drawn.filter_map(|drawn| drawn.finding.waived.as_ref()) {
            self.waivers += 1;
            self.baseline += usize::from(waiver.is_baseline);
        }
    }

    fn add_deal(&mut self, deal: &Deal) {
        self.contracts.insert(deal.key().to_owned());
        if let Some(value) = deal.own_value() {
            self.value.entry(deal.key().to_owned()).or_insert(value);
        }
    }
}

/// The part of a promise that belongs to a line: all of it, or what concerns one feature or team. A promise of two features is
/// in two lines, so lines do not add up to the total.
struct LinePart<'d> {
    promise: &'d DealPromise,
    counted: CountedPromise,
    judgements: Vec<&'d DealJudgement>,
}

impl<'d> LinePart<'d> {
    fn whole(promise: &'d DealPromise) -> Self {
        let DealPromise { delivery, fault, standing, is_service, strength, .. } = *promise;
        let counted = CountedPromise { delivery, fault, standing, is_service, strength };
        Self {
            promise,
            counted,
            judgements: promise.judgements.iter().map(|judgement| &**judgement).collect(),
        }
    }

    fn of_judgements(promise: &'d DealPromise, judgements: Vec<&'d DealJudgement>) -> Self {
        let delivery = judgements.iter().map(|judgement| judgement.delivery).max();
        // As `Promise::fault`: a broken verdict says already why.
        let is_verdict_fine = delivery.is_some_and(|delivery| delivery <= Delivery::Tight);
        let counted = CountedPromise {
            delivery,
            fault: if is_verdict_fine {
                judgements.iter().filter_map(|judgement| judgement.fault).min()
            } else {
                None
            },
            standing: judgements.iter().map(|judgement| judgement.standing).max().unwrap_or(promise.standing),
            is_service: promise.is_service,
            strength: promise.strength,
        };
        Self { promise, counted, judgements }
    }
}

/// What orders lines that are equally bad, and tells them apart.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
struct LineKey {
    /// What the line is about, as people call it.
    name: Option<String>,
    /// The feature's id.
    id: Option<String>,
    /// The file of the roadmap or of the contract: what is called alike in two is not the same.
    file: Option<String>,
}

/// Counts deals. Contracts that are ended or lost are left out.
pub(crate) fn report<'d>(
    deals: &'d [Deal],
    tally: &'d Tally,
    by: Grouping,
    today: Date,
    notice: String,
) -> Report<'d> {
    let deals: Vec<&Deal> = deals.iter().filter(|deal| deal.is_open()).collect();
    let mut lines: BTreeMap<LineKey, Line<'d>> = BTreeMap::new();
    let mut total = Line { is_total: true, ..Line::default() };
    for deal in &deals {
        total.totals.add_deal(deal);
        total.totals.add_waivers(deal.findings.iter());
        for promise in &deal.promises {
            total.totals.add(deal, &LinePart::whole(promise), today);
        }
        if let Some(key) = key_of_deal(deal, by) {
            let line = lines.entry(key.clone()).or_insert_with(|| Line::new(key, deal, by));
            line.totals.add_deal(deal);
            line.totals.add_waivers(deal.findings.iter());
            for promise in &deal.promises {
                line.totals.add(deal, &LinePart::whole(promise), today);
            }
        } else {
            for (key, part) in deal.promises.iter().flat_map(|promise| parts_of_promise(promise, by)) {
                let line = lines.entry(key.clone()).or_insert_with(|| Line::new(key, deal, by));
                line.totals.add_deal(deal);
                line.totals.add_waivers(findings(deal, &part, by));
                line.totals.add(deal, &part, today);
            }
        }
    }
    let mut lines: Vec<Line<'d>> = lines.into_values().collect();
    if by != Grouping::Deadline {
        // A stable sort: what is equally bad stays in the order of its names.
        let badness = |line: &Line<'_>| {
            [Standing::Broken, Standing::AtRisk].map(|standing| line.totals.promises.of(standing))
        };
        lines.sort_by_key(|line| std::cmp::Reverse(badness(line)));
    }
    Report { today, by, lines, total, tally, deals, notice }
}

impl<'d> Report<'d> {
    /// The lines of a table, with the total below several.
    fn lines_and_total(&self) -> impl Iterator<Item = &Line<'d>> {
        self.lines.iter().chain((self.lines.len() > 1).then_some(&self.total))
    }
}

impl<'d> Line<'d> {
    fn new(LineKey { name, id, .. }: LineKey, deal: &'d Deal, by: Grouping) -> Self {
        Self { name, id, deal: (by == Grouping::Contract).then_some(deal), ..Self::default() }
    }
}

/// The line that all of a deal belongs to; none where its promises are divided among lines.
fn key_of_deal(deal: &Deal, by: Grouping) -> Option<LineKey> {
    match by {
        // Two files with one id have been reported; they are still two contracts.
        Grouping::Contract => Some(LineKey {
            name: Some(deal.name().to_owned()),
            file: Some(deal.file.clone()),
            ..LineKey::default()
        }),
        Grouping::Seller => Some(LineKey { name: deal.seller.clone(), ..LineKey::default() }),
        Grouping::Customer => Some(LineKey { name: deal.customer.clone(), ..LineKey::default() }),
        Grouping::Feature | Grouping::Team | Grouping::Deadline | Grouping::Promise => None,
    }
}

/// The lines that a promise belongs to, where its deal is divided among lines.
fn parts_of_promise(promise: &DealPromise, by: Grouping) -> Vec<(LineKey, LinePart<'_>)> {
    let key_of_part = |judgement: &DealJudgement| match by {
        Grouping::Feature => {
            let FeatureKey { id, roadmap } = judgement.feature.key();
            LineKey { name: Some(judgement.feature.title.clone()), id: Some(id), file: roadmap }
        }
        _ => LineKey { name: judgement.feature.team.clone(), ..LineKey::default() },
    };
    if by == Grouping::Promise {
        return Vec::new();
    }
    if by == Grouping::Deadline {
        let name = promise.deadline.map(|due| quarter(due.latest));
        return vec![(LineKey { name, ..LineKey::default() }, LinePart::whole(promise))];
    }
    if promise.judgements.is_empty() {
        return vec![(LineKey::default(), LinePart::whole(promise))];
    }
    let mut judgements: BTreeMap<LineKey, Vec<&DealJudgement>> = BTreeMap::new();
    for judgement in &promise.judgements {
        judgements.entry(key_of_part(judgement)).or_default().push(judgement);
    }
    judgements
        .into_iter()
        .map(|(key, judgements)| (key, LinePart::of_judgements(promise, judgements)))
        .collect()
}

/// The findings about a part of a promise.
fn findings<'d>(deal: &'d Deal, part: &LinePart<'_>, by: Grouping) -> impl Iterator<Item = &'d DrawnFinding> {
    let is_about = move |drawn: &&DrawnFinding| {
        let of_feature =
            |feature: &String| part.judgements.iter().any(|judgement| judgement.feature.id == *feature);
        drawn.is_about_requirement(&part.promise.requirement)
            && (by == Grouping::Deadline || drawn.finding.feature.as_ref().is_none_or(of_feature))
    };
    deal.findings.iter().filter(is_about)
}
