//! Imported features as TOML.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::window::Date;
use crate::text::{clean, fold, toml_string};

use super::cells::ImportedDate;
use super::feature::ImportedFeature;
use super::profile::Profile;

/// The table of a new feature. `names` has the ids of what it may depend on.
pub(super) fn feature_text(id: &str, feature: &ImportedFeature, names: &HashMap<String, String>) -> String {
    let mut out = format!("[features.{}]\n", key(id));
    for (key, value) in fields(feature, names) {
        out += &format!("{key} = {value}\n");
    }
    out
}

/// The keys of a feature with their values, as TOML.
fn fields(feature: &ImportedFeature, names: &HashMap<String, String>) -> Vec<(&'static str, String)> {
    let list = |texts: Vec<String>| {
        let texts: Vec<String> = texts.iter().map(|text| toml_string(text)).collect();
        (!texts.is_empty()).then(|| format!("[{}]", texts.join(", ")))
    };
    let aliases =
        feature.aliases.iter().filter(|alias| fold(alias) != fold(&feature.name)).cloned().collect();
    let depends_on = feature.depends_on.iter();
    let depends_on = depends_on.map(|text| names.get(&*fold(text)).unwrap_or(text).clone()).collect();
    [
        ("name", Some(toml_string(&feature.name))),
        ("aliases", list(aliases)),
        ("ref", feature.reference.as_deref().map(toml_string)),
        ("status", Some(toml_string(feature.status.name()))),
        ("shipped", feature.shipped.as_ref().map(date)),
        ("target", feature.target.as_ref().map(date)),
        ("beta", feature.beta.as_ref().map(date)),
        ("sunset", feature.sunset.as_ref().map(date)),
        (
            "replaced-by",
            feature.replaced_by.as_ref().map(|text| toml_string(names.get(&*fold(text)).unwrap_or(text))),
        ),
        ("team", feature.team.as_deref().map(toml_string)),
        ("effort", feature.effort.as_deref().map(toml_string)),
        ("depends-on", list(depends_on)),
    ]
    .into_iter()
    .filter_map(|(key, value)| Some((key, value?)))
    .collect()
}

/// A date as TOML has it: a day as one, what is longer in its words.
pub(super) fn date(ImportedDate { text, window }: &ImportedDate) -> String {
    match text.parse::<Date>() {
        Ok(day) if window.is_day() && day == window.latest => day.to_string(),
        _ => toml_string(text),
    }
}

/// An id as a key of TOML.
pub(super) fn key(id: &str) -> String {
    let is_bare =
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare { id.to_owned() } else { toml_string(id) }
}

/// The day of the last import that changed a roadmap, as its first comment says.
pub(super) fn imported_on(text: &str, profile: &Profile) -> Option<Date> {
    import_line(text, profile).map(|(_, day)| day)
}

/// A roadmap whose comment says that it was imported on this day. Only one that is new gets such a comment.
pub(super) fn with_import_day(
    text: &str,
    is_new: bool,
    name: &str,
    profile: &Profile,
    today: Date,
) -> String {
    let comment = format!("{}{} ({}) on {today}.", BEGINNING, clean(name), profile.title);
    match import_line(text, profile) {
        Some((line, _)) => format!("{}{comment}{}", &text[..line.start], &text[line.end..]),
        None if is_new => format!("{comment}\n{text}"),
        None => text.to_owned(),
    }
}

const BEGINNING: &str = "# Imported from ";

/// The comment of an import from a tool, and its day.
fn import_line(text: &str, profile: &Profile) -> Option<(Range<usize>, Date)> {
    let middle = format!(" ({}) on ", profile.title);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let comment = line.trim_end();
        let day = comment.strip_prefix(BEGINNING).and_then(|rest| rest.rsplit_once(&middle));
        if let Some(day) = day.and_then(|(_, day)| day.strip_suffix('.')?.parse().ok()) {
            return Some((start..start + comment.len(), day));
        }
        start += line.len();
    }
    None
}
