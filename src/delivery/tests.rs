//! The table of deliveries, row by row, on files as users write them. Today is 2026-11-22.

use jiff::civil::date;
use proptest::prelude::*;

use crate::input::read;
use crate::input::records::{ContractRecord, RoadmapRecord};
use crate::model::assemble::{Vocabulary, assemble};
use crate::model::contract::{ContractReading, contract};
use crate::model::roadmap::Roadmap;
use crate::model::status::Statuses;
use crate::source::{FileId, Source};

use super::*;

pub(crate) const TODAY: Date = date(2026, 11, 22);

/// The verdict on the only requirement of a contract: its name, what is expected, and in which cell.
fn verdict(requirement: &str, features: &str) -> String {
    verdict_in("", requirement, features)
}

fn verdict_in(contract_keys: &str, requirement: &str, features: &str) -> String {
    let text = format!("contract: C\ncustomer: A\n{contract_keys}\nrequirements:\n  - {{ {requirement} }}\n");
    judged(&text, features, |promise| {
        let worst = promise.worst().unwrap();
        let mut words = worst.delivery.name().to_owned();
        if let Some(expected) = worst.expected {
            words += &format!(" {}", expected.latest);
        }
        if !worst.cell.is_empty() {
            words += &format!(" for {}", worst.cell);
        }
        if worst.lapse.is_some() {
            words += " lapsed";
        }
        words
    })
}

