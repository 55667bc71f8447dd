//! The events that a deadline may count from.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use compact_str::CompactString;

use crate::model::calendar::Calendar;

use crate::model::date::{folded, same_words, strip_words};
use crate::model::window::{Date, Window};

use super::{DayExpr, Deadline, DueDay, Duration};

/// What a contract knows of the day of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventDate {
    /// The days it may fall on, before `bare-period` is applied.
    Known(Window),
    /// The contract gives none.
    Missing,
    /// The contract gives one that could not be read, which was reported there.
    Unreadable,
    /// There is no day for it yet, or for what it hangs on.
    Open,
    /// It hangs on an event that is still to be worked out, or on itself in a circle, which was reported.
    Pending,
}

/// How an event came to its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventSource {
    /// From a date, or from other events.
    Counted(Deadline),
    /// As the last day of a term that starts then.
    Term(Duration, Window),
    /// It has none, since what it hangs on has none.
    Open(OpenDay),
}

/// A day that hangs on events for which there is none yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenDay {
    /// The events of which the contract itself says that there is no day yet, by their places.
    pub roots: Arc<[usize]>,
    /// How it will be counted; nothing where that is not known.
    pub count: Option<OpenCount>,
}

/// How a day will be counted, once the events that it hangs on have one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OpenCount {
    /// As it is written.
    Written(DayExpr, CompactString),
    /// So long after the start.
    Term(Duration),
}

impl OpenDay {
    /// What it comes to with some events; nothing where that is not known.
    pub fn resolve(&self, events: &Events, calendar: &Calendar) -> Option<DueDay> {
        match self.count.as_ref()? {
            OpenCount::Written(day, text) => day.resolve(text, events, calendar).ok(),
            OpenCount::Term(term) => match events.find("start")?.1 {
                EventDate::Known(start) => {
                    Deadline::on(term.last_days(start)?, calendar).ok().map(DueDay::On)
                }
                _ => Some(DueDay::Open(self.clone())),
            },
        }
    }
}

impl EventSource {
    fn steps(&self) -> Vec<String> {
        match self {
            Self::Counted(deadline) => deadline.steps(),
            Self::Term(term, start) => {
                let last = term.last_days(*start).map(|last| format!(" is {last}")).unwrap_or_default();
                vec![format!("the last day of {term} from {start}{last}")]
            }
            Self::Open(_) => Vec::new(),
        }
    }

    /// The deadline that it was counted as.
    pub fn counted(&self) -> Option<&Deadline> {
        match self {
            Self::Counted(deadline) => Some(deadline),
            Self::Term(..) | Self::Open(_) => None,
        }
    }
}

/// An event of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Event {
    name: String,
    date: EventDate,
    source: Option<EventSource>,
}

/// The events of a contract, in the order in which messages list them.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// The files of a deal have them in common.
    known: Arc<Vec<Event>>,
    /// Those that are different here, by their places.
    changed: BTreeMap<usize, Event>,
    /// Their places by name, case and what parts its words aside.
    places: Arc<HashMap<String, usize>>,
    /// Those that hang on open ones, each after those that it hangs on.
    open: Arc<Vec<usize>>,
    pub(super) incomplete: bool,
}

impl Events {
    /// No events.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an event, and gives its place; of two of the same name, the first is found.
    pub fn push(&mut self, name: impl Into<String>, date: EventDate) -> usize {
        let (name, place) = (name.into(), self.known.len());
        Arc::make_mut(&mut self.places).entry(folded(&name).collect()).or_insert(place);
        Arc::make_mut(&mut self.known).push(Event { name, date, source: None });
        place
    }

    /// Gives the event at a place its date, with how it came to it.
    pub fn set(&mut self, place: usize, date: EventDate, source: Option<EventSource>) {
        if matches!(source, Some(EventSource::Open(_))) {
            Arc::make_mut(&mut self.open).push(place);
        }
        let event = self.event_mut(place);
        (event.date, event.source) = (date, source);
    }

