//! The days that a sentence names, read by the model's own parser.

use std::collections::HashSet;
use std::ops::Range;

use compact_str::CompactString;

use crate::model::calendar::{Calendar, month_number};
use crate::model::deadline::{DayExpr, Deadline, DueDay, EventDate, Events};
use crate::model::spelled::may_begin_number;
use crate::model::window::{Date, Window};

use super::words::{WordToken, matches_at, phrase, stem, tokens};

/// The most words of a date.
const LONGEST: usize = 18;

/// A day, a period or a distance that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedDate {
    /// Which words.
    pub(crate) words: Range<usize>,
    /// As a contract file writes it.
    pub(crate) written: String,
    pub(crate) window: Window,
    /// The days of what it names, where it is `in` or `during` those.
    pub(crate) period: Option<Window>,
    /// The words before it.
    pub(crate) lead: &'static str,
    /// What these make of it.
    pub(crate) role: DateRole,
    /// The event it hangs on, for which the document gives no day.
    pub(crate) waits_for: Option<&'static str>,
}

impl NamedDate {
    /// Whether something is due on it: a start that every contract has is none.
    pub(super) fn is_due(&self) -> bool {
        match self.role {
            DateRole::Deadline => true,
            DateRole::From => !["signing", "start", "effective"].contains(&&*self.written),
            DateRole::Until | DateRole::Reference | DateRole::Bare => false,
        }
    }

    /// Whether what shall not end ends with it at the earliest: "shall not discontinue … before 2028".
    pub(crate) fn is_end(&self) -> bool {
        ["before", "prior to", "within", "in", "during", "in the course of"].contains(&self.lead)
    }
}

/// What a date is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DateRole {
    /// `by`, `no later than`, `within`, `in`: the day by which.
    Deadline,
    /// `from`: the day on which something is there.
    From,
    /// `until`: how long it holds.
    Until,
    /// `dated`, `as of`: the day of something else.
    Reference,
    /// Nothing stands before it.
    Bare,
}

/// What stands before a date, the longer before what it begins with.
const LEADS: &[(&str, DateRole)] = &[
    ("no later than", DateRole::Deadline),
    ("not later than", DateRole::Deadline),
    ("later than", DateRole::Deadline),
    ("on or before", DateRole::Deadline),
    ("at the latest by", DateRole::Deadline),
    ("at the latest on", DateRole::Deadline),
    ("at the latest", DateRole::Deadline),
    ("in the course of", DateRole::Deadline),
    ("prior to", DateRole::Deadline),
    ("by", DateRole::Deadline),
    ("before", DateRole::Deadline),
    ("within", DateRole::Deadline),
    ("in", DateRole::Deadline),
    ("during", DateRole::Deadline),
    ("on", DateRole::Deadline),
    ("at", DateRole::Deadline),
    ("upon", DateRole::Deadline),
    ("starting from", DateRole::From),
    ("starting on", DateRole::From),
    ("starting", DateRole::From),
    ("beginning on", DateRole::From),
    ("with effect from", DateRole::From),
    ("as from", DateRole::From),
    ("from", DateRole::From),
    ("until", DateRole::Until),
    ("through", DateRole::Until),
    ("till", DateRole::Until),
    ("to", DateRole::Until),
    ("dated as of", DateRole::Reference),
    ("dated", DateRole::Reference),
    ("as of", DateRole::Reference),
    ("since", DateRole::Reference),
    ("made on", DateRole::Reference),
];

/// Leads that the parser reads as a part of the date.
const OWN_LEADS: [&str; 6] = ["within", "before", "prior to", "in", "during", "in the course of"];

/// Words that a date may begin with, besides numbers, months, events and the names of periods with a number.
const BEGINNINGS: [&str; 37] = [
    "end", "start", "beginning", "first", "second", "third", "fourth", "last", "mid", "calendar", "fiscal",
    "year", "quarter", "half", "week", "day", "eoy", "eoq", "eoh", "eom", "later", "earlier", "close", "cob",
    "eod", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "an", "period",
    "before", "prior", "fy",
];

/// Words that a date may end with, besides those.
const ENDS: [&str; 12] =
    ["year", "quarter", "half", "week", "month", "day", "end", "business", "cob", "eod", "eoy", "eoq"];

/// Reads the dates of a document.
#[derive(Debug)]
pub(crate) struct DateReader<'a> {
    calendar: &'a Calendar,
    events: &'a Events,
    /// The events as they would be if the document gave the day of signing; none where it does.
    supposed: Option<Events>,
    /// Words that the name of an event begins or ends with.
    edges: HashSet<CompactString>,
    /// What stands before dates, with its words.
    leads: Vec<(&'static str, Vec<String>, DateRole)>,
}