fn judged<T>(contract_text: &str, features: &str, look: impl FnOnce(&Promise<'_>) -> T) -> T {
    judged_by(contract_text, features, |_, promise| look(promise))
}

fn judged_by<T>(
    contract_text: &str,
    features: &str,
    look: impl for<'r> FnOnce(&Judge<'r>, &Promise<'r>) -> T,
) -> T {
    with_files(contract_text, features, |roadmap, contract| {
        let judge = Judge { roadmap, rules: Rules { today: TODAY, margin: 30 } };
        look(&judge, &judge.promise(contract, &contract.requirements[0]))
    })
}

/// Reads a contract and a roadmap as their files are read. What is wrong with them is not looked at.
pub(crate) fn with_files<T>(
    contract_text: &str,
    features: &str,
    look: impl FnOnce(&Roadmap, &Contract) -> T,
) -> T {
    let mut problems = Vec::new();
    let source = Source::new(FileId(1), "roadmap.toml", features);
    let record = read::record::<RoadmapRecord>(&source, &mut problems);
    let roadmap = assemble(&[(FileId(1), record)], &Vocabulary::default(), false, &mut problems);
    let source = Source::new(FileId(0), "contract.yaml", contract_text);
    let record = read::record::<ContractRecord>(&source, &mut problems);
    let calendar = Default::default();
    let reading = ContractReading {
        roadmap: &roadmap,
        calendar: &calendar,
        statuses: &Statuses::default(),
        today: TODAY,
    };
    let contract = contract(record.unwrap(), reading, &mut problems);
    look(&roadmap, &contract)
}

fn feature(fields: &str) -> String {
    format!("[features.f]\n{fields}\n")
}

#[test]
fn the_table_from_worst_to_best() {
    for (requirement, fields, expected) in [
        ("feature: g", "status = 'shipped'", "unknown"),
        ("feature: f", "status = 'retired'", "dropped"),
        ("feature: f", "status = 'rejected'", "dropped"),
        ("feature: f, due: 2027-09-30", "status = 'shipped'\nsunset = 2027-09-30", "dropped"),
        ("feature: f, due: 2027-09-29", "status = 'shipped'\nsunset = 2027-09-30", "shipped"),
        ("feature: f, for: {p: w}", "status = 'shipped'\nfor = {p = ['l']}", "scope-gap for w"),
        ("feature: f, needs: {r: '>= 2'}", "status = 'shipped'\nlevels = {r = '1'}", "level-gap"),
        ("feature: f, due: 2027-12-31", "status = 'idea'\ntarget = 2027-01-01", "undated"),
        ("feature: f, due: 2027-12-31", "status = 'paused'\ntarget = 2027-01-01", "undated"),
        ("feature: f, due: 2027-12-31", "status = 'planned'", "undated"),
        ("feature: f, due: 2027-12-31", "status = 'planned'\ntarget = 'TBD'", "undated"),
        ("feature: f, due: 2027-12-31", "status = 'planned'\ntarget = 2026-11-21", "undated"),
        ("feature: f, due: 2027-03-31", "status = 'planned'\ntarget = '2027-Q2'", "late 2027-06-30"),
        ("feature: f, due: 2027-04-15", "status = 'planned'\ntarget = '2027-Q2'", "late 2027-06-30"),
        ("feature: f, due: 2027-03-31", "status = 'beta'\ntarget = '2027-Q2'", "beta 2027-06-30"),
        ("feature: f, due: 2027-03-31", "status = 'beta'", "beta"),
        ("feature: f, due: 2027-06-30", "status = 'planned'\ntarget = '2027-Q2'", "tight 2027-06-30"),
        ("feature: f, due: 2027-07-29", "status = 'planned'\ntarget = '2027-Q2'", "tight 2027-06-30"),
        ("feature: f, due: 2027-07-30", "status = 'planned'\ntarget = '2027-Q2'", "on-track 2027-06-30"),
        ("feature: f, due: 2026-12-31", "status = 'shipped'", "shipped"),
        ("feature: f, due: 2026-12-31", "status = 'deprecated'", "shipped"),
        ("feature: f, due: 2026-12-31, accept: beta", "status = 'beta'", "shipped"),
    ] {
        assert_eq!(verdict(requirement, &feature(fields)), expected, "{requirement} / {fields}");
    }
}

#[test]
fn a_period_is_kind_for_late_and_strict_for_tight() {
    let planned = |target: &str| feature(&format!("status = 'planned'\ntarget = {target}"));
    assert_eq!(verdict("feature: f, due: Q3 2027", &planned("2027-09-30")), "tight 2027-09-30");
    assert_eq!(verdict("feature: f, due: Q3 2027", &planned("2027-10-01")), "late 2027-10-01");
    assert_eq!(verdict("feature: f, due: Q3 2027", &planned("2027-06-01")), "on-track 2027-06-01");
    assert_eq!(verdict("feature: f, due: Q3 2027", &planned("2027-06-02")), "tight 2027-06-02");
}

#[test]
fn late_is_certain_when_the_first_day_of_the_target_is() {
    let certain = |due: &str| {
        let text = format!("contract: C\ncustomer: A\nrequirements:\n  - {{ feature: f, due: {due} }}\n");
        judged(&text, &feature("status = 'planned'\ntarget = '2027-Q2'"), |promise| {
            let worst = promise.worst().unwrap();
            (worst.certain, worst.days)
        })
    };
    assert_eq!(certain("2027-01-31"), (true, Some(150)));
    assert_eq!(certain("2027-03-31"), (true, Some(91)));
    assert_eq!(certain("2027-04-01"), (false, Some(90)));
}

#[test]
fn per_cell_the_best_offer_counts_and_over_the_cells_the_worst() {
    let offers = "[features.f]\nstatus = 'shipped'\nfor = {p = ['l', 'm']}\n\
        [[features.f.offers]]\nfor = {p = 'w'}\nstatus = 'planned'\ntarget = 2027-06-30\n";
    assert_eq!(verdict("feature: f, due: 2027-03-31, for: {p: l}", offers), "shipped for l");
    assert_eq!(verdict("feature: f, due: 2027-03-31, for: {p: [l, W]}", offers), "late 2027-06-30 for W");
    assert_eq!(verdict("feature: f, due: 2027-03-31, for: {p: [l, x]}", offers), "scope-gap for x");
    // A requirement that is silent is judged by the best offer.
    assert_eq!(verdict("feature: f, due: 2027-03-31", offers), "shipped");
    // The requirement's scope replaces the contract's, dimension by dimension.
    assert_eq!(
        verdict_in("for: {p: w}", "feature: f, due: 2027-03-31, for: {p: l}", offers),
        "shipped for l"
    );
}

#[test]
fn an_offer_that_states_and_reaches_a_level_is_preferred() {
    let offers = "[features.f]\nstatus = 'shipped'\n\
        [[features.f.offers]]\nlevels = {r = '400 days'}\nstatus = 'planned'\ntarget = 2027-06-30\n";
    assert_eq!(verdict("feature: f, due: 2027-03-31, needs: {r: '>= 1 year'}", offers), "late 2027-06-30");
    assert_eq!(verdict("feature: f, due: 2027-03-31, needs: {s: '>= 1 year'}", offers), "shipped");
    // Stated and too low is worse than not stated.
    assert_eq!(verdict("feature: f, due: 2027-03-31, needs: {r: '>= 500 days'}", offers), "shipped");
}

#[test]
fn inheritance_takes_all_that_says_when_or_nothing() {
    let offers = "[features.f]\nstatus = 'planned'\ntarget = 2027-06-30\nfor = {p = 'l'}\n\
        [[features.f.offers]]\nfor = {p = 'w'}\n\
        [[features.f.offers]]\nfor = {p = 'm'}\nstatus = 'planned'\n";
    assert_eq!(verdict("feature: f, due: 2027-12-31, for: {p: w}", offers), "on-track 2027-06-30 for w");
    assert_eq!(verdict("feature: f, due: 2027-12-31, for: {p: m}", offers), "undated for m");
}

#[test]
fn what_has_not_shipped_waits_for_what_it_depends_on() {
    let on = |dependency: &str| {
        format!(
            "[features.f]\nstatus = 'planned'\ntarget = 2027-03-31\ndepends-on = 'd'\n[features.d]\n{dependency}\n"
        )
    };
    let due = |day: &str, dependency: &str| verdict(&format!("feature: f, due: {day}"), &on(dependency));
    assert_eq!(due("2027-06-30", "status = 'shipped'"), "on-track 2027-03-31");
    assert_eq!(due("2027-06-30", "status = 'planned'\ntarget = 2027-06-30"), "tight 2027-06-30");
    assert_eq!(due("2027-06-30", "status = 'planned'\ntarget = 2027-07-01"), "late-by-dependency 2027-07-01");
    assert_eq!(due("2027-03-01", "status = 'planned'\ntarget = 2027-07-01"), "late 2027-07-01");
    // Late by itself, and nobody can say when it comes.
    assert_eq!(due("2027-03-01", "status = 'planned'"), "late");
    assert_eq!(due("2027-06-30", "status = 'planned'"), "late-by-dependency");
    assert_eq!(due("2027-06-30", "status = 'rejected'"), "late-by-dependency");
    assert_eq!(due("2027-06-30", "status = 'shipped'\nsunset = 2027-05-01"), "late-by-dependency");
    // Over two steps, and around a cycle.
    let chain = "status = 'planned'\ntarget = 2027-01-01\ndepends-on = 'e'\n\
        [features.e]\nstatus = 'planned'\ntarget = 2027-07-01";
    assert_eq!(due("2027-06-30", chain), "late-by-dependency 2027-07-01");
    assert_eq!(due("2027-06-30", "status = 'planned'\ntarget = 2027-07-01\ndepends-on = 'f'"), "undated");
    let unknown = "[features.f]\nstatus = 'planned'\ntarget = 2027-03-31\ndepends-on = 'x'\n";
    assert_eq!(verdict("feature: f, due: 2027-06-30", unknown), "undated");
    // It hides nothing: what is late in any case is late.
    assert_eq!(verdict("feature: f, due: 2027-03-01", unknown), "late 2027-03-31");
    let far = format!(
        "{}[features.d]\nstatus = 'planned'\ntarget = 2027-07-01\n",
        unknown.replace("'x'", "['x', 'd']")
    );
    assert_eq!(verdict("feature: f, due: 2027-06-30", &far), "late-by-dependency 2027-07-01");
    assert_eq!(
        due("2027-06-30", "status = 'planned'\ntarget = 2027-01-01\ndepends-on = 'x'"),
        "late-by-dependency"
    );
    // Its own beta may rest on a beta, its release on none.
    let in_beta = "status = 'beta'\ntarget = 2027-07-01";
    assert_eq!(due("2027-06-30, accept: beta", in_beta), "late-by-dependency 2027-07-01");
    let beta = format!("[features.f]\nbeta = 2027-03-01{}", on(in_beta).trim_start_matches("[features.f]"));
    assert_eq!(verdict("feature: f, due: 2027-06-30, accept: beta", &beta), "on-track 2027-03-01");
    // What has shipped waits for nothing.
    let shipped = "[features.f]\nstatus = 'shipped'\ndepends-on = 'd'\n[features.d]\nstatus = 'idea'\n";
    assert_eq!(verdict("feature: f, due: 2027-06-30", shipped), "shipped");
}

#[test]
fn a_dependency_is_judged_for_the_same_cell() {
    let features = "[features.f]\nstatus = 'planned'\ntarget = 2027-03-31\ndepends-on = 'd'\n\
        [features.d]\nstatus = 'shipped'\nfor = {p = 'l'}\n\
        [[features.d.offers]]\nfor = {p = 'w'}\nstatus = 'planned'\ntarget = 2027-12-31\n";
    assert_eq!(verdict("feature: f, due: 2027-06-30, for: {p: l}", features), "on-track 2027-03-31 for l");
    assert_eq!(
        verdict("feature: f, due: 2027-06-30, for: {p: w}", features),
        "late-by-dependency 2027-12-31 for w"
    );
}

/// What has to be built for the only requirement, each feature with the place of its offer.
fn builds(requirement: &str, features: &str) -> String {
    let text = format!("contract: C\ncustomer: A\nrequirements:\n  - {{ {requirement} }}\n");
    judged(&text, features, |promise| {
        let builds = promise.judgements.iter().flat_map(|judgement| &judgement.builds);
        let words = |build: &Build<'_>| match build.offer {
            Some(offer) => format!("{}{offer}", build.feature.id.value),
            None => format!("{}-", build.feature.id.value),
        };
        builds.map(words).collect::<Vec<_>>().join(" ")
    })
}

