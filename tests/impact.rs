//! `impact`: what a change of the roadmap does to the deals, in words, in numbers and in the exit status.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

mod common;

use common::Ran;
use common::repository::{Repository, git, run};
use tempfile::TempDir;

const ROADMAP: &str = "\
[features.audit-log]
name = \"Audit log\"
status = \"planned\"
target = \"2027-03-31\"

[features.sso]
name = \"SSO\"
status = \"shipped\"

[features.patching]
name = \"Patching\"
status = \"planned\"
target = \"2027-02-01\"
for = { platform = [\"linux\"] }

[[features.patching.offers]]
for = { platform = [\"windows\", \"macos\"] }
status = \"planned\"
target = \"2027-02-01\"
";

const SIGNED: &str = "\
contract: ACME-1
customer: Acme Robotics GmbH
seller: dana@vendor.example
status: signed
signing: 2026-10-01
period: { start: 2027-01-01, end: 2029-12-31 }
value: 1200000 EUR
requirements:
  - id: R1
    feature: audit-log
    due: 2027-05-31
  - id: R2
    feature: SSO
  - id: R3
    feature: patching
    for: { platform: [linux, windows, macos] }
    due: 2027-05-31
";

fn deals() -> Repository {
    let repository = Repository::new();
    repository.write("roadmap.toml", ROADMAP);
    repository.write("deals/acme.yaml", SIGNED);
    let draft = SIGNED.replace("ACME-1", "GLOBEX-1").replace("Acme Robotics GmbH", "Globex");
    let draft = draft.replace("status: signed", "status: draft").replace("1200000", "300000");
    repository.write("deals/globex.yaml", draft);
    repository.commit();
    repository
}

/// A run with each text in one line, and no group of digits: a test of its own is about these.
fn told(repository: &Repository, args: &[&str]) -> Ran {
    let ran = repository.run(args);
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let (mut lines, mut begun) = (Vec::<String>::new(), 0);
    for line in ran.stdout.lines() {
        match lines.last_mut() {
            Some(last) if indent(line) == begun + 4 && !last.is_empty() => {
                *last += &format!(" {}", line.trim())
            }
            _ => {
                begun = indent(line);
                lines.push(line.to_owned());
            }
        }
    }
    let stdout = lines.iter().map(|line| format!("{line}\n")).collect::<String>().replace('\u{202f}', "");
    Ran { stdout, ..ran }
}

/// What a change of one text of the roadmap does.
fn changed(from: &str, to: &str) -> Ran {
    let repository = deals();
    assert!(ROADMAP.contains(from), "{from}");
    repository.write("roadmap.toml", ROADMAP.replace(from, to));
    told(&repository, &["impact", "deals", "--since", "main"])
}

fn status(ran: &Ran, status: i32) {
    assert_eq!(ran.status, Some(status), "{}{}", ran.stdout, ran.stderr);
}

#[test]
fn nothing_is_a_line() {
    let ran = deals().run(&["impact", "deals", "--since", "main"]);
    status(&ran, 0);
    assert_eq!(
        (ran.stdout.as_str(), ran.stderr.as_str()),
        ("nothing changes for 2 contracts, since main\n", "")
    );
    // What stays on time, and what only moves in the file, is none.
    let ran = changed("target = \"2027-03-31\"", "target = \"2027-04-15\"");
    assert_eq!(ran.stdout, "nothing changes for 2 contracts, since main\n");
    let ran = changed("[features.sso]", "\n# Moved.\n\n[features.sso]");
    assert_eq!(ran.stdout, "nothing changes for 2 contracts, since main\n");
}

#[test]
fn a_slip_breaks_what_is_signed_and_comes_first() {
    let ran = changed("target = \"2027-03-31\"", "target = \"2027-10-28\"");
    status(&ran, 1);
    assert_eq!(
        ran.stdout,
        "1 signed contract gets worse (1200000 EUR), 1 draft gets worse (300000 EUR), since main\n\
         \n\
         ACME-1 (signed, Acme Robotics GmbH, 1200000 EUR) gets worse\n  \
           worse: R1: \"Audit log\" moves from 2027-03-31 to 2027-10-28: 150 days (about 5 months) late, was on time [late-feature, denied]\n    \
             roadmap.toml:4, before main:roadmap.toml:4\n\
         \n\
         GLOBEX-1 (draft, Globex, 300000 EUR) gets worse\n  \
           worse: R1: \"Audit log\" moves from 2027-03-31 to 2027-10-28: 150 days (about 5 months) late, was on time [late-feature, denied]\n    \
             roadmap.toml:4, before main:roadmap.toml:4\n"
    );
}

#[test]
fn an_amended_contract_is_compared_as_it_is_amended() {
    let repository = deals();
    let amendment = "contract: ACME-1-A1\ncustomer: Acme Robotics GmbH\namends: ACME-1\nstatus: signed\nsigning: 2026-11-01\n\
        requirements:\n  - id: R1\n    feature: audit-log\n    due: 2027-12-31\n";
    repository.write("deals/acme-a1.yaml", amendment);
    let planned =
        |target: &str| ROADMAP.replace("target = \"2027-03-31\"", &format!("target = \"{target}\""));
    repository.write("roadmap.toml", planned("2027-06-30"));
    repository.commit();
    repository.write("roadmap.toml", planned("2027-10-28"));
    // The contract alone would be late by either; the amendment gives it time until the end of the year.
    let ran = told(&repository, &["impact", "deals", "--since", "main"]);
    status(&ran, 0);
    assert_eq!(
        ran.stdout.lines().next().unwrap(),
        "1 draft gets worse (300000 EUR), since main",
        "{}",
        ran.stdout
    );
    repository.write("roadmap.toml", planned("2028-01-10"));
    let ran = told(&repository, &["impact", "deals", "--since", "main"]);
    status(&ran, 1);
    assert!(
        ran.stdout.contains("moves from 2027-06-30 to 2028-01-10: 10 days late, was on time"),
        "{}",
        ran.stdout
    );
}

#[test]
fn later_than_late_is_worse_and_sooner_is_better() {
    let repository = deals();
    repository.write("roadmap.toml", ROADMAP.replace("2027-03-31", "2027-07-10"));
    repository.commit();
    repository.write("roadmap.toml", ROADMAP.replace("2027-03-31", "2027-07-20"));
    let ran = told(&repository, &["impact", "deals", "--since", "main"]);
    status(&ran, 1);
    assert!(
        ran.stdout.contains("from 2027-07-10 to 2027-07-20: 50 days late, was 40 days late"),
        "{}",
        ran.stdout
    );
    repository.write("roadmap.toml", ROADMAP.replace("2027-03-31", "2027-06-30"));
    let ran = told(&repository, &["impact", "deals", "--since", "main"]);
    status(&ran, 0);
    assert!(
        ran.stdout
            .starts_with("1 signed contract gets better (1200000 EUR), 1 draft gets better (300000 EUR)")
    );
    assert!(ran.stdout.contains(
        "better: R1: \"Audit log\" moves from 2027-07-10 to 2027-06-30: 30 days late, was 40 days late"
    ));
}

#[test]
fn no_line_is_wider_than_a_terminal() {
    let repository = deals();
    repository.write("roadmap.toml", ROADMAP.replace("2027-03-31", "2027-10-28"));
    let ran = repository.run(&["impact", "deals", "--since", "main"]);
    assert!(ran.stdout.contains("(1\u{202f}200\u{202f}000 EUR)"), "{}", ran.stdout);
    assert!(ran.stdout.lines().any(|line| line.starts_with("      ")), "{}", ran.stdout);
    assert!(ran.stdout.lines().all(|line| line.chars().count() <= 80), "{}", ran.stdout);
}

#[test]
fn what_is_only_a_warning_does_not_fail() {
    let ran = changed("target = \"2027-03-31\"", "target = \"2027-05-20\"");
    status(&ran, 0);
    let words = "\"Audit log\" moves from 2027-03-31 to 2027-05-20: on time with 11 days to spare, was on time [tight-deadline]";
    assert!(ran.stdout.contains(words), "{}", ran.stdout);
}

#[test]
fn a_draft_alone_does_not_fail() {
    let repository = deals();
    repository.write("roadmap.toml", ROADMAP.replace("2027-03-31", "2027-10-28"));
    let ran = told(&repository, &["impact", "deals/globex.yaml", "--since", "main"]);
    status(&ran, 0);
    assert!(ran.stdout.starts_with("1 draft gets worse (300000 EUR), since main\n"), "{}", ran.stdout);
}

#[test]
fn every_fate_has_its_words() {
    for (from, to, words) in [
        (
            "target = \"2027-03-31\"",
            "",
            "\"Audit log\" loses its date, 2027-03-31: without a date, was on time",
        ),
        (
            "status = \"planned\"\ntarget = \"2027-03-31\"",
            "status = \"rejected\"",
            "\"Audit log\" is dropped, was on time",
        ),
        (
            "features.audit-log]",
            "features.audits]",
            "R1: \"Audit log\" is not in the roadmap, was on time [unknown-feature, denied]",
        ),
        (
            "status = \"planned\"\ntarget = \"2027-03-31\"",
            "status = \"shipped\"",
            "\"Audit log\" is available, was on time",
        ),
        (
            "for = { platform = [\"windows\", \"macos\"] }",
            "for = { platform = [\"windows\"] }",
            "\"Patching\" for macos is not available there, was on time [scope-gap, denied]",
        ),
        (
            "macos\"] }\nstatus = \"planned\"\ntarget = \"2027-02-01\"",
            "macos\"] }\nstatus = \"planned\"\ntarget = \"2027-07-10\"",
            "\"Patching\" for windows and macos moves from 2027-02-01 to 2027-07-10: 40 days late, was on time [late-feature, denied]",
        ),
        (
            "target = \"2027-03-31\"",
            "target = \"2027-Q2\"",
            "moves from 2027-03-31 to 2027-06-30: up to 30 days late, was on time",
        ),
        (
            "target = \"2027-03-31\"",
            "target = \"2027-03-31\"\ndepends-on = [\"sso\"]\n[features.base]\nstatus = \"idea\"",
            "nothing changes",
        ),
        (
            "target = \"2027-03-31\"",
            "target = \"2027-03-31\"\ndepends-on = [\"base\"]\n[features.base]\nname = \"Base\"\nstatus = \"planned\"\ntarget = \"2027-07-10\"",
            "moves from 2027-03-31 to 2027-07-10: 40 days late (it waits for \"Base\"), was on time [late-dependency, denied]\n    roadmap.toml:9, before main:roadmap.toml:4",
        ),
        (
            "[features.sso]\nname = \"SSO\"\nstatus = \"shipped\"",
            "[features.sso]\nname = \"SSO\"\nstatus = \"deprecated\"\nsunset = 2028-01-01",
            "worse: R2: \"SSO\" is gone on 2028-01-01, before the contract ends, was there to the end [sunset-feature, denied]",
        ),
    ] {
        let ran = changed(from, to);
        assert!(ran.stdout.contains(words), "{words}\n{}{}", ran.stdout, ran.stderr);
        assert_eq!(ran.stderr, "", "{words}");
    }
}

/// A promise may lose one obstacle and gain another, or gain two at once: each is told, with what finds it.
#[test]
fn one_change_does_not_hide_another() {
    let repository = deals();
    repository
        .write("deals/globex.yaml", SIGNED.replace("R1\n", "R1\n    needs: { retention: \">= 90 days\" }\n"));
    repository.write(
        "roadmap.toml",
        ROADMAP.replace(
            "target = \"2027-03-31\"",
            "target = \"2027-07-10\"\nlevels = { retention = \"365 days\" }",
        ),
    );
    repository.git(&["rm", "-q", "deals/acme.yaml"]);
    repository.commit();
    let to = |later: &str| ROADMAP.replace("target = \"2027-03-31\"", later);
    for (later, expected) in [
        (
            "target = \"2027-03-31\"\nsunset = 2028-06-30\nlevels = { retention = \"30 days\" }",
            "ACME-1 (signed, Acme Robotics GmbH, 1200000 EUR) gets worse\n  \
             worse: R1: \"Audit log\" is below what is promised (retention >= 90 days, not 30 days), was as good as promised [level-gap, denied]\n    \
             roadmap.toml:4, before main:roadmap.toml:4\n  \
             worse: R1: \"Audit log\" is gone on 2028-06-30, before the contract ends, was there to the end [sunset-feature, denied]\n    \
             roadmap.toml:4, before main:roadmap.toml:4\n  \
             better: R1: \"Audit log\" moves from 2027-07-10 to 2027-03-31: on time, was 40 days late [unshipped-feature]\n",
        ),
        (
            "target = \"2027-07-20\"\nsunset = 2028-06-30\nlevels = { retention = \"365 days\" }",
            "worse: R1: \"Audit log\" moves from 2027-07-10 to 2027-07-20: 50 days late, was 40 days late [late-feature, denied]\n    \
             roadmap.toml:4, before main:roadmap.toml:4\n  \
             worse: R1: \"Audit log\" is gone on 2028-06-30, before the contract ends, was there to the end [sunset-feature, denied]\n",
        ),
    ] {
        repository.write("roadmap.toml", to(later));
        let ran = told(&repository, &["impact", "deals", "--since", "main"]);
        status(&ran, 1);
        assert!(ran.stdout.contains(expected), "{}", ran.stdout);
    }
    // What is dropped is not told to have become as good as promised.
    repository.write(
        "roadmap.toml",
        to("target = \"2027-03-31\"\nsunset = 2028-06-30\nlevels = { retention = \"30 days\" }"),
    );
    repository.commit();
    repository.write(
        "roadmap.toml",
        ROADMAP.replace("status = \"planned\"\ntarget = \"2027-03-31\"", "status = \"rejected\""),
    );
    let ran = told(&repository, &["impact", "deals", "--since", "main"]);
    assert!(
        ran.stdout.contains("worse: R1: \"Audit log\" is dropped, was on time [dropped-feature, denied]"),
        "{}",
        ran.stdout
    );
    assert!(!ran.stdout.contains("better"), "{}", ran.stdout);
}

#[test]
fn a_feature_may_be_renamed() {
    let renamed = "[features.audit-trail]\nname = \"Audit trail\"\naliases = [\"audit-log\"]";
    let ran = changed("[features.audit-log]\nname = \"Audit log\"", renamed);
    assert_eq!(ran.stdout, "nothing changes for 2 contracts, since main\n");
    // Requirements without an id are called as their feature.
    let repository = deals();
    repository.write(
        "deals/acme.yaml",
        SIGNED.replace("id: R1\n    feature", "feature").replace("id: R2\n    feature", "feature"),
    );
    repository.write(
        "roadmap.toml",
        ROADMAP
            .replace("[features.audit-log]\nname = \"Audit log\"", renamed)
            .replace("[features.sso]", "[features.saml]"),
    );
    let ran = told(&repository, &["impact", "deals/acme.yaml", "--since", "main"]);
    assert_eq!(ran.stdout, "nothing changes for the contract, since main\n");
}

/// What is found of the roadmap itself is the same, too.
#[test]
fn a_finding_about_a_renamed_feature_is_not_new() {
    let repository = deals();
    let sso = |id: &str| {
        let entry =
            format!("[features.{id}]\naliases = [\"sso\"]\nstatus = \"shipped\"\ntarget = 2027-02-01");
        ROADMAP.replace("[features.sso]\nname = \"SSO\"\nstatus = \"shipped\"", &entry)
    };
    repository.write("roadmap.toml", sso("Saml"));
    repository.commit();
    repository.write("roadmap.toml", sso("single-sign-on").replace("[\"sso\"]", "[\"SSO\", \"saml\"]"));
    let ran = told(&repository, &["impact", "deals", "--since", "main"]);
    assert_eq!(ran.stdout, "nothing changes for 2 contracts, since main\n");
    // One that takes its place is another.
    repository.write("roadmap.toml", sso("single-sign-on"));
    let ran = told(&repository, &["impact", "deals", "--since", "main"]);
    assert!(ran.stdout.contains("new: ") && ran.stdout.contains("gone: "), "{}", ran.stdout);
}

/// What the roadmap does not state for any region is no news once it tells the regions apart.
#[test]
fn what_holds_for_a_part_of_what_it_held_for_is_no_change() {
    let repository = Repository::new();
    let feature =
        "[features.f]\nstatus = \"planned\"\ntarget = \"2027-05-31\"\nfor = { edition = [\"basic\"] }\n";
    let others =
        "[features.z]\nstatus = \"shipped\"\nfor = { edition = [\"basic\"], region = [\"us\", \"eu\"] }\n";
    let offer = |region: &str, levels: &str| {
        format!(
            "[[features.f.offers]]\nstatus = \"planned\"\ntarget = \"2027-04-30\"\nfor = {{ region = {region} }}\n{levels}\n"
        )
    };
    let stated = "levels = { retention = \"365 days\" }";
    repository.write(
        "deals/a.yaml",
        "contract: A-1\ncustomer: Acme\nstatus: signed\nsigning: 2026-10-15\nrequirements:\n  - id: R1\n    feature: f\n    \
         due: 2028-01-31\n    for: { edition: basic, region: [us, eu] }\n    needs: { retention: \">= 60 days\" }\n",
    );
    let told = |before: &str, now: &str| {
        repository.write("before.toml", format!("{feature}{before}{others}"));
        repository.write("roadmap.toml", format!("{feature}{now}{others}"));
        run(repository.path(), &["impact", "deals", "--against", "before.toml"]).stdout
    };
    assert_eq!(
        told("", &offer("[\"us\"]", stated)),
        "nothing changes for the contract, against before.toml\n"
    );
    // What was stated for all of it is no longer.
    let lost = told(&offer("[\"us\", \"eu\"]", stated), &offer("[\"us\"]", stated));
    assert!(lost.contains("worse: R1: the roadmap states no retention"), "{lost}");
    assert!(!lost.contains("better"), "{lost}");
}

#[test]
fn what_is_waived_does_not_fail_until_it_is_outgrown() {
    let waiver = "[[waivers]]\ncontract = \"ACME-1\"\nrequirement = \"R1\"\nlint = \"late-feature\"\nreason = \"x\"\n\
        approved-by = \"priya@vendor.example\"\napproved-on = 2026-11-20\naccepts = 2027-07-31\nexpires = 2027-12-31\n";
    let repository = deals();
    repository.write("waivers.toml", waiver);
    repository.write("roadmap.toml", ROADMAP.replace("2027-03-31", "2027-07-20"));
    let ran = told(&repository, &["impact", "deals/acme.yaml", "--since", "main"]);
    status(&ran, 0);
    assert!(ran.stdout.contains("50 days late, was on time [late-feature, waived]"), "{}", ran.stdout);
    repository.write("roadmap.toml", ROADMAP.replace("2027-03-31", "2027-08-20"));
    let ran = told(&repository, &["impact", "deals/acme.yaml", "--since", "main"]);
    status(&ran, 1);
    assert!(ran.stdout.contains("81 days late, was on time [late-feature, denied]"), "{}", ran.stdout);
    assert!(ran.stdout.contains("[outgrown-waiver, denied]"), "{}", ran.stdout);
}

#[test]
fn an_unchanged_fault_excuses_nobody_and_blames_nobody() {
    // One feature of a promise is late either way; what gets worse beside it counts only where it breaks, too.
    let both = SIGNED.replace("feature: audit-log", "feature: [audit-log, patching]");
    let late = ROADMAP.replace("2027-03-31", "2027-12-31");
    let repository = Repository::new();
    repository.write("deals/acme.yaml", both);
    repository.write("roadmap.toml", &late);
    repository.commit();
    let slip = |day: &str| {
        repository.write("roadmap.toml", late.replace("2027-02-01", day));
        let ran = told(&repository, &["impact", "deals", "--since", "main"]);
        (ran.status, ran.stdout)
    };
    let (tight, told) = slip("2027-05-20");
    assert_eq!(tight, Some(0), "{told}");
    let (late, told) = slip("2027-06-20");
    assert_eq!(late, Some(1), "{told}");
}

#[test]
fn two_roadmaps_may_be_two_files() {
    let repository = deals();
    repository.write("proposal.toml", ROADMAP.replace("2027-03-31", "2027-10-28"));
    let proposal = ["impact", "deals", "--roadmap", "proposal.toml", "--against", "roadmap.toml"];
    let ran = told(&repository, &proposal);
    status(&ran, 1);
    assert!(ran.stdout.starts_with("1 signed contract gets worse (1200000 EUR), 1 draft gets worse"));
    assert!(ran.stdout.contains("    proposal.toml:4, before roadmap.toml:4\n"), "{}", ran.stdout);
    let back = told(&repository, &["impact", "deals", "--against", "proposal.toml"]);
    status(&back, 0);
    assert!(back.stdout.starts_with("1 signed contract gets better"), "{}", back.stdout);
    let parts: Vec<&str> = ROADMAP.split("\n[features.sso]").collect();
    repository.write("one.toml", parts[0]);
    repository.write("two.toml", format!("[features.sso]{}", parts[1]));
    let same = told(&repository, &["impact", "deals", "--against", "one.toml", "--against", "two.toml"]);
    assert_eq!(same.stdout, "nothing changes for 2 contracts, against one.toml and two.toml\n");
}

#[test]
fn the_roadmap_may_lie_in_a_repository_of_its_own() {
    let product = Repository::new();
    product.write("roadmap.toml", ROADMAP);
    product.commit();
    let sales = TempDir::new().unwrap();
    let sales = sales.path();
    std::fs::create_dir(sales.join(".git")).unwrap();
    let roadmap = product.path().join("roadmap.toml");
    std::fs::write(sales.join("dealcheck.toml"), format!("roadmap = '{}'\n", roadmap.display())).unwrap();
    std::fs::write(sales.join("acme.yaml"), SIGNED).unwrap();
    product.write("roadmap.toml", ROADMAP.replace("2027-03-31", "2027-10-28"));
    for (folder, path) in [(sales, "acme.yaml"), (product.path(), sales.join("acme.yaml").to_str().unwrap())]
    {
        let ran = run(folder, &["impact", path, "--since", "main"]);
        status(&ran, 1);
        assert!(ran.stdout.contains("before main:roadmap.toml:4"), "{}", ran.stdout);
    }
}

#[test]
fn the_roadmap_is_the_one_that_was_configured_then() {
    let repository = deals();
    repository.write("dealcheck.toml", "roadmap = [\"roadmap.toml\", \"more.toml\"]\n");
    repository.write("more.toml", "[features.extra]\nstatus = \"shipped\"\n");
    repository.write("deals/acme.yaml", format!("{SIGNED}  - id: R4\n    feature: extra\n"));
    repository.commit();
    std::fs::remove_file(repository.path().join("more.toml")).unwrap();
    repository.write("dealcheck.toml", "roadmap = \"roadmap.toml\"\n");
    let ran = told(&repository, &["impact", "deals", "--since", "main"]);
    status(&ran, 1);
    assert!(ran.stdout.contains("R4: \"extra\" is not in the roadmap, was available"), "{}", ran.stdout);
    // A roadmap that moved, or that is written in another language, is still the roadmap.
    let repository = deals();
    repository.git(&["rm", "-q", "roadmap.toml"]);
    repository.write(
        "roadmap.yaml",
        "features:\n  sso: { name: SSO, status: shipped }\n  patching: { status: shipped }\n",
    );
    let ran = told(&repository, &["impact", "deals/globex.yaml", "--since", "main"]);
    assert!(
        ran.stdout.contains("R1: \"Audit log\" is not in the roadmap, was on time"),
        "{}{}",
        ran.stdout,
        ran.stderr
    );
}

#[test]
fn each_group_has_its_own_roadmap() {
    let repository = Repository::new();
    for name in ["one", "two"] {
        repository.write(&format!("{name}/roadmap.toml"), ROADMAP);
        repository.write(&format!("{name}/deal.yaml"), SIGNED.replace("ACME-1", name));
    }
    repository.commit();
    repository.write("two/roadmap.toml", ROADMAP.replace("2027-03-31", "2027-10-28"));
    let ran = told(&repository, &["impact", ".", "--since", "main"]);
    status(&ran, 1);
    assert!(
        ran.stdout.starts_with("1 signed contract gets worse (1200000 EUR), since main\n\ntwo "),
        "{}",
        ran.stdout
    );
    let ran = told(&repository, &["impact", ".", "--against", "one/roadmap.toml"]);
    status(&ran, 2);
    assert!(
        ran.stderr.contains("these contracts have several roadmaps: one/roadmap.toml, and two/roadmap.toml")
    );
}

#[test]
fn what_cannot_be_read_is_told_once_and_is_status_two() {
    let repository = deals();
    repository.write("broken.toml", "[features.audit-log\n");
    let ran = told(&repository, &["impact", "deals", "--against", "broken.toml"]);
    status(&ran, 2);
    assert_eq!(ran.stderr.matches("--> broken.toml").count(), 1, "{}", ran.stderr);
    // What could not be read is no good news.
    repository.write("roadmap.toml", format!("{ROADMAP}oops"));
    let ran = told(&repository, &["impact", "deals", "--since", "main"]);
    status(&ran, 2);
    assert_eq!(ran.stdout, "of what could be read, nothing changes for 2 contracts, since main\n");
    repository.write("roadmap.toml", ROADMAP);
    repository.write("deals/bad.yaml", "contract: BAD\ncustomer: [\n");
    let ran = told(&repository, &["impact", "deals", "--against", "roadmap.toml"]);
    status(&ran, 2);
    assert_eq!(ran.stderr.matches("a bracket is opened").count(), 1, "{}", ran.stderr);
    for (args, words) in [
        (["deals", "--against", "nowhere.toml"], "cannot read nowhere.toml"),
        (["deals", "--since", "mian"], "did you mean `main`?"),
        (["nowhere", "--since", "main"], "cannot read nowhere"),
        (["deals", "--since", ""], "it is empty"),
    ] {
        let ran = told(&repository, &["impact", args[0], args[1], args[2]]);
        status(&ran, 2);
        assert!(ran.stderr.contains(words), "{args:?}: {}", ran.stderr);
    }
    status(&repository.run(&["impact", "deals"]), 2);
    status(&repository.run(&["impact", "deals", "--since", "main", "--against", "roadmap.toml"]), 2);
    let none = Repository::new();
    none.write("deals/acme.yaml", SIGNED);
    none.commit();
    none.write("roadmap.toml", ROADMAP);
    let ran = none.run(&["impact", "deals", "--since", "main"]);
    status(&ran, 2);
    assert!(ran.stderr.contains("there was no roadmap at `main`: no roadmap.toml"), "{}", ran.stderr);
}

#[test]
fn a_limit_that_is_new_breaks_a_promise() {
    // The older roadmap knew no dimension at all: that is no mistake in the contract.
    let repository = Repository::new();
    let plain = ROADMAP.split("[features.patching]").next().unwrap().to_owned();
    let deal = SIGNED
        .split("  - id: R3")
        .next()
        .unwrap()
        .replace("feature: SSO", "feature: SSO\n    for: { region: eu }");
    repository.write("deals/acme.yaml", deal);
    repository.write("roadmap.toml", &plain);
    repository.commit();
    repository.write("roadmap.toml", format!("{plain}for = {{ region = [\"us\"] }}\n"));
    let ran = told(&repository, &["impact", "deals", "--since", "main"]);
    status(&ran, 1);
    assert_eq!(ran.stderr, "");
    assert!(
        ran.stdout.contains("R2: \"SSO\" for eu is not available there, was available"),
        "{}",
        ran.stdout
    );
}

/// What another roadmap does to one contract, against the roadmap that it was signed by.
fn against(contract: &str, old: &str, now: &str) -> Ran {
    let repository = Repository::new();
    repository.write("old.toml", old);
    repository.write("roadmap.toml", now);
    repository.write("deal.yaml", contract);
    told(&repository, &["impact", "deal.yaml", "--against", "old.toml"])
}

#[test]
fn a_level_that_falls_further_is_worse() {
    let deal = "contract: C-1\ncustomer: A\nstatus: signed\nsigning: 2026-10-01\nperiod: { start: 2027-01-01, end: 2029-12-31 }\n\
        requirements:\n  - feature: drift\n    due: 2027-03-31\n    needs: { retention: \">= 365 days\", certificates: [ISO 1, SOC 2] }\n";
    let of = |retention: &str, certificates: &str| {
        let levels = format!("levels = {{ retention = \"{retention}\", certificates = {certificates} }}");
        format!("[features.drift]\nstatus = \"shipped\"\n{levels}\n")
    };
    let low = of("90 days", "['ISO 1']");
    for (now, told, exit) in [
        (of("7 days", "['ISO 1']"), "worse: drift", 1),
        (of("90 days", "['none']"), "worse: drift", 1),
        (of("7 days", "['ISO 1', 'SOC 2']"), "worse: drift", 1),
        (of("180 days", "['ISO 1']"), "better: drift", 0),
        (of("90 days", "['ISO 1', 'PCI']"), "nothing changes", 0),
    ] {
        let ran = against(deal, &low, &now);
        assert!(ran.stdout.contains(told), "{now}{}", ran.stdout);
        assert_eq!(ran.status, Some(exit), "{now}{}", ran.stdout);
    }
}

#[test]
fn a_limit_that_is_gone_hides_no_loss() {
    let deal = |needs: &str| {
        format!(
            "contract: C-1\ncustomer: A\nstatus: signed\nsigning: 2026-10-01\nperiod: {{ start: 2027-01-01, end: 2029-12-31 }}\n\
             requirements:\n  - feature: drift\n    due: 2027-03-31\n    for: {{ os: [lin, win] }}\n{needs}"
        )
    };
    // What limits another feature keeps the dimension known.
    let other = "[features.z]\nstatus = \"shipped\"\nfor = { os = \"lin\" }\n";
    let limited = |lin: &str, win: &str| {
        format!(
            "[features.drift]\nfor = {{ os = [\"lin\"] }}\n{lin}\n\
             [[features.drift.offers]]\nfor = {{ os = \"win\" }}\n{win}\n{other}"
        )
    };
    let for_all = |drift: &str| format!("[features.drift]\n{drift}\n{other}");
    let shipped = "status = \"shipped\"";
    let late = "status = \"planned\"\ntarget = \"2027-Q2\"";
    let is = |change: &str| format!("worse: drift: \"drift\" for lin {change}");
    for (lin, win, now, change) in [
        (shipped, late, late, is("is 91 days late, was available [late-feature, denied]")),
        (shipped, "status = \"rejected\"", "status = \"rejected\"", is("is dropped, was available")),
        (shipped, "status = \"planned\"", "status = \"planned\"", is("is without a date, was available")),
        (
            shipped,
            "status = \"shipped\"\nsunset = 2028-12-31",
            "status = \"shipped\"\nsunset = 2028-12-31",
            is("is gone on 2028-12-31, before the contract ends, was there to the end"),
        ),
        (shipped, "status = \"beta\"", "status = \"beta\"", is("is in beta only, was available")),
    ] {
        let ran = against(&deal(""), &limited(lin, win), &for_all(now));
        assert!(ran.stdout.contains(&change), "{change}: {}", ran.stdout);
        status(&ran, i32::from(ran.stdout.contains("denied")));
        assert!(!ran.stdout.contains("for win"), "{}", ran.stdout);
    }
    let level = |days: u32| format!("{shipped}\nlevels = {{ retention = \"{days} days\" }}");
    let needs = deal("    needs: { retention: \">= 90 days\" }\n");
    let ran = against(&needs, &limited(&level(365), &level(30)), &for_all(&level(30)));
    status(&ran, 1);
    assert!(ran.stdout.contains(&is("is below what is promised")), "{}", ran.stdout);
    // Where all fared alike, all are told at once; and what goes both ways is told both ways.
    let ran = against(&deal(""), &limited(shipped, shipped), &for_all(late));
    assert!(ran.stdout.contains("\"drift\" is 91 days late, was available"), "{}", ran.stdout);
    let dropped = "status = \"rejected\"";
    let ran = against(&deal(""), &limited(shipped, dropped), &for_all(late));
    assert!(ran.stdout.contains(&is("is 91 days late, was available")), "{}", ran.stdout);
    assert!(ran.stdout.contains("better: drift: \"drift\" for win"), "{}", ran.stdout);
}

/// Who promises a feature without saying where promises it everywhere.
#[test]
fn a_loss_for_a_value_that_no_promise_names_is_told() {
    const DEAL: &str = "contract: C-1\ncustomer: A\nstatus: signed\nsigning: 2026-10-01\n\
        requirements:\n  - feature: drift\n    due: 2027-03-31\n    needs: { retention: \">= 90 days\" }\n";
    const LEVEL: &str = "levels = { retention = \"365 days\" }\n";
    let shipped = |values: &str| {
        format!("[features.drift]\nstatus = \"shipped\"\nfor = {{ os = [{values}] }}\n{LEVEL}")
    };
    let win = |state: &str| {
        format!("{}[[features.drift.offers]]\nfor = {{ os = \"win\" }}\n{state}\n", shipped("\"lin\""))
    };
    let dated = |target: &str| win(&format!("status = \"planned\"\ntarget = \"{target}\"\n{LEVEL}"));
    let before = shipped("\"lin\", \"win\"");
    let other = "[features.z]\nstatus = \"shipped\"\nfor = { os = \"mac\" }\n";
    let nowhere = shipped("\"lin\"");
    let worse = |change: &str| format!("worse: drift: \"drift\" for win {change}");
    let retired = win("status = \"retired\"");
    let offer = format!("[[features.drift.offers]]\nfor = {{ os = \"lin\" }}\nstatus = \"shipped\"\n{LEVEL}");
    let unstated = shipped("\"win\"").replace(LEVEL, &offer);
    for (before, now, change) in [
        (&before, &retired, worse("is dropped, was available [unscoped-promise]")),
        (&before, &win("status = \"planned\""), worse("is without a date, was available")),
        (&before, &dated("2027-Q2"), worse("is 91 days late, was available")),
        (
            &before,
            &win("status = \"shipped\"\nlevels = { retention = \"30 days\" }"),
            worse("is below what is promised"),
        ),
        (&before, &unstated, worse("is below what is promised (retention >= 90 days, not stated)")),
        // A value that is named nowhere any more, also where nothing else is sold any more, and no lint says so.
        (
            &before,
            &(nowhere.clone() + other),
            worse("is not available there, was available [unscoped-promise]"),
        ),
        (&before, &nowhere, worse("is not available there, was available")),
        (&dated("2027-Q2"), &retired, worse("is dropped, was 91 days late [unscoped-promise]")),
        (&dated("2027-Q2"), &dated("2027-Q3"), worse("moves from 2027-06-30 to 2027-09-30")),
        (&dated("2027-Q3"), &dated("2027-Q2"), "better: drift: \"drift\" for win moves".to_owned()),
        // A value that had no name had none of it.
        (&(nowhere.clone() + other), &dated("2027-Q2"), "better: drift: \"drift\" for win is 91".to_owned()),
    ] {
        let ran = against(DEAL, before, now);
        status(&ran, 0);
        assert!(ran.stdout.contains(&change), "{change}: {}", ran.stdout);
        assert!(!(change.starts_with("worse") && ran.stdout.contains("better")), "{}", ran.stdout);
    }
    // What is limited from now on is lost for all but that, whether or not it goes without saying.
    let free = shipped("").replace("for = { os = [] }\n", "");
    let ran = against(DEAL, &free, &nowhere);
    assert!(
        ran.stdout.contains("\"drift\" for any other os is not available there, was available"),
        "{}",
        ran.stdout
    );
    for same in [&before, &retired, &free] {
        assert!(against(DEAL, same, same).stdout.starts_with("nothing changes"));
    }
    // What is there for each by itself need not be there for both.
    let by = |region: &str| {
        format!(
            "[features.drift]\nstatus = \"shipped\"\nfor = {{ os = [\"lin\"] }}\n{LEVEL}\
             [[features.drift.offers]]\nfor = {{ os = \"win\", region = [{region}] }}\nstatus = \"shipped\"\n{LEVEL}"
        )
    };
    let ran = against(DEAL, &by("\"eu\", \"us\""), &by("\"eu\""));
    assert!(
        ran.stdout.contains("\"drift\" for win in us is not available there, was available"),
        "{}",
        ran.stdout
    );
    let repository = Repository::new();
    repository.write("dealcheck.toml", "[lints]\nunscoped-promise = \"deny\"\n");
    repository.write("old.toml", &before);
    repository.write("roadmap.toml", &retired);
    repository.write("deal.yaml", DEAL);
    let args = ["impact", "deal.yaml", "--against", "old.toml"];
    let ran = told(&repository, &args);
    status(&ran, 1);
    assert!(ran.stdout.contains("[unscoped-promise, denied]"), "{}", ran.stdout);
    // Who does not want to know of one is not told.
    repository.write("dealcheck.toml", "[lints]\nunscoped-promise = \"allow\"\n");
    assert!(told(&repository, &args).stdout.starts_with("nothing changes"));
}

#[test]
fn a_finding_that_names_more_is_worse() {
    let repository = Repository::new();
    let signed = "contract: C-1\ncustomer: A\nstatus: signed\nsigning: 2026-10-01\nrequirements:\n\
        \x20 - { feature: drift, due: 2027-03-31 }\n  - { feature: log, due: 2027-03-31 }\n";
    repository.write("deals/signed.yaml", signed);
    repository.write(
        "deals/draft.yaml",
        "contract: C-2\ncustomer: A\nrequirements:\n  - { feature: api, due: 2027-12-31 }\n",
    );
    let roadmap = |log: &str| {
        let planned = |name: &str, target: &str| {
            format!("[features.{name}]\nstatus = \"planned\"\ntarget = \"{target}\"\n")
        };
        planned("drift", "2027-Q2") + &planned("api", "2027-Q3") + &planned("log", log)
    };
    let told_of = |before: &str, now: &str| {
        repository.write("old.toml", roadmap(before));
        repository.write("roadmap.toml", roadmap(now));
        told(&repository, &["impact", "deals", "--against", "old.toml"]).stdout.contains("[serial-promise]")
    };
    assert!(told_of("2027-01-31", "2027-05-31"));
    assert!(!told_of("2027-05-31", "2027-06-30"));
    assert!(!told_of("2027-05-31", "2027-01-31"));
}

#[test]
fn what_an_amendment_spoils_of_another_file_is_told() {
    const BASE: &str = "contract: C-1\ncustomer: A\nstatus: signed\nsigning: 2026-02-01\n\
        period: { start: 2027-01-01, end: 2027-12-31 }\nmilestones: { go-live: 2027-12-31 }\n\
        requirements:\n  - feature: drift\n    due: go-live\n  - feature: log\n    due: go-live\n";
    const AMENDMENT: &str = "contract: C-1-A\namends: C-1\nstatus: signed\nsigning: 2026-10-01\n\
        period: { end: 2029-06-30 }\nmilestones: { go-live: 2027-08-31 }\n";
    let roadmap = |target: &str, sunset: &str| {
        format!(
            "[features.drift]\nstatus = \"planned\"\ntarget = \"{target}\"\n\
             [features.log]\nstatus = \"shipped\"\nsunset = {sunset}\n"
        )
    };
    let repository = Repository::new();
    repository.write("deals/c.yaml", BASE);
    for (amendment, path, expected) in [
        (AMENDMENT.to_owned(), "deals/a.yaml", 1),
        (AMENDMENT.replace("status: signed", "status: draft"), "deals", 0),
    ] {
        repository.write("deals/a.yaml", amendment);
        repository.write("old.toml", roadmap("2027-Q2", "2029-12-31"));
        repository.write("roadmap.toml", roadmap("2027-Q3", "2028-12-31"));
        let ran = told(&repository, &["impact", path, "--against", "old.toml"]);
        status(&ran, expected);
        let (late, gone) = ("worse: drift: ", "worse: log: ");
        assert!(ran.stdout.contains(late) && ran.stdout.contains(gone), "{}", ran.stdout);
        // By either roadmap one promise is spoilt, each time another one.
        repository.write("old.toml", roadmap("2027-Q3", "2029-12-31"));
        repository.write("roadmap.toml", roadmap("2027-Q2", "2028-12-31"));
        let ran = told(&repository, &["impact", path, "--against", "old.toml"]);
        status(&ran, expected);
        assert!(ran.stdout.contains("log: \"log\" stops working on 2028-12-31"), "{}", ran.stdout);
        // What was spoilt by either roadmap is compared as any promise.
        repository.write("old.toml", roadmap("2027-Q3", "2029-12-31"));
        repository.write("roadmap.toml", roadmap("2027-10-20", "2029-12-31"));
        let ran = told(&repository, &["impact", path, "--against", "old.toml"]);
        status(&ran, expected);
        assert!(ran.stdout.contains("\"drift\" moves from 2027-09-30 to 2027-10-20"), "{}", ran.stdout);
    }
}

#[test]
fn programs_and_pages_get_the_same() {
    let repository = deals();
    repository.write("roadmap.toml", ROADMAP.replace("2027-03-31", "2027-10-28"));
    let ran = repository.run(&["impact", "deals", "--since", "main", "--format", "json"]);
    status(&ran, 1);
    let output: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(output["summary"]["signed-worse"]["contracts"], 1);
    assert_eq!(output["summary"]["signed-worse"]["value"][0]["amount"], "1200000");
    let change = &output["contracts"][0]["changes"][0];
    assert_eq!(
        (&change["before"]["delivery"], &change["now"]["delivery"]),
        (&"on-track".into(), &"late".into())
    );
    assert_eq!((&change["now"]["days"], &change["denied"]), (&150.into(), &true.into()));
    let ran = repository.run(&["impact", "deals", "--since", "main", "--format", "markdown", "-o", "out.md"]);
    status(&ran, 1);
    assert_eq!(ran.stdout, "");
    let page = std::fs::read_to_string(repository.path().join("out.md")).unwrap();
    assert!(page.starts_with("**1 signed contract gets worse (1\u{202f}200\u{202f}000 EUR)"), "{page}");
    // The tree of a clone is as it was.
    assert_eq!(git(repository.path(), &["status", "--porcelain"]), " M roadmap.toml\n?? out.md\n");
}
