//! A day or a period as its words and numbers name it, with none that bend it before them.

use std::ops::Range;

use jiff::civil::{ISOWeekDate, Weekday};

use crate::input::decode::Field;
use crate::model::calendar::{Calendar, FiscalYear, MONTHS, NamedBy, Quarters};
use crate::model::misread::{Misread, ReadError};
use crate::model::window::{Date, Window, YEARS};

use super::DateUnread;
use super::tokens::{DateWord, PeriodUnit, YearKind, tokens};
use super::words::{compact, impossible, no_year, not_iso, numeric, outside, quoted};

type PeriodReading = Result<Window, DateUnread>;

/// Reads the name of a day or a period.
pub(super) fn read_period(text: &str, calendar: &Calendar) -> PeriodReading {
    use DateWord::{Month, Number, PeriodUnit as Named};
    let tokens = tokens(text).ok_or(DateUnread::NotADate)?;
    let place = |at: usize| tokens.places[at].0..tokens.places[at].1;
    let year = |at: usize| match tokens.words[at] {
        Number(number, digits) => read_year(number, digits, text, place(at)),
        _ => Err(DateUnread::NotADate),
    };
    let is_fiscal = tokens.year == YearKind::Fiscal;
    let named = |unit, y: usize, n: usize, number| match unit {
        PeriodUnit::Week if is_fiscal => Err(DateUnread::NotADate),
        PeriodUnit::Week => read_week(year(y)?, number, text, place(n)),
        PeriodUnit::Quarter | PeriodUnit::Half => {
            let (skip, months) = months_of(unit, number, text, place(n))?;
            read_part(tokens.year, year(y)?, skip, months, text, calendar)
        }
    };
    let day =
        |y: usize, month: u8, d: usize, number| read_day(year(y)?, month.into(), number, text, place(d));
    match tokens.words[..tokens.count] {
        [Named(unit), Number(n, 0..=2), Number(_, 2 | 4)] => named(unit, 2, 1, n),
        [Number(_, 2 | 4), Named(unit), Number(n, 1 | 2)] => named(unit, 0, 2, n),
        [Number(n, 0..=2), Named(unit), Number(_, 2 | 4)] => named(unit, 2, 0, n),
        [Number(_, 4), Number(n, 0..=2), Named(unit)] => named(unit, 0, 1, n),
        [Number(_, 2), Number(n, 0..=2), Named(unit)] if is_fiscal => named(unit, 0, 1, n),
        [Number(_, 2 | 4)] if is_fiscal => read_fiscal(year(0)?, 0, 12, text, calendar),
        [Number(_, 2)] if tokens.year == YearKind::Calendar => whole(year(0)?),
        // A month of a fiscal year has a year of its own, which nobody can tell from this one.
        _ if is_fiscal => Err(DateUnread::NotADate),
        [Number(_, 4)] => Ok(whole(year(0)?)?),
        [Number(number, 8)] => Err(compact(text, number)),
        [Number(_, 4), Number(month, 1 | 2), Number(number, 1 | 2)]
            if tokens.gaps[1] == tokens.gaps[2] && matches!(tokens.gaps[1], '-' | '/' | '.') =>
        {
            let year = year(0)?;
            read_month(year, month, text, place(1))?;
            read_day(year, month, number, text, place(2))
        }
        [Number(_, 4), Number(month, 1 | 2)] if matches!(tokens.gaps[1], '-' | '/') => {
            read_month(year(0)?, month, text, place(1))
        }
        [Number(a, 1 | 2), Number(b, 1 | 2), Number(c, digits @ (2 | 4))]
            if tokens.gaps[1] == tokens.gaps[2] && matches!(tokens.gaps[1], '-' | '/' | '.') =>
        {
            numeric([a, b, c], digits, tokens.gaps[1] == '-', text)
        }
        [Number(month, 1 | 2), Number(_, 4)] if matches!(tokens.gaps[1], '-' | '/' | '.') => {
            let year = year(1)?;
            read_month(year, month, text, place(0))?;
            Err(not_iso(text, format!("{year}-{month:02}")))
        }
        [Number(d, 0..=2), Month(month), Number(_, 2 | 4)] => day(2, month, 0, d),
        [Month(month), Number(d, 0..=2), Number(_, 2 | 4)] => day(2, month, 1, d),
        [Number(_, 4), Month(month), Number(d, 0..=2)] => day(0, month, 2, d),
        [Month(month), Number(_, 2)] if tokens.gaps[1] == '\'' || tokens.year == YearKind::Calendar => {
            read_month(year(1)?, month.into(), text, place(0))
        }
        [Month(month), Number(_, 4)] => read_month(year(1)?, month.into(), text, place(0)),
        [Number(_, 4), Month(month)] => read_month(year(0)?, month.into(), text, place(1)),
        [Month(month), Number(number, 0..=2)] | [Number(number, 0..=2), Month(month)] => {
            Err(no_year(text, month, number))
        }
        _ => Err(DateUnread::NotADate),
    }
}

