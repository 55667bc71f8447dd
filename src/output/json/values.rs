//! Money, days and scopes, as every object has them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::money::{Money, Sums};
use crate::model::scope::{Cell, Scope};
use crate::model::window::Window;
use crate::text::clean;

/// An amount of money.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "money")]
pub(crate) struct MoneyJson {
    /// The amount, exact, as a decimal number in a text.
    // Not a number: most programs read those of JSON as binary fractions.
    amount: String,
    /// The currency: three letters, such as `EUR`.
    currency: String,
}

/// A window of days; both are the same where it is one day.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "window")]
pub(crate) struct WindowJson {
    /// The first day.
    #[schemars(extend("format" = "date"))]
    earliest: String,
    /// The last day.
    #[schemars(extend("format" = "date"))]
    latest: String,
}

/// A scope: dimensions with their values.
pub(super) type Lists<'a> = BTreeMap<Cow<'a, str>, Vec<Cow<'a, str>>>;

/// A value of each dimension.
pub(super) type Values<'a> = BTreeMap<Cow<'a, str>, Cow<'a, str>>;

/// A scope, as the object holds it.
pub(super) fn lists(scope: &Scope) -> Lists<'_> {
    scope.dimensions().map(|it| (clean(it.name()), it.values().map(clean).collect())).collect()
}

/// A cell, as the object holds it.
pub(super) fn values(cell: &Cell) -> Values<'_> {
    cell.iter().map(|(name, value)| (clean(name), clean(value))).collect()
}

impl From<Window> for WindowJson {
    fn from(window: Window) -> Self {
        Self { earliest: window.earliest.to_string(), latest: window.latest.to_string() }
    }
}

impl From<Money> for MoneyJson {
    fn from(money: Money) -> Self {
        // As a text, which stays exact: most readers of JSON make a binary fraction of a number.
        Self { amount: money.amount.to_string(), currency: money.currency.to_string() }
    }
}

impl From<Sums> for Vec<MoneyJson> {
    fn from(sums: Sums) -> Self {
        sums.iter().map(MoneyJson::from).collect()
    }
}
