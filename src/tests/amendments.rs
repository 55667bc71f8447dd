//! What an amendment is told before it is signed is what the files that it amends are told after.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

use super::worlds::{TODAY, any_roadmap, day};
use crate::check;
use crate::input::discover::Request;
use crate::input::files::{Files, Memory};
use crate::lint::Check;
use crate::lint::finding::Finding;
use crate::model::waiver::Subject;
use crate::workspace::{CheckOptions, Workspace};

/// A requirement, a feature, a cell, and what is denied of it.
type Denial = (String, String, String, &'static str);

/// What is denied of promises when some files are checked, all of those that are there or one.
fn denied(texts: &[(&str, &str)], path: &str) -> BTreeSet<Denial> {
    let files = texts.iter().map(|(name, text)| (Path::new("/").join(name), text.as_bytes().to_vec()));
    let files: Arc<dyn Files> = Arc::new(Memory::alone(files));
    let request = Request { paths: vec![path.into()], ..Request::default() };
    let workspace = Workspace::find_in(&files, &request, Path::new("/"), CheckOptions::on(TODAY));
    let run = check::run(&workspace, |outcome| {
        (outcome.problems.to_vec(), outcome.findings.iter().flat_map(denials).collect::<Vec<Denial>>())
    });
    let (problems, denials): (Vec<_>, Vec<_>) = run.parts.into_iter().unzip();
    assert!(problems.concat().is_empty(), "{problems:#?}\n{texts:#?}");
    denials.into_iter().flatten().collect()
}

fn denials(finding: &Finding) -> Vec<Denial> {
    let (Subject::Requirement(name), Check::Delivery(..)) = (&finding.subject, &finding.lint.check) else {
        return Vec::new();
    };
    if !finding.is_denied() {
        return Vec::new();
    }
    let feature = finding.feature.clone().unwrap_or_default();
    let cells = finding.cells.iter().map(|cell| cell.with_names());
    cells.map(|cell| (name.clone(), feature.clone(), cell, finding.lint.name)).collect()
}

/// What each denial is about; a deadline that is moved may be missed in another way.
fn about(denials: &BTreeSet<Denial>) -> BTreeSet<Denial> {
    let kind = |lint| match lint {
        "sunset-feature" => "term",
        "level-gap" => "level",
        _ => "existence or time",
    };
    denials.iter().cloned().map(|(name, feature, cell, lint)| (name, feature, cell, kind(lint))).collect()
}

fn any_requirement() -> impl Strategy<Value = String> {
    let due = prop_oneof![
        Just("due: go-live".to_owned()),
        (0i64..60).prop_map(|days| format!("due: {days} days after go-live")),
        (0i64..60).prop_map(|days| format!("due: {days} days after start")),
        (0i64..60).prop_map(|days| format!("due: {days} days after signing")),
        (-20i64..90).prop_map(|offset| format!("due: {}", day(offset))),
        Just("due: when available".to_owned()),
        Just("accept: beta".to_owned()),
    ];
    (0usize..3, due).prop_map(|(feature, due)| format!("feature: f{feature}, {due}"))
}

/// What a contract says of its days and its scope, all of it or a part.
fn any_keys(is_whole: bool) -> impl Strategy<Value = String> {
    let some = move |days: std::ops::Range<i64>, else_on: i64| {
        prop::option::of(days).prop_map(move |day| day.or(is_whole.then_some(else_on)))
    };
    let region = prop::option::of(prop::sample::select(vec!["eu", "us", "[eu, us]"]));
    // What amends a contract was signed after it.
    let signing = if is_whole { -60i64..-30 } else { -30..0 };
    (some(-20..90, 30), some(-40..20, -30), some(60..200, 150), region, signing).prop_map(
        |(go_live, start, end, region, signing)| {
            let mut text = format!("signing: {}\n", day(signing));
            text.extend(go_live.map(|offset| format!("milestones: {{ go-live: {} }}\n", day(offset))));
            let period = [("start", start), ("end", end)];
            let period = period.into_iter().filter_map(|(key, at)| Some(format!("{key}: {}", day(at?))));
            let period: Vec<String> = period.collect();
            text.extend((!period.is_empty()).then(|| format!("period: {{ {} }}\n", period.join(", "))));
            text.extend(region.map(|region| format!("for: {{ region: {region} }}\n")));
            text
        },
    )
}

fn any_scope() -> impl Strategy<Value = String> {
    let scopes = ["", "for: { region: eu }\n", "for: { region: us }\n", "for: { region: [eu, us] }\n"];
    prop::sample::select(scopes.to_vec()).prop_map(str::to_owned)
}

fn requirements(first: usize, all: &[String]) -> String {
    let items = (first..).zip(all).map(|(at, keys)| format!("  - {{ id: R{at}, {keys} }}\n"));
    format!("requirements:\n{}", items.collect::<String>())
}

proptest! {
    #[test]
    fn a_draft_is_told_what_its_signature_would_break(
        roadmap in any_roadmap(), promised in prop::collection::vec(any_requirement(), 1..4),
        keys in any_keys(true), changes in any_keys(false),
        own in prop::option::of(any_requirement()),
    ) {
        let base = format!("contract: B\ncustomer: C\nstatus: signed\n{keys}{}", requirements(0, &promised));
        let own = own.map(|own| requirements(9, &[own])).unwrap_or_default();
        let amendment = |status| format!("contract: A\namends: B\nstatus: {status}\n{changes}{own}");
        let (draft, signed) = (amendment("draft"), amendment("signed"));
        let of_base = |amendment: &str, path| {
            let texts = [("roadmap.toml", &*roadmap), ("a.yaml", amendment), ("b.yaml", &*base)];
            let mut denied = denied(&texts, path);
            denied.retain(|denial| denial.0 != "R9");
            denied
        };
        let (before, told) = (of_base(&draft, "b.yaml"), of_base(&draft, "a.yaml"));
        let after = of_base(&signed, ".");
        prop_assert!(told.is_subset(&after), "{roadmap}\n{base}\n{draft}\n{told:#?}\n{after:#?}");
        let known: BTreeSet<Denial> = about(&before).union(&about(&told)).cloned().collect();
        let hidden: Vec<Denial> = about(&after).difference(&known).cloned().collect();
        prop_assert!(hidden.is_empty(), "{roadmap}\n{base}\n{draft}\n{hidden:#?}\n{before:#?}\n{told:#?}");
        // Signed, and checked without what it amends, it is told the same.
        prop_assert_eq!(&of_base(&signed, "a.yaml"), &told);
    }

    #[test]
    fn a_draft_of_an_agreement_is_told_what_its_signature_would_break_below(
        roadmap in any_roadmap(), promised in prop::collection::vec(any_requirement(), 1..4),
        keys in any_keys(true), is_signed: bool, before in any_scope(), after in any_scope(),
    ) {
        let status = if is_signed { "signed" } else { "draft" };
        let signed = format!("status: signed\nsigning: {}\n", day(-70));
        let agreement = format!("contract: M\ncustomer: C\n{signed}{before}requirements: []\n");
        let order = format!("contract: O\ncustomer: C\nunder: M\nstatus: {status}\n{keys}{}", requirements(0, &promised));
        let amendment = |status: &str| format!("contract: A\namends: M\n{status}{after}");
        let (draft, signed) = (amendment(""), amendment(&signed));
        let of_order = |amendment: &str, path| {
            let texts =
                [("roadmap.toml", &*roadmap), ("m.yaml", &*agreement), ("a.yaml", amendment), ("o.yaml", &*order)];
            let own_name = |(name, feature, cell, lint): Denial| {
                (name.trim_start_matches("O/").to_owned(), feature, cell, lint)
            };
            denied(&texts, path).into_iter().map(own_name).collect::<BTreeSet<Denial>>()
        };
        let (before, told) = (of_order(&draft, "o.yaml"), of_order(&draft, "a.yaml"));
        let after = of_order(&signed, ".");
        prop_assert!(told.is_subset(&after), "{roadmap}\n{agreement}\n{order}\n{draft}\n{told:#?}\n{after:#?}");
        let known: BTreeSet<Denial> = about(&before).union(&about(&told)).cloned().collect();
        let hidden: Vec<Denial> = about(&after).difference(&known).cloned().collect();
        prop_assert!(hidden.is_empty(), "{roadmap}\n{agreement}\n{order}\n{draft}\n{hidden:#?}\n{told:#?}");
        prop_assert_eq!(&of_order(&signed, "a.yaml"), &told);
    }
}
