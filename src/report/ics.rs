//! Deadlines as entries of a calendar: RFC 5545, one all-day event for each promise that is still to be kept.

use icalendar::{Calendar, Component, Event, Property};
use sha2::{Digest, Sha256};

use crate::deals::{Deal, DealPromise};
use crate::delivery::Delivery;
use crate::model::window::Date;
use crate::text::hex;

use super::Report;

/// Writes the deadlines of promises that are not there yet, in the order of the contracts. An entry keeps its id
/// when its day changes, so that a calendar moves it.
pub(crate) fn ics(report: &Report<'_>) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", concat!("-//dealcheck//", env!("CARGO_PKG_VERSION"))));
    calendar.name("Deadlines of contracts");
    for deal in &report.deals {
        for promise in &deal.promises {
            if promise.delivery != Some(Delivery::Shipped) {
                calendar.extend(promise.deadline.map(|due| entry(deal, promise, due.latest, report.today)));
            }
        }
    }
    folded(&calendar.done().to_string())
}

/// Folds lines at 75 octets (section 3.1). The library forgets the blank before a last continuation line.
fn folded(text: &str) -> String {
    const MOST: usize = 75;
    let mut out = String::with_capacity(text.len() + text.len() / MOST * 3);
    for line in text.replace("\r\n ", "").split_inclusive("\r\n") {
        let (line, end) = line.strip_suffix("\r\n").map_or((line, ""), |line| (line, "\r\n"));
        let mut octets = 0;
        let mut letters = line.chars();
        while let Some(letter) = letters.next() {
            // No line begins with a blank of the text, unless more of them come than a line holds: there are readers that
            // drop more than one.
            let blanks = letters.clone().take_while(|next| !letter.is_whitespace() && next.is_whitespace());
            if octets + letter.len_utf8() + blanks.map(char::len_utf8).sum::<usize>() > MOST && octets > 1 {
                out.push_str("\r\n ");
                octets = 1;
            }
            out.push(letter);
            octets += letter.len_utf8();
        }
        out.push_str(end);
    }
    out
}

fn entry(deal: &Deal, promise: &DealPromise, due: Date, today: Date) -> Event {
    let contract = deal.name();
    let worst = promise.worst_judgement();
    let what = worst.map_or(promise.requirement.as_str(), |judgement| &judgement.feature.title);
    let verdict = promise.verdict();
    let mut lines = vec![format!("Contract: {contract} ({})", deal.status)];
    lines.extend(deal.customer.iter().map(|customer| format!("Customer: {customer}")));
    lines.push(format!("Requirement: {}", promise.requirement));
    lines.extend(promise.clause.iter().map(|clause| format!("Clause: {clause}")));
    lines.push(format!("Delivery: {verdict}"));
    lines.extend(
        worst.and_then(|judgement| judgement.expected).map(|expected| format!("Expected: {expected}")),
    );
    Event::new()
        .uid(&id(contract, &promise.requirement))
        // Not the moment of writing: the same input gives the same bytes.
        .add_property("DTSTAMP", format!("{}T000000Z", compact(today)))
        .append_property(day("DTSTART", due))
        // The end is exclusive (section 3.6.1), and a deadline keeps nobody busy.
        .append_property(day("DTEND", due.saturating_add(jiff::Span::new().days(1))))
        .add_property("TRANSP", "TRANSPARENT")
        .summary(&format!("{what} due for {contract} ({verdict})"))
        .description(&lines.join("\n"))
        .done()
}

fn day(name: &str, day: Date) -> Property {
    Property::new(name, compact(day)).add_parameter("VALUE", "DATE").done()
}

fn compact(day: Date) -> String {
    day.to_string().replace('-', "")
}

/// An id that stays the same as long as the contract's and the requirement's do.
fn id(contract: &str, requirement: &str) -> String {
    let digest = Sha256::digest([contract, requirement].join("\0").as_bytes());
    format!("{}@dealcheck", hex(&digest[..16]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn no_line_begins_with_a_blank_of_the_text() {
        for (before, blanks) in (40..80).flat_map(|before| (1..6).map(move |blanks| (before, blanks))) {
            let line = format!("{}{}b", "a".repeat(before), " ".repeat(blanks));
            let text = folded(&format!("{line}\r\n"));
            assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.starts_with("  ")), "{text}");
            assert_eq!(text.replace("\r\n ", ""), format!("{line}\r\n"));
        }
    }

    proptest! {
        #[test]
        fn no_line_is_longer_than_75_octets(words in "([a-z ä老]| {1,90}){0,300}") {
            let event = Event::new().summary(&words).description(&words).done();
            let text = folded(&Calendar::empty().push(event).done().to_string());
            prop_assert!(text.split("\r\n").all(|line| line.len() <= 75), "{}", text);
            let whole = text.replace("\r\n ", "");
            let summary = format!("\r\nSUMMARY:{words}\r\n");
            prop_assert!(whole.contains(&summary));
        }
    }
}
