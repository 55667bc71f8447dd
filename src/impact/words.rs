//! What becomes of a promise, in words.

use std::borrow::Cow;

use crate::deals::DealJudgement;
use crate::delivery::{Delivery, Kind};
use crate::model::scope::Cell;
use crate::text::{and_list, clean, days};

/// `"Audit log" moves from 2027-03-31 to 2027-06-30: 150 days (about 5 months) late, was on time`
pub(super) fn of_judgement(
    kind: Kind,
    before: Option<&DealJudgement>,
    now: &DealJudgement,
    cells: &[Cow<'_, Cell>],
) -> String {
    let title = &before.filter(|_| now.delivery == Delivery::Unknown).unwrap_or(now).feature.title;
    let cells: Vec<String> = cells.iter().map(|cell| values(cell)).collect();
    let cells = if cells.is_empty() { String::new() } else { format!(" for {}", and_list(&cells)) };
    let was = match before.filter(|before| before.delivery != Delivery::Unresolved) {
        Some(before) => format!("was {}", respect(kind, before)),
        None => "and could not be judged before".to_owned(),
    };
    let latest = |judgement: &DealJudgement| judgement.expected.map(|expected| expected.latest);
    let moves = match (before.and_then(latest), latest(now)) {
        _ if kind != Kind::Time => String::new(),
        (Some(then), Some(now)) if then != now => format!(" moves from {then} to {now}:"),
        (Some(then), None) if now.time == Delivery::Undated => format!(" loses its date, {then}:"),
        (None, Some(now)) if before.is_some_and(|before| before.time == Delivery::Undated) => {
            format!(" gets a date, {now}:")
        }
        _ => String::new(),
    };
    // With no move before it, the state follows the name as a sentence.
    let is = if moves.is_empty() { " is" } else { "" };
    format!("\"{title}\"{cells}{moves}{is} {}, {was}", respect(kind, now))
}

/// What becomes of it in one respect, after "is" and "was".
fn respect(kind: Kind, judgement: &DealJudgement) -> String {
    match (kind, judgement.shortfall(), judgement.sunset) {
        (Kind::Level | Kind::Term, ..) if !judgement.exists() => state(judgement),
        (Kind::Level, Some(shortfall), _) => format!("below what is promised ({shortfall})"),
        (Kind::Level, None, _) => "as good as promised".to_owned(),
        (Kind::Term, _, Some(sunset)) => format!("gone on {sunset}, before the contract ends"),
        (Kind::Term, _, None) => "there to the end".to_owned(),
        (Kind::Existence | Kind::Time, ..) => state(judgement),
    }
}

/// What becomes of it, after "is" and "was".
fn state(judgement: &DealJudgement) -> String {
    let late = || match judgement.days {
        Some(number) if judgement.certain => format!("{} late", days(number)),
        Some(number) => format!("up to {} late", days(number)),
        None => "late".to_owned(),
    };
    match judgement.time {
        Delivery::Unresolved => "not judged".to_owned(),
        Delivery::Unknown => "not in the roadmap".to_owned(),
        Delivery::Dropped => "dropped".to_owned(),
        Delivery::ScopeGap if is_whole(&judgement.cell) => "not available".to_owned(),
        Delivery::ScopeGap => "not available there".to_owned(),
        Delivery::LevelGap => "below what is promised".to_owned(),
        Delivery::Undated => "without a date".to_owned(),
        Delivery::Late => late(),
        Delivery::LateByDependency => match &judgement.waits_for {
            Some(other) => format!("{} (it waits for \"{other}\")", late()),
            None => late(),
        },
        Delivery::Beta => "in beta only".to_owned(),
        Delivery::Tight => match judgement.days {
            Some(0) => "on time with no day to spare".to_owned(),
            Some(number) => format!("on time with {} to spare", days(number)),
            None => "on time with little to spare".to_owned(),
        },
        Delivery::Unscheduled => "not available yet, and promised for no day".to_owned(),
        Delivery::OnTrack => "on time".to_owned(),
        Delivery::Shipped => "available".to_owned(),
    }
}

/// `windows in eu`, as far as a combination is limited; an empty value stands for any that the roadmap does not name.
fn values(cell: &Cell) -> String {
    let value = |(name, value): (&str, &str)| match value {
        "" => format!("any other {name}"),
        value => value.to_owned(),
    };
    let values: Vec<String> = cell.iter().map(value).collect();
    clean(&values.join(" in ")).into_owned()
}

fn is_whole(cell: &Cell) -> bool {
    cell.iter().next().is_none()
}
