//! Promises one by one: a row each, for programs that put their own questions.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::deals::{Deal, DealPromise, DrawnFinding};
use crate::delivery::Slack;
use crate::model::window::Date;

use super::Report;

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum CellValue {
    /// Nothing.
    Nothing,
    /// Words.
    Text(String),
    /// Several words.
    List(Vec<String>),
    /// A day.
    Day(Date),
    /// A number.
    Integer(i64),
    /// An amount, whose currency has a cell of its own.
    Amount(Decimal),
}

impl CellValue {
    /// A text, if there is one.
    pub(super) fn text(text: Option<impl AsRef<str>>) -> Self {
        let text = text.as_ref().map(AsRef::as_ref).filter(|text: &&str| !text.is_empty());
        text.map_or(Self::Nothing, |text| Self::Text(text.to_owned()))
    }

    /// A day, if there is one.
    pub(super) fn day(day: Option<Date>) -> Self {
        day.map_or(Self::Nothing, Self::Day)
    }

    /// As it stands in a table.
    pub(super) fn to_text(&self) -> String {
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => text.clone(),
            Self::List(texts) => texts.join("; "),
            Self::Day(day) => day.to_string(),
            Self::Integer(number) => number.to_string(),
            Self::Amount(amount) => amount.to_string(),
        }
    }
}

/// What each column of a promise is called.
pub(super) const COLUMNS: [&str; 19] = [
    "contract", "customer", "seller", "status", "file", "value", "currency", "requirement", "clause", "text",
    "features", "delivery", "deadline", "target", "days", "lints", "waived", "slack-at-signing", "slack",
];

/// The promises of a report, each with the values of its columns. What a contract is worth stands at its first promise
/// alone, so that a sum is right.
pub(super) fn rows(report: &Report<'_>) -> Vec<[CellValue; COLUMNS.len()]> {
    report
        .deals
        .iter()
        .flat_map(|deal| deal.promises.iter().enumerate().map(|(at, promise)| row(deal, promise, at == 0)))
        .collect()
}

fn row(deal: &Deal, promise: &DealPromise, is_first: bool) -> [CellValue; COLUMNS.len()] {
    let value = deal.own_value().filter(|_| is_first);
    let worst = promise.worst_judgement();
    let delivery = match promise.delivery {
        Some(delivery) => CellValue::Text(delivery.name().to_owned()),
        None if promise.is_service => CellValue::Text("service".to_owned()),
        None => CellValue::Nothing,
    };
    let mut features: Vec<String> = Vec::new();
    for judgement in &promise.judgements {
        if !features.contains(&judgement.feature.id) {
            features.push(judgement.feature.id.clone());
        }
    }
    let about = |drawn: &&DrawnFinding| drawn.is_about_requirement(&promise.requirement);
    let [lints, waived] = [false, true].map(|only_waived| lints(deal, about, only_waived));
    [
        CellValue::text(deal.id.as_ref()),
        CellValue::text(deal.customer.as_ref()),
        CellValue::text(deal.seller.as_ref()),
        CellValue::Text(deal.status.to_string()),
        CellValue::Text(deal.file.clone()),
        value.map_or(CellValue::Nothing, |value| CellValue::Amount(value.amount)),
        value.map_or(CellValue::Nothing, |value| CellValue::Text(value.currency.code().to_owned())),
        CellValue::Text(promise.requirement.clone()),
        CellValue::text(promise.clause.as_deref()),
        CellValue::text(promise.text.as_ref()),
        CellValue::List(features),
        delivery,
        CellValue::day(promise.deadline.map(|deadline| deadline.latest)),
        CellValue::day(worst.and_then(|worst| worst.expected).map(|expected| expected.latest)),
        worst.and_then(|worst| worst.days).map_or(CellValue::Nothing, CellValue::Integer),
        lints,
        waived,
        slack(promise.slack_at_signing),
        slack(promise.slack),
    ]
}

/// A number of days, or why there is none.
fn slack(slack: Option<Slack>) -> CellValue {
    match slack {
        None => CellValue::Nothing,
        Some(Slack::Days(days)) => CellValue::Integer(days),
        Some(other) => CellValue::Text(other.words()),
    }
}

/// The names of the lints that found something, sorted, each once; with `only_waived`, of waived findings only.
pub(super) fn lints(deal: &Deal, about: impl Fn(&&DrawnFinding) -> bool, only_waived: bool) -> CellValue {
    let found = deal.findings.iter().filter(about).map(|drawn| &drawn.finding);
    let names: BTreeSet<&str> = found
        .filter(|finding| !only_waived || finding.waived.is_some())
        .map(|finding| finding.lint.name)
        .collect();
    CellValue::List(names.into_iter().map(str::to_owned).collect())
}
