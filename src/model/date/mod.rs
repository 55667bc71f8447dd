//! The grammar of a written date: a day, a month, a quarter, a half, a year, a fiscal period or an ISO week,
//! behind words such as `end of` and `before`.

mod tokens;
mod typed;
mod words;

use std::ops::Range;

use jiff::civil::{ISOWeekDate, Weekday};

use crate::input::decode::Field;

use super::calendar::{Calendar, FiscalYear, MONTHS, NamedBy};
use super::misread::{Misread, ReadError};
use super::window::{Date, Window, YEARS};

use tokens::{DateWord, PeriodUnit, tokens};
use typed::typed_for;
use words::{compact, explain, impossible, no_year, not_a_date, not_iso, numeric, outside};

pub(super) use typed::{as_typed, is_typed};
pub(super) use words::{FORMS, quoted};

/// Reads a date as the window of days that it may mean.
pub fn parse_date(text: &str, calendar: &Calendar) -> Result<Window, ReadError> {
    as_typed(text, |text| {
        read_date(text, calendar).map_err(|unread| match unread {
            DateUnread::Wrong(error) => error,
            DateUnread::NotADate => not_a_date(text).into(),
        })
    })
}

/// Why a text was not read as a date.
#[derive(Debug)]
pub(super) enum DateUnread {
    /// It looks like none, and may be something else.
    NotADate,
    /// It was meant as one, and cannot be read.
    Wrong(ReadError),
}

impl From<Misread> for DateUnread {
    fn from(misread: Misread) -> Self {
        Self::Wrong(misread.into())
    }
}

type DateReading = Result<Window, DateUnread>;

/// What a word before a date makes of it.
#[derive(Clone, Copy)]
enum Edge {
    First,
    Last,
    Before,
}

/// Longer prefixes before the shorter ones that they start with.
const PREFIXES: &[(&[&str], Option<Edge>)] = &[
    (&["on", "or", "before"], None),
    (&["no", "later", "than"], None),
    (&["not", "later", "than"], None),
    (&["last", "day", "of"], Some(Edge::Last)),
    (&["first", "day", "of"], Some(Edge::First)),
    (&["end", "of"], Some(Edge::Last)),
    (&["end"], Some(Edge::Last)),
    (&["start", "of"], Some(Edge::First)),
    (&["beginning", "of"], Some(Edge::First)),
    (&["before"], Some(Edge::Before)),
    (&["by"], None),
    (&["until"], None),
    (&["in"], None),
    (&["on"], None),
    (&["the"], None),
];

/// Reads a date, telling apart what is none and what is a wrong one.
pub(super) fn read_date(text: &str, calendar: &Calendar) -> DateReading {
    let trimmed = text.trim();
    if let Some(window) = read_iso(trimmed.as_bytes()) {
        return Ok(window);
    }
    let mut rest = trimmed;
    let mut edges = [None; 4];
    let mut count = 0;
    while let Some((after, edge)) = strip_prefix(rest) {
        if edge.is_some() {
            *edges.get_mut(count).ok_or(DateUnread::NotADate)? = edge;
            count += 1;
        }
        rest = after;
    }
    let start = text.len() - text.trim_start().len() + trimmed.len() - rest.len();
    let reading = read_period(rest, start, calendar).map_err(|unread| match unread {
        DateUnread::NotADate => explain(trimmed, rest, start, calendar),
        wrong => wrong,
    });
    let mut window = reading.map_err(|unread| match unread {
        DateUnread::Wrong(ReadError::Misread(misread)) => {
            misread.around(text, start..start + rest.len()).into()
        }
        other => other,
    })?;
    for edge in edges.iter().rev().flatten() {
        window = Window::day(match edge {
            Edge::First => window.earliest,
            Edge::Last => window.latest,
            Edge::Before => window.earliest.yesterday().map_err(|_| outside(trimmed))?,
        });
    }
    Ok(window.in_years().ok_or_else(|| outside(trimmed))?)
}

/// The forms that nearly all files use, without a look at anything else.
fn read_iso(text: &[u8]) -> Option<Window> {
    let digit = |at: usize| text.get(at).filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0');
    let two = |at| Some(10 * digit(at)? + digit(at + 1)?);
    let year = || Some(100 * i16::from(two(0)?) + i16::from(two(2)?));
    let window = match text {
        [_, _, _, _, b'-', _, _, b'-', _, _] => {
            let day = Date::new(year()?, i8::try_from(two(5)?).ok()?, i8::try_from(two(8)?).ok()?).ok()?;
            Window::day(day)
        }
        [_, _, _, _, b'-', b'Q' | b'q', quarter @ b'1'..=b'4'] => {
            Window::months(year()?, (quarter - b'1') * 3 + 1, 3)?
        }
        _ => return None,
    };
    window.in_years()
}

