//! `lint --since`, on real git repositories: what is new is reported, and nothing else; what cannot be read of the
//! older version is never a reason to report less.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use common::entries;
use common::repository::{Repository, git, run, run_with};
use tempfile::TempDir;

const ROADMAP: &str = "\
[features.sso]
name = \"SSO\"
status = \"shipped\"

[features.audit]
name = \"Audit\"
status = \"planned\"
target = \"2027-Q2\"
";

/// A contract with one promise that is late, `audit`, and others.
fn contract(id: &str, more: &str) -> String {
    format!(
        "contract: {id}\ncustomer: {id}\nseller: dana@vendor.example\nrequirements:\n  - feature: audit\n    due: 2027-01-31\n{more}"
    )
}

/// A promise that nothing keeps.
fn unknown(feature: &str) -> String {
    format!("  - feature: {feature}\n    due: 2027-01-31\n")
}

/// A repository with one old deal and a commit.
fn an_old_deal() -> Repository {
    let repository = Repository::new();
    repository.write("roadmap.toml", ROADMAP);
    repository.write("deals/acme.yaml", contract("ACME-1", ""));
    repository.commit();
    repository
}

/// The findings of `lint deals`, as `lint subject`, and how many there were before.
fn new_in(repository: &Repository) -> (Vec<String>, u64) {
    new_findings(repository.path(), &["deals"])
}

fn new_findings(folder: &Path, paths: &[&str]) -> (Vec<String>, u64) {
    let args: Vec<&str> =
        ["lint", "--since", "main", "--format", "json"].iter().chain(paths).copied().collect();
    let ran = run(folder, &args);
    let output: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(output["problems"].as_array().unwrap().len(), 0, "{}{}", ran.stdout, ran.stderr);
    let findings: Vec<String> = output["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let text = |key: &str| finding[key].as_str().unwrap_or_default();
            format!("{} {} {}", text("lint"), text("contract"), text("requirement")).trim().to_owned()
        })
        .collect();
    let denied = output["summary"]["denied"].as_u64().unwrap();
    assert_eq!(ran.status, Some(i32::from(denied > 0)), "{}", ran.stdout);
    (findings, output["summary"]["since"]["known"].as_u64().unwrap())
}

#[test]
fn what_was_there_before_is_not_shown() {
    let repository = an_old_deal();
    let alone = run(repository.path(), &["lint", "deals"]);
    assert_eq!(alone.status, Some(1));
    let ran = run(repository.path(), &["lint", "deals", "--since", "main"]);
    assert_eq!(ran.status, Some(0), "{}{}", ran.stdout, ran.stderr);
    assert_eq!(
        ran.stdout,
        "no new finding since main; in all: By the roadmap, the only promise cannot be kept\n  \
           contracts: 1 (1 draft)\n  \
           promises: 1 (1 late)\n  \
           since main: 1 finding that was there before is not shown\n"
    );
    assert_eq!(ran.stderr, "");
}

#[test]
fn what_is_new_is_shown() {
    let repository = an_old_deal();
    repository.write("deals/acme.yaml", format!("# Moved.\n{}", contract("ACME-1", &unknown("teleport"))));
    let ran = run(repository.path(), &["lint", "deals", "--since", "main"]);
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.stdout.contains("error[unknown-feature]") && !ran.stdout.contains("error[late-feature]"),
        "{}",
        ran.stdout
    );
    let words = "\n1 new finding since main; in all: By the roadmap, 2 of 2 promises cannot be kept\n";
    assert!(ran.stdout.contains(words), "{}", ran.stdout);
    assert_eq!(new_in(&repository), (vec!["unknown-feature ACME-1 teleport".to_owned()], 1));
}

/// A comment is read by those who made the change, not by those who know all other customers.
#[test]
fn a_comment_shows_what_is_new_and_nobody_elses_deals() {
    let repository = an_old_deal();
    repository.write("deals/other.yaml", contract("OTHER-1", "").replace("Acme", "Initech"));
    repository.commit();
    repository.write("deals/acme.yaml", contract("ACME-1", &unknown("teleport")));
    let ran = run(repository.path(), &["lint", "deals", "--since", "main", "--format", "markdown"]);
    let parts = [
        "### dealcheck: 1 new finding since main\n\n#### 1 error\n",
        "<b>unknown-feature</b>",
        "#### The contracts with these findings\n",
        "| **unknown** | ACME-1 | teleport |",
        "<details><summary>In all</summary>\n\nBy the roadmap, 3 of 3 promises cannot be kept\n",
        "For more, run <code>dealcheck explain unknown-feature</code>.\n",
    ];
    let mut rest = ran.stdout.as_str();
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part:?} in its place in\n{}", ran.stdout));
        rest = &rest[at + part.len()..];
    }
    assert!(!ran.stdout.contains("OTHER-1") && !ran.stdout.contains("Initech"), "{}", ran.stdout);
}

#[test]
fn a_change_of_the_roadmap_is_new_in_old_deals() {
    let repository = an_old_deal();
    repository.write(
        "roadmap.toml",
        ROADMAP.replace("status = \"planned\"\ntarget = \"2027-Q2\"", "status = \"rejected\""),
    );
    assert_eq!(new_in(&repository), (vec!["dropped-feature ACME-1 audit".to_owned()], 0));
}

#[test]
fn a_change_of_a_master_agreement_is_new_in_what_is_under_it() {
    let repository = Repository::new();
    let master = |region: &str| {
        format!(
            "contract: MSA-1\ncustomer: Acme\nstatus: signed\nfor: {{ region: {region} }}\nrequirements: []\n"
        )
    };
    repository.write("roadmap.toml", "[features.audit]\nstatus = 'shipped'\nfor = { region = ['eu'] }\n");
    repository.write("deals/msa.yaml", master("eu"));
    let order = "contract: ORDER-1\ncustomer: Acme\nunder: MSA-1\nrequirements:\n  - feature: audit\n    due: 2027-01-31\n";
    repository.write("deals/order.yaml", order);
    repository.commit();
    assert_eq!(new_in(&repository), (Vec::new(), 0));
    repository.write("deals/msa.yaml", master("us"));
    assert_eq!(new_in(&repository).0, ["scope-gap ORDER-1 audit"]);
}

