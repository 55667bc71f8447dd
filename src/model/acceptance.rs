//! What a waiver accepts of what the roadmap says.

use std::fmt;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Table, Text};
use crate::input::records::{AcceptanceSetting, ScopeTable};
use crate::source::{Span, Spanned};
use crate::text::toml_string;

use super::assemble::scope_of;
use super::calendar::Calendar;
use super::date::parse_date;
use super::level::{Attainment, LevelScales};
use super::matter::{list, one_or_list, scope_in_toml, table};
use super::misread::value;
use super::scope::{Cell, Scope};
use super::window::Window;

/// What is accepted of what is found.
#[derive(Clone, Debug)]
pub enum Acceptance {
    /// A day: the latest delivery, or the last day on which something works.
    Day(Window),
    /// Levels, by their names.
    Levels(Vec<(Text, Attainment)>),
    /// What a finding names that grows by more of the same.
    Names(Vec<Text>),
}

/// What a waiver can accept of the findings of a lint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AcceptanceKind {
    /// A day.
    Day,
    /// Levels.
    Levels,
    /// Names.
    Names,
}

impl Acceptance {
    /// What it is.
    pub fn kind(&self) -> AcceptanceKind {
        match self {
            Self::Day(_) => AcceptanceKind::Day,
            Self::Levels(_) => AcceptanceKind::Levels,
            Self::Names(_) => AcceptanceKind::Names,
        }
    }

    /// Reads `2027-06-30`, a table of levels, or a list of names, of which one may stand alone. A text that
    /// is no day is one only where the lint is about days.
    pub(super) fn read(
        written: &AcceptanceSetting,
        kind: Option<AcceptanceKind>,
        calendar: &Calendar,
        scales: &LevelScales,
        problems: &mut Vec<Problem>,
    ) -> Option<Spanned<Self>> {
        match written {
            AcceptanceSetting::Day(text) if kind != Some(AcceptanceKind::Day) => {
                let day = parse_date(&text.value, calendar).ok();
                // A day stays one, so that a waiver with a day for such a lint is told instead of read as a name.
                let accepted = day.map_or_else(|| Self::Names(vec![text.clone()]), Self::Day);
                Some(Spanned::new(accepted, text.span))
            }
            AcceptanceSetting::Day(text) => {
                let day = value(text, problems, |text| parse_date(text, calendar))?;
                Some(Spanned::new(Self::Day(day.value), day.span))
            }
            AcceptanceSetting::Levels(Table { entries, cut: false, span }) => {
                let levels = entries.iter().map(|(name, field)| {
                    Some((name.clone(), Attainment::read(name, field.given()?, scales, problems)?))
                });
                let levels: Vec<_> = levels.collect::<Option<_>>()?;
                Some(Spanned::new(Self::Levels(levels), *span))
            }
            AcceptanceSetting::Levels(_) => None,
            AcceptanceSetting::Names(names, span) => Some(Spanned::new(Self::Names(names.clone()), *span)),
        }
    }

    /// The latest day, where it is one.
    pub fn day(&self) -> Option<Window> {
        match self {
            Self::Day(day) => Some(*day),
            Self::Levels(_) | Self::Names(_) => None,
        }
    }
}

impl fmt::Display for Acceptance {
    /// As a waiver's `accepts` holds it, in TOML.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.latest.fmt(f),
            Self::Levels(levels) => {
                let entries = levels.iter().map(|(name, level)| (name.value.as_str(), list(&level.texts())));
                f.write_str(&table(entries))
            }
            Self::Names(names) => {
                let names: Vec<String> = names.iter().map(|name| toml_string(&name.value)).collect();
                write!(f, "[{}]", names.join(", "))
            }
        }
    }
}

/// Reads what of a scope a waiver is for.
pub(super) fn scopes(
    field: &Field<Vec<ScopeTable>>,
    place: Span,
    problems: &mut Vec<Problem>,
) -> Option<Vec<Spanned<Scope>>> {
    let tables = match field {
        Field::Absent => return Some(Vec::new()),
        Field::Broken => return None,
        Field::Given(tables) => tables,
    };
    // An empty table would be for all.
    if tables.is_empty() || tables.iter().any(|table| table.entries.is_empty()) {
        problems.push(
            Problem::at(place, "this waiver is for nothing of the scope", "`for` is empty")
                .help("name what it is for, such as `for = { platform = \"windows\" }`, or remove `for`"),
        );
        return None;
    }
    tables.iter().map(|table| scope_of(table, problems)).collect()
}

/// Scopes as a waiver's `for` holds them, in TOML.
pub(crate) fn scopes_in_toml(scopes: &[Scope]) -> String {
    one_or_list(scopes.iter().map(scope_in_toml))
}

/// Whether a requirement for some scope asks for more cells than some of one feature. The cells of a feature name the same
/// dimensions.
pub(crate) fn asks_for_more(asked: &Scope, cells: &[Cell]) -> bool {
    let values = |dimension: &str| asked.get(dimension).map_or(1, |dimension| dimension.values().len());
    let all = cells.first().map_or(0, |cell| cell.iter().map(|(dimension, _)| values(dimension)).product());
    cells.len() < all
}

/// Whether a cell of a requirement lies in a scope: all of it, also in dimensions that only the scope names.
pub(crate) fn lies_in(cell: &Cell, asked: &Scope, scope: &Scope) -> bool {
    scope.dimensions().all(|dimension| match cell.get(dimension.name()) {
        Some(value) => dimension.contains(value),
        None => asked
            .get(dimension.name())
            .is_some_and(|asked| asked.values().all(|value| dimension.contains(value))),
    })
}

/// The scopes that some cells of a requirement make up, and no other cell; where one of them names no dimension, all that is
/// asked for.
pub(crate) fn scopes_of(cells: &[Cell], asked: &Scope) -> Vec<Scope> {
    if cells.iter().any(Cell::is_empty) {
        return vec![asked.clone()];
    }
    let single = |cell: &Cell| {
        let mut scope = Scope::default();
        cell.iter().for_each(|(dimension, value)| _ = scope.add(dimension, [value]));
        scope
    };
    let mut all = Scope::default();
    for (dimension, value) in cells.iter().flat_map(Cell::iter) {
        _ = all.add(dimension, [value]);
    }
    let are_alike = cells.iter().all(|cell| cell.iter().len() == all.dimensions().len());
    if are_alike && all.combinations() == cells.len() {
        return vec![all];
    }
    cells.iter().map(single).collect()
}
