//! Linear: issues ("Export issues as CSV").

use crate::import::profile::Profile;

pub(super) static PROFILE: Profile = Profile {
    name: "linear",
    title: "Linear",
    marks: &[&["ID", "Title", "Status", "Cycle Name"], &["ID", "Title", "Status", "Project Milestone"]],
    columns: &[
        ("ref", &["ID"]),
        ("name", &["Title"]),
        ("status", &["Status"]),
        // Cycles and milestones are no promise about this issue.
        ("target", &["Due Date"]),
        ("team", &["Team"]),
        ("depends-on", &["Blocked by"]),
    ],
    in_seconds: &[],
    months: false,
};
