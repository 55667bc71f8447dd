//! Jira: issues ("Export CSV, all fields" or "current fields"), and plans (Advanced Roadmaps).

use crate::import::profile::Profile;

pub(super) static PROFILE: Profile = Profile {
    name: "jira",
    title: "Jira",
    marks: &[&["Issue key", "Issue Type"], &["Issue key", "Summary"], &["Issue key", "Hierarchy"]],
    columns: &[
        ("ref", &["Issue key"]),
        ("name", &["Summary", "Title"]),
        ("status", &["Status", "Issue status"]),
        ("resolution", &["Resolution"]),
        // What is planned comes before what is due, and both before the release that it is assigned to.
        ("target", &["Custom field (Target end)", "Target end", "Due date"]),
        ("release", &["Fix Version/s", "Fix versions", "Releases"]),
        ("team", &["Custom field (Team)", "Team Name", "Team"]),
        ("effort", &["Remaining Estimate", "Original estimate"]),
        ("depends-on", &["Inward issue link (Blocks)"]),
    ],
    in_seconds: &["Remaining Estimate", "Original estimate"],
    months: false,
};
