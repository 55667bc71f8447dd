//! The columns of a report: what each is called, and what it shows of a line.

use crate::deals::{Deal, DealPromise, Fulfilment};
use crate::delivery::{Delivery, Slack};
use crate::lint::obstacle::Standing;
use crate::model::contract::Strength;
use crate::model::forecast::ChanceBand;
use crate::model::money::{Currency, Sums};
use crate::model::window::Window;

use super::promise::CellValue;
use super::{Grouping, Line, LineTotals, Report, value_name};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Column {
    /// What the line is about
    Name,
    /// The feature's id
    Id,
    /// The customer
    Customer,
    /// Who sells
    Seller,
    /// Draft or signed
    Status,
    /// The contract's owner
    Owner,
    /// References of the contract
    Refs,
    /// The contract's file
    File,
    /// The day of signature
    Signing,
    /// The last day of the term
    End,
    /// How many deals: a contract and its amendments count once
    Contracts,
    /// How many promises
    Promises,
    /// How many promises have each verdict, in words
    Deliveries,
    /// Promises that have shipped
    Shipped,
    /// Promises that are on track
    OnTrack,
    /// Promises without a deadline, of what has not shipped
    Unscheduled,
    /// Promises that can be kept, with little time to spare
    Tight,
    /// Promises that cannot be kept, or were not, and that nobody has accepted
    Broken,
    /// Promises that cannot be kept, or are tight, and that a waiver covers
    Waived,
    /// Promises that cannot be kept, and whose lints are allowed
    Allowed,
    /// Promises that could not be judged
    Unjudged,
    /// Promises that need no feature
    Services,
    /// Promises of efforts only; also counted above
    Efforts,
    /// Promises of a target only; also counted above
    Targets,
    /// Promises that were kept by their deadline
    Kept,
    /// Promises that were kept after their deadline
    KeptLate,
    /// Promises whose deadline is over, and that are not kept
    Missed,
    /// What the contracts are worth
    Value,
    /// What the contracts with a broken promise are worth
    ValueAtRisk,
    /// What late promises would owe
    Remedies,
    /// What the work costs that is still to be done for the promises
    Cost,
    /// Work that is missing from the cost, since the roadmap states no effort for it
    Uncosted,
    /// The next deadline of something that has not shipped
    NextDeadline,
    /// Findings that a waiver covers
    Waivers,
    /// Waived findings that were recorded as the baseline
    Baseline,
    /// The share of promises that have shipped
    Coverage,
    /// Specified future features that are promised, with when they are expected
    FutureFeatures,
    /// How often plans like its own are kept
    Chance,
    /// Days to spare on the day of signature, the least of its promises: by the last roadmap committed until then
    SlackAtSigning,
    /// Days to spare today, the least of its promises; below zero where one is late
    Slack,
}

impl Column {
    /// Whether it says something about lines of a kind.
    pub(crate) fn applies_to(self, by: Grouping) -> bool {
        match self {
            // A promise has columns of its own.
            _ if by == Grouping::Promise => false,
            Self::Id => by == Grouping::Feature,
            Self::Customer
            | Self::Seller
            | Self::Status
            | Self::Owner
            | Self::Refs
            | Self::File
            | Self::Signing
            | Self::End
            | Self::Chance
            | Self::SlackAtSigning
            | Self::Slack => by == Grouping::Contract,
            Self::Contracts => by != Grouping::Contract,
            _ => true,
        }
    }

    /// Whether it needs the note that revenue is for finance to decide.
    pub(crate) fn needs_review_note(self) -> bool {
        self == Self::FutureFeatures
    }

    /// Whether it is a number, an amount or a day: then it is written to the right.
    pub(crate) fn is_right_aligned(self) -> bool {
        !matches!(
            self,
            Self::Name
                | Self::Id
                | Self::Customer
                | Self::Seller
                | Self::Status
                | Self::Owner
                | Self::Refs
                | Self::File
                | Self::Deliveries
                | Self::Coverage
                | Self::Uncosted
                | Self::FutureFeatures
                | Self::Chance
        )
    }