#[test]
fn what_has_to_be_built_is_the_offer_that_counts_and_what_it_waits_for() {
    let planned = "status = 'planned'\ntarget = 2027-01-01\n";
    let others = format!(
        "[features.g]\n{planned}for = {{p = ['l']}}\ndepends-on = ['h', 's']\n\
         [[features.g.offers]]\n{planned}for = {{p = ['w']}}\ndepends-on = ['h', 'd']\n\
         [features.h]\n{planned}depends-on = ['h']\n\
         [features.s]\nstatus = 'shipped'\ndepends-on = ['h']\n\
         [features.d]\nstatus = 'rejected'\ndepends-on = ['h']\n"
    );
    let waits = feature(&format!("{planned}depends-on = ['h', 'g']")) + &others;
    for (requirement, expected) in [
        ("feature: f", "f0 h0 g0"),
        ("feature: f, for: {p: w}", "f0 h0 g1 d-"),
        ("feature: f, for: {p: x}", "f0 h0 g-"),
        ("feature: s", ""),
        ("feature: d", ""),
        ("feature: [g, h], for: {p: l}", "g0 h0 h0"),
    ] {
        assert_eq!(builds(requirement, &waits), expected, "{requirement}");
    }
    let beta = feature("status = 'beta'");
    assert_eq!(builds("feature: f, accept: beta", &beta), "");
    assert_eq!(builds("feature: f", &beta), "f0");
    // A beta that is accepted rests on one that has begun; the release has to wait for more.
    let on_beta = "depends-on = 'b'\n[features.b]\nstatus = 'beta'\ntarget = 2027-01-01\n";
    let begins = feature(&format!("{planned}beta = 2026-12-15\n{on_beta}"));
    assert_eq!(builds("feature: f, due: 2027-06-30, accept: beta", &begins), "f0");
    assert_eq!(builds("feature: f, due: 2027-06-30", &begins), "f0 b0");
}

