//! The days of a contract that deadlines count from: its own dates and its milestones.

use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Table, Text};
use crate::input::records::{ContractRecord, PeriodRecord};
use crate::source::{Span, Spanned};

use super::super::calendar::Calendar;
use super::super::date::{folded, parse_date, same_words};
use super::super::deadline::{DayExpr, Deadline, DueDay, Duration, EventDate, Events, Offset};
use super::super::misread::{twins, value};
use super::super::window::{Date, Window};
use super::chart::{Chart, DayOrigin};

/// The days of a contract itself, and all events that its deadlines may count from.
#[derive(Clone, Debug)]
pub(super) struct ContractDays {
    pub(super) signing: Field<Spanned<Window>>,
    pub(super) start: Field<Spanned<Window>>,
    pub(super) end: Field<Spanned<Window>>,
    pub(super) events: Events,
    /// The milestones for which there is no day yet, if there are any.
    pub(super) open: Option<Arc<OpenEvents>>,
    /// The place of the day of signature among the events.
    signing_place: usize,
    /// Whether another event hangs on the day of signature.
    pub(super) hangs_on_signing: bool,
}

impl ContractDays {
    /// The same days with another day of signature, where no other hangs on that.
    pub(super) fn signed(
        &self,
        signing: &Field<Text>,
        calendar: &Calendar,
        problems: &mut Vec<Problem>,
    ) -> Self {
        let origin = day_of_signing(signing, calendar, problems);
        let mut days = self.clone();
        days.signing = origin.day(origin.date());
        days.events.set(self.signing_place, origin.date(), None);
        days
    }
}

fn day_of_signing<'a>(
    signing: &'a Field<Text>,
    calendar: &Calendar,
    problems: &mut Vec<Problem>,
) -> DayOrigin<'a> {
    match signing {
        Field::Absent => DayOrigin::Missing,
        Field::Broken => DayOrigin::Unreadable,
        Field::Given(text) => value(text, problems, |text| parse_date(text, calendar))
            .map_or(DayOrigin::Unreadable, |day| DayOrigin::Day(text, day.value)),
    }
}

/// The milestones for which there is no day yet.
#[derive(Clone, Debug)]
pub struct OpenEvents {
    /// Each of them.
    pub milestones: Vec<OpenEvent>,
    /// What days are counted by.
    pub calendar: Calendar,
}

/// A milestone for which there is no day yet.
#[derive(Clone, Debug)]
pub struct OpenEvent {
    /// Its place among the contract's events.
    pub place: usize,
    /// Its name.
    pub name: Text,
    /// Where the contract says that it is open.
    pub span: Span,
}

/// What a milestone is for which there is no day yet.
const OPEN: &str = "open";

/// Works out the events of a contract, in whatever order they hang on one another.
pub(super) fn days(
    record: &ContractRecord,
    signing: &Field<Text>,
    calendar: &Calendar,
    problems: &mut Vec<Problem>,
) -> ContractDays {
    let mut chart = Chart::new(calendar);
    let signing_place = chart.add("signing", day_of_signing(signing, calendar, problems));
    if !record.effective.is_absent() {
        chart.add("effective", written(&record.effective, calendar, problems));
    }
    let (start, end) = match &record.period {
        Field::Absent => (DayOrigin::Missing, DayOrigin::Missing),
        Field::Broken => (DayOrigin::Unreadable, DayOrigin::Unreadable),
        Field::Given(period) => {
            let start = written(&period.start, calendar, problems);
            let end = last_day(period, &start, calendar, problems);
            (start, end)
        }
    };
    let start = chart.add("start", start);
    let end = chart.add("end", end);
    let open = milestones(&record.milestones, &mut chart, calendar, problems);
    for (text, error) in chart.work_out(problems) {
        error.report(text, problems);
    }
    let [signing, start, end] = [signing_place, start, end].map(|place| chart.day(place));
    check_period(&start, &end, problems);
    let open =
        (!open.is_empty()).then(|| Arc::new(OpenEvents { milestones: open, calendar: calendar.clone() }));
    let hangs_on_signing = chart.is_base(signing_place);
    ContractDays { signing, start, end, events: chart.events, open, signing_place, hangs_on_signing }
}

