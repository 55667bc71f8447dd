//! The day that an event would need, for which there is none yet, so that what is due after it can be kept.

use crate::model::contract::Contract;
use crate::model::deadline::{DueDay, Events, OpenDay};
use crate::model::window::{Date, Window, add_days, days_between};

use super::what_if::Alternative;
use super::{Delivery, Judge, Promise};

/// How far after the last of what it needs an event is looked for.
const FURTHEST: i64 = 10 * 366;

/// The first day of an open event that keeps every promise which hangs on it alone and that some day keeps, with these
/// promises, if there is one. Each promise is judged for that day.
pub(crate) fn needed_day<'p, 'r>(
    contract: &'r Contract,
    event: usize,
    promises: &[&'p Promise<'r>],
    judge: Judge<'r>,
) -> Option<(Date, Vec<&'p Promise<'r>>)> {
    let calendar = &contract.open.as_ref()?.calendar;
    let alone = promises.iter().filter_map(|promise| match &promise.requirement.due.day {
        DueDay::Open(day) if *day.roots == [event] => Some((*promise, day)),
        _ => None,
    });
    // Each with the first deadline that it keeps.
    let mut kept: Vec<(&'p Promise<'r>, &OpenDay, Date)> = Vec::new();
    for (promise, day) in alone {
        if matches!(promise.delivery(), Some(Delivery::Unscheduled | Delivery::Shipped)) {
            let days = Alternative::new(promise, judge, None, |_| {}).days()?;
            kept.push((promise, day, days.first));
        }
    }
    let last = kept.iter().map(|(.., first)| *first).max()?;
    let signing = contract.signing.map(|signing| signing.value.latest);
    let from = judge.rules.today.max(signing.unwrap_or(judge.rules.today));
    let due = |day: &OpenDay, events: &Events| day.resolve(events, calendar)?.window();
    let is_late_enough = |day: Date| {
        let events = contract.events.with(event, day, calendar);
        kept.iter().all(|(_, open, first)| due(open, &events).is_some_and(|due| due.earliest >= *first))
    };
    // A later event makes no deadline earlier.
    // Counting forwards is monotone but has no inverse: months clamp, business days skip. So the day is searched for.
    let (mut low, mut high) = (0, FURTHEST + days_between(from, last.max(from)));
    if !is_late_enough(add_days(from, high)?) {
        return None;
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if is_late_enough(add_days(from, middle)?) { high = middle } else { low = middle + 1 }
    }
    let day = add_days(from, low)?;
    let events = contract.events.with(event, day, calendar);
    // The search looked at days alone; on the day that it found something may be gone.
    let holds = |promise: &Promise<'r>, window: Window| {
        let mut alternative = Alternative::new(promise, judge, None, |_| {});
        window.is_day() && alternative.holds_by(window.latest)
    };
    kept.iter()
        .all(|(promise, open, _)| due(open, &events).is_some_and(|due| holds(promise, due)))
        .then(|| (day, kept.iter().map(|(promise, ..)| *promise).collect()))
}
