//! Imported features merged into a roadmap that people keep: what they wrote stays, and a reviewer sees what changed.

use std::collections::{BTreeSet, HashMap, HashSet};

use toml_edit::{DocumentMut, Item, TableLike};

use crate::input::records::RoadmapRecord;
use crate::model::window::Date;
use crate::text::fold;

use super::cells::{ImportedDate, is_same};
use super::edit::{Editor, MovedReleases, set, toml};
use super::matches::{KnownFeature, Match, Matches, source_of};
use super::write::{date, feature_text, imported_on, key, with_import_day};
use super::{ImportOptions, ImportedRoadmap, LeftOutRow};

/// What becomes of features whose rows are gone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum GonePolicy {
    /// They stay as they are
    #[default]
    Keep,
    /// They are retired
    Retired,
}

/// A roadmap with what a table says now.
#[derive(Debug)]
pub(crate) struct MergedRoadmap {
    /// The file.
    pub text: String,
    /// The ids of the features whose rows are gone, with their keys.
    pub gone: Vec<(String, String)>,
    /// The rows that go with no feature, or with two.
    pub left_out: Vec<LeftOutRow>,
}

/// Merges what a table says into the text of a roadmap, which has been read without a problem.
pub(crate) fn merge(
    (file, text, record): (&str, &str, &RoadmapRecord),
    (name, imported): (&str, &ImportedRoadmap),
    options: &ImportOptions<'_>,
    (today, policy): (Date, GonePolicy),
) -> Result<MergedRoadmap, String> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut document: DocumentMut =
        body.parse().map_err(|error: toml_edit::TomlError| format!("it is no TOML: {}", error.message()))?;
    let entries = record.features.given().map_or(&[][..], |table| &table.entries);
    let known: Vec<KnownFeature<'_>> =
        entries.iter().filter_map(|(id, field)| Some(KnownFeature::new(id, field.given()?))).collect();
    let matches = Matches::new(file, &known, imported);
    let ids = matches.ids(&known, imported);
    // `history` names the day from which a target held: the old one did from the last import on.
    let last_import = imported_on(body, imported.profile).unwrap_or(today);
    let editor = Editor { options, names: names(&known, imported, &ids), on: last_import };
    let mut added = String::new();
    for (at, feature) in imported.features.iter().enumerate() {
        match matches.of[at] {
            Some(Match::Known(known_at)) => {
                let known = &known[known_at];
                editor.update(table(&mut document, known.id)?, known, feature, imported.has_target);
            }
            Some(Match::New) => {
                added.push('\n');
                added += &feature_text(&ids[at], feature, &editor.names);
            }
            None => {}
        }
    }
    let moved = moved_releases(options, &imported.releases);
    if !moved.is_empty() {
        let with_rows: HashSet<&Option<Match>> = matches.of.iter().collect();
        for (at, feature) in known.iter().enumerate() {
            let has_row = with_rows.contains(&Some(Match::Known(at)));
            editor.move_with(table(&mut document, feature.id)?, &moved, has_row);
        }
    }
    // By keys: a feature that people added by hand has none, and is never gone.
    let gone = gone(&known, imported);
    if policy == GonePolicy::Retired {
        for (id, _) in &gone {
            let feature = known.iter().find(|feature| feature.id == *id);
            if let Some(feature) = feature {
                editor.retire(table(&mut document, id)?, feature);
            }
        }
    }
    added.insert_str(0, &set_releases(&mut document, options, &imported.releases));
    let mut merged = document.to_string();
    if !added.is_empty() {
        if matches.of.contains(&Some(Match::New)) && document.get("features").is_some_and(Item::is_value) {
            return Err("`features` stands on one line, which leaves no room for further ones; write each as `[features.ID]`".to_owned());
        }
        merged.truncate(merged.trim_end().len());
        if !merged.is_empty() {
            merged.push('\n');
        }
        merged += &added;
    }
    // What is new ends its lines as what was there.
    if body.contains("\r\n") {
        merged = merged.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    // A second import of the same table changes no byte, so its day is only written with a change.
    if merged != body {
        merged = with_import_day(&merged, body.trim().is_empty(), name, imported.profile, today);
    }
    let mark = &text[..text.len() - body.len()];
    let gone = gone.into_iter().map(|(id, key)| (id.to_owned(), key.to_owned())).collect();
    Ok(MergedRoadmap { text: format!("{mark}{merged}"), gone, left_out: matches.left_out })
}

