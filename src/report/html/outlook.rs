//! What deals are worth, by how often plans like theirs are kept.

use maud::{Markup, html};

use crate::report::outlook::{
    DealOutlook, NO_FORECAST, OutlookAmount, OutlookPart, SETTLED, UNFORECASTABLE, ValueOutlook,
};

use super::selection::{MAX_LISTED, PageSelection, left_out};
use super::words::{count, dash, given, money, number, or_dash, sentence};

/// The amounts by quarter, and the deals behind them; none where no deal waits for anything.
pub(super) fn tables(selection: &PageSelection<'_>) -> Option<Markup> {
    let outlook = selection.outlook();
    if outlook.all.deals.is_empty() {
        return None;
    }
    let deals: Vec<(&str, &DealOutlook<'_>)> = (outlook.quarters.iter())
        .flat_map(|(quarter, part)| part.deals.iter().map(move |deal| (quarter.as_str(), deal)))
        .collect();
    let shown = &deals[..deals.len().min(MAX_LISTED)];
    Some(html! {
        p.intro {
            "How often plans like those that the deals rest on are kept: this is " strong { (NO_FORECAST) } ". "
            "Drafts count as signed deals do, and what decides is the table of plans that stands under " code { "[forecast]" } " in the configuration, or else the public one. “Mostly” is in 65 of 100 cases or more, “seldom” in fewer than 35."
        }
        (amounts(&outlook))
        @for (part, words) in [(&outlook.settled, SETTLED), (&outlook.unforecastable, UNFORECASTABLE)] {
            @if !part.deals.is_empty() {
                p.aside { (count(part.deals.len(), "deal")) " " (words) @if let Some(worth) = worth(part) { ": " (worth) } "." }
            }
        }
        @if let Some(method) = outlook.method() { p.aside { (sentence(&method)) } }
        div.scroll role="group" tabindex="0" aria-label="The deals by chance" {
            table {
                caption { span { "The deals behind these amounts" } }
                thead { tr {
                    th scope="col" { "Deal" }
                    th scope="col" { "Last due in" }
                    th.number scope="col" { "Value" }
                    th scope="col" { "Plans like its own are kept" }
                } }
                tbody { @for (quarter, deal) in shown { (case(quarter, deal, selection)) } }
            }
        }
        (left_out(deals.len() - shown.len(), "further deals are not listed"))
    })
}

fn amounts(outlook: &ValueOutlook<'_>) -> Markup {
    let rows = outlook.quarters.iter().map(|(quarter, part)| (quarter.as_str(), part));
    html! {
        div.scroll role="group" tabindex="0" aria-label="Value by chance" {
            table {
                caption { span { "Value by the quarter in which the last of what a deal waits for is due" } }
                thead { tr {
                    th scope="col" { "Last due in" }
                    th.number scope="col" { "Deals" }
                    th.number scope="col" { "Value" }
                    th.number scope="col" { "Kept: mostly at least" }
                    th.number scope="col" { "Kept: seldom more than" }
                } }
                tbody { @for (quarter, part) in rows { (row(quarter, part)) } }
                @if outlook.quarters.len() > 1 { tfoot { (row("All", &outlook.all)) } }
            }
        }
    }
}

fn row(name: &str, part: &OutlookPart<'_>) -> Markup {
    let column = |shown: fn(&OutlookAmount) -> String| {
        html! { @for amount in &part.amounts { span.sum { (shown(amount)) } " " } @if part.amounts.is_empty() { (dash()) } }
    };
    html! {
        tr {
            th scope="row" { (name) }
            td.number data-label="Deals" {
                (number(part.deals.len()))
                @if part.unvalued() > 0 { span.under { (number(part.unvalued())) " without a value" } }
            }
            td.number data-label="Value" { (column(|amount| money(amount.value))) }
            td.number data-label="Kept: mostly at least" { (column(|amount| money(amount.likely_at_least))) }
            td.number data-label="Kept: seldom more than" { (column(|amount| money(amount.unlikely_above))) }
        }
    }
}

fn case(quarter: &str, outlook: &DealOutlook<'_>, selection: &PageSelection<'_>) -> Markup {
    let deal = outlook.deal;
    html! {
        tr {
            th scope="row" {
                (selection.link(deal, deal.key()))
                @if let Some(customer) = &deal.customer { span.under { (given(customer)) } }
            }
            td data-label="Last due in" { (quarter) }
            td.number data-label="Value" { (or_dash(outlook.value, |value| html! { (money(value)) })) }
            td data-label="Plans like its own are kept" { (or_dash(outlook.band(), |band| html! { (band.words()) })) }
        }
    }
}

/// What some deals are worth; none where none has a value.
fn worth(part: &OutlookPart<'_>) -> Option<String> {
    let values: Vec<String> = part.amounts.iter().map(|amount| money(amount.value)).collect();
    (!values.is_empty()).then(|| values.join(", "))
}
