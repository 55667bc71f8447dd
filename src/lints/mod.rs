//! One file a lint. To add one, write its file and name it twice here; nothing else needs an edit.

mod late_feature;
#[cfg(test)]
mod tests;
mod tight_deadline;
mod unshipped_feature;
mod words;

use crate::check::levels::Settings;
use crate::lint::Lint;

/// Every lint, by name.
pub static LINTS: &[&Lint] = &[&late_feature::LINT, &tight_deadline::LINT, &unshipped_feature::LINT];

/// Lints that once had another name: the old one, and the one to write instead.
pub const RENAMED: &[(&str, &str)] = &[];

/// What every lint file uses.
mod prelude {
    pub(super) use super::words;
    pub(super) use crate::check::finding::Finding;
    pub(super) use crate::check::levels::Settings;
    pub(super) use crate::check::run::{JudgedContract, Run};
    pub(super) use crate::delivery::{Delivery, Judgement, Promise, Row, Undated};
    pub(super) use crate::lint::{Case, Check, Level, Lint, LintOption, declare_lint};
    pub(super) use crate::model::window::{Window, days_between};
    pub(super) use crate::text;
}

/// The lint of a name.
pub fn find(name: &str) -> Option<&'static Lint> {
    let name = RENAMED.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| new);
    LINTS.iter().copied().find(|lint| lint.name == name)
}

/// The place of a lint in [`LINTS`].
pub fn index(lint: &Lint) -> usize {
    LINTS.iter().position(|known| known.name == lint.name).unwrap_or_default()
}

/// Days to spare under which a promise is tight: what the lint of that name is set to.
pub fn margin(settings: &Settings) -> i64 {
    tight_deadline::margin(settings)
}
