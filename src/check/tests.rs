//! What is reported of a requirement that names several features and scopes.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::subsequence;

use crate::delivery::tests::{TODAY, with_files};
use crate::delivery::{Arrival, Delivery, Judge, Rules};
use crate::lint::Check;
use crate::lint::active::ActiveLints;
use crate::lint::context::LintContext;
use crate::lint::extent::FindingExtent;
use crate::lint::finding::Finding;
use crate::lint::settings::Settings;
use crate::lints;
use crate::model::acceptance::Acceptance;
use crate::model::calendar::Calendar;
use crate::model::config::Economics;
use crate::model::evidence::Evidence;
use crate::model::forecast::ForecastTable;
use crate::model::role::Roles;
use crate::model::waiver::{Expiry, Subject, Waiver};
use crate::model::window::{Date, Window};
use crate::prose::documents::ContractDocuments;
use crate::prose::reader::RoadmapNames;
use crate::source::{FileId, Span, Spanned};
use crate::workspace::waivers::Waivers;

use super::*;

/// What is said of the only requirement of a contract.
#[derive(Debug, Clone, PartialEq)]
struct Statement {
    delivery: Option<Delivery>,
    /// Each obstacle, cell by cell: the lint, the feature, the cell, the days.
    obstacles: BTreeSet<(&'static str, String, String, Option<i64>)>,
    /// The lint and the feature of each finding, with when the last of it comes.
    findings: BTreeMap<(&'static str, Option<String>), Option<Arrival>>,
    /// The lints and features that a waiver for each lint, which accepts delivery until a day, covers.
    waived: BTreeSet<(&'static str, Option<String>)>,
}

/// Checks a contract with one requirement, R. Waivers accept delivery until a day, whatever is found.
fn said(contract_text: &str, features: &str, accepts: Date) -> Statement {
    let settings = Settings::of_lints(crate::lints::LINTS);
    let active = ActiveLints::new(crate::lints::LINTS, &settings);
    let (roles, economics) = (Roles::default(), Economics::default());
    let (evidence, names) = (Evidence::default(), RoadmapNames::default());
    let calendar = Calendar::default();
    let forecast = ForecastTable::default();
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
            evidence: &evidence,
            forecast: &forecast,
            tells_chances: false,
            judge,
            calendar: &calendar,
            names: &names,
        };
        let checked = contract(deal, ContractDocuments::NONE, &Waivers::default(), &context);
        let (promise, obstacles) = (&checked.judged.promises[0], &checked.judged.obstacles[0]);
        let cells =
            obstacles.iter().flat_map(|obstacle| obstacle.cells.iter().map(move |at| (obstacle, *at)));
        let found =
            checked.findings.iter().filter(|finding| matches!(finding.lint.check, Check::Delivery(..)));
        let found: Vec<&Finding> = found.collect();
        let waivers =
            found.iter().filter(|finding| matches!(finding.extent, Some(FindingExtent::Delivery(_))));
        let waivers: BTreeSet<&str> = waivers.map(|finding| finding.lint.name).collect();
        let waivers = waivers.into_iter().map(|lint| waiver(lint, accepts)).collect();
        let waived =
            contract(deal, ContractDocuments::NONE, &Waivers::new(waivers, &mut Vec::new()), &context);
        let waived = waived.findings.iter().filter(|finding| finding.waived.is_some());
        Statement {
            delivery: promise.delivery(),
            obstacles: cells
                .map(|(obstacle, at)| {
                    let judgement = &promise.judgements[at];
                    let days = obstacle.days(judgement, promise);
                    (obstacle.lint.name, judgement.id().to_owned(), judgement.cell.with_names(), days)
                })
                .collect(),
            findings: found
                .iter()
                .map(|finding| ((finding.lint.name, finding.feature.clone()), arrival(finding)))
                .collect(),
            waived: waived.map(|finding| (finding.lint.name, finding.feature.clone())).collect(),
        }
    })
}

fn arrival(finding: &Finding) -> Option<Arrival> {
    match finding.extent {
        Some(FindingExtent::Delivery(arrival)) => Some(arrival),
        _ => None,
    }
}

fn waiver(lint: &str, accepts: Date) -> Waiver {
    let place = Span { file: FileId(2), start: 0, end: 0 };
    let words = |text: &str| Spanned::new(text.into(), place);
    Waiver {
        place,
        contract: words("C"),
        subject: Subject::Requirement("R".to_owned()),
        features: Vec::new(),
        scopes: Vec::new(),
        of: None,
        lint: words(lint),
        reason: words("agreed"),
        approved_by: vec![words("p@vendor.example")],
        approved_on: Spanned::new(Window::day(day(-1)), place),
        accepts: Some(Spanned::new(Acceptance::Day(Window::day(accepts)), place)),
        expires: Spanned::new(Expiry::On(Window::day(day(1000))), place),
        disclosed: None,
        is_baseline: false,
        annotations: None,
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
        prop_assert_eq!(one, other);
    }

    /// Whatever stands in the way of something alone stands in the way of a requirement that names it, and nothing
    /// else does. A finding is waived only if all of it would be.
    #[test]
    fn no_obstacle_hides_another(
        roadmap in features(),
        terms in terms(),
        (features, _) in in_two_orders(&["f", "g", "x"]),
        (scopes, _) in in_two_orders(&["l", "m", "w", "z"]),
        accepts in -300..600i32,
    ) {
        let accepts = day(accepts);
        let all = said(&contract_text(&terms, &features, &scopes), &roadmap, accepts);
        let alone = features.iter().flat_map(|feature| scopes.iter().map(move |scope| (feature, scope)));
        let alone: Vec<Statement> = alone
            .map(|(feature, scope)| said(&contract_text(&terms, &[feature], &[scope]), &roadmap, accepts))
            .collect();
        prop_assert_eq!(all.delivery, alone.iter().map(|one| one.delivery).max().unwrap());
        // What is only to come, or close, need not be said beside what is worse.
        let is_mild = |lint: &str| matches!(lint, "unshipped-feature" | "tight-deadline");
        let union: BTreeSet<_> = alone.iter().flat_map(|one| one.obstacles.clone()).collect();
        prop_assert!(all.obstacles.is_subset(&union), "{:?} of {:?}", all, alone);
        prop_assert!(union.difference(&all.obstacles).all(|(lint, ..)| is_mild(lint)), "{:?} of {:?}", all, alone);
        let told: BTreeSet<_> = all.obstacles.iter().map(|(lint, feature, ..)| (*lint, Some(feature.clone()))).collect();
        prop_assert_eq!(told, all.findings.keys().cloned().collect());
        for one in &alone {
            for (about, arrival) in one.findings.iter().filter(|((lint, _), _)| !is_mild(lint)) {
                prop_assert!(all.findings[about] >= *arrival, "{:?} of {:?}", all, alone);
                prop_assert!(!all.waived.contains(about) || one.waived.contains(about), "{:?} of {:?}", all, alone);
            }
        }
    }
}