/// Of a finding that names several things another one is new, and fewer, or the same in other words, are not.
#[test]
fn what_a_finding_names_besides_is_new() {
    let roadmap = "\
[features.audit]
status = \"shipped\"
levels = { retention = \"90 days\", uptime = \"99 %\" }

[features.grid]
status = \"planned\"
target = \"2027-Q2\"

[terms.law]
standard = [\"Germany\"]
";
    let deal = |law: &str, needs: &str, text: &str, more: &str| {
        format!(
            "contract: A-1\ncustomer: Acme\nseller: dana@vendor.example\nterms: {{ law: {law} }}\nmilestones: {{ go: open }}\nrequirements:\n  \
               - {{ id: R1, feature: audit, needs: {{ {needs} }} }}\n  \
               - {{ id: R2, text: \"{text}\" }}\n  \
               - {{ id: R3, feature: grid, due: go }}\n{more}"
        )
    };
    let (retention, uptime) = ("retention: \">= 365 days\"", "uptime: \">= 99.9 %\"");
    let (cars, rocket) = ("Vendor shall wash cars.", "Vendor shall build a rocket.");
    let repository = Repository::new();
    repository.write("roadmap.toml", roadmap);
    repository.write("deals/a.yaml", deal("France", retention, cars, ""));
    repository.commit();
    let new = |contract: String| {
        repository.write("deals/a.yaml", contract);
        new_in(&repository).0
    };
    assert_eq!(new(deal("france", retention, "VENDOR shall wash  cars", "")), Vec::<String>::new());
    assert_eq!(new(deal("Iran", retention, cars, "")), ["off-standard-term A-1"]);
    assert_eq!(new(deal("France", uptime, cars, "")), ["level-gap A-1 R1"]);
    let both = format!("{retention}, {uptime}");
    assert_eq!(new(deal("France", &both, cars, "")), ["level-gap A-1 R1"]);
    assert_eq!(new(deal("France", retention, rocket, "")), ["unmapped-requirement A-1 R2"]);
    let more = "  - { id: R4, feature: grid, due: go }\n";
    assert!(new(deal("France", retention, cars, more)).contains(&"open-deadline A-1".to_owned()));
    repository.write("deals/a.yaml", deal("France", &both, cars, more));
    repository.commit();
    assert_eq!(new(deal("France", retention, cars, "")), Vec::<String>::new());
}

/// The same words are further from the standard where the fees that they hang on are higher, and nearer where these are lower.
#[test]
fn a_term_that_goes_further_by_its_fees_is_new() {
    let repository = Repository::new();
    let roadmap = |liability: &str| {
        format!(
            "[features.audit]\nstatus = \"shipped\"\n\n[terms.liability]\nstandard = \"{liability}\"\n\n[terms.law]\nstandard = [\"Germany\"]\n"
        )
    };
    let deal = |monthly: &str| {
        format!(
            "contract: A-1\ncustomer: Acme\nfees: {{ monthly: {monthly} }}\nterms: {{ liability: 12 months of fees, law: France }}\n\
             requirements:\n  - feature: audit\n"
        )
    };
    repository.write("roadmap.toml", roadmap("<= 100000 EUR"));
    repository.write("deals/a.yaml", deal("10000 EUR"));
    repository.commit();
    let new = |monthly: &str, standard: &str| {
        repository.write("roadmap.toml", roadmap(standard));
        repository.write("deals/a.yaml", deal(monthly));
        new_in(&repository).0
    };
    assert_eq!(new("90000 EUR", "<= 100000 EUR"), ["off-standard-term A-1"]);
    assert_eq!(new("10001 EUR", "<= 100000 EUR"), ["off-standard-term A-1"]);
    assert_eq!(new("9500 EUR", "<= 100000 EUR"), Vec::<String>::new());
    assert_eq!(new("10000 EUR", "<= 90000 EUR"), Vec::<String>::new());
}

#[test]
fn what_the_roadmap_is_wrong_about_is_new_in_a_new_deal() {
    let repository = Repository::new();
    let late = "status = \"planned\"\ntarget = \"2027-Q2\"\ndepends-on =";
    repository.write(
        "roadmap.toml",
        format!("[features.y]\n{late} \"z\"\n[features.z]\n{late} \"y\"\n[features.k]\n{late} \"nope\"\n"),
    );
    let deal = |id: &str, feature: &str| {
        format!(
            "contract: {id}\ncustomer: {id}\nrequirements:\n  - {{ feature: {feature}, due: 2027-12-31 }}\n"
        )
    };
    repository.write("deals/a.yaml", deal("A", "y"));
    repository.write("deals/b.yaml", deal("B", "k"));
    repository.commit();
    assert_eq!(new_in(&repository), (Vec::new(), 4));
    repository.write("deals/c.yaml", deal("C", "z"));
    repository.write("deals/d.yaml", deal("D", "k"));
    let new = ["undated-feature C z", "undated-feature D k"].map(str::to_owned);
    assert_eq!(new_in(&repository), (new.to_vec(), 4));
}

#[test]
fn another_level_that_is_not_reached_is_new() {
    let repository = Repository::new();
    let levels = "levels = { retention = \"90 days\", certificates = [\"ISO 1\"] }";
    repository.write("roadmap.toml", format!("[features.audit]\nstatus = \"shipped\"\n{levels}\n"));
    let deal = |needs: &str| contract("A-1", &format!("    needs: {{ {needs} }}\n"));
    repository.write("deals/a.yaml", deal("certificates: [ISO 2], retention: '>= 91 days'"));
    repository.commit();
    let new = |needs: &str| {
        repository.write("deals/a.yaml", deal(needs));
        new_in(&repository).0.len()
    };
    assert_eq!(new("certificates: [ISO 2], retention: '>= 91 days'"), 0);
    assert_eq!(new("certificates: [iso 2, ISO 1]"), 0);
    assert_eq!(new("certificates: [ISO 3], retention: '>= 91 days'"), 1);
    assert_eq!(new("certificates: [ISO 2, ISO 3], retention: '>= 91 days'"), 1);
    assert_eq!(new("certificates: [ISO 2], retention: '>= 365 days'"), 1);
    repository.write("deals/a.yaml", deal("retention: '>= 365 days'"));
    let ran = run(repository.path(), &["lint", "deals", "--since", "main"]);
    assert!(ran.stdout.contains("= note: new for retention >= 365 days\n"), "{}", ran.stdout);
}

#[test]
fn a_draft_that_was_signed_is_new() {
    let repository = an_old_deal();
    let is = |status: &str| {
        repository.write("deals/acme.yaml", format!("status: {status}\n{}", contract("ACME-1", "")));
        new_in(&repository)
    };
    assert_eq!(is("draft"), (Vec::new(), 1));
    assert_eq!(is("signed"), (vec!["late-feature ACME-1 audit".to_owned()], 0));
    let ran = run(repository.path(), &["lint", "deals", "--since", "main"]);
    let note = "= note: new since main: the contract was not signed then, and is now\n";
    assert!(ran.stdout.contains(note), "{}", ran.stdout);
    repository.commit();
    assert_eq!(is("signed"), (Vec::new(), 1));
    assert_eq!(is("draft"), (Vec::new(), 1));
    // Marked as signed on a day to come, it is a draft until then.
    is("signed\nsigning: 2099-01-01");
    repository.commit();
    assert_eq!(is("signed\nsigning: 2026-11-01").0, ["late-feature ACME-1 audit"]);
}

#[test]
fn a_cell_that_is_new_is_new() {
    let repository = Repository::new();
    repository.write(
        "roadmap.toml",
        ROADMAP.replace("[features.audit]", "[features.audit]\nfor = { platform = [\"linux\", \"mac\"] }"),
    );
    let asks = |platforms: &str| contract("ACME-1", &format!("    for: {{ platform: {platforms} }}\n"));
    repository.write("deals/acme.yaml", asks("[linux]"));
    repository.commit();
    repository.write("deals/acme.yaml", asks("[mac, linux]"));
    assert_eq!(new_in(&repository), (vec!["late-feature ACME-1 audit".to_owned()], 0));
    let ran = run(repository.path(), &["lint", "deals", "--since", "main"]);
    assert!(ran.stdout.contains("= note: new for mac\n"), "{}", ran.stdout);
}

#[test]
fn what_a_finding_names_and_did_not_is_new() {
    let roadmap = |windows: &str| {
        format!(
            "[features.audit]\nstatus = \"shipped\"\nfor = {{ platform = \"linux\" }}\n\
             [[features.audit.offers]]\nfor = {{ platform = \"windows\" }}\n{windows}\n"
        )
    };
    let (shipped, retired) = (roadmap("status = \"shipped\""), roadmap("status = \"retired\""));
    let late = |target: &str| roadmap(&format!("status = \"planned\"\ntarget = \"{target}\""));
    let anywhere = "[features.api]\nstatus = \"shipped\"\n";
    let linux =
        format!("{anywhere}[features.audit]\nstatus = \"shipped\"\nfor = {{ platform = \"linux\" }}\n");
    let other = format!("{linux}[features.sso]\nstatus = \"shipped\"\nfor = {{ platform = \"aix\" }}\n");
    for (before, now, new) in [
        // What nobody names any more is among the others.
        (&shipped, &linux, Some("any platform but (linux)")),
        (&late("2027-Q2"), &linux, Some("any platform but (linux)")),
        (&linux, &shipped, None),
        (&other, &linux, None),
        (&shipped, &retired, Some("windows (no longer available)")),
        (&shipped, &late("2027-Q2"), Some("windows by 2027-06-30")),
        (&late("2027-Q2"), &retired, Some("windows (no longer available)")),
        (&late("2027-Q2"), &late("2027-Q3"), None),
        (&retired, &late("2027-Q2"), None),
        (&late("2027-Q2"), &shipped, None),
    ] {
        let repository = Repository::new();
        repository.write("deals/acme.yaml", contract("ACME-1", ""));
        repository.write("roadmap.toml", before);
        repository.commit();
        repository.write("roadmap.toml", now);
        let ran = run(repository.path(), &["lint", "deals", "--since", "main"]);
        let note = new.map(|new| format!("= note: new for {new}\n"));
        let is_told = |note: &String| ran.stdout.contains(note) && ran.stdout.contains("[unscoped-promise]");
        assert!(note.as_ref().is_none_or(is_told), "{note:?}: {}", ran.stdout);
        assert_eq!(ran.stdout.starts_with("no new finding"), new.is_none(), "{}", ran.stdout);
    }
}

#[test]
fn new_files_are_new_whether_git_knows_them_or_not() {
    let repository = an_old_deal();
    repository.write("deals/globex.yaml", contract("GLOBEX-1", ""));
    let new = (vec!["late-feature GLOBEX-1 audit".to_owned()], 1);
    assert_eq!(new_in(&repository), new);
    repository.git(&["add", "-A"]);
    assert_eq!(new_in(&repository), new);
    assert_eq!(new_findings(repository.path(), &["deals/globex.yaml"]), (new.0, 0));
}

#[test]
fn a_contract_is_known_under_another_name() {
    let repository = an_old_deal();
    repository.git(&["mv", "deals/acme.yaml", "deals/acme-robotics.yaml"]);
    assert_eq!(new_in(&repository), (vec![], 1));
    assert_eq!(new_findings(repository.path(), &["deals/acme-robotics.yaml"]), (vec![], 1));
    fs::create_dir(repository.path().join("contracts")).unwrap();
    repository.git(&["mv", "deals/acme-robotics.yaml", "contracts/acme.yaml"]);
    assert_eq!(new_findings(repository.path(), &["contracts"]), (vec![], 1));
}

#[test]
fn what_is_gone_is_no_news() {
    let repository = an_old_deal();
    repository.write("deals/globex.yaml", contract("GLOBEX-1", ""));
    repository.commit();
    repository.git(&["rm", "-q", "deals/acme.yaml"]);
    assert_eq!(new_in(&repository), (vec![], 1));
}

#[test]
fn a_waiver_that_goes_leaves_a_new_finding() {
    let waiver = "[[waivers]]\ncontract = \"ACME-1\"\nrequirement = \"audit\"\nlint = \"late-feature\"\n\
        reason = \"The customer knows.\"\napproved-by = \"priya@vendor.example\"\napproved-on = 2026-11-20\n\
        accepts = 2027-06-30\nexpires = 2027-06-30\ndisclosed = \"Exhibit B\"\n\
        of = { feature = \"audit\", due = \"2027-01-31\" }\n";
    let repository = an_old_deal();
    repository.write("waivers.toml", waiver);
    repository.commit();
    assert_eq!(new_in(&repository), (vec![], 1));
    fs::remove_file(repository.path().join("waivers.toml")).unwrap();
    assert_eq!(new_in(&repository), (vec!["late-feature ACME-1 audit".to_owned()], 0));
    // A waiver that is added for what was there hides nothing that is new.
    repository.commit();
    repository.write("waivers.toml", waiver.replace("\"audit\"", "\"other\""));
    assert_eq!(new_in(&repository), (vec!["unused-waiver".to_owned()], 1));
}

#[test]
fn findings_of_several_contracts_are_matched_too() {
    let repository = an_old_deal();
    for id in ["B-1", "C-1", "D-1"] {
        repository.write(&format!("deals/{id}.yaml"), contract(id, ""));
    }
    repository.commit();
    let all = run(repository.path(), &["lint", "deals"]).stdout;
    assert!(all.contains("repeated-promise"), "{all}");
    let (new, known) = new_in(&repository);
    assert!(new.is_empty() && known > 4, "{new:?} {known}");
    repository.write("deals/E-1.yaml", contract("E-1", ""));
    let (new, _) = new_in(&repository);
    assert!(new.iter().any(|new| new.starts_with("repeated-promise E-1")), "{new:?}");
    assert!(new.iter().all(|new| new.contains(" E-1")), "{new:?}");
    // Told together, it is the new one alone that is told.
    let told = run(repository.path(), &["lint", "deals", "--since", "main"]).stdout;
    assert_eq!(told.matches("promised once more").count(), 1, "{told}");
    assert!(told.contains("--> deals/E-1.yaml:5:14\n"), "{told}");
}

#[test]
fn a_roadmap_that_moved_is_the_same() {
    let repository = an_old_deal();
    repository.write("roadmap.toml", format!("[product]\nreviewed = 2026-01-01\n\n{ROADMAP}"));
    repository.commit();
    assert_eq!(new_in(&repository), (vec![], 2));
    repository.git(&["mv", "roadmap.toml", "deals/roadmap.toml"]);
    assert_eq!(new_in(&repository), (vec![], 2));
}

#[test]
fn one_roadmap_does_not_excuse_another() {
    let stale = format!("[product]\nreviewed = 2026-01-01\n\n{ROADMAP}");
    let repository = Repository::new();
    for (name, roadmap) in [("one", stale.as_str()), ("two", ROADMAP)] {
        repository.write(&format!("deals/{name}/roadmap.toml"), roadmap);
        repository.write(&format!("deals/{name}/deal.yaml"), contract(name, ""));
    }
    repository.commit();
    repository.write("deals/one/roadmap.toml", ROADMAP);
    repository.write("deals/two/roadmap.toml", stale);
    assert_eq!(new_in(&repository), (vec!["stale-roadmap".to_owned()], 2));
}

#[test]
fn a_broken_base_hides_nothing() {
    for (name, text) in [
        ("roadmap.toml", "[features.audit\n"),
        ("deals/acme.yaml", "contract: ACME-1\ncustomer: [\n"),
        ("dealcheck.toml", "roadmap = \"nowhere.toml\"\n"),
    ] {
        let repository = an_old_deal();
        let good = fs::read(repository.path().join(name));
        repository.write(name, text);
        repository.commit();
        match good {
            Ok(good) => repository.write(name, good),
            Err(_) => repository.write(name, ""),
        };
        let ran = run(repository.path(), &["lint", "deals", "--since", "main"]);
        assert_eq!(ran.status, Some(1), "{name}: {}{}", ran.stdout, ran.stderr);
        assert!(ran.stdout.contains("error[late-feature]"), "{name}: {}", ran.stdout);
        let lines: Vec<&str> = ran.stderr.lines().collect();
        let [line] = lines.as_slice() else { panic!("{name}: {lines:?}") };
        let start = "warning: main cannot be read in full, so what was there before may be shown as new: ";
        assert!(line.starts_with(start), "{line}");
        assert!(!line.contains("dealcheck-"), "{line}");
    }
}

#[test]
fn what_is_broken_now_is_still_a_problem() {
    let repository = an_old_deal();
    repository.write("deals/acme.yaml", "contract: ACME-1\ncustomer: [\n");
    repository.commit();
    let ran = run(repository.path(), &["lint", "deals", "--since", "main"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stdout);
}

#[test]
fn an_id_that_two_contracts_had_excuses_neither() {
    let repository = an_old_deal();
    repository.write("deals/globex.yaml", contract("ACME-1", &unknown("teleport")));
    repository.commit();
    repository.write("deals/globex.yaml", contract("GLOBEX-1", ""));
    let (new, known) = new_in(&repository);
    assert_eq!((new.len(), known), (2, 0), "{new:?}");
}

#[test]
fn it_runs_from_a_folder_below_and_from_outside() {
    let repository = an_old_deal();
    let deals = repository.path().join("deals");
    assert_eq!(new_findings(&deals, &["."]), (vec![], 1));
    assert_eq!(new_findings(&deals, &["acme.yaml"]), (vec![], 1));
    assert_eq!(new_findings(&deals, &["../deals"]), (vec![], 1));
    assert_eq!(new_findings(&deals, &[]), (vec![], 1));
    let outside = TempDir::new().unwrap();
    assert_eq!(new_findings(outside.path(), &[deals.to_str().unwrap()]), (vec![], 1));
    // A folder that was not there.
    repository.write("new/globex.yaml", contract("GLOBEX-1", ""));
    assert_eq!(new_findings(&repository.path().join("new"), &["."]).1, 0);
    assert_eq!(new_findings(&repository.path().join("new"), &["../deals"]), (vec![], 1));
}

#[test]
fn configured_contracts_are_compared() {
    let repository = an_old_deal();
    repository.write("dealcheck.toml", "contracts = [\"deals/*.yaml\"]\n");
    repository.commit();
    assert_eq!(new_findings(repository.path(), &[]), (vec![], 1));
    // Which lints are on is a part of the check, and each version has its own.
    repository
        .write("dealcheck.toml", "contracts = [\"deals/*.yaml\"]\n[lints]\ndeferred-revenue = \"deny\"\n");
    assert_eq!(new_findings(repository.path(), &[]), (vec!["deferred-revenue ACME-1 audit".to_owned()], 1));
}

#[test]
fn a_worktree_is_compared() {
    let repository = an_old_deal();
    let folder = TempDir::new().unwrap();
    let tree = folder.path().join("tree");
    repository.git(&["worktree", "add", "-q", "-b", "work", tree.to_str().unwrap()]);
    fs::write(tree.join("deals/globex.yaml"), contract("GLOBEX-1", "")).unwrap();
    assert_eq!(new_findings(&tree, &["deals"]), (vec!["late-feature GLOBEX-1 audit".to_owned()], 1));
}

#[test]
fn a_submodule_is_a_part_of_its_repository() {
    let product = Repository::new();
    product.write("roadmap.toml", ROADMAP);
    product.commit();
    let repository = Repository::new();
    let url = product.path().to_str().unwrap();
    repository.git(&["-c", "protocol.file.allow=always", "submodule", "--quiet", "add", url, "product"]);
    repository.write("dealcheck.toml", "roadmap = \"product/roadmap.toml\"\n");
    repository.write("deals/acme.yaml", contract("ACME-1", ""));
    repository.commit();
    assert_eq!(new_in(&repository), (vec![], 1));
    // Without it nothing can be known, and that is said.
    repository.git(&["submodule", "--quiet", "deinit", "-f", "product"]);
    repository.write("roadmap.toml", ROADMAP);
    repository.write("dealcheck.toml", "roadmap = \"roadmap.toml\"\n");
    let ran = run(repository.path(), &["lint", "deals", "--since", "main"]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.stderr.contains("cannot be read in full"), "{}", ran.stderr);
}

#[test]
fn hooks_variables_confuse_nothing_and_nothing_is_written() {
    let repository = an_old_deal();
    repository.write("deals/acme.yaml", contract("ACME-1", &unknown("teleport")));
    repository.git(&["add", "-A"]);
    repository.write("deals/acme.yaml", contract("ACME-1", ""));
    let other = Repository::new();
    let index = repository.path().join(".git/index");
    let before = (fs::read(&index).unwrap(), repository.git(&["status", "--porcelain"]));
    let objects = entries(&repository.path().join(".git"));
    let elsewhere = other.path().join(".git");
    for variables in [
        vec![("GIT_INDEX_FILE", index.as_path())],
        vec![("GIT_DIR", elsewhere.as_path()), ("GIT_WORK_TREE", other.path())],
        vec![("GIT_OBJECT_DIRECTORY", elsewhere.as_path()), ("GIT_PREFIX", Path::new("deals/"))],
    ] {
        let ran = run_with(repository.path(), &["lint", "deals", "--since", "main"], &variables, None);
        assert_eq!(ran.status, Some(0), "{variables:?}: {}{}", ran.stdout, ran.stderr);
        assert!(fs::read(&index).unwrap() == before.0, "{variables:?}");
    }
    assert_eq!(repository.git(&["status", "--porcelain"]), before.1);
    assert_eq!(entries(&repository.path().join(".git")), objects);
}

#[cfg(unix)]
#[test]
fn a_commit_hook_may_run_it() {
    let repository = an_old_deal();
    let hook = repository.write(
        ".git/hooks/pre-commit",
        format!(
            "#!/bin/sh\nexec {} lint deals --since HEAD --today 2026-11-22\n",
            env!("CARGO_BIN_EXE_dealcheck")
        ),
    );
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(hook, mode).unwrap();
    repository.write("deals/acme.yaml", contract("ACME-1", "  - feature: sso\n"));
    repository.git(&["commit", "-q", "-a", "-m", "good"]);
    repository.write("deals/acme.yaml", contract("ACME-1", &unknown("teleport")));
    let mut commit = Command::new("git");
    commit
        .args(["-c", "user.name=a", "-c", "user.email=a@vendor.example", "commit", "-q", "-a", "-m", "bad"]);
    let output = commit.current_dir(repository.path()).output().unwrap();
    assert!(!output.status.success());
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("unknown-feature")
            || String::from_utf8_lossy(&output.stdout).contains("unknown-feature")
    );
    assert_eq!(repository.git(&["log", "--format=%s"]), "good\nx\n");
}

#[test]
fn standard_input_is_an_edit_of_its_file() {
    let repository = an_old_deal();
    let folder = TempDir::new().unwrap();
    let edit = folder.path().join("edit");
    fs::write(&edit, contract("ACME-1", &unknown("teleport"))).unwrap();
    let lint = |args: &[&str]| {
        let args: Vec<&str> = ["lint", "-", "--since", "main"].iter().chain(args).copied().collect();
        run_with(repository.path(), &args, &[], Some(&edit))
    };
    let ran = lint(&["--stdin-filename", "deals/acme.yaml", "--format", "concise"]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.stdout);
    let ran = lint(&["--stdin-filename", "deals/other.yaml", "--format", "concise"]);
    assert_eq!(ran.stdout.lines().count(), 2, "{}", ran.stdout);
    let ran = lint(&[]);
    assert_eq!(ran.status, Some(2));
    assert!(ran.stderr.contains("standard input has no name") && ran.stderr.contains("--stdin-filename"));
}

#[test]
fn a_shallow_clone_says_what_is_missing() {
    let repository = an_old_deal();
    repository.write("deals/acme.yaml", contract("ACME-1", &unknown("teleport")));
    repository.commit();
    let folder = TempDir::new().unwrap();
    let url = format!("file://{}", repository.path().display());
    git(folder.path(), &["clone", "-q", "--depth", "1", &url, "clone"]);
    let clone = folder.path().join("clone");
    let ran = run(&clone, &["lint", "deals", "--since", "HEAD~1"]);
    assert_eq!(ran.status, Some(2));
    for words in ["no revision `HEAD~1`", "this clone is shallow", "fetch-depth: 0", "git fetch --unshallow"]
    {
        assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    }
    // What is there of it is enough.
    let ran = run(&clone, &["lint", "deals", "--since", "HEAD"]);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    git(&clone, &["fetch", "-q", "--deepen=1"]);
    let ran = run(&clone, &["lint", "deals", "--since", "HEAD~1", "--format", "concise"]);
    assert_eq!(ran.status, Some(1), "{}", ran.stderr);
    assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.stdout);
}

#[test]
fn what_cannot_be_compared_is_an_error() {
    let repository = an_old_deal();
    repository.git(&["update-ref", "refs/remotes/origin/release", "HEAD"]);
    let outside = TempDir::new().unwrap();
    let deal = outside.path().join("deal.yaml");
    fs::write(&deal, contract("OUT-1", "")).unwrap();
    let refused = |folder: &Path, args: &[&str], words: &[&str]| {
        let ran = run(folder, args);
        assert_eq!(ran.status, Some(2), "{args:?}: {}", ran.stdout);
        for word in words {
            assert!(ran.stderr.contains(word), "{args:?}, {word}: {}", ran.stderr);
        }
    };
    let (here, deal) = (repository.path(), deal.to_str().unwrap());
    refused(here, &["lint", "deals", "--since", "mian"], &["no revision `mian`", "did you mean `main`?"]);
    refused(here, &["lint", "deals", "--since", "release"], &["did you mean `origin/release`?"]);
    refused(here, &["lint", "deals", "--since", ""], &["it is empty"]);
    refused(here, &["lint", "deals", "--since=--all"], &["no revision begins with `-`"]);
    refused(here, &["lint", "deals", "--since", "main:deals"], &["no revision `main:deals`"]);
    refused(here, &["lint", "deals", "--since", "main..main"], &["no revision"]);
    refused(here, &["lint", "deals", "--since", "main\nmain"], &["no revision"]);
    refused(here, &["lint", "deals", "--since", "ma\u{1b}in"], &["no revision `ma\\u{1b}in`"]);
    refused(here, &["lint", "deals", deal, "--since", "main"], &["lies outside of the git repository"]);
    refused(
        here,
        &["lint", "deals", "--config", deal, "--since", "main"],
        &["lies outside of the git repository"],
    );
    refused(
        outside.path(),
        &["lint", "deal.yaml", "--since", "main"],
        &["finds no repository", "not a git repository"],
    );
    let bare = TempDir::new().unwrap();
    git(bare.path(), &["clone", "-q", "--bare", here.to_str().unwrap(), "bare"]);
    refused(
        &bare.path().join("bare"),
        &["lint", "--since", "main"],
        &["finds no repository with files", "work tree"],
    );
    let none = run_with(here, &["lint", "deals", "--since", "main"], &[("PATH", outside.path())], None);
    assert_eq!(none.status, Some(2));
    assert!(none.stderr.contains("there is no `git` on this machine"), "{}", none.stderr);
}

/// What is checked out is not there: that is a broken clone, and no branch that has nothing in common with another.
#[test]
fn a_commit_that_is_missing_is_told() {
    let repository = an_old_deal();
    repository.git(&["branch", "other"]);
    std::fs::write(repository.path().join(".git/refs/heads/main"), "1".repeat(40)).unwrap();
    for (revision, words) in
        [("other", "`HEAD` names a commit that this clone has not got"), ("main", "no revision")]
    {
        let ran = run(repository.path(), &["lint", "deals", "--since", revision]);
        assert_eq!(ran.status, Some(2), "{ran:#?}");
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
    }
}

#[test]
fn a_roadmap_outside_is_todays_for_both() {
    let repository = an_old_deal();
    let outside = TempDir::new().unwrap();
    let roadmap = outside.path().join("plan.toml");
    fs::write(&roadmap, ROADMAP).unwrap();
    let roadmap = roadmap.to_str().unwrap();
    assert_eq!(new_findings(repository.path(), &["deals", "--roadmap", roadmap]), (vec![], 1));
    repository.write("dealcheck.toml", format!("roadmap = \"{roadmap}\"\n"));
    repository.commit();
    assert_eq!(new_in(&repository), (vec![], 1));
    // Called by its own absolute path, the roadmap of the repository is the older one.
    let own = repository.path().canonicalize().unwrap().join("roadmap.toml");
    repository.write("dealcheck.toml", format!("roadmap = \"{}\"\n", own.display()));
    repository.commit();
    repository.write("roadmap.toml", ROADMAP.replace("audit", "audits").replace("\"Audit\"", "\"Audits\""));
    assert_eq!(new_in(&repository), (vec!["unknown-feature ACME-1 audit".to_owned()], 0));
}

#[test]
fn a_roadmap_may_have_any_name() {
    let repository = an_old_deal();
    repository.write("plan.txt", ROADMAP);
    repository.commit();
    assert_eq!(new_findings(repository.path(), &["deals", "--roadmap", "plan.txt"]), (vec![], 1));
    repository.git(&["mv", "roadmap.toml", "plan.toml"]);
    assert_eq!(new_findings(repository.path(), &["deals", "--roadmap", "plan.toml"]), (vec![], 1));
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_repository_is_not_old() {
    let repository = an_old_deal();
    let outside = TempDir::new().unwrap();
    fs::write(outside.path().join("deal.yaml"), contract("OUT-1", "")).unwrap();
    fs::write(outside.path().join("roadmap.toml"), ROADMAP).unwrap();
    let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, repository.path().join(name)).unwrap();
    link(outside.path(), "deals/more");
    link(&repository.path().join("deals/acme.yaml"), "deals/absolute.yaml");
    link(Path::new("acme.yaml"), "deals/relative.yaml");
    repository.commit();
    assert_eq!(new_in(&repository), (vec!["late-feature OUT-1 audit".to_owned()], 1));
}

#[test]
fn nothing_stays_behind() {
    let repository = an_old_deal();
    let room = TempDir::new().unwrap();
    let variables = [("TMPDIR", room.path())];
    let ran = run_with(repository.path(), &["lint", "deals", "--since", "main"], &variables, None);
    assert_eq!(ran.status, Some(0), "{}", ran.stderr);
    assert_eq!(entries(room.path()), Vec::<PathBuf>::new());
}

#[cfg(unix)]
#[test]
fn a_folder_that_looks_like_a_repository_runs_nothing() {
    let canary = TempDir::new().unwrap();
    let canary = canary.path().join("canary");
    let touch = format!("touch {}", canary.display());
    let repository = an_old_deal();
    let deals = repository.path().join("deals");
    let settings = "[core]\nrepositoryformatversion = 0\nbare = false\nworktree = .\n";
    repository.write("deals/HEAD", "ref: refs/heads/main\n");
    repository.write("deals/config", settings);
    repository.write("deals/.gitattributes", "* filter=x diff=x\n");
    repository.write("deals/objects/keep", "");
    repository.write("deals/refs/heads/keep", "");
    let within = ["--git-dir=.", "--work-tree=."];
    git(&deals, &[&within[..], &["add", "acme.yaml", ".gitattributes"]].concat());
    git(&deals, &[&within[..], &["commit", "-q", "-m", "x"]].concat());
    let programs = format!(
        "fsmonitor = \"{touch}; false\"\nhooksPath = hooks\nsshCommand = {touch}\n[filter \"x\"]\nsmudge = {touch}\n\
         clean = {touch}\nrequired = true\n[diff \"x\"]\ntextconv = {touch}\ncommand = {touch}\n"
    );
    repository.write("deals/config", format!("{settings}{programs}"));
    let hook = repository.write("deals/hooks/post-index-change", format!("#!/bin/sh\n{touch}\n"));
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(hook, mode).unwrap();
    repository.commit();
    repository.write("deals/globex.yaml", contract("GLOBEX-1", ""));
    repository.git(&["mv", "deals/acme.yaml", "deals/renamed.yaml"]);
    let new = (vec!["late-feature GLOBEX-1 audit".to_owned()], 1);
    assert_eq!(new_in(&repository), new);
    assert_eq!(new_findings(repository.path(), &["deals/globex.yaml", "deals/renamed.yaml"]), new);
    assert_eq!(new_findings(&deals, &["."]), new);
    assert_eq!(new_findings(&deals.join("refs"), &["../globex.yaml", "../renamed.yaml"]), new);
    repository.write("roadmap.toml", ROADMAP.replace("2027-Q2", "2027-12-31"));
    for (folder, path) in [(repository.path(), "deals"), (deals.as_path(), ".")] {
        let ran = run(folder, &["impact", path, "--since", "main"]);
        assert_eq!(ran.status, Some(0), "{}{}", ran.stdout, ran.stderr);
        assert!(ran.stdout.contains("2 drafts get worse"), "{}", ran.stdout);
    }
    assert!(!canary.exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_filtered() {
    let canary = TempDir::new().unwrap();
    let canary = canary.path().join("canary");
    let touch = format!("touch {}; cat", canary.display());
    let repository = an_old_deal();
    repository.write(".gitattributes", "*.yaml filter=x diff=x text eol=crlf\n");
    repository.commit();
    for program in ["filter.x.clean", "filter.x.smudge", "diff.x.textconv", "core.fsmonitor"] {
        repository.git(&["config", program, &touch]);
    }
    repository.git(&["mv", "deals/acme.yaml", "deals/renamed.yaml"]);
    repository.write("deals/renamed.yaml", contract("ACME-1", &unknown("teleport")));
    let _ = fs::remove_file(&canary);
    let new = (vec!["unknown-feature ACME-1 teleport".to_owned()], 1);
    assert_eq!(new_findings(repository.path(), &["deals/renamed.yaml"]), new);
    assert!(!canary.exists());
}

#[test]
fn ids_of_objects_may_be_longer() {
    let folder = TempDir::new().unwrap();
    git(folder.path(), &["init", "-q", "-b", "main", "--object-format", "sha256", "."]);
    fs::create_dir(folder.path().join("deals")).unwrap();
    fs::write(folder.path().join("roadmap.toml"), ROADMAP).unwrap();
    fs::write(folder.path().join("deals/acme.yaml"), contract("ACME-1", "")).unwrap();
    git(folder.path(), &["add", "-A"]);
    git(folder.path(), &["commit", "-q", "-m", "x"]);
    assert_eq!(new_findings(folder.path(), &["deals"]), (vec![], 1));
}

#[test]
fn a_working_tree_elsewhere_is_refused() {
    let repository = an_old_deal();
    let elsewhere = TempDir::new().unwrap();
    repository.git(&["config", "core.worktree", elsewhere.path().to_str().unwrap()]);
    let ran = run(repository.path(), &["lint", "deals", "--since", "main"]);
    assert_eq!(ran.status, Some(2), "{}", ran.stdout);
    assert!(ran.stderr.contains("git takes another folder for the root"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn links_of_an_older_version_are_followed_there() {
    let repository = an_old_deal();
    let link = |to: &str, name: &str| std::os::unix::fs::symlink(to, repository.path().join(name)).unwrap();
    fs::create_dir(repository.path().join("team")).unwrap();
    link("../deals", "team/all");
    link("..", "deals/back");
    link("ring", "deals/ring");
    link("../.git/config", "deals/settings.toml");
    link("../../outside", "deals/outside.yaml");
    link("gone.yaml", "deals/gone.yaml");
    repository.commit();
    for name in ["deals/ring", "deals/settings.toml", "deals/outside.yaml", "deals/gone.yaml"] {
        fs::remove_file(repository.path().join(name)).unwrap();
    }
    repository.write("deals/globex.yaml", contract("GLOBEX-1", ""));
    let new = (vec!["late-feature GLOBEX-1 audit".to_owned()], 1);
    assert_eq!(new_in(&repository), new);
    assert_eq!(new_findings(repository.path(), &["team"]), new);
    assert_eq!(new_findings(repository.path(), &["team/all/../deals"]), new);
    let ran = run(repository.path(), &["lint", "deals", "--since", "main"]);
    assert_eq!(ran.stderr, "");
    // A folder of today need not have been one.
    fs::remove_file(repository.path().join("team/all")).unwrap();
    repository.write("team/all/acme.yaml", contract("ACME-1", ""));
    repository.write("team/all/globex.yaml", contract("GLOBEX-1", ""));
    assert_eq!(new_findings(repository.path(), &["team/all"]), new);
}

/// A branch that adds a deal, while `main` puts the roadmap right for an older one.
fn a_branch_behind() -> Repository {
    let repository = an_old_deal();
    repository.git(&["checkout", "-q", "-b", "feature"]);
    repository.write("deals/globex.yaml", contract("GLOBEX-1", &unknown("teleport")));
    repository.commit();
    repository.git(&["checkout", "-q", "main"]);
    repository.write("roadmap.toml", ROADMAP.replace("2027-Q2", "2027-01-15"));
    repository.commit();
    repository.git(&["checkout", "-q", "feature"]);
    repository
}

#[test]
fn a_branch_is_compared_with_where_it_began() {
    let repository = a_branch_behind();
    let new = ["late-feature GLOBEX-1 audit".to_owned(), "unknown-feature GLOBEX-1 teleport".to_owned()];
    assert_eq!(new_in(&repository), (new.to_vec(), 1));
    let ran = run(repository.path(), &["lint", "deals", "--since", "main"]);
    assert_eq!(ran.stderr, "");
    // What main put right is no change of the branch's.
    let ran = run(repository.path(), &["impact", "deals", "--since", "main"]);
    assert_eq!(ran.stdout, "nothing changes for 2 contracts, since main\n", "{}", ran.stderr);
}

#[test]
fn where_a_branch_began_may_be_unknown() {
    let repository = a_branch_behind();
    let folder = TempDir::new().unwrap();
    let url = format!("file://{}", repository.path().display());
    git(folder.path(), &["clone", "-q", "--depth", "1", "-b", "feature", &url, "clone"]);
    let clone = folder.path().join("clone");
    git(&clone, &["fetch", "-q", "--depth=1", "origin", "main"]);
    for command in ["lint", "impact"] {
        let ran = run(&clone, &[command, "deals", "--since", "FETCH_HEAD"]);
        assert!(ran.stdout.contains("ACME-1") || ran.stdout.contains("acme.yaml"), "{ran:#?}");
        assert!(ran.stderr.starts_with("warning: this clone is shallow"), "{}", ran.stderr);
        assert!(ran.stderr.contains("git fetch --unshallow"), "{}", ran.stderr);
    }
    git(&clone, &["fetch", "-q", "--unshallow"]);
    git(&clone, &["fetch", "-q", "origin", "main"]);
    let ran = run(&clone, &["lint", "deals", "--since", "FETCH_HEAD", "--format", "concise"]);
    assert!(!ran.stdout.contains("acme.yaml") && ran.stdout.contains("globex.yaml"), "{}", ran.stdout);
    assert_eq!(ran.stderr, "");
    // Nor has what shares no commit a beginning.
    git(&clone, &["checkout", "-q", "--orphan", "alone"]);
    git(&clone, &["commit", "-q", "-m", "x"]);
    let ran = run(&clone, &["lint", "deals", "--since", "feature"]);
    assert!(ran.stderr.starts_with("warning: `feature` has no commit in common"), "{}", ran.stderr);
}

#[cfg(unix)]
#[test]
fn a_repository_of_another_owner_is_told() {
    let repository = an_old_deal();
    let owned = Command::new("chown").args(["-R", "12345:12345"]).arg(repository.path()).status();
    if !owned.is_ok_and(|status| status.success()) {
        return;
    }
    for format in ["full", "concise", "json", "github"] {
        let ran = run(repository.path(), &["lint", "deals", "--since", "main", "--format", format]);
        assert_eq!(ran.status, Some(2), "{}", ran.stdout);
        let told = format!("{}{}", ran.stdout, ran.stderr);
        for words in ["belongs to another user", "git config --global --add safe.directory"] {
            assert!(told.contains(words), "{format}, {words}: {told}");
        }
    }
}

/// Settings that would have git run a program, which leaves a mark.
fn programs(canary: &Path) -> Vec<(&'static str, String)> {
    let touch = format!("touch {}; cat", canary.display());
    let mut settings: Vec<(&str, String)> = [
        "filter.x.clean", "filter.x.smudge", "filter.x.process", "diff.x.textconv", "diff.x.command",
        "diff.external", "core.fsmonitor", "core.sshCommand", "core.alternateRefsCommand", "core.askPass",
        "core.pager", "core.editor", "credential.helper", "gpg.program", "uploadpack.packObjectsHook",
    ]
    .map(|name| (name, touch.clone()))
    .into();
    settings.extend(
        [
            ("core.hooksPath", "hooks"),
            ("protocol.ext.allow", "always"),
            ("protocol.allow", "always"),
            ("extensions.partialClone", "origin"),
            ("remote.origin.promisor", "true"),
            ("submodule.recurse", "true"),
            ("log.showSignature", "true"),
            ("fetch.recurseSubmodules", "true"),
            ("core.repositoryFormatVersion", "1"),
        ]
        .map(|(name, value)| (name, value.to_owned())),
    );
    settings
}

#[cfg(unix)]
#[test]
fn no_program_runs_whatever_a_repository_is_set_to() {
    let room = TempDir::new().unwrap();
    let canary = room.path().join("canary");
    let touch = room.path().join("touch");
    fs::write(&touch, format!("#!/bin/sh\ntouch {}\n", canary.display())).unwrap();
    let mode = || std::os::unix::fs::PermissionsExt::from_mode(0o755);
    fs::set_permissions(&touch, mode()).unwrap();
    for url in [
        format!("ext::{}", touch.display()),
        "ssh://git@vendor.example/x".to_owned(),
        "file:///no".to_owned(),
    ] {
        let repository = an_old_deal();
        // What a promisor would have to send: the older contract, and the object that another repository has.
        repository.write("deals/.gitattributes", "* filter=x diff=x\n");
        repository.write("deals/hooli.yaml", contract("HOOLI-1", ""));
        repository.commit();
        let blob = repository.git(&["rev-parse", "HEAD:deals/acme.yaml"]);
        let (start, rest) = blob.trim().split_at(2);
        fs::remove_file(repository.path().join(".git/objects").join(start).join(rest)).unwrap();
        // What has not changed need not be asked for.
        let changed = repository.path().join("deals/acme.yaml");
        fs::write(&changed, format!("{}# changed\n", fs::read_to_string(&changed).unwrap())).unwrap();
        let alternates = repository.path().join(".git/objects/info/alternates");
        fs::create_dir_all(alternates.parent().unwrap()).unwrap();
        fs::write(alternates, format!("{}\n", room.path().display())).unwrap();
        for hook in ["post-index-change", "post-checkout", "reference-transaction", "fsmonitor-watchman"] {
            for folder in [".git/hooks", "hooks"] {
                let path = repository.write(&format!("{folder}/{hook}"), fs::read(&touch).unwrap());
                fs::set_permissions(path, mode()).unwrap();
            }
        }
        for (name, value) in programs(&canary) {
            repository.git(&["config", name, &value]);
        }
        repository.git(&["config", "remote.origin.url", &url]);
        repository.write("deals/globex.yaml", contract("GLOBEX-1", ""));
        fs::rename(repository.path().join("deals/hooli.yaml"), repository.path().join("deals/h.yaml"))
            .unwrap();
        let _ = fs::remove_file(&canary);
        let outside = repository.path().parent().unwrap();
        let deals = repository.path().join("deals");
        for (folder, path) in
            [(repository.path(), "deals"), (&deals, "."), (outside, deals.to_str().unwrap())]
        {
            for command in ["lint", "impact"] {
                let ran = run(folder, &[command, path, "--since", "main"]);
                assert!(!canary.exists(), "{url}: {command} in {}: {ran:#?}", folder.display());
                if command == "lint" {
                    assert_eq!(ran.status, Some(1), "{ran:#?}");
                    assert!(ran.stdout.contains("globex.yaml"), "{}", ran.stdout);
                    // What cannot be had of the older version hides nothing.
                    assert!(
                        ran.stdout.contains("acme.yaml") && !ran.stdout.contains("h.yaml"),
                        "{}",
                        ran.stdout
                    );
                    assert!(ran.stderr.contains("cannot be read in full"), "{}", ran.stderr);
                }
            }
            // Whatever else asks git: for the history of targets, and for what was committed.
            for command in [
                &["lint", "--format", "json"][..],
                &["lint", "--only", "unconfirmed-target,slipping-feature"],
                &["report", "--format", "html"],
                &["report", "--format", "json"],
                &["report", "--since", "main", "--by", "team"],
                &["history"],
                &["gaps"],
            ] {
                let ran = run(folder, &[command, &[path]].concat());
                assert!(!canary.exists(), "{url}: {command:?} in {}: {ran:#?}", folder.display());
                assert!(ran.status.is_some_and(|status| status <= 2), "{ran:#?}");
            }
        }
    }
}

#[test]
fn a_digest_tells_what_was_newly_promised_of_what_each_team_owns() {
    let repository = Repository::new();
    let roadmap = ROADMAP.replace("[features.audit]", "[features.audit]\nteam = \"identity\"");
    repository.write("roadmap.toml", &roadmap);
    repository.write("deals/acme.yaml", contract("ACME-1", ""));
    repository.commit();
    let digest = || run(repository.path(), &["report", "deals", "--since", "main", "--by", "team"]);
    let nothing = digest().stdout;
    assert!(nothing.starts_with("### Nothing new was promised since main\n"), "{nothing}");
    // Another feature of a known deal, a new deal, and one in which nothing changed.
    repository.write("deals/acme.yaml", contract("ACME-1", "  - feature: sso\n    due: 2027-03-31\n"));
    repository.write("deals/b.yaml", contract("B_1", "").replace("customer: B_1", "customer: B & <Sons>"));
    let ran = digest();
    assert_eq!(ran.status, Some(0), "{}{}", ran.stdout, ran.stderr);
    let (head, _) = ran.stdout.rsplit_once("\n\n").unwrap();
    assert_eq!(
        head,
        "### 2 new promises since main\n\n#### identity (1 new promise)\n\n\
         - **Audit** to B &#38; &#60;Sons&#62; (B&#95;1, draft): needed by 2027-01-31, expected by 2027-06-30, \
         150 days (about 5 months) late\n\n#### No team (1 new promise)\n\n\
         - **SSO** to ACME-1 (ACME-1, draft): needed by 2027-03-31, shipped"
    );
    // A deadline that moves, in either direction, and one that is promised for no fixed day.
    repository.commit();
    let moved =
        |due: &str| contract("ACME-1", "  - feature: sso\n    due: 2027-03-31\n").replace("2027-01-31", due);
    for (due, words) in [
        ("2027-01-15", "needed by 2027-01-15 (was 2027-01-31), expected by 2027-06-30, 166 days"),
        ("2027-09-30", "needed by 2027-09-30 (was 2027-01-31), expected by 2027-06-30, on track"),
        ("when available", "needed by no fixed day (was 2027-01-31), expected by 2027-06-30, unscheduled"),
    ] {
        repository.write("deals/acme.yaml", moved(due));
        let told = digest().stdout;
        assert!(
            told.starts_with("### 1 changed deadline since main\n\n#### identity (1 changed deadline)\n"),
            "{told}"
        );
        assert!(told.contains(words), "{told}");
    }
    repository.write("deals/c.yaml", contract("C-1", ""));
    let both = digest().stdout;
    assert!(both.starts_with("### 1 new promise, 1 changed deadline since main\n"), "{both}");
    std::fs::remove_file(repository.path().join("deals/c.yaml")).unwrap();
    repository.write("deals/acme.yaml", moved("2027-01-31"));
    assert!(digest().stdout.starts_with("### Nothing new"), "{}", digest().stdout);
    // What cannot be read of the older version is never a reason to report less.
    repository.write("deals/b.yaml", "contract: [\ncustomer: B\nrequirements: []\n");
    repository.commit();
    repository.write("deals/b.yaml", contract("B_1", ""));
    let unread = digest();
    assert!(unread.stdout.starts_with("### 1 new promise since main\n"), "{}", unread.stdout);
    assert!(unread.stderr.contains("counts as new"), "{}", unread.stderr);
    // Of a day that could not be read nobody knows whether it has changed.
    repository.write("deals/b.yaml", contract("B_1", ""));
    repository.write("deals/acme.yaml", moved("2027-13-31"));
    let unreadable = digest();
    assert_eq!(unreadable.status, Some(2), "{}", unreadable.stderr);
    assert!(!unreadable.stdout.contains("ACME-1"), "{}", unreadable.stdout);
    repository.commit();
    repository.write("deals/acme.yaml", moved("2027-01-31"));
    let readable = digest();
    assert!(readable.stdout.contains("needed by 2027-01-31, expected by"), "{}", readable.stdout);
    // What has shipped and is gone too soon is not told as if it held.
    let sunset = roadmap.replace("status = \"shipped\"", "status = \"shipped\"\nsunset = 2027-06-30");
    repository.write("roadmap.toml", sunset);
    let gone = "\nperiod: { start: 2026-12-01, end: 2028-12-31 }\nrequirements:\n  - feature: sso\n    due: 2027-02-28\n";
    repository.write("deals/acme.yaml", contract("ACME-1", "").replace("\nrequirements:\n", gone));
    let gone = digest();
    assert!(gone.stdout.contains(", shipped, gone before the contract ends\n"), "{}", gone.stdout);
    let by_contract = run(repository.path(), &["report", "deals", "--since", "main"]);
    assert_eq!(by_contract.status, Some(2), "{}", by_contract.stdout);
    assert!(by_contract.stderr.contains("--since REV --by team"), "{}", by_contract.stderr);
}
