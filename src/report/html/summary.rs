//! What a reader takes away who reads nothing else: one sentence, a dozen numbers, one bar.

use maud::{Markup, html};

use crate::check::counts::Counts;
use crate::check::tally::Tally;
use crate::delivery::Delivery;
use crate::lint::obstacle::Standing;
use crate::model::window::days_between;
use crate::text;
use crate::text::percent_words;

use super::Page;
use super::bar;
use super::scale::css_percent;
use super::selection::PageSelection;
use super::words::{Mark, count, given, headline, number, plural, sums, window};

/// The summary.
pub(super) fn summary(page: &Page<'_>, selection: &PageSelection<'_>) -> Markup {
    let tally = page.tally;
    let promises = &tally.promises;
    html! {
        section.summary aria-labelledby="summary-title" {
            h2 #summary-title .unseen { "Summary" }
            p.headline { (headline(&tally.headline())) }
            @if tally.problems > 0 {
                p.callout {
                    strong { "Not everything could be read. " }
                    (count(tally.problems, "mistake")) " left something out of these numbers. "
                    code { "dealcheck lint" } " shows where."
                }
            }
            dl.figures {
                (figure("Contracts", html! { (number(tally.contracts())) }, html! { (contracts(tally)) }))
                (figure("Cannot be kept", Mark::Broken.count(promises.of(Standing::Broken)), html! {
                    "of " (count(promises.promises(), "promise"))
                }))
                (figure("At risk", Mark::Risk.count(promises.of(Standing::AtRisk)), html! { "tight: on time, with little to spare" }))
                (coverage(tally))
                (next(selection))
                @if !tally.value().is_empty() {
                    (figure("Value", sums(&tally.value()), html! { "over the terms" }))
                }
                @if !tally.value().is_empty() || !tally.at_risk.is_empty() { (at_risk(tally)) }
                @if !tally.owed.total().is_empty() {
                    (figure("Late promises would owe", sums(&tally.owed.total().rounded()), html! {
                        "by their expected delivery"
                    }))
                }
                (figure("Findings", html! { (number(tally.denied + tally.warned)) }, html! {
                    (count(tally.denied, "error")) ", " (count(tally.warned, "warning"))
                }))
                (figure("Waived", Mark::Waived.count(promises.of(Standing::Waived)), html! {
                    "cannot be kept, or at risk, and accepted: " (count(tally.waived, "finding"))
                    @if tally.baseline > 0 { ", of which " (number(tally.baseline)) " as a baseline" }
                }))
                @if promises.of(Standing::Allowed) > 0 {
                    (figure("Allowed", Mark::Allowed.count(promises.of(Standing::Allowed)), html! {
                        "cannot be kept, and the settings allow that"
                    }))
                }
            }
            (by_delivery(tally))
        }
    }
}

fn figure(name: &str, value: Markup, note: Markup) -> Markup {
    html! { div { dt { (name) } dd.value { (value) } dd.note { (note) } } }
}

fn contracts(tally: &Tally) -> String {
    let over = match tally.over {
        0 => String::new(),
        over => format!("; {} ended or lost, not checked", number(over)),
    };
    format!("{}, {} signed{over}", count(tally.drafts, "draft"), number(tally.signed))
}

fn shipped(tally: &Tally) -> usize {
    tally.promises.delivered(Delivery::Shipped)
}

fn coverage(tally: &Tally) -> Markup {
    let value = percent_words(shipped(tally), tally.promises.promises()).unwrap_or_else(|| "–".to_owned());
    figure(
        "Shipped today",
        html! { (value) },
        html! {
            (number(shipped(tally))) " of " (count(tally.promises.promises(), "promise"))
        },
    )
}

fn at_risk(tally: &Tally) -> Markup {
    let at_risk = tally.value_at_risk();
    let deals = plural(tally.at_risk.len(), "deal has", "deals have");
    html! {
        @if at_risk.is_empty() {
            (figure("Value at risk", html! { "0" }, html! { "no deal with a value has a broken promise" }))
        } @else {
            (figure("Value at risk", html! { span.broken { (sums(&at_risk)) } }, html! {
                (deals) " a broken promise"
            }))
        }
    }
}

fn next(selection: &PageSelection<'_>) -> Markup {
    let Some((deadline, entry, promise)) = selection.next_deadline() else {
        return figure(
            "Next deadline",
            html! { "–" },
            html! { "nothing that has not shipped has one ahead" },
        );
    };
    let ahead = match days_between(selection.today, deadline.latest) {
        0 => "today".to_owned(),
        days => format!("in {}", text::days(days)),
    };
    figure(
        "Next deadline",
        window(deadline),
        html! {
            (ahead) ": "
            @if let Some(id) = &entry.deal.id { (given(id)) ", " }
            (given(&promise.requirement))
        },
    )
}

/// What the promises come to, worst first: what the bar and its table show.
fn bar_segments(promises: &Counts) -> Vec<(Mark, String, usize)> {
    let unmapped = [(Mark::Unjudged, "naming no feature".to_owned(), promises.unmapped)];
    let mut judged: Vec<(Mark, String, usize)> = promises
        .by_fault()
        .map(|(delivery, fault, count)| match fault {
            None => (Mark::of_delivery(delivery), delivery.words().to_owned(), count),
            Some(fault) => (Mark::Broken, format!("{} but {fault}", delivery.words()), count),
        })
        .collect();
    // The sort is stable: what else breaks promises comes after the verdicts that do.
    judged.sort_by_key(|(mark, ..)| (*mark != Mark::Unjudged, *mark != Mark::Broken));
    let services = [(Mark::Service, "service".to_owned(), promises.services)];
    unmapped.into_iter().chain(judged).chain(services).filter(|&(.., count)| count > 0).collect()
}

fn by_delivery(tally: &Tally) -> Markup {
    let segments = bar_segments(&tally.promises);
    if segments.is_empty() {
        return html! {};
    }
    let most = segments.iter().map(|&(.., count)| count).max().unwrap_or(1);
    html! {
        h3 { "Promises by delivery" }
        (delivery_bar(&segments, tally.promises.requirements))
        table.shares {
            caption { span {
                "What will become of each of " (number(tally.promises.requirements)) " requirements, worst first"
            } }
            thead { tr {
                th scope="col" { "Delivery" }
                th.number scope="col" { "Requirements" }
                th.number scope="col" { "Share" }
                td {}
            } }
            tbody {
                @for (mark, words, count) in &segments {
                    tr {
                        th scope="row" {
                            (mark.with(words))
                            @if *mark == Mark::Risk { span.under { "on time, with little to spare" } }
                        }
                        td.number { (number(*count)) }
                        td.number { (percent_words(*count, tally.promises.requirements).unwrap_or_default()) }
                        td.strip { svg.bar.small aria-hidden="true" {
                            rect class={ "piece " (mark.class()) } height="100%"
                                width=(css_percent(*count as f64 / most as f64)) {}
                        } }
                    }
                }
            }
        }
    }
}

fn delivery_bar(segments: &[(Mark, String, usize)], whole: usize) -> Markup {
    let words: Vec<String> = segments.iter().map(|(_, words, count)| format!("{count} {words}")).collect();
    html! {
        svg.bar role="img" aria-labelledby="bar-title bar-text" {
            title #bar-title { "Promises by delivery" }
            desc #bar-text { (words.join(", ")) }
            (bar::segments(segments.iter().map(|&(mark, _, count)| (mark, count)), whole))
        }
    }
}
