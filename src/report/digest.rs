//! What was newly promised of what each team owns, and what for another day, for a weekly meeting.

use std::collections::{BTreeMap, BTreeSet};

use crate::deals::{Deal, DealJudgement, DealPromise};
use crate::delivery::Delivery;
use crate::model::window::Date;
use crate::output::markup::escape;
use crate::text::{clean, count, days};

/// What contracts promise: the contract, the feature, and for which part of the scope.
type PromiseKey = (String, String, String);

/// What an older version of the deals promised, with the last days by which.
pub(crate) type KnownPromises = BTreeMap<PromiseKey, BTreeSet<Option<Date>>>;

/// What deals promise, to tell later what is new.
pub(crate) fn known(deals: &[Deal]) -> KnownPromises {
    let mut known = KnownPromises::new();
    for (deal, promise, judgement) in promises(deals) {
        known.entry(key(deal, judgement)).or_default().insert(last_day(promise));
    }
    known
}

fn last_day(promise: &DealPromise) -> Option<Date> {
    promise.deadline.map(|deadline| deadline.latest)
}

/// What is told of a team.
#[derive(Default)]
struct TeamDigest {
    new: usize,
    moved: usize,
    lines: String,
}

impl TeamDigest {
    /// `2 new promises, 1 changed deadline`
    fn words(&self) -> String {
        let parts = [(self.new, "new promise"), (self.moved, "changed deadline")];
        let parts = parts.iter().filter(|(number, _)| *number > 0).map(|(number, what)| count(*number, what));
        parts.collect::<Vec<_>>().join(", ")
    }

    fn add(&mut self, other: &Self) {
        self.new += other.new;
        self.moved += other.moved;
    }
}

fn promises(deals: &[Deal]) -> impl Iterator<Item = (&Deal, &DealPromise, &DealJudgement)> {
    let open = deals.iter().filter(|deal| deal.status.is_linted());
    open.flat_map(|deal| deal.promises.iter().map(move |promise| (deal, promise))).flat_map(
        |(deal, promise)| promise.judgements.iter().map(move |judgement| (deal, promise, &**judgement)),
    )
}

fn key(deal: &Deal, judgement: &DealJudgement) -> PromiseKey {
    let contract = deal.id.clone().unwrap_or_else(|| deal.file.clone());
    (contract, judgement.feature.id.clone(), judgement.cell.with_names())
}

/// Writes the digest in markdown: a heading a team, a line for each feature that a contract did not promise before, not
/// for all of what it promises now, or not for that day.
pub(crate) fn digest(deals: &[Deal], before: &KnownPromises, since: &str, notice: &str) -> String {
    let now = known(deals);
    let days = |known: &KnownPromises, key: &PromiseKey| known.get(key).cloned().unwrap_or_default();
    // The worst verdict of each feature of a contract.
    let mut told: BTreeMap<PromiseKey, (&Deal, &DealPromise, &DealJudgement)> = BTreeMap::new();
    for (deal, promise, judgement) in promises(deals) {
        let key = key(deal, judgement);
        if days(before, &key).contains(&last_day(promise)) {
            continue;
        }
        let worst = told.entry(key).or_insert((deal, promise, judgement));
        if (judgement.standing, judgement.delivery) > (worst.2.standing, worst.2.delivery) {
            *worst = (deal, promise, judgement);
        }
    }
    let (mut teams, mut all) = (BTreeMap::<(bool, &str), TeamDigest>::new(), TeamDigest::default());
    for (key, (deal, promise, judgement)) in &told {
        let was = before.contains_key(key).then(|| {
            // What is promised for another day was promised for one that is gone, or is promised once more.
            days(before, key).difference(&days(&now, key)).next().copied()
        });
        let team = judgement.feature.team.as_deref();
        let told = teams.entry((team.is_none(), team.unwrap_or("No team"))).or_default();
        *(if was.is_some() { &mut told.moved } else { &mut told.new }) += 1;
        told.lines += &line(deal, promise, judgement, was.flatten());
    }
    teams.values().for_each(|team| all.add(team));
    let since = escape(&clean(since));
    let promised = if told.is_empty() { "Nothing new was promised".to_owned() } else { all.words() };
    let mut out = format!("### {promised} since {since}\n");
    for ((_, team), told) in teams {
        out += &format!("\n#### {} ({})\n\n{}", escape(team), told.words(), told.lines);
    }
    out + &format!("\n{}\n", escape(notice))
}

/// `- **Audit log** to Acme (ACME-1, draft, 480 000 EUR): needed by 2027-01-31, expected by 2027-06-30: late, 150 days`
fn line(deal: &Deal, promise: &DealPromise, judgement: &DealJudgement, was: Option<Option<Date>>) -> String {
    let mut about = vec![deal.id.clone().unwrap_or_else(|| deal.file.clone()), deal.status.to_string()];
    about.extend(deal.value.map(|value| value.in_words()));
    let to = deal.customer.as_ref().map(|customer| format!(" to {}", escape(customer))).unwrap_or_default();
    let cell = if judgement.cell.is_empty() { String::new() } else { format!(" for {}", judgement.cell) };
    let was = was.map(|was| match was {
        Some(day) => format!(" (was {day})"),
        None => " (was for no fixed day)".to_owned(),
    });
    let needed = match last_day(promise) {
        Some(day) => Some(format!("needed by {day}{}", was.unwrap_or_default())),
        None => was.map(|was| format!("needed by no fixed day{was}")),
    };
    let expected = judgement.expected.filter(|_| judgement.delivery != Delivery::Shipped);
    let expected = expected.map(|expected| format!("expected by {}", expected.latest));
    let dates: Vec<String> = [needed, expected].into_iter().flatten().collect();
    let late = judgement.days.filter(|late| *late > 0).map(|late| format!(", {} late", days(late)));
    let verdict = match (judgement.delivery, late) {
        (Delivery::Late | Delivery::LateByDependency, Some(late)) => late.trim_start_matches(", ").to_owned(),
        (delivery, late) => format!("{}{}", delivery.words(), late.unwrap_or_default()),
    };
    format!(
        "- **{}**{}{to} ({}): {}\n",
        escape(&judgement.feature.title),
        escape(&cell),
        escape(&about.join(", ")),
        escape(&dates.into_iter().chain([verdict]).collect::<Vec<_>>().join(", "))
    )
}
