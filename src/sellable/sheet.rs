//! What may be promised, as a table on a terminal, as markdown, or as JSON.

use crate::diagnostic::Problem;
use crate::model::deadline::{Deadline, Reading};
use crate::model::window::Date;
use crate::source::Sources;
use crate::text::{and_list, clean_truncated, days};

use super::{Answer, Question, Sellability};

/// What is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sheet<'a> {
    /// The day of the question.
    pub today: Date,
    /// What was asked; none where that could not be read.
    pub question: Option<&'a Question>,
    /// The answers, in their order.
    pub answers: &'a [Answer],
    /// Days that are kept between a plan and a promise.
    pub margin: i64,
    /// What could not be read. Only JSON holds it.
    pub problems: &'a [Problem],
    /// The texts that are pointed into.
    pub sources: Sources<'a>,
}

/// The heads of the columns.
pub(super) const HEADS: [&str; 3] = ["feature", "may be promised", "why"];

/// The most characters of why.
pub(super) const LONGEST_WHY: usize = 3 * LONGEST;

/// The most characters of one text in a table.
const LONGEST: usize = 200;

/// The most characters of what a feature may be promised for beside the answer; more stands under why.
const LONGEST_LIMIT: usize = 36;

/// The columns of a row. What came from a file is made safe to show.
pub(super) fn cells(answer: &Answer) -> [String; 3] {
    let id = clean_truncated(&answer.id, LONGEST);
    let feature = match &answer.name {
        Some(name) => format!("{} ({id})", clean_truncated(name, LONGEST)),
        None => id.into_owned(),
    };
    let limits = answer.limits().join("; ");
    let sellability = sellability(answer.sellability);
    let (sellability, why) = match limits.chars().count() {
        0 => (sellability, answer.why.clone()),
        1..=LONGEST_LIMIT => (format!("{sellability}, {limits}"), answer.why.clone()),
        _ => (format!("{sellability}, not everywhere"), answer.why_in_full()),
    };
    [feature, sellability, clean_truncated(&why, LONGEST_WHY).into_owned()]
}

fn sellability(sellability: Sellability) -> String {
    match sellability {
        Sellability::Yes => "yes".to_owned(),
        Sellability::From(day) => format!("from {day}"),
        Sellability::No => "no".to_owned(),
        Sellability::Unread => "cannot be said".to_owned(),
    }
}

/// The one sentence that a seller has to read; none where nothing could be asked.
pub(super) fn headline(sheet: Sheet<'_>) -> Option<String> {
    let question = sheet.question?;
    let asked = asked(question);
    match sheet.answers {
        [] if sheet.problems.is_empty() => Some("the roadmap has no features".to_owned()),
        [] => None,
        [only] => {
            let name = clean_truncated(only.name.as_ref().unwrap_or(&only.id), LONGEST);
            Some(match only.sellability {
                Sellability::Yes => format!("\"{name}\" may be promised {asked}{}", but(only)),
                Sellability::From(day) => {
                    format!("\"{name}\" may not be promised {asked}, but from {day} on")
                }
                Sellability::No => format!("\"{name}\" may not be promised {asked}"),
                Sellability::Unread => {
                    format!("it cannot be said whether \"{name}\" may be promised {asked}")
                }
            })
        }
        answers => {
            let count = |wanted: fn(&Sellability) -> bool| {
                answers.iter().filter(|answer| wanted(&answer.sellability)).count()
            };
            let now = count(|sellability| *sellability == Sellability::Yes);
            let later = count(|sellability| matches!(sellability, Sellability::From(_)));
            let unread = count(|sellability| *sellability == Sellability::Unread);
            let mut headline = format!("{} may be promised {asked}", of(now, answers.len()));
            headline += &of_them(answers);
            if later > 0 {
                let more = if now == 0 { "" } else { " more" };
                headline += &format!("; {later}{more} later");
            }
            if unread > 0 {
                headline += &format!("; of {unread} it cannot be said");
            }
            Some(headline)
        }
    }
}

