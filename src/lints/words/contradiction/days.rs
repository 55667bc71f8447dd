//! Other days than those by which a requirement is due, and until which it holds.

use std::ops::Range;

use crate::delivery::Promise;
use crate::lint::case::PromiseCase;
use crate::lint::said::SaidPromise;
use crate::model::contract::Requirement;
use crate::model::deadline::Deadline;
use crate::model::window::Window;
use crate::prose::dates::{DateRole, NamedDate, is_list};
use crate::source::Span;

use super::{Contradiction, owner};

/// Another day than `due`, where all days could be read and none can be the same.
pub(super) fn of_day<'a>(
    requirement: &Requirement,
    said: &'a [SaidPromise<'a>],
) -> Option<Contradiction<'a>> {
    let span = requirement.due.span?;
    let Some(deadline) = requirement.due.deadline() else { return of_no_day(requirement, said, span) };
    let is_same = |window: Window| readings(deadline).any(|due| window.meets(due));
    let days = said.iter().map(|said| Some((said, said.days?))).collect::<Option<Vec<_>>>()?;
    let days: Vec<(&SaidPromise<'_>, &NamedDate)> =
        days.into_iter().flat_map(|(said, days)| days.iter().map(move |day| (said, day))).collect();
    // What is said of a part alone confirms nothing.
    let mut whole = days.iter().filter(|(said, _)| !said.group.is_divided).peekable();
    let is_confirmed = whole.clone().any(|(_, day)| is_same(day.window));
    let (said, day) = match days.iter().any(|(_, day)| is_same(day.window)) {
        _ if is_confirmed => return None,
        false => *days.first()?,
        true => match whole.peek() {
            Some(first) => **first,
            None => *earlier_of_list(&days, deadline.window)?,
        },
    };
    Some(due_otherwise(requirement, said, &day.words, (span, deadline.window)))
}

/// The windows that a deadline may be said to be.
fn readings(deadline: &Deadline) -> impl Iterator<Item = Window> {
    [Some(deadline.window), Some(deadline.written), deadline.unmoved].into_iter().flatten()
}

fn due_otherwise<'a>(
    requirement: &Requirement,
    said: &'a SaidPromise<'a>,
    words: &Range<usize>,
    (span, due): (Span, Window),
) -> Contradiction<'a> {
    let but = format!("{} is due {due}", owner(requirement, said));
    Contradiction::new(said, words, but, Some((span, format!("due {due}"))))
}

/// A day from which on it is there, or none at all but "from the first day", before `due`.
pub(super) fn of_first_day<'a>(
    case: &PromiseCase<'_, '_>,
    said: &'a [SaidPromise<'a>],
) -> Option<Contradiction<'a>> {
    let Promise { contract, requirement, .. } = case.promise;
    let span = requirement.due.span?;
    let deadline = requirement.due.deadline()?;
    let first = readings(deadline).map(|due| due.earliest).min()?;
    let start = contract.start.as_ref().or(contract.signing.as_ref()).map(|day| day.value);
    // What is due on the first day is due at once.
    if start.is_some_and(|start| first <= start.latest)
        || !said.iter().all(|said| said.days.is_some_and(|days| days.is_empty()))
    {
        return None;
    }
    let before = |said: &&SaidPromise<'_>| {
        let (ruled, group) = (said.ruled, said.group);
        let is_meant = !group.is_divided && !group.is_to_keep() && !group.features.is_empty();
        let dates = ruled.own_dates(&group.features, &ruled.conditions(), case.dates.reader());
        let is_from = |date: &NamedDate| date.role == DateRole::From && ruled.is_day_of(date, group, &dates);
        let from = dates.iter().find(|date| is_from(date));
        match from {
            _ if !is_meant => None,
            Some(date) => {
                (date.waits_for.is_none() && date.window.latest < first).then(|| date.words.clone())
            }
            None => ruled.immediacy(group, &dates, true),
        }
    };
    let (said, words) = said.iter().find_map(|said| Some((said, before(&said)?)))?;
    Some(due_otherwise(requirement, said, &words, (span, deadline.window)))
}

/// The first of several days in a row, where what is due on another one of them is due before: "by 1 May or 1 June 2027".
fn earlier_of_list<'d, 'a>(
    days: &'d [(&'a SaidPromise<'a>, &'a NamedDate)],
    due: Window,
) -> Option<&'d (&'a SaidPromise<'a>, &'a NamedDate)> {
    let is_first = |(said, day): &&(&SaidPromise<'_>, &NamedDate)| {
        let is_of_list = days.iter().any(|(other, next)| {
            std::ptr::eq(*said, *other)
                && (is_list(&said.ruled.tokens, day, next) || is_list(&said.ruled.tokens, next, day))
        });
        is_of_list && day.window.latest < due.earliest
    };
    days.iter().filter(is_first).min_by_key(|(_, day)| day.window.latest)
}

/// A day, where `due` names none.
fn of_no_day<'a>(
    requirement: &Requirement,
    said: &'a [SaidPromise<'a>],
    span: Span,
) -> Option<Contradiction<'a>> {
    let mut days =
        said.iter().flat_map(|said| said.days.unwrap_or_default().iter().map(move |day| (said, day)));
    let (said, day) = days.next()?;
    let is_it = said.promise.is_none();
    let of = if is_it { String::new() } else { format!(" of {}", requirement.name) };
    let other = (span, "names no day that is known".to_owned());
    Some(Contradiction::new(said, &day.words, format!("`due`{of} names no day"), Some(other)))
}

/// Another day until which it holds than `until`; than the end of the contract, where it is longer.
pub(super) fn of_end<'a>(
    case: &PromiseCase<'_, '_>,
    said: &'a [SaidPromise<'a>],
) -> Option<Contradiction<'a>> {
    let Promise { contract, requirement, .. } = case.promise;
    let end = requirement.end(contract).given()?;
    let is_own = requirement.until.given().is_some();
    let ends = said.iter().filter(|said| !said.group.is_divided).flat_map(|said| {
        let mentions = &said.group.features;
        let dates = said.ruled.own_dates(mentions, &said.ruled.conditions(), case.dates.reader());
        let is_end = |date: &NamedDate| {
            date.role == DateRole::Until
                && date.lead != "to"
                && said.group.part.contains(&date.words.start)
                && said.ruled.is_day_of(date, said.group, &dates)
        };
        dates.iter().filter(|date| is_end(date)).cloned().map(move |date| (said, date)).collect::<Vec<_>>()
    });
    let ends: Vec<_> = ends.collect();
    if ends.iter().any(|(_, date)| date.window.meets(end.value)) {
        return None;
    }
    let is_other =
        |(_, date): &&(&SaidPromise<'_>, NamedDate)| is_own || date.window.earliest > end.value.latest;
    let (said, date) = ends.iter().find(is_other)?;
    let until = end.value;
    let but = format!("{} holds until {until}", owner(requirement, said));
    Some(Contradiction::new(said, &date.words, but, Some((end.span, format!("until {until}")))))
}
