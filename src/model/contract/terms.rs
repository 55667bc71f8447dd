//! The commercial terms of a contract.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::diagnostic::Problem;
use crate::input::decode::{Field, Scalar, Table, Text};
use crate::input::records::AgreedTermSetting;
use crate::source::Span;

use super::super::annotations::Annotations;
use super::super::roadmap::{Roadmap, fold};
use super::super::term::{AgreedTerm, Term, Unheld};

/// The commercial terms that can be held against the standard, or for which there is none. `begins` is where the contract
/// does; none for an amendment, of which silence is what the base says.
pub(super) fn terms(
    field: &Field<Table<AgreedTermSetting>>,
    begins: Option<Span>,
    roadmap: &Roadmap,
    problems: &mut Vec<Problem>,
) -> Vec<AgreedTerm> {
    let mut terms = Vec::new();
    let written = field.given().map_or(&[][..], |table| &table.entries);
    for (name, field) in written {
        let Some((setting, term)) = field.given().and_then(|it| Some((it, it.value()?))) else { continue };
        let annotations = match setting {
            AgreedTermSetting::Value(_) => None,
            AgreedTermSetting::Table(it) => Annotations::of(&it.refs, &it.owner, &it.note),
        };
        let value = Some(term.clone());
        let agreed = AgreedTerm { name: name.clone(), value, is_silent: false, annotations };
        let standard = roadmap.term(&name.value);
        match standard.map(|standard| (standard, standard.stand(term))) {
            None | Some((_, Ok(_))) => terms.push(agreed),
            Some((_, Err(Unheld::Reported))) => {}
            Some((standard, Err(Unheld::Misread(misread)))) => {
                let problem = match term {
                    Scalar::Text(text) => misread.at(text),
                    Scalar::Bool(value) => misread.at(&Text::new(value.value.to_string().into(), value.span)),
                };
                problems.push(problem.label(standard.name.span, "the standard is a number"));
            }
            Some((standard, Err(Unheld::Incomparable(why)))) => {
                let (agreed, bound) = why.sides();
                let title = format!("`{}` cannot be held against the standard", name.value);
                problems.push(
                    Problem::at(term.span(), title, format!("this is {agreed}"))
                        .label(standard.name.span, format!("the standard is {bound}"))
                        .help("state it in the unit of the standard"),
                );
            }
        }
    }
    // What could not be read, or was cut off, may have been any term.
    let is_whole = field.given().map_or(field.is_absent(), |table| !table.cut);
    if let Some(begins) = begins.filter(|_| is_whole) {
        let names: HashSet<Cow<'_, str>> = written.iter().map(|(name, _)| fold(&name.value)).collect();
        let is_written = |standard: &&Term| names.contains(&fold(&standard.name.value));
        let silent = roadmap.terms.values().filter(|standard| !is_written(standard));
        let silent = silent.filter(|standard| standard.is_required || standard.absent.is_some());
        terms.extend(silent.map(|standard| AgreedTerm {
            name: Text::new(standard.name.value.clone(), begins),
            value: standard.absent.clone(),
            is_silent: true,
            annotations: None,
        }));
    }
    terms
}
