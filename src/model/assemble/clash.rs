//! What several files, or several features, claim: told once, with all places.

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::diagnostic::{Help, Problem};
use crate::input::decode::{Field, Table, Text};
use crate::model::roadmap::{Feature, Roadmap, name_key};

/// The entries that several files share out among them. What is defined more than once is one error that shows all
/// places, and counts as unreadable.
pub(super) fn merge<'r, T: 'r>(
    tables: impl Iterator<Item = &'r Field<Table<T>>>,
    noun: &str,
    problems: &mut Vec<Problem>,
) -> Vec<(&'r Text, &'r Field<T>)> {
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut entries: Vec<(&Text, &Field<T>)> = Vec::new();
    let mut again: BTreeMap<usize, Vec<&Text>> = BTreeMap::new();
    for (name, field) in tables.filter_map(Field::given).flat_map(|table| &table.entries) {
        match first.entry(name_key(&name.value).into_owned()) {
            Entry::Occupied(at) => again.entry(*at.get()).or_default().push(name),
            Entry::Vacant(free) => {
                free.insert(entries.len());
                entries.push((name, field));
            }
        }
    }
    for (at, others) in again {
        let (Some(second), Some((known, field))) = (others.first(), entries.get_mut(at)) else { continue };
        let times =
            if others.len() == 1 { "twice".to_owned() } else { format!("{} times", others.len() + 1) };
        let further = others.iter().skip(1).take(SHOWN).map(|name| (name.span, "and here"));
        problems.push(
            Problem::at(
                second.span,
                format!("the {noun} `{}` is defined {times}", second.value),
                "defined again here",
            )
            .label(known.span, "first defined here")
            .labels(further)
            .notes(left_out(others.len() - 1))
            .help(if others.len() == 1 {
                "remove or rename one of the two"
            } else {
                "keep one of them, or rename the others"
            }),
        );
        *field = &Field::Broken;
    }
    entries
}

/// The problem of a name that several features claim; all of them are shown.
pub(crate) fn ambiguous(roadmap: &Roadmap, text: &Text) -> Problem {
    let features: Vec<&Feature> = roadmap.claimants(&text.value).collect();
    let title = format!("`{}` is the name of {}", text.value, numbered(features.len(), "features"));
    let labels = features.iter().map(|feature| {
        let claim = feature.names().find(|name| name_key(&name.value) == name_key(&text.value));
        (claim.unwrap_or(&feature.id).span, format!("claimed by `{}`", feature.id.value))
    });
    let ids = features.iter().map(|feature| &feature.id.value);
    let helps = ids.map(|id| {
        Help::from(format!("write the id `{id}`, if that is meant")).replacing(text.span, id.as_str())
    });
    Problem::at(text.span, title, "which one?")
        .labels(labels.take(SHOWN))
        .notes(left_out(features.len()))
        .helps(helps.take(SHOWN))
}

/// How many of those that clash are shown.
const SHOWN: usize = 8;

fn left_out(all: usize) -> Option<String> {
    all.checked_sub(SHOWN).filter(|left| *left > 0).map(|left| format!("{left} more are not shown"))
}

/// `two features`, `3 features`.
fn numbered(number: usize, what: &str) -> String {
    if number == 2 { format!("two {what}") } else { format!("{number} {what}") }
}
