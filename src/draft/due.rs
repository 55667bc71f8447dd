//! The days of a promise: by when, and until when.

use std::ops::Range;

use crate::text::{and_list, clean_truncated};

use super::context::DraftContext;
use super::{DraftLine, DraftValue};
use crate::prose::dates::{DateRole, NamedDate};
use crate::prose::promise::PromiseGroup;
use crate::prose::ruling::RuledStatement;
use crate::prose::sections::ColumnRole;
use crate::prose::words::phrases;

/// The days of a promise.
#[derive(Debug, Default)]
pub(super) struct DueLines {
    /// Fields, as far as they are certain; else comments with candidates.
    pub(super) lines: Vec<DraftLine>,
    /// The words that these say.
    pub(super) told: Vec<Range<usize>>,
}

impl DueLines {
    fn field(&mut self, key: &'static str, date: &NamedDate) {
        self.lines.push(match date.waits_for {
            None => DraftLine::Field(key, DraftValue::Text(date.written.clone())),
            Some(event) => {
                DraftLine::Comment(format!("{key}: {} (give `{event}` a day first)", date.written))
            }
        });
        self.told.push(date.words.clone());
    }

    fn comment(&mut self, words: String) {
        self.lines.push(DraftLine::Comment(words));
    }
}

/// Reads the days of a promise.
pub(super) fn due(
    context: &DraftContext<'_>,
    matter: &RuledStatement<'_>,
    dates: &[NamedDate],
    group: Option<&PromiseGroup>,
) -> DueLines {
    let mut out = DueLines::default();
    let is_divided = group.is_some_and(|group| group.is_divided);
    let is_of = |date: &&NamedDate| {
        group.is_none_or(|group| match date.role {
            DateRole::Until => matter.is_end_of(date, group, dates),
            _ => matter.is_day_of(date, group, dates),
        })
    };
    let (own, others): (Vec<&NamedDate>, Vec<&NamedDate>) = dates.iter().partition(is_of);
    if group.is_some_and(PromiseGroup::is_to_keep) {
        let is_end = |date: &&NamedDate| date.is_end() || date.role == DateRole::Until;
        until(&mut out, is_divided, own.into_iter().filter(is_end));
        maybe(&mut out, matter, others.into_iter().filter(is_end));
        return out;
    }
    if let Some((cell, words)) =
        matter.cell(&ColumnRole::Deadline).zip(matter.cell_words(&ColumnRole::Deadline))
    {
        out.told.push(words);
        match context.dates.whole(cell) {
            Some(date) if is_divided => out.comment(of_part(&date)),
            Some(date) => out.field("due", &date),
            None => out.comment(format!("due: `{}` is no day that can be read", clean_truncated(cell, 60))),
        }
        return out;
    }
    let is_open = by(&mut out, context, matter, dates, &own, group);
    until(&mut out, is_divided, own.iter().copied().filter(|date| date.role == DateRole::Until));
    let is_near = |date: &&NamedDate| {
        let is_meant = [DateRole::Deadline, DateRole::From, DateRole::Until].contains(&date.role);
        is_meant && group.is_none_or(|group| group.part.contains(&date.words.start))
    };
    maybe(&mut out, matter, others.into_iter().filter(is_near));
    let is_told = |words: &Range<usize>, out: &DueLines| {
        out.told.iter().any(|told| told.start <= words.start && words.end <= told.end)
    };
    let ambiguous = matter.ambiguous_days();
    if ambiguous.is_empty() && is_open {
        maybe(&mut out, matter, dates.iter().filter(|date| date.role != DateRole::Reference));
    }
    for words in ambiguous {
        if !is_told(&words, &out) {
            out.comment(format!("a day that can be read in two ways: `{}`", matter.text(&words)));
            out.told.push(words);
        }
    }
    out
}

/// Tells of days that may be those of something else.
fn maybe<'d>(out: &mut DueLines, matter: &RuledStatement<'_>, dates: impl Iterator<Item = &'d NamedDate>) {
    for date in dates {
        let is_in = |told: &Range<usize>| told.start <= date.words.start && date.words.end <= told.end;
        if !out.told.iter().any(is_in) {
            out.comment(format!("a day that may belong to it: `{}`", matter.text(&date.words)));
            out.told.push(date.words.clone());
        }
    }
}