/// The day from which a contract holds, if it says so and that can be known; the last of all days where it is open.
pub(crate) fn effective_day(record: &ContractRecord, calendar: &Calendar) -> Option<Window> {
    let days = days(record, &record.signing, calendar, &mut Vec::new());
    match days.events.find("effective")?.1 {
        EventDate::Known(day) => Some(day),
        EventDate::Open => Some(Window::day(Date::MAX)),
        _ => None,
    }
}

/// A date, or a day that hangs on other events.
fn written<'a>(field: &'a Field<Text>, calendar: &Calendar, problems: &mut Vec<Problem>) -> DayOrigin<'a> {
    match field {
        Field::Absent => DayOrigin::Missing,
        Field::Broken => DayOrigin::Unreadable,
        Field::Given(text) => value(text, problems, |text| DayExpr::parse(text, calendar))
            .map_or(DayOrigin::Unreadable, |day| DayOrigin::Written(text, day.value)),
    }
}

/// The end of a period: the day that is written, or the last one of the term.
fn last_day<'a>(
    period: &'a PeriodRecord,
    start: &DayOrigin<'_>,
    calendar: &Calendar,
    problems: &mut Vec<Problem>,
) -> DayOrigin<'a> {
    let term = match (&period.end, &period.term) {
        (_, Field::Absent) => {
            let end = written(&period.end, calendar, problems);
            return match &end {
                DayOrigin::Written(text, day) => match distance_from_start(text, day, start) {
                    Some(problem) => {
                        problems.push(problem);
                        DayOrigin::Unreadable
                    }
                    None => end,
                },
                _ => end,
            };
        }
        (_, Field::Broken) | (Field::Broken, _) => return DayOrigin::Unreadable,
        (Field::Given(end), Field::Given(term)) => {
            problems.push(
                Problem::at(term.span, "`term` and `end` both say when the contract ends", "so long")
                    .label(end.span, "until then")
                    .help("leave one of them out"),
            );
            return DayOrigin::Unreadable;
        }
        (Field::Absent, Field::Given(term)) => term,
    };
    value(term, problems, Duration::parse)
        .map_or(DayOrigin::Unreadable, |duration| DayOrigin::Term(term, duration.value))
}

/// The problem of an end that is counted from the start: `36 months after start` is the day after the last one.
fn distance_from_start(text: &Text, end: &DayExpr, start: &DayOrigin<'_>) -> Option<Problem> {
    let mut events = Events::new();
    events.push("start", EventDate::Missing);
    // What starts with an event is counted from its start where it is counted from that event.
    if let DayOrigin::Written(_, start) = start {
        for (name, _) in start.distances().filter(|(_, offset)| offset.is_none()) {
            events.push(name, EventDate::Missing);
        }
    }
    let mut distances = end.distances();
    let (_, offset) = distances
        .find(|(name, offset)| offset.is_some_and(Offset::is_after) && events.place(name).is_some())?;
    let title = "an end that is counted from the start is a day too late";
    let problem = Problem::at(text.span, title, "the day after the last one");
    Some(match offset.and_then(Duration::of) {
        Some(term) => problem.help(format!("write how long it lasts instead of `end`: `term: {term}`")),
        None => problem.help("write the last day itself, or how long it lasts, such as `term: 36 months`"),
    })
}

/// A term that ends before it starts is an error.
fn check_period(start: &Field<Spanned<Window>>, end: &Field<Spanned<Window>>, problems: &mut Vec<Problem>) {
    if let (Some(start), Some(end)) = (start.given(), end.given())
        && end.value.latest < start.value.earliest
    {
        problems.push(
            Problem::at(end.span, "the contract ends before it starts", format!("ends {}", end.value))
                .label(start.span, format!("starts {}", start.value)),
        );
    }
}

