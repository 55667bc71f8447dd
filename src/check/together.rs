//! What is found alike, told together, for people who read all of it. What a waiver covers is told apart.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::lint::finding::Finding;
use crate::lint::{Check, Level};
use crate::model::waiver::Subject;
use crate::text::clean;

/// The most places of one finding that is found in several contracts: the others are named in a note.
const PLACES: usize = 4;

/// From how many on findings of a contract make a list.
const LISTED: usize = 3;

/// Makes one finding of those that say the same of several contracts: then it is about none of them alone.
pub(super) fn merge_alike(findings: &mut Vec<Finding>) {
    let mut first: HashMap<(&str, Level, String, Vec<String>), usize> = HashMap::new();
    let mut merged: Vec<Finding> = Vec::with_capacity(findings.len());
    for finding in findings.drain(..) {
        let words = &finding.diagnostic;
        let key = (finding.lint.name, finding.level, words.title.clone(), words.notes.clone());
        let is_alone = finding.waived.is_some() || !matches!(finding.lint.check, Check::Portfolio(_));
        match first.entry(key) {
            _ if is_alone => merged.push(finding),
            Entry::Vacant(free) => {
                free.insert(merged.len());
                merged.push(finding);
            }
            Entry::Occupied(at) => {
                let merged = &mut merged[*at.get()];
                let labels = &mut merged.diagnostic.labels;
                // Behind the places of the same kind, before what they are held against.
                let places = labels.iter().take_while(|label| label.text == labels[0].text).count();
                let place = finding.diagnostic.labels.first().filter(|_| places < PLACES);
                labels.splice(places..places, place.cloned());
                merged.contract = None;
                add_to(merged, finding);
            }
        }
    }
    *findings = merged;
}

/// Makes lists of findings of a contract of which there is a line to say each. What makes the run fail is told at length.
pub(super) fn merge_items(findings: &mut Vec<Finding>) {
    let heading = |finding: &Finding| {
        let item = finding.item.as_ref().filter(|_| finding.level == Level::Warn && finding.waived.is_none());
        item.map(|item| item.heading)
    };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    findings.iter().filter_map(heading).for_each(|heading| *counts.entry(heading).or_default() += 1);
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut merged: Vec<Finding> = Vec::with_capacity(findings.len());
    for mut finding in findings.drain(..) {
        let Some(heading) = heading(&finding).filter(|heading| counts[heading] >= LISTED) else {
            merged.push(finding);
            continue;
        };
        let item = finding.item.take().map(|item| clean(&item.words).into_owned());
        match first.entry(heading) {
            Entry::Vacant(free) => {
                free.insert(merged.len());
                finding.diagnostic.title = format!("{} {heading}", counts[heading]);
                finding.diagnostic.labels.truncate(1);
                finding
                    .diagnostic
                    .labels
                    .iter_mut()
                    .for_each(|label| label.text = "the first of them".into());
                finding.diagnostic.notes = item.into_iter().collect();
                merged.push(finding);
            }
            Entry::Occupied(at) => {
                let merged = &mut merged[*at.get()];
                merged.diagnostic.notes.extend(item);
                merged.feature = None;
                add_to(merged, finding);
            }
        }
    }
    *findings = merged;
}

/// Adds what a finding is about to one that tells it, too.
fn add_to(merged: &mut Finding, other: Finding) {
    merged.subject = Subject::Contract;
    merged.cells.clear();
    merged.extent = None;
    let new = other.refs.into_iter().filter(|refs| !merged.refs.contains(refs));
    merged.refs.extend(Vec::from_iter(new));
}