impl<'a> DateReader<'a> {
    pub(crate) fn new(events: &'a Events, calendar: &'a Calendar) -> Self {
        let is_signed = matches!(events.find("signing"), Some((_, EventDate::Known(_))));
        let supposed = (!is_signed).then(|| {
            let mut supposed = events.clone();
            let place = supposed.place("signing");
            let place = place.unwrap_or_else(|| supposed.push("signing", EventDate::Missing));
            supposed.set(place, EventDate::Known(Window::day(Date::constant(2027, 1, 1))), None);
            supposed
        });
        let spellings = events.spellings().map(tokens);
        let edges = spellings.flat_map(|words| {
            let last = words.last().map(|word| word.stem.clone());
            words.into_iter().next().map(|word| word.stem).into_iter().chain(last)
        });
        let edges = edges.chain([stem("signing")]).collect();
        let leads = LEADS.iter().map(|(lead, role)| (*lead, phrase(lead), *role)).collect();
        Self { calendar, events, supposed, edges, leads }
    }

    /// The dates of a text, in its order.
    pub(crate) fn dates(&self, text: &str, words: &[WordToken]) -> Vec<NamedDate> {
        let mut all: Vec<NamedDate> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            match self.date_at(text, words, at) {
                Some(mut date) => {
                    at = date.words.end;
                    // Of "by 1 May or 1 June 2027", both are days by which.
                    if let Some(last) = all.last().filter(|last| is_list(words, last, &date)) {
                        (date.lead, date.role) = (last.lead, last.role);
                    }
                    all.push(date);
                }
                None => at += 1,
            }
        }
        all
    }

    /// The day that a text names, all of it.
    pub(crate) fn whole(&self, text: &str) -> Option<NamedDate> {
        let text = text.trim().trim_end_matches('.');
        let (deadline, waits_for) = self.read(text)?;
        Some(NamedDate {
            words: 0..0,
            written: written(&deadline, text),
            window: deadline.window,
            period: None,
            lead: "",
            role: DateRole::Bare,
            waits_for,
        })
    }

    fn date_at(&self, text: &str, words: &[WordToken], at: usize) -> Option<NamedDate> {
        let lead = self.leads.iter().find(|(_, lead, _)| matches_at(words, at, lead));
        let (role, start) = match lead {
            Some((_, lead, role)) => (*role, at + lead.len()),
            None => (DateRole::Bare, at),
        };
        let lead = lead.map_or("", |(lead, ..)| lead);
        let first = if words.get(start)?.stem == "the" { start + 1 } else { start };
        if !self.may_begin(words.get(first)?, !lead.is_empty()) {
            return None;
        }
        let least = self.least_end(words, first)?;
        let is_own = OWN_LEADS.contains(&lead);
        let from = if is_own { at } else { start };
        let most = (start + LONGEST).min(words.len());
        // "from May to July", "by May until July": the day on which it ends is another one.
        let is_until = |word: &WordToken| match &*word.stem {
            "to" => role == DateRole::From,
            "through" | "until" | "till" => true,
            _ => false,
        };
        let most = match role {
            DateRole::Deadline if is_own || ["in", "at"].contains(&lead) => most,
            DateRole::From | DateRole::Deadline => {
                words[..most].iter().skip(start).position(is_until).map_or(most, |at| start + at)
            }
            _ => most,
        };
        let ends = (least..=most).rev().filter(|end| self.may_end(&words[end - 1]));
        ends.into_iter().find_map(|end| {
            // An event by itself is a day only behind a word that says so.
            let is_counted =
                words[start..end].iter().any(|word| word.stem.bytes().any(|byte| byte.is_ascii_digit()));
            if !is_counted && role == DateRole::Bare {
                return None;
            }
            let slice = &text[words[from].place.start..words[end - 1].place.end];
            let (deadline, waits_for) = self.read(slice)?;
            if deadline.from.is_some() && is_of_another(&words[end..]) {
                return None;
            }
            let bare = &text[words[start].place.start..words[end - 1].place.end];
            let written = written(&deadline, if is_own { slice } else { bare });
            let is_over = ["in", "during", "in the course of"].contains(&lead) && deadline.from.is_none();
            let period = if is_over { self.read(bare).map(|(named, _)| named.window) } else { None };
            let period = period.filter(|period| !period.is_day());
            Some(NamedDate {
                words: at..end,
                written,
                window: deadline.window,
                period,
                lead,
                role,
                waits_for,
            })
        })
    }

    /// Whether a date may begin with a word. Without a word before it that says so, it begins with no event.
    fn may_begin(&self, word: &WordToken, has_lead: bool) -> bool {
        let stem = word.stem.as_str();
        stem.starts_with(|first: char| first.is_ascii_digit())
            || is_period(stem)
            || month_number(stem).is_some()
            || BEGINNINGS.contains(&stem)
            || may_begin_number(stem)
            || has_lead && self.edges.contains(stem)
    }

    /// Where a date ends at the earliest that begins with a word; nothing where what follows a number is no part of a date.
    fn least_end(&self, words: &[WordToken], start: usize) -> Option<usize> {
        let is_number = |at: usize| {
            words.get(at).is_some_and(|word| {
                word.stem.bytes().all(|byte| byte.is_ascii_digit()) || may_begin_number(&word.stem)
            })
        };
        if !is_number(start) {
            return Some(start + 1);
        }
        let number = words[start].stem.as_str();
        let is_year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
        let mut at = start + 1;
        while at < start + LONGEST
            && (is_number(at)
                || words.get(at).is_some_and(|word| matches!(&*word.stem, "(" | ")" | "and" | "hundred")))
        {
            at += 1;
        }
        let next = words.get(at).map_or("", |word| word.stem.as_str());
        match next {
            // A length of time counts from something.
            "day" | "week" | "month" | "year" | "business" | "working" | "calendar" => {
                let directions = ["after", "before", "from", "following", "prior", "of"];
                let direction = words[at..words.len().min(at + 5)]
                    .iter()
                    .position(|word| directions.contains(&&*word.stem));
                direction.map(|direction| at + direction + 1)
            }
            _ if is_year || at > start + 1 => Some(start + 1),
            "of" | "to" | "through" | "/" | "." | "'" | "quarter" | "half" => Some(start + 2),
            _ => month_number(next).map(|_| at + 1),
        }
    }

    fn may_end(&self, word: &WordToken) -> bool {
        let stem = word.stem.as_str();
        stem.starts_with(|first: char| first.is_ascii_digit())
            || is_period(stem)
            || month_number(stem).is_some()
            || ENDS.contains(&stem)
            || self.edges.contains(stem)
    }

    /// The days of a text; where the only thing that lacks is the day of signing, those that it would have, and its name.
    fn read(&self, text: &str) -> Option<(Deadline, Option<&'static str>)> {
        let expression = DayExpr::parse(text, self.calendar).ok()?;
        if let Ok(DueDay::On(deadline)) = expression.resolve(text, self.events, self.calendar) {
            return Some((deadline, None));
        }
        match expression.resolve(text, self.supposed.as_ref()?, self.calendar) {
            Ok(DueDay::On(deadline)) => Some((deadline, Some("signing"))),
            _ => None,
        }
    }
}