/// Adds the milestones that a contract states.
fn milestones<'a>(
    stated: &'a Field<Table<Text>>,
    chart: &mut Chart<'a>,
    calendar: &Calendar,
    problems: &mut Vec<Problem>,
) -> Vec<OpenEvent> {
    let mut open = Vec::new();
    let milestones = match stated {
        Field::Absent => return open,
        Field::Broken => {
            chart.events.lose();
            return open;
        }
        Field::Given(milestones) => milestones,
    };
    let note = "case, blanks, hyphens and underscores make no difference";
    let twins = twins(&milestones.entries, |name| folded(name).collect(), "milestones", note, problems);
    for (at, (name, field)) in milestones.entries.iter().enumerate() {
        if let Some(problem) = unusable_name(name, calendar) {
            problems.push(problem);
            continue;
        }
        let origin = match field {
            Field::Given(text) if same_words(&text.value, OPEN) => DayOrigin::Open(text),
            _ => written(field, calendar, problems),
        };
        let origin = match origin {
            // Of two milestones that read alike neither counts: deadlines would be counted from whichever came first.
            _ if twins.contains(&at) => DayOrigin::Unreadable,
            DayOrigin::Missing => DayOrigin::Unreadable,
            origin => origin,
        };
        let is_open = matches!(origin, DayOrigin::Open(_));
        let place = chart.add(&name.value, origin);
        if let Field::Given(text) = field
            && is_open
        {
            open.push(OpenEvent { place, name: name.clone(), span: text.span });
        }
    }
    if milestones.cut {
        chart.events.lose();
    }
    open
}

/// The problem of a name by which no deadline could mean a milestone.
fn unusable_name(name: &Text, calendar: &Calendar) -> Option<Problem> {
    let title = || format!("a milestone cannot be called `{}`", name.value);
    let own = ["signing", "effective", "effective date", "start", "end"];
    if same_words(&name.value, OPEN) {
        let problem = Problem::at(name.span, title(), "this says that there is no day yet");
        return Some(problem.help("give it a name of its own, such as `go-live`"));
    }
    if own.into_iter().any(|event| same_words(event, &name.value)) {
        let problem = Problem::at(name.span, title(), "this name is taken");
        return Some(problem.help(
            "`signing` and `effective`, and `start` and `end` of `period`, are keys of the contract itself",
        ));
    }
    // A deadline `Q2 2027` would always be the quarter, never a milestone of that name.
    if DayExpr::parse(&name.value, calendar).is_ok_and(|expression| expression.is_event()) {
        return None;
    }
    let problem = Problem::at(name.span, title(), "as a deadline, this would be read as something else");
    Some(problem.help("give it a name that is no date and no distance, such as `go-live`"))
}

/// The day from which on a requirement with no `due` is promised, with its words; `None` where that could not
/// be read.
pub(super) fn first_day(
    ContractDays { signing, start, events, .. }: &ContractDays,
    calendar: &Calendar,
    today: Date,
) -> Option<(DueDay, &'static str)> {
    let on = |window: Window| Deadline::on(window, calendar).ok().map(DueDay::On);
    if events.find("start").is_some_and(|(_, date)| date == EventDate::Open) {
        let start = DayExpr::parse("start", calendar).ok()?.resolve("start", events, calendar).ok()?;
        return Some((start, "the contract's start"));
    }
    match (start, signing) {
        (Field::Given(start), _) => Some((on(start.value)?, "the contract's start")),
        (Field::Broken, _) | (Field::Absent, Field::Broken) => None,
        (Field::Absent, Field::Given(signing)) => Some((on(signing.value)?, "the signing")),
        (Field::Absent, Field::Absent) => Some((on(Window::day(today))?, "today")),
    }
}

/// Finds the days of a deadline; `None` where what is wrong with it has been reported.
pub(super) fn resolve(
    text: &Text,
    events: &Events,
    calendar: &Calendar,
    problems: &mut Vec<Problem>,
) -> Option<DueDay> {
    let resolved = DayExpr::parse(&text.value, calendar)
        .and_then(|expression| expression.resolve(&text.value, events, calendar));
    resolved.map_err(|error| error.report(text, problems)).ok()
}
