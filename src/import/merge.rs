//! Imported features merged into a roadmap that people keep: what they wrote stays, and a reviewer sees what changed.

use std::collections::{BTreeSet, HashMap, HashSet};

use rust_decimal::Decimal;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use crate::input::decode::{Field, Text};
use crate::input::records::{FeatureRecord, RoadmapRecord};
use crate::model::capacity::parse_effort;
use crate::model::date::parse_date;
use crate::model::status::Status;
use crate::model::target::{Targets, parse_target};
use crate::model::window::{Date, Window};
use crate::text::{fold, toml_text};

use super::cells::{ImportedDate, is_same};
use super::feature::ImportedFeature;
use super::ids::KnownNames;
use super::write::{date, feature_text, imported_on, key, with_import_day};
use super::{ImportOptions, ImportedRoadmap, LeftOutRow, RowReason};

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

/// A feature of the file, as far as a table may change it.
struct KnownFeature<'r> {
    id: &'r str,
    refs: Vec<&'r str>,
    names: Vec<&'r str>,
    record: &'r FeatureRecord,
}

impl<'r> KnownFeature<'r> {
    fn new(id: &'r Text, record: &'r FeatureRecord) -> Self {
        let texts =
            |field: &'r Field<Vec<Text>>| field.given().into_iter().flatten().map(|text| text.value.as_str());
        let name = record.name.given().map(|name| name.value.as_str());
        let names = std::iter::once(id.value.as_str()).chain(name).chain(texts(&record.aliases)).collect();
        Self { id: &id.value, refs: texts(&record.own.refs).collect(), names, record }
    }

    fn is_called(&self, name: &str) -> bool {
        self.names.iter().any(|known| is_same(known, name))
    }
}

