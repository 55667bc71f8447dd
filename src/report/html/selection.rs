//! What a page of a portfolio shows: all of a small one; of a large one the worst, and how many are left out.

use std::cmp::Reverse;

use maud::{Markup, html};

use crate::deals::{Deal, DealPromise};
use crate::delivery::Delivery;
use crate::lint::obstacle::Standing;
use crate::model::window::{Date, Window};
use crate::report::outlook::ValueOutlook;

use super::words::{given, number};

/// Contracts up to which nothing is left out for being in order.
const SMALL_PORTFOLIO: usize = 12;

/// Contracts that are listed.
pub(super) const MAX_LISTED: usize = 200;

/// Contracts that are shown one by one.
const MAX_DETAILED: usize = 100;

/// Promises of a contract that are shown in its detail.
pub(super) const MAX_PROMISES: usize = 60;

/// Findings that are shown in one place.
pub(super) const MAX_FINDINGS: usize = 20;

/// Findings up to which all are unfolded.
const MAX_UNFOLDED: usize = 60;

/// Promises on the timeline.
pub(super) const MAX_TIMELINE_ROWS: usize = 60;

/// Features down the matrix.
pub(super) const MAX_MATRIX_ROWS: usize = 40;

/// Contracts across the matrix: as many as a page has room for.
pub(super) const MAX_MATRIX_COLUMNS: usize = 12;

/// An open contract with its place on the page.
#[derive(Clone, Copy)]
pub(super) struct OpenDeal<'a> {
    /// The contract.
    pub(super) deal: &'a Deal,
    /// Its rank, the worst first, which is also its anchor `#c1`: no text of a file becomes one.
    pub(super) rank: usize,
    /// Findings that make the run fail.
    pub(super) denied: usize,
    /// Findings that do not.
    pub(super) warned: usize,
}

impl OpenDeal<'_> {
    /// How many of its promises cannot be kept.
    pub(super) fn broken(&self) -> usize {
        self.deal.tally.promises.of(Standing::Broken)
    }
}

/// The open contracts, the worst first.
pub(super) struct PageSelection<'a> {
    /// All open contracts.
    pub(super) entries: Vec<OpenDeal<'a>>,
    /// How many of them, from the first, are shown one by one.
    pub(super) detailed: usize,
    /// Whether findings are unfolded.
    pub(super) unfolded: bool,
    /// The day of the page.
    pub(super) today: Date,
}

impl<'a> PageSelection<'a> {
    /// Orders the contracts that are open.
    pub(super) fn of(deals: &'a [Deal], today: Date) -> Self {
        let mut entries: Vec<OpenDeal<'a>> =
            deals.iter().filter(|deal| deal.is_open()).map(|deal| entry(deal)).collect();
        // The sort is stable: what is equally bad stays in the order of the files.
        entries.sort_by_cached_key(|entry| Reverse(badness(entry)));
        for (at, entry) in entries.iter_mut().enumerate() {
            entry.rank = at + 1;
        }
        let detailed = match entries.len() {
            all @ ..=SMALL_PORTFOLIO => all,
            _ => entries.iter().take(MAX_DETAILED).take_while(|entry| has_news(entry)).count(),
        };
        let findings: usize = entries.iter().map(|entry| entry.deal.findings.len()).sum();
        Self { entries, detailed, unfolded: findings <= MAX_UNFOLDED, today }
    }

    /// The contracts that are shown one by one.
    pub(super) fn detailed(&self) -> &[OpenDeal<'a>] {
        &self.entries[..self.detailed]
    }

    /// Whether promises that are kept are only counted.
    pub(super) fn counts_kept(&self) -> bool {
        self.entries.len() > SMALL_PORTFOLIO
    }

    /// The name of a contract, as a link to where it is shown by itself, if it is.
    pub(super) fn link(&self, deal: &Deal, name: &str) -> Markup {
        let detail = self.detailed().iter().find(|entry| std::ptr::eq(entry.deal, deal));
        html! {
            @match detail {
                Some(entry) => { a href={ "#c" (entry.rank) } { (given(name)) } }
                None => { (given(name)) }
            }
        }
    }

    /// What becomes of their values, by chance.
    pub(super) fn outlook(&self) -> ValueOutlook<'a> {
        ValueOutlook::of(&self.entries.iter().map(|entry| entry.deal).collect::<Vec<_>>())
    }

    /// The next deadline of something that has not shipped.
    pub(super) fn next_deadline(&self) -> Option<(Window, &OpenDeal<'a>, &'a DealPromise)> {
        let dated = self.entries.iter().filter_map(|entry| {
            let promise = next(entry.deal, self.today)?;
            Some((promise.deadline?, entry, promise))
        });
        dated.min_by_key(|(deadline, ..)| (deadline.latest, deadline.earliest))
    }
}

fn entry(deal: &Deal) -> OpenDeal<'_> {
    let denied = deal.findings.iter().filter(|drawn| drawn.finding.is_denied()).count();
    OpenDeal { deal, rank: 0, denied, warned: deal.findings.len() - denied - deal.waived() }
}

/// What makes one contract come before another: broken promises, then errors, promises at risk, promises that
/// were not judged, and warnings.
fn badness(entry: &OpenDeal<'_>) -> (usize, usize, usize, usize, usize, bool) {
    let [tight, unjudged] =
        [Standing::AtRisk, Standing::Unjudged].map(|standing| entry.deal.tally.promises.of(standing));
    (entry.broken(), entry.denied, tight, unjudged, entry.deal.findings.len(), !entry.deal.whole)
}

fn has_news(entry: &OpenDeal<'_>) -> bool {
    badness(entry) > (0, 0, 0, 0, 0, false)
}

/// The promise of a contract whose deadline is the next, of those that have not shipped.
pub(super) fn next(deal: &Deal, today: Date) -> Option<&DealPromise> {
    let open =
        |promise: &&DealPromise| promise.delivery.is_some_and(|delivery| delivery != Delivery::Shipped);
    let ahead = |promise: &&DealPromise| promise.deadline.is_some_and(|deadline| !deadline.has_passed(today));
    let day = |promise: &&DealPromise| promise.deadline.map(|deadline| (deadline.latest, deadline.earliest));
    deal.promises.iter().filter(open).filter(ahead).min_by_key(day)
}

/// Says how many are left out, and where to find all.
pub(super) fn left_out(count: usize, what: &str) -> Markup {
    html! {
        @if count > 0 {
            p.left-out {
                (number(count)) " " (what) ". All are in "
                code { "dealcheck report --format csv" } " and " code { "--format json" } "."
            }
        }
    }
}
