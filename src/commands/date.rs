//! `dealcheck date`: how a deadline is read, and what decided.

mod contract;

use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;

use jiff::civil::Weekday;

use crate::cli::DateArgs;
use crate::diagnostic::Problem;
use crate::input::config::ConfigFile;
use crate::input::decode::{Field, Text};
use crate::input::discover::configuration;
use crate::model::assemble::Vocabulary;
use crate::model::calendar::{BarePeriod, Calendar, MONTHS, NamedBy, Quarters};
use crate::model::config::vocabulary;
use crate::model::contract::{Chart, DayOrigin};
use crate::model::date::parse_date;
use crate::model::deadline::{DayExpr, Deadline, DueDay, EventDate, Events, Offset, Reading};
use crate::model::misread::{Misread, ReadError};
use crate::model::window::{Date, Window};
use crate::output::Colour;
use crate::sellable::split_at_sign;
use crate::source::{FileId, Source, Sources, Span};
use crate::text::{and_list, clean, count, shell_quote};

use super::log::stdout;
use super::{CommandRefusal, Ending, Exit};

/// The events that every contract may date, besides its own milestones.
const OWN_EVENTS: [&str; 4] = ["signing", "effective", "start", "end"];

/// Shows how a deadline is read.
pub(super) fn run(args: &DateArgs, today: Date, colour: Colour) -> Ending {
    let folder = std::env::current_dir()?;
    let (mut asked, events) = match &args.contract {
        Some(file) => {
            let found = contract::find(file, args.config.as_deref(), &folder, today, colour.err);
            let mut asked = DateQuestion::new((found.config, Vec::new()));
            // With an event that could not be read, the days may not be those that are meant.
            let Some(contract) = found.contract.filter(|_| found.problems.is_empty()) else {
                return Err(CommandRefusal::Drawn(found.problems));
            };
            asked.calendar = contract.calendar;
            asked.fiscal_place = contract.fiscal_place;
            asked.is_of_contract = true;
            (asked, contract.events)
        }
        None => {
            let mut asked = DateQuestion::new(configuration(args.config.as_deref(), &folder, FileId(0)));
            let events = asked.events(&args.event);
            (asked, events)
        }
    };
    let day = asked.day(&args.expression, &events);
    // With a setting or an event that could not be read, the days may not be those that are meant.
    let Some(day) = day.filter(|_| asked.problems.is_empty()) else {
        let sources = Sources { shared: &asked.sources, own: None };
        return Err(CommandRefusal::drawn(&asked.problems, sources, colour));
    };
    let mut out = stdout();
    out.write_all(asked.page(&args.expression, &day, &events).as_bytes())?;
    out.flush()?;
    Ok(Exit::Clean)
}

/// What was asked, and what it is read with.
struct DateQuestion {
    config: Option<Arc<ConfigFile>>,
    calendar: Calendar,
    /// What can be pointed into: the configuration, the events, the expression.
    sources: Vec<Arc<Source>>,
    problems: Vec<Problem>,
    /// Whether anything was read with the fiscal year.
    fiscal: bool,
    /// Whether anything was read with the setting `quarters`.
    quarters: bool,
    /// Where the contract states a fiscal year of its own.
    fiscal_place: Option<String>,
    /// Whether the events are those of a contract.
    is_of_contract: bool,
}

impl DateQuestion {
    fn new((config, mut problems): (Option<Arc<ConfigFile>>, Vec<Problem>)) -> Self {
        problems.extend(config.iter().flat_map(|config| config.problems.iter().cloned()));
        let Vocabulary { calendar, .. } =
            config.as_ref().map(|config| vocabulary(&config.record, &mut problems)).unwrap_or_default();
        let sources = config.iter().filter_map(|config| config.source.clone()).collect();
        Self {
            config,
            calendar,
            sources,
            problems,
            fiscal: false,
            quarters: false,
            fiscal_place: None,
            is_of_contract: false,
        }
    }

    /// Makes what was typed a file, so that a message can point into it.
    fn typed(&mut self, name: &str, text: &str) -> Arc<Source> {
        let last = self.sources.iter().map(|source| source.id().0).max();
        let id = FileId(last.unwrap_or_default().saturating_add(1));
        let source = Arc::new(Source::new(id, name, text));
        self.sources.push(Arc::clone(&source));
        source
    }

