//! What deals are worth, by how often plans like those that they rest on are kept: for product and the desk, and no
//! forecast of revenue.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::deals::{Deal, DealChance};
use crate::delivery::Delivery;
use crate::model::forecast::ChanceBand;
use crate::model::money::{Currency, Money, Sums};
use crate::model::window::Date;
use crate::text::{and_list, clean_truncated, count};

use super::distribution::{Distribution, SAMPLES, Stake};
use super::quarter;

/// Said wherever a value stands beside a chance.
pub(super) const NO_FORECAST: &str = "not a revenue forecast";

/// Said of deals that wait for no feature.
pub(super) const SETTLED: &str = "waiting for no feature";

/// Said of deals that have no chance.
pub(super) const UNFORECASTABLE: &str = "with a promise that cannot be kept by plan, or was not judged";

/// How many deals a line names before it counts the others.
const MAX_NAMED: usize = 8;

/// The most characters of a deal's name there.
const MAX_NAME_CHARS: usize = 40;

/// What becomes of the value of some deals, by chance.
#[derive(Debug)]
pub(super) struct ValueOutlook<'d> {
    /// Deals that wait for something, by the quarter in which the last of it is due.
    pub(super) quarters: Vec<(String, OutlookPart<'d>)>,
    /// All of these.
    pub(super) all: OutlookPart<'d>,
    /// Deals that wait for no feature, and of which no promise is broken.
    pub(super) settled: OutlookPart<'d>,
    /// Deals of which a promise cannot be kept by plan, or was not judged.
    pub(super) unforecastable: OutlookPart<'d>,
}

/// Some deals, each counted once.
#[derive(Debug, Default)]
pub(super) struct OutlookPart<'d> {
    pub(super) deals: Vec<DealOutlook<'d>>,
    pub(super) amounts: Vec<OutlookAmount>,
}

/// A deal by chance: all of its files together.
#[derive(Clone, Debug)]
pub(super) struct DealOutlook<'d> {
    /// The file that its value is counted with, or else the first one.
    pub(super) deal: &'d Deal,
    pub(super) value: Option<Money>,
    /// What it waits for; none where it cannot be kept by plan.
    chance: Option<DealChance>,
    /// The last day by which something is due that has not shipped.
    last_due: Option<Date>,
}

/// What deals of one currency are worth, by chance.
#[derive(Clone, Debug)]
pub(super) struct OutlookAmount {
    /// All of it.
    pub(super) value: Money,
    /// What mostly is kept at least.
    pub(super) likely_at_least: Money,
    /// What seldom is exceeded.
    pub(super) unlikely_above: Money,
    /// Whether that was worked out, and not drawn.
    pub(super) is_exact: bool,
}

impl<'d> ValueOutlook<'d> {
    /// What becomes of open deals whose chances are known.
    pub(super) fn of(deals: &[&'d Deal]) -> Self {
        let (mut outlooks, mut places) = (Vec::new(), BTreeMap::new());
        for deal in deals {
            let place = *places.entry(deal.key()).or_insert(outlooks.len());
            match outlooks.get_mut(place) {
                None => outlooks.push(DealOutlook::of(deal)),
                Some(outlook) => outlook.add(DealOutlook::of(deal)),
            }
        }
        let mut quarters: BTreeMap<String, Vec<DealOutlook<'d>>> = BTreeMap::new();
        let (mut all, mut settled, mut unforecastable) = (Vec::new(), Vec::new(), Vec::new());
        for outlook in outlooks {
            match (outlook.band(), outlook.last_due) {
                (Some(_), Some(last)) => {
                    quarters.entry(quarter(last)).or_default().push(outlook.clone());
                    all.push(outlook);
                }
                _ if outlook.chance.as_ref().is_some_and(|chance| chance.features.is_empty()) => {
                    settled.push(outlook);
                }
                _ => unforecastable.push(outlook),
            }
        }
        let part = |(name, deals)| (name, OutlookPart::of(deals));
        Self {
            quarters: quarters.into_iter().map(part).collect(),
            all: OutlookPart::of(all),
            settled: OutlookPart::of(settled),
            unforecastable: OutlookPart::of(unforecastable),
        }
    }
}

impl ValueOutlook<'_> {
    /// All of it in lines, below a table in which the deals stand.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("value by chance, {NO_FORECAST}:")];
        for (quarter, part) in &self.quarters {
            lines.push(format!("  last due in {quarter}: {}", part.in_words()));
        }
        if self.quarters.len() > 1 {
            lines.push(format!("  all of these: {}{}", self.all.count_and_value(), self.all.kept_in_words()));
        }
        for (part, words) in [(&self.settled, SETTLED), (&self.unforecastable, UNFORECASTABLE)] {
            if !part.deals.is_empty() {
                lines.push(format!("  {} {words}", part.count_and_value()));
            }
        }
        lines.extend(self.method().map(|method| format!("  {method}")));
        lines
    }

    /// How the amounts were found, where there are any.
    pub(super) fn method(&self) -> Option<String> {
        let parts = self.quarters.iter().map(|(_, part)| part).chain([&self.all]);
        let mut amounts = parts.flat_map(|part| &part.amounts).peekable();
        amounts.peek()?;
        Some(match amounts.all(|amount| amount.is_exact) {
            true => "worked out exactly, with features that several deals wait for counted once".to_owned(),
            false => format!(
                "too many deals for each amount to be worked out: some were drawn {SAMPLES} times, with the same \
                 numbers in each run; features that several deals wait for count once"
            ),
        })
    }
}

