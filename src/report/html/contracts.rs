//! The contracts of the portfolio, the worst first.

use maud::{Markup, html};

use crate::lint::obstacle::Standing;

use super::Page;
use super::bar::segments;
use super::selection::{MAX_LISTED, OpenDeal, PageSelection, left_out, next};
use super::words::{self, Mark, given, money, number, or_dash, sums, window};

/// The list; none where no contract is open.
pub(super) fn table(page: &Page<'_>, selection: &PageSelection<'_>) -> Option<Markup> {
    let entries = &selection.entries;
    if entries.is_empty() {
        return None;
    }
    let shown = &entries[..entries.len().min(MAX_LISTED)];
    Some(html! {
        div.scroll role="group" tabindex="0" aria-label="List of contracts" {
            table.contracts {
                caption { span {
                    "Contracts with most broken promises first; a bar shows what becomes of their promises"
                } }
                thead { tr {
                    th scope="col" { "Contract" }
                    th.number scope="col" { "Cannot be kept" }
                    th.number scope="col" { "At risk" }
                    th scope="col" { "Requirements" }
                    th.number scope="col" { "Errors" }
                    th.number scope="col" { "Value" }
                    th scope="col" { "Next deadline" }
                    th scope="col" { "Status" }
                } }
                tbody { @for entry in shown { (line(entry, selection)) } }
                tfoot { (total(page, selection)) }
            }
        }
        (left_out(entries.len() - shown.len(), "further contracts are not listed; the last line counts them"))
    })
}

fn line(entry: &OpenDeal<'_>, selection: &PageSelection<'_>) -> Markup {
    let deal = entry.deal;
    let upcoming = next(deal, selection.today).and_then(|promise| promise.deadline);
    html! {
        tr {
            th scope="row" {
                (selection.link(deal, deal.name()))
                @if let Some(customer) = &deal.customer { span.under { (given(customer)) } }
            }
            td.number data-label="Cannot be kept" { (Mark::Broken.count(deal.tally.promises.of(Standing::Broken))) }
            td.number data-label="At risk" { (Mark::Risk.count(deal.tally.promises.of(Standing::AtRisk))) }
            td data-label="Requirements" { (bar(entry)) span.under { (words::count(deal.tally.promises.requirements, "requirement")) } }
            td.number data-label="Errors" { (number(entry.denied)) }
            td.number data-label="Value" { (or_dash(deal.own_value(), |value| html! { (money(value)) })) }
            td.date data-label="Next deadline" { (or_dash(upcoming, window)) }
            td data-label="Status" {
                (deal.status)
                @if let Some(base) = &deal.amends { span.under { "amends " (given(base)) } }
            }
        }
    }
}

fn total(page: &Page<'_>, selection: &PageSelection<'_>) -> Markup {
    let tally = page.tally;
    html! {
        tr {
            th scope="row" { "All " (number(tally.contracts())) }
            td.number data-label="Cannot be kept" { (Mark::Broken.count(tally.promises.of(Standing::Broken))) }
            td.number data-label="At risk" { (Mark::Risk.count(tally.promises.of(Standing::AtRisk))) }
            td data-label="Requirements" { (number(tally.promises.requirements)) }
            td.number data-label="Errors" { (number(selection.entries.iter().map(|entry| entry.denied).sum())) }
            td.number data-label="Value" { (sums(&tally.value())) }
            td {} td {}
        }
    }
}

/// What the columns beside it say in numbers, for the eye alone.
fn bar(entry: &OpenDeal<'_>) -> Markup {
    let promises = &entry.deal.promises;
    let count = |mark: Mark| promises.iter().filter(|promise| Mark::of(promise) == mark).count();
    let counts = Mark::ALL.into_iter().map(|mark| (mark, count(mark)));
    html! { svg.bar.small aria-hidden="true" { (segments(counts, promises.len())) } }
}