#[test]
fn what_is_owed_goes_by_the_last_delivery_of_a_requirement() {
    let owed = |remedy: &str, due: &str| {
        let text = format!(
            "contract: C\ncustomer: A\nvalue: 1000 EUR\nrequirements:\n  - {{ feature: [f, g], due: {due}, {remedy} }}\n"
        );
        let features = "[features.f]\nstatus = 'planned'\ntarget = 2027-01-10\n\
            [features.g]\nstatus = 'planned'\ntarget = 2027-01-20\n";
        judged(&text, features, |promise| {
            promise.owed().map(|owed| format!("{} by {}", owed.money.unwrap(), owed.by))
        })
    };
    let weekly = "remedy: { per: week, credit: 1 % }";
    assert_eq!(owed(weekly, "2027-01-10").as_deref(), Some("20 EUR by 2027-01-20"));
    assert_eq!(owed(weekly, "2027-01-20"), None);
    assert_eq!(owed("remedy: { per: day, credit: 0 % }", "2027-01-10"), None);
    assert_eq!(owed("accept: ga", "2027-01-10"), None);
}

#[test]
fn a_delay_without_an_end_owes_more_than_what_is_known() {
    let owed = |other: &str| {
        let text = "contract: C\ncustomer: A\nvalue: 1000 EUR\nrequirements:\n  - { feature: [f, g], due: 2027-01-10, \
                    remedy: { per: day, credit: 1 %, sole: true } }\n";
        let features =
            format!("[features.f]\nstatus = 'planned'\ntarget = 2027-01-20\n[features.g]\n{other}\n");
        judged(text, &features, |promise| {
            promise.owed().map(|owed| (owed.money.unwrap().to_string(), owed.at_least))
        })
    };
    let sum = |at_least| Some(("100 EUR".to_owned(), at_least));
    assert_eq!(owed("status = 'shipped'"), sum(false));
    assert_eq!(owed("status = 'planned'"), sum(true));
    assert_eq!(owed("status = 'rejected'"), sum(true));
}

#[test]
fn a_beta_stands_instead_of_what_is_late() {
    let planned =
        |beta: &str| feature(&format!("status = 'in-progress'\ntarget = 2027-09-30\nbeta = {beta}"));
    assert_eq!(verdict("feature: f, due: 2027-03-31", &planned("2027-01-31")), "beta 2027-09-30");
    assert_eq!(verdict("feature: f, due: 2027-03-31", &planned("2027-04-01")), "late 2027-09-30");
    assert_eq!(verdict("feature: f, due: 2027-12-31", &planned("2027-01-31")), "on-track 2027-09-30");
    // One that should have begun has not: only the status says that it has.
    assert_eq!(verdict("feature: f, due: 2027-03-31", &planned("2026-10-31")), "late 2027-09-30");
    // Accepted, the better of the two counts.
    assert_eq!(
        verdict("feature: f, due: 2027-03-31, accept: beta", &planned("2027-01-31")),
        "on-track 2027-01-31"
    );
    assert_eq!(
        verdict("feature: f, due: 2027-02-01, accept: beta", &planned("2027-01-31")),
        "tight 2027-01-31"
    );
    assert_eq!(
        verdict("feature: f, due: 2027-01-01, accept: beta", &planned("2027-01-31")),
        "late 2027-01-31"
    );
}

