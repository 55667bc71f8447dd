//! Productboard: a board of features ("Export as CSV"), with its timeframe or a column a month.

use crate::import::profile::Profile;

pub(super) static PROFILE: Profile = Profile {
    name: "productboard",
    title: "Productboard",
    marks: &[&["Feature name", "Feature status"], &["Feature name", "Timeframe"], &["Productboard ID"]],
    columns: &[
        ("ref", &["Productboard ID", "Feature ID", "ID"]),
        ("name", &["Feature name", "Feature", "Name"]),
        ("status", &["Feature status", "Status"]),
        ("target", &["Timeframe end", "Timeframe", "Due date"]),
        ("release", &["Release"]),
        ("team", &["Team", "Teams"]),
    ],
    in_seconds: &[],
    months: true,
};