    /// The events of the command line. As in a contract, they may count from one another.
    fn events(&mut self, typed: &[String]) -> Events {
        let nothing = own_events();
        let mut given: Vec<(String, Text)> = Vec::new();
        let mut names: HashSet<String> = HashSet::new();
        let mut lost = false;
        for typed in typed {
            let source = self.typed("--event", typed);
            let Some((name, date)) = split_at_sign(&source, 0..typed.len(), |sign| sign == '=') else {
                self.problems.push(no_event(&whole(&source)));
                lost = true;
                continue;
            };
            // `signature` and `contract start` are names of these, too.
            let known = nothing.find(&name.value).map(|(known, _)| known.to_owned());
            let canonical = known.unwrap_or_else(|| name.value.to_string());
            if !names.insert(canonical.to_lowercase()) {
                self.problems.push(
                    Problem::at(name.span, format!("`{canonical}` is given twice"), "the second time")
                        .help("give each event one date"),
                );
                continue;
            }
            given.push((canonical, date));
        }
        let calendar = self.calendar.clone();
        let mut chart = Chart::new(&calendar);
        let (mut wrong, mut read) = (Vec::new(), Vec::new());
        for own in OWN_EVENTS {
            if own != "effective" && !names.contains(own) {
                chart.add(own, DayOrigin::Missing);
            }
        }
        for (name, date) in &given {
            let origin = match name.as_str() {
                "signing" => parse_date(&date.value, &calendar).map(|day| DayOrigin::Day(date, day)),
                _ => DayExpr::parse(&date.value, &calendar).map(|day| DayOrigin::Written(date, day)),
            };
            read.extend(origin.is_ok().then_some(date));
            let origin = origin.unwrap_or_else(|error| {
                wrong.push((date, error));
                DayOrigin::Unreadable
            });
            chart.add(name, origin);
        }
        wrong.extend(chart.work_out(&mut self.problems));
        let mut events = chart.events;
        for date in read {
            self.look_for_settings(&date.value);
        }
        for (date, error) in wrong {
            self.report(error, date);
        }
        if lost {
            events.lose();
        }
        events
    }

    /// Finds the settings without which a text is not read.
    fn look_for_settings(&mut self, text: &str) {
        let is_read = |calendar: &Calendar| DayExpr::parse(text, calendar).is_ok();
        let without = Calendar { fiscal_year: Field::Absent, ..self.calendar.clone() };
        self.fiscal |= is_read(&self.calendar) && !is_read(&without);
        let without = Calendar { quarters: Field::Absent, ..self.calendar.clone() };
        self.quarters |= is_read(&self.calendar) && !is_read(&without);
    }

    fn day(&mut self, expression: &str, events: &Events) -> Option<DueDay> {
        let text = whole(&self.typed("<expression>", expression));
        let read = DayExpr::parse(expression, &self.calendar)
            .and_then(|day| day.resolve(expression, events, &self.calendar));
        self.look_for_settings(expression);
        read.map_err(|error| self.report(error, &text)).ok()
    }

    /// Reports what is wrong with a date. An event without a date is one that was not given here; the message
    /// for contracts would tell where a contract gives it.
    fn report(&mut self, error: ReadError, text: &Text) {
        let ReadError::Misread(mut misread) = error else { return };
        let unresolved = !self.is_of_contract && DayExpr::parse(&text.value, &self.calendar).is_ok();
        if let Some(part) = misread.part.clone().filter(|_| unresolved)
            && let Some(name) = text.value.get(part.clone())
        {
            let alone = part.start == text.value.len() - text.value.trim_start().len();
            // `signature` is a name of `signing`.
            let nothing = own_events();
            let own = nothing.find(name).map(|(own, _)| own);
            let title = match alone && own.is_none() {
                true => format!("`{name}` is neither a date nor an event that was given"),
                false => format!("`{name}` has no date here"),
            };
            // The help that lists the forms of a date, or the name that is near; what follows is about contracts.
            let helps = if own.is_some() { Vec::new() } else { misread.helps.into_iter().take(1).collect() };
            misread = Misread { helps, ..Misread::new(title, "an event that was not given").part(part) };
            let event = format!("{}=2027-03-31", own.unwrap_or(name.trim()));
            misread =
                misread.help(format!("to give the event a date, add `--event {}`", shell_quote(&event)));
        }
        self.problems.push(misread.at(text));
    }

    /// The lines that say how it is read.
    fn page(&self, expression: &str, day: &DueDay, events: &Events) -> String {
        let lines = match day {
            DueDay::On(deadline) => self.lines(deadline, events),
            DueDay::Open(open) => {
                let names: Vec<String> =
                    open.roots.iter().map(|root| format!("`{}`", events.name(*root))).collect();
                vec![("window", format!("none yet: there is no day for {}", and_list(&names)))]
            }
            DueDay::WhenAvailable => vec![("window", "none: no day is promised".to_owned())],
        };
        let mut page = format!("{}\n", clean(expression.trim()));
        for (name, value) in lines {
            page.push_str(&format!("  {name:<15} {}\n", clean(&value)));
        }
        page
    }

    fn lines(&self, deadline: &Deadline, events: &Events) -> Vec<(&'static str, String)> {
        let Window { earliest, latest } = deadline.window;
        let mut lines = vec![
            ("window", deadline.written.to_string()),
            ("lenient reading", format!("{latest}   decides whether a promise is late")),
            ("strict reading", format!("{earliest}   decides whether it is tight")),
        ];
        let mut how = events.steps(deadline);
        how.extend(self.business_days(deadline, events));
        if self.fiscal {
            how.extend(self.fiscal_year());
        }
        if self.quarters {
            how.extend(self.quarters());
        }
        let from_period = deadline.anchors().any(|(from, _)| !from.date.is_day());
        if deadline.reading == Reading::In {
            how.push("what is to happen in a period has until its last day".to_owned());
        } else if deadline.reading != Reading::Day || from_period {
            how.push(self.bare_period());
        }
        how.extend(self.weekend(deadline));
        let names = std::iter::once("how").chain(std::iter::repeat(""));
        lines.extend(names.zip(how));
        lines
    }

