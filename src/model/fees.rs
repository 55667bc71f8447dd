//! What a contract pays regularly, by name: what terms and remedies are shares and multiples of.

use std::collections::HashMap;
use std::sync::Arc;

use compact_str::CompactString;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Table, Text};
use crate::text;

use super::misread::{Misread, meaning, twins};
use super::money::Money;
use super::scope::same;

/// The name of the contract's value among what shares may be of.
pub(crate) const VALUE: &str = "value";

/// What a contract names that shares and multiples may be of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fees {
    /// The files of a deal have them in common.
    named: Arc<[(CompactString, Option<Money>)]>,
    /// Their places by name, folded; of two of one name the first is found.
    places: Arc<HashMap<String, usize>>,
    /// Whether some may have been lost to an error.
    is_cut: bool,
}

/// What a name of a fee stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NamedFee {
    /// So much.
    Known(Money),
    /// It could not be read, which has been reported.
    Unreadable,
    /// There is none of this name.
    Unknown,
}

impl Fees {
    /// Whether it names nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// Those that could be read.
    pub(crate) fn known(&self) -> impl Iterator<Item = (&str, Money)> {
        self.named.iter().filter_map(|(name, fee)| Some((name.as_str(), (*fee)?)))
    }

    /// Those of some names.
    pub(crate) fn only(&self, names: &[String]) -> Self {
        let is_wanted = |known: &str| names.iter().any(|name| same(name, known));
        Self::of(self.named.iter().filter(|(name, _)| is_wanted(name)).cloned().collect(), self.is_cut)
    }

    fn of(named: Vec<(CompactString, Option<Money>)>, is_cut: bool) -> Self {
        let mut places = HashMap::with_capacity(named.len());
        for (at, (name, _)) in named.iter().enumerate() {
            places.entry(text::fold(name).into_owned()).or_insert(at);
        }
        Self { named: named.into(), places: Arc::new(places), is_cut }
    }

    /// These, and of others those whose names are not among them.
    #[must_use]
    pub(crate) fn or(&self, others: &Self) -> Self {
        let is_new = |(name, _): &&(CompactString, _)| !self.places.contains_key(&*text::fold(name));
        let named = self.named.iter().chain(others.named.iter().filter(is_new)).cloned().collect();
        Self::of(named, self.is_cut || others.is_cut)
    }

    /// Reads what a contract names. The value is one of them.
    pub(crate) fn read(fees: &Field<Table<Text>>, value: &Field<Money>, problems: &mut Vec<Problem>) -> Self {
        let mut named = Vec::new();
        let entries = fees.given().map_or(&[][..], |table| &table.entries);
        let fold = |name: &str| text::fold(name).into_owned();
        let twins = twins(entries, fold, "fees", "case makes no difference", problems);
        for (at, (name, field)) in entries.iter().enumerate() {
            if same(&name.value, VALUE) {
                problems.push(
                    Problem::at(
                        name.span, "a fee cannot be called `value`", "this name is the contract's value",
                    )
                    .help("give it another name"),
                );
                continue;
            }
            let money = meaning(field, problems, Money::parse);
            // Of two of one name neither counts: nobody can tell which is meant.
            let money = money.given().filter(|_| !twins.contains(&at));
            named.push((name.value.clone(), money.map(|money| money.value)));
        }
        if !value.is_absent() {
            named.push((VALUE.into(), value.given().copied()));
        }
        Self::of(named, fees.is_broken() || fees.given().is_some_and(|table| table.cut))
    }

    /// What a name stands for, without regard to case.
    pub(crate) fn find(&self, name: &str) -> NamedFee {
        match self.places.get(&*text::fold(name)).map(|at| &self.named[*at]) {
            Some((_, Some(money))) => NamedFee::Known(*money),
            Some((_, None)) => NamedFee::Unreadable,
            // It may be among those that were lost.
            None if self.is_cut => NamedFee::Unreadable,
            None => NamedFee::Unknown,
        }
    }

    /// Why a name stands for nothing.
    pub(crate) fn unknown(&self, name: &str) -> Misread {
        if same(name, VALUE) {
            return Misread::new("the contract states no `value`", "a share of what?")
                .help("add the contract's `value`, such as `value: 480000 EUR`");
        }
        let names: Vec<&str> = self.named.iter().map(|(name, _)| name.as_str()).collect();
        match text::nearest(name, names.iter().copied()) {
            Some(near) => no_fee(name).did_you_mean(Some(near)),
            None => Self::unnamed(name),
        }
    }

    /// Why a name stands for nothing that somebody else uses.
    pub(crate) fn unnamed(name: &str) -> Misread {
        no_fee(name).help(format!("name it under `fees` of the contract: `fees: {{ {name}: 4000 EUR }}`"))
    }
}

fn no_fee(name: &str) -> Misread {
    Misread::new(format!("there is no fee `{name}`"), "no such fee")
}
