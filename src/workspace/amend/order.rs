//! Which of several signed amendments came last.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::model::amend::{StatedKey, stated_keys};
use crate::model::calendar::Calendar;
use crate::model::roadmap::Roadmap;
use crate::model::window::Window;
use crate::source::{FileId, Span};
use crate::text;

use super::{Layer, Layers};

/// A signed amendment, with what it amends, step by step.
pub(super) struct SignedAmendment {
    pub(super) layer: Arc<Layer>,
    pub(super) below: Vec<FileId>,
}

/// The signed amendments of a contract in the order in which they hold.
pub(super) struct SignedOrder {
    pub(super) signed: Layers,
    /// Why nobody can tell, with the file that each reason stands in.
    pub(super) reasons: Vec<(FileId, Problem)>,
    pub(super) is_clear: bool,
}

impl SignedOrder {
    pub(super) fn of(mut signed: Vec<SignedAmendment>, calendar: &Calendar, roadmap: &Roadmap) -> Self {
        let mut reasons = undated(&signed);
        let has_no_order = |amendment: &SignedAmendment| amendment.layer.signing(calendar).is_none();
        let is_lost = |amendment: &SignedAmendment| {
            !amendment.layer.record.signing.is_absent() && has_no_order(amendment)
        };
        let is_lost = signed.len() > 1 && signed.iter().any(is_lost);
        // One that amends another came after it, also on the same day.
        signed.sort_by_cached_key(|amendment| {
            (amendment.layer.signing(calendar), amendment.below.len(), amendment.layer.file())
        });
        if !is_lost && reasons.is_empty() {
            reasons = on_one_day(&signed, calendar, roadmap);
        }
        let is_clear = !is_lost && reasons.is_empty();
        Self { signed: signed.into_iter().map(|amendment| amendment.layer).collect(), reasons, is_clear }
    }
}

/// Of several signed amendments each needs a day of signature, or nobody knows which came last.
fn undated(signed: &[SignedAmendment]) -> Vec<(FileId, Problem)> {
    let layers = signed.iter().map(|amendment| &amendment.layer);
    let undated: Vec<&Arc<Layer>> = layers.filter(|layer| layer.record.signing.is_absent()).collect();
    if undated.len() < 2 {
        return Vec::new();
    }
    undated
        .iter()
        .filter_map(|amendment| {
            let text = amendment.record.amends.given()?;
            let title =
                format!("{} of `{}` have no `signing`", text::count(undated.len(), "amendment"), text.value);
            let problem = Problem::at(text.span, title, "which of them holds?")
                .help("add `signing`, the day of signature, to each: a later one replaces an earlier one");
            Some((amendment.file(), problem))
        })
        .collect()
}

/// What two amendments state that may have been signed on the same day, so that nobody knows which of them holds: told
/// once for each thing, at the second. Those that change different things have no order, and need none.
fn on_one_day(signed: &[SignedAmendment], calendar: &Calendar, roadmap: &Roadmap) -> Vec<(FileId, Problem)> {
    let mut stated: HashMap<StatedKey, Vec<(usize, Window, Span)>> = HashMap::new();
    let mut reasons = Vec::new();
    for (at, amendment) in signed.iter().enumerate() {
        let Some(signing) = amendment.layer.signing(calendar) else { continue };
        let mut own = HashSet::new();
        for (statement, span) in stated_keys(&amendment.layer.record, roadmap) {
            // What is dropped and stated anew in one file is one change.
            if !own.insert(statement.clone()) {
                continue;
            }
            let others = stated.entry(statement.clone()).or_default();
            let is_rival = |(other, day, _): &&(usize, Window, Span)| {
                day.latest >= signing.earliest && !amendment.below.contains(&signed[*other].layer.file())
            };
            if let Some((other, day, first)) = others.iter().find(is_rival) {
                let other = signed[*other].layer.id().unwrap_or("another amendment");
                let was = if *day == signing && day.is_day() { "was" } else { "may have been" };
                let title = format!("`{other}` states {statement}, too, and {was} signed on the same day");
                let problem = Problem::at(span, title, "which of the two holds?")
                    .label(*first, "the other one")
                    .help("state it in one of the two, or let one amend the other: `amends` with its id");
                reasons.push((amendment.layer.file(), problem));
            }
            others.push((at, signing, span));
        }
    }
    reasons
}
