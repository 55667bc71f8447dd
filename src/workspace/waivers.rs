//! The waivers of a group, by contract.

use std::collections::{BTreeSet, HashMap};

use crate::diagnostic::Problem;
use crate::input::decode::Items;
use crate::input::records::WaiversRecord;
use crate::lint::Lint;
use crate::lints;
use crate::model::acceptance::AcceptanceKind;
use crate::model::waiver::{Subject, Waiver};

use super::levels::unknown_lint;

/// The waivers of a group.
#[derive(Debug, Default)]
pub struct Waivers {
    all: Vec<(Waiver, &'static Lint)>,
    by_contract: HashMap<String, Vec<usize>>,
}

impl Waivers {
    /// Sorts waivers by contract. One that accepts a date for a lint without one is reported and covers nothing; a lint that
    /// does not exist has been reported by [`unknown_lints`].
    pub fn new(waivers: Vec<Waiver>, problems: &mut Vec<Problem>) -> Self {
        let mut sorted = Self::default();
        for waiver in waivers {
            let Some(lint) = lints::find(&waiver.lint.value) else { continue };
            if let Some(problem) = misplaced(&waiver, lint) {
                problems.push(problem);
                continue;
            }
            sorted.by_contract.entry(waiver.contract.value.to_string()).or_default().push(sorted.all.len());
            sorted.all.push((waiver, lint));
        }
        sorted
    }

    /// Whether any waiver is about a contract.
    pub fn are_about(&self, contract: &str) -> bool {
        self.by_contract.contains_key(contract)
    }

    /// The waivers about a contract, each with its place among all.
    pub fn of(&self, contract: &str) -> impl Iterator<Item = (usize, &Waiver, &'static Lint)> {
        let places = self.by_contract.get(contract).into_iter().flatten();
        places.map(|&at| (at, &self.all[at].0, self.all[at].1))
    }

    /// What the waivers about a contract are about.
    pub fn subjects(&self, contract: &str) -> BTreeSet<&Subject> {
        self.of(contract).map(|(_, waiver, _)| &waiver.subject).collect()
    }

    /// All waivers, in the order of the files.
    pub fn all(&self) -> impl Iterator<Item = (&Waiver, &'static Lint)> {
        self.all.iter().map(|(waiver, lint)| (waiver, *lint))
    }
}

/// What a waiver of a lint can accept; nothing where there is no such lint.
pub(super) fn accepted_by(lint: &str) -> Option<AcceptanceKind> {
    lints::find(lint)?.accepts()
}

/// What a waiver says that its lint knows nothing of.
fn misplaced(waiver: &Waiver, lint: &Lint) -> Option<Problem> {
    if let Some(scope) = waiver.scopes.first().filter(|_| !lint.has_cells()) {
        let title = format!("`{}` is about a requirement whatever its scope", lint.name);
        return Some(Problem::at(scope.span, title, "no part of it to accept").help("remove `for`"));
    }
    let accepts = waiver.accepts.as_ref()?;
    let (title, label, help) = match lint.accepts() {
        Some(kind) if kind == accepts.value.kind() => return None,
        Some(AcceptanceKind::Day) => {
            ("is about a day", "expected a day", "write a day, such as `accepts = 2027-06-30`")
        }
        Some(AcceptanceKind::Levels) => (
            "is about how much there is of something",
            "expected a table",
            "write what is accepted, such as `accepts = { retention = \"90 days\" }`; `dealcheck waive` knows what there is",
        ),
        Some(AcceptanceKind::Names) => (
            "is about one or more of something",
            "expected a list",
            "write a list of what is accepted, such as `accepts = [\"windows\"]`; `dealcheck waive` knows what there is",
        ),
        None => ("has no day and no level to accept", "nothing to accept", "remove `accepts`"),
    };
    Some(Problem::at(accepts.span, format!("`{}` {title}", lint.name), label).help(help))
}

/// Reports the lints that a file of waivers names and that do not exist, whatever else is wrong with the waiver.
pub(crate) fn unknown_lints(record: &WaiversRecord, problems: &mut Vec<Problem>) {
    let waivers = record.waivers.given().map_or(&[][..], |Items(waivers, _)| waivers);
    let named = waivers.iter().flatten().filter_map(|waiver| waiver.lint.given());
    problems.extend(named.filter(|lint| lints::find(&lint.value).is_none()).map(unknown_lint));
}
