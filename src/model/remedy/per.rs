//! What a credit is for, and how many of it a delay comes to.

use std::fmt;

use jiff::ToSpan;

use super::super::misread::Misread;
use super::super::period::Period;
use super::super::window::{Date, add_days, days_between};

/// What a credit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// The delay, however long.
    Once,
    /// Each period that has started.
    Started(Period),
    /// Each period that is over.
    Full(Period),
}

impl Per {
    /// Every one, as they are written best.
    pub fn all() -> impl Iterator<Item = Self> {
        let periods = |per: fn(Period) -> Self| Period::ALL.into_iter().map(per);
        periods(Self::Started).chain(periods(Self::Full)).chain([Self::Once])
    }

    /// Every text that is read as one, in small letters.
    pub fn words() -> Vec<String> {
        let kinds = Self::FULL.into_iter().chain(Self::STARTED);
        let of_kinds = kinds.flat_map(|kind| Period::words().map(move |period| format!("{kind} {period}")));
        Period::words().map(str::to_owned).chain(of_kinds).chain([Self::Once.to_string()]).collect()
    }

    const FULL: [&str; 4] = ["full", "whole", "complete", "completed"];
    const STARTED: [&str; 3] = ["started", "begun", "commenced"];

    /// Reads `week`, `full week` or `once`.
    pub fn parse(text: &str) -> Result<Self, Misread> {
        let trimmed = text.trim();
        if trimmed.eq_ignore_ascii_case("once") {
            return Ok(Self::Once);
        }
        if let Some((kind, period)) = trimmed.split_once(char::is_whitespace)
            && let Ok(period) = Period::parse(period)
        {
            match kind.to_ascii_lowercase().as_str() {
                kind if Self::FULL.contains(&kind) => return Ok(Self::Full(period)),
                kind if Self::STARTED.contains(&kind) => return Ok(Self::Started(period)),
                _ => {}
            }
        }
        Period::parse(trimmed).map(Self::Started).map_err(|misread| Misread {
            label: "expected `day`, `week`, `month`, `quarter` or `year`, `full week` or such, or `once`"
                .to_owned(),
            ..misread
        })
    }

    /// How many of them count between the day after which they do and the day on which something comes.
    pub(super) fn count(self, after: Date, delivered: Date) -> i64 {
        match self {
            Self::Once => (delivered > after).into(),
            Self::Started(period) => started(period, after, delivered),
            Self::Full(period) => {
                let started = started(period, after, delivered);
                if end(period, started, after) == Some(delivered) { started } else { (started - 1).max(0) }
            }
        }
    }
}

impl fmt::Display for Per {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once => f.write_str("once"),
            Self::Started(period) => period.fmt(f),
            Self::Full(period) => write!(f, "full {period}"),
        }
    }
}

/// How many periods have started between the day on which something was due and the day on which it comes.
/// Months, quarters and years are counted from the due day and clamp to the end of a month, as deadlines do.
fn started(per: Period, due: Date, delivered: Date) -> i64 {
    let days = days_between(due, delivered).max(0);
    let Some(months) = per.months().map(i64::from) else { return whole_up(days, days_of(per)) };
    let month = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month());
    let apart = month(delivered) - month(due);
    let reached = |months: i64| months_after(due, months).is_some_and(|day| day >= delivered);
    if days == 0 {
        return 0;
    }
    // The due day moved by the months between the two lies before the other day or not, and a month on it does.
    let of_months = if reached(apart) { apart } else { apart + 1 };
    let periods = whole_up(of_months, months);
    if reached(periods * months) { periods } else { periods + 1 }
}

fn whole_up(number: i64, by: i64) -> i64 {
    (number + by - 1).div_euclid(by)
}

/// The last day of so many periods.
fn end(per: Period, periods: i64, due: Date) -> Option<Date> {
    match per.months() {
        Some(months) => months_after(due, periods * i64::from(months)),
        None => add_days(due, periods * days_of(per)),
    }
}

/// The days of a period that is shorter than a month.
fn days_of(period: Period) -> i64 {
    if period == Period::Week { 7 } else { 1 }
}

fn months_after(day: Date, months: i64) -> Option<Date> {
    day.checked_add(0.days().try_months(months).ok()?).ok()
}
