//! What a contract, or a requirement, is for.

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Text};
use crate::input::records::ScopeTable;
use crate::source::Spanned;
use crate::text;

use super::super::assemble::scope_of;
use super::super::roadmap::Roadmap;
use super::super::scope::Scope;

/// A scope, unless a dimension of it was written beside it: then nobody knows what it is limited to.
pub(super) fn whole_scope(
    scope: Field<Spanned<Scope>>,
    strays: &[Text],
    roadmap: &Roadmap,
) -> Field<Spanned<Scope>> {
    if strays.iter().any(|key| roadmap.may_be_dimension(&key.value)) { Field::Broken } else { scope }
}

/// What some files say one over another of a scope; none where one of them cannot be read, which is told elsewhere.
pub(crate) fn laid_scope<'t>(
    tables: impl IntoIterator<Item = &'t Field<ScopeTable>>,
    roadmap: &Roadmap,
) -> Option<Scope> {
    tables.into_iter().try_fold(Scope::default(), |below, table| match table {
        Field::Absent => Some(below),
        Field::Broken => None,
        Field::Given(table) => Some(below.overridden_by(&scope_in(table, roadmap, &mut Vec::new())?.value)),
    })
}

/// A scope whose dimensions the roadmap knows.
pub(super) fn scope_in(
    table: &ScopeTable,
    roadmap: &Roadmap,
    problems: &mut Vec<Problem>,
) -> Option<Spanned<Scope>> {
    let mut sound = true;
    for (dimension, _) in &table.entries {
        if roadmap.dimension(&dimension.value).is_none() {
            sound = false;
            // Where a part of the roadmap could not be read, the dimension may stand in that part.
            if roadmap.is_whole() {
                problems.push(unknown_dimension(dimension, roadmap));
            }
        }
    }
    scope_of(table, problems).filter(|_| sound)
}

fn unknown_dimension(dimension: &Text, roadmap: &Roadmap) -> Problem {
    let title = format!("no feature in the roadmap is limited by `{}`", dimension.value);
    let problem = Problem::at(dimension.span, title, "unknown dimension");
    let known = || {
        const SHOWN: usize = 8;
        let names = || roadmap.dimension_names();
        let mut shown = text::in_backticks(names().take(SHOWN));
        let more = names().count().saturating_sub(SHOWN);
        shown.extend((more > 0).then(|| format!("{more} more")));
        shown
    };
    let otherwise = match roadmap.dimension_names().next() {
        None => "the roadmap limits no feature with `for`: leave it out".to_owned(),
        Some(_) => format!("the roadmap's dimensions are {}", text::and_list(&known())),
    };
    problem.help_nearest(&dimension.value, roadmap.dimension_names(), otherwise)
}
