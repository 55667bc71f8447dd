//! What requirements are called.

use std::borrow::Cow;
use std::collections::HashMap;

use compact_str::{CompactString, format_compact};

use crate::diagnostic::Problem;
use crate::input::decode::Text;
use crate::input::records::RequirementRecord;
use crate::source::Span;

use super::super::roadmap::Roadmap;
use super::{PromisedFeature, Requirement};

/// What a requirement is called: its id, or the features' ids, or `#3` for the third of a contract.
pub(crate) fn requirement_name(at: usize, record: &RequirementRecord, roadmap: &Roadmap) -> CompactString {
    if let Some(id) = record.id.given() {
        return id.value.clone();
    }
    let texts = record.feature.given().into_iter().flatten();
    let id = |text: &'_ Text| match roadmap.find(&text.value).feature() {
        Some(at) => roadmap.features[at].id.value.clone(),
        None => text.value.clone(),
    };
    name_by_ids(at, texts.map(id))
}

pub(super) fn name_by_features(at: usize, features: &[PromisedFeature]) -> CompactString {
    name_by_ids(at, features.iter().map(|promised| promised.id.clone()))
}

fn name_by_ids(at: usize, mut ids: impl Iterator<Item = CompactString>) -> CompactString {
    match ids.next() {
        None => format_compact!("#{}", at.saturating_add(1)),
        Some(first) => ids.fold(first, |name, id| name + "+" + &id),
    }
}

/// A requirement's name, and where it is written.
pub(super) struct RequirementName<'a> {
    name: Cow<'a, str>,
    id: Option<Span>,
    place: Span,
}

impl<'a> RequirementName<'a> {
    pub(super) fn of(requirement: &'a Requirement) -> Self {
        let feature = requirement.features.first().map(|promised| promised.text.span);
        Self {
            name: requirement.name.as_str().into(),
            id: requirement.id_span,
            place: requirement.id_span.or(feature).unwrap_or(requirement.place),
        }
    }

    pub(super) fn in_record(at: usize, record: &RequirementRecord, roadmap: &Roadmap) -> Self {
        let id = record.id.given().map(|id| id.span);
        let feature = record.feature.given().and_then(|texts| texts.first()).map(|text| text.span);
        let name = String::from(requirement_name(at, record, roadmap)).into();
        Self { name, id, place: id.or(feature).unwrap_or(record.anchor) }
    }
}

/// Requirements are told apart by their names in waivers and reports.
pub(super) fn unique<'a>(named: impl Iterator<Item = RequirementName<'a>>, problems: &mut Vec<Problem>) {
    let mut first: HashMap<Cow<'a, str>, Span> = HashMap::with_capacity(named.size_hint().0);
    for RequirementName { name, id, place } in named {
        let Some(before) = first.insert(name.clone(), place) else {
            continue;
        };
        let title = format!("two requirements are called `{name}`");
        let problem = Problem::at(place, title, "the second one").label(before, "the first one");
        problems.push(if id.is_none() {
            problem
                .note("a requirement without an `id` is called as its feature")
                .help("give this requirement an `id` of its own, such as `id: R2`")
        } else {
            problem.help("give one of them another `id`")
        });
    }
}
