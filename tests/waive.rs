//! `dealcheck waive`, end to end: what it writes, what `lint` then says, and what it refuses.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot run has failed")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const ACME: &str = "\
contract: ACME-1
customer: Acme Robotics GmbH
seller: Dana Brandt <dana@vendor.example>
terms:
  payment: 90 days
requirements:
  - id: R2
    feature: audit-log
    due: 2027-03-31
  - id: R1
    feature: drift
    for: { platform: windows }
    due: 2027-03-31
  - id: R3
    feature: sso
";

const ROADMAP: &str = "\
[features.audit-log]
name = \"Audit log\"
status = \"planned\"
target = \"2027-Q2\"

[features.drift]
name = \"Drift\"
status = \"shipped\"
shipped = 2026-05-04
for = { platform = [\"linux\"] }

[features.sso]
name = \"SSO\"
status = \"shipped\"
shipped = 2025-06-02

[terms.payment]
standard = \"<= 90 days\"
";

const CONFIG: &str = "\
roadmap = [\"roadmap.toml\"]
contracts = [\"contracts/*.yaml\"]
waivers = [\"waivers.toml\"]

[roles]
product = [\"priya@vendor.example\", \"omar@vendor.example\"]

[lints]
late-feature = { waived-by = [\"product\"] }
";

const ENTRY: &str = "\
[[waivers]]
contract = \"ACME-1\"
requirement = \"R2\"
lint = \"late-feature\"
reason = \"Launch partner.\"
approved-by = \"priya@vendor.example\"
approved-on = 2026-11-22
accepts = 2027-06-30
expires = 2027-09-30
of = { feature = \"audit-log\", due = \"2027-03-31\" }
# disclosed = \"…\" # by which clause or letter?
";

const R2: [&str; 3] = ["ACME-1", "R2", "late-feature"];
const DISCLOSED: [&str; 4] = ["--disclosed", "Exhibit B, 2.1", "--reason", "The customer knows of it."];
const R1: [&str; 3] = ["ACME-1", "R1", "scope-gap"];

/// A repository of deals.
struct Deals(TempDir);

impl Deals {
    fn new() -> Self {
        let deals = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(deals.path("contracts")).unwrap();
        fs::create_dir_all(deals.path(".git")).unwrap();
        deals.file("contracts/acme.yaml", ACME);
        deals.file("roadmap.toml", ROADMAP);
        deals.file("dealcheck.toml", CONFIG);
        deals
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn file(&self, name: &str, text: &str) -> &Self {
        fs::write(self.path(name), text).unwrap();
        self
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn run(&self, args: &[&str]) -> Ran {
        run_in(self.0.path(), args)
    }

    /// Runs `waive` with a sound decision, but for what `more` says.
    fn waive(&self, what: &[&str], more: &[&str]) -> Ran {
        let decision = [
            ("--reason", "Launch partner."),
            ("--approved-by", "priya@vendor.example"),
            ("--expires", "2027-09-30"),
        ];
        let decision = decision.into_iter().filter(|(flag, _)| !more.contains(flag));
        let decision = decision.flat_map(|(flag, value)| [flag, value]);
        let args: Vec<&str> = ["waive"]
            .into_iter()
            .chain(what.iter().copied())
            .chain(decision)
            .chain(more.iter().copied())
            .collect();
        self.run(&args)
    }

    /// Holds `waive` to refusing, with these words, and to writing nothing.
    fn refuses(&self, what: &[&str], more: &[&str], words: &[&str]) {
        let before = self.files();
        let ran = self.waive(what, more);
        assert_eq!(ran.status, 2, "{what:?} {more:?}: {}{}", ran.out, ran.err);
        for word in words {
            assert!(ran.err.contains(word), "`{word}` is not in:\n{}", ran.err);
        }
        assert_eq!(ran.out, "");
        assert_eq!(self.files(), before, "nothing is written");
    }

    fn files(&self) -> Vec<(PathBuf, Option<String>)> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let paths = entries.map(|entry| entry.unwrap().path());
        let mut files: Vec<_> = paths.map(|path| (path.clone(), fs::read_to_string(path).ok())).collect();
        files.sort();
        files
    }
}

struct Ran {
    status: i32,
    out: String,
    err: String,
}

fn run_in(folder: &Path, args: &[&str]) -> Ran {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_dealcheck"))
        .args(args)
        .current_dir(folder)
        .env_clear()
        .env("DEALCHECK_TODAY", "2026-11-22")
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { status: status.code().unwrap(), out: text(stdout), err: text(stderr) }
}

#[test]
fn what_is_waived_is_waived_for_lint() {
    let deals = Deals::new();
    let ran = deals.waive(&R2, &[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert_eq!(
        ran.out,
        format!(
            "waived late-feature for R2 of ACME-1, in waivers.toml, which is new:\n\n{}\n\
             how does the customer know? write the clause or the letter into `disclosed`\n\
             next: run `dealcheck lint`, and have the owners of waivers.toml review it\n",
            ENTRY.lines().map(|line| format!("  {line}\n")).collect::<String>()
        )
    );
    let written = deals.read("waivers.toml");
    assert!(written.starts_with("# Waivers: "), "{written}");
    assert!(written.ends_with(&format!("\n\n{ENTRY}")), "{written}");
    let lint = deals.run(&["lint"]);
    assert!(!lint.out.contains("error[late-feature]") && lint.out.contains("1 waived"), "{}", lint.out);
    assert_eq!(lint.status, 1, "R1 is still denied");

    let ran = deals.waive(&["contracts/acme.yaml", "R1", "scope-gap"], &[]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("run `dealcheck lint contracts/acme.yaml`"), "{}", ran.out);
    assert_eq!(deals.run(&["lint"]).status, 0);
    assert!(!deals.read("waivers.toml").contains("\n\n\n"));
}

#[test]
fn a_waiver_says_what_was_decided_on_and_does_not_grow() {
    let deals = Deals::new();
    let asked = "feature: [audit-log, drift, sso]\n    for: { platform: [linux, \"my own\"] }\n    \
        needs: { \"up time\": \">= 99.9 % monthly\" }\n    accept: beta\n    \
        remedy: { per: week, credit: 2.50 %, cap: 10 % }";
    deals.file("contracts/acme.yaml", &ACME.replacen("feature: audit-log", asked, 1));
    assert_eq!(deals.waive(&R2, &DISCLOSED).status, 0);
    let written = deals.read("waivers.toml");
    let lines = "feature = \"audit-log\"\nlint = \"late-feature\"\n";
    let of = "disclosed = \"Exhibit B, 2.1\"\nof = { feature = [\"audit-log\", \"drift\", \"sso\"], due = \"2027-03-31\", \
        for = { platform = [\"linux\", \"my own\"] }, needs = { \"up time\" = \">= 99.9 % monthly\" }, \
        accept = \"beta\", remedy = { per = \"week\", credit = \"2.5 %\", cap = \"10 %\" } }\n";
    assert!(written.contains(lines) && written.ends_with(of), "{written}");
    let lint = deals.run(&["lint", "--show-waived"]);
    assert!(lint.out.contains("1 waived") && !lint.out.contains("-waiver]"), "{}", lint.out);

    let worse = asked.replace("2.50 %", "5 %");
    deals.file("contracts/acme.yaml", &ACME.replacen("feature: audit-log", &worse, 1));
    let lint = deals.run(&["lint"]);
    assert!(
        lint.out.contains("error[outgrown-waiver]") && lint.out.contains("error[late-feature]"),
        "{}",
        lint.out
    );
    let again = deals.waive(&R2, &DISCLOSED);
    assert!(again.out.contains("an older waiver for it is at waivers.toml:"), "{}{}", again.out, again.err);
}

#[test]
fn a_waiver_does_not_grow_with_what_the_roadmap_takes_back() {
    let deals = Deals::new();
    let contract = |needs: &str| {
        format!(
            "contract: ACME-1\ncustomer: A\nsigning: 2026-12-15\nperiod: {{ start: 2027-01-01, end: 2029-12-31 }}\n\
             requirements:\n  - {{ id: R1, feature: drift, due: 2027-01-01, for: {{ platform: [linux, windows] }}{needs} }}\n"
        )
    };
    let roadmap = |last: &str, days: u8, platforms: &str| {
        format!(
            "[features.drift]\nstatus = 'shipped'\nsunset = {last}\nlevels = {{ kept = '{days} days' }}\n\
             for = {{ platform = {platforms} }}\n"
        )
    };
    deals.file("contracts/acme.yaml", &contract(", needs: { kept: '>= 60 days' }"));
    deals.file("roadmap.toml", &roadmap("2028-12-31", 30, "['linux']"));
    for lint in ["sunset-feature", "level-gap", "scope-gap"] {
        let ran = deals.waive(&["ACME-1", "R1", lint], &DISCLOSED);
        assert_eq!(ran.status, 0, "{}", ran.err);
    }
    let waivers = deals.read("waivers.toml");
    for line in
        ["accepts = 2028-12-31\n", "accepts = { kept = \"30 days\" }\n", "for = { platform = \"windows\" }\n"]
    {
        assert!(waivers.contains(line), "{waivers}");
    }
    let quiet = deals.run(&["lint", "--deny-warnings"]);
    assert_eq!(quiet.status, 0, "{}", quiet.out);
    for (last, days, platforms, lint) in [
        ("2028-12-30", 30, "['linux']", "sunset-feature"),
        ("2028-12-31", 29, "['linux']", "level-gap"),
        ("2028-12-31", 30, "['macos']", "scope-gap"),
    ] {
        deals.file("roadmap.toml", &roadmap(last, days, platforms));
        let grown = deals.run(&["lint", "--format", "concise"]);
        assert_eq!(grown.status, 1);
        assert!(grown.out.contains("error[outgrown-waiver]"), "{lint}: {}", grown.out);
        assert!(grown.out.contains(&format!("error[{lint}]")), "{lint}: {}", grown.out);
    }
    deals.file("roadmap.toml", &roadmap("2029-06-30", 45, "['linux']"));
    assert_eq!(deals.run(&["lint", "--deny-warnings"]).status, 0);
}

#[test]
fn a_waiver_of_values_does_not_cover_what_becomes_of_them() {
    let deals = Deals::new();
    let contract = "contract: ACME-1\ncustomer: A\nsigning: 2026-12-15\nrequirements:\n  \
        - { id: R1, feature: drift, due: 2027-03-31, needs: { retention: '>= 365 days' } }\n";
    deals.file("contracts/acme.yaml", contract);
    let roadmap = |windows: &str| {
        deals.file(
            "roadmap.toml",
            &format!(
                "[features.drift]\nstatus = 'shipped'\nfor = {{ platform = ['linux'] }}\n\
                 levels = {{ retention = '400 days' }}\n\n\
                 [[features.drift.offers]]\nfor = {{ platform = 'windows' }}\n{windows}\n"
            ),
        );
    };
    let offer = |target: &str, days: u16| {
        format!("status = 'planned'\ntarget = '{target}'\nlevels = {{ retention = '{days} days' }}")
    };
    let retired = "status = 'retired'".to_owned();
    for (accepted, accepts, worse) in [
        (
            offer("2027-Q2", 400),
            "windows by 2027-06-30",
            vec![offer("2027-Q2", 1), offer("2029", 400), retired.clone()],
        ),
        (
            offer("2027-Q2", 90),
            "windows with retention of 90 days by 2027-06-30",
            vec![offer("2027-Q2", 1), offer("2029", 90), retired.clone()],
        ),
        (retired, "windows (no longer available)", vec![offer("2027-Q2", 1)]),
    ] {
        roadmap(&accepted);
        deals.file("waivers.toml", "");
        let ran = deals.waive(&["ACME-1", "R1", "unscoped-promise"], &DISCLOSED);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let written = deals.read("waivers.toml");
        let line = format!("accepts = [\"{accepts}\", \"any platform but (linux, windows)\"]\n");
        assert!(written.contains(&line), "{written}");
        let quiet = deals.run(&["lint", "--deny-warnings"]);
        assert_eq!(quiet.status, 0, "{}", quiet.out);
        for worse in worse {
            roadmap(&worse);
            let lint = deals.run(&["lint", "--format", "concise"]);
            assert!(lint.out.contains("error[outgrown-waiver]"), "{accepts}, then {worse}: {}", lint.out);
            assert_eq!(lint.status, 1);
        }
    }
}

#[test]
fn what_was_in_the_file_stays_byte_for_byte() {
    let before = "# Ours; see CODEOWNERS.\n[[waivers]] # the first one\ncontract   =   'OTHER'\n\
        lint = \"late-feature\"\nreason = \"\"\"\nlong\n\"\"\"\napproved-by = \"priya@vendor.example\"\napproved-on = 2026-11-20\n\
        expires = 2027-01-01\n\n\n# The end.\n";
    let deals = Deals::new();
    deals.file("waivers.toml", before);
    assert_eq!(deals.waive(&R2, &[]).status, 0);
    assert_eq!(deals.read("waivers.toml"), format!("{before}\n{ENTRY}"));

    let deals = Deals::new();
    let windows = before.replace('\n', "\r\n");
    deals.file("waivers.toml", &windows);
    assert_eq!(deals.waive(&R2, &[]).status, 0);
    assert_eq!(deals.read("waivers.toml"), format!("{windows}\r\n{}", ENTRY.replace('\n', "\r\n")));
    assert!(deals.run(&["lint"]).out.contains("1 waived"));
}

#[test]
fn a_file_of_comments_alone_is_one_of_no_waivers() {
    let deals = Deals::new();
    deals.file("waivers.toml", "# None yet.\n");
    assert_eq!(deals.run(&["lint"]).status, 1);
    assert_eq!(deals.waive(&R2, &[]).status, 0);
    assert_eq!(deals.read("waivers.toml"), format!("# None yet.\n\n{ENTRY}"));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::PermissionsExt;
    let deals = Deals::new();
    deals.file("waivers.toml", "");
    fs::set_permissions(deals.path("waivers.toml"), fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(deals.waive(&R2, &[]).status, 0);
    assert_eq!(fs::metadata(deals.path("waivers.toml")).unwrap().permissions().mode() & 0o777, 0o640);

    let deals = Deals::new();
    fs::create_dir(deals.path("shared")).unwrap();
    deals.file("shared/real.toml", "");
    std::os::unix::fs::symlink("shared/real.toml", deals.path("waivers.toml")).unwrap();
    let ran = deals.waive(&R2, &[]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(fs::symlink_metadata(deals.path("waivers.toml")).unwrap().is_symlink());
    assert_eq!(deals.read("shared/real.toml"), ENTRY);
}

#[test]
fn hostile_words_reach_neither_the_terminal_nor_the_reviewer_raw() {
    let deals = Deals::new();
    let reason = "fine\u{1b}[2J\nexpires = 2099-01-01\r\u{202e}\"\"\"'''\\";
    let who = "P\u{1b}[1m\n <priya@vendor.example>";
    let ran = deals.waive(&R2, &["--reason", reason, "--approved-by", who]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let written = deals.read("waivers.toml");
    for text in [&ran.out, &ran.err, &written] {
        assert!(!text.contains(['\u{1b}', '\r', '\u{202e}']), "{text:?}");
    }
    assert_eq!(written.lines().filter(|line| line.starts_with("expires")).count(), 1);
    assert!(deals.run(&["lint"]).out.contains("1 waived"));
    deals.refuses(&["A\u{1b}[2J", "R2", "late-feature"], &[], &["A\\u{1b}[2J"]);
}

#[test]
fn what_is_not_there_is_refused() {
    let deals = Deals::new();
    let refuses = |what: &[&str], words: &[&str]| deals.refuses(what, &[], words);
    refuses(&["ACME-2", "R2", "late-feature"], &["no contract `ACME-2`", "did you mean `ACME-1`?"]);
    refuses(&["ACME-1", "R7", "late-feature"], &["ACME-1 has no requirement `R7`", "`R2`"]);
    refuses(&["ACME-1", "R2", "scope-gap"], &["finds nothing", "R2 of ACME-1: `late-feature`"]);
    refuses(&["ACME-1", "R3", "late-feature"], &["no findings for R3", "is found for `R2`"]);
    refuses(&["ACME-1", "R2", "late-featur"], &["did you mean `late-feature`?"]);
    refuses(&["ACME-1", "R2", "unused-waiver"], &["is about waivers themselves"]);
    refuses(&["ACME-1", "R2", "overdue-target"], &["is about the roadmap"]);
    refuses(&["ACME-1", "late-feature", "R2"], &["the lint comes last: `late-feature`"]);
    refuses(&["contracts/none.yaml", "R2", "late-feature"], &["no contract `contracts/none.yaml`"]);
    refuses(&["roadmap.toml", "R2", "late-feature"], &["roadmap.toml is not a contract"]);
    refuses(&[], &["expected a contract and a lint"]);
    let term = |term, words: &[&str]| deals.refuses(&["ACME-1", "late-feature"], &["--term", term], words);
    term("paymint", &["no term `paymint`", "did you mean `payment`?"]);
    term("payment", &["finds nothing to waive for the term payment of ACME-1", "`R2`"]);
    deals.file("dealcheck.toml", &format!("{CONFIG}level-gap = \"allow\"\n"));
    deals.refuses(&["ACME-1", "R2", "level-gap"], &[], &["set to `allow`: it is not looked for"]);
    deals.file("contracts/acme.yaml", &ACME.replace("seller", "status: ended\nseller"));
    deals.refuses(&R2, &[], &["ACME-1 has ended"]);
}

#[test]
fn who_may_not_decide_is_refused() {
    let deals = Deals::new();
    let by = |who| ["--approved-by", who];
    let roles = ["not in product", "priya@vendor.example or omar@vendor.example"];
    deals.refuses(&R2, &by("sam@vendor.example"), &roles);
    deals.refuses(&R1, &by("DANA@vendor.example"), &["approved by the seller"]);
    deals.refuses(&R2, &by(" "), &["--approved-by"]);
    deals.refuses(&R2, &["--reason", ""], &["--reason"]);
    assert_eq!(deals.waive(&R2, &by("Omar <OMAR@vendor.example>")).status, 0);
}

#[test]
fn days_that_do_not_fit_are_refused() {
    let deals = Deals::new();
    deals.refuses(&R2, &["--expires", "2026-11-21"], &["expired 1 day ago, on 2026-11-21"]);
    deals.refuses(&R2, &["--expires", "soon"], &["--expires"]);
    deals.refuses(&R2, &["--approved-on", "2026-11-23"], &["approved in the future"]);
    deals.refuses(&R2, &["--accepts", "2027-06-29"], &["expected by 2027-06-30, 1 day after"]);
    deals.refuses(&R1, &["--accepts", "2027-06-29"], &["`scope-gap` is not about a day"]);
    let more = ["--accepts", "2027-08-31", "--expires", "2026-11-22", "--approved-on", "2026-10-01"];
    assert_eq!(deals.waive(&R2, &more).status, 0);
    let written = deals.read("waivers.toml");
    assert!(written.ends_with(
        "approved-on = 2026-10-01\naccepts = 2027-08-31\nexpires = 2026-11-22\n\
         of = { feature = \"audit-log\", due = \"2027-03-31\" }\n# disclosed = \"…\" # by which clause or letter?\n"
    ));
    assert!(deals.run(&["lint"]).out.contains("1 waived"));
}

#[test]
fn what_is_forbidden_or_waived_already_is_refused() {
    let deals = Deals::new();
    assert_eq!(deals.waive(&R2, &[]).status, 0);
    let words = ["is waived already", "--> waivers.toml:5", "by priya@vendor.example, until 2027-09-30"];
    deals.refuses(&R2, &[], &words);
    deals.file("dealcheck.toml", &format!("{CONFIG}scope-gap = \"forbid\"\n"));
    deals.refuses(&R1, &[], &["forbidden"]);
}

#[test]
fn an_expired_waiver_makes_room_for_a_new_one() {
    let deals = Deals::new();
    deals.file("waivers.toml", &ENTRY.replace("2027-09-30", "2026-11-01"));
    let ran = deals.waive(&R2, &[]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert!(ran.out.contains("an older waiver for it is at waivers.toml:9; remove it"), "{}", ran.out);
}

#[test]
fn only_files_that_lint_reads_are_written() {
    let deals = Deals::new();
    let help = "add it: `waivers = [\"waivers.toml\", \"other.toml\"]`";
    deals.refuses(&R2, &["--file", "other.toml"], &["does not name other.toml", help]);
    deals.refuses(&R2, &["--file", "none/waivers.toml"], &["no folder for none/waivers.toml"]);
    deals.refuses(&R2, &["--file", "contracts"], &["is not TOML"]);
    deals.file("waivers.yaml", "waivers: []\n");
    deals.refuses(&R2, &["--file", "waivers.yaml"], &["only TOML files are edited"]);

    deals.file("dealcheck.toml", &CONFIG.replace("waivers.toml", "waivers/*.toml"));
    deals.refuses(&R2, &[], &["names no file that a waiver could be written to"]);
    fs::create_dir(deals.path("waivers")).unwrap();
    let ran = deals.waive(&R2, &["--file", "waivers/acme.toml"]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    assert_eq!(deals.waive(&R1, &[]).status, 0);
    assert_eq!(deals.read("waivers/acme.toml").matches("[[waivers]]").count(), 2);
    assert_eq!(deals.run(&["lint"]).status, 0);
}

#[test]
fn without_a_configured_file_it_is_the_nearest() {
    let deals = Deals::new();
    deals.file("dealcheck.toml", &CONFIG.replace("waivers = [\"waivers.toml\"]", ""));
    let words = ["`lint` would not read other.toml", "`waivers = [\"other.toml\"]`"];
    deals.refuses(&R2, &["--file", "other.toml"], &words);
    assert_eq!(deals.waive(&R2, &[]).status, 0);
    assert!(deals.path("waivers.toml").is_file());
    assert!(deals.run(&["lint"]).out.contains("1 waived"));
    deals.refuses(&R2, &["--file", "contracts/waivers.toml"], &["it reads waivers.toml"]);

    let deals = Deals::new();
    fs::remove_file(deals.path("dealcheck.toml")).unwrap();
    let args = "waive acme.yaml R2 late-feature --reason x --approved-by a@b --expires 2027-09-30";
    let ran = run_in(&deals.path("contracts"), &args.split(' ').collect::<Vec<_>>());
    assert!(ran.out.contains("in ../waivers.toml, which is new"), "{}{}", ran.out, ran.err);
    assert!(deals.run(&["lint", "contracts/acme.yaml"]).out.contains("1 waived"));
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone() {
    let deals = Deals::new();
    deals.file("waivers.toml", "[[waivers]]\ncontract = \n");
    deals.refuses(&R2, &[], &["--> waivers.toml:2", "nothing was written"]);
    deals.refuses(&["--all-findings"], &[], &["--> waivers.toml:2", "nothing was written"]);
    deals.file("waivers.toml", "").file("roadmap.toml", "[features\n");
    deals.refuses(&R2, &[], &["--> roadmap.toml:1", "nothing was written"]);
    deals.file("roadmap.toml", ROADMAP).file("contracts/acme.yaml", &ACME.replace("2027-03-31", "soon"));
    deals.refuses(&R2, &[], &["--> contracts/acme.yaml:9", "nothing was written"]);
}

#[test]
fn a_file_that_cannot_be_written_stays_as_it_is() {
    let deals = Deals::new();
    fs::create_dir(deals.path("waivers.toml")).unwrap();
    deals.refuses(&R2, &[], &["waivers.toml is a folder"]);

    let deals = Deals::new();
    deals.file("waivers.toml", "# Ours.\n");
    let mut permissions = fs::metadata(deals.path("waivers.toml")).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(deals.path("waivers.toml"), permissions).unwrap();
    deals.refuses(&R2, &[], &["waivers.toml stays as it is: it is read-only"]);
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let deals = Deals::new();
    fs::set_permissions(deals.0.path(), fs::Permissions::from_mode(0o555)).unwrap();
    // The superuser may write everywhere.
    if fs::write(deals.path("probe"), "").is_err() {
        deals.refuses(&R2, &[], &["waivers.toml stays as it is: cannot write: permission denied"]);
    }
    fs::set_permissions(deals.0.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_baseline_makes_lint_pass() {
    let deals = Deals::new();
    deals.file("contracts/zeta.yaml", &ACME.replace("ACME-1", "AAA-1"));
    deals.file("waivers.toml", "# Ours.\n");
    assert_eq!(deals.run(&["lint"]).status, 1);
    let ran = deals.waive(&["--all-findings"], &[]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""));
    assert!(ran.out.starts_with("recorded 4 waivers in waivers.toml\nnext: "), "{}", ran.out);
    let written = deals.read("waivers.toml");
    let names =
        written.lines().filter(|line| line.starts_with("contract") || line.starts_with("requirement"));
    let order: Vec<&str> = names.filter_map(|line| line.split('"').nth(1)).collect();
    assert_eq!(order, ["AAA-1", "R2", "AAA-1", "R1", "ACME-1", "R2", "ACME-1", "R1"]);
    assert_eq!(written.matches("\n\n[[waivers]]").count(), 4);
    let lint = deals.run(&["lint"]);
    assert_eq!(lint.status, 0, "{}", lint.out);
    assert!(lint.out.contains("4 waived, of which 4 as a baseline"), "{}", lint.out);

    let again = deals.waive(&["--all-findings"], &[]);
    assert_eq!(again.status, 0);
    assert!(again.out.starts_with("recorded no waivers"), "{}", again.out);
    assert_eq!(deals.read("waivers.toml"), written);
}

#[test]
fn a_baseline_says_what_it_left() {
    let deals = Deals::new();
    deals.file("contracts/zeta.yaml", &ACME.replace("ACME-1", "Z-1").replace("dana@", "sam@"));
    let overdue = "[features.old]\nstatus = \"planned\"\ntarget = \"2026-Q1\"\n";
    deals.file("roadmap.toml", &format!("{ROADMAP}\n{overdue}"));
    let ran = deals.waive(&["--all-findings"], &["--approved-by", "sam@vendor.example"]);
    assert_eq!(ran.status, 1, "{}", ran.err);
    assert!(ran.out.contains("recorded 1 waiver in waivers.toml\nskipped 3 findings:\n"), "{}", ran.out);
    assert!(
        ran.out.contains("\n  ACME-1 R2 late-feature: ") && ran.out.contains("omar@vendor.example decide")
    );
    assert!(ran.out.contains("\n  Z-1 R1 scope-gap: the waiver for R1 of Z-1 is approved by the seller"));
    assert!(ran.out.contains("left 1 finding about the roadmap"), "{}", ran.out);
}

#[test]
fn a_baseline_can_be_limited() {
    let deals = Deals::new();
    deals.file("contracts/zeta.yaml", &ACME.replace("ACME-1", "Z-1"));
    assert!(deals.waive(&["--all-findings", "Z-1"], &[]).out.contains("recorded 2 waivers"));
    assert!(!deals.read("waivers.toml").contains("ACME-1"));
    deals.refuses(&["--all-findings", "Z-2"], &[], &["no contract `Z-2`", "did you mean `Z-1`?"]);
    deals.refuses(&["--all-findings", "Z-1", "contracts"], &[], &["by id or by file, not both"]);
    assert!(deals.waive(&["--all-findings", "contracts"], &[]).out.contains("recorded 2 waivers"));
    deals.file("contracts/twin.yaml", ACME);
    deals.refuses(&["--all-findings"], &[], &["two contracts are called `ACME-1`"]);
    deals.refuses(&R2, &[], &["two contracts are called `ACME-1`", "twin.yaml"]);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let deals = Deals::new();
    deals.file("contracts/acme.yaml", &ACME.replace("seller", "value: 240000 USD\nseller"));
    let roadmap = deals.read("roadmap.toml").replace("target", "effort = \"60 days\"\ntarget");
    deals.file("roadmap.toml", &roadmap);
    deals.file("dealcheck.toml", &format!("day-rate = \"900 EUR\"\n{CONFIG}"));
    let words = ["cannot be held against what it is worth", "nothing was written"];
    deals.refuses(&["--all-findings"], &[], &words);
    deals.refuses(&R2, &[], &words);
}

#[test]
fn a_contract_as_a_whole_can_be_waived() {
    let deals = Deals::new();
    let promise = |at: usize| format!("  - {{ id: P{at}, feature: audit-log, due: 2028-01-31 }}\n");
    let many: String = (0..9).map(promise).collect();
    deals.file(
        "contracts/acme.yaml",
        &format!("contract: ACME-1\ncustomer: Acme\nseller: dana@vendor.example\nrequirements:\n{many}"),
    );
    let ran = deals.waive(&["ACME-1", "unshipped-share"], &[]);
    assert_eq!(ran.status, 0, "{}", ran.err);
    let written = deals.read("waivers.toml");
    assert!(written.contains("contract = \"ACME-1\"\nlint = \"unshipped-share\"\nreason"), "{written}");
    assert!(deals.run(&["lint"]).out.contains("1 waived"));
}

#[test]
fn forty_at_once_lose_nothing() {
    for is_new in [true, false] {
        let deals = Deals::new();
        if !is_new {
            deals.file("waivers.toml", "# Ours.\n");
        }
        for at in 0..40 {
            let text = ACME.replace("ACME-1", &format!("DEAL-{at}"));
            deals.file(&format!("contracts/{at}.yaml"), &text);
        }
        let runs = std::thread::scope(|scope| {
            let deals = &deals;
            let run = |at: usize| {
                let id = format!("DEAL-{at}");
                scope.spawn(move || deals.waive(&[&id, "R2", "late-feature"], &[]).status)
            };
            let threads: Vec<_> = (0..40).map(run).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        assert_eq!(runs, [0; 40]);
        let text = deals.read("waivers.toml");
        for at in 0..40 {
            assert_eq!(text.matches(&format!("contract = \"DEAL-{at}\"\n")).count(), 1, "{at}");
        }
        let files: Vec<_> = deals.files().into_iter().map(|(path, _)| path).collect();
        assert_eq!(files.len(), 5, "nothing is left behind: {files:?}");
    }
}

#[test]
fn a_remark_stays_with_the_waiver_that_it_was_written_for() {
    let deals = Deals::new();
    let old = "  { contract = \"C2\", requirement = \"R1\", lint = \"late-feature\", reason = \"r\", \
               approved-by = \"priya@vendor.example\", approved-on = 2026-11-20, \
               expires = 2027-12-31 }, # signed off by the CFO\n";
    deals.file("waivers.toml", &format!("waivers = [\n{old}]\n"));
    assert_eq!(deals.waive(&R2, &[]).status, 0);
    let text = deals.read("waivers.toml");
    assert!(text.contains(old), "{text}");
    assert_eq!(text.matches('#').count(), 1, "{text}");
}
