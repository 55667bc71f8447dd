//! What was newly promised of what each team owns, and what for another day, for a weekly meeting.

use std::collections::{BTreeMap, BTreeSet};

use crate::deals::{Deal, DealJudgement, DealPromise};
use crate::delivery::Delivery;
use crate::model::window::Date;
use crate::output::markup::escape;
use crate::text::{clean, count, days};

/// What contracts promise: the contract, the feature, and for which part of the scope. A contract has one roadmap, so an id
/// is one feature, also after the roadmap's file was renamed.
type PromiseKey = (String, String, String);

/// The last day by which something is promised; none where that is no fixed day.
type LastDay = Option<Date>;

/// What deals promise, with the last days by which.
pub(crate) type PromisedDays = BTreeMap<PromiseKey, BTreeSet<LastDay>>;

/// What deals promise, to tell later what is new. Nobody knows the day of what could not be read.
pub(crate) fn promised_days(deals: &[Deal]) -> PromisedDays {
    let mut days = PromisedDays::new();
    for (deal, promise, judgement) in promises(deals).filter(|(_, promise, _)| !promise.is_unreadable) {
        days.entry(key(deal, judgement)).or_default().insert(last_day(promise));
    }
    days
}

fn last_day(promise: &DealPromise) -> LastDay {
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
    (deal.name().to_owned(), judgement.feature.id.clone(), judgement.cell.with_names())
}

/// Writes the digest in markdown: a heading a team, a line for each feature that a contract did not promise before, not
/// for all of what it promises now, or not for that day.
pub(crate) fn digest(deals: &[Deal], before: &PromisedDays, since: &str, notice: &str) -> String {
    let now = promised_days(deals);
    // The worst verdict of each feature of a contract.
    let mut changed: BTreeMap<PromiseKey, (&Deal, &DealPromise, &DealJudgement)> = BTreeMap::new();
    for (deal, promise, judgement) in promises(deals) {
        let key = key(deal, judgement);
        let is_known = |days: &BTreeSet<LastDay>| promise.is_unreadable || days.contains(&last_day(promise));
        if before.get(&key).is_some_and(is_known) {
            continue;
        }
        let worst = changed.entry(key).or_insert((deal, promise, judgement));
        if (judgement.standing, judgement.delivery) > (worst.2.standing, worst.2.delivery) {
            *worst = (deal, promise, judgement);
        }
    }
    let (mut teams, mut all) = (BTreeMap::<(bool, &str), TeamDigest>::new(), TeamDigest::default());
    for (key, (deal, promise, judgement)) in &changed {
        let days_before = before.get(key);
        // What is promised for another day was promised for one that is gone, or is promised once more.
        let was: Option<LastDay> =
            days_before.and_then(|days| days.difference(now.get(key)?).next().copied());
        let team = judgement.feature.team.as_deref();
        let team_digest = teams.entry((team.is_none(), team.unwrap_or("No team"))).or_default();
        *(if days_before.is_some() { &mut team_digest.moved } else { &mut team_digest.new }) += 1;
        team_digest.lines += &line(deal, promise, judgement, was);
    }
    teams.values().for_each(|team| all.add(team));
    let since = escape(&clean(since));
    let promised = if changed.is_empty() { "Nothing new was promised".to_owned() } else { all.words() };
    let mut out = format!("### {promised} since {since}\n");
    for ((_, team), team_digest) in teams {
        out += &format!("\n#### {} ({})\n\n{}", escape(team), team_digest.words(), team_digest.lines);
    }
    out + &format!("\n{}\n", escape(notice))
}

/// `- **Audit log** to Acme (ACME-1, draft, 480 000 EUR): needed by 2027-01-31, expected by 2027-06-30: late, 150 days`
fn line(deal: &Deal, promise: &DealPromise, judgement: &DealJudgement, was: Option<LastDay>) -> String {
    let mut about = vec![deal.name().to_owned(), deal.status.to_string()];
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
        (_, late) => format!("{}{}", judgement.verdict(), late.unwrap_or_default()),
    };
    format!(
        "- **{}**{}{to} ({}): {}\n",
        escape(&judgement.feature.title),
        escape(&cell),
        escape(&about.join(", ")),
        escape(&dates.into_iter().chain([verdict]).collect::<Vec<_>>().join(", "))
    )
}
