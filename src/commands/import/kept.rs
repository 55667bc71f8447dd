//! Options of an import that the configuration keeps.

use clap::ValueEnum;

use crate::cli::ImportArgs;
use crate::diagnostic::Problem;
use crate::import::{PROFILES, ROADMAP_KEYS, profile};
use crate::input::decode::{Field, Table, Text};
use crate::input::records::ImportRecord;
use crate::model::misread::{none_of, value};
use crate::model::scope::same;
use crate::text::{and_list, in_backticks};

/// Arguments with what the configuration keeps for those that were not typed.
pub(super) fn with(args: &ImportArgs, kept: &ImportRecord, problems: &mut Vec<Problem>) -> ImportArgs {
    let mut args = args.clone();
    let known = || PROFILES.iter().map(|profile| profile.name);
    let name =
        one_of(&kept.profile, "profile", known().collect(), problems, |name| Some(profile(name)?.name));
    args.profile = args.profile.or(name.map(str::to_owned));
    args.sheet = args.sheet.or(kept.sheet.given().map(|sheet| sheet.value.to_string()));
    let order = choice(&kept.date_order, "date-order", problems);
    args.date_order = args.date_order.or(order);
    let gone = choice(&kept.gone, "gone", problems);
    args.gone = args.gone.or(gone.filter(|_| args.update.is_some()));
    let keys = kept.map.given().into_iter().flat_map(|table| &table.entries).map(|(key, _)| key);
    for key in keys.filter(|key| !ROADMAP_KEYS.contains(&&*key.value) && key.value != "feature") {
        let title = format!("`{}` is no key that a column may hold", key.value);
        let otherwise = format!("the keys are {}", and_list(&in_backticks(ROADMAP_KEYS)));
        problems.push(
            Problem::at(key.span, title, "unknown key").help_nearest(&key.value, ROADMAP_KEYS, otherwise),
        );
    }
    add(&mut args.map, &kept.map);
    add(&mut args.only, &kept.only);
    args
}

/// Adds the entries of a table of which nothing was typed.
fn add(typed: &mut Vec<(String, String)>, kept: &Field<Table<Vec<Text>>>) {
    let is_typed = |name: &Text| typed.iter().any(|(known, _)| same(known, &name.value));
    let entries = kept.given().into_iter().flat_map(|table| &table.entries);
    let entries =
        entries.filter(|(name, _)| !is_typed(name)).filter_map(|(name, texts)| Some((name, texts.given()?)));
    let new: Vec<(String, String)> = entries
        .flat_map(|(name, texts)| texts.iter().map(|text| (name.value.to_string(), text.value.to_string())))
        .collect();
    typed.extend(new);
}

/// One of the values that an option may have on the command line.
fn choice<T: ValueEnum>(field: &Field<Text>, key: &str, problems: &mut Vec<Problem>) -> Option<T> {
    let values = T::value_variants().iter().filter_map(T::to_possible_value);
    let names: Vec<String> = values.map(|value| value.get_name().to_owned()).collect();
    let names = names.iter().map(String::as_str).collect();
    one_of(field, key, names, problems, |text| T::from_str(text, false).ok())
}

fn one_of<T>(
    field: &Field<Text>,
    key: &str,
    names: Vec<&str>,
    problems: &mut Vec<Problem>,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let parse = |text: &str| {
        read(text.trim()).ok_or_else(|| none_of(&names, text, format!("`{text}` is no `{key}`")))
    };
    value(field.given()?, problems, parse).map(|read| read.value)
}
