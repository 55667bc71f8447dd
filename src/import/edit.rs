//! Changes of a roadmap in TOML that leave alone what they are not about: comments, the order, keys kept by hand.

use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;
use toml_edit::{Array, InlineTable, Item, Table, TableLike, Value};

use crate::model::capacity::parse_effort;
use crate::model::date::parse_date;
use crate::model::status::Status;
use crate::model::target::{Targets, parse_target};
use crate::model::window::{Date, Window};
use crate::text::{fold, toml_string};

use super::ImportOptions;
use super::cells::{ImportedDate, is_same};
use super::feature::ImportedFeature;
use super::matches::KnownFeature;
use super::write::date;

/// Releases that have another date now, by their names without regard to case, each with what it meant; none where that was no
/// date.
pub(super) type MovedReleases = HashMap<String, Option<Window>>;

/// Changes the tables of features.
pub(super) struct Editor<'a> {
    pub(super) options: &'a ImportOptions<'a>,
    pub(super) names: HashMap<String, String>,
    /// The day from which what is replaced was so.
    pub(super) on: Date,
}

impl Editor<'_> {
    pub(super) fn update(
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
        // Compared by meaning: `GA` in the file and `shipped` in the table are one status, and no change.
        if status != Some(feature.status) {
            set(table, "status", toml(&toml_string(feature.status.name())));
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
            set(table, "team", toml(&toml_string(new)));
        }
        let days = |text: &str| -> Option<Decimal> { parse_effort(text).ok() };
        let effort = own.effort.given().and_then(|text| days(&text.value));
        if let Some(new) = feature.effort.as_deref().filter(|new| days(new) != effort) {
            set(table, "effort", toml(&toml_string(new)));
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
                set(table, "replaced-by", toml(&toml_string(&new)));
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
            set(table, "name", toml(&toml_string(&feature.name)));
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
        // `Q2 2027` for `2027-Q2` is the same target, and stays as people wrote it.
        if window == new.map(|new| new.window) {
            return;
        }
        if let (Some(text), Some(window)) = (old, window) {
            self.remember(table, &text.value, window);
        }
        set(table, "target", toml(&new.map_or_else(|| toml_string("TBD"), date)));
        // Whoever said that a target holds, or that the team will keep it, has said nothing of another one.
        remove(table, "confirmed");
        remove(table, "committed");
    }

    fn remember(&self, table: &mut dyn TableLike, text: &str, window: Window) {
        // A release may move: what it meant is what counts.
        let is_release = self.options.releases.keys().any(|release| is_same(release, text));
        let text = if is_release || window.is_day() { window.to_string() } else { text.trim().to_owned() };
        self.add_to_history(table, text, window);
    }

    /// What moves with releases of which a table gives another date, with what each meant: a feature whose target is one, if no
    /// row is about it, and its further offers, which no row is about.
    pub(super) fn move_with(&self, table: &mut dyn TableLike, moved: &MovedReleases, has_row: bool) {
        if !has_row {
            self.move_target(table, moved);
        }
        match table.get_mut("offers") {
            Some(Item::ArrayOfTables(offers)) => {
                offers.iter_mut().for_each(|offer| self.move_target(offer, moved));
            }
            Some(Item::Value(Value::Array(offers))) => {
                let offers = offers.iter_mut().filter_map(Value::as_inline_table_mut);
                offers.for_each(|offer| self.move_target(offer, moved));
            }
            Some(offer) => {
                offer.as_table_like_mut().into_iter().for_each(|offer| self.move_target(offer, moved));
            }
            None => {}
        }
    }

    fn move_target(&self, table: &mut dyn TableLike, moved: &MovedReleases) {
        let target = table.get("target").and_then(Item::as_str);
        let Some(old) = target.and_then(|text| moved.get(&*fold(text.trim()))) else { return };
        if let Some(window) = old {
            self.add_to_history(table, window.to_string(), *window);
        }
        remove(table, "confirmed");
        remove(table, "committed");
    }

    fn add_to_history(&self, table: &mut dyn TableLike, text: String, window: Window) {
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
    pub(super) fn retire(&self, table: &mut dyn TableLike, known: &KnownFeature<'_>) {
        let status = known.record.own.status.given();
        let status =
            status.and_then(|text| Status::parse(&text.value, &self.options.vocabulary.statuses).ok());
        if !matches!(status, Some(Status::Retired | Status::Rejected)) {
            // The entry stays: contracts that name it would otherwise name an unknown feature.
            set(table, "status", toml(&toml_string(Status::Retired.name())));
            self.retarget(table, known, None);
        }
    }
}

/// Sets a key to a list, or to its only text. A list that is there keeps its layout and gets what is new.
fn add(table: &mut dyn TableLike, key: &str, texts: &[&str]) {
    if let Some(Item::Value(Value::Array(list))) = table.get_mut(key) {
        for text in texts.iter().skip(list.len()) {
            list.push(toml(&toml_string(text)));
        }
        return;
    }
    let value = match texts {
        [one] if key == "ref" => toml(&toml_string(one)),
        texts => Value::Array(texts.iter().map(|text| toml(&toml_string(text))).collect()),
    };
    set(table, key, value);
}

/// Sets a key; what stands around an older value stays.
pub(super) fn set(table: &mut dyn TableLike, key: &str, mut value: Value) {
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

/// A value, as it is written.
pub(super) fn toml(text: &str) -> Value {
    text.parse().unwrap_or_else(|_| Value::from(text))
}
