//! What was newly promised of what each team owns, for a weekly meeting.

use std::collections::{BTreeMap, BTreeSet};

use crate::deals::{Deal, DealJudgement, DealPromise};
use crate::delivery::Delivery;
use crate::output::escape_markdown as escape;
use crate::text::{clean, count, days};

use super::digits::grouped;

/// What contracts promise: the contract, the feature, and for which part of the scope.
type PromiseKey = (String, String, String);

/// What an older version of the deals promised.
pub(crate) type KnownPromises = BTreeSet<PromiseKey>;

/// What deals promise, to tell later what is new.
pub(crate) fn known(deals: &[Deal]) -> KnownPromises {
    promises(deals).map(|(deal, _, judgement)| key(deal, judgement)).collect()
}

fn promises(deals: &[Deal]) -> impl Iterator<Item = (&Deal, &DealPromise, &DealJudgement)> {
    let open = deals.iter().filter(|deal| deal.status.is_linted());
    open.flat_map(|deal| deal.promises.iter().map(move |promise| (deal, promise))).flat_map(
        |(deal, promise)| promise.judgements.iter().map(move |judgement| (deal, promise, judgement)),
    )
}

fn key(deal: &Deal, judgement: &DealJudgement) -> PromiseKey {
    let contract = deal.id.clone().unwrap_or_else(|| deal.file.clone());
    (contract, judgement.feature.id.clone(), judgement.cell.with_names())
}

/// Writes the digest in markdown: a heading a team, a line for each feature that a contract did not promise before, or not
/// for all of what it promises now.
pub(crate) fn digest(deals: &[Deal], before: &KnownPromises, since: &str, notice: &str) -> String {
    // The worst verdict of each feature of a contract.
    let mut new: BTreeMap<PromiseKey, (&Deal, &DealPromise, &DealJudgement)> = BTreeMap::new();
    for (deal, promise, judgement) in promises(deals) {
        let key = key(deal, judgement);
        if before.contains(&key) {
            continue;
        }
        let worst = new.entry(key).or_insert((deal, promise, judgement));
        if (judgement.standing, judgement.delivery) > (worst.2.standing, worst.2.delivery) {
            *worst = (deal, promise, judgement);
        }
    }
    let mut teams: BTreeMap<(bool, &str), Vec<String>> = BTreeMap::new();
    for (deal, promise, judgement) in new.values() {
        let team = judgement.feature.team.as_deref();
        let lines = teams.entry((team.is_none(), team.unwrap_or("No team"))).or_default();
        lines.push(line(deal, promise, judgement));
    }
    let since = escape(&clean(since));
    let promised = match new.len() {
        0 => "Nothing new was promised".to_owned(),
        new => count(new, "new promise"),
    };
    let mut out = format!("### {promised} since {since}\n");
    for ((_, team), lines) in teams {
        out += &format!("\n#### {} ({})\n\n", escape(team), count(lines.len(), "new promise"));
        out.extend(lines);
    }
    out + &format!("\n{}\n", escape(notice))
}

/// `- **Audit log** to Acme (ACME-1, draft, 480 000 EUR): needed by 2027-01-31, expected by 2027-06-30: late, 150 days`
fn line(deal: &Deal, promise: &DealPromise, judgement: &DealJudgement) -> String {
    let mut about = vec![deal.id.clone().unwrap_or_else(|| deal.file.clone()), deal.status.to_string()];
    about.extend(deal.value.map(|value| grouped(&value.to_string())));
    let to = deal.customer.as_ref().map(|customer| format!(" to {}", escape(customer))).unwrap_or_default();
    let cell = if judgement.cell.is_empty() { String::new() } else { format!(" for {}", judgement.cell) };
    let needed = promise.deadline.map(|deadline| format!("needed by {}", deadline.latest));
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