    fn event(&self, place: usize) -> &Event {
        self.changed.get(&place).unwrap_or(&self.known[place])
    }

    /// An event to be changed, here alone.
    fn event_mut(&mut self, place: usize) -> &mut Event {
        let is_alone = Arc::get_mut(&mut self.known).is_some() && !self.changed.contains_key(&place);
        match is_alone {
            true => &mut Arc::make_mut(&mut self.known)[place],
            // All files of a deal share the events: to copy them for each cost the square of the amendments.
            false => self.changed.entry(place).or_insert_with(|| self.known[place].clone()),
        }
    }

    /// The name of the event at a place.
    pub fn name(&self, place: usize) -> &str {
        &self.event(place).name
    }

    /// The date of the event at a place.
    pub fn date(&self, place: usize) -> EventDate {
        self.event(place).date
    }

    /// Tells that events may have been lost to an error: a name that is not found is not unknown.
    pub fn lose(&mut self) {
        self.incomplete = true;
    }

    /// The place of an event by its name, or by a common way to say it: case does not count, nor do the blanks,
    /// hyphens and underscores between words.
    pub fn place(&self, name: &str) -> Option<usize> {
        let same = |wanted: &str| self.places.get(&folded(wanted).collect::<String>()).copied();
        let alias = || {
            let name: String = folded(name).collect();
            ALIASES.iter().find(|(alias, _)| *alias == name).and_then(|(_, event)| same(event))
        };
        let undated = || {
            let (head, tail) = name.split_at_checked(name.len().checked_sub(5)?)?;
            (same_words(tail, "date") && tail.starts_with([' ', '-', '_'])).then(|| same(head)).flatten()
        };
        // A milestone's own name first: `expiry` is the contract's end only where none is called so.
        same(name)
            .or_else(undated)
            .or_else(alias)
            .or_else(|| is_signing(name).then(|| same("signing")).flatten())
    }