impl<'d> DealOutlook<'d> {
    fn of(deal: &'d Deal) -> Self {
        let waits = deal.promises.iter().filter(|promise| {
            matches!(promise.delivery, Some(Delivery::OnTrack | Delivery::Tight)) && !promise.is_service
        });
        Self {
            deal,
            value: deal.own_value(),
            chance: deal.chance.clone(),
            last_due: waits.filter_map(|promise| Some(promise.deadline?.latest)).max(),
        }
    }

    /// Adds another file of the deal.
    fn add(&mut self, other: Self) {
        if self.value.is_none() && other.value.is_some() {
            (self.deal, self.value) = (other.deal, other.value);
        }
        self.last_due = self.last_due.max(other.last_due);
        self.chance = self.chance.take().zip(other.chance).map(|(mut chance, other)| {
            chance.add(&other);
            chance
        });
    }

    /// What may be kept of it, in a currency.
    fn stake(&self, currency: Currency) -> Option<Stake<'_>> {
        let own = self.value.filter(|own| own.currency == currency)?;
        Some(Stake { value: own.amount, features: &self.chance.as_ref()?.features })
    }

    /// How often plans like it are kept; none where it waits for nothing, or cannot be kept by plan.
    pub(super) fn band(&self) -> Option<ChanceBand> {
        self.chance.as_ref()?.band()
    }

    /// The same, from 0 to 1.
    pub(super) fn chance(&self) -> Option<Decimal> {
        self.chance.as_ref()?.value()
    }
}

impl<'d> OutlookPart<'d> {
    fn of(deals: Vec<DealOutlook<'d>>) -> Self {
        let values: Sums = deals.iter().filter_map(|outlook| outlook.value).collect();
        let amount = |value: Money| {
            let stakes: Vec<Stake<'_>> = deals.iter().filter_map(|deal| deal.stake(value.currency)).collect();
            let kept = Distribution::of(&stakes);
            let money = |amount| Money { amount, ..value };
            OutlookAmount {
                value,
                likely_at_least: money(kept.mostly_at_least()),
                unlikely_above: money(kept.seldom_more_than()),
                is_exact: kept.is_exact,
            }
        };
        let amounts = values.iter().map(amount).collect();
        Self { deals, amounts }
    }

    /// The deals with their bands, and what of their value is kept.
    fn in_words(&self) -> String {
        let deal = |outlook: &DealOutlook<'_>| {
            let band = outlook.band().map(|band| format!(" {}", band.words())).unwrap_or_default();
            format!("{}{band}", clean_truncated(outlook.deal.key(), MAX_NAME_CHARS))
        };
        let deals: Vec<String> = self.deals.iter().take(MAX_NAMED).map(deal).collect();
        let more = self.deals.len() - deals.len();
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        format!("{} ({}{more}){}", self.count_and_value(), deals.join(", "), self.kept_in_words())
    }

    /// What of their value is kept.
    fn kept_in_words(&self) -> String {
        let amount = |amount: &OutlookAmount| {
            let [likely, unlikely] =
                [amount.likely_at_least, amount.unlikely_above].map(|money| money.in_words());
            format!("; mostly at least {likely} of it is kept, seldom more than {unlikely}")
        };
        self.amounts.iter().map(amount).collect()
    }

    /// How many deals there are, and what they are worth.
    fn count_and_value(&self) -> String {
        let values: Vec<String> = self.amounts.iter().map(|amount| amount.value.in_words()).collect();
        let deals = count(self.deals.len(), "deal");
        let valued = if values.is_empty() { deals } else { format!("{deals} of {}", and_list(&values)) };
        match self.unvalued() {
            0 => valued,
            unvalued if unvalued == self.deals.len() => format!("{valued} without a value"),
            unvalued => format!("{valued}, {unvalued} of them without a value"),
        }
    }

    /// How many of the deals state no value.
    pub(super) fn unvalued(&self) -> usize {
        self.deals.iter().filter(|outlook| outlook.value.is_none()).count()
    }
}
