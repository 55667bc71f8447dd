//! One file a lint. To add one, write its file and name it twice here; no other code needs an edit. A test asks
//! for its cases, one that fires and one that is quiet, under `tests/lints/`.

mod beta_feature;
mod conflicting_disclaimer;
mod contradictory_status;
mod contradictory_text;
mod deferred_revenue;
mod dependency_cycle;
mod deprecated_feature;
mod dropped_feature;
mod empty_contract;
mod expired_waiver;
mod future_signing;
mod late_dependency;
mod late_feature;
mod late_waiver;
mod level_gap;
mod long_waiver;
mod missed_deadline;
mod missing_disclaimer;
mod missing_term;
mod off_standard_term;
mod open_deadline;
mod outgrown_waiver;
mod overcommitted_team;
mod overdue_target;
mod past_deadline;
mod repeated_promise;
mod scope_gap;
mod self_approved_waiver;
mod serial_promise;
mod slipping_feature;
mod stale_claim;
mod stale_roadmap;
mod sunset_feature;
#[cfg(test)]
mod tests;
mod tight_deadline;
mod unauthorised_waiver;
mod unbound_waiver;
mod unconfirmed_service;
mod unconfirmed_target;
mod undated_feature;
mod undeclared_promise;
mod undisclosed_waiver;
mod unfilled_blank;
mod unfunded_promise;
mod unknown_dependency;
mod unknown_feature;
mod unknown_level;
mod unknown_term;
mod unlikely_deadline;
mod unlisted_contract;
mod unmapped_requirement;
mod unproven_feature;
mod unproven_level;
mod unqualified_promise;
mod unread_document;
mod unscoped_promise;
mod unshipped_feature;
mod unshipped_share;
mod unused_waiver;
mod words;

use crate::lint::Lint;

/// Every lint, by name.
pub static LINTS: &[&Lint] = &[
    &beta_feature::LINT,
    &conflicting_disclaimer::LINT,
    &contradictory_status::LINT,
    &contradictory_text::LINT,
    &deferred_revenue::LINT,
    &dependency_cycle::LINT,
    &deprecated_feature::LINT,
    &dropped_feature::LINT,
    &empty_contract::LINT,
    &expired_waiver::LINT,
    &future_signing::LINT,
    &late_dependency::LINT,
    &late_feature::LINT,
    &late_waiver::LINT,
    &level_gap::LINT,
    &long_waiver::LINT,
    &missed_deadline::LINT,
    &missing_disclaimer::LINT,
    &missing_term::LINT,
    &off_standard_term::LINT,
    &open_deadline::LINT,
    &outgrown_waiver::LINT,
    &overcommitted_team::LINT,
    &overdue_target::LINT,
    &past_deadline::LINT,
    &repeated_promise::LINT,
    &scope_gap::LINT,
    &self_approved_waiver::LINT,
    &serial_promise::LINT,
    &slipping_feature::LINT,
    &stale_claim::LINT,
    &stale_roadmap::LINT,
    &sunset_feature::LINT,
    &tight_deadline::LINT,
    &unauthorised_waiver::LINT,
    &unbound_waiver::LINT,
    &unconfirmed_service::LINT,
    &unconfirmed_target::LINT,
    &undated_feature::LINT,
    &undeclared_promise::LINT,
    &undisclosed_waiver::LINT,
    &unfilled_blank::LINT,
    &unfunded_promise::LINT,
    &unknown_dependency::LINT,
    &unknown_feature::LINT,
    &unknown_level::LINT,
    &unknown_term::LINT,
    &unlikely_deadline::LINT,
    &unlisted_contract::LINT,
    &unmapped_requirement::LINT,
    &unproven_feature::LINT,
    &unproven_level::LINT,
    &unqualified_promise::LINT,
    &unread_document::LINT,
    &unscoped_promise::LINT,
    &unshipped_feature::LINT,
    &unshipped_share::LINT,
    &unused_waiver::LINT,
];

/// Lints that once had another name: the old one, and the one to write instead.
pub(crate) const RENAMED: &[(&str, &str)] =
    &[("breached-deadline", "missed-deadline"), ("vaporware-share", "unshipped-share")];

pub(crate) use tight_deadline::margin;
pub(crate) use words::{no_date, work};

/// What every lint file uses.
mod prelude {
    pub(super) use super::words::{self, CountedDay};
    pub(super) use crate::delivery::{
        Arrival, Delivery, Judgement, Lack, Lapse, OpenDimension, Outlook, Promise, Row, UndatedReason,
    };
    pub(super) use crate::diagnostic::Help;
    pub(super) use crate::input::decode::Text;
    pub(super) use crate::input::discover::UnlistedFile;
    pub(super) use crate::lint::case::{Case, PromiseCase, TermCase};
    pub(super) use crate::lint::context::{JudgedContract, LintContext};
    pub(super) use crate::lint::document_case::DocumentsCase;
    pub(super) use crate::lint::extent::{FindingExtent, MissedLevel, split_day};
    pub(super) use crate::lint::finding::{Finding, ListItem};
    pub(super) use crate::lint::settings::Settings;
    pub(super) use crate::lint::waiver_case::{ContractPlace, Deciders, WaiverCase};
    pub(super) use crate::lint::{Check, Level, LintOption, declare_lint};
    pub(super) use crate::model::acceptance::{
        Acceptance, AcceptanceKind, asks_for_more, scopes_in_toml, scopes_of,
    };
    pub(super) use crate::model::constraint::Relation;
    pub(super) use crate::model::contract::ContractStatus;
    pub(super) use crate::model::level::Attainment;
    pub(super) use crate::model::matter::{Growth, Matter, TermMatter, fees_in_toml};
    pub(super) use crate::model::roadmap::{Feature, Offer};
    pub(super) use crate::model::scope::{Scope, same};
    pub(super) use crate::model::status::Status;
    pub(super) use crate::model::waiver::{Expiry, Waiver, same_address};
    pub(super) use crate::model::window::{Date, Window, add_days, days_between};
    pub(super) use crate::source::Span;
    pub(super) use crate::text;
}

/// The lint of a name.
pub fn find(name: &str) -> Option<&'static Lint> {
    let name = RENAMED.iter().find(|(old, _)| *old == name).map_or(name, |(_, new)| new);
    LINTS.iter().copied().find(|lint| lint.name == name)
}
