//! What a promise that is late would owe.

use crate::model::money::Money;
use crate::model::remedy::{Credit, Remedy};
use crate::model::window::Date;

use super::Promise;

/// What a late promise would owe by the day on which it is expected.
#[derive(Clone, Copy, Debug)]
pub struct Owed<'r> {
    /// What was agreed.
    pub remedy: &'r Remedy,
    /// The day on which the last of what is promised is expected.
    pub by: Date,
    /// What the delay comes to, in percent of the contract's value.
    pub credit: Credit,
    /// What that is in money, exactly, where the contract says what it is worth.
    pub money: Option<Money>,
}

impl<'r> Promise<'r> {
    /// What it would owe, where it is late and has a date. A remedy is owed once for a requirement, so the last
    /// delivery counts.
    pub fn owed(&self) -> Option<Owed<'r>> {
        let remedy = self.requirement.remedy.as_ref()?;
        let expected = self.judgements.iter().filter_map(|judgement| judgement.expected);
        let by = expected.map(|expected| expected.latest).max()?;
        let due = self.requirement.due.window()?.latest;
        let credit = remedy.credit(due, by).filter(|credit| !credit.owed.is_zero())?;
        let money = self.contract.value.and_then(|value| value.value.percent(credit.owed));
        Some(Owed { remedy, by, credit, money })
    }
}
