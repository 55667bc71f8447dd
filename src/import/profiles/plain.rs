//! A sheet that somebody made up, with the words that people use.

use crate::import::profile::Profile;

pub(super) static PROFILE: Profile = Profile {
    name: "plain",
    title: "a plain sheet",
    marks: &[],
    columns: &[
        ("ref", &["Ref", "Reference", "Key", "ID", "Ticket"]),
        ("name", &["Name", "Feature", "Feature name", "Title", "Summary"]),
        ("aliases", &["Aliases", "Alias", "Also known as", "Other names"]),
        ("status", &["Status", "State", "Stage", "Phase"]),
        ("resolution", &["Resolution"]),
        ("shipped", &["Shipped", "Shipped on", "Ship date", "Released", "Released on", "Launched"]),
        (
            "target",
            &[
                "Target", "Target end", "Target date", "Due", "Due date", "ETA", "Deadline", "Planned for",
                "Date", "Quarter", "When", "GA date",
            ],
        ),
        ("release", &["Release", "Fix version"]),
        ("release-date", &["Release date"]),
        ("beta", &["Beta date", "Beta start"]),
        ("sunset", &["Sunset", "Sunset date", "End of life", "EOL"]),
        ("replaced-by", &["Replaced by", "Replacement"]),
        ("team", &["Team", "Teams", "Squad"]),
        ("effort", &["Effort", "Effort (days)", "Estimate (days)"]),
        ("depends-on", &["Depends on", "Dependencies", "Blocked by", "Requires"]),
    ],
    in_seconds: &[],
    months: false,
};
