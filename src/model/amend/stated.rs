//! What an amendment states.

use std::fmt;

use compact_str::CompactString;

use crate::input::decode::{Field, Table, Text};
use crate::input::records::{ContractRecord, PeriodRecord};
use crate::source::Span;
use crate::text::fold;

use super::super::contract::requirement_name;
use super::super::roadmap::Roadmap;
use super::items;

/// Something that an amendment changes.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum StatedKey {
    /// A key, or an entry below one, folded.
    Key(&'static str, String),
    /// A requirement, by its name.
    Requirement(CompactString),
}

impl fmt::Display for StatedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key, entry) if entry.is_empty() => write!(f, "`{key}`"),
            Self::Key(key, entry) => write!(f, "`{entry}` of `{key}`"),
            Self::Requirement(name) => write!(f, "the requirement `{name}`"),
        }
    }
}

/// What an amendment states, with its places: of two that state the same, one replaces the other.
pub(crate) fn stated_keys(record: &ContractRecord, roadmap: &Roadmap) -> Vec<(StatedKey, Span)> {
    let mut all = Vec::new();
    let mut add = |key, entry: &str, span| all.push((StatedKey::Key(key, fold(entry).into_owned()), span));
    let texts = [
        ("customer", &record.customer),
        ("seller", &record.seller),
        ("effective", &record.effective),
        ("value", &record.value),
        ("remedy-cap", &record.remedy_cap),
        ("under", &record.under),
    ];
    for (key, text) in texts.into_iter().filter_map(|(key, field)| Some((key, field.given()?))) {
        add(key, "", text.span);
    }
    if let Some(year) = record.fiscal_year.given() {
        add("fiscal-year", "", year.anchor);
    }
    if let Some(PeriodRecord { start, end, term, .. }) = record.period.given() {
        // A term is another way to say where it ends.
        for (entry, field) in [("start", start), ("end", end), ("end", term)] {
            field.given().into_iter().for_each(|text| add("period", entry, text.span));
        }
    }
    let names =
        |names: &mut dyn Iterator<Item = &Text>, key, add: &mut dyn FnMut(&'static str, &str, Span)| {
            names.for_each(|name| add(key, &name.value, name.span));
        };
    names(&mut entries(&record.scope), "for", &mut add);
    names(&mut entries(&record.milestones), "milestones", &mut add);
    names(&mut entries(&record.terms), "terms", &mut add);
    names(&mut entries(&record.fees), "fees", &mut add);
    let dropped = record.drop.given().into_iter().flatten();
    all.extend(dropped.map(|name| (StatedKey::Requirement(name.value.clone()), name.span)));
    // What has no name replaces nothing.
    let named = items(&record.requirements).iter().flatten();
    let named = named.filter(|item| item.id.given().is_some() || item.feature.given().is_some());
    all.extend(named.map(|item| {
        (
            StatedKey::Requirement(requirement_name(0, item, roadmap)),
            item.id.given().map_or(item.anchor, |id| id.span),
        )
    }));
    all
}

fn entries<T>(table: &Field<Table<T>>) -> impl Iterator<Item = &Text> {
    table.given().into_iter().flat_map(|table| table.entries.iter().map(|(name, _)| name))
}
