//! Contract by contract: its facts, its promises one by one, what was found.

use maud::{Markup, html};

use crate::deals::{Deal, DealJudgement, DealPromise};
use crate::lint::obstacle::Standing;

use super::findings;
use super::selection::{MAX_PROMISES, OpenDeal, PageSelection, left_out};
use super::words::{self, Mark, days, given, headline, money, number, or_dash, plural, window};

/// What is said of a promise.
const COLUMNS: [&str; 7] = ["Requirement", "Feature", "Due", "Expected", "Verdict", "Days", "Team"];

/// The contracts that are shown one by one; none where no contract is open.
pub(super) fn all(selection: &PageSelection<'_>) -> Option<Markup> {
    if selection.entries.is_empty() {
        return None;
    }
    let left = selection.entries.len() - selection.detailed;
    Some(html! {
        @if left > 0 {
            p.intro {
                "The " (number(selection.detailed)) " contracts with most broken promises, then errors, promises at "
                "risk and warnings. Promises that are kept are only counted."
            }
        }
        @for entry in selection.detailed() { (contract(entry, selection)) }
        (left_out(left, &left_words(selection)))
    })
}

fn left_words(selection: &PageSelection<'_>) -> String {
    let broken = selection.entries[selection.detailed..].iter().filter(|entry| entry.broken() > 0).count();
    let of_which = match broken {
        0 => "none of them has".to_owned(),
        _ => plural(broken, "of them has", "of them have"),
    };
    format!("further contracts are not shown one by one; {of_which} a promise that cannot be kept")
}

fn contract(entry: &OpenDeal<'_>, selection: &PageSelection<'_>) -> Markup {
    let deal = entry.deal;
    html! {
        article.contract id={ "c" (entry.rank) } {
            h3 {
                (given(deal.name()))
                @if let Some(customer) = &deal.customer { " " span.customer { (given(customer)) } }
            }
            (facts(deal))
            p.verdict-line { (headline(&deal.tally.verdict())) }
            @if !deal.whole { p.callout { "Not all of this file could be read." } }
            (promises(entry, selection))
            @if !deal.findings.is_empty() { (found(entry, selection)) }
        }
    }
}

fn facts(deal: &Deal) -> Markup {
    let fact = |name: &str, value: Option<Markup>| {
        html! { @if let Some(value) = value { div { dt { (name) } dd { (value) } } } }
    };
    html! {
        dl.facts {
            (fact("Status", Some(html! { (deal.status) })))
            (fact("Amends", deal.amends.as_deref().map(given)))
            (fact("Value", deal.value.map(|value| html! { (money(value)) })))
            (fact("Signing", deal.signing.map(window)))
            (fact("Until", deal.end.map(window)))
            (fact("Seller", deal.seller.as_deref().map(given)))
            (fact("File", Some(html! { span.file { (given(&deal.file)) } })))
        }
    }
}

fn promises(entry: &OpenDeal<'_>, selection: &PageSelection<'_>) -> Markup {
    let is_counted = |promise: &&DealPromise| {
        selection.counts_kept() && matches!(Mark::of(promise), Mark::Kept | Mark::Service)
    };
    let promises = &entry.deal.promises;
    let listed: Vec<&DealPromise> = promises.iter().filter(|promise| !is_counted(promise)).collect();
    let counted = promises.len() - listed.len();
    let shown = &listed[..listed.len().min(MAX_PROMISES)];
    html! {
        @if !shown.is_empty() {
            div.scroll role="group" tabindex="0" aria-labelledby={ "c" (entry.rank) "-promises" } {
                table.promises {
                    caption id={ "c" (entry.rank) "-promises" } { span {
                        "Promises of " (given(entry.deal.name()))
                    } }
                    thead { tr {
                        @for name in COLUMNS { th scope="col" { (name) } }
                    } }
                    tbody { @for promise in shown { (promise_row(promise)) } }
                }
            }
        }
        @if counted > 0 {
            p.aside {
                (plural(counted, "further requirement is", "further requirements are")) " shipped, or a service."
            }
        }
        (left_out(listed.len() - shown.len(), "further promises of this contract are not listed"))
    }
}

fn promise_row(promise: &DealPromise) -> Markup {
    let judgement = promise.worst_judgement();
    let mark = Mark::of(promise);
    html! {
        tr {
            th scope="row" {
                (given(&promise.requirement))
                @if let Some(clause) = &promise.clause { span.under { (given(clause)) } }
                @if let Some(strength) = promise.strength { span.under { (strength.words()) } }
            }
            td data-label=(COLUMNS[1]) { @match judgement { Some(judgement) => { (feature(judgement, promise)) } None => { (prose(promise)) } } }
            td.date data-label=(COLUMNS[2]) {
                (or_dash(promise.deadline, window))
                @if !promise.is_dated && promise.deadline.is_some() { span.under { "the first day" } }
            }
            td.date data-label=(COLUMNS[3]) { (or_dash(judgement.and_then(|judgement| judgement.expected), window)) }
            td data-label=(COLUMNS[4]) {
                (mark.with(&promise.verdict()))
                @if let Some((band, reasons)) = promise.chance.as_deref() {
                    span.under { "plans like it are kept: " (band.words()) " (" (reasons.join("; ")) ")" }
                }
                @if let Some(owed) = promise.owed { span.under { "would owe " (money(owed.rounded())) } }
            }
            td.days data-label=(COLUMNS[5]) { (or_dash(days(promise), |days| html! { (days) })) }
            td data-label=(COLUMNS[6]) { (or_dash(judgement.and_then(|judgement| judgement.feature.team.as_deref()), given)) }
        }
    }
}

/// The feature that the verdict rests on, and for what.
fn feature(judgement: &DealJudgement, promise: &DealPromise) -> Markup {
    let others = promise.judgements.len() - 1;
    html! {
        (given(&judgement.feature.title))
        @if !judgement.cell.is_empty() { span.under { "for " (given(&judgement.cell.to_string())) } }
        @if others > 0 {
            @let bad = promise.judgements.iter().filter(|judgement| judgement.standing == Standing::Broken).count();
            span.under {
                "the worst of " (number(promise.judgements.len()))
                @if bad > 1 { ", of which " (number(bad)) " cannot be kept" }
            }
        }
    }
}

/// What the contract says where it names no feature.
fn prose(promise: &DealPromise) -> Markup {
    or_dash(promise.text.as_deref(), |text| html! { span.prose { (given(text)) } })
}

fn found(entry: &OpenDeal<'_>, selection: &PageSelection<'_>) -> Markup {
    let waived = entry.deal.waived();
    let mut counts = Vec::new();
    for (count, word) in [(entry.denied, "error"), (entry.warned, "warning")] {
        if count > 0 {
            counts.push(words::count(count, word));
        }
    }
    if waived > 0 {
        counts.push(format!("{} waived", number(waived)));
    }
    html! {
        h4 { "Findings: " (counts.join(", ")) }
        (findings::list(&entry.deal.findings, selection.unfolded))
    }
}
