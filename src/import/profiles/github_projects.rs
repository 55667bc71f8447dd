//! GitHub Projects: a view of a project ("Export view data"), whose fields a company names itself.

use crate::import::profile::Profile;

pub(super) static PROFILE: Profile = Profile {
    name: "github-projects",
    title: "GitHub Projects",
    marks: &[&["Title", "URL", "Status"]],
    columns: &[
        ("ref", &["URL"]),
        ("name", &["Title"]),
        ("status", &["Status"]),
        ("target", &["Target date", "Target", "End date", "Due date", "Due"]),
        ("release", &["Milestone"]),
        ("team", &["Team"]),
        ("effort", &["Effort (days)", "Estimate (days)"]),
        ("depends-on", &["Blocked by"]),
    ],
    in_seconds: &[],
    months: false,
};