/// Reads by when something is due: on days that are said of it. Says whether no date of the sentence says so.
fn by(
    out: &mut DueLines,
    context: &DraftContext<'_>,
    matter: &RuledStatement<'_>,
    dates: &[NamedDate],
    own: &[&NamedDate],
    group: Option<&PromiseGroup>,
) -> bool {
    let is_deadline = |date: &&NamedDate| date.role == DateRole::Deadline;
    let is_from_start = |date: &&NamedDate| date.role == DateRole::From && context.facts.begins_on(date);
    // What is there from the first day has no other deadline.
    if !own.iter().any(is_deadline) {
        let first: Vec<&NamedDate> = own.iter().copied().filter(is_from_start).collect();
        if !first.is_empty() {
            out.told.extend(first.iter().map(|date| date.words.clone()));
            return false;
        }
    }
    let is_meant = |date: &&NamedDate| [DateRole::Deadline, DateRole::From].contains(&date.role);
    let mut meant: Vec<&NamedDate> = own.iter().copied().filter(is_meant).collect();
    if let Some(group) = group {
        meant.retain(|date| group.part.contains(&date.words.start));
    }
    // Of several, those that no other feature stands before.
    if let Some(group) = group
        && meant.iter().any(|date| matter.is_near(date, group))
    {
        meant.retain(|date| matter.is_near(date, group));
    }
    let is_divided = group.is_some_and(|group| group.is_divided);
    let first = meant.iter().find(|date| is_from_start(date)).map(|date| date.words.clone());
    let first = first.or_else(|| matter.immediacy(group?, dates, false));
    if !is_divided && meant.iter().any(is_deadline) {
        meant.retain(is_deadline);
    }
    let written: Vec<String> = meant.iter().map(|date| format!("`{}`", date.written)).collect();
    out.told.extend(meant.iter().map(|date| date.words.clone()));
    let kept = match (&meant[..], group) {
        ([date], Some(group)) => matter.is_kept_during(date, group),
        _ => Some(false),
    };
    match &meant[..] {
        [] => {
            if let Some(words) = phrases(WHEN_AVAILABLE).find(&matter.tokens) {
                out.told.push(words);
                out.lines.push(DraftLine::Field("due", DraftValue::Text("when available".to_owned())));
                return false;
            }
            return true;
        }
        // What is there at once, or a part of it, waits for no other day.
        [date, ..] if first.is_some() => {
            let words = first.unwrap_or_default();
            out.comment(format!("due may be `{}`, or at once: `{}`", date.written, matter.text(&words)));
            out.told.push(words);
        }
        // A second deadline that could not be read may be the earlier one.
        [date, ..] if matter.has_unread_day(dates) => {
            out.comment(format!("due may be `{}`, or another day that it says", date.written));
        }
        [date] if is_divided => out.comment(of_part(date)),
        // What is kept over a time is there from its first day on.
        [date] if kept != Some(false) => match date.period.filter(|_| kept == Some(true)) {
            Some(period) => {
                let written = period.earliest.to_string();
                out.field("due", &NamedDate { written, ..(*date).clone() });
            }
            None => out.comment(format!("due may be `{}`, or its first day", matter.text(&date.words))),
        },
        [first, rest @ ..] if rest.iter().all(|date| date.window == first.window) => out.field("due", first),
        _ => out.comment(format!("due may be {}", and_list(&written))),
    }
    false
}

/// A day that may be that of a part alone.
fn of_part(date: &NamedDate) -> String {
    format!("due may be `{}`, or that of a part alone", date.written)
}

/// Words that promise no day.
const WHEN_AVAILABLE: &[&str] = &[
    "if and when available", "when and if available", "if and when it is available",
    "if and when it becomes available",
];

/// Reads how long something must hold.
fn until<'d>(out: &mut DueLines, is_divided: bool, dates: impl Iterator<Item = &'d NamedDate>) {
    let dates: Vec<&NamedDate> = dates.collect();
    match dates[..] {
        [] => {}
        [date] if !is_divided && date.window.is_day() => out.field("until", date),
        [date] if !is_divided && date.lead == "through" => {
            let written = date.window.latest.to_string();
            out.field("until", &NamedDate { written, ..date.clone() });
        }
        _ => {
            let all: Vec<String> = dates.iter().map(|date| format!("`{}`", date.written)).collect();
            out.comment(format!("until may be {}: say which day is the last", and_list(&all)));
            out.told.extend(dates.iter().map(|date| date.words.clone()));
        }
    }
}
