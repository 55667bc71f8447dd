//! A roadmap cut into the entries of its features: where an entry is written as before, it says what it said.
//!
//! A part is read by itself before it is relied on: what was cut in the wrong place is not read, and then all of the
//! text is read at once.

mod json;
mod toml;
mod yaml;

use std::collections::BTreeMap;

use crate::input::parse::FileFormat;

/// The text of a roadmap, in parts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Entries {
    /// What entries are read with: releases, scales, and whatever else may change them.
    pub(super) words: Vec<String>,
    /// The product, which says what `now` means.
    pub(super) product: Vec<String>,
    /// The text of each feature, by its id.
    pub(super) of_features: BTreeMap<String, String>,
}

impl Entries {
    /// Cuts a text; none where it has to be read as a whole.
    pub(super) fn of(text: &str, format: FileFormat) -> Option<Self> {
        match format {
            FileFormat::Toml => toml::cut(text),
            FileFormat::Yaml => yaml::cut(text),
            FileFormat::Json => json::cut(text),
        }
    }

    /// What the entries are read with.
    pub(super) fn around(&self) -> impl Iterator<Item = &str> {
        self.words.iter().chain(&self.product).map(String::as_str)
    }
}

/// A text of some parts and some features.
pub(super) fn together<'t>(
    format: FileFormat,
    parts: impl Iterator<Item = &'t str>,
    features: impl Iterator<Item = &'t str>,
) -> String {
    let features: Vec<&str> = features.collect();
    let mut parts: Vec<String> = parts.map(str::to_owned).collect();
    if !features.is_empty() {
        parts.push(match format {
            FileFormat::Toml => features.concat(),
            FileFormat::Yaml => format!("features:\n{}", features.concat()),
            FileFormat::Json => format!("\"features\":{{{}}}", features.join(",")),
        });
    }
    match format {
        FileFormat::Toml | FileFormat::Yaml => parts.concat(),
        FileFormat::Json => format!("{{{}}}", parts.join(",")),
    }
}
