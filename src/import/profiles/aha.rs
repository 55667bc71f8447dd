//! Aha!: a list of features, epics or whatever a company calls its records ("Export, CSV").

use crate::import::profile::Profile;

pub(super) static PROFILE: Profile = Profile {
    name: "aha",
    title: "Aha!",
    marks: &[&["* reference #", "* name"]],
    columns: &[
        ("ref", &["* reference #"]),
        ("name", &["* name"]),
        ("status", &["* status"]),
        ("target", &["* due date", "* end date"]),
        ("release", &["Release name"]),
        ("release-date", &["Release date"]),
        ("team", &["* team", "Team"]),
    ],
    in_seconds: &[],
    months: false,
};