fn strip_prefix(text: &str) -> Option<(&str, Option<Edge>)> {
    // Most texts start with a number, and no word does.
    text.starts_with(|first: char| first.is_ascii_alphabetic()).then_some(())?;
    PREFIXES.iter().find_map(|&(words, edge)| Some((strip_words(text, words)?, edge)))
}

/// The text after some whole words, which blanks or hyphens may part.
pub(super) fn strip_words<'a>(text: &'a str, words: &[&str]) -> Option<&'a str> {
    let mut rest = text;
    for word in words {
        let (head, tail) = rest.split_at_checked(word.len())?;
        if !head.eq_ignore_ascii_case(word)
            || tail.starts_with(|next: char| next.is_alphanumeric() || next == '/')
        {
            return None;
        }
        rest = tail.trim_start_matches(|next: char| next == '-' || next.is_whitespace());
    }
    Some(rest)
}

/// Reads what no word stands before.
fn read_period(text: &str, start: usize, calendar: &Calendar) -> DateReading {
    use DateWord::{Fiscal, Month, Number, Ordinal, PeriodUnit as RequirementName};
    let tokens = tokens(text, start).ok_or(DateUnread::NotADate)?;
    let place = |at: usize| tokens.places[at].0..tokens.places[at].1;
    let year = |at: usize| match tokens.words[at] {
        Number(number, digits) => read_year(number, digits, text, place(at)),
        _ => Err(DateUnread::NotADate),
    };
    let named = |unit, y: usize, n: usize, number| read_named(unit, year(y)?, number, text, place(n));
    let fiscal = |unit, y: usize, n: usize, number| {
        let (skip, months) = fiscal_months(unit, number, text, place(n))?;
        read_fiscal(year(y)?, skip, months, text, calendar)
    };
    let day =
        |y: usize, month: u8, d: usize, number| read_day(year(y)?, month.into(), number, text, place(d));
    match tokens.words[..tokens.count] {
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
            Err(numeric([a, b, c], digits, tokens.gaps[1] == '-', text))
        }
        [Number(month, 1 | 2), Number(_, 4)] if matches!(tokens.gaps[1], '-' | '/' | '.') => {
            let year = year(1)?;
            read_month(year, month, text, place(0))?;
            Err(not_iso(text, format!("{year}-{month:02}")))
        }
        [Number(d, 1 | 2), Month(month), Number(_, 2 | 4)] => day(2, month, 0, d),
        [Number(d, 1 | 2), Ordinal, Month(month), Number(_, 2 | 4)] => day(3, month, 0, d),
        [Month(month), Number(d, 1 | 2), Number(_, 2 | 4)] => day(2, month, 1, d),
        [Month(month), Number(d, 1 | 2), Ordinal, Number(_, 2 | 4)] => day(3, month, 1, d),
        [Number(_, 4), Month(month), Number(d, 1 | 2)] => day(0, month, 2, d),
        [Month(month), Number(_, 2)] if tokens.gaps[1] == '\'' => {
            read_month(year(1)?, month.into(), text, place(0))
        }
        [Month(month), Number(_, 4)] => read_month(year(1)?, month.into(), text, place(0)),
        [Number(_, 4), Month(month)] => read_month(year(0)?, month.into(), text, place(1)),
        [Month(month), Number(number, 1 | 2)]
        | [Month(month), Number(number, 1 | 2), Ordinal]
        | [Number(number, 1 | 2), Month(month)]
        | [Number(number, 1 | 2), Ordinal, Month(month)] => Err(no_year(text, month, number)),
        [RequirementName(unit), Number(n, 1 | 2), Number(_, 2 | 4)] => named(unit, 2, 1, n),
        [Number(_, 2 | 4), RequirementName(unit), Number(n, 1 | 2)] => named(unit, 0, 2, n),
        [Number(n, 1 | 2), RequirementName(unit), Number(_, 2 | 4)] => named(unit, 2, 0, n),
        [Number(_, 4), Number(n, 1 | 2), RequirementName(unit)] => named(unit, 0, 1, n),
        [Fiscal, Number(_, 2 | 4)] => read_fiscal(year(1)?, 0, 12, text, calendar),
        [Fiscal, Number(_, 2 | 4), RequirementName(unit), Number(n, 1 | 2)] => fiscal(unit, 1, 3, n),
        [Fiscal, Number(_, 2 | 4), Number(n, 1 | 2), RequirementName(unit)] => fiscal(unit, 1, 2, n),
        [RequirementName(unit), Number(n, 1 | 2), Fiscal, Number(_, 2 | 4)] => fiscal(unit, 3, 1, n),
        [Number(n, 1 | 2), RequirementName(unit), Fiscal, Number(_, 2 | 4)] => fiscal(unit, 3, 0, n),
        _ => Err(DateUnread::NotADate),
    }
}

