//! For a terminal.

use crate::delivery::Delivery;
use crate::lint::finding::Finding;

use super::{Change, ChangeKind, DealImpact, Impact};

/// Writes what changes, with a sentence above it, for a width in columns of a terminal.
pub(crate) fn text(impact: &Impact<'_>, width: usize) -> String {
    let add = |out: &mut String, indent: usize, text: &str| {
        *out += &wrapped(text, indent, width);
        out.push('\n');
    };
    let mut out = String::new();
    add(&mut out, 0, &impact.headline());
    for affected in &impact.contracts {
        out.push('\n');
        add(&mut out, 0, &format!("{} gets {}", name(affected), affected.direction.name()));
        for change in &affected.changes {
            add(&mut out, 2, &line(change));
            let further = places(change).into_iter().chain(help(change).map(str::to_owned));
            further.for_each(|further| add(&mut out, 4, &further));
        }
    }
    if !(impact.new.is_empty() && impact.gone.is_empty()) {
        out += "\nthe roadmap itself\n";
        let line = |word: &str, finding: &Finding| {
            format!("{word}: {} [{}]", finding.diagnostic.title, finding.lint.name)
        };
        let new = impact.new.iter().map(|finding| line("new", finding));
        let all = new.chain(impact.gone.iter().map(|finding| line("gone", finding)));
        all.for_each(|line| add(&mut out, 2, &line));
    }
    out
}

/// A text in lines, further ones indented more than whatever else comes below it. No word is broken: places are copied, and dates are read.
fn wrapped(text: &str, indent: usize, width: usize) -> String {
    let (first, further) = (" ".repeat(indent), " ".repeat(indent + 4));
    let options = textwrap::Options::new(width.max(20))
        .initial_indent(&first)
        .subsequent_indent(&further)
        .word_separator(textwrap::WordSeparator::AsciiSpace)
        .word_splitter(textwrap::WordSplitter::NoHyphenation)
        .break_words(false);
    textwrap::fill(text, options)
}

/// The contract, in the words that tell it from others.
pub(super) fn name(affected: &DealImpact<'_>) -> String {
    let deal = affected.deal;
    let mut about = vec![deal.status.to_string()];
    about.extend(deal.customer.clone());
    about.extend(deal.value.map(|value| value.in_words()));
    format!("{} ({})", deal.name(), about.join(", "))
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
