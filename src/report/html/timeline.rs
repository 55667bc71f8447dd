//! Deadlines against targets: one line a promise, all on one scale.

use maud::{Markup, html};

use crate::deals::{Deal, DealPromise};
use crate::delivery::Delivery;
use crate::model::window::Window;

use super::scale::{Extent, Scale, css_percent};
use super::selection::{MAX_TIMELINE_ROWS, OpenDeal, PageSelection, left_out};
use super::words::{Mark, days, given, number, or_dash, plain, window};

/// What the timeline says of a promise, as words.
const COLUMNS: [&str; 7] = ["Contract", "Requirement", "Feature", "Due", "Expected", "Verdict", "Days"];

/// A promise on the timeline.
struct TimelineRow<'a> {
    promise: &'a DealPromise,
    deadline: Window,
    expected: Option<Window>,
    mark: Mark,
    days: Option<String>,
}

/// A contract on the timeline.
struct Lane<'a> {
    entry: OpenDeal<'a>,
    rows: Vec<TimelineRow<'a>>,
}

/// The chart; none where nothing has a date ahead.
pub(super) fn chart(selection: &PageSelection<'_>) -> Option<Markup> {
    let mut lanes: Vec<Lane<'_>> = selection.entries.iter().filter_map(lane).collect();
    let all: usize = lanes.iter().map(|lane| lane.rows.len()).sum();
    if all == 0 {
        return None;
    }
    let contracts = lanes.len();
    let mut room = MAX_TIMELINE_ROWS;
    for lane in &mut lanes {
        lane.rows.truncate(room);
        room -= lane.rows.len();
    }
    lanes.retain(|lane| !lane.rows.is_empty());
    let windows =
        || lanes.iter().flat_map(|lane| &lane.rows).flat_map(|row| [Some(row.deadline), row.expected]);
    let scale = Scale::of(selection.today, windows().flatten());
    let left = contracts - lanes.len();
    let further = format!(
        "further promises of {} are not drawn",
        match left {
            0 => "these contracts".to_owned(),
            left => format!("these contracts and {} more", number(left)),
        }
    );
    Some(html! {
        p.intro {
            "Promises that have not shipped, each with its deadline and the days on which the roadmap expects it. "
            "Contracts with most broken promises come first."
        }
        (timeline_legend())
        div.timeline {
            (grid(&scale, selection))
            (axis(&scale, selection))
            @for lane in &lanes { (lane_markup(lane, &scale)) }
        }
        (left_out(all.saturating_sub(MAX_TIMELINE_ROWS), &further))
        details.facts {
            summary { "The timeline as a table" }
            (as_table(&lanes))
        }
    })
}

fn lane<'a>(entry: &OpenDeal<'a>) -> Option<Lane<'a>> {
    let mut rows: Vec<TimelineRow<'a>> = entry.deal.promises.iter().filter_map(row).collect();
    rows.sort_by_key(|row| (row.deadline.latest, row.deadline.earliest));
    (!rows.is_empty()).then_some(Lane { entry: *entry, rows })
}

fn row(promise: &DealPromise) -> Option<TimelineRow<'_>> {
    let delivery = promise.delivery?;
    if delivery == Delivery::Shipped && promise.fault.is_none() {
        return None;
    }
    let judgement = promise.worst_judgement();
    Some(TimelineRow {
        promise,
        deadline: promise.deadline?,
        expected: judgement.and_then(|judgement| judgement.expected),
        mark: Mark::of(promise),
        days: days(promise),
    })
}

/// What all drawings share: patterns that tell marks apart without colour.
pub(super) fn patterns() -> Markup {
    html! {
        svg.shared aria-hidden="true" focusable="false" width="0" height="0" {
            defs {
                pattern #hatch patternUnits="userSpaceOnUse" width="6" height="6" patternTransform="rotate(45)" {
                    rect.hatch-ground width="6" height="6" {}
                    rect.hatch-line width="2.5" height="6" {}
                }
                pattern #lines patternUnits="userSpaceOnUse" width="5" height="5" {
                    rect.lines-ground width="5" height="5" {}
                    rect.lines-line width="1.5" height="5" {}
                }
                pattern #dots width="6" height="6" patternUnits="userSpaceOnUse" {
                    rect.dots-ground width="6" height="6" {}
                    circle.dots-dot cx="3" cy="3" r="1.4" {}
                }
            }
        }
    }
}

fn timeline_legend() -> Markup {
    html! {
        ul.key aria-label="How to read the timeline" {
            li { (sample(html! { (diamond("50%")) })) "deadline" }
            @for (mark, words) in [(Mark::Coming, "target, on time"), (Mark::Risk, "target, tight: little to spare")] {
                li {
                    (sample(html! { rect class={ "target " (mark.class()) } x="2" y="8" width="36" height="12" {} }))
                    (words)
                }
            }
            li { (sample(html! {
                rect.gap x="2" y="8" width="36" height="12" {}
                rect.target.broken x="18" y="8" width="20" height="12" {}
            })) "hatched: late, from the deadline on" }
            li { (sample(html! { line.today x1="50%" x2="50%" y1="0" y2="100%" {} })) "today" }
        }
    }
}

fn sample(drawing: Markup) -> Markup {
    html! { svg.sample aria-hidden="true" width="40" height="28" { (drawing) } }
}

/// Quarters and years behind every line, drawn once.
fn grid(scale: &Scale, selection: &PageSelection<'_>) -> Markup {
    let today = css_percent(scale.position(selection.today));
    html! {
        svg.shared aria-hidden="true" focusable="false" width="0" height="0" {
            symbol #grid overflow="visible" {
                @for tick in scale.ticks() {
                    @let x = css_percent(tick.at);
                    @let class = if tick.is_year { "year" } else { "quarter" };
                    line class=(class) x1=(x) x2=(x) y1="0" y2="100%" {}
                }
                line.today x1=(today) x2=(today) y1="0" y2="100%" {}
            }
        }
    }
}

