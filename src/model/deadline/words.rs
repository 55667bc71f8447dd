//! What is wrong with a text that is no deadline, and what to write instead.

use crate::model::date::{FORMS, quoted, strip_words};
use crate::model::misread::Misread;
use crate::model::number::range_in;
use crate::model::unit::near;
use crate::model::window::YEARS;
use crate::text::{in_backticks, nearest, or_list};

use super::events::{EventDate, Events};

/// What is wrong with a number and a word that is no unit, before an event.
pub(super) fn unknown_unit(text: &str, counted: &str) -> Option<Misread> {
    let digits = counted.len() - counted.trim_start_matches(|next: char| next.is_ascii_digit()).len();
    let (number, rest) = counted.split_at(digits);
    let rest = rest.trim_start_matches(|next: char| next == '-' || next.is_whitespace());
    let is_direction = |&(at, _): &(usize, &str)| {
        let words = ["after", "before", "from", "following", "of"];
        words.into_iter().any(|word| strip_words(rest[at..].trim_start(), &[word]).is_some())
    };
    let (end, _) = rest.match_indices(char::is_whitespace).find(is_direction)?;
    let unit = &rest[..end];
    if number.is_empty() || unit.is_empty() {
        return None;
    }
    let known = ["days", "business days", "weeks", "months", "years"];
    let label = format!("expected {}", or_list(&in_backticks(known)));
    let misread = Misread::new(format!("deadlines do not count in `{}`", quoted(unit)), label);
    let misread = misread.part(range_in(text, unit));
    let is_quarters = ["quarter", "quarters"].iter().any(|quarter| unit.eq_ignore_ascii_case(quarter));
    let months = number.parse().ok().and_then(|number: i32| number.checked_mul(3));
    let instead = |part: std::ops::Range<usize>, with: &str| {
        format!("{}{with}{}", &text[..part.start], &text[part.end..])
    };
    let (count, counted) = (range_in(text, number), range_in(text, unit));
    Some(match (months.filter(|_| is_quarters), near(unit, known)) {
        (Some(months), _) => {
            let months = format!("{months} months");
            misread.instead(instead(count.start..counted.end, &months), format!("write `{months}`"))
        }
        (None, Some(unit)) => misread.instead(instead(counted, unit), format!("did you mean `{unit}`?")),
        (None, None) => misread,
    })
}

pub(super) fn no_event(text: &str) -> Misread {
    Misread::new(format!("`{}` has no event to count from", quoted(text)), "expected a distance and an event")
        .help("write a distance and an event, such as `30 days after signing`")
}

pub(super) fn outside(text: &str) -> Misread {
    let title = format!("`{}` lies outside the years {} to {}", quoted(text), YEARS.start(), YEARS.end());
    Misread::new(title, "expected a shorter distance")
}

pub(super) fn unknown(name: &str, events: &Events, alone: bool) -> Misread {
    let dated = dated(events);
    let what =
        if alone { "neither a date nor an event of this contract" } else { "no event of this contract" };
    let label = match dated.is_empty() {
        true => "this contract has no event with a date".to_owned(),
        false => format!("expected {}", or_list(&dated)),
    };
    let mut misread = Misread::new(format!("`{}` is {what}", quoted(name)), label);
    if let Some(near) = nearest(name, events.names()) {
        let is_known = |date| matches!(date, EventDate::Known(_) | EventDate::Open);
        misread = match events.find(near).is_some_and(|(_, date)| is_known(date)) {
            true => misread.did_you_mean(Some(near)),
            false => misread.help(format!("did you mean `{near}`?")),
        };
        if events.find(near).is_some_and(|(_, date)| date == EventDate::Missing) {
            misread = misread.help(format!("`{near}` has no date yet: {}", to_date(near)));
        }
    } else if alone {
        misread = misread.help(FORMS);
    }
    misread
}

/// The events that have a date, as far as anybody reads on.
fn dated(events: &Events) -> Vec<String> {
    const SHOWN: usize = 8;
    let mut shown = in_backticks(events.dated().take(SHOWN + 1));
    if shown.len() > SHOWN {
        shown[SHOWN] = "another event that has a date".to_owned();
    }
    shown
}

pub(super) fn undated(event: &str, events: &Events) -> Misread {
    let misread = Misread::new(format!("`{event}` has no date"), "this deadline counts from it");
    let misread = misread.help(to_date(event));
    let dated = dated(events);
    match dated.is_empty() {
        true => misread,
        false => misread.help(format!("or count from {}", or_list(&dated))),
    }
}

/// How an event is given a date.
fn to_date(event: &str) -> String {
    match event {
        "signing" => "add the planned day, such as `signing: 2026-12-15`".to_owned(),
        "effective" => {
            "add the day from which the contract holds, such as `effective: 2027-01-01`".to_owned()
        }
        "start" | "end" => {
            "add the term, such as `period: { start: 2027-01-01, end: 2029-12-31 }`".to_owned()
        }
        _ => format!("give `{event}` a date under `milestones`"),
    }
}
