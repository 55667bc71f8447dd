//! For a terminal.

use crate::delivery::Delivery;
use crate::lint::finding::Finding;

use super::{Change, ChangeKind, DealImpact, Impact};

/// Writes what changes, with a sentence above it.
pub(crate) fn text(impact: &Impact<'_>) -> String {
    let mut out = impact.headline() + "\n";
    for affected in &impact.contracts {
        out += &format!("\n{} gets {}\n", name(affected), affected.direction.name());
        for change in &affected.changes {
            out += &format!("  {}\n", line(change));
            if let Some(places) = places(change) {
                out += &format!("    {places}\n");
            }
            if let Some(help) = help(change) {
                out += &format!("    {help}\n");
            }
        }
    }
    if !(impact.new.is_empty() && impact.gone.is_empty()) {
        out += "\nthe roadmap itself\n";
        let line = |word: &str, finding: &Finding| {
            format!("  {word}: {} [{}]\n", finding.diagnostic.title, finding.lint.name)
        };
        out.extend(impact.new.iter().map(|finding| line("new", finding)));
        out.extend(impact.gone.iter().map(|finding| line("gone", finding)));
    }
    out
}

/// The contract, in the words that tell it from others.
pub(super) fn name(affected: &DealImpact<'_>) -> String {
    let deal = affected.deal;
    let mut about = vec![deal.status.to_string()];
    about.extend(deal.customer.clone());
    about.extend(deal.value.map(|value| value.to_string()));
    format!("{} ({})", deal.id.as_ref().unwrap_or(&deal.file), about.join(", "))
}

fn line(change: &Change<'_>) -> String {
    let requirement = change.requirement.as_ref().map(|name| format!("{name}: ")).unwrap_or_default();
    format!("{}: {requirement}{}{}", change.direction.name(), change.sentence(), mark(change))
}

/// What `lint` says of it today.
pub(super) fn mark(change: &Change<'_>) -> String {
    let waived = if change.is_waived() { ", waived" } else { "" };
    let denied = if change.is_denied() { ", denied" } else { "" };
    match change.lint() {
        Some(lint) if change.found.is_some() => format!(" [{lint}{denied}{waived}]"),
        _ => String::new(),
    }
}

/// Where the two roadmaps say so.
pub(super) fn places(change: &Change<'_>) -> Option<String> {
    match change.places() {
        (Some(now), Some(before)) => Some(format!("{now}, before {before}")),
        (Some(now), None) => Some(now.to_owned()),
        (None, Some(before)) => Some(format!("before {before}")),
        (None, None) => None,
    }
}

/// A feature that is gone may have another name.
pub(super) fn help<'d>(change: &Change<'d>) -> Option<&'d str> {
    let ChangeKind::Part { now, .. } = &change.what else { return None };
    let found = change.found.filter(|_| now.delivery == Delivery::Unknown)?;
    found.diagnostic.helps.first().map(|help| help.text.as_str())
}