    /// Whether it holds words, which may be wrapped.
    pub(crate) fn wraps(self) -> bool {
        !self.is_right_aligned() && self != Self::Coverage
    }

    /// Its heading.
    pub(crate) fn title(self, by: Grouping) -> String {
        match self {
            Self::Name => by.name(),
            Self::Unjudged => "not judged".to_owned(),
            Self::Uncosted => "without an effort".to_owned(),
            _ => value_name(self).replace('-', " "),
        }
    }

    /// What it shows of a line, in words; nothing where there is nothing to say.
    pub(crate) fn cell(self, line: &Line<'_>) -> String {
        self.value(line).to_text()
    }

    /// What it shows of a line.
    pub(super) fn value(self, line: &Line<'_>) -> CellValue {
        let totals = &line.totals;
        let deal = line.deal;
        let number = |number: usize| CellValue::Integer(i64::try_from(number).unwrap_or(i64::MAX));
        let text = |text: Option<&String>| CellValue::text(text);
        let window = |window: Option<Window>| CellValue::text(window.map(|window| window.to_string()));
        match self {
            Self::Name if line.is_total => CellValue::Text("all".to_owned()),
            // A total of lists would be as long as all of them.
            Self::FutureFeatures | Self::Uncosted if line.is_total => CellValue::Nothing,
            Self::Name => CellValue::Text(line.name.clone().unwrap_or_else(|| "none".to_owned())),
            Self::Id => text(line.id.as_ref()),
            Self::Customer => text(deal.and_then(|deal| deal.customer.as_ref())),
            Self::Seller => text(deal.and_then(|deal| deal.seller.as_ref())),
            Self::Status => CellValue::text(deal.map(|deal| deal.status.to_string())),
            Self::Owner => text(deal.and_then(|deal| deal.owner.as_ref())),
            Self::Refs => CellValue::List(deal.map(|deal| deal.refs.clone()).unwrap_or_default()),
            Self::File => text(deal.map(|deal| &deal.file)),
            Self::Signing => window(deal.and_then(|deal| deal.signing)),
            Self::End => window(deal.and_then(|deal| deal.end)),
            Self::Chance => {
                let band = deal.and_then(|deal| deal.chance.as_ref()?.band());
                CellValue::text(band.map(ChanceBand::words))
            }
            Self::SlackAtSigning => CellValue::Text(least_slack(deal, |promise| promise.slack_at_signing)),
            Self::Slack => CellValue::Text(least_slack(deal, |promise| promise.slack)),
            Self::Contracts => number(totals.contracts.len()),
            Self::Promises => number(totals.promises.requirements),
            Self::Deliveries => CellValue::Text(totals.promises.words()),
            Self::Shipped => number(totals.promises.delivered(Delivery::Shipped)),
            Self::OnTrack => number(totals.promises.delivered(Delivery::OnTrack)),
            Self::Unscheduled => number(totals.promises.delivered(Delivery::Unscheduled)),
            Self::Tight => number(totals.promises.of(Standing::AtRisk)),
            Self::Broken => number(totals.promises.of(Standing::Broken)),
            Self::Waived => number(totals.promises.of(Standing::Waived)),
            Self::Allowed => number(totals.promises.of(Standing::Allowed)),
            Self::Unjudged => number(totals.promises.of(Standing::Unjudged)),
            Self::Services => number(totals.promises.services),
            Self::Efforts => number(totals.promises.of_strength(Strength::Efforts)[0]),
            Self::Targets => number(totals.promises.of_strength(Strength::Target)[0]),
            Self::Kept => number(totals.outcome(Fulfilment::Kept)),
            Self::KeptLate => number(totals.outcome(Fulfilment::KeptLate)),
            Self::Missed => number(totals.outcome(Fulfilment::Missed)),
            Self::Uncosted => {
                CellValue::List(totals.uncosted.iter().map(|(title, _)| title.clone()).collect())
            }
            Self::Value | Self::ValueAtRisk | Self::Remedies | Self::Cost => {
                CellValue::text(self.money(totals).map(|sums| sums.to_string()))
            }
            Self::NextDeadline => CellValue::day(totals.next_deadline),
            Self::Waivers => number(totals.waivers),
            Self::Baseline => number(totals.baseline),
            Self::Coverage => CellValue::text(totals.coverage_words()),
            Self::FutureFeatures => {
                let future = totals.future.iter().map(|((title, _), expected)| match expected {
                    Some(expected) => format!("{title} ({expected})"),
                    None => format!("{title} (no date)"),
                });
                CellValue::List(future.collect())
            }
        }
    }

