//! Scopes: what a promise or an offer is for, and the cells that it falls into.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use crate::text::{and_list, fold, folded, or_list};

use super::misread::Misread;
use super::number::short;

/// More combinations than this are not judged one by one.
// A few dimensions of dozens of values each multiply into a run that does not end; an error says how to split them.
pub(crate) const MAX_CELLS: usize = 4096;

/// More dimensions in one scope are an error: no product is sold by so many, and each is held against each.
pub(crate) const MAX_DIMENSIONS: usize = 64;

/// Named dimensions, each with the values it is limited to, in the order of the file. Names and values are
/// kept as written and compared without regard to case. An empty scope, which most are, allocates nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    dimensions: Vec<Dimension>,
}

/// A dimension of a scope. It has at least one value: a dimension with none would cover nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    name: Arc<str>,
    values: Vec<Arc<str>>,
    /// The values without regard to case, where there are [many](FEW).
    folded: HashSet<Box<str>>,
}

/// So many values are found by looking at each.
// Nearly all dimensions have fewer, and a set would take more memory and time than to look at each.
const FEW: usize = 16;

impl Dimension {
    /// The name as written.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The values as written.
    pub fn values(&self) -> impl ExactSizeIterator<Item = &str> {
        self.values.iter().map(AsRef::as_ref)
    }

    /// Whether the dimension has a value.
    pub fn contains(&self, value: &str) -> bool {
        match self.folded.is_empty() {
            true => self.values.iter().any(|known| same(known, value)),
            false => self.folded.contains(&*fold(value)),
        }
    }

    /// Adds a value that is not there yet.
    fn push(&mut self, value: Arc<str>) {
        self.values.push(value);
        let unfolded = match self.values.len() {
            0..=FEW => 0,
            _ if self.folded.is_empty() => self.values.len(),
            _ => 1,
        };
        let added = self.values.iter().rev().take(unfolded);
        self.folded.extend(added.map(|value| fold(value).into()));
    }
}

impl Scope {
    /// A scope in which nothing is restricted.
    pub const fn new() -> Self {
        Self { dimensions: Vec::new() }
    }

    /// Adds values to a dimension, which need not be there yet. Blanks around names and values are dropped, and
    /// a value that is there already is not added again. No value at all is an error: a dimension that is
    /// limited to nothing must never be taken for one that is not limited.
    pub fn add<V: AsRef<str>>(
        &mut self,
        dimension: &str,
        values: impl IntoIterator<Item = V>,
    ) -> Result<(), Misread> {
        let name = dimension.trim();
        if name.is_empty() {
            return Err(Misread::new("a dimension has no name", "expected a name, such as `platform`"));
        }
        let mut values = values.into_iter().peekable();
        if values.peek().is_none() {
            return Err(Misread::new(
                format!("`{}` has no values", short(name)),
                "expected at least one value",
            ));
        }
        for value in values {
            let value = value.as_ref().trim();
            if value.is_empty() {
                let title = format!("a value of `{}` is empty", short(name));
                return Err(Misread::new(title, "expected a value, such as `windows`"));
            }
            match self.dimensions.iter_mut().find(|known| same(&known.name, name)) {
                Some(known) if known.contains(value) => {}
                Some(known) => known.push(value.into()),
                None => self.dimensions.push(Dimension {
                    name: name.into(),
                    values: vec![value.into()],
                    folded: HashSet::new(),
                }),
            }
        }
        Ok(())
    }

    /// Whether nothing is restricted.
    pub fn is_empty(&self) -> bool {
        self.dimensions.is_empty()
    }

    /// The values alone, where there is only one dimension: `linux and windows`.
    pub fn values_in_words(&self) -> String {
        match self.dimensions.as_slice() {
            [Dimension { values, .. }] => and_list(values),
            _ => self.to_string(),
        }
    }

    /// The dimensions, in the order of the file.
    pub fn dimensions(&self) -> impl ExactSizeIterator<Item = &Dimension> {
        self.dimensions.iter()
    }

