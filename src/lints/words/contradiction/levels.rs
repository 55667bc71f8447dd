//! Other values of levels than those that a requirement needs.

use std::cmp::Ordering;
use std::ops::Range;

use crate::delivery::Promise;
use crate::lint::case::PromiseCase;
use crate::lint::said::SaidPromise;
use crate::model::constraint::Constraint;
use crate::model::contract::{Need, Requirement};
use crate::model::level::LevelConstraint;
use crate::model::quantity::Quantity;
use crate::model::scope::same;
use crate::prose::levels::{LevelNeed, measured_as, needs, stated};

use super::{Contradiction, features, owner};

/// Other amounts of levels than what is needed.
pub(super) fn of_levels<'a>(
    case: &PromiseCase<'_, '_>,
    said: &'a [SaidPromise<'a>],
) -> Vec<Contradiction<'a>> {
    let requirement = case.promise.requirement;
    let own = requirement.needs.iter().filter_map(|need| match &need.constraint.value {
        LevelConstraint::Quantity(bound) => Some((need, bound)),
        _ => None,
    });
    let own: Vec<(&Need, &Constraint)> = own.collect();
    let mut levels = Vec::new();
    for said in said {
        let features = features(case, said);
        if features.is_empty() {
            continue;
        }
        let known = own.iter().map(|(need, bound)| (&*need.name.value, &bound.quantity));
        let known: Vec<(&str, &Quantity)> = known.chain(features.into_iter().flat_map(stated)).collect();
        let ruled = said.ruled;
        let found = needs(&ruled.whole, &ruled.tokens, &known, &ruled.conditions());
        levels.extend(found.into_iter().map(|(level, words)| (said, level, words)));
    }
    // What is not certain may be any of them.
    if levels.iter().any(|(_, level, _)| matches!(level, LevelNeed::Unsure(..))) {
        return Vec::new();
    }
    let of_need = |(need, own): &(&Need, &Constraint)| {
        let named = levels.iter().filter_map(|(said, level, words)| {
            let (LevelNeed::Sure(name, bound) | LevelNeed::Named(name, bound)) = level else { return None };
            let bound = Constraint::parse(bound).ok().filter(|_| same(name, &need.name.value))?;
            let order = own.quantity.compare(&measured_as(&bound.quantity, &own.quantity)).ok()?;
            let is_bounded = matches!(level, LevelNeed::Sure(..));
            Some((*said, order, if is_bounded { bound.words() } else { bound.quantity.to_string() }, words))
        });
        let named: Vec<_> = named.collect();
        let (said, _, says, words) =
            named.first().filter(|_| named.iter().all(|(_, order, ..)| *order != Ordering::Equal))?;
        let needed = need.constraint.value.words();
        Some(Contradiction {
            said,
            says: format!("{} of {says}", need.name.value),
            but: format!("{} needs {needed}", owner(requirement, said)),
            words: (*words).clone(),
            other: Some((need.constraint.span, format!("needs {needed}"))),
        })
    };
    own.iter().filter_map(of_need).chain(of_no_need(case, &levels)).collect()
}

/// A level that is not needed, by this requirement or another one of the same features.
fn of_no_need<'a>(
    case: &PromiseCase<'_, '_>,
    levels: &[(&'a SaidPromise<'a>, LevelNeed, Range<usize>)],
) -> Option<Contradiction<'a>> {
    let Promise { contract, requirement, .. } = case.promise;
    let targets = |one: &Requirement| -> Vec<Option<usize>> {
        one.features.iter().map(|promised| promised.target.feature()).collect()
    };
    let own = targets(requirement);
    let others =
        contract.requirements.iter().filter(|other| targets(other).iter().any(|of| own.contains(of)));
    let needed: Vec<&str> =
        others.chain([*requirement]).flat_map(|one| &one.needs).map(|need| &*need.name.value).collect();
    levels.iter().find_map(|(said, level, words)| {
        let LevelNeed::Sure(name, bound) = level else { return None };
        let bound = Constraint::parse(bound).ok()?;
        let is_needed = said.group.is_divided || needed.iter().any(|needed| same(needed, name));
        (!is_needed).then(|| Contradiction {
            said,
            says: format!("{name} of {}", bound.words()),
            but: format!("{} needs no {name}", owner(requirement, said)),
            words: words.clone(),
            other: requirement
                .features
                .first()
                .map(|promised| (promised.text.span, "at any level".to_owned())),
        })
    })
}