    /// The names that [`Self::place`] may find, each by itself; those of the day of signature begin and end with one of these.
    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        let of_signing = SIGNING.iter().filter_map(|words| words.first()).chain(DOCUMENTS).chain(&["hereof"]);
        self.names().chain(ALIASES.iter().map(|(alias, _)| *alias)).chain(of_signing.copied())
    }

    /// Words of which one is in each name of an event that all contracts have.
    pub(crate) fn words_of_all() -> impl Iterator<Item = &'static str> {
        let of_alias = |(alias, _): &(&'static str, _)| {
            alias.strip_prefix("contract ").unwrap_or(alias).split(' ').next()
        };
        let of_signing = SIGNING.iter().filter_map(|words| words.first().copied());
        ALIASES.iter().filter_map(of_alias).chain(of_signing).chain(["signing", "start", "end"])
    }

    /// The names of the events that not all contracts have.
    pub(crate) fn own_names(&self) -> impl Iterator<Item = &str> {
        self.names().filter(|name| !["signing", "start", "end"].contains(name))
    }

    /// The event of a name, as [`Self::place`] finds it.
    pub fn find(&self, name: &str) -> Option<(&str, EventDate)> {
        let place = self.place(name)?;
        Some((self.name(place), self.date(place)))
    }

    /// The events that a deadline hangs on, with how each came to its day, each after those that it hangs on itself.
    pub fn chain<'a>(&'a self, deadline: &'a Deadline) -> Vec<(&'a str, &'a EventSource)> {
        // No recursion, so that no chain is too long.
        let mut is_seen = vec![false; self.known.len()];
        let mut open: Vec<(usize, bool)> = self.bases(deadline).map(|base| (base, false)).collect();
        open.reverse();
        let mut chain = Vec::new();
        while let Some((place, is_open)) = open.pop() {
            let Some(source) = &self.event(place).source else { continue };
            if is_open {
                chain.push((self.name(place), source));
            } else if !std::mem::replace(&mut is_seen[place], true) {
                open.push((place, true));
                let from = open.len();
                match source {
                    EventSource::Counted(day) => open.extend(self.bases(day).map(|base| (base, false))),
                    EventSource::Term(..) => open.extend(self.place("start").map(|start| (start, false))),
                    EventSource::Open(_) => {}
                }
                open[from..].reverse();
            }
        }
        chain
    }

    /// How a deadline came to its days, a sentence a step: first how the events did that it counts from.
    pub fn steps(&self, deadline: &Deadline) -> Vec<String> {
        let mut steps: Vec<String> = Vec::new();
        for (name, source) in self.chain(deadline) {
            let found = source.steps();
            steps.extend(found.into_iter().map(|step| format!("{name}: {step}")));
        }
        steps.extend(deadline.steps());
        steps
    }

    /// The events that a deadline counts from.
    fn bases<'a>(&'a self, deadline: &'a Deadline) -> impl Iterator<Item = usize> + 'a {
        deadline.anchors().filter_map(|(anchor, _)| self.place(&anchor.event))
    }

    /// The events for want of which an open one has no day: itself, or those that it hangs on.
    pub fn roots(&self, place: usize) -> Arc<[usize]> {
        match &self.event(place).source {
            Some(EventSource::Open(open)) => Arc::clone(&open.roots),
            _ => [place].into(),
        }
    }

    /// The events as they would be if an open one had a day.
    pub fn with(&self, place: usize, day: Date, calendar: &Calendar) -> Self {
        let mut events = self.clone();
        events.set(place, EventDate::Known(Window::day(day)), None);
        for &place in &*self.open {
            let Some(EventSource::Open(open)) = &self.event(place).source else { continue };
            let date = match open.resolve(&events, calendar) {
                Some(DueDay::On(deadline)) => EventDate::Known(deadline.written),
                Some(DueDay::Open(_)) => EventDate::Open,
                _ => EventDate::Unreadable,
            };
            events.event_mut(place).date = date;
        }
        events
    }

    /// The names of all events.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(|event| event.name.as_str())
    }

    /// The names of the events that have a date.
    pub(super) fn dated(&self) -> impl Iterator<Item = &str> {
        let all = (0..self.known.len()).map(|place| self.event(place));
        let dated = all.filter(|event| matches!(event.date, EventDate::Known(_)));
        dated.map(|event| event.name.as_str())
    }
}

/// Whether a name is the day of signature as documents say it: `date of this Order Form`, `execution hereof`.
fn is_signing(name: &str) -> bool {
    SIGNING.iter().filter_map(|words| strip_words(name, words)).any(|rest| {
        let document = strip_words(rest, &["of", "this"]);
        same_words(rest, "hereof")
            || document.is_some_and(|document| DOCUMENTS.iter().any(|known| same_words(known, document)))
    })
}

/// What of a document is the day of signature.
const SIGNING: &[&[&str]] = &[
    &["date", "of", "signature"],
    &["date"],
    &["signature"],
    &["signing"],
    &["execution"],
    &["effective", "date"],
];

/// What documents call themselves.
const DOCUMENTS: &[&str] = &[
    "agreement", "master agreement", "services agreement", "contract", "order", "order form",
    "statement of work", "sow", "letter", "offer", "amendment", "addendum", "exhibit", "schedule",
];

/// Other words for the events that every contract has. A contract that does not say when it takes effect does so when it
/// is signed.
const ALIASES: &[(&str, &str)] = &[
    ("effective", "signing"),
    ("effective date", "signing"),
    ("signature", "signing"),
    ("signature date", "signing"),
    ("date of signing", "signing"),
    ("date of signature", "signing"),
    ("contract signing", "signing"),
    ("contract signature", "signing"),
    ("contract start", "start"),
    ("start of term", "start"),
    ("start of the term", "start"),
    ("commencement of the term", "start"),
    ("commencement date", "start"),
    ("expiration", "end"),
    ("expiration date", "end"),
    ("expiration of the term", "end"),
    ("expiry", "end"),
    ("expiry date", "end"),
    ("expiry of the term", "end"),
    ("contract end", "end"),
    ("end of term", "end"),
    ("end of the term", "end"),
];
