//! The events of a contract and what they hang on, worked out in the order in which they can be known.

use std::collections::HashSet;
use std::ops::Range;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Text};
use crate::source::Spanned;
use crate::text::count;

use super::super::calendar::Calendar;
use super::super::deadline::{DayExpr, DueDay, Duration, EventDate, EventSource, Events, OpenCount, OpenDay};
use super::super::misread::{Misread, ReadError};
use super::super::window::{Window, YEARS};

/// Where the day of an event comes from.
pub(crate) enum DayOrigin<'a> {
    /// The contract gives none.
    Missing,
    /// It gives one that could not be read.
    Unreadable,
    /// It says that there is none yet.
    Open(&'a Text),
    /// These days.
    Day(&'a Text, Window),
    /// An expression, which may hang on other events.
    Written(&'a Text, DayExpr),
    /// So long after the start.
    Term(&'a Text, Duration),
}

impl<'a> DayOrigin<'a> {
    fn text(&self) -> Option<&'a Text> {
        match self {
            Self::Missing | Self::Unreadable => None,
            Self::Open(text) | Self::Day(text, _) | Self::Written(text, _) | Self::Term(text, _) => {
                Some(text)
            }
        }
    }

    /// The date of the event, before others are known.
    pub(super) fn date(&self) -> EventDate {
        match self {
            Self::Missing => EventDate::Missing,
            Self::Unreadable => EventDate::Unreadable,
            Self::Open(_) => EventDate::Open,
            Self::Day(_, day) => EventDate::Known(*day),
            Self::Written(..) | Self::Term(..) => EventDate::Pending,
        }
    }

    /// The day of the event where it has one, and where it is written.
    pub(super) fn day(&self, date: EventDate) -> Field<Spanned<Window>> {
        match (date, self.text()) {
            (EventDate::Known(window), Some(text)) => Field::Given(Spanned::new(window, text.span)),
            // Nobody knows yet: as if it were not written.
            (EventDate::Missing | EventDate::Open, _) => Field::Absent,
            _ => Field::Broken,
        }
    }
}

/// Events with their origins, each at the same place.
pub(crate) struct Chart<'a> {
    calendar: &'a Calendar,
    pub(crate) events: Events,
    origins: Vec<DayOrigin<'a>>,
    /// Those that others hang on, once they have been worked out.
    bases: HashSet<usize>,
}

/// How far an event has been looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    New,
    /// It is at this place of the path that is being followed.
    Open(usize),
    Done,
}

impl<'a> Chart<'a> {
    pub(crate) fn new(calendar: &'a Calendar) -> Self {
        Self { calendar, events: Events::new(), origins: Vec::new(), bases: HashSet::new() }
    }

    /// Adds an event, and gives its place.
    pub(crate) fn add(&mut self, name: &str, origin: DayOrigin<'a>) -> usize {
        let date = origin.date();
        self.origins.push(origin);
        self.events.push(name, date)
    }

    /// The day of an event, and where it is written.
    pub(crate) fn day(&self, place: usize) -> Field<Spanned<Window>> {
        self.origins[place].day(self.events.date(place))
    }

    /// Whether another event hangs on one, once they have been worked out.
    pub(super) fn is_base(&self, place: usize) -> bool {
        self.bases.contains(&place)
    }

    /// Gives all events their days. What is wrong with one is worked out once all others are known, so that it does not
    /// depend on the order in which they are written.
    pub(crate) fn work_out(&mut self, problems: &mut Vec<Problem>) -> Vec<(&'a Text, ReadError)> {
        let bases: Vec<Vec<usize>> = (0..self.origins.len()).map(|place| self.bases(place)).collect();
        self.bases = bases.iter().flatten().copied().collect();
        for place in self.order(&bases, problems) {
            if self.events.date(place) == EventDate::Pending {
                match self.resolve(place) {
                    Ok((date, source)) => self.events.set(place, date, Some(source)),
                    Err(_) => self.events.set(place, EventDate::Unreadable, None),
                }
            }
        }
        let wrong = |place: &usize| self.events.date(*place) == EventDate::Unreadable;
        let wrong = (0..self.origins.len()).filter(wrong);
        wrong.filter_map(|place| Some((self.origins[place].text()?, self.resolve(place).err()?))).collect()
    }

