//! A date with two ends, or one, each with the words that bend it: `end of`, `before`, a weekday.

use jiff::civil::Weekday;

use crate::model::calendar::Calendar;
use crate::model::misread::{Misread, ReadError};
use crate::model::window::{Date, Window, add_days};

use super::period::read_period;
use super::words::{backwards, not_iso, outside, quoted};
use super::{DateUnread, strip_words};

/// The days of a date, and whether it is the day before something.
type EndReading = Result<(Window, bool), DateUnread>;

/// What a word before a date makes of it.
#[derive(Clone, Copy)]
enum Edge {
    First,
    Last,
    /// The last day, of a period of so many months.
    LastOf(i8),
    Before,
}

/// Longer ones before the shorter ones that they start with.
const EDGES: &[(&[&str], Option<Edge>)] = &[
    (&["last", "day", "of"], Some(Edge::Last)),
    (&["first", "day", "of"], Some(Edge::First)),
    (&["end", "of"], Some(Edge::Last)),
    (&["end"], Some(Edge::Last)),
    (&["start", "of"], Some(Edge::First)),
    (&["beginning", "of"], Some(Edge::First)),
    (&["day", "before"], Some(Edge::Before)),
    (&["before"], Some(Edge::Before)),
    (&["prior", "to"], Some(Edge::Before)),
    (&["year", "end"], Some(Edge::LastOf(12))),
    (&["quarter", "end"], Some(Edge::LastOf(3))),
    (&["month", "end"], Some(Edge::LastOf(1))),
    (&["the"], None),
];

/// Reads what may have two ends: then it is all the days from the first of the one to the last of the other.
pub(super) fn read_ends(text: &str, calendar: &Calendar) -> EndReading {
    let (text, separators): (&str, &[&str]) =
        match (strip_words(text, &["between"]), strip_words(text, &["from"])) {
            (Some(text), _) => (text, &[" and "]),
            (_, Some(text)) => (text, SEPARATORS),
            (None, None) => match read_end(text, calendar) {
                Err(DateUnread::NotADate) => (text, SEPARATORS),
                read => return read,
            },
        };
    let lower = text.to_ascii_lowercase();
    for separator in separators {
        let Some((left, right)) = lower.find(separator).and_then(|at| halves(text, at, separator.len()))
        else {
            continue;
        };
        match read_both(text, left, right, calendar) {
            Err(DateUnread::NotADate) => {}
            read => return read,
        }
        // One sound end says that a range was meant: "no date" alone would not say which end is wrong.
        if read_end(left, calendar).is_ok() {
            let title = format!("`{}` has one end that is a date", quoted(text));
            let misread = Misread::new(title, "expected a day or a period")
                .help("write both ends in full, such as `2027-07-01 to 2027-09-30`");
            return Err(DateUnread::from(misread).within(text, right));
        }
    }
    // Hyphens and slashes are parts of dates; the one in the middle may stand between two of them.
    for separator in ["-", "/"] {
        let places: Vec<usize> = text.match_indices(separator).map(|(at, _)| at).collect();
        let middle = places.get(places.len() / 2).filter(|_| places.len() % 2 == 1);
        if let Some((left, right)) = middle.and_then(|&at| halves(text, at, 1)) {
            match read_both(text, left, right, calendar) {
                Err(DateUnread::NotADate) => {}
                read => return read,
            }
        }
    }
    Err(DateUnread::NotADate)
}

const SEPARATORS: &[&str] = &[" to ", " through ", " until ", " - ", "–", "—"];

fn halves(text: &str, at: usize, separator: usize) -> Option<(&str, &str)> {
    Some((text.get(..at)?.trim(), text.get(at + separator..)?.trim()))
}

fn read_both(text: &str, left: &str, right: &str, calendar: &Calendar) -> EndReading {
    if left.is_empty() {
        return Err(DateUnread::NotADate);
    }
    let last = match read_end(right, calendar) {
        Err(DateUnread::NotADate) => return Err(DateUnread::NotADate),
        last => last.map_err(|unread| unread.within(text, right)),
    };
    // What the first end leaves out is said once, at the last: `Q3 to Q4 2027`, `1 to 15 July 2027`.
    let completed = || {
        let wholes =
            common_ends(right).into_iter().map(|common| read_end(&format!("{left} {common}"), calendar));
        wholes.into_iter().find(|whole| !matches!(whole, Err(DateUnread::NotADate)))
    };
    let first = match read_end(left, calendar) {
        Err(alone) => completed().unwrap_or(Err(alone)),
        first => first,
    };
    // A name may end in what would be no year: `event-1000`.
    if matches!(first, Err(DateUnread::NotADate)) {
        return Err(DateUnread::NotADate);
    }
    let (last, is_before) = last?;
    let (first, _) = first.map_err(|unread| match unread {
        // What stands beyond the first end is wrong at the last one.
        DateUnread::Wrong(ReadError::Misread(mut misread)) => {
            misread.part = misread.part.filter(|part| part.end <= left.len());
            misread.helps.retain(|help| help.instead.is_none());
            DateUnread::from(misread).within(text, left)
        }
        other => other,
    })?;
    if first.earliest > last.earliest || first.latest > last.latest {
        return Err(backwards(text, first, last));
    }
    Ok((Window::new(first.earliest, last.latest), is_before))
}