/// The project, the repository, the sheet that a key is of: what stands before its number. Keys without a number have none.
fn source_of(key: &str) -> Option<String> {
    let number = key
        .rfind(|letter: char| !letter.is_ascii_digit())
        .map_or(0, |at| at + key[at..].chars().next().map_or(0, char::len_utf8));
    (number < key.len()).then(|| fold(&key[..number]).into_owned())
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
    if body.contains("\r\n") {
        merged = merged.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    if merged != body {
        merged = with_import_day(&merged, body.trim().is_empty(), name, imported.profile, today);
    }
    let mark = &text[..text.len() - body.len()];
    let gone = gone.into_iter().map(|(id, key)| (id.to_owned(), key.to_owned())).collect();
    Ok(MergedRoadmap { text: format!("{mark}{merged}"), gone, left_out: matches.left_out })
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

/// Which feature of the file each row is about.
struct Matches {
    /// By the rows that were imported; none for those that are left out.
    of: Vec<Option<Match>>,
    left_out: Vec<LeftOutRow>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Match {
    /// One of the file.
    Known(usize),
    /// None: a new one.
    New,
}

impl Matches {
    /// Rows are known by their keys; what has none by its name.
    fn new(file: &str, known: &[KnownFeature<'_>], imported: &ImportedRoadmap) -> Self {
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
                    toml_text(key)
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
    fn ids(&self, known: &[KnownFeature<'_>], imported: &ImportedRoadmap) -> Vec<String> {
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
    match known.refs.iter().find(|known| source_of(known) == source) {
        Some(other) => {
            Err(format!("`{}` is the name of `{}` in {file}, whose key is `{other}`", feature.name, known.id))
        }
        None => Ok(()),
    }
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

/// Changes the tables of features.
struct Editor<'a> {
    options: &'a ImportOptions<'a>,
    names: HashMap<String, String>,
    /// The day from which what is replaced was so.
    on: Date,
}

impl Editor<'_> {
    fn update(
        &self,
        table: &mut dyn TableLike,
        known: &KnownFeature<'_>,
        feature: &ImportedFeature,
        has_target: bool,
    ) {
        let own = &known.record.own;
        self.rename(table, known, feature);
        if let Some(key) = &feature.reference
            && !known.refs.iter().any(|known| is_same(known, key))
        {
            let refs: Vec<&str> = known.refs.iter().copied().chain([key.as_str()]).collect();
            add(table, "ref", &refs);
        }
        let statuses = &self.options.vocabulary.statuses;
        let status = own.status.given().and_then(|text| Status::parse(&text.value, statuses).ok());
        if status != Some(feature.status) {
            set(table, "status", toml(&toml_text(feature.status.name())));
        }
        let is_over = matches!(feature.status, Status::Retired | Status::Rejected);
        // Of what has shipped, a target that cannot be read says nothing.
        let says_when =
            feature.status.is_before_release() || feature.target.is_some() || feature.has_no_target;
        if is_over || (has_target && says_when) {
            self.retarget(table, known, feature.target.as_ref());
        }
        let calendar = &self.options.vocabulary.calendar;
        let shipped = own.shipped.given().and_then(|text| parse_date(&text.value, calendar).ok());
        if let Some(new) = feature.shipped.as_ref().filter(|new| Some(new.window) != shipped) {
            set(table, "shipped", toml(&date(new)));
        }
        let team = own.team.given().map(|team| team.value.trim());
        if let Some(new) = feature.team.as_deref().filter(|new| Some(*new) != team) {
            set(table, "team", toml(&toml_text(new)));
        }
        let days = |text: &str| -> Option<Decimal> { parse_effort(text).ok() };
        let effort = own.effort.given().and_then(|text| days(&text.value));
        if let Some(new) = feature.effort.as_deref().filter(|new| days(new) != effort) {
            set(table, "effort", toml(&toml_text(new)));
        }
        for (key, new, old) in [("beta", &feature.beta, &own.beta), ("sunset", &feature.sunset, &own.sunset)]
        {
            let old = old.given().and_then(|text| parse_date(&text.value, calendar).ok());
            if let Some(new) = new.as_ref().filter(|new| Some(new.window) != old) {
                set(table, key, toml(&date(new)));
            }
        }
        if let Some(new) = feature.replaced_by.as_deref().map(|text| self.id(text)) {
            let old = known.record.replaced_by.given().map(|text| self.id(&text.value));
            if old.as_ref() != Some(&new) {
                set(table, "replaced-by", toml(&toml_text(&new)));
            }
        }
        self.depend(table, known, feature);
    }

    /// The id of what is called so.
    fn id(&self, text: &str) -> String {
        self.names.get(&*fold(text.trim())).cloned().unwrap_or_else(|| text.trim().to_owned())
    }

    /// A new title becomes the name, and the old one stays as an alias; one that people gave it already changes nothing.
    fn rename(&self, table: &mut dyn TableLike, known: &KnownFeature<'_>, feature: &ImportedFeature) {
        let name = known.record.name.given().map(|name| name.value.as_str());
        let aliases: Vec<&str> =
            known.record.aliases.given().into_iter().flatten().map(|alias| alias.value.as_str()).collect();
        let is_known = name.is_some_and(|name| is_same(name, &feature.name))
            || aliases.iter().any(|alias| is_same(alias, &feature.name));
        let mut all = aliases.clone();
        if !is_known {
            set(table, "name", toml(&toml_text(&feature.name)));
            all.extend(name);
        }
        let new =
            feature.aliases.iter().filter(|alias| !known.is_called(alias) && !is_same(alias, &feature.name));
        all.extend(new.map(String::as_str));
        if all.len() > aliases.len() {
            add(table, "aliases", &all);
        }
    }

    /// Replaces the target where it means another day, and keeps what it was.
    fn retarget(&self, table: &mut dyn TableLike, known: &KnownFeature<'_>, new: Option<&ImportedDate>) {
        let old = known.record.own.target.given();
        let targets = Targets {
            calendar: &self.options.vocabulary.calendar,
            releases: self.options.releases,
            reviewed: self.options.reviewed,
        };
        let window = old.and_then(|text| parse_target(&text.value, &targets).ok()).flatten();
        if window == new.map(|new| new.window) {
            return;
        }
        if let (Some(text), Some(window)) = (old, window) {
            self.remember(table, &text.value, window);
        }
        set(table, "target", toml(&new.map_or_else(|| toml_text("TBD"), date)));
        // Whoever said that a target holds, or that the team will keep it, has said nothing of another one.
        remove(table, "confirmed");
        remove(table, "committed");
    }

    fn remember(&self, table: &mut dyn TableLike, text: &str, window: Window) {
        // A release may move: what it meant is what counts.
        let is_release = self.options.releases.keys().any(|release| is_same(release, text));
        let text = if is_release || window.is_day() { window.to_string() } else { text.trim().to_owned() };
        let mut entry = InlineTable::new();
        entry.insert("on", toml(&self.on.to_string()));
        entry.insert("target", toml(&date(&ImportedDate { text, window })));
        match table.get_mut("history") {
            Some(Item::ArrayOfTables(tables)) => tables.push(entry.into_iter().collect::<Table>()),
            Some(Item::Value(Value::Array(list))) => list.push(entry),
            // One entry may stand without a list around it.
            Some(Item::Value(Value::InlineTable(one))) => {
                let list = Array::from_iter([Value::InlineTable(one.clone()), Value::InlineTable(entry)]);
                set(table, "history", Value::Array(list));
            }
            _ => set(table, "history", Value::Array(Array::from_iter([entry]))),
        }
    }

    /// Adds what a feature waits for; what people added stays.
    fn depend(&self, table: &mut dyn TableLike, known: &KnownFeature<'_>, feature: &ImportedFeature) {
        let own = known.record.own.depends_on.given().into_iter().flatten();
        let mut all: Vec<String> = own.map(|text| text.value.to_string()).collect();
        let before = all.len();
        let mut ids: HashSet<String> = all.iter().map(|text| self.id(text)).collect();
        for text in &feature.depends_on {
            let id = self.id(text);
            if ids.insert(id.clone()) {
                all.push(id);
            }
        }
        if all.len() > before {
            add(table, "depends-on", &all.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }

    /// Retires a feature whose row is gone.
    fn retire(&self, table: &mut dyn TableLike, known: &KnownFeature<'_>) {
        let status = known.record.own.status.given();
        let status =
            status.and_then(|text| Status::parse(&text.value, &self.options.vocabulary.statuses).ok());
        if !matches!(status, Some(Status::Retired | Status::Rejected)) {
            set(table, "status", toml(&toml_text(Status::Retired.name())));
            self.retarget(table, known, None);
        }
    }
}

/// Sets a key to a list, or to its only text. A list that is there keeps its layout and gets what is new.
fn add(table: &mut dyn TableLike, key: &str, texts: &[&str]) {
    if let Some(Item::Value(Value::Array(list))) = table.get_mut(key) {
        for text in texts.iter().skip(list.len()) {
            list.push(toml(&toml_text(text)));
        }
        return;
    }
    let value = match texts {
        [one] if key == "ref" => toml(&toml_text(one)),
        texts => Value::Array(texts.iter().map(|text| toml(&toml_text(text))).collect()),
    };
    set(table, key, value);
}

/// Sets a key; what stands around an older value stays.
fn set(table: &mut dyn TableLike, key: &str, mut value: Value) {
    if let Some(Item::Value(old)) = table.get_mut(key) {
        *value.decor_mut() = old.decor().clone();
        *old = value;
    } else {
        table.insert(key, Item::Value(value));
    }
}

/// Takes a key away. What stands above it is not of it alone, and stays above what comes next.
fn remove(table: &mut dyn TableLike, key: &str) {
    let above = table.key(key).and_then(|key| key.leaf_decor().prefix()).and_then(|prefix| prefix.as_str());
    let above = above.filter(|above| above.contains('#')).map(str::to_owned);
    let next = table.iter().map(|(key, _)| key).skip_while(|known| *known != key).nth(1).map(str::to_owned);
    if let (Some(above), Some(mut next)) = (above, next.and_then(|next| table.key_mut(&next))) {
        let decor = next.leaf_decor_mut();
        let own = decor.prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default();
        let both = format!("{above}{own}");
        decor.set_prefix(both);
    }
    table.remove(key);
}

fn toml(text: &str) -> Value {
    text.parse().unwrap_or_else(|_| Value::from(text))
}