/// Whether a day goes on with a list that another one begins.
pub(crate) fn is_list(words: &[WordToken], first: &NamedDate, next: &NamedDate) -> bool {
    const JOINTS: [&str; 5] = [",", "or", "and", "/", "respectively"];
    let between = words.get(first.words.end..next.words.start);
    [DateRole::Bare, first.role].contains(&next.role)
        && between.is_some_and(|between| between.iter().all(|word| JOINTS.contains(&&*word.stem)))
}

/// Whether what stands behind an event makes it one of something else than the contract: "the expiry of a lot", "the
/// end of March".
fn is_of_another(behind: &[WordToken]) -> bool {
    const CONTRACTS: [&str; 17] = [
        "agreement", "contract", "order", "sow", "statement", "schedule", "amendment", "addendum", "letter",
        "term", "period", "partie", "party", "exhibit", "document", "subscription", "msa",
    ];
    const BETWEEN: [&str; 12] =
        ["the", "this", "these", "both", "all", "said", "such", "by", "last", "initial", "present", "master"];
    if behind.first().is_none_or(|word| word.stem != "of") {
        return false;
    }
    let noun = behind[1..].iter().find(|word| !BETWEEN.contains(&&*word.stem));
    noun.is_some_and(|noun| {
        noun.is_word() && (is_time(noun) || !noun.is_capital && !CONTRACTS.contains(&&*noun.stem))
    })
}

/// Whether a word is a month or the name of a period, of which only its year says which it is.
pub(super) fn is_time(word: &WordToken) -> bool {
    is_period(&word.stem)
        || month_number(&word.stem).is_some()
        || ["year", "quarter", "half", "month", "week", "phase", "stage"].contains(&&*word.stem)
}

/// Whether a word is the name of a period with its number: `q1`, `fy27`.
fn is_period(stem: &str) -> bool {
    let number = stem.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    let name = &stem[..stem.len() - number.len()];
    ["q", "h", "w", "fy", "cy", "eoy", "eoq", "eoh"].contains(&name)
        && number.starts_with(|first: char| first.is_ascii_digit())
}

/// A deadline as a contract file writes it.
fn written(deadline: &Deadline, text: &str) -> String {
    match &deadline.from {
        Some(anchor) => {
            let offset = anchor.offset.map(|offset| format!("{offset} ")).unwrap_or_default();
            format!("{offset}{}", anchor.event)
        }
        None if deadline.choice.is_none() && deadline.window.is_day() => deadline.window.latest.to_string(),
        None => text.to_owned(),
    }
}