/// The year that a text ends with, in all its words, and the month with the year.
fn common_ends(text: &str) -> [&str; 2] {
    let is_of_year = |word: &str| {
        ["of", "year", "fiscal", "calendar", "fy", "cy"].iter().any(|known| known.eq_ignore_ascii_case(word))
    };
    let take = |text: &str| {
        let mut start = text.trim_end().rfind(char::is_whitespace).map_or(0, |at| at + 1);
        while let Some(before) = text.get(..start).map(str::trim_end).filter(|before| !before.is_empty()) {
            let word = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
            if !is_of_year(&before[word..]) {
                break;
            }
            start = word;
        }
        start
    };
    let year = take(text);
    let month = take(text.get(..year).unwrap_or_default());
    [text.get(year..).unwrap_or_default(), text.get(month..).unwrap_or_default()]
}

/// The text after the words that bend a date.
pub(super) fn strip_edges(text: &str) -> &str {
    let strip = |text| EDGES.iter().find_map(|(words, _)| strip_words(text, words));
    std::iter::successors(Some(text), |&text| strip(text)).last().unwrap_or(text)
}

/// Reads one end, with the words before it.
fn read_end(text: &str, calendar: &Calendar) -> EndReading {
    let mut rest = text;
    let mut edges = [None; 4];
    let mut count = 0;
    let mut push = |edge: Edge| {
        *edges.get_mut(count)? = Some(edge);
        count += 1;
        Some(())
    };
    // Most texts start with a number, and no word does.
    while rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
        let found = EDGES.iter().find_map(|&(words, edge)| Some((strip_words(rest, words)?, edge)));
        let (after, edge) = match found {
            Some(found) => found,
            None => match strip_end_of(rest)? {
                Some((after, months)) => (after, Some(Edge::LastOf(months))),
                None => break,
            },
        };
        rest = after;
        if let Some(edge) = edge {
            push(edge).ok_or(DateUnread::NotADate)?;
        }
    }
    let mut window = read_on_weekday(rest, calendar).map_err(|unread| unread.within(text, rest))?;
    let mut is_before = false;
    for edge in edges.iter().rev().flatten() {
        window = Window::day(match edge {
            Edge::First => window.earliest,
            Edge::Last => window.latest,
            Edge::LastOf(months) if is_months(window, *months) => window.latest,
            Edge::LastOf(_) => return Err(DateUnread::NotADate),
            Edge::Before => {
                is_before = true;
                window.earliest.yesterday().map_err(|_| outside(text))?
            }
        });
    }
    Ok((window, is_before))
}

/// The text after `EOY`, `EOH`, `EOQ` or `EOM`, and how many months end there.
fn strip_end_of(text: &str) -> Result<Option<(&str, i8)>, DateUnread> {
    let Some((head, tail)) =
        text.split_at_checked(3).filter(|(_, tail)| !tail.starts_with(|next: char| next.is_alphabetic()))
    else {
        return Ok(None);
    };
    let units = [("eoy", 12), ("eoh", 6), ("eoq", 3), ("eom", 1)];
    let Some((_, months)) = units.into_iter().find(|(unit, _)| unit.eq_ignore_ascii_case(head)) else {
        return Ok(None);
    };
    let after = tail.trim_start_matches([' ', '-', '\'', '’']);
    let is_number = after.starts_with(|first: char| first.is_ascii_digit());
    Ok(Some(match months {
        12 if after.len() == 2 && is_number => {
            return Err(not_iso(text, format!("EOY 20{after}")));
        }
        // The letter that says what ends says what is numbered, too: `EOQ2 2027`.
        3 | 6 if is_number => (&text[2..], months),
        _ => (after, months),
    }))
}

/// Whether a window is so many whole months.
fn is_months(window: Window, months: i8) -> bool {
    let number = |day: Date| i32::from(day.year()) * 12 + i32::from(day.month());
    let counted = number(window.latest) - number(window.earliest) + 1;
    window.earliest.day() == 1
        && window.latest == window.latest.last_of_month()
        && counted == i32::from(months)
}

/// Reads a date that may have its weekday before it.
fn read_on_weekday(text: &str, calendar: &Calendar) -> Result<Window, DateUnread> {
    let Some((weekday, day)) = strip_weekday(text) else {
        return read_period(text, calendar);
    };
    let window = read_period(day, calendar).map_err(|unread| unread.within(text, day))?;
    if !window.is_day() {
        return Err(DateUnread::NotADate);
    }
    let day = window.latest;
    // One of the two is a slip, and either may be: a deadline on the wrong day is not told by anything else.
    if day.weekday() == weekday {
        return Ok(window);
    }
    let (is, said) = (weekday_name(day.weekday()), weekday_name(weekday));
    let misread = Misread::new(format!("{day} is a {is}, not a {said}"), "the weekday and the day differ")
        .instead(day.to_string(), format!("write `{day}` if the day is right"));
    // The nearest day of that name lies at most three days away.
    let near = (1..=3)
        .flat_map(|days| [-days, days])
        .find_map(|days| add_days(day, days).filter(|near| near.weekday() == weekday));
    Err(match near {
        Some(near) => misread.instead(near.to_string(), format!("write `{near}` if the {said} is right")),
        None => misread,
    }
    .into())
}

fn strip_weekday(text: &str) -> Option<(Weekday, &str)> {
    let end = text.find(|next: char| !next.is_ascii_alphabetic())?;
    let (head, tail) = text.split_at(end);
    let weekday = Weekday::Monday.cycle_forward().take(7).find(|&day| {
        let name = weekday_name(day);
        let is_short = (3..=5).contains(&head.len()) && head.len() < name.len();
        let start = name.get(..head.len()).is_some_and(|start| start.eq_ignore_ascii_case(head));
        start && (is_short || head.len() == name.len())
    })?;
    let tail = tail.trim_start_matches([',', '.', ' ']);
    Some((weekday, strip_words(tail, &["the"]).unwrap_or(tail)))
}

/// The weekday as it is written out.
pub(super) fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}