/// The releases of the roadmap that have another date in a table.
fn moved_releases(options: &ImportOptions<'_>, releases: &[(String, ImportedDate)]) -> MovedReleases {
    let moved = releases.iter().filter_map(|(name, day)| {
        let (_, old) = options.releases.iter().find(|(known, _)| is_same(known, name))?;
        (*old != Some(day.window)).then(|| (fold(name.trim()).into_owned(), *old))
    });
    moved.collect()
}

/// Gives releases their dates, and returns what is to be added where the roadmap has none yet.
fn set_releases(
    document: &mut DocumentMut,
    options: &ImportOptions<'_>,
    releases: &[(String, ImportedDate)],
) -> String {
    if let Some(table) = document.get_mut("releases").and_then(Item::as_table_like_mut) {
        for (name, day) in releases {
            let known =
                table.iter().map(|(known, _)| known).find(|known| is_same(known, name)).map(str::to_owned);
            let old = known.as_ref().and_then(|known| *options.releases.get(known)?);
            if old != Some(day.window) {
                set(table, known.as_deref().unwrap_or(name), toml(&date(day)));
            }
        }
        return String::new();
    }
    let lines = releases.iter().map(|(name, day)| format!("{} = {}\n", key(name), date(day)));
    if releases.is_empty() { String::new() } else { format!("\n[releases]\n{}", lines.collect::<String>()) }
}

/// The table of a feature.
fn table<'d>(document: &'d mut DocumentMut, id: &str) -> Result<&'d mut dyn TableLike, String> {
    let features = document.get_mut("features").and_then(Item::as_table_like_mut);
    let feature = features.and_then(|features| features.get_mut(id)).and_then(Item::as_table_like_mut);
    feature.ok_or_else(|| format!("the table of `{id}` cannot be found"))
}

/// What a dependency may be called, with the id that it has.
fn names(known: &[KnownFeature<'_>], imported: &ImportedRoadmap, ids: &[String]) -> HashMap<String, String> {
    let mut names = HashMap::new();
    for feature in known {
        for name in feature.names.iter().chain(&feature.refs) {
            names.entry(fold(name.trim()).into_owned()).or_insert_with(|| feature.id.to_owned());
        }
    }
    for (feature, id) in imported.features.iter().zip(ids).filter(|(_, id)| !id.is_empty()) {
        for name in feature.reference.iter().chain([&feature.name]).chain(&feature.aliases) {
            names.entry(fold(name).into_owned()).or_insert_with(|| id.clone());
        }
    }
    names
}

/// The features of the same sources whose rows are gone, with their keys.
fn gone<'r>(known: &[KnownFeature<'r>], imported: &ImportedRoadmap) -> Vec<(&'r str, &'r str)> {
    let Some(keys) = &imported.all_keys else { return Vec::new() };
    let there: HashSet<String> = keys.iter().map(|key| fold(key).into_owned()).collect();
    let sources: BTreeSet<String> = keys.iter().filter_map(|key| source_of(key)).collect();
    let is_gone = |feature: &KnownFeature<'r>| {
        let own =
            feature.refs.iter().filter(|key| source_of(key).is_some_and(|source| sources.contains(&source)));
        let own: Vec<&&str> = own.collect();
        let all_gone = own.iter().all(|key| !there.contains(&*fold(key.trim())));
        own.first().filter(|_| all_gone).map(|key| (feature.id, **key))
    };
    known.iter().filter_map(is_gone).collect()
}
