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

use super::chain::Chains;
use super::{Layer, Layers};

/// The signed amendments of a contract in the order in which they hold.
pub(super) struct SignedOrder {
    pub(super) signed: Layers,
    /// Why nobody can tell, by the files that the reasons stand in.
    pub(super) reasons: HashMap<FileId, Vec<Problem>>,
    pub(super) is_clear: bool,
}

impl SignedOrder {
    pub(super) fn of(mut signed: Layers, chains: &Chains, calendar: &Calendar, roadmap: &Roadmap) -> Self {
        let mut reasons = undated(&signed);
        let is_lost =
            |layer: &Arc<Layer>| !layer.record.signing.is_absent() && layer.signing(calendar).is_none();
        let is_lost = signed.len() > 1 && signed.iter().any(is_lost);
        // One that amends another came after it, also on the same day.
        signed
            .sort_by_cached_key(|layer| (layer.signing(calendar), chains.depth(layer.file()), layer.file()));
        if !is_lost && reasons.is_empty() {
            reasons = on_one_day(&signed, chains, calendar, roadmap);
        }
        let is_clear = !is_lost && reasons.is_empty();
        let mut by_file: HashMap<FileId, Vec<Problem>> = HashMap::new();
        for (file, problem) in reasons {
            by_file.entry(file).or_default().push(problem);
        }
        Self { signed, reasons: by_file, is_clear }
    }
}

/// Of several signed amendments each needs a day of signature, or nobody knows which came last.
fn undated(signed: &[Arc<Layer>]) -> Vec<(FileId, Problem)> {
    let is_undated = |layer: &&Arc<Layer>| layer.record.signing.is_absent();
    let undated: Vec<&Arc<Layer>> = signed.iter().filter(is_undated).collect();
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
fn on_one_day(
    signed: &[Arc<Layer>],
    chains: &Chains,
    calendar: &Calendar,
    roadmap: &Roadmap,
) -> Vec<(FileId, Problem)> {
    let mut stated: HashMap<StatedKey, StatedBefore<'_>> = HashMap::new();
    let mut reasons = Vec::new();
    for layer in signed {
        let Some(signing) = layer.signing(calendar) else { continue };
        let mut own = HashSet::new();
        for (statement, span) in stated_keys(&layer.record, roadmap) {
            // What is dropped and stated anew in one file is one change.
            if !own.insert(statement.clone()) {
                continue;
            }
            let before = stated.entry(statement.clone()).or_default();
            let rival = before.rival(layer, signing, chains).copied();
            if let Some((other, day, first)) = rival {
                let other = other.id().unwrap_or("another amendment");
                let was = if day == signing && day.is_day() { "was" } else { "may have been" };
                let title = format!("`{other}` states {statement}, too, and {was} signed on the same day");
                let problem = Problem::at(span, title, "which of the two holds?")
                    .label(first, "the other one")
                    .help("state it in one of the two, or let one amend the other: `amends` with its id");
                reasons.push((layer.file(), problem));
            }
            before.is_last_clear = rival.is_none();
            before.all.push((layer, signing, span));
        }
    }
    reasons
}

/// The amendments so far that state the same, and that one to come may have been signed on the same day as.
#[derive(Default)]
struct StatedBefore<'a> {
    all: Vec<(&'a Arc<Layer>, Window, Span)>,
    /// Whether the last of them has no rival among the others.
    is_last_clear: bool,
}

impl<'a> StatedBefore<'a> {
    /// The first of them that was perhaps signed on the same day as an amendment that does not amend it.
    fn rival(
        &mut self,
        layer: &Layer,
        signing: Window,
        chains: &Chains,
    ) -> Option<&(&'a Arc<Layer>, Window, Span)> {
        let is_below =
            |(other, ..): &(&Arc<Layer>, Window, Span)| chains.is_below(other.file(), layer.file());
        // What it amends came after all that is no rival of that.
        if self.is_last_clear && self.all.last().is_some_and(is_below) {
            return None;
        }
        // Those to come were signed no earlier.
        self.all.retain(|(_, day, _)| day.latest >= signing.earliest);
        self.all.iter().find(|other| !is_below(other))
    }
}