#[test]
fn a_day_that_is_over_says_more_than_the_verdict() {
    let planned = feature("status = 'planned'\ntarget = 2027-06-30");
    assert_eq!(verdict("feature: f, due: 2026-11-21", &planned), "late 2027-06-30 lapsed");
    assert_eq!(verdict("feature: f, due: 2026-11-22", &planned), "late 2027-06-30");
    let signing = "signing: 2026-12-15";
    assert_eq!(verdict_in(signing, "feature: f, due: 2026-12-14", &planned), "late 2027-06-30 lapsed");
    // What was available by that day is no broken promise; what came later is one for a draft only.
    let shipped = feature("status = 'shipped'\nshipped = 2026-10-01");
    assert_eq!(verdict("feature: f, due: 2026-10-01", &shipped), "shipped");
    assert_eq!(verdict("feature: f, due: 2026-09-30", &shipped), "shipped lapsed");
    assert_eq!(verdict_in("status: signed", "feature: f, due: 2026-09-30", &shipped), "shipped");
    assert_eq!(
        verdict_in("status: signed", "feature: f, due: 2026-09-30", &planned),
        "late 2027-06-30 lapsed"
    );
    // What is gone since was dropped; what was gone by then, or never came, was not kept.
    let gone = feature("status = 'retired'\nshipped = 2025-01-01\nsunset = 2026-10-31");
    let going = feature("status = 'deprecated'\nshipped = 2025-01-01\nsunset = 2026-10-31");
    let never = feature("status = 'planned'\ntarget = 2027-06-30\nsunset = 2026-10-31");
    for contract in ["status: signed", "status: draft"] {
        assert_eq!(verdict_in(contract, "feature: f, due: 2026-10-30", &gone), "dropped");
        assert_eq!(verdict_in(contract, "feature: f, due: 2026-11-15", &gone), "dropped lapsed");
        assert_eq!(verdict_in(contract, "feature: f, due: 2026-10-30", &going), "shipped");
        assert_eq!(verdict_in(contract, "feature: f, due: 2026-11-15", &going), "dropped lapsed");
        assert_eq!(verdict_in(contract, "feature: f, due: 2026-11-15", &never), "dropped lapsed");
    }
    let late = "feature: f, due: 2024-12-31";
    assert_eq!(verdict_in("status: signed", late, &gone), "dropped");
    assert_eq!(verdict_in("status: draft", late, &gone), "dropped lapsed");
    // A name that nobody knows may be misspelt: that is not a breach.
    assert_eq!(verdict_in("status: signed", "feature: g, due: 2026-09-30", &planned), "unknown");
}

#[test]
fn what_was_delivered_late_says_by_how_many_days() {
    let days = |requirement: &str, fields: &str| {
        let text = format!(
            "contract: C\ncustomer: A\nstatus: signed\nrequirements:\n  - {{ feature: f, due: 2026-03-01, {requirement} }}\n"
        );
        judged(&text, &feature(fields), |promise| promise.worst().unwrap().days)
    };
    assert_eq!(days("accept: ga", "status = 'shipped'\nshipped = 2026-03-31"), Some(30));
    assert_eq!(days("accept: ga", "status = 'shipped'\nshipped = 2026-02-28"), None);
    assert_eq!(days("accept: beta", "status = 'beta'\nbeta = 2026-03-31"), Some(30));
    assert_eq!(days("accept: beta", "status = 'beta'\nbeta = 2026-02-28\ntarget = 2027-01-31"), None);
    assert_eq!(days("accept: ga", "status = 'retired'\nshipped = 2026-03-31\nsunset = 2026-10-31"), Some(30));
    assert_eq!(days("accept: ga", "status = 'paused'\nshipped = 2026-03-31"), None);
}

#[test]
fn without_a_due_it_is_promised_from_the_first_day() {
    let planned = feature("status = 'planned'\ntarget = 2027-06-30");
    let start = "period: {start: 2027-08-01}";
    assert_eq!(verdict_in(start, "feature: f", &planned), "on-track 2027-06-30");
    assert_eq!(verdict_in("signing: 2027-05-01", "feature: f", &planned), "late 2027-06-30");
    assert_eq!(verdict("feature: f", &planned), "late 2027-06-30");
}

#[test]
fn what_could_not_be_read_is_never_a_false_finding() {
    // A feature whose entry is broken is not unknown, by any of its names.
    let broken = "[features.f]\nname = 'Audit log'\nstatus = 'dnoe'\n[features.g]\nstatus = 'shipped'\n";
    assert_eq!(verdict("feature: f, due: 2027-06-30", broken), "unresolved");
    assert_eq!(verdict("feature: audit log, due: 2027-06-30", broken), "unresolved");
    assert_eq!(verdict("feature: g, due: 2027-06-30", broken), "shipped");
    // An event, a scope, a level or a date that cannot be read leaves the promise unjudged.
    let planned = feature("status = 'planned'\ntarget = 2027-06-30");
    assert_eq!(verdict("feature: f, due: 3 days after golive", &planned), "unresolved");
    assert_eq!(verdict_in("signing: 2026-13-01", "feature: f", &planned), "unresolved");
    assert_eq!(verdict_in("perod: {start: 2027-08-01}", "feature: f", &planned), "unresolved");
    let limited = planned.clone() + "for = {p = ['w']}\n";
    assert_eq!(verdict("feature: f, due: 2027-12-31, fro: {p: w}", &limited), "unresolved");
    // What is limited to no scope does not depend on one; and no scope makes an unknown feature known.
    assert_eq!(verdict("feature: f, due: 2027-12-31, fro: {p: w}", &planned), "on-track 2027-06-30");
    assert_eq!(verdict("feature: g, due: 2027-12-31, fro: {p: w}", &planned), "unknown");
    assert_eq!(verdict("feature: f, due: 2027-12-31, needs: {r: 5}", &planned), "unresolved");
    assert_eq!(verdict_in("status: sinned", "feature: f, due: 2027-12-31", &planned), "unresolved");
}