    fn resolve(&self, place: usize) -> Result<(EventDate, EventSource), ReadError> {
        match &self.origins[place] {
            DayOrigin::Written(text, expression) => {
                match expression.resolve(&text.value, &self.events, &self.calendar.of_events())? {
                    DueDay::On(deadline) => {
                        Ok((EventDate::Known(deadline.written), EventSource::Counted(deadline)))
                    }
                    DueDay::Open(open) => Ok((EventDate::Open, EventSource::Open(open))),
                    DueDay::WhenAvailable => Err(no_event().into()),
                }
            }
            DayOrigin::Term(_, duration) => match self.events.find("start") {
                Some((_, EventDate::Known(start))) => {
                    let last = duration.last_days(start).ok_or_else(outside)?;
                    Ok((EventDate::Known(last), EventSource::Term(*duration, start)))
                }
                Some((_, EventDate::Open)) => {
                    let roots = self.events.place("start").map(|start| self.events.roots(start));
                    let count = Some(OpenCount::Term(*duration));
                    let open = OpenDay { roots: roots.unwrap_or_default(), count };
                    Ok((EventDate::Open, EventSource::Open(open)))
                }
                Some((_, EventDate::Missing)) => {
                    Err(Misread::new("this term begins on no day", "how long, from when?")
                        .help("add the first day, such as `period: { start: 2027-01-01, term: 36 months }`")
                        .into())
                }
                _ => Err(ReadError::Reported),
            },
            DayOrigin::Missing | DayOrigin::Unreadable | DayOrigin::Open(_) | DayOrigin::Day(..) => {
                Err(ReadError::Reported)
            }
        }
    }

    /// The events that one hangs on.
    fn bases(&self, place: usize) -> Vec<usize> {
        match &self.origins[place] {
            DayOrigin::Written(_, expression) => {
                expression.distances().filter_map(|(name, _)| self.events.place(name)).collect()
            }
            DayOrigin::Term(..) => self.events.place("start").into_iter().collect(),
            DayOrigin::Missing | DayOrigin::Unreadable | DayOrigin::Open(_) | DayOrigin::Day(..) => {
                Vec::new()
            }
        }
    }