    fn bare_period(&self) -> String {
        let (value, what) = match self.calendar.bare_period.given() {
            None | Some(BarePeriod::Cautious) => ("cautious", "a period may mean its first day or its last"),
            Some(BarePeriod::End) => ("end", "a period means its last day"),
        };
        let written = self.config.as_ref().and_then(|config| config.record.bare_period.given());
        match written.and_then(|text| self.place(text.span)) {
            Some(place) => format!("{what}: bare-period = \"{value}\" in {place}"),
            None => format!("{what}: bare-period = \"{value}\", the default"),
        }
    }

    fn fiscal_year(&self) -> Option<String> {
        let year = *self.calendar.fiscal_year.given()?;
        let configured = || self.place(self.config.as_ref()?.record.fiscal_year.given()?.anchor);
        let place = self.fiscal_place.clone().or_else(configured)?;
        let month = MONTHS.get(usize::from(year.start_month()).checked_sub(1)?)?;
        let named_by = match year.named_by() {
            NamedBy::Start => "start",
            NamedBy::End => "end",
        };
        Some(format!("fiscal-year = {{ start = \"{month}\", named-by = \"{named_by}\" }} in {place}"))
    }

    fn quarters(&self) -> Option<String> {
        let written = self.config.as_ref()?.record.quarters.given()?;
        let what = match self.calendar.quarters.given()? {
            Quarters::Calendar => "a quarter that does not say so is one of the calendar year",
            Quarters::Fiscal => "a quarter that does not say so is one of the fiscal year",
        };
        Some(format!("{what}: quarters = \"{}\" in {}", written.value, self.place(written.span)?))
    }

    /// The days that were moved, since they are no business days.
    fn weekend(&self, deadline: &Deadline) -> Vec<String> {
        let written = self.config.as_ref().and_then(|config| config.record.weekend.given());
        let place = written.and_then(|text| self.place(text.span)).unwrap_or_default();
        let moves = deadline.moves().map(|(from, to)| {
            format!("{from} is no business day, {to} is the next: weekend = \"next-business-day\" in {place}")
        });
        moves.collect()
    }

    /// Which days were no business days, where business days were counted.
    fn business_days(&self, deadline: &Deadline, events: &Events) -> Option<String> {
        let chain = events.chain(deadline);
        let counted = chain.iter().filter_map(|(_, source)| source.counted()).chain([deadline]);
        let anchors = counted.flat_map(Deadline::anchors);
        let counts = anchors.filter(|(from, _)| from.offset.is_some_and(Offset::counts_business_days));
        let passed: Vec<(Window, Window)> = counts.map(|(from, to)| (from.date, to)).collect();
        if passed.is_empty() {
            return None;
        }
        let holidays = self.config.as_ref().and_then(|config| config.record.holidays.given());
        let Some(place) = holidays.and_then(|texts| texts.first()).and_then(|text| self.place(text.span))
        else {
            return Some("Saturdays and Sundays do not count; no holidays are configured".to_owned());
        };
        let is_passed = |day: jiff::civil::Date| {
            let between = |(from, to): &(Window, Window)| {
                from.earliest.min(to.earliest) <= day && day <= from.latest.max(to.latest)
            };
            passed.iter().any(between)
        };
        let weekend = |day: &jiff::civil::Date| matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
        let holidays = self.calendar.holidays.given()?;
        let skipped: Vec<String> = (holidays.iter())
            .filter(|&&day| is_passed(day) && !weekend(&day))
            .map(ToString::to_string)
            .collect();
        let skipped = if skipped.is_empty() { "none lies between".to_owned() } else { skipped.join(", ") };
        let configured = count(holidays.len(), "holiday");
        Some(format!("Saturdays and Sundays do not count, nor do the {configured} in {place}: {skipped}"))
    }

    fn place(&self, span: Span) -> Option<String> {
        let (name, position) = Sources { shared: &self.sources, own: None }.place(span)?;
        Some(format!("{name}:{}", position.line))
    }
}

/// The events that a contract has keys for, without a date.
fn own_events() -> Events {
    let mut events = Events::new();
    for name in OWN_EVENTS {
        events.push(name, EventDate::Missing);
    }
    events
}

fn whole(source: &Source) -> Text {
    Text::new(source.text().into(), source.span(0..source.text().len()))
}

fn no_event(text: &Text) -> Problem {
    let name = text.value.split('=').next().map(str::trim).filter(|name| !name.is_empty());
    let example = format!("{}=2027-03-31", name.unwrap_or("signing"));
    Problem::at(text.span, format!("`{}` is no event with its date", text.value), "expected NAME=DATE")
        .help(format!("write `--event {}`", shell_quote(&example)))
}