    /// The names of the dimensions with their values, in the order of the file.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &[Arc<str>])> {
        self.dimensions.iter().map(|dimension| (dimension.name.as_ref(), dimension.values.as_slice()))
    }

    /// The dimension of a name, if it is restricted.
    pub fn get(&self, dimension: &str) -> Option<&Dimension> {
        self.dimensions.iter().find(|known| same(&known.name, dimension))
    }

    /// Whether a cell lies in the scope. A dimension that the scope does not name is not restricted, and one
    /// that the cell does not name is not asked for.
    pub fn covers(&self, cell: &Cell) -> bool {
        self.dimensions
            .iter()
            // Silent about a dimension means any value of it: the best offer counts, and `unscoped-promise` tells of
            // the others.
            .all(|dimension| cell.get(&dimension.name).is_none_or(|value| dimension.contains(value)))
    }

    /// How many combinations of values there are.
    pub fn combinations(&self) -> usize {
        self.dimensions.iter().fold(1, |count: usize, dimension| count.saturating_mul(dimension.values.len()))
    }

    /// Every combination of the values of the chosen dimensions, the last dimension changing fastest; one
    /// empty cell where none is chosen. More than [`MAX_CELLS`] are only counted.
    pub fn cells(&self, chosen: impl Fn(&str) -> bool) -> Result<Vec<Cell>, usize> {
        let chosen: Vec<&Dimension> =
            self.dimensions.iter().filter(|dimension| chosen(&dimension.name)).collect();
        let count =
            chosen.iter().fold(1usize, |count, dimension| count.saturating_mul(dimension.values.len()));
        if count > MAX_CELLS {
            return Err(count);
        }
        let mut cells = vec![Cell::default()];
        for Dimension { name, values, .. } in chosen {
            let with = |cell: &Cell, value: &Arc<str>| {
                let mut values = cell.values.clone();
                values.push((Arc::clone(name), Arc::clone(value)));
                Cell { values }
            };
            cells = cells.iter().flat_map(|cell| values.iter().map(move |value| with(cell, value))).collect();
        }
        Ok(cells)
    }

    /// This scope with the dimensions of another in place of its own: a requirement's `for` over the
    /// contract's.
    #[must_use]
    pub fn overridden_by(&self, other: &Self) -> Self {
        let mut scope = self.clone();
        for dimension in &other.dimensions {
            match scope.dimensions.iter_mut().find(|known| same(&known.name, &dimension.name)) {
                Some(known) => known.clone_from(dimension),
                None => scope.dimensions.push(dimension.clone()),
            }
        }
        scope
    }

    /// This scope with the values of another beside its own, in each dimension that both name; one that either
    /// does not name is not restricted.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        both.dimensions.retain(|dimension| other.get(&dimension.name).is_some());
        for dimension in &mut both.dimensions {
            let more = other.get(&dimension.name).into_iter().flat_map(|other| &other.values);
            let more: Vec<Arc<str>> = more.filter(|value| !dimension.contains(value)).cloned().collect();
            more.into_iter().for_each(|value| dimension.push(value));
        }
        both
    }
}

impl fmt::Display for Scope {
    /// `platform: linux or windows, region: eu`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, Dimension { name, values, .. }) in self.dimensions.iter().enumerate() {
            let comma = if at == 0 { "" } else { ", " };
            write!(f, "{comma}{name}: {}", or_list(values))?;
        }
        Ok(())
    }
}

/// One value for each of some dimensions: what one offer must cover.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Cell {
    values: Vec<(Arc<str>, Arc<str>)>,
}

impl Cell {
    /// The cell with a value for one more dimension, or another value for one it has.
    #[must_use]
    pub fn with(&self, dimension: &str, value: &str) -> Self {
        let mut cell = self.clone();
        match cell.values.iter_mut().find(|(name, _)| same(name, dimension)) {
            Some((_, known)) => *known = value.into(),
            None => cell.values.push((dimension.into(), value.into())),
        }
        cell
    }