#[test]
fn what_could_not_be_read_may_be_the_best_there_is() {
    let features = |target: &str| {
        format!(
            "[features.f]\nstatus = 'planned'\ntarget = {target}\n\
             [[features.f.offers]]\nstatus = 'planned'\ntarget = 2027-01-15\ndepends-on = 'broken'\n\
             [features.g]\nstatus = 'planned'\ntarget = 2027-01-15\ndepends-on = 'f'\n\
             [features.beta]\nstatus = 'planned'\nbeta = 2027-01-15\ndepends-on = 'broken'\n\
             [features.broken]\nstatus = 'dnoe'\n"
        )
    };
    assert_eq!(verdict("feature: f, due: 2027-06-30", &features("2028-01-01")), "unresolved");
    assert_eq!(verdict("feature: g, due: 2027-06-30", &features("2028-01-01")), "unresolved");
    assert_eq!(verdict("feature: f, due: 2027-06-30", &features("2027-06-01")), "tight 2027-06-01");
    assert_eq!(
        verdict("feature: beta, due: 2027-06-30, accept: beta", &features("2028-01-01")),
        "unresolved"
    );
    // Too late in any case, but nobody knows by how much.
    assert_eq!(verdict("feature: f, due: 2027-01-14", &features("2028-01-01")), "late 2028-01-01");
    assert_eq!(verdict("feature: g, due: 2027-01-14", &features("2028-01-01")), "late");
}

