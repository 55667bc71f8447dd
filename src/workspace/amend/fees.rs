//! Terms of a master agreement that hang on fees: `12 months of fees` is another sum in each contract that is under it.
//!
//! Fees are each contract's own. Such a term is judged in each contract that names them, and in the agreement by the
//! agreement's own.

use std::collections::HashSet;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Scalar, Table, Text};
use crate::input::records::{AgreedTermSetting, ContractRecord};
use crate::model::contract::Contract;
use crate::model::fees::Fees;
use crate::model::money::Money;
use crate::model::term::Unheld;
use crate::source::{FileId, Span};
use crate::text::fold;

use super::super::group::Group;
use super::stack::{Master, StatedTerm, stated_terms};

/// The terms of agreements that hold for a contract which is laid over them.
pub(in super::super) fn agreed_terms(record: &ContractRecord, masters: &[Master]) -> Vec<(Text, Scalar)> {
    let files: HashSet<FileId> =
        masters.iter().flat_map(|master| &master.stack.layers).map(|layer| layer.file()).collect();
    let agreed = stated_terms(record).filter(|(name, _)| files.contains(&name.span.file));
    agreed.map(|(name, value)| (name.clone(), value.clone())).collect()
}

impl Group {
    /// Adds what an agreement's silence means by the fees of each contract, as if it were stated. Returns the place
    /// of the silence.
    pub(in super::super) fn add_silent(
        &self,
        record: &mut ContractRecord,
        masters: &[Master],
    ) -> Option<Span> {
        let root = &masters.last()?.stack.base()?.record;
        let place = root.contract.given().map_or(root.anchor, |id| id.span);
        let mut table = match &record.terms {
            Field::Broken => return None,
            // What was lost may state what seems to be left out.
            Field::Given(table) if table.cut => return None,
            Field::Given(table) => table.clone(),
            Field::Absent => Table { entries: Vec::new(), span: place, cut: false },
        };
        let stated: HashSet<_> =
            table.entries.iter().map(|(name, _)| fold(&name.value).into_owned()).collect();
        let silent = self.roadmap.terms.values().filter(|term| !stated.contains(&*fold(&term.name.value)));
        let silent = silent.filter_map(|term| Some((term, term.absent.clone()?)));
        table.entries.extend(silent.filter(|(term, absent)| term.hangs_on_fees(absent)).map(
            |(term, absent)| {
                (Text::new(term.name.value.clone(), place), Field::Given(AgreedTermSetting::Value(absent)))
            },
        ));
        record.terms = Field::Given(table);
        Some(place)
    }

    /// What silence about terms means that cannot be held against the standard since fees are not named.
    pub(in super::super) fn unpriced_silence(&self, fees: &Fees) -> impl Iterator<Item = Span> {
        let terms = self.roadmap.terms.values();
        self.unpriced(terms.filter_map(|term| Some((&term.name, term.absent.as_ref()?))), fees)
    }

    /// The values, of some terms, that cannot be held against the standard since fees are not named.
    pub(in super::super) fn unpriced<'a>(
        &self,
        terms: impl IntoIterator<Item = StatedTerm<'a>>,
        fees: &Fees,
    ) -> impl Iterator<Item = Span> {
        let is_unpriced = |(name, value): &StatedTerm<'_>| {
            let standard = self.roadmap.term(&name.value);
            standard.is_some_and(|standard| matches!(standard.stand(value, fees), Err(Unheld::Unpriced(_))))
        };
        terms.into_iter().filter(is_unpriced).map(|(_, value)| value.span())
    }

    /// The terms of agreements that a contract's own fees decide, by the places of their names. It is a problem where neither
    /// its fees nor those of the agreement do.
    pub(in super::super) fn by_own_fees(
        &self,
        agreed: &[(Text, Scalar)],
        masters: &[Master],
        contract: &Contract,
        problems: &mut Vec<Problem>,
    ) -> HashSet<Span> {
        let hangs_on_fees = |(name, value): &&(Text, Scalar)| {
            self.roadmap.term(&name.value).is_some_and(|standard| standard.hangs_on_fees(value))
        };
        let mut decided = HashSet::new();
        for (name, value) in agreed.iter().filter(hangs_on_fees) {
            let Some(standard) = self.roadmap.term(&name.value) else { continue };
            let (title, label) = match standard.stand(value, &contract.fees) {
                Ok(_) => {
                    decided.insert(name.span);
                    continue;
                }
                Err(Unheld::Reported) => continue,
                Err(Unheld::Unpriced(_)) if self.is_priced(name, value, masters) => continue,
                Err(Unheld::Unpriced(_)) => (
                    format!("`{}` of this agreement depends on fees that nobody names", name.value),
                    "it, or its standard, is a multiple of fees".to_owned(),
                ),
                Err(Unheld::Misread(misread)) => (
                    format!("`{}` of this agreement cannot be held against the standard", name.value),
                    misread.title,
                ),
                Err(Unheld::Incomparable(why)) => {
                    let (agreed, bound) = why.sides();
                    (
                        format!("`{}` of this agreement cannot be held against the standard", name.value),
                        format!("by the fees of this contract it is {agreed}, and the standard {bound}"),
                    )
                }
            };
            if let Some(under) = &contract.under {
                problems.push(
                    Problem::at(under.span, title, "under this agreement").label(value.span(), label).help(
                        "name the fees under `fees` of this contract, such as `fees: { monthly: 4000 EUR }`, or state the term in it",
                    ),
                );
            }
        }
        decided
    }

    /// Whether an agreement's own fees decide a term of it.
    fn is_priced(&self, name: &Text, value: &Scalar, masters: &[Master]) -> bool {
        let mut masters = masters.iter().map(|master| &master.stack.layers);
        let layers = masters.find(|layers| layers.iter().any(|layer| layer.file() == name.span.file));
        let stated = layers.into_iter().flatten().rev().find(|layer| layer.record.fees.given().is_some());
        let fees = stated.map_or(&Field::Absent, |layer| &layer.record.fees);
        let fees = Fees::read(fees, &Field::<Money>::Absent, &mut Vec::new());
        self.unpriced([(name, value)], &fees).next().is_none()
    }
}
