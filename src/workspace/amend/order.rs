//! Which of several signed amendments came last.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::diagnostic::Problem;
use crate::model::amend::{StatedKey, stated_keys};
use crate::model::calendar::Calendar;
use crate::model::roadmap::Roadmap;
use crate::model::window::{Date, Window};
use crate::source::{FileId, Span};
use crate::text;

use super::Layer;
use super::chain::Chains;

/// The signed amendments of a contract in the order in which they hold.
pub(super) struct SignedOrder {
    pub(super) signed: Vec<Arc<Layer>>,
    /// Why nobody can tell, by the files that the reasons stand in.
    pub(super) reasons: HashMap<FileId, Vec<Problem>>,
    pub(super) is_clear: bool,
}

impl SignedOrder {
    pub(super) fn of(
        base: &Arc<Layer>,
        mut signed: Vec<Arc<Layer>>,
        chains: &Chains,
        calendar: &Calendar,
        roadmap: &Roadmap,
    ) -> Self {
        let mut reasons = undated(&signed);
        let is_unread =
            |layer: &Arc<Layer>| !layer.record.signing.is_absent() && layer.signing(calendar).is_none();
        let is_unread = signed.len() > 1 && signed.iter().any(is_unread);
        // By file only so that messages come in one order; which of two holds is never decided by it.
        signed.sort_by_cached_key(|layer| (chains.depth(layer.file()), layer.file()));
        let (days, out_of_order) = signing_days(base, &signed, chains, calendar);
        // One that amends another came after it, also on the same day.
        signed.sort_by_key(|layer| days.get(&layer.file()).map(|day| day.earliest));
        if !is_unread && reasons.is_empty() {
            reasons = out_of_order;
        }
        if !is_unread && reasons.is_empty() {
            reasons = on_one_day(&signed, chains, &days, roadmap);
        }
        let is_clear = !is_unread && reasons.is_empty();
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
    // One alone is told where another one states the same.
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

/// The known days of signature, and where they cannot be: an amendment comes after what it amends. `signed` has those
/// that are amended first.
fn signing_days(
    base: &Arc<Layer>,
    signed: &[Arc<Layer>],
    chains: &Chains,
    calendar: &Calendar,
) -> (HashMap<FileId, Window>, Vec<(FileId, Problem)>) {
    // With the one whose day it cannot have come before.
    let mut days: HashMap<FileId, (Window, &Arc<Layer>)> = HashMap::new();
    let mut reasons = Vec::new();
    for layer in signed {
        let amended = chains.below(layer).find_map(|below| days.get(&below.file())).copied();
        // One without a day may be of any after the contract's own.
        let agreed = || base.signing(calendar).filter(|_| layer.signing(calendar).is_some());
        let below = amended.or_else(|| Some((agreed()?, base)));
        let problem = match (layer.signing(calendar), below) {
            (Some(own), Some((below, first))) if own.latest >= below.earliest => {
                let last = if own.earliest < below.earliest { first } else { layer };
                days.insert(layer.file(), (Window::new(own.earliest.max(below.earliest), own.latest), last));
                None
            }
            (Some(own), None) => {
                days.insert(layer.file(), (own, layer));
                None
            }
            (_, Some((_, first))) => signed_before(layer, first),
            (None, None) => None,
        };
        reasons.extend(problem.map(|problem| (layer.file(), problem)));
    }
    (days.into_iter().map(|(file, (day, _))| (file, day)).collect(), reasons)
}

/// Why one cannot have been signed when it says, or does not say, since it amends another one.
fn signed_before(layer: &Layer, first: &Layer) -> Option<Problem> {
    let name = first.id().unwrap_or("another amendment");
    let problem = match layer.record.signing.given() {
        Some(signing) => Problem::at(
            signing.span,
            format!("`{name}` was signed after this day, and this contract amends it"),
            "before what it amends was signed",
        )
        .help("correct one of the two days, or name in `amends` what this one changes"),
        None => Problem::at(
            layer.record.amends.given()?.span,
            format!("this contract has no `signing`, and `{name}`, which it amends, has one"),
            "signed after that, and when?",
        )
        .help("add `signing`, the day of signature: what amends another one is signed after it"),
    };
    let day = first.record.signing.given()?;
    Some(problem.label(day.span, format!("when `{name}` was signed")))
}

/// Keys that two amendments of perhaps one day state, told once for each, at the second: nobody knows which holds. One
/// without a day may be of any. Those that change different things need no order.
fn on_one_day(
    signed: &[Arc<Layer>],
    chains: &Chains,
    days: &HashMap<FileId, Window>,
    roadmap: &Roadmap,
) -> Vec<(FileId, Problem)> {
    let mut stated: HashMap<StatedKey, StatedBefore<'_>> = HashMap::new();
    let mut reasons = Vec::new();
    for layer in signed {
        let signing = days.get(&layer.file()).copied().unwrap_or(ANY_DAY);
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
                let is_undated = [day, signing].contains(&ANY_DAY);
                let (when, help) = match is_undated {
                    true => (
                        "one of the two has no `signing`",
                        "add `signing`, the day of signature, to it: a later one replaces an earlier one",
                    ),
                    false => (
                        if day == signing && day.is_day() {
                            "was signed on the same day"
                        } else {
                            "may have been signed on the same day"
                        },
                        "state it in one of the two, or let one amend the other: `amends` with its id",
                    ),
                };
                let title = format!("`{other}` states {statement}, too, and {when}");
                let problem =
                    Problem::at(span, title, "which of the two holds?").label(first, "the other one");
                let problem = problem.help(help);
                reasons.push((layer.file(), problem));
            }
            before.is_last_clear = rival.is_none();
            before.all.push((layer, signing, span));
        }
    }
    reasons
}

/// When something was signed that does not say when.
const ANY_DAY: Window = Window { earliest: Date::MIN, latest: Date::MAX };

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
