//! One portfolio through every command and format that counts it: the sums agree.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::collections::BTreeMap;

use common::{Folder, root};
use serde_json::Value;

/// All examples, and what they do not hold: amendments, waivers, several currencies in one seller's hands.
fn portfolio() -> Folder {
    let folder = Folder::copy_of(&root().join("examples"));
    let own = "half-the-contract";
    folder.write(
        &format!("{own}/change.yaml"),
        "contract: NORDWIND-2026-007-A1\namends: NORDWIND-2026-007\nvalue: 700000 EUR\nsigning: 2026-12-20\n\
         requirements:\n  - { id: X1, feature: sso, due: 2027-03-31 }\n  - { id: X2, feature: teleport, due: 2027-05-31 }\n",
    );
    folder.write(
        &format!("{own}/kept.yaml"),
        "contract: MERE-2025-004\ncustomer: \"=Mere | <b>\"\nseller: dana@vendor.example\nstatus: signed\nsigning: 2025-01-10\n\
         value: 0.10 USD\nrequirements:\n  - { feature: sso, due: 2020-01-31 }\n  - { id: T, kind: service, due: 2027-01-31 }\n",
    );
    folder.write(
        &format!("{own}/lost.yaml"),
        "contract: LOST-1\ncustomer: Gone\nstatus: lost\nvalue: 5 EUR\nrequirements: [{ feature: sso }]\n",
    );
    folder
}

fn json(folder: &Folder, arguments: &[&str]) -> Value {
    let ran = folder.run(arguments);
    serde_json::from_str(&ran.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}\n{}", ran.stdout))
}

/// Amounts by currency.
fn money(list: &Value) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    list.as_array().unwrap().iter().map(|sum| (text(&sum["currency"]), text(&sum["amount"]))).collect()
}

const BY: [&str; 6] = ["contract", "feature", "seller", "team", "customer", "deadline"];

#[test]
fn reports_count_as_lint_does() {
    let folder = portfolio();
    let lint = json(&folder, &["lint", ".", "--format", "json"]);
    let summary = &lint["summary"];
    for by in BY {
        let report = json(&folder, &["report", ".", "--format", "json", "--by", by]);
        let total = &report["total"];
        assert_eq!(total["promises"], summary["requirements"], "{by}");
        assert_eq!(total["by-delivery"], summary["by-delivery"], "{by}");
        assert_eq!(money(&total["value"]), money(&summary["value"]), "{by}");
        assert_eq!(money(&total["value-at-risk"]), money(&summary["value-at-risk"]), "{by}");
        assert_eq!(money(&total["remedies"]), money(&summary["remedies"]), "{by}");
        assert_eq!(total["waivers"], summary["waived"], "{by}");
    }
}

/// Lines that divide all promises among them.
#[test]
fn lines_add_up_to_the_total() {
    let folder = portfolio();
    for by in ["contract", "seller", "customer", "deadline"] {
        let report = json(&folder, &["report", ".", "--format", "json", "--by", by]);
        for key in
            ["promises", "services", "unmapped", "broken", "tight", "kept", "kept-late", "missed", "waivers"]
        {
            // A waiver may cover what is about a term, which is due in no quarter.
            if (by, key) == ("deadline", "waivers") {
                continue;
            }
            let of = |line: &Value| line[key].as_u64().unwrap_or_else(|| panic!("{key}"));
            let sum: u64 = report["lines"].as_array().unwrap().iter().map(of).sum();
            assert_eq!(sum, of(&report["total"]), "{key} by {by}");
        }
    }
}

#[test]
fn every_format_shows_the_same_total() {
    let folder = portfolio();
    let total = json(&folder, &["report", ".", "--format", "json"])["total"].clone();
    let summary = folder.run(&["lint", "."]).stdout;
    let headline = summary.lines().find(|line| line.contains("promises cannot be kept")).unwrap().to_owned();
    let text = folder.run(&["report", "."]).stdout;
    assert!(text.contains(&headline), "{text}");
    let markdown = folder.run(&["report", ".", "--format", "markdown"]).stdout;
    assert!(markdown.contains(&format!("| {} | {} |", total["promises"], total["broken"])), "{markdown}");
    let table = folder.run(&["report", ".", "--format", "csv"]).stdout;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let mut sums: BTreeMap<&str, rust_decimal::Decimal> = BTreeMap::new();
    for record in reader.records() {
        for (name, cell) in header.iter().zip(record.unwrap().iter()) {
            assert!(!cell.starts_with('='), "a spreadsheet would run {cell}");
            if let Ok(number) = cell.parse::<rust_decimal::Decimal>() {
                *sums.entry(name).or_default() += number;
            }
        }
    }
    for (currency, amount) in money(&total["value"]) {
        assert_eq!(sums[format!("value {currency}").as_str()].to_string(), amount);
    }
    for key in ["promises", "broken", "kept late", "waivers"] {
        assert_eq!(sums[key].to_string(), total[key.replace(' ', "-")].to_string(), "{key}");
    }
}

#[test]
fn lost_deals_are_counted_nowhere() {
    let folder = portfolio();
    for by in BY {
        let report = folder.run(&["report", ".", "--format", "json", "--by", by]).stdout;
        assert!(!report.contains("LOST-1") && !report.contains("Gone"), "{by}");
    }
}
