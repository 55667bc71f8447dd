//! The commercial terms of a contract.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Table, Text};
use crate::input::records::AgreedTermSetting;
use crate::source::Span;

use super::super::annotations::Annotations;
use super::super::fees::Fees;
use super::super::roadmap::{Roadmap, name_key};
use super::super::term::{AgreedTerm, Term, Unheld};

/// The commercial terms, `wanted` of those that are written, and what silence means of the others. `begins` is the
/// contract's place; none for amendments and orders, whose silence is that of what they rest on.
pub(super) fn terms(
    field: &Field<Table<AgreedTermSetting>>,
    wanted: impl IntoIterator<Item = usize>,
    fees: &Fees,
    begins: Option<Span>,
    roadmap: &Roadmap,
    problems: &mut Vec<Problem>,
) -> Vec<AgreedTerm> {
    let written = field.given().map_or(&[][..], |table| &table.entries);
    let stated = wanted.into_iter().filter_map(|at| written.get(at)).filter_map(|(name, field)| {
        let setting = field.given()?;
        let annotations = match setting {
            AgreedTermSetting::Value(_) => None,
            AgreedTermSetting::Table(it) => Annotations::of(&it.refs, &it.owner, &it.note),
        };
        let value = Some(setting.value()?.clone());
        Some(AgreedTerm { name: name.clone(), value, is_silent: false, annotations })
    });
    let mut terms: Vec<AgreedTerm> = stated.collect();
    // What could not be read, or was cut off, may have been any term.
    let is_whole = field.given().map_or(field.is_absent(), |table| !table.cut);
    if let Some(begins) = begins.filter(|_| is_whole) {
        let names: HashSet<Cow<'_, str>> = written.iter().map(|(name, _)| name_key(&name.value)).collect();
        let is_written = |standard: &&Term| names.contains(&name_key(&standard.name.value));
        let silent = roadmap.terms.values().filter(|standard| !is_written(standard));
        let silent = silent.filter(|standard| standard.is_required || standard.absent.is_some());
        terms.extend(silent.map(|standard| AgreedTerm {
            name: Text::new(standard.name.value.clone(), begins),
            value: standard.absent.clone(),
            is_silent: true,
            annotations: None,
        }));
    }
    terms.retain(|agreed| can_be_held(agreed, fees, roadmap, problems));
    terms
}

/// Whether a term can be held against the standard, where there is one.
fn can_be_held(agreed: &AgreedTerm, fees: &Fees, roadmap: &Roadmap, problems: &mut Vec<Problem>) -> bool {
    let Some((standard, value)) = roadmap.term(&agreed.name.value).zip(agreed.value.as_ref()) else {
        return true;
    };
    let name = &agreed.name;
    let problem = match standard.stand(value, fees) {
        Ok(_) => return true,
        Err(Unheld::Reported) => return false,
        Err(Unheld::Misread(misread) | Unheld::Unpriced(misread)) => {
            let kind = if standard.is_on_a_scale() { "on a scale" } else { "a number" };
            misread.at_scalar(value).label(standard.name.span, format!("the standard is {kind}"))
        }
        Err(Unheld::Incomparable(why)) => {
            let (agreed, bound) = why.sides();
            let title = format!("`{}` cannot be held against the standard", name.value);
            Problem::at(value.span(), title, format!("this is {agreed}"))
                .label(standard.name.span, format!("the standard is {bound}"))
                .help("state it in the unit of the standard")
        }
    };
    problems.push(match agreed.is_silent {
        true => problem.label(name.span, "the contract does not state it"),
        false => problem,
    });
    false
}
