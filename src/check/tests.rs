//! What is reported of a requirement that names several features and scopes.

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::subsequence;

use crate::delivery::tests::{TODAY, with_files};
use crate::delivery::{Arrival, Delivery, Judge, Rules};
use crate::lint::Level;
use crate::lint::active::Active;
use crate::lint::context::LintContext;
use crate::lint::settings::Settings;
use crate::lints;
use crate::model::config::Economics;
use crate::model::waiver::{Subject, Waiver};
use crate::model::window::{Date, Window};
use crate::source::{FileId, Span, Spanned};
use crate::workspace::waivers::Waivers;

use super::*;

/// What is said of the only requirement of a contract.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    delivery: Option<Delivery>,
    days: Option<i64>,
    lint: Option<&'static str>,
    level: Option<Level>,
    arrival: Option<Arrival>,
    /// The feature and the cell.
    about: (Option<String>, String),
    worst: (Option<String>, String),
    waived: bool,
}

/// Checks a contract with one requirement, R. A waiver accepts delivery until a day, whatever is found.
fn said(contract_text: &str, features: &str, accepts: Date) -> Said {
    let settings = Settings::of_lints(crate::lints::LINTS);
    let active = Active::new(crate::lints::LINTS, &settings);
    let (roles, economics) = (BTreeMap::new(), Economics::default());
    with_files(contract_text, features, |roadmap, deal| {
        let rules = Rules { today: TODAY, margin: lints::margin(&settings) };
        let judge = Judge { roadmap, rules };
        let context = LintContext {
            today: TODAY,
            roadmap,
            settings: &settings,
            active: &active,
            roles: &roles,
            economics: &economics,
            judge,
        };
        let checked = contract(deal, &Waivers::default(), &context);
        let found = checked.findings.iter().find(|finding| finding.arrival.is_some());
        let waived = found.filter(|finding| finding.lint.is_about_a_date()).is_some_and(|found| {
            let waivers = Waivers::new(vec![waiver(found.lint.name, accepts)], &mut Vec::new());
            let checked = contract(deal, &waivers, &context);
            checked.findings.iter().any(|finding| finding.waived.is_some())
        });
        let promise = &checked.judged.promises[0];
        let worst = promise.worst().unwrap();
        Said {
            delivery: promise.delivery(),
            days: worst.days,
            lint: found.map(|found| found.lint.name),
            level: found.map(|found| found.level),
            arrival: found.and_then(|found| found.arrival),
            about: found.map(|found| (found.feature.clone(), found.about.clone())).unwrap_or_default(),
            worst: (
                Some(
                    worst.feature.map_or(worst.written.value.to_string(), |known| known.id.value.to_string()),
                ),
                worst.cell.with_names(),
            ),
            waived,
        }
    })
}

fn waiver(lint: &str, accepts: Date) -> Waiver {
    let place = Span { file: FileId(2), start: 0, end: 0 };
    let words = |text: &str| Spanned::new(text.into(), place);
    Waiver {
        place,
        contract: words("C"),
        subject: Subject::Requirement("R".to_owned()),
        lint: words(lint),
        reason: words("agreed"),
        approved_by: words("p@vendor.example"),
        approved_on: None,
        accepts: Some(Spanned::new(Window::day(accepts), place)),
        expires: Spanned::new(Window::day(day(1000)), place),
    }
}

fn day(offset: i32) -> Date {
    TODAY.checked_add(jiff::Span::new().days(offset)).unwrap()
}

/// The fields of an offer that say when; most often that it is to come.
fn fields() -> impl Strategy<Value = String> {
    (0usize..16, -100..500i32, -100..500i32).prop_map(|(kind, one, other)| {
        let (one, other) = (day(one), day(other));
        match kind {
            0 | 1 => format!("status = 'shipped'\nshipped = {one}"),
            2 => format!("status = 'in-progress'\ntarget = {one}\nbeta = {other}"),
            3 => format!("status = 'beta'\ntarget = {one}\nbeta = {other}"),
            4 => format!("status = 'deprecated'\nshipped = {one}\nsunset = {other}"),
            5 => format!("status = 'retired'\nsunset = {one}"),
            6 => "status = 'rejected'".to_owned(),
            7 => "status = 'idea'".to_owned(),
            8..12 => format!("status = 'planned'\ntarget = {one}\ndepends-on = 'd'"),
            _ => format!("status = 'planned'\ntarget = {one}"),
        }
    })
}

