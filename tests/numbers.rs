//! One portfolio through every command and format that counts it: the sums agree.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::collections::BTreeMap;

use common::{Folder, root};
use serde_json::Value;

/// All examples, and what they do not hold: amendments, several currencies in one seller's hands, promises that are
/// waived or allowed, and what is gone before a contract ends.
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
        .write("excused/dealcheck.toml", "waivers = [\"waivers.toml\"]\n[lints]\nbeta-feature = \"allow\"\n");
    folder.write(
        "excused/roadmap.toml",
        "[features.late]\nstatus = \"planned\"\ntarget = 2027-12-31\nsunset = 2028-06-30\n\
         [features.beta]\nstatus = \"beta\"\ntarget = 2027-12-31\n\
         [features.gone]\nstatus = \"shipped\"\nsunset = 2028-06-30\n",
    );
    let waiver = |contract: &str, lint: &str| {
        format!(
            "[[waivers]]\ncontract = \"{contract}\"\nrequirement = \"late\"\nlint = \"{lint}\"\n\
             reason = \"The customer knows.\"\napproved-by = \"priya@vendor.example\"\napproved-on = 2026-11-01\nexpires = 2027-12-31\n"
        )
    };
    let both = ["late-feature", "sunset-feature"].map(|lint| waiver("EXCUSED-1", lint)).concat();
    folder.write("excused/waivers.toml", both + &waiver("EXCUSED-2", "late-feature"));
    for (contract, features) in [("EXCUSED-1", "late, beta"), ("EXCUSED-2", "late, gone")] {
        let requirements: String = features
            .split(", ")
            .map(|feature| format!("  - {{ feature: {feature}, due: 2027-03-31 }}\n"))
            .collect();
        folder.write(
            &format!("excused/{contract}.yaml"),
            format!(
                "contract: {contract}\ncustomer: Globex\nseller: dana@vendor.example\nvalue: 1000 CHF\nsigning: 2026-12-15\n\
                 period: {{ start: 2027-01-01, end: 2029-12-31 }}\nrequirements:\n{requirements}"
            ),
        );
    }
    folder
}

/// What a promise comes to, as the machine-readable outputs call it.
const STANDINGS: [&str; 5] = ["broken", "tight", "unjudged", "waived-promises", "allowed-promises"];

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
        assert_eq!(total["gone"], summary["gone"], "{by}");
        for standing in STANDINGS {
            assert_eq!(total[standing], summary[standing], "{standing} by {by}");
            assert_ne!(total[standing], 0, "{standing} is not in the portfolio");
        }
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
        let keys = ["promises", "services", "unmapped", "kept", "kept-late", "missed", "waivers"];
        for key in keys.into_iter().chain(STANDINGS) {
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

/// A waiver or an allowed lint takes away its own obstacle alone, and a promise counts once: by what is left.
#[test]
fn what_is_excused_is_told_apart_everywhere() {
    let folder = portfolio();
    let ran = folder.run(&["lint", "excused"]);
    let headline = "2 of 4 promises cannot be kept, 1 is waived, 1 is allowed to fail; 1 contract worth 1000 CHF contains them\n";
    assert!(ran.stdout.contains(headline), "{}", ran.stdout);
    assert!(
        ran.stdout.contains(
            "  promises: 4 (2 late, 1 in beta only, 1 shipped but gone before the contract ends)\n"
        ),
        "{}",
        ran.stdout
    );
    let report =
        folder.run(&["report", "excused", "--columns", "name,promises,broken,waived,allowed"]).stdout;
    for line in
        ["EXCUSED-1         2       0       1        1", "EXCUSED-2         2       2       0        0"]
    {
        assert!(report.contains(line), "{report}");
    }
    let gaps = folder.run(&["gaps", "excused"]).stdout;
    assert!(gaps.contains("of which 1 contract (1000 CHF) has all of it waived or allowed"), "{gaps}");
    assert!(gaps.contains("late; gone in the term"), "{gaps}");
    let page = folder.run(&["report", "excused", "--format", "html"]).stdout;
    for figure in [
        "Cannot be kept</dt><dd class=\"value\"><span class=\"broken\"><span class=\"sign\" aria-hidden=\"true\">✕</span> 2<",
        "Waived</dt><dd class=\"value\"><span class=\"waived\"><span class=\"sign\" aria-hidden=\"true\">◇</span> 1<",
    ] {
        assert!(page.contains(figure), "{figure}");
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

#[test]
fn a_currency_of_an_amendment_alone_has_a_column() {
    let folder = Folder::new();
    folder.write("roadmap.toml", "[features.audit-log]\nstatus = \"planned\"\ntarget = \"2027-Q2\"\n");
    folder.write(
        "base.yaml",
        "contract: ACME-1\ncustomer: Acme\nstatus: signed\nsigning: 2026-01-15\nvalue: 1000 EUR\n\
         requirements: [{ id: R1, feature: audit-log, due: 2027-12-31 }]\n",
    );
    folder.write(
        "change.yaml",
        "contract: ACME-1-A1\namends: ACME-1\nvalue: 2000 USD\n\
         requirements: [{ id: R2, feature: audit-log, due: 2027-01-31, remedy: { per: week, credit: 1 % } }]\n",
    );
    let ran = folder.run(&["report", ".", "--format", "csv", "--columns", "name,value-at-risk,remedies"]);
    // What is at risk is what the deal is worth in force; what would be owed is by the words of the amendment.
    let table = "contract,value at risk EUR,value at risk USD,remedies EUR,remedies USD\n\
                 ACME-1-A1,1000,,,440\nACME-1,,,,\n";
    assert_eq!(ran.stdout, table, "{}", ran.stderr);
}

#[test]
fn a_future_feature_without_a_date_for_one_scope_has_none() {
    let folder = Folder::new();
    folder.write(
        "roadmap.toml",
        "[features.audit-log]\nstatus = \"planned\"\ntarget = \"2027-Q2\"\nfor = { platform = [\"linux\"] }\n\
         [[features.audit-log.offers]]\nfor = { platform = [\"windows\"] }\nstatus = \"idea\"\n",
    );
    for platforms in ["linux, windows", "windows, linux"] {
        folder.write(
            "contract.yaml",
            format!(
                "contract: ACME-1\ncustomer: Acme\n\
                 requirements: [{{ feature: audit-log, due: 2027-12-31, for: {{ platform: [{platforms}] }} }}]\n"
            ),
        );
        let ran = folder.run(&["report", ".", "--format", "csv", "--columns", "name,future-features"]);
        assert_eq!(ran.stdout, "contract,future features\nACME-1,audit-log (no date)\n", "{}", ran.stderr);
    }
}