/// A year of four digits, or of two: then of this century.
fn read_year(number: u32, digits: usize, text: &str, place: Range<usize>) -> Result<i16, DateUnread> {
    let number = if digits == 2 { number + 2000 } else { number };
    let year = i16::try_from(number).ok().filter(|year| YEARS.contains(year));
    Ok(year.ok_or_else(|| outside(text).part(place))?)
}

fn whole(year: i16) -> Result<Window, DateUnread> {
    Window::months(year, 1, 12).ok_or(DateUnread::NotADate)
}

fn read_month(year: i16, month: u32, text: &str, place: Range<usize>) -> DateReading {
    let window = u8::try_from(month).ok().filter(|month| (1..=12).contains(month));
    let window = window.and_then(|month| Window::months(year, month, 1));
    Ok(window.ok_or_else(|| impossible(text, "there is no month", month, "a month from 1 to 12", place))?)
}

fn read_day(year: i16, month: u32, day: u32, text: &str, place: Range<usize>) -> DateReading {
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

/// A quarter or half of the calendar year, or a week of the ISO 8601 year, which starts on the Monday of the
/// week with 4 January.
fn read_named(unit: PeriodUnit, year: i16, number: u32, text: &str, place: Range<usize>) -> DateReading {
    if unit != PeriodUnit::Week {
        let (skip, months) = fiscal_months(unit, number, text, place)?;
        return Window::months(year, skip + 1, months).ok_or(DateUnread::NotADate);
    }
    let first = ISOWeekDate::new(year, 1, Weekday::Monday).map_err(|_| DateUnread::NotADate)?;
    let weeks = first.weeks_in_year();
    let week = i8::try_from(number).ok().filter(|week| (1..=weeks).contains(week));
    let day = |day| Some(ISOWeekDate::new(year, week?, day).ok()?.date());
    let window = day(Weekday::Monday).zip(day(Weekday::Sunday)).map(|(from, to)| Window::new(from, to));
    let what = format!("{year} has {weeks} weeks, and no week");
    Ok(window.ok_or_else(|| impossible(text, &what, number, &format!("a week from 1 to {weeks}"), place))?)
}

/// The months of a year before a quarter or half, and those in it.
fn fiscal_months(
    unit: PeriodUnit,
    number: u32,
    text: &str,
    place: Range<usize>,
) -> Result<(u8, u8), DateUnread> {
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

fn read_fiscal(year: i16, skip: u8, months: u8, text: &str, calendar: &Calendar) -> DateReading {
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

/// Whether two texts are the same words, whatever their case and whether blanks, hyphens or underscores part them.
pub(super) fn same_words(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || folded(one).eq(folded(other))
}

/// The words of a text in lower case, with one blank between them.
pub(super) fn folded(text: &str) -> impl Iterator<Item = char> {
    let words = text.split(|c| matches!(typed_for(c), ' ' | '-' | '_')).filter(|word| !word.is_empty());
    words.flat_map(|word| std::iter::once(' ').chain(word.chars().flat_map(char::to_lowercase))).skip(1)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn fiscal() -> Calendar {
        let fiscal_year = FiscalYear::new(2, NamedBy::End).map_or(Field::Absent, Field::Given);
        Calendar { fiscal_year, ..Calendar::default() }
    }

    fn read_by(text: &str, calendar: &Calendar) -> String {
        match parse_date(text, calendar) {
            Ok(window) => window.to_string(),
            Err(ReadError::Misread(misread)) => format!("error: {}", misread.title),
            Err(ReadError::Reported) => "reported".to_owned(),
        }
    }

    fn read(text: &str) -> String {
        read_by(text, &fiscal())
    }

    fn wrong(text: &str) -> Misread {
        match parse_date(text, &Calendar::default()) {
            Err(ReadError::Misread(misread)) => misread,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn what_a_word_processor_makes_of_a_date_is_read() {
        for (text, typed) in [
            ("2027\u{2011}03\u{2011}31", "2027-03-31"),
            ("2027–03–31", "2027-03-31"),
            ("31\u{a0}March\u{202f}2027", "31 March 2027"),
            ("“2027-03-31”", "2027-03-31"),
            ("„Q2 2027“", "Q2 2027"),
            ("Q3 ’27", "Q3 '27"),
            ("end\u{a0}of\u{a0}2027‑Q2", "end of 2027-Q2"),
        ] {
            assert!(!read(typed).starts_with("error"), "{typed}");
            assert_eq!(read(text), read(typed), "{text}");
        }
        let instead = wrong("03‑04‑2027").helps.remove(0).instead.unwrap();
        assert_eq!(read(&instead), instead);
        assert_eq!(wrong("2027\u{ad}-03-31").part, None);
    }

    #[test]
    fn a_broken_fiscal_year_is_told_once() {
        let broken = Calendar { fiscal_year: Field::Broken, ..Calendar::default() };
        assert_eq!(read_by("FY27-Q1", &broken), "reported");
        assert_eq!(read_by("end of FY27", &broken), "reported");
        assert_eq!(read_by("Q1 2027", &broken), "2027-01-01 to 2027-03-31");
    }

    #[test]
    fn every_form_is_read() {
        for (forms, expected) in [
            (
                "2027-03-31|31 March 2027|March 31, 2027|31 Mar 2027|31st March 2027|31st of march, 2027|31-Mar-27|\
                 2027/03/31|2027-3-31| by 2027-03-31 |until March 31st 2027|end of March 2027|END-OF Mar. 2027|\
                 the end of Q1 2027|by end of Q1 2027|before Q2 2027|before start of April 2027|on or before 2027-03-31",
                "2027-03-31",
            ),
            (
                "2027-03|March 2027|Mar 2027|mar-2027|in March 2027|Mar '27|2027 March",
                "2027-03-01 to 2027-03-31",
            ),
            (
                "Q2 2027|2027-Q2|2027 Q2|2Q27|2Q 2027|Q2/2027|Q2'27|q2-2027|2027Q2|by the Q2 of 2027|27Q2",
                "2027-04-01 to 2027-06-30",
            ),
            ("H1 2027|2027-H1|1H27|1H 2027", "2027-01-01 to 2027-06-30"),
            ("2027|in 2027", "2027-01-01 to 2027-12-31"),
            ("FY27|FY2027|fy 27|FY'27|fiscal year 2027", "2026-02-01 to 2027-01-31"),
            ("FY27-Q1|FY27 Q1|Q1 FY27|FY2027Q1|1Q FY27", "2026-02-01 to 2026-04-30"),
            ("FY27-H1|H1 FY27", "2026-02-01 to 2026-07-31"),
            ("2027-W14|W14 2027|2027W14", "2027-04-05 to 2027-04-11"),
            ("2026-W53", "2026-12-28 to 2027-01-03"),
            ("start of Q2 2027|beginning of April 2027|the start of 2027-Q2|before 2027-04-02", "2027-04-01"),
        ] {
            for form in forms.split('|') {
                assert_eq!(read(form), expected, "{form}");
            }
        }
    }

    #[test]
    fn impossible_dates_say_why_at_their_place() {
        for (text, title, part) in [
            ("2027-02-30", "`2027-02-30` is no day: February 2027 has 28 days", 8..10),
            (" by 2027-13-01", "`2027-13-01` is no date: there is no month 13", 9..11),
            ("Q5 2027", "`Q5 2027` is no date: a year has no quarter 5", 1..2),
            ("2027-H3", "`2027-H3` is no date: a year has no half 3", 6..7),
            ("2027-W53", "`2027-W53` is no date: 2027 has 52 weeks, and no week 53", 6..8),
            ("2026-W54", "`2026-W54` is no date: 2026 has 53 weeks, and no week 54", 6..8),
            ("3027-01-01", "`3027-01-01` lies outside the years 1900 to 2199", 0..4),
        ] {
            let misread = wrong(text);
            assert_eq!((misread.title.as_str(), misread.part), (title, Some(part)));
        }
        assert_eq!(read("before 1900"), "error: `before 1900` lies outside the years 1900 to 2199");
        assert_eq!(read("0000"), "error: `0000` lies outside the years 1900 to 2199");
    }

    #[test]
    fn a_help_shows_every_reading() {
        let misread = wrong("03/04/2027");
        assert_eq!(misread.title, "`03/04/2027` is ambiguous: it may be `2027-03-04` or `2027-04-03`");
        assert_eq!(misread.helps.len(), 2);
        assert_eq!(wrong("03.04.2027").helps, misread.helps);
        for text in ["31/03/2027", "31.03.2027", "31-03-2027", "03/31/27", "20270331"] {
            assert_eq!(wrong(text).helps, ["write `2027-03-31`"], "{text}");
        }
        assert_eq!(wrong("03/2027").helps, ["write `2027-03`"]);
        assert_eq!(wrong("32/13/2027").title, "`32/13/2027` is no day");
        let misread = wrong("FY27-Q1");
        assert!(misread.helps[0].text.starts_with("for 2026-02-01 to 2026-04-30, where"), "{misread:?}");
        assert!(misread.helps[0].text.ends_with(
            "write `fiscal-year = { start = \"February\", named-by = \"end\" }` in dealcheck.toml"
        ));
        assert!(misread.helps[1].text.starts_with("for 2027-02-01 to 2027-04-30, where"), "{misread:?}");
        assert_eq!(wrong("Mar 27").helps, ["write `March 2027`, or a day such as `2027-03-01`"]);
    }

    #[test]
    fn vague_words_are_not_dates() {
        for text in [
            "mid-2027",
            "early 2027",
            "late Q2 2027",
            "soon",
            "ASAP",
            "TBD",
            "later",
            "now",
            "next",
            "shortly",
            "tba",
            "N/A",
            "upon release",
            "spring 2027",
            "by summer 2027",
            "end of year",
            "next quarter",
        ] {
            assert!(wrong(text).title.contains(" is vague: "), "{text}: {}", wrong(text).title);
        }
        assert_eq!(wrong("late 2027").helps, ["write a day or a period, such as `Q4 2027`"]);
        let misread = wrong("2027-03-31T10:00:00Z");
        assert_eq!((misread.helps[0].text.as_str(), misread.part), ("write `2027-03-31`", Some(10..20)));
        assert_eq!(wrong("after Q2 2027").title, "`after Q2 2027` has no last day");
        for text in [
            "",
            " ",
            "-2027",
            "2027-",
            "Q2",
            "by",
            "end of",
            "phase-2",
            "Q2 2027 2028",
            "2027--03",
            "２０２７",
        ] {
            assert!(matches!(read_date(text, &fiscal()), Err(DateUnread::NotADate)), "{text}");
        }
    }

    proptest! {
        #[test]
        fn printed_forms_read_back(year in 1901i16..=2198, month in 1u8..=12, offset in 0i8..31, start in 1u8..=12) {
            let named_by = if offset % 2 == 0 { NamedBy::Start } else { NamedBy::End };
            let fiscal_year = FiscalYear::new(start, named_by).unwrap();
            let calendar = Calendar { fiscal_year: Field::Given(fiscal_year), ..Calendar::default() };
            let read = |text: String| parse_date(&text, &calendar).unwrap();
            let whole = read(format!("{year}"));
            let half = read(format!("{year}-H{}", (month - 1) / 6 + 1));
            let quarter = read(format!("Q{} {year}", (month - 1) / 3 + 1));
            let in_month = read(format!("{year}-{month:02}"));
            prop_assert_eq!(in_month, read(format!("{} {year}", MONTHS[usize::from(month) - 1])));
            let day = date(year, month as i8, 1 + offset % in_month.latest.day());
            prop_assert_eq!(read(day.to_string()), Window::day(day));
            prop_assert!(in_month.contains(Window::day(day)) && quarter.contains(in_month));
            prop_assert!(half.contains(quarter) && whole.contains(half));
            prop_assert_eq!(quarter, read(format!("{}Q{year}", (month - 1) / 3 + 1)));
            let week = day.iso_week_date();
            let iso_week = read(format!("{}-W{:02}", week.year(), week.week()));
            prop_assert!(iso_week.contains(Window::day(day)));
            let fiscal = read(format!("FY{year}"));
            prop_assert_eq!(Some(fiscal), fiscal_year.year(year));
            prop_assert_eq!(fiscal.earliest, read(format!("FY{year}-Q1")).earliest);
            prop_assert_eq!(fiscal.latest, read(format!("H2 FY{year}")).latest);
            prop_assert_eq!(read(format!("end of Q1 {year}")), Window::day(read(format!("Q1 {year}")).latest));
            prop_assert_eq!(read(format!("before {year}-{month}")).latest.tomorrow().unwrap(), in_month.earliest);
        }

        #[test]
        fn nothing_panics(
            text in prop_oneof![
                any::<String>(),
                "((end of|before|by|the|mid|FY|Q|W|Mar|st|after) ?){0,3}[0-9]{0,9}[-/. ,'’TQHW]{0,2}[0-9]{0,4}[-/.:]?[0-9]{0,4}",
            ],
        ) {
            for calendar in [Calendar::default(), fiscal()] {
                if let Err(ReadError::Misread(Misread { part: Some(part), .. })) = parse_date(&text, &calendar) {
                    prop_assert!(text.get(part).is_some());
                }
            }
        }
    }
}
