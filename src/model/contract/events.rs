//! The days of a contract that deadlines count from: its own dates and its milestones.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Table, Text};
use crate::source::Spanned;

use super::super::calendar::Calendar;
use super::super::date::folded;
use super::super::deadline::{Deadline, DueExpr, EventDate, Events};
use super::super::scope;
use super::super::window::{Date, Window};

/// A term that ends before it starts is an error.
pub(super) fn check_period(
    start: &Field<Spanned<Window>>,
    end: &Field<Spanned<Window>>,
    problems: &mut Vec<Problem>,
) {
    if let (Some(start), Some(end)) = (start.given(), end.given())
        && end.latest < start.earliest
    {
        problems.push(
            Problem::at(end.span, "the contract ends before it starts", format!("ends {}", end.value))
                .label(start.span, format!("starts {}", start.value)),
        );
    }
}

/// The events of a contract: the three that every contract has, and the milestones that it states.
pub(super) fn events(
    stated: &Field<Table<Text>>,
    [signing, start, end]: [&Field<Spanned<Window>>; 3],
    calendar: &Calendar,
    problems: &mut Vec<Problem>,
) -> Events {
    let date = |field: &Field<Spanned<Window>>| match field {
        Field::Absent => EventDate::Missing,
        Field::Broken => EventDate::Unreadable,
        Field::Given(window) => EventDate::Known(window.value),
    };
    let mut events = Events::new();
    for (name, field) in [("signing", signing), ("start", start), ("end", end)] {
        events.push(name, date(field));
    }
    let Some(milestones) = stated.given() else {
        if stated.is_broken() {
            events.lose();
        }
        return events;
    };
    // Milestones may refer to signing, start and end, not to one another.
    let mut base = events.clone();
    for (name, _) in &milestones.entries {
        if base.find(&name.value).is_none() {
            base.push(name.value.as_str(), EventDate::Milestone);
        }
    }
    let twins = twins(&milestones.entries, problems);
    for (at, (name, field)) in milestones.entries.iter().enumerate() {
        if let Some(problem) = unusable_name(name, calendar) {
            problems.push(problem);
            continue;
        }
        let window = field.given().and_then(|text| resolve(text, &base, calendar, problems));
        let date = window.filter(|_| !twins.contains(&at));
        events.push(
            name.value.as_str(),
            date.map_or(EventDate::Unreadable, |due| EventDate::Known(due.written)),
        );
    }
    if milestones.cut {
        events.lose();
    }
    events
}

/// The milestones whose name another one has, too, but for its case and what parts its words: nobody knows which
/// of them a deadline means.
fn twins(milestones: &[(Text, Field<Text>)], problems: &mut Vec<Problem>) -> BTreeSet<usize> {
    let mut first: HashMap<String, usize> = HashMap::with_capacity(milestones.len());
    let mut twins = BTreeSet::new();
    for (at, (name, _)) in milestones.iter().enumerate() {
        let before = *first.entry(folded(&name.value).collect()).or_insert(at);
        if before == at {
            continue;
        }
        twins.extend([before, at]);
        problems.push(
            Problem::at(name.span, format!("two milestones are called `{}`", name.value), "the second one")
                .label(milestones[before].0.span, "the first one")
                .note("case, blanks, hyphens and underscores make no difference")
                .help("give one of them another name"),
        );
    }
    twins
}

/// The problem of a name by which no deadline could mean a milestone.
fn unusable_name(name: &Text, calendar: &Calendar) -> Option<Problem> {
    let title = || format!("a milestone cannot be called `{}`", name.value);
    if ["signing", "start", "end"].into_iter().any(|event| scope::same(event, &name.value)) {
        let problem = Problem::at(name.span, title(), "this name is taken");
        return Some(
            problem.help("`signing`, and `start` and `end` of `period`, are keys of the contract itself"),
        );
    }
    if DueExpr::parse(&name.value, calendar).is_ok_and(|expression| expression.is_event()) {
        return None;
    }
    let problem = Problem::at(name.span, title(), "as a deadline, this would be read as something else");
    Some(problem.help("give it a name that is no date and no distance, such as `go-live`"))
}

/// The day from which on a requirement with no `due` is promised, with its words; `None` where that could not
/// be read.
pub(super) fn first_day(
    start: &Field<Spanned<Window>>,
    signing: &Field<Spanned<Window>>,
    today: Date,
) -> Option<(Window, &'static str)> {
    match (start, signing) {
        (Field::Given(start), _) => Some((start.value, "the contract's start")),
        (Field::Broken, _) | (Field::Absent, Field::Broken) => None,
        (Field::Absent, Field::Given(signing)) => Some((signing.value, "the signing")),
        (Field::Absent, Field::Absent) => Some((Window::day(today), "today")),
    }
}

/// Finds the days of a deadline; `None` where what is wrong with it has been reported.
pub(super) fn resolve(
    text: &Text,
    events: &Events,
    calendar: &Calendar,
    problems: &mut Vec<Problem>,
) -> Option<Deadline> {
    let resolved =
        DueExpr::parse(&text.value, calendar).and_then(|expression| expression.resolve(events, calendar));
    resolved.map_err(|error| error.report(text, problems)).ok()
}
