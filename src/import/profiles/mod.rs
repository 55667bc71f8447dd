//! The tools whose exports are known. A new one is one more file, and a line in [`PROFILES`].

mod aha;
mod github_projects;
mod jira;
mod linear;
mod plain;
mod productboard;

use super::profile::{Profile, is_called, record};

/// All of them, in the order in which a header is held against them; a sheet that somebody made up comes last.
pub(crate) static PROFILES: &[&Profile] = &[
    &jira::PROFILE,
    &linear::PROFILE,
    &aha::PROFILE,
    &productboard::PROFILE,
    &github_projects::PROFILE,
    &plain::PROFILE,
];

/// The profile of a name.
pub(crate) fn profile(name: &str) -> Option<&'static Profile> {
    PROFILES.iter().copied().find(|profile| profile.name == name)
}

/// The first profile that knows a header; else that of a plain sheet.
pub(super) fn recognise(header: &[String]) -> &'static Profile {
    let record = record(header);
    let has = |wanted: &&str| header.iter().any(|header| is_called(header, wanted, record.as_deref()));
    let known = |profile: &&&Profile| profile.marks.iter().any(|marks| marks.iter().all(has));
    PROFILES.iter().find(known).copied().unwrap_or(&plain::PROFILE)
}