fn axis(scale: &Scale, selection: &PageSelection<'_>) -> Markup {
    let today = scale.position(selection.today);
    let (anchor, shift) = if today > 0.85 { ("end", "-5") } else { ("start", "5") };
    html! {
        div.line.axis aria-hidden="true" {
            svg.drawing height="52" {
                use href="#grid" width="100%" height="100%" {}
                @for tick in scale.ticks() {
                    @if let Some(year) = tick.year { text.year x=(css_percent(tick.at)) y="13" dx="5" { (year) } }
                    @if let Some(quarter) = tick.quarter {
                        text x=(css_percent(tick.at)) y="29" dx="5" { "Q" (quarter) }
                    }
                }
                text.now x=(css_percent(today)) y="46" dx=(shift) text-anchor=(anchor) { "today" }
            }
        }
    }
}

fn lane_markup(lane: &Lane<'_>, scale: &Scale) -> Markup {
    let deal = lane.entry.deal;
    html! {
        h3.lane { (name(deal)) }
        ul.lines {
            @for row in &lane.rows {
                li.line.(row.mark.class()) {
                    div.what {
                        b { (given(&row.promise.requirement)) }
                        @if let Some(title) = title(row) { " " span { (title) } }
                    }
                    svg.drawing role="img" height="28" {
                        title { (in_words(row)) }
                        use href="#grid" width="100%" height="100%" {}
                        (bars(row, scale))
                    }
                    div.verdict {
                        (row.mark.with(&row.promise.verdict()))
                        @if let Some(days) = &row.days { ", " span.days { (beside(days, row.promise.delivery)) } }
                    }
                }
            }
        }
    }
}

fn name(deal: &Deal) -> Markup {
    html! {
        (given(deal.name()))
        @if let Some(customer) = &deal.customer { " " span.customer { (given(customer)) } }
    }
}

/// The feature's title, where the requirement is not called so.
fn title(row: &TimelineRow<'_>) -> Option<Markup> {
    let title = row.promise.worst_judgement().map(|judgement| judgement.feature.title.as_str())?;
    (title != row.promise.requirement).then(|| given(title))
}

/// The days beside a verdict, which may say already that they are days too late.
fn beside(days: &str, delivery: Option<Delivery>) -> &str {
    match delivery {
        Some(Delivery::Late | Delivery::LateByDependency) => days.strip_suffix(" late").unwrap_or(days),
        _ => days,
    }
}

fn in_words(row: &TimelineRow<'_>) -> String {
    let expected =
        row.expected.map_or_else(|| "no target".to_owned(), |expected| format!("expected {expected}"));
    let days = row.days.as_deref().map(|days| format!(", {days}")).unwrap_or_default();
    let requirement = plain(&row.promise.requirement);
    format!("{requirement}: due {}, {expected}: {}{days}", row.deadline, row.promise.verdict())
}

fn bars(row: &TimelineRow<'_>, scale: &Scale) -> Markup {
    let due = scale.place(row.deadline);
    let target = row.expected.map(|expected| scale.place(expected));
    let class = format!(
        "target {}{}",
        row.mark.class(),
        if row.expected.is_some_and(Window::is_day) { " one-day" } else { "" }
    );
    let late = target.filter(|target| target.to > due.to);
    html! {
        @if let Some(target) = late { (rect("gap", due.to, target.to)) }
        @if let Some(target) = target {
            (rect(&class, target.from, target.to))
            (edges(&target))
        }
        @if !row.deadline.is_day() {
            line.due x1=(css_percent(due.from)) x2=(css_percent(due.to)) y1="14" y2="14" {}
            line.due x1=(css_percent(due.from)) x2=(css_percent(due.from)) y1="9" y2="19" {}
        }
        (diamond(&css_percent(due.to)))
        (edges(&due))
    }
}

fn rect(class: &str, from: f64, to: f64) -> Markup {
    html! { rect class=(class) x=(css_percent(from)) width=(css_percent(to - from)) y="8" height="12" {} }
}

/// The deadline: a shape of its own, so that it is found without its colour.
fn diamond(x: &str) -> Markup {
    html! { svg x=(x) overflow="visible" { path.diamond d="M0 6l7 8l-7 8l-7 -8z" {} } }
}

/// Arrows where something goes on beyond the scale.
fn edges(place: &Extent) -> Markup {
    html! {
        @if place.is_before { svg x="0" overflow="visible" { path.beyond d="M2 14l8 -6v12z" {} } }
        @if place.is_after { svg x="100%" overflow="visible" { path.beyond d="M-2 14l-8 -6v12z" {} } }
    }
}

fn as_table(lanes: &[Lane<'_>]) -> Markup {
    html! {
        div.scroll role="group" tabindex="0" aria-label="The timeline as a table" {
            table {
                caption { span { "Deadlines and expected deliveries of promises that have not shipped" } }
                thead { tr {
                    @for name in COLUMNS { th scope="col" { (name) } }
                } }
                tbody { @for lane in lanes { @for row in &lane.rows {
                    tr {
                        td { (name(lane.entry.deal)) }
                        th scope="row" { (given(&row.promise.requirement)) }
                        td { (or_dash(row.promise.worst_judgement(), |judgement| given(&judgement.feature.title))) }
                        td.date { (window(row.deadline)) }
                        td.date { (or_dash(row.expected, window)) }
                        td { (row.mark.with(&row.promise.verdict())) }
                        td { (or_dash(row.days.as_deref(), |days| html! { (days) })) }
                    }
                } } }
            }
        }
    }
}