/// What a promise of the only feature would say too much of.
fn but(answer: &Answer) -> String {
    let mut but = Vec::new();
    if !answer.only.is_empty() {
        but.push("not everywhere".to_owned());
    }
    if !answer.unstated.is_empty() {
        but.push("the roadmap does not state the level".to_owned());
    }
    if but.is_empty() { String::new() } else { format!(", but {}", and_list(&but)) }
}

/// How many of those that may be promised have to be promised with care.
fn of_them(answers: &[Answer]) -> String {
    let yes = || answers.iter().filter(|answer| answer.sellability == Sellability::Yes);
    let limited = yes().filter(|answer| !answer.only.is_empty()).count();
    let unstated = yes().filter(|answer| !answer.unstated.is_empty()).count();
    let mut words = String::new();
    if limited > 0 {
        words += &format!(", {limited} of them not everywhere");
    }
    if unstated > 0 {
        words += &format!(", {unstated} of them without a stated level");
    }
    words
}

fn of(count: usize, all: usize) -> String {
    match count {
        0 => format!("none of {all} features"),
        2 if all == 2 => "both features".to_owned(),
        _ if count == all => format!("all {all} features"),
        _ => format!("{count} of {all} features"),
    }
}

/// What was asked, as it reads in a sentence: `by 2027-03-31 for windows, eu`.
fn asked(question: &Question) -> String {
    let mut words = match &question.by {
        None => "as of today".to_owned(),
        Some((Deadline { window, .. }, _)) if window.is_day() => format!("by {}", window.latest),
        Some((_, words)) => {
            let bare = ["by ", "until "].iter().find_map(|word| words.strip_prefix(word)).unwrap_or(words);
            format!("by {}", clean_truncated(bare, LONGEST))
        }
    };
    let values: Vec<String> = question
        .scope
        .iter()
        .map(|(_, values)| {
            and_list(&values.iter().map(|value| clean_truncated(value, LONGEST)).collect::<Vec<_>>())
        })
        .collect();
    if !values.is_empty() {
        words += &format!(" for {}", values.join(", "));
    }
    let needs: Vec<String> = question
        .needs
        .iter()
        .map(|need| {
            format!("{} {}", clean_truncated(&need.name.value, LONGEST), need.constraint.value.words())
        })
        .collect();
    if !needs.is_empty() {
        words += &format!(" with {}", and_list(&needs));
    }
    if question.beta {
        words += ", betas included";
    }
    words
}

/// What has to be known to read the table.
pub(super) fn notes(sheet: Sheet<'_>) -> Vec<String> {
    let mut notes: Vec<String> = sheet.question.map(|question| question.unnamed.clone()).unwrap_or_default();
    if let Some((deadline, words)) = sheet.question.and_then(|question| question.by.as_ref()) {
        let words = clean_truncated(words, LONGEST);
        match deadline.reading {
            Reading::Day => {}
            Reading::Both => notes.push(format!(
                "\"{words}\" may mean any day from {} to {}: \"yes\" holds for each of them",
                deadline.window.earliest, deadline.window.latest
            )),
            Reading::End => notes.push(format!(
                "\"{words}\" is read as its last day, {}, since bare-period is \"end\"",
                deadline.window.latest
            )),
            Reading::In => {
                notes.push(format!("\"{words}\" is read as its last day, {}", deadline.window.latest));
            }
        }
        notes.extend(deadline.moves().map(|(from, to)| {
            format!("{from} is no business day, and is read as {to}, since weekend is \"next-business-day\"")
        }));
    }
    if sheet.margin > 0 && sheet.answers.iter().any(|answer| answer.expected.is_some()) {
        notes.push(format!(
            "for what is planned, {} are kept between the last day of the plan and the promise",
            days(sheet.margin)
        ));
    }
    let ends = |answer: &Answer| {
        answer.sunset.is_some() && matches!(answer.sellability, Sellability::Yes | Sellability::From(_))
    };
    if sheet.answers.iter().any(ends) {
        notes.push("what will be gone may be promised only in contracts that end before".to_owned());
    }
    notes
}