/// The features f and g, each for several platforms, and what they wait for; there is no feature x, and nothing
/// for z.
fn features() -> impl Strategy<Value = String> {
    let feature = || prop::collection::vec((0usize..3, fields()), 2..5);
    (feature(), feature(), 0..900i32).prop_map(|(f, g, d)| {
        let mut text = format!("[features.d]\nstatus = 'planned'\ntarget = {}\n", day(d));
        for (id, offers) in [("f", f), ("g", g)] {
            text += &format!("[features.{id}]\nstatus = 'idea'\nfor = {{p = ['l', 'm', 'w']}}\n");
            for (value, fields) in offers {
                let value = ["l", "m", "w"][value];
                text += &format!("[[features.{id}.offers]]\n{fields}\nfor = {{p = '{value}'}}\n");
            }
        }
        text
    })
}

/// A contract, but for the features and scopes of its requirement.
fn terms() -> impl Strategy<Value = (String, String)> {
    (any::<bool>(), any::<bool>(), -100..400i32).prop_map(|(signed, beta, due)| {
        let status = if signed { "signed" } else { "draft" };
        let accept = if beta { "beta" } else { "ga" };
        (format!("status: {status}\nsigning: {}", day(100)), format!("due: {}, accept: {accept}", day(due)))
    })
}

fn contract_text((keys, fields): &(String, String), features: &[&str], scopes: &[&str]) -> String {
    let (features, scopes) = (features.join(", "), scopes.join(", "));
    format!(
        "contract: C\ncustomer: A\n{keys}\nrequirements:\n  - {{ id: R, feature: [{features}], for: {{p: [{scopes}]}}, {fields} }}\n"
    )
}

/// Some of several words, the last of them seldom, in two orders.
fn in_two_orders(words: &[&'static str]) -> impl Strategy<Value = (Vec<&'static str>, Vec<&'static str>)> {
    let words = words.to_vec();
    let some = |words: Vec<&'static str>| subsequence(words.clone(), 1..=words.len());
    prop_oneof![7 => some(words[..words.len() - 1].to_vec()), 1 => some(words)]
        .prop_flat_map(|words| (Just(words.clone()).prop_shuffle(), Just(words).prop_shuffle()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// The order in which a requirement names features and scopes changes no verdict, no level, no waiver.
    #[test]
    fn the_order_of_words_decides_nothing(
        roadmap in features(),
        terms in terms(),
        (features, again) in in_two_orders(&["f", "g", "x"]),
        (scopes, anew) in in_two_orders(&["l", "m", "w", "z"]),
        accepts in -300..600i32,
    ) {
        let one = said(&contract_text(&terms, &features, &scopes), &roadmap, day(accepts));
        let other = said(&contract_text(&terms, &again, &anew), &roadmap, day(accepts));
        // Which of several that are equally bad is named follows the file.
        let unnamed = |said: Said| Said { about: Default::default(), worst: Default::default(), ..said };
        prop_assert_eq!(unnamed(one), unnamed(other));
    }

    /// A requirement fares as the worst of what it asks for does alone, and is waived only if all of it would be.
    #[test]
    fn the_worst_of_the_cells_is_reported(
        roadmap in features(),
        terms in terms(),
        (features, _) in in_two_orders(&["f", "g", "x"]),
        (scopes, _) in in_two_orders(&["l", "m", "w", "z"]),
        accepts in -300..600i32,
    ) {
        let accepts = day(accepts);
        let all = said(&contract_text(&terms, &features, &scopes), &roadmap, accepts);
        let alone = features.iter().flat_map(|feature| scopes.iter().map(move |scope| (feature, scope)));
        let alone: Vec<Said> = alone
            .map(|(feature, scope)| said(&contract_text(&terms, &[feature], &[scope]), &roadmap, accepts))
            .collect();
        prop_assert_eq!(all.delivery, alone.iter().map(|one| one.delivery).max().unwrap());
        prop_assert_eq!(all.level, alone.iter().map(|one| one.level).max().unwrap());
        prop_assert_eq!(all.arrival, alone.iter().map(|one| one.arrival).max().unwrap());
        if all.lint.is_some() {
            prop_assert_eq!(&all.about, &all.worst);
            let as_bad = |one: &Said| (one.delivery, one.lint, one.days) == (all.delivery, all.lint, all.days);
            prop_assert!(alone.iter().any(as_bad), "{:?} of {:?}", all, alone);
        }
        let is_late = |one: &Said| one.arrival.is_some_and(|arrival| arrival > Arrival::By(accepts));
        prop_assert!(!(all.waived && alone.iter().any(is_late)), "{:?} of {:?}", all, alone);
    }
}
