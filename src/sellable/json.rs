//! One JSON object, for programs. Its keys are a promise: they are added to, never changed.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use crate::model::annotations::Annotations;
use crate::model::contract::Need;
use crate::model::window::Date;
use crate::output::{WindowJson, json_object, json_problem as unread};
use crate::text::clean;

use super::{Answer, Question, Sellability, Sheet};

/// The version of the shape below.
const VERSION: u32 = 1;

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct SellableJson<P> {
    version: u32,
    today: String,
    /// Absent where no date was asked for: then it is as of today.
    by: Option<WindowJson>,
    r#for: BTreeMap<String, Vec<String>>,
    needs: BTreeMap<String, Value>,
    beta: bool,
    margin_days: i64,
    features: Vec<AnswerJson>,
    problems: Vec<P>,
    summary: SellableSummaryJson,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct AnswerJson {
    feature: String,
    name: Option<String>,
    sellable: bool,
    /// Whether it may be promised for some values only of a dimension that was not named.
    limited: bool,
    /// From which day on, from today, it may be promised.
    first_date: Option<String>,
    delivery: &'static str,
    certain: Option<bool>,
    target: Option<WindowJson>,
    spare_days: Option<i64>,
    by_beta: bool,
    sellable_as_beta: bool,
    /// Of each dimension that was not named and in which not everything may be promised, the values that may.
    available_for: BTreeMap<String, Vec<String>>,
    unstated: Vec<String>,
    sunset: Option<String>,
    replaced_by: Option<String>,
    /// Days of work for each customer who is promised it.
    custom_effort_days: Option<String>,
    lints: BTreeSet<&'static str>,
    why: String,
    /// Where more can be looked up about the feature.
    refs: Vec<String>,
    /// Whose it is.
    owner: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct SellableSummaryJson {
    features: usize,
    sellable: usize,
    later: usize,
    never: usize,
    unread: usize,
}

pub(super) fn draw(sheet: Sheet<'_>) -> String {
    let question = sheet.question;
    let count = |wanted: fn(Sellability) -> bool| {
        sheet.answers.iter().filter(|answer| wanted(answer.sellability)).count()
    };
    let page = SellableJson {
        version: VERSION,
        today: sheet.today.to_string(),
        by: question.and_then(|question| question.by.as_ref()).map(|(by, _)| by.window.into()),
        r#for: question.map(scope).unwrap_or_default(),
        needs: question.map(needs).unwrap_or_default(),
        beta: question.is_some_and(|question| question.beta),
        margin_days: sheet.margin,
        features: sheet.answers.iter().map(row).collect(),
        problems: sheet.problems.iter().map(|problem| unread(problem, sheet.sources)).collect(),
        summary: SellableSummaryJson {
            features: sheet.answers.len(),
            sellable: count(|sellability| sellability == Sellability::Yes),
            later: count(|sellability| matches!(sellability, Sellability::From(_))),
            never: count(|sellability| sellability == Sellability::No),
            unread: count(|sellability| sellability == Sellability::Unread),
        },
    };
    json_object(&page)
}

fn scope(question: &Question) -> BTreeMap<String, Vec<String>> {
    let values = |values: &[std::sync::Arc<str>]| values.iter().map(|value| owned(value)).collect();
    question.scope.iter().map(|(name, all)| (owned(name), values(all))).collect()
}

/// A bound as a text, and words as a list where they are several.
fn needs(question: &Question) -> BTreeMap<String, Value> {
    let value = |need: &Need| {
        let texts: Vec<String> = need.constraint.value.texts().iter().map(|text| owned(text)).collect();
        <[String; 1]>::try_from(texts).map_or_else(Value::from, |[only]| only.into())
    };
    question.needs.iter().map(|need| (owned(&need.name.value), value(need))).collect()
}

fn row(answer: &Answer) -> AnswerJson {
    let day = |day: Date| day.to_string();
    let all = |texts: &[String]| texts.iter().map(|text| owned(text)).collect();
    AnswerJson {
        feature: owned(&answer.id),
        name: answer.name.as_deref().map(owned),
        sellable: answer.sellability == Sellability::Yes,
        limited: !answer.only.is_empty(),
        first_date: answer.first.map(day),
        delivery: answer.delivery.name(),
        certain: answer.certain,
        target: answer.expected.map(WindowJson::from),
        spare_days: answer.spare,
        by_beta: answer.by_beta,
        sellable_as_beta: answer.with_beta || answer.sellability == Sellability::Yes && answer.by_beta,
        available_for: answer.only.iter().map(|(name, values)| (owned(name), all(values))).collect(),
        unstated: all(&answer.unstated),
        sunset: answer.sunset.map(day),
        replaced_by: answer.replaced_by.as_deref().map(owned),
        custom_effort_days: answer.custom_effort.map(|days| days.normalize().to_string()),
        lints: answer.lints.clone(),
        why: owned(&answer.why_in_full()),
        refs: Annotations::shown_refs(answer.annotations.as_deref()),
        owner: Annotations::shown_owner(answer.annotations.as_deref()),
    }
}

fn owned(text: &str) -> String {
    clean(text).into_owned()
}