#[test]
fn of_offers_alike_the_soonest_counts_and_one_without_a_date_last() {
    let offers = |first: &str, second: &str| {
        format!(
            "[features.f]\nstatus = 'planned'\n{first}\n[[features.f.offers]]\nstatus = 'planned'\n{second}\n"
        )
    };
    let soon = "target = 2027-06-30";
    let later = "target = 2027-08-31";
    assert_eq!(verdict("feature: f, due: 2027-12-31", &offers(later, soon)), "on-track 2027-06-30");
    assert_eq!(verdict("feature: f, due: 2027-03-31", &offers(later, soon)), "late 2027-06-30");
    // Both late by what they wait for, one of them without a date.
    let waits =
        "[features.never]\nstatus = 'planned'\n[features.late]\nstatus = 'planned'\ntarget = 2027-09-30\n";
    let never = "target = 2027-01-31\ndepends-on = 'never'";
    let late = "target = 2027-01-31\ndepends-on = 'late'";
    let features = offers(never, late) + waits;
    assert_eq!(verdict("feature: f, due: 2027-03-31", &features), "late-by-dependency 2027-09-30");
    // Of two that are there, the one that stays.
    let gone =
        "[features.f]\nstatus = 'shipped'\nsunset = 2027-09-30\n[[features.f.offers]]\nstatus = 'shipped'\n";
    let stays = "contract: C\ncustomer: A\nrequirements:\n  - { feature: f, due: 2027-03-31 }\n";
    assert!(judged(stays, gone, |promise| promise.worst().unwrap().offer.unwrap().sunset.is_none()));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A later deadline never makes a verdict worse, and a later target never makes it better.
    #[test]
    fn verdicts_follow_the_dates(due in 0i32..600, later in 0i32..200, target in 1i32..600) {
        let day = |offset: i32| TODAY.checked_add(jiff::Span::new().days(offset)).unwrap();
        let delivery = |due: Date, target: Date| {
            let text = format!("contract: C\ncustomer: A\nrequirements:\n  - {{ feature: f, due: {due} }}\n");
            judged(&text, &feature(&format!("status = 'planned'\ntarget = {target}")), |promise| promise.delivery())
        };
        let (due, later_due) = (day(due), day(due + later));
        prop_assert!(delivery(later_due, day(target)) <= delivery(due, day(target)));
        prop_assert!(delivery(due, day(target + later)) >= delivery(due, day(target)));
    }

    /// Values that the same offers name are judged once, and that makes no difference.
    #[test]
    fn a_value_that_is_not_named_fares_as_if_it_were(
        offers in proptest::collection::vec((0usize..8, 0u8..3), 1..5),
        waits in proptest::collection::vec((0usize..8, 0u8..3), 1..3),
    ) {
        let values = ["l", "M", "w"];
        let fields = |kind: u8| match kind {
            0 => "status = 'shipped'",
            1 => "status = 'planned'\ntarget = 2027-06-30",
            _ => "status = 'planned'\ntarget = 2027-01-31\ndepends-on = 'd'",
        };
        let named = |which: usize| (0..3).filter(|at| which >> at & 1 == 1).map(|at| values[at]).collect::<Vec<_>>();
        let mut text = "[features.o]\nstatus = 'shipped'\nfor = {p = ['L', 'm', 'w', 'x']}\n".to_owned();
        for (id, offers) in [("f", &offers), ("d", &waits)] {
            text += &format!("[features.{id}]\nstatus = 'idea'\nfor = {{p = 'none'}}\n");
            for (which, kind) in offers {
                let limits = match named(*which) {
                    values if values.is_empty() => String::new(),
                    values => format!("for = {{p = {values:?}}}\n"),
                };
                text += &format!("[[features.{id}.offers]]\n{limits}{}\n", fields(*kind));
            }
        }
        let silent = "contract: C\ncustomer: A\nrequirements:\n  - { feature: f, due: 2027-05-31 }\n";
        let known = judged_by(silent, &text, |judge, promise| {
            let open_dimensions = judge.open_dimensions(promise, &promise.judgements[0]);
            let values = open_dimensions.dimensions.iter().flat_map(|open| {
                open.values().chain([("nobody-names-it", open.other())])
            });
            let told = values.map(|(name, Outlook { judgement, .. })| {
                (name.to_owned(), judgement.delivery, judgement.expected)
            });
            told.collect::<Vec<_>>()
        });
        prop_assert!(known.len() == 6 || known.is_empty());
        for (name, delivery, expected) in known {
            let named = silent.replace("due:", &format!("for: {{p: {name}}}, due:"));
            let one = judged(&named, &text, |promise| (promise.judgements[0].delivery, promise.judgements[0].expected));
            prop_assert_eq!(one, (delivery, expected), "{}", name);
        }
    }

    /// Nothing is worse for values of which nobody has thought than what is told of some dimension, in whatever order
    /// the roadmap has its dimensions; and who names values that are told as no worse gets what the promise is judged by.
    #[test]
    fn what_is_worst_is_told_of_some_dimension(
        offers in proptest::collection::vec(((0usize..3, 0usize..3, 0usize..3), 0u8..4), 1..5),
        turned in any::<bool>(),
    ) {
        let fields = |kind: u8| match kind {
            0 => "status = 'shipped'",
            1 => "status = 'planned'\ntarget = 2027-02-28",
            2 => "status = 'planned'\ntarget = 2027-06-30",
            _ => "status = 'planned'\ntarget = 2028-06-30",
        };
        let mut names = ["p", "r", "e"];
        if turned {
            names.reverse();
        }
        let mut text = format!(
            "[features.a]\nstatus = 'shipped'\nfor = {{ {} = ['x', 'y'], {} = ['x', 'y'], {} = ['x', 'y'] }}\n",
            names[0], names[1], names[2]
        );
        for (place, ((p, r, e), kind)) in offers.iter().enumerate() {
            let limits = [("p", *p), ("r", *r), ("e", *e)];
            let limits = limits.iter().filter(|(_, value)| *value > 0);
            let limits: Vec<_> = limits.map(|(name, value)| format!("{name} = '{}'", ["", "x", "y"][*value])).collect();
            let head = if place == 0 { "[features.f]" } else { "[[features.f.offers]]" };
            text += &format!("{head}\nfor = {{ {} }}\n{}\n", limits.join(", "), fields(*kind));
        }
        let silent = "contract: C\ncustomer: A\nrequirements:\n  - { feature: f, due: 2027-03-31 }\n";
        let of = |limits: &str| {
            let named = silent.replace("due:", &format!("for: {{ {limits} }}, due:"));
            judged(&named, &text, |promise| (promise.judgements[0].delivery, promise.judgements[0].expected))
        };
        let unthought = of("p: z, r: z, e: z");
        let (judged, told) = judged_by(silent, &text, |judge, promise| {
            let judgement = &promise.judgements[0];
            let open_dimensions = judge.open_dimensions(promise, judgement);
            let alone = open_dimensions.dimensions.iter().flat_map(|open| open.classes().map(|(_, outlook)| outlook));
            let together = open_dimensions.combinations.iter().map(|combination| &combination.outlook);
            let told = alone.chain(together);
            let told = told.map(|Outlook { judgement, is_worse, .. }| ((judgement.delivery, judgement.expected), *is_worse));
            ((judgement.delivery, judgement.expected), told.collect::<Vec<_>>())
        });
        let worst = told.iter().map(|(fares, _)| *fares).max().unwrap_or(judged);
        prop_assert!(worst >= unthought, "{:?} {:?}\n{}", told, unthought, text);
        let is_told = told.iter().any(|(_, is_worse)| *is_worse);
        prop_assert_eq!(is_told, unthought > judged, "{:?} {:?} {:?}\n{}", told, unthought, judged, text);
    }

    /// Of many offers those that cover a cell are found as by looking at each.
    #[test]
    fn offers_are_found_by_their_scopes(
        offers in proptest::collection::vec((0usize..5, 0usize..4), 1..40),
        cell in (0usize..6, 0usize..5),
    ) {
        let values = |(platform, region): (usize, usize), case: fn(&str) -> String| {
            let named = [("platform", ["", "linux", "macos", "Straße", "STRASSE", "none"][platform]), ("region", ["", "eu", "us", "apac", "none"][region])];
            named.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, case(value))).collect::<Vec<_>>()
        };
        let mut text = "[features.f]\nstatus = 'shipped'\n".to_owned();
        for offer in offers {
            let limits: Vec<String> = values(offer, str::to_owned).iter().map(|(name, value)| format!("{name} = '{value}'")).collect();
            text += &format!("[[features.f.offers]]\nfor = {{ {} }}\nstatus = 'shipped'\n", limits.join(", "));
        }
        with_files("contract: C\ncustomer: A\nrequirements: []\n", &text, |roadmap, _| {
            let cell = values(cell, str::to_uppercase).iter().fold(Cell::default(), |cell, (name, value)| cell.with(name, value));
            let places = |offers: Vec<&Offer>| offers.into_iter().map(|offer| offer.place).collect::<Vec<_>>();
            let feature = &roadmap.features[0];
            let all = feature.offers.iter().filter(|offer| offer.scope.covers(&cell)).collect();
            prop_assert_eq!(places(feature.covering(&cell).collect()), places(all));
            Ok(())
        })?;
    }

    /// What says nothing of where is judged by one combination of values, which what it waits for has to be there for, too.
    #[test]
    fn what_is_silent_is_kept_for_some_cell(
        offers in proptest::collection::vec(((0usize..3, 0usize..3), 0u8..3), 1..4),
        waits in proptest::collection::vec(((0usize..3, 0usize..3), 0u8..3), 1..4),
    ) {
        let fields = |kind: u8| ["status = 'shipped'", "status = 'planned'\ntarget = 2027-02-28", "status = 'planned'\ntarget = 2027-06-30"]
            [usize::from(kind)];
        let mut text = "[features.a]\nstatus = 'shipped'\nfor = { p = 'x', r = 'x' }\n".to_owned();
        for (id, offers) in [("f", &offers), ("d", &waits)] {
            for (place, ((p, r), kind)) in offers.iter().enumerate() {
                let limits = [("p", *p), ("r", *r)].into_iter().filter(|(_, value)| *value > 0);
                let limits: Vec<_> = limits.map(|(name, value)| format!("{name} = '{}'", ["", "x", "y"][value])).collect();
                let head = if place == 0 { format!("[features.{id}]") } else { format!("[[features.{id}.offers]]") };
                // What is there waits for nothing.
                let fields = if id == "f" && *kind == 0 { fields(1) } else { fields(*kind) };
                let on = if id == "f" { "\ndepends-on = 'd'" } else { "" };
                text += &format!("{head}\nfor = {{ {} }}\n{fields}{on}\n", limits.join(", "));
            }
        }
        let of = |limits: &str| verdict(&format!("feature: f, due: 2027-03-31{limits}"), &text);
        let delivery = |limits: &str| {
            let contract = format!("contract: C\ncustomer: A\nrequirements:\n  - {{ feature: f, due: 2027-03-31{limits} }}\n");
            judged(&contract, &text, |promise| promise.delivery())
        };
        let values = ["x", "y", "z"];
        let cells = values.iter().flat_map(|p| values.iter().map(move |r| format!(", for: {{ p: {p}, r: {r} }}")));
        let best = cells.map(|cell| delivery(&cell)).min();
        prop_assert_eq!(delivery(""), best.unwrap(), "{} \n{}", of(""), text);
    }

    /// Asking for one more value never makes a promise easier to keep.
    #[test]
    fn more_scope_is_never_better(offers in proptest::collection::vec((0usize..3, 0u8..3), 1..4), asked in 1usize..3) {
        let values = ["l", "m", "w"];
        let fields = |kind: u8| match kind {
            0 => "status = 'shipped'",
            1 => "status = 'planned'\ntarget = 2027-06-30",
            _ => "status = 'paused'",
        };
        let (first, kind) = offers[0];
        let mut text = format!("[features.f]\nfor = {{p = '{}'}}\n{}\n", values[first], fields(kind));
        for (value, kind) in &offers[1..] {
            text += &format!("[[features.f.offers]]\nfor = {{p = '{}'}}\n{}\n", values[*value], fields(*kind));
        }
        let delivery = |asked: &[&str]| {
            let contract = format!(
                "contract: C\ncustomer: A\nrequirements:\n  - {{ feature: f, due: 2027-03-31, for: {{p: [{}]}} }}\n",
                asked.join(", ")
            );
            judged(&contract, &text, |promise| promise.delivery())
        };
        prop_assert!(delivery(&values[..asked]) <= delivery(&values[..=asked]));
    }
}
