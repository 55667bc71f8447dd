//! Which feature of a roadmap each row of a table is about.

use std::collections::HashMap;

use crate::input::decode::{Field, Text};
use crate::input::records::FeatureRecord;
use crate::text::{fold, toml_string};

use super::cells::is_same;
use super::feature::ImportedFeature;
use super::ids::KnownNames;
use super::{ImportedRoadmap, LeftOutRow, RowReason};

/// A feature of the file, as far as a table may change it.
pub(super) struct KnownFeature<'r> {
    pub(super) id: &'r str,
    pub(super) refs: Vec<&'r str>,
    pub(super) names: Vec<&'r str>,
    pub(super) record: &'r FeatureRecord,
}

impl<'r> KnownFeature<'r> {
    pub(super) fn new(id: &'r Text, record: &'r FeatureRecord) -> Self {
        let texts =
            |field: &'r Field<Vec<Text>>| field.given().into_iter().flatten().map(|text| text.value.as_str());
        let name = record.name.given().map(|name| name.value.as_str());
        let names = std::iter::once(id.value.as_str()).chain(name).chain(texts(&record.aliases)).collect();
        Self { id: &id.value, refs: texts(&record.own.refs).collect(), names, record }
    }

    pub(super) fn is_called(&self, name: &str) -> bool {
        self.names.iter().any(|known| is_same(known, name))
    }
}

/// The project, the repository, the sheet that a key is of: what stands before its number. Keys without a number have none.
pub(super) fn source_of(key: &str) -> Option<String> {
    let number = key
        .rfind(|letter: char| !letter.is_ascii_digit())
        .map_or(0, |at| at + key[at..].chars().next().map_or(0, char::len_utf8));
    (number < key.len()).then(|| fold(&key[..number]).into_owned())
}

/// Which feature of the file each row is about.
pub(super) struct Matches {
    /// By the rows that were imported; none for those that are left out.
    pub(super) of: Vec<Option<Match>>,
    pub(super) left_out: Vec<LeftOutRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Match {
    /// One of the file.
    Known(usize),
    /// None: a new one.
    New,
}

impl Matches {
    /// Rows are known by their keys; what has none by its name.
    pub(super) fn new(file: &str, known: &[KnownFeature<'_>], imported: &ImportedRoadmap) -> Self {
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, feature) in known.iter().enumerate() {
            for key in &feature.refs {
                by_key.entry(fold(key.trim()).into_owned()).or_default().push(at);
            }
            for name in &feature.names {
                let owners = by_name.entry(fold(name.trim()).into_owned()).or_default();
                if owners.last() != Some(&at) {
                    owners.push(at);
                }
            }
        }
        let of_key = |feature: &ImportedFeature| {
            let key = feature.reference.as_ref()?;
            by_key.get(&*fold(key)).map(Vec::as_slice)
        };
        let mut claimed: HashMap<usize, usize> = HashMap::new();
        for feature in &imported.features {
            // Keys first, in a round of their own: no earlier row takes by its name what a later one has by its key.
            if let Some([one]) = of_key(feature) {
                claimed.entry(*one).or_insert(feature.number);
            }
        }
        let mut matches = Self { of: Vec::new(), left_out: Vec::new() };
        for feature in &imported.features {
            let of_name = || by_name.get(&*fold(feature.name.trim())).map_or(&[][..], Vec::as_slice);
            let found = match (of_key(feature), &feature.reference) {
                (Some([one]), _) => Ok(Match::Known(*one)),
                (Some(several), Some(key)) => Err(format!(
                    "`{key}` is the key of `{}` and of `{}` in {file}",
                    known[several[0]].id, known[several[1]].id
                )),
                _ => match of_name() {
                    [] => Ok(Match::New),
                    [one] => adopted(file, &known[*one], feature).map(|()| Match::Known(*one)),
                    [one, other, ..] => Err(format!(
                        "`{}` is the name of `{}` and of `{}` in {file}",
                        feature.name, known[*one].id, known[*other].id
                    )),
                },
            };
            let found = found.and_then(|found| {
                let own = if let Match::Known(at) = found { Some(at) } else { None };
                if let Some(other) =
                    own.and_then(|at| claimed.get(&at)).filter(|other| **other != feature.number)
                {
                    return Err(format!("row {other} is about the same feature of {file}"));
                }
                own.map(|at| claimed.insert(at, feature.number));
                let taken = std::iter::once(&feature.name).chain(&feature.aliases).find_map(|name| {
                    let owners = by_name.get(&*fold(name.trim()))?;
                    let other = owners.iter().find(|owner| Some(**owner) != own)?;
                    Some(format!("`{name}` is a name of `{}` in {file}, too", known[*other].id))
                });
                taken.map_or(Ok(found), Err)
            });
            matches.of.push(found.as_ref().ok().copied());
            if let Err(what) = found {
                let key = feature.reference.as_deref().unwrap_or("its key");
                let help = format!(
                    "if it is that feature, write `ref = {}` there, else give it another name",
                    toml_string(key)
                );
                let reason = RowReason { header: String::new(), what, helps: vec![help] };
                matches.left_out.push(LeftOutRow {
                    at: feature.at,
                    number: feature.number,
                    reasons: vec![reason],
                });
            }
        }
        matches
    }

    /// The id of each imported feature.
    pub(super) fn ids(&self, known: &[KnownFeature<'_>], imported: &ImportedRoadmap) -> Vec<String> {
        let mut names = KnownNames::default();
        for (at, feature) in known.iter().enumerate() {
            names.take_id(feature.id);
            feature.names.iter().for_each(|name| names.take_name(name, imported.features.len() + at));
        }
        for (at, feature) in imported.features.iter().enumerate() {
            for name in std::iter::once(&feature.name).chain(&feature.aliases) {
                names.take_name(name, at);
            }
        }
        let id = |(at, feature): (usize, &ImportedFeature)| match self.of[at] {
            Some(Match::Known(at)) => known[at].id.to_owned(),
            Some(Match::New) => names.id(feature, at),
            None => String::new(),
        };
        imported.features.iter().enumerate().map(id).collect()
    }
}

/// Whether a feature that was found by its name may be that of a row.
fn adopted(file: &str, known: &KnownFeature<'_>, feature: &ImportedFeature) -> Result<(), String> {
    let Some(key) = &feature.reference else { return Ok(()) };
    let source = source_of(key);
    // Another key of one project is another feature there; one of another tool may be the same feature.
    match known.refs.iter().find(|known| source_of(known) == source) {
        Some(other) => {
            Err(format!("`{}` is the name of `{}` in {file}, whose key is `{other}`", feature.name, known.id))
        }
        None => Ok(()),
    }
}