    /// The places of all events, each after those that it hangs on; circles are reported. There is no recursion, so
    /// that no chain is too long.
    fn order(&self, bases: &[Vec<usize>], problems: &mut Vec<Problem>) -> Vec<usize> {
        let mut visits = vec![Visit::New; bases.len()];
        let mut is_told = vec![false; bases.len()];
        let mut order = Vec::with_capacity(bases.len());
        let mut path: Vec<(usize, std::slice::Iter<'_, usize>)> = Vec::new();
        for first in 0..bases.len() {
            if visits[first] == Visit::New {
                visits[first] = Visit::Open(0);
                path.push((first, bases[first].iter()));
            }
            while let Some((place, further)) = path.last_mut() {
                let place = *place;
                let Some(&base) = further.next() else {
                    visits[place] = Visit::Done;
                    order.push(place);
                    path.pop();
                    continue;
                };
                match visits[base] {
                    Visit::Done => {}
                    Visit::New => {
                        visits[base] = Visit::Open(path.len());
                        path.push((base, bases[base].iter()));
                    }
                    Visit::Open(_) if is_told[place] || is_told[base] => {}
                    Visit::Open(at) => {
                        let circle: Vec<usize> = path[at..].iter().map(|(place, _)| *place).collect();
                        circle.iter().for_each(|&place| is_told[place] = true);
                        problems.extend(self.circle(circle));
                    }
                }
            }
        }
        order
    }

    /// The problem of events that hang on one another in a circle, each on the next.
    fn circle(&self, mut circle: Vec<usize>) -> Option<Problem> {
        const SHOWN: usize = 8;
        // It begins with the one that is written first, wherever it was found.
        let first = circle.iter().enumerate().min_by_key(|(_, place)| **place)?.0;
        circle.rotate_left(first);
        let name = |place: usize| format!("`{}`", self.events.name(place));
        let label = |at: usize| {
            let next = circle[(at + 1) % circle.len()];
            let text = self.origins[circle[at]].text()?;
            Some((text.span, format!("{} counts from {}", name(circle[at]), name(next))))
        };
        let title = match circle.len() {
            1 => format!("{} counts from itself", name(circle[0])),
            number => format!("{} count from one another in a circle", count(number, "event")),
        };
        let (span, words) = label(0)?;
        let shown: Range<usize> = 1..circle.len().min(SHOWN);
        let problem = shown
            .filter_map(label)
            .fold(Problem::at(span, title, words), |problem, (span, words)| problem.label(span, words));
        let problem = match circle.len().checked_sub(SHOWN) {
            Some(left @ 1..) => problem.note(format!("and so on, over {} more", count(left, "event"))),
            _ => problem,
        };
        Some(problem.help("give one of them a day, or count it from an event that is known"))
    }
}

fn no_event() -> Misread {
    let misread = Misread::new("an event has a day, or is `open`", "this promises no day");
    misread.instead("open", "write `open` where there is no day yet")
}

fn outside() -> ReadError {
    let title = format!("the contract would end outside the years {} to {}", YEARS.start(), YEARS.end());
    Misread::new(title, "expected a shorter term").into()
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use jiff::civil::date;
    use proptest::prelude::*;

    use crate::source::{FileId, Span};

    use super::*;

    /// The days of some events, each with its text.
    fn days(stated: &[(String, String)]) -> (Events, usize) {
        let calendar = Calendar::default();
        let texts: Vec<(&str, Text)> = (0..)
            .zip(stated)
            .map(|(at, (name, text))| {
                (
                    name.as_str(),
                    Text::new(text.as_str().into(), Span { file: FileId(0), start: at, end: at + 1 }),
                )
            })
            .collect();
        let mut chart = Chart::new(&calendar);
        for (name, text) in &texts {
            let origin = DayExpr::parse(&text.value, &calendar).map(|day| DayOrigin::Written(text, day));
            chart.add(name, origin.unwrap_or(DayOrigin::Unreadable));
        }
        let mut problems = Vec::new();
        let wrong = chart.work_out(&mut problems).into_iter();
        let wrong = wrong.filter(|(_, error)| *error != ReadError::Reported).count();
        (chart.events, wrong + problems.len())
    }

    fn stated(entries: &[(&str, &str)]) -> Vec<(String, String)> {
        entries.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn circles_are_told_once_and_lose_what_hangs_on_them() {
        let (events, wrong) = days(&stated(&[
            ("a", "1 day after b"),
            ("b", "later of c and d"),
            ("c", "1 day after a"),
            ("d", "2027-01-01"),
            ("e", "1 day after a"),
        ]));
        assert_eq!(wrong, 1);
        let dates: Vec<EventDate> = (0..5).map(|place| events.date(place)).collect();
        assert_eq!(dates[3], EventDate::Known(Window::day(date(2027, 1, 1))));
        assert!([0, 1, 2, 4].iter().all(|&at| dates[at] == EventDate::Unreadable), "{dates:?}");
    }

    #[test]
    fn no_chain_is_too_long() {
        let mut entries = vec![("e0".to_owned(), "2027-01-01".to_owned())];
        entries.extend((1..20_000).map(|at| (format!("e{at}"), format!("0 days after e{}", at - 1))));
        entries.reverse();
        let (events, wrong) = days(&entries);
        assert_eq!((wrong, events.date(0)), (0, EventDate::Known(Window::day(date(2027, 1, 1)))));
        entries.push(("e0".to_owned(), "1 day after e19999".to_owned()));
        entries.remove(entries.len() - 2);
        assert_eq!(days(&entries).1, 1);
    }

    proptest! {
        #[test]
        fn a_chain_is_the_sum_of_its_steps_in_any_order(
            steps in prop::collection::vec((-400i64..400, any::<bool>()), 1..30), seed in any::<prop::sample::Index>(),
        ) {
            let mut entries = vec![("e0".to_owned(), "2030-06-15".to_owned())];
            let mut expected = date(2030, 6, 15);
            for (at, (amount, in_weeks)) in (1..).zip(&steps) {
                let (number, unit, factor) = if *in_weeks { (amount / 7, "weeks", 7) } else { (*amount, "days", 1) };
                expected = expected.checked_add((number * factor).days()).unwrap();
                let direction = if number < 0 { "before" } else { "after" };
                entries.push((format!("e{at}"), format!("{} {unit} {direction} e{}", number.abs(), at - 1)));
            }
            let turn = seed.index(entries.len());
            entries.rotate_left(turn);
            entries[turn / 2..].reverse();
            let (events, wrong) = days(&entries);
            prop_assert_eq!(wrong, 0);
            let last = events.find(&format!("e{}", steps.len())).unwrap().1;
            prop_assert_eq!(last, EventDate::Known(Window::day(expected)));
        }
    }
}