    /// Whether it shows amounts.
    pub(crate) fn is_money(self) -> bool {
        matches!(self, Self::Value | Self::ValueAtRisk | Self::Remedies | Self::Cost)
    }

    /// The amounts that it shows.
    pub(crate) fn money(self, totals: &LineTotals) -> Option<Sums> {
        match self {
            Self::Value => Some(totals.value()),
            Self::ValueAtRisk => Some(totals.value_at_risk()),
            Self::Remedies => Some(totals.remedies.total().rounded()),
            Self::Cost => Some(totals.cost().rounded()),
            _ => None,
        }
    }

    /// The amount of one currency, as programs read it.
    pub(crate) fn amount(self, totals: &LineTotals, currency: Currency) -> Option<String> {
        Some(self.money(totals)?.written_in(currency))
    }
}

/// The least room of a deal's promises, where there is any.
fn least_slack(deal: Option<&Deal>, slack: impl Fn(&DealPromise) -> Option<Slack>) -> String {
    let slacks = deal.into_iter().flat_map(|deal| &deal.promises).filter_map(slack);
    slacks.min().map(Slack::words).unwrap_or_default()
}

/// The columns where nobody chose any: what people ask first. By customer the cost is among them, where anything has one.
pub(crate) fn default_columns(report: &Report<'_>) -> Vec<Column> {
    let by = report.by;
    let with_cost = by == Grouping::Customer && !report.total.totals.cost().is_empty();
    use Column::{Broken, Contracts, Cost, Coverage, Customer, Kept, KeptLate, Missed, Name, NextDeadline};
    use Column::{Promises, Status, Tight, Value, ValueAtRisk, Waived};
    let first: &[Column] = match by {
        Grouping::Contract => &[Name, Customer, Status, Promises, Broken, Tight, Waived],
        Grouping::Seller => &[Name, Contracts, Promises, Broken, Tight, Waived, Kept, KeptLate, Missed],
        Grouping::Feature | Grouping::Team | Grouping::Customer | Grouping::Deadline | Grouping::Promise => {
            &[Name, Contracts, Promises, Broken, Tight, Waived]
        }
    };
    let cost: &[Column] = if with_cost { &[Cost] } else { &[] };
    [first, &[Value, ValueAtRisk], cost, &[NextDeadline, Coverage]].concat()
}

/// The columns to do without where a page is too narrow, the least missed one first. What a customer is worth stands beside
/// what the customer costs.
pub(crate) fn drop_order(by: Grouping) -> [Column; 6] {
    use Column::{Contracts, NextDeadline, Status, Tight, Value, Waived};
    match by {
        Grouping::Customer => [Waived, Tight, Contracts, NextDeadline, Status, Value],
        _ => [Waived, Tight, Status, Value, Contracts, NextDeadline],
    }
}

/// All columns that say something in a table of a program.
pub(crate) fn default_csv_columns(by: Grouping) -> Vec<Column> {
    // Slack is worked out from older roadmaps, chance from the forecast: both only when asked for. `Deliveries` repeats other
    // columns in words.
    let is_default = |column: &Column| {
        !matches!(column, Column::Deliveries | Column::Chance | Column::SlackAtSigning | Column::Slack)
    };
    let all = <Column as clap::ValueEnum>::value_variants();
    all.iter().copied().filter(|column| is_default(column) && column.applies_to(by)).collect()
}