    /// Whether it names no dimension.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The value for a dimension.
    pub fn get(&self, dimension: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| same(name, dimension)).map(|(_, value)| value.as_ref())
    }

    /// Whether it lies in another cell, as far as both name a dimension.
    pub fn lies_in(&self, other: &Self) -> bool {
        other.iter().all(|(name, value)| self.get(name).is_none_or(|own| own == value))
    }

    /// Whether it is another cell, or a part of that: whatever holds for all of the other one holds for it.
    pub(crate) fn is_in(&self, other: &Self) -> bool {
        other.iter().all(|(name, value)| self.get(name) == Some(value))
    }

    /// Dimensions and values, as written.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))
    }

    /// With the names of its dimensions: `platform: windows, region: eu`.
    pub fn with_names(&self) -> String {
        self.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for Cell {
    /// `windows, eu`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (_, value)) in self.iter().enumerate() {
            write!(f, "{}{value}", if at == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

/// Whether two words differ in case only; without allocating, since this is asked millions of times.
pub(crate) fn same(one: &str, other: &str) -> bool {
    if one.eq_ignore_ascii_case(other) {
        return true;
    }
    // Other letters change their length with their case: `ẞ` and `ß`.
    let is_plain = one.is_ascii() && other.is_ascii();
    !is_plain && folded(one).eq(folded(other))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn scope(dimensions: &[(&str, &[&str])]) -> Scope {
        let mut scope = Scope::default();
        for (dimension, values) in dimensions {
            scope.add(dimension, *values).unwrap();
        }
        scope
    }

    #[test]
    fn case_and_blanks_make_no_difference() {
        let scope = scope(&[("Platform", &["Linux", " linux ", "windows"]), ("platform", &["WINDOWS"])]);
        assert_eq!(scope.to_string(), "Platform: Linux or windows");
        assert!(scope.covers(&Cell::default().with("PLATFORM", "LINUX")));
        assert!(!scope.covers(&Cell::default().with("platform", "macos")));
        assert!(same("STRASSE Ü", "strasse ü"));
    }

    #[test]
    fn what_is_not_named_is_not_restricted() {
        assert!(Scope::default().covers(&Cell::default().with("region", "eu")));
        assert!(scope(&[("region", &["eu"])]).covers(&Cell::default()));
    }

    #[test]
    fn cells_are_in_file_order() {
        let scope = scope(&[("platform", &["linux", "windows"]), ("region", &["eu", "us"])]);
        let cells = scope.cells(|_| true).unwrap();
        let words: Vec<_> = cells.iter().map(Cell::to_string).collect();
        assert_eq!(words, ["linux, eu", "linux, us", "windows, eu", "windows, us"]);
        assert_eq!(cells[2].with_names(), "platform: windows, region: eu");
        assert_eq!(scope.cells(|dimension| dimension == "region").unwrap().len(), 2);
        assert_eq!(scope.cells(|_| false), Ok(vec![Cell::default()]));
    }

    #[test]
    fn too_many_cells_are_counted() {
        let values: Vec<String> = (0..17).map(|value| value.to_string()).collect();
        let mut scope = Scope::default();
        for dimension in 0..3 {
            scope.add(&format!("d{dimension}"), &values).unwrap();
        }
        assert_eq!(scope.cells(|_| true), Err(4913));
        for dimension in 3..40 {
            scope.add(&format!("d{dimension}"), &values).unwrap();
        }
        assert_eq!(scope.cells(|_| true), Err(usize::MAX));
    }

    #[test]
    fn a_requirement_replaces_dimension_by_dimension() {
        let contract = scope(&[("region", &["eu"]), ("edition", &["pro"])]);
        let requirement = scope(&[("Region", &["us"]), ("platform", &["linux"])]);
        let both = contract.overridden_by(&requirement);
        assert_eq!(both.to_string(), "Region: us, edition: pro, platform: linux");
    }

    #[test]
    fn nothing_is_not_a_value() {
        assert!(Scope::default().add("region", [" "]).is_err());
        assert!(Scope::default().add("", ["eu"]).is_err());
        assert!(Scope::default().add("region", [""; 0]).is_err());
    }

    fn any_scope() -> impl Strategy<Value = Scope> {
        prop::collection::vec(("[abcAB]", "[xyzXY]"), 0..8).prop_map(|pairs| {
            let mut scope = Scope::default();
            pairs.iter().for_each(|(dimension, value)| scope.add(dimension, [value]).unwrap());
            scope
        })
    }

    fn any_cell() -> impl Strategy<Value = Cell> {
        prop::collection::vec(("[abcAB]", "[xyzXY]"), 0..4).prop_map(|pairs| {
            pairs.iter().fold(Cell::default(), |cell, (name, value)| cell.with(name, value))
        })
    }

    proptest! {
        #[test]
        fn covering_is_monotone(scope in any_scope(), cell in any_cell(), name in "[abcAB]", value in "[xyzXY]") {
            if scope.get(&name).is_some() {
                let mut wider = scope.clone();
                wider.add(&name, [&value]).unwrap();
                prop_assert!(!scope.covers(&cell) || wider.covers(&cell));
            }
            if cell.get(&name).is_none() {
                let asking_more = cell.with(&name, &value);
                prop_assert!(!scope.covers(&asking_more) || scope.covers(&cell));
            }
        }

        #[test]
        fn what_folds_alike_is_the_same(one in "[aAäÄσςΣİ]{0,2}", other in "[aAäÄσςΣİ]{0,2}") {
            prop_assert_eq!(crate::text::fold(&one) == crate::text::fold(&other), same(&one, &other));
        }

        #[test]
        fn cells_are_the_product_and_covered(scope in any_scope()) {
            let cells = scope.cells(|_| true).unwrap();
            prop_assert_eq!(cells.len(), scope.dimensions().map(|d| d.values().len()).product::<usize>());
            for (at, cell) in cells.iter().enumerate() {
                prop_assert!(scope.covers(cell) && !cells[..at].contains(cell));
            }
        }

        #[test]
        fn overriding_keeps_the_others(one in any_scope(), other in any_scope()) {
            let both = one.overridden_by(&other);
            for dimension in both.dimensions() {
                let from = other.get(dimension.name()).or(one.get(dimension.name()));
                prop_assert_eq!(from, Some(dimension));
            }
            prop_assert_eq!(both.overridden_by(&other), both);
        }
    }
}