/// A year of four digits, or of two: then of this century.
fn read_year(number: u32, digits: usize, text: &str, place: Range<usize>) -> Result<i16, DateUnread> {
    let number = if digits == 2 { number + 2000 } else { number };
    let year = i16::try_from(number).ok().filter(|year| YEARS.contains(year));
    Ok(year.ok_or_else(|| outside(text).part(place))?)
}

pub(super) fn whole(year: i16) -> PeriodReading {
    Window::months(year, 1, 12).ok_or(DateUnread::NotADate)
}

fn read_month(year: i16, month: u32, text: &str, place: Range<usize>) -> PeriodReading {
    let window = u8::try_from(month).ok().filter(|month| (1..=12).contains(month));
    let window = window.and_then(|month| Window::months(year, month, 1));
    Ok(window.ok_or_else(|| impossible(text, "there is no month", month, "a month from 1 to 12", place))?)
}

fn read_day(year: i16, month: u32, day: u32, text: &str, place: Range<usize>) -> PeriodReading {
    let month =
        u8::try_from(month).ok().filter(|month| (1..=12).contains(month)).ok_or(DateUnread::NotADate)?;
    let days = Window::months(year, month, 1).ok_or(DateUnread::NotADate)?.latest;
    let date = i8::try_from(day).ok().and_then(|day| Date::new(year, days.month(), day).ok());
    let error = || {
        let name = MONTHS[usize::from(month) - 1];
        let title = format!("`{}` is no day: {name} {year} has {} days", quoted(text), days.day());
        Misread::new(title, format!("expected a day from 1 to {}", days.day()))
            .help(format!("the last day of {name} {year} is `{days}`"))
            .part(place)
    };
    Ok(date.map(Window::day).ok_or_else(error)?)
}

/// A week of the ISO 8601 year, which starts on the Monday of the week with 4 January.
fn read_week(year: i16, number: u32, text: &str, place: Range<usize>) -> PeriodReading {
    let first = ISOWeekDate::new(year, 1, Weekday::Monday).map_err(|_| DateUnread::NotADate)?;
    let weeks = first.weeks_in_year();
    let week = i8::try_from(number).ok().filter(|week| (1..=weeks).contains(week));
    let day = |day| Some(ISOWeekDate::new(year, week?, day).ok()?.date());
    let window = day(Weekday::Monday).zip(day(Weekday::Sunday)).map(|(from, to)| Window::new(from, to));
    let what = format!("{year} has {weeks} weeks, and no week");
    Ok(window.ok_or_else(|| impossible(text, &what, number, &format!("a week from 1 to {weeks}"), place))?)
}

/// The months of a year before a quarter or half, and those in it.
fn months_of(unit: PeriodUnit, number: u32, text: &str, place: Range<usize>) -> Result<(u8, u8), DateUnread> {
    let (name, months, parts) = match unit {
        PeriodUnit::Quarter => ("quarter", 3, 4),
        PeriodUnit::Half => ("half", 6, 2),
        PeriodUnit::Week => return Err(DateUnread::NotADate),
    };
    match u8::try_from(number).ok().filter(|number| (1..=parts).contains(number)) {
        Some(number) => Ok(((number - 1) * months, months)),
        None => {
            let (what, expected) = (format!("a year has no {name}"), format!("a {name} from 1 to {parts}"));
            Err(impossible(text, &what, number, &expected, place).into())
        }
    }
}

/// A quarter or half: of the year that its words name, else of the one that `quarters` does.
fn read_part(
    kind: YearKind,
    year: i16,
    skip: u8,
    months: u8,
    text: &str,
    calendar: &Calendar,
) -> PeriodReading {
    let quarters = match kind {
        YearKind::Calendar => Quarters::Calendar,
        YearKind::Fiscal => Quarters::Fiscal,
        YearKind::Bare => calendar.bare_quarters().ok_or(DateUnread::Wrong(ReadError::Reported))?,
    };
    match quarters {
        Quarters::Calendar => Window::months(year, skip + 1, months).ok_or(DateUnread::NotADate),
        Quarters::Fiscal => read_fiscal(year, skip, months, text, calendar),
    }
}

fn read_fiscal(year: i16, skip: u8, months: u8, text: &str, calendar: &Calendar) -> PeriodReading {
    match calendar.fiscal_year {
        Field::Given(fiscal) => return Ok(fiscal.months(year, skip, months).ok_or_else(|| outside(text))?),
        Field::Broken => return Err(DateUnread::Wrong(ReadError::Reported)),
        Field::Absent => {}
    }
    let title = format!("`{}` needs a fiscal year, and none is configured", quoted(text));
    let label = "two readings, a year apart";
    let helps = [(NamedBy::End, "end", "ends"), (NamedBy::Start, "start", "starts")].map(
        |(named_by, setting, verb)| {
            let window = FiscalYear::new(2, named_by).and_then(|fiscal| fiscal.months(year, skip, months));
            let window = window.map(|window| window.to_string()).unwrap_or_default();
            format!(
                "for {window}, where a year starts in February and is called after the one it {verb} in, \
             write `fiscal-year = {{ start = \"February\", named-by = \"{setting}\" }}` in dealcheck.toml"
            )
        },
    );
    let misread = helps.into_iter().fold(Misread::new(title, label), Misread::help);
    Err(misread.into())
}
